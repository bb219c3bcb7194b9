/* tell.c - writes made-up reports by the writers of bantin-check, so that they can be judged without files to compare.
 *
 * usage: tell REPORT FORMAT LANG [SAMPLE.png OURS.png]
 *
 * REPORT: words equal hostile layout preflight pages many some. FORMAT: table json junit html; starved: all of
 * them, with too little memory for one call more each time. The pictures, of a page
 * of 190 x 270 mm with 13 mm around it, are those of each page; without them the pages have none.
 */
#include "check/check.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PICTURE = 1 << 26 };

typedef struct maker {
    bt_arena arena;
    report r;
    bt_str sample_png, ours_png;
} maker;

static finding *add(maker *m, finding_kind kind, uint32_t page, const char *message)
{
    finding *f = BT_PUSH(&m->arena, &m->r.findings);
    if (!f) abort();
    *f = (finding){.kind = kind,
                   .severity = FINDING_ERROR,
                   .number = "",
                   .page = page,
                   .sample_page = page,
                   .n = 1,
                   .weight = 1000 - 10.0 * m->r.findings.n,
                   .message = bt_str_of(message)};
    return f;
}

static void place(finding *f, double x, double y, double width, double height, double dx, double dy)
{
    f->has_ours = f->has_sample = true;
    f->sample = (seen_box){x, y, x + width, y + height};
    f->ours = (seen_box){x + dx, y + dy, x + dx + width, y + dy + height};
    f->dx = dx;
    f->dy = dy;
}

static void values(finding *f, const char *subject, const char *was, const char *is)
{
    f->subject = bt_str_of(subject);
    f->was = bt_str_of(was);
    f->is = bt_str_of(is);
}

static void add_pages(maker *m, uint32_t n)
{
    for (uint32_t i = 1; i <= n; i++) {
        report_page *page = BT_PUSH(&m->arena, &m->r.pages);
        if (!page) abort();
        *page = (report_page){.page = i,
                              .sample_page = m->r.kind == REPORT_PREFLIGHT ? 0 : i,
                              .width = 538.583,
                              .height = 765.354,
                              .sample_width = 538.583,
                              .sample_height = 765.354,
                              .picture = m->ours_png,
                              .sample_picture = m->sample_png,
                              .picture_box = {-36.85, -36.85, 575.433, 802.204},
                              .sample_picture_box = {-36.85, -36.85, 575.433, 802.204},
                              .was_looked_at = m->r.kind == REPORT_CHECK,
                              .n_pixels = i == 1 && m->r.kind == REPORT_CHECK ? 1234 : 0};
    }
    m->r.n_pages = n;
    m->r.n_sample_pages = m->r.kind == REPORT_PREFLIGHT ? 0 : n;
}

static void begin(maker *m, report_kind kind, uint32_t n_pages)
{
    m->r = (report){.kind = kind,
                    .ours = BT_STR("ra/bản tin tháng 5.pdf"),
                    .sample = kind == REPORT_PREFLIGHT ? BT_STR("") : BT_STR("mau/approved.pdf"),
                    .profile = kind == REPORT_PREFLIGHT ? BT_STR("press-coated") : BT_STR(""),
                    .dpi = 150};
    add_pages(m, n_pages);
}

