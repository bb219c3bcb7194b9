/* font.c - a font: its face, how wide its glyphs are, and what text its codes stand for.
 *
 * Nothing of a font program is read but the encoding that a Type 1 program states in plain text: what a file says of
 * its fonts is what a printer goes by.
 */
#include "check/seen/font_int.h"

#include <math.h>
#include <stdlib.h>

enum { N_CODES = 256, MOST_WIDTHS = 256 * 1024 };

typedef enum code_lengths {
    ONE_BYTE,
    TWO_BYTES,
    UTF16,
    MIXED,      /* the encodings of East Asia: ASCII, all else two bytes; */
    MIXED_KANA, /* half-width kana one */
    BY_MAP,
} code_lengths;

/* Widths of the glyphs from first to last; down: the advance of vertical writing. */
typedef struct width_span {
    uint32_t first, last;
    double width;
} width_span;

typedef BT_ARRAY(width_span) width_spans;

struct seen_font {
    bt_arena *arena;
    seen_face *face;
    code_lengths lengths;
    bool is_vertical, is_unicode; /* its codes are UTF-16 */
    seen_matrix matrix;
    double em; /* of a Type 3 font: height of the em in text space; else 1 */
    double width[N_CODES];
    bt_str text[N_CODES];
    const seen_cmap *codes, *to_unicode; /* of a composite font; NULL: none */
    width_spans widths, downs;
    double usual_width, usual_down;
};

typedef struct font_entry {
    uint32_t object;
    const seen_font *font;
} font_entry;

struct seen_fonts {
    BT_ARRAY(font_entry) fonts;
    BT_ARRAY(seen_face *) faces;
};

/* What is at hand while a font is read. */
typedef struct opening {
    seen_reader *r;
    seen_pdf *pdf;
    bt_arena *arena;
    seen_font *font;
    seen_obj dict, descendant, descriptor; /* descendant: the dictionary itself in a simple font */
    bt_str kind;
    bool is_composite, is_symbolic;
    const seen_standard *standard;
} opening;

static double number_or(seen_pdf *pdf, seen_obj obj, double otherwise)
{
    double value = 0;
    return seen_obj_number(pdf, obj, &value) && isfinite(value) ? value : otherwise;
}

static uint32_t whole_or(seen_pdf *pdf, seen_obj obj, uint32_t otherwise)
{
    double value = number_or(pdf, obj, -1);
    return value >= 0 && value <= 0x7FFFFFFF ? (uint32_t)value : otherwise;
}

/* --- the face --- */

static bool has_word(bt_str name, const char *word) { return memmem(name.ptr, name.len, word, strlen(word)) != NULL; }

/* "ABCDEF+": six capitals. */
static bool has_subset_tag(bt_str name)
{
    enum { TAG = 6 };
    if (name.len <= TAG || name.ptr[TAG] != '+') return false;
    for (size_t i = 0; i < TAG; i++)
        if (name.ptr[i] < 'A' || name.ptr[i] > 'Z') return false;
    return true;
}

static bt_str face_name(const opening *o)
{
    bt_str name = seen_obj_name(o->pdf, o->arena, seen_obj_key(o->pdf, o->descendant, "/BaseFont"));
    if (!name.len) name = seen_obj_name(o->pdf, o->arena, seen_obj_key(o->pdf, o->descriptor, "/FontName"));
    return name;
}

static bool is_embedded(const opening *o)
{
    return bt_str_is(o->kind, "Type3") || seen_obj_key(o->pdf, o->descriptor, "/FontFile") ||
           seen_obj_key(o->pdf, o->descriptor, "/FontFile2") || seen_obj_key(o->pdf, o->descriptor, "/FontFile3");
}

