/* lines.c - all lines of all pages as one list, and the styles that they are set in. */
#include "check/design/design.h"

#include <math.h>
#include <stdlib.h>

enum {
    MOST_STYLES = 400,   /* that are told apart; a design has some thirty */
    LONG_LINE = 18,      /* letters that make a line look like running text */
    HIDDEN_RENDERING = 3 /* Tr */
};
#define SAME_SIZE 0.06  /* [pt] producers round sizes */
#define SAME_COLOR 0.01 /* of each ink */

typedef struct collector {
    bt_arena *arena;
    design *d;
    uint32_t last;              /* the style that was met last: the next run nearly always has it too */
    uint32_t n_of[MOST_STYLES]; /* letters of the line at hand */
} collector;

static const seen_color no_color = {.space = SEEN_GRAY, .n = 1};

static bool ends_with(bt_str *name, const char *tail)
{
    bt_str end = bt_str_of(tail);
    if (name->len <= end.len || !bt_str_ends(*name, end)) return false;
    name->len -= end.len;
    return true;
}

/* "NotoSerif-BoldItalic" is of "NotoSerif", "TimesNewRomanPS-BoldMT" of "TimesNewRoman". */
static bt_str family_of(bt_str name)
{
    static const char *const tails[] = {"-",       ",",    "Regular", "Roman",  "Book",  "Bold", "Italic",
                                        "Oblique", "Medi", "Normal",  "PSMT",   "MT",    "PS",   "Ital",
                                        "Light",   "Semi", "Demi",    "Medium", "Black", "Extra"};
    bool has_dash = false;
    for (size_t i = 0; i < name.len; i++) has_dash = has_dash || name.ptr[i] == '-' || name.ptr[i] == ',';
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof tails / sizeof *tails && !again; i++) {
            bool is_word = i >= 2 && (tails[i][0] != 'P' && tails[i][0] != 'M');
            bool is_style = has_dash || !is_word;
            if (is_style) again = ends_with(&name, tails[i]);
            if (again && i < 2) has_dash = false;
        }
    }
    return name;
}

static bool is_style(const design_style *style, const seen_run *run, const seen_color *color)
{
    return fabs(style->size - run->size) <= SAME_SIZE && bt_str_equal(style->face->name, run->face->name) &&
           seen_color_equal(&style->color, color, SAME_COLOR);
}

/* The style of a run; DESIGN_NONE when there are too many. */
static uint32_t style_of(collector *c, const seen_run *run)
{
    design *d = c->d;
    const seen_color *color = run->paint && run->paint->fill ? run->paint->fill : &no_color;
    if (c->last < d->styles.n && is_style(&d->styles.v[c->last], run, color)) return c->last;
    for (uint32_t i = 0; i < d->styles.n; i++)
        if (is_style(&d->styles.v[i], run, color)) return c->last = i;
    if (d->styles.n == MOST_STYLES) return DESIGN_NONE;
    design_style *style = BT_PUSH(c->arena, &d->styles);
    if (!style) return DESIGN_NONE;
    *style =
        (design_style){.face = run->face, .family = family_of(run->face->name), .size = run->size, .color = *color};
    return c->last = d->styles.n - 1;
}

bool design_is_on_page(const seen_page *page, const seen_box *box)
{
    double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    return x >= 0 && y >= 0 && x <= page->width && y <= page->height;
}

/* Counts the letters of a word under their styles. */
static uint32_t count_word(collector *c, const seen_page *page, const seen_word *word)
{
    uint32_t n = 0;
    for (uint32_t i = word->run_begin; i < word->run_end && i < page->runs.n; i++) {
        const seen_run *run = &page->runs.v[i];
        if (run->render_mode == HIDDEN_RENDERING || !run->face) continue;
        uint32_t style = style_of(c, run), letters = (uint32_t)bt_utf8_count(run->text);
        if (style == DESIGN_NONE) continue;
        c->n_of[style] += letters;
        n += letters;
    }
    return n;
}

static void add_line(collector *c, uint32_t page_i, const seen_line *seen)
{
    design *d = c->d;
    const seen_page *page = &d->file->pages.v[page_i];
    memset(c->n_of, 0, sizeof c->n_of);
    design_line line = {.line = seen, .page_i = page_i, .baseline = seen->baseline, .column_i = -1};
    line.above = line.below = DESIGN_NONE;
    bool is_empty = true;
    for (uint32_t i = seen->word_begin; i < seen->word_end && i < page->words.n; i++) {
        const seen_word *word = &page->words.v[i];
        if (word->is_hidden || fabs(word->angle) > 0.5) continue;
        uint32_t n = count_word(c, page, word);
        if (!n) continue;
        line.n_letters += n;
        line.x0 = is_empty || word->x0 < line.x0 ? word->x0 : line.x0;
        line.x1 = is_empty || word->x1 > line.x1 ? word->x1 : line.x1;
        is_empty = false;
    }
    if (is_empty) return;
    for (uint32_t i = 0; i < d->styles.n; i++) {
        if (c->n_of[i] > c->n_of[line.style_i]) line.style_i = i;
        d->styles.v[i].n_letters += c->n_of[i];
        if (line.n_letters >= LONG_LINE) d->styles.v[i].n_long += c->n_of[i];
    }
    design_line *place = BT_PUSH(c->arena, &d->lines);
    if (place) *place = line;
}

