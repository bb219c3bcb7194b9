/* test_compose.c - composes made-up galleys and checks what must hold of every composition: each unit is placed once
 * and in order, nothing passes its column, no legal break is broken, bands do not overlap, the end of the issue is
 * level, and jump lines stand where articles are cut and nowhere else. */
#include "base/limits.h"
#include "compose/compose.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 400 };

typedef struct world {
    bt_arena arena, scratch;
    bt_diags diags;
    bt_layout layout;
    bt_galley_block blocks[MOST_BLOCKS];
    bt_doc_block docs[MOST_BLOCKS];
    uint32_t n;         /* fillers, which stand after them in two settings each, apart */
    uint32_t n_fillers; /* added last */
    uint32_t article_i; /* of what is added next */
    uint16_t jump_rows[BT_N_JUMPS];
    uint64_t seed;
} world;

static uint32_t chance(world *w, uint32_t n)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(w->seed >> 33) % n;
}

static void world_begin(world *w, uint32_t n_rows)
{
    memset(w, 0, sizeof *w);
    w->seed = 1;
    w->layout.step = BT_PT(10);
    w->layout.grid_first = BT_PT(20);
    w->layout.height = BT_PT(20) + (bt_sp)(n_rows - 1) * BT_PT(10);
    w->layout.n_columns = 2;
    w->layout.costs = (bt_costs){100, 60, 25, 6, 12, 2, 60};
}

static void world_end(world *w)
{
    bt_arena_drop(&w->arena);
    bt_arena_drop(&w->scratch);
}

static bt_galley_block *add(world *w, bt_doc_kind kind, uint32_t n_columns)
{
    bt_galley_block *block = &w->blocks[w->n];
    w->docs[w->n].kind = kind;
    w->docs[w->n].article_i = w->article_i;
    block->doc = &w->docs[w->n++];
    block->n_columns = n_columns;
    return block;
}

static void set_units(world *w, bt_setting *setting, uint32_t n)
{
    bt_unit *units = BT_NEW_ARRAY(&w->arena, n, bt_unit);
    for (uint32_t i = 0; i < n; i++) {
        units[i].steps = units[i].top_steps = 1;
        bool is_bound = n > 1 && (i == 0 || i == n - 2);
        units[i].break_cost = is_bound ? BT_FLOW_FORBIDDEN : i + 1 < n ? 2 : 0;
    }
    setting->units = units;
    setting->n_units = n;
}

/* A paragraph of n lines that can lose or win one. */
static void add_paragraph(world *w, uint32_t n)
{
    bt_galley_block *block = add(w, BT_DOC_PARAGRAPH, w->layout.n_columns);
    uint32_t first = n > 3 ? n - 1 : n, last = n > 3 ? n + 1 : n;
    bt_setting *settings = BT_NEW_ARRAY(&w->arena, last - first + 1, bt_setting);
    for (uint32_t i = first; i <= last; i++) {
        set_units(w, &settings[i - first], i);
        settings[i - first].cost = i == n ? 0 : 40;
    }
    block->settings = settings;
    block->n_settings = last - first + 1;
    block->best_i = n - first;
}

static void add_one_unit(world *w, bt_galley_block *block, uint16_t steps, uint16_t top_steps, uint16_t extra)
{
    bt_unit *unit = BT_NEW(&w->arena, bt_unit);
    bt_setting *setting = BT_NEW(&w->arena, bt_setting);
    *unit = (bt_unit){.steps = steps,
                      .top_steps = top_steps,
                      .extra = extra,
                      .break_cost = block->keeps_next ? BT_FLOW_FORBIDDEN : 0};
    *setting = (bt_setting){unit, 1, 0};
    block->settings = setting;
    block->n_settings = 1;
}

static void add_headline(world *w)
{
    bt_galley_block *block = add(w, BT_DOC_HEADING, 1);
    block->keeps_next = true;
    add_one_unit(w, block, 4, 3, 1);
}

static void add_subheading(world *w)
{
    bt_galley_block *block = add(w, BT_DOC_HEADING, w->layout.n_columns);
    block->keeps_next = true;
    add_one_unit(w, block, 2, 1, 1);
}

static void add_figure(world *w, bool spans)
{
    bt_galley_block *block = add(w, BT_DOC_FIGURE, spans ? 1 : w->layout.n_columns);
    block->may_move = block->is_elastic = true;
    add_one_unit(w, block, 8, 8, 5);
}

/* A strip of key figures: it stays where it is. */
static void add_strip(world *w) { add_one_unit(w, add(w, BT_DOC_NUMBERS, 1), 5, 4, 0); }

