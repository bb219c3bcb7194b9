/* resume.h - which editions a former run has made from just what they would be made from now. */
#ifndef BT_BATCH_RESUME_H
#define BT_BATCH_RESUME_H

#include "batch/batch.h"
#include "batch/journal.h"

typedef struct bt_resume_wanted {
    const bt_manifest *manifest;
    bt_shard shard;            /* rows of others are left alone */
    const char *folder;        /* that of the outputs */
    const char *reports;       /* that of the reports: ID.json; NULL: none are made */
    const bt_digest *base_key; /* bt_key_base, as it is now */
    bool resumes;              /* else nothing is kept */
    bool retries_failed;       /* what is neither failed nor kept is left alone */
} bt_resume_wanted;

/* What is to be done with a row. */
typedef enum bt_resume_way {
    BT_RESUME_MAKE,
    BT_RESUME_KEEP, /* the record is filled in, in state KEPT */
    BT_RESUME_LEAVE /* not of this shard, or not asked for */
} bt_resume_way;

/* Judges all rows. An edition is kept when its last line says DONE, its key is what it would be now (its files hashed
 * now, each once), and PDF and report are there with the contents that the journal has. records, ways: one a row.
 * The journal forgets those that are to be made again, which is to be synced (bt_journal_sync) before anything is put
 * in place. Editions that the manifest has no more are told in a note; their files stay. Everything lives in the arena.
 * BT_INPUT, BT_IO (reported), BT_NOMEM. */
bt_status bt_resume_judge(bt_arena *arena, bt_diags *diags, bt_journal *journal, const bt_resume_wanted *wanted,
                          bt_record *records, bt_resume_way *ways);

#endif
