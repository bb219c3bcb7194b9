/* font.c - one subset of each face, as a Type 0 font whose codes are the subset's glyph ids. */
#include "pdf/pdf_int.h"

#include <string.h>

static bool is_text(const bt_item *item) { return item->kind == BT_ITEM_GLYPHS && item->as.glyphs.face; }

uint32_t bt_pdf_find_font(const bt_pdf *pdf, const bt_face *face)
{
    uint32_t i = 0;
    while (i < pdf->fonts.n && pdf->fonts.v[i].face != face) i++;
    return i;
}

uint16_t bt_pdf_new_glyph(const bt_pdf_font *font, uint16_t id)
{
    uint16_t index = id < font->n_known ? font->index_of[id] : 0;
    uint16_t fresh = index ? font->subset.new_ids[index - 1] : 0;
    return fresh < font->subset.n_glyphs ? fresh : 0;
}

/* --- which glyphs --- */

typedef void (*item_fn)(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font);

/* Visits all text in drawing order. */
static void visit(bt_pdf *pdf, item_fn fn)
{
    bt_pdf_items list;
    for (uint32_t i = 0; bt_pdf_list(pdf->pages, i, &list); i++) {
        for (uint32_t j = 0; j < list.n && !pdf->arena->failed; j++) {
            if (!is_text(&list.v[j])) continue;
            uint32_t font_i = bt_pdf_find_font(pdf, list.v[j].as.glyphs.face);
            fn(pdf, &list.v[j], font_i < pdf->fonts.n ? &pdf->fonts.v[font_i] : NULL);
        }
    }
}

static void note_face(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    if (!font) font = BT_PUSH(pdf->arena, &pdf->fonts);
    if (!font) return;
    font->face = item->as.glyphs.face;
    for (uint32_t i = 0; i < item->as.glyphs.n_glyphs; i++) {
        uint32_t id = item->as.glyphs.glyphs[i].id;
        if (id >= font->n_known) font->n_known = id + 1;
    }
    uint32_t space = bt_pdf_space_after(pdf, item);
    if (space >= font->n_known) font->n_known = space + 1;
}

static void mark_glyphs(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    if (!font) return; /* cannot be: all faces are noted by now */
    for (uint32_t i = 0; i < item->as.glyphs.n_glyphs; i++) {
        uint16_t id = item->as.glyphs.glyphs[i].id;
        font->n += !font->index_of[id];
        font->index_of[id] = 1;
    }
    uint16_t space = bt_pdf_space_after(pdf, item);
    font->n += space && !font->index_of[space];
    if (space) font->index_of[space] = 1;
}

static void number_glyphs(bt_arena *arena, bt_pdf_font *font)
{
    font->ids = BT_NEW_ARRAY(arena, font->n, uint16_t);
    font->texts = BT_NEW_ARRAY(arena, font->n, bt_str);
    if (arena->failed) return;
    uint32_t n = 0;
    for (uint32_t id = 0; id < font->n_known; id++) {
        if (!font->index_of[id]) continue;
        font->ids[n++] = (uint16_t)id;
        font->index_of[id] = (uint16_t)n;
    }
}

/* --- the map to Unicode --- */

static void add_hex(bt_buf *out, uint32_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        bt_buf_add_char(out, "0123456789ABCDEF"[value >> shift & 15]);
}

void bt_pdf_add_utf16(bt_buf *out, bt_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += bt_utf8_decode(text, at, &c);
        if (c >= 0x10000) {
            add_hex(out, 0xD800 + ((c - 0x10000) >> 10), 4);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        add_hex(out, c, 4);
    }
}

enum { CMAP_CHUNK = 100, LONGEST_TEXT = 128 }; /* PDF's limits: entries between begin and end; UTF-16 units of one */

static bool is_mapped(const bt_pdf_font *font, uint32_t i)
{
    return font->texts[i].len && font->texts[i].len <= LONGEST_TEXT;
}

static void add_entry(bt_buf *out, const bt_pdf_font *font, uint32_t i)
{
    bt_buf_add_char(out, '<');
    add_hex(out, font->subset.new_ids[i], 4);
    bt_buf_add_z(out, "><");
    bt_pdf_add_utf16(out, font->texts[i]);
    bt_buf_add_z(out, ">\n");
}

