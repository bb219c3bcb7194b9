/* table_widths.c - a table's columns: how wide they are, and what is done where a table is too wide.
 *
 * Every column has a least width, its widest word or number, and a natural one, with nothing broken. Between them the
 * room is shared out by how much there is to set: a column that holds four times as much is twice as wide, so that
 * neither many short cells nor one long text starve the others.
 */
#include "flow/table_int.h"

/* --- shaping --- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* What may stand before a number's first digit: signs, blanks, a bracket, a dash or minus of Unicode (E2 xx xx). */
static size_t number_begin(bt_str text)
{
    size_t i = 0;
    while (i < text.len && !is_digit(text.ptr[i])) {
        char c = text.ptr[i];
        bool is_sign = c == '+' || c == '-' || c == '(' || c == '<' || c == '>' || c == '~' || c == ' ';
        if (!is_sign && (unsigned char)c != 0xE2) return text.len;
        i += is_sign ? 1 : 3;
    }
    return i < text.len ? i : text.len;
}

/* Where a number's fraction begins: at its decimal sign, or else behind its last digit. False: the text is no number. A
 * dash for "none" is one, without a fraction. */
static bool find_decimal_sign(bt_str text, bool is_english, uint32_t *sign)
{
    bt_str t = bt_str_trim(text);
    *sign = (uint32_t)text.len;
    if (!t.len || bt_str_is(t, "-") || bt_str_is(t, "–") || bt_str_is(t, "—")) return true;
    char thousands = is_english ? ',' : '.';
    size_t i = number_begin(text);
    if (i == text.len) return false;
    while (i < text.len &&
           (is_digit(text.ptr[i]) || (text.ptr[i] == thousands && i + 1 < text.len && is_digit(text.ptr[i + 1]))))
        i++;
    *sign = (uint32_t)i;
    return true;
}

static const bt_style *look_style(bt_flow *flow, const bt_flow_table *table, const bt_style *style)
{
    const bt_tabular_look *look = &table->look;
    if (!look->font && look->scale == 1000) return style;
    bt_style *own = BT_NEW(flow->arena, bt_style);
    if (!own) return NULL;
    *own = *style;
    if (look->font) own->font = look->font;
    own->size = (bt_sp)bt_mul_div(style->size, look->scale, 1000);
    own->leading = (bt_sp)bt_mul_div(style->leading, look->scale, 1000);
    return own;
}

static bt_status shape_cell(bt_flow *flow, const bt_doc_cell *source, const bt_style *style, bt_tabular_cell *cell)
{
    bt_rich rich = source->text;
    rich.style = style;
    cell->column_i = source->column_i;
    cell->n_spanned = source->n_spanned;
    bt_status status = bt_para_shape(flow, &rich, &cell->para);
    if (status != BT_OK || !source->is_number) return status;
    bool is_english = bt_str_starts(flow->doc->bundle->lang.s, BT_STR("en"));
    uint32_t sign;
    cell->is_number = find_decimal_sign(cell->para.shaped.text, is_english, &sign);
    if (cell->is_number) cell->after_sign = bt_para_width_after(&cell->para, sign);
    return BT_OK;
}

