/* test_edition.c - editions: what an overlay makes of its base, where every value comes from, literal values, limits,
 * and every message. */
#include "base/limits.h"
#include "bundle/bundle.h"
#include "bundle/edition.h"
#include "doc/doc_int.h"
#include "unit/corpus.h"
#include "unit/short_memory.h"

#define BASE "tests/corpus/edition/base/bundle.json"

static bt_status parse_file(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node **root)
{
    bt_str source = BT_STR("");
    int error;
    bt_status status = bt_file_read(arena, path.ptr, 1 << 24, &source, &error);
    CHECK(status == BT_OK || status == BT_NOMEM);
    return status == BT_OK ? bt_json_parse(arena, diags, path, source, root) : status;
}

/* As the pipeline does; an edition that names no base is one of BASE. */
static bt_status lay(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root, const bt_bundle **bundle)
{
    const bt_edition *edition;
    const bt_json_node *base, *merged;
    *bundle = NULL;
    bt_status status = bt_edition_read(arena, diags, path, root, &edition);
    if (!edition) return status;
    bt_str base_path =
        edition->base_path.len && bt_file_exists(edition->base_path.ptr) ? edition->base_path : BT_STR(BASE);
    bt_status base_status = parse_file(arena, diags, base_path, &base);
    if (base_status != BT_OK) return base_status;
    bt_status lay_status = bt_edition_lay(arena, diags, edition, base, &merged);
    if (status == BT_OK || lay_status == BT_NOMEM) status = lay_status;
    if (status != BT_OK) return status;
    bt_bundle_ways ways = {.edition = edition};
    return bt_bundle_read_tree(arena, diags, base_path, merged, &ways, bundle);
}

static bt_status read_file(bt_arena *arena, bt_diags *diags, bt_str path)
{
    const bt_json_node *root;
    const bt_bundle *bundle;
    bt_status status = parse_file(arena, diags, path, &root);
    if (status != BT_OK) return status;
    status = lay(arena, diags, path, root, &bundle);
    CHECK((status == BT_OK) == (bundle != NULL));
    return status;
}

/* Lays a text on BASE; the log keeps its messages. */
static bt_status read_text(bt_arena *arena, corpus_log *log, bt_str source, const bt_bundle **bundle)
{
    const bt_json_node *root;
    *log = (corpus_log){.text = bt_buf_in(arena), .file = "dir/e.json"};
    bt_diags diags = {.on_message = corpus_listen, .user = log, .arena = arena};
    *bundle = NULL;
    bt_status status = bt_json_parse(arena, &diags, BT_STR("dir/e.json"), source, &root);
    return status == BT_OK ? lay(arena, &diags, BT_STR("dir/e.json"), root, bundle) : status;
}

static const bt_bundle *read_good(bt_arena *arena, const char *name)
{
    const bt_json_node *root;
    const bt_bundle *bundle = NULL;
    bt_str path = bt_str_format(arena, "tests/corpus/edition/good/%s.json", name);
    bt_diags diags = {.arena = arena};
    CHECK_INT(parse_file(arena, &diags, path, &root), BT_OK);
    CHECK_INT(lay(arena, &diags, path, root, &bundle), BT_OK);
    return bundle;
}

static void check_place(const bt_place *at, const char *file, uint32_t line, const char *pointer)
{
    CHECK(at != NULL);
    if (!at) return;
    CHECK(bt_str_ends(at->file, bt_str_of(file)));
    CHECK_INT(at->line, line);
    CHECK_STR(at->pointer, pointer);
}

