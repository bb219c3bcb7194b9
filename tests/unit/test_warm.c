/* test_warm.c - editions of an open base: what the base has read already changes nothing.
 *
 * Each edition is rendered alone, from its files; then all of them on one open base, forwards and backwards, in one
 * language and the other. The bytes of the PDF and of the drawing, and what is said, must be the same. The texts of the
 * base are clean, or have what is remarked on, old encodings, tone marks, notes and links; the overlays change what a
 * text of the base means (its language, the encoding that is at home, the layout) or are wrong.
 */
#include "unit/check.h"

#include "bantin.h"
#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

enum { MOST_BYTES = 64 * 1024 * 1024 };

typedef struct base {
    const char *path, *text; /* text NULL: the file's */
} base;

static const base bases[] = {
    {"tests/fault/bundle.json", NULL},
    {"samples/thanh-hoa-2024-04/bundle.json", NULL},
    {"tests/golden/markdown/bundle.json", NULL},
    {"tests/fault/doubtful.json",
     "{\"bantin\": 1, \"masthead\": {\"title\": \"Tin\", \"date\": \"2024-04-09\"}, \"articles\": [{\"headline\": "
     "\"Biển\", \"body\": [\"Héi.\"]}, {\"headline\": \"Khác\", \"body\": [\"Một đoạn ở {{name}}.\"]}]}"},
    {"tests/fault/mixed.json",
     "{\"bantin\": 1, \"masthead\": {\"title\": \"Tin Hội\", \"issuer\": \"Hội \\\"Phụ nữ\\\"\", \"date\": "
     "\"2024-04-09\"},\n"
     " \"highlights\": {\"title\": \"Tâm điểm\", \"items\": [\"Thanh Hoá\", {\"text\": \"Lớp **học**\", \"article\": "
     "\"lop\"}]},\n"
     " \"articles\": [\n"
     "  {\"id\": \"lop\", \"headline\": \"Tập huấn ở Thanh Hóa\", \"body\": [\"Một lớp ở xã Hòa Lộc, Hoà Bình.\", "
     "\"Xem "
     "[trang](https://a.vn/b), thư về a@b.vn[^1].\", \"Hai  khoảng trắng , và \\\"ngoặc\\\" thẳng.\"],\n"
     "   \"notes\": [\"Chú thích: thuỷ, thủy.\"]},\n"
     "  {\"id\": \"cu\", \"headline\": \"Chữ cũ\", \"body\": [\"Hội viên nói: «Héi viªn».\", \"Chµo mõng Héi Liªn hiÖp "
     "Phô n÷ tØnh Thanh Ho¸ n¨m 2024.\", \"Hai từ: Hoäi vieân.\"]},\n"
     "  {\"id\": \"bang\", \"headline\": \"Bảng\", \"body\": [{\"type\": \"table\", \"id\": \"b\", \"columns\": "
     "[{\"title\": \"Năm\"}, {\"title\": \"Số\", \"type\": \"number\"}], \"rows\": [[\"2023\", 1], [\"2024\", 2]]},\n"
     "   {\"type\": \"chart\", \"kind\": \"bar\", \"table_id\": \"b\"}]}]}"},
};

