/* merge.h - the reports of a batch's shards as the one report that a single machine would have written, with its plates
 * and its overview.
 */
#ifndef BT_BATCH_MERGE_H
#define BT_BATCH_MERGE_H

#include "batch/batch.h"

/* Reads FOLDER/batch/report-K-of-N.json for every K; options: folder, lang, report_path and, where the folder has
 * reports of several N, shard.n count. BT_INPUT: one is missing, is damaged, or is of another batch than the others
 * (each is reported, and nothing is written); BT_IO, BT_NOMEM. */
bt_status bt_batch_merge(bt_arena *arena, const bt_batch_options *options, const bt_batch_listener *listener,
                         bt_batch_totals *totals);

#endif