static bt_status shape_row(bt_flow *flow, const bt_flow_table *table, const bt_doc_cell *source, uint32_t n,
                           bt_style_role role, bt_tabular_row *row)
{
    row->style = look_style(flow, table, table->layout->role[role]);
    row->cells = BT_NEW_ARRAY(flow->arena, n, bt_tabular_cell);
    if (!row->cells || !row->style) return BT_NOMEM;
    row->n_cells = n;
    for (uint32_t i = 0; i < n; i++) {
        bt_status status = shape_cell(flow, &source[i], row->style, &row->cells[i]);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

static bt_status shape(bt_flow *flow, bt_flow_table *table)
{
    const bt_doc_table *source = table->source;
    bt_status status = BT_OK;
    if (source->has_head)
        status = shape_row(flow, table, source->head, source->n_columns, BT_STYLE_TABLE_HEAD, &table->head);
    if (status == BT_OK && source->n_groups)
        status = shape_row(flow, table, source->groups, source->n_groups, BT_STYLE_TABLE_GROUP, &table->groups);
    for (uint32_t i = 0; status == BT_OK && i < source->n_rows; i++) {
        const bt_doc_row *row = &source->rows[i];
        bt_style_role role = row->kind == BT_ROW_TOTAL     ? BT_STYLE_TABLE_TOTAL
                             : row->kind == BT_ROW_SUBHEAD ? BT_STYLE_TABLE_SUBHEAD
                                                           : BT_STYLE_TABLE_CELL;
        table->rows[i].kind = row->kind;
        status = shape_row(flow, table, row->cells, row->n_cells, role, &table->rows[i]);
    }
    return status;
}

/* --- measuring --- */

static bt_sp larger(bt_sp a, bt_sp b) { return a > b ? a : b; }
static bt_sp smaller(bt_sp a, bt_sp b) { return a < b ? a : b; }

/* A word longer than this many ems does not widen its column: it is torn where it must be, and that is told. */
enum { LONGEST_WORD = 16 };

/* A head over numbers that is longer than this many ems would rather have two lines. */
enum { LONG_HEAD = 8 };

static void measure_cell(const bt_tabular_cell *cell, bt_tabular_column *column)
{
    const bt_para *para = &cell->para;
    column->content += para->natural_width;
    if (!cell->is_number) {
        bt_sp word = smaller(para->widest_item, LONGEST_WORD * para->rich.style->size);
        column->natural = larger(column->natural, para->natural_width);
        column->least = larger(column->least, word);
    } else if (para->n_items) {
        /* Numbers are not broken over lines. */
        column->before_sign = larger(column->before_sign, para->natural_width - cell->after_sign);
        column->after_sign = larger(column->after_sign, cell->after_sign);
        column->least = larger(column->least, column->before_sign + column->after_sign);
        column->natural = larger(column->natural, column->least);
    }
}

static void measure_head(const bt_tabular_cell *cell, bool is_over_numbers, bt_tabular_column *column)
{
    const bt_para *para = &cell->para;
    bt_sp natural = para->natural_width, long_head = LONG_HEAD * para->rich.style->size;
    if (is_over_numbers && natural > long_head) natural = larger(long_head, (bt_sp)bt_mul_div(natural, 11, 20));
    column->content += natural;
    column->least = larger(column->least, smaller(para->widest_item, LONGEST_WORD * para->rich.style->size));
    column->natural = larger(column->natural, larger(natural, column->least));
}

/* What columns lack to be together as wide as their common cell's widest word, and as all of it on a line. */
static void find_lack(const bt_flow_table *table, const bt_tabular_cell *cell, int64_t *least, int64_t *natural)
{
    int64_t pads = 2 * (int64_t)table->layout->table.pad_x * (cell->n_spanned - 1);
    *least = smaller(cell->para.widest_item, LONGEST_WORD * cell->para.rich.style->size) - pads;
    *natural = cell->para.natural_width - pads;
    for (uint32_t i = 0; i < cell->n_spanned; i++) {
        *least -= table->columns[cell->column_i + i].least;
        *natural -= table->columns[cell->column_i + i].natural;
    }
}

static void widen(bt_tabular_column *column, int64_t least, int64_t natural)
{
    if (least > 0) column->least += (bt_sp)least;
    if (natural > 0) column->natural += (bt_sp)natural;
    column->natural = larger(column->natural, column->least);
}

/* A group's columns share what its head needs. */
static void widen_group(bt_flow_table *table, const bt_tabular_cell *cell)
{
    int64_t least, natural, n = cell->n_spanned;
    find_lack(table, cell, &least, &natural);
    for (uint32_t i = 0; i < cell->n_spanned; i++) {
        bt_tabular_column *column = &table->columns[cell->column_i + i];
        widen(column, (least + n - 1) / n, (natural + n - 1) / n);
        column->is_grouped = true;
    }
}

/* What a label needs that goes on over several columns, the widest of them gives: "TT" stays narrow. */
static void widen_for_label(bt_flow_table *table, const bt_tabular_cell *cell)
{
    int64_t least, natural;
    find_lack(table, cell, &least, &natural);
    uint32_t widest_i = cell->column_i;
    for (uint32_t i = 1; i < cell->n_spanned; i++)
        if (table->columns[cell->column_i + i].natural >= table->columns[widest_i].natural)
            widest_i = cell->column_i + i;
    widen(&table->columns[widest_i], least, natural);
}

static void measure(bt_flow_table *table)
{
    const bt_doc_table *source = table->source;
    for (uint32_t i = 0; i < source->n_columns; i++) table->columns[i] = (bt_tabular_column){.content = 1};
    for (uint32_t r = 0; r < table->n_rows; r++)
        for (uint32_t i = 0; i < table->rows[r].n_cells; i++) {
            const bt_tabular_cell *cell = &table->rows[r].cells[i];
            if (cell->n_spanned == 1) measure_cell(cell, &table->columns[cell->column_i]);
        }
    for (uint32_t i = 0; i < table->head.n_cells; i++)
        measure_head(&table->head.cells[i], source->are_numbers[i], &table->columns[i]);
    for (uint32_t r = 0; r < table->n_rows; r++)
        for (uint32_t i = 0; i < table->rows[r].n_cells; i++) {
            const bt_tabular_cell *cell = &table->rows[r].cells[i];
            if (cell->n_spanned > 1 && cell->n_spanned < source->n_columns) widen_for_label(table, cell);
        }
    for (uint32_t i = 0; i < table->groups.n_cells; i++) widen_group(table, &table->groups.cells[i]);
}

/* --- widths --- */

static int64_t sum_of(const bt_flow_table *table, bool of_least)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        sum += of_least ? table->columns[i].least : table->columns[i].natural;
    return sum;
}

/* Heads of numbers do not break where there is room: columns of numbers keep to one line while every text column has
 * its widest word and half of what it would like. Where there is none they break, and then ask for no more than that
 * takes: what is left over helps no head, but it may keep a text on one line. */
static void keep_heads_whole(bt_flow_table *table, int64_t room)
{
    int64_t wanted = 0;
    for (uint32_t i = 0; i < table->source->n_columns; i++) {
        const bt_tabular_column *c = &table->columns[i];
        bt_sp half = larger(c->natural / 2, c->least);
        wanted += table->source->are_numbers[i] ? c->natural : half < room / 2 ? half : c->least;
    }
    for (uint32_t i = 0; i < table->source->n_columns; i++) {
        bt_tabular_column *c = &table->columns[i];
        if (!table->source->are_numbers[i]) continue;
        if (wanted <= room)
            c->least = c->natural;
        else
            c->natural = larger(c->least, (bt_sp)bt_mul_div(c->natural, 11, 20));
    }
}

/* Columns of numbers side by side are equally wide where there is room: years compare better so. */
static void even_out(bt_flow_table *table, int64_t room)
{
    bt_sp widest = 0;
    int64_t wanted = 0;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        if (table->source->are_numbers[i]) widest = larger(widest, table->columns[i].natural);
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        wanted += table->source->are_numbers[i] ? widest : table->columns[i].natural;
    if (wanted > room) return;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        if (table->source->are_numbers[i]) table->columns[i].natural = widest;
}

static int64_t square_root(int64_t n)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 30; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= n) root += bit;
    return root;
}

