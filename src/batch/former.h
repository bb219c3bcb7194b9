/* former.h - a batch's folder and what former runs have left in it: taken over under the lock, and what is as it should
 * be kept.
 */
#ifndef BT_BATCH_FORMER_H
#define BT_BATCH_FORMER_H

#include "batch/batch_int.h"
#include "batch/store.h"

/* Takes the folder's lock, sweeps up what killed runs have left, and opens the journal. The folders are there.
 * Reported; BT_NOMEM. */
bt_status bt_former_open(bt_batch *b);
/* Begins this run in the journal and takes what is kept off the rows to be made. The base is open. */
bt_status bt_former_judge(bt_batch *b, bt_store *store);
void bt_former_close(bt_batch *b);

#endif
