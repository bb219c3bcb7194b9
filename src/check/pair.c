/* pair.c - one file against its sample: reads both, and has the parts compare them. */
#include "check/check.h"

#include "check/shown.h"

/* Pixels and plates are looked at when everything else is known, since they only tell what it does not explain. */
static bt_status compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                         const check_options *options, report *r)
{
    r->n_pages = ours->pages.n;
    r->n_sample_pages = sample->pages.n;
    bt_status status = options->is_layout_only ? design_compare(arena, diags, ours, sample, options, r)
                                               : match_files(arena, diags, ours, sample, options, r);
    if (status == BT_OK) status = pixel_compare(arena, diags, ours, sample, options, r);
    if (status != BT_OK) return status;
    findings_rank(r);
    r->is_equal = !r->findings.n;
    return BT_OK;
}

/* The pages that are asked for are there in one file at least. */
static bt_status check_range(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                             const check_options *options)
{
    uint32_t n = ours->pages.n, n_sample = sample->pages.n, first = options->first_page;
    if (first <= n || first <= n_sample) return BT_OK;
    bt_diag(diags, BT_E_CHECK_NO_PAGE, NULL,
            BT_ARGS(shown_count(arena, first), shown_count(arena, n), shown_count(arena, n_sample)));
    return BT_INPUT;
}

bt_status check_pair(bt_arena *arena, bt_diags *diags, const check_options *options, report *r)
{
    *r = (report){.kind = options->is_layout_only ? REPORT_LAYOUT : REPORT_CHECK,
                  .ours = bt_str_of(options->ours),
                  .sample = bt_str_of(options->sample),
                  .first_page = options->first_page,
                  .last_page = options->last_page};
    const seen_options seen = {.first_page = options->first_page, .last_page = options->last_page, .content = true};
    seen_file *ours = NULL, *sample = NULL;
    guard_reads(options->ours);
    bt_status status = seen_open(arena, diags, options->ours, &seen, &ours);
    guard_reads(options->sample);
    if (status == BT_OK) status = seen_open(arena, diags, options->sample, &seen, &sample);
    guard_reads(NULL);
    if (status == BT_OK) status = check_range(arena, diags, ours, sample, options);
    if (status == BT_OK) status = compare(arena, diags, ours, sample, options, r);
    seen_drop(sample);
    seen_drop(ours);
    return arena->failed ? BT_NOMEM : status;
}
