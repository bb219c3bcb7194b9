/* seen.h - what is seen of a PDF, whoever made it: its pages, and on them words, pictures, rules and areas, with their
 * inks.
 *
 * Places are in points from the top left corner of the page's trim box (its crop box where it has none), y downwards,
 * as the page is looked at: /Rotate and /UserUnit are worked in. Lengths are in points as printed. Everything lives in
 * the arena of its file and stays as it is once the file is open.
 */
#ifndef BT_CHECK_SEEN_H
#define BT_CHECK_SEEN_H

#include "base/diag.h"
#include "base/digest.h"

typedef struct seen_box {
    double x0, y0, x1, y1; /* [pt]; x0 <= x1 and y0 <= y1 */
} seen_box;

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct seen_matrix {
    double a, b, c, d, e, f;
} seen_matrix;

/* --- inks --- */

typedef enum seen_space {
    SEEN_GRAY, /* DeviceGray */
    SEEN_RGB,  /* DeviceRGB */
    SEEN_CMYK, /* DeviceCMYK */
    SEEN_ICC_GRAY,
    SEEN_ICC_RGB,
    SEEN_ICC_CMYK,
    SEEN_CAL_GRAY,
    SEEN_CAL_RGB,
    SEEN_LAB,
    SEEN_SPOT,     /* Separation: name is the ink's; "All" prints on every plate, "None" on none */
    SEEN_DEVICE_N, /* name: the inks' names, joined by "+" */
    SEEN_INDEXED,  /* pictures only; name: the space of its table */
    SEEN_PATTERN,  /* name: "shading" or "tiling"; v: the ink of an uncoloured tiling */
    SEEN_N_SPACES,
} seen_space;

enum { SEEN_MOST_INKS = 8 }; /* values kept of a colour */

typedef struct seen_color {
    seen_space space;
    uint32_t n;
    double v[SEEN_MOST_INKS]; /* 0 to 1 (Lab: as written); RGB adds light, the others add ink, gray adds light */
    bt_str name;
    seen_space
        base; /* PATTERN: that of a shading, or of the ink of an uncoloured tiling; PATTERN: not known. Else: space */
} seen_color;

/* What an object is painted with. Shared by all objects that one state of the content paints. */
typedef struct seen_paint {
    const seen_color *fill;   /* NULL: not filled */
    const seen_color *stroke; /* NULL: not stroked */
    double line_width;        /* of the stroke, as printed [pt]; 0: the thinnest that the device has */
    bool overprints_fill, overprints_stroke;
    uint8_t overprint_mode; /* OPM */
    bool is_transparent;    /* alpha below 1, a blend mode or a soft mask */
    double fill_alpha, stroke_alpha;
    bt_str blend; /* "Normal" */
} seen_paint;

/* Where an object stands in the structure of the file. */
typedef struct seen_mark {
    bool is_artifact;
    bt_str tag;   /* the innermost marked content's tag: "P", "Artifact"; empty: unmarked */
    int32_t mcid; /* -1: none */
} seen_mark;

/* --- text --- */

typedef struct seen_face {
    bt_str name; /* the PostScript name without the tag of a subset: "NotoSerif-Bold"; empty where the font has none */
    bt_str kind; /* "Type1", "MMType1", "TrueType", "Type3", "CIDFontType0", "CIDFontType2" */
    bool is_embedded, is_subset;
    bool has_unicode; /* it says what text its glyphs stand for: ToUnicode, or an encoding with known names */
    bool is_bold, is_italic, is_serif, is_fixed; /* by its descriptor, else by its name */
    double ascent, descent, x_height;            /* [em], upwards; x_height 0: not known */
} seen_face;

/* Glyphs of one word that share face, size and inks. Nearly every word is one run. */
typedef struct seen_run {
    bt_str text; /* part of its word's */
    double x0, x1;
    double size; /* height of the em as printed [pt] */
    const seen_face *face;
    const seen_paint *paint;
    uint8_t render_mode; /* Tr: 0 filled, 1 stroked, 2 both, 3 invisible, 4 to 7 the same and clipping */
} seen_run;

