/* proof.c - what an editor's proof shows beside the pages: under them the baseline grid, the text area and its columns;
 * over them frames with what they hold, pictures that are missing or coarse, and what is wrong with lines and letters.
 * Nothing of the page moves for it, and all of it is an artifact. */
#include "page/proof.h"

static const bt_sp hairline = BT_PT(1) / 4, fine = BT_PT(1) / 2, bold = BT_PT(1);
static const bt_ink paper = {.k = 0};

/* --- signs --- */

#define RED                                                                                                            \
    {                                                                                                                  \
        .m = 9500, .y = 9000                                                                                           \
    }
#define ORANGE                                                                                                         \
    {                                                                                                                  \
        .m = 5500, .y = 10000                                                                                          \
    }
#define VIOLET                                                                                                         \
    {                                                                                                                  \
        .c = 6000, .m = 9000                                                                                           \
    }

static const struct {
    bt_ink ink;
    bt_str name;
} signs[BT_N_PROOF_SIGNS] = {
    [BT_PROOF_GRID] = {{.c = 3000}, BT_STR_INIT("baseline grid")},
    [BT_PROOF_AREA] = {{.c = 2500, .m = 4000}, BT_STR_INIT("text area and columns")},
    [BT_PROOF_FRAME] = {{.c = 7500, .y = 7500, .k = 1500}, BT_STR_INIT("frames")},
    [BT_PROOF_MISSING] = {{.k = 6500}, BT_STR_INIT("missing picture")},
    [BT_PROOF_COARSE] = {ORANGE, BT_STR_INIT("coarse picture")},
    [BT_PROOF_REFUSED] = {RED, BT_STR_INIT("picture too coarse for press")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_OVERSET] = {RED, BT_STR_INIT("text beyond its line")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_TORN] = {RED, BT_STR_INIT("torn word")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_LOOSE] = {VIOLET, BT_STR_INIT("loose line")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_SHORT] = {VIOLET, BT_STR_INIT("line left short")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_SUBSTITUTE] = {ORANGE, BT_STR_INIT("letters of another font")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_SIGN] = {RED, BT_STR_INIT("character that no font has")},
    [BT_PROOF_TROUBLE + BT_TROUBLE_TALL] = {RED, BT_STR_INIT("content beyond its column")},
};

bt_ink bt_proof_ink(bt_proof *p, uint32_t sign)
{
    p->is_shown[sign] = true;
    return signs[sign].ink;
}

bt_str bt_proof_name(bt_proof *p, uint32_t sign) { return bt_say(&p->words, signs[sign].name); }

bool bt_proof_outline(bt_proof *p, const bt_sp box[4], bt_sp weight, bt_ink ink)
{
    bt_sp half = weight / 2;
    bt_pen pen = bt_pen_in(p->m->flow);
    bt_path_look look = {.stroke = {.width = weight, .color = ink}};
    bt_pen_rectangle(&pen, box[0] + half, box[1] + half, box[2] - weight, box[3] - weight);
    return bt_mark_path(p->m->flow, &p->marks, &pen, &look, UINT32_MAX);
}

/* --- under the page --- */

/* A line at each baseline of the text area. */
static bool put_grid(bt_proof *p, bt_sp left)
{
    const bt_layout *layout = p->m->layout;
    bt_ink ink = bt_proof_ink(p, BT_PROOF_GRID);
    for (uint32_t row = 0; row < bt_flow_page_rows(layout); row++) {
        bt_sp y = layout->grid_first + (bt_sp)row * layout->step;
        if (!bt_mark_fill(p->m->flow, &p->marks, left, y - hairline / 2, p->m->flow->page_measure, hairline, ink))
            return false;
    }
    return true;
}

