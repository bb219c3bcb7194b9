/* pictures.c - pictures: the same file's at the nearest place, then what stands at the same place; what differs of
 * those that belong together.
 */
#include "check/match/pairs.h"

#include <math.h>

static const seen_picture *picture_of(const match_page *page, const match_object *object)
{
    return &page->page->pictures.v[object->i];
}

static void list_objects(match_objects_of *p, match_objects *list, const match_page *page)
{
    bool is_ours = page == p->ours;
    for (uint32_t i = 0; i < page->page->pictures.n; i++) {
        const seen_picture *picture = &page->page->pictures.v[i];
        match_object *object = picture->is_hidden ? NULL : BT_PUSH(p->m->arena, list);
        if (!object) continue;
        object->box = is_ours ? match_in_frame(page, &picture->box) : picture->box;
        object->i = i;
        object->mate = MATCH_NONE;
        object->is_masked = match_is_masked(p->m, page, &picture->box);
    }
}

static bool is_stored_alike(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    *apart = match_middles_apart(&a->box, &b->box);
    return bt_digest_equal(&picture_of(p->ours, a)->stored, &picture_of(p->sample, b)->stored);
}

static bool is_in_place(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    (void)p;
    double width = fmin(a->box.x1, b->box.x1) - fmax(a->box.x0, b->box.x0);
    double height = fmin(a->box.y1, b->box.y1) - fmax(a->box.y0, b->box.y0);
    *apart = match_sides_apart(&a->box, &b->box);
    return width > 0 && height > 0 && width * height > fmin(match_area(&a->box), match_area(&b->box)) / 2;
}

/* --- what differs --- */

typedef struct picture_pair {
    matcher *m;
    const match_page *ours, *sample;
    const seen_picture *is, *was;
    seen_box box, whole; /* ours, in the sample's frame */
} picture_pair;

static finding about_pair(const picture_pair *p, finding_kind kind)
{
    return (finding){.kind = kind,
                     .page = p->ours->number,
                     .sample_page = p->sample->number,
                     .has_ours = true,
                     .has_sample = true,
                     .ours = p->is->box,
                     .sample = p->was->box};
}

static double share_of(const picture_pair *p) { return match_share(p->sample, &p->was->box); }

static void tell_moved(const picture_pair *p, double dx, double dy)
{
    finding about = about_pair(p, FINDING_PICTURE_MOVED);
    about.dx = dx;
    about.dy = dy;
    about.amount = hypot(dx, dy);
    about.message = MATCH_SAY(p->m, "picture moved {1}", match_way(p->m, dx, dy));
    match_add(p->m, &about, about.amount / 10);
}

static void tell_size(const picture_pair *p)
{
    finding about = about_pair(p, FINDING_PICTURE_SIZE);
    double wider = seen_width(&p->whole) - seen_width(&p->was->whole);
    double higher = seen_height(&p->whole) - seen_height(&p->was->whole);
    about.was = match_box_size(p->m, &p->was->box);
    about.is = match_box_size(p->m, &p->is->box);
    about.amount = fabs(wider) > fabs(higher) ? wider : higher;
    about.dx = p->box.x0 - p->was->box.x0;
    about.dy = p->box.y0 - p->was->box.y0;
    about.message = MATCH_SAY(p->m, "picture is {2} in size, in the sample {1}", about.was, about.is);
    match_add(p->m, &about, share_of(p));
}

static void tell_crop(const picture_pair *p, double by)
{
    finding about = about_pair(p, FINDING_PICTURE_CROP);
    about.was = match_box_size(p->m, &p->was->box);
    about.is = match_box_size(p->m, &p->is->box);
    about.amount = by;
    about.message =
        MATCH_SAY(p->m, "picture cropped otherwise: {2} is seen of it, in the sample {1}", about.was, about.is);
    match_add(p->m, &about, share_of(p));
}

static void compare_places(const picture_pair *p)
{
    const tolerance *t = p->m->t;
    double dx = (p->whole.x0 + p->whole.x1 - p->was->whole.x0 - p->was->whole.x1) / 2;
    double dy = (p->whole.y0 + p->whole.y1 - p->was->whole.y0 - p->was->whole.y1) / 2;
    seen_box back = {p->box.x0 - dx, p->box.y0 - dy, p->box.x1 - dx, p->box.y1 - dy};
    bool is_scaled = !match_same_size(p->m, &p->whole, &p->was->whole);
    double window = match_sides_apart(&p->box, &p->was->box), cropped = match_sides_apart(&back, &p->was->box);
    bool has_crop = match_sides_apart(&p->box, &p->whole) > t->length ||
                    match_sides_apart(&p->was->box, &p->was->whole) > t->length;
    if (is_scaled && has_crop && window <= t->position)
        tell_crop(p, match_sides_apart(&p->whole, &p->was->whole));
    else if (is_scaled)
        tell_size(p);
    else if (has_crop && cropped > t->length)
        tell_crop(p, cropped);
    else if (fabs(dx) > t->position || fabs(dy) > t->position)
        tell_moved(p, dx, dy);
}

