/* test_pixel.c - pages as pixels: what counts as different, the blocks it makes, what is forgiven, and the pictures. */
#include "check.h"
#include "made_pdf.h"
#include "short_memory.h"

#include "check/pixel/pixel_int.h"

#include <math.h>
#include <unistd.h>

static bt_arena arena;
static bt_diags diags;
static char folder[] = "/tmp/bantin-pixel-XXXXXX";

/* --- what differs, on pages of a few pixels --- */

enum { SIDE = 40, WHITE = 0xffffff, BLACK = 0 };

typedef struct raster {
    uint32_t v[SIDE * SIDE];
} raster;

static pixmap white(raster *r)
{
    for (size_t i = 0; i < SIDE * SIDE; i++) r->v[i] = WHITE;
    return (pixmap){.v = r->v, .width = SIDE, .height = SIDE, .row = SIDE, .per_pt = 1};
}

static void paint(raster *r, int x0, int y0, int x1, int y1, uint32_t pixel)
{
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) r->v[y * SIDE + x] = pixel;
}

static raster one, other;
static pixel_marks marks;

static uint32_t diff(const pixmap *a, const pixmap *b)
{
    CHECK_INT(pixel_diff(&arena, a, b, 0.1, &marks), BT_OK);
    return marks.n;
}

static void test_diff(void)
{
    pixmap a = white(&one), b = white(&other);
    CHECK_INT(diff(&a, &b), 0);
    paint(&one, 10, 10, 30, 11, BLACK); /* a line of one pixel is gone */
    CHECK_INT(diff(&a, &b), 20);
    CHECK_INT(diff(&b, &a), 20);
    paint(&other, 10, 11, 30, 12, BLACK); /* it stands one pixel lower: an edge that fell otherwise */
    CHECK_INT(diff(&a, &b), 0);
    b = white(&other);
    paint(&other, 10, 12, 30, 13, BLACK); /* two */
    CHECK_INT(diff(&a, &b), 40);
    b = white(&other);
    paint(&other, 10, 10, 30, 11, 0x181818); /* within the tolerance */
    CHECK_INT(diff(&a, &b), 0);
    paint(&other, 10, 10, 30, 11, 0x301818); /* one channel is not */
    CHECK_INT(diff(&a, &b), 20);
}

static void test_rasters(void)
{
    /* The same corner at other places of the two: what both have is compared. */
    pixmap a = white(&one), b = white(&other);
    b.origin_x = 5;
    b.origin_y = 7;
    paint(&one, 10, 10, 20, 20, BLACK);
    paint(&other, 15, 17, 25, 27, BLACK);
    CHECK_INT(diff(&a, &b), 0);
    CHECK_INT(marks.width, SIDE - 5);
    CHECK_INT(marks.height, SIDE - 7);
    b.origin_x = -SIDE; /* nothing in common */
    CHECK_INT(diff(&a, &b), 0);
    CHECK_INT(marks.width, 0);
}

static void test_blocks(void)
{
    pixmap a = white(&one), b = white(&other);
    pixel_block block;
    uint32_t n;
    paint(&one, 2, 2, 4, 8, BLACK);
    paint(&one, 6, 10, 8, 12, BLACK);  /* two pixels off: of the same block */
    paint(&one, 20, 2, 30, 5, BLACK);  /* another, and longer */
    paint(&one, 20, 8, 22, 10, BLACK); /* three off: a third, a small one */
    CHECK_INT(diff(&a, &b), 12 + 4 + 30 + 4);
    marks.per_pt = 2;
    marks.origin_x = 4;
    CHECK_INT(pixel_blocks(&arena, &marks, 1.5, &block, &n), BT_OK);
    CHECK_INT(n, 2);
    CHECK_INT(block.n, 16);
    CHECK(block.box.x0 == -1 && block.box.y0 == 1 && block.box.x1 == 2 && block.box.y1 == 6);
    pixel_forgive(&marks, &(seen_box){-1, 1, 0, 4});
    CHECK_INT(marks.n, 38);
    pixel_blocks(&arena, &marks, 1.5, &block, &n);
    CHECK_INT(n, 1);
    CHECK(block.box.x0 == 8 && block.box.x1 == 13);
    pixel_blocks(&arena, &marks, 5, &block, &n);
    CHECK_INT(n, 0);
    pixel_forgive(&marks, &(seen_box){-1e9, -1e9, 1e9, 1e9});
    CHECK_INT(marks.n, 0);
}

/* A ring: its parts meet only at its foot. */
static void test_ring(void)
{
    pixmap a = white(&one), b = white(&other);
    pixel_block block;
    uint32_t n;
    paint(&one, 5, 5, 7, 30, BLACK);
    paint(&one, 25, 5, 27, 30, BLACK);
    paint(&one, 15, 5, 17, 20, BLACK);
    paint(&one, 5, 30, 27, 32, BLACK);
    diff(&a, &b);
    CHECK_INT(pixel_blocks(&arena, &marks, 0, &block, &n), BT_OK);
    CHECK_INT(n, 2);
    CHECK_INT(block.n, 2 * 50 + 44);
}

