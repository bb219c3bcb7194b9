/* flow.c - the galley: each block measured, in whole steps; and its units drawn. */
#include "flow/flow_int.h"

/* The share of a step that lies above the baseline. Three quarters leave the descenders their room in every text face.
 */
bt_sp bt_flow_rise(const bt_layout *layout) { return layout->step / 4 * 3; }

bt_sp bt_flow_fall(const bt_layout *layout) { return layout->step - bt_flow_rise(layout); }

uint16_t bt_flow_steps(const bt_layout *layout, int64_t height)
{
    int64_t n = (height + layout->step - 1) / layout->step;
    return (uint16_t)(n < 1 ? 1 : n > UINT16_MAX / 4 ? UINT16_MAX / 4 : n);
}

uint32_t bt_flow_page_rows(const bt_layout *layout)
{
    int64_t room = (int64_t)layout->height - layout->margin_bottom - layout->grid_first;
    return room < 0 ? 0 : (uint32_t)(room / layout->step) + 1;
}

void bt_flow_check_height(bt_flow *flow, uint32_t steps, const bt_place *at)
{
    uint32_t n_rows = bt_flow_page_rows(flow->layout);
    if (steps <= n_rows) return;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_buf wanted = bt_buf_in(flow->scratch), had = bt_buf_in(flow->scratch);
    bt_buf_add_mm(&wanted, (int64_t)steps * flow->layout->step);
    bt_buf_add_mm(&had, (int64_t)n_rows * flow->layout->step);
    bt_diag(flow->diags, BT_E_TALL, at, BT_ARGS(bt_buf_str(&wanted), bt_buf_str(&had)));
    bt_arena_rewind(flow->scratch, mark);
}

uint32_t bt_flow_steps_of(const bt_flow *flow, int64_t height) { return bt_flow_steps(flow->layout, height); }

bt_sp bt_flow_top_white(const bt_flow *flow)
{
    return bt_flow_rise(flow->layout) - bt_flow_cap_height(flow, flow->layout->role[BT_STYLE_BODY]);
}

uint16_t bt_flow_white_steps(const bt_layout *layout, bt_sp white)
{
    return white > 0 ? bt_flow_steps(layout, white) : 0;
}

uint16_t bt_flow_line_steps(const bt_layout *layout, const bt_style *style)
{
    return style->leading > layout->step ? bt_flow_steps(layout, style->leading) : 1;
}

bt_flow_tag *bt_flow_tags_new(bt_flow *flow, bt_galley_block *block, uint32_t n, bt_flow_tag_kind first)
{
    bt_flow_tag *tags = BT_NEW_ARRAY(flow->arena, n, bt_flow_tag);
    if (!tags) return NULL;
    tags[0].kind = (uint8_t)first;
    block->tags = tags;
    block->n_tags = n;
    return tags;
}

bt_unit *bt_flow_whole_unit(bt_flow *flow, bt_galley_block *block)
{
    bt_unit *unit = BT_NEW(flow->arena, bt_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!unit || !setting) return NULL;
    unit->break_cost = block->keeps_next ? BT_FLOW_FORBIDDEN : 0;
    *setting = (bt_setting){unit, 1, 0};
    block->settings = setting;
    block->n_settings = 1;
    return unit;
}

bt_status bt_flow_one_unit(bt_flow *flow, bt_galley_block *block, int64_t content, bt_sp before_min, bt_sp before_max,
                           bt_sp after, const bt_place *at)
{
    bt_unit *unit = bt_flow_whole_unit(flow, block);
    if (!unit) return BT_NOMEM;
    const bt_layout *layout = flow->layout;
    int64_t inner = content + after + bt_flow_fall(layout);
    unit->steps = bt_flow_steps(layout, inner + before_min);
    /* At a column's head capitals that are a little higher than those of the text still look level with them: no step
     * is spent on a hair's breadth. */
    bt_sp white = bt_flow_top_white(flow), hair = layout->step / 16;
    unit->top_steps = bt_flow_steps(layout, inner + (white > hair ? white - hair : 0));
    unit->extra = (uint16_t)((before_max - before_min) / layout->step);
    bt_flow_check_height(flow, unit->top_steps, at);
    return BT_OK;
}

/* --- each kind of block --- */

static bt_status rule(bt_flow *flow, bt_galley_block *block)
{
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 1, BT_FLOW_TAG_NONE);
    return tags ? bt_flow_one_unit(flow, block, flow->layout->rule.weight, 0, 0, 0, block->doc->at) : BT_NOMEM;
}

