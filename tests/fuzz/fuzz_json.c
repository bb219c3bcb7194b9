/* fuzz_json.c - libFuzzer's entry to the JSON reader. Seeds: tests/corpus/json and tests/corpus/json/good.
 *
 * What must hold for any bytes: a refusal is told exactly once, at a place inside the text; what is accepted is a whole
 * tree in which every value has a place, in the order of the text, and a pointer that leads to it.
 */
#include <string.h>

#include "json/json_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define DEMAND(cond)                                                                                                   \
    do {                                                                                                               \
        if (!(cond)) __builtin_trap();                                                                                 \
    } while (0)

typedef struct listener {
    uint32_t n, line, column;
} listener;

static void listen(void *user, const bt_message *message)
{
    listener *heard = user;
    heard->n++;
    heard->line = message->line;
    heard->column = message->column;
    DEMAND(message->text[0] && !strchr(message->text, '\n'));
}

static bool is_before(const bt_place *a, const bt_place *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* The value that the pointer names from node on; NULL where it leads nowhere. */
static const bt_json_node *follow(const bt_json_node *node, bt_str pointer)
{
    size_t at = 0;
    while (node && at < pointer.len) {
        char name[BT_JSON_POINTER_LONGEST + 1] = {0};
        size_t n = 0;
        DEMAND(pointer.ptr[at] == '/');
        for (at++; at < pointer.len && pointer.ptr[at] != '/'; at++) {
            char c = pointer.ptr[at];
            if (c == '~') c = pointer.ptr[++at] == '0' ? '~' : '/';
            name[n++] = c;
        }
        if (node->kind == BT_JSON_OBJECT) {
            node = bt_json_find(node, name);
        } else {
            uint32_t index = 0;
            for (size_t i = 0; i < n; i++) index = index * 10 + (uint32_t)(name[i] - '0');
            for (node = node->child; node && index; index--) node = node->next;
        }
    }
    return node;
}

/* The length of the step from an object to a member, as a pointer writes it. */
static size_t step_length(bt_str key)
{
    size_t length = 1 + key.len;
    for (size_t i = 0; i < key.len; i++) length += key.ptr[i] == '~' || key.ptr[i] == '/';
    return length;
}

/* A pointer is its parent's only where the step to the value would make it too long, or the parent's is cut already. */
static bool check_pointer(const bt_json_node *root, const bt_json_node *parent, const bt_json_node *node, bool is_cut)
{
    bt_str pointer = node->at->pointer;
    DEMAND(pointer.len <= BT_JSON_POINTER_LONGEST);
    if (bt_str_equal(pointer, parent->at->pointer)) {
        size_t most = parent->kind == BT_JSON_OBJECT ? step_length(node->key) : 1 + 10; /* "/4294967295" */
        DEMAND(is_cut || pointer.len + most > BT_JSON_POINTER_LONGEST);
        return true;
    }
    DEMAND(!is_cut && follow(root, pointer) == node);
    return false;
}

static void check_tree(const bt_json_node *root, const bt_json_node *node, const bt_place **last, bool is_cut)
{
    uint32_t n = 0;
    DEMAND(node->at && node->at->line && node->at->column && node->at->pointer.ptr && node->key.ptr && node->text.ptr);
    if (node->key_at) {
        DEMAND(bt_str_equal(node->key_at->pointer, node->at->pointer));
        DEMAND(!*last || is_before(*last, node->key_at));
        *last = node->key_at;
    }
    DEMAND(!*last || is_before(*last, node->at));
    *last = node->at;
    for (const bt_json_node *child = node->child; child; child = child->next, n++) {
        DEMAND((child->key_at != NULL) == (node->kind == BT_JSON_OBJECT));
        check_tree(root, child, last, check_pointer(root, node, child, is_cut));
    }
    DEMAND(n == node->n_children);
}

static uint32_t lines_of(bt_str s)
{
    uint32_t n = 1;
    for (size_t i = 0; i < s.len; i++) n += s.ptr[i] == '\n' || s.ptr[i] == '\r';
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    listener heard = {0};
    bt_diags diags = {.on_message = listen, .user = &heard, .arena = &arena};
    bt_str source = {(const char *)bytes, size};
    const bt_json_node *root;
    bt_status status = bt_json_parse(&arena, &diags, BT_STR("fuzz.json"), source, &root);
    DEMAND(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    DEMAND((status == BT_OK) == (root != NULL));
    DEMAND(heard.n == (status == BT_OK ? 0 : 1));
    if (root) {
        const bt_place *last = NULL;
        check_tree(root, root, &last, false);
    } else {
        DEMAND(heard.line <= lines_of(source) && heard.column <= size + 1);
        DEMAND((heard.line == 0) == (heard.column == 0));
    }
    bt_arena_drop(&arena);
    return 0;
}
