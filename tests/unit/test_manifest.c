/* test_manifest.c - manifests of batches: what CSV and JSON Lines give, where every value stands, limits, no memory,
 * and every message. */
#include "base/limits.h"
#include "batch/manifest.h"
#include "unit/corpus.h"
#include "unit/short_memory.h"

static bt_status read_file(bt_arena *arena, bt_diags *diags, bt_str path)
{
    const bt_manifest *manifest;
    bt_status status = bt_manifest_read(arena, diags, path, (bt_str){NULL, 0}, &manifest);
    CHECK(status != BT_OK || manifest != NULL);
    return status;
}

static const bt_manifest *read_good(bt_arena *arena, const char *name)
{
    const bt_manifest *manifest = NULL;
    bt_diags diags = {.arena = arena};
    bt_str path = bt_str_format(arena, "tests/corpus/manifest/good/%s", name);
    CHECK_INT(bt_manifest_read(arena, &diags, path, (bt_str){NULL, 0}, &manifest), BT_OK);
    CHECK_INT(diags.n[BT_ERROR], 0);
    return manifest;
}

static void check_value(const bt_batch_row *row, uint32_t i, const char *name, const char *text, uint32_t line,
                        uint32_t column)
{
    CHECK(i < row->n_values);
    if (i >= row->n_values) return;
    CHECK_STR(bt_str_of(row->values[i].name), name);
    CHECK_STR(bt_str_of(row->values[i].text), text);
    CHECK_INT(row->values[i].line, line);
    CHECK_INT(row->values[i].column, column);
    CHECK(bt_str_starts(bt_str_of(row->values[i].file), BT_STR("tests/corpus/manifest/good/")));
}

static void test_rfc4180(void)
{
    bt_arena arena = {0};
    const bt_manifest *m = read_good(&arena, "rfc4180.csv");
    CHECK_INT(m->n_rows, 2);
    CHECK_INT(m->n_columns, 3);
    CHECK_STR(m->columns[0], "id");
    CHECK_STR(m->columns[2], "note");
    CHECK_INT(m->column_ats[2]->column, 9);
    const bt_batch_row *row = &m->rows[0];
    CHECK_STR(row->id, "hau-loc");
    CHECK_STR(row->edition, "tests/corpus/manifest/good/editions/hau-loc.json");
    CHECK_STR(row->out, "hau-loc.pdf");
    CHECK_INT(row->at->line, 2);
    CHECK_INT(row->n_values, 3);
    check_value(row, 0, "id", "hau-loc", 2, 1);
    check_value(row, 1, "name", "Hậu Lộc", 2, 9);
    check_value(row, 2, "note", "Một, hai \"ba\"\ndòng hai", 2, 17);
    row = &m->rows[1];
    CHECK_STR(row->id, "vĩnh-lộc");
    CHECK_STR(row->edition, "");
    CHECK_STR(row->out, "huyen/vinh-loc.pdf");
    CHECK_INT(row->at->line, 5);
    check_value(row, 1, "name", "", 5, 12);
    check_value(row, 2, "note", "", 5, 13);
    bt_arena_drop(&arena);
}

static void test_semicolons(void)
{
    bt_arena arena = {0};
    const bt_manifest *m = read_good(&arena, "semicolons.csv");
    CHECK_INT(m->n_rows, 2);
    CHECK_INT(m->n_columns, 4);
    CHECK_INT(m->column_ats[0]->column, 1);
    check_value(&m->rows[0], 2, "du_no", "487,5", 2, 17);
    check_value(&m->rows[0], 3, "ti_le", "87,5", 2, 25);
    check_value(&m->rows[1], 1, "xa", " Phú Lộc ", 3, 9);
    check_value(&m->rows[1], 2, "du_no", "a;b", 3, 19);
    check_value(&m->rows[1], 3, "ti_le", "", 3, 25);
    m = read_good(&arena, "one-column.csv");
    CHECK_INT(m->n_rows, 2);
    CHECK_STR(m->rows[1].out, "b.pdf");
    CHECK_INT(m->rows[1].at->line, 4);
    bt_arena_drop(&arena);
}

static void test_jsonl(void)
{
    bt_arena arena = {0};
    const bt_manifest *m = read_good(&arena, "rows.jsonl");
    CHECK_INT(m->n_rows, 2);
    CHECK_INT(m->n_columns, 4);
    CHECK_STR(m->columns[3], "ti_le");
    CHECK_INT(m->column_ats[3]->line, 3);
    CHECK_STR(m->rows[0].edition, "tests/corpus/manifest/editions/hau-loc.json");
    CHECK_STR(m->rows[0].out, "a/b.PDF");
    CHECK_INT(m->rows[0].n_values, 3);
    check_value(&m->rows[0], 2, "hoi_vien", "1250", 1, 105);
    CHECK_INT(m->rows[1].n_values, 4);
    check_value(&m->rows[1], 0, "id", "vinh-loc", 3, 8);
    check_value(&m->rows[1], 2, "xa", "Vĩnh \"Lộc\"\nhai", 3, 43);
    check_value(&m->rows[1], 3, "ti_le", "87.50", 3, 71);
    CHECK_STR(bt_str_of(m->rows[1].values[3].pointer), "/ti_le");
    bt_arena_drop(&arena);
}

/* What is good is kept, so that its editions can be checked too. */
static void test_rest(void)
{
    bt_arena arena = {0};
    const bt_manifest *m;
    bt_diags diags = {.arena = &arena};
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("-"), BT_STR("id,a\nx,1\ny\nz,3\n"), &m), BT_INPUT);
    CHECK(m && m->n_rows == 2);
    CHECK_STR(m->path, "-");
    CHECK_STR(m->rows[1].id, "z");
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("-"), BT_STR("a\nx\n"), &m), BT_INPUT);
    CHECK(!m);
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("tests/corpus/manifest"), (bt_str){NULL, 0}, &m), BT_INPUT);
    bt_arena_drop(&arena);
}

