/* text.c - words that read otherwise, are new or gone.
 *
 * Words without a mate that follow one another make a piece. A piece of ours stands for one of the sample's when the
 * words before it or after it are mates of those around the other, and they stand near one another; or when both stand
 * at one place.
 */
#include "check/match/match_int.h"

#include <math.h>

typedef struct piece {
    uint32_t begin, end;
    uint32_t before, after; /* sample's words that stand around it; MATCH_NONE: not known; OUTSIDE: the page's end */
    uint32_t letters;
    double size;
    seen_box box;    /* in its own page */
    seen_box framed; /* in the sample's */
    uint32_t other;  /* the piece that it stands for */
} piece;
typedef BT_ARRAY(piece) piece_list;
#define OUTSIDE (MATCH_NONE - 1)

typedef struct pieces {
    matcher *m;
    match_page *ours, *sample;
    piece_list of_ours, of_sample;
} pieces;

static double size_of(const match_page *page, uint32_t word)
{
    const seen_word *w = page->words[word].word;
    return w->run_begin < w->run_end && w->run_begin < page->page->runs.n ? page->page->runs.v[w->run_begin].size : 0;
}

/* The sample's word that stands for a neighbour. */
static uint32_t neighbour(const match_page *page, bool is_ours, int64_t i)
{
    if (i < 0 || i >= page->n_words) return OUTSIDE;
    const match_word *word = &page->words[i];
    if (word->mate == MATCH_NONE || word->mate_page != page->mate) return MATCH_NONE;
    return is_ours ? word->mate : (uint32_t)i;
}

static void add_piece(pieces *p, piece_list *list, const match_page *page, uint32_t begin, uint32_t end)
{
    bool is_ours = page == p->ours;
    piece *made = BT_PUSH(p->m->arena, list);
    if (!made) return;
    seen_box box = match_words_box(page, begin, end);
    *made = (piece){.begin = begin,
                    .end = end,
                    .before = neighbour(page, is_ours, (int64_t)begin - 1),
                    .after = neighbour(page, is_ours, end),
                    .size = size_of(page, begin),
                    .box = box,
                    .framed = is_ours ? match_in_frame(page, &box) : box,
                    .other = MATCH_NONE};
    for (uint32_t i = begin; i < end; i++) made->letters += page->words[i].letters;
}

/* Pieces end where a block does, and where a mask begins. */
static void list_pieces(pieces *p, piece_list *list, const match_page *page)
{
    for (uint32_t begin = 0, end; begin < page->n_words; begin = end) {
        const match_word *first = &page->words[begin];
        end = begin + 1;
        if (first->mate != MATCH_NONE) continue;
        while (end < page->n_words && page->words[end].mate == MATCH_NONE && page->words[end].block == first->block &&
               page->words[end].is_masked == first->is_masked)
            end++;
        if (first->is_masked)
            p->m->r->n_left_out++;
        else
            add_piece(p, list, page, begin, end);
    }
}

/* White between two boxes. */
static double between(const seen_box *a, const seen_box *b)
{
    double x = fmax(fmax(a->x0 - b->x1, b->x0 - a->x1), 0), y = fmax(fmax(a->y0 - b->y1, b->y0 - a->y1), 0);
    return fmax(x, y);
}

static bool is_covered(const seen_box *a, const seen_box *b)
{
    double width = fmin(a->x1, b->x1) - fmax(a->x0, b->x0), height = fmin(a->y1, b->y1) - fmax(a->y0, b->y0);
    return width > 0 && height > 0 && width * height > fmin(match_area(a), match_area(b)) / 2;
}

typedef bool (*piece_test)(const piece *ours, const piece *sample);

static bool fits_between(const piece *a, const piece *b) { return a->before == b->before && a->after == b->after; }

static bool fits_beside(const piece *a, const piece *b)
{
    const double near = 3; /* lines */
    bool is_beside = (a->before == b->before && a->before != MATCH_NONE && a->before != OUTSIDE) ||
                     (a->after == b->after && a->after != MATCH_NONE && a->after != OUTSIDE);
    return is_beside && between(&a->framed, &b->framed) < near * fmax(a->size, b->size);
}

static bool fits_place(const piece *a, const piece *b) { return is_covered(&a->framed, &b->framed); }

static bool fits_between_known(const piece *a, const piece *b)
{
    return a->before != MATCH_NONE && a->after != MATCH_NONE && fits_between(a, b);
}

static void pair_pieces(pieces *p, piece_test fits)
{
    for (uint32_t o = 0; o < p->of_ours.n; o++)
        for (uint32_t s = 0; s < p->of_sample.n && p->of_ours.v[o].other == MATCH_NONE; s++) {
            if (p->of_sample.v[s].other != MATCH_NONE || !fits(&p->of_ours.v[o], &p->of_sample.v[s])) continue;
            p->of_ours.v[o].other = s;
            p->of_sample.v[s].other = o;
        }
}

/* The same words, which something else kept apart: they have moved, and that is told of them. */
static bool join_same(pieces *p, const piece *ours, const piece *sample)
{
    uint32_t n = ours->end - ours->begin;
    if (n != sample->end - sample->begin) return false;
    for (uint32_t i = 0; i < n; i++) {
        const match_word *a = &p->ours->words[ours->begin + i], *b = &p->sample->words[sample->begin + i];
        if (!bt_str_equal(a->word->text, b->word->text)) return false;
    }
    for (uint32_t i = 0; i < n; i++) match_join(p->ours, ours->begin + i, p->sample, sample->begin + i);
    return true;
}

/* --- what is told --- */

static double extent_of(const piece *p) { return p->letters * p->size / 400; }

