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
    room[0] = is_reference ? NULL : link; /* the reference around a link is none */
    if (is_reference) room[1] = link;
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
    if (link->is_jump) {
        const bt_page_jump *jump = (const bt_page_jump *)link;
        return (spot){jump->target_page, jump->target_x, jump->target_y};
    }
    const bt_article_fact *article = &m->articles[link->article_i];
    spot headline = {article->first_page, article->x, article->ink_y};
    if (!link->note_no) return headline;
    const note_spots *spots = &m->links->notes[m->links->first_note[link->article_i] + link->note_no - 1];
    spot target = link->is_back ? spots->reference : spots->note;
    return target.page ? target : headline;
}

/* --- what a link is, in words --- */

/* The words of a link as they are drawn. */
typedef struct link_text {
    bt_buf words;
    uint32_t page_i;
    bt_sp y; /* of the last piece of it */
    bt_str about;
} link_text;

static bool ends_blank(const bt_buf *words) { return !words->bytes.n || words->bytes.v[words->bytes.n - 1] == ' '; }

/* The space at which a line was broken is not drawn. An address has none. */
static void add_words(link_text *text, const bt_link *link, const bt_item *item, uint32_t page_i)
{
    bool is_new_line = text->page_i != page_i || text->y != item->y;
    if (is_new_line && !ends_blank(&text->words) && !link->is_bare) bt_buf_add_char(&text->words, ' ');
    bt_buf_add(&text->words, item->as.glyphs.has_actual ? item->as.glyphs.actual : item->as.glyphs.text);
    text->page_i = page_i;
    text->y = item->y;
}

/* Its words; of a picture, what the picture shows. */
static bt_str words_of(const bt_page_maker *m, uint32_t tag_i, const bt_link *link, const link_text *text)
{
    bt_str words = bt_str_trim(bt_buf_str(&text->words));
    if (words.len) return words;
    bt_str alt = m->tags.v[m->tags.v[tag_i].parent_i].alt;
    return alt.len ? alt : link->uri;
}

/* Where a link within the issue leads is said: its own words are a headline cut short, or a number. */
static bt_str about(const bt_page_maker *m, uint32_t tag_i, const bt_link *link, const link_text *text)
{
    if (link->uri.len) return words_of(m, tag_i, link, text);
    bt_arena *arena = m->flow->arena;
    bool is_english = bt_str_starts(m->flow->doc->bundle->lang.s, BT_STR("en"));
    const char *note = link->is_back ? is_english ? "Back to reference %u" : "Về chỗ dẫn chú thích %u"
                       : is_english  ? "Note %u"
                                     : "Chú thích %u";
    if (link->note_no) return bt_str_format(arena, note, link->note_no);
    const bt_article_fact *article = &m->articles[link->article_i];
    return bt_str_format(arena, is_english ? "Page %u: %.*s" : "Trang %u: %.*s", target_of(m, link).page,
                         BT_STR_ARGS(bt_text_normal(arena, article->headline)));
}

static void gather_words(const bt_page_maker *m, link_text *texts)
{
    const struct bt_page_links *links = m->links;
    for (uint32_t i = 0; i < links->of_tag.n; i++) texts[i].words = bt_buf_in(m->flow->arena);
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            const bt_item *item = &m->drafts[i].items.v[k];
            if (item->kind != BT_ITEM_GLYPHS || item->tag_i < links->first_tag) continue;
            uint32_t link_i = item->tag_i - links->first_tag;
            add_words(&texts[link_i], links->of_tag.v[link_i], item, i);
        }
    for (uint32_t i = 0; i < links->of_tag.n; i++)
        if (links->of_tag.v[i]) texts[i].about = about(m, links->first_tag + i, links->of_tag.v[i], &texts[i]);
}

bool bt_page_aim_links(bt_page_maker *m)
{
    const struct bt_page_links *links = m->links;
    link_text *texts = BT_NEW_ARRAY(m->flow->arena, links->of_tag.n, link_text);
    if (!texts) return false;
    gather_words(m, texts);
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            bt_item *item = &m->drafts[i].items.v[k];
            if (item->kind != BT_ITEM_LINK || item->tag_i < links->first_tag) continue;
            uint32_t link_i = item->tag_i - links->first_tag;
            item->as.link.about = texts[link_i].about;
            if (item->as.link.uri.len) continue;
            spot target = target_of(m, links->of_tag.v[link_i]);
            item->as.link.target_page = target.page;
            item->as.link.target_x = target.x;
            item->as.link.target_y = target.y;
        }
    return !m->flow->arena->failed;
}
