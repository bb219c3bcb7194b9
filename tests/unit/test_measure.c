/* test_measure.c - fills bands of made-up text in every height: none costs less than measure.c says that it must, and a
 * limit leaves out the ways that reach it and no others. */
#include "compose/search.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 24, N_ROWS = 40 };

typedef struct world {
    bt_arena arena, scratch;
    bt_layout layout;
    bt_doc_block doc;
    bt_galley_block blocks[MOST_BLOCKS];
    bt_galley galley;
    bt_compose_frame frame;
    bt_composer composer;
    uint32_t seed;
    uint32_t n_ways, n_near; /* bands that were filled; those that cost less than twice what they must */
} world;

static uint32_t chance(world *w, uint32_t n)
{
    w->seed = w->seed * 1103515245u + 12345u;
    return (w->seed >> 16) % n;
}

static void set_lines(world *w, bt_setting *setting, uint32_t n, int32_t cost)
{
    bt_unit *units = BT_NEW_ARRAY(&w->arena, n, bt_unit);
    for (uint32_t i = 0; i < n; i++) units[i] = (bt_unit){.steps = 1, .top_steps = 1, .break_cost = 2};
    *setting = (bt_setting){units, n, cost};
}

/* A paragraph that can lose or win a line, a heading with white above it, or a picture. */
static void add_block(world *w, bt_galley_block *block)
{
    uint32_t kind = chance(w, 5);
    *block = (bt_galley_block){.doc = &w->doc, .n_columns = w->layout.n_columns};
    bt_setting *settings = BT_NEW_ARRAY(&w->arena, 3, bt_setting);
    block->settings = settings;
    if (kind > 1) {
        uint32_t n = 3 + chance(w, 9);
        block->n_settings = 3;
        block->best_i = 1;
        block->head_steps = (uint16_t)(chance(w, 8) == 0);
        for (uint32_t s = 0; s < 3; s++) set_lines(w, &settings[s], n - 1 + s, s == 1 ? 0 : 40);
        return;
    }
    bt_unit *unit = BT_NEW(&w->arena, bt_unit);
    *unit = (bt_unit){.steps = 2, .top_steps = 1, .extra = 1};
    block->is_elastic = kind == 1;
    if (block->is_elastic) *unit = (bt_unit){.steps = 5, .top_steps = 5, .extra = 6, .extra_best = 3};
    settings[0] = (bt_setting){unit, 1, 0};
    block->n_settings = 1;
}

static void world_begin(world *w, uint32_t seed)
{
    *w = (world){.seed = seed};
    w->layout.n_columns = 2 + seed % 2;
    w->layout.costs = (bt_costs){100, 60, 25, 6, 12, 2, 60};
    w->galley = (bt_galley){.blocks = w->blocks, .n_blocks = 6 + chance(w, MOST_BLOCKS - 6)};
    for (uint32_t b = 0; b < w->galley.n_blocks; b++) add_block(w, &w->blocks[b]);
    w->composer = (bt_composer){.arena = &w->arena,
                                .scratch = &w->scratch,
                                .galley = &w->galley,
                                .layout = &w->layout,
                                .frame = &w->frame,
                                .n_rows = N_ROWS,
                                .memos = bt_band_memos_new(&w->scratch),
                                .ways = bt_ways_store_new(&w->scratch, &w->galley, N_ROWS)};
    CHECK(bt_measure(&w->composer));
}

static int64_t least_of(const bt_band_way *ways, uint32_t n)
{
    int64_t least = BT_NO_LIMIT;
    for (uint32_t i = 0; i < n; i++)
        if (ways[i].cost < least) least = ways[i].cost;
    return least;
}

/* One height of a band that ends the text after a spot. */
static void check_height(world *w, const bt_state *from, uint16_t height)
{
    bt_band_way ways[BT_KEPT_ENDS];
    bt_band_plan plan = {.from = from,
                         .n_columns = w->layout.n_columns,
                         .end_block = w->galley.n_blocks,
                         .n_rows = height,
                         .kind = BT_FILL_FINISH,
                         .starts_top = true,
                         .limit = BT_NO_LIMIT};
    uint32_t n = bt_band_fill(&w->composer, &plan, ways);
    if (!n) return;
    int64_t least = least_of(ways, n), must = bt_measure_least_cost(&w->composer, &plan, height);
    CHECK(least >= must);
    w->n_ways++;
    w->n_near += least < 2 * must;
    bt_band_memos_clear(w->composer.memos);
    plan.limit = least;
    CHECK_INT(bt_band_fill(&w->composer, &plan, ways), 0);
    plan.limit = least + 1; /* what was found below a lower limit does not stand for it */
    n = bt_band_fill(&w->composer, &plan, ways);
    CHECK(n > 0 && least_of(ways, n) == least);
}

/* From the galley's start, and from where a full band is cut. */
static void check_world(world *w)
{
    bt_state starts[1 + BT_KEPT_ENDS] = {{.spot = {.away = BT_NO_BLOCK}}};
    bt_band_way ways[BT_KEPT_ENDS];
    bt_band_plan plan = {.from = &starts[0],
                         .n_columns = w->layout.n_columns,
                         .end_block = w->galley.n_blocks,
                         .n_rows = 8,
                         .starts_top = true,
                         .limit = BT_NO_LIMIT};
    uint32_t n = bt_band_fill(&w->composer, &plan, ways);
    for (uint32_t i = 0; i < n; i++) starts[1 + i] = (bt_state){.spot = ways[i].spot};
    for (uint32_t i = 0; i <= n; i++)
        for (uint32_t height = 1; height <= N_ROWS; height++) check_height(w, &starts[i], (uint16_t)height);
}

int main(void)
{
    world *w = malloc(sizeof *w);
    uint32_t n_ways = 0, n_near = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        world_begin(w, seed);
        check_world(w);
        n_ways += w->n_ways;
        n_near += w->n_near;
        bt_arena_drop(&w->arena);
        bt_arena_drop(&w->scratch);
    }
    CHECK(n_ways > 1000);
    CHECK(n_near > 100);
    free(w);
    return check_report();
}
