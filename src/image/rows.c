/* rows.c - the pixels of a picture row by row, so that a large one need not be in memory as a whole. */
#include "image/image_int.h"

struct bt_image_rows {
    const bt_image *image;
    bt_jpeg *jpeg; /* NULL: samples */
    uint8_t *row;
    uint32_t y;
};

uint32_t bt_image_stored_width(const bt_image *image)
{
    return image->orientation >= BT_FIRST_ON_SIDE ? image->height : image->width;
}

uint32_t bt_image_stored_height(const bt_image *image)
{
    return image->orientation >= BT_FIRST_ON_SIDE ? image->width : image->height;
}

bt_image_rows *bt_image_rows_open(bt_arena *arena, const bt_image *image)
{
    bt_image_rows *rows = BT_NEW(arena, bt_image_rows);
    if (!rows) return NULL;
    rows->image = image;
    if (image->kind != BT_IMAGE_JPEG) return rows;
    rows->row = bt_arena_array(arena, bt_image_stored_width(image), image->space);
    rows->jpeg = bt_jpeg_open(arena, image->encoded);
    if (rows->row && rows->jpeg) {
        bt_jpeg_start(rows->jpeg, image->space, 1);
        return rows;
    }
    bt_jpeg_close(rows->jpeg);
    return NULL;
}

static void invert(uint8_t *row, size_t n)
{
    for (size_t i = 0; i < n; i++) row[i] = (uint8_t)(255 - row[i]);
}

const uint8_t *bt_image_rows_next(bt_image_rows *rows)
{
    const bt_image *image = rows->image;
    size_t n = (size_t)bt_image_stored_width(image) * image->space;
    if (rows->y >= bt_image_stored_height(image)) return NULL;
    uint32_t y = rows->y++;
    if (!rows->jpeg) return image->samples + y * n;
    if (!bt_jpeg_row(rows->jpeg, rows->row)) return NULL;
    if (image->is_inverted) invert(rows->row, n);
    return rows->row;
}

void bt_image_rows_close(bt_image_rows *rows)
{
    if (rows) bt_jpeg_close(rows->jpeg);
}
