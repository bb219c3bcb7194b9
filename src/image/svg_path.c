/* svg_path.c - the pen: path data and shapes become moves, lines and curves.
 *
 * Everything is drawn in user space; put() transforms and rounds to sp. Quadratic curves become cubic ones exactly,
 * arcs and rounded corners to within 0.03 % of their radius (one curve a quarter).
 */
#include "image/svg_int.h"

#include <math.h>

/* The handle of a quarter circle of radius 1: 4/3 (sqrt 2 - 1). */
static const double quarter_handle = 0.55228474983079339840;
static const double half_turn = 3.14159265358979323846;

static bool begin_op(bt_svg_pen *pen, bt_path_op op)
{
    if (pen->trouble) return false;
    if (!pen->n_nodes_left) {
        pen->trouble = BT_SVG_TOO_MANY_NODES;
        return false;
    }
    uint8_t *fresh = BT_PUSH(pen->arena, &pen->ops);
    if (!fresh) {
        pen->trouble = BT_SVG_NO_MEMORY;
        return false;
    }
    pen->n_nodes_left--;
    *fresh = (uint8_t)op;
    return true;
}

static bool to_sp(double value, bt_sp *length)
{
    /* Written so that what is not a number fails too. */
    if (!(value > -(double)BT_SP_LONGEST && value < (double)BT_SP_LONGEST)) return false;
    *length = (bt_sp)(value < 0 ? value - 0.5 : value + 0.5);
    return true;
}

static void put(bt_svg_pen *pen, double x, double y)
{
    const bt_svg_matrix *m = &pen->matrix;
    bt_sp *point = pen->trouble ? NULL : BT_PUSH_N(pen->arena, &pen->points, 2);
    if (!point) {
        if (!pen->trouble) pen->trouble = BT_SVG_NO_MEMORY;
    } else if (!to_sp(m->a * x + m->c * y + m->e, &point[0]) || !to_sp(m->b * x + m->d * y + m->f, &point[1])) {
        pen->trouble = BT_SVG_OUT_OF_RANGE;
    }
}

void bt_svg_move(bt_svg_pen *pen, double x, double y)
{
    if (!begin_op(pen, BT_PATH_MOVE)) return;
    put(pen, x, y);
    pen->x = pen->start_x = x;
    pen->y = pen->start_y = y;
    pen->is_closed = false;
}

/* What follows a close without a move starts where the closed subpath did. */
static void reopen(bt_svg_pen *pen)
{
    if (pen->is_closed) bt_svg_move(pen, pen->start_x, pen->start_y);
}

void bt_svg_line(bt_svg_pen *pen, double x, double y)
{
    reopen(pen);
    if (!begin_op(pen, BT_PATH_LINE)) return;
    put(pen, x, y);
    pen->x = x;
    pen->y = y;
}

void bt_svg_curve(bt_svg_pen *pen, double x1, double y1, double x2, double y2, double x, double y)
{
    reopen(pen);
    if (!begin_op(pen, BT_PATH_CURVE)) return;
    put(pen, x1, y1);
    put(pen, x2, y2);
    put(pen, x, y);
    pen->x = x;
    pen->y = y;
}

void bt_svg_close(bt_svg_pen *pen)
{
    if (pen->is_closed || !begin_op(pen, BT_PATH_CLOSE)) return;
    pen->x = pen->start_x;
    pen->y = pen->start_y;
    pen->is_closed = true;
}

static void quadratic(bt_svg_pen *pen, double qx, double qy, double x, double y)
{
    reopen(pen);
    bt_svg_curve(pen, pen->x + 2 * (qx - pen->x) / 3, pen->y + 2 * (qy - pen->y) / 3, x + 2 * (qx - x) / 3,
                 y + 2 * (qy - y) / 3, x, y);
}

