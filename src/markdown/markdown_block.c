/* markdown_block.c - blocks: paragraphs, headings, quotes, lists, and code that is a block of the bundle's format. */
#include "markdown/markdown_int.h"

#include <string.h>

static bt_str type_name(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        return BT_STR("a quote");
    case CMARK_NODE_LIST:
        return BT_STR("a list");
    case CMARK_NODE_CODE_BLOCK:
        return BT_STR("code");
    case CMARK_NODE_HTML_BLOCK:
        return BT_STR("HTML");
    case CMARK_NODE_HEADING:
        return BT_STR("a heading");
    case CMARK_NODE_THEMATIC_BREAK:
        return BT_STR("a rule");
    default:
        return BT_STR("a table");
    }
}

/* --- paragraphs --- */

static bool is_dash_cell(bt_str cell)
{
    bt_str c = bt_str_trim(cell);
    if (bt_str_starts(c, BT_STR(":"))) c = bt_str_slice(c, 1, c.len);
    if (bt_str_ends(c, BT_STR(":"))) c = bt_str_slice(c, 0, c.len - 1);
    for (size_t i = 0; i < c.len; i++)
        if (c.ptr[i] != '-') return false;
    return c.len > 0;
}

/* "|---|--:|": the cells of a row of dashes, 0 where the line is none. */
static uint32_t dash_cells(bt_str line)
{
    bt_str s = bt_str_trim(line);
    bool has_bar = false;
    uint32_t n = 0;
    if (bt_str_starts(s, BT_STR("|"))) s = bt_str_slice(s, 1, s.len);
    if (bt_str_ends(s, BT_STR("|"))) {
        s = bt_str_slice(s, 0, s.len - 1);
        has_bar = true;
    }
    for (size_t begin = 0; begin <= s.len; n++) {
        size_t end = begin;
        while (end < s.len && s.ptr[end] != '|') end++;
        if (!is_dash_cell(bt_str_slice(s, begin, end))) return 0;
        has_bar = has_bar || end < s.len;
        begin = end + 1;
    }
    return has_bar ? n : 0;
}

/* A table whose head has more or fewer cells than its row of dashes is none for GFM, and would be printed with its
 * bars.
 */
static bool is_broken_table(bt_md *md, cmark_node *paragraph)
{
    int first = cmark_node_get_start_line(paragraph), last = cmark_node_get_end_line(paragraph);
    for (int line = first + 1; first > 0 && line <= last; line++) {
        if (!dash_cells(bt_md_line(md, (uint32_t)line))) continue;
        BT_MD_FAULT(md, E_MD_TABLE_HEAD, bt_md_place(md, (uint32_t)line, 1), BT_NO_ARGS);
        return true;
    }
    return false;
}

static void read_paragraph(bt_md *md, cmark_node *node)
{
    if (bt_md_is_title(node) || is_broken_table(md, node)) return;
    if (bt_md_is_figures(node)) {
        bt_md_figures(md, node);
        return;
    }
    bt_md_begin_text(md, node);
    bt_str text = bt_md_inline(md, cmark_node_first_child(node), NULL);
    if (text.len) bt_md_add(&md->blocks, bt_md_string(md, text, bt_md_block_place(md, node)));
}

/* --- headings --- */

/* The headline is the bundle's, so whatever number of # is the least in the file makes subheadings of level 1, the next
 * one that is used those of level 2. */
static void find_levels(bt_md *md, cmark_node *document)
{
    enum { MOST_LEVELS = 3, MOST_MARKS = 6 };
    cmark_node *first[MOST_MARKS + 1] = {NULL};
    uint8_t n = 0;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING) continue;
        int marks = cmark_node_get_heading_level(node);
        if (!first[marks]) first[marks] = node;
    }
    for (int marks = 1; marks <= MOST_MARKS; marks++) {
        if (!first[marks]) continue;
        md->level_of[marks] = ++n;
        if (n == MOST_LEVELS + 1) BT_MD_FAULT(md, E_MD_HEADINGS, bt_md_block_place(md, first[marks]), BT_NO_ARGS);
        if (n > MOST_LEVELS) md->level_of[marks] = MOST_LEVELS;
    }
}