static void add_filler(world *w, uint16_t column_steps, uint16_t page_steps)
{
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t block_i = w->n + 2 * w->n_fillers + i;
        bt_galley_block *block = &w->blocks[block_i];
        uint16_t steps = i ? page_steps : column_steps;
        w->docs[block_i].kind = BT_DOC_BOX;
        block->doc = &w->docs[block_i];
        block->n_columns = i ? 1 : w->layout.n_columns;
        add_one_unit(w, block, steps, (uint16_t)(steps > 1 ? steps - 1 : 1), 0);
    }
    w->n_fillers++;
}

static const bt_composition *compose(world *w, const bt_compose_frame *frame)
{
    bt_galley galley = {.blocks = w->blocks,
                        .n_blocks = w->n,
                        .n_fillers = w->n_fillers,
                        .jump_rows = {w->jump_rows[BT_JUMP_ON], w->jump_rows[BT_JUMP_FROM]}};
    const bt_composition *composition = NULL;
    bt_status status = bt_compose(&w->arena, &w->scratch, &w->diags, &galley, &w->layout, frame, &composition);
    CHECK_INT(status, BT_OK);
    return composition;
}

/* The next unit that the galley owes, a figure that moved set apart. */
typedef struct reader {
    const world *w;
    uint8_t seen[MOST_BLOCKS];
    uint32_t block_i, unit_i, setting_i;
} reader;

static void read_placement(reader *r, const bt_placement *p)
{
    const bt_galley_block *block = &r->w->blocks[p->block_i];
    const bt_setting *setting = &block->settings[p->setting_i];
    CHECK(p->unit_begin < p->unit_end && p->unit_end <= setting->n_units);
    if (r->unit_i) { /* the rest of what was cut comes first of its kind */
        if (p->block_i == r->block_i) {
            CHECK_INT(p->unit_begin, r->unit_i);
            CHECK_INT(p->setting_i, r->setting_i);
        } else {
            CHECK(block->may_move || p->block_i >= r->w->n); /* or a filler at the page's foot */
        }
    }
    if (p->block_i < r->w->n && (p->block_i == r->block_i || !r->unit_i)) {
        if (!p->unit_begin) CHECK_INT(r->seen[p->block_i], 0);
        r->block_i = p->block_i;
        r->setting_i = p->setting_i;
        r->unit_i = p->unit_end < setting->n_units ? p->unit_end : 0;
    }
    if (p->unit_end == setting->n_units) r->seen[p->block_i] = 1;
    if (p->unit_end < setting->n_units) CHECK(setting->units[p->unit_end - 1].break_cost != BT_FLOW_FORBIDDEN);
}

static void check_column(reader *r, const bt_band *band, const bt_column *column)
{
    uint32_t row = 0;
    for (uint32_t i = 0; i < column->n_placements; i++) {
        const bt_placement *p = &column->placements[i];
        const bt_setting *setting = &r->w->blocks[p->block_i].settings[p->setting_i];
        CHECK_INT(p->row, row);
        CHECK_INT(r->w->blocks[p->block_i].n_columns, band->n_columns);
        row += p->head_steps;
        for (uint32_t u = p->unit_begin; u < p->unit_end; u++)
            row += u == p->unit_begin ? p->first_steps : setting->units[u].steps;
        read_placement(r, p);
        /* What waited never stands between a heading and its text. */
        bool is_heading = r->w->blocks[p->block_i].keeps_next && i + 1 < column->n_placements;
        if (is_heading) CHECK(p[1].block_i > p->block_i);
    }
    CHECK_INT(row, column->n_used);
    CHECK(row <= column->n_rows);
    bool is_beside_jump = band->columns[band->n_columns - 1].jump_rows[BT_JUMP_ON] == band->n_rows; /* nothing but it */
    if (!is_beside_jump) CHECK_INT(column->n_rows + column->inset + column->jump_rows[BT_JUMP_ON], band->n_rows);
    if (is_beside_jump) CHECK_INT(column->n_rows + column->n_placements, 0);
    if (!column->n_placements) return;
    const bt_placement *last = &column->placements[column->n_placements - 1];
    /* A heading ends a column only where what it heads spans the page below it. */
    bool next_spans = last->block_i + 1 < r->w->n && r->w->blocks[last->block_i + 1].n_columns == 1;
    CHECK(band->n_columns == 1 || next_spans || !r->w->blocks[last->block_i].keeps_next);
}

