/* par_points.c - the items as points with running sums.
 *
 * All glue and penalties between two boxes vanish when a line breaks there, wherever among them the break is: so each
 * such gap is one point at most, and its cheapest legal break decides what it costs.
 */
#include "par/par_int.h"

enum { GOOD_LEAST = 1001, GOOD_MOST = 10000 }; /* space_good, in thousandths */

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* Widths and flex below 0 count as 0, and no box shrinks away: so a longer line is never narrower. */
static int64_t natural_width(const bt_par_item *item) { return larger(item->width, 0); }
static int64_t stretch_of(const bt_par_item *item) { return larger(item->flex_stretch, 0); }
static int64_t shrink_of(const bt_par_item *item) { return smaller(larger(item->flex_shrink, 0), natural_width(item)); }

/* The glue and penalties since the last box. */
typedef struct gap {
    int64_t glue_end;  /* of all glue before it */
    int32_t penalty;   /* of its cheapest break */
    bool may_break;    /* a legal break was seen */
    bool is_after_box; /* nothing of it was seen yet */
} gap;

typedef struct collector {
    bt_par_point *points;
    uint32_t n_points;
    bt_par_point sum; /* the running sums; glue_begin is that of all glue */
    gap gap;
    const bt_par_item *last_box;
    int64_t n_glues;
    int64_t hang_left, hang_right; /* the largest */
    bool is_justified;             /* only then boxes flex */
} collector;

static void add_point(collector *c, uint32_t begin, const bt_par_item *next_box, bool ends_part)
{
    int64_t penalty = ends_part ? 0 : c->gap.penalty;
    bt_par_point *point = &c->points[c->n_points++];
    uint32_t end = c->sum.end;
    *point = c->sum;
    point->glue_end = c->gap.glue_end;
    point->demerits = penalty < 0 ? -penalty * penalty : penalty * penalty;
    point->hang_left = next_box ? next_box->hang_left : 0;
    point->hang_right = c->last_box ? c->last_box->hang_right : 0;
    point->begin = begin;
    point->end = end;
    point->ends_part = ends_part;
}

static void add_box(collector *c, const bt_par_item *box, uint32_t item_i)
{
    if (!c->last_box)
        add_point(c, item_i, box, true);
    else if (c->gap.may_break)
        add_point(c, item_i, box, c->gap.penalty <= BT_PAR_FORCED);
    c->sum.box += natural_width(box);
    if (c->is_justified) {
        c->sum.stretch += stretch_of(box);
        c->sum.shrink += shrink_of(box);
    }
    c->sum.end = item_i + 1;
    c->last_box = box;
    c->gap = (gap){.glue_end = c->sum.glue_begin, .is_after_box = true};
    c->hang_left = larger(c->hang_left, box->hang_left);
    c->hang_right = larger(c->hang_right, box->hang_right);
}

static void add_break(gap *seen, int32_t penalty)
{
    if (!seen->may_break || penalty < seen->penalty) seen->penalty = penalty;
    seen->may_break = true;
}

static void add_item(collector *c, const bt_par_item *item, uint32_t item_i)
{
    if (item->kind == BT_PAR_BOX) {
        add_box(c, item, item_i);
        return;
    }
    if (item->kind == BT_PAR_GLUE) {
        if (c->gap.is_after_box) add_break(&c->gap, 0);
        c->sum.glue_begin += natural_width(item);
        c->n_glues++;
    } else if (item->penalty < BT_PAR_FORBIDDEN) {
        add_break(&c->gap, item->penalty);
    }
    c->gap.is_after_box = false;
}

static int64_t widest_of(const bt_par_params *params)
{
    int64_t widest = 1;
    for (uint32_t i = 0; i < params->n_line_widths; i++) widest = larger(widest, params->line_widths[i]);
    return widest;
}

bool bt_par_collect(bt_arena *scratch, const bt_par_item *items, uint32_t n_items, const bt_par_params *params,
                    bt_par_table *table)
{
    uint32_t n_boxes = 0;
    for (uint32_t i = 0; i < n_items; i++) n_boxes += items[i].kind == BT_PAR_BOX;
    *table = (bt_par_table){.mode = params->mode, .widest = widest_of(params), .shortest_last = params->shortest_last};
    if (!n_boxes) return true;
    collector c = {.points = BT_NEW_ARRAY_UNSET(scratch, (size_t)n_boxes + 1, bt_par_point),
                   .is_justified = params->mode == BT_PAR_JUSTIFY};
    if (!c.points) return false;
    for (uint32_t i = 0; i < n_items; i++) add_item(&c, &items[i], i);
    add_point(&c, n_items, NULL, true);
    table->points = c.points;
    table->n_points = c.n_points;
    table->mean_glue = larger(c.n_glues ? c.sum.glue_begin / c.n_glues : 0, 1);
    table->reach = table->widest + c.hang_left + c.hang_right;
    if (c.is_justified) table->space_shrink = (int32_t)smaller(larger(params->space_shrink, 0), 1000);
    table->space_good = (int32_t)smaller(larger(params->space_good, GOOD_LEAST), GOOD_MOST);
    return true;
}
