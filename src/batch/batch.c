/* batch.c - a batch from its manifest to its report. */
#include "batch/columns.h"
#include "batch/former.h"
#include "batch/pool.h"
#include "batch/report.h"
#include "batch/shard.h"

#include "base/alloc.h"
#include "base/digest.h"
#include "base/file.h"
#include "batch/hashes.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bt_status make_folder(bt_batch *b, const char *path)
{
    struct stat about;
    int error = mkdir(path, 0777) == 0 ? 0 : errno;
    b->is_folder_new = b->is_folder_new || (!error && path == b->options->folder);
    if (error == EEXIST) error = stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? 0 : ENOTDIR;
    if (!error) return BT_OK;
    bt_diag(&b->diags, BT_E_BATCH_FOLDER, NULL, BT_ARGS(bt_str_of(path), bt_file_error(&b->diags, &b->scratch, error)));
    return BT_IO;
}

const char *bt_batch_path(bt_batch *b, const char *stem, const char *ending)
{
    bt_shard shard = b->options->shard;
    bt_str folder = bt_path_join(b->arena, bt_str_of(b->options->folder), BT_STR("batch"));
    bt_buf path = bt_buf_in(b->arena);
    bt_buf_add(&path, folder);
    bt_buf_add_char(&path, '/');
    bt_buf_add_z(&path, stem);
    if (shard.n > 1) bt_buf_add(&path, bt_str_format(b->arena, "-%u-of-%u", shard.k, shard.n));
    bt_buf_add_z(&path, ending);
    bt_buf_add_char(&path, '\0');
    return b->arena->failed ? NULL : bt_buf_str(&path).ptr;
}

static bt_status make_folders(bt_batch *b)
{
    bt_str folder = bt_str_of(b->options->folder);
    const char *work = bt_path_join(b->arena, folder, BT_STR("batch")).ptr;
    b->staged = bt_batch_path(b, "staged", "");
    if (b->arena->failed || !b->staged) return BT_NOMEM;
    const char *const paths[] = {b->options->folder, work, b->staged};
    bt_status status = BT_OK;
    for (size_t i = 0; i < sizeof paths / sizeof *paths && status == BT_OK; i++) status = make_folder(b, paths[i]);
    return status;
}

bool bt_batch_has_row(const bt_batch *b, uint32_t row_i)
{
    bt_shard shard = b->options->shard;
    return shard.n < 2 || bt_shard_of(b->manifest->rows[row_i].id, shard.n) == shard.k;
}

/* What is to be made. */
static bt_status choose_rows(bt_batch *b)
{
    uint32_t n_rows = b->manifest->n_rows;
    uint32_t *todo = BT_NEW_ARRAY(b->arena, n_rows, uint32_t);
    b->records = BT_NEW_ARRAY(b->arena, n_rows, bt_record);
    if (!todo || !b->records) return BT_NOMEM;
    for (uint32_t i = 0; i < n_rows; i++) {
        b->records[i].row_i = i;
        if (!bt_batch_has_row(b, i)) continue;
        b->totals.n_editions++;
        todo[b->n_todo++] = i;
    }
    b->todo = todo;
    return BT_OK;
}

static bt_status make_editions(bt_batch *b)
{
    bt_store store;
    bt_status status = bt_store_open(&store, b);
    if (status == BT_OK) status = bt_former_judge(b, &store);
    if (status == BT_OK) status = bt_pool_run(b, &store);
    bt_status report_status = BT_OK;
    if (status != BT_NOMEM && b->reports.fd >= 0) report_status = bt_reports_finish(&b->reports);
    if (status != BT_NOMEM && report_status == BT_OK) report_status = bt_batch_report_write(b, &store.spool);
    if (report_status == BT_OK && store.spool.has_failed) report_status = BT_IO; /* the report lacks something */
    bt_store_drop(&store);
    if (status == BT_OK && report_status == BT_OK) report_status = bt_batch_overview(b);
    return status != BT_OK ? status : report_status;
}

/* A column that nothing calls for is an error of the manifest. */
static bt_status check_columns(bt_batch *b)
{
    bt_render_options render = b->options->render;
    render.base = b->base;
    render.bundle_path = b->base_path;
    return bt_columns_check(&b->scratch, &b->diags, &render, b->manifest);
}

static bt_status read_manifest(bt_batch *b)
{
    const bt_batch_options *o = b->options;
    bt_str text = o->manifest_text;
    b->manifest_bytes = text.ptr ? bt_digest_of(text.ptr, text.len) : bt_hash_file(o->manifest_path);
    return bt_manifest_read(b->arena, &b->diags, bt_str_of(o->manifest_path), text, &b->manifest);
}

static bt_status run(bt_batch *b)
{
    bt_status status = read_manifest(b);
    if (status == BT_OK) status = make_folders(b);
    if (status == BT_OK) status = bt_batch_report_check(b);
    if (status == BT_OK) status = bt_former_open(b);
    if (status == BT_OK) status = choose_rows(b);
    if (status == BT_OK) status = bt_batch_open_base(b);
    if (status == BT_OK) status = check_columns(b);
    return status == BT_OK ? make_editions(b) : status;
}

/* What is touched first costs less in large pages, which systems give to who asks for them: a tenth of opening a base.
 * The heap begins with so many bytes of them; the first write after a fork copies a small one all the same. */
static void enlarge_pages(void)
{
    enum { HEAP_BYTES = 8 * 1024 * 1024 };
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *heap = bt_alloc_new(bt_alloc_system(), HEAP_BYTES);
    if (!heap) return;
    size_t before = -(uintptr_t)heap % page;
    madvise(heap + before, (HEAP_BYTES - before) / page * page, MADV_HUGEPAGE);
    bt_alloc_drop(bt_alloc_system(), heap, HEAP_BYTES);
}

/* The next edition needs again what one gives back, and what opening the base gives back serves the children. */
static void keep_memory(void)
{
    enum { KEPT_BYTES = 32 * 1024 * 1024 };
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    enlarge_pages();
}

bt_status bt_batch_run(bt_arena *arena, const bt_batch_options *options, const bt_batch_listener *listener,
                       bt_batch_totals *totals)
{
    bt_batch b = {.options = options, .listener = listener, .arena = arena, .lock = {-1, -1}};
    keep_memory();
    b.scratch = bt_arena_over(arena->allocator);
    bt_batch_begin_diags(&b);
    b.ctx = bt_ctx_new(NULL, bt_batch_hear, &b);
    bt_status status = b.ctx ? BT_OK : BT_NOMEM;
    if (b.ctx) bt_ctx_speak(b.ctx, options->lang);
    if (status == BT_OK) status = run(&b);
    if (status == BT_NOMEM) bt_diag(&b.diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    b.totals.was_stopped = b.totals.was_stopped && b.totals.n_made + b.totals.n_failed < b.n_todo;
    *totals = b.totals;
    bt_former_close(&b);
    bt_base_drop(b.base);
    bt_ctx_drop(b.ctx);
    bt_arena_drop(&b.scratch);
    return status;
}
