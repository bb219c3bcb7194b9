/* table.c - a bundle's table with its texts styled and its numbers written as the language writes them. */
#include "doc/doc_int.h"

/* Rounds digits ("-1234.565") to a number of decimals, half away from zero, in text: no number is too large for it. */
static bt_str rounded(bt_arena *arena, bt_str digits, int32_t decimals)
{
    size_t point = 0;
    while (point < digits.len && digits.ptr[point] != '.') point++;
    size_t keep = point + (decimals > 0 ? 1 + (size_t)decimals : 0);
    bt_buf out = bt_buf_in(arena);
    for (size_t i = 0; i < keep; i++) bt_buf_add_char(&out, i < digits.len ? digits.ptr[i] : i == point ? '.' : '0');
    size_t next = point + 1 + (size_t)(decimals > 0 ? decimals : 0);
    bool goes_up = next < digits.len && digits.ptr[next] >= '5' && point < digits.len;
    char *v = out.bytes.v;
    for (size_t i = out.bytes.n; goes_up && i > 0; i--) {
        if (v[i - 1] < '0' || v[i - 1] > '9') continue;
        goes_up = v[i - 1] == '9';
        v[i - 1] = goes_up ? '0' : (char)(v[i - 1] + 1);
    }
    bool is_negative = out.bytes.n && v[0] == '-';
    if (!goes_up) {
        /* What rounds to nothing has no sign. */
        bool is_zero = true;
        for (size_t i = 0; i < out.bytes.n; i++) is_zero = is_zero && (v[i] < '1' || v[i] > '9');
        return is_negative && is_zero ? bt_str_slice(bt_buf_str(&out), 1, out.bytes.n) : bt_buf_str(&out);
    }
    return bt_str_format(arena, "%s1%.*s", is_negative ? "-" : "", (int)(out.bytes.n - is_negative), v + is_negative);
}

bt_str bt_doc_number(bt_arena *arena, bt_str digits, int32_t decimals, bt_str lang)
{
    /* An exponent is written as it stands: there is no common way to set it. */
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] == 'e' || digits.ptr[i] == 'E') return digits;
    bool is_english = bt_str_starts(lang, BT_STR("en"));
    bt_str number = decimals < 0 ? digits : rounded(arena, digits, decimals);
    size_t begin = number.len && number.ptr[0] == '-';
    size_t point = begin;
    while (point < number.len && number.ptr[point] != '.') point++;
    bt_buf out = bt_buf_in(arena);
    if (begin) bt_buf_add_char(&out, '-');
    for (size_t i = begin; i < point; i++) {
        if (i > begin && (point - i) % 3 == 0) bt_buf_add_char(&out, is_english ? ',' : '.');
        bt_buf_add_char(&out, number.ptr[i]);
    }
    if (point < number.len) {
        bt_buf_add_char(&out, is_english ? '.' : ',');
        bt_buf_add(&out, bt_str_slice(number, point + 1, number.len));
    }
    return bt_buf_str(&out);
}

static bt_style_role cell_role(bt_row_kind kind)
{
    return kind == BT_ROW_TOTAL     ? BT_STYLE_TABLE_TOTAL
           : kind == BT_ROW_SUBHEAD ? BT_STYLE_TABLE_SUBHEAD
                                    : BT_STYLE_TABLE_CELL;
}

/* The columns of a cell. A subhead of one cell has all of them; the text of a subhead or of a total's label goes on
 * over the empty cells to its right, a label over those of text only: an empty cell of numbers says that there is no
 * sum. */
static uint32_t columns_of(const bt_table *table, const bt_table_row *row, uint32_t cell_i)
{
    if (row->n_cells == 1) return table->n_columns;
    const bt_cell *cell = &row->cells[cell_i];
    uint32_t n = 1;
    bool may_spread = row->kind != BT_ROW_PLAIN && !cell->is_number && cell->text.s.len &&
                      (row->kind == BT_ROW_SUBHEAD || !table->columns[cell_i].is_number);
    while (may_spread && cell_i + n < row->n_cells && !row->cells[cell_i + n].text.s.len &&
           (row->kind == BT_ROW_SUBHEAD || !table->columns[cell_i + n].is_number))
        n++;
    return n;
}

static bool make_row(bt_doc_maker *m, const bt_table *table, const bt_table_row *row, bt_doc_row *out)
{
    bt_doc_cell *cells = BT_NEW_ARRAY(m->arena, row->n_cells, bt_doc_cell);
    if (!cells) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < row->n_cells; i += cells[n++].n_spanned) {
        const bt_cell *cell = &row->cells[i];
        bt_style_role role = cell_role(row->kind);
        cells[n].column_i = i;
        cells[n].n_spanned = columns_of(table, row, i);
        cells[n].is_number = table->columns[i].is_number && cells[n].n_spanned == 1;
        if (cell->is_number) {
            bt_str text = bt_doc_number(m->arena, cell->text.s, table->columns[i].decimals, m->bundle->lang.s);
            cells[n].text = bt_doc_plain(m->arena, text, m->layout->role[role], cell->text.at);
        } else {
            cells[n].text = bt_doc_text(m, cell->text, role);
        }
    }
    *out = (bt_doc_row){row->kind, cells, n, row->at};
    return true;
}

