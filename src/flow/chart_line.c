/* chart_line.c - lines over the points of a table: series differ in their marker and dash, never in colour alone. Where
 * the values of all points find room, they are printed and nothing else is needed; else a scale stands on the left. */
#include "flow/chart_line.h"

#define LABEL_GAP BT_PT(5)   /* the plot's foot to the labels */
#define LABEL_APART BT_PT(5) /* white between two labels */
#define TICK_GAP BT_PT(5)    /* the scale's numbers to its lines */
#define NAME_GAP BT_PT(6)    /* a line's end to its name */

enum { MOST_STEPS = 4, MOST_LINES = 3, MOST_NAME_LINES = 2 };

/* --- the scale --- */

static void find_range(const bt_flow_chart *chart, int64_t *low, int64_t *high)
{
    bool has_any = false;
    *low = *high = 0;
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++) {
        const bt_chart_value *value = &chart->data->values[i];
        if (value->is_missing) continue;
        if (!has_any || value->value < *low) *low = value->value;
        if (!has_any || value->value > *high) *high = value->value;
        has_any = true;
    }
}

/* A scale leaves zero out only where its lines would be nearly flat otherwise. */
static bt_status make_scale(bt_flow *flow, bt_flow_chart *chart)
{
    enum { FLAT = 40 }; /* hundredths of the largest value */
    int64_t low, high;
    find_range(chart, &low, &high);
    chart->is_based = chart->data->is_zero_based || low <= 0 || high - low >= high / 100 * FLAT;
    if (chart->is_based && low > 0) low = 0;
    if (high < 0) high = 0;
    chart->ticks = bt_chart_find_ticks(low, high, MOST_STEPS);
    chart->tick_texts = BT_NEW_ARRAY(flow->arena, chart->ticks.n, bt_chart_text);
    if (!chart->tick_texts) return BT_NOMEM;
    for (uint32_t i = 0; i < chart->ticks.n; i++) {
        int64_t value = chart->ticks.first + (int64_t)i * chart->ticks.step;
        bt_str text = bt_doc_chart_number(flow->arena, chart->data, value, chart->source->lang);
        bt_rich rich = bt_doc_plain(flow->arena, text, flow->layout->role[BT_STYLE_CHART_LABEL], NULL);
        bt_status status = bt_chart_text_make(flow, &rich, &chart->tick_texts[i]);
        if (status != BT_OK) return status;
        if (chart->tick_texts[i].width > chart->tick_width) chart->tick_width = chart->tick_texts[i].width;
    }
    chart->tick_width += TICK_GAP;
    return BT_OK;
}

/* --- where points stand --- */

bt_sp bt_chart_point_x(const bt_flow_chart *chart, const bt_chart_range *range, uint32_t point_i)
{
    uint32_t n = chart->data->n_points;
    const int64_t *times = chart->data->times;
    if (n < 2) return range->left + (range->right - range->left) / 2;
    int64_t at = times ? times[point_i] - times[0] : point_i, all = times ? times[n - 1] - times[0] : n - 1;
    return range->left + (bt_sp)bt_mul_div(range->right - range->left, at, all);
}

/* Points beside the scale, or from one side to the other. */
bt_chart_range bt_chart_line_range(const bt_flow_chart *chart, bool has_scale)
{
    bt_sp inset = chart->inset;
    return (bt_chart_range){(has_scale ? chart->tick_width : 0) + inset,
                            chart->measure - (chart->name_width ? chart->name_width : inset)};
}

/* --- labels of points --- */

bool bt_chart_is_labelled(const bt_flow_chart *chart, uint32_t point_i)
{
    return (chart->data->n_points - 1 - point_i) % chart->label_every == 0;
}

/* The left edge of a label: in the middle below its point, but within the chart. */
bt_sp bt_chart_label_x(const bt_flow_chart *chart, const bt_chart_range *range, uint32_t point_i)
{
    bt_sp width = chart->labels[point_i].width;
    bt_sp left = bt_chart_point_x(chart, range, point_i) - width / 2;
    if (left + width > chart->measure) left = chart->measure - width;
    return left < 0 ? 0 : left;
}

static bool labels_meet(const bt_flow_chart *chart, const bt_chart_range *range)
{
    bt_sp end = -LABEL_APART;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        if (!bt_chart_is_labelled(chart, i) || !chart->labels[i].n_lines) continue;
        bt_sp left = bt_chart_label_x(chart, range, i);
        if (left < end + LABEL_APART) return true;
        end = left + chart->labels[i].width;
    }
    return false;
}

