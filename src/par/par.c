/* par.c - the search for the best breaks.
 *
 * A shortest path over nodes (point, number of lines so far, class of the last line's word spaces). Of the line numbers
 * at a point only a window about the best is kept, and a line reaches back only as far as its narrowest form allows: so
 * time and memory grow linearly with the paragraph. All ties fall to what was found first.
 */
#include "par/par_int.h"

enum {
    WINDOW_MARGIN = 2,    /* line numbers kept at a point beyond those wanted at the end */
    MOST_VARIANTS = 32,   /* fewer or more lines than the best */
    MOST_SEGMENTS = 1024, /* in a line: nothing printed has more, and empty boxes mustn't cost quadratic time */
    MOST_ITEMS = 1 << 22  /* keeps all sums in 64 bits */
};

static const int64_t unreached = INT64_MAX / 2; /* so that a line's demerits may be added to it */

/* A point reached with a number of lines. */
typedef struct node {
    int64_t reach[BT_PAR_N_FITNESS]; /* cheapest demerits up to here, if the next line is of this class */
    uint32_t from[BT_PAR_N_FITNESS]; /* where the line begins that ends here and is of this class */
    uint8_t via[BT_PAR_N_FITNESS];   /* the class of the line before, for the next line of this class */
} node;

/* The nodes of a point: those for first_line, first_line + 1, ... lines. */
typedef struct stage {
    node *nodes;
    uint32_t first_line, n_nodes;
} stage;

/* The best way to the point at work, by number of lines and class. */
typedef struct trial {
    int64_t demerits[BT_PAR_N_FITNESS];
    uint32_t from[BT_PAR_N_FITNESS];
    bt_par_fitness cheapest; /* class; known once all lines to the point are tried */
} trial;

typedef struct search {
    bt_arena *scratch;
    const bt_par_params *params;
    bt_par_table table;
    stage *stages;                 /* by point */
    trial *trials;                 /* by number of lines */
    uint32_t first_line, end_line; /* the trials in use */
    uint32_t n_fewer, n_more;      /* the window */
} search;

static bt_sp measure_of(const bt_par_params *params, uint32_t line_i)
{
    return params->line_widths[line_i < params->n_line_widths ? line_i : params->n_line_widths - 1];
}

static void clear_trials(search *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        for (uint32_t f = 0; f < BT_PAR_N_FITNESS; f++) s->trials[i].demerits[f] = unreached;
}

/* Offers a line between two points, set as `fit`, to the ways that reach its beginning with as many lines as the nodes
 * [i, end) of that have. */
static void offer_line(search *s, const stage *from, uint32_t i, uint32_t end, uint32_t begin, const bt_par_fit *fit)
{
    bt_par_fitness class = fit->fitness;
    int64_t demerits = fit->demerits;
    uint32_t n_lines = from->first_line + i + 1;
    trial *tried = &s->trials[n_lines];
    if (n_lines < s->first_line) s->first_line = n_lines;
    for (const node *at = from->nodes + i, *last = from->nodes + end; at < last; at++, tried++) {
        int64_t reach = at->reach[class];
        if (reach + demerits >= tried->demerits[class] || reach == unreached) continue;
        tried->demerits[class] = reach + demerits;
        tried->from[class] = begin;
    }
    n_lines = from->first_line + end;
    if (n_lines >= s->end_line) s->end_line = n_lines + 1;
}

/* Sets a line between two points, for each number of lines before it: once for all that have the same measure. */
static void try_line(search *s, uint32_t begin, uint32_t end)
{
    const stage *from = &s->stages[begin];
    uint32_t last_own = s->params->n_line_widths - 1; /* from this line on all measures are the same */
    for (uint32_t i = 0, i_end; i < from->n_nodes; i = i_end) {
        uint32_t line_i = from->first_line + i;
        i_end = line_i < last_own ? i + 1 : from->n_nodes;
        bt_par_fit fit = bt_par_fit_line(&s->table, begin, end, measure_of(s->params, line_i));
        if (fit.is_legal) offer_line(s, from, i, i_end, begin, &fit);
    }
}

static bt_par_fitness cheapest_class(const trial *tried)
{
    bt_par_fitness best = BT_PAR_TIGHT;
    for (uint32_t f = 1; f < BT_PAR_N_FITNESS; f++)
        if (tried->demerits[f] < tried->demerits[best]) best = (bt_par_fitness)f;
    return best;
}

