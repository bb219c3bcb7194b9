/* par_fit.c - how one line is set, and what that costs.
 *
 * A line has a badness, in tenths; its demerits are the square of that, so that one terrible line is worse than two bad
 * ones. The scale is TeX's: word spaces at space_good, or shrunk wholly, have badness 100; a penalty counts like a
 * badness.
 */
#include "par/par_int.h"

/* Badness, in tenths. */
enum {
    LINE_BADNESS = 100,         /* of any line: of two equally good settings the shorter */
    LOOSE_BADNESS = 4000,       /* just past space_good; at it: 1000 */
    LOOSE_SLOPE = 6000,         /* more for each natural space that a space is wider than space_good */
    BAD_BADNESS = 5000,         /* more past BAD_SPACE: only where no set of breaks avoids it */
    RAGGED_SLOPE = 5,           /* for each thousandth of the widest measure that a line is short */
    LAST_SHORT_BADNESS = 4000,  /* of a last line that has no width; less the nearer it comes to shortest_last */
    LAST_SINGLE_BADNESS = 12000 /* more for a last line of one word shorter than shortest_last */
};

/* Word spaces, in thousandths. */
enum {
    NATURAL = 1000,
    BAD_SPACE = 1800,
    LAST_FILL_SPACE = 1100, /* a last line that fills its measure with no wider spaces is justified */
    WORST_SPACE = 100000    /* wider ones cost no more */
};

enum {
    MIDDLE_RATIO = 500, /* of what a line may stretch or shrink, in thousandths: where it is no longer decent */
    FULL_RATIO = 1000,
    SHORTEST_SHARE = 10000 /* thousandths of the widest measure: a line that is shorter by more costs no more */
};

/* Demerits. An overfull line outweighs hundreds of the loosest; a line in balance outweighs all penalties. */
static const int64_t overfull_demerits = 1000000000000;
static const int64_t overfull_slope = 1000; /* for each thousandth of the widest measure */
static const int64_t overfull_share_most = 1000000;
static const int64_t balance_line_demerits = 1000000000;
static const int64_t balance_single_demerits = 10000000;

static const int64_t longest_line = 1LL << 40; /* [sp]; longer ones are overfull: products stay in 64 bits */

/* The line to be set: sums over what stands in it [sp]. */
typedef struct span {
    int64_t slack; /* measure and hanging less natural width */
    int64_t natural;
    int64_t glue, stretch, shrink;
} span;

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

static span span_between(const bt_par_point *begin, const bt_par_point *end, bt_sp measure)
{
    int64_t glue = end->glue_end - begin->glue_begin;
    int64_t natural = end->box - begin->box + glue;
    return (span){.slack = (int64_t)measure + begin->hang_left + end->hang_right - natural,
                  .natural = natural,
                  .glue = glue,
                  .stretch = end->stretch - begin->stretch,
                  .shrink = end->shrink - begin->shrink};
}

/* Badness in tenths to demerits. */
static int64_t demerits_of(int64_t badness) { return badness * badness / 100; }

/* 0 .. 1000 thousandths to 0 .. 1000 tenths: gentle near natural, steep towards the end. */
static int64_t ratio_badness(int64_t ratio) { return ratio * ratio * ratio / (FULL_RATIO * FULL_RATIO); }

static int64_t loose_badness(const bt_par_table *table, int64_t word_space)
{
    int64_t badness = LOOSE_BADNESS + LOOSE_SLOPE * (word_space - table->space_good) / NATURAL;
    return word_space > BAD_SPACE ? badness + BAD_BADNESS : badness;
}

/* How far below 0 the slack may go, in 1/1000 sp. */
static int64_t shrink_room(const bt_par_table *table, const span *line)
{
    return line->glue * table->space_shrink + line->shrink * 1000;
}

static bool fits(const bt_par_table *table, const span *line)
{
    return line->slack >= 0 || (line->natural < longest_line && -line->slack * 1000 <= shrink_room(table, line));
}

/* Factors are rounded so that the line is never wider than its measure. */
static void set_ratio(const bt_par_table *table, bt_par_fit *fit, int64_t ratio, bool is_shrunk)
{
    int64_t space = is_shrunk ? -(ratio * table->space_shrink + FULL_RATIO - 1) : ratio * (table->space_good - NATURAL);
    fit->word_space = (int32_t)(NATURAL + space / FULL_RATIO);
    fit->flex = (int32_t)(is_shrunk ? -ratio : ratio);
    fit->fitness = ratio <= MIDDLE_RATIO ? BT_PAR_DECENT : is_shrunk ? BT_PAR_TIGHT : BT_PAR_LOOSE;
    fit->demerits = demerits_of(LINE_BADNESS + ratio_badness(ratio));
}

/* For a line that fits and has no slack. */
static void set_shrunk(const bt_par_table *table, const span *line, bt_par_fit *fit)
{
    int64_t room = shrink_room(table, line);
    set_ratio(table, fit, room ? (-line->slack * 1000000 + room - 1) / room : 0, true);
}

/* The share of its stretch up to space_good that fills the line, in thousandths; -1 when that doesn't suffice. */
static int64_t stretch_ratio(const bt_par_table *table, const span *line)
{
    int64_t room = line->glue * (table->space_good - NATURAL) + line->stretch * 1000;
    if (line->slack * 1000 > room) return -1;
    return room ? line->slack * 1000000 / room : 0;
}

