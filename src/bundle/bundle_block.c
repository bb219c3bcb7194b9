/* bundle_block.c - the blocks of an article's body. Each type has its table of keys. */
#include "bundle/bundle_int.h"

bool bt_bundle_span(bt_bundle_reader *b, const bt_json_node *node, bool *spans_page)
{
    static const bt_str names[] = {BT_STR_INIT("column"), BT_STR_INIT("page")};
    uint32_t choice;
    if (!bt_fields_choice(&b->fields, node, names, 2, &choice)) return false;
    *spans_page = choice == 1;
    if (*spans_page && b->is_in_box) bt_fields_fault(&b->fields, BT_E_BOX_SPAN, node->at, BT_NO_ARGS);
    return true;
}

/* --- paragraph, subheading, quote, rule --- */

enum { PARAGRAPH_TYPE, PARAGRAPH_TEXT, N_PARAGRAPH_KEYS };
static const bt_field paragraph_keys[N_PARAGRAPH_KEYS] = {
    [PARAGRAPH_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [PARAGRAPH_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
};
static const bt_fields paragraph_fields = {"this paragraph", paragraph_keys, N_PARAGRAPH_KEYS};

bool bt_bundle_keeps_text(bt_bundle_reader *b, const bt_json_node *node, const char *what, bt_block *block)
{
    if (!node) return true;
    block->text = bt_bundle_text(b, node);
    if (!bt_bundle_is_blank(block->text.s)) return true;
    bt_bundle_left_out(b, node, what);
    return false;
}

static bool read_paragraph(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_PARAGRAPH_KEYS];
    bt_fields_read(&b->fields, node, &paragraph_fields, values);
    return bt_bundle_keeps_text(b, values[PARAGRAPH_TEXT], "this paragraph", block);
}

enum { SUBHEADING_TYPE, SUBHEADING_TEXT, SUBHEADING_LEVEL, SUBHEADING_SPAN, N_SUBHEADING_KEYS };
static const bt_field subheading_keys[N_SUBHEADING_KEYS] = {
    [SUBHEADING_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [SUBHEADING_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
    [SUBHEADING_LEVEL] = {BT_STR_INIT("level"), BT_TAKES_NUMBER, 0},
    [SUBHEADING_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields subheading_fields = {"this subheading", subheading_keys, N_SUBHEADING_KEYS};

static bool read_subheading(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    enum { MOST_LEVEL = 3 };
    const bt_json_node *values[N_SUBHEADING_KEYS];
    bt_fields_read(&b->fields, node, &subheading_fields, values);
    block->level = 1;
    bt_fields_integer(&b->fields, values[SUBHEADING_LEVEL], 1, MOST_LEVEL, &block->level);
    block->has_span = bt_bundle_span(b, values[SUBHEADING_SPAN], &block->spans_page);
    return bt_bundle_keeps_text(b, values[SUBHEADING_TEXT], "this subheading", block);
}

enum { QUOTE_TYPE, QUOTE_TEXT, QUOTE_BY, QUOTE_SPAN, N_QUOTE_KEYS };
static const bt_field quote_keys[N_QUOTE_KEYS] = {
    [QUOTE_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [QUOTE_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
    [QUOTE_BY] = {BT_STR_INIT("by"), BT_TAKES_STRING, 0},
    [QUOTE_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields quote_fields = {"this quote", quote_keys, N_QUOTE_KEYS};

static bool read_quote(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_QUOTE_KEYS];
    bt_fields_read(&b->fields, node, &quote_fields, values);
    block->by = bt_bundle_text(b, values[QUOTE_BY]);
    block->has_span = bt_bundle_span(b, values[QUOTE_SPAN], &block->spans_page);
    return bt_bundle_keeps_text(b, values[QUOTE_TEXT], "this quote", block);
}

enum { RULE_TYPE, RULE_SPAN, N_RULE_KEYS };
static const bt_field rule_keys[N_RULE_KEYS] = {
    [RULE_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [RULE_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields rule_fields = {"this rule", rule_keys, N_RULE_KEYS};

static bool read_rule(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_RULE_KEYS];
    bt_fields_read(&b->fields, node, &rule_fields, values);
    block->has_span = bt_bundle_span(b, values[RULE_SPAN], &block->spans_page);
    return true;
}

static bool read_table(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    block->table = bt_bundle_table(b, node, block);
    return true;
}

static bool read_chart(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    bt_bundle_chart(b, node, block);
    return true;
}

/* --- any block --- */

/* Types by name. */
static const struct block_type {
    bt_str name;
    bt_block_kind kind;
    bool (*read)(bt_bundle_reader *b, const bt_json_node *node, bt_block *block); /* false: the block is left out */
} block_types[] = {
    {BT_STR_INIT("paragraph"), BT_BLOCK_PARAGRAPH, read_paragraph},
    {BT_STR_INIT("subheading"), BT_BLOCK_SUBHEADING, read_subheading},
    {BT_STR_INIT("bullets"), BT_BLOCK_BULLETS, bt_bundle_bullets},
    {BT_STR_INIT("figure"), BT_BLOCK_FIGURE, bt_bundle_figure},
    {BT_STR_INIT("table"), BT_BLOCK_TABLE, read_table},
    {BT_STR_INIT("quote"), BT_BLOCK_QUOTE, read_quote},
    {BT_STR_INIT("rule"), BT_BLOCK_RULE, read_rule},
    {BT_STR_INIT("gallery"), BT_BLOCK_GALLERY, bt_bundle_gallery},
    {BT_STR_INIT("numbers"), BT_BLOCK_NUMBERS, bt_bundle_numbers},
    {BT_STR_INIT("box"), BT_BLOCK_BOX, bt_bundle_box},
    {BT_STR_INIT("numbered"), BT_BLOCK_NUMBERED, bt_bundle_numbered},
    {BT_STR_INIT("verse"), BT_BLOCK_VERSE, bt_bundle_verse},
    {BT_STR_INIT("qa"), BT_BLOCK_QA, bt_bundle_qa},
    {BT_STR_INIT("qr"), BT_BLOCK_QR, bt_bundle_qr},
    {BT_STR_INIT("chart"), BT_BLOCK_CHART, read_chart},
};
enum { N_BLOCK_TYPES = sizeof block_types / sizeof *block_types };

/* The entry of a block's type; NULL: reported. */
static const struct block_type *find_type(bt_bundle_reader *b, const bt_json_node *node)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *type = bt_json_find(node, "type");
    bt_str names[N_BLOCK_TYPES];
    uint32_t n = 0;
    if (!type) {
        bt_fields_fault(r, BT_E_BLOCK_NO_TYPE, node->at, BT_NO_ARGS);
        return NULL;
    }
    if (!bt_fields_expect(r, type, BT_TAKES_STRING, NULL)) return NULL;
    for (uint32_t i = 0; i < N_BLOCK_TYPES; i++) {
        const struct block_type *entry = &block_types[i];
        names[n++] = entry->name;
        if (bt_str_equal(type->text, entry->name)) return entry;
    }
    bt_str near = bt_str_nearest(type->text, names, n), shown = bt_fields_quoted(r, type->text);
    if (near.len)
        bt_fields_fault(r, BT_E_BLOCK_TYPE_NEAR, type->at, BT_ARGS(shown, near));
    else
        bt_fields_fault(r, BT_E_BLOCK_TYPE, type->at, BT_ARGS(shown, bt_fields_names(r, names, n, n)));
    return NULL;
}

/* False: nothing to set, or reported. */
static bool read_block(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    *block = (bt_block){.at = node->at, .text = {BT_STR(""), NULL}, .by = {BT_STR(""), NULL}};
    if (!bt_fields_expect(&b->fields, node, BT_TAKES_STRING | BT_TAKES_OBJECT, NULL)) return true;
    if (node->kind == BT_JSON_STRING) return bt_bundle_keeps_text(b, node, "this paragraph", block);
    const struct block_type *type = find_type(b, node);
    if (!type) return true;
    block->kind = type->kind;
    return type->read(b, node, block);
}

const bt_block *bt_bundle_blocks(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n)
{
    bt_fields_reader *r = &b->fields;
    *n = 0;
    bool was_too_many = b->n_blocks > BT_LIMIT_BLOCKS;
    b->n_blocks += array->n_children;
    if (b->n_blocks > BT_LIMIT_BLOCKS) {
        if (!was_too_many)
            bt_fields_limit(r, BT_E_BUNDLE_BLOCKS, array->at, BT_ARGS(bt_fields_count(r, BT_LIMIT_BLOCKS)));
        return NULL;
    }
    bt_block *blocks = BT_NEW_ARRAY(r->arena, array->n_children, bt_block);
    if (!blocks) return NULL;
    for (const bt_json_node *node = array->child; node; node = node->next)
        if (read_block(b, node, &blocks[*n])) (*n)++;
    return blocks;
}
