/* former.c - see former.h. */
#include "batch/former.h"

#include "base/digest.h"
#include "base/file.h"
#include "batch/hashes.h"
#include "batch/key.h"
#include "batch/resume.h"
#include "batch/sweep.h"

bt_status bt_former_open(bt_batch *b)
{
    const bt_batch_options *o = b->options;
    const char *folder = bt_path_join(b->arena, bt_str_of(o->folder), BT_STR("batch")).ptr;
    const char *journal = bt_batch_path(b, "journal", ".jsonl");
    const char *report = o->report_path ? o->report_path : bt_batch_path(b, "report", ".json");
    const char *overview = bt_batch_path(b, "overview", ".html");
    const char *reports = bt_batch_path(b, "reports", ".jsonl");
    if (b->arena->failed) return BT_NOMEM;
    bt_status status = bt_lock_take(b->arena, &b->diags, folder, o->shard, o->waits, &b->lock);
    if (status == BT_OK) status = bt_sweep_folder(b->arena, &b->diags, b->staged);
    if (status == BT_OK) status = bt_sweep_parts(b->arena, &b->diags, report);
    if (status == BT_OK) status = bt_sweep_parts(b->arena, &b->diags, overview);
    if (status == BT_OK) status = bt_sweep_parts(b->arena, &b->diags, reports);
    if (status == BT_OK) status = bt_reports_begin(&b->reports, b->arena, &b->diags, reports, b->manifest->n_rows);
    return status == BT_OK ? bt_journal_open(b->arena, &b->diags, journal, &b->journal) : status;
}

void bt_former_close(bt_batch *b)
{
    bt_reports_end(&b->reports);
    bt_journal_close(b->journal);
    b->journal = NULL;
    bt_lock_drop(&b->lock);
}

/* --- what is kept --- */

typedef struct chooser {
    bt_batch *b;
    bt_store *store;
    const bt_reports_line *reports; /* by the journal's editions */
    uint32_t *todo;
    uint32_t n_todo;
} chooser;

static bt_status choose_row(void *user, uint32_t row_i, bt_resume_way way, const bt_record *record)
{
    chooser *c = user;
    bt_batch *b = c->b;
    if (way == BT_RESUME_MAKE) c->todo[c->n_todo++] = row_i;
    if (way == BT_RESUME_MAKE || record->state != BT_RECORD_KEPT) return c->store->status;
    b->reports.lines[row_i] = c->reports[bt_journal_find(b->journal, b->manifest->rows[row_i].id)];
    bt_store_keep(c->store, record);
    return c->store->status;
}

static int64_t find_edition(const void *user, bt_str id) { return bt_journal_find(user, id); }

bt_status bt_former_judge(bt_batch *b, bt_store *store)
{
    const bt_batch_options *o = b->options;
    bt_reports_line *found = BT_NEW_ARRAY(b->arena, bt_journal_count(b->journal), bt_reports_line);
    chooser c = {.b = b, .store = store, .reports = found, .todo = BT_NEW_ARRAY(b->arena, b->n_todo, uint32_t)};
    bt_journal_run run = {.manifest = b->manifest->path,
                          .manifest_bytes = b->manifest_bytes,
                          .base_key = b->base_key,
                          .inputs = b->base_inputs,
                          .n_inputs = b->n_base_inputs,
                          .is_anew = !o->resumes && !o->retries_failed};
    bt_resume_wanted wanted = {.manifest = b->manifest,
                               .shard = o->shard,
                               .folder = o->folder,
                               .reports = &b->reports,
                               .lines = found,
                               .base_key = &b->base_key,
                               .resumes = o->resumes,
                               .retries_failed = o->retries_failed,
                               .user = &c,
                               .on_row = choose_row};
    /* Where the base is wrong, some editions were tried to see by whose fault. */
    bt_status status = bt_sweep_folder(b->arena, &b->diags, b->staged);
    if (status == BT_OK) status = c.todo && found ? bt_journal_begin(b->journal, &run) : BT_NOMEM;
    if (status == BT_OK && !run.is_anew) status = bt_reports_open(&b->reports, false);
    if (status == BT_OK && !run.is_anew)
        status = bt_reports_look_through(&b->reports, 0, found, find_edition, b->journal);
    if (status == BT_OK) status = bt_resume_judge(b->arena, &b->diags, b->journal, &wanted);
    /* Where nothing is to be forgotten, that this run has begun is written with the first that it has made. */
    if (status == BT_OK && bt_journal_count(b->journal)) status = bt_journal_sync(b->journal);
    if (status == BT_OK && run.is_anew) status = bt_reports_open(&b->reports, true); /* the journal knows of none */
    b->todo = c.todo;
    b->n_todo = c.n_todo;
    return status;
}
