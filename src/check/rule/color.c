/* color.c - what prints of a colour: how many inks, whether it looks white or black. */
#include "check/rule/rule_int.h"

#define LEAST 0.005   /* of an ink that prints */
#define BLACKEST 0.12 /* light that a colour which looks black throws back at most, in each of red, green and blue */

bool rule_is_rgb(seen_space space) { return space == SEEN_RGB; }

bool rule_is_calibrated(seen_space space)
{
    return space == SEEN_ICC_RGB || space == SEEN_CAL_RGB || space == SEEN_LAB;
}

static bool is_cmyk(const seen_color *color) { return color->space == SEEN_CMYK || color->space == SEEN_ICC_CMYK; }

static bool is_gray(const seen_color *color)
{
    return color->space == SEEN_GRAY || color->space == SEEN_ICC_GRAY || color->space == SEEN_CAL_GRAY;
}

bool rule_is_registration(const seen_color *color)
{
    return color && color->space == SEEN_SPOT && bt_str_is(color->name, "All") && color->v[0] >= LEAST;
}

static uint32_t n_values(const seen_color *color) { return color->n < SEEN_MOST_INKS ? color->n : SEEN_MOST_INKS; }

uint32_t rule_n_inks(const seen_color *color)
{
    if (is_gray(color)) return color->v[0] <= 1 - LEAST;
    if (rule_is_registration(color)) return 4;
    if (color->space == SEEN_SPOT && bt_str_is(color->name, "None")) return 0;
    if (rule_is_rgb(color->space) || color->space == SEEN_ICC_RGB || color->space == SEEN_CAL_RGB)
        return rule_is_white(color) ? 0 : SEEN_MOST_INKS + 1;
    if (!is_cmyk(color) && color->space != SEEN_SPOT && color->space != SEEN_DEVICE_N) return SEEN_MOST_INKS + 1;
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_values(color); i++) n += color->v[i] >= LEAST;
    return n;
}

bool rule_is_white(const seen_color *color)
{
    if (color->space == SEEN_LAB) return color->v[0] >= 100 - LEAST;
    if (rule_is_rgb(color->space) || rule_is_calibrated(color->space))
        return color->v[0] >= 1 - LEAST && color->v[1] >= 1 - LEAST && color->v[2] >= 1 - LEAST;
    return rule_n_inks(color) == 0;
}

bool rule_is_black_ink(const seen_color *color)
{
    if (color->space == SEEN_SPOT) return bt_str_is(color->name, "Black") && color->v[0] >= 1 - LEAST;
    return color->space == SEEN_CMYK && color->v[3] >= 1 - LEAST && rule_n_inks(color) == 1;
}

bool rule_is_black(const seen_color *color)
{
    double black = color->v[3];
    if (is_gray(color)) return color->v[0] <= BLACKEST;
    if (rule_is_rgb(color->space) || color->space == SEEN_ICC_RGB || color->space == SEEN_CAL_RGB)
        return color->v[0] <= BLACKEST && color->v[1] <= BLACKEST && color->v[2] <= BLACKEST;
    if (!is_cmyk(color)) return rule_is_registration(color) || rule_is_black_ink(color);
    for (int i = 0; i < 3; i++)
        if ((1 - color->v[i]) * (1 - black) > BLACKEST) return false;
    return true;
}

bool rule_is_process_ink(bt_str name)
{
    return bt_str_is(name, "Cyan") || bt_str_is(name, "Magenta") || bt_str_is(name, "Yellow") ||
           bt_str_is(name, "Black");
}
