/* test_again.c - one context, job after job: faces, shaped words and pictures that are there already change nothing.
 *
 * Each job (some bundles of goldens; each sample in each layout, in one palette after the other) is done by a context
 * of its own, then all by one context, forwards and backwards; the bytes of the PDF and of the drawing, and what is
 * said, must be the same.
 */
#include "unit/check.h"

#include "bantin.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const goldens[] = {"tests/golden/signs/bundle.json", "tests/golden/house-fonts/bundle.json",
                                      "tests/golden/overfull/bundle.json", "tests/golden/blocks/bundle.json"};
static const char *const samples[] = {"samples/a5-chi-hoi/bundle.json", "samples/thanh-hoa-2024-04/bundle.json",
                                      "samples/to-gap-suc-khoe/bundle.json", "samples/vu-mua-12-trang/bundle.json"};
static const char *const layouts[] = {"bulletin-19x27", "a4-two-column", "a4-three-column",
                                      "a5-one-column",  "leaflet-a4",    "plain-text"};
static const char *const palettes[] = {"four", "two", "mono"};
enum {
    N_GOLDENS = sizeof goldens / sizeof *goldens,
    N_SAMPLES = sizeof samples / sizeof *samples,
    N_LAYOUTS = sizeof layouts / sizeof *layouts,
    N_PALETTES = sizeof palettes / sizeof *palettes,
    N_JOBS = N_GOLDENS + N_SAMPLES * N_LAYOUTS,
    MOST_BYTES = 64 * 1024 * 1024
};

typedef struct job {
    const char *bundle, *layout, *palette;
} job;

static job job_of(size_t i)
{
    if (i < N_GOLDENS) return (job){.bundle = goldens[i]};
    i -= N_GOLDENS;
    size_t layout_i = i / N_SAMPLES, sample_i = i % N_SAMPLES;
    return (job){samples[sample_i], layouts[layout_i], palettes[(sample_i + layout_i) % N_PALETTES]};
}

static char folder[] = "/tmp/bantin-test-again-XXXXXX";

/* What one job gave. */
typedef struct outcome {
    bt_str pdf, dump, said;
} outcome;

static void note(void *user, const bt_message *message)
{
    bt_buf *said = user;
    bt_buf_format(said, "%s:%u:%u: %s %s\n", message->file, message->line, message->column, message->code,
                  message->text);
}

static bt_str take(bt_arena *arena, const char *path)
{
    bt_str bytes;
    int error;
    CHECK_INT(bt_file_read(arena, path, MOST_BYTES, &bytes, &error), BT_OK);
    CHECK_INT(unlink(path), 0);
    return bytes;
}

static outcome render(bt_arena *arena, bt_ctx *ctx, bt_buf *said, const job *j)
{
    static const char *const dirs[] = {"layouts", NULL};
    bt_str pdf = bt_str_format(arena, "%s/out.pdf", folder), dump = bt_str_format(arena, "%s/out.dump", folder);
    bt_render_options options = {.bundle_path = j->bundle,
                                 .layout = j->layout,
                                 .palette = j->palette,
                                 .layout_dirs = dirs,
                                 .pdf_path = pdf.ptr,
                                 .dump_path = dump.ptr,
                                 .has_epoch = true};
    bt_render_result result;
    *said = bt_buf_in(arena);
    CHECK_INT(bt_render(ctx, &options, &result), BT_OK);
    return (outcome){take(arena, pdf.ptr), take(arena, dump.ptr), bt_buf_str(said)};
}

static void check_same(const outcome *a, const outcome *b, const char *bundle)
{
    check_that(bt_str_equal(a->pdf, b->pdf), bundle, 1, "the same PDF");
    check_that(bt_str_equal(a->dump, b->dump), bundle, 1, "the same drawing");
    check_that(bt_str_equal(a->said, b->said), bundle, 1, "the same messages");
}

