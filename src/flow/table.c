/* table.c - tables: title, heads and rows as units in whole steps.
 *
 * Units: title and head together; each row; the note with the last row. The head is repeated where the table goes
 * on in another column. Rows take whole steps, so they sit on the baseline grid and a part's height is the sum of its
 * rows. A row that no column holds is a unit for each of its lines, one on each step of the grid.
 */
#include "flow/table_int.h"

/* --- rows --- */

static bt_status break_cells(bt_flow *flow, const bt_flow_table *table, bt_tabular_row *row)
{
    row->n_lines = 0;
    for (uint32_t i = 0; i < row->n_cells; i++) {
        bt_tabular_cell *cell = &row->cells[i];
        /* A hair more than was measured: rounding must not break what fits. */
        bt_para_options options = {.measure = bt_flow_table_cell_width(table, cell) + 64};
        bt_status status = bt_para_break(flow, &options, &cell->para);
        if (status != BT_OK) return status;
        uint32_t n_lines = bt_para_lines(&cell->para);
        if (n_lines > row->n_lines) row->n_lines = n_lines;
    }
    return BT_OK;
}

/* The steps of a text, from its first capitals to its last baseline, with white for marks and descenders and the cells'
 * own about it. */
static uint32_t text_steps(const bt_flow_table *table, int64_t height, bt_sp white)
{
    return bt_flow_steps(table->layout, height + white + 2 * (int64_t)table->layout->table.pad_y);
}

/* Breaks a row's cells and finds its height in steps. */
static bt_status break_row(bt_flow *flow, bt_flow_table *table, bt_tabular_row *row)
{
    bt_status status = break_cells(flow, table, row);
    if (status != BT_OK) return status;
    if (!row->n_lines) row->n_lines = 1;
    int64_t leading = bt_flow_table_leading(table, row->style);
    int64_t height = (int64_t)(row->n_lines - 1) * leading + bt_flow_cap_height(flow, row->style);
    /* A single line has room in any step; of several, the first and last come near the row's edges. */
    row->n_steps = text_steps(table, height, row->n_lines > 1 ? row->style->size / 2 : row->style->size / 5);
    return BT_OK;
}

/* Rows that no column holds under the head are cut at their lines, which then stand on the grid. The last row has the
 * note with it. */
static void cut_tall_rows(bt_flow_table *table, uint32_t head_steps)
{
    uint32_t n_rows = bt_flow_page_rows(table->layout);
    for (uint32_t i = 0; i < table->n_rows; i++) {
        bt_tabular_row *row = &table->rows[i];
        uint32_t below = i + 1 == table->n_rows ? table->note_steps : 0;
        if (row->n_lines < 2 || head_steps + row->n_steps + below <= n_rows) continue;
        row->is_cut = true;
        row->n_steps = bt_flow_steps(table->layout, bt_flow_table_leading(table, row->style));
    }
}

/* Every second plain row has a band, counted from the last subhead or total. */
static void find_bands(bt_flow_table *table)
{
    uint32_t n_plain = 0;
    for (uint32_t i = 0; i < table->n_rows; i++) {
        bool is_plain = table->rows[i].kind == BT_ROW_PLAIN;
        n_plain = is_plain ? n_plain + 1 : 0;
        table->rows[i].is_banded = is_plain && n_plain % 2 == 0;
    }
}

/* --- the head --- */

bt_sp bt_flow_table_group_rule(const bt_flow_table *table)
{
    /* Below the descenders. */
    return table->groups.style->size * 2 / 5 + table->layout->table.rule_group.gap;
}

bt_sp bt_flow_table_group_fall(const bt_flow_table *table)
{
    const bt_rule_style *rule = &table->layout->table.rule_group;
    if (!table->n_low_lines) return 0;
    return bt_flow_table_group_rule(table) + rule->weight + rule->gap +
           (bt_sp)table->n_low_lines * bt_flow_table_leading(table, table->head.style);
}

/* Groups' heads stand above those of their columns; the other columns' heads have the height of both, and stand at its
 * foot. */
static bt_status break_head(bt_flow *flow, bt_flow_table *table)
{
    bt_status status = break_cells(flow, table, &table->head);
    if (status == BT_OK) status = break_cells(flow, table, &table->groups);
    if (status != BT_OK) return status;
    uint32_t n_alone = 1;
    table->n_low_lines = 0;
    for (uint32_t i = 0; i < table->head.n_cells; i++) {
        const bt_tabular_cell *cell = &table->head.cells[i];
        uint32_t *n = table->columns[cell->column_i].is_grouped ? &table->n_low_lines : &n_alone;
        if (bt_para_lines(&cell->para) > *n) *n = bt_para_lines(&cell->para);
    }
    bt_sp cap = bt_flow_cap_height(flow, table->head.style), leading = bt_flow_table_leading(table, table->head.style);
    int64_t height = (int64_t)(n_alone - 1) * leading + cap;
    if (table->groups.n_cells) {
        const bt_style *style = table->groups.style;
        int64_t above = bt_flow_cap_height(flow, style) +
                        (int64_t)(table->groups.n_lines - 1) * bt_flow_table_leading(table, style);
        int64_t both = above + bt_flow_table_group_fall(table);
        if (both > height) height = both;
    }
    table->head_height = (bt_sp)(height > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : height);
    table->head_steps = text_steps(table, height, table->head.style->size * 4 / 5);
    return BT_OK;
}

