/* box.c - a box: a title and blocks of its own, set to its inner measure, on a tint or in a frame.
 *
 * The inner blocks are set as any others, each in its best setting; their units, one below the other on the page's own
 * grid, are the box's. Its head (white, title) is part of the first unit, its foot of the last. A box that fits well on
 * a page is one unit, and may leave its place as a picture may; a taller one breaks where its text may, and goes on
 * under a repeated strip of its own ground.
 */
#include "flow/flow_int.h"

/* A unit of an inner block. */
typedef struct part {
    uint32_t inner_i, unit_i;
    uint16_t steps;
    bool is_top; /* the first: its white above falls away */
    int32_t break_cost;
} part;

struct bt_flow_box {
    bt_text_frame title;
    BT_ARRAY(part) parts;
    uint32_t *tag_base;                              /* of each inner block */
    uint16_t head_steps, top_head_steps, foot_steps; /* amid a column, at its head; below the last part */
    bt_sp top;                                       /* the box's upper edge to its first part's upper edge */
    bt_sp bottom;                                    /* the last part's foot to the box's lower edge */
    bool is_whole;
};

/* --- making --- */

static bt_status set_inner(bt_flow *flow, bt_galley_block *block, bt_flow_box *box)
{
    const bt_doc_block *doc = block->doc;
    bt_galley_block *inner = BT_NEW_ARRAY(flow->arena, doc->n_body, bt_galley_block);
    if (!inner) return BT_NOMEM;
    for (uint32_t i = 0; i < doc->n_body; i++) {
        inner[i].doc = &doc->body[i];
        inner[i].n_columns = 1;
        inner[i].is_in_box = true;
        inner[i].measure = block->measure - 2 * flow->layout->box.pad_x;
        inner[i].keeps_next = doc->body[i].keeps_next && i + 1 < doc->n_body;
        bt_status status = bt_flow_set_block(flow, &inner[i]);
        if (status != BT_OK) return status;
        if (!inner[i].n_settings) continue;
        const bt_setting *setting = &inner[i].settings[inner[i].best_i];
        for (uint32_t u = 0; u < setting->n_units; u++) {
            const bt_unit *unit = &setting->units[u];
            part *p = BT_PUSH(flow->arena, &box->parts);
            if (!p) return BT_NOMEM;
            bool is_top = box->parts.n == 1;
            uint32_t steps = is_top ? unit->top_steps : unit->steps;
            if (inner[i].is_elastic) steps += unit->extra_best;
            *p = (part){i, u, (uint16_t)(steps > UINT16_MAX / 4 ? UINT16_MAX / 4 : steps), is_top, unit->break_cost};
        }
    }
    block->inner = inner;
    block->n_inner = doc->n_body;
    return BT_OK;
}

/* The structure: the box, its title, the blocks in it; adjacent items of a list under one list. */
static bool make_tags(bt_flow *flow, bt_galley_block *block, bt_flow_box *box)
{
    uint32_t n = 2;
    for (uint32_t i = 0; i < block->n_inner; i++) n += block->inner[i].n_tags + 1;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, n, BT_FLOW_TAG_SECTION);
    box->tag_base = BT_NEW_ARRAY(flow->arena, block->n_inner, uint32_t);
    if (!tags || !box->tag_base) return false;
    /* Under an article's headline, or beside all articles; headings in it are below its title. */
    bool is_filler = block->doc->article_i == BT_NO_ARTICLE;
    tags[1] = (bt_flow_tag){.kind = BT_FLOW_TAG_H, .level = is_filler ? 2 : 3};
    uint8_t lower = block->doc->text.text.len && !is_filler ? 1 : 0;
    uint32_t next = 2;
    bt_open_lists open = {0};
    for (uint32_t i = 0; i < block->n_inner; i++) {
        const bt_galley_block *inner = &block->inner[i];
        bool is_item = inner->doc->kind == BT_DOC_ITEM;
        if (!is_item) open.n = 0;
        if (is_item && !bt_flow_close_lists(&open, inner->doc->list)) {
            uint32_t parent_i = open.n ? open.v[open.n - 1].body_i : 0;
            open.v[open.n].list = inner->doc->list;
            open.v[open.n++].tag_i = next;
            tags[next++] = (bt_flow_tag){
                .kind = BT_FLOW_TAG_LIST, .parent_i = parent_i, .list = inner->doc->list, .at = inner->doc->at};
        }
        if (is_item) open.v[open.n - 1].body_i = next + BT_FLOW_ITEM_BODY;
        box->tag_base[i] = next;
        for (uint32_t t = 0; t < inner->n_tags; t++) {
            bt_flow_tag *tag = &tags[next++];
            *tag = inner->tags[t];
            bool is_own = t == 0 || tag->is_beside;
            tag->parent_i = is_own ? (open.n ? open.v[open.n - 1].tag_i : 0) : box->tag_base[i] + tag->parent_i;
            tag->is_beside = false;
            if (tag->kind == BT_FLOW_TAG_H) tag->level = (uint8_t)(tag->level + lower);
            if (!tag->at) tag->at = inner->doc->at;
            if (t == 0 && !tag->alt.len) tag->alt = inner->doc->alt;
        }
    }
    block->n_tags = next;
    return true;
}

