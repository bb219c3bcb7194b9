/* compose.c - pages: bands are laid down the page in every sensible way, and the best few states at each row go on. */
#include "base/limits.h"
#include "compose/search.h"

enum {
    KEPT_AT_ROW = 3,         /* states kept at each row of a page */
    KEPT_PAGES = 8,          /* states kept at each page's start */
    TRIED_HEIGHTS = 4,       /* heights tried for a balanced band, from the least that holds its text */
    TRIED_ELASTIC = 10,      /* the same where a picture can take up white */
    TRIED_SPAN_HEIGHTS = 12, /* of a spanning picture, from the least to the greatest */
    LEAST_UNDER_HEADING = 4, /* rows of text in each column under a spanning heading */
    THIN_BAND = 5,           /* columns of fewer rows than this tear the text apart ... */
    COST_THIN_ROW = 220,     /* ... at so much for each row that lacks */
    COST_LONE_LINES = 2500,  /* a line or two alone under the highlights */
    COST_HOLE = 4,           /* an empty row at a page's end, squared, in units of column_short */
    EMPTY_ROWS = 14,         /* of the last page that cost: beyond, it is empty and stays so */
    COST_IMPRINT_ALONE = 4000,
    LEAST_ON_LAST = 12,    /* rows that the last page should hold */
    COST_LOST_ROW = 120,   /* each that it lacks */
    COST_OUT_OF_STEP = 40, /* a row more or less than the wanted pages have */
    COST_BLANK_PAGE = 50000,
    COST_ROW_AHEAD = 12, /* what a row saved is worth while the end is not in sight */
    COST_PAGE = 1500,    /* paper: an issue of one page less is worth some squeezing */
    COST_FILLER = 150,   /* less than three rows of a hole that it closes */
};

/* --- keeping the best --- */

/* What a state is worth beside others that have placed more or less: its cost, and that of the rows still to come. */
static int64_t outlook(const bt_composer *c, const bt_state *s)
{
    const bt_spot *spot = &s->spot;
    int64_t rows = c->ahead[spot->block_i];
    if (spot->unit_i) { /* the block is cut: only its rest is ahead */
        const bt_galley_block *block = &c->galley->blocks[spot->block_i];
        rows = c->ahead[spot->block_i + 1] + bt_measure_rows(block, &block->settings[spot->setting_i], spot->unit_i);
    }
    if (spot->away != BT_NO_BLOCK) {
        const bt_galley_block *away = &c->galley->blocks[spot->away];
        int64_t of_away = bt_measure_rows(away, &away->settings[away->best_i], 0);
        bool is_ahead = spot->away >= spot->block_i + (spot->unit_i > 0);
        if (spot->is_pending && !is_ahead) rows += of_away;
        if (!spot->is_pending && is_ahead) rows -= of_away;
    }
    if (!c->n_wanted) return s->cost + rows * COST_ROW_AHEAD / 64;
    /* With so many pages wanted, whoever is out of step with them has little outlook. */
    int64_t room = ((int64_t)c->n_wanted - s->page_i) * c->n_rows - s->row - c->frame->imprint, off = rows / 64 - room;
    return s->cost + (off < 0 ? -off : off) * COST_OUT_OF_STEP;
}

static void keep(const bt_composer *c, bt_kept *k, bt_state *s)
{
    uint32_t worst = 0;
    s->outlook = outlook(c, s);
    for (uint32_t i = 0; i < k->n; i++) {
        bool is_same = bt_spot_equal(&k->v[i].spot, &s->spot) && k->v[i].is_first_band == s->is_first_band &&
                       k->v[i].is_bound == s->is_bound && k->v[i].fillers == s->fillers;
        if (is_same) {
            if (s->cost < k->v[i].cost) k->v[i] = *s;
            return;
        }
        if (k->v[i].outlook > k->v[worst].outlook) worst = i;
    }
    if (k->n < k->most)
        k->v[k->n++] = *s;
    else if (s->outlook < k->v[worst].outlook)
        k->v[worst] = *s;
}

/* --- segments --- */

static uint32_t columns_of(const bt_composer *c, const bt_spot *spot)
{
    const bt_galley_block *blocks = c->galley->blocks;
    uint32_t b = spot->block_i;
    if (!spot->unit_i && b == spot->away && !spot->is_pending) b++;
    return b < c->galley->n_blocks ? blocks[b].n_columns : 1;
}

/* The end of the segment that begins at a spot: the first block of another column count; a block that is away is
 * passed. */
