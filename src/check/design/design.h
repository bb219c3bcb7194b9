/* design.h - what the design of a PDF is: its page, margins, columns, grid, and the type of each role; found from
 * where things stand, whoever made the file.
 *
 *     lines.c      all lines of all pages, and the styles (face, size, colour) that they are set in
 *     frame.c      pictures and drawings
 *     columns.c    columns, gutter and side margins, from the edges of the body's lines
 *     grid.c       leading, baseline grid, first and last line
 *     furniture.c  running head and folio
 *     masthead.c   the masthead
 *     role.c       which role each style has, how sure that is, and why
 *     ink.c        colours, rules, pictures
 *     edge.c       places that many things share
 *     measure.c    all this, in order
 *     table.c json.c    the result for people and for programs
 *     draft.c ...  the result as a layout that renders
 *     compare.c    how two designs differ
 *
 * Whatever can be said of many lines is what most of them say: an intruder moves nothing. Lengths are in points.
 */
#ifndef BT_CHECK_DESIGN_H
#define BT_CHECK_DESIGN_H

#include "check/check.h"

#define DESIGN_NONE UINT32_MAX

typedef enum design_role {
    DESIGN_OTHER,
    DESIGN_BODY,
    DESIGN_EMPHASIS, /* the body's size and family, bold or italic, within its lines */
    DESIGN_TITLE,    /* of the masthead */
    DESIGN_SUBTITLE,
    DESIGN_MASTHEAD, /* the masthead's other lines */
    DESIGN_HEADLINE, /* rank 1 is the largest */
    DESIGN_SUBHEADING,
    DESIGN_KICKER,
    DESIGN_STANDFIRST,
    DESIGN_BYLINE,
    DESIGN_QUOTE,
    DESIGN_CAPTION,
    DESIGN_CREDIT,
    DESIGN_TABLE,
    DESIGN_DROP_CAP,
    DESIGN_RUNNING_HEAD,
    DESIGN_FOLIO,
    DESIGN_N_ROLES,
} design_role;

typedef enum design_align {
    DESIGN_LEFT,
    DESIGN_RIGHT,
    DESIGN_CENTER,
    DESIGN_JUSTIFY,
    DESIGN_INSIDE,  /* furniture of pages that face each other */
    DESIGN_OUTSIDE, /* likewise */
    DESIGN_N_ALIGNS,
} design_align;

/* Letters of one face, size and colour. Those with more letters come first. */
typedef struct design_style {
    const seen_face *face;
    bt_str family; /* of the face's name: "NotoSerif" */
    double size;
    seen_color color;
    uint32_t n_letters, n_long; /* n_long: those in lines long enough for running text */
    uint32_t n_lines;           /* that are mostly set in it */
    uint32_t n_pages;           /* with such lines */
    uint32_t first_page_i, last_page_i;
    double leading; /* between its lines; 0: it has no two in a row */
    design_align align;
    design_role role;
    uint32_t rank;       /* of a HEADLINE or SUBHEADING, from 1; else 0 */
    uint32_t confidence; /* percent */
    bt_str evidence;     /* a sentence */
    bool is_upper;       /* most of its lines are in capitals */
    double tracking;     /* of capitals: what stands between them beyond what is usual [em]; about */
    bool spans;          /* most of its lines are wider than a column, or cross a gutter */
} design_style;

typedef struct design_line {
    const seen_line *line;
    uint32_t page_i, style_i;
    double x0, x1, baseline;
    uint32_t n_letters;
    int32_t column_i;      /* from 0; -1: it is in none, or in several */
    uint32_t above, below; /* the nearest lines that stand over and under it; DESIGN_NONE */
    design_role role;      /* of furniture, by its place; else OTHER */
} design_line;

/* A picture or a drawing. */
typedef struct design_frame {
    uint32_t page_i;
    seen_box box;
} design_frame;

typedef struct design_columns {
    uint32_t count;
    double width, gutter; /* of one column; gutter 0 for a single column */
    bool is_justified;
    double share;     /* of the body's lines that keep to these columns */
    uint32_t n_lines; /* of the body */
} design_columns;

/* Another number of columns that part of the text is set in. */
typedef struct design_band {
    uint32_t count;
    double width;
    uint32_t n_lines;
} design_band;

typedef struct design_grid {
    double step;              /* leading of the body; 0: unknown */
    double first;             /* first baseline from the top of the page */
    double last;              /* last baseline of running text */
    double foot;              /* where all that is no furniture ends */
    double share;             /* of the body's lines within 0.35 pt of the grid that goes through first */
    uint32_t n_first, n_last; /* columns that begin and end there */
    uint32_t n_columns;       /* with running text */
    bool is_common;           /* most lines of all pages stand on one grid */
} design_grid;

/* A text of the furniture, at one place of odd pages and one of even pages. */
typedef struct design_slot {
    bool is_there;
    design_align align;
    double x[2]; /* of odd and even pages: its left end, right end or middle, as align says */
    bool has_side[2];
    uint32_t line_i[2]; /* the first such lines; of a side that has none, the other's */
} design_slot;