static bool put_under(bt_proof *p, const bt_page *page)
{
    const bt_layout *layout = p->m->layout;
    bt_sp left = bt_flow_left(layout, p->page_i + 1), top = bt_page_row_top(layout, 0);
    bt_sp height = bt_page_row_top(layout, bt_flow_page_rows(layout)) - top;
    bt_ink ink = bt_proof_ink(p, BT_PROOF_AREA);
    bt_sp area[4] = {left, top, p->m->flow->page_measure, height};
    if (!put_grid(p, left) || !bt_proof_outline(p, area, fine, ink)) return false;
    for (uint32_t i = 0; i < page->facts.n_frames; i++) {
        const bt_frame_fact *frame = &page->facts.frames[i];
        bt_sp box[4] = {frame->x, frame->y, frame->width, frame->height};
        bool is_column = frame->kind == BT_FRAME_COLUMN || frame->kind == BT_FRAME_SPAN;
        if (is_column && !bt_proof_outline(p, box, hairline, ink)) return false;
    }
    return true;
}

/* --- frames --- */

static const bt_str frame_names[] = {
    [BT_FRAME_MASTHEAD] = BT_STR_INIT("masthead"), [BT_FRAME_HIGHLIGHTS] = BT_STR_INIT("highlights"),
    [BT_FRAME_COLUMN] = BT_STR_INIT(""),           [BT_FRAME_SPAN] = BT_STR_INIT(""),
    [BT_FRAME_IMPRINT] = BT_STR_INIT("imprint"),   [BT_FRAME_FIGURE] = BT_STR_INIT("picture"),
    [BT_FRAME_TABLE] = BT_STR_INIT("table"),       [BT_FRAME_CHART] = BT_STR_INIT("chart"),
    [BT_FRAME_FILLER] = BT_STR_INIT("filler"),     [BT_FRAME_JUMP] = BT_STR_INIT(""),
};

static bt_str resolution_of(bt_proof *p, const bt_frame_fact *frame)
{
    bt_buf buf = bt_buf_in(p->m->flow->arena);
    bt_buf_add_int(&buf, frame->ppi);
    bt_buf_add_z(&buf, " ppi");
    return bt_buf_str(&buf);
}

/* "picture · 312 ppi" */
static bt_str label_of(bt_proof *p, const bt_frame_fact *frame)
{
    bt_str name = bt_say(&p->words, frame_names[frame->kind]);
    if (!frame->ppi) return name;
    bt_arena *arena = p->m->flow->arena;
    return bt_str_join(arena, bt_str_join(arena, name, BT_STR(" · ")), resolution_of(p, frame));
}

/* Around what it holds, so that its line runs over no letter. */
static bool put_around(bt_proof *p, const bt_frame_fact *frame, bt_sp weight, bt_ink ink)
{
    bt_sp box[4] = {frame->x - weight, frame->y - weight, frame->width + 2 * weight, frame->height + 2 * weight};
    return bt_proof_outline(p, box, weight, ink);
}

/* What it holds stands above it; within it at the page's top, and where text may stand close above and the frame begins
 * with white. */
static bt_status put_frame(bt_proof *p, const bt_frame_fact *frame)
{
    if (!frame_names[frame->kind].len) return BT_OK;
    bt_ink ink = bt_proof_ink(p, BT_PROOF_FRAME);
    bt_sp y = frame->y - p->label->size / 3, width;
    if (!put_around(p, frame, hairline, ink)) return BT_NOMEM;
    if (y < p->label->size)
        return bt_proof_chip(p, label_of(p, frame), ink, paper, (const bt_sp[]){frame->x, frame->y > 0 ? frame->y : 0},
                             BT_PROOF_HEAD);
    bool holds_white = frame->kind == BT_FRAME_TABLE || frame->kind == BT_FRAME_CHART || frame->kind == BT_FRAME_FILLER;
    if (holds_white) y = frame->y + p->label->size;
    uint32_t first = p->marks.n;
    bt_status status = bt_proof_text(p, label_of(p, frame), p->label, ink, frame->x, y, frame->width, &width);
    for (uint32_t i = first; holds_white && i < p->marks.n; i++)
        p->marks.v[i].x += frame->width - width - p->label->size / 3;
    return status;
}

/* --- pictures --- */

/* What is too coarse has its resolution in the corner. */
static bt_status put_resolution(bt_proof *p, const bt_frame_fact *frame)
{
    const bt_print *print = &p->m->layout->print;
    if (!frame->ppi || frame->ppi >= print->warn_ppi) return BT_OK;
    bt_ink ink = bt_proof_ink(p, frame->ppi < print->min_ppi ? BT_PROOF_REFUSED : BT_PROOF_COARSE);
    if (!put_around(p, frame, bold, ink)) return BT_NOMEM;
    return bt_proof_chip(p, resolution_of(p, frame), paper, ink,
                         (const bt_sp[]){frame->x + frame->width, frame->y + frame->height}, BT_PROOF_FOOT);
}

