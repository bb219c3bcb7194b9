/* fuzz_image.c - pictures of any kind from any bytes, for libFuzzer. What is accepted must be whole and inside its
 * bounds.
 *
 *     clang -fsanitize=fuzzer,address,undefined ... && ./fuzz_image corpus
 */
#include "image/image_int.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint64_t sum;

/* Touches all of it, so that a pointer or length that lies is seen. */
static void touch(const void *memory, size_t size)
{
    const uint8_t *byte = memory;
    for (size_t i = 0; i < size; i++) sum += byte[i];
}

static void must(bool holds)
{
    if (!holds) abort();
}

static void look_at_path(const bt_vector_path *path)
{
    static const uint32_t n_points[] = {1, 1, 3, 0};
    uint32_t n = 0;
    must(path->n_ops > 1 && path->ops[0] == BT_PATH_MOVE && (path->fill.kind || path->stroke.kind));
    for (uint32_t i = 0; i < path->n_ops; i++) {
        must(path->ops[i] <= BT_PATH_CLOSE);
        must(!i || path->ops[i - 1] != BT_PATH_CLOSE || path->ops[i] == BT_PATH_MOVE);
        n += n_points[path->ops[i]];
    }
    must(n == path->n_points && path->stroke_width >= 0 && path->cap <= 2 && path->join <= 2 &&
         path->miter_limit >= 100);
    for (uint32_t i = 0; i < 2 * n; i++) must(llabs(path->points[i]) <= BT_SP_LONGEST);
    for (int i = 0; i < 4; i++) must(path->fill.v[i] <= 10000 && path->stroke.v[i] <= 10000);
    must(path->fill.opacity <= 10000 && path->stroke.opacity <= 10000);
}

/* All rows of what was accepted can be read. */
static void look_at_rows(bt_arena *arena, const bt_image *image)
{
    size_t n = (size_t)bt_image_stored_width(image) * image->space;
    bt_image_rows *rows = bt_image_rows_open(arena, image);
    for (uint32_t y = 0; y < bt_image_stored_height(image); y++) {
        const uint8_t *row = bt_image_rows_next(rows);
        if (!row) break; /* what only full size shows */
        touch(row, n);
    }
    bt_image_rows_close(rows);
}

static void look_at(bt_arena *arena, const bt_image *image)
{
    size_t n_pixels = (size_t)image->width * image->height;
    must(image->natural_width > 0 || image->natural_height > 0);
    must(!image->profile.len || image->space == BT_SPACE_RGB);
    touch(image->profile.ptr, image->profile.len);
    if (image->kind != BT_IMAGE_VECTOR) look_at_rows(arena, image);
    switch (image->kind) {
    case BT_IMAGE_SAMPLES:
        must(n_pixels && image->samples && !image->is_inverted);
        touch(image->samples, n_pixels * image->space);
        if (image->alpha) touch(image->alpha, n_pixels);
        break;
    case BT_IMAGE_JPEG:
        must(n_pixels && image->encoded.len > 4);
        touch(image->encoded.ptr, image->encoded.len);
        must((uint8_t)image->encoded.ptr[image->encoded.len - 1] == 0xD9);
        must(image->orientation >= 1 && image->orientation <= 8);
        break;
    default:
        for (uint32_t i = 0; i < image->n_paths; i++) look_at_path(&image->paths[i]);
        break;
    }
}

static void hear(void *user, const bt_message *message)
{
    (void)user;
    touch(message->text, strlen(message->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    bt_diags diags = {.on_message = hear, .arena = &arena};
    bt_image image;
    bt_status status = bt_image_read(&arena, &diags, BT_STR("fuzz"), (bt_str){(const char *)bytes, size}, NULL, &image);
    must((status == BT_OK) == !diags.n[BT_ERROR]);
    if (status == BT_OK) look_at(&arena, &image);
    bt_arena_drop(&arena);
    return 0;
}
