/* test_design.c - what measure finds of pages that are made here, line by line: columns in spite of intruders, grids
 * with and without order, furniture, bands, and files with nothing in them.
 */
#include "check/design/design.h"
#include "unit/check.h"

#include <math.h>

#define CHECK_NEAR(a, b, most) CHECK(fabs((a) - (b)) <= (most))

static bt_arena arena, words;
static bt_diags diags;

static seen_face regular = {.name = BT_STR_INIT("Noto-Regular"), .is_serif = true};
static seen_face bold = {.name = BT_STR_INIT("Noto-Bold"), .is_serif = true, .is_bold = true};
static const seen_color black = {.space = SEEN_CMYK, .n = 4, .v = {0, 0, 0, 1}};
static const seen_color red = {.space = SEEN_CMYK, .n = 4, .v = {0, 1, 0.5, 0}};
static const seen_paint ink = {.fill = &black}, color = {.fill = &red};

/* A file of so many pages of A5, empty yet. */
static seen_file *file_of(uint32_t n_pages)
{
    seen_file *file = BT_NEW(&arena, seen_file);
    file->path = BT_STR("made.pdf");
    for (uint32_t i = 0; i < n_pages; i++) {
        seen_page *page = BT_PUSH(&arena, &file->pages);
        page->width = 420;
        page->height = 595;
        page->user_unit = 1;
    }
    return file;
}

typedef struct type {
    const seen_face *face;
    double size;
    const seen_paint *paint;
} type;

static const type body = {&regular, 10, &ink}, head = {&bold, 20, &color}, small = {&regular, 7, &ink};

/* A line of one word. */
static void add(seen_page *page, bt_str text, double x0, double x1, double y, const type *t)
{
    seen_run *run = BT_PUSH(&arena, &page->runs);
    *run = (seen_run){.text = text, .x0 = x0, .x1 = x1, .size = t->size, .face = t->face, .paint = t->paint};
    seen_word *word = BT_PUSH(&arena, &page->words);
    *word = (seen_word){
        .text = text, .x0 = x0, .x1 = x1, .baseline = y, .run_begin = page->runs.n - 1, .run_end = page->runs.n};
    word->box = (seen_box){x0, y - t->size, x1, y + 0.3 * t->size};
    seen_line *line = BT_PUSH(&arena, &page->lines);
    *line = (seen_line){.box = word->box, .baseline = y, .word_begin = page->words.n - 1, .word_end = page->words.n};
    line->size = t->size;
    line->face = t->face;
}

#define TEXT BT_STR("Nước sông lên chậm mà xuống cũng chậm")

/* A column of justified lines; the last one is short, every fourth begins a paragraph. */
static void add_column(seen_page *page, double x0, double x1, double first, double step, int n)
{
    for (int i = 0; i < n; i++) {
        bool is_last = i == n - 1;
        add(page, TEXT, x0 + (i % 4 == 0 ? 12 : 0), is_last ? (x0 + x1) / 2 : x1, first + i * step, &body);
    }
}

static design measured(const seen_file *file)
{
    design d;
    CHECK(design_measure(&arena, &diags, file, &d) == BT_OK);
    return d;
}

static void test_edges(void)
{
    design_values values = {0};
    design_edges edges;
    const double given[] = {10, 50.2, 10.3, 30, 10.1, 50, 90};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) design_value_add(&arena, &values, given[i]);
    design_find_edges(&arena, &values, 0.5, &edges);
    CHECK_INT(edges.n, 4);
    CHECK_NEAR(edges.v[0].place, (10 + 10.1 + 10.3) / 3, 1e-9);
    CHECK_INT(edges.v[0].n, 3);
    CHECK_NEAR(edges.v[1].place, 50.1, 1e-9);
    CHECK_NEAR(edges.v[2].place, 30, 1e-9); /* of equal ones the lesser place */
    CHECK_NEAR(design_median(&values), 30, 1e-9);
    design_values none = {0};
    design_find_edges(&arena, &none, 0.5, &edges);
    CHECK_INT(edges.n, 0);
    CHECK_NEAR(design_median(&none), 0, 0);
}

