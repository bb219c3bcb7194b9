/* doc.h - bundle + layout -> a flat list of blocks with styled runs. Immutable once made.
 *
 * Here inline markup is read (the subset of CommonMark that formats.md names), every text gets its style, the articles
 * their order of blocks, and the layout's words their fields. Nothing is measured.
 */
#ifndef BT_DOC_H
#define BT_DOC_H

#include "layout/layout.h"

/* Where words or a picture lead. All that one link is made of points at the same one of these, which tells it from
 * another link to the same place. */
typedef struct bt_link {
    bt_str uri;         /* http:, https:, mailto: or tel:, as it was written; empty: within the issue */
    bool is_bare;       /* an address that stands in the text as it is, without markup */
    uint32_t article_i; /* there: to the headline of an article, */
    uint32_t note_no;   /* or to that note of it, from 1, */
    bool is_back;       /* or from the note to the text that refers to it, */
    bool is_jump;       /* or to where the article goes on, or comes from: page/jump.c makes it */
} bt_link;

/* A stretch of text with the same emphasis. Runs are adjacent and cover the text. */
typedef struct bt_run {
    uint32_t begin, end; /* bytes */
    bool is_bold, is_italic;
    bool is_verbatim;    /* a bare URL: other break rules */
    bool is_superior;    /* a note's number: raised and smaller */
    const bt_link *link; /* NULL: none */
} bt_run;

/* A text in one style. */
typedef struct bt_rich {
    bt_str text;
    const bt_run *runs;
    uint32_t n_runs;
    const bt_style *style;
    const bt_place *at;
} bt_rich;

typedef enum bt_doc_kind {
    BT_DOC_HEADING,   /* a headline with its kicker and standfirst, or a subheading: kept with what follows */
    BT_DOC_PARAGRAPH, /* body text, note, byline: breaks over columns where its leading is "grid" */
    BT_DOC_ITEM,      /* of a list */
    BT_DOC_FIGURE,
    BT_DOC_TABLE,
    BT_DOC_QUOTE,
    BT_DOC_RULE,
    BT_DOC_GALLERY,
    BT_DOC_NUMBERS,
    BT_DOC_BOX,   /* holds blocks of its own, set to a narrower measure */
    BT_DOC_VERSE, /* a stanza */
    BT_DOC_QR,
    BT_DOC_CHART,
    BT_DOC_ENTRY, /* of the table of contents: a headline, leaders, its page */
} bt_doc_kind;

/* A list: bullets or numbers. Its items' markers share one measure. */
typedef struct bt_doc_list {
    uint32_t list_i;                 /* counts all lists of the doc */
    const struct bt_doc_list *outer; /* the list in whose last item so far it stands; NULL: none */
    bool is_numbered;
    bt_str template;        /* of its markers: "–", "{a})" */
    const bt_rich *markers; /* of all items */
    uint32_t n_markers;
} bt_doc_list;

typedef struct bt_doc_line { /* of a stanza */
    bt_rich text;
    uint32_t n_indents;
} bt_doc_line;

typedef struct bt_doc_cell {
    bt_rich text;
    bool is_number;     /* aligned on its decimal comma */
    uint32_t column_i;  /* its first column */
    uint32_t n_spanned; /* columns; 1 */
} bt_doc_cell;

typedef struct bt_doc_row {
    bt_row_kind kind;
    const bt_doc_cell *cells;
    uint32_t n_cells;
    const bt_place *at;
} bt_doc_row;

typedef struct bt_doc_table {
    bt_rich title;           /* empty text: none; the unit follows the title in its own style */
    bt_rich unit, continued; /* continued: "(tiếp theo)" */
    bt_rich note, source;
    const bt_doc_cell *head; /* n_columns; n_columns 0 titles: no head row */
    bool has_head;
    const bt_doc_cell *groups; /* heads that stand over several columns' own; in the columns' order */
    uint32_t n_groups;
    const bt_align *aligns;  /* of each column */
    const bool *are_numbers; /* of each column */
    uint32_t n_columns;
    const bt_doc_row *rows;
    uint32_t n_rows;
} bt_doc_table;

/* Texts in the order of the bundle's points and series; an empty one: none. */
typedef struct bt_doc_chart {
    const bt_chart *source;
    bt_rich title, unit, note, table_source;
    bt_rich base_note;     /* printed where a line's scale does not begin at zero */
    const bt_rich *labels; /* of the points */
    const bt_rich *names;  /* of the series */
    const bt_rich *values; /* of all points of the first series, then of the next */
    const bt_rich *totals; /* of the points: SHARE: percentages; stacked bars: sums */
    bt_str lang;
} bt_doc_chart;

/* A picture of a gallery. */
typedef struct bt_doc_picture {
    const bt_figure *figure;
    bt_rich caption, credit;
    bt_str alt;
} bt_doc_picture;

/* A number of a strip. */
typedef struct bt_doc_number_item {
    bt_rich value, unit, label;
} bt_doc_number_item;

/* Of blocks that belong to no article: the table of contents, fillers. */
#define BT_NO_ARTICLE UINT32_MAX

