/* doc.c - a bundle's articles as a flat list of blocks, each text with its style. */
#include "doc/doc_int.h"

bt_rich bt_doc_text(bt_doc_maker *m, bt_text text, bt_style_role role)
{
    bt_rich rich = {BT_STR(""), NULL, 0, m->layout->role[role], text.at};
    if (text.s.len && !bt_doc_rich(m, text, m->layout->role[role], &rich)) m->is_wrong = true;
    return rich;
}

/* The lead article and those of importance 5 take the largest headline, those of 2 and less the smallest. */
static bt_style_role headline_role(const bt_article *article, bool leads)
{
    if (article->importance >= 5 || (leads && article->importance >= 3)) return BT_STYLE_HEADLINE_1;
    return article->importance <= 2 ? BT_STYLE_HEADLINE_3 : BT_STYLE_HEADLINE_2;
}

typedef struct byline_words {
    bt_str byline, source;
} byline_words;

static bt_str byline_value(const void *user, bt_str name)
{
    const byline_words *words = user;
    return bt_str_is(name, "source") ? words->source : words->byline;
}

static void add_byline(bt_doc_maker *m, uint32_t article_i, const bt_article *article)
{
    if (!article->byline.s.len && !article->source.s.len) return;
    byline_words words = {article->byline.s, article->source.s};
    bool is_empty;
    bt_text text = article->byline.s.len ? article->byline : article->source;
    if (article->byline.s.len && article->source.s.len)
        text.s = bt_doc_fill(m->arena, m->layout->words.byline, byline_value, &words, &is_empty);
    /* Never alone at a column's head: the last lines of what it signs go with it. */
    if (m->blocks.n && m->blocks.v[m->blocks.n - 1].article_i == article_i)
        m->blocks.v[m->blocks.n - 1].keeps_next = true;
    bt_doc_block *block = bt_doc_add(m, BT_DOC_PARAGRAPH, article_i, text.at);
    if (block) block->text = bt_doc_text(m, text, BT_STYLE_BYLINE);
}

/* The first paragraph below the heading, and below pictures that stand between them, may begin with a large letter. */
static void find_drop_cap(bt_doc_maker *m, bool leads, uint32_t first_block)
{
    bt_drop_cap_use use = m->layout->drop_cap.use;
    if (use == BT_DROP_CAP_NONE || (use == BT_DROP_CAP_LEAD && !leads)) return;
    for (uint32_t i = first_block; i < m->blocks.n; i++) {
        bt_doc_block *block = &m->blocks.v[i];
        if (block->kind == BT_DOC_FIGURE || block->kind == BT_DOC_GALLERY || block->kind == BT_DOC_HEADING) continue;
        if (block->kind == BT_DOC_PARAGRAPH) bt_doc_add_drop_cap(m, block);
        return;
    }
}

/* The notes, each behind its number where texts refer to them by it. */
static void add_notes(bt_doc_maker *m, uint32_t article_i, const bt_article *article, bt_doc_notes *notes)
{
    bool are_numbered = false;
    for (uint32_t i = 0; i < article->n_notes; i++) are_numbered = are_numbered || notes->n_references[i];
    for (uint32_t i = 0; i < article->n_notes; i++) {
        bt_text text = article->notes[i];
        if (are_numbered) text.s = bt_str_format(m->arena, "[^%u]\u00A0%.*s", i + 1, BT_STR_ARGS(text.s));
        bt_doc_block *block = bt_doc_add(m, BT_DOC_PARAGRAPH, article_i, text.at);
        if (!block) return;
        block->is_note = true;
        block->follows_note = i > 0;
        notes->own_no = i + 1;
        block->text = bt_doc_text(m, text, BT_STYLE_NOTE);
        notes->own_no = 0;
    }
    for (uint32_t i = 0; are_numbered && i < article->n_notes; i++)
        if (notes->n_references[i] == 1)
            bt_diag(m->diags, BT_W_NOTE_UNUSED, article->notes[i].at, BT_ARGS(bt_str_format(m->arena, "%u", i + 1)));
}

