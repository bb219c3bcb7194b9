/* columns.c - a table for the terminal: columns stand under one another whatever the letters, and it is no wider than
 * the terminal. */
#include "check/tell/tell_int.h"

typedef struct range {
    uint32_t first, last;
} range;

static bool is_within(uint32_t c, const range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

/* Marks that stand on the letter before them, and what has no width at all. */
static bool is_combining(uint32_t c)
{
    static const range marks[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0E31, 0x0E31},
        {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2060, 0x2064},
        {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x00AD, 0x00AD}, {0xE0100, 0xE01EF}};
    return c >= 0xAD && is_within(c, marks, sizeof marks / sizeof *marks);
}

/* Letters of China, Japan and Korea, and emoji: two columns each. */
static bool is_wide(uint32_t c)
{
    static const range wide[] = {{0x1100, 0x115F},  {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
                                 {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                                 {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
                                 {0x20000, 0x3FFFD}};
    return c >= 0x1100 && is_within(c, wide, sizeof wide / sizeof *wide);
}

static uint32_t width_of_letter(uint32_t c) { return is_combining(c) ? 0 : is_wide(c) ? 2 : 1; }

uint32_t tell_width_of(bt_str text)
{
    uint32_t width = 0, c = 0;
    for (size_t i = 0; i < text.len; i += bt_utf8_decode(text, i, &c), width += width_of_letter(c)) continue;
    return width;
}

static void add_spaces(bt_buf *out, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) bt_buf_add_char(out, ' ');
}

/* The text within width columns: cut with an ellipsis where it is longer. */
static bt_str cut(bt_arena *arena, bt_str text, uint32_t width)
{
    if (tell_width_of(text) <= width) return text;
    size_t end = 0;
    uint32_t so_far = 0, c = 0;
    while (end < text.len) {
        size_t n = bt_utf8_decode(text, end, &c);
        so_far += width_of_letter(c);
        if (so_far + 1 > width) break;
        end += n;
    }
    return bt_str_join(arena, bt_str_trim(bt_str_slice(text, 0, end)), BT_STR("\u2026"));
}

enum { GAP = 2, LEAST = 6 };

typedef struct widths {
    uint32_t v[TELL_MOST_COLUMNS];
    uint32_t total;
} widths;

static widths natural_widths(const tell_rows *rows)
{
    widths w = {0};
    for (uint32_t i = 0; i < rows->cells.n; i++) {
        uint32_t width = tell_width_of(rows->cells.v[i]), *column = &w.v[i % rows->n_columns];
        if (width > *column) *column = width;
    }
    for (uint32_t i = 0; i < rows->n_columns; i++) {
        uint32_t head = tell_width_of(rows->columns[i].head);
        if (w.v[i] && head > w.v[i]) w.v[i] = head;
        if (w.v[i]) w.total += w.v[i] + GAP;
    }
    return w;
}

/* The widest of those that yield gives way first, so that short texts stay whole. */
static void fit(widths *w, const tell_rows *rows, uint32_t width)
{
    while (w->total - GAP > width) {
        uint32_t widest = rows->n_columns;
        for (uint32_t i = 0; i < rows->n_columns; i++)
            if (rows->columns[i].yields && w->v[i] > LEAST && (widest == rows->n_columns || w->v[i] > w->v[widest]))
                widest = i;
        if (widest == rows->n_columns) return;
        w->v[widest]--;
        w->total--;
    }
}

static void add_row(bt_buf *out, const tell_rows *rows, const widths *w, const bt_str *cells)
{
    uint32_t owed = 0; /* spaces, which are not printed at a line's end */
    for (uint32_t i = 0; i < rows->n_columns; i++) {
        if (!w->v[i]) continue;
        bt_str text = cut(out->arena, cells[i], w->v[i]);
        uint32_t rest = w->v[i] - tell_width_of(text);
        if (rows->columns[i].is_right) owed += rest;
        if (text.len) {
            add_spaces(out, owed);
            bt_buf_add(out, text);
            owed = 0;
        }
        owed += GAP;
        if (!rows->columns[i].is_right) owed += rest;
    }
    bt_buf_add_char(out, '\n');
}

void tell_add_rows(bt_buf *out, const tell_rows *rows, uint32_t width)
{
    widths w = natural_widths(rows);
    fit(&w, rows, width);
    bt_str heads[TELL_MOST_COLUMNS];
    for (uint32_t i = 0; i < rows->n_columns; i++) heads[i] = rows->columns[i].head;
    add_row(out, rows, &w, heads);
    for (uint32_t i = 0; i + rows->n_columns <= rows->cells.n; i += rows->n_columns)
        add_row(out, rows, &w, &rows->cells.v[i]);
}

void tell_add_wrapped(bt_buf *out, bt_str text, uint32_t indent, uint32_t width)
{
    uint32_t at = indent;
    for (size_t begin = 0; begin < text.len;) {
        size_t end = begin;
        while (end < text.len && text.ptr[end] != ' ') end++;
        bt_str word = bt_str_slice(text, begin, end);
        uint32_t n = tell_width_of(word);
        if (at > indent && at + 1 + n > width) {
            bt_buf_add_char(out, '\n');
            add_spaces(out, indent);
            at = indent;
        } else if (at > indent) {
            bt_buf_add_char(out, ' ');
            at++;
        }
        bt_buf_add(out, word);
        at += n;
        begin = end + 1;
    }
    bt_buf_add_char(out, '\n');
}
