/* image.c - pictures as XObjects: one object for each picture, shared by all pages that show it.
 *
 * A JPEG goes in as it is. Samples are filtered row by row as PNG does (predictor 15: none, left or up, whichever
 * leaves the smallest differences), then deflated. Colours stay in the picture's own device space.
 */
#include "pdf/pdf_int.h"

uint32_t bt_pdf_find_image(const bt_pdf *pdf, const bt_image *image)
{
    uint32_t i = 0;
    while (i < pdf->images.n && pdf->images.v[i].image != image) i++;
    return i;
}

bool bt_pdf_image_blends(const bt_image *image)
{
    if (image->kind == BT_IMAGE_SAMPLES) return image->alpha;
    for (uint32_t i = 0; image->kind == BT_IMAGE_VECTOR && i < image->n_paths; i++) {
        const bt_vector_path *path = &image->paths[i];
        if (path->fill.kind != BT_PAINT_NONE && path->fill.opacity < 10000) return true;
        if (path->stroke.kind != BT_PAINT_NONE && path->stroke.opacity < 10000) return true;
    }
    return false;
}

void bt_pdf_add_upright(bt_buf *out, uint8_t orientation, int64_t width, int64_t height, int64_t left, int64_t bottom)
{
    /* What lies to the right and what lies above in the stored picture, as signs of width and height; where it begins.
     */
    static const struct {
        int8_t right_x, right_y, up_x, up_y, begin_x, begin_y;
    } turns[] = {
        [1] = {1, 0, 0, 1, 0, 0},   [2] = {-1, 0, 0, 1, 1, 0}, [3] = {-1, 0, 0, -1, 1, 1}, [4] = {1, 0, 0, -1, 0, 1},
        [5] = {0, -1, -1, 0, 1, 1}, [6] = {0, -1, 1, 0, 0, 1}, [7] = {0, 1, 1, 0, 0, 0},   [8] = {0, 1, -1, 0, 1, 0}};
    uint8_t turn = orientation && orientation < sizeof turns / sizeof *turns ? orientation : 1;
    const int64_t numbers[6] = {turns[turn].right_x * width,        turns[turn].right_y * height,
                                turns[turn].up_x * width,           turns[turn].up_y * height,
                                left + turns[turn].begin_x * width, bottom + turns[turn].begin_y * height};
    for (int i = 0; i < 6; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_pdf_add_milli(out, numbers[i]);
    }
}

/* --- samples --- */

enum { FILTER_NONE, FILTER_LEFT, FILTER_UP, N_FILTERS };

/* Writes the row less another, both n bytes, and tells how far from zero it is: what is near zero, from either side,
 * deflates well. */
static uint64_t subtract(uint8_t *out, const uint8_t *row, const uint8_t *other, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = (uint8_t)(row[i] - other[i]);
        sum += out[i] < 128 ? out[i] : 256u - out[i];
    }
    return sum;
}

/* blank: n bytes of nothing. */
static uint64_t filter_row(uint8_t *out, int filter, const uint8_t *row, const uint8_t *above, const uint8_t *blank,
                           size_t n, size_t pixel)
{
    if (filter == FILTER_NONE) return subtract(out, row, blank, n);
    if (filter == FILTER_UP) return subtract(out, row, above ? above : blank, n);
    return subtract(out, row, blank, pixel) + subtract(out + pixel, row + pixel, row, n - pixel);
}

static int best_filter(uint8_t *out, const uint8_t *row, const uint8_t *above, const uint8_t *blank, size_t n,
                       size_t pixel)
{
    int best = FILTER_NONE;
    uint64_t least = UINT64_MAX;
    for (int filter = FILTER_NONE; filter < N_FILTERS; filter++) {
        uint64_t sum = filter_row(out, filter, row, above, blank, n, pixel);
        if (sum >= least) continue;
        least = sum;
        best = filter;
    }
    return best;
}

static bt_str deflate_samples(bt_pdf *pdf, const uint8_t *samples, uint32_t width, uint32_t height, size_t pixel)
{
    size_t n = width * pixel;
    uint8_t *rows = bt_arena_array(pdf->arena, height, n + 1), *blank = bt_arena_alloc(pdf->arena, n);
    if (!rows || !blank) return BT_STR("");
    for (uint32_t y = 0; y < height && n; y++) {
        const uint8_t *row = samples + y * n, *above = y ? row - n : NULL;
        uint8_t *out = rows + y * (n + 1);
        int filter = best_filter(out + 1, row, above, blank, n, pixel);
        *out = (uint8_t)filter;
        filter_row(out + 1, filter, row, above, blank, n, pixel);
    }
    return bt_pdf_deflate(pdf, (bt_str){(const char *)rows, height * (n + 1)});
}

