/* mark.h - marks that are shapes: rules, fills, paths. They go to flow->marks_arena; false: no memory. */
#ifndef BT_FLOW_MARK_H
#define BT_FLOW_MARK_H

#include "flow/flow.h"

bool bt_mark_rule(bt_flow *flow, bt_marks *marks, bt_sp x, bt_sp y, bt_sp width, const bt_rule_style *rule);
bool bt_mark_fill(bt_flow *flow, bt_marks *marks, bt_sp x, bt_sp y, bt_sp width, bt_sp height, bt_ink color);
/* The height of a rule and of its gap to the text; 0: there is none. */
bt_sp bt_rule_room(const bt_rule_style *rule);

/* --- paths --- */

/* A path under way, in places of its unit. */
typedef struct bt_pen {
    bt_arena *arena;
    BT_ARRAY(uint8_t) ops;
    BT_ARRAY(bt_sp) points;
} bt_pen;
bt_pen bt_pen_in(bt_flow *flow);
void bt_pen_move(bt_pen *pen, bt_sp x, bt_sp y);
void bt_pen_line(bt_pen *pen, bt_sp x, bt_sp y);
void bt_pen_curve(bt_pen *pen, const bt_sp points[6]); /* two handles, then the end: x, y each */
void bt_pen_close(bt_pen *pen);
void bt_pen_rectangle(bt_pen *pen, bt_sp x, bt_sp y, bt_sp width, bt_sp height);
void bt_pen_circle(bt_pen *pen, bt_sp x, bt_sp y, bt_sp radius);

typedef struct bt_path_look {
    bool is_filled, is_even_odd;
    bt_ink fill;
    bt_mark_stroke stroke;
    bool is_clipped; /* to a box: */
    bt_sp clip_x, clip_y, clip_width, clip_height;
} bt_path_look;
/* The path as a mark of the tag (UINT32_MAX: an artifact); its box is the clip, or found from its points. A path of no
 * points is no mark. False: no memory. */
bool bt_mark_path(bt_flow *flow, bt_marks *marks, const bt_pen *pen, const bt_path_look *look, uint32_t tag_i);

#endif
