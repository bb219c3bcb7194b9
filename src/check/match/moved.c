/* moved.c - words that stand elsewhere: told by the block, not by the word.
 *
 * Neighbours in a line that went the same way make a part; whole lines below one another that went the same way join,
 * and so do such parts anywhere on the page when no other word stands between them. Where a block's words went more
 * ways than FEW_WAYS, its lines were broken or spaced anew, and that is what is told.
 */
#include "check/match/match_int.h"

#include <math.h>
#include <stdlib.h>

#define SAME_WAY 0.05 /* pt: what rounding may add to what went the same way */
enum { FEW_WAYS = 3, MOST_JOINED = 96, MOST_TOLD = 12 };

typedef struct part {
    uint32_t begin, end; /* words of ours, in order; with others between them where parts have joined */
    double dx, dy, wider, farthest;
    uint32_t n_lines, n_words, letters;
    uint32_t block;
    double size;
    bool is_whole; /* whole lines */
    bool is_anew;  /* words went several ways */
    bool is_gone;  /* has joined another */
    seen_box ours, sample, framed;
} part;
typedef BT_ARRAY(part) part_list;

typedef struct mover {
    matcher *m;
    const match_page *ours, *sample;
    part_list parts;
    uint32_t *part_of; /* of each of ours' words; MATCH_NONE: it has not moved */
} mover;

static bool is_mated(const mover *v, uint32_t o)
{
    const match_word *w = &v->ours->words[o];
    return w->mate != MATCH_NONE && w->mate_page == v->ours->mate;
}

static void way_of(const mover *v, uint32_t o, double *dx, double *dy, double *wider)
{
    const match_word *is = &v->ours->words[o], *was = &v->sample->words[is->mate];
    *dx = is->x - was->x;
    *dy = is->y - was->y;
    *wider = is->width - was->width;
}

/* Masked in both files, or in the one where it stands alone: left out, and counted where it has moved. */
static bool is_left_out(const mover *v, uint32_t o)
{
    return v->ours->words[o].is_masked && v->sample->words[v->ours->words[o].mate].is_masked;
}

static bool has_moved(const mover *v, uint32_t o)
{
    double dx, dy, wider;
    if (!is_mated(v, o)) return false;
    way_of(v, o, &dx, &dy, &wider);
    const tolerance *t = v->m->t;
    return fabs(dx) > t->position || fabs(dy) > t->position || fabs(wider) > t->length;
}

static bool goes_same_way(double dx, double dy, const part *p)
{
    return fabs(dx - p->dx) <= SAME_WAY && fabs(dy - p->dy) <= SAME_WAY;
}

static void add_word(mover *v, part *p, uint32_t o, double dx, double dy)
{
    const match_word *is = &v->ours->words[o], *was = &v->sample->words[is->mate];
    seen_box framed = match_in_frame(v->ours, &is->word->box);
    p->ours = p->n_words ? seen_joined(&p->ours, &is->word->box) : is->word->box;
    p->sample = p->n_words ? seen_joined(&p->sample, &was->word->box) : was->word->box;
    p->framed = p->n_words ? seen_joined(&p->framed, &framed) : framed;
    p->farthest = fmax(p->farthest, hypot(dx, dy));
    p->letters += is->letters;
    p->n_words++;
    p->end = o + 1;
}

/* --- parts of lines --- */

static void join_parts(mover *v, uint32_t into, uint32_t from)
{
    part *p = &v->parts.v[into], *q = &v->parts.v[from];
    p->ours = seen_joined(&p->ours, &q->ours);
    p->sample = seen_joined(&p->sample, &q->sample);
    p->framed = seen_joined(&p->framed, &q->framed);
    p->farthest = fmax(p->farthest, q->farthest);
    p->begin = p->begin < q->begin ? p->begin : q->begin;
    p->end = p->end > q->end ? p->end : q->end;
    p->n_words += q->n_words;
    p->letters += q->letters;
    p->size = fmax(p->size, q->size);
    p->n_lines += q->n_lines;
    p->is_whole = p->is_whole && q->is_whole;
    q->is_gone = true;
    for (uint32_t o = q->begin; o < q->end; o++)
        if (v->part_of[o] == from) v->part_of[o] = into;
}

