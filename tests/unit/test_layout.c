/* test_layout.c - layouts: inheritance, colours, styles, furniture, the layouts that come with bantin, and every
 * message. */
#include "base/limits.h"
#include "layout/layout.h"
#include "unit/corpus.h"
#include "unit/short_memory.h"

static const char *const corpus_dirs[] = {"tests/corpus/layout/base", NULL};
static const char *const own_dirs[] = {"layouts", NULL};

static bt_status read_file(bt_arena *arena, bt_diags *diags, bt_str path)
{
    const bt_layout *layout;
    bt_layout_wanted wanted = {.name = path, .from_dir = BT_STR(""), .dirs = corpus_dirs};
    bt_status status = bt_layout_read(arena, diags, &wanted, &layout);
    CHECK((status == BT_OK) == (layout != NULL));
    return status;
}

/* Reads a layout that is wanted to have no faults. */
static const bt_layout *read_in(bt_arena *arena, const char *name, const char *const *dirs, const char *palette)
{
    const bt_layout *layout = NULL;
    corpus_log log = {.text = bt_buf_in(arena), .file = name};
    bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = arena};
    bt_layout_wanted wanted = {
        .name = bt_str_of(name), .from_dir = BT_STR("."), .dirs = dirs, .palette = bt_str_of(palette)};
    CHECK_INT(bt_layout_read(arena, &diags, &wanted, &layout), BT_OK);
    CHECK_STR(bt_buf_str(&log.text), "");
    return layout;
}

static const bt_layout *read_good(bt_arena *arena, const char *name, const char *const *dirs)
{
    return read_in(arena, name, dirs, NULL);
}

static void check_ink(bt_ink ink, int c, int m, int y, int k)
{
    CHECK_INT(ink.c, c);
    CHECK_INT(ink.m, m);
    CHECK_INT(ink.y, y);
    CHECK_INT(ink.k, k);
}

static void test_plain(void)
{
    bt_arena arena = {0};
    const bt_layout *l = read_good(&arena, "plain", corpus_dirs);
    if (!l) return;
    CHECK_STR(l->name, "plain");
    CHECK_INT(bt_sp_to_mm100(l->width), 19000);
    CHECK_INT(bt_sp_to_mm100(l->margin_outside), 1500);
    CHECK_INT(l->step, BT_PT(13));
    CHECK(l->is_facing);
    CHECK_INT(l->n_columns, 2);
    check_ink(l->column_rule.color, 2000, 10000, 2050, 1200);
    CHECK_INT(l->column_rule.gap, BT_PT(3));
    const bt_style *body = l->role[BT_STYLE_BODY];
    CHECK(body == bt_layout_style(l, BT_STR("body")));
    CHECK(bt_layout_style(l, BT_STR("bodi")) == NULL);
    CHECK_INT(body->leading, 0);
    CHECK_INT(body->first_indent, BT_PT(13));
    CHECK(body->hangs);
    CHECK_STR(body->font->family, "Noto Serif");
    CHECK_INT(body->font->n_fallback, 1);
    for (uint32_t i = 0; i < BT_N_STYLE_ROLES; i++) {
        CHECK(l->role[i] >= l->styles && l->role[i] < l->styles + l->n_styles);
        CHECK(l->role[i]->font == body->font);
    }
    /* What a layout leaves out is set as another role is, however far away that stands. */
    CHECK(l->role[BT_STYLE_NUMBERED] == l->role[BT_STYLE_BULLET]);
    CHECK(l->role[BT_STYLE_NUMBERS_UNIT] == l->role[BT_STYLE_CAPTION]);
    CHECK_INT(l->space_shrink, 250);
    CHECK_INT(l->space_stretch, 500);
    CHECK_INT(l->tracking_flex, 20);
    CHECK_INT(l->print.min_ppi, 149);
    CHECK_STR(l->print.profile.s, "FOGRA39");
    CHECK_INT(l->print.ink_limit, 300);
    CHECK(l->print.has_marks);
    CHECK_INT(l->print.paper, bt_um_to_sp(100));
    CHECK_STR(l->bullets.nested_marker, "•");
    CHECK_STR(l->words.issue, "{number}/{year}");
    CHECK_STR(l->words.printer, "{}");
    CHECK_STR(l->words.table_continued, "");
    CHECK_INT(l->masthead.n_items, 0);
    CHECK_INT(l->highlights.n_columns, 1);
    CHECK_INT(l->rule.weight, 0);
    bt_arena_drop(&arena);
}

