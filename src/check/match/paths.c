/* paths.c - rules, areas and shapes: which is which, and what differs of them.
 *
 * They are paired by kind and form: first those that stand still, looking the same; then the parts of drawings that
 * went one way; then those at one place with one ink, or of one size and ink and near; those at one place with another
 * ink, the nearest of one size and ink, the nearest of one size, and last those that overlap. So a shape that has come
 * to lie where another was is not taken for it. A rule is a rule whether it was stroked or filled. What is painted
 * twice at one place counts once, and white on bare paper does not count at all.
 */
#include "check/match/pairs.h"

#include <math.h>
#include <stdlib.h>

#define TWICE 0.01    /* pt: a second one at the same place */
#define SLIVER 0.1    /* pt */
#define BESIDE 3.0    /* pt: that rules lie beside one another and may still be one that has moved */
#define NEAR 6.0      /* pt: so near a shape of as many segments is taken for the same */
#define FARTHEST 72.0 /* pt: that a path may have moved; past that one is gone and another new */

static const seen_path *path_of(const match_page *page, const match_object *object)
{
    return &page->page->paths.v[object->i];
}

/* --- which count --- */

static bool is_white(const seen_path *path)
{
    const seen_color *color = path->paint->fill;
    if (!color || path->paint->stroke || path->kind == SEEN_SHADING || path->paint->is_transparent) return false;
    double ink = 0;
    for (uint32_t i = 0; i < color->n; i++) {
        bool adds_light = color->space == SEEN_GRAY || color->space == SEEN_RGB || color->space == SEEN_ICC_GRAY ||
                          color->space == SEEN_ICC_RGB || color->space == SEEN_CAL_GRAY || color->space == SEEN_CAL_RGB;
        if (color->space == SEEN_LAB || color->space == SEEN_PATTERN) return false;
        ink += adds_light ? 1 - color->v[i] : color->v[i];
    }
    return ink < 0.001;
}

/* Anything that was painted before it where it is. */
static bool covers_something(const seen_page *page, const seen_path *path)
{
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *other = &page->paths.v[i];
        if (other->order < path->order && !other->is_hidden && seen_meets(&other->box, &path->box) && !is_white(other))
            return true;
    }
    for (uint32_t i = 0; i < page->pictures.n; i++)
        if (page->pictures.v[i].order < path->order && seen_meets(&page->pictures.v[i].box, &path->box)) return true;
    for (uint32_t i = 0; i < page->words.n; i++)
        if (page->words.v[i].order < path->order && seen_meets(&page->words.v[i].box, &path->box)) return true;
    return false;
}

/* What a clip leaves of an area at its very edge is nothing, but for the rounding of places. */
static bool is_sliver(const seen_path *path)
{
    bool is_flat = path->kind == SEEN_AREA || path->kind == SEEN_SHAPE;
    return is_flat && !path->paint->stroke && fmin(seen_width(&path->box), seen_height(&path->box)) < SLIVER;
}

static bool paints(const seen_path *path)
{
    if (path->is_hidden || !path->paint || is_sliver(path)) return false;
    return path->paint->fill || path->paint->stroke || path->kind == SEEN_SHADING;
}

static int compare_places(const void *a, const void *b)
{
    const match_object *x = a, *y = b;
    if (x->box.x0 != y->box.x0) return x->box.x0 < y->box.x0 ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

static int compare_indexes(const void *a, const void *b)
{
    const match_object *x = a, *y = b;
    return (x->i > y->i) - (x->i < y->i);
}

/* What paints a path, whichever way: a rule's one ink. */
static const seen_color *ink_of(const seen_path *path)
{
    return path->paint->fill ? path->paint->fill : path->paint->stroke;
}

static bool is_ink(const seen_color *a, const seen_color *b, double within)
{
    if (!a || !b) return a == b;
    return a == b || seen_color_equal(a, b, within);
}

static bool overprints(const seen_path *path)
{
    return path->paint->fill ? path->paint->overprints_fill : path->paint->overprints_stroke;
}

bool match_painted_alike(const seen_path *a, const seen_path *b, double within)
{
    const seen_paint *p = a->paint, *q = b->paint;
    if (p == q) return a->is_dashed == b->is_dashed;
    if (a->is_dashed != b->is_dashed || p->is_transparent != q->is_transparent) return false;
    if (fabs(p->fill_alpha - q->fill_alpha) > within || fabs(p->stroke_alpha - q->stroke_alpha) > within) return false;
    if (p->is_transparent && !bt_str_equal(p->blend, q->blend)) return false;
    if (overprints(a) != overprints(b)) return false;
    if (a->kind == SEEN_RULE) return is_ink(ink_of(a), ink_of(b), within);
    return is_ink(p->fill, q->fill, within) && is_ink(p->stroke, q->stroke, within);
}

/* Drops what is painted again at the same place. */
static void drop_doubles(match_objects *list, const match_page *page)
{
    if (list->n) qsort(list->v, list->n, sizeof *list->v, compare_places);
    for (uint32_t i = 0; i < list->n; i++) {
        for (uint32_t k = i + 1; k < list->n && list->v[k].box.x0 - list->v[i].box.x0 <= TWICE; k++) {
            const seen_path *a = path_of(page, &list->v[i]), *b = path_of(page, &list->v[k]);
            bool is_double = a->kind == b->kind && match_sides_apart(&list->v[i].box, &list->v[k].box) <= TWICE &&
                             (a->kind != SEEN_SHAPE || bt_digest_equal(&a->form, &b->form)) &&
                             match_painted_alike(a, b, 0);
            if (is_double) list->v[k].mate = 0; /* marked, until those left get their mates */
        }
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i].mate == MATCH_NONE) list->v[n++] = list->v[i];
    list->n = n;
    if (n) qsort(list->v, n, sizeof *list->v, compare_indexes);
}

