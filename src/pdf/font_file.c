/* font_file.c - a face's glyphs as a font of the file: the subset, the widths, the map to Unicode. Made once for a face
 * and its glyphs, then found in the cache.
 */
#include "pdf/pdf_int.h"

#include <string.h>

/* A font being made. */
typedef struct bt_pdf_font_making {
    bt_pdf *pdf;
    const bt_pdf_font *font;
    bt_str key; /* of what is being made, in the cache */
    bt_subset subset;
    uint16_t *order; /* indexes of the glyphs by ascending ids */
    int32_t *widths; /* by code */
    uint16_t *codes; /* by index */
    bt_deflating body, to_unicode;
    bt_pdf_font_file file;
} making;

/* --- the map to Unicode --- */

enum { CMAP_CHUNK = 100, LONGEST_TEXT = 128 }; /* PDF's limits: entries between begin and end; UTF-16 units of one */

static bool is_mapped(const bt_pdf_font *font, uint32_t i)
{
    return font->texts[i].len && font->texts[i].len <= LONGEST_TEXT;
}

static void add_entry(bt_buf *out, const making *m, uint32_t i)
{
    bt_buf_add_char(out, '<');
    bt_pdf_add_hex(out, m->codes[i]);
    bt_buf_add_z(out, "><");
    bt_pdf_add_utf16(out, m->font->texts[i]);
    bt_buf_add_z(out, ">\n");
}