void bt_svg_ellipse(bt_svg_pen *pen, double cx, double cy, double rx, double ry)
{
    double hx = rx * quarter_handle, hy = ry * quarter_handle;
    bt_svg_move(pen, cx + rx, cy);
    bt_svg_curve(pen, cx + rx, cy + hy, cx + hx, cy + ry, cx, cy + ry);
    bt_svg_curve(pen, cx - hx, cy + ry, cx - rx, cy + hy, cx - rx, cy);
    bt_svg_curve(pen, cx - rx, cy - hy, cx - hx, cy - ry, cx, cy - ry);
    bt_svg_curve(pen, cx + hx, cy - ry, cx + rx, cy - hy, cx + rx, cy);
    bt_svg_close(pen);
}

void bt_svg_rect(bt_svg_pen *pen, double x, double y, double width, double height, double rx, double ry)
{
    double right = x + width, bottom = y + height;
    if (rx > width / 2) rx = width / 2;
    if (ry > height / 2) ry = height / 2;
    if (!(rx > 0 && ry > 0)) {
        bt_svg_move(pen, x, y);
        bt_svg_line(pen, right, y);
        bt_svg_line(pen, right, bottom);
        bt_svg_line(pen, x, bottom);
        bt_svg_close(pen);
        return;
    }
    double ox = rx - rx * quarter_handle, oy = ry - ry * quarter_handle; /* of a handle's end from the corner */
    bt_svg_move(pen, x + rx, y);
    if (right - rx > x + rx) bt_svg_line(pen, right - rx, y);
    bt_svg_curve(pen, right - ox, y, right, y + oy, right, y + ry);
    if (bottom - ry > y + ry) bt_svg_line(pen, right, bottom - ry);
    bt_svg_curve(pen, right, bottom - oy, right - ox, bottom, right - rx, bottom);
    if (right - rx > x + rx) bt_svg_line(pen, x + rx, bottom);
    bt_svg_curve(pen, x + ox, bottom, x, bottom - oy, x, bottom - ry);
    if (bottom - ry > y + ry) bt_svg_line(pen, x, y + ry);
    bt_svg_curve(pen, x, y + oy, x + ox, y, x + rx, y);
    bt_svg_close(pen);
}

/* An elliptical arc by its ends, as a path gives it. */
typedef struct arc_ends {
    double rx, ry;
    double turn; /* of the ellipse's x axis [degrees] */
    bool is_large, is_clockwise;
    double x, y; /* the end; the start is the current point */
} arc_ends;

/* The same arc by its centre: a point is centre + turned(rx cos angle, ry sin angle). */
typedef struct arc_center {
    double cx, cy, rx, ry;
    double cosine, sine; /* of the turn */
    double angle, sweep; /* [radians] */
} arc_center;

/* From ends to centre (SVG 1.1, appendix F.6.5); radii that do not reach are enlarged (F.6.6). */
static arc_center center_of(const bt_svg_pen *pen, const arc_ends *ends)
{
    double turn = fmod(ends->turn, 360) * half_turn / 180;
    arc_center arc = {.rx = fabs(ends->rx), .ry = fabs(ends->ry), .cosine = cos(turn), .sine = sin(turn)};
    double half_x = (pen->x - ends->x) / 2, half_y = (pen->y - ends->y) / 2;
    double px = arc.cosine * half_x + arc.sine * half_y, py = arc.cosine * half_y - arc.sine * half_x;
    double ux = px / arc.rx, uy = py / arc.ry;
    double reach = ux * ux + uy * uy;
    if (reach > 1) {
        double root = sqrt(reach);
        arc.rx *= root;
        arc.ry *= root;
        ux /= root;
        uy /= root;
        reach = 1;
    }
    double factor = reach > 0 ? sqrt((1 - reach) / reach) : 0;
    if (ends->is_large == ends->is_clockwise) factor = -factor;
    double vx = factor * uy, vy = -factor * ux; /* the centre, on the unit circle, from the middle of the ends */
    arc.cx = arc.cosine * vx * arc.rx - arc.sine * vy * arc.ry + (pen->x + ends->x) / 2;
    arc.cy = arc.sine * vx * arc.rx + arc.cosine * vy * arc.ry + (pen->y + ends->y) / 2;
    arc.angle = atan2(uy - vy, ux - vx);
    arc.sweep = atan2(-uy - vy, -ux - vx) - arc.angle;
    if (ends->is_clockwise && arc.sweep < 0) arc.sweep += 2 * half_turn;
    if (!ends->is_clockwise && arc.sweep > 0) arc.sweep -= 2 * half_turn;
    return arc;
}

