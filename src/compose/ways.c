/* ways.c - the ways down a column: settings, white and picture heights, and what is put off; found by dynamic
 * programming, boundary by boundary. */
#include "compose/ways.h"

enum { MORE_ROWS = 4 }; /* than asked for: bands are tried in one height after another; then all of the page */

static const uint32_t *feet_of_units(const bt_setting *setting, uint32_t *feet)
{
    uint32_t foot = 0;
    for (uint32_t u = 0; u < setting->n_units; u++) feet[u] = foot += u ? setting->units[u].steps : 0;
    return feet;
}

static bool find_feet(bt_arena *arena, const bt_galley *galley, bt_feet *feet)
{
    uint32_t n_settings = 0, n_units = 0;
    uint32_t *first_setting = BT_NEW_ARRAY_UNSET(arena, galley->n_blocks, uint32_t);
    if (!first_setting) return false;
    for (uint32_t b = 0; b < galley->n_blocks; b++) {
        first_setting[b] = n_settings;
        n_settings += galley->blocks[b].n_settings;
        for (uint32_t s = 0; s < galley->blocks[b].n_settings; s++) n_units += galley->blocks[b].settings[s].n_units;
    }
    const uint32_t **of_setting = BT_NEW_ARRAY_UNSET(arena, n_settings, const uint32_t *);
    uint32_t *of_unit = BT_NEW_ARRAY_UNSET(arena, n_units, uint32_t);
    if (!of_setting || !of_unit) return false;
    *feet = (bt_feet){of_setting, first_setting};
    for (uint32_t b = 0; b < galley->n_blocks; b++)
        for (uint32_t s = 0; s < galley->blocks[b].n_settings; s++) {
            *of_setting++ = feet_of_units(&galley->blocks[b].settings[s], of_unit);
            of_unit += galley->blocks[b].settings[s].n_units;
        }
    return true;
}

bt_ways_store *bt_ways_store_new(bt_arena *arena, const bt_galley *galley, uint32_t page_rows)
{
    bt_ways_store *store = BT_NEW(arena, bt_ways_store);
    if (!store) return NULL;
    *store = (bt_ways_store){.arena = arena, .page_rows = page_rows};
    return find_feet(arena, galley, &store->feet) ? store : NULL;
}

void bt_ways_store_clear(bt_ways_store *store)
{
    *store = (bt_ways_store){
        .arena = store->arena, .page_rows = store->page_rows, .feet = store->feet, .shared = store->shared};
}

void bt_ways_store_share(bt_ways_store *store, const bt_shared_fills *shared) { store->shared = *shared; }

/* --- nodes --- */

/* Ways that are being found. */
typedef struct finder {
    bt_ways *w;
    bt_arena *arena;
} finder;

/* The boundary after b: the block that was placed before its turn is passed over. */
static uint32_t next_of(const bt_ways *w, uint32_t b)
{
    b++;
    if (b == w->start.away && b < w->end_block) b++;
    return b;
}

static bt_node_row *row_at(finder *f, uint32_t b)
{
    bt_ways *w = f->w;
    while (w->rows.n <= b - w->first) {
        const bt_node_row *row = BT_PUSH(f->arena, &w->rows);
        if (!row) return NULL;
    }
    return &w->rows.v[b - w->first];
}

/* The node is made when it is first reached, and those between it and the others of its row with it. NULL: no memory.
 */
static bt_node *node_at(finder *f, uint32_t b, uint32_t layer, uint32_t used)
{
    bt_node_row *row = row_at(f, b);
    if (!row) return NULL;
    bt_node *nodes = row->nodes[layer];
    if (!nodes) {
        nodes = row->nodes[layer] = BT_NEW_ARRAY_UNSET(f->arena, (size_t)f->w->n_rows + 1, bt_node);
        if (!nodes) return NULL;
        row->least[layer] = row->most[layer] = used;
        nodes[used].how = BT_NODE_NONE;
        return &nodes[used];
    }
    while (row->least[layer] > used) nodes[--row->least[layer]].how = BT_NODE_NONE;
    while (row->most[layer] < used) nodes[++row->most[layer]].how = BT_NODE_NONE;
    return &nodes[used];
}

static void relax(finder *f, uint32_t b, uint32_t layer, uint32_t used, const bt_node *offer)
{
    bt_node *node = node_at(f, b, layer, used);
    if (node && (node->how == BT_NODE_NONE || offer->cost < node->cost)) *node = *offer;
}

/* --- moves --- */

uint32_t bt_ways_first_steps(const bt_ways *w, const bt_unit *unit, uint32_t used)
{
    return used == 0 && w->starts_top && !w->has_prefix ? unit->top_steps : unit->steps;
}