static uint32_t segment_end(const bt_composer *c, const bt_spot *spot)
{
    uint32_t n = columns_of(c, spot), b = spot->block_i;
    while (b < c->galley->n_blocks && (c->galley->blocks[b].n_columns == n || b == spot->away))
        b = c->galley->blocks[b].n_columns == n ? c->run_end[b] : b + 1;
    return b;
}

/* A few lines of text between two spanning blocks, or above one at a page's head, are hard to read across the columns.
 */
static int64_t thin_cost(const bt_band_plan *plan, uint16_t n_rows)
{
    if (plan->n_columns == 1) return 0;
    int64_t cost = n_rows < THIN_BAND ? (int64_t)(THIN_BAND - n_rows) * COST_THIN_ROW : 0;
    if (!plan->inset) return cost;
    uint32_t under_inset = n_rows - plan->inset;
    if (under_inset < THIN_BAND) cost += (int64_t)(THIN_BAND - under_inset) * COST_THIN_ROW;
    return under_inset < LEAST_UNDER_HEADING ? cost + COST_LONE_LINES : cost;
}

/* The state after a band. */
static bt_state after_band(bt_composer *c, const bt_band_plan *plan, const bt_band_way *p, uint16_t n_rows)
{
    const bt_state *from = plan->from;
    bt_band *band = BT_NEW(c->arena, bt_band);
    if (!band)
        c->failed = true;
    else
        *band = (bt_band){from->page_i, from->row, n_rows, from->row == 0, plan->n_columns, p->columns};
    return (bt_state){.spot = p->spot,
                      .page_i = from->page_i,
                      .row = (uint16_t)(from->row + n_rows),
                      .is_bound = p->is_bound,
                      .is_first_band = from->is_first_band && plan->n_columns == 1,
                      .fillers = from->fillers,
                      .cost = from->cost + p->cost + thin_cost(plan, n_rows),
                      .before = from,
                      .band = band};
}

static void go_to_next_page(bt_composer *c, const bt_state *s)
{
    bt_state page_end = *s;
    /* Of two articles that go on overleaf one could say so. */
    if (bt_compose_has_jumps(c) && bt_spot_cuts_two(c->galley, &s->spot)) return;
    if (c->n_wanted && page_end.page_i + 1 >= c->n_wanted) return;
    page_end.page_i++;
    page_end.row = 0;
    page_end.cost += COST_PAGE;
    keep(c, &c->next_page, &page_end);
}

/* --- fillers and finishing --- */

/* The state after a hole of so many rows below it was closed; false: nothing fits. `left` receives the rows still
 * empty, squared. */
static bool close_hole(bt_composer *c, const bt_state *s, uint32_t n_rows, bt_state *closed, int64_t *left)
{
    if (s->is_first_band && c->frame->inset) return false; /* the highlights stand in the first columns: of text */
    bt_hole hole = {s->page_i, s->row, (uint16_t)n_rows, s->fillers};
    bt_closing closing;
    if (!bt_close_hole(c->arena, c->galley, c->layout->n_columns, &hole, &closing)) c->failed = true;
    if (!closing.band || c->failed) return false;
    bt_state *before = BT_NEW(c->arena, bt_state);
    if (!before) {
        c->failed = true;
        return false;
    }
    *before = *s;
    *closed = *s;
    closed->row = (uint16_t)(s->row + n_rows);
    closed->fillers = closing.used;
    closed->before = before;
    closed->band = closing.band;
    closed->cost += COST_FILLER;
    *left = closing.emptiness;
    return true;
}

static void keep_best(bt_composer *c, const bt_state *done)
{
    if (c->has_best && done->cost >= c->best.cost) return;
    c->best = *done;
    c->has_best = true;
}

/* The end of an issue of as many pages as are wanted: every row that stays empty counts, and blank pages more. */
static void finish_wanted(bt_composer *c, const bt_state *s)
{
    bt_state done = *s, closed;
    int64_t left;
    uint32_t last = c->n_wanted - 1, imprint = c->frame->imprint;
    bool is_last = s->page_i == last;
    if (is_last && s->row + imprint > c->n_rows) return;
    uint32_t empty = c->n_rows - s->row - (is_last ? imprint : 0);
    int64_t blank = (int64_t)(last - s->page_i) * COST_BLANK_PAGE;
    if (close_hole(c, s, empty, &closed, &left)) {
        int64_t n_left = 0;
        while ((n_left + 1) * (n_left + 1) <= left) n_left++;
        closed.cost += blank + c->layout->costs.page_short * n_left;
        closed.page_i = last;
        keep_best(c, &closed);
    }
    done.cost += blank + (int64_t)c->layout->costs.page_short * empty;
    done.page_i = last;
    keep_best(c, &done);
}

