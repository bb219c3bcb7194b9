/* record.h - what is known of one edition of a batch: what a worker sends when it has made it, the journal keeps, and
 * the batch report tells.
 */
#ifndef BT_BATCH_RECORD_H
#define BT_BATCH_RECORD_H

#include "base/array.h"
#include "base/str.h"

typedef enum bt_record_state {
    BT_RECORD_NONE,    /* not tried yet */
    BT_RECORD_DONE,    /* its files are in place and durable */
    BT_RECORD_FAILED,  /* messages tell why */
    BT_RECORD_CRASHED, /* its worker died of it, alone */
    BT_RECORD_KEPT,    /* a former run made it, and nothing has changed since */
} bt_record_state;

/* A file that counts in what comes out. */
typedef struct bt_record_input {
    bt_str path;
    bt_digest contents; /* all zero: it was looked for, and is not there */
} bt_record_input;

/* A message of the job, as in the report. */
typedef struct bt_record_message {
    bt_severity severity;
    bt_str code, file, pointer, text;
    uint32_t line, column;
} bt_record_message;

typedef bt_differences bt_record_differences;

typedef struct bt_record {
    uint32_t row_i; /* of the manifest */
    bt_record_state state;
    bt_status status;
    int signal;       /* CRASHED: that killed it; 0: it exited by itself */
    bt_digest key;    /* of everything that counts in what comes out */
    bt_digest pdf;    /* the contents of the PDF */
    bt_digest report; /* and of the report's line; all zero: none was made */
    bt_str line;      /* that line, on its way from a worker to the parent; else empty */
    uint64_t n_bytes; /* of the PDF */
    uint32_t n_pages, n_errors, n_warnings, n_notes;
    const bt_record_input *inputs; /* those that the base did not open */
    uint32_t n_inputs;
    const bt_digest *sheets; /* one a side of a sheet: bt_witness.on_sheet */
    uint32_t n_sheets;
    const bt_record_message *messages; /* errors, the first few */
    uint32_t n_messages;
    bt_record_differences differences; /* from the base's pages; see the edition's report */
} bt_record;

#endif
