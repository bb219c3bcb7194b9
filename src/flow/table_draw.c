/* table_draw.c - a table's units drawn: title and head, rows with their bands and rules, notes. */
#include "flow/table_int.h"

/* --- cells --- */

/* A cell's left edge for one of its lines. Numbers stand on their column's decimal sign, as one block of the column's
 * alignment. */
static bt_sp cell_x(const bt_flow_table *table, const bt_tabular_cell *cell, const bt_par_line *line)
{
    const bt_tabular_column *column = &table->columns[cell->column_i];
    bt_sp left = column->x + table->layout->table.pad_x, width = bt_para_line_width(&cell->para, line);
    bt_align align = cell->n_spanned > 1 ? BT_ALIGN_LEFT : table->source->aligns[cell->column_i];
    bt_sp content = cell->is_number ? column->before_sign + column->after_sign : width;
    bt_sp room = bt_flow_table_cell_width(table, cell) - content;
    left += align == BT_ALIGN_RIGHT ? room - column->air : align == BT_ALIGN_CENTER ? room / 2 : 0;
    return cell->is_number ? left + column->before_sign - (width - cell->after_sign) : left;
}

/* A line of a cell with its left end at x. */
static bt_status draw_line(bt_flow *flow, const bt_tabular_cell *cell, const bt_par_line *line, bt_sp x, bt_sp y,
                           bt_marks *marks)
{
    bt_para para = cell->para;
    para.left = para.first_left = 0; /* x has the indents' place */
    bt_style style = *para.rich.style;
    style.align = BT_ALIGN_LEFT;
    para.rich.style = &style;
    return bt_para_draw(flow, &para, line, 1, x, y, cell->tag_i, marks);
}

/* All lines of a cell, the first with its baseline at y. */
static bt_status draw_cell(bt_flow *flow, const bt_flow_table *table, const bt_tabular_cell *cell, bt_sp y,
                           bt_marks *marks)
{
    const bt_par_setting *setting = bt_para_best(&cell->para);
    bt_sp leading = bt_flow_table_leading(table, cell->para.rich.style);
    bt_status status = BT_OK;
    for (uint32_t i = 0; setting && status == BT_OK && i < setting->n_lines; i++) {
        const bt_par_line *line = &setting->lines[i];
        status = draw_line(flow, cell, line, cell_x(table, cell, line), y + (bt_sp)i * leading, marks);
    }
    return status;
}

/* Draws a row whose foot is at y: first lines level, the tallest cell amid the row's height. */
static bt_status draw_row(bt_flow *flow, const bt_flow_table *table, const bt_tabular_row *row, bt_sp y,
                          bt_marks *marks)
{
    bt_sp height = (bt_sp)row->n_steps * table->layout->step, cap = bt_flow_cap_height(flow, row->style);
    bt_sp text_height = (bt_sp)(row->n_lines - 1) * bt_flow_table_leading(table, row->style) + cap;
    bt_sp first = y - height + (height - text_height) / 2 + cap;
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < row->n_cells; i++)
        status = draw_cell(flow, table, &row->cells[i], first, marks);
    return status;
}

/* One line of a row that is cut. */
static bt_status draw_row_line(bt_flow *flow, const bt_flow_table *table, const bt_tabular_row *row, uint32_t line_i,
                               bt_sp y, bt_marks *marks)
{
    bt_sp height = (bt_sp)row->n_steps * table->layout->step, cap = bt_flow_cap_height(flow, row->style);
    bt_sp baseline = y - (height - cap) / 2;
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < row->n_cells; i++) {
        const bt_tabular_cell *cell = &row->cells[i];
        if (line_i >= bt_para_lines(&cell->para)) continue;
        const bt_par_line *line = &bt_para_best(&cell->para)->lines[line_i];
        status = draw_line(flow, cell, line, cell_x(table, cell, line), baseline, marks);
    }
    return status;
}

/* --- the head --- */

/* A group's head in the middle over its columns, with a rule below that leaves a gap to the next group's. */
static bt_status draw_group(bt_flow *flow, const bt_flow_table *table, const bt_tabular_cell *cell, bt_sp last,
                            bt_marks *marks)
{
    const bt_par_setting *setting = bt_para_best(&cell->para);
    bt_sp left = table->columns[cell->column_i].x + table->layout->table.pad_x;
    bt_sp room = bt_flow_table_cell_width(table, cell), leading = bt_flow_table_leading(table, table->groups.style);
    for (uint32_t i = 0; setting && i < setting->n_lines; i++) {
        const bt_par_line *line = &setting->lines[i];
        bt_sp x = left + (room - bt_para_line_width(&cell->para, line)) / 2;
        bt_status status = draw_line(flow, cell, line, x, last - (bt_sp)(setting->n_lines - 1 - i) * leading, marks);
        if (status != BT_OK) return status;
    }
    if (!table->n_low_lines) return BT_OK; /* the head's own rule is next */
    bt_sp y = last + bt_flow_table_group_rule(table);
    return bt_mark_rule(flow, marks, left, y, room, &table->layout->table.rule_group) ? BT_OK : BT_NOMEM;
}