/* Neighbours in a line that went other ways along it: spaced anew. */
static void join_line(mover *v, uint32_t first)
{
    uint32_t into = first;
    for (uint32_t i = first + 1; i < v->parts.n; i++) {
        part *p = &v->parts.v[into], *q = &v->parts.v[i];
        bool is_beside = p->end == q->begin && fabs(p->dy - q->dy) <= SAME_WAY;
        if (!is_beside) {
            into = i;
            continue;
        }
        p->is_anew = true;
        join_parts(v, into, i);
        p->n_lines = 1;
    }
}

/* The words of one line, from begin up to end. */
static void cut_line(mover *v, uint32_t begin, uint32_t end)
{
    uint32_t first = v->parts.n, n_still = 0, last = MATCH_NONE;
    for (uint32_t o = begin; o < end; o++) {
        double dx, dy, wider;
        if (!is_mated(v, o)) continue;
        if (!has_moved(v, o)) {
            n_still++;
            last = MATCH_NONE;
            continue;
        }
        if (is_left_out(v, o)) {
            v->m->r->n_left_out++;
            continue;
        }
        way_of(v, o, &dx, &dy, &wider);
        part *p = last != MATCH_NONE ? &v->parts.v[last] : NULL;
        bool is_same = p && goes_same_way(dx, dy, p) && fabs(wider - p->wider) <= v->m->t->length;
        if (!is_same) {
            last = v->parts.n;
            p = BT_PUSH(v->m->arena, &v->parts);
            if (!p) return;
            *p = (part){.begin = o, .dx = dx, .dy = dy, .wider = wider, .n_lines = 1};
            p->block = v->ours->words[o].block;
            p->size = v->ours->page->lines.v[v->ours->words[o].line].size;
        }
        add_word(v, p, o, dx, dy);
        v->part_of[o] = last;
    }
    join_line(v, first);
    if (v->parts.n == first + 1 && !n_still) v->parts.v[first].is_whole = true;
}

static void cut_lines(mover *v)
{
    const match_page *ours = v->ours;
    for (uint32_t o = 0; o < ours->n_words; o++) v->part_of[o] = MATCH_NONE;
    for (uint32_t begin = 0, end; begin < ours->n_words; begin = end) {
        for (end = begin; end < ours->n_words && ours->words[end].line == ours->words[begin].line;) end++;
        cut_line(v, begin, end);
    }
}

/* --- joining --- */

/* Whole lines of a block, one below the other. */
static void join_lines(mover *v)
{
    uint32_t last = MATCH_NONE;
    for (uint32_t i = 0; i < v->parts.n; i++) {
        const part *p = last == MATCH_NONE ? NULL : &v->parts.v[last], *q = &v->parts.v[i];
        if (q->is_gone) continue;
        bool is_same = p && p->block == q->block && p->is_whole && q->is_whole && goes_same_way(q->dx, q->dy, p);
        if (is_same)
            join_parts(v, last, i);
        else
            last = i;
    }
}

/* The small parts of a block that went too many ways become one. */
static void join_anew(mover *v)
{
    for (uint32_t begin = 0, end; begin < v->parts.n; begin = end) {
        uint32_t n_small = 0, into = MATCH_NONE;
        for (end = begin; end < v->parts.n && v->parts.v[end].block == v->parts.v[begin].block; end++)
            n_small += !v->parts.v[end].is_gone && v->parts.v[end].n_lines < 2;
        if (n_small <= FEW_WAYS) continue;
        for (uint32_t i = begin; i < end; i++) {
            part *p = &v->parts.v[i];
            if (p->is_gone || p->n_lines > 1) continue;
            p->is_anew = true;
            if (into == MATCH_NONE)
                into = i;
            else
                join_parts(v, into, i);
        }
    }
}

