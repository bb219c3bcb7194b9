/* test_compare.c - made-up display lists: whatever is ink counts in a page's digest, and nothing else does; and what
 * differs between two of them is found and named rightly. */
#include "bantin.h"
#include "page/digest.h"
#include "unit/check.h"
#include "unit/drawn_pages.h"
#include "unit/short_memory.h"

static const bt_place elsewhere = {BT_STR_INIT("other.json"), BT_STR_INIT("/a"), 1, 1};

/* --- digests --- */

#define INK_CHANGES(X)                                                                                                 \
    X(items[DRAWN_GLYPHS].x++)                                                                                         \
    X(items[DRAWN_GLYPHS].y++)                                                                                         \
    X(items[DRAWN_GLYPHS].color.k--)                                                                                   \
    X(items[DRAWN_GLYPHS].as.glyphs.face = &d->faces[1])                                                               \
    X(items[DRAWN_GLYPHS].as.glyphs.size++)                                                                            \
    X(items[DRAWN_GLYPHS].as.glyphs.scale_ppm--)                                                                       \
    X(items[DRAWN_GLYPHS].as.glyphs.n_glyphs--)                                                                        \
    X(glyphs[1].id++)                                                                                                  \
    X(glyphs[1].x++)                                                                                                   \
    X(glyphs[2].y++)                                                                                                   \
    X(raised[0].y++)                                                                                                   \
    X(faces[0].postscript_name = BT_STR("Serif-Bold"))                                                                 \
    X(faces[0].index++)                                                                                                \
    X(faces[0].n_bytes--)                                                                                              \
    X(font_files[0][11]++)                                                                                             \
    X(items[DRAWN_FILL].as.fill.width++)                                                                               \
    X(items[DRAWN_FILL].as.fill.height++)                                                                              \
    X(items[DRAWN_FILL].color.tint++)                                                                                  \
    X(items[DRAWN_FILL].color.spot = 2)                                                                                \
    X(spots[0].name = BT_STR("PANTONE 228 C"))                                                                         \
    X(spots[0].equivalent.m++)                                                                                         \
    X(items[DRAWN_IMAGE].as.image.image = &d->images[1])                                                               \
    X(items[DRAWN_IMAGE].as.image.width++)                                                                             \
    X(items[DRAWN_IMAGE].as.image.draw_y++)                                                                            \
    X(items[DRAWN_IMAGE].as.image.draw_height++)                                                                       \
    X(images[0].hash++)                                                                                                \
    X(images[0].is_stand_in = true)                                                                                    \
    X(items[DRAWN_PATH].color.c++)                                                                                     \
    X(items[DRAWN_PATH].as.path.is_even_odd = true)                                                                    \
    X(items[DRAWN_PATH].as.path.is_filled = false)                                                                     \
    X(items[DRAWN_PATH].as.path.is_clipped = false)                                                                    \
    X(items[DRAWN_PATH].as.path.width++) /* clipped to it */                                                           \
    X(items[DRAWN_PATH].as.path.stroke_width++)                                                                        \
    X(items[DRAWN_PATH].as.path.stroke_color.y++)                                                                      \
    X(items[DRAWN_PATH].as.path.dash_gap++)                                                                            \
    X(items[DRAWN_PATH].as.path.cap++)                                                                                 \
    X(items[DRAWN_PATH].as.path.join++)                                                                                \
    X(ops[2] = BT_PATH_MOVE)                                                                                           \
    X(points[3]++)                                                                                                     \
    X(pages[0].n_items--)                                                                                              \
    X(list.width++)                                                                                                    \
    X(list.bleed++)                                                                                                    \
    X(list.picture_inks.is_black_alone = true)                                                                         \
    X(list.picture_inks.spot = 2)

#define INKLESS_CHANGES(X)                                                                                             \
    X(items[DRAWN_GLYPHS].tag_i = 0)                                                                                   \
    X(items[DRAWN_GLYPHS].at = &elsewhere)                                                                             \
    X(items[DRAWN_GLYPHS].artifact = BT_ARTIFACT_HEADER)                                                               \
    X(items[DRAWN_GLYPHS].as.glyphs.text = BT_STR("abd"))                                                              \
    X(items[DRAWN_GLYPHS].as.glyphs.tracking++) /* in the glyphs' places already */                                    \
    X(items[DRAWN_GLYPHS].as.glyphs.has_actual = true)                                                                 \
    X(items[DRAWN_GLYPHS].as.glyphs.ends_line = true)                                                                  \
    X(glyphs[1].cluster++)                                                                                             \
    X(faces[0].id = 5)                                                                                                 \
    X(faces[0].path = BT_STR("/somewhere/else.ttf"))                                                                   \
    X(items[DRAWN_LINK].x++)                                                                                           \
    X(items[DRAWN_LINK].as.link.uri = BT_STR("https://example.com/"))                                                  \
    X(images[0].path = BT_STR("b.png"))                                                                                \
    X(tags[1].alt = BT_STR("another"))                                                                                 \
    X(pages[0].n_overlay = 1)                                                                                          \
    X(sheets[0].n_marks = 1)                                                                                           \
    X(second[0].x++) /* of the other page */

