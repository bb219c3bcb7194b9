/* measure.c - the steps that make a design of a file, in order. */
#include "check/design/design.h"

#include <math.h>

#define SAME_PAGE 0.05 /* [pt] */

/* The size that most pages have; of as many, the first. */
static void find_page(design *d)
{
    const seen_file *file = d->file;
    for (uint32_t i = 0; i < file->pages.n; i++) {
        uint32_t n = 0;
        for (uint32_t j = 0; j < file->pages.n; j++)
            n += fabs(file->pages.v[i].width - file->pages.v[j].width) <= SAME_PAGE &&
                 fabs(file->pages.v[i].height - file->pages.v[j].height) <= SAME_PAGE;
        if (n <= d->n_pages_size) continue;
        d->n_pages_size = n;
        d->width = file->pages.v[i].width;
        d->height = file->pages.v[i].height;
    }
}

static void find_bleed(design *d)
{
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_box *trim = &d->file->pages.v[i].boxes[SEEN_TRIM], *bleed = &d->file->pages.v[i].boxes[SEEN_BLEED];
        const double sides[4] = {trim->x0 - bleed->x0, bleed->x1 - trim->x1, trim->y0 - bleed->y0,
                                 bleed->y1 - trim->y1};
        for (int k = 0; k < 4; k++)
            if (sides[k] > 0.1 && (d->bleed <= 0 || sides[k] < d->bleed)) d->bleed = sides[k];
    }
}

/* Where all ends that stands on the pages, furniture aside; where there is little text that tells the margin. */
static void find_foot(design *d)
{
    enum { LITTLE_TEXT = 40 }; /* lines */
    double foot = d->grid.last;
    for (uint32_t i = 0; i < d->frames.n; i++)
        if (d->frames.v[i].box.y1 < d->height - 1) foot = fmax(foot, d->frames.v[i].box.y1);
    for (uint32_t i = 0; i < d->lines.n; i++)
        if (d->lines.v[i].role == DESIGN_OTHER) foot = fmax(foot, d->lines.v[i].baseline);
    d->grid.foot = foot;
    if (d->columns.n_lines && d->columns.n_lines < LITTLE_TEXT) d->bottom = fmin(d->bottom, d->height - foot);
}

bt_status design_measure(bt_arena *arena, bt_diags *diags, const seen_file *file, design *d)
{
    *d = (design){.file = file, .body = DESIGN_NONE, .accent = DESIGN_NONE};
    find_page(d);
    find_bleed(d);
    design_collect(arena, d);
    design_find_frames(arena, d);
    design_find_columns(arena, d);
    design_find_grid(arena, d);
    design_find_furniture(arena, d);
    find_foot(d);
    design_find_masthead(arena, d);
    design_find_inks(arena, d);
    design_find_roles(arena, diags, d);
    return arena->failed ? BT_NOMEM : BT_OK;
}

const char *design_align_key(design_align align)
{
    static const char *const keys[DESIGN_N_ALIGNS] = {"left", "right", "center", "justify", "inside", "outside"};
    return keys[align];
}

bt_str design_align_shown(bt_diags *diags, design_align align)
{
    static const bt_str names[DESIGN_N_ALIGNS] = {BT_STR_INIT("at the left"),   BT_STR_INIT("at the right"),
                                                  BT_STR_INIT("in the middle"), BT_STR_INIT("full"),
                                                  BT_STR_INIT("inside"),        BT_STR_INIT("outside")};
    return bt_say(diags, names[align]);
}

bt_str design_role_key(bt_arena *arena, const design_style *style)
{
    static const char *const keys[DESIGN_N_ROLES] = {
        "other",    "body",         "emphasis",   "masthead-title", "masthead-subtitle",
        "masthead", "headline",     "subheading", "kicker",         "standfirst",
        "byline",   "quote",        "caption",    "credit",         "table",
        "drop-cap", "running-head", "folio"};
    if (!style->rank) return bt_str_of(keys[style->role]);
    return bt_str_format(arena, "%s-%u", keys[style->role], style->rank);
}

bt_str design_role_shown(bt_arena *arena, bt_diags *diags, design_role role, uint32_t rank)
{
    static const bt_str names[DESIGN_N_ROLES] = {
        [DESIGN_OTHER] = BT_STR_INIT("other type"),
        [DESIGN_BODY] = BT_STR_INIT("body text"),
        [DESIGN_EMPHASIS] = BT_STR_INIT("emphasis in the text"),
        [DESIGN_TITLE] = BT_STR_INIT("title of the masthead"),
        [DESIGN_SUBTITLE] = BT_STR_INIT("subtitle of the masthead"),
        [DESIGN_MASTHEAD] = BT_STR_INIT("lines of the masthead"),
        [DESIGN_HEADLINE] = BT_STR_INIT("headline {1}"),
        [DESIGN_SUBHEADING] = BT_STR_INIT("subheading {1}"),
        [DESIGN_KICKER] = BT_STR_INIT("kicker"),
        [DESIGN_STANDFIRST] = BT_STR_INIT("standfirst"),
        [DESIGN_BYLINE] = BT_STR_INIT("byline"),
        [DESIGN_QUOTE] = BT_STR_INIT("quotation"),
        [DESIGN_CAPTION] = BT_STR_INIT("caption"),
        [DESIGN_CREDIT] = BT_STR_INIT("picture credit"),
        [DESIGN_TABLE] = BT_STR_INIT("text of tables"),
        [DESIGN_DROP_CAP] = BT_STR_INIT("drop cap"),
        [DESIGN_RUNNING_HEAD] = BT_STR_INIT("running head"),
        [DESIGN_FOLIO] = BT_STR_INIT("folio"),
    };
    bt_str number = bt_str_format(arena, "%u", rank);
    return bt_say_with(diags, arena, names[role], BT_ARGS(number));
}