/* Whether the imprint stands on a page of its own behind text that ends at a row. */
static bool goes_over(const bt_composer *c, uint32_t row)
{
    return c->frame->imprint && row + c->frame->imprint > c->n_rows;
}

/* What the end of an issue of any number of pages costs, where its text ends at a row of a page. */
static int64_t cost_of_end(const bt_composer *c, uint32_t page_i, uint32_t row)
{
    uint32_t imprint = c->frame->imprint;
    int64_t cost = 0;
    if (goes_over(c, row)) {
        page_i++;
        cost += COST_PAGE;
        row = 0;
    }
    /* Alone on a page, whether the text just filled the one before or left too little of it. */
    if (imprint && row == 0) cost += COST_IMPRINT_ALONE;
    /* A few lines on a page of their own look lost; so much rather that pictures before them grow. */
    if (row && row < LEAST_ON_LAST && page_i) cost += (int64_t)(LEAST_ON_LAST - row) * COST_LOST_ROW;
    /* A page that cannot be filled is left as it is: text is not stretched to make half a page a little fuller. */
    uint32_t empty = c->n_rows - row - imprint;
    return cost + (int64_t)c->layout->costs.page_short * (empty < EMPTY_ROWS ? empty : EMPTY_ROWS);
}

static void finish(bt_composer *c, const bt_state *s)
{
    if (c->n_wanted) {
        finish_wanted(c, s);
        return;
    }
    bt_state done = *s, closed;
    bool is_over = goes_over(c, s->row);
    int64_t left;
    if (!is_over && close_hole(c, s, c->n_rows - s->row - c->frame->imprint, &closed, &left)) {
        int64_t n_left = 0;
        while (n_left < EMPTY_ROWS && (n_left + 1) * (n_left + 1) <= left) n_left++;
        closed.cost += c->layout->costs.page_short * n_left;
        /* However empty the last page is: with fillers it is less so. */
        if (n_left == EMPTY_ROWS) closed.cost -= COST_FILLER + 1;
        keep_best(c, &closed);
    }
    done.page_i += is_over;
    done.cost += cost_of_end(c, s->page_i, s->row);
    keep_best(c, &done);
}

/* The state after a band whose short columns hold fillers; false: none fits. */
static bool with_fillers(bt_composer *c, const bt_band_plan *plan, const bt_band_way *p, uint16_t n_rows, bt_state *s)
{
    bt_band_way filled = *p;
    uint32_t used = plan->from->fillers;
    int64_t closed;
    if (!bt_fill_short_columns(c->arena, c->galley, plan->n_columns, &filled.columns, &used, &closed)) c->failed = true;
    if (!closed || c->failed) return false;
    filled.cost += COST_FILLER - closed * c->layout->costs.column_short;
    *s = after_band(c, plan, &filled, n_rows);
    s->fillers = used;
    return true;
}

/* --- ways on --- */

/* A state that ended its segment on this page: goes on below, or is the end of the issue. */
static void go_on(bt_composer *c, bt_state *s)
{
    if (s->spot.block_i >= c->galley->n_blocks && s->spot.away == BT_NO_BLOCK) {
        finish(c, s);
        return;
    }
    if (s->row < c->n_rows)
        keep(c, &c->at_row[s->row], s);
    else if (!s->is_bound || c->is_lenient)
        go_to_next_page(c, s);
}

/* --- what cannot win --- */

/* Whether what costs so much is dearer than a finished issue, and so is whatever goes on from it: bands cost nothing
 * or more, unless rows that are taken or spared are worth something. Fillers on the last page may spare it a cost of
 * 1. */
static bool is_vain(const bt_composer *c, int64_t cost)
{
    return !c->stretch && c->has_best && cost - 1 >= c->best.cost;
}

/* What the columns of a band of such a height must cost less than, if it ends the issue and is to be its best end. */
static int64_t limit_of(const bt_composer *c, const bt_band_plan *plan, uint16_t height)
{
    const bt_state *from = plan->from;
    bool ends_issue = plan->end_block >= c->galley->n_blocks && from->spot.away == BT_NO_BLOCK;
    bool is_known = ends_issue && c->has_best && !c->n_wanted && !c->stretch && !c->galley->n_fillers;
    if (!is_known) return BT_NO_LIMIT;
    uint32_t row = (uint32_t)from->row + height;
    return c->best.cost - from->cost - thin_cost(plan, height) - cost_of_end(c, from->page_i, row);
}