typedef struct seen_word {
    bt_str text;     /* UTF-8, NFC; U+FFFD for a glyph of which no text is known */
    seen_box box;    /* from origin to the last advance, from ascent to descent of the face */
    double x0, x1;   /* along the baseline [pt]: for text that is not level see angle */
    double baseline; /* y of the first glyph's origin */
    double angle;    /* [degrees] clockwise from level; nearly always 0 */
    uint32_t run_begin, run_end;
    uint32_t line_i;
    uint32_t order; /* in the content: what is painted later has more */
    seen_mark mark;
    bool is_hidden;      /* Tr 3, clipped away, beside the media or in a layer that is off */
    bool ends_in_hyphen; /* a soft hyphen or a hyphen at the end of its line */
} seen_word;

/* Words on one baseline with no more between them than a word space may be: a line of one column. From the top of the
 * page downwards; those of one height from left to right. */
typedef struct seen_line {
    seen_box box;
    double baseline;
    uint32_t word_begin, word_end; /* in order of reading */
    double size;                   /* of most of its letters */
    const seen_face *face;         /* of most of its letters */
} seen_line;

/* --- pictures, rules, areas --- */

typedef struct seen_picture {
    seen_box box;               /* what is seen of it: within its clip */
    seen_box whole;             /* as if it were not clipped */
    seen_matrix matrix;         /* of the unit square, to places [pt] */
    uint32_t n_columns, n_rows; /* samples */
    uint8_t bits;
    double ppi_x, ppi_y; /* as printed */
    seen_space space;
    bt_str space_name; /* of a spot or DeviceN */
    uint32_t n_components;
    bool is_stencil; /* an image mask: one ink through a stencil */
    bool has_soft_mask, is_inline, interpolates;
    bt_str filter;                    /* of the file: "DCTDecode", "FlateDecode" */
    bt_digest stored;                 /* of the bytes as stored, filters, their parameters and space included */
    uint32_t object;                  /* 0: inline */
    const struct seen_source *source; /* for seen_samples */
    const seen_paint *paint;
    seen_mark mark;
    bool is_hidden;
    uint32_t order;
} seen_picture;

typedef enum seen_path_kind {
    SEEN_RULE,  /* a straight stroke, or a filled rectangle no thicker than SEEN_RULE_THICKEST */
    SEEN_AREA,  /* another filled or stroked rectangle with level sides */
    SEEN_SHAPE, /* any other path */
    SEEN_SHADING,
} seen_path_kind;
#define SEEN_RULE_THICKEST 4.0 /* [pt] */

typedef struct seen_path {
    seen_path_kind kind;
    seen_box box;     /* what is seen of it, strokes included */
    double thickness; /* RULE [pt]: of the stroke, or the rectangle's short side; others: 0 */
    uint32_t n_segments;
    bt_digest form;      /* of a SHAPE: its segments, each to 0.02 pt, from its own corner */
    const float *points; /* of a SHAPE: x, y of n_points, from its own corner; for seen_form_equal */
    uint32_t n_points;
    bool is_dashed;
    const seen_paint *paint;
    seen_mark mark;
    bool is_hidden;
    uint32_t order;
} seen_path;

/* --- pages and files --- */

typedef struct seen_annotation {
    bt_str subtype; /* "Link" */
    seen_box box;
    bool is_hidden, prints;
} seen_annotation;

enum { SEEN_MEDIA, SEEN_CROP, SEEN_BLEED, SEEN_TRIM, SEEN_ART, SEEN_N_BOXES };