/* The width that every label shown may take. */
static bt_sp label_room(const bt_flow_chart *chart, const bt_chart_range *range)
{
    bt_sp room = chart->measure / 2, before = 0;
    bool has_before = false;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        if (!bt_chart_is_labelled(chart, i)) continue;
        bt_sp x = bt_chart_point_x(chart, range, i);
        if (has_before && x - before - LABEL_APART < room) room = x - before - LABEL_APART;
        before = x;
        has_before = true;
    }
    return room;
}

/* Breaks the labels that are shown. False: one does not fit its room; as a last resort it is torn. */
static bool break_labels(bt_flow *flow, bt_flow_chart *chart, bt_sp room, bool is_last_resort, bt_status *status)
{
    chart->label_height = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_chart_text *label = &chart->labels[i];
        if (!bt_chart_is_labelled(chart, i)) continue;
        if (!is_last_resort && !bt_chart_text_fits(label, room)) return false;
        *status = bt_chart_text_break(flow, label, room);
        if (*status != BT_OK || (!is_last_resort && label->n_lines > MOST_LINES)) return false;
        bt_sp height = bt_chart_text_height(label);
        if (height > chart->label_height) chart->label_height = height;
    }
    if (chart->label_height) chart->label_height += LABEL_GAP;
    return true;
}

/* Fewer and fewer labels, until they do not meet, with a scale beside the plot and without one. */
static bt_status thin_out(bt_flow *flow, bt_flow_chart *chart, const bt_place *at)
{
    bt_chart_range narrow = bt_chart_line_range(chart, true), wide = bt_chart_line_range(chart, false);
    uint32_t n = chart->data->n_points;
    bt_status status = BT_OK;
    for (chart->label_every = 1; chart->label_every < n; chart->label_every++) {
        bt_sp room = label_room(chart, &narrow);
        bool fits = break_labels(flow, chart, room, false, &status);
        if (status != BT_OK) return status;
        if (fits && !labels_meet(chart, &narrow) && !labels_meet(chart, &wide)) break;
    }
    if (chart->label_every >= n) {
        chart->label_every = n;
        break_labels(flow, chart, chart->measure, true, &status);
    }
    if (status != BT_OK || chart->label_every <= 1) return status;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    uint32_t n_shown = (n - 1) / chart->label_every + 1;
    bt_diag(flow->diags, BT_N_CHART_LABELS, at,
            BT_ARGS(bt_str_format(flow->scratch, "%u", n - n_shown), bt_str_format(flow->scratch, "%u", n)));
    bt_arena_rewind(flow->scratch, mark);
    return BT_OK;
}

/* --- names of series --- */

/* Names stand at their lines' ends where they take at most three tenths of the width and are not too many for the
 * height; else in a legend. */
static bt_status make_names(bt_flow *flow, bt_flow_chart *chart)
{
    bt_sp most = chart->measure * 3 / 10, height = 0, width = 0;
    bool fits = true;
    if (chart->data->n_series < 2) return BT_OK;
    for (uint32_t s = 0; s < chart->data->n_series && fits; s++) {
        bt_chart_text *name = &chart->names[s];
        fits = bt_chart_text_fits(name, most);
        bt_status status = fits ? bt_chart_text_break(flow, name, most) : BT_OK;
        if (status != BT_OK) return status;
        fits = fits && name->n_lines <= MOST_NAME_LINES;
        height += (bt_sp)name->n_lines * name->leading;
        if (name->width > width) width = name->width;
    }
    fits = fits && height <= chart->least - chart->label_height;
    chart->name_width = fits && width ? width + NAME_GAP : 0;
    chart->has_legend = !fits;
    return BT_OK;
}

/* The first and last point stand so far in that their values are not cut and their labels stand in the middle. */
static void find_inset(bt_flow_chart *chart)
{
    bt_sp most = chart->measure / 8;
    bt_sp inset = chart->style->marker;
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++)
        if (chart->values[i].width / 2 > inset) inset = chart->values[i].width / 2;
    bt_sp first = chart->labels[0].width / 2, last = chart->labels[chart->data->n_points - 1].width / 2;
    if (first > inset) inset = first;
    if (last > inset && !chart->name_width) inset = last;
    chart->inset = inset > most ? most : inset;
}

bt_status bt_chart_make_lines(bt_flow *flow, bt_flow_chart *chart, const bt_place *at)
{
    chart->form = BT_CHART_LINES;
    bt_status status = make_scale(flow, chart);
    if (status != BT_OK) return status;
    /* Half of the height at least is for the lines, whatever the labels take. */
    chart->label_height = chart->least / 2;
    status = make_names(flow, chart);
    find_inset(chart);
    if (status == BT_OK) status = thin_out(flow, chart, at);
    if (status != BT_OK) return status;
    chart->least += chart->label_height;
    chart->best += chart->label_height;
    chart->most += chart->label_height;
    return BT_OK;
}

/* --- drawing --- */