static void make_words(maker *m)
{
    begin(m, REPORT_CHECK, 3);
    finding *f = add(m, FINDING_TEXT_CHANGED, 1, "\"Hậu\" now reads \"Hâu\": the tone mark differs");
    place(f, 120, 150, 60, 20, 0, 0);
    values(f, "", "Hậu", "Hâu");
    f = add(m, FINDING_TEXT_MOVED, 1, "12 lines, \"Nhật Linh\" and on: moved 0.35 mm to the right");
    place(f, 60, 300, 220, 160, 0.992, 0);
    values(f, "Nhật Linh ...", "", "");
    f->amount = 0.992;
    f->n = 96;
    f = add(m, FINDING_PICTURE_MOVED, 2, "a picture moved 21.17 mm to the right and 35.28 mm down");
    place(f, 80, 200, 150, 100, 60, 100);
    f->amount = 116.6;
    f = add(m, FINDING_TEXT_SIZE, 2, "\"Tin vắn\" is set 0.1 pt larger");
    place(f, 300, 90, 80, 12, 0, 0);
    f->ours.x1 += 1;
    values(f, "Tin vắn", "9.4 pt", "9.5 pt");
    f->amount = 0.1;
    f = add(m, FINDING_RULE_GONE, 2, "a rule is missing");
    place(f, 40, 640, 500, 0.5, 0, 0);
    f->has_ours = false;
    f = add(m, FINDING_TEXT_COLOR, 3, "\"Thanh Hóa\" has another colour");
    place(f, 200, 700, 120, 24, 0, 0);
    values(f, "Thanh Hóa", "CMYK 0 0 0 100", "CMYK 60 40 40 100");
    f = add(m, FINDING_FONT_EMBEDDED, 0, "NotoSerif-Bold is not embedded");
    values(f, "NotoSerif-Bold", "embedded", "not embedded");
    m->r.n_left_out = 2;
    static const seen_box covered = {400, 20, 560, 50};
    m->r.pages.v[0].masks = &covered;
    m->r.pages.v[0].n_masks = 1;
}

static void make_equal(maker *m)
{
    begin(m, REPORT_CHECK, 2);
    m->r.is_equal = true;
    m->r.pages.v[0].n_pixels = 0;
}

/* Texts as nobody should write them into a PDF. */
static void make_hostile(maker *m)
{
    static const char *const texts[] = {
        "</script><script>document.title='taken'</script>",
        "</style><img src=http://127.0.0.1:9/x.png onerror=\"document.title='taken'\">",
        "\"'><b onmouseover=alert(1)>&amp;&#x3c;",
        "line\u2028paragraph\u2029end <!-- ]]> -->",
        "\x1b[2J\x1b]0;taken\x07 bell and \x01 control \x7f",
        "broken \xff\xc3 UTF-8 \xed\xa0\x80",
        "turned \u202egnp.exe\u202c around \u2066in\u2069",
        "\ufffe non-character \U0001F600 emoji, nga\u0303 combining, \u6f22\u5b57 wide",
    };
    begin(m, REPORT_CHECK, 1);
    m->r.ours = BT_STR("<x onload=alert(1)>/\"a\"&b.pdf");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        finding *f = add(m, FINDING_TEXT_CHANGED, 1, texts[i]);
        place(f, 60, 60 + 30.0 * (double)i, 200, 14, 0, 0);
        values(f, texts[i], texts[i], texts[i]);
        f->remedy = bt_str_of(texts[i]);
    }
    finding *f = add(m, FINDING_TEXT_MOVED, 1, "a place that is none");
    place(f, 0.0 / 1.0, 1e300, 1e300, 1e300, 1e300, -1e300);
}

static void line(maker *m, const char *subject, const char *sample, const char *ours, const char *difference, int state)
{
    report_line *added = BT_PUSH(&m->arena, &m->r.lines);
    if (!added) abort();
    added->subject = bt_str_of(subject);
    added->sample = bt_str_of(sample);
    added->ours = bt_str_of(ours);
    added->difference = bt_str_of(difference);
    if (state == LINE_DIFFERS) added->state = LINE_DIFFERS;
    if (state == LINE_NOT_RUN) {
        added->state = LINE_NOT_RUN;
        added->why = BT_STR("Ghostscript is not installed");
    }
}

static void make_layout(maker *m)
{
    begin(m, REPORT_LAYOUT, 2);
    m->r.dpi = 0;
    line(m, "page size", "210 \u00d7 297 mm", "210 \u00d7 297 mm", "", LINE_GOOD);
    line(m, "left margin", "15.0 mm", "16.0 mm", "1.0 mm wider", LINE_DIFFERS);
    line(m, "body text", "NotoSerif 9.4 pt", "NotoSerif 9.4 pt", "", LINE_GOOD);
    line(m, "baseline grid", "4.2 mm", "4.2 mm", "", LINE_GOOD);
    line(m, "folio", "bottom outside", "bottom middle", "moved", LINE_DIFFERS);
    finding *f = add(m, FINDING_DESIGN, 1, "the left margin is 1.0 mm wider");
    place(f, 0, 0, 42.5, 765.354, 0, 0);
    f->ours.x1 = 45.4;
    values(f, "left margin", "15.0 mm", "16.0 mm");
}

