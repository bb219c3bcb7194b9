/* test_image.c - pictures: pixel values of every kind of PNG, kinds of JPEG, the exact points of SVG paths, bad files,
 * the cache, and what happens when memory runs out at any allocation.
 *
 *     test_image [folder]    folder: where make_images.py has written its files; without it, it is called here
 *
 * Works in a fresh folder under TMPDIR (else /tmp), removed at the end.
 */
#include "unit/image_heard.h"

#include "base/file.h"
#include "base/limits.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>

enum { WIDTH = 13, HEIGHT = 11 }; /* of make_images.py's files */

static char folder[512];

static void write_file(bt_str path, bt_str bytes)
{
    FILE *file = fopen(bt_str_z(&arena, path), "wb");
    CHECK(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
    if (file) fclose(file);
}

/* ---- PNG ---- */

static const int palette_size = 5;
static const int transparency[] = {0, 60, 120};

static int raw_sample(int x, int y, int c, int depth)
{
    return (x * 37 + y * 101 + c * 53 + 7) * (depth == 16 ? 257 : 1) % (1 << depth);
}

static int sample8(int x, int y, int c, int depth)
{
    int most = (1 << depth) - 1;
    return (raw_sample(x, y, c, depth) * 255 * 2 + most) / (most * 2); /* to the nearest */
}

static int palette_value(int index, int c)
{
    return c == 0 ? index * 40 % 256 : c == 1 ? index * 70 % 256 : 255 - index;
}

typedef struct png_case {
    const char *name;
    char kind; /* 's'amples, 'p'alette, 'g'ray palette, 'k'ey colour transparent, 'b': palette of nearly grays */
    int depth;
    int space;
    bool has_alpha;
} png_case;

static bool is_key(int x, int y, int space, int depth)
{
    for (int c = 0; c < space; c++) {
        if (raw_sample(x, y, c, depth) != raw_sample(2, 3, c, depth)) return false;
    }
    return true;
}

static int expected_sample(const png_case *one, int x, int y, int c)
{
    int n_colors = palette_size < 1 << one->depth ? palette_size : 1 << one->depth;
    int index = (x + y * 3) % n_colors;
    switch (one->kind) {
    case 'p':
        return palette_value(index, c);
    case 'g':
        return index * 50;
    case 'b':
        return index * 50 + (index == 4 && c == 2);
    default:
        return sample8(x, y, c, one->depth);
    }
}

static int expected_alpha(const png_case *one, int x, int y)
{
    int n_colors = palette_size < 1 << one->depth ? palette_size : 1 << one->depth;
    int index = (x + y * 3) % n_colors;
    if (one->kind == 'k') return is_key(x, y, one->space, one->depth) ? 0 : 255;
    if (one->kind == 's') return sample8(x, y, one->space, one->depth);
    return index < 3 ? transparency[index] : 255;
}

static bool pixels_match(const png_case *one, const bt_image *image)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int at = y * WIDTH + x;
            for (int c = 0; c < one->space; c++) {
                if (image->samples[at * one->space + c] != expected_sample(one, x, y, c)) return false;
            }
            if (one->has_alpha && image->alpha[at] != expected_alpha(one, x, y)) return false;
        }
    }
    return true;
}

