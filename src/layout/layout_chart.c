/* layout_chart.c - the design of charts. Every layout can draw them: what it does not say is in shades of black. */
#include "layout/layout_int.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- fills and lines: one for each series, by its number --- */

enum { FILL_COLOR, HATCH, GROUND, N_FILL_KEYS };
static const bt_field fill_keys[N_FILL_KEYS] = {
    [FILL_COLOR] = {BT_STR_INIT("color"), BT_TAKES_STRING, 0},
    [HATCH] = {BT_STR_INIT("hatch"), BT_TAKES_STRING, 0},
    [GROUND] = {BT_STR_INIT("ground"), BT_TAKES_STRING, 0},
};
static const bt_fields fill_fields = {"this fill", fill_keys, N_FILL_KEYS};

static const bt_field series_fills[BT_LIMIT_CHART_SERIES] = {
    [0] = {BT_STR_INIT("1"), BT_TAKES_OBJECT, 0}, [1] = {BT_STR_INIT("2"), BT_TAKES_OBJECT, 0},
    [2] = {BT_STR_INIT("3"), BT_TAKES_OBJECT, 0}, [3] = {BT_STR_INIT("4"), BT_TAKES_OBJECT, 0},
    [4] = {BT_STR_INIT("5"), BT_TAKES_OBJECT, 0}, [5] = {BT_STR_INIT("6"), BT_TAKES_OBJECT, 0},
};
static const bt_fields fills_fields = {"the charts' fills", series_fills, BT_LIMIT_CHART_SERIES};

static const bt_field series_lines[BT_LIMIT_CHART_SERIES] = {
    [0] = {BT_STR_INIT("1"), BT_TAKES_STRING, 0}, [1] = {BT_STR_INIT("2"), BT_TAKES_STRING, 0},
    [2] = {BT_STR_INIT("3"), BT_TAKES_STRING, 0}, [3] = {BT_STR_INIT("4"), BT_TAKES_STRING, 0},
    [4] = {BT_STR_INIT("5"), BT_TAKES_STRING, 0}, [5] = {BT_STR_INIT("6"), BT_TAKES_STRING, 0},
};
static const bt_fields lines_fields = {"the charts' lines", series_lines, BT_LIMIT_CHART_SERIES};

static void read_fill(bt_layout_reader *l, const bt_json_node *node, bt_chart_fill *fill)
{
    static const bt_str hatches[] = {BT_STR_INIT("none"), BT_STR_INIT("rising"), BT_STR_INIT("falling"),
                                     BT_STR_INIT("cross")};
    const bt_json_node *values[N_FILL_KEYS];
    uint32_t choice;
    if (!node || !bt_fields_read(&l->fields, node, &fill_fields, values)) return;
    fill->hatch = BT_HATCH_NONE;
    bt_layout_color_of(l, values[FILL_COLOR], &fill->color);
    if (bt_fields_choice(&l->fields, values[HATCH], hatches, COUNT(hatches), &choice)) fill->hatch = (bt_hatch)choice;
    bt_layout_color_of(l, values[GROUND], &fill->ground);
}

static void read_fills(bt_layout_reader *l, const bt_json_node *node, bt_chart_style *chart)
{
    const bt_json_node *values[BT_LIMIT_CHART_SERIES];
    if (!node || !bt_fields_read(&l->fields, node, &fills_fields, values)) return;
    for (size_t i = 0; i < BT_LIMIT_CHART_SERIES; i++) read_fill(l, values[i], &chart->fills[i]);
}

static void read_lines(bt_layout_reader *l, const bt_json_node *node, bt_chart_style *chart)
{
    const bt_json_node *values[BT_LIMIT_CHART_SERIES];
    if (!node || !bt_fields_read(&l->fields, node, &lines_fields, values)) return;
    for (size_t i = 0; i < BT_LIMIT_CHART_SERIES; i++) bt_layout_color_of(l, values[i], &chart->lines[i]);
}

/* --- the section --- */

