/* resume.c - see resume.h. */
#include "batch/resume.h"

#include "base/digest.h"
#include "base/file.h"
#include "batch/hashes.h"
#include "batch/key.h"
#include "batch/shard.h"

typedef struct judge {
    const bt_resume_wanted *wanted;
    bt_journal *journal;
    bt_diags *diags;
    bt_arena lines; /* what the journal says of one edition */
    bt_hashes inputs;
    bool *is_in_manifest; /* by the journal's editions */
    uint32_t n_left_over;
} judge;

/* Whether the PDF is there as it was made. */
static bool has_pdf(judge *j, bt_str out, const bt_digest *contents)
{
    bt_str path = bt_path_join(&j->lines, bt_str_of(j->wanted->folder), out);
    if (j->lines.failed) return false;
    bt_digest now = bt_hash_file(path.ptr);
    return bt_digest_equal(&now, contents);
}

/* Likewise its report. */
static bool has_report(judge *j, uint32_t edition_i, const bt_digest *contents)
{
    int error;
    bt_str line = bt_reports_read(j->wanted->reports, &j->lines, &j->wanted->lines[edition_i], &error);
    bt_digest now = bt_digest_of(line.ptr, line.len);
    return line.len && bt_digest_equal(&now, contents);
}

/* The key that the edition would have now: files are hashed anew, and nothing else of it can be different unless one of
 * them is. */
static bt_status key_now(judge *j, const bt_batch_row *row, const bt_record *record, bt_digest *key)
{
    bt_record_input *inputs = BT_NEW_ARRAY(&j->lines, record->n_inputs, bt_record_input);
    if (!inputs) return BT_NOMEM;
    for (uint32_t i = 0; i < record->n_inputs; i++) {
        bt_str path = record->inputs[i].path;
        inputs[i] = (bt_record_input){path, bt_hashes_of(&j->inputs, path)};
    }
    if (j->inputs.arena->failed) return BT_NOMEM;
    return bt_key_edition(&j->lines, j->wanted->base_key, row, inputs, record->n_inputs, key);
}

static bt_status is_kept(judge *j, const bt_batch_row *row, uint32_t edition_i, const bt_record *record, bt_str out,
                         bool *kept)
{
    bt_digest key;
    *kept = false;
    if (record->state != BT_RECORD_DONE || !bt_str_equal(out, row->out)) return BT_OK;
    bt_status status = key_now(j, row, record, &key);
    if (status != BT_OK || !bt_digest_equal(&key, &record->key)) return status;
    *kept = has_report(j, edition_i, &record->report) && has_pdf(j, out, &record->pdf);
    return j->lines.failed ? BT_NOMEM : BT_OK;
}

/* What the journal knows, as it is told of a row that is not made. */
static void show_known(bt_record *record, uint32_t row_i)
{
    record->row_i = row_i;
    if (record->state == BT_RECORD_DONE) record->state = BT_RECORD_KEPT;
}

static bool is_failure(bt_record_state state) { return state == BT_RECORD_FAILED || state == BT_RECORD_CRASHED; }

/* Whether an edition of the manifest is written there: the path is taken, and what it has now is not for long. */
static bool is_taken(const judge *j, bt_str out)
{
    const bt_manifest *manifest = j->wanted->manifest;
    for (uint32_t i = 0; i < manifest->n_rows; i++)
        if (bt_str_equal(manifest->rows[i].out, out)) return true;
    return false;
}

/* A file stays that no edition is written to any more. */
static void tell_left_over(judge *j, bt_diag_code code, bt_str id, bt_str out)
{
    enum { MOST_TOLD = 20 };
    if (j->n_left_over++ >= MOST_TOLD) return;
    bt_str path = bt_path_join(&j->lines, bt_str_of(j->wanted->folder), out);
    bt_diag(j->diags, code, NULL, BT_ARGS(path, id));
    if (j->n_left_over == MOST_TOLD) bt_diag(j->diags, BT_N_BATCH_GONE_MORE, NULL, BT_NO_ARGS);
}

/* Whether a PDF is there by the name that the row gives it, whatever is in it. */
static bool is_in_place(judge *j, const bt_batch_row *row, bt_str out)
{
    bt_str path = bt_path_join(&j->lines, bt_str_of(j->wanted->folder), out);
    return !j->lines.failed && bt_str_equal(out, row->out) && bt_file_exists(path.ptr);
}