/* Descriptors of bold fonts seldom have their flag set, so the name counts as well. */
static void note_style(const opening *o, seen_face *face)
{
    enum { FIXED = 1 << 0, SERIF = 1 << 1, ITALIC = 1 << 6, FORCE_BOLD = 1 << 18, BOLD_WEIGHT = 600 };
    uint32_t flags = whole_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/Flags"), 0);
    double weight = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/FontWeight"), 0);
    double slant = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/ItalicAngle"), 0);
    bt_str name = face->name;
    bool is_named_bold = has_word(name, "Bold") || has_word(name, "Black") || has_word(name, "Heavy");
    face->is_bold = flags & FORCE_BOLD || weight >= BOLD_WEIGHT || (is_named_bold && weight <= 0);
    face->is_italic = flags & ITALIC || slant < 0 || slant > 0 || has_word(name, "Italic") || has_word(name, "Oblique");
    face->is_serif = flags & SERIF || has_word(name, "Serif") || has_word(name, "Times");
    face->is_fixed = flags & FIXED || has_word(name, "Mono") || has_word(name, "Courier");
    if (!o->standard) return;
    face->is_bold |= o->standard->is_bold;
    face->is_italic |= o->standard->is_italic;
    face->is_serif |= o->standard->is_serif;
    face->is_fixed |= o->standard->is_fixed;
}

/* Descriptors say these in thousandths; some say nothing, or nonsense. */
static void note_heights(const opening *o, seen_face *face)
{
    const double ascent = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/Ascent"), 0) / 1000;
    const double descent = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/Descent"), 0) / 1000;
    const double x_height = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/XHeight"), 0) / 1000;
    const seen_standard usual = {.ascent = 0.75, .descent = -0.25};
    const seen_standard *standard = o->standard ? o->standard : &usual;
    face->ascent = ascent > 0.1 && ascent < 3 ? ascent : standard->ascent;
    face->descent = descent < 0 && descent > -2     ? descent
                    : descent > 0.05 && descent < 1 ? -descent
                                                    : standard->descent;
    face->x_height = x_height > 0.1 && x_height < 1.5 ? x_height : standard->x_height;
}

/* Producers cut one face into several fonts, each with its part of the glyphs, and not always of one kind: these are
 * one face. Faces without a name tell nothing of each other but their kind. */
static seen_face *share_face(const opening *o, const seen_face *face)
{
    struct seen_fonts *fonts = o->r->fonts;
    for (uint32_t i = 0; i < fonts->faces.n; i++) {
        seen_face *other = fonts->faces.v[i];
        if (bt_str_equal(other->name, face->name) && other->is_embedded == face->is_embedded &&
            (face->name.len || bt_str_equal(other->kind, face->kind))) {
            other->has_unicode &= face->has_unicode;
            other->is_subset |= face->is_subset;
            return other;
        }
    }
    seen_face **slot = BT_PUSH(o->arena, &fonts->faces);
    if (!slot || !(*slot = BT_NEW(o->arena, seen_face))) return NULL;
    **slot = *face;
    return *slot;
}

/* --- widths --- */

static void read_simple_widths(opening *o)
{
    seen_font *font = o->font;
    seen_obj widths = seen_obj_key(o->pdf, o->dict, "/Widths");
    double unit = bt_str_is(o->kind, "Type3") ? fabs(font->matrix.a) : 0.001;
    double missing = number_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/MissingWidth"), 0) * unit;
    for (uint32_t i = 0; i < N_CODES; i++) font->width[i] = missing;
    if (widths) {
        uint32_t first = whole_or(o->pdf, seen_obj_key(o->pdf, o->dict, "/FirstChar"), 0);
        uint32_t n = seen_obj_n_items(o->pdf, widths);
        for (uint32_t i = 0; i < n && first + i < N_CODES && first < N_CODES; i++)
            font->width[first + i] = number_or(o->pdf, seen_obj_item(o->pdf, widths, i), 0) * unit;
        return;
    }
    if (!o->standard) return;
    for (uint32_t i = 0; i < N_CODES; i++) {
        uint32_t character = 0;
        if (font->text[i].len) bt_utf8_decode(font->text[i], 0, &character);
        if (character && character != 0xFFFD) font->width[i] = seen_standard_width(o->standard, character);
    }
}

