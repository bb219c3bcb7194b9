/* image_int.h - what the parts of image/ share.
 *
 * A reader (png.c, jpeg.c, svg.c) gets the bytes of one file and fills in a bt_image. What the picture keeps goes into
 * `arena`, everything else into `scratch`; the bytes need not outlive the call. A reader reports everything but
 * BT_NOMEM.
 */
#ifndef BT_IMAGE_INT_H
#define BT_IMAGE_INT_H

#include "image/image.h"

typedef struct bt_image_source {
    bt_arena *arena;
    bt_arena *scratch;
    bt_diags *diags;
    const bt_place *at; /* the value that names the picture */
    bt_str name;        /* the picture's path, for messages */
    bt_str bytes;
} bt_image_source;

/* Reads a picture of any known kind from memory. On failure *out is empty. name is kept (not copied) as out->path. */
bt_status bt_image_read(bt_arena *arena, bt_diags *diags, bt_str name, bt_str bytes, const bt_place *at, bt_image *out);

bt_status bt_image_read_png(const bt_image_source *source, bt_image *out);
bt_status bt_image_read_jpeg(const bt_image_source *source, bt_image *out);
bt_status bt_image_read_svg(const bt_image_source *source, bt_image *out);

/* Checks the size that a header claims, before anything is allocated for it, and sets out's width, height and natural
 * size. */
bt_status bt_image_set_size(const bt_image_source *source, uint32_t width, uint32_t height, bt_image *out);

/* Reports E_PICTURE_DAMAGED with what is wrong, or E_PICTURE_CUT_SHORT; both give BT_INPUT. */
bt_status bt_image_damaged(const bt_image_source *source, bt_str what);
bt_status bt_image_cut_short(const bt_image_source *source);

/* What the bytes seem to be: "PNG", "JPEG" and "SVG" for what is read here; else a noun with its article ("a GIF
 * picture", "a Word document") for the message; empty when unknown. */
bt_str bt_image_sniff(bt_str bytes);

#endif
