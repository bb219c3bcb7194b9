/* bundle_values.c - braces in texts: {{name}} becomes the edition's value of that name, \{{ becomes {{.
 *
 * A value is literal. In a text whose markup is read later, one that could be taken for markup, or that would change
 * what the characters beside it are (blanks at its ends, nothing at all), is enclosed in marks, line by line, as a line
 * end is one in a value as well.
 */
#include "bundle/bundle_int.h"

enum { MOST_SHOWN = 32 };

/* Our own marks may not come from a file. */
static bool has_marks(bt_bundle_reader *b, bt_str text, const bt_place *at)
{
    for (size_t i = 0; i < text.len; i++) {
        const char *next = memchr(text.ptr + i, BT_LITERAL_BEGIN[0], text.len - i);
        if (!next) return false;
        i = (size_t)(next - text.ptr);
        bt_str rest = bt_str_slice(text, i, text.len);
        bool is_begin = bt_str_starts(rest, BT_STR(BT_LITERAL_BEGIN));
        if (!is_begin && !bt_str_starts(rest, BT_STR(BT_LITERAL_END))) continue;
        bt_fields_fault(&b->fields, BT_E_NONCHARACTER, at, BT_ARGS(is_begin ? BT_STR("U+FDD0") : BT_STR("U+FDD1")));
        return true;
    }
    return false;
}

