/* columns.c - columns, gutter and side margins, from where the body's lines begin and end.
 *
 * Lines begin at the left edges of columns, or a little to the right of them (first lines, lists, boxes). Each pair of
 * edges is tried as a pitch, and the one to which most letters keep is the pages' own; what is set in other widths is a
 * band. Odd and even pages are looked at apart, since their margins mirror each other, and then put on one another.
 */
#include "check/design/design.h"

#include <math.h>

enum {
    MOST_COLUMNS = 8,
    LEAST_LETTERS = 6, /* of a line that says something about a measure */
    MOST_STARTS = 24,
    FEW_LINES = 40, /* that may all be short */
};
#define EDGE 0.8          /* [pt] edges of one column lie no further apart */
#define HANGS 4.0         /* [pt] by which marks may hang out of a column */
#define INDENTS 28.0      /* [pt] within which a line begins that belongs to a column */
#define LEAST_COLUMN 40.0 /* [pt] */
#define NEARLY 6.0        /* [pt] by which the longest of many ragged lines falls short at most */
#define LEAST_GUTTER 6.0  /* [pt] */

/* A line of the body, from the first column of its page. */
typedef struct span {
    double x0, x1;
    uint32_t n_letters;
    bool is_square; /* it ends with a letter or a figure, not with a mark that may hang out */
} span;

typedef BT_ARRAY(span) span_list;

/* Where columns may begin. */
typedef struct start_list {
    uint32_t n;
    design_edge v[MOST_STARTS];
} start_list;

/* A way to put the lines into columns. */
typedef struct fit {
    double left, pitch; /* pitch: of a single column, the width of the page */
    uint32_t count;
    double letters; /* that keep to it */
} fit;

static bool ends_square(const design *d, const design_line *line)
{
    const seen_page *page = &d->file->pages.v[line->page_i];
    if (line->line->word_end <= line->line->word_begin || line->line->word_end > page->words.n) return false;
    bt_str word = page->words.v[line->line->word_end - 1].text;
    unsigned char last = word.len ? (unsigned char)word.ptr[word.len - 1] : ' ';
    bool is_long_dash =
        word.len >= 3 && (unsigned char)word.ptr[word.len - 3] == 0xE2; /* dashes, quotation marks, dots */
    return last >= 0x80 ? !is_long_dash : (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') || last >= 'a';
}

static void collect_spans(bt_arena *arena, const design *d, uint32_t parity, bool all_styles, span_list *spans)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        const design_line *line = &d->lines.v[i];
        if (line->page_i % 2 != parity || line->n_letters < LEAST_LETTERS) continue;
        if (!all_styles && !design_is_body(d, line->style_i)) continue;
        span *one = BT_PUSH(arena, spans);
        if (one) *one = (span){line->x0, line->x1, line->n_letters, ends_square(d, line)};
    }
}

/* Of edges that lie close together, from i on, the leftmost that has a fair part of the lines: the others are indents.
 */
static uint32_t first_of_group(const design_edges *edges, uint32_t i)
{
    uint32_t most = 0, first = i;
    for (uint32_t j = i; j < edges->n && edges->v[j].place < edges->v[i].place + INDENTS; j++)
        most = edges->v[j].n > most ? edges->v[j].n : most;
    while (edges->v[first].n * 5 < most) first++;
    return first;
}

static void find_starts(bt_arena *arena, const span_list *spans, start_list *starts)
{
    design_values lefts = {0};
    design_edges edges;
    for (uint32_t i = 0; i < spans->n; i++) design_value_add(arena, &lefts, spans->v[i].x0);
    design_find_edges(arena, &lefts, EDGE, &edges);
    starts->n = 0;
    for (uint32_t i = 1; i < edges.n; i++)
        for (uint32_t j = i; j && edges.v[j].place < edges.v[j - 1].place; j--) {
            design_edge other = edges.v[j];
            edges.v[j] = edges.v[j - 1];
            edges.v[j - 1] = other;
        }
    uint32_t least = spans->n > 20 ? 2 + spans->n / 50 : 1;
    for (uint32_t i = 0, end; i < edges.n; i = end) {
        uint32_t first = first_of_group(&edges, i), total = 0;
        for (end = first; end < edges.n && edges.v[end].place < edges.v[first].place + INDENTS; end++)
            total += edges.v[end].n;
        if (total >= least && starts->n < MOST_STARTS) starts->v[starts->n++] = edges.v[first];
    }
}