/* A style and where it stood before it was sorted. */
typedef struct sorted_style {
    design_style style;
    uint32_t i;
} sorted_style;

static int compare_styles(const void *a, const void *b)
{
    const sorted_style *one = a, *other = b;
    if (one->style.n_letters != other->style.n_letters) return one->style.n_letters < other->style.n_letters ? 1 : -1;
    int order = bt_str_compare(one->style.face->name, other->style.face->name);
    if (!order) order = (one->style.size > other->style.size) - (one->style.size < other->style.size);
    return order ? order : (one->i > other->i) - (one->i < other->i);
}

static void sort_styles(bt_arena *arena, design *d)
{
    uint32_t n = d->styles.n;
    sorted_style *sorted = BT_NEW_ARRAY(arena, n, sorted_style);
    uint32_t *place = BT_NEW_ARRAY(arena, n, uint32_t);
    if (!sorted || !place || !n) return;
    for (uint32_t i = 0; i < n; i++) sorted[i] = (sorted_style){d->styles.v[i], i};
    qsort(sorted, n, sizeof *sorted, compare_styles);
    for (uint32_t i = 0; i < n; i++) {
        d->styles.v[i] = sorted[i].style;
        place[sorted[i].i] = i;
    }
    for (uint32_t i = 0; i < d->lines.n; i++) d->lines.v[i].style_i = place[d->lines.v[i].style_i];
}

/* Whether line j stands below line i: lower, and with a part of its measure. */
static bool is_below(const design_line *i, const design_line *j)
{
    double overlap = fmin(i->x1, j->x1) - fmax(i->x0, j->x0);
    return j->baseline > i->baseline + 1 && overlap > 0.3 * fmin(i->x1 - i->x0, j->x1 - j->x0);
}

/* Lines come from the top, so the first that lies below is the nearest. */
static void find_neighbours(design *d)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        design_line *line = &d->lines.v[i];
        for (uint32_t j = i + 1; j < d->lines.n && d->lines.v[j].page_i == line->page_i; j++) {
            if (!is_below(line, &d->lines.v[j])) continue;
            line->below = j;
            if (d->lines.v[j].above == DESIGN_NONE || d->lines.v[d->lines.v[j].above].baseline < line->baseline)
                d->lines.v[j].above = i;
            break;
        }
    }
}

static int compare_lines(const void *a, const void *b)
{
    const design_line *one = a, *other = b;
    if (one->page_i != other->page_i) return one->page_i < other->page_i ? -1 : 1;
    int order = (one->baseline > other->baseline) - (one->baseline < other->baseline);
    if (!order) order = (one->x0 > other->x0) - (one->x0 < other->x0);
    return order ? order : (one->line > other->line) - (one->line < other->line);
}

static void count_lines(design *d)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        design_style *style = &d->styles.v[line->style_i];
        if (!style->n_lines) style->first_page_i = line->page_i;
        if (!style->n_lines || style->last_page_i != line->page_i) style->n_pages++;
        style->last_page_i = line->page_i;
        style->n_lines++;
    }
}

/* The body: face and size that most letters of long lines have, in whatever colours; of all letters where no line is
 * long. */
static void find_body(design *d)
{
    uint32_t most = 0, most_of_all = 0, of_all = DESIGN_NONE;
    d->body = DESIGN_NONE;
    for (uint32_t i = 0; i < d->styles.n; i++) {
        uint32_t n = 0, all = 0;
        for (uint32_t j = 0; j < d->styles.n; j++) {
            const design_style *one = &d->styles.v[i], *other = &d->styles.v[j];
            bool is_same =
                fabs(one->size - other->size) <= SAME_SIZE && bt_str_equal(one->face->name, other->face->name);
            n += is_same ? other->n_long : 0;
            all += is_same ? other->n_letters : 0;
        }
        if (n > most) d->body = i;
        if (all > most_of_all) of_all = i;
        most = n > most ? n : most;
        most_of_all = all > most_of_all ? all : most_of_all;
    }
    if (d->body == DESIGN_NONE) d->body = of_all;
}

bool design_is_body(const design *d, uint32_t style_i)
{
    if (d->body == DESIGN_NONE) return false;
    const design_style *body = &d->styles.v[d->body], *style = &d->styles.v[style_i];
    return style_i == d->body ||
           (fabs(body->size - style->size) <= SAME_SIZE && bt_str_equal(body->face->name, style->face->name));
}

void design_collect(bt_arena *arena, design *d)
{
    collector *c = BT_NEW(arena, collector);
    if (!c) return;
    *c = (collector){.arena = arena, .d = d, .last = DESIGN_NONE};
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->lines.n; j++)
            if (design_is_on_page(page, &page->lines.v[j].box)) add_line(c, i, &page->lines.v[j]);
    }
    sort_styles(arena, d);
    if (d->lines.n) qsort(d->lines.v, d->lines.n, sizeof *d->lines.v, compare_lines);
    find_neighbours(d);
    count_lines(d);
    find_body(d);
}

bt_str design_line_text(bt_arena *arena, const design *d, const design_line *line)
{
    const seen_page *page = &d->file->pages.v[line->page_i];
    bt_buf text = bt_buf_in(arena);
    for (uint32_t i = line->line->word_begin; i < line->line->word_end && i < page->words.n; i++) {
        if (text.bytes.n) bt_buf_add_char(&text, ' ');
        bt_buf_add(&text, page->words.v[i].text);
    }
    return bt_buf_str(&text);
}
