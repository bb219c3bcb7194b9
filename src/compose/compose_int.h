/* compose_int.h - shared by the files of compose/. */
#ifndef BT_COMPOSE_INT_H
#define BT_COMPOSE_INT_H

#include "compose/compose.h"

#define BT_NO_BLOCK UINT32_MAX

/* A place in the galley. `away` is a block that does not stand in its place: still to come (is_pending), or already
 * placed. */
typedef struct bt_spot {
    uint32_t block_i;
    uint32_t unit_i;    /* 0: before the block */
    uint32_t setting_i; /* of the block that is cut; 0 at a boundary */
    uint32_t away;      /* BT_NO_BLOCK: none */
    bool is_pending;
} bt_spot;

static inline bool bt_spot_equal(const bt_spot *a, const bt_spot *b)
{
    return a->block_i == b->block_i && a->unit_i == b->unit_i && a->setting_i == b->setting_i && a->away == b->away &&
           a->is_pending == b->is_pending;
}

/* fills.c. What of a galley is as in its base: the blocks from `first` on. */
typedef struct bt_shared_fills {
    bt_fills *fills; /* NULL: nothing is */
    uint32_t first;
    uint32_t ahead; /* what is counted so in the galley has so much less in the base, as unsigned numbers go */
} bt_shared_fills;
/* fills NULL: none are there. */
bt_shared_fills bt_fills_share(bt_fills *fills, const bt_galley *galley, const bt_layout *layout);

/* One search over the whole issue. */
typedef struct bt_attempt {
    bt_arena *arena, *scratch;
    bt_diags *diags;
    const bt_galley *galley;
    const bt_layout *layout;
    const bt_compose_frame *frame;
    uint32_t n_pages;      /* exactly so many; 0: as many as the text takes */
    uint32_t most_pages;   /* no more than so many; 0: any number */
    uint32_t pages_before; /* of the issue, that the frame's numbers of pages count in */
    uint32_t least_pages;  /* of the issue: one so far behind is kept for local articles */
    uint32_t fillers;      /* placed before: one bit each */
    bt_shared_fills shared;
    int32_t stretch; /* what each row that pictures, white and lines take beyond the least is worth: more than 0 makes
                        the  issue longer, less makes it shorter */
} bt_attempt;

typedef struct bt_attempted {
    const bt_composition *composition;
    uint32_t n_empty; /* rows that stay empty at the end */
    uint32_t fillers; /* placed, the earlier ones included */
    uint32_t n_over;  /* composition NULL: lines of a column, about, that do not go into most_pages */
} bt_attempted;

/* compose.c. BT_INTERNAL: there is no way, with so many pages; nothing is reported. BT_LIMIT, reported; BT_NOMEM. */
bt_status bt_compose_try(const bt_attempt *attempt, bt_attempted *result);

/* All ways down columns, from the spots where they begin (ways.c). The store is a page's: what was found for another
 * page is of no more use, so it is cleared, and its arena rewound. */
typedef struct bt_ways bt_ways;
typedef struct bt_ways_store bt_ways_store;
/* NULL: no memory. */
bt_ways_store *bt_ways_store_new(bt_arena *arena, const bt_galley *galley, uint32_t page_rows);
void bt_ways_store_clear(bt_ways_store *store);
void bt_ways_store_share(bt_ways_store *store, const bt_shared_fills *shared);

/* target.c. A galley by itself, in as many pages as are wanted. BT_INPUT: it does not go into them; reported, but for
 * most_pages. */
bt_status bt_compose_stretch(const bt_attempt *attempt, bt_attempted *result);

/* pins.c. An issue with pinned articles. */
bt_status bt_compose_pinned(const bt_attempt *attempt, const bt_composition **composition);

enum { BT_COST_TALL = 1000000 }; /* something runs out of an empty column */

/* What a column ends with. */
typedef enum bt_end_kind {
    BT_END_BOUNDARY, /* a whole block, or nothing */
    BT_END_IN_BLOCK, /* a block that is cut */
    BT_END_IN_REST,  /* the rest of a block that was cut, cut again */
    BT_END_TALL,     /* what fits no page */
} bt_end_kind;

