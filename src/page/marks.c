/* marks.c - what stands around a sheet for the press, in the band between the bleed and the paper's edge: crop and fold
 * marks at the trim's corners and lines, a registration mark in the middle of each side, the colour bar above, the slug
 * line below (slug.c).
 *
 * Crop, fold and registration marks are of the registration colour, which prints on every plate (of one plate: of its
 * ink). The bar has a patch of
 * each ink alone, and half of it; where the three colours are printed, each two of them over one another, and the three
 * as the gray that they should make beside half of black. */
#include "page/marks.h"

#define MM100(n) ((bt_sp)((n)*720LL * BT_SP_PER_PT / 25400)) /* hundredths of a millimetre */

static const bt_sp nearest_mark = MM100(300); /* to the trim, where the bleed is less */
static const bt_sp crop_gap = MM100(50);      /* the bleed's edge to a crop mark */
static const bt_sp crop_length = MM100(500);
static const bt_sp hairline = BT_PT(1) / 4;
static const bt_sp cross_radius = MM100(350), ring_radius = MM100(200), disc_radius = MM100(110);
static const bt_sp clearance = MM100(400);       /* along a side: a crop mark to the bar and the slug line */
static const bt_sp cross_clearance = MM100(200); /* a registration mark to them */
static const bt_sp patch_side = MM100(500), least_patch = MM100(150);

static const bt_ink every_ink = {
    .c = BT_INK_WHOLE, .m = BT_INK_WHOLE, .y = BT_INK_WHOLE, .k = BT_INK_WHOLE, .tint = BT_INK_WHOLE};

static bool has_marks(const bt_page_maker *m) { return m->ways.rendition == BT_PRESS && m->layout->print.has_marks; }

/* --- plates --- */

static bt_ink process_ink(uint32_t i)
{
    const bt_ink inks[4] = {{.c = BT_INK_WHOLE}, {.m = BT_INK_WHOLE}, {.y = BT_INK_WHOLE}, {.k = BT_INK_WHOLE}};
    return inks[i];
}

static bool prints_spot(const bt_layout *layout, bt_str name)
{
    if (!layout->palette) return true;
    for (uint32_t i = 0; i < layout->palette->n_spots; i++)
        if (bt_str_equal(layout->palette->spots[i], name)) return true;
    return false;
}

uint32_t bt_page_plates(const bt_layout *layout, bt_plate plates[BT_MOST_PLATES])
{
    static const char *const names[4] = {"Cyan", "Magenta", "Yellow", "Black"};
    bool is_promised = bt_page_picture_inks(layout).is_black_alone;
    uint32_t n = 0;
    for (uint32_t i = 0; i < 4; i++)
        if (!is_promised || layout->palette->prints_process[i])
            plates[n++] = (bt_plate){bt_str_of(names[i]), process_ink(i)};
    for (uint32_t i = 0; i < layout->n_spots && n < BT_MOST_PLATES; i++) {
        if (!prints_spot(layout, layout->spots[i].name)) continue;
        bt_ink ink = layout->spots[i].equivalent;
        ink.spot = (uint16_t)(i + 1);
        ink.tint = BT_INK_WHOLE;
        plates[n++] = (bt_plate){layout->spots[i].name, ink};
    }
    return n;
}

/* Where there is one plate, its own ink is on all of them, and the file asks for no other. */
static bt_ink registration(const bt_press *p)
{
    bt_ink ink = every_ink;
    if (p->n_plates == 1) return p->plates[0].ink;
    ink.spot = (uint16_t)(p->m->layout->n_spots + 1);
    return ink;
}

bool bt_page_spots(const bt_page_maker *m, bt_pages *pages)
{
    uint32_t n = m->layout->n_spots;
    pages->spots = m->layout->spots;
    pages->n_spots = n;
    bt_plate plates[BT_MOST_PLATES];
    if (!has_marks(m) || bt_page_plates(m->layout, plates) < 2) return true;
    bt_spot_ink *spots = BT_NEW_ARRAY(m->flow->arena, n + 1, bt_spot_ink);
    if (!spots) return false;
    for (uint32_t i = 0; i < n; i++) spots[i] = m->layout->spots[i];
    spots[n] = (bt_spot_ink){BT_STR("All"), every_ink};
    spots[n].equivalent.tint = 0;
    pages->spots = spots;
    pages->n_spots = pages->registration = n + 1;
    return true;
}

