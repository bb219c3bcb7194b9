/* role.c - the role of each style: what its lines stand next to, how large and how long they are. The rules are tried
 * in order; how many of the lines agree is how sure it is.
 */
#include "check/design/design.h"

#include <math.h>
#include <stdlib.h>

#define HEAD_SIZE 1.17      /* times the body's: larger is a headline */
#define STANDFIRST_SIZE 1.5 /* times the body's: larger is none */
#define DROP_SIZE 1.8       /* times the body's: single letters that large are drop caps */
#define CAPITAL 0.69        /* [em] as wide capitals usually are */
#define NEAR_PICTURE 30.0   /* [pt] below a picture */
#define NEAR_HEAD 40.0      /* [pt] above or below a headline */

/* What the lines of a style have about them: each counts lines. */
typedef struct traits {
    uint32_t n;          /* those that are no furniture */
    uint32_t n_single;   /* with no line of the style above or below */
    uint32_t by_picture; /* below a picture of its measure */
    uint32_t over_head, under_head, over_body, under_body;
    uint32_t beside; /* with others on the same baseline in the same column */
    uint32_t one_letter, right, wide, numeric, long_lines;
    uint32_t n_all, upper, upper_letters; /* furniture too */
    double upper_width;                   /* of those letters [em] */
    uint32_t furniture[DESIGN_N_ROLES];
} traits;

static bool is_head(const design *d, uint32_t style_i)
{
    return d->styles.v[style_i].size >= HEAD_SIZE * d->styles.v[d->body].size;
}

static bool is_by_picture(const design *d, const design_line *line)
{
    double top = line->line->box.y0;
    for (uint32_t i = 0; i < d->frames.n; i++) {
        const seen_box *box = &d->frames.v[i].box;
        bool is_under = d->frames.v[i].page_i == line->page_i && top > box->y1 - 6 && top < box->y1 + NEAR_PICTURE;
        if (is_under && line->x0 > box->x0 - 6 && line->x1 < box->x1 + 6) return true;
    }
    return false;
}

/* Cells of a table share their baselines. */
static bool has_beside(const design *d, uint32_t line_i)
{
    const design_line *line = &d->lines.v[line_i];
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t j = line_i + (uint32_t)way; j < d->lines.n; j += (uint32_t)way) {
            const design_line *other = &d->lines.v[j];
            if (other->page_i != line->page_i || fabs(other->baseline - line->baseline) > 1) break;
            double gap = fmax(other->x0 - line->x1, line->x0 - other->x1);
            bool is_near = other->column_i >= 0 ? other->column_i == line->column_i : gap < d->columns.width / 2;
            if (is_near && fabs(d->styles.v[other->style_i].size - d->styles.v[line->style_i].size) < 1) return true;
        }
    return false;
}

static uint32_t n_digits(bt_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] >= '0' && text.ptr[i] <= '9';
    return n;
}

static void look_above_and_below(const design *d, const design_line *line, traits *t)
{
    bool is_single = true;
    const design_line *below = line->below == DESIGN_NONE ? NULL : &d->lines.v[line->below];
    const design_line *above = line->above == DESIGN_NONE ? NULL : &d->lines.v[line->above];
    double size = d->styles.v[line->style_i].size;
    if (below && below->baseline - line->baseline < NEAR_HEAD + d->styles.v[below->style_i].size) {
        t->over_head += is_head(d, below->style_i) && below->style_i != line->style_i;
        t->over_body += design_is_body(d, below->style_i) && below->baseline - line->baseline < NEAR_HEAD;
        is_single = is_single && (below->style_i != line->style_i || below->baseline - line->baseline > 1.9 * size);
    }
    if (above && line->baseline - above->baseline < NEAR_HEAD + size) {
        t->under_head += is_head(d, above->style_i) && above->style_i != line->style_i;
        t->under_body += design_is_body(d, above->style_i);
        is_single = is_single && (above->style_i != line->style_i || line->baseline - above->baseline > 1.9 * size);
    }
    t->n_single += is_single;
}

/* A line of large type that begins with the first column and has nothing beside it spans the columns too. */
static bool is_wide(const design *d, uint32_t line_i)
{
    const design_line *line = &d->lines.v[line_i];
    if (line->column_i < 0) return line->x1 - line->x0 > d->columns.width + 6;
    double size = d->styles.v[line->style_i].size;
    if (line->column_i > 0 || d->columns.count < 2 || !is_head(d, line->style_i)) return false;
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t j = line_i + (uint32_t)way; j < d->lines.n; j += (uint32_t)way) {
            const design_line *other = &d->lines.v[j];
            if (other->page_i != line->page_i || fabs(other->baseline - line->baseline) > size) break;
            if (other->x0 > line->x1) return false;
        }
    for (uint32_t j = 0; j < d->frames.n; j++) {
        const design_frame *frame = &d->frames.v[j];
        bool is_beside =
            frame->page_i == line->page_i && frame->box.y0 < line->baseline && frame->box.y1 > line->baseline - size;
        if (is_beside && frame->box.x0 > line->x1) return false;
    }
    return true;
}