/* The heads, their foot at y 0: their last lines are level. */
static bt_status draw_heads(bt_flow *flow, const bt_flow_table *table, bt_marks *marks)
{
    bt_sp height = (bt_sp)table->head_steps * table->layout->step;
    bt_sp last = table->head_height + (height - table->head_height) / 2 - height,
          leading = bt_flow_table_leading(table, table->head.style);
    bt_sp last_group = 0;
    if (table->groups.n_cells) last_group = last - bt_flow_table_group_fall(table);
    for (uint32_t i = 0; i < table->groups.n_cells; i++) {
        bt_status status = draw_group(flow, table, &table->groups.cells[i], last_group, marks);
        if (status != BT_OK) return status;
    }
    for (uint32_t i = 0; i < table->head.n_cells; i++) {
        const bt_tabular_cell *cell = &table->head.cells[i];
        uint32_t n_lines = bt_para_lines(&cell->para);
        if (!n_lines) continue;
        bt_status status = draw_cell(flow, table, cell, last - (bt_sp)(n_lines - 1) * leading, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* A repeated head is an artifact: its words are read once, with the table's first part. */
static void make_artifacts(bt_marks *marks, uint32_t from)
{
    for (uint32_t i = from; i < marks->n; i++) marks->v[i].tag_i = UINT32_MAX;
}

/* "(tiếp theo)" behind the title, whose top is at y, or below it; without a title at y itself. */
static bt_status draw_continued(bt_flow *flow, const bt_flow_table *table, bt_sp y, bt_marks *marks)
{
    const bt_text_frame *title = &table->title, *continued = &table->continued;
    bt_sp x = 0;
    if (title->height) {
        if (!table->continued_line) x = bt_flow_table_continued_x(table);
        y += title->first_baseline + (bt_sp)(bt_para_lines(&title->para) - 1) * title->leading + table->continued_line -
             continued->first_baseline;
    }
    return bt_text_frame_draw(flow, continued, table->measure, x, y, 1, marks);
}

/* The title and unit with their foot at y. */
static bt_status draw_title(bt_flow *flow, const bt_flow_table *table, bt_sp y, bool is_repeated, bt_marks *marks)
{
    bt_sp top = y - (is_repeated ? table->repeated_height : table->title_height), foot = top + table->title.height;
    bt_status status = bt_text_frame_draw(flow, &table->title, table->measure, 0, top, 1, marks);
    if (status == BT_OK && is_repeated) status = draw_continued(flow, table, top, marks);
    if (is_repeated) foot += table->title.height ? table->continued_line : table->continued.height;
    if (status != BT_OK || !table->unit.height) return status;
    bt_sp unit_y = foot > top ? foot + table->unit.leading - table->unit.first_baseline : top;
    return bt_text_frame_draw(flow, &table->unit, table->measure, 0, unit_y, 1, marks);
}

static bt_status draw_head(bt_flow *flow, const bt_flow_table *table, bool is_repeated, bt_marks *marks)
{
    const bt_table_style *style = &table->layout->table;
    uint32_t first = marks->n;
    bt_sp height = (bt_sp)table->head_steps * table->layout->step;
    bt_status status = draw_title(flow, table, -height, is_repeated, marks);
    if (status != BT_OK) return status;
    if (!bt_mark_rule(flow, marks, 0, -height, table->measure, &style->rule_top)) return BT_NOMEM;
    if (table->head.n_cells) {
        status = draw_heads(flow, table, marks);
        if (status != BT_OK) return status;
        if (!bt_mark_rule(flow, marks, 0, -style->rule_head.weight, table->measure, &style->rule_head)) return BT_NOMEM;
    }
    if (is_repeated) make_artifacts(marks, first);
    return BT_OK;
}

static bt_status draw_notes(bt_flow *flow, const bt_flow_table *table, bt_sp top, bt_marks *marks)
{
    bt_sp y = top + table->layout->table.note_gap;
    bt_status status = bt_text_frame_draw(flow, &table->note, table->measure, 0, y, table->notes_tag, marks);
    if (status != BT_OK || !table->table_source.height) return status;
    if (table->note.height) y += table->note.height + table->table_source.leading - table->table_source.first_baseline;
    return bt_text_frame_draw(flow, &table->table_source, table->measure, 0, y, table->notes_tag, marks);
}

/* The band behind a row and the rule above it. */
static bool draw_ground(bt_flow *flow, const bt_flow_table *table, const bt_tabular_unit *unit, bt_sp foot,
                        bt_marks *marks)
{
    const bt_table_style *style = &table->layout->table;
    const bt_tabular_row *row = &table->rows[unit->row_i];
    bt_sp height = (bt_sp)row->n_steps * table->layout->step, top = foot - height;
    if (style->has_band && row->is_banded && !bt_mark_fill(flow, marks, 0, top, table->measure, height, style->band))
        return false;
    if (unit->line_i) return true;
    const bt_rule_style *above = row->kind == BT_ROW_TOTAL ? &style->rule_total : &style->rule_row;
    bool has_rule = row->kind == BT_ROW_TOTAL || unit->row_i;
    return !has_rule || bt_mark_rule(flow, marks, 0, top, table->measure, above);
}

bt_status bt_flow_table_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_table *table = block->body->table;
    const bt_table_style *style = &table->layout->table;
    if (place->unit_i == BT_UNIT_REPEAT || place->unit_i == 0)
        return draw_head(flow, table, place->unit_i == BT_UNIT_REPEAT, marks);
    const bt_tabular_unit *unit = &table->units[place->unit_i];
    const bt_tabular_row *row = &table->rows[unit->row_i];
    bool is_last = place->unit_i + 1 == table->n_units;
    bt_sp foot = is_last ? -(bt_sp)table->note_steps * table->layout->step : 0;
    if (!draw_ground(flow, table, unit, foot, marks)) return BT_NOMEM;
    bt_status status = row->is_cut ? draw_row_line(flow, table, row, unit->line_i, foot, marks)
                                   : draw_row(flow, table, row, foot, marks);
    if (status != BT_OK) return status;
    if ((is_last || place->is_part_end) &&
        !bt_mark_rule(flow, marks, 0, foot - style->rule_bottom.weight, table->measure, &style->rule_bottom))
        return BT_NOMEM;
    return is_last ? draw_notes(flow, table, foot, marks) : BT_OK;
}
