/* test_pdf.c - builds a display list by hand and writes it.
 *
 *     test_pdf OUT.pdf OUT.json [FAMILY...]
 *
 * OUT.json tells check_pdf.py what the file must hold: its words, and where each stands. More families than the two
 * that are always used may be named, to try fonts of other kinds. Run from the repository's root.
 */
#include "pdf/pdf_int.h"

#include "../unit/check.h"

#include <jpeglib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_PAGES = 3, MOST_FACES = 8 };

static bt_arena arena;
static uint32_t n_io_messages, n_messages;
static const bt_face *faces[MOST_FACES];
static uint32_t n_faces;
static uint32_t noise = 12345;
static FILE *expect;
static bt_buf probes; /* of the places that must have ink, or none */
static uint32_t n_expected;

static void on_message(void *user, const bt_message *message)
{
    (void)user;
    n_messages++;
    if (strcmp(message->code, "E0804") == 0) n_io_messages++;
}

/* Deterministic, between -most and +most. */
static int32_t jitter(int32_t most)
{
    noise = noise * 1664525 + 1013904223;
    return (int32_t)(noise >> 8) % (2 * most + 1) - most;
}

/* --- pieces of a display list --- */

static const bt_color black = {.k = 10000}, accent = {.c = 2000, .m = 10000, .y = 2000, .k = 1200},
                      tint = {.c = 240, .m = 1200, .y = 240, .k = 144},
                      spot = {.m = 10000, .k = 2100, .spot = 2, .tint = 10000},
                      light_spot = {.m = 500, .spot = 2, .tint = 525};

typedef struct sheet {
    BT_ARRAY(bt_item) items;
    uint32_t number;
} sheet;

static bt_sp mm(int64_t hundredths) { return (bt_sp)bt_mul_div(hundredths, 72LL * BT_SP_PER_PT, 2540); }

static void expect_word(uint32_t page, int64_t x, bt_str word)
{
    if (!expect || !word.len) return;
    fprintf(expect, "%s\n  {\"page\": %u, \"x\": %lld, \"word\": \"", n_expected++ ? "," : "", page, (long long)x);
    for (size_t i = 0; i < word.len; i++) fprintf(expect, word.ptr[i] == '\\' ? "\\%c" : "%c", word.ptr[i]);
    fprintf(expect, "\"}");
}

typedef struct look {
    const bt_face *face;
    bt_sp size, tracking;
    int32_t scale_ppm;
    bt_color color;
    bt_sp space;  /* added to each word space */
    bt_sp uneven; /* how far a glyph may be moved from where its advance puts it */
} look;

/* Sets each character as its own glyph; "fi" as one, when the face has the ligature's character; a letter from beyond
 * the first plane, that no face of ours has, by the section sign. Letters tracked by more than their size are words of
 * one letter to a reader. */
static void add_text(sheet *s, bt_sp x, bt_sp y, bt_str text, const look *l)
{
    bt_placed_glyph *glyphs = BT_NEW_ARRAY(&arena, text.len, bt_placed_glyph);
    uint32_t n = 0;
    int64_t pen = 0, word_x = 0;
    size_t word = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c, begin = (uint32_t)at;
        at += bt_utf8_decode(text, at, &c);
        if (c == 'f' && at < text.len && text.ptr[at] == 'i' && bt_face_glyph(l->face, 0xFB01)) {
            c = 0xFB01;
            at++;
        }
        uint16_t id = bt_face_glyph(l->face, c == 0x1D54F ? 0xA7 : c);
        if (begin == word) word_x = pen;
        if (l->tracking > l->size) expect_word(s->number, (int64_t)x + pen, bt_str_slice(text, begin, at));
        glyphs[n++] = (bt_placed_glyph){.id = id, .x = (bt_sp)pen, .cluster = begin};
        pen += bt_mul_div(bt_units_to_sp(l->face, bt_face_advance(l->face, id), l->size), l->scale_ppm, 1000000);
        pen += l->tracking + (l->uneven ? jitter(l->uneven) : 0);
        if (c == ' ') {
            expect_word(s->number, (int64_t)x + word_x, bt_str_slice(text, word, begin));
            pen += l->space;
            word = at;
        }
    }
    if (l->tracking <= l->size) expect_word(s->number, (int64_t)x + word_x, bt_str_slice(text, word, text.len));
    bt_item *item = BT_PUSH(&arena, &s->items);
    *item = (bt_item){.kind = BT_ITEM_GLYPHS, .x = x, .y = y, .color = l->color};
    item->as.glyphs.face = l->face;
    item->as.glyphs.size = l->size;
    item->as.glyphs.tracking = l->tracking;
    item->as.glyphs.scale_ppm = l->scale_ppm;
    item->as.glyphs.glyphs = glyphs;
    item->as.glyphs.n_glyphs = n;
    item->as.glyphs.width = (bt_sp)pen;
    item->as.glyphs.text = text;
}

