/* numbers.c - numbers for people: so many decimals, and the decimal sign of the language. */
#include "check/tell/tell_int.h"

#include <math.h>

enum { MOST_DECIMALS = 3 };
#define LARGEST 1e12  /* what a report has of numbers is far below */
#define LONGEST 99999 /* [mm] likewise: it would only make a table too wide */

static double tamed(double value) { return !isfinite(value) ? 0 : fmax(-LARGEST, fmin(LARGEST, value)); }

int64_t tell_thousandths(double value) { return llround(tamed(value) * 1000); }

bt_str tell_number(const tell_target *to, double value, int decimals)
{
    static const int64_t powers[MOST_DECIMALS + 1] = {1, 10, 100, 1000};
    int64_t power = powers[decimals];
    int64_t n = llround(tamed(value) * (double)power);
    bt_buf out = bt_buf_in(to->arena);
    if (n < 0) bt_buf_add_z(&out, "\u2212");
    if (n < 0) n = -n;
    bt_buf_add_int(&out, n / power);
    if (!decimals) return bt_buf_str(&out);
    bt_buf_add_char(&out, to->diags->lang == BT_LANG_VI ? ',' : '.');
    for (n %= power; power > 1; n %= power) {
        power /= 10;
        bt_buf_add_char(&out, (char)('0' + n / power));
    }
    return bt_buf_str(&out);
}

bt_str tell_mm(const tell_target *to, double pt, int decimals)
{
    return tell_number(to, fmax(-LONGEST, fmin(LONGEST, tamed(pt) * TELL_MM_PER_PT)), decimals);
}

bt_str tell_count(const tell_target *to, uint64_t n) { return bt_str_format(to->arena, "%llu", (unsigned long long)n); }
