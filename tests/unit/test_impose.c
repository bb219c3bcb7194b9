/* test_impose.c - pages on sheets: which page stands where, what is seen of it, what cannot be had, and memory that
 * ends. That a folded sheet reads as the issue does is the matter of tests/e2e/test_impose.py. */
#include "bantin.h"
#include "base/limits.h"
#include "page/page_int.h"
#include "unit/check.h"
#include "unit/short_memory.h"

typedef struct heard {
    char codes[64];
} heard;

static void listen(void *user, const bt_message *message)
{
    heard *h = user;
    size_t length = strlen(h->codes);
    snprintf(h->codes + length, sizeof h->codes - length, "%s ", message->code);
}

typedef struct world {
    bt_arena arena;
    bt_diags diags;
    heard heard;
    bt_layout layout;
    bt_pages pages;
    bt_impose how;
    bt_sheet_about about;
} world;

static void begin(world *w, const bt_allocator *allocator, uint32_t n_pages)
{
    *w = (world){.arena = bt_arena_over(allocator)};
    w->diags = (bt_diags){.on_message = listen, .user = &w->heard, .arena = &w->arena};
    w->layout = (bt_layout){.is_facing = true, .margin_inside = BT_PT(40), .margin_outside = BT_PT(10)};
    w->pages = (bt_pages){.width = BT_PT(300), .height = BT_PT(400), .bleed = BT_PT(9), .n_pages = n_pages};
    w->how = (bt_impose){.diags = &w->diags, .layout = &w->layout, .imposition = BT_IMPOSE_BOOKLET, .paper = BT_PT(1)};
}

static bt_status impose(world *w)
{
    w->heard.codes[0] = '\0';
    return bt_page_impose(&w->arena, &w->pages, &w->how, &w->pages.sheets, &w->about);
}

/* What is shown lies on the sheet's trim and bleed, and no place is shown by two panels. */
static void check_sheet(const bt_sheets *sheets, const bt_sheet *sheet)
{
    for (uint32_t i = 0; i < sheet->n_panels; i++) {
        const bt_panel *a = &sheet->panels[i];
        CHECK(a->left < a->right && a->top < a->bottom);
        CHECK(a->x + a->left >= -sheets->bleed && a->x + a->right <= sheets->width + sheets->bleed);
        CHECK(a->y + a->top >= -sheets->bleed && a->y + a->bottom <= sheets->height + sheets->bleed);
        for (uint32_t j = 0; j < i; j++) {
            const bt_panel *b = &sheet->panels[j];
            bool is_beside = a->x + a->left >= b->x + b->right || b->x + b->left >= a->x + a->right;
            bool is_below = a->y + a->top >= b->y + b->bottom || b->y + b->top >= a->y + a->bottom;
            CHECK(is_beside || is_below);
        }
    }
}

static void test_booklet(void)
{
    world w;
    begin(&w, bt_alloc_system(), 16);
    CHECK_INT(impose(&w), BT_OK);
    CHECK_STR(bt_str_of(w.heard.codes), "");
    const bt_sheets *sheets = &w.pages.sheets;
    CHECK_INT(sheets->n, 8);
    CHECK_INT(sheets->width, BT_PT(600));
    CHECK_INT(sheets->height, BT_PT(400));
    static const uint32_t printed[8][2] = {{16, 1}, {2, 15}, {14, 3}, {4, 13}, {12, 5}, {6, 11}, {10, 7}, {8, 9}};
    for (uint32_t i = 0; i < 8; i++) {
        const bt_panel *left = &sheets->v[i].panels[0], *right = &sheets->v[i].panels[1];
        bt_sp creep = BT_PT((bt_sp)i / 2);
        CHECK_INT(sheets->v[i].n_panels, 2);
        CHECK_INT(left->page_i + 1, printed[i][0]);
        CHECK_INT(right->page_i + 1, printed[i][1]);
        CHECK_INT(left->x, creep);
        CHECK_INT(right->x, BT_PT(300) - creep);
        CHECK_INT(left->x + left->right, BT_PT(300)); /* both are seen up to the fold */
        CHECK_INT(right->x + right->left, BT_PT(300));
        CHECK_INT(left->left, -BT_PT(9));
        CHECK_INT(right->right, BT_PT(309));
        CHECK_INT(left->top, -BT_PT(9));
        CHECK_INT(left->bottom, BT_PT(409));
        CHECK(!left->is_copy && !right->is_copy);
        check_sheet(sheets, &sheets->v[i]);
    }
    CHECK_INT(w.about.n_lines, 1);
    CHECK_INT(w.about.lines[0].at, BT_PT(300));
    CHECK(w.about.lines[0].is_fold && !w.about.lines[0].is_across);
    bt_arena_drop(&w.arena);
}

/* Each page once, on the most pages that there can be. */
static void test_most_pages(void)
{
    world w;
    begin(&w, bt_alloc_system(), BT_LIMIT_PAGES);
    w.how.paper = 0;
    CHECK_INT(impose(&w), BT_OK);
    CHECK_INT(w.pages.sheets.n, BT_LIMIT_PAGES / 2);
    static bool is_seen[BT_LIMIT_PAGES];
    for (uint32_t i = 0; i < w.pages.sheets.n; i++)
        for (uint32_t j = 0; j < 2; j++) is_seen[w.pages.sheets.v[i].panels[j].page_i] = true;
    bool all = true;
    for (uint32_t i = 0; i < BT_LIMIT_PAGES; i++) all = all && is_seen[i];
    CHECK(all);
    bt_arena_drop(&w.arena);
}