/* Two columns on pages that mirror each other, with what does not belong: a marginal note, a line across, tabs. */
static void test_columns(void)
{
    seen_file *file = file_of(6);
    for (uint32_t i = 0; i < 6; i++) {
        seen_page *page = &file->pages.v[i];
        double left = i % 2 ? 40 : 60;
        add_column(page, left, left + 150, 80, 13, 30);
        add_column(page, left + 170, left + 320, 80, 13, 30);
        add(page, TEXT, 5, 35, 200, &body);
        add(page, TEXT, left, left + 320, 80 + 31 * 13, &body);
        add(page, TEXT, left + 60, left + 130, 80 + 33 * 13, &body);
    }
    design d = measured(file);
    CHECK_INT(d.columns.count, 2);
    CHECK_NEAR(d.columns.width, 150, 0.01);
    CHECK_NEAR(d.columns.gutter, 20, 0.01);
    CHECK(d.columns.is_justified);
    CHECK(d.is_facing);
    CHECK_NEAR(d.left[0], 60, 0.01);
    CHECK_NEAR(d.left[1], 40, 0.01);
    CHECK_NEAR(d.right[0], 40, 0.01);
    CHECK_NEAR(d.right[1], 60, 0.01);
    CHECK_NEAR(d.first_indent, 12, 0.01);
    CHECK_INT(d.bands.n, 1);
    CHECK_INT(d.bands.v[0].count, 1);
    CHECK_NEAR(design_column_left(&d, 1, 1), 210, 0.01);
    CHECK_NEAR(design_text_right(&d, 0), 380, 0.01);
}

static void test_single_column(void)
{
    seen_file *file = file_of(3);
    for (uint32_t i = 0; i < 3; i++) {
        add_column(&file->pages.v[i], 70, 350, 60, 14, 20);
        for (int k = 0; k < 8; k++) add(&file->pages.v[i], TEXT, 150, 345, 360 + k * 14, &body); /* a poem */
    }
    design d = measured(file);
    CHECK_INT(d.columns.count, 1);
    CHECK_NEAR(d.columns.width, 280, 0.01);
    CHECK_NEAR(d.left[0], 70, 0.01);
    CHECK_NEAR(d.right[0], 70, 0.01);
    CHECK(!d.is_facing);
}

/* Ragged lines end anywhere; marks hang out of the column and do not count. */
static void test_ragged(void)
{
    seen_file *file = file_of(2);
    for (uint32_t i = 0; i < 2; i++)
        for (int k = 0; k < 30; k++) {
            add(&file->pages.v[i], TEXT, 50, 175 + (k * 7) % 23, 80 + k * 13, &body);
            add(&file->pages.v[i], k % 3 ? TEXT : BT_STR("chậm mà xuống,"), 215, k % 3 ? 340 + (k * 5) % 22 : 366,
                80 + k * 13, &body);
        }
    design d = measured(file);
    CHECK_INT(d.columns.count, 2);
    CHECK(!d.columns.is_justified);
    CHECK_NEAR(d.columns.width, 147, 0.6);
    CHECK_NEAR(d.columns.gutter + d.columns.width, 165, 0.01);
}

/* Baselines as pixels round them, and a heading that shifts the second page by half a step. */
static void test_grid(void)
{
    seen_file *file = file_of(4);
    for (uint32_t i = 0; i < 4; i++)
        for (int k = 0; k < 30; k++) add(&file->pages.v[i], TEXT, 50, 350, 80 + k * 13 + (k % 2 ? 0.2 : 0), &body);
    design d = measured(file);
    CHECK(d.grid.is_common);
    CHECK_NEAR(d.grid.step, 13, 0.02);
    CHECK_NEAR(d.grid.first, 80, 0.3);
    CHECK_NEAR(d.grid.last, 80 + 29 * 13, 0.3);
    CHECK_NEAR(d.bottom, 595 - (80 + 29 * 13) - 2.5, 0.3);

    file = file_of(4);
    for (uint32_t i = 0; i < 4; i++)
        for (int k = 0; k < 30; k++) add(&file->pages.v[i], TEXT, 50, 350, 80 + k * 13.5 + i * 4.1, &body);
    d = measured(file);
    CHECK(!d.grid.is_common);
    CHECK_NEAR(d.grid.step, 13.5, 0.01);
}

/* A folio counts with the pages; a running head does not; a date in the same place is none. */
static void test_furniture(void)
{
    static const bt_str numbers[] = {BT_STR_INIT("– 11 –"), BT_STR_INIT("– 12 –"), BT_STR_INIT("– 13 –"),
                                     BT_STR_INIT("– 14 –"), BT_STR_INIT("– 15 –"), BT_STR_INIT("– 16 –")};
    seen_file *file = file_of(6);
    for (uint32_t i = 0; i < 6; i++) {
        seen_page *page = &file->pages.v[i];
        add_column(page, 50, 370, 80, 13, 30);
        if (i) add(page, BT_STR("Số 7 năm 2025"), 50, 120, 40, &small);
        if (i % 2)
            add(page, numbers[i], 50, 75, 560, &small);
        else
            add(page, numbers[i], 345, 370, 560, &small);
    }
    design d = measured(file);
    CHECK(d.folio.is_there);
    CHECK_NEAR(d.folio.baseline, 560, 0.01);
    CHECK(d.folio.slots[0].align == DESIGN_OUTSIDE);
    CHECK(!d.folio.slots[1].is_there);
    CHECK(d.folio.is_on_first_page);
    CHECK_NEAR(d.folio.slots[0].x[0], 370, 0.01);
    CHECK_NEAR(d.folio.slots[0].x[1], 50, 0.01);
    CHECK(d.is_facing); /* by the folio alone: the margins are alike */
    CHECK(d.running_head.is_there);
    CHECK_NEAR(d.running_head.baseline, 40, 0.01);
    CHECK(!d.running_head.is_on_first_page);
}

