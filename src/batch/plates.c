/* plates.c - see plates.h. All sides are sorted by what is drawn on them. */
#include "batch/plates.h"

#include <stdlib.h>
#include <string.h>

typedef struct side {
    const bt_digest *drawing;
    uint32_t edition_i, side_i;
} side;

static int compare_sides(const void *a, const void *b)
{
    const side *x = a, *y = b;
    int order = memcmp(x->drawing->bytes, y->drawing->bytes, sizeof x->drawing->bytes);
    if (order) return order;
    if (x->edition_i != y->edition_i) return x->edition_i < y->edition_i ? -1 : 1;
    return (x->side_i > y->side_i) - (x->side_i < y->side_i);
}

/* Sides of one number that are alike: from `begin` on among the sorted ones, one an edition. */
typedef struct stretch {
    const side *begin;
    uint32_t n;
} stretch;

/* By their editions, most of them first; then by their number. */
static int compare_stretches(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    for (uint32_t i = 0; i < x->n; i++)
        if (x->begin[i].edition_i != y->begin[i].edition_i)
            return x->begin[i].edition_i < y->begin[i].edition_i ? -1 : 1;
    return (x->begin->side_i > y->begin->side_i) - (x->begin->side_i < y->begin->side_i);
}

typedef struct finder {
    bt_arena *arena;
    bt_plates *plates;
    side *sides;
    uint32_t n;
    bool **are_new; /* of each edition's sides */
    BT_ARRAY(stretch) stretches;
} finder;

static bool list_sides(finder *f, const bt_plates_edition *editions, uint32_t n_editions)
{
    size_t n = 0;
    for (uint32_t i = 0; i < n_editions; i++) n += editions[i].n_sheets;
    f->sides = BT_NEW_ARRAY(f->arena, n, side);
    f->are_new = BT_NEW_ARRAY(f->arena, n_editions, bool *);
    bool *are_new = BT_NEW_ARRAY(f->arena, n, bool);
    if (!f->sides || !f->are_new || !are_new || n > UINT32_MAX) return false;
    for (uint32_t i = 0; i < n_editions; i++) {
        f->are_new[i] = are_new;
        are_new += editions[i].n_sheets;
        f->plates->n_editions += editions[i].n_sheets > 0;
        for (uint32_t k = 0; k < editions[i].n_sheets; k++) f->sides[f->n++] = (side){&editions[i].sheets[k], i, k};
    }
    f->plates->n_sides = f->n;
    qsort(f->sides, f->n, sizeof *f->sides, compare_sides);
    return true;
}

/* Sides that are alike: their plates are those of the first. */
static bool take_alike(finder *f, const side *sides, uint32_t n)
{
    bool is_one_number = true;
    f->plates->n_plates++;
    f->plates->n_alone += n == 1;
    f->are_new[sides->edition_i][sides->side_i] = true;
    for (uint32_t i = 1; i < n; i++)
        if (sides[i].side_i != sides->side_i) is_one_number = false;
    if (n == 1 || !is_one_number) return true;
    stretch *found = BT_PUSH(f->arena, &f->stretches);
    if (found) *found = (stretch){sides, n};
    return found != NULL;
}

static bool find_alike(finder *f)
{
    for (uint32_t i = 0, end; i < f->n; i = end) {
        for (end = i + 1; end < f->n && bt_digest_equal(f->sides[end].drawing, f->sides[i].drawing);) end++;
        if (!take_alike(f, &f->sides[i], end - i)) return false;
    }
    return true;
}

static bool have_same_editions(const stretch *a, const stretch *b)
{
    if (a->n != b->n) return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (a->begin[i].edition_i != b->begin[i].edition_i) return false;
    return true;
}

static bool make_group(finder *f, const stretch *stretches, uint32_t n, bt_plates_group *group)
{
    uint32_t *sides = BT_NEW_ARRAY(f->arena, n, uint32_t);
    uint32_t *editions = BT_NEW_ARRAY(f->arena, stretches->n, uint32_t);
    if (!sides || !editions) return false;
    for (uint32_t i = 0; i < n; i++) sides[i] = stretches[i].begin->side_i + 1;
    for (uint32_t i = 0; i < stretches->n; i++) editions[i] = stretches->begin[i].edition_i;
    *group = (bt_plates_group){sides, n, editions, stretches->n};
    return true;
}

static bool make_groups(finder *f)
{
    bt_plates_group *groups = BT_NEW_ARRAY(f->arena, f->stretches.n, bt_plates_group);
    if (!groups) return false;
    if (f->stretches.n) qsort(f->stretches.v, f->stretches.n, sizeof *f->stretches.v, compare_stretches);
    for (uint32_t i = 0, end; i < f->stretches.n; i = end) {
        const stretch *first = &f->stretches.v[i];
        for (end = i + 1; end < f->stretches.n && have_same_editions(first, &f->stretches.v[end]);) end++;
        if (!make_group(f, first, end - i, &groups[f->plates->n_groups++])) return false;
    }
    f->plates->groups = groups;
    return true;
}

static bool list_anew(finder *f, const bt_plates_edition *editions, uint32_t n_editions)
{
    uint32_t *anew = BT_NEW_ARRAY(f->arena, (size_t)f->plates->n_plates, uint32_t);
    uint32_t *begin = BT_NEW_ARRAY(f->arena, (size_t)n_editions + 1, uint32_t);
    if (!anew || !begin) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_editions; i++) {
        begin[i] = n;
        for (uint32_t k = 0; k < editions[i].n_sheets; k++)
            if (f->are_new[i][k]) anew[n++] = k + 1;
    }
    begin[n_editions] = n;
    f->plates->anew = anew;
    f->plates->anew_begin = begin;
    return true;
}

bool bt_plates_find(bt_arena *arena, const bt_plates_edition *editions, uint32_t n_editions, bt_plates *plates)
{
    *plates = (bt_plates){0};
    finder f = {.arena = arena, .plates = plates};
    return list_sides(&f, editions, n_editions) && find_alike(&f) && make_groups(&f) &&
           list_anew(&f, editions, n_editions);
}
