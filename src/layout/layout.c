/* layout.c - the layout as a whole: page, grid, columns, and the order in which its sections are read. */
#include "layout/layout_int.h"

bt_sp bt_layout_page_measure(const bt_layout *layout)
{
    int64_t measure = (int64_t)layout->width - layout->margin_inside - layout->margin_outside;
    return (bt_sp)(measure < -BT_SP_LONGEST ? -BT_SP_LONGEST : measure);
}

bt_sp bt_layout_column_width(const bt_layout *layout, bt_sp measure, uint32_t n)
{
    if (n < 2) return measure;
    int64_t width = ((int64_t)measure - (int64_t)(n - 1) * layout->gutter) / n;
    return (bt_sp)(width < -BT_SP_LONGEST ? -BT_SP_LONGEST : width);
}

/* 20 mm */
static const bt_sp narrowest_column = (bt_sp)(20LL * 720 * BT_SP_PER_PT / 254);

bt_sp bt_layout_text_column(const bt_layout *layout)
{
    if (!layout->n_columns || !layout->width) return 0;
    bt_sp width = bt_layout_column_width(layout, bt_layout_page_measure(layout), layout->n_columns);
    return width < narrowest_column ? 0 : width;
}

/* --- page --- */

enum { WIDTH, HEIGHT, FACING, BLEED, MARGINS, N_PAGE_KEYS };
static const bt_field page_keys[N_PAGE_KEYS] = {
    [WIDTH] = {BT_STR_INIT("width"), BT_TAKES_LENGTH, BT_REQUIRED},
    [HEIGHT] = {BT_STR_INIT("height"), BT_TAKES_LENGTH, BT_REQUIRED},
    [FACING] = {BT_STR_INIT("facing"), BT_TAKES_BOOL, 0},
    [BLEED] = {BT_STR_INIT("bleed"), BT_TAKES_LENGTH, 0},
    [MARGINS] = {BT_STR_INIT("margins"), BT_TAKES_OBJECT, BT_REQUIRED},
};
static const bt_fields page_fields = {"the page", page_keys, N_PAGE_KEYS};

enum { TOP, BOTTOM, INSIDE, OUTSIDE, N_MARGIN_KEYS };
static const bt_field margin_keys[N_MARGIN_KEYS] = {
    [TOP] = {BT_STR_INIT("top"), BT_TAKES_LENGTH, BT_REQUIRED},
    [BOTTOM] = {BT_STR_INIT("bottom"), BT_TAKES_LENGTH, BT_REQUIRED},
    [INSIDE] = {BT_STR_INIT("inside"), BT_TAKES_LENGTH, BT_REQUIRED},
    [OUTSIDE] = {BT_STR_INIT("outside"), BT_TAKES_LENGTH, BT_REQUIRED},
};
static const bt_fields margin_fields = {"the margins", margin_keys, N_MARGIN_KEYS};

static const bt_sp longest_side = BT_LAYOUT_LONGEST;
static const bt_sp shortest_side = (bt_sp)(50LL * 720 * BT_SP_PER_PT / 254); /* 50 mm */

static void read_margins(bt_layout_reader *l, const bt_json_node *node)
{
    bt_fields_reader *r = &l->fields;
    bt_layout *layout = l->layout;
    const bt_json_node *values[N_MARGIN_KEYS];
    if (!node || !bt_fields_read(r, node, &margin_fields, values)) return;
    const bt_length_range across = {0, layout->width ? layout->width / 2 : longest_side, 0};
    const bt_length_range down = {0, layout->height ? layout->height / 2 : longest_side, 0};
    bt_fields_length(r, values[TOP], &down, &layout->margin_top);
    bt_fields_length(r, values[BOTTOM], &down, &layout->margin_bottom);
    bt_fields_length(r, values[INSIDE], &across, &layout->margin_inside);
    bt_fields_length(r, values[OUTSIDE], &across, &layout->margin_outside);
}

static void read_page(bt_layout_reader *l, const bt_json_node *node)
{
    static const bt_length_range sides = {shortest_side, longest_side, 0}, bleeds = {0, BT_PT(72), 0};
    bt_fields_reader *r = &l->fields;
    bt_layout *layout = l->layout;
    const bt_json_node *values[N_PAGE_KEYS];
    if (!node || !bt_fields_read(r, node, &page_fields, values)) return;
    bt_fields_length(r, values[WIDTH], &sides, &layout->width);
    bt_fields_length(r, values[HEIGHT], &sides, &layout->height);
    bt_fields_length(r, values[BLEED], &bleeds, &layout->bleed);
    bt_fields_truth(values[FACING], &layout->is_facing);
    read_margins(l, values[MARGINS]);
}

/* --- grid and columns --- */