static void test_set(const bt_bundle *b)
{
    CHECK_STR(b->masthead.edition.s, "Ấn bản Hậu Lộc *(mới)*");
    check_place(b->masthead.edition.at, "/everything.json", 4, "/set/~1masthead~1edition");
    CHECK_STR(b->masthead.title.s, "Bản tin Hậu Lộc *(mới)*");
    check_place(b->masthead.title.at, "/bundle.json", 4, "/masthead/title");
    CHECK(b->masthead.motto.at == NULL);
    CHECK_STR(b->masthead.number.s, "4");
    CHECK_INT(b->n_highlights, 3);
    CHECK_STR(b->highlights[0].text.s, "Dòng khác");
    CHECK_STR(b->highlights[1].text.s, "Tin từ **" BT_LITERAL_BEGIN "Hậu Lộc *(mới)*" BT_LITERAL_END "**");
    CHECK_INT(b->highlights[1].article_i, 2);
    CHECK_STR(b->highlights[2].text.s, "Dòng mới");
    CHECK_INT(b->imprint.n_lines, 1);
    CHECK_STR(b->imprint.quantity.s, "500");
    CHECK_INT(b->n_fillers, 1);
    check_place(b->fillers[0].at, "/everything.json", 11, "/set/~1fillers/0");
    CHECK_STR(b->edition_id, "hau-loc");
    CHECK_STR(b->edition_name, "Hậu Lộc *(mới)*");
    check_place(b->edition_at, "/everything.json", 1, "");
}

static void test_articles(const bt_bundle *b)
{
    static const char *const headlines[] = {"Đầu một",  "Đầu hai",      "Tập huấn ở ",     "Chèn một",
                                            "Chèn hai", "Thay vay vốn", "Bài không có mã", "Sức khỏe hau-loc",
                                            "Cuối một", "Cuối hai"};
    enum { N = sizeof headlines / sizeof *headlines };
    CHECK_INT(b->n_articles, N);
    for (uint32_t i = 0; i < b->n_articles && i < N; i++)
        CHECK(bt_str_starts(b->articles[i].headline.s, bt_str_of(headlines[i])));
    const bt_article *merged = &b->articles[2], *replaced = &b->articles[7];
    CHECK(merged->lead.at == NULL);
    CHECK_STR(merged->byline.s, "Thu Hà");
    CHECK_INT(merged->n_notes, 2);
    check_place(merged->at, "/bundle.json", 11, "/articles/0");
    check_place(merged->changed_at, "/everything.json", 24, "/articles/9/with/notes");
    CHECK_STR(merged->body[1].figure->path, "tests/corpus/edition/base/images/hau-loc.svg");
    CHECK_STR(b->articles[3].body[0].figure->path, "tests/corpus/edition/good/images/a.svg");
    CHECK_STR(replaced->id.s, "suc-khoe");
    check_place(replaced->id.at, "/bundle.json", 18, "/articles/3/id");
    check_place(replaced->at, "/everything.json", 23, "/articles/8/article");
    CHECK(replaced->changed_at == NULL);
    check_place(b->articles[6].changed_at, "/everything.json", 12, "/set/~1articles~12~1byline");
}

/* A change that takes away is one, too. */
static void test_null(void)
{
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *b;
    CHECK_INT(
        read_text(
            &arena, &log,
            BT_STR("{\"bantin_edition\": 1, \"id\": \"a\", \"name\": \"A\", \"set\": {\"/articles/0/notes\": null},"
                   "\"articles\": [{\"op\": \"replace\", \"id\": \"vay-von\", \"article\": {\"headline\": \"x\","
                   "\"body\": [\"x\"]}}]}"),
            &b),
        BT_OK);
    if (!b) return;
    CHECK_INT(b->articles[0].n_notes, 0);
    check_place(b->articles[0].changed_at, "e.json", 1, "/set/~1articles~10~1notes");
    CHECK(b->articles[3].changed_at == NULL);
    bt_arena_drop(&arena);
}

/* The base is shared by all editions of a batch: laying one on it leaves it as it was. */
static void test_base_is_kept(void)
{
    bt_arena arena = {0};
    bt_diags diags = {.arena = &arena};
    const bt_json_node *base, *root, *merged[2];
    const bt_edition *edition;
    bt_str path = BT_STR("tests/corpus/edition/good/everything.json");
    CHECK_INT(parse_file(&arena, &diags, BT_STR(BASE), &base), BT_OK);
    CHECK_INT(parse_file(&arena, &diags, path, &root), BT_OK);
    CHECK_INT(bt_edition_read(&arena, &diags, path, root, &edition), BT_OK);
    for (int i = 0; i < 2; i++) CHECK_INT(bt_edition_lay(&arena, &diags, edition, base, &merged[i]), BT_OK);
    CHECK_INT(bt_json_find(base, "articles")->n_children, 4);
    CHECK_STR(bt_json_find(bt_json_find(base, "masthead"), "motto")->text, "Đoàn kết");
    for (int i = 0; i < 2; i++) {
        const bt_json_node *articles = bt_json_find(merged[i], "articles");
        uint32_t n = 0;
        for (const bt_json_node *node = articles->child; node; node = node->next) n++;
        CHECK_INT(n, 10);
        CHECK_INT(articles->n_children, 10);
    }
    bt_arena_drop(&arena);
}

