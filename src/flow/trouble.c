/* trouble.c - what an editor must see of a line before it is printed, as marks that are not drawn: they travel with the
 * line, and a proof shows them. */
#include "flow/flow_int.h"

/* Less than this is not seen. */
static const bt_sp least = BT_PT(1) / 8;

static bool add(bt_flow *flow, const bt_para *para, bt_trouble trouble, const bt_sp box[4], bt_marks *marks)
{
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_TROUBLE,
                      .tag_i = UINT32_MAX,
                      .trouble = trouble,
                      .x = box[0],
                      .y = box[1],
                      .width = box[2],
                      .height = box[3],
                      .at = para->rich.at};
    return true;
}

/* --- lines --- */

static bool add_stretch(bt_flow *flow, const bt_para *para, bt_trouble trouble, bt_sp left, bt_sp right, bt_sp y,
                        bt_marks *marks)
{
    bt_sp size = para->rich.style->size;
    return add(flow, para, trouble, (const bt_sp[]){left, y - size, right - left, size}, marks);
}

static bool add_overset(bt_flow *flow, const bt_para *para, const bt_line_box *box, bt_marks *marks)
{
    bt_sp end = box->x + box->width;
    bool is_told = true;
    if (box->x < box->left - least)
        is_told = add_stretch(flow, para, BT_TROUBLE_OVERSET, box->x, box->left, box->y, marks);
    if (end > box->right + least)
        is_told &= add_stretch(flow, para, BT_TROUBLE_OVERSET, box->right, end, box->y, marks);
    return is_told;
}

bool bt_trouble_of_line(bt_flow *flow, const bt_para *para, const bt_par_line *line, const bt_line_box *box,
                        bt_marks *marks)
{
    enum { LOOSE = 1800 }; /* as the messages have it */
    bt_sp end = box->x + box->width, y = box->y;
    bool fills = bt_para_justifies(para) && !para->rich.style->is_balanced && !line->is_last;
    if (line->overfull) return add_overset(flow, para, box, marks);
    if (bt_para_is_torn(para, line) &&
        !add_stretch(flow, para, BT_TROUBLE_TORN, end - para->rich.style->size / 2, end, y, marks))
        return false;
    if (!fills) return true;
    if (bt_para_is_left_short(para, line))
        return end >= box->right || add_stretch(flow, para, BT_TROUBLE_SHORT, end, box->right, y, marks);
    return line->word_space <= LOOSE || add_stretch(flow, para, BT_TROUBLE_LOOSE, box->x, end, y, marks);
}

/* --- glyphs --- */

static bool is_blank(const bt_mark *mark)
{
    enum { NO_BREAK_SPACE = 0xA0, NARROW_SPACE = 0x202F };
    for (size_t at = 0; at < mark->text.len;) {
        uint32_t c;
        at += bt_utf8_decode(mark->text, at, &c);
        if (c != ' ' && c != NO_BREAK_SPACE && c != NARROW_SPACE) return false;
    }
    return true;
}

/* The box of glyph i. */
static bool add_sign(bt_flow *flow, const bt_para *para, uint32_t mark_i, uint32_t i, bt_marks *marks)
{
    const bt_mark *mark = &marks->v[mark_i];
    bt_sp left = mark->glyphs[i].x, right = i + 1 < mark->n_glyphs ? mark->glyphs[i + 1].x : mark->width;
    bt_sp box[4] = {mark->x + left, mark->y - mark->size, right - left, mark->size};
    return add(flow, para, BT_TROUBLE_SIGN, box, marks);
}

bool bt_trouble_of_glyphs(bt_flow *flow, const bt_para *para, const bt_glyph_run *run, uint32_t mark_i, bt_marks *marks)
{
    const bt_chain *chain = &para->chains[run->span_i]->chain;
    if (run->face == chain->faces[0] && !para->shaped.n_missing) return true;
    const bt_face *face;
    uint16_t sign;
    uint32_t n = marks->v[mark_i].n_glyphs, n_signs = 0;
    bool has_signs = para->shaped.n_missing && bt_chain_sign(chain, &face, &sign) && face == run->face;
    for (uint32_t i = 0; has_signs && i < n; i++) {
        if (marks->v[mark_i].glyphs[i].id != sign) continue;
        if (!add_sign(flow, para, mark_i, i, marks)) return false;
        n_signs++;
    }
    const bt_mark *mark = &marks->v[mark_i];
    if (run->face == chain->faces[0] || n_signs == n || is_blank(mark)) return true;
    bt_sp box[4] = {mark->x, mark->y - mark->size, mark->width, mark->size};
    return add(flow, para, BT_TROUBLE_SUBSTITUTE, box, marks);
}