static void make_preflight(maker *m)
{
    begin(m, REPORT_PREFLIGHT, 2);
    line(m, "colours other than CMYK", "P0301", "error", "1 picture", LINE_DIFFERS);
    line(m, "pictures of low resolution", "P0501", "warning", "2 pictures", LINE_DIFFERS);
    line(m, "total ink", "P0701", "not tried", "", LINE_NOT_RUN);
    line(m, "bleed", "P0103", "good", "", LINE_GOOD);
    finding *f = add(m, FINDING_PREFLIGHT, 1, "a picture is in RGB, which the press has no inks for");
    place(f, 80, 200, 150, 100, 0, 0);
    f->has_sample = false;
    f->sample_page = 0;
    f->number = "P0301";
    static const seen_box places[] = {{80, 200, 230, 300}, {300, 200, 400, 300}};
    f->places = places;
    f->n_places = 2;
    f->n = 2;
    f->remedy = BT_STR("convert it to CMYK with the printing condition's profile");
    for (int i = 0; i < 2; i++) {
        f = add(m, FINDING_PREFLIGHT, 2, i ? "a picture has 150 ppi" : "a picture has 72 ppi");
        place(f, 80 + 200.0 * i, 400, 150, 100, 0, 0);
        f->has_sample = false;
        f->sample_page = 0;
        f->severity = FINDING_WARNING;
        f->number = "P0501";
        f->remedy = BT_STR("take the picture in its original size, or print it smaller");
    }
    f = add(m, FINDING_PREFLIGHT, 0, "the file has no title");
    f->severity = FINDING_NOTE;
    f->number = "P0905";
    f->remedy = BT_STR("give the document a title");
}

/* Pages that only one of the two has, of another size, and in another order. */
static void make_pages(maker *m)
{
    begin(m, REPORT_CHECK, 3);
    m->r.n_sample_pages = 4;
    report_page *page = BT_PUSH(&m->arena, &m->r.pages);
    if (!page) abort();
    *page = (report_page){
        .sample_page = 4, .width = 538.583, .height = 765.354, .sample_width = 538.583, .sample_height = 765.354};
    m->r.pages.v[1].sample_page = 3;
    m->r.pages.v[2].sample_page = 2;
    m->r.pages.v[0].sample_width = 510.236;
    m->r.pages.v[0].sample_picture_box = (seen_box){-36.85, -36.85, 547.086, 802.204};
    finding *f = add(m, FINDING_PAGES, 0, "there are 3 pages, where the sample has 4");
    values(f, "", "4", "3");
    f->amount = 1;
    f = add(m, FINDING_PAGES, 0, "page 4 of the sample is missing");
    f->sample_page = 4;
    f = add(m, FINDING_PAGE_ORDER, 2, "page 3 of the sample stands on page 2");
    f->sample_page = 3;
    values(f, "", "3", "2");
    f = add(m, FINDING_PAGE_BOX, 1, "the trim is 10 mm wider");
    values(f, "TrimBox", "200 \u00d7 297 mm", "210 \u00d7 297 mm");
    f->amount = 28.347;
    f = add(m, FINDING_TEXT_MOVED, 1, "a paragraph stood on page 3");
    place(f, 100, 100, 60, 20, 0, 0);
    f->sample_page = 3;
    f->amount = 600;
}

/* Of 12 pages only two were looked at. */
static void make_some(maker *m)
{
    begin(m, REPORT_CHECK, 12);
    m->r.first_page = 2;
    m->r.last_page = 3;
    place(add(m, FINDING_TEXT_NEW, 3, "a word is new"), 100, 100, 60, 20, 0, 0);
}

static void make_many(maker *m)
{
    begin(m, REPORT_CHECK, 12);
    for (uint32_t i = 0; i < 600; i++) {
        finding *f = add(m, (finding_kind)(i % (FINDING_PREFLIGHT - 1)), 1 + i % 12,
                         "one of many, told in a sentence of usual length");
        place(f, 40 + i % 7 * 70.0, 40 + i % 61 * 12.0, 60, 10, i % 3, 0);
        values(f, "a word", "was this", "is that");
    }
}

