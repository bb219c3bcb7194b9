/* chart_scale.c - the arithmetic of charts: round ticks, the largest bars that fit, what meets what. */
#include "flow/chart_int.h"

static int64_t floor_to(int64_t value, int64_t step)
{
    int64_t rest = value % step;
    return value - rest - (rest < 0 ? step : 0);
}

/* The number of steps from below `low` to above `high`; a range of one value gets one step. */
static uint64_t steps_over(int64_t low, int64_t high, int64_t step)
{
    int64_t first = floor_to(low, step), last = -floor_to(-high, step);
    return last > first ? (uint64_t)(last - first) / (uint64_t)step : 1;
}

bt_chart_ticks bt_chart_find_ticks(int64_t low, int64_t high, uint32_t most)
{
    static const int64_t largest = INT64_MAX / 20;
    int64_t power = 1, step = 1;
    for (uint32_t i = 0; steps_over(low, high, step) > most && power < largest; i++) {
        if (i % 3 == 2) power *= 10;
        step = power * (i % 3 == 0 ? 2 : i % 3 == 1 ? 5 : 1);
    }
    return (bt_chart_ticks){floor_to(low, step), step, (uint32_t)steps_over(low, high, step) + 1};
}

bt_sp bt_chart_length(const bt_chart_scale *scale, int64_t value)
{
    return (bt_sp)bt_mul_div(value < 0 ? -value : value, scale->reach, scale->most);
}

/* What the ends need before and after zero. */
static void find_needs(const bt_chart_end *ends, uint32_t n, const bt_chart_scale *scale, int64_t *before,
                       int64_t *after)
{
    *before = *after = 0;
    for (uint32_t i = 0; i < n; i++) {
        int64_t need = (int64_t)bt_chart_length(scale, ends[i].value) + ends[i].room;
        int64_t *side = ends[i].value < 0 ? before : after;
        if (need > *side) *side = need;
    }
}

bool bt_chart_fit(const bt_chart_end *ends, uint32_t n, bt_sp width, bt_chart_scale *scale)
{
    *scale = (bt_chart_scale){.most = 1};
    for (uint32_t i = 0; i < n; i++) {
        int64_t size = ends[i].value < 0 ? -ends[i].value : ends[i].value;
        if (size > scale->most) scale->most = size;
    }
    int64_t before, after;
    find_needs(ends, n, scale, &before, &after);
    if (before + after > width) return false;
    bt_sp least = 0, past = width + 1; /* least fits, past does not */
    while (past - least > 1) {
        scale->reach = least + (past - least) / 2;
        find_needs(ends, n, scale, &before, &after);
        if (before + after <= width)
            least = scale->reach;
        else
            past = scale->reach;
    }
    scale->reach = least;
    find_needs(ends, n, scale, &before, &after);
    scale->zero = (bt_sp)before;
    return true;
}

bool bt_chart_boxes_meet(const bt_chart_box *a, const bt_chart_box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

bool bt_chart_line_meets(bt_sp x1, bt_sp y1, bt_sp x2, bt_sp y2, const bt_chart_box *box)
{
    bt_sp left = box->x, right = box->x + box->width, top = box->y, bottom = box->y + box->height;
    if ((x1 < left && x2 < left) || (x1 > right && x2 > right)) return false;
    if ((y1 < top && y2 < top) || (y1 > bottom && y2 > bottom)) return false;
    /* Its ends are not both on one side of the box: it misses the box when all corners are on one side of it. */
    const bt_sp corners[4][2] = {{left, top}, {right, top}, {left, bottom}, {right, bottom}};
    bool has_left = false, has_right = false;
    for (size_t i = 0; i < 4; i++) {
        int64_t side =
            ((int64_t)x2 - x1) * ((int64_t)corners[i][1] - y1) - ((int64_t)y2 - y1) * ((int64_t)corners[i][0] - x1);
        has_left = has_left || side <= 0;
        has_right = has_right || side >= 0;
    }
    return has_left && has_right;
}