static void add_article(bt_doc_maker *m, uint32_t article_i, bool leads, bt_doc_article *out)
{
    const bt_article *article = &m->bundle->articles[article_i];
    bt_doc_notes notes = {.n = article->n_notes,
                          .n_references = BT_NEW_ARRAY(m->arena, article->n_notes, uint32_t),
                          .article_i = article_i};
    if (!notes.n_references) return;
    m->notes = &notes;
    bt_style_role role = headline_role(article, leads);
    bool spans = m->layout->role[role]->spans_page;
    out->source = article;
    out->id = article->id.s;
    out->first_block = m->blocks.n;
    bt_doc_block *heading = bt_doc_add_heading(m, article_i, article->headline, role, 2, spans);
    if (heading) {
        heading->section = bt_doc_text(m, article->section, BT_STYLE_SECTION);
        heading->kicker = bt_doc_text(m, article->kicker, BT_STYLE_KICKER);
        heading->lead = bt_doc_text(m, article->lead, BT_STYLE_LEAD);
        out->headline = bt_doc_without_notes(m->arena, &heading->text);
    }
    for (uint32_t i = 0; i < article->n_body; i++) bt_doc_add_block(m, article_i, &article->body[i]);
    find_drop_cap(m, leads, out->first_block);
    add_byline(m, article_i, article);
    add_notes(m, article_i, article, &notes);
    m->notes = NULL;
    out->n_blocks = m->blocks.n - out->first_block;
    if (out->n_blocks) m->blocks.v[out->first_block].starts_article = true;
}

/* The imprint: its title, then each value behind the layout's word for it. */
static bool add_imprint(bt_doc_maker *m, bt_doc *doc)
{
    const bt_imprint *imprint = &m->bundle->imprint;
    if (!imprint->at) return true;
    const bt_words *words = &m->layout->words;
    BT_ARRAY(bt_rich) lines = {0};
    bt_rich *line = BT_PUSH(m->arena, &lines);
    if (!line) return false;
    bt_str title = doc->fields.kind.len ? bt_str_format(m->arena, "%.*s %.*s", BT_STR_ARGS(doc->fields.kind),
                                                        BT_STR_ARGS(doc->fields.title))
                                        : doc->fields.title;
    *line = bt_doc_plain(m->arena, title, m->layout->role[BT_STYLE_IMPRINT_TITLE], imprint->at);
    bt_buf editors = bt_buf_in(m->arena);
    for (uint32_t i = 0; i < imprint->n_editors; i++) {
        if (i) bt_buf_add_z(&editors, ", ");
        bt_buf_add(&editors, imprint->editors[i].s);
    }
    bt_text all_editors = {bt_buf_str(&editors), imprint->n_editors ? imprint->editors[0].at : imprint->at};
    bt_text quantity = imprint->quantity;
    if (imprint->quantity_is_number) quantity.s = bt_doc_number(m->arena, quantity.s, -1, m->bundle->lang.s);
    const struct {
        bt_str template;
        bt_text value;
    } entries[] = {
        {words->licence, imprint->licence}, {words->responsible, imprint->responsible},
        {words->editors, all_editors},      {words->address, imprint->address},
        {words->printer, imprint->printer}, {words->quantity, quantity},
        {words->size, imprint->size},       {words->periodicity, imprint->periodicity},
        {words->deposit, imprint->deposit},
    };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!entries[i].value.s.len) continue;
        bool is_empty;
        bt_str text = bt_doc_fill(m->arena, entries[i].template, byline_value,
                                  &(byline_words){entries[i].value.s, BT_STR("")}, &is_empty);
        if (!(line = BT_PUSH(m->arena, &lines))) return false;
        *line = bt_doc_text(m, (bt_text){text, entries[i].value.at}, BT_STYLE_IMPRINT);
    }
    for (uint32_t i = 0; i < imprint->n_lines; i++) {
        if (!(line = BT_PUSH(m->arena, &lines))) return false;
        *line = bt_doc_text(m, imprint->lines[i], BT_STYLE_IMPRINT);
    }
    doc->imprint = lines.v;
    doc->n_imprint = lines.n;
    return true;
}

