/* index.c - the page that leads to the reports of all pairs: one file, without anything beside it. */
#include "check/set/set.h"

#include "json/json.h"

static const char style[] =
    ":root{color-scheme:light "
    "dark;--ink:#1c1c1c;--paper:#fff;--soft:#6b6b6b;--line:#d8d8d8;--bad:#a8321e;--good:#2c6e49}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e3de;--paper:#1b1a19;--soft:#a19c94;--line:#3d3a36;--bad:#f08a70;"
    "--good:#7cc69b}}"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:64rem;margin:2rem "
    "auto;padding:0 1rem}"
    "h1{font-size:1.5rem;margin:0 0 .25rem}p{color:var(--soft);margin:.25rem 0 1.5rem}"
    "table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;color:var(--soft);font-size:.85rem}"
    "th,td{padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}.differs,.not{color:var(--bad);font-weight:600}"
    ".equal{color:var(--good)}small{color:var(--soft);word-break:break-all}a{color:inherit}";

/* A name is an id: letters of any language, whose bytes are escaped. */
static void add_link(bt_buf *out, bt_str name)
{
    bt_buf_add_z(out, "<a href=\"");
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c < 0x80)
            bt_buf_add_char(out, name.ptr[i]);
        else
            bt_buf_format(out, "%%%02X", (unsigned)c);
    }
    bt_buf_add_z(out, "/index.html\">");
    tell_add_escaped(out, name);
    bt_buf_add_z(out, "</a>");
}

static uint32_t count_findings(bt_arena *arena, bt_str json)
{
    bt_arena_mark mark = bt_arena_set_mark(arena);
    const bt_json_node *findings = json.len ? bt_json_find(bt_json_read_own(arena, json), "findings") : NULL;
    uint32_t n = findings ? findings->n_children : 0;
    bt_arena_rewind(arena, mark);
    return n;
}

static void add_verdict(bt_diags *diags, const set_pair *pair, uint32_t n_findings, bt_buf *out)
{
    if (pair->status == EXIT_DONE || pair->status == EXIT_NOT_CLEAN) {
        bool differs = pair->status == EXIT_NOT_CLEAN;
        bt_buf_add_z(out, differs ? "<td class=differs>" : "<td class=equal>");
        tell_add_escaped(out, differs ? BT_SAY(diags, "differs") : BT_SAY(diags, "equal"));
        bt_buf_format(out, "</td><td class=n>%u</td></tr>\n", n_findings);
        return;
    }
    bt_buf_add_z(out, "<td class=not>");
    tell_add_escaped(out, pair->status == EXIT_INPUT ? BT_SAY(diags, "not read") : BT_SAY(diags, "not checked"));
    bt_buf_add_z(out, "<br><small>");
    tell_add_escaped(out, bt_str_trim(pair->messages));
    bt_buf_add_z(out, "</small></td><td></td></tr>\n");
}

static void add_row(bt_arena *arena, bt_diags *diags, const set_pair *pair, bt_buf *out)
{
    bool has_page = pair->status == EXIT_DONE || pair->status == EXIT_NOT_CLEAN;
    bt_buf_add_z(out, "<tr><td>");
    if (has_page)
        add_link(out, pair->name);
    else
        tell_add_escaped(out, pair->name);
    bt_buf_add_z(out, "<br><small>");
    tell_add_escaped(out, bt_str_of(pair->options.ours));
    bt_buf_add_z(out, " · ");
    tell_add_escaped(out, bt_str_of(pair->options.sample));
    bt_buf_add_z(out, "</small></td>");
    add_verdict(diags, pair, count_findings(arena, pair->json), out);
}

bt_status set_index(bt_arena *arena, bt_diags *diags, const set_list *list, bt_buf *out)
{
    bt_str title = BT_SAY(diags, "Files against their samples");
    uint32_t n_equal = 0;
    for (uint32_t i = 0; i < list->pairs.n; i++) n_equal += list->pairs.v[i].status == EXIT_DONE;
    bt_buf_add_z(out,
                 diags->lang == BT_LANG_VI ? "<!doctype html>\n<html lang=vi>" : "<!doctype html>\n<html lang=en>");
    bt_buf_add_z(out, "<head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src "
                      "'unsafe-inline'\">\n<title>");
    tell_add_escaped(out, title);
    bt_buf_add_z(out, "</title><style>");
    bt_buf_add_z(out, style);
    bt_buf_add_z(out, "</style></head><body>\n<h1>");
    tell_add_escaped(out, title);
    bt_buf_add_z(out, "</h1><p>");
    bt_str numbers[] = {bt_str_format(arena, "%u", n_equal), bt_str_format(arena, "%u", list->pairs.n), list->path};
    tell_add_escaped(out, bt_say_with(diags, arena, BT_STR("{1} of {2} are equal to their samples ({3})"), numbers, 3));
    bt_buf_add_z(out, "</p>\n<table><thead><tr><th>");
    tell_add_escaped(out, BT_SAY(diags, "file and sample"));
    bt_buf_add_z(out, "</th><th>");
    tell_add_escaped(out, BT_SAY(diags, "verdict"));
    bt_buf_add_z(out, "</th><th class=n>");
    tell_add_escaped(out, BT_SAY(diags, "findings"));
    bt_buf_add_z(out, "</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < list->pairs.n; i++) add_row(arena, diags, &list->pairs.v[i], out);
    bt_buf_add_z(out, "</tbody></table></body></html>\n");
    return arena->failed ? BT_NOMEM : BT_OK;
}
