/* outline.c - what a painted path is: rules, areas, shapes.
 *
 * A path of several lines or rectangles that do not lie on each other counts as so many rules and areas: whether a
 * table's rules are one path or twenty is the producer's choice, and none of the page. A path with any other part is
 * one shape.
 */
#include "check/seen/operators.h"

#include <math.h>

enum { MOST_CORNERS = 12, MOST_FILLED_PARTS = 64 };
static const double same_place = 0.005;  /* [pt] points that are one */
static const double level_within = 0.02; /* [pt] by which a side may be out of true: rounding of a producer */

/* --- boxes --- */

static double curve_at(double p0, double p1, double p2, double p3, double t)
{
    double u = 1 - t;
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

/* The values of a curve where it turns back in one coordinate. */
static void take_turns(double p0, double p1, double p2, double p3, double *low, double *high)
{
    const double a = p3 - 3 * p2 + 3 * p1 - p0, b = 2 * (p2 - 2 * p1 + p0), c = p1 - p0; /* its derivative, by 3 */
    double roots[2];
    int n = 0;
    if (fabs(a) < 1e-12) {
        if (b != 0) roots[n++] = -c / b;
    } else {
        const double d = b * b - 4 * a * c;
        if (d >= 0) {
            roots[n++] = (-b + sqrt(d)) / (2 * a);
            roots[n++] = (-b - sqrt(d)) / (2 * a);
        }
    }
    for (int i = 0; i < n; i++) {
        if (!(roots[i] > 0 && roots[i] < 1)) continue;
        const double v = curve_at(p0, p1, p2, p3, roots[i]);
        *low = fmin(*low, v);
        *high = fmax(*high, v);
    }
}

static seen_box box_of(const seen_segment *segments, uint32_t n)
{
    seen_box box = seen_no_box;
    seen_point at = {0, 0};
    for (uint32_t i = 0; i < n; i++) {
        const seen_segment *s = &segments[i];
        if (s->kind == SEEN_CLOSE) continue;
        const seen_point end = s->p[s->kind == SEEN_CURVE ? 2 : 0];
        if (s->kind != SEEN_MOVE || i + 1 == n || segments[i + 1].kind != SEEN_MOVE) seen_box_take(&box, end.x, end.y);
        if (s->kind == SEEN_CURVE) {
            take_turns(at.x, s->p[0].x, s->p[1].x, end.x, &box.x0, &box.x1);
            take_turns(at.y, s->p[0].y, s->p[1].y, end.y, &box.y0, &box.y1);
        }
        at = end;
    }
    return box;
}

/* The pen is a circle in user space. */
static void add_pen(const seen_reader *r, seen_box *box)
{
    const seen_matrix *m = &r->state.ctm;
    const double x = r->state.line_width / 2 * hypot(m->a, m->c), y = r->state.line_width / 2 * hypot(m->b, m->d);
    *box = (seen_box){box->x0 - x, box->y0 - y, box->x1 + x, box->y1 + y};
}

/* --- noting --- */

void seen_note_path(seen_reader *r, seen_path *path)
{
    if (!path->paint || !seen_box_is_finite(&path->box)) return;
    seen_path *kept = BT_PUSH(r->arena, &r->page->paths);
    if (!kept) return;
    *kept = *path;
    if (!isfinite(kept->thickness)) kept->thickness = 0;
    const seen_box seen = seen_common(&path->box, &r->state.clip);
    kept->is_hidden = r->is_off || seen.x0 > seen.x1;
    if (seen.x0 <= seen.x1) kept->box = seen;
    kept->mark = *r->mark;
    kept->order = r->order++;
}

static void note_shape(seen_reader *r, const seen_segment *segments, uint32_t n, uint8_t uses)
{
    seen_path path = {.kind = SEEN_SHAPE, .box = box_of(segments, n), .n_segments = n};
    path.paint = seen_paint_for(r, uses);
    path.is_dashed = uses & SEEN_STROKES && r->state.is_dashed;
    BT_ARRAY(float) points = {0};
    bt_digester form;
    bt_digest_begin(&form);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t n_points = segments[i].kind == SEEN_CURVE ? 3 : segments[i].kind != SEEN_CLOSE;
        float *values = n_points ? BT_PUSH_N(r->arena, &points, 2 * n_points) : NULL;
        bt_digest_add_number(&form, segments[i].kind);
        for (uint32_t k = 0; k < n_points && values; k++) {
            values[2 * k] = (float)(segments[i].p[k].x - path.box.x0);
            values[2 * k + 1] = (float)(segments[i].p[k].y - path.box.y0);
            bt_digest_add_number(&form, lround((double)values[2 * k] * 50));
            bt_digest_add_number(&form, lround((double)values[2 * k + 1] * 50));
        }
    }
    path.form = bt_digest_end(&form);
    path.points = points.v;
    path.n_points = points.n / 2;
    if (uses & SEEN_STROKES) add_pen(r, &path.box);
    seen_note_path(r, &path);
}

