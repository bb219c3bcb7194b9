/* line.c - a text on one line and no wider than its room: what stands beside the page for the press. */
#include "flow/flow_int.h"

/* What is wrong with a text is told where it stands on the page. */
static bt_status shape(bt_flow *flow, bt_str text, const bt_style *style, bt_para *para)
{
    bt_rich rich = bt_doc_plain(flow->arena, text, style, NULL);
    bt_para_options options = {.measure = BT_FLOW_TALLEST, .is_ragged = true};
    bt_diags *diags = flow->diags, silent = {.arena = flow->scratch};
    flow->diags = &silent;
    bt_status status = bt_para_make(flow, &rich, &options, para);
    flow->diags = diags;
    return status;
}

bt_str bt_flow_cut_text(bt_arena *arena, bt_str text, size_t n_characters)
{
    size_t end = 0;
    uint32_t c;
    for (size_t i = 0; i < n_characters && end < text.len; i++) end += bt_utf8_decode(text, end, &c);
    return bt_str_format(arena, "%.*s…", BT_STR_ARGS(bt_str_trim(bt_str_slice(text, 0, end))));
}

/* The longest beginning that fits with its ellipsis; an ellipsis alone where none does. */
static bt_status shorten(bt_flow *flow, bt_str text, const bt_style *style, bt_sp measure, bt_para *para)
{
    size_t fits = 0, most = bt_utf8_count(text);
    while (most - fits > 1) {
        size_t middle = fits + (most - fits) / 2;
        bt_status status = shape(flow, bt_flow_cut_text(flow->arena, text, middle), style, para);
        if (status != BT_OK) return status;
        if (para->natural_width <= measure)
            fits = middle;
        else
            most = middle;
    }
    return shape(flow, bt_flow_cut_text(flow->arena, text, fits), style, para);
}

static void drop_troubles(bt_marks *marks, uint32_t first)
{
    uint32_t n = first;
    for (uint32_t i = first; i < marks->n; i++)
        if (marks->v[i].kind != BT_MARK_TROUBLE) marks->v[n++] = marks->v[i];
    marks->n = n;
}

bt_status bt_flow_line(bt_flow *flow, bt_str text, const bt_style *style, bt_sp measure, bt_marks *marks, bt_sp *width)
{
    bt_para para;
    *width = 0;
    bt_status status = shape(flow, text, style, &para);
    if (status == BT_OK && para.natural_width > measure) status = shorten(flow, text, style, measure, &para);
    const bt_par_setting *setting = status == BT_OK ? bt_para_best(&para) : NULL;
    if (!setting || !setting->n_lines || para.natural_width > measure) return status;
    uint32_t first = marks->n;
    *width = para.natural_width;
    status = bt_para_draw(flow, &para, &setting->lines[0], 0, 0, 0, UINT32_MAX, marks);
    drop_troubles(marks, first);
    return status;
}