/* True when the box has a word that did not go with the parts. */
static bool has_others(const mover *v, const seen_box *box, uint32_t a, uint32_t b)
{
    const part *p = &v->parts.v[a];
    for (uint32_t o = 0; o < v->ours->n_words; o++) {
        const part *q = v->part_of[o] == MATCH_NONE ? NULL : &v->parts.v[v->part_of[o]];
        bool goes_along = q && !q->is_anew && !p->is_anew && goes_same_way(q->dx, q->dy, p);
        if (goes_along || v->part_of[o] == a || v->part_of[o] == b) continue;
        const seen_box *word = &v->ours->words[o].word->box;
        double x = (word->x0 + word->x1) / 2, y = (word->y0 + word->y1) / 2;
        if (x > box->x0 && x < box->x1 && y > box->y0 && y < box->y1) return true;
    }
    return false;
}

static bool may_join(const mover *v, uint32_t a, uint32_t b)
{
    const part *p = &v->parts.v[a], *q = &v->parts.v[b];
    if (p->is_gone || q->is_gone || p->is_anew != q->is_anew) return false;
    if (!p->is_anew && (!goes_same_way(q->dx, q->dy, p) || fabs(p->wider - q->wider) > v->m->t->length)) return false;
    seen_box both = seen_joined(&p->ours, &q->ours);
    return !has_others(v, &both, a, b);
}

static void join_anywhere(mover *v)
{
    uint32_t *live = BT_NEW_ARRAY(v->m->arena, v->parts.n, uint32_t), n = 0;
    for (uint32_t i = 0; live && i < v->parts.n; i++)
        if (!v->parts.v[i].is_gone) live[n++] = i;
    for (uint32_t i = 0; i < n && n <= MOST_JOINED; i++)
        for (uint32_t k = i + 1; k < n; k++)
            if (may_join(v, live[i], live[k])) {
                join_parts(v, live[i], live[k]);
                k = i; /* those passed over may fit now */
            }
}

/* Of too many, those that are less than a line are told together. */
static void join_rest(mover *v)
{
    uint32_t n = 0, into = MATCH_NONE;
    for (uint32_t i = 0; i < v->parts.n; i++) n += !v->parts.v[i].is_gone;
    for (uint32_t i = 0; n > MOST_TOLD && i < v->parts.n; i++) {
        part *p = &v->parts.v[i];
        if (p->is_gone || (p->n_lines > 1 && !p->is_anew)) continue;
        p->is_anew = true;
        if (into == MATCH_NONE)
            into = i;
        else
            join_parts(v, into, i);
    }
}

/* --- what is told --- */

/* The part's first words that follow one another. */
static bt_str phrase_of(const mover *v, uint32_t part_i)
{
    const part *p = &v->parts.v[part_i];
    uint32_t end = p->begin;
    while (end < p->end && v->part_of[end] == part_i) end++;
    return match_phrase(v->m, v->ours, p->begin, end);
}

static bt_str moved_words(const mover *v, const part *p, bt_str what, bt_str phrase)
{
    matcher *m = v->m;
    bt_lang lang = m->diags->lang;
    bool stands = hypot(p->dx, p->dy) <= m->t->position;
    bt_str far = shown_mm(m->arena, lang, p->farthest), by = shown_mm(m->arena, lang, fabs(p->wider));
    if (p->is_anew)
        return MATCH_SAY(m, "{1}, \"{2}\": broken or spaced anew, words up to {3} from where they were", what, phrase,
                         far);
    if (!stands) return MATCH_SAY(m, "{1}, \"{2}\": moved {3}", what, phrase, match_way(m, p->dx, p->dy));
    return p->wider > 0 ? MATCH_SAY(m, "{1}, \"{2}\": set {3} wider", what, phrase, by)
                        : MATCH_SAY(m, "{1}, \"{2}\": set {3} narrower", what, phrase, by);
}

