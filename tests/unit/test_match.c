/* test_match.c - what differs of two pages built by hand: pairs of pages, and what is found of them, the weightiest
 * first. Letters are half as wide as high, so that places can be reckoned.
 */
#include "check/match/match_int.h"
#include "unit/check.h"

#include <math.h>
#include <stdlib.h>

static bt_arena arena, words;
static bt_diags diags = {.arena = &words};

/* --- pages --- */

static const seen_face serif = {.name = BT_STR_INIT("Serif"), .is_embedded = true};
static const seen_face bold = {.name = BT_STR_INIT("Serif-Bold"), .is_embedded = true, .is_bold = true};
static const seen_color black = {.space = SEEN_CMYK, .n = 4, .v = {0, 0, 0, 1}};
static const seen_color rich = {.space = SEEN_CMYK, .n = 4, .v = {0.5, 0.4, 0.4, 1}};
static const seen_color gray = {.space = SEEN_GRAY, .n = 1, .v = {0}};
static const seen_color white = {.space = SEEN_CMYK, .n = 4, .v = {0, 0, 0, 0}};
static const seen_paint in_black = {.fill = &black, .fill_alpha = 1, .stroke_alpha = 1};
static const seen_paint in_rich = {.fill = &rich, .fill_alpha = 1, .stroke_alpha = 1};
static const seen_paint in_gray = {.fill = &gray, .fill_alpha = 1, .stroke_alpha = 1};
static const seen_paint in_white = {.fill = &white, .fill_alpha = 1, .stroke_alpha = 1};
static const seen_paint over = {.fill = &black, .overprints_fill = true, .fill_alpha = 1, .stroke_alpha = 1};
static const seen_paint stroked = {.stroke = &black, .line_width = 0.5, .fill_alpha = 1, .stroke_alpha = 1};

/* How a line is set; zeros are what is usual. */
typedef struct setting {
    const char *text;
    double x, y, size, space;
    const seen_face *face;
    const seen_paint *paint;
    uint8_t mode;
} setting;

static seen_file *file_of(uint32_t n_pages)
{
    seen_file *file = BT_NEW(&arena, seen_file);
    for (uint32_t i = 0; i < n_pages; i++) {
        seen_page *page = BT_PUSH(&arena, &file->pages);
        *page = (seen_page){.width = 400, .height = 600, .user_unit = 1, .to_trim = {1, 0, 0, -1, -20, 620}};
        for (uint32_t kind = 0; kind < SEEN_N_BOXES; kind++) {
            page->boxes[kind] = (seen_box){0, 0, 400, 600};
            page->has_box[kind] = kind == SEEN_MEDIA || kind == SEEN_TRIM;
        }
        page->boxes[SEEN_MEDIA] = page->boxes[SEEN_CROP] = (seen_box){-20, -20, 420, 620};
    }
    *BT_PUSH(&arena, &file->faces) = &serif;
    *BT_PUSH(&arena, &file->faces) = &bold;
    return file;
}

static void add_word(seen_page *page, const setting *how, bt_str text, double *x)
{
    double width = (double)bt_utf8_count(text) * how->size / 2;
    seen_run *run = BT_PUSH(&arena, &page->runs);
    *run = (seen_run){text, *x, *x + width, how->size, how->face, how->paint, how->mode};
    seen_word *word = BT_PUSH(&arena, &page->words);
    *word = (seen_word){.text = text,
                        .box = {*x, how->y - 0.8 * how->size, *x + width, how->y + 0.2 * how->size},
                        .x0 = *x,
                        .x1 = *x + width,
                        .baseline = how->y,
                        .run_begin = page->runs.n - 1,
                        .run_end = page->runs.n,
                        .line_i = page->lines.n - 1,
                        .order = page->words.n};
    *x += width + how->space;
}

/* Lines are to be added from the top downwards. */
static void set(seen_page *page, setting how)
{
    if (how.size <= 0) how.size = 10;
    if (how.space <= 0) how.space = how.size / 4;
    if (!how.face) how.face = &serif;
    if (!how.paint) how.paint = &in_black;
    double x = how.x;
    seen_line *line = BT_PUSH(&arena, &page->lines);
    line->word_begin = page->words.n;
    bt_str rest = bt_str_of(how.text);
    while (rest.len) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != ' ') end++;
        add_word(page, &how, bt_str_slice(rest, 0, end), &x);
        rest = bt_str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    line->word_end = page->words.n;
    line->box = page->words.v[line->word_begin].box;
    line->box.x1 = x - how.space;
    line->baseline = how.y;
    line->size = how.size;
    line->face = how.face;
}

