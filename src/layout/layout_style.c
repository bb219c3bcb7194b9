/* layout_style.c - font roles, rules and styles: names are resolved, and every style is made whole. */
#include "layout/layout_int.h"

/* --- references --- */

void bt_layout_report_name(bt_layout_reader *l, const bt_layout_names *names, bt_str name, const bt_place *at)
{
    enum { MOST_SHOWN = 40 };
    bt_fields_reader *r = &l->fields;
    bt_str near = bt_str_nearest(name, names->v, names->n), shown = bt_fields_quoted(r, name);
    bt_str sort = bt_say(r->diags, bt_str_of(names->sort));
    if (near.len)
        bt_fields_fault(r, BT_E_LAYOUT_NAME_NEAR, at, BT_ARGS(sort, shown, near));
    else if (!names->n)
        bt_fields_fault(r, BT_E_LAYOUT_NAME_NONE, at, BT_ARGS(sort, shown));
    else
        bt_fields_fault(r, BT_E_LAYOUT_NAME, at,
                        BT_ARGS(sort, shown, bt_fields_names(r, names->v, names->n, MOST_SHOWN)));
}

bool bt_layout_find(bt_layout_reader *l, const bt_json_node *node, const bt_layout_names *names, uint32_t *i)
{
    if (!node) return false;
    for (uint32_t k = 0; k < names->n; k++) {
        if (!bt_str_equal(names->v[k], node->text)) continue;
        *i = k;
        return true;
    }
    bt_layout_report_name(l, names, node->text, node->at);
    return false;
}

bool bt_layout_start_names(bt_layout_reader *l, const char *sort, const bt_json_node *node, uint32_t more,
                           bt_layout_names *names)
{
    names->sort = sort;
    names->v = BT_NEW_ARRAY(l->fields.arena, (node ? node->n_children : 0) + more, bt_str);
    for (const bt_json_node *member = node ? node->child : NULL; names->v && member; member = member->next)
        names->v[names->n++] = member->key;
    return names->v != NULL;
}

/* --- fonts --- */

enum { FAMILY, FALLBACK, N_FONT_KEYS };
static const bt_field font_keys[N_FONT_KEYS] = {
    [FAMILY] = {BT_STR_INIT("family"), BT_TAKES_STRING, BT_REQUIRED},
    [FALLBACK] = {BT_STR_INIT("fallback"), BT_TAKES_ARRAY, 0},
};
static const bt_fields font_fields = {"this font", font_keys, N_FONT_KEYS};

static void read_font(bt_layout_reader *l, const bt_json_node *node, bt_font_role *font)
{
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_FONT_KEYS];
    *font = (bt_font_role){.name = node->key, .family = BT_STR(""), .at = node->at};
    if (!bt_fields_read(r, node, &font_fields, values)) return;
    if (values[FAMILY]) {
        font->family = values[FAMILY]->text;
        font->at = values[FAMILY]->at;
    }
    const bt_json_node *list = values[FALLBACK];
    bt_str *fallback = list ? BT_NEW_ARRAY(r->arena, list->n_children, bt_str) : NULL;
    if (!fallback) return;
    for (const bt_json_node *item = list->child; item; item = item->next)
        if (bt_fields_expect(r, item, BT_TAKES_STRING, NULL)) fallback[font->n_fallback++] = item->text;
    font->fallback = fallback;
}

void bt_layout_read_fonts(bt_layout_reader *l, const bt_json_node *node)
{
    l->fonts = BT_NEW_ARRAY(l->fields.arena, node ? node->n_children : 0, bt_font_role);
    if (!bt_layout_start_names(l, "font", node, 0, &l->font_names) || !l->fonts) return;
    uint32_t i = 0;
    for (const bt_json_node *member = node ? node->child : NULL; member; member = member->next)
        read_font(l, member, &l->fonts[i++]);
    if (node && !node->n_children) bt_fields_fault(&l->fields, BT_E_LAYOUT_NO_FONTS, node->at, BT_NO_ARGS);
}

/* --- values that several sections have --- */