/* Past space_good, where the flex is used up and only spaces give. A line without spaces stays short and untouched; it
 * costs what it would with one space. */
static void set_loose(const bt_par_table *table, const span *line, bt_par_fit *fit)
{
    int64_t glue = line->glue ? line->glue : table->mean_glue;
    int64_t space = smaller(NATURAL + (line->slack - line->stretch) * 1000 / glue, INT32_MAX);
    if (space <= table->space_good) {
        set_ratio(table, fit, FULL_RATIO, false);
    } else {
        fit->word_space = (int32_t)space;
        fit->flex = FULL_RATIO;
        fit->fitness = BT_PAR_VERY_LOOSE;
        fit->demerits = demerits_of(LINE_BADNESS + loose_badness(table, smaller(space, WORST_SPACE)));
    }
    if (line->glue) return;
    fit->word_space = NATURAL;
    fit->flex = 0;
}

/* What is wrong with the end of a part that has more than one line. */
static int64_t last_badness(const bt_par_table *table, const span *line)
{
    if (line->natural >= table->shortest_last) return 0;
    int64_t short_by = table->shortest_last - line->natural;
    int64_t badness = LAST_SHORT_BADNESS * short_by / table->shortest_last;
    return line->glue ? badness : badness + LAST_SINGLE_BADNESS;
}

static void set_last(const bt_par_table *table, const span *line, bool is_only, bt_par_fit *fit)
{
    int64_t ratio = stretch_ratio(table, line);
    if (ratio >= 0) {
        set_ratio(table, fit, ratio, false);
        if (fit->word_space > LAST_FILL_SPACE) ratio = -1;
    }
    int64_t badness = LINE_BADNESS + (is_only ? 0 : last_badness(table, line));
    fit->demerits = ratio < 0 ? demerits_of(badness) : fit->demerits + demerits_of(badness - LINE_BADNESS);
    if (ratio >= 0) return;
    fit->word_space = NATURAL;
    fit->flex = 0;
    fit->fitness = BT_PAR_DECENT;
}

static int64_t share_of_widest(const bt_par_table *table, int64_t length, int64_t most)
{
    return smaller(length * 1000 / table->widest, most);
}

static void set_ragged(const bt_par_table *table, const span *line, bool is_last, bool is_only, bt_par_fit *fit)
{
    int64_t badness = RAGGED_SLOPE * share_of_widest(table, line->slack, SHORTEST_SHARE);
    if (is_last) badness = is_only ? 0 : last_badness(table, line);
    fit->demerits = demerits_of(badness);
}

/* The last line counts like the others: with the number of lines given, the least sum of squares has equal lines. */
static void set_balanced(const bt_par_table *table, const span *line, bool is_last, bool is_only, bt_par_fit *fit)
{
    int64_t badness = RAGGED_SLOPE * share_of_widest(table, line->slack, SHORTEST_SHARE);
    fit->demerits = balance_line_demerits + demerits_of(badness);
    if (is_last && !is_only && !line->glue) fit->demerits += balance_single_demerits;
}

static void set_overfull(const bt_par_table *table, const span *line, bt_par_fit *fit)
{
    int64_t excess = -line->slack - shrink_room(table, line) / 1000;
    if (excess < 1) excess = 1;
    fit->overfull = (bt_sp)smaller(excess, INT32_MAX);
    fit->demerits = overfull_demerits + overfull_slope * share_of_widest(table, excess, overfull_share_most);
    if (table->mode == BT_PAR_BALANCE) fit->demerits += balance_line_demerits;
    if (table->mode != BT_PAR_JUSTIFY) return;
    fit->word_space = NATURAL - table->space_shrink;
    fit->flex = -FULL_RATIO;
    fit->fitness = BT_PAR_TIGHT;
}

bt_par_fit bt_par_fit_line(const bt_par_table *table, uint32_t begin, uint32_t end, bt_sp measure)
{
    const bt_par_point *from = &table->points[begin], *to = &table->points[end];
    span line = span_between(from, to, measure);
    bt_par_fit fit = {.word_space = NATURAL, .fitness = BT_PAR_DECENT, .is_legal = true};
    bool is_only = from->ends_part && to->ends_part;
    if (!fits(table, &line)) {
        fit.is_legal = end - begin == 1;
        if (fit.is_legal) set_overfull(table, &line, &fit);
    } else if (table->mode == BT_PAR_BALANCE) {
        set_balanced(table, &line, to->ends_part, is_only, &fit);
    } else if (table->mode == BT_PAR_RAGGED) {
        set_ragged(table, &line, to->ends_part, is_only, &fit);
    } else if (line.slack < 0) {
        set_shrunk(table, &line, &fit);
    } else if (to->ends_part) {
        set_last(table, &line, is_only, &fit);
    } else {
        int64_t ratio = stretch_ratio(table, &line);
        if (ratio < 0)
            set_loose(table, &line, &fit);
        else
            set_ratio(table, &fit, ratio, false);
    }
    fit.demerits += to->demerits;
    return fit;
}
