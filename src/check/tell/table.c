/* table.c - what was found, on the standard output: the verdict first, then what a reader would notice first. */
#include "check/tell/tell_int.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 100, LEAST_WIDTH = 72 };

/* 0: the output is no terminal. */
static uint32_t terminal_width(void)
{
    struct winsize size = {0};
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col) return 0;
    return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col;
}

/* Of a table: in a file or a pipe nothing is cut. */
static uint32_t table_width(void)
{
    uint32_t width = terminal_width();
    return width ? width : UINT32_MAX;
}

/* Of sentences, which are hard to read in longer lines. */
static uint32_t text_width(void)
{
    uint32_t width = terminal_width();
    return width && width < USUAL_WIDTH ? width : USUAL_WIDTH;
}

static void push(bt_arena *arena, tell_rows *rows, bt_str text)
{
    bt_str *cell = BT_PUSH(arena, &rows->cells);
    if (cell) *cell = tell_plain(arena, text);
}

static bt_str page_cell(const tell_target *to, const finding *f)
{
    if (f->page) return tell_count(to, f->page);
    if (!f->sample_page) return BT_STR("\u2013");
    return bt_str_format(to->arena, "(%u)", f->sample_page);
}

static bt_str side_cell(const tell_target *to, const finding *f, bool is_y)
{
    const seen_box *box = tell_box(f);
    return box ? tell_mm(to, is_y ? box->y0 : box->x0, 1) : BT_STR("");
}

/* Nothing that the values say already. Where they say nothing, the sentence stands in for them, so that no row is
 * empty. */
static bt_str subject_cell(const finding *f)
{
    if (!f->subject.len && !f->was.len && !f->is.len) return f->message;
    return bt_str_equal(f->subject, f->was) || bt_str_equal(f->subject, f->is) ? BT_STR("") : f->subject;
}

/* A file that is another altogether differs in hundreds of places, of which nobody reads all here. */
enum { MOST_ROWS = 100 };

static void add_rest(const tell_target *to, const report *r, uint32_t n, bt_buf *out)
{
    if (n < r->findings.n) {
        bt_buf_add(out, bt_say_with(to->diags, to->arena, BT_STR("... and {1} more; --json and --report tell them all"),
                                    BT_ARGS(tell_count(to, r->findings.n - n))));
        bt_buf_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < n; i++) {
        const finding *f = &r->findings.v[i];
        if (f->page || !f->sample_page) continue;
        bt_buf_add(out, bt_say_with(to->diags, to->arena, BT_STR("({1}) a page that only the sample has"),
                                    BT_ARGS(BT_STR("n"))));
        bt_buf_add_char(out, '\n');
        return;
    }
}

static void add_check(const tell_target *to, const report *r, bt_buf *out)
{
    const tell_column columns[TELL_MOST_COLUMNS] = {
        {.head = BT_SAY(to->diags, "page"), .is_right = true},  {.head = BT_SAY(to->diags, "what"), .yields = true},
        {.head = BT_SAY(to->diags, "x mm"), .is_right = true},  {.head = BT_SAY(to->diags, "y mm"), .is_right = true},
        {.head = BT_SAY(to->diags, "of what"), .yields = true}, {.head = BT_SAY(to->diags, "was"), .yields = true},
        {.head = BT_SAY(to->diags, "is"), .yields = true},      {.head = BT_SAY(to->diags, "difference [mm]")},
    };
    tell_rows rows = {.columns = columns, .n_columns = TELL_MOST_COLUMNS};
    uint32_t n = r->findings.n < MOST_ROWS ? r->findings.n : MOST_ROWS;
    for (uint32_t i = 0; i < n; i++) {
        const finding *f = &r->findings.v[i];
        const bt_str cells[TELL_MOST_COLUMNS] = {page_cell(to, f),
                                                 tell_kind_label(to, f->kind),
                                                 side_cell(to, f, false),
                                                 side_cell(to, f, true),
                                                 subject_cell(f),
                                                 f->was,
                                                 f->is,
                                                 tell_difference(to, f)};
        for (uint32_t k = 0; k < TELL_MOST_COLUMNS; k++) push(to->arena, &rows, cells[k]);
    }
    bt_buf_add_char(out, '\n');
    tell_add_rows(out, &rows, table_width());
    add_rest(to, r, n, out);
}

/* --- the design --- */

