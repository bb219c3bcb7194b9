/* on_transparency.c - P08: what has to be flattened before it is printed, and layers. */
#include "check/rule/rule_int.h"

static bool is_forbidden(const seen_file *file)
{
    return bt_str_starts(file->pdfx, BT_STR("PDF/X-1")) || bt_str_starts(file->pdfx, BT_STR("PDF/X-3"));
}

/* Each mark that is transparent; the page where none of them says so (a group within a form). */
static void hit_transparent(rule_try *t)
{
    const rule_marks *marks = &t->marks[t->page_i];
    bool is_hit = false;
    for (uint32_t i = 0; i < marks->marks.n; i++) {
        const rule_mark *mark = &marks->marks.v[i];
        bool is_soft = mark->kind == RULE_MARK_PICTURE && mark->picture->has_soft_mask;
        if (!is_soft && !(mark->paint && mark->paint->is_transparent)) continue;
        rule_hit_mark(t, mark, BT_STR(""));
        is_hit = true;
    }
    if (!is_hit) rule_hit(t, &t->page->boxes[SEEN_TRIM], BT_STR(""), BT_STR(""));
}

void rule_transparency_forbidden(rule_try *t)
{
    if (t->page->is_transparent && is_forbidden(t->file)) hit_transparent(t);
}

void rule_transparency(rule_try *t)
{
    if (t->page->is_transparent && !is_forbidden(t->file)) hit_transparent(t);
}

void rule_rgb_group(rule_try *t)
{
    if (t->page->is_transparent && t->page->has_group &&
        (rule_is_rgb(t->page->group_space) || rule_is_calibrated(t->page->group_space)))
        rule_hit(t, &t->page->boxes[SEEN_TRIM], BT_STR(""), BT_STR(""));
}

void rule_layers(rule_try *t)
{
    if (t->file->has_layers) rule_hit(t, NULL, BT_STR(""), BT_STR(""));
}
