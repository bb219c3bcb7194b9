/* words_int.h - what rows.c, words.c, lines.c and write.c share: how words and lines are made of glyphs.
 *
 * Only places count, not how the content is cut into operators nor in what order it paints: producers show a line
 * glyph by glyph, word by word or whole, with spaces as glyphs or as gaps, from left to right or not.
 *
 *     rows.c    glyphs of one angle and baseline, from left to right; what is painted twice counts once
 *     words.c   pieces of a row with no gap between their glyphs; note marks and indices are given to their words
 *     lines.c   which gaps are word spaces and which are gutters
 *     write.c   lines, words and runs as seen.h has them
 *
 * u goes along the baseline, v across it (downwards where text is level), both in places [pt].
 */
#ifndef BT_CHECK_SEEN_WORDS_INT_H
#define BT_CHECK_SEEN_WORDS_INT_H

#include "check/seen/seen_int.h"

#define SEEN_NO_SPOT UINT32_MAX
/* Times by which sizes differ of what stands on one baseline and is no part of one line: a drop cap, and the line that
 * it stands on. */
#define SEEN_OTHER_SIZE 2.4

/* A glyph with the marks over and under it. */
typedef struct seen_spot {
    double u0, u1, v, size;
    bt_str text;                /* of its first glyph */
    uint32_t glyph_i, n_glyphs; /* of the reader's glyphs, one after another */
    uint32_t next;              /* in its piece; SEEN_NO_SPOT: the last */
    int32_t kind;               /* hidden or not, and the angle: what differs in it never meets */
    bool is_space, is_gone;     /* painted twice: another stands for it */
} seen_spot;

/* A word in the making: from left to right, linked by `next`. */
typedef struct seen_piece {
    double u0, u1, v, size; /* v and size of its first spot */
    uint32_t first, last, n_spots;
    double track;     /* [em] by which the letters around the gap behind it are spaced; 0: they are not */
    uint32_t chain_i; /* of its row: pieces that follow each other, without one lying over the other */
    bool is_taken;    /* joined to another piece, or moved to another row */
} seen_piece;

typedef struct seen_row {
    int32_t kind;
    double v0, v1; /* of its spots */
    double tallest;
    uint32_t spot_begin, spot_end;
    BT_ARRAY(seen_piece) pieces; /* by u0 */
} seen_row;

/* A line in the making: pieces of one row. */
typedef struct seen_strip {
    const seen_row *row;
    BT_ARRAY(const seen_piece *) pieces;
} seen_strip;

typedef struct seen_maker {
    seen_reader *r;
    bt_arena *arena; /* of the page's scratch */
    BT_ARRAY(seen_spot) spots;
    BT_ARRAY(seen_row) rows; /* by kind, then from the top */
    BT_ARRAY(seen_strip) strips;
} seen_maker;

/* Each is false without memory. */
bool seen_make_rows(seen_maker *m);
bool seen_make_pieces(seen_maker *m);
bool seen_make_lines(seen_maker *m);
bool seen_write_words(seen_maker *m);

/* Of a kind: its angle [degrees], and the way of writing. */
double seen_angle_of_kind(int32_t kind);
void seen_way_of_kind(int32_t kind, double *x, double *y);

#endif
