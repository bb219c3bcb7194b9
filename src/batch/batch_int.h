/* batch_int.h - what the files of batch/ share: the run of one batch. */
#ifndef BT_BATCH_INT_H
#define BT_BATCH_INT_H

#include "base/limits.h"
#include "batch/batch.h"
#include "batch/journal.h"
#include "batch/lock.h"
#include "batch/reports.h"

#include <sys/types.h>

/* What one job tells while it runs: everything that goes into its record. */
typedef struct bt_heard {
    bt_arena *arena;
    BT_ARRAY(bt_record_message) messages;
    BT_ARRAY(bt_record_input) inputs;
    BT_ARRAY(bt_digest) sheets;
    bt_digest pdf;    /* what was staged */
    uint64_t n_bytes; /* of the PDF */
    bt_str id;        /* of the edition */
    bt_str report;    /* its line: reports.h */
} bt_heard;

typedef struct bt_batch {
    const bt_batch_options *options;
    const bt_batch_listener *listener;
    bt_arena *arena; /* of the whole run */
    bt_arena scratch;
    bt_diags diags;
    bt_heard *heard; /* takes the messages; NULL: the listener does */
    bt_ctx *ctx;
    bt_base *base; /* NULL: it cannot be set without an edition */
    const char *base_path;
    const bt_batch_row *base_row;       /* whose values the base was set with; NULL: none */
    bt_digest base_key;                 /* of what all editions have in common: key.h */
    const bt_record_input *base_inputs; /* what the base has told */
    uint32_t n_base_inputs;
    bt_lock lock;
    bt_journal *journal;
    const bt_manifest *manifest;
    bt_digest manifest_bytes; /* what it said */
    bt_reports reports;
    const char *staged;   /* a folder */
    bool is_folder_new;   /* that of the outputs: its name is not safe on the disk yet */
    bt_record *records;   /* one a row; without messages and inputs, which are on the spool */
    const uint32_t *todo; /* rows to be made */
    uint32_t n_todo;
    bt_batch_totals totals;
    uint64_t told[4096]; /* marks of warnings and notes that were said */
} bt_batch;

/* tell.c. Makes the diags ready: nothing was said with them. */
void bt_batch_begin_diags(bt_batch *b);
/* A bt_message_fn; user is the batch. */
void bt_batch_hear(void *user, const bt_message *message);
/* Tells the listener of an edition's messages; "" for those of the batch. A warning or note that another edition has
 * had in the same place is counted only. */
void bt_batch_tell(bt_batch *b, bt_str edition, const bt_record_message *messages, uint32_t n);

/* batch.c. The path of one of the batch's own files, named for the shard where there is one: batch/report.json,
 * batch/report-2-of-4.json. Lives in the run's arena; NULL without memory. */
const char *bt_batch_path(bt_batch *b, const char *stem, const char *ending);

/* Whether the row is of this shard. */
bool bt_batch_has_row(const bt_batch *b, uint32_t row_i);

/* overview_batch.c. Writes the overview from the records and the editions' reports, and names it in the totals. BT_IO
 * (reported), BT_NOMEM. */
bt_status bt_batch_overview(bt_batch *b);

/* base.c. Opens the base: with it, or without where the base alone cannot be set. Reported. */
bt_status bt_batch_open_base(bt_batch *b);

/* worker.c. What a job tells goes into `heard`. */
bt_witness bt_heard_witness(bt_heard *heard);
/* Makes one edition: its files are staged when the record is DONE. The record lives in the arena. */
void bt_edition_make(bt_batch *b, bt_arena *arena, uint32_t row_i, bt_record *record);
/* Where an edition's PDF is staged. */
const char *bt_edition_staged(bt_arena *arena, const bt_batch *b, uint32_t row_i);
/* What the record of an edition says that its worker could not make any more, from the messages of `heard`. */
void bt_edition_fail(bt_record *record, const bt_heard *heard, bt_status status);

/* --- the board: what parent and children share while they run --- */

#define BT_NO_ROW UINT32_MAX

typedef struct bt_board {
    _Atomic uint32_t next;                   /* of todo: to be begun */
    _Atomic bool is_closed;                  /* nothing is begun any more */
    _Atomic uint32_t n_failed;               /* that the parent was told of */
    _Atomic uint32_t at_hand[BT_LIMIT_JOBS]; /* the row that a child has begun, BT_NO_ROW: none */
} bt_board;

/* What a child is to do, and where it says what it did. */
typedef struct bt_worker {
    bt_board *board;
    uint32_t child_i;
    uint32_t alone; /* this row only; BT_NO_ROW: what the board has, and then some more */
    int fd;         /* the pipe's end for records */
    pid_t parent;
} bt_worker;

/* The child's whole life: never returns. */
_Noreturn void bt_worker_run(bt_batch *b, const bt_worker *worker);

#endif