static void read_heading(bt_md *md, cmark_node *node)
{
    const bt_place *at = bt_md_block_place(md, node);
    bt_md_list block = bt_md_block(md, "subheading", at);
    bt_md_begin_text(md, node);
    bt_md_set(&block, "text", bt_md_string(md, bt_md_inline(md, cmark_node_first_child(node), NULL), at));
    bt_md_set(&block, "level", bt_md_integer(md, md->level_of[cmark_node_get_heading_level(node)], at));
    bt_md_add(&md->blocks, block.parent);
}

/* --- quotes --- */

/* The dash of "— Name" or "-- Name": its length, 0 where there is none. */
static size_t dash_length(bt_str text)
{
    bt_str dash = BT_STR("—"), hyphens = BT_STR("--");
    return bt_str_starts(text, dash) ? dash.len : bt_str_starts(text, hyphens) ? hyphens.len : 0;
}

/* Whether a line names who is quoted, from its first node on. */
static bool is_name(cmark_node *first)
{
    if (!first || cmark_node_get_type(first) != CMARK_NODE_TEXT) return false;
    bt_str text = bt_str_of(cmark_node_get_literal(first));
    size_t n = dash_length(text);
    return n && (cmark_node_next(first) || bt_str_trim(bt_str_slice(text, n, text.len)).len);
}

/* The break before the last line, when that names who is quoted. */
static cmark_node *break_before_name(cmark_node *paragraph)
{
    cmark_node *node = cmark_node_last_child(paragraph);
    for (; node; node = cmark_node_previous(node)) {
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) break;
    }
    return node && is_name(cmark_node_next(node)) ? node : NULL;
}

static void set_name(bt_md *md, bt_md_list *block, cmark_node *first, const bt_place *at)
{
    bt_str text = bt_md_inline(md, first, NULL);
    bt_str name = bt_str_trim(bt_str_slice(text, dash_length(text), text.len));
    bt_md_set(block, "by", bt_md_string(md, name, at));
}

/* Takes a paragraph of the quote: its text, and the name when it is the last. */
static void read_quoted(bt_md *md, cmark_node *node, bt_buf *text, bt_md_list *block)
{
    const bt_place *at = bt_md_block_place(md, node);
    cmark_node *first = cmark_node_first_child(node), *before_name = NULL;
    bt_md_begin_text(md, node);
    if (!cmark_node_next(node)) {
        if (text->bytes.n && is_name(first)) {
            set_name(md, block, first, at);
            return;
        }
        before_name = break_before_name(node);
    }
    bt_str part = bt_md_inline(md, first, before_name);
    if (text->bytes.n && part.len) bt_buf_add_char(text, '\n');
    bt_buf_add(text, part);
    if (before_name) set_name(md, block, cmark_node_next(before_name), at);
}

static void fault_inside(bt_md *md, cmark_node *node, const char *where)
{
    bt_str what = type_name(node);
    BT_MD_FAULT(md, E_MD_INSIDE, bt_md_block_place(md, node),
                BT_ARGS(bt_say(md->r->diags, what), bt_say(md->r->diags, bt_str_of(where))));
}

static bool is_comment(bt_md *md, cmark_node *node)
{
    if (cmark_node_get_type(node) != CMARK_NODE_HTML_BLOCK) return false;
    if (!bt_md_is_comment(bt_str_of(cmark_node_get_literal(node)))) return false;
    bt_md_note_comment(md, bt_md_block_place(md, node));
    return true;
}

static void read_quote(bt_md *md, cmark_node *quote)
{
    const bt_place *at = bt_md_block_place(md, quote);
    bt_md_list block = bt_md_block(md, "quote", at);
    bt_buf text = bt_buf_in(&md->scratch);
    for (cmark_node *node = cmark_node_first_child(quote); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH)
            read_quoted(md, node, &text, &block);
        else if (!is_comment(md, node))
            fault_inside(md, node, "a quote");
    }
    bt_md_set(&block, "text", bt_md_string(md, bt_buf_str(&text), at));
    bt_md_add(&md->blocks, block.parent);
}

/* --- lists --- */

static bool is_ordered(cmark_node *list) { return cmark_node_get_list_type(list) == CMARK_ORDERED_LIST; }

static bt_str list_type(cmark_node *list) { return is_ordered(list) ? BT_STR("numbered") : BT_STR("bullets"); }

