/* text.h - from characters to glyphs: faces, normalisation, break opportunities, shaping.
 *
 * Glossary
 *   family     a set of faces as the user names it: "Noto Serif"
 *   face       one font file of it: regular, bold, italic, bold italic
 *   chain      the faces that are tried in turn for a character: the style's own first, then the fallbacks, which are
 *              opened when a character first needs them
 *   cluster    the smallest piece of text that a glyph, or several, stand for
 *   font units what glyphs are measured in: upem to the em; scaled to sp by bt_units_to_sp when a size is known
 * HarfBuzz and FreeType are seen in this folder only.
 */
#ifndef BT_TEXT_H
#define BT_TEXT_H

#include "base/beside.h"
#include "base/diag.h"
#include "base/sum.h"
#include "base/unit.h"

/* One face, open. Owned by its bt_fonts; lives as long. Metrics in font units, y upwards. */
typedef struct bt_face {
    uint32_t id; /* 0, 1, ... in the order of opening */
    bt_str family;
    bool is_bold, is_italic;
    bt_str postscript_name;
    bt_str path;
    const uint8_t *bytes; /* the font file, mapped or read */
    size_t n_bytes;
    uint32_t index;    /* in a collection */
    uint64_t identity; /* by its name and what is in its file, wherever that lies: faces with the same are the same */
    bool is_cff;       /* OpenType with CFF outlines, else TrueType */
    int32_t upem;
    int32_t ascender, descender, cap_height, x_height;
    int32_t box[4];       /* left, bottom, right, top of all glyphs (head) */
    int32_t italic_angle; /* hundredths of a degree, negative leans right */
    int32_t stem_v;       /* a sensible StemV, in font units too */
    bool is_serif, is_fixed;
    struct bt_face_engine *engine; /* HarfBuzz and FreeType objects; text/ only */
} bt_face;

/* A family that a layout brings. */
typedef struct bt_house_face {
    bt_str file;        /* empty: there is none */
    bt_str dir;         /* where it is looked for first */
    const bt_place *at; /* the value that names it */
} bt_house_face;

enum { BT_N_HOUSE_FACES = 4 };
typedef struct bt_house_family {
    bt_str name;
    const bt_place *at;
    bt_house_face faces[BT_N_HOUSE_FACES]; /* regular, bold, italic, bold italic */
} bt_house_family;

/* All families known: fonts.json, a layout's own, the folders searched, the faces opened so far. Lives across jobs. */
typedef struct bt_fonts bt_fonts;

bt_fonts *bt_fonts_new(const bt_allocator *allocator); /* NULL without memory */
void bt_fonts_drop(bt_fonts *fonts);
/* Who helps from here on, with what is told of the files; may be NULL. */
void bt_fonts_work_beside(bt_fonts *fonts, bt_beside *beside);

/* Reads fonts.json (families: file names of their faces, Debian package) and notes the folders in which files are
 * looked for: font_dirs (NULL-terminated, may be NULL) in order, then the folders that fonts.json names. Opens no face.
 * To be called at the beginning of each job: loading the same list again is free, and what is said once a job (nearest
 * faces, letters that a face does not draw) may be said again. BT_INPUT, BT_LIMIT, BT_IO; BT_NOMEM, which here and
 * below is left to the caller to report. */
bt_status bt_fonts_load(bt_fonts *fonts, bt_diags *diags, const char *list_path, const char *const *font_dirs);

/* Notes the files of the faces that were opened, or found open, since bt_fonts_load (base/inputs.h). To be called at
 * the end of each job: until then a helper may be at their digests. */
void bt_fonts_note(bt_fonts *fonts, bt_diags *diags);

/* Adds the families of a job's layout, in the place of another's; the next bt_fonts_load forgets them, and until then
 * the places live. Opens nothing. A name that fonts.json has too: BT_INPUT. */
bt_status bt_fonts_add_house(bt_fonts *fonts, bt_diags *diags, const bt_house_family *families, uint32_t n);

/* True when fonts.json or the layout has the family; nearest (may be NULL) receives the nearest known name, or an empty
 * string; it lives until other families are loaded. */
bool bt_fonts_has_family(const bt_fonts *fonts, bt_str family, bt_str *nearest);

