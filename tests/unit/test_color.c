/* test_color.c - conversions to the inks of a press against Little CMS's own at full precision, the limit of ink,
 * profiles that cannot be used, and made pictures: kept, let go, and made with memory that ends.
 */
#include "unit/check.h"
#include "unit/short_memory.h"

#include "base/limits.h"
#include "pdf/picture.h"

#include <lcms2.h>
#include <math.h>
#include <stdlib.h>

enum { N_STEPS = 16, N_COLORS = (N_STEPS + 1) * (N_STEPS + 1) * (N_STEPS + 1) };

static bt_arena arena;
static const bt_profile *press; /* FOGRA39, as it is installed */

/* A lattice of all colours. */
static const uint8_t *colors_of_rgb(void)
{
    static uint8_t rgb[N_COLORS][3];
    for (int i = 0; i < N_COLORS; i++) {
        int steps[3] = {i % (N_STEPS + 1), i / (N_STEPS + 1) % (N_STEPS + 1), i / (N_STEPS + 1) / (N_STEPS + 1)};
        for (int k = 0; k < 3; k++) rgb[i][k] = (uint8_t)(steps[k] * 255 / N_STEPS);
    }
    return &rgb[0][0];
}

static const bt_conversion *conversion_of(bt_colors *colors, bt_conversion_kind kind, bt_image_space from,
                                          int32_t limit)
{
    const bt_conversion *conversion = NULL;
    bt_conversion_wanted wanted = {
        .from = from, .source = BT_STR(""), .output = press, .kind = kind, .ink_limit = limit};
    CHECK_INT(bt_colors_find(colors, &wanted, &conversion), BT_OK);
    return conversion;
}

/* --- numbers --- */

static void test_cmyk(bt_colors *colors)
{
    static uint8_t inks[N_COLORS][4], held[N_COLORS][4];
    static uint16_t exact[N_COLORS][4];
    const uint8_t *rgb = colors_of_rgb();
    bt_color_row(conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 0), rgb, &inks[0][0], N_COLORS);
    bt_color_row(conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 280), rgb, &held[0][0], N_COLORS);
    cmsHPROFILE srgb = cmsCreate_sRGBProfile(),
                output = cmsOpenProfileFromMem(press->bytes.ptr, (cmsUInt32Number)press->bytes.len);
    cmsHTRANSFORM own = cmsCreateTransform(srgb, TYPE_RGB_8, output, TYPE_CMYK_16, INTENT_PERCEPTUAL,
                                           cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    CHECK(own);
    cmsDoTransform(own, rgb, exact, N_COLORS);
    int worst = 0, most = 0, n_held = 0, total = 0;
    for (int i = 0; i < N_COLORS; i++) {
        int sum = 0, sum_held = 0;
        for (int k = 0; k < 4; k++) {
            int off = abs(inks[i][k] - (exact[i][k] + 128) / 257);
            if (off > worst) worst = off;
            total += off;
            sum += inks[i][k];
            sum_held += held[i][k];
            CHECK(held[i][k] <= inks[i][k]);
        }
        if (sum > most) most = sum;
        CHECK(sum_held <= 280 * 255 / 100);
        CHECK_INT(held[i][3], inks[i][3]); /* the dark stays */
        if (sum <= 280 * 255 / 100)
            CHECK(memcmp(inks[i], held[i], 4) == 0);
        else
            n_held += sum_held >= 280 * 255 / 100 - 3;
    }
    CHECK(worst <= 8); /* of 255: what the tables that make it fast cost; finer ones cost the same */
    CHECK(total < 4 * N_COLORS / 2);
    CHECK(most > 300 * 255 / 100); /* this press would take more than most layouts allow */
    CHECK(n_held > 10);
    CHECK_INT(inks[N_COLORS - 1][0] + inks[N_COLORS - 1][1] + inks[N_COLORS - 1][2] + inks[N_COLORS - 1][3],
              0); /* white */
    cmsDeleteTransform(own);
    cmsCloseProfile(srgb);
    cmsCloseProfile(output);
}

