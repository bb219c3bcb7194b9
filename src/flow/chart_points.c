/* chart_points.c - the values printed at the points of lines, and the names at their ends, so that nothing meets:
 * neither one another, nor the lines and markers. */
#include "flow/chart_line.h"

#define APART BT_PT(1)    /* white around a text */
#define NAME_GAP BT_PT(6) /* a line's end to its name */

enum { MOST_VALUES = 40 }; /* more would be a table */

bt_sp bt_line_y(const bt_line_plot *plot, int64_t value)
{
    if (plot->to <= plot->from) return plot->foot;
    return plot->foot - (bt_sp)bt_mul_div(value - plot->from, plot->foot - plot->top, plot->to - plot->from);
}

bool bt_line_point(const bt_line_plot *plot, uint32_t series_i, uint32_t point_i, bt_sp *x, bt_sp *y)
{
    const bt_chart_value *value = &plot->chart->data->values[bt_chart_i(plot->chart, series_i, point_i)];
    if (value->is_missing) return false;
    *x = bt_chart_point_x(plot->chart, &plot->range, point_i);
    *y = bt_line_y(plot, value->value);
    return true;
}

/* --- names at the lines' ends --- */

/* The last point of a series. */
static bool line_end(const bt_line_plot *plot, uint32_t series_i, bt_sp *x, bt_sp *y)
{
    for (uint32_t p = plot->chart->data->n_points; p > 0; p--)
        if (bt_line_point(plot, series_i, p - 1, x, y)) return true;
    return false;
}

static bt_sp name_height(const bt_chart_text *name) { return (bt_sp)name->n_lines * name->leading; }

/* Pushes names apart, downwards from the top and then back up from the foot: sorted by where they would like to be. */
static void part_names(bt_line_plot *plot, bt_sp top, bt_sp foot)
{
    bt_line_text *v = plot->names.v;
    uint32_t n = plot->names.n;
    for (uint32_t i = 1; i < n; i++) {
        for (uint32_t k = i; k > 0 && v[k].box.y < v[k - 1].box.y; k--) {
            bt_line_text other = v[k];
            v[k] = v[k - 1];
            v[k - 1] = other;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        bt_sp least = i ? v[i - 1].box.y + name_height(v[i - 1].text) : top;
        if (v[i].box.y < least) v[i].box.y = least;
    }
    for (uint32_t i = n; i > 0; i--) {
        bt_sp most = (i < n ? v[i].box.y : foot) - name_height(v[i - 1].text);
        if (v[i - 1].box.y > most) v[i - 1].box.y = most;
    }
}

static bt_status place_names(bt_flow *flow, bt_line_plot *plot, const bt_chart_box *box)
{
    const bt_flow_chart *chart = plot->chart;
    if (!chart->name_width) return BT_OK;
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        const bt_chart_text *name = &chart->names[s];
        bt_sp x, y;
        if (!name->n_lines || !line_end(plot, s, &x, &y)) continue;
        bt_line_text *entry = BT_PUSH(flow->marks_arena, &plot->names);
        if (!entry) return BT_NOMEM;
        bt_sp height = bt_chart_text_height(name);
        *entry = (bt_line_text){name, {plot->range.right + NAME_GAP, y - height / 2, name->width, height}, x, y};
    }
    part_names(plot, box->y, box->y + box->height + plot->chart->names[0].leading / 2);
    return BT_OK;
}

/* --- values --- */

static bt_chart_box grown(const bt_chart_box *box, bt_sp by)
{
    return (bt_chart_box){box->x - by, box->y - by, box->width + 2 * by, box->height + 2 * by};
}