typedef struct seen_page {
    double width, height;         /* of the trim [pt] */
    seen_box boxes[SEEN_N_BOXES]; /* each as it counts: what is absent is what the standard puts in its place */
    bool has_box[SEEN_N_BOXES];   /* the page names it, or inherits it */
    int rotation;                 /* 0, 90, 180, 270 */
    double user_unit;             /* 1 */
    BT_ARRAY(seen_run) runs;
    BT_ARRAY(seen_word) words; /* as the lines have them */
    BT_ARRAY(seen_line) lines;
    BT_ARRAY(seen_picture) pictures; /* in the order of painting */
    BT_ARRAY(seen_path) paths;       /* likewise */
    BT_ARRAY(seen_annotation) annotations;
    bool has_group; /* a transparency group */
    seen_space group_space;
    bool is_transparent; /* anything on it is */
    seen_matrix to_trim; /* from default user space to places */
    bt_str label;        /* of the screen: "iv"; empty: none */
} seen_page;

typedef struct seen_intent {
    bt_str subtype;   /* "GTS_PDFX" */
    bt_str condition; /* "FOGRA39" */
    bool has_profile;
    uint32_t n_components; /* of its profile */
} seen_intent;

typedef struct seen_file {
    bt_str path;
    bt_str bytes; /* the whole file */
    bt_digest digest;
    bt_str version; /* "1.6", the catalog's where it has one */
    BT_ARRAY(seen_page) pages;
    BT_ARRAY(const seen_face *) faces; /* those that text is set in */
    BT_ARRAY(seen_intent) intents;
    bt_str title, author, creator, producer, trapped, lang; /* UTF-8; Info's, the title of XMP where Info has none */
    bool has_creation_date, has_modification_date, has_id;
    bool has_xmp, info_and_xmp_agree;
    bt_str pdfx;  /* "PDF/X-4" */
    bt_str pdfa;  /* "2a" */
    bt_str pdfua; /* "1" */
    bool is_tagged, has_layers, has_scripts, has_attachments, has_form;
    void *pdf; /* seen_pdf: open as long as the file is */
} seen_file;

/* --- opening --- */

typedef struct seen_options {
    uint32_t first_page, last_page; /* only these are read; 0, 0: all. The others are there, and empty */
    bool content;                   /* words, pictures, paths; false: boxes and facts only */
} seen_options;

/* Opens and reads a file. BT_INPUT: it is no PDF, damaged (a file that would have to be repaired) or encrypted;
 * BT_LIMIT: it is past a limit, that of memory too; BT_IO. All of it is reported. *file is to be dropped; NULL on
 * failure. */
bt_status seen_open(bt_arena *arena, bt_diags *diags, const char *path, const seen_options *options, seen_file **file);
void seen_drop(seen_file *file);

/* Shapes that are alike: the same segments, each to the tolerance [pt], from their own corners. Equal `form`s are
 * alike; of others only this tells, since rounding may tip any of their numbers over. */
bool seen_form_equal(const seen_path *a, const seen_path *b, double tolerance);

/* The samples of a picture, decoded: rows from the top, n_components values of 8 bits a pixel (a stencil: 0 paints).
 * BT_INPUT: they cannot be decoded, which is not reported. */
bt_status seen_samples(const seen_file *file, const seen_page *page, const seen_picture *picture, bt_arena *arena,
                       bt_str *samples);

/* --- small things that all use --- */

static inline double seen_width(const seen_box *box) { return box->x1 - box->x0; }
static inline double seen_height(const seen_box *box) { return box->y1 - box->y0; }
bool seen_meets(const seen_box *a, const seen_box *b);      /* they have a point in common */
seen_box seen_joined(const seen_box *a, const seen_box *b); /* the least box that holds both */
bool seen_color_equal(const seen_color *a, const seen_color *b, double tolerance);
/* "CMYK 0 0 0 100", "PANTONE 227 C 80", "RGB 255 0 0", for people: values with the decimal sign of their language. In
 * the arena. */
bt_str seen_color_shown(bt_arena *arena, bt_lang lang, const seen_color *color);
const char *seen_space_word(seen_space space); /* "CMYK", "ICC RGB", "Lab", for people */
/* The four inks as they print, 0 to 1; false: another space, whose inks are not known without a profile. Gray is black
 * ink alone; a spot is none of the four. */
bool seen_color_cmyk(const seen_color *color, double cmyk[4]);

#endif
