/* journal.h - what a batch has made, from what, and what failed: what --resume goes by.
 *
 * A file of JSON Lines that is only ever appended to. Each run begins with a line that says what it stands on; then
 * every edition has a line when it is made, or has failed. Of the lines about an edition the last one counts. A line is
 * written when the edition's files are in place and on the disk; so what the journal says is true at any moment, also
 * after a power cut. To keep it true, an edition whose files are to be replaced is forgotten first.
 *
 * Every line ends with a checksum of it. One that a crash cut short can only be the last: it is cut off when the
 * journal is opened. Damage elsewhere is an error: what is lost there cannot be told.
 *
 * Whoever opens a journal holds its lock (lock.h).
 */
#ifndef BT_BATCH_JOURNAL_H
#define BT_BATCH_JOURNAL_H

#include "base/diag.h"
#include "batch/record.h"

typedef struct bt_journal bt_journal;

/* What a run stands on. */
typedef struct bt_journal_run {
    bt_str manifest;               /* its path */
    bt_digest manifest_bytes;      /* and contents */
    bt_digest base_key;            /* bt_key_base */
    const bt_record_input *inputs; /* those of the base */
    uint32_t n_inputs;
    bool is_anew; /* nothing that was made before counts from here on */
} bt_journal_run;

/* Reads the journal, or begins one where there is none, and makes ready to append to it. Nothing is held in memory but
 * where each edition's last line is. Lives in the arena; drop it with bt_journal_close. On failure *journal is NULL:
 * BT_INPUT (damaged, another version's, no journal at all), BT_IO, both reported; BT_NOMEM. A line that is cut off is
 * told as a note. */
bt_status bt_journal_open(bt_arena *arena, bt_diags *diags, const char *path, bt_journal **journal);
/* What was not synced is lost. */
void bt_journal_close(bt_journal *journal);

/* The next lines are of this run; to be called once, before anything is appended. BT_IO (reported), BT_NOMEM; nothing
 * is on the disk before bt_journal_sync. */
bt_status bt_journal_begin(bt_journal *journal, const bt_journal_run *run);
/* From here on nothing is known of the edition: its files are about to be replaced. To be synced before they are. */
bt_status bt_journal_forget(bt_journal *journal, bt_str id);
/* What became of an edition: DONE, when its files are in place and on the disk; FAILED; CRASHED. A KEPT one has its
 * line already. out: its PDF's path within the folder. */
bt_status bt_journal_append(bt_journal *journal, bt_str id, bt_str out, const bt_record *record);
/* Writes what was appended, at once, and waits until it is on the disk. On failure (BT_IO, reported) the file is as it
 * was after the last sync, and what was appended since is given up. */
bt_status bt_journal_sync(bt_journal *journal);

/* --- what former runs said; nothing that was appended since the journal was opened --- */

/* The editions that are known, by their first lines' order. */
uint32_t bt_journal_count(const bt_journal *journal);
bt_str bt_journal_id(const bt_journal *journal, uint32_t i);
/* DONE, FAILED or CRASHED; NONE: it was forgotten. */
bt_record_state bt_journal_state(const bt_journal *journal, uint32_t i);
/* The edition's place; -1: nothing is known of it. */
int64_t bt_journal_find(const bt_journal *journal, bt_str id);
/* Its last line: the record as it was appended, but for row_i, which is the caller's. out: see bt_journal_append.
 * Everything lives in the arena. BT_INPUT, BT_IO (reported), BT_NOMEM. */
bt_status bt_journal_read(bt_journal *journal, uint32_t i, bt_arena *arena, bt_record *record, bt_str *out);

#endif
