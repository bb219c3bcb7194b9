/* par_int.h - what the parts of par share, and what its test compares with an exhaustive search.
 *
 * par_points.c turns the items into points (the places where a line may end) with running sums, so that any line is
 * measured by subtraction; par_fit.c says how one line between two points is set and what it costs; par.c searches.
 *
 * Glossary
 *   point    the start of the paragraph, a gap between two boxes where a line may break, or the end
 *   segment  what stands between two neighbouring points: it can't be broken
 *   part     the lines up to a forced break or the end; its last line is not justified
 */
#ifndef BT_PAR_INT_H
#define BT_PAR_INT_H

#include "base/arena.h"
#include "par/par.h"

typedef struct bt_par_point {
    int64_t box;        /* of all boxes before the point [sp] */
    int64_t glue_end;   /* of all glue before the gap: for a line that ends here [sp] */
    int64_t glue_begin; /* the same with the gap's own glue: for a line that begins here [sp] */
    int64_t stretch;    /* of all boxes before the point [sp]; 0 where lines aren't justified */
    int64_t shrink;     /* the same */
    int64_t demerits;   /* of a break here: the penalty's square, negative for a bonus */
    bt_sp hang_left;    /* of the box that follows */
    bt_sp hang_right;   /* of the box before */
    uint32_t begin;     /* the item that a line from here begins with */
    uint32_t end;       /* past the last item of a line that ends here */
    bool ends_part;     /* the start, a forced break or the end */
} bt_par_point;

typedef struct bt_par_table {
    bt_par_mode mode;
    const bt_par_point *points; /* points[0]: the start; points[n_points - 1]: the end */
    uint32_t n_points;          /* 0: no boxes; else at least 2 */
    int32_t space_shrink;       /* thousandths; 0 where lines aren't justified */
    int32_t space_good;         /* thousandths */
    bt_sp shortest_last;
    int64_t mean_glue; /* [sp], at least 1 */
    int64_t widest;    /* of the measures, at least 1 [sp] */
    int64_t reach;     /* a line whose narrowest form passes this fits no measure [sp] */
} bt_par_table;

/* Classes of word spaces: neighbouring lines should not differ by more than one. */
typedef enum bt_par_fitness {
    BT_PAR_TIGHT,
    BT_PAR_DECENT,
    BT_PAR_LOOSE,
    BT_PAR_VERY_LOOSE,
    BT_PAR_N_FITNESS
} bt_par_fitness;

/* One line as it would be set. */
typedef struct bt_par_fit {
    int64_t demerits; /* with those of the break at its end */
    int32_t word_space, flex;
    bt_sp overfull;
    bt_par_fitness fitness;
    bool is_legal; /* false: too wide, and it could be broken */
} bt_par_fit;

/* What two neighbouring lines of very different word spaces cost. */
#define BT_PAR_MISMATCH 5000

/* Measures the items. False without memory. */
bool bt_par_collect(bt_arena *scratch, const bt_par_item *items, uint32_t n_items, const bt_par_params *params,
                    bt_par_table *table);

/* The narrowest width of the line [begin, end) of points, without hanging. */
static inline int64_t bt_par_narrowest(const bt_par_table *table, uint32_t begin, uint32_t end)
{
    const bt_par_point *from = &table->points[begin], *to = &table->points[end];
    int64_t glue = to->glue_end - from->glue_begin;
    int64_t box = to->box - from->box - (to->shrink - from->shrink);
    return box + glue - glue * table->space_shrink / 1000;
}

/* How the line [begin, end) of points is set in a measure. */
bt_par_fit bt_par_fit_line(const bt_par_table *table, uint32_t begin, uint32_t end, bt_sp measure);

#endif
