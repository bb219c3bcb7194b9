/* resume.h - which editions a former run has made from just what they would be made from now. */
#ifndef BT_BATCH_RESUME_H
#define BT_BATCH_RESUME_H

#include "batch/batch.h"
#include "batch/journal.h"
#include "batch/reports.h"

/* What is to be done with a row. */
typedef enum bt_resume_way {
    BT_RESUME_MAKE,
    BT_RESUME_KEEP,  /* it is as it should be */
    BT_RESUME_LEAVE, /* not asked for, as --retry-failed has it */
} bt_resume_way;

typedef struct bt_resume_wanted {
    const bt_manifest *manifest;
    bt_shard shard;               /* rows of others are passed over */
    const char *folder;           /* that of the outputs */
    bt_reports *reports;          /* open */
    const bt_reports_line *lines; /* and those that are there, by the journal's editions */
    const bt_digest *base_key;    /* bt_key_base, as it is now */
    bool resumes;                 /* else nothing is kept */
    bool retries_failed;          /* only what has failed is made */
    void *user;
    /* Told of each row of the shard, in the manifest's order. record: of one that is kept or left, what the journal
     * has, in state KEPT; left ones that are not made have state NONE or FAILED. NULL: it is to be made. It lives
     * during the call only. */
    bt_status (*on_row)(void *user, uint32_t row_i, bt_resume_way way, const bt_record *record);
} bt_resume_wanted;

/* Judges all rows. An edition is kept when its last line says DONE, its key is what it would be now (its files hashed
 * now, each once), and PDF and report's line are there with the contents that the journal has. The journal forgets
 * those that are to be made again: that is to be synced (bt_journal_sync) before anything is put in place. Editions
 * that the manifest has no more are told in notes; their files stay. What on_row gives, if it is not BT_OK; BT_INPUT,
 * BT_IO (reported), BT_NOMEM. */
bt_status bt_resume_judge(bt_arena *arena, bt_diags *diags, bt_journal *journal, const bt_resume_wanted *wanted);

#endif
