/* test_json.c - the JSON reader: what it gives, where it says that things stand, its limits and every message.
 *
 * tests/corpus/json/NAME.json has one defect each, NAME.txt (NAME.vi.txt in Vietnamese) the message ("line:column
 * pointer code text", the pointer of the whole document shown as "-"); good/NAME.txt lists every value. With
 * BANTIN_BLESS set the .txt files are rewritten.
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "unit/check.h"
#include "json/json_int.h"

/* The last message, and how many there were. */
typedef struct listener {
    char text[1024];
    char code[8];
    uint32_t line, column;
    char pointer[512];
    unsigned n;
    bt_lang lang;
    bool lacks_words;
} listener;

static void listen(void *user, const bt_message *message)
{
    listener *last = user;
    last->n++;
    last->line = message->line;
    last->column = message->column;
    snprintf(last->code, sizeof last->code, "%s", message->code);
    snprintf(last->pointer, sizeof last->pointer, "%s", message->pointer);
    snprintf(last->text, sizeof last->text, "%s", message->text);
}

static bt_status parse_in(bt_arena *arena, listener *last, bt_str source, const bt_json_node **root)
{
    bt_diags diags = {.on_message = listen, .user = last, .arena = arena, .lang = last->lang};
    bt_status status = bt_json_parse(arena, &diags, BT_STR("a.json"), source, root);
    last->lacks_words = diags.lacking.len > 0;
    return status;
}

/* Parses and forgets. */
static bt_status parse(listener *last, bt_str source)
{
    bt_arena arena = {0};
    const bt_json_node *root;
    *last = (listener){0};
    bt_status status = parse_in(&arena, last, source, &root);
    CHECK((status == BT_OK) == (root != NULL));
    CHECK_INT(last->n, status == BT_OK ? 0 : 1);
    bt_arena_drop(&arena);
    return status;
}

/* The grammar: what RFC 8259 says, case by case. */

static const char *const accepted[] = {
    "0",
    "-0",
    "1.5",
    "1e5",
    "1E+5",
    "1e-5",
    "-1.25e2",
    "true",
    "false",
    "null",
    "\"\"",
    "[]",
    "{}",
    " [ ] ",
    "[[],[]]",
    "{\"a\":{}}",
    "\"\\u00e9\\\\\\/\"",
    "\"\\uD834\\uDD1E\"",
    "\"\x7f\"",
    "[1 ,2 , 3]",
    "\"\\\"\"",
    "1 \r\n\t",
};

static const char *const refused[] = {
    "",
    " ",
    "[",
    "]",
    "{",
    "}",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "01",
    "-",
    "-01",
    "1.",
    ".1",
    "+1",
    "1e",
    "1e+",
    "1.e1",
    "0x1",
    "1_000",
    "--1",
    "1.2.3",
    "tru",
    "truex",
    "True",
    "nul",
    "nulll",
    "NaN",
    "Infinity",
    "-Infinity",
    "'a'",
    "\"a",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u123g\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "\"\\\"x",
    "\"\t\"",
    "\"\n\"",
    "1 2",
    "[] []",
    "{}x",
    "[1];",
    "//\n1",
    "/**/1",
    "1//",
    "[1}",
    "{\"a\":1]",
    "{\"a\":1,\"a\":2}",
    "\xff",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "\v1",
    "\f1",
    "[1,\v2]",
    "\"\\u0000\"",
    "[\"a\":1]",
    "{\"a\"::1}",
    "\\u0031",
    "\"\\ud83d\\ud83d\"",
};

static void test_grammar(void)
{
    listener last;
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        bt_status status = parse(&last, bt_str_of(accepted[i]));
        CHECK_INT(status, BT_OK);
        if (status != BT_OK) printf("    refused: %s: %s\n", accepted[i], last.text);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        bt_status status = parse(&last, bt_str_of(refused[i]));
        CHECK_INT(status, BT_INPUT);
        if (status == BT_OK) printf("    accepted: %s\n", refused[i]);
    }
    bt_str with_nul = BT_STR("[1,\0 2]");
    CHECK_INT(parse(&last, with_nul), BT_INPUT);
    CHECK_INT(parse(&last, (bt_str){NULL, 0}), BT_INPUT);
}