bt_status bt_flow_set_block(bt_flow *flow, bt_galley_block *block)
{
    bt_flow_body *body = BT_NEW(flow->arena, bt_flow_body);
    if (!body) return BT_NOMEM;
    block->body = body;
    switch (block->doc->kind) {
    case BT_DOC_HEADING:
        return bt_flow_heading_make(flow, block, body);
    case BT_DOC_PARAGRAPH:
        return bt_flow_paragraph_make(flow, block, body);
    case BT_DOC_ITEM:
        return bt_flow_item_make(flow, block, body);
    case BT_DOC_VERSE:
        return bt_flow_verse_make(flow, block, body);
    case BT_DOC_FIGURE:
        return bt_flow_figure_make(flow, block, body);
    case BT_DOC_TABLE:
        return bt_flow_table_make(flow, block, body);
    case BT_DOC_QUOTE:
        return bt_flow_quote_make(flow, block, body);
    case BT_DOC_RULE:
        return rule(flow, block);
    case BT_DOC_GALLERY:
        return bt_flow_gallery_make(flow, block, body);
    case BT_DOC_NUMBERS:
        return bt_flow_numbers_make(flow, block, body);
    case BT_DOC_ENTRY:
        return bt_flow_entry_make(flow, block, body);
    case BT_DOC_QR:
        return bt_flow_qr_make(flow, block, body);
    case BT_DOC_BOX:
        return bt_flow_box_make(flow, block, body);
    case BT_DOC_CHART:
        return bt_flow_chart_make(flow, block, body);
    }
    return BT_INTERNAL;
}

/* --- what is kept together --- */

/* The steps of a setting's first units that no break parts, and whether those are all. */
static uint32_t bound_steps(const bt_setting *setting, bool *are_all)
{
    uint32_t steps = 0, i = 0;
    while (i < setting->n_units) {
        steps += setting->units[i].steps;
        if (setting->units[i++].break_cost != BT_FLOW_FORBIDDEN) break;
    }
    *are_all = setting->n_units && setting->units[setting->n_units - 1].break_cost == BT_FLOW_FORBIDDEN;
    return steps;
}

/* What a column break after a block costs, in all of its settings. */
static bool set_last_cost(bt_flow *flow, bt_galley_block *block, int32_t cost)
{
    bt_setting *settings = BT_NEW_ARRAY(flow->arena, block->n_settings, bt_setting);
    if (!settings) return false;
    for (uint32_t i = 0; i < block->n_settings; i++) {
        const bt_setting *old = &block->settings[i];
        bt_unit *units = BT_NEW_ARRAY(flow->arena, old->n_units, bt_unit);
        if (!units) return false;
        for (uint32_t k = 0; k < old->n_units; k++) units[k] = old->units[k];
        units[old->n_units - 1].break_cost = cost;
        settings[i] = (bt_setting){units, old->n_units, old->cost};
    }
    block->settings = settings;
    block->keeps_next = cost == BT_FLOW_FORBIDDEN;
    return true;
}

/* A heading that may end a column after all: dear, but possible. */
static bool unbind(bt_flow *flow, bt_galley_block *block) { return set_last_cost(flow, block, BT_FLOW_UNBOUND); }

/* Headings upon headings, each kept with the next, would want one column for all of them: a chain that no page holds is
 * parted where it is too long. */
static bool loosen_chains(bt_flow *flow, bt_galley_block *blocks, uint32_t n_blocks)
{
    uint32_t n_rows = bt_flow_page_rows(flow->layout), chain = 0;
    bt_galley_block *before = NULL; /* the chain's last block */
    for (uint32_t i = 0; i < n_blocks; i++) {
        bt_galley_block *block = &blocks[i];
        if (!block->n_settings) continue;
        bool are_all;
        uint32_t steps = bound_steps(&block->settings[block->best_i], &are_all);
        if (before && chain + steps > n_rows) {
            if (!unbind(flow, before)) return false;
            chain = 0;
        }
        chain += steps;
        before = are_all && block->keeps_next && block->n_settings == 1 ? block : NULL;
        if (!before) chain = 0;
    }
    return true;
}

