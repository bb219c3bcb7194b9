/* test_svg.c - the exact points of SVG paths and shapes, paints, viewports, numbers, limits and messages; and the files
 * of tests/corpus/svg, each of which tells in a comment what is expected of it.
 */
#include "unit/corpus.h"

#include "unit/image_heard.h"

#include "base/limits.h"
#include "image/svg_int.h"

#include <dirent.h>
#include <stdlib.h>

static void dump_number(bt_buf *buf, bt_sp length)
{
    bt_buf_add_char(buf, ' ');
    bt_buf_add_fixed(buf, bt_mul_div(length, 1000, BT_SP_PER_PT * 3 / 4), 3); /* in px */
}

static bt_str dump_path(const bt_vector_path *path)
{
    static const int n_points[] = {1, 1, 3, 0};
    bt_buf buf = bt_buf_in(&arena);
    uint32_t point_i = 0;
    for (uint32_t i = 0; i < path->n_ops; i++) {
        if (i) bt_buf_add_char(&buf, ' ');
        bt_buf_add_char(&buf, "MLCZ"[path->ops[i]]);
        for (int n = n_points[path->ops[i]]; n; n--, point_i++) {
            dump_number(&buf, path->points[2 * point_i]);
            dump_number(&buf, path->points[2 * point_i + 1]);
        }
    }
    CHECK_INT(point_i, path->n_points);
    return bt_buf_str(&buf);
}

static bt_status read_body(const char *body, bt_image *image)
{
    const char *head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>";
    return read_bytes(bt_str_format(&arena, "%s%s</svg>", head, body), image);
}

