/* impose.c - the pages laid on printed sheets: a booklet to be folded and stapled, leaflets to be cut apart.
 *
 * A booklet of N = 4n pages is n sheets of two pages a side, folded once and nested; sheet 0 is the cover. Opened,
 * sheet k shows on its front the pages N - 2k (left of the fold) and 2k + 1, on its back 2k + 2 and N - 2k - 1, so that
 * 2k + 2 lies behind 2k + 1 when the sheet is turned about the fold. The file has the sides as they are printed: front
 * and back of the cover, of the next sheet, and so on.
 *
 * A sheet within another begins one thickness of paper further from the staple's back, so its leaves end that much
 * further out at the fore edge, where all are cut off at one stroke. Its pages are therefore laid k thicknesses towards
 * the fold, and the outside margins come out alike; what passes the fold belongs to the other page's paper and is not
 * shown. (One thickness a sheet holds for a fold that is pressed flat. A round fold takes up to pi / 2 of it: the print
 * shop's dummy tells, and a greater thickness says so.)
 *
 * Leaflets stand on the sheet with their bleeds edge to edge, each side with one page in all places: fronts and backs
 * meet whichever way the sheet is turned, and each copy is cut with a bleed of its own. */
#include "page/page_int.h"

/* What staples hold of a closed booklet, as 80 pages of 0.1 mm [hundredths of a millimetre]. */
enum { THICKEST_BOOKLET = 400 };

static bt_str count(bt_arena *arena, int64_t n) { return bt_str_format(arena, "%lld", (long long)n); }

static bt_str length(bt_arena *arena, int64_t sp)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_add_mm(&buf, sp);
    return bt_buf_str(&buf);
}

/* --- booklets --- */

/* The least margin beside the fold: with facing pages the inside one; otherwise left pages have the other one there. */
static bt_sp fold_margin(const bt_layout *layout)
{
    bool is_outside = !layout->is_facing && layout->margin_outside < layout->margin_inside;
    return is_outside ? layout->margin_outside : layout->margin_inside;
}

static bt_status check_booklet(const bt_impose *how, uint32_t n_pages)
{
    bt_diags *diags = how->diags;
    bt_arena *scratch = diags->arena;
    if (n_pages % 4) {
        bt_diag(diags, BT_E_BOOKLET_PAGES, NULL,
                BT_ARGS(count(scratch, n_pages), count(scratch, (int64_t)(n_pages / 4 + 1) * 4)));
        return BT_INPUT;
    }
    int64_t creep = (int64_t)(n_pages / 4 - 1) * how->paper, bulk = (int64_t)(n_pages / 2) * how->paper;
    bt_sp margin = fold_margin(how->layout);
    if (bt_sp_to_mm100(creep) > bt_sp_to_mm100(margin)) {
        bt_diag(diags, BT_E_BOOKLET_CREEP, NULL,
                BT_ARGS(count(scratch, n_pages / 4), length(scratch, how->paper), length(scratch, creep),
                        length(scratch, margin)));
        return BT_INPUT;
    }
    if (bt_sp_to_mm100(bulk) > THICKEST_BOOKLET)
        bt_diag(diags, BT_W_BOOKLET_THICK, NULL,
                BT_ARGS(count(scratch, n_pages), length(scratch, how->paper), length(scratch, bulk),
                        length(scratch, bt_um_to_sp(THICKEST_BOOKLET * 10))));
    return BT_OK;
}

/* page_i left or right of the fold, moved towards it by creep. */
static bt_panel folded(const bt_pages *pages, uint32_t page_i, bool is_left, bt_sp creep)
{
    bt_sp bleed = pages->bleed;
    bt_panel panel = {.page_i = page_i, .top = -bleed, .bottom = pages->height + bleed};
    panel.x = is_left ? creep : pages->width - creep;
    panel.left = is_left ? -bleed : creep;
    panel.right = is_left ? pages->width - creep : pages->width + bleed;
    return panel;
}

static bt_status make_booklet(bt_arena *arena, const bt_pages *pages, const bt_impose *how, bt_sheets *sheets)
{
    uint32_t n = pages->n_pages;
    bt_status status = check_booklet(how, n);
    if (status != BT_OK) return status;
    bt_panel *panels = BT_NEW_ARRAY(arena, n, bt_panel);
    bt_sheet *sides = BT_NEW_ARRAY(arena, n / 2, bt_sheet);
    if (!panels || !sides) return BT_NOMEM;
    for (uint32_t side_i = 0; side_i < n / 2; side_i++) {
        bool is_back = side_i % 2;
        bt_sp creep = (bt_sp)(side_i / 2) * how->paper;
        uint32_t low = side_i, high = n - 1 - side_i; /* of the two pages' indices; the front has the low one right */
        panels[2 * side_i] = folded(pages, is_back ? low : high, true, creep);
        panels[2 * side_i + 1] = folded(pages, is_back ? high : low, false, creep);
        sides[side_i] = (bt_sheet){.panels = &panels[2 * side_i], .n_panels = 2};
    }
    *sheets =
        (bt_sheets){.width = 2 * pages->width, .height = pages->height, .bleed = pages->bleed, .v = sides, .n = n / 2};
    return BT_OK;
}