static bt_str file_name(bt_str path)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    return bt_str_slice(path, begin, path.len);
}

/* A picture that is not there: a cross from corner to corner, and the file's name. */
static bt_status put_missing(bt_proof *p, const bt_item *item)
{
    bt_ink ink = bt_proof_ink(p, BT_PROOF_MISSING);
    bt_sp x = item->x, y = item->y, width = item->as.image.width, height = item->as.image.height;
    bt_pen pen = bt_pen_in(p->m->flow);
    bt_pen_move(&pen, x, y);
    bt_pen_line(&pen, x + width, y + height);
    bt_pen_move(&pen, x + width, y);
    bt_pen_line(&pen, x, y + height);
    bt_path_look look = {.stroke = {.width = fine, .color = ink},
                         .is_clipped = true,
                         .clip_x = x,
                         .clip_y = y,
                         .clip_width = width,
                         .clip_height = height};
    if (!bt_mark_path(p->m->flow, &p->marks, &pen, &look, UINT32_MAX) ||
        !bt_proof_outline(p, (const bt_sp[]){x, y, width, height}, fine, ink))
        return BT_NOMEM;
    return bt_proof_chip(p, file_name(item->as.image.image->path), ink, paper,
                         (const bt_sp[]){x + width / 2, y + height / 2}, BT_PROOF_MIDDLE);
}

/* --- lines and letters --- */

static bool put_fill(bt_proof *p, bt_sp x, bt_sp y, bt_sp width, bt_sp height, bt_ink ink)
{
    return bt_mark_fill(p->m->flow, &p->marks, x, y, width, height, ink);
}

/* Below the letters, clear of their descenders only where they have none: it is to be seen, not to hide. */
static bool put_underline(bt_proof *p, const bt_trouble_fact *t, bool is_dashed, bt_ink ink)
{
    bt_sp y = t->y + t->height + BT_PT(2);
    bt_pen pen = bt_pen_in(p->m->flow);
    bt_path_look look = {.stroke = {.width = bold * 3 / 4, .color = ink}};
    if (is_dashed) look.stroke.dash = look.stroke.dash_gap = BT_PT(2);
    bt_pen_move(&pen, t->x, y);
    bt_pen_line(&pen, t->x + t->width, y);
    return bt_mark_path(p->m->flow, &p->marks, &pen, &look, UINT32_MAX);
}

static bool put_trouble(bt_proof *p, const bt_trouble_fact *t)
{
    bt_ink ink = bt_proof_ink(p, BT_PROOF_TROUBLE + (uint32_t)t->kind);
    bt_sp descent = t->height / 4, box[4] = {t->x, t->y, t->width, t->height + descent};
    switch (t->kind) {
    case BT_TROUBLE_OVERSET:
        return bt_proof_outline(p, box, fine, ink) &&
               put_fill(p, t->x, t->y + t->height + descent, t->width, bold * 3 / 2, ink);
    case BT_TROUBLE_TORN:
        return put_fill(p, t->x + t->width, t->y, 2 * bold, t->height + descent, ink);
    case BT_TROUBLE_LOOSE:
    case BT_TROUBLE_SHORT:
        return put_underline(p, t, true, ink);
    case BT_TROUBLE_SUBSTITUTE:
        return put_underline(p, t, false, ink);
    case BT_TROUBLE_SIGN:
        return bt_proof_outline(p, box, fine, ink);
    case BT_TROUBLE_TALL:
        return bt_proof_outline(p, (const bt_sp[]){t->x, t->y, t->width, t->height}, bold, ink);
    case BT_N_TROUBLES:
        break;
    }
    return true;
}

/* --- the legend's samples --- */

