/* fuzz_par.c - paragraphs made of any bytes, broken into lines, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_par
 *     mkdir -p /tmp/par && build/fuzz/tests/fuzz_par -max_len=8192 -timeout=10 /tmp/par tests/fuzz/seeds/par
 *
 * The first eight bytes are the parameters, then each item is two: what it is, and how wide. What must hold: every
 * setting is legal by the words of par.h, no box is lost, none is set twice, and the settings have neighbouring numbers
 * of lines. How wide the lines come out is held only while the lengths are those of print: others saturate.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "par/par.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { HEAD = 8, MOST_ITEMS = 1 << 15, UNIT = 20000 /* a third of a point [sp] */ };

static void demand(bool holds)
{
    if (!holds) abort();
}

/* A length that no paper has, for the kinds from 4 on. */
static bt_sp wild(uint8_t byte)
{
    static const bt_sp lengths[] = {INT32_MIN, INT32_MIN + 1, -UNIT, -1, 0, 1, UNIT, INT32_MAX / 2, INT32_MAX};
    return lengths[byte % (sizeof lengths / sizeof *lengths)];
}

static bt_par_item item_of(uint8_t what, uint8_t width, bool is_wild)
{
    bt_par_item item = {.kind = (bt_par_kind)(what % 3)};
    if (is_wild)
        return (bt_par_item){.kind = item.kind,
                             .width = wild(width),
                             .flex_stretch = wild((uint8_t)(what / 3)),
                             .flex_shrink = wild((uint8_t)(what / 7)),
                             .hang_left = wild((uint8_t)(width / 9)),
                             .hang_right = wild((uint8_t)(width / 13)),
                             .penalty = wild((uint8_t)(width / 5))};
    if (item.kind == BT_PAR_PENALTY)
        item.penalty = width < 8 ? BT_PAR_FORCED : width > 247 ? BT_PAR_FORBIDDEN : (width - 128) * 50;
    else
        item.width = width * UNIT;
    if (item.kind == BT_PAR_BOX) {
        item.flex_stretch = item.flex_shrink = item.width / 50;
        item.hang_left = what & 64 ? item.width / 4 : 0;
        item.hang_right = what & 128 ? item.width / 4 : 0;
    }
    return item;
}

/* May a line end in the gap [begin, end) of items, and must it? */
static bool gap_breaks(const bt_par_item *items, uint32_t begin, uint32_t end, bool is_forced)
{
    for (uint32_t i = begin; i < end; i++) {
        if (items[i].kind == BT_PAR_PENALTY && items[i].penalty <= BT_PAR_FORCED) return true;
        if (is_forced) continue;
        if (items[i].kind == BT_PAR_PENALTY && items[i].penalty < BT_PAR_FORBIDDEN) return true;
        if (items[i].kind == BT_PAR_GLUE && items[i - 1].kind == BT_PAR_BOX) return true;
    }
    return false;
}

/* The width as set of a line of lengths of print. */
static int64_t set_width(const bt_par_item *items, const bt_par_line *line)
{
    int64_t width = 0;
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_par_item *item = &items[i];
        if (item->kind == BT_PAR_GLUE) width += (int64_t)item->width * line->word_space / 1000;
        if (item->kind != BT_PAR_BOX) continue;
        int64_t flex = line->flex < 0 ? item->flex_shrink : item->flex_stretch;
        width += item->width + flex * line->flex / 1000;
    }
    return width - items[line->begin].hang_left - items[line->end - 1].hang_right;
}

typedef struct paragraph {
    const bt_par_item *items;
    uint32_t n_items;
    bool is_wild;
    const bt_par_params *params;
} paragraph;

static void look_at_line(const paragraph *p, const bt_par_setting *setting, uint32_t line_i)
{
    const bt_par_line *line = &setting->lines[line_i];
    bool ends = line_i + 1 == setting->n_lines;
    uint32_t next = ends ? p->n_items : setting->lines[line_i + 1].begin;
    demand(line->begin < line->end && line->end <= next && next <= p->n_items);
    demand(p->items[line->begin].kind == BT_PAR_BOX && p->items[line->end - 1].kind == BT_PAR_BOX);
    for (uint32_t i = line->end; i < next; i++) demand(p->items[i].kind != BT_PAR_BOX);
    for (uint32_t i = line->begin; i < line->end; i++)
        demand(p->items[i].kind != BT_PAR_PENALTY || p->items[i].penalty > BT_PAR_FORCED);
    demand(ends || gap_breaks(p->items, line->end, next, false));
    demand(line->is_last == (ends || gap_breaks(p->items, line->end, next, true)));
    demand(line->flex >= -1000 && line->flex <= 1000 && line->overfull >= 0);
    if (p->params->mode != BT_PAR_JUSTIFY) demand(line->word_space == 1000 && line->flex == 0);
    if (p->is_wild || line->overfull) return;
    uint32_t width_i = line_i < p->params->n_line_widths ? line_i : p->params->n_line_widths - 1;
    demand(set_width(p->items, line) - p->params->line_widths[width_i] <= line->end - line->begin);
}

static void look_at(const paragraph *p, const bt_par_result *result)
{
    uint32_t first_box = 0;
    while (first_box < p->n_items && p->items[first_box].kind != BT_PAR_BOX) first_box++;
    demand((result->n_settings > 0) == (first_box < p->n_items));
    for (uint32_t i = 0; i < result->n_settings; i++) {
        const bt_par_setting *setting = &result->settings[i];
        demand(setting->n_lines > 0 && setting->n_lines == result->settings[0].n_lines + i);
        demand(setting->lines[0].begin == first_box);
        for (uint32_t k = 0; k < setting->n_lines; k++) look_at_line(p, setting, k);
    }
    if (!result->n_settings) return;
    demand(result->best_i < result->n_settings && result->best_i <= p->params->n_fewer);
    demand(result->n_settings - result->best_i <= p->params->n_more + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < HEAD || size > 2 * MOST_ITEMS) return 0;
    bool is_wild = bytes[0] & 128;
    bt_sp widths[3];
    for (int i = 0; i < 3; i++) widths[i] = is_wild ? wild(bytes[i + 1]) : bytes[i + 1] * 10 * UNIT;
    bt_par_params params = {.mode = (bt_par_mode)(bytes[0] % 3),
                            .line_widths = widths,
                            .n_line_widths = 1 + bytes[4] % 3u,
                            .space_shrink = is_wild ? wild(bytes[5]) : bytes[5] % 51 * 10,
                            .space_good = is_wild ? wild(bytes[6]) : 1000 + bytes[6] * 10,
                            .shortest_last = is_wild ? wild(bytes[7]) : bytes[7] * UNIT,
                            .n_fewer = bytes[4] / 3 % 8u,
                            .n_more = bytes[4] / 24 % 8u};
    uint32_t n_items = (uint32_t)(size - HEAD) / 2;
    bt_arena arena = {0}, scratch = {0};
    bt_par_item *items = BT_NEW_ARRAY(&arena, n_items, bt_par_item);
    demand(items);
    for (uint32_t i = 0; i < n_items; i++) items[i] = item_of(bytes[HEAD + 2 * i], bytes[HEAD + 2 * i + 1], is_wild);
    bt_par_result result;
    demand(bt_par_break(&arena, &scratch, items, n_items, &params, &result) == BT_OK);
    look_at(&(paragraph){items, n_items, is_wild, &params}, &result);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
    return 0;
}
