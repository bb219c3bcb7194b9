/* bundle_list.c - lists, bulleted and numbered, which may stand inside one another. */
#include "bundle/bundle_int.h"

/* --- items --- */

enum { ITEM_TEXT, ITEM_ITEMS, ITEM_LIST, N_ITEM_KEYS };
static const bt_field item_keys[N_ITEM_KEYS] = {
    [ITEM_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
    [ITEM_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, 0},
    [ITEM_LIST] = {BT_STR_INIT("list"), BT_TAKES_STRING, 0},
};
static const bt_fields item_fields = {"this item", item_keys, N_ITEM_KEYS};

/* A list that is being read: how deep it stands, and whether its items are numbered. */
typedef struct list {
    uint32_t depth;
    bool is_numbered;
} list;

static const bt_list_item *read_items(bt_bundle_reader *b, const bt_json_node *array, const list *own, uint32_t *n);

/* The items of an item. They are numbered where the item's own list is, unless it names another kind. */
static void read_nested(bt_bundle_reader *b, const bt_json_node **values, const list *own, bt_list_item *item)
{
    static const bt_str kinds[] = {BT_STR_INIT("bullets"), BT_STR_INIT("numbered")};
    list nested = {own->depth + 1, own->is_numbered};
    uint32_t choice;
    if (bt_fields_choice(&b->fields, values[ITEM_LIST], kinds, 2, &choice)) nested.is_numbered = choice == 1;
    if (values[ITEM_LIST] && !values[ITEM_ITEMS])
        bt_fields_fault(&b->fields, BT_E_LIST_NO_ITEMS, values[ITEM_LIST]->at, BT_NO_ARGS);
    item->numbers_items = nested.is_numbered;
    item->items = read_items(b, values[ITEM_ITEMS], &nested, &item->n_items);
}

/* False: the item is blank and holds nothing, and is left out. */
static bool read_item(bt_bundle_reader *b, const bt_json_node *node, const list *own, bt_list_item *item)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *text = node;
    item->text.s = BT_STR("");
    if (!bt_fields_expect(r, node, BT_TAKES_STRING | BT_TAKES_OBJECT, NULL)) return true;
    if (node->kind == BT_JSON_OBJECT) {
        const bt_json_node *values[N_ITEM_KEYS];
        bt_fields_read(r, node, &item_fields, values);
        text = values[ITEM_TEXT];
        read_nested(b, values, own, item);
    }
    if (!text) return true;
    item->text = bt_bundle_text(b, text);
    if (!bt_bundle_is_blank(item->text.s)) return true;
    if (item->n_items)
        bt_fields_fault(r, BT_E_LIST_ITEM_BLANK, text->at, BT_NO_ARGS);
    else
        bt_bundle_left_out(b, text, "this item of the list");
    return item->n_items > 0;
}

static const bt_list_item *read_items(bt_bundle_reader *b, const bt_json_node *array, const list *own, uint32_t *n)
{
    bt_fields_reader *r = &b->fields;
    *n = 0;
    if (!array) return NULL;
    if (own->depth > BT_LIST_DEPTH) {
        bt_fields_limit(r, BT_E_LIST_DEPTH, array->at, BT_ARGS(bt_fields_count(r, BT_LIST_DEPTH)));
        return NULL;
    }
    bt_list_item *items = BT_NEW_ARRAY(r->arena, array->n_children, bt_list_item);
    if (!items) return NULL;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        if (read_item(b, node, own, &items[*n]))
            (*n)++;
        else
            items[*n] = (bt_list_item){0};
    }
    return items;
}

/* False: the list is left out. */
static bool read_list(bt_bundle_reader *b, const bt_json_node *array, bool is_numbered, bt_block *block)
{
    list outer = {1, is_numbered};
    block->items = read_items(b, array, &outer, &block->n_items);
    if (block->n_items || !array) return true;
    if (!array->n_children) bt_bundle_left_out(b, array, "this list");
    return false;
}

/* --- bullets --- */

enum { BULLETS_TYPE, BULLETS_ITEMS, N_BULLETS_KEYS };
static const bt_field bullets_keys[N_BULLETS_KEYS] = {
    [BULLETS_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [BULLETS_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields bullets_fields = {"this list", bullets_keys, N_BULLETS_KEYS};

bool bt_bundle_bullets(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_BULLETS_KEYS];
    bt_fields_read(&b->fields, node, &bullets_fields, values);
    return read_list(b, values[BULLETS_ITEMS], false, block);
}

/* --- numbered --- */

enum { NUMBERED_TYPE, NUMBERED_ITEMS, NUMBERED_START, NUMBERED_LEVELS, N_NUMBERED_KEYS };
static const bt_field numbered_keys[N_NUMBERED_KEYS] = {
    [NUMBERED_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [NUMBERED_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, BT_REQUIRED},
    [NUMBERED_START] = {BT_STR_INIT("start"), BT_TAKES_NUMBER, 0},
    [NUMBERED_LEVELS] = {BT_STR_INIT("levels"), BT_TAKES_STRING, 0},
};
static const bt_fields numbered_fields = {"this list", numbered_keys, N_NUMBERED_KEYS};

bool bt_bundle_numbered(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    enum { MOST_START = 9999 };
    static const bt_str levels[] = {BT_STR_INIT("plain"), BT_STR_INIT("document")};
    const bt_json_node *values[N_NUMBERED_KEYS];
    uint32_t choice;
    bt_fields_read(&b->fields, node, &numbered_fields, values);
    block->start = 1;
    bt_fields_integer(&b->fields, values[NUMBERED_START], 1, MOST_START, &block->start);
    if (bt_fields_choice(&b->fields, values[NUMBERED_LEVELS], levels, 2, &choice)) block->is_document = choice == 1;
    return read_list(b, values[NUMBERED_ITEMS], true, block);
}
