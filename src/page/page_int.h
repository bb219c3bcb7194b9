/* page_int.h - shared by the files of page/. */
#ifndef BT_PAGE_INT_H
#define BT_PAGE_INT_H

#include "page/page_make.h"

/* What an editor must see, where it is. */
typedef struct bt_trouble_fact {
    bt_trouble kind;
    bt_sp x, y, width, height; /* of a text: its foot is the baseline */
    const bt_place *at;
} bt_trouble_fact;

/* A page being drawn. */
typedef struct bt_page_draft {
    BT_ARRAY(bt_item) items;
    BT_ARRAY(bt_frame_fact) frames;
    BT_ARRAY(bt_part_fact) parts;
    BT_ARRAY(bt_trouble_fact) troubles;
} bt_page_draft;

/* A jump line, and where it leads. */
typedef struct bt_page_jump {
    bt_link link; /* comes first: links.c finds the jump by it */
    bt_jump kind;
    uint32_t page_i, block_i; /* where it stands; the block of the galley that ends the page which is cut */
    uint32_t next;            /* that stands behind the same block, counted from 1; 0: none */
    uint32_t tag_i;           /* 0: an artifact */
    uint32_t target_page;     /* from 1 */
    bt_sp y, target_x, target_y;
} bt_page_jump;

typedef struct bt_page_maker {
    bt_flow *flow;
    const bt_layout *layout;
    const bt_galley *galley;
    const bt_composition *composition;
    const bt_page_frame *frame;
    bt_page_ways ways;
    bt_page_draft *drafts; /* n_pages */
    BT_ARRAY(bt_tag) tags;
    uint32_t *block_tags;    /* of each block's first tag */
    uint32_t *article_pages; /* first page, from 1 */
    BT_ARRAY(bt_paragraph_fact) paragraphs;
    bt_article_fact *articles;
    struct bt_page_links *links;  /* links.c */
    BT_ARRAY(bt_page_jump) jumps; /* in the order of the pages */
    uint32_t *page_jumps;         /* of each page's lines, by kind; counted from 1, 0: none. NULL: no page has any */
    uint32_t *block_jumps;        /* the first one behind each block, likewise */
    bool is_jump_told;            /* one that was cut short */
    bt_sp rise;
    bool is_refused; /* errors were told, and there are no pages */
} bt_page_maker;

/* The top of a row's cell, from the trim's top. */
bt_sp bt_page_row_top(const bt_layout *layout, uint32_t row);

/* A mark as an item at the mark's own place, an artifact. False: no memory. */
bool bt_page_item(bt_page_maker *m, const bt_mark *mark, bt_item *item);

/* Turns marks into items at an offset, which bleed where they touch the trim. base_tag: of tag 0 of the marks;
 * SAME_TAGS of artifacts stay artifacts. */
bool bt_page_put(bt_page_maker *m, uint32_t page_i, const bt_marks *marks, bt_sp x, bt_sp y, uint32_t base_tag);

bool bt_page_frame_fact(bt_page_maker *m, uint32_t page_i, const bt_frame_fact *fact);

/* A part whose last item is the last one drawn so far: fills in n_items. */
bool bt_page_part_fact(bt_page_maker *m, uint32_t page_i, const bt_part_fact *fact);

/* A frame that is a part of no block: both facts. first_item: of what was drawn in it. */
bool bt_page_note_frame(bt_page_maker *m, uint32_t page_i, bt_part_kind kind, uint32_t first_item,
                        const bt_frame_fact *frame);

bool bt_page_trouble(bt_page_maker *m, uint32_t page_i, const bt_trouble_fact *fact);

/* What the document is called: its title and its issue. */
bt_str bt_page_title(const bt_page_maker *m);

/* bleed.c: what reaches the trim's edge goes on into the bleed. */
void bt_page_bleed(const bt_layout *layout, bt_item *item);
/* What of a frame is within the trim. */
void bt_page_unbleed(const bt_layout *layout, bt_frame_fact *frame);
/* Warns of text that stands too near the trim. */
void bt_page_check_edges(const bt_page_maker *m);

