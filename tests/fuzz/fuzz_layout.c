/* fuzz_layout.c - layouts of any bytes under one small bundle that has a block of each type, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_layout
 *     mkdir -p /tmp/layout && build/fuzz/tests/fuzz_layout -dict=tests/fuzz/layout.dict -max_len=8192 -timeout=10 \
 *         -rss_limit_mb=2048 /tmp/layout tests/fuzz/seeds/layout tests/corpus/layout tests/corpus/layout/good
 *
 * Runs in the repository's root; "extends" finds the layouts there. What must hold: as in fuzz_render.c.
 */
#include "bantin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char bundle[] =
    "{\"bantin\": 1, \"masthead\": {\"kind\": \"BẢN TIN\", \"title\": \"Tin hoạt động\\nHội LHPN\", \"issuer\": \"Hội "
    "LHPN tỉnh\", \"number\": \"4\", \"year\": 2024, \"date\": \"2024-04-09\", \"edition\": \"Toàn tỉnh\", \"motto\": "
    "\"Đoàn kết\", \"logo\": \"samples/thanh-hoa-2024-04/images/logo.svg\"}, \"highlights\": {\"title\": \"Trong số "
    "này\", \"items\": [\"Một dòng\", {\"text\": \"Bài hai\", \"article\": \"b\"}]}, \"articles\": [{\"id\": \"a\", "
    "\"section\": \"Tin\", \"kicker\": \"Đào tạo\", \"headline\": \"Nghìn cán bộ Hội được tập huấn\", \"lead\": "
    "\"Sapô của bài.\", \"importance\": 5, \"byline\": \"Nhật Linh\", \"source\": \"BTG\", \"notes\": [\"Chú thích\"], "
    "\"body\": [\"Thực hiện chương trình đào tạo, **Hội** LHPN tỉnh đã tổ chức *sáu* lớp tập huấn nghiệp vụ.\", "
    "{\"type\": \"subheading\", \"text\": \"Mục\", \"level\": 1}, {\"type\": \"bullets\", \"items\": [\"một\", "
    "{\"text\": \"hai\", \"items\": [\"ba\"]}]}, {\"type\": \"figure\", \"image\": "
    "\"samples/thanh-hoa-2024-04/images/xu-thanh.svg\", \"caption\": \"Xứ Thanh\", \"credit\": \"BTG\", \"alt\": "
    "\"Cảnh\", \"span\": \"page\"}, {\"type\": \"quote\", \"text\": \"Một câu nói\", \"by\": \"Bà A\"}, {\"type\": "
    "\"rule\"}]}, {\"id\": \"b\", \"headline\": \"Bảng\", \"importance\": 1, \"body\": [{\"type\": \"table\", "
    "\"title\": \"Dư nợ\", \"unit\": \"tỷ đồng\", \"note\": \"Ghi chú\", \"source\": \"BTG\", \"columns\": "
    "[{\"title\": \"Chỉ tiêu\"}, {\"title\": \"Năm\", \"type\": \"number\", \"decimals\": 1}], \"rows\": [[\"Một\", "
    "487.5], {\"cells\": [\"Nhóm\"], \"kind\": \"subhead\"}, [\"Hai\", 2]], \"total\": {\"label\": \"Cộng\", "
    "\"columns\": [1]}}, {\"type\": \"figure\", \"image\": \"samples/thanh-hoa-2024-04/images/bieu-duong.png\", "
    "\"caption\": \"Ảnh\"}, \"Đoạn cuối của bài này dài hơn một dòng để còn có chỗ mà ngắt, giãn và dồn chữ.\"]}], "
    "\"imprint\": {\"licence\": \"00/GP\", \"responsible\": \"Bà A\", \"editors\": [\"B\", \"C\"], \"printer\": "
    "\"D\", \"quantity\": 500, \"size\": \"19 x 27 cm\", \"lines\": [\"E\"]}}";

static bt_ctx *ctx;
static char layout_path[64];

static void demand(bool holds)
{
    if (!holds) abort();
}

static void hear(void *user, const bt_message *message)
{
    (void)user;
    demand(strlen(message->code) == 5 && message->text[0] && !strchr(message->text, '\n'));
}

static void remove_layout(void) { unlink(layout_path); }

static void begin(void)
{
    ctx = bt_ctx_new(NULL, hear, NULL);
    snprintf(layout_path, sizeof layout_path, "/tmp/fuzz_layout.%d.json", (int)getpid());
    atexit(remove_layout);
}

static void write_layout(const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(layout_path, "wb");
    demand(file);
    demand(!size || fwrite(bytes, size, 1, file) == 1);
    demand(fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const layout_dirs[] = {"layouts", NULL};
    if (!ctx) begin();
    demand(ctx);
    write_layout(bytes, size);
    bt_render_options options = {.bundle_text = bundle,
                                 .bundle_size = sizeof bundle - 1,
                                 .layout = layout_path,
                                 .layout_dirs = layout_dirs,
                                 .font_list = "fonts/fonts.json"};
    bt_render_result result;
    bt_status status = bt_render(ctx, &options, &result);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    demand((status == BT_OK) == (result.n_errors == 0));
    demand((status == BT_OK) == (result.n_pages > 0));
    return 0;
}
