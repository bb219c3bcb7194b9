/* flow.h - blocks -> galley: what each block can look like at its measure, in whole steps of the baseline grid.
 *
 * Glossary
 *   galley   the blocks in order, set to a measure and not yet cut into columns
 *   setting  one way to set a block: a paragraph in n lines; most blocks have one
 *   unit     what is never cut: a line, a heading, a figure with its caption, a table row. Units take whole steps
 *   cell     the strip of one step; its baseline stands bt_flow_rise below its top
 *   jump     a line that says where an article goes on, or where it comes from: the column's last row, or its first
 *   mark     something drawn: glyphs, a fill, a path, a picture; placed from its unit's left bottom corner, y downwards
 *
 * All heights that compose sees are steps. Marks are made when the pages are drawn (bt_flow_draw), from what was
 * measured here; drawing decides nothing.
 */
#ifndef BT_FLOW_H
#define BT_FLOW_H

#include "doc/doc.h"
#include "image/image.h"
#include "par/par.h"
#include "text/text.h"

/* The lists that are open where an item stands, for the structure: a list in an item belongs to that item's body. */
typedef struct bt_open_lists {
    struct {
        const bt_doc_list *list;
        uint32_t tag_i, body_i; /* of the list; of the body of its last item so far */
    } v[BT_LIST_DEPTH];
    uint32_t n;
} bt_open_lists;
/* Closes those that an item's list does not stand in. True: that list is open. */
bool bt_flow_close_lists(bt_open_lists *open, const bt_doc_list *list);
/* An item's tags are its own, its label's and its body's. */
enum { BT_FLOW_ITEM_BODY = 2 };

#define BT_FLOW_FORBIDDEN INT32_MAX /* a break cost: never */

typedef struct bt_unit {
    uint16_t steps;      /* its least height amid a column */
    uint16_t top_steps;  /* its least height at a column's head, where the white above falls away */
    uint16_t extra;      /* steps that it may take besides: white above a heading, height of a picture */
    uint16_t extra_best; /* what it would like of them */
    int32_t break_cost;  /* of a column break after it; BT_FLOW_FORBIDDEN */
} bt_unit;

typedef struct bt_setting {
    const bt_unit *units;
    uint32_t n_units;
    int32_t cost; /* over the block's best setting; 0 for that one */
} bt_setting;

typedef struct bt_flow_tag { /* structure within a block, in reading order */
    uint8_t kind;            /* bt_flow_tag_kind */
    uint32_t parent_i;       /* within the block; 0 is the block's own tag */
    uint16_t column_span, row_span;
    bool is_row_head;        /* HEAD_CELL: heads its row, else its column */
    uint8_t level;           /* H: as in H1..H6 */
    bool is_beside;          /* a sibling of the block's own tag, not its child: a headline's kicker, read before it */
    const bt_doc_list *list; /* LIST within a block */
    bt_str alt;              /* FIGURE within a block; the block's own has its doc block's */
    const bt_place *at;
} bt_flow_tag;

typedef enum bt_flow_tag_kind {
    BT_FLOW_TAG_P,
    BT_FLOW_TAG_H,
    BT_FLOW_TAG_FIGURE,
    BT_FLOW_TAG_CAPTION,
    BT_FLOW_TAG_TABLE,
    BT_FLOW_TAG_ROW,
    BT_FLOW_TAG_HEAD_CELL,
    BT_FLOW_TAG_CELL,
    BT_FLOW_TAG_QUOTE,
    BT_FLOW_TAG_NOTE,
    BT_FLOW_TAG_ITEM,
    BT_FLOW_TAG_LABEL,
    BT_FLOW_TAG_BODY,
    BT_FLOW_TAG_LIST,
    BT_FLOW_TAG_ENTRY,     /* of the table of contents */
    BT_FLOW_TAG_REFERENCE, /* in it: what leads to the article */
    BT_FLOW_TAG_HEAD_ROWS,
    BT_FLOW_TAG_BODY_ROWS,
    BT_FLOW_TAG_DIV,     /* holds others */
    BT_FLOW_TAG_SECTION, /* the same, with a title: a box */
    BT_FLOW_TAG_NONE     /* an artifact */
} bt_flow_tag_kind;

typedef struct bt_galley_block bt_galley_block;
struct bt_galley_block {
    const bt_doc_block *doc;
    uint32_t n_columns; /* of the band that it stands in: 1 or the layout's */
    bt_sp measure;
    bool keeps_next;
    bool may_move;              /* a figure or table: may leave its place for the head of the next column or page */
    const bt_setting *settings; /* paragraphs: by ascending number of lines */
    uint32_t n_settings, best_i;
    uint16_t head_steps;      /* of the head that is repeated where the block goes on in the next column; 0: none */
    const bt_setting *joined; /* what was several units and is one now, kept whole; NULL: nothing */
    bool is_elastic;          /* unit 0's extra steps go into the picture, else into white above */
    const bt_flow_tag *tags;  /* tags[0] is the block's own */
    uint32_t n_tags;
    bool is_in_box;
    const bt_galley_block *inner; /* a box: the blocks in it, each in its best setting */
    uint32_t n_inner;
    const struct bt_flow_body *body; /* flow/ only */
};

