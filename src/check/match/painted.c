/* painted.c - what differs of rules, areas and shapes that belong together, and those that are new or gone: told
 * together where they are alike and near, as the parts of a drawing are.
 */
#include "check/match/pairs.h"

#include <math.h>

#define BESIDE 3.0    /* pt: white between parts of one drawing */
#define SAME_WAY 0.05 /* pt */

/* What may be told together. */
typedef enum note_class { NOTE_NEW, NOTE_GONE, NOTE_MOVED, NOTE_OTHER } note_class;

typedef struct note {
    finding about;
    double extent;
    seen_box box; /* where it is, for what is near */
    note_class class;
    uint32_t n_rules, n_areas;
    bool is_told;
} note;

typedef struct painted {
    match_objects_of *all;
    matcher *m;
    BT_ARRAY(note) notes;
} painted;

static const seen_path *path_of(const match_page *page, const match_object *object)
{
    return &page->page->paths.v[object->i];
}

static bool is_rule_kind(finding_kind kind)
{
    return kind == FINDING_RULE_NEW || kind == FINDING_RULE_GONE || kind == FINDING_RULE_MOVED;
}

static bool is_rule(const seen_path *path) { return path->kind == SEEN_RULE; }

static void add_note(painted *p, const finding *about, double extent, note_class class, const seen_path *path)
{
    note *made = BT_PUSH(p->m->arena, &p->notes);
    if (!made) return;
    *made = (note){.about = *about, .extent = extent, .box = about->has_ours ? about->ours : about->sample};
    made->class = class;
    made->n_rules = path->kind == SEEN_RULE;
    made->n_areas = path->kind == SEEN_AREA;
}

/* --- words --- */

static bt_str kind_words(const painted *p, const seen_path *path)
{
    matcher *m = p->m;
    double length = fmax(seen_width(&path->box), seen_height(&path->box));
    switch (path->kind) {
    case SEEN_RULE:
        return MATCH_SAY(m, "rule, {1}", shown_mm(m->arena, m->diags->lang, length));
    case SEEN_AREA:
        return path->paint->fill ? BT_SAY(m->diags, "tint") : BT_SAY(m->diags, "frame");
    case SEEN_SHAPE:
        return BT_SAY(m->diags, "drawing");
    default:
        return BT_SAY(m->diags, "shading");
    }
}

/* Several of them. */
static bt_str kinds_words(const painted *p, const note *n)
{
    bt_str count = match_count(p->m, n->about.n);
    if (n->n_rules == n->about.n) return MATCH_SAY(p->m, "{1} ruled lines", count);
    if (n->n_areas == n->about.n) return MATCH_SAY(p->m, "{1} tints", count);
    return MATCH_SAY(p->m, "drawing of {1} parts", count);
}

static bt_str inks_of(const painted *p, const seen_path *path)
{
    matcher *m = p->m;
    const seen_paint *paint = path->paint;
    if (path->kind == SEEN_SHADING) return BT_SAY(m->diags, "shading");
    if (paint->fill && paint->stroke)
        return MATCH_SAY(m, "{1}, outlined {2}", match_color(m, paint->fill), match_color(m, paint->stroke));
    if (paint->fill || is_rule(path)) return match_color(m, paint->fill ? paint->fill : paint->stroke);
    return MATCH_SAY(m, "outlined {1}", match_color(m, paint->stroke));
}

/* Inks, and what else there is to say of how they print. */
static bt_str paint_words(const painted *p, const seen_path *path, bool says_all)
{
    matcher *m = p->m;
    const seen_paint *paint = path->paint;
    bt_str words = inks_of(p, path);
    if (!says_all) return words;
    bool overprints = paint->fill ? paint->overprints_fill : paint->overprints_stroke;
    bt_str how = overprints ? BT_SAY(m->diags, "overprinting") : BT_SAY(m->diags, "knocking out");
    words = MATCH_SAY(m, "{1}, {2}", words, how);
    if (path->is_dashed) words = MATCH_SAY(m, "{1}, {2}", words, BT_SAY(m->diags, "dashed"));
    if (!paint->is_transparent) return words;
    return MATCH_SAY(m, "{1}, {2}", words, shown_percent(m->arena, m->diags->lang, paint->fill_alpha));
}

/* --- what differs --- */

typedef struct path_pair {
    const seen_path *is, *was;
    const match_object *ours, *sample;
} path_pair;

static finding about_pair(const painted *p, const path_pair *pair, finding_kind kind)
{
    return (finding){.kind = kind,
                     .page = p->all->ours->number,
                     .sample_page = p->all->sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = pair->is->box,
                     .sample = pair->was->box,
                     .subject = kind_words(p, pair->is),
                     .n = 1};
}

