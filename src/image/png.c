/* png.c - PNG files of every colour type and depth become 8-bit gray or RGB samples, with alpha apart.
 *
 * The header is checked here, before libpng sees the file. A colour profile is kept; without one the values are sRGB,
 * which is what office software writes: gAMA and cHRM, where they stand, say the same less exactly, and are not looked
 * at. A palette of grays gives gray samples.
 */
#include "base/limits.h"
#include "image/image_int.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

enum {
    SIGNATURE_SIZE = 8,
    SMALLEST_FILE = 33, /* signature and IHDR */
    WIDTH_AT = 16,      /* places in the file of what IHDR tells */
    HEIGHT_AT = 20,
    DEPTH_AT = 24,
    COLOR_TYPE_AT = 25,
    LARGEST_INFLATION = 1032, /* what deflate can make of one byte */
};

typedef struct png_reader {
    const bt_image_source *source;
    bt_image *out;
    png_structp png;
    png_infop info;
    size_t at; /* next byte of the file */
    bool is_cut_short;
    char trouble[80]; /* libpng's words */
    bool has_odd_profile;
    /* known after begin() */
    int n_channels; /* as libpng gives them: 1 to 4 */
    bool has_alpha; /* the last channel */
    int n_passes;   /* 7 when interlaced */
    uint8_t *rows, *samples, *alpha;
    bt_arena_mark before_alpha;
    uint32_t n_rows_kept; /* in `rows` */
    size_t row_size;
} png_reader;

/* libpng leaves a faulty file by longjmp and in no other way; returning from its error function ends in abort(). So
 * this is the one place with a setjmp: it keeps no state of its own, a step keeps its state in the reader, and all
 * memory is in arenas, so that a jump leaks nothing and leaves no variable undefined. */
static bool attempt(png_reader *reader, void (*step)(png_reader *reader))
{
    if (setjmp(png_jmpbuf(reader->png))) return false;
    step(reader);
    return true;
}

static void on_error(png_structp png, png_const_charp text)
{
    png_reader *reader = png_get_error_ptr(png);
    strncpy(reader->trouble, text, sizeof reader->trouble - 1);
    png_longjmp(png, 1);
}

/* A chunk that libpng leaves out, beginning with its name; also one of no weight. */
static void on_warning(png_structp png, png_const_charp text)
{
    png_reader *reader = png_get_error_ptr(png);
    if (strncmp(text, "iCCP", 4) == 0) reader->has_odd_profile = true;
}

static png_voidp allocate(png_structp png, png_alloc_size_t size) { return bt_arena_alloc(png_get_mem_ptr(png), size); }

/* The arena takes it all back at once. */
static void release(png_structp png, png_voidp block)
{
    (void)png;
    (void)block;
}

static void read_bytes(png_structp png, png_bytep to, size_t size)
{
    png_reader *reader = png_get_io_ptr(png);
    bt_str bytes = reader->source->bytes;
    if (size > bytes.len - reader->at) {
        reader->is_cut_short = true;
        png_error(png, "the file ends early");
    }
    memcpy(to, bytes.ptr + reader->at, size);
    reader->at += size;
}

static void read_header(png_reader *reader)
{
    static const png_byte profile_chunk[] = {'i', 'C', 'C', 'P', 0};
    png_structp png = reader->png;
    png_set_read_fn(png, reader, read_bytes);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);         /* checked by us, as one product */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1); /* -1: and texts, profiles, dates ... too */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, profile_chunk, 1);
    png_set_chunk_malloc_max(png, BT_LIMIT_PICTURE_PROFILE_BYTES);
    png_read_info(png, reader->info);
    png_set_expand(png); /* palette to RGB, less than 8 bits to 8, tRNS to alpha */
    png_set_scale_16(png);
    reader->n_passes = png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
    reader->n_channels = png_get_channels(png, reader->info);
    reader->has_alpha = reader->n_channels == 2 || reader->n_channels == 4;
    reader->row_size = png_get_rowbytes(png, reader->info);
}

/* A palette that an RGB file carries is a mere suggestion and does not count. */
static bool has_gray_palette(const png_reader *reader)
{
    png_colorp palette;
    int n = 0;
    if (reader->source->bytes.ptr[COLOR_TYPE_AT] != PNG_COLOR_TYPE_PALETTE) return false;
    if (!png_get_PLTE(reader->png, reader->info, &palette, &n) || !n) return false;
    for (int i = 0; i < n; i++) {
        if (palette[i].red != palette[i].green || palette[i].red != palette[i].blue) return false;
    }
    return true;
}

/* Room for the samples. Rows that hold more than the samples go through `rows`: all of them when interlaced. */
static bool make_room(png_reader *reader)
{
    const bt_image *out = reader->out;
    size_t n_pixels = (size_t)out->width * out->height;
    reader->samples = bt_arena_array(reader->source->arena, n_pixels, out->space);
    if (reader->n_channels == (int)out->space) return reader->samples;
    reader->n_rows_kept = reader->n_passes > 1 ? out->height : 1;
    reader->rows = bt_arena_array(reader->source->scratch, reader->n_rows_kept, reader->row_size);
    reader->before_alpha = bt_arena_set_mark(reader->source->arena);
    if (reader->has_alpha) reader->alpha = bt_arena_alloc(reader->source->arena, n_pixels);
    return reader->samples && reader->rows && (!reader->has_alpha || reader->alpha);
}

