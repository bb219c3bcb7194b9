/* par.h - optimal line breaking over a whole paragraph, in integers. Knows no fonts.
 *
 * After Knuth and Plass, "Breaking Paragraphs into Lines" (1981): boxes, glue and penalties; a shortest path over the
 * feasible breaks. What differs: the width of a line depends on its number; boxes flex a little (tracking and glyph
 * scaling) besides the glue; and the result is not one setting but the best one for each line count near the optimum,
 * so that the composer can buy the shape that it needs.
 *
 * Glossary
 *   natural    the width without stretch or shrink
 *   word space the factor by which the glue of a line was multiplied, in thousandths: 1000 is natural
 *   flex       what tracking and glyph scaling can add to or take from a box
 *   hang       how far a box's first or last glyph may stand outside the line (hanging punctuation)
 *   measure    the width that a line has to fill
 */
#ifndef BT_PAR_H
#define BT_PAR_H

#include "base/unit.h"

typedef enum bt_par_kind { BT_PAR_BOX, BT_PAR_GLUE, BT_PAR_PENALTY } bt_par_kind;

#define BT_PAR_FORBIDDEN 10000 /* a penalty: never break here */
#define BT_PAR_FORCED                                                                                                  \
    (-10000) /* a penalty: always break here (forced line break; the line is set like a last line)                     \
              */

typedef struct bt_par_item {
    bt_par_kind kind;
    bt_sp width;        /* BOX, GLUE: natural [sp] */
    bt_sp flex_stretch; /* BOX: at most this much wider by tracking and scaling [sp] */
    bt_sp flex_shrink;  /* BOX: at most this much narrower [sp] */
    bt_sp hang_left;    /* BOX: outside the measure when first in a line [sp] */
    bt_sp hang_right;   /* BOX: outside the measure when last in a line [sp] */
    int32_t penalty;    /* PENALTY: cost of a break here, -10000..10000 */
} bt_par_item;
/* A line may break at glue that follows a box, and at a penalty. All glue and penalties between the boxes at both sides
 * of a break vanish, so two forced breaks in a row are one. The list need not end with glue and a forced break: its end
 * ends the paragraph. A penalty is a badness as in TeX: 50 is mild, 100 what word spaces at space_good cost; a negative
 * one invites. Negative widths and flex count as 0; a negative hang sets the box in. */

typedef enum bt_par_mode {
    BT_PAR_JUSTIFY, /* every line but the last fills its measure */
    BT_PAR_RAGGED,  /* natural spaces, lines as even as they can be without hyphens */
    BT_PAR_BALANCE, /* headlines: the fewest lines, then as equal as possible; no single word on the last */
} bt_par_mode;

typedef struct bt_par_params {
    bt_par_mode mode;
    const bt_sp *line_widths; /* measure of line 0, 1, ...; the last one holds for all later lines */
    uint32_t n_line_widths;   /* >= 1 */
    int32_t space_shrink;     /* glue may lose this share, in thousandths: 250 */
    int32_t space_good;       /* word space up to which glue and flex stretch together: 1500 */
    bt_sp shortest_last;      /* a last line shorter than this, or of a single short word, is bad [sp] */
    uint32_t n_fewer, n_more; /* settings wanted besides the best: up to this many lines fewer and more (at most 32) */
} bt_par_params;

typedef struct bt_par_line {
    uint32_t begin, end; /* items [begin, end): leading and trailing glue and penalties are outside */
    bt_sp indent;        /* where the first item's origin stands, from the measure's left edge: -hang_left [sp] */
    int32_t word_space;  /* the factor of the line's glue, in thousandths; ragged lines and those without glue: 1000 */
    int32_t flex;        /* share of the boxes' flex used, in thousandths: -1000 (all shrink) .. 1000 (all stretch) */
    bt_sp overfull;      /* > 0: the line passes its measure by this much, for no legal setting fits [sp] */
    bool is_last;        /* the last line or one before a forced break: its measure is filled only when nearly full */
} bt_par_line;

typedef struct bt_par_setting {
    uint32_t n_lines;
    const bt_par_line *lines;
    int64_t demerits; /* the lower, the better; comparable within one result */
} bt_par_setting;

typedef struct bt_par_result {
    uint32_t n_settings;
    const bt_par_setting *settings; /* by ascending n_lines, without gaps; at least one unless the list is empty. The
                                       lines of all lie one behind the other */
    uint32_t best_i;                /* the one with the fewest demerits */
} bt_par_result;

/* Breaks items[0..n_items). The result lives in `arena`; `scratch` is rewound. Always finds a setting: a box wider than
 * its measure gives an overfull line, and no setting has more of those than the best. Factors are rounded so that a
 * line comes out a trifle short of its measure rather than wide. A list without boxes gives no settings. Time grows
 * linearly with n_items; a line holds at most 1024 unbreakable pieces. BT_NOMEM on failure, BT_LIMIT beyond 4 million
 * items; then the result is empty. */
bt_status bt_par_break(bt_arena *arena, bt_arena *scratch, const bt_par_item *items, uint32_t n_items,
                       const bt_par_params *params, bt_par_result *result);

#endif
