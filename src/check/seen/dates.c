/* dates.c - whether a date as Info writes it and one as XMP writes it are one moment. */
#include "check/seen/open_int.h"

/* As much of a date as is written. */
typedef struct moment {
    int v[6]; /* year, month, day, hour, minute, second */
    int n;    /* of them that are given */
    bool has_zone;
    int zone; /* minutes east of Greenwich */
} moment;

/* The next number of just so many digits, after one of the separators if there are any. False: there is none. */
static bool take_digits(bt_str text, size_t *at, int n_digits, bt_str separators, int *value)
{
    size_t begin = *at;
    for (size_t i = 0; i < separators.len && begin == *at; i++)
        if (begin < text.len && text.ptr[begin] == separators.ptr[i]) begin++;
    int sum = 0;
    for (int i = 0; i < n_digits; i++) {
        char c = begin < text.len ? text.ptr[begin] : '\0';
        if (c < '0' || c > '9') return false;
        sum = sum * 10 + (c - '0');
        begin++;
    }
    *at = begin;
    *value = sum;
    return true;
}

static moment read_moment(bt_str text)
{
    enum { YEAR_DIGITS = 4, HOUR_MINUTES = 60 };
    moment m = {.v = {0, 1, 1, 0, 0, 0}};
    size_t at = bt_str_starts(text, BT_STR("D:")) ? 2 : 0;
    while (m.n < 6 && take_digits(text, &at, m.n ? 2 : YEAR_DIGITS, BT_STR("-T:"), &m.v[m.n])) m.n++;
    if (at < text.len && text.ptr[at] == '.') do
            at++;
        while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9');
    if (at >= text.len) return m;
    char sign = text.ptr[at++];
    int hours = 0, minutes = 0;
    m.has_zone = sign == 'Z' || ((sign == '+' || sign == '-') && take_digits(text, &at, 2, BT_STR(""), &hours));
    take_digits(text, &at, 2, BT_STR(":'"), &minutes);
    if (m.has_zone && sign != 'Z') m.zone = (sign == '-' ? -1 : 1) * (hours * HOUR_MINUTES + minutes);
    return m;
}

/* Minutes since the year 0, on a calendar in which the months before March belong to the year before. */
static int64_t minutes_of(const moment *m)
{
    enum { MARCH = 3, MONTHS = 12, DAY_HOURS = 24, HOUR_MINUTES = 60 };
    int64_t year = m->v[1] < MARCH ? m->v[0] - 1 : m->v[0];
    int64_t month = (m->v[1] + MONTHS - MARCH) % MONTHS;
    int64_t day = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + m->v[2];
    return (day * DAY_HOURS + m->v[3]) * HOUR_MINUTES + m->v[4];
}

bool seen_dates_agree(bt_str info, bt_str xmp)
{
    enum { TO_THE_DAY = 3, TO_THE_MINUTE = 5, TO_THE_SECOND = 6 };
    moment a = read_moment(bt_str_trim(info)), b = read_moment(bt_str_trim(xmp));
    int n = a.n < b.n ? a.n : b.n;
    if (!n) return true;
    if (n < TO_THE_MINUTE) {
        for (int i = 0; i < n && i < TO_THE_DAY; i++)
            if (a.v[i] != b.v[i]) return false;
        return true;
    }
    bool has_zones = a.has_zone && b.has_zone;
    return minutes_of(&a) - (has_zones ? a.zone : 0) == minutes_of(&b) - (has_zones ? b.zone : 0) &&
           (n < TO_THE_SECOND || a.v[5] == b.v[5]);
}