/* Capitals: letters of ASCII tell, for nearly every word of Vietnamese has some. */
static void look_at_case(bt_arena *arena, const design *d, const design_line *line, traits *t)
{
    bt_str text = design_line_text(arena, d, line);
    uint32_t n_upper = 0, n_lower = 0;
    for (size_t i = 0; i < text.len; i++) {
        n_upper += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
        n_lower += text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
    }
    t->n_all++;
    if (n_upper < 3 || n_lower) return;
    const seen_page *page = &d->file->pages.v[line->page_i];
    t->upper++;
    t->upper_letters += line->n_letters;
    for (uint32_t i = line->line->word_begin; i < line->line->word_end && i < page->words.n; i++)
        t->upper_width += (page->words.v[i].x1 - page->words.v[i].x0) / d->styles.v[line->style_i].size;
}

static void look_at_line(bt_arena *arena, const design *d, uint32_t line_i, traits *t)
{
    const design_line *line = &d->lines.v[line_i];
    look_at_case(arena, d, line, t);
    if (line->role != DESIGN_OTHER) {
        t->furniture[line->role]++;
        return;
    }
    double left = line->column_i < 0 ? design_column_left(d, line->page_i, 0)
                                     : design_column_left(d, line->page_i, (uint32_t)line->column_i);
    double right = line->column_i < 0 ? design_text_right(d, line->page_i) : left + d->columns.width;
    t->n++;
    t->by_picture += is_by_picture(d, line);
    t->beside += has_beside(d, line_i);
    t->one_letter += line->n_letters == 1;
    t->right += fabs(line->x1 - right) < 3 && line->x0 > left + 6;
    t->wide += is_wide(d, line_i);
    t->numeric += 2 * n_digits(design_line_text(arena, d, line)) > line->n_letters;
    t->long_lines += line->x1 - line->x0 > 0.7 * d->columns.width;
    look_above_and_below(d, line, t);
}

/* What the rules say of a style. */
typedef struct verdict {
    design_role role;
    double share; /* of the lines that agree */
    bt_str because;
} verdict;

static double part(uint32_t n, uint32_t of) { return of ? (double)n / of : 0; }

static verdict judge_furniture(const traits *t)
{
    verdict v = {DESIGN_OTHER, 0, BT_STR("")};
    uint32_t total = t->n;
    for (int role = 0; role < DESIGN_N_ROLES; role++) total += t->furniture[role];
    for (int role = 0; role < DESIGN_N_ROLES; role++)
        if (2 * t->furniture[role] > total)
            v = (verdict){(design_role)role, part(t->furniture[role], total), BT_STR("")};
    if (v.role == DESIGN_FOLIO) v.because = BT_STR("at one height of the pages, and it counts with them");
    if (v.role == DESIGN_RUNNING_HEAD) v.because = BT_STR("at one height of the pages, beyond the text");
    if (v.role == DESIGN_TITLE) v.because = BT_STR("the largest type at the head of the first page");
    if (v.role == DESIGN_SUBTITLE) v.because = BT_STR("the largest type below the title");
    if (v.role == DESIGN_MASTHEAD) v.because = BT_STR("beside the title of the first page");
    return v;
}

/* Larger than the body. */
static verdict judge_large(const design *d, const design_style *style, const traits *t)
{
    double times = style->size / d->styles.v[d->body].size;
    if (t->n && 2 * t->one_letter > t->n && times > DROP_SIZE)
        return (verdict){DESIGN_DROP_CAP, part(t->one_letter, t->n), BT_STR("single large letters beside the text")};
    if (2 * t->numeric > t->n) return (verdict){DESIGN_OTHER, 0, BT_STR("large figures")};
    bool is_standfirst = times <= STANDFIRST_SIZE && 10 * (t->n - t->n_single) >= 6 * t->n &&
                         10 * t->long_lines >= 4 * t->n && t->under_head && !style->face->is_bold;
    if (is_standfirst)
        return (verdict){DESIGN_STANDFIRST, part(t->n - t->n_single, t->n), BT_STR("several lines below a headline")};
    if (style->face->is_italic && style->face->is_bold && times <= STANDFIRST_SIZE && !t->wide)
        return (verdict){DESIGN_QUOTE, 0.4, BT_STR("larger and slanted, within a column")};
    return (verdict){DESIGN_HEADLINE, fmax(part(t->over_body + t->under_head, t->n), t->n ? 0.5 : 0),
                     BT_STR("larger than the body, over its columns")};
}