/* One picture's ppi differ with its size: only other samples make a difference of their own. */
static void compare_ppi(const picture_pair *p)
{
    bool has_same_samples = p->is->n_columns == p->was->n_columns && p->is->n_rows == p->was->n_rows;
    double part = fmax(fabs(p->is->ppi_x / p->was->ppi_x - 1), fabs(p->is->ppi_y / p->was->ppi_y - 1));
    if (has_same_samples || !(part > p->m->t->ppi)) return;
    bt_lang lang = p->m->diags->lang;
    finding about = about_pair(p, FINDING_PICTURE_PPI);
    about.was = shown_number(p->m->arena, lang, fmin(p->was->ppi_x, p->was->ppi_y), 0);
    about.is = shown_number(p->m->arena, lang, fmin(p->is->ppi_x, p->is->ppi_y), 0);
    about.amount = fmin(p->is->ppi_x, p->is->ppi_y) - fmin(p->was->ppi_x, p->was->ppi_y);
    about.message = MATCH_SAY(p->m, "picture has {2} ppi, in the sample {1}", about.was, about.is);
    match_add(p->m, &about, share_of(p));
}

/* Quarter turns and mirrors of the unit square. */
static bool is_turned_alike(const seen_matrix *a, const seen_matrix *b)
{
    bool is_level = fabs(a->a) + fabs(a->d) >= fabs(a->b) + fabs(a->c);
    bool other = fabs(b->a) + fabs(b->d) >= fabs(b->b) + fabs(b->c);
    if (is_level != other) return false;
    return is_level ? (a->a < 0) == (b->a < 0) && (a->d < 0) == (b->d < 0)
                    : (a->b < 0) == (b->b < 0) && (a->c < 0) == (b->c < 0);
}

static void compare_content(const picture_pair *p)
{
    matcher *m = p->m;
    finding about = about_pair(p, FINDING_PICTURE_CONTENT);
    bool is_turned =
        p->ours->page->rotation == p->sample->page->rotation && !is_turned_alike(&p->is->matrix, &p->was->matrix);
    double difference = 0;
    bool is_same = bt_digest_equal(&p->is->stored, &p->was->stored) ||
                   match_shows_same(m, p->ours, p->sample, p->is, p->was, &difference);
    if (!is_same) {
        bt_str percent = shown_percent(m->arena, m->diags->lang, difference);
        about.amount = difference;
        about.message = difference < 1
                            ? MATCH_SAY(m, "picture shows something else: parts differ by up to {1}", percent)
                            : BT_SAY(m->diags, "picture shows something else");
    } else if (is_turned) {
        about.message = BT_SAY(m->diags, "picture is mirrored or turned");
    } else if (p->is->has_soft_mask != p->was->has_soft_mask) {
        about.message = p->is->has_soft_mask ? BT_SAY(m->diags, "picture has got a soft mask")
                                             : BT_SAY(m->diags, "picture has lost its soft mask");
    } else {
        return;
    }
    match_add(m, &about, share_of(p));
}

static bt_str space_words(matcher *m, const seen_picture *picture)
{
    static const char *const names[SEEN_N_SPACES] = {
        [SEEN_GRAY] = "DeviceGray",   [SEEN_RGB] = "DeviceRGB",    [SEEN_CMYK] = "DeviceCMYK",
        [SEEN_ICC_GRAY] = "ICC Gray", [SEEN_ICC_RGB] = "ICC RGB",  [SEEN_ICC_CMYK] = "ICC CMYK",
        [SEEN_CAL_GRAY] = "CalGray",  [SEEN_CAL_RGB] = "CalRGB",   [SEEN_LAB] = "Lab",
        [SEEN_SPOT] = "Separation",   [SEEN_DEVICE_N] = "DeviceN", [SEEN_INDEXED] = "Indexed",
        [SEEN_PATTERN] = "Pattern",
    };
    if (picture->is_stencil) return match_color(m, picture->paint ? picture->paint->fill : NULL);
    bt_str name = bt_str_of(names[picture->space]);
    if (!picture->space_name.len) return name;
    return bt_str_format(m->arena, "%.*s %.*s", BT_STR_ARGS(name), BT_STR_ARGS(picture->space_name));
}

