/* chart.c - a chart with its title, legend and notes: what surrounds the plot, and how tall all of it may be. */
#include "flow/chart_int.h"

#define UNIT_GAP BT_PT(6)  /* the title to the unit behind it */
#define KEY_WIDTH BT_PT(8) /* of the legend's keys */
#define KEY_HEIGHT BT_PT(6)
#define LINE_KEY BT_PT(20)   /* of a line's key */
#define KEY_GAP BT_PT(4)     /* a key to its name */
#define KEYS_APART BT_PT(12) /* a name to the next key */

int64_t bt_chart_sum(const bt_flow_chart *chart, uint32_t point_i)
{
    int64_t sum = 0;
    for (uint32_t s = 0; s < chart->data->n_series; s++)
        sum += chart->data->values[bt_chart_i(chart, s, point_i)].value;
    return sum;
}

/* --- words --- */

static bt_status make_list(bt_flow *flow, const bt_rich *rich, uint32_t n, bt_chart_text **texts)
{
    bt_chart_text *list = BT_NEW_ARRAY(flow->arena, n, bt_chart_text);
    bt_status status = list ? BT_OK : BT_NOMEM;
    for (uint32_t i = 0; status == BT_OK && i < n; i++) status = bt_chart_text_make(flow, &rich[i], &list[i]);
    *texts = list;
    return status;
}

static bt_status make_texts(bt_flow *flow, bt_flow_chart *chart)
{
    const bt_doc_chart *source = chart->source;
    uint32_t n_points = chart->data->n_points, n_series = chart->data->n_series;
    bt_status status = make_list(flow, source->labels, n_points, &chart->labels);
    if (status == BT_OK) status = make_list(flow, source->names, n_series, &chart->names);
    if (status == BT_OK) status = make_list(flow, source->values, n_points * n_series, &chart->values);
    if (status == BT_OK) status = make_list(flow, source->totals, n_points, &chart->totals);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->title, chart->measure, &chart->title);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->unit, chart->measure, &chart->unit);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->note, chart->measure, &chart->note);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->table_source, chart->measure, &chart->table_source);
    chart->value_room = source->values[0].style->size * 2 / 5;
    return status;
}

/* --- the plot --- */

/* Heights of columns and lines: the bundle's, else the layout's. */
static void set_heights(bt_flow_chart *chart)
{
    const bt_chart *data = chart->data;
    bt_elastic plot = {.least = chart->spans ? chart->style->page_min_height : chart->style->min_height,
                       .most = chart->spans ? chart->style->page_max_height : chart->style->max_height};
    bt_elastic_bend(&plot, data->min_height, data->max_height);
    chart->least = plot.least;
    chart->most = plot.most;
    chart->best = chart->least + (chart->most - chart->least) / 3;
}

/* Bars and shares find their own heights; the bundle's may stretch or press them, but not below what they need. */
static void bend_heights(bt_flow_chart *chart)
{
    const bt_chart *data = chart->data;
    if (data->min_height > chart->least) chart->least = data->min_height;
    if (data->max_height && data->max_height > chart->least) chart->most = data->max_height;
    if (data->max_height && data->max_height <= chart->least) chart->most = chart->least;
    if (chart->most < chart->least) chart->most = chart->least;
    if (chart->best < chart->least) chart->best = chart->least;
    if (chart->best > chart->most) chart->best = chart->most;
}

static bt_status make_bars(bt_flow *flow, bt_flow_chart *chart, const bt_galley_block *block)
{
    bool fits = false, is_forced = chart->data->direction == BT_CHART_VERTICAL;
    chart->n_bars = chart->data->is_stacked ? 1 : chart->data->n_series;
    chart->has_legend = chart->data->n_series > 1;
    set_heights(chart);
    if (chart->data->direction != BT_CHART_HORIZONTAL) {
        bt_status status = bt_chart_make_columns(flow, chart, is_forced, &fits);
        if (status != BT_OK || fits) return status;
        if (is_forced) bt_diag(flow->diags, BT_W_CHART_LIES, block->doc->at, BT_NO_ARGS);
    }
    bt_status status = bt_chart_make_bars(flow, chart, block->doc->at);
    bend_heights(chart);
    return status;
}

static bt_status make_plot(bt_flow *flow, bt_flow_chart *chart, const bt_galley_block *block)
{
    switch (chart->data->kind) {
    case BT_CHART_BAR:
        return make_bars(flow, chart, block);
    case BT_CHART_LINE:
        set_heights(chart);
        return bt_chart_make_lines(flow, chart, block->doc->at);
    case BT_CHART_SHARE:
        break;
    }
    bt_status status = bt_chart_make_shares(flow, chart);
    bend_heights(chart);
    return status;
}

