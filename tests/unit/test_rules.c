/* test_rules.c - the rules of preflight over pages made by hand: what is told together and what apart, where, on which
 * pages; colours and what prints of them; the limits, a hair to either side; memory that ends. */
#include "check/rule/rule_int.h"
#include "unit/check.h"
#include "unit/short_memory.h"

enum { MOST_WORDS = 256 };

static bt_arena arena, words;
static bt_diags diags;

static const seen_color black = {.space = SEEN_CMYK, .n = 4, .v = {0, 0, 0, 1}, .name = BT_STR_INIT("")};
static const seen_color red = {.space = SEEN_RGB, .n = 3, .v = {1, 0, 0}, .name = BT_STR_INIT("")};
static const seen_color blue = {.space = SEEN_RGB, .n = 3, .v = {0, 0, 1}, .name = BT_STR_INIT("")};
static const seen_paint in_black = {.fill = &black, .overprints_fill = true, .overprint_mode = 1};
static const seen_paint in_red = {.fill = &red}, in_blue = {.fill = &blue};

static seen_face face = {
    .name = BT_STR_INIT("Serif"), .kind = BT_STR_INIT("TrueType"), .is_embedded = true, .has_unicode = true};

/* A file that no rule of coated paper finds anything in. */
typedef struct made_file {
    seen_file file;
    seen_page pages[4];
    const seen_face *faces[1];
    seen_intent intent;
} made_file;

static void add_word(seen_page *page, double x, double y, double size, const seen_paint *paint, const char *text)
{
    seen_run *run = BT_PUSH(&arena, &page->runs);
    seen_word *word = BT_PUSH(&arena, &page->words);
    double width = size / 2 * (double)strlen(text);
    if (!run || !word) return;
    *run = (seen_run){.text = bt_str_of(text), .x0 = x, .x1 = x + width, .size = size, .face = &face, .paint = paint};
    *word = (seen_word){.text = bt_str_of(text),
                        .box = {x, y, x + width, y + size},
                        .x0 = x,
                        .x1 = x + width,
                        .run_begin = page->runs.n - 1,
                        .run_end = page->runs.n};
}

static seen_path *add_path(seen_page *page, seen_path_kind kind, seen_box box, const seen_paint *paint)
{
    seen_path *path = BT_PUSH(&arena, &page->paths);
    if (path) *path = (seen_path){.kind = kind, .box = box, .paint = paint, .thickness = box.y1 - box.y0};
    return path;
}

static void make(made_file *made, uint32_t n_pages)
{
    *made = (made_file){
        .faces = {&face},
        .intent = {
            .subtype = BT_STR("GTS_PDFX"), .condition = BT_STR("FOGRA39"), .has_profile = true, .n_components = 4}};
    made->file = (seen_file){.pages = {made->pages, n_pages, 4},
                             .faces = {made->faces, 1, 1},
                             .intents = {&made->intent, 1, 1},
                             .title = BT_STR("A title"),
                             .trapped = BT_STR("False"),
                             .has_id = true,
                             .has_xmp = true,
                             .info_and_xmp_agree = true,
                             .pdfx = BT_STR("PDF/X-4"),
                             .pdfa = BT_STR(""),
                             .lang = BT_STR("")};
    for (uint32_t i = 0; i < n_pages; i++) {
        seen_page *page = &made->pages[i];
        page->width = 300;
        page->height = 400;
        page->user_unit = 1;
        for (int k = 0; k < SEEN_N_BOXES; k++) {
            double out = k == SEEN_TRIM || k == SEEN_ART ? 0 : k == SEEN_BLEED ? 9 : 40;
            page->boxes[k] = (seen_box){-out, -out, 300 + out, 400 + out};
            page->has_box[k] = true;
        }
        add_word(page, 100, 100, 10, &in_black, "words");
    }
}

static report try_rules(made_file *made, const char *profile, uint32_t first, uint32_t last)
{
    report r = {0};
    rule_options options = {.first_page = first, .last_page = last};
    CHECK(rule_profile_find(profile, &options.profile_i) != NULL);
    CHECK_INT(rules_try(&arena, &diags, &made->file, &options, &r), BT_OK);
    return r;
}

/* The findings of a rule, each as "page:n". */
static const char *told(const report *r, const char *number)
{
    static char text[1024];
    text[0] = '\0';
    for (uint32_t i = 0; i < r->findings.n; i++)
        if (strcmp(r->findings.v[i].number, number) == 0)
            snprintf(strchr(text, 0), 32, "%s%u:%u", text[0] ? " " : "", r->findings.v[i].page, r->findings.v[i].n);
    return text;
}

static const finding *first_of(const report *r, const char *number)
{
    for (uint32_t i = 0; i < r->findings.n; i++)
        if (strcmp(r->findings.v[i].number, number) == 0) return &r->findings.v[i];
    return NULL;
}

