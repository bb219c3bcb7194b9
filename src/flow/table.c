/* table.c - tables: column widths found from the content, numbers aligned on their decimal sign, rows in whole steps.
 *
 * Units: title and head row together; each row; the note with the last row. The head is repeated where the table goes
 * on in another column. Rows take whole steps, so they sit on the baseline grid and a part's height is the sum of its
 * rows.
 */
#include "flow/flow_int.h"

typedef struct cell {
    bt_para para;
    uint32_t column_i, n_spanned;
    bt_sp after_sign; /* a number: width from the decimal sign on */
    bool is_number;
    uint32_t tag_i;
} cell;

typedef struct row {
    bt_row_kind kind;
    cell *cells;
    uint32_t n_cells;
    uint32_t n_steps;
    const bt_style *style;
} row;

typedef struct column {
    bt_sp natural, least;          /* of the content: on one line, and of its widest word */
    bt_sp before_sign, after_sign; /* numbers: the widest parts */
    bt_sp x, width;                /* pads included */
} column;

struct bt_flow_table {
    const bt_doc_table *source;
    const bt_layout *layout;
    column *columns;
    row head; /* n_cells 0: none */
    row *rows;
    uint32_t n_rows;
    bt_text_frame title, unit, continued, note, table_source;
    bt_sp measure;
    bt_sp title_height;   /* with its gap to the table; 0: no title */
    bt_sp before;         /* white above */
    bt_sp note_height;    /* with its gap */
    bt_sp continued_line; /* of a repeated title: the line of "(tiếp theo)" that its last one has no room for */
    uint32_t title_steps, note_steps; /* steps above the head row; below the last row */
};

/* --- measuring --- */

/* Where a number's fraction begins: its last comma or point, when only digits and signs stand before it; else its end.
 */
static uint32_t decimal_sign(bt_str text, bool is_english)
{
    char sign = is_english ? '.' : ',';
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == sign) return (uint32_t)i;
        bool is_whole = (text.ptr[i] >= '0' && text.ptr[i] <= '9') || text.ptr[i] == '+' || text.ptr[i] == '-' ||
                        text.ptr[i] == '.' || text.ptr[i] == ',' || text.ptr[i] == ' ';
        /* A minus sign or dash in UTF-8 (U+2212, U+2013) is part of the whole number too. */
        bool is_dash = (unsigned char)text.ptr[i] >= 0x80;
        if (!is_whole && !is_dash) return (uint32_t)i;
    }
    return (uint32_t)text.len;
}

static bt_status make_row(bt_flow *flow, bt_flow_table *table, const bt_doc_cell *source, uint32_t n,
                          const bt_style *style, row *out)
{
    out->cells = BT_NEW_ARRAY(flow->arena, n, cell);
    if (!out->cells) return BT_NOMEM;
    out->n_cells = n;
    out->style = style;
    bool is_english = bt_str_starts(flow->doc->bundle->lang.s, BT_STR("en"));
    uint32_t column_i = 0;
    for (uint32_t i = 0; i < n && column_i < table->source->n_columns; i++) {
        cell *c = &out->cells[i];
        c->column_i = column_i;
        c->n_spanned = source[i].n_spanned;
        c->is_number = source[i].is_number;
        bt_status status = bt_para_shape(flow, &source[i].text, &c->para);
        if (status != BT_OK) return status;
        if (c->is_number) c->after_sign = bt_para_width_after(&c->para, decimal_sign(c->para.shaped.text, is_english));
        column_i += c->n_spanned;
    }
    return BT_OK;
}