/* --- values are literal --- */

/* What a text of the base becomes with a value in it: its letters, and its runs as <b>, <i>, <a=...>. */
static void check_rich(const char *text, const char *value, const char *wanted)
{
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *b;
    bt_str source = bt_str_format(&arena,
                                  "{\"bantin_edition\": 1, \"id\": \"a\", \"name\": \"A\", \"set\": "
                                  "{\"/articles/1/body\": [\"%s\"]}}",
                                  text);
    const bt_json_node *root, *base, *merged;
    const bt_edition *read;
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
    log = (corpus_log){.text = bt_buf_in(&arena), .file = "e.json"};
    CHECK_INT(bt_json_parse(&arena, &diags, BT_STR("e.json"), source, &root), BT_OK);
    CHECK_INT(bt_edition_read(&arena, &diags, BT_STR("e.json"), root, &read), BT_OK);
    CHECK_INT(parse_file(&arena, &diags, BT_STR(BASE), &base), BT_OK);
    bt_edition edition = *read;
    bt_value values[2] = {read->values[0], read->values[1]};
    values[1].text.s = bt_str_of(value);
    edition.values = values;
    CHECK_INT(bt_edition_lay(&arena, &diags, &edition, base, &merged), BT_OK);
    bt_bundle_ways ways = {.edition = &edition};
    CHECK_INT(bt_bundle_read_tree(&arena, &diags, BT_STR(BASE), merged, &ways, &b), BT_OK);
    if (!b) printf("%.*s", BT_STR_ARGS(bt_buf_str(&log.text)));
    if (!b) return;
    bt_doc_maker m = {.arena = &arena, .diags = &diags};
    bt_rich rich;
    CHECK(bt_doc_rich(&m, b->articles[1].body[0].text, NULL, &rich));
    bt_buf out = bt_buf_in(&arena);
    for (uint32_t i = 0; i < rich.n_runs; i++) {
        const bt_run *run = &rich.runs[i];
        if (run->is_bold) bt_buf_add_z(&out, "<b>");
        if (run->is_italic) bt_buf_add_z(&out, "<i>");
        if (run->link) bt_buf_format(&out, "<a=%.*s>", BT_STR_ARGS(run->link->uri));
        bt_buf_add(&out, bt_str_slice(rich.text, run->begin, run->end));
        bt_buf_add_z(&out, "|");
    }
    CHECK_STR(bt_buf_str(&out), wanted);
    bt_arena_drop(&arena);
}

static void test_literal(void)
{
    check_rich("ở {{name}}.", "Hậu Lộc", "ở Hậu Lộc.|");
    check_rich("ở {{name}}.", "*Hậu* **Lộc** \\* [x](https://y.vn)",
               "ở *Hậu* **Lộc** \\* [x](|<a=https://y.vn>https://y.vn|).|");
    check_rich("**{{name}}** x", "a*b", "<b>a*b| x|");
    check_rich("*{{name}}*", " a ", "<i> a |");
    check_rich("x **{{name}}** y", "", "x | y|");
    check_rich("*a {{name}} b*", "*", "<i>a * b|");
    check_rich("[{{name}}](https://x.vn/{{id}})", "a] (b", "<a=https://x.vn/a>a] (b|");
    check_rich("[x](https://x.vn/{{name}})", "a)b", "<a=https://x.vn/a)b>x|");
    check_rich("{{name}}", "[^1]", "[^1]|");
    check_rich("{{name}}", "https://x.vn/a", "<a=https://x.vn/a>https://x.vn/a|");
    check_rich("{{name}} {{id}}{{name}}", "(a)", "(a) a(a)|");
    check_rich("{{name}}!", "{{id}}", "{{id}}!|");
    check_rich("\\\\\\\\{{name}} \\\\{{name}}", "*", "\\* {{name}}|");
    check_rich("x {{name}}", "a\\n(b)", "x a\\n(b)|");
    check_rich("x {{name}}", "(a)\n\n(b)", "x (a)\n\n(b)|");
}