typedef struct bt_doc_block bt_doc_block;
struct bt_doc_block {
    bt_doc_kind kind;
    uint32_t article_i; /* or BT_NO_ARTICLE */
    const bt_place *at;
    bool spans_page;
    bool may_span;               /* TABLE: across the page where its column is too narrow for it */
    bool keeps_next;             /* stays in the column of what follows */
    uint32_t level;              /* HEADING: 1..4, as in H1..H4; 0: not a heading of the outline */
    bool starts_article;         /* its first block */
    bool is_flush;               /* PARAGRAPH: without the indent of its style, for it is the first */
    bool starts_list, ends_list; /* ITEM: of its outermost list */
    bt_rich text;
    bt_rich drop_cap;        /* PARAGRAPH: the letter that may be set large; empty: none */
    bt_rich after_cap;       /* PARAGRAPH: `text` without it */
    bool follows_note;       /* PARAGRAPH: a note below another */
    bool is_note;            /* PARAGRAPH: at an article's end */
    bt_rich section;         /* HEADING: before the kicker */
    bt_rich kicker, lead;    /* HEADING: above and below the headline; empty in a subheading */
    bt_rich by;              /* QUOTE */
    const bt_doc_list *list; /* ITEM */
    bt_rich marker;
    const bt_doc_line *lines; /* VERSE */
    uint32_t n_lines;
    bool starts_poem, ends_poem;
    const bt_figure *figure;
    bt_rich caption, credit;
    bt_str alt; /* empty: the headline is read */
    const bt_doc_table *table;
    const bt_doc_chart *chart;
    const bt_gallery *gallery; /* GALLERY: its limits; caption and credit are of all together */
    const bt_doc_picture *pictures;
    uint32_t n_pictures;
    const bt_doc_number_item *numbers; /* NUMBERS */
    uint32_t n_numbers;
    const bt_doc_block *body; /* BOX; `text` is its title */
    uint32_t n_body;
    bt_box_kind box_kind; /* BOX: TINT or RULE */
    bt_text url;          /* QR; `text` is its label */
    const bt_link *link;  /* QR: to the url; ENTRY: to the article that it names */
    bt_rich page;         /* ENTRY: the style of its page number; no text */
    bt_str id;            /* a filler's; empty elsewhere */
};

typedef struct bt_doc_article {
    const bt_article *source;
    bt_str id, headline; /* headline without markup */
    uint32_t first_block, n_blocks;
    bool is_local; /* on the local pages; there are some */
} bt_doc_article;

typedef struct bt_doc_highlight {
    bt_rich text;
    const bt_link *link; /* to the article that it names; NULL: it names none */
} bt_doc_highlight;

/* The values that furniture and words may name. */
typedef struct bt_doc_fields {
    bt_str kind, title, title_first, title_rest, issuer, issue, number, year, date, edition, motto;
} bt_doc_fields;

typedef struct bt_doc {
    const bt_bundle *bundle;
    const bt_layout *layout;
    const bt_doc_block *blocks;
    uint32_t n_blocks;
    uint32_t n_lists; /* in the blocks */
    const bt_doc_article *articles;
    uint32_t n_articles;
    const uint32_t *local_pages; /* the bundle's, or else the layout's: kept for local articles; from 1, ascending */
    uint32_t n_local_pages;
    const bt_place *local_pages_at;
    bool has_pins; /* there are local pages, or an article begins on a page of its own */
    bt_rich highlights_title;
    const bt_doc_highlight *highlights;
    uint32_t n_highlights;
    uint32_t n_contents;         /* the first so many blocks are the table of contents */
    const bt_doc_block *fillers; /* boxes, of which the composer takes what closes a hole */
    uint32_t n_fillers;
    const bt_rich *imprint; /* lines; the first is its title */
    uint32_t n_imprint;
    bt_doc_fields fields;
} bt_doc;

/* Everything lives in `arena`. Reports what is wrong with inline markup. BT_INPUT, BT_NOMEM. */
bt_status bt_doc_make(bt_arena *arena, bt_diags *diags, const bt_bundle *bundle, const bt_layout *layout,
                      const bt_doc **doc);

/* A text as it is, without markup. */
bt_rich bt_doc_plain(bt_arena *arena, bt_str text, const bt_style *style, const bt_place *at);

/* A number in its source digits as the language writes it: 20337.5 -> 20.337,5. decimals -1: as many as written. */
bt_str bt_doc_number(bt_arena *arena, bt_str digits, int32_t decimals, bt_str lang);

/* A value in a chart's units, as its values are written. */
bt_str bt_doc_chart_number(bt_arena *arena, const bt_chart *chart, int64_t value, bt_str lang);

/* Fills {name} in a template. `value` gives a field's text by its name (user is passed on). is_empty: the template has
 * fields and all of them are empty. */
typedef bt_str (*bt_field_fn)(const void *user, bt_str name);
bt_str bt_doc_fill(bt_arena *arena, bt_str template, bt_field_fn value, const void *user, bool *is_empty);

/* A field of bt_doc_fields by name; for bt_doc_fill with user = the fields. */
bt_str bt_doc_field(const void *fields, bt_str name);

#endif
