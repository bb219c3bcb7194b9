/* lones.c - pictures and drawings that are new or gone: one of each that look the same has moved, to another page
 * perhaps.
 */
#include "check/match/match_int.h"

#include <math.h>

static const seen_box *box_of(const match_lone *lone) { return lone->is_new ? &lone->about.ours : &lone->about.sample; }

/* Of one size; or of as many parts, where they are so many that this is no chance. */
static bool is_one(const matcher *m, const match_lone *fresh, const match_lone *gone)
{
    enum { MANY = 10 };
    const seen_box *a = box_of(fresh), *b = box_of(gone);
    if (fresh->about.n != gone->about.n || !bt_digest_equal(&fresh->what, &gone->what)) return false;
    bool has_one_size =
        fabs(seen_width(a) - seen_width(b)) <= m->t->length && fabs(seen_height(a) - seen_height(b)) <= m->t->length;
    return has_one_size || fresh->about.n >= MANY;
}

static finding_kind moved_kind(finding_kind kind)
{
    switch (kind) {
    case FINDING_PICTURE_NEW:
        return FINDING_PICTURE_MOVED;
    case FINDING_RULE_NEW:
        return FINDING_RULE_MOVED;
    default:
        return FINDING_AREA_MOVED;
    }
}

static void tell_moved(matcher *m, const match_lone *fresh, const match_lone *gone)
{
    finding about = fresh->about;
    bt_str here = match_count(m, about.page), there = match_count(m, gone->about.sample_page);
    const match_page *ours = &m->ours.pages[about.page - 1];
    about.kind = moved_kind(about.kind);
    about.sample_page = gone->about.sample_page;
    about.has_sample = true;
    about.sample = gone->about.sample;
    about.was = about.is = BT_STR("");
    if (ours->mate + 1 == about.sample_page) {
        seen_box box = match_in_frame(ours, &about.ours);
        about.dx = box.x0 - about.sample.x0;
        about.dy = box.y0 - about.sample.y0;
        about.amount = hypot(about.dx, about.dy);
        if (about.amount <= m->t->position) return; /* the same, seen as another kind of path */
        about.message = MATCH_SAY(m, "{1} moved {2}", about.subject, match_way(m, about.dx, about.dy));
    } else {
        about.was = there;
        about.is = here;
        about.message = MATCH_SAY(m, "{1}: on page {2}, in the sample on page {3}", about.subject, here, there);
    }
    match_add(m, &about, 100);
}

void match_lones(matcher *m)
{
    for (uint32_t i = 0; i < m->lones.n; i++) {
        match_lone *fresh = &m->lones.v[i];
        for (uint32_t k = 0; fresh->is_new && !fresh->is_told && k < m->lones.n; k++) {
            match_lone *gone = &m->lones.v[k];
            if (gone->is_new || gone->is_told || !is_one(m, fresh, gone)) continue;
            tell_moved(m, fresh, gone);
            fresh->is_told = gone->is_told = true;
        }
    }
    for (uint32_t i = 0; i < m->lones.n; i++)
        if (!m->lones.v[i].is_told) match_add(m, &m->lones.v[i].about, m->lones.v[i].extent);
}
