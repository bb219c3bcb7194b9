/* page.h - the display list: everything that is on the pages, at fixed positions.
 *
 * It is made once by page.c and read by pdf/, dump/ and, later, by the layout diff. Nothing is measured or decided
 * after it. Places are in sp from the top left corner of the trim box, y downwards, texts at their baselines. Pages
 * point at nothing earlier than faces and images.
 */
#ifndef BT_PAGE_H
#define BT_PAGE_H

#include "base/diag.h"
#include "base/ink.h"
#include "base/unit.h"
#include "image/image.h"
#include "text/text.h"

typedef bt_ink bt_color; /* its spot counts bt_pages.spots from 1 */

typedef enum bt_item_kind { BT_ITEM_GLYPHS, BT_ITEM_FILL, BT_ITEM_IMAGE, BT_ITEM_LINK, BT_ITEM_PATH } bt_item_kind;

/* What is no part of the structure. */
typedef enum bt_artifact_kind {
    BT_ARTIFACT_LAYOUT, /* rules, tints, what is repeated */
    BT_ARTIFACT_HEADER, /* a running head or folio at the top of its page */
    BT_ARTIFACT_FOOTER, /* ... at its foot */
    BT_ARTIFACT_PAGE,   /* a printer's mark: all of bt_sheet.marks are */
} bt_artifact_kind;

typedef struct bt_item {
    bt_item_kind kind;
    uint32_t tag_i;            /* into bt_pages.tags; 0: an artifact */
    bt_artifact_kind artifact; /* where it is one */
    bt_sp x, y;                /* GLYPHS: origin on the baseline; else the left top corner */
    bt_color color;            /* GLYPHS, FILL, a filled PATH */
    const bt_place *at;        /* where the content came from; NULL for the layout's own marks */
    union {
        struct {
            const bt_face *face;
            bt_sp size;
            bt_sp tracking;    /* added to every glyph's advance, already within the glyphs' x [sp] */
            int32_t scale_ppm; /* horizontal scaling of the glyphs' shapes; 1000000 is none; already within x */
            const bt_placed_glyph *glyphs;
            uint32_t n_glyphs;
            const bt_placed *placed; /* what they are, or are a part, of: see bt_placed_sum; NULL: not known */
            bt_sp width;             /* of the whole item [sp] */
            bt_str text;             /* what the glyphs stand for, in order, spaces included */
            bool has_actual;         /* `actual` is what is read and copied in its place; it may be empty */
            bt_str actual;
            bool ends_line; /* its line or its text ends here: what comes next of its element begins with a new word */
        } glyphs;
        struct {
            bt_sp width, height; /* rules are thin fills */
        } fill;
        struct {
            const bt_image *image;
            bt_sp width, height;                           /* the frame: what is seen */
            bt_sp draw_x, draw_y, draw_width, draw_height; /* the whole picture; what is outside the frame is clipped */
        } image;
        struct {
            bt_sp width, height;
            bt_str uri;           /* as the editor wrote it; empty: to a place on a page */
            uint32_t target_page; /* from 1 */
            bt_sp target_x, target_y;
            bt_str about; /* what it is, in words, in the document's language */
        } link;
        struct {
            bt_sp width, height; /* the box that its ink lies in, the pen's width included */
            bt_outline outline;  /* from the item's x, y */
            bool is_filled, is_even_odd;
            bool is_clipped; /* what passes the box is cut off */
            bt_color stroke_color;
            bt_sp stroke_width;   /* 0: not stroked */
            bt_sp dash, dash_gap; /* lengths of ink and of white along the stroke; dash 0: solid */
            uint8_t cap, join;    /* as PDF numbers them: 0 butt and miter, 1 round, 2 square and bevel */
        } path;
    } as;
} bt_item;

/* The structure: a tree in document order. Tag 0 is the root. LINKs come last, in the order in which they are drawn,
 * and each has its place in its parent where what it is made of stands. */
