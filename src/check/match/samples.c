/* samples.c - whether two pictures show the same, by their samples.
 *
 * Both are divided into CELLS by CELLS fields and the means of each field compared, so that resolution does not matter
 * and the noise of JPEG, which is within a field, hardly does. Where they have the same columns and rows, the mean
 * difference of single samples counts as well.
 */
#include "check/match/match_int.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS = 24, MOST_COMPONENTS = 4 };
#define CELL_DIFFERS 0.035 /* a field's mean, 0 to 1: what the eye sees of a flat tint */
#define MEAN_DIFFERS 0.03  /* of all samples: a JPEG of another quality has less */

typedef struct decoded {
    bt_str samples;
    uint32_t n_columns, n_rows, n_components;
} decoded;

static bool decode(matcher *m, const match_side *side, const match_page *page, const seen_picture *picture, decoded *d)
{
    *d = (decoded){.n_columns = picture->n_columns, .n_rows = picture->n_rows, .n_components = picture->n_components};
    if (seen_samples(side->file, page->page, picture, m->arena, &d->samples) != BT_OK) return false;
    uint64_t n_pixels = (uint64_t)d->n_columns * d->n_rows;
    return n_pixels && d->n_components && d->samples.len >= n_pixels * d->n_components;
}

/* Means of the fields, 0 to 1. */
static double *means_of(bt_arena *arena, const decoded *d)
{
    uint32_t n = d->n_components < MOST_COMPONENTS ? d->n_components : MOST_COMPONENTS;
    double *means = BT_NEW_ARRAY(arena, (size_t)CELLS * CELLS * MOST_COMPONENTS, double);
    double *counts = BT_NEW_ARRAY(arena, (size_t)CELLS * CELLS, double);
    if (!means || !counts) return NULL;
    for (uint32_t y = 0; y < d->n_rows; y++)
        for (uint32_t x = 0; x < d->n_columns; x++) {
            size_t cell = (size_t)((uint64_t)y * CELLS / d->n_rows * CELLS + (uint64_t)x * CELLS / d->n_columns);
            const char *pixel = d->samples.ptr + ((size_t)y * d->n_columns + x) * d->n_components;
            counts[cell]++;
            for (uint32_t k = 0; k < n; k++) means[cell * MOST_COMPONENTS + k] += (unsigned char)pixel[k];
        }
    for (size_t i = 0; i < (size_t)CELLS * CELLS * MOST_COMPONENTS; i++)
        means[i] /= UINT8_MAX * fmax(counts[i / MOST_COMPONENTS], 1);
    return means;
}

static bool has_all_fields(const decoded *d) { return d->n_columns >= CELLS && d->n_rows >= CELLS; }

static double largest_of_fields(bt_arena *arena, const decoded *a, const decoded *b)
{
    const double *one = means_of(arena, a), *other = means_of(arena, b);
    double most = 0;
    for (size_t i = 0; one && other && i < (size_t)CELLS * CELLS * MOST_COMPONENTS; i++)
        most = fmax(most, fabs(one[i] - other[i]));
    return most;
}

static double mean_of_samples(const decoded *a, const decoded *b)
{
    uint64_t sum = 0;
    size_t n = (size_t)a->n_columns * a->n_rows * a->n_components;
    for (size_t i = 0; i < n; i++)
        sum += (uint64_t)abs((int)(unsigned char)a->samples.ptr[i] - (int)(unsigned char)b->samples.ptr[i]);
    return (double)sum / ((double)n * UINT8_MAX);
}

bool match_shows_same(matcher *m, const match_page *ours, const match_page *sample, const seen_picture *one,
                      const seen_picture *other, double *difference)
{
    *difference = 1;
    bt_arena_mark mark = bt_arena_set_mark(m->arena);
    decoded a, b;
    bool is_same = false;
    if (one->n_components == other->n_components && decode(m, &m->ours, ours, one, &a) &&
        decode(m, &m->sample, sample, other, &b)) {
        bool has_one_size = a.n_columns == b.n_columns && a.n_rows == b.n_rows;
        double mean = has_one_size ? mean_of_samples(&a, &b) : 0;
        bool by_fields = has_all_fields(&a) && has_all_fields(&b);
        double field = by_fields || !has_one_size ? largest_of_fields(m->arena, &a, &b) : mean;
        is_same = mean <= MEAN_DIFFERS && field <= CELL_DIFFERS * (by_fields ? 1 : 2);
        *difference = fmax(mean, field);
    }
    bool has_failed = m->arena->failed;
    bt_arena_rewind(m->arena, mark);
    return is_same && !has_failed;
}
