/* test_fills.c - galleys that end as a base's does, composed with what others have left with the base and without: the
 * same pages, to the row.
 */
#include "compose/compose_int.h"
#include "unit/check.h"

#include <stdlib.h>

enum { MOST_BLOCKS = 120, N_BASES = 40, N_EDITIONS = 12 };

typedef struct issue {
    bt_galley_block blocks[MOST_BLOCKS];
    bt_doc_block docs[MOST_BLOCKS];
    uint32_t n, article_i;
} issue;

typedef struct world {
    bt_arena arena, scratch;
    bt_diags diags;
    bt_layout layout;
    uint16_t jump_rows[BT_N_JUMPS];
    uint32_t seed;
    issue base, edition;
    uint32_t n_shared; /* editions that had something in common with their base */
} world;

static uint32_t chance(world *w, uint32_t n)
{
    w->seed = w->seed * 1103515245u + 12345u;
    return (w->seed >> 16) % n;
}

static bt_galley_block *add(issue *to, bt_doc_kind kind, uint32_t n_columns)
{
    bt_galley_block *block = &to->blocks[to->n];
    to->docs[to->n] = (bt_doc_block){.kind = kind, .article_i = to->article_i};
    *block = (bt_galley_block){.doc = &to->docs[to->n++], .n_columns = n_columns};
    return block;
}

/* Settings of n_least and more units, the second best. */
static void set_units(world *w, bt_galley_block *block, uint32_t n_least, uint32_t n_settings)
{
    bt_setting *settings = BT_NEW_ARRAY(&w->arena, n_settings, bt_setting);
    for (uint32_t s = 0; s < n_settings; s++) {
        uint32_t n = n_least + s;
        bt_unit *units = BT_NEW_ARRAY(&w->arena, n, bt_unit);
        for (uint32_t i = 0; i < n; i++) {
            bool is_bound = n > 1 && (i == 0 || i == n - 2);
            units[i] = (bt_unit){.steps = 1, .top_steps = 1, .break_cost = is_bound ? BT_FLOW_FORBIDDEN : 2};
        }
        settings[s] = (bt_setting){units, n, s == 1 ? 0 : (int32_t)(30 + s * 10)};
    }
    block->settings = settings;
    block->n_settings = n_settings;
    block->best_i = n_settings > 1;
}

static void set_unit(world *w, bt_galley_block *block, bt_unit unit)
{
    bt_unit *own = BT_NEW(&w->arena, bt_unit);
    bt_setting *setting = BT_NEW(&w->arena, bt_setting);
    *own = unit;
    if (block->keeps_next) own->break_cost = BT_FLOW_FORBIDDEN;
    *setting = (bt_setting){own, 1, 0};
    block->settings = setting;
    block->n_settings = 1;
}

static void add_heading(world *w, issue *to, uint32_t n_columns)
{
    bt_galley_block *block = add(to, BT_DOC_HEADING, n_columns);
    block->keeps_next = true;
    set_unit(w, block, (bt_unit){.steps = 3, .top_steps = 2, .extra = 1});
}

static void add_figure(world *w, issue *to, uint32_t n_columns)
{
    bt_galley_block *block = add(to, BT_DOC_FIGURE, n_columns);
    block->may_move = block->is_elastic = true;
    set_unit(w, block, (bt_unit){.steps = 7, .top_steps = 6, .extra = 5, .extra_best = 2});
}

static void add_article(world *w, issue *to)
{
    uint32_t n = 2 + chance(w, 5), n_columns = w->layout.n_columns;
    add_heading(w, to, chance(w, 3) ? n_columns : 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t what = chance(w, 9);
        if (what == 0 && i + 1 < n)
            add_heading(w, to, n_columns);
        else if (what == 1)
            add_figure(w, to, n_columns);
        else if (what == 2 && i)
            add_figure(w, to, 1);
        else if (what == 3)
            add(to, BT_DOC_PARAGRAPH, n_columns); /* without a text */
        else
            set_units(w, add(to, chance(w, 4) ? BT_DOC_PARAGRAPH : BT_DOC_VERSE, n_columns), 2 + chance(w, 12),
                      1 + chance(w, 4));
        to->blocks[to->n - 1].head_steps = (uint16_t)(chance(w, 9) == 0);
    }
    set_units(w, add(to, BT_DOC_PARAGRAPH, n_columns), 3, 1);
    to->article_i++;
}

