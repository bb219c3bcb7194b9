/* filler.c - rows that stay empty at the foot of a page or column, closed with fillers.
 *
 * On a page: side by side in the columns where each gets one, else across the page. The tallest that fits is taken
 * first, and what room is left is offered to the others: a good packing, found in a time that every state of the search
 * can afford.
 */
#include "compose/compose_int.h"

enum {
    LEAST_WHITE = 1
}; /* rows between the text and fillers in columns, whose own white falls away at a band's head */

/* Fillers dealt to columns. */
typedef struct deal {
    const bt_galley *galley;
    const bt_hole *hole;
    bool spans_page;
    uint32_t n_columns;
    uint16_t n_rows;          /* that a column may hold */
    uint32_t used;            /* fillers, one bit each */
    uint16_t *rows;           /* used, of each column */
    bt_placement *placements; /* n_fillers for each column */
    uint32_t *n_placements;
} deal;

/* The rows of a filler, 0 for one that is cut over columns or has no text: it closes nothing. */
static uint16_t rows_of(const deal *d, uint32_t filler_i, bool is_top)
{
    const bt_galley_block *block = &d->galley->blocks[bt_galley_filler(d->galley, filler_i, d->spans_page)];
    if (block->n_settings != 1 || block->settings[0].n_units != 1) return 0;
    const bt_unit *unit = &block->settings[0].units[0];
    return is_top ? unit->top_steps : unit->steps;
}

/* Gives a column the tallest filler that it has room for. False: none. */
static bool deal_one(deal *d, uint32_t column_i)
{
    bool is_top = d->rows[column_i] == 0 && (!d->spans_page || d->hole->row == 0);
    uint32_t best = UINT32_MAX;
    uint16_t tallest = 0;
    for (uint32_t i = 0; i < d->galley->n_fillers; i++) {
        uint16_t rows = rows_of(d, i, is_top);
        bool fits = rows && d->rows[column_i] + rows <= d->n_rows;
        if ((d->used >> i & 1U) || !fits || rows <= tallest) continue;
        best = i;
        tallest = rows;
    }
    if (best == UINT32_MAX) return false;
    bt_placement *p = &d->placements[column_i * d->galley->n_fillers + d->n_placements[column_i]++];
    *p = (bt_placement){.block_i = bt_galley_filler(d->galley, best, d->spans_page),
                        .unit_end = 1,
                        .row = d->rows[column_i],
                        .first_steps = tallest};
    d->used |= 1U << best;
    d->rows[column_i] = (uint16_t)(d->rows[column_i] + tallest);
    return true;
}

/* False: a column stays empty, or no memory (placements are NULL then). */
static bool deal_all(bt_arena *arena, deal *d)
{
    d->rows = BT_NEW_ARRAY(arena, d->n_columns, uint16_t);
    d->n_placements = BT_NEW_ARRAY(arena, d->n_columns, uint32_t);
    d->placements = BT_NEW_ARRAY(arena, (size_t)d->n_columns * d->galley->n_fillers, bt_placement);
    if (!d->rows || !d->n_placements || !d->placements) return false;
    for (uint32_t c = 0; c < d->n_columns; c++)
        if (!deal_one(d, c)) return false;
    for (uint32_t c = 0; c < d->n_columns; c++)
        while (deal_one(d, c)) {
        }
    return true;
}

/* The rows left empty, squared: the mean over the columns. */
static int64_t emptiness(const deal *d)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < d->n_columns; c++) {
        int64_t empty = d->hole->n_rows - d->rows[c];
        sum += empty * empty;
    }
    return d->n_columns ? sum / d->n_columns : sum;
}

/* The hole as a band; the tallest column's foot on its last row, unless the hole is much taller. */
static bt_band *band_of(bt_arena *arena, const deal *d)
{
    enum { FAR_FROM_FOOT = 6 };
    const bt_hole *hole = d->hole;
    bt_band *band = BT_NEW(arena, bt_band);
    bt_column *columns = BT_NEW_ARRAY(arena, d->n_columns, bt_column);
    if (!band || !columns) return NULL;
    uint16_t tallest = 0;
    for (uint32_t c = 0; c < d->n_columns; c++)
        if (d->rows[c] > tallest) tallest = d->rows[c];
    uint16_t slack = (uint16_t)(hole->n_rows - tallest);
    if (slack > FAR_FROM_FOOT) slack = d->spans_page ? 0 : LEAST_WHITE;
    for (uint32_t c = 0; c < d->n_columns; c++)
        columns[c] = (bt_column){.placements = &d->placements[c * d->galley->n_fillers],
                                 .n_placements = d->n_placements[c],
                                 .n_rows = tallest,
                                 .n_used = d->rows[c]};
    *band = (bt_band){.page_i = hole->page_i,
                      .row = (uint16_t)(hole->row + slack),
                      .n_rows = tallest,
                      .starts_page = hole->row + slack == 0,
                      .n_columns = d->n_columns,
                      .columns = columns};
    return band;
}