/* Every text cut off anywhere is refused, but where a shorter number or nothing but blanks is lost. */
static void test_every_beginning(void)
{
    bt_str whole =
        BT_STR("{\"tỉnh\": [1.5e-3, \"\\u1ea3\\ud83d\\ude00đ\", true, {\"a\": null, \"b\": {}}], \"c\": false}");
    listener last;
    for (size_t n = 0; n < whole.len; n++) CHECK_INT(parse(&last, bt_str_slice(whole, 0, n)), BT_INPUT);
    CHECK_INT(parse(&last, whole), BT_OK);
}

/* Every byte of a good text replaced by every other value: no crash, one message or none. */
static void test_every_byte(void)
{
    bt_str good = BT_STR("{\"k\\u00e9\":[1.5,\"đ\",true],\n\"b\":null}");
    char text[64];
    listener last;
    for (size_t i = 0; i < good.len; i++) {
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, good.ptr, good.len);
            text[i] = (char)byte;
            bt_status status = parse(&last, (bt_str){text, good.len});
            CHECK(status == BT_OK || status == BT_INPUT);
        }
    }
}

static void test_tree(void)
{
    bt_arena arena = {0};
    listener last = {0};
    const bt_json_node *root;
    char source[] = "{\r\n \"b\\u0061\": [1.50, \"x\\ny\"],\r\t\"ữ\": {\"a/b~\": true}, \"n\": null}";
    CHECK_INT(parse_in(&arena, &last, bt_str_of(source), &root), BT_OK);
    memset(source, 'x', sizeof source); /* nothing points into the source */
    if (!root) return;
    CHECK_INT(root->kind, BT_JSON_OBJECT);
    CHECK_INT(root->n_children, 3);
    CHECK(root->next == NULL && root->key_at == NULL);
    CHECK_STR(root->at->pointer, "");
    const bt_json_node *list = bt_json_find(root, "ba");
    CHECK(list && list == root->child && list->kind == BT_JSON_ARRAY && list->n_children == 2);
    if (!list || !list->child) return;
    CHECK_STR(list->key, "ba");
    CHECK_INT(list->key_at->line, 2);
    CHECK_INT(list->key_at->column, 2);
    CHECK_INT(list->at->column, 13);
    CHECK_STR(list->at->file, "a.json");
    CHECK_STR(list->child->text, "1.50");
    CHECK_STR(list->child->key, "");
    CHECK(list->child->key_at == NULL);
    CHECK_STR(list->child->next->text, "x\ny");
    CHECK_STR(list->child->next->at->pointer, "/ba/1");
    CHECK(list->child->next->next == NULL);
    const bt_json_node *inner = bt_json_find(bt_json_find(root, "ữ"), "a/b~");
    CHECK(inner && inner->kind == BT_JSON_BOOL && inner->truth);
    if (!inner) return;
    CHECK_STR(inner->at->pointer, "/ữ/a~1b~0");
    CHECK_INT(inner->at->line, 3);
    CHECK_INT(inner->at->column, 16);
    CHECK_INT(inner->key_at->column, 8);
    CHECK(bt_json_find(root, "absent") == NULL && bt_json_find(list, "0") == NULL && bt_json_find(NULL, "a") == NULL);
    bt_arena_drop(&arena);
}

static void test_kind_names(void)
{
    CHECK_STR(bt_json_kind_name(BT_JSON_NULL), "null");
    CHECK_STR(bt_json_kind_name(BT_JSON_BOOL), "true or false");
    CHECK_STR(bt_json_kind_name(BT_JSON_NUMBER), "a number");
    CHECK_STR(bt_json_kind_name(BT_JSON_STRING), "a string");
    CHECK_STR(bt_json_kind_name(BT_JSON_ARRAY), "an array");
    CHECK_STR(bt_json_kind_name(BT_JSON_OBJECT), "an object");
}

