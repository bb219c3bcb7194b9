/* pixel.c - the pages of two files as pixels: what differs beyond what is known already, and the pictures of a report.
 *
 * What the findings at hand stand for is forgiven, a millimetre around them as well, and so is what is masked: pixels
 * only tell what nothing else does. Of each page the largest block that is left is told.
 */
#include "check/pixel/pixel_int.h"

#include "check/shown.h"

#include <math.h>
#include <string.h>

/* Around the box of a finding: ink reaches beyond the box of its words. */
#define FORGIVEN_AROUND (72.0 / 25.4)
#define SAME_PAPER 0.1 /* [pt] */
/* Rules of ours that are held against paths of the sample's: a page with more of them is a drawing. */
#define MOST_PAIRS 4000000u

enum { DPI_OF_FINDINGS = 110, DPI_OF_OTHERS = 60 };

/* --- pages --- */

/* Where nobody has said which pages belong together, it is those of one number. */
static bool list_pages(pixel_looker *l)
{
    uint32_t n_ours = l->ours->pages.n, n_sample = l->sample ? l->sample->pages.n : 0;
    uint32_t last = n_ours > n_sample ? n_ours : n_sample;
    if (l->r->pages.n) return true;
    for (uint32_t i = 0; i < last; i++) {
        if (l->r->first_page && i + 1 < l->r->first_page) continue;
        if (l->r->last_page && i + 1 > l->r->last_page) continue;
        report_page *page = BT_PUSH(l->arena, &l->r->pages);
        if (!page) return false;
        const seen_page *ours = i < n_ours ? &l->ours->pages.v[i] : NULL;
        const seen_page *sample = i < n_sample ? &l->sample->pages.v[i] : NULL;
        double sample_width = sample ? sample->width : 0, sample_height = sample ? sample->height : 0;
        *page = (report_page){.page = ours ? i + 1 : 0,
                              .sample_page = sample ? i + 1 : 0,
                              .width = ours ? ours->width : sample_width,
                              .height = ours ? ours->height : sample_height,
                              .sample_width = sample_width,
                              .sample_height = sample_height};
    }
    return true;
}

static const seen_page *our_page(const pixel_looker *l, const report_page *page)
{
    return page->page ? &l->ours->pages.v[page->page - 1] : NULL;
}

static const seen_page *sample_page(const pixel_looker *l, const report_page *page)
{
    return l->sample && page->sample_page ? &l->sample->pages.v[page->sample_page - 1] : NULL;
}

/* Time and memory that a page takes are a matter of its file. */
static bt_status render(pixel_looker *l, bool is_ours, uint32_t page, pixel_raster raster, pixmap *out)
{
    const seen_file *seen = is_ours ? l->ours : l->sample;
    pixel_file **file = is_ours ? &l->our_pages : &l->sample_pages;
    if (!seen) return BT_INPUT; /* a preflight has no sample's pages */
    guard_reads(bt_str_z(l->scratch, seen->path));
    bt_status status = *file ? BT_OK : pixel_open(l->diags, seen, file);
    if (status == BT_OK) status = pixel_render(l->diags, *file, page - 1, raster, out);
    guard_reads(NULL);
    return status;
}

/* --- what differs --- */

static seen_box around(const seen_box *box, double by)
{
    return (seen_box){box->x0 - by, box->y0 - by, box->x1 + by, box->y1 + by};
}

static seen_box shifted(const seen_box *box, const pixel_raster *to)
{
    return (seen_box){box->x0 - to->x, box->y0 - to->y, box->x1 - to->x, box->y1 - to->y};
}

pixel_raster pixel_raster_of_sample(const seen_page *ours, const seen_page *sample, double dpi)
{
    const seen_box *a = &ours->boxes[SEEN_MEDIA], *b = &sample->boxes[SEEN_MEDIA];
    bool is_one_size =
        fabs(seen_width(a) - seen_width(b)) < SAME_PAPER && fabs(seen_height(a) - seen_height(b)) < SAME_PAPER;
    return (pixel_raster){dpi, is_one_size ? b->x0 - a->x0 : 0, is_one_size ? b->y0 - a->y0 : 0};
}

/* A finding about a page as a whole explains nothing on it. */
static bool explains(const finding *f)
{
    switch (f->kind) {
    case FINDING_PAGES:
    case FINDING_PAGE_ORDER:
    case FINDING_PAGE_BOX:
    case FINDING_FONT_EMBEDDED:
    case FINDING_PLATE:
        return false;
    default:
        return true;
    }
}

static void forgive_masks(const pixel_looker *l, const report_page *page, pixel_marks *marks)
{
    for (uint32_t i = 0; i < page->n_masks; i++) pixel_forgive(marks, &page->masks[i]);
    const mask *given = &l->options->mask;
    for (uint32_t i = 0; i < given->regions.n; i++) {
        const mask_region *region = &given->regions.v[i];
        bool is_here = !region->first_page || (page->page >= region->first_page && page->page <= region->last_page);
        if (is_here) pixel_forgive(marks, &region->box);
    }
}

