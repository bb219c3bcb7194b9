/* compare.c - how the designs of two files differ. */
#include "check/check.h"

bt_status design_compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
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
