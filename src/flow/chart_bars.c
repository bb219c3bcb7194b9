/* chart_bars.c - bars that lie: for labels that are long or many. A point's bars lie under one another, or stacked
 * behind one another; the labels stand in a column on the left or, where they would take too much of the width, above
 * their bars. */
#include "flow/chart_int.h"

#define LABEL_GAP BT_PT(6)      /* the labels' column to the bars */
#define ABOVE_GAP BT_PT(3)      /* a label above its bars */
#define EDGE BT_PT(2)           /* the axis reaches beyond the first and last bar */
#define BAR_SEAM (BT_PT(1) / 2) /* white between bars that would touch */

/* --- heights --- */

/* Labels of two lines stand further apart than their lines do. */
static bt_sp white_between(const bt_flow_chart *chart, bt_sp thickness)
{
    bt_sp white = (bt_sp)bt_mul_div(thickness, chart->style->bar_gap, 1000), least = 0;
    if (!chart->label_width) return white + ABOVE_GAP;
    for (uint32_t i = 0; i < chart->data->n_points; i++)
        if (chart->labels[i].n_lines > 1) least = chart->labels[i].leading * 3 / 5;
    return white > least ? white : least;
}

/* Of a point's strip: its bars and label. */
static bt_sp strip_height(const bt_flow_chart *chart, uint32_t point_i, bt_sp thickness)
{
    const bt_chart_text *label = &chart->labels[point_i];
    bt_sp bars = (bt_sp)chart->n_bars * thickness, height = bt_chart_text_height(label);
    if (!chart->label_width) return bars + (height ? height + ABOVE_GAP : 0);
    bt_sp text = height ? height + label->para.rich.style->size / 4 : 0; /* with its descenders */
    return text > bars ? text : bars;
}

static int64_t plot_height(const bt_flow_chart *chart, bt_sp thickness)
{
    uint32_t n = chart->data->n_points;
    int64_t height = 2 * (int64_t)EDGE + (int64_t)(n - 1) * white_between(chart, thickness);
    for (uint32_t i = 0; i < n; i++) height += strip_height(chart, i, thickness);
    return height;
}

/* The thickest bars whose plot is no higher than that. */
static bt_sp thickness_for(const bt_flow_chart *chart, bt_sp height)
{
    bt_sp least = chart->thickness, past = height + 1;
    while (past - least > 1) {
        bt_sp middle = least + (past - least) / 2;
        if (plot_height(chart, middle) <= height)
            least = middle;
        else
            past = middle;
    }
    return least;
}

static bt_sp in_range(int64_t height) { return (bt_sp)(height > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : height); }

static void find_heights(bt_flow_chart *chart)
{
    const bt_chart_style *style = chart->style;
    bt_sp size = chart->source->values[0].style->size;
    /* Values of neighbouring bars do not touch. */
    bt_sp least = chart->n_bars > 1 ? size * 11 / 10 : (bt_sp)bt_mul_div(size, 1250, 1000 + style->bar_gap);
    if (chart->data->is_stacked && least < size * 13 / 10) least = size * 13 / 10;
    chart->thickness = least > style->bar_min ? least : style->bar_min;
    bt_sp most = style->bar_max * 2 / 3 > chart->thickness ? style->bar_max * 2 / 3 : chart->thickness;
    chart->least = in_range(plot_height(chart, chart->thickness));
    chart->most = in_range(plot_height(chart, most));
    chart->best = in_range(plot_height(chart, chart->thickness + (most - chart->thickness) / 3));
}

/* --- widths --- */

static int64_t end_value(const bt_flow_chart *chart, uint32_t bar_i, uint32_t point_i)
{
    return chart->data->is_stacked ? bt_chart_sum(chart, point_i)
                                   : chart->data->values[bt_chart_i(chart, bar_i, point_i)].value;
}

static const bt_chart_text *end_text(const bt_flow_chart *chart, uint32_t bar_i, uint32_t point_i)
{
    return chart->data->is_stacked ? &chart->totals[point_i] : &chart->values[bt_chart_i(chart, bar_i, point_i)];
}

