/* compare_ink.c - the ink of two blocks, item by item, and what a block says. */
#include "page/compare_int.h"

#include <string.h>

/* The items of a block that print, one after another, over its parts. */
typedef struct walk {
    const bt_compare_side *side;
    const bt_compare_block *block;
    uint32_t part_i, item_i;
} walk;

static const bt_item *items_of(const bt_compare_side *side, const bt_part_place *place)
{
    return side->pages->pages[place->page_i].items + place->part->first_item;
}

static const bt_item *next(walk *w)
{
    for (; w->part_i < w->block->n_parts; w->part_i++, w->item_i = 0) {
        const bt_part_place *place = &w->block->parts[w->part_i];
        while (w->item_i < place->part->n_items) {
            const bt_item *item = &items_of(w->side, place)[w->item_i++];
            if (item->kind != BT_ITEM_LINK) return item;
        }
    }
    return NULL;
}

/* --- the same ink --- */

/* Two lists, and the places from which their items' are counted. */
typedef struct pair {
    const bt_pages *a, *b;
    bt_sp ax, ay, bx, by;
} pair;

static bool same_color(const pair *p, bt_color a, bt_color b)
{
    if (!bt_ink_equal((bt_ink){a.c, a.m, a.y, a.k, 0, 0}, (bt_ink){b.c, b.m, b.y, b.k, 0, 0})) return false;
    if (!a.spot && !b.spot) return true;
    bool are_known = a.spot && b.spot && a.spot <= p->a->n_spots && b.spot <= p->b->n_spots;
    return are_known && a.tint == b.tint && bt_str_equal(p->a->spots[a.spot - 1].name, p->b->spots[b.spot - 1].name) &&
           bt_ink_equal(p->a->spots[a.spot - 1].equivalent, p->b->spots[b.spot - 1].equivalent);
}

static bool same_glyphs(const bt_item *a, const bt_item *b)
{
    if (a->as.glyphs.n_glyphs != b->as.glyphs.n_glyphs || a->as.glyphs.size != b->as.glyphs.size ||
        a->as.glyphs.scale_ppm != b->as.glyphs.scale_ppm || a->as.glyphs.face->identity != b->as.glyphs.face->identity)
        return false;
    const bt_placed_glyph *of_a = a->as.glyphs.glyphs, *of_b = b->as.glyphs.glyphs;
    if (of_a == of_b) return true;
    for (uint32_t i = 0; i < a->as.glyphs.n_glyphs; i++)
        if (of_a[i].id != of_b[i].id || of_a[i].x != of_b[i].x || of_a[i].y != of_b[i].y) return false;
    return true;
}

static bool same_image(const pair *p, const bt_item *a, const bt_item *b)
{
    const bt_image *of_a = a->as.image.image, *of_b = b->as.image.image;
    bool is_same = of_a == of_b || (of_a && of_b && of_a->hash == of_b->hash && of_a->kind == of_b->kind &&
                                    of_a->encoded.len == of_b->encoded.len && of_a->is_stand_in == of_b->is_stand_in);
    return is_same && a->as.image.width == b->as.image.width && a->as.image.height == b->as.image.height &&
           a->as.image.draw_x - p->ax == b->as.image.draw_x - p->bx &&
           a->as.image.draw_y - p->ay == b->as.image.draw_y - p->by &&
           a->as.image.draw_width == b->as.image.draw_width && a->as.image.draw_height == b->as.image.draw_height;
}

static bool same_outline(const bt_outline *a, const bt_outline *b)
{
    return a->n_ops == b->n_ops && a->n_points == b->n_points && memcmp(a->ops, b->ops, a->n_ops) == 0 &&
           memcmp(a->points, b->points, 2 * sizeof(bt_sp) * a->n_points) == 0;
}

static bool same_path(const pair *p, const bt_item *a, const bt_item *b)
{
    if (a->as.path.is_filled != b->as.path.is_filled || a->as.path.is_even_odd != b->as.path.is_even_odd ||
        a->as.path.is_clipped != b->as.path.is_clipped || a->as.path.stroke_width != b->as.path.stroke_width ||
        a->as.path.width != b->as.path.width || a->as.path.height != b->as.path.height)
        return false;
    if (a->as.path.is_filled && !same_color(p, a->color, b->color)) return false;
    if (a->as.path.stroke_width && (!same_color(p, a->as.path.stroke_color, b->as.path.stroke_color) ||
                                    a->as.path.dash != b->as.path.dash || a->as.path.dash_gap != b->as.path.dash_gap ||
                                    a->as.path.cap != b->as.path.cap || a->as.path.join != b->as.path.join))
        return false;
    return same_outline(&a->as.path.outline, &b->as.path.outline);
}

static bool same_item(const pair *p, const bt_item *a, const bt_item *b)
{
    if (a->kind != b->kind || a->x - p->ax != b->x - p->bx || a->y - p->ay != b->y - p->by) return false;
    switch (a->kind) {
    case BT_ITEM_GLYPHS:
        return same_color(p, a->color, b->color) && same_glyphs(a, b);
    case BT_ITEM_FILL:
        return same_color(p, a->color, b->color) && a->as.fill.width == b->as.fill.width &&
               a->as.fill.height == b->as.fill.height;
    case BT_ITEM_IMAGE:
        return same_image(p, a, b);
    case BT_ITEM_PATH:
        return same_path(p, a, b);
    case BT_ITEM_LINK:
        break;
    }
    return true;
}

