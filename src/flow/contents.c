/* contents.c - entries of the table of contents: a headline, leaders, and the page on which its article begins.
 *
 * The page is a field of fixed room: it is filled in when the pages are drawn, and changes no height.
 */
#include "flow/flow_int.h"

enum { REFERENCE = 1 }; /* the tag of all that an entry says */

/* The room of a page number, of up to three digits; longer ones reach to the left. */
static bt_status number_width(bt_flow *flow, const bt_rich *style, bt_sp *width)
{
    bt_para para;
    bt_rich rich = bt_doc_plain(flow->arena, BT_STR("000"), style->style, NULL);
    bt_status status = bt_para_shape(flow, &rich, &para);
    *width = para.natural_width;
    return status;
}

bt_status bt_flow_entry_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    const bt_contents_style *style = &flow->layout->contents;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 2, BT_FLOW_TAG_ENTRY);
    if (!tags) return BT_NOMEM;
    tags[REFERENCE].kind = BT_FLOW_TAG_REFERENCE;
    bt_status status = number_width(flow, &doc->page, &body->number_width);
    if (status != BT_OK) return status;
    bt_sp width = block->measure - body->number_width - style->gap;
    status = bt_text_frame_make(flow, &doc->text, width > BT_PT(1) ? width : BT_PT(1), &body->text);
    if (status != BT_OK) return status;
    body->after = doc->ends_list ? style->space_after : doc->text.style->space_after;
    bt_sp before = doc->text.style->space_before_min + (doc->starts_list ? 0 : bt_rule_room(&style->rule_between));
    return bt_flow_one_unit(flow, block, body->text.height, before, before, body->after, doc->at);
}

/* A text on one line, its right edge at x. */
static bt_status draw_flush_right(bt_flow *flow, const bt_rich *rich, bt_sp measure, bt_sp x, bt_sp baseline,
                                  uint32_t tag_i, bt_marks *marks, bt_sp *left)
{
    bt_para para;
    bt_para_options options = {.measure = measure, .is_unindented = true};
    bt_status status = bt_para_make(flow, rich, &options, &para);
    const bt_par_setting *setting = bt_para_best(&para);
    *left = x;
    if (status != BT_OK || !setting) return status;
    *left = x - bt_para_line_width(&para, &setting->lines[0]);
    return bt_para_draw(flow, &para, &setting->lines[0], false, *left - para.left, baseline, tag_i, marks);
}

/* Leaders end at the same place in all entries, so that their dots stand under one another. */
static bt_status draw_leaders(bt_flow *flow, const bt_galley_block *block, bt_sp begin, bt_sp end, bt_sp baseline,
                              bt_marks *marks)
{
    const bt_style *style = block->doc->text.style;
    bt_str leader = flow->layout->contents.leader;
    bt_para para;
    bt_rich rich = bt_doc_plain(flow->marks_arena, leader, style, NULL);
    bt_status status = bt_para_shape(flow, &rich, &para);
    if (status != BT_OK || para.natural_width <= 0) return status;
    int64_t n = ((int64_t)end - begin) / para.natural_width;
    if (n < 2) return BT_OK;
    bt_buf all = bt_buf_in(flow->marks_arena);
    for (int64_t i = 0; i < n; i++) bt_buf_add(&all, leader);
    rich = bt_doc_plain(flow->marks_arena, bt_buf_str(&all), style, NULL);
    bt_sp left;
    return draw_flush_right(flow, &rich, 2 * block->measure, end, baseline, UINT32_MAX, marks, &left);
}

bt_status bt_flow_entry_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_doc_block *doc = block->doc;
    const bt_contents_style *style = &flow->layout->contents;
    const bt_par_setting *setting = bt_para_best(&body->text.para);
    if (!setting) return BT_OK;
    bt_sp top = -bt_flow_fall(flow->layout) - body->after - body->text.height;
    /* All of the entry leads to the article, the leaders included. */
    uint32_t first = marks->n;
    if (!bt_text_frame_link(flow, &body->text, doc->link, block->measure, 0, top, REFERENCE, marks)) return BT_NOMEM;
    bt_status status = bt_text_frame_draw(flow, &body->text, block->measure - body->number_width - style->gap, 0, top,
                                          REFERENCE, marks);
    bt_sp rule_y = top - doc->text.style->space_before_min - bt_rule_room(&style->rule_between);
    if (status != BT_OK) return status;
    if (!doc->starts_list && !bt_mark_rule(flow, marks, 0, rule_y, block->measure, &style->rule_between))
        return BT_NOMEM;
    bt_sp baseline = top + body->text.first_baseline + (bt_sp)(setting->n_lines - 1) * body->text.leading, left;
    bt_str number =
        bt_str_format(flow->marks_arena, "%u", flow->article_pages ? flow->article_pages[doc->link->article_i] : 0);
    bt_rich page = bt_doc_plain(flow->marks_arena, number, doc->page.style, doc->at);
    status = draw_flush_right(flow, &page, block->measure, block->measure, baseline, REFERENCE, marks, &left);
    if (status != BT_OK) return status;
    bt_sp text_end = bt_para_line_width(&body->text.para, &setting->lines[setting->n_lines - 1]) + body->text.para.left;
    bt_sp leaders_end = block->measure - body->number_width - style->gap;
    if (style->leader.len) status = draw_leaders(flow, block, text_end + style->gap, leaders_end, baseline, marks);
    bt_marks_join_link(marks, first, doc->link);
    return status;
}
