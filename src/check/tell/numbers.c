/* numbers.c - numbers as the writers need them. */
#include "check/tell/tell_int.h"

#include <math.h>

#define LARGEST 1e12  /* what a report has of numbers is far below */
#define LONGEST 99999 /* [mm] likewise: it would only make a table too wide */

static double tamed(double value) { return !isfinite(value) ? 0 : fmax(-LARGEST, fmin(LARGEST, value)); }

int64_t tell_thousandths(double value) { return llround(tamed(value) * 1000); }

bt_str tell_mm(const tell_target *to, double pt, int decimals)
{
    double mm = fmax(-LONGEST, fmin(LONGEST, tamed(pt) * TELL_MM_PER_PT));
    return shown_fixed(to->arena, to->diags->lang, mm, decimals);
}

bt_str tell_count(const tell_target *to, uint64_t n) { return bt_str_format(to->arena, "%llu", (unsigned long long)n); }