static void add_fill(sheet *s, bt_sp x, bt_sp y, bt_sp width, bt_sp height, bt_color color)
{
    bt_item *item = BT_PUSH(&arena, &s->items);
    *item = (bt_item){.kind = BT_ITEM_FILL, .x = x, .y = y, .color = color};
    item->as.fill.width = width;
    item->as.fill.height = height;
}

/* cut: how much of the picture lies outside its frame on the left and on top. */
static void add_image(sheet *s, bt_sp x, bt_sp y, bt_sp width, bt_sp height, const bt_image *image, bt_sp cut)
{
    bt_item *item = BT_PUSH(&arena, &s->items);
    *item = (bt_item){.kind = BT_ITEM_IMAGE, .x = x, .y = y};
    item->as.image.image = image;
    item->as.image.width = width;
    item->as.image.height = height;
    item->as.image.draw_x = x - cut;
    item->as.image.draw_y = y - cut;
    item->as.image.draw_width = width + 2 * cut;
    item->as.image.draw_height = height + 2 * cut;
}

/* Says whether there is ink at a place of the trim [hundredths of a mm]. */
static void expect_ink(uint32_t page, int x, int y, bool is_inked)
{
    if (probes.bytes.n) bt_buf_add_z(&probes, ", ");
    bt_buf_format(&probes, "[%u, %d, %d, %s]", page, x, y, is_inked ? "true" : "false");
}

/* A square with a square hole, and a hatched square: a broken line longer than its box, which cuts it off. */
static void add_paths(sheet *s)
{
    enum { SIDE = 1200, HOLE = 400, LEFT = 2000, TOP = 12000 };
    static const uint8_t ops[] = {BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_CLOSE,
                                  BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_CLOSE};
    bt_sp *points = BT_NEW_ARRAY(&arena, 16, bt_sp), *line = BT_NEW_ARRAY(&arena, 4, bt_sp);
    for (int i = 0; i < 4; i++) {
        bool is_right = i == 1 || i == 2, is_low = i >= 2;
        points[2 * i] = is_right ? mm(SIDE) : 0;
        points[2 * i + 1] = is_low ? mm(SIDE) : 0;
        points[8 + 2 * i] = mm(is_right ? SIDE - HOLE : HOLE);
        points[9 + 2 * i] = mm(is_low ? SIDE - HOLE : HOLE);
    }
    bt_item *ring = BT_PUSH(&arena, &s->items);
    *ring = (bt_item){.kind = BT_ITEM_PATH, .x = mm(LEFT), .y = mm(TOP), .color = black};
    ring->as.path.outline = (bt_outline){ops, 10, points, 8};
    ring->as.path.is_filled = ring->as.path.is_even_odd = true;
    bt_item *stroke = BT_PUSH(&arena, &s->items);
    *stroke = (bt_item){.kind = BT_ITEM_PATH, .x = mm(LEFT + 2 * SIDE), .y = mm(TOP), .color = accent};
    line[0] = -mm(SIDE);
    line[2] = mm(2 * SIDE);
    line[1] = line[3] = mm(SIDE / 2);
    stroke->as.path.outline = (bt_outline){ops, 2, line, 2};
    stroke->as.path.width = stroke->as.path.height = mm(SIDE);
    stroke->as.path.is_clipped = true;
    stroke->as.path.stroke_color = black;
    stroke->as.path.stroke_width = mm(SIDE / 4);
    stroke->as.path.dash = stroke->as.path.dash_gap = mm(SIDE / 2);
    bt_item copy = *stroke, *in_spot = BT_PUSH(&arena, &s->items);
    *in_spot = copy;
    in_spot->y += mm(2 * SIDE);
    in_spot->as.path.stroke_color = light_spot;
    expect_ink(s->number, LEFT + HOLE / 2, TOP + SIDE / 2, true);
    expect_ink(s->number, LEFT + SIDE / 2, TOP + SIDE / 2, false);
    expect_ink(s->number, LEFT + SIDE * 9 / 4, TOP + SIDE / 2, true);
    expect_ink(s->number, LEFT + SIDE * 11 / 4, TOP + SIDE / 2, false);
    expect_ink(s->number, LEFT + SIDE * 9 / 4, TOP + SIDE / 5, false);
    expect_ink(s->number, LEFT + SIDE * 7 / 4, TOP + SIDE / 2, false);
    expect_ink(s->number, LEFT + SIDE * 13 / 4, TOP + SIDE / 2, false);
}

static void add_link(sheet *s, bt_sp x, bt_sp y)
{
    bt_item *item = BT_PUSH(&arena, &s->items);
    *item = (bt_item){.kind = BT_ITEM_LINK, .x = x, .y = y};
    item->as.link.width = BT_PT(100);
    item->as.link.height = BT_PT(12);
    item->as.link.uri = BT_STR("https://example.org/");
}

