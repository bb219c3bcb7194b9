/* on_lines.c - P06: lines that do not hold on a plate. */
#include "check/rule/rule_int.h"

#include "check/shown.h"

#define NEAR 0.002 /* [pt] */

/* The thickness of what is drawn as a line; -1: it is none. */
static double thickness_of(const rule_mark *mark)
{
    if (mark->kind != RULE_MARK_PATH) return -1;
    if (mark->stroke) return mark->paint->line_width;
    return mark->path->kind == SEEN_RULE ? mark->path->thickness : -1;
}

void rule_no_width(rule_try *t, const rule_mark *mark)
{
    if (mark->stroke && thickness_of(mark) == 0) rule_hit_mark(t, mark, BT_STR(""));
}

/* One ink, or a colour whose inks are not known; registration colour is of all, but of marks beside the page. */
static bool is_simple(const seen_color *color)
{
    uint32_t n = rule_n_inks(color);
    return n == 1 || n > SEEN_MOST_INKS || rule_is_registration(color);
}

static void hit_thin(rule_try *t, const rule_mark *mark, bool of_simple)
{
    double thickness = thickness_of(mark);
    if (thickness <= 0 || thickness >= t->profile->line - NEAR) return;
    if (is_simple(mark->stroke ? mark->stroke : mark->fill) != of_simple) return;
    bt_lang lang = t->diags->lang;
    bt_str is = bt_str_join(t->arena, shown_number(t->arena, lang, thickness, 3), BT_STR(" pt"));
    rule_hit_least(t, mark, thickness,
                   bt_say_with(t->diags, t->arena, BT_STR("{1}, at least {2}"),
                               BT_ARGS(is, shown_pt(t->arena, lang, t->profile->line))));
}

void rule_thin_line(rule_try *t, const rule_mark *mark) { hit_thin(t, mark, true); }
void rule_thin_rich(rule_try *t, const rule_mark *mark) { hit_thin(t, mark, false); }
