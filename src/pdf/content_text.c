/* content_text.c - glyphs as PDF operators.
 *
 * Where a viewer puts a glyph is computed here in its own terms: widths as they stand in /W, the size, Tc and Tz as
 * written. The difference to the place that the list wants goes into the next TJ number before it reaches `TOLERANCE`,
 * so rounding never adds up. All of it is integers: a quantum is 1e-8 pt, so that width (1e-5 em) times size (1e-3 pt)
 * is exact.
 *
 * This is where most of a document's bytes are made: they are written straight into room that was made beforehand.
 */
#include "pdf/content_int.h"

#include <string.h>

enum {
    QUANTA_PER_MILLI = 100000,
    /* A glyph may stand 0.004 pt off without being corrected: this from its line's beginning, which is rounded to a
     * thousandth itself [quanta]. */
    TOLERANCE = 350000,
    /* A bracket, a string's end, a number and a string's beginning; two bytes, each perhaps with a backslash. */
    MOST_BEFORE = BT_LONGEST_NUMBER + 3,
    MOST_CODE = 4,
};

/* A show operator under way: pieces of string between numbers, and the pen in the viewer's terms. */
typedef struct show {
    bt_content *d;
    const bt_item *item;
    const bt_pdf_font *font;
    int64_t pen;       /* from the item's x [quanta before Tz] */
    int64_t tolerance; /* [quanta before Tz] */
    bool is_open;      /* in "[ ... ]" */
    bool in_string;
    uint32_t begin; /* where it begins in the output */
    bool is_adjusted;
} show;

/* --- the state that text is set in --- */

static void set_font(bt_content *d, uint32_t font_i, int64_t size)
{
    if (d->now.font_i == font_i && d->now.size == size) return;
    BT_CONTENT_ADD(d, "/F");
    bt_buf_add_int(&d->out, font_i);
    bt_buf_add_char(&d->out, ' ');
    bt_content_add_milli(d, size, " Tf\n");
    d->now.font_i = font_i;
    d->now.size = size;
    d->sheet->has_font[font_i] = true;
}

/* Td moves from the start of the line before; that place is exact in thousandths, so nothing adds up. */
static void move_to(bt_content *d, int64_t x, int64_t y)
{
    if (x == d->line_x && y == d->line_y) return;
    bt_content_add_milli(d, x - d->line_x, " ");
    bt_content_add_milli(d, y - d->line_y, " Td\n");
    d->line_x = x;
    d->line_y = y;
}

static void set_spacing(bt_content *d, int64_t spacing, int64_t scale)
{
    if (d->now.spacing != spacing) bt_content_add_milli(d, spacing, " Tc\n");
    if (d->now.scale != scale) bt_content_add_milli(d, scale, " Tz\n");
    d->now.spacing = spacing;
    d->now.scale = scale;
}

/* --- strings and numbers --- */

/* What stands behind a backslash for a byte that cannot stand in a string alone; 0: it can. A bare carriage return
 * would be read as a line feed. */
