/* bundle_box.c - blocks that stand apart from the text: boxes and fillers, strips of key figures, QR codes. */
#include "bundle/bundle_int.h"

/* --- box --- */

enum { BOX_TYPE, BOX_TITLE, BOX_BODY, BOX_KIND, BOX_SPAN, N_BOX_KEYS };
static const bt_field box_keys[N_BOX_KEYS] = {
    [BOX_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [BOX_TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [BOX_BODY] = {BT_STR_INIT("body"), BT_TAKES_ARRAY, BT_REQUIRED},
    [BOX_KIND] = {BT_STR_INIT("kind"), BT_TAKES_STRING, 0},
    [BOX_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields box_fields = {"this box", box_keys, N_BOX_KEYS};

/* The blocks in a box or filler; an empty list is reported. */
static const bt_block *read_inner(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n)
{
    b->is_in_box = true;
    const bt_block *body = bt_bundle_blocks(b, array, n);
    b->is_in_box = false;
    if (!array->n_children) bt_fields_fault(&b->fields, BT_E_BOX_EMPTY, array->at, BT_NO_ARGS);
    return body;
}

bool bt_bundle_box(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    static const bt_str kinds[] = {BT_STR_INIT("tint"), BT_STR_INIT("rule")};
    const bt_json_node *values[N_BOX_KEYS];
    uint32_t kind;
    bt_fields_read(&b->fields, node, &box_fields, values);
    if (b->is_in_box) {
        bt_fields_fault(&b->fields, BT_E_BOX_IN_BOX, node->at, BT_NO_ARGS);
        return true;
    }
    block->title = bt_bundle_text(b, values[BOX_TITLE]);
    if (bt_fields_choice(&b->fields, values[BOX_KIND], kinds, 2, &kind))
        block->box_kind = kind ? BT_BOX_RULE : BT_BOX_TINT;
    block->has_span = bt_bundle_span(b, values[BOX_SPAN], &block->spans_page);
    if (!values[BOX_BODY]) return true;
    block->body = read_inner(b, values[BOX_BODY], &block->n_body);
    return block->n_body > 0 || block->title.s.len > 0;
}

/* --- fillers --- */

enum { FILLER_ID, FILLER_TITLE, FILLER_BODY, N_FILLER_KEYS };
static const bt_field filler_keys[N_FILLER_KEYS] = {
    [FILLER_ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, 0},
    [FILLER_TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [FILLER_BODY] = {BT_STR_INIT("body"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields filler_fields = {"this filler", filler_keys, N_FILLER_KEYS};

static void read_filler(bt_bundle_reader *b, const bt_json_node *node, bt_filler *filler)
{
    const bt_json_node *values[N_FILLER_KEYS];
    filler->at = node->at;
    if (!bt_fields_read(&b->fields, node, &filler_fields, values)) return;
    filler->id = bt_bundle_name(b, values[FILLER_ID]);
    bt_bundle_need_text(b, filler->id, "id", false);
    filler->title = bt_bundle_text(b, values[FILLER_TITLE]);
    if (values[FILLER_BODY]) filler->body = read_inner(b, values[FILLER_BODY], &filler->n_body);
}

const bt_filler *bt_bundle_fillers(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n)
{
    bt_fields_reader *r = &b->fields;
    *n = 0;
    if (!array) return NULL;
    if (array->n_children > BT_LIMIT_FILLERS) {
        bt_fields_limit(r, BT_E_FILLERS, array->at,
                        BT_ARGS(bt_fields_count(r, array->n_children), bt_fields_count(r, BT_LIMIT_FILLERS)));
        return NULL;
    }
    bt_filler *fillers = BT_NEW_ARRAY(r->arena, array->n_children, bt_filler);
    if (!fillers) return NULL;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        read_filler(b, node, &fillers[*n]);
        for (uint32_t i = 0; i < *n; i++) {
            const bt_text *id = &fillers[*n].id;
            if (id->s.len && bt_str_equal(id->s, fillers[i].id.s))
                bt_fields_fault(r, BT_E_FILLER_ID, id->at,
                                BT_ARGS(bt_fields_quoted(r, id->s), bt_fields_place(r, fillers[i].id.at, id->at)));
        }
        (*n)++;
    }
    return fillers;
}

/* --- numbers --- */

enum { ITEM_VALUE, ITEM_UNIT, ITEM_LABEL, N_ITEM_KEYS };
static const bt_field item_keys[N_ITEM_KEYS] = {
    [ITEM_VALUE] = {BT_STR_INIT("value"), BT_TAKES_STRING | BT_TAKES_NUMBER, BT_REQUIRED},
    [ITEM_UNIT] = {BT_STR_INIT("unit"), BT_TAKES_STRING, 0},
    [ITEM_LABEL] = {BT_STR_INIT("label"), BT_TAKES_STRING, BT_REQUIRED},
};
static const bt_fields item_fields = {"this key figure", item_keys, N_ITEM_KEYS};

enum { NUMBERS_TYPE, NUMBERS_ITEMS, NUMBERS_SPAN, N_NUMBERS_KEYS };
static const bt_field numbers_keys[N_NUMBERS_KEYS] = {
    [NUMBERS_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [NUMBERS_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, BT_REQUIRED},
    [NUMBERS_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields numbers_fields = {"this strip of key figures", numbers_keys, N_NUMBERS_KEYS};

static void read_number(bt_bundle_reader *b, const bt_json_node *node, bt_key_figure *figure)
{
    const bt_json_node *values[N_ITEM_KEYS];
    figure->value.text.s = BT_STR("");
    if (!bt_fields_read(&b->fields, node, &item_fields, values)) return;
    if (values[ITEM_VALUE]) bt_bundle_cell(b, values[ITEM_VALUE], &figure->value);
    bt_bundle_need_text(b, figure->value.text, "value", true);
    figure->unit = bt_bundle_text(b, values[ITEM_UNIT]);
    figure->label = bt_bundle_text(b, values[ITEM_LABEL]);
    bt_bundle_need_text(b, figure->label, "label", true);
}

bool bt_bundle_numbers(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_NUMBERS_KEYS];
    bt_fields_read(r, node, &numbers_fields, values);
    block->has_span = bt_bundle_span(b, values[NUMBERS_SPAN], &block->spans_page);
    const bt_json_node *items = values[NUMBERS_ITEMS];
    if (!items) return true;
    if (!items->n_children || items->n_children > BT_LIMIT_KEY_FIGURES) {
        bt_fields_fault(r, BT_E_NUMBERS_ITEMS, items->at,
                        BT_ARGS(bt_fields_count(r, items->n_children), bt_fields_count(r, BT_LIMIT_KEY_FIGURES)));
        return true;
    }
    bt_key_figure *figures = BT_NEW_ARRAY(r->arena, items->n_children, bt_key_figure);
    if (!figures) return false;
    for (const bt_json_node *item = items->child; item; item = item->next)
        read_number(b, item, &figures[block->n_key_figures++]);
    block->key_figures = figures;
    return true;
}

/* --- qr --- */

enum { QR_TYPE, QR_URL, QR_LABEL, QR_SPAN, N_QR_KEYS };
static const bt_field qr_keys[N_QR_KEYS] = {
    [QR_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [QR_URL] = {BT_STR_INIT("url"), BT_TAKES_STRING, BT_REQUIRED},
    [QR_LABEL] = {BT_STR_INIT("label"), BT_TAKES_STRING, 0},
    [QR_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
};
static const bt_fields qr_fields = {"this QR code", qr_keys, N_QR_KEYS};

/* An address that a telephone opens, without blanks. */
static bool is_address(bt_str url)
{
    static const bt_str schemes[] = {BT_STR_INIT("https://"), BT_STR_INIT("http://"), BT_STR_INIT("mailto:"),
                                     BT_STR_INIT("tel:")};
    bool has_scheme = false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        has_scheme = has_scheme || (bt_str_starts(url, schemes[i]) && url.len > schemes[i].len);
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ') return false;
    return has_scheme;
}

bool bt_bundle_qr(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_QR_KEYS];
    bt_fields_read(&b->fields, node, &qr_fields, values);
    block->url = bt_bundle_name(b, values[QR_URL]);
    block->label = bt_bundle_text(b, values[QR_LABEL]);
    block->has_span = bt_bundle_span(b, values[QR_SPAN], &block->spans_page);
    if (block->url.at && !is_address(block->url.s))
        bt_fields_fault(&b->fields, BT_E_QR_URL, block->url.at, BT_ARGS(bt_fields_quoted(&b->fields, block->url.s)));
    return true;
}
