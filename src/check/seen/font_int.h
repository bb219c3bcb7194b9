/* font_int.h - what the files that read fonts share: font.c, encoding.c, cmap.c and standard.c. */
#ifndef BT_CHECK_SEEN_FONT_INT_H
#define BT_CHECK_SEEN_FONT_INT_H

#include "check/seen/seen_int.h"

#define SEEN_UNKNOWN_TEXT BT_STR("\xEF\xBF\xBD") /* U+FFFD */

/* --- texts (encoding.c) --- */

enum { SEEN_MOST_CHARACTERS = 64 }; /* of the text of one glyph */

/* The text of a glyph as seen.h has it: ligatures as letters, spaces of all widths as U+0020, no soft hyphens but
 * hyphens, nothing of no width, in NFC. In the arena, or static. */
bt_str seen_clean_text(bt_arena *arena, const uint32_t *characters, size_t n);
/* In NFC. */
bt_str seen_normal_text(bt_arena *arena, bt_str text);
/* It begins with a mark that belongs over or under the letter before. */
bool seen_begins_with_mark(bt_str text);

typedef enum seen_encoding {
    SEEN_ENCODING_UNKNOWN, /* the font program's own */
    SEEN_ENCODING_STANDARD,
    SEEN_ENCODING_WIN_ANSI,
    SEEN_ENCODING_MAC_ROMAN,
} seen_encoding;
/* The character of a code; 0: none is known. */
uint32_t seen_encoding_character(seen_encoding encoding, uint8_t code);
/* The text that a glyph's name says: "Aacute", "uni1EA5", "f_i", "ohorn.sc"; empty: it says nothing. */
bt_str seen_name_text(bt_arena *arena, bt_str name);

/* --- maps of codes (cmap.c): the streams of ToUnicode, and of a composite font's Encoding --- */

typedef struct seen_code_space {
    uint32_t first, last;
    uint32_t n_bytes;
} seen_code_space;
typedef struct seen_code_text {
    uint32_t code;
    uint32_t order; /* in the stream; the first of a code counts */
    bt_str text;
} seen_code_text;
typedef struct seen_code_glyph {
    uint32_t first, last, order;
    uint32_t cid; /* of the first */
} seen_code_glyph;
typedef struct seen_cmap {
    BT_ARRAY(seen_code_space) spaces;
    BT_ARRAY(seen_code_text) texts;   /* by code */
    BT_ARRAY(seen_code_glyph) glyphs; /* by the first code */
    bool is_vertical;
} seen_cmap;

/* Reads what it can: a stream that makes no sense is a map of nothing. NULL without memory. */
seen_cmap *seen_cmap_read(bt_arena *arena, bt_str bytes);
/* NULL: the map does not say. */
const bt_str *seen_cmap_text(const seen_cmap *map, uint32_t code);
/* false: the map does not say. */
bool seen_cmap_cid(const seen_cmap *map, uint32_t code, uint32_t *cid);
/* How many bytes the next code of bytes has; 0: the map does not say. */
uint32_t seen_cmap_n_bytes(const seen_cmap *map, bt_str bytes);

/* --- the fonts that a file need not have (standard.c) --- */

typedef struct seen_standard {
    const char *name;
    const uint16_t *widths; /* NULL: all 600 */
    bool is_bold, is_italic, is_serif, is_fixed;
    double ascent, descent, x_height; /* [em] */
} seen_standard;
/* By its name or one of the usual other names ("Arial", "TimesNewRoman,Bold"); NULL: none of them. */
const seen_standard *seen_standard_find(bt_str name);
/* The advance [em] of a character; accents have no width of their own. */
double seen_standard_width(const seen_standard *font, uint32_t character);

#endif