static double share_of(const painted *p, const seen_box *box) { return match_share(p->all->sample, box); }

static void compare_paint(painted *p, const path_pair *pair)
{
    if (match_painted_alike(pair->is, pair->was, p->m->t->color)) return;
    finding about = about_pair(p, pair, is_rule(pair->is) ? FINDING_RULE_COLOR : FINDING_AREA_COLOR);
    about.was = paint_words(p, pair->was, false);
    about.is = paint_words(p, pair->is, false);
    if (bt_str_equal(about.was, about.is)) {
        about.was = paint_words(p, pair->was, true);
        about.is = paint_words(p, pair->is, true);
    }
    about.message = MATCH_SAY(p->m, "{3}: printed {2}, in the sample {1}", about.was, about.is, about.subject);
    add_note(p, &about, share_of(p, &pair->is->box), NOTE_OTHER, pair->is);
}

/* Of a rule the thickness; of others that of their outline. */
static double thickness_of(const seen_path *path)
{
    return is_rule(path) ? path->thickness : path->paint->stroke ? path->paint->line_width : 0;
}

static void compare_thickness(painted *p, const path_pair *pair)
{
    double was = thickness_of(pair->was), is = thickness_of(pair->is);
    bool has_both = is_rule(pair->is) ? is_rule(pair->was) : pair->is->paint->stroke && pair->was->paint->stroke;
    if (!has_both || fabs(is - was) <= p->m->t->thickness) return;
    finding about = about_pair(p, pair, is_rule(pair->is) ? FINDING_RULE_THICKNESS : FINDING_AREA_SIZE);
    about.was = shown_pt(p->m->arena, p->m->diags->lang, was);
    about.is = shown_pt(p->m->arena, p->m->diags->lang, is);
    about.amount = is - was;
    about.message = is_rule(pair->is) ? MATCH_SAY(p->m, "rule is {2} thick, in the sample {1}", about.was, about.is)
                                      : MATCH_SAY(p->m, "outline is {2} thick, in the sample {1}", about.was, about.is);
    add_note(p, &about, fabs(is - was), NOTE_OTHER, pair->is);
}

static bt_str length_words(const painted *p, double length) { return shown_mm(p->m->arena, p->m->diags->lang, length); }

static void note_size(painted *p, const path_pair *pair, double wider, double higher)
{
    bool is_line = is_rule(pair->is);
    finding about = about_pair(p, pair, is_line ? FINDING_RULE_LENGTH : FINDING_AREA_SIZE);
    const seen_box *is = &pair->ours->box, *was = &pair->sample->box;
    bool is_level = seen_width(was) >= seen_height(was);
    double length = is_level ? seen_width(is) : seen_height(is), old = is_level ? seen_width(was) : seen_height(was);
    about.was = is_line ? length_words(p, old) : match_box_size(p->m, was);
    about.is = is_line ? length_words(p, length) : match_box_size(p->m, is);
    about.amount = is_line ? length - old : fabs(wider) > fabs(higher) ? wider : higher;
    about.dx = is->x0 - was->x0;
    about.dy = is->y0 - was->y0;
    about.message = is_line
                        ? MATCH_SAY(p->m, "rule is {2} long, in the sample {1}", about.was, about.is)
                        : MATCH_SAY(p->m, "{3} is {2} in size, in the sample {1}", about.was, about.is, about.subject);
    add_note(p, &about, fabs(about.amount) / 10, NOTE_OTHER, pair->is);
}

/* A rule's ends and sides: its thickness has been told, and moves its sides by half of it. */
static void compare_place(painted *p, const path_pair *pair)
{
    const tolerance *t = p->m->t;
    const seen_box *is = &pair->ours->box, *was = &pair->sample->box;
    double wider = seen_width(is) - seen_width(was), higher = seen_height(is) - seen_height(was);
    double dx = (is->x0 + is->x1 - was->x0 - was->x1) / 2, dy = (is->y0 + is->y1 - was->y0 - was->y1) / 2;
    if (is_rule(pair->is)) *(seen_width(was) >= seen_height(was) ? &higher : &wider) = 0;
    if (fabs(wider) > t->length || fabs(higher) > t->length) {
        note_size(p, pair, wider, higher);
        return;
    }
    if (fabs(dx) <= t->position && fabs(dy) <= t->position) return;
    finding about = about_pair(p, pair, is_rule(pair->is) ? FINDING_RULE_MOVED : FINDING_AREA_MOVED);
    about.dx = dx;
    about.dy = dy;
    about.amount = hypot(dx, dy);
    about.message = MATCH_SAY(p->m, "{1} moved {2}", about.subject, match_way(p->m, dx, dy));
    add_note(p, &about, about.amount / 10, NOTE_MOVED, pair->is);
}

