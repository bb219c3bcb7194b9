/* store.h - finished editions on their way from the staging folder to their places: flushed to the disk in groups, put
 * in place, and only then written down. Whatever moment a power cut chooses, what is in place is whole, and what is
 * written down is in place.
 */
#ifndef BT_BATCH_STORE_H
#define BT_BATCH_STORE_H

#include "batch/batch_int.h"
#include "batch/spool.h"

typedef struct bt_store {
    bt_batch *b;
    bt_arena arena; /* of the records below */
    BT_ARRAY(bt_record) pending;
    size_t n_bytes;   /* of their reports */
    int64_t since;    /* when the first of them came [ms] */
    uint32_t n_taken; /* in the run: nothing more will come when it is all that are to be made */
    uint32_t next;    /* of todo: all before have been taken */
    bt_arena folders_arena;
    BT_ARRAY(bt_str) folders; /* to be flushed: what was renamed into them is safe then */
    bool is_disk_slow;        /* flushing has taken its time once: flush.h */
    bt_spool spool;
    bt_status status; /* not BT_OK: nothing can be kept any more, which was reported */
} bt_store;

bt_status bt_store_open(bt_store *store, bt_batch *b);

/* Takes a record as it came from a worker, whose files are staged. False: it is none, or of a row that has one. */
bool bt_store_take(bt_store *store, bt_str contents, int64_t now);
/* The same of a record of the parent's own. */
void bt_store_add(bt_store *store, const bt_record *record, int64_t now);

/* An edition that a former run has made, and that stays as it is. */
void bt_store_keep(bt_store *store, const bt_record *record);

/* Puts what was taken in place, tells the listener, counts it. What came before its turn waits, that reports stand in
 * the manifest's order, unless it is more than half. */
void bt_store_flush(bt_store *store, int64_t now);
/* The same, and nothing waits. */
void bt_store_flush_all(bt_store *store);
/* Whether it is time to: there are many, or the first has waited long enough, or none will follow. */
bool bt_store_is_due(const bt_store *store, int64_t now);
/* Removes what a child that died has left half-written. */
void bt_store_sweep(bt_store *store, uint32_t row_i);
void bt_store_drop(bt_store *store);

#endif