/* What a page says of articles. */
typedef struct page_seen {
    uint32_t first, last; /* article; UINT32_MAX: fillers only */
    uint32_t n_on, n_from;
    bool is_after_on; /* something of the galley stands below a jump line, or behind it */
} page_seen;

static void see_page(const world *w, const bt_composition *c, uint32_t page_i, page_seen *seen)
{
    *seen = (page_seen){.first = UINT32_MAX, .last = UINT32_MAX};
    for (uint32_t i = 0; i < c->n_bands; i++) {
        const bt_band *band = &c->bands[i];
        for (uint32_t k = 0; band->page_i == page_i && k < band->n_columns; k++) {
            const bt_column *column = &band->columns[k];
            for (uint32_t p = 0; p < column->n_placements; p++) {
                if (column->placements[p].block_i >= w->n) continue;
                seen->last = w->docs[column->placements[p].block_i].article_i;
                if (seen->first == UINT32_MAX) seen->first = seen->last;
                seen->is_after_on = seen->is_after_on || seen->n_on;
            }
            if (column->jump_rows[BT_JUMP_FROM]) {
                CHECK(k == 0 && band->row == 0 && column->jump_rows[BT_JUMP_FROM] == column->inset);
                CHECK_INT(column->inset, w->jump_rows[BT_JUMP_FROM]);
                seen->n_from++;
            }
            if (!column->jump_rows[BT_JUMP_ON]) continue;
            CHECK_INT(k, band->n_columns - 1);
            CHECK_INT(column->jump_rows[BT_JUMP_ON], w->jump_rows[BT_JUMP_ON]);
            seen->n_on++;
        }
    }
}

/* Each article that is cut has both of its lines, and no other has any. */
static uint32_t check_jumps(const world *w, const bt_composition *c)
{
    uint32_t n_cuts = 0, last = UINT32_MAX;
    bool was_on = false;
    for (uint32_t page_i = 0; page_i < c->n_pages; page_i++) {
        page_seen seen;
        see_page(w, c, page_i, &seen);
        bool is_cut = seen.first != UINT32_MAX && seen.first == last;
        CHECK_INT(was_on, is_cut && w->jump_rows[BT_JUMP_ON]);
        CHECK_INT(seen.n_from, is_cut && w->jump_rows[BT_JUMP_FROM] ? 1 : 0);
        CHECK(seen.n_on <= 1 && !seen.is_after_on);
        was_on = seen.n_on;
        n_cuts += is_cut;
        last = seen.last;
    }
    CHECK(!was_on);
    return n_cuts;
}

static void check_composition(const world *w, const bt_composition *c, const bt_compose_frame *frame)
{
    reader *r = calloc(1, sizeof *r);
    r->w = w;
    uint32_t page_i = 0, row = frame->first_row;
    bool has_columns = false; /* the first ones hold the highlights */
    for (uint32_t i = 0; i < c->n_bands; i++) {
        const bt_band *band = &c->bands[i];
        if (band->page_i != page_i) {
            page_i = band->page_i;
            row = 0;
            /* A spanning headline never ends a page. */
            const bt_band *before = i ? &c->bands[i - 1] : NULL;
            const bt_column *column = before ? &before->columns[0] : NULL;
            if (before && before->n_columns == 1 && column->n_placements)
                CHECK(!w->blocks[column->placements[column->n_placements - 1].block_i].keeps_next);
        }
        CHECK(band->row >= row);
        row = (uint32_t)band->row + band->n_rows;
        CHECK(row <= c->n_rows);
        for (uint32_t k = 0; k < band->n_columns; k++) check_column(r, band, &band->columns[k]);
        if (band->n_columns > 1 && !has_columns) CHECK_INT(band->columns[band->n_columns - 1].inset, frame->inset);
        has_columns = has_columns || band->n_columns > 1;
    }
    for (uint32_t b = 0; b < w->n; b++) CHECK_INT(r->seen[b], w->blocks[b].n_settings ? 1 : 0);
    check_jumps(w, c);
    for (uint32_t f = 0; f < w->n_fillers; f++) CHECK(r->seen[w->n + 2 * f] + r->seen[w->n + 2 * f + 1] <= 1);
    free(r);
}

static void test_level_end(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 40);
    for (int i = 0; i < 4; i++) add_paragraph(w, 6);
    bt_compose_frame frame = {.first_row = 5};
    const bt_composition *c = compose(w, &frame);
    CHECK_INT(c->n_pages, 1);
    CHECK_INT(c->n_bands, 1);
    CHECK_INT(c->bands[0].n_rows, 12);
    CHECK_INT(c->bands[0].columns[0].n_used, 12);
    CHECK_INT(c->bands[0].columns[1].n_used, 12);
    check_composition(w, c, &frame);
    world_end(w);
    free(w);
}