/* inks.c */
bt_picture_inks bt_page_picture_inks(const bt_layout *layout);
/* Tells of pictures for which the palette has no plate. */
void bt_page_check_inks(const bt_page_maker *m);

/* picture.c: the fact of a picture in place, and what is to be said of its resolution. False: no memory. */
bool bt_page_note_picture(bt_page_maker *m, uint32_t page_i, const bt_item *item);

/* links.c: links have tags of their own, and those within the issue are aimed once all that they may lead to is drawn.
 * A mark's tag, for one that is part of a link: a child of the tag that it would have. 0 in: an artifact, 0 out. */
bool bt_page_links_begin(bt_page_maker *m);
uint32_t bt_page_link_tag(bt_page_maker *m, uint32_t parent_i, const bt_link *link, const bt_place *at);
void bt_page_note_link(bt_page_maker *m, uint32_t page_i, const bt_link *link, bt_sp x, bt_sp y);
bool bt_page_aim_links(bt_page_maker *m);

/* jump.c: finds the jump lines that the composition has room for, and tells of those that it has not. False: no memory.
 */
bool bt_page_find_jumps(bt_page_maker *m);
/* The tags of those that stand behind a block. */
void bt_page_jump_tags(bt_page_maker *m, uint32_t block_i, uint32_t parent_i);
/* Draws those of a column, whose first row below its inset is at x, top. */
bool bt_page_draw_jumps(bt_page_maker *m, const bt_band *band, const bt_column *column, bt_sp x, bt_sp top);

/* tags.c: a tag more. 0: no memory. */
uint32_t bt_page_add_tag(bt_page_maker *m, bt_tag_kind kind, uint32_t parent_i, const bt_place *at);

/* slug.c: the font of what is said beside the pages. */
const bt_font_role *bt_page_label_font(const bt_layout *layout);

/* --- marks.c, slug.c: what is printed around the sheets for the press --- */

/* A line right through a sheet. */
typedef struct bt_sheet_line {
    bt_sp at;       /* from the left, or the top, of the sheet's trim */
    bool is_across; /* it lies, and `at` is from the top */
    bool is_fold;   /* else the sheet is cut there */
} bt_sheet_line;

/* What the marks must know of the sheets beside their size: the same for all of them. */
typedef struct bt_sheet_about {
    const bt_sheet_line *lines; /* within the trim; its own edges need no mention */
    uint32_t n_lines;
    bool is_two_sided; /* sheets 2k and 2k + 1 are a front and its back */
} bt_sheet_about;

/* impose.c: how pages are imposed. */
typedef struct bt_impose {
    bt_diags *diags;
    const bt_layout *layout;
    bt_imposition imposition;
    bt_sp paper; /* thickness of the paper that a booklet is of [sp] */
} bt_impose;

/* Lays the pages on the sheets of a press file. BT_INPUT (reported): there is no such booklet of these pages. */
bt_status bt_page_impose(bt_arena *arena, const bt_pages *pages, const bt_impose *how, bt_sheets *sheets,
                         bt_sheet_about *about);

/* The spots of the pages: the layout's, and the registration colour if there are marks. False: no memory. */
bool bt_page_spots(const bt_page_maker *m, bt_pages *pages);
/* Gives the sheets of a press file their marks, and `slug` the room for them; nothing where the layout wants none. To
 * be called once the sheets have their panels. BT_NOMEM, or reported. */
bt_status bt_page_mark_sheets(bt_page_maker *m, const bt_sheet_about *about, bt_sheets *sheets);

/* proof.c: what a proof shows beside the pages. The pages have their items and facts. BT_NOMEM, or reported. */
bt_status bt_page_proof(bt_page_maker *m, bt_page *pages);

/* tags.c: the structure tree, in the order of the articles, and block_tags. False: no memory. */
bool bt_page_tags(bt_page_maker *m, uint32_t *masthead_tag, uint32_t *highlights_tag, uint32_t *imprint_tag);
/* Once all is drawn: headings that are there skip no level, and the first is an H1. False: no memory. */
bool bt_page_settle_headings(bt_page_maker *m);

#endif