/* --- pictures --- */

static const bt_image *samples_image(bt_image_space space, bool has_alpha)
{
    enum { WIDE = 60, HIGH = 40 };
    bt_image *image = BT_NEW(&arena, bt_image);
    uint8_t *samples = BT_NEW_ARRAY(&arena, (size_t)WIDE * HIGH * space, uint8_t);
    uint8_t *alpha = has_alpha ? BT_NEW_ARRAY(&arena, (size_t)WIDE * HIGH, uint8_t) : NULL;
    for (size_t i = 0; i < (size_t)WIDE * HIGH * space; i++)
        samples[i] = (uint8_t)(i / space % WIDE * 4 + i % space * 20);
    for (size_t i = 0; alpha && i < (size_t)WIDE * HIGH; i++) alpha[i] = (uint8_t)(i / WIDE * 6);
    *image = (bt_image){.kind = BT_IMAGE_SAMPLES, .path = BT_STR("drawing.png"), .width = WIDE, .height = HIGH};
    image->space = space;
    image->samples = samples;
    image->alpha = alpha;
    image->hash = 1000u + space;
    return image;
}

static const bt_image *jpeg_image(bt_image_space space)
{
    enum { SIDE = 64 };
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n_bytes = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &n_bytes);
    jpeg.image_width = jpeg.image_height = SIDE;
    jpeg.input_components = (int)space;
    jpeg.in_color_space = space == BT_SPACE_CMYK ? JCS_CMYK : space == BT_SPACE_RGB ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < SIDE; y++) {
        JSAMPLE row[SIDE * 4];
        for (int i = 0; i < SIDE * (int)space; i++) row[i] = (JSAMPLE)(y * 3 + i % (int)space * 30);
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    bt_image *image = BT_NEW(&arena, bt_image);
    *image =
        (bt_image){.kind = BT_IMAGE_JPEG, .path = BT_STR("photo.jpg"), .width = SIDE, .height = SIDE, .space = space};
    image->encoded = bt_str_copy(&arena, (bt_str){(const char *)bytes, n_bytes});
    image->is_inverted = space == BT_SPACE_CMYK;
    image->hash = 2000u + space;
    free(bytes);
    return image;
}

static const bt_image *vector_image(bt_vector_path *paths, uint32_t n_paths)
{
    bt_image *image = BT_NEW(&arena, bt_image);
    *image = (bt_image){.kind = BT_IMAGE_VECTOR, .path = BT_STR("logo.svg"), .natural_width = BT_PT(100)};
    image->natural_height = BT_PT(100);
    image->paths = paths;
    image->n_paths = n_paths;
    return image;
}

static const bt_image *logo(void)
{
    static const uint8_t ring[] = {BT_PATH_MOVE, BT_PATH_CURVE, BT_PATH_CURVE, BT_PATH_CLOSE};
    static const bt_sp round[] = {BT_PT(10), BT_PT(50), BT_PT(10),  BT_PT(0),  BT_PT(90),  BT_PT(0),  BT_PT(90),
                                  BT_PT(50), BT_PT(90), BT_PT(100), BT_PT(10), BT_PT(100), BT_PT(10), BT_PT(50)};
    static const uint8_t line[] = {BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_LINE};
    static const bt_sp zigzag[] = {0, BT_PT(100), BT_PT(50), BT_PT(20), BT_PT(100), BT_PT(100)};
    bt_vector_path *paths = BT_NEW_ARRAY(&arena, 4, bt_vector_path);
    paths[0] = (bt_vector_path){.ops = ring, .n_ops = 4, .points = round, .n_points = 7, .is_even_odd = true};
    paths[0].fill = (bt_paint){BT_PAINT_RGB, {255, 128, 0}, 10000};
    paths[1] = (bt_vector_path){.ops = line, .n_ops = 3, .points = zigzag, .n_points = 3, .cap = 1, .join = 1};
    paths[1].stroke = (bt_paint){BT_PAINT_RGB, {100, 100, 100}, 5000};
    paths[1].stroke_width = BT_PT(4);
    paths[2] = paths[0];
    paths[2].n_points = 5; /* broken: the second curve lacks its last points */
    paths[3] = (bt_vector_path){.ops = line, .n_ops = 3, .points = zigzag, .n_points = 3};
    paths[3].fill = (bt_paint){BT_PAINT_CMYK, {10000, 0, 0, 2000}, 10000};
    return vector_image(paths, 4);
}

/* --- the document --- */

