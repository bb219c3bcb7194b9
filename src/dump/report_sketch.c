/* report_sketch.c - a page from afar: its lines as grey bars, its grounds and pictures as rectangles, in tenths of a
 * millimetre. Lines of one paragraph that are as long as one another are one bar, told how often it is repeated; so a
 * page of text takes a kilobyte. */
#include "dump/report_int.h"

/* A rectangle, and its copies below it. */
typedef struct bar {
    int32_t x, y, width, height;
    int32_t n, step; /* how often, and from one to the next */
    bt_color color;
} bar;

typedef struct sketch {
    BT_ARRAY(bar) bars;
    int32_t width, height; /* of the page: what lies outside is not seen */
} sketch;

enum { MOST_BARS = 400, LEAST = 1, SLACK = 3 };

static int32_t tenths(int64_t length)
{
    int64_t mm100 = bt_sp_to_mm100(length);
    return (int32_t)((mm100 >= 0 ? mm100 + 5 : mm100 - 5) / 10);
}

static bool is_near(int32_t a, int32_t b) { return a - b <= SLACK && b - a <= SLACK; }

static bool joins_below(const bar *above, const bar *next)
{
    int32_t last = above->y + (above->n - 1) * above->step;
    bool is_step = above->n == 1 ? next->y > last && next->y - last < 4 * above->height + 20
                                 : is_near(next->y - last, above->step);
    return is_step && is_near(above->x, next->x) && is_near(above->width, next->width) &&
           is_near(above->height, next->height) && bt_ink_equal(above->color, next->color);
}

/* On the line of the bar before, and hardly apart from it: its words, or the next stretch of them. */
static bool joins_beside(const bar *before, const bar *next)
{
    int32_t gap = next->x - before->x - before->width;
    return before->n == 1 && is_near(before->y + before->height, next->y + next->height) && gap >= -before->height &&
           gap <= 2 * before->height && bt_ink_equal(before->color, next->color);
}

static void add_bar(bt_arena *arena, sketch *s, bar b)
{
    bar *last = s->bars.n ? &s->bars.v[s->bars.n - 1] : NULL;
    if (last && joins_beside(last, &b)) {
        last->width = b.x + b.width - last->x;
        bar grown = *last;
        if (s->bars.n < 2 || !joins_below(last - 1, &grown)) return;
        b = grown;
        last--;
        s->bars.n--;
    }
    if (last && joins_below(last, &b)) {
        if (last->n++ == 1) last->step = b.y - last->y;
        return;
    }
    if (s->bars.n >= MOST_BARS) return;
    last = BT_PUSH(arena, &s->bars);
    if (last) *last = b;
}

/* A line's letters fill about half their size above its baseline. */
static bar bar_of_text(const bt_item *item)
{
    bt_sp height = item->as.glyphs.size / 2;
    return (bar){.x = tenths(item->x),
                 .y = tenths((int64_t)item->y - height),
                 .width = tenths(item->as.glyphs.width),
                 .height = tenths(height),
                 .n = 1,
                 .color = item->color};
}

static bar bar_of_box(const bt_item *item, bt_sp width, bt_sp height)
{
    return (bar){.x = tenths(item->x),
                 .y = tenths(item->y),
                 .width = tenths(width),
                 .height = tenths(height),
                 .n = 1,
                 .color = item->color};
}

/* False: it is too small to be seen, or outside. */
static bool clip(const sketch *s, bar *b)
{
    if (b->x < 0) b->width += b->x, b->x = 0;
    if (b->y < 0) b->height += b->y, b->y = 0;
    if (b->x + b->width > s->width) b->width = s->width - b->x;
    if (b->y + b->height > s->height) b->height = s->height - b->y;
    if (b->width == 0) b->width = LEAST;
    if (b->height == 0) b->height = LEAST;
    return b->width > 0 && b->height > 0;
}

static bool is_seen(const bt_item *item, bt_item_kind kind)
{
    if (item->kind == BT_ITEM_PATH) return kind == BT_ITEM_FILL && item->as.path.is_filled;
    return item->kind == kind;
}

static void collect(bt_arena *arena, sketch *s, const bt_page *page, bt_item_kind kind)
{
    s->bars.n = 0;
    for (uint32_t i = 0; i < page->n_items; i++) {
        const bt_item *item = &page->items[i];
        if (!is_seen(item, kind)) continue;
        bar b = item->kind == BT_ITEM_GLYPHS  ? bar_of_text(item)
                : item->kind == BT_ITEM_FILL  ? bar_of_box(item, item->as.fill.width, item->as.fill.height)
                : item->kind == BT_ITEM_IMAGE ? bar_of_box(item, item->as.image.width, item->as.image.height)
                                              : bar_of_box(item, item->as.path.width, item->as.path.height);
        if (clip(s, &b)) add_bar(arena, s, b);
    }
}

/* --- writing --- */

static void add_number(writer *w, int64_t number)
{
    next(w);
    bt_buf_add_int(w->out, number);
}

