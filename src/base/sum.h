/* sum.h - a sum of numbers by which things are told apart: two hashes side by side. A step loses nothing, and the two
 * mix differently, so that what differs has the same sum by a chance of 1 to 2^128; against malice it is no help. It is
 * the same on every machine. Zeroed: the sum of nothing.
 */
#ifndef BT_BASE_SUM_H
#define BT_BASE_SUM_H

#include <stdint.h>

typedef struct bt_sum {
    uint64_t a, b;
} bt_sum;

static inline bt_sum bt_sum_add(bt_sum sum, uint64_t number)
{
    sum.a = (sum.a ^ number) * 0x9E3779B97F4A7C15u;
    sum.a ^= sum.a >> 32;
    sum.b = (sum.b + number) * 0xD6E8FEB86659FD93u;
    sum.b = sum.b << 23 | sum.b >> 41;
    return sum;
}

#endif
