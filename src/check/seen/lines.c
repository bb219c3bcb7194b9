/* lines.c - which gaps are word spaces, and which are gutters.
 *
 * Justified type in narrow columns has wide word spaces, and some gutters are hardly wider. So only what is surely one
 * or the other goes by its width alone, against the size of the type beside it:
 *
 *     below 0.8 em    a word space
 *     above 2.5 em    a gutter
 *
 * Between these the rows above and below decide. A gutter is a white strip with text on both sides: it goes on through
 * at least two rows more on either side, above and below taken together; or through one more and stays wider than
 * 1.2 em. (Two columns need not share their baselines: then a row stands on one side only.) A word space is crossed by
 * the next row. Where there is nothing to go by (a headline alone, a line of a head) it is a gutter above 1.5 em. What
 * follows the mark of a list belongs to it, up to 1.3 em away. Of spaced letters, as much as these are spaced does not
 * count.
 */
#include "check/seen/words_int.h"

#include <math.h>

#define WIDEST_SPACE 2.5
#define NARROWEST_GUTTER 0.8
#define GUTTER_BY_ONE 1.2
#define GUTTER_BY_NONE 1.5
#define STRIP_LEAST 0.6   /* [em] of a strip that must be white in all rows */
#define STRIP_REACH 4.0   /* [em] from a row to the next that counts */
#define BESIDE_WITHIN 3.0 /* [em] from the strip, for text to stand beside it */
#define LIST_MARK_SPACE 1.3

enum { MOST_LINES_TRIED = 8, LIST_MARK_SPOTS = 4, ENOUGH_ROWS = 2 };

typedef struct strip_walk {
    double begin, end; /* what is white in all rows so far */
    double em;
    uint32_t n_left, n_right; /* rows on either side of it */
    bool is_crossed;
} strip_walk;

/* The last of the row's pieces that begins at u or before; NULL: none. */
static const seen_piece *last_before(const seen_row *row, double u)
{
    uint32_t begin = 0, end = row->pieces.n;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (row->pieces.v[middle].u0 <= u)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin ? &row->pieces.v[begin - 1] : NULL;
}

/* false: the strip ends before this row. */
static bool walk_row(strip_walk *walk, const seen_row *row)
{
    const double middle = (walk->begin + walk->end) / 2;
    const seen_piece *left = last_before(row, middle), *end = row->pieces.v + row->pieces.n;
    const seen_piece *right = left ? left + 1 : row->pieces.v;
    if (left && left->u1 > middle) {
        walk->is_crossed = true;
        return false;
    }
    double begin = left ? fmax(walk->begin, left->u1) : walk->begin;
    double stop = right < end ? fmin(walk->end, right->u0) : walk->end;
    if (stop - begin < STRIP_LEAST * walk->em) {
        walk->is_crossed = true;
        return false;
    }
    const double near = BESIDE_WITHIN * walk->em;
    walk->n_left += left && left->u1 > walk->begin - near;
    walk->n_right += right < end && right->u0 < walk->end + near;
    walk->begin = begin;
    walk->end = stop;
    return true;
}

static strip_walk walk_strip(const seen_maker *m, const seen_row *row, const seen_piece *left, const seen_piece *right,
                             int way)
{
    strip_walk walk = {left->u1, right->u0, fmin(left->size, right->size), 0, 0, false};
    const seen_row *first = m->rows.v, *end = first + m->rows.n;
    const seen_row *last = row;
    for (const seen_row *next = row + way; next >= first && next < end && next->kind == row->kind; next += way) {
        if (!next->pieces.n) continue;
        if (fabs(next->v0 - last->v0) > STRIP_REACH * walk.em) break;
        if (walk.n_left >= ENOUGH_ROWS && walk.n_right >= ENOUGH_ROWS) break;
        if (!walk_row(&walk, next)) break;
        last = next;
    }
    return walk;
}

/* "1.", "a)", a bullet: short, and no number or letter at its end, as in the cells of a table. */
static bool is_list_mark(const seen_maker *m, const seen_strip *line)
{
    const seen_piece *piece = line->pieces.v[0];
    if (line->pieces.n > 1 || piece->n_spots > LIST_MARK_SPOTS) return false;
    bt_str text = m->spots.v[piece->last].text;
    char last = text.len == 1 ? text.ptr[0] : '.';
    return !(last >= '0' && last <= '9') && !((last | 0x20) >= 'a' && (last | 0x20) <= 'z');
}

static bool is_gutter(const seen_maker *m, const seen_strip *line, const seen_piece *right)
{
    const seen_piece *left = line->pieces.v[line->pieces.n - 1];
    const double em = fmin(left->size, right->size), width = (right->u0 - left->u1) / em - 2 * left->track;
    if (width < NARROWEST_GUTTER) return false;
    if (width > WIDEST_SPACE) return true;
    if (width < LIST_MARK_SPACE && is_list_mark(m, line)) return false;
    const strip_walk above = walk_strip(m, line->row, left, right, -1),
                     below = walk_strip(m, line->row, left, right, 1);
    const uint32_t n_left = above.n_left + below.n_left, n_right = above.n_right + below.n_right;
    if (n_left >= ENOUGH_ROWS && n_right >= ENOUGH_ROWS) return true;
    const double strip = fmin(above.end, below.end) - fmax(above.begin, below.begin);
    if (n_left && n_right) return strip > GUTTER_BY_ONE * em;
    return width > GUTTER_BY_NONE && !(above.is_crossed && below.is_crossed);
}

static bool goes_on(const seen_maker *m, const seen_strip *line, const seen_piece *piece)
{
    const seen_piece *left = line->pieces.v[line->pieces.n - 1];
    if (left->chain_i != piece->chain_i && piece->u0 < left->u1) return false;
    bool is_on_baseline = left->v >= line->row->v0 && left->v <= line->row->v1 && piece->v >= line->row->v0 &&
                          piece->v <= line->row->v1; /* not a note mark */
    if (is_on_baseline && fmax(left->size, piece->size) > SEEN_OTHER_SIZE * fmin(left->size, piece->size)) return false;
    return !is_gutter(m, line, piece);
}

static bool cut_lines(seen_maker *m, const seen_row *row)
{
    const uint32_t begin = m->strips.n;
    for (uint32_t i = 0; i < row->pieces.n; i++) {
        const seen_piece *piece = &row->pieces.v[i];
        seen_strip *line = NULL;
        if (piece->is_taken) continue;
        for (uint32_t k = m->strips.n; k > begin && !line && m->strips.n - k < MOST_LINES_TRIED; k--)
            if (goes_on(m, &m->strips.v[k - 1], piece)) line = &m->strips.v[k - 1];
        if (!line) {
            line = BT_PUSH(m->arena, &m->strips);
            if (line) line->row = row;
        }
        const seen_piece **room = line ? BT_PUSH(m->arena, &line->pieces) : NULL;
        if (!room) return false;
        *room = piece;
    }
    return true;
}

bool seen_make_lines(seen_maker *m)
{
    for (uint32_t i = 0; i < m->rows.n; i++)
        if (!cut_lines(m, &m->rows.v[i])) return false;
    return true;
}
