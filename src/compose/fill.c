/* fill.c - one column: the best ways to fill it, each to another spot where it may end. */
#include "compose/ways.h"

#include <string.h>

enum {
    NEAR_FOOT = 3,      /* rows that a cut column may be short, unless nothing else is possible */
    COST_WAITING = 120, /* a waiting picture at each column's end */
};

/* A column whose ends are looked for. */
typedef struct filler {
    const bt_fill *f;
    const bt_ways *w;
    uint32_t slack;
    uint32_t least_used; /* what ends above is too far from the foot, whatever it ends with */
    bool takes_any;      /* nothing ends near the foot, or well: whatever there is will do */
    bool failed;
} filler;

/* --- offers --- */

/* The rows that a column has which ends at a spot: those of a jump line are none. */
static uint16_t rows_to(const filler *x, const bt_spot *spot)
{
    bool jumps = x->f->jump_rows && bt_spot_cuts(x->f->galley, spot);
    return (uint16_t)(x->f->n_rows - (jumps ? x->f->jump_rows : 0));
}

static int64_t short_cost(const filler *x, uint32_t n_rows, uint32_t used)
{
    if (x->f->kind == BT_FILL_ALL) return 0;
    int64_t rows = (int64_t)n_rows - used;
    return rows * rows * x->f->layout->costs.column_short;
}

static bool is_same_end(const filler *x, const bt_fill_end *a, const bt_fill_end *b)
{
    return bt_spot_equal(&a->spot, &b->spot) && (x->f->kind != BT_FILL_ALL || a->used == b->used);
}

static uint32_t *first_of_hash(const filler *x, const bt_fill_end *end)
{
    uint32_t used = x->f->kind == BT_FILL_ALL ? end->used : 0;
    uint32_t hash = end->spot.block_i * 29u + end->spot.unit_i + end->spot.setting_i * 13u + used;
    return &x->f->store->end_of_hash[hash % BT_ENDS_HASHES];
}

static void offer_end(filler *x, const bt_fill_end *offer)
{
    bt_ways_store *store = x->f->store;
    uint32_t *first = first_of_hash(x, offer);
    for (uint32_t i = *first; i; i = store->ends.v[i - 1].next) {
        bt_fill_end *end = &store->ends.v[i - 1];
        if (!is_same_end(x, end, offer)) continue;
        if (offer->cost >= end->cost) return;
        uint32_t next = end->next;
        *end = *offer;
        end->next = next;
        return;
    }
    bt_fill_end *fresh = BT_PUSH(store->arena, &store->ends);
    if (!fresh) {
        x->failed = true;
        return;
    }
    *fresh = *offer;
    fresh->next = *first;
    *first = store->ends.n;
}

/* Whether a column of so many rows that ends at `used` is worth keeping. */
static bool is_near_foot(const filler *x, uint32_t n_rows, uint32_t used)
{
    return x->f->kind != BT_FILL_CUT || used + x->slack >= n_rows;
}

/* The column may end at end->spot, where so much was spent: unless that is too far from its foot, or on its jump line.
 */
static void offer_near_foot(filler *x, bt_fill_end *end, int64_t spent)
{
    uint16_t n_rows = rows_to(x, &end->spot);
    if (end->used > n_rows || !is_near_foot(x, n_rows, end->used)) return;
    end->jump_rows = (uint16_t)(x->f->n_rows - n_rows);
    end->cost = spent + short_cost(x, n_rows, end->used) + (end->layer ? COST_WAITING : 0);
    offer_end(x, end);
}

/* What was away at the column's start and is not this column's stays away until its place is passed, or until it is
 * placed in a band of its own. */
static void carry_away(const filler *x, bt_spot *spot, uint32_t b)
{
    const bt_spot *start = &x->f->start;
    if (start->away == BT_NO_BLOCK || x->w->has_waiting || (!start->is_pending && b > start->away)) return;
    spot->away = start->away;
    spot->is_pending = start->is_pending;
}

static void set_spot(const filler *x, bt_fill_end *end, bt_spot spot, uint32_t waiting)
{
    end->spot = spot;
    carry_away(x, &end->spot, spot.block_i);
    if (!end->layer) return;
    end->spot.away = waiting;
    end->spot.is_pending = true;
}

