/* match.c - regression: two files that should be the same. */
#include "check/check.h"

bt_status match_files(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                      const check_options *options, report *r)
{
    (void)arena;
    (void)diags;
    (void)ours;
    (void)sample;
    (void)options;
    (void)r;
    return BT_OK;
}