void bt_layout_length(bt_layout_reader *l, const bt_json_node *node, bt_sp *length)
{
    static const bt_length_range any = {0, BT_LAYOUT_LONGEST, 0};
    bt_fields_length(&l->fields, node, &any, length);
}

bool bt_layout_align(bt_layout_reader *l, const bt_json_node *node, bt_align *align)
{
    static const bt_str names[] = {BT_STR_INIT("left"),    BT_STR_INIT("right"),  BT_STR_INIT("center"),
                                   BT_STR_INIT("justify"), BT_STR_INIT("inside"), BT_STR_INIT("outside")};
    static const bt_align values[] = {BT_ALIGN_LEFT,    BT_ALIGN_RIGHT,  BT_ALIGN_CENTER,
                                      BT_ALIGN_JUSTIFY, BT_ALIGN_INSIDE, BT_ALIGN_OUTSIDE};
    uint32_t choice;
    if (!bt_fields_choice(&l->fields, node, names, 6, &choice)) return false;
    *align = values[choice];
    return true;
}

bool bt_layout_span(bt_layout_reader *l, const bt_json_node *node, bool *spans_page)
{
    static const bt_str names[] = {BT_STR_INIT("column"), BT_STR_INIT("page")};
    uint32_t choice;
    if (!bt_fields_choice(&l->fields, node, names, 2, &choice)) return false;
    *spans_page = choice == 1;
    return true;
}

void bt_layout_tracking(bt_layout_reader *l, const bt_json_node *node, int32_t least, int32_t most, int32_t *tracking)
{
    enum { DECIMALS = 3 };
    bt_fields_reader *r = &l->fields;
    int64_t value;
    if (!node) return;
    bool is_em = bt_str_ends(node->text, BT_STR("em"));
    bt_str number = bt_str_trim(bt_str_slice(node->text, 0, is_em ? node->text.len - 2 : 0));
    if (is_em && bt_fixed_parse(number, DECIMALS, &value) && value >= least && value <= most) {
        *tracking = (int32_t)value;
        return;
    }
    bt_buf from = bt_buf_in(&r->words), to = bt_buf_in(&r->words);
    bt_buf_add_fixed(&from, least, DECIMALS);
    bt_buf_add_fixed(&to, most, DECIMALS);
    bt_fields_fault(r, BT_E_LAYOUT_TRACKING, node->at,
                    BT_ARGS(bt_fields_quoted(r, node->text), bt_buf_str(&from), bt_buf_str(&to)));
}

enum { RULE_WEIGHT, RULE_COLOR, RULE_GAP, RULE_LENGTH, N_RULE_KEYS };
static const bt_field rule_keys[N_RULE_KEYS] = {
    [RULE_WEIGHT] = {BT_STR_INIT("weight"), BT_TAKES_LENGTH, BT_REQUIRED},
    [RULE_COLOR] = {BT_STR_INIT("color"), BT_TAKES_STRING, 0},
    [RULE_GAP] = {BT_STR_INIT("gap"), BT_TAKES_LENGTH, 0},
    [RULE_LENGTH] = {BT_STR_INIT("length"), BT_TAKES_LENGTH, 0},
};
static const bt_fields rule_fields = {"this rule", rule_keys, N_RULE_KEYS};

void bt_layout_rule(bt_layout_reader *l, const bt_json_node *node, bt_sp em, bt_rule_style *rule)
{

    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_RULE_KEYS];
    *rule = (bt_rule_style){0};
    if (!node) return;
    if (node->kind == BT_JSON_STRING && bt_str_is(node->text, "none")) return;
    if (!bt_fields_expect(r, node, BT_TAKES_OBJECT, "write {\"weight\": \"0.5pt\"}, or \"none\" for no rule")) return;
    if (!bt_fields_read(r, node, &rule_fields, values)) return;
    const bt_length_range weight = {0, BT_PT(36), em}, any = {0, BT_LAYOUT_LONGEST, em};
    rule->color = bt_layout_ink(l);
    bt_fields_length(r, values[RULE_WEIGHT], &weight, &rule->weight);
    bt_fields_length(r, values[RULE_GAP], &any, &rule->gap);
    bt_fields_length(r, values[RULE_LENGTH], &any, &rule->length);
    bt_layout_color_of(l, values[RULE_COLOR], &rule->color);
}

