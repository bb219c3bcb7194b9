/* picture.h - pictures made ready for a file: in the inks of its press, as streams. What takes time is kept over jobs,
 * so that a batch converts a picture once.
 *
 * - Gray is black ink, in every file. A JPEG keeps its bytes.
 * - CMYK keeps its numbers, and its bytes.
 * - RGB: in press converted to the inks of the press, or, where it is gray throughout, to its black; else left as it is
 *   with its profile, or with that of sRGB.
 * - Where black is the only ink, all colours become black, whatever the file is for; a CMYK picture that has nothing
 * but black already keeps that.
 *
 * What was a JPEG is a JPEG again when it was converted, of quality 95 at full resolution of all colours: a grainy
 * photo of 12 million pixels (4.0 MB) takes 13.5 MB so, deflated 32.8 MB, and 1.3 s against 5. What was a PNG stays
 * exact. Rows are read and converted one by one: of a JPEG no more is in memory than what is made of it.
 */
#ifndef BT_PDF_PICTURE_H
#define BT_PDF_PICTURE_H

#include "pdf/color.h"

/* Made pictures, and the conversions. Lives across jobs; at a job's begin what was not used for longest goes, until
 * BT_LIMIT_PICTURE_CACHE_BYTES suffice. */
typedef struct bt_pictures bt_pictures;
bt_pictures *bt_pictures_new(const bt_allocator *allocator); /* NULL without memory */
void bt_pictures_drop(bt_pictures *pictures);
bt_colors *bt_pictures_colors(bt_pictures *pictures);

/* Begins a job: what was made in earlier ones may go. */
void bt_pictures_begin(bt_pictures *pictures);

/* Another limit; and how many bytes the pictures take now, JPEGs that are as they were aside. */
void bt_pictures_keep(bt_pictures *pictures, size_t most_bytes);
size_t bt_pictures_bytes(const bt_pictures *pictures);

typedef struct bt_picture_wanted {
    const bt_image *image;    /* JPEG or SAMPLES; must outlive what is made of it */
    const bt_profile *output; /* NULL: none, so nothing is converted */
    bool is_press;            /* RGB becomes ink */
    bool is_black_alone;      /* the only ink there is */
    int32_t ink_limit;        /* [percent] */
} bt_picture_wanted;

/* How much ink a picture has where it has much. */
typedef struct bt_ink_use {
    uint32_t most;      /* what a thousandth of the area has at least [percent of one ink] */
    uint32_t per_mille; /* of the area: above the limit by more than the tolerance; 0: less than one */
} bt_ink_use;

typedef struct bt_picture {
    bt_image_space space;
    bool is_jpeg;     /* else deflated with a PNG predictor */
    bool is_inverted; /* GRAY: always; CMYK: 0 is all of an ink */
    bt_str body;
    bt_str alpha;         /* deflated likewise; empty: opaque */
    bt_str profile;       /* RGB: the ICC profile to go with it */
    uint64_t hash;        /* of what body and alpha were made from */
    bool has_odd_profile; /* its own cannot be used; it is taken as sRGB */
    bt_ink_use ink;       /* CMYK that stays as it is, in press; else zero */
} bt_picture;

/* Finds or makes one; it lives until the next bt_pictures_begin. BT_INPUT, not reported: the JPEG cannot be read to its
 * end. BT_NOMEM. */
bt_status bt_picture_make(bt_pictures *pictures, const bt_picture_wanted *wanted, const bt_picture **picture);

#endif
