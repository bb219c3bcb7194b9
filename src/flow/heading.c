/* heading.c - a headline with its section, kicker and standfirst, or a subheading: one unit, so that they share what
 * rounding to whole steps leaves over. Section and kicker stand on one line where both have room there. */
#include "flow/flow_int.h"

/* The white between two texts: what is below the first and above the second. */
static bt_sp white_between(const bt_style *above, const bt_style *below)
{
    return above->space_after + below->space_before_min;
}

/* The white between section and kicker where one stands above the other. */
static bt_sp white_stacked(const bt_doc_block *doc)
{
    return doc->section.style->space_after + doc->kicker.style->size * 3 / 4;
}

static bool fit_beside(const bt_flow_body *body, const bt_style *section, bt_sp measure)
{
    return bt_para_lines(&body->section.para) == 1 && bt_para_lines(&body->kicker.para) == 1 &&
           (int64_t)bt_text_frame_width(&body->section) + section->size + bt_text_frame_width(&body->kicker) <= measure;
}

/* How much lower the section (or, below 0, the kicker) stands beside the other, so that they share a baseline. */
static bt_sp section_drop(const bt_flow_body *body)
{
    return body->kicker.first_baseline - body->section.first_baseline;
}

/* The height of section and kicker together; 0: there are none. */
static bt_sp labels_height(const bt_doc_block *doc, const bt_flow_body *body)
{
    if (!body->section.height || !body->kicker.height) return body->section.height + body->kicker.height;
    if (!body->is_beside) return body->section.height + white_stacked(doc) + body->kicker.height;
    bt_sp drop = section_drop(body);
    bt_sp section = body->section.height + (drop > 0 ? drop : 0), kicker = body->kicker.height - (drop < 0 ? drop : 0);
    return section > kicker ? section : kicker;
}

static const bt_style *last_label(const bt_doc_block *doc, const bt_flow_body *body)
{
    return body->kicker.height ? doc->kicker.style : doc->section.style;
}

/* The style whose white stands above all. */
static const bt_style *first_style(const bt_doc_block *doc, const bt_flow_body *body)
{
    if (!body->section.height) return body->kicker.height ? doc->kicker.style : doc->text.style;
    bool kicker_wants_more =
        body->is_beside && doc->kicker.style->space_before_min > doc->section.style->space_before_min;
    return kicker_wants_more ? doc->kicker.style : doc->section.style;
}

static bool make_tags(bt_flow *flow, bt_galley_block *block)
{
    uint32_t n_labels = block->doc->section.text.len ? 2 : 1;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, n_labels + 2, BT_FLOW_TAG_P); /* in reading order */
    if (!tags) return false;
    for (uint32_t i = 1; i < n_labels + 2; i++) tags[i] = (bt_flow_tag){.kind = BT_FLOW_TAG_P, .is_beside = true};
    if (block->doc->level) tags[n_labels].kind = BT_FLOW_TAG_H;
    tags[n_labels].level = (uint8_t)block->doc->level;
    return true;
}

bt_status bt_flow_heading_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    const bt_rich *texts[] = {&doc->text, &doc->section, &doc->kicker, &doc->lead};
    bt_text_frame *frames[] = {&body->text, &body->section, &body->kicker, &body->lead};
    if (!make_tags(flow, block)) return BT_NOMEM;
    const bt_text_frame *highest = frames[0];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bt_status status = bt_text_frame_make(flow, texts[i], block->measure, frames[i]);
        if (status != BT_OK) return status;
        if (frames[i]->height > highest->height) highest = frames[i];
    }
    body->is_beside =
        body->section.height && body->kicker.height && fit_beside(body, doc->section.style, block->measure);
    const bt_style *first = first_style(doc, body), *last = body->lead.height ? doc->lead.style : doc->text.style;
    int64_t content = body->text.height;
    bt_sp labels = labels_height(doc, body);
    if (labels) content += labels + white_between(last_label(doc, body), doc->text.style);
    if (body->lead.height) content += body->lead.height + white_between(doc->text.style, doc->lead.style);
    body->after = last->space_after;
    body->content = (bt_sp)(content > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : content);
    return bt_flow_one_unit(flow, block, content, first->space_before_min, first->space_before_max, last->space_after,
                            highest->para.rich.at);
}

/* Section and kicker, from y on. */
static bt_status draw_labels(bt_flow *flow, const bt_galley_block *block, bt_sp y, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_doc_block *doc = block->doc;
    bt_sp drop = body->is_beside ? section_drop(body) : 0, x = 0;
    bt_status status = bt_text_frame_draw(flow, &body->section, block->measure, 0, y + (drop > 0 ? drop : 0), 0, marks);
    if (status != BT_OK) return status;
    if (body->is_beside) {
        x = bt_text_frame_width(&body->section) + doc->section.style->size;
        y -= drop < 0 ? drop : 0;
    } else if (body->section.height) {
        y += body->section.height + white_stacked(doc);
    }
    return bt_text_frame_draw(flow, &body->kicker, block->measure - x, x, y, doc->section.text.len ? 1 : 0, marks);
}

bt_status bt_flow_heading_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_doc_block *doc = block->doc;
    uint32_t tag_i = doc->section.text.len ? 2 : 1;
    bt_sp y = -bt_flow_fall(flow->layout) - body->after - body->content, labels = labels_height(doc, body);
    bt_status status = draw_labels(flow, block, y, marks);
    if (labels) y += labels + white_between(last_label(doc, body), doc->text.style);
    if (status == BT_OK) status = bt_text_frame_draw(flow, &body->text, block->measure, 0, y, tag_i, marks);
    if (status != BT_OK) return status;
    y += body->text.height + white_between(doc->text.style, doc->lead.style);
    return bt_text_frame_draw(flow, &body->lead, block->measure, 0, y, tag_i + 1, marks);
}
