/* manifest_csv.c - a manifest as CSV: RFC 4180, read a cell at a time.
 *
 * A fault of quotation marks costs its row; the next line is read again. Only a mark that is never closed ends the
 * reading, for all that follows may belong to that cell.
 */
#include "batch/manifest_int.h"

typedef struct cell {
    bt_str text;
    uint32_t line, column;
} cell;

typedef enum cell_end { CELL_SEPARATOR, CELL_LINE, CELL_FILE } cell_end;

typedef struct csv {
    bt_manifest_reader *m;
    bt_str text;
    size_t at;
    uint32_t line, column; /* of the character at `at` */
    char separator;
    BT_ARRAY(cell) cells; /* of the record being read; those beyond the limit are only counted */
    uint32_t n_cells;
    bool is_bad;    /* the record has a fault of quotation marks */
    bool is_quoted; /* its first cell is quoted: a record of one empty cell, and no blank line */
} csv;

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static void step(csv *c)
{
    char here = c->text.ptr[c->at++];
    if (here == '\r' && c->at < c->text.len && c->text.ptr[c->at] == '\n') c->at++;
    if (is_line_end(here)) {
        c->line++;
        c->column = 1;
    } else {
        c->column += c->at == c->text.len || ((unsigned char)c->text.ptr[c->at] & 0xC0) != 0x80;
    }
}

static bool at_cell_end(const csv *c)
{
    return c->at == c->text.len || c->text.ptr[c->at] == c->separator || is_line_end(c->text.ptr[c->at]);
}

static void fault(csv *c, bt_diag_code code, uint32_t line, uint32_t column, const bt_str *args, size_t n_args)
{
    bt_place at = bt_manifest_place(c->m, line, column);
    bt_fields_fault(&c->m->fields, code, &at, args, n_args);
    c->is_bad = true;
}

static bt_str separator_of(const csv *c) { return (bt_str){&c->separator, 1}; }

/* --- cells --- */

/* Passes what ends no cell and no line and is no quotation mark. */
static void pass_plain(csv *c)
{
    size_t at = c->at;
    uint32_t n_more = 0; /* bytes of characters that have several, but the first */
    for (; at < c->text.len; at++) {
        char here = c->text.ptr[at];
        if (here == c->separator || here == '"' || is_line_end(here)) break;
        n_more += ((unsigned char)here & 0xC0) == 0x80;
    }
    c->column += (uint32_t)(at - c->at) - n_more;
    c->at = at;
}

static bt_str read_bare(csv *c)
{
    size_t begin = c->at;
    uint32_t line = c->line, column = c->column, mark_column = 0;
    for (pass_plain(c); !at_cell_end(c); pass_plain(c)) {
        if (!mark_column) mark_column = c->column;
        step(c);
    }
    bt_str text = bt_str_slice(c->text, begin, c->at);
    if (mark_column)
        fault(c, BT_E_CSV_QUOTE_INSIDE, line, mark_column,
              BT_ARGS(bt_fields_quoted(&c->m->fields, bt_str_slice(text, mark_column - column, text.len))));
    return text;
}

/* The text between quotation marks: doubled ones once, each line end LF. It is no longer than it was. */
static bt_str unquoted(csv *c, bt_str raw)
{
    char *text = bt_arena_alloc(c->m->scratch, raw.len);
    size_t n = 0;
    if (!text) return BT_STR("");
    for (size_t i = 0; i < raw.len; i++) {
        char here = raw.ptr[i];
        bool is_pair =
            i + 1 < raw.len && ((here == '"' && raw.ptr[i + 1] == '"') || (here == '\r' && raw.ptr[i + 1] == '\n'));
        text[n++] = here == '\r' ? '\n' : here;
        i += is_pair;
    }
    return (bt_str){text, n};
}

static bt_str read_quoted(csv *c)
{
    uint32_t line = c->line, column = c->column;
    step(c);
    size_t begin = c->at;
    for (;;) {
        while (c->at < c->text.len && c->text.ptr[c->at] != '"') step(c);
        if (c->at == c->text.len) {
            fault(c, BT_E_CSV_QUOTE_OPEN, line, column, BT_NO_ARGS);
            c->m->has_stopped = true;
            return BT_STR("");
        }
        step(c);
        if (c->at == c->text.len || c->text.ptr[c->at] != '"') break;
        step(c);
    }
    bt_str raw = bt_str_slice(c->text, begin, c->at - 1);
    if (!at_cell_end(c)) {
        size_t rest = c->at;
        uint32_t rest_line = c->line, rest_column = c->column;
        while (!at_cell_end(c)) step(c);
        fault(c, BT_E_CSV_QUOTE_AFTER, rest_line, rest_column,
              BT_ARGS(bt_fields_quoted(&c->m->fields, bt_str_slice(c->text, rest, c->at))));
    }
    return unquoted(c, raw);
}

static cell_end read_cell(csv *c)
{
    cell read = {.line = c->line, .column = c->column};
    bool is_quoted = c->at < c->text.len && c->text.ptr[c->at] == '"';
    read.text = is_quoted ? read_quoted(c) : read_bare(c);
    if (!c->n_cells) c->is_quoted = is_quoted;
    if (c->n_cells++ < BT_LIMIT_MANIFEST_COLUMNS) {
        cell *kept = BT_PUSH(c->m->scratch, &c->cells);
        if (kept) *kept = read;
    }
    if (c->at == c->text.len) return CELL_FILE;
    bool is_separator = c->text.ptr[c->at] == c->separator;
    step(c);
    return is_separator ? CELL_SEPARATOR : CELL_LINE;
}

