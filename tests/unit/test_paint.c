/* test_paint.c - paints of drawings as inks: without a profile, with FOGRA39's, and without memory. What they look like
 * is the matter of e2e/test_paints.py. */
#include "pdf/paint.h"
#include "unit/check.h"
#include "unit/short_memory.h"

static const bt_spot_ink red = {BT_STR_INIT("red"), {.c = 1000, .m = 9500, .y = 8000, .k = 500}};

static bt_pages pages_with(bool is_black_alone, uint16_t spot)
{
    return (bt_pages){.spots = &red, .n_spots = 1, .picture_inks = {.is_black_alone = is_black_alone, .spot = spot}};
}

static bt_paint rgb(uint16_t r, uint16_t g, uint16_t b) { return (bt_paint){BT_PAINT_RGB, {r, g, b, 0}, BT_INK_WHOLE}; }

static bt_paint cmyk(uint16_t c, uint16_t m, uint16_t y, uint16_t k)
{
    return (bt_paint){BT_PAINT_CMYK, {c, m, y, k}, BT_INK_WHOLE};
}

static void check_inks(bt_paints *paints, bt_paint paint, int c, int m, int y, int k, int tint)
{
    for (int again = 0; again < 2; again++) {
        bt_paint_inks inks = bt_paints_find(paints, &paint);
        CHECK_INT(inks.cmyk[0], c);
        CHECK_INT(inks.cmyk[1], m);
        CHECK_INT(inks.cmyk[2], y);
        CHECK_INT(inks.cmyk[3], k);
        CHECK_INT(inks.tint, tint);
    }
}

static const bt_profile *open_profile(bt_profiles **profiles)
{
    bt_diags diags = {.n = {0}};
    bt_arena arena = bt_arena_over(NULL);
    diags.arena = &arena;
    *profiles = bt_profiles_new(NULL);
    const bt_profile *profile = NULL;
    bt_profile_wanted wanted = {.name = BT_STR("FOGRA39"), .condition = BT_STR(""), .dir = BT_STR("")};
    CHECK(*profiles && bt_profile_find(*profiles, &diags, &wanted, &profile) == BT_OK);
    bt_arena_drop(&arena);
    return profile;
}

/* Arithmetic: full gray replacement; black by weight where there is nothing else; numbers out of range are held. */
static void test_plain(void)
{
    bt_arena arena = bt_arena_over(NULL);
    bt_pages four = pages_with(false, 0), mono = pages_with(true, 0), two = pages_with(true, 1);
    bt_paints *paints = bt_paints_new(&arena, NULL, &four, 300);
    check_inks(paints, rgb(255, 255, 255), 0, 0, 0, 0, 0);
    check_inks(paints, rgb(0, 0, 0), 0, 0, 0, 10000, 0);
    check_inks(paints, rgb(51, 51, 51), 0, 0, 0, 8000, 0);
    check_inks(paints, rgb(255, 0, 0), 0, 10000, 10000, 0, 0);
    check_inks(paints, rgb(102, 51, 0), 0, 5000, 10000, 6000, 0);
    check_inks(paints, rgb(300, 999, 256), 0, 0, 0, 0, 0);
    check_inks(paints, cmyk(1, 22, 333, 4444), 1, 22, 333, 4444, 0);
    check_inks(paints, cmyk(65535, 10001, 0, 20000), 10000, 10000, 0, 10000, 0);
    bt_paints_drop(paints);
    const bt_pages *const fewer[] = {&mono, &two};
    for (int i = 0; i < 2; i++) {
        paints = bt_paints_new(&arena, NULL, fewer[i], 300);
        check_inks(paints, rgb(51, 51, 51), 0, 0, 0, 8000, 0);
        check_inks(paints, rgb(255, 0, 0), 0, 0, 0, 7010, 0);
        check_inks(paints, rgb(0, 255, 0), 0, 0, 0, 4130, 0);
        check_inks(paints, cmyk(0, 0, 0, 2500), 0, 0, 0, 2500, 0);
        check_inks(paints, cmyk(10000, 10000, 10000, 0), 0, 0, 0, 10000, 0);
        check_inks(paints, cmyk(10000, 0, 0, 5000), 0, 0, 0, 6495, 0);
        bt_paints_drop(paints);
    }
    bt_arena_drop(&arena);
}

/* A paint that looks as an ink does is that ink; what is gray stays so, whatever else there is. */
static void test_profile(const bt_profile *profile)
{
    bt_arena arena = bt_arena_over(NULL);
    bt_pages four = pages_with(false, 0), mono = pages_with(true, 0), two = pages_with(true, 1);
    const bt_pages *const all[] = {&four, &mono, &two};
    for (int i = 0; i < 3; i++) {
        bt_paints *paints = bt_paints_new(&arena, profile, all[i], 300);
        check_inks(paints, rgb(255, 255, 255), 0, 0, 0, 0, 0);
        check_inks(paints, rgb(0, 0, 0), 0, 0, 0, 10000, 0);
        check_inks(paints, rgb(204, 204, 204), 0, 0, 0, 2700, 0);
        check_inks(paints, cmyk(0, 0, 0, 5000), 0, 0, 0, 5000, 0);
        check_inks(paints, rgb(0x23, 0x1F, 0x20), 0, 0, 0, 10000, 0);
        bt_paints_drop(paints);
    }
    bt_paints *paints = bt_paints_new(&arena, profile, &two, 300);
    for (int tint = 300; tint <= 10000; tint += 700) {
        bt_ink ink = bt_ink_tint(red.equivalent, tint);
        bt_paint paint = cmyk(ink.c, ink.m, ink.y, ink.k);
        bt_paint_inks inks = bt_paints_find(paints, &paint);
        CHECK(inks.tint >= tint - 200 && inks.tint <= tint + 200);
        CHECK(inks.cmyk[3] <= 300 && !inks.cmyk[0] && !inks.cmyk[1] && !inks.cmyk[2]);
    }
    bt_paints_drop(paints);
    bt_arena_drop(&arena);
}

static void test_no_memory(const bt_profile *profile)
{
    bt_pages two = pages_with(true, 1);
    bt_paint paint = rgb(200, 40, 50);
    bool is_done = false;
    for (long n = 0; !is_done && n < 100; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_paints *paints = bt_paints_new(&arena, profile, &two, 300);
        if (paints) {
            bt_paint_inks inks = bt_paints_find(paints, &paint);
            is_done = !arena.failed;
            CHECK(is_done ? inks.tint > 8000 : !inks.tint && !inks.cmyk[3]);
        }
        bt_paints_drop(paints);
        CHECK(paints || arena.failed);
        bt_arena_drop(&arena);
    }
    CHECK(is_done);
}

int main(void)
{
    bt_profiles *profiles;
    const bt_profile *profile = open_profile(&profiles);
    test_plain();
    if (profile) {
        test_profile(profile);
        test_no_memory(profile);
    }
    bt_profiles_drop(profiles);
    return check_report();
}
