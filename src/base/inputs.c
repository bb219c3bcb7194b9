/* inputs.c - see inputs.h. */
#include "base/inputs.h"

#include "base/digest.h"

bt_inputs bt_inputs_over(const bt_allocator *allocator, const bt_witness *witness)
{
    bool is_heard = witness && witness->on_input;
    return (bt_inputs){.witness = is_heard ? witness : NULL, .arena = bt_arena_over(allocator)};
}

void bt_inputs_drop(bt_inputs *inputs)
{
    bt_arena_drop(&inputs->arena);
    *inputs = (bt_inputs){.witness = NULL};
}

bool bt_inputs_are_heard(const bt_diags *diags) { return diags->inputs && diags->inputs->witness; }

/* The slot of a path with these contents, or an empty one. A file that has changed since it was told is told again. */
static uint32_t *slot_of(const bt_inputs *inputs, bt_str path, const bt_digest *contents)
{
    uint32_t i = (uint32_t)bt_str_hash(path) & (inputs->n_slots - 1);
    for (;; i = (i + 1) & (inputs->n_slots - 1)) {
        const bt_input *one = inputs->slots[i] ? &inputs->all.v[inputs->slots[i] - 1] : NULL;
        if (!one || (bt_digest_equal(&one->contents, contents) && bt_str_equal(one->path, path)))
            return &inputs->slots[i];
    }
}

static bool has_told(const bt_inputs *inputs, bt_str path, const bt_digest *contents)
{
    return inputs && inputs->n_slots && *slot_of(inputs, path, contents);
}

static bool make_room(bt_inputs *inputs)
{
    enum { FIRST = 64 };
    if (inputs->all.n < inputs->n_slots / 2) return true;
    uint32_t n = inputs->n_slots ? 2 * inputs->n_slots : FIRST;
    uint32_t *slots = BT_NEW_ARRAY(&inputs->arena, n, uint32_t);
    if (!slots) return false;
    inputs->slots = slots;
    inputs->n_slots = n;
    for (uint32_t i = 0; i < inputs->all.n; i++)
        *slot_of(inputs, inputs->all.v[i].path, &inputs->all.v[i].contents) = i + 1;
    return true;
}

static void keep(bt_inputs *inputs, bt_str path, const bt_digest *contents)
{
    if (!make_room(inputs)) return;
    uint32_t *slot = slot_of(inputs, path, contents);
    bt_input *one = BT_PUSH(&inputs->arena, &inputs->all);
    if (!one) return;
    *one = (bt_input){bt_str_copy(&inputs->arena, path), *contents};
    *slot = inputs->all.n;
}

void bt_inputs_note_digest(bt_diags *diags, bt_str path, const bt_digest *contents)
{
    bt_inputs *inputs = diags->inputs;
    if (!bt_inputs_are_heard(diags) || has_told(inputs, path, contents) || has_told(inputs->base, path, contents))
        return;
    keep(inputs, path, contents);
    bt_arena words = bt_arena_over(inputs->arena.allocator);
    const char *name = bt_str_z(&words, path);
    if (words.failed) inputs->arena.failed = true;
    if (!words.failed) inputs->witness->on_input(inputs->witness->user, name, contents);
    bt_arena_drop(&words);
}

void bt_inputs_note(bt_diags *diags, bt_str path, bt_str bytes)
{
    if (!bt_inputs_are_heard(diags)) return;
    bt_digest contents = bt_digest_of(bytes.ptr, bytes.len);
    bt_inputs_note_digest(diags, path, &contents);
}

void bt_inputs_note_absent(bt_diags *diags, bt_str path)
{
    static const bt_digest none = {{0}};
    bt_inputs_note_digest(diags, path, &none);
}
