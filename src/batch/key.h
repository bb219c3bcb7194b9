/* key.h - the content key of an edition: SHA-256 over everything that counts in what comes out.
 *
 * That is the program's version; the options, but for where outputs go and when they are synced; the manifest's row
 * (id, out, values); and the path and contents of every file that base and edition were made from
 * (bt_witness.on_input), in whatever order they were opened. What does not count: how many work at once, the shard, the
 * language of messages, the row's place in the manifest, the folder. So a kept edition's report may speak another
 * language than the batch that keeps it, and name a line of the manifest where the row stood then.
 */
#ifndef BT_BATCH_KEY_H
#define BT_BATCH_KEY_H

#include "batch/manifest.h"
#include "batch/record.h"

/* What all editions have in common: version, options and the files of the base, which bt_base_open has told. Without an
 * opened base there are none: then each edition tells all of its own. row: whose values the base was opened with, for
 * editions tell what differs from that; NULL: none. The arena is left as it was. BT_NOMEM. */
bt_status bt_key_base(bt_arena *arena, const bt_render_options *options, const bt_record_input *inputs,
                      uint32_t n_inputs, const bt_batch_row *row, bt_digest *key);
/* The key of one edition. inputs: those that its job has told. */
bt_status bt_key_edition(bt_arena *arena, const bt_digest *base_key, const bt_batch_row *row,
                         const bt_record_input *inputs, uint32_t n_inputs, bt_digest *key);

#endif
