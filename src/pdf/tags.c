/* tags.c - the structure tree: which element each marked-content sequence and annotation belongs to, and the elements
 * as objects.
 *
 * While the sheets are drawn their sequences are noted (bt_pdf_tag_sequence), while they are assembled their
 * annotations (bt_pdf_tag_object). The tree is made from both at the end: what got nothing is left out, and everything
 * stands in the order of the pages, in whatever order the sheets have them.
 */
#include "pdf/pdf_int.h"

#define NONE UINT32_MAX

/* A marked-content sequence, or an annotation. */
typedef struct piece {
    uint32_t tag_i, page_i, sheet_i;
    uint32_t mcid, order;             /* order: over the document, as in node */
    const bt_haru_object *annotation; /* NULL: a sequence */
    uint32_t next_i;                  /* of the same page, later of the same element; NONE: the last */
} piece;

typedef struct list {
    uint32_t first_i, last_i;
} list;

/* What is known of a tag. */
typedef struct node {
    bt_haru_object *object;
    list pieces;
    uint32_t first_child_i, next_i; /* in document order; NONE: none */
    uint32_t order;                 /* of the first piece in it, counted over the document */
    bool is_kept;
    bool has_box;
    int64_t left, bottom, right, top; /* FIGURE: of what is seen, on its first sheet [milli] */
    uint32_t box_sheet_i;
    const bt_item *last_text; /* BT_ITEM_GLYPHS; in the order of the pages */
} node;

struct bt_pdf_tags {
    node *nodes; /* by tag */
    BT_ARRAY(piece) pieces;
    uint32_t n_annotations;
};

/* --- kinds --- */

static bool is_inline(bt_tag_kind kind) { return kind == BT_TAG_LINK || kind == BT_TAG_REFERENCE; }

const char *bt_pdf_tag_name(const bt_pdf *pdf, uint32_t tag_i)
{
    switch (pdf->pages->tags[tag_i].kind) {
    case BT_TAG_DOCUMENT:
        return "Document";
    case BT_TAG_PART:
        return "Part";
    case BT_TAG_ARTICLE:
        return "Art";
    case BT_TAG_SECTION:
        return "Sect";
    case BT_TAG_H1:
        return "H1";
    case BT_TAG_H2:
        return "H2";
    case BT_TAG_H3:
        return "H3";
    case BT_TAG_H4:
        return "H4";
    case BT_TAG_H5:
        return "H5";
    case BT_TAG_H6:
        return "H6";
    case BT_TAG_P:
        return "P";
    case BT_TAG_LIST:
        return "L";
    case BT_TAG_ITEM:
        return "LI";
    case BT_TAG_LABEL:
        return "Lbl";
    case BT_TAG_BODY:
        return "LBody";
    case BT_TAG_FIGURE:
        return "Figure";
    case BT_TAG_CAPTION:
        return "Caption";
    case BT_TAG_TABLE:
        return "Table";
    case BT_TAG_HEAD_ROWS:
        return "THead";
    case BT_TAG_BODY_ROWS:
        return "TBody";
    case BT_TAG_ROW:
        return "TR";
    case BT_TAG_HEAD_CELL:
        return "TH";
    case BT_TAG_CELL:
        return "TD";
    case BT_TAG_QUOTE:
        return "BlockQuote";
    case BT_TAG_LINK: /* where no annotation is, it is a stretch of text */
        return pdf->options->rendition == BT_PRESS ? "Span" : "Link";
    case BT_TAG_REFERENCE:
        return "Reference";
    case BT_TAG_NOTE:
        return "Note";
    case BT_TAG_TOC:
        return "TOC";
    case BT_TAG_TOC_ITEM:
        return "TOCI";
    case BT_TAG_DIV:
        return "Div";
    }
    return "NonStruct";
}

/* --- what is noted while drawing --- */

/* The element whose text a stretch of it belongs to. */
static uint32_t whole_of(const bt_pdf *pdf, uint32_t tag_i)
{
    while (tag_i && is_inline(pdf->pages->tags[tag_i].kind)) tag_i = pdf->pages->tags[tag_i].parent_i;
    return tag_i;
}

