/* digest.c - see digest.h. Items are written as bytes, the same on every machine, and hashed a few thousand at a time:
 * a page of three thousand glyphs is some twenty kilobytes. */
#include "page/digest.h"

#include <endian.h>
#include <string.h>

enum { ROOM = 4096, SLACK = 8, MOST_NUMBERS = 256, GLYPH_BYTES = 6, MOST_BYTES = 10, MOST_GLYPHS = ROOM / MOST_BYTES };

/* A face, by what is in its file. */
typedef struct known_face {
    const bt_face *face;
    uint64_t identity;
} known_face;

typedef struct hasher {
    bt_arena *arena;
    const bt_pages *pages;
    const uint64_t *spots; /* identities, by the spot's index */
    BT_ARRAY(known_face) faces;
    bt_digester digester;
    uint8_t bytes[ROOM + SLACK];
    uint32_t n; /* of bytes, that are not hashed yet */
} hasher;

static uint64_t head_of(const bt_digest *digest)
{
    uint64_t number = 0;
    for (unsigned i = 0; i < sizeof number; i++) number = number << 8 | digest->bytes[i];
    return number;
}

static void flush(hasher *h)
{
    bt_digest_add(&h->digester, h->bytes, h->n);
    h->n = 0;
}

static void make_room(hasher *h, uint32_t size)
{
    if (h->n + size > ROOM) flush(h);
}

static void put(hasher *h, uint64_t number, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) h->bytes[h->n++] = (uint8_t)(number >> (8 * i));
}

/* The caller has made room. */
static void put_sp(hasher *h, bt_sp length) { put(h, (uint32_t)length, sizeof length); }

static void put_flags(hasher *h, bool a, bool b, bool c)
{
    put(h, (uint64_t)a | (uint64_t)b << 1 | (uint64_t)c << 2, 1);
}

/* The inks stand in for a spot's tint, and are its recipe's. */
static void put_color(hasher *h, bt_color color)
{
    bool is_spot = color.spot && color.spot <= h->pages->n_spots;
    put(h, is_spot ? h->spots[color.spot - 1] : 0, 8);
    put(h, color.c, 2);
    put(h, color.m, 2);
    put(h, color.y, 2);
    put(h, color.k, 2);
    put(h, is_spot ? color.tint : 0, 2);
}

/* --- identities --- */

/* A font file begins with the table of its tables, whose checksums tell one version of a font from another. */
static uint64_t identity_of(const bt_face *face)
{
    enum { HEAD = 1024 };
    bt_digester digester;
    bt_digest_begin(&digester);
    bt_digest_add_str(&digester, face->postscript_name);
    bt_digest_add_number(&digester, face->index);
    bt_digest_add_number(&digester, (int64_t)face->n_bytes);
    bt_digest_add(&digester, face->bytes, face->n_bytes < HEAD ? face->n_bytes : HEAD);
    bt_digest digest = bt_digest_end(&digester);
    return head_of(&digest);
}

static uint64_t face_of(hasher *h, const bt_face *face)
{
    for (uint32_t i = 0; i < h->faces.n; i++)
        if (h->faces.v[i].face == face) return h->faces.v[i].identity;
    known_face *known = BT_PUSH(h->arena, &h->faces);
    if (!known) return 0;
    *known = (known_face){face, identity_of(face)};
    return known->identity;
}

static bool find_spots(hasher *h)
{
    uint64_t *spots = BT_NEW_ARRAY(h->arena, h->pages->n_spots, uint64_t);
    if (!spots) return false;
    for (uint32_t i = 0; i < h->pages->n_spots; i++) {
        const bt_spot_ink *spot = &h->pages->spots[i];
        bt_digester digester;
        bt_digest_begin(&digester);
        bt_digest_add_str(&digester, spot->name);
        const uint16_t inks[4] = {spot->equivalent.c, spot->equivalent.m, spot->equivalent.y, spot->equivalent.k};
        for (int ink = 0; ink < 4; ink++) bt_digest_add_number(&digester, inks[ink]);
        bt_digest digest = bt_digest_end(&digester);
        spots[i] = head_of(&digest);
    }
    h->spots = spots;
    return true;
}

/* --- items --- */

static bool is_level(const bt_item *item)
{
    bt_sp any = 0;
    for (uint32_t i = 0; i < item->as.glyphs.n_glyphs; i++) any |= item->as.glyphs.glyphs[i].y;
    return any == 0;
}

/* Nearly all of a page: the bytes go straight to their place, eight at a time, of which six or ten are kept. */
static void put_placed(hasher *h, const bt_placed_glyph *glyphs, uint32_t n, bool has_ys)
{
    uint8_t *to = h->bytes + h->n;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t both = htole64((uint64_t)glyphs[i].id | (uint64_t)(uint32_t)glyphs[i].x << 16);
        memcpy(to, &both, sizeof both);
        to += GLYPH_BYTES;
        if (!has_ys) continue;
        uint32_t y = htole32((uint32_t)glyphs[i].y);
        memcpy(to, &y, sizeof y);
        to += sizeof y;
    }
    h->n = (uint32_t)(to - h->bytes);
}

