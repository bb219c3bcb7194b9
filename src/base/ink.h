/* ink.h - a colour as the inks that print it.
 *
 * Glossary
 *   plate   what prints one ink: cyan, magenta, yellow, black, or a spot colour
 *   spot    an ink of its own, mixed by a recipe ("PANTONE 227 C"); screens and proofs show its CMYK equivalent instead
 *   tint    a share of an ink: small dots of it
 */
#ifndef BT_BASE_INK_H
#define BT_BASE_INK_H

#include "base/str.h"

enum { BT_INK_WHOLE = 10000 }; /* inks are in hundredths of a percent: black is {.k = BT_INK_WHOLE} */

typedef struct bt_ink {
    uint16_t c, m, y, k; /* of a spot colour: what stands in for this tint of it */
    uint16_t spot;       /* 1 + index into the spots of the layout, or of the display list; 0: process inks alone */
    uint16_t tint;       /* of the spot */
} bt_ink;

typedef struct bt_spot_ink {
    bt_str name;
    bt_ink equivalent; /* process inks: what stands in for all of it */
} bt_spot_ink;

bool bt_ink_equal(bt_ink a, bt_ink b);
/* A tint of an ink. */
bt_ink bt_ink_tint(bt_ink ink, int32_t percent100);

#endif
