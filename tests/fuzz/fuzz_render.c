/* fuzz_render.c - bundles of any bytes, rendered, for libFuzzer. The context lives on from run to run, as a server's
 * does. One that begins with a blank is written too, as PDF, dump and report: that is slower.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_render
 *     mkdir -p /tmp/render && build/fuzz/tests/fuzz_render -dict=tests/fuzz/bundle.dict -max_len=8192 -timeout=10 \
 *         -rss_limit_mb=2048 /tmp/render tests/fuzz/seeds/render tests/corpus/bundle tests/corpus/bundle/good
 *
 * Runs in the repository's root. What must hold: a bundle is either set, without an error, or refused with one that
 * names the remedy; it is never our fault, and there is always memory and a disk.
 */
#include "bantin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bt_ctx *ctx;
static char pdf_path[64], dump_path[64], report_path[64];

static void demand(bool holds)
{
    if (!holds) abort();
}

static void hear(void *user, const bt_message *message)
{
    (void)user;
    demand(strlen(message->code) == 5 && message->text[0] && !strchr(message->text, '\n'));
    demand(message->severity != BT_ERROR || message->code[0] == 'E');
}

static void begin(void)
{
    int pid = (int)getpid();
    ctx = bt_ctx_new(NULL, hear, NULL);
    snprintf(pdf_path, sizeof pdf_path, "/tmp/fuzz_render.%d.pdf", pid);
    snprintf(dump_path, sizeof dump_path, "/tmp/fuzz_render.%d.dump", pid);
    snprintf(report_path, sizeof report_path, "/tmp/fuzz_render.%d.json", pid);
}

/* A file is there when all went well, and only then. */
static void look_for(const char *path, bool is_wanted)
{
    demand((access(path, F_OK) == 0) == is_wanted);
    if (is_wanted) demand(unlink(path) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const layout_dirs[] = {"layouts", NULL};
    if (!ctx) begin();
    demand(ctx);
    bool writes = size && bytes[0] == ' ';
    bt_ctx_speak(ctx, size % 2 ? BT_LANG_VI : BT_LANG_EN);
    bt_render_options options = {.bundle_text = size ? (const char *)bytes : "",
                                 .bundle_size = size,
                                 .layout_dirs = layout_dirs,
                                 .font_list = "fonts/fonts.json",
                                 .pdf_path = writes ? pdf_path : NULL,
                                 .dump_path = writes ? dump_path : NULL,
                                 .report_path = writes ? report_path : NULL,
                                 .rendition = (bt_rendition)(size / 2 % 3),
                                 .has_epoch = true};
    bt_render_result result;
    bt_status status = bt_render(ctx, &options, &result);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    demand((status == BT_OK) == (result.n_errors == 0));
    demand((status == BT_OK) == (result.n_pages > 0));
    if (writes) {
        look_for(pdf_path, status == BT_OK);
        look_for(dump_path, status == BT_OK);
        look_for(report_path, status == BT_OK);
    }
    return 0;
}