/* Limits */

static bt_str repeated(bt_arena *arena, const char *head, const char *each, uint32_t n, const char *tail)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, head);
    for (uint32_t i = 0; i < n; i++) bt_buf_add_z(&buf, each);
    bt_buf_add_z(&buf, tail);
    return bt_buf_str(&buf);
}

static void test_limits(void)
{
    bt_arena arena = {0};
    listener last;
    const bt_json_node *root;
    CHECK_INT(parse(&last, (bt_str){"{}", (size_t)BT_LIMIT_JSON_BYTES + 1}), BT_LIMIT);
    CHECK(strcmp(last.code, "E0803") == 0);

    CHECK_INT(parse(&last, repeated(&arena, "", "[", BT_LIMIT_JSON_DEPTH + 1, "")), BT_LIMIT);
    CHECK_INT(last.column, BT_LIMIT_JSON_DEPTH + 1);
    CHECK_INT(parse(&last, repeated(&arena, "", "{\"a\":", 100000, "")), BT_LIMIT);

    bt_str most = repeated(&arena, "[0", ",0", BT_LIMIT_JSON_NODES - 2, "]"); /* the list itself is one */
    last = (listener){0};
    CHECK_INT(parse_in(&arena, &last, most, &root), BT_OK);
    CHECK_INT(root ? root->n_children : 0, BT_LIMIT_JSON_NODES - 1);
    CHECK_INT(parse(&last, repeated(&arena, "[0", ",0", BT_LIMIT_JSON_NODES - 1, "]")), BT_LIMIT);
    CHECK(strcmp(last.code, "E0145") == 0);

    CHECK_INT(parse(&last, repeated(&arena, "", "1", 63, "")), BT_OK);
    CHECK_INT(parse(&last, repeated(&arena, "", "1", 64, "")), BT_LIMIT);
    bt_arena_drop(&arena);
}

/* Steps that would make a pointer too long are left out, and so is what lies deeper. */
static void test_long_pointers(void)
{
    bt_arena arena = {0};
    listener last = {0};
    const bt_json_node *root;
    char name[BT_JSON_POINTER_LONGEST + 2] = {0};
    for (size_t length = BT_JSON_POINTER_LONGEST - 5; length <= BT_JSON_POINTER_LONGEST; length++) {
        memset(name, 'k', length);
        bt_str source = bt_str_format(&arena, "{\"a\": {\"%s\": [{\"b\": 1}], \"/\": 2}}", name);
        CHECK_INT(parse_in(&arena, &last, source, &root), BT_OK);
        if (!root) break;
        const bt_json_node *list = root->child->child;
        const bt_json_node *inner = list->child->child;
        size_t full = 3 + length; /* "/a/" and the name */
        CHECK_INT(list->at->pointer.len, full <= BT_JSON_POINTER_LONGEST ? full : 2);
        CHECK_INT(inner->at->pointer.len, full + 4 <= BT_JSON_POINTER_LONGEST   ? full + 4
                                          : full + 2 <= BT_JSON_POINTER_LONGEST ? full + 2
                                          : full <= BT_JSON_POINTER_LONGEST     ? full
                                                                                : 2);
        CHECK_STR(list->next->at->pointer, "/a/~1");
    }
    bt_arena_drop(&arena);
}

/* Names given twice */

static bt_str object_of(bt_arena *arena, uint32_t n, const char *last_name)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, "{");
    for (uint32_t i = 0; i < n; i++) bt_buf_format(&buf, "\"name-%u\": %u,\n", (unsigned)i, (unsigned)i);
    bt_buf_format(&buf, "\"%s\": 0}", last_name);
    return bt_buf_str(&buf);
}

