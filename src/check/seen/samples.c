/* samples.c - the samples of a picture, as 8 bits a component, whatever they are stored as. */
#include "check/seen/source.h"

#include <math.h>

/* What the n_values of a row are read with. */
typedef struct unpacker {
    const seen_source *source;
    uint32_t n_stored; /* components as stored */
    uint32_t n_out;
    seen_ink_space base; /* of a table; */
    bt_str table;
    uint32_t n_entries;
} unpacker;

static uint32_t value_at(const unsigned char *row, uint32_t i, uint32_t bits)
{
    switch (bits) {
    case 8:
        return row[i];
    case 16:
        return row[2 * (size_t)i] * 256u + row[2 * (size_t)i + 1];
    default: {
        const size_t at = (size_t)i * bits;
        return ((uint32_t)row[at / 8] >> (8 - bits - at % 8)) & ((1u << bits) - 1);
    }
    }
}

static unsigned char to_byte(double v) { return (unsigned char)lround(fmin(fmax(v, 0), 1) * 255); }

/* What Decode makes of a value, as a part of the range that is usual for the space. */
static double decoded(const unpacker *u, uint32_t component, double v)
{
    const double *decode = u->source->decode;
    if (!decode) return v;
    const double x = decode[2 * component] + v * (decode[2 * component + 1] - decode[2 * component]);
    if (u->source->space.space != SEEN_LAB) return x;
    return component ? (x + 100) / 200 : x / 100;
}

static void look_up(const unpacker *u, uint32_t value, uint32_t most, unsigned char *out)
{
    const double *decode = u->source->decode;
    double index = value;
    if (decode) index = decode[0] + value * (decode[1] - decode[0]) / most;
    const uint32_t i = index > 0 ? (uint32_t)fmin(index + 0.5, u->n_entries - 1) : 0;
    for (uint32_t k = 0; k < u->n_out; k++) {
        const size_t at = (size_t)i * u->n_out + k;
        out[k] = at < u->table.len ? (unsigned char)u->table.ptr[at] : 0;
    }
}

static void unpack_row(const unpacker *u, const unsigned char *row, unsigned char *out)
{
    const uint32_t bits = u->source->bits, most = (1u << bits) - 1;
    if (bits == 8 && !u->source->decode && !u->source->space.table) {
        memcpy(out, row, (size_t)u->source->n_columns * u->n_out);
        return;
    }
    for (uint32_t x = 0; x < u->source->n_columns; x++, out += u->n_out) {
        if (u->source->space.table) {
            look_up(u, value_at(row, x, bits), most, out);
            continue;
        }
        for (uint32_t k = 0; k < u->n_out; k++)
            out[k] = to_byte(decoded(u, k, value_at(row, x * u->n_stored + k, bits) / (double)most));
    }
}

static bool can_unpack(const seen_source *source, uint32_t n_out)
{
    const uint64_t pixels = (uint64_t)source->n_columns * source->n_rows;
    const uint32_t bits = source->bits;
    return pixels && pixels <= BT_LIMIT_IMAGE_PIXELS && n_out && n_out <= SEEN_MOST_COMPONENTS &&
           pixels * n_out <= BT_LIMIT_PDF_STREAM_BYTES &&
           (bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16);
}

static bool can_decode(bt_str filter)
{
    return !bt_str_is(filter, "JPXDecode") && !bt_str_is(filter, "JBIG2Decode") && !bt_str_is(filter, "CCITTFaxDecode");
}

/* A row that is not there, since the stream ends before, is of zeros. */
static bt_status unpack(const unpacker *u, bt_arena *arena, bt_str bytes, bt_str *samples)
{
    const seen_source *source = u->source;
    const size_t row_size = ((size_t)source->n_columns * u->n_stored * source->bits + 7) / 8;
    const size_t out_size = (size_t)source->n_columns * u->n_out;
    if (bt_str_is(source->filter, "DCTDecode") && bytes.len != row_size * source->n_rows) return BT_INPUT;
    unsigned char *out = BT_NEW_ARRAY_UNSET(arena, out_size * source->n_rows, unsigned char);
    unsigned char *last = BT_NEW_ARRAY(arena, row_size + 1, unsigned char);
    if (!out || !last) return BT_NOMEM;
    for (uint32_t y = 0; y < source->n_rows; y++) {
        const size_t at = row_size * y, there = at < bytes.len ? bytes.len - at : 0;
        const unsigned char *row = (const unsigned char *)bytes.ptr + at;
        if (there < row_size) {
            memset(last, 0, row_size);
            if (there) memcpy(last, row, there);
            row = last;
        }
        unpack_row(u, row, out + out_size * y);
    }
    *samples = (bt_str){(const char *)out, out_size * source->n_rows};
    return BT_OK;
}

bt_status seen_samples(const seen_file *file, const seen_page *page, const seen_picture *picture, bt_arena *arena,
                       bt_str *samples)
{
    (void)page;
    const seen_source *source = picture->source;
    *samples = BT_STR("");
    unpacker u = {.source = source, .n_stored = seen_source_stored(source)};
    u.n_out = u.n_stored;
    if (source->space.table) {
        u.table = seen_table_bytes(source->space.table, &u.base, &u.n_entries);
        u.n_out = u.base.n_components;
    }
    if (!can_unpack(source, u.n_out) || !can_decode(source->filter)) return BT_INPUT;
    bt_str bytes;
    bt_status status = seen_obj_stream(file->pdf, arena, source->stream, SEEN_DECODED, &bytes);
    return status == BT_OK ? unpack(&u, arena, bytes, samples) : status;
}
