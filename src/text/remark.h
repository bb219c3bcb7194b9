/* remark.h - what a proofreader would remark on in a text, and what bantin does not change. Nothing here alters a text.
 */
#ifndef BT_REMARK_H
#define BT_REMARK_H

#include "base/str.h"

typedef enum bt_remark_kind {
    BT_REMARK_QUOTES,  /* a straight quotation mark */
    BT_REMARK_SPACES,  /* two spaces or more between words */
    BT_REMARK_BEFORE,  /* a space before , . ; : ! ? or a closing bracket */
    BT_REMARK_OPENING, /* a space after an opening bracket */
    BT_REMARK_ALIKE,   /* a letter of another alphabet that looks like ours, in a word that is ours otherwise */
    BT_N_REMARKS
} bt_remark_kind;

typedef struct bt_remarks {
    uint32_t n[BT_N_REMARKS];
    size_t first[BT_N_REMARKS]; /* the byte where the first one is; used where n is not 0 */
} bt_remarks;

/* Addresses of links are passed over. */
bt_remarks bt_remark(bt_str text);

/* The letter of Vietnamese that a character looks like; 0: none. Đ's are not among them: they are set right. */
uint32_t bt_remark_meant(uint32_t codepoint);

/* Where the tone of oa, oe and uy stands: "hòa" (on the first) or "hoà" (on the second). */
typedef struct bt_tone_places {
    uint32_t n_first, n_second;
    bt_str first, second; /* the first word of each */
} bt_tone_places;

/* The words found live in the text or in `scratch`. */
bt_tone_places bt_remark_tones(bt_arena *scratch, bt_str source);

/* What stands round a byte, on one line, cut between characters with an ellipsis: for a message. */
bt_str bt_remark_excerpt(bt_arena *arena, bt_str text, size_t at);

#endif