static void measure_row(bt_flow_table *table, const row *r)
{
    for (uint32_t i = 0; i < r->n_cells; i++) {
        const cell *c = &r->cells[i];
        column *col = &table->columns[c->column_i];
        if (c->n_spanned > 1) continue;
        if (c->is_number && c->para.n_items) {
            bt_sp before = c->para.natural_width - c->after_sign;
            if (before > col->before_sign) col->before_sign = before;
            if (c->after_sign > col->after_sign) col->after_sign = c->after_sign;
            /* Numbers are not broken over lines. */
            if (col->before_sign + col->after_sign > col->least) col->least = col->before_sign + col->after_sign;
            if (col->least > col->natural) col->natural = col->least;
        } else {
            if (c->para.natural_width > col->natural) col->natural = c->para.natural_width;
            if (c->para.widest_item > col->least) col->least = c->para.widest_item;
        }
    }
}

static int64_t sum_of(const bt_flow_table *table, bool of_least)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        sum += of_least ? table->columns[i].least : table->columns[i].natural;
    return sum;
}

/* Heads of numbers do not break where there is room: columns that are not text keep to one line while every text column
 * has its widest word and half of what it would like. */
static void keep_heads_whole(bt_flow_table *table, int64_t room)
{
    int64_t wanted = 0;
    for (uint32_t i = 0; i < table->source->n_columns; i++) {
        const column *c = &table->columns[i];
        bt_sp half = c->natural / 2 > c->least ? c->natural / 2 : c->least;
        wanted += table->source->aligns[i] == BT_ALIGN_LEFT ? (half < room / 2 ? half : c->least) : c->natural;
    }
    if (wanted > room) return;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        if (table->source->aligns[i] != BT_ALIGN_LEFT) table->columns[i].least = table->columns[i].natural;
}

/* Each column gets its least width, then a share of the rest by what it lacks to its natural width; what is left over
 * goes to the columns of text, by their natural width. */
static bool find_widths(bt_flow_table *table)
{
    uint32_t n = table->source->n_columns;
    bt_sp pads = 2 * table->layout->table.pad_x;
    int64_t room = (int64_t)table->measure - (int64_t)n * pads;
    if (sum_of(table, true) > room) return false;
    keep_heads_whole(table, room);
    int64_t least = sum_of(table, true), natural = sum_of(table, false);
    int64_t text_natural = 0;
    for (uint32_t i = 0; i < n; i++)
        if (table->source->aligns[i] == BT_ALIGN_LEFT) text_natural += table->columns[i].natural + 1;
    bt_sp x = 0;
    for (uint32_t i = 0; i < n; i++) {
        column *c = &table->columns[i];
        int64_t width;
        bool is_text = table->source->aligns[i] == BT_ALIGN_LEFT;
        if (natural > room)
            width = c->least + bt_mul_div(room - least, c->natural - c->least, natural - least ? natural - least : 1);
        else if (text_natural)
            width = c->natural + (is_text ? bt_mul_div(room - natural, c->natural + 1, text_natural) : 0);
        else
            width = c->natural + (room - natural) / n;
        c->x = x;
        c->width = (bt_sp)width + pads;
        x += c->width;
    }
    table->columns[n - 1].width += table->measure - x; /* what rounding left */
    return true;
}

static bt_sp cell_width(const bt_flow_table *table, const cell *c)
{
    bt_sp width = 0;
    for (uint32_t i = 0; i < c->n_spanned && c->column_i + i < table->source->n_columns; i++)
        width += table->columns[c->column_i + i].width;
    return width - 2 * table->layout->table.pad_x;
}

static bt_sp leading_of(const bt_flow_table *table, const bt_style *style)
{
    return style->leading ? style->leading : table->layout->step;
}

/* Breaks a row's cells and finds its height in steps. */
static bt_status break_row(bt_flow *flow, bt_flow_table *table, row *r)
{
    uint32_t n_lines = 1;
    for (uint32_t i = 0; i < r->n_cells; i++) {
        cell *c = &r->cells[i];
        /* A hair more than was measured: rounding must not break what fits. */
        bt_para_options options = {.measure = cell_width(table, c) + 64};
        bt_status status = bt_para_break(flow, &options, &c->para);
        if (status != BT_OK) return status;
        if (bt_para_lines(&c->para) > n_lines) n_lines = bt_para_lines(&c->para);
    }
    bt_sp cap = bt_flow_cap_height(flow, r->style);
    int64_t height = (int64_t)(n_lines - 1) * leading_of(table, r->style) + cap + r->style->size / 5 +
                     2 * (int64_t)table->layout->table.pad_y;
    r->n_steps = bt_flow_steps(table->layout, height);
    return BT_OK;
}

