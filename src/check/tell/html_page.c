/* html_page.c - the report's pages: the pictures of both files, and over them the boxes of what was found.
 *
 * Everything of a page is drawn in one space, points from the trim's corner: so pictures and boxes of both files lie on
 * one another whatever the sizes of their media.
 */
#include "check/tell/tell_int.h"

#include <math.h>

static void add_number(const tell_page_html *h, double value) { bt_buf_add_fixed(h->out, tell_thousandths(value), 3); }

static void add_attribute(const tell_page_html *h, const char *name, double value)
{
    tell_raw(h, " ");
    tell_raw(h, name);
    tell_raw(h, "=\"");
    add_number(h, value);
    tell_raw(h, "\"");
}

static void add_rect(const tell_page_html *h, const char *class_name, const seen_box *box)
{
    bt_buf_format(h->out, "<rect class=\"%s\"", class_name);
    add_attribute(h, "x", box->x0);
    add_attribute(h, "y", box->y0);
    add_attribute(h, "width", seen_width(box));
    add_attribute(h, "height", seen_height(box));
    tell_raw(h, "/>");
}

/* --- titles --- */

bt_str tell_page_title(const tell_page_html *h, const report_page *page)
{
    const tell_target *to = h->to;
    bt_str ours = tell_count(to, page->page), sample = tell_count(to, page->sample_page);
    if (h->r->kind == REPORT_PREFLIGHT || page->page == page->sample_page)
        return bt_say_with(to->diags, to->arena, BT_STR("Page {1}"), BT_ARGS(ours));
    if (!page->page)
        return bt_say_with(to->diags, to->arena, BT_STR("Page {1} of the sample, missing here"), BT_ARGS(sample));
    if (!page->sample_page)
        return bt_say_with(to->diags, to->arena, BT_STR("Page {1}, not in the sample"), BT_ARGS(ours));
    return bt_say_with(to->diags, to->arena, BT_STR("Page {1}, page {2} of the sample"), BT_ARGS(ours, sample));
}

static bt_str count_of(const tell_page_html *h, uint32_t page_i)
{
    return tell_counted(h->to, h->counts[page_i], BT_STR("1 finding"), BT_STR("{1} findings"));
}

void tell_html_rail(const tell_page_html *h)
{
    if (!h->r->pages.n) return;
    tell_raw(h, "<nav class=rail aria-label=\"");
    tell_text(h, BT_SAY(h->to->diags, "Pages"));
    tell_raw(h, "\"><ol>\n");
    for (uint32_t i = 0; i < h->r->pages.n; i++) {
        const report_page *page = &h->r->pages.v[i];
        bt_buf_format(h->out, "<li><a href=\"#page-%u\" data-page=%u title=\"", i + 1, i + 1);
        tell_text(h, tell_page_title(h, page));
        tell_raw(h, "\"><span class=thumb></span><span class=label>");
        tell_raw(h, "<span class=unseen>");
        tell_text(h, BT_SAY(h->to->diags, "Page"));
        tell_raw(h, " </span>");
        bt_buf_format(h->out, page->page ? "%u" : "<s>%u</s>", page->page ? page->page : page->sample_page);
        if (h->counts[i]) {
            bt_buf_format(h->out, " <b class=n><span aria-hidden=true>%u</span><span class=unseen>", h->counts[i]);
            tell_text(h, count_of(h, i));
            tell_raw(h, "</span></b>");
        }
        tell_raw(h, "</span></a></li>\n");
    }
    tell_raw(h, "</ol></nav>\n");
}

/* --- one page --- */

static bool is_empty(const seen_box *box) { return box->x1 <= box->x0 || box->y1 <= box->y0; }

/* What a side of the page takes: its picture's place, or its trim where it has none. */
static seen_box side_box(const report_page *page, bool is_ours)
{
    const seen_box *box = is_ours ? &page->picture_box : &page->sample_picture_box;
    if (!is_empty(box)) return *box;
    double width = is_ours || page->sample_width <= 0 ? page->width : page->sample_width;
    double height = is_ours || page->sample_height <= 0 ? page->height : page->sample_height;
    return (seen_box){0, 0, width, height};
}

static seen_box whole_box(const report_page *page)
{
    if (!page->page) return side_box(page, false);
    seen_box box = side_box(page, true);
    if (!page->sample_page) return box;
    seen_box other = side_box(page, false);
    return (seen_box){fmin(box.x0, other.x0), fmin(box.y0, other.y0), fmax(box.x1, other.x1), fmax(box.y1, other.y1)};
}