typedef enum bt_tag_kind {
    BT_TAG_DOCUMENT,
    BT_TAG_PART, /* masthead, highlights, imprint */
    BT_TAG_ARTICLE,
    BT_TAG_SECTION, /* a box, the table of contents with its title */
    BT_TAG_H1,
    BT_TAG_H2,
    BT_TAG_H3,
    BT_TAG_H4,
    BT_TAG_H5,
    BT_TAG_H6,
    BT_TAG_P,
    BT_TAG_LIST,
    BT_TAG_ITEM,
    BT_TAG_LABEL,
    BT_TAG_BODY,
    BT_TAG_FIGURE,
    BT_TAG_CAPTION,
    BT_TAG_TABLE,
    BT_TAG_HEAD_ROWS,
    BT_TAG_BODY_ROWS,
    BT_TAG_ROW,
    BT_TAG_HEAD_CELL,
    BT_TAG_CELL,
    BT_TAG_QUOTE,
    BT_TAG_LINK,      /* a stretch of its parent's text */
    BT_TAG_REFERENCE, /* the same: what leads to a note or an article; may hold a LINK */
    BT_TAG_NOTE,
    BT_TAG_TOC, /* the table of contents */
    BT_TAG_TOC_ITEM,
    BT_TAG_DIV, /* a strip of numbers, a gallery: holds others */
} bt_tag_kind;

/* What the labels of a list's items are. */
typedef enum bt_list_signs {
    BT_SIGNS_NONE, /* items have no labels: highlights */
    BT_SIGNS_DISC,
    BT_SIGNS_CIRCLE,
    BT_SIGNS_SQUARE,
    BT_SIGNS_DECIMAL,
    BT_SIGNS_LOWER, /* a, b, c */
    BT_SIGNS_UPPER,
    BT_SIGNS_ROMAN, /* i, ii, iii */
    BT_SIGNS_UPPER_ROMAN
} bt_list_signs;

typedef struct bt_tag {
    bt_tag_kind kind;
    uint32_t parent_i;
    bt_str alt;                     /* FIGURE */
    bt_str lang;                    /* where it differs from the document's; empty else */
    uint16_t column_span, row_span; /* cells; 0 or 1: one */
    bool is_row_head;               /* HEAD_CELL: heads its row, else its column */
    bt_list_signs signs;            /* LIST */
    const bt_place *at;
} bt_tag;

/* --- facts: beside the list, for the report --- */

typedef enum bt_frame_kind {
    BT_FRAME_MASTHEAD,
    BT_FRAME_HIGHLIGHTS,
    BT_FRAME_COLUMN,
    BT_FRAME_SPAN,
    BT_FRAME_IMPRINT,
    BT_FRAME_FIGURE,
    BT_FRAME_TABLE,
    BT_FRAME_CHART,
    BT_FRAME_FILLER,
    BT_FRAME_JUMP
} bt_frame_kind;

typedef struct bt_frame_fact {
    bt_frame_kind kind;
    bt_sp x, y, width, height;
    uint32_t n_steps, n_filled; /* COLUMN: grid steps, and those that hold something */
    int32_t ppi;                /* FIGURE: pixels to the inch as printed, in its coarser direction; 0: a drawing */
    bt_str id;                  /* the article's; empty elsewhere */
    const bt_place *at;
} bt_frame_fact;

typedef struct bt_paragraph_fact {
    const bt_place *at;
    bt_str style;
    uint32_t page;                           /* of its first line, from 1 */
    uint32_t n_lines, best_lines;            /* as set, and as it would like */
    int32_t word_space_mean, word_space_max; /* thousandths of natural, over its justified lines; 0: none */
    uint32_t n_over_1500, n_over_1800;       /* justified lines over 1.5 and 1.8 times natural */
    bt_sp overfull;                          /* the worst line's; 0: none */
} bt_paragraph_fact;

typedef struct bt_article_fact {
    bt_str id, headline;
    uint32_t first_page, last_page;
    bt_sp x, y;  /* of its headline, the white above it included */
    bt_sp ink_y; /* where its headline, with what stands above that, begins */
    const bt_place *at;
    const bt_place *changed_at; /* what an edition changed in it first; NULL: nothing */
} bt_article_fact;

/* What an editor would call one thing. */
typedef enum bt_part_kind {
    BT_PART_MASTHEAD,
    BT_PART_HIGHLIGHTS,
    BT_PART_IMPRINT,
    BT_PART_RUNNING, /* running head and folio of a page */
    BT_PART_JUMP,    /* a jump line */
    BT_PART_FILLER,
    BT_PART_HEADLINE, /* with its kicker and standfirst */
    BT_PART_SUBHEADING,
    BT_PART_PARAGRAPH,
    BT_PART_ITEM, /* of a list */
    BT_PART_FIGURE,
    BT_PART_TABLE,
    BT_PART_QUOTE,
    BT_PART_RULE,
    BT_PART_GALLERY,
    BT_PART_NUMBERS,
    BT_PART_BOX,
    BT_PART_VERSE,
    BT_PART_QR,
    BT_PART_CHART,
    BT_PART_ENTRY,    /* of the table of contents */
    BT_PART_ARTICLE,  /* all of one: compare.h */
    BT_PART_CONTENTS, /* all entries */
    BT_PART_RULES,    /* between a page's columns */
    BT_N_PARTS
} bt_part_kind;