/* One way to fill a column. */
typedef struct bt_fill_end {
    int64_t cost; /* of the choices and of being short */
    bt_spot spot;
    uint16_t used;
    uint16_t jump_rows; /* left free below it */
    bool is_bound;      /* the last block keeps with the next: only more of the same page may follow */
    /* How it was reached; see bt_fill_trace. */
    uint8_t kind; /* bt_end_kind */
    uint8_t layer;
    uint16_t from_used; /* at the last boundary */
    uint32_t b;         /* that boundary */
    uint32_t next;      /* 1 + the index of another end of the same hash; fill.c only */
    const bt_ways *ways;
    /* Instead of those: what stands in the column, of a fill that was kept (fills.c). */
    const bt_placement *placements;
    uint32_t n_placements;
    uint32_t ahead; /* blocks that the galley has more than its base before them */
} bt_fill_end;

typedef struct bt_fill_ends {
    const bt_fill_end *v; /* the store's, until the next column is filled */
    uint32_t n;
} bt_fill_ends;

typedef enum bt_fill_kind {
    BT_FILL_CUT,    /* the column ends where it is full: any legal break near its foot */
    BT_FILL_FINISH, /* the column ends the segment: whatever is short costs */
    BT_FILL_ALL,    /* ends the segment, at every height that it can have; short costs nothing */
} bt_fill_kind;

typedef struct bt_fill {
    const bt_galley *galley;
    const bt_layout *layout;
    bt_ways_store *store;
    bt_spot start;
    uint32_t end_block; /* the segment's end */
    uint32_t n_columns; /* of its band */
    uint16_t n_rows;
    uint16_t jump_rows; /* of them, what is left free by an end that cuts an article */
    bool starts_top;    /* white above the first block falls away */
    bt_fill_kind kind;
    uint32_t n_wanted; /* the best few ends */
    /* The band ends the segment: then a heading may end this column where it ends the segment too. */
    bool band_finishes;
    int32_t stretch; /* see bt_attempt */
    bool must_place; /* an empty page: what fits nowhere is placed all the same */
} bt_fill;

/* jump.c. Whether a page that ends at a spot cuts an article. */
bool bt_spot_cuts(const bt_galley *galley, const bt_spot *spot);
/* Whether the page also cuts another article than that of its text: a picture of that one still waits, or stands on the
 * page before its headline. */
bool bt_spot_cuts_two(const bt_galley *galley, const bt_spot *spot);
/* The least rows of what is placed first after it, at a page's head. */
uint32_t bt_spot_least_rows(const bt_galley *galley, const bt_spot *spot);
/* A jump line below the last column of a page whose last band ends above its foot. NULL: no memory. */
bt_band *bt_jump_band(bt_arena *arena, const bt_galley *galley, const bt_band *above);

/* Rows that stay empty at a page's foot. */
typedef struct bt_hole {
    uint32_t page_i;
    uint16_t row, n_rows;
    uint32_t used; /* fillers placed before: one bit each */
} bt_hole;

/* A hole closed with fillers. */
typedef struct bt_closing {
    const bt_band *band; /* NULL: none fits */
    uint32_t used;       /* fillers placed, the earlier ones included */
    int64_t emptiness;   /* rows still empty, squared; the mean over the columns */
} bt_closing;

/* filler.c. False: no memory. */
bool bt_close_hole(bt_arena *arena, const bt_galley *galley, uint32_t n_columns, const bt_hole *hole,
                   bt_closing *closing);

/* Puts fillers under what is short in a band's columns, which are then copies. closed: by how much the squares of the
 * empty rows became less; 0: no filler fits. False: no memory. */
bool bt_fill_short_columns(bt_arena *arena, const bt_galley *galley, uint32_t n_columns, bt_column **columns,
                           uint32_t *used, int64_t *closed);

/* The best ways to fill a column, the cheapest first, each to another spot (BT_FILL_ALL: or another height). None: n is
 * 0. False: no memory. */
bool bt_fill_column(const bt_fill *fill, bt_fill_ends *ends);

/* What stands in a column that ends so. NULL: no memory. */
bt_placement *bt_fill_trace(bt_arena *arena, const bt_fill_end *end, uint32_t *n_placements);

#endif
