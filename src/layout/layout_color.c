/* layout_color.c - colours and palettes: a palette's colours stand in for the layout's own, then all are resolved into
 * inks. Every palette is checked as it is read; one of them is kept. */
#include "layout/layout_int.h"

/* --- one colour --- */

enum { CMYK, SPOT, OF, PERCENT, N_COLOR_KEYS };
static const bt_field color_keys[N_COLOR_KEYS] = {
    [CMYK] = {BT_STR_INIT("cmyk"), BT_TAKES_ARRAY, 0},
    [SPOT] = {BT_STR_INIT("spot"), BT_TAKES_STRING, 0},
    [OF] = {BT_STR_INIT("of"), BT_TAKES_STRING, 0},
    [PERCENT] = {BT_STR_INIT("percent"), BT_TAKES_NUMBER, 0},
};
static const bt_fields color_fields = {"this colour", color_keys, N_COLOR_KEYS};

enum { PERCENT_DECIMALS = 2 };

static void read_cmyk(bt_layout_reader *l, const bt_json_node *array, bt_ink *ink)
{
    bt_fields_reader *r = &l->fields;
    uint16_t *inks[] = {&ink->c, &ink->m, &ink->y, &ink->k};
    const bt_json_node *node = array->child;
    if (array->n_children != 4) {
        bt_fields_fault(r, BT_E_LAYOUT_CMYK, array->at, BT_ARGS(bt_fields_count(r, array->n_children)));
        return;
    }
    for (size_t i = 0; node && i < 4; i++, node = node->next) {
        int32_t percent;
        if (!bt_fields_expect(r, node, BT_TAKES_NUMBER, NULL)) continue;
        if (bt_fields_number(r, node, PERCENT_DECIMALS, 0, BT_INK_WHOLE, &percent)) *inks[i] = (uint16_t)percent;
    }
}

static void resolve_color(bt_layout_reader *l, bt_layout_color *color);

static void read_tint(bt_layout_reader *l, const bt_json_node *of, const bt_json_node *percent, bt_ink *ink)
{
    bt_fields_reader *r = &l->fields;
    int32_t part = BT_INK_WHOLE;
    uint32_t i;
    bt_fields_number(r, percent, PERCENT_DECIMALS, 0, BT_INK_WHOLE, &part);
    if (!bt_layout_find(l, of, &l->color_names, &i)) return;
    bt_layout_color *base = &l->colors[i];
    if (base->state == BT_LAYOUT_BUSY) {
        /* Where a palette closes the circle, the fault is there and not in a parent that was sound. */
        const bt_json_node *closing = base->node == base->own ? of : bt_json_find(base->node, "of");
        bt_fields_fault(r, BT_E_LAYOUT_COLOR_CIRCLE, closing->at, BT_ARGS(bt_fields_quoted(r, closing->text)));
        return;
    }
    resolve_color(l, base);
    *ink = bt_ink_tint(base->ink, part);
}

/* --- spot colours --- */

/* Names that a press would take for the same ink: letters in either case, blanks or none. */
static bool is_similar(bt_str a, bt_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && a.ptr[i] == ' ') i++;
        while (k < b.len && b.ptr[k] == ' ') k++;
        if (i == a.len || k == b.len) return i == a.len && k == b.len;
        char x = a.ptr[i++], y = b.ptr[k++];
        if (x >= 'A' && x <= 'Z') x = (char)(x - 'A' + 'a');
        if (y >= 'A' && y <= 'Z') y = (char)(y - 'A' + 'a');
        if (x != y) return false;
    }
}