enum {
    FILLS,
    LINES,
    HATCH_WEIGHT,
    HATCH_GAP,
    LINE_WEIGHT,
    MARKER,
    AXIS,
    GRID,
    BAR_MIN,
    BAR_MAX,
    BAR_GAP,
    SHARE_HEIGHT,
    MIN_HEIGHT,
    MAX_HEIGHT,
    PAGE_MIN_HEIGHT,
    PAGE_MAX_HEIGHT,
    TITLE_GAP,
    NOTE_GAP,
    SPACE_BEFORE,
    SPACE_AFTER,
    N_KEYS
};
static const bt_field keys[N_KEYS] = {
    [FILLS] = {BT_STR_INIT("fills"), BT_TAKES_OBJECT, 0},
    [LINES] = {BT_STR_INIT("lines"), BT_TAKES_OBJECT, 0},
    [HATCH_WEIGHT] = {BT_STR_INIT("hatch_weight"), BT_TAKES_LENGTH, 0},
    [HATCH_GAP] = {BT_STR_INIT("hatch_gap"), BT_TAKES_LENGTH, 0},
    [LINE_WEIGHT] = {BT_STR_INIT("line_weight"), BT_TAKES_LENGTH, 0},
    [MARKER] = {BT_STR_INIT("marker_size"), BT_TAKES_LENGTH, 0},
    [AXIS] = {BT_STR_INIT("axis"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [GRID] = {BT_STR_INIT("grid"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [BAR_MIN] = {BT_STR_INIT("bar_min"), BT_TAKES_LENGTH, 0},
    [BAR_MAX] = {BT_STR_INIT("bar_max"), BT_TAKES_LENGTH, 0},
    [BAR_GAP] = {BT_STR_INIT("bar_gap"), BT_TAKES_NUMBER, 0},
    [SHARE_HEIGHT] = {BT_STR_INIT("share_height"), BT_TAKES_LENGTH, 0},
    [MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, 0},
    [MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, 0},
    [PAGE_MIN_HEIGHT] = {BT_STR_INIT("page_min_height"), BT_TAKES_LENGTH, 0},
    [PAGE_MAX_HEIGHT] = {BT_STR_INIT("page_max_height"), BT_TAKES_LENGTH, 0},
    [TITLE_GAP] = {BT_STR_INIT("title_gap"), BT_TAKES_LENGTH, 0},
    [NOTE_GAP] = {BT_STR_INIT("note_gap"), BT_TAKES_LENGTH, 0},
    [SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields fields = {"the charts' design", keys, N_KEYS};

void bt_layout_chart_defaults(bt_layout_reader *l)
{
    static const bt_ink black = {.k = 10000}, dark = {.k = 8000}, middle = {.k = 4000}, light = {.k = 1600},
                        paper = {0};
    l->layout->chart = (bt_chart_style){
        .fills = {{dark, BT_HATCH_NONE, paper},
                  {middle, BT_HATCH_NONE, paper},
                  {dark, BT_HATCH_RISING, paper},
                  {light, BT_HATCH_NONE, paper},
                  {dark, BT_HATCH_CROSS, paper},
                  {dark, BT_HATCH_FALLING, light}},
        .lines = {dark, black, dark, black, dark, black},
        .hatch_weight = BT_PT(1) / 2,
        .hatch_gap = BT_PT(5) / 2,
        .line_weight = BT_PT(3) / 2,
        .marker = BT_PT(9) / 2,
        .axis = {.weight = BT_PT(1) / 2, .color = black},
        .grid = {.weight = BT_PT(1) / 4, .color = middle},
        .bar_min = BT_PT(5),
        .bar_max = BT_PT(26),
        .bar_gap = 600,
        .share_height = BT_PT(16),
        .min_height = BT_PT(90),
        .max_height = BT_PT(170),
        .page_min_height = BT_PT(110),
        .page_max_height = BT_PT(220),
        .title_gap = BT_PT(9),
        .note_gap = BT_PT(8),
        .space_before = BT_PT(12),
        .space_after = BT_PT(9),
    };
}

/* Lengths that are drawn with, and would draw nothing, or hatch without end, if they were 0. */
static void read_drawn(bt_layout_reader *l, const bt_json_node *node, bt_sp least, bt_sp most, bt_sp *length)
{
    const bt_length_range range = {least, most, 0};
    bt_fields_length(&l->fields, node, &range, length);
}

static void read_bars(bt_layout_reader *l, const bt_json_node **values, bt_chart_style *chart)
{
    enum { DECIMALS = 3, LEAST_GAP = 100, MOST_GAP = 3000 };
    bt_fields_reader *r = &l->fields;
    const bt_json_node *least = values[BAR_MIN], *most = values[BAR_MAX];
    read_drawn(l, least, BT_PT(2), BT_PT(72), &chart->bar_min);
    read_drawn(l, most, BT_PT(2), BT_PT(72), &chart->bar_max);
    if (least && most && chart->bar_min > chart->bar_max)
        bt_fields_fault(r, BT_E_LAYOUT_HEIGHTS, least->at, BT_ARGS(least->key, least->text, most->key, most->text));
    if (chart->bar_max < chart->bar_min) chart->bar_max = chart->bar_min;
    bt_fields_number(r, values[BAR_GAP], DECIMALS, LEAST_GAP, MOST_GAP, &chart->bar_gap);
    read_drawn(l, values[SHARE_HEIGHT], BT_PT(6), BT_PT(72), &chart->share_height);
}

void bt_layout_read_chart(bt_layout_reader *l, const bt_json_node *node)
{
    const bt_json_node *values[N_KEYS];
    bt_chart_style *chart = &l->layout->chart;
    if (!node || !bt_fields_read(&l->fields, node, &fields, values)) return;
    read_fills(l, values[FILLS], chart);
    read_lines(l, values[LINES], chart);
    read_drawn(l, values[HATCH_WEIGHT], BT_PT(1) / 8, BT_PT(6), &chart->hatch_weight);
    read_drawn(l, values[HATCH_GAP], BT_PT(1), BT_PT(24), &chart->hatch_gap);
    read_drawn(l, values[LINE_WEIGHT], BT_PT(1) / 4, BT_PT(6), &chart->line_weight);
    read_drawn(l, values[MARKER], BT_PT(1), BT_PT(18), &chart->marker);
    bt_layout_rule(l, values[AXIS], 0, &chart->axis);
    bt_layout_rule(l, values[GRID], 0, &chart->grid);
    read_bars(l, values, chart);
    bt_layout_heights(l, values[MIN_HEIGHT], values[MAX_HEIGHT], &chart->min_height, &chart->max_height);
    bt_layout_heights(l, values[PAGE_MIN_HEIGHT], values[PAGE_MAX_HEIGHT], &chart->page_min_height,
                      &chart->page_max_height);
    bt_layout_length(l, values[TITLE_GAP], &chart->title_gap);
    bt_layout_length(l, values[NOTE_GAP], &chart->note_gap);
    bt_layout_length(l, values[SPACE_BEFORE], &chart->space_before);
    bt_layout_length(l, values[SPACE_AFTER], &chart->space_after);
}
