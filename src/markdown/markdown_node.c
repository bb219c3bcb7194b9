/* markdown_node.c - places and nodes: a tree as json/ would have made it. */
#include "markdown/markdown_int.h"

#include <string.h>

const bt_place *bt_md_place(bt_md *md, uint32_t line, uint32_t column)
{
    bt_place *at = BT_NEW(md->arena, bt_place);
    bt_str text = bt_md_line(md, line);
    uint32_t before = column ? column - 1 : 0;
    if (before > text.len) before = (uint32_t)text.len;
    /* Counted on from the last place of the line: a line may be as long as the file, and have as many faults. */
    if (md->counted_line != line || md->counted_bytes > before) md->counted_bytes = md->counted = 0;
    md->counted += (uint32_t)bt_utf8_count(bt_str_slice(text, md->counted_bytes, before));
    md->counted_line = line;
    md->counted_bytes = before;
    if (at) *at = (bt_place){md->file, BT_STR(""), line, md->counted + 1};
    return at;
}

static uint32_t line_of(cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    return line > 0 ? (uint32_t)line : 0;
}

static uint32_t column_of(cmark_node *node)
{
    int column = cmark_node_get_start_column(node);
    return column > 0 ? (uint32_t)column : 0;
}

/* A paragraph that a table's head was cut off from has lost its place; a table then has that of the paragraph. */
static uint32_t block_line(cmark_node *node)
{
    if (bt_md_is_table(node)) return bt_md_table_line(node);
    cmark_node *next = cmark_node_next(node);
    return line_of(node) || !next ? line_of(node) : line_of(next);
}

/* Definitions at a paragraph's beginning are no part of it any more, but cmark still counts their lines. */
static uint32_t definitions_before(bt_md *md, cmark_node *block, uint32_t line)
{
    uint32_t n = 0;
    bt_str label;
    bool has_text =
        cmark_node_get_type(block) == CMARK_NODE_PARAGRAPH || cmark_node_get_type(block) == CMARK_NODE_HEADING;
    int last = cmark_node_get_end_line(block);
    while (has_text && (int)(line + n) < last && bt_md_is_definition(bt_md_line(md, line + n), &label)) n++;
    return n;
}

const bt_place *bt_md_block_place(bt_md *md, cmark_node *node)
{
    uint32_t line = block_line(node);
    return bt_md_place(md, line + definitions_before(md, node, line), column_of(node));
}

void bt_md_begin_text(bt_md *md, cmark_node *block)
{
    uint32_t line = block_line(block);
    md->line_shift = definitions_before(md, block, line) + (line_of(block) ? 0 : line);
}

const bt_place *bt_md_inline_place(bt_md *md, cmark_node *node, const char *mark)
{
    uint32_t line = line_of(node) + md->line_shift, column = column_of(node);
    bt_str text = bt_md_line(md, line);
    size_t from = column && column - 1 < text.len ? column - 1 : 0;
    const char *found = text.len ? memmem(text.ptr + from, text.len - from, mark, strlen(mark)) : NULL;
    if (!found && text.len) found = memmem(text.ptr, text.len, mark, strlen(mark));
    return bt_md_place(md, line, found ? (uint32_t)(found - text.ptr) + 1 : column);
}

static bt_json_node *new_node(bt_md *md, bt_json_kind kind, const bt_place *at)
{
    bt_json_node *node = at ? BT_NEW(md->arena, bt_json_node) : NULL;
    if (node) *node = (bt_json_node){.kind = kind, .key = BT_STR(""), .text = BT_STR(""), .at = at};
    return node;
}

bt_json_node *bt_md_string(bt_md *md, bt_str text, const bt_place *at)
{
    bt_json_node *node = new_node(md, BT_JSON_STRING, at);
    if (node && text.len) node->text = bt_str_copy(md->arena, text);
    return node;
}

bt_json_node *bt_md_integer(bt_md *md, int64_t n, const bt_place *at)
{
    bt_json_node *node = new_node(md, BT_JSON_NUMBER, at);
    bt_buf digits = bt_buf_in(md->arena);
    bt_buf_add_int(&digits, n);
    if (node) node->text = bt_buf_str(&digits);
    return node;
}

void bt_md_add(bt_md_list *list, bt_json_node *child)
{
    if (!list->parent || !child) return;
    if (list->last)
        list->last->next = child;
    else
        list->parent->child = child;
    list->last = child;
    list->parent->n_children++;
}

void bt_md_set(bt_md_list *object, const char *key, bt_json_node *value)
{
    if (!value) return;
    value->key = bt_str_of(key);
    value->key_at = value->at;
    bt_md_add(object, value);
}

bt_md_list bt_md_array(bt_md *md, const bt_place *at) { return (bt_md_list){new_node(md, BT_JSON_ARRAY, at), NULL}; }

bt_md_list bt_md_object(bt_md *md, const bt_place *at) { return (bt_md_list){new_node(md, BT_JSON_OBJECT, at), NULL}; }

bt_md_list bt_md_block(bt_md *md, const char *type, const bt_place *at)
{
    bt_md_list block = bt_md_object(md, at);
    bt_md_set(&block, "type", bt_md_string(md, bt_str_of(type), at));
    return block;
}
