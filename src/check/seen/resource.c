/* resource.c - what names stand for in a page or form; asked for again and again, so that it is kept for the page. Also
 * the tables by which things are found that were seen before.
 */
#include "check/seen/operators.h"

/* --- tables --- */

enum { FIRST_CAPACITY = 64 };

static bool grow(bt_arena *arena, seen_table *table)
{
    uint32_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    seen_slot *slots = BT_NEW_ARRAY(arena, capacity, seen_slot);
    if (!slots) return false;
    for (uint32_t i = 0; i < table->capacity; i++) {
        if (!table->slots[i].thing) continue;
        uint32_t at = (uint32_t)table->slots[i].hash & (capacity - 1);
        while (slots[at].thing) at = (at + 1) & (capacity - 1);
        slots[at] = table->slots[i];
    }
    table->slots = slots;
    table->capacity = capacity;
    return true;
}

seen_slot *seen_table_slot(bt_arena *arena, seen_table *table, uint64_t hash, const void *thing, seen_same *same)
{
    hash ^= hash >> 32; /* the place is taken from the low bits */
    if (table->n * 2 >= table->capacity && !grow(arena, table)) return NULL;
    uint32_t at = (uint32_t)hash & (table->capacity - 1);
    for (; table->slots[at].thing; at = (at + 1) & (table->capacity - 1))
        if (table->slots[at].hash == hash && same(table->slots[at].thing, thing)) return &table->slots[at];
    table->slots[at].hash = hash;
    return &table->slots[at];
}

void seen_table_fill(seen_table *table, seen_slot *slot, void *thing)
{
    slot->thing = thing;
    table->n++;
}

/* --- resources --- */

static bool same_resource(const void *one, const void *other)
{
    const seen_resource *a = one, *b = other;
    return a->resources == b->resources && strcmp(a->kind, b->kind) == 0 && bt_str_equal(a->name, b->name);
}

static seen_obj look_up(seen_reader *r, const char *kind, bt_str name)
{
    if (!r->resources || memchr(name.ptr, 0, name.len)) return SEEN_NOTHING;
    const char *key = bt_str_z(r->scratch, bt_str_join(r->scratch, BT_STR("/"), name));
    return seen_obj_key(r->pdf, seen_obj_key(r->pdf, r->resources, kind), key);
}

seen_resource *seen_find(seen_reader *r, const char *kind, bt_str name)
{
    const seen_resource wanted = {.resources = r->resources, .kind = kind, .name = name};
    const uint64_t hash =
        bt_str_hash(name) * 31 + (unsigned char)kind[1] + (uint64_t)r->resources * 0x9e3779b97f4a7c15u;
    seen_table *table = &r->work->resources;
    seen_slot *slot = seen_table_slot(r->scratch, table, hash, &wanted, same_resource);
    seen_resource *known = slot ? slot->thing : NULL;
    if (!slot || known) return known && known->object ? known : NULL;
    seen_resource *found = BT_NEW(r->scratch, seen_resource);
    if (!found) return NULL;
    *found = wanted;
    found->name = bt_str_copy(r->scratch, name);
    found->object = look_up(r, kind, name);
    seen_table_fill(table, slot, found); /* what is not there as well, lest it be looked for again */
    return found->object ? found : NULL;
}
