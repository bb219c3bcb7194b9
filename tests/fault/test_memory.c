/* test_memory.c - a whole render with the n-th allocation failing, for n = 1, 2, ... until one succeeds: never a crash,
 * always the status for no memory, never a file. What libraries allocate by malloc is not covered. */
#include "bantin.h"
#include "base/file.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct failing {
    long countdown; /* the allocation that fails; 0: none */
    long n;         /* allocations so far */
    bool stays;     /* all later ones fail too */
} failing;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    failing *f = user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    f->n++;
    bool fails = f->countdown && (f->stays ? f->n >= f->countdown : f->n == f->countdown);
    return fails ? NULL : realloc(block, new_size);
}

typedef struct heard {
    bool said_memory;
} heard;

static void listen(void *user, const bt_message *message)
{
    heard *h = user;
    if (strcmp(message->code, "E0801") == 0) h->said_memory = true;
}

/* What the file is for; an edition is laid on the bundle. */
typedef struct way {
    const char *bundle;
    bt_rendition rendition;
    bt_imposition imposition;
    const char *edition; /* NULL: none; with one goes a row of a manifest */
} way;

static const bt_named_value row[] = {{"xa", "Hoa *Lộc*", "list.csv", 2, 5, NULL},
                                     {"hoi_vien", "1.250", "list.csv", 2, 14, ""}};

static bt_status render_once(failing *f, const char *pdf, way w, heard *h)
{
    static const char *const dirs[] = {"layouts", NULL};
    bt_allocator allocator = {resize, f};
    bt_render_options options = {.bundle_path = w.bundle,
                                 .edition_path = w.edition,
                                 .values = row,
                                 .n_values = w.edition ? sizeof row / sizeof *row : 0,
                                 .pdf_path = pdf,
                                 .rendition = w.rendition,
                                 .imposition = w.imposition,
                                 .pages_multiple = w.imposition == BT_IMPOSE_BOOKLET ? 4 : 0,
                                 .layout_dirs = dirs,
                                 .font_list = "fonts/fonts.json"};
    bt_ctx *ctx = bt_ctx_new(&allocator, listen, h);
    if (!ctx) {
        h->said_memory = true; /* nobody to say it */
        return BT_NOMEM;
    }
    bt_render_result result;
    bt_status status = bt_render(ctx, &options, &result);
    bt_ctx_drop(ctx);
    return status;
}

static void sweep(const char *pdf, way w, bool stays)
{
    failing f = {0};
    heard h = {0};
    CHECK_INT(render_once(&f, pdf, w, &h), BT_OK);
    CHECK_INT(access(pdf, F_OK), 0);
    unlink(pdf);
    long n = f.n, n_survived = 0;
    CHECK(n > 10);
    for (long i = 1; i <= n; i++) {
        f = (failing){.countdown = i, .stays = stays};
        h = (heard){0};
        bt_status status = render_once(&f, pdf, w, &h);
        /* A cache that cannot grow is done without; whatever else fails ends the job and leaves no file. */
        if (status == BT_OK) {
            CHECK_INT(access(pdf, F_OK), 0);
            unlink(pdf);
            n_survived++;
            continue;
        }
        CHECK_INT(status, BT_NOMEM);
        CHECK(h.said_memory);
        CHECK(access(pdf, F_OK) != 0);
    }
    CHECK(n_survived < n / 2);
}

/* What the base keeps for its editions is not there: it is not opened, or does without. */
static void sweep_opening(const bt_render_options *options)
{
    for (long i = 1;; i++) {
        failing f = {.countdown = i};
        heard h = {0};
        bt_allocator allocator = {resize, &f};
        bt_base *base = NULL;
        bt_ctx *ctx = bt_ctx_new(&allocator, listen, &h);
        bt_status status = ctx ? bt_base_open(ctx, options, &base, NULL) : BT_NOMEM;
        CHECK_INT(base != NULL, status == BT_OK);
        CHECK(status == BT_OK || status == BT_NOMEM);
        bt_base_drop(base);
        bt_ctx_drop(ctx);
        if (f.n < i) return;
    }
}

static bt_str read_away(bt_arena *arena, const char *path)
{
    bt_str bytes = BT_STR("");
    int error;
    if (access(path, F_OK) != 0) return bytes;
    CHECK_INT(bt_file_read(arena, path, 64 * 1024 * 1024, &bytes, &error), BT_OK);
    CHECK_INT(unlink(path), 0);
    return bytes;
}