static bt_str line_state(const tell_target *to, const report_line *line)
{
    if (line->state == LINE_NOT_RUN) return line->why;
    if (line->state == LINE_GOOD) return BT_STR("=");
    return line->difference.len ? line->difference : BT_SAY(to->diags, "differs");
}

static void add_layout(const tell_target *to, const report *r, bt_buf *out)
{
    const tell_column columns[] = {
        {.head = BT_SAY(to->diags, "property"), .yields = true},
        {.head = BT_SAY(to->diags, "sample"), .yields = true},
        {.head = BT_SAY(to->diags, "new file"), .yields = true},
        {.head = BT_SAY(to->diags, "difference"), .yields = true},
    };
    tell_rows rows = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (uint32_t i = 0; i < r->lines.n; i++) {
        const report_line *line = &r->lines.v[i];
        const bt_str cells[] = {line->subject, line->sample, line->ours, line_state(to, line)};
        for (uint32_t k = 0; k < rows.n_columns; k++) push(to->arena, &rows, cells[k]);
    }
    if (!r->lines.n) return;
    bt_buf_add_char(out, '\n');
    tell_add_rows(out, &rows, table_width());
}

/* --- preflight --- */

enum { INDENT = 7 }; /* under the number of a rule */

static bool is_first_of_rule(const report *r, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (bt_str_equal(bt_str_of(r->findings.v[k].number), bt_str_of(r->findings.v[i].number))) return false;
    return true;
}

static void add_indent(bt_buf *out) { bt_buf_add_z(out, "       "); }

/* The remedy is the same for all that one rule finds, and is told once. */
static void add_rule_finding(const tell_target *to, const report *r, uint32_t i, uint32_t width, bt_buf *out)
{
    const finding *f = &r->findings.v[i];
    bt_buf head = bt_buf_in(to->arena);
    bt_str place = tell_place(to, f);
    bt_buf_add(&head, tell_severity_label(to, f->severity));
    bt_buf_add_z(&head, ", ");
    bt_buf_add(&head, tell_page_of(to, f));
    if (place.len) bt_buf_add_z(&head, ", ");
    bt_buf_add(&head, place);
    bt_buf_format(out, "\n%-5s  ", f->number ? f->number : "");
    bt_buf_add(out, bt_buf_str(&head));
    bt_buf_add_char(out, '\n');
    add_indent(out);
    tell_add_wrapped(out, tell_plain(to->arena, f->message), INDENT, width);
    if (!f->remedy.len || !is_first_of_rule(r, i)) return;
    add_indent(out);
    bt_str remedy = bt_str_join(to->arena, BT_STR("\u2192 "), tell_plain(to->arena, f->remedy));
    tell_add_wrapped(out, remedy, INDENT, width);
}

static void add_preflight(const tell_target *to, const report *r, bt_buf *out)
{
    uint32_t width = text_width();
    for (uint32_t i = 0; i < r->findings.n; i++) add_rule_finding(to, r, i, width, out);
    bool is_first = true;
    for (uint32_t i = 0; i < r->lines.n; i++) {
        const report_line *line = &r->lines.v[i];
        if (line->state != LINE_NOT_RUN) continue;
        if (is_first) bt_buf_add_char(out, '\n');
        is_first = false;
        bt_str text = bt_say_with(to->diags, to->arena, BT_STR("not tried: {1} {2}: {3}"),
                                  BT_ARGS(line->sample, line->subject, line->why));
        tell_add_wrapped(out, tell_plain(to->arena, text), INDENT, width);
    }
}

void tell_table(const tell_target *to, const report *r)
{
    bt_buf out = bt_buf_in(to->arena);
    bt_str verdict = tell_verdict(to, r, tell_plain(to->arena, r->ours), tell_plain(to->arena, r->sample));
    bt_buf_add(&out, verdict);
    if (r->n_left_out) {
        bt_buf_add_z(&out, "; ");
        bt_buf_add(&out, tell_counted(to, r->n_left_out, BT_STR("1 masked difference is left out"),
                                      BT_STR("{1} masked differences are left out")));
    }
    bt_buf_add_char(&out, '\n');
    if (r->kind == REPORT_PREFLIGHT)
        add_preflight(to, r, &out);
    else if (r->kind == REPORT_LAYOUT && !r->is_equal)
        add_layout(to, r, &out);
    else if (r->findings.n)
        add_check(to, r, &out);
    bt_str text = bt_buf_str(&out);
    fwrite(text.ptr, 1, text.len, stdout);
}
