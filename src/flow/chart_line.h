/* chart_line.h - shared by the files that draw lines. */
#ifndef BT_CHART_LINE_H
#define BT_CHART_LINE_H

#include "flow/chart_int.h"

/* Where the first and the last point stand. */
typedef struct bt_chart_range {
    bt_sp left, right;
} bt_chart_range;

bt_chart_range bt_chart_line_range(const bt_flow_chart *chart, bool has_scale);
bt_sp bt_chart_point_x(const bt_flow_chart *chart, const bt_chart_range *range, uint32_t point_i);
bool bt_chart_is_labelled(const bt_flow_chart *chart, uint32_t point_i);
bt_sp bt_chart_label_x(const bt_flow_chart *chart, const bt_chart_range *range, uint32_t point_i);

/* A text with its place. */
typedef struct bt_line_text {
    const bt_chart_text *text;
    bt_chart_box box;   /* capitals of its first line to its last baseline */
    bt_sp end_x, end_y; /* of a name: its line's end */
} bt_line_text;

/* Lines at a height: whether they have a scale, and which values and names are printed where. */
typedef struct bt_line_plot {
    const bt_flow_chart *chart;
    bt_chart_range range;
    bt_sp top, foot; /* of the values `to` and `from` */
    int64_t from, to;
    bool has_scale;
    bt_sp least_y, most_y; /* that a value's text may reach */
    BT_ARRAY(bt_line_text) names;
    BT_ARRAY(bt_line_text) values;
} bt_line_plot;

bt_sp bt_line_y(const bt_line_plot *plot, int64_t value);
/* False: the value is missing. */
bool bt_line_point(const bt_line_plot *plot, uint32_t series_i, uint32_t point_i, bt_sp *x, bt_sp *y);

/* chart_points.c. The plan lives in flow->marks_arena. */
bt_status bt_line_plan(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *box, bt_line_plot *plot);
bt_status bt_line_draw_texts(bt_flow *flow, const bt_line_plot *plot, bt_marks *marks);

#endif
