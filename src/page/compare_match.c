/* compare_match.c - which block of the base's pages is which of the edition's. Near-linear: mates are found by sorting.
 */
#include "page/compare_int.h"

#include <stdlib.h>

/* A block or an entry by a number that its mate has too. */
typedef struct keyed {
    uint64_t key;
    uint32_t index;
} keyed;

static int compare_keyed(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The lists of both sides. Equal keys are mates in their order. */
typedef struct key_lists {
    keyed *base, *edition;
    uint32_t n_base, n_edition;
} key_lists;

static void match_keys(key_lists *lists, uint32_t *mates)
{
    qsort(lists->base, lists->n_base, sizeof *lists->base, compare_keyed);
    qsort(lists->edition, lists->n_edition, sizeof *lists->edition, compare_keyed);
    uint32_t b = 0, e = 0;
    while (b < lists->n_base && e < lists->n_edition) {
        uint64_t of_base = lists->base[b].key, of_edition = lists->edition[e].key;
        if (of_base == of_edition)
            mates[lists->edition[e++].index] = lists->base[b++].index;
        else if (of_base < of_edition)
            b++;
        else
            e++;
    }
}

static bool begin_lists(bt_arena *arena, uint32_t n_base, uint32_t n_edition, key_lists *lists)
{
    *lists = (key_lists){.base = BT_NEW_ARRAY(arena, n_base, keyed), .edition = BT_NEW_ARRAY(arena, n_edition, keyed)};
    return lists->base && lists->edition;
}

static uint64_t join(uint64_t a, uint64_t b)
{
    uint64_t both = (a ^ b >> 32 ^ b << 32) * 0x9e3779b97f4a7c15U;
    return both ^ both >> 31;
}

/* --- blocks --- */

static uint64_t place_key(const bt_compare_block *block)
{
    const bt_place *at = block->at;
    if (!at) return (uint64_t)block->kind;
    uint64_t where = join((uint64_t)at->line << 32 | at->column, (uint64_t)block->kind);
    return join(join(bt_str_hash(at->file), bt_str_hash(at->pointer)), where);
}

typedef struct matcher {
    bt_arena *arena;
    const bt_compare_side *base, *edition;
    const bt_compare_entry *of_base, *of_edition;
    uint32_t *mates;
    bool *are_taken; /* of the base's */
} matcher;

typedef uint64_t (*key_fn)(const bt_compare_side *side, const bt_compare_block *block);

static uint64_t key_of_place(const bt_compare_side *side, const bt_compare_block *block)
{
    (void)side;
    return place_key(block);
}

/* Those that have no mate yet, by a key. */
static bool match_by(matcher *m, key_fn key)
{
    key_lists lists;
    if (!begin_lists(m->arena, m->of_base->n_blocks, m->of_edition->n_blocks, &lists)) return false;
    for (uint32_t i = 0; i < m->of_base->n_blocks; i++)
        if (!m->are_taken[i]) lists.base[lists.n_base++] = (keyed){key(m->base, &m->of_base->blocks[i]), i};
    for (uint32_t i = 0; i < m->of_edition->n_blocks; i++)
        if (m->mates[i] == BT_NO_MATE)
            lists.edition[lists.n_edition++] = (keyed){key(m->edition, &m->of_edition->blocks[i]), i};
    match_keys(&lists, m->mates);
    for (uint32_t i = 0; i < m->of_edition->n_blocks; i++)
        if (m->mates[i] != BT_NO_MATE) m->are_taken[m->mates[i]] = true;
    return true;
}

/* What stands between two mates on both sides is the same thing, changed. */
static void match_between(matcher *m)
{
    uint32_t b = 0;
    for (uint32_t e = 0; e < m->of_edition->n_blocks; e++) {
        if (m->mates[e] != BT_NO_MATE) {
            b = m->mates[e] + 1;
            continue;
        }
        if (b >= m->of_base->n_blocks || m->are_taken[b]) continue;
        if (m->of_base->blocks[b].kind != m->of_edition->blocks[e].kind) continue;
        m->mates[e] = b;
        m->are_taken[b++] = true;
    }
}

bool bt_compare_match_blocks(bt_arena *arena, const bt_compare_side *base, const bt_compare_entry *of_base,
                             const bt_compare_side *edition, const bt_compare_entry *of_edition, uint32_t *mates)
{
    matcher m = {arena, base, edition, of_base, of_edition, mates, BT_NEW_ARRAY(arena, of_base->n_blocks, bool)};
    if (!m.are_taken) return false;
    for (uint32_t i = 0; i < of_edition->n_blocks; i++) mates[i] = BT_NO_MATE;
    if (!match_by(&m, key_of_place) || !match_by(&m, bt_compare_content)) return false;
    match_between(&m);
    return true;
}

/* --- entries --- */

static uint64_t entry_key(const bt_compare_entry *entry)
{
    return join(bt_str_hash(entry->id), (uint64_t)entry->kind << 32 | entry->page);
}

bool bt_compare_match_entries(bt_arena *arena, const bt_compare_side *base, const bt_compare_side *edition,
                              uint32_t *mates)
{
    key_lists lists;
    if (!begin_lists(arena, base->n_entries, edition->n_entries, &lists)) return false;
    for (uint32_t i = 0; i < edition->n_entries; i++) mates[i] = BT_NO_MATE;
    for (uint32_t i = 0; i < base->n_entries; i++)
        if (base->entries[i].n_blocks) lists.base[lists.n_base++] = (keyed){entry_key(&base->entries[i]), i};
    for (uint32_t i = 0; i < edition->n_entries; i++)
        if (edition->entries[i].n_blocks)
            lists.edition[lists.n_edition++] = (keyed){entry_key(&edition->entries[i]), i};
    match_keys(&lists, mates);
    return true;
}