/* --- values that the caller gives --- */

/* BASE with an overlay (NULL: none) and values; the log keeps its messages. */
static const bt_bundle *give(bt_arena *arena, corpus_log *log, const char *overlay, const bt_named_value *values,
                             uint32_t n, bt_value_calls *calls)
{
    const bt_json_node *root = NULL, *base, *merged;
    const bt_edition *edition;
    const bt_bundle *bundle = NULL;
    *log = (corpus_log){.text = bt_buf_in(arena), .file = "e.json"};
    bt_diags diags = {.on_message = corpus_listen, .user = log, .arena = arena};
    if (overlay) CHECK_INT(bt_json_parse(arena, &diags, BT_STR("e.json"), bt_str_of(overlay), &root), BT_OK);
    bt_str path = overlay ? BT_STR("e.json") : BT_STR("list.csv");
    bt_status status = bt_edition_read_with(arena, &diags, path, root, &(bt_edition_given){values, n, calls}, &edition);
    if (status != BT_OK) return NULL;
    CHECK_INT(parse_file(arena, &diags, BT_STR(BASE), &base), BT_OK);
    merged = base;
    if (overlay) CHECK_INT(bt_edition_lay(arena, &diags, edition, base, &merged), BT_OK);
    bt_bundle_ways ways = {.edition = edition, .calls = calls, .is_base = calls};
    bt_bundle_read_tree(arena, &diags, BT_STR(BASE), merged, &ways, &bundle);
    return bundle;
}

static void test_given(void)
{
    static const bt_named_value values[] = {{"id", "vinh-loc", "list.csv", 3, 1, NULL},
                                            {"name", "Vĩnh Lộc *", "list.csv", 3, 10, NULL}};
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *b = give(&arena, &log, NULL, values, 2, NULL);
    CHECK(b != NULL);
    if (!b) return;
    CHECK_STR(b->masthead.title.s, "Bản tin Vĩnh Lộc *");
    CHECK_STR(b->edition_id, "vinh-loc");
    CHECK_STR(b->edition_name, "Vĩnh Lộc *");
    check_place(b->edition_at, "list.csv", 3, "");
    CHECK_INT(b->n_values, 2);
    check_place(b->values[1].text.at, "list.csv", 3, "");
    CHECK_INT(b->values[1].text.at->column, 10);
    CHECK_STR(b->articles[0].body[1].figure->path, "tests/corpus/edition/base/images/vinh-loc.svg");
    CHECK_INT(log.n, 0);
    /* an overlay, which has one of them too, and one that is of both */
    b = give(&arena, &log, "{\"bantin_edition\": 1, \"id\": \"vinh-loc\"}", values, 2, NULL);
    CHECK(b != NULL);
    if (!b) return;
    CHECK_INT(b->n_values, 2);
    check_place(b->edition_at, "e.json", 1, "");
    check_place(b->values[0].text.at, "e.json", 1, "/id");
    check_place(b->values[1].text.at, "list.csv", 3, "");
    bt_arena_drop(&arena);
}

static void check_given_fault(const char *overlay, const bt_named_value *values, uint32_t n, const char *wanted)
{
    bt_arena arena = {0};
    corpus_log log;
    CHECK(!give(&arena, &log, overlay, values, n, NULL));
    CHECK_STR(bt_buf_str(&log.text), wanted);
    bt_arena_drop(&arena);
}