static bt_str line_text(uint32_t i)
{
    static const char *const lines[] = {
        "Hội Liên hiệp Phụ nữ tỉnh Thanh Hoá tổ chức lớp tập huấn kỹ năng",
        "vận động hội viên xây dựng nông thôn mới, giữ gìn môi trường 𝕏anh,",
        "sạch, đẹp; (ngày 9/4/2024) final office \\ đường Nguyễn Đức Ưởng, Ủy ban",
        "NHÂN DÂN HUYỆN HẬU LỘC: TRỢ GIÚP 487,5 TỶ ĐỒNG CHO 1.250 HỘ NGHÈO.",
    };
    return bt_str_of(lines[i % 4]);
}

static void add_body(sheet *s, const bt_face *face, uint32_t n_lines)
{
    for (uint32_t i = 0; i < n_lines; i++) {
        look l = {.face = face, .size = mm(331), .scale_ppm = 1000000, .color = black, .uneven = BT_PT(1) / 20};
        l.space = (bt_sp)(i % 3) * BT_PT(1) / 2;
        add_text(s, mm(1500), mm(3000) + (bt_sp)i * BT_PT(13), line_text(i), &l);
    }
}

/* Single letters far apart: each is a word for a reader, so its place can be read back. */
static void add_letters(sheet *s, const bt_face *face, bt_sp y)
{
    look l = {.face = face, .size = BT_PT(9), .tracking = BT_PT(15), .scale_ppm = 1000000, .color = accent};
    l.uneven = BT_PT(1);
    add_text(s, mm(1500), y, BT_STR("ABCDEGHKLMNPQ"), &l);
    l.scale_ppm = 950000;
    l.size = BT_PT(24);
    l.tracking = BT_PT(1) / 3;
    l.uneven = 0;
    l.space = BT_PT(20);
    add_text(s, mm(1500), y + BT_PT(30), BT_STR("Tin hoạt động"), &l);
}

static void add_pictures(sheet *s)
{
    static const bt_image_space spaces[3] = {BT_SPACE_GRAY, BT_SPACE_RGB, BT_SPACE_CMYK};
    static const bt_image *samples[3], *jpegs[3], *alpha, *vector;
    for (int i = 0; i < 3; i++) {
        if (!samples[i]) samples[i] = samples_image(spaces[i], false);
        if (!jpegs[i]) jpegs[i] = jpeg_image(spaces[i]);
        add_image(s, mm(1500 + 4000 * i), mm(15000), mm(3000), mm(2000), samples[i], 0);
        add_image(s, mm(1500 + 4000 * i), mm(18000), mm(3000), mm(3000), jpegs[i], mm(200));
    }
    if (!alpha) alpha = samples_image(BT_SPACE_RGB, true);
    if (!vector) vector = logo();
    add_image(s, mm(1500), mm(22000), mm(3000), mm(2000), alpha, 0);
    add_image(s, mm(5500), mm(22000), mm(3000), mm(3000), vector, 0);
}

static void add_page(bt_page *page, uint32_t number)
{
    sheet s = {.number = number};
    add_fill(&s, mm(-300), mm(-300), mm(19600), mm(1500), tint);
    add_body(&s, faces[(number - 1) % n_faces], 8 * number);
    add_link(&s, mm(1500), mm(3000));
    if (number == 1) add_paths(&s);
    if (number != 2) add_fill(&s, mm(1500), mm(1200), mm(4000), mm(300), spot);
    if (number != 2) add_fill(&s, mm(6500), mm(1200), mm(4000), mm(300), light_spot);
    add_fill(&s, mm(1500), mm(2000), mm(16000), BT_PT(1) / 4, black);
    for (uint32_t i = 0; i < n_faces; i++) add_letters(&s, faces[i], mm(14000) + (bt_sp)i * BT_PT(60));
    if (number >= 2) add_pictures(&s);
    *page = (bt_page){.items = s.items.v, .n_items = s.items.n};
}

static const bt_tag root = {.kind = BT_TAG_DOCUMENT};

static bt_pages make_pages(void)
{
    bt_page *pages = BT_NEW_ARRAY(&arena, N_PAGES, bt_page);
    for (uint32_t i = 0; i < N_PAGES; i++) add_page(&pages[i], i + 1);
    bt_pages list = {.width = mm(19000), .height = mm(27000), .bleed = mm(300), .pages = pages, .n_pages = N_PAGES};
    static const bt_spot_ink spots[3] = {
        {BT_STR_INIT("unused"), {.c = 1}},
        {BT_STR_INIT("Đỏ (cờ) #1/2 A&B"), {.c = 700, .m = 10000, .y = 1050, .k = 2100}},
        {BT_STR_INIT("unused too"), {.y = 1}},
    };
    list.spots = spots;
    list.n_spots = 3;
    list.tags = &root;
    list.n_tags = 1;
    list.facts.title = BT_STR("Tin hoạt động <Hội> & 𝕏");
    list.facts.author = BT_STR("Hội Liên hiệp Phụ nữ");
    list.facts.lang = BT_STR("vi-VN");
    list.facts.has_date = true;
    list.facts.year = 2024;
    list.facts.month = 4;
    list.facts.day = 9;
    CHECK(bt_sheets_plain(&arena, &list, list.bleed, &list.sheets));
    return list;
}

