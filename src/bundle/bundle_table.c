/* bundle_table.c - table blocks: columns, rows, and the total that the program computes. */
#include "bundle/bundle_int.h"

enum { MOST_DECIMALS = 9 };

/* --- columns --- */

enum { COLUMN_TITLE, COLUMN_TYPE, COLUMN_DECIMALS, COLUMN_ALIGN, COLUMN_GROUP, COLUMN_UNIT, N_COLUMN_KEYS };
static const bt_field column_keys[N_COLUMN_KEYS] = {
    [COLUMN_TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [COLUMN_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [COLUMN_DECIMALS] = {BT_STR_INIT("decimals"), BT_TAKES_NUMBER, 0},
    [COLUMN_ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [COLUMN_GROUP] = {BT_STR_INIT("group"), BT_TAKES_STRING, 0},
    [COLUMN_UNIT] = {BT_STR_INIT("unit"), BT_TAKES_STRING, 0},
};
static const bt_fields column_fields = {"this column", column_keys, N_COLUMN_KEYS};

static void read_column(bt_bundle_reader *b, const bt_json_node *node, bt_table_column *column)
{
    static const bt_str types[] = {BT_STR_INIT("text"), BT_STR_INIT("number")};
    static const bt_str aligns[] = {BT_STR_INIT("left"), BT_STR_INIT("right"), BT_STR_INIT("center")};
    static const bt_align align_of[] = {BT_ALIGN_LEFT, BT_ALIGN_RIGHT, BT_ALIGN_CENTER};
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_COLUMN_KEYS];
    uint32_t choice = 0;
    column->decimals = -1;
    column->title.s = column->group.s = column->unit.s = BT_STR("");
    const char *remedy = node->kind == BT_JSON_STRING ? "write a column as {\"title\": \"...\"}" : NULL;
    if (!bt_fields_expect(r, node, BT_TAKES_OBJECT, remedy) || !bt_fields_read(r, node, &column_fields, values)) return;
    column->title = bt_bundle_text(b, values[COLUMN_TITLE]);
    column->group = bt_bundle_text(b, values[COLUMN_GROUP]);
    column->unit = bt_bundle_text(b, values[COLUMN_UNIT]);
    bool has_type = !values[COLUMN_TYPE] || bt_fields_choice(r, values[COLUMN_TYPE], types, 2, &choice);
    column->is_number = choice == 1;
    bt_fields_integer(r, values[COLUMN_DECIMALS], 0, MOST_DECIMALS, &column->decimals);
    if (values[COLUMN_DECIMALS] && has_type && !column->is_number)
        bt_fields_fault(r, BT_E_TABLE_DECIMALS, values[COLUMN_DECIMALS]->key_at, BT_NO_ARGS);
    column->has_align = bt_fields_choice(r, values[COLUMN_ALIGN], aligns, 3, &choice);
    if (column->has_align) column->align = align_of[choice];
}

static void read_columns(bt_bundle_reader *b, const bt_json_node *array, bt_table *table)
{
    bt_fields_reader *r = &b->fields;
    if (!array) return;
    if (!array->n_children) {
        bt_fields_fault(r, BT_E_TABLE_NO_COLUMNS, array->at, BT_NO_ARGS);
        return;
    }
    if (array->n_children > BT_LIMIT_TABLE_COLUMNS) {
        bt_fields_limit(r, BT_E_TABLE_COLUMNS, array->at,
                        BT_ARGS(bt_fields_count(r, array->n_children), bt_fields_count(r, BT_LIMIT_TABLE_COLUMNS)));
        return;
    }
    bt_table_column *columns = BT_NEW_ARRAY(r->arena, array->n_children, bt_table_column);
    if (!columns) return;
    for (const bt_json_node *node = array->child; node; node = node->next)
        read_column(b, node, &columns[table->n_columns++]);
    table->columns = columns;
}

/* --- rows --- */

static bool has_exponent(bt_str number)
{
    for (size_t i = 0; i < number.len; i++)
        if (number.ptr[i] == 'e' || number.ptr[i] == 'E') return true;
    return false;
}

void bt_bundle_cell(bt_bundle_reader *b, const bt_json_node *node, bt_cell *cell)
{
    bt_fields_reader *r = &b->fields;
    cell->text = (bt_text){BT_STR(""), node->at};
    const char *remedy = node->kind == BT_JSON_NULL ? "write \"\" for an empty cell" : NULL;
    if (!bt_fields_expect(r, node, BT_TAKES_STRING | BT_TAKES_NUMBER, remedy)) return;
    if (node->kind == BT_JSON_STRING) {
        cell->text = bt_bundle_text(b, node);
        return;
    }
    if (has_exponent(node->text)) bt_fields_fault(r, BT_E_TABLE_EXPONENT, node->at, BT_ARGS(node->text));
    cell->is_number = true;
    cell->text.s = node->text;
}

/* "row 2 ("Mẹ đỡ đầu")": rows count from 1 here, as one counts them on paper. */
static bt_str row_name(bt_fields_reader *r, const bt_json_node *cells, uint32_t row_i)
{
    const bt_json_node *first = cells->child;
    bool has_text = first && (first->kind == BT_JSON_STRING || first->kind == BT_JSON_NUMBER) && first->text.len;
    bt_str number = bt_fields_count(r, (int64_t)row_i + 1);
    if (!has_text) return bt_say_with(r->diags, &r->words, BT_STR("row {1}"), BT_ARGS(number));
    return bt_say_with(r->diags, &r->words, BT_STR("row {1} ({2})"), BT_ARGS(number, bt_fields_quoted(r, first->text)));
}

/* The first number of two that stand as in [9, 42,5]: a comma between them, and no blank. n: how many there are. */
static const bt_json_node *find_decimal_comma(const bt_json_node *cells, uint32_t *n)
{
    const bt_json_node *first = NULL;
    *n = 0;
    for (const bt_json_node *node = cells->child; node && node->next; node = node->next) {
        const bt_place *at = node->at, *after = node->next->at;
        if (node->kind != BT_JSON_NUMBER || node->next->kind != BT_JSON_NUMBER) continue;
        if (at->line != after->line || at->column + node->text.len + 1 != after->column) continue;
        if (!first) first = node;
        (*n)++;
    }
    return first;
}

/* True: reported. */
static bool report_decimal_comma(bt_bundle_reader *b, const bt_table *table, const bt_json_node *cells, bt_str row)
{
    bt_fields_reader *r = &b->fields;
    uint32_t n;
    const bt_json_node *whole = find_decimal_comma(cells, &n);
    if (!whole || cells->n_children - n != table->n_columns) return false;
    bt_str decimals = whole->next->text;
    bt_str written = bt_str_format(&r->words, "%.*s,%.*s", BT_STR_ARGS(whole->text), BT_STR_ARGS(decimals)),
           mended = bt_str_format(&r->words, "%.*s.%.*s", BT_STR_ARGS(whole->text), BT_STR_ARGS(decimals));
    bt_fields_fault(
        r, BT_E_TABLE_CELLS_COMMA, whole->at,
        BT_ARGS(row, bt_fields_count(r, cells->n_children), bt_fields_count(r, table->n_columns), written, mended));
    return true;
}

static void check_cells(bt_bundle_reader *b, const bt_table *table, const bt_json_node *cells, uint32_t row_i,
                        const bt_table_row *row)
{
    bt_fields_reader *r = &b->fields;
    uint32_t n = cells->n_children;
    if (!table->n_columns || n == table->n_columns || (row->kind == BT_ROW_SUBHEAD && n == 1)) return;
    bt_str name = row_name(r, cells, row_i);
    if (n > table->n_columns && report_decimal_comma(b, table, cells, name)) return;
    bt_diag_code code = n < table->n_columns ? BT_E_TABLE_CELLS_FEW : BT_E_TABLE_CELLS_MANY;
    bt_str cell_word = n == 1 ? BT_SAY(r->diags, "cell") : BT_SAY(r->diags, "cells"),
           column_word = table->n_columns == 1 ? BT_SAY(r->diags, "column") : BT_SAY(r->diags, "columns");
    bt_fields_fault(r, code, cells->at,
                    BT_ARGS(name, bt_fields_count(r, n), bt_fields_count(r, table->n_columns), cell_word, column_word));
}

static void read_cells(bt_bundle_reader *b, const bt_json_node *array, bt_table_row *row)
{
    bt_cell *cells = BT_NEW_ARRAY(b->fields.arena, array->n_children, bt_cell);
    if (!cells) return;
    for (const bt_json_node *node = array->child; node; node = node->next)
        bt_bundle_cell(b, node, &cells[row->n_cells++]);
    row->cells = cells;
}

enum { ROW_CELLS, ROW_KIND, N_ROW_KEYS };
static const bt_field row_keys[N_ROW_KEYS] = {
    [ROW_CELLS] = {BT_STR_INIT("cells"), BT_TAKES_ARRAY, BT_REQUIRED},
    [ROW_KIND] = {BT_STR_INIT("kind"), BT_TAKES_STRING, 0},
};
static const bt_fields row_fields = {"this row", row_keys, N_ROW_KEYS};

static void read_row(bt_bundle_reader *b, const bt_json_node *node, const bt_table *table, uint32_t row_i,
                     bt_table_row *row)
{
    static const bt_str kinds[] = {BT_STR_INIT("total"), BT_STR_INIT("subhead")};
    bt_fields_reader *r = &b->fields;
    row->at = node->at;
    if (!bt_fields_expect(r, node, BT_TAKES_ARRAY | BT_TAKES_OBJECT, NULL)) return;
    const bt_json_node *cells = node;
    if (node->kind == BT_JSON_OBJECT) {
        const bt_json_node *values[N_ROW_KEYS];
        uint32_t choice;
        if (!bt_fields_read(r, node, &row_fields, values) || !values[ROW_CELLS]) return;
        cells = values[ROW_CELLS];
        if (bt_fields_choice(r, values[ROW_KIND], kinds, 2, &choice))
            row->kind = choice ? BT_ROW_SUBHEAD : BT_ROW_TOTAL;
    }
    check_cells(b, table, cells, row_i, row);
    read_cells(b, cells, row);
}

/* room: for the computed total. */
static void read_rows(bt_bundle_reader *b, const bt_json_node *array, uint32_t room, bt_table *table,
                      bt_table_row **rows)
{
    bt_fields_reader *r = &b->fields;
    if (!array) return;
    if (!array->n_children) {
        bt_fields_fault(r, BT_E_TABLE_NO_ROWS, array->at, BT_NO_ARGS);
        return;
    }
    if (array->n_children > BT_LIMIT_TABLE_ROWS) {
        bt_fields_limit(r, BT_E_TABLE_ROWS, array->at,
                        BT_ARGS(bt_fields_count(r, array->n_children), bt_fields_count(r, BT_LIMIT_TABLE_ROWS)));
        return;
    }
    *rows = BT_NEW_ARRAY(r->arena, (size_t)array->n_children + room, bt_table_row);
    if (!*rows) return;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        read_row(b, node, table, table->n_rows, &(*rows)[table->n_rows]);
        table->n_rows++;
    }
    table->rows = *rows;
}

/* --- the total --- */

enum { TOTAL_LABEL, TOTAL_COLUMNS, N_TOTAL_KEYS };
static const bt_field total_keys[N_TOTAL_KEYS] = {
    [TOTAL_LABEL] = {BT_STR_INIT("label"), BT_TAKES_STRING, BT_REQUIRED},
    [TOTAL_COLUMNS] = {BT_STR_INIT("columns"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields total_fields = {"the table's total", total_keys, N_TOTAL_KEYS};

/* Checks one entry of a list of columns that are added up, and gives its index. is_named: the columns before it. */
static bool total_column(bt_bundle_reader *b, const bt_json_node *node, const bt_table *table, bool *is_named,
                         uint32_t *column_i)
{
    bt_fields_reader *r = &b->fields;
    if (!bt_fields_expect(r, node, BT_TAKES_NUMBER, "write the column's number, counted from 0")) return false;
    int64_t number;
    bool is_known = bt_fixed_parse(node->text, 0, &number) && number >= 0 && number < table->n_columns;
    for (size_t i = 0; i < node->text.len; i++) is_known = is_known && node->text.ptr[i] != '.';
    if (!is_known) {
        bt_fields_fault(r, BT_E_TABLE_TOTAL_COLUMN, node->at,
                        BT_ARGS(node->text, bt_fields_count(r, (int64_t)table->n_columns - 1)));
        return false;
    }
    *column_i = (uint32_t)number;
    if (is_named[number]) {
        bt_fields_fault(r, BT_E_TABLE_TOTAL_TWICE, node->at, BT_ARGS(node->text));
        return false;
    }
    if (!table->columns[number].is_number) {
        bt_fields_fault(r, BT_E_TABLE_TOTAL_TEXT, node->at, BT_ARGS(node->text));
        return false;
    }
    is_named[number] = true;
    return true;
}

/* The label stands in the first text column, or else in the first one that has no sum. */
static bt_cell *label_cell(const bt_table *table, bt_cell *cells)
{
    for (uint32_t i = 0; i < table->n_columns; i++)
        if (!table->columns[i].is_number) return &cells[i];
    for (uint32_t i = 0; i < table->n_columns; i++)
        if (!cells[i].text.at) return &cells[i];
    return NULL;
}

static void read_total(bt_bundle_reader *b, const bt_json_node *node, bt_table *table, bt_table_row *row)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_TOTAL_KEYS];
    if (!node || !bt_fields_read(r, node, &total_fields, values)) return;
    bt_text label = bt_bundle_text(b, values[TOTAL_LABEL]);
    if (!table->n_columns || !row || !values[TOTAL_COLUMNS]) return;
    bt_cell *cells = BT_NEW_ARRAY(r->arena, table->n_columns, bt_cell);
    bool *is_named = BT_NEW_ARRAY(r->arena, table->n_columns, bool);
    if (!cells || !is_named) return;
    for (uint32_t i = 0; i < table->n_columns; i++) cells[i].text.s = BT_STR("");
    for (const bt_json_node *item = values[TOTAL_COLUMNS]->child; item; item = item->next) {
        uint32_t column_i;
        if (!total_column(b, item, table, is_named, &column_i)) continue;
        cells[column_i].text.at = item->at;
        bt_bundle_sum(b, table, column_i, &cells[column_i]);
    }
    bt_cell *first = label_cell(table, cells);
    if (first)
        first->text = label;
    else
        bt_fields_fault(r, BT_E_TABLE_TOTAL_LABEL, node->at, BT_NO_ARGS);
    for (uint32_t i = 0; i < table->n_columns; i++)
        if (!cells[i].text.at) cells[i].text.at = node->at;
    *row = (bt_table_row){BT_ROW_TOTAL, cells, table->n_columns, node->at};
    table->n_rows++;
}

/* "expect_sum": true, or the columns whose totals are checked. */
static void read_expect_sum(bt_bundle_reader *b, const bt_json_node *node, const bt_table *table)
{
    if (!node || !table->n_columns || !table->n_rows) return;
    if (node->kind == BT_JSON_BOOL) {
        if (node->truth) bt_bundle_check_sums(b, table, NULL, node->at);
        return;
    }
    bool *is_named = BT_NEW_ARRAY(b->fields.arena, table->n_columns, bool);
    if (!is_named) return;
    uint32_t column_i, n = 0;
    for (const bt_json_node *item = node->child; item; item = item->next)
        n += total_column(b, item, table, is_named, &column_i);
    if (n) bt_bundle_check_sums(b, table, is_named, node->at);
}

/* --- the table --- */

enum { TYPE, TITLE, UNIT, SPAN, COLUMNS, ROWS, TOTAL, EXPECT_SUM, NOTE, SOURCE, ID, N_KEYS };
static const bt_field keys[N_KEYS] = {
    [TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [UNIT] = {BT_STR_INIT("unit"), BT_TAKES_STRING, 0},
    [SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [COLUMNS] = {BT_STR_INIT("columns"), BT_TAKES_ARRAY, BT_REQUIRED},
    [ROWS] = {BT_STR_INIT("rows"), BT_TAKES_ARRAY, BT_REQUIRED},
    [TOTAL] = {BT_STR_INIT("total"), BT_TAKES_OBJECT, 0},
    [EXPECT_SUM] = {BT_STR_INIT("expect_sum"), BT_TAKES_BOOL | BT_TAKES_ARRAY, 0},
    [NOTE] = {BT_STR_INIT("note"), BT_TAKES_STRING, 0},
    [SOURCE] = {BT_STR_INIT("source"), BT_TAKES_STRING, 0},
    [ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, 0},
};
static const bt_fields fields = {"this table", keys, N_KEYS};

const bt_table *bt_bundle_table(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_KEYS];
    bt_table *table = BT_NEW(r->arena, bt_table);
    bt_table_row *rows = NULL;
    if (!table || !bt_fields_read(r, node, &fields, values)) return table;
    table->title = bt_bundle_text(b, values[TITLE]);
    table->unit = bt_bundle_text(b, values[UNIT]);
    table->note = bt_bundle_text(b, values[NOTE]);
    table->source = bt_bundle_text(b, values[SOURCE]);
    table->id = bt_bundle_name(b, values[ID]);
    block->has_span = bt_bundle_span(b, values[SPAN], &block->spans_page);
    read_columns(b, values[COLUMNS], table);
    read_rows(b, values[ROWS], values[TOTAL] != NULL, table, &rows);
    read_expect_sum(b, values[EXPECT_SUM], table);
    read_total(b, values[TOTAL], table, rows ? &rows[table->n_rows] : NULL);
    bt_bundle_need_text(b, table->id, "id", false);
    const bt_table **entry = BT_PUSH(r->arena, &b->tables);
    if (entry) *entry = table;
    return table;
}
