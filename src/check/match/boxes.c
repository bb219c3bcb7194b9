/* boxes.c - boxes and rotation of pages, and the frame that two pages are compared in.
 *
 * Places are measured from the trim. Where the trim itself is what differs, everything on the page would seem to have
 * moved; so two pages are compared from their trims or in the page's own space, in whichever fewer of the boxes differ.
 */
#include "check/match/match_int.h"

#include <math.h>

static bool is_named(const match_page *ours, const match_page *sample, uint32_t kind)
{
    return kind == SEEN_MEDIA || kind == SEEN_TRIM || ours->page->has_box[kind] || sample->page->has_box[kind];
}

enum { N_SIDES = 4 };

/* How far each side lies from where it was, right and down: left, top, right, bottom. */
static double sides_of(const match_page *ours, const match_page *sample, uint32_t kind, double sides[N_SIDES])
{
    seen_box is = match_in_frame(ours, &ours->page->boxes[kind]);
    const seen_box *was = &sample->page->boxes[kind];
    sides[0] = is.x0 - was->x0;
    sides[1] = is.y0 - was->y0;
    sides[2] = is.x1 - was->x1;
    sides[3] = is.y1 - was->y1;
    double most = 0;
    for (uint32_t i = 0; i < N_SIDES; i++) most = fmax(most, fabs(sides[i]));
    return most;
}

static uint32_t n_differing(const matcher *m, const match_page *ours, const match_page *sample)
{
    uint32_t n = 0;
    double sides[N_SIDES];
    for (uint32_t kind = 0; kind < SEEN_N_BOXES; kind++)
        n += is_named(ours, sample, kind) && sides_of(ours, sample, kind, sides) > m->t->box;
    return n;
}

/* The places of ours in the page's own space, then as the sample's trim has them. False: there is no way back. */
static bool through_user_space(const match_page *ours, const match_page *sample, seen_matrix *t)
{
    const seen_matrix *a = &ours->page->to_trim, *b = &sample->page->to_trim;
    double det = a->a * a->d - a->b * a->c;
    if (!(fabs(det) > 1e-9)) return false;
    seen_matrix back = {a->d / det, -a->b / det, -a->c / det, a->a / det, 0, 0};
    back.e = -(a->e * back.a + a->f * back.c);
    back.f = -(a->e * back.b + a->f * back.d);
    *t = (seen_matrix){back.a * b->a + back.b * b->c,        back.a * b->b + back.b * b->d,
                       back.c * b->a + back.d * b->c,        back.c * b->b + back.d * b->d,
                       back.e * b->a + back.f * b->c + b->e, back.e * b->b + back.f * b->d + b->f};
    return true;
}

static void choose_frame(const matcher *m, match_page *ours, const match_page *sample)
{
    uint32_t n = n_differing(m, ours, sample);
    seen_matrix usual = ours->to_sample, other;
    if ((!n && ours->page->rotation == sample->page->rotation) || !through_user_space(ours, sample, &other)) return;
    ours->to_sample = other;
    bool is_better = n_differing(m, ours, sample) < n || ours->page->rotation != sample->page->rotation;
    if (!is_better) ours->to_sample = usual;
}

/* --- what is told --- */

/* A box that differs alike on pages that follow one another is told once. */
typedef struct box_run {
    bool is_open;
    uint32_t kind, first, last; /* pages of ours */
    double sides[N_SIDES], most;
} box_run;

static bt_str box_name(matcher *m, uint32_t kind)
{
    switch (kind) {
    case SEEN_MEDIA:
        return BT_SAY(m->diags, "media box");
    case SEEN_CROP:
        return BT_SAY(m->diags, "crop box");
    case SEEN_BLEED:
        return BT_SAY(m->diags, "bleed box");
    case SEEN_ART:
        return BT_SAY(m->diags, "art box");
    default:
        return BT_SAY(m->diags, "trim box");
    }
}

static bt_str side_words(matcher *m, uint32_t side, double by)
{
    bt_str length = shown_mm(m->arena, m->diags->lang, fabs(by));
    switch (side) {
    case 0:
        return by < 0 ? MATCH_SAY(m, "left side {1} to the left", length)
                      : MATCH_SAY(m, "left side {1} to the right", length);
    case 1:
        return by < 0 ? MATCH_SAY(m, "top {1} higher", length) : MATCH_SAY(m, "top {1} lower", length);
    case 2:
        return by < 0 ? MATCH_SAY(m, "right side {1} to the left", length)
                      : MATCH_SAY(m, "right side {1} to the right", length);
    default:
        return by < 0 ? MATCH_SAY(m, "bottom {1} higher", length) : MATCH_SAY(m, "bottom {1} lower", length);
    }
}