/* What a stencil is painted with; of others, the space. A table of colours is another way to store the same. */
static bool has_same_inks(const picture_pair *p)
{
    const seen_picture *a = p->is, *b = p->was;
    if (a->is_stencil != b->is_stencil) return false;
    if (!a->is_stencil)
        return (a->space == b->space && bt_str_equal(a->space_name, b->space_name)) || a->space == SEEN_INDEXED ||
               b->space == SEEN_INDEXED;
    const seen_color *one = a->paint ? a->paint->fill : NULL, *other = b->paint ? b->paint->fill : NULL;
    return one && other ? seen_color_equal(one, other, p->m->t->color) : one == other;
}

static bool compare_inks(const picture_pair *p)
{
    if (has_same_inks(p)) return true;
    finding about = about_pair(p, FINDING_PICTURE_COLOR);
    about.was = space_words(p->m, p->was);
    about.is = space_words(p->m, p->is);
    about.message = MATCH_SAY(p->m, "picture is printed in {2}, in the sample in {1}", about.was, about.is);
    match_add(p->m, &about, share_of(p));
    return false;
}

static void compare_pair(match_objects_of *all, const match_object *ours)
{
    const match_object *sample = &all->of_sample.v[ours->mate];
    picture_pair p = {.m = all->m, .ours = all->ours, .sample = all->sample};
    p.is = picture_of(all->ours, ours);
    p.was = picture_of(all->sample, sample);
    p.box = ours->box;
    p.whole = match_in_frame(all->ours, &p.is->whole);
    uint32_t n_before = all->m->r->findings.n;
    compare_places(&p);
    compare_ppi(&p);
    bool has_same_components = compare_inks(&p) || p.is->n_components == p.was->n_components;
    if (has_same_components) compare_content(&p);
    if (!ours->is_masked || !sample->is_masked) return;
    all->m->r->n_left_out += all->m->r->findings.n - n_before;
    all->m->r->findings.n = n_before;
}

static void tell_lone(match_objects_of *p, const match_object *lone, bool is_new)
{
    const match_page *page = is_new ? p->ours : p->sample;
    const seen_picture *picture = picture_of(page, lone);
    if (lone->is_masked) {
        p->m->r->n_left_out++;
        return;
    }
    bt_str size = match_box_size(p->m, &picture->box);
    match_lone *made = BT_PUSH(p->m->arena, &p->m->lones);
    if (!made) return;
    *made = (match_lone){.extent = match_share(page, &picture->box), .what = picture->stored, .is_new = is_new};
    finding *about = &made->about;
    *about = (finding){.kind = is_new ? FINDING_PICTURE_NEW : FINDING_PICTURE_GONE,
                       .page = p->ours->number,
                       .sample_page = p->sample->number,
                       .has_ours = is_new,
                       .has_sample = !is_new,
                       .subject = BT_SAY(p->m->diags, "picture"),
                       .n = 1};
    *(is_new ? &about->ours : &about->sample) = picture->box;
    *(is_new ? &about->is : &about->was) = size;
    about->message =
        is_new ? MATCH_SAY(p->m, "a picture of {1} is new", size) : MATCH_SAY(p->m, "a picture of {1} is gone", size);
}

void match_pictures(matcher *m, match_page *ours, match_page *sample)
{
    match_objects_of p = {.m = m, .ours = ours, .sample = sample};
    list_objects(&p, &p.of_ours, ours);
    list_objects(&p, &p.of_sample, sample);
    if (m->arena->failed) return;
    match_pair_objects(&p, is_stored_alike, MATCH_ANYWHERE);
    match_pair_objects(&p, is_in_place, MATCH_ANYWHERE);
    for (uint32_t i = 0; i < p.of_ours.n; i++) {
        if (p.of_ours.v[i].mate == MATCH_NONE)
            tell_lone(&p, &p.of_ours.v[i], true);
        else
            compare_pair(&p, &p.of_ours.v[i]);
    }
    for (uint32_t i = 0; i < p.of_sample.n; i++)
        if (p.of_sample.v[i].mate == MATCH_NONE) tell_lone(&p, &p.of_sample.v[i], false);
}
