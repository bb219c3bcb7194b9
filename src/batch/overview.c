/* overview.c - see overview.h: the page as a whole, and its table. */
#include "batch/overview_int.h"

#include "base/file.h"
#include "base/limits.h"

#include <string.h>

static bool is_special(char c) { return c == '<' || c == '&' || c == '"'; }

static const char *entity_of(char c) { return c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&quot;"; }

void bt_html_text(bt_overview_writer *w, bt_str text)
{
    size_t begin = 0; /* of what stands as it is */
    for (size_t i = 0; i < text.len; i++) {
        if (!is_special(text.ptr[i])) continue;
        bt_buf_add(&w->out, bt_str_slice(text, begin, i));
        bt_html(w, entity_of(text.ptr[i]));
        begin = i + 1;
    }
    bt_buf_add(&w->out, bt_str_slice(text, begin, text.len));
}

void bt_html_url(bt_overview_writer *w, bt_str path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] && strchr(plain, path.ptr[i]))
            bt_buf_add_char(&w->out, path.ptr[i]);
        else
            bt_buf_format(&w->out, "%%%02X", (unsigned)(unsigned char)path.ptr[i]);
    }
}

void bt_html_number(bt_overview_writer *w, bt_str number)
{
    for (size_t i = 0; i < number.len; i++) {
        bool is_point = number.ptr[i] == '.' && w->has_comma;
        bool is_minus = number.ptr[i] == '-';
        if (is_minus)
            bt_html(w, "\u2212");
        else
            bt_buf_add_char(&w->out, is_point ? ',' : number.ptr[i]);
    }
}

const char *bt_overview_class(const bt_json_node *difference)
{
    static const char *const names[] = {"new", "gone", "changed", "jumped", "moved"};
    const bt_json_node *change = bt_json_find(difference, "change"), *reset = bt_json_find(difference, "reset");
    if (reset && reset->truth) return "reset";
    for (size_t i = 0; change && i < sizeof names / sizeof *names; i++)
        if (bt_str_is(change->text, names[i])) return names[i];
    return "same";
}

/* In the order of their weight. */
static const char *const fates[BT_OVERVIEW_FATES] = {"new", "changed", "reset", "jumped", "moved", "gone"};

bt_str bt_overview_fate(bt_overview_writer *w, const char *class_name)
{
    for (size_t i = 0; i < BT_OVERVIEW_FATES; i++)
        if (strcmp(class_name, fates[i]) == 0) return w->fates[i];
    return BT_STR("");
}

static void find_words(bt_overview_writer *w)
{
    const bt_str words[BT_OVERVIEW_FATES] = {
        BT_SAY(w->diags, "new"),      BT_SAY(w->diags, "changed"),
        BT_SAY(w->diags, "set anew"), BT_SAY(w->diags, "on another page"),
        BT_SAY(w->diags, "moved"),    BT_SAY(w->diags, "gone"),
    };
    for (size_t i = 0; i < BT_OVERVIEW_FATES; i++) w->fates[i] = words[i];
}

/* --- the head --- */

static bt_str count(bt_overview_writer *w, uint64_t n)
{
    return bt_str_format(&w->words, "%llu", (unsigned long long)n);
}

static void add_lines(bt_overview_writer *w, const char *const *lines)
{
    for (; *lines; lines++) {
        bt_html(w, *lines);
        bt_html(w, "\n");
    }
}

static void add_legend(bt_overview_writer *w)
{
    bt_diags *diags = w->diags;
    const struct {
        const char *class_name;
        bt_str words;
    } lines[] = {
        {"new", BT_SAY(diags, "new")},
        {"changed", BT_SAY(diags, "changed words or pictures")},
        {"reset", BT_SAY(diags, "the same words in other lines, longer or shorter")},
        {"jumped", BT_SAY(diags, "unchanged, on another page")},
        {"moved", BT_SAY(diags, "unchanged, moved by mm")},
        {"gone", BT_SAY(diags, "gone")},
    };
    bt_html(w, "<ul class=legend>");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        bt_buf_format(&w->out, "<li class=\"c %s\">", lines[i].class_name);
        bt_html_text(w, lines[i].words);
        bt_html(w, "</li>");
    }
    bt_html(w, "</ul>\n");
}

static void add_head(bt_overview_writer *w)
{
    bt_str title = BT_SAY(w->diags, "What differs in the editions");
    bt_html(w, w->has_comma ? "<!doctype html>\n<html lang=vi>" : "<!doctype html>\n<html lang=en>");
    bt_html(w,
            "<head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">\n<title>");
    bt_html_text(w, title);
    bt_html(w, "</title>\n<style>\n");
    add_lines(w, bt_overview_style);
    bt_html(w, "</style></head>\n<body><header><h1>");
    bt_html_text(w, title);
    bt_html(w, "</h1><p class=soft>");
    bt_str words[] = {count(w, w->about->n_rows), w->about->base, w->about->manifest};
    bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("{1} editions of {2}, by {3}"), words, 3));
    bt_html(w, "</p></header>\n");
}