static void test_copies(void)
{
    world w;
    begin(&w, bt_alloc_system(), 3);
    w.how.imposition = BT_IMPOSE_4UP;
    CHECK_INT(impose(&w), BT_OK);
    CHECK_INT(w.pages.sheets.n, 3);
    CHECK_INT(w.pages.sheets.width, BT_PT(618));
    CHECK_INT(w.pages.sheets.height, BT_PT(818));
    for (uint32_t i = 0; i < 3; i++) {
        const bt_sheet *sheet = &w.pages.sheets.v[i];
        CHECK_INT(sheet->n_panels, 4);
        for (uint32_t j = 0; j < 4; j++) {
            CHECK_INT(sheet->panels[j].page_i, i);
            CHECK_INT(sheet->panels[j].is_copy, j > 0);
        }
        check_sheet(&w.pages.sheets, sheet);
    }
    static const bt_sheet_line cuts[4] = {
        {BT_PT(300), false, false}, {BT_PT(318), false, false}, {BT_PT(400), true, false}, {BT_PT(418), true, false}};
    CHECK_INT(w.about.n_lines, 4);
    for (uint32_t i = 0; i < 4 && i < w.about.n_lines; i++) {
        CHECK_INT(w.about.lines[i].at, cuts[i].at);
        CHECK_INT(w.about.lines[i].is_across, cuts[i].is_across);
        CHECK(!w.about.lines[i].is_fold);
    }
    w.how.imposition = BT_IMPOSE_2UP;
    CHECK_INT(impose(&w), BT_OK);
    CHECK_INT(w.pages.sheets.height, BT_PT(400));
    CHECK_INT(w.pages.sheets.v[2].panels[1].x, BT_PT(318));
    w.pages.width = BT_PT(500); /* wider than tall: the one below the other */
    CHECK_INT(impose(&w), BT_OK);
    CHECK_INT(w.pages.sheets.width, BT_PT(500));
    CHECK_INT(w.pages.sheets.height, BT_PT(818));
    CHECK_INT(w.pages.sheets.v[2].panels[1].y, BT_PT(418));
    w.pages.bleed = 0; /* one cut parts two copies */
    CHECK_INT(impose(&w), BT_OK);
    CHECK_INT(w.about.n_lines, 1);
    CHECK_INT(w.about.lines[0].at, BT_PT(400));
    bt_arena_drop(&w.arena);
}

static void test_limits(void)
{
    world w;
    begin(&w, bt_alloc_system(), 6);
    CHECK_INT(impose(&w), BT_INPUT);
    CHECK_STR(bt_str_of(w.heard.codes), "E0755 ");
    w.pages.n_pages = 40; /* ten sheets: the innermost moves by nine */
    w.how.paper = BT_PT(1) / 2;
    w.layout.margin_inside = BT_PT(4.5);
    CHECK_INT(impose(&w), BT_OK);
    CHECK_STR(bt_str_of(w.heard.codes), "");
    w.layout.margin_inside = BT_PT(4.4);
    CHECK_INT(impose(&w), BT_INPUT);
    CHECK_STR(bt_str_of(w.heard.codes), "E0756 ");
    w.layout.margin_inside = BT_PT(40);
    w.layout.is_facing = false; /* a left page has its outside margin at the fold */
    CHECK_INT(impose(&w), BT_OK);
    w.layout.margin_outside = BT_PT(4);
    CHECK_INT(impose(&w), BT_INPUT);
    w.layout.margin_outside = BT_PT(10);
    w.how.paper = bt_um_to_sp(200);
    CHECK_INT(impose(&w), BT_OK);
    CHECK_STR(bt_str_of(w.heard.codes), "");
    w.how.paper = bt_um_to_sp(201);
    CHECK_INT(impose(&w), BT_OK);
    CHECK_STR(bt_str_of(w.heard.codes), "W0757 ");
    w.pages.n_pages = BT_LIMIT_PAGES;
    w.how.paper = bt_um_to_sp(BT_LIMIT_PAPER); /* a metre of it: sums do not overflow */
    CHECK_INT(impose(&w), BT_INPUT);
    CHECK_STR(bt_str_of(w.heard.codes), "E0756 ");
    bt_arena_drop(&w.arena);
}

static void test_memory(void)
{
    static const bt_imposition all[] = {BT_IMPOSE_NONE, BT_IMPOSE_BOOKLET, BT_IMPOSE_2UP, BT_IMPOSE_4UP};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bt_status status = BT_NOMEM;
        for (long n = 0; status == BT_NOMEM && n < 10; n++) {
            short_memory memory = {n};
            bt_allocator allocator = {short_resize, &memory};
            world w;
            begin(&w, &allocator, 4000);
            w.how.imposition = all[i];
            w.how.paper = 0;
            status = impose(&w);
            CHECK(n > 0 || status == BT_NOMEM);
            bt_arena_drop(&w.arena);
        }
        CHECK_INT(status, BT_OK);
    }
}

/* What the command would not let through. */
static void test_options(void)
{
    heard h = {""};
    bt_ctx *ctx = bt_ctx_new(NULL, listen, &h);
    bt_render_options options = {.bundle_path = "not-there.json", .imposition = BT_IMPOSE_2UP, .rendition = BT_SCREEN};
    bt_render_result result;
    CHECK_INT(bt_render(ctx, &options, &result), BT_INPUT);
    CHECK_INT(result.n_errors, 1);
    options.rendition = BT_PROOF;
    options.has_paper = true;
    options.paper_um = BT_LIMIT_PAPER + 1;
    CHECK_INT(bt_validate(ctx, &options, &result), BT_INPUT);
    CHECK_STR(bt_str_of(h.codes), "E0758 E0758 E0759 ");
    bt_ctx_drop(ctx);
}

int main(void)
{
    test_booklet();
    test_most_pages();
    test_copies();
    test_limits();
    test_memory();
    test_options();
    return check_report();
}