static const char *const overlays[] = {
    "{\"bantin_edition\": 1, \"id\": \"a\", \"name\": \"A\"}",
    "{\"bantin_edition\": 1, \"id\": \"b\", \"name\": \"B\", \"set\": {\"/masthead/edition\": \"Ấn bản Hậu Lộc\"},\n"
    " \"articles\": [{\"op\": \"insert\", \"at\": \"start\", \"article\": {\"headline\": \"Tin Hậu Lộc\", \"body\": "
    "[\"Hoà giải ở xã  Hoa Lộc.\", \"Thư về c@d.vn.\"]}}]}",
    /* TCVN3 is at home in it: what was a doubtful word in the base is none any more. */
    "{\"bantin_edition\": 1, \"id\": \"c\", \"name\": \"C\", \"articles\": [{\"op\": \"insert\", \"at\": \"end\", "
    "\"article\": {\"headline\": \"Phô n÷ Thanh Ho¸ thi ®ua\", \"body\": [\"Héi Liªn hiÖp Phô n÷ tØnh tæ chøc líp tËp "
    "huÊn cho c¸n bé, héi viªn n¨m 2024.\", \"C¸c häc viªn ®· ®­îc nghiªn cøu vÒ c«ng t¸c qu¶n lý nguån vèn "
    "vay.\"]}}]}",
    "{\"bantin_edition\": 1, \"id\": \"d\", \"name\": \"D\", \"set\": {\"/lang\": \"en-GB\", \"/layout\": "
    "\"a4-three-column\"}}",
    "{\"bantin_edition\": 1, \"id\": \"e\", \"name\": \"E\", \"set\": {\"/mast\": 1, \"/articles/0/headline\": \"\"}}",
    "{\"bantin_edition\": 1, \"id\": \"f\", \"name\": \"F\", \"set\": {\"/articles/0/body/0\": \"Một {{name}} khác, "
    "{{ten}}.\"}}",
    "{\"bantin_edition\": 1, \"id\": \"g\", \"name\": \"*G*\", \"set\": {\"/articles/0/body/0\": \"Một {{name}} "
    "khác.\", "
    "\"/articles/1/kicker\": null}}",
    "{\"bantin_edition\": 1, \"id\": \"h\", \"name\": \"H\", \"set\": {\"/layout\": \"khong-co\"}}",
    "{\"bantin_edition\": 1, \"id\": \"i\"",
};
enum { N_BASES = sizeof bases / sizeof *bases, N_OVERLAYS = sizeof overlays / sizeof *overlays, N_LANGS = 2 };

static char folder[] = "/tmp/bantin-test-warm-XXXXXX";
static const char *const dirs[] = {"layouts", NULL};

/* What one edition gave; without files where it is wrong. */
typedef struct outcome {
    bt_status status;
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
    bt_str bytes = BT_STR("");
    int error;
    if (access(path, F_OK) != 0) return bytes;
    CHECK_INT(bt_file_read(arena, path, MOST_BYTES, &bytes, &error), BT_OK);
    CHECK_INT(unlink(path), 0);
    return bytes;
}

static bt_render_options options_of(const base *from, bool converts)
{
    return (bt_render_options){.bundle_path = from->path,
                               .bundle_text = from->text,
                               .bundle_size = from->text ? strlen(from->text) : 0,
                               .layout_dirs = dirs,
                               .converts_legacy = converts,
                               .has_epoch = true};
}

/* open NULL: alone. */
static outcome render(bt_arena *arena, bt_ctx *ctx, bt_buf *said, const base *from, const bt_base *open, size_t i,
                      bool converts)
{
    bt_str pdf = bt_str_format(arena, "%s/out.pdf", folder), dump = bt_str_format(arena, "%s/out.dump", folder);
    bt_render_options options = options_of(from, converts);
    if (open) {
        options.bundle_path = options.bundle_text = NULL;
        options.base = open;
    }
    options.edition_path = "tests/fault/overlay.json";
    options.edition_text = overlays[i];
    options.edition_size = strlen(overlays[i]);
    options.pdf_path = pdf.ptr;
    options.dump_path = dump.ptr;
    bt_render_result result;
    *said = bt_buf_in(arena);
    bt_status status = bt_render(ctx, &options, &result);
    return (outcome){status, take(arena, pdf.ptr), take(arena, dump.ptr), bt_buf_str(said)};
}

static void check_same(const outcome *warm, const outcome *alone, const char *overlay)
{
    check_that(warm->status == alone->status, overlay, 1, "the same status");
    check_that(bt_str_equal(warm->pdf, alone->pdf), overlay, 1, "the same PDF");
    check_that(bt_str_equal(warm->dump, alone->dump), overlay, 1, "the same drawing");
    check_that(bt_str_equal(warm->said, alone->said), overlay, 1, "the same messages");
}

