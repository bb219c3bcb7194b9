/* worker.c - a child: makes editions, one after another, and sends a record of each to its parent. */
#include "batch/batch_int.h"
#include "batch/key.h"
#include "batch/wire.h"

#include "base/digest.h"
#include "base/file.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A child is replaced when what its context keeps from one edition to the next has grown so much; until then, it is
 * what makes the next one quick. */
enum { GROWTH_KB = 16 * 1024 };

/* --- what a job tells --- */

static void hear_input(void *user, const char *path, const bt_digest *contents)
{
    bt_heard *heard = user;
    bt_record_input *input = BT_PUSH(heard->arena, &heard->inputs);
    if (input) *input = (bt_record_input){bt_str_copy(heard->arena, bt_str_of(path)), *contents};
}

static void hear_sheet(void *user, uint32_t sheet_i, const bt_digest *drawing)
{
    bt_heard *heard = user;
    bt_digest *sheet = BT_PUSH(heard->arena, &heard->sheets);
    (void)sheet_i; /* they come in order */
    if (sheet) *sheet = *drawing;
}

/* The PDF was staged. */
static void hear_output(void *user, const char *path, uint64_t n_bytes, const bt_digest *contents)
{
    bt_heard *heard = user;
    (void)path;
    heard->pdf = *contents;
    heard->n_bytes = n_bytes;
}

static void hear_report(void *user, const char *text, size_t n_bytes)
{
    bt_heard *heard = user;
    heard->report = bt_reports_make_line(heard->arena, heard->id, (bt_str){text, n_bytes});
}

bt_witness bt_heard_witness(bt_heard *heard)
{
    return (bt_witness){.user = heard,
                        .on_input = hear_input,
                        .on_sheet = hear_sheet,
                        .on_output = hear_output,
                        .on_report = hear_report};
}

/* --- one edition --- */

const char *bt_edition_staged(bt_arena *arena, const bt_batch *b, uint32_t row_i)
{
    bt_str id = b->manifest->rows[row_i].id;
    return bt_str_format(arena, "%s/%.*s.pdf", b->staged, BT_STR_ARGS(id)).ptr;
}

/* A file with something in it that is no PDF is never replaced. */
static bool would_be_lost(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && (!S_ISREG(about.st_mode) || bt_file_is_other(path, "%PDF-"));
}

static bt_render_options options_of(const bt_batch *b, bt_arena *arena, uint32_t row_i)
{
    const bt_batch_row *row = &b->manifest->rows[row_i];
    bt_render_options options = b->options->render;
    options.base = b->base;
    options.bundle_path = b->base ? NULL : b->base_path;
    options.edition_path = row->edition.len ? bt_str_z(arena, row->edition) : NULL;
    options.edition_named = row->edition_named;
    options.values = row->values;
    options.n_values = row->n_values;
    options.defers_sync = true;
    options.pdf_path = bt_edition_staged(arena, b, row_i);
    return options;
}

static bt_status render(bt_batch *b, bt_arena *arena, uint32_t row_i, bt_record *record)
{
    const bt_batch_row *row = &b->manifest->rows[row_i];
    const char *out = bt_path_join(arena, bt_str_of(b->options->folder), row->out).ptr;
    if (would_be_lost(out)) {
        bt_diag(&b->diags, BT_E_BATCH_NO_PDF, row->at, BT_ARGS(bt_str_of(out)));
        record->n_errors = 1;
        return BT_INPUT;
    }
    bt_witness witness = bt_heard_witness(b->heard);
    bt_render_options options = options_of(b, arena, row_i);
    options.witness = &witness;
    if (arena->failed) return BT_NOMEM;
    bt_render_result result = {0};
    bt_status status = bt_render(b->ctx, &options, &result);
    record->n_pages = result.n_pages;
    record->n_errors = result.n_errors;
    record->n_warnings = result.n_warnings;
    record->n_notes = result.n_notes;
    record->differences = result.differences;
    if (status != BT_OK) return status;
    record->pdf = b->heard->pdf;
    if (arena->failed) return BT_NOMEM;
    record->line = b->heard->report;
    record->report = bt_digest_of(record->line.ptr, record->line.len - 1); /* without its newline */
    record->n_bytes = b->heard->n_bytes;
    return BT_OK;
}