typedef enum bt_jump {
    BT_JUMP_ON,   /* at a page's foot: "Xem tiếp trang 3" */
    BT_JUMP_FROM, /* at the head of the next: "Tiếp theo trang 2" */
    BT_N_JUMPS
} bt_jump;

typedef struct bt_galley {
    const bt_galley_block *blocks;
    uint32_t n_blocks;
    uint32_t n_fillers; /* after the blocks: each filler set in a column (bt_galley_filler 0) and across the page (1) */
    uint16_t jump_rows[BT_N_JUMPS]; /* that each jump line takes of its column; 0: there are none of its kind */
} bt_galley;

/* Where a filler's setting stands in `blocks`. */
static inline uint32_t bt_galley_filler(const bt_galley *galley, uint32_t filler_i, bool spans_page)
{
    return galley->n_blocks + 2 * filler_i + spans_page;
}

/* What an editor must see of a text before it is printed. */
typedef enum bt_trouble {
    BT_TROUBLE_OVERSET,    /* what passes the line's end */
    BT_TROUBLE_TORN,       /* a word that is broken where its line is full */
    BT_TROUBLE_LOOSE,      /* a line whose words stand too far apart */
    BT_TROUBLE_SHORT,      /* what a line leaves free that should be full */
    BT_TROUBLE_SUBSTITUTE, /* letters of another face than their style's */
    BT_TROUBLE_SIGN,       /* the sign for a character that no face has */
    BT_TROUBLE_TALL,       /* what runs out of its column: of the page, not of a text */
    BT_N_TROUBLES
} bt_trouble;

typedef enum bt_mark_kind {
    BT_MARK_GLYPHS,
    BT_MARK_FILL,
    BT_MARK_IMAGE,
    BT_MARK_LINK,
    BT_MARK_PATH,
    BT_MARK_TROUBLE /* nothing is drawn: it tells of what is in its box, from the type's height to the baseline */
} bt_mark_kind;

/* How a path is stroked. */
typedef struct bt_mark_stroke {
    bt_sp width; /* 0: not stroked */
    bt_ink color;
    bt_sp dash, dash_gap; /* lengths of ink and of white; dash 0: solid */
    uint8_t cap, join;    /* as PDF numbers them: 0 butt and miter, 1 round, 2 square and bevel */
} bt_mark_stroke;

typedef struct bt_mark {
    bt_mark_kind kind;
    uint32_t tag_i; /* within the block; UINT32_MAX: an artifact */
    bt_sp x, y;     /* GLYPHS: origin on the baseline; else left top corner */
    bt_sp width, height;
    bt_ink color;
    const bt_place *at;
    bt_outline
        outline; /* PATH: from the mark's corner; its ink, the pen's width included, lies within the mark's box */
    bool is_filled, is_even_odd;
    bool is_clipped; /* what passes the box is cut off */
    bt_mark_stroke stroke;
    const bt_face *face; /* GLYPHS ... */
    bt_sp size, tracking;
    int32_t scale_ppm;
    const bt_placed_glyph *glyphs; /* they live as long as the pages */
    uint32_t n_glyphs;
    const bt_placed *placed; /* what they are, or are a part, of, with its sum; NULL: not known */
    bt_str text;
    bool has_actual; /* `actual` is what is read and copied, not `text`: a drop cap's word is that of the glyphs after
                        it */
    bt_str actual;
    bool ends_line;           /* GLYPHS: its line or text ends with it, and no word goes on in the next */
    const bt_image *image;    /* IMAGE: cropped to the mark's box */
    int32_t focus_x, focus_y; /* thousandths */
    bt_trouble trouble;
    const bt_link *link; /* what the mark is part of; LINK: what it is, its box being what is clicked. NULL: none */
} bt_mark;

typedef BT_ARRAY(bt_mark) bt_marks;

/* What the stage works with. Lives as long as its job. */
typedef struct bt_flow bt_flow;
struct bt_flow {
    bt_arena *arena, *scratch;
    bt_arena *marks_arena; /* where marks go: `arena`, or one that whoever draws rewinds once they are items */
    bt_diags *diags;       /* hears of what is being set; silent for a while where that is told elsewhere */
    bt_diags *font_diags;  /* hears of the faces, which outlive what is being set */
    const bt_doc *doc;
    const bt_layout *layout;
    bt_fonts *fonts;
    bt_images *images;
    bool has_stand_ins; /* for a proof: a picture that cannot be read ends nothing */
    bt_sp page_measure, column_measure;
    const uint32_t *article_pages; /* from 1; known when pages are drawn, NULL before */
    struct bt_flow_faces *faces;   /* flow/ only: the chains of each style */
    struct bt_flow_lists *lists;   /* flow/ only: the measures of the lists' markers */
    struct bt_flow_memo *memo;     /* flow/ only: the texts that were set */
    const bt_flow *base;           /* whose memo is looked into as well; NULL: there is none */
};

