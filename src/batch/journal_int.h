/* journal_int.h - what the files of the journal share: the form of its lines.
 *
 *     {"journal":1,"version":"0.1.0","anew":true,...,"sum":"0123456789abcdef"}
 *     {"id":"hau-loc","state":"done","out":"hau-loc.pdf",...,"sum":"0123456789abcdef"}
 *
 * The sum is the head of the SHA-256 of what stands before it in the line.
 */
#ifndef BT_BATCH_JOURNAL_INT_H
#define BT_BATCH_JOURNAL_INT_H

#include "batch/journal.h"

enum { BT_JOURNAL_VERSION = 1 };

/* What a line says at its head. */
typedef enum bt_journal_kind { BT_JOURNAL_RUN, BT_JOURNAL_EDITION } bt_journal_kind;
typedef struct bt_journal_head {
    bt_journal_kind kind;
    uint32_t version;      /* of a RUN: that of the form */
    bool is_anew;          /* of a RUN */
    bt_str id;             /* of an EDITION; in the arena */
    bt_record_state state; /* of an EDITION; NONE: it is forgotten */
} bt_journal_head;

/* Lines are added whole, with sum and newline. */
void bt_journal_add_run(bt_buf *out, const bt_journal_run *run);
void bt_journal_add_forgotten(bt_buf *out, bt_str id);
void bt_journal_add_edition(bt_buf *out, bt_str id, bt_str name, const bt_record *record);

/* True when the line, without its newline, ends with its sum. */
bool bt_journal_line_is_whole(bt_str line);
/* The head of a line that is whole. False: it is none of a journal. */
bool bt_journal_read_head(bt_arena *arena, bt_str line, bt_journal_head *head);
/* All of an edition's line. False: as above. */
bool bt_journal_read_edition(bt_arena *arena, bt_str line, bt_record *record, bt_str *out);

#endif