static double seconds_for(bt_str source, bt_status expected)
{
    listener last;
    clock_t begin = clock();
    CHECK_INT(parse(&last, source), expected);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void test_many_names(void)
{
    bt_arena arena = {0};
    listener last;
    CHECK_INT(parse(&last, object_of(&arena, 100000, "name-0")), BT_INPUT);
    CHECK_INT(last.line, 100001);
    CHECK(strstr(last.text, "first on line 1;") != NULL);
    CHECK_INT(parse(&last, object_of(&arena, 100000, "name-99999")), BT_INPUT);
    CHECK(strstr(last.text, "first on line 100000;") != NULL);

    /* Eight times as many names may take no more than some twenty times as long; by pairs it would be sixty-four. */
    double few = seconds_for(object_of(&arena, 100000, "other"), BT_OK);
    double many = seconds_for(object_of(&arena, 800000, "other"), BT_OK);
    CHECK(many < 24 * few + 0.5);
    bt_arena_drop(&arena);
}

/* Random short names against a comparison of all with all, through nested objects that interrupt one another. */
static void test_names_by_brute_force(void)
{
    enum { N_NAMES = 40, LONGEST = 4 };
    uint32_t random = 12345;
    for (int round = 0; round < 2000; round++) {
        bt_arena arena = {0};
        bt_json_names names = {.arena = &arena};
        bt_json_tree tree = bt_json_names_open(&names);
        bt_str seen[N_NAMES];
        for (uint32_t i = 0; i < N_NAMES; i++) {
            char text[LONGEST];
            random = random * 1664525u + 1013904223u;
            size_t length = random >> 29 & 3u;
            for (size_t c = 0; c < LONGEST; c++)
                text[c] = "\x01"
                          "a\xC3\xFF"[random >> (8 + 2 * c) & 3u];
            seen[i] = bt_str_copy(&arena, (bt_str){text, length + (random >> 28 & 1u)});
            uint32_t expected = 0, earlier;
            for (uint32_t j = 0; j < i && !expected; j++) expected = bt_str_equal(seen[j], seen[i]) ? j + 1 : 0;
            CHECK(bt_json_names_add(&names, &tree, seen[i], i + 1, &earlier));
            CHECK_INT(earlier, expected);
            bt_json_tree inner = bt_json_names_open(&names);
            CHECK(bt_json_names_add(&names, &inner, seen[i], 1, &earlier) && earlier == 0);
            CHECK(bt_json_names_add(&names, &inner, BT_STR("b"), 1, &earlier) && earlier == 0);
            bt_json_names_close(&names, &inner);
        }
        bt_arena_drop(&arena);
    }
}

/* Memory */

typedef struct failing {
    unsigned long n_calls, fail_at; /* fail_at: from 1 */
    bool for_good;                  /* every later call fails too */
    size_t in_use;
} failing;

static bool fails_now(failing *f)
{
    f->n_calls++;
    return f->n_calls == f->fail_at || (f->for_good && f->n_calls > f->fail_at);
}

static void *resize_failing(void *user, void *block, size_t old_size, size_t new_size)
{
    failing *f = user;
    if (new_size && fails_now(f)) return NULL;
    void *result = bt_alloc_system()->resize(NULL, block, old_size, new_size);
    f->in_use += new_size - old_size;
    return result;
}

static failing cjson_failing;
static void *malloc_failing(size_t size) { return fails_now(&cjson_failing) ? NULL : malloc(size); }

/* Large enough to need several blocks of every array. */
static bt_str large_text(bt_arena *arena, bool is_good)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, "[");
    for (int i = 0; i < 3000; i++) {
        bt_buf_format(&buf, "{\"id\": \"%d\", \"t\\u0069tle\": \"B\\u1ea3n tin %d\", \"n\": [%d, {}]},\n", i, i, i);
    }
    bt_buf_add_z(&buf, is_good ? "null]" : "nul]");
    return bt_buf_str(&buf);
}

