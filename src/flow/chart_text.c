/* chart_text.c - the words of a chart, and the fills of its bars. */
#include "flow/chart_int.h"

/* --- words --- */

static void measure_lines(bt_chart_text *text)
{
    const bt_par_setting *setting = bt_para_best(&text->para);
    text->n_lines = setting ? setting->n_lines : 0;
    text->width = 0;
    for (uint32_t i = 0; i < text->n_lines; i++) {
        bt_sp width = bt_para_line_width(&text->para, &setting->lines[i]);
        if (width > text->width) text->width = width;
    }
}

bt_status bt_chart_text_make(bt_flow *flow, const bt_rich *rich, bt_chart_text *text)
{
    const bt_style *style = rich->style;
    *text = (bt_chart_text){.leading = style->leading ? style->leading : flow->layout->step};
    bt_status status = bt_para_shape(flow, rich, &text->para);
    text->cap = bt_flow_cap_height(flow, style);
    if (status != BT_OK || !text->para.n_items) return status;
    return bt_chart_text_break(flow, text, text->para.natural_width);
}

/* A hair more than was measured: rounding must not break what fits. */
enum { HAIR = 64 };

bool bt_chart_text_fits(const bt_chart_text *text, bt_sp measure) { return text->para.widest_item <= measure; }

bt_status bt_chart_text_break(bt_flow *flow, bt_chart_text *text, bt_sp measure)
{
    if (!text->para.n_items) return BT_OK;
    const bt_style *style = text->para.rich.style;
    bt_para_options options = {.measure = measure + style->indent_left + style->indent_right + HAIR,
                               .is_unindented = true,
                               .is_balanced = true};
    bt_status status = bt_para_break(flow, &options, &text->para);
    measure_lines(text);
    return status;
}

bt_sp bt_chart_text_height(const bt_chart_text *text)
{
    return text->n_lines ? (bt_sp)(text->n_lines - 1) * text->leading + text->cap : 0;
}

bt_status bt_chart_text_draw(bt_flow *flow, const bt_chart_text *text, const bt_chart_spot *spot, bt_marks *marks)
{
    const bt_par_setting *setting = bt_para_best(&text->para);
    if (!setting) return BT_OK;
    bt_para para = text->para;
    para.left = para.first_left = 0;
    for (uint32_t i = 0; i < setting->n_lines; i++) {
        const bt_par_line *line = &setting->lines[i];
        uint32_t first = marks->n;
        para.measure = bt_para_line_width(&para, line); /* whatever its style's alignment, it begins where it is put */
        bt_sp x = spot->x - (spot->align == BT_ALIGN_RIGHT    ? para.measure
                             : spot->align == BT_ALIGN_CENTER ? para.measure / 2
                                                              : 0);
        bt_status status =
            bt_para_draw(flow, &para, line, false, x, spot->y + (bt_sp)i * text->leading, spot->tag_i, marks);
        if (status != BT_OK) return status;
        for (; spot->color && first < marks->n; first++) marks->v[first].color = *spot->color;
    }
    return BT_OK;
}

/* --- fills --- */

static bool is_paper(bt_ink ink) { return !ink.c && !ink.m && !ink.y && !ink.k && !ink.spot; }

bool bt_chart_is_dark(const bt_chart_fill *fill)
{
    enum { DARK = 5000 }; /* hundredths of a percent of black; the eye gives magenta twice the weight of cyan */
    const bt_ink *ink = &fill->color;
    return (30 * (int32_t)ink->c + 59 * (int32_t)ink->m + 11 * (int32_t)ink->y) / 100 + (int32_t)ink->k > DARK;
}

static bt_status add_fill(bt_flow *flow, bt_ink color, const bt_chart_box *box, bt_marks *marks)
{
    if (!bt_mark_fill(flow, marks, box->x, box->y, box->width, box->height, color)) return BT_NOMEM;
    marks->v[marks->n - 1].tag_i = 0;
    return BT_OK;
}