/* At a boundary: the column may end here. */
static void end_at_boundary(filler *x, uint32_t b, uint32_t layer, uint32_t used, const bt_node *n)
{
    bool is_segment_end = b >= x->f->end_block;
    /* Whatever waits is placed before its segment ends; a heading never ends a page. */
    if (is_segment_end ? layer != 0 : x->f->kind != BT_FILL_CUT) return;
    if (n->is_bound && x->f->kind == BT_FILL_CUT && !(is_segment_end && x->f->band_finishes)) return;
    if (n->how == BT_NODE_START && used == 0 && !is_segment_end) return;
    bt_fill_end end = {.used = (uint16_t)used,
                       .is_bound = n->is_bound,
                       .layer = (uint8_t)layer,
                       .from_used = (uint16_t)used,
                       .b = b,
                       .ways = x->w};
    set_spot(x, &end, (bt_spot){.block_i = b, .away = BT_NO_BLOCK}, n->waiting);
    offer_near_foot(x, &end, n->cost);
}

/* The first of a setting's units that ends so far below its first one's foot at least; n_units: none. */
static uint32_t find_unit(const uint32_t *feet, uint32_t n_units, uint32_t rows)
{
    uint32_t begin = 0, end = n_units;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (feet[middle] < rows)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* Inside the block that follows a boundary, in one of its settings. */
static void end_in_setting(filler *x, uint32_t b, uint32_t setting_i, uint32_t layer, uint32_t used, const bt_node *n)
{
    const bt_galley_block *block = bt_ways_block(x->w, b);
    const bt_setting *setting = &block->settings[setting_i];
    const uint32_t *feet = bt_feet_of(x->w->feet, b, setting_i);
    uint32_t foot = used + bt_ways_first_steps(x->w, &setting->units[0], used); /* of the first */
    uint32_t k = foot < x->least_used ? find_unit(feet, setting->n_units, x->least_used - foot) : 0;
    for (; k + 1 < setting->n_units && foot + feet[k] <= x->f->n_rows; k++) {
        int32_t break_cost = setting->units[k].break_cost;
        if (break_cost == BT_FLOW_FORBIDDEN) continue;
        bt_fill_end end = {.used = (uint16_t)(foot + feet[k]),
                           .kind = BT_END_IN_BLOCK,
                           .layer = (uint8_t)layer,
                           .from_used = (uint16_t)used,
                           .b = b,
                           .ways = x->w};
        bt_spot spot = {.block_i = b, .unit_i = k + 1, .setting_i = setting_i, .away = BT_NO_BLOCK};
        set_spot(x, &end, spot, n->waiting);
        offer_near_foot(x, &end, n->cost + bt_ways_setting_cost(x->w, block, setting_i) + break_cost);
    }
}

/* --- all ends --- */

/* Inside the rest of the block that was cut. */
static void end_in_rest(filler *x)
{
    const bt_spot *start = &x->f->start;
    const bt_galley_block *block = bt_ways_block(x->w, start->block_i);
    const bt_setting *setting = &block->settings[start->setting_i];
    uint32_t at = block->head_steps;
    for (uint32_t k = start->unit_i; k + 1 < setting->n_units; k++) {
        at += setting->units[k].steps;
        if (at > x->f->n_rows) return;
        if (at < x->least_used || setting->units[k].break_cost == BT_FLOW_FORBIDDEN) continue;
        /* A line from a paragraph's middle, alone in a column, is a last resort. */
        if (k == start->unit_i && !x->takes_any) continue;
        bt_fill_end end = {
            .used = (uint16_t)at, .kind = BT_END_IN_REST, .layer = x->w->has_waiting ? 1 : 0, .ways = x->w};
        bt_spot spot = *start;
        spot.unit_i = k + 1;
        spot.away = BT_NO_BLOCK;
        spot.is_pending = false;
        set_spot(x, &end, spot, start->is_pending ? start->away : BT_NO_BLOCK);
        offer_near_foot(x, &end, setting->units[k].break_cost);
    }
}

static void end_from(filler *x, uint32_t b, uint32_t layer, uint32_t used, const bt_node *n)
{
    if (n->how == BT_NODE_NONE) return;
    if (used >= x->least_used) end_at_boundary(x, b, layer, used, n);
    if (x->f->kind != BT_FILL_CUT || b >= x->f->end_block || (layer && bt_ways_is_due(x->w, b, n))) return;
    const bt_galley_block *block = bt_ways_block(x->w, b);
    for (uint32_t s = 0; s < block->n_settings; s++) end_in_setting(x, b, s, layer, used, n);
}

/* Those at a boundary, and in the block that follows it. */
static void end_at_row(filler *x, uint32_t b, const bt_node_row *row)
{
    for (uint32_t layer = BT_WAYS_LAYERS; layer-- > 0;) {
        if (!row->nodes[layer]) continue;
        uint32_t from = x->least_used > row->tallest ? x->least_used - row->tallest : 0;
        if (from < row->least[layer]) from = row->least[layer];
        uint32_t to = row->most[layer] < x->f->n_rows ? row->most[layer] : x->f->n_rows;
        for (uint32_t used = from; used <= to; used++) end_from(x, b, layer, used, &row->nodes[layer][used]);
    }
}

/* The column ends the segment: of all heights the cheapest, for they lead to the same spot. */
static void end_at_finish(filler *x, uint32_t b, const bt_node_row *row)
{
    const bt_node *nodes = row->nodes[0], *best = NULL;
    uint32_t best_used = 0, most = row->most[0] < x->f->n_rows ? row->most[0] : x->f->n_rows;
    int64_t least = 0;
    for (uint32_t used = row->least[0]; nodes && used <= most; used++) {
        int64_t cost = nodes[used].cost + short_cost(x, x->f->n_rows, used);
        if (nodes[used].how == BT_NODE_NONE || (best && cost >= least)) continue;
        best = &nodes[used];
        best_used = used;
        least = cost;
    }
    if (best) end_at_boundary(x, b, 0, best_used, best);
}

static void find_ends(filler *x)
{
    const bt_ways *w = x->w;
    uint32_t n_rows = x->f->n_rows, far = x->slack + x->f->jump_rows;
    x->f->store->ends.n = 0;
    memset(x->f->store->end_of_hash, 0, sizeof x->f->store->end_of_hash);
    x->least_used = x->f->kind == BT_FILL_CUT && n_rows > far ? n_rows - far : 0;
    if (x->f->kind == BT_FILL_CUT && w->has_prefix) end_in_rest(x);
    /* Only cut columns end before their segment does. */
    uint32_t begin = x->f->kind == BT_FILL_CUT || w->first > x->f->end_block ? w->first : x->f->end_block;
    for (uint32_t b = begin; b - w->first < w->rows.n && !x->failed; b++) {
        const bt_node_row *row = &w->rows.v[b - w->first];
        if (x->f->kind == BT_FILL_FINISH && !x->f->jump_rows)
            end_at_finish(x, b, row);
        else
            end_at_row(x, b, row);
    }
}

/* What is placed where nothing fits an empty page: the first unit, and what is bound to it. It runs out of its column.
 * unit_end 0: nothing. */
static bt_placement tall_placement(const bt_ways *w)
{
    const bt_spot *start = &w->start;
    uint32_t block_i = w->has_waiting ? start->away : start->block_i;
    if (!w->has_waiting && start->block_i >= w->end_block) return (bt_placement){0};
    const bt_galley_block *block = bt_ways_block(w, block_i);
    uint32_t setting_i = w->has_waiting || !start->unit_i ? block->best_i : start->setting_i;
    const bt_setting *setting = &block->settings[setting_i];
    uint32_t begin = w->has_waiting ? 0 : start->unit_i, end = begin + 1;
    while (end < setting->n_units && setting->units[end - 1].break_cost == BT_FLOW_FORBIDDEN && end < begin + 2) end++;
    return (bt_placement){
        block_i, setting_i, begin, end, 0, setting->units[begin].top_steps, begin ? block->head_steps : 0};
}

static void place_tall(filler *x)
{
    const bt_spot *start = &x->f->start;
    bt_placement tall = tall_placement(x->w);
    if (!tall.unit_end) return;
    bt_fill_end end = {.used = x->f->n_rows, .cost = BT_COST_TALL, .kind = BT_END_TALL, .ways = x->w};
    bool is_whole = tall.unit_end == bt_ways_block(x->w, tall.block_i)->settings[tall.setting_i].n_units;
    if (x->w->has_waiting)
        end.spot = (bt_spot){start->block_i, start->unit_i, start->setting_i, BT_NO_BLOCK, false};
    else if (is_whole)
        end.spot = (bt_spot){.block_i = tall.block_i + 1, .away = BT_NO_BLOCK};
    else
        end.spot = (bt_spot){tall.block_i, tall.unit_end, tall.setting_i, BT_NO_BLOCK, false};
    carry_away(x, &end.spot, end.spot.block_i);
    offer_end(x, &end);
}

/* The cheapest first; equal ones in the same order each time, so that nothing depends on chance. */
static void put_best_first(const bt_fill *fill, bt_fill_ends *ends)
{
    bt_fill_end *v = fill->store->ends.v;
    uint32_t n_all = fill->store->ends.n, n = n_all < fill->n_wanted ? n_all : fill->n_wanted;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t best = i;
        for (uint32_t j = i + 1; j < n_all; j++)
            if (v[j].cost < v[best].cost) best = j;
        bt_fill_end end = v[best];
        v[best] = v[i];
        v[i] = end;
    }
    *ends = (bt_fill_ends){v, n};
}