/* A point of the arc's plane: u along the turned x radius, v along the y radius. */
static void on_ellipse(const arc_center *arc, double u, double v, double *x, double *y)
{
    *x = arc->cx + arc->cosine * arc->rx * u - arc->sine * arc->ry * v;
    *y = arc->cy + arc->sine * arc->rx * u + arc->cosine * arc->ry * v;
}

static void draw_arc(bt_svg_pen *pen, const arc_ends *ends)
{
    reopen(pen);
    if (pen->x == ends->x && pen->y == ends->y) return;
    if (ends->rx == 0 || ends->ry == 0) {
        bt_svg_line(pen, ends->x, ends->y);
        return;
    }
    arc_center arc = center_of(pen, ends);
    if (!isfinite(arc.cx) || !isfinite(arc.cy) || !isfinite(arc.angle) || !isfinite(arc.sweep)) {
        pen->trouble = BT_SVG_OUT_OF_RANGE;
        return;
    }
    /* The hair keeps a rounding error from making a fifth curve of a full turn. */
    int n_curves = (int)ceil(fabs(arc.sweep) / (half_turn / 2) - 1e-9);
    if (n_curves < 1) n_curves = 1;
    double step = arc.sweep / n_curves, handle = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < n_curves; i++) {
        double from = arc.angle + step * i, to = from + step;
        double x1, y1, x2, y2, x = ends->x, y = ends->y;
        on_ellipse(&arc, cos(from) - handle * sin(from), sin(from) + handle * cos(from), &x1, &y1);
        on_ellipse(&arc, cos(to) + handle * sin(to), sin(to) - handle * cos(to), &x2, &y2);
        if (i + 1 < n_curves) on_ellipse(&arc, cos(to), sin(to), &x, &y);
        bt_svg_curve(pen, x1, y1, x2, y2, x, y);
    }
}

/* Path data, one command at a time. */
typedef struct path_reader {
    bt_svg_pen *pen;
    bt_str d;
    size_t at;
    double handle_x, handle_y; /* the last curve's second handle, for S and T to mirror */
    char handle_of;            /* 'C', 'Q' or 0: none */
} path_reader;

static int n_arguments(char command)
{
    switch (command) {
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'H':
    case 'V':
        return 1;
    case 'S':
    case 'Q':
        return 4;
    case 'C':
        return 6;
    case 'A':
        return 7;
    case 'Z':
        return 0;
    default:
        return -1;
    }
}

/* Arc flags may stand without anything between them: "a1 1 0 01.5.5". */
static bool read_flag(path_reader *reader, double *flag)
{
    if (reader->at >= reader->d.len) return false;
    char c = reader->d.ptr[reader->at];
    if (c != '0' && c != '1') return false;
    *flag = c - '0';
    reader->at++;
    return true;
}

static bool read_arguments(path_reader *reader, char command, double *v)
{
    int n = n_arguments(command);
    for (int i = 0; i < n; i++) {
        if (i) bt_svg_skip_comma(reader->d, &reader->at);
        bool is_flag = command == 'A' && (i == 3 || i == 4);
        if (!(is_flag ? read_flag(reader, &v[i]) : bt_svg_number(reader->d, &reader->at, &v[i]))) return false;
    }
    return true;
}

static void make_absolute(const bt_svg_pen *pen, char command, double *v)
{
    switch (command) {
    case 'H':
        v[0] += pen->x;
        break;
    case 'V':
        v[0] += pen->y;
        break;
    case 'A':
        v[5] += pen->x;
        v[6] += pen->y;
        break;
    default:
        for (int i = 0; i < n_arguments(command); i += 2) {
            v[i] += pen->x;
            v[i + 1] += pen->y;
        }
        break;
    }
}

