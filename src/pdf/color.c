/* color.c - see color.h. */
#include "pdf/color.h"

#include <lcms2.h>

enum {
    MOST_CONVERSIONS = 16, /* kept over a job's end */
    MOST_PRESSES = 8,
    RAMP_STEPS = 256,
    WHOLE_8 = 255,
};

/* A press: its profile, and its black ink alone as a device of its own. */
typedef struct press {
    struct press *next;
    uint64_t hash;
    size_t n_bytes;
    cmsHPROFILE profile, black;
} press;

struct bt_conversion {
    bt_conversion *next;
    bt_conversion_wanted wanted; /* its pointers are no longer looked at */
    uint64_t source_hash;
    size_t n_source;
    const press *press;
    cmsHTRANSFORM rows;
    uint32_t limit; /* of ink, in 255ths of one; UINT32_MAX: none */
};

struct bt_colors {
    const bt_allocator *allocator;
    bt_arena arena;
    cmsContext lcms;
    cmsHPROFILE srgb;
    bt_str srgb_file;
    press *presses;
    bt_conversion *conversions; /* the newest first */
    uint32_t n_conversions;
};

/* --- the set --- */

static void drop_conversions(bt_colors *colors)
{
    for (bt_conversion *next, *one = colors->conversions; one; one = next) {
        next = one->next;
        if (one->rows) cmsDeleteTransform(one->rows);
        bt_alloc_drop(colors->allocator, one, sizeof *one);
    }
    colors->conversions = NULL;
    colors->n_conversions = 0;
}

static void drop_press(const bt_colors *colors, press *one)
{
    if (one->black) cmsCloseProfile(one->black);
    if (one->profile) cmsCloseProfile(one->profile);
    bt_alloc_drop(colors->allocator, one, sizeof *one);
}

static void drop_presses(bt_colors *colors)
{
    for (press *next, *one = colors->presses; one; one = next) {
        next = one->next;
        drop_press(colors, one);
    }
    colors->presses = NULL;
}

/* sRGB as Little CMS has it, in a form that every version of PDF from 1.6 takes. */
static bool make_srgb(bt_colors *colors)
{
    enum { DATE_AT = 24, N_DATE = 12 };
    static const uint8_t date[N_DATE] = {0x07, 0xD0, 0, 1, 0, 1}; /* 2000-01-01 0:00:00; not the clock's */
    colors->srgb = cmsCreate_sRGBProfileTHR(colors->lcms);
    if (!colors->srgb) return false;
    cmsSetProfileVersion(colors->srgb, 4.2);
    cmsUInt32Number n = 0;
    if (!cmsSaveProfileToMem(colors->srgb, NULL, &n)) return false;
    char *file = bt_arena_alloc(&colors->arena, n);
    if (!file || !cmsSaveProfileToMem(colors->srgb, file, &n)) return false;
    memcpy(file + DATE_AT, date, N_DATE);
    colors->srgb_file = (bt_str){file, n};
    return true;
}

bt_colors *bt_colors_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_colors *colors = bt_alloc_new(allocator, sizeof *colors);
    if (!colors) return NULL;
    *colors = (bt_colors){.allocator = allocator, .arena = bt_arena_over(allocator), .srgb_file = BT_STR("")};
    colors->lcms = cmsCreateContext(NULL, NULL);
    if (colors->lcms && make_srgb(colors)) return colors;
    bt_colors_drop(colors);
    return NULL;
}

void bt_colors_drop(bt_colors *colors)
{
    if (!colors) return;
    drop_conversions(colors);
    drop_presses(colors);
    if (colors->srgb) cmsCloseProfile(colors->srgb);
    if (colors->lcms) cmsDeleteContext(colors->lcms);
    bt_arena_drop(&colors->arena);
    bt_alloc_drop(colors->allocator, colors, sizeof *colors);
}

void bt_colors_trim(bt_colors *colors)
{
    uint32_t n_presses = 0;
    for (const press *one = colors->presses; one; one = one->next) n_presses++;
    if (colors->n_conversions <= MOST_CONVERSIONS && n_presses <= MOST_PRESSES) return;
    drop_conversions(colors);
    drop_presses(colors);
}