/* As screens show the inks, near enough for a thumbnail. */
static void add_color(bt_buf *out, bt_color color)
{
    const uint16_t inks[3] = {color.c, color.m, color.y};
    for (int i = 0; i < 3; i++) {
        int64_t light = bt_mul_div((int64_t)(BT_INK_WHOLE - inks[i]) * (BT_INK_WHOLE - color.k), 15,
                                   (int64_t)BT_INK_WHOLE * BT_INK_WHOLE);
        bt_buf_add_char(out, "0123456789abcdef"[light < 0 ? 0 : light]);
    }
}

/* As one string: a reader of many reports goes through it many times faster than through lists. */
static void add_bars(writer *w, const char *key, const sketch *s)
{
    if (!s->bars.n) return;
    bt_buf *out = w->out;
    add_key(w, key);
    bt_buf_add_char(out, '"');
    for (uint32_t i = 0; i < s->bars.n; i++) {
        const bar *b = &s->bars.v[i];
        const int32_t numbers[] = {b->x, b->y, b->width, b->height, b->n, b->step};
        if (i) bt_buf_add_char(out, ';');
        add_color(out, b->color);
        for (int k = 0; k < (b->n > 1 ? 6 : 4); k++) {
            bt_buf_add_char(out, ' ');
            bt_buf_add_int(out, numbers[k]);
        }
    }
    bt_buf_add_char(out, '"');
}

void bt_report_sketch(writer *w, const bt_pages *pages, uint32_t page_i)
{
    const bt_page *page = &pages->pages[page_i];
    sketch s = {.width = tenths(pages->width), .height = tenths(pages->height)};
    add_key(w, "sketch");
    begin(w, '{');
    collect(w->out->arena, &s, page, BT_ITEM_FILL);
    add_bars(w, "fills", &s);
    collect(w->out->arena, &s, page, BT_ITEM_IMAGE);
    add_bars(w, "pictures", &s);
    collect(w->out->arena, &s, page, BT_ITEM_GLYPHS);
    add_bars(w, "text", &s);
    end(w, '}');
}

/* --- where it differs --- */

/* A part that is not where or what it was, and those right below it that fare alike. */
typedef struct box {
    bt_change change;
    bt_sp x, y, width, height;
    int64_t a, b; /* what is said of it */
} box;

static box box_of(const bt_difference *d, const bt_part_fact *part)
{
    box made = {d->change, part->x, part->y, part->width, part->height, 0, 0};
    if (d->change == BT_MOVED) {
        made.a = bt_sp_to_mm100(d->dx);
        made.b = bt_sp_to_mm100(d->dy);
    } else if (d->change == BT_JUMPED)
        made.a = d->base_page;
    else
        made.a = d->n_lines, made.b = d->is_reset;
    return made;
}

static bool extends(const box *above, const box *next)
{
    return above->change == next->change && above->x == next->x && above->width == next->width &&
           above->y + above->height == next->y && above->change != BT_CHANGED && above->b == next->b &&
           (above->a == next->a || above->change == BT_NEW);
}

static void write_box(writer *w, const box *b)
{
    next(w);
    begin(w, '[');
    next(w);
    bt_dump_add_quoted(w->out, bt_str_of(bt_report_change(b->change)));
    const bt_sp places[4] = {b->x, b->y, b->width, b->height};
    for (int i = 0; i < 4; i++) add_number(w, tenths(places[i]));
    bool is_moved = b->change == BT_MOVED;
    next(w);
    bt_buf_add_fixed(w->out, b->a, is_moved ? 2 : 0);
    next(w);
    bt_buf_add_fixed(w->out, b->b, is_moved ? 2 : 0);
    end(w, ']');
}

/* Rules and running heads have no box of their own to be drawn around. */
static bool has_box(const bt_difference *d)
{
    return d->change != BT_SAME && d->change != BT_GONE && d->kind != BT_PART_RULES && d->kind != BT_PART_RUNNING;
}

void bt_report_boxes(writer *w, const bt_comparison *comparison, uint32_t page_i)
{
    add_key(w, "boxes");
    begin(w, '[');
    box last = {.change = BT_SAME};
    for (uint32_t i = 0; i < comparison->n_entries; i++) {
        const bt_entry_difference *entry = &comparison->entries[i];
        for (uint32_t k = 0; k < entry->n_blocks; k++) {
            const bt_difference *d = &entry->blocks[k];
            for (uint32_t p = 0; has_box(d) && p < d->n_parts; p++) {
                if (d->parts[p].page_i != page_i) continue;
                box is = box_of(d, d->parts[p].part);
                if (last.change != BT_SAME && extends(&last, &is)) {
                    last.height += is.height;
                    last.a += is.change == BT_NEW ? is.a : 0;
                    continue;
                }
                if (last.change != BT_SAME) write_box(w, &last);
                last = is;
            }
        }
    }
    if (last.change != BT_SAME) write_box(w, &last);
    end(w, ']');
}