static void begin_expect(const char *path)
{
    expect = fopen(path, "w");
    if (expect)
        fprintf(expect,
                "{\"title\": \"Tin hoạt động <Hội> & 𝕏\", \"lang\": \"vi-VN\", \"pages\": %d, \"bleed_mm\": 3, "
                "\"trim_mm\": [190, 270], \"spots\": [\"Đỏ (cờ) #1/2 A&B\"], \"date\": \"2024-04-09T00:00:00+07:00\", "
                "\"words\": [",
                N_PAGES);
}

static void end_expect(void)
{
    if (!expect) return;
    fprintf(expect, "], \"ink\": [%.*s]}\n", BT_STR_ARGS(bt_buf_str(&probes)));
    fclose(expect);
    expect = NULL;
}

/* --- tests --- */

static const bt_pdf_options options = {.producer = "bantin 0.1.0"};

/* allocator: for the writing, not for the file. */
static bt_status write_with(const bt_pages *list, const char *path, const bt_allocator *allocator,
                            const bt_pdf_options *with)
{
    bt_arena scratch = bt_arena_over(allocator);
    bt_diags diags = {.on_message = on_message, .arena = &arena};
    bt_file file;
    bt_status status = bt_file_begin(&file, NULL, &diags, path);
    if (status == BT_OK) {
        status = bt_pdf_write(&scratch, &diags, list, with, &file);
        if (status == BT_OK)
            status = bt_file_commit(&file);
        else
            bt_file_abandon(&file);
    }
    bt_arena_drop(&scratch);
    return status;
}

static bt_status write_list(const bt_pages *list, const char *path, const bt_allocator *allocator)
{
    return write_with(list, path, allocator, &options);
}

static bt_str contents_of(const char *path)
{
    bt_str contents;
    int error;
    CHECK_INT(bt_file_read(&arena, path, 64 * 1024 * 1024, &contents, &error), BT_OK);
    return contents;
}

static void test_same_bytes(const bt_pages *list, const char *path)
{
    CHECK_INT(write_list(list, path, NULL), BT_OK);
    bt_str once = contents_of(path);
    CHECK(bt_str_starts(once, BT_STR("%PDF-1.6\n%\xB7\xBE\xAD\xAA\n")));
    CHECK(bt_str_ends(once, BT_STR("%%EOF\n")));
    CHECK_INT(write_list(list, path, NULL), BT_OK);
    CHECK(bt_str_equal(once, contents_of(path)));
}

/* Another title is another id. */
static void test_id(const bt_pages *list, const char *path)
{
    bt_str once = contents_of(path);
    bt_pages other = *list;
    other.facts.subject = BT_STR("another");
    bt_str name = bt_str_format(&arena, "%s.other", path);
    const char *other_path = bt_str_z(&arena, name);
    CHECK_INT(write_list(&other, other_path, NULL), BT_OK);
    bt_str twice = contents_of(other_path);
    const char *a = memmem(once.ptr, once.len, "/ID", 3), *b = memmem(twice.ptr, twice.len, "/ID", 3);
    CHECK(a && b && memcmp(a, b, 40) != 0);
    other = *list;
    bt_spot_ink spots[3] = {list->spots[0], list->spots[1], list->spots[2]};
    spots[1].equivalent.y++; /* nothing in the contents tells */
    other.spots = spots;
    CHECK_INT(write_list(&other, other_path, NULL), BT_OK);
    twice = contents_of(other_path);
    b = memmem(twice.ptr, twice.len, "/ID", 3);
    CHECK(a && b && memcmp(a, b, 40) != 0);
    unlink(other_path);
}

typedef struct failing {
    long left; /* allocations that succeed */
    bool has_failed;
    long live;
} failing;

static void *resize_failing(void *user, void *block, size_t old_size, size_t new_size)
{
    failing *f = user;
    (void)old_size;
    if (!new_size) {
        f->live -= block != NULL;
        free(block);
        return NULL;
    }
    if (f->left-- <= 0) {
        f->has_failed = true;
        return NULL;
    }
    f->live += block == NULL;
    return realloc(block, new_size);
}

static void test_no_memory(const bt_pages *list, const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.nomem", path));
    long n = 0;
    for (;; n++) {
        failing f = {.left = n};
        bt_allocator allocator = {resize_failing, &f};
        bt_status status = write_list(list, target, &allocator);
        CHECK_INT(f.live, 0);
        if (!f.has_failed) {
            CHECK_INT(status, BT_OK);
            break;
        }
        CHECK_INT(status, BT_NOMEM);
        CHECK(access(target, F_OK) != 0);
    }
    CHECK(n >= 3);
    unlink(target);
}

