/* numbers.c - a strip of key figures: each number large, its unit beside it, its label below.
 *
 * As many stand side by side as the layout's least width and the widest number allow; the others go on in further rows,
 * as evenly as can be. All rows are one unit.
 */
#include "flow/flow_int.h"

typedef struct figure {
    bt_text_frame value, unit, label;
    bool is_unit_below; /* no room for it beside the number */
} figure;

struct bt_flow_numbers {
    figure *figures;
    uint32_t n, per_row;
    bt_sp width;       /* of each */
    bt_sp *row_height; /* from the numbers' capitals to the last line of the labels, by row */
    uint32_t n_rows;
    bt_sp height; /* of all, rules included */
};

static bt_sp width_of(const bt_flow *flow, bt_sp measure, uint32_t per_row)
{
    return (measure - (bt_sp)(per_row - 1) * flow->layout->numbers.gap) / (bt_sp)per_row;
}

/* The width of a number with its unit, on one line. */
static int64_t natural_width(const bt_flow *flow, const figure *f)
{
    int64_t width = f->value.para.natural_width;
    return f->unit.para.n_items ? width + flow->layout->numbers.unit_gap + f->unit.para.natural_width : width;
}

/* How many stand side by side: the most that fit, then as even as the rows can be. */
static uint32_t find_per_row(const bt_flow *flow, const bt_flow_numbers *numbers, bt_sp measure)
{
    const bt_numbers_style *style = &flow->layout->numbers;
    int64_t most = ((int64_t)measure + style->gap) / (style->least_width + style->gap + 1);
    uint32_t per_row = most < 1 ? 1 : most > numbers->n ? numbers->n : (uint32_t)most;
    int64_t widest = 0;
    for (uint32_t i = 0; i < numbers->n; i++) {
        int64_t width = natural_width(flow, &numbers->figures[i]);
        if (width > widest) widest = width;
    }
    while (per_row > 1 && width_of(flow, measure, per_row) < widest) per_row--;
    if (!per_row) return 1;
    uint32_t n_rows = (numbers->n + per_row - 1) / per_row;
    return n_rows ? (numbers->n + n_rows - 1) / n_rows : 1;
}

/* The number's height with a unit that stands below it, on as many lines as it takes. */
static bt_sp value_height(const figure *f)
{
    int64_t height = f->value.height;
    if (f->is_unit_below) height += (int64_t)bt_para_lines(&f->unit.para) * f->unit.leading;
    return height > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : (bt_sp)height;
}

/* Frames at the final width, and each row's height. */
static bt_status set_figures(bt_flow *flow, const bt_doc_block *doc, bt_flow_numbers *numbers)
{
    for (uint32_t i = 0; i < numbers->n; i++) {
        figure *f = &numbers->figures[i];
        const bt_doc_number_item *item = &doc->numbers[i];
        f->is_unit_below = f->unit.para.n_items && natural_width(flow, f) > numbers->width;
        bt_status status = bt_text_frame_make(flow, &item->value, numbers->width, &f->value);
        if (status == BT_OK) status = bt_text_frame_make(flow, &item->unit, numbers->width, &f->unit);
        if (status == BT_OK) status = bt_text_frame_make(flow, &item->label, numbers->width, &f->label);
        if (status != BT_OK) return status;
        int64_t height = (int64_t)value_height(f) + flow->layout->numbers.label_gap + f->label.height;
        if (height > BT_FLOW_TALLEST) height = BT_FLOW_TALLEST;
        bt_sp *row = &numbers->row_height[i / numbers->per_row];
        if (height > *row) *row = (bt_sp)height;
    }
    return BT_OK;
}