/* What a reader looks at beside the text: it may leave its place in it. */
static bool stands_apart(bt_doc_kind kind)
{
    return kind == BT_DOC_FIGURE || kind == BT_DOC_TABLE || kind == BT_DOC_GALLERY || kind == BT_DOC_NUMBERS ||
           kind == BT_DOC_BOX || kind == BT_DOC_CHART;
}

/* A table that takes no more than two fifths of a page is read as a picture is: it stays whole, and may leave its
 * place.
 */
static bool join_short_table(bt_flow *flow, bt_galley_block *block)
{
    const bt_setting *setting = block->n_settings == 1 ? &block->settings[0] : NULL;
    if (block->doc->kind != BT_DOC_TABLE || !setting || setting->n_units < 2) return true;
    uint32_t rest = 0;
    for (uint32_t i = 1; i < setting->n_units; i++) rest += setting->units[i].steps;
    if ((setting->units[0].steps + rest) * 5 > bt_flow_page_rows(flow->layout) * 2) return true;
    bt_unit *unit = bt_flow_whole_unit(flow, block);
    if (!unit) return false;
    *unit = setting->units[0];
    unit->steps = (uint16_t)(unit->steps + rest);
    unit->top_steps = (uint16_t)(unit->top_steps + rest);
    unit->break_cost = setting->units[setting->n_units - 1].break_cost;
    block->joined = setting;
    block->head_steps = 0;
    return true;
}

