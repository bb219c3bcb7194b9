/* test_columns.c - columns of a manifest that no text calls for: found with their places, and only when it is sure. */
#include "base/file.h"
#include "batch/columns.h"
#include "unit/corpus.h"
#include "unit/short_memory.h"

#include <unistd.h>

static char folder[] = "/tmp/bantin-columns-XXXXXX";

static const char base[] =
    "{\"bantin\": 1, \"masthead\": {\"title\": \"Bản tin {{xa}}\", \"date\": \"2024-04-09\"}, \"articles\": [{\"id\": "
    "\"a\", \"headline\": \"{{hoi_vien}} hội viên\", \"body\": [\"Một đoạn.\"]}]}";

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static bt_status check_rows(bt_arena *arena, bt_diags *diags, const char *base_text, const char *rows)
{
    const bt_manifest *manifest;
    bt_str path = bt_str_format(arena, "%s/list.csv", folder);
    write_file("list.csv", rows);
    bt_status status = bt_manifest_read(arena, diags, path, (bt_str){NULL, 0}, &manifest);
    if (status != BT_OK) return status;
    bt_str base_path = bt_str_format(arena, "%s/base.json", folder);
    bt_render_options options = {.bundle_path = base_path.ptr};
    write_file("base.json", base_text);
    return bt_columns_check(arena, diags, &options, manifest);
}

/* wanted: the messages, as the corpus writes them. */
static void check_said(const char *base_text, const char *rows, const char *wanted)
{
    bt_arena arena = {0};
    bt_str path = bt_str_format(&arena, "%s/list.csv", folder);
    corpus_log log = {.text = bt_buf_in(&arena), .file = path.ptr};
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
    bt_status status = check_rows(&arena, &diags, base_text, rows);
    CHECK_INT(status, wanted[0] ? BT_INPUT : BT_OK);
    CHECK_STR(bt_buf_str(&log.text), wanted);
    bt_arena_drop(&arena);
}

#define UNUSED(place, name)                                                                                            \
    "error E1137 " place " - neither the base nor any edition calls for the column \"" name "\"; write {{" name        \
    "}} where its values go, or delete the column\n"

static void test_columns(void)
{
    check_said(base, "id,xa,hoi_vien\nx,Hoa Lộc,12\n", "");
    check_said(base, "id\nx\n", "");
    check_said(base, "id,xa,hoi_vien,du_no,name\nx,Hoa Lộc,12,3,n\n", UNUSED("1:16", "du_no"));
    check_said(
        base, "id,xa,hoi_viên\nx,Hoa Lộc,12\n",
        "error E1138 1:7 - neither the base nor any edition calls for the column \"hoi_viên\", but the base calls "
        "for {{hoi_vien}}, which no column gives; name the two alike\n");
}

/* The base has it not, but an edition's overlay. */
static void test_overlays(void)
{
    write_file("y.json",
               "{\"bantin_edition\": 1, \"id\": \"y\", \"set\": {\"/articles/0/headline\": \"{{du_no}} đồng\"}}");
    write_file("z.json", "{\"bantin_edition\": 1, \"id\": \"z\"}");
    write_file("broken.json", "{\"bantin_edition\": 1, ");
    check_said(base, "id,edition,xa,hoi_vien,du_no\nx,,a,1,2\ny,y.json,a,1,2\n", "");
    check_said(base, "id,edition,xa,hoi_vien,du_no\nx,,a,1,2\nz,z.json,a,1,2\n", UNUSED("1:24", "du_no"));
    /* who knows what the broken one would have called for */
    check_said(base, "id,edition,xa,hoi_vien,du_no\nx,,a,1,2\nb,broken.json,a,1,2\n", "");
    check_said("{\"bantin\": ", "id,xa\nx,a\n", "");
}

/* An article's file that each edition has its own of. */
static void test_files(void)
{
    static const char files[] =
        "{\"bantin\": 1, \"masthead\": {\"title\": \"T\"}, \"articles\": [{\"headline\": \"H\", "
        "\"body\": {\"file\": \"{{id}}.md\"}}]}";
    write_file("x.md", "Một đoạn.\n");
    write_file("y.md", "Đoạn của {{xa}}.\n");
    check_said(files, "id,xa\nx,a\ny,b\n", "");
    write_file("y.md", "Đoạn của {{ xa}}.\n");
    check_said(files, "id,xa\nx,a\ny,b\n", UNUSED("1:4", "xa"));
}

static void test_memory(void)
{
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 4000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.arena = &arena};
        status = check_rows(&arena, &diags, base, "id,edition,xa,hoi_vien,du_no\nx,,a,1,2\nz,z.json,a,1,2\n");
        bt_arena_drop(&arena);
    }
    CHECK_INT(status, BT_INPUT);
    CHECK(n > 10);
}

int main(void)
{
    static const char *const names[] = {"list.csv", "base.json", "x.md", "y.md", "y.json", "z.json", "broken.json"};
    CHECK(mkdtemp(folder) != NULL);
    test_columns();
    test_overlays();
    test_files();
    test_memory();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    CHECK(rmdir(folder) == 0);
    return check_report();
}
