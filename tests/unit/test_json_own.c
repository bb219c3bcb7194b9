/* test_json_own.c - JSON of our own: the same tree as the strict reader gives, whatever file is read; of a file that is
 * cut off or changed, nothing but a tree or NULL.
 */
#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "unit/check.h"
#include "json/json.h"

static bool is_same_tree(const bt_json_node *a, const bt_json_node *b)
{
    bool is = a->kind == b->kind && a->truth == b->truth && a->n_children == b->n_children &&
              bt_str_equal(a->key, b->key) && bt_str_equal(a->text, b->text);
    const bt_json_node *one = a->child, *other = b->child;
    for (; is && one && other; one = one->next, other = other->next) is = is_same_tree(one, other);
    return is && !one && !other;
}

/* The same, but what stands deeper is left as it is written, and read by itself gives the rest. */
static bool is_same_top(bt_arena *arena, const bt_json_node *whole, const bt_json_node *top, int64_t depth)
{
    bool is_nested = whole->kind == BT_JSON_OBJECT || whole->kind == BT_JSON_ARRAY;
    if (depth < 0 && is_nested) {
        const bt_json_node *rest = bt_json_read_own(arena, top->text);
        return top->kind == whole->kind && !top->child && rest && rest->kind == whole->kind &&
               rest->n_children == whole->n_children && bt_str_equal(top->key, whole->key);
    }
    if (whole->kind != top->kind || whole->n_children != top->n_children) return false;
    if (!bt_str_equal(whole->key, top->key) || !bt_str_equal(whole->text, top->text)) return false;
    const bt_json_node *one = whole->child, *other = top->child;
    for (; one && other; one = one->next, other = other->next)
        if (!is_same_top(arena, one, other, depth - 1)) return false;
    return !one && !other;
}

/* False: the strict reader has refused it. */
static bool check_text(bt_str text)
{
    bt_arena arena = {0};
    bt_diags quiet = {.arena = &arena};
    const bt_json_node *strict = NULL, *own;
    bool is_json = bt_json_parse(&arena, &quiet, BT_STR("a.json"), text, &strict) == BT_OK;
    bool has_bom = bt_str_starts(text, BT_STR("\xEF\xBB\xBF"));
    own = bt_json_read_own(&arena, text);
    if (is_json && !has_bom) CHECK(own && is_same_tree(own, strict));
    for (uint32_t depth = 0; depth < 4 && own; depth++) {
        const bt_json_node *top = bt_json_read_own_top(&arena, text, depth);
        CHECK(top && is_same_top(&arena, own, top, depth));
    }
    bt_arena_drop(&arena);
    return is_json;
}

static unsigned check_folder(const char *folder)
{
    unsigned n = 0;
    DIR *dir = opendir(folder);
    CHECK(dir);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        bt_arena arena = {0};
        bt_str path = bt_path_join(&arena, bt_str_of(folder), bt_str_of(entry->d_name)), text;
        int error;
        if (bt_str_ends(path, BT_STR(".json")) && bt_file_read(&arena, path.ptr, 1 << 24, &text, &error) == BT_OK)
            n += check_text(text);
        bt_arena_drop(&arena);
    }
    if (dir) closedir(dir);
    return n;
}

static void test_files(void)
{
    CHECK(check_folder("layouts") > 4);
    CHECK(check_folder("tests/corpus/edition") > 4);
    CHECK(check_folder("samples/thanh-hoa-2024-04") > 0);
    CHECK(check_folder("samples/blocks") > 0);
}

static void test_values(void)
{
    static const char *const good[] = {
        "{}",
        " [ ] ",
        "0",
        "-1.5e+3",
        "true",
        "[false,null]",
        "\"\"",
        "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u0007\\u1ea3\"",
        "{\"a\":{\"b\":[1,[2,{\"c\":\"\"}]]},\"d\":\"Hậu Lộc\"}",
        "[\"\\u00e1x\",\"y\\n\"]",
        "[[\"a\\\"]\",\"\\\\\",\"]\"],{\"{\\\"\":\"\\\\\\\"}\"}]",
    };
    static const char *const bad[] = {
        "",      " ",     "{",    "[1",   "[1,",       "{\"a\"",      "{\"a\":", "{\"a\":1",
        "{a:1}", "[1 2]", "\"",   "\"\\", "\"\\u00",   "\"\\u12g4\"", "\"\\x\"", "\"\\ud83d\\ude00\"",
        "tru",   "[1]]",  "{} x", "[,1]", "{\"a\" 1}",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) CHECK(check_text(bt_str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bt_arena arena = {0};
        CHECK(!bt_json_read_own(&arena, bt_str_of(bad[i])));
        bt_arena_drop(&arena);
    }
}

static void test_depth(void)
{
    for (int more = 0; more <= 1; more++) {
        bt_arena arena = {0};
        bt_buf text = bt_buf_in(&arena);
        for (int i = 0; i < BT_LIMIT_JSON_DEPTH + more; i++) bt_buf_add_char(&text, '[');
        for (int i = 0; i < BT_LIMIT_JSON_DEPTH + more; i++) bt_buf_add_char(&text, ']');
        CHECK((bt_json_read_own(&arena, bt_buf_str(&text)) != NULL) == !more);
        bt_arena_drop(&arena);
    }
}

/* Whatever becomes of a file: nothing beyond its bytes is looked at, which the sanitizers see, for each copy ends where
 * its block does. */
static void test_changed(void)
{
    static const char text[] = "{\"a\":[1.5,\"x\\n\\\"y\\u00e1\",true,{\"b\":null}],\"c\":\"Nga Sơn\"}";
    for (size_t n = 0; n < sizeof text; n++) {
        char *copy = malloc(n ? n : 1);
        bt_arena arena = {0};
        memcpy(copy, text, n);
        CHECK((bt_json_read_own(&arena, (bt_str){copy, n}) != NULL) == (n == sizeof text - 1));
        for (size_t at = 0; at < n; at++)
            for (unsigned bit = 0; bit < 8; bit++) {
                copy[at] = (char)((unsigned char)copy[at] ^ 1u << bit);
                bt_json_read_own(&arena, (bt_str){copy, n});
                bt_json_read_own_top(&arena, (bt_str){copy, n}, 0);
                copy[at] = text[at];
            }
        bt_arena_drop(&arena);
        free(copy);
    }
}

int main(void)
{
    test_files();
    test_values();
    test_depth();
    test_changed();
    return check_report();
}