bt_status bt_chart_rule(bt_flow *flow, const bt_rule_style *rule, const bt_chart_box *box, bt_marks *marks)
{
    if (!rule->weight || box->width <= 0 || box->height <= 0) return BT_OK;
    return bt_mark_fill(flow, marks, box->x, box->y, box->width, box->height, rule->color) ? BT_OK : BT_NOMEM;
}

/* Lines at 45 degrees from the box's left foot (rising) or head (falling); the box cuts them off. */
static void add_lines(bt_pen *pen, const bt_chart_box *box, bt_sp gap, bool is_rising)
{
    bt_sp across = (bt_sp)bt_mul_div(gap, 1414, 1000);
    bt_sp foot = box->y + box->height;
    for (int64_t x = (int64_t)box->x - box->height + across / 2; x < box->x + box->width; x += across) {
        bt_pen_move(pen, (bt_sp)x, is_rising ? foot : box->y);
        bt_pen_line(pen, (bt_sp)x + box->height, is_rising ? box->y : foot);
    }
}

static bt_status add_hatch(bt_flow *flow, const bt_chart_fill *fill, const bt_chart_box *box, bt_marks *marks)
{
    const bt_chart_style *style = &flow->layout->chart;
    bt_path_look look = {.stroke = {.width = style->hatch_weight, .color = fill->color}, .is_clipped = true};
    look.clip_x = box->x;
    look.clip_y = box->y;
    look.clip_width = box->width;
    look.clip_height = box->height;
    bt_pen pen = bt_pen_in(flow);
    if (fill->hatch != BT_HATCH_FALLING) add_lines(&pen, box, style->hatch_gap, true);
    if (fill->hatch != BT_HATCH_RISING) add_lines(&pen, box, style->hatch_gap, false);
    if (!bt_mark_path(flow, marks, &pen, &look, 0)) return BT_NOMEM;
    /* Its edge: the outer half of the pen is cut off as well. */
    pen = bt_pen_in(flow);
    bt_pen_rectangle(&pen, box->x, box->y, box->width, box->height);
    look.stroke.width = 2 * style->hatch_weight;
    return bt_mark_path(flow, marks, &pen, &look, 0) ? BT_OK : BT_NOMEM;
}

bt_status bt_chart_fill_box(bt_flow *flow, const bt_chart_fill *fill, const bt_chart_box *box, bt_marks *marks)
{
    if (box->width <= 0 || box->height <= 0) return BT_OK;
    if (fill->hatch == BT_HATCH_NONE) return add_fill(flow, fill->color, box, marks);
    bt_status status = is_paper(fill->ground) ? BT_OK : add_fill(flow, fill->ground, box, marks);
    return status == BT_OK ? add_hatch(flow, fill, box, marks) : status;
}

/* --- values within bars --- */

#define PAD BT_PT(2)

bool bt_chart_has_room_within(const bt_chart_text *text, bt_sp width, bt_sp height)
{
    return text->n_lines && text->width + 2 * PAD <= width && text->cap + 2 * PAD <= height;
}

bt_status bt_chart_text_within(bt_flow *flow, const bt_chart_text *text, const bt_chart_fill *fill,
                               const bt_chart_box *box, bt_marks *marks)
{
    static const bt_ink paper = {0};
    if (!bt_chart_has_room_within(text, box->width, box->height)) return BT_OK;
    bool is_hatched = fill->hatch != BT_HATCH_NONE;
    bt_chart_spot spot = {.x = box->x + box->width / 2,
                          .y = box->y + (box->height + text->cap) / 2,
                          .align = BT_ALIGN_CENTER,
                          .color = !is_hatched && bt_chart_is_dark(fill) ? &paper : NULL};
    bt_chart_box plate = {spot.x - text->width / 2 - PAD * 3 / 4, spot.y - text->cap - PAD * 3 / 4,
                          text->width + PAD * 3 / 2, text->cap + PAD * 3 / 2};
    bt_status status = is_hatched ? add_fill(flow, paper, &plate, marks) : BT_OK;
    return status == BT_OK ? bt_chart_text_draw(flow, text, &spot, marks) : status;
}
