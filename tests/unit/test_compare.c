/* test_compare.c - made-up display lists: whatever is ink counts in a page's digest, and nothing else does; and what
 * differs between two of them is found and named rightly. */
#include "bantin.h"
#include "page/compare.h"
#include "unit/check.h"
#include "unit/drawn_pages.h"
#include "unit/short_memory.h"

#include <stdlib.h>

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
    X(faces[0].identity++)                                                                                             \
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
    bt_page_digests digests = {.pages = NULL};
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

/* A sum that was found before serves the stretch that it is of, and no part of that. */
static void test_placed(void)
{
    static drawn d;
    drawn_make(&d);
    static bt_placed placed;
    placed = (bt_placed){d.glyphs, 3, bt_placed_sum(d.glyphs, 3, NULL)};
    for (uint32_t n = 2; n <= 3; n++) {
        d.items[DRAWN_GLYPHS].as.glyphs.n_glyphs = n;
        d.items[DRAWN_GLYPHS].as.glyphs.placed = NULL;
        bt_page_digests anew = digests_of(&d, BT_STR(""));
        d.items[DRAWN_GLYPHS].as.glyphs.placed = &placed;
        bt_page_digests known = digests_of(&d, BT_STR(""));
        CHECK(bt_digest_equal(&anew.pages[0], &known.pages[0]));
    }
}

static int compare_digests(const void *a, const void *b) { return memcmp(a, b, sizeof(bt_digest)); }

/* Places of two neighbours that differ by a bit each: a sum that forgets would have some of them cancel out. */
static void test_near(void)
{
    enum { BITS = 32 };
    static drawn d;
    static bt_digest found[BITS * BITS];
    for (uint32_t i = 0; i < BITS * BITS; i++) {
        drawn_make(&d);
        d.glyphs[1].x = (bt_sp)((uint32_t)d.glyphs[1].x ^ 1U << i / BITS);
        d.glyphs[2].x = (bt_sp)((uint32_t)d.glyphs[2].x ^ 1U << i % BITS);
        found[i] = digests_of(&d, BT_STR("")).pages[0];
    }
    qsort(found, BITS * BITS, sizeof *found, compare_digests);
    for (uint32_t i = 1; i < BITS * BITS; i++) CHECK(!bt_digest_equal(&found[i - 1], &found[i]));
}

/* Glyphs at the beginning and the end of a long text, and amid it. */
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

/* --- comparisons --- */

enum { MOST_ITEMS = 64, MOST_PAGES = 3, MOST_LETTERS = 24, N_ARTICLES = 3 };

/* An issue as a test draws it: lines of letters, one glyph each. */
typedef struct issue {
    bt_pages list;
    bt_page pages[MOST_PAGES];
    bt_item items[MOST_PAGES][MOST_ITEMS];
    bt_part_fact parts[MOST_PAGES][MOST_ITEMS];
    bt_place places[MOST_ITEMS];
    bt_placed_glyph glyphs[MOST_PAGES][MOST_ITEMS][MOST_LETTERS];
    bt_article_fact articles[N_ARTICLES];
    uint32_t n_blocks;
} issue;

static const bt_face face = {.postscript_name = BT_STR_INIT("Serif")};
static const bt_image picture = {.hash = 1}, other_picture = {.hash = 2};

static void issue_begin(issue *s, uint32_t n_pages)
{
    *s = (issue){.list = {.width = BT_PT(500), .height = BT_PT(700), .n_pages = n_pages, .pages = s->pages}};
    s->articles[0].id = s->articles[0].headline = BT_STR("first");
    s->articles[1].id = s->articles[1].headline = BT_STR("second");
    s->articles[2].id = s->articles[2].headline = BT_STR("third"); /* mostly not there */
    s->list.facts.articles = s->articles;
    s->list.facts.n_articles = N_ARTICLES;
    for (uint32_t i = 0; i < MOST_PAGES; i++) s->pages[i] = (bt_page){.items = s->items[i]};
    for (uint32_t i = 0; i < MOST_PAGES; i++) s->pages[i].facts.parts = s->parts[i];
}

static bt_item *put_item(issue *s, uint32_t page, bt_item_kind kind, int x, int y)
{
    bt_item *item = &s->items[page - 1][s->pages[page - 1].n_items++];
    *item = (bt_item){.kind = kind, .tag_i = 1, .x = BT_PT(x), .y = BT_PT(y)};
    return item;
}

