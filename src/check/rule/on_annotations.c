/* on_annotations.c - P10: what lies on top of the pages, and what acts. */
#include "check/rule/rule_int.h"

/* Those that printers put there for themselves may stay. */
static bool counts(const seen_page *page, const seen_annotation *annotation)
{
    const seen_box *box = &annotation->box;
    if (annotation->is_hidden || bt_str_is(annotation->subtype, "TrapNet") ||
        bt_str_is(annotation->subtype, "PrinterMark") || bt_str_is(annotation->subtype, "Popup"))
        return false;
    return box->x1 > 0 && box->y1 > 0 && box->x0 < page->width && box->y0 < page->height;
}

static void hit_annotations(rule_try *t, bool links)
{
    for (uint32_t i = 0; i < t->page->annotations.n; i++) {
        const seen_annotation *annotation = &t->page->annotations.v[i];
        if (counts(t->page, annotation) && bt_str_is(annotation->subtype, "Link") == links)
            rule_hit(t, &annotation->box, BT_STR(""), links ? BT_STR("") : annotation->subtype);
    }
}

void rule_annotation(rule_try *t) { hit_annotations(t, false); }
void rule_link(rule_try *t) { hit_annotations(t, true); }

static void hit_if(rule_try *t, bool is_so)
{
    if (is_so) rule_hit(t, NULL, BT_STR(""), BT_STR(""));
}

void rule_form(rule_try *t) { hit_if(t, t->file->has_form); }
void rule_scripts(rule_try *t) { hit_if(t, t->file->has_scripts); }
void rule_attachments(rule_try *t) { hit_if(t, t->file->has_attachments); }