bt_status bt_flow_numbers_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_doc_block *doc = block->doc;
    const bt_numbers_style *style = &flow->layout->numbers;
    bt_flow_numbers *numbers = BT_NEW(flow->arena, bt_flow_numbers);
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, doc->n_numbers + 1, BT_FLOW_TAG_DIV);
    if (!numbers || !tags) return BT_NOMEM;
    body->numbers = numbers;
    numbers->n = doc->n_numbers;
    numbers->figures = BT_NEW_ARRAY(flow->arena, numbers->n, figure);
    numbers->row_height = BT_NEW_ARRAY(flow->arena, numbers->n, bt_sp);
    if (!numbers->figures || !numbers->row_height) return BT_NOMEM;
    for (uint32_t i = 0; i < numbers->n; i++) {
        tags[i + 1].kind = BT_FLOW_TAG_P;
        bt_status status = bt_para_shape(flow, &doc->numbers[i].value, &numbers->figures[i].value.para);
        if (status == BT_OK) status = bt_para_shape(flow, &doc->numbers[i].unit, &numbers->figures[i].unit.para);
        if (status != BT_OK) return status;
    }
    numbers->per_row = find_per_row(flow, numbers, block->measure);
    numbers->n_rows = (numbers->n + numbers->per_row - 1) / numbers->per_row;
    numbers->width = width_of(flow, block->measure, numbers->per_row);
    bt_status status = set_figures(flow, doc, numbers);
    if (status != BT_OK) return status;
    int64_t height = (int64_t)bt_rule_room(&style->rule_above) + bt_rule_room(&style->rule_below) +
                     (int64_t)(numbers->n_rows - 1) * style->row_gap;
    for (uint32_t i = 0; i < numbers->n_rows; i++) height += numbers->row_height[i];
    numbers->height = (bt_sp)(height > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : height);
    body->after = style->space_after;
    return bt_flow_one_unit(flow, block, numbers->height, style->space_before, style->space_before, style->space_after,
                            doc->at);
}

/* The unit beside the number, or below it. */
static bt_status draw_unit(bt_flow *flow, const bt_flow_numbers *numbers, uint32_t i, bt_sp x, bt_sp y, bt_marks *marks)
{
    const figure *f = &numbers->figures[i];
    const bt_par_setting *value = bt_para_best(&f->value.para);
    if (!f->unit.height || !value) return BT_OK;
    bt_sp baseline = y + f->value.height - f->value.depth;
    if (f->is_unit_below)
        baseline += f->unit.leading;
    else
        x += bt_para_line_width(&f->value.para, &value->lines[value->n_lines - 1]) + flow->layout->numbers.unit_gap;
    return bt_text_frame_draw(flow, &f->unit, numbers->width, x, baseline - f->unit.first_baseline, i + 1, marks);
}

static bt_status draw_figure(bt_flow *flow, const bt_flow_numbers *numbers, uint32_t i, bt_sp x, bt_sp y,
                             bt_marks *marks)
{
    const figure *f = &numbers->figures[i];
    bt_status status = bt_text_frame_draw(flow, &f->value, numbers->width, x, y, i + 1, marks);
    if (status == BT_OK) status = draw_unit(flow, numbers, i, x, y, marks);
    if (status != BT_OK) return status;
    return bt_text_frame_draw(flow, &f->label, numbers->width, x, y + value_height(f) + flow->layout->numbers.label_gap,
                              i + 1, marks);
}

bt_status bt_flow_numbers_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_numbers *numbers = block->body->numbers;
    const bt_numbers_style *style = &flow->layout->numbers;
    bt_sp foot = -bt_flow_fall(flow->layout) - block->body->after, y = foot - numbers->height;
    if (!bt_mark_rule(flow, marks, 0, y, block->measure, &style->rule_above) ||
        !bt_mark_rule(flow, marks, 0, foot - style->rule_below.weight, block->measure, &style->rule_below))
        return BT_NOMEM;
    y += bt_rule_room(&style->rule_above);
    for (uint32_t i = 0; i < numbers->n; i++) {
        bt_sp x = (bt_sp)(i % numbers->per_row) * (numbers->width + style->gap);
        bt_status status = draw_figure(flow, numbers, i, x, y, marks);
        if (status != BT_OK) return status;
        if ((i + 1) % numbers->per_row == 0) y += numbers->row_height[i / numbers->per_row] + style->row_gap;
    }
    return BT_OK;
}
