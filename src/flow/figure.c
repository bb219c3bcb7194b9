/* figure.c - a picture with caption and credit: as tall as the composer wants it within its range, cropped to its
 * frame. */
#include "flow/flow_int.h"

/* The bundle's limits, else the layout's; the best height is the picture's own at this width. */
static bt_height_range height_range(const bt_flow *flow, const bt_galley_block *block, const bt_image *image)
{
    const bt_figure *figure = block->doc->figure;
    const bt_figure_style *style = &flow->layout->figure;
    bool spans = block->doc->spans_page;
    bt_height_range r = {spans ? style->page_min_height : style->min_height,
                         spans ? style->page_max_height : style->max_height, 0};
    bool has_least = figure->min_height > 0, has_most = figure->max_height > 0;
    if (has_least) r.least = figure->min_height;
    if (has_most) r.most = figure->max_height;
    if (r.least > r.most) {
        if (has_least)
            r.most = r.least;
        else
            r.least = r.most;
    }
    int64_t natural =
        image->natural_width > 0 ? bt_mul_div(block->measure, image->natural_height, image->natural_width) : r.least;
    r.best = (bt_sp)(natural < r.least ? r.least : natural > r.most ? r.most : natural);
    return r;
}

static bt_sp caption_height(const bt_flow_body *body)
{
    bt_sp height = body->caption.height;
    if (body->credit.height)
        height += body->credit.height + (height ? body->credit.para.rich.style->space_before_min : 0);
    return height;
}

/* A picture is no higher than a page has room for, whatever is asked for. False: its caption alone is, which is told.
 */
static bool fit_in_page(bt_flow *flow, const bt_galley_block *block, const bt_flow_body *body, bt_height_range *r)
{
    const bt_layout *layout = flow->layout;
    int64_t page = (int64_t)bt_flow_page_rows(layout) * layout->step;
    int64_t room = page - body->top_white - body->below;
    if (room < layout->step) {
        bt_flow_check_height(flow, bt_flow_steps(layout, page + layout->step - room), block->doc->caption.at);
        return false;
    }
    const bt_figure *figure = block->doc->figure;
    if (r->least > room && figure->min_height > 0) {
        bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
        bt_buf wanted = bt_buf_in(flow->scratch), had = bt_buf_in(flow->scratch);
        bt_buf_add_mm(&wanted, r->least);
        bt_buf_add_mm(&had, room);
        bt_diag(flow->diags, BT_W_PICTURE_TALL, figure->image.at, BT_ARGS(bt_buf_str(&wanted), bt_buf_str(&had)));
        bt_arena_rewind(flow->scratch, mark);
    }
    if (r->least > room) r->least = (bt_sp)room;
    if (r->most > room) r->most = (bt_sp)room;
    if (r->best > room) r->best = (bt_sp)room;
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

bool bt_flow_elastic_unit(bt_flow *flow, bt_galley_block *block, const bt_height_range *r, bt_sp before,
                          bt_sp top_white, bt_sp below)
{
    const bt_layout *layout = flow->layout;
    bt_unit *unit = BT_NEW(flow->arena, bt_unit);
    bt_setting *setting = BT_NEW(flow->arena, bt_setting);
    if (!unit || !setting) return false;
    unit->steps = bt_flow_steps(layout, (int64_t)r->least + before + below);
    unit->top_steps = bt_flow_steps(layout, (int64_t)r->least + top_white + below);
    int64_t most = ((int64_t)r->most + before + below) / layout->step;
    int64_t best = ((int64_t)r->best + before + below + layout->step / 2) / layout->step;
    unit->extra = (uint16_t)(most > unit->steps ? most - unit->steps : 0);
    int64_t wish = best - unit->steps;
    unit->extra_best = (uint16_t)(wish < 0 ? 0 : wish > unit->extra ? unit->extra : wish);
    *setting = (bt_setting){unit, 1, 0};
    block->settings = setting;
    block->n_settings = 1;
    block->is_elastic = true;
    return true;
}

bt_status bt_flow_figure(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_layout *layout = flow->layout;
    const bt_doc_block *source = block->doc;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 2, BT_FLOW_TAG_FIGURE);
    if (!tags) return BT_NOMEM;
    tags[1].kind = BT_FLOW_TAG_CAPTION;
    const char *path = bt_str_z(flow->scratch, source->figure->path);
    bt_status status = bt_image_load(flow->images, flow->diags, path, source->figure->image.at, &body->image);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->caption, block->measure, &body->caption);
    if (status == BT_OK) status = bt_text_frame_make(flow, &source->credit, block->measure, &body->credit);
    if (status != BT_OK) return status;
    bt_sp caption = caption_height(body);
    bt_sp rise = bt_flow_rise(layout);
    body->top_white = bt_flow_top_white(flow);
    body->before = layout->figure.space_before;
    body->below =
        layout->step - rise + layout->figure.space_after + (caption ? layout->figure.caption_gap + caption : 0);
    bt_height_range r = height_range(flow, block, body->image);
    if (!fit_in_page(flow, block, body, &r)) return BT_OK;
    bt_flow_check_shape(flow, source->figure, body->image, block->measure, r.most);
    return bt_flow_elastic_unit(flow, block, &r, body->before, body->top_white, body->below) ? BT_OK : BT_NOMEM;
}

bt_status bt_flow_figure_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_body *body = block->body;
    const bt_figure *figure = block->doc->figure;
    bt_sp top = -(bt_sp)place->steps * flow->layout->step + (place->is_top ? body->top_white : body->before);
    bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
    if (!mark) return BT_NOMEM;
    *mark = (bt_mark){
        .kind = BT_MARK_IMAGE,
        .y = top,
        .width = block->measure,
        .height = -body->below - top,
        .at = figure->image.at,
        .image = body->image,
        .focus_x = figure->focus_x,
        .focus_y = figure->focus_y,
    };
    bt_sp y = -body->below + flow->layout->figure.caption_gap;
    bt_status status = bt_text_frame_draw(flow, &body->caption, block->measure, 0, y, 1, marks);
    if (status != BT_OK) return status;
    if (body->caption.height) y += body->caption.height + body->credit.para.rich.style->space_before_min;
    return bt_text_frame_draw(flow, &body->credit, block->measure, 0, y, 1, marks);
}
