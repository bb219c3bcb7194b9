/* target.c - an issue of a wanted number of pages.
 *
 * What the text takes by itself is found first. Where another number is wanted, the search is made again with a price
 * on every row that pictures, white and lines take beyond the least, from none to a high one, until the issue fills its
 * pages: a Lagrange multiplier, found by trial.
 */
#include "compose/compose_int.h"

enum { FULL = 1 }; /* rows that may stay empty */

/* The best attempt at so many pages; result->composition is NULL where there is no way. plain: what the text takes. */
static bt_status try_pages(bt_attempt attempt, uint32_t n_pages, const bt_attempted *plain, bt_attempted *result)
{
    static const int32_t prices[] = {0, 4, 8, 14, 24, 40};
    enum { N_PRICES = sizeof prices / sizeof *prices };
    bool grows = plain->composition->n_pages <= n_pages;
    *result = plain->composition->n_pages == n_pages ? *plain : (bt_attempted){0};
    attempt.n_pages = n_pages;
    for (size_t i = 0; i < N_PRICES && !(result->composition && result->n_empty <= FULL); i++) {
        bt_attempted tried;
        attempt.stretch = grows ? prices[i] : -prices[i];
        bt_status status = bt_compose_try(&attempt, &tried);
        if (status == BT_INTERNAL) continue;
        if (status != BT_OK) return status;
        if (!result->composition || tried.n_empty < result->n_empty) *result = tried;
        grows = true; /* there is a way: now the rest of its pages is filled */
    }
    return BT_OK;
}

static bt_str count(bt_arena *scratch, uint32_t n) { return bt_str_format(scratch, "%u", n); }

/* Lines of a column, about, that do not go into so many pages. */
static uint32_t lines_over(const bt_attempt *attempt, const bt_attempted *plain, uint32_t n_pages)
{
    uint32_t rows = (plain->composition->n_pages - n_pages) * bt_flow_page_rows(attempt->layout);
    return (rows > plain->n_empty ? rows - plain->n_empty : 1) * attempt->layout->n_columns;
}

/* An exact number of pages: an error where there is no way. */
static bt_status compose_exactly(const bt_attempt *attempt, const bt_attempted *plain, bt_attempted *result)
{
    uint32_t before = attempt->pages_before, n = attempt->frame->n_pages - before;
    bt_status status = try_pages(*attempt, n, plain, result);
    if (status != BT_OK || result->composition) return status;
    bt_diag(attempt->diags, BT_E_PAGES_WANTED, NULL,
            BT_ARGS(count(attempt->scratch, before + n), count(attempt->scratch, before + plain->composition->n_pages),
                    count(attempt->scratch, lines_over(attempt, plain, n))));
    return BT_INPUT;
}

/* No more than so many pages. */
static bt_status compose_within(const bt_attempt *attempt, const bt_attempted *plain, bt_attempted *result)
{
    if (plain->composition->n_pages <= attempt->most_pages) return BT_OK;
    bt_status status = try_pages(*attempt, attempt->most_pages, plain, result);
    if (status != BT_OK || result->composition) return status;
    result->n_over = lines_over(attempt, plain, attempt->most_pages);
    return BT_INPUT;
}

/* The next multiple, or the one below where the text goes into it. */
static bt_status compose_multiple(const bt_attempt *attempt, const bt_attempted *plain, bt_attempted *result)
{
    uint32_t m = attempt->frame->pages_multiple, before = attempt->pages_before;
    uint32_t has = before + plain->composition->n_pages, up = (has + m - 1) / m * m;
    if (up > m + before && up - m >= attempt->least_pages && has == up - m + 1) {
        bt_status status = try_pages(*attempt, up - m - before, plain, result);
        if (status != BT_OK || result->composition) return status;
    }
    bt_status status = try_pages(*attempt, up - before, plain, result);
    return status == BT_OK && !result->composition ? BT_INTERNAL : status;
}

/* Pages that stay a good part empty are told. */
static void report_empty(const bt_attempt *attempt, const bt_attempted *result)
{
    enum { UNNOTICED = 8 }; /* rows */
    if (result->n_empty <= UNNOTICED) return;
    bt_arena_mark mark = bt_arena_set_mark(attempt->scratch);
    bt_diag(attempt->diags, BT_W_PAGES_EMPTY, NULL,
            BT_ARGS(count(attempt->scratch, attempt->pages_before + result->composition->n_pages),
                    count(attempt->scratch, result->n_empty * attempt->layout->n_columns)));
    bt_arena_rewind(attempt->scratch, mark);
}

bt_status bt_compose_stretch(const bt_attempt *attempt, bt_attempted *result)
{
    const bt_compose_frame *frame = attempt->frame;
    bt_attempted plain;
    bt_status status = bt_compose_try(attempt, &plain);
    *result = plain;
    bool is_wanted = frame->n_pages || frame->pages_multiple > 1;
    if (status == BT_OK && attempt->most_pages) status = compose_within(attempt, &plain, result);
    if (status == BT_OK && frame->n_pages) status = compose_exactly(attempt, &plain, result);
    if (status == BT_OK && !frame->n_pages && is_wanted) status = compose_multiple(attempt, &plain, result);
    if (status == BT_OK && is_wanted) report_empty(attempt, result);
    if (status == BT_INTERNAL)
        bt_diag(attempt->diags, BT_E_INTERNAL, NULL, BT_ARGS(BT_SAY(attempt->diags, "the composing of pages")));
    return status;
}

bt_status bt_compose(bt_arena *arena, bt_arena *scratch, bt_diags *diags, const bt_galley *galley,
                     const bt_layout *layout, const bt_compose_frame *frame, const bt_composition **composition)
{
    bt_attempt attempt = {
        .arena = arena, .scratch = scratch, .diags = diags, .galley = galley, .layout = layout, .frame = frame};
    bt_attempted result;
    if (frame->doc && frame->doc->has_pins) return bt_compose_pinned(&attempt, composition);
    attempt.shared = bt_fills_share(frame->fills, galley, layout);
    bt_status status = bt_compose_stretch(&attempt, &result);
    *composition = result.composition;
    return status;
}
