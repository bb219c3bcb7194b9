/* test_seen_open.c - a PDF as a whole: its boxes, what it says of itself, and files that are refused. */
#include "check.h"

#include "base/limits.h"
#include "check/seen/seen.h"

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECK_NEAR(a, b) CHECK(fabs((a) - (b)) < 1e-6)

static char folder[] = "/tmp/bantin-seen-XXXXXX";
static char path[64];
static bt_arena arena;
static bt_diags diags;
static char said[16384];

static void take_message(void *user, const bt_message *message)
{
    (void)user;
    snprintf(said, sizeof said, "%s %s", message->code, message->text);
}

/* --- PDFs of a few objects, each as it stands between "obj" and "endobj"; object 1 is the catalog --- */

static char bytes[1 << 20];

/* Writes them with a table of where they stand; trailer: what goes beside Root and Size. */
static void put_pdf(const char *const *objects, size_t n, const char *trailer)
{
    static size_t at[BT_LIMIT_PDF_PAGES + 3];
    size_t size = (size_t)snprintf(bytes, sizeof bytes, "%%PDF-1.5\n");
    for (size_t i = 0; i < n; i++) {
        at[i] = size;
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    size_t table = size;
    size += (size_t)snprintf(bytes + size, sizeof bytes - size, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%010zu 00000 n \n", at[i]);
    size +=
        (size_t)snprintf(bytes + size, sizeof bytes - size,
                         "trailer\n<< /Size %zu /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", n + 1, trailer, table);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) exit(2);
}

static void put_bytes(const void *what, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(what, 1, size, file) != size || fclose(file) != 0) exit(2);
}

static bt_status open_path(const char *name, seen_file **file)
{
    said[0] = '\0';
    diags = (bt_diags){.on_message = take_message, .arena = &arena};
    return seen_open(&arena, &diags, name, &(seen_options){.content = true}, file);
}

/* One page with these entries, below a node with those. */
static seen_file *page_of(const char *inherited, const char *own)
{
    char node[512], leaf[512];
    snprintf(node, sizeof node, "<< /Type /Pages /Kids [3 0 R] /Count 1 %s >>", inherited);
    snprintf(leaf, sizeof leaf, "<< /Type /Page /Parent 2 0 R %s >>", own);
    const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", node, leaf};
    put_pdf(objects, 3, "");
    seen_file *file = NULL;
    CHECK_INT(open_path(path, &file), BT_OK);
    CHECK_STR(bt_str_of(said), "");
    return file;
}

static void check_box(const seen_box *box, double x0, double y0, double x1, double y1)
{
    CHECK_NEAR(box->x0, x0);
    CHECK_NEAR(box->y0, y0);
    CHECK_NEAR(box->x1, x1);
    CHECK_NEAR(box->y1, y1);
}

/* --- boxes --- */

static void test_defaults(void)
{
    seen_file *file = page_of("/MediaBox [0 0 200 300]", "");
    const seen_page *page = file->pages.v;
    CHECK_INT(file->pages.n, 1);
    CHECK_NEAR(page->width, 200);
    CHECK_NEAR(page->height, 300);
    for (int i = 0; i < SEEN_N_BOXES; i++) check_box(&page->boxes[i], 0, 0, 200, 300);
    CHECK(page->has_box[SEEN_MEDIA] && !page->has_box[SEEN_CROP] && !page->has_box[SEEN_TRIM]);
    CHECK_NEAR(page->user_unit, 1);
    seen_drop(file);
}

static void test_named_boxes(void)
{
    /* The corners in any order; the trim is the origin; the bleed reaches beyond the media, and is cut. */
    seen_file *file = page_of("/MediaBox [220 320 -20 -20] /CropBox [-10 -10 210 310]",
                              "/TrimBox [0 0 200 300] /BleedBox [-50 -5 205 305]");
    const seen_page *page = file->pages.v;
    CHECK_NEAR(page->width, 200);
    CHECK_NEAR(page->height, 300);
    check_box(&page->boxes[SEEN_MEDIA], -20, -20, 220, 320);
    check_box(&page->boxes[SEEN_CROP], -10, -10, 210, 310);
    check_box(&page->boxes[SEEN_BLEED], -20, -5, 205, 305);
    check_box(&page->boxes[SEEN_ART], -10, -10, 210, 310); /* the crop box stands for it */
    CHECK(page->has_box[SEEN_CROP] && page->has_box[SEEN_BLEED] && !page->has_box[SEEN_ART]);
    seen_drop(file);

    /* A trim box is not inherited, and one beside the media is none. */
    file = page_of("/MediaBox [0 0 200 300] /TrimBox [50 50 100 100]", "/CropBox [500 500 600 600]");
    check_box(&file->pages.v->boxes[SEEN_TRIM], 0, 0, 200, 300);
    check_box(&file->pages.v->boxes[SEEN_CROP], 0, 0, 200, 300);
    CHECK(!file->pages.v->has_box[SEEN_TRIM]);
    seen_drop(file);
}

static void check_place(const seen_page *page, double x, double y, double at_x, double at_y)
{
    const seen_matrix *m = &page->to_trim;
    CHECK_NEAR(m->a * x + m->c * y + m->e, at_x);
    CHECK_NEAR(m->b * x + m->d * y + m->f, at_y);
}