/* The file may not grow past a limit: as on a full disk, writing fails in the middle. */
static void test_full_disk(const bt_pages *list, const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.full", path));
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    rlim_t whole = contents_of(path).len;
    for (rlim_t limit = 0; limit < whole; limit += whole / 3) {
        small = before;
        small.rlim_cur = limit;
        setrlimit(RLIMIT_FSIZE, &small);
        uint32_t messages = n_io_messages;
        bt_status status = write_list(list, target, NULL);
        setrlimit(RLIMIT_FSIZE, &before);
        CHECK_INT(status, BT_IO);
        CHECK_INT(n_io_messages, messages + 1);
        CHECK(access(target, F_OK) != 0);
    }
    signal(SIGXFSZ, SIG_DFL);
}

/* Things that no list should hold, but that can be drawn. */
static void test_odd_items(const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.odd", path));
    sheet s = {.number = 1};
    static const bt_placed_glyph wild[3] = {{.id = 1, .x = -1, .cluster = 99}, {.id = 0, .cluster = 2}, {.id = 2}};
    look l = {.face = faces[0], .size = BT_PT(10), .scale_ppm = 1, .color = black};
    add_text(&s, 0, 0, BT_STR("narrow"), &l);
    l.size = 0;
    add_text(&s, 0, 0, BT_STR("nothing"), &l);
    l.size = BT_PT(10);
    l.scale_ppm = 0;
    add_text(&s, INT32_MAX, INT32_MIN, BT_STR("far"), &l);
    s.items.v[2].as.glyphs.glyphs = wild;
    s.items.v[2].as.glyphs.n_glyphs = 3;
    add_text(&s, 0, 0, BT_STR(""), &l);
    add_fill(&s, 0, 0, 0, BT_PT(1), black);
    add_fill(&s, 0, 0, BT_PT(1), -1, black);
    add_fill(&s, 0, 0, BT_PT(1), BT_PT(1), spot); /* of a list without spots */
    add_image(&s, 0, 0, BT_PT(10), BT_PT(10), vector_image(NULL, 0), 0);
    add_image(&s, 0, 0, BT_PT(10), BT_PT(10), NULL, 0);
    bt_page pages[2] = {{.items = s.items.v, .n_items = s.items.n}, {.items = NULL}};
    bt_pages list = {
        .width = BT_PT(100), .height = BT_PT(100), .pages = pages, .n_pages = 2, .tags = &root, .n_tags = 1};
    CHECK(bt_sheets_plain(&arena, &list, 0, &list.sheets));
    CHECK_INT(write_list(&list, target, NULL), BT_OK);
    unlink(target);
    /* A glyph that the face does not have: no PDF, and a word about the font. */
    bt_placed_glyph missing = {.id = 65535};
    s.items.v[0].as.glyphs.glyphs = &missing;
    s.items.v[0].as.glyphs.n_glyphs = 1;
    uint32_t before = n_messages;
    CHECK_INT(write_list(&list, target, NULL), BT_INPUT);
    CHECK_INT(n_messages, before + 1);
    CHECK(access(target, F_OK) != 0);
}

/* Lines of the same letters that are one thing apart. */
typedef enum way {
    PLAIN,
    MOVED,
    READ,
    LARGER,
    TRACKED,
    SCALED,
    OF_ANOTHER,
    AMONG_MORE,
    AFTER_RAISED,
    GOES_ON,
    N_WAYS
} way;