static void list_objects(match_objects_of *p, match_objects *list, const match_page *page)
{
    bool is_ours = page == p->ours;
    for (uint32_t i = 0; i < page->page->paths.n; i++) {
        const seen_path *path = &page->page->paths.v[i];
        if (!paints(path) || (is_white(path) && !covers_something(page->page, path))) continue;
        match_object *object = BT_PUSH(p->m->arena, list);
        if (!object) return;
        *object = (match_object){.box = is_ours ? match_in_frame(page, &path->box) : path->box, .i = i};
        object->mate = MATCH_NONE;
        object->is_masked = match_is_masked(p->m, page, &path->box);
    }
    drop_doubles(list, page);
}

/* --- which is which --- */

static bool is_level(const seen_path *path) { return seen_width(&path->box) >= seen_height(&path->box); }

/* Of one kind; shapes of one form, unless they are at one place. */
static bool may_be(const match_objects_of *p, const match_object *a, const match_object *b, bool by_form)
{
    const seen_path *is = path_of(p->ours, a), *was = path_of(p->sample, b);
    bool is_one_kind = is->kind == was->kind;
    /* at one place a rounding may make another kind of it: a rule thinner by a hair, an area not quite level */
    if (!is_one_kind) return !by_form && is->kind != SEEN_SHADING && was->kind != SEEN_SHADING;
    if (is->kind == SEEN_RULE)
        return is_level(is) == is_level(was) || p->ours->page->rotation != p->sample->page->rotation;
    if (is->kind != SEEN_SHAPE || !by_form || bt_digest_equal(&is->form, &was->form)) return true;
    /* the form's digest goes by rounded places, which may fall otherwise where all has moved by part of a point */
    return is->n_segments == was->n_segments && match_sides_apart(&is->box, &was->box) <= NEAR;
}

static bool has_one_ink(const match_objects_of *p, const match_object *a, const match_object *b)
{
    return match_painted_alike(path_of(p->ours, a), path_of(p->sample, b), p->m->t->color);
}

static bool is_in_place(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    *apart = match_sides_apart(&a->box, &b->box);
    return *apart <= p->m->t->position && may_be(p, a, b, false);
}

/* Of one kind, size and ink. */
static bool is_alike(const match_objects_of *p, const match_object *a, const match_object *b)
{
    return match_same_size(p->m, &a->box, &b->box) && may_be(p, a, b, true) && has_one_ink(p, a, b);
}

static bool stands_still(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    const double same = 0.05; /* [pt] what rounding may do to a form */
    const seen_path *is = path_of(p->ours, a), *was = path_of(p->sample, b);
    *apart = match_sides_apart(&a->box, &b->box);
    if (*apart > p->m->t->position || !is_alike(p, a, b)) return false;
    return is->kind != SEEN_SHAPE || seen_form_equal(is, was, same);
}

static bool same_place_and_ink(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    return is_in_place(p, a, b, apart) && has_one_ink(p, a, b);
}

static bool same_size(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    *apart = match_middles_apart(&a->box, &b->box);
    return *apart <= FARTHEST && match_same_size(p->m, &a->box, &b->box) && may_be(p, a, b, true);
}

static bool same_size_and_ink(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    return same_size(p, a, b, apart) && has_one_ink(p, a, b);
}

static bool same_but_near(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    return same_size_and_ink(p, a, b, apart) && *apart <= NEAR;
}

/* As far as words of the page went. */
static bool went_with_words(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    const double alike = 0.3;
    const report *r = p->m->r;
    double dx = (a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) / 2,
           dy = (a->box.y0 + a->box.y1 - b->box.y0 - b->box.y1) / 2;
    *apart = 0;
    if (!is_alike(p, a, b)) return false;
    for (uint32_t i = 0; i < r->findings.n; i++) {
        const finding *f = &r->findings.v[i];
        bool is_way =
            f->kind == FINDING_TEXT_MOVED && f->page == p->ours->number && f->sample_page == p->sample->number;
        if (is_way && fabs(f->dx - dx) <= alike && fabs(f->dy - dy) <= alike) return true;
    }
    return false;
}

