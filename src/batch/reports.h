/* reports.h - the layout reports of a batch's editions: one file of JSON Lines, a line an edition, which begins with
 * its id and goes on as `bantin render --report` would have it.
 *
 * Lines are appended as editions come, and are on the disk before the journal says that an edition is made. When the
 * run ends, the file has the lines of just those editions that are made, in the manifest's order: where it has come out
 * otherwise, it is written anew and put in place whole. Of the lines about an edition the last one counts; which is
 * right the journal's digest tells. In memory there is only where each row's line is.
 */
#ifndef BT_BATCH_REPORTS_H
#define BT_BATCH_REPORTS_H

#include "base/diag.h"
#include "base/str.h"

/* Where a line stands. */
typedef struct bt_reports_line {
    uint64_t at;
    uint32_t size; /* without its newline [bytes]; 0: there is none */
    uint32_t part; /* 0: in the batch's own file; k: in parts[k - 1] */
} bt_reports_line;

typedef struct bt_reports {
    bt_diags *diags;
    const char *path;
    const char *const *parts; /* files of shards, while they are joined */
    int fd;                   /* of the file at hand; -1: none */
    uint32_t part;            /* which that is */
    uint64_t size;            /* of the batch's own file, as far as its lines are whole */
    bool is_new;              /* its name is not safe on the disk yet */
    bt_reports_line *lines;   /* one a row of the manifest */
    uint32_t n_rows;
    bt_arena scratch;
} bt_reports;

/* An edition's line, and its newline. In the arena, which may have failed. */
bt_str bt_reports_make_line(bt_arena *arena, bt_str id, bt_str report);

/* No row has a line, and no file is open yet. diags and path live as long; lines in the arena. BT_NOMEM. */
bt_status bt_reports_begin(bt_reports *reports, bt_arena *arena, bt_diags *diags, const char *path, uint32_t n_rows);
/* Opens the batch's own file, to append to it; is_anew: what there is in it goes. BT_IO (reported). */
bt_status bt_reports_open(bt_reports *reports, bool is_anew);
/* What was begun, or never was, is ended. */
void bt_reports_end(bt_reports *reports);

/* Looks for whole lines, in the batch's own file (part 0) or in a shard's: the last of each edition goes into
 * found[index(user, id)], unless that is below 0. What stands behind the last line of the own file is cut off. A
 * shard's file that is not there has no lines. BT_IO (reported), BT_NOMEM. */
typedef int64_t (*bt_reports_index)(const void *user, bt_str id);
bt_status bt_reports_look_through(bt_reports *reports, uint32_t part, bt_reports_line *found, bt_reports_index index,
                                  const void *user);

/* Reads a line into the arena. Empty: there is none, it cannot be read (errno in *error), or there is no memory. */
bt_str bt_reports_read(bt_reports *reports, bt_arena *arena, const bt_reports_line *line, int *error);

/* Appends a row's line, as it was made. errno, 0: done, but not flushed. */
int bt_reports_append(bt_reports *reports, uint32_t row_i, bt_str line);
/* The row has no line any more. */
void bt_reports_forget(bt_reports *reports, uint32_t row_i);

/* The file has just the rows' lines in their order, and is on the disk, when this returns BT_OK. BT_IO (reported; the
 * file is as it was), BT_NOMEM. */
bt_status bt_reports_finish(bt_reports *reports);

#endif
