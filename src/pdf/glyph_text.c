/* glyph_text.c - what glyphs stand for: the font says it of each (ToUnicode), and where a glyph stands for something
 * else, or several stand for it together, the page says it there (ActualText). PDF/A wants a text for every glyph that
 * is shown.
 */
#include "pdf/pdf_int.h"

#include <string.h>

/* A blank or line break that has no glyph of its own belongs to none. */
static bt_str without_blanks(bt_str text)
{
    bt_str trimmed = text;
    if (text.len < 2) return text;
    for (;;) {
        if (bt_str_ends(trimmed, BT_STR(" ")) || bt_str_ends(trimmed, BT_STR("\n")))
            trimmed.len -= 1;
        else if (bt_str_ends(trimmed, BT_STR("\xC2\xA0")))
            trimmed.len -= 2;
        else if (bt_str_starts(trimmed, BT_STR(" ")) || bt_str_starts(trimmed, BT_STR("\n")))
            trimmed = bt_str_slice(trimmed, 1, trimmed.len);
        else
            break;
    }
    return trimmed.len ? trimmed : text;
}

/* The text from a glyph's cluster to the next; the second and later glyphs of one cluster stand for nothing. */
static bt_str text_of(const bt_item *item, uint32_t glyph_i)
{
    const bt_placed_glyph *glyphs = item->as.glyphs.glyphs;
    uint32_t begin = glyphs[glyph_i].cluster;
    if (glyph_i && glyphs[glyph_i - 1].cluster == begin) return BT_STR("");
    uint32_t next = glyph_i + 1;
    while (next < item->as.glyphs.n_glyphs && glyphs[next].cluster <= begin) next++;
    size_t end = next < item->as.glyphs.n_glyphs ? glyphs[next].cluster : item->as.glyphs.text.len;
    return without_blanks(bt_str_slice(item->as.glyphs.text, begin, end));
}

static uint32_t cluster_end(const bt_item *item, uint32_t begin)
{
    const bt_placed_glyph *glyphs = item->as.glyphs.glyphs;
    uint32_t end = begin + 1;
    while (end < item->as.glyphs.n_glyphs && glyphs[end].cluster == glyphs[begin].cluster) end++;
    return end;
}

/* --- in the font --- */

static uint16_t glyph_at(const bt_item *item, uint32_t i) { return item->as.glyphs.glyphs[i].id; }

static bt_str *text_in(bt_pdf_font *font, uint16_t id) { return &font->texts[font->index_of[id] - 1]; }

/* Of a glyph that stands in for a letter that no face has, the sign that it is; else the text itself. */
static bt_str unless_sign(const bt_face *face, uint16_t id, bt_str text)
{
    static const struct {
        uint32_t sign;
        bt_str text; /* never U+FFFD, which says that a text is not known */
    } signs[] = {{0xFFFD, BT_STR_INIT("\xE2\x96\xA1")}, {0x25A1, BT_STR_INIT("\xE2\x96\xA1")}, {'?', BT_STR_INIT("?")}};
    uint32_t letter;
    if (!text.len || bt_utf8_decode(text, 0, &letter) < text.len || bt_face_glyph(face, letter)) return text;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (bt_face_glyph(face, signs[i].sign) == id) return signs[i].text;
    return text;
}

void bt_pdf_note_texts(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    for (uint32_t i = 0, end; i < item->as.glyphs.n_glyphs; i = end) {
        end = cluster_end(item, i);
        bt_str *text = text_in(font, glyph_at(item, i));
        if (end == i + 1 && !text->len) *text = unless_sign(font->face, glyph_at(item, i), text_of(item, i));
    }
    uint16_t space = bt_pdf_space_after(pdf, item, font);
    if (space && !text_in(font, space)->len) *text_in(font, space) = BT_STR(" ");
}

/* Whether the face draws the letter with one of the glyphs. */
static bool is_drawn(const bt_face *face, const bt_item *item, uint32_t begin, uint32_t end, uint32_t letter)
{
    uint16_t id = bt_face_glyph(face, letter);
    while (begin < end && glyph_at(item, begin) != id) begin++;
    return id && begin < end;
}

/* The letter that the face draws with the glyph; empty: none of the text. */
static bt_str letter_of(const bt_face *face, uint16_t id, bt_str text)
{
    uint32_t letter;
    for (size_t at = 0, n; at < text.len; at += n) {
        n = bt_utf8_decode(text, at, &letter);
        if (bt_face_glyph(face, letter) == id) return bt_str_slice(text, at, at + n);
    }
    return BT_STR("");
}

/* The next letter that no glyph of the cluster is known to draw; empty: no more. */
static bt_str next_undrawn(const bt_face *face, const bt_item *item, uint32_t begin, uint32_t end, bt_str text,
                           size_t *at)
{
    while (*at < text.len) {
        uint32_t letter;
        size_t from = *at;
        *at += bt_utf8_decode(text, from, &letter);
        if (!is_drawn(face, item, begin, end, letter)) return bt_str_slice(text, from, *at);
    }
    return BT_STR("");
}

static bool have_texts(bt_pdf_font *font, const bt_item *item, uint32_t begin, uint32_t end)
{
    while (begin < end && text_in(font, glyph_at(item, begin))->len) begin++;
    return begin == end;
}

void bt_pdf_deal_texts(const bt_item *item, bt_pdf_font *font)
{
    static const bt_str nothing = BT_STR_INIT("\xE2\x80\x8B"); /* U+200B, of no width */
    for (uint32_t begin = 0, end; begin < item->as.glyphs.n_glyphs; begin = end) {
        end = cluster_end(item, begin);
        if (have_texts(font, item, begin, end)) continue;
        bt_str whole = text_of(item, begin);
        size_t at = 0;
        for (uint32_t i = begin; i < end; i++) {
            bt_str *text = text_in(font, glyph_at(item, i));
            bt_str share = letter_of(font->face, glyph_at(item, i), whole);
            if (!share.len) share = next_undrawn(font->face, item, begin, end, whole, &at);
            if (!text->len) *text = share.len ? share : nothing;
        }
    }
}

/* --- on the page --- */

/* True when the font says of the glyphs what the text is. */
static bool says(const bt_pdf_font *font, const bt_item *item, uint32_t begin, uint32_t end, bt_str text)
{
    size_t at = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint16_t id = item->as.glyphs.glyphs[i].id;
        bt_str said = id < font->n_known && font->index_of[id] ? font->texts[font->index_of[id] - 1] : BT_STR("");
        if (said.len > text.len - at || memcmp(said.ptr, text.ptr + at, said.len) != 0) return false;
        at += said.len;
    }
    return at == text.len;
}

bool bt_pdf_is_wide(const bt_item *item)
{
    enum { WIDE = 20 }; /* a twentieth of the size */
    bt_sp tracking = item->as.glyphs.tracking, size = item->as.glyphs.size;
    return item->as.glyphs.n_glyphs > 1 && (int64_t)tracking * WIDE > size && tracking <= size;
}

bt_pdf_stretch bt_pdf_stretch_at(const bt_pdf_font *font, const bt_item *item, uint32_t begin)
{
    uint32_t n = item->as.glyphs.n_glyphs;
    if (item->as.glyphs.has_actual) return (bt_pdf_stretch){n, true, item->as.glyphs.actual};
    if (bt_pdf_is_wide(item)) return (bt_pdf_stretch){n, true, without_blanks(item->as.glyphs.text)};
    bt_pdf_stretch stretch = {.end = cluster_end(item, begin), .text = text_of(item, begin)};
    stretch.is_mended = !says(font, item, begin, stretch.end, stretch.text);
    return stretch;
}
