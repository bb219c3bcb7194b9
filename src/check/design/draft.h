/* draft.h - a design written as a layout (layouts/README.md): a draft that renders, for a person to go on with.
 *
 *     draft.c            page, grid, columns; the file as a whole
 *     draft_font.c       which of the families that there are stands in for each of the sample's
 *     draft_color.c      colours, by name; what inks a colour of a screen would print with
 *     draft_style.c      styles
 *     draft_furniture.c  masthead, running head, folio
 */
#ifndef BT_CHECK_DRAFT_H
#define BT_CHECK_DRAFT_H

#include "check/design/design.h"

typedef struct draft_options {
    bt_str name;
    const bt_str *families; /* those that layouts may name */
    uint32_t n_families;
} draft_options;

/* Writes the layout. What had to be put in another's place is told as warnings. BT_INPUT: there is too little in the
 * sample for a layout, which is reported; BT_NOMEM. */
bt_status draft_layout(bt_arena *arena, bt_diags *diags, const design *d, const draft_options *options, bt_buf *out);

/* --- what the files of the draft share --- */

enum { DRAFT_MOST_COLORS = 24, DRAFT_MOST_FONTS = 12 };

/* A colour of the layout: one of base.json's, or one of its own. */
typedef struct draft_color {
    seen_color seen;
    bt_str name;
    double cmyk[4]; /* 0 to 100 */
    bool is_tint;   /* of ink: percent */
    uint32_t percent;
} draft_color;

typedef struct draft_font {
    bt_str seen;   /* the sample's family */
    bt_str name;   /* in the layout */
    bt_str family; /* that stands for it */
} draft_font;

typedef struct draft {
    bt_arena *arena;
    bt_diags *diags;
    const design *d;
    const draft_options *options;
    bt_buf *out;
    uint32_t depth; /* of what is open */
    bool is_after;  /* a value stands before the next one */
    draft_color colors[DRAFT_MOST_COLORS];
    uint32_t n_colors;
    draft_font fonts[DRAFT_MOST_FONTS];
    uint32_t n_fonts;
    uint32_t n_masthead; /* styles of the masthead's own */
    uint32_t masthead[DRAFT_MOST_FONTS];
} draft;

/* JSON. key NULL: an item of a list. */
void draft_open(draft *w, const char *key, char bracket);
void draft_close(draft *w, char bracket);
void draft_text(draft *w, const char *key, bt_str text);
void draft_word(draft *w, const char *key, const char *word); /* a text of ours */
void draft_number(draft *w, const char *key, int64_t n);
void draft_truth(draft *w, const char *key, bool is);
void draft_mm(draft *w, const char *key, double length); /* "12.35mm" */
void draft_pt(draft *w, const char *key, double length); /* "9.4pt" */

void draft_em(draft *w, const char *key, double part); /* "0.1em" */
/* "headline-" and 2: "headline-2". */
bt_str draft_numbered(const draft *w, const char *head, uint32_t n);

/* draft_font.c */
void draft_find_fonts(draft *w);
void draft_write_fonts(draft *w);
bt_str draft_font_of(const draft *w, const seen_face *face, bt_str family); /* the name in the layout */

/* draft_color.c */
void draft_find_colors(draft *w);
void draft_write_colors(draft *w);
bt_str draft_color_of(draft *w, const seen_color *color); /* the name in the layout */
/* The four inks that print nearly like a colour, in percent. */
void draft_inks(const seen_color *color, double cmyk[4]);

/* draft_style.c */
void draft_write_styles(draft *w);
void draft_write_blocks(draft *w);
/* The members of a style that are known of a sample's style. */
void draft_write_type(draft *w, const design_style *style, double leading);

/* draft_furniture.c */
void draft_write_furniture(draft *w);
/* Which of the sample's styles the masthead's lines have, besides title and subtitle. */
void draft_find_masthead_styles(draft *w);

#endif