/* --- making --- */

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

/* What a text takes whose first line stands its leading below the line above. */
static int64_t height_below(const bt_text_frame *frame)
{
    return frame->height ? (int64_t)frame->leading + frame->height - frame->first_baseline : 0;
}

/* Where "(tiếp theo)" stands after the title's last line. */
static bt_sp continued_x(const bt_flow_table *table)
{
    const bt_par_setting *title = bt_para_best(&table->title.para);
    if (!title) return 0;
    return bt_para_line_width(&table->title.para, &title->lines[title->n_lines - 1]) +
           table->title.para.rich.style->size / 3;
}

/* The title, its unit on the line below, and the note and source under the table. */
static void measure_frames(bt_flow_table *table)
{
    const bt_table_style *style = &table->layout->table;
    bt_sp above = table->title.height;
    if (table->unit.height) above += above ? (bt_sp)height_below(&table->unit) : table->unit.height;
    table->title_height = above ? above + style->title_gap : 0;
    bt_sp below = table->note.height;
    if (table->table_source.height)
        below += below ? (bt_sp)height_below(&table->table_source) : table->table_source.height;
    table->note_height = below ? below + style->note_gap : 0;
    const bt_para *continued = &table->continued.para;
    bool fits = (int64_t)continued_x(table) + continued->natural_width <= table->measure;
    if (table->title.height && table->continued.height && !fits) table->continued_line = table->continued.leading;
}

static bt_status make_rows(bt_flow *flow, bt_flow_table *table)
{
    const bt_doc_table *source = table->source;
    const bt_layout *layout = table->layout;
    table->rows = BT_NEW_ARRAY(flow->arena, source->n_rows, row);
    table->columns = BT_NEW_ARRAY(flow->arena, source->n_columns, column);
    if (!table->rows || !table->columns) return BT_NOMEM;
    table->n_rows = source->n_rows;
    bt_status status = BT_OK;
    if (source->has_head)
        status =
            make_row(flow, table, source->head, source->n_columns, layout->role[BT_STYLE_TABLE_HEAD], &table->head);
    for (uint32_t i = 0; status == BT_OK && i < source->n_rows; i++) {
        const bt_doc_row *r = &source->rows[i];
        bt_style_role role = r->kind == BT_ROW_TOTAL     ? BT_STYLE_TABLE_TOTAL
                             : r->kind == BT_ROW_SUBHEAD ? BT_STYLE_TABLE_SUBHEAD
                                                         : BT_STYLE_TABLE_CELL;
        table->rows[i].kind = r->kind;
        status = make_row(flow, table, r->cells, r->n_cells, layout->role[role], &table->rows[i]);
    }
    if (status != BT_OK) return status;
    measure_row(table, &table->head);
    for (uint32_t i = 0; i < table->n_rows; i++) measure_row(table, &table->rows[i]);
    if (!find_widths(table)) {
        bt_buf mm = bt_buf_in(flow->scratch);
        bt_buf_add_mm(&mm, table->measure);
        bt_diag(flow->diags, BT_E_TABLE_WIDE, source->rows ? source->rows[0].at : NULL,
                BT_ARGS(bt_str_format(flow->scratch, "%u", source->n_columns), bt_buf_str(&mm)));
        return BT_INPUT;
    }
    if (table->head.n_cells) status = break_row(flow, table, &table->head);
    for (uint32_t i = 0; status == BT_OK && i < table->n_rows; i++) status = break_row(flow, table, &table->rows[i]);
    return status;
}