static bt_mark_stroke stroke_of(const bt_flow_chart *chart, uint32_t series_i)
{
    /* Lengths of ink and white, in tenths of the line's weight. */
    static const uint8_t dashes[BT_LIMIT_CHART_SERIES][2] = {{0, 0}, {40, 20}, {1, 20}, {0, 0}, {20, 15}, {70, 20}};
    bt_sp weight = chart->style->line_weight;
    return (bt_mark_stroke){.width = weight,
                            .color = chart->style->lines[series_i],
                            .dash = weight * dashes[series_i][0] / 10,
                            .dash_gap = weight * dashes[series_i][1] / 10,
                            .cap = dashes[series_i][0] == 1,
                            .join = 1};
}

static void add_marker(bt_pen *pen, uint32_t series_i, bt_sp x, bt_sp y, bt_sp r)
{
    switch (series_i) {
    case 1: /* a square */
    case 5:
        bt_pen_rectangle(pen, x - r * 9 / 10, y - r * 9 / 10, r * 9 / 5, r * 9 / 5);
        break;
    case 2: /* a triangle */
        bt_pen_move(pen, x, y - r * 6 / 5);
        bt_pen_line(pen, x + r * 6 / 5, y + r * 9 / 10);
        bt_pen_line(pen, x - r * 6 / 5, y + r * 9 / 10);
        bt_pen_close(pen);
        break;
    case 3: /* a diamond */
        bt_pen_move(pen, x, y - r * 13 / 10);
        bt_pen_line(pen, x + r * 13 / 10, y);
        bt_pen_line(pen, x, y + r * 13 / 10);
        bt_pen_line(pen, x - r * 13 / 10, y);
        bt_pen_close(pen);
        break;
    default:
        bt_pen_circle(pen, x, y, r);
    }
}

/* Filled in the line's colour, or with paper, for the shapes that come twice. */
static bt_status draw_marker(bt_flow *flow, const bt_flow_chart *chart, uint32_t series_i, bt_sp x, bt_sp y,
                             bt_marks *marks)
{
    static const bt_ink paper = {0};
    bool is_open = series_i == 1 || series_i == 3 || series_i == 4;
    bt_ink color = chart->style->lines[series_i];
    bt_pen pen = bt_pen_in(flow);
    add_marker(&pen, series_i, x, y, chart->style->marker / 2);
    bt_path_look look = {.is_filled = true, .fill = is_open ? paper : color};
    if (is_open) look.stroke = (bt_mark_stroke){.width = chart->style->line_weight * 3 / 4, .color = color, .join = 1};
    return bt_mark_path(flow, marks, &pen, &look, 0) ? BT_OK : BT_NOMEM;
}

bt_status bt_chart_line_key(bt_flow *flow, const bt_flow_chart *chart, uint32_t series_i, const bt_chart_box *box,
                            bt_marks *marks)
{
    bt_pen pen = bt_pen_in(flow);
    bt_sp y = box->y + box->height / 2, end = chart->style->line_weight / 2; /* as its line may have round ends */
    bt_pen_move(&pen, box->x + end, y);
    bt_pen_line(&pen, box->x + box->width - end, y);
    bt_path_look look = {.stroke = stroke_of(chart, series_i)};
    if (!bt_mark_path(flow, marks, &pen, &look, 0)) return BT_NOMEM;
    return draw_marker(flow, chart, series_i, box->x + box->width / 2, y, marks);
}

/* A line is broken where a value is missing. */
static bt_status draw_line(bt_flow *flow, const bt_line_plot *plot, uint32_t series_i, bt_marks *marks)
{
    const bt_flow_chart *chart = plot->chart;
    bt_pen pen = bt_pen_in(flow);
    bool is_down = false;
    for (uint32_t p = 0; p < chart->data->n_points; p++) {
        bt_sp x, y;
        if (!bt_line_point(plot, series_i, p, &x, &y)) {
            is_down = false;
            continue;
        }
        if (is_down)
            bt_pen_line(&pen, x, y);
        else
            bt_pen_move(&pen, x, y);
        is_down = true;
    }
    bt_path_look look = {.stroke = stroke_of(chart, series_i)};
    return bt_mark_path(flow, marks, &pen, &look, 0) ? BT_OK : BT_NOMEM;
}