/* Of the body's size, or smaller. */
static verdict judge_small(const design *d, const design_style *style, const traits *t)
{
    const design_style *body = &d->styles.v[d->body];
    bool is_family = bt_str_equal(style->family, body->family), is_size = fabs(style->size - body->size) < 0.15;
    bool is_strong = style->face->is_bold || design_is_colourful(&style->color);
    if (!t->n || (is_family && is_size && style->n_letters > 3 * t->n * 20))
        return (verdict){DESIGN_EMPHASIS, 0.5, BT_STR("single words within lines of other styles")};
    if (10 * t->by_picture >= 4 * t->n && style->size < body->size + 0.05)
        return (verdict){DESIGN_CAPTION, part(t->by_picture, t->n), BT_STR("right below pictures")};
    if (10 * t->over_head >= 4 * t->n && 2 * t->n_single > t->n && style->size <= body->size + 0.05)
        return (verdict){DESIGN_KICKER, part(t->over_head, t->n), BT_STR("single lines right above headlines")};
    if (10 * t->beside >= 5 * t->n)
        return (verdict){DESIGN_TABLE, part(t->beside, t->n), BT_STR("cells side by side on one line")};
    if (10 * t->right >= 5 * t->n && t->under_body)
        return (verdict){DESIGN_BYLINE, part(t->right, t->n), BT_STR("short lines at the right, below the text")};
    if (is_strong && 10 * t->over_body >= 4 * t->n && 10 * t->n_single >= 4 * t->n && style->size > 0.85 * body->size)
        return (verdict){DESIGN_SUBHEADING, part(t->over_body, t->n),
                         BT_STR("single strong lines right above the text")};
    if (is_family && is_size)
        return (verdict){DESIGN_EMPHASIS, 0.3, BT_STR("the body's type in another weight or slope")};
    return (verdict){DESIGN_OTHER, 0, BT_STR("")};
}

static verdict judge(const design *d, uint32_t style_i, const traits *t)
{
    const design_style *style = &d->styles.v[style_i], *body = &d->styles.v[d->body];
    verdict v = judge_furniture(t);
    if (v.role != DESIGN_OTHER) return v;
    if (style_i == d->body) return (verdict){DESIGN_BODY, 1, BT_STR("most of the letters that stand in long lines")};
    if (design_is_body(d, style_i) && !t->over_body && !t->over_head)
        return (verdict){DESIGN_EMPHASIS, 0.5, BT_STR("the body's type in another colour")};
    if (style->size >= HEAD_SIZE * body->size) return judge_large(d, style, t);
    bool is_short = style->size > 1.04 * body->size && style->face->is_bold && t->n && 2 * t->long_lines < t->n;
    bool is_standfirst = !is_short && style->size > 1.04 * body->size && t->under_head && 2 * t->long_lines >= t->n;
    if (is_standfirst)
        return (verdict){DESIGN_STANDFIRST, part(t->under_head, t->n), BT_STR("several lines below a headline")};
    return judge_small(d, style, t);
}

/* --- leading, alignment, indent --- */

static void find_leading(bt_arena *arena, design *d, uint32_t style_i)
{
    design_style *style = &d->styles.v[style_i];
    design_values steps = {0};
    design_edges edges;
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->style_i != style_i || line->below == DESIGN_NONE) continue;
        const design_line *below = &d->lines.v[line->below];
        double step = below->baseline - line->baseline;
        if (below->style_i == style_i && step < 2 * style->size) design_value_add(arena, &steps, step);
    }
    design_find_edges(arena, &steps, 0.6, &edges);
    style->leading = edges.n ? edges.v[0].place : 0;
}

/* By where lines stand in their column, or on the page; a full line tells nothing. */
static void find_align(design *d, uint32_t style_i)
{
    design_style *style = &d->styles.v[style_i];
    uint32_t n[DESIGN_N_ALIGNS] = {0};
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->style_i != style_i) continue;
        bool is_in_column = line->column_i >= 0;
        double left = design_column_left(d, line->page_i, is_in_column ? (uint32_t)line->column_i : 0);
        double right = is_in_column ? left + d->columns.width : design_text_right(d, line->page_i);
        bool at_left = fabs(line->x0 - left) < 3, at_right = fabs(line->x1 - right) < 2;
        bool at_middle = fabs(line->x0 + line->x1 - left - right) < 4;
        design_align align = at_left && at_right ? DESIGN_JUSTIFY
                             : at_left           ? DESIGN_LEFT
                             : at_middle         ? DESIGN_CENTER
                             : at_right          ? DESIGN_RIGHT
                                                 : DESIGN_LEFT;
        n[align]++;
    }
    style->align = DESIGN_LEFT;
    for (int align = DESIGN_RIGHT; align <= DESIGN_CENTER; align++)
        if (n[align] > n[style->align]) style->align = (design_align)align;
    bool is_full = n[DESIGN_JUSTIFY] > 3 && n[DESIGN_JUSTIFY] > n[style->align];
    if (is_full || (style_i == d->body && d->columns.is_justified)) style->align = DESIGN_JUSTIFY;
}

