/* flush.h - files are flushed to the disk several at a time: each waits for the disk, and a file system with a journal
 * commits for all that wait together.
 */
#ifndef BT_BATCH_FLUSH_H
#define BT_BATCH_FLUSH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct bt_flush_file {
    const char *path;
    int error; /* errno; 0: it is on the disk */
} bt_flush_file;

/* Flushes their contents. While there is nothing to wait for, as in memory, it needs no threads: *is_slow, false at
 * first, is set by the first file that takes its time. Threads that help live no longer than the call, so that the
 * process may fork afterwards. */
void bt_flush_files(bt_flush_file *files, uint32_t n, bool *is_slow);

#endif
