/* proof_label.c - the words of a proof: labels, the warnings' numbers in the margins, the legend at the foot. */
#include "page/proof.h"

enum { LABEL_TENTHS = 50, LEGEND_TENTHS = 60 };
static const bt_sp pad = BT_PT(1) * 3 / 2;
static const bt_ink paper = {.k = 0}, red = {.m = 9500, .y = 9000};

static bt_style *make_style(const bt_page_maker *m, int32_t tenths)
{
    bt_style *style = BT_NEW(m->flow->arena, bt_style);
    if (!style) return NULL;
    *style = (bt_style){.name = BT_STR("proof"),
                        .font = bt_page_label_font(m->layout),
                        .color = {.k = BT_INK_WHOLE},
                        .size = (bt_sp)((int64_t)tenths * BT_SP_PER_PT / 10),
                        .leading = BT_PT(8),
                        .align = BT_ALIGN_LEFT};
    return style;
}

bool bt_proof_styles(bt_proof *p)
{
    p->label = make_style(p->m, LABEL_TENTHS);
    p->legend = make_style(p->m, LEGEND_TENTHS);
    return p->label && p->legend;
}

/* --- labels --- */

static void shift(bt_proof *p, uint32_t first, bt_sp x, bt_sp y)
{
    for (uint32_t i = first; i < p->marks.n; i++) {
        p->marks.v[i].x += x;
        p->marks.v[i].y += y;
    }
}

bt_status bt_proof_text(bt_proof *p, bt_str text, const bt_style *style, bt_ink ink, bt_sp x, bt_sp y, bt_sp measure,
                        bt_sp *width)
{
    uint32_t first = p->marks.n;
    bt_status status = bt_flow_line(p->m->flow, text, style, measure, &p->marks, width);
    for (uint32_t i = first; i < p->marks.n; i++) p->marks.v[i].color = ink;
    shift(p, first, x, y);
    return status;
}

bt_status bt_proof_chip(bt_proof *p, bt_str text, bt_ink ink, bt_ink ground, const bt_sp at[2], bt_proof_hold hold)
{
    bt_sp size = p->legend->size, height = size + pad, width;
    uint32_t ground_i = p->marks.n;
    if (!bt_mark_fill(p->m->flow, &p->marks, -pad, pad - height, 0, height, ground)) return BT_NOMEM;
    bt_status status = bt_proof_text(p, text, p->legend, ink, 0, 0, p->m->flow->page_measure, &width);
    p->marks.v[ground_i].width = width + 2 * pad;
    if (hold == BT_PROOF_HEAD)
        shift(p, ground_i, at[0] + pad, at[1] + height - pad);
    else if (hold == BT_PROOF_FOOT)
        shift(p, ground_i, at[0] - width - pad, at[1] - pad);
    else
        shift(p, ground_i, at[0] - width / 2, at[1] + size / 3);
    return status;
}

/* --- the warnings' numbers --- */

/* What a warning may be about, where it stands. */
typedef struct spot {
    const bt_place *at;
    uint32_t page_i;
    bt_sp x, y; /* its middle; its baseline */
} spot;

typedef BT_ARRAY(spot) spots;

static bool add_spot(bt_proof *p, spots *list, const bt_place *at, uint32_t page_i, bt_sp x, bt_sp y)
{
    const spot *last = list->n ? &list->v[list->n - 1] : NULL;
    if (!at || (last && last->at == at && last->page_i == page_i)) return true;
    spot *room = BT_PUSH(p->m->flow->arena, list);
    if (room) *room = (spot){at, page_i, x, y};
    return room != NULL;
}

/* All that is on the pages, in the order in which it is drawn. */
static bool list_spots(bt_proof *p, spots *list)
{
    for (uint32_t i = 0; i < p->m->composition->n_pages; i++) {
        const bt_page_draft *draft = &p->m->drafts[i];
        for (uint32_t k = 0; k < draft->items.n; k++) {
            const bt_item *item = &draft->items.v[k];
            bool is_text = item->kind == BT_ITEM_GLYPHS, is_picture = item->kind == BT_ITEM_IMAGE;
            if (!is_text && !is_picture) continue;
            bt_sp width = is_text ? item->as.glyphs.width : item->as.image.width;
            bt_sp y = is_text ? item->y : item->y + p->label->size;
            if (!add_spot(p, list, item->at, i, item->x + width / 2, y)) return false;
        }
        for (uint32_t k = 0; k < draft->frames.n; k++) {
            const bt_frame_fact *frame = &draft->frames.v[k];
            if (!add_spot(p, list, frame->at, i, frame->x + frame->width / 2, frame->y + p->label->size)) return false;
        }
    }
    return true;
}