static void put_line(issue *s, uint32_t page, int x, int y, bt_str text)
{
    bt_placed_glyph *glyphs = s->glyphs[page - 1][s->pages[page - 1].n_items];
    bt_item *item = put_item(s, page, BT_ITEM_GLYPHS, x, y);
    for (uint32_t i = 0; i < text.len; i++)
        glyphs[i] = (bt_placed_glyph){.id = (uint16_t)text.ptr[i], .x = BT_PT(5 * (bt_sp)i)};
    item->as.glyphs.face = &face;
    item->as.glyphs.size = BT_PT(9);
    item->as.glyphs.text = text;
    item->as.glyphs.glyphs = glyphs;
    item->as.glyphs.n_glyphs = (uint32_t)text.len;
    item->as.glyphs.ends_line = true;
}

/* A part of the last block; lines apart by '|', 12 pt each. A line "#" is a picture, "%" another one. */
static void put_part(issue *s, uint32_t page, bt_part_kind kind, uint32_t article_i, int x, int y, const char *text)
{
    bt_page *to = &s->pages[page - 1];
    bt_part_fact *part = &s->parts[page - 1][to->facts.n_parts++];
    *part = (bt_part_fact){.kind = kind, .block_i = s->n_blocks - 1, .article_i = article_i, .id = BT_STR("")};
    part->at = s->places[s->n_blocks - 1].file.len ? &s->places[s->n_blocks - 1] : NULL;
    part->first_item = to->n_items;
    part->x = BT_PT(x);
    part->y = BT_PT(y);
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "|");
        if (*line == '#' || *line == '%') {
            bt_item *item = put_item(s, page, BT_ITEM_IMAGE, x, y);
            item->as.image.image = *line == '#' ? &picture : &other_picture;
            item->as.image.draw_x = item->x;
            item->as.image.draw_y = item->y;
        } else
            put_line(s, page, x, y, (bt_str){line, length});
        y += 12;
        line += length + (line[length] == '|');
    }
    part->n_items = to->n_items - part->first_item;
}

/* pointer: of the value in the base; "": the overlay's. */
static void put(issue *s, uint32_t page, bt_part_kind kind, uint32_t article_i, const char *pointer, int x, int y,
                const char *text)
{
    bt_place *place = &s->places[s->n_blocks++];
    *place = (bt_place){BT_STR("base.json"), bt_str_of(pointer), 1, 1};
    if (!*pointer) *place = (bt_place){BT_STR("overlay.json"), BT_STR("/x"), s->n_blocks, 1};
    put_part(s, page, kind, article_i, x, y, text);
}

/* Two articles on the first page, in one column. */
static void put_base(issue *s)
{
    issue_begin(s, 2);
    put(s, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 100, "rice");
    put(s, 1, BT_PART_PARAGRAPH, 0, "/a/1", 40, 120, "one two|three four");
    put(s, 1, BT_PART_FIGURE, 0, "/a/2", 40, 150, "#");
    put(s, 1, BT_PART_HEADLINE, 1, "/b/0", 40, 300, "salt");
    put(s, 1, BT_PART_PARAGRAPH, 1, "/b/1", 40, 320, "five six|seven eight|nine");
    put(s, 1, BT_PART_PARAGRAPH, 1, "/b/2", 40, 360, "ten");
}

static issue base, edition;

static bt_comparison compare(void)
{
    bt_page_digests of_base = {.pages = NULL}, of_edition = {.pages = NULL};
    bt_comparison comparison = {.entries = NULL};
    CHECK(bt_page_digest(&arena, &base.list, BT_STR(""), &of_base));
    CHECK(bt_page_digest(&arena, &edition.list, BT_STR(""), &of_edition));
    bt_page_digests *kept = BT_NEW_ARRAY(&arena, 2, bt_page_digests);
    kept[0] = of_base;
    kept[1] = of_edition;
    const bt_compare_side *a = bt_compare_side_make(&arena, &base.list, &kept[0]),
                          *b = bt_compare_side_make(&arena, &edition.list, &kept[1]);
    CHECK(a && b && bt_compare(&arena, a, b, &comparison));
    return comparison;
}

static void append(char *line, size_t size, const char *text)
{
    size_t at = strlen(line);
    snprintf(line + at, size - at, "%s", text);
}

