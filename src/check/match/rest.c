/* rest.c - what is not painted: whether faces are embedded, and annotations. */
#include "check/match/pairs.h"

#include <math.h>

/* --- faces --- */

/* 1 embedded, 0 not, -1: text is not set in it. */
static int embedding_of(const seen_file *file, const seen_face *face)
{
    int found = -1;
    for (uint32_t i = 0; i < file->faces.n; i++) {
        const seen_face *other = file->faces.v[i];
        if (!bt_str_equal(other->name, face->name)) continue;
        if (!other->is_embedded) return 0;
        found = 1;
    }
    return found;
}

/* Where ours first sets text in it. */
static void find_face(const matcher *m, bt_str name, finding *about)
{
    for (uint32_t p = 0; p < m->ours.n_pages; p++)
        for (uint32_t i = 0; i < m->ours.pages[p].n_words; i++) {
            const match_page *page = &m->ours.pages[p];
            const seen_word *word = page->words[i].word;
            const seen_run *run = word->run_begin < word->run_end ? &page->page->runs.v[word->run_begin] : NULL;
            if (!run || !run->face || !bt_str_equal(run->face->name, name)) continue;
            if (!about->has_ours) about->ours = word->box;
            if (about->has_ours && about->page != page->number) return;
            about->ours = seen_joined(&about->ours, &word->box);
            about->has_ours = true;
            about->page = page->number;
        }
}

static void compare_faces(matcher *m)
{
    const seen_file *ours = m->ours.file, *sample = m->sample.file;
    for (uint32_t i = 0; i < ours->faces.n; i++) {
        const seen_face *face = ours->faces.v[i];
        bool was_seen = false;
        for (uint32_t k = 0; k < i; k++) was_seen = was_seen || bt_str_equal(ours->faces.v[k]->name, face->name);
        int is = embedding_of(ours, face), was = embedding_of(sample, face);
        if (was_seen || was < 0 || is == was) continue;
        finding about = {.kind = FINDING_FONT_EMBEDDED, .subject = face->name};
        about.was = was ? BT_SAY(m->diags, "embedded") : BT_SAY(m->diags, "not embedded");
        about.is = is ? BT_SAY(m->diags, "embedded") : BT_SAY(m->diags, "not embedded");
        about.message = MATCH_SAY(m, "face {1} is {2}, in the sample {3}", face->name, about.is, about.was);
        find_face(m, face->name, &about);
        about.sample_page = about.page ? m->ours.pages[about.page - 1].mate + 1 : 0;
        match_add(m, &about, 1);
    }
}

/* --- annotations --- */

static const seen_annotation *annotation_of(const match_page *page, const match_object *object)
{
    return &page->page->annotations.v[object->i];
}

static void list_annotations(match_objects_of *p, match_objects *list, const match_page *page)
{
    for (uint32_t i = 0; i < page->page->annotations.n; i++) {
        const seen_annotation *a = &page->page->annotations.v[i];
        match_object *object = a->is_hidden ? NULL : BT_PUSH(p->m->arena, list);
        if (!object) continue;
        object->box = page == p->ours ? match_in_frame(page, &a->box) : a->box;
        object->i = i;
        object->mate = MATCH_NONE;
        object->is_masked = match_is_masked(p->m, page, &a->box);
    }
}

static bool is_one_kind(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    *apart = match_sides_apart(&a->box, &b->box);
    return bt_str_equal(annotation_of(p->ours, a)->subtype, annotation_of(p->sample, b)->subtype);
}

static bool is_one_in_place(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    return is_one_kind(p, a, b, apart) && *apart <= p->m->t->position;
}

static bool is_one_near(const match_objects_of *p, const match_object *a, const match_object *b, double *apart)
{
    const double near = 72;
    return is_one_kind(p, a, b, apart) && *apart <= near;
}

static void tell_annotation(match_objects_of *p, const match_object *ours, const match_object *sample)
{
    matcher *m = p->m;
    if ((!ours || ours->is_masked) && (!sample || sample->is_masked)) {
        m->r->n_left_out++;
        return;
    }
    const seen_annotation *is = ours ? annotation_of(p->ours, ours) : NULL;
    const seen_annotation *was = sample ? annotation_of(p->sample, sample) : NULL;
    if (!is && !was) return;
    bt_str kind = is ? is->subtype : was->subtype;
    finding about = {.kind = FINDING_ANNOTATION,
                     .page = p->ours->number,
                     .sample_page = p->sample->number,
                     .has_ours = is != NULL,
                     .has_sample = was != NULL,
                     .subject = kind};
    if (is) about.ours = is->box;
    if (was) about.sample = was->box;
    if (is && was) {
        about.dx = ours->box.x0 - sample->box.x0;
        about.dy = ours->box.y0 - sample->box.y0;
        about.amount = match_sides_apart(&ours->box, &sample->box);
        about.message = MATCH_SAY(m, "annotation {1} is elsewhere, or of another size", kind);
    } else {
        about.message = is ? MATCH_SAY(m, "annotation {1} is new", kind) : MATCH_SAY(m, "annotation {1} is gone", kind);
    }
    match_add(m, &about, 1);
}

static void compare_annotations(matcher *m, const match_page *ours, const match_page *sample)
{
    match_objects_of p = {.m = m, .ours = ours, .sample = sample};
    list_annotations(&p, &p.of_ours, ours);
    list_annotations(&p, &p.of_sample, sample);
    if (m->arena->failed) return;
    match_pair_objects(&p, is_one_in_place, m->t->position);
    match_pair_objects(&p, is_one_near, MATCH_ANYWHERE);
    for (uint32_t i = 0; p.of_ours.v && i < p.of_ours.n; i++) {
        const match_object *a = &p.of_ours.v[i], *b = a->mate == MATCH_NONE ? NULL : &p.of_sample.v[a->mate];
        if (!b || match_sides_apart(&a->box, &b->box) > m->t->position) tell_annotation(&p, a, b);
    }
    for (uint32_t i = 0; p.of_sample.v && i < p.of_sample.n; i++)
        if (p.of_sample.v[i].mate == MATCH_NONE) tell_annotation(&p, NULL, &p.of_sample.v[i]);
}

void match_rest(matcher *m)
{
    compare_faces(m);
    for (uint32_t o = 0; o < m->ours.n_pages && !m->arena->failed; o++) {
        const match_page *ours = &m->ours.pages[o];
        if (ours->mate != MATCH_NONE) compare_annotations(m, ours, &m->sample.pages[ours->mate]);
    }
}