/* Y of each of 256 tones of black, from 0: no ink. */
static void measure_black(double y[256])
{
    cmsHPROFILE xyz = cmsCreateXYZProfile(),
                output = cmsOpenProfileFromMem(press->bytes.ptr, (cmsUInt32Number)press->bytes.len);
    cmsHTRANSFORM look =
        cmsCreateTransform(output, TYPE_CMYK_DBL, xyz, TYPE_XYZ_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE);
    for (int i = 0; i < 256; i++) {
        const double inks[4] = {0, 0, 0, i / 2.55};
        cmsCIEXYZ seen;
        cmsDoTransform(look, inks, &seen, 1);
        y[i] = seen.Y;
    }
    cmsDeleteTransform(look);
    cmsCloseProfile(xyz);
    cmsCloseProfile(output);
}

/* How light sRGB's gray is, 0 to 1. */
static double y_of_gray(int gray)
{
    double v = gray / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double lightness(double y) { return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y; }

static void test_black(bt_colors *colors)
{
    double y[256];
    measure_black(y);
    const bt_conversion *from_rgb = conversion_of(colors, BT_TO_BLACK, BT_SPACE_RGB, 0);
    const bt_conversion *from_cmyk = conversion_of(colors, BT_TO_BLACK, BT_SPACE_CMYK, 0);
    int before = 256;
    for (int gray = 0; gray < 256; gray++) {
        const uint8_t rgb[3] = {(uint8_t)gray, (uint8_t)gray, (uint8_t)gray};
        uint8_t black;
        bt_color_row(from_rgb, rgb, &black, 1);
        /* From paper to full black as the gray goes from white to black. */
        double aim = y[255] + (1 - y[255]) * y_of_gray(gray);
        CHECK(fabs(lightness(y[black]) - lightness(aim)) < 1.2);
        CHECK(black <= before);
        before = black;
    }
    static const struct {
        uint8_t inks[4];
        int least, most;
    } cases[] = {{{0, 0, 0, 0}, 0, 0},       {{0, 0, 255, 0}, 10, 50},     {{255, 0, 0, 0}, 90, 190},
                 {{0, 255, 0, 0}, 120, 200}, {{255, 255, 0, 0}, 190, 240}, {{200, 180, 180, 255}, 250, 255}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t black;
        bt_color_row(from_cmyk, cases[i].inks, &black, 1);
        CHECK(black >= cases[i].least && black <= cases[i].most);
    }
}

static void test_kept(bt_colors *colors)
{
    const bt_conversion *first = conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300);
    CHECK(first == conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300));
    CHECK(first != conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 290));
    bt_colors_trim(colors);
    CHECK(first == conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300)); /* they are few */
    for (int32_t limit = 200; limit < 220; limit++) conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, limit);
    CHECK(first == conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300)); /* in use to the job's end */
    bt_colors_trim(colors);
    static uint8_t inks[4];
    bt_color_row(conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300), (const uint8_t[3]){255, 255, 255}, inks, 1);
    CHECK_INT(inks[0], 0);
}

/* --- profiles --- */

static void test_srgb(bt_colors *colors)
{
    bt_colors *others = bt_colors_new(NULL);
    bt_str file = bt_colors_srgb(colors);
    CHECK(bt_str_equal(file, bt_colors_srgb(others)));
    CHECK(bt_colors_can_embed(colors, file));
    CHECK(memcmp(file.ptr + 24, "\x07\xD0\0\1\0\1\0\0\0\0\0\0", 12) == 0); /* no clock's date */
    const bt_conversion *as_default = conversion_of(colors, BT_TO_CMYK, BT_SPACE_RGB, 300), *as_named = NULL;
    bt_conversion_wanted wanted = {
        .from = BT_SPACE_RGB, .source = file, .output = press, .kind = BT_TO_CMYK, .ink_limit = 300};
    CHECK_INT(bt_colors_find(colors, &wanted, &as_named), BT_OK);
    uint8_t a[4], b[4];
    for (const uint8_t *rgb = colors_of_rgb(), *end = rgb + 3 * N_COLORS; as_named && rgb < end; rgb += 3 * 97) {
        bt_color_row(as_default, rgb, a, 1);
        bt_color_row(as_named, rgb, b, 1);
        for (int i = 0; i < 4; i++) CHECK(abs(a[i] - b[i]) <= 1);
    }
    bt_colors_drop(others);
}

