/* layout.h - a design as data: page, grid, colours, fonts, styles, furniture. Nothing about a look is in C.
 *
 * A layout file is read with its parents ("extends": a name or a path; property by property; a cycle is an error),
 * checked, and resolved into this: every style whole, every length in sp, every colour as the inks of one palette.
 * layouts/README.md is the reference.
 *
 * Glossary
 *   trim       the page as it is cut
 *   measure    the width that text is set to
 *   step       the distance of two lines of the baseline grid
 *   style role a style that the program itself asks for by name; furniture may use others
 *   palette    a set of named colours that stand in for the layout's own: one design, printed with other plates
 *   furniture  what is on the page besides the articles: masthead, running head, folio, highlights, imprint
 */
#ifndef BT_LAYOUT_H
#define BT_LAYOUT_H

#include "base/ink.h"
#include "base/limits.h"
#include "bundle/bundle.h"

typedef struct bt_font_role {
    bt_str name;            /* "text" */
    bt_str family;          /* "Noto Serif" */
    const bt_str *fallback; /* families */
    uint32_t n_fallback;
    const bt_place *at;
} bt_font_role;

/* A family that the layout brings: font files named by it. */
enum { BT_N_LAYOUT_FACES = 4 };
typedef struct bt_layout_family {
    bt_str name; /* as "family" and "fallback" name it */
    const bt_place *at;
    bt_text files[BT_N_LAYOUT_FACES]; /* regular, bold, italic, bold italic; s empty: there is none */
} bt_layout_family;

typedef struct bt_rule_style {
    bt_sp weight; /* 0: no rule */
    bt_ink color;
    bt_sp gap;    /* between the rule and what it belongs to */
    bt_sp length; /* 0: the whole measure */
} bt_rule_style;

typedef struct bt_style {
    bt_str name;
    const bt_font_role *font;
    bool is_bold, is_italic;
    bt_ink color;
    bt_sp size;
    bt_sp leading; /* baseline to baseline; 0: "grid" */
    bt_align align;
    bt_sp first_indent, indent_left, indent_right;
    bt_sp space_before_min, space_before_max; /* "space_before": a length, or [least, most] */
    bt_sp space_after;
    bool is_upper;    /* "case": "upper" */
    bool is_tabular;  /* "figures": "tabular" */
    bool is_balanced; /* "balance": true */
    bool hangs;       /* "hang": true, hanging punctuation */
    int32_t tracking; /* thousandths of an em, added to every glyph: "tracking": "0.05em" */
    bool spans_page;  /* "span": "page": a heading of this style spans the columns */
    bt_rule_style rule_above, rule_below;
    bool has_background; /* "background": colour */
    bt_ink background;
    bt_sp pad_x, pad_y;   /* of the background */
    bool background_hugs; /* "background_extent": "text"; else "measure" */
    const bt_place *at;
} bt_style;

/* clang-format off */
#define BT_STYLE_ROLES(X)                                                                                              \
    X(BODY, "body") X(BODY_FIRST, "body-first") X(HEADLINE_1, "headline-1") X(HEADLINE_2, "headline-2")                \
    X(HEADLINE_3, "headline-3") X(KICKER, "kicker") X(LEAD, "lead") X(SUBHEADING_1, "subheading-1")                    \
    X(SUBHEADING_2, "subheading-2") X(SUBHEADING_3, "subheading-3") X(BULLET, "bullet") X(CAPTION, "caption")          \
    X(CREDIT, "credit") X(QUOTE, "quote") X(QUOTE_BY, "quote-by") X(BYLINE, "byline") X(NOTE, "note")                  \
    X(TABLE_TITLE, "table-title") X(TABLE_UNIT, "table-unit") X(TABLE_HEAD, "table-head")                              \
    X(TABLE_CELL, "table-cell") X(TABLE_TOTAL, "table-total") X(TABLE_SUBHEAD, "table-subhead")                        \
    X(TABLE_NOTE, "table-note") X(HIGHLIGHTS_TITLE, "highlights-title") X(HIGHLIGHTS_ITEM, "highlights-item")          \
    X(HIGHLIGHTS_PAGE, "highlights-page") X(IMPRINT_TITLE, "imprint-title") X(IMPRINT, "imprint")

