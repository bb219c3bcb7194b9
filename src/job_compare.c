/* job_compare.c - what a job has drawn, as digests, told to its witness; and what differs from the base. */
#include "job.h"

/* What decides beside the drawing how it comes out on the plates: pictures are converted by the profile, under the
 * limit. */
static bt_str condition_of(bt_job *j)
{
    unsigned long long profile = j->profile ? (unsigned long long)j->profile->hash : 0;
    return bt_str_format(&j->arena, "%016llx %d", profile, (int)j->layout->print.ink_limit);
}

static void tell_sheets(const bt_witness *witness, const bt_page_digests *digests)
{
    for (uint32_t i = 0; i < digests->n_sheets; i++) witness->on_sheet(witness->user, i, &digests->sheets[i]);
}

static bt_status find_digests(bt_job *j)
{
    if (j->digests.pages) return BT_OK;
    return bt_page_digest(&j->arena, &j->pages, condition_of(j), &j->digests) ? BT_OK : BT_NOMEM;
}

static bt_status find_side(bt_job *j)
{
    bt_status status = find_digests(j);
    if (status == BT_OK) j->side = bt_compare_side_make(&j->arena, &j->pages, &j->digests);
    return status == BT_OK && !j->side ? BT_NOMEM : status;
}

bt_status bt_job_compare(bt_job *j)
{
    const bt_witness *witness = j->options->witness;
    const bt_base *base = j->options->base;
    bool is_heard = witness && witness->on_sheet;
    bt_status status = is_heard || bt_job_has_report(j) || base ? find_digests(j) : BT_OK;
    if (status == BT_OK && base) status = find_side(j);
    if (status == BT_OK && base && !bt_compare(&j->arena, base->job.side, j->side, &j->comparison)) status = BT_NOMEM;
    if (status == BT_OK && is_heard) tell_sheets(witness, &j->digests);
    return status;
}

bt_status bt_job_compare_base(bt_job *j) { return find_side(j); }
