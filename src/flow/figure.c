/* figure.c - a picture with caption and credit: as tall as the composer wants it within its range, cropped to its
 * frame. */
#include "flow/flow_int.h"

struct bt_flow_figure {
    const bt_image *image;
    bt_flow_caption caption;
    bt_elastic heights;
};

bt_status bt_flow_picture(bt_flow *flow, bt_str path, const bt_place *at, const bt_image **image)
{
    const char *file = bt_str_z(flow->scratch, path);
    if (flow->has_stand_ins) return bt_image_load_or_stand_in(flow->images, flow->arena, flow->diags, file, at, image);
    return bt_image_load(flow->images, flow->diags, file, at, image);
}

/* The best height is the picture's own at this width. */
static void find_heights(const bt_flow *flow, const bt_galley_block *block, const bt_image *image, bt_elastic *e)
{
    const bt_figure *figure = block->doc->figure;
    const bt_figure_style *style = &flow->layout->figure;
    bool spans = block->doc->spans_page;
    e->least = spans ? style->page_min_height : style->min_height;
    e->most = spans ? style->page_max_height : style->max_height;
    bt_elastic_bend(e, figure->min_height, figure->max_height);
    int64_t natural =
        image->natural_width > 0 ? bt_mul_div(block->measure, image->natural_height, image->natural_width) : e->least;
    e->best = (bt_sp)(natural < e->least ? e->least : natural > e->most ? e->most : natural);
}

bool bt_flow_fit_in_page(bt_flow *flow, bt_sp asked, const bt_place *at, const bt_place *caption_at, bt_elastic *e)
{
    const bt_layout *layout = flow->layout;
    int64_t page = (int64_t)bt_flow_page_rows(layout) * layout->step;
    int64_t room = page - e->top_white - e->below;
    if (room < layout->step) {
        bt_flow_check_height(flow, bt_flow_steps(layout, page + layout->step - room), caption_at);
        return false;
    }
    if (e->least > room && asked > 0) {
        bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
        bt_buf wanted = bt_buf_in(flow->scratch), had = bt_buf_in(flow->scratch);
        bt_buf_add_mm(&wanted, e->least);
        bt_buf_add_mm(&had, room);
        bt_diag(flow->diags, BT_W_PICTURE_TALL, at, BT_ARGS(bt_buf_str(&wanted), bt_buf_str(&had)));
        bt_arena_rewind(flow->scratch, mark);
    }
    if (e->least > room) e->least = (bt_sp)room;
    if (e->most > room) e->most = (bt_sp)room;
    if (e->best > room) e->best = (bt_sp)room;
    return true;
}

void bt_flow_check_shape(bt_flow *flow, const bt_figure *figure, const bt_image *image, bt_sp frame_width,
                         bt_sp frame_height)
{
    int64_t width = image->natural_width, height = image->natural_height;
    if (width <= 0 || height <= 0) return;
    if (bt_mul_div(frame_height, width, height) <= 2 * BT_SP_LONGEST &&
        bt_mul_div(frame_width, height, width) <= 2 * BT_SP_LONGEST)
        return;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    int64_t ratio = width > height ? width / height : height / width;
    bt_diag(flow->diags, BT_E_PICTURE_THIN, figure->image.at,
            BT_ARGS(bt_str_format(flow->scratch, "%lld", (long long)ratio)));
    bt_arena_rewind(flow->scratch, mark);
}

/* --- what takes up steps --- */

void bt_elastic_bend(bt_elastic *e, bt_sp least, bt_sp most)
{
    if (least > 0) e->least = least;
    if (most > 0) e->most = most;
    if (e->least <= e->most) return;
    if (least > 0)
        e->most = e->least;
    else
        e->least = e->most;
}

bool bt_flow_elastic_unit(bt_flow *flow, bt_galley_block *block, const bt_elastic *e)
{
    const bt_layout *layout = flow->layout;
    bt_unit *unit = bt_flow_whole_unit(flow, block);
    if (!unit) return false;
    int64_t around = (int64_t)e->before + e->below;
    unit->steps = bt_flow_steps(layout, e->least + around);
    unit->top_steps = bt_flow_steps(layout, (int64_t)e->least + e->top_white + e->below);
    int64_t most = (e->most + around) / layout->step;
    int64_t best = (e->best + around + layout->step / 2) / layout->step;
    unit->extra = (uint16_t)(most > unit->steps ? most - unit->steps : 0);
    int64_t wish = best - unit->steps;
    unit->extra_best = (uint16_t)(wish < 0 ? 0 : wish > unit->extra ? unit->extra : wish);
    block->is_elastic = true;
    return true;
}

bt_sp bt_flow_elastic_top(const bt_flow *flow, const bt_elastic *e, const bt_unit_place *place)
{
    return -(bt_sp)place->steps * flow->layout->step + (place->is_top ? e->top_white : e->before);
}

/* --- one picture --- */

bt_status bt_flow_figure_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_figure_style *style = &flow->layout->figure;
    const bt_doc_block *source = block->doc;
    bt_flow_figure *figure = BT_NEW(flow->arena, bt_flow_figure);
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 2, BT_FLOW_TAG_FIGURE);
    if (!figure || !tags) return BT_NOMEM;
    tags[1].kind = BT_FLOW_TAG_CAPTION;
    body->figure = figure;
    bt_status status = bt_flow_picture(flow, source->figure->path, source->figure->image.at, &figure->image);
    if (status == BT_OK)
        status = bt_flow_caption_make(flow, &source->caption, &source->credit, block->measure, &figure->caption);
    if (status != BT_OK) return status;
    bt_sp caption = figure->caption.height;
    bt_elastic *heights = &figure->heights;
    heights->top_white = bt_flow_top_white(flow);
    heights->before = style->space_before;
    heights->below = bt_flow_fall(flow->layout) + style->space_after + (caption ? style->caption_gap + caption : 0);
    find_heights(flow, block, figure->image, heights);
    if (!bt_flow_fit_in_page(flow, source->figure->min_height, source->figure->image.at, source->caption.at, heights))
        return BT_OK;
    bt_flow_check_shape(flow, source->figure, figure->image, block->measure, heights->most);
    return bt_flow_elastic_unit(flow, block, heights) ? BT_OK : BT_NOMEM;
}

bt_status bt_flow_figure_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_figure *figure = block->body->figure;
    const bt_figure *source = block->doc->figure;
    bt_sp top = bt_flow_elastic_top(flow, &figure->heights, place), foot = -figure->heights.below;
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!mark) return BT_NOMEM;
    *mark = (bt_mark){
        .kind = BT_MARK_IMAGE,
        .y = top,
        .width = block->measure,
        .height = foot - top,
        .at = source->image.at,
        .image = figure->image,
        .focus_x = source->focus_x,
        .focus_y = source->focus_y,
    };
    return bt_flow_caption_draw(flow, &figure->caption, 0, foot + flow->layout->figure.caption_gap, 1, marks);
}