static void add_path(seen_page *page, seen_path_kind kind, seen_box box, const seen_paint *paint)
{
    seen_path *path = BT_PUSH(&arena, &page->paths);
    *path = (seen_path){.kind = kind, .box = box, .n_segments = 4, .paint = paint, .order = 100 + page->paths.n};
    if (kind == SEEN_RULE) path->thickness = fmin(seen_width(&box), seen_height(&box));
}

static void add_picture(seen_page *page, const char *content, seen_box box, seen_box whole)
{
    seen_picture *picture = BT_PUSH(&arena, &page->pictures);
    *picture = (seen_picture){.box = box,
                              .whole = whole,
                              .matrix = {seen_width(&whole), 0, 0, seen_height(&whole), whole.x0, whole.y0},
                              .n_columns = 300,
                              .n_rows = 200,
                              .space = SEEN_CMYK,
                              .n_components = strcmp(content, "a") == 0 ? 4 : 3, /* so that nothing is decoded */
                              .stored = bt_digest_of(content, strlen(content))};
    picture->ppi_x = picture->n_columns * 72 / seen_width(&whole);
    picture->ppi_y = picture->n_rows * 72 / seen_height(&whole);
}

/* Two columns under a headline. */
static const char *const left[] = {"Hội viên phụ nữ xã Hậu Lộc", "gặt xong chín mẫu lúa trước",
                                   "khi bão số bốn đổ vào bờ,", "cả làng ra đồng từ ba giờ",
                                   "sáng và về lúc trăng lên."};
static const char *const right[] = {"Tổ vay vốn quản lý hơn một", "trăm tỷ đồng cho các hộ nghèo",
                                    "và cận nghèo trong toàn huyện,", "không có nợ quá hạn nào phải",
                                    "báo cáo lên cấp trên."};
enum { N_LINES = 5 };

typedef struct page_setting {
    double dx, dy;          /* of all */
    double right_dy;        /* of the right column */
    const char *left[8];    /* instead of a line of the left column */
    bool has_line_more;     /* above the left column's third line */
    setting headline, last; /* how the headline and the right column's last line are set */
} page_setting;

static void fill(seen_page *page, const page_setting *p)
{
    setting headline = p->headline;
    if (!headline.text) headline.text = "Gặt chạy bão";
    if (headline.size <= 0) headline.size = 20;
    headline.x += 20 + p->dx;
    headline.y += 60 + p->dy;
    set(page, headline);
    for (uint32_t i = 0; i < N_LINES; i++) {
        double y = 100 + 13 * i + p->dy;
        double down = p->has_line_more && i >= 2 ? 13 : 0;
        if (p->has_line_more && i == 2)
            set(page, (setting){.text = "một dòng hoàn toàn mới đây,", .x = 20 + p->dx, .y = y});
        set(page, (setting){.text = p->left[i] ? p->left[i] : left[i], .x = 20 + p->dx, .y = y + down});
        setting other = i + 1 == N_LINES ? p->last : (setting){0};
        other.text = right[i];
        other.x += 220 + p->dx;
        other.y += y + p->right_dy;
        set(page, other);
    }
}

static seen_file *made(const page_setting *p)
{
    seen_file *file = file_of(1);
    fill(&file->pages.v[0], p);
    return file;
}

static seen_file *usual(void) { return made(&(page_setting){0}); }

/* --- what is found --- */

static check_options options;
static report found;

static const char *compare(const seen_file *ours, const seen_file *sample)
{
    static char text[4096];
    found = (report){0};
    CHECK_INT(match_files(&arena, &diags, ours, sample, &options, &found), BT_OK);
    findings_rank(&found);
    text[0] = '\0';
    for (uint32_t i = 0; i < found.findings.n; i++) {
        const finding *f = &found.findings.v[i];
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s%u %s: %.*s", at ? "\n" : "", f->page ? f->page : f->sample_page,
                 finding_kind_name(f->kind), BT_STR_ARGS(f->message));
    }
    return text;
}

#define FINDS(ours, sample, expected) CHECK_STR(bt_str_of(compare((ours), (sample))), expected)