/* What stood in for pictures in a proof is no picture of the jobs after it, nor before. */
static void check_stand_ins(void)
{
    static const bt_rendition turns[] = {BT_PRESS, BT_PROOF, BT_SCREEN, BT_PROOF, BT_PRESS};
    static const char *const dirs[] = {"layouts", NULL};
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    bt_str pdf = bt_str_format(&arena, "%s/out.pdf", folder), proof = BT_STR("");
    bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        bt_render_options options = {.bundle_path = "tests/fault/proof.json",
                                     .layout_dirs = dirs,
                                     .pdf_path = pdf.ptr,
                                     .rendition = turns[i],
                                     .has_epoch = true};
        bt_render_result result;
        said = bt_buf_in(&arena);
        bt_status status = bt_render(ctx, &options, &result);
        const char *text = bt_str_z(&arena, bt_buf_str(&said));
        if (turns[i] != BT_PROOF) {
            CHECK_INT(status, BT_INPUT);
            CHECK_INT(result.n_errors, 3);
            CHECK(strstr(text, "E0501") && strstr(text, "E0505") && !strstr(text, "W0765"));
            CHECK(access(pdf.ptr, F_OK) != 0);
            continue;
        }
        CHECK_INT(status, BT_OK);
        CHECK_INT(result.n_errors, 0);
        CHECK(strstr(text, "W0765") != NULL);
        bt_str bytes = take(&arena, pdf.ptr);
        CHECK(!proof.len || bt_str_equal(bytes, proof));
        proof = bytes;
    }
    bt_ctx_drop(ctx);
    bt_arena_drop(&arena);
}

static const char *put_file(bt_arena *arena, const char *name, const char *text)
{
    const char *path = bt_str_z(arena, bt_str_format(arena, "%s/%s", folder, name));
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

/* A drawing that was made before has the inks of the job at hand, and what is wrong with it is told again. */
static void check_drawings(void)
{
    static const struct {
        const char *palette;
        bt_rendition rendition;
        bool is_told;
    } turns[] = {{"four", BT_PRESS, true}, {"four", BT_SCREEN, false}, {"mono", BT_PRESS, false},
                 {"two", BT_PRESS, false}, {"four", BT_PRESS, true},   {"two", BT_PRESS, false}};
    static const char *const dirs[] = {"layouts", NULL};
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    const char *drawing = put_file(&arena, "wet.svg",
                                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\">"
                                   "<rect width=\"20\" height=\"30\" fill=\"device-cmyk(1 1 1 1)\"/>"
                                   "<rect x=\"20\" width=\"20\" height=\"30\" fill=\"#c01020\"/></svg>");
    const char *bundle =
        put_file(&arena, "wet.json",
                 "{\"bantin\": 1, \"masthead\": {\"title\": \"Tin\", \"date\": \"2024-04-09\"}, \"articles\": "
                 "[{\"headline\": \"Hình\", \"body\": [\"Một hình.\", {\"type\": \"figure\", \"image\": "
                 "\"wet.svg\", \"alt\": \"Hai màu\"}]}]}");
    bt_str pdf = bt_str_format(&arena, "%s/out.pdf", folder);
    bt_ctx *shared = bt_ctx_new(NULL, note, &said);
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        bt_render_options options = {.bundle_path = bundle,
                                     .palette = turns[i].palette,
                                     .layout_dirs = dirs,
                                     .pdf_path = pdf.ptr,
                                     .rendition = turns[i].rendition};
        bt_ctx *own = bt_ctx_new(NULL, note, &said), *contexts[] = {own, shared};
        outcome made[2];
        for (int k = 0; k < 2; k++) {
            said = bt_buf_in(&arena);
            CHECK_INT(bt_render(contexts[k], &options, NULL), BT_OK);
            made[k] = (outcome){.pdf = take(&arena, pdf.ptr), .dump = BT_STR(""), .said = bt_buf_str(&said)};
        }
        check_same(&made[0], &made[1], turns[i].palette);
        CHECK_INT(strstr(bt_str_z(&arena, made[1].said), "W0735") != NULL, turns[i].is_told);
        bt_ctx_drop(own);
    }
    bt_ctx_drop(shared);
    unlink(drawing);
    unlink(bundle);
    bt_arena_drop(&arena);
}

int main(void)
{
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    outcome alone[N_JOBS];
    CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < N_JOBS; i++) {
        job j = job_of(i);
        bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
        alone[i] = render(&arena, ctx, &said, &j);
        CHECK(alone[i].pdf.len > 1000 && alone[i].dump.len > 1000);
        bt_ctx_drop(ctx);
    }
    bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
    for (size_t i = 0; i < (size_t)2 * N_JOBS; i++) {
        size_t job_i = i < N_JOBS ? i : (size_t)2 * N_JOBS - 1 - i;
        job j = job_of(job_i);
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        outcome again = render(&arena, ctx, &said, &j);
        check_same(&again, &alone[job_i], j.bundle);
        bt_arena_rewind(&arena, mark);
    }
    bt_ctx_drop(ctx);
    check_stand_ins();
    check_drawings();
    rmdir(folder);
    bt_arena_drop(&arena);
    return check_report();
}