static bool meets_lines(const bt_line_plot *plot, const bt_chart_box *box)
{
    const bt_flow_chart *chart = plot->chart;
    bt_sp r = chart->style->marker / 2;
    bt_chart_box around = grown(box, chart->style->line_weight / 2 + APART / 2);
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        bt_sp x1 = 0, y1 = 0, x2, y2;
        bool has_before = false;
        for (uint32_t p = 0; p < chart->data->n_points; p++) {
            bool is_there = bt_line_point(plot, s, p, &x2, &y2);
            if (is_there && has_before && bt_chart_line_meets(x1, y1, x2, y2, &around)) return true;
            const bt_chart_box marker = {x2 - r, y2 - r, 2 * r, 2 * r};
            if (is_there && bt_chart_boxes_meet(box, &marker)) return true;
            has_before = is_there;
            x1 = x2;
            y1 = y2;
        }
    }
    return false;
}

static bool meets_anything(const bt_line_plot *plot, const bt_chart_box *box)
{
    if (box->x < 0 || box->x + box->width > plot->chart->measure) return true;
    if (box->y < plot->least_y || box->y + box->height > plot->most_y) return true;
    bt_chart_box around = grown(box, APART);
    for (uint32_t i = 0; i < plot->names.n; i++)
        if (bt_chart_boxes_meet(&around, &plot->names.v[i].box)) return true;
    for (uint32_t i = 0; i < plot->values.n; i++)
        if (bt_chart_boxes_meet(&around, &plot->values.v[i].box)) return true;
    return meets_lines(plot, box);
}

/* Whether a value is better placed below its point: in a valley, or where the line comes down to it and goes on. */
static bool is_low(const bt_line_plot *plot, uint32_t series_i, uint32_t point_i)
{
    bt_sp x, y, other;
    if (!bt_line_point(plot, series_i, point_i, &x, &y)) return false;
    bool has_before = point_i && bt_line_point(plot, series_i, point_i - 1, &x, &other);
    bool comes_down = has_before && other < y;
    bool has_after =
        point_i + 1 < plot->chart->data->n_points && bt_line_point(plot, series_i, point_i + 1, &x, &other);
    bool goes_up = has_after && other < y;
    return has_before && has_after ? comes_down && goes_up : comes_down || goes_up;
}

/* Above or below its point, in the middle or moved to either side. False: nowhere. */
static bool place_value(bt_flow *flow, bt_line_plot *plot, uint32_t series_i, uint32_t point_i)
{
    const bt_flow_chart *chart = plot->chart;
    const bt_chart_text *text = &chart->values[bt_chart_i(chart, series_i, point_i)];
    bt_sp x, y, gap = chart->style->marker / 2 + chart->value_room * 3 / 4;
    if (!bt_line_point(plot, series_i, point_i, &x, &y)) return true;
    bool prefers_below = is_low(plot, series_i, point_i);
    for (uint32_t i = 0; i < 6; i++) {
        bool is_below = (i % 2 == 1) != prefers_below;
        bt_sp shift = i < 2 ? 0 : text->width * 2 / 5;
        bt_chart_box box = {x - text->width / 2 + (i < 4 ? -shift : shift), is_below ? y + gap : y - gap - text->cap,
                            text->width, text->cap};
        if (meets_anything(plot, &box)) continue;
        bt_line_text *entry = BT_PUSH(flow->marks_arena, &plot->values);
        if (entry) *entry = (bt_line_text){text, box, x, y};
        return entry != NULL;
    }
    return false;
}

static bool place_all_values(bt_flow *flow, bt_line_plot *plot)
{
    const bt_flow_chart *chart = plot->chart;
    if (chart->data->n_series * chart->data->n_points > MOST_VALUES) return false;
    for (uint32_t s = 0; s < chart->data->n_series; s++)
        for (uint32_t p = 0; p < chart->data->n_points; p++)
            if (!place_value(flow, plot, s, p)) return false;
    return true;
}

