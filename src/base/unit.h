/* unit.h - lengths. A bt_sp is 1/65536 pt (72 pt to the inch); sums that may pass 32767 pt use int64_t. No floats. */
#ifndef BT_BASE_UNIT_H
#define BT_BASE_UNIT_H

#include "base/str.h"

typedef int32_t bt_sp;

#define BT_SP_PER_PT 65536
#define BT_PT(n) ((bt_sp)((n)*BT_SP_PER_PT)) /* whole points */

/* The longest length that a layout or bundle may name: 14400 pt, PDF's own limit of a page (200 in). */
#define BT_SP_LONGEST ((int64_t)14400 * BT_SP_PER_PT)

int64_t bt_mul_div_wide(int64_t a, int64_t b, int64_t c);
/* a * b / c in 64 bits, rounded half away from zero. c > 0. The product nearly always has room in 64 bits. */
static inline int64_t bt_mul_div(int64_t a, int64_t b, int64_t c)
{
    int64_t product;
    bool is_short = !__builtin_mul_overflow(a, b, &product) && product < INT64_MAX / 2 && product > INT64_MIN / 2;
    if (!is_short || c >= INT64_MAX / 2) return bt_mul_div_wide(a, b, c);
    return (product < 0 ? product - c / 2 : product + c / 2) / c;
}

/* "12.5mm", "3pt", "1.2cm", "0.5in"; a sign is allowed. False: no number, no unit, or longer than BT_SP_LONGEST. */
bool bt_length_parse(bt_str text, bt_sp *length);

/* A decimal number ("-12.50", no exponent) times 10^decimals, rounded half away from zero. False: no such number. */
bool bt_fixed_parse(bt_str text, int decimals, int64_t *value);

/* From micrometres, rounded to the nearest. */
static inline bt_sp bt_um_to_sp(uint32_t um) { return (bt_sp)bt_mul_div(um, (int64_t)72 * BT_SP_PER_PT, 25400); }

/* In hundredths of a millimetre, rounded half away from zero. */
int64_t bt_sp_to_mm100(int64_t length);

/* Writes a length in mm with at most two decimals, in pt with at most `decimals`. */
void bt_buf_add_mm(bt_buf *buf, int64_t length);
void bt_buf_add_pt(bt_buf *buf, int64_t length, int decimals);

#endif
