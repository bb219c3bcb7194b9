/* text_int.h - what the files of text/ share. HarfBuzz and FreeType stop here. */
#ifndef BT_TEXT_INT_H
#define BT_TEXT_INT_H

#include <hb.h>

#include <sys/stat.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

#include "base/digest.h"
#include "text/text.h"

/* --- faces --- */

/* The style of a face within its family; bit 0 bold, bit 1 italic. */
enum { BT_REGULAR, BT_BOLD, BT_ITALIC, BT_BOLD_ITALIC, BT_N_STYLES };

/* One family of fonts.json, or of a layout. */
typedef struct bt_family {
    bt_str name, package;
    bool is_house;                      /* a layout's: without a package */
    bt_house_face house[BT_N_STYLES];   /* where its files are named */
    bt_str files[BT_N_STYLES];          /* empty: there is none */
    const bt_face *open[BT_N_STYLES];   /* NULL: not opened yet */
    bool has_told_nearest[BT_N_STYLES]; /* the warning was given in this job */
    const bt_str *fallbacks;            /* families that are tried after it, where a layout names none */
    uint32_t n_fallbacks;
} bt_family;

/* What bt_face_draws knows about a letter. */
typedef enum bt_drawn { BT_DRAWN_UNKNOWN, BT_DRAWN_YES, BT_DRAWN_NO } bt_drawn;

/* What tells one letter's outline from another. */
typedef struct bt_drawing {
    uint32_t n_contours, n_points;
    int32_t bottom, top;
    uint64_t hash; /* of the points and their kinds */
} bt_drawing;

typedef struct bt_letter_drawing {
    bt_drawn state; /* NO: the letter has no outline */
    bt_drawing drawing;
} bt_letter_drawing;

enum { BT_N_DRAWINGS = BT_N_VIETNAMESE + 52 /* of ASCII */ };

enum { BT_N_PLANS = 2 };

/* The spaces that are set as glue. */
typedef enum bt_space { BT_SPACE, BT_SPACE_FIXED, BT_SPACE_NARROW, BT_N_SPACES } bt_space;

typedef struct bt_face_engine {
    bt_fonts *fonts;
    bt_face *next; /* the face opened before this one */
    hb_face_t *hb_face;
    hb_font_t *hb_font;
    hb_shape_plan_t *plans[BT_N_PLANS]; /* Latin, Vietnamese; [1] with tabular lining figures; made when first needed */
    FT_Face ft_face;
    hb_face_t *lean_face; /* of the tables that a subset takes; NULL: not made yet */
    bt_core core;         /* ids NULL: not made yet */
    bt_arena core_arena;
    uint8_t drawn[BT_N_VIETNAMESE]; /* bt_drawn */
    bt_letter_drawing drawings[BT_N_DRAWINGS];
    bt_glyph spaces[BT_N_SPACES]; /* id 0: the face has none, or was not asked */
    bool ran_out;                 /* FreeType had no memory for an outline: the answer given was a guess */
    bool has_told_letters;        /* the error was given in this job */
    const bt_family *noted_as;    /* of this job; NULL: the file is not to be noted, and so are */
    int noted_style;              /* the style, */
    const bt_face *next_noted;    /* and the face whose file is noted after it */
    bt_digesting digesting;       /* of the file, once somebody listens */
    bool is_mapped;               /* the file; else it was read */
    struct stat about;            /* of the file when it was opened */
} bt_face_engine;

/* Shaped words by face and features: a Vietnamese text repeats its syllables. See word.c. */
typedef struct bt_word {
    uint32_t face_id;
    bool is_tabular;
    uint32_t n_glyphs;
    bt_str bytes;
    const bt_glyph *glyphs; /* clusters count from the word's first byte */
} bt_word;

typedef struct bt_word_slot {
    uint64_t hash;
    const bt_word *word; /* NULL: an empty slot */
} bt_word_slot;

typedef struct bt_words {
    bt_arena arena;      /* words, their bytes and glyphs */
    bt_word_slot *slots; /* capacity is a power of two, or 0 */
    uint32_t n, capacity;
    uint32_t n_glyphs;
    hb_buffer_t *buffer;
    hb_language_t language; /* Vietnamese */
} bt_words;

