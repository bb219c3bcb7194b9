/* compare_int.h - shared by the files of page/ that compare two display lists. */
#ifndef BT_PAGE_COMPARE_INT_H
#define BT_PAGE_COMPARE_INT_H

#include "page/compare.h"

#define BT_NO_MATE UINT32_MAX

/* A block, and its parts. */
typedef struct bt_compare_block {
    bt_part_kind kind;
    const bt_place *at;
    const bt_part_place *parts;
    uint32_t n_parts;
} bt_compare_block;

typedef struct bt_compare_entry {
    bt_part_kind kind;
    bt_str id;          /* of an article or a filler */
    uint32_t article_i; /* or BT_PART_ALONE */
    const bt_place *at; /* of an article: its value's; else NULL */
    uint32_t page;      /* RUNNING: from 1 */
    const bt_compare_block *blocks;
    uint32_t n_blocks;
} bt_compare_entry;

struct bt_compare_side {
    const bt_pages *pages;
    const bt_page_digests *digests;
    const bt_compare_entry *entries; /* in reading order, what runs on pages last */
    uint32_t n_entries;
};

/* compare_ink.c. The ink of two blocks is the same, part by part, wherever the parts stand. */
bool bt_compare_same_ink(const bt_compare_side *a, const bt_compare_block *of_a, const bt_compare_side *b,
                         const bt_compare_block *of_b);
/* The same, line by line, wherever lines stand: only of texts. */
bool bt_compare_same_lines(const bt_compare_side *a, const bt_compare_block *of_a, const bt_compare_side *b,
                           const bt_compare_block *of_b);
/* A fingerprint of its words, pictures and drawings, however they are set. */
uint64_t bt_compare_content(const bt_compare_side *side, const bt_compare_block *block);
/* The origin of a part's first ink; of its cell where it has none. */
void bt_compare_origin(const bt_compare_side *side, const bt_part_place *part, bt_sp *x, bt_sp *y);
uint32_t bt_compare_lines(const bt_compare_side *side, const bt_compare_block *block);
/* Its text, up to at least so many bytes; a blank between its lines. */
bt_str bt_compare_text(bt_arena *arena, const bt_compare_side *side, const bt_compare_block *block, size_t enough);

/* compare_match.c. mates[i]: of block i of the edition's entry, that of the base's; or BT_NO_MATE. False: no memory. */
bool bt_compare_match_blocks(bt_arena *arena, const bt_compare_side *base, const bt_compare_entry *of_base,
                             const bt_compare_side *edition, const bt_compare_entry *of_edition, uint32_t *mates);
/* The same of whole entries; a mate has blocks. */
bool bt_compare_match_entries(bt_arena *arena, const bt_compare_side *base, const bt_compare_side *edition,
                              uint32_t *mates);

#endif
