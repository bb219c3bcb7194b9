/* samples.c - see samples.h. Of PNG's filters (predictor 15) three are tried on each row: none, left, up; the one that
 * leaves the smallest differences is taken.
 */
#include "pdf/samples.h"

#include <libdeflate.h>
#include <string.h>

/* libdeflate's levels. Measured on three dense pages, 33.0 KB: 10.8 KB in 0.53 ms at 9, 10.9 in 0.23 at 6, 11.6 in 0.08
 * at 1. */
enum { WELL = 6, QUICKLY = 1 };

bt_deflater *bt_deflater_new(bool is_quick)
{
    return (bt_deflater *)libdeflate_alloc_compressor(is_quick ? QUICKLY : WELL);
}

void bt_deflater_drop(bt_deflater *deflater)
{
    libdeflate_free_compressor((struct libdeflate_compressor *)deflater); /* NULL is passed over */
}

bt_str bt_deflate(bt_deflater *deflater, bt_arena *arena, bt_str bytes)
{
    struct libdeflate_compressor *compressor = (struct libdeflate_compressor *)deflater;
    size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.len);
    char *out = bt_arena_alloc_unset(arena, bound);
    if (!out) return BT_STR("");
    return (bt_str){out, libdeflate_zlib_compress(compressor, bytes.ptr, bytes.len, out, bound)};
}

/* With a compressor of its own: two threads may be at it. */
static void make_deflated(void *user)
{
    bt_deflating *d = user;
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(WELL);
    if (!compressor) return;
    d->made = (bt_str){d->room, libdeflate_zlib_compress(compressor, d->bytes.ptr, d->bytes.len, d->room, d->n_room)};
    libdeflate_free_compressor(compressor);
}

bool bt_deflating_begin(bt_deflating *d, bt_beside *beside, bt_arena *arena, bt_str bytes)
{
    size_t n_room = libdeflate_zlib_compress_bound(NULL, bytes.len);
    char *room = bt_arena_alloc_unset(arena, n_room);
    if (!room) return false;
    *d = (bt_deflating){.bytes = bytes, .room = room, .n_room = n_room, .made = BT_STR("")};
    bt_piece_offer(&d->piece, beside, make_deflated, d);
    return true;
}

bool bt_deflating_end(bt_deflating *d, bt_str *made)
{
    bt_piece_wait(&d->piece);
    *made = d->made;
    return d->made.len > 0;
}

enum { FILTER_NONE, FILTER_LEFT, FILTER_UP, N_FILTERS };

/* Writes the row less another, both n bytes, and tells how far from zero it is: what is near zero, from either side,
 * deflates well. */
static uint64_t subtract(uint8_t *out, const uint8_t *row, const uint8_t *other, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = (uint8_t)(row[i] - other[i]);
        sum += out[i] < 128 ? out[i] : 256u - out[i];
    }
    return sum;
}

/* blank: n bytes of nothing. */
static uint64_t filter_row(uint8_t *out, int filter, const uint8_t *row, const uint8_t *above, const uint8_t *blank,
                           size_t n, size_t pixel)
{
    if (filter == FILTER_NONE) return subtract(out, row, blank, n);
    if (filter == FILTER_UP) return subtract(out, row, above ? above : blank, n);
    return subtract(out, row, blank, pixel) + subtract(out + pixel, row + pixel, row, n - pixel);
}

static int best_filter(uint8_t *out, const uint8_t *row, const uint8_t *above, const uint8_t *blank, size_t n,
                       size_t pixel)
{
    int best = FILTER_NONE;
    uint64_t least = UINT64_MAX;
    for (int filter = FILTER_NONE; filter < N_FILTERS; filter++) {
        uint64_t sum = filter_row(out, filter, row, above, blank, n, pixel);
        if (sum >= least) continue;
        least = sum;
        best = filter;
    }
    return best;
}

bt_str bt_samples_deflate(bt_deflater *deflater, bt_arena *scratch, bt_arena *arena, const uint8_t *samples,
                          uint32_t width, uint32_t height, size_t pixel)
{
    size_t n = width * pixel;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    uint8_t *rows = bt_arena_array(scratch, height, n + 1), *blank = bt_arena_alloc(scratch, n);
    bt_str packed = BT_STR("");
    for (uint32_t y = 0; rows && blank && y < height && n; y++) {
        const uint8_t *row = samples + y * n, *above = y ? row - n : NULL;
        uint8_t *out = rows + y * (n + 1);
        int filter = best_filter(out + 1, row, above, blank, n, pixel);
        *out = (uint8_t)filter;
        filter_row(out + 1, filter, row, above, blank, n, pixel);
    }
    if (rows && blank)
        packed = bt_str_copy(arena, bt_deflate(deflater, scratch, (bt_str){(const char *)rows, height * (n + 1)}));
    bt_arena_rewind(scratch, mark);
    return packed;
}

/* --- bytes that are no pixels --- */

/* How far bytes are from those so many before them, one byte in seven. before 0: from zero. */
static uint64_t distance(bt_str bytes, size_t before)
{
    enum { STEP = 7 }; /* by and by at all places of a pixel */
    const uint8_t *v = (const uint8_t *)bytes.ptr;
    uint64_t sum = 0;
    for (size_t i = STEP + 1; i < bytes.len; i += STEP) {
        uint8_t less = (uint8_t)(v[i] - (before ? v[i - before] : 0));
        sum += less < 128 ? less : 256u - less;
    }
    return sum;
}

/* The longest row that n pixels are rows of; 0: none that is worth its filter's byte. */
static uint32_t columns_of(size_t n)
{
    enum { MOST = 2048, FEWEST = 64 };
    uint32_t columns = MOST;
    while (columns >= FEWEST && n % columns != 0) columns--;
    return columns >= FEWEST ? columns : 0;
}

static void choose_pixel(bt_lean *lean)
{
    static const uint32_t pixels[] = {2, 4, 6, 8};
    uint64_t least = distance(lean->bytes, 0) / 4 * 3; /* else it is not worth it */
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++) {
        uint32_t columns = lean->bytes.len % pixels[i] ? 0 : columns_of(lean->bytes.len / pixels[i]);
        uint64_t far = columns ? distance(lean->bytes, pixels[i]) : least;
        if (far >= least) continue;
        least = far;
        lean->pixel = pixels[i];
        lean->columns = columns;
    }
}

bt_lean bt_samples_lean(bt_arena *arena, bt_str bytes)
{
    bt_lean lean = {.bytes = bytes};
    choose_pixel(&lean);
    size_t row = (size_t)lean.pixel * lean.columns, n_rows = row ? bytes.len / row : 0;
    uint8_t *out = n_rows ? bt_arena_alloc_unset(arena, bytes.len + n_rows) : NULL;
    if (!out) return (bt_lean){.bytes = bytes};
    lean.bytes = (bt_str){(const char *)out, bytes.len + n_rows};
    const uint8_t *from = (const uint8_t *)bytes.ptr;
    for (size_t i = 0; i < n_rows; i++, from += row) {
        *out++ = FILTER_LEFT;
        memcpy(out, from, lean.pixel);
        subtract(out + lean.pixel, from + lean.pixel, from, row - lean.pixel);
        out += row;
    }
    return lean;
}