/* --- places --- */

typedef enum side { TOP, RIGHT, BOTTOM, LEFT, N_SIDES } side;

static bool is_upright(side s) { return s == LEFT || s == RIGHT; }

/* A point beside the trim, `along` its side from the left or the top and so far out. */
static void place(const bt_press *p, side s, bt_sp along, bt_sp out, bt_sp *x, bt_sp *y)
{
    bt_sp width = p->sheets->width, height = p->sheets->height;
    *x = s == LEFT ? -out : s == RIGHT ? width + out : along;
    *y = s == TOP ? -out : s == BOTTOM ? height + out : along;
}

/* The places of the lines that end at a side, its corners the first and the last. */
static bool find_stops(bt_press *p, side s)
{
    const bt_sheet_about *about = p->about;
    bt_stops *stops = &p->stops[is_upright(s)];
    bt_stop *v = stops->v = BT_NEW_ARRAY(p->m->flow->arena, about->n_lines + 2, bt_stop);
    if (!v) return false;
    bt_sp length = is_upright(s) ? p->sheets->height : p->sheets->width;
    v[stops->n++] = (bt_stop){0, false};
    for (uint32_t i = 0; i < about->n_lines; i++) {
        const bt_sheet_line *line = &about->lines[i];
        if (line->is_across != is_upright(s)) continue;
        uint32_t k = stops->n++;
        for (; k > 1 && v[k - 1].at > line->at; k--) v[k] = v[k - 1];
        v[k] = (bt_stop){line->at, line->is_fold};
    }
    v[stops->n++] = (bt_stop){length, false};
    for (uint32_t i = 1; i + 1 < stops->n; i++)
        if (v[i + 1].at - v[i].at > v[stops->widest_i + 1].at - v[stops->widest_i].at + BT_PT(1)) stops->widest_i = i;
    return true;
}

/* Where a side's registration mark stands: amid the widest stretch between its lines; -1: there is no room. */
static bt_sp cross_at(const bt_stops *stops)
{
    bt_sp begin = stops->v[stops->widest_i].at, end = stops->v[stops->widest_i + 1].at;
    return end - begin < 2 * (cross_radius + cross_clearance) ? -1 : begin + (end - begin) / 2;
}

/* What the marks leave free of the top and the bottom: at most two stretches for each between two lines. */
static bool find_free(bt_press *p)
{
    const bt_stops *stops = &p->stops[false];
    p->free = BT_NEW_ARRAY(p->m->flow->arena, 2 * (size_t)stops->n, bt_side_room);
    if (!p->free) return false;
    bt_sp cross = cross_at(stops);
    for (uint32_t i = 0; i + 1 < stops->n; i++) {
        bt_side_room whole = {stops->v[i].at + clearance, stops->v[i + 1].at - clearance};
        bt_side_room before = whole, after = whole;
        if (i == stops->widest_i && cross >= 0) {
            before.end = cross - cross_radius - cross_clearance;
            after.begin = cross + cross_radius + cross_clearance;
            if (before.end > before.begin) p->free[p->n_free++] = before;
        }
        if (after.end > after.begin) p->free[p->n_free++] = after;
    }
    return true;
}

/* --- crop and fold marks --- */

static bool put_stroke(bt_press *p, const bt_pen *pen, bool is_dashed)
{
    bt_path_look look = {.stroke = {.width = hairline, .color = p->all}};
    if (is_dashed) {
        enum { DASHES = 4 }; /* a mark begins and ends with one */
        look.stroke.dash = BT_PT(2);
        look.stroke.dash_gap = (crop_length - DASHES * look.stroke.dash) / (DASHES - 1);
    }
    return bt_mark_path(p->m->flow, &p->marks, pen, &look, UINT32_MAX);
}