static void test_png(const char *images)
{
    static const png_case cases[] = {
        {"gray1", 's', 1, 1, false},          {"gray1i", 's', 1, 1, false},         {"gray2", 's', 2, 1, false},
        {"gray2i", 's', 2, 1, false},         {"gray4", 's', 4, 1, false},          {"gray4i", 's', 4, 1, false},
        {"gray8", 's', 8, 1, false},          {"gray8i", 's', 8, 1, false},         {"gray16", 's', 16, 1, false},
        {"gray16i", 's', 16, 1, false},       {"rgb8", 's', 8, 3, false},           {"rgb8i", 's', 8, 3, false},
        {"rgb16", 's', 16, 3, false},         {"rgb16i", 's', 16, 3, false},        {"pal1", 'p', 1, 3, false},
        {"pal1i", 'p', 1, 3, false},          {"pal2", 'p', 2, 3, false},           {"pal2i", 'p', 2, 3, false},
        {"pal4", 'p', 4, 3, false},           {"pal4i", 'p', 4, 3, false},          {"pal8", 'p', 8, 3, false},
        {"pal8i", 'p', 8, 3, false},          {"graya8", 's', 8, 1, true},          {"graya8i", 's', 8, 1, true},
        {"graya16", 's', 16, 1, true},        {"graya16i", 's', 16, 1, true},       {"rgba8", 's', 8, 3, true},
        {"rgba8i", 's', 8, 3, true},          {"rgba16", 's', 16, 3, true},         {"rgba16i", 's', 16, 3, true},
        {"pal8-trns", 'p', 8, 3, true},       {"pal4-trnsi", 'p', 4, 3, true},      {"pal8-grays", 'g', 8, 1, false},
        {"pal2-grays-trns", 'g', 2, 1, true}, {"pal8-allbutone", 'b', 8, 3, false}, {"gray8-trns", 'k', 8, 1, true},
        {"gray16-trns", 'k', 16, 1, true},    {"gray2-trns", 'k', 2, 1, true},      {"rgb8-trns", 'k', 8, 3, true},
        {"rgb16-trns", 'k', 16, 3, true},     {"rgba8-opaque", 's', 8, 3, false},   {"rgb8-plte", 's', 8, 3, false},
        {"gray8-extras", 's', 8, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const png_case *one = &cases[i];
        bt_str bytes = contents(bt_str_format(&arena, "%s/%s.png", images, one->name));
        bt_image image;
        bt_status status = read_bytes(bytes, &image);
        check_file(status == BT_OK && !heard.codes[0], one->name, __LINE__);
        if (status != BT_OK) continue;
        check_file(image.kind == BT_IMAGE_SAMPLES && image.width == WIDTH && image.height == HEIGHT, one->name,
                   __LINE__);
        check_file((int)image.space == one->space && (image.alpha != NULL) == one->has_alpha, one->name, __LINE__);
        if ((int)image.space != one->space || (image.alpha != NULL) != one->has_alpha) continue;
        check_file(pixels_match(one, &image), one->name, __LINE__);
        check_file(image.natural_width == BT_PT(WIDTH) && image.hash == bt_str_hash(bytes), one->name, __LINE__);
    }
}

static void test_bad_png(const char *images)
{
    static const struct {
        const char *name, *codes;
        bt_status status;
    } cases[] = {
        {"cut-header", "E0507", BT_INPUT},   {"cut-data", "E0507", BT_INPUT},   {"cut-between", "E0507", BT_INPUT},
        {"no-end", "W0509", BT_OK},          {"crc", "E0506", BT_INPUT},        {"header-crc", "E0506", BT_INPUT},
        {"text-mode", "E0506", BT_INPUT},    {"no-header", "E0506", BT_INPUT},  {"color-type", "E0506", BT_INPUT},
        {"depth", "E0506", BT_INPUT},        {"no-palette", "E0506", BT_INPUT}, {"zero-width", "E0506", BT_INPUT},
        {"huge", "E0508", BT_LIMIT},         {"hollow", "E0507", BT_INPUT},     {"few-rows", "E0506", BT_INPUT},
        {"not-deflated", "E0506", BT_INPUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        bt_status status = read_bytes(contents(bt_str_format(&arena, "%s/bad-%s.png", images, cases[i].name)), &image);
        check_file(status == cases[i].status && strcmp(heard.codes, cases[i].codes) == 0, cases[i].name, __LINE__);
        check_file(status == BT_OK || (!image.samples && !image.width), cases[i].name, __LINE__);
    }
    /* Wherever a file is cut, it is refused, or used with a warning when only the end mark is gone. */
    bt_str whole = contents(in_folder(images, "rgba8i.png"));
    for (size_t n = 0; n < whole.len; n++) {
        bt_image image;
        bt_status status = read_bytes(bt_str_slice(whole, 0, n), &image);
        CHECK(status == BT_INPUT || (n >= whole.len - 12 && status == BT_OK));
        CHECK(heard.codes[0]);
    }
}

static void test_png_profile(const char *images)
{
    static const struct {
        const char *name, *codes;
        size_t n;
    } cases[] = {
        {"icc-rgb8", "", 200},
        {"icc-rgba8", "", 200},
        {"icc-srgb", "", 0},
        {"icc-gray8", "", 0},
        {"rgb8", "", 0},
        {"icc-bad-none", "W0725", 0},
        {"icc-bad-cut", "W0725", 0},
        {"icc-bad-cmyk", "W0725", 0},
        {"icc-bad-gray", "W0725", 0},
        {"icc-bad-large", "W0725", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        CHECK_INT(read_bytes(contents(bt_str_format(&arena, "%s/%s.png", images, cases[i].name)), &image), BT_OK);
        check_file(strcmp(heard.codes, cases[i].codes) == 0, cases[i].name, __LINE__);
        check_file(image.profile.len == cases[i].n && (!cases[i].n || image.profile.ptr[199] == 'p'), cases[i].name,
                   __LINE__);
    }
}

/* ---- JPEG ---- */

enum { BLOCK = 8, JPEG_WIDTH = 2 * BLOCK, JPEG_HEIGHT = 4 * BLOCK };

/* What to make. */
typedef struct jpeg_plan {
    J_COLOR_SPACE from, to;
    int n_components;
    bool is_progressive, has_no_adobe;
    int orientation; /* 0: no EXIF */
    bool is_big_endian;
    size_t end; /* appended bytes */
} jpeg_plan;

/* Four quarters of one value each: 10 80 / 150 220 for the first component, 3 more for each that follows. */
static uint8_t quarter_value(unsigned x, unsigned y, int c)
{
    static const uint8_t values[2][2] = {{10, 80}, {150, 220}};
    return (uint8_t)(values[y >= JPEG_HEIGHT / 2][x >= JPEG_WIDTH / 2] + 3 * c);
}

static void write_exif(struct jpeg_compress_struct *jpeg, const jpeg_plan *plan)
{
    unsigned char little[] =
        "Exif\0\0II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x01\0\0\0x\0\0\0\x12\x01\x03\0\x01\0\0\0?\0\0\0\0\0\0\0";
    unsigned char big[] =
        "Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x0F\0\x02\0\0\0\x01x\0\0\0\x01\x12\0\x03\0\0\0\x01\0?\0\0\0\0\0\0";
    unsigned char *exif = plan->is_big_endian ? big : little;
    unsigned size = sizeof little - 1;
    for (unsigned i = 0; i < size; i++) {
        if (exif[i] == '?') exif[i] = (unsigned char)plan->orientation;
    }
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, size);
}

static bt_str make_jpeg(const jpeg_plan *plan)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = JPEG_WIDTH;
    jpeg.image_height = JPEG_HEIGHT;
    jpeg.input_components = plan->n_components;
    jpeg.in_color_space = plan->from;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, plan->to);
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
    if (plan->is_progressive) jpeg_simple_progression(&jpeg);
    if (plan->has_no_adobe) jpeg.write_Adobe_marker = FALSE;
    jpeg_start_compress(&jpeg, TRUE);
    if (plan->orientation) write_exif(&jpeg, plan);
    for (unsigned y = 0; y < JPEG_HEIGHT; y++) {
        JSAMPLE row[JPEG_WIDTH * 4], *rows = row;
        for (unsigned x = 0; x < JPEG_WIDTH; x++) {
            for (int c = 0; c < plan->n_components; c++)
                row[x * (unsigned)plan->n_components + (unsigned)c] = quarter_value(x, y, c);
        }
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    bt_str result = bt_str_copy(&arena, (bt_str){(const char *)bytes, size});
    free(bytes);
    return result;
}

static const jpeg_plan gray_plan = {.from = JCS_GRAYSCALE, .to = JCS_GRAYSCALE, .n_components = 1};
static const jpeg_plan rgb_plan = {.from = JCS_RGB, .to = JCS_YCbCr, .n_components = 3};
static const jpeg_plan cmyk_plan = {.from = JCS_CMYK, .to = JCS_CMYK, .n_components = 4};

static void test_jpeg(void)
{
    static const struct {
        jpeg_plan plan;
        bt_image_space space;
        bool is_inverted;
    } cases[] = {
        {{JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, false, 0, false, 0}, BT_SPACE_GRAY, false},
        {{JCS_GRAYSCALE, JCS_GRAYSCALE, 1, true, false, 0, false, 0}, BT_SPACE_GRAY, false},
        {{JCS_RGB, JCS_YCbCr, 3, false, false, 0, false, 0}, BT_SPACE_RGB, false},
        {{JCS_RGB, JCS_YCbCr, 3, true, false, 0, false, 0}, BT_SPACE_RGB, false},
        {{JCS_RGB, JCS_RGB, 3, false, false, 0, false, 0}, BT_SPACE_RGB, false},
        {{JCS_CMYK, JCS_CMYK, 4, false, false, 0, false, 0}, BT_SPACE_CMYK, true},
        {{JCS_CMYK, JCS_CMYK, 4, true, false, 0, false, 0}, BT_SPACE_CMYK, true},
        {{JCS_CMYK, JCS_YCCK, 4, false, false, 0, false, 0}, BT_SPACE_CMYK, true},
        {{JCS_CMYK, JCS_CMYK, 4, false, true, 0, false, 0}, BT_SPACE_CMYK, false},
        {{JCS_RGB, JCS_YCbCr, 3, false, false, 1, true, 0}, BT_SPACE_RGB, false},
        {{JCS_RGB, JCS_YCbCr, 3, false, false, 9, true, 0}, BT_SPACE_RGB, false}, /* no such orientation */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_str bytes = make_jpeg(&cases[i].plan);
        bt_image image;
        CHECK_INT(read_bytes(bytes, &image), BT_OK);
        CHECK_STR(bt_str_of(heard.codes), "");
        CHECK_INT(image.kind, BT_IMAGE_JPEG);
        CHECK_INT(image.space, cases[i].space);
        CHECK_INT(image.is_inverted, cases[i].is_inverted);
        CHECK(image.width == JPEG_WIDTH && image.height == JPEG_HEIGHT && !image.samples);
        CHECK(bt_str_equal(image.encoded, bytes));
        /* What follows the end of the picture is left out. */
        CHECK_INT(read_bytes(bt_str_join(&arena, bytes, BT_STR("\xFF\xD8 a second picture \xFF\xD9")), &image), BT_OK);
        CHECK(bt_str_equal(image.encoded, bytes));
    }
}

/* A JPEG with segments of a colour profile: each its number, how many there are, and its bytes. */
static bt_str jpeg_with_pieces(bt_str whole, const bt_str *pieces, size_t n)
{
    bt_buf out = bt_buf_in(&arena);
    bt_buf_add(&out, bt_str_slice(whole, 0, 2));
    for (size_t i = 0; i < n; i++) {
        size_t length = 2 + 12 + pieces[i].len;
        bt_buf_add(&out, BT_STR("\xFF\xE2"));
        bt_buf_add_char(&out, (char)(length >> 8));
        bt_buf_add_char(&out, (char)(length & 255));
        bt_buf_add(&out, BT_STR("ICC_PROFILE\0"));
        bt_buf_add(&out, pieces[i]);
    }
    bt_buf_add(&out, bt_str_slice(whole, 2, whole.len));
    return bt_buf_str(&out);
}

static void test_jpeg_profile(void)
{
#define PIECE(literal) BT_STR_INIT(literal)
    static const struct {
        bt_str pieces[4];
        size_t n;
        const char *codes, *profile;
    } cases[] = {
        {{PIECE("\1\1all")}, 1, "", "all"},
        {{PIECE("\1\3a"), PIECE("\2\3b"), PIECE("\3\3c")}, 3, "", "abc"},
        {{PIECE("\3\3c"), PIECE("\1\3a"), PIECE("\2\3b")}, 3, "", "abc"}, /* in any order */
        {{PIECE("\1\3a"), PIECE("\3\3c")}, 2, "W0725", ""},
        {{PIECE("\1\2a"), PIECE("\1\2a"), PIECE("\2\2b")}, 3, "W0725", ""},
        {{PIECE("\1\2a"), PIECE("\2\3b")}, 2, "W0725", ""},
        {{PIECE("\0\1a")}, 1, "W0725", ""},
        {{PIECE("\2\1a")}, 1, "W0725", ""},
        {{PIECE("\1")}, 1, "W0725", ""},
    };
#undef PIECE
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        bt_str file = jpeg_with_pieces(make_jpeg(&rgb_plan), cases[i].pieces, cases[i].n);
        CHECK_INT(read_bytes(file, &image), BT_OK);
        CHECK_STR(bt_str_of(heard.codes), cases[i].codes);
        CHECK_STR(image.profile, cases[i].profile);
        CHECK(bt_str_equal(image.encoded, file));
        /* What is not RGB keeps its numbers, whatever the file says of them. */
        CHECK_INT(read_bytes(jpeg_with_pieces(make_jpeg(&cmyk_plan), cases[i].pieces, cases[i].n), &image), BT_OK);
        CHECK(!heard.codes[0] && !image.profile.len);
    }
    char *large = bt_arena_alloc(&arena, 65000);
    bt_str pieces[80];
    for (size_t i = 0; i < 80; i++) {
        pieces[i] = bt_str_copy(&arena, (bt_str){large, 65000});
        memcpy((char *)(uintptr_t)pieces[i].ptr, (const char[]){(char)(i + 1), 80}, 2);
    }
    bt_image image;
    CHECK_INT(read_bytes(jpeg_with_pieces(make_jpeg(&rgb_plan), pieces, 80), &image), BT_OK);
    CHECK_STR(bt_str_of(heard.codes), "W0725");
    CHECK(!image.profile.len && 80 * 65000 > BT_LIMIT_PICTURE_PROFILE_BYTES);
}