/* White, title and edges, in sp and in steps. */
static void measure_edges(const bt_flow *flow, bt_flow_box *box)
{
    const bt_box_style *style = &flow->layout->box;
    const bt_layout *layout = flow->layout;
    /* The first part begins with the white over a line's capitals: that is part of the pad. */
    bt_sp white = bt_flow_top_white(flow);
    int64_t top = (int64_t)style->pad_y + (box->title.height ? box->title.height + style->title_gap : 0) - white;
    box->top = (bt_sp)(top < 0 ? 0 : top > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : top);
    box->bottom = style->pad_y > bt_flow_fall(layout) ? style->pad_y - bt_flow_fall(layout) : 0;
    box->head_steps = bt_flow_steps(layout, (int64_t)style->space_before + box->top);
    box->top_head_steps = bt_flow_steps(layout, (int64_t)white + box->top);
    box->foot_steps = bt_flow_steps(layout, (int64_t)box->bottom + style->space_after);
}

static bool one_unit(bt_flow *flow, bt_galley_block *block, const bt_flow_box *box, uint32_t inner_steps)
{
    bt_unit *unit = bt_flow_whole_unit(flow, block);
    if (!unit) return false;
    unit->steps = (uint16_t)(box->head_steps + inner_steps + box->foot_steps);
    unit->top_steps = (uint16_t)(box->top_head_steps + inner_steps + box->foot_steps);
    return true;
}

/* A unit for each part, parted where the text may be. */
static bool many_units(bt_flow *flow, bt_galley_block *block, const bt_flow_box *box)
{
    enum { COST_SPLIT = 300 };
    uint32_t n = box->parts.n;
    bt_unit *units = BT_NEW_ARRAY(flow->arena, n, bt_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!units || !setting) return false;
    for (uint32_t i = 0; i < n; i++) {
        const part *p = &box->parts.v[i];
        units[i].steps = units[i].top_steps = p->steps;
        units[i].break_cost = p->break_cost == BT_FLOW_FORBIDDEN ? BT_FLOW_FORBIDDEN : p->break_cost + COST_SPLIT;
    }
    units[0].steps = (uint16_t)(units[0].steps + box->head_steps);
    units[0].top_steps = (uint16_t)(units[0].top_steps + box->top_head_steps);
    units[n - 1].steps = (uint16_t)(units[n - 1].steps + box->foot_steps);
    if (n > 1) units[n - 1].top_steps = units[n - 1].steps;
    units[n - 1].break_cost = block->keeps_next ? BT_FLOW_FORBIDDEN : 0;
    for (uint32_t i = 0; i < n; i++)
        bt_flow_check_height(flow, units[i].top_steps + 1U, block->inner[box->parts.v[i].inner_i].doc->at);
    *setting = (bt_setting){units, n, 0};
    block->settings = setting;
    block->n_settings = 1;
    block->head_steps = 1;
    block->may_move = false;
    return true;
}

bt_status bt_flow_box_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    bt_flow_box *box = BT_NEW(flow->arena, bt_flow_box);
    if (!box) return BT_NOMEM;
    body->box = box;
    bt_sp measure = block->measure - 2 * flow->layout->box.pad_x;
    bt_status status = bt_text_frame_make(flow, &block->doc->text, measure, &box->title);
    if (status == BT_OK) status = set_inner(flow, block, box);
    if (status != BT_OK) return status;
    if (!make_tags(flow, block, box)) return BT_NOMEM;
    measure_edges(flow, box);
    uint32_t inner_steps = 0, rows = bt_flow_page_rows(flow->layout);
    for (uint32_t i = 0; i < box->parts.n; i++) {
        inner_steps += box->parts.v[i].steps;
        if (inner_steps > UINT16_MAX / 4) inner_steps = UINT16_MAX / 4;
    }
    uint32_t all = box->top_head_steps + inner_steps + box->foot_steps;
    box->is_whole = !box->parts.n || all <= rows * 2 / 3;
    if (!box->is_whole) return many_units(flow, block, box) ? BT_OK : BT_NOMEM;
    if (!box->parts.n) bt_flow_check_height(flow, all, block->doc->at);
    return one_unit(flow, block, box, inner_steps) ? BT_OK : BT_NOMEM;
}

