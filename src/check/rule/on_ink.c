/* on_ink.c - P07: how much ink lies on one another.
 *
 * Pages are separated by Ghostscript at 72 dpi (less where a page is very large). Of every square of 15 mm that lies
 * within the bleed, a pixel apart, the mean of all inks together is taken; the page is judged by the worst one. A point
 * or a hairline of too much ink dries all the same, so less than a square is no matter. Pages whose inks could not come
 * near the limit even if all of them lay on one another are not separated.
 */
#include "check/rule/rule_int.h"

#include "check/pixel/tiffsep.h"
#include "check/shown.h"

#include <math.h>

#define SQUARE (15 * SHOWN_PT_PER_MM) /* [pt] */
enum { DPI = 72, MOST_SIDE = 2000 /* pixels */ };

typedef struct ink_page {
    double worst; /* mean of all inks in the worst square; 1 is one ink whole */
    seen_box box; /* that square */
    bt_str parts; /* "Cyan 90, Magenta 80, ..." */
} ink_page;

struct rule_ink {
    bt_str why_not;
    bool lacks_memory;
    ink_page *pages;
};

/* --- which pages --- */

typedef struct ink_bound {
    double process[4];
    double spots; /* of all of them */
    bool is_known;
} ink_bound;

static void add_color(ink_bound *bound, const seen_color *color)
{
    if (!color || rule_is_white(color)) return;
    double cmyk[4];
    if (color->space == SEEN_SPOT && !rule_is_registration(color)) {
        bound->spots += color->v[0];
    } else if (rule_n_inks(color) > SEEN_MOST_INKS || color->space == SEEN_DEVICE_N || color->space == SEEN_ICC_CMYK ||
               !seen_color_cmyk(color, cmyk)) {
        bound->is_known = false;
    } else {
        for (int i = 0; i < 4; i++) bound->process[i] = fmax(bound->process[i], cmyk[i]);
    }
}

static void add_mark(ink_bound *bound, const rule_mark *mark)
{
    add_color(bound, mark->fill);
    add_color(bound, mark->stroke);
    if (mark->kind == RULE_MARK_PATH && mark->path->kind == SEEN_SHADING) bound->is_known = false;
    if (mark->kind != RULE_MARK_PICTURE || mark->picture->is_stencil) return;
    if (mark->picture->space == SEEN_GRAY || mark->picture->space == SEEN_ICC_GRAY)
        bound->process[3] = 1;
    else
        bound->is_known = false;
}

/* The spots of many marks may be the same one, which is then counted more than once: a page too many is separated. */
static bool needs_separation(const rule_try *t, uint32_t page_i)
{
    const seen_page *page = &t->file->pages.v[page_i];
    ink_bound bound = {.is_known = !page->is_transparent};
    const rule_marks *marks = &t->marks[page_i];
    for (uint32_t i = 0; i < marks->marks.n && bound.is_known; i++)
        if (seen_meets(&marks->marks.v[i].box, &page->boxes[SEEN_BLEED])) add_mark(&bound, &marks->marks.v[i]);
    double most = bound.spots;
    for (int i = 0; i < 4; i++) most += bound.process[i];
    return !bound.is_known || most > t->profile->ink_wanted;
}

/* --- squares --- */

/* What of a page is looked at [pixels]. */
typedef struct ink_area {
    uint32_t x0, y0, x1, y1, side;
    double scale; /* pixels in a pt */
} ink_area;

static uint32_t pixel(double value, uint32_t most) { return value <= 0 ? 0 : value >= most ? most : (uint32_t)value; }

static ink_area area_of(const seen_page *page, const tiffsep_page *plates)
{
    const seen_box *media = &page->boxes[SEEN_MEDIA], *bleed = &page->boxes[SEEN_BLEED];
    double scale = plates->n_columns / seen_width(media);
    ink_area area = {.x0 = pixel((bleed->x0 - media->x0) * scale + 0.5, plates->n_columns),
                     .y0 = pixel((bleed->y0 - media->y0) * scale + 0.5, plates->n_rows),
                     .x1 = pixel((bleed->x1 - media->x0) * scale + 0.5, plates->n_columns),
                     .y1 = pixel((bleed->y1 - media->y0) * scale + 0.5, plates->n_rows),
                     .side = (uint32_t)(SQUARE * scale),
                     .scale = scale};
    if (area.side > area.x1 - area.x0) area.side = area.x1 - area.x0;
    if (area.side > area.y1 - area.y0) area.side = area.y1 - area.y0;
    return area;
}

/* Sums of all inks in what lies above and to the left of each pixel: the ink of any square is four of them. */
static uint64_t *sums_of(bt_arena *arena, const tiffsep_page *plates)
{
    size_t width = (size_t)plates->n_columns + 1;
    uint64_t *sums = bt_arena_array(arena, width * ((size_t)plates->n_rows + 1), sizeof *sums);
    if (!sums) return NULL;
    for (size_t y = 0; y < plates->n_rows; y++) {
        uint64_t row = 0;
        for (size_t x = 0; x < plates->n_columns; x++) {
            for (uint32_t i = 0; i < plates->plates.n; i++) row += plates->plates.v[i].v[y * plates->n_columns + x];
            sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
        }
    }
    return sums;
}

/* The square with the most ink, the first of those that have as much: from its top left corner. */
static uint64_t find_worst(const uint64_t *sums, size_t width, const ink_area *area, uint32_t *at_x, uint32_t *at_y)
{
    uint64_t most = 0;
    for (size_t y = area->y0; y + area->side <= area->y1; y++)
        for (size_t x = area->x0; x + area->side <= area->x1; x++) {
            const uint64_t *top = sums + y * width + x, *foot = top + area->side * width;
            uint64_t sum = foot[area->side] - foot[0] - top[area->side] + top[0];
            if (sum <= most) continue;
            most = sum;
            *at_x = (uint32_t)x;
            *at_y = (uint32_t)y;
        }
    return most;
}