static bool is_near(int a, int b) { return a - b <= 2 && b - a <= 2; }

/* The values at the middles of the four quarters of the stored picture. */
static void check_quarters(const bt_image *image)
{
    bt_image_rows *rows = bt_image_rows_open(&arena, image);
    CHECK(rows);
    uint32_t width = bt_image_stored_width(image), height = bt_image_stored_height(image);
    CHECK_INT(width, JPEG_WIDTH);
    CHECK_INT(height, JPEG_HEIGHT);
    for (uint32_t y = 0; rows && y < height; y++) {
        const uint8_t *row = bt_image_rows_next(rows);
        CHECK(row);
        if (!row || y % (height / 2) != height / 4) continue;
        for (uint32_t x = width / 4; x < width; x += width / 2)
            for (uint32_t c = 0; c < image->space; c++) {
                int value = quarter_value(x, y, (int)c), ink = image->is_inverted ? 255 - value : value;
                CHECK(is_near(row[x * image->space + c], ink));
            }
    }
    CHECK(!bt_image_rows_next(rows));
    bt_image_rows_close(rows);
}

static void test_orientation(void)
{
    static const jpeg_plan *const plans[] = {&gray_plan, &rgb_plan, &cmyk_plan};
    for (int i = 0; i < 3 * 9 * 2; i++) {
        jpeg_plan plan = *plans[i % 3];
        plan.orientation = i / 6;
        plan.is_big_endian = i / 3 % 2;
        plan.is_progressive = plan.orientation % 3 == 0;
        plan.has_no_adobe = plan.is_big_endian;
        bt_image image;
        CHECK_INT(read_bytes(make_jpeg(&plan), &image), BT_OK);
        bool is_on_side = plan.orientation >= 5;
        CHECK_INT(image.kind, BT_IMAGE_JPEG);
        CHECK_INT(image.orientation, plan.orientation ? plan.orientation : 1);
        CHECK_INT(image.width, is_on_side ? JPEG_HEIGHT : JPEG_WIDTH);
        CHECK_INT(image.height, is_on_side ? JPEG_WIDTH : JPEG_HEIGHT);
        CHECK_INT(image.natural_width, BT_PT(image.width));
        check_quarters(&image);
    }
}

