/* bundle.h - a validated bundle: what the editor wrote, with where it stands, and nothing about how it looks.
 *
 * Texts are as in the file (but \{{ is {{ here, and {{name}} an edition's value): inline markup is read by doc,
 * characters are normalised by text. Every struct keeps `at`.
 */
#ifndef BT_BUNDLE_H
#define BT_BUNDLE_H

#include "base/diag.h"
#include "base/unit.h"

/* A text of the bundle; s is empty and at NULL where the key is absent. */
typedef struct bt_text {
    bt_str s;
    const bt_place *at;
} bt_text;

/* In a text whose inline markup is read later, these enclose characters that are none of it: a value of an edition.
 * They are noncharacters of Unicode, which no text of a file has. */
#define BT_LITERAL_BEGIN "\uFDD0"
#define BT_LITERAL_END "\uFDD1"

typedef enum bt_block_kind {
    BT_BLOCK_PARAGRAPH,
    BT_BLOCK_SUBHEADING,
    BT_BLOCK_BULLETS,
    BT_BLOCK_FIGURE,
    BT_BLOCK_TABLE,
    BT_BLOCK_QUOTE,
    BT_BLOCK_RULE,
    BT_BLOCK_GALLERY,
    BT_BLOCK_NUMBERS,
    BT_BLOCK_BOX,
    BT_BLOCK_NUMBERED,
    BT_BLOCK_VERSE,
    BT_BLOCK_QA,
    BT_BLOCK_QR,
    BT_BLOCK_CHART,
} bt_block_kind;

/* Lists may stand inside one another this deep. */
enum { BT_LIST_DEPTH = 4 };

typedef struct bt_list_item bt_list_item;
struct bt_list_item {
    bt_text text;
    const bt_list_item *items; /* nested */
    uint32_t n_items;
    bool numbers_items; /* the nested list is numbered, else of bullets */
};

typedef struct bt_stanza {
    const bt_text *lines; /* as in the file: blanks at a line's beginning set it in */
    uint32_t n_lines;
    const bt_place *at;
} bt_stanza;

typedef struct bt_verse {
    bt_text title, by;
    const bt_stanza *stanzas;
    uint32_t n_stanzas;
} bt_verse;

typedef struct bt_block bt_block;

typedef struct bt_figure {
    bt_text image; /* the path as written */
    bt_str path;   /* resolved against the bundle's folder */
    bt_text caption, credit, alt;
    int32_t focus_x, focus_y;     /* thousandths of the picture's width and height; 500, 500 where not given */
    bt_sp min_height, max_height; /* of the picture; 0: the layout's */
} bt_figure;

typedef enum bt_align {
    BT_ALIGN_LEFT,
    BT_ALIGN_RIGHT,
    BT_ALIGN_CENTER,
    BT_ALIGN_JUSTIFY,
    BT_ALIGN_INSIDE,
    BT_ALIGN_OUTSIDE
} bt_align;

typedef struct bt_table_column {
    bt_text title;
    bt_text group; /* the head that it shares with its neighbours of the same group */
    bt_text unit;  /* of its numbers */
    bool is_number;
    int32_t decimals; /* of numbers; -1: as written */
    bool has_align;
    bt_align align; /* LEFT, RIGHT or CENTER */
} bt_table_column;

typedef enum bt_row_kind { BT_ROW_PLAIN, BT_ROW_TOTAL, BT_ROW_SUBHEAD } bt_row_kind;

typedef struct bt_cell {
    bt_text text; /* a string exactly as written; a number in its source digits */
    bool is_number;
} bt_cell;

typedef struct bt_table_row {
    bt_row_kind kind;
    const bt_cell *cells; /* as many as the table has columns; a SUBHEAD may have one, which spans */
    uint32_t n_cells;
    const bt_place *at;
} bt_table_row;

typedef struct bt_table {
    bt_text title, unit, note, source, id;
    const bt_table_column *columns;
    uint32_t n_columns;
    const bt_table_row *rows; /* a computed total is the last row, kind TOTAL, its cells numbers in digits */
    uint32_t n_rows;
} bt_table;

typedef enum bt_chart_kind { BT_CHART_BAR, BT_CHART_LINE, BT_CHART_SHARE } bt_chart_kind;
typedef enum bt_chart_direction { BT_CHART_AUTOMATIC, BT_CHART_HORIZONTAL, BT_CHART_VERTICAL } bt_chart_direction;

