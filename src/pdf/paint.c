/* paint.c - see paint.h.
 *
 * Colours are compared in CIELAB as the profile says that the inks look, relative to the paper. All that is compared is
 * an integer, and the search goes over all mixtures in one order, so that equal input has equal inks everywhere.
 */
#include "pdf/paint.h"

#include <lcms2.h>

enum {
    PERCENT = BT_INK_WHOLE / 100,
    N_STEPS = 101,      /* 0 to 100 percent of an ink */
    LEAST_DOT = 3,      /* percent; smaller ones do not hold on the plate */
    ROWS_APART = 64,    /* paints of one drawing are mostly few */
    NEUTRAL = 600,      /* chroma of what passes for gray, and */
    BLACK_ENOUGH = 2500 /* lightness of what passes for black, where it is neutral [hundredths] */
};

/* Hundredths; l from 0 to 10000. */
typedef struct lab {
    int32_t l, a, b;
} lab;

typedef struct known {
    bt_paint paint;
    bt_paint_inks inks;
    bool is_set;
} known;

struct bt_paints {
    bt_arena *arena;
    const bt_profile *profile; /* NULL: none */
    bt_picture_inks plates;
    bt_ink spot; /* the equivalent of plates.spot */
    cmsHTRANSFORM rgb_to_cmyk, rgb_to_lab, cmyk_to_lab;
    int32_t *blacks; /* lightness of 0 to 100 percent of black */
    lab *mixtures;   /* tint by tint of the spot, black by black; NULL: not yet, or no spot */
    known known[ROWS_APART];
};

/* --- setting up --- */

static bool open_transforms(bt_paints *p)
{
    /* Few colours pass: none of the tables that make many fast. */
    const cmsUInt32Number exact = cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE;
    cmsContext lcms = p->profile->lcms;
    cmsHPROFILE rgb = cmsCreate_sRGBProfileTHR(lcms), lab_profile = cmsCreateLab4ProfileTHR(lcms, NULL);
    if (rgb && lab_profile) {
        p->rgb_to_cmyk = cmsCreateTransformTHR(lcms, rgb, TYPE_RGB_16, p->profile->icc, TYPE_CMYK_16, INTENT_PERCEPTUAL,
                                               exact | cmsFLAGS_BLACKPOINTCOMPENSATION);
        p->rgb_to_lab = cmsCreateTransformTHR(lcms, rgb, TYPE_RGB_16, lab_profile, TYPE_Lab_16,
                                              INTENT_RELATIVE_COLORIMETRIC, exact);
        p->cmyk_to_lab = cmsCreateTransformTHR(lcms, p->profile->icc, TYPE_CMYK_16, lab_profile, TYPE_Lab_16,
                                               INTENT_RELATIVE_COLORIMETRIC, exact);
    }
    if (rgb) cmsCloseProfile(rgb);
    if (lab_profile) cmsCloseProfile(lab_profile);
    return p->rgb_to_cmyk && p->rgb_to_lab && p->cmyk_to_lab;
}

/* ICC's 16 bits: 65535 is L* 100, 257 is one of a* and b*, which begin at -128. */
static lab lab_of(const uint16_t v[3])
{
    const int32_t one = 257, zero = 128 * one;
    return (lab){(int32_t)bt_mul_div(v[0], 10000, 65535), (int32_t)bt_mul_div(100 * (v[1] - zero), 1, one),
                 (int32_t)bt_mul_div(100 * (v[2] - zero), 1, one)};
}

static lab look_of(const bt_paints *p, const uint16_t cmyk[4])
{
    uint16_t in[4], out[3] = {0};
    for (int i = 0; i < 4; i++) in[i] = (uint16_t)bt_mul_div(cmyk[i], 65535, BT_INK_WHOLE);
    cmsDoTransform(p->cmyk_to_lab, in, out, 1);
    return lab_of(out);
}

/* A tint over which black is printed: each dot of black hides what black the spot's equivalent has there. */
static void mix(const bt_ink *spot, int tint, int black, uint16_t cmyk[4])
{
    const uint16_t inks[4] = {spot->c, spot->m, spot->y, spot->k};
    for (int i = 0; i < 4; i++) cmyk[i] = (uint16_t)bt_mul_div(inks[i], tint, 100);
    cmyk[3] = (uint16_t)(black * PERCENT + bt_mul_div(cmyk[3], 100 - black, 100));
}

