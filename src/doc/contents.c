/* contents.c - the table of contents: its title, then an entry for each article. Pages are filled in when they are
 * known.
 */
#include "doc/doc_int.h"

/* The headline, without the notes that it refers to: those stand with the article. Nor does a link in it lead
 * elsewhere: the whole entry is one. */
static bt_rich headline_of(bt_doc_maker *m, const bt_article *article)
{
    bt_doc_notes notes = {.n = article->n_notes, .n_references = BT_NEW_ARRAY(m->arena, article->n_notes, uint32_t)};
    if (!notes.n_references) return (bt_rich){.text = BT_STR("")};
    m->notes = &notes;
    bt_rich rich = bt_doc_text(m, article->headline, BT_STYLE_CONTENTS_ITEM);
    m->notes = NULL;
    for (uint32_t i = 0; i < rich.n_runs; i++)
        if (rich.runs[i].is_superior)
            return bt_doc_plain(m->arena, bt_doc_without_notes(m->arena, &rich), rich.style, rich.at);
    return bt_doc_unlinked(m->arena, &rich);
}

static void add_entry(bt_doc_maker *m, uint32_t article_i)
{
    const bt_article *article = &m->bundle->articles[article_i];
    bt_doc_block *block = bt_doc_add(m, BT_DOC_ENTRY, BT_NO_ARTICLE, article->headline.at);
    if (!block) return;
    block->link = bt_doc_link_to(m->arena, article_i);
    block->spans_page = m->layout->contents.spans_page && m->layout->n_columns > 1;
    block->text = headline_of(m, article);
    block->page = bt_doc_plain(m->arena, BT_STR(""), m->layout->role[BT_STYLE_CONTENTS_PAGE], NULL);
    block->starts_list = article_i == 0;
    block->ends_list = article_i + 1 == m->bundle->n_articles;
}

void bt_doc_add_contents(bt_doc_maker *m)
{
    const bt_bundle *bundle = m->bundle;
    if (!bundle->has_contents) return;
    bool spans = m->layout->contents.spans_page;
    bt_text title = {m->layout->words.contents, bundle->contents_at};
    bt_doc_add_heading(m, BT_NO_ARTICLE, title, BT_STYLE_CONTENTS_TITLE, 2, spans);
    for (uint32_t i = 0; i < bundle->n_articles; i++) add_entry(m, i);
}