static void test_svg_points(void)
{
    static const struct {
        const char *body, *points;
    } cases[] = {
        {"<path d='M1 2L3 4'/>", "M 1 2 L 3 4"},
        {"<path d='M1,2 3,4 5,6z'/>", "M 1 2 L 3 4 L 5 6 Z"},
        {"<path d='m1 2 3 4 5 6Z'/>", "M 1 2 L 4 6 L 9 12 Z"},
        {"<path d='M10-5.5.5H7v8h-1V-2'/>", "M 10 -5.5 L 0.5 -5.5"}, /* an odd number of numbers: refused below */
        {"<path d='M10-5.5H7v8h-1V-2'/>", "M 10 -5.5 L 7 -5.5 L 7 2.5 L 6 2.5 L 6 -2"},
        {"<path d='M0 0h1 2 3v1 2'/>", "M 0 0 L 1 0 L 3 0 L 6 0 L 6 1 L 6 3"},
        {"<path d='M0 0C1 2 3 4 5 6c1 1 2 2 3 3'/>", "M 0 0 C 1 2 3 4 5 6 C 6 7 7 8 8 9"},
        {"<path d='M0 0C1 2 3 4 5 6S9 9 10 10s1 1 2 0'/>", "M 0 0 C 1 2 3 4 5 6 C 7 8 9 9 10 10 C 11 11 11 11 12 10"},
        {"<path d='M1 1S2 3 4 5'/>", "M 1 1 C 1 1 2 3 4 5"},
        {"<path d='M0 0Q3 6 6 0T12 0t6 3'/>", "M 0 0 C 2 4 4 4 6 0 C 8 -4 10 -4 12 0 C 14 4 16 5 18 3"},
        {"<path d='M0 0q3 6 6 0L9 9T15 9'/>", "M 0 0 C 2 4 4 4 6 0 L 9 9 C 9 9 11 9 15 9"},
        {"<path d='M10 0h5v5zl1 1'/>", "M 10 0 L 15 0 L 15 5 Z M 10 0 L 11 1"},
        {"<path d='M10 0h5zm1 1h2'/>", "M 10 0 L 15 0 Z M 11 1 L 13 1"},
        {"<path d='M10 0h5zz'/>", "M 10 0 L 15 0 Z"},
        {"<path d='M1e1 5E-1L+.5e+1 1.25e0'/>", "M 10 0.5 L 5 1.25"},
        {"<path d=' M 1 , 2 L 3 , 4 '/>", "M 1 2 L 3 4"},
        {"<path d='M0 0A10 10 0 0 1 10 10'/>", "M 0 0 C 5.523 0 10 4.477 10 10"},
        {"<path d='M0 0A10 10 0 0 0 10 10'/>", "M 0 0 C 0 5.523 4.477 10 10 10"},
        {"<path d='M0 0a10 10 0 0110 10'/>", "M 0 0 C 5.523 0 10 4.477 10 10"},
        {"<path d='M0 0A10 10 0 1 1 10 10'/>",
         "M 0 0 C 0 -5.523 4.477 -10 10 -10 C 15.523 -10 20 -5.523 20 0 C 20 5.523 15.523 10 10 10"},
        {"<path d='M0 0A10 5 90 0 1 5 10'/>", "M 0 0 C 2.761 0 5 4.477 5 10"},
        {"<path d='M0 0A5 5 0 0 1 20 0'/>",
         "M 0 0 C 0 -5.523 4.477 -10 10 -10 C 15.523 -10 20 -5.523 20 0"}, /* too small */
        {"<path d='M0 0A0 5 0 0 1 20 0'/>", "M 0 0 L 20 0"},
        {"<path d='M5 5A5 5 0 0 1 5 5L6 6'/>", "M 5 5 L 6 6"},
        {"<path d='M0 0A-10 -10 0 0 1 10 10'/>", "M 0 0 C 5.523 0 10 4.477 10 10"},
        {"<rect x='1' y='2' width='3' height='4'/>", "M 1 2 L 4 2 L 4 6 L 1 6 Z"},
        {"<rect width='10' height='10' rx='2'/>", "M 2 0 L 8 0 C 9.105 0 10 0.895 10 2 L 10 8 C 10 9.105 9.105 10 8 10 "
                                                  "L 2 10 C 0.895 10 0 9.105 0 8 L 0 2 C 0 0.895 "
                                                  "0.895 0 2 0 Z"},
        {"<rect width='10' height='4' rx='50' ry='50'/>",
         "M 5 0 C 7.761 0 10 0.895 10 2 C 10 3.105 7.761 4 5 4 C 2.239 4 0 3.105 0 2 C 0 0.895 2.239 0 5 0 Z"},
        {"<circle cx='10' cy='10' r='10'/>", "M 20 10 C 20 15.523 15.523 20 10 20 C 4.477 20 0 15.523 0 10 C 0 4.477 "
                                             "4.477 0 10 0 C 15.523 0 20 4.477 20 10 Z"},
        {"<ellipse cx='10' cy='5' rx='10' ry='5'/>",
         "M 20 5 C 20 7.761 15.523 10 10 10 C 4.477 10 0 7.761 0 5 C 0 2.239 4.477 0 10 0 C 15.523 0 20 2.239 20 5 Z"},
        {"<line x1='1' y1='2' x2='3' y2='4' stroke='red'/>", "M 1 2 L 3 4"},
        {"<polyline points='1,2 3,4,5-6'/>", "M 1 2 L 3 4 L 5 -6"},
        {"<polygon points='1 2 3 4 5 6'/>", "M 1 2 L 3 4 L 5 6 Z"},
        {"<g transform='translate(10)'><path d='M0 0h1' transform='scale(2,3)'/></g>", "M 10 0 L 12 0"},
        {"<path d='M1 0h1' transform='rotate(90)'/>", "M 0 1 L 0 2"},
        {"<path d='M1 0h1' transform='rotate(-90 1 1)'/>", "M 0 1 L 0 0"},
        {"<path d='M1 1h1' transform='matrix(1 2 3 4 5 6)'/>", "M 9 12 L 10 14"},
        {"<path d='M1 1h1' transform='skewX(45)'/>", "M 2 1 L 3 1"},
        {"<path d='M1 1h1' transform='skewY(45) translate(1,1)'/>", "M 2 4 L 3 5"},
        {"<rect width='1in' height='72pt'/>", "M 0 0 L 96 0 L 96 96 L 0 96 Z"},
        {"<rect width='25.4mm' height='2.54cm'/>", "M 0 0 L 96 0 L 96 96 L 0 96 Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        bt_status status = read_body(cases[i].body, &image);
        if (i == 3) {
            CHECK_STR(bt_str_of(heard.codes), "E0518");
            continue;
        }
        CHECK_INT(status, BT_OK);
        CHECK_INT(image.n_paths, 1);
        if (image.n_paths == 1) CHECK_STR(dump_path(&image.paths[0]), cases[i].points);
    }
}

/* "rgb 255 0 0 / 10000", for fill and stroke. */
static bt_str dump_paint(const bt_paint *paint)
{
    static const char *const kinds[] = {"none", "rgb", "cmyk"};
    bt_buf buf = bt_buf_in(&arena);
    bt_buf_add_z(&buf, kinds[paint->kind]);
    int n = paint->kind == BT_PAINT_RGB ? 3 : paint->kind == BT_PAINT_CMYK ? 4 : 0;
    for (int i = 0; i < n; i++) bt_buf_format(&buf, " %u", paint->v[i]);
    if (n) bt_buf_format(&buf, " / %u", paint->opacity);
    return bt_buf_str(&buf);
}

static void test_svg_paint(void)
{
    static const struct {
        const char *attributes, *fill, *stroke;
    } cases[] = {
        {"", "rgb 0 0 0 / 10000", "none"},
        {"fill='#f80'", "rgb 255 136 0 / 10000", "none"},
        {"fill='#0a1B2c' stroke='none'", "rgb 10 27 44 / 10000", "none"},
        {"fill=' rgb( 1 , 2,3 ) '", "rgb 1 2 3 / 10000", "none"},
        {"fill='rgb(100%, 50%, 0%)'", "rgb 255 128 0 / 10000", "none"},
        {"fill='RebeccaPurple' stroke='aliceblue'", "rgb 102 51 153 / 10000", "rgb 240 248 255 / 10000"},
        {"fill='yellowgreen' stroke='lightgoldenrodyellow'", "rgb 154 205 50 / 10000", "rgb 250 250 210 / 10000"},
        {"fill='device-cmyk(0 .5 1 0.125)'", "cmyk 0 5000 10000 1250 / 10000", "none"},
        {"fill='device-cmyk(20%,100%,100%,12%)'", "cmyk 2000 10000 10000 1200 / 10000", "none"},
        {"color='red' stroke='currentColor'", "rgb 0 0 0 / 10000", "rgb 255 0 0 / 10000"},
        {"fill='red' style='fill:lime'", "rgb 0 255 0 / 10000", "none"},
        {"style=' fill : blue ;; stroke:rgb(1,2,3);'", "rgb 0 0 255 / 10000", "rgb 1 2 3 / 10000"},
        {"opacity='.5' fill-opacity='0.5' stroke-opacity='50%' stroke='red'", "rgb 0 0 0 / 2500", "rgb 255 0 0 / 2500"},
        {"fill='inherit'", "rgb 0 0 0 / 10000", "none"},
        {"fill='none' stroke='red' stroke-opacity='0.25'", "none", "rgb 255 0 0 / 2500"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        bt_str body = bt_str_format(&arena, "<rect width='5' height='5' %s/>", cases[i].attributes);
        CHECK_INT(read_body(bt_str_z(&arena, body), &image), BT_OK);
        CHECK_INT(image.n_paths, 1);
        if (image.n_paths != 1) continue;
        CHECK_STR(dump_paint(&image.paths[0].fill), cases[i].fill);
        CHECK_STR(dump_paint(&image.paths[0].stroke), cases[i].stroke);
    }
}

static void test_svg_inheritance(void)
{
    bt_image image;
    CHECK_INT(
        read_body(
            "<g opacity='.5' fill='red' stroke='blue' stroke-width='2' stroke-linecap='square' fill-rule='evenodd'>"
            "<g opacity='.5' transform='scale(2 8)' stroke-linejoin='round' stroke-miterlimit='7.25'>"
            "<rect width='5' height='5' opacity='0.1'/></g></g><path d='M0 0h5v5' style='stroke:red'/>",
            &image),
        BT_OK);
    CHECK_INT(image.n_paths, 2);
    if (image.n_paths != 2) return;
    const bt_vector_path *a = &image.paths[0], *b = &image.paths[1];
    CHECK_STR(dump_paint(&a->fill), "rgb 255 0 0 / 250");
    CHECK_INT(a->stroke_width, BT_SP_PER_PT * 6); /* 2 px by the root of 16: 8 px */
    CHECK(a->cap == 2 && a->join == 1 && a->is_even_odd && a->miter_limit == 725);
    CHECK_STR(dump_paint(&b->fill), "rgb 0 0 0 / 10000");
    CHECK(b->cap == 0 && b->join == 0 && !b->is_even_odd && b->miter_limit == 400);
    CHECK_INT(b->stroke_width, BT_SP_PER_PT * 3 / 4);
}

static void test_svg_viewport(void)
{
    static const struct {
        const char *root;
        bt_sp width, height;
        const char *points; /* of a line from 0 0 to 10 10 */
    } cases[] = {
        {"width='96' height='48'", BT_PT(72), BT_PT(36), "M 0 0 L 10 10"},
        {"width='1in' height='0.5in' viewBox='0 0 20 10'", BT_PT(72), BT_PT(36), "M 0 0 L 48 48"},
        {"viewBox='-10 -20 40 80'", BT_PT(30), BT_PT(60), "M 10 20 L 20 30"},
        {"width='80' viewBox='0 0 40 80'", BT_PT(60), BT_PT(120), "M 0 0 L 20 20"},
        {"height='80' viewBox='0 0 40 160'", BT_PT(15), BT_PT(60), "M 0 0 L 5 5"},
        {"width='40' height='20' viewBox='0 0 10 10'", BT_PT(30), BT_PT(15), "M 10 0 L 30 20"},
        {"width='100%' height='100%' viewBox='0 0 40 80'", BT_PT(30), BT_PT(60), "M 0 0 L 10 10"},
        {"width='210mm' height='297mm'", 39011981, 55174088, "M 0 0 L 10 10"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_image image;
        bt_str text = bt_str_format(&arena, "<svg xmlns='http://www.w3.org/2000/svg' %s><path d='M0 0L10 10'/></svg>",
                                    cases[i].root);
        CHECK_INT(read_bytes(text, &image), BT_OK);
        CHECK_INT(image.natural_width, cases[i].width);
        CHECK_INT(image.natural_height, cases[i].height);
        CHECK(image.n_paths == 1 && !image.width && image.kind == BT_IMAGE_VECTOR);
        if (image.n_paths == 1) CHECK_STR(dump_path(&image.paths[0]), cases[i].points);
    }
}

static void test_svg_number(void)
{
    static const struct {
        const char *text;
        double number;
        size_t length; /* 0: no number */
    } cases[] = {
        {"0", 0, 1},
        {"-1.5x", -1.5, 4},
        {"+.25", .25, 4},
        {"7.", 7, 2},
        {"1.5.5", 1.5, 3},
        {"1-2", 1, 1},
        {"1e3", 1000, 3},
        {"1e", 1, 1},
        {"1em", 1, 1},
        {"1e+", 1, 1},
        {"2E-2", .02, 4},
        {"0.000000000000000000000000000000001e33", 1, 38},
        {"100000000000000000000000000000000e-32", 1, 37},
        {"123456789012345678901234567890e-29", 1.2345678901234567, 34},
        {"1e-999", 0, 6},
        {"0e999", 0, 5},
        {"", 0, 0},
        {".", 0, 0},
        {"-", 0, 0},
        {"e5", 0, 0},
        {"1e999", 0, 0},
        {"nan", 0, 0},
        {"inf", 0, 0},
        {"0x10", 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;
        double number = 0, difference;
        CHECK_INT(bt_svg_number(bt_str_of(cases[i].text), &at, &number), cases[i].length > 0);
        CHECK_INT(at, cases[i].length);
        difference = number - cases[i].number;
        CHECK(difference < 1e-15 && difference > -1e-15);
    }
}

/* Each file of tests/corpus/svg tells in a comment what is expected of it. */
static void test_svg_corpus(const char *dir, bool is_good)
{
    DIR *open_dir = opendir(dir);
    CHECK(open_dir);
    struct dirent *entry;
    int n_files = 0;
    while (open_dir && (entry = readdir(open_dir))) {
        if (!bt_str_ends(bt_str_of(entry->d_name), BT_STR(".svg"))) continue;
        n_files++;
        bt_str bytes = contents(in_folder(dir, entry->d_name));
        bt_image image;
        bt_status status = read_bytes(bytes, &image);
        if (is_good) {
            const char *note = memmem(bytes.ptr, bytes.len, "<!-- paths: ", 12);
            bool is_wide = !note; /* UTF-16: the same file as shapes.svg */
            check_file(status == BT_OK && image.n_paths == (is_wide ? 7u : (uint32_t)atoi(note + 12)), entry->d_name,
                       __LINE__);
            check_file(strcmp(heard.codes, note && strstr(note, ", W0522") ? "W0522" : "") == 0, entry->d_name,
                       __LINE__);
            continue;
        }
        const char *note = memmem(bytes.ptr, bytes.len, "<!-- expects: ", 14);
        check_file(note && strncmp(note + 14, heard.codes, 5) == 0, entry->d_name, __LINE__);
        check_file(status == (strstr(heard.codes, "E0521") ? BT_LIMIT : BT_INPUT), entry->d_name, __LINE__);
        check_file(heard.diags.n[BT_ERROR] <= 8 && !image.paths, entry->d_name, __LINE__);
    }
    if (open_dir) closedir(open_dir);
    CHECK(n_files >= 10);
}

static bt_status read_for_words(bt_arena *words, bt_diags *diags, bt_str path)
{
    bt_str bytes;
    int error;
    bt_image image;
    bt_str name = bt_str_slice(path, (size_t)((const char *)memrchr(path.ptr, '/', path.len) + 1 - path.ptr), path.len);
    CHECK_INT(bt_file_read(words, path.ptr, 1 << 20, &bytes, &error), BT_OK);
    return bt_image_read(words, diags, name, bytes, NULL, &image);
}

static void test_svg_messages(void)
{
    CHECK(corpus_run_of("tests/corpus/svg/bad", ".svg", read_for_words) >= 60);

    bt_image image;
    read_body("\n<g>\n<text>a</text></g>", &image);
    CHECK_STR(bt_str_of(heard.text),
              "svg 'picture': element <text> at line 3 is outside the subset; convert text to paths "
              "(Inkscape: Path > Object to Path)");
    read_body("<rect width='5' height='5' fill='url(#linearGradient123456789012345678901234567890)'/>", &image);
    CHECK(strstr(heard.text,
                 "fill=\"url(#linearGradient123456789012345678901...\" at line 1 cannot be used; use a plain colour"));
    read_body("<path d='M0 0 L 5 q'/>", &image);
    CHECK_STR(bt_str_of(heard.text),
              "svg 'picture': d of <path> at line 1 is wrong at its character 10 (\"q\"); export the drawing again");
    /* All faults are reported, each name once. */
    read_body("<text/><text/><image/><rect width='5' height='5' fill='no' stroke='no'/>", &image);
    CHECK_STR(bt_str_of(heard.codes), "E0515 E0515 E0517 E0517");
}

static void test_svg_limits(void)
{
    bt_buf buf = bt_buf_in(&arena);
    bt_buf_add_z(&buf, "<svg viewBox='0 0 9 9'><path d='M0 0");
    for (int i = 0; i < BT_LIMIT_SVG_NODES - 3; i++) bt_buf_add_z(&buf, "h0");
    bt_image image;
    bt_buf more = buf;
    bt_buf_add_z(&buf, "'/></svg>");
    CHECK_INT(read_bytes(bt_buf_str(&buf), &image), BT_OK); /* with the move, the path and the svg itself: the limit */
    CHECK(image.n_paths == 1 && image.paths[0].n_ops == BT_LIMIT_SVG_NODES - 2);
    bt_buf_add_z(&more, "h1'/></svg>");
    CHECK_INT(read_bytes(bt_buf_str(&more), &image), BT_LIMIT);
    CHECK_STR(bt_str_of(heard.codes), "E0520");
}

int main(void)
{
    test_svg_points();
    test_svg_paint();
    test_svg_inheritance();
    test_svg_viewport();
    test_svg_number();
    test_svg_corpus("tests/corpus/svg/good", true);
    test_svg_corpus("tests/corpus/svg/bad", false);
    test_svg_messages();
    test_svg_limits();
    bt_arena_drop(&arena);
    return check_report();
}
