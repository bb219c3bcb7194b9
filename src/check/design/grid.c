/* grid.c - the leading of the body, the grid of baselines that its lines stand on, and where pages begin and end. */
#include "check/design/design.h"

#include <math.h>

enum { LEAST_LETTERS = 6, TRIALS = 20 };
#define SAME_LINE 0.7 /* [pt] baselines of one height lie no further apart */
#define ASCENT 0.9    /* [em] from the first baseline up to the margin, where nothing else tells */
#define DESCENT 0.25  /* [em] from the last baseline down to it */
#define FILLS 0.6     /* of a column: no folio and hardly a running head is so wide */
#define FINE 0.0025   /* [pt] by which the step is tried */
#define TWO_PI 6.283185307179586

/* Lines of running text: in a column, which they fill, or with another line of the body next to them. */
static bool is_running(const design *d, uint32_t line_i)
{
    const design_line *line = &d->lines.v[line_i];
    if (line->column_i < 0 || line->n_letters < LEAST_LETTERS || !design_is_body(d, line->style_i)) return false;
    if (line->x1 - line->x0 > FILLS * d->columns.width) return true;
    double size = d->styles.v[d->body].size;
    const uint32_t near[2] = {line->above, line->below};
    for (int i = 0; i < 2; i++) {
        if (near[i] == DESIGN_NONE) continue;
        const design_line *other = &d->lines.v[near[i]];
        if (design_is_body(d, other->style_i) && fabs(other->baseline - line->baseline) < 2.2 * size) return true;
    }
    return false;
}

/* Leadings are distances of neighbours; where baselines are rounded to pixels, their mean. */
static double leading_of(bt_arena *arena, const design *d)
{
    design_values steps = {0};
    design_edges edges;
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->below == DESIGN_NONE || !is_running(d, i) || !is_running(d, line->below)) continue;
        if (d->lines.v[line->below].column_i != line->column_i) continue;
        design_value_add(arena, &steps, d->lines.v[line->below].baseline - line->baseline);
    }
    design_find_edges(arena, &steps, 0.9, &edges);
    return edges.n ? edges.v[0].place : 0;
}

/* How well lines stand on grids of this step, one for each page: the sum of the pages' resultants. */
static double fits_step(const design *d, const uint32_t *running, uint32_t n, double step)
{
    double sum = 0, x = 0, y = 0;
    for (uint32_t i = 0; i < n; i++) {
        const design_line *line = &d->lines.v[running[i]];
        double angle = TWO_PI * line->baseline / step;
        x += cos(angle);
        y += sin(angle);
        if (i + 1 < n && d->lines.v[running[i + 1]].page_i == line->page_i) continue;
        sum += sqrt(x * x + y * y);
        x = y = 0;
    }
    return sum;
}

static double refined_step(const design *d, const uint32_t *running, uint32_t n, double step)
{
    double best = step, most = fits_step(d, running, n, step);
    for (int i = 1; i <= TRIALS; i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            double tried = step + sign * i * FINE, fit = fits_step(d, running, n, tried);
            if (fit <= most + 1e-6) continue;
            most = fit;
            best = tried;
        }
    return best;
}

/* The height of the grid's lines within a step that most baselines share. */
static double phase_of(bt_arena *arena, const design *d, const uint32_t *running, uint32_t n, double *share)
{
    design_values places = {0};
    design_edges edges;
    double step = d->grid.step;
    for (uint32_t i = 0; i < n; i++) {
        double rest = fmod(d->lines.v[running[i]].baseline, step);
        design_value_add(arena, &places, rest);
        if (rest < SAME_LINE) design_value_add(arena, &places, rest + step); /* the window may lie over the end */
    }
    design_find_edges(arena, &places, SAME_LINE, &edges);
    *share = n && edges.n ? (double)edges.v[0].n / n : 0;
    return edges.n ? edges.v[0].place : 0;
}

/* The first line that more than one column has; of few columns, the uppermost of all. */
static double uppermost(bt_arena *arena, design_values *places, uint32_t *n)
{
    design_edges edges;
    design_find_edges(arena, places, SAME_LINE, &edges);
    *n = 0;
    if (!edges.n) return 0;
    uint32_t enough = (places->n > 3 ? 2 : 1) + places->n / 20;
    for (int strict = 1; strict >= 0; strict--) {
        const design_edge *best = NULL;
        for (uint32_t i = 0; i < edges.n; i++)
            if ((!strict || edges.v[i].n >= enough) && (!best || edges.v[i].place < best->place)) best = &edges.v[i];
        if (!best) continue;
        *n = best->n;
        return best->place;
    }
    return 0;
}

/* Where columns are not made equal by a grid only the fullest one reaches the foot of the page. */
static double lowest(const design_values *places, uint32_t *n)
{
    double last = 0;
    *n = 0;
    for (uint32_t i = 0; i < places->n; i++) last = fmax(last, places->v[i]);
    for (uint32_t i = 0; i < places->n; i++) *n += places->v[i] > last - SAME_LINE;
    return last;
}