bool bt_fill_column(const bt_fill *fill, bt_fill_ends *ends)
{
    *ends = (bt_fill_ends){0};
    if (bt_fills_find(fill, ends)) return true;
    filler x = {.f = fill, .w = bt_ways_find(fill->store, fill), .slack = NEAR_FOOT};
    if (!x.w) return false;
    find_ends(&x);
    if (!fill->store->ends.n && fill->kind == BT_FILL_CUT) { /* nothing ends near the foot: take what there is */
        x.slack = fill->n_rows;
        x.takes_any = true;
        find_ends(&x);
    }
    if (!fill->store->ends.n && fill->must_place) place_tall(&x);
    if (x.failed) return false;
    put_best_first(fill, ends);
    bt_fills_keep(fill, ends);
    return true;
}

/* --- what stands in a column --- */

static const bt_node *node_of(const bt_ways *w, uint32_t b, uint32_t layer, uint32_t used)
{
    return &w->rows.v[b - w->first].nodes[layer][used];
}

/* Goes back over the nodes, and counts what was placed, or writes it, the last first. */
static uint32_t go_back(const bt_fill_end *end, bt_placement *placed)
{
    const bt_ways *w = end->ways;
    uint32_t n = 0, b = end->b, layer = end->layer, used = end->from_used;
    for (const bt_node *node; (node = node_of(w, b, layer, used))->how != BT_NODE_START;) {
        bool was_waiting = node->how == BT_NODE_WAITING;
        uint32_t from = b - 1;
        if (from == w->start.away && !was_waiting && from > w->first) from--;
        uint32_t block_i = was_waiting ? node->waiting : from;
        if (node->how != BT_NODE_PUT_OFF) {
            const bt_setting *setting = &bt_ways_block(w, block_i)->settings[node->setting_i];
            if (placed)
                placed[n] =
                    (bt_placement){block_i, node->setting_i, 0, setting->n_units, node->from_used, node->steps, 0};
            n++;
        }
        if (!was_waiting) b = from;
        layer = node->from_layer;
        used = node->from_used;
    }
    return n;
}