/* Whether no state is kept that costs so much at least, with so many rows still to come at least (in 1/64). */
static bool is_beaten(const bt_kept *k, int64_t cost, int64_t rows)
{
    int64_t least = cost + rows * COST_ROW_AHEAD / 64;
    bool is_worst = k->n == k->most;
    for (uint32_t i = 0; i < k->n && is_worst; i++) is_worst = k->v[i].outlook <= least;
    return is_worst;
}

/* The rows that are still to come behind a boundary at least, wherever the block stands that is away. */
static int64_t rows_behind(const bt_composer *c, uint32_t b, const bt_spot *from)
{
    if (from->away == BT_NO_BLOCK) return c->ahead[b];
    const bt_galley_block *away = &c->galley->blocks[from->away];
    return c->ahead[b] - bt_measure_rows(away, &away->settings[away->best_i], 0);
}

/* Whether a band of such a height that ends its segment leads to no state that is kept. */
static bool ends_in_vain(const bt_composer *c, const bt_band_plan *plan, uint16_t height)
{
    const bt_state *from = plan->from;
    uint32_t row = (uint32_t)from->row + height;
    int64_t least = bt_measure_least_cost(c, plan, height), cost = from->cost + thin_cost(plan, height) + least;
    int64_t rows = rows_behind(c, plan->end_block, &from->spot);
    if (c->n_wanted || c->stretch) return false;
    if (plan->end_block >= c->galley->n_blocks)
        return from->spot.away == BT_NO_BLOCK && (is_vain(c, cost) || limit_of(c, plan, height) <= least);
    return row < c->n_rows ? is_beaten(&c->at_row[row], cost, rows) : is_beaten(&c->next_page, cost + COST_PAGE, rows);
}

/* The same of a band that is cut at the page's foot: however much it holds. */
static bool is_cut_in_vain(const bt_composer *c, const bt_band_plan *plan)
{
    const bt_spot *spot = &plan->from->spot;
    if (is_vain(c, plan->from->cost + COST_PAGE)) return true;
    if (c->n_wanted || c->stretch) return false;
    uint32_t b = spot->block_i + (spot->unit_i > 0), end = b;
    int64_t room = (int64_t)plan->n_rows * plan->n_columns;
    while (end < plan->end_block && c->least_before[end] - c->least_before[b] <= room) end++;
    return is_beaten(&c->next_page, plan->from->cost + COST_PAGE, rows_behind(c, end, spot));
}

/* One column: as tall as what it holds, in every height that it can have; or cut at the page's foot. */
static void span_bands(bt_composer *c, bt_band_plan *plan)
{
    bt_band_way out[BT_KEPT_ENDS];
    plan->kind = BT_FILL_ALL;
    bt_band_plan_jumps(c, plan);
    uint16_t inset = bt_band_inset(plan, 0);
    bt_fill fill = {.galley = c->galley,
                    .layout = c->layout,
                    .store = c->ways,
                    .start = plan->from->spot,
                    .end_block = plan->end_block,
                    .n_columns = 1,
                    .n_rows = (uint16_t)(plan->n_rows - inset),
                    .jump_rows = plan->jump_rows[BT_JUMP_ON],
                    .starts_top = plan->starts_top,
                    .kind = BT_FILL_ALL,
                    .n_wanted = c->n_rows + 1,
                    .stretch = c->stretch};
    bt_fill_ends ends;
    if (!bt_fill_column(&fill, &ends)) {
        c->failed = true;
        return;
    }
    /* Of many heights some are tried, the cheapest among them: the column bands below make up for the rows between. */
    uint32_t stride = ends.n / TRIED_SPAN_HEIGHTS + 1;
    for (uint32_t e = 0; e < ends.n; e++) {
        if ((ends.v[e].used + stride * c->n_rows - ends.v[0].used) % stride) continue;
        bt_band_way p = {.spot = ends.v[e].spot,
                         .cost = ends.v[e].cost,
                         .is_bound = ends.v[e].is_bound,
                         .used = ends.v[e].used,
                         .columns = BT_NEW(c->arena, bt_column)};
        if (!p.columns || !bt_band_set_column(c, plan, 0, &ends.v[e], p.columns)) {
            c->failed = true;
            return;
        }
        p.columns[0].n_rows = ends.v[e].used;
        p.columns[0].jump_rows[BT_JUMP_ON] = 0; /* the rows below it are there for that */
        bt_state s = after_band(c, plan, &p, (uint16_t)(inset + ends.v[e].used));
        go_on(c, &s);
    }
    plan->kind = BT_FILL_CUT;
    uint32_t n = bt_band_fill(c, plan, out);
    for (uint32_t i = 0; i < n; i++) {
        if (out[i].is_bound && !c->is_lenient) continue;
        bt_state s = after_band(c, plan, &out[i], plan->n_rows);
        go_to_next_page(c, &s);
    }
}