/* --- the tests --- */

static void test_equal(void)
{
    FINDS(usual(), usual(), "");
    CHECK_INT(found.pages.n, 1);
    /* What another producer's rounding does, and what is just within the tolerance. */
    FINDS(made(&(page_setting){.dx = 0.01, .dy = -0.01}), usual(), "");
    FINDS(made(&(page_setting){.dx = 0.2}), usual(), "");
    FINDS(made(&(page_setting){.headline = {.size = 20.04}}), usual(), "");
    FINDS(file_of(2), file_of(2), "");
}

static void test_words(void)
{
    FINDS(made(&(page_setting){.left = {"Hội viên phụ nữ xã Hâu Lộc"}}), usual(),
          "1 text-changed: \"Hậu\" reads \"Hâu\" now: \"ậ\" has lost its tone mark");
    FINDS(made(&(page_setting){.left = {"Hội viên phụ nữ xã Hẩu Lộc"}}), usual(),
          "1 text-changed: \"Hậu\" reads \"Hẩu\" now: \"ậ\" has another tone mark, \"ẩ\"");
    FINDS(made(&(page_setting){.left = {[2] = "khi bão số bồn đổ vào bờ,"}}), usual(),
          "1 text-changed: \"bốn\" reads \"bồn\" now: \"ố\" has another tone mark, \"ồ\"");
    FINDS(made(&(page_setting){.left = {[2] = "khi báo số bốn đổ vào bờ,"}}), usual(),
          "1 text-changed: \"bão\" reads \"báo\" now: \"ã\" has another tone mark, \"á\"");
    FINDS(made(&(page_setting){.left = {[3] = "cà làng ra đồng từ ba giờ"}}), usual(),
          "1 text-changed: \"cả\" reads \"cà\" now: \"ả\" has another tone mark, \"à\"");
    FINDS(made(&(page_setting){.left = {"Hội viên phụ nữ xã Hậu Lôc"}}), usual(),
          "1 text-changed: \"Lộc\" reads \"Lôc\" now: \"ộ\" has lost its tone mark");
    FINDS(made(&(page_setting){.left = {"Hội viên phụ nữ xã Hậu Lạc"}}), usual(),
          "1 text-changed: \"Lộc\" reads \"Lạc\" now: \"ạ\" for \"ộ\"");
    /* Neighbours make one phrase; a word that grows moves those after it. */
    FINDS(made(&(page_setting){.left = {"Hội viên phụ nữ ở Nga Sơn"}}), usual(),
          "1 text-changed: \"xã Hậu Lộc\" reads \"ở Nga Sơn\" now");
    FINDS(made(&(page_setting){.left = {[4] = "sáng và về lúc trăng rất lên."}}), usual(),
          "1 text-new: \"rất\" is new\n"
          "1 text-moved: 1 word, \"lên.\": moved 6.17 mm to the right");
    FINDS(usual(), made(&(page_setting){.left = {[4] = "sáng và về lúc trăng lên. Hết"}}),
          "1 text-gone: \"Hết\" is gone");
    /* Words that have changed places are one change. */
    FINDS(made(&(page_setting){.left = {[1] = "gặt xong mẫu chín lúa trước"}}), usual(),
          "1 text-changed: \"chín mẫu\" reads \"mẫu chín\" now");
}

static void test_moved(void)
{
    FINDS(made(&(page_setting){.right_dy = 0.3}), usual(),
          "1 text-moved: 5 lines, \"Tổ vay vốn quản lý hơn một trăm tỷ đồng cho các hộ nghèo và cận nghèo "
          "...\": moved 0.11 mm down");
    CHECK_INT(found.findings.v[0].n, 32);
    CHECK(fabs(found.findings.v[0].dy - 0.3) < 1e-6 && found.findings.v[0].dx == 0);
    CHECK(found.findings.v[0].ours.x0 == 220 && fabs(found.findings.v[0].ours.y1 - (100 + 52 + 2 + 0.3)) < 1e-6);
    FINDS(made(&(page_setting){.dx = 1, .dy = -2}), usual(),
          "1 text-moved: 11 lines, \"Gặt chạy bão Hội viên phụ nữ xã Hậu Lộc gặt xong chín mẫu lúa trước khi "
          "...\": moved "
          "0.35 mm to the right and 0.71 mm up");
    FINDS(made(&(page_setting){.last = {.x = 0.3}}), usual(),
          "1 text-moved: 1 line, \"báo cáo lên cấp trên.\": moved 0.11 mm to the right");
    /* A line that comes in is told as new, and those below it as one block that moved. */
    FINDS(made(&(page_setting){.has_line_more = true}), usual(),
          "1 text-new: \"một dòng hoàn toàn mới đây,\" is new\n"
          "1 text-moved: 3 lines, \"khi bão số bốn đổ vào bờ, cả làng ra đồng từ ba giờ sáng và về lúc ...\": "
          "moved "
          "4.59 mm down");
    /* Spaced anew. */
    FINDS(made(&(page_setting){.last = {.space = 3}}), usual(),
          "1 text-moved: 4 words, \"cáo lên cấp trên.\": broken or spaced anew, words up to 0.71 mm from where they "
          "were");
}