static bt_json_node *read_items(bt_md *md, cmark_node *list, uint32_t depth);

/* "[ ] " at the beginning of an item. */
static bool is_task(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    bool has_text = first && cmark_node_get_type(first) == CMARK_NODE_TEXT;
    bt_str text = has_text ? bt_str_of(cmark_node_get_literal(first)) : BT_STR("");
    return bt_str_starts(text, BT_STR("[ ] ")) || bt_str_starts(text, BT_STR("[x] ")) ||
           bt_str_starts(text, BT_STR("[X] "));
}

static void read_item_text(bt_md *md, cmark_node *node, bt_buf *text)
{
    bt_md_begin_text(md, node);
    if (is_task(node)) BT_MD_FAULT(md, E_MD_TASK, bt_md_block_place(md, node), BT_NO_ARGS);
    bt_str part = bt_md_inline(md, cmark_node_first_child(node), NULL);
    if (text->bytes.n && part.len) bt_buf_add_char(text, '\n');
    bt_buf_add(text, part);
}

/* An item: its paragraphs, then perhaps one list. */
static bt_json_node *read_item(bt_md *md, cmark_node *item, uint32_t depth)
{
    const bt_place *at = bt_md_block_place(md, item);
    cmark_node *list = NULL;
    bt_buf text = bt_buf_in(&md->scratch);
    bt_json_node *items = NULL;
    for (cmark_node *node = cmark_node_first_child(item); node; node = cmark_node_next(node)) {
        cmark_node_type type = cmark_node_get_type(node);
        if (is_comment(md, node)) continue;
        if (type == CMARK_NODE_PARAGRAPH && list)
            BT_MD_FAULT(md, E_MD_ITEM_AFTER, bt_md_block_place(md, node), BT_NO_ARGS);
        else if (type == CMARK_NODE_PARAGRAPH)
            read_item_text(md, node, &text);
        else if (type == CMARK_NODE_LIST && list)
            BT_MD_FAULT(md, E_MD_ITEM_LISTS, bt_md_block_place(md, node), BT_NO_ARGS);
        else if (type == CMARK_NODE_LIST) {
            list = node;
            items = read_items(md, node, depth + 1);
        } else
            fault_inside(md, node, "a list item");
    }
    bt_json_node *string = bt_md_string(md, bt_buf_str(&text), at);
    if (!list) return string;
    bt_md_list object = bt_md_object(md, at);
    bt_md_set(&object, "text", string);
    bt_md_set(&object, "items", items);
    if (is_ordered(list) != is_ordered(cmark_node_parent(item)))
        bt_md_set(&object, "list", bt_md_string(md, list_type(list), bt_md_block_place(md, list)));
    return object.parent;
}

/* Deeper lists than any bundle may have are not looked at: the bundle's reader has stopped before. */
static bt_json_node *read_items(bt_md *md, cmark_node *list, uint32_t depth)
{
    enum { DEEPEST = 8 };
    const bt_place *at = bt_md_block_place(md, list);
    bt_md_list items = bt_md_array(md, at);
    int start = cmark_node_get_list_start(list);
    if (depth > 1 && is_ordered(list) && start != 1)
        BT_MD_FAULT(md, E_MD_LIST_START, at, BT_ARGS(bt_fields_count(md->r, start)));
    for (cmark_node *item = cmark_node_first_child(list); item && depth <= DEEPEST; item = cmark_node_next(item)) {
        bt_md_add(&items, read_item(md, item, depth));
    }
    return items.parent;
}

static void read_list(bt_md *md, cmark_node *list)
{
    const bt_place *at = bt_md_block_place(md, list);
    bt_md_list block = bt_md_block(md, is_ordered(list) ? "numbered" : "bullets", at);
    bt_md_set(&block, "items", read_items(md, list, 1));
    int start = cmark_node_get_list_start(list);
    if (is_ordered(list) && start != 1) bt_md_set(&block, "start", bt_md_integer(md, start, at));
    bt_md_add(&md->blocks, block.parent);
}

/* --- code and HTML --- */

static uint32_t line_count(bt_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] == '\n';
    return n;
}

