/* short_memory.h - memory that ends after so many allocations, for tests of what happens then:
 *
 *     short_memory memory = {n};
 *     bt_allocator allocator = {short_resize, &memory};
 */
#ifndef BT_TESTS_SHORT_MEMORY_H
#define BT_TESTS_SHORT_MEMORY_H

#include "base/alloc.h"

typedef struct short_memory {
    long left; /* allocations still granted */
} short_memory;

static inline void *short_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    short_memory *memory = user;
    if (new_size && memory->left-- <= 0) return NULL;
    const bt_allocator *system = bt_alloc_system();
    return system->resize(system->user, block, old_size, new_size);
}

#endif
