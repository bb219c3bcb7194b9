#include "base/array.h"

#include <string.h>

bool bt_array_reserve(bt_arena *arena, void *pointer, uint32_t *capacity, uint32_t n, uint32_t more, size_t size)
{
    if (more > UINT32_MAX - n) {
        arena->failed = true;
        return false;
    }
    void *old;
    memcpy(&old, pointer, sizeof old); /* v is a pointer of another type: its bytes are what we may touch */
    if (*capacity && n + more <= *capacity) {
        memset((unsigned char *)old + (size_t)n * size, 0, (size_t)more * size);
        return true;
    }
    uint32_t wanted = *capacity < UINT32_MAX / 2 ? *capacity * 2 : UINT32_MAX;
    if (wanted < 8) wanted = 8;
    if (wanted < n + more) wanted = n + more;
    unsigned char *fresh = bt_arena_array_unset(arena, wanted, size);
    if (!fresh) return false;
    if (n) memcpy(fresh, old, (size_t)n * size);
    memset(fresh + (size_t)n * size, 0, (size_t)more * size);
    memcpy(pointer, &fresh, sizeof fresh);
    *capacity = wanted;
    return true;
}