static bool begins_at(const span *line, double left) { return line->x0 > left - HANGS && line->x0 < left + INDENTS; }

/* Letters of the lines that begin in a column and end before the next one. */
static double letters_kept(const span_list *spans, const fit *f)
{
    double letters = 0;
    for (uint32_t i = 0; i < spans->n; i++) {
        const span *line = &spans->v[i];
        double column = floor((line->x0 + HANGS - f->left) / f->pitch);
        if (column < 0 || column >= f->count || line->x0 > f->left + (column + 0.5) * f->pitch) continue;
        if (line->x1 < f->left + (column + 1) * f->pitch - 1) letters += line->n_letters;
    }
    return letters;
}

static bool has_start(const start_list *starts, double place)
{
    for (uint32_t i = 0; i < starts->n; i++)
        if (fabs(starts->v[i].place - place) < 2) return true;
    return false;
}

/* Tries the distance of two starts as a pitch. */
static void try_pitch(const span_list *spans, const start_list *starts, const fit *tried, fit *best)
{
    fit f = *tried;
    while (f.count < MOST_COLUMNS && has_start(starts, f.left + f.count * f.pitch)) f.count++;
    if (f.count < 2) return;
    f.letters = letters_kept(spans, &f);
    if (f.letters > best->letters * 1.02) *best = f;
}

/* A single column: lines that run across all other starts; where there are none, all lines. */
static fit single_column(const span_list *spans, const start_list *starts, double page_width)
{
    fit f = {.left = starts->v[0].place, .pitch = page_width, .count = 1};
    uint32_t most = 0;
    for (uint32_t i = 0; i < starts->n; i++) {
        if (starts->v[i].n < 2 * most) continue;
        most = starts->v[i].n;
        f.left = starts->v[i].place;
    }
    double other = 0;
    for (uint32_t i = 0; i < starts->n; i++)
        if (starts->v[i].place > f.left + LEAST_COLUMN && other == 0) other = starts->v[i].place;
    for (uint32_t i = 0; i < spans->n; i++)
        if (begins_at(&spans->v[i], f.left) && spans->v[i].x1 > other + 2) f.letters += spans->v[i].n_letters;
    return f;
}

static bool fit_columns(bt_arena *arena, const span_list *spans, double page_width, fit *best)
{
    start_list starts;
    find_starts(arena, spans, &starts);
    if (!starts.n) return false;
    *best = single_column(spans, &starts, page_width);
    for (uint32_t i = 0; i < starts.n && i < 4; i++)
        for (uint32_t j = i + 1; j < starts.n; j++) {
            fit tried = {starts.v[i].place, starts.v[j].place - starts.v[i].place, 1, 0};
            if (tried.pitch >= LEAST_COLUMN) try_pitch(spans, &starts, &tried, best);
        }
    return true;
}

/* How far lines reach into their columns, of those that keep to them; square: without those that may hang out. */
static void collect_reaches(bt_arena *arena, const span_list *spans, const fit *f, bool square, design_values *reaches)
{
    for (uint32_t i = 0; i < spans->n; i++) {
        const span *line = &spans->v[i];
        double column = floor((line->x0 + HANGS - f->left) / f->pitch), left = f->left + column * f->pitch;
        bool keeps = column >= 0 && column < f->count && line->x0 < left + INDENTS && line->x1 < left + f->pitch - 1;
        if (keeps && (line->is_square || !square)) design_value_add(arena, reaches, line->x1 - left);
    }
}

