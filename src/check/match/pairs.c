/* pairs.c - see pairs.h. */
#include "check/match/pairs.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_TRIED = 4 * 1000 * 1000 }; /* pairs that one test looks at */

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

/* Those without a mate, from left to right. */
typedef struct edge {
    double x;
    uint32_t i;
} edge;

static int compare_edges(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->x != y->x) return x->x < y->x ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

static edge *list_free(bt_arena *arena, const match_objects *objects, uint32_t *n)
{
    edge *list = BT_NEW_ARRAY(arena, objects->n, edge);
    *n = 0;
    for (uint32_t i = 0; list && i < objects->n; i++)
        if (objects->v[i].mate == MATCH_NONE) list[(*n)++] = (edge){objects->v[i].box.x0, i};
    if (list && *n) qsort(list, *n, sizeof *list, compare_edges);
    return list;
}

typedef BT_ARRAY(candidate) candidate_list;

/* Looks at pairs whose left sides are near enough; at no more than MOST_TRIED of them. */
static void list_candidates(match_objects_of *p, match_object_test test, double reach, candidate_list *list)
{
    uint32_t n_o, n_s, first = 0, n_tried = 0;
    const edge *ours = list_free(p->m->arena, &p->of_ours, &n_o);
    const edge *sample = list_free(p->m->arena, &p->of_sample, &n_s);
    for (uint32_t i = 0; ours && sample && i < n_o; i++) {
        while (first < n_s && sample[first].x < ours[i].x - reach) first++;
        for (uint32_t k = first; k < n_s && sample[k].x <= ours[i].x + reach && n_tried < MOST_TRIED; k++, n_tried++) {
            double apart;
            if (!test(p, &p->of_ours.v[ours[i].i], &p->of_sample.v[sample[k].i], &apart)) continue;
            candidate *c = BT_PUSH(p->m->arena, list);
            if (c) *c = (candidate){apart, ours[i].i, sample[k].i};
        }
    }
}

void match_pair_objects(match_objects_of *p, match_object_test test, double reach)
{
    bt_arena_mark mark = bt_arena_set_mark(p->m->arena);
    candidate_list list = {0};
    list_candidates(p, test, reach, &list);
    if (list.v) qsort(list.v, list.n, sizeof *list.v, compare_candidates);
    for (uint32_t i = 0; list.v && i < list.n; i++) {
        match_object *o = &p->of_ours.v[list.v[i].o], *s = &p->of_sample.v[list.v[i].s];
        if (o->mate != MATCH_NONE || s->mate != MATCH_NONE) continue;
        o->mate = list.v[i].s;
        s->mate = list.v[i].o;
    }
    bt_arena_rewind(p->m->arena, mark);
}