/* The families that are tried after this one where a layout names no fallback; NULL and 0: none. Borrowed. */
const bt_str *bt_fonts_fallbacks(const bt_fonts *fonts, bt_str family, uint32_t *n);

/* Opens a face of a family, or finds it open. at: the layout's value that names the family. A family without a real
 * italic or bold gives its nearest face, with a warning once. Not installed: BT_IO, with the package to install.
 * Damaged, of a kind that cannot be embedded, with a licence that forbids it, or named by the layout and missing:
 * BT_INPUT. */
bt_status bt_fonts_open(bt_fonts *fonts, bt_diags *diags, bt_str family, bool is_bold, bool is_italic,
                        const bt_place *at, const bt_face **face);

/* The faces that are tried in turn. Whatever is open already, the same text is set from the same faces. */
typedef struct bt_chain {
    const bt_face **faces;  /* NULL: not opened yet; the first one is open */
    const bt_str *families; /* of those that are not open; n of them */
    uint32_t n;
    bool is_bold, is_italic;
    bt_fonts *fonts;
    bt_diags *diags;    /* hears what is wrong with a fallback when it is opened */
    const bt_place *at; /* the layout's value that names the family */
} bt_chain;

/* A chain as a layout asks for it. */
typedef struct bt_chain_wish {
    bt_str family;
    const bt_str *fallback;
    uint32_t n_fallback; /* 0: those that the font list has for the family */
    bool is_bold, is_italic;
    const bt_place *at;
} bt_chain_wish;

/* Opens the first face and looks the fallbacks' names up: an unknown one is an error, needed or not. BT_NOMEM, or
 * reported. */
bt_status bt_chain_make(bt_arena *arena, bt_fonts *fonts, bt_diags *diags, const bt_chain_wish *wish, bt_chain *chain);

/* Whether this chain, asked for what another of the same families set from a fallback, would come to that face too. It
 * opens the faces up to there, as shaping would; the result is as bt_fonts_open's. */
bt_status bt_chain_agrees(bt_chain *chain, const bt_chain *other, const bt_face *face, bool *is_same);

/* The visible sign that stands for what no face has, of a chain that has been asked for all of it. False: there is not
 * even that. */
bool bt_chain_sign(const bt_chain *chain, const bt_face **face, uint16_t *glyph_id);

/* font units -> sp at a size, rounded half away from zero. */
static inline bt_sp bt_units_to_sp(const bt_face *face, int64_t units, bt_sp size)
{
    return (bt_sp)bt_mul_div(units, size, face->upem);
}
/* Bounds of a glyph's ink in font units: left, bottom, right, top; all 0 for an empty glyph. */
void bt_face_glyph_box(const bt_face *face, uint16_t glyph_id, int32_t box[4]);
/* Advance of a glyph in font units. */
int32_t bt_face_advance(const bt_face *face, uint16_t glyph_id);
/* The glyph of a character, 0 where the face has none. */
uint16_t bt_face_glyph(const bt_face *face, uint32_t codepoint);

/* The toned and special letters of Vietnamese: 134, NFC. */
enum { BT_N_VIETNAMESE = 134 };
const uint32_t *bt_vietnamese_letters(void);
/* True when the face draws the letter: cmap has it and, for a toned one, its outline differs from its bases' (some
 * fonts map 134 of 134 and draw Ọ for Ộ). Answers are remembered per face. */
bool bt_face_draws(const bt_face *face, uint32_t codepoint);

/* The glyphs that a bulletin is likely to need of a face: the letters of Vietnamese, ASCII, punctuation, signs and what
 * shaping makes of them, as far as the face has them. Lives as long as the face. */
typedef struct bt_core {
    const uint16_t *ids; /* ascending */
    const bt_str *texts; /* what each stands for */
    uint32_t n;
    const uint16_t *index_of; /* by glyph id: 1 + index; 0: not in the core. n_known of them */
    uint32_t n_known;
} bt_core;
const bt_core *bt_face_core(const bt_face *face); /* NULL: no memory */

/* A font file with the wanted glyphs only, unhinted, for embedding. new_ids[i] is the new id of glyph_ids[i], the old
 * one where keeps_ids: the file is a little larger then. Glyph 0 stays 0. glyph_ids ascend. bytes live in the arena.
 * With the same face and glyphs the bytes are the same on every machine with the same HarfBuzz. BT_NOMEM; BT_INPUT,
 * unreported: HarfBuzz refuses the font's tables. */
