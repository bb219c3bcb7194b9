/* bundle_time.c - points of a line that name a time: years, months, quarters, days. They must go forward, and stand as
 * far apart as the times do. Labels that name no time stand evenly, in the table's order. */
#include "bundle/bundle_int.h"

typedef enum moment_kind { NO_MOMENT, YEAR, MONTH, QUARTER, DAY } moment_kind;

typedef struct moment {
    moment_kind kind;
    int64_t at; /* years, months, quarters or days */
} moment;

enum { MOST_NUMBERS = 3, MONTHS = 12, QUARTERS = 4, MOST_DAYS = 31 };

typedef struct numbers {
    int64_t v[MOST_NUMBERS];
    size_t n_digits[MOST_NUMBERS];
    int n; /* MOST_NUMBERS + 1: too many */
} numbers;

static numbers numbers_in(bt_str text)
{
    numbers found = {0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') continue;
        if (found.n == MOST_NUMBERS) {
            found.n++;
            break;
        }
        size_t begin = i;
        for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
            if (i - begin < 9) found.v[found.n] = found.v[found.n] * 10 + (text.ptr[i] - '0');
        found.n_digits[found.n++] = i - begin;
    }
    return found;
}

static bool names_quarter(bt_str text)
{
    return bt_str_starts(text, BT_STR("Quý")) || bt_str_starts(text, BT_STR("quý")) || bt_str_starts(text, BT_STR("Q"));
}

/* Days since a fixed one: months are counted from March, so that the leap day comes last. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2) {
        year--;
        month += MONTHS;
    }
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day;
}

/* "2023", "Năm 2023", "Tháng 4/2023", "Quý 2/2023", "9/4/2024", "2024-04-09". */
static moment moment_of(bt_str text)
{
    numbers found = numbers_in(text);
    bool is_year_last = found.n >= 1 && found.n <= MOST_NUMBERS && found.n_digits[found.n - 1] == 4;
    if (found.n == 1 && is_year_last) return (moment){YEAR, found.v[0]};
    if (found.n == 2 && is_year_last && found.v[0] >= 1) {
        if (names_quarter(text))
            return found.v[0] <= QUARTERS ? (moment){QUARTER, found.v[1] * QUARTERS + found.v[0]} : (moment){0};
        return found.v[0] <= MONTHS ? (moment){MONTH, found.v[1] * MONTHS + found.v[0]} : (moment){0};
    }
    if (found.n != 3) return (moment){0};
    bool is_iso = found.n_digits[0] == 4;
    int64_t year = found.v[is_iso ? 0 : 2], month = found.v[1], day = found.v[is_iso ? 2 : 0];
    bool is_day = (is_iso || is_year_last) && month >= 1 && month <= MONTHS && day >= 1 && day <= MOST_DAYS;
    return is_day ? (moment){DAY, day_number(year, month, day)} : (moment){0};
}

void bt_bundle_chart_times(bt_bundle_reader *b, bt_chart *chart)
{
    bt_fields_reader *r = &b->fields;
    int64_t *times = BT_NEW_ARRAY(r->arena, chart->n_points, int64_t);
    moment_kind kind = NO_MOMENT;
    if (!times) return;
    for (uint32_t i = 0; i < chart->n_points; i++) {
        moment m = moment_of(chart->points[i]->cells[chart->x].text.s);
        if (m.kind == NO_MOMENT || (i && m.kind != kind)) return;
        kind = m.kind;
        times[i] = m.at;
    }
    for (uint32_t i = 1; i < chart->n_points; i++) {
        if (times[i] > times[i - 1]) continue;
        const bt_text *label = &chart->points[i]->cells[chart->x].text;
        bt_str before = bt_fields_quoted(r, chart->points[i - 1]->cells[chart->x].text.s);
        bt_fields_fault(r, BT_E_CHART_ORDER, label->at, BT_ARGS(bt_fields_quoted(r, label->s), before));
        return;
    }
    chart->times = times;
}
