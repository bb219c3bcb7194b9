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
    unit->top_steps = bt_flow_steps(layout, inner + bt_flow_top_white(flow));
    unit->extra = (uint16_t)((before_max - before_min) / layout->step);
    bt_flow_check_height(flow, unit->top_steps, at);
    return BT_OK;
}

/* --- paragraphs on the grid --- */

/* What a setting's lines are worth, in the composer's unit: a column short by one step costs 100 or so. */
enum {
    LOOSE = 1430,          /* word spaces that are seen as 1.5 times natural once tracking has added its share */
    COST_LOOSE = 500,      /* a line looser than that */
    COST_LINE_1800 = 2500, /* over 1.8 */
    COST_BARE = 5000,      /* a line of one word that another setting would not leave alone */
    COST_OVERFULL = 100000,
};

static bool has_space(const bt_para *para, const bt_par_line *line)
{
    for (uint32_t i = line->begin; i < line->end; i++)
        if (para->items[i].kind == BT_PAR_GLUE) return true;
    return false;
}

static int64_t line_cost(const bt_para *para, const bt_par_line *line)
{
    if (line->overfull) return COST_OVERFULL;
    if (line->is_last) return 0;
    if (!has_space(para, line)) return COST_BARE;
    int64_t off = line->word_space > 1200  ? line->word_space - 1200
                  : line->word_space < 900 ? 2 * (900 - line->word_space)
                                           : 0;
    int64_t cost = off * off / 10000;
    if (line->word_space > 1800) return cost + COST_LINE_1800;
    return line->word_space > LOOSE ? cost + COST_LOOSE : cost;
}

static int64_t setting_cost(const bt_para *para, const bt_par_setting *setting)
{
    int64_t cost = 0;
    for (uint32_t i = 0; i < setting->n_lines; i++) cost += line_cost(para, &setting->lines[i]);
    return cost;
}

uint16_t bt_flow_white_steps(const bt_layout *layout, bt_sp white)
{
    return white > 0 ? bt_flow_steps(layout, white) : 0;
}

uint16_t bt_flow_line_steps(const bt_layout *layout, const bt_style *style)
{
    return style->leading > layout->step ? bt_flow_steps(layout, style->leading) : 1;
}

static bool line_units(bt_flow *flow, const bt_galley_block *block, uint32_t n, bt_sp before, bt_sp after_white,
                       bt_setting *setting)
{
    bt_unit *units = BT_NEW_ARRAY(flow->arena, n, bt_unit);
    if (!units) return false;
    uint16_t line_steps = bt_flow_line_steps(flow->layout, block->doc->text.style);
    uint32_t n_beside = block->body->n_beside; /* lines beside a drop cap stay together */
    for (uint32_t i = 0; i < n; i++) {
        /* No widow and no orphan: never one line of a paragraph alone in a column. */
        bool is_orphan = (i == 0 || i < n_beside) && n > 1, is_widow = n > 1 && i == n - 2;
        units[i].steps = units[i].top_steps = line_steps;
        units[i].break_cost = is_orphan || is_widow ? BT_FLOW_FORBIDDEN
                              : i + 1 < n           ? flow->layout->costs.paragraph_split
                                                    : 0;
    }
    units[0].steps = (uint16_t)(line_steps + bt_flow_white_steps(flow->layout, before));
    uint16_t after = bt_flow_white_steps(flow->layout, after_white);
    units[n - 1].steps = (uint16_t)(units[n - 1].steps + after);
    units[n - 1].top_steps = (uint16_t)(units[n - 1].top_steps + after);
    if (block->keeps_next) units[n - 1].break_cost = BT_FLOW_FORBIDDEN;
    setting->units = units;
    setting->n_units = n;
    return true;
}

bt_status bt_flow_on_grid(bt_flow *flow, bt_galley_block *block, bt_flow_body *body, bt_sp before, bt_sp after)
{
    const bt_par_result *result = &body->para.result;
    body->is_paragraph = true;
    body->after = bt_flow_white_steps(flow->layout, after) * flow->layout->step;
    bt_setting *settings = BT_NEW_ARRAY(flow->arena, result->n_settings, bt_setting);
    if (!settings) return BT_NOMEM;
    int64_t best = setting_cost(&body->para, &result->settings[result->best_i]);
    for (uint32_t i = 0; i < result->n_settings; i++) {
        const bt_par_setting *source = &result->settings[i];
        if (!line_units(flow, block, source->n_lines, before, after, &settings[i])) return BT_NOMEM;
        int64_t lines_off = (int64_t)source->n_lines - (int64_t)result->settings[result->best_i].n_lines;
        int64_t cost = setting_cost(&body->para, source) - best;
        if (cost < 0) cost = 0;
        if (lines_off) cost += flow->layout->costs.variant * (lines_off < 0 ? -lines_off : lines_off);
        settings[i].cost = (int32_t)(cost > INT32_MAX / 4 ? INT32_MAX / 4 : cost);
    }
    block->settings = settings;
    block->n_settings = result->n_settings;
    block->best_i = result->best_i;
    const bt_setting *best_setting = &settings[result->best_i];
    bt_flow_check_height(flow, best_setting->units[best_setting->n_units - 1].top_steps, block->doc->at);
    return BT_OK;
}

