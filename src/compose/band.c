/* band.c - a band's columns filled one after the other, the best few ways. */
#include "compose/search.h"

enum {
    MEMO_SIZE = 256, /* bands of one page that are remembered */
    MEMO_PROBES = 16,
};

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

bt_column *bt_band_extend(bt_composer *c, const bt_band_plan *plan, const bt_band_way *p, uint32_t column_i,
                          const bt_fill_end *end)
{
    bt_column *columns = BT_NEW_ARRAY(c->arena, plan->n_columns, bt_column);
    if (!columns) {
        c->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < column_i; i++) columns[i] = p->columns[i];
    uint16_t inset = bt_band_inset(plan, column_i);
    columns[column_i] = (bt_column){.placements = end->placements,
                                    .n_placements = end->n_placements,
                                    .n_rows = (uint16_t)(plan->n_rows - inset - end->jump_rows),
                                    .n_used = end->used,
                                    .inset = inset,
                                    .jump_rows = {[BT_JUMP_ON] = end->jump_rows}};
    if (column_i == 0) columns[column_i].jump_rows[BT_JUMP_FROM] = plan->jump_rows[BT_JUMP_FROM];
    return columns;
}

static void keep_partial(bt_band_way *v, uint32_t *n, const bt_band_way *p)
{
    uint32_t worst = 0;
    for (uint32_t i = 0; i < *n; i++) {
        if (bt_spot_equal(&v[i].spot, &p->spot)) {
            if (p->cost < v[i].cost) v[i] = *p;
            return;
        }
        if (v[i].cost > v[worst].cost) worst = i;
    }
    if (*n < BT_KEPT_ENDS)
        v[(*n)++] = *p;
    else if (p->cost < v[worst].cost)
        v[worst] = *p;
}

/* A band that was filled before on this page: states that differ only in where they stand share it. */
typedef struct bt_band_memo {
    bt_spot spot;
    uint32_t end_block, inset;
    uint16_t n_rows, jump_rows[BT_N_JUMPS];
    uint8_t kind;
    bool starts_top, must_place;
    uint32_t page; /* that it was filled for, from 1; 0: free */
    uint32_t n_out;
    bt_band_way out[BT_KEPT_ENDS];
} bt_band_memo;

/* The entry of a plan, set or free: open addressing; NULL when the table is full. */
static bt_band_memo *memo_of(bt_composer *c, const bt_band_plan *plan)
{
    const bt_spot *spot = &plan->from->spot;
    uint32_t hash = spot->block_i * 2654435761u ^ spot->unit_i * 40503u ^ spot->setting_i * 97u ^ spot->away * 31u ^
                    plan->n_rows * 2246822519u ^ (uint32_t)plan->kind * 3266489917u ^ plan->inset * 668265263u;
    for (uint32_t probe = 0; probe < MEMO_PROBES; probe++) {
        bt_band_memo *m = &c->memo[(hash + probe) % MEMO_SIZE];
        if (m->page != c->memo_page) return m; /* free, or of a page before */
        if (bt_spot_equal(&m->spot, spot) && m->end_block == plan->end_block && m->inset == plan->inset &&
            m->n_rows == plan->n_rows && m->kind == plan->kind && m->starts_top == plan->starts_top &&
            m->must_place == plan->must_place && m->jump_rows[BT_JUMP_ON] == plan->jump_rows[BT_JUMP_ON] &&
            m->jump_rows[BT_JUMP_FROM] == plan->jump_rows[BT_JUMP_FROM])
            return m;
    }
    return NULL;
}

static uint32_t fill_columns(bt_composer *c, const bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS]);

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
    bt_band_memo *m = memo_of(c, plan);
    if (!m) return fill_or_yield(c, plan, out);
    if (m->page != c->memo_page) {
        *m = (bt_band_memo){.spot = plan->from->spot,
                            .end_block = plan->end_block,
                            .inset = plan->inset,
                            .n_rows = plan->n_rows,
                            .jump_rows = {plan->jump_rows[BT_JUMP_ON], plan->jump_rows[BT_JUMP_FROM]},
                            .kind = (uint8_t)plan->kind,
                            .starts_top = plan->starts_top,
                            .must_place = plan->must_place,
                            .page = c->memo_page};
        m->n_out = fill_or_yield(c, plan, m->out);
    }
    for (uint32_t i = 0; i < m->n_out; i++) out[i] = m->out[i];
    return m->n_out;
}

/* Fills column after column. */
static uint32_t fill_columns(bt_composer *c, const bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS])
{
    bt_band_way now[BT_KEPT_ENDS] = {{.spot = plan->from->spot}};
    uint32_t n_now = 1;
    for (uint32_t column_i = 0; column_i < plan->n_columns; column_i++) {
        bool is_last = column_i + 1 == plan->n_columns;
        bt_band_way next[BT_KEPT_ENDS];
        uint32_t n_next = 0;
        for (uint32_t i = 0; i < n_now; i++) {
            bt_fill fill = {.galley = c->galley,
                            .layout = c->layout,
                            .arena = c->arena,
                            .scratch = c->scratch,
                            .start = now[i].spot,
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
            if (!bt_fill_column(&fill, &ends)) {
                c->failed = true;
                return 0;
            }
            for (uint32_t e = 0; e < ends.n; e++) {
                bt_band_way p = {.spot = ends.v[e].spot,
                                 .cost = now[i].cost + ends.v[e].cost,
                                 .is_bound = ends.v[e].is_bound,
                                 .used = ends.v[e].used,
                                 .columns = bt_band_extend(c, plan, &now[i], column_i, &ends.v[e])};
                if (!p.columns) return 0;
                keep_partial(next, &n_next, &p);
            }
        }
        n_now = n_next;
        for (uint32_t i = 0; i < n_next; i++) now[i] = next[i];
        if (!n_now) return 0;
    }
    for (uint32_t i = 0; i < n_now; i++) out[i] = now[i];
    return n_now;
}

struct bt_band_memo *bt_band_memos(bt_arena *arena) { return BT_NEW_ARRAY(arena, MEMO_SIZE, bt_band_memo); }
