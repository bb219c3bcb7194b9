/* edition_tree.c - a tree of nodes that may be changed; only what lies on the way to a change is copied. */
#include "bundle/edition_int.h"

bool bt_edit_open(bt_arena *arena, bt_edit *edit)
{
    if (edit->is_open) return true;
    bt_edit *children = BT_NEW_ARRAY(arena, edit->node.n_children, bt_edit);
    if (!children) return false;
    edit->is_open = true;
    edit->first = edit->last = NULL;
    for (const bt_json_node *node = edit->node.child; node; node = node->next) {
        bt_edit *child = children++;
        child->node = *node;
        if (edit->last) edit->last->next = child;
        if (!edit->first) edit->first = child;
        edit->last = child;
    }
    return true;
}

bt_edit *bt_edit_member(const bt_edit *edit, bt_str key)
{
    if (edit->node.kind != BT_JSON_OBJECT) return NULL;
    for (bt_edit *child = edit->first; child; child = child->next)
        if (bt_str_equal(child->node.key, key)) return child;
    return NULL;
}

bt_edit *bt_edit_item(const bt_edit *edit, uint32_t index)
{
    bt_edit *child = edit->node.kind == BT_JSON_ARRAY ? edit->first : NULL;
    for (; child && index; index--) child = child->next;
    return child && !child->is_new ? child : NULL;
}

void bt_edit_take(bt_edit *edit, const bt_json_node *value, const bt_place *key_at)
{
    bt_str key = edit->node.key;
    edit->node = *value;
    edit->node.key = key;
    edit->node.key_at = key_at;
    edit->node.next = NULL;
    edit->first = edit->last = NULL;
    edit->is_open = false;
}

bt_edit *bt_edit_insert(bt_arena *arena, bt_edit *parent, bt_edit *after, const bt_json_node *value, bt_str key,
                        const bt_place *key_at)
{
    bt_edit *child = BT_NEW(arena, bt_edit);
    if (!child) return NULL;
    child->node.key = key;
    child->is_new = true;
    bt_edit_take(child, value, key_at);
    child->next = after ? after->next : parent->first;
    if (after)
        after->next = child;
    else
        parent->first = child;
    if (parent->last == after) parent->last = child;
    return child;
}

void bt_edit_close(bt_edit *edit)
{
    if (!edit->is_open) return; /* as the file has it */
    bt_edit *before = NULL;
    edit->node.child = NULL;
    edit->node.n_children = 0;
    for (bt_edit *child = edit->first; child; child = child->next) {
        if (child->is_gone) continue;
        bt_edit_close(child); /* no deeper than two files' BT_LIMIT_JSON_DEPTH */
        child->node.next = NULL;
        if (before)
            before->node.next = &child->node;
        else
            edit->node.child = &child->node;
        before = child;
        edit->node.n_children++;
    }
}