enum { FIRST, STEP, N_GRID_KEYS };
static const bt_field grid_keys[N_GRID_KEYS] = {
    [FIRST] = {BT_STR_INIT("first"), BT_TAKES_LENGTH, BT_REQUIRED},
    [STEP] = {BT_STR_INIT("step"), BT_TAKES_LENGTH, BT_REQUIRED},
};
static const bt_fields grid_fields = {"the grid", grid_keys, N_GRID_KEYS};

static void read_grid(bt_layout_reader *l, const bt_json_node *node)
{
    enum { LEAST_LINES = 5 };
    static const bt_length_range steps = {BT_PT(4), BT_PT(100), 0};
    bt_fields_reader *r = &l->fields;
    bt_layout *layout = l->layout;
    const bt_json_node *values[N_GRID_KEYS];
    if (!node || !bt_fields_read(r, node, &grid_fields, values)) return;
    const bt_length_range firsts = {layout->margin_top, layout->height ? layout->height : longest_side, 0};
    bool has_step = bt_fields_length(r, values[STEP], &steps, &layout->step);
    bool has_first = bt_fields_length(r, values[FIRST], &firsts, &layout->grid_first);
    int64_t room = (int64_t)layout->height - layout->margin_bottom - layout->grid_first;
    if (has_step && has_first && layout->height && room < (int64_t)(LEAST_LINES - 1) * layout->step)
        bt_fields_fault(r, BT_E_LAYOUT_GRID_ROOM, values[FIRST]->at, BT_ARGS(bt_fields_count(r, LEAST_LINES)));
}