/* --- files --- */

/* A page with this content. */
static seen_file *file_of(const char *name, const char *boxes, const char *content)
{
    char path[80], page[512], stream[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(page, sizeof page, "<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>", boxes);
    snprintf(stream, sizeof stream, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(content), content);
    const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                   page, stream};
    put_pdf(path, objects, 4, "");
    seen_file *file = NULL;
    diags = (bt_diags){.arena = &arena};
    CHECK_INT(seen_open(&arena, &diags, bt_str_z(&arena, bt_str_of(path)), &(seen_options){0}, &file), BT_OK);
    unlink(path);
    return file;
}

static const check_options usual = {.has_pixels = true, .dpi = 144, .tolerance = {.pixel = 0.1, .block = 2}};

static void check_box(const seen_box *box, double x0, double y0, double x1, double y1)
{
    const double near = 0.5; /* a pixel */
    bool is_right = fabs(box->x0 - x0) <= near && fabs(box->y0 - y0) <= near && fabs(box->x1 - x1) <= near &&
                    fabs(box->y1 - y1) <= near;
    CHECK(is_right);
    if (!is_right) printf("    %g %g %g %g\n", box->x0, box->y0, box->x1, box->y1);
}

#define PAPER "/MediaBox [0 0 200 300] /TrimBox [20 20 180 280]"

static void test_compare(void)
{
    seen_file *sample = file_of("a.pdf", PAPER, "0 g 40 200 100 20 re f 40 100 1 1 re f");
    seen_file *ours = file_of("b.pdf", PAPER, "0 g 40 200 100 20 re f 1 0 0 rg 60 50 30 20 re f");
    report r = {0};
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &usual, &r), BT_OK);
    CHECK_INT(r.dpi, 144);
    CHECK_INT(r.pages.n, 1);
    CHECK(r.pages.v[0].was_looked_at && !r.pages.v[0].picture.len);
    CHECK_INT(r.pages.v[0].n_pixels, 60 * 40 + 4);
    CHECK_INT(r.findings.n, 1); /* the point is too small to tell */
    const finding *f = r.findings.v;
    CHECK_INT(f->kind, FINDING_PIXELS);
    CHECK_INT(f->n, 1);
    CHECK(f->page == 1 && f->sample_page == 1 && f->has_ours && f->has_sample);
    CHECK(fabs(f->amount - 30) <= 0.5);
    check_box(&f->ours, 40, 210, 70, 230);
    check_box(&f->sample, 40, 210, 70, 230);

    /* What is known already, or masked, is not told. */
    r = (report){0};
    finding *known = BT_PUSH(&arena, &r.findings);
    if (known)
        *known =
            (finding){.kind = FINDING_AREA_NEW, .page = 1, .has_ours = true, .ours = {42, 212, 68, 228}, .number = ""};
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &usual, &r), BT_OK);
    CHECK_INT(r.findings.n, 1);
    CHECK_INT(r.pages.v[0].n_pixels, 60 * 40 + 4);
    r.findings.v[0].kind = FINDING_PAGE_BOX; /* which explains no red */
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &usual, &r), BT_OK);
    CHECK_INT(r.findings.n, 2);
    check_options masked = usual;
    mask_region region = {0, 0, {40, 210, 70, 230}};
    masked.mask.regions.v = &region;
    masked.mask.regions.n = 1;
    r = (report){0};
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &masked, &r), BT_OK);
    CHECK_INT(r.findings.n, 0);
    CHECK_INT(r.pages.v[0].n_pixels, 4);

    r = (report){0};
    CHECK_INT(pixel_compare(&arena, &diags, ours, ours, &usual, &r), BT_OK);
    CHECK(!r.findings.n && r.pages.v[0].was_looked_at);
    seen_drop(ours);
    seen_drop(sample);
}

/* The same drawing on other paper, turned, in another unit, its trim elsewhere: nothing is seen to differ. */
static void test_same_look(void)
{
    static const struct {
        const char *boxes, *content;
    } alike[] = {
        {"/MediaBox [-10 -20 210 320] /TrimBox [20 20 180 280]", "0 g 40 200 100 20 re f"},
        {"/MediaBox [0 0 300 200] /TrimBox [20 20 280 180] /Rotate 270", "0 g 200 60 20 100 re f"},
        {"/MediaBox [0 0 100 150] /TrimBox [10 10 90 140] /UserUnit 2", "0 g 20 100 50 10 re f"},
        {"/MediaBox [100 100 300 400] /TrimBox [120 120 280 380]", "0 g 140 300 100 20 re f"},
        {"/MediaBox [0 0 200 300] /TrimBox [23 20 180 280]", "0 g 40 200 100 20 re f"},
        {"/MediaBox [0 0 200 300] /CropBox [30 30 190 290] /TrimBox [20 20 180 280]", "0 g 40 200 100 20 re f"},
    };
    seen_file *sample = file_of("a.pdf", PAPER, "0 g 40 200 100 20 re f");
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        seen_file *ours = file_of("b.pdf", alike[i].boxes, alike[i].content);
        report r = {0};
        CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &usual, &r), BT_OK);
        CHECK_INT(r.findings.n, 0);
        if (r.findings.n) printf("    %s\n", alike[i].boxes);
        seen_drop(ours);
    }
    seen_drop(sample);
}

