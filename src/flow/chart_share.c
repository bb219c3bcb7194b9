/* chart_share.c - the shares of a whole as one bar. Each part's name and share stand at the part itself where they all
 * fit, else in a list below the bar. */
#include "flow/chart_int.h"

#define APART BT_PT(5)    /* white between two parts' texts */
#define TEXT_GAP BT_PT(4) /* the bar to what stands above and below it */
#define LIST_GAP BT_PT(9) /* the bar to the list; two columns of the list */
#define KEY_SIZE BT_PT(6)
#define KEY_GAP BT_PT(5)
#define SEAM (BT_PT(1) / 2)

enum { MOST_LINES = 3 };

static bt_sp part_begin(const bt_flow_chart *chart, uint32_t point_i)
{
    int64_t before = 0, whole = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        whole += chart->data->values[i].value;
        if (i < point_i) before += chart->data->values[i].value;
    }
    return whole ? (bt_sp)bt_mul_div(chart->measure, before, whole) : 0;
}

static bool prints_values(const bt_flow_chart *chart) { return !chart->data->is_percent; }

/* Names below their parts, with the values below the names. */
static bt_status fit_at_parts(bt_flow *flow, bt_flow_chart *chart, bool *fits)
{
    chart->label_height = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_chart_text *name = &chart->labels[i];
        const bt_chart_text *value = &chart->values[i];
        bt_sp room = part_begin(chart, i + 1) - part_begin(chart, i) - APART;
        *fits = bt_chart_text_fits(name, room) && chart->totals[i].width <= room &&
                (!prints_values(chart) || value->width <= room);
        if (!*fits) return BT_OK;
        bt_status status = bt_chart_text_break(flow, name, room);
        if (status != BT_OK) return status;
        *fits = name->n_lines <= MOST_LINES;
        if (!*fits) return BT_OK;
        bt_sp height = (bt_sp)name->n_lines * name->leading + (prints_values(chart) ? value->cap : 0);
        if (height > chart->label_height) chart->label_height = height;
    }
    return BT_OK;
}

/* The width of a number from its decimal sign on. */
static bt_sp after_sign(const bt_chart_text *value, bool is_english)
{
    bt_str text = value->para.shaped.text;
    uint32_t i = 0;
    while (i < text.len && text.ptr[i] != (is_english ? '.' : ',')) i++;
    return bt_para_width_after(&value->para, i);
}

/* Numbers stand with their decimal signs below one another. */
static void align_values(bt_flow_chart *chart, bt_sp *before, bt_sp *after)
{
    bool is_english = bt_str_starts(chart->source->lang, BT_STR("en"));
    *before = *after = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_sp part = after_sign(&chart->values[i], is_english);
        if (part > *after) *after = part;
        if (chart->values[i].width - part > *before) *before = chart->values[i].width - part;
    }
}

/* Rows of the list: key, name, value, share. */
static bt_status make_list(bt_flow *flow, bt_flow_chart *chart)
{
    bt_sp before = 0, after = 0, shares = 0, height = 0;
    for (uint32_t i = 0; i < chart->data->n_points; i++)
        if (chart->totals[i].width > shares) shares = chart->totals[i].width;
    if (prints_values(chart)) align_values(chart, &before, &after);
    chart->list_sign = chart->measure - shares - (shares ? LIST_GAP : 0) - after;
    bt_sp room = chart->list_sign - before - (before ? LIST_GAP : 0) - KEY_SIZE - KEY_GAP;
    if (room < chart->measure / 4) room = chart->measure / 4;
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_chart_text *name = &chart->labels[i];
        bt_status status = bt_chart_text_break(flow, name, room);
        if (status != BT_OK) return status;
        height += (bt_sp)(name->n_lines ? name->n_lines : 1) * name->leading;
    }
    chart->label_height = height;
    return BT_OK;
}

