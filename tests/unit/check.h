/* check.h - the little that a unit test needs: conditions are counted, failures printed, check_report() ends main. */
#ifndef BT_TESTS_CHECK_H
#define BT_TESTS_CHECK_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static unsigned long check_count, check_failures;

static inline void check_that(bool holds, const char *file, int line, const char *expression)
{
    check_count++;
    if (holds) return;
    check_failures++;
    printf("%s:%d: %s\n", file, line, expression);
}

static inline void check_ints(int64_t a, int64_t b, const char *file, int line, const char *expression)
{
    check_that(a == b, file, line, expression);
    if (a != b) printf("    %" PRId64 " is not %" PRId64 "\n", a, b);
}

static inline void check_strs(bt_str a, const char *b, const char *file, int line, const char *expression)
{
    bool same = a.len == strlen(b) && (a.len == 0 || memcmp(a.ptr, b, a.len) == 0);
    check_that(same, file, line, expression);
    if (!same) printf("    \"%.*s\" is not \"%s\"\n", (int)a.len, a.ptr, b);
}

#define CHECK(cond) check_that((cond), __FILE__, __LINE__, #cond)
#define CHECK_INT(a, b) check_ints((int64_t)(a), (int64_t)(b), __FILE__, __LINE__, #a " == " #b)
#define CHECK_STR(a, b) check_strs((a), (b), __FILE__, __LINE__, #a " == " #b)

static inline int check_report(void)
{
    printf("%lu checks, %lu failures\n", check_count, check_failures);
    return check_failures > 0;
}

#endif
