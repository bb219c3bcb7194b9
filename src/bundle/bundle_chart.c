/* bundle_chart.c - chart blocks: read where they stand, and checked against their table once the whole file is read. */
#include "bundle/bundle_int.h"

enum {
    TYPE,
    KIND,
    TITLE,
    UNIT,
    TABLE,
    TABLE_ID,
    X,
    Y,
    STACKED,
    DIRECTION,
    ZERO_BASE,
    NOTE,
    SOURCE,
    ALT,
    SPAN,
    MIN_HEIGHT,
    MAX_HEIGHT,
    N_KEYS
};
static const bt_field keys[N_KEYS] = {
    [TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [KIND] = {BT_STR_INIT("kind"), BT_TAKES_STRING, BT_REQUIRED},
    [TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [UNIT] = {BT_STR_INIT("unit"), BT_TAKES_STRING, 0},
    [TABLE] = {BT_STR_INIT("table"), BT_TAKES_OBJECT, 0},
    [TABLE_ID] = {BT_STR_INIT("table_id"), BT_TAKES_STRING, 0},
    [X] = {BT_STR_INIT("x"), BT_TAKES_NUMBER, 0},
    [Y] = {BT_STR_INIT("y"), BT_TAKES_ARRAY, 0},
    [STACKED] = {BT_STR_INIT("stacked"), BT_TAKES_BOOL, 0},
    [DIRECTION] = {BT_STR_INIT("direction"), BT_TAKES_STRING, 0},
    [ZERO_BASE] = {BT_STR_INIT("zero_base"), BT_TAKES_BOOL, 0},
    [NOTE] = {BT_STR_INIT("note"), BT_TAKES_STRING, 0},
    [SOURCE] = {BT_STR_INIT("source"), BT_TAKES_STRING, 0},
    [ALT] = {BT_STR_INIT("alt"), BT_TAKES_STRING, 0},
    [SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, 0},
    [MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, 0},
};
static const bt_fields fields = {"this chart", keys, N_KEYS};

static const bt_str kinds[] = {BT_STR_INIT("bar"), BT_STR_INIT("line"), BT_STR_INIT("share")};

/* --- the block --- */

static void check_kind_of_key(bt_bundle_reader *b, const bt_json_node *value, const bt_chart *chart, bt_chart_kind kind)
{
    if (value && chart->kind != kind)
        bt_fields_fault(&b->fields, BT_E_CHART_KEY, value->key_at, BT_ARGS(value->key, kinds[kind]));
}

static void read_choices(bt_bundle_reader *b, const bt_json_node **values, bt_chart *chart)
{
    static const bt_str directions[] = {BT_STR_INIT("horizontal"), BT_STR_INIT("vertical")};
    bt_fields_reader *r = &b->fields;
    uint32_t choice = 0;
    bool has_kind = bt_fields_choice(r, values[KIND], kinds, 3, &choice);
    chart->kind = (bt_chart_kind)choice;
    bt_fields_truth(values[STACKED], &chart->is_stacked);
    bt_fields_truth(values[ZERO_BASE], &chart->is_zero_based);
    if (bt_fields_choice(r, values[DIRECTION], directions, 2, &choice))
        chart->direction = choice ? BT_CHART_VERTICAL : BT_CHART_HORIZONTAL;
    if (!has_kind) return;
    check_kind_of_key(b, values[STACKED], chart, BT_CHART_BAR);
    check_kind_of_key(b, values[DIRECTION], chart, BT_CHART_BAR);
    check_kind_of_key(b, values[ZERO_BASE], chart, BT_CHART_LINE);
}

static void read_table(bt_bundle_reader *b, const bt_json_node *node, const bt_json_node **values, bt_chart *chart)
{
    bt_fields_reader *r = &b->fields;
    bt_block inner = {0};
    if (values[TABLE]) chart->table = bt_bundle_table(b, values[TABLE], &inner);
    chart->has_own_table = values[TABLE] != NULL;
    /* One of the wrong kind is reported already, but counts as there. */
    const bt_json_node *id = bt_json_find(node, "table_id");
    if ((bt_json_find(node, "table") != NULL) == (id != NULL))
        bt_fields_fault(r, BT_E_CHART_TABLES, id ? id->key_at : node->at, BT_NO_ARGS);
}

void bt_bundle_chart(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_KEYS];
    bt_chart *chart = BT_NEW(r->arena, bt_chart);
    bt_bundle_pending_chart *pending = BT_PUSH(r->arena, &b->charts);
    if (!chart || !pending) return;
    block->chart = chart;
    bt_fields_read(r, node, &fields, values);
    read_choices(b, values, chart);
    chart->title = bt_bundle_text(b, values[TITLE]);
    chart->unit = bt_bundle_text(b, values[UNIT]);
    chart->note = bt_bundle_text(b, values[NOTE]);
    chart->source = bt_bundle_text(b, values[SOURCE]);
    chart->alt = bt_bundle_plain(b, values[ALT]);
    block->has_span = bt_bundle_span(b, values[SPAN], &block->spans_page);
    bt_bundle_heights(b, values[MIN_HEIGHT], values[MAX_HEIGHT], &chart->min_height, &chart->max_height);
    read_table(b, node, values, chart);
    *pending = (bt_bundle_pending_chart){chart, node, values[TABLE_ID], values[X], values[Y]};
}

/* --- its table --- */

/* The table of a block, by its id; NULL: reported. */
static const bt_table *find_table(bt_bundle_reader *b, const bt_json_node *id)
{
    bt_fields_reader *r = &b->fields;
    bt_str *ids = BT_NEW_ARRAY(r->arena, b->tables.n, bt_str);
    bt_str wanted;
    bool is_read = bt_bundle_reference(b, id, &wanted);
    uint32_t n_ids = 0;
    if (!ids) return NULL;
    for (uint32_t i = 0; i < b->tables.n; i++) {
        bt_str known = b->tables.v[i]->id.s;
        if (bt_str_equal(known, wanted)) return b->tables.v[i];
        if (known.len) ids[n_ids++] = known;
    }
    if (!is_read) return NULL;
    bt_str near = bt_str_nearest(wanted, ids, n_ids), shown = bt_fields_quoted(r, wanted);
    if (near.len)
        bt_fields_fault(r, BT_E_CHART_NO_ID_NEAR, id->at, BT_ARGS(shown, near));
    else
        bt_fields_fault(r, BT_E_CHART_NO_ID, id->at, BT_ARGS(shown));
    return NULL;
}

/* What the chart does not say itself, its table does: a table of its own is printed nowhere else, so nothing of it may
 * be lost; of another block's table only what tells what the numbers are. */
static void take_text(bt_bundle_reader *b, const bt_chart *chart, const char *key, bt_text theirs, bt_text *ours)
{
    if (!theirs.s.len) return;
    if (!ours->s.len)
        *ours = theirs;
    else if (chart->has_own_table)
        bt_fields_fault(&b->fields, BT_E_CHART_TWICE, theirs.at, BT_ARGS(bt_str_of(key)));
}

static void take_texts(bt_bundle_reader *b, bt_chart *chart)
{
    const bt_table *table = chart->table;
    take_text(b, chart, "title", table->title, &chart->title);
    take_text(b, chart, "unit", table->unit, &chart->unit);
    if (!chart->has_own_table) return;
    take_text(b, chart, "note", table->note, &chart->note);
    take_text(b, chart, "source", table->source, &chart->source);
}

/* --- columns --- */

static bool read_column(bt_bundle_reader *b, const bt_json_node *node, const bt_table *table, uint32_t *column)
{
    bt_fields_reader *r = &b->fields;
    if (!bt_fields_expect(r, node, BT_TAKES_NUMBER, "write the column's number, counted from 0")) return false;
    int64_t number;
    bool is_known = bt_fixed_parse(node->text, 0, &number) && number >= 0 && number < table->n_columns;
    for (size_t i = 0; i < node->text.len; i++) is_known = is_known && node->text.ptr[i] != '.';
    if (is_known)
        *column = (uint32_t)number;
    else
        bt_fields_fault(r, BT_E_TABLE_TOTAL_COLUMN, node->at,
                        BT_ARGS(node->text, bt_fields_count(r, (int64_t)table->n_columns - 1)));
    return is_known;
}

/* Without "y": every column of numbers. */
static uint32_t columns_of_numbers(const bt_chart *chart, uint32_t *columns)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < chart->table->n_columns; i++)
        if (chart->table->columns[i].is_number && i != chart->x) columns[n++] = i;
    return n;
}

