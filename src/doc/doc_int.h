/* doc_int.h - shared by the files of doc/. */
#ifndef BT_DOC_INT_H
#define BT_DOC_INT_H

#include "doc/doc.h"

/* The notes of an article, and how often each is referred to. */
typedef struct bt_doc_notes {
    uint32_t n;
    uint32_t *n_references; /* of each */
    uint32_t article_i;
    uint32_t own_no; /* the note that is being read, which begins with its own number; 0: none */
} bt_doc_notes;

/* What the makers of blocks share. */
typedef struct bt_doc_maker {
    bt_arena *arena;
    bt_diags *diags;
    const bt_bundle *bundle;
    const bt_layout *layout;
    bool is_wrong; /* a text was refused, and reported */
    BT_ARRAY(bt_doc_block) blocks;
    bool is_in_box, is_filler; /* the blocks being added stand in a box, or a filler: their text is set in its style */
    uint32_t n_lists;
    const bt_doc_notes *notes; /* that texts may refer to; NULL: none here */
} bt_doc_maker;

/* Reads inline markup of one text into a style. False: it is wrong, which is reported, or no memory. */
bool bt_doc_rich(const bt_doc_maker *maker, bt_text text, const bt_style *style, bt_rich *rich);
/* A link to an article's headline. NULL: no memory. */
const bt_link *bt_doc_link_to(bt_arena *arena, uint32_t article_i);
/* A text of which nothing is a link: all of it leads elsewhere together. */
bt_rich bt_doc_unlinked(bt_arena *arena, const bt_rich *rich);
/* A text without the numbers of notes. */
bt_str bt_doc_without_notes(bt_arena *arena, const bt_rich *rich);

/* Inline markup of a bundle's text in a style role. An absent text gives an empty one. */
bt_rich bt_doc_text(bt_doc_maker *maker, bt_text text, bt_style_role role);

/* The role of a text: its own in an article's body; in a box or filler, that one's. */
bt_style_role bt_doc_role(const bt_doc_maker *maker, bt_style_role outside, bool is_first);

/* blocks.c. Each appends to the maker's blocks; without memory the arena has failed. */
bt_doc_block *bt_doc_add(bt_doc_maker *maker, bt_doc_kind kind, uint32_t article_i, const bt_place *at);
/* A text with empty lines is several paragraphs; one that follows a heading takes the role `first`. */
void bt_doc_add_paragraphs(bt_doc_maker *maker, uint32_t article_i, bt_text text, bt_style_role first,
                           bt_style_role rest);
/* A heading of the outline's level (0: of none), kept with what follows. NULL: the text is empty, or no memory. */
/* Warns of a picture without "alt". instead: its caption, which is read out in its place; empty: there is none. */
void bt_doc_miss_alt(bt_doc_maker *maker, const bt_place *at, bt_str instead);
bt_doc_block *bt_doc_add_heading(bt_doc_maker *maker, uint32_t article_i, bt_text text, bt_style_role role,
                                 uint32_t level, bool spans);
/* drop_cap.c: parts a paragraph's text into its first letter and the rest, where it begins with one. False: no memory.
 */
bool bt_doc_add_drop_cap(bt_doc_maker *maker, bt_doc_block *block);
/* list.c: a list and those in its items. */
void bt_doc_add_list(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);
/* A number as a marker's template has it ("{a})"). lang: whose letters; n from 1. */
bt_str bt_doc_marker(bt_arena *arena, bt_str template, uint32_t n, bt_str lang);
/* verse.c */
void bt_doc_add_verse(bt_doc_maker *maker, uint32_t article_i, const bt_verse *verse);
void bt_doc_add_qa(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);
/* Any block of a bundle. */
void bt_doc_add_block(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);

/* contents.c: the table of contents, as the first blocks. */
void bt_doc_add_contents(bt_doc_maker *maker);

/* box.c: a filler's box. */
void bt_doc_filler(bt_doc_maker *maker, const bt_filler *source, bt_doc_block *block);
/* The blocks of bundle_box.c and galleries. */
void bt_doc_add_box(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);
void bt_doc_add_numbers(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);
void bt_doc_add_qr(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);
void bt_doc_add_gallery(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);

/* fields.c */
bt_doc_fields bt_doc_fields_of(bt_arena *arena, const bt_bundle *bundle, const bt_layout *layout);

/* table.c */
const bt_doc_table *bt_doc_table_make(bt_doc_maker *maker, const bt_table *table);
/* One of the layout's words with its value; empty where there is none. */
bt_rich bt_doc_word(bt_doc_maker *maker, bt_str template, bt_text value, bt_style_role role);

/* chart.c */
void bt_doc_add_chart(bt_doc_maker *maker, uint32_t article_i, const bt_block *source);

#endif