static void test_headline(const bt_layout *l)
{
    const bt_style *s = bt_layout_style(l, BT_STR("headline"));
    CHECK(s != NULL);
    if (!s) return;
    CHECK_STR(s->font->name, "sans");
    CHECK(s->is_bold && s->is_italic && s->is_upper && s->is_tabular && s->is_balanced && s->spans_page && !s->hangs);
    check_ink(s->color, 0, 0, 0, 8000);
    CHECK_INT(s->size, BT_PT(20));
    CHECK_INT(s->leading, BT_PT(26));
    CHECK_INT(s->align, BT_ALIGN_LEFT);
    CHECK_INT(s->first_indent, 0);
    CHECK_INT(s->indent_left, BT_PT(20));
    CHECK_INT(bt_sp_to_mm100(s->indent_right), 200);
    CHECK_INT(s->space_before_min, BT_PT(13));
    CHECK_INT(s->space_before_max, BT_PT(26));
    CHECK_INT(s->space_after, BT_PT(10));
    CHECK_INT(s->tracking, 50);
    CHECK_INT(s->rule_above.weight, BT_PT(1));
    CHECK_INT(s->rule_above.gap, BT_PT(3));
    check_ink(s->rule_above.color, 0, 0, 0, 1000); /* a tint of a tint of the accent: 80 % x 50 % x 25 % */
    check_ink(s->rule_below.color, 0, 0, 0, 10000);
    CHECK(s->has_background && s->background_hugs);
    check_ink(s->background, 0, 0, 0, 4000);
    CHECK_INT(s->pad_x, BT_PT(2));
    const bt_style *first = l->role[BT_STYLE_HEADLINE_1];
    CHECK_INT(first->rule_above.weight, BT_PT(1));
    check_ink(first->rule_above.color, 0, 0, 0, 8000);
    CHECK_INT(first->rule_below.weight, 0);
    CHECK(!first->has_background);
}

static void test_masthead(const bt_layout *l)
{
    static const bt_furniture_kind kinds[] = {BT_FURNITURE_RULE, BT_FURNITURE_ROW, BT_FURNITURE_TEXT,
                                              BT_FURNITURE_SPACE, BT_FURNITURE_LOGO};
    CHECK_INT(l->masthead.n_items, 5);
    const bt_furniture_item *items = l->masthead.items;
    for (uint32_t i = 0; i < 5; i++) CHECK_INT(items[i].kind, kinds[i]);
    CHECK_INT(items[1].n_cells, 3);
    CHECK_INT(items[1].cells[0].align, BT_ALIGN_LEFT);
    CHECK_INT(items[1].cells[1].align, BT_ALIGN_CENTER);
    CHECK_INT(items[1].cells[2].align, BT_ALIGN_LEFT);
    CHECK(items[1].cells[0].style == l->role[BT_STYLE_BODY]);
    CHECK(items[1].cells[1].style == l->role[BT_STYLE_LEAD]);
    CHECK_STR(items[2].cells[0].text, "{title_first}");
    CHECK_INT(items[2].cells[0].align, BT_ALIGN_CENTER);
    CHECK(items[2].has_y && !items[1].has_y);
    CHECK_INT(bt_sp_to_mm100(items[2].y), 3000);
    CHECK_INT(items[2].pages, BT_PAGES_FIRST);
    CHECK_INT(items[3].height, BT_PT(4));
    CHECK_INT(bt_sp_to_mm100(items[4].height), 1200);
    CHECK_INT(items[4].align, BT_ALIGN_RIGHT);
    CHECK_INT(l->folio.items[0].pages, BT_PAGES_LATER);
    CHECK_INT(l->folio.items[0].cells[0].align, BT_ALIGN_OUTSIDE);
    CHECK_INT(l->running_head.n_items, 0);
}

