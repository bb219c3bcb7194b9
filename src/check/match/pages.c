/* pages.c - which page is which: by what they have in common, then by where they stand.
 *
 * Two pages are alike by the share of words and pictures that both have. Pages of one number that are alike enough are
 * mates; then the most alike of the others; then those that stand between the same neighbours, whatever is on them.
 * Mates that are out of order (not in the longest row of mates that ascend in both files) stand elsewhere.
 */
#include "check/match/match_int.h"

#include <stdlib.h>
#include <string.h>

#define ALIKE 0.5 /* of the words in common: what a changed page keeps, and two pages of one design do not have */
enum { PICTURE_COUNTS = 20 }; /* as so many words */

typedef struct features {
    uint64_t *v; /* ascending */
    uint32_t n;
} features;

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static features features_of(matcher *m, const match_page *page)
{
    const seen_page *seen = page->page;
    features f = {.v = BT_NEW_ARRAY(m->arena, page->n_words + seen->pictures.n * PICTURE_COUNTS, uint64_t)};
    if (!f.v || !page->is_in) return f;
    for (uint32_t i = 0; i < page->n_words; i++) f.v[f.n++] = page->words[i].hash;
    for (uint32_t i = 0; i < seen->pictures.n; i++) {
        uint64_t key;
        memcpy(&key, seen->pictures.v[i].stored.bytes, sizeof key);
        for (uint32_t k = 0; k < PICTURE_COUNTS; k++) f.v[f.n++] = key + k;
    }
    if (f.n) qsort(f.v, f.n, sizeof *f.v, compare_numbers);
    return f;
}

/* 0 to 1; of two empty pages 1. */
static double likeness(const features *a, const features *b)
{
    uint32_t i = 0, k = 0, common = 0;
    while (i < a->n && k < b->n) {
        if (a->v[i] == b->v[k]) common++;
        uint64_t x = a->v[i], y = b->v[k];
        i += x <= y;
        k += y <= x;
    }
    uint32_t most = a->n > b->n ? a->n : b->n;
    return most ? (double)common / most : 1;
}

typedef struct page_mates {
    matcher *m;
    features *ours, *sample;
} page_mates;

static void join_pages(matcher *m, uint32_t o, uint32_t s)
{
    m->ours.pages[o].mate = s;
    m->sample.pages[s].mate = o;
}

static bool are_free(const matcher *m, uint32_t o, uint32_t s)
{
    const match_page *ours = &m->ours.pages[o], *sample = &m->sample.pages[s];
    return ours->is_in && sample->is_in && ours->mate == MATCH_NONE && sample->mate == MATCH_NONE;
}

typedef struct candidate {
    double alike;
    uint32_t o, s, apart;
} candidate;

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->alike != y->alike) return x->alike > y->alike ? -1 : 1;
    if (x->apart != y->apart) return x->apart < y->apart ? -1 : 1;
    return (x->o > y->o) - (x->o < y->o);
}

static void join_alike(page_mates *p)
{
    matcher *m = p->m;
    BT_ARRAY(candidate) list = {0};
    for (uint32_t o = 0; o < m->ours.n_pages; o++)
        for (uint32_t s = 0; s < m->sample.n_pages; s++) {
            double alike = are_free(m, o, s) ? likeness(&p->ours[o], &p->sample[s]) : 0;
            candidate *c = alike >= ALIKE ? BT_PUSH(m->arena, &list) : NULL;
            if (c) *c = (candidate){alike, o, s, o > s ? o - s : s - o};
        }
    if (!list.v) return;
    qsort(list.v, list.n, sizeof *list.v, compare_candidates);
    for (uint32_t i = 0; i < list.n; i++)
        if (are_free(m, list.v[i].o, list.v[i].s)) join_pages(m, list.v[i].o, list.v[i].s);
}

/* Pages of one place among the others that have no mate. */
static void join_between(matcher *m)
{
    for (uint32_t o = 0; o < m->ours.n_pages; o++) {
        uint32_t before = o ? m->ours.pages[o - 1].mate : MATCH_NONE;
        uint32_t s = o ? before + 1 : 0;
        bool has_place = !o || before != MATCH_NONE;
        if (has_place && s < m->sample.n_pages && are_free(m, o, s)) join_pages(m, o, s);
    }
    for (uint32_t o = m->ours.n_pages; o-- > 0;) {
        bool is_last = o + 1 == m->ours.n_pages;
        uint32_t after = is_last ? m->sample.n_pages : m->ours.pages[o + 1].mate;
        if (after != MATCH_NONE && after && are_free(m, o, after - 1)) join_pages(m, o, after - 1);
    }
}

static void find_mates(page_mates *p)
{
    matcher *m = p->m;
    uint32_t n = m->ours.n_pages < m->sample.n_pages ? m->ours.n_pages : m->sample.n_pages;
    p->ours = BT_NEW_ARRAY(m->arena, m->ours.n_pages, features);
    p->sample = BT_NEW_ARRAY(m->arena, m->sample.n_pages, features);
    if (!p->ours || !p->sample) return;
    for (uint32_t i = 0; i < m->ours.n_pages; i++) p->ours[i] = features_of(m, &m->ours.pages[i]);
    for (uint32_t i = 0; i < m->sample.n_pages; i++) p->sample[i] = features_of(m, &m->sample.pages[i]);
    if (m->arena->failed) return;
    for (uint32_t i = 0; i < n; i++)
        if (are_free(m, i, i) && likeness(&p->ours[i], &p->sample[i]) >= ALIKE) join_pages(m, i, i);
    join_alike(p);
    if (m->ours.n_pages == m->sample.n_pages)
        for (uint32_t i = 0; i < n; i++)
            if (are_free(m, i, i)) join_pages(m, i, i);
    join_between(m);
}