/* A paragraph in its own leading stays whole where it is short: notes, standfirsts. */
enum { LONGEST_WHOLE = 12 };

/* Lines more and fewer that a justified paragraph offers. Ragged ones offer none: a line more is a line of one word. */
enum { MOST_VARIANTS = 2 };

static bt_status text_paragraph(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_style *style = block->doc->text.style;
    if (!bt_flow_tags_new(flow, block, 1, block->doc->is_note ? BT_FLOW_TAG_NOTE : BT_FLOW_TAG_P)) return BT_NOMEM;
    if (style->leading) {
        bt_status status = bt_text_frame_make(flow, &block->doc->text, block->measure, &body->text);
        if (status != BT_OK) return status;
        if (bt_para_lines(&body->text.para) <= LONGEST_WHOLE) {
            body->after = style->space_after;
            bool is_apart = !block->doc->follows_note; /* notes stand close to one another */
            return bt_flow_one_unit(flow, block, body->text.height, is_apart ? style->space_before_min : 0,
                                    is_apart ? style->space_before_max : 0, style->space_after, block->doc->text.at);
        }
    }
    if (block->doc->drop_cap.text.len && !style->leading) {
        bool is_set;
        bt_status status = bt_flow_drop_cap(flow, block, body, &is_set);
        if (status != BT_OK || is_set) return status;
    }
    uint32_t variants = style->align == BT_ALIGN_JUSTIFY ? MOST_VARIANTS : 0;
    bt_para_options options = {
        .measure = block->measure, .n_fewer = variants, .n_more = variants, .is_unindented = block->doc->is_flush};
    bt_status status = bt_para_make(flow, &block->doc->text, &options, &body->para);
    if (status != BT_OK || !body->para.result.n_settings) return status;
    return bt_flow_on_grid(flow, block, body, style->space_before_min, style->space_after);
}

/* --- blocks in their own leading --- */

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
        return text_paragraph(flow, block, body);
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

/* A heading that may end a column after all: dear, but possible. */
static bool unbind(bt_flow *flow, bt_galley_block *block)
{
    const bt_setting *old = &block->settings[0];
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    bt_unit *units = BT_NEW_ARRAY(flow->arena, old->n_units, bt_unit);
    if (!setting || !units) return false;
    for (uint32_t i = 0; i < old->n_units; i++) units[i] = old->units[i];
    units[old->n_units - 1].break_cost = BT_FLOW_UNBOUND;
    *setting = (bt_setting){units, old->n_units, old->cost};
    block->settings = setting;
    block->keeps_next = false;
    return true;
}

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
        if (!join_short_table(flow, block)) return BT_NOMEM;
    }
    if (!loosen_chains(flow, blocks, doc->n_blocks)) return BT_NOMEM;
    galley->blocks = blocks;
    galley->n_blocks = doc->n_blocks;
    galley->n_fillers = doc->n_fillers;
    bt_status status = set_fillers(flow, blocks + doc->n_blocks);
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
                      .doc = doc,
                      .layout = layout,
                      .fonts = fonts,
                      .images = images};
    flow->marks_arena = arena;
    flow->page_measure = layout->width - layout->margin_inside - layout->margin_outside;
    bt_sp n = (bt_sp)layout->n_columns;
    flow->column_measure = (flow->page_measure - (n - 1) * layout->gutter) / n;
    bt_status status = bt_flow_open_faces(flow);
    bt_chain *chain;
    /* The body's face gives the grid its cap height, so it is wanted even where no block uses it. */
    return status == BT_OK ? bt_flow_chain(flow, layout->role[BT_STYLE_BODY], false, false, &chain) : status;
}

/* --- drawing --- */

static bt_status draw_line(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_par_setting *setting = &body->para.result.settings[place->setting_i];
    bool is_last = place->unit_i + 1 == setting->n_lines;
    bt_sp baseline = -bt_flow_fall(flow->layout) - (is_last ? body->after : 0);
    bool is_item = block->doc->kind == BT_DOC_ITEM;
    if (is_item && place->unit_i == 0) {
        bt_status status = bt_flow_marker_draw(flow, block, baseline, marks);
        if (status != BT_OK) return status;
    }
    if (body->n_beside && place->unit_i == 0)
        return bt_flow_drop_cap_draw(flow, block, &setting->lines[0], baseline, marks);
    return bt_para_draw(flow, &body->para, &setting->lines[place->unit_i], place->unit_i, body->text_left, baseline,
                        is_item ? 2 : 0, marks);
}