static void test_child(void)
{
    bt_arena arena = {0};
    const bt_layout *l = read_good(&arena, "tests/corpus/layout/good/child.json", corpus_dirs);
    if (!l) return;
    CHECK_STR(l->name, "a");
    CHECK_INT(l->n_columns, 3);
    CHECK_INT(bt_sp_to_mm100(l->gutter), 500);
    CHECK_INT(l->column_rule.weight, 0);
    const bt_style *body = l->role[BT_STYLE_BODY];
    CHECK_STR(body->font->family, "Nhà");
    CHECK(body->font->n_fallback == 2 && bt_str_is(body->font->fallback[0], "Plain"));
    CHECK_INT(l->n_families, 2);
    CHECK_STR(l->families[0].name, "Nhà");
    CHECK_STR(l->families[0].files[0].s, "fonts/Nha-Regular.otf");
    CHECK_STR(l->families[0].files[1].s, "Nha-Bold.ttf");
    CHECK_STR(l->families[0].files[2].s, "./a/../Nha-Italic.otf");
    CHECK_STR(l->families[0].files[3].s, "x");
    CHECK(bt_str_ends(l->families[0].files[0].at->file, BT_STR("child.json")));
    CHECK(l->families[1].files[0].s.len && !l->families[1].files[1].s.len);
    CHECK_INT(body->size, (bt_sp)bt_mul_div(94, BT_SP_PER_PT, 10));
    CHECK_INT(body->first_indent, (bt_sp)bt_mul_div(13, body->size, 10));
    CHECK_INT(l->role[BT_STYLE_NOTE]->size, body->size);
    test_headline(l);
    test_masthead(l);
    CHECK_INT(l->highlights.n_columns, 3);
    CHECK(l->highlights.shows_pages && l->highlights.has_background && l->highlights.spans_page);
    CHECK_INT(l->highlights.rule_below.weight, 0);
    CHECK_INT(l->highlights.rule_between.gap, BT_PT(2));
    CHECK_INT(l->imprint.n_columns, 2);
    CHECK_INT(l->imprint.space_before, BT_PT(10));
    CHECK_INT(bt_sp_to_mm100(l->figure.max_height), 6000);
    CHECK_INT(bt_sp_to_mm100(l->figure.page_max_height), 9000);
    CHECK_INT(l->table.title_gap, BT_PT(2));
    CHECK(l->table.has_band);
    CHECK_STR(l->bullets.nested_marker, "–");
    check_ink(l->bullets.marker_color, 0, 0, 0, 8000);
    CHECK_INT(l->costs.variant, 7);
    CHECK_INT(l->costs.column_short, 100);
    CHECK_INT(l->tracking_flex, 15);
    CHECK_INT(l->scaling_flex, 10);
    CHECK_INT(l->print.warn_ppi, 200);
    CHECK_STR(l->print.profile.s, "FOGRA51");
    CHECK_INT(l->print.ink_limit, 280);
    CHECK(!l->print.has_marks);
    CHECK_INT(l->print.paper, bt_um_to_sp(80));
    CHECK_STR(l->words.date, "Ngày {day}");
    bt_arena_drop(&arena);
}

/* A profile is one thing: a child's file does not go with its parent's condition. */
static void test_profile(void)
{
    bt_arena arena = {0};
    const bt_layout *l = read_good(&arena, "tests/corpus/layout/base/press.json", corpus_dirs);
    if (!l) return;
    CHECK_STR(l->print.profile.s, "press/paper.icc");
    CHECK_STR(l->print.condition, "House sheet-fed 1");
    CHECK_STR(l->print.profile.at->pointer, "/print/profile/file");
    CHECK_INT(l->print.ink_limit, 280);
    l = read_good(&arena, "tests/corpus/layout/good/profile.json", corpus_dirs);
    if (!l) return;
    CHECK_STR(l->print.profile.s, "other.icc");
    CHECK_STR(l->print.condition, "");
    CHECK_INT(l->print.ink_limit, 280);
    bt_arena_drop(&arena);
}

static void check_spot(bt_ink ink, int spot, int tint)
{
    CHECK_INT(ink.spot, spot);
    CHECK_INT(ink.tint, tint);
}

static void check_plates(const bt_layout *l, uint32_t i, const char *name, const char *plates)
{
    bt_arena arena = {0};
    bt_buf shown = bt_buf_in(&arena);
    CHECK(i < l->n_palettes);
    if (i >= l->n_palettes) return;
    bt_diags diags = {.arena = &arena};
    bt_palette_show(&diags, &shown, &l->palettes[i]);
    CHECK_STR(l->palettes[i].name, name);
    CHECK_STR(bt_buf_str(&shown), plates);
    bt_arena_drop(&arena);
}

/* One design in several palettes: tints follow, and so do the spots. */
static void test_palettes(void)
{
    bt_arena arena = {0};
    const bt_layout *l = read_in(&arena, "inks", corpus_dirs, NULL);
    if (!l) return;
    CHECK_STR(l->palette->name, "two"); /* "palette" */
    CHECK_INT(l->n_plates, 2);
    CHECK_INT(l->n_spots, 1);
    CHECK_STR(l->spots[0].name, "PANTONE 227 C");
    check_ink(l->spots[0].equivalent, 700, 10000, 1000, 2100);
    const bt_style *kicker = l->role[BT_STYLE_KICKER];
    check_spot(kicker->color, 1, 10000);
    check_spot(kicker->background, 1, 1250);
    check_ink(kicker->background, 88, 1250, 125, 263);
    check_spot(l->role[BT_STYLE_BODY]->color, 0, 0);
    CHECK_INT(l->n_palettes, 3);
    check_plates(l, 0, "four", "CMYK, Đỏ cờ (riêng)");
    check_plates(l, 1, "two", "black, PANTONE 227 C");
    check_plates(l, 2, "mono", "black");
    l = read_in(&arena, "inks", corpus_dirs, "four");
    CHECK(l && l->n_spots == 1 && l->n_plates == 0 && bt_str_is(l->spots[0].name, "Đỏ cờ (riêng)"));
    l = read_in(&arena, "inks", corpus_dirs, "mono");
    CHECK(l && l->n_spots == 0 && l->n_plates == 1);
    if (l) check_ink(l->role[BT_STYLE_KICKER]->background, 0, 0, 0, 1250);
    l = read_good(&arena, "plain", corpus_dirs);
    CHECK(l && !l->palette && !l->n_palettes && !l->n_spots);
    bt_arena_drop(&arena);
}

