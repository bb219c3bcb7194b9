/* arena.h - memory that is freed all at once.
 *
 * An arena hands out zeroed memory from growing blocks. Once it could not, it has `failed`: from then on every
 * allocation returns NULL, so a stage may test each pointer or, where it writes nothing, the flag at its exit.
 */
#ifndef BT_BASE_ARENA_H
#define BT_BASE_ARENA_H

#include "base/alloc.h"

typedef struct bt_arena_block bt_arena_block;

typedef struct bt_arena {
    const bt_allocator *allocator; /* NULL: malloc */
    bt_arena_block *top;           /* the block in use; older ones hang below it */
    bt_arena_block *spares;        /* those that a rewind left over, for the next time; */
    size_t n_spare_bytes;          /* up to BT_LIMIT_ARENA_SPARE_BYTES, or one block */
    bool failed;                   /* sticky */
} bt_arena;

typedef struct bt_arena_mark {
    bt_arena_block *block;
    size_t used;
} bt_arena_mark;

/* A zeroed bt_arena is ready; this sets its allocator. */
bt_arena bt_arena_over(const bt_allocator *allocator);

/* Zeroed memory, aligned for any type; NULL without memory. size 0 gives a valid pointer. */
void *bt_arena_alloc(bt_arena *arena, size_t size);

/* Zeroed array; NULL without memory or when n * size overflows. */
void *bt_arena_array(bt_arena *arena, size_t n, size_t size);

/* The same without the zeros, for what is written before it is read. */
void *bt_arena_alloc_unset(bt_arena *arena, size_t size);
void *bt_arena_array_unset(bt_arena *arena, size_t n, size_t size);

/* Rewinding frees everything handed out since the mark. Marks nest. */
bt_arena_mark bt_arena_set_mark(bt_arena *arena);
void bt_arena_rewind(bt_arena *arena, bt_arena_mark mark);

/* Rewinds to the start and forgets a failure; blocks stay for the next job, up to
 * BT_LIMIT_ARENA_SPARE_BYTES. */
void bt_arena_reset(bt_arena *arena);

/* Frees everything; the arena may be used again. */
void bt_arena_drop(bt_arena *arena);

#define BT_NEW(arena, type) ((type *)bt_arena_alloc((arena), sizeof(type)))
#define BT_NEW_ARRAY(arena, n, type) ((type *)bt_arena_array((arena), (n), sizeof(type)))
#define BT_NEW_ARRAY_UNSET(arena, n, type) ((type *)bt_arena_array_unset((arena), (n), sizeof(type)))

#endif