static void make_to_unicode(bt_pdf *pdf, bt_pdf_font *font)
{
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add_z(&out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                       "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                       "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    uint32_t left = 0, room = 0;
    for (uint32_t i = 0; i < font->n; i++) left += is_mapped(font, i);
    for (uint32_t i = 0; i < font->n; i++) {
        if (!is_mapped(font, i)) continue;
        if (!room) {
            room = left < CMAP_CHUNK ? left : CMAP_CHUNK;
            bt_buf_add_int(&out, room);
            bt_buf_add_z(&out, " beginbfchar\n");
        }
        add_entry(&out, font, i);
        left--;
        if (!--room) bt_buf_add_z(&out, "endbfchar\n");
    }
    bt_buf_add_z(&out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    if (!pdf->arena->failed) font->to_unicode = bt_pdf_deflate(pdf, bt_buf_str(&out));
}

/* --- the font file --- */

/* Six letters from the glyphs used and from the file: two documents' subsets of one face are told apart when they are
 * put together, and so are two faces that give themselves the same name. */
static void make_name(bt_arena *arena, bt_pdf_font *font)
{
    uint64_t hash = bt_str_hash((bt_str){(const char *)font->ids, font->n * sizeof *font->ids});
    hash ^= bt_str_hash((bt_str){(const char *)font->subset.bytes, font->subset.n_bytes}) * 31;
    bt_buf out = bt_buf_in(arena);
    for (int i = 0; i < 6; i++, hash /= 26) bt_buf_add_char(&out, (char)('A' + hash % 26));
    bt_buf_add_char(&out, '+');
    bt_pdf_add_name(&out, font->face->postscript_name.len ? font->face->postscript_name : BT_STR("Font"));
    font->name = bt_buf_str(&out);
}

/* Whole thousandths where the face's units are thousandths; else tenths, lest a line need correcting at every glyph. */
static int32_t width_of(const bt_face *face, uint16_t id)
{
    int32_t advance = bt_face_advance(face, id);
    int32_t upem = face->upem > 0 ? face->upem : 1000;
    if (upem == 1000) return advance * 100;
    return (int32_t)bt_mul_div(advance, 10000, upem) * 10;
}

static void make_widths(bt_arena *arena, bt_pdf_font *font)
{
    font->widths = BT_NEW_ARRAY(arena, font->subset.n_glyphs + 1, int32_t);
    if (!font->widths) return;
    font->widths[0] = width_of(font->face, 0);
    for (uint32_t i = 0; i < font->n; i++) {
        if (font->subset.new_ids[i] < font->subset.n_glyphs)
            font->widths[font->subset.new_ids[i]] = width_of(font->face, font->ids[i]);
    }
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
static bool choose_file(const bt_pdf_font *font, bt_str *file)
{
    *file = (bt_str){(const char *)font->subset.bytes, font->subset.n_bytes};
    if (!font->face->is_cff) return true;
    *file = cff_table(*file);
    return !has_own_cids(*file);
}

static bt_status refuse(bt_pdf *pdf, const bt_pdf_font *font)
{
    bt_diag(pdf->diags, BT_E_PDF_FONT, NULL, BT_ARGS(font->face->postscript_name));
    return BT_INPUT;
}

static bt_status make_font(bt_pdf *pdf, bt_pdf_font *font)
{
    bt_str file;
    bt_status status = bt_face_subset(pdf->arena, font->face, font->ids, font->n, &font->subset);
    if (status == BT_NOMEM || pdf->arena->failed) return BT_NOMEM;
    if (status != BT_OK || !choose_file(font, &file)) return refuse(pdf, font);
    make_name(pdf->arena, font);
    make_widths(pdf->arena, font);
    if (pdf->arena->failed) return BT_NOMEM;
    font->n_file = file.len;
    font->file = bt_pdf_deflate(pdf, file);
    make_to_unicode(pdf, font);
    return pdf->arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_pdf_gather_fonts(bt_pdf *pdf)
{
    visit(pdf, note_face);
    for (uint32_t i = 0; i < pdf->fonts.n && !pdf->arena->failed; i++)
        pdf->fonts.v[i].index_of = BT_NEW_ARRAY(pdf->arena, pdf->fonts.v[i].n_known, uint16_t);
    visit(pdf, mark_glyphs);
    for (uint32_t i = 0; i < pdf->fonts.n && !pdf->arena->failed; i++) number_glyphs(pdf->arena, &pdf->fonts.v[i]);
    visit(pdf, bt_pdf_note_texts);
    visit(pdf, bt_pdf_deal_texts);
    if (pdf->arena->failed) return BT_NOMEM;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < pdf->fonts.n && status == BT_OK; i++) status = make_font(pdf, &pdf->fonts.v[i]);
    return status;
}

/* --- the objects --- */

static int64_t in_thousandths(const bt_face *face, int64_t units)
{
    return bt_mul_div(units, 1000, face->upem > 0 ? face->upem : 1000);
}

static void add_metric(bt_buf *out, const char *key, int64_t value)
{
    bt_buf_add_char(out, '/');
    bt_buf_add_z(out, key);
    bt_buf_add_char(out, ' ');
    bt_buf_add_int(out, value);
}

static bt_str descriptor_of(bt_arena *arena, const bt_pdf_font *font)
{
    enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    const bt_face *face = font->face;
    bt_buf out = bt_buf_in(arena);
    bt_buf_add_z(&out, "/FontName/");
    bt_buf_add(&out, font->name);
    int flags = SYMBOLIC | (face->is_fixed ? FIXED : 0) | (face->is_serif ? SERIF : 0) | (face->is_italic ? ITALIC : 0);
    add_metric(&out, "Flags", flags);
    bt_buf_add_z(&out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        if (i) bt_buf_add_char(&out, ' ');
        bt_buf_add_int(&out, in_thousandths(face, face->box[i]));
    }
    bt_buf_add_z(&out, "]/ItalicAngle ");
    bt_buf_add_fixed(&out, face->italic_angle, 2);
    add_metric(&out, "Ascent", in_thousandths(face, face->ascender));
    add_metric(&out, "Descent", in_thousandths(face, face->descender));
    add_metric(&out, "CapHeight", in_thousandths(face, face->cap_height));
    add_metric(&out, "XHeight", in_thousandths(face, face->x_height));
    add_metric(&out, "StemV", in_thousandths(face, face->stem_v));
    return bt_buf_str(&out);
}

/* Among the first glyphs only: a subset of thousands has one width that most share. */
static int32_t commonest_width(const bt_pdf_font *font)
{
    enum { LOOKED_AT = 256 };
    int32_t best = 0;
    uint32_t most = 0;
    for (uint32_t i = 0; i < font->n && i < LOOKED_AT; i++) {
        int32_t width = font->widths[bt_pdf_new_glyph(font, font->ids[i])];
        uint32_t n = 0;
        for (uint32_t j = 0; j < font->n; j++) n += font->widths[bt_pdf_new_glyph(font, font->ids[j])] == width;
        if (n > most || (n == most && width < best)) {
            most = n;
            best = width;
        }
    }
    return best;
}

/* "first [w w w]" for stretches of glyphs that have not the default width. The default is whole: readers ignore
 * another. */
static void add_widths(bt_buf *out, const bt_pdf_font *font)
{
    int32_t usual = (int32_t)bt_mul_div(commonest_width(font), 1, 100) * 100;
    bt_buf_add_z(out, "/DW ");
    bt_buf_add_fixed(out, usual, 2);
    bt_buf_add_z(out, "/W[");
    bool is_open = false;
    for (uint32_t id = 0; id < font->subset.n_glyphs; id++) {
        bool is_usual = font->widths[id] == usual;
        if (is_usual && is_open) bt_buf_add_char(out, ']');
        if (!is_usual && !is_open) bt_buf_add_int(out, id);
        if (!is_usual) {
            bt_buf_add_char(out, is_open ? ' ' : '[');
            bt_buf_add_fixed(out, font->widths[id], 2);
        }
        is_open = !is_usual;
    }
    bt_buf_add_z(out, is_open ? "]]" : "]");
}

static bt_str descendant_of(bt_arena *arena, const bt_pdf_font *font)
{
    bt_buf out = bt_buf_in(arena);
    bt_buf_add_z(&out, "/BaseFont/");
    bt_buf_add(&out, font->name);
    bt_buf_add_z(&out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    if (!font->face->is_cff) bt_buf_add_z(&out, "/CIDToGIDMap/Identity");
    add_widths(&out, font);
    return bt_buf_str(&out);
}

static bt_haru_object *put_file(bt_pdf *pdf, const bt_pdf_font *font)
{
    bt_haru_object *file = bt_haru_add(pdf->haru, NULL);
    if (font->face->is_cff)
        bt_haru_put_name(file, "Subtype", "CIDFontType0C");
    else
        bt_haru_put_number(file, "Length1", (int32_t)font->n_file);
    bt_haru_set_stream(file, font->file, "FlateDecode");
    return file;
}

void bt_pdf_put_font(bt_pdf *pdf, bt_pdf_font *font)
{
    bool is_cff = font->face->is_cff;
    bt_haru_object *descriptor = bt_haru_add(pdf->haru, "FontDescriptor");
    bt_haru_put_syntax(descriptor, descriptor_of(pdf->arena, font));
    bt_haru_put_object(descriptor, is_cff ? "FontFile3" : "FontFile2", put_file(pdf, font));
    bt_haru_object *descendant = bt_haru_add(pdf->haru, "Font");
    bt_haru_put_name(descendant, "Subtype", is_cff ? "CIDFontType0" : "CIDFontType2");
    bt_haru_put_object(descendant, "FontDescriptor", descriptor);
    bt_haru_put_syntax(descendant, descendant_of(pdf->arena, font));
    bt_haru_object *to_unicode = bt_haru_add(pdf->haru, NULL);
    bt_haru_set_stream(to_unicode, font->to_unicode, "FlateDecode");
    font->object = bt_haru_add(pdf->haru, "Font");
    bt_haru_put_name(font->object, "Subtype", "Type0");
    bt_haru_put_name(font->object, "Encoding", "Identity-H");
    bt_haru_put_object(font->object, "ToUnicode", to_unicode);
    bt_haru_put_syntax(font->object,
                       bt_str_format(pdf->arena, "/BaseFont/%.*s%s/DescendantFonts[%u 0 R]", BT_STR_ARGS(font->name),
                                     is_cff ? "-Identity-H" : "", bt_haru_number(descendant)));
}