/* What the pixels show better, where they are looked at: another outline within the same box. Segments that lie in one
 * line, or close the outline, are as many as the producer likes. */
static void compare_form(painted *p, const path_pair *pair)
{
    uint32_t is = pair->is->n_segments, was = pair->was->n_segments, more = is > was ? is - was : was - is;
    bool is_shape = pair->is->kind == SEEN_SHAPE && pair->was->kind == SEEN_SHAPE;
    bool is_other = more > 2 && more > was / 4 && !bt_digest_equal(&pair->is->form, &pair->was->form);
    if (!is_shape || !is_other || p->m->options->has_pixels) return;
    finding about = about_pair(p, pair, FINDING_AREA_SIZE);
    about.message = BT_SAY(p->m->diags, "drawing has another outline");
    add_note(p, &about, share_of(p, &pair->is->box), NOTE_OTHER, pair->is);
}

static void compare_pair(painted *p, const match_object *ours)
{
    const match_object *sample = &p->all->of_sample.v[ours->mate];
    const path_pair pair = {path_of(p->all->ours, ours), path_of(p->all->sample, sample), ours, sample};
    uint32_t n_before = p->notes.n;
    compare_paint(p, &pair);
    compare_thickness(p, &pair);
    compare_place(p, &pair);
    compare_form(p, &pair);
    if (!ours->is_masked || !sample->is_masked) return;
    p->m->r->n_left_out += p->notes.n - n_before;
    p->notes.n = n_before;
}

static bool holds(const seen_box *a, const seen_box *b, double within)
{
    return a->x0 <= b->x0 + within && a->y0 <= b->y0 + within && a->x1 >= b->x1 - within && a->y1 >= b->y1 - within;
}

/* Paths of one ink in the other file that together fill the same box, or one that this is a part of: the same drawing,
 * cut into paths otherwise. Whether it looks the same, the pixels tell. */
static bool is_cut_otherwise(const painted *p, const match_object *lone, bool is_new)
{
    const match_page *page = is_new ? p->all->ours : p->all->sample, *other = is_new ? p->all->sample : p->all->ours;
    const match_objects *objects = is_new ? &p->all->of_sample : &p->all->of_ours;
    const seen_path *path = path_of(page, lone);
    const double within = p->m->t->position;
    seen_box grown = {lone->box.x0 - within, lone->box.y0 - within, lone->box.x1 + within, lone->box.y1 + within};
    seen_box joined = {0, 0, 0, 0};
    uint32_t n = 0;
    if (is_rule(path)) return false;
    for (uint32_t i = 0; i < objects->n; i++) {
        const match_object *o = &objects->v[i];
        if (is_rule(path_of(other, o)) || !match_painted_alike(path, path_of(other, o), p->m->t->color)) continue;
        if (o->mate == MATCH_NONE && holds(&o->box, &lone->box, within)) return true;
        if (!holds(&grown, &o->box, 0)) continue;
        joined = n++ ? seen_joined(&joined, &o->box) : o->box;
    }
    return n && match_sides_apart(&joined, &lone->box) <= within;
}

static void note_lone(painted *p, const match_object *lone, bool is_new)
{
    const match_page *page = is_new ? p->all->ours : p->all->sample;
    const seen_path *path = path_of(page, lone);
    if (is_cut_otherwise(p, lone, is_new)) return;
    if (lone->is_masked) {
        p->m->r->n_left_out++;
        return;
    }
    finding_kind fresh = is_rule(path) ? FINDING_RULE_NEW : FINDING_AREA_NEW;
    finding_kind gone = is_rule(path) ? FINDING_RULE_GONE : FINDING_AREA_GONE;
    finding about = {.kind = is_new ? fresh : gone,
                     .page = p->all->ours->number,
                     .sample_page = p->all->sample->number,
                     .has_ours = is_new,
                     .has_sample = !is_new,
                     .subject = kind_words(p, path),
                     .n = 1};
    bt_str words = inks_of(p, path);
    *(is_new ? &about.ours : &about.sample) = path->box;
    *(is_new ? &about.is : &about.was) = words;
    about.message = is_new ? MATCH_SAY(p->m, "{1}, {2}: new", about.subject, words)
                           : MATCH_SAY(p->m, "{1}, {2}: gone", about.subject, words);
    add_note(p, &about, match_share(page, &path->box), is_new ? NOTE_NEW : NOTE_GONE, path);
}

