/* band.c - a band's columns filled one after the other, the best few ways. */
#include "compose/search.h"

enum { N_HASHES = 128 };

uint16_t bt_band_inset(const bt_band_plan *plan, uint32_t column_i)
{
    uint32_t highlights = column_i + 1 == plan->n_columns ? plan->inset : 0;
    return (uint16_t)(highlights + (column_i ? 0 : plan->jump_rows[BT_JUMP_FROM]));
}

uint16_t bt_band_head_jump(const bt_composer *c, const bt_state *from)
{
    uint16_t rows = c->galley->jump_rows[BT_JUMP_FROM];
    if (!rows || from->row || !bt_spot_cuts(c->galley, &from->spot)) return 0;
    return bt_spot_least_rows(c->galley, &from->spot) + rows > c->n_rows ? 0 : rows;
}

void bt_band_plan_jumps(const bt_composer *c, bt_band_plan *plan)
{
    bool is_foot = plan->from->row + plan->n_rows == c->n_rows;
    plan->jump_rows[BT_JUMP_FROM] = bt_band_head_jump(c, plan->from);
    plan->jump_rows[BT_JUMP_ON] = is_foot ? c->galley->jump_rows[BT_JUMP_ON] : 0;
}

bool bt_band_set_column(bt_composer *c, const bt_band_plan *plan, uint32_t column_i, const bt_fill_end *end,
                        bt_column *column)
{
    uint16_t inset = bt_band_inset(plan, column_i);
    *column = (bt_column){.n_rows = (uint16_t)(plan->n_rows - inset - end->jump_rows),
                          .n_used = end->used,
                          .inset = inset,
                          .jump_rows = {[BT_JUMP_ON] = end->jump_rows}};
    if (column_i == 0) column->jump_rows[BT_JUMP_FROM] = plan->jump_rows[BT_JUMP_FROM];
    column->placements = bt_fill_trace(c->arena, end, &column->n_placements);
    if (!column->placements) c->failed = true;
    return !c->failed;
}

/* --- what is remembered --- */

/* A band that was filled before on this page: states that differ only in where they stand share it. */
typedef struct memo {
    bt_spot spot;
    uint32_t end_block, inset;
    uint16_t n_rows, jump_rows[BT_N_JUMPS];
    uint8_t kind;
    bool starts_top, must_place;
    int64_t limit;
    uint32_t n_out;
    const bt_band_way *out;
    struct memo *next; /* of the same hash */
} memo;

struct bt_band_memos {
    memo *of_hash[N_HASHES];
};

struct bt_band_memos *bt_band_memos_new(bt_arena *arena) { return BT_NEW(arena, struct bt_band_memos); }

void bt_band_memos_clear(struct bt_band_memos *memos) { *memos = (struct bt_band_memos){0}; }

static bool is_of(const memo *m, const bt_band_plan *plan)
{
    return bt_spot_equal(&m->spot, &plan->from->spot) && m->end_block == plan->end_block && m->inset == plan->inset &&
           m->n_rows == plan->n_rows && m->kind == plan->kind && m->starts_top == plan->starts_top &&
           m->must_place == plan->must_place && m->jump_rows[BT_JUMP_ON] == plan->jump_rows[BT_JUMP_ON] &&
           m->jump_rows[BT_JUMP_FROM] == plan->jump_rows[BT_JUMP_FROM] && m->limit >= plan->limit;
}

static memo **memos_of(const bt_composer *c, const bt_band_plan *plan)
{
    const bt_spot *spot = &plan->from->spot;
    uint32_t hash = spot->block_i * 37u + spot->unit_i * 11u + spot->setting_i * 7u + plan->n_rows * 3u + plan->kind;
    return &c->memos->of_hash[hash % N_HASHES];
}

static memo *recall(const bt_composer *c, const bt_band_plan *plan)
{
    memo *m = *memos_of(c, plan);
    while (m && !is_of(m, plan)) m = m->next;
    return m;
}

