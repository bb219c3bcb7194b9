/* picture.c - pictures as they are painted: image XObjects, inline pictures, stencils. Nothing is decoded here; what a
 * picture is, is told by a digest of all that decides on its samples, as stored.
 */
#include "check/seen/source.h"

#include <math.h>

enum { LONGEST_SIDE = 1 << 20, MOST_DIGESTED_DEPTH = 6 };

/* --- digests --- */

static void digest_stream(seen_reader *r, bt_digester *d, seen_obj stream, uint32_t depth);

static void digest_object(seen_reader *r, bt_digester *d, seen_obj object, uint32_t depth)
{
    double number = 0;
    bool is_true = false;
    if (depth > MOST_DIGESTED_DEPTH || !object) {
        bt_digest_add_number(d, 0);
    } else if (seen_obj_is_stream(r->pdf, object)) {
        digest_stream(r, d, object, depth + 1);
    } else if (seen_obj_is_dict(r->pdf, object)) {
        uint32_t n = 0;
        const bt_str *keys = seen_obj_keys(r->pdf, r->scratch, object, &n);
        bt_digest_add_number(d, n);
        for (uint32_t i = 0; i < n; i++) {
            bt_digest_add_str(d, keys[i]);
            digest_object(r, d, seen_obj_key(r->pdf, object, bt_str_z(r->scratch, keys[i])), depth + 1);
        }
    } else if (seen_obj_is_array(r->pdf, object)) {
        uint32_t n = seen_obj_n_items(r->pdf, object);
        bt_digest_add_number(d, n);
        for (uint32_t i = 0; i < n; i++) digest_object(r, d, seen_obj_item(r->pdf, object, i), depth + 1);
    } else if (seen_obj_number(r->pdf, object, &number)) {
        bt_digest_add_number(d, llround(fmin(fmax(number, -1e9), 1e9) * 1e6));
    } else if (seen_obj_bool(r->pdf, object, &is_true)) {
        bt_digest_add_number(d, is_true);
    } else {
        bt_digest_add_str(d, seen_obj_name(r->pdf, r->scratch, object));
        bt_digest_add_str(d, seen_obj_string(r->pdf, r->scratch, object));
    }
}

