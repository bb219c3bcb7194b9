/* samples.h - pixels as PNG packs them: filtered row by row, then deflated. */
#ifndef BT_PDF_SAMPLES_H
#define BT_PDF_SAMPLES_H

#include "base/beside.h"
#include "base/str.h"

typedef struct bt_deflater bt_deflater;
/* is_quick: in a third of the time, into a fifteenth more bytes. NULL without memory; libdeflate allocates by malloc.
 */
bt_deflater *bt_deflater_new(bool is_quick);
void bt_deflater_drop(bt_deflater *deflater);

/* Deflated bytes, zlib's format, in arena. Without memory: an empty string, and the arena has failed. */
bt_str bt_deflate(bt_deflater *deflater, bt_arena *arena, bt_str bytes);

/* The same, maybe by a helper, and not quickly. */
typedef struct bt_deflating {
    bt_piece piece;
    bt_str bytes;
    char *room;
    size_t n_room;
    bt_str made; /* empty: libdeflate had no memory */
} bt_deflating;

/* beside may be NULL. The bytes live until the end, and what is made as long as the arena. False: no memory. */
bool bt_deflating_begin(bt_deflating *deflating, bt_beside *beside, bt_arena *arena, bt_str bytes);
/* To be called for all that were begun, before their bytes or their arena go. False: no memory. */
bool bt_deflating_end(bt_deflating *deflating, bt_str *made);

/* Bytes as pixels of so many bytes, each less its left neighbour, a row after its filter: for predictor 15. */
typedef struct bt_lean {
    bt_str bytes;
    uint32_t pixel, columns; /* 0: as they were */
} bt_lean;

/* A colour profile's tables deflate better so: the samples of an ink are apart by those of all others. Lives in the
 * arena; without memory, or where nothing is gained, the bytes as they were. */
bt_lean bt_samples_lean(bt_arena *arena, bt_str bytes);

/* The same of pixels: rows of width pixels of so many bytes. scratch is rewound. */
bt_str bt_samples_deflate(bt_deflater *deflater, bt_arena *scratch, bt_arena *arena, const uint8_t *samples,
                          uint32_t width, uint32_t height, size_t pixel);

#endif