/* The scale for bars in a width. False: their values alone do not fit. */
static bool fit_bars(bt_flow *flow, bt_flow_chart *chart, bt_sp width, bt_status *status)
{
    uint32_t n = chart->n_bars * chart->data->n_points;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_chart_end *ends = BT_NEW_ARRAY(flow->scratch, n, bt_chart_end);
    if (!ends) {
        *status = BT_NOMEM;
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t bar_i = i / chart->data->n_points, point_i = i % chart->data->n_points;
        const bt_chart_text *text = end_text(chart, bar_i, point_i);
        ends[i].value = end_value(chart, bar_i, point_i);
        ends[i].room = text->n_lines ? text->width + chart->value_room : 0;
    }
    bool fits = bt_chart_fit(ends, n, width, &chart->scale);
    bt_arena_rewind(flow->scratch, mark);
    return fits && chart->scale.reach > width / 4;
}

static bt_status break_labels(bt_flow *flow, bt_flow_chart *chart, bt_sp measure, uint32_t *most_lines)
{
    *most_lines = 0;
    chart->label_width = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_chart_text *label = &chart->labels[i];
        bt_status status = bt_chart_text_break(flow, label, measure);
        if (status != BT_OK) return status;
        if (label->n_lines > *most_lines) *most_lines = label->n_lines;
        if (label->width > chart->label_width) chart->label_width = label->width;
    }
    return BT_OK;
}

/* Labels beside their bars take up to two fifths of the width, in up to two lines; else they stand above. */
static bt_status place_labels(bt_flow *flow, bt_flow_chart *chart, bool *fits)
{
    bt_sp most = chart->measure / 5 * 2;
    bool may_stand_beside = true;
    uint32_t n_lines = 0;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < chart->data->n_points; i++)
        may_stand_beside = may_stand_beside && bt_chart_text_fits(&chart->labels[i], most);
    if (may_stand_beside) status = break_labels(flow, chart, most, &n_lines);
    if (status != BT_OK) return status;
    if (may_stand_beside && n_lines <= 2) {
        bt_sp column = chart->label_width ? chart->label_width + LABEL_GAP : 0;
        *fits = fit_bars(flow, chart, chart->measure - column, &status);
        if (!chart->label_width) chart->label_width = 1; /* no labels at all: nothing stands above either */
        if (*fits || status != BT_OK) return status;
    }
    status = break_labels(flow, chart, chart->measure, &n_lines);
    chart->label_width = 0;
    if (status == BT_OK) *fits = fit_bars(flow, chart, chart->measure, &status);
    return status;
}

/* Values of parts that are too short for them are told: the total and the text that is read out still have them. */
static void check_parts(bt_flow *flow, const bt_flow_chart *chart, const bt_place *at)
{
    uint32_t n_left_out = 0;
    for (uint32_t i = 0; i < chart->data->n_series * chart->data->n_points; i++) {
        bt_sp length = bt_chart_length(&chart->scale, chart->data->values[i].value) - BAR_SEAM;
        bool is_shown = bt_chart_has_room_within(&chart->values[i], length, BT_FLOW_TALLEST);
        n_left_out += chart->data->values[i].value && !is_shown;
    }
    if (!n_left_out) return;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_diag(flow->diags, BT_W_CHART_PARTS, at, BT_ARGS(bt_str_format(flow->scratch, "%u", n_left_out)));
    bt_arena_rewind(flow->scratch, mark);
}

bt_status bt_chart_make_bars(bt_flow *flow, bt_flow_chart *chart, const bt_place *at)
{
    bool fits = false;
    chart->form = BT_CHART_BARS;
    bt_status status = place_labels(flow, chart, &fits);
    if (status != BT_OK) return status;
    if (!fits) {
        bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
        bt_buf mm = bt_buf_in(flow->scratch);
        bt_buf_add_mm(&mm, chart->measure);
        bt_diag(flow->diags, BT_E_CHART_NARROW, at, BT_ARGS(bt_buf_str(&mm)));
        bt_arena_rewind(flow->scratch, mark);
        return BT_INPUT;
    }
    find_heights(chart);
    if (chart->data->is_stacked) check_parts(flow, chart, at);
    return BT_OK;
}

/* --- drawing --- */

typedef struct bars {
    bt_flow *flow;
    const bt_flow_chart *chart;
    bt_marks *marks;
    bt_sp left, zero; /* of the bars' strip, and where they begin */
    bt_sp thickness;
} bars;

