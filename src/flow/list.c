/* list.c - items of lists: a marker, and the text beside it. The texts of a list begin at one measure, which the widest
 * of its markers gives; a list in an item begins where that item's text does. */
#include "flow/flow_int.h"

/* The width of each list's widest marker, found when its first item is set. */
struct bt_flow_lists {
    struct {
        bt_sp widest;
        bool is_known;
    } * v;
};

static bt_status find_widest(bt_flow *flow, const bt_doc_list *list)
{
    if (!flow->lists) {
        flow->lists = BT_NEW(flow->arena, struct bt_flow_lists);
        if (!flow->lists) return BT_NOMEM;
        flow->lists->v = bt_arena_array(flow->arena, flow->doc->n_lists, sizeof *flow->lists->v);
    }
    if (!flow->lists->v) return BT_NOMEM;
    bt_sp widest = 0;
    for (uint32_t i = 0; i < list->n_markers && !flow->lists->v[list->list_i].is_known; i++) {
        bt_para marker;
        bt_status status = bt_para_shape(flow, &list->markers[i], &marker);
        if (status != BT_OK) return status;
        if (marker.natural_width > widest) widest = marker.natural_width;
    }
    if (!flow->lists->v[list->list_i].is_known) flow->lists->v[list->list_i].widest = widest;
    flow->lists->v[list->list_i].is_known = true;
    return BT_OK;
}

/* Where the list's markers begin, and its texts. */
static bt_status find_lefts(bt_flow *flow, const bt_doc_list *list, bt_sp measure, bt_sp *marker_left, bt_sp *text_left)
{
    const bt_numbered_style *numbered = &flow->layout->numbered;
    bt_sp outer_marker;
    *marker_left = list->is_numbered ? numbered->indent : 0;
    if (list->outer) {
        bt_status status = find_lefts(flow, list->outer, measure, &outer_marker, marker_left);
        if (status != BT_OK) return status;
    }
    if (*marker_left > measure / 2) *marker_left = measure / 2;
    bt_status status = find_widest(flow, list);
    if (status != BT_OK) return status;
    bt_sp room = list->is_numbered ? flow->lists->v[list->list_i].widest + numbered->gap : flow->layout->bullets.indent;
    *text_left = *marker_left + room;
    /* Bullets are narrow, and need no room of their own where there is none. */
    if (!list->is_numbered && *text_left > measure / 2) *text_left = measure / 2;
    return BT_OK;
}

bt_status bt_flow_item_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 3, BT_FLOW_TAG_ITEM);
    if (!tags) return BT_NOMEM;
    tags[1].kind = BT_FLOW_TAG_LABEL;
    tags[2].kind = BT_FLOW_TAG_BODY;
    bt_status status = find_lefts(flow, doc->list, block->measure, &body->marker_left, &body->text_left);
    if (status != BT_OK) return status;
    uint32_t variants = doc->text.style->align == BT_ALIGN_JUSTIFY ? 1 : 0;
    bt_para_options options = {
        .measure = block->measure - body->text_left, .n_fewer = variants, .n_more = variants, .is_unindented = true};
    status = bt_para_make(flow, &doc->text, &options, &body->para);
    if (status != BT_OK || !body->para.result.n_settings) return status;
    /* Under a heading stand two lines at least: of the first item, or a second item. */
    if (bt_para_lines(&body->para) > 1) block->keeps_next = false;
    bt_para_options whole = {.measure = BT_FLOW_TALLEST, .is_unindented = true}; /* on one line, however wide */
    status = bt_para_make(flow, &doc->marker, &whole, &body->marker);
    if (status != BT_OK) return status;
    if (doc->list->is_numbered && flow->layout->numbered.aligns_right)
        body->marker_left += flow->lists->v[doc->list->list_i].widest - body->marker.natural_width;
    const bt_numbered_style *numbered = &flow->layout->numbered;
    const bt_bullets_style *bullets = &flow->layout->bullets;
    const bt_doc_list *outermost = doc->list;
    while (outermost->outer) outermost = outermost->outer;
    bt_sp before = outermost->is_numbered ? numbered->space_before : bullets->space_before;
    bt_sp after = outermost->is_numbered ? numbered->space_after : bullets->space_after;
    return bt_flow_on_grid(flow, block, body, doc->starts_list ? before : 0,
                           doc->ends_list && after > doc->text.style->space_after ? after
                                                                                  : doc->text.style->space_after);
}

bt_status bt_flow_marker_draw(bt_flow *flow, const bt_galley_block *block, bt_sp baseline, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_par_setting *setting = bt_para_best(&body->marker);
    if (!setting) return BT_OK;
    uint32_t first = marks->n;
    bt_status status = bt_para_draw(flow, &body->marker, &setting->lines[0], 0, body->marker_left, baseline, 1, marks);
    if (status != BT_OK) return status;
    const bt_layout *layout = flow->layout;
    for (uint32_t i = first; i < marks->n; i++)
        marks->v[i].color =
            block->doc->list->is_numbered ? layout->numbered.marker_color : layout->bullets.marker_color;
    return BT_OK;
}

bool bt_flow_close_lists(bt_open_lists *open, const bt_doc_list *list)
{
    while (open->n && open->v[open->n - 1].list != list && open->v[open->n - 1].list != list->outer) open->n--;
    return open->n && (open->v[open->n - 1].list == list || open->n == BT_LIST_DEPTH);
}