static bool is_taken(const bt_chart *chart, const uint32_t *columns, uint32_t n, uint32_t column)
{
    bool is_taken = column == chart->x;
    for (uint32_t i = 0; i < n; i++) is_taken = is_taken || columns[i] == column;
    return is_taken;
}

/* False: reported. */
static bool find_columns(bt_bundle_reader *b, const bt_bundle_pending_chart *pending, bt_chart *chart)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *y = pending->y;
    if (pending->x && !read_column(b, pending->x, chart->table, &chart->x)) return false;
    uint32_t room = y && y->n_children > chart->table->n_columns ? y->n_children : chart->table->n_columns;
    uint32_t *columns = BT_NEW_ARRAY(r->arena, room, uint32_t), n = 0;
    if (!columns) return false;
    bool is_good = true;
    for (const bt_json_node *item = y ? y->child : NULL; item; item = item->next) {
        uint32_t column;
        if (!read_column(b, item, chart->table, &column)) {
            is_good = false;
        } else if (is_taken(chart, columns, n, column)) {
            bt_fields_fault(r, BT_E_CHART_COLUMN_TWICE, item->at, BT_ARGS(item->text));
            is_good = false;
        } else {
            columns[n++] = column;
        }
    }
    if (!is_good) return false;
    if (!n) n = columns_of_numbers(chart, columns);
    uint32_t most = chart->kind == BT_CHART_SHARE ? 1 : BT_LIMIT_CHART_SERIES;
    if (!n)
        bt_fields_fault(r, BT_E_CHART_NO_COLUMN, y ? y->at : pending->node->at, BT_NO_ARGS);
    else if (n > most)
        bt_fields_limit(r, BT_E_CHART_SERIES, y ? y->at : pending->node->at,
                        BT_ARGS(bt_fields_count(r, n), bt_fields_count(r, most), kinds[chart->kind]));
    chart->y = columns;
    chart->n_series = n;
    return n && n <= most;
}