/* --- telling --- */

static bool is_near(const seen_box *a, const seen_box *b)
{
    seen_box grown = {a->x0 - BESIDE, a->y0 - BESIDE, a->x1 + BESIDE, a->y1 + BESIDE};
    return seen_meets(&grown, b);
}

static bool goes_same_way(const finding *a, const finding *b)
{
    return fabs(a->dx - b->dx) <= SAME_WAY && fabs(a->dy - b->dy) <= SAME_WAY;
}

/* What went the same way joins wherever it is; what is new or gone, whatever its ink: a drawing has many. */
static bool may_join(const note *a, const note *b)
{
    const finding *x = &a->about, *y = &b->about;
    if (a->class != b->class) return false;
    if (a->class == NOTE_MOVED) return goes_same_way(x, y);
    if (!is_near(&a->box, &b->box)) return false;
    if (a->class != NOTE_OTHER) return true;
    return x->kind == y->kind && goes_same_way(x, y) && bt_str_equal(x->was, y->was) && bt_str_equal(x->is, y->is);
}

static void join_note(note *into, note *from)
{
    finding *a = &into->about;
    const finding *b = &from->about;
    a->ours = a->has_ours ? seen_joined(&a->ours, &b->ours) : a->ours;
    a->sample = a->has_sample ? seen_joined(&a->sample, &b->sample) : a->sample;
    if (!bt_str_equal(a->was, b->was)) a->was = BT_STR("");
    if (!bt_str_equal(a->is, b->is)) a->is = BT_STR("");
    if (is_rule_kind(a->kind) && !is_rule_kind(b->kind)) a->kind = b->kind;
    a->n += b->n;
    into->n_rules += from->n_rules;
    into->n_areas += from->n_areas;
    into->box = seen_joined(&into->box, &from->box);
    into->extent = fmax(into->extent, from->extent);
    from->is_told = true;
}

static void say_together(const painted *p, const note *made, finding *about)
{
    matcher *m = p->m;
    bt_str rest = match_count(m, about->n - 1);
    if (made->class == NOTE_OTHER) {
        about->message = MATCH_SAY(m, "{1} (and {2} more)", about->message, rest);
        return;
    }
    about->subject = kinds_words(p, made);
    about->message = made->class == NOTE_NEW ? MATCH_SAY(m, "{1}: new", about->subject)
                     : made->class == NOTE_GONE
                         ? MATCH_SAY(m, "{1}: gone", about->subject)
                         : MATCH_SAY(m, "{1} moved {2}", about->subject, match_way(m, about->dx, about->dy));
}

/* New and gone ones wait for those of other pages. */
static void tell_note(painted *p, const note *made)
{
    finding about = made->about;
    if (about.n > 1) say_together(p, made, &about);
    if (made->class != NOTE_NEW && made->class != NOTE_GONE) {
        match_add(p->m, &about, made->extent);
        return;
    }
    match_lone *lone = BT_PUSH(p->m->arena, &p->m->lones);
    if (lone) *lone = (match_lone){.about = about, .extent = made->extent, .is_new = made->class == NOTE_NEW};
    if (lone && about.n == 1)
        lone->what = bt_digest_of(about.is.len ? about.is.ptr : about.was.ptr, about.is.len + about.was.len);
}

static void tell_notes(painted *p)
{
    enum { MOST_JOINED = 3000 };
    for (uint32_t i = 0; i < p->notes.n; i++) {
        note *first = &p->notes.v[i];
        if (first->is_told) continue;
        for (uint32_t k = i + 1; k < p->notes.n && p->notes.n <= MOST_JOINED; k++) {
            note *other = &p->notes.v[k];
            if (other->is_told || !may_join(first, other)) continue;
            join_note(first, other);
            k = i; /* it reaches farther now */
        }
        tell_note(p, first);
    }
}

void match_painted(match_objects_of *all)
{
    painted p = {.all = all, .m = all->m};
    for (uint32_t i = 0; i < all->of_ours.n; i++) {
        if (all->of_ours.v[i].mate == MATCH_NONE)
            note_lone(&p, &all->of_ours.v[i], true);
        else
            compare_pair(&p, &all->of_ours.v[i]);
    }
    for (uint32_t i = 0; i < all->of_sample.n; i++)
        if (all->of_sample.v[i].mate == MATCH_NONE) note_lone(&p, &all->of_sample.v[i], false);
    if (!all->m->arena->failed) tell_notes(&p);
}