bt_status bt_chart_make_shares(bt_flow *flow, bt_flow_chart *chart)
{
    bool fits = true;
    chart->form = BT_CHART_SHARES;
    bt_status status = fit_at_parts(flow, chart, &fits);
    if (status != BT_OK) return status;
    chart->is_listed = !fits;
    bt_sp height = chart->style->share_height;
    if (chart->is_listed) {
        status = make_list(flow, chart);
        /* The last row needs no room for the next. */
        height += LIST_GAP + chart->label_height - (chart->labels[0].leading - chart->labels[0].cap);
    } else {
        height += chart->totals[0].cap + TEXT_GAP + TEXT_GAP + chart->label_height;
    }
    chart->least = chart->best = chart->most = height;
    return status;
}

/* --- drawing --- */

static bt_status draw_bar(bt_flow *flow, const bt_flow_chart *chart, bt_sp y, bt_marks *marks)
{
    for (uint32_t i = 0; i < chart->data->n_points; i++) {
        bt_sp from = part_begin(chart, i), to = part_begin(chart, i + 1);
        bt_sp seam = i + 1 < chart->data->n_points && to - from > 4 * SEAM ? SEAM : 0;
        bt_chart_box box = {from, y, to - from - seam, chart->style->share_height};
        bt_status status = bt_chart_fill_box(flow, &chart->style->fills[i], &box, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

static bt_status draw_at_parts(bt_flow *flow, const bt_flow_chart *chart, bt_sp top, bt_marks *marks)
{
    bt_sp bar = top + chart->totals[0].cap + TEXT_GAP, foot = bar + chart->style->share_height + TEXT_GAP;
    bt_status status = draw_bar(flow, chart, bar, marks);
    for (uint32_t i = 0; status == BT_OK && i < chart->data->n_points; i++) {
        const bt_chart_text *name = &chart->labels[i];
        bt_chart_spot spot = {.x = part_begin(chart, i), .y = bar - TEXT_GAP};
        status = bt_chart_text_draw(flow, &chart->totals[i], &spot, marks);
        spot.y = foot + name->cap;
        if (status == BT_OK) status = bt_chart_text_draw(flow, name, &spot, marks);
        spot.y += (bt_sp)name->n_lines * name->leading;
        if (status == BT_OK && prints_values(chart)) status = bt_chart_text_draw(flow, &chart->values[i], &spot, marks);
    }
    return status;
}

static bt_status draw_row(bt_flow *flow, const bt_flow_chart *chart, uint32_t point_i, bt_sp y, bt_marks *marks)
{
    const bt_chart_text *name = &chart->labels[point_i];
    bt_chart_box key = {0, y - name->cap / 2 - KEY_SIZE / 2, KEY_SIZE, KEY_SIZE};
    bt_status status = bt_chart_fill_box(flow, &chart->style->fills[point_i], &key, marks);
    bt_chart_spot spot = {.x = KEY_SIZE + KEY_GAP, .y = y};
    if (status == BT_OK) status = bt_chart_text_draw(flow, name, &spot, marks);
    bool is_english = bt_str_starts(chart->source->lang, BT_STR("en"));
    spot.align = BT_ALIGN_RIGHT;
    spot.x = chart->list_sign + after_sign(&chart->values[point_i], is_english);
    if (status == BT_OK && prints_values(chart))
        status = bt_chart_text_draw(flow, &chart->values[point_i], &spot, marks);
    spot.x = chart->measure;
    return status == BT_OK ? bt_chart_text_draw(flow, &chart->totals[point_i], &spot, marks) : status;
}

bt_status bt_chart_draw_shares(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks)
{
    if (!chart->is_listed) return draw_at_parts(flow, chart, plot->y, marks);
    bt_status status = draw_bar(flow, chart, plot->y, marks);
    bt_sp y = plot->y + chart->style->share_height + LIST_GAP + chart->labels[0].cap;
    for (uint32_t i = 0; status == BT_OK && i < chart->data->n_points; i++) {
        const bt_chart_text *name = &chart->labels[i];
        status = draw_row(flow, chart, i, y, marks);
        y += (bt_sp)(name->n_lines ? name->n_lines : 1) * name->leading;
    }
    return status;
}
