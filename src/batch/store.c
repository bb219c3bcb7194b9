/* store.c - see store.h. */
#include "batch/store.h"

#include "base/file.h"
#include "batch/flush.h"
#include "batch/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A group costs some milliseconds of waiting for the disk, however large it is, and holds up the children, whose files
 * wait for the same journal; one that waits long is lost when the machine fails. */
enum { GROUP = 64, GROUP_BYTES = 4 << 20 /* of reports, which wait in memory */, LONGEST_MS = 250 };

static void will_flush(bt_store *store, bt_str folder)
{
    for (uint32_t i = store->folders.n; i-- > 0;)
        if (bt_str_equal(store->folders.v[i], folder)) return;
    bt_str *kept = BT_PUSH(&store->folders_arena, &store->folders);
    if (kept) *kept = (bt_str){bt_str_z(&store->folders_arena, folder), folder.len};
}

bt_status bt_store_open(bt_store *store, bt_batch *b)
{
    *store = (bt_store){.b = b};
    bt_str folder = bt_str_of(b->options->folder);
    if (b->is_folder_new) will_flush(store, bt_path_dir(&b->scratch, folder));
    if (b->is_folder_new) will_flush(store, folder);
    return bt_spool_open(&store->spool, b->arena, &b->diags, b->staged, b->manifest->n_rows);
}

static void count_failure(bt_store *store, const bt_record *record)
{
    bt_batch_totals *totals = &store->b->totals;
    totals->n_failed++;
    totals->n_crashed += record->state == BT_RECORD_CRASHED;
}

static void note_pending(bt_store *store, const bt_record *record, int64_t now)
{
    if (store->pending.n == 1) store->since = now;
    store->n_bytes += record->line.len;
    store->n_taken++;
    store->b->records[record->row_i].state = record->state;
    if (record->state != BT_RECORD_DONE) count_failure(store, record);
}

bool bt_store_take(bt_store *store, bt_str contents, int64_t now)
{
    bt_record record;
    bool is_record = bt_wire_read(&store->arena, contents, &record) && record.row_i < store->b->manifest->n_rows &&
                     store->b->records[record.row_i].state == BT_RECORD_NONE;
    bt_record *pending = is_record ? BT_PUSH(&store->arena, &store->pending) : NULL;
    if (!pending) return false;
    *pending = record;
    note_pending(store, pending, now);
    return true;
}

void bt_store_add(bt_store *store, const bt_record *record, int64_t now)
{
    bt_buf frame = bt_buf_in(&store->b->scratch);
    bt_arena_mark mark = bt_arena_set_mark(&store->b->scratch);
    bt_wire_add(&frame, record);
    bt_str bytes = bt_buf_str(&frame);
    if (!store->b->scratch.failed) bt_store_take(store, bt_str_slice(bytes, BT_WIRE_HEAD, bytes.len), now);
    bt_arena_rewind(&store->b->scratch, mark);
}

bool bt_store_is_due(const bt_store *store, int64_t now)
{
    bool is_last = store->n_taken == store->b->n_todo;
    bool is_large = store->pending.n >= GROUP || store->n_bytes >= GROUP_BYTES;
    return is_large || (store->pending.n && (is_last || now - store->since >= LONGEST_MS));
}

/* --- one edition --- */

/* Makes the folders between the batch's own and a file. */
static int make_folders(bt_store *store, bt_str folder)
{
    bt_str parent = bt_path_dir(&store->b->scratch, folder);
    struct stat about;
    const char *z = bt_str_z(&store->b->scratch, folder);
    if (stat(z, &about) == 0) return S_ISDIR(about.st_mode) ? 0 : ENOTDIR;
    if (folder.len <= parent.len) return ENOENT;
    int error = make_folders(store, parent);
    if (error) return error;
    will_flush(store, parent);
    return mkdir(z, 0777) == 0 || errno == EEXIST ? 0 : errno;
}

/* Renames a staged file into its place. */
static int place_file(bt_store *store, const char *staged, const char *path)
{
    bt_str folder = bt_path_dir(&store->b->scratch, bt_str_of(path));
    int error = rename(staged, path) == 0 ? 0 : errno;
    if (error == ENOENT) {
        error = make_folders(store, folder);
        if (!error && rename(staged, path) != 0) error = errno;
    }
    if (!error) will_flush(store, folder);
    return error;
}

