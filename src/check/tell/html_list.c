/* html_list.c - the report's list: findings, ranked, each with a link to its box; and all properties or rules that were
 * tried. */
#include "check/tell/tell_int.h"

#include <string.h>

static bool is_preflight(const tell_page_html *h) { return h->r->kind == REPORT_PREFLIGHT; }

static const char *group_of(const tell_page_html *h, const finding *f)
{
    return is_preflight(h) ? tell_severity_name(f->severity) : tell_group_name(f->kind);
}

/* --- the filter --- */

static uint32_t n_in_group(const tell_page_html *h, const char *name)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < h->r->findings.n; i++) n += strcmp(group_of(h, &h->r->findings.v[i]), name) == 0;
    return n;
}

static void add_filter(const tell_page_html *h)
{
    static const char *const names[] = {"error", "warning", "note",   "pages",  "text", "pictures",
                                        "rules", "areas",   "pixels", "design", "other"};
    tell_raw(h, "<div class=filter hidden role=group aria-label=\"");
    tell_text(h, BT_SAY(h->to->diags, "Show only"));
    tell_raw(h, "\">");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t n = n_in_group(h, names[i]);
        if (!n) continue;
        bt_buf_format(h->out, "<button type=button data-group=%s aria-pressed=true>", names[i]);
        tell_text(h, tell_group_label(h->to, names[i]));
        bt_buf_format(h->out, " <span class=n>%u</span></button>", n);
    }
    tell_raw(h, "</div>");
}

/* --- a finding --- */

static void add_part(const tell_page_html *h, const char *element, const char *class_name, bt_str text)
{
    if (!text.len) return;
    bt_buf_format(h->out, "<%s class=%s>", element, class_name);
    tell_text(h, text);
    bt_buf_format(h->out, "</%s>", element);
}

/* The words themselves, where the sentence does not say them. */
static void add_subject(const tell_page_html *h, const finding *f)
{
    if (!is_preflight(h) || !f->subject.len) return;
    tell_raw(h, "<p class=subject><q><bdi>");
    tell_text(h, f->subject);
    tell_raw(h, "</bdi></q></p>");
}

/* Screen readers hear which is which; the eye sees it by place and by the stroke. Rules and properties say their values
 * in their sentence. */
static void add_values(const tell_page_html *h, const finding *f)
{
    if (h->r->kind != REPORT_CHECK || (!f->was.len && !f->is.len)) return;
    tell_raw(h, "<p class=values>");
    if (f->was.len) {
        add_part(h, "span", "unseen", BT_SAY(h->to->diags, "was"));
        tell_raw(h, " <del><bdi>");
        tell_text(h, f->was);
        tell_raw(h, "</bdi></del> ");
    }
    if (f->was.len && f->is.len) tell_raw(h, "<span class=to aria-hidden=true>\u2192</span> ");
    if (f->is.len) {
        add_part(h, "span", "unseen", BT_SAY(h->to->diags, "is"));
        tell_raw(h, " <ins><bdi>");
        tell_text(h, f->is);
        tell_raw(h, "</bdi></ins>");
    }
    tell_raw(h, "</p>");
}

static void add_place(const tell_page_html *h, const finding *f)
{
    bt_str place = tell_place(h->to, f), difference = tell_difference(h->to, f);
    tell_raw(h, "<p class=where>");
    tell_text(h, tell_page_of(h->to, f));
    if (place.len) tell_raw(h, ", ");
    tell_text(h, place);
    if (difference.len) {
        tell_raw(h, " <span class=by>");
        tell_text(h, difference);
        tell_raw(h, " mm</span>");
    }
    tell_raw(h, "</p>");
}

static void add_head_of_finding(const tell_page_html *h, uint32_t i)
{
    const finding *f = &h->r->findings.v[i];
    bt_buf_format(h->out, "<span class=rank>%u</span><span class=kind>", i + 1);
    if (is_preflight(h)) {
        tell_text(h, tell_severity_label(h->to, f->severity));
        tell_raw(h, " <span class=number>");
        tell_text(h, bt_str_of(f->number));
        tell_raw(h, "</span>");
    } else
        tell_text(h, tell_kind_label(h->to, f->kind));
    tell_raw(h, "</span>");
}

static void add_finding(const tell_page_html *h, uint32_t i)
{
    const finding *f = &h->r->findings.v[i];
    bool has_page = h->pages[i] < h->r->pages.n;
    bt_buf_format(h->out, "<li id=f%u class=\"finding %s\" data-group=%s", i + 1, tell_severity_name(f->severity),
                  group_of(h, f));
    if (has_page) bt_buf_format(h->out, " data-page=%u", h->pages[i] + 1);
    tell_raw(h, ">");
    bool has_mark = has_page && tell_has_mark(h, f);
    if (has_page)
        bt_buf_format(h->out, "<a class=head href=\"#%s%u\">", has_mark ? "b" : "page-",
                      has_mark ? i + 1 : h->pages[i] + 1);
    else
        tell_raw(h, "<span class=head>");
    add_head_of_finding(h, i);
    tell_raw(h, "<span class=message><bdi>");
    tell_text(h, f->message);
    tell_raw(h, "</bdi></span>");
    tell_raw(h, has_page ? "</a>" : "</span>");
    add_values(h, f);
    add_subject(h, f);
    add_place(h, f);
    add_part(h, "p", "remedy", f->remedy);
    tell_raw(h, "</li>\n");
}

