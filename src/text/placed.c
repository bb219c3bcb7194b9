/* placed.c - glyphs in place, summed up. */
#include "text/text.h"

bt_sum bt_placed_sum(const bt_placed_glyph *glyphs, uint32_t n, const bt_placed *known)
{
    if (known && known->glyphs == glyphs && known->n == n) return known->sum;
    bt_sum sum = {0, 0};
    bt_sp any_y = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum = bt_sum_add(sum, (uint64_t)glyphs[i].id | (uint64_t)(uint32_t)glyphs[i].x << 16);
        any_y |= glyphs[i].y;
    }
    for (uint32_t i = 0; any_y && i < n; i++) sum = bt_sum_add(sum, (uint32_t)glyphs[i].y);
    return bt_sum_add(sum, (uint64_t)n << 1 | (any_y != 0));
}