enum { COUNT, GUTTER, COLUMN_RULE, N_COLUMN_KEYS };
static const bt_field column_keys[N_COLUMN_KEYS] = {
    [COUNT] = {BT_STR_INIT("count"), BT_TAKES_NUMBER, BT_REQUIRED},
    [GUTTER] = {BT_STR_INIT("gutter"), BT_TAKES_LENGTH, BT_REQUIRED},
    [COLUMN_RULE] = {BT_STR_INIT("rule"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
};
static const bt_fields column_fields = {"the columns", column_keys, N_COLUMN_KEYS};

static void check_measure(bt_layout_reader *l, const bt_place *at)
{

    bt_fields_reader *r = &l->fields;
    const bt_layout *layout = l->layout;
    bt_sp width = bt_layout_column_width(layout, bt_layout_page_measure(layout), layout->n_columns);
    if (!layout->width || width >= narrowest_column) return;
    bt_fields_fault(r, BT_E_LAYOUT_COLUMN_NARROW, at,
                    BT_ARGS(bt_fields_count(r, layout->n_columns), bt_fields_shown_length(r, width, false),
                            bt_fields_shown_length(r, narrowest_column, false)));
}

static void read_columns(bt_layout_reader *l, const bt_json_node *node)
{
    enum { MOST_COLUMNS = 8 };
    bt_fields_reader *r = &l->fields;
    bt_layout *layout = l->layout;
    const bt_json_node *values[N_COLUMN_KEYS];
    int32_t n = 0;
    if (!node || !bt_fields_read(r, node, &column_fields, values)) return;
    const bt_length_range gutters = {0, layout->width ? layout->width / 2 : longest_side, 0};
    bool has_gutter = bt_fields_length(r, values[GUTTER], &gutters, &layout->gutter);
    if (bt_fields_integer(r, values[COUNT], 1, MOST_COLUMNS, &n) && has_gutter) {
        layout->n_columns = (uint32_t)n;
        check_measure(l, values[COUNT]->at);
    }
    bt_layout_rule(l, values[COLUMN_RULE], 0, &layout->column_rule);
}

/* --- the file --- */

enum {
    BANTIN_LAYOUT,
    NAME,
    DESCRIPTION,
    DESCRIPTION_VI,
    EXTENDS,
    PAGE,
    GRID,
    COLUMNS,
    COLORS,
    FAMILIES,
    FONTS,
    STYLES,
    FURNITURE,
    BLOCKS,
    COMPOSE,
    SPACING,
    PRINT,
    WORDS,
    PALETTES,
    PALETTE,
    PLATES,
    N_KEYS
};
static const bt_field keys[N_KEYS] = {
    [BANTIN_LAYOUT] = {BT_STR_INIT("bantin_layout"), BT_TAKES_NUMBER, BT_REQUIRED},
    [NAME] = {BT_STR_INIT("name"), BT_TAKES_STRING, 0}, /* each file's own: looked for when it is loaded */
    [DESCRIPTION] = {BT_STR_INIT("description"), BT_TAKES_STRING, 0},
    [DESCRIPTION_VI] = {BT_STR_INIT("description_vi"), BT_TAKES_STRING, 0},
    [EXTENDS] = {BT_STR_INIT("extends"), BT_TAKES_STRING, 0},
    [PAGE] = {BT_STR_INIT("page"), BT_TAKES_OBJECT, BT_REQUIRED},
    [GRID] = {BT_STR_INIT("grid"), BT_TAKES_OBJECT, BT_REQUIRED},
    [COLUMNS] = {BT_STR_INIT("columns"), BT_TAKES_OBJECT, BT_REQUIRED},
    [COLORS] = {BT_STR_INIT("colors"), BT_TAKES_OBJECT, 0},
    [FAMILIES] = {BT_STR_INIT("families"), BT_TAKES_OBJECT, 0},
    [FONTS] = {BT_STR_INIT("fonts"), BT_TAKES_OBJECT, BT_REQUIRED},
    [STYLES] = {BT_STR_INIT("styles"), BT_TAKES_OBJECT, BT_REQUIRED},
    [FURNITURE] = {BT_STR_INIT("furniture"), BT_TAKES_OBJECT, 0},
    [BLOCKS] = {BT_STR_INIT("blocks"), BT_TAKES_OBJECT, BT_REQUIRED},
    [COMPOSE] = {BT_STR_INIT("compose"), BT_TAKES_OBJECT, 0},
    [SPACING] = {BT_STR_INIT("spacing"), BT_TAKES_OBJECT, 0},
    [PRINT] = {BT_STR_INIT("print"), BT_TAKES_OBJECT, 0},
    [WORDS] = {BT_STR_INIT("words"), BT_TAKES_OBJECT, 0},
    [PALETTES] = {BT_STR_INIT("palettes"), BT_TAKES_OBJECT, 0},
    [PALETTE] = {BT_STR_INIT("palette"), BT_TAKES_STRING, 0},
    [PLATES] = {BT_STR_INIT("plates"), BT_TAKES_OBJECT, 0},
};
static const bt_fields fields = {"this layout", keys, N_KEYS};

/* A parent's description does not describe its child. */
static bt_str read_description(const bt_json_node *node, const bt_place *root)
{
    return node && bt_str_equal(node->at->file, root->file) ? bt_str_trim(node->text) : BT_STR("");
}

/* What others refer to is read before them: page and grid, colours, fonts, styles. */
static void read_root(bt_layout_reader *l, const bt_json_node *root)
{
    const bt_json_node *values[N_KEYS];
    if (!bt_fields_read(&l->fields, root, &fields, values)) return;
    l->layout->at = root->at;
    l->layout->name = values[NAME] ? values[NAME]->text : BT_STR("");
    l->layout->description = read_description(values[DESCRIPTION], root->at);
    l->layout->description_vi = read_description(values[DESCRIPTION_VI], root->at);
    l->palettes.node = values[PALETTES];
    l->palettes.normal = values[PALETTE];
    l->palettes.plates = values[PLATES];
    bt_layout_read_colors(l, values[COLORS]);
    read_page(l, values[PAGE]);
    read_grid(l, values[GRID]);
    read_columns(l, values[COLUMNS]);
    bt_layout_read_families(l, values[FAMILIES]);
    bt_layout_read_fonts(l, values[FONTS]);
    bt_layout_read_styles(l, values[STYLES], root->at);
    bt_layout_read_furniture(l, values[FURNITURE]);
    bt_layout_read_blocks(l, values[BLOCKS]);
    bt_layout_read_compose(l, values[COMPOSE]);
    bt_layout_read_spacing(l, values[SPACING]);
    bt_layout_read_print(l, values[PRINT]);
    bt_layout_read_words(l, values[WORDS]);
    bt_layout_close_colors(l);
}

bt_status bt_layout_read(bt_arena *arena, bt_diags *diags, const bt_layout_wanted *wanted, const bt_layout **result)
{
    *result = NULL;
    if (arena->failed) return BT_NOMEM;
    bt_layout_reader l = {.fields = bt_fields_begin(arena, diags), .layout = BT_NEW(arena, bt_layout)};
    if (!l.layout) return BT_NOMEM;
    l.fields.says_once = true; /* a style's values are read again with each style that extends it */
    l.palettes.wanted = wanted->palette;
    bt_layout_search search = {
        .name = wanted->name, .from_dir = wanted->from_dir, .dirs = wanted->dirs, .at = wanted->at};
    const bt_json_node *root = bt_layout_load(&l.fields, &search);
    if (root) read_root(&l, root);
    bt_status status = bt_fields_end(&l.fields);
    if (status == BT_OK) *result = l.layout;
    return status;
}

const bt_style *bt_layout_style(const bt_layout *layout, bt_str name)
{
    for (uint32_t i = 0; i < layout->n_styles; i++)
        if (bt_str_equal(layout->styles[i].name, name)) return &layout->styles[i];
    return NULL;
}
