/* compare_side.c - the parts of a display list, put together as blocks and entries. */
#include "page/compare_int.h"

/* A part, and the block that it is of. */
typedef struct found_part {
    bt_part_place place;
    uint32_t block_i;
} found_part;

typedef struct found_block {
    bt_compare_block block;
    uint32_t entry_i;
    bool is_placed;
} found_block;

typedef struct gatherer {
    bt_arena *arena;
    const bt_pages *pages;
    BT_ARRAY(found_part) parts;
    BT_ARRAY(found_block) blocks;
    BT_ARRAY(bt_compare_entry) entries;
    uint32_t *of_blocks; /* by the galley's block: its own block here, from 1; 0: not met */
    uint32_t n_of_blocks;
    uint32_t *of_pages; /* by the page: its column rules' block, likewise */
} gatherer;

/* The entries that there are before any part is met; after them those of the pages, then the fillers. */
enum { MASTHEAD, HIGHLIGHTS, CONTENTS, N_BEFORE, IMPRINT = 0, N_AFTER };

static uint32_t n_articles(const gatherer *g) { return g->pages->facts.n_articles; }

static uint32_t entry_of_article(uint32_t article_i) { return N_BEFORE + article_i; }

static uint32_t entry_of_page(const gatherer *g, uint32_t page_i)
{
    return N_BEFORE + n_articles(g) + N_AFTER + page_i;
}

static uint32_t add_entry(gatherer *g, bt_part_kind kind, bt_str id)
{
    bt_compare_entry *entry = BT_PUSH(g->arena, &g->entries);
    if (!entry) return 0;
    *entry = (bt_compare_entry){.kind = kind, .id = id, .article_i = BT_PART_ALONE};
    return g->entries.n - 1;
}

static void add_entries(gatherer *g)
{
    add_entry(g, BT_PART_MASTHEAD, BT_STR(""));
    add_entry(g, BT_PART_HIGHLIGHTS, BT_STR(""));
    add_entry(g, BT_PART_CONTENTS, BT_STR(""));
    for (uint32_t i = 0; i < n_articles(g); i++) {
        uint32_t entry_i = add_entry(g, BT_PART_ARTICLE, g->pages->facts.articles[i].id);
        if (g->arena->failed) return;
        g->entries.v[entry_i].article_i = i;
        g->entries.v[entry_i].at = g->pages->facts.articles[i].at;
    }
    add_entry(g, BT_PART_IMPRINT, BT_STR(""));
    for (uint32_t i = 0; i < g->pages->n_pages; i++) {
        uint32_t entry_i = add_entry(g, BT_PART_RUNNING, BT_STR(""));
        if (!g->arena->failed) g->entries.v[entry_i].page = i + 1;
    }
}

static uint32_t entry_of(gatherer *g, uint32_t page_i, const bt_part_fact *part)
{
    switch (part->kind) {
    case BT_PART_MASTHEAD:
        return MASTHEAD;
    case BT_PART_HIGHLIGHTS:
        return HIGHLIGHTS;
    case BT_PART_IMPRINT:
        return N_BEFORE + n_articles(g) + IMPRINT;
    case BT_PART_RUNNING:
    case BT_PART_RULES:
        return entry_of_page(g, page_i);
    case BT_PART_FILLER:
        return add_entry(g, BT_PART_FILLER, part->id);
    default:
        return part->article_i < n_articles(g) ? entry_of_article(part->article_i) : CONTENTS;
    }
}

/* The block of a part, counted from 1 where it was met before; NULL: it is alone. */
static uint32_t *met_block(gatherer *g, uint32_t page_i, const bt_part_fact *part)
{
    if (part->kind == BT_PART_RULES) return &g->of_pages[page_i];
    return part->block_i == BT_PART_ALONE ? NULL : &g->of_blocks[part->block_i];
}

static void add_part(gatherer *g, uint32_t page_i, const bt_part_fact *part)
{
    uint32_t *met = met_block(g, page_i, part);
    if (!met || !*met) {
        uint32_t entry_i = entry_of(g, page_i, part);
        found_block *block = BT_PUSH(g->arena, &g->blocks);
        if (!block) return;
        *block = (found_block){{.kind = part->kind, .at = part->at}, entry_i, false};
        g->entries.v[entry_i].n_blocks++;
        if (met) *met = g->blocks.n;
    }
    uint32_t block_i = met ? *met - 1 : g->blocks.n - 1;
    found_part *found = BT_PUSH(g->arena, &g->parts);
    if (!found) return;
    *found = (found_part){{page_i, part}, block_i};
    g->blocks.v[block_i].block.n_parts++;
}