/* An issue: articles of its own, then those of the tail. */
static void make_issue(world *w, issue *to, uint32_t n_own, uint32_t own_seed, uint32_t tail_seed)
{
    to->n = to->article_i = 0;
    w->seed = own_seed;
    for (uint32_t i = 0; i < n_own; i++) add_article(w, to);
    w->seed = tail_seed;
    uint32_t n_tail = 3 + chance(w, 5);
    for (uint32_t i = 0; i < n_tail && to->n + 12 < MOST_BLOCKS; i++) add_article(w, to);
}

static bt_galley galley_of(const world *w, const issue *of)
{
    return (bt_galley){
        .blocks = of->blocks, .n_blocks = of->n, .jump_rows = {w->jump_rows[BT_JUMP_ON], w->jump_rows[BT_JUMP_FROM]}};
}

static const bt_composition *compose(world *w, const issue *of, bt_compose_frame frame, bt_fills *fills)
{
    bt_galley galley = galley_of(w, of);
    const bt_composition *composition = NULL;
    frame.fills = fills;
    bt_compose(&w->arena, &w->scratch, &w->diags, &galley, &w->layout, &frame, &composition);
    return composition;
}

static bool is_same_column(const bt_column *a, const bt_column *b)
{
    bool is_same = a->n_placements == b->n_placements && a->n_rows == b->n_rows && a->n_used == b->n_used &&
                   a->inset == b->inset && a->jump_rows[BT_JUMP_ON] == b->jump_rows[BT_JUMP_ON] &&
                   a->jump_rows[BT_JUMP_FROM] == b->jump_rows[BT_JUMP_FROM];
    for (uint32_t i = 0; i < a->n_placements && is_same; i++) {
        const bt_placement *p = &a->placements[i], *q = &b->placements[i];
        is_same = p->block_i == q->block_i && p->setting_i == q->setting_i && p->unit_begin == q->unit_begin &&
                  p->unit_end == q->unit_end && p->row == q->row && p->first_steps == q->first_steps &&
                  p->head_steps == q->head_steps;
    }
    return is_same;
}

static bool is_same_composition(const bt_composition *a, const bt_composition *b)
{
    if (!a || !b) return a == b;
    bool is_same = a->n_bands == b->n_bands && a->n_pages == b->n_pages && a->cost == b->cost;
    for (uint32_t i = 0; is_same && i < a->n_bands; i++) {
        const bt_band *p = &a->bands[i], *q = &b->bands[i];
        is_same = p->page_i == q->page_i && p->row == q->row && p->n_rows == q->n_rows && p->n_columns == q->n_columns;
        for (uint32_t c = 0; is_same && c < p->n_columns; c++) is_same = is_same_column(&p->columns[c], &q->columns[c]);
    }
    return is_same;
}

static void set_cost(world *w, bt_galley_block *block, int32_t cost)
{
    bt_setting *settings = BT_NEW_ARRAY(&w->arena, block->n_settings, bt_setting);
    for (uint32_t s = 0; s < block->n_settings; s++) settings[s] = block->settings[s];
    if (block->n_settings) settings[0].cost += cost;
    block->settings = settings;
}

/* A block of one unit as another one; others stay. */
static void set_other_unit(world *w, bt_galley_block *block, uint16_t steps, uint16_t extra, uint16_t extra_best)
{
    if (block->n_settings != 1 || block->settings->n_units != 1) return;
    bt_unit unit = block->settings->units[0];
    unit.steps = (uint16_t)(unit.steps + steps);
    unit.extra = (uint16_t)(unit.extra + extra);
    unit.extra_best = (uint16_t)(unit.extra_best + extra_best);
    set_unit(w, block, unit);
}

