/* words.c - what findings are called, and where and how much they differ, in words. */
#include "check/tell/tell_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *group;
    bt_str label;
} kinds[FINDING_N_KINDS] = {
    [FINDING_PAGES] = {"pages", BT_STR_INIT("number of pages")},
    [FINDING_PAGE_ORDER] = {"pages", BT_STR_INIT("order of pages")},
    [FINDING_PAGE_BOX] = {"pages", BT_STR_INIT("page box")},
    [FINDING_TEXT_CHANGED] = {"text", BT_STR_INIT("text changed")},
    [FINDING_TEXT_NEW] = {"text", BT_STR_INIT("text added")},
    [FINDING_TEXT_GONE] = {"text", BT_STR_INIT("text missing")},
    [FINDING_TEXT_MOVED] = {"text", BT_STR_INIT("text moved")},
    [FINDING_TEXT_SIZE] = {"text", BT_STR_INIT("size of type")},
    [FINDING_TEXT_FACE] = {"text", BT_STR_INIT("typeface")},
    [FINDING_TEXT_COLOR] = {"text", BT_STR_INIT("colour of text")},
    [FINDING_PICTURE_NEW] = {"pictures", BT_STR_INIT("picture added")},
    [FINDING_PICTURE_GONE] = {"pictures", BT_STR_INIT("picture missing")},
    [FINDING_PICTURE_MOVED] = {"pictures", BT_STR_INIT("picture moved")},
    [FINDING_PICTURE_SIZE] = {"pictures", BT_STR_INIT("size of picture")},
    [FINDING_PICTURE_CROP] = {"pictures", BT_STR_INIT("crop of picture")},
    [FINDING_PICTURE_PPI] = {"pictures", BT_STR_INIT("resolution")},
    [FINDING_PICTURE_CONTENT] = {"pictures", BT_STR_INIT("another picture")},
    [FINDING_PICTURE_COLOR] = {"pictures", BT_STR_INIT("colour space")},
    [FINDING_RULE_NEW] = {"rules", BT_STR_INIT("rule added")},
    [FINDING_RULE_GONE] = {"rules", BT_STR_INIT("rule missing")},
    [FINDING_RULE_MOVED] = {"rules", BT_STR_INIT("rule moved")},
    [FINDING_RULE_THICKNESS] = {"rules", BT_STR_INIT("thickness of rule")},
    [FINDING_RULE_LENGTH] = {"rules", BT_STR_INIT("length of rule")},
    [FINDING_RULE_COLOR] = {"rules", BT_STR_INIT("colour of rule")},
    [FINDING_AREA_NEW] = {"areas", BT_STR_INIT("area added")},
    [FINDING_AREA_GONE] = {"areas", BT_STR_INIT("area missing")},
    [FINDING_AREA_MOVED] = {"areas", BT_STR_INIT("area moved")},
    [FINDING_AREA_SIZE] = {"areas", BT_STR_INIT("size of area")},
    [FINDING_AREA_COLOR] = {"areas", BT_STR_INIT("colour of area")},
    [FINDING_FONT_EMBEDDED] = {"other", BT_STR_INIT("font embedding")},
    [FINDING_ANNOTATION] = {"other", BT_STR_INIT("annotation")},
    [FINDING_PIXELS] = {"pixels", BT_STR_INIT("looks different")},
    [FINDING_PLATE] = {"other", BT_STR_INIT("ink plate")},
    [FINDING_DESIGN] = {"design", BT_STR_INIT("design")},
    [FINDING_PREFLIGHT] = {"preflight", BT_STR_INIT("preflight")},
};

static const struct {
    const char *name;
    bt_str label;
} groups[] = {
    {"pages", BT_STR_INIT("Pages")},      {"text", BT_STR_INIT("Text")},   {"pictures", BT_STR_INIT("Pictures")},
    {"rules", BT_STR_INIT("Rules")},      {"areas", BT_STR_INIT("Areas")}, {"pixels", BT_STR_INIT("Pixels")},
    {"design", BT_STR_INIT("Design")},    {"other", BT_STR_INIT("Other")}, {"error", BT_STR_INIT("Errors")},
    {"warning", BT_STR_INIT("Warnings")}, {"note", BT_STR_INIT("Notes")},
};

bt_str tell_kind_label(const tell_target *to, finding_kind kind) { return bt_say(to->diags, kinds[kind].label); }

const char *tell_group_name(finding_kind kind) { return kinds[kind].group; }

bt_str tell_group_label(const tell_target *to, const char *name)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(groups[i].name, name) == 0) return bt_say(to->diags, groups[i].label);
    return bt_str_of(name);
}

