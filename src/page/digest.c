/* digest.c - see digest.h. What is drawn is told as numbers, the same on every machine; these are summed up, as
 * thousands of glyphs are soon, and SHA-256 makes of the sum what stands in reports. */
#include "page/digest.h"

typedef struct hasher {
    const bt_pages *pages;
    const uint64_t *spots; /* identities, by the spot's index */
    bt_sum sum;
} hasher;

static void put(hasher *h, uint64_t number) { h->sum = bt_sum_add(h->sum, number); }

static void put_sp(hasher *h, bt_sp a, bt_sp b) { put(h, (uint64_t)(uint32_t)a << 32 | (uint32_t)b); }

static void put_flags(hasher *h, bool a, bool b, bool c) { put(h, (uint64_t)a | (uint64_t)b << 1 | (uint64_t)c << 2); }

/* The inks stand in for a spot's tint, and are its recipe's. */
static void put_color(hasher *h, bt_color color)
{
    bool is_spot = color.spot && color.spot <= h->pages->n_spots;
    put(h, (uint64_t)color.c << 48 | (uint64_t)color.m << 32 | (uint64_t)color.y << 16 | color.k);
    put(h, is_spot);
    if (!is_spot) return;
    put(h, h->spots[color.spot - 1]);
    put(h, color.tint);
}

static const uint64_t *find_spots(bt_arena *arena, const bt_pages *pages)
{
    uint64_t *spots = BT_NEW_ARRAY(arena, pages->n_spots, uint64_t);
    for (uint32_t i = 0; spots && i < pages->n_spots; i++) {
        bt_ink ink = pages->spots[i].equivalent;
        hasher of_spot = {.pages = pages};
        put_color(&of_spot, (bt_color){.c = ink.c, .m = ink.m, .y = ink.y, .k = ink.k});
        put(&of_spot, bt_str_hash(pages->spots[i].name));
        spots[i] = of_spot.sum.a;
    }
    return spots;
}

/* --- items --- */

static void add_glyphs(hasher *h, const bt_item *item)
{
    put(h, item->as.glyphs.face->identity);
    put_sp(h, item->as.glyphs.size, item->as.glyphs.scale_ppm);
    bt_sum sum = bt_placed_sum(item->as.glyphs.glyphs, item->as.glyphs.n_glyphs, item->as.glyphs.placed);
    put(h, sum.a);
    put(h, sum.b);
}

static void add_image(hasher *h, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    put_sp(h, item->as.image.width, item->as.image.height);
    put_sp(h, item->as.image.draw_x, item->as.image.draw_y);
    put_sp(h, item->as.image.draw_width, item->as.image.draw_height);
    put(h, image != NULL);
    if (!image) return;
    put(h, image->hash);
    put(h, (uint64_t)image->width << 32 | image->height);
    put(h, (uint64_t)image->kind << 1 | image->is_stand_in);
    put(h, image->encoded.len);
}

static void add_outline(hasher *h, const bt_outline *outline)
{
    put(h, (uint64_t)outline->n_ops << 32 | outline->n_points);
    for (uint32_t i = 0; i < outline->n_ops; i++) put(h, outline->ops[i]);
    for (uint32_t i = 0; i < outline->n_points; i++) put_sp(h, outline->points[2 * i], outline->points[2 * i + 1]);
}

static void add_path(hasher *h, const bt_item *item)
{
    bool is_clipped = item->as.path.is_clipped;
    put_flags(h, item->as.path.is_filled, item->as.path.is_even_odd, is_clipped);
    put_sp(h, is_clipped ? item->as.path.width : 0, is_clipped ? item->as.path.height : 0);
    put(h, (uint32_t)item->as.path.stroke_width);
    if (item->as.path.stroke_width) {
        put_color(h, item->as.path.stroke_color);
        put_sp(h, item->as.path.dash, item->as.path.dash_gap);
        put(h, (uint64_t)item->as.path.cap << 8 | item->as.path.join);
    }
    add_outline(h, &item->as.path.outline);
}

static void add_item(hasher *h, const bt_item *item)
{
    if (item->kind == BT_ITEM_LINK) return;
    put(h, (uint64_t)item->kind);
    put_sp(h, item->x, item->y);
    bool is_colored = item->kind == BT_ITEM_GLYPHS || item->kind == BT_ITEM_FILL;
    if (is_colored || (item->kind == BT_ITEM_PATH && item->as.path.is_filled)) put_color(h, item->color);
    switch (item->kind) {
    case BT_ITEM_GLYPHS:
        add_glyphs(h, item);
        break;
    case BT_ITEM_FILL:
        put_sp(h, item->as.fill.width, item->as.fill.height);
        break;
    case BT_ITEM_IMAGE:
        add_image(h, item);
        break;
    case BT_ITEM_PATH:
        add_path(h, item);
        break;
    case BT_ITEM_LINK:
        break;
    }
}

/* --- pages and sheets --- */

static bt_digest page_digest(hasher *h, const bt_page *page, bt_str condition)
{
    const bt_pages *pages = h->pages;
    bool has_spot = pages->picture_inks.spot && pages->picture_inks.spot <= pages->n_spots;
    h->sum = (bt_sum){0, 0};
    put(h, bt_str_hash(condition));
    put_sp(h, pages->width, pages->height);
    put_sp(h, pages->bleed, 0);
    put_flags(h, pages->picture_inks.is_black_alone, has_spot, false);
    put(h, has_spot ? h->spots[pages->picture_inks.spot - 1] : 0);
    for (uint32_t i = 0; i < page->n_items; i++) add_item(h, &page->items[i]);
    bt_digester digester;
    bt_digest_begin(&digester);
    bt_digest_add_number(&digester, (int64_t)h->sum.a);
    bt_digest_add_number(&digester, (int64_t)h->sum.b);
    return bt_digest_end(&digester);
}

static bt_digest sheet_digest(const bt_sheets *sheets, const bt_sheet *sheet, const bt_digest *pages)
{
    bt_digester digester;
    bt_digest_begin(&digester);
    const bt_sp sizes[] = {sheets->width, sheets->height, sheets->bleed};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) bt_digest_add_number(&digester, sizes[i]);
    for (uint32_t i = 0; i < sheet->n_panels; i++) {
        const bt_panel *panel = &sheet->panels[i];
        const bt_sp places[] = {panel->x, panel->y, panel->left, panel->top, panel->right, panel->bottom};
        bt_digest_add(&digester, pages[panel->page_i].bytes, sizeof pages->bytes);
        for (size_t k = 0; k < sizeof places / sizeof *places; k++) bt_digest_add_number(&digester, places[k]);
    }
    return bt_digest_end(&digester);
}

bool bt_page_digest(bt_arena *arena, const bt_pages *pages, bt_str condition, bt_page_digests *digests)
{
    hasher h = {.pages = pages, .spots = find_spots(arena, pages)};
    bt_digest *of_pages = BT_NEW_ARRAY(arena, pages->n_pages, bt_digest),
              *of_sheets = BT_NEW_ARRAY(arena, pages->sheets.n, bt_digest);
    if (!of_pages || !of_sheets || !h.spots) return false;
    for (uint32_t i = 0; i < pages->n_pages; i++) of_pages[i] = page_digest(&h, &pages->pages[i], condition);
    for (uint32_t i = 0; i < pages->sheets.n; i++)
        of_sheets[i] = sheet_digest(&pages->sheets, &pages->sheets.v[i], of_pages);
    *digests = (bt_page_digests){of_pages, of_sheets, pages->n_pages, pages->sheets.n};
    return true;
}