/* Two bases are open at a time: each keeps to its own. */
static void check_base(const base *from, const base *other, bool converts)
{
    bt_arena arena = {0};
    bt_buf said = bt_buf_in(&arena);
    outcome alone[N_LANGS][N_OVERLAYS];
    for (size_t i = 0; i < (size_t)N_LANGS * N_OVERLAYS; i++) {
        bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
        bt_ctx_speak(ctx, (bt_lang)(i % N_LANGS));
        outcome *at = &alone[i % N_LANGS][i / N_LANGS];
        *at = render(&arena, ctx, &said, from, NULL, i / N_LANGS, converts);
        CHECK((at->status == BT_OK) == (at->pdf.len > 1000));
        CHECK(at->status == BT_OK || at->said.len);
        bt_ctx_drop(ctx);
    }
    bt_ctx *ctx = bt_ctx_new(NULL, note, &said);
    bt_render_options options = options_of(from, converts), other_options = options_of(other, converts);
    bt_base *open, *other_open;
    options.makes_shared = true;
    CHECK_INT(bt_base_open(ctx, &options, &open, NULL), BT_OK);
    CHECK_INT(bt_base_open(ctx, &other_options, &other_open, NULL), BT_OK);
    for (size_t i = 0; i < (size_t)2 * N_OVERLAYS; i++) {
        size_t overlay_i = i < N_OVERLAYS ? i : (size_t)2 * N_OVERLAYS - 1 - i, lang = i / 2 % N_LANGS;
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_ctx_speak(ctx, (bt_lang)lang);
        outcome warm = render(&arena, ctx, &said, from, open, overlay_i, converts);
        check_same(&warm, &alone[lang][overlay_i], overlays[overlay_i]);
        render(&arena, ctx, &said, other, other_open, overlay_i, converts);
        bt_arena_rewind(&arena, mark);
    }
    bt_base_drop(other_open);
    bt_base_drop(open);
    bt_ctx_drop(ctx);
    bt_arena_drop(&arena);
}

static void *count(void *user, void *block, size_t old_size, size_t new_size)
{
    uint64_t *n_bytes = user;
    if (new_size > old_size) *n_bytes += new_size - old_size;
    if (new_size) return realloc(block, new_size);
    free(block);
    return NULL;
}

/* The memory that the first edition's PDF takes of an open base, and the PDF. */
static uint64_t count_first(bt_arena *arena, bool makes_shared, bt_str *pdf)
{
    uint64_t n_bytes = 0;
    const bt_allocator counting = {count, &n_bytes};
    bt_buf said = bt_buf_in(arena);
    bt_ctx *ctx = bt_ctx_new(&counting, note, &said);
    bt_render_options options = options_of(&bases[0], false);
    options.makes_shared = makes_shared;
    bt_base *open;
    CHECK_INT(bt_base_open(ctx, &options, &open, NULL), BT_OK);
    n_bytes = 0;
    *pdf = render(arena, ctx, &said, &bases[0], open, 0, false).pdf;
    uint64_t n_taken = n_bytes;
    bt_base_drop(open);
    bt_ctx_drop(ctx);
    return n_taken;
}

/* What PDFs share is made with the base where that is asked for: its first edition has less to make. */
static void check_shared(void)
{
    bt_arena arena = {0};
    bt_str made, unmade;
    CHECK(count_first(&arena, true, &made) < count_first(&arena, false, &unmade));
    CHECK(made.len > 1000 && bt_str_equal(made, unmade));
    bt_arena_drop(&arena);
}

int main(void)
{
    CHECK(mkdtemp(folder) != NULL);
    check_shared();
    for (size_t i = 0; i < N_BASES; i++) {
        check_base(&bases[i], &bases[(i + 1) % N_BASES], false);
        if (bases[i].text) check_base(&bases[i], &bases[(i + 1) % N_BASES], true);
    }
    rmdir(folder);
    return check_report();
}
