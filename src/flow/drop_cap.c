/* drop_cap.c - a paragraph that begins with a large letter: it stands on the last of a few lines' baselines, its top at
 * the top of the first one's capitals, and the lines run around it.
 *
 * Where a mark over the letter would rise out of the first line's cell, the letter is made smaller until it does not;
 * where a dot under it reaches into the line below, that line runs around it too.
 */
#include "flow/flow_int.h"

bt_flow_ink bt_flow_ink_of(const bt_para *cap)
{
    bt_flow_ink all = {0};
    bool has_ink = false;
    bt_sp size = cap->rich.style->size;
    int64_t pen = 0;
    for (uint32_t r = 0; r < cap->shaped.n_runs; r++) {
        const bt_glyph_run *run = &cap->shaped.runs[r];
        for (uint32_t g = 0; g < run->n_glyphs; g++) {
            int32_t box[4];
            bt_face_glyph_box(run->face, run->glyphs[g].id, box);
            bt_sp at = bt_units_to_sp(run->face, pen, size);
            bt_sp left = at + bt_units_to_sp(run->face, box[0], size),
                  right = at + bt_units_to_sp(run->face, box[2], size);
            bt_sp bottom = bt_units_to_sp(run->face, box[1], size), top = bt_units_to_sp(run->face, box[3], size);
            if (!has_ink || left < all.left) all.left = left;
            if (right > all.right) all.right = right;
            if (top > all.top) all.top = top;
            if (!has_ink || bottom < all.bottom) all.bottom = bottom;
            has_ink = true;
            pen += run->glyphs[g].advance;
        }
    }
    return all;
}

/* The letter at the size at which its capitals reach from the last baseline to the first line's capitals. */
static bt_status size_cap(bt_flow *flow, const bt_galley_block *block, bt_para *cap, bt_flow_ink *drawn)
{
    const bt_layout *layout = flow->layout;
    const bt_style *body = block->doc->text.style;
    bt_rich rich = block->doc->drop_cap;
    bt_style *style = BT_NEW(flow->arena, bt_style);
    if (!style) return BT_NOMEM;
    const bt_sp reference = BT_PT(100);
    *style = *rich.style;
    style->size = reference;
    rich.style = style;
    bt_status status = bt_para_shape(flow, &rich, cap);
    if (status != BT_OK || !cap->n_items) return status;
    bt_sp cap_height = bt_flow_cap_height(flow, body);
    bt_sp height = (bt_sp)(layout->drop_cap.n_lines - 1) * layout->step + cap_height;
    bt_sp white = bt_flow_rise(layout) - cap_height;
    bt_sp capital = bt_flow_cap_height(flow, style), top = bt_flow_ink_of(cap).top;
    if (capital < 1) capital = 1;
    int64_t size = bt_mul_div(reference, height, capital);
    if (top > 0 && bt_mul_div(size, top, reference) > height + white) size = bt_mul_div(reference, height + white, top);
    style->size = (bt_sp)(size > BT_PT(400) ? BT_PT(400) : size);
    bt_para_options whole = {.measure = BT_FLOW_TALLEST, .is_unindented = true}; /* on one line, however wide */
    status = bt_para_make(flow, &rich, &whole, cap);
    *drawn = bt_flow_ink_of(cap);
    return status;
}

/* Breaks the rest around the letter; is_set: it is long enough for it. */
static bt_status set_rest(bt_flow *flow, const bt_galley_block *block, bt_flow_body *body, const bt_flow_ink *cap,
                          bool *is_set)
{
    enum { MOST_VARIANTS = 2 };
    const bt_layout *layout = flow->layout;
    const bt_style *style = block->doc->text.style;
    bt_sp below = -cap->bottom - bt_flow_fall(layout);
    uint32_t n_beside = layout->drop_cap.n_lines + (below > 0 ? bt_flow_steps(layout, below) : 0);
    bt_sp inset = cap->right - cap->left + layout->drop_cap.gap;
    if (n_beside > BT_MOST_INSET || inset > block->measure / 2) return BT_OK;
    bool is_word = block->doc->after_cap.text.ptr[0] == ' ';
    bt_para_options options = {.measure = block->measure,
                               .is_unindented = true,
                               .inset = is_word ? inset + layout->drop_cap.gap : inset,
                               .n_inset = n_beside};
    bt_status status = bt_para_make(flow, &block->doc->after_cap, &options, &body->para);
    uint32_t n_lines = bt_para_lines(&body->para);
    if (status != BT_OK || n_lines <= n_beside) return status;
    *is_set = true;
    body->n_beside = n_beside;
    if (style->align != BT_ALIGN_JUSTIFY) return BT_OK;
    options.n_more = MOST_VARIANTS;
    options.n_fewer = n_lines - n_beside - 1 < MOST_VARIANTS ? n_lines - n_beside - 1 : MOST_VARIANTS;
    return bt_para_break(flow, &options, &body->para);
}

