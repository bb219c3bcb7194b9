/* beside.h - pieces of work that a second thread may do beside the caller's.
 *
 * A piece is a function over memory that nobody else touches until the piece is waited for. It takes nothing from the
 * context's allocator, reports nothing, and depends on nothing that changes: so whether there is a helper, and which of
 * the two threads does a piece, changes nothing but the time. A piece that nobody has begun is done by who waits for
 * it: without a helper all are, and what nobody needs is never done.
 */
#ifndef BT_BASE_BESIDE_H
#define BT_BASE_BESIDE_H

#include "base/alloc.h"

typedef struct bt_beside bt_beside;

typedef enum bt_piece_state { BT_PIECE_NONE, BT_PIECE_TODO, BT_PIECE_TAKEN, BT_PIECE_DONE } bt_piece_state;

/* Zeroed before it is offered; stays where it is until it was waited for or the helper has ended. */
typedef struct bt_piece {
    void (*work)(void *user);
    void *user;
    bt_piece_state state; /* beside.c only, as the rest is */
    bt_beside *beside;
    struct bt_piece *next;
} bt_piece;

/* No thread yet. NULL without memory. */
bt_beside *bt_beside_new(const bt_allocator *allocator);
void bt_beside_drop(bt_beside *beside); /* NULL is passed over; the helper must have ended */

/* From here on pieces have a helper, which is there from the first piece on, where a thread can be had. It takes no
 * signals. */
void bt_beside_begin(bt_beside *beside);
/* The helper has ended: a process may fork. What it has not begun is left to who waits for it. */
void bt_beside_end(bt_beside *beside);

/* A piece to be done, first come first served. beside may be NULL. */
void bt_piece_offer(bt_piece *piece, bt_beside *beside, void (*work)(void *user), void *user);
/* It is done when this returns. Again is free. */
void bt_piece_wait(bt_piece *piece);

#endif