/* Structure: the table, its title and notes, then a row and its cells for the head and every row. */
static bool make_tags(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    uint32_t n = 3 + 1 + table->head.n_cells;
    for (uint32_t i = 0; i < table->n_rows; i++) n += 1 + table->rows[i].n_cells;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, n, BT_FLOW_TAG_TABLE);
    if (!tags) return false;
    uint32_t tag_i = 1;
    tags[tag_i++].kind = BT_FLOW_TAG_CAPTION;
    tags[tag_i++].kind = BT_FLOW_TAG_P; /* notes */
    for (uint32_t i = 0; i <= table->n_rows; i++) {
        row *r = i ? &table->rows[i - 1] : &table->head;
        uint32_t row_tag_i = tag_i;
        tags[tag_i++].kind = r->n_cells ? BT_FLOW_TAG_ROW : BT_FLOW_TAG_NONE;
        for (uint32_t c = 0; c < r->n_cells; c++) {
            uint8_t kind = i == 0 || r->kind == BT_ROW_SUBHEAD ? BT_FLOW_TAG_HEAD_CELL : BT_FLOW_TAG_CELL;
            r->cells[c].tag_i = tag_i;
            tags[tag_i++] =
                (bt_flow_tag){.kind = kind, .parent_i = row_tag_i, .column_span = (uint16_t)r->cells[c].n_spanned};
        }
    }
    block->n_tags = tag_i;
    return true;
}