static bool is_same(const bt_place *a, const bt_place *b)
{
    if (a == b) return true;
    return a->line == b->line && a->column == b->column && bt_str_equal(a->pointer, b->pointer) &&
           bt_str_equal(a->file, b->file);
}

/* "/articles/2/body/1" is within "/articles/2". */
static bool is_within(bt_str inner, bt_str outer)
{
    return outer.len && inner.len > outer.len && inner.ptr[outer.len] == '/' && bt_str_starts(inner, outer);
}

/* How near what stands at a place comes to what is warned of: the thing itself, the first of its parts, what it is part
 * of; of an article's own file the line before it. 0: it is another. */
static uint64_t nearness(const bt_place *at, const bt_place *warned)
{
    enum { PART = 1 << 30 };
    if (is_same(at, warned)) return UINT64_MAX;
    if (!bt_str_equal(at->file, warned->file)) return 0;
    if (is_within(at->pointer, warned->pointer)) return (uint64_t)PART + 1;
    if (is_within(warned->pointer, at->pointer)) return at->pointer.len;
    bool is_before = !at->pointer.len && !warned->pointer.len && at->line && at->line <= warned->line;
    return is_before ? at->line : 0;
}

static const spot *find_spot(const spots *list, const bt_place *warned)
{
    const spot *found = NULL;
    uint64_t best = 0;
    for (uint32_t i = 0; i < list->n && best < UINT64_MAX; i++) {
        uint64_t near = nearness(list->v[i].at, warned);
        if (near <= best) continue;
        best = near;
        found = &list->v[i];
    }
    return found;
}

static bool add_flag(bt_proof *p, bt_diag_code code, uint32_t page_i, bt_sp x, bt_sp y)
{
    bt_sp middle = bt_flow_left(p->m->layout, page_i + 1) + p->m->flow->page_measure / 2;
    bt_proof_flag flag = {.page_i = page_i, .is_right = x > middle, .y = y, .code = code};
    for (uint32_t i = 0; i < p->flags.n; i++) {
        const bt_proof_flag *known = &p->flags.v[i];
        if (known->code == code && known->page_i == page_i && known->y == y && known->is_right == flag.is_right)
            return true;
    }
    bt_proof_flag *room = BT_PUSH(p->m->flow->arena, &p->flags);
    if (room) *room = flag;
    return room != NULL;
}

static bt_diag_code code_of(bt_trouble kind)
{
    static const bt_diag_code codes[BT_N_TROUBLES] = {
        [BT_TROUBLE_OVERSET] = BT_W_OVERFULL, [BT_TROUBLE_TORN] = BT_W_TORN,        [BT_TROUBLE_LOOSE] = BT_W_LOOSE,
        [BT_TROUBLE_SHORT] = BT_W_LEFT_SHORT, [BT_TROUBLE_SUBSTITUTE] = BT_N_DIAGS, [BT_TROUBLE_SIGN] = BT_W_NO_GLYPH,
        [BT_TROUBLE_TALL] = BT_W_TALL,
    };
    return codes[kind];
}

/* Beside each line that it is about. */
static bool flag_lines(bt_proof *p, const bt_diag_note *note, bool *is_found)
{
    *is_found = false;
    for (uint32_t i = 0; i < p->m->composition->n_pages; i++)
        for (uint32_t k = 0; k < p->m->drafts[i].troubles.n; k++) {
            const bt_trouble_fact *t = &p->m->drafts[i].troubles.v[k];
            if (code_of(t->kind) != note->code || !t->at || !is_same(t->at, note->at)) continue;
            if (!add_flag(p, note->code, i, t->x + t->width / 2, t->y + t->height)) return false;
            *is_found = true;
        }
    return true;
}

/* By page, side and height. */
static bool comes_after(const bt_proof_flag *a, const bt_proof_flag *b)
{
    if (a->page_i != b->page_i) return a->page_i > b->page_i;
    return a->is_right != b->is_right ? a->is_right : a->y > b->y;
}