/* A column's width where a unit of content's root is worth `share` (of 1 << 16). */
static int64_t width_at(const bt_tabular_column *column, int64_t share)
{
    int64_t width = bt_mul_div(column->content_root, share, 1 << 16);
    return width < column->least ? column->least : width > column->natural ? column->natural : width;
}

/* The largest share with which all columns together fit the room. */
static int64_t find_share(bt_flow_table *table, int64_t room)
{
    int64_t low = 0, high = (int64_t)1 << 40;
    for (uint32_t i = 0; i < table->source->n_columns; i++)
        table->columns[i].content_root = square_root(table->columns[i].content);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2, sum = 0;
        for (uint32_t i = 0; i < table->source->n_columns; i++) sum += width_at(&table->columns[i], middle);
        if (sum <= room)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Numbers stand at the right of their column, text at the left of the next: between the two there would be the pads
 * only, however wide the columns are. Some of the numbers' room goes there. */
static void part_numbers_from_text(bt_flow_table *table)
{
    enum { MOST_PADS = 3 };
    const bt_doc_table *source = table->source;
    bt_sp pads = 2 * table->layout->table.pad_x;
    for (uint32_t i = 0; i + 1 < source->n_columns; i++) {
        bt_tabular_column *c = &table->columns[i];
        bool meet = source->aligns[i] == BT_ALIGN_RIGHT && source->aligns[i + 1] == BT_ALIGN_LEFT;
        bt_sp room = c->width - pads - c->natural;
        c->air = meet && room > 0 ? smaller(room / 2, MOST_PADS * table->layout->table.pad_x) : 0;
    }
}

/* False: the columns' least widths do not fit. */
static bool find_widths(bt_flow_table *table)
{
    uint32_t n = table->source->n_columns;
    bt_sp pads = 2 * table->layout->table.pad_x;
    int64_t room = (int64_t)table->measure - (int64_t)n * pads;
    if (sum_of(table, true) > room) return false;
    keep_heads_whole(table, room);
    even_out(table, room);
    int64_t natural = sum_of(table, false);
    int64_t share = natural > room ? find_share(table, room) : 0;
    bt_sp x = 0;
    for (uint32_t i = 0; i < n; i++) {
        bt_tabular_column *c = &table->columns[i];
        /* What a narrow table leaves over goes to all columns by their width, so that none stands far from the rest. */
        int64_t width = natural > room
                            ? width_at(c, share)
                            : c->natural + bt_mul_div(room - natural, c->natural + pads, natural + (int64_t)n * pads);
        c->x = x;
        c->width = (bt_sp)width + pads;
        x += c->width;
    }
    table->columns[n - 1].width += table->measure - x; /* what rounding left */
    part_numbers_from_text(table);
    return true;
}

bt_sp bt_flow_table_cell_width(const bt_flow_table *table, const bt_tabular_cell *cell)
{
    bt_sp width = 0;
    for (uint32_t i = 0; i < cell->n_spanned && cell->column_i + i < table->source->n_columns; i++)
        width += table->columns[cell->column_i + i].width;
    return width - 2 * table->layout->table.pad_x;
}

bt_sp bt_flow_table_leading(const bt_flow_table *table, const bt_style *style)
{
    return style->leading ? style->leading : table->layout->step;
}

/* --- too wide --- */

/* Sizes down to this share of the styles' are tried, a twentieth at a time. */
enum { LEAST_SCALE = 850, SCALE_STEP = 50 };

static bt_str mm(bt_flow *flow, int64_t length)
{
    bt_buf buf = bt_buf_in(flow->scratch);
    bt_buf_add_mm(&buf, length);
    return bt_buf_str(&buf);
}

static bt_str pt(bt_flow *flow, int64_t length)
{
    bt_buf buf = bt_buf_in(flow->scratch);
    bt_buf_add_pt(&buf, length, 1);
    return bt_buf_str(&buf);
}

static void report_too_wide(bt_flow *flow, const bt_galley_block *block, const bt_flow_table *table)
{
    uint32_t n = table->source->n_columns;
    bt_str count = bt_str_format(flow->scratch, "%u", n);
    int64_t wanted = sum_of(table, true) + 2 * (int64_t)n * table->layout->table.pad_x;
    bool may_widen = block->n_columns > 1;
    bt_diag(flow->diags, may_widen ? BT_E_TABLE_WIDE : BT_E_TABLE_WIDEST, block->doc->at,
            BT_ARGS(count, mm(flow, table->measure), mm(flow, wanted)));
}

static void report_done(bt_flow *flow, const bt_galley_block *block, const bt_flow_table *table)
{
    bt_str count = bt_str_format(flow->scratch, "%u", table->source->n_columns);
    const bt_style *style = table->layout->role[BT_STYLE_TABLE_CELL];
    if (table->was_spread)
        bt_diag(flow->diags, BT_W_TABLE_SPREAD, block->doc->at, BT_ARGS(count, mm(flow, flow->column_measure)));
    if (table->look.font)
        bt_diag(flow->diags, BT_W_TABLE_NARROW, block->doc->at,
                BT_ARGS(count, mm(flow, table->measure), table->look.font->family));
    if (table->look.scale < 1000)
        bt_diag(flow->diags, BT_W_TABLE_SMALL, block->doc->at,
                BT_ARGS(count, mm(flow, table->measure), pt(flow, bt_mul_div(style->size, table->look.scale, 1000)),
                        pt(flow, style->size)));
}

/* The next thing to try; false: there is none. */
static bool next_look(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    if (block->n_columns > 1 && block->doc->may_span) {
        block->n_columns = 1;
        block->measure = table->measure = flow->page_measure;
        table->was_spread = true;
        return true;
    }
    if (!table->look.font && table->layout->table.narrow_font) {
        table->look.font = table->layout->table.narrow_font;
        return true;
    }
    table->look.scale -= SCALE_STEP;
    return table->look.scale >= LEAST_SCALE;
}

bt_status bt_flow_table_fit(bt_flow *flow, bt_galley_block *block, bt_flow_table *table)
{
    const bt_doc_table *source = table->source;
    table->rows = BT_NEW_ARRAY(flow->arena, source->n_rows, bt_tabular_row);
    table->columns = BT_NEW_ARRAY(flow->arena, source->n_columns, bt_tabular_column);
    if (!table->rows || !table->columns) return BT_NOMEM;
    table->n_rows = source->n_rows;
    table->look = (bt_tabular_look){NULL, 1000};
    for (;;) {
        bt_status status = shape(flow, table);
        if (status != BT_OK) return status;
        measure(table);
        if (find_widths(table)) break;
        if (next_look(flow, block, table)) continue;
        report_too_wide(flow, block, table);
        return BT_INPUT;
    }
    report_done(flow, block, table);
    return BT_OK;
}