static void test_table(void)
{
    uint32_t ignored;
    CHECK(!rule_profile_find("gloss", &ignored));
    for (uint32_t i = 0; i < rule_count(); i++) {
        const rule_about *about = rule_at(i);
        bool is_tried = false;
        for (uint32_t k = 0; k < RULE_N_PROFILES; k++) is_tried |= about->severities[k] != RULE_OFF;
        CHECK(is_tried && strlen(about->number) == 5 && about->fault[0] && about->remedy[0]);
        if (i) CHECK(strcmp(rule_at(i - 1)->number, about->number) < 0);
    }
}

static void test_nothing(void)
{
    static made_file made;
    make(&made, 2);
    report r = try_rules(&made, "press-coated", 0, 0);
    for (uint32_t i = 0; i < r.findings.n; i++) CHECK_STR(r.findings.v[i].message, "nothing");
    CHECK(r.is_equal && r.n_pages == 2);
    CHECK(r.lines.n > 50);
    for (uint32_t i = 0; i < r.lines.n; i++) CHECK_INT(r.lines.v[i].state, LINE_GOOD);
}

/* One finding a page and a colour; places that are near one another are one. */
static void test_groups(void)
{
    static made_file made;
    make(&made, 2);
    for (int i = 0; i < 10; i++) add_word(&made.pages[0], 50, 100 + 12 * i, 10, &in_red, "red");
    add_word(&made.pages[0], 200, 300, 10, &in_red, "far");
    add_word(&made.pages[0], 50, 300, 10, &in_blue, "blue");
    add_word(&made.pages[1], 50, 100, 10, &in_red, "red");
    report r = try_rules(&made, "press-coated", 0, 0);
    CHECK_STR(bt_str_of(told(&r, "P0301")), "1:11 1:1 2:1");
    const finding *f = first_of(&r, "P0301");
    CHECK(!r.is_equal && f->severity == FINDING_ERROR && f->kind == FINDING_PREFLIGHT);
    CHECK_INT(f->n_places, 2);
    CHECK(f->ours.x0 == 50 && f->ours.y0 == 100 && f->ours.y1 == 218);
    CHECK(f->places[1].x0 == 200 && f->places[1].y0 == 300);
    CHECK_STR(f->is, "RGB 255 0 0");
    CHECK(bt_str_ends(f->message, BT_STR("RGB 255 0 0 (11 times)")));
    r = try_rules(&made, "press-coated", 2, 2);
    CHECK_STR(bt_str_of(told(&r, "P0301")), "2:1");
    r = try_rules(&made, "screen", 0, 0);
    CHECK_STR(bt_str_of(told(&r, "P0301")), "");
}

/* However many there are, some are told, and all are counted. */
static void test_many(void)
{
    static made_file made;
    static seen_color colors[100];
    static seen_paint paints[100];
    uint32_t n = 0;
    make(&made, 1);
    for (int i = 0; i < 100; i++) {
        colors[i] = (seen_color){.space = SEEN_RGB, .n = 3, .v = {1, i / 100.0, 0}, .name = BT_STR("")};
        paints[i] = (seen_paint){.fill = &colors[i]};
        add_word(&made.pages[0], 20 + 25 * (i % 10), 20 + 3.5 * (i - i % 10), 5, &paints[i], "Nguyễn");
    }
    report r = try_rules(&made, "press-coated", 0, 0);
    for (uint32_t i = 0; i < r.findings.n; i++) {
        const finding *f = &r.findings.v[i];
        CHECK(f->n_places <= 16 && f->subject.len < 70);
        for (size_t at = 0; at < f->subject.len;) {
            uint32_t c;
            at += bt_utf8_decode(f->subject, at, &c);
            CHECK(c != 0xFFFD);
        }
        n += f->n;
    }
    CHECK(r.findings.n <= 24);
    CHECK_INT(n, 100);
}

