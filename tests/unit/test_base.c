/* test_base.c - strings, units, arena, arrays, files. */
#include "base/file.h"
#include "base/limits.h"
#include "base/unit.h"
#include "unit/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_lengths(void)
{
    static const struct {
        const char *text;
        bool is_good;
        int32_t sp;
    } cases[] = {
        {"1pt", true, 65536},
        {"72pt", true, 4718592},
        {"1in", true, 4718592},
        {"25.4mm", true, 4718592},
        {"2.54cm", true, 4718592},
        {"-3pt", true, -196608},
        {"0mm", true, 0},
        {"0.5pt", true, 32768},
        {"1 pt", true, 65536},
        {".5pt", true, 32768},
        {"14400pt", true, 943718400},
        {"14401pt", false, 0},
        {"10", false, 0},
        {"pt", false, 0},
        {"1px", false, 0},
        {"1e3pt", false, 0},
        {"1,5mm", false, 0},
        {"", false, 0},
        {"--1pt", false, 0},
        {"1.2.3pt", false, 0},
        {"999999999999999999999pt", false, 0},
        {"0.00000001pt", true, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_sp length = 0;
        CHECK_INT(bt_length_parse(bt_str_of(cases[i].text), &length), cases[i].is_good);
        CHECK_INT(length, cases[i].sp);
    }
}

static void test_numbers(bt_arena *arena)
{
    CHECK_INT(bt_mul_div(7, 1, 2), 4);
    CHECK_INT(bt_mul_div(-7, 1, 2), -4);
    CHECK_INT(bt_mul_div(INT64_MAX, 1000, 1000), INT64_MAX);
    static const struct {
        int64_t value;
        int decimals;
        const char *shown;
    } cases[] = {{12500, 3, "12.5"}, {-5, 2, "-0.05"},     {100, 2, "1"},
                 {0, 3, "0"},        {1001, 3, "1.001"},   {-120, 1, "-12"},
                 {7, 0, "7"},        {10, 0, "10"},        {-987654, 0, "-987654"},
                 {45, 5, "0.00045"}, {999, 2, "9.99"},     {INT64_MAX, 0, "9223372036854775807"},
                 {10000, 3, "10"},   {-1, 6, "-0.000001"}, {INT64_MIN, 18, "-9.223372036854775808"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_buf buf = bt_buf_in(arena);
        bt_buf_add_fixed(&buf, cases[i].value, cases[i].decimals);
        CHECK_STR(bt_buf_str(&buf), cases[i].shown);
    }
    bt_buf mm = bt_buf_in(arena);
    bt_buf_add_mm(&mm, BT_PT(72));
    CHECK_STR(bt_buf_str(&mm), "25.4");
}

/* Every byte counts, and how many there are; where they stand in memory does not. */
static void test_hashes(void)
{
    enum { LONGEST = 100 };
    char bytes[LONGEST + 8] = {0}, moved[LONGEST + 8] = {0};
    uint64_t before = 0;
    for (size_t n = 0; n <= LONGEST; n++) {
        uint64_t hash = bt_str_hash((bt_str){bytes, n});
        CHECK(n == 0 || hash != before);
        before = hash;
        for (size_t i = 0; i < n; i++) {
            bytes[i] = 'a';
            CHECK(bt_str_hash((bt_str){bytes, n}) != hash);
            memcpy(moved + 3, bytes, n);
            CHECK(bt_str_hash((bt_str){moved + 3, n}) == bt_str_hash((bt_str){bytes, n}));
            bytes[i] = 0;
        }
    }
    /* Files are known by it: it stays. */
    CHECK(bt_str_hash(BT_STR("")) == 0);
    CHECK(bt_str_hash(BT_STR("bantin")) == 0x72d25ab222a7026cu);
    CHECK(bt_str_hash(BT_STR("Hội Liên hiệp Phụ nữ xã Bình Minh")) == 0x265c2c1499750449u);
}

/* Of any length, and behind what is there. */
static void test_formats(bt_arena *arena)
{
    static const size_t sizes[] = {0, 1, 253, 254, 255, 256, 257, 5000};
    bt_str text = bt_str_format(arena, "%05000d", 7);
    CHECK_INT(text.len, 5000);
    bt_buf buf = bt_buf_in(arena);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bt_str part = bt_str_slice(text, text.len - sizes[i], text.len);
        size_t before = buf.bytes.n;
        bt_buf_format(&buf, "<%.*s>", BT_STR_ARGS(part));
        bt_str made = bt_str_slice(bt_buf_str(&buf), before, buf.bytes.n);
        CHECK_INT(made.len, part.len + 2);
        CHECK(bt_str_equal(bt_str_slice(made, 1, made.len - 1), part) && made.ptr[made.len - 1] == '>');
        bt_str formatted = bt_str_format(arena, "<%.*s>", BT_STR_ARGS(part));
        CHECK(bt_str_equal(formatted, made) && formatted.ptr[formatted.len] == '\0');
    }
}

static void test_quoted(bt_arena *arena)
{
    static const struct {
        const char *text, *quoted;
    } cases[] = {
        {"", "\"\""},
        {"Hoằng Hóa", "\"Hoằng Hóa\""},
        {"\"a\" \\ b\n", "\"\\\"a\\\" \\\\ b\\n\""},
        {"\t\x01x\x7f", "\"\\u0009\\u0001x\\u007f\""},
        {"ấ\xff\xe1\xbaz\xef\xbf\xbd", "\"ấ\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_buf buf = bt_buf_in(arena);
        bt_buf_add_quoted(&buf, bt_str_of(cases[i].text));
        CHECK_STR(bt_buf_str(&buf), cases[i].quoted);
    }
}

static void test_utf8(void)
{
    static const char *const good[] = {"a", "é", "ộ", "𝄞", "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        bt_str s = bt_str_of(good[i]);
        uint32_t c;
        char back[4];
        CHECK_INT(bt_utf8_decode(s, 0, &c), s.len);
        CHECK_INT(bt_utf8_encode(c, back), s.len);
        CHECK(memcmp(back, s.ptr, s.len) == 0);
    }
    static const char *const bad[] = {"\x80",     "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "\xF8\x80", "\xC3",     "\xE1\xBB"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t c;
        CHECK_INT(bt_utf8_decode(bt_str_of(bad[i]), 0, &c), 1);
        CHECK_INT(c, 0xFFFD);
    }
    CHECK_INT(bt_utf8_count(BT_STR("Hậu Lộc")), 7);
}

static void test_nearest(void)
{
    static const bt_str names[] = {BT_STR_INIT("headline"), BT_STR_INIT("lead"), BT_STR_INIT("body")};
    CHECK_STR(bt_str_nearest(BT_STR("headlin"), names, 3), "headline");
    CHECK_STR(bt_str_nearest(BT_STR("haedline"), names, 3), "headline");
    CHECK_STR(bt_str_nearest(BT_STR("bod"), names, 3), "body");
    CHECK_STR(bt_str_nearest(BT_STR("something"), names, 3), "");
}

static void test_arena(void)
{
    bt_arena arena = {0};
    char *first = bt_arena_alloc(&arena, 10);
    CHECK(first && (uintptr_t)first % _Alignof(max_align_t) == 0);
    bt_arena_mark mark = bt_arena_set_mark(&arena);
    for (int i = 0; i < 1000; i++) {
        char *block = bt_arena_alloc(&arena, 5000);
        CHECK(block && block[0] == 0 && block[4999] == 0);
        memset(block, 7, 5000);
    }
    bt_arena_rewind(&arena, mark);
    char *again = bt_arena_alloc(&arena, 5000);
    CHECK(again && again[0] == 0 && again[4999] == 0);
    CHECK(!bt_arena_array(&arena, SIZE_MAX / 2, 4));
    CHECK(arena.failed);
    CHECK(!bt_arena_alloc(&arena, 1));
    bt_arena_drop(&arena);
    BT_ARRAY(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *n = BT_PUSH(&arena, &numbers);
        CHECK(n && *n == 0);
        if (n) *n = i;
    }
    CHECK_INT(numbers.v[9999], 9999);
    bt_arena_drop(&arena);
}

/* Memory that counts what was asked of it. */
static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    size_t *n_asked = user;
    *n_asked += new_size > 0;
    const bt_allocator *system = bt_alloc_system();
    return system->resize(system->user, block, old_size, new_size);
}

/* What one job leaves serves the next one, up to a limit; what is larger goes. */
static void test_arena_reset(void)
{
    size_t n_asked = 0;
    bt_allocator allocator = {counted_resize, &n_asked};
    bt_arena arena = bt_arena_over(&allocator);
    for (int job = 0; job < 3; job++) {
        for (int i = 0; i < 500; i++) {
            unsigned char *unset = bt_arena_alloc_unset(&arena, 3000), *zeros = bt_arena_alloc(&arena, 1000);
            CHECK(unset && zeros && zeros[0] == 0 && zeros[999] == 0);
            if (unset) memset(unset, 9, 3000);
            if (zeros) memset(zeros, 9, 1000);
        }
        CHECK(!bt_arena_array(&arena, SIZE_MAX / 2, 4));
        bt_arena_reset(&arena);
        CHECK(!arena.failed && !arena.top);
        CHECK(arena.n_spare_bytes >= (size_t)500 * 4000 && arena.n_spare_bytes <= BT_LIMIT_ARENA_SPARE_BYTES);
        if (job == 0) CHECK(n_asked > 1);
        if (job == 0) n_asked = 0;
    }
    CHECK_INT(n_asked, 0);
    /* One block over the limit stays while the arena is in use, and goes with the job. */
    bt_arena_mark mark = bt_arena_set_mark(&arena);
    for (int i = 0; i < 3; i++) {
        CHECK(bt_arena_alloc_unset(&arena, BT_LIMIT_ARENA_SPARE_BYTES + 1) != NULL);
        bt_arena_rewind(&arena, mark);
    }
    CHECK_INT(n_asked, 1);
    bt_arena_reset(&arena);
    CHECK_INT(arena.n_spare_bytes, 0);
    bt_arena_drop(&arena);
}

static void test_paths(bt_arena *arena)
{
    CHECK_STR(bt_path_normal(arena, BT_STR("articles/../images/./a.png")), "images/a.png");
    CHECK_STR(bt_path_normal(arena, BT_STR("a//b/")), "a/b");
    CHECK_STR(bt_path_normal(arena, BT_STR("a/../../b/..")), "..");
    CHECK_STR(bt_path_normal(arena, BT_STR("/a/../b/../..")), "/");
    CHECK_STR(bt_path_normal(arena, BT_STR("./a/..")), ".");
    CHECK(bt_path_stays_inside(BT_STR("images/a.png")));
    CHECK(bt_path_stays_inside(BT_STR("a/../b.png")));
    CHECK(!bt_path_stays_inside(BT_STR("../a.png")));
    CHECK(!bt_path_stays_inside(BT_STR("a/../../b.png")));
    CHECK(!bt_path_stays_inside(BT_STR("/etc/a.png")));
    CHECK(!bt_path_stays_inside(BT_STR("")));
    CHECK_STR(bt_path_dir(arena, BT_STR("a/b/c.json")), "a/b");
    CHECK_STR(bt_path_dir(arena, BT_STR("c.json")), ".");
    CHECK_STR(bt_path_dir(arena, BT_STR("/c.json")), "/");
    CHECK_STR(bt_path_join(arena, BT_STR("a/b"), BT_STR("c.png")), "a/b/c.png");
    CHECK_STR(bt_path_join(arena, BT_STR("a/b"), BT_STR("/c.png")), "/c.png");
    CHECK_STR(bt_path_join(arena, BT_STR("."), BT_STR("././c.png")), "./c.png");
    CHECK_STR(bt_path_join(arena, BT_STR("a"), BT_STR("./../c.png")), "a/../c.png");
    CHECK_STR(bt_path_join(arena, BT_STR("a"), BT_STR(".c.png")), "a/.c.png");
}

static bt_str contents(bt_arena *arena, const char *path)
{
    bt_str text;
    int error;
    return bt_file_read(arena, path, 1 << 20, &text, &error) == BT_OK ? text : BT_STR("(cannot be read)");
}

static void test_files(bt_arena *arena)
{
    char folder[] = "/tmp/bantin-file-XXXXXX", path[64];
    if (!mkdtemp(folder)) return;
    snprintf(path, sizeof path, "%s/a.txt", folder);
    bt_diags diags = {0};
    bt_file file;
    CHECK_INT(bt_file_begin(&file, NULL, &diags, path), BT_OK);
    CHECK_INT(bt_file_write(&file, "one", 3), BT_OK);
    CHECK(access(path, F_OK) != 0); /* not before it is whole */
    CHECK_INT(bt_file_commit(&file), BT_OK);
    CHECK_STR(contents(arena, path), "one");
    CHECK_INT(bt_file_begin(&file, NULL, &diags, path), BT_OK);
    CHECK_INT(bt_file_write(&file, "two", 3), BT_OK);
    bt_file_abandon(&file);
    CHECK_STR(contents(arena, path), "one");
    CHECK_INT(bt_file_begin_staged(&file, NULL, &diags, path), BT_OK);
    CHECK_STR(contents(arena, path), "");
    const bt_str pieces[] = {BT_STR("thr"), BT_STR(""), BT_STR("ee")};
    CHECK_INT(bt_file_write_pieces(&file, pieces, 3), BT_OK);
    CHECK_INT(file.n_bytes, 5);
    CHECK_INT(bt_file_commit(&file), BT_OK);
    CHECK_STR(contents(arena, path), "three");
    CHECK_INT(bt_file_begin_staged(&file, NULL, &diags, path), BT_OK);
    bt_file_abandon(&file);
    CHECK(access(path, F_OK) != 0);
    CHECK_INT(bt_file_begin(&file, NULL, &diags, path), BT_OK);
    CHECK_INT(bt_file_write(&file, "one", 3), BT_OK);
    CHECK_INT(bt_file_commit(&file), BT_OK);
    bt_str text;
    int error;
    CHECK_INT(bt_file_read(arena, path, 2, &text, &error), BT_LIMIT);
    CHECK_INT(bt_file_read(arena, folder, 100, &text, &error), BT_IO);
    CHECK_INT(error, EISDIR);
    CHECK_INT(bt_file_read(arena, "/nothing/here", 100, &text, &error), BT_IO);
    CHECK_INT(error, ENOENT);
    CHECK_INT(diags.n[BT_ERROR], 0);
    CHECK_INT(bt_file_begin(&file, NULL, &diags, "/nothing/here/a.txt"), BT_IO);
    CHECK_INT(diags.n[BT_ERROR], 1);
    CHECK(!bt_file_is_other(path, "on"));
    CHECK(bt_file_is_other(path, "On"));
    CHECK(bt_file_is_other(path, "once"));
    unlink(path);
    CHECK(!bt_file_is_other(path, "on"));
    CHECK_INT(mkfifo(path, 0600), 0);
    CHECK(!bt_file_is_other(path, "on"));
    CHECK_INT(bt_file_begin(&file, NULL, &diags, path), BT_IO); /* it would be replaced */
    CHECK_INT(diags.n[BT_ERROR], 2);
    CHECK_INT(unlink(path), 0);
    CHECK_INT(rmdir(folder), 0); /* nothing was left behind */
}

int main(void)
{
    bt_arena arena = {0};
    test_lengths();
    test_numbers(&arena);
    test_hashes();
    test_formats(&arena);
    test_quoted(&arena);
    test_utf8();
    test_nearest();
    test_arena();
    test_arena_reset();
    test_paths(&arena);
    test_files(&arena);
    bt_arena_drop(&arena);
    return check_report();
}
