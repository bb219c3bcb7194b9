/* on_boxes.c - P01: where a page is cut, and what stands at its edges. */
#include "check/rule/rule_int.h"

#include "check/seen/pdf.h"
#include "check/shown.h"

#include <math.h>

#define NEAR 0.02                       /* that places may differ by [pt] */
#define TOUCHES (0.3 * SHOWN_PT_PER_MM) /* what ends this near to the trim was meant to reach it */

enum { LEFT, TOP, RIGHT, BOTTOM, N_SIDES };

/* How far a box lies beyond the trim on a side; less than 0: within it. */
static double beyond(const seen_page *page, const seen_box *box, int side)
{
    switch (side) {
    case LEFT:
        return -box->x0;
    case TOP:
        return -box->y0;
    case RIGHT:
        return box->x1 - page->width;
    default:
        return box->y1 - page->height;
    }
}

static bt_str side_name(rule_try *t, int side)
{
    switch (side) {
    case LEFT:
        return BT_SAY(t->diags, "on the left");
    case TOP:
        return BT_SAY(t->diags, "at the top");
    case RIGHT:
        return BT_SAY(t->diags, "on the right");
    default:
        return BT_SAY(t->diags, "at the foot");
    }
}

static bt_str mm(rule_try *t, double pt) { return shown_mm(t->arena, t->diags->lang, pt); }

static bt_str size_of(rule_try *t, const seen_box *box)
{
    return bt_say_with(t->diags, t->arena, BT_STR("{1} × {2}"),
                       BT_ARGS(mm(t, seen_width(box)), mm(t, seen_height(box))));
}

static const seen_box *trim_of(const rule_try *t) { return &t->page->boxes[SEEN_TRIM]; }

void rule_no_trim(rule_try *t)
{
    if (!t->page->has_box[SEEN_TRIM]) rule_hit(t, &t->page->boxes[SEEN_CROP], BT_STR(""), BT_STR(""));
}

/* --- boxes within boxes --- */

/* As the page has it: a seen box ends where the media ends. */
static bool read_corners(rule_try *t, const char *key, double v[4])
{
    seen_pdf *pdf = t->file->pdf;
    if (!pdf) return false;
    seen_obj array = seen_obj_inherited(pdf, seen_pdf_page(pdf, t->page_i), key);
    if (seen_obj_n_items(pdf, array) != 4) return false;
    for (uint32_t i = 0; i < 4; i++)
        if (!seen_obj_number(pdf, seen_obj_item(pdf, array, i), &v[i])) return false;
    for (int i = 0; i < 2; i++) {
        double low = fmin(v[i], v[i + 2]), high = fmax(v[i], v[i + 2]);
        v[i] = low;
        v[i + 2] = high;
    }
    return true;
}

static bool lies_within(const double inner[4], const double outer[4])
{
    return inner[0] >= outer[0] - NEAR && inner[1] >= outer[1] - NEAR && inner[2] <= outer[2] + NEAR &&
           inner[3] <= outer[3] + NEAR;
}

void rule_boxes_nested(rule_try *t)
{
    static const struct {
        const char *inner, *outer, *names;
        int box;
    } pairs[] = {{"/BleedBox", "/MediaBox", "BleedBox, MediaBox", SEEN_BLEED},
                 {"/TrimBox", "/BleedBox", "TrimBox, BleedBox", SEEN_TRIM},
                 {"/TrimBox", "/MediaBox", "TrimBox, MediaBox", SEEN_TRIM},
                 {"/ArtBox", "/BleedBox", "ArtBox, BleedBox", SEEN_ART},
                 {"/ArtBox", "/MediaBox", "ArtBox, MediaBox", SEEN_ART}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double inner[4], outer[4];
        if (!read_corners(t, pairs[i].inner, inner) || !read_corners(t, pairs[i].outer, outer)) continue;
        if (lies_within(inner, outer)) continue;
        rule_hit(t, &t->page->boxes[pairs[i].box], BT_STR(""), bt_str_of(pairs[i].names));
        return;
    }
}

/* --- bleed --- */

/* Something that is printed, and stands on the page: not the marks beside it, nor text. */
static bool can_bleed(const rule_try *t, const rule_mark *mark)
{
    if (mark->kind == RULE_MARK_TEXT) return false;
    bool is_white = (!mark->fill || rule_is_white(mark->fill)) && (!mark->stroke || rule_is_white(mark->stroke));
    if (is_white && mark->kind == RULE_MARK_PATH && mark->path->kind != SEEN_SHADING) return false;
    if (rule_is_registration(mark->fill) || rule_is_registration(mark->stroke)) return false;
    for (int side = 0; side < N_SIDES; side++) {
        const seen_box *box = &mark->box;
        double into = side == LEFT    ? box->x1
                      : side == TOP   ? box->y1
                      : side == RIGHT ? t->page->width - box->x0
                                      : t->page->height - box->y0;
        if (into <= TOUCHES) return false; /* it lies beyond that side */
    }
    return true;
}

