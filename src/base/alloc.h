/* alloc.h - the one way to the system's memory. Nothing else in the library calls malloc. */
#ifndef BT_BASE_ALLOC_H
#define BT_BASE_ALLOC_H

#include "bantin.h"

/* Over malloc. */
const bt_allocator *bt_alloc_system(void);

/* NULL without memory. */
void *bt_alloc_new(const bt_allocator *allocator, size_t size);
void *bt_alloc_resize(const bt_allocator *allocator, void *block, size_t old_size, size_t new_size);
void bt_alloc_drop(const bt_allocator *allocator, void *block, size_t size);

#endif
