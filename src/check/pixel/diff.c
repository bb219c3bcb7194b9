/* diff.c - what differs between two pages as pixels.
 *
 * A pixel counts where one of its channels differs by more than the tolerance, and the difference is more than an edge
 * that fell a little otherwise: in one of the two pages it must lie outside, by more than the tolerance, what the pixel
 * and its eight neighbours have in the other page. So antialiasing, and shifts of less than a pixel, are not counted; a
 * line that is gone, be it one pixel thin, is.
 *
 * Pixels that count make a block when no more than two that do not count lie between them in any direction. Blocks are
 * found in one pass over runs of pixels, joined by a forest of disjoint sets (Tarjan 1975).
 */
#include "check/pixel/pixel_int.h"

#include <math.h>
#include <string.h>

enum { GAP = 2, CHANNELS = 3, CHANNEL_BITS = 8, CHANNEL_MASK = 0xff };

/* The part that two pixmaps share, seen from the trim's corner. */
typedef struct overlap {
    const pixmap *ours, *sample;
    int32_t x0, y0, x1, y1;
    int tolerance; /* 0 to 255 */
} overlap;

static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

static int channel(uint32_t pixel, int i) { return (int)(pixel >> (i * CHANNEL_BITS) & CHANNEL_MASK); }

static const uint32_t *row_of(const pixmap *map, int32_t y) /* its pixel at the trim's left */
{
    return map->v + (ptrdiff_t)(y + map->origin_y) * (ptrdiff_t)map->row + map->origin_x;
}

/* True when a pixel lies within what the neighbourhood has. */
static bool is_among(const overlap *o, const pixmap *map, int32_t x, int32_t y, uint32_t pixel)
{
    int low[CHANNELS], high[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
        low[i] = CHANNEL_MASK;
        high[i] = 0;
    }
    for (int32_t row = most(y - 1, o->y0); row <= y + 1 && row < o->y1; row++) {
        const uint32_t *pixels = row_of(map, row);
        for (int32_t at = most(x - 1, o->x0); at <= x + 1 && at < o->x1; at++)
            for (int i = 0; i < CHANNELS; i++) {
                int value = channel(pixels[at], i);
                if (value < low[i]) low[i] = value;
                if (value > high[i]) high[i] = value;
            }
    }
    for (int i = 0; i < CHANNELS; i++) {
        int value = channel(pixel, i);
        if (value < low[i] - o->tolerance || value > high[i] + o->tolerance) return false;
    }
    return true;
}

static bool is_near(uint32_t a, uint32_t b, int most_apart)
{
    for (int i = 0; i < CHANNELS; i++) {
        int difference = channel(a, i) - channel(b, i);
        if (difference > most_apart || difference < -most_apart) return false;
    }
    return true;
}

static void mark_row(const overlap *o, int32_t y, uint8_t *marks, uint32_t *n)
{
    const uint32_t *ours = row_of(o->ours, y), *sample = row_of(o->sample, y);
    if (memcmp(ours + o->x0, sample + o->x0, (size_t)(o->x1 - o->x0) * sizeof *ours) == 0) return;
    for (int32_t x = o->x0; x < o->x1; x++) {
        if (ours[x] == sample[x] || is_near(ours[x], sample[x], o->tolerance)) continue;
        if (is_among(o, o->sample, x, y, ours[x]) && is_among(o, o->ours, x, y, sample[x])) continue;
        marks[x - o->x0] = 1;
        ++*n;
    }
}

bt_status pixel_diff(bt_arena *arena, const pixmap *ours, const pixmap *sample, double apart, pixel_marks *marks)
{
    overlap o = {
        .ours = ours,
        .sample = sample,
        .x0 = -least(ours->origin_x, sample->origin_x),
        .y0 = -least(ours->origin_y, sample->origin_y),
        .x1 = least((int32_t)ours->width - ours->origin_x, (int32_t)sample->width - sample->origin_x),
        .y1 = least((int32_t)ours->height - ours->origin_y, (int32_t)sample->height - sample->origin_y),
        .tolerance = (int)lround(fmin(fmax(apart, 0), 1) * CHANNEL_MASK),
    };
    *marks = (pixel_marks){.origin_x = -o.x0, .origin_y = -o.y0, .per_pt = ours->per_pt};
    if (o.x1 <= o.x0 || o.y1 <= o.y0) return BT_OK;
    marks->width = (uint32_t)(o.x1 - o.x0);
    marks->height = (uint32_t)(o.y1 - o.y0);
    marks->v = bt_arena_array(arena, marks->height, marks->width);
    if (!marks->v) return BT_NOMEM;
    for (int32_t y = o.y0; y < o.y1; y++) mark_row(&o, y, marks->v + (size_t)(y - o.y0) * marks->width, &marks->n);
    return BT_OK;
}

/* The pixels that begin before `at` and reach it, from 0 to most. */
static uint32_t pixel_at(double at, double per_pt, int32_t origin, uint32_t last)
{
    double pixel = floor(at * per_pt + origin);
    return !(pixel > 0) ? 0 : pixel >= last ? last : (uint32_t)pixel;
}

