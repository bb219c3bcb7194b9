/* on_metadata.c - P09: what a file says of itself: its printing condition, its standard, its title. */
#include "check/rule/rule_int.h"

#include "check/seen/pdf.h"
#include "check/shown.h"

static void hit_file(rule_try *t, bt_str value) { rule_hit(t, NULL, BT_STR(""), value); }

/* --- the output intent --- */

/* That of PDF/X; where there is none, any. */
static const seen_intent *intent_of(const seen_file *file)
{
    for (uint32_t i = 0; i < file->intents.n; i++)
        if (bt_str_is(file->intents.v[i].subtype, "GTS_PDFX")) return &file->intents.v[i];
    return file->intents.n ? &file->intents.v[0] : NULL;
}

void rule_no_intent(rule_try *t)
{
    if (!intent_of(t->file)) hit_file(t, BT_STR(""));
}

void rule_intent_not_cmyk(rule_try *t)
{
    const seen_intent *intent = intent_of(t->file);
    if (intent && intent->has_profile && intent->n_components != 4) hit_file(t, intent->condition);
}

void rule_intent_no_profile(rule_try *t)
{
    const seen_intent *intent = intent_of(t->file);
    if (intent && !intent->has_profile) hit_file(t, intent->condition);
}

/* The name of the condition, or one that begins with it: "FOGRA39L_coated", but not "FOGRA391". */
static bool is_condition(bt_str is, bt_str name)
{
    if (!bt_str_starts(is, name)) return false;
    return is.len == name.len || !(is.ptr[name.len] >= '0' && is.ptr[name.len] <= '9');
}

void rule_intent_other(rule_try *t)
{
    const seen_intent *intent = intent_of(t->file);
    if (!intent || (intent->has_profile && intent->n_components != 4)) return;
    for (const char *const *name = t->profile->conditions; name && *name; name++)
        if (is_condition(intent->condition, bt_str_of(*name))) return;
    hit_file(t, intent->condition);
}

/* --- standards and metadata --- */

void rule_no_pdfx(rule_try *t)
{
    if (!t->file->pdfx.len) hit_file(t, BT_STR(""));
}

void rule_no_xmp(rule_try *t)
{
    if (!t->file->has_xmp) hit_file(t, BT_STR(""));
}

void rule_info_differs(rule_try *t)
{
    if (t->file->has_xmp && !t->file->info_and_xmp_agree) hit_file(t, BT_STR(""));
}

void rule_no_title(rule_try *t)
{
    if (!bt_str_trim(t->file->title).len) hit_file(t, BT_STR(""));
}

void rule_trapped(rule_try *t)
{
    bt_str trapped = t->file->trapped;
    if (!bt_str_is(trapped, "True") && !bt_str_is(trapped, "False")) hit_file(t, trapped);
}

void rule_no_id(rule_try *t)
{
    if (!t->file->has_id) hit_file(t, BT_STR(""));
}

/* --- for the screen --- */

void rule_no_tags(rule_try *t)
{
    if (!t->file->is_tagged) hit_file(t, BT_STR(""));
}

void rule_no_language(rule_try *t)
{
    if (!t->file->lang.len) hit_file(t, BT_STR(""));
}

void rule_no_outline(rule_try *t)
{
    enum { LONG = 6 }; /* pages; fewer are leafed through */
    seen_pdf *pdf = t->file->pdf;
    if (!pdf || t->file->pages.n < LONG) return;
    seen_obj outlines = seen_obj_key(pdf, seen_pdf_catalog(pdf), "/Outlines");
    if (!seen_obj_is_dict(pdf, seen_obj_key(pdf, outlines, "/First")))
        hit_file(
            t, bt_say_with(t->diags, t->arena, BT_STR("{1} pages"), BT_ARGS(shown_count(t->arena, t->file->pages.n))));
}