bool seen_form_equal(const seen_path *a, const seen_path *b, double tolerance)
{
    if (bt_digest_equal(&a->form, &b->form)) return true;
    if (a->n_segments != b->n_segments || a->n_points != b->n_points) return false;
    for (uint32_t i = 0; i < 2 * a->n_points; i++)
        if (fabs((double)a->points[i] - (double)b->points[i]) > tolerance) return false;
    return true;
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

/* The part that begins at *i, which moves on to the next. */
static part take_part(const seen_segment *segments, uint32_t n, uint32_t *i)
{
    part p = {0};
    for (bool is_first = true; *i < n && (is_first || segments[*i].kind != SEEN_MOVE); ++*i, is_first = false) {
        const seen_segment *s = &segments[*i];
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
        add_pen(r, &path.box);
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

static void note_rectangle(seen_reader *r, const part *p, uint8_t uses)
{
    const double one = apart(p->corners[0], p->corners[1]), other = apart(p->corners[1], p->corners[2]);
    const double width = uses & SEEN_STROKES ? r->state.line_width * seen_scale(&r->state.ctm) : 0;
    const double thin = fmin(one, other) + width, longer = fmax(one, other) + width;
    seen_path path = {.kind = SEEN_AREA, .box = box_of_part(p), .n_segments = 4, .paint = seen_paint_for(r, uses)};
    path.is_dashed = uses & SEEN_STROKES && r->state.is_dashed;
    if (uses & SEEN_FILLS && thin <= SEEN_RULE_THICKEST && longer > thin) {
        path.kind = SEEN_RULE;
        path.thickness = thin;
    }
    if (uses & SEEN_STROKES) add_pen(r, &path.box);
    seen_note_path(r, &path);
}

static void note_part(seen_reader *r, const part *p, uint8_t uses)
{
    if (!is_line(p))
        note_rectangle(r, p, uses);
    else if (uses & SEEN_STROKES)
        note_stroked_line(r, p);
    else
        note_filled_line(r, p);
}

/* --- paths --- */

static bool overlaps_any(const seen_box *boxes, uint32_t n, const seen_box *box)
{
    for (uint32_t i = 0; i < n; i++) {
        const seen_box both = seen_common(&boxes[i], box);
        if (both.x1 - both.x0 > same_place && both.y1 - both.y0 > same_place) return true;
    }
    return false;
}

/* Whether the path is made of simple parts, which can be told apart. */
static bool is_simple(const seen_segment *segments, uint32_t n, uint8_t uses)
{
    const bool is_filled = uses & SEEN_FILLS;
    seen_box boxes[MOST_FILLED_PARTS];
    uint32_t n_boxes = 0;
    for (uint32_t i = 0; i < n;) {
        const part p = take_part(segments, n, &i);
        if (!is_line(&p) && !(is_rectangle(&p, is_filled) && (is_level(&p) || is_filled))) return false;
        if (!is_filled) continue;
        const seen_box box = box_of_part(&p);
        if (n_boxes == MOST_FILLED_PARTS || overlaps_any(boxes, n_boxes, &box)) return false;
        boxes[n_boxes++] = box;
    }
    return true;
}

/* A rectangle that is not level is a rule where it is thin, and a shape where it is not. */
static bool is_tilted_area(const part *p)
{
    return p->n == 4 && !is_level(p) &&
           fmin(apart(p->corners[0], p->corners[1]), apart(p->corners[1], p->corners[2])) > SEEN_RULE_THICKEST;
}

static void note_parts(seen_reader *r, const seen_segment *segments, uint32_t n, uint8_t uses)
{
    for (uint32_t i = 0; i < n;) {
        const uint32_t begin = i;
        const part p = take_part(segments, n, &i);
        if (is_tilted_area(&p))
            note_shape(r, segments + begin, i - begin, uses);
        else
            note_part(r, &p, uses);
    }
}

static void clip(seen_reader *r, const seen_segment *segments, uint32_t n)
{
    const seen_box box = box_of(segments, n);
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
    if (uses && n) {
        if (is_simple(segments, n, uses))
            note_parts(r, segments, n, uses);
        else
            note_shape(r, segments, n, uses);
    }
    if (clips) clip(r, segments, n);
    work->path.n = 0;
    work->has_point = false;
    work->clips = SEEN_NO_CLIP;
}