/* --- the legend --- */

static bt_sp key_width(const bt_flow_chart *chart) { return chart->form == BT_CHART_LINES ? LINE_KEY : KEY_WIDTH; }

/* Keys and names one after another, in as many rows as they need; a name too long for a row is broken. */
static bt_status make_legend(bt_flow *flow, bt_flow_chart *chart)
{
    uint32_t n = chart->data->n_series;
    chart->key_x = BT_NEW_ARRAY(flow->arena, n, bt_sp);
    chart->key_y = BT_NEW_ARRAY(flow->arena, n, bt_sp);
    if (!chart->key_x || !chart->key_y) return BT_NOMEM;
    bt_sp key = key_width(chart) + KEY_GAP, x = 0, y = 0, row = 0;
    for (uint32_t s = 0; s < n; s++) {
        bt_chart_text *name = &chart->names[s];
        bt_status status = bt_chart_text_break(flow, name, chart->measure - key);
        if (status != BT_OK) return status;
        bt_sp height = (bt_sp)(name->n_lines ? name->n_lines : 1) * name->leading;
        if (x && x + key + name->width > chart->measure) {
            x = 0;
            y += row;
            row = 0;
        }
        chart->key_x[s] = x;
        chart->key_y[s] = y;
        if (height > row) row = height;
        x += key + name->width + KEYS_APART;
    }
    chart->legend_height = y + row - (chart->names[0].leading - chart->names[0].cap);
    return BT_OK;
}

