#include "base/alloc.h"

#include <stdlib.h>

static void *resize_by_malloc(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const bt_allocator *bt_alloc_system(void)
{
    static const bt_allocator system_allocator = {resize_by_malloc, NULL};
    return &system_allocator;
}

void *bt_alloc_new(const bt_allocator *allocator, size_t size)
{
    return allocator->resize(allocator->user, NULL, 0, size ? size : 1);
}

void *bt_alloc_resize(const bt_allocator *allocator, void *block, size_t old_size, size_t new_size)
{
    return allocator->resize(allocator->user, block, old_size, new_size ? new_size : 1);
}

void bt_alloc_drop(const bt_allocator *allocator, void *block, size_t size)
{
    if (block) allocator->resize(allocator->user, block, size ? size : 1, 0);
}
