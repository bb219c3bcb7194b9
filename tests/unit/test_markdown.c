/* test_markdown.c - Markdown files: tests/corpus/markdown/NAME.md has NAME.txt beside it, the messages and the nodes
 * that come out. A node's line is "line:column value"; so is each item of a list in it. */
#include "base/limits.h"
#include "markdown/markdown.h"
#include "unit/corpus.h"
#include "unit/markdown_letters.h"
#include "unit/short_memory.h"

static void show(bt_buf *out, const bt_json_node *node);

static void show_text(bt_buf *out, bt_str text)
{
    bt_buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            bt_buf_add_z(out, "\\n");
        else
            bt_buf_add_char(out, text.ptr[i]);
    }
    bt_buf_add_char(out, '"');
}

static void show_place(bt_buf *out, const bt_json_node *node)
{
    bt_buf_format(out, "%u:%u%.*s ", node->at->line, node->at->column, BT_STR_ARGS(node->at->pointer));
}

static void show_children(bt_buf *out, const bt_json_node *node)
{
    for (const bt_json_node *child = node->child; child; child = child->next) {
        if (child != node->child) bt_buf_add_z(out, ", ");
        if (node->kind == BT_JSON_OBJECT)
            bt_buf_format(out, "%.*s: ", BT_STR_ARGS(child->key));
        else
            show_place(out, child);
        show(out, child);
    }
}

static void show(bt_buf *out, const bt_json_node *node)
{
    if (node->kind == BT_JSON_STRING)
        show_text(out, node->text);
    else if (node->kind == BT_JSON_ARRAY || node->kind == BT_JSON_OBJECT) {
        bt_buf_add_char(out, node->kind == BT_JSON_ARRAY ? '[' : '{');
        show_children(out, node);
        bt_buf_add_char(out, node->kind == BT_JSON_ARRAY ? ']' : '}');
    } else
        bt_buf_add(out, node->kind == BT_JSON_NUMBER ? node->text : bt_json_kind_name(node->kind));
}

static bt_status read_source(bt_arena *arena, bt_diags *diags, bt_str path, bt_str source)
{
    corpus_log *log = diags->user;
    bt_fields_reader r = bt_fields_begin(arena, diags);
    const bt_json_node *blocks = bt_markdown_blocks(&r, path, source, false);
    for (const bt_json_node *node = blocks ? blocks->child : NULL; node; node = node->next) {
        show_place(&log->text, node);
        show(&log->text, node);
        bt_buf_add_char(&log->text, '\n');
    }
    return bt_fields_end(&r);
}

static bt_status read_file(bt_arena *arena, bt_diags *diags, bt_str path)
{
    bt_str source = BT_STR("");
    int error;
    CHECK(bt_file_read(arena, path.ptr, BT_LIMIT_MARKDOWN_BYTES, &source, &error) == BT_OK);
    return read_source(arena, diags, path, source);
}

/* What comes of a text: messages and nodes. */
static bt_str said(bt_arena *arena, bt_str source, bt_status wanted)
{
    corpus_log log = {.text = bt_buf_in(arena), .file = "x.md"};
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = arena};
    CHECK_INT(read_source(arena, &diags, BT_STR("x.md"), source), wanted);
    return bt_buf_str(&log.text);
}

static void ignore(void *user, const bt_message *message) { (void)user, (void)message; }

