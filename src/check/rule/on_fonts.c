/* on_fonts.c - P02: the fonts that text is set in. */
#include "check/rule/rule_int.h"

/* One finding a font, at the first words that are set in it. */
static void hit_face(rule_try *t, const seen_face *face)
{
    bt_str name = face->name.len ? face->name : BT_SAY(t->diags, "without a name");
    for (uint32_t i = t->first_page - 1; i < t->last_page; i++)
        for (uint32_t k = 0; k < t->marks[i].marks.n; k++) {
            const rule_mark *mark = &t->marks[i].marks.v[k];
            if (mark->kind != RULE_MARK_TEXT || mark->run->face != face) continue;
            t->page_i = i;
            t->page = &t->file->pages.v[i];
            rule_hit_mark(t, mark, name);
            t->page = NULL;
            return;
        }
    rule_hit(t, NULL, BT_STR(""), name);
}

/* A Type 3 font is drawings of its own, so it is there. */
void rule_not_embedded(rule_try *t)
{
    for (uint32_t i = 0; i < t->file->faces.n; i++) {
        const seen_face *face = t->file->faces.v[i];
        if (!face->is_embedded && !bt_str_is(face->kind, "Type3")) hit_face(t, face);
    }
}

void rule_type3(rule_try *t)
{
    for (uint32_t i = 0; i < t->file->faces.n; i++)
        if (bt_str_is(t->file->faces.v[i]->kind, "Type3")) hit_face(t, t->file->faces.v[i]);
}

void rule_no_unicode(rule_try *t)
{
    for (uint32_t i = 0; i < t->file->faces.n; i++)
        if (!t->file->faces.v[i]->has_unicode) hit_face(t, t->file->faces.v[i]);
}
