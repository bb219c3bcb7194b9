/* drawn_pages.h - a made-up display list for the tests of what reads one: two pages with an item of each kind. */
#ifndef BT_TESTS_DRAWN_PAGES_H
#define BT_TESTS_DRAWN_PAGES_H

#include "page/page.h"

enum { DRAWN_GLYPHS, DRAWN_FILL, DRAWN_IMAGE, DRAWN_LINK, DRAWN_PATH, DRAWN_RAISED, N_DRAWN };

typedef struct drawn {
    bt_face faces[2];
    bt_image images[2];
    bt_placed_glyph glyphs[3], raised[1];
    uint8_t ops[3];
    bt_sp points[4];
    bt_spot_ink spots[2];
    bt_item items[N_DRAWN], second[1];
    bt_page pages[2];
    bt_panel panels[2];
    bt_sheet sheets[2];
    bt_tag tags[2];
    bt_pages list;
} drawn;

static inline void drawn_texts(drawn *d)
{
    d->glyphs[0] = (bt_placed_glyph){.id = 7};
    d->glyphs[1] = (bt_placed_glyph){.id = 300, .x = BT_PT(5), .cluster = 1};
    d->glyphs[2] = (bt_placed_glyph){.id = 8, .x = BT_PT(11), .cluster = 2};
    d->raised[0] = (bt_placed_glyph){.id = 9, .y = -BT_PT(3)};
    bt_item *text = &d->items[DRAWN_GLYPHS];
    *text = (bt_item){.kind = BT_ITEM_GLYPHS, .tag_i = 1, .x = BT_PT(40), .y = BT_PT(60), .color = {.k = 10000}};
    text->as.glyphs.face = &d->faces[0];
    text->as.glyphs.size = BT_PT(9);
    text->as.glyphs.scale_ppm = 1000000;
    text->as.glyphs.glyphs = d->glyphs;
    text->as.glyphs.n_glyphs = 3;
    text->as.glyphs.width = BT_PT(16);
    text->as.glyphs.text = BT_STR("abc");
    d->items[DRAWN_RAISED] = *text;
    bt_item *raised = &d->items[DRAWN_RAISED];
    raised->y = BT_PT(73);
    raised->as.glyphs.glyphs = d->raised;
    raised->as.glyphs.n_glyphs = 1;
    raised->as.glyphs.text = BT_STR("1");
    raised->as.glyphs.ends_line = true;
    d->second[0] = *text;
}

static inline void drawn_shapes(drawn *d)
{
    bt_item *fill = &d->items[DRAWN_FILL], *image = &d->items[DRAWN_IMAGE], *link = &d->items[DRAWN_LINK];
    *fill = (bt_item){.kind = BT_ITEM_FILL, .x = BT_PT(1), .y = BT_PT(2)};
    fill->color = (bt_color){.m = 900, .spot = 1, .tint = 1200};
    fill->as.fill.width = BT_PT(30);
    fill->as.fill.height = BT_PT(10);
    *image = (bt_item){.kind = BT_ITEM_IMAGE, .tag_i = 1, .x = BT_PT(20), .y = BT_PT(90)};
    image->as.image.image = &d->images[0];
    image->as.image.width = image->as.image.draw_width = BT_PT(50);
    image->as.image.height = BT_PT(30);
    image->as.image.draw_height = BT_PT(40);
    image->as.image.draw_x = BT_PT(20);
    image->as.image.draw_y = BT_PT(85);
    *link = (bt_item){.kind = BT_ITEM_LINK, .x = BT_PT(3), .y = BT_PT(4)};
    link->as.link.uri = BT_STR("https://example.org/");
    d->ops[0] = BT_PATH_MOVE;
    d->ops[1] = BT_PATH_LINE;
    d->ops[2] = BT_PATH_CLOSE;
    for (int i = 0; i < 4; i++) d->points[i] = BT_PT(i);
    bt_item *path = &d->items[DRAWN_PATH];
    *path = (bt_item){.kind = BT_ITEM_PATH, .x = BT_PT(70), .y = BT_PT(80), .color = {.c = 4000}};
    path->as.path.outline = (bt_outline){d->ops, 3, d->points, 2};
    path->as.path.width = path->as.path.height = BT_PT(9);
    path->as.path.is_filled = path->as.path.is_clipped = true;
    path->as.path.stroke_width = BT_PT(1);
    path->as.path.stroke_color = (bt_color){.y = 5000};
    path->as.path.dash = path->as.path.dash_gap = BT_PT(2);
}

/* The list points into *d, which must not move. */
static inline void drawn_make(drawn *d)
{
    *d = (drawn){.faces = {{.postscript_name = BT_STR_INIT("Serif"), .identity = 7},
                           {.postscript_name = BT_STR_INIT("Serif"), .identity = 8, .id = 1}}};
    for (int i = 0; i < 2; i++) {
        d->images[i] = (bt_image){.kind = BT_IMAGE_SAMPLES, .path = BT_STR("a.png"), .hash = 77 + (uint64_t)i};
        d->spots[i] = (bt_spot_ink){i ? BT_STR("HKS 43 K") : BT_STR("PANTONE 227 C"), {.m = 9000}};
        d->panels[i] = (bt_panel){.page_i = (uint32_t)i, .right = BT_PT(200), .bottom = BT_PT(300)};
        d->sheets[i] = (bt_sheet){.panels = &d->panels[i], .n_panels = 1, .marks = d->second};
    }
    drawn_texts(d);
    drawn_shapes(d);
    d->pages[0] = (bt_page){.items = d->items, .n_items = N_DRAWN, .overlay = d->second};
    d->pages[1] = (bt_page){.items = d->second, .n_items = 1};
    d->list = (bt_pages){.width = BT_PT(200), .height = BT_PT(300), .bleed = BT_PT(9), .n_pages = 2, .n_tags = 2};
    d->list.pages = d->pages;
    d->list.tags = d->tags;
    d->list.spots = d->spots;
    d->list.n_spots = 2;
    d->list.sheets = (bt_sheets){.width = BT_PT(200), .height = BT_PT(300), .bleed = BT_PT(9), .v = d->sheets, .n = 2};
}

#endif
