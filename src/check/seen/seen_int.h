/* seen_int.h - what the files of seen/ share: the reader of one page.
 *
 *     pdf.c        objects, through libqpdf
 *     open.c       a file: its facts, its pages and their boxes
 *     scan.c       the tokens of a content stream
 *     content.c    the operators: graphics state, forms, layers; calls the others
 *     color.c      colour spaces and the operators that set inks
 *     path.c       paths: what they are when they are painted
 *     picture.c    pictures, inline ones too; their samples
 *     font.c       a font: widths, names, what its codes are and stand for (encoding.c, cmap.c)
 *     show.c       glyphs as the text operators place them
 *     words.c      words and lines of the glyphs
 */
#ifndef BT_CHECK_SEEN_INT_H
#define BT_CHECK_SEEN_INT_H

#include "check/seen/pdf.h"
#include "check/seen/seen.h"

/* --- fonts (font.c, encoding.c, cmap.c) --- */

typedef struct seen_font seen_font; /* of font.c */

/* A code of a string that is shown, as the font reads it. */
typedef struct seen_code {
    uint32_t code;
    uint32_t n_bytes; /* that it took; at least 1 */
    double width;     /* advance [em] */
    bt_str text;      /* UTF-8; U+FFFD where it is not known; empty: it stands for nothing */
    bool is_space;    /* one byte, 32: word spacing counts */
} seen_code;

/* --- the graphics state (content.c) --- */

typedef struct seen_text_state {
    const seen_font *font;
    double size, char_space, word_space, scale, leading, rise; /* scale: Tz / 100 */
    uint8_t mode;
} seen_text_state;

/* A colour space as read from the resources. */
typedef struct seen_ink_space {
    seen_space space;
    uint32_t n_components;
    bt_str name;
} seen_ink_space;

typedef struct seen_gstate {
    seen_matrix ctm; /* to places [pt] */
    seen_box clip;   /* a box that holds the clip */
    seen_ink_space fill_space, stroke_space;
    const seen_color *fill, *stroke;
    double line_width; /* in the user space of its time */
    bool is_dashed;
    bool overprints_fill, overprints_stroke;
    uint8_t overprint_mode;
    double fill_alpha, stroke_alpha;
    bt_str blend;
    bool has_soft_mask;
    seen_text_state text;
    const seen_paint *paint; /* made from all this when the next object needs it; NULL: it has changed */
    double paint_scale;      /* of the ctm, when paint was made */
} seen_gstate;

/* A glyph as it was shown, before words are made. */
typedef struct seen_glyph {
    bt_str text;
    double x, y;   /* origin */
    double dx, dy; /* advance */
    double size;   /* height of the em as printed */
    double space;  /* what a word space of this font and size is [pt]; 0: not known */
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
    uint64_t n_operators;     /* up to BT_LIMIT_PDF_OPERATORS a page */
    struct seen_fonts *fonts; /* font.c's: those of the file, by object */
} seen_reader;

/* content.c: reads what stands on page_i. */
bt_status seen_read_page(seen_reader *r, uint32_t page_i);
/* What the state paints with now; in the file's arena. NULL without memory. */
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

/* show.c: the strings of Tj and TJ in the state of r, and the numbers between. They move r->tm. */
void seen_show(seen_reader *r, bt_str bytes);
void seen_show_adjust(seen_reader *r, double thousandths);
/* words.c: r->glyphs become runs, words and lines of the page. */
void seen_make_words(seen_reader *r);

static inline seen_matrix seen_times(const seen_matrix *m, const seen_matrix *n) /* m first, then n */
{
    return (seen_matrix){m->a * n->a + m->b * n->c, m->a * n->b + m->b * n->d,        m->c * n->a + m->d * n->c,
                         m->c * n->b + m->d * n->d, m->e * n->a + m->f * n->c + n->e, m->e * n->b + m->f * n->d + n->f};
}

#endif
