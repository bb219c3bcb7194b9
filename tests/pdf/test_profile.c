/* test_profile.c - profiles found, kept and read again; what happens without any, and without memory. The bad ones are
 * in tests/e2e/test_press.py. */
#include "unit/check.h"
#include "unit/short_memory.h"

#include "base/file.h"
#include "pdf/profile.h"

#include <stdlib.h>
#include <unistd.h>

static struct {
    char codes[256];
    char text[1024]; /* of the last message */
} heard;

static void hear(void *user, const bt_message *message)
{
    (void)user;
    size_t n = strlen(heard.codes);
    snprintf(heard.codes + n, sizeof heard.codes - n, "%s%s", n ? " " : "", message->code);
    snprintf(heard.text, sizeof heard.text, "%s", message->text);
}

/* Finds, and says all anew. */
static bt_status find(bt_profiles *profiles, const bt_profile_wanted *wanted, const bt_profile **profile)
{
    bt_arena arena = {0};
    bt_diags diags = {.on_message = hear, .arena = &arena};
    memset(&heard, 0, sizeof heard);
    bt_status status = bt_profile_find(profiles, &diags, wanted, profile);
    CHECK((*profile != NULL) == (status == BT_OK));
    CHECK_INT(diags.n[BT_ERROR], status != BT_OK && status != BT_NOMEM);
    bt_arena_drop(&arena);
    return status;
}

static void write_file(const char *path, bt_str bytes)
{
    FILE *file = fopen(path, "wb");
    CHECK(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
    if (file) CHECK(fclose(file) == 0);
}

/* Each file is read once, until it changes; what was read before stays. */
static void test_kept(void)
{
    char folder[] = "/tmp/bantin-test-XXXXXX", path[64];
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.icc", folder);
    bt_profiles *profiles = bt_profiles_new(NULL);
    const bt_profile *first, *own, *again;
    bt_profile_wanted known = {.name = BT_STR("FOGRA39")};
    CHECK_INT(find(profiles, &known, &first), BT_OK);
    CHECK_STR(first->condition, "FOGRA39");
    CHECK(first->words.len && first->info.len && first->icc && first->lcms);
    CHECK_INT(find(profiles, &known, &again), BT_OK);
    CHECK(again == first);
    write_file(path, first->bytes);
    bt_profile_wanted wanted = {.name = BT_STR("a.icc"), .dir = bt_str_of(folder)};
    CHECK_INT(find(profiles, &wanted, &own), BT_OK);
    CHECK(own != first && own->hash == first->hash && bt_str_equal(own->bytes, first->bytes));
    CHECK_STR(own->condition, "Custom");
    wanted.condition = BT_STR("House 1");
    CHECK_INT(find(profiles, &wanted, &again), BT_OK);
    CHECK_STR(again->condition, "House 1");
    CHECK_STR(own->condition, "Custom");
    wanted.condition = BT_STR("");
    write_file(path, BT_STR("no profile any more"));
    CHECK_INT(find(profiles, &wanted, &again), BT_INPUT);
    CHECK(strcmp(heard.codes, "E0721") == 0);
    CHECK(bt_str_equal(own->bytes, first->bytes));
    CHECK(remove(path) == 0 && remove(folder) == 0);
    bt_profiles_drop(profiles);
}

/* On a machine with no profile at all, and on one with the substitute alone. */
static void test_not_installed(void)
{
    static const char *const nowhere[] = {NULL}, *const substitutes[] = {"/usr/share/color/icc/ghostscript", NULL};
    static const struct {
        const char *name, *package, *warning;
    } cases[] = {{"FOGRA39", "'apt-get install texlive-base'", "W0715"},
                 {"FOGRA51", "'apt-get install libgs-common'", "W0716"},
                 {"JC200103", "'apt-get install libgs-common'", "W0716"}};
    bt_profiles *profiles = bt_profiles_new(NULL);
    const bt_profile *profile;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_profile_wanted wanted = {.name = bt_str_of(cases[i].name), .installed = nowhere};
        CHECK_INT(find(profiles, &wanted, &profile), BT_IO);
        CHECK(strcmp(heard.codes, "E0717") == 0 && strstr(heard.text, cases[i].package));
        wanted.installed = substitutes;
        CHECK_INT(find(profiles, &wanted, &profile), BT_OK);
        CHECK(strcmp(heard.codes, cases[i].warning) == 0);
        if (profile) CHECK_STR(profile->condition, "Custom");
        wanted = (bt_profile_wanted){.name = bt_str_of(cases[i].name), .is_file = true};
        CHECK_INT(find(profiles, &wanted, &profile), BT_INPUT);
        CHECK(strcmp(heard.codes, "E0720") == 0);
    }
    bt_profiles_drop(profiles);
}