static void forgive_findings(const pixel_looker *l, const report_page *page, const pixel_raster *of_sample,
                             pixel_marks *marks)
{
    for (uint32_t i = 0; i < l->r->findings.n; i++) {
        const finding *f = &l->r->findings.v[i];
        if (!explains(f)) continue;
        seen_box ours = around(&f->ours, FORGIVEN_AROUND);
        seen_box sample = shifted(&f->sample, of_sample);
        sample = around(&sample, FORGIVEN_AROUND);
        if (f->has_ours && f->page == page->page) pixel_forgive(marks, &ours);
        if (f->has_sample && f->sample_page == page->sample_page) pixel_forgive(marks, &sample);
    }
}

static uint32_t count_rules(const seen_page *page)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < page->paths.n; i++) n += page->paths.v[i].kind == SEEN_RULE;
    return n;
}

static bool is_at(const seen_box *a, const seen_box *b, double apart)
{
    return fabs(a->x0 - b->x0) <= apart && fabs(a->y0 - b->y0) <= apart && fabs(a->x1 - b->x1) <= apart &&
           fabs(a->y1 - b->y1) <= apart;
}

/* A rule that is a stroke in one file and a filled rectangle in the other falls on its pixels otherwise: poppler draws
 * the one sharp, the other as it lies. Whether it is the same rule has been found without pixels. */
static void forgive_rules(const pixel_looker *l, const report_page *page, pixel_marks *marks)
{
    const seen_page *ours = our_page(l, page), *sample = sample_page(l, page);
    if (!marks->n || (uint64_t)count_rules(ours) * sample->paths.n > MOST_PAIRS) return;
    for (uint32_t i = 0; i < ours->paths.n; i++) {
        const seen_path *is = &ours->paths.v[i];
        for (uint32_t k = 0; is->kind == SEEN_RULE && is->paint && k < sample->paths.n; k++) {
            const seen_path *was = &sample->paths.v[k];
            if (was->kind != SEEN_RULE || !was->paint || !is->paint->fill == !was->paint->fill) continue;
            if (is_at(&is->box, &was->box, l->options->tolerance.position)) pixel_forgive(marks, &is->box);
        }
    }
}

double pixel_extent(const report_page *page, const seen_box *box)
{
    double paper = page->width * page->height;
    return paper > 0 ? 10 * seen_width(box) * seen_height(box) / paper : 0;
}

finding *pixel_tell(pixel_looker *l, const report_page *page, const pixel_raster *of_sample, const pixel_block *block,
                    uint32_t n)
{
    finding *f = BT_PUSH(l->arena, &l->r->findings);
    if (!f) return NULL;
    const seen_box *box = &block->box;
    *f = (finding){
        .kind = FINDING_PIXELS,
        .severity = FINDING_ERROR,
        .number = "",
        .page = page->page,
        .sample_page = page->sample_page,
        .has_ours = true,
        .has_sample = true,
        .ours = *box,
        .sample = {box->x0 + of_sample->x, box->y0 + of_sample->y, box->x1 + of_sample->x, box->y1 + of_sample->y},
        .amount = fmax(seen_width(box), seen_height(box)),
        .n = n,
        .weight = finding_weight(FINDING_PIXELS, pixel_extent(page, box))};
    return f;
}

static bt_status tell(pixel_looker *l, const report_page *page, const pixel_raster *of_sample, const pixel_block *block,
                      uint32_t n)
{
    finding *f = pixel_tell(l, page, of_sample, block, n);
    if (!f) return BT_NOMEM;
    bt_lang lang = l->diags->lang;
    bt_str w = shown_mm(l->arena, lang, seen_width(&block->box)),
           h = shown_mm(l->arena, lang, seen_height(&block->box));
    bt_str more = shown_count(l->arena, n - 1);
    f->message =
        n > 1
            ? bt_say_with(
                  l->diags, l->arena,
                  BT_STR("looks different in a spot {1} wide and {2} high, and in {3} smaller ones, where words, "
                         "pictures and rules are the same"),
                  BT_ARGS(w, h, more))
            : bt_say_with(l->diags, l->arena,
                          BT_STR("looks different in a spot {1} wide and {2} high, where words, pictures and rules are "
                                 "the same"),
                          BT_ARGS(w, h));
    return BT_OK;
}

void pixel_forgive_known(const pixel_looker *l, const report_page *page, const pixel_raster *of_sample,
                         pixel_marks *marks)
{
    forgive_masks(l, page, marks);
    forgive_findings(l, page, of_sample, marks);
}