typedef struct bt_chart_value {
    int64_t value; /* in units of 10^-decimals of the chart */
    bool is_missing;
    const bt_cell *cell;
} bt_chart_value;

/* A chart of a table's rows: each is a point, each of the columns y a series. */
typedef struct bt_chart {
    bt_chart_kind kind;
    bool is_stacked;    /* BAR */
    bool is_zero_based; /* LINE: from zero, whatever the values are */
    bt_chart_direction direction;
    bt_text title, unit, note, source; /* the chart's own, else its table's */
    bt_text alt;
    const bt_table *table;
    bool has_own_table; /* which is printed nowhere else */
    uint32_t x;         /* the column of the points' labels */
    const uint32_t *y;
    uint32_t n_series;
    const bt_table_row *const *points; /* the plain rows */
    uint32_t n_points;
    const bt_chart_value *values; /* n_points of the first series, then those of the next */
    int32_t decimals;
    bool is_percent;      /* each value is written with a % of its own */
    const int64_t *times; /* LINE: when each point is, ascending, in years or days ...; NULL: they stand evenly */
    bt_sp min_height, max_height; /* of what is drawn; 0: the layout's */
} bt_chart;

/* Pictures side by side, in one row or several. */
typedef struct bt_gallery {
    const bt_figure *figures; /* their heights are not given */
    uint32_t n_figures;
    bt_text caption, credit;      /* of all together */
    int32_t per_row;              /* pictures side by side; 0: as the program finds best */
    bt_sp min_height, max_height; /* of all rows together; 0: the layout's */
} bt_gallery;

/* One number of a strip: large, with its unit, over its label. */
typedef struct bt_key_figure {
    bt_cell value;
    bt_text unit, label;
} bt_key_figure;

typedef enum bt_box_kind { BT_BOX_DEFAULT, BT_BOX_TINT, BT_BOX_RULE } bt_box_kind; /* DEFAULT: the layout's */

struct bt_block {
    bt_block_kind kind;
    int32_t level; /* SUBHEADING: 1..3 */
    const bt_place *at;
    bt_text text;              /* PARAGRAPH, SUBHEADING, QUOTE; of QA the question */
    bt_text by;                /* QUOTE */
    const bt_list_item *items; /* BULLETS, NUMBERED */
    uint32_t n_items;
    int32_t start;    /* NUMBERED: the first item's number; 1 where not given */
    bool is_document; /* NUMBERED: its levels are those of an official document, however deep it is */
    bool spans_page;  /* "span": "page" */
    bool has_span;    /* the bundle names one */
    bt_box_kind box_kind;
    bt_text title;      /* BOX */
    bt_text url, label; /* QR; label: beside the code */
    const bt_figure *figure;
    const bt_table *table;
    const bt_chart *chart;
    const bt_gallery *gallery;
    const bt_verse *verse;
    const bt_key_figure *key_figures; /* NUMBERS */
    const bt_block *body;             /* BOX; of QA the answer */
    uint32_t n_key_figures, n_body;
};

typedef enum bt_article_place { BT_PLACE_ANY, BT_PLACE_LEAD, BT_PLACE_INSIDE, BT_PLACE_BACK } bt_article_place;

typedef struct bt_article {
    const bt_place *at;
    const bt_place *changed_at; /* what an edition changed in it first; NULL: nothing */
    bt_text id;                 /* given, or derived from the headline (text.h's slug is applied by doc when empty) */
    bool has_id;
    bt_text section, kicker, headline, lead, byline, source;
    bt_article_place place;
    int32_t importance; /* 1..5; 3 where not given */
    int32_t page;       /* at whose head it begins, from 1; 0: wherever the text has come to */
    const bt_place *page_at;
    bool is_local; /* it stands on the pages that are kept for local articles, where there are any */
    const bt_block *body;
    uint32_t n_body;
    const bt_text *notes;
    uint32_t n_notes;
} bt_article;

typedef struct bt_highlight {
    bt_text text;
    uint32_t article_i; /* into articles; UINT32_MAX: none */
} bt_highlight;

/* A small piece that closes a hole, if there is one. */
typedef struct bt_filler {
    const bt_place *at;
    bt_text id, title;
    const bt_block *body;
    uint32_t n_body;
} bt_filler;

