/* shown.c - see shown.h. */
#include "check/shown.h"

#include <math.h>

enum { MOST_DECIMALS = 6 };

static int64_t in_units(double value, int decimals)
{
    static const double powers[MOST_DECIMALS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double units = round(value * powers[decimals]);
    if (!(fabs(units) < 1e15)) return 0; /* no length of a page, nor a NaN */
    return (int64_t)units;
}

/* The point becomes a comma in Vietnamese. */
static bt_str in_lang(bt_buf *buf, bt_lang lang)
{
    for (uint32_t i = 0; lang == BT_LANG_VI && i < buf->bytes.n; i++)
        if (buf->bytes.v[i] == '.') buf->bytes.v[i] = ',';
    return bt_buf_str(buf);
}

bt_str shown_number(bt_arena *arena, bt_lang lang, double value, int decimals)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_fixed(&buf, in_units(value, decimals), decimals);
    return in_lang(&buf, lang);
}

bt_str shown_fixed(bt_arena *arena, bt_lang lang, double value, int decimals)
{
    int64_t units = in_units(value, decimals), power = 1;
    for (int i = 0; i < decimals; i++) power *= 10;
    int64_t size = units < 0 ? -units : units;
    bt_buf buf = bt_buf_in(arena);
    if (units < 0) bt_buf_add_char(&buf, '-');
    bt_buf_add_int(&buf, size / power);
    if (decimals) bt_buf_format(&buf, ".%0*lld", decimals, (long long)(size % power));
    return in_lang(&buf, lang);
}

static bt_str with_unit(bt_arena *arena, bt_str number, const char *unit)
{
    return bt_str_join(arena, number, bt_str_of(unit));
}

bt_str shown_mm(bt_arena *arena, bt_lang lang, double pt)
{
    return with_unit(arena, shown_fixed(arena, lang, pt / SHOWN_PT_PER_MM, 2), " mm");
}

bt_str shown_pt(bt_arena *arena, bt_lang lang, double pt)
{
    return with_unit(arena, shown_number(arena, lang, pt, 2), " pt");
}

bt_str shown_percent(bt_arena *arena, bt_lang lang, double share)
{
    return with_unit(arena, shown_number(arena, lang, share * 100, 1), " %");
}

bt_str shown_count(bt_arena *arena, uint32_t n) { return bt_str_format(arena, "%u", n); }