static void digest_stream(seen_reader *r, bt_digester *d, seen_obj stream, uint32_t depth)
{
    static const char *const keys[] = {"/Width",  "/Height", "/BitsPerComponent", "/ImageMask",
                                       "/Decode", "/Filter", "/DecodeParms",      "/SMask",
                                       "/Mask",   "/Matte"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        digest_object(r, d, seen_obj_key(r->pdf, stream, keys[i]), depth);
    bt_arena_mark mark = bt_arena_set_mark(r->scratch);
    bt_str bytes;
    bt_status status = seen_obj_stream(r->pdf, r->scratch, stream, SEEN_AS_STORED, &bytes);
    bt_digest_add_str(d, bytes);
    if (status == BT_OK && !seen_stored_is_whole(r, stream, bytes))
        seen_stop_damaged(r, BT_STR("a picture on page {1} is broken"));
    bt_arena_rewind(r->scratch, mark);
}

/* Of the space by what it is and, where samples are looked up, by the table: profiles are no part of it. */
static bt_digest digest_source(seen_reader *r, const seen_source *source)
{
    bt_digester d;
    bt_digest_begin(&d);
    bt_digest_add_number(&d, source->space.space);
    bt_digest_add_number(&d, source->space.n_components);
    bt_digest_add_str(&d, source->space.name);
    if (source->space.table) {
        seen_ink_space base;
        uint32_t n;
        bt_digest_add_str(&d, seen_table_bytes(source->space.table, &base, &n));
        bt_digest_add_number(&d, n);
        bt_digest_add_number(&d, base.space);
    }
    digest_stream(r, &d, source->stream, 0);
    return bt_digest_end(&d);
}

/* --- reading --- */

static uint32_t read_count(seen_reader *r, seen_obj dict, const char *key, uint32_t most)
{
    double value = 0;
    if (!seen_obj_number(r->pdf, seen_obj_key(r->pdf, dict, key), &value) || !(value > 0)) return 0;
    return value > most ? most : (uint32_t)value;
}

static bool is_on(seen_reader *r, seen_obj dict, const char *key)
{
    bool value = false;
    return seen_obj_bool(r->pdf, seen_obj_key(r->pdf, dict, key), &value) && value;
}

static bt_str read_filter(seen_reader *r, seen_obj stream)
{
    static const char *const full[][2] = {
        {"AHx", "ASCIIHexDecode"}, {"A85", "ASCII85Decode"},  {"LZW", "LZWDecode"}, {"Fl", "FlateDecode"},
        {"RL", "RunLengthDecode"}, {"CCF", "CCITTFaxDecode"}, {"DCT", "DCTDecode"}};
    seen_obj filter = seen_obj_key(r->pdf, stream, "/Filter");
    uint32_t n = seen_obj_n_items(r->pdf, filter);
    bt_str name = seen_obj_name(r->pdf, r->arena, n ? seen_obj_item(r->pdf, filter, n - 1) : filter);
    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        if (bt_str_is(name, full[i][0])) return bt_str_of(full[i][1]);
    return name;
}

/* JPEG 2000 may say by itself how many components it has: the box "ihdr" of its header. */
static seen_ink_space space_of_jpx(seen_reader *r, seen_obj stream)
{
    enum { HEAD = 256, COMPONENTS_AT = 12, COLOUR_HIGH = 4 };
    seen_ink_space space = {.space = SEEN_RGB, .n_components = 3, .name = BT_STR(""), .base = SEEN_RGB};
    bt_str bytes;
    if (seen_obj_stream(r->pdf, r->scratch, stream, SEEN_AS_STORED, &bytes) != BT_OK) return space;
    const char *box = memmem(bytes.ptr, bytes.len < HEAD ? bytes.len : HEAD, "ihdr", 4);
    if (!box || (size_t)(box - bytes.ptr) + COMPONENTS_AT + 2 > bytes.len) return space;
    const unsigned n = (unsigned char)box[COMPONENTS_AT] * 256u + (unsigned char)box[COMPONENTS_AT + 1];
    if (n <= 2) return seen_space_device(r, SEEN_GRAY);
    return n == COLOUR_HIGH ? seen_space_device(r, SEEN_CMYK) : space;
}

static void read_decode(seen_reader *r, seen_source *source)
{
    seen_obj array = seen_obj_key(r->pdf, source->stream, "/Decode");
    const uint32_t n = 2 * seen_source_stored(source);
    if (n > 2 * SEEN_MOST_COMPONENTS || seen_obj_n_items(r->pdf, array) < n) return;
    double *decode = BT_NEW_ARRAY(r->arena, n, double);
    for (uint32_t i = 0; decode && i < n; i++) seen_obj_number(r->pdf, seen_obj_item(r->pdf, array, i), &decode[i]);
    source->decode = decode;
}

static void read_source(seen_reader *r, seen_obj stream, seen_source *source)
{
    source->stream = stream;
    source->object = seen_obj_id(r->pdf, stream);
    seen_obj layer = seen_obj_key(r->pdf, stream, "/OC");
    source->is_off = layer && seen_layer_is_off(r, layer);
    source->n_columns = read_count(r, stream, "/Width", LONGEST_SIDE);
    source->n_rows = read_count(r, stream, "/Height", LONGEST_SIDE);
    source->is_stencil = is_on(r, stream, "/ImageMask");
    source->interpolates = is_on(r, stream, "/Interpolate");
    source->has_soft_mask = seen_obj_is_stream(r->pdf, seen_obj_key(r->pdf, stream, "/SMask")) ||
                            read_count(r, stream, "/SMaskInData", 2) > 0;
    source->bits = source->is_stencil ? 1 : (uint8_t)read_count(r, stream, "/BitsPerComponent", 16);
    source->filter = read_filter(r, stream);
    if (!source->bits) source->bits = 8; /* of JPEG 2000, which says it by itself */
    seen_obj space = seen_obj_key(r->pdf, stream, "/ColorSpace");
    if (source->is_stencil)
        source->space = (seen_ink_space){.space = SEEN_GRAY, .n_components = 1, .name = BT_STR("")};
    else if (!space && bt_str_is(source->filter, "JPXDecode"))
        source->space = space_of_jpx(r, stream);
    else
        source->space = seen_space_read(r, space);
    read_decode(r, source);
}

static bool same_source(const void *one, const void *other)
{
    const seen_source *a = one, *b = other;
    return a->object == b->object;
}

/* Read once a file. */
const seen_source *seen_source_open(seen_reader *r, seen_obj stream)
{
    const seen_source wanted = {.object = seen_obj_id(r->pdf, stream)};
    const uint64_t hash = wanted.object * 0x9e3779b97f4a7c15u;
    seen_slot *slot = wanted.object ? seen_table_slot(r->arena, &r->known->pictures, hash, &wanted, same_source) : NULL;
    if (slot && slot->thing) return slot->thing;
    seen_source *source = BT_NEW(r->arena, seen_source);
    if (!source) return NULL;
    read_source(r, stream, source);
    source->stored = digest_source(r, source);
    if (slot) seen_table_fill(&r->known->pictures, slot, source);
    return source;
}

/* --- painting --- */

/* Only a stencil is painted with the colour at hand. */
static const seen_paint *paint_for(seen_reader *r, const seen_source *source)
{
    if (source->is_stencil) return seen_paint_for(r, SEEN_FILLS);
    const seen_color *fill = r->state.fill;
    r->state.fill = NULL;
    r->state.paint = NULL;
    const seen_paint *paint = seen_paint_for(r, SEEN_FILLS);
    r->state.fill = fill;
    r->state.paint = NULL;
    return paint;
}

static double ppi(uint32_t n, double length) { return length > 0 ? n * 72.0 / length : 0; }

static void note_picture(seen_reader *r, const seen_source *source, bool is_inline)
{
    static const seen_box unit = {0, 0, 1, 1};
    const seen_paint *paint = paint_for(r, source);
    const seen_box whole = seen_box_through(&unit, &r->state.ctm), seen = seen_common(&whole, &r->state.clip);
    if (!paint || !seen_box_is_finite(&whole)) return;
    seen_picture *p = BT_PUSH(r->arena, &r->page->pictures);
    if (!p) return;
    const seen_ink_space *space = &source->space;
    seen_ink_space shown = *space;
    uint32_t n;
    if (space->table) seen_table_bytes(space->table, &shown, &n);
    *p = (seen_picture){
        .whole = whole,
        .box = seen.x0 <= seen.x1 ? seen : whole,
        .matrix = r->state.ctm,
        .n_columns = source->n_columns,
        .n_rows = source->n_rows,
        .bits = source->bits,
        .ppi_x = ppi(source->n_columns, hypot(r->state.ctm.a, r->state.ctm.b)),
        .ppi_y = ppi(source->n_rows, hypot(r->state.ctm.c, r->state.ctm.d)),
        .space = space->space,
        .space_name = space->name,
        .n_components = shown.n_components,
        .is_stencil = source->is_stencil,
        .has_soft_mask = source->has_soft_mask,
        .is_inline = is_inline,
        .interpolates = source->interpolates,
        .filter = source->filter,
        .stored = source->stored,
        .object = is_inline ? 0 : source->object,
        .source = source,
        .paint = paint,
        .mark = *r->mark,
        .is_hidden = r->is_off || seen.x0 > seen.x1 || source->is_off,
        .order = r->order++,
    };
    r->page->is_transparent |= source->has_soft_mask;
}

void seen_do_picture(seen_reader *r, const seen_source *source) { note_picture(r, source, false); }

/* --- inline pictures --- */

static void write_value(const seen_scan *s, const seen_operand *value, bt_buf *out)
{
    static const char digits[] = "0123456789abcdef";
    switch (value->kind) {
    case SEEN_NUMBER:
        bt_buf_add_fixed(out, llround(fmin(fmax(value->number, -1e9), 1e9) * 1e6), 6);
        break;
    case SEEN_STRING:
    case SEEN_NAME:
        bt_buf_add_char(out, value->kind == SEEN_NAME ? '/' : '<');
        for (size_t i = 0; i < value->text.len; i++) {
            const unsigned char c = (unsigned char)value->text.ptr[i];
            if (value->kind == SEEN_NAME && !c) continue;
            if (value->kind == SEEN_NAME) bt_buf_add_char(out, '#');
            bt_buf_add_char(out, digits[c >> 4]);
            bt_buf_add_char(out, digits[c & 15]);
        }
        if (value->kind == SEEN_STRING) bt_buf_add_char(out, '>');
        break;
    case SEEN_ARRAY:
    case SEEN_DICT:
        bt_buf_add_z(out, value->kind == SEEN_ARRAY ? "[" : "<<");
        for (uint32_t i = value->begin; i < value->end; i = seen_scan_after(s, i)) write_value(s, &s->items.v[i], out);
        bt_buf_add_z(out, value->kind == SEEN_ARRAY ? "]" : ">>");
        break;
    case SEEN_WORD:
        bt_buf_add(out, value->text);
        break;
    }
    bt_buf_add_char(out, ' ');
}

static bt_str full_key(bt_str key)
{
    static const char *const full[][2] = {{"BPC", "BitsPerComponent"},
                                          {"CS", "ColorSpace"},
                                          {"D", "Decode"},
                                          {"DP", "DecodeParms"},
                                          {"F", "Filter"},
                                          {"H", "Height"},
                                          {"IM", "ImageMask"},
                                          {"I", "Interpolate"},
                                          {"W", "Width"},
                                          {"L", "Length"}};
    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        if (bt_str_is(key, full[i][0])) return bt_str_of(full[i][1]);
    return key;
}

/* The dictionary as one of an image XObject, for libqpdf. A dictionary within has as many keys as values. */
static bt_str inline_dictionary(seen_reader *r, const seen_scan *s)
{
    bt_buf out = bt_buf_in(r->scratch);
    bt_buf_add_z(&out, "<<");
    for (uint32_t i = 0; i + 1 < s->n_operands; i += 2) {
        seen_operand key = s->operands[i];
        if (key.kind != SEEN_NAME) break;
        key.text = full_key(key.text);
        write_value(s, &key, &out);
        write_value(s, &s->operands[i + 1], &out);
    }
    bt_buf_add_z(&out, ">>");
    return bt_buf_str(&out);
}

/* How many bytes there are where no filter says otherwise; 0: not known. */
static size_t inline_length(seen_reader *r, const seen_source *source)
{
    uint32_t length = read_count(r, source->stream, "/Length", UINT32_MAX);
    if (length || source->filter.len) return length;
    const uint64_t bits = (uint64_t)source->n_columns * source->bits * seen_source_stored(source);
    return (size_t)((bits + 7) / 8 * source->n_rows);
}

void seen_op_BI(seen_reader *r)
{
    seen_scan *s = r->work->scan;
    bt_str id;
    if (!seen_scan_next(s, &id) || !bt_str_is(id, "ID")) return;
    seen_source *source = BT_NEW(r->arena, seen_source);
    if (!source) return;
    bt_str dictionary = inline_dictionary(r, s);
    seen_obj stream = seen_pdf_new_stream(r->pdf, r->scratch, dictionary);
    read_source(r, stream, source);
    bt_str bytes = seen_scan_picture(s, inline_length(r, source));
    seen_pdf_fill_stream(r->pdf, stream, bytes);
    source->stored = digest_source(r, source);
    note_picture(r, source, true);
}
