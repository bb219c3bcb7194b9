/* columns.h - columns of a manifest that nothing calls for: a misspelt {{name}}, or data that was meant to be printed
 * and is not. Nothing may be lost silently, so they are errors of the batch.
 */
#ifndef BT_BATCH_COLUMNS_H
#define BT_BATCH_COLUMNS_H

#include "batch/manifest.h"

/* Reports each column that neither the base nor any edition calls for, with its place and, where the base calls for a
 * name that is much like it, that name. id and name need no caller: they name the edition. Of the options, those count
 * that name the base: bundle_path, bundle_text, and base, which is one of these when it is open. Editions are read only
 * while a column is left that the base does not call for. Where one cannot be read, nobody knows what it would call
 * for, and its fault is told when it is made: then nothing is reported. BT_INPUT, BT_NOMEM. */
bt_status bt_columns_check(bt_arena *arena, bt_diags *diags, const bt_render_options *render,
                           const bt_manifest *manifest);

#endif