static bool make_tables(bt_paints *p)
{
    p->blacks = BT_NEW_ARRAY(p->arena, N_STEPS, int32_t);
    if (!p->blacks) return false;
    for (int k = 0; k < N_STEPS; k++)
        p->blacks[k] = look_of(p, (const uint16_t[4]){0, 0, 0, (uint16_t)(k * PERCENT)}).l;
    if (!p->plates.is_black_alone || !p->plates.spot) return true;
    p->mixtures = BT_NEW_ARRAY(p->arena, N_STEPS * N_STEPS, lab);
    if (!p->mixtures) return false;
    for (int tint = 0; tint < N_STEPS; tint++)
        for (int black = 0; black < N_STEPS; black++) {
            uint16_t cmyk[4];
            mix(&p->spot, tint, black, cmyk);
            p->mixtures[tint * N_STEPS + black] = look_of(p, cmyk);
        }
    return true;
}

bt_paints *bt_paints_new(bt_arena *arena, const bt_profile *profile, const bt_pages *pages)
{
    bt_paints *p = BT_NEW(arena, bt_paints);
    if (!p) return NULL;
    *p = (bt_paints){.arena = arena, .profile = profile, .plates = pages->picture_inks};
    if (p->plates.spot > pages->n_spots) p->plates.spot = 0;
    if (p->plates.spot) p->spot = pages->spots[p->plates.spot - 1].equivalent;
    return p;
}

/* The first paint that needs them pays for the tables. */
static bool is_ready(bt_paints *p)
{
    if (p->blacks) return true;
    if (open_transforms(p) && make_tables(p)) return true;
    p->arena->failed = true; /* nothing but memory can have been wanting: the profile was checked when it was opened */
    return false;
}

void bt_paints_drop(bt_paints *p)
{
    if (!p) return;
    if (p->rgb_to_cmyk) cmsDeleteTransform(p->rgb_to_cmyk);
    if (p->rgb_to_lab) cmsDeleteTransform(p->rgb_to_lab);
    if (p->cmyk_to_lab) cmsDeleteTransform(p->cmyk_to_lab);
}

/* --- without a profile --- */

static int channel(const bt_paint *paint, int i) { return paint->v[i] > 255 ? 255 : paint->v[i]; }

static uint16_t ink(const bt_paint *paint, int i) { return paint->v[i] > BT_INK_WHOLE ? BT_INK_WHOLE : paint->v[i]; }

/* Full gray replacement: K is what the lightest channel lacks, C, M and Y are what the others lack of it. */
static void replace_gray(const bt_paint *paint, uint16_t cmyk[4])
{
    int most = 0;
    for (int i = 0; i < 3; i++)
        if (channel(paint, i) > most) most = channel(paint, i);
    for (int i = 0; i < 3; i++)
        cmyk[i] = most ? (uint16_t)(((most - channel(paint, i)) * BT_INK_WHOLE + most / 2) / most) : 0;
    cmyk[3] = (uint16_t)bt_mul_div(255 - most, BT_INK_WHOLE, 255);
}

/* Black by the weight that the eye gives to each colour [thousandths of them: red, green, blue]. */
static uint16_t weigh(const uint16_t cmyk[4])
{
    static const int weights[3] = {299, 587, 114};
    int64_t light = 0;
    for (int i = 0; i < 3; i++) light += (int64_t)weights[i] * (BT_INK_WHOLE - cmyk[i]);
    return (uint16_t)(BT_INK_WHOLE - bt_mul_div(light, BT_INK_WHOLE - cmyk[3], 1000 * (int64_t)BT_INK_WHOLE));
}

/* --- with one --- */

static lab look_of_rgb(const bt_paints *p, const bt_paint *paint)
{
    uint16_t rgb[3], out[3] = {0};
    for (int i = 0; i < 3; i++) rgb[i] = (uint16_t)(257 * channel(paint, i));
    cmsDoTransform(p->rgb_to_lab, rgb, out, 1);
    return lab_of(out);
}

static bool is_neutral(const lab *look)
{
    return (int64_t)look->a * look->a + (int64_t)look->b * look->b <= (int64_t)NEUTRAL * NEUTRAL;
}

/* The percent of black that is as light. */
static int nearest_black(const bt_paints *p, int32_t lightness)
{
    int best = 0;
    int32_t least = INT32_MAX;
    for (int k = 0; k < N_STEPS; k++) {
        int32_t off = p->blacks[k] < lightness ? lightness - p->blacks[k] : p->blacks[k] - lightness;
        if (off >= least || (k && k < LEAST_DOT)) continue;
        best = k;
        least = off;
    }
    return best;
}