/* All texts of so many tokens are set as cmark reads them. */
static void test_markup(void)
{
    static const char *const tokens[] = {"*", "**", "a", " ", "[x", "](https://u)", "_", "\\*", "`*`", "{"};
    enum { N_TOKENS = sizeof tokens / sizeof *tokens, MOST = 5 };
    bt_arena arena = {0};
    uint32_t n_all = 1, n_compared = 0, n_wrong = 0;
    for (int i = 0; i < MOST; i++) n_all *= N_TOKENS;
    for (uint32_t k = 0; k < n_all; k++) {
        bt_buf source = bt_buf_in(&arena), wanted = bt_buf_in(&arena), got = bt_buf_in(&arena);
        bt_buf_add_char(&source, 'b');
        for (uint32_t rest = k, i = 0; i < MOST; i++, rest /= N_TOKENS) bt_buf_add_z(&source, tokens[rest % N_TOKENS]);
        bt_str text = bt_buf_str(&source);
        bool is_compared = !memmem(text.ptr, text.len, "{{", 2) && letters_of_cmark(&wanted, text) &&
                           letters_of_ours(&arena, &got, text);
        n_compared += is_compared;
        if (is_compared && !bt_str_equal(bt_buf_str(&wanted), bt_buf_str(&got)) && n_wrong++ < 20)
            printf("%.*s: wanted %.*s, got %.*s\n", BT_STR_ARGS(text), BT_STR_ARGS(bt_buf_str(&wanted)),
                   BT_STR_ARGS(bt_buf_str(&got)));
        bt_arena_drop(&arena);
    }
    CHECK_INT(n_wrong, 0);
    CHECK(n_compared > n_all / 2);
}

/* --- limits --- */

static bt_str repeated(bt_arena *arena, const char *head, const char *item, uint32_t n, const char *tail)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, head);
    for (uint32_t i = 0; i < n; i++) bt_buf_add_z(&buf, item);
    bt_buf_add_z(&buf, tail);
    return bt_buf_str(&buf);
}

static void check_said(const char *head, const char *item, uint32_t n, const char *tail, bt_status status,
                       const char *begins)
{
    bt_arena arena = {0};
    bt_str text = said(&arena, repeated(&arena, head, item, n, tail), status);
    check_that(bt_str_starts(text, bt_str_of(begins)), __FILE__, __LINE__, begins);
    if (!bt_str_starts(text, bt_str_of(begins)))
        printf("    \"%.*s\"\n", text.len < 200 ? (int)text.len : 200, text.ptr);
    bt_arena_drop(&arena);
}

static void test_limits(void)
{
    check_said("", "[", BT_LIMIT_MARKDOWN_OPENINGS, "", BT_OK, "1:1 \"\\[\\[");
    check_said("", "[", BT_LIMIT_MARKDOWN_OPENINGS + 1, "", BT_LIMIT, "error E0909 1:1 - more than 2000 of");
    check_said("a ", "<?", BT_LIMIT_MARKDOWN_OPENINGS + 1, "", BT_LIMIT, "error E0909 1:1 - more than 2000 of");
    check_said("", "[\n\n", BT_LIMIT_MARKDOWN_OPENINGS + 1, "", BT_OK, "1:1 \"\\[\"");
    /* Deep structure is refused or set, and never recursed into. */
    check_said("", ">", 100000, "a", BT_INPUT, "error E0922 1:2 - a quote cannot stand inside a quote");
    check_said("", "- ", 50000, "a", BT_OK, "1:1 {type: \"bullets\", items: [1:1 {text: \"\"");
    check_said("", "*a **b ", 50000, "c", BT_OK, "1:1 \"\\*a \\*\\*b ");
    check_said("", "a\n", 200000, "", BT_OK, "1:1 \"a a a");
    check_said("a", "`", 500000, "", BT_OK, "1:1 \"a`");
}

static void test_memory(const char *path)
{
    bt_arena file = {0};
    bt_str source = BT_STR("");
    int error;
    CHECK(bt_file_read(&file, path, 1 << 20, &source, &error) == BT_OK);
    source = repeated(&file, "", bt_str_z(&file, source), 20, "");
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.on_message = ignore, .arena = &file};
        bt_fields_reader r = bt_fields_begin(&arena, &diags);
        bt_markdown_blocks(&r, BT_STR("x.md"), source, false);
        status = bt_fields_end(&r);
        bt_arena_drop(&arena);
    }
    CHECK(status != BT_NOMEM);
    CHECK(n > 10);
    bt_arena_drop(&file);
}

int main(void)
{
    CHECK(corpus_run_of("tests/corpus/markdown", ".md", read_file) >= 20);
    test_markup();
    test_limits();
    test_memory("tests/corpus/markdown/text.md");
    test_memory("tests/corpus/markdown/tables.md");
    test_memory("tests/corpus/markdown/refused.md");
    return check_report();
}