static void test_inset(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 40);
    add_headline(w);
    for (int i = 0; i < 4; i++) add_paragraph(w, 6);
    bt_compose_frame frame = {.inset = 8};
    const bt_composition *c = compose(w, &frame);
    CHECK_INT(c->n_bands, 2);
    CHECK_INT(c->bands[1].columns[1].inset, 8);
    CHECK_INT(c->bands[1].columns[0].n_used, 16);
    CHECK_INT(c->bands[1].columns[1].n_used, 8);
    check_composition(w, c, &frame);
    world_end(w);
    free(w);
}

/* A picture grows to fill the last page. */
static void test_figure_fills(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 30);
    add_headline(w);
    add_figure(w, true);
    for (int i = 0; i < 4; i++) add_paragraph(w, 7);
    bt_compose_frame frame = {.first_row = 0};
    const bt_composition *c = compose(w, &frame);
    CHECK_INT(c->n_pages, 1);
    const bt_band *last = &c->bands[c->n_bands - 1];
    CHECK_INT(last->row + last->n_rows, 30);
    check_composition(w, c, &frame);
    world_end(w);
    free(w);
}

/* A block taller than the page is placed all the same, once. */
static void test_too_tall(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 20);
    add_paragraph(w, 5);
    add_one_unit(w, add(w, BT_DOC_QUOTE, 2), 50, 50, 0);
    add_paragraph(w, 5);
    bt_compose_frame frame = {.first_row = 0};
    const bt_composition *c = compose(w, &frame);
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n_bands; i++)
        for (uint32_t k = 0; k < c->bands[i].n_columns; k++)
            for (uint32_t p = 0; p < c->bands[i].columns[k].n_placements; p++)
                n += c->bands[i].columns[k].placements[p].block_i == 1;
    CHECK_INT(n, 1);
    world_end(w);
    free(w);
}

/* One page more than the limit, in pages of two rows. */
static void test_page_limit(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 2);
    uint32_t n_lines = (BT_LIMIT_PAGES + 1) * 4;
    for (uint32_t n = 0; n < n_lines; n += 200) {
        bt_galley_block *block = add(w, BT_DOC_PARAGRAPH, 2);
        bt_setting *setting = BT_NEW(&w->arena, bt_setting);
        set_units(w, setting, 200);
        block->settings = setting;
        block->n_settings = 1;
    }
    bt_galley galley = {.blocks = w->blocks, .n_blocks = w->n};
    bt_compose_frame frame = {.first_row = 0};
    const bt_composition *composition = NULL;
    CHECK_INT(bt_compose(&w->arena, &w->scratch, &w->diags, &galley, &w->layout, &frame, &composition), BT_LIMIT);
    CHECK_INT(w->diags.n[BT_ERROR], 1);
    world_end(w);
    free(w);
}

static void fill_at_random(world *w, uint32_t n_blocks)
{
    for (; w->n < n_blocks; w->article_i++) {
        add_headline(w);
        uint32_t n = 2 + chance(w, 8);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t what = chance(w, 12);
            if (what == 0 && i + 1 < n)
                add_subheading(w);
            else if (what == 1)
                add_figure(w, false);
            else if (what == 2 && i)
                add_figure(w, true);
            else if (what == 3 && i + 1 < n)
                add_strip(w);
            else
                add_paragraph(w, 1 + chance(w, 14));
        }
        add_paragraph(w, 3);
    }
}

static void test_random(void)
{
    world *w = malloc(sizeof *w);
    for (uint64_t seed = 1; seed <= 240; seed++) {
        world_begin(w, 30 + (uint32_t)(seed % 30));
        w->seed = seed * 77;
        w->layout.n_columns = 2 + (uint32_t)(seed % 2);
        w->jump_rows[BT_JUMP_ON] = (uint16_t)(seed % 3);
        w->jump_rows[BT_JUMP_FROM] = (uint16_t)(seed % 5 % 3);
        fill_at_random(w, 10 + chance(w, 60));
        for (uint32_t i = chance(w, 6); i; i--)
            add_filler(w, (uint16_t)(2 + chance(w, 14)), (uint16_t)(2 + chance(w, 8)));
        bt_compose_frame frame = {
            .first_row = chance(w, 12), .inset = chance(w, 2) ? 9 : 0, .imprint = chance(w, 2) ? 5 : 0};
        const bt_composition *c = compose(w, &frame);
        if (c) check_composition(w, c, &frame);
        world_end(w);
    }
    free(w);
}

