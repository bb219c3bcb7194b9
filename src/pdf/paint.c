/* paint.c - see paint.h.
 *
 * Colours are compared in CIELAB as the profile says that the inks look, relative to the paper. All that is compared is
 * an integer, and the search goes over all mixtures in one order, so that equal input has equal inks everywhere.
 */
#include "pdf/paint.h"

#include <lcms2.h>

enum {
    PERCENT = BT_INK_WHOLE / 100,
    N_STEPS = 101, /* 0 to 100 percent of an ink */
    LEAST_DOT = 3, /* percent; smaller ones do not hold on the plate */
    COARSE = 2,    /* percent from one mixture of the table to the next */
    N_COARSE = 100 / COARSE + 1,
    ROWS_APART = 64,    /* paints of one drawing are mostly few */
    NEUTRAL = 600,      /* chroma of what passes for gray, and */
    BLACK_ENOUGH = 2000 /* lightness of what passes for black, where it is neutral [hundredths] */
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
    bt_ink spot;       /* the equivalent of plates.spot */
    int32_t ink_limit; /* hundredths of a percent */
    cmsHPROFILE rgb;
    cmsHTRANSFORM rgb_to_cmyk, rgb_to_lab, cmyk_to_lab; /* NULL: not yet */
    int32_t *blacks;                                    /* lightness of 0 to 100 percent of black */
    lab *mixtures; /* tint by tint of the spot, black by black, COARSE apart; NULL: not yet, or no spot */
    known known[ROWS_APART];
};

/* --- setting up --- */

/* Few colours pass: none of the tables that make many fast. */
static const cmsUInt32Number exact = cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE;

static bool open_transforms(bt_paints *p)
{
    cmsContext lcms = p->profile->lcms;
    cmsHPROFILE lab_profile = cmsCreateLab4ProfileTHR(lcms, NULL);
    p->rgb = cmsCreate_sRGBProfileTHR(lcms);
    if (p->rgb && lab_profile) {
        p->rgb_to_lab = cmsCreateTransformTHR(lcms, p->rgb, TYPE_RGB_16, lab_profile, TYPE_Lab_16,
                                              INTENT_RELATIVE_COLORIMETRIC, exact);
        p->cmyk_to_lab = cmsCreateTransformTHR(lcms, p->profile->icc, TYPE_CMYK_16, lab_profile, TYPE_Lab_16,
                                               INTENT_RELATIVE_COLORIMETRIC, exact);
    }
    if (lab_profile) cmsCloseProfile(lab_profile);
    return p->rgb_to_lab && p->cmyk_to_lab;
}

