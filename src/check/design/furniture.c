/* furniture.c - running head and folio: lines beyond the text that stand at one height of many pages. A folio counts
 * with the pages.
 */
#include "check/design/design.h"

#include <math.h>

enum { MOST_GROUPS = 48, MOST_NUMBERS = 8, LONGEST_NUMBER = 5, LONGEST_FOLIO = 12 };
#define SAME_HEIGHT 0.7 /* [pt] */

/* Lines of one style at one height. */
typedef struct group {
    double baseline;
    uint32_t style_i, n_lines, n_pages, last_page_i;
    bool is_on_first_page;
    uint32_t n_numbered; /* lines that have the number of their page */
    uint32_t n_letters;
} group;

typedef struct group_list {
    uint32_t n;
    group v[MOST_GROUPS];
} group_list;

static bool is_in_margin(const design *d, const design_line *line)
{
    double step = d->grid.step > 0 ? d->grid.step : 12;
    return line->baseline < d->grid.first - 0.9 * step || line->baseline > d->grid.last + 0.9 * step;
}

static group *group_of(group_list *groups, const design_line *line)
{
    for (uint32_t i = 0; i < groups->n; i++) {
        group *g = &groups->v[i];
        if (g->style_i == line->style_i && fabs(g->baseline - line->baseline) < SAME_HEIGHT) return g;
    }
    if (groups->n == MOST_GROUPS) return NULL;
    groups->v[groups->n] = (group){.baseline = line->baseline, .style_i = line->style_i, .last_page_i = DESIGN_NONE};
    return &groups->v[groups->n++];
}

/* The numbers in a text, from its beginning; longer ones count no pages. */
static uint32_t numbers_of(bt_str text, int64_t numbers[MOST_NUMBERS])
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len && n < MOST_NUMBERS; i++) {
        size_t begin = i;
        int64_t number = 0;
        for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
            if (i - begin < LONGEST_NUMBER) number = number * 10 + (text.ptr[i] - '0');
        if (i > begin && i - begin <= LONGEST_NUMBER) numbers[n++] = number;
    }
    return n;
}

static bool counts_pages(bt_arena *arena, const design *d, const design_line *line, int64_t first_page)
{
    int64_t numbers[MOST_NUMBERS];
    uint32_t n = numbers_of(design_line_text(arena, d, line), numbers);
    for (uint32_t i = 0; i < n; i++)
        if (numbers[i] == first_page + line->page_i) return true;
    return false;
}

/* The number that the first page would have, to which most lines of the group agree. */
static void find_numbers(bt_arena *arena, const design *d, group *g)
{
    for (uint32_t i = 0, n_tried = 0; i < d->lines.n && n_tried < 4; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->style_i != g->style_i || fabs(line->baseline - g->baseline) >= SAME_HEIGHT) continue;
        int64_t numbers[MOST_NUMBERS];
        uint32_t n = numbers_of(design_line_text(arena, d, line), numbers);
        n_tried += n > 0;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t n_agree = 0;
            for (uint32_t j = 0; j < d->lines.n; j++) {
                const design_line *other = &d->lines.v[j];
                if (other->style_i != g->style_i || fabs(other->baseline - g->baseline) >= SAME_HEIGHT) continue;
                n_agree += counts_pages(arena, d, other, numbers[k] - line->page_i);
            }
            g->n_numbered = n_agree > g->n_numbered ? n_agree : g->n_numbered;
        }
    }
}

static void collect_groups(bt_arena *arena, const design *d, group_list *groups)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (!is_in_margin(d, line)) continue;
        group *g = group_of(groups, line);
        if (!g) continue;
        g->n_lines++;
        g->n_pages += g->last_page_i != line->page_i;
        g->last_page_i = line->page_i;
        g->is_on_first_page = g->is_on_first_page || !line->page_i;
        g->n_letters += line->n_letters;
    }
    for (uint32_t i = 0; i < groups->n; i++) {
        bt_arena_mark mark = bt_arena_set_mark(arena);
        find_numbers(arena, d, &groups->v[i]);
        bt_arena_rewind(arena, mark);
    }
}

/* Where a line stands on its page: at the left of the text, at its right, or in the middle. */
static design_align place_of(const design *d, const design_line *line)
{
    double left = design_column_left(d, line->page_i, 0), right = design_text_right(d, line->page_i);
    double to_left = fabs(line->x0 - left), to_right = fabs(line->x1 - right);
    double to_middle = fabs((line->x0 + line->x1 - left - right) / 2);
    if (to_middle < 3 && to_left > 3) return DESIGN_CENTER;
    if (fmin(to_left, to_right) > 20 && fabs((line->x0 + line->x1 - d->width) / 2) < 3) return DESIGN_CENTER;
    return to_left <= to_right ? DESIGN_LEFT : DESIGN_RIGHT;
}

static double end_of(const design_line *line, design_align place)
{
    if (place == DESIGN_LEFT) return line->x0;
    return place == DESIGN_RIGHT ? line->x1 : (line->x0 + line->x1) / 2;
}

/* The first line of a group at a place of odd or even pages, and what most of them have as their end. */
typedef struct stand {
    uint32_t n, line_i;
    double x;
} stand;

static stand find_stand(bt_arena *arena, const design *d, const group *g, uint32_t side, design_align place)
{
    stand s = {0};
    design_values ends = {0};
    design_edges edges;
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->style_i != g->style_i || fabs(line->baseline - g->baseline) >= SAME_HEIGHT) continue;
        if (line->page_i % 2 != side || place_of(d, line) != place) continue;
        if (!s.n++) s.line_i = i;
        design_value_add(arena, &ends, end_of(line, place));
    }
    design_find_edges(arena, &ends, SAME_HEIGHT, &edges);
    if (edges.n) s.x = edges.v[0].place;
    return s;
}