static double bleed_of(const rule_try *t, int side) { return beyond(t->page, &t->page->boxes[SEEN_BLEED], side); }

void rule_bleed_narrow(rule_try *t)
{
    const rule_marks *marks = &t->marks[t->page_i];
    double least = t->profile->bleed - NEAR;
    for (int side = 0; side < N_SIDES; side++) {
        if (bleed_of(t, side) >= least) continue;
        bool is_reached = false;
        for (uint32_t i = 0; i < marks->marks.n && !is_reached; i++)
            is_reached = can_bleed(t, &marks->marks.v[i]) && beyond(t->page, &marks->marks.v[i].box, side) > -TOUCHES;
        if (!is_reached) continue;
        rule_hit(t, trim_of(t), BT_STR(""),
                 bt_say_with(t->diags, t->arena, BT_STR("{1} {2}, at least {3} are wanted"),
                             BT_ARGS(side_name(t, side), mm(t, bleed_of(t, side)), mm(t, t->profile->bleed))));
        return;
    }
}

void rule_stops_short(rule_try *t, const rule_mark *mark)
{
    if (!can_bleed(t, mark)) return;
    for (int side = 0; side < N_SIDES; side++) {
        double wanted = fmin(bleed_of(t, side), t->profile->bleed), is = beyond(t->page, &mark->box, side);
        if (wanted <= NEAR || is < -TOUCHES || is >= wanted - NEAR) continue;
        bt_str way = fabs(is) <= NEAR ? BT_STR("{1} it ends at the trim")
                     : is < 0         ? BT_STR("{1} it ends {2} within the trim")
                                      : BT_STR("{1} it ends {2} beyond the trim");
        rule_hit_mark(t, mark, bt_say_with(t->diags, t->arena, way, BT_ARGS(side_name(t, side), mm(t, fabs(is)))));
        return;
    }
}

/* --- sizes --- */

static bool is_size(const seen_page *a, const seen_page *b)
{
    return fabs(a->width - b->width) <= 0.1 && fabs(a->height - b->height) <= 0.1;
}

/* The size that most pages have; the first of those that are as frequent. */
static const seen_page *most_pages(const rule_try *t)
{
    const seen_page *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < t->file->pages.n && most <= t->file->pages.n / 2; i++) {
        uint32_t n = 0;
        for (uint32_t k = 0; k < t->file->pages.n; k++) n += is_size(&t->file->pages.v[i], &t->file->pages.v[k]);
        if (n > most) {
            most = n;
            best = &t->file->pages.v[i];
        }
    }
    return best;
}

void rule_trims_differ(rule_try *t)
{
    const seen_page *most = most_pages(t);
    for (t->page_i = t->first_page - 1; most && t->page_i < t->last_page; t->page_i++) {
        t->page = &t->file->pages.v[t->page_i];
        if (is_size(t->page, most)) continue;
        rule_hit(t, trim_of(t), BT_STR(""),
                 bt_say_with(t->diags, t->arena, BT_STR("{1}, most have {2}"),
                             BT_ARGS(size_of(t, trim_of(t)), size_of(t, &most->boxes[SEEN_TRIM]))));
    }
    t->page = NULL;
}

static bool is_box(const seen_box *a, const seen_box *b)
{
    return fabs(a->x0 - b->x0) <= NEAR && fabs(a->y0 - b->y0) <= NEAR && fabs(a->x1 - b->x1) <= NEAR &&
           fabs(a->y1 - b->y1) <= NEAR;
}

void rule_crop_differs(rule_try *t)
{
    const seen_box *crop = &t->page->boxes[SEEN_CROP];
    if (!is_box(crop, &t->page->boxes[SEEN_MEDIA])) rule_hit(t, crop, BT_STR(""), size_of(t, crop));
}

void rule_user_unit(rule_try *t)
{
    if (t->page->user_unit != 1)
        rule_hit(t, trim_of(t), BT_STR(""), shown_number(t->arena, t->diags->lang, t->page->user_unit, 3));
}

void rule_rotated(rule_try *t)
{
    if (t->page->rotation) rule_hit(t, trim_of(t), BT_STR(""), bt_str_format(t->arena, "%d°", t->page->rotation));
}

void rule_empty(rule_try *t)
{
    const rule_marks *marks = &t->marks[t->page_i];
    for (uint32_t i = 0; i < marks->marks.n; i++) {
        const seen_box *box = &marks->marks.v[i].box;
        if (box->x1 > 0 && box->y1 > 0 && box->x0 < t->page->width && box->y0 < t->page->height) return;
    }
    rule_hit(t, trim_of(t), BT_STR(""), BT_STR(""));
}

void rule_shows_bleed(rule_try *t)
{
    const seen_box *crop = &t->page->boxes[SEEN_CROP];
    if (t->page->has_box[SEEN_TRIM] && !is_box(crop, trim_of(t))) rule_hit(t, crop, BT_STR(""), size_of(t, crop));
}