static void test_masthead(void)
{
    seen_file *file = file_of(2);
    seen_page *first = &file->pages.v[0];
    add(first, BT_STR("HỘI PHỤ NỮ"), 50, 110, 30, &small);
    add(first, BT_STR("Tin làng"), 50, 180, 60, &(type){&bold, 34, &color});
    seen_path *rule = BT_PUSH(&arena, &first->paths);
    *rule = (seen_path){.kind = SEEN_RULE, .box = {50, 75, 370, 76}, .thickness = 1, .paint = &color};
    add(first, BT_STR("Ngày hội của cả làng"), 50, 260, 110, &head);
    add_column(first, 50, 370, 140, 13, 20);
    add_column(&file->pages.v[1], 50, 370, 80, 13, 30);
    add(&file->pages.v[1], BT_STR("Một tít nữa"), 50, 200, 500, &head);
    design d = measured(file);
    CHECK(d.masthead.is_there);
    CHECK_NEAR(d.masthead.title_baseline, 60, 0.01);
    CHECK_NEAR(d.masthead.bottom, 76, 0.01);
    CHECK(d.masthead.align == DESIGN_LEFT);
    CHECK(d.masthead.subtitle_style_i == DESIGN_NONE);
    CHECK(d.accent != DESIGN_NONE && seen_color_equal(&d.inks.v[d.accent].color, &red, 0.001));
    bool has_headline = false;
    for (uint32_t i = 0; i < d.styles.n; i++)
        if (d.styles.v[i].role == DESIGN_HEADLINE) has_headline = d.styles.v[i].rank == 1 && d.styles.v[i].size > 19;
    CHECK(has_headline);
    CHECK_STR(d.styles.v[d.body].family, "Noto");
}

/* The face of most long lines is the body's, though more letters stand in short ones. */
static void test_body(void)
{
    seen_file *file = file_of(1);
    add_column(&file->pages.v[0], 50, 370, 80, 13, 10);
    for (int i = 0; i < 20; i++)
        for (int k = 0; k < 4; k++)
            add(&file->pages.v[0], BT_STR("12.345 tấn thóc"), 50 + k * 80, 110 + k * 80, 300 + i * 11, &small);
    design d = measured(file);
    CHECK_NEAR(d.styles.v[d.body].size, 10, 0.01);
    CHECK(d.styles.v[0].role == DESIGN_TABLE);
    CHECK_NEAR(d.styles.v[0].size, 7, 0.01);
}

static void test_nothing(void)
{
    design d = measured(file_of(0));
    CHECK_INT(d.styles.n, 0);
    d = measured(file_of(3));
    CHECK(d.body == DESIGN_NONE);
    CHECK_NEAR(d.width, 420, 0);
    seen_file *file = file_of(1); /* a mark beside the trim, and a hidden word */
    add(&file->pages.v[0], TEXT, 10, 200, 640, &body);
    add(&file->pages.v[0], TEXT, 10, 200, 300, &body);
    file->pages.v[0].words.v[1].is_hidden = true;
    d = measured(file);
    CHECK_INT(d.lines.n, 0);
    bt_buf out = bt_buf_in(&arena);
    CHECK(design_tell_table(&arena, &diags, &d, &out) == BT_OK);
    CHECK(design_tell_json(&arena, &d, &out) == BT_OK);
    file = file_of(1);
    add(&file->pages.v[0], BT_STR("Một"), 10, 40, 300, &body);
    d = measured(file);
    CHECK_INT(d.columns.count, 1);
}

int main(void)
{
    diags = (bt_diags){.arena = &words};
    test_edges();
    test_columns();
    test_single_column();
    test_ragged();
    test_grid();
    test_furniture();
    test_masthead();
    test_body();
    test_nothing();
    bt_arena_drop(&arena);
    bt_arena_drop(&words);
    return check_report();
}