/* Takes colour and alpha of row y apart. */
static void split_row(png_reader *reader, const uint8_t *row, uint32_t y)
{
    size_t width = reader->out->width, space = reader->out->space, n_channels = (size_t)reader->n_channels;
    uint8_t *samples = reader->samples + y * width * space;
    for (size_t x = 0; x < width; x++, row += n_channels) {
        for (size_t i = 0; i < space; i++) *samples++ = row[i];
        if (reader->has_alpha) reader->alpha[y * width + x] = row[n_channels - 1];
    }
}

static void read_rows(png_reader *reader)
{
    for (int pass = 0; pass < reader->n_passes; pass++) {
        for (uint32_t y = 0; y < reader->out->height; y++) {
            uint8_t *row = reader->rows ? reader->rows + (y % reader->n_rows_kept) * reader->row_size
                                        : reader->samples + y * reader->row_size;
            png_read_row(reader->png, row, NULL);
            if (reader->rows && pass + 1 == reader->n_passes) split_row(reader, row, y);
        }
    }
}

static void read_profile(png_reader *reader)
{
    png_charp name;
    png_bytep profile;
    png_uint_32 size;
    int compression;
    if (png_get_iCCP(reader->png, reader->info, &name, &compression, &profile, &size))
        reader->out->profile = bt_str_copy(reader->source->arena, (bt_str){(const char *)profile, (size_t)size});
    else if (reader->has_odd_profile)
        bt_image_no_profile(reader->source,
                            BT_SAY(reader->source->diags, "it does not fit the picture, or is damaged"));
}

static void read_end(png_reader *reader) { png_read_end(reader->png, NULL); }

static bool is_opaque(const uint8_t *alpha, size_t n_pixels)
{
    for (size_t i = 0; i < n_pixels; i++) {
        if (alpha[i] != 255) return false;
    }
    return true;
}

static bt_status why(const png_reader *reader)
{
    const bt_image_source *source = reader->source;
    if (source->arena->failed || source->scratch->failed) return BT_NOMEM;
    return reader->is_cut_short ? bt_image_cut_short(source)
                                : bt_image_damaged(source, bt_say_foreign(source->diags, bt_str_of(reader->trouble)));
}

static bt_status decode(png_reader *reader)
{
    bt_image *out = reader->out;
    if (!attempt(reader, read_header)) return why(reader);
    out->space = reader->n_channels >= 3 && !has_gray_palette(reader) ? BT_SPACE_RGB : BT_SPACE_GRAY;
    if (out->space == BT_SPACE_RGB && !attempt(reader, read_profile)) return why(reader);
    if (!make_room(reader)) return BT_NOMEM;
    if (!attempt(reader, read_rows)) return why(reader);
    if (!attempt(reader, read_end)) {
        if (reader->source->scratch->failed) return BT_NOMEM;
        bt_diag(reader->source->diags, BT_W_PICTURE_NO_END, reader->source->at, BT_ARGS(reader->source->name));
    }
    out->kind = BT_IMAGE_SAMPLES;
    out->samples = reader->samples;
    out->alpha = reader->alpha;
    if (out->alpha && is_opaque(out->alpha, (size_t)out->width * out->height)) {
        bt_arena_rewind(reader->source->arena, reader->before_alpha);
        out->alpha = NULL;
    }
    return BT_OK;
}

static uint32_t big_endian(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The size and whether the file is long enough to hold that many pixels, before anything is allocated for them. */
static bt_status check_header(const bt_image_source *source, bt_image *out)
{
    bt_str bytes = source->bytes;
    if (bytes.len < SMALLEST_FILE) return bt_image_cut_short(source);
    if (memcmp(bytes.ptr, "\x89PNG\r\n\x1A\n", SIGNATURE_SIZE) != 0) {
        return bt_image_damaged(source,
                                BT_SAY(source->diags, "its first bytes were changed, as by a transfer in text mode"));
    }
    if (memcmp(bytes.ptr + 12, "IHDR", 4) != 0)
        return bt_image_damaged(source, BT_SAY(source->diags, "it has no header"));
    bt_status status =
        bt_image_set_size(source, big_endian(bytes.ptr + WIDTH_AT), big_endian(bytes.ptr + HEIGHT_AT), out);
    if (status != BT_OK) return status;
    static const uint8_t n_channels[] = {1, 0, 3, 1, 2, 0, 4}; /* by colour type; libpng refuses others */
    uint8_t depth = (uint8_t)bytes.ptr[DEPTH_AT], type = (uint8_t)bytes.ptr[COLOR_TYPE_AT];
    uint64_t n_bits = (uint64_t)out->width * out->height * depth * (type < sizeof n_channels ? n_channels[type] : 0);
    return n_bits / 8 > (uint64_t)bytes.len * LARGEST_INFLATION ? bt_image_cut_short(source) : BT_OK;
}

bt_status bt_image_read_png(const bt_image_source *source, bt_image *out)
{
    bt_status status = check_header(source, out);
    if (status != BT_OK) return status;
    png_reader reader = {.source = source, .out = out};
    /* Creating cannot jump here: libpng catches its own errors meanwhile and gives NULL. */
    reader.png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &reader, on_error, on_warning, source->scratch,
                                          allocate, release);
    if (reader.png) reader.info = png_create_info_struct(reader.png);
    if (reader.info)
        status = decode(&reader);
    else
        status = BT_NOMEM;
    png_destroy_read_struct(reader.png ? &reader.png : NULL, &reader.info, NULL); /* zlib's state, all in the arena */
    return status;
}