/* A name that can stand on a plate, and in a PDF. */
static bool check_spot_name(bt_layout_reader *l, const bt_json_node *node)
{
    static const char *const reserved[] = {"Cyan", "Magenta", "Yellow", "Black", "All", "None"};
    bt_fields_reader *r = &l->fields;
    bool is_good =
        node->text.len && node->text.len <= BT_LIMIT_SPOT_BYTES && bt_str_trim(node->text).len == node->text.len;
    for (size_t i = 0; i < node->text.len; i++)
        is_good = is_good && (unsigned char)node->text.ptr[i] >= ' ' && node->text.ptr[i] != 0x7F;
    if (!is_good) {
        bt_fields_fault(r, BT_E_LAYOUT_SPOT_NAME, node->at,
                        BT_ARGS(bt_fields_quoted(r, node->text), bt_fields_count(r, BT_LIMIT_SPOT_BYTES)));
        return false;
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (!is_similar(node->text, bt_str_of(reserved[i]))) continue;
        bt_fields_fault(r, BT_E_LAYOUT_SPOT_RESERVED, node->at, BT_ARGS(bt_fields_quoted(r, node->text)));
        return false;
    }
    return true;
}

/* Several colours may be the same spot; then they give it the same equivalent. */
static void read_spot(bt_layout_reader *l, const bt_json_node *node, bt_ink *ink)
{
    bt_fields_reader *r = &l->fields;
    bt_layout_palettes *p = &l->palettes;
    if (!check_spot_name(l, node)) return;
    uint32_t i = 0;
    while (i < p->n_spots && !is_similar(p->spots[i].name, node->text)) i++;
    if (i == BT_LIMIT_SPOTS) {
        bt_fields_limit(r, BT_E_LAYOUT_SPOTS, node->at, BT_ARGS(bt_fields_count(r, BT_LIMIT_SPOTS)));
        return;
    }
    if (i == p->n_spots) p->spots[p->n_spots++] = (bt_spot_ink){node->text, *ink};
    const bt_spot_ink *spot = &p->spots[i];
    bt_str name = bt_fields_quoted(r, node->text);
    if (!bt_str_equal(spot->name, node->text))
        bt_fields_fault(r, BT_E_LAYOUT_SPOT_SIMILAR, node->at, BT_ARGS(name, bt_fields_quoted(r, spot->name)));
    else if (!bt_ink_equal(spot->equivalent, *ink))
        bt_fields_fault(r, BT_E_LAYOUT_SPOT_TWICE, node->at, BT_ARGS(name));
    ink->spot = (uint16_t)(i + 1);
    ink->tint = BT_INK_WHOLE;
}

/* --- all colours --- */

static void resolve_color(bt_layout_reader *l, bt_layout_color *color)
{
    bt_fields_reader *r = &l->fields;
    const bt_json_node *values[N_COLOR_KEYS];
    if (color->state == BT_LAYOUT_DONE) return;
    color->state = BT_LAYOUT_BUSY;
    color->ink = color->built_in;
    if (color->node && bt_fields_read(r, color->node, &color_fields, values)) {
        const bt_json_node *cmyk = values[CMYK], *spot = values[SPOT], *of = values[OF];
        color->ink = (bt_ink){.c = 0};
        if (cmyk && !of && !values[PERCENT]) {
            read_cmyk(l, cmyk, &color->ink);
            if (spot) read_spot(l, spot, &color->ink);
        } else if (of && !cmyk && !spot)
            read_tint(l, of, values[PERCENT], &color->ink);
        else if (spot && !cmyk && !of && !values[PERCENT] && !bt_json_find(color->node, "cmyk"))
            bt_fields_fault(r, BT_E_LAYOUT_SPOT_ALONE, color->node->at, BT_ARGS(bt_fields_quoted(r, spot->text)));
        else if (cmyk || of || spot || values[PERCENT] || !color->node->n_children)
            bt_fields_fault(r, BT_E_LAYOUT_COLOR, color->node->at, BT_NO_ARGS);
    }
    color->state = BT_LAYOUT_DONE;
}

/* Resolves all colours in a palette; NULL: as they stand. */
static void resolve_in(bt_layout_reader *l, const bt_json_node *palette)
{
    l->palettes.n_spots = 0;
    for (uint32_t i = 0; i < l->color_names.n; i++) {
        bt_layout_color *color = &l->colors[i];
        const bt_json_node *over = palette ? bt_layout_member(palette, l->color_names.v[i]) : NULL;
        color->node = over ? over : color->own;
        color->state = BT_LAYOUT_NEW;
    }
    for (uint32_t i = 0; i < l->color_names.n; i++) resolve_color(l, &l->colors[i]);
}

