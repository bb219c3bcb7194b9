/* style.c - type and inks of words that both files have: size, face, colours and how they print. */
#include "check/match/match_int.h"

#include <math.h>

enum { MOST_GROUPS = 6 }; /* of one difference on a page that are told each; more are told together */

/* What differs, over neighbouring words. */
typedef struct group {
    finding_kind kind;
    bt_str was, is;
    double amount, size;
    uint32_t begin, end; /* words of ours */
    uint32_t n, letters;
    seen_box ours, sample;
    bool is_told;
} group;

typedef struct stylist {
    matcher *m;
    const match_page *ours, *sample;
    BT_ARRAY(group) groups;
    uint32_t o, s;                    /* the words at hand */
    bool is_masked;                   /* the word at hand: what differs is counted only */
    uint32_t latest[FINDING_N_KINDS]; /* the group that the word before belongs to; MATCH_NONE */
} stylist;

/* --- inks --- */

/* A run paints by its mode: filled, stroked, both or neither. */
static const seen_color *fill_of(const seen_run *run)
{
    return run->render_mode % 4 == 0 || run->render_mode % 4 == 2 ? run->paint->fill : NULL;
}

static const seen_color *stroke_of(const seen_run *run)
{
    return run->render_mode % 4 == 1 || run->render_mode % 4 == 2 ? run->paint->stroke : NULL;
}

static bool is_color(const stylist *t, const seen_color *a, const seen_color *b)
{
    if (!a || !b) return a == b;
    return a == b || seen_color_equal(a, b, t->m->t->color);
}

/* White text that overprints vanishes, and K that does not leaves white seams. */
static bool prints_alike(const seen_run *a, const seen_run *b)
{
    const seen_paint *p = a->paint, *q = b->paint;
    if (fill_of(a) && p->overprints_fill != q->overprints_fill) return false;
    if (stroke_of(a) && p->overprints_stroke != q->overprints_stroke) return false;
    return !(p->overprints_fill || p->overprints_stroke) || p->overprint_mode == q->overprint_mode;
}

static bool is_seen_through_alike(const stylist *t, const seen_paint *p, const seen_paint *q)
{
    double within = t->m->t->color;
    return p->is_transparent == q->is_transparent && fabs(p->fill_alpha - q->fill_alpha) <= within &&
           fabs(p->stroke_alpha - q->stroke_alpha) <= within &&
           (!p->is_transparent || bt_str_equal(p->blend, q->blend));
}

static bt_str ink_words(stylist *t, const seen_run *run)
{
    const seen_color *fill = fill_of(run), *stroke = stroke_of(run);
    if (fill && stroke) return MATCH_SAY(t->m, "{1}, outlined {2}", match_color(t->m, fill), match_color(t->m, stroke));
    if (stroke) return MATCH_SAY(t->m, "outlined {1}", match_color(t->m, stroke));
    return match_color(t->m, fill);
}

static bt_str overprint_words(stylist *t, const seen_run *run)
{
    bool does = fill_of(run) ? run->paint->overprints_fill : run->paint->overprints_stroke;
    if (!does) return BT_SAY(t->m->diags, "knocking out");
    return MATCH_SAY(t->m, "overprinting (mode {1})", match_count(t->m, run->paint->overprint_mode));
}

static bt_str alpha_words(stylist *t, const seen_paint *paint)
{
    bt_str alpha = shown_percent(t->m->arena, t->m->diags->lang, paint->fill_alpha);
    return MATCH_SAY(t->m, "{1} opaque, {2}", alpha, paint->blend);
}

/* --- groups --- */