static bt_str parts_of(bt_arena *arena, const tiffsep_page *plates, const ink_area *area, uint32_t x0, uint32_t y0)
{
    static const char *const process[] = {"Cyan", "Magenta", "Yellow", "Black"};
    bt_buf buf = bt_buf_in(arena);
    double n = (double)area->side * area->side;
    for (uint32_t k = 0; k < plates->plates.n + 4; k++) /* the four first, in the order of printers */
        for (uint32_t i = 0; i < plates->plates.n; i++) {
            const tiffsep_plate *plate = &plates->plates.v[i];
            if (k < 4 ? !bt_str_is(plate->ink, process[k]) : i != k - 4 || rule_is_process_ink(plate->ink)) continue;
            uint64_t sum = 0;
            for (size_t y = y0; y < (size_t)y0 + area->side; y++)
                for (size_t x = x0; x < (size_t)x0 + area->side; x++) sum += plate->v[y * plates->n_columns + x];
            double part = (double)sum * 100 / UINT8_MAX / n;
            if (part < 0.5) continue;
            if (buf.bytes.n) bt_buf_add_z(&buf, ", ");
            bt_buf_add(&buf, plate->ink);
            bt_buf_format(&buf, " %d", (int)lround(part));
        }
    return bt_buf_str(&buf);
}

static void take_page(void *user, const tiffsep_page *plates)
{
    rule_try *t = user;
    const seen_page *page = &t->file->pages.v[plates->page - 1];
    const seen_box *media = &page->boxes[SEEN_MEDIA];
    ink_page *ink = &t->ink->pages[plates->page - 1];
    const ink_area area = area_of(page, plates);
    bt_arena scratch = bt_arena_over(t->arena->allocator);
    const uint64_t *sums = area.side ? sums_of(&scratch, plates) : NULL;
    if (sums) {
        uint32_t x = area.x0, y = area.y0;
        uint64_t most = find_worst(sums, (size_t)plates->n_columns + 1, &area, &x, &y);
        ink->worst = (double)most / UINT8_MAX / ((double)area.side * area.side);
        ink->box = (seen_box){media->x0 + x / area.scale, media->y0 + y / area.scale,
                              media->x0 + (x + area.side) / area.scale, media->y0 + (y + area.side) / area.scale};
        ink->parts = parts_of(t->arena, plates, &area, x, y);
    }
    t->ink->lacks_memory |= area.side && !sums;
    bt_arena_drop(&scratch);
}

/* --- the rules --- */

static uint32_t dpi_of(const rule_try *t)
{
    double side = 1;
    for (uint32_t i = t->first_page - 1; i < t->last_page; i++) {
        const seen_box *media = &t->file->pages.v[i].boxes[SEEN_MEDIA];
        side = fmax(side, fmax(seen_width(media), seen_height(media)));
    }
    return side <= MOST_SIDE ? DPI : (uint32_t)fmax(1, DPI * MOST_SIDE / side);
}

static bt_str why_not(rule_try *t, tiffsep_outcome outcome)
{
    switch (outcome) {
    case TIFFSEP_DONE:
        return BT_STR("");
    case TIFFSEP_ABSENT:
        return BT_SAY(t->diags, "Ghostscript is not installed, which separates pages into plates");
    case TIFFSEP_FAILED:
        return BT_SAY(t->diags, "Ghostscript could not separate the pages into plates");
    default:
        return BT_SAY(t->diags, "there is no memory, or no room for temporary files");
    }
}

/* Once for all pages, when the first rule asks. */
static void separate(rule_try *t)
{
    t->ink = BT_NEW(t->arena, struct rule_ink);
    uint32_t *pages = BT_NEW_ARRAY(t->arena, (size_t)t->file->pages.n + 1, uint32_t);
    if (!t->ink || !pages) return;
    t->ink->pages = BT_NEW_ARRAY(t->arena, (size_t)t->file->pages.n + 1, ink_page);
    if (!t->ink->pages) return;
    tiffsep_job job = {.pages = pages, .dpi = dpi_of(t), .take = take_page, .user = t};
    for (uint32_t i = t->first_page - 1; i < t->last_page; i++)
        if (needs_separation(t, i)) pages[job.n_pages++] = i + 1;
    if (!job.n_pages) return;
    bt_arena scratch = bt_arena_over(t->arena->allocator);
    tiffsep_outcome outcome = tiffsep_run(&scratch, t->file, &job);
    t->ink->why_not = why_not(t, t->ink->lacks_memory ? TIFFSEP_TROUBLE : outcome);
    bt_arena_drop(&scratch);
}

static void hit_ink(rule_try *t, double low, double high)
{
    enum { PERCENT = 100 };
    if (!t->ink) separate(t);
    if (!t->ink || !t->ink->pages) return;
    t->not_run = t->ink->why_not;
    const ink_page *ink = &t->ink->pages[t->page_i];
    double worst = round(ink->worst * PERCENT) / PERCENT;
    if (t->not_run.len || worst <= low || worst > high) return;
    bt_lang lang = t->diags->lang;
    rule_hit(
        t, &ink->box, BT_STR(""),
        bt_say_with(t->diags, t->arena, BT_STR("{1} in 15 mm × 15 mm, at most {2} ({3})"),
                    BT_ARGS(shown_percent(t->arena, lang, worst), shown_percent(t->arena, lang, low), ink->parts)));
}

void rule_ink_much(rule_try *t) { hit_ink(t, t->profile->ink_most, INFINITY); }
void rule_ink_rather(rule_try *t) { hit_ink(t, t->profile->ink_wanted, t->profile->ink_most); }
