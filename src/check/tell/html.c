/* html.c - the report as one page that is whole by itself: no file and no network besides. Its content policy lets
 * nothing run but our own script, and nothing load at all; so whatever a PDF has in its texts stays text.
 *
 * It can be read without the script: list and pictures stand one after the other, and boxes are drawn as SVG.
 */
#include "check/tell/tell_int.h"

#include <string.h>

static bt_str carried(const char *name)
{
    for (size_t i = 0; i < cli_n_files; i++)
        if (strcmp(cli_files[i].name, name) == 0) return (bt_str){(const char *)cli_files[i].bytes, cli_files[i].size};
    return BT_STR("");
}

static void add_hash(const tell_page_html *h, bt_str text)
{
    bt_digest digest = bt_digest_of(text.ptr, text.len);
    tell_raw(h, "'sha256-");
    tell_add_base64(h->out, (bt_str){(const char *)digest.bytes, sizeof digest.bytes});
    tell_raw(h, "'");
}

/* Where nothing was found, there is nothing to go through, and no script. */
static bool has_script(const report *r) { return r->findings.n > 0; }

static void add_policy(const tell_page_html *h, bt_str style, bt_str script)
{
    tell_raw(h, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src ");
    add_hash(h, style);
    if (has_script(h->r)) {
        tell_raw(h, "; script-src ");
        add_hash(h, script);
    }
    tell_raw(h, "; base-uri 'none'; form-action 'none'\">\n");
}

static bt_str verdict(const tell_page_html *h)
{
    return tell_verdict(h->to, h->r, tell_name_of(h->r->ours), tell_name_of(h->r->sample));
}

static void add_head(const tell_page_html *h)
{
    bt_str style = carried("report.css"), script = carried("report.js");
    tell_raw(h, "<!doctype html>\n<html lang=");
    tell_raw(h, h->to->diags->lang == BT_LANG_VI ? "vi>" : "en>");
    tell_raw(h, "<head><meta charset=utf-8>\n");
    add_policy(h, style, script);
    tell_raw(h, "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
                "<meta name=referrer content=no-referrer><meta name=color-scheme content=\"light dark\">\n"
                "<link rel=icon href=\"data:,\">\n<title>");
    tell_text(h, verdict(h));
    tell_raw(h, "</title>\n<style>");
    bt_buf_add(h->out, style);
    tell_raw(h, "</style></head>\n");
}

/* --- the verdict --- */

static void add_fact(const tell_page_html *h, bt_str name, bt_str value)
{
    if (!value.len) return;
    tell_raw(h, "<div><dt>");
    tell_text(h, name);
    tell_raw(h, "</dt><dd><bdi>");
    tell_text(h, value);
    tell_raw(h, "</bdi></dd></div>");
}

static void add_facts(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const report *r = h->r;
    tell_raw(h, "<dl class=facts>");
    add_fact(h, r->kind == REPORT_PREFLIGHT ? BT_SAY(diags, "file") : BT_SAY(diags, "new file"), r->ours);
    add_fact(h, BT_SAY(diags, "sample"), r->sample);
    add_fact(h, BT_SAY(diags, "profile"), r->profile);
    if (r->dpi && r->kind != REPORT_PREFLIGHT)
        add_fact(h, BT_SAY(diags, "pixels"),
                 bt_say_with(diags, h->to->arena, BT_STR("compared at {1} dpi"), BT_ARGS(tell_count(h->to, r->dpi))));
    if (r->n_left_out) add_fact(h, BT_SAY(diags, "masked differences"), tell_count(h->to, r->n_left_out));
    tell_raw(h, "</dl>");
}

static void add_key(const tell_page_html *h, const char *class_name, bt_str words)
{
    bt_buf_format(
        h->out,
        "<li><svg class=\"key %s\" width=26 height=16 aria-hidden=true><rect x=2 y=2 width=22 height=12 /></svg>",
        class_name);
    tell_text(h, words);
    tell_raw(h, "</li>");
}

static void add_legend(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    if (h->r->kind == REPORT_PREFLIGHT || !h->r->findings.n) return;
    tell_raw(h, "<ul class=legend>");
    add_key(h, "new", BT_SAY(diags, "in the new file, line unbroken"));
    add_key(h, "old", BT_SAY(diags, "in the sample, line broken"));
    tell_raw(h, "</ul>");
}

static void add_verdict(const tell_page_html *h)
{
    bool is_good = h->r->is_equal;
    tell_raw(h, "<header class=top><span class=\"seal ");
    tell_raw(h, is_good ? "good" : "bad");
    tell_raw(h, "\" aria-hidden=true><svg viewBox=\"0 0 24 24\"><path d=\"");
    tell_raw(h, is_good                          ? "M5 12.5 10 17.5 19 7"
                : h->r->kind == REPORT_PREFLIGHT ? "M12 5V13.5M12 18.2V18.4"
                                                 : "M5 9.5H19M5 14.5H19M15 5 9 19");
    tell_raw(h, "\"/></svg></span><div class=verdict><h1>");
    tell_text(h, verdict(h));
    tell_raw(h, "</h1>");
    add_facts(h);
    tell_raw(h, "</div>");
    add_legend(h);
    tell_raw(h, "</header>\n");
}

/* --- the tools, which the script shows --- */

typedef struct tool {
    const char *attributes;
    const char *key; /* of the keyboard; NULL: none */
    bt_str words;
} tool;

static void add_tools(const tell_page_html *h, bt_str name, const tool *tools, uint32_t n)
{
    tell_raw(h, "<div class=set role=group aria-label=\"");
    tell_text(h, name);
    tell_raw(h, "\">");
    for (uint32_t i = 0; i < n; i++) {
        tell_raw(h, "<button type=button ");
        tell_raw(h, tools[i].attributes);
        if (tools[i].key) {
            tell_raw(h, " aria-keyshortcuts=\"");
            tell_text(h, bt_str_of(tools[i].key));
            tell_raw(h, "\"");
        }
        tell_raw(h, ">");
        tell_text(h, tools[i].words);
        if (tools[i].key) {
            tell_raw(h, " <kbd aria-hidden=true>");
            tell_text(h, bt_str_of(tools[i].key));
            tell_raw(h, "</kbd>");
        }
        tell_raw(h, "</button>");
    }
    tell_raw(h, "</div>");
}

static void add_views(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const tool views[] = {
        {"data-view=side aria-pressed=true", "1", BT_SAY(diags, "Side by side")},
        {"data-view=over aria-pressed=false", "2", BT_SAY(diags, "Overlay")},
        {"data-view=diff aria-pressed=false", "3", BT_SAY(diags, "Difference")},
        {"data-view=boxes aria-pressed=false", "4", BT_SAY(diags, "Changes")},
    };
    add_tools(h, BT_SAY(diags, "View"), views, 4);
}

static void add_zoom(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const tool zooms[] = {
        {"data-zoom=fit aria-pressed=true", "0", BT_SAY(diags, "Fit")},
        {"data-zoom=1 aria-pressed=false", NULL, BT_STR("100 %")},
        {"data-zoom=2 aria-pressed=false", NULL, BT_STR("200 %")},
    };
    add_tools(h, BT_SAY(diags, "Zoom"), zooms, 3);
    const tool others[] = {
        {"data-do=boxes aria-pressed=true", "b", BT_SAY(diags, "Boxes")},
        {"data-do=help aria-haspopup=dialog", "?", BT_SAY(diags, "Keys")},
    };
    add_tools(h, BT_SAY(diags, "More"), others, 2);
}

/* What only some views have: the slider of the overlay, and which of the two is shown. */
static void add_view_tools(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const tool ways[] = {
        {"data-way=fade aria-pressed=true", NULL, BT_SAY(diags, "Fade")},
        {"data-way=wipe aria-pressed=false", NULL, BT_SAY(diags, "Wipe")},
    };
    const tool shows[] = {
        {"data-show=both aria-pressed=true", NULL, BT_SAY(diags, "Both")},
        {"data-show=sample aria-pressed=false", NULL, BT_SAY(diags, "Sample only")},
        {"data-show=ours aria-pressed=false", NULL, BT_SAY(diags, "New only")},
    };
    tell_raw(h, "<div class=\"bar second\"><div class=over-tools>");
    add_tools(h, BT_SAY(diags, "Way of the overlay"), ways, 2);
    tell_raw(h, "<label class=slider><span>");
    tell_text(h, BT_SAY(diags, "Sample"));
    tell_raw(h, "</span><input id=mix type=range min=0 max=100 value=50 aria-label=\"");
    tell_text(h, BT_SAY(diags, "How much of the new file is seen"));
    tell_raw(h, "\"><span>");
    tell_text(h, BT_SAY(diags, "New"));
    tell_raw(h, "</span></label></div>");
    add_tools(h, BT_SAY(diags, "What is shown"), shows, 3);
    tell_raw(h, "<span class=hint>");
    tell_text(h, BT_SAY(diags, "the space key blinks between sample and new"));
    tell_raw(h, "</span></div>");
}

static void add_bar(const tell_page_html *h)
{
    tell_raw(h, "<div class=tools hidden><div class=bar role=toolbar aria-label=\"");
    tell_text(h, BT_SAY(h->to->diags, "Tools"));
    tell_raw(h, "\">");
    if (h->r->kind != REPORT_PREFLIGHT) add_views(h);
    add_zoom(h);
    tell_raw(h, "</div>");
    if (h->r->kind != REPORT_PREFLIGHT) add_view_tools(h);
    tell_raw(h, "</div>\n");
}

/* --- the help --- */

typedef struct help_key {
    const char *keys; /* separated by blanks */
    bt_str words;
    bool is_of_pairs; /* makes no sense for one file alone */
} help_key;

static void add_help_key(const tell_page_html *h, const help_key *key)
{
    tell_raw(h, "<div><dt>");
    for (const char *at = key->keys; *at;) {
        size_t n = strcspn(at, " ");
        tell_raw(h, "<kbd>");
        tell_text(h, (bt_str){at, n});
        tell_raw(h, "</kbd> ");
        at += n + (at[n] == ' ');
    }
    tell_raw(h, "</dt><dd>");
    tell_text(h, key->words);
    tell_raw(h, "</dd></div>");
}

static void add_help(const tell_page_html *h)
{
    bt_diags *diags = h->to->diags;
    const help_key keys[] = {
        {"j k", BT_SAY(diags, "the next finding, the one before"), false},
        {"n p", BT_SAY(diags, "the next page, the one before"), false},
        {"1 2 3 4", BT_SAY(diags, "side by side, overlay, difference, changes"), true},
        {"\u2423", BT_SAY(diags, "space: blink between the sample and the new file"), true},
        {"+ \u2212 0", BT_SAY(diags, "larger, smaller, the whole page"), false},
        {"b", BT_SAY(diags, "boxes on or off"), false},
        {"?", BT_SAY(diags, "this help"), false},
        {"Esc", BT_SAY(diags, "close it"), false},
    };
    tell_raw(h, "<dialog class=help aria-labelledby=help-title><h2 id=help-title>");
    tell_text(h, BT_SAY(diags, "Keys"));
    tell_raw(h, "</h2><dl>");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!keys[i].is_of_pairs || h->r->kind != REPORT_PREFLIGHT) add_help_key(h, &keys[i]);
    tell_raw(h, "</dl><form method=dialog><button>");
    tell_text(h, BT_SAY(diags, "Close"));
    tell_raw(h, "</button></form></dialog>\n");
}

