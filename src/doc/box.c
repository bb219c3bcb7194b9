/* box.c - blocks that stand apart from the text: boxes, strips of key figures, galleries, QR codes. */
#include "doc/doc_int.h"

/* A block that may span the page; NULL without memory. */
static bt_doc_block *add_apart(bt_doc_maker *m, bt_doc_kind kind, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block = bt_doc_add(m, kind, article_i, source->at);
    if (block) block->spans_page = source->spans_page && m->layout->n_columns > 1;
    return block;
}

/* A body is made in a list of its own, which the box then holds. */
static void add_body(bt_doc_maker *m, const bt_block *body, uint32_t n, bool is_filler, bt_doc_block *block)
{
    bt_doc_maker inner = {.arena = m->arena,
                          .diags = m->diags,
                          .bundle = m->bundle,
                          .layout = m->layout,
                          .is_in_box = true,
                          .is_filler = is_filler,
                          .n_lists = m->n_lists,
                          .notes = m->notes};
    for (uint32_t i = 0; i < n; i++) bt_doc_add_block(&inner, block->article_i, &body[i]);
    m->is_wrong = m->is_wrong || inner.is_wrong;
    m->n_lists = inner.n_lists;
    block->body = inner.blocks.v;
    block->n_body = inner.blocks.n;
}

void bt_doc_add_box(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block = add_apart(m, BT_DOC_BOX, article_i, source);
    if (!block) return;
    block->text = bt_doc_text(m, source->title, BT_STYLE_BOX_TITLE);
    block->box_kind = source->box_kind == BT_BOX_DEFAULT ? m->layout->box.kind : source->box_kind;
    add_body(m, source->body, source->n_body, false, block);
}

void bt_doc_filler(bt_doc_maker *m, const bt_filler *source, bt_doc_block *block)
{
    *block = (bt_doc_block){.kind = BT_DOC_BOX,
                            .article_i = BT_NO_ARTICLE,
                            .at = source->at,
                            .box_kind = m->layout->box.kind,
                            .id = source->id.s};
    block->text = bt_doc_text(m, source->title, BT_STYLE_FILLER_TITLE);
    add_body(m, source->body, source->n_body, true, block);
}

void bt_doc_add_numbers(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_number_item *items = BT_NEW_ARRAY(m->arena, source->n_key_figures, bt_doc_number_item);
    bt_doc_block *block = add_apart(m, BT_DOC_NUMBERS, article_i, source);
    if (!items || !block) return;
    for (uint32_t i = 0; i < source->n_key_figures; i++) {
        const bt_key_figure *figure = &source->key_figures[i];
        bt_text value = figure->value.text;
        if (figure->value.is_number)
            items[i].value = bt_doc_plain(m->arena, bt_doc_number(m->arena, value.s, -1, m->bundle->lang.s),
                                          m->layout->role[BT_STYLE_NUMBERS_VALUE], value.at);
        else
            items[i].value = bt_doc_text(m, value, BT_STYLE_NUMBERS_VALUE);
        items[i].unit = bt_doc_text(m, figure->unit, BT_STYLE_NUMBERS_UNIT);
        items[i].label = bt_doc_text(m, figure->label, BT_STYLE_NUMBERS_LABEL);
    }
    block->numbers = items;
    block->n_numbers = source->n_key_figures;
}

void bt_doc_add_gallery(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    const bt_gallery *gallery = source->gallery;
    bt_doc_picture *pictures = BT_NEW_ARRAY(m->arena, gallery->n_figures, bt_doc_picture);
    bt_doc_block *block = add_apart(m, BT_DOC_GALLERY, article_i, source);
    if (!pictures || !block) return;
    block->caption = bt_doc_text(m, gallery->caption, BT_STYLE_CAPTION);
    block->credit = bt_doc_text(m, gallery->credit, BT_STYLE_CREDIT);
    for (uint32_t i = 0; i < gallery->n_figures; i++) {
        const bt_figure *figure = &gallery->figures[i];
        bt_doc_picture *picture = &pictures[i];
        picture->figure = figure;
        picture->caption = bt_doc_text(m, figure->caption, BT_STYLE_CAPTION);
        picture->credit = bt_doc_text(m, figure->credit, BT_STYLE_CREDIT);
        picture->alt = figure->alt.s.len           ? figure->alt.s
                       : picture->caption.text.len ? picture->caption.text
                                                   : block->caption.text;
        if (!figure->alt.s.len) bt_doc_miss_alt(m, figure->image.at, picture->alt);
    }
    block->gallery = gallery;
    block->pictures = pictures;
    block->n_pictures = gallery->n_figures;
}

static bt_str url_value(const void *user, bt_str name)
{
    (void)name;
    return *(const bt_str *)user;
}

/* Whether an address has characters that are inline markup elsewhere. */
static bool has_marks(bt_str url)
{
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] == '*' || url.ptr[i] == '[' || url.ptr[i] == '\\') return true;
    return false;
}

/* The label, else the address itself: paper has no links. */
void bt_doc_add_qr(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block = add_apart(m, BT_DOC_QR, article_i, source);
    if (!block) return;
    bool is_empty;
    block->url = source->url;
    bt_link *link = BT_NEW(m->arena, bt_link);
    if (!link) return;
    *link = (bt_link){.uri = source->url.s};
    block->link = link;
    block->alt = bt_doc_fill(m->arena, m->layout->words.qr, url_value, &source->url.s, &is_empty);
    if (source->label.s.len)
        block->text = bt_doc_text(m, source->label, BT_STYLE_QR_LABEL);
    else if (has_marks(source->url.s))
        block->text = bt_doc_plain(m->arena, source->url.s, m->layout->role[BT_STYLE_QR_LABEL], source->url.at);
    else {
        bt_rich label = bt_doc_text(m, source->url, BT_STYLE_QR_LABEL); /* which breaks it as an address */
        block->text = bt_doc_unlinked(m->arena, &label);
    }
}
