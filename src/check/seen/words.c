/* words.c - words: the glyphs of a row with no gap between them that a space could be.
 *
 * A gap parts two words when it is wider, by about a seventh of an em, than the gaps between the letters around it: the
 * letters of a headline may be spaced. Where the file has a space as a glyph, less will do; a space without any gap is
 * none. Changes of face, size and colour part nothing.
 */
#include "check/seen/font_int.h"
#include "check/seen/words_int.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define WORD_GAP 0.15        /* [em] that part words */
#define WORD_GAP_SPACE 0.03  /* the same where the file has a space */
#define LEAST_TRACKING 0.1   /* [em] by which letters are spaced to be seen; less justifies a line */
#define WIDEST_TRACKING 0.6  /* [em] by which letters may be spaced */
#define TRACKING_SPREAD 0.06 /* [em] by which the gaps of spaced letters may differ */
#define CHAIN_GAP 2.5        /* [em] over which letters have nothing to do with each other */

enum { MOST_CHAINS_TRIED = 8, TRACKING_REACH = 6, TRACKING_LEAST = 2 };

/* Spots that follow each other. Nearly every row has one, and where text lies over other text two. */
typedef struct chain {
    uint32_t first, last;
    double end; /* of what reaches farthest: not always the last */
} chain;

typedef struct gap {
    double width; /* [em] */
    bool has_space;
} gap;

typedef BT_ARRAY(gap) gaps;

/* --- chains --- */

static double em_between(const seen_spot *a, const seen_spot *b) { return fmin(a->size, b->size); }

/* Kerning may draw letters over each other, by less than half of the narrower one; marks stand anywhere. */
static bool may_follow(const seen_maker *m, const chain *c, const seen_spot *spot)
{
    const seen_spot *last = &m->spots.v[c->last];
    const double em = em_between(last, spot), width = fmin(last->u1 - last->u0, spot->u1 - spot->u0);
    const double space = spot->u0 - c->end;
    if (space > CHAIN_GAP * em || fmax(last->size, spot->size) > SEEN_OTHER_SIZE * em) return false;
    if (space >= -0.4 * width - 0.05 * em) return true;
    return seen_begins_with_mark(spot->text) && space > -em;
}

/* The chain whose end is nearest. */
static chain *chain_of(const seen_maker *m, chain *chains, uint32_t n, const seen_spot *spot)
{
    chain *best = NULL;
    double nearest = HUGE_VAL;
    for (uint32_t i = n; i > 0 && n - i < MOST_CHAINS_TRIED; i--) {
        double distance = fabs(spot->u0 - chains[i - 1].end);
        if (distance < nearest && may_follow(m, &chains[i - 1], spot)) {
            best = &chains[i - 1];
            nearest = distance;
        }
    }
    return best;
}

/* --- gaps --- */

static int compare_gaps(double a, double b) { return (a > b) - (a < b); }

/* By how much the letters around gap_i are spaced [em]: what most of their gaps are; 0: they are not. */
static double tracking_at(const gaps *all, uint32_t gap_i)
{
    double near[2 * TRACKING_REACH];
    uint32_t n = 0, n_alike = 0;
    uint32_t begin = gap_i > TRACKING_REACH ? gap_i - TRACKING_REACH : 0, end = gap_i + 1 + TRACKING_REACH;
    for (uint32_t i = begin; i < end && i < all->n; i++) {
        if (i == gap_i || all->v[i].has_space) continue;
        uint32_t at = n++;
        for (; at && compare_gaps(near[at - 1], all->v[i].width) > 0; at--) near[at] = near[at - 1];
        near[at] = all->v[i].width;
    }
    if (n < TRACKING_LEAST) return 0;
    const double middle = near[(n - 1) / 2];
    for (uint32_t i = 0; i < n; i++) n_alike += fabs(near[i] - middle) <= TRACKING_SPREAD;
    return middle > LEAST_TRACKING && middle < WIDEST_TRACKING && n_alike * 2 > n ? middle : 0;
}

static bool parts_words(const gaps *all, uint32_t gap_i)
{
    assert(gap_i < all->n && all->v);
    const gap here = all->v[gap_i];
    const double least = here.has_space ? WORD_GAP_SPACE : WORD_GAP;
    return here.width > least && here.width - tracking_at(all, gap_i) > least;
}

/* A space of the row lies between the two, or reaches there: a word that was moved by itself leaves its spaces where
 * they were. How wide it is says nothing: spaces are spread and shrunk. */
static bool has_space_between(const seen_maker *m, double left, const seen_spot *right, const uint32_t *spaces,
                              uint32_t n_spaces)
{
    const double reach = 0.1 * right->size;
    uint32_t begin = 0, end = n_spaces;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (m->spots.v[spaces[middle]].u0 <= right->u0 + reach)
            begin = middle + 1;
        else
            end = middle;
    }
    const seen_spot *space = begin ? &m->spots.v[spaces[begin - 1]] : NULL;
    return space && (space->u0 >= left - reach || space->u1 > left);
}