static void note(stylist *t, const group *differs)
{
    if (t->is_masked) {
        t->m->r->n_left_out++;
        return;
    }
    const match_word *is = &t->ours->words[t->o], *was = &t->sample->words[t->s];
    uint32_t latest = t->latest[differs->kind];
    group *g = latest == MATCH_NONE ? NULL : &t->groups.v[latest];
    bool goes_on = g && g->end >= t->o && bt_str_equal(g->was, differs->was) && bt_str_equal(g->is, differs->is);
    if (!goes_on) {
        t->latest[differs->kind] = t->groups.n;
        g = BT_PUSH(t->m->arena, &t->groups);
        if (!g) return;
        *g = *differs;
        g->begin = t->o;
        g->ours = is->word->box;
        g->sample = was->word->box;
    }
    g->ours = seen_joined(&g->ours, &is->word->box);
    g->sample = seen_joined(&g->sample, &was->word->box);
    g->end = t->o + 1;
    g->n++;
    g->letters += is->letters;
}

static void compare_size(stylist *t, const seen_run *is, const seen_run *was)
{
    bt_lang lang = t->m->diags->lang;
    if (fabs(is->size - was->size) <= t->m->t->size) return;
    group g = {.kind = FINDING_TEXT_SIZE, .size = is->size, .amount = is->size - was->size};
    g.was = shown_pt(t->m->arena, lang, was->size);
    g.is = shown_pt(t->m->arena, lang, is->size);
    note(t, &g);
}

static bt_str face_words(stylist *t, const seen_face *face)
{
    return face->name.len ? face->name : BT_SAY(t->m->diags, "a face without a name");
}

static void compare_face(stylist *t, const seen_run *is, const seen_run *was)
{
    const seen_face *a = is->face, *b = was->face;
    if (a == b || !a || !b) return;
    bool has_names = a->name.len && b->name.len;
    bool is_same =
        has_names ? bt_str_equal(a->name, b->name) : a->is_bold == b->is_bold && a->is_italic == b->is_italic;
    if (is_same) return;
    group g = {.kind = FINDING_TEXT_FACE, .size = is->size, .was = face_words(t, b), .is = face_words(t, a)};
    note(t, &g);
}

static void compare_inks(stylist *t, const seen_run *is, const seen_run *was)
{
    group g = {.kind = FINDING_TEXT_COLOR, .size = is->size};
    bool has_paint = is->paint && was->paint;
    if (!has_paint) return;
    if (!is_color(t, fill_of(is), fill_of(was)) || !is_color(t, stroke_of(is), stroke_of(was))) {
        g.was = ink_words(t, was);
        g.is = ink_words(t, is);
    } else if (!prints_alike(is, was)) {
        g.was = overprint_words(t, was);
        g.is = overprint_words(t, is);
    } else if (!is_seen_through_alike(t, is->paint, was->paint)) {
        g.was = alpha_words(t, was->paint);
        g.is = alpha_words(t, is->paint);
    } else if (stroke_of(is) && fabs(is->paint->line_width - was->paint->line_width) > t->m->t->thickness) {
        g.was = shown_pt(t->m->arena, t->m->diags->lang, was->paint->line_width);
        g.is = shown_pt(t->m->arena, t->m->diags->lang, is->paint->line_width);
    } else {
        return;
    }
    note(t, &g);
}

/* Goes over the runs of some words. */
typedef struct cursor {
    const match_page *page;
    uint32_t word, end, run;
    size_t at; /* bytes of the words up to the run's end */
} cursor;

static const seen_run *run_at(cursor *c)
{
    while (c->word < c->end && c->run >= c->page->words[c->word].word->run_end)
        if (++c->word < c->end) c->run = c->page->words[c->word].word->run_begin;
    return c->word < c->end && c->run < c->page->page->runs.n ? &c->page->page->runs.v[c->run] : NULL;
}

static cursor cursor_at(const match_page *page, uint32_t begin, uint32_t end)
{
    return (cursor){.page = page, .word = begin, .end = end, .run = page->words[begin].word->run_begin};
}