/* What is written reads back: every space, more than one piece of the writer's, fine detail in colour. */
static void test_write_jpeg(void)
{
    static const bt_image_space spaces[] = {BT_SPACE_GRAY, BT_SPACE_RGB, BT_SPACE_CMYK};
    enum { SIDE = 301 };
    static uint8_t pixels[SIDE][SIDE * 4];
    for (size_t i = 0; i < 3; i++) {
        bt_image_space space = spaces[i];
        bt_jpeg_writer *writer = bt_jpeg_begin(&arena, SIDE, SIDE, space, 95);
        for (uint32_t y = 0; y < SIDE; y++) {
            for (uint32_t x = 0; x < SIDE; x++)
                for (uint32_t c = 0; c < space; c++)
                    pixels[y][x * space + c] =
                        (uint8_t)(128 + ((x + c * y) / 8 % 2 ? 1 : -1) * (int)((x * y / 97 + c * 13) % 50));
            bt_jpeg_add(writer, pixels[y]);
        }
        bt_str file;
        bt_image image;
        CHECK(bt_jpeg_end(writer, &file));
        CHECK_INT(read_bytes(file, &image), BT_OK);
        CHECK(image.width == SIDE && image.height == SIDE && image.space == space);
        CHECK_INT(image.is_inverted, space == BT_SPACE_CMYK);
        CHECK(file.len > 64 * 1024 || space == BT_SPACE_GRAY);
        bt_image_rows *rows = bt_image_rows_open(&arena, &image);
        uint64_t off = 0;
        for (uint32_t y = 0; y < SIDE; y++) {
            const uint8_t *row = bt_image_rows_next(rows);
            for (uint32_t x = 0; row && x < SIDE * space; x++) off += (uint64_t)abs(row[x] - pixels[y][x]);
        }
        CHECK(off / (SIDE * SIDE * space) < 4);
        bt_image_rows_close(rows);
    }
}

