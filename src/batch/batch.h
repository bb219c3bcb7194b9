/* batch.h - many editions of one base: every row of a manifest, on all processors, so that nothing is lost.
 *
 * A parent opens the base once and forks; its children lay editions on it and write each PDF and report into a staging
 * folder. The parent flushes them to the disk in groups, puts them in place, and only then says so in its journal. So
 * at any moment the folder holds whole files only, and the journal tells the truth about them.
 *
 *     FOLDER/hau-loc.pdf ...              what the manifest asks for
 *     FOLDER/batch/journal.jsonl          what was made, from what: append-only
 *     FOLDER/batch/reports/hau-loc.json   the layout report of each edition, with what differs from the base
 *     FOLDER/batch/report.json            the batch report
 *     FOLDER/batch/overview.html          all pages that differ, for proofreaders
 *     FOLDER/batch/staged/                files on their way
 *     FOLDER/batch/lock
 *
 * With a shard, journal, report, overview, staged and lock are named for it: journal-2-of-4.jsonl.
 *
 * This is a part of the command, not of the library: it forks, looks at the clock for its progress, and handles
 * signals.
 */
#ifndef BT_BATCH_H
#define BT_BATCH_H

#include "batch/manifest.h"
#include "batch/record.h"
#include "batch/shard.h"

typedef struct bt_batch_options {
    const char *manifest_path; /* "-": its bytes are manifest_text */
    bt_str manifest_text;
    bt_render_options render; /* of each edition; bundle_path names the base; paths of outputs are unset */
    const char *folder;
    uint32_t n_jobs; /* children at once; 0: one a processor */
    bt_shard shard;
    bool resumes;            /* what a former run made from the same input is kept */
    bool retries_failed;     /* only what failed in a former run */
    uint32_t max_failures;   /* no edition is begun after so many have failed; 0: any number */
    const char *report_path; /* of the batch report; NULL: in the folder */
    bt_lang lang;
    bool is_quiet;
} bt_batch_options;

#endif
