/* on_colors.c - P03: what inks text, lines and areas are made of. */
#include "check/rule/rule_int.h"

#include "check/shown.h"

typedef bool (*color_test)(const seen_color *color);

/* The fill or the stroke of a mark that a test is true of. Pictures have rules of their own. */
static const seen_color *found(const rule_mark *mark, color_test test)
{
    if (mark->fill && test(mark->fill)) return mark->fill;
    return mark->stroke && test(mark->stroke) ? mark->stroke : NULL;
}

static void hit_color(rule_try *t, const rule_mark *mark, color_test test)
{
    const seen_color *color = found(mark, test);
    if (color) rule_hit_mark(t, mark, seen_color_shown(t->arena, t->diags->lang, color));
}

/* Of a shading or a tiling that is painted with an ink: the space of that. */
static seen_space space_of(const seen_color *color)
{
    return color->space == SEEN_PATTERN ? color->base : color->space;
}

static bool is_rgb(const seen_color *color) { return rule_is_rgb(space_of(color)); }
static bool is_calibrated(const seen_color *color) { return rule_is_calibrated(space_of(color)); }
static bool is_icc_cmyk(const seen_color *color) { return space_of(color) == SEEN_ICC_CMYK; }
static bool is_gray(const seen_color *color)
{
    return (color->space == SEEN_GRAY || color->space == SEEN_ICC_GRAY || color->space == SEEN_CAL_GRAY) &&
           !rule_is_white(color);
}

void rule_rgb(rule_try *t, const rule_mark *mark) { hit_color(t, mark, is_rgb); }
void rule_calibrated(rule_try *t, const rule_mark *mark) { hit_color(t, mark, is_calibrated); }
void rule_gray(rule_try *t, const rule_mark *mark) { hit_color(t, mark, is_gray); }
void rule_icc_cmyk(rule_try *t, const rule_mark *mark) { hit_color(t, mark, is_icc_cmyk); }

/* --- black --- */

/* Of known inks, more than one. Registration colour has a rule of its own. */
static bool is_rich_black(const seen_color *color)
{
    uint32_t n = rule_n_inks(color);
    return rule_is_black(color) && n > 1 && n <= SEEN_MOST_INKS && !rule_is_registration(color);
}

static void hit_rich(rule_try *t, const rule_mark *mark, bool is_small)
{
    if (mark->kind != RULE_MARK_TEXT || (mark->run->size < t->profile->rich_text) != is_small) return;
    hit_color(t, mark, is_rich_black);
}

void rule_rich_small(rule_try *t, const rule_mark *mark) { hit_rich(t, mark, true); }
void rule_rich_large(rule_try *t, const rule_mark *mark) { hit_rich(t, mark, false); }

/* With OPM 0, DeviceCMYK's zeros knock the other inks out, so it only seems to overprint. */
void rule_no_overprint(rule_try *t, const rule_mark *mark)
{
    if (mark->kind != RULE_MARK_TEXT || !mark->fill || !rule_is_black_ink(mark->fill)) return;
    if (mark->overprints_fill && (mark->paint->overprint_mode == 1 || mark->fill->space == SEEN_SPOT)) return;
    rule_hit_mark(t, mark, seen_color_shown(t->arena, t->diags->lang, mark->fill));
}

static bool lies_on(const seen_page *page, const seen_box *box)
{
    return box->x1 > 0 && box->y1 > 0 && box->x0 < page->width && box->y0 < page->height;
}

void rule_registration(rule_try *t, const rule_mark *mark)
{
    if (lies_on(t->page, &mark->box) && (rule_is_registration(mark->fill) || rule_is_registration(mark->stroke)))
        rule_hit_mark(t, mark, BT_STR(""));
}

/* --- white --- */

/* White of a space whose zeros let what lies below through when they overprint. */
static bool vanishes(const seen_color *color, bool overprints, uint8_t mode)
{
    if (!color || !overprints || !rule_is_white(color)) return false;
    if (color->space == SEEN_CMYK) return mode == 1;
    return color->space == SEEN_SPOT || color->space == SEEN_DEVICE_N;
}

void rule_white_overprints(rule_try *t, const rule_mark *mark)
{
    if (!mark->paint) return;
    uint8_t mode = mark->paint->overprint_mode;
    if (vanishes(mark->fill, mark->overprints_fill, mode) || vanishes(mark->stroke, mark->overprints_stroke, mode))
        rule_hit_mark(t, mark, BT_STR(""));
}

/* --- spot colours --- */

typedef struct spot {
    bt_str name;
    uint32_t page_i;
    seen_box box;
} spot;

typedef struct spots {
    BT_ARRAY(spot) v;
} spots;

static void add_spot(rule_try *t, spots *all, bt_str name, const rule_mark *mark)
{
    enum { MOST = 256 }; /* more than anybody looks at */
    if (all->v.n >= MOST || !name.len || rule_is_process_ink(name) || bt_str_is(name, "All") || bt_str_is(name, "None"))
        return;
    for (uint32_t i = 0; i < all->v.n; i++)
        if (bt_str_equal(all->v.v[i].name, name)) return;
    spot *one = BT_PUSH(t->arena, &all->v);
    if (one) *one = (spot){name, t->page_i, mark->box};
}

static void add_spots(rule_try *t, spots *all, seen_space space, bt_str names, const rule_mark *mark)
{
    if (space == SEEN_SPOT) add_spot(t, all, names, mark);
    for (size_t begin = 0, end; space == SEEN_DEVICE_N && begin < names.len; begin = end + 1) {
        for (end = begin; end < names.len && names.ptr[end] != '+';) end++;
        add_spot(t, all, bt_str_slice(names, begin, end), mark);
    }
}

static spots list_spots(rule_try *t)
{
    spots all = {0};
    for (t->page_i = t->first_page - 1; t->page_i < t->last_page; t->page_i++)
        for (uint32_t i = 0; i < t->marks[t->page_i].marks.n; i++) {
            const rule_mark *mark = &t->marks[t->page_i].marks.v[i];
            if (mark->fill) add_spots(t, &all, mark->fill->space, mark->fill->name, mark);
            if (mark->stroke) add_spots(t, &all, mark->stroke->space, mark->stroke->name, mark);
            if (mark->kind == RULE_MARK_PICTURE)
                add_spots(t, &all, mark->picture->space, mark->picture->space_name, mark);
        }
    return all;
}

/* One finding each, where it first prints. */
void rule_spots(rule_try *t)
{
    spots all = list_spots(t);
    for (uint32_t i = 0; i < all.v.n; i++) {
        t->page_i = all.v.v[i].page_i;
        t->page = &t->file->pages.v[t->page_i];
        rule_hit(t, &all.v.v[i].box, BT_STR(""), all.v.v[i].name);
    }
    t->page = NULL;
}

void rule_many_spots(rule_try *t)
{
    spots all = list_spots(t);
    if (all.v.n <= t->profile->n_spots) return;
    rule_hit(t, NULL, BT_STR(""),
             bt_say_with(t->diags, t->arena, BT_STR("{1}, at most {2}"),
                         BT_ARGS(shown_count(t->arena, all.v.n), shown_count(t->arena, t->profile->n_spots))));
}