static void add_filter(bt_overview_writer *w)
{
    bt_html(w, "<p id=bar><input id=q type=search placeholder=\"");
    bt_html_text(w, BT_SAY(w->diags, "filter"));
    bt_html(w, "\">");
    bt_html_text(w, BT_SAY(w->diags, "keys: j the next edition, k the one before, / the filter"));
    bt_html(w, "</p>\n");
}

/* --- the file --- */

enum { ENOUGH = 1 << 16 }; /* bytes that are written at once */

static bt_status flush(bt_overview_writer *w, bt_file *file)
{
    bt_str bytes = bt_buf_str(&w->out);
    bt_status status =
        w->words.failed || w->bytes.failed || w->kept.failed ? BT_NOMEM : bt_file_write(file, bytes.ptr, bytes.len);
    w->out.bytes.n = 0;
    return status;
}

/* --- the table --- */

static bool is_known(const bt_overview_row *row) { return row->is_made && row->differences.is_known; }

static uint32_t n_differing(const bt_overview_row *row)
{
    uint32_t n_same = row->differences.n_pages_same;
    return is_known(row) && row->n_pages > n_same ? row->n_pages - n_same : 0;
}

static bool differs(const bt_overview_row *row)
{
    return n_differing(row) || (is_known(row) && row->differences.n_gone);
}

static void add_chip(bt_overview_writer *w, const char *class_name, uint32_t n)
{
    if (!n) return;
    bt_buf_format(&w->out, "<span class=\"c %s\">%u ", class_name, n);
    bt_html_text(w, bt_overview_fate(w, class_name));
    bt_html(w, "</span>");
}

static void add_what(bt_overview_writer *w, const bt_overview_row *row)
{
    const bt_differences *d = &row->differences;
    bt_html(w, "<td>");
    if (!row->is_made) {
        bt_html(w, "<span class=failed>");
        bt_html_text(w, BT_SAY(w->diags, "not made; the batch report says why"));
        bt_html(w, "</span>");
    } else if (!d->is_known)
        bt_html_text(w, BT_SAY(w->diags, "not compared: the base cannot be set without an edition"));
    else if (!differs(row))
        bt_html_text(w, BT_SAY(w->diags, "as the base"));
    add_chip(w, "new", d->n_new);
    add_chip(w, "changed", d->n_changed - d->n_reset);
    add_chip(w, "reset", d->n_reset);
    add_chip(w, "jumped", d->n_jumped);
    add_chip(w, "moved", d->n_moved);
    add_chip(w, "gone", d->n_gone);
    bt_html(w, "</td></tr>\n");
}

static void add_row(bt_overview_writer *w, const bt_overview_row *row, bool is_detailed)
{
    bt_html(w, is_detailed ? "<tr id=\"r-" : "<tr");
    if (is_detailed) bt_html_text(w, row->id);
    bt_html(w, is_detailed ? "\"><td><a href=\"#" : "><td>");
    if (is_detailed) bt_html_url(w, row->id);
    if (is_detailed) bt_html(w, "\">");
    bt_html_text(w, row->id);
    if (is_detailed) bt_html(w, "</a>");
    if (row->is_made)
        bt_buf_format(&w->out, "</td><td class=n>%u</td><td class=n>%u</td>", row->n_pages, n_differing(row));
    else
        bt_html(w, "</td><td></td><td></td>");
    add_what(w, row);
}

static bt_status add_table(bt_overview_writer *w, bt_file *file)
{
    bt_status status = BT_OK;
    uint32_t n_detailed = 0;
    bt_html(w, "<table><thead><tr><th>");
    bt_html_text(w, BT_SAY(w->diags, "edition"));
    bt_html(w, "</th><th class=n>");
    bt_html_text(w, BT_SAY(w->diags, "pages"));
    bt_html(w, "</th><th class=n>");
    bt_html_text(w, BT_SAY(w->diags, "that differ"));
    bt_html(w, "</th><th>");
    bt_html_text(w, BT_SAY(w->diags, "articles and frames"));
    bt_html(w, "</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < w->about->n_rows && status == BT_OK; i++) {
        const bt_overview_row *row = &w->about->rows[i];
        bool is_detailed = differs(row) && n_detailed < BT_OVERVIEW_DETAILED;
        n_detailed += is_detailed;
        add_row(w, row, is_detailed);
        if (w->out.bytes.n >= ENOUGH) status = flush(w, file);
    }
    bt_html(w, "</tbody></table>\n");
    return status == BT_OK ? flush(w, file) : status;
}

/* --- the editions --- */

/* What comes before the list of all pages: the edition, and its differences. These have a list of the same name, but
 * behind another list; and no string has a quotation mark alone. */
