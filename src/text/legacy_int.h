/* legacy_int.h - what legacy.c and legacy_codes.c share. */
#ifndef BT_LEGACY_INT_H
#define BT_LEGACY_INT_H

#include "text/legacy.h"
#include "text/syllable.h"

/* Longer words are no text of ours. */
enum { BT_LEGACY_LETTERS = 32 };

/* A word as an encoding reads it. */
typedef struct bt_decoded {
    bt_letter letters[BT_LEGACY_LETTERS];
    bool is_changed[BT_LEGACY_LETTERS]; /* the letter is not what stands in the source */
    uint32_t n, n_changed;
} bt_decoded;

/* False: some character means nothing in the encoding. n <= BT_LEGACY_LETTERS. */
bool bt_legacy_decode(bt_legacy_kind kind, const uint32_t *characters, uint32_t n, bt_decoded *decoded);

/* True when the character, one of U+00A1 to U+00FF, can be part of a word. */
bool bt_legacy_has(bt_legacy_kind kind, uint32_t c);

#endif