bt_str bt_colors_srgb(bt_colors *colors) { return colors->srgb_file; }

/* --- presses --- */

/* The press's black ink as a gray device: how light each tone is, measured from paper. */
static cmsHPROFILE make_black(const bt_colors *colors, cmsHPROFILE profile)
{
    cmsHPROFILE xyz = cmsCreateXYZProfileTHR(colors->lcms), black = NULL;
    cmsHTRANSFORM measure = xyz ? cmsCreateTransformTHR(colors->lcms, profile, TYPE_CMYK_DBL, xyz, TYPE_XYZ_DBL,
                                                        INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE)
                                : NULL;
    if (measure) {
        cmsFloat32Number lightness[RAMP_STEPS];
        cmsFloat32Number lightest = 0;
        for (int i = 0; i < RAMP_STEPS; i++) { /* from full black, as gray devices count */
            const double inks[4] = {0, 0, 0, 100.0 * (RAMP_STEPS - 1 - i) / (RAMP_STEPS - 1)};
            cmsCIEXYZ look;
            cmsDoTransform(measure, inks, &look, 1);
            cmsFloat32Number y = (cmsFloat32Number)look.Y;
            if (y > lightest) lightest = y; /* never darker with less ink */
            lightness[i] = lightest;
        }
        for (int i = 0; lightest > 0 && i < RAMP_STEPS; i++) lightness[i] /= lightest;
        cmsToneCurve *curve = cmsBuildTabulatedToneCurveFloat(colors->lcms, RAMP_STEPS, lightness);
        if (curve) black = cmsCreateGrayProfileTHR(colors->lcms, cmsD50_xyY(), curve);
        if (curve) cmsFreeToneCurve(curve);
        cmsDeleteTransform(measure);
    }
    if (xyz) cmsCloseProfile(xyz);
    return black;
}

static press *find_press(bt_colors *colors, const bt_profile *output)
{
    for (press *one = colors->presses; one; one = one->next)
        if (one->hash == output->hash && one->n_bytes == output->bytes.len) return one;
    press *fresh = bt_alloc_new(colors->allocator, sizeof *fresh);
    if (!fresh) return NULL;
    *fresh = (press){.hash = output->hash, .n_bytes = output->bytes.len};
    fresh->profile = cmsOpenProfileFromMemTHR(colors->lcms, output->bytes.ptr, (cmsUInt32Number)output->bytes.len);
    if (fresh->profile) fresh->black = make_black(colors, fresh->profile);
    if (!fresh->black) {
        drop_press(colors, fresh);
        return NULL;
    }
    fresh->next = colors->presses;
    colors->presses = fresh;
    return fresh;
}

/* --- sources --- */

static bool is_usable_source(cmsHPROFILE profile)
{
    cmsProfileClassSignature kind = cmsGetDeviceClass(profile);
    cmsColorSpaceSignature between = cmsGetPCS(profile);
    return cmsGetColorSpace(profile) == cmsSigRgbData && (between == cmsSigXYZData || between == cmsSigLabData) &&
           (kind == cmsSigInputClass || kind == cmsSigDisplayClass || kind == cmsSigOutputClass ||
            kind == cmsSigColorSpaceClass);
}

/* NULL: damaged, or of another kind. */
static cmsHPROFILE open_source(const bt_colors *colors, bt_str bytes)
{
    enum { HEADER = 128 };
    if (bytes.len < HEADER || bytes.len > UINT32_MAX) return NULL;
    cmsHPROFILE profile = cmsOpenProfileFromMemTHR(colors->lcms, bytes.ptr, (cmsUInt32Number)bytes.len);
    if (!profile) return NULL;
    if (is_usable_source(profile)) return profile;
    cmsCloseProfile(profile);
    return NULL;
}

bool bt_colors_can_embed(bt_colors *colors, bt_str bytes)
{
    enum { VERSION_AT = 8, NEWEST = 4 };
    cmsHPROFILE profile = open_source(colors, bytes);
    if (!profile) return false;
    cmsHPROFILE lab = cmsCreateLab4ProfileTHR(colors->lcms, NULL);
    cmsHTRANSFORM look = lab ? cmsCreateTransformTHR(colors->lcms, profile, TYPE_RGB_8, lab, TYPE_Lab_DBL,
                                                     INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE)
                             : NULL;
    if (look) cmsDeleteTransform(look);
    if (lab) cmsCloseProfile(lab);
    cmsCloseProfile(profile);
    return look && (uint8_t)bytes.ptr[VERSION_AT] <= NEWEST;
}