/* Columns that run to the page's foot and go on overleaf. */
static void full_band(bt_composer *c, bt_band_plan *plan)
{
    bt_band_way out[BT_KEPT_ENDS];
    if (plan->from->is_bound && plan->n_rows < LEAST_UNDER_HEADING) return;
    if (is_cut_in_vain(c, plan)) return;
    plan->kind = BT_FILL_CUT;
    uint32_t n = bt_band_fill(c, plan, out);
    for (uint32_t i = 0; i < n; i++) {
        /* A waiting picture that spans must have been reached by the text that it follows. */
        const bt_spot *spot = &out[i].spot;
        bool waits = spot->away != BT_NO_BLOCK && spot->is_pending;
        if (waits && spot->block_i + (spot->unit_i > 0) <= spot->away) continue;
        bt_state s = after_band(c, plan, &out[i], plan->n_rows), filled;
        go_to_next_page(c, &s);
        if (with_fillers(c, plan, &out[i], plan->n_rows, &filled)) go_to_next_page(c, &filled);
    }
}

/* The rows that the segment takes in its best settings, for all columns together; counting stops above `most`. */
static uint32_t rows_of_segment(const bt_composer *c, const bt_band_plan *plan, uint32_t most, bool *is_elastic)
{
    const bt_spot *spot = &plan->from->spot;
    uint32_t rows = plan->inset + bt_band_head_jump(c, plan->from);
    for (uint32_t b = spot->block_i; b < plan->end_block && rows <= most; b++) {
        const bt_galley_block *block = &c->galley->blocks[b];
        if (b == spot->away || !block->n_settings) continue;
        bool is_cut = b == spot->block_i && spot->unit_i;
        const bt_setting *setting = &block->settings[is_cut ? spot->setting_i : block->best_i];
        *is_elastic = *is_elastic || block->is_elastic;
        for (uint32_t u = is_cut ? spot->unit_i : 0; u < setting->n_units; u++) rows += setting->units[u].steps;
    }
    return rows;
}

/* One height of a balanced band. True when the segment ends in it. */
static bool balanced_band(bt_composer *c, bt_band_plan *plan, uint16_t height)
{
    bt_band_way out[BT_KEPT_ENDS];
    plan->n_rows = height;
    uint32_t n = bt_band_fill(c, plan, out);
    for (uint32_t i = 0; i < n; i++) {
        bt_state s = after_band(c, plan, &out[i], height), filled;
        go_on(c, &s);
        if (with_fillers(c, plan, &out[i], height, &filled)) go_on(c, &filled);
    }
    return n > 0;
}

/* Columns that end the segment, as level as they can be. */
static void balanced_bands(bt_composer *c, bt_band_plan *plan)
{
    uint16_t room = plan->n_rows;
    uint32_t n = plan->n_columns;
    bool is_elastic = false;
    uint32_t rows = rows_of_segment(c, plan, (room + 4U) * n, &is_elastic);
    uint32_t height = rows / n > 2 ? rows / n - 2 : 1;
    if (height <= plan->inset) height = plan->inset + 1;
    plan->kind = BT_FILL_FINISH;
    uint32_t first = height;
    while (first <= room && ends_in_vain(c, plan, (uint16_t)first)) first++;
    if (first > room) return;
    uint32_t n_tried = 0, most_tried = is_elastic ? TRIED_ELASTIC : TRIED_HEIGHTS;
    for (; height <= room && n_tried < most_tried && !c->failed; height++) {
        /* The first height that holds the text is told by its ways, be they in vain. */
        plan->limit = n_tried ? limit_of(c, plan, (uint16_t)height) : BT_NO_LIMIT;
        bool leads_nowhere = n_tried && ends_in_vain(c, plan, (uint16_t)height);
        if (leads_nowhere || balanced_band(c, plan, (uint16_t)height) || n_tried) n_tried++;
    }
    /* Pictures may grow until the text fills the page. */
    plan->limit = limit_of(c, plan, room);
    if (is_elastic && height < room && !ends_in_vain(c, plan, room)) balanced_band(c, plan, room);
    plan->n_rows = room;
    plan->limit = BT_NO_LIMIT;
}