static bool find_name(const bt_layout_names *names, bt_str name, uint32_t *i)
{
    for (*i = 0; *i < names->n; (*i)++)
        if (bt_str_equal(names->v[*i], name)) return true;
    return false;
}

static bool list_colors(bt_layout_reader *l, const bt_json_node *node)
{
    enum { N_OWN = 2 };
    static const struct {
        const char *name;
        bt_ink ink;
    } own[N_OWN] = {{"paper", {.k = 0}}, {"ink", {.k = BT_INK_WHOLE}}};
    bt_layout_names *names = &l->color_names;
    l->colors = BT_NEW_ARRAY(l->fields.arena, (node ? node->n_children : 0) + N_OWN, bt_layout_color);
    if (!bt_layout_start_names(l, "colour", node, N_OWN, names) || !l->colors) return false;
    uint32_t i = 0;
    for (const bt_json_node *member = node ? node->child : NULL; member; member = member->next) {
        if (bt_str_is(member->key, "none"))
            bt_fields_fault(&l->fields, BT_E_LAYOUT_COLOR_NONE, member->key_at, BT_NO_ARGS);
        l->colors[i++].own = member;
    }
    for (size_t k = 0; k < N_OWN; k++) {
        if (find_name(names, bt_str_of(own[k].name), &i)) continue;
        l->colors[names->n].built_in = own[k].ink;
        names->v[names->n++] = bt_str_of(own[k].name);
    }
    return true;
}

/* --- palettes --- */

static void check_palette(bt_layout_reader *l, const bt_json_node *palette)
{
    uint32_t i;
    if (!bt_fields_expect(&l->fields, palette, BT_TAKES_OBJECT, NULL)) return;
    for (const bt_json_node *member = palette->child; member; member = member->next)
        if (!find_name(&l->color_names, member->key, &i))
            bt_layout_report_name(l, &l->color_names, member->key, member->key_at);
    resolve_in(l, palette);
}

static void report_palette(bt_layout_reader *l)
{
    enum { MOST_SHOWN = BT_LIMIT_PALETTES };
    bt_fields_reader *r = &l->fields;
    const bt_layout_names *names = &l->palettes.names;
    bt_str layout = bt_fields_quoted(r, l->layout->name), wanted = bt_fields_quoted(r, l->palettes.wanted);
    bt_str near = bt_str_nearest(l->palettes.wanted, names->v, names->n);
    if (!names->n)
        bt_fields_fault(r, BT_E_LAYOUT_NO_PALETTES, NULL, BT_ARGS(layout));
    else if (near.len)
        bt_fields_fault(r, BT_E_LAYOUT_PALETTE_NEAR, NULL, BT_ARGS(layout, wanted, near));
    else
        bt_fields_fault(r, BT_E_LAYOUT_PALETTE, NULL,
                        BT_ARGS(layout, wanted, bt_fields_names(r, names->v, names->n, MOST_SHOWN)));
}

/* The palette wanted, the layout's default, "four", or none. */
static uint32_t choose(bt_layout_reader *l)
{
    const bt_layout_palettes *p = &l->palettes;
    uint32_t i, normal_i;
    bool has_normal = bt_layout_find(l, p->normal, &p->names, &normal_i);
    if (p->wanted.len) {
        if (find_name(&p->names, p->wanted, &i)) return i;
        report_palette(l);
        return UINT32_MAX;
    }
    if (has_normal) return normal_i;
    return find_name(&p->names, BT_STR("four"), &i) ? i : UINT32_MAX;
}

/* NULL: the colours as they stand. */
static const bt_json_node *chosen_node(const bt_layout_palettes *p)
{
    return p->node && p->chosen_i < p->names.n ? bt_layout_member(p->node, p->names.v[p->chosen_i]) : NULL;
}

