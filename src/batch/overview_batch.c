/* overview_batch.c - the overview of a batch that has run. */
#include "batch/batch_int.h"
#include "batch/overview.h"

static bt_overview_row row_of(bt_batch *b, uint32_t row_i)
{
    const bt_batch_row *row = &b->manifest->rows[row_i];
    const bt_record *record = &b->records[row_i];
    bt_overview_row shown = {.id = row->id, .out = row->out, .row_i = row_i};
    shown.is_made = record->state == BT_RECORD_DONE || record->state == BT_RECORD_KEPT;
    shown.n_pages = record->n_pages;
    shown.differences = record->differences;
    return shown;
}

bt_status bt_batch_overview(bt_batch *b)
{
    bt_overview_row *rows = BT_NEW_ARRAY(b->arena, b->manifest->n_rows, bt_overview_row);
    bt_overview about = {.path = bt_batch_path(b, "overview", ".html"), .rows = rows, .reports = &b->reports};
    about.base = bt_str_of(b->base_path);
    about.manifest = b->manifest->path;
    for (uint32_t i = 0; rows && i < b->manifest->n_rows; i++)
        if (bt_batch_has_row(b, i)) rows[about.n_rows++] = row_of(b, i);
    if (b->arena->failed) return BT_NOMEM;
    bt_status status = bt_overview_write(&b->diags, &about);
    if (status == BT_OK) b->totals.overview = about.path;
    return status;
}
