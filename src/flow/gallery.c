/* gallery.c - pictures side by side: each row as wide as the measure, its pictures as wide as their shapes ask, so that
 * little is cropped. The rows share the height that the composer gives.
 *
 * Without "per_row" the number of rows is the one whose heights come nearest to the middle of the layout's range.
 */
#include "flow/flow_int.h"

#include <assert.h>

/* A picture's shape counts within these bounds, width to height in thousandths: no slivers. */
enum { NARROWEST = 600, WIDEST = 2400 };

typedef struct picture {
    const bt_image *image;
    bt_flow_caption caption;
    int64_t shape; /* width to height, thousandths */
    bt_sp x, width;
} picture;

typedef struct row {
    uint32_t begin, end; /* pictures */
    bt_sp best;          /* height that crops nothing */
    bt_sp below;         /* captions, and the gap to the next row */
} row;

struct bt_flow_gallery {
    picture *pictures;
    row *rows;
    uint32_t n_rows;
    bt_flow_caption caption; /* of all together */
    int64_t best;            /* heights of all rows */
    bt_sp between;           /* what stands below the rows but the last */
    bt_elastic heights;
};

static int64_t shape_of(const bt_image *image)
{
    if (image->natural_width <= 0 || image->natural_height <= 0) return NARROWEST;
    int64_t shape = bt_mul_div(image->natural_width, 1000, image->natural_height);
    return shape < NARROWEST ? NARROWEST : shape > WIDEST ? WIDEST : shape;
}

/* --- rows --- */

/* Parts the pictures into rows of about the same height, in their order. */
static void part_evenly(bt_flow_gallery *gallery, uint32_t n, uint32_t n_rows)
{
    int64_t rest = 0;
    for (uint32_t i = 0; i < n; i++) rest += gallery->pictures[i].shape;
    uint32_t next = 0;
    for (uint32_t r = 0; r < n_rows; r++) {
        row *out = &gallery->rows[r];
        int64_t share = rest / (n_rows - r), sum = 0;
        out->begin = next;
        while (next < n - (n_rows - 1 - r)) {
            int64_t shape = gallery->pictures[next].shape;
            bool is_closer_without = next > out->begin && sum + shape - share > share - sum;
            if (is_closer_without) break;
            sum += shape;
            next++;
        }
        if (r + 1 == n_rows) next = n;
        out->end = next;
        rest -= sum;
    }
    gallery->n_rows = n_rows;
}

static void part_by_count(bt_flow_gallery *gallery, uint32_t n, uint32_t per_row)
{
    gallery->n_rows = (n + per_row - 1) / per_row;
    for (uint32_t r = 0; r < gallery->n_rows; r++)
        gallery->rows[r] = (row){.begin = r * per_row, .end = (r + 1) * per_row < n ? (r + 1) * per_row : n};
}

/* Widths by shape, and the height at which they are whole. A last row with fewer pictures than asked for keeps the
 * widths of a full one. */
static void measure_row(const bt_flow *flow, bt_flow_gallery *gallery, row *r, bt_sp measure)
{
    bt_sp gap = flow->layout->gallery.gap;
    uint32_t n = r->end - r->begin;
    int64_t shapes = 0, room = (int64_t)measure - (int64_t)(n - 1) * gap;
    for (uint32_t i = r->begin; i < r->end; i++) shapes += gallery->pictures[i].shape;
    assert(shapes > 0); /* a row has pictures */
    bt_sp x = 0;
    for (uint32_t i = r->begin; i < r->end; i++) {
        picture *p = &gallery->pictures[i];
        p->x = x;
        p->width = i + 1 == r->end ? measure - x : (bt_sp)bt_mul_div(room, p->shape, shapes);
        x += p->width + gap;
    }
    r->best = (bt_sp)bt_mul_div(room, 1000, shapes);
}

static void measure_rows(const bt_flow *flow, bt_flow_gallery *gallery, bt_sp measure)
{
    gallery->best = 0;
    for (uint32_t r = 0; r < gallery->n_rows; r++) {
        measure_row(flow, gallery, &gallery->rows[r], measure);
        gallery->best += gallery->rows[r].best;
    }
}

/* How ill the rows' heights suit what a row may have: what must be cropped weighs most, then the distance from the
 * middle. */