/* --- styles --- */

enum {
    EXTENDS,
    FONT,
    WEIGHT,
    ITALIC,
    COLOR,
    SIZE,
    LEADING,
    ALIGN,
    FIRST_INDENT,
    INDENT_LEFT,
    INDENT_RIGHT,
    SPACE_BEFORE,
    SPACE_AFTER,
    CASE,
    FIGURES,
    BALANCE,
    HANG,
    TRACKING,
    SPAN,
    RULE_ABOVE,
    RULE_BELOW,
    BACKGROUND,
    PAD_X,
    PAD_Y,
    BACKGROUND_EXTENT,
    N_STYLE_KEYS
};
static const bt_field style_keys[N_STYLE_KEYS] = {
    [EXTENDS] = {BT_STR_INIT("extends"), BT_TAKES_STRING, 0},
    [FONT] = {BT_STR_INIT("font"), BT_TAKES_STRING, 0},
    [WEIGHT] = {BT_STR_INIT("weight"), BT_TAKES_STRING, 0},
    [ITALIC] = {BT_STR_INIT("italic"), BT_TAKES_BOOL, 0},
    [COLOR] = {BT_STR_INIT("color"), BT_TAKES_STRING, 0},
    [SIZE] = {BT_STR_INIT("size"), BT_TAKES_LENGTH, 0},
    [LEADING] = {BT_STR_INIT("leading"), BT_TAKES_LENGTH, 0},
    [ALIGN] = {BT_STR_INIT("align"), BT_TAKES_STRING, 0},
    [FIRST_INDENT] = {BT_STR_INIT("first_indent"), BT_TAKES_LENGTH, 0},
    [INDENT_LEFT] = {BT_STR_INIT("indent_left"), BT_TAKES_LENGTH, 0},
    [INDENT_RIGHT] = {BT_STR_INIT("indent_right"), BT_TAKES_LENGTH, 0},
    [SPACE_BEFORE] = {BT_STR_INIT("space_before"), BT_TAKES_LENGTH | BT_TAKES_ARRAY, 0},
    [SPACE_AFTER] = {BT_STR_INIT("space_after"), BT_TAKES_LENGTH, 0},
    [CASE] = {BT_STR_INIT("case"), BT_TAKES_STRING, 0},
    [FIGURES] = {BT_STR_INIT("figures"), BT_TAKES_STRING, 0},
    [BALANCE] = {BT_STR_INIT("balance"), BT_TAKES_BOOL, 0},
    [HANG] = {BT_STR_INIT("hang"), BT_TAKES_BOOL, 0},
    [TRACKING] = {BT_STR_INIT("tracking"), BT_TAKES_STRING, 0},
    [SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [RULE_ABOVE] = {BT_STR_INIT("rule_above"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [RULE_BELOW] = {BT_STR_INIT("rule_below"), BT_TAKES_OBJECT | BT_TAKES_STRING, 0},
    [BACKGROUND] = {BT_STR_INIT("background"), BT_TAKES_STRING, 0},
    [PAD_X] = {BT_STR_INIT("pad_x"), BT_TAKES_LENGTH, 0},
    [PAD_Y] = {BT_STR_INIT("pad_y"), BT_TAKES_LENGTH, 0},
    [BACKGROUND_EXTENT] = {BT_STR_INIT("background_extent"), BT_TAKES_STRING, 0},
};
static const bt_fields style_fields = {"this style", style_keys, N_STYLE_KEYS};

/* Lays the style over the one that it extends. */
static void resolve_sheet(bt_layout_reader *l, bt_layout_sheet *sheet)
{
    bt_fields_reader *r = &l->fields;
    uint32_t i;
    if (sheet->state == BT_LAYOUT_DONE) return;
    sheet->state = BT_LAYOUT_BUSY;
    sheet->whole = sheet->own;
    const bt_json_node *extends = bt_json_find(sheet->own, "extends");
    if (extends && extends->kind == BT_JSON_STRING && bt_layout_find(l, extends, &l->style_names, &i)) {
        bt_layout_sheet *parent = &l->sheets[i];
        if (parent->state == BT_LAYOUT_BUSY)
            bt_fields_fault(r, BT_E_LAYOUT_STYLE_CIRCLE, extends->at, BT_ARGS(bt_fields_quoted(r, extends->text)));
        else {
            resolve_sheet(l, parent);
            if (parent->own->kind == BT_JSON_OBJECT)
                sheet->whole = bt_layout_merge(r->arena, parent->whole, sheet->own);
        }
    }
    sheet->state = BT_LAYOUT_DONE;
}

/* What a style lacks that extends another one, that one lacks as well, or its fault is reported already. */
static void report_lack(bt_layout_reader *l, const bt_json_node *node, const char *key)
{
    if (bt_json_find(node, "extends")) return;
    bt_fields_fault(&l->fields, BT_E_LAYOUT_STYLE_LACKS, node->at,
                    BT_ARGS(bt_fields_quoted(&l->fields, node->key), bt_str_of(key)));
}

static void read_leading(bt_layout_reader *l, const bt_json_node *node, const bt_json_node *whole, bt_style *style)
{
    bt_fields_reader *r = &l->fields;
    static const bt_str words[] = {BT_STR_INIT("grid")};
    const bt_length_range range = {style->size, BT_LAYOUT_LONGEST, style->size};
    bt_str near = node ? bt_str_nearest(node->text, words, 1) : BT_STR("");
    uint32_t choice;
    if (near.len && !bt_fields_choice(r, node, words, 1, &choice)) return;
    if (node && !near.len) {
        bt_fields_length(r, node, &range, &style->leading);
        return;
    }
    bt_sp step = l->layout->step;
    if (step && style->size > step)
        bt_fields_fault(r, BT_E_LAYOUT_STYLE_GRID, whole->at,
                        BT_ARGS(bt_fields_quoted(r, style->name), bt_fields_shown_length(r, style->size, true),
                                bt_fields_shown_length(r, step, true)));
}

/* One end of "space_before"; a bare number counts in points. */
static bool read_space(bt_layout_reader *l, const bt_json_node *node, const bt_length_range *range, bt_sp *space)
{
    enum { DECIMALS = 3, MOST = 1000 * 1000 };
    bt_fields_reader *r = &l->fields;
    int32_t points;
    if (!bt_fields_expect(r, node, BT_TAKES_LENGTH | BT_TAKES_NUMBER, NULL)) return false;
    if (node->kind == BT_JSON_STRING) return bt_fields_length(r, node, range, space);
    if (!bt_fields_number(r, node, DECIMALS, 0, MOST, &points)) return false;
    *space = (bt_sp)bt_mul_div(points, BT_SP_PER_PT, 1000);
    return true;
}

static void read_space_before(bt_layout_reader *l, const bt_json_node *node, bt_style *style)
{
    bt_fields_reader *r = &l->fields;
    const bt_length_range range = {0, BT_LAYOUT_LONGEST, style->size};
    if (!node) return;
    if (node->kind == BT_JSON_STRING) {
        bt_fields_length(r, node, &range, &style->space_before_min);
        style->space_before_max = style->space_before_min;
        return;
    }
    if (node->n_children != 2) {
        bt_fields_fault(r, BT_E_LAYOUT_SPACE_PAIR, node->at, BT_ARGS(bt_fields_count(r, node->n_children)));
        return;
    }
    bool has_both = read_space(l, node->child, &range, &style->space_before_min);
    has_both = read_space(l, node->child->next, &range, &style->space_before_max) && has_both;
    if (has_both && style->space_before_min > style->space_before_max)
        bt_fields_fault(r, BT_E_LAYOUT_SPACE_ORDER, node->at, BT_NO_ARGS);
}

static const bt_str role_names[BT_N_STYLE_ROLES] = {
#define X(id, name) [BT_STYLE_##id] = BT_STR_INIT(name),
    BT_STYLE_ROLES(X)
#undef X
#define X(id, name, instead) [BT_STYLE_##id] = BT_STR_INIT(name),
        BT_OPTIONAL_STYLE_ROLES(X)
#undef X
};

/* Of the optional roles: whose style they take. */
static const bt_style_role role_instead[BT_N_STYLE_ROLES] = {
#define X(id, name, instead) [BT_STYLE_##id] = BT_STYLE_##instead,
    BT_OPTIONAL_STYLE_ROLES(X)
#undef X
};

/* The width that a style's text has: a column's, or the page's for what spans it and for styles of the furniture alone.
 */
static bt_sp width_for(const bt_layout_reader *l, const bt_style *style)
{
    bool is_role = false;
    for (uint32_t i = 0; i < BT_N_STYLE_ROLES; i++) is_role = is_role || bt_str_equal(style->name, role_names[i]);
    return is_role && !style->spans_page ? bt_layout_text_column(l->layout) : bt_layout_page_measure(l->layout);
}

static void read_indents(bt_layout_reader *l, const bt_json_node **values, const bt_json_node *whole, bt_style *style)
{
    bt_fields_reader *r = &l->fields;
    const bt_length_range positive = {0, BT_LAYOUT_LONGEST, style->size};
    const bt_length_range any = {-BT_LAYOUT_LONGEST, BT_LAYOUT_LONGEST, style->size};
    bt_fields_length(r, values[INDENT_LEFT], &positive, &style->indent_left);
    bt_fields_length(r, values[INDENT_RIGHT], &positive, &style->indent_right);
    bt_fields_length(r, values[FIRST_INDENT], &any, &style->first_indent);
    if ((int64_t)style->first_indent + style->indent_left < 0)
        bt_fields_fault(r, BT_E_LAYOUT_FIRST_INDENT, values[FIRST_INDENT]->at, BT_NO_ARGS);
    bt_sp column = width_for(l, style);
    int64_t both = (int64_t)style->indent_left + style->indent_right;
    if (column > 0 && both > column / 2)
        bt_fields_fault(r, BT_E_LAYOUT_INDENTS, whole->at,
                        BT_ARGS(bt_fields_quoted(r, style->name), bt_fields_shown_length(r, column, false)));
}

static void read_choices(bt_layout_reader *l, const bt_json_node **values, bt_style *style)
{
    static const bt_str weights[] = {BT_STR_INIT("regular"), BT_STR_INIT("bold")};
    static const bt_str cases[] = {BT_STR_INIT("normal"), BT_STR_INIT("upper")};
    static const bt_str figures[] = {BT_STR_INIT("normal"), BT_STR_INIT("tabular")};
    static const bt_str extents[] = {BT_STR_INIT("measure"), BT_STR_INIT("text")};
    bt_fields_reader *r = &l->fields;
    uint32_t choice;
    if (bt_fields_choice(r, values[WEIGHT], weights, 2, &choice)) style->is_bold = choice == 1;
    if (bt_fields_choice(r, values[CASE], cases, 2, &choice)) style->is_upper = choice == 1;
    if (bt_fields_choice(r, values[FIGURES], figures, 2, &choice)) style->is_tabular = choice == 1;
    if (bt_fields_choice(r, values[BACKGROUND_EXTENT], extents, 2, &choice)) style->background_hugs = choice == 1;
    bt_fields_truth(values[ITALIC], &style->is_italic);
    bt_fields_truth(values[BALANCE], &style->is_balanced);
    bt_fields_truth(values[HANG], &style->hangs);
    bt_layout_align(l, values[ALIGN], &style->align);
    bt_layout_span(l, values[SPAN], &style->spans_page);
}

static void read_style(bt_layout_reader *l, const bt_json_node *whole, bt_style *style)
{
    enum { LEAST_TRACKING = -100, MOST_TRACKING = 1000 };
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_STYLE_KEYS];
    uint32_t font_i;
    *style = (bt_style){.name = whole->key, .at = whole->at, .size = BT_PT(10), .color = bt_layout_ink(l)};
    if (!bt_fields_read(r, whole, &style_fields, values)) return;
    static const bt_length_range sizes = {BT_PT(3), BT_PT(400), 0};
    if (!bt_fields_length(r, values[SIZE], &sizes, &style->size) && !bt_json_find(whole, "size"))
        report_lack(l, whole, "size");
    if (bt_layout_find(l, values[FONT], &l->font_names, &font_i))
        style->font = &l->fonts[font_i];
    else if (!bt_json_find(whole, "font"))
        report_lack(l, whole, "font");
    bt_layout_color_of(l, values[COLOR], &style->color);
    read_leading(l, values[LEADING], whole, style);
    read_choices(l, values, style);
    read_indents(l, values, whole, style);
    const bt_length_range any = {0, BT_LAYOUT_LONGEST, style->size};
    read_space_before(l, values[SPACE_BEFORE], style);
    bt_fields_length(r, values[SPACE_AFTER], &any, &style->space_after);
    bt_layout_tracking(l, values[TRACKING], LEAST_TRACKING, MOST_TRACKING, &style->tracking);
    bt_layout_rule(l, values[RULE_ABOVE], style->size, &style->rule_above);
    bt_layout_rule(l, values[RULE_BELOW], style->size, &style->rule_below);
    style->has_background = bt_layout_background(l, values[BACKGROUND], &style->background);
    bt_fields_length(r, values[PAD_X], &any, &style->pad_x);
    bt_fields_length(r, values[PAD_Y], &any, &style->pad_y);
}

/* Every role has its style; all that lack one and must not are named at once. */
static void find_roles(bt_layout_reader *l, const bt_place *at)
{
    enum { MOST_BODY = 72, LEAST_BODY = 4 };
    bt_fields_reader *r = &l->fields;
    bt_str missing[BT_N_STYLE_ROLES];
    uint32_t n_missing = 0;
    for (uint32_t role = 0; role < BT_N_STYLE_ROLES; role++) {
        uint32_t i = 0;
        while (i < l->style_names.n && !bt_str_equal(l->style_names.v[i], role_names[role])) i++;
        if (i < l->style_names.n)
            l->layout->role[role] = &l->styles[i];
        else if (role < BT_N_NEEDED_STYLE_ROLES)
            missing[n_missing++] = role_names[role];
        else
            l->layout->role[role] = l->layout->role[role_instead[role]];
    }
    if (n_missing)
        bt_fields_fault(r, BT_E_LAYOUT_ROLES, at, BT_ARGS(bt_fields_names(r, missing, n_missing, n_missing)));
    const bt_style *body = l->layout->role[BT_STYLE_BODY];
    if (body && (body->size < BT_PT(LEAST_BODY) || body->size > BT_PT(MOST_BODY)))
        bt_fields_fault(r, BT_E_LAYOUT_BODY_SIZE, body->at, BT_ARGS(bt_fields_shown_length(r, body->size, true)));
}

void bt_layout_read_styles(bt_layout_reader *l, const bt_json_node *node, const bt_place *root)
{
    bt_fields_reader *r = &l->fields;
    if (!node) return;
    if (node->n_children > BT_LIMIT_STYLES) {
        bt_fields_limit(r, BT_E_LAYOUT_STYLES, node->at,
                        BT_ARGS(bt_fields_count(r, node->n_children), bt_fields_count(r, BT_LIMIT_STYLES)));
        return;
    }
    l->sheets = BT_NEW_ARRAY(r->arena, node->n_children, bt_layout_sheet);
    l->styles = BT_NEW_ARRAY(r->arena, node->n_children, bt_style);
    if (!bt_layout_start_names(l, "style", node, 0, &l->style_names) || !l->sheets || !l->styles) return;
    uint32_t i = 0;
    for (const bt_json_node *member = node->child; member; member = member->next) l->sheets[i++].own = member;
    for (i = 0; i < node->n_children; i++) {
        resolve_sheet(l, &l->sheets[i]);
        read_style(l, l->sheets[i].whole, &l->styles[i]);
    }
    l->layout->styles = l->styles;
    l->layout->n_styles = node->n_children;
    find_roles(l, root);
}