/* The ways on from a trial into lines of one class. */
typedef struct way_on {
    int64_t reach;
    bt_par_fitness via;
} way_on;

static inline way_on cheaper(way_on way, const trial *tried, bt_par_fitness near)
{
    return tried->demerits[near] < way.reach ? (way_on){tried->demerits[near], near} : way;
}

static inline void settle_class(node *to, const trial *tried, bt_par_fitness class, way_on way)
{
    if (class > BT_PAR_TIGHT) way = cheaper(way, tried, class - 1);
    way = cheaper(way, tried, class);
    if (class < BT_PAR_VERY_LOOSE) way = cheaper(way, tried, class + 1);
    to->reach[class] = way.reach;
    to->via[class] = (uint8_t)way.via;
    to->from[class] = tried->from[class];
}

/* The node of a trial; at the end of a part the next line's class doesn't matter. */
static void settle_node(node *to, const trial *tried, bool ends_part)
{
    int64_t least = tried->demerits[tried->cheapest];
    way_on far = {ends_part || least == unreached ? least : least + BT_PAR_MISMATCH, tried->cheapest};
    settle_class(to, tried, BT_PAR_TIGHT, far);
    settle_class(to, tried, BT_PAR_DECENT, far);
    settle_class(to, tried, BT_PAR_LOOSE, far);
    settle_class(to, tried, BT_PAR_VERY_LOOSE, far);
}

/* Finds the classes of the trials, and which is the cheapest. */
static uint32_t cheapest_trial(const search *s)
{
    uint32_t best = s->first_line;
    int64_t least = unreached;
    for (uint32_t i = s->first_line; i < s->end_line; i++) {
        trial *tried = &s->trials[i];
        tried->cheapest = cheapest_class(tried);
        if (tried->demerits[tried->cheapest] >= least) continue;
        least = tried->demerits[tried->cheapest];
        best = i;
    }
    return best;
}

/* Keeps the window about the best of the trials as the point's nodes. */
static bool settle_stage(search *s, uint32_t point_i)
{
    uint32_t best = cheapest_trial(s);
    uint32_t begin = best > s->first_line + s->n_fewer ? best - s->n_fewer : s->first_line;
    uint32_t end = s->end_line - best > s->n_more + 1 ? best + s->n_more + 1 : s->end_line;
    node *nodes = BT_NEW_ARRAY_UNSET(s->scratch, end - begin, node);
    if (!nodes) return false;
    s->stages[point_i] = (stage){.nodes = nodes, .first_line = begin, .n_nodes = end - begin};
    bool ends_part = s->table.points[point_i].ends_part;
    for (uint32_t i = begin; i < end; i++) settle_node(&nodes[i - begin], &s->trials[i], ends_part);
    clear_trials(s, s->first_line, s->end_line);
    s->first_line = UINT32_MAX;
    s->end_line = 0;
    return true;
}

/* Tries all lines that end at a point, the shortest first. */
static void try_lines_to(search *s, uint32_t end)
{
    for (uint32_t begin = end; begin-- > 0;) {
        bool is_long = end - begin > MOST_SEGMENTS || bt_par_narrowest(&s->table, begin, end) > s->table.reach;
        if (is_long && end - begin > 1) return;
        try_line(s, begin, end);
        if (s->table.points[begin].ends_part) return;
    }
}

static bool find_paths(search *s)
{
    uint32_t n_points = s->table.n_points;
    s->stages = BT_NEW_ARRAY_UNSET(s->scratch, n_points, stage);
    s->trials = BT_NEW_ARRAY(s->scratch, n_points, trial); /* each line has at least one segment */
    if (!s->stages || !s->trials) return false;
    clear_trials(s, 0, n_points);
    s->trials[0].demerits[BT_PAR_DECENT] = 0;
    s->first_line = 0;
    s->end_line = 1;
    if (!settle_stage(s, 0)) return false;
    for (uint32_t i = 1; i < n_points; i++) {
        try_lines_to(s, i);
        if (!settle_stage(s, i)) return false;
    }
    return true;
}

static bt_par_line line_between(const search *s, uint32_t begin, uint32_t end, uint32_t line_i)
{
    const bt_par_point *from = &s->table.points[begin], *to = &s->table.points[end];
    bt_par_fit fit = bt_par_fit_line(&s->table, begin, end, measure_of(s->params, line_i));
    return (bt_par_line){.begin = from->begin,
                         .end = to->end,
                         .indent = from->hang_left == INT32_MIN ? INT32_MAX : -from->hang_left,
                         .word_space = fit.word_space,
                         .flex = fit.flex,
                         .overfull = fit.overfull,
                         .is_last = to->ends_part};
}