/* Roles that a layout may leave out: each is then set in the style of another role, which stands before it. */
#define BT_OPTIONAL_STYLE_ROLES(X)                                                                                     \
    X(SECTION, "section", KICKER) X(DROP_CAP, "drop-cap", BODY) X(NUMBERED, "numbered", BULLET)                        \
    X(QUESTION, "question", SUBHEADING_3) X(ANSWER, "answer", BODY) X(VERSE_TITLE, "verse-title", SUBHEADING_2)        \
    X(VERSE, "verse", BODY) X(VERSE_BY, "verse-by", BYLINE) X(BOX_TITLE, "box-title", SUBHEADING_1)                    \
    X(BOX, "box", BODY) X(BOX_FIRST, "box-first", BOX) X(NUMBERS_VALUE, "numbers-value", HEADLINE_3) X(NUMBERS_LABEL, "numbers-label", CAPTION)       \
    X(NUMBERS_UNIT, "numbers-unit", NUMBERS_LABEL) X(TABLE_GROUP, "table-group", TABLE_HEAD)                           \
    X(CHART_TITLE, "chart-title", TABLE_TITLE) X(CHART_UNIT, "chart-unit", TABLE_UNIT)                                 \
    X(CHART_LABEL, "chart-label", TABLE_NOTE) X(CHART_VALUE, "chart-value", CHART_LABEL)                               \
    X(CHART_LEGEND, "chart-legend", CHART_LABEL) X(CHART_NOTE, "chart-note", TABLE_NOTE)                               \
    X(QR_LABEL, "qr-label", CAPTION) X(CONTENTS_TITLE, "contents-title", HIGHLIGHTS_TITLE)                             \
    X(CONTENTS_ITEM, "contents-item", HIGHLIGHTS_ITEM) X(CONTENTS_PAGE, "contents-page", HIGHLIGHTS_PAGE)              \
    X(FILLER_TITLE, "filler-title", BOX_TITLE) X(FILLER, "filler", BOX) X(FILLER_FIRST, "filler-first", BOX_FIRST)     \
    X(JUMP, "jump", NOTE) X(JUMP_FROM, "jump-from", JUMP)
/* clang-format on */

typedef enum bt_style_role {
#define X(id, name) BT_STYLE_##id,
    BT_STYLE_ROLES(X)
#undef X
        BT_N_NEEDED_STYLE_ROLES,
    BT_STYLE_BEFORE_OPTIONAL = BT_N_NEEDED_STYLE_ROLES - 1,
#define X(id, name, instead) BT_STYLE_##id,
    BT_OPTIONAL_STYLE_ROLES(X)
#undef X
        BT_N_STYLE_ROLES
} bt_style_role;

/* What the press needs. */
typedef struct bt_print {
    bt_text profile;           /* the printing condition's identifier ("FOGRA39"), or the file of an ICC profile */
    bool names_file;           /* the latter for sure; else its form tells */
    bt_str condition;          /* of a file: the identifier of what it stands for; empty: the file tells */
    int32_t ink_limit;         /* of all inks together [percent] */
    bool has_marks;            /* crop and registration marks, colour bar, slug line */
    int32_t min_ppi, warn_ppi; /* a picture below is refused in press; warned of */
    bt_sp paper;               /* its thickness, for booklets [sp] */
} bt_print;

/* --- furniture --- */

typedef enum bt_furniture_kind {
    BT_FURNITURE_TEXT,
    BT_FURNITURE_ROW,
    BT_FURNITURE_RULE,
    BT_FURNITURE_SPACE,
    BT_FURNITURE_LOGO,
    BT_FURNITURE_BAND
} bt_furniture_kind;
typedef enum bt_furniture_pages { BT_PAGES_ALL, BT_PAGES_FIRST, BT_PAGES_LATER } bt_furniture_pages;

/* A text with fields: {kind} {title} {title_first} {title_rest} {issuer} {issue} {number} {year} {date} {edition}
 * {motto} {page}. title_first, title_rest: the first line of a title with line breaks, and the others. A text all of
 * whose fields are empty is left out, and so is an item with no text left. */
typedef struct bt_furniture_cell {
    bt_str text;
    bt_align align; /* INSIDE and OUTSIDE follow the page's side */
    const bt_style *style;
    const bt_place *at;
} bt_furniture_cell;

typedef struct bt_furniture {
    const struct bt_furniture_item *items;
    uint32_t n_items;
} bt_furniture;

/* An area of colour, as tall as the items upon it. */
typedef struct bt_furniture_band {
    bt_ink color;
    bool reaches_trim; /* at the sides; else it is as wide as the text area */
    bt_sp pad_x, pad_y;
    bt_furniture items;
} bt_furniture_band;