bt_status bt_flow_drop_cap(bt_flow *flow, bt_galley_block *block, bt_flow_body *body, bool *is_set)
{
    bt_flow_ink drawn = {0};
    const bt_style *style = block->doc->text.style;
    *is_set = false;
    bt_status status = size_cap(flow, block, &body->cap, &drawn);
    if (status != BT_OK || !bt_para_lines(&body->cap)) return status;
    status = set_rest(flow, block, body, &drawn, is_set);
    if (status != BT_OK || !*is_set) return status;
    body->cap_left = -drawn.left;
    return bt_flow_on_grid(flow, block, body, style->space_before_min, style->space_after);
}

/* Parts a mark before its first space. False: no memory. */
static bool part_word(bt_flow *flow, bt_marks *marks, uint32_t mark_i)
{
    const bt_mark whole = marks->v[mark_i];
    uint32_t n = 0;
    while (n < whole.n_glyphs && whole.text.ptr[whole.glyphs[n].cluster] != ' ') n++;
    if (!n || n == whole.n_glyphs) return true;
    bt_placed_glyph *glyphs = BT_NEW_ARRAY(flow->arena, whole.n_glyphs - n, bt_placed_glyph);
    const bt_mark *room = BT_PUSH(flow->marks_arena, marks);
    if (!glyphs || !room) return false;
    for (uint32_t i = marks->n - 1; i > mark_i + 1; i--) marks->v[i] = marks->v[i - 1];
    bt_sp x = whole.glyphs[n].x;
    uint32_t cluster = whole.glyphs[n].cluster;
    for (uint32_t i = n; i < whole.n_glyphs; i++) {
        glyphs[i - n] = whole.glyphs[i];
        glyphs[i - n].x -= x;
        glyphs[i - n].cluster -= cluster;
    }
    bt_mark *word = &marks->v[mark_i], *rest = word + 1;
    *rest = whole;
    rest->x += x;
    rest->width -= x;
    rest->glyphs = glyphs;
    rest->n_glyphs = whole.n_glyphs - n;
    rest->text = bt_str_slice(whole.text, cluster, whole.text.len);
    word->width = x;
    word->n_glyphs = n;
    word->ends_line = false;
    word->text = bt_str_slice(whole.text, 0, cluster);
    return true;
}

bt_status bt_flow_drop_cap_draw(bt_flow *flow, const bt_galley_block *block, const bt_par_line *line, bt_sp baseline,
                                bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    uint32_t cap_i = marks->n;
    bt_sp last = baseline + (bt_sp)(flow->layout->drop_cap.n_lines - 1) * flow->layout->step;
    bt_status status =
        bt_para_draw(flow, &body->cap, &bt_para_best(&body->cap)->lines[0], 0, body->cap_left, last, 0, marks);
    if (status != BT_OK) return status;
    uint32_t first = marks->n;
    status = bt_para_draw(flow, &body->para, line, 0, body->text_left, baseline, 0, marks);
    if (status != BT_OK || first == marks->n) return status;
    if (!part_word(flow, marks, first)) return BT_NOMEM;
    /* The letter stands on another line than its word, so whoever reads or copies the text would get it apart. The text
     * stays with the pages: the marks do not. */
    bt_mark *word = &marks->v[first];
    bool is_word = block->doc->after_cap.text.ptr[0] == ' ';
    word->actual = bt_str_format(flow->arena, is_word ? "%.*s %.*s" : "%.*s%.*s", BT_STR_ARGS(body->cap.shaped.text),
                                 BT_STR_ARGS(word->text));
    word->has_actual = true;
    for (uint32_t i = cap_i; i < first; i++) {
        marks->v[i].has_actual = true;
        marks->v[i].actual = BT_STR("");
        marks->v[i].ends_line = false;
    }
    return BT_OK;
}
