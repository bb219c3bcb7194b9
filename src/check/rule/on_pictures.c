/* on_pictures.c - P05: pictures: how fine they are, and what they are made of. */
#include "check/rule/rule_int.h"

#include "check/shown.h"

#include <math.h>

#define LEAST_SIDE 3.0 /* smaller ones are bullets and tiles of a drawing, whose samples nobody counts [pt] */

static double ppi_of(const seen_picture *picture) { return fmin(picture->ppi_x, picture->ppi_y); }

static bool is_bitmap(const seen_picture *picture) { return picture->bits == 1 && picture->n_components == 1; }

/* Whether its ppi are in [low, high), and there is something to see. */
static bool has_ppi(const rule_mark *mark, bool bitmap, double low, double high)
{
    if (mark->kind != RULE_MARK_PICTURE || is_bitmap(mark->picture) != bitmap) return false;
    if (seen_width(&mark->box) < LEAST_SIDE || seen_height(&mark->box) < LEAST_SIDE) return false;
    double ppi = round(ppi_of(mark->picture));
    return ppi > 0 && ppi >= low && ppi < high;
}

static void hit_ppi(rule_try *t, const rule_mark *mark, bt_str way, double wanted)
{
    bt_lang lang = t->diags->lang;
    rule_hit_mark(t, mark,
                  bt_say_with(t->diags, t->arena, way,
                              BT_ARGS(shown_number(t->arena, lang, ppi_of(mark->picture), 0),
                                      shown_number(t->arena, lang, wanted, 0))));
}

static void hit_coarse(rule_try *t, const rule_mark *mark, double wanted)
{
    hit_ppi(t, mark, BT_STR("{1} ppi, at least {2}"), wanted);
}

void rule_ppi_low(rule_try *t, const rule_mark *mark)
{
    if (has_ppi(mark, false, 0, t->profile->ppi_least)) hit_coarse(t, mark, t->profile->ppi_least);
}

void rule_ppi_lowish(rule_try *t, const rule_mark *mark)
{
    if (has_ppi(mark, false, t->profile->ppi_least, t->profile->ppi_wanted))
        hit_coarse(t, mark, t->profile->ppi_wanted);
}

void rule_ppi_high(rule_try *t, const rule_mark *mark)
{
    if (has_ppi(mark, false, t->profile->ppi_most + 1, INFINITY))
        hit_ppi(t, mark, BT_STR("{1} ppi, more than {2}"), t->profile->ppi_most);
}

void rule_bitmap_low(rule_try *t, const rule_mark *mark)
{
    if (has_ppi(mark, true, 0, t->profile->bitmap_least)) hit_coarse(t, mark, t->profile->bitmap_least);
}

void rule_bitmap_lowish(rule_try *t, const rule_mark *mark)
{
    if (has_ppi(mark, true, t->profile->bitmap_least, t->profile->bitmap_wanted))
        hit_coarse(t, mark, t->profile->bitmap_wanted);
}

/* --- colour --- */

/* The space of its samples' colours; of an indexed picture that of its table. */
static bool is_made_of(const seen_picture *picture, seen_space space, const char *name)
{
    return picture->space == space || (picture->space == SEEN_INDEXED && bt_str_is(picture->space_name, name));
}

void rule_rgb_picture(rule_try *t, const rule_mark *mark)
{
    if (mark->kind == RULE_MARK_PICTURE && !mark->picture->is_stencil && is_made_of(mark->picture, SEEN_RGB, "RGB"))
        rule_hit_mark(t, mark, BT_STR(""));
}

void rule_calibrated_picture(rule_try *t, const rule_mark *mark)
{
    if (mark->kind != RULE_MARK_PICTURE || mark->picture->is_stencil) return;
    if (is_made_of(mark->picture, SEEN_ICC_RGB, "ICC RGB") || is_made_of(mark->picture, SEEN_CAL_RGB, "CalRGB") ||
        is_made_of(mark->picture, SEEN_LAB, "Lab"))
        rule_hit_mark(t, mark, BT_STR(""));
}

/* JPEG 2000 came with PDF 1.5; JBIG2 with 1.4, but PDF/X-1a and X-3 leave it out. */
void rule_filter(rule_try *t, const rule_mark *mark)
{
    if (mark->kind != RULE_MARK_PICTURE) return;
    bt_str pdfx = t->file->pdfx, filter = mark->picture->filter;
    if (!bt_str_starts(pdfx, BT_STR("PDF/X-1")) && !bt_str_starts(pdfx, BT_STR("PDF/X-3"))) return;
    if (bt_str_is(filter, "JPXDecode") || bt_str_is(filter, "JBIG2Decode")) rule_hit_mark(t, mark, filter);
}