typedef struct bt_masthead {
    const bt_place *at;
    bt_text kind, title, issuer, number, year, date, edition, motto, logo;
    bt_str logo_path;
    bool edition_is_own; /* the text "edition" is not as in the base */
    bool has_iso_date;   /* date is YYYY-MM-DD, and a real one */
    int32_t y, m, d;
} bt_masthead;

typedef struct bt_imprint {
    const bt_place *at; /* NULL: the bundle has none */
    bt_text licence, responsible, printer, quantity, size, periodicity, deposit, address;
    bool quantity_is_number; /* it is written as the language writes it */
    const bt_text *editors;
    uint32_t n_editors;
    const bt_text *lines;
    uint32_t n_lines;
} bt_imprint;

/* What {{name}} stands for. */
typedef struct bt_value {
    bt_str name;
    bt_text text; /* literal: its characters are no markup */
} bt_value;

typedef struct bt_bundle {
    const bt_place *at;
    bt_str path, dir;           /* of the file */
    const bt_place *edition_at; /* the overlay that was laid on it; NULL: none */
    bt_str edition_id, edition_name;
    bt_str edition_label;   /* what tells it from others of the same base, for its title; empty: nothing more */
    const bt_value *values; /* of the edition, for {{name}}; id and name among them */
    uint32_t n_values;
    bt_text layout;    /* a name or a path as written; empty: the default */
    bt_str layout_dir; /* of the file that names the layout */
    bt_text lang;      /* "vi-VN" where not given */
    bt_masthead masthead;
    bt_text highlights_title;
    const bt_highlight *highlights;
    uint32_t n_highlights;
    const bt_article *articles;
    uint32_t n_articles;
    const bt_filler *fillers;
    uint32_t n_fillers;
    const uint32_t *local_pages;    /* kept for local articles: from 1, ascending */
    const bt_place *local_pages_at; /* NULL: the bundle does not say; the layout may */
    uint32_t n_local_pages;
    bool has_contents; /* a table of contents is wanted */
    const bt_place *contents_at;
    bt_imprint imprint;
    const bt_figure *const *figures; /* every figure of the bundle, in order: for the pictures' check */
    uint32_t n_figures;
    const bt_table *const *tables; /* every table of the bundle, in order: what has an id is found here */
    uint32_t n_tables;
    const struct bt_bundle_facts *facts; /* about its texts, where they are kept; else NULL */
} bt_bundle;

/* Parses and validates. Every error of the file is reported; any error: BT_INPUT (or BT_LIMIT), and no bundle.
 * path: the file's name as the user gave it; source: its bytes. The bundle lives in `arena`. */
typedef struct bt_edition bt_edition; /* edition.h */

bt_status bt_bundle_read(bt_arena *arena, bt_diags *diags, bt_str path, bt_str source, const bt_bundle **bundle);

/* The names of values that texts call for, each once. */
enum { BT_MOST_CALLS = 1024 }; /* of names without a value: more are not kept */
typedef struct bt_value_calls {
    BT_ARRAY(bt_str) names;
} bt_value_calls;

/* How to read it. Zeroed: as bt_bundle_read does. */
typedef struct bt_bundle_ways {
    bool converts_legacy; /* text in an encoding before Unicode is converted, with a note; else a warning tells of it */
    const bt_edition *edition; /* the overlay that was laid on it, and its values; NULL: none */
    bool is_base;              /* of editions to come: a {{name}} without a value stands for itself */
    bt_value_calls *calls;     /* told which values the texts call for; NULL: not wanted */
    bool keeps_facts;          /* what looking at its texts shows is kept, for those that it is the base of */
    const bt_bundle *base;     /* what the overlay was laid on, if that was read, and from the same nodes; else NULL */
} bt_bundle_ways;
bt_status bt_bundle_read_with(bt_arena *arena, bt_diags *diags, bt_str path, bt_str source, const bt_bundle_ways *ways,
                              const bt_bundle **bundle);
struct bt_json_node; /* json/json.h */
/* The same from its tree, an overlay's changes included. path: of the bundle's file. */
bt_status bt_bundle_read_tree(bt_arena *arena, bt_diags *diags, bt_str path, const struct bt_json_node *root,
                              const bt_bundle_ways *ways, const bt_bundle **bundle);

#endif
