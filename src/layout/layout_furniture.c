/* layout_furniture.c - masthead, running head, folio, highlights, imprint, and the layout's own words. */
#include "layout/layout_int.h"

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

/* --- texts with fields --- */

static bool is_known_field(bt_str name, const bt_str *known, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (bt_str_equal(name, known[i])) return true;
    return false;
}

static void report_field(bt_layout_reader *l, const bt_json_node *node, bt_str name, const bt_str *known, uint32_t n)
{
    enum { MOST_SHOWN = 20 };
    bt_fields_reader *r = &l->fields;
    bt_str near = bt_str_nearest(name, known, n);
    bt_buf all = bt_buf_in(&r->words);
    for (uint32_t i = 0; i < n && i < MOST_SHOWN; i++)
        bt_buf_format(&all, "%s{%.*s}", i ? ", " : "", BT_STR_ARGS(known[i]));
    if (!n)
        bt_fields_fault(r, BT_E_LAYOUT_FIELD_NONE, node->at, BT_ARGS(name));
    else if (near.len)
        bt_fields_fault(r, BT_E_LAYOUT_FIELD_NEAR, node->at, BT_ARGS(name, near));
    else
        bt_fields_fault(r, BT_E_LAYOUT_FIELD, node->at, BT_ARGS(name, bt_buf_str(&all)));
}

uint32_t bt_layout_check_fields(bt_layout_reader *l, const bt_json_node *node, const bt_str *known, uint32_t n)
{
    bt_str text = node->text;
    uint32_t n_fields = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '{') continue;
        size_t end = i + 1;
        while (end < text.len && text.ptr[end] != '}') end++;
        if (end == text.len) {
            bt_fields_fault(&l->fields, BT_E_LAYOUT_FIELD_OPEN, node->at, BT_ARGS(bt_fields_quoted(&l->fields, text)));
            break;
        }
        bt_str name = bt_str_slice(text, i + 1, end);
        if (!is_known_field(name, known, n)) report_field(l, node, name, known, n);
        n_fields++;
        i = end;
    }
    return n_fields;
}

static const bt_str furniture_fields[] = {
    BT_STR_INIT("kind"),   BT_STR_INIT("title"),   BT_STR_INIT("title_first"), BT_STR_INIT("title_rest"),
    BT_STR_INIT("issuer"), BT_STR_INIT("issue"),   BT_STR_INIT("number"),      BT_STR_INIT("year"),
    BT_STR_INIT("date"),   BT_STR_INIT("edition"), BT_STR_INIT("motto"),       BT_STR_INIT("page"),
};

/* --- items --- */