/* The first paint that is set in four inks pays for it: finding the press's black takes longer than all the rest. */
static bool open_four_inks(bt_paints *p)
{
    if (!p->rgb_to_cmyk)
        p->rgb_to_cmyk = cmsCreateTransformTHR(p->profile->lcms, p->rgb, TYPE_RGB_16, p->profile->icc, TYPE_CMYK_16,
                                               INTENT_PERCEPTUAL, exact | cmsFLAGS_BLACKPOINTCOMPENSATION);
    if (!p->rgb_to_cmyk) p->arena->failed = true;
    return p->rgb_to_cmyk != NULL;
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

/* Of a tint over which black is printed: each dot of black hides what black the spot's equivalent has there. */
static lab look_of_mixture(const bt_paints *p, int tint, int black)
{
    const bt_ink *spot = &p->spot;
    uint16_t cmyk[4] = {spot->c, spot->m, spot->y, spot->k};
    for (int i = 0; i < 4; i++) cmyk[i] = (uint16_t)bt_mul_div(cmyk[i], tint, 100);
    cmyk[3] = (uint16_t)(black * PERCENT + bt_mul_div(cmyk[3], 100 - black, 100));
    return look_of(p, cmyk);
}

static bool make_tables(bt_paints *p)
{
    p->blacks = BT_NEW_ARRAY(p->arena, N_STEPS, int32_t);
    if (!p->blacks) return false;
    for (int k = 0; k < N_STEPS; k++)
        p->blacks[k] = look_of(p, (const uint16_t[4]){0, 0, 0, (uint16_t)(k * PERCENT)}).l;
    if (!p->plates.is_black_alone || !p->plates.spot) return true;
    p->mixtures = BT_NEW_ARRAY(p->arena, N_COARSE * N_COARSE, lab);
    if (!p->mixtures) return false;
    for (int i = 0; i < N_COARSE * N_COARSE; i++)
        p->mixtures[i] = look_of_mixture(p, i / N_COARSE * COARSE, i % N_COARSE * COARSE);
    return true;
}

bt_paints *bt_paints_new(bt_arena *arena, const bt_profile *profile, const bt_pages *pages, int32_t ink_limit)
{
    bt_paints *p = BT_NEW(arena, bt_paints);
    if (!p) return NULL;
    *p = (bt_paints){.arena = arena, .profile = profile, .plates = pages->picture_inks};
    p->ink_limit = ink_limit > 0 ? ink_limit * PERCENT : INT32_MAX;
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
    if (p->rgb) cmsCloseProfile(p->rgb);
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

/* Lettering and outlines exported as paths often have the sRGB of printed black, #231F20: in four inks they would have
 * coloured edges wherever the plates do not quite meet. */
static bool is_black(const lab *look)
{
    int64_t chroma2 = (int64_t)look->a * look->a + (int64_t)look->b * look->b;
    return look->l <= BLACK_ENOUGH && chroma2 <= (int64_t)NEUTRAL * NEUTRAL;
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

/* CIE's luminance of a lightness, in thousand millionths of white's, and the way back. */
static int64_t luminance(int32_t lightness)
{
    enum { STRAIGHT = 800, WHOLE = 11600, OFFSET = 1600 }; /* below L* 8 it is a straight line */
    if (lightness <= STRAIGHT) return bt_mul_div(lightness, 100000000, 9033);
    int64_t f = lightness + OFFSET;
    return bt_mul_div(f * f * f, 1000, (int64_t)WHOLE * WHOLE * WHOLE / 1000000);
}

static int32_t lightness_of(int64_t wanted)
{
    int32_t low = 0, high = 10000;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (luminance(middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Black point compensation: black becomes the press's black, paper stays, and light between them is drawn together. */
static int32_t compensated(const bt_paints *p, int32_t lightness)
{
    const int64_t whole = 1000000000, black = luminance(p->blacks[N_STEPS - 1]);
    return lightness_of(black + bt_mul_div(luminance(lightness), whole - black, whole));
}

static bt_paint_inks black_alone(int percent)
{
    return (bt_paint_inks){.cmyk = {0, 0, 0, (uint16_t)(percent * PERCENT)}};
}

typedef struct mixture {
    int tint, black; /* percent */
    int64_t off;     /* how far from the look that is wanted */
} mixture;

/* Takes a mixture that is nearer. Lightness counts most, for it is what shapes are told by. */
static void compare(mixture *best, int tint, int black, const lab *look, const lab *wanted)
{
    enum { LIGHTNESS = 3 };
    if ((tint && tint < LEAST_DOT) || (black && black < LEAST_DOT)) return;
    int64_t l = look->l - wanted->l, a = look->a - wanted->a, b = look->b - wanted->b;
    int64_t off = LIGHTNESS * l * l + a * a + b * b;
    if (off < best->off) *best = (mixture){tint, black, off};
}

/* The mixture that looks most like it: by the table, then among those around. */
static bt_paint_inks nearest_mixture(const bt_paints *p, const lab *wanted)
{
    mixture best = {.off = INT64_MAX};
    for (int i = 0; i < N_COARSE * N_COARSE; i++)
        compare(&best, i / N_COARSE * COARSE, i % N_COARSE * COARSE, &p->mixtures[i], wanted);
    const mixture middle = best;
    for (int tint = middle.tint - 1; tint <= middle.tint + 1; tint++)
        for (int black = middle.black - 1; black <= middle.black + 1; black++) {
            if (tint < 0 || tint > 100 || black < 0 || black > 100) continue;
            lab look = look_of_mixture(p, tint, black);
            compare(&best, tint, black, &look, wanted);
        }
    bt_paint_inks inks = black_alone(best.black);
    inks.tint = (uint16_t)(best.tint * PERCENT);
    return inks;
}

static bt_paint_inks fewer_inks(const bt_paints *p, const lab *look)
{
    return p->mixtures ? nearest_mixture(p, look) : black_alone(nearest_black(p, look->l));
}

/* What is too much is taken from the colours, in their own proportion, as it is with pictures. */
static void hold_ink(const bt_paints *p, uint16_t cmyk[4])
{
    int32_t colors = cmyk[0] + cmyk[1] + cmyk[2], left = p->ink_limit - cmyk[3];
    if (colors <= left) return;
    for (int i = 0; i < 3; i++) cmyk[i] = (uint16_t)(cmyk[i] * (left > 0 ? left : 0) / colors / PERCENT * PERCENT);
}

static bt_paint_inks four_inks(bt_paints *p, const bt_paint *paint)
{
    bt_paint_inks inks = {.tint = 0};
    if (!open_four_inks(p)) return inks;
    uint16_t rgb[3], out[4] = {0};
    for (int i = 0; i < 3; i++) rgb[i] = (uint16_t)(257 * channel(paint, i));
    cmsDoTransform(p->rgb_to_cmyk, rgb, out, 1);
    for (int i = 0; i < 4; i++) inks.cmyk[i] = (uint16_t)(PERCENT * bt_mul_div(out[i], 100, 65535));
    hold_ink(p, inks.cmyk);
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
    bool is_four = !p->plates.is_black_alone, is_neutral = is_gray(paint);
    if (!is_rgb && (is_four || is_neutral)) return plain;
    if (!p->profile) return is_four ? plain : (bt_paint_inks){.cmyk = {0, 0, 0, weigh(plain.cmyk)}};
    if (!is_ready(p)) return (bt_paint_inks){.tint = 0};
    lab look = is_rgb ? look_of_rgb(p, paint) : look_of(p, plain.cmyk);
    if (is_black(&look)) return black_alone(nearest_black(p, look.l));
    if (is_rgb && is_four && !is_neutral) return four_inks(p, paint);
    if (is_rgb) look.l = compensated(p, look.l);
    return is_neutral ? black_alone(nearest_black(p, look.l)) : fewer_inks(p, &look);
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