/* Items stack downwards from the top margin; one with "y" stands there (from the trim's top, a text by its baseline),
 * and the next ones go on below it. */
typedef struct bt_furniture_item {
    bt_furniture_kind kind;
    const bt_furniture_cell *cells; /* TEXT: one, broken over lines; ROW: up to three, on one baseline */
    uint32_t n_cells;
    bt_rule_style rule; /* RULE */
    bt_sp height;       /* SPACE: its size; LOGO: its height */
    bt_align align;     /* LOGO */
    bool is_beside;     /* LOGO: the texts that follow stand beside it */
    bt_sp gap;          /* and so far from it */
    bt_furniture_band band;
    bool has_y;
    bt_sp y;
    bt_furniture_pages pages;
} bt_furniture_item;

typedef struct bt_highlights_style {
    bool spans_page;    /* "span": "page": a strip under the masthead; "column": at the head of the first band's last
                           column */
    uint32_t n_columns; /* of the strip */
    bool shows_pages;   /* page numbers */
    bool has_background;
    bt_ink background;
    bt_sp pad_x, pad_y;
    bt_rule_style rule_above, rule_below, rule_between; /* rule_between: above each item but the first of a column */
    bt_sp item_gap;
} bt_highlights_style;

typedef struct bt_imprint_style {
    uint32_t n_columns;
    bt_rule_style rule_above;
    bt_sp space_before; /* at least, above it */
} bt_imprint_style;

typedef struct bt_figure_style {
    bt_sp min_height, max_height;           /* in a column */
    bt_sp page_min_height, page_max_height; /* across the page */
    bt_sp caption_gap;                      /* picture to the caption's ascent */
    bt_sp space_before, space_after;        /* least white to the text */
} bt_figure_style;

typedef struct bt_table_style {
    bt_rule_style rule_top, rule_group, rule_head, rule_row, rule_total, rule_bottom; /* group: below a group's head */
    const bt_font_role *narrow_font; /* for cells of a table that is too wide; NULL: none */
    bool has_band;
    bt_ink band;        /* every second row */
    bt_sp pad_x, pad_y; /* of a cell: at its sides, above and below */
    bt_sp title_gap;    /* title to table */
    bt_sp note_gap;
    bt_sp space_before, space_after;
} bt_table_style;

typedef enum bt_hatch { BT_HATCH_NONE, BT_HATCH_RISING, BT_HATCH_FALLING, BT_HATCH_CROSS } bt_hatch;

/* How the bars of a series are filled: with its colour, or with lines of it upon a ground. */
typedef struct bt_chart_fill {
    bt_ink color;
    bt_hatch hatch;
    bt_ink ground; /* of a hatch */
} bt_chart_fill;

typedef struct bt_chart_style {
    bt_chart_fill fills[BT_LIMIT_CHART_SERIES];
    bt_ink lines[BT_LIMIT_CHART_SERIES];
    bt_sp hatch_weight, hatch_gap;          /* of the lines, and from one to the next */
    bt_sp line_weight, marker;              /* of a line; a marker's size */
    bt_rule_style axis, grid;               /* the line at zero; those across */
    bt_sp bar_min, bar_max;                 /* thickness of a bar */
    int32_t bar_gap;                        /* white between the bars of two rows: thousandths of a bar's thickness */
    bt_sp share_height;                     /* of the one bar of shares */
    bt_sp min_height, max_height;           /* of columns and lines in a column of text */
    bt_sp page_min_height, page_max_height; /* across the page */
    bt_sp title_gap, note_gap;
    bt_sp space_before, space_after;
} bt_chart_style;

typedef struct bt_bullets_style {
    bt_str marker, nested_marker;
    bt_ink marker_color;
    bt_sp indent; /* of each level */
    bt_sp space_before, space_after;
} bt_bullets_style;

typedef struct bt_box_style {
    bt_box_kind kind; /* of boxes that name none; never DEFAULT */
    bool has_background;
    bt_ink background;        /* of a tinted box */
    bt_rule_style rule_above; /* of a tinted box, along its top edge */
    bt_rule_style frame;      /* of a ruled one, all around */
    bt_sp pad_x, pad_y;       /* edge to text, at the sides; above and below */
    bt_sp title_gap;          /* title to text */
    bt_sp space_before, space_after;
} bt_box_style;

