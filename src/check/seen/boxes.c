/* boxes.c - the boxes of a page, as ISO 32000 has them (7.7.3.3, 14.11.2).
 *
 * Media and crop box may stand in any ancestor of the page, the others in the page alone. What is absent: the crop box
 * is the media box, the others are the crop box. What lies beyond the media box does not count. A box that leaves
 * nothing is as good as absent.
 */
#include "check/seen/open_int.h"

#include "base/limits.h"

#include <math.h>

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }

/* The four numbers, two opposite corners in any order. */
static bool read_corners(seen_pdf *pdf, seen_obj array, seen_box *box)
{
    double v[4];
    if (seen_obj_n_items(pdf, array) != 4) return false;
    for (uint32_t i = 0; i < 4; i++)
        if (!seen_obj_number(pdf, seen_obj_item(pdf, array, i), &v[i]) || !isfinite(v[i])) return false;
    *box = (seen_box){least(v[0], v[2]), least(v[1], v[3]), most(v[0], v[2]), most(v[1], v[3])};
    return true;
}

static seen_box within(const seen_box *a, const seen_box *b)
{
    return (seen_box){most(a->x0, b->x0), most(a->y0, b->y0), least(a->x1, b->x1), least(a->y1, b->y1)};
}

static bool has_size(const seen_box *box) { return box->x1 > box->x0 && box->y1 > box->y0; }

static seen_box placed(const seen_box *box, const seen_matrix *m)
{
    double xa = m->a * box->x0 + m->c * box->y0 + m->e, xb = m->a * box->x1 + m->c * box->y1 + m->e;
    double ya = m->b * box->x0 + m->d * box->y0 + m->f, yb = m->b * box->x1 + m->d * box->y1 + m->f;
    return (seen_box){least(xa, xb), least(ya, yb), most(xa, xb), most(ya, yb)};
}

bool seen_read_rectangle(seen_pdf *pdf, seen_obj array, const seen_matrix *to_trim, seen_box *box)
{
    seen_box corners;
    if (!read_corners(pdf, array, &corners)) return false;
    *box = placed(&corners, to_trim);
    return true;
}

/* The nearest quarter turn, clockwise; what is no whole number of quarters is none. */
static int read_rotation(seen_pdf *pdf, seen_obj dict)
{
    enum { QUARTER = 90, FULL = 360 };
    double turn = 0;
    if (!seen_obj_number(pdf, seen_obj_inherited(pdf, dict, "/Rotate"), &turn)) return 0;
    turn = fmod(turn, FULL);
    if (turn < 0) turn += FULL;
    int whole = (int)turn;
    return turn == whole && whole % QUARTER == 0 ? whole : 0;
}

/* From default user space to places: the trim's corner that is seen at the top left becomes 0, 0. */
static seen_matrix turned(const seen_box *trim, int rotation, double unit)
{
    enum { RIGHT = 90, UPSIDE_DOWN = 180, LEFT = 270 };
    switch (rotation) {
    case RIGHT:
        return (seen_matrix){0, unit, unit, 0, -trim->y0 * unit, -trim->x0 * unit};
    case UPSIDE_DOWN:
        return (seen_matrix){-unit, 0, 0, unit, trim->x1 * unit, -trim->y0 * unit};
    case LEFT:
        return (seen_matrix){0, -unit, -unit, 0, trim->y1 * unit, trim->x1 * unit};
    default:
        return (seen_matrix){unit, 0, 0, -unit, -trim->x0 * unit, trim->y1 * unit};
    }
}

seen_boxes_read seen_read_boxes(seen_pdf *pdf, seen_obj dict, seen_page *page)
{
    static const char *const keys[SEEN_N_BOXES] = {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"};
    seen_box boxes[SEEN_N_BOXES];
    if (!read_corners(pdf, seen_obj_inherited(pdf, dict, keys[SEEN_MEDIA]), &boxes[SEEN_MEDIA]) ||
        !has_size(&boxes[SEEN_MEDIA]))
        return SEEN_BOXES_NONE;
    page->has_box[SEEN_MEDIA] = true;
    for (int i = SEEN_CROP; i < SEEN_N_BOXES; i++) {
        seen_obj array = i == SEEN_CROP ? seen_obj_inherited(pdf, dict, keys[i]) : seen_obj_key(pdf, dict, keys[i]);
        page->has_box[i] = read_corners(pdf, array, &boxes[i]);
        if (page->has_box[i]) boxes[i] = within(&boxes[i], &boxes[SEEN_MEDIA]);
        if (!page->has_box[i] || !has_size(&boxes[i])) boxes[i] = boxes[i == SEEN_CROP ? SEEN_MEDIA : SEEN_CROP];
    }
    page->rotation = read_rotation(pdf, dict);
    if (!seen_obj_number(pdf, seen_obj_key(pdf, dict, "/UserUnit"), &page->user_unit) || !(page->user_unit > 0))
        page->user_unit = 1;
    page->to_trim = turned(&boxes[SEEN_TRIM], page->rotation, page->user_unit);
    for (int i = 0; i < SEEN_N_BOXES; i++) page->boxes[i] = placed(&boxes[i], &page->to_trim);
    page->width = seen_width(&page->boxes[SEEN_TRIM]);
    page->height = seen_height(&page->boxes[SEEN_TRIM]);
    const seen_box *media = &page->boxes[SEEN_MEDIA];
    bool is_large = !(seen_width(media) <= BT_LIMIT_PDF_SIDE && seen_height(media) <= BT_LIMIT_PDF_SIDE);
    return is_large ? SEEN_BOXES_LARGE : SEEN_BOXES_READ;
}
