/* fill.c - one column: the best choices of settings, white and picture heights that lead from a spot to each spot where
 * the column may end.
 *
 * Nodes are (block boundary, rows used, whether a block waits). A row of nodes is made when first reached. */
#include "compose/compose_int.h"

#include <string.h>

enum {
    NEAR_FOOT = 3,       /* rows that a cut column may be short, unless nothing else is possible */
    COST_WAITING = 120,  /* a waiting picture at each column's end */
    COST_TALL = 1000000, /* something runs out of an empty column */
};

typedef enum node_how { HOW_NONE, HOW_START, HOW_BLOCK, HOW_WAITING, HOW_PUT_OFF } node_how;

typedef struct node {
    int64_t cost;
    uint16_t from_used;
    uint16_t steps; /* of the block's first unit */
    uint32_t setting_i;
    uint32_t waiting; /* the block that waits, in layer 1 */
    uint8_t how;      /* node_how */
    uint8_t from_layer;
    bool is_bound; /* what was placed last keeps with the next */
} node;

/* The nodes of one boundary, and which of them are reached. */
typedef struct node_row {
    node *nodes;                /* 2 * (n_rows + 1), layer 0 first; NULL: not reached */
    uint32_t least[2], most[2]; /* rows used, by layer; least > most: none */
} node_row;

typedef struct filler {
    const bt_fill *f;
    BT_ARRAY(node_row) rows; /* rows.v[b - first] */
    uint32_t first;          /* block boundary of rows.v[0] */
    uint32_t slack;
    bool takes_any;      /* nothing ends near the foot, or well: whatever there is will do */
    bt_placement prefix; /* the rest of the block that was cut */
    bool has_prefix;
    bool has_waiting; /* the block that is away waits for this column, not for a band of its own */
    BT_ARRAY(bt_fill_end) ends;
    bool failed;
} filler;

bool bt_spot_equal(const bt_spot *a, const bt_spot *b)
{
    return a->block_i == b->block_i && a->unit_i == b->unit_i && a->setting_i == b->setting_i && a->away == b->away &&
           a->is_pending == b->is_pending;
}

static const bt_galley_block *block_at(const filler *x, uint32_t block_i) { return &x->f->galley->blocks[block_i]; }

/* The boundary after b: the block that was placed before its turn is passed over. */
static uint32_t next_of(const filler *x, uint32_t b)
{
    b++;
    if (b == x->f->start.away && b < x->f->end_block) b++;
    return b;
}

static node_row *row_at(filler *x, uint32_t b)
{
    uint32_t i = b - x->first;
    while (x->rows.n <= i) {
        node_row *row = BT_PUSH(x->f->scratch, &x->rows);
        if (!row) {
            x->failed = true;
            return NULL;
        }
    }
    node_row *row = &x->rows.v[i];
    if (row->nodes) return row;
    row->nodes = BT_NEW_ARRAY(x->f->scratch, 2 * ((size_t)x->f->n_rows + 1), node);
    row->least[0] = row->least[1] = UINT32_MAX;
    if (!row->nodes) x->failed = true;
    return row->nodes ? row : NULL;
}

/* NULL: not reached. */
static const node *node_at(const filler *x, uint32_t b, uint32_t layer, uint32_t used)
{
    uint32_t i = b - x->first;
    if (i >= x->rows.n || !x->rows.v[i].nodes) return NULL;
    const node *n = &x->rows.v[i].nodes[layer * ((uint32_t)x->f->n_rows + 1) + used];
    return n->how == HOW_NONE ? NULL : n;
}

static void relax(filler *x, uint32_t b, uint32_t layer, uint32_t used, const node *offer)
{
    node_row *row = row_at(x, b);
    if (!row) return;
    node *old = &row->nodes[layer * ((uint32_t)x->f->n_rows + 1) + used];
    if (old->how != HOW_NONE && offer->cost >= old->cost) return;
    *old = *offer;
    if (used < row->least[layer]) row->least[layer] = used;
    if (used > row->most[layer]) row->most[layer] = used;
}

