/* mates.c - which word of ours is which of the sample's.
 *
 *   1. The same word at the same place.
 *   2. Words that both have once among those left ("patience", B. Cohen), as far as they and the mates of step 1 ascend
 *      in both files (a longest ascending row, by M. L. Fredman's method of 1975). The others of them when the words
 *      beside them are the same (P. Heckel, "A technique for isolating differences between files", 1978); rows too
 * short to be more than chance are left alone.
 *   3. Words that stand as far from where they were as words beside them. Between two mates that are in order the best
 * alignment of what is left is found by dynamic programming (S. B. Needleman and C. D. Wunsch, 1970), where a word
 * counts by its letters.
 *   4. The same word at NEAR points at most: raised, say, and so seen as a line of its own.
 *   5. What is still left may have gone to another page: Heckel's rows again, over all pages.
 */
#include "check/match/match_int.h"

#include <math.h>
#include <stdlib.h>

enum {
    MOST_CELLS = 4 * 1000 * 1000, /* of one alignment */
    FAR_LETTERS = 7,              /* a row of fewer letters is chance */
    BESIDE_WORDS = 4,             /* that a word may be from one whose way it goes */
    CHANCE_LETTERS = 3,           /* a word of no more, alone among others that differ, is chance */
    SWAP_WORDS = 4,               /* that a word may have changed places with */
};

#define NEAR 2.0 /* pt */

static bool is_same(const match_word *a, const match_word *b)
{
    return a->hash == b->hash && bt_str_equal(a->word->text, b->word->text);
}

void match_join(match_page *ours, uint32_t o, match_page *sample, uint32_t s)
{
    ours->words[o].mate = s;
    ours->words[o].mate_page = sample->number - 1;
    sample->words[s].mate = o;
    sample->words[s].mate_page = ours->number - 1;
}

static void part_words(match_page *ours, uint32_t o, match_page *sample)
{
    sample->words[ours->words[o].mate].mate = MATCH_NONE;
    ours->words[o].mate = MATCH_NONE;
}

/* --- 1: the same place --- */

typedef struct word_table {
    uint32_t *heads, *next;
    uint32_t mask;
} word_table;

static bool begin_table(bt_arena *arena, const match_page *page, word_table *t)
{
    uint32_t size = 1;
    while (size < 2 * page->n_words) size *= 2;
    *t = (word_table){BT_NEW_ARRAY(arena, size, uint32_t), BT_NEW_ARRAY(arena, page->n_words, uint32_t), size - 1};
    if (!t->heads || !t->next) return false;
    for (uint32_t i = 0; i < size; i++) t->heads[i] = MATCH_NONE;
    for (uint32_t i = page->n_words; i-- > 0;) {
        uint32_t *head = &t->heads[page->words[i].hash & t->mask];
        t->next[i] = *head;
        *head = i;
    }
    return true;
}

static double apart(const match_word *a, const match_word *b) { return fmax(fabs(a->x - b->x), fabs(a->y - b->y)); }

static void join_within(const word_table *t, match_page *ours, match_page *sample, double most)
{
    for (uint32_t o = 0; o < ours->n_words; o++) {
        const match_word *word = &ours->words[o];
        uint32_t best = MATCH_NONE;
        double least = most;
        if (word->mate != MATCH_NONE) continue;
        for (uint32_t s = t->heads[word->hash & t->mask]; s != MATCH_NONE; s = t->next[s]) {
            const match_word *other = &sample->words[s];
            double distance = apart(word, other);
            if (other->mate != MATCH_NONE || distance > least || !is_same(word, other)) continue;
            if (best != MATCH_NONE && distance >= least) continue;
            best = s;
            least = distance;
        }
        if (best != MATCH_NONE) match_join(ours, o, sample, best);
    }
}

static void join_in_place(matcher *m, match_page *ours, match_page *sample, double most)
{
    word_table t;
    if (begin_table(m->arena, sample, &t)) join_within(&t, ours, sample, most);
}

