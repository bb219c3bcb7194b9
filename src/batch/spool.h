/* spool.h - the records of a batch in a file without a name, until the report is made of them in the manifest's order.
 * So what an edition has said takes no memory, however many there are.
 */
#ifndef BT_BATCH_SPOOL_H
#define BT_BATCH_SPOOL_H

#include "base/diag.h"
#include "batch/record.h"

typedef struct bt_spool_entry {
    uint64_t at;
    uint32_t size; /* 0: none yet */
} bt_spool_entry;

typedef struct bt_spool {
    const char *folder;
    bt_diags *diags;
    bt_arena scratch;
    bt_spool_entry *entries; /* one a row */
    uint32_t n_rows;
    uint64_t end;
    bt_buf waiting; /* written when there is enough of it */
    int fd;
    bool has_failed; /* reported */
} bt_spool;

/* BT_IO (reported), BT_NOMEM. The entries live in the arena. */
bt_status bt_spool_open(bt_spool *spool, bt_arena *arena, bt_diags *diags, const char *folder, uint32_t n_rows);
void bt_spool_add(bt_spool *spool, const bt_record *record);
/* False: there is none of this row, or it cannot be read (reported). Strings live in the arena. */
bool bt_spool_read(bt_spool *spool, bt_arena *arena, uint32_t row_i, bt_record *record);
void bt_spool_drop(bt_spool *spool);

#endif
