/* pool.h - the children of a batch: as many at once as wanted, each replaced when it has made its share or died. */
#ifndef BT_BATCH_POOL_H
#define BT_BATCH_POOL_H

#include "batch/store.h"

/* Has all rows of todo made. An edition at hand when a child dies is made again, alone; when a child dies of it alone,
 * it has CRASHED. BT_OK: each was tried, or the totals tell why not. BT_IO: no process could be started (reported), or
 * the store has failed. */
bt_status bt_pool_run(bt_batch *b, bt_store *store);

#endif
