/* manifest_jsonl.c - a manifest as JSON Lines: one object a line. */
#include "batch/manifest_int.h"

/* Whether the brackets that a line opens are closed on it; a text that is not is json's to report. */
static bool is_closed(bt_str line)
{
    int depth = 0;
    bool is_text = false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '\\' && is_text)
            i++;
        else if (c == '"')
            is_text = !is_text;
        else if (!is_text)
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    return is_text || depth <= 0;
}

/* A bundle that was named in the manifest's place. */
static bool is_another_file(bt_manifest_reader *m, const bt_json_node *root)
{
    static const struct {
        const char *key;
        bt_str what;
    } kinds[] = {{"bantin", BT_STR_INIT("a bundle")},
                 {"bantin_edition", BT_STR_INIT("an edition")},
                 {"bantin_layout", BT_STR_INIT("a layout")}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!bt_json_find(root, kinds[i].key)) continue;
        bt_fields_fault(&m->fields, BT_E_NOT_MANIFEST, root->at, BT_ARGS(bt_say(m->fields.diags, kinds[i].what)));
        m->has_stopped = true;
        return true;
    }
    return false;
}

/* The line's object goes on behind its end: one that was laid out over several lines, or another file altogether. */
static void report_open(bt_manifest_reader *m, const bt_place *at)
{
    bt_diags silent = {.arena = m->scratch};
    const bt_json_node *root;
    m->has_stopped = true;
    bt_status status = m->n_met ? BT_INPUT : bt_json_parse(m->scratch, &silent, m->path, m->text, &root);
    if (status == BT_OK && is_another_file(m, root)) return;
    bt_fields_fault(&m->fields, BT_E_MANIFEST_LINE_OPEN, at, BT_NO_ARGS);
}

static bool takes_number(const bt_manifest_reader *m, uint32_t column_i)
{
    return m->columns.v[column_i].role == BT_COLUMN_VALUE;
}

static void read_members(bt_manifest_reader *m, const bt_json_node *object)
{
    uint32_t column_i = UINT32_MAX;
    for (const bt_json_node *member = object->child; member; member = member->next) {
        column_i = bt_manifest_column(m, member->key, column_i + 1, member->key_at->line, member->key_at->column, NULL);
        if (column_i == UINT32_MAX) return;
        uint32_t takes = BT_TAKES_STRING | (takes_number(m, column_i) ? BT_TAKES_NUMBER : 0u);
        if (bt_fields_expect(&m->fields, member, takes, NULL))
            bt_manifest_row_value(m, column_i, member->text, member->at->line, member->at->column);
        else
            m->is_row_bad = true;
    }
}

static void read_line(bt_manifest_reader *m, bt_str text, uint32_t line)
{
    bt_place at = bt_manifest_place(m, line, 1);
    const bt_json_node *root;
    if (!is_closed(text)) {
        report_open(m, &at);
        return;
    }
    bt_status status = bt_json_parse_part(m->scratch, m->fields.diags, &at, text, &root);
    if (status == BT_NOMEM) m->scratch->failed = true;
    if (m->scratch->failed || (!m->n_met && status == BT_OK && is_another_file(m, root))) return;
    if (status != BT_OK) m->fields.status = status;
    if (!bt_manifest_row_begin(m, line, status == BT_OK ? root->n_children : 0)) return;
    m->is_row_bad = status != BT_OK || root->kind != BT_JSON_OBJECT;
    if (status == BT_OK && m->is_row_bad)
        bt_fields_fault(&m->fields, BT_E_ROW_KIND, root->at,
                        BT_ARGS(bt_say(m->fields.diags, bt_json_kind_name(root->kind))));
    if (!m->is_row_bad) read_members(m, root);
    bt_manifest_row_end(m);
}

void bt_manifest_read_jsonl(bt_manifest_reader *m)
{
    uint32_t line = 0;
    m->is_json = true;
    bt_arena_mark mark = bt_arena_set_mark(m->scratch);
    for (size_t begin = 0, end = 0; begin < m->text.len && !m->has_stopped && !m->scratch->failed; begin = end) {
        while (end < m->text.len && m->text.ptr[end] != '\n' && m->text.ptr[end] != '\r') end++;
        bt_str text = bt_str_slice(m->text, begin, end);
        line++;
        if (bt_str_trim(text).len) read_line(m, text, line);
        if (end < m->text.len && m->text.ptr[end++] == '\r' && end < m->text.len && m->text.ptr[end] == '\n') end++;
        if (!m->scratch->failed) bt_arena_rewind(m->scratch, mark);
    }
}
