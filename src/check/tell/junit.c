/* junit.c - reports for the machines that run tests: a suite a pair; in it a case for each page, property or rule. */
#include "check/tell/tell_int.h"

static void attribute(bt_buf *out, const char *name, bt_str value)
{
    bt_buf_format(out, " %s=\"", name);
    tell_add_escaped(out, value);
    bt_buf_add_char(out, '"');
}

static void number(bt_buf *out, const char *name, uint32_t n) { bt_buf_format(out, " %s=\"%u\"", name, n); }

typedef struct suite {
    const tell_target *to;
    const report *r;
    bt_buf cases;
    uint32_t n, n_failures, n_skipped;
} suite;

static void begin_case(suite *s, bt_str name)
{
    s->n++;
    bt_buf_add_z(&s->cases, "    <testcase");
    attribute(&s->cases, "classname", s->r->ours);
    attribute(&s->cases, "name", name);
    bt_buf_add_z(&s->cases, " time=\"0\"");
}

/* What a finding says, with its page and its place in mm. */
static bt_str sentence(const suite *s, const finding *f)
{
    bt_buf text = bt_buf_in(s->to->arena);
    bt_str place = tell_place(s->to, f);
    bt_buf_add(&text, tell_page_of(s->to, f));
    if (place.len) bt_buf_add_z(&text, ", ");
    bt_buf_add(&text, place);
    bt_buf_add_z(&text, ": ");
    bt_buf_add(&text, f->message);
    return bt_buf_str(&text);
}

/* A case's findings. Errors make it fail, by the first and with all of them beneath; others are printed with it. */
static void end_case(suite *s, const finding *const *found, uint32_t n)
{
    const finding *worst = NULL;
    for (uint32_t i = 0; i < n; i++)
        if (found[i]->severity == FINDING_ERROR && !worst) worst = found[i];
    if (!n) {
        bt_buf_add_z(&s->cases, "/>\n");
        return;
    }
    bt_buf_add_z(&s->cases, ">\n");
    const char *element = worst ? "failure" : "system-out";
    bt_buf_format(&s->cases, "      <%s", element);
    if (worst) {
        s->n_failures++;
        attribute(&s->cases, "type",
                  bt_str_of(worst->number && worst->number[0] ? worst->number : finding_kind_name(worst->kind)));
        attribute(&s->cases, "message", worst->message);
    }
    bt_buf_add_char(&s->cases, '>');
    for (uint32_t i = 0; i < n; i++) {
        if (i) bt_buf_add_char(&s->cases, '\n');
        tell_add_escaped(&s->cases, sentence(s, found[i]));
    }
    bt_buf_format(&s->cases, "</%s>\n    </testcase>\n", element);
}

/* The findings that a test picks, in their order. */
static uint32_t pick(suite *s, bool (*is_of)(const finding *f, const void *user), const void *user,
                     const finding ***found)
{
    uint32_t n = 0;
    const finding **v = (const finding **)bt_arena_array(s->to->arena, s->r->findings.n, sizeof *v);
    for (uint32_t i = 0; v && i < s->r->findings.n; i++)
        if (is_of(&s->r->findings.v[i], user)) v[n++] = &s->r->findings.v[i];
    *found = v;
    return n;
}

static bool is_of_file(const finding *f, const void *user)
{
    (void)user;
    return !f->page && !f->sample_page;
}

static bool is_on_page(const finding *f, const void *user) { return f->page == *(const uint32_t *)user; }

static bool is_on_lost_page(const finding *f, const void *user)
{
    return !f->page && f->sample_page == *(const uint32_t *)user;
}

static bool is_of_rule(const finding *f, const void *user)
{
    return bt_str_equal(bt_str_of(f->number), *(const bt_str *)user);
}

static bool is_of_property(const finding *f, const void *user)
{
    return bt_str_equal(f->subject, *(const bt_str *)user);
}

static void add_case(suite *s, bt_str name, bool (*is_of)(const finding *f, const void *user), const void *user)
{
    const finding **found;
    uint32_t n = pick(s, is_of, user, &found);
    begin_case(s, name);
    end_case(s, found, n);
}