typedef struct bt_numbers_style {
    bt_rule_style rule_above, rule_below;
    bt_sp gap;         /* between two figures */
    bt_sp least_width; /* of one: a strip with too many goes on in a second row */
    bt_sp unit_gap, label_gap, row_gap;
    bt_sp space_before, space_after;
} bt_numbers_style;

typedef struct bt_contents_style {
    bool spans_page;            /* "span": "page": one column across the page; else in the columns */
    bt_str leader;              /* repeated between an entry and its page; empty: none */
    bt_sp gap;                  /* at least, from entry to leaders and to the page number */
    bt_sp space_after;          /* below the last entry */
    bt_rule_style rule_between; /* above each entry but the first */
} bt_contents_style;

typedef struct bt_qr_style {
    bt_sp module;    /* side of one dark or light square */
    bt_sp label_gap; /* code to label, beyond the quiet zone */
    bt_sp space_before, space_after;
} bt_qr_style;

typedef struct bt_gallery_style {
    bt_sp gap;                              /* between two pictures */
    bt_sp min_height, max_height;           /* of a row in a column */
    bt_sp page_min_height, page_max_height; /* across the page */
} bt_gallery_style;
/* Markers are templates: {1} is the number, {a} {A} its letter, {i} {I} the number in Roman figures. */
typedef struct bt_numbered_style {
    const bt_str *levels; /* of a list as deep as that, from the outside */
    uint32_t n_levels;
    const bt_str *document_levels; /* of a deeper one, and of one that asks for them */
    uint32_t n_document_levels;
    bool aligns_right; /* markers end, not begin, at one measure: that of the widest */
    bt_ink marker_color;
    bt_sp indent; /* of the outermost list */
    bt_sp gap;    /* widest marker to text */
    bt_sp space_before, space_after;
} bt_numbered_style;

typedef enum bt_drop_cap_use { BT_DROP_CAP_NONE, BT_DROP_CAP_LEAD, BT_DROP_CAP_ALL } bt_drop_cap_use;

typedef struct bt_drop_cap_style {
    bt_drop_cap_use use; /* LEAD: in the issue's first article only */
    uint32_t n_lines;    /* from its top to its baseline */
    bt_sp gap;           /* to the text beside it */
} bt_drop_cap_style;

typedef struct bt_quote_style {
    bt_str mark; /* an ornament at the left of a quotation; empty: none */
    bt_sp size;
    bt_ink color;
    bt_sp gap; /* to the text */
} bt_quote_style;

typedef struct bt_verse_style {
    bt_sp indent;     /* of a line, for every two blanks at its beginning */
    bt_sp turnover;   /* of what a line too long has below it */
    bt_sp stanza_gap; /* least white between stanzas */
} bt_verse_style;

typedef struct bt_costs {    /* weights of the composer; see compose.h */
    int32_t column_short;    /* each step that a column is short of its height, squared */
    int32_t page_short;      /* each step left empty at the end of the issue */
    int32_t variant;         /* a line more or less than a paragraph's best */
    int32_t figure;          /* each step that a picture is away from the middle of its range */
    int32_t space;           /* each step of white above a heading beyond the least */
    int32_t paragraph_split; /* breaking a paragraph over columns */
    int32_t moved;           /* a picture or table that left its place for the next column or page */
} bt_costs;

typedef struct bt_words {                      /* the layout's own words; {…} are fields */
    bt_str issue;                              /* "Số {number}/{year}" */
    bt_str date;                               /* "Ngày {day} tháng {month} năm {year}" */
    bt_str table_continued;                    /* "(tiếp theo)" */
    bt_str byline;                             /* "{byline}; {source}": with both; one alone is printed alone */
    bt_str question;                           /* "Hỏi: {question}" */
    bt_str answer;                             /* "Đáp: {answer}": before its first paragraph */
    bt_str table_source;                       /* "Nguồn: {source}" */
    bt_str table_unit;                         /* "Đơn vị: {unit}" */
    bt_str continued_on, continued_from;       /* jump lines: "Xem tiếp trang {page}"; empty: there is none */
    bt_str contents;                           /* the title of the table of contents: "Mục lục" */
    bt_str qr;                                 /* what is read out for a QR code: "Mã QR: {url}" */
    bt_str slug_page;                          /* beside the page for the press: "Trang {page}/{pages}" */
    bt_str slug_front, slug_back;              /* of a booklet's sheet: "Tờ {sheet}, mặt trước: trang {page}" */
    bt_str chart_bar, chart_line, chart_share; /* how a chart of each kind is called where it is read out */
    bt_str chart_none;                         /* what is read out where a value is missing */
    bt_str chart_base;                         /* printed where a scale does not begin at zero */
    bt_str licence, responsible, editors, printer, quantity, size, periodicity, deposit,
        address; /* of the imprint: "In tại: {}" */
} bt_words;

