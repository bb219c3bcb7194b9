/* batch.h - many editions of one base: every row of a manifest, on all processors, so that nothing is lost.
 *
 * A parent opens the base once and forks; its children lay editions on it, write each PDF into a staging folder and
 * send its report. The parent flushes them to the disk in groups, puts them in place, and only then says so in its
 * journal. So at any moment the folder holds whole PDFs only, and the journal tells the truth about them.
 *
 *     FOLDER/hau-loc.pdf ...              what the manifest asks for
 *     FOLDER/batch/journal.jsonl          what was made, from what: append-only
 *     FOLDER/batch/reports.jsonl          a line for each edition: its layout report, with what differs from the base
 *     FOLDER/batch/report.json            the batch report
 *     FOLDER/batch/overview.html          all pages that differ, for proofreaders
 *     FOLDER/batch/staged/                PDFs on their way
 *     FOLDER/batch/lock
 *
 * With a shard, journal, reports, report, overview, staged and lock are named for it: journal-2-of-4.jsonl.
 *
 * This is a part of the command, not of the library: it forks, looks at the clock for its progress, and handles
 * signals.
 */
#ifndef BT_BATCH_H
#define BT_BATCH_H

#include "batch/manifest.h"
#include "batch/plates.h"
#include "batch/record.h"
#include "batch/shard.h"

typedef struct bt_batch_options {
    const char *manifest_path; /* "-": its bytes are manifest_text */
    bt_str manifest_text;
    bt_render_options render; /* of each edition; bundle_path names the base, NULL: the overlays do; paths of outputs
                                 are unset */
    const char *folder;
    uint32_t n_jobs; /* children at once; 0: one a processor */
    bt_shard shard;
    bool resumes;            /* what a former run made from the same input is kept */
    bool retries_failed;     /* only what failed in a former run */
    bool waits;              /* for another batch in the folder to end; else this one is refused */
    uint32_t max_failures;   /* no edition is begun after so many have failed; 0: any number */
    const char *report_path; /* of the batch report; NULL: in the folder */
    bt_lang lang;
} bt_batch_options;

/* How far a batch is, and in the end what has become of it. */
typedef struct bt_batch_totals {
    uint32_t n_editions; /* of this shard */
    uint32_t n_made, n_kept, n_failed;
    uint32_t n_crashed; /* of those that failed */
    uint32_t n_warnings;
    uint32_t n_untold; /* warnings and notes that were not told, for another edition had them in the same place */
    uint64_t n_pages;  /* of those made or kept */
    bool was_stopped;  /* by a signal: some may not have been begun */
    bool has_given_up; /* max_failures */
    const bt_plates
        *plates;          /* of the press files, editions by their rows; NULL: there are none. In the options' arena */
    bool is_imposed;      /* the plates are of sides of sheets, else of pages */
    const char *overview; /* the overview's path, likewise */
    const char *report;   /* the batch report's path, when it is there; lives in the options' arena */
} bt_batch_totals;

/* Who is told of what happens, in the parent and as it happens. */
typedef struct bt_batch_listener {
    void *user;
    /* edition: its id; "": of the batch as a whole. The messages of one edition come together; see n_untold. */
    void (*on_message)(void *user, const char *edition, const bt_message *message);
    /* After some editions, and several times a second. */
    void (*on_progress)(void *user, const bt_batch_totals *totals);
} bt_batch_listener;

/* Makes the editions. BT_OK: each was tried, or the totals tell why not; BT_INPUT, BT_LIMIT: the manifest or the base
 * is wrong, and nothing was made; else the system failed. Everything was reported. Strings in totals live in the arena.
 *
 * SIGINT, SIGTERM and SIGHUP, once the editions are being made: those at hand are finished, no other is begun; a second
 * signal ends the process. */
bt_status bt_batch_run(bt_arena *arena, const bt_batch_options *options, const bt_batch_listener *listener,
                       bt_batch_totals *totals);

#endif
