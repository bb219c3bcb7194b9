/* scan.h - the tokens of a content stream: operators, each with the operands before it.
 *
 * Whatever the bytes are, scanning ends and takes no more memory than they have; what is no token is passed over, and
 * told by is_malformed.
 */
#ifndef BT_CHECK_SEEN_SCAN_H
#define BT_CHECK_SEEN_SCAN_H

#include "base/str.h"

typedef enum seen_operand_kind {
    SEEN_NUMBER,
    SEEN_NAME,   /* text, without its slash, #xx undone */
    SEEN_STRING, /* text: the bytes that it stands for */
    SEEN_ARRAY,  /* its items, and those of arrays in it, are scan.items[begin] to scan.items[end - 1] */
    SEEN_DICT,   /* likewise: names and values by turns */
    SEEN_WORD,   /* text: true, false or null */
} seen_operand_kind;

typedef struct seen_operand {
    seen_operand_kind kind;
    uint32_t begin, end; /* of an array in an array: the item after it is at end */
    double number;
    bt_str text;
} seen_operand;

enum { SEEN_MOST_OPERANDS = 40, SEEN_MOST_ITEMS = 1 << 20, SEEN_MOST_NESTED = 16 };

typedef struct seen_scan {
    bt_str bytes;
    size_t at;
    bt_buf made; /* names and strings that are not as they stand in bytes */
    seen_operand operands[SEEN_MOST_OPERANDS];
    uint32_t n_operands; /* of one operator: the last ones, where there are more */
    BT_ARRAY(seen_operand) items;
    uint32_t open[SEEN_MOST_NESTED]; /* arrays that are being read: their places among the items, or NOT_AN_ITEM */
    uint32_t n_open;
    bool is_malformed; /* something so far was no token, or was not closed */
} seen_scan;

/* s is zeroed, or was used before and keeps its memory in that arena. */
void seen_scan_begin(seen_scan *s, bt_arena *arena, bt_str bytes);
/* The next operator; its operands are there until the next call. False: the stream has ended. */
bool seen_scan_next(seen_scan *s, bt_str *name);
/* The bytes of an inline picture, after its ID. n_known: how many they are; 0: not known, EI is looked for. */
bt_str seen_scan_picture(seen_scan *s, size_t n_known);

/* The item after items[i], whatever is within that. */
uint32_t seen_scan_after(const seen_scan *s, uint32_t i);
/* The value of a key of a dictionary; NULL: it has none. */
const seen_operand *seen_scan_key(const seen_scan *s, const seen_operand *dict, const char *key);

#endif