/* Items from `first` on that are of no part. */
static void add_rules(gatherer *g, uint32_t page_i, uint32_t first, uint32_t end)
{
    if (first >= end) return;
    const bt_item *item = &g->pages->pages[page_i].items[first];
    bt_part_fact *part = BT_NEW(g->arena, bt_part_fact);
    if (!part) return;
    *part = (bt_part_fact){.kind = BT_PART_RULES,
                           .block_i = BT_PART_ALONE,
                           .article_i = BT_PART_ALONE,
                           .id = BT_STR(""),
                           .first_item = first,
                           .n_items = end - first,
                           .x = item->x,
                           .y = item->y};
    add_part(g, page_i, part);
}

static void add_page(gatherer *g, uint32_t page_i)
{
    const bt_page *page = &g->pages->pages[page_i];
    uint32_t done = 0;
    for (uint32_t i = 0; i < page->facts.n_parts; i++) {
        const bt_part_fact *part = &page->facts.parts[i];
        add_rules(g, page_i, done, part->first_item);
        add_part(g, page_i, part);
        done = part->first_item + part->n_items;
    }
    add_rules(g, page_i, done, page->n_items);
}

static bool prepare(gatherer *g)
{
    uint32_t n_blocks = 0;
    for (uint32_t i = 0; i < g->pages->n_pages; i++)
        for (uint32_t k = 0; k < g->pages->pages[i].facts.n_parts; k++) {
            uint32_t block_i = g->pages->pages[i].facts.parts[k].block_i;
            if (block_i != BT_PART_ALONE && block_i >= n_blocks) n_blocks = block_i + 1;
        }
    g->of_blocks = BT_NEW_ARRAY(g->arena, n_blocks, uint32_t);
    g->n_of_blocks = n_blocks;
    g->of_pages = BT_NEW_ARRAY(g->arena, g->pages->n_pages, uint32_t);
    return g->of_blocks && g->of_pages;
}

static bool sort_parts(gatherer *g)
{
    bt_part_place *parts = BT_NEW_ARRAY(g->arena, g->parts.n, bt_part_place);
    bt_part_place **ends = BT_NEW_ARRAY(g->arena, g->blocks.n, bt_part_place *);
    if (!parts || !ends) return false;
    for (uint32_t i = 0; i < g->blocks.n; i++) {
        g->blocks.v[i].block.parts = ends[i] = parts;
        parts += g->blocks.v[i].block.n_parts;
    }
    for (uint32_t i = 0; i < g->parts.n; i++) *ends[g->parts.v[i].block_i]++ = g->parts.v[i].place;
    return true;
}

/* Those of the galley in its order, which is the text's: a picture may be drawn before what precedes it. */
static bool sort_blocks(gatherer *g)
{
    bt_compare_block *blocks = BT_NEW_ARRAY(g->arena, g->blocks.n, bt_compare_block);
    bt_compare_block **ends = BT_NEW_ARRAY(g->arena, g->entries.n, bt_compare_block *);
    if (!blocks || !ends) return false;
    for (uint32_t i = 0; i < g->entries.n; i++) {
        g->entries.v[i].blocks = ends[i] = blocks;
        blocks += g->entries.v[i].n_blocks;
    }
    for (uint32_t i = 0; i < g->n_of_blocks; i++) {
        if (!g->of_blocks[i]) continue;
        found_block *found = &g->blocks.v[g->of_blocks[i] - 1];
        *ends[found->entry_i]++ = found->block;
        found->is_placed = true;
    }
    for (uint32_t i = 0; i < g->blocks.n; i++)
        if (!g->blocks.v[i].is_placed) *ends[g->blocks.v[i].entry_i]++ = g->blocks.v[i].block;
    return true;
}

const bt_compare_side *bt_compare_side_make(bt_arena *arena, const bt_pages *pages, const bt_page_digests *digests)
{
    gatherer g = {.arena = arena, .pages = pages};
    bt_compare_side *side = BT_NEW(arena, bt_compare_side);
    if (!side || !prepare(&g)) return NULL;
    add_entries(&g);
    for (uint32_t i = 0; !arena->failed && i < pages->n_pages; i++) add_page(&g, i);
    if (arena->failed || !sort_parts(&g) || !sort_blocks(&g)) return NULL;
    *side = (bt_compare_side){pages, digests, g.entries.v, g.entries.n};
    return side;
}
