/* layout_box.c - the design of boxes, strips of key figures, galleries, QR codes and the table of contents. A layout
 * may leave each section out. */
#include "layout/layout_int.h"

/* --- box --- */

enum { KIND, BACKGROUND, RULE_ABOVE, FRAME, PAD_X, PAD_Y, TITLE_GAP, BOX_SPACE_BEFORE, BOX_SPACE_AFTER, N_BOX_KEYS };
static const bt_field box_keys[N_BOX_KEYS] = {
    [KIND] = {BT_STR_INIT("kind"), BT_TAKES_STRING, 0},
    [BACKGROUND] = {BT_STR_INIT("background"), BT_TAKES_STRING, 0},
    [RULE_ABOVE] = {BT_STR_INIT("rule_above"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [FRAME] = {BT_STR_INIT("frame"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [PAD_X] = {BT_STR_INIT("pad_x"), BT_TAKES_LENGTH, 0},
    [PAD_Y] = {BT_STR_INIT("pad_y"), BT_TAKES_LENGTH, 0},
    [TITLE_GAP] = {BT_STR_INIT("title_gap"), BT_TAKES_LENGTH, 0},
    [BOX_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [BOX_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields box_fields = {"the boxes' design", box_keys, N_BOX_KEYS};

/* White within a block leaves at least two thirds of its column for text. */
static bt_length_range pads(const bt_layout_reader *l)
{
    enum { PARTS_OF_COLUMN = 6 };
    bt_sp column = bt_layout_text_column(l->layout);
    return (bt_length_range){0, column > 0 ? column / PARTS_OF_COLUMN : (bt_sp)BT_SP_LONGEST, 0};
}

static void read_box(bt_layout_reader *l, const bt_json_node *node, bt_box_style *box)
{
    static const bt_str kinds[] = {BT_STR_INIT("tint"), BT_STR_INIT("rule")};
    const bt_json_node *values[N_BOX_KEYS];
    const bt_style *body = l->layout->role[BT_STYLE_BODY]; /* NULL: missing, and reported */
    uint32_t kind;
    *box = (bt_box_style){.kind = BT_BOX_RULE,
                          .frame = {.weight = BT_PT(1) / 2, .color = body ? body->color : (bt_ink){0}},
                          .pad_x = BT_PT(8),
                          .pad_y = BT_PT(8),
                          .title_gap = BT_PT(5),
                          .space_before = BT_PT(8),
                          .space_after = BT_PT(8)};
    if (!node || !bt_fields_read(&l->fields, node, &box_fields, values)) return;
    box->has_background = bt_layout_background(l, values[BACKGROUND], &box->background);
    if (box->has_background) box->kind = BT_BOX_TINT;
    if (bt_fields_choice(&l->fields, values[KIND], kinds, 2, &kind)) box->kind = kind ? BT_BOX_RULE : BT_BOX_TINT;
    bt_layout_rule(l, values[RULE_ABOVE], 0, &box->rule_above);
    bt_layout_rule(l, values[FRAME], 0, &box->frame);
    bt_length_range range = pads(l);
    bt_fields_length(&l->fields, values[PAD_X], &range, &box->pad_x);
    bt_fields_length(&l->fields, values[PAD_Y], &range, &box->pad_y);
    bt_layout_length(l, values[TITLE_GAP], &box->title_gap);
    bt_layout_length(l, values[BOX_SPACE_BEFORE], &box->space_before);
    bt_layout_length(l, values[BOX_SPACE_AFTER], &box->space_after);
}

/* --- numbers --- */

enum {
    NUMBERS_ABOVE,
    NUMBERS_BELOW,
    GAP,
    LEAST_WIDTH,
    UNIT_GAP,
    LABEL_GAP,
    ROW_GAP,
    NUMBERS_SPACE_BEFORE,
    NUMBERS_SPACE_AFTER,
    N_NUMBERS_KEYS
};
static const bt_field numbers_keys[N_NUMBERS_KEYS] = {
    [NUMBERS_ABOVE] = {BT_STR_INIT("rule_above"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [NUMBERS_BELOW] = {BT_STR_INIT("rule_below"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
    [LEAST_WIDTH] = {BT_STR_INIT("least_width"), BT_TAKES_LENGTH, 0},
    [UNIT_GAP] = {BT_STR_INIT("unit_gap"), BT_TAKES_LENGTH, 0},
    [LABEL_GAP] = {BT_STR_INIT("label_gap"), BT_TAKES_LENGTH, 0},
    [ROW_GAP] = {BT_STR_INIT("row_gap"), BT_TAKES_LENGTH, 0},
    [NUMBERS_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [NUMBERS_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields numbers_fields = {"the design of key figures", numbers_keys, N_NUMBERS_KEYS};

static void read_numbers(bt_layout_reader *l, const bt_json_node *node, bt_numbers_style *numbers)
{
    const bt_json_node *values[N_NUMBERS_KEYS];
    *numbers = (bt_numbers_style){.gap = l->layout->gutter,
                                  .least_width = BT_PT(60),
                                  .unit_gap = BT_PT(3),
                                  .label_gap = BT_PT(5),
                                  .row_gap = BT_PT(10),
                                  .space_before = BT_PT(8),
                                  .space_after = BT_PT(8)};
    if (!node || !bt_fields_read(&l->fields, node, &numbers_fields, values)) return;
    bt_layout_rule(l, values[NUMBERS_ABOVE], 0, &numbers->rule_above);
    bt_layout_rule(l, values[NUMBERS_BELOW], 0, &numbers->rule_below);
    bt_length_range range = pads(l);
    bt_fields_length(&l->fields, values[GAP], &range, &numbers->gap);
    bt_layout_length(l, values[LEAST_WIDTH], &numbers->least_width);
    bt_layout_length(l, values[UNIT_GAP], &numbers->unit_gap);
    bt_layout_length(l, values[LABEL_GAP], &numbers->label_gap);
    bt_layout_length(l, values[ROW_GAP], &numbers->row_gap);
    bt_layout_length(l, values[NUMBERS_SPACE_BEFORE], &numbers->space_before);
    bt_layout_length(l, values[NUMBERS_SPACE_AFTER], &numbers->space_after);
}

/* --- gallery --- */

enum { GALLERY_GAP, MIN_HEIGHT, MAX_HEIGHT, PAGE_MIN_HEIGHT, PAGE_MAX_HEIGHT, N_GALLERY_KEYS };
static const bt_field gallery_keys[N_GALLERY_KEYS] = {
    [GALLERY_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
    [MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, 0},
    [MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, 0},
    [PAGE_MIN_HEIGHT] = {BT_STR_INIT("page_min_height"), BT_TAKES_LENGTH, 0},
    [PAGE_MAX_HEIGHT] = {BT_STR_INIT("page_max_height"), BT_TAKES_LENGTH, 0},
};
static const bt_fields gallery_fields = {"the galleries' design", gallery_keys, N_GALLERY_KEYS};

static void read_gallery(bt_layout_reader *l, const bt_json_node *node, bt_gallery_style *gallery)
{
    const bt_json_node *values[N_GALLERY_KEYS];
    const bt_figure_style *figure = &l->layout->figure;
    *gallery = (bt_gallery_style){l->layout->gutter / 2, figure->min_height / 2, figure->max_height,
                                  figure->page_min_height / 2, figure->page_max_height};
    if (!node || !bt_fields_read(&l->fields, node, &gallery_fields, values)) return;
    bt_length_range range = pads(l);
    bt_fields_length(&l->fields, values[GALLERY_GAP], &range, &gallery->gap);
    bt_layout_heights(l, values[MIN_HEIGHT], values[MAX_HEIGHT], &gallery->min_height, &gallery->max_height);
    bt_layout_heights(l, values[PAGE_MIN_HEIGHT], values[PAGE_MAX_HEIGHT], &gallery->page_min_height,
                      &gallery->page_max_height);
}

void bt_layout_read_boxes(bt_layout_reader *l, const bt_json_node *box, const bt_json_node *numbers,
                          const bt_json_node *gallery)
{
    read_box(l, box, &l->layout->box);
    read_numbers(l, numbers, &l->layout->numbers);
    read_gallery(l, gallery, &l->layout->gallery);
}

/* --- qr --- */

enum { MODULE, QR_LABEL_GAP, QR_SPACE_BEFORE, QR_SPACE_AFTER, N_QR_KEYS };
static const bt_field qr_keys[N_QR_KEYS] = {
    [MODULE] = {BT_STR_INIT("module"), BT_TAKES_LENGTH, 0},
    [QR_LABEL_GAP] = {BT_STR_INIT("label_gap"), BT_TAKES_LENGTH, 0},
    [QR_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [QR_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields qr_fields = {"the QR codes' design", qr_keys, N_QR_KEYS};

void bt_layout_read_qr(bt_layout_reader *l, const bt_json_node *node)
{
    const bt_json_node *values[N_QR_KEYS];
    bt_qr_style *qr = &l->layout->qr;
    *qr =
        (bt_qr_style){.module = BT_PT(3) / 2, .label_gap = BT_PT(4), .space_before = BT_PT(8), .space_after = BT_PT(8)};
    if (!node || !bt_fields_read(&l->fields, node, &qr_fields, values)) return;
    /* A third of a millimetre is the least that a telephone reads from paper at arm's length; 5 mm make a poster. */
    static const bt_length_range modules = {BT_PT(17) / 20, BT_PT(15), 0};
    bt_fields_length(&l->fields, values[MODULE], &modules, &qr->module);
    bt_layout_length(l, values[QR_LABEL_GAP], &qr->label_gap);
    bt_layout_length(l, values[QR_SPACE_BEFORE], &qr->space_before);
    bt_layout_length(l, values[QR_SPACE_AFTER], &qr->space_after);
}

/* --- contents --- */

enum { CONTENTS_SPAN, LEADER, CONTENTS_GAP, RULE_BETWEEN, CONTENTS_SPACE_AFTER, N_CONTENTS_KEYS };
static const bt_field contents_keys[N_CONTENTS_KEYS] = {
    [CONTENTS_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [LEADER] = {BT_STR_INIT("leader"), BT_TAKES_STRING, 0},
    [CONTENTS_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
    [RULE_BETWEEN] = {BT_STR_INIT("rule_between"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [CONTENTS_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields contents_fields = {"the design of the table of contents", contents_keys, N_CONTENTS_KEYS};

void bt_layout_read_contents(bt_layout_reader *l, const bt_json_node *node)
{
    enum { MOST_LEADER = 4 };
    const bt_json_node *values[N_CONTENTS_KEYS];
    bt_fields_reader *r = &l->fields;
    bt_contents_style *contents = &l->layout->contents;
    *contents = (bt_contents_style){.gap = BT_PT(4), .leader = BT_STR("")};
    if (!node || !bt_fields_read(r, node, &contents_fields, values)) return;
    bt_layout_span(l, values[CONTENTS_SPAN], &contents->spans_page);
    if (values[LEADER]) {
        contents->leader = values[LEADER]->text;
        if (bt_utf8_count(contents->leader) > MOST_LEADER)
            bt_fields_fault(r, BT_E_LAYOUT_LEADER, values[LEADER]->at, BT_ARGS(bt_fields_count(r, MOST_LEADER)));
    }
    bt_length_range range = pads(l);
    bt_fields_length(r, values[CONTENTS_GAP], &range, &contents->gap);
    bt_layout_rule(l, values[RULE_BETWEEN], 0, &contents->rule_between);
    bt_layout_length(l, values[CONTENTS_SPACE_AFTER], &contents->space_after);
}