/* Furniture that stands at one height of many pages. */
typedef struct design_furniture {
    bool is_there;
    double baseline;
    uint32_t style_i;
    uint32_t n_pages;
    bool is_on_first_page;
    design_slot slots[2]; /* the second is there where two texts share the line */
} design_furniture;

typedef struct design_masthead {
    bool is_there;
    double top, bottom;    /* of all of it */
    double title_baseline; /* of its first line */
    double title_x0, title_x1;
    design_align align;
    uint32_t title_style_i, subtitle_style_i;
    uint32_t title_line_i;
    uint32_t confidence;
} design_masthead;

typedef struct design_ink {
    seen_color color;
    uint32_t n_letters, n_rules;
    double area; /* of tints and areas */
} design_ink;

typedef struct design_rule {
    double thickness;
    seen_color color;
    uint32_t n;
} design_rule;

/* Pictures by how wide they are. */
typedef struct design_pictures {
    uint32_t n, n_column, n_page, n_bleed; /* as wide as a column, as the text; touching the trim */
} design_pictures;

typedef struct design {
    const seen_file *file;
    double width, height;     /* of the trim of most pages */
    uint32_t n_pages_size;    /* how many have it */
    double bleed;             /* the least of the sides that have any; 0: none */
    bool is_facing;           /* left and right pages mirror each other */
    double left[2], right[2]; /* margins of odd and even pages */
    bool has_side[2];
    double top, bottom;
    design_columns columns;
    BT_ARRAY(design_band) bands;
    design_grid grid;
    double first_indent;
    uint32_t body; /* style; DESIGN_NONE: there is no text */
    BT_ARRAY(design_style) styles;
    BT_ARRAY(design_line) lines;   /* page by page, from the top */
    BT_ARRAY(design_frame) frames; /* page by page */
    design_masthead masthead;
    design_furniture running_head, folio;
    BT_ARRAY(design_ink) inks; /* the most used first */
    uint32_t accent;           /* of the inks: the colour that is used most; DESIGN_NONE */
    BT_ARRAY(design_rule) rules;
    design_pictures pictures;
} design;

/* BT_NOMEM, or *d is made; what cannot be found is absent in it. */
bt_status design_measure(bt_arena *arena, bt_diags *diags, const seen_file *file, design *d);

/* --- the steps of measure.c --- */

void design_collect(bt_arena *arena, design *d);                     /* lines.c */
void design_find_frames(bt_arena *arena, design *d);                 /* frame.c */
void design_find_columns(bt_arena *arena, design *d);                /* columns.c */
void design_find_grid(bt_arena *arena, design *d);                   /* grid.c */
void design_find_furniture(bt_arena *arena, design *d);              /* furniture.c */
void design_find_masthead(bt_arena *arena, design *d);               /* masthead.c */
void design_find_inks(bt_arena *arena, design *d);                   /* ink.c */
void design_find_roles(bt_arena *arena, bt_diags *diags, design *d); /* role.c */

/* The letters of the body, in any colour. */
bool design_is_body(const design *d, uint32_t style_i);
/* The left edge of a column on a page, and the right edge of the text. */
double design_column_left(const design *d, uint32_t page_i, uint32_t column_i);
double design_text_right(const design *d, uint32_t page_i);
/* True when the line stands on the page proper: a mark beside the trim does not. */
bool design_is_on_page(const seen_page *page, const seen_box *box);
/* A colour that is no gray. */
bool design_is_colourful(const seen_color *color);
/* The style's name for programs: "headline-1"; in the arena. */
bt_str design_role_key(bt_arena *arena, const design_style *style);
/* The same for people, in the language of messages. */
bt_str design_role_shown(bt_arena *arena, bt_diags *diags, design_role role, uint32_t rank);
const char *design_align_key(design_align align);
bt_str design_align_shown(bt_diags *diags, design_align align);
/* Of the words of a line, with one blank between; in the arena. */
bt_str design_line_text(bt_arena *arena, const design *d, const design_line *line);

/* --- edge.c --- */

/* A place that n of the values share, within a window. */
typedef struct design_edge {
    double place; /* the mean of those values */
    uint32_t n;
} design_edge;

enum { DESIGN_MOST_EDGES = 48 };
typedef BT_ARRAY(double) design_values;
typedef struct design_edges {
    uint32_t n;
    design_edge v[DESIGN_MOST_EDGES];
} design_edges;

void design_value_add(bt_arena *arena, design_values *values, double value);
/* The places that most values share, the most shared first; of equal ones the lesser place. Sorts the values. */
void design_find_edges(bt_arena *arena, design_values *values, double window, design_edges *edges);
/* The middle one; 0: there is none. Sorts the values. */
double design_median(design_values *values);

/* --- what comes out --- */

bt_status design_tell_table(bt_arena *arena, bt_diags *diags, const design *d, bt_buf *out);
bt_status design_tell_json(bt_arena *arena, const design *d, bt_buf *out);

#endif
