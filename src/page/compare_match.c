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

static uint64_t place_key(const bt_place *at, uint64_t kind)
{
    uint64_t where = join((uint64_t)at->line << 32 | at->column, kind);
    return join(join(bt_str_hash(at->file), bt_str_hash(at->pointer)), where);
}

/* Two lists of blocks, or of entries, of which mates are sought. */
typedef struct matcher {
    bt_arena *arena;
    const bt_compare_side *base, *edition;
    const void *of_base, *of_edition;
    uint32_t n_base, n_edition;
    uint32_t *mates;
    bool *are_taken; /* of the base's */
} matcher;

static bool begin(matcher *m)
{
    m->are_taken = BT_NEW_ARRAY(m->arena, m->n_base, bool);
    for (uint32_t i = 0; i < m->n_edition; i++) m->mates[i] = BT_NO_MATE;
    return m->are_taken;
}

/* The key of one of a list; false: it has none of this sort. */
typedef bool (*key_fn)(const bt_compare_side *side, const void *list, uint32_t i, uint64_t *key);

/* Those that have no mate yet, by a key. */
static bool match_by(matcher *m, key_fn key_of)
{
    key_lists lists;
    uint64_t key;
    if (!begin_lists(m->arena, m->n_base, m->n_edition, &lists)) return false;
    for (uint32_t i = 0; i < m->n_edition; i++)
        if (m->mates[i] == BT_NO_MATE && key_of(m->edition, m->of_edition, i, &key))
            lists.edition[lists.n_edition++] = (keyed){key, i};
    for (uint32_t i = 0; lists.n_edition && i < m->n_base; i++)
        if (!m->are_taken[i] && key_of(m->base, m->of_base, i, &key)) lists.base[lists.n_base++] = (keyed){key, i};
    match_keys(&lists, m->mates);
    for (uint32_t i = 0; i < m->n_edition; i++)
        if (m->mates[i] != BT_NO_MATE) m->are_taken[m->mates[i]] = true;
    return true;
}

/* Whether one of the base's may be what has become one of the edition's. */
typedef bool (*alike_fn)(const void *of_base, uint32_t b, const void *of_edition, uint32_t e);

/* What stands between two mates on both sides is the same thing, changed. */
static void match_between(matcher *m, alike_fn are_alike)
{
    uint32_t b = 0;
    for (uint32_t e = 0; e < m->n_edition; e++) {
        if (m->mates[e] != BT_NO_MATE) {
            b = m->mates[e] + 1;
            continue;
        }
        if (b >= m->n_base || m->are_taken[b] || !are_alike(m->of_base, b, m->of_edition, e)) continue;
        m->mates[e] = b;
        m->are_taken[b++] = true;
    }
}

/* --- blocks --- */

static const bt_compare_block *block_of(const void *entry, uint32_t i)
{
    return &((const bt_compare_entry *)entry)->blocks[i];
}

static bool are_alike_blocks(const void *of_base, uint32_t b, const void *of_edition, uint32_t e)
{
    return block_of(of_base, b)->kind == block_of(of_edition, e)->kind;
}

static bool place_of_block(const bt_compare_side *side, const void *entry, uint32_t i, uint64_t *key)
{
    (void)side;
    const bt_compare_block *block = block_of(entry, i);
    *key = block->at ? place_key(block->at, (uint64_t)block->kind) : (uint64_t)block->kind;
    return true;
}

static bool content_of_block(const bt_compare_side *side, const void *entry, uint32_t i, uint64_t *key)
{
    *key = bt_compare_content(side, block_of(entry, i));
    return true;
}

bool bt_compare_match_blocks(bt_arena *arena, const bt_compare_side *base, const bt_compare_entry *of_base,
                             const bt_compare_side *edition, const bt_compare_entry *of_edition, uint32_t *mates)
{
    matcher m = {arena, base, edition, of_base, of_edition, of_base->n_blocks, of_edition->n_blocks, mates, NULL};
    if (!begin(&m) || !match_by(&m, place_of_block) || !match_by(&m, content_of_block)) return false;
    match_between(&m, are_alike_blocks);
    return true;
}

/* --- entries --- */

static const bt_compare_entry *entry_of(const void *entries, uint32_t i)
{
    return &((const bt_compare_entry *)entries)[i];
}

/* Articles, unless they say by their ids that they are two. */
static bool are_alike_entries(const void *of_base, uint32_t b, const void *of_edition, uint32_t e)
{
    const bt_compare_entry *was = entry_of(of_base, b), *is = entry_of(of_edition, e);
    bool have_ids = was->id.len && is->id.len;
    return was->kind == BT_PART_ARTICLE && is->kind == BT_PART_ARTICLE && !have_ids;
}

static bool place_of_article(const bt_compare_side *side, const void *entries, uint32_t i, uint64_t *key)
{
    (void)side;
    const bt_compare_entry *entry = entry_of(entries, i);
    if (entry->at) *key = place_key(entry->at, (uint64_t)entry->kind);
    return entry->at;
}

static bool id_of_entry(const bt_compare_side *side, const void *entries, uint32_t i, uint64_t *key)
{
    (void)side;
    const bt_compare_entry *entry = entry_of(entries, i);
    *key = join(bt_str_hash(entry->id), (uint64_t)entry->kind << 32 | entry->page);
    return entry->kind != BT_PART_ARTICLE || entry->id.len;
}

bool bt_compare_match_entries(bt_arena *arena, const bt_compare_side *base, const bt_compare_side *edition,
                              uint32_t *mates)
{
    matcher m = {arena, base, edition, base->entries, edition->entries, base->n_entries, edition->n_entries,
                 mates, NULL};
    if (!begin(&m) || !match_by(&m, place_of_article) || !match_by(&m, id_of_entry)) return false;
    match_between(&m, are_alike_entries);
    for (uint32_t i = 0; i < m.n_edition; i++) /* an entry that nothing is drawn of is none */
        if (mates[i] != BT_NO_MATE && !base->entries[mates[i]].n_blocks) mates[i] = BT_NO_MATE;
    return true;
}
