/* outline.c - what a painted path is: rules, areas, shapes.
 *
 * What a producer paints as one path or as many is its own choice, and none of the page. Therefore a path is taken
 * apart into what could have been painted one after another: each subpath that is stroked, and those that are filled
 * and whose boxes do not lie on each other. Those that do may leave holes in each other, and are one shape.
 */
#include "check/seen/operators.h"

#include <math.h>

enum { MOST_CORNERS = 12, MOST_FILLED_PARTS = 64 /* more are one shape */ };
static const double same_place = 0.005;  /* [pt] points that are one */
static const double level_within = 0.02; /* [pt] by which a side may be out of true: rounding of a producer */

/* --- noting --- */

/* What rounding leaves of an object at the edge of its clip is not seen. */
static bool is_sliver(const seen_box *seen, const seen_box *whole)
{
    return (seen_width(seen) < level_within && seen_width(whole) > level_within) ||
           (seen_height(seen) < level_within && seen_height(whole) > level_within);
}

void seen_note_path(seen_reader *r, seen_path *path)
{
    if (!path->paint || !seen_box_is_finite(&path->box)) return;
    seen_path *kept = BT_PUSH(r->arena, &r->page->paths);
    if (!kept) return;
    *kept = *path;
    if (!isfinite(kept->thickness)) kept->thickness = 0;
    const seen_box seen = seen_common(&path->box, &r->state.clip);
    const bool is_beyond = seen.x0 > seen.x1 || is_sliver(&seen, &path->box);
    kept->is_hidden = r->is_off || is_beyond;
    if (!is_beyond) kept->box = seen;
    kept->mark = *r->mark;
    kept->order = r->order++;
}

/* --- simple parts --- */

/* A subpath, reduced to its corners. */
typedef struct part {
    seen_point corners[MOST_CORNERS];
    uint32_t n; /* more than MOST_CORNERS: too many to be simple */
    bool has_curves, is_closed;
} part;

static double apart(seen_point a, seen_point b) { return hypot(a.x - b.x, a.y - b.y); }

/* Between its neighbours on a straight line. */
static bool is_on_the_way(seen_point a, seen_point b, seen_point c)
{
    const double ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
    return fabs(ux * vy - uy * vx) < same_place * hypot(c.x - a.x, c.y - a.y) && ux * vx + uy * vy > 0;
}

static void drop_corner(part *p, uint32_t i)
{
    p->n--;
    memmove(p->corners + i, p->corners + i + 1, (p->n - i) * sizeof *p->corners);
}

static void reduce(part *p)
{
    if (p->n > MOST_CORNERS) return;
    for (uint32_t i = p->n; i-- > 1;)
        if (apart(p->corners[i], p->corners[i - 1]) < same_place) drop_corner(p, i);
    if (p->n > 2 && apart(p->corners[0], p->corners[p->n - 1]) < same_place) {
        p->n--;
        p->is_closed = true;
    }
    for (uint32_t i = p->n; i-- > 0 && p->n > 2;) {
        const bool is_end = i == 0 || i + 1 == p->n;
        if (is_end && !p->is_closed) continue;
        if (is_on_the_way(p->corners[(i + p->n - 1) % p->n], p->corners[i], p->corners[(i + 1) % p->n]))
            drop_corner(p, i);
    }
    if (p->n == 3 && p->is_closed && is_on_the_way(p->corners[0], p->corners[1], p->corners[2])) drop_corner(p, 1);
}

static part part_of(const seen_segment *segments, uint32_t n)
{
    part p = {0};
    for (uint32_t i = 0; i < n; i++) {
        const seen_segment *s = &segments[i];
        if (s->kind == SEEN_CLOSE) p.is_closed = true;
        if (s->kind == SEEN_CURVE) p.has_curves = true;
        if (s->kind != SEEN_MOVE && s->kind != SEEN_LINE) continue;
        if (p.n < MOST_CORNERS) p.corners[p.n] = s->p[0];
        if (p.n <= MOST_CORNERS) p.n++;
    }
    reduce(&p);
    return p;
}

static bool is_rectangle(const part *p, bool is_filled)
{
    if (p->n != 4 || p->has_curves || !(p->is_closed || is_filled)) return false;
    const seen_point *c = p->corners;
    const double ux = c[1].x - c[0].x, uy = c[1].y - c[0].y, vx = c[2].x - c[1].x, vy = c[2].y - c[1].y;
    const seen_point fourth = {c[0].x + vx, c[0].y + vy};
    const double longer = fmax(hypot(ux, uy), hypot(vx, vy));
    return apart(fourth, c[3]) < level_within && fabs(ux * vx + uy * vy) < level_within * longer;
}