/* What an edition may change in a block of the tail. */
static void change(world *w, issue *in)
{
    bt_galley_block *block = &in->blocks[in->n / 2 + chance(w, in->n - in->n / 2)];
    bt_doc_block *doc = &in->docs[block - in->blocks];
    uint32_t what = chance(w, 10);
    if (what == 0) block->head_steps++;
    if (what == 1) doc->kind = doc->kind == BT_DOC_VERSE ? BT_DOC_PARAGRAPH : BT_DOC_VERSE;
    if (what == 2 && block->n_settings > 1) block->n_settings--, block->best_i = 0;
    if (what == 3) set_cost(w, block, 300);
    if (what == 4) set_other_unit(w, block, 1, 0, 0);
    if (what == 5) set_other_unit(w, block, 0, 3, 0);
    if (what == 6) set_other_unit(w, block, 0, 0, 2);
    if (what == 7) block->may_move = !block->may_move;
    if (what == 8) block->is_elastic = !block->is_elastic;
    if (what == 9) /* an article begins here */
        for (bt_doc_block *d = doc; d < in->docs + in->n; d++) d->article_i++;
}

/* Editions of one base, each twice: what one leaves must serve the others, and itself. */
static void check_base(world *w, uint32_t seed)
{
    uint32_t n_rows = 26 + seed % 30;
    w->layout = (bt_layout){.step = BT_PT(10),
                            .grid_first = BT_PT(20),
                            .height = BT_PT(20) + (bt_sp)(n_rows - 1) * BT_PT(10),
                            .n_columns = 2 + seed % 2,
                            .costs = {100, 60, 25, 6, 12, 2, 60}};
    w->jump_rows[BT_JUMP_ON] = (uint16_t)(seed % 3 % 2);
    w->jump_rows[BT_JUMP_FROM] = (uint16_t)(seed % 5 % 2);
    make_issue(w, &w->base, seed % 3, seed * 31, seed);
    bt_galley base = galley_of(w, &w->base);
    bt_fills *fills = bt_fills_new(&w->arena, &base, &w->layout);
    for (uint32_t i = 0; i < 2 * N_EDITIONS; i++) {
        uint32_t e = i % N_EDITIONS;
        make_issue(w, &w->edition, e % 4, seed * 77 + e, seed);
        if (e > 1) change(w, &w->edition);
        bt_compose_frame frame = {.first_row = seed % 9, .inset = seed % 4 ? 0 : 5, .imprint = seed % 7 ? 0 : 3};
        if (seed % 6 == 0) frame.pages_multiple = 2;
        bt_galley galley = galley_of(w, &w->edition);
        w->n_shared += bt_fills_share(fills, &galley, &w->layout).fills != NULL;
        const bt_composition *with = compose(w, &w->edition, frame, fills);
        CHECK(is_same_composition(with, compose(w, &w->edition, frame, NULL)));
    }
    bt_fills_drop(fills);
}

/* Another layout has other costs: nothing is shared. */
static void check_layout(world *w)
{
    make_issue(w, &w->base, 1, 5, 6);
    bt_galley base = galley_of(w, &w->base);
    bt_layout other = w->layout;
    bt_fills *fills = bt_fills_new(&w->arena, &base, &other);
    CHECK(bt_fills_share(fills, &base, &other).fills == fills);
    CHECK(!bt_fills_share(fills, &base, &w->layout).fills);
    CHECK(!bt_fills_share(NULL, &base, &other).fills);
    bt_fills_drop(fills);
}

int main(void)
{
    world *w = calloc(1, sizeof *w);
    for (uint32_t seed = 1; seed <= N_BASES; seed++) {
        check_base(w, seed);
        bt_arena_reset(&w->arena);
        bt_arena_reset(&w->scratch);
    }
    CHECK(w->n_shared > N_BASES * N_EDITIONS * 3 / 2);
    check_layout(w);
    bt_arena_drop(&w->arena);
    bt_arena_drop(&w->scratch);
    free(w);
    return check_report();
}