static bt_str word_value(const void *user, bt_str name)
{
    (void)name;
    return *(const bt_str *)user;
}

bt_rich bt_doc_word(bt_doc_maker *m, bt_str template, bt_text value, bt_style_role role)
{
    bool is_empty;
    bt_str text = value.s.len ? bt_doc_fill(m->arena, template, word_value, &value.s, &is_empty) : BT_STR("");
    return bt_doc_text(m, (bt_text){text, value.at}, role);
}

/* A column's head: its title, and its unit in brackets on a line of its own. */
static bt_rich head_text(bt_doc_maker *m, const bt_table_column *column)
{
    bt_text text = column->title;
    if (column->unit.s.len) {
        const char *line = text.s.len ? "\n" : "";
        text.s = bt_str_format(m->arena, "%.*s%s(%.*s)", BT_STR_ARGS(text.s), line, BT_STR_ARGS(column->unit.s));
        if (!column->title.s.len) text.at = column->unit.at;
    }
    return bt_doc_text(m, text, BT_STYLE_TABLE_HEAD);
}

static bool make_head(bt_doc_maker *m, const bt_table *table, bt_doc_table *out)
{
    bt_doc_cell *head = BT_NEW_ARRAY(m->arena, table->n_columns, bt_doc_cell);
    bt_align *aligns = BT_NEW_ARRAY(m->arena, table->n_columns, bt_align);
    bool *are_numbers = BT_NEW_ARRAY(m->arena, table->n_columns, bool);
    if (!head || !aligns || !are_numbers) return false;
    for (uint32_t i = 0; i < table->n_columns; i++) {
        const bt_table_column *column = &table->columns[i];
        head[i] = (bt_doc_cell){.text = head_text(m, column), .column_i = i, .n_spanned = 1};
        aligns[i] = column->has_align ? column->align : column->is_number ? BT_ALIGN_RIGHT : BT_ALIGN_LEFT;
        are_numbers[i] = column->is_number;
        out->has_head = out->has_head || head[i].text.text.len || column->group.s.len;
    }
    out->head = head;
    out->aligns = aligns;
    out->are_numbers = are_numbers;
    out->n_columns = table->n_columns;
    return true;
}

/* Adjacent columns that name the same group have one head over theirs. */
static bool make_groups(bt_doc_maker *m, const bt_table *table, bt_doc_table *out)
{
    bt_doc_cell *groups = BT_NEW_ARRAY(m->arena, table->n_columns, bt_doc_cell);
    if (!groups) return false;
    for (uint32_t i = 0; i < table->n_columns;) {
        bt_text name = table->columns[i].group;
        uint32_t begin = i++;
        while (i < table->n_columns && bt_str_equal(table->columns[i].group.s, name.s)) i++;
        if (!name.s.len) continue;
        groups[out->n_groups++] = (bt_doc_cell){
            .text = bt_doc_text(m, name, BT_STYLE_TABLE_GROUP), .column_i = begin, .n_spanned = i - begin};
    }
    out->groups = groups;
    return true;
}

const bt_doc_table *bt_doc_table_make(bt_doc_maker *m, const bt_table *table)
{
    bt_doc_table *out = BT_NEW(m->arena, bt_doc_table);
    bt_doc_row *rows = BT_NEW_ARRAY(m->arena, table->n_rows, bt_doc_row);
    if (!out || !rows || !make_head(m, table, out) || !make_groups(m, table, out)) return NULL;
    for (uint32_t i = 0; i < table->n_rows; i++)
        if (!make_row(m, table, &table->rows[i], &rows[i])) return NULL;
    const bt_words *words = &m->layout->words;
    out->title = bt_doc_text(m, table->title, BT_STYLE_TABLE_TITLE);
    out->unit = bt_doc_word(m, words->table_unit, table->unit, BT_STYLE_TABLE_UNIT);
    out->continued =
        bt_doc_plain(m->arena, words->table_continued, m->layout->role[BT_STYLE_TABLE_UNIT], table->title.at);
    out->note = bt_doc_text(m, table->note, BT_STYLE_TABLE_NOTE);
    out->source = bt_doc_word(m, words->table_source, table->source, BT_STYLE_TABLE_NOTE);
    out->rows = rows;
    out->n_rows = table->n_rows;
    return out;
}