static void test_style(void)
{
    FINDS(made(&(page_setting){.last = {.paint = &in_rich}}), usual(),
          "1 text-color: 5 words, \"báo cáo lên cấp trên.\": printed CMYK 50 40 40 100, in the sample CMYK 0 0 0 100");
    FINDS(made(&(page_setting){.last = {.paint = &in_gray}}), usual(),
          "1 text-color: 5 words, \"báo cáo lên cấp trên.\": printed gray 0, in the sample CMYK 0 0 0 100");
    FINDS(
        made(&(page_setting){.last = {.paint = &over}}), usual(),
        "1 text-color: 5 words, \"báo cáo lên cấp trên.\": printed overprinting (mode 0), in the sample knocking out");
    FINDS(made(&(page_setting){.last = {.face = &bold}}), usual(),
          "1 text-face: 5 words, \"báo cáo lên cấp trên.\": set in the face Serif-Bold, in the sample in Serif");
    FINDS(made(&(page_setting){.headline = {.size = 20.1}}), usual(),
          "1 text-size: 3 words, \"Gặt chạy bão\": set in 20.1 pt, in the sample in 20 pt\n"
          "1 text-moved: 1 word, \"bão\": moved 0.14 mm to the right");
}

static void test_pages(void)
{
    static const char *const texts[] = {"một trang đầu tiên có chữ", "trang thứ hai nói việc khác",
                                        "còn trang ba thì kể chuyện vui", "cuối cùng trang bốn là thơ"};
    seen_file *sample = file_of(4), *swapped = file_of(4), *fewer = file_of(3), *rewritten = file_of(4);
    static const uint32_t order[] = {0, 2, 1, 3}, left_ones[] = {0, 2, 3};
    for (uint32_t i = 0; i < 4; i++) {
        set(&sample->pages.v[i], (setting){.text = texts[i], .x = 20, .y = 50});
        set(&swapped->pages.v[i], (setting){.text = texts[order[i]], .x = 20, .y = 50});
        set(&rewritten->pages.v[i], (setting){.text = i == 1 ? "hoàn toàn chẳng giống" : texts[i], .x = 20, .y = 50});
        if (i < 3) set(&fewer->pages.v[i], (setting){.text = texts[left_ones[i]], .x = 20, .y = 50});
    }
    FINDS(swapped, sample, "2 page-order: pages 2 and 3 have changed places");
    FINDS(fewer, sample, "2 pages: 3 pages, where the sample has 4; page 2 of the sample is gone");
    FINDS(sample, fewer, "2 pages: 4 pages, where the sample has 3; page 2 is new");
    FINDS(rewritten, sample, "2 text-changed: \"trang thứ hai nói việc khác\" reads \"hoàn toàn chẳng giống\" now");
    CHECK_INT(found.pages.n, 4);
    /* Pages beyond --pages are no matter. */
    options.first_page = options.last_page = 4;
    FINDS(rewritten, sample, "");
    CHECK_INT(found.pages.n, 1);
    options.first_page = options.last_page = 0;
}

