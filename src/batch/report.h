/* report.h - the batch report: one JSON file about all editions, in the manifest's order. */
#ifndef BT_BATCH_REPORT_H
#define BT_BATCH_REPORT_H

#include "batch/batch_int.h"
#include "batch/spool.h"

/* How the report spells options, by bt_rendition and bt_imposition. */
enum { BT_REPORT_RENDITIONS = BT_PROOF + 1, BT_REPORT_IMPOSITIONS = BT_IMPOSE_4UP + 1 };
extern const char *const bt_report_renditions[BT_REPORT_RENDITIONS];
extern const char *const bt_report_impositions[BT_REPORT_IMPOSITIONS];

/* Whether it can be written where it is to go, before anything is made: a file of another kind is never replaced.
 * BT_INPUT, BT_IO (reported), BT_NOMEM. */
bt_status bt_batch_report_check(bt_batch *b);
/* Writes it, edition by edition, and names it in the totals. It is the same however many worked at once and whatever
 * was kept from a former run, but for "run", which tells of this one. BT_IO (reported), BT_NOMEM. */
bt_status bt_batch_report_write(bt_batch *b, bt_spool *spool);

#endif