void bt_pdf_begin_tags(bt_pdf *pdf)
{
    const bt_pages *pages = pdf->pages;
    struct bt_pdf_tags *tags = BT_NEW(pdf->arena, struct bt_pdf_tags);
    if (!tags) return;
    tags->nodes = BT_NEW_ARRAY(pdf->arena, pages->n_tags, node);
    if (!tags->nodes) return;
    pdf->tags = tags;
    for (uint32_t i = 0; i < pages->n_pages; i++)
        for (uint32_t k = 0; k < pages->pages[i].n_items; k++) {
            const bt_item *item = &pages->pages[i].items[k];
            if (item->kind == BT_ITEM_GLYPHS && item->as.glyphs.n_glyphs && item->tag_i)
                tags->nodes[whole_of(pdf, item->tag_i)].last_text = item;
        }
}

uint16_t bt_pdf_space_after(const bt_pdf *pdf, const bt_item *item, const bt_pdf_font *font)
{
    if (!item->as.glyphs.ends_line || !item->tag_i) return 0;
    if (pdf->tags->nodes[whole_of(pdf, item->tag_i)].last_text == item) return 0;
    return font->space;
}

static void add_piece(bt_pdf *pdf, const piece *added)
{
    piece *room = BT_PUSH(pdf->arena, &pdf->tags->pieces);
    if (room) *room = *added;
}

uint32_t bt_pdf_tag_sequence(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, uint32_t page_i)
{
    uint32_t mcid = pdf->made[sheet_i].n_sequences++;
    add_piece(pdf, &(piece){.tag_i = tag_i, .page_i = page_i, .sheet_i = sheet_i, .mcid = mcid});
    return mcid;
}

uint32_t bt_pdf_tag_object(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, const bt_haru_object *annotation)
{
    uint32_t page_i = pdf->pages->n_pages; /* after all contents of the element */
    add_piece(pdf, &(piece){.tag_i = tag_i, .page_i = page_i, .sheet_i = sheet_i, .annotation = annotation});
    return pdf->pages->sheets.n + pdf->tags->n_annotations++;
}

void bt_pdf_tag_box(bt_pdf *pdf, uint32_t tag_i, uint32_t sheet_i, const bt_haru_box *box)
{
    tag_i = whole_of(pdf, tag_i);
    node *n = &pdf->tags->nodes[tag_i];
    if (pdf->pages->tags[tag_i].kind != BT_TAG_FIGURE || (n->has_box && n->box_sheet_i != sheet_i)) return;
    if (!n->has_box || box->left < n->left) n->left = box->left;
    if (!n->has_box || box->bottom < n->bottom) n->bottom = box->bottom;
    if (!n->has_box || box->right > n->right) n->right = box->right;
    if (!n->has_box || box->top > n->top) n->top = box->top;
    n->has_box = true;
    n->box_sheet_i = sheet_i;
}

/* --- the tree --- */

static void append(struct bt_pdf_tags *tags, list *to, uint32_t piece_i)
{
    tags->pieces.v[piece_i].next_i = NONE;
    if (to->first_i == NONE)
        to->first_i = piece_i;
    else
        tags->pieces.v[to->last_i].next_i = piece_i;
    to->last_i = piece_i;
}

/* Hangs the pieces on their elements, in the order of the pages. False: no memory. */
static bool gather(bt_pdf *pdf)
{
    struct bt_pdf_tags *tags = pdf->tags;
    uint32_t n_lists = pdf->pages->n_pages + 1, order = 0;
    list *by_page = BT_NEW_ARRAY(pdf->arena, n_lists, list);
    if (!by_page) return false;
    for (uint32_t i = 0; i < n_lists; i++) by_page[i].first_i = NONE;
    for (uint32_t i = 0; i < tags->pieces.n; i++) append(tags, &by_page[tags->pieces.v[i].page_i], i);
    for (uint32_t i = 0; i < pdf->pages->n_tags; i++) {
        node *n = &tags->nodes[i];
        n->pieces.first_i = n->first_child_i = n->next_i = n->order = NONE;
    }
    for (uint32_t i = 0; i < n_lists; i++)
        for (uint32_t k = by_page[i].first_i, next_i; k != NONE; k = next_i, order++) {
            next_i = tags->pieces.v[k].next_i;
            node *n = &tags->nodes[tags->pieces.v[k].tag_i];
            if (n->order == NONE) n->order = order;
            tags->pieces.v[k].order = order;
            append(tags, &n->pieces, k);
        }
    return true;
}

