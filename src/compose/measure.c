/* measure.c - rows that are still to come: about, at least and at most; and what it costs at least to fill a band. */
#include "compose/search.h"

/* --- blocks --- */

static uint32_t rows_of_setting(const bt_setting *setting, uint32_t from)
{
    uint32_t rows = 0;
    for (uint32_t u = from; u < setting->n_units; u++)
        rows += (uint32_t)setting->units[u].steps + setting->units[u].extra_best;
    return rows;
}

int64_t bt_measure_rows(const bt_galley_block *block, const bt_setting *setting, uint32_t from)
{
    return ((int64_t)rows_of_setting(setting, from) * 64) / block->n_columns;
}

/* No column can hold a block in less. */
static int64_t least_rows(const bt_galley_block *block)
{
    int64_t least = 0;
    for (uint32_t s = 0; s < block->n_settings; s++) {
        const bt_unit *units = block->settings[s].units;
        int64_t rows = units->top_steps < units->steps ? units->top_steps : units->steps;
        for (uint32_t u = 1; u < block->settings[s].n_units; u++) rows += units[u].steps;
        if (!s || rows < least) least = rows;
    }
    return least;
}

/* How many rows a block can have, in whatever band, however often it is cut. */
typedef struct reach {
    int64_t free;  /* the most that cost nothing */
    int64_t most;  /* the most at all */
    int64_t price; /* what each row between them costs at least */
} reach;

/* One setting's part; those that cost nothing go first. */
static void reach_setting(const bt_composer *c, const bt_galley_block *block, const bt_setting *setting, reach *r)
{
    const bt_unit *units = setting->units;
    int64_t rows = units->top_steps > units->steps ? units->top_steps : units->steps, price = BT_NO_LIMIT;
    for (uint32_t u = 1; u < setting->n_units; u++) rows += units[u].steps;
    if (setting->cost > 0) {
        price = setting->cost / (rows > r->free ? rows - r->free : 1);
    } else {
        if (setting->n_units == 1 && block->is_elastic) rows += units->extra_best;
        if (rows > r->free) r->free = rows;
    }
    int64_t extra = setting->n_units == 1 ? units->extra - (block->is_elastic ? units->extra_best : 0) : 0;
    if (extra > 0) {
        int64_t of_extra = block->is_elastic ? c->layout->costs.figure : c->layout->costs.space;
        rows += extra;
        if (of_extra < price) price = of_extra;
    }
    if (rows > r->most) r->most = rows;
    if (price < r->price) r->price = price;
}

static reach reach_of(const bt_composer *c, const bt_galley_block *block)
{
    reach r = {.price = BT_NO_LIMIT};
    /* A head that is repeated stands above each column at most. */
    int64_t heads = (int64_t)block->head_steps * block->n_columns;
    for (uint32_t s = 0; s < block->n_settings; s++)
        if (block->settings[s].cost <= 0) reach_setting(c, block, &block->settings[s], &r);
    for (uint32_t s = 0; s < block->n_settings; s++)
        if (block->settings[s].cost > 0) reach_setting(c, block, &block->settings[s], &r);
    return (reach){r.free + heads, r.most + heads, r.price};
}

bool bt_measure(bt_composer *c)
{
    uint32_t n = c->galley->n_blocks;
    c->ahead = BT_NEW_ARRAY(c->scratch, (size_t)n + 1, int64_t);
    c->least_before = BT_NEW_ARRAY(c->scratch, (size_t)n + 1, int64_t);
    c->free_before = BT_NEW_ARRAY(c->scratch, (size_t)n + 1, int64_t);
    c->most_before = BT_NEW_ARRAY(c->scratch, (size_t)n + 1, int64_t);
    c->run_end = BT_NEW_ARRAY(c->scratch, n, uint32_t);
    if (c->scratch->failed) return false;
    c->row_price = INT32_MAX;
    for (uint32_t b = 0; b < n; b++) {
        c->least_before[b + 1] = c->least_before[b] + least_rows(&c->galley->blocks[b]);
        reach r = reach_of(c, &c->galley->blocks[b]);
        c->free_before[b + 1] = c->free_before[b] + r.free;
        c->most_before[b + 1] = c->most_before[b] + r.most;
        if (r.price < c->row_price) c->row_price = r.price;
    }
    for (uint32_t b = n; b-- > 0;) {
        const bt_galley_block *block = &c->galley->blocks[b];
        c->ahead[b] = c->ahead[b + 1];
        if (block->n_settings) c->ahead[b] += bt_measure_rows(block, &block->settings[block->best_i], 0);
        c->run_end[b] = b + 1 < n && block[1].n_columns == block->n_columns ? c->run_end[b + 1] : b + 1;
    }
    return true;
}

/* --- bands --- */

/* What it costs at least to take so many rows more than the text has for nothing: as many as it can be made longer by,
 * at the least price, and the others stay empty. The squares of those are least where each column has its share. */
static int64_t least_price(const bt_composer *c, int64_t rows, int64_t most_longer, uint32_t n_columns)
{
    int64_t price = c->row_price * n_columns, of_square = c->layout->costs.column_short;
    int64_t empty = rows > most_longer ? rows - most_longer : 0;
    while (empty < rows && (2 * empty + 1) * of_square < price) empty++;
    int64_t cost = ((rows - empty) * price + empty * empty * of_square) / n_columns;
    return cost < BT_COST_TALL ? cost : BT_COST_TALL;
}

int64_t bt_measure_least_cost(const bt_composer *c, const bt_band_plan *plan, uint16_t height)
{
    const bt_spot *spot = &plan->from->spot;
    if (spot->away != BT_NO_BLOCK || c->stretch || c->galley->n_fillers) return 0;
    uint32_t b = spot->block_i, end = plan->end_block;
    int64_t rows = (int64_t)height * plan->n_columns - plan->inset - bt_band_head_jump(c, plan->from);
    if ((uint32_t)plan->from->row + height == c->n_rows) rows -= c->galley->jump_rows[BT_JUMP_ON];
    if (spot->unit_i) {
        const bt_galley_block *block = &c->galley->blocks[b++];
        rows -= rows_of_setting(&block->settings[spot->setting_i], spot->unit_i);
        rows -= (int64_t)block->head_steps * plan->n_columns;
    }
    int64_t n_free = c->free_before[end] - c->free_before[b], n_most = c->most_before[end] - c->most_before[b];
    return rows > n_free ? least_price(c, rows - n_free, n_most - n_free, plan->n_columns) : 0;
}
