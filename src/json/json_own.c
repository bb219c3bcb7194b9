/* json_own.c - JSON that bantin has written itself: read in one go, for there is nothing to be said about it. */
#include "json/json.h"

#include "base/limits.h"

#include <string.h>

typedef struct reader {
    bt_arena *arena;
    const char *p, *end;
    uint32_t depth, deepest; /* of what is read */
    bool is_wrong;
} reader;

static char next(const reader *r) { return r->p < r->end ? *r->p : '\0'; }

static void skip_blanks(reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')) r->p++;
}

static bool take(reader *r, char c)
{
    bool is_there = next(r) == c && r->p < r->end;
    r->p += is_there;
    return is_there;
}

/* --- strings --- */

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The four digits of \uXXXX; what takes two of them is never written. */
static uint32_t read_codepoint(reader *r)
{
    uint32_t c = 0;
    for (int i = 0; i < 4; i++) {
        int value = digit(next(r));
        r->is_wrong = r->is_wrong || value < 0;
        if (r->is_wrong) return 0;
        c = c << 4 | (uint32_t)value;
        r->p++;
    }
    r->is_wrong = !c || (c >= 0xD800 && c < 0xE000);
    return c;
}

static void read_escape(reader *r, bt_buf *out)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = next(r);
    const char *name = c ? strchr(names, c) : NULL;
    r->p += c != '\0';
    if (name)
        bt_buf_add_char(out, meant[name - names]);
    else if (c == 'u')
        bt_buf_add_codepoint(out, read_codepoint(r));
    else
        r->is_wrong = true;
}

/* Up to the next quotation mark or backslash: looked for in some bytes at once, that many escapes cost no more. */
static bt_str read_plain(reader *r)
{
    enum { STRETCH = 128 };
    const char *begin = r->p, *found = NULL;
    while (r->p < r->end && !found) {
        size_t n = (size_t)(r->end - r->p) < STRETCH ? (size_t)(r->end - r->p) : STRETCH;
        const char *quote = memchr(r->p, '"', n);
        const char *escape = memchr(r->p, '\\', quote ? (size_t)(quote - r->p) : n);
        found = escape ? escape : quote;
        r->p = found ? found : r->p + n;
    }
    return (bt_str){begin, (size_t)(r->p - begin)};
}

static bt_str read_string(reader *r)
{
    if (!take(r, '"')) r->is_wrong = true;
    bt_str plain = read_plain(r);
    if (take(r, '"')) return plain;
    bt_buf out = bt_buf_in(r->arena);
    bt_buf_add(&out, plain);
    while (!r->is_wrong && take(r, '\\')) {
        read_escape(r, &out);
        bt_buf_add(&out, read_plain(r));
    }
    if (!take(r, '"')) r->is_wrong = true;
    return bt_buf_str(&out);
}

/* --- values --- */

static bool take_word(reader *r, const char *word)
{
    size_t n = strlen(word);
    bool is_there = (size_t)(r->end - r->p) >= n && memcmp(r->p, word, n) == 0;
    if (is_there) r->p += n;
    return is_there;
}

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+' || c == 'e' || c == 'E';
}

static void read_scalar(reader *r, bt_json_node *node)
{
    const char *begin = r->p;
    node->truth = take_word(r, "true");
    if (node->truth || take_word(r, "false")) {
        node->kind = BT_JSON_BOOL;
    } else if (take_word(r, "null")) {
        node->kind = BT_JSON_NULL;
    } else {
        while (r->p < r->end && is_of_number(*r->p)) r->p++;
        node->kind = BT_JSON_NUMBER;
        node->text = (bt_str){begin, (size_t)(r->p - begin)};
        r->is_wrong = r->is_wrong || !node->text.len;
    }
}

static bt_json_node *read_value(reader *r);

static bt_json_node *read_member(reader *r, bool is_object)
{
    bt_str key = BT_STR("");
    skip_blanks(r);
    if (is_object) {
        key = read_string(r);
        skip_blanks(r);
        if (!take(r, ':')) r->is_wrong = true;
    }
    bt_json_node *node = r->is_wrong ? NULL : read_value(r);
    if (node) node->key = key;
    return node;
}

static void read_children(reader *r, bt_json_node *node, char close)
{
    const bt_json_node **link = &node->child;
    node->kind = close == '}' ? BT_JSON_OBJECT : BT_JSON_ARRAY;
    r->is_wrong = r->is_wrong || ++r->depth > BT_LIMIT_JSON_DEPTH;
    skip_blanks(r);
    while (!r->is_wrong && !(node->n_children == 0 && take(r, close))) {
        bt_json_node *child = read_member(r, close == '}');
        if (!child) break;
        *link = child;
        link = &child->next;
        node->n_children++;
        skip_blanks(r);
        if (take(r, close)) break;
        if (!take(r, ',')) r->is_wrong = true;
    }
    r->depth--;
}

/* Behind the string that begins before p. */
static const char *end_of_string(const char *p, const char *end)
{
    for (const char *quote; (quote = memchr(p, '"', (size_t)(end - p))); p = quote + 1) {
        const char *last = quote;
        while (last > p && last[-1] == '\\') last--;
        if ((quote - last) % 2 == 0) return quote + 1;
    }
    return NULL;
}

/* A list or an object as it is written. */
static bt_str read_source(reader *r)
{
    const char *begin = r->p, *p = r->p, *end = r->end;
    uint32_t depth = 0;
    do {
        char c = *p++;
        if (c == '"') {
            p = end_of_string(p, end);
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    } while (depth && p && p < end);
    r->is_wrong = r->is_wrong || depth || !p;
    r->p = r->is_wrong ? end : p;
    return (bt_str){begin, (size_t)(r->p - begin)};
}

static bt_json_node *read_value(reader *r)
{
    skip_blanks(r);
    bt_json_node *node = BT_NEW(r->arena, bt_json_node);
    if (!node) return NULL;
    node->key = node->text = BT_STR("");
    if (next(r) == '"') {
        node->kind = BT_JSON_STRING;
        node->text = read_string(r);
    } else if (r->depth > r->deepest && (next(r) == '{' || next(r) == '[')) {
        node->kind = next(r) == '{' ? BT_JSON_OBJECT : BT_JSON_ARRAY;
        node->text = read_source(r);
    } else if (take(r, '{')) {
        read_children(r, node, '}');
    } else if (take(r, '[')) {
        read_children(r, node, ']');
    } else {
        read_scalar(r, node);
    }
    return r->is_wrong ? NULL : node;
}

const bt_json_node *bt_json_read_own(bt_arena *arena, bt_str source)
{
    return bt_json_read_own_top(arena, source, UINT32_MAX);
}

const bt_json_node *bt_json_read_own_top(bt_arena *arena, bt_str source, uint32_t depth)
{
    reader r = {.arena = arena, .p = source.ptr, .end = source.ptr + source.len, .deepest = depth};
    const bt_json_node *root = read_value(&r);
    skip_blanks(&r);
    return root && !r.is_wrong && r.p == r.end && !arena->failed ? root : NULL;
}
