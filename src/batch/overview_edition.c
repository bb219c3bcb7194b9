/* overview_edition.c - what differs in one edition, in words, beside the pages that differ. */
#include "batch/overview_int.h"

enum { MOST_ENTRIES = 60, MOST_BLOCKS = 12, MOST_TOLD_BYTES = 8 << 20 };

static bt_str text_of(const bt_json_node *node, const char *key)
{
    const bt_json_node *member = bt_json_find(node, key);
    return member ? member->text : BT_STR("");
}

static bool is(const bt_json_node *node, const char *key, const char *text)
{
    return bt_str_is(text_of(node, key), text);
}

static bool is_true(const bt_json_node *node, const char *key)
{
    const bt_json_node *member = bt_json_find(node, key);
    return member && member->truth;
}

/* --- names --- */

static bt_str kind_words(bt_diags *diags, bt_str kind)
{
    static const struct {
        const char *kind;
        bt_str words;
    } kinds[] = {
        {"masthead", BT_STR_INIT("masthead")},
        {"highlights", BT_STR_INIT("highlights")},
        {"contents", BT_STR_INIT("contents")},
        {"imprint", BT_STR_INIT("imprint")},
        {"running", BT_STR_INIT("running head")},
        {"filler", BT_STR_INIT("filler")},
        {"headline", BT_STR_INIT("headline")},
        {"subheading", BT_STR_INIT("subheading")},
        {"paragraph", BT_STR_INIT("paragraph")},
        {"item", BT_STR_INIT("item")},
        {"figure", BT_STR_INIT("picture")},
        {"gallery", BT_STR_INIT("pictures")},
        {"table", BT_STR_INIT("table")},
        {"chart", BT_STR_INIT("chart")},
        {"quote", BT_STR_INIT("quotation")},
        {"numbers", BT_STR_INIT("key figures")},
        {"box", BT_STR_INIT("box")},
        {"verse", BT_STR_INIT("verse")},
        {"qr", BT_STR_INIT("QR code")},
        {"jump", BT_STR_INIT("jump line")},
        {"rule", BT_STR_INIT("rule")},
        {"entry", BT_STR_INIT("entry")},
        {"column_rules", BT_STR_INIT("column rules")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (bt_str_is(kind, kinds[i].kind)) return bt_say(diags, kinds[i].words);
    return kind;
}

/* --- how it fares --- */

static void add_length(bt_overview_writer *w, bt_str length, const char *onward, const char *back)
{
    bool is_back = bt_str_starts(length, BT_STR("-"));
    if (!length.len || bt_str_is(length, "0")) return;
    bt_html(w, is_back ? back : onward);
    bt_html_number(w, bt_str_slice(length, is_back, length.len));
    bt_html(w, "\u00a0mm");
}

static void add_lines(bt_overview_writer *w, const bt_json_node *d)
{
    bt_str lines = text_of(d, "lines");
    bool is_fewer = bt_str_starts(lines, BT_STR("-"));
    if (!lines.len || bt_str_is(lines, "0")) return;
    bt_str n = bt_str_slice(lines, is_fewer, lines.len);
    bool is_one = bt_str_is(n, "1"), is_all = is(d, "change", "new") || is(d, "change", "gone");
    bt_str words = is_all     ? (is_one ? BT_STR("1 line") : BT_STR("{1} lines"))
                   : is_fewer ? (is_one ? BT_STR("1 line fewer") : BT_STR("{1} lines fewer"))
                              : (is_one ? BT_STR("1 line more") : BT_STR("{1} lines more"));
    bt_html(w, ", ");
    bt_html_text(w, bt_say_with(w->diags, &w->words, words, &n, 1));
}

/* What runs on a page comes and goes with it. */
static bool is_page(const bt_json_node *d)
{
    return is(d, "kind", "running") && (is(d, "change", "new") || is(d, "change", "gone"));
}

static void add_fate(bt_overview_writer *w, const bt_json_node *d)
{
    const char *class_name = bt_overview_class(d);
    bt_str page = text_of(d, "page"), base_page = text_of(d, "base_page");
    bt_html(w, "<span class=\"d ");
    bt_html(w, class_name);
    bt_html(w, "\">");
    bt_html_text(w, bt_overview_fate(w, class_name));
    add_length(w, text_of(d, "dy"), " ↓\u00a0", " ↑\u00a0");
    add_length(w, text_of(d, "dx"), " →\u00a0", " ←\u00a0");
    if (!is_page(d)) {
        add_lines(w, d);
        bt_html(w, ", ");
        bt_html_text(w,
                     bt_say_with(w->diags, &w->words, BT_STR("page {1}"), BT_ARGS(base_page.len ? base_page : page)));
    }
    if (base_page.len && page.len) {
        bt_html(w, " → ");
        bt_html_text(w, page);
    }
    if (is_true(d, "recut")) {
        bt_html(w, ", ");
        bt_html_text(w, BT_SAY(w->diags, "cut at another line"));
    }
    bt_html(w, "</span>");
}

/* --- the list --- */

/* The words that both begin with, told once: up to the last blank before they differ. */
static size_t shared_words(bt_str a, bt_str b)
{
    size_t n = 0, end = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
        if (a.ptr[n++] == ' ') end = n;
    return end;
}

static void add_tagged(bt_overview_writer *w, const char *tag, bt_str text)
{
    if (!text.len) return;
    bt_html(w, " <");
    bt_html(w, tag);
    bt_html(w, ">");
    bt_html_text(w, text);
    bt_html(w, "</");
    bt_html(w, tag);
    bt_html(w, ">");
}

static void add_words(bt_overview_writer *w, const bt_json_node *d)
{
    bt_str words = text_of(d, "words"), was = text_of(d, "was");
    size_t shared = shared_words(was, words);
    add_tagged(w, "q", bt_str_slice(was, 0, shared));
    add_tagged(w, "s", bt_str_slice(was, shared, was.len));
    add_tagged(w, is(d, "change", "gone") ? "s" : "span", bt_str_slice(words, shared, words.len));
}

/* Those whose words must be read. */
static bool is_read(const bt_json_node *block)
{
    return !is(block, "change", "moved") && !is(block, "change", "jumped");
}

static void add_blocks(bt_overview_writer *w, const bt_json_node *entry)
{
    const bt_json_node *blocks = bt_json_find(entry, "blocks");
    uint32_t n = 0;
    bool is_alone = blocks && blocks->n_children == 1;
    for (const bt_json_node *block = blocks ? blocks->child : NULL; block; block = block->next) {
        if (!is_read(block)) continue;
        bt_html(w, n ? "<li>" : "<ul><li>");
        if (++n > MOST_BLOCKS) {
            bt_html(w, "…</li>");
            break;
        }
        if (!is_alone || !bt_str_equal(text_of(entry, "kind"), text_of(block, "kind"))) {
            bt_html(w, "<i>");
            bt_html_text(w, kind_words(w->diags, text_of(block, "kind")));
            bt_html(w, "</i> ");
        }
        if (!is_alone) add_fate(w, block);
        add_words(w, block);
        bt_html(w, "</li>");
    }
    if (n) bt_html(w, "</ul>");
}

static void add_entry(bt_overview_writer *w, const bt_json_node *entry)
{
    bt_str headline = text_of(entry, "headline"), id = text_of(entry, "id"), page = text_of(entry, "page");
    bt_html(w, "<li><b>");
    if (!page.len) page = text_of(entry, "base_page");
    if (headline.len)
        bt_html_text(w, headline);
    else if (is_page(entry))
        bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("page {1}"), BT_ARGS(page)));
    else {
        bt_html_text(w, kind_words(w->diags, text_of(entry, "kind")));
        if (id.len) bt_html(w, " ");
        bt_html_text(w, id);
    }
    bt_html(w, "</b> ");
    add_fate(w, entry);
    add_blocks(w, entry);
    bt_html(w, "</li>\n");
}