static void test_turned(void)
{
    static const struct {
        const char *own;
        int rotation;
        double width, height, x, y; /* where (10, 20) is seen */
    } cases[] = {
        {"", 0, 200, 300, 10, 280},
        {"/Rotate 90", 90, 300, 200, 20, 10},
        {"/Rotate 180", 180, 200, 300, 190, 20},
        {"/Rotate -90", 270, 300, 200, 280, 190},
        {"/Rotate 450 /UserUnit 2", 90, 600, 400, 40, 20},
        {"/Rotate 45", 0, 200, 300, 10, 280}, /* no quarter turn */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen_file *file = page_of("/MediaBox [0 0 200 300]", cases[i].own);
        const seen_page *page = file->pages.v;
        CHECK_INT(page->rotation, cases[i].rotation);
        CHECK_NEAR(page->width, cases[i].width);
        CHECK_NEAR(page->height, cases[i].height);
        check_place(page, 10, 20, cases[i].x, cases[i].y);
        seen_drop(file);
    }
    seen_file *file = page_of("/MediaBox [0 0 200 300] /Rotate 270", "/TrimBox [10 20 190 280]");
    check_place(file->pages.v, 10, 20, 260, 180); /* the trim's lower left corner is seen at its lower right */
    check_box(&file->pages.v->boxes[SEEN_MEDIA], -20, -10, 280, 190);
    seen_drop(file);
}

static void test_annotations(void)
{
    seen_file *file =
        page_of("/MediaBox [0 0 200 300]",
                "/Annots [<< /Subtype /Link /Rect [10 10 60 20] >> << /Subtype /Text /F 4 /Rect [0 0 9 9] >> "
                "<< /Subtype /Text /F 6 /Rect [0 0 9 9] >> << /Subtype /Text >> 7]");
    const seen_page *page = file->pages.v;
    CHECK_INT(page->annotations.n, 3);
    CHECK_STR(page->annotations.v[0].subtype, "Link");
    check_box(&page->annotations.v[0].box, 10, 280, 60, 290);
    CHECK(!page->annotations.v[0].prints && page->annotations.v[1].prints && !page->annotations.v[2].prints);
    CHECK(!page->annotations.v[1].is_hidden && page->annotations.v[2].is_hidden);
    seen_drop(file);
}

/* --- files that are refused --- */

static void check_refused(const char *name, bt_status status, const char *number)
{
    seen_file *file = NULL;
    CHECK_INT(open_path(name, &file), status);
    CHECK(!file);
    CHECK(strncmp(said, number, strlen(number)) == 0);
    if (strncmp(said, number, strlen(number)) != 0) printf("    '%s' is not %s\n", said, number);
}

static void test_no_file(void)
{
    char other[80];
    snprintf(other, sizeof other, "%s/missing.pdf", folder);
    check_refused(other, BT_INPUT, "E1303");
    check_refused(folder, BT_INPUT, "E1304");
    check_refused("/dev/null", BT_INPUT, "E1305");
    snprintf(other, sizeof other, "%s/pipe", folder);
    CHECK(mkfifo(other, 0600) == 0);
    check_refused(other, BT_INPUT, "E1305");
    unlink(other);
    put_bytes("", 0);
    check_refused(path, BT_INPUT, "E1300");
    put_bytes("Kính gửi", 8);
    check_refused(path, BT_INPUT, "E1300");
    snprintf(other, sizeof other, "%s/seem.pdf", folder); /* seen.pdf is there */
    check_refused(other, BT_INPUT, "E0217");
    CHECK(truncate(path, (off_t)BT_LIMIT_PDF_BYTES + 1) == 0);
    check_refused(path, BT_LIMIT, "E0803");
}

static void test_bad_pages(void)
{
    const char *const no_box[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100] >>"};
    put_pdf(no_box, 3, "");
    check_refused(path, BT_INPUT, "E1308");
    const char *const large[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 1000] /UserUnit 101 >>"};
    put_pdf(large, 3, "");
    check_refused(path, BT_INPUT, "E1309");
    const char *const none[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"};
    put_pdf(none, 2, "");
    check_refused(path, BT_INPUT, "E1306");
    const char *const loop[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"};
    put_pdf(loop, 2, "");
    check_refused(path, BT_INPUT, "E1301");
}

static void check_n_pages(int n, const char *number)
{
    static char kids[16 * (BT_LIMIT_PDF_PAGES + 2)];
    static const char *objects[BT_LIMIT_PDF_PAGES + 3] = {"<< /Type /Catalog /Pages 2 0 R >>", kids};
    size_t size = (size_t)snprintf(kids, sizeof kids, "<< /Type /Pages /MediaBox [0 0 9 9] /Kids [");
    for (int i = 0; i < n; i++) {
        size += (size_t)snprintf(kids + size, sizeof kids - size, "%d 0 R ", i + 3);
        objects[i + 2] = "<< /Type /Page /Parent 2 0 R >>";
    }
    snprintf(kids + size, sizeof kids - size, "] /Count %d >>", n);
    put_pdf(objects, (size_t)n + 2, "");
    seen_file *file = NULL;
    CHECK_INT(open_path(path, &file), number[0] ? BT_INPUT : BT_OK);
    CHECK(strncmp(said, number, strlen(number)) == 0);
    if (file) CHECK_INT(file->pages.n, n);
    seen_drop(file);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    snprintf(path, sizeof path, "%s/seen.pdf", folder);
    test_defaults();
    test_named_boxes();
    test_turned();
    test_annotations();
    test_no_file();
    test_bad_pages();
    check_n_pages(BT_LIMIT_PDF_PAGES, "");
    check_n_pages(BT_LIMIT_PDF_PAGES + 1, "E1307");
    unlink(path);
    rmdir(folder);
    bt_arena_drop(&arena);
    return check_report();
}