/* Where the marker FF xx stands. */
static size_t marker_at(bt_str jpeg, unsigned char marker)
{
    for (size_t i = 2; i + 1 < jpeg.len; i++) {
        if ((unsigned char)jpeg.ptr[i] == 0xFF && (unsigned char)jpeg.ptr[i + 1] == marker) return i;
    }
    return 0;
}

/* A copy with one byte changed, `offset` after the frame's marker. */
static bt_str with_frame_byte(bt_str jpeg, size_t offset, unsigned char value)
{
    char *bytes = bt_arena_alloc(&arena, jpeg.len);
    memcpy(bytes, jpeg.ptr, jpeg.len);
    bytes[marker_at(jpeg, 0xC0) + offset] = (char)value;
    return (bt_str){bytes, jpeg.len};
}

static void test_bad_jpeg(void)
{
    static const struct {
        size_t offset; /* 1: the marker, 4: depth, 5: height, 7: width, 9: components, 11: sampling */
        unsigned char value;
        const char *codes, *words;
    } cases[] = {
        {1, 0xC9, "E0510", "arithmetic-coded"},
        {1, 0xCA, "E0510", "arithmetic-coded"},
        {1, 0xC3, "E0510", "lossless"},
        {1, 0xC5, "E0510", "hierarchical"},
        {4, 12, "E0510", "12 bits"},
        {4, 16, "E0510", "8 bits"},
        {9, 2, "E0510", "neither gray"},
        {11, 0, "E0506", "sampling"},
        {1, 0xFE, "E0506", "no picture"},
    };
    bt_str whole = make_jpeg(&rgb_plan);
    bt_image image;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(read_bytes(with_frame_byte(whole, cases[i].offset, cases[i].value), &image), BT_INPUT);
        CHECK_STR(bt_str_of(heard.codes), cases[i].codes);
        CHECK(strstr(heard.text, cases[i].words));
    }
    bt_str flat = with_frame_byte(with_frame_byte(whole, 5, 0), 6, 0);
    CHECK_INT(read_bytes(flat, &image), BT_INPUT);
    CHECK_STR(bt_str_of(heard.codes), "E0506");
    CHECK_INT(read_bytes(with_frame_byte(with_frame_byte(whole, 5, 0xFF), 7, 0xFF), &image), BT_LIMIT);
    CHECK_STR(bt_str_of(heard.codes), "E0508");
    CHECK_INT(read_bytes(with_frame_byte(with_frame_byte(whole, 5, 0x20), 7, 0x20), &image), BT_INPUT);
    CHECK_STR(bt_str_of(heard.codes), "E0507");
}

