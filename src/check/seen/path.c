/* path.c - paths as they are built; outline.c tells what they are when they are painted. */
#include "check/seen/operators.h"

#include <math.h>

static void add_segment(seen_reader *r, seen_segment_kind kind, const seen_point *points, uint32_t n)
{
    seen_segment *segment = BT_PUSH(r->scratch, &r->work->path);
    if (!segment) return;
    segment->kind = kind;
    for (uint32_t i = 0; i < n; i++) segment->p[i] = seen_at(&r->state.ctm, points[i].x, points[i].y);
    if (n) r->work->at = points[n - 1];
}

static seen_point arg_point(const seen_reader *r, uint32_t i)
{
    return (seen_point){seen_arg(r, i), seen_arg(r, i + 1)};
}

void seen_op_m(seen_reader *r)
{
    const seen_point p = arg_point(r, 0);
    r->work->start = p;
    r->work->has_point = true;
    add_segment(r, SEEN_MOVE, &p, 1);
}

void seen_op_l(seen_reader *r)
{
    const seen_point p = arg_point(r, 0);
    if (r->work->has_point) add_segment(r, SEEN_LINE, &p, 1);
}

static void add_curve(seen_reader *r, seen_point one, seen_point two, seen_point end)
{
    if (r->work->has_point) add_segment(r, SEEN_CURVE, (const seen_point[]){one, two, end}, 3);
}

void seen_op_c(seen_reader *r) { add_curve(r, arg_point(r, 0), arg_point(r, 2), arg_point(r, 4)); }

void seen_op_v(seen_reader *r) { add_curve(r, r->work->at, arg_point(r, 0), arg_point(r, 2)); }

void seen_op_y(seen_reader *r) { add_curve(r, arg_point(r, 0), arg_point(r, 2), arg_point(r, 2)); }

void seen_op_h(seen_reader *r)
{
    if (!r->work->has_point) return;
    add_segment(r, SEEN_CLOSE, NULL, 0);
    r->work->at = r->work->start;
}

void seen_op_re(seen_reader *r)
{
    const double x = seen_arg(r, 0), y = seen_arg(r, 1), w = seen_arg(r, 2), h = seen_arg(r, 3);
    const seen_point corners[] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    r->work->start = corners[0];
    r->work->has_point = true;
    for (int i = 0; i < 4; i++) add_segment(r, i ? SEEN_LINE : SEEN_MOVE, &corners[i], 1);
    seen_op_h(r);
}

void seen_op_W(seen_reader *r) { r->work->clips = SEEN_CLIPS; }

void seen_op_n(seen_reader *r) { seen_paint_path(r, 0); }

void seen_op_f(seen_reader *r) { seen_paint_path(r, SEEN_FILLS); }

void seen_op_S(seen_reader *r) { seen_paint_path(r, SEEN_STROKES); }

void seen_op_B(seen_reader *r) { seen_paint_path(r, SEEN_FILLS | SEEN_STROKES); }

void seen_op_s(seen_reader *r)
{
    seen_op_h(r);
    seen_op_S(r);
}

void seen_op_b(seen_reader *r)
{
    seen_op_h(r);
    seen_op_B(r);
}

static seen_color *read_shading(seen_reader *r, seen_obj shading)
{
    seen_color *color = BT_NEW(r->scratch, seen_color);
    if (!color) return NULL;
    *color = (seen_color){.space = SEEN_PATTERN, .name = BT_STR("shading")};
    color->base = seen_space_read(r, seen_obj_key(r->pdf, shading, "/ColorSpace")).space;
    return color;
}

/* A shading fills the clip. */
void seen_op_sh(seen_reader *r)
{
    seen_resource *found = seen_find(r, "/Shading", r->work->args[0].text);
    if (found && !found->made) found->made = read_shading(r, found->object);
    if (!found || !found->made) return;
    const seen_color *fill = r->state.fill;
    r->state.fill = seen_color_kept(r, found->made);
    r->state.paint = NULL;
    seen_path path = {.kind = SEEN_SHADING, .box = r->state.clip, .paint = seen_paint_for(r, SEEN_FILLS)};
    r->state.fill = fill;
    r->state.paint = NULL;
    if (path.box.x0 <= path.box.x1) seen_note_path(r, &path);
}
