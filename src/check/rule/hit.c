/* hit.c - what a rule has hit becomes findings: the same fault on many objects of a page is one finding, with some of
 * the places. */
#include "check/rule/rule_int.h"

#include <math.h>

enum {
    MOST_GROUPS = 24,  /* findings of one rule on one page; the last takes what is more */
    MOST_PLACES = 16,  /* of one finding */
    MOST_SUBJECT = 60, /* bytes of the words that stand for it */
};
#define NEAR 8.0 /* what lies this near to one another is one place [pt]: words of a line, lines of a paragraph */

static rule_group *find_group(rule_try *t, uint32_t page, bt_str value, bool is_least)
{
    uint32_t n = 0;
    rule_group *last = NULL;
    for (uint32_t i = t->groups.n; i > 0 && t->groups.v[i - 1].page == page; i--) {
        rule_group *group = &t->groups.v[i - 1];
        if (is_least ? group->is_least : bt_str_equal(group->value, value)) return group;
        if (!last) last = group;
        n++;
    }
    if (n >= MOST_GROUPS) return last;
    rule_group *group = BT_PUSH(t->arena, &t->groups);
    if (group) *group = (rule_group){.page = page, .value = value, .is_least = is_least, .amount = INFINITY};
    return group;
}

static void add_place(rule_try *t, rule_group *group, const seen_box *box)
{
    const seen_box around = {box->x0 - NEAR, box->y0 - NEAR, box->x1 + NEAR, box->y1 + NEAR};
    group->has_box = true;
    for (uint32_t i = group->places.n; i > 0; i--)
        if (seen_meets(&group->places.v[i - 1], &around)) {
            group->places.v[i - 1] = seen_joined(&group->places.v[i - 1], box);
            return;
        }
    seen_box *place = group->places.n < MOST_PLACES ? BT_PUSH(t->arena, &group->places) : NULL;
    if (place) *place = *box;
}

/* The first words that were hit, cut between characters. */
static void add_subject(rule_try *t, rule_group *group, bt_str subject)
{
    if (!subject.len || group->subject.len >= MOST_SUBJECT) return;
    if (group->subject.len + subject.len + 1 > MOST_SUBJECT) {
        if (group->subject.len && !bt_str_ends(group->subject, BT_STR("…")))
            group->subject = bt_str_join(t->arena, group->subject, BT_STR(" …"));
        else if (!group->subject.len) {
            size_t end = 0;
            uint32_t ignored;
            while (end < MOST_SUBJECT) end += bt_utf8_decode(subject, end, &ignored);
            group->subject = bt_str_join(t->arena, bt_str_slice(subject, 0, end), BT_STR("…"));
        }
        return;
    }
    if (bt_str_equal(group->subject, subject)) return;
    if (group->subject.len) group->subject = bt_str_join(t->arena, group->subject, BT_STR(" "));
    group->subject = bt_str_join(t->arena, group->subject, subject);
}

static rule_group *hit(rule_try *t, const seen_box *box, bt_str subject, bt_str value, bool is_least)
{
    rule_group *group = find_group(t, t->page ? t->page_i + 1 : 0, value, is_least);
    if (!group) return NULL;
    group->n++;
    if (box) add_place(t, group, box);
    add_subject(t, group, subject);
    return group;
}

void rule_hit(rule_try *t, const seen_box *box, bt_str subject, bt_str value) { hit(t, box, subject, value, false); }

static bt_str words_of(const rule_mark *mark) { return mark->kind == RULE_MARK_TEXT ? mark->run->text : BT_STR(""); }

void rule_hit_mark(rule_try *t, const rule_mark *mark, bt_str value)
{
    hit(t, &mark->box, words_of(mark), value, false);
}

void rule_hit_least(rule_try *t, const rule_mark *mark, double amount, bt_str value)
{
    rule_group *group = hit(t, &mark->box, words_of(mark), value, true);
    if (!group || amount >= group->amount) return;
    group->amount = amount;
    group->value = value;
}

static bt_str message(rule_try *t, const rule_about *about, const rule_group *group)
{
    bt_buf buf = bt_buf_in(t->arena);
    bt_buf_add(&buf, bt_say(t->diags, bt_str_of(about->fault)));
    if (group->value.len) {
        bt_buf_add_z(&buf, ": ");
        bt_buf_add(&buf, group->value);
    }
    if (group->n > 1)
        bt_buf_add(&buf, bt_say_with(t->diags, t->arena, BT_STR(" ({1} times)"),
                                     BT_ARGS(bt_str_format(t->arena, "%u", group->n))));
    return bt_buf_str(&buf);
}

static void tell_group(rule_try *t, const rule_about *about, rule_severity severity, const rule_group *group)
{
    static const finding_severity severities[] = {
        [RULE_NOTE] = FINDING_NOTE, [RULE_WARNING] = FINDING_WARNING, [RULE_ERROR] = FINDING_ERROR};
    finding *f = BT_PUSH(t->arena, &t->report->findings);
    if (!f) return;
    *f = (finding){.kind = FINDING_PREFLIGHT,
                   .severity = severities[severity],
                   .number = about->number,
                   .page = group->page,
                   .has_ours = group->has_box,
                   .places = group->places.v,
                   .n_places = group->places.n,
                   .subject = group->subject,
                   .is = group->value,
                   .n = group->n,
                   .weight = 1000.0 * (int)severity,
                   .message = message(t, about, group),
                   .remedy = bt_say(t->diags, bt_str_of(about->remedy))};
    if (group->has_box) f->ours = group->places.v[0];
}

static bt_str severity_word(rule_try *t, rule_severity severity)
{
    if (severity == RULE_ERROR) return BT_SAY(t->diags, "error");
    return severity == RULE_WARNING ? BT_SAY(t->diags, "warning") : BT_SAY(t->diags, "note");
}

static bt_str count(rule_try *t, uint32_t n)
{
    if (n == 1) return BT_SAY(t->diags, "1 finding");
    return bt_say_with(t->diags, t->arena, BT_STR("{1} findings"), BT_ARGS(bt_str_format(t->arena, "%u", n)));
}

void rule_tell(rule_try *t, const rule_about *about, rule_severity severity)
{
    for (uint32_t i = 0; i < t->groups.n; i++) tell_group(t, about, severity, &t->groups.v[i]);
    report_line *line = BT_PUSH(t->arena, &t->report->lines);
    if (!line) return;
    *line = (report_line){.subject = bt_say(t->diags, bt_str_of(about->fault)),
                          .sample = bt_str_of(about->number),
                          .ours = severity_word(t, severity),
                          .state = LINE_GOOD};
    if (t->not_run.len) {
        line->state = LINE_NOT_RUN;
        line->why = t->not_run;
    } else if (t->groups.n) {
        line->state = LINE_DIFFERS;
        line->difference = count(t, t->groups.n);
    }
}