/* --- title and notes --- */

static bt_status make_frames(bt_flow *flow, bt_flow_table *table)
{
    const bt_doc_table *source = table->source;
    bt_status status = bt_text_frame_make(flow, &source->title, table->measure, &table->title);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->unit, table->measure, &table->unit);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->continued, table->measure, &table->continued);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->note, table->measure, &table->note);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->source, table->measure, &table->table_source);
    return status;
}

bt_sp bt_flow_table_continued_x(const bt_flow_table *table)
{
    const bt_par_setting *title = bt_para_best(&table->title.para);
    if (!title) return 0;
    return bt_para_line_width(&table->title.para, &title->lines[title->n_lines - 1]) +
           table->title.para.rich.style->size / 3;
}

/* A part that goes on has the title again with "(tiếp theo)", on the title's last line where that has room for it; a
 * table without a title has the words alone, above its unit. */
static void measure_repeated(const bt_flow *flow, bt_flow_table *table)
{
    const bt_text_frame *continued = &table->continued;
    table->repeated_height = table->title_height;
    if (!continued->height) return;
    if (table->title.height) {
        int64_t end = (int64_t)bt_flow_table_continued_x(table) + continued->para.natural_width;
        if (end > table->measure) table->continued_line = continued->leading;
        table->repeated_height += table->continued_line;
    } else {
        bt_sp text = continued->height + bt_text_frame_height_below(&table->unit), gap = table->layout->table.title_gap;
        /* The words alone keep to one step where half of their gap is enough for that. */
        bt_sp spare = table->layout->step - bt_flow_top_white(flow) - text;
        table->repeated_height = text + (spare >= gap / 2 && spare < gap ? spare : gap);
    }
}

/* The title, its unit on the line below, and the note and source under the table. */
static void measure_frames(const bt_flow *flow, bt_flow_table *table)
{
    const bt_layout *layout = table->layout;
    const bt_table_style *style = &layout->table;
    bt_sp above = table->title.height;
    if (table->unit.height) above += above ? bt_text_frame_height_below(&table->unit) : table->unit.height;
    table->title_height = above ? above + style->title_gap : 0;
    bt_sp below = table->note.height;
    if (table->table_source.height)
        below += below ? bt_text_frame_height_below(&table->table_source) : table->table_source.height;
    table->note_height = below ? below + style->note_gap : 0;
    if (table->note_height || style->space_after)
        table->note_steps = bt_flow_steps(layout, (int64_t)table->note_height + style->space_after);
    measure_repeated(flow, table);
}

/* --- structure --- */

typedef struct tag_maker {
    bt_flow_tag *tags;
    uint32_t n;
} tag_maker;

static uint32_t add_rows_tag(tag_maker *m, bt_flow_tag_kind kind)
{
    m->tags[m->n].kind = (uint8_t)kind;
    return m->n++;
}

static uint32_t add_row_tag(tag_maker *m, uint32_t rows_tag_i)
{
    m->tags[m->n].kind = BT_FLOW_TAG_ROW;
    m->tags[m->n].parent_i = rows_tag_i;
    return m->n++;
}

static void add_cell_tag(tag_maker *m, uint32_t row_tag_i, bt_flow_tag tag, bt_tabular_cell *cell)
{
    tag.parent_i = row_tag_i;
    tag.column_span = (uint16_t)cell->n_spanned;
    tag.at = cell->para.rich.at;
    cell->tag_i = m->n;
    m->tags[m->n++] = tag;
}

/* With groups the head is two rows: the groups and the heads of the other columns, which reach down into the second;
 * then the heads below the groups. */