static const char escaped[256] = {['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};

static char *put_byte(char *at, unsigned char c)
{
    if (escaped[c]) *at++ = '\\';
    *at++ = escaped[c] ? escaped[c] : (char)c;
    return at;
}

static char *put_code(char *at, uint16_t code)
{
    return put_byte(put_byte(at, (unsigned char)(code >> 8)), (unsigned char)(code & 255));
}

/* Where the next byte goes, with room for that many glyphs; NULL: no memory. What is written is counted in by `wrote`.
 */
static char *room_for(show *s, uint32_t n_glyphs)
{
    return bt_buf_room(&s->d->out, (size_t)n_glyphs * (MOST_BEFORE + MOST_CODE));
}

static void wrote(show *s, const char *end) { s->d->out.bytes.n = (uint32_t)(end - s->d->out.bytes.v); }

static char *open_show(show *s, char *at)
{
    if (s->is_open) return at;
    s->begin = (uint32_t)(at - s->d->out.bytes.v);
    *at++ = '[';
    s->is_open = true;
    return at;
}

static char *open_string(show *s, char *at)
{
    at = open_show(s, at);
    *at++ = '(';
    s->in_string = true;
    return at;
}

static void close_show(show *s)
{
    bt_buf *out = &s->d->out;
    if (s->in_string) bt_buf_add_char(out, ')');
    if (s->is_open && s->is_adjusted) {
        BT_CONTENT_ADD(s->d, "]TJ\n");
    } else if (s->is_open && !s->d->pdf->arena->failed) {
        out->bytes.v[s->begin] = ' ';
        BT_CONTENT_ADD(s->d, "Tj\n");
    }
    s->is_open = s->in_string = s->is_adjusted = false;
}

static bool is_within(int64_t error, int64_t tolerance) { return error <= tolerance && error >= -tolerance; }

/* The shortest number of thousandths of the em, with at most two decimals, that leaves less than the tolerance. */
static char *adjust(show *s, char *at, int64_t want)
{
    int64_t error = s->pen - want;
    int64_t unit = 100 * s->d->now.size, per_unit = 1;
    int64_t n = 0, rest = 0;
    if (!unit) return at;
    for (;; unit /= 10, per_unit *= 10) {
        n = bt_mul_div(error, 1, unit);
        rest = error - n * unit;
        if (is_within(rest, s->tolerance) || per_unit == 100) break;
    }
    if (!n) return at;
    at = open_show(s, at);
    if (s->in_string) *at++ = ')';
    s->in_string = false;
    s->is_adjusted = true;
    s->pen = want + rest;
    return bt_put_fixed(at, n * (100 / per_unit), 2);
}

/* --- an item --- */

static void set_rise(show *s, int64_t rise)
{
    if (s->d->now.rise == rise) return;
    close_show(s);
    bt_content_add_milli(s->d, rise, " Ts\n");
    s->d->now.rise = rise;
}

/* What is read together from a glyph on. space: a glyph that is read after the item. */
static bt_pdf_stretch begin_stretch(show *s, uint32_t i, uint16_t space)
{
    bt_content *d = s->d;
    bt_pdf_stretch stretch = bt_pdf_stretch_at(s->font, s->item, i);
    if (stretch.is_mended && space && stretch.end == s->item->as.glyphs.n_glyphs)
        stretch.text = bt_str_join(d->pdf->arena, stretch.text, BT_STR(" "));
    if (stretch.is_mended) {
        close_show(s);
        bt_content_begin_actual(d, stretch.text);
    } else if (!d->now_in.is_open) {
        bt_content_enter_sequence(d, s->item, true);
    }
    return stretch;
}

static void end_actual(show *s)
{
    close_show(s);
    bt_content_end_actual(s->d);
}

/* [sp] to [quanta]; short for bt_mul_div. */
static int64_t quanta_of(int64_t length)
{
    const int64_t per_pt = 1000LL * QUANTA_PER_MILLI;
    int64_t product = length * per_pt, half = BT_SP_PER_PT / 2;
    return (product < 0 ? product - half : product + half) / BT_SP_PER_PT;
}

/* Glyphs from `begin` on that need nothing but strings and numbers; gives the first that does not, or the end. Bytes
 * are written through a pointer that may point anywhere, as far as the compiler knows: what the loop needs is kept
 * apart. */
static uint32_t show_plain(show *s, uint32_t begin, uint32_t end)
{
    const bt_placed_glyph *glyphs = s->item->as.glyphs.glyphs;
    const bt_pdf_font *font = s->font;
    const int32_t *widths = font->file->widths;
    const int64_t scale = s->d->now.scale, size = s->d->now.size, tolerance = s->tolerance;
    const int64_t spacing = s->d->now.spacing * QUANTA_PER_MILLI;
    const bt_sp rise = glyphs[begin].y;
    int64_t pen = s->pen;
    uint32_t i = begin;
    char *at = room_for(s, end - begin);
    if (!at) return end;
    for (; i < end && glyphs[i].y == rise; i++) {
        uint16_t code = bt_pdf_code_of(font, glyphs[i].id);
        int64_t want = quanta_of(glyphs[i].x);
        if (scale != BT_CONTENT_FULL_SCALE) want = bt_mul_div(want, BT_CONTENT_FULL_SCALE, scale);
        if (!is_within(pen - want, tolerance)) {
            s->pen = pen;
            at = adjust(s, at, want);
            pen = s->pen;
        }
        if (!s->in_string) at = open_string(s, at);
        at = put_code(at, code);
        pen += widths[code] * size + spacing;
    }
    s->pen = pen;
    wrote(s, at);
    return i;
}

/* Of texts of a letter, for which a call would take longer. */
static bool is_same(bt_str said, const char *text)
{
    for (size_t i = 0; i < said.len; i++)
        if (said.ptr[i] != text[i]) return false;
    return true;
}

/* The first glyph from `begin` on that is not read as the font says of it. */
static uint32_t said_until(const bt_pdf_font *font, const bt_item *item, uint32_t begin)
{
    const bt_placed_glyph *glyphs = item->as.glyphs.glyphs;
    uint32_t n = item->as.glyphs.n_glyphs, i = begin;
    bt_str text = item->as.glyphs.text;
    if (i && i < n && glyphs[i].cluster == glyphs[i - 1].cluster) return i;
    size_t to = i < n ? glyphs[i].cluster : 0;
    for (; i < n; i++) {
        uint16_t index = glyphs[i].id < font->n_known ? font->index_of[glyphs[i].id] : 0;
        size_t from = to;
        to = i + 1 < n ? glyphs[i + 1].cluster : text.len;
        if (!index || to <= from || to > text.len) break;
        bt_str said = font->texts[index - 1];
        if (said.len != to - from || !is_same(said, text.ptr + from)) break;
    }
    return i;
}

static bool is_read_as_a_whole(const bt_item *item) { return item->as.glyphs.has_actual || bt_pdf_is_wide(item); }

static void show_space(show *s, uint16_t space)
{
    char *at = space ? room_for(s, 1) : NULL;
    if (!at) return;
    if (!s->in_string) at = open_string(s, at);
    wrote(s, put_code(at, bt_pdf_code_of(s->font, space)));
}

/* space: a glyph that is read after them and not seen; 0: none. */
static void show_glyphs(show *s, uint16_t space)
{
    bt_content *d = s->d;
    uint32_t n = s->item->as.glyphs.n_glyphs;
    bool is_whole = is_read_as_a_whole(s->item);
    bt_pdf_stretch stretch = {.end = 0};
    for (uint32_t i = 0; i < n;) {
        if (i == stretch.end) {
            if (stretch.is_mended) end_actual(s);
            uint32_t end = is_whole ? i : said_until(s->font, s->item, i);
            if (end > i && !d->now_in.is_open) bt_content_enter_sequence(d, s->item, true);
            stretch = end > i ? (bt_pdf_stretch){.end = end} : begin_stretch(s, i, space);
        }
        set_rise(s, bt_pdf_milli(-(int64_t)s->item->as.glyphs.glyphs[i].y));
        i = show_plain(s, i, stretch.end);
    }
    show_space(s, space);
    close_show(s);
    if (stretch.is_mended) end_actual(s);
}

/* --- what is shown again --- */

static uint32_t *put_number(uint32_t *at, uint64_t number)
{
    *at++ = (uint32_t)number;
    *at++ = (uint32_t)(number >> 32);
    return at;
}

/* All that the operators of an item are made of; empty: no memory. It lives until the next. */
static bt_str key_of(show *s, uint16_t space)
{
    enum { HEAD = 16, A_GLYPH = 4 };
    bt_buf *key = &s->d->pdf->line_key;
    bt_str text = s->item->as.glyphs.text;
    uint32_t n = s->item->as.glyphs.n_glyphs;
    size_t n_numbers = HEAD + (size_t)n * A_GLYPH, size = n_numbers * sizeof(uint32_t);
    key->bytes.n = 0;
    char *room = bt_buf_room(key, size + text.len);
    uint32_t *numbers = (uint32_t *)(void *)room, *at = numbers; /* the arena's memory is aligned for any type */
    if (!room) return BT_STR("");
    at = put_number(at, s->font->file->hash);
    at = put_number(at, s->font->face->id);
    at = put_number(at, (uint64_t)s->d->now.size);
    at = put_number(at, (uint64_t)s->d->now.spacing);
    at = put_number(at, (uint64_t)s->d->now.scale);
    at = put_number(at, (uint64_t)s->d->now.rise);
    at = put_number(at, space);
    at = put_number(at, n);
    for (uint32_t i = 0; i < n; i++) {
        const bt_placed_glyph *glyph = &s->item->as.glyphs.glyphs[i];
        *at++ = glyph->id;
        *at++ = (uint32_t)glyph->x;
        *at++ = (uint32_t)glyph->y;
        *at++ = glyph->cluster;
    }
    if (text.len) memcpy(room + size, text.ptr, text.len);
    return (bt_str){room, size + text.len};
}

static void keep(bt_content *d, bt_str key, bt_str operators)
{
    bt_str *kept = bt_pdf_cache_put(d->pdf->cache, BT_PDF_CACHE_LINE, key, sizeof *kept + operators.len);
    if (!kept) return;
    char *room = (char *)(kept + 1);
    *kept = bt_pdf_cache_move(&room, operators);
}

/* Most of an edition's lines are its base's, wherever they stand. Only a line that is one operator, and read as its
 * font says, is kept; an edition's own are not, for hardly anything else has them. */
static void show_line(show *s, uint16_t space)
{
    bt_content *d = s->d;
    bool is_plain = d->now_in.is_open && !is_read_as_a_whole(s->item);
    bt_str key = is_plain ? key_of(s, space) : BT_STR("");
    const bt_str *known = key.len ? bt_pdf_cache_find(d->pdf->cache, BT_PDF_CACHE_LINE, key) : NULL;
    if (known) {
        bt_buf_add(&d->out, *known);
        return;
    }
    uint32_t begin = d->out.bytes.n, n = s->item->as.glyphs.n_glyphs;
    int64_t rise = d->now.rise;
    show_glyphs(s, space);
    bool is_kept = key.len && !d->pdf->pages->facts.edition_at && bt_pdf_cache_is_roomy(d->pdf->cache);
    if (!is_kept || d->pdf->arena->failed || d->now.rise != rise || said_until(s->font, s->item, 0) < n) return;
    keep(d, key, bt_str_slice(bt_buf_str(&d->out), begin, d->out.bytes.n));
}

void bt_content_draw_glyphs(bt_content *d, const bt_item *item)
{
    int64_t size = bt_pdf_milli(item->as.glyphs.size);
    if (!item->as.glyphs.n_glyphs || !item->as.glyphs.face || size <= 0) return;
    uint32_t font_i = bt_pdf_find_font(d->pdf, item->as.glyphs.face);
    int32_t ppm = item->as.glyphs.scale_ppm > 0 ? item->as.glyphs.scale_ppm : 1000000;
    int64_t scale = bt_mul_div(ppm, 1, 10);
    if (scale < 1) scale = 1;
    /* Tc is scaled by Tz as the widths are; the item's tracking is not. */
    int64_t spacing = bt_mul_div(bt_pdf_milli(item->as.glyphs.tracking), BT_CONTENT_FULL_SCALE, scale);
    const bt_pdf_font *font = &d->pdf->fonts.v[font_i];
    if (bt_pdf_stretch_at(font, item, 0).is_mended)
        bt_content_prepare_sequence(d, item);
    else
        bt_content_enter_sequence(d, item, true);
    bt_content_note_box(d, item, item->x, (int64_t)item->y - item->as.glyphs.size, item->as.glyphs.width,
                        (int64_t)item->as.glyphs.size * 5 / 4);
    bt_content_set_overprint(d, bt_ink_equal(item->color, (bt_color){.k = BT_INK_WHOLE}));
    bt_content_set_color(d, item->color);
    move_to(d, bt_content_page_x(d, item->x), bt_content_page_y(d, item->y));
    set_font(d, font_i, size);
    set_spacing(d, spacing, scale);
    show s = {.d = d, .item = item, .font = font, .tolerance = bt_mul_div(TOLERANCE, BT_CONTENT_FULL_SCALE, scale)};
    show_line(&s, d->is_copy ? 0 : bt_pdf_space_after(d->pdf, item, font));
}
