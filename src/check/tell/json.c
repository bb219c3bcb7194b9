/* json.c - a report for programs: check.schema.json says what its members mean. */
#include "check/tell/tell_int.h"

#include <math.h>

/* The members of one object; what goes before a member is known by what was last written. */
typedef struct json {
    bt_buf *out;
    uint32_t depth;
    bool is_first;
} json;

static void begin_line(json *j)
{
    if (!j->is_first) bt_buf_add_char(j->out, ',');
    j->is_first = false;
    bt_buf_add_char(j->out, '\n');
    for (uint32_t i = 0; i < j->depth; i++) bt_buf_add_z(j->out, "  ");
}

static void key(json *j, const char *name)
{
    if (j->depth < 3)
        begin_line(j);
    else {
        if (!j->is_first) bt_buf_add_z(j->out, ", ");
        j->is_first = false;
    }
    bt_buf_add_quoted(j->out, bt_str_of(name));
    bt_buf_add_z(j->out, ": ");
}

static void open(json *j, char bracket)
{
    bt_buf_add_char(j->out, bracket);
    j->depth++;
    j->is_first = true;
}

/* Values deeper than a finding's members stand on one line. */
static void close(json *j, char bracket)
{
    bool was_empty = j->is_first;
    j->depth--;
    j->is_first = true;
    if (!was_empty && j->depth < 2) begin_line(j);
    j->is_first = false;
    bt_buf_add_char(j->out, bracket);
}

static void put_text(json *j, const char *name, bt_str text)
{
    key(j, name);
    bt_buf_add_quoted(j->out, text);
}

static void put_text_if(json *j, const char *name, bt_str text)
{
    if (text.len) put_text(j, name, text);
}

static void put_count(json *j, const char *name, uint32_t n)
{
    key(j, name);
    bt_buf_add_int(j->out, n);
}

static void put_bool(json *j, const char *name, bool value)
{
    key(j, name);
    bt_buf_add_z(j->out, value ? "true" : "false");
}

static void put_number(json *j, const char *name, double value)
{
    key(j, name);
    bt_buf_add_fixed(j->out, tell_thousandths(value), 3);
}

/* Each length in mm and in pt. */
static void add_lengths(json *j, const double *lengths, const char *const *names, uint32_t n)
{
    static const char *const units[] = {"mm", "pt"};
    bt_buf_add_char(j->out, '{');
    for (uint32_t u = 0; u < 2; u++) {
        bt_buf_format(j->out, "%s\"%s\": {", u ? ", " : "", units[u]);
        for (uint32_t i = 0; i < n; i++) {
            bt_buf_format(j->out, "%s\"%s\": ", i ? ", " : "", names[i]);
            bt_buf_add_fixed(j->out, tell_thousandths(u ? lengths[i] : lengths[i] * TELL_MM_PER_PT), 3);
        }
        bt_buf_add_char(j->out, '}');
    }
    bt_buf_add_char(j->out, '}');
}

static void put_lengths(json *j, const char *name, const double *lengths, const char *const *names, uint32_t n)
{
    key(j, name);
    add_lengths(j, lengths, names, n);
}

static void add_box(json *j, const seen_box *box)
{
    static const char *const names[] = {"x", "y", "width", "height"};
    add_lengths(j, (const double[]){box->x0, box->y0, seen_width(box), seen_height(box)}, names, 4);
}

static void put_box(json *j, const char *name, const seen_box *box)
{
    key(j, name);
    add_box(j, box);
}

static void put_boxes(json *j, const char *name, const seen_box *boxes, uint32_t n)
{
    key(j, name);
    bt_buf_add_char(j->out, '[');
    for (uint32_t i = 0; i < n; i++) {
        bt_buf_add_z(j->out, i ? ", " : "");
        add_box(j, &boxes[i]);
    }
    bt_buf_add_char(j->out, ']');
}

static void put_size(json *j, const char *name, double width, double height)
{
    static const char *const names[] = {"width", "height"};
    put_lengths(j, name, (const double[]){width, height}, names, 2);
}

/* --- the parts --- */

static void put_finding(json *j, const finding *f)
{
    static const char *const ways[] = {"right", "down"};
    begin_line(j);
    open(j, '{');
    put_text(j, "kind", bt_str_of(finding_kind_name(f->kind)));
    put_text(j, "severity", bt_str_of(tell_severity_name(f->severity)));
    put_text_if(j, "number", bt_str_of(f->number));
    if (f->page) put_count(j, "page", f->page);
    if (f->sample_page) put_count(j, "sample_page", f->sample_page);
    if (f->has_ours) put_box(j, "ours", &f->ours);
    if (f->has_sample) put_box(j, "sample", &f->sample);
    if (f->n_places > 1) put_boxes(j, "places", f->places, f->n_places);
    put_text_if(j, "subject", f->subject);
    put_text_if(j, "was", f->was);
    put_text_if(j, "is", f->is);
    if (f->dx != 0 || f->dy != 0) put_lengths(j, "moved", (const double[]){f->dx, f->dy}, ways, 2);
    if (f->amount != 0) put_number(j, "amount", f->amount);
    if (f->amount != 0 && tell_is_length(f->kind)) put_number(j, "amount_mm", f->amount * TELL_MM_PER_PT);
    put_count(j, "n", f->n ? f->n : 1);
    put_number(j, "weight", f->weight);
    put_text(j, "message", f->message);
    put_text_if(j, "remedy", f->remedy);
    close(j, '}');
}