static void add_head_tags(tag_maker *m, bt_flow_table *table)
{
    bt_tabular_row *head = &table->head;
    bool has_groups = table->groups.n_cells;
    uint32_t rows_tag_i = add_rows_tag(m, BT_FLOW_TAG_HEAD_ROWS), row_tag_i = add_row_tag(m, rows_tag_i), group_i = 0;
    for (uint32_t i = 0; i < head->n_cells; i++) {
        bt_flow_tag tag = {.kind = BT_FLOW_TAG_HEAD_CELL, .row_span = has_groups ? 2 : 1};
        if (!table->columns[i].is_grouped)
            add_cell_tag(m, row_tag_i, tag, &head->cells[i]);
        else if (group_i < table->groups.n_cells && table->groups.cells[group_i].column_i == i)
            add_cell_tag(m, row_tag_i, (bt_flow_tag){.kind = BT_FLOW_TAG_HEAD_CELL}, &table->groups.cells[group_i++]);
    }
    if (!has_groups) return;
    row_tag_i = add_row_tag(m, rows_tag_i);
    for (uint32_t i = 0; i < head->n_cells; i++)
        if (table->columns[i].is_grouped)
            add_cell_tag(m, row_tag_i, (bt_flow_tag){.kind = BT_FLOW_TAG_HEAD_CELL}, &head->cells[i]);
}

/* The column whose cells name their rows: the first one of text. */
static uint32_t row_head_column(const bt_doc_table *table)
{
    uint32_t i = 0;
    while (i < table->n_columns && table->are_numbers[i]) i++;
    return i;
}

/* The table, its title, a row and its cells for the head and every row; then the notes, which are no part of it. */
static bool make_tags(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    uint32_t n = 5 + 2 + table->head.n_cells + table->groups.n_cells, head_column_i = row_head_column(table->source);
    for (uint32_t i = 0; i < table->n_rows; i++) n += 1 + table->rows[i].n_cells;
    tag_maker m = {bt_flow_tags_new(flow, block, n, BT_FLOW_TAG_TABLE), 1};
    if (!m.tags) return false;
    m.tags[m.n++].kind = BT_FLOW_TAG_CAPTION;
    if (table->head.n_cells) add_head_tags(&m, table);
    uint32_t rows_tag_i = add_rows_tag(&m, BT_FLOW_TAG_BODY_ROWS);
    for (uint32_t i = 0; i < table->n_rows; i++) {
        bt_tabular_row *row = &table->rows[i];
        uint32_t row_tag_i = add_row_tag(&m, rows_tag_i);
        for (uint32_t c = 0; c < row->n_cells; c++) {
            bool is_empty = !row->cells[c].para.rich.text.len;
            bool heads_row = row->kind != BT_ROW_SUBHEAD && row->cells[c].column_i == head_column_i && !is_empty;
            bool is_head = heads_row || (row->kind == BT_ROW_SUBHEAD && !is_empty);
            bt_flow_tag tag = {.kind = is_head ? BT_FLOW_TAG_HEAD_CELL : BT_FLOW_TAG_CELL, .is_row_head = heads_row};
            add_cell_tag(&m, row_tag_i, tag, &row->cells[c]);
        }
    }
    table->notes_tag = m.n;
    m.tags[m.n++] = (bt_flow_tag){.kind = BT_FLOW_TAG_P, .is_beside = true};
    block->n_tags = m.n;
    return true;
}

/* --- units --- */

/* Of the rows [begin, end) those that are neither a total nor a subhead; counting stops at two. */
static uint32_t plain_rows(const bt_flow_table *table, uint32_t begin, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = begin; i < end && n < 2; i++) n += table->rows[i].kind == BT_ROW_PLAIN;
    return n;
}

static int32_t break_cost_after(const bt_flow_table *table, uint32_t row_i)
{
    if (row_i + 1 >= table->n_rows) return 0;
    /* A total never stands alone, and a subhead never ends a column. */
    bool next_is_total = table->rows[row_i + 1].kind == BT_ROW_TOTAL;
    if (next_is_total || table->rows[row_i].kind == BT_ROW_SUBHEAD) return BT_FLOW_FORBIDDEN;
    /* A short table is read as one figure: cutting it costs more, the shorter it is. */
    enum { SHORT_TABLE = 16, COST_SPLIT = 150, COST_PER_ROW = 150, COST_LONE_ROW = 4000 };
    int32_t lacking = table->n_rows < SHORT_TABLE ? (int32_t)(SHORT_TABLE - table->n_rows) : 0;
    bool leaves_one = plain_rows(table, 0, row_i + 1) < 2 || plain_rows(table, row_i + 1, table->n_rows) < 2;
    return COST_SPLIT + lacking * COST_PER_ROW + (leaves_one ? COST_LONE_ROW : 0);
}

/* Subheads upon subheads, or totals upon totals, that no page holds are parted where they are too many. */
static void loosen_rows(const bt_layout *layout, bt_unit *units, uint32_t n_units, uint32_t head_steps)
{
    uint32_t n_rows = bt_flow_page_rows(layout), chain = units[0].top_steps;
    for (uint32_t i = 1; i < n_units; i++) {
        if (units[i - 1].break_cost == BT_FLOW_FORBIDDEN && i > 1 && chain + units[i].steps > n_rows)
            units[i - 1].break_cost = BT_FLOW_UNBOUND;
        if (units[i - 1].break_cost != BT_FLOW_FORBIDDEN) chain = head_steps;
        chain += units[i].steps;
    }
}

