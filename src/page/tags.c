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
        return (bt_tag_kind)(BT_TAG_H1 + (tag->level < 1 ? 0 : tag->level > 6 ? 5 : tag->level - 1));
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
    case BT_FLOW_TAG_REFERENCE:
        return BT_TAG_REFERENCE;
    case BT_FLOW_TAG_HEAD_ROWS:
        return BT_TAG_HEAD_ROWS;
    case BT_FLOW_TAG_BODY_ROWS:
        return BT_TAG_BODY_ROWS;
    case BT_FLOW_TAG_SECTION:
        return BT_TAG_SECTION;
    case BT_FLOW_TAG_DIV:
        return BT_TAG_DIV;
    case BT_FLOW_TAG_P:
    case BT_FLOW_TAG_NONE:
        break;
    }
    return BT_TAG_P;
}

/* A bullet is a disc unless it is plainly something else; a number is what its template says. */
static bt_list_signs signs_of(const bt_doc_list *list)
{
    static const struct {
        const char *bullet;
        bt_list_signs signs;
    } bullets[] = {{"○", BT_SIGNS_CIRCLE}, {"◦", BT_SIGNS_CIRCLE}, {"■", BT_SIGNS_SQUARE},
                   {"▪", BT_SIGNS_SQUARE}, {"□", BT_SIGNS_SQUARE}, {"▫", BT_SIGNS_SQUARE}};
    bt_str template = list->template;
    for (size_t i = 0; !list->is_numbered && i < sizeof bullets / sizeof *bullets; i++)
        if (bt_str_is(template, bullets[i].bullet)) return bullets[i].signs;
    if (!list->is_numbered) return BT_SIGNS_DISC;
    size_t i = 0;
    while (i < template.len && template.ptr[i] != '{') i++;
    switch (i + 1 < template.len ? template.ptr[i + 1] : '\0') {
    case 'a':
        return BT_SIGNS_LOWER;
    case 'A':
        return BT_SIGNS_UPPER;
    case 'i':
        return BT_SIGNS_ROMAN;
    case 'I':
        return BT_SIGNS_UPPER_ROMAN;
    default:
        return BT_SIGNS_DECIMAL;
    }
}

/* Of an article, or of the issue. */
static bt_str name_of(const bt_page_maker *m, uint32_t article_i)
{
    const bt_doc *doc = m->flow->doc;
    return article_i == BT_NO_ARTICLE ? doc->fields.title : doc->articles[article_i].headline;
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
        if (source->list) m->tags.v[tag_i].signs = signs_of(source->list);
        m->tags.v[tag_i].alt = i == 0 && !source->alt.len ? block->doc->alt : source->alt;
        if (source->kind == BT_FLOW_TAG_FIGURE && !m->tags.v[tag_i].alt.len)
            m->tags.v[tag_i].alt = name_of(m, block->doc->article_i);
    }
}

static uint32_t add_list(bt_page_maker *m, uint32_t parent_i, const bt_doc_block *block)
{
    uint32_t tag_i = bt_page_add_tag(m, BT_TAG_LIST, parent_i, block->at);
    if (tag_i) m->tags.v[tag_i].signs = signs_of(block->list);
    return tag_i;
}

static void add_blocks(bt_page_maker *m, const bt_doc_article *article, uint32_t parent_i)
{
    bt_open_lists open = {0};
    for (uint32_t b = article->first_block; b < article->first_block + article->n_blocks; b++) {
        const bt_doc_block *block = m->galley->blocks[b].doc;
        if (block->kind != BT_DOC_ITEM) {
            open.n = 0;
            add_block(m, b, parent_i);
            bt_page_jump_tags(m, b, parent_i);
            continue;
        }
        if (!bt_flow_close_lists(&open, block->list)) {
            uint32_t parent = open.n ? open.v[open.n - 1].body_i : parent_i;
            open.v[open.n].list = block->list;
            open.v[open.n++].tag_i = add_list(m, parent, block);
        }
        add_block(m, b, open.v[open.n - 1].tag_i);
        open.v[open.n - 1].body_i = m->block_tags[b] + BT_FLOW_ITEM_BODY;
        bt_page_jump_tags(m, b, open.v[open.n - 1].body_i);
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

/* As flow/ counts them. */
static void add_masthead(bt_page_maker *m)
{
    const bt_masthead *masthead = &m->flow->doc->bundle->masthead;
    uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, masthead->at), n = 0;
    const bt_marks *marks = &m->frame->masthead;
    for (uint32_t i = 0; i < marks->n; i++)
        if (marks->v[i].tag_i != UINT32_MAX && marks->v[i].tag_i >= n) n = marks->v[i].tag_i + 1;
    for (uint32_t i = 0; i < n; i++) {
        bool is_title = i == m->frame->masthead_title;
        bt_page_add_tag(m, is_title ? BT_TAG_H1 : BT_TAG_P, part, is_title ? masthead->title.at : masthead->at);
    }
}

/* As flow/ numbers them. */
static void add_highlights(bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    const bt_place *at = doc->highlights_title.at;
    uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, at);
    bt_page_add_tag(m, BT_TAG_H2, part, at);
    uint32_t list = bt_page_add_tag(m, BT_TAG_LIST, part, at);
    for (uint32_t i = 0; i < doc->n_highlights; i++) {
        at = doc->highlights[i].text.at;
        bt_page_add_tag(m, BT_TAG_BODY, bt_page_add_tag(m, BT_TAG_ITEM, list, at), at);
    }
}

