/* overview.h - one HTML page about all editions of a batch, for those who read proofs: what differs from the base, in
 * words and as small pictures of the pages that differ.
 *
 * It is made from the editions' reports alone, and needs nothing beside itself: no network, no script (which only adds
 * a filter and keys). What is drawn alike is shown as such, so that it is read once. It stays bounded: the first
 * BT_OVERVIEW_DETAILED editions that differ are shown page by page, and a row tells of each of the others.
 */
#ifndef BT_BATCH_OVERVIEW_H
#define BT_BATCH_OVERVIEW_H

#include "base/diag.h"
#include "batch/reports.h"

enum { BT_OVERVIEW_DETAILED = 400 };

/* An edition. */
typedef struct bt_overview_row {
    bt_str id;
    bt_str out;     /* its PDF, as seen from the batch's folder */
    bool is_made;   /* else it has failed, or was not begun; the following are unknown */
    uint32_t row_i; /* of the manifest: its report's line */
    uint32_t n_pages;
    bt_differences differences;
} bt_overview_row;

typedef struct bt_overview {
    const char *path; /* where the page goes: in a folder of that one, as FOLDER/batch/overview.html: outs are seen from
                         FOLDER */
    bt_str base, manifest;
    const bt_overview_row *rows; /* in the manifest's order */
    uint32_t n_rows;
    bt_reports *reports; /* lines by row_i */
} bt_overview;

/* Writes it, in the language of diags. A report that cannot be read is told (W_OVERVIEW_REPORT), and its edition has
 * its row alone. The file is put in place whole, and left to the system to flush: it can be made again. BT_IO
 * (reported), BT_NOMEM. */
bt_status bt_overview_write(bt_diags *diags, const bt_overview *about);

#endif
