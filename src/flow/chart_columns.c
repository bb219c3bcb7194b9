/* chart_columns.c - bars that stand, side by side or upon one another: for a few points with short labels. */
#include "flow/chart_int.h"

#define LABEL_GAP BT_PT(5)   /* the plot's foot to the labels */
#define LABEL_APART BT_PT(4) /* white between two labels, and between two values */
#define SEAM (BT_PT(1) / 2)  /* white between columns that would touch */

enum { MOST_POINTS = 24, MOST_LINES = 2, MOST_LINES_FORCED = 4, FEWEST_COLUMNS = 4 };

static bt_sp slot_width(const bt_flow_chart *chart)
{
    return chart->measure / (bt_sp)(chart->data->n_points ? chart->data->n_points : 1);
}

/* Below the plot's foot, or below the values of bars that hang. */
static bt_sp label_gap(const bt_flow_chart *chart)
{
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++)
        if (chart->data->values[i].value < 0) return 2 * LABEL_GAP;
    return LABEL_GAP;
}

/* Every label within its slot, in a few lines, no word torn. */
static bt_status fit_labels(bt_flow *flow, bt_flow_chart *chart, uint32_t most_lines, bool *fits)
{
    bt_sp room = slot_width(chart) - LABEL_APART;
    chart->label_height = 0;
    for (uint32_t i = 0; i < chart->data->n_points && *fits; i++) {
        bt_chart_text *label = &chart->labels[i];
        *fits = bt_chart_text_fits(label, room);
        if (!*fits) break;
        bt_status status = bt_chart_text_break(flow, label, room);
        if (status != BT_OK) return status;
        *fits = label->n_lines <= most_lines;
        bt_sp height = bt_chart_text_height(label);
        if (height > chart->label_height) chart->label_height = height;
    }
    if (chart->label_height) chart->label_height += label_gap(chart);
    return BT_OK;
}

/* Every value above its own column: as wide as the slot where there is one, else as wide as a column. */
static bool values_fit(const bt_flow_chart *chart)
{
    bt_sp room = chart->n_bars == 1 ? slot_width(chart) - LABEL_APART : chart->thickness - SEAM * 2;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        if (chart->data->is_stacked && chart->totals[i].width > room) return false;
        for (uint32_t s = 0; s < chart->n_bars && !chart->data->is_stacked; s++)
            if (chart->values[bt_chart_i(chart, s, i)].width > room) return false;
    }
    return true;
}

static bt_sp value_height(const bt_flow *flow, const bt_flow_chart *chart)
{
    return bt_flow_cap_height(flow, chart->source->values[0].style) + chart->value_room;
}

/* The scale for columns in a height. */
static bool fit_columns(bt_flow *flow, const bt_flow_chart *chart, bt_sp height, bt_chart_scale *scale)
{
    uint32_t n = chart->n_bars * chart->data->n_points;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_chart_end *ends = BT_NEW_ARRAY(flow->scratch, n, bt_chart_end);
    if (!ends) return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t point_i = i % chart->data->n_points;
        ends[i].value = chart->data->is_stacked ? bt_chart_sum(chart, point_i) : chart->data->values[i].value;
        ends[i].room = value_height(flow, chart);
    }
    bool fits = bt_chart_fit(ends, n, height, scale);
    bt_arena_rewind(flow->scratch, mark);
    return fits;
}

/* The parts of a stack have room for their values, even at the least height. */
static bool parts_fit(bt_flow *flow, const bt_flow_chart *chart)
{
    bt_chart_scale scale;
    if (!fit_columns(flow, chart, chart->least - chart->label_height, &scale)) return false;
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++) {
        bt_sp length = bt_chart_length(&scale, chart->data->values[i].value) - SEAM;
        if (chart->data->values[i].value && !bt_chart_has_room_within(&chart->values[i], chart->thickness, length))
            return false;
    }
    return true;
}