/* --- ends --- */

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

/* Goes back over the nodes and writes what was placed, last first; then turns it round. */
static void trace(filler *x, bt_fill_end *end, uint32_t b, uint32_t layer, uint32_t used, const bt_placement *cut)
{
    BT_ARRAY(bt_placement) placed = {0};
    bt_arena *arena = x->f->arena;
    bt_placement *p;
    if (cut && (p = BT_PUSH(arena, &placed))) *p = *cut;
    for (;;) {
        const node *n = node_at(x, b, layer, used);
        if (!n || n->how == HOW_START) break;
        uint32_t from = b - 1;
        if (from == x->f->start.away && n->how != HOW_WAITING && from > x->first) from--;
        uint32_t block_i = n->how == HOW_WAITING ? n->waiting : from;
        if (n->how != HOW_PUT_OFF && (p = BT_PUSH(arena, &placed))) {
            const bt_galley_block *block = block_at(x, block_i);
            *p = (bt_placement){block_i,      n->setting_i, 0, block->settings[n->setting_i].n_units,
                                n->from_used, n->steps,     0};
        }
        if (n->how != HOW_WAITING) b = from;
        layer = n->from_layer;
        used = n->from_used;
    }
    if (x->has_prefix && (p = BT_PUSH(arena, &placed))) *p = x->prefix;
    if (arena->failed) x->failed = true;
    for (uint32_t i = 0; placed.v && i + 1 < placed.n - i; i++) {
        bt_placement swap = placed.v[i];
        placed.v[i] = placed.v[placed.n - 1 - i];
        placed.v[placed.n - 1 - i] = swap;
    }
    end->placements = placed.v;
    end->n_placements = placed.n;
}

/* What is needed to trace an end once it is known to be wanted. */
typedef struct end_source {
    uint32_t b, layer, used;
    bt_placement cut;
    bool has_cut;
} end_source;

typedef struct candidate {
    bt_fill_end end;
    end_source source;
} candidate;

typedef BT_ARRAY(candidate) candidates;

static void offer_end(filler *x, candidates *all, const candidate *offer)
{
    for (uint32_t i = 0; i < all->n; i++) {
        if (!is_same_end(x, &all->v[i].end, &offer->end)) continue;
        if (offer->end.cost < all->v[i].end.cost) all->v[i] = *offer;
        return;
    }
    candidate *fresh = BT_PUSH(x->f->scratch, all);
    if (fresh)
        *fresh = *offer;
    else
        x->failed = true;
}

/* Whether a column of so many rows that ends at `used` is worth keeping. */
static bool is_near_foot(const filler *x, uint32_t n_rows, uint32_t used)
{
    return x->f->kind != BT_FILL_CUT || used + x->slack >= n_rows;
}

/* The column may end at c->end.spot, where so much was spent: unless that is too far from its foot, or on its jump
 * line. */
static void offer_near_foot(filler *x, candidates *all, candidate *c, int64_t spent)
{
    uint16_t n_rows = rows_to(x, &c->end.spot);
    if (c->end.used > n_rows || !is_near_foot(x, n_rows, c->end.used)) return;
    c->end.jump_rows = (uint16_t)(x->f->n_rows - n_rows);
    c->end.cost = spent + short_cost(x, n_rows, c->end.used) + (c->source.layer ? COST_WAITING : 0);
    offer_end(x, all, c);
}

/* What was away at the column's start and is not this column's stays away until its place is passed, or until it is
 * placed in a band of its own. */
static void carry_away(const filler *x, bt_spot *spot, uint32_t b)
{
    const bt_spot *start = &x->f->start;
    if (start->away == BT_NO_BLOCK || x->has_waiting || (!start->is_pending && b > start->away)) return;
    spot->away = start->away;
    spot->is_pending = start->is_pending;
}