/* Only the end mark may be missing: without the end of the data, gray would be printed in its place. */
static void test_cut_jpeg(void)
{
    static const jpeg_plan *const plans[] = {&gray_plan, &cmyk_plan};
    for (int i = 0; i < 4; i++) {
        jpeg_plan plan = *plans[i % 2];
        plan.orientation = i < 2 ? 0 : 6;
        bt_str whole = make_jpeg(&plan);
        uint32_t n_used = 0;
        for (size_t n = 3; n < whole.len; n++) {
            bt_image image;
            bt_status status = read_bytes(bt_str_slice(whole, 0, n), &image);
            CHECK(status == BT_INPUT || n + 8 > whole.len);
            CHECK_STR(bt_str_of(heard.codes), status == BT_OK ? "W0509" : "E0507");
            if (status != BT_OK) continue;
            n_used++;
            CHECK(bt_str_ends(image.encoded, BT_STR("\xFF\xD9")) && image.encoded.len == n + 2);
        }
        CHECK(n_used >= 2);
    }
}

/* Coded data that were overwritten. */
static void test_damaged_jpeg(void)
{
    bt_str whole = make_jpeg(&rgb_plan);
    size_t at = marker_at(whole, 0xDA) + 14, n_damaged = 0;
    for (; at + 8 < whole.len; at++) {
        char *bytes = bt_arena_alloc(&arena, whole.len);
        memcpy(bytes, whole.ptr, whole.len);
        memset(bytes + at, 0x7F, 6);
        bt_image image;
        bt_status status = read_bytes((bt_str){bytes, whole.len}, &image);
        CHECK_STR(bt_str_of(heard.codes), status == BT_OK ? "" : "E0506");
        n_damaged += status != BT_OK;
    }
    CHECK(n_damaged > 3);
}

/* EXIF that lies about its own layout is passed over. */
static void test_odd_exif(void)
{
    jpeg_plan plan = rgb_plan;
    plan.orientation = 6;
    bt_str whole = make_jpeg(&plan);
    size_t exif_at = marker_at(whole, 0xE1) + 4;
    for (size_t i = 0; i < 44; i++) {
        for (int value = 0; value < 256; value += 51) {
            char *bytes = bt_arena_alloc(&arena, whole.len);
            memcpy(bytes, whole.ptr, whole.len);
            bytes[exif_at + i] = (char)value;
            bt_image image;
            CHECK_INT(read_bytes((bt_str){bytes, whole.len}, &image), BT_OK);
        }
        bt_arena_drop(&arena);
        whole = make_jpeg(&plan);
    }
}

/* ---- files ---- */