static bool is_line(const part *p) { return !p->has_curves && (p->n == 1 || p->n == 2); }

static bool is_level(const part *p)
{
    for (uint32_t i = 0; i < 2; i++) {
        const double x = fabs(p->corners[i + 1].x - p->corners[i].x), y = fabs(p->corners[i + 1].y - p->corners[i].y);
        if (fmin(x, y) > level_within) return false;
    }
    return true;
}

static seen_box box_of_part(const part *p)
{
    seen_box box = seen_no_box;
    for (uint32_t i = 0; i < p->n; i++) seen_box_take(&box, p->corners[i].x, p->corners[i].y);
    return box;
}

/* --- rules and areas --- */

/* A stroked line is a rectangle in user space, whose corners are looked for; so its ends are where they are seen. */
static void note_stroked_line(seen_reader *r, const part *p)
{
    const seen_matrix *m = &r->state.ctm;
    const double w = r->state.line_width / 2, determinant = m->a * m->d - m->b * m->c;
    const seen_point from = p->corners[0], to = p->corners[p->n - 1];
    const double dx = to.x - from.x, dy = to.y - from.y;
    seen_path path = {.kind = SEEN_RULE, .box = box_of_part(p), .n_segments = 1, .is_dashed = r->state.is_dashed};
    path.paint = seen_paint_for(r, SEEN_STROKES);
    if (p->n == 1 && !r->state.line_cap) return; /* a point, of which nothing is seen */
    if (p->n == 1 || determinant == 0) {
        path.kind = p->n == 1 ? SEEN_AREA : SEEN_RULE;
        seen_add_pen(r, &path.box);
        seen_note_path(r, &path);
        return;
    }
    /* along the line in user space, one long; across it */
    double ux = (m->d * dx - m->c * dy) / determinant, uy = (m->a * dy - m->b * dx) / determinant;
    const double length = hypot(ux, uy);
    ux /= length;
    uy /= length;
    const double beyond = r->state.line_cap ? w : 0;
    path.box = seen_no_box;
    for (int side = -1; side <= 1; side += 2)
        for (int end = 0; end < 2; end++) {
            const double along = end ? beyond : -beyond, x = ux * along - uy * w * side, y = uy * along + ux * w * side;
            const seen_point at = end ? to : from;
            seen_box_take(&path.box, at.x + m->a * x + m->c * y, at.y + m->b * x + m->d * y);
        }
    path.thickness = 2 * w * fabs(determinant) / hypot(m->a * ux + m->c * uy, m->b * ux + m->d * uy);
    seen_note_path(r, &path);
}

/* What is filled without having a breadth is seen as the thinnest rule. */
static void note_filled_line(seen_reader *r, const part *p)
{
    if (p->n < 2) return;
    seen_path path = {
        .kind = SEEN_RULE, .box = box_of_part(p), .n_segments = 1, .paint = seen_paint_for(r, SEEN_FILLS)};
    seen_note_path(r, &path);
}

/* A rectangle that is a rule. A square, which rounding may make longer than it is broad, is none. */
static bool is_thin(double thin, double longer) { return thin <= SEEN_RULE_THICKEST && longer > thin + level_within; }

static void note_rectangle(seen_reader *r, const part *p, uint8_t uses)
{
    const double one = apart(p->corners[0], p->corners[1]), other = apart(p->corners[1], p->corners[2]);
    const double width = uses & SEEN_STROKES ? r->state.line_width * seen_scale(&r->state.ctm) : 0;
    const double thin = fmin(one, other) + width, longer = fmax(one, other) + width;
    seen_path path = {.kind = SEEN_AREA, .box = box_of_part(p), .n_segments = 4, .paint = seen_paint_for(r, uses)};
    path.is_dashed = uses & SEEN_STROKES && r->state.is_dashed;
    if (uses & SEEN_FILLS && is_thin(thin, longer)) {
        path.kind = SEEN_RULE;
        path.thickness = thin;
    }
    if (uses & SEEN_STROKES) seen_add_pen(r, &path.box);
    seen_note_path(r, &path);
}

/* A rectangle that is not level is a rule where it is thin, and else a shape. */
static bool is_tilted_area(const part *p)
{
    if (p->n != 4 || is_level(p)) return false;
    const double one = apart(p->corners[0], p->corners[1]), other = apart(p->corners[1], p->corners[2]);
    return !is_thin(fmin(one, other), fmax(one, other));
}

static void note_subpath(seen_reader *r, const seen_segment *segments, uint32_t n, uint8_t uses)
{
    const part p = part_of(segments, n);
    const bool is_filled = uses & SEEN_FILLS;
    if (is_line(&p) && uses & SEEN_STROKES)
        note_stroked_line(r, &p);
    else if (is_line(&p))
        note_filled_line(r, &p);
    else if (is_rectangle(&p, is_filled) && (is_level(&p) || (is_filled && !is_tilted_area(&p))))
        note_rectangle(r, &p, uses);
    else
        seen_note_shape(r, segments, n, uses);
}

