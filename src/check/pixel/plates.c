/* plates.c - the plates of two files, ink by ink, as Ghostscript separates them.
 *
 * They tell what pixels cannot: black that has become four inks, a tint that has gone from a spot to the process inks.
 * What the findings at hand stand for is forgiven, as on pixels.
 */
#include "check/pixel/pixel_int.h"
#include "check/pixel/tiffsep.h"

#include "check/shown.h"

#include <math.h>
#include <stdlib.h>

#define PT_PER_INCH 72.0
enum { PLATE_DPI = 72, PAIRS_AT_ONCE = 8 };

typedef struct page_plates {
    uint32_t page; /* of its file */
    uint32_t n_columns, n_rows;
    BT_ARRAY(tiffsep_plate) plates;
} page_plates;

/* Pages that belong together, and their plates, in the order of the report; those of one file are made at once. */
typedef struct plate_pairs {
    pixel_looker *l;
    bt_arena arena; /* of these pairs */
    uint32_t n;
    report_page *pages[PAIRS_AT_ONCE];
    page_plates ours[PAIRS_AT_ONCE], sample[PAIRS_AT_ONCE];
    page_plates *taken; /* the side that Ghostscript is at */
} plate_pairs;

static void take(void *user, const tiffsep_page *made)
{
    plate_pairs *pairs = user;
    for (uint32_t i = 0; i < pairs->n; i++) {
        page_plates *page = &pairs->taken[i];
        if (page->page != made->page) continue;
        page->n_columns = made->n_columns;
        page->n_rows = made->n_rows;
        for (uint32_t k = 0; k < made->plates.n; k++) {
            tiffsep_plate *plate = BT_PUSH(&pairs->arena, &page->plates);
            bt_str bytes = {(const char *)made->plates.v[k].v, (size_t)made->n_columns * made->n_rows};
            if (!plate) return;
            plate->ink = bt_str_copy(&pairs->arena, made->plates.v[k].ink);
            plate->v = (const uint8_t *)bt_str_copy(&pairs->arena, bytes).ptr;
        }
    }
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

static bt_status report_outcome(const plate_pairs *pairs, const seen_file *file, tiffsep_outcome outcome)
{
    const bt_place at = {.file = file->path};
    switch (outcome) {
    case TIFFSEP_DONE:
        return pairs->arena.failed ? BT_NOMEM : BT_OK;
    case TIFFSEP_ABSENT:
        bt_diag(pairs->l->diags, BT_E_CHECK_NO_GHOSTSCRIPT, NULL, BT_NO_ARGS);
        return BT_IO;
    case TIFFSEP_FAILED:
        bt_diag(pairs->l->diags, BT_E_CHECK_PLATES, &at, BT_NO_ARGS);
        return BT_INPUT;
    case TIFFSEP_TROUBLE:
        bt_diag(pairs->l->diags, BT_E_CHECK_PLATES_ROOM, NULL, BT_NO_ARGS);
        return BT_IO;
    }
    return BT_NOMEM;
}

static bt_status separate(plate_pairs *pairs, const seen_file *file, page_plates *side)
{
    uint32_t pages[PAIRS_AT_ONCE];
    for (uint32_t i = 0; i < pairs->n; i++) pages[i] = side[i].page;
    qsort(pages, pairs->n, sizeof *pages, compare_numbers);
    pairs->taken = side;
    const tiffsep_job job = {.pages = pages, .n_pages = pairs->n, .dpi = PLATE_DPI, .take = take, .user = pairs};
    return report_outcome(pairs, file, tiffsep_run(pairs->l->scratch, file, &job));
}

/* --- comparing --- */

static const uint8_t *plate_of(const page_plates *page, bt_str ink)
{
    for (uint32_t i = 0; i < page->plates.n; i++)
        if (bt_str_equal(page->plates.v[i].ink, ink)) return page->plates.v[i].v;
    return NULL;
}

/* A plate as a page in gray; one that is not there has no ink. The place falls between pixels, or near. */
static bool as_pixels(bt_arena *scratch, const page_plates *page, const uint8_t *ink, const seen_page *seen,
                      const pixel_raster *raster, pixmap *out)
{
    enum { GRAY = 0x010101 };
    double per_pt = raster->dpi / PT_PER_INCH;
    size_t n = (size_t)page->n_columns * page->n_rows;
    uint32_t *v = BT_NEW_ARRAY_UNSET(scratch, n, uint32_t);
    for (size_t i = 0; v && i < n; i++) v[i] = (ink ? UINT8_MAX - (uint32_t)ink[i] : UINT8_MAX) * GRAY;
    *out = (pixmap){.v = v,
                    .width = page->n_columns,
                    .height = page->n_rows,
                    .row = page->n_columns,
                    .per_pt = per_pt,
                    .origin_x = (int32_t)lround((raster->x - seen->boxes[SEEN_MEDIA].x0) * per_pt),
                    .origin_y = (int32_t)lround((raster->y - seen->boxes[SEEN_MEDIA].y0) * per_pt)};
    return v;
}

static bt_status compare_plate(plate_pairs *pairs, uint32_t i, bt_str ink)
{
    pixel_looker *l = pairs->l;
    report_page *page = pairs->pages[i];
    const seen_page *ours = &l->ours->pages.v[page->page - 1], *sample = &l->sample->pages.v[page->sample_page - 1];
    const pixel_raster raster = {PLATE_DPI, 0, 0}, of_sample = pixel_raster_of_sample(ours, sample, PLATE_DPI);
    pixmap a, b;
    pixel_marks marks;
    pixel_block largest;
    uint32_t n = 0;
    if (!as_pixels(l->scratch, &pairs->ours[i], plate_of(&pairs->ours[i], ink), ours, &raster, &a) ||
        !as_pixels(l->scratch, &pairs->sample[i], plate_of(&pairs->sample[i], ink), sample, &of_sample, &b))
        return BT_NOMEM;
    bt_status status = pixel_diff(l->scratch, &a, &b, l->options->tolerance.pixel, &marks);
    if (status != BT_OK) return status;
    pixel_forgive_known(l, page, &of_sample, &marks);
    status = pixel_blocks(l->scratch, &marks, l->options->tolerance.block, &largest, &n);
    if (status != BT_OK || !n) return status;
    finding *f = pixel_tell(l, page, &of_sample, &largest, n);
    if (!f) return BT_NOMEM;
    bt_str width = shown_mm(l->arena, l->diags->lang, seen_width(&largest.box));
    bt_str height = shown_mm(l->arena, l->diags->lang, seen_height(&largest.box));
    f->kind = FINDING_PLATE;
    f->subject = bt_str_copy(l->arena, ink);
    f->weight = finding_weight(FINDING_PLATE, pixel_extent(page, &largest.box));
    f->message = bt_say_with(l->diags, l->arena, BT_STR("the plate of {1} differs in a spot {2} wide and {3} high"),
                             BT_ARGS(f->subject, width, height));
    return BT_OK;
}

static bt_status compare_pair(plate_pairs *pairs, uint32_t i)
{
    const page_plates *sides[] = {&pairs->ours[i], &pairs->sample[i]};
    for (int side = 0; side < 2; side++)
        for (uint32_t k = 0; k < sides[side]->plates.n; k++) {
            bt_str ink = sides[side]->plates.v[k].ink;
            if (side && plate_of(sides[0], ink)) continue;
            bt_arena_mark mark = bt_arena_set_mark(pairs->l->scratch);
            bt_status status = compare_plate(pairs, i, ink);
            bt_arena_rewind(pairs->l->scratch, mark);
            if (status != BT_OK) return status;
        }
    return BT_OK;
}

static bt_status compare_pairs(plate_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->n; i++) {
        pairs->ours[i] = (page_plates){.page = pairs->pages[i]->page};
        pairs->sample[i] = (page_plates){.page = pairs->pages[i]->sample_page};
    }
    bt_status status = separate(pairs, pairs->l->ours, pairs->ours);
    if (status == BT_OK) status = separate(pairs, pairs->l->sample, pairs->sample);
    for (uint32_t i = 0; i < pairs->n && status == BT_OK; i++) status = compare_pair(pairs, i);
    bt_arena_drop(&pairs->arena);
    pairs->n = 0;
    return status;
}

bt_status pixel_compare_plates(pixel_looker *l)
{
    plate_pairs *pairs = BT_NEW(l->arena, plate_pairs);
    if (!pairs) return BT_NOMEM;
    pairs->l = l;
    pairs->arena = bt_arena_over(l->arena->allocator);
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < l->r->pages.n && status == BT_OK; i++) {
        report_page *page = &l->r->pages.v[i];
        if (!page->page || !page->sample_page) continue;
        pairs->pages[pairs->n++] = page;
        if (pairs->n == PAIRS_AT_ONCE) status = compare_pairs(pairs);
    }
    return status == BT_OK && pairs->n ? compare_pairs(pairs) : status;
}
