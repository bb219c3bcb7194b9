/* masthead.c - the masthead: the largest type at the head of the first page, and what stands around it. */
#include "check/design/design.h"

#include <math.h>

enum { LONGEST_TITLE = 60 /* letters; what is longer is a headline */, SURE = 85, LESS_SURE = 55 };
#define HEAD 0.45         /* of the page's height: a masthead stands in it */
#define LARGE 1.5         /* times the body's size: type of a title */
#define FURTHEST 0.2      /* of the page's height, from the title to the end of its masthead */
#define THICKEST_RULE 8.0 /* [pt] */
#define WIDE 0.6          /* of the text: a rule that ends a masthead is so wide */

static bool is_on_first(const design *d, uint32_t i) { return i < d->lines.n && !d->lines.v[i].page_i; }

static double first_body_line(const design *d)
{
    for (uint32_t i = 0; is_on_first(d, i); i++)
        if (design_is_body(d, d->lines.v[i].style_i) && d->lines.v[i].n_letters > 6) return d->lines.v[i].baseline;
    return d->height * HEAD;
}

/* The uppermost line of the largest type in the head of the page. */
static uint32_t title_line(const design *d, double body)
{
    uint32_t best = DESIGN_NONE;
    double least = d->body == DESIGN_NONE ? 0 : LARGE * d->styles.v[d->body].size;
    for (uint32_t i = 0; is_on_first(d, i) && d->lines.v[i].baseline < fmin(body, HEAD * d->height); i++) {
        double size = d->styles.v[d->lines.v[i].style_i].size;
        if (size < least || d->lines.v[i].role != DESIGN_OTHER) continue;
        if (best == DESIGN_NONE || size > d->styles.v[d->lines.v[best].style_i].size + 0.1) best = i;
    }
    return best;
}

static bool is_in_frame(const design *d, const seen_box *box)
{
    for (uint32_t i = 0; i < d->frames.n && !d->frames.v[i].page_i; i++) {
        const seen_box *frame = &d->frames.v[i].box;
        if (box->y0 > frame->y0 - 1 && box->y1 < frame->y1 + 1 && box->x0 > frame->x0 - 1 && box->x1 < frame->x1 + 1)
            return true;
    }
    return false;
}

/* The lowest wide rule between the title and the text, or the band that the title stands on: the masthead ends there.
 */
static double last_rule(const design *d, double title, double body)
{
    const seen_page *page = &d->file->pages.v[0];
    double wide = WIDE * (design_text_right(d, 0) - design_column_left(d, 0, 0)), lowest = 0;
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *path = &page->paths.v[i];
        double y = path->box.y1;
        bool is_rule = path->kind == SEEN_RULE || (path->kind == SEEN_AREA && seen_height(&path->box) < THICKEST_RULE);
        bool is_band = path->kind == SEEN_AREA && path->box.y0 < title && seen_height(&path->box) < HEAD * d->height;
        if ((!is_rule && !is_band) || path->is_hidden || seen_width(&path->box) < wide) continue;
        if (!design_is_on_page(page, &path->box) || is_in_frame(d, &path->box)) continue;
        if (y > title && y < body && y < title + FURTHEST * d->height && y > lowest) lowest = y;
    }
    return lowest;
}

/* Without a rule: lines that follow the title closely, in styles of the first page only, smaller than it. */
static double last_close_line(const design *d, uint32_t title_i, double body)
{
    const design_line *title = &d->lines.v[title_i];
    double size = d->styles.v[title->style_i].size, end = title->baseline;
    for (uint32_t i = title_i + 1; is_on_first(d, i) && d->lines.v[i].baseline < body; i++) {
        const design_line *line = &d->lines.v[i];
        const design_style *style = &d->styles.v[line->style_i];
        if (style->last_page_i > 0 && line->style_i != title->style_i) break;
        if (line->baseline - end > 1.2 * size + 12 || design_is_body(d, line->style_i)) break;
        if (style->size > 1.6 * d->styles.v[d->body].size && line->style_i != title->style_i &&
            line->baseline - end > 1.6 * style->size)
            break;
        end = line->baseline;
    }
    return end + 0.25 * size;
}

static design_align title_align(const design *d, const design_line *line)
{
    double left = design_column_left(d, 0, 0), right = design_text_right(d, 0);
    if (fabs(line->x0 - left) < 4) return DESIGN_LEFT;
    if (fabs(line->x1 - right) < 4) return DESIGN_RIGHT;
    double middle = (line->x0 + line->x1) / 2;
    bool is_centred = fabs(middle - (left + right) / 2) < 5 || fabs(middle - d->width / 2) < 5;
    return is_centred ? DESIGN_CENTER : line->x0 - left < right - line->x1 ? DESIGN_LEFT : DESIGN_RIGHT;
}

/* The largest type below the title that is none of the title's. */
static uint32_t subtitle_style(const design *d, uint32_t title_i)
{
    const design_line *title = &d->lines.v[title_i];
    uint32_t best = DESIGN_NONE;
    for (uint32_t i = title_i + 1; is_on_first(d, i) && d->lines.v[i].baseline < d->masthead.bottom; i++) {
        uint32_t style_i = d->lines.v[i].style_i;
        if (style_i == title->style_i || d->styles.v[style_i].size < 1.2 * d->styles.v[d->body].size) continue;
        if (best == DESIGN_NONE || d->styles.v[style_i].size > d->styles.v[best].size) best = style_i;
    }
    return best;
}

static void mark_masthead(design *d, uint32_t title_i)
{
    design_masthead *m = &d->masthead;
    m->top = m->title_baseline - d->styles.v[m->title_style_i].size;
    for (uint32_t i = 0; is_on_first(d, i) && d->lines.v[i].baseline < m->bottom; i++) {
        design_line *line = &d->lines.v[i];
        if (line->role != DESIGN_OTHER) continue;
        line->role = line->style_i == m->title_style_i                     ? DESIGN_TITLE
                     : i > title_i && line->style_i == m->subtitle_style_i ? DESIGN_SUBTITLE
                                                                           : DESIGN_MASTHEAD;
        m->top = fmin(m->top, line->line->box.y0);
    }
}

void design_find_masthead(bt_arena *arena, design *d)
{
    (void)arena;
    d->masthead.title_style_i = d->masthead.subtitle_style_i = DESIGN_NONE;
    if (d->body == DESIGN_NONE || !d->file->pages.n) return;
    double body = first_body_line(d);
    uint32_t title_i = title_line(d, body);
    if (title_i == DESIGN_NONE) return;
    const design_line *title = &d->lines.v[title_i];
    const design_style *style = &d->styles.v[title->style_i];
    double rule = last_rule(d, title->baseline, body);
    bool is_headline = style->n_letters > LONGEST_TITLE || style->last_page_i > 0;
    if (is_headline) return;
    design_masthead *m = &d->masthead;
    m->is_there = true;
    m->title_line_i = title_i;
    m->title_baseline = title->baseline;
    m->title_x0 = title->x0;
    m->title_x1 = title->x1;
    m->title_style_i = title->style_i;
    m->align = title_align(d, title);
    m->bottom = rule > 0 ? rule : last_close_line(d, title_i, body);
    m->subtitle_style_i = subtitle_style(d, title_i);
    m->confidence = rule > 0 ? SURE : LESS_SURE;
    mark_masthead(d, title_i);
}
