#include "base/arena.h"

#include "base/limits.h"

#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024 };

struct bt_arena_block {
    bt_arena_block *below;
    size_t size; /* of the memory after this header */
    size_t used;
    size_t padding; /* keeps the memory aligned for any type */
};

static const size_t alignment = _Alignof(max_align_t);

static unsigned char *memory_of(bt_arena_block *block) { return (unsigned char *)(block + 1); }

static const bt_allocator *allocator_of(const bt_arena *arena)
{
    return arena->allocator ? arena->allocator : bt_alloc_system();
}

bt_arena bt_arena_over(const bt_allocator *allocator) { return (bt_arena){.allocator = allocator}; }

/* The first spare that is large enough: in the order in which they were used before. NULL: none. */
static bt_arena_block *take_spare(bt_arena *arena, size_t need)
{
    for (bt_arena_block **at = &arena->spares; *at; at = &(*at)->below) {
        bt_arena_block *block = *at;
        if (block->size < need) continue;
        *at = block->below;
        arena->n_spare_bytes -= block->size;
        return block;
    }
    return NULL;
}

static bool add_block(bt_arena *arena, size_t need)
{
    size_t size = arena->top ? arena->top->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need) size = need;
    if (size > SIZE_MAX - sizeof(bt_arena_block)) return false;
    bt_arena_block *block = take_spare(arena, need);
    if (!block) {
        block = bt_alloc_new(allocator_of(arena), size + sizeof *block);
        if (!block) return false;
        block->size = size;
    }
    block->below = arena->top;
    block->used = 0;
    arena->top = block;
    return true;
}

void *bt_arena_alloc_unset(bt_arena *arena, size_t size)
{
    if (arena->failed) return NULL;
    if (size > SIZE_MAX - alignment) {
        arena->failed = true;
        return NULL;
    }
    size_t need = (size + alignment - 1) / alignment * alignment;
    if (!arena->top || arena->top->size - arena->top->used < need) {
        if (!add_block(arena, need)) {
            arena->failed = true;
            return NULL;
        }
    }
    void *memory = memory_of(arena->top) + arena->top->used;
    arena->top->used += need;
    return memory;
}

void *bt_arena_alloc(bt_arena *arena, size_t size)
{
    void *memory = bt_arena_alloc_unset(arena, size);
    return memory ? memset(memory, 0, size) : NULL;
}

void *bt_arena_array(bt_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return bt_arena_alloc(arena, n * size);
}

void *bt_arena_array_unset(bt_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return bt_arena_alloc_unset(arena, n * size);
}

bt_arena_mark bt_arena_set_mark(bt_arena *arena)
{
    return (bt_arena_mark){arena->top, arena->top ? arena->top->used : 0};
}

static void drop_block(const bt_arena *arena, bt_arena_block *block)
{
    bt_alloc_drop(allocator_of(arena), block, block->size + sizeof *block);
}

static void drop_spares(bt_arena *arena)
{
    while (arena->spares) {
        bt_arena_block *block = arena->spares;
        arena->spares = block->below;
        drop_block(arena, block);
    }
    arena->n_spare_bytes = 0;
}

/* What is marked and rewound over and over costs the system nothing: of blocks that are too large to be kept side by
 * side, the larger one stays. */
static void keep_spare(bt_arena *arena, bt_arena_block *block)
{
    bool has_room = arena->n_spare_bytes + block->size <= BT_LIMIT_ARENA_SPARE_BYTES;
    if (!has_room && block->size < arena->n_spare_bytes) {
        drop_block(arena, block);
        return;
    }
    if (!has_room) drop_spares(arena);
    block->below = arena->spares;
    arena->spares = block;
    arena->n_spare_bytes += block->size;
}

void bt_arena_rewind(bt_arena *arena, bt_arena_mark mark)
{
    while (arena->top != mark.block) {
        bt_arena_block *block = arena->top;
        arena->top = block->below;
        keep_spare(arena, block);
    }
    if (arena->top) arena->top->used = mark.used;
}

void bt_arena_reset(bt_arena *arena)
{
    bt_arena_rewind(arena, (bt_arena_mark){NULL, 0});
    if (arena->n_spare_bytes > BT_LIMIT_ARENA_SPARE_BYTES) drop_spares(arena);
    arena->failed = false;
}

void bt_arena_drop(bt_arena *arena)
{
    bt_arena_reset(arena);
    drop_spares(arena);
}