/* The right edge that lines share. */
static void find_width(bt_arena *arena, design_values *reaches, design_columns *columns)
{
    design_edges edges;
    design_find_edges(arena, reaches, EDGE, &edges);
    if (!edges.n) return;
    uint32_t n_long = 0;
    double longest = reaches->v[reaches->n - 1];
    for (uint32_t i = 0; i < reaches->n; i++) n_long += reaches->v[i] > 0.75 * longest;
    design_edge edge = edges.v[0];
    for (uint32_t i = 1; i < edges.n; i++)
        if (edges.v[i].n * 2 >= edges.v[0].n && edges.v[i].place > edge.place) edge = edges.v[i];
    columns->is_justified = edge.n * 10 >= n_long * 3 && edge.n >= 3;
    columns->width = edge.place;
}

/* What the longest of ragged lines come near. */
static void find_longest(const design_values *reaches, design_columns *columns)
{
    for (uint32_t i = reaches->n; i-- > 0;) {
        columns->width = reaches->v[i];
        if (i && reaches->v[i - 1] > reaches->v[i] - 3) break;
    }
}

/* A frame, an area or a rule that begins where a column does tells where that column ends, or the last one. */
static void note_end(bt_arena *arena, const seen_box *box, const fit *f, const design_columns *columns,
                     design_values *ends)
{
    double few = columns->n_lines < FEW_LINES ? f->pitch - LEAST_GUTTER : columns->width + NEARLY;
    double across = (f->count - 1) * f->pitch;
    for (uint32_t k = 0; k < f->count; k++) {
        double reach = box->x1 - f->left - k * f->pitch;
        if (fabs(box->x0 - f->left - k * f->pitch) > 1) continue;
        if (!k && reach > across + columns->width - 1) reach -= across;
        bool is_end = reach > columns->width - 1 && (f->count == 1 ? reach < columns->width + NEARLY : reach < few);
        if (is_end) design_value_add(arena, ends, reach);
    }
}

/* What is drawn tells of ragged columns, and where there are few lines. */
static void widen_to_frames(bt_arena *arena, const design *d, const fit fits[2], design_columns *columns)
{
    design_values ends = {0};
    for (uint32_t i = 0; i < d->frames.n; i++)
        note_end(arena, &d->frames.v[i].box, &fits[d->frames.v[i].page_i % 2], columns, &ends);
    for (uint32_t i = 0; i < d->file->pages.n; i++) {
        const seen_page *page = &d->file->pages.v[i];
        for (uint32_t j = 0; j < page->paths.n; j++) {
            const seen_path *path = &page->paths.v[j];
            bool is_flat = path->kind == SEEN_RULE || path->kind == SEEN_AREA;
            if (is_flat && !path->is_hidden) note_end(arena, &path->box, &fits[i % 2], columns, &ends);
        }
    }
    design_edges edges;
    design_find_edges(arena, &ends, EDGE, &edges);
    if (edges.n && edges.v[0].n >= 2) columns->width = edges.v[0].place;
}

static void find_ragged_width(bt_arena *arena, design *d, const span_list *all, const fit fits[2], const fit *joint)
{
    design_values square = {0};
    design_edges edges;
    collect_reaches(arena, all, joint, true, &square);
    design_find_edges(arena, &square, EDGE, &edges); /* sorts them */
    find_longest(&square, &d->columns);
    widen_to_frames(arena, d, fits, &d->columns);
}

/* Lines that begin with a column and go beyond it, by how many columns would be as wide as they are. */
static void find_bands(bt_arena *arena, design *d, const span_list *spans, const fit *f)
{
    double text = (f->count - 1) * f->pitch + d->columns.width;
    uint32_t n[MOST_COLUMNS + 1] = {0};
    for (uint32_t i = 0; i < spans->n; i++) {
        const span *line = &spans->v[i];
        if (line->x1 - line->x0 < LEAST_COLUMN) continue;
        for (uint32_t k = 1; k <= MOST_COLUMNS; k++) {
            double width = (text - (k - 1) * d->columns.gutter) / k, pitch = width + d->columns.gutter;
            double column = floor((line->x0 + HANGS - f->left) / pitch);
            bool is_full = fabs(line->x0 - f->left - column * pitch) < 1 && fabs(line->x1 - line->x0 - width) < 1.5;
            if (k == f->count || !is_full || column < 0 || column >= k) continue;
            n[k]++;
            break;
        }
    }
    for (uint32_t k = 1; k <= MOST_COLUMNS; k++) {
        double width = (text - (k - 1) * d->columns.gutter) / k;
        if (n[k] < 3 || n[k] * 100 < spans->n || width < LEAST_COLUMN) continue;
        design_band *band = BT_PUSH(arena, &d->bands);
        if (band) *band = (design_band){k, width, n[k]};
    }
}