static void test_given_faults(void)
{
    const bt_named_value values[] = {{"id", "a b", "list.csv", 3, 1, NULL},
                                     {"name", "X", "list.jsonl", 3, 10, "/name"},
                                     {"name", "Y", "", 0, 0, NULL},
                                     {"xa", "\xFF", "", 0, 0, NULL}};
    check_given_fault(NULL, values, 1,
                      "error E1007 list.csv:3:1 - \"a b\" cannot be an edition's id, which names files as well; use "
                      "letters, digits, - _ and ., and a letter or digit first\n");
    check_given_fault("{\"bantin_edition\": 1, \"name\": \"Z\"}", values + 1, 1,
                      "error E1133 list.jsonl:3:10 /name the edition's value \"name\" is \"X\" here, but \"Z\" on line "
                      "1 of e.json; make the two agree, or leave one out\n");
    bt_named_value twice[] = {values[2], values[2]};
    twice[1].text = "Z";
    check_given_fault(NULL, twice, 2,
                      "error E1134 0:0 - the edition's value \"name\" is given twice, as \"Y\" and as \"Z\"; leave one "
                      "out\n");
    check_given_fault(NULL, values + 3, 1,
                      "error E1136 0:0 - the value \"xa\" has bytes that are no UTF-8 text; give it in UTF-8\n");
}

/* A base asks for names that it has no values for: they stand for themselves, and are told. */
static void test_calls(void)
{
    static const bt_named_value values[] = {{"id", "vinh-loc", "list.csv", 3, 1, NULL},
                                            {"xa", "x", "list.csv", 3, 1, NULL}};
    bt_arena arena = {0};
    corpus_log log;
    bt_value_calls calls = {0};
    const bt_bundle *b = give(&arena, &log, NULL, values, 2, &calls);
    CHECK(b != NULL && log.n == 0);
    if (!b) return;
    CHECK_STR(b->masthead.title.s, "Bản tin {{name}}");
    CHECK(!b->edition_at && !b->n_values);
    CHECK_INT(calls.names.n, 2);
    CHECK_STR(calls.names.v[0], "name");
    CHECK_STR(calls.names.v[1], "id");
    bt_arena_drop(&arena);
}

/* A text that is nothing but an empty value is blank. */
static void test_blank(void)
{
    bt_arena arena = {0};
    corpus_log log;
    const bt_bundle *b;
    CHECK_INT(
        read_text(
            &arena, &log,
            BT_STR("{\"bantin_edition\": 1, \"id\": \"a\", \"name\": \"*\", \"set\": {\"/articles/1/body/0\": \"\"}}"),
            &b),
        BT_OK);
    CHECK_STR(bt_buf_str(&log.text),
              "warning W0225 1:77 /set/~1articles~11~1body~10 this paragraph has no text and is left "
              "out; write its text, or delete it\n");
    bt_arena_drop(&arena);
}

/* --- limits and memory --- */

static bt_status change_often(bt_arena *arena, corpus_log *log, uint32_t n, const char *head, const char *each)
{
    const bt_bundle *bundle;
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, head);
    for (uint32_t i = 0; i < n; i++) {
        if (i) bt_buf_add_char(&buf, ',');
        bt_buf_format(&buf, each, i);
    }
    bt_buf_add_z(&buf, bt_str_ends(bt_str_of(head), BT_STR("["))          ? "]}"
                       : bt_str_ends(bt_str_of(head), BT_STR("with\":{")) ? "}}]}"
                                                                          : "}}");
    return read_text(arena, log, bt_buf_str(&buf), &bundle);
}