/* At a boundary: the column may end here. */
static void end_at_boundary(filler *x, candidates *all, uint32_t b, uint32_t layer, uint32_t used, const node *n)
{
    bool is_segment_end = b >= x->f->end_block;
    if (!is_near_foot(x, x->f->n_rows, used + x->f->jump_rows)) return;
    /* Whatever waits is placed before its segment ends; a heading never ends a page. */
    if (is_segment_end ? layer != 0 : x->f->kind != BT_FILL_CUT) return;
    if (n->is_bound && x->f->kind == BT_FILL_CUT && !(is_segment_end && x->f->band_finishes)) return;
    if (n->how == HOW_START && used == 0 && !is_segment_end) return;
    candidate c = {.end = {.used = (uint16_t)used, .is_bound = n->is_bound},
                   .source = {.b = b, .layer = layer, .used = used}};
    c.end.spot = (bt_spot){.block_i = b, .away = BT_NO_BLOCK};
    carry_away(x, &c.end.spot, b);
    if (layer) {
        c.end.spot.away = n->waiting;
        c.end.spot.is_pending = true;
    }
    offer_near_foot(x, all, &c, n->cost);
}

/* Inside a block: the column ends after one of its units. */
static void end_in_block(filler *x, candidates *all, const end_source *from, int64_t cost, uint32_t used,
                         const bt_placement *cut, const node *n)
{
    if (x->f->kind != BT_FILL_CUT || !is_near_foot(x, x->f->n_rows, used + x->f->jump_rows)) return;
    candidate c = {.end = {.used = (uint16_t)used}, .source = *from};
    c.source.cut = *cut;
    c.source.has_cut = true;
    c.end.spot =
        (bt_spot){.block_i = cut->block_i, .unit_i = cut->unit_end, .setting_i = cut->setting_i, .away = BT_NO_BLOCK};
    carry_away(x, &c.end.spot, cut->block_i);
    if (from->layer) {
        c.end.spot.away = n->waiting;
        c.end.spot.is_pending = true;
    }
    offer_near_foot(x, all, &c, cost);
}

/* --- moves --- */

static uint32_t least_steps(const filler *x, const bt_unit *unit, uint32_t used)
{
    return used == 0 && x->f->starts_top && !x->has_prefix ? unit->top_steps : unit->steps;
}

/* The cost of a block's extra steps. */
static int64_t extra_cost(const filler *x, const bt_galley_block *block, const bt_unit *unit, uint32_t extra)
{
    const bt_costs *costs = &x->f->layout->costs;
    int64_t worth = (int64_t)extra * x->f->stretch;
    if (!block->is_elastic) return (int64_t)extra * costs->space - worth;
    int64_t off = (int64_t)extra - unit->extra_best;
    return (off < 0 ? -off : off) * costs->figure - worth;
}

static bool is_bound_after(const bt_galley_block *block, uint32_t setting_i)
{
    const bt_setting *setting = &block->settings[setting_i];
    return setting->units[setting->n_units - 1].break_cost == BT_FLOW_FORBIDDEN;
}

/* A block of one unit, with all the heights that it can have. */
static void place_whole(filler *x, uint32_t block_i, uint32_t to, uint32_t layer, uint32_t used, const node *from,
                        node_how how)
{
    const bt_galley_block *block = block_at(x, block_i);
    const bt_unit *unit = &block->settings[0].units[0];
    uint32_t least = least_steps(x, unit, used);
    bool at_top = used == 0 && x->f->starts_top;
    uint32_t most = block->is_elastic || !at_top ? unit->extra : 0; /* white is not added where it falls away */
    for (uint32_t extra = 0; extra <= most && used + least + extra <= x->f->n_rows; extra++) {
        node offer = {.cost = from->cost + extra_cost(x, block, unit, extra),
                      .from_used = (uint16_t)used,
                      .steps = (uint16_t)(least + extra),
                      .how = (uint8_t)how,
                      .from_layer = (uint8_t)layer,
                      .waiting = how == HOW_WAITING ? block_i : from->waiting,
                      .is_bound = is_bound_after(block, 0)};
        relax(x, to, how == HOW_WAITING ? 0 : layer, used + least + extra, &offer);
    }
}

