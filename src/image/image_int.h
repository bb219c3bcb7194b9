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

/* The colour profile is left out of account, and reported: W_PICTURE_PROFILE. */
void bt_image_no_profile(const bt_image_source *source, bt_str what);

/* --- jpeg_decode.c --- */

typedef struct bt_jpeg bt_jpeg;
typedef enum bt_jpeg_flaw { BT_JPEG_WHOLE, BT_JPEG_DAMAGED, BT_JPEG_CUT_SHORT } bt_jpeg_flaw;

/* Reads the header of a file, whose bytes are borrowed. NULL: no memory. What fails shows in bt_jpeg_is_well, and
 * nothing goes on after it. */
bt_jpeg *bt_jpeg_open(bt_arena *arena, bt_str bytes);
/* Begins with the rows; shrink: 1, or 8 for one pixel of each block. */
bool bt_jpeg_start(bt_jpeg *reader, bt_image_space space, uint32_t shrink);
uint32_t bt_jpeg_width(const bt_jpeg *reader); /* of the rows, once started */
uint32_t bt_jpeg_height(const bt_jpeg *reader);
bool bt_jpeg_row(bt_jpeg *reader, uint8_t *row); /* CMYK as the file has it */
bool bt_jpeg_is_well(const bt_jpeg *reader);
bt_jpeg_flaw bt_jpeg_flaw_of(const bt_jpeg *reader);                         /* in the rows so far */
bt_status bt_jpeg_why(const bt_jpeg *reader, const bt_image_source *source); /* BT_INPUT (reported), BT_NOMEM */
void bt_jpeg_close(bt_jpeg *reader);                                         /* NULL is passed over */

/* What the bytes seem to be: "PNG", "JPEG" and "SVG" for what is read here; else a noun with its article ("a GIF
 * picture", "a Word document") for the message; empty when unknown. */
bt_str bt_image_sniff(bt_str bytes);

#endif