static bt_str make_to_unicode(making *m)
{
    const bt_pdf_font *font = m->font;
    bt_buf out = bt_buf_in(m->pdf->arena);
    bt_buf_add_z(&out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                       "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                       "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    uint32_t left = 0, room = 0;
    for (uint32_t i = 0; i < font->n; i++) left += is_mapped(font, i);
    for (uint32_t k = 0; k < font->n; k++) {
        uint32_t i = m->order[k];
        if (!is_mapped(font, i)) continue;
        if (!room) {
            room = left < CMAP_CHUNK ? left : CMAP_CHUNK;
            bt_buf_add_int(&out, room);
            bt_buf_add_z(&out, " beginbfchar\n");
        }
        add_entry(&out, m, i);
        left--;
        if (!--room) bt_buf_add_z(&out, "endbfchar\n");
    }
    bt_buf_add_z(&out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    return bt_buf_str(&out);
}

/* --- widths --- */

/* Whole thousandths where the face's units are thousandths; else tenths, lest a line need correcting at every glyph. */
static int32_t width_of(const bt_face *face, uint16_t id)
{
    int32_t advance = bt_face_advance(face, id);
    int32_t upem = face->upem > 0 ? face->upem : 1000;
    if (upem == 1000) return advance * 100;
    return (int32_t)bt_mul_div(advance, 10000, upem) * 10;
}

static bool make_widths(making *m)
{
    m->widths = BT_NEW_ARRAY(m->pdf->arena, m->file.n_codes, int32_t);
    if (!m->widths) return false;
    m->widths[0] = width_of(m->font->face, 0);
    for (uint32_t i = 0; i < m->font->n; i++)
        if (m->codes[i]) m->widths[m->codes[i]] = width_of(m->font->face, m->font->ids[i]);
    m->file.widths = m->widths;
    return true;
}

/* Among the first glyphs only: a subset of thousands has one width that most share. */
static int32_t commonest_width(const making *m)
{
    enum { LOOKED_AT = 256 };
    int32_t best = 0;
    uint32_t most = 0, n_glyphs = m->font->n < LOOKED_AT ? m->font->n : LOOKED_AT;
    for (uint32_t i = 0; i < n_glyphs; i++) {
        int32_t width = m->widths[m->codes[i]];
        uint32_t n = 0;
        for (uint32_t j = 0; j < n_glyphs; j++) n += m->widths[m->codes[j]] == width;
        if (n > most || (n == most && width < best)) {
            most = n;
            best = width;
        }
    }
    return best;
}

/* "first [w w w]" for stretches of glyphs that have not the default width. The default is whole: readers ignore
 * another. */
static void make_width_entries(making *m)
{
    bt_buf out = bt_buf_in(m->pdf->arena);
    int32_t usual = (int32_t)bt_mul_div(commonest_width(m), 1, 100) * 100;
    bt_buf_add_z(&out, "/DW ");
    bt_buf_add_fixed(&out, usual, 2);
    bt_buf_add_z(&out, "/W[");
    uint32_t next = 0; /* the code after the last one written */
    for (uint32_t k = 0; k <= m->font->n; k++) {
        uint32_t code = k ? m->codes[m->order[k - 1]] : 0;
        if ((k && !code) || m->widths[code] == usual) continue;
        bool goes_on = next && code == next;
        if (next && !goes_on) bt_buf_add_char(&out, ']');
        if (!goes_on) bt_buf_add_int(&out, code);
        bt_buf_add_char(&out, goes_on ? ' ' : '[');
        bt_buf_add_fixed(&out, m->widths[code], 2);
        next = code + 1;
    }
    bt_buf_add_z(&out, next ? "]]" : "]");
    m->file.width_entries = bt_buf_str(&out);
}

/* --- the font file --- */

/* Six letters from the glyphs and from the file: two documents' subsets of one face are told apart when they are put
 * together, and so are two faces that give themselves the same name. */
static void make_name(making *m)
{
    const bt_pdf_font *font = m->font;
    uint64_t hash = bt_str_hash((bt_str){(const char *)font->ids, font->n * sizeof *font->ids});
    hash ^= bt_str_hash(m->file.body) * 31;
    m->file.hash = hash ^ bt_str_hash(m->file.to_unicode);
    bt_buf out = bt_buf_in(m->pdf->arena);
    for (int i = 0; i < 6; i++, hash /= 26) bt_buf_add_char(&out, (char)('A' + hash % 26));
    bt_buf_add_char(&out, '+');
    bt_pdf_add_name(&out, font->face->postscript_name.len ? font->face->postscript_name : BT_STR("Font"));
    m->file.name = bt_buf_str(&out);
}

static uint32_t read_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The "CFF " table of an OpenType file, as readers take it bare. The whole file where it has none. */
static bt_str cff_table(bt_str file)
{
    const uint8_t *bytes = (const uint8_t *)file.ptr;
    size_t n_tables = file.len >= 12 ? (size_t)bytes[4] << 8 | bytes[5] : 0;
    for (size_t i = 0; i < n_tables && 12 + 16 * (i + 1) <= file.len; i++) {
        const uint8_t *entry = bytes + 12 + 16 * i;
        size_t offset = read_u32(entry + 8), length = read_u32(entry + 12);
        if (memcmp(entry, "CFF ", 4) == 0 && offset <= file.len && length <= file.len - offset)
            return bt_str_slice(file, offset, offset + length);
    }
    return file;
}

/* Skips an INDEX of CFF and gives where its first object lies; 0: malformed. */
static size_t skip_index(bt_str file, size_t at, size_t *first)
{
    const uint8_t *bytes = (const uint8_t *)file.ptr;
    *first = 0;
    if (at > file.len || file.len - at < 3) return 0;
    size_t count = (size_t)bytes[at] << 8 | bytes[at + 1], size = bytes[at + 2];
    if (!count) return at + 2;
    if (size < 1 || size > 4 || file.len - at - 3 < (count + 1) * size) return 0;
    size_t end = 0;
    for (size_t i = 0; i < size; i++) end = end << 8 | bytes[at + 3 + count * size + i];
    *first = at + 3 + (count + 1) * size;
    return end ? *first + end - 1 : 0;
}

/* True when the CFF numbers its glyphs by CIDs of its own (the first operator of its top dictionary is ROS): codes
 * would not be glyph ids then. */
static bool has_own_cids(bt_str file)
{
    enum { SHORT = 28, TWO_BYTES = 12, LAST_OPERATOR = 21, ROS = 30 };
    const uint8_t *bytes = (const uint8_t *)file.ptr;
    size_t first, top = 0;
    size_t names_end = file.len > 4 ? skip_index(file, bytes[2], &first) : 0;
    if (!names_end || !skip_index(file, names_end, &top) || !top) return false;
    for (size_t at = top; at + 1 < file.len;) {
        if (bytes[at] <= LAST_OPERATOR) return bytes[at] == TWO_BYTES && bytes[at + 1] == ROS;
        at += bytes[at] == SHORT ? 3 : bytes[at] == SHORT + 1 ? 5 : bytes[at] >= 247 ? 2 : 1;
    }
    return false;
}

/* The file that goes into the PDF; false: bantin cannot embed it. */
static bool choose_file(const making *m, bt_str *file)
{
    *file = (bt_str){(const char *)m->subset.bytes, m->subset.n_bytes};
    if (!m->font->face->is_cff) return true;
    *file = cff_table(*file);
    return !has_own_cids(*file);
}

static bt_status refuse(const making *m)
{
    bt_diag(m->pdf->diags, BT_E_PDF_FONT, NULL, BT_ARGS(m->font->face->postscript_name));
    return BT_INPUT;
}

/* The glyphs by ascending ids, and with the codes that the file gives them. */
static bt_status make_subset(making *m)
{
    const bt_pdf_font *font = m->font;
    bt_arena *arena = m->pdf->arena;
    uint16_t *ids = BT_NEW_ARRAY(arena, font->n, uint16_t);
    m->order = BT_NEW_ARRAY(arena, font->n, uint16_t);
    m->codes = BT_NEW_ARRAY(arena, font->n, uint16_t);
    if (arena->failed) return BT_NOMEM;
    uint32_t n = 0;
    for (uint32_t id = 0; id < font->n_known && n < font->n; id++) {
        if (!font->index_of[id]) continue;
        ids[n] = (uint16_t)id;
        m->order[n++] = font->index_of[id] - 1;
    }
    bt_status status = bt_face_subset(arena, font->face, ids, n, font->n_core > 0, &m->subset);
    for (uint32_t k = 0; status == BT_OK && k < n; k++) {
        uint16_t code = m->subset.new_ids[k];
        m->codes[m->order[k]] = code < m->subset.n_glyphs ? code : 0;
    }
    m->file.codes = m->codes;
    m->file.n_codes = m->subset.n_glyphs + 1;
    return status;
}

/* All but the streams, which are begun: deflating them takes as long as all the rest. */
static bt_status begin_file(making *m)
{
    bt_str file;
    bt_arena *arena = m->pdf->arena;
    bt_beside *beside = m->pdf->options->beside;
    bt_status status = make_subset(m);
    if (status == BT_NOMEM || arena->failed) return BT_NOMEM;
    if (status != BT_OK || !choose_file(m, &file)) return refuse(m);
    m->file.n_body = file.len;
    if (!bt_deflating_begin(&m->body, beside, arena, file) || !make_widths(m)) return BT_NOMEM;
    make_width_entries(m);
    bt_str to_unicode = make_to_unicode(m);
    if (arena->failed || !bt_deflating_begin(&m->to_unicode, beside, arena, to_unicode)) return BT_NOMEM;
    return BT_OK;
}

static bt_status end_file(making *m)
{
    bool has_body = bt_deflating_end(&m->body, &m->file.body);
    if (!bt_deflating_end(&m->to_unicode, &m->file.to_unicode) || !has_body) return BT_NOMEM;
    make_name(m);
    return m->pdf->arena->failed ? BT_NOMEM : BT_OK;
}

/* --- over documents --- */

static void add_number(bt_buf *out, uint32_t number)
{
    bt_buf_add(out, (bt_str){(const char *)&number, sizeof number});
}

/* The face, and each glyph beside its core with what it stands for. */
static bt_str key_of(bt_arena *arena, const bt_pdf_font *font)
{
    bt_buf out = bt_buf_in(arena);
    add_number(&out, font->face->id);
    add_number(&out, font->n_core);
    for (uint32_t i = font->n_core; i < font->n; i++) {
        add_number(&out, font->ids[i]);
        add_number(&out, (uint32_t)font->texts[i].len);
        bt_buf_add(&out, font->texts[i]);
    }
    return bt_buf_str(&out);
}

/* A copy in the cache; NULL: there is no room. */
static const bt_pdf_font_file *keep(bt_pdf *pdf, const bt_pdf_font *font, bt_str key, const bt_pdf_font_file *made)
{
    size_t n_widths = made->n_codes * sizeof *made->widths, n_codes = font->n * sizeof *made->codes;
    size_t size = sizeof *made + n_widths + n_codes + made->body.len + made->to_unicode.len + made->name.len +
                  made->width_entries.len;
    bt_pdf_font_file *kept = bt_pdf_cache_put(pdf->cache, BT_PDF_CACHE_FONT, key, size);
    if (!kept) return NULL;
    char *room = (char *)(kept + 1);
    *kept = *made;
    kept->widths = memcpy(room, made->widths, n_widths);
    kept->codes = memcpy(room + n_widths, made->codes, n_codes);
    room += n_widths + n_codes;
    kept->body = bt_pdf_cache_move(&room, made->body);
    kept->to_unicode = bt_pdf_cache_move(&room, made->to_unicode);
    kept->name = bt_pdf_cache_move(&room, made->name);
    kept->width_entries = bt_pdf_cache_move(&room, made->width_entries);
    return kept;
}

bt_status bt_pdf_begin_font(bt_pdf *pdf, bt_pdf_font *font)
{
    bt_str key = key_of(pdf->arena, font);
    if (pdf->arena->failed) return BT_NOMEM;
    font->file = bt_pdf_cache_find(pdf->cache, BT_PDF_CACHE_FONT, key);
    if (font->file) return BT_OK;
    making *m = BT_NEW(pdf->arena, making);
    if (!m) return BT_NOMEM;
    *m = (making){.pdf = pdf, .font = font, .key = key};
    font->making = m;
    return begin_file(m);
}

bt_status bt_pdf_end_font(bt_pdf *pdf, bt_pdf_font *font)
{
    making *m = font->making;
    if (!m) return BT_OK;
    bt_status status = end_file(m);
    if (status != BT_OK) return status;
    font->file = keep(pdf, font, m->key, &m->file);
    if (!font->file) font->file = &m->file;
    return BT_OK;
}