/* What a palette prints with, as far as colours are in use. */
typedef struct bt_palette {
    bt_str name;
    const bt_place *at;
    bool prints_process[4]; /* cyan, magenta, yellow, black */
    const bt_str *spots;    /* names */
    uint32_t n_spots;
} bt_palette;

typedef struct bt_layout {
    bt_str name;
    bt_str description;    /* one line for people, of the layout's own file; empty where it has none */
    bt_str description_vi; /* the same in Vietnamese */
    const bt_place *at;
    bt_sp width, height, bleed;
    bool is_facing;
    bt_sp margin_top, margin_bottom, margin_inside, margin_outside;
    bt_sp grid_first, step; /* first baseline from the trim's top; baseline to baseline */
    uint32_t n_columns;
    bt_sp gutter;
    bt_rule_style column_rule; /* between the columns; weight 0: none */
    const bt_palette *palettes;
    const bt_palette *palette; /* the one that the colours are resolved in; NULL: the layout has none, or the default
                                  is the colours as they stand */
    const bt_spot_ink *spots;  /* of that palette; a bt_ink's `spot` counts them from 1 */
    uint32_t n_palettes, n_spots;
    uint32_t n_plates; /* how many "plates" allows that palette; 0: it does not say */
    uint32_t n_families, n_styles;
    const bt_layout_family *families;
    const bt_style *styles;
    const bt_style *role[BT_N_STYLE_ROLES]; /* never NULL */
    bt_furniture masthead, running_head, folio;
    bt_highlights_style highlights;
    bt_imprint_style imprint;
    bt_figure_style figure;
    bt_table_style table;
    bt_chart_style chart;
    bt_bullets_style bullets;
    bt_box_style box;
    bt_numbers_style numbers;
    bt_gallery_style gallery;
    bt_numbered_style numbered;
    bt_verse_style verse;
    bt_quote_style quote;
    bt_drop_cap_style drop_cap;
    bt_qr_style qr;
    bt_contents_style contents;
    bt_rule_style rule; /* the rule block */
    bt_costs costs;
    bool has_jumps;              /* an article that a page cuts says where it goes on and comes from */
    uint32_t pages_multiple;     /* an issue has a multiple of so many pages; 1: any number */
    const uint32_t *local_pages; /* kept for local articles, where the bundle does not say: ascending, from 1 */
    uint32_t n_local_pages;
    const bt_place *local_pages_at;
    int32_t space_shrink, space_stretch; /* word spaces: thousandths of natural that may go, and up to which they may
                                            grow well: 250, 500 */
    int32_t tracking_flex;               /* thousandths of an em a glyph: 20 */
    int32_t scaling_flex;                /* thousandths: 20 */
    bt_print print;
    bt_words words;
} bt_layout;

/* Which layout is wanted, and in which colours. */
typedef struct bt_layout_wanted {
    bt_str name;             /* a path when it has a '/' or ends in ".json", else NAME.json in one of dirs */
    bt_str from_dir;         /* what a path is relative to */
    const char *const *dirs; /* NULL-terminated; may be NULL */
    const bt_place *at;      /* the value that names it, for messages; NULL: the command line */
    bt_str palette;          /* empty: the layout's default */
} bt_layout_wanted;

/* Reads a layout. Every error is reported; a layout or palette that is not there names those that are. BT_INPUT,
 * BT_LIMIT, BT_NOMEM. */
bt_status bt_layout_read(bt_arena *arena, bt_diags *diags, const bt_layout_wanted *wanted, const bt_layout **layout);

/* Writes the plates that a palette prints with: "black, PANTONE 227 C"; "CMYK" for the four process inks. */
void bt_palette_show(bt_diags *diags, bt_buf *out, const bt_palette *palette);

/* The names of the layouts in a folder, sorted. Those that have no page, of their own or of a parent, are parents only
 * and left out; one that cannot be read is there, so that reading it tells why. dirs: where parents are looked for.
 * BT_NOMEM; a folder that cannot be opened has none. */
bt_status bt_layout_list(bt_arena *arena, const char *dir, const char *const *dirs, const bt_str **names, uint32_t *n);

/* A style by its name; NULL. */
const bt_style *bt_layout_style(const bt_layout *layout, bt_str name);

#endif
