/* quote.c - a quotation that stands apart, with whose words they are, and a mark at its left where the layout has one.
 */
#include "flow/flow_int.h"

/* The mark at a size, its ink's top at that of the first line's capitals. Gives how far it pushes the texts in: 0 where
 * there is none, or no room for it. */
static bt_status make_mark(bt_flow *flow, const bt_galley_block *block, bt_flow_body *body, bt_sp size, bt_sp *inset)
{
    const bt_quote_style *design = &flow->layout->quote;
    *inset = 0;
    if (!design->mark.len || size < 1) return BT_OK;
    bt_style *style = BT_NEW(flow->arena, bt_style);
    if (!style) return BT_NOMEM;
    *style = *block->doc->text.style;
    style->size = size;
    style->color = design->color;
    style->align = BT_ALIGN_LEFT;
    style->indent_left = style->indent_right = style->tracking = 0;
    bt_rich rich = bt_doc_plain(flow->arena, design->mark, style, block->doc->text.at);
    bt_para_options whole = {.measure = BT_FLOW_TALLEST, .is_unindented = true}; /* on one line, however wide */
    bt_status status = bt_para_make(flow, &rich, &whole, &body->cap);
    if (status != BT_OK || !bt_para_lines(&body->cap)) return status;
    bt_flow_ink ink = bt_flow_ink_of(&body->cap);
    bt_sp room = ink.right - ink.left + design->gap;
    if (room > block->measure / 3) return BT_OK;
    *inset = room;
    body->cap_left = -ink.left;
    body->cap_top = ink.top;
    body->cap_height = ink.top - ink.bottom;
    return BT_OK;
}

/* A text set in by the mark's room. */
static bt_status make_text(bt_flow *flow, const bt_rich *text, bt_sp measure, bt_sp inset, bt_text_frame *frame)
{
    bt_rich rich = *text;
    if (inset && text->text.len) {
        bt_style *style = BT_NEW(flow->arena, bt_style);
        if (!style) return BT_NOMEM;
        *style = *text->style;
        style->indent_left += inset;
        rich.style = style;
    }
    return bt_text_frame_make(flow, &rich, measure, frame);
}

static bt_sp white_above_by(const bt_galley_block *block)
{
    return block->body->by.height ? block->doc->by.style->space_before_min : 0;
}

bt_status bt_flow_quote_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    const bt_style *style = doc->text.style;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 3, BT_FLOW_TAG_QUOTE);
    if (!tags) return BT_NOMEM;
    tags[1].kind = tags[2].kind = BT_FLOW_TAG_P;
    bt_sp inset;
    bt_status status = make_mark(flow, block, body, flow->layout->quote.size, &inset);
    if (status == BT_OK) status = make_text(flow, &doc->text, block->measure, inset, &body->text);
    if (status == BT_OK) status = make_text(flow, &doc->by, block->measure, inset, &body->by);
    if (status != BT_OK) return status;
    body->has_mark = inset > 0;
    bt_sp cap = bt_flow_cap_height(flow, style);
    /* It stands from the first line's capitals down, and not below the last line. */
    int64_t lines = cap + (int64_t)body->text.leading * (bt_para_lines(&body->text.para) - 1);
    if (inset && body->cap_height > lines) {
        status =
            make_mark(flow, block, body, (bt_sp)bt_mul_div(flow->layout->quote.size, lines, body->cap_height), &inset);
        if (status != BT_OK) return status;
    }
    int64_t content = (int64_t)body->text.height + body->by.height + white_above_by(block);
    body->after = style->space_after;
    body->content = (bt_sp)(content > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : content);
    return bt_flow_one_unit(flow, block, content, style->space_before_min, style->space_before_max, style->space_after,
                            doc->text.at);
}

bt_status bt_flow_quote_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    bt_sp y = -bt_flow_fall(flow->layout) - body->after - body->content;
    bt_status status = BT_OK;
    if (body->has_mark) {
        bt_sp cap_top = y + body->text.first_baseline - bt_flow_cap_height(flow, block->doc->text.style);
        uint32_t first = marks->n;
        status = bt_para_draw(flow, &body->cap, &bt_para_best(&body->cap)->lines[0], 0, body->cap_left,
                              cap_top + body->cap_top, UINT32_MAX, marks);
        /* An ornament: nothing of it is read or copied. */
        for (uint32_t i = first; status == BT_OK && i < marks->n; i++) {
            marks->v[i].has_actual = true;
            marks->v[i].actual = BT_STR("");
        }
    }
    if (status == BT_OK) status = bt_text_frame_draw(flow, &body->text, block->measure, 0, y, 1, marks);
    if (status != BT_OK) return status;
    y += body->text.height + white_above_by(block);
    return bt_text_frame_draw(flow, &body->by, block->measure, 0, y, 2, marks);
}