static bt_str head_of(bt_overview_writer *w, bt_str report)
{
    static const char begins[] = "},\"pages\":[";
    const char *end = memmem(report.ptr, report.len, begins, sizeof begins - 1);
    return end ? bt_str_join(&w->words, bt_str_slice(report, 0, (size_t)(end - report.ptr)), BT_STR("}}")) : report;
}

static const bt_json_node *read_report(bt_overview_writer *w, const bt_overview_row *row)
{
    bt_reports *reports = w->about->reports;
    int error = 0;
    bt_str text = bt_reports_read(reports, &w->words, &reports->lines[row->row_i], &error);
    const bt_json_node *report = text.len ? bt_json_read_own_top(&w->words, head_of(w, text), BT_OVERVIEW_DEPTH) : NULL;
    if (report || w->words.failed) return report;
    bt_str why = !reports->lines[row->row_i].size ? BT_SAY(w->diags, "it has no line of that edition")
                 : error                          ? bt_file_error(w->diags, &w->words, error)
                                                  : BT_SAY(w->diags, "it is no report");
    bt_diag(w->diags, BT_W_OVERVIEW_REPORT, NULL, BT_ARGS(bt_str_of(reports->path), why, row->id));
    return NULL;
}

static bt_status add_editions(bt_overview_writer *w, bt_file *file)
{
    uint32_t n_detailed = 0, n_left = 0;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < w->about->n_rows && status == BT_OK; i++) {
        const bt_overview_row *row = &w->about->rows[i];
        if (!differs(row)) continue;
        if (n_detailed == BT_OVERVIEW_DETAILED) {
            n_left++;
            continue;
        }
        n_detailed++;
        const bt_json_node *report = read_report(w, row);
        if (report) bt_overview_add_edition(w, i, report);
        bool is_enough = w->out.bytes.n >= ENOUGH;
        status = w->words.failed ? BT_NOMEM : is_enough ? flush(w, file) : BT_OK;
        bt_arena_reset(&w->words);
    }
    if (!n_left) return status;
    bt_str numbers[] = {count(w, n_detailed), count(w, n_left)};
    bt_html(w, "<p>");
    bt_html_text(
        w, bt_say_with(w->diags, &w->words,
                       BT_STR("Page by page, this shows the first {1} editions that differ; {2} more have their row "
                              "in the table and their report."),
                       numbers, 2));
    bt_html(w, "</p>\n");
    return status;
}

static void add_sum(bt_overview_writer *w, uint64_t n_differ)
{
    uint64_t n_pages = 0;
    for (uint32_t i = 0; i < w->about->n_rows; i++)
        n_pages += w->about->rows[i].is_made ? w->about->rows[i].n_pages : 0;
    bt_str numbers[] = {count(w, n_differ), count(w, n_pages)};
    bt_html(w, "<p class=sum>");
    bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("{1} of {2} pages differ from the base."), numbers, 2));
    bt_html(w, "</p>\n");
}

/* How many there are to read is known last, and stands above. */
static void add_end(bt_overview_writer *w, uint64_t n_differ)
{
    bool is_all = w->seen.n + (uint64_t)w->n_repeated == n_differ;
    bt_str n_read = count(w, w->seen.n);
    if (is_all && w->n_repeated) {
        bt_html(w, "<p class=read>");
        bt_html_text(
            w, bt_say_with(w->diags, &w->words, BT_STR("Many are alike: there are {1} pages to read."), &n_read, 1));
        bt_html(w, "</p>\n");
    }
    bt_html(w, "<script>");
    add_lines(w, bt_overview_script);
    bt_html(w, "</script></body></html>\n");
}

bt_status bt_overview_write(bt_diags *diags, const bt_overview *about)
{
    bt_file file;
    bt_status status = bt_file_begin(&file, NULL, diags, about->path);
    if (status != BT_OK) return status;
    file.is_unsynced = true;
    bt_overview_writer w = {.diags = diags, .about = about, .has_comma = diags->lang == BT_LANG_VI};
    w.out = bt_buf_in(&w.bytes);
    find_words(&w);
    uint64_t n_differ = 0;
    for (uint32_t i = 0; i < about->n_rows; i++) n_differ += n_differing(&about->rows[i]);
    add_head(&w);
    add_sum(&w, n_differ);
    add_legend(&w);
    add_filter(&w);
    status = add_table(&w, &file);
    if (status == BT_OK) status = add_editions(&w, &file);
    if (status == BT_OK) {
        add_end(&w, n_differ);
        status = flush(&w, &file);
    }
    if (status == BT_OK)
        status = bt_file_commit(&file);
    else if (file.fd >= 0)
        bt_file_abandon(&file);
    bt_arena_drop(&w.bytes);
    bt_arena_drop(&w.words);
    bt_arena_drop(&w.kept);
    return status;
}
