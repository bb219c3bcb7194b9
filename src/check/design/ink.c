/* ink.c - the colours of type, rules and areas; how thick rules are, how wide pictures. */
#include "check/design/design.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_INKS = 64, MOST_RULES = 32, RULE_COUNTS = 12 /* letters */ };
#define SAME_COLOR 0.012    /* of each ink */
#define SAME_THICKNESS 0.05 /* [pt] */
#define LEAST_RULE 18.0     /* [pt] long: shorter ones are parts of drawings */
#define LEAST_AREA 400.0    /* [pt2] */
#define AREA_COUNTS 0.002   /* letters for a pt2 */
#define COLOURFUL 0.12      /* between the inks of a colour that is no gray */
#define TOUCHES 1.0         /* [pt] */

static design_ink *ink_of(bt_arena *arena, design *d, const seen_color *color)
{
    for (uint32_t i = 0; i < d->inks.n; i++)
        if (seen_color_equal(&d->inks.v[i].color, color, SAME_COLOR)) return &d->inks.v[i];
    if (d->inks.n == MOST_INKS) return NULL;
    design_ink *ink = BT_PUSH(arena, &d->inks);
    if (ink) ink->color = *color;
    return ink;
}

static void count_rule(bt_arena *arena, design *d, const seen_path *path, const seen_color *color)
{
    for (uint32_t i = 0; i < d->rules.n; i++) {
        design_rule *rule = &d->rules.v[i];
        if (fabs(rule->thickness - path->thickness) > SAME_THICKNESS) continue;
        if (!seen_color_equal(&rule->color, color, SAME_COLOR)) continue;
        rule->n++;
        return;
    }
    if (d->rules.n == MOST_RULES) return;
    design_rule *rule = BT_PUSH(arena, &d->rules);
    if (rule) *rule = (design_rule){path->thickness, *color, 1};
}

static void count_path(bt_arena *arena, design *d, const seen_page *page, const seen_path *path)
{
    if (bt_str_is(path->mark.tag, "Figure")) return; /* a part of a drawing */
    if (path->is_hidden || !path->paint || !design_is_on_page(page, &path->box)) return;
    const seen_color *color = path->paint->fill ? path->paint->fill : path->paint->stroke;
    double area = seen_width(&path->box) * seen_height(&path->box);
    bool is_rule = path->kind == SEEN_RULE && fmax(seen_width(&path->box), seen_height(&path->box)) >= LEAST_RULE;
    bool is_area = path->kind == SEEN_AREA && path->paint->fill && area >= LEAST_AREA;
    if (!color || (!is_rule && !is_area)) return;
    design_ink *ink = ink_of(arena, d, color);
    if (!ink) return;
    ink->n_rules += is_rule;
    ink->area += is_area ? area : 0;
    if (is_rule) count_rule(arena, d, path, color);
}

static double weight_of(const design_ink *ink)
{
    return ink->n_letters + RULE_COUNTS * ink->n_rules + AREA_COUNTS * ink->area;
}

static int compare_inks(const void *a, const void *b)
{
    const design_ink *one = a, *other = b;
    double x = weight_of(one), y = weight_of(other);
    if (x < y || x > y) return x < y ? 1 : -1;
    if (one->color.space != other->color.space) return one->color.space < other->color.space ? -1 : 1;
    for (uint32_t i = 0; i < SEEN_MOST_INKS; i++)
        if (one->color.v[i] < other->color.v[i] || one->color.v[i] > other->color.v[i])
            return one->color.v[i] < other->color.v[i] ? -1 : 1;
    return 0;
}

static int compare_rules(const void *a, const void *b)
{
    const design_rule *one = a, *other = b;
    if (one->n != other->n) return one->n < other->n ? 1 : -1;
    return (one->thickness > other->thickness) - (one->thickness < other->thickness);
}

bool design_is_colourful(const seen_color *color)
{
    if (color->space == SEEN_SPOT) return !bt_str_is(color->name, "Black") && !bt_str_is(color->name, "All");
    if (color->space == SEEN_PATTERN || color->n < 3) return false;
    double least = 1, most = 0;
    for (uint32_t i = 0; i < 3; i++) {
        least = fmin(least, color->v[i]);
        most = fmax(most, color->v[i]);
    }
    return most - least > COLOURFUL;
}

static void count_picture(design *d, const design_frame *frame)
{
    const seen_page *page = &d->file->pages.v[frame->page_i];
    const seen_box *box = &frame->box;
    double text = design_text_right(d, frame->page_i) - design_column_left(d, frame->page_i, 0);
    d->pictures.n++;
    d->pictures.n_column += fabs(seen_width(box) - d->columns.width) < 2 && d->columns.count > 1;
    d->pictures.n_page += fabs(seen_width(box) - text) < 2;
    d->pictures.n_bleed +=
        box->x0 < TOUCHES || box->y0 < TOUCHES || box->x1 > page->width - TOUCHES || box->y1 > page->height - TOUCHES;
}

static void sort(void *v, uint32_t n, size_t size, int (*compare)(const void *a, const void *b))
{
    if (v && n) qsort(v, n, size, compare);
}

void design_find_inks(bt_arena *arena, design *d)
{
    for (uint32_t i = 0; i < d->styles.n; i++) {
        design_ink *ink = ink_of(arena, d, &d->styles.v[i].color);
        if (ink) ink->n_letters += d->styles.v[i].n_letters;
    }
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->paths.n; j++) count_path(arena, d, page, &page->paths.v[j]);
    }
    for (uint32_t i = 0; i < d->frames.n; i++) count_picture(d, &d->frames.v[i]);
    sort(d->inks.v, d->inks.n, sizeof *d->inks.v, compare_inks);
    sort(d->rules.v, d->rules.n, sizeof *d->rules.v, compare_rules);
    d->accent = DESIGN_NONE;
    if (!d->inks.v) return;
    for (uint32_t i = 0; i < d->inks.n && d->accent == DESIGN_NONE; i++)
        if (design_is_colourful(&d->inks.v[i].color) && (d->inks.v[i].n_letters || d->inks.v[i].n_rules)) d->accent = i;
}