/* --- conversions --- */

static bool is_same(const bt_conversion *one, const bt_conversion_wanted *wanted, const press *on, uint64_t source_hash)
{
    return one->press == on && one->wanted.from == wanted->from && one->wanted.kind == wanted->kind &&
           one->wanted.ink_limit == wanted->ink_limit && one->n_source == wanted->source.len &&
           one->source_hash == source_hash;
}

static bt_status make_conversion(const bt_colors *colors, bt_conversion *one)
{
    bool is_rgb = one->wanted.from == BT_SPACE_RGB, is_black = one->wanted.kind == BT_TO_BLACK;
    cmsHPROFILE own = NULL, source = is_rgb ? colors->srgb : one->press->profile;
    if (is_rgb && one->wanted.source.len) source = own = open_source(colors, one->wanted.source);
    if (!source) return BT_INPUT;
    one->rows = cmsCreateTransformTHR(
        colors->lcms, source, is_rgb ? TYPE_RGB_8 : TYPE_CMYK_8, is_black ? one->press->black : one->press->profile,
        is_black ? TYPE_GRAY_8 : TYPE_CMYK_8, is_black ? INTENT_RELATIVE_COLORIMETRIC : INTENT_PERCEPTUAL,
        cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE);
    if (own) cmsCloseProfile(own);
    if (one->rows) return BT_OK;
    return own ? BT_INPUT : BT_NOMEM; /* a sound one failed */
}

bt_status bt_colors_find(bt_colors *colors, const bt_conversion_wanted *wanted, const bt_conversion **conversion)
{
    const press *on = find_press(colors, wanted->output);
    if (!on) return BT_NOMEM;
    uint64_t source_hash = bt_str_hash(wanted->source);
    for (const bt_conversion *one = colors->conversions; one; one = one->next) {
        if (!is_same(one, wanted, on, source_hash)) continue;
        *conversion = one;
        return BT_OK;
    }
    bt_conversion *fresh = bt_alloc_new(colors->allocator, sizeof *fresh);
    if (!fresh) return BT_NOMEM;
    *fresh =
        (bt_conversion){.wanted = *wanted, .source_hash = source_hash, .n_source = wanted->source.len, .press = on};
    fresh->limit = wanted->ink_limit > 0 ? (uint32_t)wanted->ink_limit * WHOLE_8 / 100 : UINT32_MAX;
    bt_status status = make_conversion(colors, fresh);
    if (status != BT_OK) {
        bt_alloc_drop(colors->allocator, fresh, sizeof *fresh);
        return status;
    }
    fresh->next = colors->conversions;
    colors->conversions = fresh;
    colors->n_conversions++;
    *conversion = fresh;
    return BT_OK;
}

/* What is too much is taken from the colours, in their own proportion, for it is black that makes the dark. */
static void hold_ink(uint8_t cmyk[4], uint32_t limit)
{
    uint32_t colors = (uint32_t)cmyk[0] + cmyk[1] + cmyk[2], sum = colors + cmyk[3];
    if (sum <= limit) return;
    uint32_t left = limit > cmyk[3] ? limit - cmyk[3] : 0;
    for (int i = 0; i < 3; i++) cmyk[i] = (uint8_t)(cmyk[i] * left / colors);
}

void bt_color_row(const bt_conversion *conversion, const uint8_t *from, uint8_t *to, size_t n)
{
    cmsDoTransform(conversion->rows, from, to, (cmsUInt32Number)n);
    if (conversion->wanted.kind == BT_TO_BLACK) {
        for (size_t i = 0; i < n; i++) to[i] = (uint8_t)(WHOLE_8 - to[i]);
        return;
    }
    if (conversion->limit == UINT32_MAX) return;
    for (size_t i = 0; i < n; i++) hold_ink(to + 4 * i, conversion->limit);
}
