/* draws.c - does a face draw the letters of Vietnamese?
 *
 * A cmap answers for less than it seems to: Carlito maps all 134 letters and draws Ộ as Ọ. So the outline of a toned
 * letter is compared with the outlines of the same letter without its tone, without its other mark and without both: it
 * must be another drawing than each, with more contours or points, or of another height.
 */
#include "text/text_int.h"

#include <utf8proc.h>

static const uint32_t letters[BT_N_VIETNAMESE] = {
    0xC0,        0xC1,        0xC2,        0xC3,        0xC8,        0xC9,        0xCA,        0xCC,        0xCD,
    0xD2,        0xD3,        0xD4,        0xD5,        0xD9,        0xDA,        0xDD,        0xE0,        0xE1,
    0xE2,        0xE3,        0xE8,        0xE9,        0xEA,        0xEC,        0xED,        0xF2,        0xF3,
    0xF4,        0xF5,        0xF9,        0xFA,        0xFD,        0x102,       0x103,       0x110,       0x111,
    0x128,       0x129,       0x168,       0x169,       0x1A0,       0x1A1,       0x1AF,       0x1B0,
#define ROW(first)                                                                                                     \
    first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8, first + 9
    ROW(0x1EA0), ROW(0x1EAA), ROW(0x1EB4), ROW(0x1EBE), ROW(0x1EC8), ROW(0x1ED2), ROW(0x1EDC), ROW(0x1EE6), ROW(0x1EF0),
#undef ROW
};

const uint32_t *bt_vietnamese_letters(void) { return letters; }

int bt_vietnamese_find(uint32_t codepoint)
{
    if (codepoint < letters[0] || codepoint > letters[BT_N_VIETNAMESE - 1]) return -1;
    int begin = 0, end = BT_N_VIETNAMESE;
    while (begin < end) {
        int middle = (begin + end) / 2;
        if (letters[middle] < codepoint)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < BT_N_VIETNAMESE && letters[begin] == codepoint ? begin : -1;
}

static uint64_t mix(uint64_t hash, int64_t value) { return (hash ^ (uint64_t)value) * 0x100000001b3u; }

bt_drawing bt_drawing_of(const FT_Outline *outline)
{
    bt_drawing about = {.hash = 0xcbf29ce484222325u};
    about.n_contours = outline->n_contours > 0 ? (uint32_t)outline->n_contours : 0;
    about.n_points = outline->n_points > 0 ? (uint32_t)outline->n_points : 0;
    for (uint32_t i = 0; i < about.n_points; i++) {
        int32_t y = (int32_t)outline->points[i].y;
        if (!i || y < about.bottom) about.bottom = y;
        if (!i || y > about.top) about.top = y;
        about.hash = mix(mix(about.hash, outline->points[i].x), y);
        about.hash = mix(about.hash, outline->tags[i] & 3);
    }
    for (uint32_t i = 0; i < about.n_contours; i++) about.hash = mix(about.hash, outline->contours[i]);
    return about;
}

bool bt_drawing_adds(const bt_drawing *toned, const bt_drawing *base)
{
    if (!toned->n_points) return false;
    if (toned->hash == base->hash && toned->n_points == base->n_points) return false;
    return toned->n_contours > base->n_contours || toned->n_points > base->n_points || toned->top != base->top ||
           toned->bottom != base->bottom;
}

/* False: it has no outline. */
static bool load_drawing(const bt_face *face, uint16_t glyph_id, bt_drawing *about)
{
    FT_Face ft_face = face->engine->ft_face;
    FT_Int32 how = FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP | FT_LOAD_IGNORE_TRANSFORM;
    FT_Error error = FT_Load_Glyph(ft_face, glyph_id, how);
    if (error == FT_Err_Out_Of_Memory) face->engine->ran_out = true;
    if (error || ft_face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return false;
    *about = bt_drawing_of(&ft_face->glyph->outline);
    return true;
}

/* Where a letter's drawing is kept: one of Vietnamese, or of ASCII's. */
static uint32_t place_of(uint32_t letter)
{
    int letter_i = bt_vietnamese_find(letter);
    if (letter_i >= 0) return (uint32_t)letter_i;
    return BT_N_VIETNAMESE + (letter >= 'a' ? letter - 'a' + 26 : letter - 'A');
}

/* A letter's drawing, kept, for most are asked for again as the base of others. NULL: the face has none. */
static const bt_drawing *drawing_of(const bt_face *face, uint32_t letter)
{
    bt_letter_drawing *kept = &face->engine->drawings[place_of(letter)];
    if (kept->state == BT_DRAWN_UNKNOWN) {
        uint16_t glyph_id = bt_face_glyph(face, letter);
        bool has_outline = glyph_id && load_drawing(face, glyph_id, &kept->drawing);
        if (face->engine->ran_out) return NULL;
        kept->state = has_outline ? BT_DRAWN_YES : BT_DRAWN_NO;
    }
    return kept->state == BT_DRAWN_YES ? &kept->drawing : NULL;
}

/* The letters that `letter` must not look like: Ộ gives O, Ô, Ọ; đ gives d. */
static int bases_of(uint32_t letter, uint32_t bases[3])
{
    if (letter == 0x110 || letter == 0x111) {
        bases[0] = letter == 0x110 ? 'D' : 'd';
        return 1;
    }
    utf8proc_int32_t parts[4];
    int last_class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)letter, parts, 4, UTF8PROC_DECOMPOSE, &last_class);
    int n_bases = 0;
    bases[n_bases++] = (uint32_t)parts[0];
    for (utf8proc_ssize_t mark_i = 1; n == 3 && mark_i < n; mark_i++) {
        utf8proc_int32_t pair[2] = {parts[0], parts[mark_i]};
        if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == 1)
            bases[n_bases++] = (uint32_t)pair[0];
    }
    return n_bases;
}

static bool draws(const bt_face *face, uint32_t letter)
{
    const bt_drawing *toned = drawing_of(face, letter);
    if (!toned) return false;
    uint32_t bases[3];
    int n_bases = bases_of(letter, bases);
    for (int i = 0; i < n_bases; i++) {
        const bt_drawing *base = drawing_of(face, bases[i]);
        if (base && !bt_drawing_adds(toned, base)) return false;
    }
    return true;
}

bool bt_face_draws(const bt_face *face, uint32_t codepoint)
{
    int letter_i = bt_vietnamese_find(codepoint);
    if (letter_i < 0) return bt_face_glyph(face, codepoint) != 0;
    uint8_t *known = &face->engine->drawn[letter_i];
    if (*known == BT_DRAWN_UNKNOWN) {
        bool is_drawn = draws(face, codepoint);
        if (face->engine->ran_out) return true; /* the job ends without memory: nothing is said of the face */
        *known = is_drawn ? BT_DRAWN_YES : BT_DRAWN_NO;
    }
    return *known == BT_DRAWN_YES;
}