/* Prepares; opens the faces of the styles in use. BT_INPUT, BT_IO, BT_NOMEM (reported). */
bt_status bt_flow_begin(bt_flow *flow, bt_arena *arena, bt_arena *scratch, bt_diags *diags, const bt_doc *doc,
                        bt_fonts *fonts, bt_images *images);

/* What a base set before is taken from there where it would come out the same: its bytes, messages aside, are what they
 * would be without. The base lives longer; it learns how more of its lines are drawn, and nothing else of it is
 * changed. To be called after bt_flow_begin. */
void bt_flow_lean_on(bt_flow *flow, const bt_flow *base);

/* Frees what others that lean on it have left with it; the rest goes with its arena. A zeroed flow is fine. */
void bt_flow_end(bt_flow *flow);

/* Sets every block at its measure. */
bt_status bt_flow_galley(bt_flow *flow, bt_galley *galley);

/* The baseline's distance from the top of its cell and from its foot [sp]; together they are a step. */
bt_sp bt_flow_rise(const bt_layout *layout);
bt_sp bt_flow_fall(const bt_layout *layout);

/* White above what stands at a column's head: its top is level with the capitals of text beside it. */
bt_sp bt_flow_top_white(const bt_flow *flow);

/* The rows of the baseline grid that a page of the layout has. */
uint32_t bt_flow_page_rows(const bt_layout *layout);

/* A height in whole steps, rounded up; at least 1. */
uint32_t bt_flow_steps_of(const bt_flow *flow, int64_t height);

/* How a unit is placed. */
typedef struct bt_unit_place {
    uint32_t setting_i, unit_i;
    uint32_t steps;   /* all that it takes, extra ones included */
    bool is_top;      /* at a column's head */
    bool is_part_end; /* the last unit before the column ends, or of the block */
} bt_unit_place;

/* Draws a unit; BT_UNIT_REPEAT draws the repeated head. Marks go to flow->marks_arena. */
#define BT_UNIT_REPEAT UINT32_MAX
bt_status bt_flow_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);

/* --- paragraphs' facts --- */

typedef struct bt_line_stats {
    uint32_t n_lines, best_lines;
    int32_t word_space_mean, word_space_max; /* thousandths, over justified lines */
    uint32_t n_over_1500, n_over_1800;
    bt_sp overfull;
} bt_line_stats;

/* False: the block is no paragraph. */
bool bt_flow_stats(const bt_galley_block *block, uint32_t setting_i, bt_line_stats *stats);

/* Reports overfull and loose lines of the setting that was chosen. */
void bt_flow_report_lines(bt_flow *flow, const bt_galley_block *block, uint32_t setting_i);

/* --- furniture: marks from the trim's top left corner, or from the frame's where said --- */

/* The masthead's marks and the y of its foot. Their tags count its texts in reading order. title_tag: that of the
 * issue's title, UINT32_MAX where there is none. */
bt_status bt_flow_masthead(bt_flow *flow, bt_marks *marks, bt_sp *bottom, uint32_t *title_tag);

/* Running head and folio of a page (page_no from 1). */
bt_status bt_flow_running(bt_flow *flow, uint32_t page_no, bt_marks *marks);

/* The tags of the highlights' marks: 0 the part, 1 its title, 2 the list; then of each item its own and its body's. */
enum { BT_HIGHLIGHTS_FIRST = 3, BT_HIGHLIGHTS_TAGS = 2, BT_HIGHLIGHTS_BODY = 1 };

/* Highlights at a measure; marks from the frame's left top corner. pages[article_i] are page numbers from 1; NULL while
 * they are not known: the height is the same. No highlights: height 0. */
bt_status bt_flow_highlights(bt_flow *flow, bt_sp measure, const uint32_t *pages, bt_marks *marks, bt_sp *height);

/* The imprint across the page; marks from its left top corner. None: height 0. */
bt_status bt_flow_imprint(bt_flow *flow, bt_marks *marks, bt_sp *height);

/* A text on one line in any style, from the left end of its baseline; what is wider than the measure is cut and ends in
 * an ellipsis, and is left out where there is no room even for that. Its marks are artifacts. width: that it takes. */
bt_status bt_flow_line(bt_flow *flow, bt_str text, const bt_style *style, bt_sp measure, bt_marks *marks, bt_sp *width);

/* What a jump line says. */
typedef struct bt_jump_text {
    bt_jump kind;
    uint32_t article_i, page_no; /* the page that it names, from 1 */
    bt_sp measure;
    const bt_link *link; /* NULL: the line is an artifact and leads nowhere */
} bt_jump_text;

/* A jump line, from the left bottom corner of its rows, as units are drawn. Its marks have tag 0, or none without a
 * link. The headline in it is cut to its room; is_cut: words had to be, too. */
bt_status bt_flow_jump(bt_flow *flow, const bt_jump_text *jump, bt_marks *marks, bool *is_cut);

/* Left edge of the text area on a page, from the trim's left. */
bt_sp bt_flow_left(const bt_layout *layout, uint32_t page_no);

#endif
