/* test_inquire.c - the listings of bantin.h: what they tell, in which order, and without memory. */
#include "bantin.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const own_dirs[] = {"layouts", NULL};

/* All that was told, as text. */
typedef struct told {
    char text[16384];
    uint32_t n;
    uint32_t n_errors;
} told;

static void listen(void *user, const bt_message *message)
{
    told *t = user;
    t->n_errors += message->severity == BT_ERROR;
}

static void add(told *t, const char *text)
{
    size_t length = strlen(t->text);
    snprintf(t->text + length, sizeof t->text - length, "%s|", text);
    t->n++;
}

static void take_layout(void *user, const bt_layout_about *layout)
{
    add(user, layout->name);
    CHECK(layout->folder && layout->description && layout->n_columns > 0);
    CHECK(layout->width_mm100 >= 5000 && layout->height_mm100 >= 5000);
}

static void test_layouts(void)
{
    static told t;
    /* The corpus has whole layouts, parents that a child lacks, and one with a fault. */
    const char *const dirs[] = {"tests/corpus/layout/base", "layouts", "tests/corpus/layout/good", "no/such/folder",
                                NULL};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_layouts(ctx, own_dirs, take_layout, &t), BT_OK);
    CHECK(strstr(t.text, "a4-two-column|"));
    CHECK(strstr(t.text, "bulletin-19x27|"));
    CHECK(!strstr(t.text, "base|"));
    t = (told){.n = 0};
    CHECK_INT(bt_list_layouts(ctx, dirs, take_layout, &t), BT_INPUT);
    CHECK(t.n_errors > 0);
    const char *plain = strstr(t.text, "plain|"), *bulletin = strstr(t.text, "bulletin-19x27|");
    const char *child = strstr(t.text, "child|");
    CHECK(plain && bulletin && child && plain < bulletin && bulletin < child);
    CHECK(!strstr(t.text, "circle-1|"));
    t = (told){.n = 0};
    CHECK_INT(bt_list_layouts(ctx, NULL, take_layout, &t), BT_OK);
    CHECK_INT(t.n, 0);
    bt_ctx_drop(ctx);
}

/* A name that two folders have is told once. */
static void test_hidden(void)
{
    static told t;
    const char *const dirs[] = {"layouts", "src/../layouts", NULL};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_layouts(ctx, own_dirs, take_layout, &t), BT_OK);
    uint32_t n = t.n;
    t = (told){.n = 0};
    CHECK_INT(bt_list_layouts(ctx, dirs, take_layout, &t), BT_OK);
    CHECK_INT(t.n, n);
    bt_ctx_drop(ctx);
}

static void take_font(void *user, const bt_font_about *font)
{
    add(user, font->style);
    CHECK_INT(font->n_letters, 134);
    CHECK_INT(font->n_drawn, 134);
    CHECK(font->path[0] && !font->trouble[0] && font->package[0] && !font->lacks[0]);
}

static void test_fonts(void)
{
    static told t;
    const char *const no_dirs[] = {"no/such/folder", NULL};
    bt_render_options options = {.layout_dirs = own_dirs};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_fonts(ctx, &options, take_font, &t), BT_OK);
    CHECK_INT(t.n, 20);
    CHECK(strncmp(t.text, "regular|bold|italic|bold_italic|regular|", 40) == 0);
    CHECK_INT(t.n_errors, 0);
    options.layout_dirs = no_dirs;
    CHECK_INT(bt_list_fonts(ctx, &options, take_font, &t), BT_IO);
    CHECK_INT(t.n_errors, 1);
    options.font_list = "layouts/base.json";
    CHECK_INT(bt_list_fonts(ctx, &options, take_font, &t), BT_INPUT);
    CHECK_INT(t.n, 20);
    bt_ctx_drop(ctx);
}

static void take_stretch(void *user, const bt_stretch *stretch)
{
    char text[512];
    snprintf(text, sizeof text, "%s=%s%s:%s", stretch->role, stretch->family, stretch->is_fallback ? "+" : "",
             stretch->text);
    add(user, text);
}

/* The layout's own families come first; a file that is missing is told, and the rest is listed. */
static void take_house(void *user, const bt_font_about *font)
{
    told *t = user;
    if (font->package[0]) return;
    bool is_there = font->path[0] != '\0';
    CHECK(is_there == !font->trouble[0] && font->n_drawn == (is_there ? 134 : 0));
    CHECK(is_there || strstr(font->trouble, "in none of these folders: ./tests/corpus/inquire, "));
    char text[512];
    snprintf(text, sizeof text, "%s %s%s", font->family, font->style, is_there ? "" : " missing");
    add(t, text);
}

static void test_house(void)
{
    static told t;
    bt_render_options options = {.layout_dirs = own_dirs, .layout = "tests/corpus/inquire/house.json"};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_fonts(ctx, &options, take_house, &t), BT_OK);
    CHECK(strcmp(t.text, "Nhà regular|Nhà bold missing|") == 0);
    t = (told){.n = 0};
    CHECK_INT(bt_list_stretches(ctx, &options, "Hội", take_stretch, &t), BT_OK);
    CHECK(strcmp(t.text, "text=Nhà:Hội|sans=Noto Sans:Hội|") == 0);
    options.layout = NULL;
    t = (told){.n = 0};
    CHECK_INT(bt_list_fonts(ctx, &options, take_font, &t), BT_OK);
    CHECK_INT(t.n, 20); /* forgotten */
    options.layout = "no-such-layout";
    CHECK_INT(bt_list_fonts(ctx, &options, take_font, &t), BT_INPUT);
    bt_ctx_drop(ctx);
}

