/* bleed.c - the edges of the page. What touches the trim is printed on into the bleed, so that no white shows where the
 * knife is a little off; within the trim nothing moves. Text keeps its distance from the knife, or that is told. */
#include "page/page_int.h"

/* What stands this near the trim is meant to touch it: 0.1 mm. */
static const bt_sp touching = (bt_sp)(720LL * BT_SP_PER_PT / 2540);
/* Nearer than this, text is in danger of the knife: 3 mm. */
static const bt_sp least_distance = (bt_sp)(3LL * 720 * BT_SP_PER_PT / 254);

/* --- what bleeds --- */

typedef struct box {
    int64_t left, top, right, bottom;
} box;

/* Moves the sides that touch the trim out to the edge of the bleed; false: none does. */
static bool grow(const bt_layout *layout, box *b)
{
    int64_t bleed = layout->bleed, width = layout->width, height = layout->height;
    box grown = *b;
    if (!bleed || b->right <= 0 || b->bottom <= 0 || b->left >= width || b->top >= height) return false;
    if (b->left <= touching && b->left > -bleed) grown.left = -bleed;
    if (b->top <= touching && b->top > -bleed) grown.top = -bleed;
    if (b->right >= width - touching && b->right < width + bleed) grown.right = width + bleed;
    if (b->bottom >= height - touching && b->bottom < height + bleed) grown.bottom = height + bleed;
    bool is_grown =
        grown.left != b->left || grown.top != b->top || grown.right != b->right || grown.bottom != b->bottom;
    *b = grown;
    return is_grown;
}

/* Where a length of picture begins so that it covers a frame and has its point `centre` as near its old place as it
 * can: the picture lay at `begin`, `before` long, and is `after` long now. */
static bt_sp cover(int64_t centre, int64_t begin, bt_sp before, bt_sp after, int64_t least, int64_t most)
{
    int64_t now = before > 0 ? centre - bt_mul_div(centre - begin, after, before) : least;
    if (now < most - after) now = most - after;
    if (now > least) now = least;
    return (bt_sp)now;
}

/* A picture is enlarged as far as its larger frame asks for, both ways alike. */
static void grow_picture(bt_item *item, const box *frame)
{
    bt_sp old_width = item->as.image.draw_width, old_height = item->as.image.draw_height;
    int64_t centre_x = item->x + item->as.image.width / 2, centre_y = item->y + item->as.image.height / 2;
    int64_t width = frame->right - frame->left, height = frame->bottom - frame->top;
    bool is_wide = width * old_height >= height * old_width;
    int64_t wanted = is_wide ? width : height, had = is_wide ? old_width : old_height;
    if (had > 0 && wanted > had) {
        item->as.image.draw_width = is_wide ? (bt_sp)width : (bt_sp)bt_mul_div(old_width, wanted, had);
        item->as.image.draw_height = is_wide ? (bt_sp)bt_mul_div(old_height, wanted, had) : (bt_sp)height;
    }
    item->as.image.draw_x =
        cover(centre_x, item->as.image.draw_x, old_width, item->as.image.draw_width, frame->left, frame->right);
    item->as.image.draw_y =
        cover(centre_y, item->as.image.draw_y, old_height, item->as.image.draw_height, frame->top, frame->bottom);
    item->as.image.width = (bt_sp)width;
    item->as.image.height = (bt_sp)height;
}

void bt_page_bleed(const bt_layout *layout, bt_item *item)
{
    bool is_picture = item->kind == BT_ITEM_IMAGE;
    if (!is_picture && item->kind != BT_ITEM_FILL) return;
    bt_sp width = is_picture ? item->as.image.width : item->as.fill.width;
    bt_sp height = is_picture ? item->as.image.height : item->as.fill.height;
    box b = {item->x, item->y, (int64_t)item->x + width, (int64_t)item->y + height};
    if (width <= 0 || height <= 0 || !grow(layout, &b)) return;
    if (is_picture) {
        grow_picture(item, &b);
    } else {
        item->as.fill.width = (bt_sp)(b.right - b.left);
        item->as.fill.height = (bt_sp)(b.bottom - b.top);
    }
    item->x = (bt_sp)b.left;
    item->y = (bt_sp)b.top;
}

void bt_page_unbleed(const bt_layout *layout, bt_frame_fact *frame)
{
    bt_sp right = frame->x + frame->width, bottom = frame->y + frame->height;
    if (frame->x < 0 && right > 0) frame->x = 0;
    if (frame->y < 0 && bottom > 0) frame->y = 0;
    if (right > layout->width && frame->x < layout->width) right = layout->width;
    if (bottom > layout->height && frame->y < layout->height) bottom = layout->height;
    frame->width = right - frame->x;
    frame->height = bottom - frame->y;
}

