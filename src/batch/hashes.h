/* hashes.h - what files contain, each read once. */
#ifndef BT_BATCH_HASHES_H
#define BT_BATCH_HASHES_H

#include "base/array.h"
#include "base/str.h"

typedef struct bt_hash_entry {
    bt_str path;
    bt_digest contents;
} bt_hash_entry;

/* Set arena; the rest is zeroed. */
typedef struct bt_hashes {
    bt_arena *arena;
    BT_ARRAY(bt_hash_entry) all;
    uint32_t *slots; /* 1 + index by the path's hash, 0: none; capacity is a power of two */
    uint32_t n_slots;
} bt_hashes;

/* SHA-256 of a file, read in pieces. All zero: it is not there, is no file, or cannot be read. */
bt_digest bt_hash_file(const char *path);
/* The same, remembered. Without memory the arena has failed. */
bt_digest bt_hashes_of(bt_hashes *hashes, bt_str path);

#endif
