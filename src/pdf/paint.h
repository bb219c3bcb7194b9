/* paint.h - the paints of drawings as the inks that are there: what SVG gives in sRGB or CMYK, through the profile of
 * the printing condition.
 *
 *     four inks    sRGB by perceptual intent with black point compensation, within the limit of ink; grays, and what is
 *                  black to the eye, by black alone, as light as they are; device-cmyk() as it is
 *     black alone  by lightness
 *     black and    the mixture that looks most like it
 *     a spot
 *
 * Inks come in whole percents.
 */
#ifndef BT_PDF_PAINT_H
#define BT_PDF_PAINT_H

#include "page/page.h"
#include "pdf/profile.h"

/* Hundredths of a percent. */
typedef struct bt_paint_inks {
    uint16_t cmyk[4]; /* beside a tint: black alone */
    uint16_t tint;    /* of the spot of bt_picture_inks */
} bt_paint_inks;

typedef struct bt_paints bt_paints;

/* Lives in arena; to be dropped before it. profile NULL: no more than arithmetic, and no tints. ink_limit: of all inks
 * together [percent]; 0: none. NULL: no memory. */
bt_paints *bt_paints_new(bt_arena *arena, const bt_profile *profile, const bt_pages *pages, int32_t ink_limit);
void bt_paints_drop(bt_paints *paints);

/* Of a paint that is not BT_PAINT_NONE. Without memory: no inks, and the arena has failed. */
bt_paint_inks bt_paints_find(bt_paints *paints, const bt_paint *paint);

#endif