#define BT_PART_ALONE UINT32_MAX

/* One of them, or as much of it as stands in one column. */
typedef struct bt_part_fact {
    bt_part_kind kind;
    uint32_t block_i;   /* the same for all parts of a block; BT_PART_ALONE: no block */
    uint32_t article_i; /* into bt_doc_facts.articles; BT_PART_ALONE: of none */
    bt_str id;          /* FILLER */
    const bt_place *at;
    uint32_t first_item, n_items;
    bt_sp x, y, width, height;
} bt_part_fact;

typedef struct bt_page_facts {
    const bt_frame_fact *frames;
    uint32_t n_frames;
    const bt_part_fact *parts; /* in drawing order; what lies between them is column rules */
    uint32_t n_parts;
} bt_page_facts;

/* A value of the edition. */
typedef struct bt_value_fact {
    bt_str name, text;
    const bt_place *at; /* in the overlay, or in the manifest of a batch */
} bt_value_fact;

typedef struct bt_doc_facts {
    bt_str title, author, subject, lang; /* metadata; lang as BCP 47 */
    bt_str layout;                       /* the layout's name */
    bt_str palette;                      /* of the layout; empty: it has none */
    const bt_place *edition_at;          /* the overlay that was laid on the bundle, or what it has its values from;
                                            NULL: none */
    bt_str edition_id, edition_name;
    const bt_value_fact *values;
    uint32_t n_values;
    bool has_date;
    int32_t year, month, day; /* the date */
    int64_t epoch;            /* seconds; used when has_epoch, and then instead of the date */
    bool has_epoch;
    bt_sp step, first_baseline; /* the baseline grid */
    const bt_paragraph_fact *paragraphs;
    uint32_t n_paragraphs;
    const bt_article_fact *articles;
    uint32_t n_articles;
} bt_doc_facts;

typedef struct bt_page {
    const bt_item *items; /* in drawing order */
    uint32_t n_items;
    const bt_item *underlay; /* proof: drawn under them; artifacts */
    uint32_t n_underlay;
    const bt_item *overlay; /* proof: drawn over them; artifacts */
    uint32_t n_overlay;
    bt_page_facts facts;
} bt_page;

/* --- sheets: the pages as the file has them --- */

/* A page's place on a sheet. */
typedef struct bt_panel {
    uint32_t page_i;
    bt_sp x, y; /* its trim's left top corner, from the sheet's trim's */
    /* What is seen of it, bleed included, from its own trim's left top corner. */
    bt_sp left, top, right, bottom;
    bool is_copy; /* shown before, on this sheet or an earlier one: an artifact for the structure */
} bt_panel;

/* One side of a sheet: a page of the file. */
typedef struct bt_sheet {
    const bt_panel *panels;
    uint32_t n_panels;
    const bt_item *marks; /* around the trim, from its left top corner; artifacts */
    uint32_t n_marks;
} bt_sheet;

typedef struct bt_sheets {
    bt_sp width, height; /* of each sheet's trim box */
    bt_sp bleed;         /* around it */
    bt_sp slug;          /* around that: room for the marks */
    bt_sheet *v;
    uint32_t n;
} bt_sheets;

/* What pictures may print with: the four process inks, or no more of them than black. */
typedef struct bt_picture_inks {
    bool is_black_alone;
    uint16_t spot; /* then drawings may have tints of it beside black: 1 + index into bt_pages.spots; 0: none */
} bt_picture_inks;

typedef struct bt_pages {
    bt_sp width, height, bleed; /* of the trim box; bleed around it */
    const bt_spot_ink *spots;   /* spot colours that items may be of */
    uint32_t n_spots;
    uint32_t registration; /* the one of them that prints on every plate, from 1: only marks are of it; 0: none */
    bt_picture_inks picture_inks;
    const bt_page *pages;
    uint32_t n_pages;
    bt_sheets sheets;
    const bt_tag *tags;
    uint32_t n_tags; /* at least 1: the root */
    bt_doc_facts facts;
} bt_pages;

/* Sheets of one page each. bleed: of the sheets, at most the pages'. False: no memory. */
bool bt_sheets_plain(bt_arena *arena, const bt_pages *pages, bt_sp bleed, bt_sheets *sheets);

#endif
