/* textblock.c - a text with its style's rules and background, in its own leading: headings, captions, quotes,
 * furniture. */
#include "flow/flow_int.h"

/* What the text's descenders need where something stands below them. */
static bt_sp descent(const bt_style *style) { return style->is_upper ? 0 : style->size / 4; }

bt_status bt_text_frame_make(bt_flow *flow, const bt_rich *rich, bt_sp measure, bt_text_frame *frame)
{
    const bt_style *style = rich->style;
    *frame = (bt_text_frame){.leading = style->leading ? style->leading : flow->layout->step};
    bt_sp pad = style->has_background ? 2 * style->pad_x : 0;
    bt_para_options options = {.measure = measure - pad};
    bt_status status = bt_para_make(flow, rich, &options, &frame->para);
    uint32_t n = bt_para_lines(&frame->para);
    if (status != BT_OK || !n) return status;
    bt_sp cap = bt_flow_cap_height(flow, style);
    bt_sp above = bt_rule_room(&style->rule_above) + (style->has_background ? style->pad_y : 0);
    frame->first_baseline = above + cap;
    if (style->has_background)
        frame->depth = style->pad_y + descent(style);
    else if (style->rule_below.weight)
        frame->depth = descent(style);
    frame->depth += bt_rule_room(&style->rule_below);
    int64_t height = (int64_t)frame->first_baseline + (int64_t)(n - 1) * frame->leading + frame->depth;
    frame->height = (bt_sp)(height > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : height);
    return BT_OK;
}

bt_sp bt_text_frame_height_below(const bt_text_frame *frame)
{
    return frame->height ? frame->leading + frame->height - frame->first_baseline : 0;
}

bt_sp bt_text_frame_width(const bt_text_frame *frame)
{
    const bt_style *style = frame->para.rich.style;
    const bt_par_setting *setting = bt_para_best(&frame->para);
    bt_sp widest = 0;
    for (uint32_t i = 0; setting && i < setting->n_lines; i++) {
        bt_sp line = bt_para_line_width(&frame->para, &setting->lines[i]);
        if (line > widest) widest = line;
    }
    return widest - (bt_sp)bt_mul_div(style->tracking, style->size, 1000) +
           (style->has_background ? 2 * style->pad_x : 0);
}

static bool draw_background(bt_flow *flow, const bt_text_frame *frame, bt_sp measure, bt_sp x, bt_sp y, bt_marks *marks)
{
    const bt_style *style = frame->para.rich.style;
    if (!style->has_background) return true;
    bt_sp width = measure, left = x;
    if (style->background_hugs) {
        width = bt_text_frame_width(frame);
        left += style->align == BT_ALIGN_RIGHT    ? measure - width
                : style->align == BT_ALIGN_CENTER ? (measure - width) / 2
                                                  : 0;
    }
    bt_sp top = y + bt_rule_room(&style->rule_above);
    bt_sp bottom = y + frame->height - bt_rule_room(&style->rule_below);
    return bt_mark_fill(flow, marks, left, top, width, bottom - top, style->background);
}

bt_status bt_text_frame_draw(bt_flow *flow, const bt_text_frame *frame, bt_sp measure, bt_sp x, bt_sp y, uint32_t tag_i,
                             bt_marks *marks)
{
    const bt_par_setting *setting = bt_para_best(&frame->para);
    if (!setting) return BT_OK;
    const bt_style *style = frame->para.rich.style;
    bt_sp foot = y + frame->height - style->rule_below.weight;
    if (!draw_background(flow, frame, measure, x, y, marks) ||
        !bt_mark_rule(flow, marks, x, y, measure, &style->rule_above) ||
        !bt_mark_rule(flow, marks, x, foot, measure, &style->rule_below))
        return BT_NOMEM;
    bt_sp left = x + (style->has_background ? style->pad_x : 0);
    for (uint32_t i = 0; i < setting->n_lines; i++) {
        bt_sp baseline = y + frame->first_baseline + (bt_sp)i * frame->leading;
        bt_status status = bt_para_draw(flow, &frame->para, &setting->lines[i], i, left, baseline, tag_i, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

bool bt_text_frame_link(bt_flow *flow, const bt_text_frame *frame, const bt_link *link, bt_sp width, bt_sp x, bt_sp y,
                        uint32_t tag_i, bt_marks *marks)
{
    uint32_t n = bt_para_lines(&frame->para);
    if (!n) return true;
    bt_sp size = frame->para.rich.style->size;
    bt_sp height = size + (bt_sp)(n - 1) * frame->leading + size / 4; /* as links in a line have it */
    return bt_mark_link(flow, marks, link, (const bt_sp[]){x, y + frame->first_baseline - size, width, height}, tag_i);
}