static bt_pages list_of_lines(way which)
{
    static const bt_tag tags[] = {{.kind = BT_TAG_DOCUMENT}, {.kind = BT_TAG_P}};
    sheet s = {.number = 1};
    look l = {.face = faces[0], .size = BT_PT(10), .scale_ppm = 1000000, .color = black};
    if (which == AFTER_RAISED) {
        add_text(&s, 0, BT_PT(20), BT_STR("n"), &l);
        static bt_placed_glyph raised;
        raised = s.items.v[0].as.glyphs.glyphs[0];
        raised.y = -BT_PT(3);
        s.items.v[0].as.glyphs.glyphs = &raised;
    }
    add_text(&s, BT_PT(10), BT_PT(40), BT_STR("mận n"), &l);
    bt_item *line = &s.items.v[s.items.n - 1];
    bt_placed_glyph *moved = BT_NEW_ARRAY(&arena, line->as.glyphs.n_glyphs, bt_placed_glyph);
    for (uint32_t i = 0; i < line->as.glyphs.n_glyphs; i++) moved[i] = line->as.glyphs.glyphs[i];
    moved[1].x += which == MOVED ? BT_PT(1) : 0;
    line->as.glyphs.glyphs = moved;
    line->tag_i = 1;
    line->as.glyphs.ends_line = true;
    if (which == LARGER) line->as.glyphs.size = BT_PT(12);
    if (which == TRACKED) line->as.glyphs.tracking = BT_PT(1) / 4;
    if (which == SCALED) line->as.glyphs.scale_ppm = 900000;
    if (which == OF_ANOTHER) line->as.glyphs.face = faces[n_faces - 1];
    if (which == AMONG_MORE) add_text(&s, 0, BT_PT(60), BT_STR("ABC"), &l);
    if (which == GOES_ON) add_text(&s, 0, BT_PT(60), BT_STR("n"), &l);
    if (which == GOES_ON) s.items.v[1].tag_i = 1;
    bt_page *page = BT_NEW(&arena, bt_page);
    *page = (bt_page){.items = s.items.v, .n_items = s.items.n};
    if (which == READ) { /* drawn first, and yet the font has the texts of what it covers */
        add_text(&s, BT_PT(10), BT_PT(40), BT_STR("mận n"), &l);
        s.items.v[0].as.glyphs.text = BT_STR("nận n");
        s.items.v[0].as.glyphs.ends_line = false;
        *page = (bt_page){.underlay = s.items.v, .n_underlay = 1, .items = s.items.v + 1, .n_items = 1};
    }
    bt_pages list = {.width = BT_PT(100), .height = BT_PT(100), .pages = page, .n_pages = 1, .tags = tags, .n_tags = 2};
    CHECK(bt_sheets_plain(&arena, &list, 0, &list.sheets));
    return list;
}

/* What other documents have left changes no line. */
static void test_lines(const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.lines", path));
    bt_str cold[N_WAYS];
    bt_pages *lists = BT_NEW_ARRAY(&arena, N_WAYS, bt_pages);
    for (way i = 0; i < N_WAYS; i++) {
        lists[i] = list_of_lines(i);
        CHECK_INT(write_list(&lists[i], target, NULL), BT_OK);
        cold[i] = contents_of(target);
        CHECK(i == PLAIN || i == OF_ANOTHER || !bt_str_equal(cold[i], cold[PLAIN]));
    }
    bt_pdf_options warm = options;
    for (way i = 0; i < N_WAYS; i++) {
        warm.kept = bt_pdf_kept_new(NULL);
        const way turns[] = {i, PLAIN, i};
        for (size_t k = 0; k < sizeof turns / sizeof *turns; k++) {
            CHECK_INT(write_with(&lists[turns[k]], target, NULL, &warm), BT_OK);
            CHECK(bt_str_equal(contents_of(target), cold[turns[k]]));
        }
        bt_pdf_kept_drop(warm.kept);
    }
    unlink(target);
}

static bt_str undeflated(void *memory, bt_str bytes, bool is_common)
{
    (void)is_common;
    return bt_str_copy(memory, bytes);
}