static void tell_part(const mover *v, uint32_t part_i)
{
    const part *p = &v->parts.v[part_i];
    matcher *m = v->m;
    bool by_lines = p->is_whole || (p->is_anew && p->n_words > 1);
    bt_str phrase = phrase_of(v, part_i);
    bt_str what = by_lines && p->is_whole ? match_lines(m, p->n_lines) : match_words(m, p->n_words);
    double distance = p->is_anew ? p->farthest : fmax(hypot(p->dx, p->dy), fabs(p->wider));
    finding about = {.kind = FINDING_TEXT_MOVED,
                     .page = v->ours->number,
                     .sample_page = v->sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = p->ours,
                     .sample = p->sample,
                     .subject = phrase,
                     .dx = p->is_anew ? 0 : p->dx,
                     .dy = p->is_anew ? 0 : p->dy,
                     .amount = distance,
                     .n = p->n_words,
                     .message = moved_words(v, p, what, phrase)};
    match_add(m, &about, distance / 10 + p->letters * p->size / 4000);
}

static void tell_page(matcher *m, const match_page *ours)
{
    mover v = {.m = m, .ours = ours, .sample = &m->sample.pages[ours->mate]};
    v.part_of = BT_NEW_ARRAY(m->arena, ours->n_words, uint32_t);
    if (!v.part_of) return;
    cut_lines(&v);
    if (m->arena->failed) return;
    join_lines(&v);
    join_anew(&v);
    join_anywhere(&v);
    join_rest(&v);
    for (uint32_t i = 0; i < v.parts.n; i++)
        if (!v.parts.v[i].is_gone) tell_part(&v, i);
}

/* Words from begin up to end that went to another page, in one row there. */
static void tell_far(matcher *m, const match_page *ours, uint32_t begin, uint32_t end)
{
    const match_word *first = &ours->words[begin];
    const match_page *sample = &m->sample.pages[first->mate_page];
    bt_str phrase = match_phrase(m, ours, begin, end), what = match_words(m, end - begin);
    bt_str here = match_count(m, ours->number), there = match_count(m, sample->number);
    finding about = {.kind = FINDING_TEXT_MOVED,
                     .page = ours->number,
                     .sample_page = sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = match_words_box(ours, begin, end),
                     .sample = sample->words[first->mate].word->box,
                     .subject = phrase,
                     .was = there,
                     .is = here,
                     .n = end - begin};
    for (uint32_t i = begin; i < end; i++)
        about.sample = seen_joined(&about.sample, &sample->words[ours->words[i].mate].word->box);
    about.message = MATCH_SAY(m, "{1}, \"{2}\": on page {3}, in the sample on page {4}", what, phrase, here, there);
    match_add(m, &about, 100);
}

static bool is_far_masked(const matcher *m, const match_page *ours, uint32_t o)
{
    const match_word *word = &ours->words[o];
    return word->is_masked && m->sample.pages[word->mate_page].words[word->mate].is_masked;
}

static void tell_all_far(matcher *m, const match_page *ours)
{
    for (uint32_t begin = 0, end; begin < ours->n_words; begin = end) {
        const match_word *first = &ours->words[begin];
        end = begin + 1;
        if (first->mate == MATCH_NONE || first->mate_page == ours->mate) continue;
        bool is_out = is_far_masked(m, ours, begin);
        while (end < ours->n_words && ours->words[end].mate != MATCH_NONE &&
               ours->words[end].mate_page == first->mate_page && is_far_masked(m, ours, end) == is_out)
            end++;
        if (is_out)
            m->r->n_left_out++;
        else
            tell_far(m, ours, begin, end);
    }
}

void match_moved(matcher *m)
{
    for (uint32_t o = 0; o < m->ours.n_pages && !m->arena->failed; o++) {
        if (m->ours.pages[o].mate == MATCH_NONE) continue;
        tell_page(m, &m->ours.pages[o]);
        tell_all_far(m, &m->ours.pages[o]);
    }
}