/* The bands that can stand next, from a state as it is. */
static void expand_plain(bt_composer *c, const bt_state *from)
{
    bt_band_plan plan = {.from = from,
                         .n_columns = columns_of(c, &from->spot),
                         .end_block = segment_end(c, &from->spot),
                         .n_rows = (uint16_t)(c->n_rows - from->row),
                         .must_place = from->row == 0,
                         .limit = BT_NO_LIMIT};
    if (plan.n_columns == 1) {
        plan.starts_top = from->row == 0;
        span_bands(c, &plan);
        return;
    }
    plan.starts_top = true;
    if (from->is_first_band) plan.inset = c->frame->inset;
    if (plan.inset >= plan.n_rows) return; /* the highlights do not fit here: the columns begin overleaf */
    /* One line under them would be a paragraph's middle, alone. */
    if (plan.inset && plan.inset + 1 == plan.n_rows && !c->is_lenient) return;
    bool span_waits =
        from->spot.away != BT_NO_BLOCK && from->spot.is_pending && c->galley->blocks[from->spot.away].n_columns == 1;
    if (!span_waits) balanced_bands(c, &plan);
    full_band(c, &plan);
}

/* A spanning picture that follows the segment at a spot, in the same article and with text after it; BT_NO_BLOCK. */
static uint32_t movable_span(const bt_composer *c, const bt_spot *spot)
{
    if (spot->away != BT_NO_BLOCK || columns_of(c, spot) == 1) return BT_NO_BLOCK;
    const bt_galley_block *blocks = c->galley->blocks;
    uint32_t b = segment_end(c, spot);
    bool moves = b < c->galley->n_blocks && blocks[b].may_move && blocks[b].n_columns == 1 && blocks[b].n_settings &&
                 b > spot->block_i && blocks[b].settings[0].n_units == 1 && b + 1 < c->galley->n_blocks &&
                 blocks[b + 1].n_columns > 1 && blocks[b + 1].doc->article_i == blocks[b].doc->article_i &&
                 blocks[spot->block_i].doc->article_i == blocks[b].doc->article_i;
    return moves ? b : BT_NO_BLOCK;
}

/* Places one spanning block here, before its turn or after it, and goes on from there. */
static void place_span(bt_composer *c, const bt_state *from, uint32_t block_i, const bt_spot *then, int64_t cost)
{
    const bt_galley_block *block = &c->galley->blocks[block_i];
    const bt_unit *unit = &block->settings[0].units[0];
    uint32_t least = from->row == 0 ? unit->top_steps : unit->steps;
    uint32_t stride = unit->extra / TRIED_SPAN_HEIGHTS + 1;
    uint16_t inset = bt_band_head_jump(c, from);
    uint32_t top = (uint32_t)from->row + inset, foot = c->n_rows;
    if (bt_spot_cuts(c->galley, then)) foot -= c->galley->jump_rows[BT_JUMP_ON];
    if (from->row == 0 && top + least > foot) foot = c->n_rows; /* it has the page to itself */
    for (uint32_t extra = unit->extra_best % stride; extra <= unit->extra && top + least + extra <= foot;
         extra += stride) {
        bt_placement *placed = BT_NEW(c->arena, bt_placement);
        bt_column *column = BT_NEW(c->arena, bt_column);
        if (!placed || !column) {
            c->failed = true;
            return;
        }
        uint16_t steps = (uint16_t)(least + extra);
        *placed = (bt_placement){block_i, 0, 0, 1, 0, steps, 0};
        *column = (bt_column){.placements = placed,
                              .n_placements = 1,
                              .n_rows = steps,
                              .n_used = steps,
                              .inset = inset,
                              .jump_rows = {[BT_JUMP_FROM] = inset}};
        int64_t off = (int64_t)extra - unit->extra_best;
        bt_band_way p = {.spot = *then,
                         .cost = cost + (off < 0 ? -off : off) * c->layout->costs.figure - (int64_t)extra * c->stretch,
                         .is_bound = from->is_bound,
                         .used = steps,
                         .columns = column};
        bt_band_plan plan = {.from = from, .n_columns = 1};
        bt_state s = after_band(c, &plan, &p, (uint16_t)(inset + steps));
        s.is_first_band = from->is_first_band;
        go_on(c, &s);
    }
}

