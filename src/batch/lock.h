/* lock.h - one batch a folder, or one a shard of it: a second one is refused, or waits.
 *
 * The lock is the kernel's (flock): it ends with the last process that holds it, children included, however they end.
 * The file stays, and names the process.
 *
 *     FOLDER/batch/lock             held alone by a batch without shards, shared by shards
 *     FOLDER/batch/lock-2-of-4      held alone by that shard
 */
#ifndef BT_BATCH_LOCK_H
#define BT_BATCH_LOCK_H

#include "batch/batch.h"

typedef struct bt_lock {
    int fd, shard_fd; /* -1: not held */
} bt_lock;

/* Takes the lock. folder: FOLDER/batch, which is there. waits: until it can be had. Else, where another batch has it,
 * BT_IO with a message that names the process. So has shard 2 of 5 while 1 of 4 is being made. BT_IO (reported),
 * BT_NOMEM. */
bt_status bt_lock_take(bt_arena *arena, bt_diags *diags, const char *folder, bt_shard shard, bool waits, bt_lock *lock);
void bt_lock_drop(bt_lock *lock);

#endif