/* Runs of both side by side, each letter held against its own. */
static void compare_words(stylist *t, cursor *ours, cursor *sample)
{
    for (;;) {
        const seen_run *is = run_at(ours), *was = run_at(sample);
        if (!is || !was) return;
        t->o = ours->word;
        t->s = sample->word;
        compare_size(t, is, was);
        compare_face(t, is, was);
        compare_inks(t, is, was);
        size_t next = ours->at + is->text.len, other = sample->at + was->text.len;
        if (next <= other) {
            ours->run++;
            ours->at = next;
        }
        if (other <= next) {
            sample->run++;
            sample->at = other;
        }
    }
}

/* --- what is told --- */

static bt_str message_of(matcher *m, const group *g, bt_str what, bt_str phrase)
{
    if (g->kind == FINDING_TEXT_SIZE)
        return MATCH_SAY(m, "{1}, \"{2}\": set in {4}, in the sample in {3}", what, phrase, g->was, g->is);
    if (g->kind == FINDING_TEXT_FACE)
        return MATCH_SAY(m, "{1}, \"{2}\": set in the face {4}, in the sample in {3}", what, phrase, g->was, g->is);
    return MATCH_SAY(m, "{1}, \"{2}\": printed {4}, in the sample {3}", what, phrase, g->was, g->is);
}

static void tell_group(stylist *t, const group *g)
{
    matcher *m = t->m;
    bt_str phrase = match_phrase(m, t->ours, g->begin, g->end);
    finding about = {.kind = g->kind,
                     .page = t->ours->number,
                     .sample_page = t->sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = g->ours,
                     .sample = g->sample,
                     .subject = phrase,
                     .was = g->was,
                     .is = g->is,
                     .amount = g->amount,
                     .n = g->n,
                     .message = message_of(m, g, match_words(m, g->n), phrase)};
    match_add(m, &about, g->letters * g->size / 4000);
}

static bool is_alike(const group *a, const group *b)
{
    return a->kind == b->kind && bt_str_equal(a->was, b->was) && bt_str_equal(a->is, b->is);
}

/* Groups of one difference, all at once where they are many. */
static void tell_alike(stylist *t, uint32_t first)
{
    group *all = &t->groups.v[first], sum = *all;
    uint32_t n = 1;
    for (uint32_t i = first + 1; i < t->groups.n; i++) {
        const group *g = &t->groups.v[i];
        if (!is_alike(all, g)) continue;
        sum.ours = seen_joined(&sum.ours, &g->ours);
        sum.sample = seen_joined(&sum.sample, &g->sample);
        sum.n += g->n;
        sum.letters += g->letters;
        sum.size = fmax(sum.size, g->size);
        n++;
    }
    if (n > MOST_GROUPS) tell_group(t, &sum);
    for (uint32_t i = first; i < t->groups.n; i++) {
        if (!is_alike(all, &t->groups.v[i])) continue;
        t->groups.v[i].is_told = true;
        if (n <= MOST_GROUPS) tell_group(t, &t->groups.v[i]);
    }
}

void match_style(matcher *m, match_page *ours, match_page *sample)
{
    stylist t = {.m = m, .ours = ours, .sample = sample};
    for (uint32_t kind = 0; kind < FINDING_N_KINDS; kind++) t.latest[kind] = MATCH_NONE;
    for (uint32_t o = 0; o < ours->n_words; o++) {
        const match_word *w = &ours->words[o];
        if (w->mate == MATCH_NONE || w->mate_page != ours->mate) continue;
        t.is_masked = w->is_masked && sample->words[w->mate].is_masked;
        cursor is = cursor_at(ours, o, o + 1), was = cursor_at(sample, w->mate, w->mate + 1);
        compare_words(&t, &is, &was);
    }
    t.is_masked = false;
    for (uint32_t i = 0; i < m->recuts.n; i++) {
        const match_recut *cut = &m->recuts.v[i];
        if (cut->page != ours->number) continue;
        cursor is = cursor_at(ours, cut->begin, cut->end), was = cursor_at(sample, cut->sample_begin, cut->sample_end);
        compare_words(&t, &is, &was);
    }
    for (uint32_t i = 0; i < t.groups.n && !m->arena->failed; i++)
        if (!t.groups.v[i].is_told) tell_alike(&t, i);
}
