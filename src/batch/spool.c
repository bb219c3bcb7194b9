/* spool.c - see spool.h. */
#include "batch/spool.h"

#include "base/file.h"
#include "batch/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { ENOUGH = 1 << 16 };

static void fail(bt_spool *spool, int error)
{
    if (!spool->has_failed)
        bt_diag(spool->diags, BT_E_WRITE, NULL,
                BT_ARGS(bt_str_of(spool->folder), bt_file_error(spool->diags, &spool->scratch, error)));
    spool->has_failed = true;
}

bt_status bt_spool_open(bt_spool *spool, bt_arena *arena, bt_diags *diags, const char *folder, uint32_t n_rows)
{
    *spool = (bt_spool){.folder = folder, .diags = diags, .n_rows = n_rows, .fd = -1};
    spool->entries = BT_NEW_ARRAY(arena, n_rows, bt_spool_entry);
    const char *path = bt_str_format(arena, "%s/records.%ld.part", folder, (long)getpid()).ptr;
    if (arena->failed) return BT_NOMEM;
    spool->waiting = bt_buf_in(&spool->scratch);
    spool->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (spool->fd < 0) fail(spool, errno);
    if (spool->fd >= 0) unlink(path);
    return spool->has_failed ? BT_IO : BT_OK;
}

static void write_waiting(bt_spool *spool)
{
    bt_str left = bt_buf_str(&spool->waiting);
    while (left.len && !spool->has_failed) {
        ssize_t n = write(spool->fd, left.ptr, left.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            fail(spool, n < 0 ? errno : ENOSPC);
        else
            left = bt_str_slice(left, (size_t)n, left.len);
    }
    bt_arena_drop(&spool->scratch);
    spool->waiting = bt_buf_in(&spool->scratch);
}

void bt_spool_add(bt_spool *spool, const bt_record *record)
{
    uint32_t begin = spool->waiting.bytes.n;
    bt_wire_add(&spool->waiting, record);
    if (spool->scratch.failed) {
        fail(spool, ENOMEM);
        return;
    }
    uint32_t size = spool->waiting.bytes.n - begin - BT_WIRE_HEAD;
    spool->entries[record->row_i] = (bt_spool_entry){spool->end + BT_WIRE_HEAD, size};
    spool->end += BT_WIRE_HEAD + size;
    if (spool->waiting.bytes.n >= ENOUGH) write_waiting(spool);
}

bool bt_spool_read(bt_spool *spool, bt_arena *arena, uint32_t row_i, bt_record *record)
{
    if (spool->waiting.bytes.n) write_waiting(spool);
    bt_spool_entry entry = spool->entries[row_i];
    if (!entry.size || spool->has_failed) return false;
    char *bytes = bt_arena_alloc(arena, entry.size);
    for (uint32_t n = 0; bytes && n < entry.size;) {
        ssize_t got = pread(spool->fd, bytes + n, entry.size - n, (off_t)(entry.at + n));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            fail(spool, got < 0 ? errno : EIO);
            return false;
        }
        n += (uint32_t)got;
    }
    return bytes && bt_wire_read(arena, (bt_str){bytes, entry.size}, record);
}

void bt_spool_drop(bt_spool *spool)
{
    if (spool->fd >= 0) close(spool->fd);
    bt_arena_drop(&spool->scratch);
    *spool = (bt_spool){.fd = -1};
}
