/* links.c - what a screen has and paper has not: links as annotations, the outline, the pages' labels.
 *
 * All of it comes from the display list: a link item is one annotation, whose element in the structure is that of the
 * item's tag. Places are those of the pages on their sheets.
 */
#include "pdf/pdf_int.h"

/* From so many pages on, a reader opens the outline beside the page: a bulletin is leafed through, a yearbook is
 * searched. */
enum { OUTLINE_SHOWN = 12 };

/* Where a page of the display list is first seen in the file. */
typedef struct place {
    const bt_haru_object *page;
    int64_t left, top; /* of its trim, from the media box's left and, upwards, bottom [sp] */
} place;

static bool has_links(const bt_pdf *pdf) { return pdf->options->rendition != BT_PRESS; }

static place *find_places(const bt_pdf *pdf)
{
    const bt_sheets *sheets = &pdf->pages->sheets;
    place *places = BT_NEW_ARRAY(pdf->arena, pdf->pages->n_pages, place);
    int64_t left = (int64_t)sheets->bleed + sheets->slug, top = left + sheets->height;
    for (uint32_t i = 0; places && i < sheets->n; i++)
        for (uint32_t k = 0; k < sheets->v[i].n_panels; k++) {
            const bt_panel *panel = &sheets->v[i].panels[k];
            if (places[panel->page_i].page) continue;
            places[panel->page_i] = (place){pdf->made[i].page, left + panel->x, top - panel->y};
        }
    return places;
}

/* --- syntax --- */

static bool is_space(uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x202F; }
static bool is_unseen(uint32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

/* What only says where lines may break is left out: a reader's panel breaks its own. */
static void add_text(bt_buf *out, bt_str key, bt_str text)
{
    bt_buf_add(out, key);
    bt_pdf_begin_string(out);
    bool has_letters = false, wants_space = false;
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += bt_utf8_decode(text, at, &c);
        if (is_space(c)) {
            wants_space = has_letters;
        } else if (!is_unseen(c)) {
            if (wants_space) bt_pdf_add_letter(out, ' ');
            wants_space = false;
            has_letters = true;
            bt_pdf_add_letter(out, c);
        }
    }
    bt_pdf_end_string(out);
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

static bool is_escape(bt_str uri, size_t i)
{
    return uri.ptr[i] == '%' && i + 2 < uri.len && is_hex(uri.ptr[i + 1]) && is_hex(uri.ptr[i + 2]);
}

/* An address in the letters that RFC 3986 knows; an editor writes it as a browser shows it. */
static void add_uri(bt_buf *out, bt_str uri)
{
    static const char no_letters[] = " \"<>\\^`{|}";
    bt_buf_add(out, BT_STR("/URI("));
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.ptr[i];
        bool is_plain = c > 0x20 && c < 0x7F && (c != '%' || is_escape(uri, i));
        for (const char *no = no_letters; *no && is_plain; no++) is_plain = (char)c != *no;
        if (!is_plain) {
            bt_buf_format(out, "%%%02X", (unsigned)c);
            continue;
        }
        if (c == '(' || c == ')') bt_buf_add_char(out, '\\');
        bt_buf_add_char(out, (char)c);
    }
    bt_buf_add_char(out, ')');
}

/* The place stands at the window's left top corner, at the magnification that the reader has. page: from 1. */
static void add_destination(bt_buf *out, const bt_pdf *pdf, const place *places, uint32_t page, bt_sp x, bt_sp y)
{
    const place *at = &places[page && page <= pdf->pages->n_pages ? page - 1 : 0];
    bt_buf_format(out, "/Dest[%u 0 R/XYZ ", bt_haru_number(at->page));
    bt_pdf_add_milli(out, bt_pdf_milli(at->left + x));
    bt_buf_add_char(out, ' ');
    bt_pdf_add_milli(out, bt_pdf_milli(at->top - y));
    bt_buf_add(out, BT_STR(" null]"));
}

static void add_rect(bt_buf *out, const bt_item *item, const place *at)
{
    const int64_t box[4] = {at->left + item->x, at->top - item->y - item->as.link.height,
                            at->left + item->x + item->as.link.width, at->top - item->y};
    bt_buf_add(out, BT_STR("/Rect["));
    for (int i = 0; i < 4; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_pdf_add_milli(out, bt_pdf_milli(box[i]));
    }
    bt_buf_add_char(out, ']');
}

/* --- links --- */

