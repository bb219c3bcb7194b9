/* layout_block.c - the design of figures, tables, bullets and rules; the composer's weights, spacing and print values.
 */
#include "layout/layout_int.h"

/* Lengths of one section: which key goes where. */
typedef struct slot {
    uint32_t key;
    bt_sp *length;
} slot;

static void read_lengths(bt_layout_reader *l, const bt_json_node **values, const slot *slots, size_t n)
{
    for (size_t i = 0; i < n; i++) bt_layout_length(l, values[slots[i].key], slots[i].length);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- figure --- */

enum {
    MIN_HEIGHT,
    MAX_HEIGHT,
    PAGE_MIN_HEIGHT,
    PAGE_MAX_HEIGHT,
    CAPTION_GAP,
    FIGURE_SPACE_BEFORE,
    FIGURE_SPACE_AFTER,
    N_FIGURE_KEYS
};
static const bt_field figure_keys[N_FIGURE_KEYS] = {
    [MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [PAGE_MIN_HEIGHT] = {BT_STR_INIT("page_min_height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [PAGE_MAX_HEIGHT] = {BT_STR_INIT("page_max_height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [CAPTION_GAP] = {BT_STR_INIT("caption_gap"), BT_TAKES_LENGTH, 0},
    [FIGURE_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [FIGURE_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields figure_fields = {"the figures' design", figure_keys, N_FIGURE_KEYS};

void bt_layout_heights(bt_layout_reader *l, const bt_json_node *least, const bt_json_node *most, bt_sp *min, bt_sp *max)
{
    bt_fields_reader *r = &l->fields;
    const bt_layout *layout = l->layout;
    bt_sp room = layout->height - layout->margin_top - layout->margin_bottom;
    const bt_length_range range = {1, room > 0 ? room : (bt_sp)BT_SP_LONGEST, 0};
    bool has_least = bt_fields_length(r, least, &range, min), has_most = bt_fields_length(r, most, &range, max);
    if (has_least && has_most && *min > *max)
        bt_fields_fault(r, BT_E_LAYOUT_HEIGHTS, least->at, BT_ARGS(least->key, least->text, most->key, most->text));
}

static void read_figure(bt_layout_reader *l, const bt_json_node *node, bt_figure_style *figure)
{
    const bt_json_node *values[N_FIGURE_KEYS];
    const slot slots[] = {{CAPTION_GAP, &figure->caption_gap},
                          {FIGURE_SPACE_BEFORE, &figure->space_before},
                          {FIGURE_SPACE_AFTER, &figure->space_after}};
    if (!node || !bt_fields_read(&l->fields, node, &figure_fields, values)) return;
    bt_layout_heights(l, values[MIN_HEIGHT], values[MAX_HEIGHT], &figure->min_height, &figure->max_height);
    bt_layout_heights(l, values[PAGE_MIN_HEIGHT], values[PAGE_MAX_HEIGHT], &figure->page_min_height,
                      &figure->page_max_height);
    read_lengths(l, values, slots, COUNT(slots));
}

/* --- table --- */

enum {
    RULE_TOP,
    RULE_GROUP,
    RULE_HEAD,
    RULE_ROW,
    RULE_TOTAL,
    RULE_BOTTOM,
    BAND,
    NARROW_FONT,
    PAD_X,
    PAD_Y,
    TITLE_GAP,
    NOTE_GAP,
    TABLE_SPACE_BEFORE,
    TABLE_SPACE_AFTER,
    N_TABLE_KEYS
};
static const bt_field table_keys[N_TABLE_KEYS] = {
    [RULE_TOP] = {BT_STR_INIT("rule_top"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_GROUP] = {BT_STR_INIT("rule_group"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_HEAD] = {BT_STR_INIT("rule_head"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_ROW] = {BT_STR_INIT("rule_row"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_TOTAL] = {BT_STR_INIT("rule_total"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_BOTTOM] = {BT_STR_INIT("rule_bottom"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [BAND] = {BT_STR_INIT("band"), BT_TAKES_STRING, 0},
    [NARROW_FONT] = {BT_STR_INIT("narrow_font"), BT_TAKES_STRING, 0},
    [PAD_X] = {BT_STR_INIT("pad_x"), BT_TAKES_LENGTH, 0},
    [PAD_Y] = {BT_STR_INIT("pad_y"), BT_TAKES_LENGTH, 0},
    [TITLE_GAP] = {BT_STR_INIT("title_gap"), BT_TAKES_LENGTH, 0},
    [NOTE_GAP] = {BT_STR_INIT("note_gap"), BT_TAKES_LENGTH, 0},
    [TABLE_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [TABLE_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields table_fields = {"the tables' design", table_keys, N_TABLE_KEYS};

static void read_table(bt_layout_reader *l, const bt_json_node *node, bt_table_style *table)
{
    const bt_json_node *values[N_TABLE_KEYS];
    const slot slots[] = {
        {PAD_X, &table->pad_x},
        {PAD_Y, &table->pad_y},
        {TITLE_GAP, &table->title_gap},
        {NOTE_GAP, &table->note_gap},
        {TABLE_SPACE_BEFORE, &table->space_before},
        {TABLE_SPACE_AFTER, &table->space_after},
    };
    if (!node || !bt_fields_read(&l->fields, node, &table_fields, values)) return;
    bt_layout_rule(l, values[RULE_TOP], 0, &table->rule_top);
    bt_layout_rule(l, values[RULE_HEAD], 0, &table->rule_head);
    table->rule_group = table->rule_head;
    if (values[RULE_GROUP]) table->rule_group = (bt_rule_style){0};
    bt_layout_rule(l, values[RULE_GROUP], 0, &table->rule_group);
    bt_layout_rule(l, values[RULE_ROW], 0, &table->rule_row);
    bt_layout_rule(l, values[RULE_TOTAL], 0, &table->rule_total);
    bt_layout_rule(l, values[RULE_BOTTOM], 0, &table->rule_bottom);
    table->has_band = bt_layout_background(l, values[BAND], &table->band);
    uint32_t font_i;
    if (bt_layout_find(l, values[NARROW_FONT], &l->font_names, &font_i)) table->narrow_font = &l->fonts[font_i];
    read_lengths(l, values, slots, COUNT(slots));
}

/* --- bullets --- */

enum { MARKER, NESTED_MARKER, MARKER_COLOR, INDENT, BULLETS_SPACE_BEFORE, BULLETS_SPACE_AFTER, N_BULLETS_KEYS };
static const bt_field bullets_keys[N_BULLETS_KEYS] = {
    [MARKER] = {BT_STR_INIT("marker"), BT_TAKES_STRING, BT_REQUIRED},
    [NESTED_MARKER] = {BT_STR_INIT("nested_marker"), BT_TAKES_STRING, 0},
    [MARKER_COLOR] = {BT_STR_INIT("marker_color"), BT_TAKES_STRING, 0},
    [INDENT] = {BT_STR_INIT("indent"), BT_TAKES_LENGTH, BT_REQUIRED},
    [BULLETS_SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH, 0},
    [BULLETS_SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
};
static const bt_fields bullets_fields = {"the bullet lists' design", bullets_keys, N_BULLETS_KEYS};

static void read_bullets(bt_layout_reader *l, const bt_json_node *node, bt_bullets_style *bullets)
{
    /* Lists stand up to four deep: their indents leave at least half of the column. */
    enum { PARTS_OF_COLUMN = 8 };
    const bt_json_node *values[N_BULLETS_KEYS];
    const slot slots[] = {{BULLETS_SPACE_BEFORE, &bullets->space_before}, {BULLETS_SPACE_AFTER, &bullets->space_after}};
    if (!node || !bt_fields_read(&l->fields, node, &bullets_fields, values)) return;
    bullets->marker = values[MARKER] ? values[MARKER]->text : BT_STR("");
    bullets->nested_marker = values[NESTED_MARKER] ? values[NESTED_MARKER]->text : bullets->marker;
    if (l->layout->role[BT_STYLE_BULLET]) bullets->marker_color = l->layout->role[BT_STYLE_BULLET]->color;
    bt_layout_color_of(l, values[MARKER_COLOR], &bullets->marker_color);
    bt_sp column = bt_layout_text_column(l->layout);
    const bt_length_range indents = {1, column > 0 ? column / PARTS_OF_COLUMN : (bt_sp)BT_SP_LONGEST, 0};
    bt_fields_length(&l->fields, values[INDENT], &indents, &bullets->indent);
    read_lengths(l, values, slots, COUNT(slots));
}

enum {
    FIGURE,
    TABLE,
    BULLETS,
    NUMBERED,
    VERSE,
    DROP_CAP,
    QUOTE,
    RULE,
    BOX,
    NUMBERS,
    GALLERY,
    CHART,
    QR,
    CONTENTS,
    N_BLOCK_KEYS
};
static const bt_field block_keys[N_BLOCK_KEYS] = {
    [FIGURE] = {BT_STR_INIT("figure"), BT_TAKES_OBJECT, BT_REQUIRED},
    [TABLE] = {BT_STR_INIT("table"), BT_TAKES_OBJECT, 0},
    [BULLETS] = {BT_STR_INIT("bullets"), BT_TAKES_OBJECT, BT_REQUIRED},
    [NUMBERED] = {BT_STR_INIT("numbered"), BT_TAKES_OBJECT, 0},
    [VERSE] = {BT_STR_INIT("verse"), BT_TAKES_OBJECT, 0},
    [QUOTE] = {BT_STR_INIT("quote"), BT_TAKES_OBJECT, 0},
    [DROP_CAP] = {BT_STR_INIT("drop_cap"), BT_TAKES_OBJECT, 0},
    [RULE] = {BT_STR_INIT("rule"), BT_TAKES_OBJECT, 0},
    [BOX] = {BT_STR_INIT("box"), BT_TAKES_OBJECT, 0},
    [NUMBERS] = {BT_STR_INIT("numbers"), BT_TAKES_OBJECT, 0},
    [GALLERY] = {BT_STR_INIT("gallery"), BT_TAKES_OBJECT, 0},
    [QR] = {BT_STR_INIT("qr"), BT_TAKES_OBJECT, 0},
    [CHART] = {BT_STR_INIT("chart"), BT_TAKES_OBJECT, 0},
    [CONTENTS] = {BT_STR_INIT("contents"), BT_TAKES_OBJECT, 0},
};
static const bt_fields block_fields = {"the blocks' design", block_keys, N_BLOCK_KEYS};

void bt_layout_read_blocks(bt_layout_reader *l, const bt_json_node *node)
{
    const bt_json_node *values[N_BLOCK_KEYS];
    bt_layout_chart_defaults(l);
    if (!node || !bt_fields_read(&l->fields, node, &block_fields, values)) return;
    bt_layout_read_chart(l, values[CHART]);
    read_figure(l, values[FIGURE], &l->layout->figure);
    read_table(l, values[TABLE], &l->layout->table);
    read_bullets(l, values[BULLETS], &l->layout->bullets);
    bt_layout_read_numbered(l, values[NUMBERED]);
    bt_layout_read_verse(l, values[VERSE]);
    bt_layout_read_quote(l, values[QUOTE]);
    bt_layout_read_drop_cap(l, values[DROP_CAP]);
    bt_layout_rule(l, values[RULE], 0, &l->layout->rule);
    bt_layout_read_boxes(l, values[BOX], values[NUMBERS], values[GALLERY]);
    bt_layout_read_qr(l, values[QR]);
    bt_layout_read_contents(l, values[CONTENTS]);
}

/* --- compose --- */

enum { COLUMN_SHORT, PAGE_SHORT, VARIANT, FIGURE_COST, SPACE, PARAGRAPH_SPLIT, MOVED, N_COST_KEYS };
static const bt_field cost_keys[N_COST_KEYS] = {
    [COLUMN_SHORT] = {BT_STR_INIT("column_short"), BT_TAKES_NUMBER, 0},
    [PAGE_SHORT] = {BT_STR_INIT("page_short"), BT_TAKES_NUMBER, 0},
    [VARIANT] = {BT_STR_INIT("variant"), BT_TAKES_NUMBER, 0},
    [FIGURE_COST] = {BT_STR_INIT("figure"), BT_TAKES_NUMBER, 0},
    [SPACE] = {BT_STR_INIT("space"), BT_TAKES_NUMBER, 0},
    [PARAGRAPH_SPLIT] = {BT_STR_INIT("paragraph_split"), BT_TAKES_NUMBER, 0},
    [MOVED] = {BT_STR_INIT("moved"), BT_TAKES_NUMBER, 0},
};
static const bt_fields cost_fields = {"the composer's costs", cost_keys, N_COST_KEYS};

enum { COSTS, JUMPS, PAGES_MULTIPLE, LOCAL_PAGES, N_COMPOSE_KEYS };
static const bt_field compose_keys[N_COMPOSE_KEYS] = {
    [COSTS] = {BT_STR_INIT("costs"), BT_TAKES_OBJECT, 0},
    [JUMPS] = {BT_STR_INIT("jumps"), BT_TAKES_BOOL, 0},
    [PAGES_MULTIPLE] = {BT_STR_INIT("pages_multiple"), BT_TAKES_NUMBER, 0},
    [LOCAL_PAGES] = {BT_STR_INIT("local_pages"), BT_TAKES_ARRAY, 0},
};
static const bt_fields compose_fields = {"the composer's settings", compose_keys, N_COMPOSE_KEYS};

void bt_layout_read_compose(bt_layout_reader *l, const bt_json_node *node)
{
    enum { MOST_COST = 10000, MOST_MULTIPLE = 64 };
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_COMPOSE_KEYS], *costs[N_COST_KEYS];
    bt_costs *c = &l->layout->costs;
    int32_t *const slots[N_COST_KEYS] = {
        [COLUMN_SHORT] = &c->column_short,
        [PAGE_SHORT] = &c->page_short,
        [VARIANT] = &c->variant,
        [FIGURE_COST] = &c->figure,
        [SPACE] = &c->space,
        [PARAGRAPH_SPLIT] = &c->paragraph_split,
        [MOVED] = &c->moved,
    };
    *c = (bt_costs){.column_short = 100,
                    .page_short = 20,
                    .variant = 40,
                    .figure = 10,
                    .space = 15,
                    .paragraph_split = 20,
                    .moved = 60};
    int32_t multiple = 1;
    if (!node || !bt_fields_read(r, node, &compose_fields, values)) return;
    bt_fields_truth(values[JUMPS], &l->layout->has_jumps);
    if (bt_fields_integer(r, values[PAGES_MULTIPLE], 1, MOST_MULTIPLE, &multiple))
        l->layout->pages_multiple = (uint32_t)multiple;
    l->layout->local_pages = bt_fields_pages(r, values[LOCAL_PAGES], &l->layout->n_local_pages);
    if (values[LOCAL_PAGES]) l->layout->local_pages_at = values[LOCAL_PAGES]->at;
    if (!values[COSTS]) return;
    bt_fields_read(r, values[COSTS], &cost_fields, costs);
    for (size_t i = 0; i < N_COST_KEYS; i++) bt_fields_integer(r, costs[i], 0, MOST_COST, slots[i]);
}

/* --- spacing and print --- */

enum { SHRINK, STRETCH, TRACKING, SCALING, N_SPACING_KEYS };
static const bt_field spacing_keys[N_SPACING_KEYS] = {
    [SHRINK] = {BT_STR_INIT("shrink"), BT_TAKES_NUMBER, 0},
    [STRETCH] = {BT_STR_INIT("stretch"), BT_TAKES_NUMBER, 0},
    [TRACKING] = {BT_STR_INIT("tracking"), BT_TAKES_STRING, 0},
    [SCALING] = {BT_STR_INIT("scaling"), BT_TAKES_NUMBER, 0},
};
static const bt_fields spacing_fields = {"the spacing", spacing_keys, N_SPACING_KEYS};

void bt_layout_read_spacing(bt_layout_reader *l, const bt_json_node *node)
{
    enum { DECIMALS = 3, MOST_SHRINK = 500, MOST_STRETCH = 3000, MOST_TRACKING = 50, MOST_SCALING = 50 };
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_SPACING_KEYS];
    bt_layout *layout = l->layout;
    layout->space_shrink = 250;
    layout->space_stretch = 500;
    layout->tracking_flex = 20;
    layout->scaling_flex = 20;
    if (!node || !bt_fields_read(r, node, &spacing_fields, values)) return;
    bt_fields_number(r, values[SHRINK], DECIMALS, 0, MOST_SHRINK, &layout->space_shrink);
    bt_fields_number(r, values[STRETCH], DECIMALS, 0, MOST_STRETCH, &layout->space_stretch);
    bt_layout_tracking(l, values[TRACKING], 0, MOST_TRACKING, &layout->tracking_flex);
    bt_fields_number(r, values[SCALING], DECIMALS, 0, MOST_SCALING, &layout->scaling_flex);
}

enum { MIN_PPI, WARN_PPI, PROFILE, INK_LIMIT, MARKS, PAPER, N_PRINT_KEYS };
static const bt_field print_keys[N_PRINT_KEYS] = {
    [MIN_PPI] = {BT_STR_INIT("min_ppi"), BT_TAKES_NUMBER, 0},
    [WARN_PPI] = {BT_STR_INIT("warn_ppi"), BT_TAKES_NUMBER, 0},
    [PROFILE] = {BT_STR_INIT("profile"), BT_TAKES_STRING | BT_TAKES_OBJECT, 0},
    [INK_LIMIT] = {BT_STR_INIT("ink_limit"), BT_TAKES_NUMBER, 0},
    [MARKS] = {BT_STR_INIT("marks"), BT_TAKES_BOOL, 0},
    [PAPER] = {BT_STR_INIT("paper"), BT_TAKES_LENGTH, 0},
};
static const bt_fields print_fields = {"the print values", print_keys, N_PRINT_KEYS};

enum { FILE_NAME, CONDITION, N_PROFILE_KEYS };
static const bt_field profile_keys[N_PROFILE_KEYS] = {
    [FILE_NAME] = {BT_STR_INIT("file"), BT_TAKES_STRING, BT_REQUIRED},
    [CONDITION] = {BT_STR_INIT("condition"), BT_TAKES_STRING, 0},
};
static const bt_fields profile_fields = {"the profile", profile_keys, N_PROFILE_KEYS};

/* It goes into the PDF as the printer knows it. */
static void read_condition(bt_layout_reader *l, const bt_json_node *node, bt_str *condition)
{
    enum { LONGEST = 100 };
    bt_fields_reader *r = &l->fields;
    if (!node) return;
    bool is_good = node->text.len && node->text.len <= LONGEST && bt_str_trim(node->text).len == node->text.len;
    for (size_t i = 0; i < node->text.len; i++)
        is_good = is_good && node->text.ptr[i] >= ' ' && node->text.ptr[i] <= '~';
    if (is_good)
        *condition = node->text;
    else
        bt_fields_fault(r, BT_E_LAYOUT_CONDITION, node->at,
                        BT_ARGS(bt_fields_quoted(r, node->text), bt_fields_count(r, LONGEST)));
}

static void read_profile(bt_layout_reader *l, const bt_json_node *node, bt_print *print)
{
    const bt_json_node *values[N_PROFILE_KEYS];
    bt_str example = BT_STR("press/paper.icc");
    if (!node) return;
    if (node->kind == BT_JSON_STRING) {
        bt_layout_file_name(l, node, example, &print->profile);
    } else if (bt_fields_read(&l->fields, node, &profile_fields, values)) {
        bt_layout_file_name(l, values[FILE_NAME], example, &print->profile);
        print->names_file = true;
        read_condition(l, values[CONDITION], &print->condition);
    }
}

void bt_layout_read_print(bt_layout_reader *l, const bt_json_node *node)
{
    enum { MOST_PPI = 2400, LEAST_INK = 100, MOST_INK = 400 };
    const bt_length_range papers = {0, bt_um_to_sp(BT_LIMIT_PAPER), 0};
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_PRINT_KEYS];
    bt_print *print = &l->layout->print;
    *print = (bt_print){.profile = {BT_STR("FOGRA39"), NULL}, .ink_limit = 300, .has_marks = true};
    print->min_ppi = 149;
    print->warn_ppi = 224;
    print->paper = bt_um_to_sp(100);
    if (!node || !bt_fields_read(r, node, &print_fields, values)) return;
    bt_fields_integer(r, values[MIN_PPI], 1, MOST_PPI, &print->min_ppi);
    bt_fields_integer(r, values[WARN_PPI], 1, MOST_PPI, &print->warn_ppi);
    if (print->min_ppi > print->warn_ppi)
        bt_fields_fault(r, BT_E_LAYOUT_PPI, node->at,
                        BT_ARGS(bt_fields_count(r, print->min_ppi), bt_fields_count(r, print->warn_ppi)));
    bt_fields_integer(r, values[INK_LIMIT], LEAST_INK, MOST_INK, &print->ink_limit);
    bt_fields_truth(values[MARKS], &print->has_marks);
    bt_fields_length(r, values[PAPER], &papers, &print->paper);
    read_profile(l, values[PROFILE], print);
}