void pixel_forgive(pixel_marks *marks, const seen_box *box)
{
    if (!marks->n || box->x1 < box->x0 || box->y1 < box->y0) return;
    uint32_t x0 = pixel_at(box->x0, marks->per_pt, marks->origin_x, marks->width);
    uint32_t x1 = pixel_at(box->x1 + 1 / marks->per_pt, marks->per_pt, marks->origin_x, marks->width);
    uint32_t y0 = pixel_at(box->y0, marks->per_pt, marks->origin_y, marks->height);
    uint32_t y1 = pixel_at(box->y1 + 1 / marks->per_pt, marks->per_pt, marks->origin_y, marks->height);
    for (uint32_t y = y0; y < y1; y++) {
        uint8_t *row = marks->v + (size_t)y * marks->width;
        for (uint32_t x = x0; x < x1; x++) {
            marks->n -= row[x];
            row[x] = 0;
        }
    }
}

/* --- blocks --- */

/* Pixels of one row with no more than GAP between them. */
typedef struct run {
    uint32_t x0, x1, y;
    uint32_t n;      /* pixels that count */
    uint32_t parent; /* another run of its block, or itself */
    uint32_t block;
} run;

typedef struct block_finder {
    bt_arena *arena;
    const pixel_marks *marks;
    BT_ARRAY(run) runs;
} block_finder;

static uint32_t root_of(block_finder *f, uint32_t i)
{
    while (f->runs.v[i].parent != i) {
        f->runs.v[i].parent = f->runs.v[f->runs.v[i].parent].parent;
        i = f->runs.v[i].parent;
    }
    return i;
}

/* The earlier run is the root, so that blocks come in the order of the page. */
static void join(block_finder *f, uint32_t a, uint32_t b)
{
    a = root_of(f, a);
    b = root_of(f, b);
    if (a < b)
        f->runs.v[b].parent = a;
    else
        f->runs.v[a].parent = b;
}

static void find_runs(block_finder *f, uint32_t y)
{
    const uint8_t *row = f->marks->v + (size_t)y * f->marks->width;
    uint32_t first = f->runs.n;
    for (uint32_t x = 0; x < f->marks->width; x++) {
        const uint8_t *next = memchr(row + x, 1, f->marks->width - x);
        if (!next) return;
        x = (uint32_t)(next - row);
        run *last = f->runs.n > first ? &f->runs.v[f->runs.n - 1] : NULL;
        if (!last || x - last->x1 > GAP) {
            last = BT_PUSH(f->arena, &f->runs);
            if (!last) return;
            *last = (run){.x0 = x, .y = y, .parent = f->runs.n - 1};
        }
        last->x1 = x + 1;
        last->n++;
    }
}

/* Joins the runs of the last row with those of one above it. */
static void join_rows(block_finder *f, uint32_t above, uint32_t above_end, uint32_t below)
{
    for (uint32_t i = above, k = below; i < above_end && k < f->runs.n;) {
        const run *one = &f->runs.v[i], *other = &f->runs.v[k];
        if (one->x0 <= other->x1 + GAP && other->x0 <= one->x1 + GAP) join(f, i, k);
        if (one->x1 < other->x1)
            i++;
        else
            k++;
    }
}

static seen_box joined(const seen_box *a, const seen_box *b)
{
    return (seen_box){fmin(a->x0, b->x0), fmin(a->y0, b->y0), fmax(a->x1, b->x1), fmax(a->y1, b->y1)};
}

static double longer_side(const seen_box *box) { return fmax(seen_width(box), seen_height(box)); }

/* What the runs of each block span. */
static bt_status measure_blocks(block_finder *f, double longest, pixel_block *largest, uint32_t *n)
{
    const pixel_marks *marks = f->marks;
    double k = marks->per_pt, x = marks->origin_x, y = marks->origin_y;
    uint32_t n_blocks = 0;
    for (uint32_t i = 0; i < f->runs.n; i++)
        if (root_of(f, i) == i) f->runs.v[i].block = n_blocks++;
    pixel_block *blocks = BT_NEW_ARRAY(f->arena, n_blocks, pixel_block);
    if (!blocks) return BT_NOMEM;
    for (uint32_t i = 0; i < f->runs.n; i++) {
        const run *is = &f->runs.v[i];
        const seen_box box = {(is->x0 - x) / k, (is->y - y) / k, (is->x1 - x) / k, (is->y + 1 - y) / k};
        pixel_block *block = &blocks[f->runs.v[root_of(f, i)].block];
        block->box = block->n ? joined(&block->box, &box) : box;
        block->n += is->n;
    }
    for (uint32_t i = 0; i < n_blocks; i++) {
        const pixel_block *block = &blocks[i];
        if (longer_side(&block->box) <= longest) continue;
        if (!*n || longer_side(&block->box) > longer_side(&largest->box)) *largest = *block;
        ++*n;
    }
    return BT_OK;
}

bt_status pixel_blocks(bt_arena *scratch, const pixel_marks *marks, double longest, pixel_block *largest, uint32_t *n)
{
    *largest = (pixel_block){0};
    *n = 0;
    if (!marks->n) return BT_OK;
    block_finder f = {.arena = scratch, .marks = marks};
    uint32_t ends[GAP + 3] = {0}; /* of the runs of the last rows, the latest last */
    for (uint32_t y = 0; y < marks->height; y++) {
        memmove(ends, ends + 1, sizeof ends - sizeof *ends);
        uint32_t first = f.runs.n;
        find_runs(&f, y);
        ends[GAP + 2] = f.runs.n;
        for (uint32_t i = 0; i <= GAP; i++) join_rows(&f, ends[i], ends[i + 1], first);
    }
    return scratch->failed ? BT_NOMEM : measure_blocks(&f, longest, largest, n);
}