static void tell_run(matcher *m, const box_run *run)
{
    const match_page *ours = &m->ours.pages[run->first], *sample = &m->sample.pages[ours->mate];
    bt_buf sides = bt_buf_in(m->arena);
    for (uint32_t i = 0; i < N_SIDES; i++) {
        if (fabs(run->sides[i]) <= m->t->box) continue;
        if (sides.bytes.n) bt_buf_add_z(&sides, ", ");
        bt_buf_add(&sides, side_words(m, i, run->sides[i]));
    }
    uint32_t n = run->last - run->first + 1;
    bt_str name = box_name(m, run->kind), what = bt_buf_str(&sides);
    bt_str first = match_count(m, run->first + 1), last = match_count(m, run->last + 1);
    finding about = {.kind = FINDING_PAGE_BOX,
                     .page = ours->number,
                     .sample_page = sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = ours->page->boxes[run->kind],
                     .sample = sample->page->boxes[run->kind],
                     .subject = name,
                     .was = match_box_size(m, &sample->page->boxes[run->kind]),
                     .is = match_box_size(m, &ours->page->boxes[run->kind]),
                     .amount = run->most,
                     .n = n};
    about.message = n > 1 ? MATCH_SAY(m, "{1} of pages {2} to {3}: {4}", name, first, last, what)
                          : MATCH_SAY(m, "{1}: {2}", name, what);
    match_add(m, &about, run->most * n);
}

static bool is_like(const box_run *run, const double sides[N_SIDES])
{
    const double alike = 0.02;
    for (uint32_t i = 0; i < N_SIDES; i++)
        if (fabs(run->sides[i] - sides[i]) > alike) return false;
    return true;
}

static void tell_boxes(matcher *m, uint32_t kind)
{
    box_run run = {.kind = kind};
    for (uint32_t o = 0; o < m->ours.n_pages; o++) {
        const match_page *ours = &m->ours.pages[o];
        double sides[N_SIDES] = {0}, most = 0;
        if (ours->mate != MATCH_NONE && is_named(ours, &m->sample.pages[ours->mate], kind))
            most = sides_of(ours, &m->sample.pages[ours->mate], kind, sides);
        bool differs = most > m->t->box;
        bool goes_on = differs && run.is_open && run.last + 1 == o && is_like(&run, sides);
        if (goes_on) run.last = o;
        if (goes_on || !differs) continue;
        if (run.is_open) tell_run(m, &run);
        run = (box_run){true, kind, o, o, {sides[0], sides[1], sides[2], sides[3]}, most};
    }
    if (run.is_open) tell_run(m, &run);
}

static void tell_rotation(matcher *m, const match_page *ours, const match_page *sample)
{
    int was = sample->page->rotation, is = ours->page->rotation;
    if (was == is) return;
    finding about = {.kind = FINDING_PAGE_BOX,
                     .page = ours->number,
                     .sample_page = sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = ours->page->boxes[SEEN_TRIM],
                     .sample = sample->page->boxes[SEEN_TRIM],
                     .subject = BT_SAY(m->diags, "rotation"),
                     .was = bt_str_format(m->arena, "%d\u00b0", was),
                     .is = bt_str_format(m->arena, "%d\u00b0", is),
                     .amount = is - was};
    about.message = MATCH_SAY(m, "the page is turned by {1}, where the sample's is by {2}", about.is, about.was);
    match_add(m, &about, 100);
}

void match_boxes(matcher *m)
{
    for (uint32_t o = 0; o < m->ours.n_pages; o++) {
        match_page *ours = &m->ours.pages[o];
        if (ours->mate == MATCH_NONE) continue;
        choose_frame(m, ours, &m->sample.pages[ours->mate]);
        tell_rotation(m, ours, &m->sample.pages[ours->mate]);
        match_lay_words(ours, &m->sample.pages[ours->mate]);
    }
    for (uint32_t kind = 0; kind < SEEN_N_BOXES; kind++) tell_boxes(m, kind);
}
