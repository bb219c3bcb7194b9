/* fills.c - how columns were filled of what a base and its editions end with, for the next edition.
 *
 * An edition differs from its base in an article or two; behind the last of them all blocks look alike, and a column
 * that begins there is filled as another edition's was. What is kept counts blocks as the base does. It is found by
 * everything that filling looks at: the blocks themselves are compared when an edition begins, and so is the layout.
 */
#include "compose/ways.h"

#include <string.h>

enum {
    N_HASHES = 256,
    MOST_KEPT = 4096, /* fills: some 6 MB */
    MOST_ENDS = 8     /* of each; what has more is not kept */
};

/* What an end is to whoever goes on from it, and no more: these are many, and read more often than written. */
typedef struct kept_end {
    int64_t cost;
    bt_spot spot;
    uint16_t used, jump_rows;
    bool is_bound;
    uint32_t n_placements;
    const bt_placement *placements;
} kept_end;

typedef struct kept_fill {
    bt_fill fill; /* in the base's blocks; its pointers count for nothing */
    kept_end *ends;
    uint32_t n_ends;
    struct kept_fill *next; /* of the same hash */
} kept_fill;

struct bt_fills {
    bt_arena arena; /* its own: where it fails, nothing more is kept, and that is all */
    bt_galley base;
    const bt_layout *layout;
    uint32_t n;
    kept_fill *of_hash[N_HASHES];
};

bt_fills *bt_fills_new(bt_arena *arena, const bt_galley *base, const bt_layout *layout)
{
    bt_fills *fills = BT_NEW(arena, bt_fills);
    if (fills) *fills = (bt_fills){.arena = bt_arena_over(arena->allocator), .base = *base, .layout = layout};
    return fills;
}

void bt_fills_drop(bt_fills *fills)
{
    if (fills) bt_arena_drop(&fills->arena);
}

/* --- what looks alike --- */

static bool is_setting_alike(const bt_setting *a, const bt_setting *b)
{
    if (a->cost != b->cost || a->n_units != b->n_units) return false;
    for (uint32_t u = 0; u < a->n_units; u++) {
        const bt_unit *p = &a->units[u], *q = &b->units[u];
        if (p->steps != q->steps || p->top_steps != q->top_steps || p->extra != q->extra ||
            p->extra_best != q->extra_best || p->break_cost != q->break_cost)
            return false;
    }
    return true;
}

/* Whether two blocks are the same to whoever fills a column, articles apart. */
static bool is_block_alike(const bt_galley_block *a, const bt_galley_block *b)
{
    bool is_same = a->n_columns == b->n_columns && a->keeps_next == b->keeps_next && a->may_move == b->may_move &&
                   a->n_settings == b->n_settings && a->best_i == b->best_i && a->head_steps == b->head_steps &&
                   a->is_elastic == b->is_elastic && a->doc->kind == b->doc->kind &&
                   a->doc->starts_list == b->doc->starts_list;
    for (uint32_t s = 0; s < a->n_settings && is_same; s++)
        is_same = is_setting_alike(&a->settings[s], &b->settings[s]);
    return is_same;
}

bt_shared_fills bt_fills_share(bt_fills *fills, const bt_galley *galley, const bt_layout *layout)
{
    bt_shared_fills shared = {0};
    if (!fills || fills->layout != layout) return shared;
    uint32_t a = galley->n_blocks, b = fills->base.n_blocks,
             n_articles = 0; /* that the edition has more before these */
    bool has_article = false;
    for (; a && b; a--, b--) {
        const bt_galley_block *p = &galley->blocks[a - 1], *q = &fills->base.blocks[b - 1];
        bool is_in_one = p->doc->article_i != BT_NO_ARTICLE;
        if (is_in_one != (q->doc->article_i != BT_NO_ARTICLE) || !is_block_alike(p, q)) break;
        if (is_in_one && !has_article) n_articles = p->doc->article_i - q->doc->article_i;
        if (is_in_one && p->doc->article_i - q->doc->article_i != n_articles) break;
        has_article = has_article || is_in_one;
    }
    if (a < galley->n_blocks) shared = (bt_shared_fills){.fills = fills, .first = a, .ahead = a - b};
    return shared;
}

/* --- fills --- */

/* Whether all that filling looks at is shared: also the block before, which tells whether an article is cut. */
static bool is_shared(const bt_fill *fill)
{
    const bt_shared_fills *shared = &fill->store->shared;
    const bt_spot *start = &fill->start;
    return shared->fills && fill->n_wanted <= MOST_ENDS && start->block_i > shared->first &&
           (start->away == BT_NO_BLOCK || start->away > shared->first);
}

