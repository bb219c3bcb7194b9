/* bundle_sum.c - totals of table columns, in fixed-point decimals. Strings count as the bundle's language writes
 * numbers. */
#include "bundle/bundle_int.h"

enum { MOST_DECIMALS = 12 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool bt_bundle_is_none(bt_str text)
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

bool bt_bundle_plain_number(bt_bundle_reader *b, bt_str written, bt_str *plain)
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
    bt_str examples = b->is_english ? BT_SAY(r->diags, "20,337 or 487.5") : BT_SAY(r->diags, "20.337 or 487,5");
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
        else if (bt_bundle_is_none(cell->text.s))
            continue;
        else if (!bt_bundle_plain_number(b, cell->text.s, &values[i])) {
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

/* --- totals that the bundle states --- */

/* A total's cell with what the rows above it come to, in units of its column's decimals. */
typedef struct stated {
    const bt_cell *cell; /* NULL: it states nothing */
    int64_t value;
    int64_t part, whole; /* of the rows since the total before it; of all rows above it */
} stated;

typedef struct checker {
    bt_bundle_reader *b;
    const bt_table *table;
    uint32_t n_totals;
    stated *cells;  /* n_columns of each total */
    int *decimals;  /* of each column */
    bool has_any;   /* a total to check, or a fault that hides it */
    bool are_whole; /* the totals so far are running ones */
} checker;

/* The plain number of a cell; empty where it has none. False: it is no number. */
static bool value_of(bt_bundle_reader *b, const bt_cell *cell, bt_str *plain)
{
    *plain = BT_STR("");
    if (cell->is_number) *plain = cell->text.s;
    return cell->is_number || bt_bundle_is_none(cell->text.s) || bt_bundle_plain_number(b, cell->text.s, plain);
}

/* The decimals with which a column is added up. False: a cell is no number, or has too many digits. A column that the
 * bundle names is to be added up, so its cells are reported; another one may hold shares or words. */
static bool find_decimals(checker *k, uint32_t column_i, bool is_named)
{
    bool is_good = true;
    for (uint32_t i = 0; i < k->table->n_rows; i++) {
        const bt_table_row *row = &k->table->rows[i];
        if (row->kind == BT_ROW_SUBHEAD || column_i >= row->n_cells) continue;
        bt_str plain;
        if (value_of(k->b, &row->cells[column_i], &plain)) {
            int n = decimals_of(plain);
            if (n > k->decimals[column_i]) k->decimals[column_i] = n;
            continue;
        }
        is_good = false;
        k->has_any = k->has_any || is_named;
        if (is_named) report_unaddable(k->b, &row->cells[column_i]);
    }
    return is_good && k->decimals[column_i] <= MOST_DECIMALS;
}

/* Adds up a column from the first row to the last. False: the sums are too large. */
static bool add_column(checker *k, uint32_t column_i)
{
    int64_t part = 0, whole = 0, value;
    uint32_t total_i = 0;
    for (uint32_t i = 0; i < k->table->n_rows; i++) {
        const bt_table_row *row = &k->table->rows[i];
        bt_str plain = BT_STR("");
        if (row->kind == BT_ROW_SUBHEAD) continue;
        if (column_i < row->n_cells) value_of(k->b, &row->cells[column_i], &plain);
        if (plain.len && !bt_fixed_parse(plain, k->decimals[column_i], &value)) return false;
        if (row->kind == BT_ROW_TOTAL) {
            stated *cell = &k->cells[(size_t)total_i++ * k->table->n_columns + column_i];
            if (plain.len) *cell = (stated){&row->cells[column_i], value, part, whole};
            k->has_any = k->has_any || plain.len;
            part = 0;
        } else if (plain.len &&
                   (__builtin_add_overflow(part, value, &part) || __builtin_add_overflow(whole, value, &whole))) {
            return false;
        }
    }
    return part != INT64_MIN && whole != INT64_MIN;
}

/* A sum as the column prints it. */
static int64_t rounded(const checker *k, uint32_t column_i, int64_t value)
{
    int64_t unit = 1;
    int32_t wanted = k->table->columns[column_i].decimals;
    for (int n = k->decimals[column_i]; wanted >= 0 && wanted < n; n--) unit *= 10;
    return bt_mul_div(value, 1, unit) * unit;
}

static bool differs(const checker *k, uint32_t column_i, const stated *cell, bool is_whole)
{
    return rounded(k, column_i, cell->value) != rounded(k, column_i, is_whole ? cell->whole : cell->part);
}

/* Digits as the language writes them, with groups of three: for a message about a cell that is a string. */
static bt_str as_written(bt_bundle_reader *b, bt_str digits)
{
    bt_buf out = bt_buf_in(&b->fields.words);
    size_t begin = digits.len && digits.ptr[0] == '-', point = begin;
    while (point < digits.len && digits.ptr[point] != '.') point++;
    for (size_t i = 0; i < digits.len; i++) {
        if (i > begin && i < point && (point - i) % 3 == 0) bt_buf_add_char(&out, b->is_english ? ',' : '.');
        bt_buf_add_char(&out, i == point && !b->is_english ? ',' : digits.ptr[i]);
    }
    return bt_buf_str(&out);
}

/* Without the noughts at a fraction's end. */
static bt_str without_zeros(bt_str digits)
{
    if (!decimals_of(digits)) return digits;
    while (digits.ptr[digits.len - 1] == '0') digits.len--;
    if (digits.ptr[digits.len - 1] == '.') digits.len--;
    return digits;
}

static void report_sum(const checker *k, uint32_t column_i, const stated *cell, bool is_whole)
{
    bt_fields_reader *r = &k->b->fields;
    int64_t sum = rounded(k, column_i, is_whole ? cell->whole : cell->part);
    int decimals = k->decimals[column_i], wanted = k->table->columns[column_i].decimals;
    for (; wanted >= 0 && wanted < decimals; decimals--) sum /= 10;
    bt_str digits = without_zeros(number_text(&r->words, sum, decimals));
    bt_str title = k->table->columns[column_i].title.s;
    bt_str name = title.len ? bt_fields_quoted(r, title) : bt_fields_count(r, column_i);
    bt_str value = cell->cell->is_number ? cell->cell->text.s : bt_fields_quoted(r, cell->cell->text.s);
    bt_fields_fault(r, BT_W_TABLE_SUM, cell->cell->text.at,
                    BT_ARGS(name, value, cell->cell->is_number ? digits : as_written(k->b, digits)));
}

/* A total sums up the rows since the total before it, or, as running and grand totals do, all rows above it: all its
 * columns the same way, whichever is nearer to what is stated, or else as the total before it. */
static void check_total(checker *k, const stated *cells)
{
    uint32_t n_part = 0, n_whole = 0;
    for (uint32_t c = 0; c < k->table->n_columns; c++) {
        if (!cells[c].cell) continue;
        n_part += differs(k, c, &cells[c], false);
        n_whole += differs(k, c, &cells[c], true);
    }
    if (n_part != n_whole) k->are_whole = n_whole < n_part;
    for (uint32_t c = 0; c < k->table->n_columns; c++)
        if (cells[c].cell && differs(k, c, &cells[c], k->are_whole)) report_sum(k, c, &cells[c], k->are_whole);
}

void bt_bundle_check_sums(bt_bundle_reader *b, const bt_table *table, const bool *columns, const bt_place *at)
{
    bt_fields_reader *r = &b->fields;
    checker k = {.b = b, .table = table};
    for (uint32_t i = 0; i < table->n_rows; i++) k.n_totals += table->rows[i].kind == BT_ROW_TOTAL;
    k.cells = BT_NEW_ARRAY(r->arena, (size_t)k.n_totals * table->n_columns, stated);
    k.decimals = BT_NEW_ARRAY(r->arena, table->n_columns, int);
    if (!k.cells || !k.decimals) return;
    for (uint32_t c = 0; c < table->n_columns; c++) {
        bool is_wanted = columns ? columns[c] : table->columns[c].is_number;
        if (!is_wanted || !find_decimals(&k, c, columns != NULL) || add_column(&k, c)) continue;
        for (uint32_t t = 0; t < k.n_totals; t++) k.cells[(size_t)t * table->n_columns + c].cell = NULL;
        k.has_any = k.has_any || columns;
        if (columns) bt_fields_fault(r, BT_E_TABLE_SUM_LARGE, at, BT_ARGS(bt_fields_count(r, c)));
    }
    if (!k.has_any) bt_fields_fault(r, BT_W_TABLE_NO_TOTAL, at, BT_NO_ARGS);
    for (uint32_t t = 0; t < k.n_totals; t++) check_total(&k, &k.cells[(size_t)t * table->n_columns]);
}
