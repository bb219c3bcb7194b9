/* test_pdf_cache.c - what the cache keeps over jobs, what it lets go, and how much it takes. */
#include "pdf/cache.h"

#include "base/limits.h"
#include "unit/check.h"

#include <stdio.h>

enum { VALUE = 1000 };

static bt_str key_of(char text[20], int i)
{
    snprintf(text, 20, "page %d", i);
    return bt_str_of(text);
}

static bool put(bt_pdf_cache *cache, int i)
{
    char text[20];
    int *value = bt_pdf_cache_put(cache, BT_PDF_CACHE_DEFLATED, key_of(text, i), VALUE);
    if (value) *value = i;
    return value != NULL;
}

static bool has(bt_pdf_cache *cache, int i)
{
    char text[20];
    const int *value = bt_pdf_cache_find(cache, BT_PDF_CACHE_DEFLATED, key_of(text, i));
    CHECK(!value || *value == i);
    return value != NULL;
}

static void test_find(void)
{
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    CHECK(!has(cache, 0));
    for (int i = 0; i < 2000; i++) CHECK(put(cache, i));
    for (int i = 0; i < 2000; i++) CHECK(has(cache, i));
    CHECK(!has(cache, 2000));
    CHECK(!bt_pdf_cache_find(cache, BT_PDF_CACHE_FONT, BT_STR("page 1"))); /* another kind */
    CHECK(bt_pdf_cache_put(cache, BT_PDF_CACHE_FONT, BT_STR(""), 0) &&
          bt_pdf_cache_find(cache, BT_PDF_CACHE_FONT, BT_STR("")));
    bt_pdf_cache_drop(cache);
}

/* What was used for longest ago goes first, and nothing that the job at hand has used. */
static void test_limit(void)
{
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    bt_pdf_cache_begin(cache);
    for (int i = 0; i < 3; i++) CHECK(put(cache, i));
    size_t three = bt_pdf_cache_bytes(cache);
    bt_pdf_cache_keep(cache, three);
    CHECK(!put(cache, 3)); /* all of it is in use */
    bt_pdf_cache_begin(cache);
    CHECK(has(cache, 0)); /* now 1 is the oldest */
    CHECK(put(cache, 3));
    CHECK(has(cache, 0) && !has(cache, 1) && has(cache, 2) && has(cache, 3));
    CHECK(!put(cache, 4));
    CHECK_INT(bt_pdf_cache_bytes(cache), three);
    bt_pdf_cache_begin(cache);
    CHECK(!bt_pdf_cache_put(cache, BT_PDF_CACHE_DEFLATED, BT_STR("large"), three + 1));
    CHECK_INT(bt_pdf_cache_bytes(cache), three); /* which nothing made room for */
    CHECK(bt_pdf_cache_put(cache, BT_PDF_CACHE_DEFLATED, BT_STR("large"), three - 200));
    CHECK(!has(cache, 0) && !has(cache, 2) && !has(cache, 3));
    bt_pdf_cache_drop(cache);
}

/* A job that begins with much room drops nothing, and has not used up more than there is in the end. */
static void test_shared(void)
{
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    bt_pdf_cache_begin(cache);
    CHECK(put(cache, 0) && put(cache, 1));
    size_t two = bt_pdf_cache_bytes(cache);
    bt_pdf_cache_keep(cache, 2 * two + 2);
    bt_pdf_cache_begin(cache);
    CHECK(bt_pdf_cache_is_roomy(cache));
    CHECK(has(cache, 0)); /* unmarked */
    CHECK(put(cache, 2) && put(cache, 3) && !put(cache, 4));
    CHECK(!bt_pdf_cache_is_roomy(cache));
    for (int i = 0; i < 4; i++) CHECK(has(cache, i));
    bt_pdf_cache_begin(cache);
    CHECK(put(cache, 4)); /* now it does */
    CHECK(!has(cache, 0) && has(cache, 1) && has(cache, 2) && has(cache, 3) && has(cache, 4));
    bt_pdf_cache_drop(cache);
}

/* What is looked for in vain for the second time is told from what is new. */
static void test_came_before(void)
{
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    for (int i = 0; i < 3; i++) CHECK(!has(cache, i) && !bt_pdf_cache_came_before(cache));
    CHECK(!has(cache, 1) && bt_pdf_cache_came_before(cache));
    CHECK(!has(cache, 3) && !bt_pdf_cache_came_before(cache));
    CHECK(put(cache, 1) && has(cache, 1));
    CHECK(!has(cache, 2) && bt_pdf_cache_came_before(cache));
    bt_pdf_cache_drop(cache);
}

static void test_own_limit(void)
{
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    size_t n = 0;
    char text[20];
    bt_pdf_cache_begin(cache);
    while (n < 10000 && bt_pdf_cache_put(cache, BT_PDF_CACHE_DRAWING, key_of(text, (int)n), 64 * 1024)) n++;
    CHECK(n == BT_LIMIT_PDF_CACHE_BYTES / (64 * 1024) - 1 && bt_pdf_cache_bytes(cache) <= BT_LIMIT_PDF_CACHE_BYTES);
    bt_pdf_cache_drop(cache);
}

/* An allocator that has so many blocks left. */
static void *few(void *user, void *block, size_t old_size, size_t new_size)
{
    int *left = user;
    const bt_allocator *system = bt_alloc_system();
    if (!block && (*left)-- <= 0) return NULL;
    return system->resize(system->user, block, old_size, new_size);
}

static void test_no_memory(void)
{
    int left = 0;
    const bt_allocator allocator = {few, &left};
    CHECK(!bt_pdf_cache_new(&allocator));
    left = 2;
    bt_pdf_cache *cache = bt_pdf_cache_new(&allocator);
    CHECK(put(cache, 0) && !bt_pdf_cache_ran_out(cache));
    CHECK(!put(cache, 1) && bt_pdf_cache_ran_out(cache));
    CHECK(has(cache, 0) && !has(cache, 1));
    bt_pdf_cache_begin(cache);
    CHECK(!bt_pdf_cache_ran_out(cache));
    bt_pdf_cache_drop(cache);
}

int main(void)
{
    test_find();
    test_limit();
    test_shared();
    test_came_before();
    test_own_limit();
    test_no_memory();
    return check_report();
}