/* Printed as well (/F 4), as PDF/A wants of whatever is seen; it shows nothing. */
static const bt_haru_object *put_link(bt_pdf *pdf, const place *places, const bt_item *item, uint32_t sheet_i,
                                      const place *at)
{
    bt_haru_object *link = bt_haru_add(pdf->haru);
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add(&out, BT_STR("/Type/Annot/Subtype/Link/Border[0 0 0]/F 4"));
    bt_buf_format(&out, "/StructParent %u", bt_pdf_tag_object(pdf, item->tag_i, sheet_i, link));
    add_rect(&out, item, at);
    add_text(&out, BT_STR("/Contents"), item->as.link.about);
    if (item->as.link.uri.len) {
        bt_buf_add(&out, BT_STR("/A<</S/URI"));
        add_uri(&out, item->as.link.uri);
        bt_buf_add(&out, BT_STR(">>"));
    } else {
        add_destination(&out, pdf, places, item->as.link.target_page, item->as.link.target_x, item->as.link.target_y);
    }
    bt_haru_put_syntax(link, bt_buf_str(&out));
    return link;
}

/* The annotations of a sheet: of each page that is first seen there. */
static void put_links(bt_pdf *pdf, const place *places, uint32_t sheet_i)
{
    const bt_sheet *sheet = &pdf->pages->sheets.v[sheet_i];
    bt_haru_object *made = pdf->made[sheet_i].page;
    bt_buf out = bt_buf_in(pdf->arena);
    for (uint32_t k = 0; k < sheet->n_panels; k++) {
        const place *at = &places[sheet->panels[k].page_i];
        const bt_page *page = &pdf->pages->pages[sheet->panels[k].page_i];
        for (uint32_t i = 0; i < page->n_items && !sheet->panels[k].is_copy; i++) {
            if (page->items[i].kind != BT_ITEM_LINK) continue;
            const bt_haru_object *link = put_link(pdf, places, &page->items[i], sheet_i, at);
            bt_buf_format(&out, out.bytes.n ? " %u 0 R" : "/Annots[%u 0 R", bt_haru_number(link));
        }
    }
    if (!out.bytes.n) return;
    bt_buf_add_char(&out, ']');
    bt_haru_put_syntax(made, bt_buf_str(&out));
}

/* --- the outline: the articles, in their order --- */

static void put_entry(bt_pdf *pdf, const place *places, bt_haru_object *const *objects, uint32_t article_i)
{
    const bt_article_fact *article = &pdf->pages->facts.articles[article_i];
    bt_haru_object *const *own = &objects[article_i + 1];
    bt_buf out = bt_buf_in(pdf->arena);
    bt_str headline = bt_text_normal(pdf->arena, article->headline);
    add_text(&out, BT_STR("/Title"), headline.len ? headline : article->id);
    bt_buf_format(&out, "/Parent %u 0 R", bt_haru_number(objects[0]));
    if (article_i) bt_buf_format(&out, "/Prev %u 0 R", bt_haru_number(own[-1]));
    if (article_i + 1 < pdf->pages->facts.n_articles) bt_buf_format(&out, "/Next %u 0 R", bt_haru_number(own[1]));
    add_destination(&out, pdf, places, article->first_page, article->x, article->ink_y);
    bt_haru_put_syntax(*own, bt_buf_str(&out));
}

static void put_outline(bt_pdf *pdf, const place *places)
{
    uint32_t n = pdf->pages->facts.n_articles ? pdf->pages->facts.n_articles + 1 : 0;
    bt_haru_object **objects = BT_NEW_ARRAY(pdf->arena, n, bt_haru_object *);
    if (!objects || !n) return;
    for (uint32_t i = 0; i < n; i++) objects[i] = bt_haru_add(pdf->haru);
    for (uint32_t i = 0; i + 1 < n; i++) put_entry(pdf, places, objects, i);
    bt_haru_put_syntax(objects[0], bt_str_format(pdf->arena, "/Type/Outlines/First %u 0 R/Last %u 0 R/Count %u",
                                                 bt_haru_number(objects[1]), bt_haru_number(objects[n - 1]), n - 1));
    bt_haru_put_syntax(bt_haru_catalog(pdf->haru),
                       bt_str_format(pdf->arena, "/Outlines %u 0 R", bt_haru_number(objects[0])));
    if (pdf->pages->n_pages >= OUTLINE_SHOWN)
        bt_haru_put_syntax(bt_haru_catalog(pdf->haru), BT_STR("/PageMode/UseOutlines"));
}

void bt_pdf_put_links(bt_pdf *pdf)
{
    if (!has_links(pdf)) return;
    const place *places = find_places(pdf);
    if (!places) return;
    for (uint32_t i = 0; i < pdf->pages->sheets.n; i++) put_links(pdf, places, i);
    put_outline(pdf, places);
    bt_haru_put_syntax(bt_haru_catalog(pdf->haru), BT_STR("/PageLabels<</Nums[0<</S/D>>]>>"));
}