static const struct {
    const char *name;
    void (*make)(maker *m);
} reports[] = {{"words", make_words},         {"equal", make_equal}, {"hostile", make_hostile}, {"layout", make_layout},
               {"preflight", make_preflight}, {"pages", make_pages}, {"many", make_many},       {"some", make_some}};

static bt_str read_picture(maker *m, const char *path)
{
    bt_str bytes = {0};
    int error = 0;
    if (path && bt_file_read(&m->arena, path, LARGEST_PICTURE, &bytes, &error) != BT_OK) exit(2);
    return bytes;
}

/* --- memory that runs out --- */

typedef struct purse {
    uint32_t n_left; /* calls that get memory */
} purse;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    purse *p = user;
    (void)old_size;
    if (!new_size) {
        free(block);
        return NULL;
    }
    if (!p->n_left) return NULL;
    p->n_left--;
    return realloc(block, new_size);
}

/* Has all writers tell the report with memory for n calls. True: that sufficed. */
static bool tell_with(const tell_target *to, const report *r, uint32_t n)
{
    purse p = {n};
    const bt_allocator allocator = {resize, &p};
    bt_arena arena = bt_arena_over(&allocator), words = bt_arena_over(&allocator);
    bt_diags diags = {.arena = &words, .lang = to->diags->lang};
    const tell_target poor = {.c = to->c, .diags = &diags, .arena = &arena};
    tell_table(&poor, r);
    bool is_enough = !arena.failed;
    static bt_status (*const writers[])(const tell_target *to, const report *r, bt_buf *out) = {tell_json, tell_html};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        bt_buf out = bt_buf_in(&arena);
        bt_status status = writers[i](&poor, r, &out);
        if ((status == BT_OK) == arena.failed) exit(4); /* what is cut off must not pass for whole */
        is_enough = is_enough && status == BT_OK;
    }
    bt_buf out = bt_buf_in(&arena);
    is_enough = tell_junit(&poor, r, 1, &out) == BT_OK && is_enough;
    bt_arena_drop(&arena);
    bt_arena_drop(&words);
    return is_enough;
}

static int starve(const tell_target *to, const report *r)
{
    uint32_t n = 0;
    while (!tell_with(to, r, n)) n++;
    return n ? 0 : 2;
}

static int print(const tell_target *to, const report *r, const char *format)
{
    bt_buf out = bt_buf_in(to->arena);
    bt_status status = BT_INPUT;
    if (strcmp(format, "table") == 0) {
        tell_table(to, r);
        return 0;
    }
    if (strcmp(format, "starved") == 0) return starve(to, r);
    if (strcmp(format, "json") == 0) status = tell_json(to, r, &out);
    if (strcmp(format, "junit") == 0) status = tell_junit(to, (const report[]){*r, *r}, 2, &out);
    if (strcmp(format, "html") == 0) status = tell_html(to, r, &out);
    fwrite(out.bytes.v, 1, out.bytes.n, stdout);
    return status == BT_OK ? 0 : 2;
}

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    maker m = {0};
    m.sample_png = read_picture(&m, argc > 5 ? argv[4] : NULL);
    m.ours_png = read_picture(&m, argc > 5 ? argv[5] : NULL);
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (strcmp(reports[i].name, argv[1]) == 0) reports[i].make(&m);
    findings_rank(&m.r);
    bt_lang lang = argv[3][0] == 'v' ? BT_LANG_VI : BT_LANG_EN;
    bt_diags diags = {.arena = &m.arena, .lang = lang};
    const cli c = {.lang = lang};
    int status = print(&(tell_target){.c = &c, .diags = &diags, .arena = &m.arena}, &m.r, argv[2]);
    if (diags.lacking.len) fprintf(stderr, "no words for: %.*s\n", BT_STR_ARGS(diags.lacking));
    bt_arena_drop(&m.arena);
    return diags.lacking.len ? 3 : status;
}