double design_column_left(const design *d, uint32_t page_i, uint32_t column_i)
{
    return d->left[page_i % 2] + column_i * (d->columns.width + d->columns.gutter);
}

double design_text_right(const design *d, uint32_t page_i)
{
    return design_column_left(d, page_i, d->columns.count - 1) + d->columns.width;
}

static void put_lines_in_columns(design *d)
{
    for (uint32_t i = 0; i < d->lines.n; i++) {
        design_line *line = &d->lines.v[i];
        for (uint32_t k = 0; k < d->columns.count; k++) {
            double left = design_column_left(d, line->page_i, k);
            if (line->x0 > left - HANGS && line->x1 < left + d->columns.width + HANGS + 2) line->column_i = (int32_t)k;
        }
    }
}

/* Both sides of a spread on one another: the lines of even pages are moved onto those of odd ones. */
static void join_sides(bt_arena *arena, const span_list sides[2], const fit fits[2], span_list *all)
{
    for (uint32_t side = 0; side < 2; side++)
        for (uint32_t i = 0; i < sides[side].n; i++) {
            span *one = BT_PUSH(arena, all);
            if (!one) return;
            *one = sides[side].v[i];
            one->x0 -= fits[side].left;
            one->x1 -= fits[side].left;
        }
}

static void set_margins(design *d, const fit fits[2])
{
    for (uint32_t side = 0; side < 2; side++) {
        if (!d->has_side[side]) continue;
        d->left[side] = fits[side].left;
        d->right[side] = d->width - design_text_right(d, side);
    }
    for (uint32_t side = 0; side < 2; side++) {
        if (d->has_side[side]) continue;
        d->left[side] = d->left[1 - side];
        d->right[side] = d->right[1 - side];
    }
    bool mirrors = fabs(d->left[0] - d->right[1]) < 3 && fabs(d->right[0] - d->left[1]) < 3;
    d->is_facing = d->has_side[0] && d->has_side[1] && mirrors && fabs(d->left[0] - d->left[1]) > 1.5;
}

void design_find_columns(bt_arena *arena, design *d)
{
    span_list sides[2] = {{0}, {0}}, all = {0};
    fit fits[2], joint;
    memset(fits, 0, sizeof fits);
    for (uint32_t side = 0; side < 2; side++) {
        collect_spans(arena, d, side, false, &sides[side]);
        if (!sides[side].n) collect_spans(arena, d, side, true, &sides[side]);
        d->has_side[side] = fit_columns(arena, &sides[side], d->width, &fits[side]);
    }
    d->columns.count = 1;
    join_sides(arena, sides, fits, &all);
    if (!fit_columns(arena, &all, d->width, &joint)) return;
    design_values reaches = {0};
    collect_reaches(arena, &all, &joint, false, &reaches);
    d->columns.count = joint.count;
    d->columns.n_lines = all.n;
    d->columns.share = all.n ? (double)reaches.n / all.n : 0;
    for (uint32_t side = 0; side < 2; side++) {
        fits[side].left += joint.left;
        fits[side].count = joint.count;
        fits[side].pitch = joint.pitch;
    }
    find_width(arena, &reaches, &d->columns);
    if (!d->columns.is_justified) find_ragged_width(arena, d, &all, fits, &joint);
    d->columns.gutter = joint.count > 1 ? fmax(0, joint.pitch - d->columns.width) : 0;
    find_bands(arena, d, &all, &joint);
    set_margins(d, fits);
    put_lines_in_columns(d);
}