static bool put_line_mark(bt_press *p, side s, const bt_stop *stop)
{
    bt_pen pen = bt_pen_in(p->m->flow);
    bt_sp x, y;
    place(p, s, stop->at, p->edge + crop_gap, &x, &y);
    bt_pen_move(&pen, x, y);
    place(p, s, stop->at, p->edge + crop_gap + crop_length, &x, &y);
    bt_pen_line(&pen, x, y);
    return put_stroke(p, &pen, stop->is_fold);
}

/* --- registration marks --- */

/* A disc in four quarters, a hairline of paper between them: where the plates do not meet, it fills. */
static bool put_disc(bt_press *p, bt_sp x, bt_sp y)
{
    bt_pen pen = bt_pen_in(p->m->flow);
    bt_sp r = disc_radius, h = (bt_sp)bt_mul_div(r, 5523, 10000), gap = hairline / 2;
    for (int i = 0; i < 4; i++) {
        bt_sp u = i & 1 ? -1 : 1, v = i & 2 ? -1 : 1, left = x + u * gap, top = y + v * gap;
        bt_pen_move(&pen, left, top);
        bt_pen_line(&pen, left + u * r, top);
        bt_pen_curve(&pen, (const bt_sp[]){left + u * r, top + v * h, left + u * h, top + v * r, left, top + v * r});
        bt_pen_close(&pen);
    }
    bt_path_look look = {.is_filled = true, .fill = p->all};
    return bt_mark_path(p->m->flow, &p->marks, &pen, &look, UINT32_MAX);
}

static bool put_cross(bt_press *p, side s)
{
    bt_sp at = cross_at(&p->stops[is_upright(s)]), x, y;
    if (at < 0) return true;
    place(p, s, at, p->edge + BT_SLUG_ROOM / 2, &x, &y);
    bt_pen cross = bt_pen_in(p->m->flow), ring = bt_pen_in(p->m->flow);
    for (int i = 0; i < 4; i++) {
        bt_sp u = i == 0 ? 1 : i == 1 ? -1 : 0, v = i == 2 ? 1 : i == 3 ? -1 : 0;
        bt_pen_move(&cross, x + u * disc_radius, y + v * disc_radius);
        bt_pen_line(&cross, x + u * cross_radius, y + v * cross_radius);
    }
    bt_pen_circle(&ring, x, y, ring_radius);
    return put_stroke(p, &cross, false) && put_stroke(p, &ring, false) && put_disc(p, x, y);
}

/* --- the colour bar --- */

/* Each ink alone and two others over one another, then half of each, and the gray. */
enum { MOST_PATCHES = 2 * BT_MOST_PLATES + 4 };

static uint32_t list_patches(const bt_press *p, bt_ink patches[MOST_PATCHES])
{
    enum { HALF = BT_INK_WHOLE / 2, N_COLORS = 3 };
    static const bt_ink pairs[N_COLORS] = {{.m = BT_INK_WHOLE, .y = BT_INK_WHOLE},
                                           {.c = BT_INK_WHOLE, .y = BT_INK_WHOLE},
                                           {.c = BT_INK_WHOLE, .m = BT_INK_WHOLE}};
    static const bt_ink gray = {.c = HALF, .m = HALF * 8 / 10, .y = HALF * 8 / 10};
    bool has_colors = p->n_plates >= 4 && p->plates[0].ink.c && p->plates[1].ink.m && p->plates[2].ink.y;
    has_colors = has_colors && !p->plates[2].ink.spot && p->plates[3].ink.k && !p->plates[3].ink.spot;
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n_plates; i++) patches[n++] = p->plates[i].ink;
    for (uint32_t i = 0; has_colors && i < N_COLORS; i++) patches[n++] = pairs[i];
    for (uint32_t i = 0; i < p->n_plates; i++) patches[n++] = bt_ink_tint(p->plates[i].ink, HALF);
    if (has_colors) patches[n++] = gray;
    return n;
}

