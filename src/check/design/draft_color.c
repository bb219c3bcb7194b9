/* draft_color.c - the colours of a draft, by name; and what inks a colour of a screen would print with. */
#include "check/design/draft.h"

#include <math.h>

#define SAME 0.03  /* of each ink: colours of a layout are no nearer to each other */
#define WHITE 0.02 /* of ink: paper */
#define DARK 0.93  /* of black: ink itself */

/* --- inks for a colour of a screen --- */

/* What the full inks look like on coated paper, in sRGB: the solids of FOGRA39 and their overprints, black on top of
 * them being nearly black. */
static const double primaries[8][3] = {
    {1.000, 1.000, 1.000}, {0.000, 0.620, 0.878}, {0.902, 0.000, 0.494}, {0.192, 0.153, 0.514},
    {1.000, 0.929, 0.000}, {0.000, 0.588, 0.251}, {0.890, 0.024, 0.075}, {0.235, 0.196, 0.184},
};
static const double black[3] = {0.114, 0.114, 0.106};

/* Neugebauer: dots that overlap at random show each overprint as often as chance has it. A dot prints larger than it
 * was asked for. */
static void look_of(const double cmyk[4], double rgb[3])
{
    double dots[4];
    for (int i = 0; i < 4; i++) dots[i] = cmyk[i] + 0.55 * cmyk[i] * (1 - cmyk[i]);
    for (int k = 0; k < 3; k++) {
        double sum = 0;
        for (unsigned i = 0; i < 8; i++) {
            double part = 1;
            for (unsigned ink = 0; ink < 3; ink++) part *= i >> ink & 1 ? dots[ink] : 1 - dots[ink];
            sum += part * pow(primaries[i][k], 2.2);
        }
        rgb[k] = pow(sum * (1 - dots[3]) + dots[3] * pow(black[k], 2.2), 1 / 2.2);
    }
}

static double distance(const double cmyk[4], const double rgb[3])
{
    double look[3], sum = 0;
    look_of(cmyk, look);
    for (int k = 0; k < 3; k++) sum += (look[k] - rgb[k]) * (look[k] - rgb[k]);
    double least = fmin(cmyk[0], fmin(cmyk[1], cmyk[2]));
    return sum + 0.002 * least; /* gray is better made of black */
}

/* From the plain complement downhill, in ever smaller steps. */
static void inks_of_rgb(const double rgb[3], double cmyk[4])
{
    double most = fmax(rgb[0], fmax(rgb[1], rgb[2]));
    for (int i = 0; i < 3; i++) cmyk[i] = most > 0 ? (most - rgb[i]) / most : 0;
    cmyk[3] = 1 - most;
    double best = distance(cmyk, rgb);
    for (double step = 0.16; step > 0.004;) {
        bool is_better = false;
        for (int i = 0; i < 8; i++) {
            double old = cmyk[i / 2];
            cmyk[i / 2] = fmin(1, fmax(0, old + (i % 2 ? step : -step)));
            double now = distance(cmyk, rgb);
            if (now < best - 1e-9) {
                best = now;
                is_better = true;
            } else {
                cmyk[i / 2] = old;
            }
        }
        if (!is_better) step /= 2;
    }
}

void draft_inks(const seen_color *color, double cmyk[4])
{
    bool is_rgb = color->space == SEEN_RGB || color->space == SEEN_ICC_RGB || color->space == SEEN_CAL_RGB;
    if (is_rgb && color->n >= 3) {
        double gray = (color->v[0] + color->v[1] + color->v[2]) / 3;
        inks_of_rgb(color->v, cmyk);
        if (!design_is_colourful(color)) { /* a dark gray of three lights is meant as black */
            cmyk[0] = cmyk[1] = cmyk[2] = 0;
            cmyk[3] = gray < 0.2 ? 1 : 1 - gray;
        }
    } else if (!seen_color_cmyk(color, cmyk)) {
        cmyk[0] = cmyk[1] = cmyk[2] = 0;
        cmyk[3] = color->n && color->space == SEEN_SPOT ? color->v[0] : 1;
        if (color->space == SEEN_ICC_GRAY || color->space == SEEN_CAL_GRAY) cmyk[3] = 1 - color->v[0];
    }
    for (int i = 0; i < 4; i++) cmyk[i] = round(cmyk[i] * 100);
}

/* --- names --- */

static bool is_same(const double a[4], const double b[4])
{
    for (int i = 0; i < 4; i++)
        if (fabs(a[i] - b[i]) > 100 * SAME) return false;
    return true;
}

static bool is_tint_of(const double tint[4], const double of[4], uint32_t *percent)
{
    double most = 0, part = 0;
    for (int i = 0; i < 4; i++)
        if (of[i] > most) {
            most = of[i];
            part = tint[i] / of[i];
        }
    for (int i = 0; i < 4; i++)
        if (fabs(tint[i] - part * of[i]) > 1.6) return false;
    *percent = (uint32_t)lround(100 * part);
    return most > 0;
}

static draft_color *add_color(draft *w, const seen_color *seen, bt_str name)
{
    if (w->n_colors == DRAFT_MOST_COLORS) return NULL;
    draft_color *color = &w->colors[w->n_colors++];
    *color = (draft_color){.seen = *seen, .name = name};
    draft_inks(seen, color->cmyk);
    return color;
}

