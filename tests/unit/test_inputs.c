/* test_inputs.c - the files that a job stands on are told: each once, with what was read of it, whatever the context or
 * the base holds already; and where a file would have been taken, had it been there. So are those that it writes.
 */
#include "unit/check.h"

#include "bantin.h"
#include "base/digest.h"
#include "base/file.h"
#include "short_memory.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 16 * 1024 * 1024, MOST_INPUTS = 100 };

static char folder[] = "/tmp/bantin-inputs-XXXXXX";

/* --- files --- */

static const char *in_folder(const char *name)
{
    static char paths[8][128];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    CHECK(file && fputs(text, file) >= 0);
    if (file) fclose(file);
}

static bt_digest digest_of_file(const char *path)
{
    bt_arena arena = {0};
    bt_str bytes;
    int error;
    CHECK_INT(bt_file_read(&arena, path, MOST_BYTES, &bytes, &error), BT_OK);
    bt_digest digest = bt_digest_of(bytes.ptr, bytes.len);
    bt_arena_drop(&arena);
    return digest;
}

#define SVG(color)                                                                                                     \
    "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'><rect width='60' height='30' fill='" color         \
    "'/></svg>"

static void put_all(void)
{
    put("bundle.json",
        "{\"bantin\": 1, \"layout\": \"./own.json\", \"masthead\": {\"title\": \"Tin\", \"date\": \"2024-04-09\", "
        "\"logo\": \"logo.svg\"}, \"articles\": [{\"id\": \"a\", \"headline\": \"Một\", \"body\": {\"file\": "
        "\"a.md\"}}, {\"headline\": \"Hai\", \"body\": [{\"type\": \"figure\", \"image\": \"b.svg\", \"alt\": "
        "\"B\"}]}]}");
    put("own.json", "{\"bantin_layout\": 1, \"name\": \"own\", \"extends\": \"bulletin-19x27\"}");
    put("a.md", "Một đoạn.\n");
    put("c.md", "Đoạn khác.\n");
    put("logo.svg", SVG("red"));
    put("b.svg", SVG("blue"));
    put("c.svg", SVG("green"));
    put("edition.json",
        "{\"bantin_edition\": 1, \"id\": \"x\", \"name\": \"X\", \"articles\": [{\"op\": \"insert\", \"at\": \"end\", "
        "\"article\": {\"headline\": \"Ba\", \"body\": [\"Một đoạn.\", {\"type\": \"figure\", \"image\": \"c.svg\", "
        "\"alt\": \"C\"}, {\"type\": \"figure\", \"image\": \"b.svg\", \"alt\": \"B\"}]}}, {\"op\": \"replace\", "
        "\"id\": \"a\", \"article\": {\"headline\": \"Mới\", \"body\": {\"file\": \"c.md\"}}}]}");
}

