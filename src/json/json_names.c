/* json_names.c - the names of an object, to find one given twice; JSON Pointers (RFC 6901). */
#include "json/json_int.h"

#include <string.h>

/* A tree's reference: a name's or a fork's index, doubled, plus one for a name. */
static uint32_t name_ref(uint32_t name_i) { return name_i << 1 | 1u; }
static bool is_name(uint32_t ref) { return ref & 1u; }

bt_json_tree bt_json_names_open(const bt_json_names *names)
{
    return (bt_json_tree){.first_name = names->names.n, .first_fork = names->forks.n};
}

void bt_json_names_close(bt_json_names *names, const bt_json_tree *tree)
{
    names->names.n = tree->first_name;
    names->forks.n = tree->first_fork;
}

/* Past its end a text reads as zero, which no name holds: so none is the beginning of another. */
static unsigned byte_at(bt_str text, size_t i) { return i < text.len ? (unsigned char)text.ptr[i] : 0; }

static unsigned side_of(bt_str text, uint32_t byte_i, uint8_t others)
{
    return (1u + (others | byte_at(text, byte_i))) >> 8;
}

/* The one name that can equal text. */
static const bt_json_name *nearest(const bt_json_names *names, uint32_t ref, bt_str text)
{
    while (!is_name(ref)) {
        const bt_json_fork *fork = &names->forks.v[ref >> 1];
        ref = fork->side[side_of(text, fork->byte_i, fork->others)];
    }
    return &names->names.v[ref >> 1];
}

/* Where a new fork that decides at byte_i and the bit left out of `others` belongs. */
static uint32_t *slot_for(bt_json_names *names, bt_json_tree *tree, bt_str text, uint32_t byte_i, uint8_t others)
{
    uint32_t *slot = &tree->root;
    while (!is_name(*slot)) {
        bt_json_fork *fork = &names->forks.v[*slot >> 1];
        if (fork->byte_i > byte_i || (fork->byte_i == byte_i && fork->others > others)) break;
        slot = &fork->side[side_of(text, fork->byte_i, fork->others)];
    }
    return slot;
}

bool bt_json_names_add(bt_json_names *names, bt_json_tree *tree, bt_str text, uint32_t line, uint32_t *earlier)
{
    *earlier = 0;
    uint32_t name_i = names->names.n;
    bool is_first = name_i == tree->first_name;
    size_t byte_i = 0;
    unsigned near_byte = 0;
    if (!is_first) {
        const bt_json_name *near = nearest(names, tree->root, text);
        if (bt_str_equal(near->text, text)) {
            *earlier = near->line;
            return true;
        }
        while (byte_at(near->text, byte_i) == byte_at(text, byte_i)) byte_i++;
        near_byte = byte_at(near->text, byte_i);
    }
    bt_json_name *name = BT_PUSH(names->arena, &names->names);
    if (!name) return false;
    *name = (bt_json_name){text, line};
    if (is_first) {
        tree->root = name_ref(name_i);
        return true;
    }
    unsigned difference = near_byte ^ byte_at(text, byte_i);
    while (difference & (difference - 1)) difference &= difference - 1; /* the highest bit alone */
    uint8_t others = (uint8_t)(difference ^ 0xFFu);
    uint32_t fork_i = names->forks.n;
    bt_json_fork *fork = BT_PUSH(names->arena, &names->forks);
    if (!fork) return false;
    uint32_t *slot = slot_for(names, tree, text, (uint32_t)byte_i, others);
    unsigned side = side_of(text, (uint32_t)byte_i, others);
    *fork = (bt_json_fork){.byte_i = (uint32_t)byte_i, .others = others};
    fork->side[side] = name_ref(name_i);
    fork->side[1 - side] = *slot;
    *slot = fork_i << 1;
    return true;
}

static bt_json_pointer step(bt_arena *arena, bt_json_pointer parent, bt_str name)
{
    if (parent.is_cut) return parent;
    size_t length = parent.text.len + 1;
    for (size_t i = 0; i < name.len && length <= BT_JSON_POINTER_LONGEST; i++) {
        length += name.ptr[i] == '~' || name.ptr[i] == '/' ? 2 : 1;
    }
    if (length > BT_JSON_POINTER_LONGEST) return (bt_json_pointer){parent.text, true};
    char *text = bt_arena_alloc(arena, length);
    if (!text) return (bt_json_pointer){BT_STR(""), true};
    size_t at = parent.text.len;
    if (at) memcpy(text, parent.text.ptr, at);
    text[at++] = '/';
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c == '~' || c == '/') {
            text[at++] = '~';
            c = c == '~' ? '0' : '1';
        }
        text[at++] = c;
    }
    return (bt_json_pointer){{text, length}, false};
}

bt_json_pointer bt_json_pointer_name(bt_arena *arena, bt_json_pointer parent, bt_str name)
{
    return step(arena, parent, name);
}

bt_json_pointer bt_json_pointer_index(bt_arena *arena, bt_json_pointer parent, uint32_t index)
{
    char digits[10];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + index % 10);
    while (index /= 10);
    return step(arena, parent, (bt_str){digits + at, sizeof digits - at});
}