/* The unit that all columns drawn have in common; and the head of the only one, which nothing else would print. */
static void take_heads(bt_chart *chart)
{
    const bt_table_column *columns = chart->table->columns;
    bt_text head = columns[chart->y[0]].title, unit = columns[chart->y[0]].unit;
    bool have_one_unit = unit.s.len > 0;
    for (uint32_t i = 1; i < chart->n_series; i++)
        have_one_unit = have_one_unit && bt_str_equal(columns[chart->y[i]].unit.s, unit.s);
    if (!chart->unit.s.len && have_one_unit) chart->unit = unit;
    if (chart->n_series != 1 || !head.s.len) return;
    if (!chart->title.s.len)
        chart->title = head;
    else if (!chart->unit.s.len && !bt_str_equal(head.s, chart->title.s))
        chart->unit = head;
}

/* --- values --- */

/* Digits, and whether the cell is a percentage. False: no number. An empty result: no value. */
static bool cell_digits(bt_bundle_reader *b, const bt_cell *cell, bt_str *digits, bool *is_percent)
{
    *digits = BT_STR("");
    *is_percent = false;
    if (cell->is_number) {
        *digits = cell->text.s;
        return true;
    }
    bt_str text = bt_str_trim(cell->text.s);
    if (bt_bundle_is_none(text)) return true;
    if (bt_str_ends(text, BT_STR("%"))) {
        *is_percent = true;
        text = bt_str_trim(bt_str_slice(text, 0, text.len - 1));
    }
    return bt_bundle_plain_number(b, text, digits);
}

static int decimals_of(bt_str digits)
{
    size_t point = 0;
    while (point < digits.len && digits.ptr[point] != '.') point++;
    return point < digits.len ? (int)(digits.len - point - 1) : 0;
}

typedef struct gathering {
    bt_str *digits;   /* series by series */
    bool has_percent; /* set with the first value: */
    bool is_percent;
    bool is_good;
    int decimals;
} gathering;

static void gather_cell(bt_bundle_reader *b, const bt_chart *chart, const bt_cell *cell, bt_str *digits, gathering *g)
{
    bt_fields_reader *r = &b->fields;
    bool is_percent, is_number = cell_digits(b, cell, digits, &is_percent);
    if (is_number && !digits->len) return;
    if (is_number && !g->has_percent) {
        g->has_percent = true;
        g->is_percent = is_percent;
    }
    if (!is_number || is_percent != g->is_percent) {
        bt_str examples = b->is_english ? BT_SAY(r->diags, "20,337 or 487.5") : BT_SAY(r->diags, "20.337 or 487,5");
        bt_fields_fault(r, BT_E_CHART_TEXT, cell->text.at, BT_ARGS(bt_fields_quoted(r, cell->text.s), examples));
        g->is_good = false;
        return;
    }
    bool draws_parts = chart->kind == BT_CHART_SHARE || chart->is_stacked;
    if (draws_parts && digits->len && digits->ptr[0] == '-') {
        bt_fields_fault(r, BT_E_CHART_NEGATIVE, cell->text.at, BT_ARGS(*digits));
        g->is_good = false;
    }
    int n = decimals_of(*digits);
    if (n > g->decimals) g->decimals = n;
}

