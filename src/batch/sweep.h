/* sweep.h - what killed runs have left behind, removed. To be called when the lock is had: whose files these were is
 * not at work any more.
 */
#ifndef BT_BATCH_SWEEP_H
#define BT_BATCH_SWEEP_H

#include "base/diag.h"

/* Removes every file in a folder that is ours alone: that of files on their way. A folder that is not there is swept.
 * BT_IO (reported), BT_NOMEM. */
bt_status bt_sweep_folder(bt_arena *arena, bt_diags *diags, const char *folder);
/* Removes what a file was written under until it was whole: PATH.123.part (bt_file). */
bt_status bt_sweep_parts(bt_arena *arena, bt_diags *diags, const char *path);

#endif