enum { CELL_TEXT, CELL_ALIGN, CELL_STYLE, N_CELL_KEYS };
static const bt_field cell_keys[N_CELL_KEYS] = {
    [CELL_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
    [CELL_ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [CELL_STYLE] = {BT_STR_INIT("style"), BT_TAKES_STRING, 0},
};
static const bt_fields cell_fields = {"this cell", cell_keys, N_CELL_KEYS};

/* style: the item's, NULL where it has none. */
static const bt_style *cell_style(bt_layout_reader *l, const bt_json_node *node, const bt_style *style,
                                  const bt_place *at)
{
    uint32_t i;
    if (!node) {
        if (!style) bt_fields_fault(&l->fields, BT_E_LAYOUT_NO_STYLE, at, BT_NO_ARGS);
        return style;
    }
    return bt_layout_find(l, node, &l->style_names, &i) ? &l->styles[i] : style;
}

static void read_row(bt_layout_reader *l, const bt_json_node *array, const bt_style *style, bt_furniture_item *item)
{
    enum { MOST_CELLS = 3 };
    static const bt_align places[MOST_CELLS][MOST_CELLS] = {
        {BT_ALIGN_LEFT},
        {BT_ALIGN_LEFT, BT_ALIGN_RIGHT},
        {BT_ALIGN_LEFT, BT_ALIGN_CENTER, BT_ALIGN_RIGHT},
    };
    bt_fields_reader *r = &l->fields;
    uint32_t n = array->n_children;
    if (!n || n > MOST_CELLS) {
        bt_fields_fault(r, BT_E_LAYOUT_ROW_CELLS, array->at, BT_ARGS(bt_fields_count(r, n)));
        return;
    }
    bt_furniture_cell *cells = BT_NEW_ARRAY(r->arena, n, bt_furniture_cell);
    if (!cells) return;
    item->cells = cells;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        const bt_json_node *values[N_CELL_KEYS];
        bt_furniture_cell *cell = &cells[item->n_cells];
        *cell = (bt_furniture_cell){BT_STR(""), places[n - 1][item->n_cells], style, node->at};
        item->n_cells++;
        if (!bt_fields_read(r, node, &cell_fields, values)) continue;
        cell->style = cell_style(l, values[CELL_STYLE], style, node->at);
        bt_layout_align(l, values[CELL_ALIGN], &cell->align);
        if (!values[CELL_TEXT]) continue;
        cell->text = values[CELL_TEXT]->text;
        bt_layout_check_fields(l, values[CELL_TEXT], furniture_fields, COUNT(furniture_fields));
    }
}

enum {
    ITEM_TEXT,
    ITEM_ROW,
    ITEM_RULE,
    ITEM_SPACE,
    ITEM_LOGO,
    ITEM_BAND,
    N_ITEM_KINDS,
    ITEM_STYLE = N_ITEM_KINDS,
    ITEM_ALIGN,
    ITEM_Y,
    ITEM_PAGES,
    N_ITEM_KEYS
};
static const bt_field item_keys[N_ITEM_KEYS] = {
    [ITEM_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, 0},
    [ITEM_ROW] = {BT_STR_INIT("row"), BT_TAKES_ARRAY, 0},
    [ITEM_RULE] = {BT_STR_INIT("rule"), BT_TAKES_OBJECT, 0},
    [ITEM_SPACE] = {BT_STR_INIT("space"), BT_TAKES_LENGTH, 0},
    [ITEM_LOGO] = {BT_STR_INIT("logo"), BT_TAKES_OBJECT, 0},
    [ITEM_BAND] = {BT_STR_INIT("band"), BT_TAKES_OBJECT, 0},
    [ITEM_STYLE] = {BT_STR_INIT("style"), BT_TAKES_STRING, 0},
    [ITEM_ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [ITEM_Y] = {BT_STR_INIT("y"), BT_TAKES_LENGTH, 0},
    [ITEM_PAGES] = {BT_STR_INIT("pages"), BT_TAKES_STRING, 0},
};
static const bt_fields item_fields = {"this item", item_keys, N_ITEM_KEYS};

static void read_text(bt_layout_reader *l, const bt_json_node **values, const bt_style *style, bt_furniture_item *item)
{
    const bt_json_node *text = values[ITEM_TEXT];
    bt_furniture_cell *cell = BT_NEW(l->fields.arena, bt_furniture_cell);
    if (!cell) return;
    if (!style && !values[ITEM_STYLE]) bt_fields_fault(&l->fields, BT_E_LAYOUT_NO_STYLE, text->at, BT_NO_ARGS);
    bt_align align = style && style->align != BT_ALIGN_JUSTIFY ? style->align : BT_ALIGN_LEFT;
    *cell = (bt_furniture_cell){text->text, align, style, text->at};
    bt_layout_align(l, values[ITEM_ALIGN], &cell->align);
    bt_layout_check_fields(l, text, furniture_fields, COUNT(furniture_fields));
    item->cells = cell;
    item->n_cells = 1;
}

enum { PARTS_OF_MEASURE = 8 }; /* the greatest gaps and pads are one of them */

enum { LOGO_HEIGHT, LOGO_ALIGN, LOGO_GAP, N_LOGO_KEYS };
static const bt_field logo_keys[N_LOGO_KEYS] = {
    [LOGO_HEIGHT] = {BT_STR_INIT("height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [LOGO_ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [LOGO_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
};
static const bt_fields logo_fields = {"the logo", logo_keys, N_LOGO_KEYS};

static void read_logo(bt_layout_reader *l, const bt_json_node *node, bt_furniture_item *item)
{
    const bt_json_node *values[N_LOGO_KEYS];
    const bt_length_range range = {1, l->layout->height ? l->layout->height : (bt_sp)BT_SP_LONGEST, 0};
    bt_fields_read(&l->fields, node, &logo_fields, values);
    bt_fields_length(&l->fields, values[LOGO_HEIGHT], &range, &item->height);
    bt_layout_align(l, values[LOGO_ALIGN], &item->align);
    bt_sp measure = bt_layout_page_measure(l->layout);
    const bt_length_range gaps = {0, measure > 0 ? measure / PARTS_OF_MEASURE : (bt_sp)BT_SP_LONGEST, 0};
    item->gap = (bt_sp)(4LL * 720 * BT_SP_PER_PT / 254); /* 4 mm */
    item->is_beside = item->align != BT_ALIGN_CENTER && (item->has_y || values[LOGO_GAP]);
    bt_fields_length(&l->fields, values[LOGO_GAP], &gaps, &item->gap);
}

enum { BAND_COLOR, BAND_EXTENT, BAND_PAD_X, BAND_PAD_Y, BAND_ITEMS, N_BAND_KEYS };
static const bt_field band_keys[N_BAND_KEYS] = {
    [BAND_COLOR] = {BT_STR_INIT("color"), BT_TAKES_STRING, BT_REQUIRED},
    [BAND_EXTENT] = {BT_STR_INIT("extent"), BT_TAKES_STRING, 0},
    [BAND_PAD_X] = {BT_STR_INIT("pad_x"), BT_TAKES_LENGTH, 0},
    [BAND_PAD_Y] = {BT_STR_INIT("pad_y"), BT_TAKES_LENGTH, 0},
    [BAND_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields band_fields = {"the band", band_keys, N_BAND_KEYS};

static void read_items(bt_layout_reader *l, const bt_json_node *array, bool in_band, bt_furniture *furniture);

static void read_band(bt_layout_reader *l, const bt_json_node *node, bt_furniture_band *band)
{
    static const bt_str extents[] = {BT_STR_INIT("measure"), BT_STR_INIT("trim")};
    const bt_json_node *values[N_BAND_KEYS];
    bt_sp measure = bt_layout_page_measure(l->layout);
    const bt_length_range range = {0, measure > 0 ? measure / PARTS_OF_MEASURE : (bt_sp)BT_SP_LONGEST, 0};
    uint32_t choice;
    if (!bt_fields_read(&l->fields, node, &band_fields, values)) return;
    bt_layout_color_of(l, values[BAND_COLOR], &band->color);
    if (bt_fields_choice(&l->fields, values[BAND_EXTENT], extents, COUNT(extents), &choice))
        band->reaches_trim = choice == 1;
    bt_fields_length(&l->fields, values[BAND_PAD_X], &range, &band->pad_x);
    bt_layout_length(l, values[BAND_PAD_Y], &band->pad_y);
    read_items(l, values[BAND_ITEMS], true, &band->items);
}

/* A key that is not known, which is reported, may well be the one that says what the item is. */
static bool has_unknown_key(const bt_json_node *node)
{
    uint32_t n_known = 0;
    for (uint32_t i = 0; i < N_ITEM_KEYS; i++) n_known += bt_json_find(node, item_keys[i].name.ptr) != NULL;
    return n_known < node->n_children;
}

/* The one key that says what the item is; N_ITEM_KINDS: none or several, which is reported. */
static uint32_t item_kind(bt_layout_reader *l, const bt_json_node *node)
{
    bt_fields_reader *r = &l->fields;
    bt_str found[N_ITEM_KINDS];
    uint32_t n = 0, kind = N_ITEM_KINDS;
    for (uint32_t i = 0; i < N_ITEM_KINDS; i++) {
        if (!bt_json_find(node, item_keys[i].name.ptr)) continue;
        found[n++] = item_keys[i].name;
        kind = i;
    }
    if (n == 1) return kind;
    if (n)
        bt_fields_fault(r, BT_E_LAYOUT_ITEM_KINDS, node->at, BT_ARGS(bt_fields_names(r, found, n, n)));
    else if (!has_unknown_key(node))
        bt_fields_fault(r, BT_E_LAYOUT_ITEM_KIND, node->at, BT_NO_ARGS);
    return N_ITEM_KINDS;
}

/* Keys that mean nothing for the item's kind. */
static void check_item_keys(bt_layout_reader *l, const bt_json_node **values, uint32_t kind)
{
    static const struct {
        uint32_t key, kinds;
        const char *instead;
    } rules[] = {
        {ITEM_STYLE, 1u << ITEM_TEXT | 1u << ITEM_ROW, "delete it"},
        {ITEM_ALIGN, 1u << ITEM_TEXT,
         "delete it, or write it inside (the cells of a \"row\" and a \"logo\" have an \"align\")"},
        {ITEM_Y, 1u << ITEM_TEXT | 1u << ITEM_ROW | 1u << ITEM_RULE | 1u << ITEM_LOGO | 1u << ITEM_BAND, "delete it"},
    };
    for (size_t i = 0; i < COUNT(rules); i++) {
        const bt_json_node *value = values[rules[i].key];
        if (!value || rules[i].kinds & 1u << kind) continue;
        bt_fields_fault(
            &l->fields, BT_E_LAYOUT_ITEM_KEY, value->key_at,
            BT_ARGS(value->key, item_keys[kind].name, bt_say(l->fields.diags, bt_str_of(rules[i].instead))));
    }
}

static void read_item(bt_layout_reader *l, const bt_json_node *node, bool in_band, bt_furniture_item *item)
{
    static const bt_str pages[] = {BT_STR_INIT("all"), BT_STR_INIT("first"), BT_STR_INIT("later")};
    static const bt_furniture_kind kinds[] = {BT_FURNITURE_TEXT,  BT_FURNITURE_ROW,  BT_FURNITURE_RULE,
                                              BT_FURNITURE_SPACE, BT_FURNITURE_LOGO, BT_FURNITURE_BAND};
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_ITEM_KEYS];
    uint32_t choice;
    if (!bt_fields_read(r, node, &item_fields, values)) return;
    uint32_t kind = item_kind(l, node);
    if (kind == N_ITEM_KINDS) return;
    item->kind = kinds[kind];
    check_item_keys(l, values, kind);
    if (bt_fields_choice(r, values[ITEM_PAGES], pages, 3, &choice)) item->pages = (bt_furniture_pages)choice;
    const bt_length_range on_page = {0, l->layout->height ? l->layout->height : (bt_sp)BT_SP_LONGEST, 0};
    item->has_y = bt_fields_length(r, values[ITEM_Y], &on_page, &item->y);
    const bt_style *style = bt_layout_find(l, values[ITEM_STYLE], &l->style_names, &choice) ? &l->styles[choice] : NULL;
    if (!values[kind]) return;
    if (kind == ITEM_TEXT) read_text(l, values, style, item);
    if (kind == ITEM_ROW) read_row(l, values[kind], style, item);
    if (kind == ITEM_RULE) bt_layout_rule(l, values[kind], 0, &item->rule);
    if (kind == ITEM_SPACE) bt_layout_length(l, values[kind], &item->height);
    if (kind == ITEM_LOGO) read_logo(l, values[kind], item);
    if (kind == ITEM_BAND && in_band)
        bt_fields_fault(r, BT_E_LAYOUT_BAND_IN_BAND, values[kind]->key_at, BT_NO_ARGS);
    else if (kind == ITEM_BAND)
        read_band(l, values[kind], &item->band);
}

static void read_items(bt_layout_reader *l, const bt_json_node *array, bool in_band, bt_furniture *furniture)
{
    bt_furniture_item *items = array ? BT_NEW_ARRAY(l->fields.arena, array->n_children, bt_furniture_item) : NULL;
    if (!items) return;
    for (const bt_json_node *node = array->child; node; node = node->next)
        read_item(l, node, in_band, &items[furniture->n_items++]);
    furniture->items = items;
}

/* --- highlights and imprint --- */

enum {
    HIGHLIGHTS_SPAN,
    HIGHLIGHTS_COLUMNS,
    HIGHLIGHTS_PAGES,
    HIGHLIGHTS_BACKGROUND,
    HIGHLIGHTS_PAD_X,
    HIGHLIGHTS_PAD_Y,
    HIGHLIGHTS_RULE_ABOVE,
    HIGHLIGHTS_RULE_BELOW,
    HIGHLIGHTS_RULE_BETWEEN,
    HIGHLIGHTS_ITEM_GAP,
    N_HIGHLIGHTS_KEYS
};
static const bt_field highlights_keys[N_HIGHLIGHTS_KEYS] = {
    [HIGHLIGHTS_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [HIGHLIGHTS_COLUMNS] = {BT_STR_INIT("columns"), BT_TAKES_NUMBER, 0},
    [HIGHLIGHTS_PAGES] = {BT_STR_INIT("pages"), BT_TAKES_BOOL, 0},
    [HIGHLIGHTS_BACKGROUND] = {BT_STR_INIT("background"), BT_TAKES_STRING, 0},
    [HIGHLIGHTS_PAD_X] = {BT_STR_INIT("pad_x"), BT_TAKES_LENGTH, 0},
    [HIGHLIGHTS_PAD_Y] = {BT_STR_INIT("pad_y"), BT_TAKES_LENGTH, 0},
    [HIGHLIGHTS_RULE_ABOVE] = {BT_STR_INIT("rule_above"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [HIGHLIGHTS_RULE_BELOW] = {BT_STR_INIT("rule_below"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [HIGHLIGHTS_RULE_BETWEEN] = {BT_STR_INIT("rule_between"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [HIGHLIGHTS_ITEM_GAP] = {BT_STR_INIT("item_gap"), BT_TAKES_LENGTH, 0},
};
static const bt_fields highlights_fields = {"the highlights' design", highlights_keys, N_HIGHLIGHTS_KEYS};

enum { MOST_COLUMNS = 6 };

/* Reports columns that are too narrow for text. */
static void check_columns(bt_layout_reader *l, const bt_json_node *node, bt_sp measure, uint32_t n)
{
    static const bt_sp narrowest = (bt_sp)(15LL * 720 * BT_SP_PER_PT / 254); /* 15 mm */
    bt_fields_reader *r = &l->fields;
    bt_sp width = bt_layout_column_width(l->layout, measure, n);
    if (!node || !l->layout->n_columns || width >= narrowest) return;
    bt_fields_fault(r, BT_E_LAYOUT_NARROW, node->at,
                    BT_ARGS(bt_fields_label(r, node), bt_fields_shown_length(r, width, false),
                            bt_fields_shown_length(r, narrowest, false)));
}

static void read_highlights(bt_layout_reader *l, const bt_json_node *node, bt_highlights_style *style)
{
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_HIGHLIGHTS_KEYS];
    int32_t n_columns = 1;
    style->n_columns = 1;
    style->spans_page = true;
    if (!node) return;
    bt_fields_read(r, node, &highlights_fields, values);
    bt_layout_span(l, values[HIGHLIGHTS_SPAN], &style->spans_page);
    bt_fields_integer(r, values[HIGHLIGHTS_COLUMNS], 1, MOST_COLUMNS, &n_columns);
    style->n_columns = (uint32_t)n_columns;
    bt_fields_truth(values[HIGHLIGHTS_PAGES], &style->shows_pages);
    style->has_background = bt_layout_background(l, values[HIGHLIGHTS_BACKGROUND], &style->background);
    bt_layout_length(l, values[HIGHLIGHTS_PAD_X], &style->pad_x);
    bt_layout_length(l, values[HIGHLIGHTS_PAD_Y], &style->pad_y);
    bt_layout_rule(l, values[HIGHLIGHTS_RULE_ABOVE], 0, &style->rule_above);
    bt_layout_rule(l, values[HIGHLIGHTS_RULE_BELOW], 0, &style->rule_below);
    bt_layout_rule(l, values[HIGHLIGHTS_RULE_BETWEEN], 0, &style->rule_between);
    bt_layout_length(l, values[HIGHLIGHTS_ITEM_GAP], &style->item_gap);
    bt_sp measure = bt_layout_page_measure(l->layout);
    if (!style->spans_page) measure = bt_layout_column_width(l->layout, measure, l->layout->n_columns);
    int64_t inner = (int64_t)measure - 2 * (int64_t)style->pad_x;
    check_columns(l, node, (bt_sp)(inner < -BT_SP_LONGEST ? -BT_SP_LONGEST : inner),
                  style->spans_page ? style->n_columns : 1);
}

enum { IMPRINT_COLUMNS, IMPRINT_RULE_ABOVE, IMPRINT_SPACE_BEFORE, N_IMPRINT_KEYS };
static const bt_field imprint_keys[N_IMPRINT_KEYS] = {
    [IMPRINT_COLUMNS] = {BT_STR_INIT("columns"), BT_TAKES_NUMBER, 0},
    [IMPRINT_RULE_ABOVE] = {BT_STR_INIT("rule_above"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [IMPRINT_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
};
static const bt_fields imprint_fields = {"the imprint's design", imprint_keys, N_IMPRINT_KEYS};

static void read_imprint(bt_layout_reader *l, const bt_json_node *node, bt_imprint_style *style)
{
    const bt_json_node *values[N_IMPRINT_KEYS];
    int32_t n_columns = 1;
    style->n_columns = 1;
    if (!node) return;
    bt_fields_read(&l->fields, node, &imprint_fields, values);
    bt_fields_integer(&l->fields, values[IMPRINT_COLUMNS], 1, MOST_COLUMNS, &n_columns);
    style->n_columns = (uint32_t)n_columns;
    bt_layout_rule(l, values[IMPRINT_RULE_ABOVE], 0, &style->rule_above);
    bt_layout_length(l, values[IMPRINT_SPACE_BEFORE], &style->space_before);
    check_columns(l, node, bt_layout_page_measure(l->layout), style->n_columns);
}

enum { MASTHEAD, RUNNING_HEAD, FOLIO, HIGHLIGHTS, IMPRINT, N_FURNITURE_KEYS };
static const bt_field furniture_keys[N_FURNITURE_KEYS] = {
    [MASTHEAD] = {BT_STR_INIT("masthead"), BT_TAKES_ARRAY, 0},
    [RUNNING_HEAD] = {BT_STR_INIT("running_head"), BT_TAKES_ARRAY, 0},
    [FOLIO] = {BT_STR_INIT("folio"), BT_TAKES_ARRAY, 0},
    [HIGHLIGHTS] = {BT_STR_INIT("highlights"), BT_TAKES_OBJECT, 0},
    [IMPRINT] = {BT_STR_INIT("imprint"), BT_TAKES_OBJECT, 0},
};
static const bt_fields all_furniture = {"the furniture", furniture_keys, N_FURNITURE_KEYS};

void bt_layout_read_furniture(bt_layout_reader *l, const bt_json_node *node)
{
    const bt_json_node *values[N_FURNITURE_KEYS] = {NULL};
    if (node) bt_fields_read(&l->fields, node, &all_furniture, values);
    read_items(l, values[MASTHEAD], false, &l->layout->masthead);
    read_items(l, values[RUNNING_HEAD], false, &l->layout->running_head);
    read_items(l, values[FOLIO], false, &l->layout->folio);
    read_highlights(l, values[HIGHLIGHTS], &l->layout->highlights);
    read_imprint(l, values[IMPRINT], &l->layout->imprint);
}

/* --- words --- */

enum {
    ISSUE,
    DATE,
    TABLE_CONTINUED,
    BYLINE,
    QUESTION,
    ANSWER,
    TABLE_SOURCE,
    TABLE_UNIT,
    CHART_BAR,
    CHART_LINE,
    CHART_SHARE,
    CHART_NONE,
    CHART_BASE,
    LICENCE,
    RESPONSIBLE,
    EDITORS,
    PRINTER,
    QUANTITY,
    SIZE,
    PERIODICITY,
    DEPOSIT,
    ADDRESS,
    CONTINUED_ON,
    CONTINUED_FROM,
    QR,
    CONTENTS_TITLE,
    SLUG_PAGE,
    SLUG_FRONT,
    SLUG_BACK,
    N_WORDS_KEYS
};
static const bt_field words_keys[N_WORDS_KEYS] = {
    [ISSUE] = {BT_STR_INIT("issue"), BT_TAKES_STRING, 0},
    [DATE] = {BT_STR_INIT("date"), BT_TAKES_STRING, 0},
    [TABLE_CONTINUED] = {BT_STR_INIT("table_continued"), BT_TAKES_STRING, 0},
    [BYLINE] = {BT_STR_INIT("byline"), BT_TAKES_STRING, 0},
    [QUESTION] = {BT_STR_INIT("question"), BT_TAKES_STRING, 0},
    [ANSWER] = {BT_STR_INIT("answer"), BT_TAKES_STRING, 0},
    [TABLE_SOURCE] = {BT_STR_INIT("table_source"), BT_TAKES_STRING, 0},
    [TABLE_UNIT] = {BT_STR_INIT("table_unit"), BT_TAKES_STRING, 0},
    [CHART_BAR] = {BT_STR_INIT("chart_bar"), BT_TAKES_STRING, 0},
    [CHART_LINE] = {BT_STR_INIT("chart_line"), BT_TAKES_STRING, 0},
    [CHART_SHARE] = {BT_STR_INIT("chart_share"), BT_TAKES_STRING, 0},
    [CHART_NONE] = {BT_STR_INIT("chart_none"), BT_TAKES_STRING, 0},
    [CHART_BASE] = {BT_STR_INIT("chart_base"), BT_TAKES_STRING, 0},
    [LICENCE] = {BT_STR_INIT("licence"), BT_TAKES_STRING, 0},
    [RESPONSIBLE] = {BT_STR_INIT("responsible"), BT_TAKES_STRING, 0},
    [EDITORS] = {BT_STR_INIT("editors"), BT_TAKES_STRING, 0},
    [PRINTER] = {BT_STR_INIT("printer"), BT_TAKES_STRING, 0},
    [QUANTITY] = {BT_STR_INIT("quantity"), BT_TAKES_STRING, 0},
    [SIZE] = {BT_STR_INIT("size"), BT_TAKES_STRING, 0},
    [PERIODICITY] = {BT_STR_INIT("periodicity"), BT_TAKES_STRING, 0},
    [DEPOSIT] = {BT_STR_INIT("deposit"), BT_TAKES_STRING, 0},
    [ADDRESS] = {BT_STR_INIT("address"), BT_TAKES_STRING, 0},
    [CONTINUED_ON] = {BT_STR_INIT("continued_on"), BT_TAKES_STRING, 0},
    [CONTINUED_FROM] = {BT_STR_INIT("continued_from"), BT_TAKES_STRING, 0},
    [QR] = {BT_STR_INIT("qr"), BT_TAKES_STRING, 0},
    [CONTENTS_TITLE] = {BT_STR_INIT("contents"), BT_TAKES_STRING, 0},
    [SLUG_PAGE] = {BT_STR_INIT("slug_page"), BT_TAKES_STRING, 0},
    [SLUG_FRONT] = {BT_STR_INIT("slug_front"), BT_TAKES_STRING, 0},
    [SLUG_BACK] = {BT_STR_INIT("slug_back"), BT_TAKES_STRING, 0},
};
static const bt_fields words_fields = {"the layout's words", words_keys, N_WORDS_KEYS};

/* A word whose value would vanish without a field is an error. */
static void read_word(bt_layout_reader *l, const bt_json_node *node, const bt_str *known, uint32_t n, bt_str *word)
{
    bt_fields_reader *r = &l->fields;
    if (!node) return;
    *word = node->text;
    if (bt_layout_check_fields(l, node, known, n) || !n) return;
    bt_fields_fault(r, BT_E_LAYOUT_WORD, node->at, BT_ARGS(node->key, known[0]));
}

/* A jump line may be left out. */
static void read_jump(bt_layout_reader *l, const bt_json_node *node, bt_str *word)
{
    static const bt_str jump[] = {BT_STR_INIT("page"), BT_STR_INIT("headline")};
    if (node && !node->text.len)
        *word = node->text;
    else
        read_word(l, node, jump, COUNT(jump), word);
}

void bt_layout_read_words(bt_layout_reader *l, const bt_json_node *node)
{
    static const bt_str date[] = {BT_STR_INIT("day"), BT_STR_INIT("month"), BT_STR_INIT("year")};
    static const bt_str issue[] = {BT_STR_INIT("number"), BT_STR_INIT("year")};
    static const bt_str question[] = {BT_STR_INIT("question")}, answer[] = {BT_STR_INIT("answer")};
    static const bt_str byline[] = {BT_STR_INIT("byline"), BT_STR_INIT("source")};
    static const bt_str page[] = {BT_STR_INIT("page"), BT_STR_INIT("pages")};
    static const bt_str side[] = {BT_STR_INIT("page"), BT_STR_INIT("pages"), BT_STR_INIT("sheet"),
                                  BT_STR_INIT("sheets")};
    static const bt_str url[] = {BT_STR_INIT("url")};
    static const bt_str source[] = {BT_STR_INIT("source")}, unit[] = {BT_STR_INIT("unit")}, value[] = {BT_STR_INIT("")};
    const bt_json_node *values[N_WORDS_KEYS] = {NULL};
    bt_words *words = &l->layout->words;
    *words = (bt_words){
        .issue = BT_STR("{number}/{year}"),
        .date = BT_STR("{day}/{month}/{year}"),
        .table_continued = BT_STR(""),
        .byline = BT_STR("{byline}; {source}"),
        .question = BT_STR("{question}"),
        .answer = BT_STR("{answer}"),
        .table_source = BT_STR("{source}"),
        .table_unit = BT_STR("{unit}"),
        .continued_on = BT_STR("» {page}"),
        .continued_from = BT_STR("« {page}"),
        .contents = BT_STR(""),
        .qr = BT_STR("{url}"),
        .slug_page = BT_STR("{page}/{pages}"),
        .slug_front = BT_STR("{sheet}a/{sheets}: {page}"),
        .slug_back = BT_STR("{sheet}b/{sheets}: {page}"),
        .chart_bar = BT_STR(""),
        .chart_line = BT_STR(""),
        .chart_share = BT_STR(""),
        .chart_none = BT_STR("–"),
        .chart_base = BT_STR(""),
    };
    if (node) bt_fields_read(&l->fields, node, &words_fields, values);
    read_word(l, values[ISSUE], issue, COUNT(issue), &words->issue);
    read_word(l, values[DATE], date, COUNT(date), &words->date);
    read_word(l, values[TABLE_CONTINUED], NULL, 0, &words->table_continued);
    read_word(l, values[BYLINE], byline, COUNT(byline), &words->byline);
    read_word(l, values[QUESTION], question, COUNT(question), &words->question);
    read_word(l, values[ANSWER], answer, COUNT(answer), &words->answer);
    read_word(l, values[TABLE_SOURCE], source, COUNT(source), &words->table_source);
    read_word(l, values[TABLE_UNIT], unit, COUNT(unit), &words->table_unit);
    read_jump(l, values[CONTINUED_ON], &words->continued_on);
    read_jump(l, values[CONTINUED_FROM], &words->continued_from);
    read_word(l, values[CONTENTS_TITLE], NULL, 0, &words->contents);
    read_word(l, values[SLUG_PAGE], page, COUNT(page), &words->slug_page);
    read_word(l, values[SLUG_FRONT], side, COUNT(side), &words->slug_front);
    read_word(l, values[SLUG_BACK], side, COUNT(side), &words->slug_back);
    read_word(l, values[QR], url, COUNT(url), &words->qr);
    read_word(l, values[CHART_BAR], NULL, 0, &words->chart_bar);
    read_word(l, values[CHART_LINE], NULL, 0, &words->chart_line);
    read_word(l, values[CHART_SHARE], NULL, 0, &words->chart_share);
    read_word(l, values[CHART_NONE], NULL, 0, &words->chart_none);
    read_word(l, values[CHART_BASE], NULL, 0, &words->chart_base);
    bt_str *const imprint[] = {
        [LICENCE] = &words->licence,         [RESPONSIBLE] = &words->responsible, [EDITORS] = &words->editors,
        [PRINTER] = &words->printer,         [QUANTITY] = &words->quantity,       [SIZE] = &words->size,
        [PERIODICITY] = &words->periodicity, [DEPOSIT] = &words->deposit,         [ADDRESS] = &words->address,
    };
    for (size_t i = LICENCE; i <= ADDRESS; i++) {
        *imprint[i] = BT_STR("{}");
        read_word(l, values[i], value, COUNT(value), imprint[i]);
    }
}