/* A block of several units in one of its settings: whole, or cut where the column is full. */
static void place_units(filler *x, candidates *all, uint32_t b, uint32_t setting_i, uint32_t layer, uint32_t used,
                        const node *from)
{
    const bt_galley_block *block = block_at(x, b);
    const bt_setting *setting = &block->settings[setting_i];
    uint32_t at = used, first = least_steps(x, &setting->units[0], used);
    int64_t lines = (int64_t)setting->n_units - block->settings[block->best_i].n_units;
    int64_t cost = from->cost + setting->cost - lines * x->f->stretch / (int64_t)block->n_columns;
    end_source source = {.b = b, .layer = layer, .used = used};
    for (uint32_t k = 0; k < setting->n_units; k++) {
        at += k ? setting->units[k].steps : first;
        if (at > x->f->n_rows) return;
        int32_t break_cost = setting->units[k].break_cost;
        if (k + 1 < setting->n_units && break_cost != BT_FLOW_FORBIDDEN) {
            bt_placement cut = {b, setting_i, 0, k + 1, (uint16_t)used, (uint16_t)first, 0};
            end_in_block(x, all, &source, cost + break_cost, at, &cut, from);
        }
    }
    node offer = {.cost = cost,
                  .from_used = (uint16_t)used,
                  .steps = (uint16_t)first,
                  .setting_i = setting_i,
                  .waiting = from->waiting,
                  .how = HOW_BLOCK,
                  .from_layer = (uint8_t)layer,
                  .is_bound = is_bound_after(block, setting_i)};
    relax(x, next_of(x, b), layer, at, &offer);
}

static void place_block(filler *x, candidates *all, uint32_t b, uint32_t layer, uint32_t used, const node *from)
{
    const bt_galley_block *block = block_at(x, b);
    if (!block->n_settings) { /* nothing to set: an empty text */
        node offer = *from;
        offer.how = HOW_PUT_OFF;
        offer.from_used = (uint16_t)used;
        offer.from_layer = (uint8_t)layer;
        relax(x, next_of(x, b), layer, used, &offer);
        return;
    }
    if (block->n_settings == 1 && block->settings[0].n_units == 1) {
        place_whole(x, b, next_of(x, b), layer, used, from, HOW_BLOCK);
    } else {
        for (uint32_t s = 0; s < block->n_settings; s++) place_units(x, all, b, s, layer, used, from);
    }
    bool may_wait = block->may_move && layer == 0 && x->f->start.away == BT_NO_BLOCK && x->f->kind != BT_FILL_ALL &&
                    !block->keeps_next && block->settings[0].n_units == 1;
    if (!may_wait) return;
    node offer = {.cost = from->cost + x->f->layout->costs.moved,
                  .from_used = (uint16_t)used,
                  .waiting = b,
                  .how = HOW_PUT_OFF,
                  .from_layer = 0,
                  .is_bound = from->is_bound};
    relax(x, next_of(x, b), 1, used, &offer);
}

/* Whether a boundary lies within a list or a poem: nothing else is placed there, but at a column's head. */
static bool is_within(const filler *x, uint32_t b)
{
    if (b == x->first || b >= x->f->end_block) return false;
    const bt_doc_block *before = block_at(x, b - 1)->doc, *after = block_at(x, b)->doc;
    bool is_list = before->kind == BT_DOC_ITEM && after->kind == BT_DOC_ITEM && !after->starts_list;
    return is_list || (before->kind == BT_DOC_VERSE && after->kind == BT_DOC_VERSE);
}