static int64_t badness(const bt_flow_gallery *gallery, int64_t least, int64_t most)
{
    enum { CROPPED = 16 };
    int64_t sum = 0, middle = (least + most) / 2;
    for (uint32_t r = 0; r < gallery->n_rows; r++) {
        int64_t height = gallery->rows[r].best, off = height < middle ? middle - height : height - middle;
        int64_t cropped = height < least ? least - height : height > most ? height - most : 0;
        sum += off + CROPPED * cropped;
    }
    return gallery->n_rows ? sum / gallery->n_rows : 0;
}

static void find_rows(const bt_flow *flow, const bt_galley_block *block, bt_flow_gallery *gallery)
{
    const bt_gallery_style *style = &flow->layout->gallery;
    uint32_t n = block->doc->n_pictures, best_rows = 1, most_rows = (n + 1) / 2; /* some stand side by side */
    bool spans = block->doc->spans_page;
    int64_t worth = INT64_MAX;
    if (block->doc->gallery->per_row) {
        part_by_count(gallery, n, (uint32_t)block->doc->gallery->per_row);
        measure_rows(flow, gallery, block->measure);
        return;
    }
    for (uint32_t n_rows = 1; n_rows <= most_rows; n_rows++) {
        part_evenly(gallery, n, n_rows);
        measure_rows(flow, gallery, block->measure);
        int64_t off = badness(gallery, spans ? style->page_min_height : style->min_height,
                              spans ? style->page_max_height : style->max_height);
        if (off >= worth) continue;
        worth = off;
        best_rows = n_rows;
    }
    part_evenly(gallery, n, best_rows);
    measure_rows(flow, gallery, block->measure);
}

/* --- making --- */

static bt_status set_captions(bt_flow *flow, const bt_doc_block *doc, bt_flow_gallery *gallery)
{
    const bt_layout *layout = flow->layout;
    for (uint32_t r = 0; r < gallery->n_rows; r++) {
        row *out = &gallery->rows[r];
        bt_sp tallest = 0;
        for (uint32_t i = out->begin; i < out->end; i++) {
            picture *p = &gallery->pictures[i];
            const bt_doc_picture *source = &doc->pictures[i];
            bt_status status = bt_flow_caption_make(flow, &source->caption, &source->credit, p->width, &p->caption);
            if (status != BT_OK) return status;
            if (p->caption.height > tallest) tallest = p->caption.height;
        }
        bool is_last = r + 1 == gallery->n_rows;
        /* A caption's last descenders stand clear of the next row's pictures. */
        out->below = tallest ? layout->figure.caption_gap + tallest + (is_last ? 0 : layout->figure.caption_gap) : 0;
        if (!is_last) out->below += layout->gallery.gap;
        gallery->between += is_last ? 0 : out->below;
    }
    return BT_OK;
}

/* The bundle's limits, else the layout's for so many rows; no more than a page has. */
static void find_heights(const bt_flow *flow, const bt_galley_block *block, bt_flow_gallery *gallery)
{
    const bt_gallery_style *style = &flow->layout->gallery;
    bt_elastic *e = &gallery->heights;
    bool spans = block->doc->spans_page;
    int64_t n = gallery->n_rows, least = n * (spans ? style->page_min_height : style->min_height),
            most = n * (spans ? style->page_max_height : style->max_height);
    e->least = (bt_sp)(least < BT_FLOW_TALLEST ? least : BT_FLOW_TALLEST);
    e->most = (bt_sp)(most < BT_FLOW_TALLEST ? most : BT_FLOW_TALLEST);
    bt_elastic_bend(e, block->doc->gallery->min_height, block->doc->gallery->max_height);
    e->best = (bt_sp)(gallery->best < e->least ? e->least : gallery->best > e->most ? e->most : gallery->best);
}

static bt_status load_pictures(bt_flow *flow, const bt_doc_block *doc, bt_flow_gallery *gallery)
{
    for (uint32_t i = 0; i < doc->n_pictures; i++) {
        const bt_figure *figure = doc->pictures[i].figure;
        bt_status status = bt_flow_picture(flow, figure->path, figure->image.at, &gallery->pictures[i].image);
        if (status != BT_OK) return status;
        gallery->pictures[i].shape = shape_of(gallery->pictures[i].image);
    }
    return BT_OK;
}