/* --- what is told --- */

/* "3, 5": pages of a side without a mate; empty: none. */
static bt_str list_lone(matcher *m, const match_side *side, uint32_t *n, uint32_t *first)
{
    bt_buf out = bt_buf_in(m->arena);
    *n = *first = 0;
    for (uint32_t i = 0; i < side->n_pages; i++) {
        if (!side->pages[i].is_in || side->pages[i].mate != MATCH_NONE) continue;
        if (!*first) *first = i + 1;
        if ((*n)++) bt_buf_add_z(&out, ", ");
        bt_buf_add_int(&out, i + 1);
    }
    return bt_buf_str(&out);
}

static bt_str lone_words(matcher *m, bt_str list, uint32_t n, bool is_new)
{
    if (!n) return BT_STR("");
    if (is_new) return n == 1 ? MATCH_SAY(m, "page {1} is new", list) : MATCH_SAY(m, "pages {1} are new", list);
    return n == 1 ? MATCH_SAY(m, "page {1} of the sample is gone", list)
                  : MATCH_SAY(m, "pages {1} of the sample are gone", list);
}

static bt_str joined(matcher *m, bt_str a, bt_str b)
{
    if (!a.len || !b.len) return a.len ? a : b;
    return bt_str_join(m->arena, bt_str_join(m->arena, a, BT_STR("; ")), b);
}

static void tell_count(matcher *m)
{
    uint32_t n_new, n_gone, first_new, first_gone;
    bt_str fresh = list_lone(m, &m->ours, &n_new, &first_new);
    bt_str gone = list_lone(m, &m->sample, &n_gone, &first_gone);
    bool counts = !m->options->first_page, differs = m->ours.n_pages != m->sample.n_pages;
    if (!n_new && !n_gone && !(counts && differs)) return;
    bt_str was = match_count(m, m->sample.n_pages), is = match_count(m, m->ours.n_pages), said = BT_STR("");
    if (counts && differs) said = MATCH_SAY(m, "{1} pages, where the sample has {2}", is, was);
    said = joined(m, said, lone_words(m, gone, n_gone, false));
    finding about = {.kind = FINDING_PAGES,
                     .page = first_new,
                     .sample_page = first_gone,
                     .subject = BT_STR(""),
                     .was = was,
                     .is = is,
                     .n = n_new + n_gone,
                     .amount = (double)m->ours.n_pages - m->sample.n_pages,
                     .message = joined(m, said, lone_words(m, fresh, n_new, true))};
    match_add(m, &about, n_new + n_gone);
}

static void tell_order(matcher *m, uint32_t o)
{
    uint32_t s = m->ours.pages[o].mate;
    bool is_swap = s < m->ours.n_pages && m->ours.pages[s].mate == o;
    uint32_t page = is_swap && s < o ? s : o, sample = m->ours.pages[page].mate; /* of a swap, the first of the two */
    bt_str here = match_count(m, page + 1), there = match_count(m, sample + 1);
    finding about = {.kind = FINDING_PAGE_ORDER,
                     .page = page + 1,
                     .sample_page = sample + 1,
                     .was = there,
                     .is = here,
                     .amount = (double)page - sample,
                     .message = is_swap ? MATCH_SAY(m, "pages {1} and {2} have changed places", here, there)
                                        : MATCH_SAY(m, "page {1} of the sample is page {2} now", there, here)};
    match_add(m, &about, 1);
}

/* For each of ours' pages the length of the longest row of mates that ascends and ends there; those of one longest row
 * are in order. */
static void tell_orders(matcher *m)
{
    uint32_t n = m->ours.n_pages, best = MATCH_NONE;
    uint32_t *lengths = BT_NEW_ARRAY(m->arena, n, uint32_t), *before = BT_NEW_ARRAY(m->arena, n, uint32_t);
    bool *is_told = BT_NEW_ARRAY(m->arena, n, bool);
    if (!lengths || !before || !is_told) return;
    for (uint32_t o = 0; o < n; o++) {
        uint32_t s = m->ours.pages[o].mate;
        is_told[o] = s != MATCH_NONE;
        if (s == MATCH_NONE) continue;
        lengths[o] = 1;
        before[o] = MATCH_NONE;
        for (uint32_t k = 0; k < o; k++) {
            if (m->ours.pages[k].mate == MATCH_NONE || m->ours.pages[k].mate > s || lengths[k] < lengths[o]) continue;
            lengths[o] = lengths[k] + 1;
            before[o] = k;
        }
        if (best == MATCH_NONE || lengths[o] > lengths[best]) best = o;
    }
    for (uint32_t o = best; o != MATCH_NONE; o = before[o]) is_told[o] = false;
    for (uint32_t o = 0; o < n; o++) {
        if (!is_told[o]) continue;
        tell_order(m, o);
        uint32_t s = m->ours.pages[o].mate;
        if (s < n && m->ours.pages[s].mate == o) is_told[s] = false; /* told with this one */
    }
}

void match_pages(matcher *m)
{
    page_mates p = {.m = m};
    find_mates(&p);
    if (m->arena->failed) return;
    tell_count(m);
    tell_orders(m);
}
