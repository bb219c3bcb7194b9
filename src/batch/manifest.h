/* manifest.h - the editions of a batch: a file of JSON Lines or CSV, one edition a row.
 *
 * Its form is that of formats.md. What is wrong with the manifest itself (its syntax, an id or an output twice, a path
 * that leaves the folder) is an error of the whole batch, told with its line before anything is made; what is wrong
 * with one edition costs that edition only.
 *
 * CSV is that of RFC 4180, with a header row, in UTF-8. Cells stand apart by commas; where the header has semicolons
 * and no comma, by semicolons, as Excel writes them where the comma is the decimal sign. A line break within quotation
 * marks is one in the value, LF whatever the file has. Blank lines are passed over.
 */
#ifndef BT_BATCH_MANIFEST_H
#define BT_BATCH_MANIFEST_H

#include "base/diag.h"

typedef struct bt_batch_row {
    bt_str id;
    bt_str edition;                      /* the overlay's path, as seen from the working folder; empty: there is none */
    const bt_named_value *edition_named; /* and where the row names it; NULL then */
    bt_str out; /* the PDF's path within the output folder; normal: no "." and no empty parts */
    const bt_place *at;
    const bt_named_value *values; /* id first, then all columns that are none of the manifest's own */
    uint32_t n_values;
} bt_batch_row;

typedef struct bt_manifest {
    bt_str path; /* as the user named it */
    const bt_batch_row *rows;
    uint32_t n_rows;
    const bt_str *columns; /* names of the values that any row has, id included, in the file's order */
    const bt_place **column_ats;
    uint32_t n_columns;
} bt_manifest;

/* path: "-" is the name for the bytes in `text`; else text.ptr is NULL. Everything lives in the arena; strings of the
 * rows are NUL-terminated. Every error is reported: BT_INPUT, BT_LIMIT and BT_IO; where rows could be read all the
 * same, *manifest has those that nothing is wrong with, for their editions to be checked; else it is NULL. BT_NOMEM is
 * left to the caller. */
bt_status bt_manifest_read(bt_arena *arena, bt_diags *diags, bt_str path, bt_str text, const bt_manifest **manifest);

/* Whether a file is a manifest and no bundle, edition or layout: by its name (.csv, .jsonl), else by its first
 * characters. text: its bytes; they may be cut after some kilobytes. */
bool bt_manifest_is(bt_str path, bt_str text);

#endif