static void remember(bt_composer *c, const bt_band_plan *plan, const bt_band_way *out, uint32_t n_out)
{
    memo **first = memos_of(c, plan), *m = BT_NEW_ARRAY_UNSET(c->scratch, 1, memo);
    bt_band_way *kept = BT_NEW_ARRAY_UNSET(c->scratch, n_out, bt_band_way);
    if (!m || !kept) {
        c->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n_out; i++) kept[i] = out[i];
    *m = (memo){.spot = plan->from->spot,
                .end_block = plan->end_block,
                .inset = plan->inset,
                .n_rows = plan->n_rows,
                .jump_rows = {plan->jump_rows[BT_JUMP_ON], plan->jump_rows[BT_JUMP_FROM]},
                .kind = (uint8_t)plan->kind,
                .starts_top = plan->starts_top,
                .must_place = plan->must_place,
                .limit = plan->limit,
                .n_out = n_out,
                .out = kept,
                .next = *first};
    *first = m;
}

/* --- a band --- */

/* The columns of a way so far, the last one first. */
typedef struct filled {
    bt_fill_end end;
    const struct filled *before;
} filled;

typedef struct partial {
    int64_t cost;
    bt_spot spot;
    const filled *last;
} partial;

/* The partial way of a spot and cost, where it is among the best few; NULL: it is not. */
static partial *place_among(partial *v, uint32_t *n, const bt_spot *spot, int64_t cost)
{
    uint32_t worst = 0;
    for (uint32_t i = 0; i < *n; i++) {
        if (bt_spot_equal(&v[i].spot, spot)) return cost < v[i].cost ? &v[i] : NULL;
        if (v[i].cost > v[worst].cost) worst = i;
    }
    if (*n < BT_KEPT_ENDS) return &v[(*n)++];
    return cost < v[worst].cost ? &v[worst] : NULL;
}

/* The least rows that the segment still takes from a spot. */
static int64_t least_rows_to_end(const bt_composer *c, const bt_spot *spot, uint32_t end_block)
{
    uint32_t b = spot->block_i;
    int64_t rows = 0;
    if (spot->unit_i) {
        const bt_setting *setting = &c->galley->blocks[b].settings[spot->setting_i];
        for (uint32_t u = spot->unit_i; u < setting->n_units; u++) rows += setting->units[u].steps;
        b++;
    }
    if (b < end_block) rows += c->least_before[end_block] - c->least_before[b];
    bool is_done = spot->away != BT_NO_BLOCK && !spot->is_pending && spot->away >= b && spot->away < end_block;
    return is_done ? rows - (c->least_before[spot->away + 1] - c->least_before[spot->away]) : rows;
}

/* Whether the columns from one on hold the rest of the segment, if it must end in them. */
static bool may_finish(const bt_composer *c, const bt_band_plan *plan, const bt_spot *spot, uint32_t column_i)
{
    if (plan->kind != BT_FILL_FINISH || (plan->must_place && column_i == 0)) return true;
    int64_t room = 0;
    for (uint32_t i = column_i; i < plan->n_columns; i++) room += plan->n_rows - bt_band_inset(plan, i);
    return least_rows_to_end(c, spot, plan->end_block) <= room;
}

/* Whether whatever goes on from so dear a way is dearer than the best few: no column costs less than nothing, unless
 * rows that are taken or spared are worth something. */
static bool is_too_dear(const bt_composer *c, const partial *v, uint32_t n, int64_t cost)
{
    bool has_dearer = n < BT_KEPT_ENDS || c->stretch;
    for (uint32_t i = 0; i < n && !has_dearer; i++) has_dearer = v[i].cost > cost;
    return !has_dearer;
}