/* The value beyond the end of a bar. */
static bt_status draw_end(const bars *b, const bt_chart_text *text, int64_t value, bt_sp middle)
{
    bt_sp length = bt_chart_length(&b->chart->scale, value), gap = b->chart->value_room;
    bt_chart_spot spot = {.y = middle + text->cap / 2};
    spot.x = value < 0 ? b->zero - length - gap : b->zero + length + gap;
    spot.align = value < 0 ? BT_ALIGN_RIGHT : BT_ALIGN_LEFT;
    return bt_chart_text_draw(b->flow, text, &spot, b->marks);
}

static bt_status draw_stack(const bars *b, uint32_t point_i, bt_sp y)
{
    const bt_flow_chart *chart = b->chart;
    bt_sp from = b->zero;
    int64_t sum = 0;
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        uint32_t i = bt_chart_i(chart, s, point_i);
        sum += chart->data->values[i].value;
        bt_sp to = b->zero + bt_chart_length(&chart->scale, sum);
        bt_sp seam = to - from > 4 * BAR_SEAM ? BAR_SEAM : 0;
        bt_chart_box box = {from, y, to - from - seam, b->thickness};
        bt_status status = bt_chart_fill_box(b->flow, &chart->style->fills[s], &box, b->marks);
        if (status == BT_OK)
            status = bt_chart_text_within(b->flow, &chart->values[i], &chart->style->fills[s], &box, b->marks);
        if (status != BT_OK) return status;
        from = to;
    }
    return draw_end(b, &chart->totals[point_i], sum, y + b->thickness / 2);
}

static bt_status draw_group(const bars *b, uint32_t point_i, bt_sp y)
{
    const bt_flow_chart *chart = b->chart;
    bt_sp seam = chart->n_bars > 1 ? BAR_SEAM : 0;
    for (uint32_t s = 0; s < chart->n_bars; s++, y += b->thickness) {
        uint32_t i = bt_chart_i(chart, s, point_i);
        int64_t value = chart->data->values[i].value;
        bt_sp length = bt_chart_length(&chart->scale, value);
        bt_chart_box box = {value < 0 ? b->zero - length : b->zero, y, length, b->thickness - seam};
        if (chart->data->values[i].is_missing) continue;
        bt_status status = bt_chart_fill_box(b->flow, &chart->style->fills[s], &box, b->marks);
        if (status == BT_OK) status = draw_end(b, &chart->values[i], value, y + (b->thickness - seam) / 2);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

static bt_status draw_axis(const bars *b, bt_sp y, bt_sp height)
{
    const bt_rule_style *axis = &b->chart->style->axis;
    return bt_chart_rule(b->flow, axis, &(bt_chart_box){b->zero - axis->weight, y, axis->weight, height}, b->marks);
}

/* A point: its label, its bars. y: of its strip's top. */
static bt_status draw_point(const bars *b, uint32_t point_i, bt_sp y, bt_sp height)
{
    const bt_flow_chart *chart = b->chart;
    const bt_chart_text *label = &chart->labels[point_i];
    bt_sp all_bars = (bt_sp)chart->n_bars * b->thickness, text = bt_chart_text_height(label);
    bt_sp bars_y = chart->label_width ? y + (height - all_bars) / 2 : y + height - all_bars;
    bt_chart_spot spot = {.y = label->cap + (chart->label_width ? bars_y + (all_bars - text) / 2 : y)};
    bt_status status = bt_chart_text_draw(b->flow, label, &spot, b->marks);
    if (status == BT_OK && !chart->label_width) status = draw_axis(b, bars_y - EDGE / 2, all_bars + EDGE);
    if (status != BT_OK) return status;
    return chart->data->is_stacked ? draw_stack(b, point_i, bars_y) : draw_group(b, point_i, bars_y);
}

bt_status bt_chart_draw_bars(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks)
{
    bt_sp left = chart->label_width > 1 ? chart->label_width + LABEL_GAP : 0;
    bars b = {flow, chart, marks, left, left + chart->scale.zero, thickness_for(chart, plot->height)};
    bt_sp white = white_between(chart, b.thickness);
    bt_sp y = plot->y + EDGE;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_sp height = strip_height(chart, i, b.thickness);
        bt_status status = draw_point(&b, i, y, height);
        if (status != BT_OK) return status;
        y += height + white;
    }
    /* Where labels stand above their bars, one axis would run through them: each point has a piece of it. */
    return chart->label_width ? draw_axis(&b, plot->y, y - white + EDGE - plot->y) : BT_OK;
}
