/* shard.h - which editions a machine makes, where several share a batch.
 *
 * An edition belongs to one shard by a hash of its id, whatever else the manifest holds; so a row more or less moves no
 * other edition to another machine.
 */
#ifndef BT_BATCH_SHARD_H
#define BT_BATCH_SHARD_H

#include "base/diag.h"

/* Shard k of n, k from 1; n 0: there is one, which makes all. */
typedef struct bt_shard {
    uint32_t k, n;
} bt_shard;

/* The shard, from 1, that makes the edition; stable for ever. */
uint32_t bt_shard_of(bt_str id, uint32_t n_shards);

/* Who may say which shard this is: the caller's options, and the engines that start one job of an array each, in its
 * environment. NULL: not said. */
typedef struct bt_shard_sources {
    const char *option;                                                      /* "K/N" */
    const char *n_shards;                                                    /* "N", where an engine says k alone */
    const char *slurm_id, *slurm_min, *slurm_max, *slurm_count, *slurm_step; /* SLURM_ARRAY_TASK_ID ... */
    const char *kubernetes_index;                                            /* JOB_COMPLETION_INDEX, from 0 */
} bt_shard_sources;

/* What all of them say; {0, 0} where none says anything. BT_INPUT, reported: one of them makes no sense, or two
 * contradict each other. */
bt_status bt_shard_find(bt_arena *scratch, bt_diags *diags, const bt_shard_sources *sources, bt_shard *shard);

#endif