static void test_is(void)
{
    CHECK(bt_manifest_is(BT_STR("a.csv"), BT_STR("")));
    CHECK(bt_manifest_is(BT_STR("a.jsonl"), BT_STR("{\"bantin\": 1}")));
    CHECK(!bt_manifest_is(BT_STR("a.json"), BT_STR("id,a")));
    CHECK(bt_manifest_is(BT_STR("-"), BT_STR("\xEF\xBB\xBFid;a\nx;1\n")));
    CHECK(bt_manifest_is(BT_STR("-"), BT_STR("{\"id\": \"a\"}\n{\"id\": \"b\"}\n")));
    CHECK(!bt_manifest_is(BT_STR("-"), BT_STR("{\"bantin\": 1, \"articles\": []}\n")));
    CHECK(!bt_manifest_is(BT_STR("-"), BT_STR("{\n  \"bantin\": 1\n}\n")));
    CHECK(!bt_manifest_is(BT_STR("-"), BT_STR("")));
    CHECK(!bt_manifest_is(BT_STR("-"), BT_STR("[]")));
    CHECK(bt_manifest_is(BT_STR("list.txt"), BT_STR("xa,\"id\"\r\nx,y\r\n")));
    CHECK(!bt_manifest_is(BT_STR("list.txt"), BT_STR("PK\003\004 void,idea")));
}

/* So many rows; beyond the limit they are refused, and no more is said than that. */
static void check_rows(uint32_t n, bool is_csv, bt_status wanted)
{
    bt_arena arena = {0};
    bt_buf text = bt_buf_in(&arena);
    const bt_manifest *m;
    corpus_log log = {.text = bt_buf_in(&arena), .file = "-"};
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
    if (is_csv) bt_buf_add_z(&text, "id,xa\n");
    for (uint32_t i = 0; i < n; i++)
        bt_buf_format(&text, is_csv ? "x%u,Hoa Lộc\n" : "{\"id\": \"x%u\", \"xa\": \"Hoa Lộc\"}\n", i);
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("-"), bt_buf_str(&text), &m), wanted);
    CHECK(m && m->n_rows == (n < BT_LIMIT_MANIFEST_ROWS ? n : BT_LIMIT_MANIFEST_ROWS));
    CHECK_INT(log.n, wanted != BT_OK);
    if (wanted != BT_OK)
        CHECK(bt_str_starts(bt_buf_str(&log.text),
                            is_csv ? BT_STR("error E1108 100002:1 ") : BT_STR("error E1108 100001:1 ")));
    bt_arena_drop(&arena);
}

static void test_limits(void)
{
    bt_arena arena = {0};
    const bt_manifest *m;
    bt_diags diags = {.arena = &arena};
    check_rows(BT_LIMIT_MANIFEST_ROWS, true, BT_OK);
    check_rows(BT_LIMIT_MANIFEST_ROWS + 2, true, BT_LIMIT);
    check_rows(BT_LIMIT_MANIFEST_ROWS + 2, false, BT_LIMIT);
    bt_buf text = bt_buf_in(&arena);
    for (uint32_t i = 0; i <= BT_LIMIT_MANIFEST_COLUMNS; i++)
        bt_buf_format(&text, "{\"id\": \"x%u\", \"c%u\": 1}\n", i, i);
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("-"), bt_buf_str(&text), &m), BT_LIMIT);
    static const char byte[1] = {'i'};
    bt_str large = {byte, (size_t)BT_LIMIT_MANIFEST_BYTES + 1}; /* not looked at */
    CHECK_INT(bt_manifest_read(&arena, &diags, BT_STR("-"), large, &m), BT_LIMIT);
    CHECK(!m);
    bt_arena_drop(&arena);
}

static bool read_short(const char *path, long n, bt_status *status)
{
    short_memory memory = {n};
    bt_allocator allocator = {short_resize, &memory};
    bt_arena arena = bt_arena_over(&allocator);
    bt_diags diags = {.arena = &arena};
    const bt_manifest *m;
    *status = bt_manifest_read(&arena, &diags, bt_str_of(path), (bt_str){NULL, 0}, &m);
    CHECK(*status != BT_NOMEM || !m);
    bt_arena_drop(&arena);
    return *status == BT_NOMEM;
}

static void test_memory(void)
{
    static const char *const paths[] = {"tests/corpus/manifest/good/rfc4180.csv",
                                        "tests/corpus/manifest/good/rows.jsonl", "tests/corpus/manifest/outs-twice.csv",
                                        "tests/corpus/manifest/cell-long.csv"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        bt_status status = BT_NOMEM;
        long n = 0;
        while (n < 1000 && read_short(paths[i], n, &status)) n++;
        CHECK(n > 1 && n < 1000);
        CHECK_INT(status, i < 2 ? BT_OK : i == 2 ? BT_INPUT : BT_LIMIT);
    }
}

int main(void)
{
    CHECK(corpus_run_of("tests/corpus/manifest", ".csv", read_file) > 20);
    CHECK(corpus_run_of("tests/corpus/manifest", ".jsonl", read_file) > 5);
    CHECK(corpus_run_of("tests/corpus/manifest/good", ".csv", read_file) == 3);
    CHECK(corpus_run_of("tests/corpus/manifest/good", ".jsonl", read_file) == 1);
    test_rfc4180();
    test_semicolons();
    test_jsonl();
    test_rest();
    test_is();
    test_limits();
    test_memory();
    return check_report();
}
