/* links.c - links as tags of the structure, and where those within the issue lead.
 *
 * A link is a tag below that of the text it stands in, made when the first of it is drawn. A text is drawn in reading
 * order, so what belongs to one link follows on one another, over lines, columns and pages.
 */
#include "page/page_int.h"

typedef struct spot {
    uint32_t page; /* from 1; 0: not drawn */
    bt_sp x, y;
} spot;

typedef struct note_spots {
    spot note, reference; /* the note's number; the first place in the text that refers to it */
} note_spots;

struct bt_page_links {
    uint32_t first_tag;               /* of the links' */
    BT_ARRAY(const bt_link *) of_tag; /* from first_tag on */
    uint32_t *last;                   /* by a text's tag: that of the last link in it; 0: none yet */
    uint32_t *first_note;             /* by article: of its notes */
    note_spots *notes;
};

bool bt_page_links_begin(bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    bt_arena *arena = m->flow->arena;
    struct bt_page_links *links = BT_NEW(arena, struct bt_page_links);
    if (!links) return false;
    links->first_tag = m->tags.n;
    links->last = BT_NEW_ARRAY(arena, m->tags.n, uint32_t);
    links->first_note = BT_NEW_ARRAY(arena, doc->n_articles, uint32_t);
    uint32_t n_notes = 0;
    for (uint32_t i = 0; links->first_note && i < doc->n_articles; i++) {
        links->first_note[i] = n_notes;
        n_notes += doc->articles[i].source->n_notes;
    }
    links->notes = BT_NEW_ARRAY(arena, n_notes, note_spots);
    m->links = links;
    return links->last && links->first_note && links->notes;
}

uint32_t bt_page_link_tag(bt_page_maker *m, uint32_t parent_i, const bt_link *link, const bt_place *at)
{
    struct bt_page_links *links = m->links;
    if (!parent_i || parent_i >= links->first_tag) return parent_i;
    uint32_t last = links->last[parent_i];
    if (last && links->of_tag.v[last - links->first_tag] == link) return last;
    if (!at) at = m->tags.v[parent_i].at;
    bool is_reference = link->note_no && !link->is_back;
    uint32_t outer_i = is_reference ? bt_page_add_tag(m, BT_TAG_REFERENCE, parent_i, at) : parent_i;
    uint32_t tag_i = bt_page_add_tag(m, BT_TAG_LINK, outer_i, at);
    const bt_link **room = BT_PUSH_N(m->flow->arena, &links->of_tag, is_reference ? 2 : 1);
    if (!tag_i || !room) return 0;
    room[is_reference] = link;
    links->last[parent_i] = tag_i;
    return tag_i;
}

void bt_page_note_link(bt_page_maker *m, uint32_t page_i, const bt_link *link, bt_sp x, bt_sp y)
{
    if (!link->note_no) return;
    note_spots *spots = &m->links->notes[m->links->first_note[link->article_i] + link->note_no - 1];
    spot *own = link->is_back ? &spots->note : &spots->reference;
    if (!own->page) *own = (spot){page_i + 1, x, y};
}

static spot target_of(const bt_page_maker *m, const bt_link *link)
{
    const bt_article_fact *article = &m->articles[link->article_i];
    spot headline = {article->first_page, article->x, article->y};
    if (!link->note_no) return headline;
    const note_spots *spots = &m->links->notes[m->links->first_note[link->article_i] + link->note_no - 1];
    spot target = link->is_back ? spots->reference : spots->note;
    return target.page ? target : headline;
}

void bt_page_aim_links(bt_page_maker *m)
{
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            bt_item *item = &m->drafts[i].items.v[k];
            if (item->kind != BT_ITEM_LINK || item->as.link.uri.len || item->tag_i < m->links->first_tag) continue;
            spot target = target_of(m, m->links->of_tag.v[item->tag_i - m->links->first_tag]);
            item->as.link.target_page = target.page;
            item->as.link.target_x = target.x;
            item->as.link.target_y = target.y;
        }
}