/* Reads what matters of the row's line, and says what is to be done. */
static bt_status find_way(judge *j, uint32_t row_i, uint32_t line, bt_resume_way *way, bt_record *record)
{
    const bt_batch_row *row = &j->wanted->manifest->rows[row_i];
    bool kept = false, was_done = bt_journal_state(j->journal, line) == BT_RECORD_DONE;
    bt_str out = BT_STR("");
    bt_status status = bt_journal_read(j->journal, line, &j->lines, record, &out);
    if (status == BT_OK && *way == BT_RESUME_MAKE) status = is_kept(j, row, line, record, out, &kept);
    if (status != BT_OK) return status;
    if (kept) *way = BT_RESUME_KEEP;
    if (kept || !was_done || (*way == BT_RESUME_LEAVE && is_in_place(j, row, out))) return BT_OK;
    record->state = BT_RECORD_NONE; /* whatever the journal says */
    if (!bt_str_equal(out, row->out) && !is_taken(j, out)) tell_left_over(j, BT_N_BATCH_MOVED, row->id, out);
    return bt_journal_forget(j->journal, row->id);
}

static bt_status judge_row(judge *j, uint32_t row_i)
{
    const bt_resume_wanted *wanted = j->wanted;
    int64_t line = bt_journal_find(j->journal, wanted->manifest->rows[row_i].id);
    bt_record_state state = line < 0 ? BT_RECORD_NONE : bt_journal_state(j->journal, (uint32_t)line);
    bt_resume_way way = wanted->retries_failed && !is_failure(state) ? BT_RESUME_LEAVE : BT_RESUME_MAKE;
    bt_record record = {.state = BT_RECORD_NONE};
    bt_status status = BT_OK;
    if (line >= 0) j->is_in_manifest[line] = true;
    if (state != BT_RECORD_NONE && (wanted->resumes || way == BT_RESUME_LEAVE))
        status = find_way(j, row_i, (uint32_t)line, &way, &record);
    if (status != BT_OK) return status;
    show_known(&record, row_i);
    return wanted->on_row(wanted->user, row_i, way, way == BT_RESUME_MAKE ? NULL : &record);
}

/* An edition that the manifest has no more. Where its file is now another's, it is that one's to tell of it. */
static bt_status judge_gone(judge *j, uint32_t line)
{
    bt_record record;
    bt_str out, id = bt_journal_id(j->journal, line);
    if (bt_journal_state(j->journal, line) != BT_RECORD_DONE) return BT_OK;
    bt_status status = bt_journal_read(j->journal, line, &j->lines, &record, &out);
    if (status != BT_OK) return status;
    if (is_taken(j, out)) return bt_journal_forget(j->journal, id);
    tell_left_over(j, BT_N_BATCH_GONE, id, out);
    return BT_OK;
}

static bt_status judge_all(judge *j)
{
    const bt_resume_wanted *wanted = j->wanted;
    bt_status status = j->is_in_manifest ? BT_OK : BT_NOMEM;
    for (uint32_t i = 0; i < wanted->manifest->n_rows && status == BT_OK; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&j->lines);
        bool is_ours =
            wanted->shard.n < 2 || bt_shard_of(wanted->manifest->rows[i].id, wanted->shard.n) == wanted->shard.k;
        if (is_ours) status = judge_row(j, i);
        bt_arena_rewind(&j->lines, mark);
    }
    for (uint32_t i = 0; i < bt_journal_count(j->journal) && status == BT_OK; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&j->lines);
        if (!j->is_in_manifest[i]) status = judge_gone(j, i);
        bt_arena_rewind(&j->lines, mark);
    }
    return status == BT_OK && j->lines.failed ? BT_NOMEM : status;
}

bt_status bt_resume_judge(bt_arena *arena, bt_diags *diags, bt_journal *journal, const bt_resume_wanted *wanted)
{
    bt_arena files = bt_arena_over(arena->allocator);
    judge j = {.wanted = wanted, .journal = journal, .diags = diags, .lines = bt_arena_over(arena->allocator)};
    j.inputs.arena = &files;
    j.is_in_manifest = BT_NEW_ARRAY(&files, bt_journal_count(journal), bool);
    bt_status status = judge_all(&j);
    bt_arena_drop(&files);
    bt_arena_drop(&j.lines);
    return status;
}