/* Memory that ends after n allocations, for each n until it suffices. */
static void test_memory(const bt_profile_wanted *wanted, bt_status result)
{
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_profiles *profiles = bt_profiles_new(&allocator);
        if (!profiles) continue;
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.arena = &arena};
        const bt_profile *profile;
        status = bt_profile_find(profiles, &diags, wanted, &profile);
        CHECK((profile != NULL) == (status == BT_OK));
        bt_arena_drop(&arena);
        bt_profiles_drop(profiles);
    }
    CHECK_INT(status, result);
    CHECK(n > 1);
}

/* The bytes that a reader makes of lean ones are those that they were made from. */
static bt_lean lean_of(bt_arena *arena, const uint8_t *bytes, size_t n)
{
    bt_lean lean = bt_samples_lean(arena, (bt_str){(const char *)bytes, n});
    size_t row = (size_t)lean.pixel * lean.columns, at = 0;
    if (!row) {
        CHECK(lean.bytes.ptr == (const char *)bytes && lean.bytes.len == n);
        return lean;
    }
    CHECK_INT(n % row, 0);
    CHECK_INT(lean.bytes.len, n + n / row);
    uint8_t *read = bt_arena_alloc(arena, n);
    for (size_t i = 0; i < lean.bytes.len; i++) {
        uint8_t byte = (uint8_t)lean.bytes.ptr[i];
        if (i % (row + 1) == 0) CHECK_INT(byte, 1); /* PNG's Left */
        if (i % (row + 1) == 0) continue;
        read[at] = (uint8_t)(byte + (at % row < lean.pixel ? 0 : read[at - lean.pixel]));
        at++;
    }
    CHECK(at == n && memcmp(read, bytes, n) == 0);
    return lean;
}

static void test_lean(void)
{
    enum { N = 8 * 3 * 13 * 389 };
    bt_arena arena = {0};
    uint8_t *bytes = bt_arena_alloc(&arena, N);
    for (size_t i = 0; i < N; i++)
        bytes[i] = (uint8_t)(i % 8 * 31 + i / 700); /* four inks of 16 bits that change slowly */
    bt_lean lean = lean_of(&arena, bytes, N);
    CHECK_INT(lean.pixel, 8);
    CHECK_INT(lean.columns, 3 * 389);
    memset(bytes + N / 2, 0, N / 8); /* one part is not like the whole */
    CHECK_INT(lean_of(&arena, bytes, N).pixel, 8);
    CHECK_INT(lean_of(&arena, bytes, N - 4).pixel % 2, 0);
    CHECK_INT(lean_of(&arena, bytes, N - 1).pixel, 0); /* of no whole samples */
    CHECK_INT(lean_of(&arena, bytes, 0).pixel, 0);
    CHECK_INT(lean_of(&arena, bytes, 6).pixel, 0);
    CHECK_INT(lean_of(&arena, bytes, (size_t)8 * 4093).pixel == 8, false); /* a prime number of pixels */
    uint32_t noise = 12345;
    for (size_t i = 0; i < N; i++) bytes[i] = (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
    CHECK_INT(lean_of(&arena, bytes, N).pixel, 0);
    bt_arena_drop(&arena);
}

int main(void)
{
    static const char *const nowhere[] = {NULL};
    test_lean();
    test_kept();
    test_not_installed();
    test_memory(&(bt_profile_wanted){.name = BT_STR("FOGRA39")}, BT_OK);
    test_memory(&(bt_profile_wanted){.name = BT_STR("FOGRA51")}, BT_OK);
    test_memory(&(bt_profile_wanted){.name = BT_STR("FOGRA39"), .installed = nowhere}, BT_IO);
    test_memory(&(bt_profile_wanted){.name = BT_STR("FOGRA93")}, BT_INPUT);
    test_memory(&(bt_profile_wanted){.name = BT_STR("CMakeLists.txt"), .dir = BT_STR("."), .is_file = true}, BT_INPUT);
    return check_report();
}