/* --- paths --- */

/* A subpath among others. */
typedef struct span {
    uint32_t begin, end; /* segments */
    uint32_t group;      /* the first of those that it goes with */
    seen_box box;
} span;

static span take_span(const seen_segment *segments, uint32_t n, uint32_t begin)
{
    span s = {.begin = begin, .end = begin + 1};
    while (s.end < n && segments[s.end].kind != SEEN_MOVE) s.end++;
    s.box = seen_box_of_path(segments + begin, s.end - begin);
    return s;
}

static bool overlap(const seen_box *a, const seen_box *b)
{
    const seen_box both = seen_common(a, b);
    return both.x1 - both.x0 > same_place && both.y1 - both.y0 > same_place;
}

/* The last span goes with all whose boxes lie on its own; so do then these with each other. */
static void join_groups(span *spans, uint32_t n)
{
    const uint32_t last = n - 1;
    spans[last].group = last;
    for (uint32_t i = 0; i < last; i++) {
        if (!overlap(&spans[i].box, &spans[last].box)) continue;
        const uint32_t one = spans[i].group, other = spans[last].group;
        const uint32_t first = one < other ? one : other, second = one < other ? other : one;
        for (uint32_t k = 0; k < n; k++)
            if (spans[k].group == second) spans[k].group = first;
    }
}

/* The spans of a group are gathered, since others may stand between them. */
static void note_group(seen_reader *r, const span *spans, uint32_t n, uint32_t group, uint8_t uses)
{
    const seen_segment *segments = r->work->path.v;
    uint32_t n_members = 0;
    BT_ARRAY(seen_segment) gathered = {0};
    for (uint32_t i = group; i < n; i++) n_members += spans[i].group == group;
    if (n_members == 1) {
        note_subpath(r, segments + spans[group].begin, spans[group].end - spans[group].begin, uses);
        return;
    }
    for (uint32_t i = group; i < n; i++) {
        if (spans[i].group != group) continue;
        const uint32_t length = spans[i].end - spans[i].begin;
        seen_segment *copy = BT_PUSH_N(r->scratch, &gathered, length);
        if (copy) memcpy(copy, segments + spans[i].begin, length * sizeof *copy);
    }
    if (gathered.n) seen_note_shape(r, gathered.v, gathered.n, uses);
}

static void note_filled(seen_reader *r, uint32_t n, uint8_t uses)
{
    const seen_segment *segments = r->work->path.v;
    span spans[MOST_FILLED_PARTS];
    uint32_t n_spans = 0;
    for (uint32_t at = 0; at < n; at = spans[n_spans - 1].end) {
        if (n_spans == MOST_FILLED_PARTS) {
            seen_note_shape(r, segments, n, uses);
            return;
        }
        spans[n_spans++] = take_span(segments, n, at);
        join_groups(spans, n_spans);
    }
    for (uint32_t i = 0; i < n_spans; i++) {
        bt_arena_mark mark = bt_arena_set_mark(r->scratch);
        if (spans[i].group == i) note_group(r, spans, n_spans, i, uses);
        bt_arena_rewind(r->scratch, mark);
    }
}

static void note_stroked(seen_reader *r, uint32_t n)
{
    const seen_segment *segments = r->work->path.v;
    for (uint32_t at = 0; at < n;) {
        const span s = take_span(segments, n, at);
        note_subpath(r, segments + s.begin, s.end - s.begin, SEEN_STROKES);
        at = s.end;
    }
}

static void clip(seen_reader *r, const seen_segment *segments, uint32_t n)
{
    const seen_box box = seen_box_of_path(segments, n);
    r->state.clip = seen_common(&r->state.clip, &box);
    if (!(seen_width(&r->state.clip) > 0 && seen_height(&r->state.clip) > 0)) r->state.clip = seen_no_box;
}

void seen_paint_path(seen_reader *r, uint8_t uses)
{
    struct seen_page_work *work = r->work;
    const seen_segment *segments = work->path.v;
    uint32_t n = work->path.n;
    const bool clips = work->clips == SEEN_CLIPS;
    while (n && segments[n - 1].kind == SEEN_MOVE) n--; /* it leads nowhere */
    if (uses & SEEN_FILLS)
        note_filled(r, n, uses);
    else if (uses)
        note_stroked(r, n);
    if (clips) clip(r, segments, n);
    work->path.n = 0;
    work->has_point = false;
    work->clips = SEEN_NO_CLIP;
}