/* --- pieces --- */

static bool says_nothing(const seen_maker *m, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; !m->spots.v[i].text.len; i = m->spots.v[i].next)
        if (i == last) return true;
    return false;
}

static bool add_piece(seen_maker *m, seen_row *row, uint32_t first, uint32_t last, uint32_t chain_i)
{
    if (says_nothing(m, first, last)) return true;
    seen_piece *piece = BT_PUSH(m->arena, &row->pieces);
    if (!piece) return false;
    const seen_spot *head = &m->spots.v[first];
    *piece = (seen_piece){head->u0, head->u1, head->v, head->size, first, last, .chain_i = chain_i};
    for (uint32_t i = first;; i = m->spots.v[i].next) {
        piece->u1 = fmax(piece->u1, m->spots.v[i].u1);
        piece->n_spots++;
        if (i == last) break;
    }
    m->spots.v[last].next = SEEN_NO_SPOT;
    return true;
}

static bool cut_chain(seen_maker *m, seen_row *row, const chain *c, uint32_t chain_i, const uint32_t *spaces,
                      uint32_t n_spaces)
{
    gaps all = {0};
    double end = m->spots.v[c->first].u1;
    for (uint32_t i = c->first; m->spots.v[i].next != SEEN_NO_SPOT; i = m->spots.v[i].next) {
        const seen_spot *a = &m->spots.v[i], *b = &m->spots.v[a->next];
        gap *room = BT_PUSH(m->arena, &all);
        if (!room) return false;
        *room = (gap){(b->u0 - end) / em_between(a, b), has_space_between(m, end, b, spaces, n_spaces)};
        end = fmax(end, b->u1);
    }
    uint32_t first = c->first, gap_i = 0;
    for (uint32_t i = c->first, next; i != SEEN_NO_SPOT; i = next, gap_i++) {
        next = m->spots.v[i].next;
        if (next != SEEN_NO_SPOT && !parts_words(&all, gap_i)) continue;
        if (!add_piece(m, row, first, i, chain_i)) return false;
        if (next != SEEN_NO_SPOT && row->pieces.n) row->pieces.v[row->pieces.n - 1].track = tracking_at(&all, gap_i);
        first = next;
    }
    return true;
}