/* How many plates each palette allows. */
static void read_plates(bt_layout_reader *l)
{
    enum { MOST_PLATES = 4 + BT_LIMIT_SPOTS };
    const bt_layout_palettes *p = &l->palettes;
    for (const bt_json_node *node = p->plates ? p->plates->child : NULL; node; node = node->next) {
        uint32_t i;
        int32_t n;
        bool is_known = find_name(&p->names, node->key, &i);
        if (!is_known) bt_layout_report_name(l, &p->names, node->key, node->key_at);
        if (!bt_fields_expect(&l->fields, node, BT_TAKES_NUMBER, NULL)) continue;
        if (!bt_fields_integer(&l->fields, node, 1, MOST_PLATES, &n)) continue;
        if (is_known && i == p->chosen_i) l->layout->n_plates = (uint32_t)n;
    }
}

void bt_layout_read_colors(bt_layout_reader *l, const bt_json_node *node)
{
    bt_fields_reader *r = &l->fields;
    bt_layout_palettes *p = &l->palettes;
    p->chosen_i = UINT32_MAX;
    if (p->node && p->node->n_children > BT_LIMIT_PALETTES) {
        bt_fields_limit(r, BT_E_LAYOUT_PALETTES, p->node->at,
                        BT_ARGS(bt_fields_count(r, p->node->n_children), bt_fields_count(r, BT_LIMIT_PALETTES)));
        p->node = NULL;
    }
    if (!list_colors(l, node) || !bt_layout_start_names(l, "palette", p->node, 0, &p->names)) return;
    find_name(&l->color_names, BT_STR("ink"), &l->ink_i);
    resolve_in(l, NULL);
    for (const bt_json_node *member = p->node ? p->node->child : NULL; member; member = member->next)
        check_palette(l, member);
    p->chosen_i = choose(l);
    resolve_in(l, chosen_node(p));
    bt_spot_ink *spots = BT_NEW_ARRAY(r->arena, p->n_spots, bt_spot_ink);
    if (!spots) return;
    for (uint32_t i = 0; i < p->n_spots; i++) spots[i] = p->spots[i];
    l->layout->spots = spots;
    l->layout->n_spots = p->n_spots;
    read_plates(l);
}

/* --- what a palette prints with --- */

static const char *const process_names[4] = {"cyan", "magenta", "yellow", "black"};

static bool prints(const bt_ink *ink, uint32_t process_i)
{
    const uint16_t inks[4] = {ink->c, ink->m, ink->y, ink->k};
    return !ink->spot && inks[process_i];
}

static bool prints_spot(const bt_ink *ink, uint32_t spot_i) { return ink->spot == spot_i + 1 && ink->tint; }

/* The first colour in use that needs a plate: a process ink, or after the four a spot; NULL: none does. */
static const bt_layout_color *user_of(const bt_layout_reader *l, uint32_t plate_i)
{
    for (uint32_t i = 0; i < l->color_names.n; i++) {
        const bt_layout_color *color = &l->colors[i];
        if (!color->is_used) continue;
        if (plate_i < 4 ? prints(&color->ink, plate_i) : prints_spot(&color->ink, plate_i - 4)) return color;
    }
    return NULL;
}

static bt_palette describe(bt_layout_reader *l, const bt_json_node *node)
{
    const bt_layout_palettes *p = &l->palettes;
    bt_palette palette = {.name = node->key, .at = node->at};
    resolve_in(l, node);
    for (uint32_t i = 0; i < 4; i++) palette.prints_process[i] = user_of(l, i) != NULL;
    bt_str *names = BT_NEW_ARRAY(l->fields.arena, p->n_spots, bt_str);
    for (uint32_t i = 0; names && i < p->n_spots; i++)
        if (user_of(l, 4 + i)) names[palette.n_spots++] = p->spots[i].name;
    palette.spots = names;
    return palette;
}

