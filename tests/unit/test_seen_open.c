/* test_seen_open.c - a PDF as a whole: its boxes, what it says of itself, and files that are refused. */
#include "check.h"
#include "made_pdf.h"
#include "short_memory.h"

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
    put_pdf(path, objects, 3, "");
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

/* --- what a file says of itself --- */

#define XMP_HEAD                                                                                                       \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"            \
    "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "                                       \
    "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/' "                               \
    "xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/' "                 \
    "xmlns:pdfxid='http://www.npes.org/pdfx/ns/id/'"
#define XMP_TAIL "</rdf:Description></rdf:RDF></x:xmpmeta>"

/* A file whose catalog, Info and XMP hold these. */
static seen_file *file_of(const char *catalog, const char *info, const char *xmp)
{
    static char root[4096], packet[4096], about[2048];
    snprintf(root, sizeof root, "<< /Type /Catalog /Pages 2 0 R %s %s >>", xmp ? "/Metadata 5 0 R" : "", catalog);
    snprintf(about, sizeof about, "<< %s >>", info);
    snprintf(packet, sizeof packet, "<< /Type /Metadata /Length %zu >>\nstream\n%s\nendstream", xmp ? strlen(xmp) : 0,
             xmp ? xmp : "");
    const char *const objects[] = {root,
                                   "<< /Type /Pages /Kids [3 0 R 6 0 R 7 0 R] /Count 3 /MediaBox [0 0 9 9] >>",
                                   "<< /Type /Page /Parent 2 0 R /Group << /S /Transparency /CS /DeviceRGB >> >>",
                                   about,
                                   packet,
                                   "<< /Type /Page /Parent 2 0 R >>",
                                   "<< /Type /Page /Parent 2 0 R >>"};
    put_pdf(path, objects, 7, "/Info 4 0 R /ID [(a) (b)]");
    seen_file *file = NULL;
    CHECK_INT(open_path(path, &file), BT_OK);
    CHECK_STR(bt_str_of(said), "");
    return file;
}

static void test_info(void)
{
    seen_file *file = file_of("/Lang (vi) /MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot >>",
                              "/Title <FEFF0042 1EA3006E> /Author (Ban bi\\352n) /Producer (bantin) /Trapped /False "
                              "/CreationDate (D:20240401080000+07'00') /GTS_PDFXVersion (PDF/X-1:2001) "
                              "/GTS_PDFXConformance (PDF/X-1a:2001)",
                              NULL);
    CHECK_STR(file->title, "B\u1ea3n");
    CHECK_STR(file->author, "Ban biên");
    CHECK_STR(file->producer, "bantin");
    CHECK_STR(file->creator, "");
    CHECK_STR(file->trapped, "False");
    CHECK_STR(file->lang, "vi");
    CHECK_STR(file->pdfx, "PDF/X-1a:2001");
    CHECK_STR(file->version, "1.5");
    CHECK(file->has_creation_date && !file->has_modification_date && file->has_id && file->is_tagged);
    CHECK(!file->has_xmp && file->info_and_xmp_agree);
    CHECK(!file->has_layers && !file->has_scripts && !file->has_attachments && !file->has_form);
    CHECK(file->pages.v[0].has_group && file->pages.v[0].group_space == SEEN_RGB && !file->pages.v[1].has_group);
    CHECK_STR(file->pages.v[1].label, "");
    seen_drop(file);
}

