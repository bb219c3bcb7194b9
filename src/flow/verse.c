/* verse.c - a poem's stanza: its lines are never justified; what a line too long has left hangs in below it. */
#include "flow/flow_int.h"

/* A printed line: a line of the poem, or a part of one. */
typedef struct printed {
    uint32_t line_i, part_i;
} printed;

struct bt_flow_verse {
    bt_para *lines; /* of the poem */
    const printed *printed;
    bt_sp after;
};

enum {
    LONGEST_WHOLE = 12, /* printed lines that a stanza has at most to be kept whole where a column has room */
    COST_STANZA = 4000, /* cutting such a stanza */
    COST_COUPLET = 600, /* cutting a longer one between two lines that belong together */
    MOST_TURNOVERS = 4, /* a line with more parts may be cut */
};

/* What a column break after a printed line costs. Couplets belong together, and no line stands alone. */
static int32_t break_cost(const bt_galley_block *block, const printed *all, uint32_t n, uint32_t i,
                          const bt_layout *layout)
{
    if (i + 1 == n) return block->keeps_next ? BT_FLOW_FORBIDDEN : 0;
    bool is_inside = all[i + 1].part_i > 0;
    if (is_inside) return all[i + 1].part_i < MOST_TURNOVERS ? BT_FLOW_FORBIDDEN : COST_STANZA;
    uint32_t n_lines = all[n - 1].line_i + 1, before = all[i].line_i + 1;
    if (before == 1 || n_lines - before == 1) return BT_FLOW_FORBIDDEN;
    if (n <= LONGEST_WHOLE) return COST_STANZA;
    return layout->costs.paragraph_split + (before % 2 ? COST_COUPLET : 0);
}

static bt_status make_units(bt_flow *flow, bt_galley_block *block, const printed *all, uint32_t n)
{
    const bt_layout *layout = flow->layout;
    const bt_doc_block *doc = block->doc;
    const bt_style *style = doc->text.style;
    bt_unit *units = BT_NEW_ARRAY(flow->arena, n, bt_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!units || !setting) return BT_NOMEM;
    uint16_t line_steps = bt_flow_line_steps(layout, style);
    for (uint32_t i = 0; i < n; i++) {
        units[i].steps = units[i].top_steps = line_steps;
        units[i].break_cost = break_cost(block, all, n, i, layout);
    }
    bt_sp before = doc->starts_poem ? style->space_before_min : layout->verse.stanza_gap;
    uint16_t after = doc->ends_poem ? bt_flow_white_steps(layout, style->space_after) : 0;
    units[0].steps = (uint16_t)(line_steps + bt_flow_white_steps(layout, before));
    units[n - 1].steps = (uint16_t)(units[n - 1].steps + after);
    units[n - 1].top_steps = (uint16_t)(units[n - 1].top_steps + after);
    *setting = (bt_setting){units, n, 0};
    block->settings = setting;
    block->n_settings = 1;
    block->body->verse->after = (bt_sp)after * layout->step;
    return BT_OK;
}

bt_status bt_flow_verse_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    const bt_verse_style *style = &flow->layout->verse;
    bt_flow_verse *verse = BT_NEW(flow->arena, bt_flow_verse);
    if (!verse || !bt_flow_tags_new(flow, block, 1, BT_FLOW_TAG_P)) return BT_NOMEM;
    body->verse = verse;
    verse->lines = BT_NEW_ARRAY(flow->arena, doc->n_lines, bt_para);
    if (!verse->lines) return BT_NOMEM;
    BT_ARRAY(printed) all = {0};
    for (uint32_t i = 0; i < doc->n_lines; i++) {
        bt_para_options options = {.measure = block->measure,
                                   .is_ragged = true,
                                   .is_unindented = true,
                                   .left = style->indent * (bt_sp)doc->lines[i].n_indents,
                                   .turnover = style->turnover};
        if (options.turnover > block->measure / 4) options.turnover = block->measure / 4;
        if (options.left > block->measure / 4) options.left = block->measure / 4;
        bt_status status = bt_para_make(flow, &doc->lines[i].text, &options, &verse->lines[i]);
        if (status != BT_OK) return status;
        for (uint32_t k = 0; k < bt_para_lines(&verse->lines[i]); k++) {
            printed *line = BT_PUSH(flow->arena, &all);
            if (!line) return BT_NOMEM;
            *line = (printed){i, k};
        }
    }
    verse->printed = all.v;
    return all.n ? make_units(flow, block, all.v, all.n) : BT_OK;
}

bt_status bt_flow_verse_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_verse *verse = block->body->verse;
    const printed *line = &verse->printed[place->unit_i];
    const bt_para *para = &verse->lines[line->line_i];
    bool is_last = place->unit_i + 1 == block->settings[0].n_units;
    bt_sp baseline = -bt_flow_fall(flow->layout) - (is_last ? verse->after : 0);
    return bt_para_draw(flow, para, &bt_para_best(para)->lines[line->part_i], line->part_i, 0, baseline, 0, marks);
}
