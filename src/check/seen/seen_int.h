/* seen_int.h - what the files of seen/ share: the reader of one page.
 *
 *     pdf.c        objects, through libqpdf
 *     open.c       a file: its facts, its pages and their boxes
 *     scan.c       the tokens of a content stream
 *     content.c    the operators and who carries them out, forms; operators.h is what these share:
 *     state.c      the graphics state, and paints made from it
 *     typing.c     the text state and text operators; calls show.c
 *     marks.c      marked content, layers
 *     color.c      colours and the operators that set them; space.c reads colour spaces
 *     path.c       paths; outline.c tells what they are when they are painted, shape.c
 *                  what form they have
 *     picture.c    pictures, inline ones too; samples.c decodes them
 *     resource.c   what names stand for in a page or form
 *     geometry.c   boxes and matrices
 *     font.c       a font: widths, names, what its codes are and stand for (encoding.c, cmap.c, standard.c)
 *     show.c       glyphs as the text operators place them
 *     words.c      words and lines of the glyphs; words_int.h tells the files
 */
#ifndef BT_CHECK_SEEN_INT_H
#define BT_CHECK_SEEN_INT_H

#include "check/seen/pdf.h"
#include "check/seen/seen.h"

/* --- fonts (font.c) --- */

typedef struct seen_font seen_font; /* of font.c */

/* A code of a string that is shown, as the font reads it. */
typedef struct seen_code {
    uint32_t code;
    uint32_t n_bytes; /* that it took; at least 1 */
    double width;     /* advance [em] */
    bt_str text;   /* UTF-8; U+FFFD where it is not known; empty: it stands for nothing, or the code before for both */
    bool is_space; /* one byte, 32: word spacing counts */
} seen_code;

/* --- the graphics state (content.c) --- */

typedef struct seen_text_state {
    const seen_font *font;
    double size, char_space, word_space, scale, leading, rise; /* scale: Tz / 100 */
    uint8_t mode;
} seen_text_state;

/* A colour space as read from the resources. */
typedef struct seen_ink_space {
    seen_space space; /* SEEN_INDEXED: table says which colours */
    uint32_t n_components;
    bt_str name;
    const struct seen_ink_table *table; /* space.c's; NULL: not indexed */
    seen_space base;                    /* PATTERN: that of an uncoloured pattern's ink */
} seen_ink_space;

typedef struct seen_gstate {
    seen_matrix ctm; /* to places [pt] */
    seen_box clip;   /* a box that holds the clip; seen_no_box: nothing can be seen */
    seen_ink_space fill_space, stroke_space;
    const seen_color *fill, *stroke;
    double line_width; /* in the user space of its time */
    uint8_t line_cap;  /* 0: lines end where they end */
    bool is_dashed;
    bool overprints_fill, overprints_stroke;
    uint8_t overprint_mode;
    double fill_alpha, stroke_alpha;
    bt_str blend;
    bool has_soft_mask;
    double group_alpha; /* of the groups that the form being read is in, multiplied; */
    bt_str group_blend; /* "Normal" unless one of them is blended otherwise */
    bool is_masked_group;
    seen_text_state text;
    const seen_paint *paint; /* made from all this when the next object needs it; NULL: it has changed */
    double paint_scale;      /* of the ctm, when paint was made */
    uint8_t paint_uses;      /* SEEN_FILLS, SEEN_STROKES: what it was made for */
} seen_gstate;

/* A glyph as it was shown, before words are made. */
typedef struct seen_glyph {
    bt_str text;
    double x, y;   /* origin */
    double dx, dy; /* advance */
    double ux, uy; /* the way of writing, of length 1 */
    double size;   /* height of the em as printed */
    const seen_face *face;
    const seen_paint *paint;
    uint8_t mode;
    bool is_hidden;
    const seen_mark *mark;
    uint32_t order;
} seen_glyph;

typedef struct seen_reader {
    seen_file *file;
    seen_page *page;
    seen_pdf *pdf;
    bt_arena *arena;   /* of the file */
    bt_arena *scratch; /* of the page */
    bt_diags *diags;
    seen_gstate state;
    BT_ARRAY(seen_gstate) states; /* q */
    seen_obj resources;
    const seen_mark *mark;
    bool is_off;         /* within a layer that is off */
    uint32_t order;      /* of the next object */
    uint32_t depth;      /* of forms within forms */
    seen_matrix tm, tlm; /* text and line matrix, BT to ET */
    BT_ARRAY(seen_glyph) glyphs;
    uint64_t n_operators;        /* up to BT_LIMIT_PDF_OPERATORS a page */
    struct seen_fonts *fonts;    /* font.c's: those of the file, by object */
    struct seen_known *known;    /* content.c's, likewise; NULL before the first page */
    struct seen_page_work *work; /* content.c's, for one page */
} seen_reader;

/* content.c: reads what stands on page_i. file, page (with its boxes and to_trim), pdf, arena, scratch, diags, fonts
 * and known are the caller's to set; all else is set here. BT_INPUT: it has been reported. */
bt_status seen_read_page(seen_reader *r, uint32_t page_i);
/* What the state paints letters with now; in the file's arena. NULL without memory. Equal paints of a file are one. */
const seen_paint *seen_paint_now(seen_reader *r);

/* font.c: the font of a dictionary, read once. Never NULL but without memory: what cannot be read is a font of which
 * nothing is known. */
const seen_font *seen_font_open(seen_reader *r, seen_obj dict);
const seen_face *seen_font_face(const seen_font *font);
/* The next code of bytes (at least one). */
seen_code seen_font_code(const seen_font *font, bt_str bytes);
bool seen_font_is_vertical(const seen_font *font);
/* Of a Type 3 font: glyph space to text space; else 1/1000. */
seen_matrix seen_font_matrix(const seen_font *font);
/* The height of the em in text space: 1 but of Type 3 fonts. */
double seen_font_em(const seen_font *font);

/* show.c: the strings of Tj and TJ in the state of r, and the numbers between. They move r->tm. */
void seen_show(seen_reader *r, bt_str bytes);
void seen_show_adjust(seen_reader *r, double thousandths);
/* words.c: r->glyphs become runs, words and lines of the page. */
void seen_make_words(seen_reader *r);

/* --- geometry.c --- */

typedef struct seen_point {
    double x, y;
} seen_point;

extern const seen_box seen_no_box;                          /* it meets nothing */
seen_box seen_common(const seen_box *a, const seen_box *b); /* seen_no_box: they have no point in common */
seen_box seen_box_through(const seen_box *box, const seen_matrix *m);
bool seen_box_is_finite(const seen_box *box); /* and a box */
double seen_scale(const seen_matrix *m);      /* of lengths, in the mean */

static inline seen_point seen_at(const seen_matrix *m, double x, double y)
{
    return (seen_point){m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}

static inline void seen_box_take(seen_box *box, double x, double y)
{
    if (x < box->x0) box->x0 = x;
    if (y < box->y0) box->y0 = y;
    if (x > box->x1) box->x1 = x;
    if (y > box->y1) box->y1 = y;
}

static inline seen_matrix seen_times(const seen_matrix *m, const seen_matrix *n) /* m first, then n */
{
    return (seen_matrix){m->a * n->a + m->b * n->c, m->a * n->b + m->b * n->d,        m->c * n->a + m->d * n->c,
                         m->c * n->b + m->d * n->d, m->e * n->a + m->f * n->c + n->e, m->e * n->b + m->f * n->d + n->f};
}

#endif