static void test_boxes(void)
{
    seen_file *trim = usual(), *media = usual(), *turned = usual();
    /* The trim's left side 1 mm to the right: nothing on the page has moved for that. */
    double mm = SHOWN_PT_PER_MM;
    seen_page *page = &trim->pages.v[0];
    page->to_trim.e -= mm;
    for (uint32_t i = 0; i < page->words.n; i++) {
        page->words.v[i].box.x0 -= mm;
        page->words.v[i].box.x1 -= mm;
        page->words.v[i].x0 -= mm;
        page->words.v[i].x1 -= mm;
    }
    page->width -= mm;
    page->boxes[SEEN_TRIM].x1 -= mm;
    page->boxes[SEEN_MEDIA].x0 -= mm;
    page->boxes[SEEN_MEDIA].x1 -= mm;
    FINDS(trim, usual(), "1 page-box: trim box: left side 1.00 mm to the right");
    media->pages.v[0].boxes[SEEN_MEDIA].y1 += 2 * mm;
    FINDS(media, usual(), "1 page-box: media box: bottom 2.00 mm lower");
    turned->pages.v[0].rotation = 180;
    CHECK(strstr(compare(turned, usual()), "1 page-box: the page is turned by 180°, where the sample's is by 0°"));
}

static seen_file *painted(seen_path_kind kind, seen_box box, const seen_paint *paint)
{
    seen_file *file = usual();
    add_path(&file->pages.v[0], SEEN_AREA, (seen_box){20, 300, 120, 340}, &in_rich);
    add_path(&file->pages.v[0], kind, box, paint);
    return file;
}

static void test_paths(void)
{
    const seen_box rule = {20, 200, 120, 200.5}, area = {20, 400, 120, 440};
    seen_file *sample = painted(SEEN_RULE, rule, &in_black);
    FINDS(painted(SEEN_RULE, rule, &stroked), sample, ""); /* stroked or filled: one rule */
    FINDS(painted(SEEN_RULE, (seen_box){20, 199.95, 120, 200.55}, &in_black), sample,
          "1 rule-thickness: rule is 0.6 pt thick, in the sample 0.5 pt");
    FINDS(painted(SEEN_RULE, (seen_box){20, 200.3, 120, 200.8}, &in_black), sample,
          "1 rule-moved: rule, 35.28 mm moved 0.11 mm down");
    FINDS(painted(SEEN_RULE, (seen_box){20, 200, 121, 200.5}, &in_black), sample,
          "1 rule-length: rule is 35.63 mm long, in the sample 35.28 mm");
    FINDS(painted(SEEN_RULE, rule, &in_rich), sample,
          "1 rule-color: rule, 35.28 mm: printed CMYK 50 40 40 100, in the sample CMYK 0 0 0 100");
    sample = painted(SEEN_AREA, area, &in_black);
    FINDS(painted(SEEN_AREA, area, &in_rich), sample,
          "1 area-color: tint: printed CMYK 50 40 40 100, in the sample CMYK 0 0 0 100");
    FINDS(painted(SEEN_AREA, (seen_box){20, 400, 120, 441}, &in_black), sample,
          "1 area-size: tint is 35.28 x 14.46 mm in size, in the sample 35.28 x 14.11 mm");
    FINDS(painted(SEEN_AREA, (seen_box){20, 300, 120, 340}, &in_rich), sample,
          "1 area-gone: tint, CMYK 0 0 0 100: gone");
    /* Twice at one place is once; white on bare paper is nothing, but over a tint it is. */
    FINDS(painted(SEEN_AREA, (seen_box){20, 300, 120, 340}, &in_rich), painted(SEEN_AREA, area, &in_white), "");
    FINDS(painted(SEEN_AREA, (seen_box){20, 300, 60, 340}, &in_white), painted(SEEN_AREA, area, &in_white),
          "1 area-new: tint, CMYK 0 0 0 0: new");
}

/* Flowers of two kinds of petals, of one size and ink, 0.5 pt apart. */
static seen_file *flowers(double dy)
{
    static const char *const forms[] = {"narrow", "broad"};
    seen_file *file = usual();
    for (uint32_t i = 0; i < 8; i++) {
        const uint32_t flower = i / 2, form = i % 2;
        seen_page *page = &file->pages.v[0];
        double x = 20 + 30 * flower, y = 300 + 0.5 * form + dy;
        add_path(page, SEEN_SHAPE, (seen_box){x, y, x + 1, y + 1}, &in_rich);
        seen_path *petal = &page->paths.v[page->paths.n - 1];
        petal->form = bt_digest_of(forms[form], strlen(forms[form]));
        petal->n_segments = 4 + form;
    }
    return file;
}

