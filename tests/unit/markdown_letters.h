/* markdown_letters.h - what cmark makes of a Markdown text, and what we make of it, in a form that can be compared:
 * every character but blanks, each followed by B, I and L where it is bold, italic and in a link. */
#ifndef BT_TESTS_MARKDOWN_LETTERS_H
#define BT_TESTS_MARKDOWN_LETTERS_H

#include <cmark-gfm.h>

#include "doc/doc_int.h"
#include "markdown/markdown.h"

static inline void letters_add(bt_buf *out, const char *text, bool is_bold, bool is_italic, bool is_link)
{
    for (; *text; text++) {
        if (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r') continue;
        bt_buf_add_char(out, *text);
        if (is_bold) bt_buf_add_char(out, 'B');
        if (is_italic) bt_buf_add_char(out, 'I');
        if (is_link) bt_buf_add_char(out, 'L');
    }
}

/* False: the file has more than paragraphs of text. */
static inline bool letters_of_cmark(bt_buf *out, bt_str source)
{
    cmark_node *document = cmark_parse_document(source.ptr, source.len, CMARK_OPT_DEFAULT);
    cmark_iter *walk = cmark_iter_new(document);
    int n_bold = 0, n_italic = 0;
    bool is_link = false;
    bool is_text = true;
    for (cmark_event_type event = cmark_iter_next(walk); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk)) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        int step = event == CMARK_EVENT_ENTER ? 1 : -1;
        if (type == CMARK_NODE_STRONG) n_bold += step;
        if (type == CMARK_NODE_EMPH) n_italic += step;
        if (type == CMARK_NODE_LINK) is_link = step > 0;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            letters_add(out, cmark_node_get_literal(node), n_bold > 0, n_italic > 0, is_link);
        bool is_known = type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_STRONG ||
                        type == CMARK_NODE_EMPH || type == CMARK_NODE_LINK || type == CMARK_NODE_SOFTBREAK ||
                        type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_PARAGRAPH;
        is_text = is_text && is_known;
    }
    cmark_iter_free(walk);
    cmark_node_free(document);
    return is_text;
}

static inline void letters_ignore(void *user, const bt_message *message) { (void)user, (void)message; }

/* The same; also false where an error was reported. */
static inline bool letters_of_ours(bt_arena *arena, bt_buf *out, bt_str source)
{
    bt_diags diags = {.on_message = letters_ignore, .arena = arena};
    bt_doc_maker maker = {.arena = arena, .diags = &diags};
    bt_fields_reader r = bt_fields_begin(arena, &diags);
    const bt_json_node *blocks = bt_markdown_blocks(&r, BT_STR("x.md"), source, false);
    bool is_good = blocks && !diags.n[BT_ERROR];
    for (const bt_json_node *node = blocks ? blocks->child : NULL; node && is_good; node = node->next) {
        bt_rich rich;
        is_good = node->kind == BT_JSON_STRING && bt_doc_rich(&maker, (bt_text){node->text, node->at}, NULL, &rich);
        for (uint32_t i = 0; is_good && i < rich.n_runs; i++) {
            const bt_run *run = &rich.runs[i];
            const char *text = bt_str_z(arena, bt_str_slice(rich.text, run->begin, run->end));
            letters_add(out, text, run->is_bold, run->is_italic, run->link && !run->link->is_bare);
        }
    }
    bt_fields_end(&r);
    return is_good;
}

#endif