static void test_limits(void)
{
    static const struct {
        const char *head, *each;
    } cases[] = {
        {"{\"bantin_edition\":1,\"id\":\"a\",\"name\":\"A\",\"set\":{", "\"/masthead/x%u\":\"x\""},
        {"{\"bantin_edition\":1,\"id\":\"a\",\"name\":\"A\",\"articles\":[",
         "{\"op\":\"insert\",\"at\":\"end\",\"article\":{\"headline\":\"%u\"}}"},
        {"{\"bantin_edition\":1,\"id\":\"a\",\"name\":\"A\",\"articles\":[{\"op\":\"merge\",\"id\":\"vay-von\","
         "\"with\":{",
         "\"x%u\":\"x\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_arena arena = {0};
        corpus_log log;
        bt_str code = BT_STR("error E1018");
        uint32_t own = i == 2; /* the operation is a change itself */
        CHECK_INT(change_often(&arena, &log, BT_LIMIT_EDITION_CHANGES + 1 - own, cases[i].head, cases[i].each),
                  BT_LIMIT);
        CHECK(bt_str_starts(bt_buf_str(&log.text), code));
        CHECK_INT(log.n, 1);
        CHECK(change_often(&arena, &log, BT_LIMIT_EDITION_CHANGES - own, cases[i].head, cases[i].each) != BT_OK);
        CHECK(!bt_str_starts(bt_buf_str(&log.text), code));
        bt_arena_drop(&arena);
    }
}

/* An edition whose name has n bytes, called for by the texts of n_blocks paragraphs, often times each. */
static bt_status call_often(bt_arena *arena, corpus_log *log, uint32_t n, uint32_t n_blocks, uint32_t often)
{
    const bt_bundle *bundle;
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_z(&buf, "{\"bantin_edition\":1,\"id\":\"a\",\"name\":\"");
    for (uint32_t i = 0; i < n; i++) bt_buf_add_char(&buf, i % 8 ? 'a' : ' ');
    bt_buf_add_z(&buf, "x\",\"set\":{\"/articles/0\":{\"id\":\"tap-huan\",\"headline\":\"x\",\"body\":[\"x\"");
    for (uint32_t i = 0; i < n_blocks; i++) {
        bt_buf_add_z(&buf, ",\"");
        for (uint32_t k = 0; k < often; k++) bt_buf_add_z(&buf, "{{name}}");
        bt_buf_add_char(&buf, '"');
    }
    bt_buf_add_z(&buf, "]}}}");
    return read_text(arena, log, bt_buf_str(&buf), &bundle);
}

static void test_value_limits(void)
{
    static const struct {
        uint32_t n, n_blocks, often;
        const char *code; /* the only error */
    } cases[] = {
        {BT_LIMIT_PARAGRAPH_BYTES, 0, 0, "E0226"},     {BT_LIMIT_PARAGRAPH_BYTES / 4, 1, 3, NULL},
        {BT_LIMIT_PARAGRAPH_BYTES / 4, 1, 4, "E0226"}, {BT_LIMIT_VALUE_BYTES / 40, 36, 1, NULL},
        {BT_LIMIT_VALUE_BYTES / 40, 42, 1, "E1033"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_arena arena = {0};
        corpus_log log;
        bt_status status = call_often(&arena, &log, cases[i].n, cases[i].n_blocks, cases[i].often);
        CHECK_INT(status, cases[i].code ? BT_LIMIT : BT_OK);
        CHECK_INT(log.n_errors, cases[i].code ? 1 : 0);
        if (cases[i].code) CHECK(strstr(bt_str_z(&arena, bt_buf_str(&log.text)), cases[i].code) != NULL);
        bt_arena_drop(&arena);
    }
}

static void test_memory(void)
{
    bt_arena file = {0};
    bt_str source = BT_STR(""), path = BT_STR("tests/corpus/edition/good/everything.json");
    int error;
    CHECK(bt_file_read(&file, path.ptr, 1 << 20, &source, &error) == BT_OK);
    bt_status status = BT_NOMEM;
    for (long n = 1; status != BT_OK && n < 100000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.arena = &arena};
        const bt_json_node *root;
        const bt_bundle *bundle = NULL;
        status = bt_json_parse(&arena, &diags, path, source, &root);
        if (status == BT_OK) status = lay(&arena, &diags, path, root, &bundle);
        CHECK(status == BT_OK || status == BT_NOMEM);
        CHECK((status == BT_OK) == (bundle != NULL));
        bt_arena_drop(&arena);
    }
    CHECK_INT(status, BT_OK);
    bt_arena_drop(&file);
}

int main(void)
{
    CHECK(corpus_run("tests/corpus/edition", read_file) >= 30);
    CHECK(corpus_run("tests/corpus/edition/good", read_file) >= 4);
    bt_arena arena = {0};
    const bt_bundle *bundle = read_good(&arena, "everything");
    if (bundle) {
        test_set(bundle);
        test_articles(bundle);
    }
    bt_arena_drop(&arena);
    test_null();
    test_base_is_kept();
    test_literal();
    test_given();
    test_given_faults();
    test_calls();
    test_blank();
    test_limits();
    test_value_limits();
    test_memory();
    return check_report();
}