/* Of thin lines and small text the thinnest and the smallest is told. */
static void test_least(void)
{
    static made_file made;
    static const seen_color two = {.space = SEEN_CMYK, .n = 4, .v = {1, 1, 0, 0}, .name = BT_STR_INIT("")};
    static const seen_paint in_two = {.fill = &two};
    make(&made, 1);
    const double sizes[] = {7.9, 8, 5.5, 7};
    for (int i = 0; i < 4; i++) add_word(&made.pages[0], 50, 150 + 20 * i, sizes[i], &in_two, "small");
    add_path(&made.pages[0], SEEN_RULE, (seen_box){50, 300, 100, 300.2}, &in_black);
    add_path(&made.pages[0], SEEN_RULE, (seen_box){50, 310, 100, 310.125}, &in_black);
    add_path(&made.pages[0], SEEN_RULE, (seen_box){50, 320, 100, 320.25}, &in_black);
    add_path(&made.pages[0], SEEN_RULE, (seen_box){50, 330, 100, 330.1}, &in_black)->is_hidden = true;
    report r = try_rules(&made, "press-coated", 0, 0);
    CHECK_STR(bt_str_of(told(&r, "P0402")), "1:3");
    CHECK_STR(first_of(&r, "P0402")->is, "5.5 pt, at least 8 pt");
    CHECK_STR(bt_str_of(told(&r, "P0602")), "1:2");
    CHECK_STR(first_of(&r, "P0602")->is, "0.125 pt, at least 0.25 pt");
    diags.lang = BT_LANG_VI;
    r = try_rules(&made, "press-coated", 0, 0);
    CHECK_STR(first_of(&r, "P0602")->is, "0,125 pt, ít nhất 0,25 pt");
    diags.lang = BT_LANG_EN;
}

/* A hair to either side of what each profile asks for. */
static void test_pictures(void)
{
    static const struct {
        const char *profile;
        double ppi;
        bool is_bitmap;
        const char *number; /* NULL: nothing */
    } rows[] = {
        {"press-coated", 148.4, false, "P0501"},
        {"press-coated", 148.6, false, "P0502"},
        {"press-coated", 223, false, "P0502"},
        {"press-coated", 224, false, NULL},
        {"press-coated", 450, false, NULL},
        {"press-coated", 451, false, "P0503"},
        {"press-uncoated", 148, false, "P0501"},
        {"press-uncoated", 223, false, "P0502"},
        {"news", 98, false, "P0501"},
        {"news", 99, false, "P0502"},
        {"news", 148, false, "P0502"},
        {"news", 149, false, NULL},
        {"news", 301, false, "P0503"},
        {"screen", 71, false, "P0501"},
        {"screen", 72, false, NULL},
        {"screen", 451, false, "P0503"},
        {"press-coated", 548, true, "P0504"},
        {"press-coated", 549, true, "P0505"},
        {"press-coated", 798, true, "P0505"},
        {"press-coated", 799, true, NULL},
        {"press-coated", 2400, true, NULL},
        {"screen", 100, true, NULL},
    };
    static const char *const numbers[] = {"P0501", "P0502", "P0503", "P0504", "P0505"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static made_file made;
        make(&made, 1);
        seen_picture *picture = BT_PUSH(&arena, &made.pages[0].pictures);
        if (!picture) return;
        *picture = (seen_picture){.box = {100, 100, 150, 150},
                                  .ppi_x = rows[i].ppi,
                                  .ppi_y = rows[i].ppi + 40,
                                  .bits = rows[i].is_bitmap ? 1 : 8,
                                  .n_components = 1,
                                  .space = SEEN_GRAY,
                                  .space_name = BT_STR(""),
                                  .filter = BT_STR(""),
                                  .paint = &in_black};
        report r = try_rules(&made, rows[i].profile, 0, 0);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            CHECK_INT(first_of(&r, numbers[k]) != NULL, rows[i].number && strcmp(rows[i].number, numbers[k]) == 0);
        picture->box.x1 = 102; /* a bullet */
        r = try_rules(&made, rows[i].profile, 0, 0);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) CHECK(!first_of(&r, numbers[k]));
    }
}