static int compare_pieces(const void *a, const void *b)
{
    const seen_piece *one = a, *other = b;
    if (one->u0 < other->u0 || one->u0 > other->u0) return one->u0 < other->u0 ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

static bool cut_row(seen_maker *m, seen_row *row)
{
    BT_ARRAY(chain) chains = {0};
    BT_ARRAY(uint32_t) spaces = {0};
    for (uint32_t i = row->spot_begin; i < row->spot_end; i++) {
        const seen_spot *spot = &m->spots.v[i];
        if (spot->is_gone) continue;
        if (spot->is_space) {
            uint32_t *space = BT_PUSH(m->arena, &spaces);
            if (!space) return false;
            *space = i;
            continue;
        }
        chain *c = chain_of(m, chains.v, chains.n, spot);
        if (c) {
            m->spots.v[c->last].next = i;
        } else {
            c = BT_PUSH(m->arena, &chains);
            if (!c) return false;
            c->first = i;
            c->end = spot->u1;
        }
        c->last = i;
        c->end = fmax(c->end, spot->u1);
    }
    for (uint32_t i = 0; i < chains.n; i++)
        if (!cut_chain(m, row, &chains.v[i], i, spaces.v, spaces.n)) return false;
    if (chains.n > 1 && row->pieces.n) qsort(row->pieces.v, row->pieces.n, sizeof *row->pieces.v, compare_pieces);
    return true;
}

/* --- note marks, indices --- */

#define NOTE_SMALLEST 0.4 /* of the size of the letters that it stands by */
#define NOTE_LARGEST 0.85
#define NOTE_DISTANCE 0.6 /* [em of its own] */
#define NOTE_ALONE 0.8    /* [em of its own] to what else stands on its baseline */
#define NOTE_TOUCHES 0.1  /* [em of its own] */

/* Nothing stands next to it on its own baseline, where a line of small type would go on. */
static bool stands_alone(const seen_row *row, uint32_t piece_i)
{
    const seen_piece *piece = &row->pieces.v[piece_i];
    const double least = NOTE_ALONE * piece->size;
    return (!piece_i || piece->u0 - row->pieces.v[piece_i - 1].u1 > least) &&
           (piece_i + 1 == row->pieces.n || row->pieces.v[piece_i + 1].u0 - piece->u1 > least);
}

static bool is_note_of(const seen_piece *note, const seen_piece *word)
{
    const double ratio = note->size / word->size, down = (note->v - word->v) / word->size;
    if (ratio < NOTE_SMALLEST || ratio > NOTE_LARGEST) return false;
    return (down > -0.75 && down < -0.15) || (down > 0.08 && down < 0.4);
}

/* The number of the row's pieces that begin before u. */
static uint32_t n_before(const seen_row *row, double u)
{
    uint32_t begin = 0, end = row->pieces.n;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (row->pieces.v[middle].u0 <= u)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

static void join(seen_maker *m, seen_piece *left, seen_piece *right)
{
    m->spots.v[left->last].next = right->first;
    left->last = right->last;
    left->n_spots += right->n_spots;
    left->u1 = fmax(left->u1, right->u1);
    right->is_taken = true;
}

/* What begins a word gives it its baseline and size; a note mark does so only for itself. */
static void join_note_before(seen_maker *m, seen_piece *note, seen_piece *word)
{
    m->spots.v[note->last].next = word->first;
    word->first = note->first;
    word->n_spots += note->n_spots;
    word->u0 = note->u0;
    note->is_taken = true;
}

/* Gives the note to the row of the word beside it; false: no word stands there, or without memory. */
static bool give_note(seen_maker *m, seen_row *row, seen_piece *note)
{
    const uint32_t right_i = n_before(row, note->u0);
    seen_piece *left = right_i ? &row->pieces.v[right_i - 1] : NULL;
    seen_piece *right = right_i < row->pieces.n ? &row->pieces.v[right_i] : NULL;
    const double em = note->size;
    bool has_left = left && !left->is_taken && is_note_of(note, left) && note->u0 - left->u1 > -0.15 * em &&
                    note->u0 - left->u1 < NOTE_DISTANCE * em;
    bool has_right = right && !right->is_taken && is_note_of(note, right) && right->u0 - note->u1 > -0.15 * em &&
                     right->u0 - note->u1 < NOTE_DISTANCE * em;
    if (!has_left && !has_right) return false;
    bool touches_left = has_left && note->u0 - left->u1 < NOTE_TOUCHES * em;
    bool touches_right = has_right && right->u0 - note->u1 < NOTE_TOUCHES * em;
    if (touches_left) {
        join(m, left, note);
        if (touches_right) join(m, left, right);
        return true;
    }
    if (touches_right) {
        join_note_before(m, note, right);
        return true;
    }
    seen_piece copy = *note;
    copy.chain_i = has_left ? left->chain_i : right->chain_i;
    seen_piece *room = BT_PUSH(m->arena, &row->pieces);
    if (!room) return false;
    memmove(row->pieces.v + right_i + 1, row->pieces.v + right_i, (row->pieces.n - 1 - right_i) * sizeof copy);
    row->pieces.v[right_i] = copy;
    note->is_taken = true;
    return true;
}

/* Looks for the word among the rows that are near enough: those below for a raised mark, those above for a lowered. */
static bool give_to_rows(seen_maker *m, uint32_t row_i, seen_piece *note)
{
    const double far_below = 0.75 * note->size / NOTE_SMALLEST, far_above = 0.4 * note->size / NOTE_SMALLEST;
    const seen_row *own = &m->rows.v[row_i];
    for (uint32_t i = row_i + 1; i < m->rows.n && m->rows.v[i].kind == own->kind; i++) {
        seen_row *row = &m->rows.v[i];
        if (row->v0 - note->v > far_below) break;
        if (row->tallest * NOTE_LARGEST >= note->size && give_note(m, row, note)) return true;
    }
    for (uint32_t i = row_i; i > 0 && m->rows.v[i - 1].kind == own->kind; i--) {
        seen_row *row = &m->rows.v[i - 1];
        if (note->v - row->v1 > far_above) break;
        if (row->tallest * NOTE_LARGEST >= note->size && give_note(m, row, note)) return true;
    }
    return false;
}

bool seen_make_pieces(seen_maker *m)
{
    enum { LONGEST_NOTE = 6 };
    for (uint32_t i = 0; i < m->rows.n; i++)
        if (!cut_row(m, &m->rows.v[i])) return false;
    for (uint32_t i = 0; i < m->rows.n; i++)
        for (uint32_t k = 0; k < m->rows.v[i].pieces.n; k++) {
            seen_piece *piece = &m->rows.v[i].pieces.v[k];
            if (piece->n_spots <= LONGEST_NOTE && !piece->is_taken && stands_alone(&m->rows.v[i], k))
                give_to_rows(m, i, piece);
        }
    return !m->arena->failed;
}

void seen_make_words(seen_reader *r)
{
    seen_maker m = {.r = r, .arena = r->scratch};
    if (!r->glyphs.n) return;
    if (seen_make_rows(&m) && seen_make_pieces(&m) && seen_make_lines(&m)) seen_write_words(&m);
}