/* The table of contents below its title. */
static void add_contents(bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    const bt_place *at = doc->bundle->contents_at;
    uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, at), b = 0;
    for (; b < doc->n_contents && doc->blocks[b].kind != BT_DOC_ENTRY; b++) add_block(m, b, part);
    uint32_t toc = bt_page_add_tag(m, BT_TAG_TOC, part, at);
    for (; b < doc->n_contents; b++) add_block(m, b, toc);
}

static void add_imprint(bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    uint32_t part = bt_page_add_tag(m, BT_TAG_PART, 0, doc->bundle->imprint.at);
    for (uint32_t i = 0; i < doc->n_imprint; i++)
        bt_page_add_tag(m, i ? BT_TAG_P : BT_TAG_H2, part, doc->imprint[i].at);
}

bool bt_page_tags(bt_page_maker *m, uint32_t *masthead_tag, uint32_t *highlights_tag, uint32_t *imprint_tag)
{
    const bt_doc *doc = m->flow->doc;
    bt_page_add_tag(m, BT_TAG_DOCUMENT, 0, doc->bundle->at);
    *masthead_tag = m->tags.n + 1;
    add_masthead(m);
    *highlights_tag = m->tags.n;
    if (doc->n_highlights) add_highlights(m);
    if (doc->n_contents) add_contents(m);
    for (uint32_t i = 0; i < doc->n_articles; i++)
        add_blocks(m, &doc->articles[i], bt_page_add_tag(m, BT_TAG_ARTICLE, 0, doc->articles[i].source->at));
    add_fillers(m);
    *imprint_tag = m->tags.n;
    if (doc->n_imprint) add_imprint(m);
    return !m->flow->arena->failed;
}

/* --- once all is drawn --- */

static bool is_heading(bt_tag_kind kind) { return kind >= BT_TAG_H1 && kind <= BT_TAG_H6; }

/* A headline may be all link. */
static void mark_headings(const bt_page_maker *m, bool *are_there)
{
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            uint32_t tag_i = m->drafts[i].items.v[k].tag_i;
            while (tag_i && !is_heading(m->tags.v[tag_i].kind)) tag_i = m->tags.v[tag_i].parent_i;
            are_there[tag_i] = true;
        }
}

static uint32_t section_of(const bt_page_maker *m, uint32_t tag_i)
{
    while (tag_i && m->tags.v[tag_i].kind != BT_TAG_SECTION) tag_i = m->tags.v[tag_i].parent_i;
    return tag_i;
}

/* The levels that the last headings have got, by the level that they wanted; 0: none since a higher one. */
typedef struct outline {
    int32_t got[7];
} outline;

/* One below the nearest heading that wanted a higher level, and not more than one below the one before. */
static int32_t settle(outline *o, int32_t wanted, int32_t last)
{
    int32_t higher = wanted - 1;
    while (higher > 0 && !o->got[higher]) higher--;
    int32_t level = higher > 0 ? o->got[higher] + 1 : 1;
    if (level > last + 1) level = last + 1;
    o->got[wanted] = level;
    for (int32_t i = wanted + 1; i < 7; i++) o->got[i] = 0;
    return level;
}

bool bt_page_settle_headings(bt_page_maker *m)
{
    bt_arena_mark mark = bt_arena_set_mark(m->flow->scratch);
    bool *are_there = BT_NEW_ARRAY(m->flow->scratch, m->tags.n, bool);
    if (!are_there) return false;
    mark_headings(m, are_there);
    outline outside = {{0}}, inside = {{0}}; /* inside: of the section that the last heading stood in */
    uint32_t section_i = 0;
    int32_t last = 0;
    for (uint32_t i = 0; i < m->tags.n; i++) {
        bt_tag *tag = &m->tags.v[i];
        if (!is_heading(tag->kind) || !are_there[i]) continue;
        uint32_t own_i = section_of(m, i);
        if (own_i != section_i) inside = outside;
        section_i = own_i;
        last = settle(own_i ? &inside : &outside, (int32_t)tag->kind - BT_TAG_H1 + 1, last);
        tag->kind = (bt_tag_kind)(BT_TAG_H1 + last - 1);
    }
    bt_arena_rewind(m->flow->scratch, mark);
    return true;
}