/* --- drawing --- */

/* The ground from y to foot; a frame or tint that goes on beyond is open there. */
static bool draw_ground(bt_flow *flow, const bt_galley_block *block, bt_sp y, bt_sp foot, bool begins, bool ends,
                        bt_marks *marks)
{
    const bt_box_style *style = &flow->layout->box;
    bt_sp width = block->measure;
    if (block->doc->box_kind == BT_BOX_TINT) {
        /* A hair of overlap, lest paper shows between the strips of one box. */
        bt_sp overlap = begins ? 0 : BT_SP_PER_PT / 4;
        if (style->has_background &&
            !bt_mark_fill(flow, marks, 0, y - overlap, width, foot - y + overlap, style->background))
            return false;
        return !begins || bt_mark_rule(flow, marks, 0, y, width, &style->rule_above);
    }
    const bt_rule_style *frame = &style->frame;
    if (!frame->weight) return true;
    return bt_mark_fill(flow, marks, 0, y, frame->weight, foot - y, frame->color) &&
           bt_mark_fill(flow, marks, width - frame->weight, y, frame->weight, foot - y, frame->color) &&
           (!begins || bt_mark_fill(flow, marks, 0, y, width, frame->weight, frame->color)) &&
           (!ends || bt_mark_fill(flow, marks, 0, foot - frame->weight, width, frame->weight, frame->color));
}

/* A part with its foot at y. */
static bt_status draw_part(bt_flow *flow, const bt_galley_block *block, uint32_t part_i, bt_sp y, bt_marks *marks)
{
    const bt_flow_box *box = block->body->box;
    const part *p = &box->parts.v[part_i];
    const bt_galley_block *inner = &block->inner[p->inner_i];
    bool is_last = part_i + 1 == box->parts.n || box->parts.v[part_i + 1].inner_i != p->inner_i;
    bt_unit_place place = {.setting_i = inner->best_i,
                           .unit_i = p->unit_i,
                           .steps = p->steps,
                           .is_top = p->is_top,
                           .is_part_end = is_last};
    uint32_t first = marks->n;
    bt_status status = bt_flow_draw(flow, inner, &place, marks);
    for (uint32_t i = first; i < marks->n; i++) {
        marks->v[i].x += flow->layout->box.pad_x;
        marks->v[i].y += y;
        if (marks->v[i].tag_i != UINT32_MAX) marks->v[i].tag_i += box->tag_base[p->inner_i];
    }
    return status;
}

/* The title, above the first part, whose upper edge is at y. */
static bt_status draw_title(bt_flow *flow, const bt_galley_block *block, bt_sp y, bt_marks *marks)
{
    const bt_flow_box *box = block->body->box;
    const bt_box_style *style = &flow->layout->box;
    return bt_text_frame_draw(flow, &box->title, block->measure - 2 * style->pad_x, style->pad_x,
                              y - box->top + style->pad_y, 1, marks);
}

static bt_status draw_whole(bt_flow *flow, const bt_galley_block *block, bt_marks *marks)
{
    const bt_flow_box *box = block->body->box;
    bt_sp step = flow->layout->step, foot = -(bt_sp)box->foot_steps * step, y = foot;
    for (uint32_t i = 0; i < box->parts.n; i++) y -= (bt_sp)box->parts.v[i].steps * step;
    if (!draw_ground(flow, block, y - box->top, foot + box->bottom, true, true, marks)) return BT_NOMEM;
    bt_status status = draw_title(flow, block, y, marks);
    for (uint32_t i = 0; status == BT_OK && i < box->parts.n; i++) {
        y += (bt_sp)box->parts.v[i].steps * step;
        status = draw_part(flow, block, i, y, marks);
    }
    return status;
}

bt_status bt_flow_box_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_box *box = block->body->box;
    bt_sp step = flow->layout->step;
    if (box->is_whole) return draw_whole(flow, block, marks);
    if (place->unit_i == BT_UNIT_REPEAT)
        return draw_ground(flow, block, -step + bt_flow_top_white(flow), 0, false, false, marks) ? BT_OK : BT_NOMEM;
    bool is_first = place->unit_i == 0, is_last = place->unit_i + 1 == box->parts.n;
    bt_sp foot = is_last ? -(bt_sp)box->foot_steps * step : 0;
    bt_sp y = foot - (bt_sp)box->parts.v[place->unit_i].steps * step;
    if (!draw_ground(flow, block, is_first ? y - box->top : y, is_last ? foot + box->bottom : foot, is_first, is_last,
                     marks))
        return BT_NOMEM;
    bt_status status = is_first ? draw_title(flow, block, y, marks) : BT_OK;
    return status == BT_OK ? draw_part(flow, block, place->unit_i, foot, marks) : status;
}