/* The edition failed after all, for a reason of the parent's. */
static void fail(bt_store *store, bt_record *record, bt_diag_code code, const char *path, int error)
{
    bt_batch *b = store->b;
    bt_heard heard = {.arena = &store->arena};
    b->heard = &heard;
    bt_diag(&b->diags, code, b->manifest->rows[record->row_i].at,
            BT_ARGS(bt_str_of(path), bt_file_error(&b->diags, &b->scratch, error)));
    b->heard = NULL;
    record->n_errors++;
    bt_edition_fail(record, &heard, BT_IO);
    count_failure(store, record);
}

static void place(bt_store *store, bt_record *record)
{
    bt_batch *b = store->b;
    bt_str name = b->manifest->rows[record->row_i].out;
    const char *out = bt_path_join(&b->scratch, bt_str_of(b->options->folder), name).ptr;
    int error = place_file(store, bt_edition_staged(&b->scratch, b, record->row_i), out);
    if (error) fail(store, record, BT_E_BATCH_PLACE, out, error);
}

void bt_store_sweep(bt_store *store, uint32_t row_i)
{
    bt_batch *b = store->b;
    bt_arena_mark mark = bt_arena_set_mark(&b->scratch);
    unlink(bt_edition_staged(&b->scratch, b, row_i));
    bt_arena_rewind(&b->scratch, mark);
}

/* --- a group --- */

static void flush_folders(bt_store *store)
{
    bt_batch *b = store->b;
    for (uint32_t i = 0; i < store->folders.n; i++) {
        int fd = open(store->folders.v[i].ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        int error = fd >= 0 ? 0 : errno == EACCES ? 0 : errno; /* one that cannot be read cannot be flushed */
        if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL) error = errno;
        if (fd >= 0) close(fd);
        if (!error) continue;
        bt_diag(&b->diags, BT_E_SYNC, NULL, BT_ARGS(store->folders.v[i], bt_file_error(&b->diags, &b->scratch, error)));
        store->status = BT_IO;
    }
    bt_arena_drop(&store->folders_arena);
    store->folders.v = NULL;
    store->folders.n = store->folders.capacity = 0;
}

/* What stays of a record in memory. */
static void keep(bt_store *store, const bt_record *record)
{
    bt_batch *b = store->b;
    bt_record *kept = &b->records[record->row_i];
    *kept = *record;
    kept->inputs = NULL;
    kept->messages = NULL;
    kept->line = BT_STR("");
    kept->n_inputs = kept->n_messages = 0;
    bt_digest *sheets = BT_NEW_ARRAY(b->arena, record->n_sheets, bt_digest);
    for (uint32_t i = 0; i < record->n_sheets && sheets; i++) sheets[i] = record->sheets[i];
    kept->sheets = sheets;
    if (!sheets) store->status = BT_NOMEM;
}

void bt_store_keep(bt_store *store, const bt_record *record)
{
    bt_batch_totals *totals = &store->b->totals;
    totals->n_kept++;
    totals->n_pages += record->n_pages;
    totals->n_warnings += record->n_warnings;
    keep(store, record);
    bt_spool_add(&store->spool, record);
}

static void finish(bt_store *store, bt_record *record)
{
    bt_batch *b = store->b;
    bt_batch_totals *totals = &b->totals;
    record->line = BT_STR(""); /* it is in its file */
    if (record->state == BT_RECORD_DONE) {
        totals->n_made++;
        totals->n_pages += record->n_pages;
    } else {
        bt_reports_forget(&b->reports, record->row_i);
        unlink(bt_edition_staged(&b->scratch, b, record->row_i));
    }
    totals->n_warnings += record->n_warnings;
    keep(store, record);
    bt_spool_add(&store->spool, record);
    bt_batch_tell(b, b->manifest->rows[record->row_i].id, record->messages, record->n_messages);
}

/* What is not safe on the disk is not said to be. */
static void write_down(bt_store *store)
{
    bt_batch *b = store->b;
    for (uint32_t i = 0; i < store->pending.n && store->status == BT_OK; i++) {
        const bt_record *record = &store->pending.v[i];
        const bt_batch_row *row = &b->manifest->rows[record->row_i];
        store->status = bt_journal_append(b->journal, row->id, row->out, record);
    }
    if (store->status == BT_OK) store->status = bt_journal_sync(b->journal);
}