static bool is_row_or_cell(bt_tag_kind kind)
{
    return kind == BT_TAG_ROW || kind == BT_TAG_HEAD_CELL || kind == BT_TAG_CELL;
}

/* An element is kept for what is in it; a row and a cell for the others of their table. */
static void find_kept(const bt_pdf *pdf)
{
    node *nodes = pdf->tags->nodes;
    const bt_tag *tags = pdf->pages->tags;
    for (uint32_t i = pdf->pages->n_tags; i-- > 0;) {
        nodes[i].is_kept = !i || nodes[i].is_kept || nodes[i].order != NONE;
        if (!i) continue;
        node *parent = &nodes[tags[i].parent_i];
        parent->is_kept = parent->is_kept || nodes[i].is_kept;
        if (nodes[i].order < parent->order && is_inline(tags[i].kind)) parent->order = nodes[i].order;
        nodes[i].next_i = parent->first_child_i;
        parent->first_child_i = i;
    }
    for (uint32_t i = 1; i < pdf->pages->n_tags; i++)
        if (is_row_or_cell(tags[i].kind)) nodes[i].is_kept = nodes[tags[i].parent_i].is_kept;
}

/* --- an element --- */

static void add_reference(bt_buf *out, const bt_haru_object *object)
{
    bt_buf_add_int(out, bt_haru_number(object));
    bt_buf_add(out, BT_STR(" 0 R"));
}

/* Between two entries of an array: nothing where a delimiter stands there anyway. */
static void add_space(bt_buf *out)
{
    char last = out->bytes.n ? out->bytes.v[out->bytes.n - 1] : '[';
    if (last != '[' && last != '>') bt_buf_add_char(out, ' ');
}

/* own_sheet_i: the element's /Pg. */
static void add_piece_entry(const bt_pdf *pdf, bt_buf *out, const piece *p, uint32_t own_sheet_i)
{
    if (p->annotation) {
        bt_buf_add(out, BT_STR("<</Type/OBJR/Obj "));
        add_reference(out, p->annotation);
    } else if (p->sheet_i == own_sheet_i) {
        add_space(out);
        bt_buf_add_int(out, p->mcid);
        return;
    } else {
        bt_buf_add(out, BT_STR("<</Type/MCR/MCID "));
        bt_buf_add_int(out, p->mcid);
    }
    if (p->sheet_i != own_sheet_i) {
        bt_buf_add(out, BT_STR("/Pg "));
        add_reference(out, pdf->made[p->sheet_i].page);
    }
    bt_buf_add(out, BT_STR(">>"));
}

static void add_child(const bt_pdf *pdf, bt_buf *out, uint32_t child_i)
{
    add_space(out);
    add_reference(out, pdf->tags->nodes[child_i].object);
}

static uint32_t next_child(const bt_pdf *pdf, uint32_t child_i, bool wants_inline)
{
    const node *nodes = pdf->tags->nodes;
    while (child_i != NONE && (!nodes[child_i].is_kept || is_inline(pdf->pages->tags[child_i].kind) != wants_inline))
        child_i = nodes[child_i].next_i;
    return child_i;
}