static void remove_all(void)
{
    static const char *const names[] = {"bundle.json", "own.json", "a.md",  "c.md",   "logo.svg",     "b.svg",
                                        "c.svg",       "x.pdf",    "x.txt", "x.json", "edition.json", "fonts"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove(in_folder(names[i]));
    rmdir(folder);
}

/* --- what is told --- */

typedef struct told {
    struct {
        char path[200];
        bt_digest contents;
    } all[MOST_INPUTS];
    unsigned n;
} told;

static void hear(void *user, const char *path, const bt_digest *contents)
{
    told *t = user;
    CHECK(t->n < MOST_INPUTS);
    if (t->n == MOST_INPUTS) return;
    snprintf(t->all[t->n].path, sizeof t->all[0].path, "%s", path);
    t->all[t->n++].contents = *contents;
}

static void say(void *user, const bt_message *message)
{
    if (user) printf("%s:%u: %s %s\n", message->file, message->line, message->code, message->text);
}

/* How often a path that ends so was told; *i: the last time. */
static unsigned count(const told *t, const char *end, unsigned *i)
{
    unsigned n = 0;
    for (unsigned k = 0; k < t->n; k++) {
        if (!bt_str_ends(bt_str_of(t->all[k].path), bt_str_of(end))) continue;
        n++;
        *i = k;
    }
    return n;
}

/* It was told once, with what the file contains now. */
static void check_told(const told *t, const char *end)
{
    unsigned i = 0;
    CHECK_INT(count(t, end, &i), 1);
    bt_digest now = digest_of_file(t->all[i].path);
    CHECK(bt_digest_equal(&t->all[i].contents, &now));
}

static void check_untold(const told *t, const char *end)
{
    unsigned i;
    CHECK_INT(count(t, end, &i), 0);
}

static bool is_absent(const bt_digest *contents)
{
    static const bt_digest none = {{0}};
    return bt_digest_equal(contents, &none);
}

/* Nothing is told twice, and all that is told as there is there. */
static void check_sound(const told *t)
{
    for (unsigned i = 0; i < t->n; i++) {
        unsigned last = 0;
        CHECK_INT(count(t, t->all[i].path, &last), 1);
        CHECK_INT(bt_file_exists(t->all[i].path), !is_absent(&t->all[i].contents));
        if (!is_absent(&t->all[i].contents)) check_told(t, t->all[i].path);
    }
}

static const char *const layout_dirs[] = {"layouts", NULL};
static const char *font_dirs[2];

static bt_render_options options_of(const bt_witness *witness)
{
    return (bt_render_options){.bundle_path = in_folder("bundle.json"),
                               .pdf_path = in_folder("x.pdf"),
                               .layout_dirs = layout_dirs,
                               .font_dirs = font_dirs,
                               .font_list = "fonts/fonts.json",
                               .witness = witness};
}

static void render(bt_ctx *ctx, const char *edition, const bt_base *base, told *t)
{
    bt_witness witness = {.user = t, .on_input = hear};
    bt_render_options options = options_of(t ? &witness : NULL);
    options.edition_path = edition;
    options.base = base;
    if (base) options.bundle_path = NULL;
    if (t) t->n = 0;
    CHECK_INT(bt_render(ctx, &options, NULL), BT_OK);
}

static void check_same(const told *a, const told *b)
{
    CHECK_INT(a->n, b->n);
    for (unsigned i = 0; i < a->n; i++) {
        unsigned k = 0;
        CHECK_INT(count(b, a->all[i].path, &k), 1);
        CHECK(bt_digest_equal(&a->all[i].contents, &b->all[k].contents));
    }
}

static const char *const of_bundle[] = {"/bundle.json", "/own.json", "/bulletin-19x27.json", "/a.md",
                                        "/logo.svg",    "/b.svg",    "/fonts.json",          ".icc"};
enum { N_OF_BUNDLE = sizeof of_bundle / sizeof *of_bundle };

/* --- tests --- */

static told first, again; /* large */

/* A context that has made the job before, without anybody listening, tells the same as a fresh one. */
static void test_render(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    render(ctx, NULL, NULL, NULL);
    render(ctx, NULL, NULL, &first);
    for (size_t i = 0; i < N_OF_BUNDLE - 1; i++)
        if (i != 2) check_told(&first, of_bundle[i]);
    unsigned i = 0;
    CHECK(count(&first, ".ttf", &i) >= 2);
    CHECK_INT(count(&first, "layouts/bulletin-19x27.json", &i), 1);
    check_sound(&first);
    check_untold(&first, "/c.svg");
    render(ctx, NULL, NULL, &again);
    check_same(&first, &again);
    bt_ctx_drop(ctx);
    ctx = bt_ctx_new(NULL, say, &ctx);
    render(ctx, NULL, NULL, &again);
    check_same(&first, &again);
    bt_ctx_drop(ctx);
}

/* A parent of the layout would have been taken from beside its child. */
static void test_absent(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    render(ctx, NULL, NULL, &first);
    unsigned i = 0;
    CHECK_INT(count(&first, in_folder("bulletin-19x27.json"), &i), 1);
    CHECK(is_absent(&first.all[i].contents));
    mkdir(in_folder("fonts"), 0777);
    font_dirs[0] = in_folder("fonts");
    char dir[128];
    snprintf(dir, sizeof dir, "%s", font_dirs[0]);
    font_dirs[0] = dir;
    render(ctx, NULL, NULL, &again);
    CHECK(again.n > first.n);
    unsigned n_absent = 0;
    for (unsigned k = 0; k < again.n; k++)
        n_absent += bt_str_starts(bt_str_of(again.all[k].path), bt_str_of(dir)) && is_absent(&again.all[k].contents);
    CHECK_INT(n_absent, again.n - first.n);
    check_sound(&again);
    font_dirs[0] = NULL;
    bt_ctx_drop(ctx);
}

/* What has changed is told as it was read. */
static void test_changed(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    render(ctx, NULL, NULL, &first);
    put("b.svg", SVG("yellow"));
    render(ctx, NULL, NULL, &again);
    unsigned i = 0, k = 0;
    CHECK_INT(first.n, again.n);
    CHECK_INT(count(&first, "/b.svg", &i), 1);
    CHECK_INT(count(&again, "/b.svg", &k), 1);
    CHECK(!bt_digest_equal(&first.all[i].contents, &again.all[k].contents));
    check_sound(&again);
    bt_ctx_drop(ctx);
    put("b.svg", SVG("blue"));
}

/* With a base an edition tells its own; together they are what it tells without. */
static void test_edition(void)
{
    static told whole;
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    char edition[128];
    snprintf(edition, sizeof edition, "%s", in_folder("edition.json"));
    render(ctx, edition, NULL, &whole);
    check_sound(&whole);
    first.n = 0;
    bt_witness witness = {.user = &first, .on_input = hear};
    bt_render_options options = options_of(&witness);
    bt_base *base;
    options.pdf_path = NULL;
    CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
    check_sound(&first);
    for (int round = 0; round < 2; round++) {
        render(ctx, edition, base, &again);
        check_told(&again, "/edition.json");
        check_told(&again, "/c.md");
        check_told(&again, "/c.svg");
        CHECK_INT(again.n, 3);
    }
    /* a.md is the base's alone: the edition has replaced it. */
    CHECK_INT(first.n + again.n, whole.n + 1);
    for (unsigned i = 0; i < whole.n; i++) {
        unsigned k;
        CHECK_INT(count(&first, whole.all[i].path, &k) + count(&again, whole.all[i].path, &k), 1);
    }
    put("b.svg", SVG("yellow")); /* changed while the batch runs: told of the edition that has read it */
    render(ctx, edition, base, &again);
    CHECK_INT(again.n, 4);
    check_told(&again, "/b.svg");
    put("b.svg", SVG("blue"));
    bt_base_drop(base);
    bt_ctx_drop(ctx);
}

/* Nobody heard what the base was made from: an edition tells all that it stands on but the bundle itself. */
static void test_unheard_base(void)
{
    static told whole;
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    char edition[128];
    snprintf(edition, sizeof edition, "%s", in_folder("edition.json"));
    render(ctx, edition, NULL, &whole);
    bt_render_options options = options_of(NULL);
    bt_base *base;
    options.pdf_path = NULL;
    CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
    render(ctx, edition, base, &again);
    CHECK_INT(again.n + 1, whole.n);
    bt_base_drop(base);
    bt_ctx_drop(ctx);
}

static void test_text(void)
{
    static const char text[] =
        "{\"bantin\": 1, \"masthead\": {\"title\": \"Tin\", \"date\": \"2024-04-09\"}, \"articles\": "
        "[{\"headline\": \"Một\", \"body\": [\"Hai.\"]}]}";
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    first.n = 0;
    bt_witness witness = {.user = &first, .on_input = hear};
    bt_render_options options = options_of(&witness);
    options.bundle_path = NULL;
    options.bundle_text = text;
    options.bundle_size = sizeof text - 1;
    CHECK_INT(bt_render(ctx, &options, NULL), BT_OK);
    bt_digest digest = bt_digest_of(text, sizeof text - 1);
    CHECK_STR(bt_str_of(first.all[0].path), "-");
    CHECK(bt_digest_equal(&first.all[0].contents, &digest));
    bt_ctx_drop(ctx);
}

/* A picture that a proof goes without is told as missing. */
static void test_proof(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, NULL);
    unlink(in_folder("b.svg"));
    first.n = 0;
    bt_witness witness = {.user = &first, .on_input = hear};
    bt_render_options options = options_of(&witness);
    options.rendition = BT_PROOF;
    CHECK_INT(bt_render(ctx, &options, NULL), BT_OK);
    unsigned i = 0;
    CHECK_INT(count(&first, "/b.svg", &i), 1);
    CHECK(is_absent(&first.all[i].contents));
    bt_ctx_drop(ctx);
    put("b.svg", SVG("blue"));
}

