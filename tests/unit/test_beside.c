/* test_beside.c - pieces of work are done once, whoever does them: with a helper, without, and after one has ended; and
 * what a context makes with a helper is what it makes alone.
 */
#include "unit/check.h"

#include "bantin.h"
#include "base/beside.h"
#include "base/digest.h"
#include "base/file.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_PIECES = 500, MOST_BYTES = 16 * 1024 * 1024 };

typedef struct counted {
    bt_piece piece;
    int n_done;
    pthread_t by;
} counted;

static void count(void *user)
{
    counted *c = user;
    c->n_done++;
    c->by = pthread_self();
}

static void check_pieces(bool has_helper, bool is_backwards)
{
    static counted all[N_PIECES];
    bt_beside *beside = bt_beside_new(bt_alloc_system());
    memset(all, 0, sizeof all);
    if (has_helper) bt_beside_begin(beside);
    for (size_t i = 0; i < N_PIECES; i++) bt_piece_offer(&all[i].piece, i % 7 ? beside : NULL, count, &all[i]);
    for (size_t i = 0; i < N_PIECES; i++) {
        counted *c = &all[is_backwards ? N_PIECES - 1 - i : i];
        bt_piece_wait(&c->piece);
        bt_piece_wait(&c->piece);
        CHECK_INT(c->n_done, 1);
    }
    bt_beside_end(beside);
    bt_beside_drop(beside);
}

/* --- a helper that is kept busy, so that it is known what it has not begun --- */

typedef struct gate {
    bt_piece piece;
    atomic_bool is_entered, is_open;
} gate;

static void pass(void *user)
{
    gate *g = user;
    atomic_store(&g->is_entered, true);
    while (!atomic_load(&g->is_open)) usleep(100);
}

static void check_left(void)
{
    static gate g;
    counted first = {.n_done = 0}, second = {.n_done = 0}, third = {.n_done = 0};
    bt_beside *beside = bt_beside_new(bt_alloc_system());
    bt_beside_begin(beside);
    bt_piece_offer(&g.piece, beside, pass, &g);
    while (!atomic_load(&g.is_entered)) usleep(100);
    bt_piece_offer(&first.piece, beside, count, &first);
    bt_piece_offer(&second.piece, beside, count, &second);
    bt_piece_wait(&second.piece); /* the last in the queue, done here */
    CHECK_INT(second.n_done, 1);
    CHECK(pthread_equal(second.by, pthread_self()));
    bt_piece_offer(&third.piece, beside, count, &third);
    atomic_store(&g.is_open, true);
    bt_beside_end(beside); /* it may have begun the others, or not */
    CHECK(first.n_done <= 1 && third.n_done <= 1);
    bt_beside_begin(beside); /* a helper that has never heard of what was left */
    counted fourth = {.n_done = 0};
    bt_piece_offer(&fourth.piece, beside, count, &fourth);
    bt_piece_wait(&third.piece);
    bt_piece_wait(&first.piece);
    bt_piece_wait(&fourth.piece);
    CHECK(first.n_done == 1 && second.n_done == 1 && third.n_done == 1 && fourth.n_done == 1);
    bt_beside_end(beside);
    bt_beside_drop(beside);
}

/* What nobody waits for may never be done, and nothing waits for it. */
static void check_unneeded(void)
{
    counted one = {.n_done = 0};
    bt_beside *beside = bt_beside_new(bt_alloc_system());
    bt_piece_offer(&one.piece, beside, count, &one);
    bt_beside_end(beside);
    CHECK_INT(one.n_done, 0);
    bt_beside_drop(beside);
}

/* --- a context --- */

typedef struct told {
    bt_digester digester;
    uint32_t n;
} told;

static void hear(void *user, const char *path, const bt_digest *contents)
{
    told *t = user;
    bt_digest_add_str(&t->digester, bt_str_of(path));
    bt_digest_add(&t->digester, contents, sizeof *contents);
    t->n++;
}

/* The PDF, and all that was told of files, in its order. */
static bt_digest rendered(bt_ctx *ctx, const char *bundle, bool may_have_helper, uint32_t *n_told)
{
    static const char *const dirs[] = {"layouts", NULL};
    char path[] = "/tmp/bantin-test-beside-XXXXXX";
    int fd = mkstemp(path), error;
    bt_arena arena = {0};
    bt_str bytes;
    told t = {.n = 0};
    bt_witness witness = {.user = &t, .on_input = hear};
    bt_render_options options = {.bundle_path = bundle,
                                 .layout_dirs = dirs,
                                 .pdf_path = path,
                                 .has_epoch = true,
                                 .witness = &witness,
                                 .may_have_helper = may_have_helper};
    close(fd);
    bt_digest_begin(&t.digester);
    CHECK_INT(bt_render(ctx, &options, NULL), BT_OK);
    CHECK_INT(bt_file_read(&arena, path, MOST_BYTES, &bytes, &error), BT_OK);
    unlink(path);
    bt_digest_add_str(&t.digester, bytes);
    bt_arena_drop(&arena);
    *n_told = t.n;
    return bt_digest_end(&t.digester);
}

static void check_context(const char *bundle)
{
    uint32_t n_alone, n_helped;
    bt_ctx *alone = bt_ctx_new(NULL, NULL, NULL), *helped = bt_ctx_new(NULL, NULL, NULL);
    bt_digest digest = rendered(alone, bundle, false, &n_alone);
    for (int i = 0; i < 2; i++) {
        bt_digest other = rendered(helped, bundle, i == 0, &n_helped);
        CHECK(bt_digest_equal(&digest, &other));
        CHECK(n_alone > 4 && n_alone == n_helped);
    }
    bt_ctx_drop(alone);
    bt_ctx_drop(helped);
}

int main(void)
{
    for (int i = 0; i < 4; i++) check_pieces(i & 1, i & 2);
    check_left();
    check_unneeded();
    check_context("samples/to-gap-suc-khoe/bundle.json");
    check_context("tests/golden/house-fonts/bundle.json");
    return check_report();
}