/* What stands in an element: its own contents with the stretches of text among them, then its children. */
static void add_kids(const bt_pdf *pdf, bt_buf *out, const node *n, uint32_t own_sheet_i)
{
    const struct bt_pdf_tags *tags = pdf->tags;
    uint32_t bracket = out->bytes.n + 2, n_kids = 0;
    bt_buf_add(out, BT_STR("/K["));
    uint32_t i = n->pieces.first_i, child_i = next_child(pdf, n->first_child_i, true);
    for (; i != NONE || child_i != NONE; n_kids++) {
        if (child_i != NONE && (i == NONE || tags->nodes[child_i].order < tags->pieces.v[i].order)) {
            add_child(pdf, out, child_i);
            child_i = next_child(pdf, tags->nodes[child_i].next_i, true);
        } else {
            add_piece_entry(pdf, out, &tags->pieces.v[i], own_sheet_i);
            i = tags->pieces.v[i].next_i;
        }
    }
    child_i = next_child(pdf, n->first_child_i, false);
    for (; child_i != NONE; child_i = next_child(pdf, tags->nodes[child_i].next_i, false), n_kids++)
        add_child(pdf, out, child_i);
    if (pdf->arena->failed) return;
    if (!n_kids)
        out->bytes.n = bracket - 2;
    else if (n_kids > 1)
        bt_buf_add_char(out, ']');
    else
        out->bytes.v[bracket] = ' ';
}

static void add_cell_attributes(bt_buf *out, const bt_tag *tag)
{
    if (tag->kind != BT_TAG_HEAD_CELL && tag->column_span < 2 && tag->row_span < 2) return;
    bt_buf_add(out, BT_STR("/A<</O/Table"));
    if (tag->kind == BT_TAG_HEAD_CELL) bt_buf_add_z(out, tag->is_row_head ? "/Scope/Row" : "/Scope/Column");
    if (tag->column_span > 1) bt_buf_format(out, "/ColSpan %u", tag->column_span);
    if (tag->row_span > 1) bt_buf_format(out, "/RowSpan %u", tag->row_span);
    bt_buf_add(out, BT_STR(">>"));
}

static void add_list_attributes(bt_buf *out, bt_list_signs signs)
{
    static const char *const names[] = {
        [BT_SIGNS_NONE] = "None",        [BT_SIGNS_DISC] = "Disc",        [BT_SIGNS_CIRCLE] = "Circle",
        [BT_SIGNS_SQUARE] = "Square",    [BT_SIGNS_DECIMAL] = "Decimal",  [BT_SIGNS_LOWER] = "LowerAlpha",
        [BT_SIGNS_UPPER] = "UpperAlpha", [BT_SIGNS_ROMAN] = "LowerRoman", [BT_SIGNS_UPPER_ROMAN] = "UpperRoman"};
    bt_buf_format(out, "/A<</O/List/ListNumbering/%s>>", names[signs]);
}

static void add_box(bt_buf *out, const node *n)
{
    const int64_t sides[] = {n->left, n->bottom, n->right, n->top};
    bt_buf_add(out, BT_STR("/A<</O/Layout/Placement/Block/BBox["));
    for (int i = 0; i < 4; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_pdf_add_milli(out, sides[i]);
    }
    bt_buf_add(out, BT_STR("]>>"));
}

static void add_attributes(bt_buf *out, uint32_t tag_i, const bt_tag *tag, const node *n)
{
    switch (tag->kind) {
    case BT_TAG_HEAD_CELL:
    case BT_TAG_CELL:
        add_cell_attributes(out, tag);
        break;
    case BT_TAG_LIST:
        add_list_attributes(out, tag->signs);
        break;
    case BT_TAG_FIGURE:
        if (tag->alt.len) bt_buf_add(out, BT_STR("/Alt"));
        if (tag->alt.len) bt_pdf_add_text(out, tag->alt);
        if (n->has_box) add_box(out, n);
        break;
    case BT_TAG_NOTE:
        bt_buf_format(out, "/ID(note%u)", tag_i);
        break;
    default:
        break;
    }
    if (tag->lang.len) bt_buf_format(out, "/Lang(%.*s)", BT_STR_ARGS(tag->lang));
}

/* words: room for the entries, used over and over. */
static void put_element(bt_pdf *pdf, uint32_t tag_i, const bt_haru_object *root, bt_buf *words)
{
    const bt_tag *tag = &pdf->pages->tags[tag_i];
    const node *n = &pdf->tags->nodes[tag_i];
    words->bytes.n = 0;
    bt_buf_add(words, BT_STR("/S/"));
    bt_buf_add_z(words, bt_pdf_tag_name(pdf, tag_i));
    bt_buf_add(words, BT_STR("/P "));
    add_reference(words, tag_i ? pdf->tags->nodes[tag->parent_i].object : root);
    uint32_t sheet_i = NONE;
    if (n->pieces.first_i != NONE) {
        sheet_i = pdf->tags->pieces.v[n->pieces.first_i].sheet_i;
        bt_buf_add(words, BT_STR("/Pg "));
        add_reference(words, pdf->made[sheet_i].page);
    }
    add_attributes(words, tag_i, tag, n);
    add_kids(pdf, words, n, sheet_i);
    bt_haru_put_syntax(n->object, bt_buf_str(words));
}

