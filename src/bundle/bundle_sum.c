/* bundle_sum.c - totals of table columns, in fixed-point decimals. Strings count as the bundle's language writes
 * numbers. */
#include "bundle/bundle_int.h"

enum { MOST_DECIMALS = 12 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "-", a dash or nothing: a cell without a value. */
static bool is_none(bt_str text)
{
    bt_str t = bt_str_trim(text);
    return !t.len || bt_str_is(t, "-") || bt_str_is(t, "–") || bt_str_is(t, "—");
}

/* Takes a sign off the front: + - or the minus sign U+2212. */
static bool take_sign(bt_str *text)
{
    bt_str minus = BT_STR("\xE2\x88\x92");
    if (bt_str_starts(*text, minus)) {
        *text = bt_str_slice(*text, minus.len, text->len);
        return true;
    }
    if (!text->len || (text->ptr[0] != '-' && text->ptr[0] != '+')) return false;
    bool is_minus = text->ptr[0] == '-';
    *text = bt_str_slice(*text, 1, text->len);
    return is_minus;
}

/* The whole part: digits, or groups of three behind the first one to three. Gives its length, 0 when it is none. */
static size_t whole_part(bt_str text, char separator, bt_buf *digits)
{
    size_t i = 0;
    while (i < text.len && is_digit(text.ptr[i])) bt_buf_add_char(digits, text.ptr[i++]);
    if (!i || i > 3) return i;
    while (text.len - i >= 4 && text.ptr[i] == separator) {
        bt_str group = bt_str_slice(text, i + 1, i + 4);
        if (!is_digit(group.ptr[0]) || !is_digit(group.ptr[1]) || !is_digit(group.ptr[2])) break;
        bt_buf_add(digits, group);
        i += 4;
    }
    return i;
}

/* "+2.392" and "487,5" as 2392 and 487.5; "20,337" and "487.5" in English. */
static bool plain_number(bt_bundle_reader *b, bt_str written, bt_str *plain)
{
    char point = b->is_english ? '.' : ',';
    bt_str text = bt_str_trim(written);
    bt_buf out = bt_buf_in(b->fields.arena);
    if (take_sign(&text)) bt_buf_add_char(&out, '-');
    size_t i = whole_part(text, b->is_english ? ',' : '.', &out);
    if (!i) return false;
    if (i < text.len && text.ptr[i] == point && i + 1 < text.len) {
        bt_buf_add_char(&out, '.');
        for (i++; i < text.len && is_digit(text.ptr[i]); i++) bt_buf_add_char(&out, text.ptr[i]);
    }
    *plain = bt_buf_str(&out);
    return i == text.len;
}

static int decimals_of(bt_str plain)
{
    size_t point = 0;
    while (point < plain.len && plain.ptr[point] != '.') point++;
    return point < plain.len ? (int)(plain.len - point - 1) : 0;
}

static void report_unaddable(bt_bundle_reader *b, const bt_cell *cell)
{
    bt_fields_reader *r = &b->fields;
    bt_str examples = b->is_english ? BT_STR("20,337 or 487.5") : BT_STR("20.337 or 487,5");
    bt_fields_fault(r, BT_E_TABLE_ADD, cell->text.at, BT_ARGS(bt_fields_quoted(r, cell->text.s), examples));
}

/* The column's values as plain numbers, one a row (empty: none), and the most decimals among them. */
static bool collect(bt_bundle_reader *b, const bt_table *table, uint32_t column_i, bt_str *values, int *decimals)
{
    bool is_good = true;
    *decimals = 0;
    for (uint32_t i = 0; i < table->n_rows; i++) {
        const bt_table_row *row = &table->rows[i];
        values[i] = BT_STR("");
        if (row->kind != BT_ROW_PLAIN || column_i >= row->n_cells) continue;
        const bt_cell *cell = &row->cells[column_i];
        if (cell->is_number)
            values[i] = cell->text.s;
        else if (is_none(cell->text.s))
            continue;
        else if (!plain_number(b, cell->text.s, &values[i])) {
            report_unaddable(b, cell);
            is_good = false;
            continue;
        }
        int n = decimals_of(values[i]);
        if (n > *decimals) *decimals = n;
    }
    return is_good;
}

/* Digits with exactly that many decimals, as a JSON number has them. */
static bt_str number_text(bt_arena *arena, int64_t value, int decimals)
{
    uint64_t unit = 1, size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (int i = 0; i < decimals; i++) unit *= 10;
    bt_buf buf = bt_buf_in(arena);
    if (value < 0) bt_buf_add_char(&buf, '-');
    bt_buf_add_int(&buf, (int64_t)(size / unit));
    if (decimals) bt_buf_add_char(&buf, '.');
    for (uint64_t place = unit / 10; place; place /= 10) bt_buf_add_char(&buf, (char)('0' + size / place % 10));
    return bt_buf_str(&buf);
}

static bool add_up(const bt_str *values, uint32_t n, int decimals, int64_t *sum, bool *has_any)
{
    *sum = 0;
    *has_any = false;
    if (decimals > MOST_DECIMALS) return false;
    for (uint32_t i = 0; i < n; i++) {
        int64_t value;
        if (!values[i].len) continue;
        if (!bt_fixed_parse(values[i], decimals, &value) || __builtin_add_overflow(*sum, value, sum)) return false;
        *has_any = true;
    }
    return *sum != INT64_MIN;
}

bool bt_bundle_sum(bt_bundle_reader *b, const bt_table *table, uint32_t column_i, bt_cell *total)
{
    bt_fields_reader *r = &b->fields;
    bt_str *values = BT_NEW_ARRAY(r->arena, table->n_rows, bt_str);
    int decimals;
    int64_t sum;
    bool has_any;
    if (!values || !collect(b, table, column_i, values, &decimals)) return false;
    if (!add_up(values, table->n_rows, decimals, &sum, &has_any)) {
        bt_fields_fault(r, BT_E_TABLE_SUM_LARGE, total->text.at, BT_ARGS(bt_fields_count(r, column_i)));
        return false;
    }
    int wanted = table->columns[column_i].decimals;
    int64_t unit = 1;
    for (; wanted >= 0 && wanted < decimals; decimals--) unit *= 10;
    total->is_number = has_any;
    total->text.s = has_any ? number_text(r->arena, bt_mul_div(sum, 1, unit), decimals) : BT_STR("-");
    return true;
}