static uint32_t empty_rows(const bt_composition *c)
{
    const bt_band *last = &c->bands[c->n_bands - 1];
    return c->n_rows - last->row - last->n_rows;
}

/* An issue that leaves rows at its end takes the fillers that close them: beside one another, or across the page. */
static void test_fillers(void)
{
    static const struct {
        uint16_t column, page; /* rows of each of three fillers */
        uint32_t n, n_columns; /* of the band that they make; 0: none fits */
    } cases[] = {
        {8, 20, 3, 2}, {20, 8, 3, 1}, {20, 20, 3, 0}, {8, 20, 1, 0}, {20, 8, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world *w = malloc(sizeof *w);
        world_begin(w, 22);
        for (int k = 0; k < 4; k++) add_paragraph(w, 6);
        for (uint32_t k = 0; k < cases[i].n; k++) add_filler(w, cases[i].column, cases[i].page);
        bt_compose_frame frame = {.first_row = 0};
        const bt_composition *c = compose(w, &frame);
        check_composition(w, c, &frame);
        CHECK_INT(c->n_bands, cases[i].n_columns ? 2 : 1);
        CHECK_INT(c->bands[c->n_bands - 1].n_columns, cases[i].n_columns ? cases[i].n_columns : 2);
        CHECK(!cases[i].n_columns || empty_rows(c) <= 2);
        world_end(w);
        free(w);
    }
}

/* A first page that what comes first does not fit: no filler stands where the highlights will. */
static void test_filler_before_columns(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 22);
    add_one_unit(w, add(w, BT_DOC_TABLE, w->layout.n_columns), 12, 12, 0);
    for (int k = 0; k < 4; k++) add_paragraph(w, 6);
    add_filler(w, 8, 6);
    bt_compose_frame frame = {.first_row = 12, .inset = 6};
    const bt_composition *c = compose(w, &frame);
    check_composition(w, c, &frame);
    CHECK_INT(c->bands[0].page_i, 1);
    world_end(w);
    free(w);
}

/* A column that what comes next does not fit takes a filler. */
static void test_filler_in_column(void)
{
    world *w = malloc(sizeof *w);
    world_begin(w, 20);
    add_paragraph(w, 8);
    add_one_unit(w, add(w, BT_DOC_TABLE, w->layout.n_columns), 15, 15, 0);
    add_paragraph(w, 4);
    add_filler(w, 11, 40);
    bt_compose_frame frame = {.first_row = 0};
    const bt_composition *c = compose(w, &frame);
    check_composition(w, c, &frame);
    CHECK_INT(c->n_pages, 1);
    const bt_column *first = &c->bands[0].columns[0];
    CHECK_INT(first->placements[first->n_placements - 1].block_i, w->n);
    CHECK(first->n_used >= 19);
    world_end(w);
    free(w);
}

/* Every way in which a page can end within an article: in a paragraph, between two, before a spanning picture, above a
 * hole; in one column and in several; over three pages. */
static void test_jumps(void)
{
    world *w = malloc(sizeof *w);
    uint32_t n_cuts = 0;
    for (uint32_t n_columns = 1; n_columns <= 3; n_columns++)
        for (uint32_t n_rows = 20; n_rows < 60; n_rows++) {
            world_begin(w, n_rows);
            w->layout.n_columns = n_columns;
            w->jump_rows[BT_JUMP_ON] = w->jump_rows[BT_JUMP_FROM] = 1;
            for (; w->article_i < 3; w->article_i++) {
                add_headline(w);
                for (uint32_t k = 0; k < 5 * n_columns; k++) {
                    add_paragraph(w, 3 + k % 5);
                    if (k % 4 == 3) add_figure(w, w->article_i != 1);
                }
                add_paragraph(w, 4);
            }
            bt_compose_frame frame = {.first_row = 2, .imprint = n_rows % 3};
            const bt_composition *c = compose(w, &frame);
            check_composition(w, c, &frame);
            n_cuts += check_jumps(w, c);
            world_end(w);
        }
    CHECK(n_cuts > 300);
    free(w);
}