/* What is placed last and cut. unit_end 0: nothing. */
static bt_placement cut_of(const bt_fill_end *end)
{
    const bt_ways *w = end->ways;
    if (end->kind == BT_END_BOUNDARY) return (bt_placement){0};
    if (end->kind == BT_END_TALL) return tall_placement(w);
    bt_placement cut = w->prefix;
    if (end->kind == BT_END_IN_BLOCK) {
        const bt_unit *first = &bt_ways_block(w, end->b)->settings[end->spot.setting_i].units[0];
        cut = (bt_placement){.block_i = end->b,
                             .setting_i = end->spot.setting_i,
                             .row = end->from_used,
                             .first_steps = (uint16_t)bt_ways_first_steps(w, first, end->from_used)};
    }
    cut.unit_end = end->spot.unit_i;
    return cut;
}

bt_placement *bt_fill_trace(bt_arena *arena, const bt_fill_end *end, uint32_t *n_placements)
{
    if (!end->ways) {
        *n_placements = end->n_placements;
        return bt_fills_placements(arena, end);
    }
    bool is_alone = end->kind == BT_END_IN_REST || end->kind == BT_END_TALL; /* nothing stands above what is cut */
    bool has_prefix = !is_alone && end->ways->has_prefix;
    const bt_placement cut = cut_of(end);
    uint32_t n_between = is_alone ? 0 : go_back(end, NULL), n = n_between + has_prefix + (cut.unit_end > 0);
    bt_placement *placed = BT_NEW_ARRAY_UNSET(arena, n, bt_placement);
    if (!placed) return NULL;
    bt_placement *between = placed + has_prefix;
    if (has_prefix) placed[0] = end->ways->prefix;
    if (n_between) go_back(end, between);
    for (uint32_t i = 0; i + 1 < n_between - i; i++) {
        bt_placement swap = between[i];
        between[i] = between[n_between - 1 - i];
        between[n_between - 1 - i] = swap;
    }
    if (cut.unit_end) between[n_between] = cut;
    *n_placements = n;
    return placed;
}
