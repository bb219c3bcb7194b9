/* markdown_table.c - tables of GFM. The paragraph before or after one that begins with ": " is its title. */
#include "markdown/markdown_int.h"

#include <cmark-gfm-core-extensions.h>

/* --- title --- */

static bool looks_like_title(cmark_node *node)
{
    cmark_node *text = node && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ? cmark_node_first_child(node) : NULL;
    if (!text || cmark_node_get_type(text) != CMARK_NODE_TEXT) return false;
    return bt_str_starts(bt_str_of(cmark_node_get_literal(text)), BT_STR(": "));
}

/* Between two tables it belongs to the lower one. */
static cmark_node *title_of(cmark_node *table)
{
    cmark_node *before = cmark_node_previous(table), *after = cmark_node_next(table);
    if (looks_like_title(before)) return before;
    return looks_like_title(after) && !bt_md_is_table(cmark_node_next(after)) ? after : NULL;
}

bool bt_md_is_title(cmark_node *paragraph)
{
    cmark_node *before = cmark_node_previous(paragraph), *after = cmark_node_next(paragraph);
    bool is_of_next = bt_md_is_table(after) && title_of(after) == paragraph;
    return is_of_next || (bt_md_is_table(before) && title_of(before) == paragraph);
}

static void set_title(bt_md *md, bt_md_list *block, cmark_node *table)
{
    cmark_node *paragraph = title_of(table);
    if (!paragraph) return;
    bt_md_begin_text(md, paragraph);
    bt_str text = bt_md_inline(md, cmark_node_first_child(paragraph), NULL);
    text = bt_str_trim(bt_str_slice(text, 1, text.len));
    bt_md_set(block, "title", bt_md_string(md, text, bt_md_block_place(md, paragraph)));
}

/* --- numbers --- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_none(bt_str t) { return !t.len || bt_str_is(t, "-") || bt_str_is(t, "–") || bt_str_is(t, "—"); }

static bt_str without_sign(bt_str t)
{
    static const bt_str signs[] = {BT_STR_INIT("-"), BT_STR_INIT("+"), BT_STR_INIT("−"), BT_STR_INIT("–")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (bt_str_starts(t, signs[i])) return bt_str_slice(t, signs[i].len, t.len);
    return t;
}

/* Digits, in groups of three or without; a fraction; perhaps a percent sign. "0912345678" and "01" are no numbers,
 * which a column could align: nobody writes a quantity like that. */
static bool is_number(bt_str text, bool is_english)
{
    char point = is_english ? '.' : ',', separator = is_english ? ',' : '.';
    bt_str t = without_sign(text);
    size_t i = 0;
    while (i < t.len && is_digit(t.ptr[i])) i++;
    if (!i || (i > 1 && t.ptr[0] == '0')) return false;
    while (i <= t.len && t.len - i >= 4 && t.ptr[i] == separator && is_digit(t.ptr[i + 1]) && is_digit(t.ptr[i + 2]) &&
           is_digit(t.ptr[i + 3]))
        i += 4;
    if (t.len - i >= 2 && t.ptr[i] == point && is_digit(t.ptr[i + 1]))
        for (i++; i < t.len && is_digit(t.ptr[i]);) i++;
    bt_str rest = bt_str_trim(bt_str_slice(t, i, t.len));
    return !rest.len || bt_str_is(rest, "%");
}

/* --- rows --- */

/* The cells of a row as they are written, before GFM drops what is too much. */
static uint32_t cells_written(bt_str line)
{
    bt_str s = bt_str_trim(line);
    uint32_t n = 1;
    if (bt_str_starts(s, BT_STR("|"))) s = bt_str_slice(s, 1, s.len);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\\')
            i++;
        else if (s.ptr[i] == '|' && i + 1 < s.len)
            n++;
    }
    return n;
}

static const bt_place *row_place(bt_md *md, cmark_node *row, uint32_t line)
{
    int column = cmark_node_get_start_column(row);
    return bt_md_place(md, line, column > 0 ? (uint32_t)column : 1);
}

uint32_t bt_md_table_line(cmark_node *table)
{
    cmark_node *last = cmark_node_last_child(table);
    uint32_t n_rows = 0;
    for (cmark_node *row = cmark_node_next(cmark_node_first_child(table)); row; row = cmark_node_next(row)) n_rows++;
    int line = n_rows ? cmark_node_get_start_line(last) - (int)n_rows - 1 : cmark_node_get_end_line(table) - 1;
    return line > 0 ? (uint32_t)line : 1;
}

static bt_str cell_text(bt_md *md, cmark_node *cell) { return bt_md_inline(md, cmark_node_first_child(cell), NULL); }