/* Another size, about the same place: a rule along the same line, an area over most of the other. */
static bool overlaps(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    *apart = match_sides_apart(&a->box, &b->box);
    double width = fmin(a->box.x1, b->box.x1) - fmax(a->box.x0, b->box.x0);
    double height = fmin(a->box.y1, b->box.y1) - fmax(a->box.y0, b->box.y0);
    if (!may_be(p, a, b, true)) return false;
    if (path_of(p->ours, a)->kind == SEEN_RULE) return fmax(width, height) > 0 && fmin(width, height) > -BESIDE;
    return width > 0 && height > 0 && width * height > fmin(match_area(&a->box), match_area(&b->box)) / 2;
}

/* --- the ways that drawings went --- */

typedef struct way {
    double dx, dy;
} way;

static int compare_ways(const void *a, const void *b)
{
    const way *x = a, *y = b;
    if (x->dy != y->dy) return x->dy < y->dy ? -1 : 1;
    return (x->dx > y->dx) - (x->dx < y->dx);
}

static way way_of(const match_object *a, const match_object *b)
{
    return (way){(a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) / 2,
                 (a->box.y0 + a->box.y1 - b->box.y0 - b->box.y1) / 2};
}

static bool could_be(const match_objects_of *p, const match_object *a, const match_object *b)
{
    return a->mate == MATCH_NONE && b->mate == MATCH_NONE && is_alike(p, a, b);
}

/* The way that most of the paths without mates could have gone; the number of those. */
static uint32_t find_way(match_objects_of *p, way *best)
{
    enum { MOST_WAYS = 200 * 1000 };
    const double alike = 0.1;
    BT_ARRAY(way) ways = {0};
    uint32_t most = 0;
    for (uint32_t o = 0; o < p->of_ours.n; o++)
        for (uint32_t s = 0; s < p->of_sample.n && ways.n < MOST_WAYS; s++) {
            const match_object *a = &p->of_ours.v[o], *b = &p->of_sample.v[s];
            way *w = could_be(p, a, b) ? BT_PUSH(p->m->arena, &ways) : NULL;
            if (w) *w = way_of(a, b);
        }
    if (!ways.v) return 0;
    qsort(ways.v, ways.n, sizeof *ways.v, compare_ways);
    for (uint32_t i = 0, n; i < ways.n; i += n) {
        for (n = 1; i + n < ways.n && fabs(ways.v[i + n].dy - ways.v[i].dy) <= alike &&
                    fabs(ways.v[i + n].dx - ways.v[i].dx) <= alike;)
            n++;
        if (n <= most) continue;
        most = n;
        *best = ways.v[i];
    }
    return most;
}

static bool went_that_way(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    const double alike = 0.2;
    way w = way_of(a, b);
    *apart = fmax(fabs(w.dx - p->dx), fabs(w.dy - p->dy));
    return *apart <= alike && could_be(p, a, b);
}

/* A drawing has many paths of one size and ink; that they all went one way tells which is which. */
static void pair_drawings(match_objects_of *p)
{
    enum { MOST_TURNS = 6, LEAST = 4, MOST_PATHS = 3000 };
    bt_arena *arena = p->m->arena;
    for (uint32_t turn = 0; turn < MOST_TURNS && p->of_ours.n < MOST_PATHS && p->of_sample.n < MOST_PATHS; turn++) {
        way best = {0};
        bt_arena_mark mark = bt_arena_set_mark(arena);
        uint32_t n = find_way(p, &best);
        bt_arena_rewind(arena, mark);
        if (n < LEAST) return;
        p->dx = best.dx;
        p->dy = best.dy;
        match_pair_objects(p, went_that_way, MATCH_ANYWHERE);
    }
}

void match_paths(matcher *m, match_page *ours, match_page *sample)
{
    const struct {
        match_object_test test;
        double reach;
    } tests[] = {{stands_still, m->t->position},    {same_place_and_ink, m->t->position},
                 {same_but_near, 2 * NEAR},         {is_in_place, m->t->position},
                 {went_with_words, MATCH_ANYWHERE}, {same_size_and_ink, 2 * FARTHEST},
                 {same_size, 2 * FARTHEST},         {overlaps, MATCH_ANYWHERE}};
    match_objects_of p = {.m = m, .ours = ours, .sample = sample};
    list_objects(&p, &p.of_ours, ours);
    list_objects(&p, &p.of_sample, sample);
    if (m->arena->failed) return;
    for (uint32_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        match_pair_objects(&p, tests[i].test, tests[i].reach);
        if (!i) pair_drawings(&p);
    }
    match_painted(&p);
}
