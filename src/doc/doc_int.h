/* doc_int.h - shared by the files of doc/. */
#ifndef BT_DOC_INT_H
#define BT_DOC_INT_H

#include "doc/doc.h"

/* What the makers of blocks share. */
typedef struct bt_doc_maker {
    bt_arena *arena;
    bt_diags *diags;
    const bt_bundle *bundle;
    const bt_layout *layout;
    bool is_wrong; /* a text was refused, and reported */
    BT_ARRAY(bt_doc_block) blocks;
} bt_doc_maker;

/* Inline markup of a bundle's text in a style role. An absent text gives an empty one. */
bt_rich bt_doc_text(bt_doc_maker *maker, bt_text text, bt_style_role role);

/* fields.c */
bt_doc_fields bt_doc_fields_of(bt_arena *arena, const bt_bundle *bundle, const bt_layout *layout);

/* table.c */
const bt_doc_table *bt_doc_table_make(bt_doc_maker *maker, const bt_table *table);
/* A number in its source digits as the language writes it: 20337.5 -> 20.337,5. decimals -1: as many as written. */
bt_str bt_doc_number(bt_arena *arena, bt_str digits, int32_t decimals, bt_str lang);

#endif