static int32_t break_cost_after(const bt_flow_table *table, uint32_t row_i)
{
    if (row_i + 1 >= table->n_rows) return 0;
    /* A total never stands alone, and a subhead never ends a column. */
    bool next_is_last_total = table->rows[row_i + 1].kind == BT_ROW_TOTAL;
    if (next_is_last_total || table->rows[row_i].kind == BT_ROW_SUBHEAD) return BT_FLOW_FORBIDDEN;
    /* A short table is read as one figure: cutting it costs more, the shorter it is. */
    enum { SHORT_TABLE = 16, COST_SPLIT = 150, COST_PER_ROW = 150, COST_LONE_ROW = 200 };
    int32_t lacking = table->n_rows < SHORT_TABLE ? (int32_t)(SHORT_TABLE - table->n_rows) : 0;
    bool leaves_one = row_i == 0 || row_i + 2 == table->n_rows;
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

static bt_status make_units(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    const bt_layout *layout = table->layout;
    bt_unit *units = BT_NEW_ARRAY(flow->arena, table->n_rows + 1, bt_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!units || !setting) return BT_NOMEM;
    bt_sp rise = bt_flow_rise(layout);
    bt_sp top_white = rise - bt_flow_cap_height(flow, layout->role[BT_STYLE_BODY]);
    uint32_t head_steps = table->head.n_cells ? table->head.n_steps : 0;
    units[0].steps = (uint16_t)(bt_flow_steps(layout, (int64_t)table->before + table->title_height) + head_steps);
    units[0].top_steps =
        (uint16_t)((table->title_height ? bt_flow_steps(layout, (int64_t)top_white + table->title_height) : 0) +
                   head_steps);
    if (!table->title_height && !head_steps) units[0].top_steps = 1;
    units[0].break_cost = BT_FLOW_FORBIDDEN;
    /* A continued part always has a line above its head: the title with "(tiếp theo)". */
    block->head_steps = units[0].top_steps;
    if (table->continued_line)
        block->head_steps = (uint16_t)(head_steps + bt_flow_steps(layout, (int64_t)top_white + table->title_height +
                                                                              table->continued_line));
    bool is_head_tall = block->head_steps >= bt_flow_page_rows(layout);
    if (is_head_tall) bt_flow_check_height(flow, block->head_steps + 1u, block->doc->at);
    for (uint32_t i = 0; i < table->n_rows; i++) {
        units[i + 1].steps = units[i + 1].top_steps = (uint16_t)table->rows[i].n_steps;
        units[i + 1].break_cost = break_cost_after(table, i);
        if (!is_head_tall)
            bt_flow_check_height(flow, (uint32_t)block->head_steps + units[i + 1].steps, table->source->rows[i].at);
    }
    bt_unit *last = &units[table->n_rows];
    table->note_steps = bt_flow_steps(layout, (int64_t)table->note_height + layout->table.space_after);
    if (!table->note_height && !layout->table.space_after) table->note_steps = 0;
    last->steps = last->top_steps = (uint16_t)(last->steps + table->note_steps);
    if (table->note_steps && !is_head_tall)
        bt_flow_check_height(flow, (uint32_t)block->head_steps + last->steps, table->source->note.at);
    loosen_rows(layout, units, table->n_rows + 1, block->head_steps);
    if (block->keeps_next) last->break_cost = BT_FLOW_FORBIDDEN;
    *setting = (bt_setting){units, table->n_rows + 1, 0};
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
    bt_status status = make_frames(flow, table);
    if (status == BT_OK) status = make_rows(flow, table);
    if (status != BT_OK) return status;
    measure_frames(table);
    if (!make_tags(flow, block, table)) return BT_NOMEM;
    return make_units(flow, block, table);
}

/* --- drawing --- */

/* A cell's left edge for one of its lines. */
static bt_sp cell_x(const bt_flow_table *table, const cell *c, const bt_par_line *line)
{
    const column *col = &table->columns[c->column_i];
    bt_sp left = col->x + table->layout->table.pad_x;
    bt_sp room = cell_width(table, c) - bt_para_line_width(&c->para, line);
    bt_align align = c->n_spanned > 1 ? BT_ALIGN_LEFT : table->source->aligns[c->column_i];
    if (c->is_number && align == BT_ALIGN_RIGHT) return left + room - (col->after_sign - c->after_sign);
    return left + (align == BT_ALIGN_RIGHT ? room : align == BT_ALIGN_CENTER ? room / 2 : 0);
}

/* Draws a row whose foot is at y: first lines level, the tallest cell amid the row's height. Head cells stand at its
 * foot. */
static bt_status draw_row(bt_flow *flow, const bt_flow_table *table, const row *r, bt_sp y, bool is_head,
                          bt_marks *marks)
{
    uint32_t n_lines = 1;
    for (uint32_t i = 0; i < r->n_cells; i++)
        if (bt_para_lines(&r->cells[i].para) > n_lines) n_lines = bt_para_lines(&r->cells[i].para);
    bt_sp height = (bt_sp)r->n_steps * table->layout->step, leading = leading_of(table, r->style);
    bt_sp cap = bt_flow_cap_height(flow, r->style);
    bt_sp text_height = (bt_sp)(n_lines - 1) * leading + cap;
    for (uint32_t i = 0; i < r->n_cells; i++) {
        const cell *c = &r->cells[i];
        const bt_par_setting *setting = bt_para_best(&c->para);
        if (!setting) continue;
        bt_sp first = y - height + (height - text_height) / 2 + cap;
        if (is_head) first += (bt_sp)(n_lines - setting->n_lines) * leading;
        for (uint32_t l = 0; l < setting->n_lines; l++) {
            bt_para line_para = c->para;
            line_para.left = line_para.first_left = 0;
            const bt_par_line *line = &setting->lines[l];
            bt_status status = bt_para_draw(flow, &line_para, line, false, cell_x(table, c, line),
                                            first + (bt_sp)l * leading, c->tag_i, marks);
            if (status != BT_OK) return status;
        }
    }
    return BT_OK;
}

/* A repeated head is an artifact: its words are read once, with the table's first part. */
static void make_artifacts(bt_marks *marks, uint32_t from)
{
    for (uint32_t i = from; i < marks->n; i++) marks->v[i].tag_i = UINT32_MAX;
}

/* The title and unit with their foot at y. */
static bt_status draw_title(bt_flow *flow, const bt_flow_table *table, bt_sp y, bool is_repeated, bt_marks *marks)
{
    if (!table->title_height) return BT_OK;
    bt_sp top = y - table->title_height - (is_repeated ? table->continued_line : 0);
    bt_status status = bt_text_frame_draw(flow, &table->title, table->measure, 0, top, 1, marks);
    const bt_par_setting *title = bt_para_best(&table->title.para);
    if (status != BT_OK) return status;
    bt_sp foot = top + table->title.height;
    if (is_repeated && title) {
        bt_sp x = table->continued_line ? 0 : continued_x(table);
        bt_sp baseline = top + table->title.first_baseline + (bt_sp)(title->n_lines - 1) * table->title.leading +
                         table->continued_line;
        status = bt_text_frame_draw(flow, &table->continued, table->measure, x,
                                    baseline - table->continued.first_baseline, 1, marks);
        if (status != BT_OK) return status;
        foot += table->continued_line;
    }
    if (!table->unit.height) return BT_OK;
    bt_sp unit_y = table->title.height ? foot + table->unit.leading - table->unit.first_baseline : top;
    return bt_text_frame_draw(flow, &table->unit, table->measure, 0, unit_y, 1, marks);
}

static bt_status draw_head(bt_flow *flow, const bt_flow_table *table, bool is_repeated, bt_marks *marks)
{
    const bt_table_style *style = &table->layout->table;
    uint32_t first = marks->n;
    bt_sp height = table->head.n_cells ? (bt_sp)table->head.n_steps * table->layout->step : 0;
    bt_status status = draw_title(flow, table, -height, is_repeated, marks);
    if (status != BT_OK) return status;
    if (!bt_mark_rule(flow, marks, 0, -height, table->measure, &style->rule_top)) return BT_NOMEM;
    if (table->head.n_cells) {
        status = draw_row(flow, table, &table->head, 0, true, marks);
        if (status != BT_OK) return status;
        if (!bt_mark_rule(flow, marks, 0, -style->rule_head.weight, table->measure, &style->rule_head)) return BT_NOMEM;
    }
    if (is_repeated) make_artifacts(marks, first);
    return BT_OK;
}

static bt_status draw_notes(bt_flow *flow, const bt_flow_table *table, bt_sp top, bt_marks *marks)
{
    bt_sp y = top + table->layout->table.note_gap;
    bt_status status = bt_text_frame_draw(flow, &table->note, table->measure, 0, y, 2, marks);
    if (status != BT_OK || !table->table_source.height) return status;
    if (table->note.height) y += table->note.height + table->table_source.leading - table->table_source.first_baseline;
    return bt_text_frame_draw(flow, &table->table_source, table->measure, 0, y, 2, marks);
}

bt_status bt_flow_table_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_table *table = block->body->table;
    const bt_table_style *style = &table->layout->table;
    if (place->unit_i == BT_UNIT_REPEAT || place->unit_i == 0)
        return draw_head(flow, table, place->unit_i == BT_UNIT_REPEAT, marks);
    uint32_t row_i = place->unit_i - 1;
    const row *r = &table->rows[row_i];
    bool is_last = row_i + 1 == table->n_rows;
    bt_sp foot = is_last ? -(bt_sp)table->note_steps * table->layout->step : 0;
    bt_sp height = (bt_sp)r->n_steps * table->layout->step;
    bool is_banded = style->has_band && row_i % 2 == 1 && r->kind == BT_ROW_PLAIN;
    if (is_banded && !bt_mark_fill(flow, marks, 0, foot - height, table->measure, height, style->band)) return BT_NOMEM;
    const bt_rule_style *above = r->kind == BT_ROW_TOTAL ? &style->rule_total : row_i ? &style->rule_row : NULL;
    if (above && !bt_mark_rule(flow, marks, 0, foot - height, table->measure, above)) return BT_NOMEM;
    bt_status status = draw_row(flow, table, r, foot, false, marks);
    if (status != BT_OK) return status;
    if ((is_last || place->is_part_end) &&
        !bt_mark_rule(flow, marks, 0, foot - style->rule_bottom.weight, table->measure, &style->rule_bottom))
        return BT_NOMEM;
    return is_last ? draw_notes(flow, table, foot, marks) : BT_OK;
}
