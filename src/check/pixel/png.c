/* png.c - a page as a PNG of 8 bits and three channels.
 *
 * Pages are flat for the most part, which deflates best as it is; a row of which most pixels are not as their left
 * neighbour is one of a picture, which deflates better as differences.
 */
#include "check/pixel/pixel_int.h"

#include <libdeflate.h>
#include <string.h>

enum { PNG_CHANNELS = 3, FILTER_NONE = 0, FILTER_SUB = 1, LEVEL = 5, PNG_BITS = 8, PNG_RGB = 2 };

static void put_number(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (PNG_BITS * (3 - i)));
}

static bool is_picture(const uint32_t *row, uint32_t width)
{
    uint32_t n = 0;
    for (uint32_t x = 1; x < width; x++) n += row[x] != row[x - 1];
    return n > width / 2;
}

/* A filter's byte, and the row. */
static void put_row(uint8_t *to, const uint32_t *row, uint32_t width)
{
    bool is_sub = is_picture(row, width);
    uint32_t before = 0;
    *to++ = is_sub ? FILTER_SUB : FILTER_NONE;
    for (uint32_t x = 0; x < width; x++) {
        for (int shift = PNG_BITS * (PNG_CHANNELS - 1); shift >= 0; shift -= PNG_BITS)
            *to++ = (uint8_t)((row[x] >> shift) - (before >> shift));
        if (is_sub) before = row[x];
    }
}

static void put_chunk(bt_buf *png, const char *name, const void *bytes, size_t size)
{
    uint8_t number[4];
    put_number(number, (uint32_t)size);
    bt_buf_add(png, (bt_str){(const char *)number, sizeof number});
    bt_buf_add_z(png, name);
    bt_buf_add(png, (bt_str){bytes, size});
    put_number(number, libdeflate_crc32(libdeflate_crc32(0, name, strlen(name)), bytes, size));
    bt_buf_add(png, (bt_str){(const char *)number, sizeof number});
}

/* The rows, deflated; in the scratch. */
static bt_str deflated(bt_arena *scratch, const pixmap *map)
{
    size_t row_size = 1 + (size_t)map->width * PNG_CHANNELS, size = row_size * map->height;
    uint8_t *rows = bt_arena_alloc_unset(scratch, size);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t room = compressor ? libdeflate_zlib_compress_bound(compressor, size) : 0;
    uint8_t *to = room ? bt_arena_alloc_unset(scratch, room) : NULL;
    size_t n = 0;
    if (rows && to) {
        for (uint32_t y = 0; y < map->height; y++)
            put_row(rows + y * row_size, map->v + (size_t)y * map->row, map->width);
        n = libdeflate_zlib_compress(compressor, rows, size, to, room);
    }
    if (compressor) libdeflate_free_compressor(compressor);
    return (bt_str){to ? (const char *)to : "", n};
}

bt_str pixel_png(bt_arena *arena, const pixmap *map)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    enum { HEAD_SIZE = 13, WIDTH_AT = 0, HEIGHT_AT = 4, BITS_AT = 8, KIND_AT = 9 };
    uint8_t head[HEAD_SIZE] = {[BITS_AT] = PNG_BITS, [KIND_AT] = PNG_RGB};
    put_number(head + WIDTH_AT, map->width);
    put_number(head + HEIGHT_AT, map->height);
    bt_arena scratch = bt_arena_over(arena->allocator);
    bt_str rows = deflated(&scratch, map);
    bt_buf png = bt_buf_in(arena);
    if (rows.len) {
        bt_buf_add(&png, (bt_str){(const char *)signature, sizeof signature});
        put_chunk(&png, "IHDR", head, sizeof head);
        put_chunk(&png, "IDAT", rows.ptr, rows.len);
        put_chunk(&png, "IEND", "", 0);
    }
    bt_arena_drop(&scratch);
    return rows.len ? bt_buf_str(&png) : BT_STR("");
}