static void begin_svg(const tell_page_html *h, const char *attributes, const seen_box *box)
{
    tell_raw(h, "<svg ");
    tell_raw(h, attributes);
    tell_raw(h, " viewBox=\"");
    add_number(h, box->x0);
    tell_raw(h, " ");
    add_number(h, box->y0);
    tell_raw(h, " ");
    add_number(h, seen_width(box));
    tell_raw(h, " ");
    add_number(h, seen_height(box));
    tell_raw(h, "\"");
}

static void add_picture(const tell_page_html *h, const report_page *page, bool is_ours)
{
    const tell_target *to = h->to;
    bt_str png = is_ours ? page->picture : page->sample_picture;
    seen_box box = side_box(page, is_ours), whole = whole_box(page);
    begin_svg(h, "class=pic role=img", &whole);
    bt_str n = tell_count(to, is_ours ? page->page : page->sample_page);
    tell_raw(h, " aria-label=\"");
    tell_text(h, bt_say_with(to->diags, to->arena,
                             is_ours ? BT_STR("picture of page {1}") : BT_STR("picture of page {1} of the sample"),
                             BT_ARGS(n)));
    tell_raw(h, "\">");
    add_rect(h, "white", &box);
    if (png.len) {
        tell_raw(h, "<image preserveAspectRatio=none");
        add_attribute(h, "x", box.x0);
        add_attribute(h, "y", box.y0);
        add_attribute(h, "width", seen_width(&box));
        add_attribute(h, "height", seen_height(&box));
        tell_raw(h, " href=\"data:image/png;base64,");
        tell_add_base64(h->out, png);
        tell_raw(h, "\"/>");
    }
    tell_raw(h, "</svg>");
}

/* --- the boxes --- */

/* So that the line runs around what is framed, not over it. */
#define AROUND 1.0 /* [pt] */

static seen_box around(const seen_box *box)
{
    return (seen_box){box->x0 - AROUND, box->y0 - AROUND, box->x1 + AROUND, box->y1 + AROUND};
}

static void add_mark(const tell_page_html *h, uint32_t finding_i, bool is_ours, bool has_id)
{
    const finding *f = &h->r->findings.v[finding_i];
    seen_box box = around(is_ours ? &f->ours : &f->sample);
    bt_buf_format(h->out, "<a class=\"mark %s\" href=\"#f%u\" tabindex=-1 data-finding=%u", is_ours ? "new" : "old",
                  finding_i + 1, finding_i + 1);
    if (has_id) bt_buf_format(h->out, " id=b%u", finding_i + 1);
    tell_raw(h, ">");
    add_rect(h, "box", &box);
    for (uint32_t i = 1; is_ours && i < f->n_places; i++) {
        seen_box other = around(&f->places[i]);
        add_rect(h, "box", &other);
    }
    tell_raw(h, "<text");
    add_attribute(h, "x", box.x0);
    add_attribute(h, "y", box.y0);
    bt_buf_format(h->out, ">%u</text></a>", finding_i + 1);
}

/* Whether a side's box of a finding stands on this page. What moved to another page stands on two. */
static bool stands_on(const finding *f, const report_page *page, bool is_ours)
{
    if (is_ours) return f->has_ours && f->page && f->page == page->page;
    uint32_t sample_page = f->sample_page ? f->sample_page : f->page;
    return f->has_sample && sample_page && sample_page == page->sample_page;
}

bool tell_has_mark(const tell_page_html *h, const finding *f)
{
    for (uint32_t i = 0; i < h->r->pages.n; i++)
        if (stands_on(f, &h->r->pages.v[i], f->has_ours)) return true;
    return false;
}

/* From where it was to where it is: for what moved so far that the boxes lie apart. */
static void add_way(const tell_page_html *h, uint32_t finding_i)
{
    const finding *f = &h->r->findings.v[finding_i];
    if (seen_meets(&f->ours, &f->sample)) return;
    bt_buf_format(h->out, "<path class=way data-finding=%u d=\"M", finding_i + 1);
    const double at[] = {(f->sample.x0 + f->sample.x1) / 2, (f->sample.y0 + f->sample.y1) / 2,
                         (f->ours.x0 + f->ours.x1) / 2, (f->ours.y0 + f->ours.y1) / 2};
    for (int i = 0; i < 4; i++) {
        if (i) tell_raw(h, i == 2 ? "L" : " ");
        add_number(h, at[i]);
    }
    tell_raw(h, "\" marker-end=\"url(#tip)\"/>");
}

static void add_masks(const tell_page_html *h, const report_page *page)
{
    for (uint32_t i = 0; i < page->n_masks; i++) add_rect(h, "mask", &page->masks[i]);
}