typedef struct bt_subset {
    const uint8_t *bytes;
    size_t n_bytes;
    const uint16_t *new_ids;
    uint32_t n_glyphs; /* in the subset, .notdef included */
} bt_subset;
bt_status bt_face_subset(bt_arena *arena, const bt_face *face, const uint16_t *glyph_ids, uint32_t n, bool keeps_ids,
                         bt_subset *subset);

/* --- shaping --- */

/* A stretch of text set in one way. Spans are adjacent, ascending and cover the text. */
typedef struct bt_text_span {
    uint32_t begin, end; /* bytes of the source text */
    bt_chain *chain;     /* at least one face; shaping opens the others as they are needed */
    bool is_tabular;     /* tabular lining figures (tnum, lnum) */
    bool is_upper;       /* set in capitals */
    bool is_verbatim;    /* a URL or code: break rules for URLs, no look-alike repair */
} bt_text_span;

typedef struct bt_glyph {
    uint16_t id;
    bool is_space;   /* a word space (U+0020, U+00A0 or U+202F): glue */
    int32_t advance; /* font units, kerning included */
    int32_t x_offset, y_offset;
    uint32_t cluster; /* first byte, in the shaped text, of what it stands for */
} bt_glyph;

/* A glyph in place. */
typedef struct bt_placed_glyph {
    uint16_t id;
    bt_sp x;          /* from where its stretch begins [sp] */
    bt_sp y;          /* from the baseline, y downwards; nearly always 0 [sp] */
    uint32_t cluster; /* first byte, in the stretch's text, of what it stands for */
} bt_placed_glyph;

/* A stretch of them, and what they sum up to, which is found once. */
typedef struct bt_placed {
    const bt_placed_glyph *glyphs;
    uint32_t n;
    bt_sum sum;
} bt_placed;

/* The sum of their ids and places. known: may be of a longer stretch, or NULL; where it is of these glyphs, it has it.
 */
bt_sum bt_placed_sum(const bt_placed_glyph *glyphs, uint32_t n, const bt_placed *known);

typedef struct bt_glyph_run {
    const bt_face *face;
    uint32_t span_i;        /* the span that it came from */
    uint32_t begin, end;    /* bytes of the shaped text */
    const bt_glyph *glyphs; /* left to right */
    uint32_t n_glyphs;
} bt_glyph_run;

typedef enum bt_break {
    BT_BREAK_NONE,    /* no break before this byte */
    BT_BREAK_ALLOWED, /* a line may begin at this byte (after a dash or a slash; after the space before it) */
    BT_BREAK_FORCED,  /* a line begins at this byte, whatever its length (the newline before it is not shaped) */
} bt_break;

typedef struct bt_shaped {
    bt_str text;           /* normalised; what the glyphs stand for */
    const uint8_t *breaks; /* text.len + 1 of bt_break; breaks[0] is BT_BREAK_NONE */
    const bt_glyph_run *runs;
    uint32_t n_runs;
    uint32_t n_missing; /* characters that no face has: each drawn as a visible sign and reported */
} bt_shaped;

/* Normalises (NFC, look-alikes, controls), finds breaks, picks a face for each character, shapes. Reports what was
 * changed, replaced or is missing, at `at`. Everything lives in `arena`; `scratch` is rewound. White space: runs of
 * blanks and tabs become one space; "\n" is a forced break; blanks at both ends of the text and around a forced break
 * are dropped. A letter of Vietnamese that the chain's first face does not draw is set from the next that does, and is
 * an error. BT_NOMEM, BT_LIMIT; what bt_fonts_open gives where a fallback that is needed cannot be opened. */
bt_status bt_text_shape(bt_arena *arena, bt_arena *scratch, bt_diags *diags, bt_str source, const bt_text_span *spans,
                        uint32_t n_spans, const bt_place *at, bt_shaped *shaped);

/* Only the normalisation, line breaks made spaces: for metadata and ids. Reports nothing. */
bt_str bt_text_normal(bt_arena *arena, bt_str source);
/* Lower-case ASCII words joined by "-", tone marks and Đ folded: "Hậu Lộc" is "hau-loc"; empty where nothing is left.
 */
bt_str bt_text_slug(bt_arena *arena, bt_str source);

#endif