/* Beside a scale: of one line its end, its peak and its lowest point, of more their ends. */
static void place_some_values(bt_flow *flow, bt_line_plot *plot)
{
    const bt_flow_chart *chart = plot->chart;
    uint32_t n = chart->data->n_points;
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        uint32_t last = n, peak = n, lowest = n;
        const bt_chart_value *values = &chart->data->values[bt_chart_i(chart, s, 0)];
        for (uint32_t p = 0; p < n; p++) {
            if (values[p].is_missing) continue;
            last = p;
            if (peak == n || values[p].value > values[peak].value) peak = p;
            if (lowest == n || values[p].value < values[lowest].value) lowest = p;
        }
        if (last == n) continue;
        place_value(flow, plot, s, last);
        if (chart->data->n_series > 1) continue;
        if (peak != last) place_value(flow, plot, s, peak);
        if (lowest != last && lowest != peak) place_value(flow, plot, s, lowest);
    }
}

/* --- the plan --- */

/* Without a scale the lines take all of the height but what the values above and below them need. */
static void set_heights(bt_line_plot *plot, const bt_chart_box *box)
{
    const bt_flow_chart *chart = plot->chart;
    bt_sp foot = box->y + box->height;
    bt_sp room = chart->values[0].cap + chart->style->marker / 2 + chart->value_room + APART;
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++) {
        if (chart->data->values[i].is_missing) continue;
        if (chart->data->values[i].value < low) low = chart->data->values[i].value;
        if (chart->data->values[i].value > high) high = chart->data->values[i].value;
    }
    int64_t last = chart->ticks.first + (int64_t)(chart->ticks.n - 1) * chart->ticks.step;
    plot->range = bt_chart_line_range(chart, plot->has_scale);
    plot->from = chart->ticks.first;
    plot->to = plot->has_scale || high <= 0 ? last : high;
    if (!plot->has_scale && low < 0) plot->from = low;
    plot->top = box->y + (plot->has_scale ? chart->tick_texts[0].cap / 2 + APART : room);
    plot->foot = foot - (!plot->has_scale && low < 0 ? room : chart->style->axis.weight);
    plot->least_y = box->y;
    plot->most_y = low < 0 ? foot : plot->foot - APART;
}

bt_status bt_line_plan(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *box, bt_line_plot *plot)
{
    *plot = (bt_line_plot){.chart = chart};
    set_heights(plot, box);
    bt_status status = place_names(flow, plot, box);
    if (status != BT_OK) return status;
    if (plot->to > plot->from && place_all_values(flow, plot)) return BT_OK;
    *plot = (bt_line_plot){.chart = chart, .has_scale = true};
    set_heights(plot, box);
    status = place_names(flow, plot, box);
    if (status == BT_OK) place_some_values(flow, plot);
    return flow->marks_arena->failed ? BT_NOMEM : status;
}

/* A name that had to move away from its line's end is led to it. */
static bt_status draw_leader(bt_flow *flow, const bt_line_plot *plot, const bt_line_text *name, bt_marks *marks)
{
    const bt_rule_style *grid = &plot->chart->style->grid;
    bt_sp middle = name->box.y + name->box.height / 2, off = middle - name->end_y;
    if ((off < 0 ? -off : off) < plot->chart->style->marker || !grid->weight) return BT_OK;
    bt_pen pen = bt_pen_in(flow);
    bt_pen_move(&pen, name->end_x + plot->chart->style->marker * 3 / 4, name->end_y);
    bt_pen_line(&pen, name->box.x - APART, middle);
    bt_path_look look = {.stroke = {.width = grid->weight, .color = grid->color}};
    return bt_mark_path(flow, marks, &pen, &look, UINT32_MAX) ? BT_OK : BT_NOMEM;
}

bt_status bt_line_draw_texts(bt_flow *flow, const bt_line_plot *plot, bt_marks *marks)
{
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < plot->names.n + plot->values.n; i++) {
        const bt_line_text *entry = i < plot->names.n ? &plot->names.v[i] : &plot->values.v[i - plot->names.n];
        bt_chart_spot spot = {.x = entry->box.x, .y = entry->box.y + entry->text->cap};
        status = bt_chart_text_draw(flow, entry->text, &spot, marks);
        if (status == BT_OK && i < plot->names.n) status = draw_leader(flow, plot, entry, marks);
    }
    return status;
}
