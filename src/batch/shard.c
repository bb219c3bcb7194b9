/* shard.c - see shard.h. */
#include "batch/shard.h"

#include "base/digest.h"

uint32_t bt_shard_of(bt_str id, uint32_t n_shards)
{
    bt_digest digest = bt_digest_of(id.ptr, id.len);
    uint64_t number = 0;
    for (unsigned i = 0; i < 8; i++) number = number << 8 | digest.bytes[i];
    return n_shards ? (uint32_t)(number % n_shards) + 1 : 1;
}