static void expand(bt_composer *c, const bt_state *from)
{
    bool waits = from->spot.is_pending && from->spot.away != BT_NO_BLOCK;
    if (waits && c->galley->blocks[from->spot.away].n_columns == 1) {
        bt_spot then = from->spot;
        then.away = BT_NO_BLOCK;
        then.is_pending = false;
        place_span(c, from, from->spot.away, &then, 0);
        return;
    }
    expand_plain(c, from);
    uint32_t block_i = movable_span(c, &from->spot);
    if (block_i == BT_NO_BLOCK) return;
    bt_spot early = from->spot;
    early.away = block_i;
    place_span(c, from, block_i, &early, c->layout->costs.moved);
    /* Put off: the text runs on to the page's foot, and the picture heads the next page. */
    bt_state *late = BT_NEW(c->arena, bt_state);
    if (!late) {
        c->failed = true;
        return;
    }
    *late = *from;
    late->spot.away = block_i;
    late->spot.is_pending = true;
    late->cost += c->layout->costs.moved;
    bt_band_plan plan = {.from = late,
                         .n_columns = columns_of(c, &late->spot),
                         .end_block = segment_end(c, &late->spot),
                         .n_rows = (uint16_t)(c->n_rows - from->row),
                         .starts_top = true,
                         .limit = BT_NO_LIMIT};
    if (from->is_first_band) plan.inset = c->frame->inset;
    if (plan.inset + (plan.inset > 0) < plan.n_rows) full_band(c, &plan);
}

/* The state after a jump line below the last band. False: it has no room there, or there is no memory. */
static bool put_jump(bt_composer *c, const bt_state *from, bt_state *jumped)
{
    if (from->row + c->galley->jump_rows[BT_JUMP_ON] > (int64_t)c->n_rows) return c->is_lenient;
    bt_state *before = BT_NEW(c->arena, bt_state);
    bt_band *band = bt_jump_band(c->arena, c->galley, from->band);
    if (!before || !band) {
        c->failed = true;
        return false;
    }
    *before = *from;
    jumped->before = before;
    jumped->band = band;
    jumped->row = (uint16_t)(band->row + band->n_rows);
    return true;
}

/* The rest of the page stays empty, because what comes next wants a page of its own or does not fit. */
static void leave_page(bt_composer *c, const bt_state *last)
{
    if (last->row == 0 || (last->is_bound && !c->is_lenient)) return;
    bt_state jumped = *last;
    const bt_state *from = &jumped;
    bool cuts = c->galley->jump_rows[BT_JUMP_ON] && last->band && bt_spot_cuts(c->galley, &last->spot);
    if (cuts && !put_jump(c, last, &jumped)) return;
    int64_t rows = (int64_t)c->n_rows - from->row;
    bt_state s = *from, closed;
    int64_t left;
    if (close_hole(c, from, (uint32_t)rows, &closed, &left)) {
        closed.cost += left * c->layout->costs.column_short * COST_HOLE;
        go_to_next_page(c, &closed);
    }
    s.cost += rows * rows * c->layout->costs.column_short * COST_HOLE;
    go_to_next_page(c, &s);
}

static void expand_row(bt_composer *c, bt_kept *here)
{
    for (uint32_t i = 0; i < here->n && !c->failed; i++) {
        if (is_vain(c, here->v[i].cost)) continue;
        bt_state *s = BT_NEW_ARRAY_UNSET(c->arena, 1, bt_state);
        if (!s) {
            c->failed = true;
            return;
        }
        *s = here->v[i];
        expand(c, s);
        leave_page(c, s);
    }
    here->n = 0;
}

static void fill_page(bt_composer *c)
{
    bt_arena_mark mark = bt_arena_set_mark(c->scratch);
    for (uint32_t row = 0; row < c->n_rows && !c->failed; row++) expand_row(c, &c->at_row[row]);
    bt_band_memos_clear(c->memos);
    bt_ways_store_clear(c->ways);
    bt_arena_rewind(c->scratch, mark);
}

/* --- result --- */