static bool add_highlights(bt_doc_maker *m, bt_doc *doc)
{
    const bt_bundle *bundle = m->bundle;
    bt_doc_highlight *items = BT_NEW_ARRAY(m->arena, bundle->n_highlights, bt_doc_highlight);
    if (!items) return false;
    for (uint32_t i = 0; i < bundle->n_highlights; i++) {
        items[i].text = bt_doc_text(m, bundle->highlights[i].text, BT_STYLE_HIGHLIGHTS_ITEM);
        uint32_t article_i = bundle->highlights[i].article_i;
        if (article_i != UINT32_MAX) items[i].link = bt_doc_link_to(m->arena, article_i);
    }
    doc->highlights_title = bt_doc_text(m, bundle->highlights_title, BT_STYLE_HIGHLIGHTS_TITLE);
    doc->highlights = items;
    doc->n_highlights = bundle->n_highlights;
    return true;
}

/* The pages that are kept for local articles, and which articles stand there. */
static void find_pins(const bt_bundle *bundle, const bt_layout *layout, bt_doc *doc, bt_doc_article *articles)
{
    bool has_own = bundle->local_pages_at;
    doc->local_pages = has_own ? bundle->local_pages : layout->local_pages;
    doc->n_local_pages = has_own ? bundle->n_local_pages : layout->n_local_pages;
    doc->local_pages_at = has_own ? bundle->local_pages_at : layout->local_pages_at;
    doc->has_pins = doc->n_local_pages > 0;
    for (uint32_t i = 0; i < bundle->n_articles; i++) {
        articles[i].is_local = bundle->articles[i].is_local && doc->n_local_pages;
        doc->has_pins = doc->has_pins || bundle->articles[i].page;
    }
}

/* The lead article is the first one that is common to all editions; where there is none, the first. */
static uint32_t find_lead(const bt_doc_article *articles, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!articles[i].is_local) return i;
    return 0;
}

/* Room for what most bundles make of themselves: an entry of the contents, a heading, a block for each of the body, the
 * byline and the notes. */
static void reserve_blocks(bt_doc_maker *m)
{
    const bt_bundle *bundle = m->bundle;
    uint32_t n = 1;
    for (uint32_t i = 0; i < bundle->n_articles; i++)
        n += 2 + bundle->has_contents + bundle->articles[i].n_body + bundle->articles[i].n_notes;
    bt_array_reserve(m->arena, (void *)&m->blocks.v, &m->blocks.capacity, 0, n, sizeof *m->blocks.v);
}

bt_status bt_doc_make(bt_arena *arena, bt_diags *diags, const bt_bundle *bundle, const bt_layout *layout,
                      const bt_doc **result)
{
    bt_doc_maker m = {.arena = arena, .diags = diags, .bundle = bundle, .layout = layout};
    bt_doc *doc = BT_NEW(arena, bt_doc);
    bt_doc_article *articles = BT_NEW_ARRAY(arena, bundle->n_articles, bt_doc_article);
    bt_doc_block *fillers = BT_NEW_ARRAY(arena, bundle->n_fillers, bt_doc_block);
    if (!doc || !articles || !fillers) return BT_NOMEM;
    doc->bundle = bundle;
    doc->layout = layout;
    doc->fields = bt_doc_fields_of(arena, bundle, layout);
    find_pins(bundle, layout, doc, articles);
    uint32_t lead_i = find_lead(articles, bundle->n_articles);
    reserve_blocks(&m);
    bt_doc_add_contents(&m);
    doc->n_contents = m.blocks.n;
    for (uint32_t i = 0; i < bundle->n_articles; i++) add_article(&m, i, i == lead_i, &articles[i]);
    for (uint32_t i = 0; i < bundle->n_fillers; i++) bt_doc_filler(&m, &bundle->fillers[i], &fillers[i]);
    doc->fillers = fillers;
    doc->n_fillers = bundle->n_fillers;
    bool is_complete = add_highlights(&m, doc) && add_imprint(&m, doc);
    doc->blocks = m.blocks.v;
    doc->n_blocks = m.blocks.n;
    doc->n_lists = m.n_lists;
    doc->articles = articles;
    doc->n_articles = bundle->n_articles;
    if (!is_complete || arena->failed) return BT_NOMEM;
    *result = doc;
    return m.is_wrong ? BT_INPUT : BT_OK;
}