static void add_trim(const tell_page_html *h, const report_page *page, bool is_ours)
{
    double width = is_ours || page->sample_width <= 0 ? page->width : page->sample_width;
    double height = is_ours || page->sample_height <= 0 ? page->height : page->sample_height;
    add_rect(h, "trim", &(seen_box){0, 0, width, height});
}

/* What lies over a side's picture. Screen readers have the list instead. */
static void add_marks(const tell_page_html *h, uint32_t page_i, bool is_ours)
{
    const report_page *page = &h->r->pages.v[page_i];
    seen_box whole = whole_box(page);
    begin_svg(h, "class=marks aria-hidden=true", &whole);
    tell_raw(h, ">");
    add_trim(h, page, is_ours);
    add_masks(h, page);
    /* The first found is the last drawn, and lies on top. */
    for (uint32_t i = h->r->findings.n; i-- > 0;) {
        const finding *f = &h->r->findings.v[i];
        if (!stands_on(f, page, is_ours)) continue;
        if (is_ours && stands_on(f, page, false)) add_way(h, i);
        add_mark(h, i, is_ours, is_ours || !f->has_ours);
    }
    tell_raw(h, "</svg>");
}

static void add_sheet(const tell_page_html *h, uint32_t page_i, bool is_ours)
{
    const report_page *page = &h->r->pages.v[page_i];
    bt_diags *diags = h->to->diags;
    tell_raw(h, is_ours ? "<figure class=\"sheet ours\">" : "<figure class=\"sheet sample\">");
    tell_raw(h, "<figcaption>");
    if (h->r->kind != REPORT_PREFLIGHT) {
        tell_text(h, is_ours ? BT_SAY(diags, "New") : BT_SAY(diags, "Sample"));
        tell_raw(h, " ");
    }
    if (!(is_ours ? page->picture : page->sample_picture).len) {
        tell_raw(h, "<span class=soft>");
        tell_text(h, BT_SAY(diags, "no picture was made of this page"));
        tell_raw(h, "</span>");
    }
    tell_raw(h, "</figcaption><div class=paper>");
    add_picture(h, page, is_ours);
    add_marks(h, page_i, is_ours);
    tell_raw(h, "</div></figure>\n");
}

static void add_pixels(const tell_page_html *h, const report_page *page)
{
    if (!page->was_looked_at || !page->n_pixels) return;
    tell_raw(h, " \u00b7");
    tell_raw(h, " <span class=soft>");
    tell_text(h, tell_counted(h->to, page->n_pixels, BT_STR("1 pixel differs"), BT_STR("{1} pixels differ")));
    tell_raw(h, "</span>");
}

static void add_page(const tell_page_html *h, uint32_t page_i)
{
    const report_page *page = &h->r->pages.v[page_i];
    bt_buf_format(h->out,
                  "<article id=page-%u class=page data-page=%u aria-labelledby=title-%u>"
                  "<div class=title><h2 id=title-%u>",
                  page_i + 1, page_i + 1, page_i + 1, page_i + 1);
    tell_text(h, tell_page_title(h, page));
    tell_raw(h, "</h2><p class=about>");
    tell_text(h, h->counts[page_i] ? count_of(h, page_i) : BT_SAY(h->to->diags, "nothing found"));
    add_pixels(h, page);
    tell_raw(h, "</p></div>\n<div class=stage>\n");
    if (page->sample_page) add_sheet(h, page_i, false);
    if (page->page) add_sheet(h, page_i, true);
    tell_raw(h, "</div></article>\n");
}

/* What the boxes' SVGs share. */
static void add_shared(const tell_page_html *h)
{
    tell_raw(h, "<svg class=shared width=0 height=0 aria-hidden=true><defs>"
                "<marker id=tip viewBox=\"0 0 8 8\" refX=7 refY=4 markerWidth=7 markerHeight=7 orient=auto>"
                "<path d=\"M0 0 8 4 0 8z\"/></marker>"
                "<pattern id=hatch width=6 height=6 patternUnits=userSpaceOnUse patternTransform=\"rotate(45)\">"
                "<path d=\"M0 0V6\"/></pattern></defs></svg>\n");
}

void tell_html_pages(const tell_page_html *h)
{
    if (!h->r->pages.n) {
        tell_raw(h, "<p class=none>");
        tell_text(h, BT_SAY(h->to->diags, "No pictures of the pages were made."));
        tell_raw(h, "</p>\n");
        return;
    }
    add_shared(h);
    for (uint32_t i = 0; i < h->r->pages.n; i++) add_page(h, i);
}