/* Four inks where there was black alone, on paper that was cut otherwise; and a spot that is gone. */
static void test_plates(void)
{
    seen_file *sample = file_of("a.pdf", PAPER, "0 0 0 1 k 40 200 100 20 re f");
    seen_file *ours = file_of("b.pdf", "/MediaBox [10 10 190 290] /TrimBox [20 20 180 280]",
                              "1 0 0 1 k 40 200 100 20 re f 0 0 .5 0 k 60 50 30 20 re f");
    check_options plates = usual;
    plates.has_pixels = false;
    plates.has_plates = true;
    report r = {0};
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &plates, &r), BT_OK);
    CHECK_INT(r.dpi, 0);
    CHECK_INT(r.findings.n, 2);
    if (r.findings.n == 2) {
        const finding *cyan = &r.findings.v[0], *yellow = &r.findings.v[1];
        CHECK(cyan->kind == FINDING_PLATE && yellow->kind == FINDING_PLATE);
        CHECK_STR(cyan->subject, "Cyan");
        CHECK_STR(yellow->subject, "Yellow");
        check_box(&yellow->ours, 40, 210, 70, 230);
        CHECK(fabs(cyan->ours.x0 - 20) < 1 && fabs(cyan->ours.x1 - 120) < 1 && fabs(cyan->sample.y0 - 60) < 1);
    }
    r = (report){0};
    finding *known = BT_PUSH(&arena, &r.findings);
    if (known)
        *known =
            (finding){.kind = FINDING_AREA_COLOR, .page = 1, .has_ours = true, .ours = {20, 60, 120, 80}, .number = ""};
    CHECK_INT(pixel_compare(&arena, &diags, ours, sample, &plates, &r), BT_OK);
    CHECK_INT(r.findings.n, 2);
    r = (report){0};
    CHECK_INT(pixel_compare(&arena, &diags, ours, ours, &plates, &r), BT_OK);
    CHECK_INT(r.findings.n, 0);
    seen_drop(ours);
    seen_drop(sample);
}

static void test_large_page(void)
{
    seen_file *file = file_of("a.pdf", "/MediaBox [0 0 14400 14400] /UserUnit 5", "0 g 0 0 7200 14400 re f");
    CHECK(pixel_dpi(file->pages.v, NULL, 150) < 10);
    report r = {0};
    CHECK_INT(pixel_show(&arena, &diags, file, &r), BT_OK);
    CHECK(r.pages.v[0].picture.len > 0);
    seen_drop(file);
}

/* --- pictures --- */

static uint32_t number_at(bt_str bytes, size_t at)
{
    const unsigned char *b = (const unsigned char *)bytes.ptr + at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void test_pictures(void)
{
    seen_file *file = file_of("a.pdf", PAPER, "0 g 40 200 100 20 re f");
    report r = {0}, again = {0};
    CHECK_INT(pixel_show(&arena, &diags, file, &r), BT_OK);
    CHECK_INT(r.pages.n, 1);
    const report_page *page = r.pages.v;
    CHECK(bt_str_starts(page->picture, BT_STR("\x89PNG\r\n\x1a\n")));
    CHECK_INT(number_at(page->picture, 16), 167); /* 60 dpi, the trim's corner between pixels */
    check_box(&page->picture_box, -20.4, -20.4, 180, 280.8);
    CHECK(!page->sample_picture.len);
    CHECK_INT(pixel_show(&arena, &diags, file, &again), BT_OK);
    CHECK(bt_str_equal(again.pages.v[0].picture, page->picture));
    seen_drop(file);
}

static void test_no_memory(void)
{
    seen_file *sample = file_of("a.pdf", PAPER, "0 g 40 200 100 20 re f");
    seen_file *ours = file_of("b.pdf", PAPER, "1 0 0 rg 40 200 100 20 re f");
    check_options shown = usual;
    shown.report = "";
    bt_status status = BT_NOMEM;
    for (long n = 0; status != BT_OK && n < 500; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena short_arena = bt_arena_over(&allocator);
        report r = {0};
        status = pixel_compare(&short_arena, &diags, ours, sample, &shown, &r);
        CHECK(status == BT_OK ? r.findings.n == 1 && r.pages.v[0].picture.len && !short_arena.failed
                              : status == BT_NOMEM);
        bt_arena_drop(&short_arena);
    }
    CHECK_INT(status, BT_OK);
    seen_drop(ours);
    seen_drop(sample);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    test_diff();
    test_rasters();
    test_blocks();
    test_ring();
    test_compare();
    test_same_look();
    test_plates();
    test_large_page();
    test_pictures();
    test_no_memory();
    rmdir(folder);
    bt_arena_drop(&arena);
    return check_report();
}