/* Where the handle of a smooth curve lies: the last one's mirror image when that was a curve of the same kind. */
static void mirror_handle(const path_reader *reader, char kind, double *x, double *y)
{
    const bt_svg_pen *pen = reader->pen;
    bool has_handle = reader->handle_of == kind;
    *x = has_handle ? 2 * pen->x - reader->handle_x : pen->x;
    *y = has_handle ? 2 * pen->y - reader->handle_y : pen->y;
}

static void keep_handle(path_reader *reader, char kind, double x, double y)
{
    reader->handle_of = kind;
    reader->handle_x = x;
    reader->handle_y = y;
}

static void draw_smooth(path_reader *reader, char command, const double *v)
{
    double x, y;
    mirror_handle(reader, command == 'S' ? 'C' : 'Q', &x, &y);
    if (command == 'S') {
        bt_svg_curve(reader->pen, x, y, v[0], v[1], v[2], v[3]);
        keep_handle(reader, 'C', v[0], v[1]);
    } else {
        quadratic(reader->pen, x, y, v[0], v[1]);
        keep_handle(reader, 'Q', x, y);
    }
}

static void draw_command(path_reader *reader, char command, const double *v)
{
    bt_svg_pen *pen = reader->pen;
    if (command == 'S' || command == 'T') {
        draw_smooth(reader, command, v);
        return;
    }
    reader->handle_of = 0;
    switch (command) {
    case 'M':
        bt_svg_move(pen, v[0], v[1]);
        break;
    case 'L':
        bt_svg_line(pen, v[0], v[1]);
        break;
    case 'H':
        bt_svg_line(pen, v[0], pen->y);
        break;
    case 'V':
        bt_svg_line(pen, pen->x, v[0]);
        break;
    case 'C':
        bt_svg_curve(pen, v[0], v[1], v[2], v[3], v[4], v[5]);
        keep_handle(reader, 'C', v[2], v[3]);
        break;
    case 'Q':
        quadratic(pen, v[0], v[1], v[2], v[3]);
        keep_handle(reader, 'Q', v[0], v[1]);
        break;
    case 'A':
        draw_arc(pen, &(arc_ends){v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5], v[6]});
        break;
    default:
        bt_svg_close(pen);
        break;
    }
}

bool bt_svg_path_data(bt_svg_pen *pen, bt_str d, size_t *bad_at)
{
    path_reader reader = {.pen = pen, .d = d};
    char command = 0;
    bool is_relative = false, may_repeat = false;
    for (bt_svg_skip_space(d, &reader.at); reader.at < d.len && !pen->trouble; bt_svg_skip_comma(d, &reader.at)) {
        *bad_at = reader.at;
        char c = d.ptr[reader.at];
        bool is_small = c >= 'a' && c <= 'z';
        char letter = is_small ? (char)(c - 'a' + 'A') : c;
        if (n_arguments(letter) >= 0) {
            if (!command && letter != 'M') return false;
            command = letter;
            is_relative = is_small;
            reader.at++;
            bt_svg_skip_space(d, &reader.at);
        } else if (!may_repeat) {
            return false;
        }
        double v[7] = {0};
        if (!read_arguments(&reader, command, v)) {
            *bad_at = reader.at;
            return false;
        }
        if (is_relative) make_absolute(pen, command, v);
        draw_command(&reader, command, v);
        may_repeat = command != 'Z';
        if (command == 'M') command = 'L'; /* more pairs after a move are lines */
    }
    return true;
}

bool bt_svg_polyline(bt_svg_pen *pen, bt_str points, size_t *bad_at)
{
    size_t at = 0;
    bool is_first = true;
    for (bt_svg_skip_space(points, &at); at < points.len && !pen->trouble; bt_svg_skip_comma(points, &at)) {
        double x, y;
        *bad_at = at;
        if (!bt_svg_number(points, &at, &x)) return false;
        bt_svg_skip_comma(points, &at);
        if (!bt_svg_number(points, &at, &y)) return false;
        if (is_first)
            bt_svg_move(pen, x, y);
        else
            bt_svg_line(pen, x, y);
        is_first = false;
    }
    return true;
}