/* What is as tall as a page needs all of it: it stands there without the lines. */
static void test_jumps_yield(void)
{
    world *w = malloc(sizeof *w);
    for (uint32_t n_columns = 1; n_columns <= 2; n_columns++)
        for (uint16_t rows = 17; rows <= 20; rows++) {
            world_begin(w, 20);
            w->layout.n_columns = n_columns;
            w->jump_rows[BT_JUMP_ON] = w->jump_rows[BT_JUMP_FROM] = 1;
            add_headline(w);
            for (int i = 0; i < 4; i++) {
                add_paragraph(w, 6);
                add_one_unit(w, add(w, BT_DOC_BOX, n_columns), rows, rows, 0);
            }
            add_paragraph(w, 6);
            bt_compose_frame frame = {.first_row = 0};
            const bt_composition *c = compose(w, &frame);
            CHECK(c != NULL);
            for (uint32_t i = 0; c && i < c->n_bands; i++) {
                CHECK((uint32_t)c->bands[i].row + c->bands[i].n_rows <= 20);
                for (uint32_t k = 0; k < c->bands[i].n_columns; k++)
                    CHECK(c->bands[i].columns[k].n_used <= c->bands[i].columns[k].n_rows);
            }
            if (c && rows <= 18) check_composition(w, c, &frame);
            world_end(w);
        }
    free(w);
}

/* As many pages as are wanted: pictures grow until the last row is filled, or shrink; where there is no way, that is
 * said. */
static void test_wanted_pages(void)
{
    static const struct {
        uint32_t n_pages, multiple;
        uint32_t has; /* 0: refused */
        bool is_full;
    } cases[] = {
        {0, 0, 4, false}, {4, 0, 4, true},  {0, 2, 4, true},  {1, 0, 0, false},
        {0, 5, 5, false}, {9, 0, 9, false}, {0, 1, 4, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world *w = malloc(sizeof *w);
        world_begin(w, 30);
        for (int k = 0; k < 9; k++) {
            add_paragraph(w, 9);
            add_figure(w, k % 3 == 2);
        }
        add_paragraph(w, 6);
        bt_compose_frame frame = {.imprint = 3, .n_pages = cases[i].n_pages, .pages_multiple = cases[i].multiple};
        bt_galley galley = {.blocks = w->blocks, .n_blocks = w->n};
        const bt_composition *c = NULL;
        bt_status status = bt_compose(&w->arena, &w->scratch, &w->diags, &galley, &w->layout, &frame, &c);
        CHECK_INT(status, cases[i].has ? BT_OK : BT_INPUT);
        CHECK_INT(w->diags.n[BT_ERROR], cases[i].has ? 0 : 1);
        if (c) {
            CHECK_INT(c->n_pages, cases[i].has);
            check_composition(w, c, &frame);
            bool is_full = empty_rows(c) <= 3 + 1 && c->bands[c->n_bands - 1].page_i + 1 == c->n_pages;
            CHECK(is_full || !cases[i].is_full);
            CHECK_INT(w->diags.n[BT_WARNING], is_full || !(frame.n_pages || frame.pages_multiple > 1) ? 0 : 1);
        }
        world_end(w);
        free(w);
    }
}

/* --- pins --- */

enum { MOST_ARTICLES = 12 };

/* An issue whose articles may be pinned. */
typedef struct pinned {
    world w;
    bt_doc doc;
    bt_bundle bundle;
    bt_doc_article articles[MOST_ARTICLES];
    bt_article sources[MOST_ARTICLES];
} pinned;

static void pinned_begin(pinned *p, const uint32_t *local_pages, uint32_t n_local)
{
    memset(p, 0, sizeof *p);
    world_begin(&p->w, 30);
    p->w.jump_rows[BT_JUMP_ON] = p->w.jump_rows[BT_JUMP_FROM] = 1;
    p->doc = (bt_doc){.bundle = &p->bundle,
                      .articles = p->articles,
                      .n_articles = MOST_ARTICLES,
                      .local_pages = local_pages,
                      .n_local_pages = n_local,
                      .has_pins = true};
    for (uint32_t i = 0; i < MOST_ARTICLES; i++) p->articles[i].source = &p->sources[i];
}

static void add_article(pinned *p, uint32_t n_paragraphs, bool is_local, int32_t page)
{
    world *w = &p->w;
    p->articles[w->article_i].is_local = is_local;
    p->sources[w->article_i].page = page;
    add_headline(w);
    for (uint32_t i = 0; i < n_paragraphs; i++) add_paragraph(w, 4 + i % 5);
    w->article_i++;
}

/* What stands on a page, told by articles, blocks within them and units, so that it does not change with what comes
 * before. */
static uint64_t print_of_page(const pinned *p, const bt_composition *c, uint32_t page_i)
{
    uint64_t print = 14695981039346656037u;
    for (uint32_t i = 0; i < c->n_bands; i++) {
        const bt_band *band = &c->bands[i];
        for (uint32_t k = 0; band->page_i == page_i && k < band->n_columns; k++)
            for (uint32_t n = 0; n < band->columns[k].n_placements; n++) {
                const bt_placement *at = &band->columns[k].placements[n];
                uint32_t first = at->block_i, article_i = p->w.docs[first].article_i;
                while (first && p->w.docs[first - 1].article_i == article_i) first--;
                const uint32_t facts[] = {
                    band->row,    k,       at->block_i - first, at->setting_i,          at->unit_begin,
                    at->unit_end, at->row, at->first_steps,     band->columns[k].n_rows};
                for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) print = (print ^ facts[f]) * 1099511628211u;
            }
    }
    return print;
}