static void test_xmp(void)
{
    seen_file *file =
        file_of("/Version /1.7", "/Title (T) /Author (A; B) /Creator (C) /ModDate (D:20240401080000+07'00')",
                XMP_HEAD " pdfaid:part='2' pdfaid:conformance='A'>"
                         "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>T</rdf:li>"
                         "<rdf:li xml:lang='vi'>V</rdf:li></rdf:Alt></dc:title>"
                         "<dc:creator><rdf:Seq><rdf:li>A</rdf:li> <rdf:li>B</rdf:li></rdf:Seq></dc:creator>"
                         "<xmp:ModifyDate>2024-04-01T01:00:00Z</xmp:ModifyDate><xmp:CreatorTool>C"
                         "</xmp:CreatorTool><pdf:Producer> P </pdf:Producer><pdfuaid:part>1</pdfuaid:part>"
                         "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" XMP_TAIL);
    CHECK(file->has_xmp && file->info_and_xmp_agree && file->has_modification_date);
    CHECK_STR(file->version, "1.7");
    CHECK_STR(file->title, "T");
    CHECK_STR(file->author, "A; B");
    CHECK_STR(file->producer, "P");
    CHECK_STR(file->pdfa, "2a");
    CHECK_STR(file->pdfua, "1");
    CHECK_STR(file->pdfx, "PDF/X-4");
    seen_drop(file);

    static const struct {
        const char *info, *xmp;
        bool agree;
    } cases[] = {
        {"/Title (T)", "<dc:title>T</dc:title>", true},
        {"/Title (T)", "<dc:title>U</dc:title>", false},
        {"/Title (T)", "<xmp:CreatorTool>U</xmp:CreatorTool>", true},
        {"/CreationDate (D:20240229235959Z)", "<xmp:CreateDate>2024-03-01T06:59:59+07:00</xmp:CreateDate>", true},
        {"/CreationDate (D:20240229235959Z)", "<xmp:CreateDate>2024-03-01T06:59:58+07:00</xmp:CreateDate>", false},
        {"/CreationDate (D:20240229235959Z)", "<xmp:CreateDate>2024-03-01T06:59:59.25+08:00</xmp:CreateDate>", false},
        {"/CreationDate (D:20240229)", "<xmp:CreateDate>2024-02-29T10:00:00+07:00</xmp:CreateDate>", true},
        {"/CreationDate (D:20240229)", "<xmp:CreateDate>2024-02-28</xmp:CreateDate>", false},
        {"/Trapped /True", "<pdf:Trapped>False</pdf:Trapped>", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char xmp[2048];
        snprintf(xmp, sizeof xmp, XMP_HEAD ">%s" XMP_TAIL, cases[i].xmp);
        file = file_of("", cases[i].info, xmp);
        CHECK(file->has_xmp);
        CHECK_INT(file->info_and_xmp_agree, cases[i].agree);
        seen_drop(file);
    }
    static const char *const no_xmp[] = {
        "", "<a><b></a>", "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;&c;</a>"};
    for (size_t i = 0; i < sizeof no_xmp / sizeof *no_xmp; i++) {
        file = file_of("", "", no_xmp[i]);
        CHECK(!file->has_xmp);
        seen_drop(file);
    }
}

static void test_labels(void)
{
    seen_file *file =
        file_of("/PageLabels << /Kids [<< /Nums [0 << /S /r /St 4 >>] >> << /Nums [2 << /S /A /P (P-) /St 28 >>] "
                ">>] >>",
                "", NULL);
    CHECK_STR(file->pages.v[0].label, "iv");
    CHECK_STR(file->pages.v[1].label, "v");
    CHECK_STR(file->pages.v[2].label, "P-BB");
    seen_drop(file);
    file = file_of("/PageLabels << /Nums [1 << /S /D >> 9 << /S /D >> (x) 5] >>", "", NULL);
    CHECK_STR(file->pages.v[0].label, "");
    CHECK_STR(file->pages.v[2].label, "2");
    seen_drop(file);
}

static void test_extras(void)
{
    seen_file *file =
        file_of("/OCProperties << /OCGs [6 0 R] >> /AcroForm << /Fields [6 0 R] >> "
                "/Names << /JavaScript << >> /EmbeddedFiles << >> >> "
                "/OutputIntents [<< /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) >> 5 << /S /GTS_PDFA1 "
                "/DestOutputProfile 5 0 R >>]",
                "", "bbbbccccddddeeeeCMYK");
    CHECK(file->has_layers && file->has_scripts && file->has_attachments && file->has_form);
    CHECK_INT(file->intents.n, 2);
    CHECK_STR(file->intents.v[0].subtype, "GTS_PDFX");
    CHECK_STR(file->intents.v[0].condition, "FOGRA39");
    CHECK(!file->intents.v[0].has_profile && file->intents.v[1].has_profile);
    CHECK_INT(file->intents.v[1].n_components, 4);
    seen_drop(file);
    file =
        page_of("/MediaBox [0 0 9 9]", "/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /JavaScript /JS () >> >>]");
    CHECK(file->has_scripts);
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
    put_bytes(path, "", 0);
    check_refused(path, BT_INPUT, "E1300");
    put_bytes(path, "Kính gửi", 8);
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
    put_pdf(path, no_box, 3, "");
    check_refused(path, BT_INPUT, "E1308");
    const char *const large[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 1000] /UserUnit 101 >>"};
    put_pdf(path, large, 3, "");
    check_refused(path, BT_INPUT, "E1309");
    const char *const none[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"};
    put_pdf(path, none, 2, "");
    check_refused(path, BT_INPUT, "E1306");
    const char *const loop[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"};
    put_pdf(path, loop, 2, "");
    check_refused(path, BT_INPUT, "E1301");
}

/* Contents in which something is no token, or is not closed; and pictures that are not what their filter makes. */
static void test_garbled(void)
{
    static const char *const contents[] = {
        "1 0 0 ) rg",     "[1 2 d",           "(a Tj",   "<4z> Tj", "<41 Tj",           "] 0 d",
        "/P << /A 1 BDC", "/P << /A 1 ] BDC", "{ 1 } g", "> g",     "BI /W 2 ID no end"};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        char stream[256];
        snprintf(stream, sizeof stream, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(contents[i]), contents[i]);
        const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>", stream};
        put_pdf(path, objects, 4, "");
        check_refused(path, BT_INPUT, "E1301 this PDF is damaged (the content of page 1 is garbled)");
    }
}

static void test_broken_pictures(void)
{
    static const char page[] =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R "
        ">> >> >>";
    static const struct {
        const char *filter, *bytes; /* in hexadecimal */
        bool is_whole;
    } cases[] = {
        {"[/ASCIIHexDecode /FlateDecode]", "789c", true}, /* not looked at */
        {"/FlateDecode",
         "x\x9c"
         "c`\x60",
         false},
        {"/DCTDecode", "none", false},
        {"/DCTDecode", "\xff\xd8\xff\xc0\x01\x01", false},
        {"/DCTDecode", "\xff\xd8\xff\xe0\x01\x03x\xff\xda\x01\x01x", false}, /* a scan without a frame */
        {"/DCTDecode", "\xff\xd8\xff\xff\xc0\x01\x02\xff\xda\x01\x01x", false},
        {"", "abcd", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char picture[512];
        snprintf(picture, sizeof picture,
                 "<< /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray %s %s /Length %zu "
                 ">>\nstream\n%s\nendstream",
                 cases[i].filter[0] ? "/Filter" : "", cases[i].filter, strlen(cases[i].bytes), cases[i].bytes);
        const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                       page, "<< /Length 6 >>\nstream\n/Im Do\nendstream", picture};
        put_pdf(path, objects, 5, "");
        if (!cases[i].is_whole) {
            check_refused(path, BT_INPUT, "E1301 this PDF is damaged (a picture on page 1 is broken)");
            continue;
        }
        seen_file *file = NULL;
        CHECK_INT(open_path(path, &file), BT_OK);
        if (file) CHECK_INT(file->pages.v[0].pictures.n, 1);
        seen_drop(file);
    }
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
    put_pdf(path, objects, (size_t)n + 2, "");
    seen_file *file = NULL;
    CHECK_INT(open_path(path, &file), number[0] ? BT_INPUT : BT_OK);
    CHECK(strncmp(said, number, strlen(number)) == 0);
    if (file) CHECK_INT(file->pages.n, n);
    seen_drop(file);
}

/* Memory that ends after ever more allocations: each time it is told, and nothing is left open. */
static void test_no_memory(void)
{
    seen_file *whole = file_of("/Lang (vi)", "/Title (T)", XMP_HEAD "><dc:title>T</dc:title>" XMP_TAIL);
    seen_drop(whole);
    bt_status status = BT_NOMEM;
    long n = 0;
    for (; status != BT_OK && n < 500; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena short_arena = bt_arena_over(&allocator);
        seen_file *file = NULL;
        said[0] = '\0';
        diags = (bt_diags){.on_message = take_message, .arena = &arena};
        status = seen_open(&short_arena, &diags, path, &(seen_options){.content = true}, &file);
        CHECK(status == BT_OK || (status == BT_LIMIT && !file));
        CHECK(status == BT_OK ? !said[0] : strncmp(said, "E1310", 5) == 0);
        if (status != BT_OK && strncmp(said, "E1310", 5) != 0) printf("    %ld: %d '%s'\n", n, status, said);
        seen_drop(file);
        bt_arena_drop(&short_arena);
    }
    CHECK_INT(status, BT_OK);
    CHECK(n > 2);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    snprintf(path, sizeof path, "%s/seen.pdf", folder);
    test_defaults();
    test_named_boxes();
    test_turned();
    test_annotations();
    test_info();
    test_xmp();
    test_labels();
    test_extras();
    test_no_file();
    test_bad_pages();
    test_garbled();
    test_broken_pictures();
    check_n_pages(BT_LIMIT_PDF_PAGES, "");
    check_n_pages(BT_LIMIT_PDF_PAGES + 1, "E1307");
    test_no_memory();
    unlink(path);
    rmdir(folder);
    bt_arena_drop(&arena);
    return check_report();
}
