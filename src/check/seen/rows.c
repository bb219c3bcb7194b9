/* rows.c - glyphs of one angle on one baseline, from left to right. */
#include "check/seen/font_int.h"
#include "check/seen/words_int.h"

#include <math.h>
#include <stdlib.h>

enum { TENTHS = 10, HIDDEN = 100000 }; /* of a kind: tenths of a degree, and the rest */
enum { MOST_AT_ONE_PLACE = 256 };      /* glyphs near one place that are held against each other */
#define ROW_TOLERANCE 0.06             /* [em] by which baselines of a row may differ, one from the next */
#define ROW_TOLERANCE_LEAST 0.1        /* [pt] */
#define TWICE_WITHIN 0.1               /* [em] within which the same glyph again is a bolder one */

/* A glyph without text is no space: the text of a ligature may stand with the glyph before. */
static bool is_white(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ') return false;
    return text.len > 0;
}

static int32_t kind_of(const seen_glyph *g)
{
    double degrees = g->uy == 0 && g->ux > 0 ? 0 : atan2(g->uy, g->ux) * 180 / 3.14159265358979323846;
    return (int32_t)lround(degrees * TENTHS) + (g->is_hidden ? HIDDEN : 0);
}

/* A mark belongs to the letter that was shown just before, if it stands over it. */
static bool joins_letter(const seen_spot *letter, const seen_spot *mark)
{
    const double reach = 0.3 * letter->size;
    return letter->kind == mark->kind && !letter->is_space && mark->u0 > letter->u0 - reach &&
           mark->u1 < letter->u1 + reach && fabs(mark->v - letter->v) < letter->size;
}

static bool add_spots(seen_maker *m)
{
    int32_t last_kind = 0;
    double along_x = 1, along_y = 0;
    for (uint32_t i = 0; i < m->r->glyphs.n; i++) {
        const seen_glyph *g = &m->r->glyphs.v[i];
        seen_spot spot = {
            .size = g->size, .text = g->text, .glyph_i = i, .n_glyphs = 1, .next = SEEN_NO_SPOT, .kind = kind_of(g)};
        if (spot.kind != last_kind) {
            seen_way_of_kind(spot.kind, &along_x, &along_y);
            last_kind = spot.kind;
        }
        const double begin = g->x * along_x + g->y * along_y, end = begin + g->dx * along_x + g->dy * along_y;
        spot.u0 = fmin(begin, end);
        spot.u1 = fmax(begin, end);
        spot.v = g->y * along_x - g->x * along_y;
        spot.is_space = is_white(g->text);
        seen_spot *before = m->spots.n ? &m->spots.v[m->spots.n - 1] : NULL;
        if (before && seen_begins_with_mark(g->text) && joins_letter(before, &spot)) {
            before->n_glyphs++;
            continue;
        }
        seen_spot *room = BT_PUSH(m->arena, &m->spots);
        if (!room) return false;
        *room = spot;
    }
    return true;
}

static int compare_numbers(double a, double b) { return (a > b) - (a < b); }

/* Of two at one place, that is first which reads first, so that it is all one which was painted first. */
static int compare_at_place(const seen_spot *one, const seen_spot *other)
{
    int by_end = compare_numbers(one->u1, other->u1);
    if (by_end) return by_end;
    int by_size = compare_numbers(one->size, other->size);
    if (by_size) return by_size;
    int by_text = bt_str_compare(one->text, other->text);
    return by_text ? by_text : (one->glyph_i > other->glyph_i) - (one->glyph_i < other->glyph_i);
}

static int compare_by_height(const void *a, const void *b)
{
    const seen_spot *one = a, *other = b;
    if (one->kind != other->kind) return one->kind < other->kind ? -1 : 1;
    int by_v = compare_numbers(one->v, other->v);
    if (by_v) return by_v;
    int by_u = compare_numbers(one->u0, other->u0);
    return by_u ? by_u : compare_at_place(one, other);
}

static int compare_along(const void *a, const void *b)
{
    const seen_spot *one = a, *other = b;
    int by_u = compare_numbers(one->u0, other->u0);
    if (by_u) return by_u;
    int by_v = compare_numbers(one->v, other->v);
    return by_v ? by_v : compare_at_place(one, other);
}

static void sort_spots(seen_spot *spots, uint32_t n, int (*compare)(const void *, const void *))
{
    bool is_sorted = true;
    for (uint32_t i = 1; i < n && is_sorted; i++) is_sorted = compare(&spots[i - 1], &spots[i]) <= 0;
    if (!is_sorted) qsort(spots, n, sizeof *spots, compare);
}

/* Baselines of one line differ by roundings only. Those of one row may drift, as in type that is a little turned, but
 * not by more than a few times as much. */