static bool make_tags(bt_flow *flow, bt_galley_block *block)
{
    const bt_doc_block *doc = block->doc;
    bt_flow_tag *tags = bt_flow_tags_new(flow, block, 2 + 2 * doc->n_pictures, BT_FLOW_TAG_DIV);
    if (!tags) return false;
    for (uint32_t i = 0; i < doc->n_pictures; i++) {
        const bt_place *at = doc->pictures[i].figure->image.at;
        tags[1 + 2 * i] = (bt_flow_tag){.kind = BT_FLOW_TAG_FIGURE, .alt = doc->pictures[i].alt, .at = at};
        tags[2 + 2 * i] = (bt_flow_tag){.kind = BT_FLOW_TAG_CAPTION, .parent_i = 1 + 2 * i, .at = at};
    }
    tags[1 + 2 * doc->n_pictures].kind = BT_FLOW_TAG_P;
    return true;
}

bt_status bt_flow_gallery_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body)
{
    const bt_layout *layout = flow->layout;
    const bt_doc_block *doc = block->doc;
    bt_flow_gallery *gallery = BT_NEW(flow->arena, bt_flow_gallery);
    if (!gallery || !make_tags(flow, block)) return BT_NOMEM;
    body->gallery = gallery;
    gallery->pictures = BT_NEW_ARRAY(flow->arena, doc->n_pictures, picture);
    gallery->rows = BT_NEW_ARRAY(flow->arena, doc->n_pictures, row);
    if (!gallery->pictures || !gallery->rows) return BT_NOMEM;
    bt_status status = load_pictures(flow, doc, gallery);
    if (status != BT_OK) return status;
    find_rows(flow, block, gallery);
    status = set_captions(flow, doc, gallery);
    if (status == BT_OK)
        status = bt_flow_caption_make(flow, &doc->caption, &doc->credit, block->measure, &gallery->caption);
    if (status != BT_OK) return status;
    bt_sp caption = gallery->caption.height;
    bt_elastic *heights = &gallery->heights;
    heights->top_white = bt_flow_top_white(flow);
    heights->before = layout->figure.space_before;
    int64_t below = (int64_t)bt_flow_fall(layout) + layout->figure.space_after + gallery->between +
                    gallery->rows[gallery->n_rows - 1].below + (caption ? layout->figure.caption_gap + caption : 0);
    heights->below = (bt_sp)(below > BT_FLOW_TALLEST ? BT_FLOW_TALLEST : below);
    find_heights(flow, block, gallery);
    if (!bt_flow_fit_in_page(flow, doc->gallery->min_height, doc->at, doc->at, heights)) return BT_OK;
    for (uint32_t i = 0; i < doc->n_pictures; i++)
        bt_flow_check_shape(flow, doc->pictures[i].figure, gallery->pictures[i].image, gallery->pictures[i].width,
                            heights->most);
    return bt_flow_elastic_unit(flow, block, heights) ? BT_OK : BT_NOMEM;
}

/* --- drawing --- */

static bt_status draw_row(bt_flow *flow, const bt_galley_block *block, const row *r, bt_sp y, bt_sp height,
                          bt_marks *marks)
{
    const bt_flow_gallery *gallery = block->body->gallery;
    for (uint32_t i = r->begin; i < r->end; i++) {
        const picture *p = &gallery->pictures[i];
        const bt_figure *figure = block->doc->pictures[i].figure;
        bt_mark *mark = BT_PUSH(flow->marks_arena, marks);
        if (!mark) return BT_NOMEM;
        *mark = (bt_mark){.kind = BT_MARK_IMAGE,
                          .tag_i = 1 + 2 * i,
                          .x = p->x,
                          .y = y,
                          .width = p->width,
                          .height = height,
                          .at = figure->image.at,
                          .image = p->image,
                          .focus_x = figure->focus_x,
                          .focus_y = figure->focus_y};
        bt_status status = bt_flow_caption_draw(flow, &p->caption, p->x, y + height + flow->layout->figure.caption_gap,
                                                2 + 2 * i, marks);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

bt_status bt_flow_gallery_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks)
{
    const bt_flow_gallery *gallery = block->body->gallery;
    bt_sp y = bt_flow_elastic_top(flow, &gallery->heights, place);
    int64_t room = -(int64_t)gallery->heights.below - y, wanted = gallery->best;
    for (uint32_t r = 0; r < gallery->n_rows; r++) {
        const row *source = &gallery->rows[r];
        bt_sp height = (bt_sp)bt_mul_div(room, source->best, wanted ? wanted : 1);
        room -= height;
        wanted -= source->best;
        bt_status status = draw_row(flow, block, source, y, height, marks);
        if (status != BT_OK) return status;
        y += height + source->below;
    }
    return bt_flow_caption_draw(flow, &gallery->caption, 0, y + flow->layout->figure.caption_gap,
                                1 + 2 * block->doc->n_pictures, marks);
}