static void add_slot(design_furniture *f, design_align align, const stand *odd, const stand *even)
{
    design_slot *slot = !f->slots[0].is_there ? &f->slots[0] : &f->slots[1];
    if (slot->is_there || (!odd->n && !even->n)) return;
    slot->is_there = true;
    slot->align = align;
    slot->x[0] = odd->x;
    slot->x[1] = even->x;
    slot->has_side[0] = odd->n > 0;
    slot->has_side[1] = even->n > 0;
    slot->line_i[0] = odd->n ? odd->line_i : even->line_i;
    slot->line_i[1] = even->n ? even->line_i : odd->line_i;
}

static bool is_same_text(bt_arena *arena, const design *d, const stand *one, const stand *other)
{
    return one->n && other->n &&
           bt_str_equal(design_line_text(arena, d, &d->lines.v[one->line_i]),
                        design_line_text(arena, d, &d->lines.v[other->line_i]));
}

/* What stands left on odd pages and right on even ones stands inside; pages that show one side only tell nothing of it
 * but by their margins. */
static bool mirrors(bt_arena *arena, const design *d, stand at[2][3])
{
    const stand *odd = at[0], *even = at[1];
    if (!(odd[DESIGN_LEFT].n + odd[DESIGN_RIGHT].n) || !(even[DESIGN_LEFT].n + even[DESIGN_RIGHT].n))
        return d->is_facing;
    bool is_one = !odd[DESIGN_LEFT].n + !odd[DESIGN_RIGHT].n + !even[DESIGN_LEFT].n + !even[DESIGN_RIGHT].n == 2;
    if (is_one) return !odd[DESIGN_LEFT].n != !even[DESIGN_LEFT].n;
    if (is_same_text(arena, d, &odd[DESIGN_LEFT], &even[DESIGN_LEFT])) return false;
    if (is_same_text(arena, d, &odd[DESIGN_RIGHT], &even[DESIGN_RIGHT])) return false;
    return d->is_facing || is_same_text(arena, d, &odd[DESIGN_LEFT], &even[DESIGN_RIGHT]);
}

static design_furniture furniture_of(bt_arena *arena, const design *d, const group *g)
{
    design_furniture f = {.is_there = true,
                          .baseline = g->baseline,
                          .style_i = g->style_i,
                          .n_pages = g->n_pages,
                          .is_on_first_page = g->is_on_first_page};
    stand at[2][3];
    for (uint32_t side = 0; side < 2; side++)
        for (int place = DESIGN_LEFT; place <= DESIGN_CENTER; place++)
            at[side][place] = find_stand(arena, d, g, side, (design_align)place);
    if (mirrors(arena, d, at)) {
        add_slot(&f, DESIGN_INSIDE, &at[0][DESIGN_LEFT], &at[1][DESIGN_RIGHT]);
        add_slot(&f, DESIGN_OUTSIDE, &at[0][DESIGN_RIGHT], &at[1][DESIGN_LEFT]);
    } else {
        add_slot(&f, DESIGN_LEFT, &at[0][DESIGN_LEFT], &at[1][DESIGN_LEFT]);
        add_slot(&f, DESIGN_RIGHT, &at[0][DESIGN_RIGHT], &at[1][DESIGN_RIGHT]);
    }
    add_slot(&f, DESIGN_CENTER, &at[0][DESIGN_CENTER], &at[1][DESIGN_CENTER]);
    return f;
}

static void mark_lines(design *d, const group *g, design_role role)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        design_line *line = &d->lines.v[i];
        if (line->style_i == g->style_i && fabs(line->baseline - g->baseline) < SAME_HEIGHT) line->role = role;
    }
}

void design_find_furniture(bt_arena *arena, design *d)
{
    group_list groups = {0};
    if (d->grid.step > 0) collect_groups(arena, d, &groups);
    const group *folio = NULL, *head = NULL;
    uint32_t n_pages = d->file->pages.n, enough = n_pages > 6 ? n_pages / 3 : n_pages > 2 ? 2 : 1;
    for (uint32_t i = 0; i < groups.n; i++) {
        const group *g = &groups.v[i];
        bool is_folio = g->n_numbered >= enough && 10 * g->n_numbered >= 6 * g->n_pages;
        if (n_pages < 3) is_folio = is_folio && g->n_lines == g->n_pages && g->n_letters <= LONGEST_FOLIO * g->n_lines;
        if (is_folio && (!folio || g->n_numbered > folio->n_numbered)) folio = g;
    }
    for (uint32_t i = 0; i < groups.n; i++) {
        const group *g = &groups.v[i];
        bool is_head = g != folio && g->n_pages >= enough && g->n_lines <= 3 * g->n_pages;
        if (n_pages < 3) is_head = is_head && !g->is_on_first_page && g->baseline < d->grid.first;
        if (is_head && n_pages > 1 && (!head || g->n_pages > head->n_pages)) head = g;
    }
    if (folio) {
        d->folio = furniture_of(arena, d, folio);
        mark_lines(d, folio, DESIGN_FOLIO);
    }
    if (head) {
        d->running_head = furniture_of(arena, d, head);
        mark_lines(d, head, DESIGN_RUNNING_HEAD);
    }
    design_align align = d->folio.slots[0].align;
    bool shows_both = d->folio.slots[0].has_side[0] && d->folio.slots[0].has_side[1];
    if (folio && shows_both && (align == DESIGN_OUTSIDE || align == DESIGN_INSIDE)) d->is_facing = true;
}