static bool put_trouble_sample(bt_proof *p, bt_trouble kind, bt_sp side)
{
    bt_trouble_fact t = {.kind = kind, .y = -side, .width = side, .height = side * 4 / 5};
    if (kind == BT_TROUBLE_TORN) t.width = side / 2;
    if (kind == BT_TROUBLE_TALL) t.height = side;
    if (kind == BT_TROUBLE_OVERSET) t.height = side * 3 / 5;
    if (kind == BT_TROUBLE_LOOSE || kind == BT_TROUBLE_SHORT || kind == BT_TROUBLE_SUBSTITUTE)
        t.y = -BT_PT(2) - t.height - bold / 2;
    return put_trouble(p, &t);
}

bool bt_proof_sample(bt_proof *p, uint32_t sign, bt_sp side)
{
    bt_ink ink = bt_proof_ink(p, sign);
    bt_sp box[4] = {0, -side, side, side};
    if (sign >= BT_PROOF_TROUBLE) return put_trouble_sample(p, (bt_trouble)(sign - BT_PROOF_TROUBLE), side);
    switch ((bt_proof_sign)sign) {
    case BT_PROOF_GRID:
        return put_fill(p, 0, -side * 3 / 4, side, fine, ink) && put_fill(p, 0, -side / 4, side, fine, ink);
    case BT_PROOF_AREA:
    case BT_PROOF_FRAME:
        return bt_proof_outline(p, box, fine, ink);
    case BT_PROOF_MISSING:
        return put_fill(p, 0, -side, side, side, (bt_ink){.k = 1500}) && bt_proof_outline(p, box, fine, ink);
    default:
        return put_fill(p, 0, -side, side, side, ink);
    }
}

/* --- all --- */

static bt_status put_over(bt_proof *p, const bt_page *page)
{
    const bt_page_draft *draft = &p->m->drafts[p->page_i];
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < page->facts.n_frames; i++) {
        status = put_frame(p, &page->facts.frames[i]);
        if (status == BT_OK) status = put_resolution(p, &page->facts.frames[i]);
    }
    for (uint32_t i = 0; status == BT_OK && i < page->n_items; i++) {
        const bt_item *item = &page->items[i];
        if (item->kind == BT_ITEM_IMAGE && item->as.image.image->is_stand_in) status = put_missing(p, item);
    }
    for (uint32_t i = 0; status == BT_OK && i < draft->troubles.n; i++)
        if (!put_trouble(p, &draft->troubles.v[i])) status = BT_NOMEM;
    if (status == BT_OK) status = bt_proof_flags(p);
    return status == BT_OK ? bt_proof_legend(p) : status;
}

/* The marks so far as items; the next list begins empty. NULL: no memory. */
static const bt_item *take_items(bt_proof *p, uint32_t *n)
{
    bt_item *items = BT_NEW_ARRAY(p->m->flow->arena, p->marks.n, bt_item);
    for (uint32_t i = 0; items && i < p->marks.n; i++) {
        if (!bt_page_item(p->m, &p->marks.v[i], &items[i])) return NULL;
        items[i].artifact = BT_ARTIFACT_PAGE;
    }
    *n = p->marks.n;
    p->marks.n = 0;
    return items;
}

static bt_status show_page(bt_proof *p, bt_page *page)
{
    for (uint32_t i = 0; i < BT_N_PROOF_SIGNS; i++) p->is_shown[i] = false;
    if (!put_under(p, page)) return BT_NOMEM;
    page->underlay = take_items(p, &page->n_underlay);
    bt_status status = page->underlay ? put_over(p, page) : BT_NOMEM;
    if (status != BT_OK) return status;
    page->overlay = take_items(p, &page->n_overlay);
    return page->overlay ? BT_OK : BT_NOMEM;
}

bt_status bt_page_proof(bt_page_maker *m, bt_page *pages)
{
    bt_proof p = {.m = m};
    bool is_vietnamese = bt_str_starts(m->flow->doc->bundle->lang.s, BT_STR("vi"));
    p.words = (bt_diags){.arena = m->flow->scratch, .lang = is_vietnamese ? BT_LANG_VI : BT_LANG_EN};
    if (!bt_proof_styles(&p) || !bt_proof_find_flags(&p)) return BT_NOMEM;
    bt_status status = BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < m->composition->n_pages; i++) {
        p.page_i = i;
        status = show_page(&p, &pages[i]);
    }
    return status;
}