bt_str draft_color_of(draft *w, const seen_color *color)
{
    double cmyk[4];
    draft_inks(color, cmyk);
    double sum = cmyk[0] + cmyk[1] + cmyk[2] + cmyk[3];
    if (sum < 100 * WHITE && color->space != SEEN_PATTERN) return BT_STR("paper");
    if (cmyk[0] + cmyk[1] + cmyk[2] < 2 && cmyk[3] > 100 * DARK && color->space != SEEN_SPOT) return BT_STR("ink");
    for (uint32_t i = 0; i < w->n_colors; i++)
        if (is_same(w->colors[i].cmyk, cmyk)) return w->colors[i].name;
    bool is_gray = cmyk[0] + cmyk[1] + cmyk[2] < 2;
    bt_str name =
        is_gray ? draft_numbered(w, "gray-", (uint32_t)lround(cmyk[3])) : draft_numbered(w, "color-", w->n_colors);
    draft_color *added = add_color(w, color, name);
    if (!added) return BT_STR("ink");
    added->is_tint = is_gray;
    added->percent = (uint32_t)lround(cmyk[3]);
    return name;
}

/* The light colour of most areas: the tint behind boxes. */
static const design_ink *tint_of(const design *d)
{
    const design_ink *best = NULL;
    for (uint32_t i = 0; i < d->inks.n; i++) {
        double cmyk[4];
        draft_inks(&d->inks.v[i].color, cmyk);
        double sum = cmyk[0] + cmyk[1] + cmyk[2] + cmyk[3];
        bool is_light = sum > 1 && sum < 80;
        if (is_light && d->inks.v[i].area > (best ? best->area : 1000)) best = &d->inks.v[i];
    }
    return best;
}

/* Accent, tint and the quiet gray have their names from base.json, which uses them. */
void draft_find_colors(draft *w)
{
    const design *d = w->d;
    if (d->accent != DESIGN_NONE) add_color(w, &d->inks.v[d->accent].color, BT_STR("accent"));
    const design_ink *tint = tint_of(d);
    if (tint) add_color(w, &tint->color, BT_STR("tint"));
    for (uint32_t i = 0; i < d->styles.n; i++) {
        const design_style *style = &d->styles.v[i];
        double cmyk[4];
        draft_inks(&style->color, cmyk);
        bool is_gray = cmyk[0] + cmyk[1] + cmyk[2] < 2 && cmyk[3] > 30 && cmyk[3] < 100 * DARK;
        if (!is_gray || style->role == DESIGN_OTHER) continue;
        draft_color *quiet = add_color(w, &style->color, BT_STR("quiet"));
        if (!quiet) return;
        quiet->is_tint = true;
        quiet->percent = (uint32_t)lround(cmyk[3]);
        return;
    }
}

static void write_color(draft *w, const draft_color *color)
{
    const draft_color *accent = w->n_colors && bt_str_is(w->colors[0].name, "accent") ? &w->colors[0] : NULL;
    uint32_t percent;
    draft_open(w, bt_str_z(w->arena, color->name), '{');
    if (color->is_tint) {
        draft_word(w, "of", "ink");
        draft_number(w, "percent", color->percent);
    } else if (accent && color != accent && is_tint_of(color->cmyk, accent->cmyk, &percent) && percent <= 100) {
        draft_word(w, "of", "accent");
        draft_number(w, "percent", percent);
    } else {
        if (color->seen.space == SEEN_SPOT && color->seen.name.len) draft_text(w, "spot", color->seen.name);
        draft_open(w, "cmyk", '[');
        for (int i = 0; i < 4; i++) draft_number(w, NULL, (int64_t)color->cmyk[i]);
        draft_close(w, ']');
    }
    draft_close(w, '}');
}

/* In two inks what is colourful is the accent; in one all is black. */
static void write_palettes(draft *w, bool has_accent)
{
    draft_open(w, "palettes", '{');
    draft_open(w, "two", '{');
    if (has_accent && w->colors[0].seen.space != SEEN_SPOT) {
        draft_open(w, "accent", '{');
        draft_word(w, "spot", "Spot 1");
        draft_open(w, "cmyk", '[');
        for (int i = 0; i < 4; i++) draft_number(w, NULL, (int64_t)w->colors[0].cmyk[i]);
        draft_close(w, ']');
        draft_close(w, '}');
    }
    for (int mono = 0; mono < 2; mono++) {
        if (mono) draft_open(w, "mono", '{');
        for (uint32_t i = 0; i < w->n_colors; i++) {
            const draft_color *color = &w->colors[i];
            if (color->is_tint || bt_str_is(color->name, "accent") || bt_str_is(color->name, "tint")) continue;
            draft_open(w, bt_str_z(w->arena, color->name), '{');
            draft_word(w, "of", has_accent && !mono ? "accent" : "ink");
            draft_close(w, '}');
        }
        draft_close(w, '}');
    }
    draft_close(w, '}');
}

void draft_write_colors(draft *w)
{
    bool has_accent = w->n_colors && bt_str_is(w->colors[0].name, "accent");
    draft_open(w, "colors", '{');
    for (uint32_t i = 0; i < w->n_colors; i++) write_color(w, &w->colors[i]);
    if (!has_accent) { /* a design in black */
        draft_open(w, "accent", '{');
        draft_word(w, "of", "ink");
        draft_close(w, '}');
    }
    draft_close(w, '}');
    write_palettes(w, has_accent);
}
