/* edge.c - the places that many things share: columns' edges, baselines, sizes. What is alone moves nothing. */
#include "check/design/design.h"

#include <stdlib.h>

static int compare_values(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static void sort_values(design_values *values)
{
    if (values->n) qsort(values->v, values->n, sizeof *values->v, compare_values);
}

void design_value_add(bt_arena *arena, design_values *values, double value)
{
    double *place = BT_PUSH(arena, values);
    if (place) *place = value;
}

/* The window that holds most of the n sorted values: where it begins, and how many. */
static uint32_t fullest_window(const double *v, uint32_t n, double window, uint32_t *count)
{
    uint32_t best = 0, end = 0;
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        while (end < n && v[end] <= v[i] + window) end++;
        if (end - i <= *count) continue;
        best = i;
        *count = end - i;
    }
    return best;
}

void design_find_edges(bt_arena *arena, design_values *values, double window, design_edges *edges)
{
    edges->n = 0;
    sort_values(values);
    double *left = BT_NEW_ARRAY(arena, values->n, double);
    if (!left) return;
    uint32_t n = values->n;
    if (n) memcpy(left, values->v, n * sizeof *left);
    while (n && edges->n < DESIGN_MOST_EDGES) {
        uint32_t count, begin = fullest_window(left, n, window, &count);
        double sum = 0;
        for (uint32_t i = begin; i < begin + count; i++) sum += left[i];
        edges->v[edges->n++] = (design_edge){sum / count, count};
        memmove(left + begin, left + begin + count, (n - begin - count) * sizeof *left);
        n -= count;
    }
}

double design_median(design_values *values)
{
    sort_values(values);
    return values->n ? values->v[values->n / 2] : 0;
}