/* The cost of a block's extra steps. */
static int64_t extra_cost(const bt_ways *w, const bt_galley_block *block, const bt_unit *unit, uint32_t extra)
{
    const bt_costs *costs = &w->layout->costs;
    int64_t worth = (int64_t)extra * w->stretch;
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
static void place_whole(finder *f, uint32_t block_i, uint32_t to, uint32_t layer, uint32_t used, const bt_node *from,
                        bt_node_how how)
{
    const bt_ways *w = f->w;
    const bt_galley_block *block = bt_ways_block(w, block_i);
    const bt_unit *unit = &block->settings[0].units[0];
    uint32_t least = bt_ways_first_steps(w, unit, used);
    bool at_top = used == 0 && w->starts_top;
    uint32_t most = block->is_elastic || !at_top ? unit->extra : 0; /* white is not added where it falls away */
    for (uint32_t extra = 0; extra <= most && used + least + extra <= w->n_rows; extra++) {
        bt_node offer = {.cost = from->cost + extra_cost(w, block, unit, extra),
                         .from_used = (uint16_t)used,
                         .steps = (uint16_t)(least + extra),
                         .how = (uint8_t)how,
                         .from_layer = (uint8_t)layer,
                         .waiting = from->waiting,
                         .is_bound = is_bound_after(block, 0)};
        relax(f, to, how == BT_NODE_WAITING ? 0 : layer, used + least + extra, &offer);
    }
}

int64_t bt_ways_setting_cost(const bt_ways *w, const bt_galley_block *block, uint32_t setting_i)
{
    const bt_setting *setting = &block->settings[setting_i];
    if (!w->stretch) return setting->cost;
    int64_t lines = (int64_t)setting->n_units - block->settings[block->best_i].n_units;
    return setting->cost - lines * w->stretch / (int64_t)block->n_columns;
}

/* A block of several units in one of its settings, whole. Gives its rows. */
static uint32_t place_units(finder *f, uint32_t b, uint32_t setting_i, uint32_t layer, uint32_t used,
                            const bt_node *from)
{
    const bt_ways *w = f->w;
    const bt_galley_block *block = bt_ways_block(w, b);
    const bt_setting *setting = &block->settings[setting_i];
    uint32_t first = bt_ways_first_steps(w, &setting->units[0], used);
    uint32_t rows = first + bt_feet_of(w->feet, b, setting_i)[setting->n_units - 1];
    if (used + rows > w->n_rows) return rows;
    bt_node offer = {.cost = from->cost + bt_ways_setting_cost(w, block, setting_i),
                     .from_used = (uint16_t)used,
                     .steps = (uint16_t)first,
                     .setting_i = setting_i,
                     .waiting = from->waiting,
                     .how = BT_NODE_BLOCK,
                     .from_layer = (uint8_t)layer,
                     .is_bound = is_bound_after(block, setting_i)};
    relax(f, next_of(w, b), layer, used + rows, &offer);
    return rows;
}

/* The block waits for a later place. */
static void put_off(finder *f, uint32_t b, uint32_t used, const bt_node *from)
{
    const bt_ways *w = f->w;
    const bt_galley_block *block = bt_ways_block(w, b);
    bool may_wait = block->may_move && w->start.away == BT_NO_BLOCK && !w->is_whole && !block->keeps_next &&
                    block->settings[0].n_units == 1;
    if (!may_wait) return;
    bt_node offer = {.cost = from->cost + w->layout->costs.moved,
                     .from_used = (uint16_t)used,
                     .waiting = b,
                     .how = BT_NODE_PUT_OFF,
                     .is_bound = from->is_bound};
    relax(f, next_of(w, b), 1, used, &offer);
}

/* Gives the rows that the block takes at most; 0 where it cannot be cut. */
static uint32_t place_block(finder *f, uint32_t b, uint32_t layer, uint32_t used, const bt_node *from)
{
    const bt_galley_block *block = bt_ways_block(f->w, b);
    if (!block->n_settings) { /* nothing to set: an empty text */
        bt_node offer = *from;
        offer.how = BT_NODE_PUT_OFF;
        offer.from_used = (uint16_t)used;
        offer.from_layer = (uint8_t)layer;
        relax(f, next_of(f->w, b), layer, used, &offer);
        return 0;
    }
    uint32_t tallest = 0;
    if (block->n_settings == 1 && block->settings[0].n_units == 1) {
        place_whole(f, b, next_of(f->w, b), layer, used, from, BT_NODE_BLOCK);
    } else {
        for (uint32_t s = 0; s < block->n_settings; s++) {
            uint32_t rows = place_units(f, b, s, layer, used, from);
            if (rows > tallest) tallest = rows;
        }
    }
    if (layer == 0) put_off(f, b, used, from);
    return tallest;
}

/* Whether a boundary lies within a list or a poem: nothing else is placed there, but at a column's head. */
static bool is_within(const bt_ways *w, uint32_t b)
{
    if (b == w->first || b >= w->end_block) return false;
    const bt_doc_block *before = bt_ways_block(w, b - 1)->doc, *after = bt_ways_block(w, b)->doc;
    bool is_list = before->kind == BT_DOC_ITEM && after->kind == BT_DOC_ITEM && !after->starts_list;
    return is_list || (before->kind == BT_DOC_VERSE && after->kind == BT_DOC_VERSE);
}

static void visit(finder *f, uint32_t b, uint32_t layer, uint32_t used, const bt_node *from)
{
    bt_ways *w = f->w;
    bool may_stand = used == 0 || (!is_within(w, b) && !from->is_bound); /* not between a heading and its text */
    if (layer && may_stand) place_whole(f, from->waiting, b, layer, used, from, BT_NODE_WAITING);
    if (b >= w->end_block || (layer && bt_ways_is_due(w, b, from))) return;
    uint32_t tallest = place_block(f, b, layer, used, from);
    bt_node_row *row = &w->rows.v[b - w->first];
    if (tallest > row->tallest) row->tallest = tallest;
}

/* --- start --- */

/* The rest of a block that was cut: placed first. Gives the rows it takes, or more than there are when it ends inside.
 */
static uint32_t place_rest(bt_ways *w)
{
    const bt_spot *start = &w->start;
    const bt_galley_block *block = bt_ways_block(w, start->block_i);
    const bt_setting *setting = &block->settings[start->setting_i];
    uint32_t at = block->head_steps;
    w->has_prefix = true;
    w->prefix =
        (bt_placement){start->block_i, start->setting_i, start->unit_i, setting->n_units, 0, 0, block->head_steps};
    w->prefix.first_steps = setting->units[start->unit_i].steps;
    for (uint32_t k = start->unit_i; k < setting->n_units && at <= w->n_rows; k++) at += setting->units[k].steps;
    return at;
}

static void find_from(finder *f, uint32_t used)
{
    bt_ways *w = f->w;
    const bt_spot *start = &w->start;
    bt_node origin = {.how = BT_NODE_START, .waiting = w->has_waiting ? start->away : BT_NO_BLOCK};
    if (start->unit_i) origin.is_bound = is_bound_after(bt_ways_block(w, start->block_i), start->setting_i);
    relax(f, w->first, w->has_waiting ? 1 : 0, used, &origin);
    /* Where the column is full before the segment ends, there are no more rows. */
    for (uint32_t b = w->first; b <= w->end_block && b - w->first < w->rows.n && !f->arena->failed; b++) {
        /* What waits may be placed at this boundary: so the layer of those that wait goes first. */
        for (uint32_t layer = BT_WAYS_LAYERS; layer-- > 0;) {
            const bt_node_row row = w->rows.v[b - w->first];
            for (uint32_t u = row.least[layer]; row.nodes[layer] && u <= row.most[layer]; u++)
                if (row.nodes[layer][u].how != BT_NODE_NONE) visit(f, b, layer, u, &row.nodes[layer][u]);
        }
    }
}

/* Finds the ways down so many rows. */
static void find(finder *f, uint16_t n_rows)
{
    bt_ways *w = f->w;
    const bt_spot *start = &w->start;
    uint32_t used = 0;
    w->n_rows = n_rows;
    w->rows.n = 0;
    w->first = start->block_i;
    if (start->unit_i) {
        used = place_rest(w);
        w->first = next_of(w, w->first);
    } else if (w->first == start->away && !start->is_pending && w->first < w->end_block) {
        w->first++;
    }
    if (used <= n_rows) find_from(f, used);
}

/* --- the store --- */

/* True when the block that is away waits for a column like this one. */
static bool waits_here(const bt_fill *f)
{
    if (!f->start.is_pending || f->start.away == BT_NO_BLOCK) return false;
    return f->galley->blocks[f->start.away].n_columns == f->n_columns;
}

static bool is_for(const bt_ways *w, const bt_fill *fill)
{
    return bt_spot_equal(&w->start, &fill->start) && w->end_block == fill->end_block &&
           w->n_columns == fill->n_columns && w->starts_top == fill->starts_top &&
           w->is_whole == (fill->kind == BT_FILL_ALL) && w->stretch == fill->stretch;
}

const bt_ways *bt_ways_find(bt_ways_store *store, const bt_fill *fill)
{
    const bt_spot *spot = &fill->start;
    uint32_t mixed = spot->block_i * 2654435761u ^ spot->unit_i * 40503u ^ spot->setting_i * 7919u ^ spot->away * 31u;
    uint32_t hash = (mixed ^ mixed >> 15) % BT_WAYS_HASHES;
    bt_ways *w = store->of_hash[hash];
    while (w && !is_for(w, fill)) w = w->next;
    if (w && w->n_rows >= fill->n_rows) return w;
    if (!w) {
        w = BT_NEW_ARRAY_UNSET(store->arena, 1, bt_ways);
        if (!w) return NULL;
        *w = (bt_ways){.feet = &store->feet,
                       .galley = fill->galley,
                       .layout = fill->layout,
                       .start = *spot,
                       .end_block = fill->end_block,
                       .n_columns = fill->n_columns,
                       .starts_top = fill->starts_top,
                       .is_whole = fill->kind == BT_FILL_ALL,
                       .stretch = fill->stretch,
                       .has_waiting = waits_here(fill),
                       .next = store->of_hash[hash]};
        store->of_hash[hash] = w;
    }
    finder f = {w, store->arena};
    uint32_t n_rows = w->n_rows ? store->page_rows : (uint32_t)fill->n_rows + MORE_ROWS;
    find(&f, (uint16_t)(n_rows < store->page_rows ? n_rows : store->page_rows));
    return store->arena->failed ? NULL : w;
}