/* Whichever allocation fails: a job that succeeds has told all. */
static void test_memory(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, &ctx);
    render(ctx, NULL, NULL, &first);
    bt_ctx_drop(ctx);
    bool is_good = false;
    for (long n = 0; !is_good && n < 100000; n += 1 + n / 100) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        ctx = bt_ctx_new(&allocator, say, NULL);
        if (!ctx) continue;
        again.n = 0;
        bt_witness witness = {.user = &again, .on_input = hear};
        bt_render_options options = options_of(&witness);
        bt_status status = bt_render(ctx, &options, NULL);
        is_good = status == BT_OK;
        CHECK(is_good || status == BT_NOMEM);
        bt_ctx_drop(ctx);
    }
    CHECK(is_good);
    check_same(&first, &again);
}

static void hear_output(void *user, const char *path, uint64_t n_bytes, const bt_digest *contents)
{
    struct stat about;
    CHECK(stat(path, &about) == 0 && (uint64_t)about.st_size == n_bytes);
    hear(user, path, contents);
}

/* Each file is told when it is in its place, with what is in it; where one fails, none is told. */
static void test_outputs(void)
{
    bt_ctx *ctx = bt_ctx_new(NULL, say, NULL);
    bt_witness witness = {.user = &again, .on_output = hear_output};
    bt_render_options options = options_of(&witness);
    options.dump_path = in_folder("x.txt");
    options.report_path = in_folder("x.json");
    again.n = 0;
    CHECK_INT(bt_render(ctx, &options, NULL), BT_OK);
    CHECK_INT(again.n, 3);
    check_told(&again, "/x.pdf");
    check_told(&again, "/x.txt");
    check_told(&again, "/x.json");
    again.n = 0;
    options.report_path = in_folder("none/x.json");
    CHECK_INT(bt_render(ctx, &options, NULL), BT_IO);
    CHECK_INT(again.n, 0);
    bt_ctx_drop(ctx);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    put_all();
    test_render();
    test_absent();
    test_changed();
    test_edition();
    test_unheard_base();
    test_text();
    test_proof();
    test_memory();
    test_outputs();
    remove_all();
    return check_report();
}