typedef struct column_facts {
    uint32_t n;
    bool *has_number, *has_other; /* among their cells */
} column_facts;

/* False: reported. */
static bool read_row(bt_md *md, cmark_node *row, uint32_t line, column_facts *columns, bt_md_list *rows)
{
    const bt_place *at = row_place(md, row, line);
    bt_md_list cells = bt_md_array(md, at);
    uint32_t i = 0, n_written = cells_written(bt_md_line(md, line));
    if (n_written != columns->n) {
        bt_str cell_word = n_written == 1 ? BT_SAY(md->r->diags, "cell") : BT_SAY(md->r->diags, "cells"),
               column_word = columns->n == 1 ? BT_SAY(md->r->diags, "column") : BT_SAY(md->r->diags, "columns");
        BT_MD_FAULT(
            md, E_MD_CELLS, at,
            BT_ARGS(bt_fields_count(md->r, n_written), cell_word, bt_fields_count(md->r, columns->n), column_word));
        return false;
    }
    for (cmark_node *cell = cmark_node_first_child(row); cell && i < columns->n; cell = cmark_node_next(cell), i++) {
        int column = cmark_node_get_start_column(cell);
        bt_str text = cell_text(md, cell);
        bt_md_add(&cells, bt_md_string(md, text, bt_md_place(md, line, column > 0 ? (uint32_t)column : 1)));
        if (is_none(text)) continue;
        if (is_number(text, md->is_english))
            columns->has_number[i] = true;
        else
            columns->has_other[i] = true;
    }
    bt_md_add(rows, cells.parent);
    return true;
}

/* --- columns --- */

/* Numbers are aligned on their decimal sign, at the right where the file does not want them elsewhere. */
static void set_alignment(bt_md *md, bt_md_list *column, uint8_t align, bool is_numbers, const bt_place *at)
{
    const char *name = align == 'l' ? "left" : align == 'c' ? "center" : align == 'r' ? "right" : NULL;
    if (is_numbers) bt_md_set(column, "type", bt_md_string(md, BT_STR("number"), at));
    if (name && !(is_numbers && align == 'r')) bt_md_set(column, "align", bt_md_string(md, bt_str_of(name), at));
}

static void read_columns(bt_md *md, cmark_node *table, uint32_t line, const column_facts *columns, bt_md_list *array)
{
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(table);
    cmark_node *cell = cmark_node_first_child(cmark_node_first_child(table));
    for (uint32_t i = 0; cell && i < columns->n; cell = cmark_node_next(cell), i++) {
        int start = md->line_shift ? 1 : cmark_node_get_start_column(cell); /* counted from the paragraph's beginning */
        const bt_place *at = bt_md_place(md, line, start > 0 ? (uint32_t)start : 1);
        bt_md_list column = bt_md_object(md, at);
        bt_str title = cell_text(md, cell);
        if (title.len) bt_md_set(&column, "title", bt_md_string(md, title, at));
        set_alignment(md, &column, aligns[i], columns->has_number[i] && !columns->has_other[i], at);
        bt_md_add(array, column.parent);
    }
}

void bt_md_table(bt_md *md, cmark_node *table)
{
    uint32_t line = bt_md_table_line(table);
    const bt_place *at = bt_md_place(md, line, 1);
    cmark_node *row = cmark_node_next(cmark_node_first_child(table));
    column_facts columns = {.n = cmark_gfm_extensions_get_table_columns(table)};
    columns.has_number = BT_NEW_ARRAY(&md->scratch, columns.n, bool);
    columns.has_other = BT_NEW_ARRAY(&md->scratch, columns.n, bool);
    if (!columns.has_number || !columns.has_other) return;
    if (!row) {
        BT_MD_FAULT(md, E_MD_TABLE_EMPTY, at, BT_NO_ARGS);
        return;
    }
    bt_md_list block = bt_md_block(md, "table", at), rows = bt_md_array(md, at), titles = bt_md_array(md, at);
    set_title(md, &block, table);
    md->line_shift = line - (uint32_t)cmark_node_get_start_line(table);
    uint32_t header_shift = md->line_shift, row_line = line + 2;
    md->line_shift = 0;
    bool is_good = true;
    for (; row; row = cmark_node_next(row), row_line++)
        is_good = read_row(md, row, row_line, &columns, &rows) && is_good;
    if (!is_good && rows.parent && !rows.parent->n_children) return; /* told; it has rows */
    md->line_shift = header_shift;
    read_columns(md, table, line, &columns, &titles);
    bt_md_set(&block, "columns", titles.parent);
    bt_md_set(&block, "rows", rows.parent);
    bt_md_add(&md->blocks, block.parent);
}