/* Everything that is not the same, as a line: entries by their ids or kinds, their blocks in parentheses. */
static void say_one(char *line, size_t size, const bt_difference *d)
{
    static const char *const names[] = {"same", "moved", "jumped", "changed", "new", "gone"};
    size_t at = strlen(line);
    at += (size_t)snprintf(line + at, size - at, "%s%s%s", names[d->change], d->is_recut ? " recut" : "",
                           d->change == BT_CHANGED && d->is_reset ? " reset" : "");
    if (d->change == BT_MOVED)
        at += (size_t)snprintf(line + at, size - at, " %d,%d", d->dx / BT_PT(1), d->dy / BT_PT(1));
    if (d->change == BT_JUMPED) at += (size_t)snprintf(line + at, size - at, " %u-%u", d->base_page, d->page);
    if (d->change >= BT_CHANGED) snprintf(line + at, size - at, " %+d", (int)d->n_lines);
}

static void check_differences(const char *expected, int line)
{
    bt_comparison c = compare();
    char said[1024] = "";
    for (uint32_t i = 0; i < c.n_entries; i++) {
        const bt_entry_difference *entry = &c.entries[i];
        if (entry->whole.change == BT_SAME) continue;
        snprintf(said + strlen(said), sizeof said - strlen(said), "%.*s: ", BT_STR_ARGS(entry->id));
        say_one(said, sizeof said, &entry->whole);
        for (uint32_t k = 0; k < entry->n_blocks && entry->whole.change <= BT_CHANGED; k++) {
            append(said, sizeof said, k ? ", " : " (");
            say_one(said, sizeof said, &entry->blocks[k]);
            if (k + 1 == entry->n_blocks) append(said, sizeof said, ")");
        }
        append(said, sizeof said, "; ");
    }
    if (strcmp(said, expected) != 0) printf("%s:%d:\n", __FILE__, line);
    CHECK_STR(bt_str_of(said), expected);
}
#define CHECK_DIFFERENCES(expected) check_differences(expected, __LINE__)

static void test_same(void)
{
    put_base(&base);
    put_base(&edition);
    CHECK_DIFFERENCES("");
    bt_comparison c = compare();
    CHECK_INT(c.counts.n_same, 2);
    CHECK_INT(c.counts.n_pages_same, 2);
    CHECK(c.are_same && c.are_same[0] && c.counts.is_known);
}

static void test_moves(void)
{
    put_base(&base);
    issue_begin(&edition, 2);
    put(&edition, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 125, "rice");
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "/a/1", 40, 145, "one two|three four");
    put(&edition, 1, BT_PART_FIGURE, 0, "/a/2", 40, 175, "#");
    put(&edition, 2, BT_PART_HEADLINE, 1, "/b/0", 40, 100, "salt");
    put(&edition, 2, BT_PART_PARAGRAPH, 1, "/b/1", 40, 120, "five six|seven eight|nine");
    put(&edition, 2, BT_PART_PARAGRAPH, 1, "/b/2", 300, 360, "ten");
    CHECK_DIFFERENCES("first: moved 0,25 (moved 0,25, moved 0,25, moved 0,25); "
                      "second: jumped 1-2 (jumped 1-2, jumped 1-2, jumped 1-2); ");
    bt_comparison c = compare();
    CHECK_INT(c.counts.n_moved, 1);
    CHECK_INT(c.counts.n_jumped, 1);
    CHECK_INT(c.counts.n_pages_same, 0);
}

/* A block that a column cuts elsewhere, and one in parts that stay whole. */
static void test_cuts(void)
{
    put_base(&base);
    issue_begin(&edition, 2);
    put(&edition, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 100, "rice");
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "/a/1", 40, 120, "one two");
    put_part(&edition, 1, BT_PART_PARAGRAPH, 0, 300, 120, "three four");
    put(&edition, 1, BT_PART_FIGURE, 0, "/a/2", 40, 150, "#");
    put(&edition, 1, BT_PART_HEADLINE, 1, "/b/0", 40, 300, "salt");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/1", 40, 330, "five six|seven eight");
    put_part(&edition, 2, BT_PART_PARAGRAPH, 1, 40, 100, "nine");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/2", 40, 360, "ten");
    CHECK_DIFFERENCES("first: moved recut 0,0 (same, moved recut 0,0, same); "
                      "second: moved recut 0,10 (same, moved recut 0,10, same); ");
}

