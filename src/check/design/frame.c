/* frame.c - the frames of a page: pictures, and drawings, which a file may have as hundreds of paths. */
#include "check/design/design.h"

#include <math.h>

enum { MOST_DRAWINGS = 48, LEAST_PATHS = 8 };
#define NEAR 3.0        /* [pt] paths of one drawing lie no further apart */
#define LEAST_SIDE 24.0 /* [pt] */
#define WHOLE_PAGE 0.97 /* of its sides: a ground, no picture */

/* Paths that touch one another. */
typedef struct drawing {
    seen_box box;
    uint32_t n_paths, n_shapes;
} drawing;

typedef struct drawing_list {
    uint32_t n;
    drawing v[MOST_DRAWINGS];
} drawing_list;

static seen_box grown(const seen_box *box)
{
    return (seen_box){box->x0 - NEAR, box->y0 - NEAR, box->x1 + NEAR, box->y1 + NEAR};
}

/* Joins a drawing with all that it touches now. */
static void join(drawing_list *list, uint32_t i)
{
    for (uint32_t j = 0; j < list->n;) {
        const seen_box near = grown(&list->v[i].box);
        if (j == i || !seen_meets(&near, &list->v[j].box)) {
            j++;
            continue;
        }
        list->v[i].box = seen_joined(&list->v[i].box, &list->v[j].box);
        list->v[i].n_paths += list->v[j].n_paths;
        list->v[i].n_shapes += list->v[j].n_shapes;
        uint32_t last = --list->n;
        if (i == last) i = j;
        list->v[j] = list->v[last];
        j = 0;
    }
}

static void add_path(drawing_list *list, const seen_path *path)
{
    const seen_box near = grown(&path->box);
    uint32_t i = 0;
    while (i < list->n && !seen_meets(&near, &list->v[i].box)) i++;
    if (i == list->n) {
        if (list->n == MOST_DRAWINGS) return;
        list->v[list->n++] = (drawing){.box = path->box};
    }
    seen_box before = list->v[i].box;
    list->v[i].box = seen_joined(&before, &path->box);
    list->v[i].n_paths++;
    list->v[i].n_shapes += path->kind == SEEN_SHAPE || path->kind == SEEN_SHADING;
    bool has_grown =
        seen_width(&list->v[i].box) > seen_width(&before) || seen_height(&list->v[i].box) > seen_height(&before);
    if (has_grown) join(list, i);
}

static void add_frame(bt_arena *arena, design *d, uint32_t page_i, const seen_box *box)
{
    const seen_page *page = &d->file->pages.v[page_i];
    bool is_ground = seen_width(box) > WHOLE_PAGE * page->width && seen_height(box) > WHOLE_PAGE * page->height;
    if (is_ground || !design_is_on_page(page, box)) return;
    design_frame *frame = BT_PUSH(arena, &d->frames);
    if (frame) *frame = (design_frame){page_i, *box};
}

/* Rules are left out: they tie together what does not belong together. */
static void find_drawings(bt_arena *arena, design *d, uint32_t page_i)
{
    const seen_page *page = &d->file->pages.v[page_i];
    drawing_list list = {.n = 0};
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *path = &page->paths.v[i];
        bool is_ground = seen_width(&path->box) > WHOLE_PAGE * page->width;
        bool is_part = !path->is_hidden && path->kind != SEEN_RULE && !is_ground && design_is_on_page(page, &path->box);
        if (is_part) add_path(&list, path);
    }
    for (uint32_t i = 0; i < list.n; i++) {
        const drawing *one = &list.v[i];
        bool is_large = fmin(seen_width(&one->box), seen_height(&one->box)) >= LEAST_SIDE;
        if (is_large && one->n_paths >= LEAST_PATHS && 3 * one->n_shapes >= one->n_paths)
            add_frame(arena, d, page_i, &one->box);
    }
}

void design_find_frames(bt_arena *arena, design *d)
{
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->pictures.n; j++)
            if (!page->pictures.v[j].is_hidden) add_frame(arena, d, i, &page->pictures.v[j].box);
        find_drawings(arena, d, i);
    }
}