static bt_arena arena;

static bt_page_digests digests_of(const drawn *d, bt_str condition)
{
    bt_page_digests digests = {NULL};
    CHECK(bt_page_digest(&arena, &d->list, condition, &digests));
    CHECK_INT(digests.n_pages, 2);
    CHECK_INT(digests.n_sheets, d->list.sheets.n);
    return digests;
}

static void check_change(drawn *d, const bt_page_digests *was, bool is_ink, const char *what)
{
    bt_page_digests is = digests_of(d, BT_STR("coated"));
    bool is_page_same = bt_digest_equal(&is.pages[0], &was->pages[0]);
    bool is_sheet_same = bt_digest_equal(&is.sheets[0], &was->sheets[0]);
    if (is_page_same == is_ink || is_sheet_same == is_ink) printf("    %s\n", what);
    CHECK(is_page_same != is_ink);
    CHECK(is_sheet_same != is_ink);
}

#define CHECK_INK(change) drawn_make(d), (void)(d->change), check_change(d, &was, true, #change);
#define CHECK_INKLESS(change) drawn_make(d), (void)(d->change), check_change(d, &was, false, #change);

static void test_ink(void)
{
    static drawn place, *d = &place;
    drawn_make(d);
    bt_page_digests was = digests_of(d, BT_STR("coated"));
    INK_CHANGES(CHECK_INK)
    INKLESS_CHANGES(CHECK_INKLESS)
    drawn_make(d);
    bt_page_digests other = digests_of(d, BT_STR("uncoated"));
    CHECK(!bt_digest_equal(&was.pages[0], &other.pages[0]));
}

/* Colours by what they are, not by where they stand in the list of spots. */
static void test_spot_order(void)
{
    static drawn d;
    drawn_make(&d);
    bt_page_digests was = digests_of(&d, BT_STR("coated"));
    bt_spot_ink first = d.spots[0];
    d.spots[0] = d.spots[1];
    d.spots[1] = first;
    d.items[DRAWN_FILL].color.spot = 2;
    bt_page_digests is = digests_of(&d, BT_STR("coated"));
    CHECK(bt_digest_equal(&is.pages[0], &was.pages[0]));
}

/* Glyphs that pass the buffer's end, in one item and over many. */
static void test_long_texts(void)
{
    enum { N = 5000 };
    static drawn d;
    static bt_placed_glyph glyphs[N];
    bt_digest last = {{0}};
    for (int i = 0; i < N; i++) glyphs[i] = (bt_placed_glyph){.id = (uint16_t)i, .x = 3 * i, .y = i == N - 1};
    for (int changed = 0; changed < 4; changed++) {
        drawn_make(&d);
        static const int places[] = {0, 409, 410, N - 1};
        glyphs[places[changed]].id ^= 1;
        d.items[DRAWN_GLYPHS].as.glyphs.glyphs = glyphs;
        d.items[DRAWN_GLYPHS].as.glyphs.n_glyphs = N;
        bt_page_digests is = digests_of(&d, BT_STR(""));
        CHECK(!bt_digest_equal(&is.pages[0], &last));
        last = is.pages[0];
    }
}

static void test_sheets(void)
{
    static drawn d;
    drawn_make(&d);
    bt_page_digests was = digests_of(&d, BT_STR(""));
    CHECK(!bt_digest_equal(&was.sheets[0], &was.sheets[1]));
    bt_panel both[2] = {d.panels[0], d.panels[1]};
    both[1].x = BT_PT(200);
    d.sheets[0] = (bt_sheet){.panels = both, .n_panels = 2};
    d.list.sheets.n = 1;
    bt_page_digests booklet = digests_of(&d, BT_STR(""));
    CHECK(!bt_digest_equal(&booklet.sheets[0], &was.sheets[0]));
    both[0].right--;
    bt_page_digests creep = digests_of(&d, BT_STR(""));
    CHECK(!bt_digest_equal(&booklet.sheets[0], &creep.sheets[0]));
    CHECK(bt_digest_equal(&booklet.pages[0], &creep.pages[0]));
}

static void test_digest_memory(void)
{
    static drawn d;
    drawn_make(&d);
    bool is_done = false;
    for (long n = 0; n < 100 && !is_done; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena small = bt_arena_over(&allocator);
        bt_page_digests digests;
        is_done = bt_page_digest(&small, &d.list, BT_STR(""), &digests);
        CHECK(n > 0 || !is_done);
        bt_arena_drop(&small);
    }
    CHECK(is_done);
}

int main(void)
{
    test_ink();
    test_spot_order();
    test_long_texts();
    test_sheets();
    test_digest_memory();
    bt_arena_drop(&arena);
    return check_report();
}