/* A child's palettes are laid over its parent's, colour by colour. */
static void test_palettes_of_child(void)
{
    bt_arena arena = {0};
    const char *path = "tests/corpus/layout/good/palettes.json";
    const bt_layout *l = read_in(&arena, path, corpus_dirs, NULL);
    if (!l) return;
    CHECK_STR(l->palette->name, "pair");
    CHECK_INT(l->n_palettes, 4);
    check_plates(l, 1, "two", "black, PANTONE 227 C");
    check_plates(l, 3, "pair", "black, Đỏ cờ (riêng)");
    l = read_in(&arena, path, corpus_dirs, "two");
    if (l) check_ink(l->role[BT_STYLE_KICKER]->color, 0, 0, 0, 5000);
    bt_arena_drop(&arena);
}

static void test_no_such_palette(void)
{
    static const struct {
        const char *layout, *palette, *said;
    } cases[] = {
        {"plain", "mono", "error E0362 0:0 - the layout \"plain\" has no palettes; render it without --palette\n"},
        {"inks", "mone", "error E0364 0:0 - the layout \"inks\" has no palette \"mone\"; did you mean \"mono\"?\n"},
        {"inks", "colour",
         "error E0363 0:0 - the layout \"inks\" has no palette \"colour\"; use one of \"four\", \"two\", \"mono\"\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_arena arena = {0};
        const bt_layout *layout;
        corpus_log log = {.text = bt_buf_in(&arena), .file = ""};
        bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
        bt_layout_wanted wanted = {.name = bt_str_of(cases[i].layout), .dirs = corpus_dirs};
        wanted.palette = bt_str_of(cases[i].palette);
        CHECK_INT(bt_layout_read(&arena, &diags, &wanted, &layout), BT_INPUT);
        CHECK(!layout);
        CHECK_STR(bt_buf_str(&log.text), cases[i].said);
        bt_arena_drop(&arena);
    }
}

/* The layouts that come with bantin. */
static const char *const own[] = {"bulletin-19x27", "a4-two-column", "a4-three-column",
                                  "a5-one-column",  "leaflet-a4",    "plain-text"};

/* Each in the palettes that it promises, with no more plates than those. */
static void test_own_palettes(void)
{
    static const char *const palettes[][2] = {{"four", "CMYK"}, {"two", "black, PANTONE 227 C"}, {"mono", "black"}};
    bt_arena arena = {0};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        for (uint32_t k = 0; k < 3; k++) {
            const bt_layout *l = read_in(&arena, own[i], own_dirs, palettes[k][0]);
            if (!l) continue;
            CHECK(l->palette == &l->palettes[k]);
            CHECK_INT(l->n_palettes, 3);
            check_plates(l, k, palettes[k][0], palettes[k][1]);
        }
    bt_arena_drop(&arena);
}

/* A layout that is named and not there: what is there is named, in order. */
static void test_not_found(void)
{
    static const char *const nowhere[] = {"tests/unit", NULL};
    static const struct {
        const char *name;
        const char *const *dirs;
        const char *said;
    } cases[] = {
        {"plian", corpus_dirs, "error E0302 0:0 - there is no layout \"plian\"; did you mean \"plain\"?\n"},
        {"x", nowhere,
         "error E0303 0:0 - there is no layout \"x\", nor any other where layouts are looked for; give the path of a "
         "layout's "
         "file, as in \"layouts/a.json\"\n"},
        {"x", NULL,
         "error E0303 0:0 - there is no layout \"x\", nor any other where layouts are looked for; give the path of a "
         "layout's "
         "file, as in \"layouts/a.json\"\n"},
        {"bulletin", corpus_dirs,
         "error E0301 0:0 - there is no layout \"bulletin\"; use one of \"circle-1\", \"circle-2\", \"deep-1\", "
         "\"deep-2\", "
         "\"deep-3\", \"deep-4\", \"deep-5\", \"deep-6\", \"deep-7\", \"deep-8\", \"faulty\", \"inks\", \"plain\", "
         "\"press\"\n"},
        {"./x.json", NULL,
         "error E0304 0:0 - the layout file \"./x.json\" does not exist; put the file there or correct its name\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_arena arena = {0};
        const bt_layout *layout;
        corpus_log log = {.text = bt_buf_in(&arena), .file = ""};
        bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
        bt_layout_wanted wanted = {.name = bt_str_of(cases[i].name), .from_dir = BT_STR("."), .dirs = cases[i].dirs};
        CHECK_INT(bt_layout_read(&arena, &diags, &wanted, &layout), BT_INPUT);
        CHECK_STR(bt_buf_str(&log.text), cases[i].said);
        bt_arena_drop(&arena);
    }
}

/* A file with so many styles of its own. */
static bt_str many_styles(bt_arena *arena, const char *parent, int n)
{
    bt_buf buf = bt_buf_in(arena);
    bt_buf_format(&buf, "{\"bantin_layout\":1,\"name\":\"a\",\"extends\":\"%s\",\"styles\":{", parent);
    for (int i = 0; i < n; i++)
        bt_buf_format(&buf, "%s\"s%d\":{\"extends\":\"%s\"}", i ? "," : "", i,
                      i ? bt_str_format(arena, "s%d", i - 1).ptr : "body");
    bt_buf_add_z(&buf, "}}");
    return bt_buf_str(&buf);
}

static void test_limits(void)
{
    enum { ROLES = BT_N_NEEDED_STYLE_ROLES };
    static const struct {
        int n;
        bt_status status;
        const char *code;
    } cases[] = {
        {BT_LIMIT_STYLES - ROLES, BT_OK, ""},
        {BT_LIMIT_STYLES - ROLES + 1, BT_LIMIT, "error E0311"},
        {BT_LIMIT_STYLES, BT_LIMIT, "error E0311"},
        {BT_LIMIT_STYLES + 1, BT_LIMIT, "error E0310"},
    };
    char folder[] = "/tmp/bantin-test-layout-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_arena arena = {0};
        const bt_layout *layout;
        const char *path = bt_str_format(&arena, "%s/a.json", folder).ptr;
        corpus_bless(path, many_styles(&arena, "plain", cases[i].n));
        corpus_log log = {.text = bt_buf_in(&arena), .file = path};
        bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena};
        bt_layout_wanted wanted = {.name = bt_str_of(path), .from_dir = BT_STR(""), .dirs = corpus_dirs};
        CHECK_INT(bt_layout_read(&arena, &diags, &wanted, &layout), cases[i].status);
        bt_str said = bt_buf_str(&log.text);
        CHECK_STR(bt_str_slice(said, 0, 11), cases[i].code);
        CHECK(remove(path) == 0);
        bt_arena_drop(&arena);
    }
    CHECK(remove(folder) == 0);
}