static bt_status look_at(pixel_looker *l, report_page *page)
{
    pixmap ours = {0}, sample = {0};
    pixel_marks marks;
    pixel_block largest;
    uint32_t n = 0;
    double dpi = pixel_dpi(our_page(l, page), sample_page(l, page), l->options->dpi);
    pixel_raster of_sample = pixel_raster_of_sample(our_page(l, page), sample_page(l, page), dpi);
    bt_status status = render(l, true, page->page, (pixel_raster){dpi, 0, 0}, &ours);
    if (status == BT_OK) status = render(l, false, page->sample_page, of_sample, &sample);
    if (status == BT_OK) status = pixel_diff(l->scratch, &ours, &sample, l->options->tolerance.pixel, &marks);
    pixmap_drop(&ours);
    pixmap_drop(&sample);
    if (status != BT_OK) return status;
    page->was_looked_at = true;
    forgive_masks(l, page, &marks);
    forgive_rules(l, page, &marks);
    page->n_pixels = marks.n;
    forgive_findings(l, page, &of_sample, &marks);
    status = pixel_blocks(l->scratch, &marks, l->options->tolerance.block, &largest, &n);
    return status == BT_OK && n ? tell(l, page, &of_sample, &largest, n) : status;
}

/* Files that are equal byte by byte look the same. */
static bt_status look(pixel_looker *l)
{
    bool is_same = bt_digest_equal(&l->ours->digest, &l->sample->digest);
    l->r->dpi = l->options->dpi;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < l->r->pages.n && status == BT_OK; i++) {
        report_page *page = &l->r->pages.v[i];
        if (!page->page || !page->sample_page) continue;
        page->was_looked_at = is_same && page->page == page->sample_page;
        if (page->was_looked_at) continue;
        bt_arena_mark mark = bt_arena_set_mark(l->scratch);
        status = look_at(l, page);
        bt_arena_rewind(l->scratch, mark);
    }
    return status;
}

/* --- pictures --- */

static bool has_findings(const report *r, const report_page *page)
{
    for (uint32_t i = 0; i < r->findings.n; i++) {
        const finding *f = &r->findings.v[i];
        if ((f->page && f->page == page->page) || (f->sample_page && f->sample_page == page->sample_page)) return true;
    }
    return false;
}

static bt_status show_one(pixel_looker *l, bool is_ours, report_page *page, double dpi)
{
    pixmap map = {0};
    bt_status status = render(l, is_ours, is_ours ? page->page : page->sample_page, (pixel_raster){dpi, 0, 0}, &map);
    if (status != BT_OK) return status;
    bt_str *picture = is_ours ? &page->picture : &page->sample_picture;
    *picture = pixel_png(l->arena, &map);
    *(is_ours ? &page->picture_box : &page->sample_picture_box) = pixel_shows(&map);
    pixmap_drop(&map);
    return picture->len ? BT_OK : BT_NOMEM;
}

static bt_status show(pixel_looker *l)
{
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < l->r->pages.n && status == BT_OK; i++) {
        report_page *page = &l->r->pages.v[i];
        bt_arena_mark mark = bt_arena_set_mark(l->scratch);
        uint32_t wanted = has_findings(l->r, page) ? DPI_OF_FINDINGS : DPI_OF_OTHERS;
        double dpi = pixel_dpi(our_page(l, page), sample_page(l, page), wanted);
        if (page->page) status = show_one(l, true, page, dpi);
        if (status == BT_OK && page->sample_page) status = show_one(l, false, page, dpi);
        bt_arena_rewind(l->scratch, mark);
    }
    return status;
}

/* --- */

bt_status pixel_compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                        const check_options *options, report *r)
{
    bt_arena scratch = bt_arena_over(arena->allocator);
    pixel_looker l = {.arena = arena,
                      .scratch = &scratch,
                      .diags = diags,
                      .ours = ours,
                      .sample = sample,
                      .options = options,
                      .r = r};
    bt_status status = list_pages(&l) ? BT_OK : BT_NOMEM;
    if (status == BT_OK && options->has_pixels && !options->is_layout_only) status = look(&l);
    bool is_same = bt_digest_equal(&ours->digest, &sample->digest);
    if (status == BT_OK && options->has_plates && !options->is_layout_only && !is_same)
        status = pixel_compare_plates(&l);
    if (status == BT_OK && options->report) status = show(&l);
    pixel_drop(l.our_pages);
    pixel_drop(l.sample_pages);
    bt_arena_drop(&scratch);
    return status;
}

bt_status pixel_show(bt_arena *arena, bt_diags *diags, const seen_file *ours, report *r)
{
    bt_arena scratch = bt_arena_over(arena->allocator);
    pixel_looker l = {.arena = arena, .scratch = &scratch, .diags = diags, .ours = ours, .r = r};
    bt_status status = list_pages(&l) ? show(&l) : BT_NOMEM;
    pixel_drop(l.our_pages);
    bt_arena_drop(&scratch);
    return status;
}