/* --- the page --- */

static void add_body(const tell_page_html *h)
{
    static const char *const kinds[] = {
        [REPORT_CHECK] = "check", [REPORT_LAYOUT] = "layout", [REPORT_PREFLIGHT] = "preflight"};
    bt_buf_format(h->out, "<body class=\"%s\" data-view=%s data-way=fade data-show=both>\n", kinds[h->r->kind],
                  h->r->kind == REPORT_PREFLIGHT ? "boxes" : "side");
    tell_raw(h, "<a class=skip href=\"#desk\">");
    tell_text(h, BT_SAY(h->to->diags, "To the pages"));
    tell_raw(h, "</a>\n");
    add_verdict(h);
    tell_raw(h, "<main>\n<section class=side aria-labelledby=list-title>");
    tell_html_findings(h);
    tell_html_lines(h);
    tell_raw(h, "</section>\n");
    tell_html_rail(h);
    tell_raw(h, "<section id=desk class=desk tabindex=-1 aria-label=\"");
    tell_text(h, BT_SAY(h->to->diags, "Pages"));
    tell_raw(h, "\">\n");
    if (has_script(h->r)) add_bar(h);
    tell_raw(h, "<div class=table>\n");
    tell_html_pages(h);
    tell_raw(h, "</div></section>\n</main>\n<p class=live aria-live=polite></p>\n");
    if (has_script(h->r)) {
        add_help(h);
        tell_raw(h, "<script>");
        bt_buf_add(h->out, carried("report.js"));
        tell_raw(h, "</script>\n");
    }
    tell_raw(h, "</body></html>\n");
}

static uint32_t page_of(const report *r, const finding *f)
{
    for (uint32_t i = 0; i < r->pages.n; i++) {
        const report_page *page = &r->pages.v[i];
        if (f->page ? page->page == f->page : f->sample_page && page->sample_page == f->sample_page) return i;
    }
    return r->pages.n;
}

bt_status tell_html(const tell_target *to, const report *r, bt_buf *out)
{
    uint32_t *pages = BT_NEW_ARRAY(to->arena, r->findings.n, uint32_t);
    uint32_t *counts = BT_NEW_ARRAY(to->arena, r->pages.n + 1, uint32_t);
    if (!pages || !counts) return BT_NOMEM;
    for (uint32_t i = 0; i < r->findings.n; i++) counts[pages[i] = page_of(r, &r->findings.v[i])]++;
    const tell_page_html h = {.to = to, .r = r, .out = out, .pages = pages, .counts = counts};
    add_head(&h);
    add_body(&h);
    return out->arena->failed || to->arena->failed ? BT_NOMEM : BT_OK;
}
