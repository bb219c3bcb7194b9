/* shape.c - shapes: what is neither rule nor area. Their forms are told apart by their segments, in a normal form: what
 * is filled is closed whether it says so or not, and a line of no length is none.
 */
#include "check/seen/operators.h"

#include <math.h>

static const double same_place = 0.005; /* [pt] points that are one */

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

seen_box seen_box_of_path(const seen_segment *segments, uint32_t n)
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

/* The pen is a circle in user space. Mitres are left out. */
void seen_add_pen(const seen_reader *r, seen_box *box)
{
    const seen_matrix *m = &r->state.ctm;
    const double x = r->state.line_width / 2 * hypot(m->a, m->c), y = r->state.line_width / 2 * hypot(m->b, m->d);
    *box = (seen_box){box->x0 - x, box->y0 - y, box->x1 + x, box->y1 + y};
}

/* --- forms --- */

static bool is_same_point(seen_point a, seen_point b) { return hypot(a.x - b.x, a.y - b.y) < same_place; }

/* A curve whose controls lie on the way from its beginning to its end is a line. */
static bool is_straight(seen_point from, const seen_segment *curve)
{
    const seen_point to = curve->p[2];
    const double dx = to.x - from.x, dy = to.y - from.y, length = hypot(dx, dy);
    for (int i = 0; i < 2; i++) {
        const double x = curve->p[i].x - from.x, y = curve->p[i].y - from.y, along = x * dx + y * dy;
        if (length < same_place ? hypot(x, y) > same_place : fabs(x * dy - y * dx) > same_place * length) return false;
        if (along < -same_place * length || along > (length + same_place) * length) return false;
    }
    return true;
}

/* Copies what makes the form, and gives the number of segments. */
static uint32_t normalise(const seen_segment *segments, uint32_t n, uint8_t uses, seen_segment *out)
{
    uint32_t n_out = 0;
    seen_point start = {0, 0}, at = {0, 0};
    for (uint32_t i = 0; i < n; i++) {
        const seen_segment *s = &segments[i];
        seen_segment line;
        const bool closes = i + 1 < n && segments[i + 1].kind == SEEN_CLOSE;
        const bool is_last = i + 1 == n || segments[i + 1].kind == SEEN_MOVE || closes;
        if (s->kind == SEEN_CLOSE) {
            if (uses & SEEN_STROKES) out[n_out++] = *s;
            at = start;
            continue;
        }
        if (s->kind == SEEN_CURVE && is_straight(at, s)) {
            line = (seen_segment){.kind = SEEN_LINE, .p = {s->p[2]}};
            s = &line;
        }
        const seen_point end = s->p[s->kind == SEEN_CURVE ? 2 : 0];
        const bool goes_back = is_last && is_same_point(end, start) && (closes || !(uses & SEEN_STROKES));
        if (s->kind == SEEN_MOVE) start = end;
        if (s->kind != SEEN_LINE || !(is_same_point(end, at) || goes_back)) out[n_out++] = *s;
        at = end;
    }
    return n_out;
}

/* To 0.02 pt. Most files have places of two or three decimals, of which many would lie on the border between two steps,
 * where the last bit decides; so the borders are moved to where no such place is. */
static int32_t step_of(double v) { return (int32_t)lround(fmin(fmax(v, -1e6), 1e6) * 50 + 0.0237); }

static void make_form(seen_reader *r, const seen_segment *segments, uint32_t n, seen_path *path)
{
    BT_ARRAY(float) points = {0};
    BT_ARRAY(int32_t) steps = {0};
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t n_points = segments[i].kind == SEEN_CURVE ? 3 : segments[i].kind != SEEN_CLOSE;
        float *values = n_points ? BT_PUSH_N(r->arena, &points, 2 * n_points) : NULL;
        int32_t *step = BT_PUSH_N(r->scratch, &steps, 1 + 2 * n_points);
        if (step) *step++ = (int32_t)segments[i].kind;
        for (uint32_t k = 0; k < n_points && values && step; k++) {
            const double x = segments[i].p[k].x - path->box.x0, y = segments[i].p[k].y - path->box.y0;
            values[2 * k] = (float)x;
            values[2 * k + 1] = (float)y;
            *step++ = step_of(x);
            *step++ = step_of(y);
        }
    }
    path->points = points.v;
    path->n_points = points.n / 2;
    path->n_segments = n;
    path->form = bt_digest_of(steps.v, steps.n * sizeof *steps.v);
}

void seen_note_shape(seen_reader *r, const seen_segment *segments, uint32_t n, uint8_t uses)
{
    bt_arena_mark mark = bt_arena_set_mark(r->scratch);
    seen_segment *normal = BT_NEW_ARRAY_UNSET(r->scratch, n, seen_segment);
    seen_path path = {.kind = SEEN_SHAPE, .box = seen_box_of_path(segments, n), .paint = seen_paint_for(r, uses)};
    path.is_dashed = uses & SEEN_STROKES && r->state.is_dashed;
    if (normal) make_form(r, normal, normalise(segments, n, uses, normal), &path);
    bt_arena_rewind(r->scratch, mark);
    if (uses & SEEN_STROKES) seen_add_pen(r, &path.box);
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