const char *tell_severity_name(finding_severity severity)
{
    return severity == FINDING_ERROR ? "error" : severity == FINDING_WARNING ? "warning" : "note";
}

bt_str tell_severity_label(const tell_target *to, finding_severity severity)
{
    if (severity == FINDING_ERROR) return BT_SAY(to->diags, "error");
    return severity == FINDING_WARNING ? BT_SAY(to->diags, "warning") : BT_SAY(to->diags, "note");
}

bt_str tell_counted(const tell_target *to, uint64_t n, bt_str one, bt_str many)
{
    if (n == 1) return bt_say(to->diags, one);
    return bt_say_with(to->diags, to->arena, many, BT_ARGS(tell_count(to, n)));
}

/* --- counts --- */

uint32_t tell_n_pages(const report *r) { return r->n_pages > r->n_sample_pages ? r->n_pages : r->n_sample_pages; }

static int compare_pages(const void *a, const void *b)
{
    const uint32_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

uint32_t tell_n_pages_found(const report *r)
{
    bt_arena arena = {0};
    uint32_t *pages = BT_NEW_ARRAY(&arena, r->findings.n, uint32_t);
    uint32_t n = 0, n_different = 0;
    for (uint32_t i = 0; pages && i < r->findings.n; i++) {
        const finding *f = &r->findings.v[i];
        if (f->page || f->sample_page) pages[n++] = f->page ? f->page : f->sample_page;
    }
    if (n) qsort(pages, n, sizeof *pages, compare_pages);
    for (uint32_t i = 0; i < n; i++) n_different += !i || pages[i] != pages[i - 1];
    bt_arena_drop(&arena);
    return n_different;
}

uint32_t tell_n_of(const report *r, finding_severity severity)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->findings.n; i++) n += r->findings.v[i].severity == severity;
    return n;
}

uint32_t tell_n_lines(const report *r, int state)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->lines.n; i++) n += (int)r->lines.v[i].state == state;
    return n;
}

/* --- verdicts --- */

uint32_t tell_first_page(const report *r) { return r->first_page ? r->first_page : 1; }

uint32_t tell_last_page(const report *r)
{
    uint32_t n = tell_n_pages(r);
    return r->last_page && r->last_page < n ? r->last_page : n;
}

/* "12 pages"; where only some were looked at: "pages 2 to 3 of 12". */
static bt_str pages_of(const tell_target *to, const report *r)
{
    bt_str n = tell_count(to, tell_n_pages(r));
    bt_str first = tell_count(to, tell_first_page(r)), last = tell_count(to, tell_last_page(r));
    if (!r->first_page) return tell_counted(to, tell_n_pages(r), BT_STR("1 page"), BT_STR("{1} pages"));
    if (tell_first_page(r) == tell_last_page(r))
        return bt_say_with(to->diags, to->arena, BT_STR("page {1} of {2}"), BT_ARGS(first, n));
    return bt_say_with(to->diags, to->arena, BT_STR("pages {1} to {2} of {3}"), BT_ARGS(first, last, n));
}

static bt_str check_verdict(const tell_target *to, const report *r, bt_str ours, bt_str sample)
{
    bt_str pages = pages_of(to, r);
    if (r->is_equal)
        return bt_say_with(to->diags, to->arena, BT_STR("{1} equals {2}: {3}, no difference"),
                           BT_ARGS(ours, sample, pages));
    bt_str found = tell_counted(to, r->findings.n, BT_STR("1 finding"), BT_STR("{1} findings"));
    bt_str n_found = tell_count(to, tell_n_pages_found(r));
    if (r->first_page)
        return bt_say_with(to->diags, to->arena, BT_STR("{1} differs from {2}: {3} on {4}"),
                           BT_ARGS(ours, sample, found, pages));
    if (!tell_n_pages_found(r))
        return bt_say_with(to->diags, to->arena, BT_STR("{1} differs from {2}: {3}"), BT_ARGS(ours, sample, found));
    return bt_say_with(to->diags, to->arena, BT_STR("{1} differs from {2}: {3} on {4} of {5}"),
                       BT_ARGS(ours, sample, found, n_found, pages));
}

static bt_str layout_verdict(const tell_target *to, const report *r, bt_str ours, bt_str sample)
{
    bt_str n = tell_counted(to, r->lines.n, BT_STR("1 property"), BT_STR("{1} properties"));
    if (r->is_equal)
        return bt_say_with(to->diags, to->arena, BT_STR("{1} keeps to the design of {2}: {3} compared"),
                           BT_ARGS(ours, sample, n));
    uint32_t n_differ = tell_n_lines(r, LINE_DIFFERS);
    return bt_say_with(to->diags, to->arena, BT_STR("{1} departs from the design of {2}: {3} of {4} differ"),
                       BT_ARGS(ours, sample, tell_count(to, n_differ ? n_differ : r->findings.n), n));
}