static void put_findings(json *j, const report *r)
{
    key(j, "findings");
    open(j, '[');
    for (uint32_t i = 0; i < r->findings.n; i++) put_finding(j, &r->findings.v[i]);
    close(j, ']');
}

static void put_page(json *j, const report_page *page)
{
    begin_line(j);
    open(j, '{');
    if (page->page) put_count(j, "page", page->page);
    if (page->sample_page) put_count(j, "sample_page", page->sample_page);
    put_size(j, "size", page->width, page->height);
    if (page->sample_page) put_size(j, "sample_size", page->sample_width, page->sample_height);
    put_bool(j, "looked_at", page->was_looked_at);
    if (page->was_looked_at) put_count(j, "differing_pixels", page->n_pixels);
    if (page->n_masks) put_boxes(j, "masks", page->masks, page->n_masks);
    close(j, '}');
}

static void put_pages(json *j, const report *r)
{
    key(j, "page_list");
    open(j, '[');
    for (uint32_t i = 0; i < r->pages.n; i++) put_page(j, &r->pages.v[i]);
    close(j, ']');
}

/* A line of a preflight is a rule, and has other names. */
static void put_lines(json *j, const report *r)
{
    static const char *const states[] = {[LINE_GOOD] = "good", [LINE_DIFFERS] = "differs", [LINE_NOT_RUN] = "not-run"};
    static const char *const names[2][3] = {{"sample", "ours", "difference"}, {"number", "state_shown", "found"}};
    const char *const *name = names[r->kind == REPORT_PREFLIGHT];
    key(j, r->kind == REPORT_PREFLIGHT ? "rules" : "properties");
    open(j, '[');
    for (uint32_t i = 0; i < r->lines.n; i++) {
        const report_line *line = &r->lines.v[i];
        begin_line(j);
        open(j, '{');
        put_text(j, "subject", line->subject);
        put_text(j, "state", bt_str_of(states[line->state]));
        put_text_if(j, name[0], line->sample);
        put_text_if(j, name[1], line->ours);
        put_text_if(j, name[2], line->difference);
        put_text_if(j, "why", line->why);
        close(j, '}');
    }
    close(j, ']');
}

static void put_counts(json *j, const report *r)
{
    key(j, "counts");
    bt_buf_add_char(j->out, '{');
    for (uint32_t kind = 0, n_written = 0; kind < FINDING_N_KINDS; kind++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < r->findings.n; i++) n += (uint32_t)r->findings.v[i].kind == kind;
        if (!n) continue;
        bt_buf_format(j->out, "%s\"%s\": %u", n_written++ ? ", " : "", finding_kind_name((finding_kind)kind), n);
    }
    bt_buf_add_char(j->out, '}');
}

bt_status tell_json(const tell_target *to, const report *r, bt_buf *out)
{
    static const char *const kinds[] = {
        [REPORT_CHECK] = "check", [REPORT_LAYOUT] = "layout", [REPORT_PREFLIGHT] = "preflight"};
    json j = {.out = out};
    open(&j, '{');
    put_count(&j, "bantin_check", 1);
    put_text(&j, "kind", bt_str_of(kinds[r->kind]));
    put_text(&j, "verdict",
             bt_str_of(r->is_equal ? (r->kind == REPORT_PREFLIGHT ? "good" : "equal")
                                   : (r->kind == REPORT_PREFLIGHT ? "bad" : "differs")));
    put_text(&j, "message", tell_verdict(to, r, r->ours, r->sample));
    put_text(&j, "ours", r->ours);
    if (r->kind == REPORT_PREFLIGHT)
        put_text(&j, "profile", r->profile);
    else
        put_text(&j, "sample", r->sample);
    put_count(&j, "pages", r->n_pages);
    if (r->kind != REPORT_PREFLIGHT) put_count(&j, "sample_pages", r->n_sample_pages);
    if (r->first_page) put_count(&j, "first_page", tell_first_page(r));
    if (r->first_page) put_count(&j, "last_page", tell_last_page(r));
    put_count(&j, "dpi", r->dpi);
    put_count(&j, "left_out", r->n_left_out);
    put_counts(&j, r);
    put_findings(&j, r);
    put_pages(&j, r);
    if (r->kind != REPORT_CHECK) put_lines(&j, r);
    close(&j, '}');
    bt_buf_add_char(out, '\n');
    return out->arena->failed || to->arena->failed ? BT_NOMEM : BT_OK;
}