static bt_status draw_markers(bt_flow *flow, const bt_line_plot *plot, uint32_t series_i, bt_marks *marks)
{
    const bt_flow_chart *chart = plot->chart;
    uint32_t n = chart->data->n_points;
    bool are_apart = n < 2 || (plot->range.right - plot->range.left) / (bt_sp)(n - 1) >= 2 * chart->style->marker;
    for (uint32_t p = 0; p < n; p++) {
        bt_sp x, y, other;
        if (!bt_line_point(plot, series_i, p, &x, &y)) continue;
        bool is_alone = (!p || !bt_line_point(plot, series_i, p - 1, &other, &other)) &&
                        (p + 1 == n || !bt_line_point(plot, series_i, p + 1, &other, &other));
        if (!are_apart && !is_alone && !bt_chart_is_labelled(chart, p)) continue;
        bt_status status = draw_marker(flow, chart, series_i, x, y, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* Lines across at the scale's numbers. */
static bt_status draw_scale(bt_flow *flow, const bt_line_plot *plot, bt_marks *marks)
{
    const bt_flow_chart *chart = plot->chart;
    const bt_rule_style *grid = &chart->style->grid;
    bt_sp left = chart->tick_width, right = chart->measure - chart->name_width;
    for (uint32_t i = 0; i < chart->ticks.n; i++) {
        int64_t value = chart->ticks.first + (int64_t)i * chart->ticks.step;
        const bt_chart_text *text = &chart->tick_texts[i];
        bt_sp y = bt_line_y(plot, value);
        bt_chart_spot spot = {.x = left - TICK_GAP, .y = y + text->cap / 2, .align = BT_ALIGN_RIGHT};
        bt_status status = bt_chart_text_draw(flow, text, &spot, marks);
        bool is_axis = value == 0 || (!chart->is_based && i == 0);
        if (status == BT_OK && !is_axis)
            status = bt_chart_rule(flow, grid, &(bt_chart_box){left, y, right - left, grid->weight}, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* The line at zero. One that is not at zero is broken, and has two strokes across its beginning. */
static bt_status draw_axis(bt_flow *flow, const bt_line_plot *plot, bt_marks *marks)
{
    const bt_flow_chart *chart = plot->chart;
    const bt_rule_style *axis = &chart->style->axis;
    bt_sp left = plot->has_scale ? chart->tick_width : 0, right = chart->measure - chart->name_width;
    bt_sp y = bt_line_y(plot, chart->is_based ? 0 : plot->from);
    if (chart->is_based) return bt_chart_rule(flow, axis, &(bt_chart_box){left, y, right - left, axis->weight}, marks);
    bt_path_look look = {.stroke = {.width = axis->weight, .color = axis->color, .dash = BT_PT(2)}};
    look.stroke.dash_gap = BT_PT(2);
    bt_pen pen = bt_pen_in(flow);
    bt_pen_move(&pen, left + BT_PT(9), y);
    bt_pen_line(&pen, right, y);
    if (!axis->weight) return BT_OK;
    if (!bt_mark_path(flow, marks, &pen, &look, UINT32_MAX)) return BT_NOMEM;
    look.stroke.dash = look.stroke.dash_gap = 0;
    pen = bt_pen_in(flow);
    for (bt_sp x = left + BT_PT(2); x < left + BT_PT(6); x += BT_PT(3)) {
        bt_pen_move(&pen, x, y + BT_PT(5) / 2);
        bt_pen_line(&pen, x + BT_PT(2), y - BT_PT(5) / 2);
    }
    return bt_mark_path(flow, marks, &pen, &look, UINT32_MAX) ? BT_OK : BT_NOMEM;
}

static bt_status draw_labels(bt_flow *flow, const bt_line_plot *plot, bt_sp foot, bt_marks *marks)
{
    const bt_flow_chart *chart = plot->chart;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        const bt_chart_text *label = &chart->labels[i];
        if (!bt_chart_is_labelled(chart, i)) continue;
        bt_chart_spot spot = {.x = bt_chart_label_x(chart, &plot->range, i) + label->width / 2,
                              .y = foot + LABEL_GAP + label->cap,
                              .align = BT_ALIGN_CENTER};
        bt_status status = bt_chart_text_draw(flow, label, &spot, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

bt_status bt_chart_draw_lines(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *box, bt_marks *marks)
{
    bt_line_plot plot;
    bt_chart_box lines = {0, box->y, chart->measure, box->height - chart->label_height};
    bt_status status = bt_line_plan(flow, chart, &lines, &plot);
    if (status == BT_OK && plot.has_scale) status = draw_scale(flow, &plot, marks);
    if (status == BT_OK) status = draw_axis(flow, &plot, marks);
    for (uint32_t s = 0; status == BT_OK && s < chart->data->n_series; s++) status = draw_line(flow, &plot, s, marks);
    for (uint32_t s = 0; status == BT_OK && s < chart->data->n_series; s++)
        status = draw_markers(flow, &plot, s, marks);
    if (status == BT_OK) status = bt_line_draw_texts(flow, &plot, marks);
    return status == BT_OK ? draw_labels(flow, &plot, lines.y + lines.height, marks) : status;
}