static void visit(filler *x, candidates *all, uint32_t b, uint32_t layer, uint32_t used)
{
    const node *n = node_at(x, b, layer, used);
    if (!n) return;
    node from = *n;
    end_at_boundary(x, all, b, layer, used, &from);
    bool may_stand = used == 0 || (!is_within(x, b) && !from.is_bound); /* not between a heading and its text */
    if (layer && may_stand) place_whole(x, from.waiting, b, layer, used, &from, HOW_WAITING);
    /* What waits is placed before another article begins. */
    bool ends_article =
        layer && b < x->f->end_block && block_at(x, b)->doc->article_i != block_at(x, from.waiting)->doc->article_i;
    if (b < x->f->end_block && !ends_article) place_block(x, all, b, layer, used, &from);
}

/* --- start --- */

/* The rest of a block that was cut: placed first. Gives the rows it takes, or more than there are when it ends inside.
 */
static uint32_t place_rest(filler *x, candidates *all)
{
    const bt_spot *start = &x->f->start;
    const bt_galley_block *block = block_at(x, start->block_i);
    const bt_setting *setting = &block->settings[start->setting_i];
    uint32_t at = block->head_steps;
    x->has_prefix = true;
    x->prefix =
        (bt_placement){start->block_i, start->setting_i, start->unit_i, setting->n_units, 0, 0, block->head_steps};
    x->prefix.first_steps = setting->units[start->unit_i].steps;
    node from = {.how = HOW_START, .waiting = start->is_pending ? start->away : BT_NO_BLOCK};
    end_source source = {.b = x->first, .layer = x->has_waiting ? 1 : 0, .used = UINT32_MAX};
    for (uint32_t k = start->unit_i; k < setting->n_units; k++) {
        at += setting->units[k].steps;
        if (at > x->f->n_rows) return at;
        if (k + 1 == setting->n_units || setting->units[k].break_cost == BT_FLOW_FORBIDDEN) continue;
        /* A line from a paragraph's middle, alone in a column, is a last resort. */
        if (k == start->unit_i && !x->takes_any) continue;
        bt_placement cut = x->prefix;
        cut.unit_end = k + 1;
        end_in_block(x, all, &source, setting->units[k].break_cost, at, &cut, &from);
    }
    return at;
}

/* Nothing fits an empty page: the first unit is placed all the same, and runs out of its column. */
static bool place_tall(filler *x, candidates *all)
{
    const bt_spot *start = &x->f->start;
    bool has_waiting = x->has_waiting;
    uint32_t block_i = has_waiting ? start->away : start->block_i;
    if (!has_waiting && start->block_i >= x->f->end_block) return true;
    const bt_galley_block *block = block_at(x, block_i);
    uint32_t setting_i = has_waiting || !start->unit_i ? block->best_i : start->setting_i;
    const bt_setting *setting = &block->settings[setting_i];
    uint32_t begin = has_waiting ? 0 : start->unit_i, end = begin + 1;
    while (end < setting->n_units && setting->units[end - 1].break_cost == BT_FLOW_FORBIDDEN && end < begin + 2) end++;
    candidate c = {.end = {.used = x->f->n_rows, .cost = COST_TALL}};
    c.end.spot = (bt_spot){.block_i = block_i, .unit_i = end, .setting_i = setting_i, .away = BT_NO_BLOCK};
    if (has_waiting)
        c.end.spot = (bt_spot){
            .block_i = start->block_i, .unit_i = start->unit_i, .setting_i = start->setting_i, .away = BT_NO_BLOCK};
    else if (end == setting->n_units)
        c.end.spot = (bt_spot){.block_i = block_i + 1, .away = BT_NO_BLOCK};
    carry_away(x, &c.end.spot, c.end.spot.block_i);
    c.source.cut = (bt_placement){
        block_i, setting_i, begin, end, 0, setting->units[begin].top_steps, begin ? block->head_steps : 0};
    c.source.has_cut = true;
    c.source.used = UINT32_MAX;
    x->has_prefix = false;
    offer_end(x, all, &c);
    return !x->failed;
}

