/* mark.c - marks that are shapes: fills, rules and paths; and boxes that are links. */
#include "flow/flow_int.h"

bool bt_mark_fill(bt_flow *flow, bt_marks *marks, bt_sp x, bt_sp y, bt_sp width, bt_sp height, bt_ink color)
{
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){
        .kind = BT_MARK_FILL, .tag_i = UINT32_MAX, .x = x, .y = y, .width = width, .height = height, .color = color};
    return true;
}

bt_sp bt_rule_room(const bt_rule_style *rule) { return rule->weight ? rule->weight + rule->gap : 0; }

bool bt_mark_rule(bt_flow *flow, bt_marks *marks, bt_sp x, bt_sp y, bt_sp width, const bt_rule_style *rule)
{
    if (!rule->weight) return true;
    bt_sp length = rule->length && rule->length < width ? rule->length : width;
    return bt_mark_fill(flow, marks, x, y, length, rule->weight, rule->color);
}

bool bt_mark_link(bt_flow *flow, bt_marks *marks, const bt_link *link, const bt_sp box[4], uint32_t tag_i)
{
    if (!link) return true;
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_LINK,
                      .tag_i = tag_i,
                      .x = box[0],
                      .y = box[1],
                      .width = box[2],
                      .height = box[3],
                      .link = link};
    return true;
}

void bt_marks_join_link(bt_marks *marks, uint32_t first, const bt_link *link)
{
    for (uint32_t i = first; link && i < marks->n; i++)
        if (!marks->v[i].link && marks->v[i].tag_i != UINT32_MAX) marks->v[i].link = link;
}

/* --- paths --- */

bt_pen bt_pen_in(bt_flow *flow) { return (bt_pen){.arena = flow->marks_arena}; }

/* Without memory the arena has failed, which bt_mark_path tells. */
static void add(bt_pen *pen, bt_path_op op, const bt_sp *points, uint32_t n)
{
    uint8_t *room = BT_PUSH(pen->arena, &pen->ops);
    if (room) *room = (uint8_t)op;
    bt_sp *places = n ? BT_PUSH_N(pen->arena, &pen->points, 2 * n) : NULL;
    for (uint32_t i = 0; places && i < 2 * n; i++) places[i] = points[i];
}

void bt_pen_move(bt_pen *pen, bt_sp x, bt_sp y) { add(pen, BT_PATH_MOVE, (const bt_sp[]){x, y}, 1); }
void bt_pen_line(bt_pen *pen, bt_sp x, bt_sp y) { add(pen, BT_PATH_LINE, (const bt_sp[]){x, y}, 1); }
void bt_pen_curve(bt_pen *pen, const bt_sp points[6]) { add(pen, BT_PATH_CURVE, points, 3); }
void bt_pen_close(bt_pen *pen) { add(pen, BT_PATH_CLOSE, NULL, 0); }

void bt_pen_rectangle(bt_pen *pen, bt_sp x, bt_sp y, bt_sp width, bt_sp height)
{
    bt_pen_move(pen, x, y);
    bt_pen_line(pen, x + width, y);
    bt_pen_line(pen, x + width, y + height);
    bt_pen_line(pen, x, y + height);
    bt_pen_close(pen);
}

void bt_pen_circle(bt_pen *pen, bt_sp x, bt_sp y, bt_sp radius)
{
    /* How far a quarter's handles stand from its ends, for a radius of 1: 0.5523. */
    bt_sp r = radius, h = (bt_sp)bt_mul_div(radius, 5523, 10000);
    bt_pen_move(pen, x + r, y);
    bt_pen_curve(pen, (const bt_sp[]){x + r, y + h, x + h, y + r, x, y + r});
    bt_pen_curve(pen, (const bt_sp[]){x - h, y + r, x - r, y + h, x - r, y});
    bt_pen_curve(pen, (const bt_sp[]){x - r, y - h, x - h, y - r, x, y - r});
    bt_pen_curve(pen, (const bt_sp[]){x + h, y - r, x + r, y - h, x + r, y});
    bt_pen_close(pen);
}

/* The box of all points, with room for the pen: a mitred corner reaches out further than half its width, a path's
 * curves never reach beyond their handles. */
static void find_box(const bt_pen *pen, const bt_path_look *look, bt_mark *mark)
{
    bt_sp least[2] = {pen->points.v[0], pen->points.v[1]}, most[2] = {least[0], least[1]};
    for (uint32_t i = 0; i < pen->points.n; i++) {
        bt_sp v = pen->points.v[i];
        if (v < least[i % 2]) least[i % 2] = v;
        if (v > most[i % 2]) most[i % 2] = v;
    }
    bt_sp room = look->stroke.join == 0 ? look->stroke.width : (look->stroke.width + 1) / 2;
    mark->x = least[0] - room;
    mark->y = least[1] - room;
    mark->width = most[0] - least[0] + 2 * room;
    mark->height = most[1] - least[1] + 2 * room;
}

bool bt_mark_path(bt_flow *flow, bt_marks *marks, const bt_pen *pen, const bt_path_look *look, uint32_t tag_i)
{
    if (pen->arena->failed) return false;
    if (!pen->points.n) return true;
    bt_sp *points = BT_NEW_ARRAY(flow->marks_arena, pen->points.n, bt_sp);
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!points || !mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_PATH,
                      .tag_i = tag_i,
                      .color = look->fill,
                      .is_filled = look->is_filled,
                      .is_even_odd = look->is_even_odd,
                      .is_clipped = look->is_clipped,
                      .stroke = look->stroke};
    find_box(pen, look, mark);
    if (look->is_clipped) {
        mark->x = look->clip_x;
        mark->y = look->clip_y;
        mark->width = look->clip_width;
        mark->height = look->clip_height;
    }
    for (uint32_t i = 0; i < pen->points.n; i++) points[i] = pen->points.v[i] - (i % 2 ? mark->y : mark->x);
    mark->outline = (bt_outline){pen->ops.v, pen->ops.n, points, pen->points.n / 2};
    return true;
}
