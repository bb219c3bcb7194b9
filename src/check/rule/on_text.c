/* on_text.c - P04: text that a press cannot hold, or that nobody sees. */
#include "check/rule/rule_int.h"

#include "check/shown.h"

#define NEAR 0.02 /* [pt] */

static bt_str sizes(rule_try *t, double is, double wanted)
{
    return bt_say_with(t->diags, t->arena, BT_STR("{1}, at least {2}"),
                       BT_ARGS(shown_pt(t->arena, t->diags->lang, is), shown_pt(t->arena, t->diags->lang, wanted)));
}

static bool is_small(const rule_try *t, const rule_mark *mark)
{
    return mark->kind == RULE_MARK_TEXT && mark->fill && mark->run->size < t->profile->small_text - NEAR;
}

static void hit_small(rule_try *t, const rule_mark *mark)
{
    rule_hit_least(t, mark, mark->run->size, sizes(t, mark->run->size, t->profile->small_text));
}

void rule_small_white(rule_try *t, const rule_mark *mark)
{
    if (is_small(t, mark) && rule_is_white(mark->fill) && !mark->stroke) hit_small(t, mark);
}

/* Black of several inks, and colours that become inks only later, have rules of their own. */
void rule_small_color(rule_try *t, const rule_mark *mark)
{
    if (!is_small(t, mark) || rule_is_black(mark->fill)) return;
    uint32_t n = rule_n_inks(mark->fill);
    if (n > 1 && n <= SEEN_MOST_INKS) hit_small(t, mark);
}

/* What stands beside the page is no matter of the trim. */
void rule_near_trim(rule_try *t, const rule_mark *mark)
{
    const seen_page *page = t->page;
    const seen_box *box = &mark->box;
    double safe = t->profile->safe - NEAR;
    if (mark->kind != RULE_MARK_TEXT) return;
    if (box->x1 <= 0 || box->y1 <= 0 || box->x0 >= page->width || box->y0 >= page->height) return;
    double near = box->x0;
    if (box->y0 < near) near = box->y0;
    if (page->width - box->x1 < near) near = page->width - box->x1;
    if (page->height - box->y1 < near) near = page->height - box->y1;
    if (near >= safe) return;
    const bt_str words[] = {shown_mm(t->arena, t->diags->lang, near),
                            shown_mm(t->arena, t->diags->lang, t->profile->safe)};
    bool is_cut = near < -NEAR;
    rule_hit_least(t, mark, near,
                   is_cut ? BT_SAY(t->diags, "the trim cuts it")
                          : bt_say_with(t->diags, t->arena, BT_STR("{1}, at least {2}"), words, 2));
}

void rule_invisible(rule_try *t)
{
    enum { INVISIBLE = 3 };
    for (uint32_t i = 0; i < t->page->words.n; i++) {
        const seen_word *word = &t->page->words.v[i];
        if (word->run_begin < word->run_end && t->page->runs.v[word->run_begin].render_mode == INVISIBLE)
            rule_hit(t, &word->box, word->text, BT_STR(""));
    }
}

/* --- addresses --- */

static bool is_address(bt_str text)
{
    return (bt_str_starts(text, BT_STR("http://")) && text.len > 7) ||
           (bt_str_starts(text, BT_STR("https://")) && text.len > 8) ||
           (bt_str_starts(text, BT_STR("www.")) && text.len > 4);
}

void rule_no_link(rule_try *t, const rule_mark *mark)
{
    if (mark->kind != RULE_MARK_TEXT || !is_address(mark->word->text)) return;
    for (uint32_t i = 0; i < t->page->annotations.n; i++) {
        const seen_annotation *annotation = &t->page->annotations.v[i];
        if (bt_str_is(annotation->subtype, "Link") && seen_meets(&annotation->box, &mark->box)) return;
    }
    rule_hit_mark(t, mark, BT_STR(""));
}