/* --- words that a list has once --- */

/* A word that has no mate yet, of any page. */
typedef struct lone {
    match_page *page;
    uint32_t i;
    uint32_t side; /* 0: ours */
} lone;
typedef BT_ARRAY(lone) lone_list;

static const match_word *word_of(const lone *l) { return &l->page->words[l->i]; }

static void list_lone(bt_arena *arena, lone_list *list, match_page *page, uint32_t side)
{
    for (uint32_t i = 0; i < page->n_words; i++) {
        lone *l = page->words[i].mate == MATCH_NONE ? BT_PUSH(arena, list) : NULL;
        if (l) *l = (lone){page, i, side};
    }
}

static int compare_lone(const void *a, const void *b)
{
    const lone *x = a, *y = b;
    const match_word *v = word_of(x), *w = word_of(y);
    if (v->hash != w->hash) return v->hash < w->hash ? -1 : 1;
    if (x->side != y->side) return x->side < y->side ? -1 : 1;
    if (x->page->number != y->page->number) return x->page->number < y->page->number ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

typedef struct couple {
    lone ours, sample;
} couple;
typedef BT_ARRAY(couple) couple_list;

/* Sorts the list and finds the words that either side has once. */
static void find_couples(bt_arena *arena, lone_list *list, couple_list *couples)
{
    if (!list->v) return;
    qsort(list->v, list->n, sizeof *list->v, compare_lone);
    for (uint32_t i = 0, end; i < list->n; i = end) {
        for (end = i; end < list->n && word_of(&list->v[end])->hash == word_of(&list->v[i])->hash;) end++;
        const lone *a = &list->v[i], *b = a + 1;
        if (end - i != 2 || a->side == b->side || !is_same(word_of(a), word_of(b))) continue;
        couple *c = BT_PUSH(arena, couples);
        if (c) *c = (couple){*a, *b};
    }
}

/* --- 2 and 3: in order, and rows of words --- */

typedef struct link {
    uint32_t o, s;
    bool is_mate;
} link;
typedef BT_ARRAY(link) link_list;

static int compare_links(const void *a, const void *b)
{
    const link *x = a, *y = b;
    return (x->o > y->o) - (x->o < y->o);
}

static void list_couples(bt_arena *arena, match_page *ours, match_page *sample, couple_list *couples)
{
    lone_list list = {0};
    list_lone(arena, &list, ours, 0);
    list_lone(arena, &list, sample, 1);
    find_couples(arena, &list, couples);
}

/* Ascending in ours. */
static void list_mates(bt_arena *arena, const match_page *ours, const match_page *sample, link_list *links)
{
    for (uint32_t o = 0; o < ours->n_words; o++) {
        const match_word *word = &ours->words[o];
        bool is_here = word->mate != MATCH_NONE && word->mate_page + 1 == sample->number;
        link *l = is_here ? BT_PUSH(arena, links) : NULL;
        if (l) *l = (link){o, word->mate, true};
    }
}

/* Keeps the links of a longest row that ascends. ends[k]: the link with the least s that ends a row of k + 1. */
static void keep_ascending(bt_arena *arena, link_list *links)
{
    uint32_t *ends = BT_NEW_ARRAY(arena, links->n, uint32_t), *before = BT_NEW_ARRAY(arena, links->n, uint32_t);
    uint32_t length = 0;
    if (!ends || !before || !links->v) return;
    for (uint32_t i = 0; i < links->n; i++) {
        uint32_t low = 0, high = length;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (links->v[ends[middle]].s < links->v[i].s)
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? ends[low - 1] : MATCH_NONE;
        ends[low] = i;
        if (low == length) length++;
    }
    link *kept = BT_NEW_ARRAY(arena, length, link);
    uint32_t at = ends[length - 1];
    for (uint32_t k = length; kept && k-- > 0; at = before[at]) kept[k] = links->v[at];
    if (!kept) return;
    links->v = kept;
    links->n = links->capacity = length;
}

/* A stretch between two links: its words that have no mate. */
typedef struct stretch {
    matcher *m;
    match_page *ours, *sample;
    uint32_t *o, *s; /* their places in the page's words */
    uint32_t n_o, n_s;
} stretch;

static uint32_t *list_between(bt_arena *arena, const match_page *page, uint32_t begin, uint32_t end, uint32_t *n)
{
    uint32_t *list = BT_NEW_ARRAY(arena, end > begin ? end - begin : 0, uint32_t);
    *n = 0;
    for (uint32_t i = begin; list && i < end; i++)
        if (page->words[i].mate == MATCH_NONE) list[(*n)++] = i;
    return list;
}

/* What it is worth that two words are mates: letters, and a little for standing on one line. */
static uint32_t worth(const stretch *t, uint32_t o, uint32_t s)
{
    const match_word *a = &t->ours->words[t->o[o]], *b = &t->sample->words[t->s[s]];
    if (!is_same(a, b)) return 0;
    return 2 + 2 * a->letters + (fabs(a->y - b->y) <= t->m->t->position);
}

static void align(const stretch *t)
{
    size_t width = (size_t)t->n_s + 1;
    if (!t->n_o || !t->n_s || (t->n_o + 1) * width > MOST_CELLS) return;
    uint32_t *best = BT_NEW_ARRAY(t->m->arena, (t->n_o + 1) * width, uint32_t);
    if (!best) return;
    for (uint32_t o = t->n_o; o-- > 0;)
        for (uint32_t s = t->n_s; s-- > 0;) {
            uint32_t skip_o = best[(o + 1) * width + s], skip_s = best[o * width + s + 1], w = worth(t, o, s);
            uint32_t most = skip_o > skip_s ? skip_o : skip_s;
            if (w && w + best[(o + 1) * width + s + 1] > most) most = w + best[(o + 1) * width + s + 1];
            best[o * width + s] = most;
        }
    for (uint32_t o = 0, s = 0; o < t->n_o && s < t->n_s;) {
        uint32_t w = worth(t, o, s), here = best[o * width + s];
        if (w && here == w + best[(o + 1) * width + s + 1])
            match_join(t->ours, t->o[o++], t->sample, t->s[s++]);
        else if (here == best[(o + 1) * width + s])
            o++;
        else
            s++;
    }
}

static bool has_mate(const match_page *page, uint32_t i)
{
    return i < page->n_words && page->words[i].mate != MATCH_NONE;
}

/* A short word that met its like where all around it differs: chance. */
static void part_chance(match_page *ours, match_page *sample)
{
    for (uint32_t o = 1; o + 1 < ours->n_words; o++) {
        uint32_t s = ours->words[o].mate;
        if (s == MATCH_NONE || !s || ours->words[o].letters > CHANCE_LETTERS) continue;
        bool is_lone = !has_mate(ours, o - 1) && !has_mate(ours, o + 1) && !has_mate(sample, s - 1) &&
                       s + 1 < sample->n_words && !has_mate(sample, s + 1);
        const match_word *a = &ours->words[o], *b = &sample->words[s];
        if (is_lone && apart(a, b) > 1) part_words(ours, o, sample);
    }
}

/* "b a" for "a b": one of the two has a mate, the other stands before it in one file and after it in the other. They
 * are told as one change. */
static void part_swapped(match_page *ours, match_page *sample)
{
    for (uint32_t o = 0; o < ours->n_words; o++) {
        if (has_mate(ours, o)) continue;
        uint32_t after = o + 1, before = o;
        while (after < ours->n_words && after - o <= SWAP_WORDS && has_mate(ours, after)) after++;
        while (before && o - before < SWAP_WORDS && has_mate(ours, before - 1)) before--;
        for (uint32_t k = o + 1; k < after; k++) {
            uint32_t s = ours->words[k].mate + 1;
            if (s >= sample->n_words || has_mate(sample, s) || !is_same(&ours->words[o], &sample->words[s])) continue;
            for (uint32_t w = o + 1; w <= k; w++) part_words(ours, w, sample);
            break;
        }
        for (uint32_t k = before; k < o && has_mate(ours, k); k++) {
            uint32_t s = ours->words[k].mate;
            if (!s || has_mate(sample, s - 1) || !is_same(&ours->words[o], &sample->words[s - 1])) continue;
            for (uint32_t w = k; w < o; w++) part_words(ours, w, sample);
            break;
        }
    }
}

static bool can_join(const match_page *a, uint32_t i, const match_page *b, uint32_t k)
{
    return i < a->n_words && k < b->n_words && !has_mate(a, i) && !has_mate(b, k) &&
           is_same(&a->words[i], &b->words[k]);
}

/* The row of words around a couple that are the same and have no mates. Mates in order bring their neighbours along;
 * what is out of order must be more than chance. */
static void join_row(const couple *c)
{
    match_page *ours = c->ours.page, *sample = c->sample.page;
    uint32_t o = c->ours.i, s = c->sample.i, end, letters = 0, n;
    bool are_mates = ours->words[o].mate == s && ours->words[o].mate_page + 1 == sample->number;
    if (!are_mates && !can_join(ours, o, sample, s)) return;
    for (end = o + 1; can_join(ours, end, sample, s + (end - o));) end++;
    n = end - o;
    while (o && s && can_join(ours, o - 1, sample, s - 1)) {
        o--;
        s--;
        n++;
    }
    for (uint32_t i = 0; i < n; i++) letters += ours->words[o + i].letters;
    if (!are_mates && (letters < FAR_LETTERS || n < 2)) return;
    for (uint32_t i = 0; i < n; i++)
        if (!has_mate(ours, o + i)) match_join(ours, o + i, sample, s + i);
}

/* Words that both have once, in order; then, with their neighbours, those out of order. */
static void join_couples(matcher *m, match_page *ours, match_page *sample)
{
    link_list links = {0};
    couple_list couples = {0};
    list_couples(m->arena, ours, sample, &couples);
    list_mates(m->arena, ours, sample, &links);
    for (uint32_t i = 0; i < couples.n; i++) {
        link *l = BT_PUSH(m->arena, &links);
        if (l) *l = (link){couples.v[i].ours.i, couples.v[i].sample.i, false};
    }
    if (!links.v) return;
    qsort(links.v, links.n, sizeof *links.v, compare_links);
    keep_ascending(m->arena, &links);
    for (uint32_t i = 0; i < links.n; i++)
        if (!links.v[i].is_mate) match_join(ours, links.v[i].o, sample, links.v[i].s);
    for (uint32_t i = 0; i < couples.n; i++) join_row(&couples.v[i]);
}

static void align_all(matcher *m, match_page *ours, match_page *sample)
{
    link_list links = {0};
    list_mates(m->arena, ours, sample, &links);
    keep_ascending(m->arena, &links);
    for (uint32_t i = 0; i <= links.n; i++) {
        uint32_t o = i ? links.v[i - 1].o + 1 : 0, s = i ? links.v[i - 1].s + 1 : 0;
        uint32_t o_end = i < links.n ? links.v[i].o : ours->n_words,
                 s_end = i < links.n ? links.v[i].s : sample->n_words;
        if (o >= o_end || s >= s_end) continue;
        bt_arena_mark mark = bt_arena_set_mark(m->arena);
        stretch t = {.m = m, .ours = ours, .sample = sample};
        t.o = list_between(m->arena, ours, o, o_end, &t.n_o);
        t.s = list_between(m->arena, sample, s, s_end, &t.n_s);
        if (m->arena->failed) return;
        align(&t);
        bt_arena_rewind(m->arena, mark);
    }
}

/* The sample's word that the words around one of ours point at; MATCH_NONE: they do not agree. */
static uint32_t wanted_by_neighbours(const match_page *ours, const match_page *sample, uint32_t o)
{
    if (!o || !has_mate(ours, o - 1) || !has_mate(ours, o + 1)) return MATCH_NONE;
    uint32_t before = ours->words[o - 1].mate, after = ours->words[o + 1].mate;
    if (after != before + 2 || !is_same(&ours->words[o], &sample->words[before + 1])) return MATCH_NONE;
    return before + 1;
}

/* A word that has moved may have come by chance where another of its like was: then the words around it know better. */
static void mend(match_page *ours, match_page *sample)
{
    for (uint32_t o = 1; o + 1 < ours->n_words; o++) {
        uint32_t s = wanted_by_neighbours(ours, sample, o);
        if (s == MATCH_NONE || ours->words[o].mate == s) continue;
        uint32_t other = sample->words[s].mate;
        if (other != MATCH_NONE && wanted_by_neighbours(ours, sample, other) == s) continue;
        if (other != MATCH_NONE) part_words(ours, other, sample);
        if (has_mate(ours, o)) part_words(ours, o, sample);
        match_join(ours, o, sample, s);
    }
}

/* The like of a word of ours, where the words around it would have it. */
static uint32_t find_along(const word_table *t, const match_page *ours, const match_page *sample, uint32_t o,
                           uint32_t by)
{
    const double alike = 0.3;
    const match_word *word = &ours->words[o], *beside = &ours->words[by], *was = &sample->words[beside->mate];
    double x = word->x - (beside->x - was->x), y = word->y - (beside->y - was->y);
    for (uint32_t s = t->heads[word->hash & t->mask]; s != MATCH_NONE; s = t->next[s]) {
        const match_word *other = &sample->words[s];
        if (other->mate != MATCH_NONE || fabs(other->x - x) > alike || fabs(other->y - y) > alike) continue;
        if (is_same(word, other)) return s;
    }
    return MATCH_NONE;
}

/* Numbers of a table that has moved, which it has more than once: each goes the way of its neighbours. */
static void join_along(matcher *m, match_page *ours, match_page *sample)
{
    word_table t;
    if (!begin_table(m->arena, sample, &t)) return;
    for (uint32_t o = 0; o < ours->n_words; o++) {
        uint32_t first = o > BESIDE_WORDS ? o - BESIDE_WORDS : 0, last = o + BESIDE_WORDS;
        for (uint32_t by = first; by <= last && by < ours->n_words && !has_mate(ours, o); by++) {
            uint32_t s = has_mate(ours, by) ? find_along(&t, ours, sample, o, by) : MATCH_NONE;
            if (s != MATCH_NONE) match_join(ours, o, sample, s);
        }
    }
}

void match_mates(matcher *m, match_page *ours, match_page *sample)
{
    bt_arena_mark mark = bt_arena_set_mark(m->arena);
    join_in_place(m, ours, sample, m->t->position);
    join_couples(m, ours, sample);
    mend(ours, sample);
    join_along(m, ours, sample);
    align_all(m, ours, sample);
    mend(ours, sample);
    join_in_place(m, ours, sample, fmax(NEAR, m->t->position));
    bt_arena_rewind(m->arena, mark);
    part_chance(ours, sample);
    part_swapped(ours, sample);
}

/* --- 5: on another page --- */

void match_far_mates(matcher *m)
{
    bt_arena_mark mark = bt_arena_set_mark(m->arena);
    lone_list all = {0};
    couple_list couples = {0};
    for (uint32_t i = 0; i < m->ours.n_pages; i++)
        if (m->ours.pages[i].mate != MATCH_NONE) list_lone(m->arena, &all, &m->ours.pages[i], 0);
    for (uint32_t i = 0; i < m->sample.n_pages; i++)
        if (m->sample.pages[i].mate != MATCH_NONE) list_lone(m->arena, &all, &m->sample.pages[i], 1);
    find_couples(m->arena, &all, &couples);
    for (uint32_t i = 0; i < couples.n; i++) join_row(&couples.v[i]);
    bt_arena_rewind(m->arena, mark);
}
