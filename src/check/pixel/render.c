/* render.c - a page as pixels, by poppler and cairo.
 *
 * Both are silent about what they cannot draw, as viewers are; damage that matters was found when the file was read.
 */
#include "check/pixel/pixel_int.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>

#define MOST_PIXELS (20.0 * 1000 * 1000)
#define PT_PER_INCH 72.0
#define EDGE 1e-6 /* of a pixel: what rounding leaves */

struct pixel_file {
    const seen_file *seen;
    GBytes *bytes;
    PopplerDocument *document;
};

const char *pixel_library(void) { return poppler_get_version(); }

const char *pixel_painter(void) { return cairo_version_string(); }

static void stay_silent(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer user)
{
    (void)domain;
    (void)level;
    (void)message;
    (void)user;
}

static bt_status report_unrendered(bt_diags *diags, const seen_file *file)
{
    const bt_place at = {.file = file->path};
    bt_diag(diags, BT_E_CHECK_RENDER, &at, BT_NO_ARGS);
    return BT_INPUT;
}

bt_status pixel_open(bt_diags *diags, const seen_file *file, pixel_file **out)
{
    *out = NULL;
    g_log_set_default_handler(stay_silent, NULL);
    pixel_file *made = calloc(1, sizeof *made);
    if (!made) return BT_NOMEM;
    made->seen = file;
    made->bytes = g_bytes_new_static(file->bytes.ptr, file->bytes.len);
    made->document = poppler_document_new_from_bytes(made->bytes, NULL, NULL);
    if (!made->document || poppler_document_get_n_pages(made->document) != (int)file->pages.n) {
        pixel_drop(made);
        return report_unrendered(diags, file);
    }
    *out = made;
    return BT_OK;
}

void pixel_drop(pixel_file *file)
{
    if (!file) return;
    if (file->document) g_object_unref(file->document);
    g_bytes_unref(file->bytes);
    free(file);
}

static double area_in_pixels(const seen_page *page, double dpi)
{
    const seen_box *box = &page->boxes[SEEN_CROP];
    double per_pt = dpi / PT_PER_INCH;
    return (seen_width(box) * per_pt + 2) * (seen_height(box) * per_pt + 2);
}

double pixel_dpi(const seen_page *one, const seen_page *other, uint32_t wanted)
{
    double dpi = wanted;
    while ((one && area_in_pixels(one, dpi) > MOST_PIXELS) || (other && area_in_pixels(other, dpi) > MOST_PIXELS))
        dpi /= 2;
    return dpi;
}

/* Poppler draws what lies within the crop box, turned as it is seen, and knows nothing of /UserUnit. */
bt_status pixel_render(bt_diags *diags, pixel_file *file, uint32_t page_i, pixel_raster raster, pixmap *out)
{
    *out = (pixmap){.per_pt = raster.dpi / PT_PER_INCH};
    const seen_page *seen = &file->seen->pages.v[page_i];
    const seen_box *crop = &seen->boxes[SEEN_CROP];
    const seen_box box = {crop->x0 - raster.x, crop->y0 - raster.y, crop->x1 - raster.x, crop->y1 - raster.y};
    double k = out->per_pt, x = ceil(-box.x0 * k - EDGE), y = ceil(-box.y0 * k - EDGE);
    double width = ceil(box.x1 * k + x - EDGE), height = ceil(box.y1 * k + y - EDGE);
    if (!(width >= 1)) width = 1;
    if (!(height >= 1)) height = 1;
    PopplerPage *page = poppler_document_get_page(file->document, (int)page_i);
    if (!page || width * height > MOST_PIXELS * 2) {
        if (page) g_object_unref(page);
        return report_unrendered(diags, file->seen);
    }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_translate(cairo, box.x0 * k + x, box.y0 * k + y);
    cairo_scale(cairo, k * seen->user_unit, k * seen->user_unit);
    poppler_page_render(page, cairo);
    bool is_done = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    g_object_unref(page);
    cairo_surface_flush(surface);
    out->surface = surface;
    out->v = (const void *)cairo_image_surface_get_data(surface);
    if (!is_done || !out->v) {
        pixmap_drop(out);
        return BT_NOMEM;
    }
    out->width = (uint32_t)width;
    out->height = (uint32_t)height;
    out->row = (uint32_t)cairo_image_surface_get_stride(surface) / (uint32_t)sizeof *out->v;
    out->origin_x = (int32_t)x;
    out->origin_y = (int32_t)y;
    return BT_OK;
}

void pixmap_drop(pixmap *map)
{
    if (map->surface) cairo_surface_destroy(map->surface);
    *map = (pixmap){0};
}

seen_box pixel_shows(const pixmap *map)
{
    double k = map->per_pt;
    double x = map->origin_x, y = map->origin_y;
    return (seen_box){-x / k, -y / k, (map->width - x) / k, (map->height - y) / k};
}
