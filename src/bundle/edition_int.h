/* edition_int.h - a base's tree while an overlay is laid on it.
 *
 *     edition_tree.c     the tree that may be changed: opened where it is, closed again in the end
 *     edition_pointer.c  "set": where a JSON Pointer leads
 *     edition_lay.c      "articles": replace, insert, remove, merge; and the whole
 *
 * Nodes are never changed: what is opened has copies of its children. A node's key, place and text are shared.
 */
#ifndef BT_EDITION_INT_H
#define BT_EDITION_INT_H

#include "base/limits.h"
#include "bundle/edition.h"
#include "json/fields.h"

/* A value of the bundle that comes out. */
typedef struct bt_edit bt_edit;
struct bt_edit {
    bt_json_node node;     /* first, so that a pointer to one is a pointer to the other */
    bt_edit *first, *last; /* its children, once it is open */
    bt_edit *next;
    bt_str id;             /* of an article of the base; empty where it has none */
    bt_edit *tail;         /* the last article inserted behind this one so far; NULL: none */
    const bt_place *by;    /* the change that gave it its value, or took it away */
    const bt_place *below; /* one that changed something in it */
    bool is_open, is_gone;
    bool is_new; /* the base has nothing there */
};

typedef struct bt_edition_layer {
    bt_fields_reader r;
    const bt_edition *edition;
    bt_edit *root;
    bt_edit *articles;              /* the base's list; NULL: it has none */
    bt_edit *start_tail, *end_tail; /* the last article inserted at the start and at the end so far */
    uint32_t n_changes;
} bt_edition_layer;

/* edition_tree.c. Gives an array or object children that may be changed; false without memory. */
bool bt_edit_open(bt_arena *arena, bt_edit *edit);
/* An opened object's member, one that is gone included; NULL: none. */
bt_edit *bt_edit_member(const bt_edit *edit, bt_str key);
/* An opened array's item; NULL: none. */
bt_edit *bt_edit_item(const bt_edit *edit, uint32_t index);
/* Gives it another value; its key stays, at key_at. */
void bt_edit_take(bt_edit *edit, const bt_json_node *value, const bt_place *key_at);
/* A new child of an opened parent, behind `after`; NULL: before the first. key_at: NULL in an array. NULL without
 * memory. */
bt_edit *bt_edit_insert(bt_arena *arena, bt_edit *parent, bt_edit *after, const bt_json_node *value, bt_str key,
                        const bt_place *key_at);
/* Joins what is left into nodes again. */
void bt_edit_close(bt_edit *edit);

/* One change more. False: beyond the limit, which is reported once. */
bool bt_edition_count(bt_edition_layer *l, const bt_place *at);
/* True when no change hit the value, or something in it, before; else reports it. */
bool bt_edition_is_free(bt_edition_layer *l, const bt_edit *edit, const bt_place *at);

/* edition_pointer.c: "set". */
void bt_edition_set(bt_edition_layer *l, const bt_json_node *set);

#endif