void bt_edition_fail(bt_record *record, const bt_heard *heard, bt_status status)
{
    record->state = BT_RECORD_FAILED;
    record->status = status;
    record->n_pages = 0;
    record->n_sheets = 0;
    record->line = BT_STR("");
    record->messages = heard->messages.v;
    record->n_messages = heard->messages.n;
}

void bt_edition_make(bt_batch *b, bt_arena *arena, uint32_t row_i, bt_record *record)
{
    bt_heard heard = {.arena = arena, .id = b->manifest->rows[row_i].id};
    *record = (bt_record){.row_i = row_i};
    bt_batch_begin_diags(b);
    b->heard = &heard;
    bt_status status = render(b, arena, row_i, record);
    if (status == BT_OK)
        status = bt_key_edition(arena, &b->base_key, &b->manifest->rows[row_i], heard.inputs.v, heard.inputs.n,
                                &record->key);
    if (arena->failed) status = BT_NOMEM;
    if (status == BT_NOMEM && !record->n_errors) bt_diag(&b->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    b->heard = NULL;
    record->state = BT_RECORD_DONE;
    record->status = status;
    record->inputs = heard.inputs.v;
    record->n_inputs = heard.inputs.n;
    record->sheets = heard.sheets.v;
    record->n_sheets = heard.sheets.n;
    record->messages = heard.messages.v;
    record->n_messages = heard.messages.n;
    if (status != BT_OK) bt_edition_fail(record, &heard, status);
}

/* --- a child --- */

/* False: nobody hears it any more. */
static bool send_record(bt_arena *arena, int fd, const bt_record *record)
{
    bt_buf frame = bt_buf_in(arena);
    bt_wire_add(&frame, record);
    bt_str left = bt_buf_str(&frame);
    if (arena->failed) return false; /* the parent has this edition made again, alone */
    while (left.len) {
        ssize_t n = write(fd, left.ptr, left.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        left = bt_str_slice(left, (size_t)n, left.len);
    }
    return true;
}

/* The most memory that this process has taken so far [KB]. */
static long count_memory(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

/* The next row; BT_NO_ROW: there is none, or nothing is to be begun any more. */
static uint32_t take_row(const bt_batch *b, const bt_worker *worker, uint32_t n_made, long born_kb)
{
    bt_board *board = worker->board;
    uint32_t most = b->options->max_failures;
    if (worker->alone != BT_NO_ROW) return n_made ? BT_NO_ROW : worker->alone;
    if (count_memory() - born_kb > GROWTH_KB || atomic_load(&board->is_closed)) return BT_NO_ROW;
    if (most && atomic_load(&board->n_failed) >= most) return BT_NO_ROW;
    uint32_t i = atomic_fetch_add(&board->next, 1);
    return i < b->n_todo ? b->todo[i] : BT_NO_ROW;
}

_Noreturn void bt_worker_run(bt_batch *b, const bt_worker *worker)
{
    enum { FAILED = 1 };
    bt_arena arena = bt_arena_over(bt_alloc_system());
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != worker->parent) _exit(FAILED);
    long born_kb = count_memory();
    uint32_t row_i;
    for (uint32_t n = 0; (row_i = take_row(b, worker, n, born_kb)) != BT_NO_ROW; n++) {
        atomic_store(&worker->board->at_hand[worker->child_i], row_i);
        bt_record record;
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_edition_make(b, &arena, row_i, &record);
        if (!send_record(&arena, worker->fd, &record)) _exit(FAILED);
        if (record.state == BT_RECORD_FAILED) atomic_fetch_add(&worker->board->n_failed, 1);
        bt_arena_rewind(&arena, mark);
    }
    _exit(0);
}
