/* fuzz_markdown.c - Markdown files of any bytes, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_markdown
 *     mkdir -p /tmp/markdown && build/fuzz/tests/fuzz_markdown -dict=tests/fuzz/markdown.dict -max_len=4096 -timeout=10
 * \ -rss_limit_mb=2048 /tmp/markdown tests/corpus/markdown tests/corpus/bundle/articles
 *
 * What must hold: there are blocks, or an error was reported; every value has a place in the file; the bundle's reader
 * takes the blocks or reports an error; and where there is none and the file has only paragraphs, each character is set
 * as cmark reads it, and none is lost.
 */
#include <string.h>

#include "bundle/bundle_int.h"
#include "unit/markdown_letters.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define DEMAND(cond)                                                                                                   \
    do {                                                                                                               \
        if (!(cond)) __builtin_trap();                                                                                 \
    } while (0)

static void listen(void *user, const bt_message *message)
{
    (void)user;
    DEMAND(message->text[0] && !strchr(message->text, '\n'));
}

static uint32_t count_lines(bt_str source)
{
    uint32_t n = 1;
    for (size_t i = 0; i < source.len; i++) n += source.ptr[i] == '\n' || source.ptr[i] == '\r';
    return n;
}

static void check_node(const bt_json_node *node, uint32_t n_lines)
{
    DEMAND(node->at && node->at->line >= 1 && node->at->line <= n_lines && node->at->column >= 1);
    DEMAND(node->text.ptr && (!node->key_at || node->key.len || node->at->pointer.len));
    uint32_t n = 0;
    for (const bt_json_node *child = node->child; child; child = child->next, n++) check_node(child, n_lines);
    DEMAND(n == node->n_children);
}

static void check_blocks(bt_arena *arena, bt_str source)
{
    bt_diags diags = {.on_message = listen, .arena = arena};
    bt_bundle_reader b = {.fields = bt_fields_begin(arena, &diags), .dir = BT_STR("."), .file_dir = BT_STR("articles")};
    const bt_json_node *array = bt_markdown_blocks(&b.fields, BT_STR("x.md"), source, source.len % 2);
    DEMAND(array || diags.n[BT_ERROR]);
    uint32_t n = 0;
    if (array) {
        check_node(array, count_lines(source));
        bt_bundle_texts_begin(&b, array);
        bt_bundle_blocks(&b, array, &n);
        bt_bundle_texts_end(&b);
    }
    bt_status status = bt_fields_end(&b.fields);
    DEMAND(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    DEMAND((status == BT_OK) == (diags.n[BT_ERROR] == 0));
}

/* What means something else in a bundle, or is taken out before cmark sees it. */
static bool has_marks_of_ours(bt_str source)
{
    return memmem(source.ptr, source.len, "{{", 2) || memmem(source.ptr, source.len, "[^", 2) ||
           memmem(source.ptr, source.len, "<", 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    bt_str source = {size ? (const char *)bytes : "", size};
    check_blocks(&arena, source);
    bt_buf wanted = bt_buf_in(&arena), got = bt_buf_in(&arena);
    bool is_compared =
        !has_marks_of_ours(source) && letters_of_ours(&arena, &got, source) && letters_of_cmark(&wanted, source);
    if (is_compared) DEMAND(bt_str_equal(bt_buf_str(&wanted), bt_buf_str(&got)));
    bt_arena_drop(&arena);
    return 0;
}