/* True when the block that is away waits for a column like this one. */
static bool waits_here(const bt_fill *f)
{
    if (!f->start.is_pending || f->start.away == BT_NO_BLOCK) return false;
    return f->galley->blocks[f->start.away].n_columns == f->n_columns;
}

static void search(filler *x, candidates *all)
{
    const bt_spot *start = &x->f->start;
    uint32_t used = 0, b = start->block_i;
    x->first = b;
    if (start->unit_i) {
        used = place_rest(x, all);
        if (used > x->f->n_rows) return;
        b = next_of(x, b);
        x->first = b;
    } else if (b == start->away && !start->is_pending && b < x->f->end_block) {
        b++;
        x->first = b;
    }
    node origin = {.how = HOW_START, .waiting = x->has_waiting ? start->away : BT_NO_BLOCK};
    if (start->unit_i) origin.is_bound = is_bound_after(block_at(x, start->block_i), start->setting_i);
    relax(x, b, x->has_waiting ? 1 : 0, used, &origin);
    for (; b <= x->f->end_block && !x->failed; b++) {
        uint32_t i = b - x->first;
        if (i >= x->rows.n) break; /* the column is full before the segment ends */
        if (!x->rows.v[i].nodes) continue;
        /* What waits may be placed at this boundary: so the layer of those that wait goes first. */
        for (uint32_t layer = 2; layer-- > 0;)
            for (uint32_t u = x->rows.v[i].least[layer]; u <= x->rows.v[i].most[layer]; u++) visit(x, all, b, layer, u);
    }
}

/* The cheapest first; equal ones in the order of the galley, so that nothing depends on chance. */
static void sort_and_trace(filler *x, candidates *all, bt_fill_ends *ends)
{
    uint32_t n = all->n < x->f->n_wanted ? all->n : x->f->n_wanted;
    bt_fill_end *v = BT_NEW_ARRAY(x->f->arena, n, bt_fill_end);
    if (!v) {
        x->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t best = i;
        for (uint32_t j = i + 1; j < all->n; j++)
            if (all->v[j].end.cost < all->v[best].end.cost) best = j;
        candidate c = all->v[best];
        all->v[best] = all->v[i];
        all->v[i] = c;
        v[i] = c.end;
        const end_source *s = &c.source;
        if (s->used == UINT32_MAX) {
            bt_placement *only = BT_NEW(x->f->arena, bt_placement);
            if (only) *only = s->cut;
            v[i].placements = only;
            v[i].n_placements = only ? 1 : 0;
        } else {
            trace(x, &v[i], s->b, s->layer, s->used, s->has_cut ? &s->cut : NULL);
        }
    }
    ends->v = v;
    ends->n = n;
}

bool bt_fill_column(const bt_fill *fill, bt_fill_ends *ends)
{
    *ends = (bt_fill_ends){0};
    bt_arena_mark mark = bt_arena_set_mark(fill->scratch);
    filler x = {.f = fill, .slack = NEAR_FOOT, .has_waiting = waits_here(fill)};
    candidates all = {0};
    search(&x, &all);
    if (!all.n && !x.failed && fill->kind == BT_FILL_CUT) { /* nothing ends near the foot: take what there is */
        x = (filler){.f = fill, .slack = fill->n_rows, .takes_any = true, .has_waiting = waits_here(fill)};
        search(&x, &all);
    }
    if (!all.n && !x.failed && fill->must_place) place_tall(&x, &all);
    if (!x.failed && all.n) sort_and_trace(&x, &all, ends);
    bool is_done = !x.failed && !fill->arena->failed && !fill->scratch->failed;
    bt_arena_rewind(fill->scratch, mark);
    return is_done;
}
