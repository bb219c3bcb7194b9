/* color.h - colours from one device to another, by Little CMS; color.c and profile.c are the only includers of its
 * header.
 *
 * From RGB the way to the press is perceptual, with black point compensation, and held within a limit of ink. Where
 * black is the only ink, lightness decides: a tone of the press's own black, as dark as its dots print, stands for each
 * colour, from paper to full black.
 *
 * Single colours of drawings: paint.c. Little CMS allocates by malloc, a conversion about a megabyte. It prints
 * nothing. It reads the clock for the header of a profile that it makes; that date is overwritten.
 */
#ifndef BT_PDF_COLOR_H
#define BT_PDF_COLOR_H

#include "base/str.h"
#include "image/image.h"
#include "pdf/profile.h"

/* Profiles opened and conversions made, kept across jobs. */
typedef struct bt_colors bt_colors;
bt_colors *bt_colors_new(const bt_allocator *allocator); /* NULL without memory */
void bt_colors_drop(bt_colors *colors);

typedef enum bt_conversion_kind { BT_TO_CMYK, BT_TO_BLACK } bt_conversion_kind;

typedef struct bt_conversion_wanted {
    bt_image_space from; /* RGB; CMYK (of the output itself) only to black */
    bt_str source;       /* RGB: an ICC profile; empty: sRGB */
    const bt_profile *output;
    bt_conversion_kind kind;
    int32_t ink_limit; /* of all inks together [percent]; 0: none */
} bt_conversion_wanted;

/* Finds or makes a conversion, which lives until the next bt_colors_trim. BT_INPUT, not reported: the source's profile
 * is damaged, or of no device with RGB. BT_NOMEM. */
typedef struct bt_conversion bt_conversion;
bt_status bt_colors_find(bt_colors *colors, const bt_conversion_wanted *wanted, const bt_conversion **conversion);

/* Between jobs: lets go of conversions when there are many. */
void bt_colors_trim(bt_colors *colors);

/* Converts n pixels of 8 bits to cyan, magenta, yellow, black, or to black alone; 255 is all of an ink. */
void bt_color_row(const bt_conversion *conversion, const uint8_t *from, uint8_t *to, size_t n);

/* Whether a PDF may carry this profile for pictures in RGB. */
bool bt_colors_can_embed(bt_colors *colors, bt_str profile);

/* The profile of sRGB, as a file; lives as long as colors. Empty: no memory. */
bt_str bt_colors_srgb(bt_colors *colors);

#endif