bt_status bt_chart_make_columns(bt_flow *flow, bt_flow_chart *chart, bool is_forced, bool *fits)
{
    const bt_chart_style *style = chart->style;
    uint32_t n = chart->data->n_points, n_bars = chart->n_bars;
    chart->form = BT_CHART_COLUMNS;
    /* Two or three bars are better read, and take less room, when they lie. */
    *fits = n <= MOST_POINTS && (is_forced || n * n_bars >= FEWEST_COLUMNS);
    if (!*fits) return BT_OK;
    bt_status status = fit_labels(flow, chart, is_forced ? MOST_LINES_FORCED : MOST_LINES, fits);
    if (status != BT_OK || !*fits) return status;
    bt_sp thickness = (bt_sp)bt_mul_div(slot_width(chart), 1000, (int64_t)n_bars * 1000 + style->bar_gap);
    bt_sp most = chart->spans ? style->bar_max * 3 / 2 : style->bar_max;
    chart->thickness = thickness < most ? thickness : most;
    *fits = chart->thickness >= style->bar_min && values_fit(chart);
    if (*fits && chart->data->is_stacked) *fits = parts_fit(flow, chart);
    return BT_OK;
}

/* --- drawing --- */

typedef struct columns {
    bt_flow *flow;
    const bt_flow_chart *chart;
    bt_marks *marks;
    bt_chart_scale scale;
    bt_sp zero; /* y of the axis */
} columns;

static bt_status draw_value(const columns *c, const bt_chart_text *text, int64_t value, bt_sp middle)
{
    bt_sp length = bt_chart_length(&c->scale, value), gap = c->chart->value_room;
    bt_chart_spot spot = {.x = middle, .align = BT_ALIGN_CENTER};
    spot.y = value < 0 ? c->zero + length + gap + text->cap : c->zero - length - gap;
    return bt_chart_text_draw(c->flow, text, &spot, c->marks);
}

static bt_status draw_stack(const columns *c, uint32_t point_i, bt_sp x)
{
    const bt_flow_chart *chart = c->chart;
    bt_sp from = c->zero;
    int64_t sum = 0;
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        uint32_t i = bt_chart_i(chart, s, point_i);
        sum += chart->data->values[i].value;
        bt_sp to = c->zero - bt_chart_length(&c->scale, sum);
        bt_sp seam = from - to > 4 * SEAM ? SEAM : 0;
        bt_chart_box box = {x, to + seam, chart->thickness, from - to - seam};
        bt_status status = bt_chart_fill_box(c->flow, &chart->style->fills[s], &box, c->marks);
        if (status == BT_OK)
            status = bt_chart_text_within(c->flow, &chart->values[i], &chart->style->fills[s], &box, c->marks);
        if (status != BT_OK) return status;
        from = to;
    }
    return draw_value(c, &chart->totals[point_i], sum, x + chart->thickness / 2);
}

static bt_status draw_group(const columns *c, uint32_t point_i, bt_sp x)
{
    const bt_flow_chart *chart = c->chart;
    bt_sp seam = chart->n_bars > 1 ? SEAM : 0;
    for (uint32_t s = 0; s < chart->n_bars; s++, x += chart->thickness) {
        uint32_t i = bt_chart_i(chart, s, point_i);
        int64_t value = chart->data->values[i].value;
        bt_sp length = bt_chart_length(&c->scale, value), width = chart->thickness - seam;
        if (chart->data->values[i].is_missing) continue;
        bt_chart_box box = {x, value < 0 ? c->zero : c->zero - length, width, length};
        bt_status status = bt_chart_fill_box(c->flow, &chart->style->fills[s], &box, c->marks);
        if (status == BT_OK) status = draw_value(c, &chart->values[i], value, x + width / 2);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

bt_status bt_chart_draw_columns(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks)
{
    columns c = {.flow = flow, .chart = chart, .marks = marks};
    bt_sp foot = plot->y + plot->height - chart->label_height;
    if (!fit_columns(flow, chart, foot - plot->y, &c.scale)) return flow->scratch->failed ? BT_NOMEM : BT_OK;
    c.zero = foot - c.scale.zero;
    bt_sp group = (bt_sp)chart->n_bars * chart->thickness;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_sp left = (bt_sp)bt_mul_div(chart->measure, i, chart->data->n_points);
        bt_sp middle = left + slot_width(chart) / 2;
        bt_chart_spot spot = {
            .x = middle, .y = foot + label_gap(chart) + chart->labels[i].cap, .align = BT_ALIGN_CENTER};
        bt_status status = bt_chart_text_draw(flow, &chart->labels[i], &spot, marks);
        if (status == BT_OK)
            status =
                chart->data->is_stacked ? draw_stack(&c, i, middle - group / 2) : draw_group(&c, i, middle - group / 2);
        if (status != BT_OK) return status;
    }
    const bt_rule_style *axis = &chart->style->axis;
    return bt_chart_rule(flow, axis, &(bt_chart_box){0, c.zero, chart->measure, axis->weight}, marks);
}