static void append_reports(bt_store *store, bt_record *v, uint32_t n)
{
    bt_reports *reports = &store->b->reports;
    if (reports->is_new) will_flush(store, bt_path_dir(&store->b->scratch, bt_str_of(reports->path)));
    reports->is_new = false;
    for (uint32_t i = 0; i < n; i++) {
        int error = v[i].state == BT_RECORD_DONE ? bt_reports_append(reports, v[i].row_i, v[i].line) : 0;
        if (error) fail(store, &v[i], BT_E_BATCH_FLUSH, reports->path, error);
    }
}

/* The PDF of each, and the file with their reports. */
static void flush_staged(bt_store *store, bt_record *v, uint32_t n)
{
    bt_batch *b = store->b;
    uint32_t n_files = 0;
    bt_flush_file *files = BT_NEW_ARRAY(&b->scratch, (size_t)n + 1, bt_flush_file);
    if (!files) return;
    files[n_files++].path = b->reports.path;
    for (uint32_t i = 0; i < n; i++)
        if (v[i].state == BT_RECORD_DONE) files[n_files++].path = bt_edition_staged(&b->scratch, b, v[i].row_i);
    if (b->scratch.failed) return;
    bt_flush_files(files, n_files, &store->is_disk_slow);
    const bt_flush_file *file = files + 1;
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].state != BT_RECORD_DONE) continue;
        const bt_flush_file *wrong = file->error ? file : files;
        if (wrong->error) fail(store, &v[i], BT_E_BATCH_FLUSH, wrong->path, wrong->error);
        file++;
    }
}

static int compare_rows(const void *a, const void *b)
{
    const bt_record *x = a, *y = b;
    return (x->row_i > y->row_i) - (x->row_i < y->row_i);
}

/* How many of those that were taken, which it sorts, come before all that were not. */
static uint32_t count_in_order(bt_store *store)
{
    const bt_batch *b = store->b;
    const bt_record *v = store->pending.v;
    uint32_t n = 0;
    while (store->next < b->n_todo && b->records[b->todo[store->next]].state != BT_RECORD_NONE) store->next++;
    if (store->pending.n) qsort(store->pending.v, store->pending.n, sizeof *v, compare_rows);
    while (n < store->pending.n && (store->next == b->n_todo || v[n].row_i < b->todo[store->next])) n++;
    return n;
}

/* What follows the first n goes on waiting, in memory of its own. */
static void carry_over(bt_store *store, uint32_t n, int64_t now)
{
    bt_store former = *store;
    store->arena = bt_arena_over(former.arena.allocator);
    store->pending.v = NULL;
    store->pending.n = store->pending.capacity = 0;
    store->n_bytes = 0;
    store->since = now;
    for (uint32_t i = n; i < former.pending.n; i++) {
        bt_buf frame = bt_buf_in(&former.arena);
        bt_wire_add(&frame, &former.pending.v[i]);
        bt_str bytes = bt_buf_str(&frame);
        bt_record *record = BT_PUSH(&store->arena, &store->pending);
        bool is_kept = record && !former.arena.failed &&
                       bt_wire_read(&store->arena, bt_str_slice(bytes, BT_WIRE_HEAD, bytes.len), record);
        if (!is_kept) store->status = BT_NOMEM;
        if (is_kept) store->n_bytes += record->line.len;
    }
    bt_arena_drop(&former.arena);
}

static void flush_first(bt_store *store, uint32_t n, int64_t now)
{
    bt_record *v = store->pending.v;
    bt_arena_mark mark = bt_arena_set_mark(&store->b->scratch);
    append_reports(store, v, n);
    flush_staged(store, v, n);
    for (uint32_t i = 0; i < n && !store->b->scratch.failed; i++)
        if (v[i].state == BT_RECORD_DONE) place(store, &v[i]);
    flush_folders(store);
    if (!store->b->scratch.failed) write_down(store);
    for (uint32_t i = 0; i < n; i++) finish(store, &v[i]);
    if (store->b->scratch.failed || store->arena.failed) store->status = BT_NOMEM;
    bt_arena_rewind(&store->b->scratch, mark);
    carry_over(store, n, now);
}

void bt_store_flush(bt_store *store, int64_t now)
{
    uint32_t n = count_in_order(store);
    if (store->pending.n) flush_first(store, 2 * n < store->pending.n ? store->pending.n : n, now);
}

void bt_store_flush_all(bt_store *store)
{
    count_in_order(store);
    if (store->pending.n) flush_first(store, store->pending.n, 0);
}

void bt_store_drop(bt_store *store)
{
    bt_spool_drop(&store->spool);
    bt_arena_drop(&store->arena);
    bt_arena_drop(&store->folders_arena);
}
