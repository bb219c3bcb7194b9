/* ways.h - all ways down a column from a spot: what fill.c ends columns with.
 *
 * Nodes are (block boundary, rows used, whether a block waits), each with the cheapest way there. How tall the column
 * is only limits them: so all columns of a page that begin at the same spot share them, whatever their heights.
 */
#ifndef BT_COMPOSE_WAYS_H
#define BT_COMPOSE_WAYS_H

#include "compose/compose_int.h"

typedef enum bt_node_how {
    BT_NODE_NONE, /* not reached */
    BT_NODE_START,
    BT_NODE_BLOCK,
    BT_NODE_WAITING,
    BT_NODE_PUT_OFF
} bt_node_how;

typedef struct bt_node {
    int64_t cost;
    uint16_t from_used;
    uint16_t steps; /* of the block's first unit */
    uint32_t setting_i;
    uint32_t waiting; /* the block that waits, in layer 1 */
    uint8_t how;      /* bt_node_how */
    uint8_t from_layer;
    bool is_bound; /* what was placed last keeps with the next */
} bt_node;

enum { BT_WAYS_LAYERS = 2 }; /* 1: a block waits */

/* The nodes of one boundary; those between `least` and `most` are set. */
typedef struct bt_node_row {
    bt_node *nodes[BT_WAYS_LAYERS]; /* NULL: none */
    uint32_t least[BT_WAYS_LAYERS], most[BT_WAYS_LAYERS];
    uint32_t
        tallest; /* rows that the block after the boundary takes at most, as far as the ways go; 0: it is not cut */
} bt_node_row;

/* How far below the foot of its setting's first unit each unit of the galley ends, in rows: what is cut is found
 * without adding up. */
typedef struct bt_feet {
    const uint32_t **of_setting;   /* of each unit; 0 for the first */
    const uint32_t *first_setting; /* of each block, among those of all blocks */
} bt_feet;

static inline const uint32_t *bt_feet_of(const bt_feet *feet, uint32_t block_i, uint32_t setting_i)
{
    return feet->of_setting[feet->first_setting[block_i] + setting_i];
}

struct bt_ways {
    /* What they stand for. */
    const bt_feet *feet;
    const bt_galley *galley;
    const bt_layout *layout;
    bt_spot start;
    uint32_t end_block;
    uint32_t n_columns;
    bool starts_top;
    bool is_whole; /* for BT_FILL_ALL: nothing is put off */
    int32_t stretch;
    /* The ways. */
    uint16_t n_rows;            /* they go so far */
    BT_ARRAY(bt_node_row) rows; /* rows.v[b - first] */
    uint32_t first;             /* block boundary of rows.v[0] */
    bt_placement prefix;        /* the rest of the block that was cut */
    bool has_prefix;
    bool has_waiting; /* the block that is away waits for this column, not for a band of its own */
    bt_ways *next;    /* of the same hash */
};

enum { BT_WAYS_HASHES = 128, BT_ENDS_HASHES = 64 };

struct bt_ways_store {
    bt_arena *arena;
    uint32_t page_rows;
    bt_feet feet;
    bt_shared_fills shared;
    bt_ways *of_hash[BT_WAYS_HASHES];
    /* Of the column that is filled. */
    BT_ARRAY(bt_fill_end) ends;
    uint32_t end_of_hash[BT_ENDS_HASHES]; /* 1 + the index of the last end of a hash; 0: none */
};

/* The ways from the start of a column, at least as far as it is tall; kept until the store is cleared. NULL: no memory.
 */
const bt_ways *bt_ways_find(bt_ways_store *store, const bt_fill *fill);

/* The least rows of a block's first unit. */
uint32_t bt_ways_first_steps(const bt_ways *w, const bt_unit *unit, uint32_t used);
/* The cost of a block in one of its settings. */
int64_t bt_ways_setting_cost(const bt_ways *w, const bt_galley_block *block, uint32_t setting_i);

/* fills.c. The ends of a column as they were found before; they are the store's. False: they were not, or could not be
 * told. */
bool bt_fills_find(const bt_fill *fill, bt_fill_ends *ends);
/* Keeps them for other editions, if there is room. */
void bt_fills_keep(const bt_fill *fill, const bt_fill_ends *ends);
/* What stands in a column that was found so. NULL: no memory. */
bt_placement *bt_fills_placements(bt_arena *arena, const bt_fill_end *end);

static inline const bt_galley_block *bt_ways_block(const bt_ways *w, uint32_t block_i)
{
    return &w->galley->blocks[block_i];
}

/* What waits is placed before another article begins: no block is placed at a boundary while such a one waits. */
static inline bool bt_ways_is_due(const bt_ways *w, uint32_t b, const bt_node *node)
{
    return bt_ways_block(w, b)->doc->article_i != bt_ways_block(w, node->waiting)->doc->article_i;
}

#endif
