/* compare.h - what differs between the pages of a base and those of an edition, so that proofreaders read only that.
 *
 * Glossary
 *   entry    what is told as one: an article, masthead, highlights, contents, a filler, imprint, what runs on a page
 *   block    a part of an entry: of an article, a headline, paragraph, figure ...; of others, mostly all of it
 *   mate     the same block on the other side: that of the same value in the same file, which the nodes that an edition
 *            leaves alone keep; else of the same words; else of the same kind between two mates. Likewise the same
 *            article: of the same value; else of the same id; else, where one has no id, between two mates
 *   moved    its ink is the same, elsewhere on its page
 *   jumped   the same, on another page
 *   recut    its lines are the same, but columns cut it at another one
 *   reset    its words and pictures are the same, but not its lines or looks
 *
 * Nothing is guessed from digests: the ink of mates is compared item by item.
 */
#ifndef BT_PAGE_COMPARE_H
#define BT_PAGE_COMPARE_H

#include "page/digest.h"

typedef enum bt_change { BT_SAME, BT_MOVED, BT_JUMPED, BT_CHANGED, BT_NEW, BT_GONE } bt_change;

/* A part, and its page. */
typedef struct bt_part_place {
    uint32_t page_i;
    const bt_part_fact *part;
} bt_part_place;

typedef struct bt_difference {
    bt_part_kind kind;
    bt_change change;
    bool is_recut;              /* MOVED, JUMPED */
    bool is_reset;              /* CHANGED */
    int32_t n_lines;            /* CHANGED: more than in the base; negative: fewer. NEW, GONE: all of them */
    bt_sp dx, dy;               /* MOVED: of what moved first */
    uint32_t page, base_page;   /* from 1: where it begins; JUMPED: of what jumped first. 0: it is not there */
    const bt_place *at;         /* GONE: in the base */
    bt_str words;               /* NEW, GONE, reset: how its text begins; else CHANGED: where it differs */
    bt_str was;                 /* CHANGED: the base's words there; empty: none, or they are the same */
    const bt_part_place *parts; /* GONE: of the base */
    uint32_t n_parts;
} bt_difference;

typedef struct bt_entry_difference {
    bt_difference whole;         /* of all its blocks together; without parts and words */
    bt_str id, headline;         /* of an article; id also of a filler */
    const bt_difference *blocks; /* in reading order, those that are gone last */
    uint32_t n_blocks;
} bt_entry_difference;

typedef struct bt_comparison {
    const bt_entry_difference *entries; /* those that are the same included */
    uint32_t n_entries;
    const bool *are_same; /* of each page: it is drawn as the base's */
    uint32_t n_pages;
    bt_differences counts;
} bt_comparison;

/* What there is to compare of a display list; made once of a base, for all its editions. It points at the pages and
 * their digests. NULL: no memory. */
typedef struct bt_compare_side bt_compare_side;
const bt_compare_side *bt_compare_side_make(bt_arena *arena, const bt_pages *pages, const bt_page_digests *digests);

/* Everything lives in the arena, and points at both sides. False: no memory. */
bool bt_compare(bt_arena *arena, const bt_compare_side *base, const bt_compare_side *edition,
                bt_comparison *comparison);

#endif