static void test_words(void)
{
    put_base(&base);
    issue_begin(&edition, 2);
    put(&edition, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 100, "rice");
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "/a/1", 40, 120, "one|two three|four"); /* other lines */
    put(&edition, 1, BT_PART_FIGURE, 0, "/a/2", 40, 150, "%");                     /* another picture */
    put(&edition, 1, BT_PART_HEADLINE, 1, "", 40, 300, "sugar");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/1", 40, 320, "five six|seven eight|nine");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/2", 40, 360, "ten|eleven|twelve");
    CHECK_DIFFERENCES("first: changed +1 (same, changed reset +1, changed +0); "
                      "second: changed +2 (changed +0, same, changed +2); ");
    bt_comparison c = compare();
    CHECK_INT(c.n_entries, 2);
    if (!c.entries || c.n_entries < 2) return;
    CHECK_STR(c.entries[1].blocks[0].was, "salt");
    CHECK_STR(c.entries[1].blocks[0].words, "sugar");
    CHECK_STR(c.entries[1].blocks[2].words, "ten eleven twelve");
    CHECK_INT(c.counts.n_changed, 2);
    CHECK_INT(c.counts.n_reset, 0);
}

/* What is quoted: from a few words before the first that differs to the last that does. */
static void check_quote(const char *was, const char *is, const char *quoted_was, const char *quoted)
{
    issue_begin(&base, 1);
    put(&base, 1, BT_PART_PARAGRAPH, 0, "/a/0", 40, 100, was);
    issue_begin(&edition, 1);
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "/a/0", 40, 100, is);
    bt_comparison c = compare();
    if (!c.entries || !c.entries->n_blocks) return;
    CHECK_STR(c.entries->blocks[0].was, quoted_was);
    CHECK_STR(c.entries->blocks[0].words, quoted);
}

static void test_quotes(void)
{
    check_quote("a b c", "a x c", "a b", "a x");
    check_quote("a b", "a b c", "a b", "a b c");
    check_quote("a c", "a b c", "a c", "a b c"); /* the blank is of what both begin with */
    check_quote("red|blue", "red|blues", "red blue", "red blues");
    check_quote("some words before|and then these|old words end", "some words before|and then these|new words end",
                "… before and then these old", "… before and then these new");
    check_quote("x x", "x x x", "x x", "x x x");
}

/* No place helps: all is the overlay's. Words do, and what is left between them is taken for the same thing. */
static void test_replaced(void)
{
    put_base(&base);
    issue_begin(&edition, 2);
    put(&edition, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 100, "rice");
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "", 40, 120, "new words");
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "", 40, 132, "one two|three four");
    put(&edition, 1, BT_PART_FIGURE, 0, "", 40, 162, "#");
    put(&edition, 1, BT_PART_HEADLINE, 1, "", 40, 300, "salt");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "", 40, 320, "five six|seven two");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "", 40, 360, "ten");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "", 40, 380, "more");
    CHECK_DIFFERENCES("first: changed +1 (same, new +1, moved 0,12, moved 0,12); "
                      "second: changed +0 (same, changed -1, same, new +1); ");
    issue_begin(&edition, 2);
    put(&edition, 1, BT_PART_HEADLINE, 1, "/b/0", 40, 300, "salt");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/2", 40, 360, "ten");
    CHECK_DIFFERENCES("second: changed -3 (same, same, gone +3); first: gone +3; ");
}

static const bt_place of_first = {BT_STR_INIT("base.json"), BT_STR_INIT("/articles/0"), 3, 1},
                      of_second = {BT_STR_INIT("base.json"), BT_STR_INIT("/articles/1"), 9, 1},
                      of_own = {BT_STR_INIT("overlay.json"), BT_STR_INIT("/articles/0/article"), 3, 1};

/* Places of three articles; they have no ids. */
static void place_articles(issue *s, const bt_place *first, const bt_place *second, const bt_place *third)
{
    const bt_place *const places[N_ARTICLES] = {first, second, third};
    for (int i = 0; i < N_ARTICLES; i++) {
        s->articles[i].at = places[i];
        s->articles[i].id = BT_STR("");
    }
}