static bool begins_row(const seen_row *row, const seen_spot *before, const seen_spot *spot)
{
    enum { DRIFT = 2 };
    double tolerance = fmax(ROW_TOLERANCE_LEAST, ROW_TOLERANCE * fmin(before->size, spot->size));
    return row->kind != spot->kind || spot->v - before->v > tolerance || spot->v - row->v0 > DRIFT * tolerance;
}

static bool cut_rows(seen_maker *m)
{
    seen_row *row = NULL;
    for (uint32_t i = 0; i < m->spots.n; i++) {
        const seen_spot *spot = &m->spots.v[i];
        if (!row || begins_row(row, spot - 1, spot)) {
            row = BT_PUSH(m->arena, &m->rows);
            if (!row) return false;
            *row = (seen_row){.kind = spot->kind, .v0 = spot->v, .spot_begin = i};
        }
        row->v1 = spot->v;
        row->spot_end = i + 1;
        row->tallest = fmax(row->tallest, spot->size);
    }
    return true;
}

/* --- what is painted twice --- */

/* One of two stands for both: that on top if they are painted unlike; else that on the left, so that it is all one
 * which was painted first. */
static void drop_one(const seen_maker *m, seen_spot *left, seen_spot *right)
{
    const seen_glyph *a = &m->r->glyphs.v[left->glyph_i], *b = &m->r->glyphs.v[right->glyph_i];
    bool are_alike = a->paint == b->paint && a->face == b->face && a->mode == b->mode;
    if (are_alike || left->glyph_i > right->glyph_i)
        right->is_gone = true;
    else
        left->is_gone = true;
}

static bool is_same_glyph(const seen_spot *a, const seen_spot *b)
{
    return !a->is_gone && !b->is_gone && !a->is_space && fabs(a->size - b->size) < TWICE_WITHIN * a->size &&
           fabs(a->u0 - b->u0) < TWICE_WITHIN * a->size && fabs(a->v - b->v) < TWICE_WITHIN * a->size &&
           bt_str_equal(a->text, b->text);
}

static void drop_twice_in_row(seen_maker *m, const seen_row *row)
{
    for (uint32_t i = row->spot_begin; i < row->spot_end; i++) {
        seen_spot *a = &m->spots.v[i];
        for (uint32_t k = i + 1; k < row->spot_end && k - i < MOST_AT_ONE_PLACE && !a->is_gone; k++) {
            if (m->spots.v[k].u0 - a->u0 > TWICE_WITHIN * a->size) break;
            if (is_same_glyph(a, &m->spots.v[k])) drop_one(m, a, &m->spots.v[k]);
        }
    }
}

static void drop_twice_in_rows(seen_maker *m, const seen_row *above, const seen_row *below)
{
    uint32_t begin = below->spot_begin;
    for (uint32_t i = above->spot_begin; i < above->spot_end; i++) {
        seen_spot *a = &m->spots.v[i];
        if (a->is_gone || below->v0 - a->v > TWICE_WITHIN * a->size) continue;
        while (begin < below->spot_end && m->spots.v[begin].u0 < a->u0 - TWICE_WITHIN * above->tallest) begin++;
        for (uint32_t k = begin; k < below->spot_end && k - begin < MOST_AT_ONE_PLACE && !a->is_gone; k++) {
            seen_spot *b = &m->spots.v[k];
            if (b->u0 > a->u0 + TWICE_WITHIN * a->size) break;
            if (is_same_glyph(a, b)) drop_one(m, a->u0 <= b->u0 ? a : b, a->u0 <= b->u0 ? b : a);
        }
    }
}

bool seen_make_rows(seen_maker *m)
{
    if (!add_spots(m)) return false;
    sort_spots(m->spots.v, m->spots.n, compare_by_height);
    if (!cut_rows(m)) return false;
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const seen_row *row = &m->rows.v[i];
        sort_spots(m->spots.v + row->spot_begin, row->spot_end - row->spot_begin, compare_along);
        drop_twice_in_row(m, row);
    }
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const seen_row *row = &m->rows.v[i];
        for (uint32_t k = i + 1; k < m->rows.n && m->rows.v[k].kind == row->kind; k++) {
            if (m->rows.v[k].v0 - row->v1 > TWICE_WITHIN * row->tallest) break;
            drop_twice_in_rows(m, row, &m->rows.v[k]);
        }
    }
    return true;
}

void seen_way_of_kind(int32_t kind, double *x, double *y)
{
    double degrees = seen_angle_of_kind(kind);
    *x = degrees == 0 ? 1 : cos(degrees * 3.14159265358979323846 / 180); /* exact where it is level */
    *y = degrees == 0 ? 0 : sin(degrees * 3.14159265358979323846 / 180);
}

double seen_angle_of_kind(int32_t kind) { return (double)(kind > HIDDEN / 2 ? kind - HIDDEN : kind) / TENTHS; }
