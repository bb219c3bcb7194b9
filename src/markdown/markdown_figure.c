/* markdown_figure.c - a paragraph of pictures: each may be followed by its caption in italics.
 *
 *     ![what is seen](../images/a.jpg "caption")
 *
 *     ![what is seen](../images/a.jpg)
 *     *caption*
 */
#include "markdown/markdown_int.h"

#include <string.h>

static bool is_break(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) return true;
    return type == CMARK_NODE_TEXT && !bt_str_trim(bt_str_of(cmark_node_get_literal(node))).len;
}

bool bt_md_is_figures(cmark_node *paragraph)
{
    cmark_node *node = cmark_node_first_child(paragraph);
    bool may_be_caption = false;
    if (!node || cmark_node_get_type(node) != CMARK_NODE_IMAGE) return false;
    for (; node; node = cmark_node_next(node)) {
        if (is_break(node)) continue;
        bool is_image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
        if (!is_image && !(may_be_caption && cmark_node_get_type(node) == CMARK_NODE_EMPH)) return false;
        may_be_caption = is_image;
    }
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* "a%20b.jpg" as a path: a picture's address is one of the file system. */
static bt_str path_of(bt_md *md, bt_str url)
{
    bt_buf out = bt_buf_in(&md->scratch);
    bt_str plain = bt_md_unmarked(md, url);
    for (size_t i = 0; i < plain.len; i++) {
        bool has_code = plain.ptr[i] == '%' && i + 2 < plain.len;
        int high = has_code ? hex_digit(plain.ptr[i + 1]) : -1, low = has_code ? hex_digit(plain.ptr[i + 2]) : -1;
        bool is_code = high >= 0 && low >= 0 && high * 16 + low >= 0x20;
        bt_buf_add_char(&out, is_code ? (char)(high * 16 + low) : plain.ptr[i]);
        if (is_code) i += 2;
    }
    return bt_md_plain(md, bt_buf_str(&out), false);
}

static bool is_utf8(bt_str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t c;
        size_t n = bt_utf8_decode(s, i, &c);
        if (c == 0xFFFD && n == 1) return false;
        i += n;
    }
    return true;
}

static bool is_address(bt_str url)
{
    bool has_scheme = memmem(url.ptr, url.len, "://", 3) != NULL;
    return has_scheme || bt_str_starts(url, BT_STR("data:")) || bt_str_starts(url, BT_STR("//"));
}

/* The caption's node below a picture; NULL: none. */
static cmark_node *caption_of(cmark_node *image)
{
    cmark_node *node = cmark_node_next(image);
    while (node && is_break(node)) node = cmark_node_next(node);
    return node && cmark_node_get_type(node) == CMARK_NODE_EMPH ? node : NULL;
}

static void read_figure(bt_md *md, cmark_node *image)
{
    const bt_place *at = bt_md_inline_place(md, image, "![");
    bt_md_list block = bt_md_block(md, "figure", at);
    bt_str url = bt_str_of(cmark_node_get_url(image)), title = bt_str_of(cmark_node_get_title(image));
    bt_str path = path_of(md, url);
    if (!bt_str_trim(url).len)
        BT_MD_FAULT(md, E_MD_IMAGE_NO_FILE, at, BT_NO_ARGS);
    else if (is_address(url))
        BT_MD_FAULT(md, E_MD_IMAGE_ADDRESS, at, BT_ARGS(bt_fields_quoted(md->r, url)));
    else
        bt_md_set(&block, "image", bt_md_string(md, is_utf8(path) ? path : bt_md_plain(md, url, false), at));
    bt_str alt = bt_md_plain(md, bt_md_plain_children(md, image), false);
    if (alt.len) bt_md_set(&block, "alt", bt_md_string(md, alt, at));
    cmark_node *caption = caption_of(image);
    if (caption && title.len) BT_MD_FAULT(md, E_MD_CAPTION_TWICE, at, BT_ARGS(bt_fields_quoted(md->r, title)));
    bt_str text = caption ? bt_md_inline(md, cmark_node_first_child(caption), NULL) : bt_md_plain(md, title, true);
    const bt_place *text_at = caption ? bt_md_inline_place(md, caption, "*") : at;
    if (text.len) bt_md_set(&block, "caption", bt_md_string(md, text, text_at));
    bool has_image = bt_json_find(block.parent, "image") != NULL;
    if (has_image) bt_md_add(&md->blocks, block.parent);
}

void bt_md_figures(bt_md *md, cmark_node *paragraph)
{
    bt_md_begin_text(md, paragraph);
    for (cmark_node *node = cmark_node_first_child(paragraph); node; node = cmark_node_next(node))
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) read_figure(md, node);
}
