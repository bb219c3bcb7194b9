/* beside.c - see beside.h. One thread, one queue; the state of a piece that was offered to a helper is read and written
 * under the lock.
 */
#include "base/beside.h"

#include <pthread.h>
#include <signal.h>

struct bt_beside {
    const bt_allocator *allocator;
    pthread_mutex_t lock;
    pthread_cond_t news, done; /* there is a piece, or the end; a piece is done */
    pthread_t helper;
    bool has_helper, wants_helper, is_ending;
    bt_piece *first, *last; /* of those that nobody has begun */
};

bt_beside *bt_beside_new(const bt_allocator *allocator)
{
    bt_beside *b = bt_alloc_new(allocator, sizeof *b);
    if (!b) return NULL;
    *b = (bt_beside){.allocator = allocator};
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->news, NULL);
    pthread_cond_init(&b->done, NULL);
    return b;
}

void bt_beside_drop(bt_beside *b)
{
    if (!b) return;
    pthread_cond_destroy(&b->done);
    pthread_cond_destroy(&b->news);
    pthread_mutex_destroy(&b->lock);
    bt_alloc_drop(b->allocator, b, sizeof *b);
}

/* --- the queue, under the lock --- */

static void add(bt_beside *b, bt_piece *piece)
{
    if (b->first)
        b->last->next = piece;
    else
        b->first = piece;
    b->last = piece;
}

/* One that an earlier helper has left is not in the queue. */
static void take(bt_beside *b, bt_piece *piece)
{
    bt_piece *before = NULL, **link = &b->first;
    for (; *link && *link != piece; link = &before->next) before = *link;
    if (*link) {
        *link = piece->next;
        if (b->last == piece) b->last = before;
    }
    piece->next = NULL;
    piece->state = BT_PIECE_TAKEN;
}

/* --- the helper --- */

static void *help(void *user)
{
    bt_beside *b = user;
    pthread_mutex_lock(&b->lock);
    while (!b->is_ending) {
        bt_piece *piece = b->first;
        if (!piece) {
            pthread_cond_wait(&b->news, &b->lock);
            continue;
        }
        take(b, piece);
        pthread_mutex_unlock(&b->lock);
        piece->work(piece->user);
        pthread_mutex_lock(&b->lock);
        piece->state = BT_PIECE_DONE;
        pthread_cond_signal(&b->done);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

/* Signals are the caller's. */
static bool start(bt_beside *b)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool is_there = pthread_create(&b->helper, NULL, help, b) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_there;
}

void bt_beside_begin(bt_beside *b) { b->wants_helper = true; }

void bt_beside_end(bt_beside *b)
{
    if (b->has_helper) {
        pthread_mutex_lock(&b->lock);
        b->is_ending = true;
        pthread_cond_signal(&b->news);
        pthread_mutex_unlock(&b->lock);
        pthread_join(b->helper, NULL);
    }
    while (b->first) {
        bt_piece *piece = b->first;
        take(b, piece);
        piece->state = BT_PIECE_TODO;
    }
    b->has_helper = b->wants_helper = b->is_ending = false;
}

/* --- pieces --- */

void bt_piece_offer(bt_piece *piece, bt_beside *b, void (*work)(void *user), void *user)
{
    *piece = (bt_piece){.work = work, .user = user, .state = BT_PIECE_TODO, .beside = b};
    if (!b || !b->wants_helper) return;
    if (!b->has_helper) b->has_helper = b->wants_helper = start(b);
    if (!b->has_helper) return;
    pthread_mutex_lock(&b->lock);
    add(b, piece);
    pthread_cond_signal(&b->news);
    pthread_mutex_unlock(&b->lock);
}

/* True when the piece was not begun, and is the caller's now. */
static bool is_left(bt_piece *piece)
{
    bt_beside *b = piece->beside;
    if (!b || !b->has_helper) return piece->state == BT_PIECE_TODO;
    pthread_mutex_lock(&b->lock);
    while (piece->state == BT_PIECE_TAKEN) pthread_cond_wait(&b->done, &b->lock);
    bool is_todo = piece->state == BT_PIECE_TODO;
    if (is_todo) take(b, piece);
    pthread_mutex_unlock(&b->lock);
    return is_todo;
}

void bt_piece_wait(bt_piece *piece)
{
    if (!is_left(piece)) return;
    piece->work(piece->user);
    piece->state = BT_PIECE_DONE;
}