static bt_status collect(bt_composer *c, const bt_composition **result)
{
    bt_composition *out = BT_NEW(c->arena, bt_composition);
    uint32_t n = 0;
    for (const bt_state *s = &c->best; s; s = s->before) n += s->band != NULL;
    bt_band *bands = BT_NEW_ARRAY(c->arena, n, bt_band);
    if (!out || !bands) return BT_NOMEM;
    uint32_t i = n;
    const bt_band *last = NULL;
    for (const bt_state *s = &c->best; s; s = s->before) {
        if (!s->band || s->band == last) continue;
        last = s->band;
        bands[--i] = *s->band;
    }
    out->bands = bands + i;
    out->n_bands = n - i;
    out->n_pages = c->best.page_i + 1;
    out->n_rows = c->n_rows;
    out->imprint_row = c->n_rows - c->frame->imprint;
    out->cost = c->best.cost;
    *result = out;
    return BT_OK;
}

static bt_status run(bt_composer *c)
{
    bt_state start = {.spot = {.away = BT_NO_BLOCK},
                      .row = (uint16_t)c->frame->first_row,
                      .is_first_band = true,
                      .fillers = c->fillers};
    go_on(c, &start);
    for (uint32_t page_i = 0; !c->failed; page_i++) {
        if (page_i == BT_LIMIT_PAGES) {
            bt_diag(c->diags, BT_E_PAGES, NULL, BT_ARGS(bt_str_format(c->scratch, "%d", BT_LIMIT_PAGES)));
            return BT_LIMIT;
        }
        fill_page(c);
        if (!c->next_page.n) break;
        for (uint32_t i = 0; i < c->next_page.n; i++) {
            /* Whoever is dearer than a finished issue cannot become better than it. */
            if (c->has_best && c->next_page.v[i].cost >= c->best.cost) continue;
            keep(c, &c->at_row[0], &c->next_page.v[i]);
        }
        c->next_page.n = 0;
    }
    return c->failed ? BT_NOMEM : c->has_best ? BT_OK : BT_INTERNAL;
}

/* Rows that stay empty on the last page that holds text, and on those after it. */
static uint32_t empty_rows(const bt_composer *c, const bt_composition *composition)
{
    if (!composition->n_bands) return c->n_rows;
    const bt_band *last = &composition->bands[composition->n_bands - 1];
    uint32_t rows = (composition->n_pages - last->page_i) * c->n_rows - last->row - last->n_rows;
    return rows > c->frame->imprint ? rows - c->frame->imprint : 0;
}

/* Room for what the search keeps. */
static bool make_room(bt_composer *c, const bt_shared_fills *shared)
{
    bt_state *states = BT_NEW_ARRAY_UNSET(c->scratch, c->n_rows * KEPT_AT_ROW + 2 * KEPT_PAGES, bt_state);
    c->at_row = BT_NEW_ARRAY(c->scratch, c->n_rows, bt_kept);
    c->memos = bt_band_memos_new(c->scratch);
    c->ways = bt_ways_store_new(c->scratch, c->galley, c->n_rows);
    if (!states || !c->at_row || !c->memos || !c->ways) return false;
    bt_ways_store_share(c->ways, shared);
    c->next_page = (bt_kept){.v = states, .most = KEPT_PAGES};
    states += KEPT_PAGES;
    for (uint32_t row = 0; row < c->n_rows; row++) {
        c->at_row[row] = (bt_kept){.v = states, .most = row ? KEPT_AT_ROW : KEPT_PAGES};
        states += c->at_row[row].most;
    }
    return bt_measure(c);
}

bt_status bt_compose_try(const bt_attempt *attempt, bt_attempted *result)
{
    bt_composer c = {.arena = attempt->arena,
                     .scratch = attempt->scratch,
                     .diags = attempt->diags,
                     .galley = attempt->galley,
                     .layout = attempt->layout,
                     .frame = attempt->frame,
                     .n_wanted = attempt->n_pages,
                     .fillers = attempt->fillers,
                     .stretch = attempt->stretch,
                     .n_rows = bt_flow_page_rows(attempt->layout)};
    *result = (bt_attempted){0};
    bt_arena_mark mark = bt_arena_set_mark(c.scratch);
    if (!make_room(&c, &attempt->shared)) return BT_NOMEM;
    bt_status status = run(&c);
    if (status == BT_INTERNAL && !c.n_wanted) {
        c.is_lenient = true;
        status = run(&c);
    }
    if (status == BT_OK) status = collect(&c, &result->composition);
    if (status == BT_OK) result->n_empty = empty_rows(&c, result->composition);
    result->fillers = c.best.fillers;
    bt_arena_rewind(c.scratch, mark);
    return status;
}
