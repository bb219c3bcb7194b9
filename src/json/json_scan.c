/* json_scan.c - reads JSON text strictly (RFC 8259) and records where every value stands.
 *
 * One pass, recursive to BT_LIMIT_JSON_DEPTH at most. Columns count characters, a tab is one; LF, CR and CRLF end a
 * line. What is not as it should be goes to json_fault.c, which looks closer and finds the words.
 */
#include "json/json_int.h"

static bool scan_value(bt_json_scanner *s, const bt_json_spot *key);

static void skip_blanks(bt_json_scanner *s)
{
    s->token_end = s->here;
    for (;;) {
        int c = bt_json_peek(s);
        if (c == ' ' || c == '\t') {
            bt_json_step(s);
        } else if (c == '\n' || c == '\r') {
            s->here.at++;
            if (c == '\r' && bt_json_peek(s) == '\n') s->here.at++;
            s->here.line++;
            s->here.column = 1;
        } else {
            return;
        }
    }
}

/* Enters a container at its opening bracket. */
static bool open_container(bt_json_scanner *s, uint32_t mark_i, char close)
{
    if (s->depth == BT_LIMIT_JSON_DEPTH) {
        bt_str most = bt_str_format(s->scratch, "%d", BT_LIMIT_JSON_DEPTH);
        return bt_json_fault(s, BT_E_JSON_DEPTH, s->here, BT_ARGS(most));
    }
    s->frames[s->depth++] = (bt_json_frame){
        .close = close,
        .line = s->here.line,
        .mark_i = mark_i,
        .name = BT_STR(""),
        .tree = bt_json_names_open(&s->names),
    };
    bt_json_step(s);
    skip_blanks(s);
    return true;
}

static bool close_container(bt_json_scanner *s)
{
    bt_json_names_close(&s->names, &bt_json_top(s)->tree);
    s->depth--;
    bt_json_step(s);
    return true;
}

/* After a member or item: counts it and passes the comma, or tells that the closing bracket has come. */
static bool scan_separator(bt_json_scanner *s, bool *is_last)
{
    bt_json_frame *frame = bt_json_top(s);
    skip_blanks(s);
    *is_last = bt_json_peek(s) == frame->close;
    if (!*is_last && bt_json_peek(s) != ',') return bt_json_fault_after_value(s);
    frame->is_inside = false;
    s->marks.v[frame->mark_i].n_children++;
    if (*is_last) return true;
    bt_json_spot comma = s->here;
    bt_json_step(s);
    skip_blanks(s);
    if (bt_json_peek(s) == frame->close) {
        bt_str bracket = {&frame->close, 1};
        return bt_json_fault(s, BT_E_JSON_TRAILING_COMMA, comma, BT_ARGS(bracket));
    }
    return true;
}

static bool scan_name(bt_json_scanner *s)
{
    bt_json_frame *frame = bt_json_top(s);
    bt_json_spot begin = s->here;
    bt_str raw;
    if (bt_json_peek(s) != '"') return bt_json_fault_name(s);
    if (!bt_json_scan_string(s, &raw)) return false;
    frame->name = bt_json_decode(s->scratch, raw);
    frame->is_inside = true;
    uint32_t earlier;
    if (!bt_json_names_add(&s->names, &frame->tree, frame->name, begin.line, &earlier)) return bt_json_no_memory(s);
    if (!earlier) return true;
    bt_str line = bt_str_format(s->scratch, "%u", (unsigned)earlier);
    return bt_json_fault(s, BT_E_JSON_DUPLICATE, begin, BT_ARGS(bt_json_shown(s, frame->name), line));
}

static bool scan_object(bt_json_scanner *s, uint32_t mark_i)
{
    if (!open_container(s, mark_i, '}')) return false;
    bool is_last = bt_json_peek(s) == '}';
    while (!is_last) {
        bt_json_spot key = s->here;
        if (!scan_name(s)) return false;
        skip_blanks(s);
        if (bt_json_peek(s) != ':') return bt_json_fault_colon(s);
        bt_json_step(s);
        skip_blanks(s);
        if (!scan_value(s, &key)) return false;
        if (!scan_separator(s, &is_last)) return false;
    }
    return close_container(s);
}

static bool scan_array(bt_json_scanner *s, uint32_t mark_i)
{
    if (!open_container(s, mark_i, ']')) return false;
    bool is_last = bt_json_peek(s) == ']';
    while (!is_last) {
        bt_json_top(s)->is_inside = true;
        if (!scan_value(s, NULL)) return false;
        if (!scan_separator(s, &is_last)) return false;
    }
    return close_container(s);
}

/* Adds a value's mark; its kind and end are filled in when they are known. */
static bool add_mark(bt_json_scanner *s, const bt_json_spot *key)
{
    if (s->marks.n == BT_LIMIT_JSON_NODES) {
        bt_str most = bt_str_format(s->scratch, "%d", BT_LIMIT_JSON_NODES);
        return bt_json_fault(s, BT_E_JSON_NODES, s->here, BT_ARGS(most));
    }
    bt_json_mark *mark = BT_PUSH(s->scratch, &s->marks);
    if (!mark) return bt_json_no_memory(s);
    *mark = (bt_json_mark){.begin = s->here.at, .line = s->here.line, .column = s->here.column};
    if (key) {
        mark->key_line = key->line;
        mark->key_column = key->column;
    }
    return true;
}

static bool scan_value(bt_json_scanner *s, const bt_json_spot *key)
{
    uint32_t mark_i = s->marks.n;
    bt_json_kind kind;
    bt_str raw;
    bool is_read;
    int c = bt_json_peek(s);
    if (!add_mark(s, key)) return false;
    if (c == '{') {
        kind = BT_JSON_OBJECT;
        is_read = scan_object(s, mark_i);
    } else if (c == '[') {
        kind = BT_JSON_ARRAY;
        is_read = scan_array(s, mark_i);
    } else if (c == '"') {
        kind = BT_JSON_STRING;
        is_read = bt_json_scan_string(s, &raw);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        kind = BT_JSON_NUMBER;
        is_read = bt_json_scan_number(s);
    } else {
        is_read = bt_json_scan_word(s, &kind) || bt_json_fault_value(s);
    }
    if (!is_read) return false;
    s->marks.v[mark_i].kind = kind;
    s->marks.v[mark_i].end = s->here.at;
    return true;
}

bool bt_json_scan(bt_json_scanner *s)
{
    s->here = s->token_end = (bt_json_spot){0, s->first_line, 1};
    s->names.arena = s->scratch;
    if (!s->is_part && bt_json_fault_file(s)) return false;
    skip_blanks(s);
    if (bt_json_peek(s) < 0) {
        bt_json_spot whole_file = {0};
        return bt_json_fault(s, BT_E_JSON_EMPTY, whole_file, BT_NO_ARGS);
    }
    if (!scan_value(s, NULL)) return false;
    skip_blanks(s);
    if (bt_json_peek(s) >= 0) return bt_json_fault_after_end(s);
    return !s->scratch->failed || bt_json_no_memory(s);
}