/* A paragraph in its own leading. */
static bt_status draw_text(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    bt_sp y = -bt_flow_fall(flow->layout) - body->after - body->text.height;
    return bt_text_frame_draw(flow, &body->text, block->measure, 0, y, 0, marks);
}

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
    if (block->body->is_paragraph) return draw_line(flow, block, place, marks);
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
        return draw_text(flow, block, marks);
    }
}

bt_sp bt_flow_left(const bt_layout *layout, uint32_t page_no)
{
    bool is_left_page = layout->is_facing && page_no % 2 == 0;
    return is_left_page ? layout->margin_outside : layout->margin_inside;
}

/* --- facts --- */

static const bt_para *para_of(const bt_galley_block *block)
{
    return block->body->is_paragraph        ? &block->body->para
           : block->body->text.para.n_items ? &block->body->text.para
                                            : NULL;
}

static const bt_par_setting *setting_of(const bt_galley_block *block, uint32_t setting_i)
{
    const bt_para *para = para_of(block);
    if (!para) return NULL;
    return block->body->is_paragraph ? &para->result.settings[setting_i] : bt_para_best(para);
}

bool bt_flow_stats(const bt_galley_block *block, uint32_t setting_i, bt_line_stats *stats)
{
    const bt_par_setting *setting = setting_of(block, setting_i);
    if (!setting) return false;
    *stats = (bt_line_stats){.n_lines = setting->n_lines, .best_lines = bt_para_lines(para_of(block))};
    bool justifies = bt_para_justifies(para_of(block));
    int64_t sum = 0, n = 0;
    for (uint32_t i = 0; i < setting->n_lines; i++) {
        const bt_par_line *line = &setting->lines[i];
        if (line->overfull > stats->overfull) stats->overfull = line->overfull;
        if (line->is_last || !justifies) continue;
        sum += line->word_space;
        n++;
        stats->n_over_1500 += line->word_space > 1500;
        stats->n_over_1800 += line->word_space > 1800;
        if (line->word_space > stats->word_space_max) stats->word_space_max = line->word_space;
    }
    stats->word_space_mean = n ? (int32_t)(sum / n) : 0;
    return true;
}

/* The text of a line, for a message. */
static bt_str line_text(const bt_para *para, const bt_par_line *line)
{
    uint32_t begin = UINT32_MAX, end = 0;
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_para_item *source = &para->sources[i];
        if (source->glyph_begin == source->glyph_end) continue;
        const bt_glyph_run *run = &para->shaped.runs[source->run_i];
        uint32_t first = run->glyphs[source->glyph_begin].cluster;
        uint32_t last = source->glyph_end < run->n_glyphs ? run->glyphs[source->glyph_end].cluster : run->end;
        if (first < begin) begin = first;
        if (last > end) end = last;
    }
    return begin < end ? bt_str_slice(para->shaped.text, begin, end) : BT_STR("");
}

void bt_flow_report_lines(bt_flow *flow, const bt_galley_block *block, uint32_t setting_i)
{
    const bt_par_setting *setting = setting_of(block, setting_i);
    const bt_para *para = para_of(block);
    if (!setting) return;
    bool justifies = bt_para_justifies(para) && !para->rich.style->is_balanced;
    for (uint32_t i = 0; i < setting->n_lines; i++) {
        const bt_par_line *line = &setting->lines[i];
        bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
        bt_buf number = bt_buf_in(flow->scratch);
        if (line->overfull) {
            bt_buf_add_pt(&number, line->overfull, 1);
            bt_diag(flow->diags, BT_W_OVERFULL, para->rich.at,
                    BT_ARGS(bt_buf_str(&number), para->rich.style->name, line_text(para, line)));
        } else if (justifies && !line->is_last && bt_para_is_left_short(para, line)) {
            bt_diag(flow->diags, BT_W_LEFT_SHORT, para->rich.at, BT_ARGS(line_text(para, line)));
        } else if (justifies && !line->is_last && line->word_space > 1800) {
            bt_buf_add_fixed(&number, (line->word_space + 5) / 10, 2);
            bt_str n_lines = bt_str_format(flow->scratch, "%u", setting->n_lines);
            bt_diag(flow->diags, BT_W_LOOSE, para->rich.at,
                    BT_ARGS(bt_buf_str(&number), line_text(para, line), n_lines));
        }
        bt_arena_rewind(flow->scratch, mark);
    }
}
