/* pixel_int.h - what the files of pixel/ share: pages as pixels.
 *
 *     render.c     a page, by poppler and cairo; the only includer of their headers
 *     diff.c       what differs between two pages, and the blocks that it makes
 *     png.c        a page as a PNG
 *     pixel.c      the pages of two files, and the pictures of a report
 *     plates.c     the plates of two files
 */
#ifndef BT_CHECK_PIXEL_INT_H
#define BT_CHECK_PIXEL_INT_H

#include "check/check.h"

/* Rows from the top, a uint32_t a pixel: 0xXXRRGGBB. The pixel at origin_x, origin_y has a certain place for its top
 * left corner, so pages whose boxes differ lie on one raster. */
typedef struct pixmap {
    const uint32_t *v;
    uint32_t width, height;
    uint32_t row;               /* pixels from one row to the next */
    int32_t origin_x, origin_y; /* may lie outside */
    double per_pt;              /* pixels in a pt */
    void *surface;              /* render.c's */
} pixmap;

/* --- render.c --- */

typedef struct pixel_file pixel_file;
/* Reads a file once more, for poppler. BT_INPUT: it cannot, which is reported. *out is to be dropped. */
bt_status pixel_open(bt_diags *diags, const seen_file *file, pixel_file **out);
void pixel_drop(pixel_file *file);
/* What is seen of a page on white paper, antialiased. The place x, y falls between pixels. *out is to be dropped. */
typedef struct pixel_raster {
    double dpi;
    double x, y; /* a place: the trim's corner is 0, 0 */
} pixel_raster;
bt_status pixel_render(bt_diags *diags, pixel_file *file, uint32_t page_i, pixel_raster raster, pixmap *out);
void pixmap_drop(pixmap *map);
/* The wanted dpi, or as much less as neither page has too many pixels. Either may be NULL. */
double pixel_dpi(const seen_page *one, const seen_page *other, uint32_t wanted);
/* What a pixmap shows, from the place that its origin stands for. */
seen_box pixel_shows(const pixmap *map);

/* --- diff.c --- */

/* The part that two pixmaps share, their origins laid on one another: 1 for a pixel that differs. */
typedef struct pixel_marks {
    uint8_t *v;
    uint32_t width, height;
    int32_t origin_x, origin_y;
    double per_pt;
    uint32_t n; /* that differ */
} pixel_marks;
typedef struct pixel_block {
    seen_box box; /* from the origin [pt] */
    uint32_t n;   /* pixels */
} pixel_block;

/* apart: how far a channel may be, 0 to 1. In the arena. */
bt_status pixel_diff(bt_arena *arena, const pixmap *ours, const pixmap *sample, double apart, pixel_marks *marks);
/* What differs within the box counts no more. */
void pixel_forgive(pixel_marks *marks, const seen_box *box);
/* The largest block by its longer side, of those longer than longest [pt], which are *n. */
bt_status pixel_blocks(bt_arena *scratch, const pixel_marks *marks, double longest, pixel_block *largest, uint32_t *n);

/* --- pixel.c --- */

typedef struct pixel_looker {
    bt_arena *arena;   /* of the report */
    bt_arena *scratch; /* of a page */
    bt_diags *diags;
    const seen_file *ours, *sample; /* sample: NULL in a preflight */
    pixel_file *our_pages, *sample_pages;
    const check_options *options; /* NULL in a preflight */
    report *r;
} pixel_looker;

/* Where the paper is as large, the sample's pages are laid on ours by their media, else by their trims: so a trim that
 * was moved moves nothing else. */
pixel_raster pixel_raster_of_sample(const seen_page *ours, const seen_page *sample, double dpi);
/* Forgives what is masked, and what the findings at hand stand for. */
void pixel_forgive_known(const pixel_looker *l, const report_page *page, const pixel_raster *of_sample,
                         pixel_marks *marks);
/* A finding of n blocks, the largest of which is this; its message is the caller's. NULL without memory. */
finding *pixel_tell(pixel_looker *l, const report_page *page, const pixel_raster *of_sample, const pixel_block *block,
                    uint32_t n);
/* A box as finding_weight() takes it: a tenth of the page is 1. */
double pixel_extent(const report_page *page, const seen_box *box);

/* --- plates.c --- */

bt_status pixel_compare_plates(pixel_looker *l);

/* --- png.c --- */

/* The same pixels give the same bytes. Empty without memory. */
bt_str pixel_png(bt_arena *arena, const pixmap *map);

#endif