static const bt_sheet_line *fold_line(bt_arena *arena, bt_sp at)
{
    bt_sheet_line *line = BT_NEW(arena, bt_sheet_line);
    if (line) *line = (bt_sheet_line){.at = at, .is_fold = true};
    return line;
}

/* --- leaflets --- */

enum { MOST_LINES = 4 };

/* Between two copies: where the first ends and, bleeds apart, the next begins. */
static uint32_t add_cuts(bt_sheet_line *lines, uint32_t n, bt_sp length, bt_sp bleed, bool is_across)
{
    lines[n++] = (bt_sheet_line){.at = length, .is_across = is_across};
    if (bleed) lines[n++] = (bt_sheet_line){.at = length + 2 * bleed, .is_across = is_across};
    return n;
}

static bool find_cuts(bt_arena *arena, const bt_pages *pages, const bt_sheets *sheets, bt_sheet_about *about)
{
    bt_sheet_line *lines = BT_NEW_ARRAY(arena, MOST_LINES, bt_sheet_line);
    if (!lines) return false;
    uint32_t n = 0;
    if (sheets->width > pages->width) n = add_cuts(lines, n, pages->width, pages->bleed, false);
    if (sheets->height > pages->height) n = add_cuts(lines, n, pages->height, pages->bleed, true);
    *about = (bt_sheet_about){.lines = lines, .n_lines = n};
    return true;
}

static bt_status make_copies(bt_arena *arena, const bt_pages *pages, uint32_t n_across, uint32_t n_down,
                             bt_sheets *sheets)
{
    uint32_t n = pages->n_pages, n_copies = n_across * n_down;
    bt_sp bleed = pages->bleed, step_x = pages->width + 2 * bleed, step_y = pages->height + 2 * bleed;
    bt_panel *panels = BT_NEW_ARRAY(arena, n * n_copies, bt_panel);
    bt_sheet *sides = BT_NEW_ARRAY(arena, n, bt_sheet);
    if (!panels || !sides) return BT_NOMEM;
    for (uint32_t i = 0; i < n * n_copies; i++) {
        uint32_t copy_i = i % n_copies;
        panels[i] = (bt_panel){.page_i = i / n_copies,
                               .x = (bt_sp)(copy_i % n_across) * step_x,
                               .y = (bt_sp)(copy_i / n_across) * step_y,
                               .left = -bleed,
                               .top = -bleed,
                               .right = pages->width + bleed,
                               .bottom = pages->height + bleed,
                               .is_copy = copy_i > 0};
    }
    for (uint32_t i = 0; i < n; i++) sides[i] = (bt_sheet){.panels = &panels[i * n_copies], .n_panels = n_copies};
    *sheets = (bt_sheets){.width = (bt_sp)n_across * step_x - 2 * bleed,
                          .height = (bt_sp)n_down * step_y - 2 * bleed,
                          .bleed = bleed,
                          .v = sides,
                          .n = n};
    return BT_OK;
}

bt_status bt_page_impose(bt_arena *arena, const bt_pages *pages, const bt_impose *how, bt_sheets *sheets,
                         bt_sheet_about *about)
{
    bool is_wide = pages->width > pages->height;
    bt_status status = BT_OK;
    *about = (bt_sheet_about){.lines = NULL};
    switch (how->imposition) {
    case BT_IMPOSE_NONE:
        return bt_sheets_plain(arena, pages, pages->bleed, sheets) ? BT_OK : BT_NOMEM;
    case BT_IMPOSE_BOOKLET:
        status = make_booklet(arena, pages, how, sheets);
        if (status == BT_OK) *about = (bt_sheet_about){fold_line(arena, pages->width), 1, true};
        return status == BT_OK && !about->lines ? BT_NOMEM : status;
    case BT_IMPOSE_2UP: /* long sides together: the sheet's shape is nearest to what presses take */
        status = make_copies(arena, pages, is_wide ? 1 : 2, is_wide ? 2 : 1, sheets);
        break;
    case BT_IMPOSE_4UP:
        status = make_copies(arena, pages, 2, 2, sheets);
        break;
    }
    return status != BT_OK || find_cuts(arena, pages, sheets, about) ? status : BT_NOMEM;
}
