/* drop_cap.c - the first letter of an article's text, which flow may set large. */
#include "doc/doc_int.h"

static bool is_opening(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0xAB || c == 0x2018 || c == 0x201C;
}

/* Latin letters. Ð (U+00D0) is not among them: whether it stands for Đ, only its whole word tells. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return (c >= 0xC0 && c < 0x250 && c != 0xD0 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00);
}

static bool is_combining(uint32_t c) { return c >= 0x300 && c < 0x370; }

/* The bytes of opening marks, the letter and what is combined with it; 0: the text does not begin with a letter. */
static uint32_t cap_length(bt_str text)
{
    enum { MOST_OPENING = 2 };
    uint32_t c = 0, n_opening = 0;
    size_t i = 0, length = 0;
    while (i < text.len) {
        length = bt_utf8_decode(text, i, &c);
        if (!is_opening(c)) break;
        if (++n_opening > MOST_OPENING) return 0;
        i += length;
    }
    if (i >= text.len || !is_letter(c)) return 0;
    for (i += length; i < text.len; i += length) {
        length = bt_utf8_decode(text, i, &c);
        if (!is_combining(c)) break;
    }
    return (uint32_t)i;
}

bool bt_doc_add_drop_cap(bt_doc_maker *m, bt_doc_block *block)
{
    const bt_rich *text = &block->text;
    uint32_t cut = cap_length(text->text);
    bool is_plain = text->n_runs && text->runs[0].end >= cut && !text->runs[0].is_verbatim && !text->runs[0].link;
    if (!cut || !is_plain || cut == text->text.len) return true;
    bt_run *runs = BT_NEW_ARRAY(m->arena, text->n_runs, bt_run);
    if (!runs) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < text->n_runs; i++) {
        bt_run run = text->runs[i];
        if (run.end <= cut) continue;
        run.begin = run.begin > cut ? run.begin - cut : 0;
        run.end -= cut;
        runs[n++] = run;
    }
    block->drop_cap =
        bt_doc_plain(m->arena, bt_str_slice(text->text, 0, cut), m->layout->role[BT_STYLE_DROP_CAP], text->at);
    block->after_cap = (bt_rich){bt_str_slice(text->text, cut, text->text.len), runs, n, text->style, text->at};
    return true;
}
