/* tell.c - how what was found is said: the phrases that several kinds share. */
#include "check/match/match_int.h"

#include <math.h>

finding *match_add(matcher *m, const finding *about, double extent)
{
    finding *f = BT_PUSH(m->arena, &m->r->findings);
    if (!f) return NULL;
    *f = *about;
    f->severity = FINDING_ERROR;
    f->number = "";
    f->weight = finding_weight(f->kind, extent);
    if (!f->n) f->n = 1;
    return f;
}

bt_str match_phrase(matcher *m, const match_page *page, uint32_t begin, uint32_t end)
{
    enum { MOST_BYTES = 96 };
    bt_buf out = bt_buf_in(m->arena);
    for (uint32_t i = begin; i < end; i++) {
        bt_str text = page->words[i].word->text;
        if (i > begin && out.bytes.n + text.len > MOST_BYTES) {
            bt_buf_add_z(&out, " ...");
            break;
        }
        if (i > begin) bt_buf_add_char(&out, ' ');
        bt_buf_add(&out, text);
    }
    return bt_buf_str(&out);
}

bt_str match_way(matcher *m, double dx, double dy)
{
    bt_lang lang = m->diags->lang;
    bt_str across = shown_mm(m->arena, lang, fabs(dx)), along = shown_mm(m->arena, lang, fabs(dy));
    bt_str one = dx < 0 ? MATCH_SAY(m, "{1} to the left", across) : MATCH_SAY(m, "{1} to the right", across);
    bt_str other = dy < 0 ? MATCH_SAY(m, "{1} up", along) : MATCH_SAY(m, "{1} down", along);
    const double nothing = 0.005 * SHOWN_PT_PER_MM;
    if (fabs(dy) < nothing) return one;
    return fabs(dx) < nothing ? other : MATCH_SAY(m, "{1} and {2}", one, other);
}

bt_str match_count(matcher *m, uint32_t n) { return shown_count(m->arena, n); }

bt_str match_lines(matcher *m, uint32_t n)
{
    return n == 1 ? MATCH_SAY(m, "{1} line", match_count(m, n)) : MATCH_SAY(m, "{1} lines", match_count(m, n));
}

bt_str match_words(matcher *m, uint32_t n)
{
    return n == 1 ? MATCH_SAY(m, "{1} word", match_count(m, n)) : MATCH_SAY(m, "{1} words", match_count(m, n));
}

bt_str match_color(matcher *m, const seen_color *color)
{
    return color ? seen_color_shown(m->arena, m->diags->lang, color) : BT_SAY(m->diags, "no ink");
}

bt_str match_box_size(matcher *m, const seen_box *box)
{
    bt_lang lang = m->diags->lang;
    bt_buf out = bt_buf_in(m->arena);
    bt_buf_add(&out, shown_fixed(m->arena, lang, seen_width(box) / SHOWN_PT_PER_MM, 2));
    bt_buf_add_z(&out, " x ");
    bt_buf_add(&out, shown_mm(m->arena, lang, seen_height(box)));
    return bt_buf_str(&out);
}

double match_share(const match_page *page, const seen_box *box)
{
    double whole = page->page->width * page->page->height;
    return whole > 0 ? 10 * match_area(box) / whole : 0;
}

seen_box match_words_box(const match_page *page, uint32_t begin, uint32_t end)
{
    seen_box box = page->words[begin].word->box;
    for (uint32_t i = begin + 1; i < end; i++) box = seen_joined(&box, &page->words[i].word->box);
    return box;
}