static bt_str letters_together(bt_arena *arena, const match_page *page, const piece *p)
{
    bt_buf out = bt_buf_in(arena);
    for (uint32_t i = p->begin; i < p->end; i++) bt_buf_add(&out, page->words[i].word->text);
    return bt_buf_str(&out);
}

/* The same letters at the same place: only where words end is seen otherwise, which another producer's spaces may do.
 */
static bool is_cut_otherwise(pieces *p, const piece *ours, const piece *sample)
{
    double within = p->m->t->position;
    const seen_box *a = &ours->framed, *b = &sample->framed;
    bool in_place = fabs(a->x0 - b->x0) <= within && fabs(a->x1 - b->x1) <= within && fabs(a->y1 - b->y1) <= within;
    return in_place &&
           bt_str_equal(letters_together(p->m->arena, p->ours, ours), letters_together(p->m->arena, p->sample, sample));
}

static bt_str changed_words(pieces *p, const piece *ours, const piece *sample, bt_str was, bt_str is)
{
    matcher *m = p->m;
    bt_str old, new;
    match_letters how = LETTERS_OTHER;
    if (ours->end - ours->begin == 1 && sample->end - sample->begin == 1)
        how = match_compare_letters(was, is, &old, &new);
    switch (how) {
    case LETTERS_TONE_LOST:
        return MATCH_SAY(m, "\"{1}\" reads \"{2}\" now: \"{3}\" has lost its tone mark", was, is, old);
    case LETTERS_TONE_NEW:
        return MATCH_SAY(m, "\"{1}\" reads \"{2}\" now: \"{3}\" has got a tone mark, \"{4}\"", was, is, old, new);
    case LETTERS_TONE_OTHER:
        return MATCH_SAY(m, "\"{1}\" reads \"{2}\" now: \"{3}\" has another tone mark, \"{4}\"", was, is, old, new);
    case LETTERS_ONE:
        return MATCH_SAY(m, "\"{1}\" reads \"{2}\" now: \"{4}\" for \"{3}\"", was, is, old, new);
    default:
        return MATCH_SAY(m, "\"{1}\" reads \"{2}\" now", was, is);
    }
}

static void tell_changed(pieces *p, const piece *ours, const piece *sample)
{
    if (join_same(p, ours, sample)) return;
    if (is_cut_otherwise(p, ours, sample)) {
        match_recut *cut = BT_PUSH(p->m->arena, &p->m->recuts);
        if (cut) *cut = (match_recut){p->ours->number, ours->begin, ours->end, sample->begin, sample->end};
        return;
    }
    bt_str was = match_phrase(p->m, p->sample, sample->begin, sample->end);
    bt_str is = match_phrase(p->m, p->ours, ours->begin, ours->end);
    uint32_t n_ours = ours->end - ours->begin, n_sample = sample->end - sample->begin;
    finding about = {.kind = FINDING_TEXT_CHANGED,
                     .page = p->ours->number,
                     .sample_page = p->sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = ours->box,
                     .sample = sample->box,
                     .subject = was,
                     .was = was,
                     .is = is,
                     .n = n_ours > n_sample ? n_ours : n_sample};
    about.message = changed_words(p, ours, sample, was, is);
    match_add(p->m, &about, fmax(extent_of(ours), extent_of(sample)));
}

static void tell_lone(pieces *p, const piece *lone, bool is_new)
{
    const match_page *page = is_new ? p->ours : p->sample;
    bt_str phrase = match_phrase(p->m, page, lone->begin, lone->end);
    finding about = {.kind = is_new ? FINDING_TEXT_NEW : FINDING_TEXT_GONE,
                     .page = p->ours->number,
                     .sample_page = p->sample->number,
                     .has_ours = is_new,
                     .has_sample = !is_new,
                     .subject = phrase,
                     .n = lone->end - lone->begin};
    *(is_new ? &about.ours : &about.sample) = lone->box;
    *(is_new ? &about.is : &about.was) = phrase;
    about.message = is_new ? MATCH_SAY(p->m, "\"{1}\" is new", phrase) : MATCH_SAY(p->m, "\"{1}\" is gone", phrase);
    match_add(p->m, &about, extent_of(lone));
}

static void tell_page(matcher *m, match_page *ours)
{
    enum { MOST_PIECES = 4000 };
    pieces p = {.m = m, .ours = ours, .sample = &m->sample.pages[ours->mate]};
    list_pieces(&p, &p.of_ours, p.ours);
    list_pieces(&p, &p.of_sample, p.sample);
    if (m->arena->failed) return;
    static const piece_test tests[] = {fits_between_known, fits_beside, fits_place};
    bool are_few = p.of_ours.n < MOST_PIECES && p.of_sample.n < MOST_PIECES;
    for (uint32_t i = 0; are_few && i < sizeof tests / sizeof *tests; i++) pair_pieces(&p, tests[i]);
    for (uint32_t i = 0; i < p.of_ours.n; i++) {
        const piece *fresh = &p.of_ours.v[i];
        if (fresh->other != MATCH_NONE)
            tell_changed(&p, fresh, &p.of_sample.v[fresh->other]);
        else
            tell_lone(&p, fresh, true);
    }
    for (uint32_t i = 0; i < p.of_sample.n; i++)
        if (p.of_sample.v[i].other == MATCH_NONE) tell_lone(&p, &p.of_sample.v[i], false);
}

void match_text(matcher *m)
{
    for (uint32_t o = 0; o < m->ours.n_pages && !m->arena->failed; o++)
        if (m->ours.pages[o].mate != MATCH_NONE) tell_page(m, &m->ours.pages[o]);
}