/* One petal comes to lie where another was, and is not taken for it. */
static void test_drawings(void)
{
    FINDS(flowers(0), flowers(0), "");
    FINDS(flowers(0.2), flowers(0), "");
    FINDS(flowers(0.5), flowers(0), "1 area-moved: drawing of 8 parts moved 0.18 mm down");
    FINDS(flowers(-0.5), flowers(0), "1 area-moved: drawing of 8 parts moved 0.18 mm up");
}

static seen_file *with_picture(const char *content, seen_box box, seen_box whole)
{
    seen_file *file = usual();
    add_picture(&file->pages.v[0], content, box, whole);
    return file;
}

static void test_pictures(void)
{
    const seen_box box = {20, 300, 170, 400};
    seen_file *sample = with_picture("a", box, box);
    FINDS(with_picture("a", box, box), sample, "");
    FINDS(with_picture("b", box, box), sample, "1 picture-content: picture shows something else");
    FINDS(with_picture("a", (seen_box){20.3, 300, 170.3, 400}, (seen_box){20.3, 300, 170.3, 400}), sample,
          "1 picture-moved: picture moved 0.11 mm to the right");
    FINDS(with_picture("a", (seen_box){20, 300, 160, 400}, box), sample,
          "1 picture-crop: picture cropped otherwise: 49.39 x 35.28 mm is seen of it, in the sample 52.92 x 35.28 mm");
    FINDS(with_picture("a", (seen_box){20, 300, 173, 402}, (seen_box){20, 300, 173, 402}), sample,
          "1 picture-size: picture is 53.97 x 35.98 mm in size, in the sample 52.92 x 35.28 mm");
    FINDS(usual(), sample, "1 picture-gone: a picture of 52.92 x 35.28 mm is gone");
    seen_file *turned = with_picture("a", box, box);
    seen_matrix *matrix = &turned->pages.v[0].pictures.v[0].matrix;
    matrix->e += matrix->a;
    matrix->a = -matrix->a;
    FINDS(turned, sample, "1 picture-content: picture is mirrored or turned");
}

static void test_masks(void)
{
    mask_region region = {.box = {0, 80, 400, 120}};
    bt_str pattern = BT_STR("H.u L.c");
    seen_file *ours = made(&(page_setting){.left = {"Hội viên phụ nữ xã Hâu Lộc"}});
    options.mask.regions.v = &region;
    options.mask.regions.n = 1;
    FINDS(ours, usual(), "");
    CHECK(found.n_left_out > 0);
    CHECK_INT(found.pages.v[0].n_masks, 1);
    options.mask.regions.n = 0;
    options.mask.patterns.v = &pattern;
    options.mask.patterns.n = 1;
    FINDS(ours, usual(), "");
    CHECK(found.n_left_out > 0);
    pattern = BT_STR("H.u"); /* of the word alone, which is enough; a part of a word is not */
    FINDS(ours, usual(), "");
    pattern = BT_STR("H.");
    CHECK(strstr(compare(ours, usual()), "text-changed"));
    options.mask = (mask){0};
}

/* A changed word stands before a page full of noise, and before a moved headline. */
static void test_weights(void)
{
    CHECK(finding_weight(FINDING_TEXT_CHANGED, 0) > finding_weight(FINDING_PIXELS, 1e9));
    CHECK(finding_weight(FINDING_TEXT_CHANGED, 0) > finding_weight(FINDING_TEXT_MOVED, 1e9));
    CHECK(finding_weight(FINDING_TEXT_CHANGED, 1) > finding_weight(FINDING_TEXT_CHANGED, 0.1));
    CHECK(finding_weight(FINDING_PAGES, 1) > finding_weight(FINDING_TEXT_CHANGED, 1e9));
    for (int kind = 0; kind < FINDING_N_KINDS; kind++) CHECK(finding_weight((finding_kind)kind, 0) > 0);
}

int main(void)
{
    arena = bt_arena_over(bt_alloc_system());
    words = bt_arena_over(bt_alloc_system());
    options = (check_options){.tolerance = tolerance_usual};
    test_equal();
    test_words();
    test_moved();
    test_style();
    test_pages();
    test_boxes();
    test_paths();
    test_drawings();
    test_pictures();
    test_masks();
    test_weights();
    bt_arena_drop(&arena);
    bt_arena_drop(&words);
    return check_report();
}