static bt_str preflight_verdict(const tell_target *to, const report *r, bt_str ours)
{
    const bt_str args[] = {ours, r->profile, tell_count(to, tell_n_of(r, FINDING_ERROR)),
                           tell_count(to, tell_n_of(r, FINDING_WARNING)), tell_count(to, tell_n_of(r, FINDING_NOTE))};
    bt_str text = r->is_equal ? BT_STR("{1} keeps to {2} (errors {3}, warnings {4}, notes {5})")
                              : BT_STR("{1} does not keep to {2} (errors {3}, warnings {4}, notes {5})");
    return bt_say_with(to->diags, to->arena, text, args, sizeof args / sizeof *args);
}

bt_str tell_verdict(const tell_target *to, const report *r, bt_str ours, bt_str sample)
{
    if (r->kind == REPORT_CHECK) return check_verdict(to, r, ours, sample);
    bt_str verdict = r->kind == REPORT_PREFLIGHT ? preflight_verdict(to, r, ours) : layout_verdict(to, r, ours, sample);
    if (!r->first_page) return verdict;
    return bt_str_join(to->arena, bt_str_join(to->arena, verdict, BT_STR(", ")), pages_of(to, r));
}

/* --- where, and by how much --- */

const seen_box *tell_box(const finding *f) { return f->has_ours ? &f->ours : f->has_sample ? &f->sample : NULL; }

bt_str tell_page_of(const tell_target *to, const finding *f)
{
    bt_str ours = tell_count(to, f->page), sample = tell_count(to, f->sample_page);
    if (!f->page && !f->sample_page) return BT_SAY(to->diags, "the whole file");
    if (!f->page) return bt_say_with(to->diags, to->arena, BT_STR("page {1} of the sample"), BT_ARGS(sample));
    if (!f->sample_page || f->sample_page == f->page)
        return bt_say_with(to->diags, to->arena, BT_STR("page {1}"), BT_ARGS(ours));
    return bt_say_with(to->diags, to->arena, BT_STR("page {1}, page {2} of the sample"), BT_ARGS(ours, sample));
}

bt_str tell_place(const tell_target *to, const finding *f)
{
    const seen_box *box = tell_box(f);
    if (!box) return BT_STR("");
    return bt_say_with(to->diags, to->arena, BT_STR("x {1} mm, y {2} mm"),
                       BT_ARGS(tell_mm(to, box->x0, 1), tell_mm(to, box->y0, 1)));
}

bool tell_is_length(finding_kind kind)
{
    switch (kind) {
    case FINDING_PAGE_BOX:
    case FINDING_TEXT_MOVED:
    case FINDING_TEXT_SIZE:
    case FINDING_PICTURE_MOVED:
    case FINDING_PICTURE_SIZE:
    case FINDING_PICTURE_CROP:
    case FINDING_RULE_MOVED:
    case FINDING_RULE_THICKNESS:
    case FINDING_RULE_LENGTH:
    case FINDING_AREA_MOVED:
    case FINDING_AREA_SIZE:
        return true;
    default:
        return false;
    }
}

static bool is_seen(double pt) { return fabs(pt) * TELL_MM_PER_PT >= 0.005; }

bt_str tell_difference(const tell_target *to, const finding *f)
{
    bt_buf out = bt_buf_in(to->arena);
    if (is_seen(f->dx)) {
        bt_buf_add_z(&out, f->dx > 0 ? "\u2192 " : "\u2190 ");
        bt_buf_add(&out, tell_mm(to, fabs(f->dx), 2));
    }
    if (is_seen(f->dy)) {
        if (out.bytes.n) bt_buf_add_z(&out, "  ");
        bt_buf_add_z(&out, f->dy > 0 ? "\u2193 " : "\u2191 ");
        bt_buf_add(&out, tell_mm(to, fabs(f->dy), 2));
    }
    if (out.bytes.n || f->amount == 0 || !tell_is_length(f->kind)) return bt_buf_str(&out);
    /* Of what moved by no one way, the amount is that of its part which moved the farthest. */
    if (f->kind == FINDING_TEXT_MOVED) bt_buf_add_z(&out, "\u2264 ");
    bt_buf_add(&out, tell_mm(to, f->amount, fabs(f->amount) * TELL_MM_PER_PT < 0.1 ? 3 : 2));
    return bt_buf_str(&out);
}