void bt_bundle_values(bt_bundle_reader *b)
{
    const bt_edition *edition = b->ways.edition;
    bt_value *values = edition ? BT_NEW_ARRAY(b->fields.arena, edition->n_values, bt_value) : NULL;
    b->is_called = edition ? BT_NEW_ARRAY(b->fields.arena, edition->n_values, bool) : NULL;
    if (!values || !b->is_called) return;
    for (uint32_t i = 0; i < edition->n_values; i++) {
        values[i] = edition->values[i];
        if (!bt_bundle_within_limit(b, values[i].text.s.len, values[i].text.at)) values[i].text.s = BT_STR("");
        bt_json_node node = {.kind = BT_JSON_STRING, .text = values[i].text.s};
        bt_bundle_learn(b, &node);
        has_marks(b, node.text, values[i].text.at);
        values[i].text.s = bt_bundle_rescue(b, values[i].text.s, values[i].text.at);
    }
    b->values = values;
    b->n_values = edition->n_values;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool needs_marks(bt_str line)
{
    static const bt_str markup = BT_STR_INIT("\\*[]()");
    if (!line.len || is_blank(line.ptr[0]) || is_blank(line.ptr[line.len - 1])) return true;
    for (size_t i = 0; i < line.len; i++)
        for (size_t k = 0; k < markup.len; k++)
            if (line.ptr[i] == markup.ptr[k]) return true;
    return false;
}

static void add_value(bt_buf *out, bt_str value, bool is_plain)
{
    for (size_t begin = 0, end; begin <= value.len; begin = end + 1) {
        for (end = begin; end < value.len && value.ptr[end] != '\n';) end++;
        bt_str line = bt_str_slice(value, begin, end);
        bool has_marks = !is_plain && needs_marks(line);
        if (has_marks) bt_buf_add_z(out, BT_LITERAL_BEGIN);
        bt_buf_add(out, line);
        if (has_marks) bt_buf_add_z(out, BT_LITERAL_END);
        if (end < value.len) bt_buf_add_char(out, '\n');
    }
}

static void report_unknown(bt_bundle_reader *b, bt_str name, const bt_place *at)
{
    bt_fields_reader *r = &b->fields;
    bt_str *names = BT_NEW_ARRAY(&r->words, b->n_values, bt_str);
    for (uint32_t i = 0; names && i < b->n_values; i++) names[i] = b->values[i].name;
    bt_str near = names ? bt_str_nearest(bt_str_trim(name), names, b->n_values) : BT_STR("");
    bt_str shown = bt_fields_quoted(r, name);
    if (near.len)
        bt_fields_fault(r, BT_E_VALUE_NEAR, at, BT_ARGS(shown, near));
    else if (names && b->n_values)
        bt_fields_fault(r, BT_E_VALUE, at, BT_ARGS(shown, bt_fields_names(r, names, b->n_values, MOST_SHOWN)));
    else
        bt_fields_fault(r, BT_E_VALUE_NONE, at, BT_ARGS(shown, b->ways.edition->path));
}

/* A small file may call for a long value very often. */
static bool may_add(bt_bundle_reader *b, size_t n_bytes, const bt_place *at)
{
    enum { MEGABYTE = 1024 * 1024 };
    if (b->n_value_bytes > BT_LIMIT_VALUE_BYTES) return false; /* reported */
    b->n_value_bytes += n_bytes;
    if (b->n_value_bytes <= BT_LIMIT_VALUE_BYTES) return true;
    bt_fields_limit(&b->fields, BT_E_VALUES_LONG, at,
                    BT_ARGS(bt_fields_count(&b->fields, BT_LIMIT_VALUE_BYTES / MEGABYTE)));
    return false;
}

static void add_call(bt_bundle_reader *b, bt_str name)
{
    bt_str *added = b->ways.calls ? BT_PUSH(b->fields.arena, &b->ways.calls->names) : NULL;
    if (added) *added = name;
}

/* A base has no values of its own: what calls for one is printed as it is. */
static void stand_in(bt_bundle_reader *b, bt_str called, bool is_plain, bt_buf *out)
{
    bt_str name = bt_str_slice(called, 2, called.len - 2);
    add_value(out, called, is_plain);
    uint32_t n = b->ways.calls ? b->ways.calls->names.n : BT_MOST_CALLS;
    for (uint32_t i = 0; i < n && n < BT_MOST_CALLS; i++)
        if (bt_str_equal(b->ways.calls->names.v[i], name)) return;
    if (n < BT_MOST_CALLS) add_call(b, name);
}

/* Writes the value that "{{name}}..." calls for; gives the bytes that were read, 0 where that is an error. */
static size_t call_value(bt_bundle_reader *b, bt_str text, const bt_place *at, bool is_plain, bt_buf *out)
{
    size_t end = 2;
    bool may_call = b->ways.edition || b->ways.is_base;
    while (end + 1 < text.len && (text.ptr[end] != '}' || text.ptr[end + 1] != '}')) end++;
    if (!may_call || end + 1 >= text.len) {
        bool is_json = at->pointer.len; /* which doubles a backslash */
        bt_diag_code bare = is_json ? BT_E_BRACES : BT_E_MD_BRACES,
                     open = is_json ? BT_E_VALUE_OPEN : BT_E_MD_VALUE_OPEN;
        bt_fields_fault(&b->fields, may_call ? open : bare, at, BT_ARGS(bt_fields_quoted(&b->fields, text)));
        return 0;
    }
    bt_str name = bt_str_slice(text, 2, end);
    for (uint32_t i = 0; i < b->n_values; i++) {
        if (!bt_str_equal(name, b->values[i].name)) continue;
        if (!b->is_called[i]) add_call(b, b->values[i].name);
        b->is_called[i] = true;
        if (!may_add(b, b->values[i].text.s.len, at)) return 0;
        add_value(out, b->values[i].text.s, is_plain);
        return bt_bundle_within_limit(b, out->bytes.n, at) ? end + 2 : 0;
    }
    if (!b->ways.is_base) {
        report_unknown(b, name, at);
        return 0;
    }
    stand_in(b, bt_str_slice(text, 0, end + 2), is_plain, out);
    return end + 2;
}

bt_str bt_bundle_braces(bt_bundle_reader *b, bt_str text, const bt_place *at, bool is_plain)
{
    bt_buf out = bt_buf_in(b->fields.arena);
    size_t begin = 0;
    bool is_changed = false;
    if (has_marks(b, text, at)) return text;
    for (size_t i = 0; i + 1 < text.len; i++) {
        bool is_pair = text.ptr[i] == '{' && text.ptr[i + 1] == '{';
        bool is_escaped = text.ptr[i] == '\\' && bt_str_starts(bt_str_slice(text, i + 1, text.len), BT_STR("{{"));
        if (!is_pair && !is_escaped) {
            i += text.ptr[i] == '\\'; /* the character that it escapes */
            continue;
        }
        bt_buf_add(&out, bt_str_slice(text, begin, i));
        size_t n = is_pair ? call_value(b, bt_str_slice(text, i, text.len), at, is_plain, &out) : 3;
        if (!n) return text;
        if (is_escaped) bt_buf_add_z(&out, "{{");
        is_changed = true;
        begin = i + n;
        i = begin - 1;
    }
    if (!is_changed) return text;
    bt_buf_add(&out, bt_str_slice(text, begin, text.len));
    bt_str read = bt_buf_str(&out);
    return bt_bundle_is_blank(read) ? BT_STR("") : read;
}
