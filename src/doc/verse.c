/* verse.c - poems by stanzas; question and answer. */
#include "doc/doc_int.h"

/* --- verse --- */

/* A line without the blanks at its beginning, which set it in: by one indent for two blanks or a tab. */
static uint32_t take_indents(bt_str *line)
{
    enum { BLANKS = 2, MOST_INDENTS = 8 };
    uint32_t blanks = 0;
    size_t begin = 0;
    for (; begin < line->len && (line->ptr[begin] == ' ' || line->ptr[begin] == '\t'); begin++)
        blanks += line->ptr[begin] == '\t' ? BLANKS : 1;
    *line = bt_str_trim(bt_str_slice(*line, begin, line->len));
    return blanks / BLANKS < MOST_INDENTS ? blanks / BLANKS : MOST_INDENTS;
}

/* Lines as the bundle has them; a line break inside one makes two. */
static bool add_lines(bt_doc_maker *m, const bt_stanza *stanza, bt_doc_block *block)
{
    BT_ARRAY(bt_doc_line) lines = {0};
    for (uint32_t i = 0; i < stanza->n_lines; i++) {
        bt_text rest = stanza->lines[i];
        while (rest.s.len) {
            size_t end = 0;
            while (end < rest.s.len && rest.s.ptr[end] != '\n') end++;
            bt_text text = {bt_str_slice(rest.s, 0, end), rest.at};
            rest.s = bt_str_slice(rest.s, end < rest.s.len ? end + 1 : end, rest.s.len);
            uint32_t n_indents = take_indents(&text.s);
            if (!text.s.len) continue;
            bt_doc_line *line = BT_PUSH(m->arena, &lines);
            if (!line) return false;
            *line = (bt_doc_line){bt_doc_text(m, text, BT_STYLE_VERSE), n_indents};
        }
    }
    block->lines = lines.v;
    block->n_lines = lines.n;
    return true;
}

void bt_doc_add_verse(bt_doc_maker *m, uint32_t article_i, const bt_verse *verse)
{
    enum { TITLE_LEVEL = 3 }; /* below the headline */
    bt_doc_add_heading(m, article_i, verse->title, BT_STYLE_VERSE_TITLE, TITLE_LEVEL, false);
    for (uint32_t i = 0; i < verse->n_stanzas; i++) {
        bt_doc_block *block = bt_doc_add(m, BT_DOC_VERSE, article_i, verse->stanzas[i].at);
        if (!block || !add_lines(m, &verse->stanzas[i], block) || !block->n_lines) return;
        block->text = block->lines[0].text;
        block->starts_poem = i == 0;
        block->ends_poem = i + 1 == verse->n_stanzas;
        block->keeps_next = block->ends_poem && verse->by.s.len;
    }
    if (!verse->by.s.len) return;
    bt_doc_block *by = bt_doc_add(m, BT_DOC_PARAGRAPH, article_i, verse->by.at);
    if (by) by->text = bt_doc_text(m, verse->by, BT_STYLE_VERSE_BY);
}

/* --- question and answer --- */

static bt_str own_value(const void *user, bt_str name)
{
    (void)name;
    return *(const bt_str *)user;
}

/* A text within the layout's words for it. */
static bt_text in_words(bt_doc_maker *m, bt_str words, bt_text text)
{
    bool is_empty;
    text.s = bt_str_trim(bt_doc_fill(m->arena, words, own_value, &text.s, &is_empty));
    return text;
}

/* The layout's word for the answer goes before its first paragraph, or stands alone before what is none. */
void bt_doc_add_qa(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    const bt_words *words = &m->layout->words;
    bt_style_role role = bt_doc_role(m, BT_STYLE_ANSWER, false);
    bt_doc_add_heading(m, article_i, in_words(m, words->question, source->text), BT_STYLE_QUESTION, 0, false);
    for (uint32_t i = 0; i < source->n_body; i++) {
        const bt_block *block = &source->body[i];
        bool is_paragraph = block->kind == BT_BLOCK_PARAGRAPH;
        bt_text text = is_paragraph ? block->text : (bt_text){BT_STR(""), block->at};
        if (i == 0) text = in_words(m, words->answer, text);
        uint32_t first = m->blocks.n;
        bt_doc_add_paragraphs(m, article_i, text, role, role);
        if (i == 0 && first < m->blocks.n) m->blocks.v[first].is_flush = true;
        if (i == 0 && !is_paragraph && first < m->blocks.n) m->blocks.v[m->blocks.n - 1].keeps_next = true;
        if (!is_paragraph) bt_doc_add_block(m, article_i, block);
    }
}