/* --- from contents to elements --- */

enum { PARENTS_A_NODE = 64 };

/* The elements of each sheet's sequences, then that of each annotation, as entries of a number tree. */
static void put_parents(bt_pdf *pdf, bt_buf *root)
{
    const struct bt_pdf_tags *tags = pdf->tags;
    uint32_t n_sheets = pdf->pages->sheets.n, n = n_sheets + tags->n_annotations;
    bt_buf *values = BT_NEW_ARRAY(pdf->arena, n, bt_buf);
    if (!values) return;
    for (uint32_t i = 0; i < n; i++) values[i] = bt_buf_in(pdf->arena);
    for (uint32_t i = 0, annotation_i = n_sheets; i < tags->pieces.n; i++) {
        const piece *p = &tags->pieces.v[i];
        bt_buf *value = &values[p->annotation ? annotation_i++ : p->sheet_i];
        if (value->bytes.n) bt_buf_add_char(value, ' ');
        add_reference(value, tags->nodes[p->tag_i].object);
    }
    bt_buf_add(root, BT_STR("/ParentTree<</Kids["));
    for (uint32_t begin = 0; begin < n; begin += PARENTS_A_NODE) {
        uint32_t end = n - begin > PARENTS_A_NODE ? begin + PARENTS_A_NODE : n;
        bt_buf out = bt_buf_in(pdf->arena);
        bt_buf_format(&out, "/Limits[%u %u]/Nums[", begin, end - 1);
        for (uint32_t i = begin; i < end; i++) {
            bool is_sheet = i < n_sheets;
            if (i > begin && !is_sheet) bt_buf_add_char(&out, ' ');
            bt_buf_add_int(&out, i);
            bt_buf_add_char(&out, is_sheet ? '[' : ' ');
            bt_buf_add(&out, bt_buf_str(&values[i]));
            if (is_sheet) bt_buf_add_char(&out, ']');
        }
        bt_buf_add_char(&out, ']');
        bt_haru_object *leaf = bt_haru_add(pdf->haru);
        bt_haru_put_syntax(leaf, bt_buf_str(&out));
        if (begin) bt_buf_add_char(root, ' ');
        add_reference(root, leaf);
    }
    bt_buf_format(root, "]>>/ParentTreeNextKey %u", n);
}

void bt_pdf_put_page_tags(bt_pdf *pdf, uint32_t sheet_i)
{
    bt_haru_put_syntax(pdf->made[sheet_i].page, bt_str_format(pdf->arena, "/StructParents %u/Tabs/S", sheet_i));
}

void bt_pdf_put_tags(bt_pdf *pdf)
{
    if (!gather(pdf)) return;
    find_kept(pdf);
    uint32_t n = pdf->pages->n_tags;
    node *nodes = pdf->tags->nodes;
    bt_haru_object *root = bt_haru_add(pdf->haru);
    for (uint32_t i = 0; i < n; i++)
        if (nodes[i].is_kept) nodes[i].object = bt_haru_add(pdf->haru);
    bt_buf out = bt_buf_in(pdf->arena);
    for (uint32_t i = 0; i < n && !pdf->arena->failed; i++)
        if (nodes[i].is_kept) put_element(pdf, i, root, &out);
    out.bytes.n = 0;
    bt_buf_add(&out, BT_STR("/Type/StructTreeRoot/K "));
    add_reference(&out, nodes[0].object);
    put_parents(pdf, &out);
    bt_haru_put_syntax(root, bt_buf_str(&out));
    bt_haru_put_syntax(
        bt_haru_catalog(pdf->haru),
        bt_str_format(pdf->arena, "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R", bt_haru_number(root)));
}