/* The values as whole numbers of the smallest unit that any of them has. */
static bool count_values(bt_bundle_reader *b, bt_chart *chart, const gathering *g)
{
    enum { MOST_DECIMALS = 9 };
    static const int64_t largest = 1000LL * 1000 * 1000 * 1000 * 1000;
    bool is_good = true;
    bt_chart_value *values = BT_NEW_ARRAY(b->fields.arena, (size_t)chart->n_series * chart->n_points, bt_chart_value);
    if (!values) return false;
    chart->decimals = g->decimals > MOST_DECIMALS ? MOST_DECIMALS : g->decimals;
    for (uint32_t i = 0; i < chart->n_series * chart->n_points; i++) {
        const bt_cell *cell = &chart->points[i % chart->n_points]->cells[chart->y[i / chart->n_points]];
        values[i] = (bt_chart_value){.cell = cell, .is_missing = !g->digits[i].len};
        if (values[i].is_missing) continue;
        bool fits = bt_fixed_parse(g->digits[i], chart->decimals, &values[i].value);
        if (fits && values[i].value <= largest && values[i].value >= -largest) continue;
        bt_fields_fault(&b->fields, BT_E_CHART_LARGE, cell->text.at, BT_ARGS(g->digits[i]));
        is_good = false;
    }
    chart->values = values;
    return is_good;
}

/* The rows that are drawn: not the heads within the table, and no totals. False: a row is broken, and reported. */
static bool find_points(bt_bundle_reader *b, bt_chart *chart)
{
    const bt_table *table = chart->table;
    const bt_table_row **points = BT_NEW_ARRAY(b->fields.arena, table->n_rows, const bt_table_row *);
    if (!points) return false;
    for (uint32_t i = 0; i < table->n_rows; i++) {
        const bt_table_row *row = &table->rows[i];
        if (row->kind != BT_ROW_PLAIN) continue;
        if (row->n_cells != table->n_columns) return false;
        points[chart->n_points++] = row;
    }
    chart->points = points;
    return true;
}

static bool find_values(bt_bundle_reader *b, bt_chart *chart)
{
    uint32_t n = chart->n_series * chart->n_points;
    gathering g = {.digits = BT_NEW_ARRAY(b->fields.arena, n, bt_str), .is_good = true};
    if (!g.digits) return false;
    for (uint32_t i = 0; i < n; i++)
        gather_cell(b, chart, &chart->points[i % chart->n_points]->cells[chart->y[i / chart->n_points]], &g.digits[i],
                    &g);
    chart->is_percent = g.is_percent;
    return g.is_good && count_values(b, chart, &g);
}

/* --- what does not suit --- */

static bool check_size(bt_bundle_reader *b, const bt_json_node *node, const bt_chart *chart)
{
    bt_fields_reader *r = &b->fields;
    uint32_t most = chart->kind == BT_CHART_BAR    ? BT_LIMIT_CHART_BARS
                    : chart->kind == BT_CHART_LINE ? BT_LIMIT_CHART_POINTS
                                                   : BT_LIMIT_CHART_SERIES;
    if (chart->n_points <= most) return true;
    bt_fields_limit(r, BT_E_CHART_ROWS, node->at,
                    BT_ARGS(bt_fields_count(r, chart->n_points), bt_fields_count(r, most), kinds[chart->kind]));
    return false;
}

/* A line is drawn between two values; of bars and shares one must not be 0, whichever column it stands in. */
static void check_values(bt_bundle_reader *b, const bt_json_node *node, const bt_chart *chart)
{
    bool is_line = chart->kind == BT_CHART_LINE, has_any = false;
    for (uint32_t s = 0; s < chart->n_series; s++) {
        uint32_t n = 0;
        for (uint32_t p = 0; p < chart->n_points; p++) {
            const bt_chart_value *value = &chart->values[s * chart->n_points + p];
            n += !value->is_missing;
            has_any = has_any || value->value;
        }
        if (is_line ? n < 2 : s + 1 == chart->n_series && !has_any)
            bt_fields_fault(&b->fields, BT_E_CHART_FEW, node->at, BT_ARGS(bt_fields_count(&b->fields, chart->y[s])));
    }
}

static void finish(bt_bundle_reader *b, const bt_bundle_pending_chart *pending)
{
    bt_chart *chart = pending->chart;
    if (pending->id && !chart->table) chart->table = find_table(b, pending->id);
    /* A table without columns or rows is reported already. */
    if (!chart->table || !chart->table->n_columns || !chart->table->n_rows) return;
    take_texts(b, chart);
    if (!find_columns(b, pending, chart) || !find_points(b, chart) || !check_size(b, pending->node, chart) ||
        !find_values(b, chart))
        return;
    take_heads(chart);
    check_values(b, pending->node, chart);
    if (chart->kind == BT_CHART_LINE) bt_bundle_chart_times(b, chart);
}

void bt_bundle_finish_charts(bt_bundle_reader *b)
{
    for (uint32_t i = 0; i < b->charts.n; i++) finish(b, &b->charts.v[i]);
}