/* What is darker than black ink is black, and all lightness between is drawn together alike. */
static int32_t compensated(const bt_paints *p, int32_t lightness)
{
    int32_t black = p->blacks[N_STEPS - 1];
    return black + (int32_t)bt_mul_div(lightness, 10000 - black, 10000);
}

static bt_paint_inks black_alone(int percent)
{
    return (bt_paint_inks){.cmyk = {0, 0, 0, (uint16_t)(percent * PERCENT)}};
}

/* The mixture that looks most like it. Lightness counts most, for it is what shapes are told by. */
static bt_paint_inks nearest_mixture(const bt_paints *p, const lab *look)
{
    enum { LIGHTNESS = 3 };
    int best_tint = 0, best_black = 0;
    int64_t least = INT64_MAX;
    for (int tint = 0; tint < N_STEPS; tint = tint ? tint + 1 : LEAST_DOT)
        for (int black = 0; black < N_STEPS; black = black ? black + 1 : LEAST_DOT) {
            const lab *mixture = &p->mixtures[tint * N_STEPS + black];
            int64_t l = mixture->l - look->l, a = mixture->a - look->a, b = mixture->b - look->b;
            int64_t off = LIGHTNESS * l * l + a * a + b * b;
            if (off >= least) continue;
            best_tint = tint;
            best_black = black;
            least = off;
        }
    bt_paint_inks inks = black_alone(best_black);
    inks.tint = (uint16_t)(best_tint * PERCENT);
    return inks;
}

static bt_paint_inks fewer_inks(const bt_paints *p, const lab *look)
{
    return p->mixtures ? nearest_mixture(p, look) : black_alone(nearest_black(p, look->l));
}

/* Lettering and outlines exported as paths often have the sRGB of printed black, #231F20: in four inks they would have
 * coloured edges wherever the plates do not quite meet. */
static bt_paint_inks four_inks(const bt_paints *p, const bt_paint *paint)
{
    lab look = look_of_rgb(p, paint);
    if (look.l <= BLACK_ENOUGH && is_neutral(&look)) return black_alone(nearest_black(p, look.l));
    uint16_t rgb[3], out[4] = {0};
    for (int i = 0; i < 3; i++) rgb[i] = (uint16_t)(257 * channel(paint, i));
    cmsDoTransform(p->rgb_to_cmyk, rgb, out, 1);
    bt_paint_inks inks = {.tint = 0};
    for (int i = 0; i < 4; i++) inks.cmyk[i] = (uint16_t)(PERCENT * bt_mul_div(out[i], 100, 65535));
    return inks;
}

static bool is_gray(const bt_paint *paint)
{
    if (paint->kind == BT_PAINT_RGB) return paint->v[0] == paint->v[1] && paint->v[1] == paint->v[2];
    return !paint->v[0] && !paint->v[1] && !paint->v[2];
}

static bt_paint_inks find(bt_paints *p, const bt_paint *paint)
{
    bt_paint_inks plain = {.tint = 0};
    bool is_rgb = paint->kind == BT_PAINT_RGB;
    if (is_rgb)
        replace_gray(paint, plain.cmyk);
    else
        for (int i = 0; i < 4; i++) plain.cmyk[i] = ink(paint, i);
    bool is_four = !p->plates.is_black_alone;
    if (is_gray(paint) || (is_four && (!is_rgb || !p->profile))) return plain;
    if (!p->profile) return (bt_paint_inks){.cmyk = {0, 0, 0, weigh(plain.cmyk)}};
    if (!is_ready(p)) return (bt_paint_inks){.tint = 0};
    if (is_four) return four_inks(p, paint);
    lab look = is_rgb ? look_of_rgb(p, paint) : look_of(p, plain.cmyk);
    if (is_rgb) look.l = compensated(p, look.l);
    return fewer_inks(p, &look);
}

bt_paint_inks bt_paints_find(bt_paints *p, const bt_paint *paint)
{
    uint32_t row = (uint32_t)paint->kind;
    for (int i = 0; i < 4; i++) row = row * 31 + paint->v[i];
    known *one = &p->known[row % ROWS_APART];
    bool is_same = one->is_set && one->paint.kind == paint->kind;
    for (int i = 0; i < 4; i++) is_same = is_same && one->paint.v[i] == paint->v[i];
    if (!is_same) *one = (known){*paint, find(p, paint), true};
    return one->inks;
}