/* By how much lines of the body stand to the right of the line below them. */
static void find_indent(bt_arena *arena, design *d)
{
    design_values indents = {0};
    design_edges edges;
    double size = d->styles.v[d->body].size;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->style_i != d->body || line->below == DESIGN_NONE || line->column_i < 0) continue;
        const design_line *below = &d->lines.v[line->below];
        if (below->style_i != d->body || below->baseline - line->baseline > 1.5 * d->grid.step) continue;
        double indent = line->x0 - below->x0;
        n++;
        if (indent > 0.4 * size && indent < 4 * size) design_value_add(arena, &indents, indent);
    }
    design_find_edges(arena, &indents, 0.5, &edges);
    if (edges.n && edges.v[0].n >= 2 && edges.v[0].n * 50 > n) d->first_indent = edges.v[0].place;
}

/* --- all styles --- */

/* The ranks of a role: 1 is the largest; sizes that differ by less than a tenth share one. */
static void rank_role(design *d, design_role role)
{
    for (uint32_t i = 0; i < d->styles.n; i++) {
        if (d->styles.v[i].role != role) continue;
        d->styles.v[i].rank = 1;
        for (uint32_t j = 0; j < d->styles.n; j++) {
            if (d->styles.v[j].role != role || d->styles.v[j].size < d->styles.v[i].size + 0.1) continue;
            bool is_first = true; /* of its size */
            for (uint32_t k = 0; k < j; k++)
                if (d->styles.v[k].role == role && fabs(d->styles.v[k].size - d->styles.v[j].size) < 0.1)
                    is_first = false;
            d->styles.v[i].rank += is_first;
        }
    }
}

/* Of two styles below pictures the one with fewer letters and smaller type is the credits'. */
static void tell_credits(design *d)
{
    const design_style *caption = NULL;
    for (uint32_t i = 0; i < d->styles.n; i++) {
        design_style *style = &d->styles.v[i];
        if (style->role != DESIGN_CAPTION) continue;
        if (!caption)
            caption = style;
        else if (style->size < caption->size - 0.3)
            style->role = DESIGN_CREDIT;
    }
}

static void judge_style(bt_arena *arena, bt_diags *diags, design *d, uint32_t style_i)
{
    enum { LEAST = 30, MOST = 97 };
    design_style *style = &d->styles.v[style_i];
    traits t = {0};
    for (uint32_t i = 0; i < d->lines.n; i++) {
        bt_arena_mark mark = bt_arena_set_mark(arena);
        if (d->lines.v[i].style_i == style_i) look_at_line(arena, d, i, &t);
        bt_arena_rewind(arena, mark);
    }
    verdict v = judge(d, style_i, &t);
    style->role = v.role;
    style->spans = 2 * t.wide > t.n;
    style->is_upper = 2 * t.upper > t.n_all;
    double width = t.upper_letters ? t.upper_width / t.upper_letters : 0;
    if (style->is_upper && width > CAPITAL + 0.03) style->tracking = fmin(0.3, round((width - CAPITAL) * 50) / 50);
    double few = t.n < 2 && style_i != d->body ? 0.7 : 1; /* one line proves little */
    if (v.role == DESIGN_BODY) v.share = part(style->n_long, style->n_letters);
    if (v.role >= DESIGN_TITLE && v.role <= DESIGN_MASTHEAD)
        style->confidence = d->masthead.confidence;
    else if (v.role != DESIGN_OTHER)
        style->confidence = (uint32_t)(LEAST + (MOST - LEAST) * fmin(1, v.share) * few);
    style->evidence = v.because.len ? bt_say(diags, v.because) : BT_STR("");
}

void design_find_roles(bt_arena *arena, bt_diags *diags, design *d)
{
    if (d->body == DESIGN_NONE) return;
    for (uint32_t i = 0; i < d->styles.n && !arena->failed; i++) {
        judge_style(arena, diags, d, i);
        find_leading(arena, d, i);
        find_align(d, i);
    }
    find_indent(arena, d);
    tell_credits(d);
    rank_role(d, DESIGN_HEADLINE);
    rank_role(d, DESIGN_SUBHEADING);
}
