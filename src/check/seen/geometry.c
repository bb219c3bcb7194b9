/* geometry.c - boxes and matrices. */
#include "check/seen/seen_int.h"

#include <math.h>

bool seen_meets(const seen_box *a, const seen_box *b)
{
    return a->x0 <= b->x1 && b->x0 <= a->x1 && a->y0 <= b->y1 && b->y0 <= a->y1;
}

seen_box seen_joined(const seen_box *a, const seen_box *b)
{
    return (seen_box){fmin(a->x0, b->x0), fmin(a->y0, b->y0), fmax(a->x1, b->x1), fmax(a->y1, b->y1)};
}

seen_box seen_common(const seen_box *a, const seen_box *b)
{
    const seen_box both = {fmax(a->x0, b->x0), fmax(a->y0, b->y0), fmin(a->x1, b->x1), fmin(a->y1, b->y1)};
    return both.x0 <= both.x1 && both.y0 <= both.y1 ? both : seen_no_box;
}

/* Beyond all places, so that it meets no box, and is the start of joining others to it. */
const seen_box seen_no_box = {1e30, 1e30, -1e30, -1e30};

seen_box seen_box_through(const seen_box *box, const seen_matrix *m)
{
    const double xs[] = {box->x0, box->x1, box->x0, box->x1}, ys[] = {box->y0, box->y0, box->y1, box->y1};
    seen_box out = seen_no_box;
    for (int i = 0; i < 4; i++) {
        const seen_point p = seen_at(m, xs[i], ys[i]);
        seen_box_take(&out, p.x, p.y);
    }
    return out;
}

bool seen_box_is_finite(const seen_box *box)
{
    return isfinite(box->x0) && isfinite(box->y0) && isfinite(box->x1) && isfinite(box->y1) && box->x0 <= box->x1 &&
           box->y0 <= box->y1;
}

double seen_scale(const seen_matrix *m) { return sqrt(fabs(m->a * m->d - m->b * m->c)); }
