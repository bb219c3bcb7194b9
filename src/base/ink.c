/* ink.c - see ink.h. */
#include "base/ink.h"

#include "base/unit.h"

bool bt_ink_equal(bt_ink a, bt_ink b)
{
    return a.c == b.c && a.m == b.m && a.y == b.y && a.k == b.k && a.spot == b.spot && a.tint == b.tint;
}

static uint16_t share(uint16_t ink, int32_t percent100) { return (uint16_t)bt_mul_div(ink, percent100, BT_INK_WHOLE); }

bt_ink bt_ink_tint(bt_ink ink, int32_t percent100)
{
    return (bt_ink){share(ink.c, percent100),
                    share(ink.m, percent100),
                    share(ink.y, percent100),
                    share(ink.k, percent100),
                    ink.spot,
                    share(ink.tint, percent100)};
}
