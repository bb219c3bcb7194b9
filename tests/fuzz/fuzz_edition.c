/* fuzz_edition.c - overlays of any bytes on a small bundle, for libFuzzer. After a NUL byte, the base's bytes follow.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_edition
 *     mkdir -p /tmp/edition && build/fuzz/tests/fuzz_edition -dict=tests/fuzz/edition.dict -max_len=8192 -timeout=10 \
 *         -rss_limit_mb=2048 /tmp/edition tests/corpus/edition tests/corpus/edition/good
 *
 * Runs in the repository's root. What must hold: as in fuzz_render.c; and no mark of a literal value reaches the
 * report.
 */
#include "bantin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char base[] =
    "{\"bantin\": 1, \"masthead\": {\"title\": \"Bản tin {{name}}\", \"date\": \"2024-04-09\", \"edition\": \"Toàn "
    "tỉnh\", "
    "\"motto\": \"Đoàn kết\"}, \"highlights\": {\"title\": \"Trong số này\", \"items\": [\"Một dòng\", {\"text\": "
    "\"Tin từ "
    "**{{name}}**\", \"article\": \"tap-huan\"}]}, \"articles\": [{\"id\": \"tap-huan\", \"headline\": \"Tập huấn ở "
    "{{name}}\", \"lead\": \"Sapô.\", \"body\": [\"Chị em [{{name}}](https://vidu.vn/{{id}}) *{{name}}* dự lớp.\", "
    "{\"type\": "
    "\"table\", \"columns\": [{\"title\": \"{{name}}\"}, {\"title\": \"b\", \"type\": \"number\"}], \"rows\": "
    "[[\"{{id}}\", "
    "1]]}], \"notes\": [\"Chú thích\"]}, {\"id\": \"vay-von\", \"headline\": \"Vay vốn\", \"body\": [\"Dư nợ.\", "
    "\"\\\\{{\"]}, {\"headline\": \"Không mã\", \"body\": [\"Một đoạn.\"]}, {\"id\": \"suc-khoe\", \"headline\": \"Sức "
    "khỏe\", \"body\": [\"Đi bộ.\"]}], \"imprint\": {\"quantity\": 500, \"lines\": []}}";

static bt_ctx *ctx;
static char report_path[64];

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
    ctx = bt_ctx_new(NULL, hear, NULL);
    snprintf(report_path, sizeof report_path, "/tmp/fuzz_edition.%d.json", (int)getpid());
}

static void look_at_report(void)
{
    static char text[1 << 20];
    FILE *file = fopen(report_path, "rb");
    demand(file);
    size_t n = fread(text, 1, sizeof text, file);
    demand(fclose(file) == 0 && unlink(report_path) == 0);
    demand(!memmem(text, n, "\xEF\xB7\x90", 3) && !memmem(text, n, "\xEF\xB7\x91", 3));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const layout_dirs[] = {"layouts", NULL};
    if (!ctx) begin();
    demand(ctx);
    const char *text = size ? (const char *)bytes : "", *end = memchr(text, '\0', size);
    size_t n_edition = end ? (size_t)(end - text) : size;
    bt_ctx_speak(ctx, size % 2 ? BT_LANG_VI : BT_LANG_EN);
    bt_render_options options = {.bundle_text = end ? end + 1 : base,
                                 .bundle_size = end ? size - n_edition - 1 : sizeof base - 1,
                                 .edition_path = "tests/corpus/edition/it.json",
                                 .edition_text = text,
                                 .edition_size = n_edition,
                                 .layout_dirs = layout_dirs,
                                 .font_list = "fonts/fonts.json",
                                 .report_path = report_path,
                                 .rendition = BT_SCREEN};
    bt_render_result result;
    bt_status status = bt_render(ctx, &options, &result);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    demand((status == BT_OK) == (result.n_errors == 0));
    demand((status == BT_OK) == (result.n_pages > 0));
    demand((access(report_path, F_OK) == 0) == (status == BT_OK));
    if (status == BT_OK) look_at_report();
    return 0;
}