/* The spot with so many blocks less before it (or more, as unsigned numbers go). */
static bt_spot moved(bt_spot spot, uint32_t n_less)
{
    spot.block_i -= n_less;
    if (spot.away != BT_NO_BLOCK) spot.away -= n_less;
    return spot;
}

static bt_fill in_base(const bt_fill *fill)
{
    bt_fill key = *fill;
    key.start = moved(key.start, fill->store->shared.ahead);
    key.end_block -= fill->store->shared.ahead;
    return key;
}

static bool is_same_fill(const bt_fill *a, const bt_fill *b)
{
    return bt_spot_equal(&a->start, &b->start) && a->end_block == b->end_block && a->n_columns == b->n_columns &&
           a->n_rows == b->n_rows && a->jump_rows == b->jump_rows && a->starts_top == b->starts_top &&
           a->kind == b->kind && a->n_wanted == b->n_wanted && a->band_finishes == b->band_finishes &&
           a->stretch == b->stretch && a->must_place == b->must_place;
}

static kept_fill **first_of_hash(bt_fills *fills, const bt_fill *key)
{
    const bt_spot *spot = &key->start;
    uint32_t hash = spot->block_i * 37u + spot->unit_i * 11u + spot->setting_i * 7u + key->n_rows * 101u + key->kind;
    return &fills->of_hash[hash % N_HASHES];
}

bool bt_fills_find(const bt_fill *fill, bt_fill_ends *ends)
{
    if (!is_shared(fill)) return false;
    bt_ways_store *store = fill->store;
    bt_fill key = in_base(fill);
    const kept_fill *kept = *first_of_hash(store->shared.fills, &key);
    while (kept && !is_same_fill(&kept->fill, &key)) kept = kept->next;
    if (!kept) return false;
    store->ends.n = 0;
    for (uint32_t i = 0; i < kept->n_ends; i++) {
        const kept_end *from = &kept->ends[i];
        bt_fill_end *end = BT_PUSH(store->arena, &store->ends);
        if (!end) return false;
        *end = (bt_fill_end){.cost = from->cost,
                             .spot = moved(from->spot, 0u - store->shared.ahead),
                             .used = from->used,
                             .jump_rows = from->jump_rows,
                             .is_bound = from->is_bound,
                             .placements = from->placements,
                             .n_placements = from->n_placements,
                             .ahead = store->shared.ahead};
    }
    *ends = (bt_fill_ends){store->ends.v, kept->n_ends};
    return true;
}

/* An end for the base to keep, with what stands in its column. False: no memory. */
static bool copy_end(bt_arena *arena, const bt_fill_end *end, uint32_t ahead, kept_end *copy)
{
    uint32_t n;
    bt_placement *placed = bt_fill_trace(arena, end, &n);
    if (!placed) return false;
    for (uint32_t i = 0; i < n; i++) placed[i].block_i -= ahead;
    *copy = (kept_end){.cost = end->cost,
                       .spot = moved(end->spot, ahead),
                       .used = end->used,
                       .jump_rows = end->jump_rows,
                       .is_bound = end->is_bound,
                       .n_placements = n,
                       .placements = placed};
    return true;
}

void bt_fills_keep(const bt_fill *fill, const bt_fill_ends *ends)
{
    bt_fills *fills = fill->store->shared.fills;
    if (!is_shared(fill) || fills->n == MOST_KEPT) return;
    kept_fill *kept = BT_NEW_ARRAY_UNSET(&fills->arena, 1, kept_fill);
    kept_end *copies = BT_NEW_ARRAY_UNSET(&fills->arena, ends->n, kept_end);
    if (!kept || !copies) return;
    for (uint32_t i = 0; i < ends->n; i++)
        if (!copy_end(&fills->arena, &ends->v[i], fill->store->shared.ahead, &copies[i])) return;
    bt_fill key = in_base(fill);
    kept_fill **first = first_of_hash(fills, &key);
    *kept = (kept_fill){key, copies, ends->n, *first};
    *first = kept;
    fills->n++;
}

bt_placement *bt_fills_placements(bt_arena *arena, const bt_fill_end *end)
{
    bt_placement *placed = BT_NEW_ARRAY_UNSET(arena, end->n_placements, bt_placement);
    if (!placed) return NULL;
    for (uint32_t i = 0; i < end->n_placements; i++) {
        placed[i] = end->placements[i];
        placed[i].block_i += end->ahead;
    }
    return placed;
}