/* The lines of a fence in the source, where every column is what the editor sees. */
static bt_str fenced_source(bt_md *md, uint32_t first, uint32_t n)
{
    if (!n) return BT_STR("");
    bt_str begin = bt_md_line(md, first), end = bt_md_line(md, first + n - 1);
    return (bt_str){begin.ptr, (size_t)(end.ptr + end.len - begin.ptr)};
}

/* A block as JSON, as the bundle would have it. */
static void read_json(bt_md *md, cmark_node *code)
{
    const bt_place *at = bt_md_block_place(md, code);
    uint32_t n = line_count(bt_str_of(cmark_node_get_literal(code)));
    bt_str source = fenced_source(md, at ? at->line + 1 : 1, n);
    const bt_json_node *root;
    if (!at) return;
    if (!bt_str_trim(source).len || bt_str_trim(source).ptr[0] != '{') {
        BT_MD_FAULT(md, E_MD_BLOCK_OBJECT, at, BT_NO_ARGS);
        return;
    }
    bt_place begin = {md->file, BT_STR(""), at->line + 1, 1};
    bt_status status = bt_json_parse_part(md->arena, md->r->diags, &begin, source, &root);
    bt_json_node *node = status == BT_OK ? BT_NEW(md->arena, bt_json_node) : NULL;
    if (status != BT_OK && status != BT_NOMEM && md->r->status != BT_LIMIT) md->r->status = status;
    if (!node) return;
    *node = *root;
    bt_md_add(&md->blocks, node);
}

/* The last line of the code's own must be a fence again, else it goes on to the end of the file. */
static bool is_closed(bt_md *md, cmark_node *code)
{
    int first = cmark_node_get_start_line(code), last = cmark_node_get_end_line(code);
    bt_str line = bt_str_trim(bt_md_line(md, (uint32_t)last));
    size_t i = 0;
    while (i < line.len && line.ptr[i] == line.ptr[0] && (line.ptr[0] == '`' || line.ptr[0] == '~')) i++;
    return last > first && i >= 3 && i == line.len;
}

static void read_code(bt_md *md, cmark_node *code)
{
    const bt_place *at = bt_md_block_place(md, code);
    int length, offset;
    char character;
    if (!cmark_node_get_fenced(code, &length, &offset, &character)) {
        BT_MD_FAULT(md, E_MD_CODE, at, BT_NO_ARGS);
        return;
    }
    bt_str info = bt_str_trim(bt_str_of(cmark_node_get_fence_info(code)));
    if (!is_closed(md, code))
        BT_MD_FAULT(md, E_MD_FENCE_OPEN, at, BT_NO_ARGS);
    else if (bt_str_is(info, "bantin"))
        read_json(md, code);
    else
        BT_MD_FAULT(md, E_MD_FENCE, at, BT_NO_ARGS);
}

static void read_html(bt_md *md, cmark_node *node)
{
    bt_str html = bt_str_of(cmark_node_get_literal(node));
    if (is_comment(md, node)) return;
    size_t end = 0;
    bt_str text = bt_str_trim(html);
    if (bt_str_starts(text, BT_STR("<!--"))) {
        BT_MD_FAULT(md, E_MD_COMMENT, bt_md_block_place(md, node), BT_NO_ARGS);
        return;
    }
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '>') end++;
    bt_str tag = bt_str_slice(text, 0, end < text.len && text.ptr[end] == '>' ? end + 1 : end);
    BT_MD_FAULT(md, E_MD_HTML, bt_md_block_place(md, node), BT_ARGS(bt_md_unmarked(md, tag)));
}

/* --- all --- */

void bt_md_blocks(bt_md *md, cmark_node *document)
{
    find_levels(md, document);
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        md->said_html = false;
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_PARAGRAPH:
            read_paragraph(md, node);
            break;
        case CMARK_NODE_HEADING:
            read_heading(md, node);
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            read_quote(md, node);
            break;
        case CMARK_NODE_LIST:
            read_list(md, node);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            bt_md_add(&md->blocks, bt_md_block(md, "rule", bt_md_block_place(md, node)).parent);
            break;
        case CMARK_NODE_CODE_BLOCK:
            read_code(md, node);
            break;
        case CMARK_NODE_HTML_BLOCK:
            read_html(md, node);
            break;
        default:
            if (bt_md_is_table(node)) bt_md_table(md, node);
            break;
        }
    }
}