/* --- gathering --- */

static void make_image(bt_pdf *pdf, bt_pdf_image *made)
{
    const bt_image *image = made->image;
    switch (image->kind) {
    case BT_IMAGE_JPEG:
        made->body = image->encoded;
        break;
    case BT_IMAGE_SAMPLES:
        made->body = deflate_samples(pdf, image->samples, image->width, image->height, image->space);
        if (image->alpha) made->alpha = deflate_samples(pdf, image->alpha, image->width, image->height, 1);
        break;
    case BT_IMAGE_VECTOR:
        bt_pdf_make_vector(pdf, made);
        break;
    }
}

bt_status bt_pdf_gather_images(bt_pdf *pdf)
{
    bt_pdf_items list;
    for (uint32_t i = 0; bt_pdf_list(pdf->pages, i, &list); i++) {
        for (uint32_t j = 0; j < list.n && !pdf->arena->failed; j++) {
            const bt_image *image = list.v[j].kind == BT_ITEM_IMAGE ? list.v[j].as.image.image : NULL;
            if (!image || bt_pdf_find_image(pdf, image) < pdf->images.n) continue;
            bt_pdf_image *made = BT_PUSH(pdf->arena, &pdf->images);
            if (!made) return BT_NOMEM;
            made->image = image;
            make_image(pdf, made);
        }
    }
    return pdf->arena->failed ? BT_NOMEM : BT_OK;
}

/* --- the objects --- */

static const char *space_name(bt_image_space space)
{
    return space == BT_SPACE_GRAY ? "DeviceGray" : space == BT_SPACE_RGB ? "DeviceRGB" : "DeviceCMYK";
}

static bt_haru_object *add_samples(bt_pdf *pdf, const bt_image *image, const char *space)
{
    bt_haru_object *object = bt_haru_add(pdf->haru, "XObject");
    bt_haru_put_name(object, "Subtype", "Image");
    bt_haru_put_number(object, "Width", (int32_t)bt_image_stored_width(image));
    bt_haru_put_number(object, "Height", (int32_t)bt_image_stored_height(image));
    bt_haru_put_number(object, "BitsPerComponent", 8);
    bt_haru_put_name(object, "ColorSpace", space);
    return object;
}

static void put_predictor(bt_pdf *pdf, bt_haru_object *object, const bt_image *image, int colors)
{
    bt_haru_put_syntax(
        object, bt_str_format(pdf->arena, "/DecodeParms<</Predictor 15/Colors %d/Columns %u>>", colors, image->width));
}

static void put_samples(bt_pdf *pdf, bt_pdf_image *made)
{
    const bt_image *image = made->image;
    bt_haru_object *mask = NULL;
    if (image->alpha) {
        mask = add_samples(pdf, image, "DeviceGray");
        put_predictor(pdf, mask, image, 1);
        bt_haru_set_stream(mask, made->alpha, "FlateDecode");
    }
    made->object = add_samples(pdf, image, space_name(image->space));
    put_predictor(pdf, made->object, image, (int)image->space);
    bt_haru_put_object(made->object, "SMask", mask);
    bt_haru_set_stream(made->object, made->body, "FlateDecode");
}

static void put_jpeg(bt_pdf *pdf, bt_pdf_image *made)
{
    made->object = add_samples(pdf, made->image, space_name(made->image->space));
    if (made->image->space == BT_SPACE_CMYK && made->image->is_inverted)
        bt_haru_put_syntax(made->object, BT_STR("/Decode[1 0 1 0 1 0 1 0]"));
    bt_haru_set_stream(made->object, made->body, "DCTDecode");
}

void bt_pdf_put_image(bt_pdf *pdf, bt_pdf_image *image)
{
    switch (image->image->kind) {
    case BT_IMAGE_SAMPLES:
        put_samples(pdf, image);
        break;
    case BT_IMAGE_JPEG:
        put_jpeg(pdf, image);
        break;
    case BT_IMAGE_VECTOR:
        bt_pdf_put_vector(pdf, image);
        break;
    }
}
