/* blocks.c - the blocks of a body, each text with its style. What takes a file of its own stands in one (table.c). */
#include "doc/doc_int.h"

#include <string.h>

bt_doc_block *bt_doc_add(bt_doc_maker *m, bt_doc_kind kind, uint32_t article_i, const bt_place *at)
{
    bt_doc_block *block = BT_PUSH(m->arena, &m->blocks);
    if (block) {
        block->kind = kind;
        block->article_i = article_i;
        block->at = at;
    }
    return block;
}

bt_style_role bt_doc_role(const bt_doc_maker *m, bt_style_role outside, bool is_first)
{
    if (!m->is_in_box) return outside;
    if (m->is_filler) return is_first ? BT_STYLE_FILLER_FIRST : BT_STYLE_FILLER;
    return is_first ? BT_STYLE_BOX_FIRST : BT_STYLE_BOX;
}

/* True when the text that comes next is the first under a heading: a picture or chart between them does not count. */
static bool follows_heading(const bt_doc_maker *m)
{
    uint32_t i = m->blocks.n;
    while (i && (m->blocks.v[i - 1].kind == BT_DOC_FIGURE || m->blocks.v[i - 1].kind == BT_DOC_CHART)) i--;
    return i == 0 || m->blocks.v[i - 1].kind == BT_DOC_HEADING;
}

/* A text with empty lines is several paragraphs. */
void bt_doc_add_paragraphs(bt_doc_maker *m, uint32_t article_i, bt_text text, bt_style_role first, bt_style_role rest)
{
    for (size_t begin = 0; begin < text.s.len;) {
        size_t end = begin, next = text.s.len;
        for (; end < text.s.len; end++) {
            const char *line_end = memchr(text.s.ptr + end, '\n', text.s.len - end);
            end = line_end ? (size_t)(line_end - text.s.ptr) : text.s.len;
            if (!line_end) break;
            size_t after = end + 1;
            while (after < text.s.len && (text.s.ptr[after] == ' ' || text.s.ptr[after] == '\t')) after++;
            if (after < text.s.len && text.s.ptr[after] == '\n') {
                next = after + 1;
                break;
            }
        }
        bt_str part = bt_str_trim(bt_str_slice(text.s, begin, end));
        begin = next;
        if (!part.len) continue;
        bt_style_role role = follows_heading(m) ? first : rest;
        bt_doc_block *block = bt_doc_add(m, BT_DOC_PARAGRAPH, article_i, text.at);
        if (!block) return;
        bt_rich rich = bt_doc_text(m, (bt_text){part, text.at}, role);
        block->text = rich;
    }
}

void bt_doc_miss_alt(bt_doc_maker *m, const bt_place *at, bt_str instead)
{
    bool is_markdown = !at->pointer.len;
    bt_diag_code code = instead.len ? BT_W_NO_ALT : BT_W_NO_WORDS;
    if (is_markdown) code = instead.len ? BT_W_MD_NO_ALT : BT_W_MD_NO_WORDS;
    bt_diag(m->diags, code, at, BT_NO_ARGS);
}

static void add_figure(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block = bt_doc_add(m, BT_DOC_FIGURE, article_i, source->at);
    if (!block) return;
    const bt_figure *figure = source->figure;
    block->figure = figure;
    block->spans_page = source->spans_page && m->layout->n_columns > 1;
    block->caption = bt_doc_text(m, figure->caption, BT_STYLE_CAPTION);
    block->credit = bt_doc_text(m, figure->credit, BT_STYLE_CREDIT);
    block->alt = figure->alt.s.len ? figure->alt.s : bt_doc_without_notes(m->arena, &block->caption);
    if (!figure->alt.s.len) bt_doc_miss_alt(m, source->at, block->alt);
}

bt_doc_block *bt_doc_add_heading(bt_doc_maker *m, uint32_t article_i, bt_text text, bt_style_role role, uint32_t level,
                                 bool spans)
{
    if (!text.s.len) return NULL;
    bt_doc_block *block = bt_doc_add(m, BT_DOC_HEADING, article_i, text.at);
    if (!block) return NULL;
    block->level = level;
    block->spans_page = spans && m->layout->n_columns > 1;
    block->keeps_next = true;
    block->text = bt_doc_text(m, text, role);
    block->section = bt_doc_text(m, (bt_text){BT_STR(""), NULL}, BT_STYLE_SECTION);
    block->kicker = bt_doc_text(m, (bt_text){BT_STR(""), NULL}, BT_STYLE_KICKER);
    block->lead = bt_doc_text(m, (bt_text){BT_STR(""), NULL}, BT_STYLE_LEAD);
    return block;
}

void bt_doc_add_block(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block;
    switch (source->kind) {
    case BT_BLOCK_PARAGRAPH:
        bt_doc_add_paragraphs(m, article_i, source->text, bt_doc_role(m, BT_STYLE_BODY_FIRST, true),
                              bt_doc_role(m, BT_STYLE_BODY, false));
        break;
    case BT_BLOCK_SUBHEADING: {
        int32_t level = source->level < 1 ? 1 : source->level;
        bt_doc_add_heading(m, article_i, source->text, (bt_style_role)(BT_STYLE_SUBHEADING_1 + level - 1),
                           (uint32_t)level + 2, source->spans_page);
        break;
    }
    case BT_BLOCK_BULLETS:
    case BT_BLOCK_NUMBERED:
        bt_doc_add_list(m, article_i, source);
        break;
    case BT_BLOCK_VERSE:
        bt_doc_add_verse(m, article_i, source->verse);
        break;
    case BT_BLOCK_QA:
        bt_doc_add_qa(m, article_i, source);
        break;
    case BT_BLOCK_FIGURE:
        add_figure(m, article_i, source);
        break;
    case BT_BLOCK_TABLE:
        block = bt_doc_add(m, BT_DOC_TABLE, article_i, source->at);
        if (!block) return;
        block->spans_page = source->spans_page && m->layout->n_columns > 1;
        block->may_span = !source->has_span && m->layout->n_columns > 1;
        block->table = bt_doc_table_make(m, source->table);
        break;
    case BT_BLOCK_QUOTE:
        block = bt_doc_add(m, BT_DOC_QUOTE, article_i, source->at);
        if (!block) return;
        block->spans_page = source->spans_page && m->layout->n_columns > 1;
        block->text = bt_doc_text(m, source->text, BT_STYLE_QUOTE);
        block->by = bt_doc_text(m, source->by, BT_STYLE_QUOTE_BY);
        break;
    case BT_BLOCK_RULE:
        block = bt_doc_add(m, BT_DOC_RULE, article_i, source->at);
        if (block) block->spans_page = source->spans_page && m->layout->n_columns > 1;
        break;
    case BT_BLOCK_GALLERY:
        bt_doc_add_gallery(m, article_i, source);
        break;
    case BT_BLOCK_NUMBERS:
        bt_doc_add_numbers(m, article_i, source);
        break;
    case BT_BLOCK_QR:
        bt_doc_add_qr(m, article_i, source);
        break;
    case BT_BLOCK_BOX:
        bt_doc_add_box(m, article_i, source);
        break;
    case BT_BLOCK_CHART:
        bt_doc_add_chart(m, article_i, source);
        break;
    }
}
