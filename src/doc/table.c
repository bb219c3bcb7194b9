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
    if (!goes_up) return bt_buf_str(&out);
    bool is_negative = out.bytes.n && v[0] == '-';
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

static bool make_row(bt_doc_maker *m, const bt_table *table, const bt_table_row *row, bt_doc_row *out)
{
    bt_doc_cell *cells = BT_NEW_ARRAY(m->arena, row->n_cells, bt_doc_cell);
    if (!cells) return false;
    for (uint32_t i = 0; i < row->n_cells; i++) {
        const bt_cell *cell = &row->cells[i];
        bt_style_role role = cell_role(row->kind);
        cells[i].n_spanned = row->n_cells == 1 ? table->n_columns : 1;
        cells[i].is_number = table->columns[i].is_number && cells[i].n_spanned == 1;
        if (cell->is_number) {
            bt_str text = bt_doc_number(m->arena, cell->text.s, table->columns[i].decimals, m->bundle->lang.s);
            cells[i].text = bt_doc_plain(m->arena, text, m->layout->role[role], cell->text.at);
        } else {
            cells[i].text = bt_doc_text(m, cell->text, role);
        }
    }
    *out = (bt_doc_row){row->kind, cells, row->n_cells, row->at};
    return true;
}

static bt_str word_value(const void *user, bt_str name)
{
    (void)name;
    return *(const bt_str *)user;
}

static bt_rich word(bt_doc_maker *m, bt_str template, bt_text value, bt_style_role role)
{
    bool is_empty;
    bt_str text = value.s.len ? bt_doc_fill(m->arena, template, word_value, &value.s, &is_empty) : BT_STR("");
    return bt_doc_text(m, (bt_text){text, value.at}, role);
}

const bt_doc_table *bt_doc_table_make(bt_doc_maker *m, const bt_table *table)
{
    bt_doc_table *out = BT_NEW(m->arena, bt_doc_table);
    bt_doc_cell *head = BT_NEW_ARRAY(m->arena, table->n_columns, bt_doc_cell);
    bt_align *aligns = BT_NEW_ARRAY(m->arena, table->n_columns, bt_align);
    bt_doc_row *rows = BT_NEW_ARRAY(m->arena, table->n_rows, bt_doc_row);
    if (!out || !head || !aligns || !rows) return NULL;
    for (uint32_t i = 0; i < table->n_columns; i++) {
        const bt_table_column *column = &table->columns[i];
        head[i] = (bt_doc_cell){.text = bt_doc_text(m, column->title, BT_STYLE_TABLE_HEAD), .n_spanned = 1};
        aligns[i] = column->has_align ? column->align : column->is_number ? BT_ALIGN_RIGHT : BT_ALIGN_LEFT;
        out->has_head = out->has_head || column->title.s.len;
    }
    for (uint32_t i = 0; i < table->n_rows; i++)
        if (!make_row(m, table, &table->rows[i], &rows[i])) return NULL;
    const bt_words *words = &m->layout->words;
    out->title = bt_doc_text(m, table->title, BT_STYLE_TABLE_TITLE);
    out->unit = word(m, words->table_unit, table->unit, BT_STYLE_TABLE_UNIT);
    out->continued =
        bt_doc_plain(m->arena, words->table_continued, m->layout->role[BT_STYLE_TABLE_UNIT], table->title.at);
    out->note = bt_doc_text(m, table->note, BT_STYLE_TABLE_NOTE);
    out->source = word(m, words->table_source, table->source, BT_STYLE_TABLE_NOTE);
    out->head = head;
    out->aligns = aligns;
    out->n_columns = table->n_columns;
    out->rows = rows;
    out->n_rows = table->n_rows;
    return out;
}