static bt_status draw_legend(bt_flow *flow, const bt_flow_chart *chart, bt_sp y, bt_marks *marks)
{
    for (uint32_t s = 0; s < chart->data->n_series; s++) {
        const bt_chart_text *name = &chart->names[s];
        bt_sp baseline = y + chart->key_y[s] + name->cap, width = key_width(chart);
        bt_chart_box key = {chart->key_x[s], baseline - name->cap / 2 - KEY_HEIGHT / 2, width, KEY_HEIGHT};
        bt_status status = chart->form == BT_CHART_LINES
                               ? bt_chart_line_key(flow, chart, s, &key, marks)
                               : bt_chart_fill_box(flow, &chart->style->fills[s], &key, marks);
        bt_chart_spot spot = {.x = key.x + width + KEY_GAP, .y = baseline};
        if (status == BT_OK) status = bt_chart_text_draw(flow, name, &spot, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* --- head and foot --- */

/* The unit stands behind the title's last line where there is room, else below it. */
static bt_sp unit_x(const bt_flow_chart *chart)
{
    const bt_par_setting *title = bt_para_best(&chart->title.para);
    if (!title || !chart->unit.height) return 0;
    bt_sp x = bt_para_line_width(&chart->title.para, &title->lines[title->n_lines - 1]) + UNIT_GAP;
    return (int64_t)x + chart->unit.para.natural_width <= chart->measure && bt_para_lines(&chart->unit.para) == 1 ? x
                                                                                                                  : 0;
}

static bt_sp title_height(const bt_flow_chart *chart)
{
    if (!chart->title.height || !chart->unit.height) return chart->title.height + chart->unit.height;
    return chart->title.height + (unit_x(chart) ? 0 : bt_text_frame_height_below(&chart->unit));
}

static void measure_head(bt_flow_chart *chart)
{
    bt_sp title = title_height(chart), gap = chart->style->title_gap;
    chart->head = title ? title + gap : 0;
    if (chart->legend_height) chart->head += chart->legend_height + gap;
}

static const bt_text_frame *foot_frame(const bt_flow_chart *chart, uint32_t i)
{
    return i == 0 ? &chart->base_note : i == 1 ? &chart->note : &chart->table_source;
}

static void measure_foot(bt_flow_chart *chart)
{
    for (uint32_t i = 0; i < 3; i++) {
        const bt_text_frame *frame = foot_frame(chart, i);
        if (!frame->height) continue;
        chart->foot += chart->foot ? bt_text_frame_height_below(frame) : frame->height + chart->style->note_gap;
    }
}

static bt_status draw_head(bt_flow *flow, const bt_flow_chart *chart, bt_sp y, bt_marks *marks)
{
    bt_sp measure = chart->measure, top = y, x = unit_x(chart);
    bt_status status = bt_text_frame_draw(flow, &chart->title, measure, 0, y, 1, marks);
    bt_sp last = y + chart->title.height - chart->title.depth; /* the title's last baseline */
    if (x)
        y = last - chart->unit.first_baseline;
    else if (chart->title.height)
        y = last + chart->unit.leading - chart->unit.first_baseline;
    if (status == BT_OK) status = bt_text_frame_draw(flow, &chart->unit, measure, x, y, 1, marks);
    if (status != BT_OK || !chart->legend_height) return status;
    bt_sp title = title_height(chart);
    return draw_legend(flow, chart, top + title + (title ? chart->style->title_gap : 0), marks);
}

static bt_status draw_foot(bt_flow *flow, const bt_flow_chart *chart, bt_sp y, bt_marks *marks)
{
    bool is_first = true;
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < 3; i++) {
        const bt_text_frame *frame = foot_frame(chart, i);
        if (!frame->height) continue;
        y += is_first ? chart->style->note_gap : frame->leading - frame->first_baseline;
        status = bt_text_frame_draw(flow, frame, chart->measure, 0, y, 2, marks);
        y += frame->height;
        is_first = false;
    }
    return status;
}

/* --- the unit --- */

/* A chart is no higher than a page, however tall it may be. False: even at its least height, which is told. */
static bool fit_in_page(bt_flow *flow, const bt_galley_block *block, bt_flow_chart *chart)
{
    const bt_layout *layout = flow->layout;
    int64_t around = (int64_t)chart->top_white + chart->head + chart->foot + chart->below;
    int64_t room = (int64_t)bt_flow_page_rows(layout) * layout->step - around;
    if (chart->least > room) {
        bt_flow_check_height(flow, bt_flow_steps(layout, around + chart->least), block->doc->at);
        return false;
    }
    if (chart->most > room) chart->most = (bt_sp)room;
    if (chart->best > room) chart->best = (bt_sp)room;
    return true;
}

bt_status bt_flow_chart_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_layout *layout = flow->layout;
    bt_flow_chart *chart = BT_NEW(flow->arena, bt_flow_chart);
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 3, BT_FLOW_TAG_FIGURE);
    if (!chart || !tags) return BT_NOMEM;
    tags[1].kind = BT_FLOW_TAG_CAPTION;
    tags[2].kind = BT_FLOW_TAG_P;
    tags[2].is_beside = true;
    body->chart = chart;
    chart->source = block->doc->chart;
    chart->data = chart->source->source;
    chart->style = &layout->chart;
    chart->measure = block->measure;
    chart->spans = block->doc->spans_page;
    bt_status status = make_texts(flow, chart);
    if (status == BT_OK) status = make_plot(flow, chart, block);
    if (status == BT_OK && chart->has_legend) status = make_legend(flow, chart);
    if (status == BT_OK && chart->form == BT_CHART_LINES && !chart->is_based)
        status = bt_text_frame_make(flow, &chart->source->base_note, chart->measure, &chart->base_note);
    if (status != BT_OK) return status;
    measure_head(chart);
    measure_foot(chart);
    chart->top_white = bt_flow_top_white(flow);
    chart->before = chart->style->space_before;
    chart->below = bt_flow_fall(layout) + chart->style->space_after;
    if (!fit_in_page(flow, block, chart)) return BT_OK;
    bt_elastic plot = {.least = chart->least,
                       .most = chart->most,
                       .best = chart->best,
                       .before = chart->before + chart->head,
                       .top_white = chart->top_white + chart->head,
                       .below = chart->foot + chart->below};
    return bt_flow_elastic_unit(flow, block, &plot) ? BT_OK : BT_NOMEM;
}

bt_status bt_flow_chart_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_chart *chart = block->body->chart;
    bt_sp top = -(bt_sp)place->steps * flow->layout->step + (place->is_top ? chart->top_white : chart->before);
    bt_sp foot = -chart->below - chart->foot;
    bt_status status = draw_head(flow, chart, top, marks);
    if (status == BT_OK) status = draw_foot(flow, chart, foot, marks);
    if (status != BT_OK) return status;
    bt_chart_box plot = {0, top + chart->head, chart->measure, foot - top - chart->head};
    switch (chart->form) {
    case BT_CHART_BARS:
        return bt_chart_draw_bars(flow, chart, &plot, marks);
    case BT_CHART_COLUMNS:
        return bt_chart_draw_columns(flow, chart, &plot, marks);
    case BT_CHART_LINES:
        return bt_chart_draw_lines(flow, chart, &plot, marks);
    case BT_CHART_SHARES:
        break;
    }
    return bt_chart_draw_shares(flow, chart, &plot, marks);
}