/* Each side by itself: a tint reaches from 0.3 mm within the trim to the end of the bleed, or is told. */
static void test_bleed(void)
{
    static const struct {
        double beyond; /* the trim [pt] */
        bool is_short;
    } rows[] = {{-1, false}, {-0.84, true}, {0, true}, {8.4, true}, {8.49, false}, {9, false}, {20, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int side = 0; side < 4; side++) {
            static made_file made;
            double by = rows[i].beyond;
            seen_box box = {100, 100, 200, 300};
            make(&made, 1);
            if (side == 0) box.x0 = -by;
            if (side == 1) box.y0 = -by;
            if (side == 2) box.x1 = 300 + by;
            if (side == 3) box.y1 = 400 + by;
            add_path(&made.pages[0], SEEN_AREA, box, &in_black);
            report r = try_rules(&made, "press-coated", 0, 0);
            CHECK_INT(first_of(&r, "P0104") != NULL, rows[i].is_short);
            CHECK(!first_of(&r, "P0103"));
            made.pages[0].boxes[SEEN_BLEED] = (seen_box){-8, -8, 308, 408};
            r = try_rules(&made, "press-coated", 0, 0);
            CHECK_INT(first_of(&r, "P0103") != NULL, by > -0.85);
        }
}

/* The size of most pages is right, and of two sizes that are as frequent the first. */
static void test_trims(void)
{
    static made_file made;
    make(&made, 4);
    made.pages[0].width = 290;
    report r = try_rules(&made, "press-coated", 0, 0);
    CHECK_STR(bt_str_of(told(&r, "P0105")), "1:1");
    made.pages[1].width = 290;
    r = try_rules(&made, "press-coated", 0, 0);
    CHECK_STR(bt_str_of(told(&r, "P0105")), "3:1 4:1");
    r = try_rules(&made, "press-coated", 1, 3);
    CHECK_STR(bt_str_of(told(&r, "P0105")), "3:1");
}

static void test_colors(void)
{
    static const struct {
        seen_color color;
        uint32_t n_inks;
        bool is_white, is_black, is_black_ink;
    } rows[] = {
        {{.space = SEEN_CMYK, .n = 4, .v = {0, 0, 0, 1}, .name = BT_STR_INIT("")}, 1, false, true, true},
        {{.space = SEEN_CMYK, .n = 4, .v = {0.001, 0, 0, 1}, .name = BT_STR_INIT("")}, 1, false, true, true},
        {{.space = SEEN_CMYK, .n = 4, .v = {0.01, 0, 0, 1}, .name = BT_STR_INIT("")}, 2, false, true, false},
        {{.space = SEEN_CMYK, .n = 4, .v = {1, 1, 1, 0}, .name = BT_STR_INIT("")}, 3, false, true, false},
        {{.space = SEEN_CMYK, .n = 4, .v = {1, 0.6, 0, 0.5}, .name = BT_STR_INIT("")}, 3, false, false, false},
        {{.space = SEEN_CMYK, .n = 4, .name = BT_STR_INIT("")}, 0, true, false, false},
        {{.space = SEEN_GRAY, .n = 1, .v = {0}, .name = BT_STR_INIT("")}, 1, false, true, false},
        {{.space = SEEN_GRAY, .n = 1, .v = {1}, .name = BT_STR_INIT("")}, 0, true, false, false},
        {{.space = SEEN_RGB, .n = 3, .v = {1, 1, 1}, .name = BT_STR_INIT("")}, 0, true, false, false},
        {{.space = SEEN_RGB, .n = 3, .v = {0, 0, 0.1}, .name = BT_STR_INIT("")}, 9, false, true, false},
        {{.space = SEEN_LAB, .n = 3, .v = {100, 0, 0}, .name = BT_STR_INIT("")}, 9, true, false, false},
        {{.space = SEEN_SPOT, .n = 1, .v = {1}, .name = BT_STR_INIT("Black")}, 1, false, true, true},
        {{.space = SEEN_SPOT, .n = 1, .v = {1}, .name = BT_STR_INIT("All")}, 4, false, true, false},
        {{.space = SEEN_SPOT, .n = 1, .v = {1}, .name = BT_STR_INIT("None")}, 0, true, false, false},
        {{.space = SEEN_SPOT, .n = 1, .v = {0}, .name = BT_STR_INIT("Gold")}, 0, true, false, false},
        {{.space = SEEN_DEVICE_N, .n = 3, .v = {0.5, 0, 1}, .name = BT_STR_INIT("Cyan+Gold+Black")},
         2,
         false,
         false,
         false},
        {{.space = SEEN_PATTERN, .name = BT_STR_INIT("shading")}, 9, false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const seen_color *color = &rows[i].color;
        CHECK_INT(rule_n_inks(color), rows[i].n_inks);
        CHECK_INT(rule_is_white(color), rows[i].is_white);
        CHECK_INT(rule_is_black(color), rows[i].is_black);
        CHECK_INT(rule_is_black_ink(color), rows[i].is_black_ink);
    }
}

static void test_memory(void)
{
    static made_file made;
    make(&made, 2);
    for (int i = 0; i < 50; i++) add_word(&made.pages[i % 2], 50, 5 * i, 10, i % 3 ? &in_red : &in_blue, "red");
    const rule_options options = {0};
    bool is_done = false;
    for (long n = 0; !is_done && n < 1000; n++) {
        short_memory memory = {n};
        const bt_allocator allocator = {short_resize, &memory};
        bt_arena held = bt_arena_over(&allocator);
        report r = {0};
        bt_status status = rules_try(&held, &diags, &made.file, &options, &r);
        is_done = status == BT_OK;
        CHECK(is_done || status == BT_NOMEM);
        bt_arena_drop(&held);
    }
    CHECK(is_done);
}

int main(void)
{
    diags = (bt_diags){.arena = &words};
    test_table();
    test_nothing();
    test_groups();
    test_many();
    test_least();
    test_pictures();
    test_bleed();
    test_trims();
    test_colors();
    test_memory();
    bt_arena_drop(&arena);
    bt_arena_drop(&words);
    return check_report();
}
