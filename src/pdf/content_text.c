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
    /* A glyph may stand 0.006 pt off without being corrected, a fifth of a dot at 2400 dpi: whole numbers are then
     * good enough for all but large type, and all spaces of a line get the same. This is from its line's beginning,
     * which is rounded to a thousandth itself [quanta]. */
    TOLERANCE = 600000,
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
    const int64_t scale = s->d->now.scale, size = s->d->now.size;
    const int64_t tolerance = (int64_t)TOLERANCE * BT_CONTENT_FULL_SCALE; /* no division for what is within it */
    const int64_t spacing = s->d->now.spacing * QUANTA_PER_MILLI;
    const bt_sp rise = glyphs[begin].y;
    int64_t pen = s->pen;
    uint32_t i = begin;
    char *at = room_for(s, end - begin);
    if (!at) return end;
    for (; i < end && glyphs[i].y == rise; i++) {
        uint16_t code = bt_pdf_code_of(font, glyphs[i].id);
        int64_t want = quanta_of(glyphs[i].x);
        if (!is_within(pen * scale - want * BT_CONTENT_FULL_SCALE, tolerance)) {
            s->pen = pen;
            at = adjust(s, at, bt_mul_div(want, BT_CONTENT_FULL_SCALE, scale));
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

/* How an item's glyphs are set. */
typedef struct setting {
    uint32_t font_i;
    int64_t size, spacing; /* [milli] */
    int64_t scale;         /* [thousandths of a percent] */
    uint16_t space;        /* a glyph that is read after them and not seen; 0: none */
} setting;

/* All that the operators of an item are made of; empty: no memory, or it is not only its glyphs that are read. What
 * stands for which part of the text follows from the glyphs and the text. It lives until the next. */
static bt_str key_of(const show *s, const setting *set)
{
    const bt_item *item = s->item;
    bt_str text = item->as.glyphs.text;
    uint32_t n = item->as.glyphs.n_glyphs;
    if (is_read_as_a_whole(item)) return BT_STR("");
    bt_sum sum = bt_placed_sum(item->as.glyphs.glyphs, n, item->as.glyphs.placed);
    const uint64_t numbers[] = {sum.a,
                                sum.b,
                                n,
                                s->font->file->hash,
                                (uint64_t)set->size,
                                (uint64_t)set->spacing,
                                (uint64_t)set->scale,
                                (uint64_t)s->d->now.rise,
                                set->space};
    bt_buf *key = &s->d->pdf->line_key;
    key->bytes.n = 0;
    bt_buf_add(key, (bt_str){(const char *)numbers, sizeof numbers});
    bt_buf_add(key, text);
    return key->arena->failed ? BT_STR("") : bt_buf_str(key);
}

static void keep(bt_content *d, bt_str key, bt_str operators)
{
    bt_str *kept = bt_pdf_cache_put(d->pdf->cache, BT_PDF_CACHE_LINE, key, sizeof *kept + operators.len);
    if (!kept) return;
    char *room = (char *)(kept + 1);
    *kept = bt_pdf_cache_move(&room, operators);
}

/* Only a line that is one operator, and read as its font says, is kept. */
static void show_anew(show *s, const setting *set, bt_str key)
{
    bt_content *d = s->d;
    uint32_t begin = d->out.bytes.n, n = s->item->as.glyphs.n_glyphs;
    int64_t rise = d->now.rise;
    bool is_kept = key.len && d->now_in.is_open && bt_pdf_is_worth_keeping(d->pdf);
    show_glyphs(s, set->space);
    if (!is_kept || !bt_pdf_cache_is_roomy(d->pdf->cache) || d->pdf->arena->failed || d->now.rise != rise) return;
    if (said_until(s->font, s->item, 0) == n) keep(d, key, bt_str_slice(bt_buf_str(&d->out), begin, d->out.bytes.n));
}

static setting setting_of(const bt_content *d, const bt_item *item)
{
    setting set = {.font_i = bt_pdf_find_font(d->pdf, item->as.glyphs.face),
                   .size = bt_pdf_milli(item->as.glyphs.size),
                   .spacing = bt_pdf_milli(item->as.glyphs.tracking),
                   .scale = BT_CONTENT_FULL_SCALE};
    int32_t ppm = item->as.glyphs.scale_ppm;
    if (ppm > 0 && ppm != 1000000) {
        set.scale = bt_mul_div(ppm, 1, 10);
        if (set.scale < 1) set.scale = 1;
        if (set.scale > 10 * BT_CONTENT_FULL_SCALE) set.scale = 10 * BT_CONTENT_FULL_SCALE;
        /* Tc is scaled by Tz as the widths are; the item's tracking is not. */
        set.spacing = bt_mul_div(set.spacing, BT_CONTENT_FULL_SCALE, set.scale);
    }
    if (!d->is_copy) set.space = bt_pdf_space_after(d->pdf, item, &d->pdf->fonts.v[set.font_i]);
    return set;
}

/* Most of an edition's lines are its base's, wherever they stand. */
void bt_content_draw_glyphs(bt_content *d, const bt_item *item)
{
    if (!item->as.glyphs.n_glyphs || !item->as.glyphs.face || bt_pdf_milli(item->as.glyphs.size) <= 0) return;
    setting set = setting_of(d, item);
    show s = {.d = d,
              .item = item,
              .font = &d->pdf->fonts.v[set.font_i],
              .tolerance = bt_mul_div(TOLERANCE, BT_CONTENT_FULL_SCALE, set.scale)};
    bt_str key = key_of(&s, &set);
    const bt_str *known = key.len ? bt_pdf_cache_find(d->pdf->cache, BT_PDF_CACHE_LINE, key) : NULL;
    if (!known && bt_pdf_stretch_at(s.font, item, 0).is_mended)
        bt_content_prepare_sequence(d, item);
    else
        bt_content_enter_sequence(d, item, true);
    bt_content_note_box(d, item, item->x, (int64_t)item->y - item->as.glyphs.size, item->as.glyphs.width,
                        (int64_t)item->as.glyphs.size * 5 / 4);
    bt_content_set_overprint(d, bt_ink_equal(item->color, (bt_color){.k = BT_INK_WHOLE}));
    bt_content_set_color(d, item->color);
    move_to(d, bt_content_page_x(d, item->x), bt_content_page_y(d, item->y));
    set_font(d, set.font_i, set.size);
    set_spacing(d, set.spacing, set.scale);
    if (known)
        bt_buf_add(&d->out, *known);
    else
        show_anew(&s, &set, key);
}