static uint32_t patches_in(const bt_side_room *stretch, bt_sp patch)
{
    return (uint32_t)((stretch->end - stretch->begin) / patch);
}

/* Patches are as large as all of them find room; in one piece where a stretch has room for them. */
static bool put_bar(bt_press *p)
{
    bt_ink patches[MOST_PATCHES];
    uint32_t n = list_patches(p, patches), first = 0, room = 0;
    bt_sp patch = patch_side;
    for (;; patch -= MM100(25)) {
        room = 0;
        for (uint32_t i = 0; i < p->n_free; i++) room += patches_in(&p->free[i], patch);
        if (room >= n || patch <= least_patch) break;
    }
    while (first < p->n_free && patches_in(&p->free[first], patch) < n) first++;
    if (first == p->n_free) first = 0;
    bt_sp top = -(p->edge + (BT_SLUG_ROOM + patch) / 2);
    uint32_t patch_i = 0;
    for (uint32_t i = first; i < p->n_free; i++)
        for (uint32_t k = 0; k < patches_in(&p->free[i], patch) && patch_i < n; k++, patch_i++) {
            bt_sp x = p->free[i].begin + (bt_sp)k * patch;
            if (!bt_mark_fill(p->m->flow, &p->marks, x, top, patch, patch, patches[patch_i])) return false;
        }
    return true;
}

/* --- all --- */

static bt_status put_shared(bt_press *p)
{
    for (side s = TOP; s < N_SIDES; s++) {
        if (s < BOTTOM && !find_stops(p, s)) return BT_NOMEM;
        const bt_stops *stops = &p->stops[is_upright(s)];
        for (uint32_t i = 0; i < stops->n; i++)
            if (!put_line_mark(p, s, &stops->v[i])) return BT_NOMEM;
        if (!put_cross(p, s)) return BT_NOMEM;
    }
    if (!find_free(p) || !put_bar(p)) return BT_NOMEM;
    return bt_page_slug(p);
}

static bool put_items(const bt_press *p, bt_item *items)
{
    for (uint32_t i = 0; i < p->marks.n; i++)
        if (!bt_page_item(p->m, &p->marks.v[i], &items[i])) return false;
    return true;
}

/* The marks that all sheets have, and the sheet's own. */
static bt_status mark_sheet(bt_press *p, const bt_item *shared, uint32_t n_shared, bt_sheet *sheet)
{
    p->marks.n = 0;
    bt_status status = bt_page_slug_of(p, sheet);
    if (status != BT_OK) return status;
    bt_item *items = BT_NEW_ARRAY(p->m->flow->arena, n_shared + p->marks.n, bt_item);
    if (!items) return BT_NOMEM;
    for (uint32_t i = 0; i < n_shared; i++) items[i] = shared[i];
    if (!put_items(p, items + n_shared)) return BT_NOMEM;
    sheet->marks = items;
    sheet->n_marks = n_shared + p->marks.n;
    return BT_OK;
}

bt_status bt_page_mark_sheets(bt_page_maker *m, const bt_sheet_about *about, bt_sheets *sheets)
{
    if (!has_marks(m)) return BT_OK;
    bt_press p = {.m = m, .about = about, .sheets = sheets};
    p.edge = sheets->bleed > nearest_mark ? sheets->bleed : nearest_mark;
    p.n_plates = bt_page_plates(m->layout, p.plates);
    p.all = registration(&p);
    sheets->slug = p.edge - sheets->bleed + BT_SLUG_ROOM;
    bt_status status = put_shared(&p);
    if (status != BT_OK) return status;
    uint32_t n_shared = p.marks.n;
    bt_item *shared = BT_NEW_ARRAY(m->flow->arena, n_shared, bt_item);
    if (!shared || !put_items(&p, shared)) return BT_NOMEM;
    for (uint32_t i = 0; status == BT_OK && i < sheets->n; i++)
        status = mark_sheet(&p, shared, n_shared, &sheets->v[i]);
    return status;
}
