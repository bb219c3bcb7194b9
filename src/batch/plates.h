/* plates.h - what a printer must plate: which sides of the editions' sheets are drawn alike, and so print from the same
 * plates.
 *
 * Editions come in the order in which they are printed, the manifest's. A side's plates are new when no edition before
 * has a side that is drawn like it.
 */
#ifndef BT_BATCH_PLATES_H
#define BT_BATCH_PLATES_H

#include "base/digest.h"

/* An edition: the digests of its sheets' sides (bt_witness.on_sheet). One without sheets is not printed. */
typedef struct bt_plates_edition {
    const bt_digest *sheets;
    uint32_t n_sheets;
} bt_plates_edition;

/* Sides that are alike in the same editions: side numbers, and who has them. */
typedef struct bt_plates_group {
    const uint32_t *sides; /* from 1, ascending: each of them is the same in all of `editions` */
    uint32_t n_sides;
    const uint32_t *editions; /* two or more, ascending */
    uint32_t n_editions;
} bt_plates_group;

typedef struct bt_plates {
    uint32_t n_editions;           /* that are printed */
    uint64_t n_sides;              /* of all of them */
    uint64_t n_plates;             /* that differ: what has to be plated; one means one for each ink */
    uint64_t n_alone;              /* of those: that one side alone prints from */
    const bt_plates_group *groups; /* most editions first, then by their first side */
    uint32_t n_groups;
    const uint32_t *anew;       /* sides, from 1, whose plates are new; edition after edition */
    const uint32_t *anew_begin; /* of each edition in it; one more ends the last */
} bt_plates;

/* Everything lives in the arena. A drawing that stands on different sides, or twice in an edition, is plated once, but
 * is in no group. False: no memory. */
bool bt_plates_find(bt_arena *arena, const bt_plates_edition *editions, uint32_t n_editions, bt_plates *plates);

#endif