static void test_foreign_kinds(void)
{
    static const struct {
        bt_str bytes;
        const char *code, *words;
    } cases[] = {
        {BT_STR_INIT("GIF89a\x01\0\x01\0"), "E0504", "a GIF picture"},
        {BT_STR_INIT("RIFF\x10\0\0\0WEBPVP8 "), "E0504", "a WebP picture"},
        {BT_STR_INIT("II*\0\x08\0\0\0"), "E0504", "a TIFF picture"},
        {BT_STR_INIT("MM\0*\0\0\0\x08"), "E0504", "a TIFF picture"},
        {BT_STR_INIT("\0\0\0\x18"
                     "ftypheic\0\0\0\0mif1"),
         "E0504", "a HEIC picture"},
        {BT_STR_INIT("\0\0\0\x18"
                     "ftypavif\0\0\0\0mif1"),
         "E0504", "an AVIF picture"},
        {BT_STR_INIT("\0\0\0\x18"
                     "ftypisom"),
         "E0504", "a video"},
        {BT_STR_INIT("BM\x36\0\0\0\0\0\0\0"), "E0504", "a BMP picture"},
        {BT_STR_INIT("%PDF-1.4\n"), "E0504", "a PDF file"},
        {BT_STR_INIT("%!PS-Adobe-3.0 EPSF-3.0"), "E0504", "EPS"},
        {BT_STR_INIT("PK\3\4....[Content_Types].xml....PK\3\4...word/document.xml"), "E0504", "a Word document"},
        {BT_STR_INIT("PK\3\4....xl/workbook.xml"), "E0504", "an Excel file"},
        {BT_STR_INIT("PK\3\4....notes.txt"), "E0504", "a ZIP archive"},
        {BT_STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "E0504", "an old Word"},
        {BT_STR_INIT("{\\rtf1\\ansi"), "E0504", "an RTF document"},
        {BT_STR_INIT("\n<!DOCTYPE HTML><title>x</title>"), "E0504", "a web page"},
        {BT_STR_INIT("8BPS\0\1"), "E0504", "a Photoshop file"},
        {BT_STR_INIT("\x1F\x8B\x08\0"), "E0504", ".svgz"},
        {BT_STR_INIT("just words"), "E0505", "not a PNG, JPEG or SVG"},
        {BT_STR_INIT("P"), "E0505", "export it as PNG or JPEG"},
        {BT_STR_INIT(""), "E0503", "an empty file"},
        {BT_STR_INIT("\xFF\xD8\xFF"), "E0507", "cut short"},
        {BT_STR_INIT("\x89PNG"), "E0507", "cut short"},
        {BT_STR_INIT("<"), "E0507", "cut short"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        CHECK_INT(read_bytes(cases[i].bytes, &image), BT_INPUT);
        CHECK_STR(bt_str_of(heard.codes), cases[i].code);
        CHECK(strstr(heard.text, cases[i].words));
    }
}

static bt_status load(bt_images *images, const char *name, const bt_image **image)
{
    return bt_image_load(images, listening(), bt_str_z(&arena, in_folder(folder, name)), NULL, image);
}

static void test_missing(bt_images *images)
{
    static const struct {
        const char *name, *codes, *meant;
    } cases[] = {
        {"photo.jpg", "E0502", "did you mean '%s/Photo.JPG'?"},
        {"logo.png", "E0502", "did you mean '%s/logo.svg'?"},
        {"letter.png", "E0502", "did you mean '%s/letter.docx'?"},
        {"lago.svg", "E0502", "did you mean '%s/logo.svg'?"},
        {"nothing-like-it.png", "E0501", ""},
        {"no-folder/logo.svg", "E0501", ""},
        {"logo.svg/x.png", "E0501", ""},
        {"", "E0802", ""}, /* the folder itself */
    };
    const char *names[] = {"Photo.JPG", "photo.txt", "logo.svg", "logo.ai", "letter.docx"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) write_file(in_folder(folder, names[i]), BT_STR("x"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bt_image *image;
        char words[700];
        snprintf(words, sizeof words, cases[i].meant, folder);
        CHECK_INT(load(images, cases[i].name, &image), cases[i].name[0] ? BT_INPUT : BT_IO);
        CHECK_STR(bt_str_of(heard.codes), cases[i].codes);
        CHECK(strstr(heard.text, words) && !image);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) unlink(bt_str_z(&arena, in_folder(folder, names[i])));
}

static void test_cache(bt_images *images, bt_str png, bt_str other_png)
{
    bt_str path = in_folder(folder, "a.png"), other = in_folder(folder, "b.png");
    write_file(path, png);
    write_file(other, png);
    const bt_image *first, *again, *copy, *changed;
    CHECK_INT(load(images, "a.png", &first), BT_OK);
    CHECK_INT(load(images, "a.png", &again), BT_OK);
    CHECK(first == again);
    CHECK_STR(first->path, bt_str_z(&arena, path));
    CHECK_INT(load(images, "b.png", &copy), BT_OK);
    CHECK(copy != first && copy->hash == first->hash);
    write_file(path, other_png);
    CHECK_INT(load(images, "a.png", &again), BT_OK);
    CHECK(again == first); /* within one job */
    bt_images_look_again(images);
    CHECK_INT(load(images, "a.png", &changed), BT_OK);
    CHECK(changed != first && changed->hash != first->hash);
    CHECK(first->samples[0] == copy->samples[0]); /* what was read before stays */
    struct timespec times[2] = {{1000, 0}, {1000, 5}};
    CHECK(utimensat(AT_FDCWD, bt_str_z(&arena, path), times, 0) == 0);
    bt_images_look_again(images);
    CHECK_INT(load(images, "a.png", &again), BT_OK);
    CHECK(again != changed && again->hash == changed->hash);
    unlink(bt_str_z(&arena, path));
    bt_images_look_again(images);
    CHECK_INT(load(images, "a.png", &again), BT_INPUT);
    unlink(bt_str_z(&arena, other));
}

static void test_too_large(bt_images *images)
{
    bt_str path = in_folder(folder, "large.png");
    write_file(path, BT_STR("x"));
    CHECK(truncate(bt_str_z(&arena, path), (off_t)BT_LIMIT_IMAGE_BYTES + 1) == 0);
    const bt_image *image;
    CHECK_INT(load(images, "large.png", &image), BT_LIMIT);
    CHECK_STR(bt_str_of(heard.codes), "E0803");
    unlink(bt_str_z(&arena, path));
}

/* ---- memory ---- */

static struct {
    long n_left;     /* allocations that still succeed; negative: all */
    int64_t n_bytes; /* in use */
} memory;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    if (new_size && !memory.n_left) return NULL;
    if (new_size && memory.n_left > 0) memory.n_left--;
    memory.n_bytes += (int64_t)new_size - (int64_t)old_size;
    if (new_size) return realloc(block, new_size);
    free(block);
    return NULL;
}

/* Fails the nth allocation for n = 1 ... until reading succeeds. */
static void sweep(const char *name)
{
    static const bt_allocator failing = {resize, NULL};
    const bt_image *image = NULL;
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 10000; n++) {
        memory.n_left = n;
        bt_images *images = bt_images_new(&failing);
        status = images ? bt_image_load(images, listening(), name, NULL, &image) : BT_NOMEM;
        check_file(status == BT_NOMEM || (status == BT_OK) == !heard.diags.n[BT_ERROR], name, __LINE__);
        memory.n_left = -1;
        if (status == BT_NOMEM && images) CHECK(bt_image_load(images, listening(), name, NULL, &image) != BT_NOMEM);
        bt_images_drop(images);
        CHECK_INT(memory.n_bytes, 0);
    }
    check_file(status != BT_NOMEM && n > 2, name, __LINE__);
}

