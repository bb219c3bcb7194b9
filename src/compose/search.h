/* search.h - the search over pages: what compose.c, which lays bands down the page, and band.c, which fills them,
 * share. */
#ifndef BT_COMPOSE_SEARCH_H
#define BT_COMPOSE_SEARCH_H

#include "compose/compose_int.h"

enum { BT_KEPT_ENDS = 5 }; /* ways on from each column */

#define BT_NO_LIMIT INT64_MAX /* of cost */

/* A state of the search: how far the galley is placed, and how far down the page. States form chains to the start. */
typedef struct bt_state {
    bt_spot spot;
    uint32_t page_i;
    uint16_t row;
    bool is_bound;      /* a heading stands last: its text must follow on this page */
    bool is_first_band; /* no band of columns yet: the highlights' inset is still to come */
    uint32_t fillers;   /* placed so far: one bit each */
    int64_t cost;
    int64_t outlook; /* set where it is kept */
    const struct bt_state *before;
    const bt_band *band; /* that led here; NULL: a page's end */
} bt_state;

typedef struct bt_kept {
    bt_state *v;
    uint32_t n, most;
} bt_kept;

typedef struct bt_composer {
    bt_arena *arena, *scratch;
    bt_diags *diags;
    uint32_t n_wanted; /* pages; 0: as many as the text takes */
    uint32_t fillers;  /* placed before the first page */
    int32_t stretch;   /* see bt_attempt */
    const bt_galley *galley;
    const bt_layout *layout;
    const bt_compose_frame *frame;
    uint32_t n_rows;
    bt_kept *at_row; /* of the page being filled: states by the row where they stand */
    bt_kept next_page;
    bt_state best; /* the best whole issue so far */
    bool has_best, failed;
    struct bt_band_memos *memos; /* of the page being filled */
    bt_ways_store *ways;         /* the same */
    int64_t *ahead;        /* of each block boundary: rows that the galley takes from there on, over all columns */
    int64_t *least_before; /* of each block boundary: the least rows of all blocks before it */
    int64_t *free_before;  /* the most that cost nothing, */
    int64_t *most_before;  /* and the most at all, wherever blocks are cut; */
    int64_t row_price;     /* what each row between these two costs at least */
    uint32_t *run_end;     /* of each block: the first one after it that has another column count */
    bool is_lenient;       /* no way was found without a heading at a page's foot: so it may stand there */
} bt_composer;

/* A way to fill a band. */
typedef struct bt_band_way {
    int64_t cost;
    bt_column *columns; /* n_columns */
    bt_spot spot;
    uint16_t used; /* of the last column */
    bool is_bound;
} bt_band_way;

typedef struct bt_band_plan {
    const bt_state *from;
    uint32_t n_columns, end_block;
    uint16_t n_rows;
    uint32_t inset;                 /* of the last column */
    uint16_t jump_rows[BT_N_JUMPS]; /* FROM: of the first column; ON: of the last one, where it cuts an article */
    bt_fill_kind kind;              /* of the last column; the others are cut */
    bool starts_top, must_place;
    int64_t limit; /* ways that cost so much, or more, lead nowhere: they need not be found */
} bt_band_plan;

static inline bool bt_compose_has_jumps(const bt_composer *c)
{
    return c->galley->jump_rows[BT_JUMP_ON] || c->galley->jump_rows[BT_JUMP_FROM];
}

/* --- measure.c --- */

/* Measures the galley's blocks, for what follows and for what the composer is told to know. False: no memory. */
bool bt_measure(bt_composer *c);
/* A block's rows on the page from a unit on: those of a column are shared by all. In 1/64 of a row. */
int64_t bt_measure_rows(const bt_galley_block *block, const bt_setting *setting, uint32_t from);
/* What the columns of a band of such a height cost at least, if it ends its segment. */
int64_t bt_measure_least_cost(const bt_composer *c, const bt_band_plan *plan, uint16_t height);

/* --- band.c --- */

/* The bands of a page that are remembered; NULL: no memory. */
struct bt_band_memos *bt_band_memos_new(bt_arena *arena);
void bt_band_memos_clear(struct bt_band_memos *memos);

/* A jump line stands at a page's head where an article was cut, and at its foot where one is. */
void bt_band_plan_jumps(const bt_composer *c, bt_band_plan *plan);
/* The rows of the jump line at a page's head; none where what comes next needs all of the page. */
uint16_t bt_band_head_jump(const bt_composer *c, const bt_state *from);
/* The rows of the highlights or of a jump line at a column's head. */
uint16_t bt_band_inset(const bt_band_plan *plan, uint32_t column_i);

/* What fills a column of a band so. False: no memory, and the composer has failed. */
bool bt_band_set_column(bt_composer *c, const bt_band_plan *plan, uint32_t column_i, const bt_fill_end *end,
                        bt_column *column);

/* The best few ways to fill a whole band. */
uint32_t bt_band_fill(bt_composer *c, bt_band_plan *plan, bt_band_way out[BT_KEPT_ENDS]);

#endif
