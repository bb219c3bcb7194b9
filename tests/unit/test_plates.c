/* test_plates.c - which sides of sheets are printed from the same plates: groups, what is plated anew, the numbers,
 * over editions of several lengths; and memory that ends. */
#include "batch/plates.h"
#include "unit/check.h"
#include "unit/short_memory.h"

enum { MOST_EDITIONS = 64, MOST_SIDES = 16 };

static bt_arena arena;
static bt_digest digests[MOST_EDITIONS][MOST_SIDES];
static bt_plates_edition editions[MOST_EDITIONS];

/* Each edition a word, each letter what a side shows. */
static uint32_t lay_out(const char *const *words)
{
    uint32_t n = 0;
    for (; words[n]; n++) {
        uint32_t n_sides = (uint32_t)strlen(words[n]);
        for (uint32_t i = 0; i < n_sides; i++) digests[n][i] = bt_digest_of(&words[n][i], 1);
        editions[n] = (bt_plates_edition){digests[n], n_sides};
    }
    return n;
}

/* Groups as "sides:editions ", then what each edition has anew. */
static void check_plates(const char *const *words, const char *groups, const char *anew)
{
    uint32_t n = lay_out(words);
    bt_plates plates;
    char said[1024] = "", new_said[1024] = "";
    CHECK(bt_plates_find(&arena, editions, n, &plates));
    for (uint32_t i = 0; i < plates.n_groups; i++) {
        const bt_plates_group *group = &plates.groups[i];
        CHECK(group->n_editions >= 2 && group->n_sides >= 1);
        for (uint32_t k = 0; k < group->n_sides; k++) snprintf(strchr(said, 0), 8, "%u", group->sides[k]);
        snprintf(strchr(said, 0), 8, ":");
        for (uint32_t k = 0; k < group->n_editions; k++) snprintf(strchr(said, 0), 8, "%u", group->editions[k]);
        snprintf(strchr(said, 0), 8, " ");
    }
    CHECK_STR(bt_str_of(said), groups);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = plates.anew_begin[i]; k < plates.anew_begin[i + 1]; k++)
            snprintf(strchr(new_said, 0), 8, "%u", plates.anew[k]);
        snprintf(strchr(new_said, 0), 8, " ");
    }
    CHECK_STR(bt_str_of(new_said), anew);
    CHECK_INT(plates.anew_begin[n], plates.n_plates);
}

static void test_groups(void)
{
    check_plates((const char *const[]){NULL}, "", "");
    check_plates((const char *const[]){"abcd", NULL}, "", "1234 ");
    check_plates((const char *const[]){"abcd", "abcd", NULL}, "1234:01 ", "1234  ");
    /* Sides 2 and 3 are common to all; 4 to two of them. */
    check_plates((const char *const[]){"abcd", "ebcf", "gbcd", NULL}, "23:012 4:02 ", "1234 14 1 ");
    /* What is alike on another side is plated once, and is no group; so is what an edition has twice. */
    check_plates((const char *const[]){"ab", "ba", NULL}, "", "12  ");
    check_plates((const char *const[]){"aab", "ccb", NULL}, "3:01 ", "13 1 ");
    /* One that failed, and one that is longer. */
    check_plates((const char *const[]){"ab", "", "abx", "cb", NULL}, "2:023 1:02 ", "12  3 1 ");
}

/* The issue's own example: 27 editions of eight pages, four of them common, two more that differ, two each shared. */
static void test_numbers(void)
{
    enum { N = 27 };
    for (uint32_t i = 0; i < N; i++) {
        for (uint32_t k = 0; k < 8; k++) {
            bool is_common = k == 1 || k == 2 || k == 5 || k == 6, is_shared = k == 3 || k == 4;
            uint32_t number = k * 100 + (is_common ? 0 : is_shared ? i % 3 : i);
            digests[i][k] = bt_digest_of(&number, sizeof number);
        }
        editions[i] = (bt_plates_edition){digests[i], 8};
    }
    bt_plates plates;
    CHECK(bt_plates_find(&arena, editions, N, &plates));
    CHECK_INT(plates.n_editions, N);
    CHECK_INT(plates.n_sides, 216);
    CHECK_INT(plates.n_plates, 4 + 2 * 3 + 2 * N);
    CHECK_INT(plates.n_alone, 2 * N);
    CHECK_INT(plates.n_groups, 4);
    CHECK_INT(plates.groups[0].n_editions, N);
    static const uint32_t common[] = {2, 3, 6, 7};
    CHECK_INT(plates.groups[0].n_sides, 4);
    for (uint32_t i = 0; i < 4; i++) CHECK_INT(plates.groups[0].sides[i], common[i]);
    for (uint32_t i = 1; i < 4; i++) {
        CHECK_INT(plates.groups[i].n_editions, N / 3);
        CHECK_INT(plates.groups[i].editions[0], i - 1);
        CHECK_INT(plates.groups[i].n_sides, 2);
    }
}

static void test_memory(void)
{
    uint32_t n = lay_out((const char *const[]){"abcd", "ebcf", "gbcd", NULL});
    bool is_done = false;
    for (long granted = 0; granted < 100 && !is_done; granted++) {
        short_memory memory = {granted};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena small = bt_arena_over(&allocator);
        bt_plates plates;
        is_done = bt_plates_find(&small, editions, n, &plates);
        CHECK(granted > 0 || !is_done);
        bt_arena_drop(&small);
    }
    CHECK(is_done);
}

int main(void)
{
    test_groups();
    test_numbers();
    test_memory();
    bt_arena_drop(&arena);
    return check_report();
}