static void check_stretches(const char *text, const char *wanted)
{
    static told t;
    bt_render_options options = {.layout_dirs = own_dirs, .layout = "tests/corpus/inquire/two-fonts.json"};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    t = (told){.n = 0};
    CHECK_INT(bt_list_stretches(ctx, &options, text, take_stretch, &t), BT_OK);
    if (strcmp(t.text, wanted) != 0) fprintf(stderr, "told: %s\n", t.text);
    CHECK(strcmp(t.text, wanted) == 0);
    bt_ctx_drop(ctx);
}

static void test_stretches(void)
{
    static told t;
    bt_render_options options = {.layout_dirs = own_dirs, .layout = "no-such-layout"};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_stretches(ctx, &options, "x", take_stretch, &t), BT_INPUT);
    CHECK_INT(t.n, 0);
    CHECK_INT(t.n_errors, 1);
    bt_ctx_drop(ctx);
}

static void take_profile(void *user, const bt_profile_about *profile)
{
    add(user, profile->condition);
    add(user, profile->package);
    CHECK((profile->path[0] == '/') != (profile->trouble[0] && !profile->path[0]));
}

/* Each condition of all layouts once; what is wrong with one is told, not reported. */
static void test_profiles(void)
{
    static told t;
    static const char *const corpus_dirs[] = {"tests/corpus/layout/base", NULL};
    bt_render_options options = {.layout_dirs = own_dirs};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    t = (told){.n = 0};
    CHECK_INT(bt_list_profiles(ctx, &options, take_profile, &t), BT_OK);
    CHECK(strcmp(t.text, "FOGRA39|texlive-base|") == 0);
    t = (told){.n = 0};
    options.layout_dirs = corpus_dirs;
    CHECK_INT(bt_list_profiles(ctx, &options, take_profile, &t), BT_OK);
    CHECK(strcmp(t.text, "FOGRA39|texlive-base|House sheet-fed 1||") == 0);
    CHECK_INT(t.n_errors, 0);
    bt_ctx_drop(ctx);
}

static void take_library(void *user, const bt_library *library)
{
    add(user, library->name);
    CHECK(library->version[0] >= '0' && library->version[0] <= '9');
}

static void test_libraries(void)
{
    static told t;
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &t);
    CHECK_INT(bt_list_libraries(ctx, take_library, &t), BT_OK);
    CHECK(strcmp(t.text,
                 "HarfBuzz|FreeType|utf8proc|libharu|lcms2|libdeflate|libpng|libjpeg|expat|cJSON|cmark-gfm|nettle|") ==
          0);
    bt_ctx_drop(ctx);
}

/* --- without memory --- */

typedef struct thrift {
    uint64_t n_left;
} thrift;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    thrift *left = user;
    (void)old_size;
    if (!new_size) {
        free(block);
        return NULL;
    }
    if (!left->n_left) return NULL;
    left->n_left--;
    return realloc(block, new_size);
}

static void ignore_layout(void *user, const bt_layout_about *layout) { (void)user, (void)layout; }
static void ignore_font(void *user, const bt_font_about *font) { (void)user, (void)font; }
static void ignore_stretch(void *user, const bt_stretch *stretch) { (void)user, (void)stretch; }
static void ignore_library(void *user, const bt_library *library) { (void)user, (void)library; }

static bt_status list_something(bt_ctx *ctx, int what)
{
    bt_render_options options = {.layout_dirs = own_dirs, .layout = "tests/corpus/inquire/house.json"};
    switch (what) {
    case 0:
        return bt_list_layouts(ctx, own_dirs, ignore_layout, NULL);
    case 1:
        return bt_list_fonts(ctx, &options, ignore_font, NULL);
    case 2:
        return bt_list_stretches(ctx, &options, "Cần Thơ 日本", ignore_stretch, NULL);
    default:
        return bt_list_libraries(ctx, ignore_library, NULL);
    }
}

/* Fails the nth allocation, n growing; each failure must be told as such, until nothing fails. */
static void test_no_memory(void)
{
    for (int what = 0; what < 4; what++) {
        bt_status status = BT_NOMEM;
        uint64_t n = 0;
        for (; status != BT_OK && n < 20000; n += 1 + n / 16) {
            thrift left = {n};
            bt_allocator allocator = {resize, &left};
            bt_ctx *ctx = bt_ctx_new(&allocator, NULL, NULL);
            if (!ctx) continue;
            status = list_something(ctx, what);
            CHECK(status == BT_OK || status == BT_NOMEM || status == BT_IO);
            bt_ctx_drop(ctx);
        }
        CHECK_INT(status, BT_OK);
        CHECK(n > 4);
    }
}

int main(void)
{
    test_layouts();
    test_hidden();
    test_fonts();
    test_house();
    test_stretches();
    check_stretches("Ca\xCC\x82\xCC\x80n  a", "text=Noto Serif:Cần a|sans=Noto Sans:Cần a|");
    check_stretches("a ■b\n日 Ộ",
                    "text=Noto Serif:a |text=Liberation Serif+:■|text=Noto Serif:b|text=:日 |text=Noto Serif:Ộ|"
                    "sans=Noto Sans:a |sans=Liberation Sans+:■|sans=Noto Sans:b|sans=:日 |sans=Noto Sans:Ộ|");
    check_stretches("\xFF", "text=Noto Serif:\xEF\xBF\xBD|sans=Noto Sans:\xEF\xBF\xBD|");
    check_stretches(" ", "");
    test_profiles();
    test_libraries();
    test_no_memory();
    return check_report();
}