/* Title and head, and the same where they are repeated: there a line at least stands for them. */
static void head_unit(bt_flow *flow, bt_galley_block *block, const bt_flow_table *table, bt_unit *unit)
{
    const bt_layout *layout = table->layout;
    bt_sp white = bt_flow_top_white(flow);
    uint32_t above = table->title_height ? bt_flow_steps(layout, (int64_t)white + table->title_height) : 0;
    uint32_t repeated = table->repeated_height ? bt_flow_steps(layout, (int64_t)white + table->repeated_height) : 0;
    uint32_t head_steps = table->head_steps;
    unit->steps = (uint16_t)(bt_flow_steps(layout, (int64_t)table->before + table->title_height) + head_steps);
    unit->top_steps = (uint16_t)(above + head_steps ? above + head_steps : 1);
    unit->break_cost = BT_FLOW_FORBIDDEN;
    block->head_steps = (uint16_t)(repeated + head_steps ? repeated + head_steps : 1);
}

/* One unit, or one for each line. */
static void row_units(bt_flow_table *table, uint32_t row_i, bt_unit *units, bt_tabular_unit *sources)
{
    const bt_tabular_row *row = &table->rows[row_i];
    uint32_t n = row->is_cut ? row->n_lines : 1;
    for (uint32_t line_i = 0; line_i < n; line_i++) {
        /* No line of a row stands alone, and the first and last two stay together, as those of a paragraph do. */
        bool is_bound = n > 3 && (line_i == 0 || line_i + 2 == n);
        bt_unit *unit = &units[table->n_units];
        unit->steps = unit->top_steps = (uint16_t)row->n_steps;
        unit->break_cost = line_i + 1 == n ? break_cost_after(table, row_i) : is_bound ? BT_FLOW_FORBIDDEN : 0;
        sources[table->n_units++] = (bt_tabular_unit){row_i, line_i};
    }
}

static uint32_t count_units(const bt_flow_table *table)
{
    uint32_t n = 1;
    for (uint32_t i = 0; i < table->n_rows; i++) n += table->rows[i].is_cut ? table->rows[i].n_lines : 1;
    return n;
}

static bt_status make_units(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    bt_unit head = {0};
    head_unit(flow, block, table, &head);
    cut_tall_rows(table, block->head_steps);
    uint32_t n = count_units(table);
    bt_unit *units = BT_NEW_ARRAY(flow->arena, n, bt_unit);
    bt_tabular_unit *sources = BT_NEW_ARRAY(flow->arena, n, bt_tabular_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!units || !sources || !setting) return BT_NOMEM;
    units[0] = head;
    table->units = sources;
    table->n_units = 1;
    bool is_head_tall = block->head_steps >= bt_flow_page_rows(table->layout);
    if (is_head_tall) bt_flow_check_height(flow, block->head_steps + 1u, block->doc->at);
    for (uint32_t i = 0; i < table->n_rows; i++) {
        row_units(table, i, units, sources);
        uint32_t steps = block->head_steps + table->rows[i].n_steps;
        if (!is_head_tall) bt_flow_check_height(flow, steps, table->source->rows[i].at);
    }
    bt_unit *last = &units[n - 1];
    last->steps = last->top_steps = (uint16_t)(last->steps + table->note_steps);
    if (table->note_steps && !is_head_tall)
        bt_flow_check_height(flow, (uint32_t)block->head_steps + last->steps, table->source->note.at);
    loosen_rows(table->layout, units, n, block->head_steps);
    if (block->keeps_next) last->break_cost = BT_FLOW_FORBIDDEN;
    *setting = (bt_setting){units, n, 0};
    block->settings = setting;
    block->n_settings = 1;
    return BT_OK;
}

bt_status bt_flow_table_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    bt_flow_table *table = BT_NEW(flow->arena, bt_flow_table);
    if (!table) return BT_NOMEM;
    table->source = block->doc->table;
    table->layout = flow->layout;
    table->measure = block->measure;
    table->before = flow->layout->table.space_before;
    body->table = table;
    bt_status status = bt_flow_table_fit(flow, block, table);
    if (status == BT_OK && table->head.n_cells) status = break_head(flow, table);
    for (uint32_t i = 0; status == BT_OK && i < table->n_rows; i++) status = break_row(flow, table, &table->rows[i]);
    if (status == BT_OK) status = make_frames(flow, table);
    if (status != BT_OK) return status;
    measure_frames(flow, table);
    find_bands(table);
    if (!make_tags(flow, block, table)) return BT_NOMEM;
    return make_units(flow, block, table);
}
