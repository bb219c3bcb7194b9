/* shard.h - which editions a machine makes, where several share a batch.
 *
 * An edition belongs to one shard by a hash of its id, whatever else the manifest holds; so a row more or less moves no
 * other edition to another machine.
 */
#ifndef BT_BATCH_SHARD_H
#define BT_BATCH_SHARD_H

#include "batch/batch.h"

/* The shard, from 1, that makes the edition; stable for ever. */
uint32_t bt_shard_of(bt_str id, uint32_t n_shards);

#endif
