#include "base/unit.h"

int64_t bt_mul_div_wide(int64_t a, int64_t b, int64_t c)
{
    __extension__ typedef __int128 wide;
    wide product = (wide)a * b;
    wide half = c / 2;
    return (int64_t)((product < 0 ? product - half : product + half) / c);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool bt_fixed_parse(bt_str text, int decimals, int64_t *value)
{
    size_t at = 0;
    bool is_negative = text.len && text.ptr[0] == '-';
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+')) at++;
    int64_t whole = 0;
    size_t n_digits = 0;
    for (; at < text.len && is_digit(text.ptr[at]); at++, n_digits++) {
        if (whole > (INT64_MAX - 9) / 10) return false;
        whole = whole * 10 + (text.ptr[at] - '0');
    }
    bool has_point = at < text.len && text.ptr[at] == '.';
    if (has_point) at++;
    int64_t rounding = 0;
    for (int i = 0; i < decimals; i++) {
        if (whole > (INT64_MAX - 9) / 10) return false;
        whole *= 10;
        if (has_point && at < text.len && is_digit(text.ptr[at])) {
            whole += text.ptr[at++] - '0';
            n_digits++;
        }
    }
    if (has_point && at < text.len && is_digit(text.ptr[at])) rounding = text.ptr[at] >= '5';
    for (; has_point && at < text.len && is_digit(text.ptr[at]); at++) n_digits++;
    if (at != text.len || !n_digits) return false;
    *value = is_negative ? -(whole + rounding) : whole + rounding;
    return true;
}

bool bt_length_parse(bt_str text, bt_sp *length)
{
    /* sp in one unit, as a fraction: 1 in = 72 pt, 1 mm = 72/25.4 pt */
    static const struct {
        bt_str name;
        int64_t numerator, denominator;
    } units[] = {
        {BT_STR_INIT("mm"), 720LL * BT_SP_PER_PT, 254},
        {BT_STR_INIT("cm"), 7200LL * BT_SP_PER_PT, 254},
        {BT_STR_INIT("pt"), BT_SP_PER_PT, 1},
        {BT_STR_INIT("in"), 72LL * BT_SP_PER_PT, 1},
    };
    enum { DECIMALS = 6 };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!bt_str_ends(text, units[i].name)) continue;
        int64_t number;
        if (!bt_fixed_parse(bt_str_trim(bt_str_slice(text, 0, text.len - 2)), DECIMALS, &number)) return false;
        if (number > 20000000000 || number < -20000000000) return false; /* 20,000 units: keeps the product in range */
        int64_t value = bt_mul_div(number, units[i].numerator, units[i].denominator * 1000000);
        if (value > BT_SP_LONGEST || value < -BT_SP_LONGEST) return false;
        *length = (bt_sp)value;
        return true;
    }
    return false;
}

int64_t bt_sp_to_mm100(int64_t length) { return bt_mul_div(length, 2540, 72LL * BT_SP_PER_PT); }

void bt_buf_add_mm(bt_buf *buf, int64_t length) { bt_buf_add_fixed(buf, bt_sp_to_mm100(length), 2); }

void bt_buf_add_pt(bt_buf *buf, int64_t length, int decimals)
{
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++) unit *= 10;
    bt_buf_add_fixed(buf, bt_mul_div(length, unit, BT_SP_PER_PT), decimals);
}