/* What only follows from the rest, and needs no reader: rules between columns that have moved. */
static bool is_told(const bt_json_node *entry)
{
    return !is(entry, "kind", "running") || !is(entry, "change", "moved");
}

/* Tells an entry, and gives the HTML. */
static bt_str tell_anew(bt_overview_writer *w, bt_str source)
{
    const bt_json_node *entry = bt_json_read_own(&w->words, source);
    uint32_t begin = w->out.bytes.n;
    if (entry && is_told(entry)) add_entry(w, entry);
    return bt_str_slice(bt_buf_str(&w->out), begin, w->out.bytes.n);
}

/* The same, told as it was before where it has been. False: it is not told. */
static bool tell_entry(bt_overview_writer *w, bt_str source)
{
    uint64_t hash = bt_str_hash(source);
    uint32_t *bucket = &w->told_buckets[hash % BT_OVERVIEW_BUCKETS];
    for (uint32_t i = *bucket; i; i = w->told.v[i - 1].next) {
        const bt_overview_told *told = &w->told.v[i - 1];
        if (told->hash != hash || !bt_str_equal(told->source, source)) continue;
        bt_buf_add(&w->out, told->html);
        return told->html.len;
    }
    bt_str html = tell_anew(w, source);
    w->n_told_bytes += source.len + html.len;
    bt_overview_told *told = w->n_told_bytes <= MOST_TOLD_BYTES ? BT_PUSH(&w->kept, &w->told) : NULL;
    if (!told) return html.len;
    *told = (bt_overview_told){hash, bt_str_copy(&w->kept, source), bt_str_copy(&w->kept, html), *bucket};
    *bucket = w->told.n;
    return html.len;
}