/* Every unit is placed once, local articles on local pages alone, and each page names the next of its flow. */
static void check_pinned(const pinned *p, const bt_composition *c)
{
    uint32_t *n_placed = calloc(MOST_BLOCKS, sizeof *n_placed), last_page[MOST_ARTICLES] = {0};
    for (uint32_t i = 0; i < c->n_bands; i++)
        for (uint32_t k = 0; k < c->bands[i].n_columns; k++)
            for (uint32_t n = 0; n < c->bands[i].columns[k].n_placements; n++) {
                const bt_placement *at = &c->bands[i].columns[k].placements[n];
                uint32_t page_i = c->bands[i].page_i, article_i = p->w.docs[at->block_i].article_i;
                n_placed[at->block_i] += at->unit_end - at->unit_begin;
                if (p->w.blocks[at->block_i].settings[at->setting_i].n_units == n_placed[at->block_i])
                    n_placed[at->block_i] = UINT32_MAX;
                bool is_local_page = false;
                for (uint32_t l = 0; l < p->doc.n_local_pages; l++)
                    is_local_page = is_local_page || p->doc.local_pages[l] == page_i + 1;
                CHECK_INT(p->articles[article_i].is_local, is_local_page);
                uint32_t before = last_page[article_i];
                if (before && before != page_i + 1) CHECK_INT(c->next_pages[before - 1], page_i);
                if (!before && p->sources[article_i].page) CHECK_INT(page_i + 1, p->sources[article_i].page);
                last_page[article_i] = page_i + 1;
            }
    for (uint32_t b = 0; b < p->w.n; b++) CHECK_INT(n_placed[b], UINT32_MAX);
    free(n_placed);
}

/* Common pages come out alike, however much local matter there is, and wherever it stands among the articles. */
static void test_local_pages(void)
{
    static const uint32_t locals[] = {2, 4, 5};
    pinned *p = malloc(sizeof *p);
    uint64_t prints[16] = {0};
    uint32_t n_pages = 0;
    for (uint32_t n_local = 0; n_local < 14; n_local++) {
        pinned_begin(p, locals, 3);
        if (n_local % 2) add_article(p, n_local, true, 0);
        add_article(p, 14, false, 0);
        if (n_local % 3 == 2) add_article(p, n_local / 2 + 1, true, n_local % 2 && n_local < 9 ? 4 : 0);
        add_article(p, 22, false, 0);
        if (n_local % 2 == 0) add_article(p, n_local + 1, true, n_local % 3 == 2 ? 5 : 0);
        bt_compose_frame frame = {.first_row = 6, .imprint = 3, .doc = &p->doc};
        const bt_composition *c = compose(&p->w, &frame);
        if (!c) break;
        check_pinned(p, c);
        if (!n_pages) n_pages = c->n_pages;
        CHECK_INT(c->n_pages, n_pages);
        for (uint32_t page_i = 0; page_i < n_pages && page_i < 16; page_i++) {
            bool is_local = page_i == 1 || page_i == 3 || page_i == 4;
            uint64_t print = print_of_page(p, c, page_i);
            if (!prints[page_i]) prints[page_i] = print;
            if (!is_local) CHECK(prints[page_i] == print);
        }
        world_end(&p->w);
    }
    free(p);
}

/* Pages behind a pin do not change with what stands before it. */
static void test_pins(void)
{
    pinned *p = malloc(sizeof *p);
    uint64_t print = 0;
    for (uint32_t n = 9; n < 16; n++) {
        pinned_begin(p, NULL, 0);
        add_article(p, n, false, 0);
        add_article(p, 8, false, 3);
        add_article(p, 9, false, 0);
        bt_compose_frame frame = {.first_row = 6, .doc = &p->doc};
        const bt_composition *c = compose(&p->w, &frame);
        if (!c) break;
        check_pinned(p, c);
        uint64_t here = print_of_page(p, c, 2) * 31 + print_of_page(p, c, 3);
        CHECK(!print || print == here);
        print = here;
        world_end(&p->w);
    }
    free(p);
}