/* An edition that lacks memory leaves its base as it was: the next one is made as if nothing had happened. */
static void sweep_editions(bt_ctx *ctx, failing *f, heard *h, const bt_render_options *edition)
{
    bt_arena arena = {0};
    CHECK_INT(bt_render(ctx, edition, NULL), BT_OK);
    bt_str wanted = read_away(&arena, edition->pdf_path);
    CHECK(wanted.len > 1000);
    for (long i = 1; i == 1 || f->n >= i - 1; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        *f = (failing){.countdown = i};
        *h = (heard){0};
        bt_status status = bt_render(ctx, edition, NULL);
        long n = f->n;
        bt_str made = read_away(&arena, edition->pdf_path);
        CHECK_INT(h->said_memory, status == BT_NOMEM);
        CHECK(status == BT_OK ? bt_str_equal(made, wanted) : !made.len);
        *f = (failing){0};
        CHECK_INT(bt_render(ctx, edition, NULL), BT_OK);
        CHECK(bt_str_equal(read_away(&arena, edition->pdf_path), wanted));
        bt_arena_rewind(&arena, mark);
        f->n = n;
    }
    bt_arena_drop(&arena);
}

static void sweep_base(const char *pdf, const char *bundle, const char *overlay)
{
    static const char *const dirs[] = {"layouts", NULL};
    failing f = {0};
    heard h = {0};
    bt_allocator allocator = {resize, &f};
    bt_render_options options = {.bundle_path = bundle, .layout_dirs = dirs, .rendition = BT_SCREEN};
    bt_ctx *ctx = bt_ctx_new(&allocator, listen, &h);
    bt_base *base;
    CHECK_INT(bt_base_open(ctx, &options, &base, NULL), BT_OK);
    bt_render_options edition = {
        .base = base, .edition_path = overlay, .layout_dirs = dirs, .rendition = BT_SCREEN, .pdf_path = pdf};
    sweep_editions(ctx, &f, &h, &edition);
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    sweep_opening(&options);
}

/* edition NULL: none. */
static bt_status validate_once(failing *f, const char *bundle, const char *edition, bt_lang lang, heard *h)
{
    static const char *const dirs[] = {"layouts", NULL};
    bt_allocator allocator = {resize, f};
    bt_render_options options = {
        .bundle_path = bundle, .edition_path = edition, .layout_dirs = dirs, .font_list = "fonts/fonts.json"};
    bt_ctx *ctx = bt_ctx_new(&allocator, listen, h);
    h->said_memory = !ctx;
    if (!ctx) return BT_NOMEM;
    bt_ctx_speak(ctx, lang);
    bt_status status = bt_validate(ctx, &options, NULL);
    bt_ctx_drop(ctx);
    return status;
}

/* The making of messages, in both languages: whether memory is missed in one of them or before, it is said. */
static void sweep_messages(const char *bundle, const char *edition, bt_lang lang)
{
    failing f = {0};
    heard h = {0};
    CHECK_INT(validate_once(&f, bundle, edition, lang, &h), BT_INPUT);
    long n = f.n;
    CHECK(n > 10 && !h.said_memory);
    for (long i = 1; i <= n; i++) {
        f = (failing){.countdown = i};
        bt_status status = validate_once(&f, bundle, edition, lang, &h);
        CHECK(status == BT_INPUT || status == BT_NOMEM);
        CHECK_INT(h.said_memory, status == BT_NOMEM);
    }
}

int main(void)
{
    char pdf[] = "/tmp/bantin-fault-XXXXXX";
    int fd = mkstemp(pdf);
    if (fd < 0) return 1;
    close(fd);
    unlink(pdf);
    static const char whole[] = "tests/fault/bundle.json", faulty[] = "tests/fault/proof.json";
    sweep(pdf, (way){whole, BT_PRESS, BT_IMPOSE_NONE, NULL}, false);
    sweep(pdf, (way){whole, BT_PRESS, BT_IMPOSE_BOOKLET, NULL}, true);
    sweep(pdf, (way){whole, BT_SCREEN, BT_IMPOSE_NONE, "tests/fault/edition.json"}, false);
    sweep_base(pdf, whole, "tests/fault/edition.json");
    sweep(pdf, (way){"tests/golden/pins/bundle.json", BT_SCREEN, BT_IMPOSE_NONE, NULL}, false);
    sweep(pdf, (way){faulty, BT_PROOF, BT_IMPOSE_NONE, NULL}, false);
    sweep(pdf, (way){faulty, BT_PROOF, BT_IMPOSE_NONE, NULL}, true);
    static const char *const wrong[] = {"tests/corpus/bundle/many.json", "tests/corpus/bundle/figure-lengths.json",
                                        "tests/corpus/bundle/table-cells.json", "tests/corpus/bundle/not-there.json"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sweep_messages(wrong[i], NULL, BT_LANG_EN);
        sweep_messages(wrong[i], NULL, BT_LANG_VI);
    }
    static const char *const editions[] = {"keys",    "merged",       "op-article", "ops", "pointer-nothing",
                                           "removed", "value-unknown"};
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
        char path[64];
        snprintf(path, sizeof path, "tests/corpus/edition/%s.json", editions[i]);
        sweep_messages("tests/corpus/edition/base/bundle.json", path, i % 2 ? BT_LANG_VI : BT_LANG_EN);
    }
    return check_report();
}