/* The first and last lines of all columns. */
static void find_ends(bt_arena *arena, design *d, const uint32_t *running, uint32_t n)
{
    design_values firsts = {0}, lasts = {0};
    uint32_t n_pages = d->lines.v[running[n - 1]].page_i + 1; /* with text */
    for (uint32_t begin = 0, end; begin < n; begin = end) {
        uint32_t page = d->lines.v[running[begin]].page_i;
        for (end = begin; end < n && d->lines.v[running[end]].page_i == page;) end++;
        for (uint32_t k = 0; k < d->columns.count; k++) {
            double first = 0, last = 0;
            for (uint32_t i = begin; i < end; i++) {
                const design_line *line = &d->lines.v[running[i]];
                if (line->column_i != (int32_t)k) continue;
                first = last > 0 ? first : line->baseline;
                last = line->baseline;
            }
            if (last <= 0) continue;
            if (page || n_pages == 1) design_value_add(arena, &firsts, first);
            design_value_add(arena, &lasts, last);
        }
    }
    d->grid.first = uppermost(arena, &firsts, &d->grid.n_first);
    d->grid.n_columns = lasts.n;
    d->grid.last = lowest(&lasts, &d->grid.n_last);
}

/* The top of what stands uppermost on a page: frames as wide as a column, full lines, headlines. */
static double content_top(const design *d, uint32_t page_i)
{
    double top = d->height, body = d->styles.v[d->body].size;
    for (uint32_t i = 0; i < d->frames.n; i++) {
        const seen_box *box = &d->frames.v[i].box;
        bool is_wide = d->frames.v[i].page_i == page_i && seen_width(box) > 0.8 * d->columns.width;
        if (is_wide && box->y0 > 1) top = fmin(top, box->y0);
    }
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        double size = d->styles.v[line->style_i].size;
        bool is_full = size > 0.97 * body && line->x1 - line->x0 > FILLS * d->columns.width;
        if (line->page_i == page_i && (is_full || size > 1.15 * body)) top = fmin(top, line->baseline - 0.75 * size);
    }
    return top;
}

/* Where no column begins with text, the grid's first line is the first one below the top of all else. */
static void raise_first(bt_arena *arena, design *d)
{
    design_values tops = {0};
    design_edges edges;
    for (uint32_t i = 1; i < d->file->pages.n; i++) design_value_add(arena, &tops, content_top(d, i));
    design_find_edges(arena, &tops, 6, &edges);
    double top = d->height;
    for (uint32_t i = 0; i < edges.n; i++)
        if (edges.v[i].n >= 2 || tops.n < 4) top = fmin(top, edges.v[i].place);
    double least = top + 0.6 * d->styles.v[d->body].size;
    double n_steps = floor((d->grid.first - least) / d->grid.step);
    if (n_steps < 1) return;
    d->grid.first -= n_steps * d->grid.step;
    d->grid.n_first = 0;
}

/* The head margin ends above the first line; where pictures or areas stand at the head of columns, with them. */
static void find_top(bt_arena *arena, design *d)
{
    double size = d->styles.v[d->body].size;
    design_values tops = {0};
    design_edges edges;
    d->top = d->grid.first - ASCENT * size;
    for (uint32_t i = 0; i < d->frames.n; i++) {
        const seen_box *box = &d->frames.v[i].box;
        bool is_wide = seen_width(box) > 0.8 * d->columns.width && (d->frames.v[i].page_i || d->file->pages.n == 1);
        bool is_at_head = box->y0 > d->grid.first - 2 * size && box->y0 < d->grid.first;
        if (is_wide && is_at_head) design_value_add(arena, &tops, box->y0);
    }
    design_find_edges(arena, &tops, SAME_LINE, &edges);
    if (edges.n && edges.v[0].n >= 2) d->top = edges.v[0].place;
}

static uint32_t *running_lines(bt_arena *arena, const design *d, uint32_t *n)
{
    uint32_t *running = BT_NEW_ARRAY(arena, d->lines.n, uint32_t);
    *n = 0;
    for (uint32_t i = 0; running && i < d->lines.n; i++)
        if (is_running(d, i)) running[(*n)++] = i;
    return running;
}

void design_find_grid(bt_arena *arena, design *d)
{
    if (d->body == DESIGN_NONE) return;
    uint32_t n;
    const uint32_t *running = running_lines(arena, d, &n);
    if (!running || !n) return;
    d->grid.step = leading_of(arena, d);
    if (d->grid.step <= 0) return;
    d->grid.step = refined_step(d, running, n, d->grid.step);
    double phase = phase_of(arena, d, running, n, &d->grid.share);
    d->grid.is_common = d->grid.share >= 0.6;
    find_ends(arena, d, running, n);
    if (d->grid.is_common) {
        d->grid.first = phase + round((d->grid.first - phase) / d->grid.step) * d->grid.step;
        raise_first(arena, d);
    }
    find_top(arena, d);
    d->bottom = d->height - d->grid.last - DESCENT * d->styles.v[d->body].size;
}