/* False: there is none left. */
static bool read_record(csv *c)
{
    c->cells.n = 0;
    c->n_cells = 0;
    c->is_bad = false;
    if (c->at == c->text.len || c->m->has_stopped || c->m->scratch->failed) return false;
    while (read_cell(c) == CELL_SEPARATOR) continue;
    return !c->m->scratch->failed;
}

static bool is_blank_line(const csv *c)
{
    return c->n_cells == 1 && !c->is_quoted && !c->is_bad && !bt_str_trim(c->cells.v[0].text).len;
}

/* --- the header --- */

/* What stands between the header's cells, outside quotation marks. */
static char find_separator(bt_str text)
{
    bool is_quoted = false, has_semicolon = false, has_tab = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (c == ',') return ',';
        if (is_line_end(c)) break;
        has_semicolon = has_semicolon || c == ';';
        has_tab = has_tab || c == '\t';
    }
    return has_semicolon ? ';' : has_tab ? '\t' : ',';
}

static void read_name(csv *c, uint32_t i)
{
    bt_manifest_reader *m = c->m;
    bt_fields_reader *r = &m->fields;
    const cell *here = &c->cells.v[i];
    bool is_new = true;
    if (!bt_str_trim(here->text).len)
        fault(c, BT_E_COLUMN_BLANK, here->line, here->column, BT_ARGS(bt_fields_count(r, i + 1)));
    else
        bt_manifest_column(m, here->text, i, here->line, here->column, &is_new);
    if (!is_new) fault(c, BT_E_COLUMN_TWICE, here->line, here->column, BT_ARGS(bt_fields_quoted(r, here->text)));
}

static void check_has_id(csv *c)
{
    enum { MOST_SHOWN = 12 };
    bt_manifest_reader *m = c->m;
    bt_str *names = BT_NEW_ARRAY(&m->fields.words, m->columns.n, bt_str);
    for (uint32_t i = 0; i < m->columns.n; i++) {
        if (m->columns.v[i].role == BT_COLUMN_ID) return;
        if (names) names[i] = m->columns.v[i].name;
    }
    if (!names || !m->columns.n) return;
    fault(c, BT_E_COLUMN_NO_ID, c->cells.v[0].line, c->cells.v[0].column,
          BT_ARGS(bt_fields_names(&m->fields, names, m->columns.n, MOST_SHOWN)));
}

/* False: what the cells of the rows are is not known. */
static bool read_header(csv *c)
{
    bt_manifest_reader *m = c->m;
    do {
        if (!read_record(c)) return false;
    } while (is_blank_line(c));
    if (c->separator == '\t') {
        fault(c, BT_E_CSV_TABS, c->cells.v[0].line, c->cells.v[0].column, BT_NO_ARGS);
        return false;
    }
    if (c->n_cells > c->cells.n) {
        bt_place at = bt_manifest_place(m, c->cells.v[0].line, c->cells.v[0].column);
        bt_fields_limit(&m->fields, BT_E_MANIFEST_COLUMNS, &at,
                        BT_ARGS(bt_fields_count(&m->fields, BT_LIMIT_MANIFEST_COLUMNS)));
        return false;
    }
    if (c->is_bad) return false;
    for (uint32_t i = 0; i < c->cells.n; i++) read_name(c, i);
    if (!c->is_bad) check_has_id(c);
    return m->fields.status == BT_OK;
}

/* --- rows --- */

static void report_count(csv *c, uint32_t n)
{
    bt_fields_reader *r = &c->m->fields;
    bool has_more = c->n_cells > n;
    const cell *at = &c->cells.v[has_more && n < c->cells.n ? n : 0];
    fault(c, has_more ? BT_E_CSV_CELLS_MANY : BT_E_CSV_CELLS_FEW, at->line, at->column,
          BT_ARGS(bt_fields_count(r, c->n_cells), bt_fields_count(r, n), separator_of(c)));
}

static void read_rows(csv *c)
{
    bt_manifest_reader *m = c->m;
    uint32_t n = m->columns.n;
    bt_arena_mark mark = bt_arena_set_mark(m->scratch);
    for (;;) {
        c->cells.v = NULL;
        c->cells.capacity = 0;
        bt_arena_rewind(m->scratch, mark);
        if (!read_record(c)) return;
        if (is_blank_line(c)) continue;
        if (!bt_manifest_row_begin(m, c->cells.v[0].line, n)) return;
        if (!c->is_bad && c->n_cells != n) report_count(c, n);
        m->is_row_bad = c->is_bad;
        for (uint32_t i = 0; i < n && !c->is_bad; i++) {
            const cell *here = &c->cells.v[i];
            bt_manifest_row_value(m, i, here->text, here->line, here->column);
        }
        bt_manifest_row_end(m);
    }
}

void bt_manifest_read_csv(bt_manifest_reader *m)
{
    csv c = {.m = m, .text = m->text, .line = 1, .column = 1, .separator = find_separator(m->text)};
    if (read_header(&c))
        read_rows(&c);
    else
        m->has_stopped = m->fields.status != BT_OK; /* nothing is known of the rows, so nothing is said of them */
}