/* Articles without ids are known by their places; what was put in before them has no mate, what replaces one has. */
static void test_unnamed(void)
{
    put_base(&base);
    place_articles(&base, &of_first, &of_second, NULL);
    issue_begin(&edition, 2);
    place_articles(&edition, &of_own, &of_first, &of_second);
    put(&edition, 1, BT_PART_HEADLINE, 0, "", 40, 100, "tea");
    put(&edition, 1, BT_PART_HEADLINE, 1, "/a/0", 40, 112, "rice");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/a/1", 40, 132, "one two|three four");
    put(&edition, 1, BT_PART_FIGURE, 1, "/a/2", 40, 162, "#");
    put(&edition, 2, BT_PART_HEADLINE, 2, "/b/0", 40, 100, "salt");
    put(&edition, 2, BT_PART_PARAGRAPH, 2, "/b/1", 40, 120, "five six|seven eight|nine");
    put(&edition, 2, BT_PART_PARAGRAPH, 2, "/b/2", 40, 160, "ten");
    CHECK_DIFFERENCES(": new +1; : moved 0,12 (moved 0,12, moved 0,12, moved 0,12); "
                      ": jumped 1-2 (jumped 1-2, jumped 1-2, jumped 1-2); ");
    issue_begin(&edition, 2);
    place_articles(&edition, &of_own, &of_second, NULL);
    put(&edition, 1, BT_PART_HEADLINE, 0, "", 40, 100, "tea");
    put(&edition, 1, BT_PART_HEADLINE, 1, "/b/0", 40, 300, "salt");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/1", 40, 320, "five six|seven eight|nine");
    put(&edition, 1, BT_PART_PARAGRAPH, 1, "/b/2", 40, 360, "ten");
    CHECK_DIFFERENCES(": changed -2 (changed +0, gone +2, gone +0); ");
    base.articles[0].id = BT_STR("rice"); /* ids say that these are two */
    edition.articles[0].id = BT_STR("tea");
    CHECK_DIFFERENCES("tea: new +1; rice: gone +3; ");
}

/* Frames, what runs on pages, column rules and jump lines. */
static void test_frames(void)
{
    for (int i = 0; i < 2; i++) {
        issue *s = i ? &edition : &base;
        issue_begin(s, 2);
        put(s, 1, BT_PART_MASTHEAD, BT_PART_ALONE, "/m", 40, 20, i ? "May" : "April");
        put(s, 1, BT_PART_RUNNING, BT_PART_ALONE, "/r", 40, 10, "1");
        put_item(s, 1, BT_ITEM_FILL, 250, 100)->as.fill.height = BT_PT(i ? 90 : 80); /* of no part: a rule */
        put(s, 1, BT_PART_HEADLINE, 0, "/a/0", 40, 100, "rice");
        put(s, 1, BT_PART_JUMP, 0, "/j", 40, 600, i ? "on page 3" : "on page 2");
        put(s, 2, BT_PART_FILLER, BT_PART_ALONE, "/f", 40, 500, "eat well");
        s->parts[1][0].id = i ? BT_STR("tea") : BT_STR("soup");
        for (uint32_t k = 0; k < s->pages[0].facts.n_parts; k++)
            if (s->parts[0][k].article_i == BT_PART_ALONE || s->parts[0][k].kind == BT_PART_JUMP)
                s->parts[0][k].block_i = BT_PART_ALONE;
    }
    CHECK_DIFFERENCES(": changed +0 (changed +0); "                  /* masthead */
                      "first: changed reset +0 (same, changed +0); " /* its jump line alone */
                      ": moved recut 0,0 (same, moved recut 0,0); "  /* page 1 */
                      "tea: new +1; soup: gone +1; ");
}

static void test_memory(void)
{
    put_base(&base);
    issue_begin(&edition, 1);
    put(&edition, 1, BT_PART_PARAGRAPH, 0, "/a/1", 40, 120, "one two|three");
    bool is_done = false;
    for (long n = 0; n < 100 && !is_done; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena small = bt_arena_over(&allocator);
        bt_page_digests a, b;
        bt_comparison comparison;
        is_done =
            bt_page_digest(&small, &base.list, BT_STR(""), &a) && bt_page_digest(&small, &edition.list, BT_STR(""), &b);
        const bt_compare_side *one = is_done ? bt_compare_side_make(&small, &base.list, &a) : NULL;
        const bt_compare_side *other = one ? bt_compare_side_make(&small, &edition.list, &b) : NULL;
        is_done = other && bt_compare(&small, one, other, &comparison);
        CHECK(n > 0 || !is_done);
        bt_arena_drop(&small);
    }
    CHECK(is_done);
}

int main(void)
{
    test_ink();
    test_spot_order();
    test_placed();
    test_near();
    test_long_texts();
    test_sheets();
    test_digest_memory();
    test_same();
    test_moves();
    test_cuts();
    test_words();
    test_quotes();
    test_replaced();
    test_unnamed();
    test_frames();
    test_memory();
    bt_arena_drop(&arena);
    return check_report();
}
