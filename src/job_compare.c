/* job_compare.c - what a job has drawn, as digests, and told to its witness. */
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

bt_status bt_job_digest(bt_job *j)
{
    const bt_witness *witness = j->options->witness;
    bool is_heard = witness && witness->on_sheet;
    if (!is_heard && !j->options->report_path) return BT_OK;
    if (!bt_page_digest(&j->arena, &j->pages, condition_of(j), &j->digests)) return BT_NOMEM;
    if (is_heard) tell_sheets(witness, &j->digests);
    return BT_OK;
}