/* The ways on from one partial way, with one column more. */
static void fill_next(bt_composer *c, const bt_band_plan *plan, const partial *from, uint32_t column_i, partial *next,
                      uint32_t *n_next)
{
    bool is_last = column_i + 1 == plan->n_columns;
    if (is_last && !may_finish(c, plan, &from->spot, column_i)) return;
    if (from->cost >= plan->limit || is_too_dear(c, next, *n_next, from->cost)) return;
    bt_fill fill = {.galley = c->galley,
                    .layout = c->layout,
                    .store = c->ways,
                    .start = from->spot,
                    .end_block = plan->end_block,
                    .n_columns = plan->n_columns,
                    .n_rows = (uint16_t)(plan->n_rows - bt_band_inset(plan, column_i)),
                    .jump_rows = is_last ? plan->jump_rows[BT_JUMP_ON] : 0,
                    .starts_top = plan->starts_top,
                    .kind = is_last ? plan->kind : BT_FILL_CUT,
                    .n_wanted = BT_KEPT_ENDS,
                    .band_finishes = plan->kind == BT_FILL_FINISH,
                    .must_place = plan->must_place && column_i == 0,
                    .stretch = c->stretch};
    bt_fill_ends ends;
    if (!bt_fill_column(&fill, &ends)) c->failed = true;
    for (uint32_t e = 0; e < ends.n && !c->failed; e++) {
        int64_t cost = from->cost + ends.v[e].cost;
        if (cost >= plan->limit) break; /* the cheapest go first */
        partial *p = place_among(next, n_next, &ends.v[e].spot, cost);
        if (!p) continue;
        filled *last = BT_NEW_ARRAY_UNSET(c->scratch, 1, filled);
        if (last)
            *last = (filled){ends.v[e], from->last};
        else
            c->failed = true;
        *p = (partial){cost, ends.v[e].spot, last};
    }
}

/* The band of a whole way. */
static bool set_way(bt_composer *c, const bt_band_plan *plan, const partial *p, bt_band_way *way)
{
    bt_column *columns = BT_NEW_ARRAY(c->arena, plan->n_columns, bt_column);
    const filled *last = p->last;
    if (!columns || !last) {
        c->failed = true;
        return false;
    }
    *way = (bt_band_way){
        .cost = p->cost, .columns = columns, .spot = p->spot, .used = last->end.used, .is_bound = last->end.is_bound};
    uint32_t column_i = plan->n_columns;
    for (const filled *f = last; f && !c->failed; f = f->before) {
        column_i--;
        bt_band_set_column(c, plan, column_i, &f->end, &columns[column_i]);
    }
    return !c->failed;
}

/* Fills column after column. */
static uint32_t fill_columns(bt_composer *c, const bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS])
{
    partial now[BT_KEPT_ENDS] = {{.spot = plan->from->spot}}, next[BT_KEPT_ENDS];
    uint32_t n_now = may_finish(c, plan, &plan->from->spot, 0);
    for (uint32_t column_i = 0; column_i < plan->n_columns && n_now; column_i++) {
        uint32_t n_next = 0;
        for (uint32_t i = 0; i < n_now && !c->failed; i++) fill_next(c, plan, &now[i], column_i, next, &n_next);
        if (c->failed) return 0;
        n_now = n_next;
        for (uint32_t i = 0; i < n_next; i++) now[i] = next[i];
    }
    for (uint32_t i = 0; i < n_now; i++)
        if (!set_way(c, plan, &now[i], &out[i])) return 0;
    return n_now;
}

/* A page must hold something: where that needs all of its last column, there is no jump line at its foot. */
static uint32_t fill_or_yield(bt_composer *c, const bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS])
{
    bool may_yield = plan->must_place && plan->kind == BT_FILL_CUT && plan->jump_rows[BT_JUMP_ON];
    if (!may_yield) return fill_columns(c, plan, out);
    bt_band_plan other = *plan;
    other.must_place = false;
    uint32_t n = fill_columns(c, &other, out);
    if (n || c->failed) return n;
    other.jump_rows[BT_JUMP_ON] = 0;
    other.must_place = true;
    return fill_columns(c, &other, out);
}

uint32_t bt_band_fill(bt_composer *c, bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS])
{
    bt_band_plan_jumps(c, plan);
    const memo *m = recall(c, plan);
    if (m) {
        for (uint32_t i = 0; i < m->n_out; i++) out[i] = m->out[i];
        return m->n_out;
    }
    uint32_t n = fill_or_yield(c, plan, out);
    remember(c, plan, out, n);
    return c->failed ? 0 : n;
}
