/* tiffsep.h - pages as the plates that print them, by Ghostscript's device tiffsep, where Ghostscript is installed.
 *
 * It runs as a process of its own, in a folder of its own that is removed, on a copy of the file's bytes, with -dSAFER,
 * without the caller's environment, and under a limit of time.
 */
#ifndef BT_CHECK_TIFFSEP_H
#define BT_CHECK_TIFFSEP_H

#include "check/seen/seen.h"

typedef struct tiffsep_plate {
    bt_str ink;       /* "Cyan", "PANTONE 227 C" */
    const uint8_t *v; /* rows from the top; 0: no ink, 255: all of it */
} tiffsep_plate;

/* A page as it is looked at: its media box. Lives as long as `take` runs. */
typedef struct tiffsep_page {
    uint32_t page; /* from 1 */
    uint32_t n_columns, n_rows;
    BT_ARRAY(tiffsep_plate) plates; /* in the order of their names */
} tiffsep_page;

typedef struct tiffsep_job {
    const uint32_t *pages; /* from 1, ascending */
    uint32_t n_pages;
    uint32_t dpi;
    void (*take)(void *user, const tiffsep_page *page);
    void *user;
} tiffsep_job;

typedef enum tiffsep_outcome {
    TIFFSEP_DONE,
    TIFFSEP_ABSENT, /* there is no Ghostscript on PATH */
    TIFFSEP_FAILED, /* it could not read the file, or took too long */
    TIFFSEP_TROUBLE /* no memory, or no room for what it writes */
} tiffsep_outcome;

/* Memory is taken from the scratch arena, and given back. Nothing is reported. */
tiffsep_outcome tiffsep_run(bt_arena *scratch, const seen_file *file, const tiffsep_job *job);

#endif