/* --- what keeps away --- */

/* The ink of a text; false: it has none. */
static bool find_ink(const bt_item *item, box *ink)
{
    const bt_face *face = item->as.glyphs.face;
    bt_sp size = item->as.glyphs.size;
    bool has_ink = false;
    for (uint32_t i = 0; i < item->as.glyphs.n_glyphs; i++) {
        const bt_placed_glyph *glyph = &item->as.glyphs.glyphs[i];
        int32_t g[4]; /* left, bottom, right, top */
        bt_face_glyph_box(face, glyph->id, g);
        if (g[0] >= g[2] || g[1] >= g[3]) continue;
        int64_t x = (int64_t)item->x + glyph->x, y = (int64_t)item->y + glyph->y;
        box b = {x + bt_units_to_sp(face, g[0], size), y - bt_units_to_sp(face, g[3], size),
                 x + bt_units_to_sp(face, g[2], size), y - bt_units_to_sp(face, g[1], size)};
        if (!has_ink) *ink = b;
        if (b.left < ink->left) ink->left = b.left;
        if (b.top < ink->top) ink->top = b.top;
        if (b.right > ink->right) ink->right = b.right;
        if (b.bottom > ink->bottom) ink->bottom = b.bottom;
        has_ink = true;
    }
    return has_ink;
}

static int64_t distance(const bt_layout *layout, const box *b)
{
    int64_t least = b->left < b->top ? b->left : b->top;
    if (layout->width - b->right < least) least = layout->width - b->right;
    return layout->height - b->bottom < least ? layout->height - b->bottom : least;
}

/* The text's distance from the trim, as far as it is less than the least one. */
static int64_t distance_of_text(const bt_layout *layout, const bt_item *item)
{
    int64_t size = 2 * (int64_t)item->as.glyphs.size; /* no ink of a line reaches further from its baseline */
    box around = {item->x - size, item->y - size, (int64_t)item->x + item->as.glyphs.width + size, item->y + size};
    box ink;
    if (distance(layout, &around) >= least_distance || !find_ink(item, &ink)) return least_distance;
    return distance(layout, &ink);
}

static bool touches(const bt_layout *layout, const bt_item *item)
{
    bool is_picture = item->kind == BT_ITEM_IMAGE;
    if (!is_picture && item->kind != BT_ITEM_FILL) return false;
    int64_t width = is_picture ? item->as.image.width : item->as.fill.width;
    int64_t height = is_picture ? item->as.image.height : item->as.fill.height;
    box b = {item->x, item->y, item->x + width, item->y + height};
    return width > 0 && height > 0 && distance(layout, &b) <= touching;
}

/* A bleed that is none, or narrower than knives are off, is told where something needs it. */
static void check_bleed(const bt_page_maker *m)
{
    if (m->layout->bleed >= least_distance) return;
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            const bt_item *item = &m->drafts[i].items.v[k];
            if (!touches(m->layout, item)) continue;
            bt_buf mm = bt_buf_in(m->flow->scratch);
            bt_buf_add_mm(&mm, m->layout->bleed);
            bt_diag(m->flow->diags, BT_W_BLEED, item->at ? item->at : m->layout->at,
                    BT_ARGS(bt_str_format(m->flow->scratch, "%u", i + 1), bt_buf_str(&mm)));
            return;
        }
}

void bt_page_check_edges(const bt_page_maker *m)
{
    check_bleed(m);
    const bt_item *nearest = NULL;
    int64_t least = least_distance;
    uint32_t page_i = 0, n = 0;
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            const bt_item *item = &m->drafts[i].items.v[k];
            if (item->kind != BT_ITEM_GLYPHS) continue;
            int64_t away = distance_of_text(m->layout, item);
            if (away < least_distance) n++;
            if (away >= least) continue;
            least = away;
            nearest = item;
            page_i = i;
        }
    if (!nearest) return;
    bt_arena *scratch = m->flow->scratch;
    bt_buf mm = bt_buf_in(scratch);
    bt_buf_add_mm(&mm, least > 0 ? least : 0);
    bt_diag(m->flow->diags, BT_W_EDGE, nearest->at ? nearest->at : m->layout->at,
            BT_ARGS(bt_str_format(scratch, "%u", page_i + 1), bt_buf_str(&mm), bt_str_format(scratch, "%u", n)));
}