static void test_memory(const char *images)
{
    static const char *const names[] = {"gray1.png",   "rgba16i.png",  "pal4-trnsi.png",
                                        "bad-crc.png", "bad-huge.png", "missing.png"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) sweep(bt_str_z(&arena, in_folder(images, names[i])));
    sweep("tests/corpus/svg/good/groups.svg");
    sweep("tests/corpus/svg/good/inkscape.svg");
    sweep("tests/corpus/svg/bad/many-faults.svg");
    jpeg_plan turned = cmyk_plan;
    turned.orientation = 6;
    bt_str plain_path = in_folder(folder, "plain.jpg"), turned_path = in_folder(folder, "turned.jpg");
    write_file(plain_path, make_jpeg(&rgb_plan));
    write_file(turned_path, make_jpeg(&turned));
    sweep(bt_str_z(&arena, plain_path));
    sweep(bt_str_z(&arena, turned_path));
    unlink(bt_str_z(&arena, plain_path));
    unlink(bt_str_z(&arena, turned_path));
}

/* make_images.py's files: in the folder given, else written now. */
static bt_str test_images(int argc, char **argv)
{
    if (argc > 1) return bt_str_of(argv[1]);
    char command[700];
    snprintf(command, sizeof command, "python3 tests/unit/make_images.py '%s/png'", folder);
    CHECK_INT(system(command), 0);
    return in_folder(folder, "png");
}

static void clean_up(void)
{
    char command[700];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    CHECK_INT(system(command), 0);
}

int main(int argc, char **argv)
{
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/bantin-image-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(folder)) return 2;
    char images[600];
    snprintf(images, sizeof images, "%.*s", BT_STR_ARGS(test_images(argc, argv)));
    test_png(images);
    test_bad_png(images);
    test_png_profile(images);
    test_jpeg();
    test_jpeg_profile();
    test_orientation();
    test_write_jpeg();
    test_bad_jpeg();
    test_cut_jpeg();
    test_damaged_jpeg();
    test_odd_exif();
    test_foreign_kinds();
    bt_images *set = bt_images_new(NULL);
    CHECK(set);
    test_missing(set);
    test_cache(set, contents(in_folder(images, "rgba8.png")), contents(in_folder(images, "gray1.png")));
    test_too_large(set);
    bt_images_drop(set);
    test_memory(images);
    clean_up();
    bt_arena_drop(&arena);
    return check_report();
}