static void add_span(bt_arena *arena, width_spans *spans, uint32_t first, uint32_t last, double width)
{
    if (spans->n >= MOST_WIDTHS || last < first) return;
    width_span *before = spans->n ? &spans->v[spans->n - 1] : NULL;
    if (before && before->last + 1 == first && before->width == width) {
        before->last = last;
        return;
    }
    width_span *span = BT_PUSH(arena, spans);
    if (span) *span = (width_span){first, last, width};
}

static int compare_spans(const void *a, const void *b)
{
    const width_span *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* W: "c [w w ...]" and "c c w"; of W2, whose numbers come in threes, the first of each is the advance. */
static void read_spans(opening *o, const char *key, uint32_t n_numbers, width_spans *spans)
{
    seen_obj array = seen_obj_key(o->pdf, o->descendant, key);
    uint32_t n = seen_obj_n_items(o->pdf, array);
    for (uint32_t i = 0; i + 1 < n && spans->n < MOST_WIDTHS;) {
        uint32_t first = whole_or(o->pdf, seen_obj_item(o->pdf, array, i), 0);
        seen_obj second = seen_obj_item(o->pdf, array, i + 1);
        if (seen_obj_is_array(o->pdf, second)) {
            uint32_t n_list = seen_obj_n_items(o->pdf, second);
            for (uint32_t k = 0; k + n_numbers <= n_list && spans->n < MOST_WIDTHS; k += n_numbers) {
                double width = number_or(o->pdf, seen_obj_item(o->pdf, second, k), 0) / 1000;
                add_span(o->arena, spans, first + k / n_numbers, first + k / n_numbers, width);
            }
            i += 2;
        } else {
            double width = number_or(o->pdf, seen_obj_item(o->pdf, array, i + 2), 0) / 1000;
            add_span(o->arena, spans, first, whole_or(o->pdf, second, 0), width);
            i += 2 + n_numbers;
        }
    }
    if (spans->n) qsort(spans->v, spans->n, sizeof *spans->v, compare_spans);
}

static double span_width(const width_spans *spans, uint32_t cid, double otherwise)
{
    uint32_t begin = 0, end = spans->n;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (spans->v[middle].last < cid)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < spans->n && spans->v[begin].first <= cid ? spans->v[begin].width : otherwise;
}

static void read_composite_widths(opening *o)
{
    enum { USUAL = 1000, USUAL_DOWN = -1000 };
    seen_font *font = o->font;
    font->usual_width = number_or(o->pdf, seen_obj_key(o->pdf, o->descendant, "/DW"), USUAL) / 1000;
    read_spans(o, "/W", 1, &font->widths);
    if (!font->is_vertical) return;
    seen_obj down = seen_obj_key(o->pdf, o->descendant, "/DW2");
    font->usual_down = number_or(o->pdf, seen_obj_item(o->pdf, down, 1), USUAL_DOWN) / 1000;
    read_spans(o, "/W2", 3, &font->downs);
}

/* --- texts --- */

static const seen_cmap *read_map(opening *o, seen_obj stream)
{
    bt_str bytes;
    if (seen_obj_stream(o->pdf, o->r->scratch, stream, SEEN_UNFILTERED, &bytes) != BT_OK) return NULL;
    return seen_cmap_read(o->arena, bytes);
}

static seen_encoding named_encoding(bt_str name, seen_encoding otherwise)
{
    if (bt_str_is(name, "WinAnsiEncoding")) return SEEN_ENCODING_WIN_ANSI;
    if (bt_str_is(name, "MacRomanEncoding")) return SEEN_ENCODING_MAC_ROMAN;
    if (bt_str_is(name, "StandardEncoding")) return SEEN_ENCODING_STANDARD;
    return otherwise;
}

/* The codes in plain text at the head of a Type 1 program: "dup 65 /Aacute put". */
static void read_program_encoding(opening *o)
{
    seen_obj program = seen_obj_key(o->pdf, o->descriptor, "/FontFile");
    bt_str bytes;
    if (!program || seen_obj_stream(o->pdf, o->r->scratch, program, SEEN_UNFILTERED, &bytes) != BT_OK) return;
    uint32_t n_head = whole_or(o->pdf, seen_obj_key(o->pdf, program, "/Length1"), 0);
    bt_str head = bt_str_slice(bytes, 0, n_head && n_head < bytes.len ? n_head : bytes.len);
    const char *at = head.len ? memmem(head.ptr, head.len, "/Encoding", 9) : NULL, *end = head.ptr + head.len;
    const char *stop = at ? memmem(at, (size_t)(end - at), "readonly", 8) : NULL;
    if (!stop) return;
    while ((at = memmem(at, (size_t)(stop - at), "dup ", 4))) {
        uint32_t code = 0;
        for (at += 4; at < stop && *at >= '0' && *at <= '9'; at++) code = code * 10 + (uint32_t)(*at - '0');
        while (at < stop && *at == ' ') at++;
        if (at >= stop || *at != '/' || code >= N_CODES) continue;
        const char *name = ++at;
        while (at < stop && *at != ' ' && *at != '\n' && *at != '\r') at++;
        o->font->text[code] = seen_name_text(o->arena, (bt_str){name, (size_t)(at - name)});
    }
}

static void read_differences(opening *o, seen_obj differences)
{
    uint32_t code = 0, n = seen_obj_n_items(o->pdf, differences);
    for (uint32_t i = 0; i < n; i++) {
        seen_obj item = seen_obj_item(o->pdf, differences, i);
        bt_str name = seen_obj_name(o->pdf, o->r->scratch, item);
        if (name.len) {
            if (code < N_CODES) o->font->text[code] = seen_name_text(o->arena, name);
            code++;
        } else
            code = whole_or(o->pdf, item, N_CODES);
    }
}

static void read_encoding(opening *o)
{
    seen_obj encoding = seen_obj_key(o->pdf, o->dict, "/Encoding");
    bool is_own = bt_str_is(o->kind, "Type3") || (o->is_symbolic && !o->standard);
    seen_encoding base = is_own ? SEEN_ENCODING_UNKNOWN : SEEN_ENCODING_STANDARD;
    bt_str name = seen_obj_name(o->pdf, o->r->scratch, encoding);
    if (!name.len) name = seen_obj_name(o->pdf, o->r->scratch, seen_obj_key(o->pdf, encoding, "/BaseEncoding"));
    base = named_encoding(name, base);
    if (base == SEEN_ENCODING_UNKNOWN) read_program_encoding(o);
    for (uint32_t i = 0; i < N_CODES && base != SEEN_ENCODING_UNKNOWN; i++) {
        uint32_t character = seen_encoding_character(base, (uint8_t)i);
        if (character) o->font->text[i] = seen_clean_text(o->arena, &character, 1);
    }
    read_differences(o, seen_obj_key(o->pdf, encoding, "/Differences"));
}

static bool is_code_used(const opening *o, uint32_t code)
{
    seen_obj widths = seen_obj_key(o->pdf, o->dict, "/Widths");
    return widths ? o->font->width[code] > 0 : code >= 32 && code < 127;
}

static void open_simple(opening *o, seen_face *face)
{
    seen_font *font = o->font;
    font->lengths = ONE_BYTE;
    read_encoding(o);
    read_simple_widths(o);
    const seen_cmap *map = read_map(o, seen_obj_key(o->pdf, o->dict, "/ToUnicode"));
    uint32_t n_used = 0, n_known = 0;
    for (uint32_t i = 0; i < N_CODES; i++) {
        const bt_str *text = map ? seen_cmap_text(map, i) : NULL;
        if (text) font->text[i] = *text;
        bool is_known = text || font->text[i].len;
        if (!is_known) font->text[i] = SEEN_UNKNOWN_TEXT;
        if (!is_code_used(o, i)) continue;
        n_used++;
        n_known += is_known;
    }
    face->has_unicode = map ? true : n_known > 0 && n_known * 2 >= n_used;
}

static code_lengths lengths_by_name(bt_str name)
{
    if (has_word(name, "UTF16")) return UTF16;
    if (has_word(name, "RKSJ")) return MIXED_KANA;
    return has_word(name, "UCS2") || bt_str_starts(name, BT_STR("Identity")) || !name.len ? TWO_BYTES : MIXED;
}

static void open_composite(opening *o, seen_face *face)
{
    seen_font *font = o->font;
    seen_obj encoding = seen_obj_key(o->pdf, o->dict, "/Encoding");
    bt_str name = seen_obj_name(o->pdf, o->arena, encoding);
    font->is_vertical = bt_str_ends(name, BT_STR("-V"));
    font->lengths = lengths_by_name(name);
    font->is_unicode = font->lengths == UTF16 || has_word(name, "UCS2");
    if (seen_obj_is_stream(o->pdf, encoding)) {
        font->codes = read_map(o, encoding);
        if (font->codes && font->codes->spaces.n) font->lengths = BY_MAP;
        font->is_vertical = font->codes && font->codes->is_vertical;
    }
    font->to_unicode = read_map(o, seen_obj_key(o->pdf, o->dict, "/ToUnicode"));
    read_composite_widths(o);
    face->has_unicode = (font->to_unicode && font->to_unicode->texts.n) || font->is_unicode;
}

/* --- opening --- */

/* Type 3 fonts choose the units of their glyphs. Mostly an em of theirs is 1 in text space; of those where it is far
 * from that, the box of all glyphs tells. */
static void read_type3_matrix(opening *o)
{
    double m[6], box[4];
    seen_obj matrix = seen_obj_key(o->pdf, o->dict, "/FontMatrix"), bounds = seen_obj_key(o->pdf, o->dict, "/FontBBox");
    bool has_matrix = seen_obj_n_items(o->pdf, matrix) == 6;
    for (uint32_t i = 0; i < 6; i++) m[i] = number_or(o->pdf, seen_obj_item(o->pdf, matrix, i), 0);
    if (has_matrix) o->font->matrix = (seen_matrix){m[0], m[1], m[2], m[3], m[4], m[5]};
    for (uint32_t i = 0; i < 4; i++) box[i] = number_or(o->pdf, seen_obj_item(o->pdf, bounds, i), 0);
    double height = fabs(box[3] - box[1]) * fabs(o->font->matrix.d);
    if (height > 0 && (height < 0.3 || height > 3)) o->font->em = height;
}

static void open_font(opening *o)
{
    enum { SYMBOLIC = 1 << 2 };
    o->kind = seen_obj_name(o->pdf, o->arena, seen_obj_key(o->pdf, o->dict, "/Subtype"));
    o->is_composite = bt_str_is(o->kind, "Type0");
    o->descendant = o->dict;
    if (o->is_composite) {
        o->descendant = seen_obj_item(o->pdf, seen_obj_key(o->pdf, o->dict, "/DescendantFonts"), 0);
        o->kind = seen_obj_name(o->pdf, o->arena, seen_obj_key(o->pdf, o->descendant, "/Subtype"));
    }
    o->descriptor = seen_obj_key(o->pdf, o->descendant, "/FontDescriptor");
    o->is_symbolic = whole_or(o->pdf, seen_obj_key(o->pdf, o->descriptor, "/Flags"), 0) & SYMBOLIC;
    if (bt_str_is(o->kind, "Type3")) read_type3_matrix(o);
    seen_face face = {.name = face_name(o), .kind = o->kind, .is_embedded = is_embedded(o)};
    face.is_subset = has_subset_tag(face.name);
    if (face.is_subset) face.name = bt_str_slice(face.name, 7, face.name.len);
    if (!face.is_embedded && !o->is_composite) o->standard = seen_standard_find(face.name);
    if (!o->descriptor && !o->standard && bt_str_is(face.name, "Symbol")) o->is_symbolic = true;
    if (!o->descriptor && bt_str_is(face.name, "ZapfDingbats")) o->is_symbolic = true;
    note_style(o, &face);
    note_heights(o, &face);
    if (o->is_composite)
        open_composite(o, &face);
    else
        open_simple(o, &face);
    o->font->face = share_face(o, &face);
}

const seen_font *seen_font_open(seen_reader *r, seen_obj dict)
{
    if (!r->fonts) r->fonts = BT_NEW(r->arena, struct seen_fonts);
    if (!r->fonts) return NULL;
    uint32_t object = seen_obj_id(r->pdf, dict);
    for (uint32_t i = 0; object && i < r->fonts->fonts.n; i++)
        if (r->fonts->fonts.v[i].object == object) return r->fonts->fonts.v[i].font;
    seen_font *font = BT_NEW(r->arena, seen_font);
    if (!font) return NULL;
    font->matrix = (seen_matrix){.a = 0.001, .d = 0.001};
    font->em = 1;
    font->arena = r->arena;
    opening o = {.r = r, .pdf = r->pdf, .arena = r->arena, .font = font, .dict = dict};
    open_font(&o);
    if (!font->face) return NULL;
    font_entry *entry = object ? BT_PUSH(r->arena, &r->fonts->fonts) : NULL;
    if (entry) *entry = (font_entry){object, font};
    return font;
}

/* --- asking --- */

const seen_face *seen_font_face(const seen_font *font) { return font->face; }
bool seen_font_is_vertical(const seen_font *font) { return font->is_vertical; }
seen_matrix seen_font_matrix(const seen_font *font) { return font->matrix; }
double seen_font_em(const seen_font *font) { return font->em; }

static uint32_t code_length(const seen_font *font, bt_str bytes)
{
    unsigned char lead = (unsigned char)bytes.ptr[0];
    bool is_kana = lead >= 0xA0 && lead < 0xE0;
    size_t n = 1;
    switch (font->lengths) {
    case ONE_BYTE:
        break;
    case TWO_BYTES:
        n = 2;
        break;
    case UTF16:
        n = lead >= 0xD8 && lead < 0xDC ? 4 : 2;
        break;
    case MIXED:
        n = lead < 0x80 ? 1 : 2;
        break;
    case MIXED_KANA:
        n = lead < 0x80 || is_kana ? 1 : 2;
        break;
    case BY_MAP:
        n = seen_cmap_n_bytes(font->codes, bytes);
        break;
    }
    if (n > bytes.len) n = bytes.len;
    return n ? (uint32_t)n : 1;
}

/* The text of a code that is itself UTF-16. */
static bt_str unicode_text(const seen_font *font, const seen_code *code)
{
    uint32_t character = code->code;
    if (code->n_bytes == 4) character = 0x10000 + ((code->code >> 16 & 0x3FF) << 10) + (code->code & 0x3FF);
    return seen_clean_text(font->arena, &character, 1);
}

static void read_composite_code(const seen_font *font, seen_code *code)
{
    uint32_t cid = code->code;
    bool has_cid = font->lengths == TWO_BYTES && !font->is_unicode;
    if (font->codes && font->codes->glyphs.n) has_cid = seen_cmap_cid(font->codes, code->code, &cid);
    code->width = font->is_vertical ? font->usual_down : font->usual_width;
    if (has_cid || font->lengths == BY_MAP)
        code->width = span_width(font->is_vertical ? &font->downs : &font->widths, cid, code->width);
    const bt_str *text = font->to_unicode ? seen_cmap_text(font->to_unicode, code->code) : NULL;
    code->text = text ? *text : font->is_unicode ? unicode_text(font, code) : SEEN_UNKNOWN_TEXT;
}

seen_code seen_font_code(const seen_font *font, bt_str bytes)
{
    seen_code code = {.n_bytes = code_length(font, bytes)};
    for (uint32_t i = 0; i < code.n_bytes; i++) code.code = code.code << 8 | (unsigned char)bytes.ptr[i];
    code.is_space = code.n_bytes == 1 && code.code == ' ';
    if (font->lengths == ONE_BYTE) {
        code.width = font->width[code.code];
        code.text = font->text[code.code];
    } else
        read_composite_code(font, &code);
    return code;
}
