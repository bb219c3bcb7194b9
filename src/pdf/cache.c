/* cache.c - see cache.h. A hash table with chains; all entries hang in the order in which they were last used. */
#include "pdf/cache.h"

#include "base/limits.h"

#include <string.h>

enum { N_ROWS = 4096, N_MISSED = 4096 };

typedef struct entry entry;
struct entry {
    entry *next;          /* in its row */
    entry *newer, *older; /* by use */
    uint64_t hash;        /* of the key */
    uint64_t job;         /* the last that used it */
    bt_pdf_cache_kind kind;
    size_t n_bytes;
    size_t key_length;
    max_align_t key[]; /* and behind it the value */
};

struct bt_pdf_cache {
    const bt_allocator *allocator;
    entry *rows[N_ROWS];
    entry *newest, *oldest;
    uint32_t missed[N_MISSED]; /* upper halves of hashes that were looked for in vain, each by its lower half */
    bool came_before;          /* the last of them was there already */
    uint64_t job;
    size_t n_bytes, most_bytes;
    bool ran_out;   /* in the job at hand */
    bool is_shared; /* the job at hand began in less than half of the room: it drops nothing, and marks no use */
};

static size_t aligned(size_t size)
{
    return (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
}

static void *value_of(entry *one) { return (char *)one->key + aligned(one->key_length); }

static bool is_it(const entry *one, uint64_t hash, bt_pdf_cache_kind kind, bt_str key)
{
    return one->hash == hash && one->kind == kind &&
           bt_str_equal((bt_str){(const char *)one->key, one->key_length}, key);
}

static entry **row_of(bt_pdf_cache *cache, uint64_t hash) { return &cache->rows[hash % N_ROWS]; }

bt_pdf_cache *bt_pdf_cache_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_pdf_cache *cache = bt_alloc_new(allocator, sizeof *cache);
    if (cache) *cache = (bt_pdf_cache){.allocator = allocator, .most_bytes = BT_LIMIT_PDF_CACHE_BYTES};
    return cache;
}

static void unlink_use(bt_pdf_cache *cache, entry *one)
{
    if (one->newer)
        one->newer->older = one->older;
    else
        cache->newest = one->older;
    if (one->older)
        one->older->newer = one->newer;
    else
        cache->oldest = one->newer;
}

static void link_newest(bt_pdf_cache *cache, entry *one)
{
    one->newer = NULL;
    one->older = cache->newest;
    if (cache->newest) cache->newest->newer = one;
    cache->newest = one;
    if (!cache->oldest) cache->oldest = one;
    one->job = cache->job;
}

static void drop_entry(bt_pdf_cache *cache, entry *one)
{
    entry **link = row_of(cache, one->hash);
    while (*link != one) link = &(*link)->next;
    *link = one->next;
    unlink_use(cache, one);
    cache->n_bytes -= one->n_bytes;
    bt_alloc_drop(cache->allocator, one, one->n_bytes);
}

void bt_pdf_cache_drop(bt_pdf_cache *cache)
{
    if (!cache) return;
    while (cache->oldest) drop_entry(cache, cache->oldest);
    bt_alloc_drop(cache->allocator, cache, sizeof *cache);
}

bool bt_pdf_cache_is_roomy(const bt_pdf_cache *cache) { return cache->n_bytes < cache->most_bytes / 2; }

void bt_pdf_cache_begin(bt_pdf_cache *cache)
{
    cache->job++;
    cache->ran_out = false;
    cache->is_shared = bt_pdf_cache_is_roomy(cache);
}

void bt_pdf_cache_keep(bt_pdf_cache *cache, size_t most_bytes) { cache->most_bytes = most_bytes; }

size_t bt_pdf_cache_bytes(const bt_pdf_cache *cache) { return cache->n_bytes; }

static void note_miss(bt_pdf_cache *cache, uint64_t hash)
{
    uint32_t *missed = &cache->missed[hash % N_MISSED], upper = (uint32_t)(hash >> 32) | 1;
    cache->came_before = *missed == upper;
    *missed = upper;
}

bool bt_pdf_cache_came_before(const bt_pdf_cache *cache) { return cache->came_before; }

void *bt_pdf_cache_find(bt_pdf_cache *cache, bt_pdf_cache_kind kind, bt_str key)
{
    uint64_t hash = bt_str_hash(key);
    entry *one = *row_of(cache, hash);
    while (one && !is_it(one, hash, kind, key)) one = one->next;
    if (!one) note_miss(cache, hash);
    if (!one) return NULL;
    if (cache->is_shared) return value_of(one);
    unlink_use(cache, one);
    link_newest(cache, one);
    return value_of(one);
}

/* Makes room; what the job at hand has used stays. */
static bool make_room(bt_pdf_cache *cache, size_t n_bytes)
{
    if (n_bytes > cache->most_bytes) return false;
    while (!cache->is_shared && cache->oldest && cache->oldest->job < cache->job &&
           cache->n_bytes > cache->most_bytes - n_bytes)
        drop_entry(cache, cache->oldest);
    return cache->n_bytes <= cache->most_bytes - n_bytes;
}

void *bt_pdf_cache_put(bt_pdf_cache *cache, bt_pdf_cache_kind kind, bt_str key, size_t size)
{
    size_t n_bytes = sizeof(entry) + aligned(key.len) + size;
    if (!make_room(cache, n_bytes)) return NULL;
    entry *one = bt_alloc_new(cache->allocator, n_bytes);
    if (!one) cache->ran_out = true;
    if (!one) return NULL;
    *one = (entry){.hash = bt_str_hash(key), .kind = kind, .n_bytes = n_bytes, .key_length = key.len};
    if (key.len) memcpy(one->key, key.ptr, key.len);
    memset(value_of(one), 0, size);
    entry **row = row_of(cache, one->hash);
    one->next = *row;
    *row = one;
    link_newest(cache, one);
    cache->n_bytes += n_bytes;
    return value_of(one);
}

bool bt_pdf_cache_ran_out(const bt_pdf_cache *cache) { return cache->ran_out; }

bt_str bt_pdf_cache_move(char **room, bt_str s)
{
    char *moved = *room;
    if (s.len) memcpy(moved, s.ptr, s.len);
    *room += s.len;
    return (bt_str){moved, s.len};
}
