/* bundle_facts.c - what looking at texts, and at lists of them, has shown, by the address of each: an edition's are
 * mostly those of its base, and need not be looked at again. */
#include "bundle/bundle_int.h"

/* The slot that holds the text, or the free one where it belongs. */
static bt_text_facts *slot_of(const bt_bundle_facts *facts, bt_str text)
{
    uint64_t hash = (uint64_t)(uintptr_t)text.ptr * 0x9E3779B97F4A7C15u;
    uint32_t slot = (uint32_t)(hash >> 32) & (facts->capacity - 1);
    while (facts->slots[slot].text.len && facts->slots[slot].text.ptr != text.ptr)
        slot = (slot + 1) & (facts->capacity - 1);
    return &facts->slots[slot];
}

bt_text_facts *bt_bundle_facts_find(const bt_bundle_facts *facts, bt_str text)
{
    if (!facts || !facts->capacity || !text.len) return NULL;
    bt_text_facts *found = slot_of(facts, text);
    return found->text.len == text.len ? found : NULL;
}

static bool grow(bt_arena *arena, bt_bundle_facts *facts)
{
    enum { FIRST_CAPACITY = 256 };
    bt_bundle_facts old = *facts;
    uint32_t capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    bt_text_facts *slots = BT_NEW_ARRAY(arena, capacity, bt_text_facts);
    if (!slots) return false;
    facts->slots = slots;
    facts->capacity = capacity;
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.slots[i].text.len) *slot_of(facts, old.slots[i].text) = old.slots[i];
    return true;
}

bt_text_facts *bt_bundle_facts_add(bt_arena *arena, bt_bundle_facts *facts, bt_str text)
{
    bt_text_facts *known = bt_bundle_facts_find(facts, text);
    if (known || !text.len || facts->n == BT_LIMIT_FACTS) return known;
    if (facts->n * 2 >= facts->capacity && !grow(arena, facts)) return NULL;
    bt_text_facts *fresh = slot_of(facts, text);
    *fresh = (bt_text_facts){.text = text};
    facts->n++;
    return fresh;
}