void tell_html_findings(const tell_page_html *h)
{
    const report *r = h->r;
    tell_raw(h, "<div class=list-head><h2 id=list-title>");
    tell_text(h, BT_SAY(h->to->diags, "Findings"));
    bt_buf_format(h->out, " <span class=n id=shown data-all=%u>%u</span></h2>", r->findings.n, r->findings.n);
    if (r->findings.n) {
        add_part(h, "p", "soft", BT_SAY(h->to->diags, "x and y from the top left corner of the trim"));
        add_filter(h);
    }
    tell_raw(h, "</div>\n");
    if (!r->findings.n) {
        add_part(h, "p", "none", BT_SAY(h->to->diags, "There is nothing to report."));
        return;
    }
    tell_raw(h, "<ol class=findings>\n");
    for (uint32_t i = 0; i < r->findings.n; i++) add_finding(h, i);
    tell_raw(h, "</ol>\n");
}

/* --- properties, rules --- */

static void add_cell(const tell_page_html *h, bt_str text)
{
    tell_raw(h, "<td><bdi>");
    tell_text(h, text);
    tell_raw(h, "</bdi></td>");
}

static void add_line(const tell_page_html *h, const report_line *line)
{
    static const char *const classes[] = {[LINE_GOOD] = "good", [LINE_DIFFERS] = "differs", [LINE_NOT_RUN] = "not-run"};
    static const char *const signs[] = {[LINE_GOOD] = "=", [LINE_DIFFERS] = "\u2260", [LINE_NOT_RUN] = "\u2013"};
    static const char *const marks[] = {[LINE_GOOD] = "\u2713", [LINE_DIFFERS] = "!", [LINE_NOT_RUN] = "\u2013"};
    bt_diags *diags = h->to->diags;
    const bt_str states[] = {[LINE_GOOD] = BT_SAY(diags, "good"),
                             [LINE_DIFFERS] = BT_SAY(diags, "differs"),
                             [LINE_NOT_RUN] = BT_SAY(diags, "not tried")};
    bt_buf_format(h->out, "<tr class=%s><td class=state><span aria-hidden=true>%s</span><span class=unseen>",
                  classes[line->state], is_preflight(h) ? marks[line->state] : signs[line->state]);
    tell_text(h, states[line->state]);
    tell_raw(h, "</span></td><th scope=row><bdi>");
    tell_text(h, line->subject);
    tell_raw(h, "</bdi></th>");
    add_cell(h, line->sample);
    if (!is_preflight(h)) add_cell(h, line->ours);
    bt_str last = line->state == LINE_NOT_RUN ? line->why : line->difference;
    add_cell(h, last.len || !is_preflight(h) ? last : line->ours);
    tell_raw(h, "</tr>\n");
}

static void add_heads(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const bt_str properties[] = {BT_SAY(diags, "property"), BT_SAY(diags, "sample"), BT_SAY(diags, "new file"),
                                 BT_SAY(diags, "difference")};
    const bt_str rules[] = {BT_SAY(diags, "rule tried"), BT_SAY(diags, "number"), BT_SAY(diags, "found")};
    const bt_str *heads = is_preflight(h) ? rules : properties;
    uint32_t n = is_preflight(h) ? 3 : 4;
    tell_raw(h, "<thead><tr><td></td>");
    for (uint32_t i = 0; i < n; i++) {
        tell_raw(h, "<th scope=col>");
        tell_text(h, heads[i]);
        tell_raw(h, "</th>");
    }
    tell_raw(h, "</tr></thead>\n");
}

void tell_html_lines(const tell_page_html *h)
{
    const report *r = h->r;
    if (!r->lines.n) return;
    uint32_t n_not_run = tell_n_lines(r, LINE_NOT_RUN);
    tell_raw(h, is_preflight(h) ? "<details class=lines><summary>" : "<details class=lines open><summary>");
    tell_text(h, is_preflight(h) ? tell_counted(h->to, r->lines.n, BT_STR("1 rule tried"), BT_STR("{1} rules"))
                                 : tell_counted(h->to, r->lines.n, BT_STR("1 property"), BT_STR("{1} properties")));
    if (n_not_run) {
        tell_raw(h, ", ");
        tell_text(h, tell_counted(h->to, n_not_run, BT_STR("1 not tried"), BT_STR("{1} not tried")));
    }
    tell_raw(h, "</summary><table>\n");
    add_heads(h);
    tell_raw(h, "<tbody>\n");
    for (uint32_t i = 0; i < r->lines.n; i++) add_line(h, &r->lines.v[i]);
    tell_raw(h, "</tbody></table></details>\n");
}