static void add_pages(suite *s)
{
    const tell_target *to = s->to;
    add_case(s, BT_SAY(to->diags, "the whole file"), is_of_file, NULL);
    for (uint32_t page = tell_first_page(s->r); page <= tell_last_page(s->r) && page <= s->r->n_pages; page++)
        add_case(s, bt_say_with(to->diags, to->arena, BT_STR("page {1}"), BT_ARGS(tell_count(to, page))), is_on_page,
                 &page);
    for (uint32_t page = 1; page <= s->r->n_sample_pages; page++) {
        const finding **found;
        uint32_t n = pick(s, is_on_lost_page, &page, &found);
        if (!n) continue;
        begin_case(s,
                   bt_say_with(to->diags, to->arena, BT_STR("page {1} of the sample"), BT_ARGS(tell_count(to, page))));
        end_case(s, found, n);
    }
}

/* A property that differs fails though no finding bears its name. */
static void add_failed_line(suite *s, const report_line *line)
{
    s->n_failures++;
    bt_buf_add_z(&s->cases, ">\n      <failure type=\"design\"");
    attribute(&s->cases, "message", line->difference);
    bt_buf_add_char(&s->cases, '>');
    tell_add_escaped(&s->cases, line->sample);
    bt_buf_add_z(&s->cases, " \u2192 ");
    tell_add_escaped(&s->cases, line->ours);
    bt_buf_add_z(&s->cases, "</failure>\n    </testcase>\n");
}

static void add_line(suite *s, const report_line *line)
{
    bool is_rule = s->r->kind == REPORT_PREFLIGHT;
    bt_str name = line->subject;
    if (is_rule) name = bt_str_join(s->to->arena, bt_str_join(s->to->arena, line->sample, BT_STR(" ")), line->subject);
    const finding **found;
    uint32_t n = is_rule ? pick(s, is_of_rule, &line->sample, &found) : pick(s, is_of_property, &line->subject, &found);
    begin_case(s, name);
    if (line->state == LINE_NOT_RUN) {
        s->n_skipped++;
        bt_buf_add_z(&s->cases, ">\n      <skipped");
        attribute(&s->cases, "message", line->why);
        bt_buf_add_z(&s->cases, "/>\n    </testcase>\n");
    } else if (!n && line->state == LINE_DIFFERS && !is_rule)
        add_failed_line(s, line);
    else
        end_case(s, found, n);
}

static bool has_line(const report *r, const finding *f)
{
    for (uint32_t i = 0; i < r->lines.n; i++) {
        const report_line *line = &r->lines.v[i];
        if (r->kind == REPORT_PREFLIGHT ? is_of_rule(f, &line->sample) : is_of_property(f, &line->subject)) return true;
    }
    return false;
}

/* Nothing that was found goes missing: what belongs to no line is a case of its own. */
static void add_lines(suite *s)
{
    for (uint32_t i = 0; i < s->r->lines.n; i++) add_line(s, &s->r->lines.v[i]);
    for (uint32_t i = 0; i < s->r->findings.n; i++) {
        const finding *f = &s->r->findings.v[i];
        if (has_line(s->r, f)) continue;
        begin_case(s, f->number && f->number[0] ? bt_str_of(f->number) : tell_kind_label(s->to, f->kind));
        end_case(s, &f, 1);
    }
}

static bt_str suite_name(const tell_target *to, const report *r)
{
    if (r->kind == REPORT_PREFLIGHT)
        return bt_say_with(to->diags, to->arena, BT_STR("{1} for {2}"), BT_ARGS(r->ours, r->profile));
    return bt_say_with(to->diags, to->arena, BT_STR("{1} against {2}"), BT_ARGS(r->ours, r->sample));
}

static void add_suite(const tell_target *to, const report *r, bt_buf *out)
{
    suite s = {.to = to, .r = r, .cases = bt_buf_in(to->arena)};
    if (r->kind == REPORT_CHECK)
        add_pages(&s);
    else
        add_lines(&s);
    bt_buf_add_z(out, "  <testsuite");
    attribute(out, "name", suite_name(to, r));
    number(out, "tests", s.n);
    number(out, "failures", s.n_failures);
    bt_buf_add_z(out, " errors=\"0\"");
    number(out, "skipped", s.n_skipped);
    bt_buf_add_z(out, " time=\"0\">\n");
    bt_buf_add(out, bt_buf_str(&s.cases));
    bt_buf_add_z(out, "  </testsuite>\n");
}

bt_status tell_junit(const tell_target *to, const report *reports, uint32_t n, bt_buf *out)
{
    bt_buf_add_z(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (uint32_t i = 0; i < n; i++) add_suite(to, &reports[i], out);
    bt_buf_add_z(out, "</testsuites>\n");
    return out->arena->failed || to->arena->failed ? BT_NOMEM : BT_OK;
}
