/* chart_int.h - shared by the files that draw charts.
 *
 * A chart stands in one unit: its title and legend (the head), what is drawn (the plot, as tall as the composer wants
 * it within a range), its notes (the foot). All that depends on the width is found when the chart is made; the plot's
 * height comes with the drawing.
 *
 * Glossary
 *   point    a row of the table; its label stands at the axis
 *   series   a column of the table; its name stands in the legend, or beside its line
 *   columns  bars that stand; bars that lie are called bars
 *   slot     the strip of the plot that belongs to a point
 */
#ifndef BT_CHART_INT_H
#define BT_CHART_INT_H

#include "flow/flow_int.h"

/* --- chart_scale.c: numbers only --- */

/* Round numbers (1, 2 or 5 times a power of ten apart) that enclose a range. */
typedef struct bt_chart_ticks {
    int64_t first, step;
    uint32_t n; /* at least 2 */
} bt_chart_ticks;
/* The finest with at most `most` steps (1 ...). low <= high. */
bt_chart_ticks bt_chart_find_ticks(int64_t low, int64_t high, uint32_t most);

/* The end of a bar, and what must have room beyond it. */
typedef struct bt_chart_end {
    int64_t value;
    bt_sp room;
} bt_chart_end;

/* Lengths of bars: `reach` for the value `most`. */
typedef struct bt_chart_scale {
    bt_sp zero; /* where bars begin, from the left or bottom; what is less than 0 goes before it */
    bt_sp reach;
    int64_t most; /* more than 0 */
} bt_chart_scale;
/* The largest scale in which all ends and what stands beyond them fit. False: not even with bars of no length. */
bool bt_chart_fit(const bt_chart_end *ends, uint32_t n, bt_sp width, bt_chart_scale *scale);
bt_sp bt_chart_length(const bt_chart_scale *scale, int64_t value);

typedef struct bt_chart_box {
    bt_sp x, y, width, height;
} bt_chart_box;
bool bt_chart_boxes_meet(const bt_chart_box *a, const bt_chart_box *b);
/* Whether a line between two points touches a box. */
bool bt_chart_line_meets(bt_sp x1, bt_sp y1, bt_sp x2, bt_sp y2, const bt_chart_box *box);

/* --- chart_text.c: words and fills --- */

typedef struct bt_chart_text {
    bt_para para;
    uint32_t n_lines; /* 0: empty */
    bt_sp width;      /* of its widest line */
    bt_sp leading, cap;
} bt_chart_text;
/* Shapes it on one line. */
bt_status bt_chart_text_make(bt_flow *flow, const bt_rich *rich, bt_chart_text *text);
/* Whether no word of it is wider than that. */
bool bt_chart_text_fits(const bt_chart_text *text, bt_sp measure);
bt_status bt_chart_text_break(bt_flow *flow, bt_chart_text *text, bt_sp measure);
/* Capitals of the first line to the last baseline; 0: empty. */
bt_sp bt_chart_text_height(const bt_chart_text *text);

typedef struct bt_chart_spot {
    bt_sp x, y;     /* y: baseline of the first line */
    bt_align align; /* x is the left end of its lines, their right end, or their middle */
    uint32_t tag_i;
    const bt_ink *color; /* NULL: the style's */
} bt_chart_spot;
bt_status bt_chart_text_draw(bt_flow *flow, const bt_chart_text *text, const bt_chart_spot *spot, bt_marks *marks);

bool bt_chart_is_dark(const bt_chart_fill *fill);
bt_status bt_chart_fill_box(bt_flow *flow, const bt_chart_fill *fill, const bt_chart_box *box, bt_marks *marks);
bool bt_chart_has_room_within(const bt_chart_text *text, bt_sp width, bt_sp height);
/* A value within a bar: on paper where the bar is hatched, in the paper's colour where it is dark. */
bt_status bt_chart_text_within(bt_flow *flow, const bt_chart_text *text, const bt_chart_fill *fill,
                               const bt_chart_box *box, bt_marks *marks);
/* A rule across or down, as part of what is not read out. */
bt_status bt_chart_rule(bt_flow *flow, const bt_rule_style *rule, const bt_chart_box *box, bt_marks *marks);

/* --- the chart --- */

typedef enum bt_chart_form { BT_CHART_BARS, BT_CHART_COLUMNS, BT_CHART_LINES, BT_CHART_SHARES } bt_chart_form;

struct bt_flow_chart {
    const bt_doc_chart *source;
    const bt_chart *data;
    const bt_chart_style *style;
    bt_sp measure;
    bool spans; /* across the page */
    bt_chart_form form;
    bt_chart_text *labels, *names, *values, *totals; /* as in the source */
    uint32_t n_bars;                                 /* of a point, side by side */
    bt_sp value_room;                                /* a value's gap to its bar or point */

    bt_text_frame title, unit, note, base_note, table_source;
    bt_sp *key_x, *key_y; /* of the legend, by series: from its left top corner */
    bool has_legend;
    bt_sp legend_height;
    bt_sp head, foot;               /* heights, with their gaps to the plot */
    bt_sp least, best, most;        /* heights of the plot */
    bt_sp top_white, before, below; /* as of a figure */

    bt_sp label_width;    /* BARS: of the labels' column; 0: labels stand above their bars */
    bt_sp label_height;   /* COLUMNS, LINES: of the labels below the plot, with their gap */
    bt_sp thickness;      /* COLUMNS: of one column; BARS: the least */
    bt_chart_scale scale; /* BARS */

    bt_chart_ticks ticks; /* LINES ... */
    bt_chart_text *tick_texts;
    bt_sp tick_width;     /* with its gap */
    bool is_based;        /* the scale begins at zero */
    bt_sp name_width;     /* names beside their lines; 0: in the legend */
    bt_sp inset;          /* of the first and last point */
    uint32_t label_every; /* one label in so many, counted from the last */

    bool is_listed;  /* SHARES: names in a list below the bar, not below their parts */
    bt_sp list_sign; /* where the decimal signs of its values stand */
};

/* A value, and where its text is. */
static inline uint32_t bt_chart_i(const bt_flow_chart *chart, uint32_t series_i, uint32_t point_i)
{
    return series_i * chart->data->n_points + point_i;
}
int64_t bt_chart_sum(const bt_flow_chart *chart, uint32_t point_i);

/* chart_bars.c. Each sets the plot's heights; drawing takes the plot's box. */
bt_status bt_chart_make_bars(bt_flow *flow, bt_flow_chart *chart, const bt_place *at);
bt_status bt_chart_draw_bars(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks);
/* chart_columns.c */
bt_status bt_chart_make_columns(bt_flow *flow, bt_flow_chart *chart, bool is_forced, bool *fits);
bt_status bt_chart_draw_columns(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks);
/* chart_line.c, chart_points.c */
bt_status bt_chart_make_lines(bt_flow *flow, bt_flow_chart *chart, const bt_place *at);
bt_status bt_chart_draw_lines(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks);
/* A line's key: a stretch of it with its marker. */
bt_status bt_chart_line_key(bt_flow *flow, const bt_flow_chart *chart, uint32_t series_i, const bt_chart_box *box,
                            bt_marks *marks);
/* chart_share.c */
bt_status bt_chart_make_shares(bt_flow *flow, bt_flow_chart *chart);
bt_status bt_chart_draw_shares(bt_flow *flow, const bt_flow_chart *chart, const bt_chart_box *plot, bt_marks *marks);

#endif