/* libharu must never run out of what was reserved for it: its own objects are the same few, whatever is added. */
static void test_reserve(const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.reserve", path));
    static const uint32_t sizes[][2] = {{1, 4}, {8, 460}, {4000, 300}, {10, 103000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bt_arena memory = {0};
        bt_haru *haru = bt_haru_new(&memory);
        bt_haru_object *object = bt_haru_add(haru);
        uint32_t last = bt_haru_number(object);
        for (uint32_t j = 1; j < sizes[i][1]; j++) {
            object = bt_haru_add(haru);
            CHECK_INT(bt_haru_number(object), ++last);
            bt_haru_put_syntax(object, BT_STR("/S/P/P 1 0 R/K 1"));
        }
        bt_haru_box box = {0, 0, 500123, 700123};
        bt_haru_boxes boxes = {box, box, box};
        for (uint32_t j = 0; j < sizes[i][0]; j++) CHECK_INT(bt_haru_number(bt_haru_add_page(haru, &boxes)), ++last);
        bt_haru_root about = {.metadata = object, .lang = BT_STR("vi-VN"), .deflate = undeflated, .user = &memory};
        bt_diags diags = {.on_message = on_message, .arena = &memory};
        bt_file file;
        CHECK_INT(bt_file_begin(&file, NULL, &diags, target), BT_OK);
        CHECK_INT(bt_haru_save(haru, &about, &diags, &file), BT_OK);
        bt_file_abandon(&file);
        size_t used, reserved;
        bt_haru_reserve_use(haru, &used, &reserved);
        CHECK(used + 8192 <= reserved);
        bt_haru_drop(haru);
        bt_arena_drop(&memory);
    }
}

/* Writes a document of streams, each of a letter: in small letters the half of it. They are said to be shared, with the
 * same hash for a letter of either size. True: the file's digest is that of its bytes. */
static bool is_digest_right(bt_pdf_cache *cache, const char *target, const char *streams)
{
    enum { LONG = 8000 };
    bt_arena memory = {0};
    bt_haru *haru = bt_haru_new(&memory);
    bt_haru_object *last = NULL;
    for (; *streams; streams++) {
        bool is_long = *streams < 'a';
        char letter = is_long ? *streams : (char)(*streams - 'a' + 'A'), *bytes = bt_arena_alloc(&memory, LONG);
        memset(bytes, letter, LONG);
        last = bt_haru_add(haru);
        bt_haru_set_stream(last, (bt_str){bytes, is_long ? LONG : LONG / 2}, NULL);
        bt_haru_share_stream(last, (uint64_t)letter);
    }
    bt_haru_root about = {.metadata = last, .deflate = undeflated, .user = &memory, .cache = cache};
    bt_diags diags = {.on_message = on_message, .arena = &memory};
    bt_file file;
    CHECK_INT(bt_file_begin(&file, NULL, &diags, target), BT_OK);
    file.is_digested = true;
    CHECK_INT(bt_haru_save(haru, &about, &diags, &file), BT_OK);
    bt_digest digest = bt_digest_end(&file.digester);
    uint64_t n_bytes = file.n_bytes;
    CHECK_INT(bt_file_commit(&file), BT_OK);
    bt_str contents = contents_of(target);
    bt_digest right = bt_digest_of(contents.ptr, contents.len);
    bt_haru_drop(haru);
    bt_arena_drop(&memory);
    unlink(target);
    return n_bytes == contents.len && bt_digest_equal(&digest, &right);
}

/* What is remembered of a file's head serves files that begin with the same bytes, and no others. */
static void test_digests(const char *path)
{
    const char *target = bt_str_z(&arena, bt_str_format(&arena, "%s.digest", path));
    static const char *const documents[] = {"", "A", "AB", "BA", "aB", "ABC", "AAB", "Ab", "CAB", "BB", "ABCDEFABCDEF"};
    bt_pdf_cache *cache = bt_pdf_cache_new(NULL);
    for (int round = 0; round < 2; round++) {
        bt_pdf_cache_begin(cache);
        for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
            CHECK(is_digest_right(cache, target, documents[i]));
    }
    size_t n_bytes = bt_pdf_cache_bytes(cache);
    CHECK(n_bytes);
    CHECK(is_digest_right(cache, target, "ABC"));
    CHECK(bt_pdf_cache_bytes(cache) == n_bytes); /* it was known */
    bt_pdf_cache_drop(cache);
    CHECK(is_digest_right(NULL, target, "AB"));
}

static bool is_written_as(bt_str text, bt_str string)
{
    bt_buf out = bt_buf_in(&arena);
    bt_pdf_add_text(&out, text);
    return bt_str_equal(bt_buf_str(&out), string);
}

static void test_strings(void)
{
    CHECK(is_written_as(BT_STR(""), BT_STR("()")));
    CHECK(is_written_as(BT_STR("a(b)\\c\rd"), BT_STR("(a\\(b\\)\\\\c d)")));
    CHECK(is_written_as(BT_STR("\xC4\x8D\xC4\xA8\xC4\xA9\n"), BT_STR("(\xFE\xFF\x01\\r\x01\\(\x01\\)\0 )")));
    CHECK(is_written_as(BT_STR("\xF0\x90\x80\x81"), BT_STR("(\xFE\xFF\xD8\0\xDC\x01)")));
}

static void open_faces(bt_fonts *fonts, int n_more, char **more)
{
    static const char *const families[2] = {"Noto Serif", "Noto Sans"};
    bt_diags diags = {.on_message = on_message, .arena = &arena};
    CHECK_INT(bt_fonts_load(fonts, &diags, "fonts/fonts.json", NULL), BT_OK);
    for (int i = 0; i < 2 + n_more && n_faces < MOST_FACES; i++) {
        bt_str family = bt_str_of(i < 2 ? families[i] : more[i - 2]);
        bt_status status = bt_fonts_open(fonts, &diags, family, false, false, NULL, &faces[n_faces]);
        CHECK_INT(status, BT_OK);
        if (status == BT_OK) n_faces++;
    }
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "/tmp/test_pdf.pdf";
    bt_fonts *fonts = bt_fonts_new(bt_alloc_system());
    open_faces(fonts, argc > 3 ? argc - 3 : 0, argv + 3);
    if (n_faces) {
        probes = bt_buf_in(&arena);
        if (argc > 2) begin_expect(argv[2]);
        bt_pages list = make_pages();
        end_expect();
        test_same_bytes(&list, path);
        test_digests(path);
        test_id(&list, path);
        test_no_memory(&list, path);
        test_full_disk(&list, path);
        test_odd_items(path);
        test_lines(path);
    }
    test_reserve(path);
    test_strings();
    bt_arena_drop(&arena);
    bt_fonts_drop(fonts);
    return check_report();
}
