/* pairs.c - see pairs.h. */
#include "check/match/pairs.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_TRIED = 2 * 1000 * 1000 }; /* pairs that one test looks at; past that, objects count as in their order */

double match_sides_apart(const seen_box *a, const seen_box *b)
{
    double across = fmax(fabs(a->x0 - b->x0), fabs(a->x1 - b->x1));
    return fmax(across, fmax(fabs(a->y0 - b->y0), fabs(a->y1 - b->y1)));
}

double match_middles_apart(const seen_box *a, const seen_box *b)
{
    return hypot(a->x0 + a->x1 - b->x0 - b->x1, a->y0 + a->y1 - b->y0 - b->y1) / 2;
}

bool match_same_size(const matcher *m, const seen_box *a, const seen_box *b)
{
    return fabs(seen_width(a) - seen_width(b)) <= m->t->length && fabs(seen_height(a) - seen_height(b)) <= m->t->length;
}

typedef struct candidate {
    double apart;
    uint32_t o, s;
} candidate;

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->apart != y->apart) return x->apart < y->apart ? -1 : 1;
    if (x->o != y->o) return x->o < y->o ? -1 : 1;
    return (x->s > y->s) - (x->s < y->s);
}

static uint32_t *list_free(bt_arena *arena, const match_objects *objects, uint32_t *n)
{
    uint32_t *list = BT_NEW_ARRAY(arena, objects->n, uint32_t);
    *n = 0;
    for (uint32_t i = 0; list && i < objects->n; i++)
        if (objects->v[i].mate == MATCH_NONE) list[(*n)++] = i;
    return list;
}

void match_pair_objects(match_objects_of *p, match_object_test test)
{
    bt_arena *arena = p->m->arena;
    bt_arena_mark mark = bt_arena_set_mark(arena);
    uint32_t n_o, n_s;
    uint32_t *ours = list_free(arena, &p->of_ours, &n_o), *sample = list_free(arena, &p->of_sample, &n_s);
    BT_ARRAY(candidate) list = {0};
    for (uint32_t i = 0; ours && sample && i < n_o; i++) {
        /* Of very many, only those around the same place in the order of painting. */
        uint32_t reach = (uint64_t)n_o * n_s > MOST_TRIED ? MOST_TRIED / n_o / 2 : n_s;
        uint32_t first = i > reach ? i - reach : 0, last = i + reach < n_s ? i + reach : n_s;
        for (uint32_t k = first; k < last; k++) {
            double apart;
            if (!test(p, &p->of_ours.v[ours[i]], &p->of_sample.v[sample[k]], &apart)) continue;
            candidate *c = BT_PUSH(arena, &list);
            if (c) *c = (candidate){apart, ours[i], sample[k]};
        }
    }
    if (list.n) qsort(list.v, list.n, sizeof *list.v, compare_candidates);
    for (uint32_t i = 0; i < list.n; i++) {
        match_object *o = &p->of_ours.v[list.v[i].o], *s = &p->of_sample.v[list.v[i].s];
        if (o->mate != MATCH_NONE || s->mate != MATCH_NONE) continue;
        o->mate = list.v[i].s;
        s->mate = list.v[i].o;
    }
    bt_arena_rewind(arena, mark);
}