static void add_glyphs(hasher *h, const bt_item *item)
{
    bool has_level = is_level(item);
    put(h, face_of(h, item->as.glyphs.face), 8);
    put_sp(h, item->as.glyphs.size);
    put_sp(h, item->as.glyphs.scale_ppm);
    put(h, item->as.glyphs.n_glyphs, 4);
    put_flags(h, has_level, false, false);
    uint32_t done = 0;
    while (done < item->as.glyphs.n_glyphs) {
        uint32_t n = item->as.glyphs.n_glyphs - done;
        if (n > MOST_GLYPHS) n = MOST_GLYPHS;
        make_room(h, n * MOST_BYTES);
        put_placed(h, &item->as.glyphs.glyphs[done], n, !has_level);
        done += n;
    }
}

static void add_image(hasher *h, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    put_sp(h, item->as.image.width);
    put_sp(h, item->as.image.height);
    put_sp(h, item->as.image.draw_x);
    put_sp(h, item->as.image.draw_y);
    put_sp(h, item->as.image.draw_width);
    put_sp(h, item->as.image.draw_height);
    if (!image) return;
    put(h, image->hash, 8);
    put(h, image->width, 4);
    put(h, image->height, 4);
    put(h, (uint64_t)image->kind, 1);
    put(h, image->encoded.len, 8);
    put_flags(h, image->is_stand_in, false, false);
}

static void add_outline(hasher *h, const bt_outline *outline)
{
    make_room(h, 8);
    put(h, outline->n_ops, 4);
    put(h, outline->n_points, 4);
    for (uint32_t i = 0; i < outline->n_ops; i++) {
        make_room(h, 1);
        put(h, outline->ops[i], 1);
    }
    for (uint32_t i = 0; i < 2 * outline->n_points; i++) {
        make_room(h, sizeof(bt_sp));
        put_sp(h, outline->points[i]);
    }
}

static void add_path(hasher *h, const bt_item *item)
{
    bool is_stroked = item->as.path.stroke_width != 0;
    put_flags(h, item->as.path.is_filled, item->as.path.is_even_odd, item->as.path.is_clipped);
    put_sp(h, item->as.path.is_clipped ? item->as.path.width : 0);
    put_sp(h, item->as.path.is_clipped ? item->as.path.height : 0);
    put_sp(h, item->as.path.stroke_width);
    if (is_stroked) {
        put_color(h, item->as.path.stroke_color);
        put_sp(h, item->as.path.dash);
        put_sp(h, item->as.path.dash_gap);
        put(h, item->as.path.cap, 1);
        put(h, item->as.path.join, 1);
    }
    add_outline(h, &item->as.path.outline);
}

static void add_item(hasher *h, const bt_item *item)
{
    if (item->kind == BT_ITEM_LINK) return;
    make_room(h, MOST_NUMBERS);
    put(h, (uint64_t)item->kind, 1);
    put_sp(h, item->x);
    put_sp(h, item->y);
    bool is_colored = item->kind == BT_ITEM_GLYPHS || item->kind == BT_ITEM_FILL;
    if (is_colored || (item->kind == BT_ITEM_PATH && item->as.path.is_filled)) put_color(h, item->color);
    switch (item->kind) {
    case BT_ITEM_GLYPHS:
        add_glyphs(h, item);
        break;
    case BT_ITEM_FILL:
        put_sp(h, item->as.fill.width);
        put_sp(h, item->as.fill.height);
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
    bt_digest_begin(&h->digester);
    bt_digest_add_str(&h->digester, condition);
    put_sp(h, pages->width);
    put_sp(h, pages->height);
    put_sp(h, pages->bleed);
    put_flags(h, pages->picture_inks.is_black_alone, false, false);
    put(h, has_spot ? h->spots[pages->picture_inks.spot - 1] : 0, 8);
    for (uint32_t i = 0; i < page->n_items; i++) add_item(h, &page->items[i]);
    flush(h);
    return bt_digest_end(&h->digester);
}

static bt_digest sheet_digest(hasher *h, const bt_sheet *sheet, const bt_digest *pages)
{
    const bt_sheets *sheets = &h->pages->sheets;
    bt_digest_begin(&h->digester);
    put_sp(h, sheets->width);
    put_sp(h, sheets->height);
    put_sp(h, sheets->bleed);
    for (uint32_t i = 0; i < sheet->n_panels; i++) {
        const bt_panel *panel = &sheet->panels[i];
        make_room(h, MOST_NUMBERS);
        for (size_t k = 0; k < sizeof pages->bytes; k++) put(h, pages[panel->page_i].bytes[k], 1);
        put_sp(h, panel->x);
        put_sp(h, panel->y);
        put_sp(h, panel->left);
        put_sp(h, panel->top);
        put_sp(h, panel->right);
        put_sp(h, panel->bottom);
    }
    flush(h);
    return bt_digest_end(&h->digester);
}

bool bt_page_digest(bt_arena *arena, const bt_pages *pages, bt_str condition, bt_page_digests *digests)
{
    hasher h = {.arena = arena, .pages = pages};
    bt_digest *of_pages = BT_NEW_ARRAY(arena, pages->n_pages, bt_digest),
              *of_sheets = BT_NEW_ARRAY(arena, pages->sheets.n, bt_digest);
    if (!of_pages || !of_sheets || !find_spots(&h)) return false;
    for (uint32_t i = 0; i < pages->n_pages; i++) of_pages[i] = page_digest(&h, &pages->pages[i], condition);
    for (uint32_t i = 0; i < pages->sheets.n; i++) of_sheets[i] = sheet_digest(&h, &pages->sheets.v[i], of_pages);
    *digests = (bt_page_digests){of_pages, of_sheets, pages->n_pages, pages->sheets.n};
    return !arena->failed;
}