/* An issue of a multiple of pages never ends before a page that is kept, though its text would go into fewer. */
static void test_local_pages_multiple(void)
{
    static const uint32_t last = 5;
    pinned *p = malloc(sizeof *p);
    uint32_t n_checked = 0;
    for (uint32_t n = 20; n < 40; n++) {
        pinned_begin(p, &last, 1);
        for (uint32_t i = 0; i < n; i++) {
            add_paragraph(&p->w, 4);
            if (i % 4 == 3) add_figure(&p->w, false);
        }
        for (uint32_t multiple = 1; multiple <= 4; multiple += 3) {
            bt_galley galley = {.blocks = p->w.blocks, .n_blocks = p->w.n};
            bt_compose_frame frame = {.pages_multiple = multiple, .doc = &p->doc};
            const bt_composition *c;
            bt_status status = bt_compose(&p->w.arena, &p->w.scratch, &p->w.diags, &galley, &p->w.layout, &frame, &c);
            if (multiple == 1 && status != BT_OK) break; /* too little for four pages */
            CHECK_INT(status, BT_OK);
            CHECK_INT(c ? c->n_pages : 0, multiple == 1 && c && c->n_pages == 5 ? 5 : multiple == 1 ? 6 : 8);
            n_checked += multiple == 4;
        }
        world_end(&p->w);
    }
    CHECK(n_checked > 5);
    free(p);
}

/* The number of the last error. */
static void take_last(void *user, const bt_message *message)
{
    bt_str *number = user;
    const bt_diag_entry *entry = NULL;
    for (int code = 0; code < BT_N_DIAGS && message->severity == BT_ERROR; code++)
        if (strcmp(bt_diag_lookup((bt_diag_code)code)->number, message->code) == 0)
            entry = bt_diag_lookup((bt_diag_code)code);
    if (entry) *number = bt_str_of(entry->number);
}

/* What cannot be is refused, and told. */
static void test_pins_refused(void)
{
    static const struct {
        uint32_t n_before, n_local; /* paragraphs */
        int32_t page;
        uint32_t local_page, n_pages;
        int code;
    } cases[] = {
        {4, 0, 2, 0, 0, -1},
        {4, 0, 1, 0, 0, BT_E_PIN_ORDER},
        {4, 0, 3, 0, 0, BT_E_PIN_BLANK},
        {40, 0, 2, 0, 0, BT_E_PIN_OVERFULL},
        {4, 0, 2, 2, 0, BT_E_PIN_COMMON},
        {4, 30, 0, 2, 0, BT_E_LOCAL_OVERFULL},
        {4, 2, 0, 4, 0, BT_E_LOCAL_BEYOND},
        {4, 2, 0, 2, 1, BT_E_PINS_PAGES},
        {4, 2, 0, 2, 0, -1},
    };
    pinned *p = malloc(sizeof *p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t local_page = cases[i].local_page;
        pinned_begin(p, &local_page, local_page > 0);
        add_article(p, cases[i].n_before, false, 0);
        add_article(p, 3, false, cases[i].page);
        if (cases[i].n_local) add_article(p, cases[i].n_local, true, 0);
        bt_compose_frame frame = {.n_pages = cases[i].n_pages, .doc = &p->doc};
        bt_galley galley = {.blocks = p->w.blocks, .n_blocks = p->w.n};
        const bt_composition *c;
        bt_str number = BT_STR("");
        p->w.diags = (bt_diags){.on_message = take_last, .user = &number, .arena = &p->w.scratch};
        bt_status status = bt_compose(&p->w.arena, &p->w.scratch, &p->w.diags, &galley, &p->w.layout, &frame, &c);
        CHECK_INT(status, cases[i].code < 0 ? BT_OK : BT_INPUT);
        CHECK_INT(p->w.diags.n[BT_ERROR], cases[i].code < 0 ? 0 : 1);
        if (cases[i].code >= 0) CHECK_STR(number, bt_diag_lookup((bt_diag_code)cases[i].code)->number);
        CHECK(status == BT_OK || !c);
        world_end(&p->w);
    }
    free(p);
}

int main(void)
{
    test_local_pages();
    test_pins();
    test_local_pages_multiple();
    test_pins_refused();
    test_level_end();
    test_inset();
    test_figure_fills();
    test_too_tall();
    test_page_limit();
    test_fillers();
    test_filler_before_columns();
    test_filler_in_column();
    test_jumps();
    test_jumps_yield();
    test_wanted_pages();
    test_random();
    return check_report();
}