/* Lines across the page are long to read: side by side is better unless much more stays empty. */
enum { WORTH_OF_COLUMNS = 2 };

static void offer(bt_arena *arena, const deal *d, bt_closing *closing)
{
    int64_t empty = emptiness(d);
    if (closing->band && empty * WORTH_OF_COLUMNS >= closing->emptiness) return;
    bt_band *band = band_of(arena, d);
    if (band) *closing = (bt_closing){band, d->used, empty};
}

bool bt_close_hole(bt_arena *arena, const bt_galley *galley, uint32_t n_columns, const bt_hole *hole,
                   bt_closing *closing)
{
    *closing = (bt_closing){0};
    uint16_t white = hole->row ? LEAST_WHITE : 0;
    if (!galley->n_fillers || hole->n_rows <= white) return true;
    deal across = {
        .galley = galley, .hole = hole, .spans_page = true, .n_columns = 1, .n_rows = hole->n_rows, .used = hole->used};
    deal beside = across;
    beside.spans_page = false;
    beside.n_columns = n_columns;
    beside.n_rows = (uint16_t)(hole->n_rows - white);
    if (n_columns > 1 && deal_all(arena, &beside)) offer(arena, &beside, closing);
    if (deal_all(arena, &across)) offer(arena, &across, closing);
    return !arena->failed;
}

/* --- columns --- */

/* The tallest filler, not used yet, that a column's empty rows hold; UINT32_MAX: none. */
static uint32_t tallest_for(const bt_galley *galley, const bt_column *column, uint32_t used, uint16_t *steps)
{
    uint32_t best = UINT32_MAX, room = (uint32_t)column->n_rows - column->n_used;
    *steps = 0;
    for (uint32_t i = 0; i < galley->n_fillers; i++) {
        const bt_galley_block *block = &galley->blocks[bt_galley_filler(galley, i, false)];
        if ((used >> i & 1U) || block->n_settings != 1 || block->settings[0].n_units != 1) continue;
        const bt_unit *unit = &block->settings[0].units[0];
        uint16_t rows = column->n_used ? unit->steps : unit->top_steps;
        if (rows > room || rows <= *steps) continue;
        best = i;
        *steps = rows;
    }
    return best;
}

/* Appends a filler under what a column holds. */
static bool append(bt_arena *arena, const bt_galley *galley, bt_column *column, uint32_t filler_i, uint16_t steps)
{
    bt_placement *placements = BT_NEW_ARRAY(arena, column->n_placements + 1, bt_placement);
    if (!placements) return false;
    for (uint32_t i = 0; i < column->n_placements; i++) placements[i] = column->placements[i];
    placements[column->n_placements] = (bt_placement){.block_i = bt_galley_filler(galley, filler_i, false),
                                                      .unit_end = 1,
                                                      .row = column->n_used,
                                                      .first_steps = steps};
    column->placements = placements;
    column->n_placements++;
    column->n_used = (uint16_t)(column->n_used + steps);
    return true;
}

bool bt_fill_short_columns(bt_arena *arena, const bt_galley *galley, uint32_t n_columns, bt_column **columns,
                           uint32_t *used, int64_t *closed)
{
    const bt_column *source = *columns;
    bt_column *out = NULL;
    *closed = 0;
    for (uint32_t c = 0; galley->n_fillers && c < n_columns; c++) {
        uint16_t steps;
        for (uint32_t i; (i = tallest_for(galley, out ? &out[c] : &source[c], *used, &steps)) != UINT32_MAX;) {
            if (!out) {
                out = BT_NEW_ARRAY(arena, n_columns, bt_column);
                if (!out) return false;
                for (uint32_t k = 0; k < n_columns; k++) out[k] = source[k];
                *columns = out;
            }
            int64_t empty = (int64_t)out[c].n_rows - out[c].n_used, left = empty - steps;
            if (!append(arena, galley, &out[c], i, steps)) return false;
            *used |= 1U << i;
            *closed += empty * empty - left * left;
        }
    }
    return true;
}
