/* array.h - the one growable array. All size arithmetic is checked here.
 *
 *     BT_ARRAY(bt_par_item) items = {0};
 *     bt_par_item *item = BT_PUSH(arena, &items);      NULL without memory; zeroed otherwise
 *
 * Growing copies into fresh arena memory; what was handed out before stays readable until the arena is rewound.
 */
#ifndef BT_BASE_ARRAY_H
#define BT_BASE_ARRAY_H

#include "base/arena.h"

#include <string.h>

#define BT_ARRAY(type)                                                                                                 \
    struct {                                                                                                           \
        type *v;                                                                                                       \
        uint32_t n, capacity;                                                                                          \
    }

/* Appends a zeroed element and gives its address; NULL without memory. */
#define BT_PUSH(arena, array)                                                                                          \
    (bt_array_room((arena), (void *)&(array)->v, (array)->v, &(array)->capacity, (array)->n, sizeof *(array)->v)       \
         ? &(array)->v[(array)->n++]                                                                                   \
         : NULL)

/* Appends n zeroed elements and gives the address of the first; NULL without memory. */
#define BT_PUSH_N(arena, array, count)                                                                                 \
    (bt_array_reserve((arena), (void *)&(array)->v, &(array)->capacity, (array)->n, (count), sizeof *(array)->v)       \
         ? ((array)->n += (count), &(array)->v[(array)->n - (count)])                                                  \
         : NULL)

/* Makes room for `more` zeroed elements after n. pointer: address of the array's `v`. */
bool bt_array_reserve(bt_arena *arena, void *pointer, uint32_t *capacity, uint32_t n, uint32_t more, size_t size);

/* The same for one element. Where there is room, which is nearly always, no call is made; v: the array's own. */
static inline bool bt_array_room(bt_arena *arena, void *pointer, void *v, uint32_t *capacity, uint32_t n, size_t size)
{
    if (!v || n >= *capacity) return bt_array_reserve(arena, pointer, capacity, n, 1, size);
    memset((unsigned char *)v + (size_t)n * size, 0, size);
    return true;
}

#endif
