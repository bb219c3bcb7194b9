/* tags.c - the structure tree: masthead, highlights, the articles with their blocks in reading order, imprint. */
#include "page/page_int.h"

uint32_t bt_page_add_tag(bt_page_maker *m, bt_tag_kind kind, uint32_t parent_i, const bt_place *at)
{
    bt_tag *tag = BT_PUSH(m->flow->arena, &m->tags);
    if (!tag) return 0;
    *tag = (bt_tag){.kind = kind, .parent_i = parent_i, .alt = BT_STR(""), .lang = BT_STR(""), .at = at};
    return m->tags.n - 1;
}

static bt_tag_kind kind_of(const bt_flow_tag *tag)
{
    switch ((bt_flow_tag_kind)tag->kind) {
    case BT_FLOW_TAG_H:
        return (bt_tag_kind)(BT_TAG_H1 + (tag->level < 1 ? 0 : tag->level > 4 ? 3 : tag->level - 1));
    case BT_FLOW_TAG_FIGURE:
        return BT_TAG_FIGURE;
    case BT_FLOW_TAG_CAPTION:
        return BT_TAG_CAPTION;
    case BT_FLOW_TAG_TABLE:
        return BT_TAG_TABLE;
    case BT_FLOW_TAG_ROW:
        return BT_TAG_ROW;
    case BT_FLOW_TAG_HEAD_CELL:
        return BT_TAG_HEAD_CELL;
    case BT_FLOW_TAG_CELL:
        return BT_TAG_CELL;
    case BT_FLOW_TAG_QUOTE:
        return BT_TAG_QUOTE;
    case BT_FLOW_TAG_NOTE:
        return BT_TAG_NOTE;
    case BT_FLOW_TAG_ITEM:
        return BT_TAG_ITEM;
    case BT_FLOW_TAG_LABEL:
        return BT_TAG_LABEL;
    case BT_FLOW_TAG_BODY:
        return BT_TAG_BODY;
    case BT_FLOW_TAG_LIST:
        return BT_TAG_LIST;
    case BT_FLOW_TAG_ENTRY:
        return BT_TAG_TOC_ITEM;
    case BT_FLOW_TAG_DIV:
        return BT_TAG_DIV;
    case BT_FLOW_TAG_P:
    case BT_FLOW_TAG_NONE:
        break;
    }
    return BT_TAG_P;
}

static void add_block(bt_page_maker *m, uint32_t block_i, uint32_t parent_i)
{
    const bt_galley_block *block = &m->galley->blocks[block_i];
    m->block_tags[block_i] = m->tags.n;
    for (uint32_t i = 0; i < block->n_tags; i++) {
        const bt_flow_tag *source = &block->tags[i];
        bool is_own = i == 0 || source->is_beside;
        uint32_t parent = is_own ? parent_i : m->block_tags[block_i] + source->parent_i;
        uint32_t tag_i = bt_page_add_tag(m, kind_of(source), parent, source->at ? source->at : block->doc->at);
        if (!tag_i) return;
        m->tags.v[tag_i].column_span = source->column_span;
        m->tags.v[tag_i].row_span = source->row_span;
        m->tags.v[tag_i].is_row_head = source->is_row_head;
        m->tags.v[tag_i].alt = i == 0 && !source->alt.len ? block->doc->alt : source->alt;
    }
}

static void add_blocks(bt_page_maker *m, const bt_doc_article *article, uint32_t parent_i)
{
    bt_open_lists open = {0};
    for (uint32_t b = article->first_block; b < article->first_block + article->n_blocks; b++) {
        const bt_doc_block *block = m->galley->blocks[b].doc;
        if (block->kind != BT_DOC_ITEM) {
            open.n = 0;
            add_block(m, b, parent_i);
            continue;
        }
        if (!bt_flow_close_lists(&open, block->list)) {
            uint32_t parent = open.n ? open.v[open.n - 1].body_i : parent_i;
            open.v[open.n].list = block->list;
            open.v[open.n++].tag_i = bt_page_add_tag(m, BT_TAG_LIST, parent, block->at);
        }
        add_block(m, b, open.v[open.n - 1].tag_i);
        open.v[open.n - 1].body_i = m->block_tags[b] + BT_FLOW_ITEM_BODY;
    }
}

/* The fillers that were placed, in the order of the pages. */
static void add_fillers(bt_page_maker *m)
{
    const bt_composition *composition = m->composition;
    for (uint32_t i = 0; i < composition->n_bands && m->galley->n_fillers; i++) {
        const bt_band *band = &composition->bands[i];
        for (uint32_t c = 0; c < band->n_columns; c++)
            for (uint32_t p = 0; p < band->columns[c].n_placements; p++) {
                uint32_t block_i = band->columns[c].placements[p].block_i;
                if (block_i >= m->galley->n_blocks) add_block(m, block_i, 0);
            }
    }
}

bool bt_page_tags(bt_page_maker *m, uint32_t *masthead_tag, uint32_t *highlights_tag, uint32_t *imprint_tag)
{
    const bt_doc *doc = m->flow->doc;
    bt_page_add_tag(m, BT_TAG_DOCUMENT, 0, doc->bundle->at);
    uint32_t masthead = bt_page_add_tag(m, BT_TAG_PART, 0, doc->bundle->masthead.at);
    *masthead_tag = bt_page_add_tag(m, BT_TAG_H1, masthead, doc->bundle->masthead.title.at);
    bt_page_add_tag(m, BT_TAG_P, masthead, doc->bundle->masthead.at);
    *highlights_tag = m->tags.n;
    if (doc->n_highlights) {
        uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, doc->highlights_title.at);
        bt_page_add_tag(m, BT_TAG_P, part, doc->highlights_title.at);
        for (uint32_t i = 0; i < doc->n_highlights; i++) bt_page_add_tag(m, BT_TAG_P, part, doc->highlights[i].text.at);
    }
    if (doc->n_contents) {
        uint32_t toc = bt_page_add_tag(m, BT_TAG_TOC, 0, doc->bundle->contents_at);
        for (uint32_t b = 0; b < doc->n_contents; b++) add_block(m, b, toc);
    }
    for (uint32_t i = 0; i < doc->n_articles; i++)
        add_blocks(m, &doc->articles[i], bt_page_add_tag(m, BT_TAG_ARTICLE, 0, doc->articles[i].source->at));
    add_fillers(m);
    *imprint_tag = m->tags.n;
    if (doc->n_imprint) {
        uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, doc->bundle->imprint.at);
        for (uint32_t i = 0; i < doc->n_imprint; i++) bt_page_add_tag(m, BT_TAG_P, part, doc->imprint[i].at);
    }
    return !m->flow->arena->failed;
}
