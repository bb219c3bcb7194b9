/* test_key.c - the content key of an edition: whatever counts in what comes out changes it, alone; what does not count
 * does not. */
#include "base/digest.h"
#include "batch/key.h"
#include "check.h"
#include "short_memory.h"

static bt_arena arena;

/* --- a world that has everything, and what is changed in it --- */

typedef struct world {
    bt_render_options options;
    bt_batch_row row;
    bt_named_value values[2];
    bt_record_input base[2], own[2];
    uint32_t n_base, n_own;
    bt_batch_row base_row;
    bt_named_value base_value;
    bool has_base_row;
} world;

static const char *const layout_dirs[] = {"layouts", NULL}, *const other_dirs[] = {"layouts", "mine", NULL};
static const char *const font_dirs[] = {"fonts", NULL};

static void make(world *w)
{
    *w = (world){.options = {.bundle_path = "base.json",
                             .layout = "a",
                             .palette = "two",
                             .n_pages = 8,
                             .pages_multiple = 4,
                             .has_paper = true,
                             .paper_um = 100,
                             .layout_dirs = layout_dirs,
                             .font_dirs = font_dirs,
                             .font_list = "fonts.json",
                             .epoch = 5,
                             .has_epoch = true},
                 .row = {.id = BT_STR("x"), .edition = BT_STR("x.json"), .out = BT_STR("x.pdf"), .n_values = 2},
                 .values = {{.name = "id", .text = "x"}, {.name = "xa", .text = "Hoa Lộc", .line = 3}},
                 .base = {{BT_STR("base.json"), {{1}}}, {BT_STR("a.svg"), {{2}}}},
                 .own = {{BT_STR("x.json"), {{3}}}, {BT_STR("b.svg"), {{0}}}},
                 .n_base = 2,
                 .n_own = 2,
                 .base_row = {.id = BT_STR("a"), .out = BT_STR("a.pdf"), .n_values = 1},
                 .base_value = {.name = "so", .text = "5"},
                 .has_base_row = true};
}

static bt_digest key_of(world *w)
{
    bt_digest base, key;
    w->row.values = w->values;
    w->base_row.values = &w->base_value;
    const bt_batch_row *base_row = w->has_base_row ? &w->base_row : NULL;
    CHECK_INT(bt_key_base(&arena, &w->options, w->base, w->n_base, base_row, &base), BT_OK);
    CHECK_INT(bt_key_edition(&arena, &base, &w->row, w->own, w->n_own, &key), BT_OK);
    return key;
}

/* --- what counts --- */

typedef void (*change)(world *w);

static void layout(world *w) { w->options.layout = "b"; }
static void no_layout(world *w) { w->options.layout = NULL; }
static void empty_layout(world *w) { w->options.layout = ""; }
static void palette(world *w) { w->options.palette = NULL; }
static void n_pages(world *w) { w->options.n_pages = 0; }
static void multiple(world *w) { w->options.pages_multiple = 0; }
static void rendition(world *w) { w->options.rendition = BT_SCREEN; }
static void imposition(world *w) { w->options.imposition = BT_IMPOSE_BOOKLET; }
static void paper(world *w) { w->options.paper_um = 0; }
static void no_paper(world *w) { w->options.has_paper = false; }
static void dirs(world *w) { w->options.layout_dirs = other_dirs; }
static void fonts(world *w) { w->options.font_dirs = NULL; }
static void font_list(world *w) { w->options.font_list = NULL; }
static void epoch(world *w) { w->options.epoch = 6; }
static void no_epoch(world *w) { w->options.has_epoch = false; }
static void legacy(world *w) { w->options.converts_legacy = true; }
static void id(world *w) { w->row.id = BT_STR("y"); }
static void out(world *w) { w->row.out = BT_STR("x/x.pdf"); }
static void value(world *w) { w->values[1].text = "Hoà Lộc"; }
static void value_name(world *w) { w->values[1].name = "ten"; }
static void no_value(world *w) { w->row.n_values = 1; }
static void base_path(world *w) { w->base[1].path = BT_STR("c.svg"); }
static void base_contents(world *w) { w->base[1].contents.bytes[31] = 1; }
static void no_base(world *w) { w->n_base = 1; }
static void no_base_row(world *w) { w->has_base_row = false; }
static void base_value(world *w) { w->base_value.text = "6"; }
static void own_path(world *w) { w->own[1].path = BT_STR("c.svg"); }
static void own_contents(world *w) { w->own[0].contents.bytes[0] = 4; }
static void now_there(world *w) { w->own[1].contents.bytes[0] = 1; }
static void no_own(world *w) { w->n_own = 1; }

static const change changes[] = {
    layout,   no_layout, empty_layout,  palette, n_pages,  multiple,     rendition, imposition, paper,       no_paper,
    dirs,     fonts,     font_list,     epoch,   no_epoch, legacy,       id,        out,        value,       value_name,
    no_value, base_path, base_contents, no_base, own_path, own_contents, now_there, no_own,     no_base_row, base_value,
};
enum { N_CHANGES = sizeof changes / sizeof *changes };

/* All keys are different: of the world as it is, and of each that one thing has changed in. */
static void test_counts(void)
{
    bt_digest keys[N_CHANGES + 1];
    for (size_t i = 0; i <= N_CHANGES; i++) {
        world w;
        make(&w);
        if (i < N_CHANGES) changes[i](&w);
        keys[i] = key_of(&w);
        for (size_t k = 0; k < i; k++) CHECK(!bt_digest_equal(&keys[i], &keys[k]));
    }
}

/* --- what does not --- */

static void bundle_path(world *w) { w->options.bundle_path = "./base.json"; } /* it is an input */
static void outputs(world *w) { w->options.pdf_path = w->options.report_path = w->options.dump_path = "elsewhere"; }
static void synced(world *w) { w->options.defers_sync = true; }
static void edition(world *w) { w->row.edition = BT_STR("./x.json"); } /* it is an input, too */
static void line(world *w) { w->values[1].line = 30; }
static void base_row_out(world *w) { w->base_row.out = BT_STR("x/a.pdf"); } /* its values do */
static void base_order(world *w)
{
    bt_record_input first = w->base[0];
    w->base[0] = w->base[1];
    w->base[1] = first;
}
static void own_order(world *w)
{
    bt_record_input first = w->own[0];
    w->own[0] = w->own[1];
    w->own[1] = first;
}
static void unused_paper(world *w)
{
    w->options.has_paper = false;
    w->options.paper_um = 7;
}

static void test_does_not_count(void)
{
    static const change all[] = {bundle_path, outputs, synced, edition, line, base_row_out, base_order, own_order};
    world w;
    make(&w);
    bt_digest key = key_of(&w);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        make(&w);
        all[i](&w);
        bt_digest other = key_of(&w);
        CHECK(bt_digest_equal(&other, &key));
    }
    make(&w);
    no_paper(&w);
    key = key_of(&w);
    unused_paper(&w);
    bt_digest other = key_of(&w);
    CHECK(bt_digest_equal(&other, &key));
}

static void test_memory(void)
{
    short_memory memory = {0};
    bt_allocator allocator = {short_resize, &memory};
    bt_arena none = bt_arena_over(&allocator);
    bt_digest key;
    world w;
    make(&w);
    CHECK_INT(bt_key_base(&none, &w.options, w.base, w.n_base, NULL, &key), BT_NOMEM);
}

int main(void)
{
    test_counts();
    test_does_not_count();
    test_memory();
    bt_arena_drop(&arena);
    return check_report();
}