static bt_str patched(bt_str file, size_t at, uint8_t value)
{
    char *bytes = bt_arena_alloc(&arena, file.len);
    memcpy(bytes, file.ptr, file.len);
    bytes[at] = (char)value;
    return (bt_str){bytes, file.len};
}

static void test_odd_profiles(bt_colors *colors)
{
    bt_str srgb = bt_colors_srgb(colors);
    const bt_str odd[] = {BT_STR("no profile"),   bt_str_slice(srgb, 0, 127), bt_str_slice(srgb, 0, 200),
                          press->bytes,           patched(srgb, 36, 'x'),     patched(srgb, 19, 'x'),
                          patched(srgb, 12, 'l'), patched(srgb, 128, 0xFF),   bt_str_slice(press->bytes, 0, 5000)};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const bt_conversion *conversion;
        bt_conversion_wanted wanted = {.from = BT_SPACE_RGB, .source = odd[i], .output = press, .kind = BT_TO_CMYK};
        CHECK_INT(bt_colors_find(colors, &wanted, &conversion), BT_INPUT);
        CHECK(!bt_colors_can_embed(colors, odd[i]));
    }
    CHECK(!bt_colors_can_embed(colors, patched(srgb, 8, 5))); /* of a version to come */
    /* No byte of a profile that lies makes it crash. */
    for (size_t at = 0; at < srgb.len; at++)
        for (int value = 0; value < 256; value += 85) bt_colors_can_embed(colors, patched(srgb, at, (uint8_t)value));
}

/* --- pictures --- */

enum { SIDE = 64 };

static bt_image image_of(bt_image_space space, bool is_jpeg, uint8_t value)
{
    uint8_t *samples = bt_arena_alloc(&arena, SIDE * SIDE * 4);
    for (int i = 0; i < SIDE * SIDE * (int)space; i++) samples[i] = (uint8_t)(value + i % 7 + i / 300);
    bt_image image = {.kind = BT_IMAGE_SAMPLES,
                      .path = BT_STR("made"),
                      .width = SIDE,
                      .height = SIDE,
                      .space = space,
                      .samples = samples,
                      .encoded = BT_STR(""),
                      .profile = BT_STR(""),
                      .hash = (uint64_t)value * 64 + space * 2u + is_jpeg};
    if (!is_jpeg) return image;
    bt_jpeg_writer *writer = bt_jpeg_begin(&arena, SIDE, SIDE, space, 90);
    for (int y = 0; y < SIDE; y++) bt_jpeg_add(writer, samples + y * SIDE * (int)space);
    CHECK(bt_jpeg_end(writer, &image.encoded));
    image.kind = BT_IMAGE_JPEG;
    image.orientation = 1;
    image.is_inverted = space == BT_SPACE_CMYK;
    return image;
}

static void test_pictures(void)
{
    bt_pictures *pictures = bt_pictures_new(NULL);
    for (int i = 0; i < 2 * 3 * 2 * 2; i++) {
        static const bt_image_space spaces[] = {BT_SPACE_GRAY, BT_SPACE_RGB, BT_SPACE_CMYK};
        bool is_jpeg = i % 2, is_press = i / 6 % 2, is_black_alone = i / 12;
        bt_image image = image_of(spaces[i / 2 % 3], is_jpeg, 40);
        bt_picture_wanted wanted = {&image, press, is_press, is_black_alone, 300};
        const bt_picture *made, *again;
        bt_pictures_begin(pictures);
        CHECK_INT(bt_picture_make(pictures, &wanted, &made), BT_OK);
        bool is_ink = is_press && image.space == BT_SPACE_RGB;
        bt_image_space space = image.space == BT_SPACE_GRAY || is_black_alone ? BT_SPACE_GRAY
                               : is_ink                                       ? BT_SPACE_CMYK
                                                                              : image.space;
        CHECK_INT(made->space, space);
        CHECK_INT(made->is_jpeg, is_jpeg);
        CHECK_INT(made->profile.len > 0, space == BT_SPACE_RGB);
        if (is_jpeg && space == image.space) CHECK(bt_str_equal(made->body, image.encoded));
        bt_pictures_begin(pictures);
        CHECK_INT(bt_picture_make(pictures, &wanted, &again), BT_OK);
        CHECK(made == again);
        wanted.output = NULL; /* then nothing is converted */
        CHECK_INT(bt_picture_make(pictures, &wanted, &made), BT_OK);
        CHECK_INT(made->space, image.space);
    }
    bt_pictures_drop(pictures);
}