/* Each filler in a column and across the page: the composer takes what fits a hole. */
static bt_status set_fillers(bt_flow *flow, bt_galley_block *blocks)
{
    const bt_doc *doc = flow->doc;
    for (uint32_t i = 0; i < 2 * doc->n_fillers; i++) {
        blocks[i].doc = &doc->fillers[i / 2];
        blocks[i].n_columns = i % 2 ? 1 : flow->layout->n_columns;
        blocks[i].measure = i % 2 ? flow->page_measure : flow->column_measure;
        bt_status status = bt_flow_set_block(flow, &blocks[i]);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* An item that comes first below a heading, and others of the list after it. */
static bool opens_list(const bt_doc *doc, uint32_t i)
{
    const bt_doc_block *block = &doc->blocks[i];
    return block->kind == BT_DOC_ITEM && block->starts_list && !block->ends_list && i &&
           doc->blocks[i - 1].kind == BT_DOC_HEADING;
}

/* A list's last item of one line would begin a column as a widow does: the item before it comes along. */
static bool keep_last_item(bt_flow *flow, bt_galley_block *block)
{
    const bt_doc_block *last = block->doc;
    bool is_last = last->kind == BT_DOC_ITEM && last->ends_list && !last->starts_list;
    if (!is_last || !block->n_settings || block->settings[block->best_i].n_units != 1) return true;
    return !block[-1].n_settings || set_last_cost(flow, &block[-1], BT_FLOW_FORBIDDEN);
}

bt_status bt_flow_galley(bt_flow *flow, bt_galley *galley)
{
    const bt_doc *doc = flow->doc;
    bt_galley_block *blocks = BT_NEW_ARRAY(flow->arena, doc->n_blocks + 2 * doc->n_fillers, bt_galley_block);
    if (!blocks) return BT_NOMEM;
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        bt_galley_block *block = &blocks[i];
        const bt_doc_block *source = &doc->blocks[i];
        block->doc = source;
        block->n_columns = source->spans_page ? 1 : flow->layout->n_columns;
        block->measure = source->spans_page ? flow->page_measure : flow->column_measure;
        block->keeps_next = (source->keeps_next || opens_list(doc, i)) && i + 1 < doc->n_blocks &&
                            doc->blocks[i + 1].article_i == source->article_i;
        block->may_move = stands_apart(source->kind);
        bt_status status = bt_flow_set_block(flow, block);
        if (status != BT_OK) return status;
        if (!keep_last_item(flow, block)) return BT_NOMEM;
        if (!join_short_table(flow, block)) return BT_NOMEM;
    }
    if (!loosen_chains(flow, blocks, doc->n_blocks)) return BT_NOMEM;
    galley->blocks = blocks;
    galley->n_blocks = doc->n_blocks;
    galley->n_fillers = doc->n_fillers;
    bt_status status = set_fillers(flow, blocks + doc->n_blocks);
    if (status == BT_OK) status = bt_flow_jump_rows(flow, galley->jump_rows);
    if (status == BT_OK) status = bt_flow_check_running(flow);
    if (status != BT_OK) return status;
    return flow->arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_flow_begin(bt_flow *flow, bt_arena *arena, bt_arena *scratch, bt_diags *diags, const bt_doc *doc,
                        bt_fonts *fonts, bt_images *images)
{
    const bt_layout *layout = doc->layout;
    *flow = (bt_flow){.arena = arena,
                      .scratch = scratch,
                      .diags = diags,
                      .font_diags = diags,
                      .doc = doc,
                      .layout = layout,
                      .fonts = fonts,
                      .images = images};
    flow->marks_arena = arena;
    flow->page_measure = layout->width - layout->margin_inside - layout->margin_outside;
    bt_sp n = (bt_sp)layout->n_columns;
    flow->column_measure = (flow->page_measure - (n - 1) * layout->gutter) / n;
    flow->memo = bt_memo_new(arena);
    bt_status status = flow->memo ? bt_flow_open_faces(flow) : BT_NOMEM;
    bt_role_chain *chain;
    /* The body's face gives the grid its cap height, so it is wanted even where no block uses it. */
    return status == BT_OK ? bt_flow_chain(flow, layout->role[BT_STYLE_BODY], false, false, &chain) : status;
}

void bt_flow_end(bt_flow *flow) { bt_memo_drop(flow->memo); }

/* --- drawing --- */

static bt_status draw_rule(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_rule_style *style = &flow->layout->rule;
    bt_sp middle = -(bt_sp)place->steps * flow->layout->step / 2;
    bt_sp length = style->length && style->length < block->measure ? style->length : block->measure;
    return bt_mark_rule(flow, marks, (block->measure - length) / 2, middle, length, style) ? BT_OK : BT_NOMEM;
}

static bt_status draw_unit(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);

/* The units of what is kept whole, one below the other. */
static bt_status draw_joined(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_setting *setting = block->joined;
    uint32_t below = 0;
    for (uint32_t i = 1; i < setting->n_units; i++) below += setting->units[i].steps;
    bt_unit_place part = {.steps = place->steps - below, .is_top = place->is_top};
    for (uint32_t i = 0; i < setting->n_units; i++) {
        if (i) part = (bt_unit_place){.unit_i = i, .steps = setting->units[i].steps};
        if (i) below -= part.steps;
        part.is_part_end = i + 1 == setting->n_units;
        uint32_t first = marks->n;
        bt_status status = draw_unit(flow, block, &part, marks);
        if (status != BT_OK) return status;
        for (uint32_t k = first; k < marks->n; k++) marks->v[k].y -= (bt_sp)below * flow->layout->step;
    }
    return BT_OK;
}

bt_status bt_flow_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    return block->joined ? draw_joined(flow, block, place, marks) : draw_unit(flow, block, place, marks);
}

static bt_status draw_unit(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    if (block->body->is_paragraph) return bt_flow_paragraph_draw(flow, block, place, marks);
    switch (block->doc->kind) {
    case BT_DOC_FIGURE:
        return bt_flow_figure_draw(flow, block, place, marks);
    case BT_DOC_TABLE:
        return bt_flow_table_draw(flow, block, place, marks);
    case BT_DOC_CHART:
        return bt_flow_chart_draw(flow, block, place, marks);
    case BT_DOC_HEADING:
        return bt_flow_heading_draw(flow, block, marks);
    case BT_DOC_QUOTE:
        return bt_flow_quote_draw(flow, block, marks);
    case BT_DOC_RULE:
        return draw_rule(flow, block, place, marks);
    case BT_DOC_GALLERY:
        return bt_flow_gallery_draw(flow, block, place, marks);
    case BT_DOC_NUMBERS:
        return bt_flow_numbers_draw(flow, block, marks);
    case BT_DOC_ENTRY:
        return bt_flow_entry_draw(flow, block, marks);
    case BT_DOC_QR:
        return bt_flow_qr_draw(flow, block, marks);
    case BT_DOC_BOX:
        return bt_flow_box_draw(flow, block, place, marks);
    case BT_DOC_VERSE:
        return bt_flow_verse_draw(flow, block, place, marks);
    default:
        return bt_flow_paragraph_draw(flow, block, place, marks);
    }
}

bt_sp bt_flow_left(const bt_layout *layout, uint32_t page_no)
{
    bool is_left_page = layout->is_facing && page_no % 2 == 0;
    return is_left_page ? layout->margin_outside : layout->margin_inside;
}