/* Memory that ends after n allocations, for each n until it suffices. */
static void test_memory(const char *path, bt_status wanted)
{
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status == BT_NOMEM && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena arena = bt_arena_over(&allocator);
        bt_diags diags = {.arena = &arena};
        const bt_layout *layout;
        bt_layout_wanted it = {.name = bt_str_of(path), .from_dir = BT_STR(""), .dirs = corpus_dirs};
        status = bt_layout_read(&arena, &diags, &it, &layout);
        CHECK((layout != NULL) == (status == BT_OK));
        bt_arena_drop(&arena);
    }
    CHECK_INT(status, wanted);
    CHECK(n > 2);
}

int main(void)
{
    CHECK(corpus_run("tests/corpus/layout", read_file) >= 50);
    CHECK(corpus_run("tests/corpus/layout/good", read_file) >= 1);
    test_plain();
    test_profile();
    test_child();
    test_palettes();
    test_palettes_of_child();
    test_no_such_palette();
    test_own_palettes();
    test_not_found();
    test_limits();
    test_memory("tests/corpus/layout/good/child.json", BT_OK);
    test_memory("tests/corpus/layout/color-forms.json", BT_INPUT);
    test_memory("tests/corpus/layout/good/palettes.json", BT_OK);
    test_memory("tests/corpus/layout/plates.json", BT_INPUT);
    bt_arena arena = {0};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const bt_layout *layout = read_good(&arena, own[i], own_dirs);
        if (layout) CHECK_STR(layout->name, own[i]);
    }
    bt_arena_drop(&arena);
    return check_report();
}
