/* compose.h - galley -> bands, columns, pages: the optimiser.
 *
 * Glossary
 *   row      one step of the page's baseline grid; row 0 is the first
 *   band     a strip of the page with one column count
 *   segment  adjacent blocks of the galley that want the same column count
 *   spot     a place in the galley: before a block, or before one of its units
 *   cut      of an article: that goes on on the next page; jump lines say so where the layout wants them (jump.c)
 *   short    how many rows a column leaves empty at its foot
 *
 * After Mittelbach, "A General Framework for Globally Optimized Pagination" (2018): a shortest path over whole pages.
 * What it may choose: each paragraph's number of lines, the white above headings, the heights of pictures, where a
 * paragraph or table is cut, the heights of balanced bands, and whether a picture or table keeps its place, leaves it
 * for the head of the next column or page, or comes before the text that surrounds it. Costs are integers, from the
 * layout.
 *
 * Two searches nest. A column is filled by dynamic programming over (block, rows used), which gives the best way to
 * each spot that ends the column (ways.c, fill.c). Pages are searched band by band, page by page, with the best few
 * states kept at each row (compose.c): so time grows linearly with the issue.
 */
#ifndef BT_COMPOSE_H
#define BT_COMPOSE_H

#include "flow/flow.h"

/* Units of one block, in one column. */
typedef struct bt_placement {
    uint32_t block_i, setting_i;
    uint32_t unit_begin, unit_end;
    uint16_t row;         /* within the column */
    uint16_t first_steps; /* of its first unit, extra ones included */
    uint16_t head_steps;  /* of the repeated head above it; 0: none */
} bt_placement;

typedef struct bt_column {
    const bt_placement *placements;
    uint32_t n_placements;
    uint16_t n_rows; /* that it has */
    uint16_t n_used;
    uint16_t inset;                 /* rows at its head that hold the highlights, or a jump line */
    uint16_t jump_rows[BT_N_JUMPS]; /* FROM: those of the inset; ON: as many below its rows. 0: no such line */
} bt_column;

typedef struct bt_band {
    uint32_t page_i;
    uint16_t row, n_rows;
    bool starts_page; /* its first row is the page's */
    uint32_t n_columns;
    const bt_column *columns;
} bt_band;

typedef struct bt_composition {
    const bt_band *bands; /* in reading order */
    uint32_t n_bands;
    uint32_t n_pages;
    const uint32_t *next_pages; /* of each page: where what it cuts goes on; NULL: on the next one */
    uint32_t n_rows;            /* of a page */
    uint32_t imprint_row;       /* on the last page; the imprint's foot stands on the last row */
    int64_t cost;
} bt_composition;

/* How columns were filled that begin where an edition's galley is as its base's is (fills.c). Kept with the base, whose
 * galley it knows: an edition uses what others have left, and leaves what it finds. */
typedef struct bt_fills bt_fills;
bt_fills *bt_fills_new(bt_arena *arena, const bt_galley *base, const bt_layout *layout); /* NULL: no memory */
void bt_fills_drop(bt_fills *fills); /* what was kept; the rest is the arena's */

/* What stands on the pages besides the galley, in rows. */
typedef struct bt_compose_frame {
    uint32_t first_row;      /* of the first page, below masthead and highlights */
    uint32_t inset;          /* rows of the highlights at the head of the first band's last column; 0: none */
    uint32_t imprint;        /* rows of the imprint at the foot of the last page; 0: none */
    uint32_t n_pages;        /* exactly so many pages; 0: as many as the text takes, or */
    uint32_t pages_multiple; /* a multiple of so many; 0 or 1: any number */
    const bt_doc *doc;       /* whose articles may be pinned to pages; NULL: none is */
    bt_fills *fills;         /* of the galley's base; NULL: it has none */
} bt_compose_frame;

/* Everything lives in `arena`; `scratch` is rewound. Reports what does not fit (W_TALL, W_HOLE), and
 * wanted pages that the text does not fill (W_PAGES_EMPTY) or go into (E_PAGES_WANTED, BT_INPUT); pins that cannot be
 * (BT_INPUT; see pins.c). BT_LIMIT, BT_NOMEM.
 */
bt_status bt_compose(bt_arena *arena, bt_arena *scratch, bt_diags *diags, const bt_galley *galley,
                     const bt_layout *layout, const bt_compose_frame *frame, const bt_composition **composition);

#endif
