/* paragraph.c - paragraphs: on the grid line by line, in the settings that the composer chooses from, or in their own
 * leading; and what the report says of their lines.
 */
#include "flow/flow_int.h"

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

/* The costs of all settings, as they are known or found anew. NULL: no memory. */
static const int64_t *setting_costs(bt_flow *flow, const bt_para *para)
{
    bt_memo_break *broken = para->broken;
    if (broken && broken->costs) return broken->costs;
    const bt_par_result *result = &para->result;
    int64_t *costs = BT_NEW_ARRAY_UNSET(flow->arena, result->n_settings, int64_t);
    if (!costs) return NULL;
    for (uint32_t i = 0; i < result->n_settings; i++) costs[i] = setting_cost(para, &result->settings[i]);
    if (broken && broken->owner == flow->memo) broken->costs = costs;
    return costs;
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
    const int64_t *costs = setting_costs(flow, &body->para);
    if (!settings || !costs) return BT_NOMEM;
    for (uint32_t i = 0; i < result->n_settings; i++) {
        const bt_par_setting *source = &result->settings[i];
        if (!line_units(flow, block, source->n_lines, before, after, &settings[i])) return BT_NOMEM;
        int64_t lines_off = (int64_t)source->n_lines - (int64_t)result->settings[result->best_i].n_lines;
        int64_t cost = costs[i] - costs[result->best_i];
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

bt_status bt_flow_paragraph_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
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

bt_status bt_flow_paragraph_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place,
                                 bt_marks *marks)
{
    return block->body->is_paragraph ? draw_line(flow, block, place, marks) : draw_text(flow, block, marks);
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