static void sort_flags(bt_proof *p)
{
    for (uint32_t i = 1; i < p->flags.n; i++) {
        bt_proof_flag flag = p->flags.v[i];
        uint32_t k = i;
        for (; k && comes_after(&p->flags.v[k - 1], &flag); k--) p->flags.v[k] = p->flags.v[k - 1];
        p->flags.v[k] = flag;
    }
}

bool bt_proof_find_flags(bt_proof *p)
{
    const bt_diags *diags = p->m->flow->diags;
    spots list = {0};
    if (!list_spots(p, &list)) return false;
    for (uint32_t i = 0; i < diags->notes.n; i++) {
        const bt_diag_note *note = &diags->notes.v[i];
        bool is_found;
        if (!flag_lines(p, note, &is_found)) return false;
        const spot *at = is_found ? NULL : find_spot(&list, note->at);
        if (at && !add_flag(p, note->code, at->page_i, at->x, at->y)) return false;
    }
    sort_flags(p);
    return true;
}

/* One below the other where they would meet. */
bt_status bt_proof_flags(bt_proof *p)
{
    const bt_sp gap = BT_PT(4), leading = p->label->size * 6 / 5, far = BT_PT(40);
    bt_sp left = bt_flow_left(p->m->layout, p->page_i + 1), right = left + p->m->flow->page_measure;
    bt_sp free[2] = {0, 0}; /* of each side: the next baseline that has room */
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < p->flags.n; i++) {
        const bt_proof_flag *flag = &p->flags.v[i];
        if (flag->page_i != p->page_i) continue;
        bt_sp y = flag->y > free[flag->is_right] ? flag->y : free[flag->is_right], width;
        uint32_t first = p->marks.n;
        free[flag->is_right] = y + leading;
        status = bt_proof_text(p, bt_str_of(bt_diag_lookup(flag->code)->number), p->label, red, 0, y, far, &width);
        bt_sp x = flag->is_right ? right + gap : left - gap - width;
        if (x < 0) x = 0;
        if (x + width > p->m->layout->width) x = p->m->layout->width - width;
        shift(p, first, x, 0);
    }
    return status;
}

/* --- the legend --- */

typedef struct row {
    bt_sp x, y, right;
    bt_sp left;
} row;

/* On the next line where this one has no room. */
static void place_entry(bt_proof *p, row *at, uint32_t first, bt_sp width)
{
    if (at->x > at->left && at->x + width > at->right) {
        at->x = at->left;
        at->y += p->legend->size * 13 / 10;
    }
    shift(p, first, at->x, at->y);
    at->x += width + p->legend->size;
}

static bt_status put_entry(bt_proof *p, row *at, uint32_t sign)
{
    static const bt_ink gray = {.k = 8000};
    bt_sp side = p->legend->size * 7 / 10, text_x = side + side / 2, width;
    uint32_t first = p->marks.n;
    if (!bt_proof_sample(p, sign, side)) return BT_NOMEM;
    bt_status status =
        bt_proof_text(p, bt_proof_name(p, sign), p->legend, gray, text_x, 0, at->right - at->left - text_x, &width);
    place_entry(p, at, first, text_x + width);
    return status;
}

bt_status bt_proof_legend(bt_proof *p)
{
    const bt_sp size = p->legend->size, from_foot = size * 8 / 10;
    const bt_layout *layout = p->m->layout;
    bt_sp left = bt_flow_left(layout, p->page_i + 1), right = left + p->m->flow->page_measure, width;
    row at = {.x = left, .left = left, .right = right};
    uint32_t ground_i = p->marks.n, first = ground_i + 1;
    if (!bt_mark_fill(p->m->flow, &p->marks, left - pad, -size, right - left + 2 * pad, 0, paper)) return BT_NOMEM;
    bt_str what = BT_SAY(&p->words, "Proof, not for printing");
    bt_status status = bt_proof_text(p, what, p->legend, red, 0, 0, right - left, &width);
    place_entry(p, &at, first, width);
    for (uint32_t i = 0; status == BT_OK && i < BT_N_PROOF_SIGNS; i++)
        if (p->is_shown[i]) status = put_entry(p, &at, i);
    p->marks.v[ground_i].height = at.y + size * 4 / 3;
    shift(p, ground_i, 0, layout->height - from_foot - at.y);
    return status;
}
