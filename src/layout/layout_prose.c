/* layout_prose.c - the design of blocks of prose: numbered lists, verse, quotations, drop caps. */
#include "layout/layout_int.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- numbered --- */

enum {
    LEVELS,
    DOCUMENT_LEVELS,
    ALIGN,
    MARKER_COLOR,
    INDENT,
    GAP,
    NUMBERED_SPACE_BEFORE,
    NUMBERED_SPACE_AFTER,
    N_NUMBERED_KEYS
};
static const bt_field numbered_keys[N_NUMBERED_KEYS] = {
    [LEVELS] = {BT_STR_INIT("levels"), BT_TAKES_ARRAY, 0},
    [DOCUMENT_LEVELS] = {BT_STR_INIT("document_levels"), BT_TAKES_ARRAY, 0},
    [ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [MARKER_COLOR] = {BT_STR_INIT("marker_color"), BT_TAKES_STRING, 0},
    [INDENT] = {BT_STR_INIT("indent"), BT_TAKES_LENGTH, 0},
    [GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
    [NUMBERED_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [NUMBERED_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields numbered_fields = {"the numbered lists' design", numbered_keys, N_NUMBERED_KEYS};

static const bt_str marker_fields[] = {BT_STR_INIT("1"), BT_STR_INIT("a"), BT_STR_INIT("A"), BT_STR_INIT("i"),
                                       BT_STR_INIT("I")};

/* Lists stand up to four deep in one another, so more markers would never be seen. */
enum { MOST_LEVELS = 4, MOST_MARKER = 16 };

static void read_levels(bt_layout_reader *l, const bt_json_node *array, const bt_str **levels, uint32_t *n)
{
    bt_fields_reader *r = &l->fields;
    if (!array) return;
    if (!array->n_children || array->n_children > MOST_LEVELS) {
        bt_fields_fault(r, BT_E_LAYOUT_LEVELS, array->at,
                        BT_ARGS(array->key, bt_fields_count(r, MOST_LEVELS), bt_fields_count(r, array->n_children)));
        return;
    }
    bt_str *markers = BT_NEW_ARRAY(r->arena, array->n_children, bt_str);
    if (!markers) return;
    *n = 0;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        if (!bt_fields_expect(r, node, BT_TAKES_STRING, NULL)) continue;
        markers[(*n)++] = node->text;
        bt_layout_check_fields(l, node, marker_fields, COUNT(marker_fields));
        size_t length = bt_utf8_count(node->text);
        if (length > MOST_MARKER)
            bt_fields_fault(r, BT_E_LAYOUT_MARKER_LONG, node->at,
                            BT_ARGS(bt_fields_quoted(r, node->text), bt_fields_count(r, (int64_t)length),
                                    bt_fields_count(r, MOST_MARKER)));
    }
    *levels = markers;
}

/* A length that is at most a part of a column. */
static void read_part(bt_layout_reader *l, const bt_json_node *node, int32_t parts, bt_sp *length)
{
    bt_sp column = bt_layout_text_column(l->layout);
    const bt_length_range lengths = {0, column > 0 ? column / parts : (bt_sp)BT_SP_LONGEST, 0};
    bt_fields_length(&l->fields, node, &lengths, length);
}

void bt_layout_read_numbered(bt_layout_reader *l, const bt_json_node *node)
{
    enum { PARTS = 8 };
    static const bt_str plain[] = {BT_STR_INIT("{1}."), BT_STR_INIT("{a})"), BT_STR_INIT("–")};
    static const bt_str document[] = {BT_STR_INIT("{I}."), BT_STR_INIT("{1}."), BT_STR_INIT("{a})"), BT_STR_INIT("–")};
    static const bt_str aligns[] = {BT_STR_INIT("left"), BT_STR_INIT("right")};
    const bt_json_node *values[N_NUMBERED_KEYS] = {NULL};
    bt_numbered_style *style = &l->layout->numbered;
    *style = (bt_numbered_style){.levels = plain,
                                 .n_levels = COUNT(plain),
                                 .document_levels = document,
                                 .n_document_levels = COUNT(document),
                                 .gap = BT_PT(4)};
    const bt_style *text = l->layout->role[BT_STYLE_NUMBERED];
    if (text) style->marker_color = text->color;
    if (!node || !bt_fields_read(&l->fields, node, &numbered_fields, values)) return;
    uint32_t choice;
    read_levels(l, values[LEVELS], &style->levels, &style->n_levels);
    read_levels(l, values[DOCUMENT_LEVELS], &style->document_levels, &style->n_document_levels);
    if (bt_fields_choice(&l->fields, values[ALIGN], aligns, COUNT(aligns), &choice)) style->aligns_right = choice == 1;
    bt_layout_color_of(l, values[MARKER_COLOR], &style->marker_color);
    read_part(l, values[INDENT], PARTS, &style->indent);
    read_part(l, values[GAP], PARTS, &style->gap);
    bt_layout_length(l, values[NUMBERED_SPACE_BEFORE], &style->space_before);
    bt_layout_length(l, values[NUMBERED_SPACE_AFTER], &style->space_after);
}

/* --- verse --- */

enum { VERSE_INDENT, TURNOVER, STANZA_GAP, N_VERSE_KEYS };
static const bt_field verse_keys[N_VERSE_KEYS] = {
    [VERSE_INDENT] = {BT_STR_INIT("indent"), BT_TAKES_LENGTH, 0},
    [TURNOVER] = {BT_STR_INIT("turnover"), BT_TAKES_LENGTH, 0},
    [STANZA_GAP] = {BT_STR_INIT("stanza_gap"), BT_TAKES_LENGTH, 0},
};
static const bt_fields verse_fields = {"the design of verse", verse_keys, N_VERSE_KEYS};

void bt_layout_read_verse(bt_layout_reader *l, const bt_json_node *node)
{
    enum { PARTS = 2 }; /* together they take no more than that when verse is set */
    const bt_json_node *values[N_VERSE_KEYS];
    bt_verse_style *style = &l->layout->verse;
    *style = (bt_verse_style){.indent = BT_PT(10), .turnover = BT_PT(20), .stanza_gap = BT_PT(1)};
    if (!node || !bt_fields_read(&l->fields, node, &verse_fields, values)) return;
    read_part(l, values[VERSE_INDENT], PARTS, &style->indent);
    read_part(l, values[TURNOVER], PARTS, &style->turnover);
    bt_layout_length(l, values[STANZA_GAP], &style->stanza_gap);
}

/* --- drop caps --- */

enum { USE, LINES, DROP_CAP_GAP, N_DROP_CAP_KEYS };
static const bt_field drop_cap_keys[N_DROP_CAP_KEYS] = {
    [USE] = {BT_STR_INIT("for"), BT_TAKES_STRING, 0},
    [LINES] = {BT_STR_INIT("lines"), BT_TAKES_NUMBER, 0},
    [DROP_CAP_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
};
static const bt_fields drop_cap_fields = {"the design of drop caps", drop_cap_keys, N_DROP_CAP_KEYS};

void bt_layout_read_drop_cap(bt_layout_reader *l, const bt_json_node *node)
{
    enum { LEAST_LINES = 2, USUAL_LINES = 3, MOST_LINES = 5, PARTS = 8 };
    static const bt_str uses[] = {BT_STR_INIT("none"), BT_STR_INIT("lead"), BT_STR_INIT("all")};
    const bt_json_node *values[N_DROP_CAP_KEYS];
    bt_drop_cap_style *style = &l->layout->drop_cap;
    int32_t n_lines = USUAL_LINES;
    uint32_t choice;
    *style = (bt_drop_cap_style){.n_lines = USUAL_LINES, .gap = BT_PT(3)};
    if (!node || !bt_fields_read(&l->fields, node, &drop_cap_fields, values)) return;
    if (bt_fields_choice(&l->fields, values[USE], uses, COUNT(uses), &choice)) style->use = (bt_drop_cap_use)choice;
    bt_fields_integer(&l->fields, values[LINES], LEAST_LINES, MOST_LINES, &n_lines);
    style->n_lines = (uint32_t)n_lines;
    read_part(l, values[DROP_CAP_GAP], PARTS, &style->gap);
}

/* --- quotations --- */

enum { MARK, MARK_SIZE, QUOTE_COLOR, QUOTE_GAP, N_QUOTE_KEYS };
static const bt_field quote_keys[N_QUOTE_KEYS] = {
    [MARK] = {BT_STR_INIT("mark"), BT_TAKES_STRING, 0},
    [MARK_SIZE] = {BT_STR_INIT("size"), BT_TAKES_LENGTH, 0},
    [QUOTE_COLOR] = {BT_STR_INIT("color"), BT_TAKES_STRING, 0},
    [QUOTE_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
};
static const bt_fields quote_fields = {"the design of quotations", quote_keys, N_QUOTE_KEYS};

void bt_layout_read_quote(bt_layout_reader *l, const bt_json_node *node)
{
    enum { MOST_CHARACTERS = 2, PARTS = 8 };
    static const bt_length_range sizes = {BT_PT(3), BT_PT(400), 0};
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_QUOTE_KEYS];
    bt_quote_style *style = &l->layout->quote;
    *style = (bt_quote_style){.mark = BT_STR(""), .size = BT_PT(40), .gap = BT_PT(6)};
    const bt_style *text = l->layout->role[BT_STYLE_QUOTE];
    if (text) style->color = text->color;
    if (!node || !bt_fields_read(r, node, &quote_fields, values)) return;
    bt_fields_length(r, values[MARK_SIZE], &sizes, &style->size);
    bt_layout_color_of(l, values[QUOTE_COLOR], &style->color);
    read_part(l, values[QUOTE_GAP], PARTS, &style->gap);
    if (!values[MARK]) return;
    style->mark = values[MARK]->text;
    size_t length = bt_utf8_count(style->mark);
    if (length > MOST_CHARACTERS)
        bt_fields_fault(r, BT_E_LAYOUT_QUOTE_MARK, values[MARK]->at,
                        BT_ARGS(bt_fields_quoted(r, style->mark), bt_fields_count(r, (int64_t)length),
                                bt_fields_count(r, MOST_CHARACTERS)));
}