static void fail_every_call(bt_str source, bt_status at_last, bool for_good)
{
    for (unsigned long fail_at = 1; fail_at < 10000; fail_at++) {
        failing f = {.fail_at = fail_at, .for_good = for_good};
        bt_allocator allocator = {resize_failing, &f};
        bt_arena arena = bt_arena_over(&allocator);
        listener last = {0};
        const bt_json_node *root;
        bt_status status = parse_in(&arena, &last, source, &root);
        CHECK((root != NULL) == (status == BT_OK));
        bt_arena_drop(&arena);
        CHECK_INT(f.in_use, 0);
        if (f.n_calls < fail_at) { /* nothing failed */
            CHECK_INT(status, at_last);
            CHECK(fail_at > 5);
            return;
        }
        /* The last allocations of a refused text are the message's own: then the status stands. */
        CHECK(status == BT_NOMEM || (at_last == BT_INPUT && status == BT_INPUT && last.n == 1));
        if (status == BT_NOMEM) CHECK_INT(last.n, 0);
    }
    CHECK(false);
}

static void test_allocator_faults(void)
{
    bt_arena arena = {0};
    for (int for_good = 0; for_good < 2; for_good++) {
        fail_every_call(large_text(&arena, true), BT_OK, for_good);
        fail_every_call(large_text(&arena, false), BT_INPUT, for_good);
    }
    bt_arena_drop(&arena);
}

static void test_cjson_faults(void)
{
    cJSON_Hooks hooks = {.malloc_fn = malloc_failing, .free_fn = free};
    cJSON_InitHooks(&hooks);
    bt_str source = BT_STR("{\"a\": [1, \"b\", {\"c\": null}], \"d\": \"\\u1ea3\", \"e\": [[]]}");
    bt_status status = BT_NOMEM;
    unsigned long fail_at = 1;
    for (; status == BT_NOMEM && fail_at < 1000; fail_at++) {
        bt_arena arena = {0};
        listener last = {0};
        const bt_json_node *root;
        cjson_failing = (failing){.fail_at = fail_at};
        status = parse_in(&arena, &last, source, &root);
        CHECK(status == BT_OK || status == BT_NOMEM);
        CHECK_INT(last.n, 0);
        bt_arena_drop(&arena);
    }
    CHECK_INT(status, BT_OK);
    CHECK(fail_at > 10);
    cJSON_InitHooks(NULL);
}

/* The corpus */

static void add_tree(bt_buf *out, const bt_json_node *node)
{
    bt_buf_format(out, "%u:%u ", (unsigned)node->at->line, (unsigned)node->at->column);
    if (node->key_at) bt_buf_format(out, "(%u:%u) ", (unsigned)node->key_at->line, (unsigned)node->key_at->column);
    bt_buf_add(out, node->at->pointer.len ? node->at->pointer : BT_STR("-"));
    bt_buf_add_char(out, ' ');
    bt_buf_add(out, bt_json_kind_name(node->kind));
    if (node->kind == BT_JSON_BOOL) bt_buf_add_z(out, node->truth ? ": true" : ": false");
    if (node->kind == BT_JSON_ARRAY || node->kind == BT_JSON_OBJECT) {
        bt_buf_format(out, ": %u", (unsigned)node->n_children);
    } else if (node->text.len) {
        bt_buf_add_z(out, ": ");
    }
    for (size_t i = 0; i < node->text.len; i++) {
        char c = node->text.ptr[i];
        if ((unsigned char)c < 0x20 || c == 0x7F) {
            bt_buf_format(out, "<%02X>", (unsigned)c);
        } else {
            bt_buf_add_char(out, c);
        }
    }
    bt_buf_add_char(out, '\n');
    for (const bt_json_node *child = node->child; child; child = child->next) add_tree(out, child);
}

static void compare_with_golden(bt_arena *arena, const char *path, bt_str actual)
{
    bt_str golden = BT_STR("");
    int error = 0;
    if (getenv("BANTIN_BLESS")) {
        FILE *file = fopen(path, "wb");
        CHECK(file && fwrite(actual.ptr, 1, actual.len, file) == actual.len);
        if (file) fclose(file);
        return;
    }
    bool is_read = bt_file_read(arena, path, 1 << 20, &golden, &error) == BT_OK;
    CHECK(is_read);
    CHECK(bt_str_equal(golden, actual));
    if (!bt_str_equal(golden, actual)) {
        printf("    %s\n    is:       %.*s\n    expected: %.*s\n", path, BT_STR_ARGS(actual), BT_STR_ARGS(golden));
    }
}