/* Follows the best path with n_lines back from the end. */
static void trace(const search *s, uint32_t n_lines, bt_par_line *lines, bt_par_setting *setting)
{
    uint32_t end = s->table.n_points - 1;
    const stage *last = &s->stages[end];
    const node *at = &last->nodes[n_lines - last->first_line];
    uint8_t fitness = at->via[0];
    *setting = (bt_par_setting){.n_lines = n_lines, .lines = lines, .demerits = at->reach[0]};
    for (uint32_t i = n_lines; i-- > 0;) {
        uint32_t begin = at->from[fitness];
        lines[i] = line_between(s, begin, end, i);
        at = &s->stages[begin].nodes[i - s->stages[begin].first_line];
        fitness = at->via[fitness];
        end = begin;
    }
}

static uint32_t count_overfull(const bt_par_setting *setting)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < setting->n_lines; i++) n += setting->lines[i].overfull > 0;
    return n;
}

/* How many settings with one line less (step -1) or more than the best, two less, ... are reachable, and wanted. */
static uint32_t count_variants(const stage *last, uint32_t best, int step, uint32_t wanted)
{
    uint32_t room = step < 0 ? best : last->n_nodes - 1 - best;
    uint32_t n = 0;
    while (n < wanted && n < room) {
        uint32_t i = step < 0 ? best - n - 1 : best + n + 1;
        if (last->nodes[i].reach[0] == unreached) break;
        n++;
    }
    return n;
}

/* Drops the settings, outwards from the best, from the first that would pay with an overfull line. */
static void drop_overfull(bt_par_setting *settings, bt_par_result *result)
{
    uint32_t begin = result->best_i, end = result->best_i + 1;
    uint32_t allowed = count_overfull(&settings[result->best_i]);
    while (begin > 0 && count_overfull(&settings[begin - 1]) <= allowed) begin--;
    while (end < result->n_settings && count_overfull(&settings[end]) <= allowed) end++;
    result->settings = settings + begin;
    result->n_settings = end - begin;
    result->best_i -= begin;
}

static bool write_settings(const search *s, bt_arena *arena, bt_par_result *result)
{
    const stage *last = &s->stages[s->table.n_points - 1];
    uint32_t best = 0;
    for (uint32_t i = 1; i < last->n_nodes; i++)
        if (last->nodes[i].reach[0] < last->nodes[best].reach[0]) best = i;
    uint32_t n_fewer = count_variants(last, best, -1, s->params->n_fewer);
    uint32_t n_more = count_variants(last, best, 1, s->params->n_more);
    uint32_t first_line = last->first_line + best - n_fewer;
    uint32_t n = n_fewer + 1 + n_more;
    bt_par_setting *settings = BT_NEW_ARRAY_UNSET(arena, n, bt_par_setting);
    bt_par_line *lines = BT_NEW_ARRAY_UNSET(arena, (size_t)n * first_line + (size_t)n * (n - 1) / 2, bt_par_line);
    if (!settings || !lines) return false;
    result->n_settings = n;
    result->best_i = n_fewer;
    for (uint32_t i = 0; i < n; i++) {
        trace(s, first_line + i, lines, &settings[i]);
        lines += first_line + i;
    }
    drop_overfull(settings, result);
    return true;
}

static uint32_t window(uint32_t n_variants)
{
    return (n_variants < MOST_VARIANTS ? n_variants : MOST_VARIANTS) + WINDOW_MARGIN;
}

bt_status bt_par_break(bt_arena *arena, bt_arena *scratch, const bt_par_item *items, uint32_t n_items,
                       const bt_par_params *params, bt_par_result *result)
{
    *result = (bt_par_result){0};
    if (n_items > MOST_ITEMS) return BT_LIMIT;
    if (!params->n_line_widths) return BT_INTERNAL;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    search s = {.scratch = scratch,
                .params = params,
                .n_fewer = window(params->n_fewer),
                .n_more = window(params->n_more),
                .first_line = UINT32_MAX};
    bool done = bt_par_collect(scratch, items, n_items, params, &s.table);
    if (done && s.table.n_points) done = find_paths(&s) && write_settings(&s, arena, result);
    if (!done) *result = (bt_par_result){0};
    if (arena != scratch) bt_arena_rewind(scratch, mark);
    return done ? BT_OK : BT_NOMEM;
}