/* What was not used for longest is made again; what the job uses stays whatever it takes. */
static void test_let_go(void)
{
    bt_pictures *pictures = bt_pictures_new(NULL);
    bt_image old = image_of(BT_SPACE_RGB, false, 1), young = image_of(BT_SPACE_RGB, false, 2);
    bt_picture_wanted want_old = {&old, press, true, false, 300}, want_young = {&young, press, true, false, 300};
    const bt_picture *first, *second, *again;
    bt_pictures_begin(pictures);
    CHECK_INT(bt_picture_make(pictures, &want_old, &first), BT_OK);
    bt_pictures_begin(pictures);
    CHECK_INT(bt_picture_make(pictures, &want_young, &second), BT_OK);
    size_t both = bt_pictures_bytes(pictures);
    CHECK(both > second->body.len && both < BT_LIMIT_PICTURE_CACHE_BYTES);
    bt_pictures_keep(pictures, both);
    bt_pictures_begin(pictures);
    CHECK_INT(bt_pictures_bytes(pictures), both);
    bt_pictures_keep(pictures, both - 1);
    CHECK_INT(bt_pictures_bytes(pictures), both); /* the job goes on */
    bt_pictures_begin(pictures);
    CHECK(bt_pictures_bytes(pictures) < both);
    CHECK_INT(bt_picture_make(pictures, &want_young, &again), BT_OK);
    CHECK(again == second);
    CHECK_INT(bt_picture_make(pictures, &want_old, &again), BT_OK);
    CHECK_INT(bt_pictures_bytes(pictures), both);
    bt_pictures_drop(pictures);
}

/* Every allocation of ours fails in turn. */
static void test_memory(void)
{
    for (int i = 0; i < 5; i++) {
        bt_image image = image_of(i == 3 ? BT_SPACE_CMYK : BT_SPACE_RGB, i % 2, 30);
        uint8_t *alpha = bt_arena_alloc(&arena, SIDE * SIDE);
        if (i == 0) image.alpha = alpha;
        if (i == 4) image.profile = BT_STR("no profile");
        bool is_made = false;
        for (long n = 0; !is_made && n < 300; n++) {
            short_memory memory = {n};
            bt_allocator allocator = {short_resize, &memory};
            bt_pictures *pictures = bt_pictures_new(&allocator);
            if (!pictures) continue;
            bt_picture_wanted wanted = {&image, press, true, i == 2, 300};
            const bt_picture *made;
            bt_pictures_begin(pictures);
            bt_status status = bt_picture_make(pictures, &wanted, &made);
            is_made = status == BT_OK;
            CHECK(is_made || status == BT_NOMEM);
            if (is_made) CHECK(made->body.len && made->has_odd_profile == (i == 4));
            bt_pictures_drop(pictures);
        }
        CHECK(is_made);
    }
}

int main(void)
{
    bt_diags diags = {.arena = &arena};
    bt_profiles *profiles = bt_profiles_new(NULL);
    bt_profile_wanted wanted = {.name = BT_STR("FOGRA39"), .condition = BT_STR(""), .dir = BT_STR(".")};
    CHECK_INT(bt_profile_find(profiles, &diags, &wanted, &press), BT_OK);
    CHECK_INT(diags.n[BT_WARNING], 0); /* no substitute */
    bt_colors *colors = bt_colors_new(NULL);
    if (press && colors) {
        test_cmyk(colors);
        test_black(colors);
        test_kept(colors);
        test_srgb(colors);
        test_odd_profiles(colors);
        test_pictures();
        test_let_go();
        test_memory();
    }
    bt_colors_drop(colors);
    bt_profiles_drop(profiles);
    bt_arena_drop(&arena);
    return check_report();
}