void bt_compare_origin(const bt_compare_side *side, const bt_part_place *part, bt_sp *x, bt_sp *y)
{
    bt_compare_block alone = {.parts = part, .n_parts = 1};
    walk w = {.side = side, .block = &alone};
    const bt_item *item = next(&w);
    *x = item ? item->x : part->part->x;
    *y = item ? item->y : part->part->y;
}

static bool same_part(const bt_compare_side *a, const bt_part_place *of_a, const bt_compare_side *b,
                      const bt_part_place *of_b)
{
    pair p = {.a = a->pages, .b = b->pages};
    bt_compare_origin(a, of_a, &p.ax, &p.ay);
    bt_compare_origin(b, of_b, &p.bx, &p.by);
    bt_compare_block alone_a = {.parts = of_a, .n_parts = 1}, alone_b = {.parts = of_b, .n_parts = 1};
    walk wa = {.side = a, .block = &alone_a}, wb = {.side = b, .block = &alone_b};
    const bt_item *in_a = next(&wa), *in_b = next(&wb);
    for (; in_a && in_b; in_a = next(&wa), in_b = next(&wb))
        if (!same_item(&p, in_a, in_b)) return false;
    return !in_a && !in_b;
}

bool bt_compare_same_ink(const bt_compare_side *a, const bt_compare_block *of_a, const bt_compare_side *b,
                         const bt_compare_block *of_b)
{
    if (of_a->n_parts != of_b->n_parts) return false;
    for (uint32_t i = 0; i < of_a->n_parts; i++)
        if (!same_part(a, &of_a->parts[i], b, &of_b->parts[i])) return false;
    return true;
}

/* Each line is counted from its own first item: the indent of a first line goes unseen, and is no matter. */
bool bt_compare_same_lines(const bt_compare_side *a, const bt_compare_block *of_a, const bt_compare_side *b,
                           const bt_compare_block *of_b)
{
    walk wa = {.side = a, .block = of_a}, wb = {.side = b, .block = of_b};
    pair p = {.a = a->pages, .b = b->pages};
    bool begins_line = true;
    const bt_item *in_a = next(&wa), *in_b = next(&wb);
    for (; in_a && in_b; in_a = next(&wa), in_b = next(&wb)) {
        if (in_a->kind != BT_ITEM_GLYPHS || in_b->kind != BT_ITEM_GLYPHS) return false;
        if (begins_line) {
            p.ax = in_a->x;
            p.ay = in_a->y;
            p.bx = in_b->x;
            p.by = in_b->y;
        }
        if (!same_item(&p, in_a, in_b) || in_a->as.glyphs.ends_line != in_b->as.glyphs.ends_line) return false;
        begins_line = in_a->as.glyphs.ends_line;
    }
    return !in_a && !in_b;
}

/* --- what it says --- */

static uint64_t mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * 0x9e3779b97f4a7c15U;
    return hash ^ hash >> 29;
}

/* Blanks apart: those at a line's end are not set. */
static uint64_t mix_text(uint64_t hash, bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ') hash = mix(hash, (unsigned char)text.ptr[i]);
    return hash;
}

static uint64_t mix_outline(uint64_t hash, const bt_outline *outline)
{
    for (uint32_t i = 0; i < outline->n_ops; i++) hash = mix(hash, outline->ops[i]);
    for (uint32_t i = 0; i < 2 * outline->n_points; i++) hash = mix(hash, (uint32_t)outline->points[i]);
    return hash;
}

/* Not the head that a table repeats in each column. */
static bool is_said(const bt_compare_block *block, const bt_item *item)
{
    return item->kind == BT_ITEM_GLYPHS && (item->tag_i || block->kind != BT_PART_TABLE);
}

uint64_t bt_compare_content(const bt_compare_side *side, const bt_compare_block *block)
{
    walk w = {.side = side, .block = block};
    uint64_t hash = (uint64_t)block->kind + 1;
    for (const bt_item *item = next(&w); item; item = next(&w)) {
        if (is_said(block, item)) hash = mix_text(hash, item->as.glyphs.text);
        if (item->kind == BT_ITEM_IMAGE && item->as.image.image) hash = mix(hash, item->as.image.image->hash);
        if (item->kind == BT_ITEM_PATH) hash = mix_outline(hash, &item->as.path.outline);
    }
    return hash;
}

uint32_t bt_compare_lines(const bt_compare_side *side, const bt_compare_block *block)
{
    walk w = {.side = side, .block = block};
    uint32_t n = 0;
    for (const bt_item *item = next(&w); item; item = next(&w))
        if (is_said(block, item) && item->as.glyphs.ends_line) n++;
    return n;
}

bt_str bt_compare_text(bt_arena *arena, const bt_compare_side *side, const bt_compare_block *block, size_t enough)
{
    walk w = {.side = side, .block = block};
    bt_buf text = bt_buf_in(arena);
    bool ends_line = false;
    for (const bt_item *item = next(&w); item && text.bytes.n <= enough; item = next(&w)) {
        if (!is_said(block, item)) continue;
        if (ends_line) bt_buf_add_char(&text, ' ');
        bt_buf_add(&text, item->as.glyphs.text);
        ends_line = item->as.glyphs.ends_line;
    }
    return bt_str_trim(bt_buf_str(&text));
}