struct bt_fonts {
    const bt_allocator *allocator;
    bt_arena arena;      /* faces */
    bt_arena list_arena; /* what fonts.json says; dropped when another list is read */
    bt_str list_path;    /* empty: none is read */
    bool has_list_digest;
    bt_digest list_digest; /* of the list's file, where somebody listened when it was read */
    const bt_str *dirs;
    uint32_t n_dirs;
    uint32_t n_given_dirs; /* of dirs, those that the caller gave */
    bt_family *families;
    uint32_t n_families;
    const bt_str *list_names;   /* of the families */
    const bt_str *family_names; /* the same, then those of the layout */
    bt_arena house_arena;       /* the layout's families; dropped when a job begins */
    bt_family *house;
    uint32_t n_house;
    bt_face *faces; /* the last one opened; the others hang behind it */
    uint32_t n_faces;
    const bt_face *first_noted, *last_noted; /* whose files are to be noted at the end of the job */
    bt_beside *beside;
    struct FT_MemoryRec_ ft_memory; /* FreeType's way to our allocator */
    FT_Library ft_library;
    bt_words words;
};

/* Says that there is no such family, with the nearest one that there is. */
void bt_family_report(const bt_fonts *fonts, bt_diags *diags, bt_str family, const bt_place *at);

/* Opens and checks the font file. The face belongs to fonts. */
bt_status bt_face_open(bt_fonts *fonts, bt_diags *diags, const char *path, const bt_family *family, int style,
                       const bt_place *at, bt_face **face);
void bt_face_close(bt_face *face);
/* True when the face's file is still the one that was opened. */
bool bt_face_is_current(const bt_face *face);

/* "Noto Serif Bold Italic" */
bt_str bt_face_name(bt_arena *arena, const bt_face *face);

/* The place of a letter in bt_vietnamese_letters(), -1: not there. */
int bt_vietnamese_find(uint32_t codepoint);

bt_drawing bt_drawing_of(const FT_Outline *outline);
/* True when `toned` is another drawing than `base`, with something added: contours, points or height. */
bool bt_drawing_adds(const bt_drawing *toned, const bt_drawing *base);

/* --- characters --- */

/* True when a character starts a cluster: neither a mark nor a joiner nor a later part of a Hangul syllable. */
bool bt_starts_cluster(uint32_t codepoint);
/* A space that is set as glue: U+0020, U+00A0, U+202F. */
bool bt_is_space(uint32_t codepoint);
/* The end of the cluster that begins at `at`: a base with its marks, joined emoji. */
size_t bt_cluster_end(bt_str text, size_t at);

enum { BT_N_NAMED = 8 }; /* characters that one message names at most */

/* Different characters, in the order of their coming. */
typedef struct bt_char_list {
    uint32_t v[BT_N_NAMED];
    uint32_t n;  /* kept */
    bool is_cut; /* there were more */
} bt_char_list;
void bt_char_list_add(bt_char_list *list, uint32_t codepoint);
/* "U+200B, U+202A ..." */
bt_str bt_char_list_names(bt_arena *arena, const bt_char_list *list);

/* --- the steps of bt_text_shape --- */

typedef struct bt_normal {
    bt_str text;
    const uint32_t *ends; /* of each span, in text; a span begins where the one before ends */
    bt_char_list removed; /* controls, bidi controls, zero-width characters */
    uint32_t n_soft_hyphens, n_bullets;
    bt_str look_alike; /* the first word in which Ð or Ɖ became Đ, as the source has it */
} bt_normal;

/* Everything lives in the arena; BT_NOMEM when it failed. */
bt_status bt_normalise(bt_arena *arena, bt_str source, const bt_text_span *spans, uint32_t n_spans, bt_normal *normal);

/* breaks: text.len + 1 of bt_break, zeroed. verbatim: ascending ranges (begin, end) in which URL rules hold. */
typedef struct bt_range {
    uint32_t begin, end;
} bt_range;
void bt_segment(bt_str text, const bt_range *verbatim, uint32_t n_verbatim, uint8_t *breaks);

/* The first face of the chain that has every character of the cluster and draws it; NULL: none, and all are open. */
bt_status bt_chain_choose(bt_chain *chain, bt_str cluster, const bt_face **face);
/* The space of the chain: of the first face that has one; NULL: none has. */
bt_status bt_chain_space(bt_chain *chain, uint32_t codepoint, const bt_face **face, bt_glyph *glyph);

/* Glyphs of a piece of text without spaces, all in one face. They live until the next call (in the cache), or in the
 * arena. BT_NOMEM. */
bt_status bt_word_shape(bt_arena *arena, const bt_face *face, bool is_tabular, bt_str word, const bt_glyph **glyphs,
                        uint32_t *n_glyphs);
/* As above, but only what the cache knows; NULL where it does not. */
const bt_word *bt_word_find(const bt_face *face, bool is_tabular, bt_str word);
bool bt_words_init(bt_words *words, const bt_allocator *allocator);
void bt_words_drop(bt_words *words, const bt_allocator *allocator);

#endif