static void test_corpus_file(const char *folder, const char *name, bool is_good, bt_lang lang)
{
    bt_arena arena = {0};
    listener last = {.lang = lang};
    const bt_json_node *root;
    bt_str source, stem = bt_str_slice(bt_str_of(name), 0, strlen(name) - 5);
    int error = 0;
    bt_str path = bt_str_format(&arena, "%s/%s", folder, name);
    CHECK_INT(bt_file_read(&arena, path.ptr, 1 << 20, &source, &error), BT_OK);
    bt_status status = parse_in(&arena, &last, source, &root);
    bt_buf actual = bt_buf_in(&arena);
    if (is_good) {
        CHECK_INT(status, BT_OK);
        CHECK_INT(last.n, 0);
        if (root) add_tree(&actual, root);
    } else {
        CHECK(status == BT_INPUT || status == BT_LIMIT);
        CHECK_INT(last.n, 1);
        CHECK(!last.lacks_words);
        bt_buf_format(&actual, "%u:%u %s %s %s\n", (unsigned)last.line, (unsigned)last.column,
                      *last.pointer ? last.pointer : "-", last.code, last.text);
    }
    bt_str golden_path =
        bt_str_format(&arena, "%s/%.*s%s.txt", folder, BT_STR_ARGS(stem), lang == BT_LANG_VI ? ".vi" : "");
    compare_with_golden(&arena, golden_path.ptr, bt_buf_str(&actual));
    bt_arena_drop(&arena);
}

static void test_corpus(const char *folder, bool is_good, int least)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort), n_files = 0;
    for (int i = 0; i < n; i++) {
        if (bt_str_ends(bt_str_of(entries[i]->d_name), BT_STR(".json"))) {
            test_corpus_file(folder, entries[i]->d_name, is_good, BT_LANG_EN);
            if (!is_good) test_corpus_file(folder, entries[i]->d_name, is_good, BT_LANG_VI);
            n_files++;
        }
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    CHECK(n_files >= least);
}

/* Every message of the block is reached by some file of the corpus or by test_limits. */
static void test_all_messages_reached(void)
{
    bt_arena arena = {0};
    bt_buf all = bt_buf_in(&arena);
    struct dirent **entries;
    int n = scandir("tests/corpus/json", &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        bt_str contents, path = bt_str_format(&arena, "tests/corpus/json/%s", entries[i]->d_name);
        int error;
        bool is_golden = bt_str_ends(path, BT_STR(".txt"));
        if (is_golden && bt_file_read(&arena, path.ptr, 1 << 20, &contents, &error) == BT_OK)
            bt_buf_add(&all, contents);
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    bt_buf_add_char(&all, '\0');
    for (int code = BT_E_JSON_EMPTY; code <= BT_E_JSON_NODES; code++) {
        const bt_diag_entry *entry = bt_diag_lookup((bt_diag_code)code);
        bool is_reached = code == BT_E_JSON_NODES || strstr(bt_buf_str(&all).ptr, entry->number) != NULL;
        CHECK(is_reached);
        if (!is_reached) printf("    %s: %s\n", entry->number, entry->text);
    }
    bt_arena_drop(&arena);
}

int main(void)
{
    test_grammar();
    test_every_beginning();
    test_every_byte();
    test_tree();
    test_kind_names();
    test_limits();
    test_long_pointers();
    test_many_names();
    test_names_by_brute_force();
    test_allocator_faults();
    test_cjson_faults();
    test_corpus("tests/corpus/json", false, 30);
    test_corpus("tests/corpus/json/good", true, 10);
    test_all_messages_reached();
    return check_report();
}
