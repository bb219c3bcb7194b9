/* haru_write.c - a file's bytes: what is small is gathered, what is large is written from where it is. The digest of
 * what other files begin with as well is known from them.
 */
#include "pdf/haru_int.h"

#include <string.h>

enum { SMALL_BYTES = 32 * 1024, MOST_PIECES = 128 };

/* What is written at once: stretches of `small`, and streams. */
struct bt_haru_writer {
    unsigned char *small;
    size_t n_small;
    bt_str pieces[MOST_PIECES];
    uint64_t shares[MOST_PIECES]; /* as in bt_haru_object */
    uint32_t n;
    bool is_open; /* the last piece ends where `small` does */
};

struct bt_haru_writer *bt_haru_writer_new(bt_arena *arena)
{
    struct bt_haru_writer *w = bt_arena_alloc_unset(arena, sizeof *w);
    unsigned char *small = bt_arena_alloc_unset(arena, SMALL_BYTES);
    if (!small) return NULL;
    w->small = small;
    w->n_small = w->n = 0;
    w->is_open = false;
    return w;
}

/* Adds a piece to the file's digest. A state that another file reached by the same stream, from the same state, is
 * found: a state stands for all that came before. */
static void digest(bt_haru *haru, bt_str piece, uint64_t share)
{
    bt_digester *digester = &haru->file->digester;
    struct {
        bt_digester before;
        uint64_t share, size;
    } from = {*digester, share, piece.len};
    bool is_shared = share && haru->cache;
    bt_str key = {(const char *)&from, sizeof from};
    const bt_digester *known = is_shared ? bt_pdf_cache_find(haru->cache, BT_PDF_CACHE_DIGEST, key) : NULL;
    if (known) {
        *digester = *known;
        return;
    }
    bt_digest_add(digester, piece.ptr, piece.len);
    bt_digester *kept = is_shared ? bt_pdf_cache_put(haru->cache, BT_PDF_CACHE_DIGEST, key, sizeof *kept) : NULL;
    if (kept) *kept = *digester;
}

bool bt_haru_flush(bt_haru *haru)
{
    struct bt_haru_writer *w = haru->writer;
    for (uint32_t i = 0; i < w->n && haru->status == BT_OK && haru->file->is_digested; i++)
        digest(haru, w->pieces[i], w->shares[i]);
    if (haru->status == BT_OK) haru->status = bt_file_write_pieces(haru->file, w->pieces, w->n);
    w->n_small = w->n = 0;
    w->is_open = false;
    return haru->status == BT_OK;
}

static void add_piece(struct bt_haru_writer *w, bt_str piece, uint64_t share)
{
    w->shares[w->n] = share;
    w->pieces[w->n++] = piece;
}

bool bt_haru_write(bt_haru *haru, bt_str bytes, uint64_t share)
{
    struct bt_haru_writer *w = haru->writer;
    bool is_small = bytes.len < HARU_LARGE;
    if (haru->status != BT_OK) return false;
    if ((w->n == MOST_PIECES || (is_small && bytes.len > SMALL_BYTES - w->n_small)) && !bt_haru_flush(haru))
        return false;
    haru->n_written += bytes.len;
    if (!is_small) {
        add_piece(w, bytes, share);
        w->is_open = false;
        return true;
    }
    if (!w->is_open) add_piece(w, (bt_str){(const char *)w->small + w->n_small, 0}, 0);
    w->is_open = true;
    if (bytes.len) memcpy(w->small + w->n_small, bytes.ptr, bytes.len);
    w->n_small += bytes.len;
    w->pieces[w->n - 1].len += bytes.len;
    return true;
}