static void add_list(bt_overview_writer *w, const bt_json_node *report)
{
    const bt_json_node *entries = bt_json_find(bt_json_find(report, "differences"), "entries");
    uint32_t n = 0;
    bt_html(w, "<ul class=list>\n");
    for (const bt_json_node *entry = entries ? entries->child : NULL; entry; entry = entry->next) {
        uint32_t begin = w->out.bytes.n;
        if (tell_entry(w, entry->text) && ++n > MOST_ENTRIES) w->out.bytes.n = begin;
    }
    if (n > MOST_ENTRIES) {
        bt_str more = bt_str_format(&w->words, "%u", n - MOST_ENTRIES);
        bt_html(w, "<li>");
        bt_html_text(w, bt_say_with(w->diags, &w->words, BT_STR("and {1} more; the report has them"), BT_ARGS(more)));
        bt_html(w, "</li>");
    }
    bt_html(w, "</ul>");
}

void bt_overview_add_edition(bt_overview_writer *w, uint32_t row_i, const bt_json_node *report)
{
    const bt_overview_row *row = &w->about->rows[row_i];
    const bt_json_node *pages = bt_json_find(bt_json_find(report, "differences"), "pages");
    bt_str name = text_of(bt_json_find(report, "edition"), "name");
    bt_html(w, "<section id=\"");
    bt_html_text(w, row->id);
    bt_html(w, "\"><h2><a href=\"../");
    bt_html_url(w, row->out);
    bt_html(w, "\">");
    bt_html_text(w, name.len ? name : row->id);
    bt_html(w, "</a>");
    if (name.len) {
        bt_html(w, " <small>");
        bt_html_text(w, row->id);
        bt_html(w, "</small>");
    }
    bt_html(w, "</h2><div class=cols><div class=pages>\n");
    for (const bt_json_node *page = pages ? pages->child : NULL; page; page = page->next)
        bt_overview_add_page(w, row_i, report, page->text);
    bt_html(w, "</div>");
    add_list(w, report);
    bt_html(w, "</div></section>\n");
}
