/* match.c - regression: two files that should be the same. See match_int.h for who does what. */
#include "check/match/match_int.h"

typedef BT_ARRAY(seen_box) box_list;

/* The boxes of words that a pattern masks. */
static void add_masked(matcher *m, const match_page *page, box_list *list)
{
    for (uint32_t i = 0; page && i < page->n_words; i++) {
        const seen_box *word = &page->words[i].word->box;
        bool is_by_pattern = page->words[i].is_masked && !match_is_masked(m, page, word);
        seen_box *box = is_by_pattern ? BT_PUSH(m->arena, list) : NULL;
        if (box) *box = *word;
    }
}

/* The pages that belong together, in the order of ours; then the sample's that are gone. */
static void list_pages(matcher *m)
{
    for (uint32_t i = 0; i < m->ours.n_pages + m->sample.n_pages; i++) {
        bool is_lone = i >= m->ours.n_pages;
        const match_page *ours = is_lone ? NULL : &m->ours.pages[i];
        const match_page *sample = is_lone                    ? &m->sample.pages[i - m->ours.n_pages]
                                   : ours->mate == MATCH_NONE ? NULL
                                                              : &m->sample.pages[ours->mate];
        const match_page *any = ours ? ours : sample;
        if (!any->is_in || (is_lone && sample->mate != MATCH_NONE)) continue;
        report_page *page = BT_PUSH(m->arena, &m->r->pages);
        if (!page) return;
        *page = (report_page){.page = match_number(ours),
                              .sample_page = match_number(sample),
                              .width = any->page->width,
                              .height = any->page->height,
                              .sample_width = sample ? sample->page->width : 0,
                              .sample_height = sample ? sample->page->height : 0};
        box_list masks = {0};
        for (uint32_t k = 0; k < m->options->mask.regions.n; k++) {
            const mask_region *region = &m->options->mask.regions.v[k];
            if (region->first_page && (any->number < region->first_page || any->number > region->last_page)) continue;
            seen_box *box = BT_PUSH(m->arena, &masks);
            if (box) *box = region->box;
        }
        add_masked(m, ours, &masks);
        add_masked(m, sample, &masks);
        page->masks = masks.v;
        page->n_masks = masks.n;
    }
}

bt_status match_files(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                      const check_options *options, report *r)
{
    matcher m = {.arena = arena, .diags = diags, .options = options, .t = &options->tolerance, .r = r};
    if (!match_read_side(&m, ours, &m.ours) || !match_read_side(&m, sample, &m.sample)) return BT_NOMEM;
    match_pages(&m);
    if (arena->failed) return BT_NOMEM;
    list_pages(&m);
    match_boxes(&m);
    for (uint32_t o = 0; o < m.ours.n_pages && !arena->failed; o++)
        if (m.ours.pages[o].mate != MATCH_NONE)
            match_mates(&m, &m.ours.pages[o], &m.sample.pages[m.ours.pages[o].mate]);
    match_far_mates(&m);
    match_text(&m);
    match_moved(&m);
    for (uint32_t o = 0; o < m.ours.n_pages && !arena->failed; o++) {
        match_page *page = &m.ours.pages[o], *mate = page->mate == MATCH_NONE ? NULL : &m.sample.pages[page->mate];
        if (!mate) continue;
        match_style(&m, page, mate);
        match_pictures(&m, page, mate);
        match_paths(&m, page, mate);
    }
    match_lones(&m);
    match_rest(&m);
    return arena->failed ? BT_NOMEM : BT_OK;
}
