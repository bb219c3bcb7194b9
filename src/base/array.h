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

/* Appends a zeroed element and gives its address; NULL without memory. Where there is room, no call is made. */
#define BT_PUSH(arena, array)                                                                                          \
    ((array)->n < (array)->capacity                                                                                    \
         ? (memset(&(array)->v[(array)->n], 0, sizeof *(array)->v), &(array)->v[(array)->n++])                         \
     : bt_array_reserve((arena), (void *)&(array)->v, &(array)->capacity, (array)->n, 1, sizeof *(array)->v)           \
         ? &(array)->v[(array)->n++]                                                                                   \
         : NULL)

/* Appends n zeroed elements and gives the address of the first; NULL without memory. */
#define BT_PUSH_N(arena, array, count)                                                                                 \
    (bt_array_reserve((arena), (void *)&(array)->v, &(array)->capacity, (array)->n, (count), sizeof *(array)->v)       \
         ? ((array)->n += (count), &(array)->v[(array)->n - (count)])                                                  \
         : NULL)

/* Makes room for `more` zeroed elements after n. pointer: address of the array's `v`. */
bool bt_array_reserve(bt_arena *arena, void *pointer, uint32_t *capacity, uint32_t n, uint32_t more, size_t size);

#endif