/* Colours are those of the palette chosen. */
static void check_plates(bt_layout_reader *l)
{
    bt_fields_reader *r = &l->fields;
    const bt_layout_palettes *p = &l->palettes;
    bt_buf list = bt_buf_in(&r->words);
    uint32_t n = 0;
    for (uint32_t i = 0; i < 4 + p->n_spots; i++) {
        const bt_layout_color *color = user_of(l, i);
        if (!color) continue;
        bt_str plate = i < 4 ? bt_say(r->diags, bt_str_of(process_names[i])) : p->spots[i - 4].name;
        bt_str user = bt_fields_quoted(r, l->color_names.v[color - l->colors]);
        bt_buf_format(&list, "%s%.*s (%.*s)", n ? ", " : "", BT_STR_ARGS(plate), BT_STR_ARGS(user));
        n++;
    }
    if (n <= l->layout->n_plates) {
        bt_arena_drop(&r->words);
        return;
    }
    bt_str name = p->names.v[p->chosen_i];
    bt_fields_fault(r, BT_E_LAYOUT_PLATES, bt_layout_member(p->plates, name)->at,
                    BT_ARGS(bt_fields_quoted(r, name), bt_fields_count(r, l->layout->n_plates), bt_fields_count(r, n),
                            bt_buf_str(&list)));
}

/* Tints have less ink than what they are tints of. */
static void check_ink(bt_layout_reader *l)
{
    bt_fields_reader *r = &l->fields;
    for (uint32_t i = 0; i < l->color_names.n; i++) {
        const bt_layout_color *color = &l->colors[i];
        const bt_ink *ink = &color->ink;
        int32_t sum = ink->spot ? 0 : (int32_t)ink->c + ink->m + ink->y + ink->k;
        if (!color->is_used || !color->node || sum <= l->layout->print.ink_limit * 100) continue;
        bt_fields_fault(r, BT_W_LAYOUT_INK, color->node->at,
                        BT_ARGS(bt_fields_quoted(r, l->color_names.v[i]), bt_fields_count(r, sum / 100),
                                bt_fields_count(r, l->layout->print.ink_limit)));
    }
}

void bt_layout_close_colors(bt_layout_reader *l)
{
    const bt_layout_palettes *p = &l->palettes;
    if (l->colors) check_ink(l);
    if (!p->names.n || !l->colors) return;
    bt_palette *palettes = BT_NEW_ARRAY(l->fields.arena, p->names.n, bt_palette);
    if (!palettes) return;
    uint32_t i = 0;
    for (const bt_json_node *node = p->node->child; node; node = node->next, i++) {
        palettes[i] = describe(l, node);
        if (i != p->chosen_i) continue;
        l->layout->palette = &palettes[i];
        if (l->layout->n_plates) check_plates(l);
    }
    l->layout->palettes = palettes;
    l->layout->n_palettes = p->names.n;
}

void bt_palette_show(bt_diags *diags, bt_buf *out, const bt_palette *palette)
{
    const bool *process = palette->prints_process;
    bool is_cmyk = process[0] && process[1] && process[2] && process[3];
    const char *before = "";
    if (is_cmyk) {
        bt_buf_add_z(out, "CMYK");
        before = ", ";
    }
    for (uint32_t i = 0; !is_cmyk && i < 4; i++) {
        uint32_t plate_i = (i + 3) % 4; /* black, then the colours */
        if (!process[plate_i]) continue;
        bt_str plate = bt_say(diags, bt_str_of(process_names[plate_i]));
        bt_buf_format(out, "%s%.*s", before, BT_STR_ARGS(plate));
        before = ", ";
    }
    for (uint32_t i = 0; i < palette->n_spots; i++) {
        bt_buf_format(out, "%s%.*s", before, BT_STR_ARGS(palette->spots[i]));
        before = ", ";
    }
}

/* --- references --- */

bool bt_layout_color_of(bt_layout_reader *l, const bt_json_node *node, bt_ink *ink)
{
    uint32_t i;
    if (!bt_layout_find(l, node, &l->color_names, &i)) return false;
    l->colors[i].is_used = true;
    *ink = l->colors[i].ink;
    return true;
}

bool bt_layout_background(bt_layout_reader *l, const bt_json_node *node, bt_ink *ink)
{
    return node && !bt_str_is(node->text, "none") && bt_layout_color_of(l, node, ink);
}

bt_ink bt_layout_ink(bt_layout_reader *l)
{
    if (l->ink_i >= l->color_names.n) return (bt_ink){.k = BT_INK_WHOLE}; /* no memory */
    l->colors[l->ink_i].is_used = true;
    return l->colors[l->ink_i].ink;
}
