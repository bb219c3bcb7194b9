/* test_seen_content.c - content streams as text, and what is seen of them. Each case is a file of one page. */
#include "check.h"

#include "base/limits.h"
#include "check/seen/seen.h"

#include <libdeflate.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/bantin-seen-XXXXXX";
static bt_arena arena, texts;
static bt_diags diags;
static char said[4096];

static void take_message(void *user, const bt_message *message)
{
    (void)user;
    snprintf(said, sizeof said, "%s", message->code);
}

/* --- files: object 3 is the page, 4 its content, the others from 5 on are given --- */

static bt_buf file_bytes;
static size_t places[64];
static uint32_t n_objects;

static void put_object(bt_str about, bt_str stream, bool is_stream)
{
    places[n_objects++] = file_bytes.bytes.n;
    bt_buf_format(&file_bytes, "%u 0 obj\n", (unsigned)n_objects);
    if (is_stream)
        bt_buf_format(&file_bytes, "<< /Length %zu %.*s >>\nstream\n", stream.len, BT_STR_ARGS(about));
    else
        bt_buf_add(&file_bytes, about);
    bt_buf_add(&file_bytes, stream);
    bt_buf_add_z(&file_bytes, is_stream ? "\nendstream\nendobj\n" : "\nendobj\n");
}

/* An object as it is written: one with '|' is a stream's dictionary and its bytes, '~' among which stands for 0. */
static void put_written(const char *object)
{
    const char *bar = strchr(object, '|');
    bt_str about = bar ? (bt_str){object, (size_t)(bar - object)} : bt_str_of(object);
    bt_buf stream = bt_buf_in(&texts);
    for (const char *c = bar ? bar + 1 : ""; *c; c++) bt_buf_add_char(&stream, (char)(*c == '~' ? 0 : *c));
    put_object(about, bt_buf_str(&stream), bar != NULL);
}

static bt_status open_page(const char *page, const char *catalog, bt_str about_content, bt_str content,
                           const char *const *objects, seen_file **file)
{
    file_bytes = bt_buf_in(&texts);
    n_objects = 0;
    bt_buf_add_z(&file_bytes, "%PDF-1.7\n");
    put_object(bt_str_format(&texts, "<< /Type /Catalog /Pages 2 0 R %s >>", catalog), BT_STR(""), false);
    put_object(BT_STR("<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 100] >>"), BT_STR(""), false);
    put_object(bt_str_format(&texts, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R %s >>", page), BT_STR(""), false);
    put_object(about_content, content, true);
    for (uint32_t i = 0; objects && objects[i]; i++) put_written(objects[i]);
    const uint32_t table = file_bytes.bytes.n;
    bt_buf_format(&file_bytes, "xref\n0 %u\n0000000000 65535 f \n", (unsigned)n_objects + 1);
    for (uint32_t i = 0; i < n_objects; i++) bt_buf_format(&file_bytes, "%010zu 00000 n \n", places[i]);
    bt_buf_format(&file_bytes, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%u\n%%%%EOF\n", (unsigned)n_objects + 1,
                  (unsigned)table);
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(file_bytes.bytes.v, 1, file_bytes.bytes.n, out) != file_bytes.bytes.n || fclose(out) != 0)
        exit(2);
    said[0] = '\0';
    diags = (bt_diags){.on_message = take_message, .arena = &texts};
    return seen_open(&arena, &diags, path, &(seen_options){.content = true}, file);
}

/* --- what is seen, as text --- */

static void tell_number(bt_buf *out, const char *name, double value)
{
    bt_buf_add_z(out, name);
    bt_buf_add_fixed(out, llround(value * 100), 2);
}

static void tell_box(bt_buf *out, const seen_box *box)
{
    tell_number(out, " ", box->x0);
    tell_number(out, " ", box->y0);
    tell_number(out, " ", box->x1);
    tell_number(out, " ", box->y1);
}

static void tell_color(bt_buf *out, const char *name, const seen_color *color)
{
    if (!color) return;
    bt_buf_add_z(out, name);
    bt_buf_add(out, seen_color_shown(&texts, BT_LANG_EN, color));
    if (color->space != SEEN_PATTERN) return;
    bt_buf_add_z(out, " of ");
    bt_buf_add_z(out, seen_space_word(color->base));
}

static void tell_paint(bt_buf *out, const seen_paint *paint)
{
    tell_color(out, " fill ", paint->fill);
    tell_color(out, " stroke ", paint->stroke);
    if (paint->overprints_fill) bt_buf_add_z(out, " op");
    if (paint->overprints_stroke) bt_buf_add_z(out, " OP");
    if (paint->overprint_mode) bt_buf_add_z(out, " OPM");
    if (paint->fill_alpha != 1) tell_number(out, " ca ", paint->fill_alpha);
    if (paint->stroke_alpha != 1) tell_number(out, " CA ", paint->stroke_alpha);
    if (!bt_str_is(paint->blend, "Normal")) {
        bt_buf_add_char(out, ' ');
        bt_buf_add(out, paint->blend);
    }
    if (paint->is_transparent) bt_buf_add_z(out, " transparent");
}

static void tell_mark(bt_buf *out, const seen_mark *mark, bool is_hidden)
{
    if (mark->tag.len) {
        bt_buf_add_z(out, " /");
        bt_buf_add(out, mark->tag);
    }
    if (mark->mcid >= 0) bt_buf_format(out, " mcid %d", (int)mark->mcid);
    if (mark->is_artifact) bt_buf_add_z(out, " artifact");
    if (is_hidden) bt_buf_add_z(out, " hidden");
    bt_buf_add_z(out, "; ");
}

static void tell_path(bt_buf *out, const seen_path *p)
{
    static const char *const kinds[] = {"rule", "area", "shape", "shading"};
    bt_buf_add_z(out, kinds[p->kind]);
    tell_box(out, &p->box);
    if (p->kind == SEEN_RULE) tell_number(out, " thick ", p->thickness);
    if (p->is_dashed) bt_buf_add_z(out, " dashed");
    tell_paint(out, p->paint);
    tell_mark(out, &p->mark, p->is_hidden);
}

static void tell_picture(bt_buf *out, const seen_picture *p)
{
    bt_buf_format(out, "picture %ux%u", (unsigned)p->n_columns, (unsigned)p->n_rows);
    tell_box(out, &p->box);
    if (seen_width(&p->box) != seen_width(&p->whole) || seen_height(&p->box) != seen_height(&p->whole)) {
        bt_buf_add_z(out, " whole");
        tell_box(out, &p->whole);
    }
    tell_number(out, " ppi ", p->ppi_x);
    tell_number(out, " ", p->ppi_y);
    bt_buf_format(out, " %s", p->is_stencil ? "stencil" : seen_space_word(p->space));
    if (p->space_name.len) bt_buf_format(out, " (%.*s)", BT_STR_ARGS(p->space_name));
    bt_buf_format(out, " %ux%u", (unsigned)p->n_components, (unsigned)p->bits);
    if (p->filter.len) bt_buf_format(out, " %.*s", BT_STR_ARGS(p->filter));
    if (p->has_soft_mask) bt_buf_add_z(out, " masked");
    if (p->is_inline) bt_buf_add_z(out, " inline");
    tell_paint(out, p->paint);
    tell_mark(out, &p->mark, p->is_hidden);
}

static void tell_word(bt_buf *out, const seen_page *page, const seen_word *w)
{
    const seen_run *run = &page->runs.v[w->run_begin];
    bt_buf_format(out, "\"%.*s\"", BT_STR_ARGS(w->text));
    tell_number(out, " ", w->box.x0);
    tell_number(out, " ", w->box.x1);
    tell_number(out, " on ", w->baseline);
    tell_number(out, " size ", run->size);
    if (run->render_mode) bt_buf_format(out, " mode %d", run->render_mode);
    tell_paint(out, run->paint);
    tell_mark(out, &w->mark, w->is_hidden);
}

static bt_str tell_page(const seen_page *page)
{
    bt_buf out = bt_buf_in(&texts);
    for (uint32_t i = 0; i < page->words.n; i++) tell_word(&out, page, &page->words.v[i]);
    for (uint32_t i = 0; i < page->paths.n; i++) tell_path(&out, &page->paths.v[i]);
    for (uint32_t i = 0; i < page->pictures.n; i++) tell_picture(&out, &page->pictures.v[i]);
    return bt_buf_str(&out);
}

/* --- cases --- */

typedef struct content_case {
    const char *content, *seen;
} content_case;

static void check_case(const char *page, const char *catalog, const char *const *objects, const content_case *c)
{
    seen_file *file = NULL;
    CHECK_INT(open_page(page, catalog, BT_STR(""), bt_str_of(c->content), objects, &file), BT_OK);
    CHECK_STR(bt_str_of(said), "");
    if (file) {
        bt_str told = tell_page(&file->pages.v[0]);
        CHECK_STR(told, c->seen);
        if (!bt_str_is(told, c->seen)) printf("    of: %s\n", c->content);
    }
    seen_drop(file);
    bt_arena_reset(&arena);
    bt_arena_reset(&texts);
}

#define CHECK_CASES(page, catalog, objects, cases)                                                                     \
    for (size_t case_i = 0; case_i < sizeof(cases) / sizeof *(cases); case_i++)                                        \
    check_case(page, catalog, objects, &(cases)[case_i])

static void test_paths(void)
{
    static const content_case cases[] = {
        {"10 20 m 60 20 l S", "rule 10 79.5 60 80.5 thick 1 stroke gray 0; "},
        {"0.4 w 10 20 m 60 20 l S", "rule 10 79.8 60 80.2 thick 0.4 stroke gray 0; "},
        {"0 w 10 20 m 60 20 l S", "rule 10 80 60 80 thick 0 stroke gray 0; "},
        {"2 w 1 J 10 20 m 60 20 l S", "rule 9 79 61 81 thick 2 stroke gray 0; "},
        {"2 w 2 J 10 20 m 10 60 l S", "rule 9 39 11 81 thick 2 stroke gray 0; "},
        {"10 20 m 35 20 l 60 20 l h S", "rule 10 79.5 60 80.5 thick 1 stroke gray 0; "},
        {"[3 2] 0 d 10 20 m 60 20 l S [] 0 d 10 20 m 60 20 l S",
         "rule 10 79.5 60 80.5 thick 1 dashed stroke gray 0; rule 10 79.5 60 80.5 thick 1 stroke gray 0; "},
        /* the width under a matrix that is not uniform: across the line */
        {"q 1 0 0 3 0 0 cm 10 10 m 60 10 l S Q q 1 0 0 3 0 0 cm 10 10 m 10 20 l S Q",
         "rule 10 68.5 60 71.5 thick 3 stroke gray 0; rule 9.5 40 10.5 70 thick 1 stroke gray 0; "},
        {"1 w 0 0 m 30 40 l S", "rule 0 59.7 30.4 100 thick 1 stroke gray 0; "},
        /* filled rules */
        {"10 20 50 0.5 re f", "rule 10 79.5 60 80 thick 0.5 fill gray 0; "},
        {"10 20 m 60 20 l 60 20.5 l 10 20.5 l f", "rule 10 79.5 60 80 thick 0.5 fill gray 0; "},
        {"10 20 0.5 -10 re f*", "rule 10 80 10.5 90 thick 0.5 fill gray 0; "},
        {"10 20 50 0 re f", "rule 10 80 60 80 thick 0 fill gray 0; "},
        {"10 20 m 60 20 l h f", "rule 10 80 60 80 thick 0 fill gray 0; "},
        {"10 20 50 4 re F", "rule 10 76 60 80 thick 4 fill gray 0; "},
        {"10 20 50 4.2 re f", "area 10 75.8 60 80 fill gray 0; "},
        {"10 20 4 4 re f", "area 10 76 14 80 fill gray 0; "},
        {"10 20 2 2.01 re f", "area 10 77.99 12 80 fill gray 0; "},
        {"20 20 m 22 22 l 20 24 l 18 22.005 l f", "shape 18 76 22 80 fill gray 0; "},
        {"q .6 .8 -.8 .6 20 20 cm 0 0 50 1 re f Q", "rule 19.2 39.4 50 80 thick 1 fill gray 0; "},
        /* areas */
        {"0.5 g 10 20 50 30 re f", "area 10 50 60 80 fill gray 50; "},
        {"10 20 50 30 re S", "area 9.5 49.5 60.5 80.5 stroke gray 0; "},
        {"10 20 50 30 re B", "area 9.5 49.5 60.5 80.5 fill gray 0 stroke gray 0; "},
        {"10 20 m 60 20 l 60 50 l 10 50 l b*", "area 9.5 49.5 60.5 80.5 fill gray 0 stroke gray 0; "},
        {"1 1 1 rg -10 -10 300 300 re f", "area 0 0 200 100 fill RGB 255 255 255; "},
        /* shapes */
        {"10 20 m 60 20 l 60 50 l S", "shape 9.5 49.5 60.5 80.5 stroke gray 0; "},
        {"10 20 m 60 20 l 60 50 l f", "shape 10 50 60 80 fill gray 0; "},
        {"0 0 m 0 40 40 40 40 0 c f", "shape 0 70 40 100 fill gray 0; "},
        {"0 0 m 40 40 40 0 v f", "shape 0 82.22 40 100 fill gray 0; "},
        {"0 0 m 0 40 40 0 y f", "shape 0 82.22 40 100 fill gray 0; "},
        {"q .6 .8 -.8 .6 60 20 cm 0 0 50 10 re f Q", "shape 52 34 90 80 fill gray 0; "},
        {"10 10 50 50 re 20 20 30 30 re f*", "shape 10 40 60 90 fill gray 0; "},
        /* many in one path */
        {"10 20 m 60 20 l 10 30 m 60 30 l S",
         "rule 10 79.5 60 80.5 thick 1 stroke gray 0; rule 10 69.5 60 70.5 thick 1 stroke gray 0; "},
        {"10 20 50 1 re 10 30 50 20 re f", "rule 10 79 60 80 thick 1 fill gray 0; area 10 50 60 70 fill gray 0; "},
        {"10 20 m 60 20 l 10 30 m 60 30 l 60 40 l S",
         "rule 10 79.5 60 80.5 thick 1 stroke gray 0; shape 9.5 59.5 60.5 70.5 stroke gray 0; "},
        {"0 0 m 9 0 l 9 9 l h 20 0 m 29 0 l 29 9 l h 2 1 m 4 1 l 4 2 l f",
         "shape 0 91 9 100 fill gray 0; shape 20 91 29 100 fill gray 0; "},
        {"0 0 m 9 0 l 9 9 l h 20 0 m 29 0 l 29 9 l h 8 0 m 21 0 l 21 2 l f", "shape 0 91 29 100 fill gray 0; "},
        /* nothing to see */
        {"10 20 m S", ""},
        {"10 20 l 30 40 l S", ""},
        {"10 20 m 10 20 l S", ""},
        {"1 J 4 w 10 20 m 10 20 l S", "area 8 78 12 82 stroke gray 0; "},
        {"10 20 50 30 re n", ""},
        {"10 20 m 60 20 l 80 90 m S", "rule 10 79.5 60 80.5 thick 1 stroke gray 0; "},
    };
    CHECK_CASES("", "", NULL, cases);
}

static void test_pages(void)
{
    static const content_case upright = {"10 20 50 30 re f", "area 10 50 60 80 fill gray 0; "},
                              turned = {"10 20 50 30 re f", "area 20 10 50 60 fill gray 0; "},
                              half = {"10 20 50 30 re f", "area 140 20 190 50 fill gray 0; "},
                              left = {"10 20 50 30 re f", "area 50 140 80 190 fill gray 0; "},
                              twice = {"2 w 10 20 m 60 20 l S", "rule 20 158 120 162 thick 4 stroke gray 0; "},
                              trimmed = {"10 20 50 30 re f", "area 0 40 50 70 fill gray 0; "};
    check_case("", "", NULL, &upright);
    check_case("/Rotate 90", "", NULL, &turned);
    check_case("/Rotate 180", "", NULL, &half);
    check_case("/Rotate -90", "", NULL, &left);
    check_case("/UserUnit 2", "", NULL, &twice);
    check_case("/TrimBox [10 10 190 90]", "", NULL, &trimmed);
}

static void test_clips(void)
{
    static const content_case cases[] = {
        {"20 30 10 10 re W n 10 20 50 30 re f", "area 20 60 30 70 fill gray 0; "},
        {"q 20 30 10 10 re W* n Q 10 20 50 30 re f", "area 10 50 60 80 fill gray 0; "},
        {"20 30 10 10 re W n 25 25 50 50 re W n 10 20 50 30 re f", "area 25 60 30 70 fill gray 0; "},
        {"20 30 10 10 re W n 100 20 50 30 re f", "area 100 50 150 80 fill gray 0 hidden; "},
        {"W n 10 20 50 30 re f", "area 10 50 60 80 fill gray 0 hidden; "},
        {"0 0 10.01 100 re W n 10 20 50 30 re f", "area 10 50 60 80 fill gray 0 hidden; "},
        {"20 30 0 10 re W n 10 20 50 30 re f", "area 10 50 60 80 fill gray 0 hidden; "},
        {"20 30 10 10 re W f 10 20 50 30 re f", "area 20 60 30 70 fill gray 0; area 20 60 30 70 fill gray 0; "},
        {"300 20 50 30 re f", "area 300 50 350 80 fill gray 0 hidden; "},
        {"/Sh sh", "shading 0 0 200 100 fill shading of CMYK; "},
        {"20 30 10 10 re W n /Sh sh", "shading 20 60 30 70 fill shading of CMYK; "},
        {"/No sh", ""},
    };
    CHECK_CASES("/Resources << /Shading << /Sh << /ShadingType 2 /ColorSpace /DeviceCMYK >> >> >>", "", NULL, cases);
}

static void test_colors(void)
{
#define HERE " 0 0 9 9 re f"
#define AREA "area 0 91 9 100 fill "
    static const content_case cases[] = {
        {"0 0 0 1 k" HERE, AREA "CMYK 0 0 0 100; "},
        {"0.2 1 .2 .125 k" HERE, AREA "CMYK 20 100 20 12.5; "},
        {"1 0 0 rg" HERE, AREA "RGB 255 0 0; "},
        {"2 -1 0 rg" HERE, AREA "RGB 255 0 0; "},
        {"/DeviceCMYK cs" HERE, AREA "CMYK 0 0 0 100; "},
        {"/DeviceRGB cs 0 1 0 sc" HERE, AREA "RGB 0 255 0; "},
        {"/Icc cs" HERE " 1 0 0 0 scn" HERE, AREA "ICC CMYK 0 0 0 100; " AREA "ICC CMYK 100 0 0 0; "},
        {"/IccRgb cs .2 .4 .6 sc" HERE, AREA "ICC RGB 51 102 153; "},
        {"/IccNone cs .5 sc" HERE, AREA "gray 50; "},
        {"/Cal cs .5 sc" HERE, AREA "CalGray 50; "},
        {"/Lab cs 50 -10 20 sc" HERE, AREA "Lab 50 -10 20; "},
        {"/Spot cs" HERE " 0.8 scn" HERE, AREA "PANTONE 227 C 100; " AREA "PANTONE 227 C 80; "},
        {"/Duo cs .5 .25 scn" HERE, AREA "Black+PANTONE 227 C 50 25; "},
        {"/Table cs 1 sc" HERE, AREA "CMYK 0 100 0 0; "},
        {"/Table cs 9 sc" HERE, AREA "CMYK 0 100 0 0; "},
        {"/No cs 1 sc" HERE, AREA "gray 100; "},
        {"/Pattern cs /Fade scn" HERE, AREA "shading of RGB; "},
        {"/Pattern cs /Tile scn" HERE, AREA "tiling of pattern; "},
        {"/Under cs 0 0 0 .5 /Tile scn" HERE, AREA "tiling 0 0 0 50 of CMYK; "},
        {"1 0 0 RG 0 1 0 rg 0 0 9 9 re B", "area 0 90.5 9.5 100 fill RGB 0 255 0 stroke RGB 255 0 0; "},
        {"0 0 0 1 K /Spot CS .5 SCN 0 50 m 9 50 l S", "rule 0 49.5 9 50.5 thick 1 stroke PANTONE 227 C 50; "},
        {"q 1 g Q" HERE, AREA "gray 0; "},
        /* what is malformed is passed over */
        {"1 0 rg" HERE, AREA "gray 0; "},
        {"(x) g" HERE, AREA "gray 0; "},
        {"9 9 1 0 0 rg" HERE, AREA "RGB 255 0 0; "},
        {"1 g 0.5 xyz" HERE, AREA "gray 100; "},
        {"BX 1 nonsense EX .5 g" HERE, AREA "gray 50; "},
    };
    static const char *const objects[] = {"/N 4 |x", "/N 3 |x", "/N 7 |x", NULL};
    CHECK_CASES(
        "/Resources << /ColorSpace << /Icc [/ICCBased 5 0 R] /IccRgb [/ICCBased 6 0 R] /IccNone [/ICCBased 7 0 R]"
        " /Cal [/CalGray << /WhitePoint [1 1 1] >>] /Lab [/Lab << /WhitePoint [1 1 1] >>]"
        " /Spot [/Separation /PANTONE#20227#20C /DeviceCMYK << >>]"
        " /Duo [/DeviceN [/Black /PANTONE#20227#20C] /DeviceCMYK << >>]"
        " /Table [/Indexed /DeviceCMYK 1 <00000000 00FF0000>] /Under [/Pattern /DeviceCMYK] >>"
        " /Pattern << /Fade << /PatternType 2 /Shading << /ColorSpace /DeviceRGB >> >>"
        " /Tile << /PatternType 1 >> >> >>",
        "", objects, cases);
    static const content_case mapped[] = {
        {"0 1 0 rg" HERE " .5 g" HERE, AREA "ICC RGB 0 255 0; " AREA "gray 50; "},
        {"/DeviceRGB cs" HERE, AREA "ICC RGB 0 0 0; "},
        {"0 0 0 1 k" HERE, AREA "CMYK 0 0 0 100; "}, /* a default that stands for itself */
    };
    CHECK_CASES("/Resources << /ColorSpace << /DefaultRGB [/ICCBased 6 0 R] /DefaultCMYK /DeviceCMYK >> >>", "",
                objects, mapped);
}

static void test_states(void)
{
    static const content_case cases[] = {
        {"/Over gs 0 0 0 1 k" HERE, AREA "CMYK 0 0 0 100 op OPM; "},
        {"/Over gs 0 50 m 9 50 l S", "rule 0 49.5 9 50.5 thick 1 stroke gray 0 OP OPM; "},
        {"/Apart gs 0 0 9 9 re B", "area 0 90.5 9.5 100 fill gray 0 stroke gray 0 OP; "},
        {"q /Over gs Q" HERE, AREA "gray 0; "},
        {"/Half gs" HERE, AREA "gray 0 ca 0.5 transparent; "},
        {"/Half gs 0 50 m 9 50 l S", "rule 0 49.5 9 50.5 thick 1 stroke gray 0 CA 0.25 transparent; "},
        {"/Multiply gs" HERE " /Usual gs" HERE, AREA "gray 0 Multiply transparent; " AREA "gray 0; "},
        {"/Mask gs" HERE " /NoMask gs" HERE, AREA "gray 0 transparent; " AREA "gray 0; "},
        {"/Wide gs 0 50 m 9 50 l S", "rule 0 48.5 9 51.5 thick 3 dashed stroke gray 0; "},
        {"/No gs" HERE, AREA "gray 0; "},
        {"Q Q" HERE " Q", AREA "gray 0; "},
    };
    CHECK_CASES("/Resources << /ExtGState << /Over << /OP true /OPM 1 >> /Apart << /op false /OP true >>"
                " /Half << /ca .5 /CA .25 >> /Multiply << /BM [/Multiply /Normal] >> /Usual << /BM /Normal >>"
                " /Mask << /SMask << /S /Alpha >> >> /NoMask << /SMask /None >> /Wide << /LW 3 /D [[2 1] 0] >> >> >>",
                "", NULL, cases);
}

static void test_forms(void)
{
    static const content_case cases[] = {
        {"/F Do", "area 10 70 30 90 fill gray 0; "},
        {"q 2 0 0 2 5 5 cm /F Do Q", "area 25 35 65 75 fill gray 0; "},
        {"1 0 0 rg /F Do" HERE, "area 10 70 30 90 fill RGB 255 0 0; " AREA "RGB 255 0 0; "},
        {"/Nested Do" HERE, "area 15 65 35 85 fill RGB 0 255 0; " AREA "gray 0; "},
        {"/Loop Do" HERE, "area 1 98 2 99 fill gray 0; " AREA "gray 0; "},
        {"/Open Do" HERE, AREA "gray 0; "},
        {"/Greedy Do" HERE, AREA "gray 0; "},
        {"0.5 g q 1 g /Greedy Do" HERE " Q" HERE, AREA "gray 100; " AREA "gray 50; "},
        {"/Half gs /Group Do" HERE, AREA "gray 0 ca 0.25 transparent; " AREA "gray 0 ca 0.5 transparent; "},
        {"/No Do", ""},
    };
    static const char *const objects[] = {
        /* 5 */ "/Type /XObject /Subtype /Form /Matrix [1 0 0 1 10 10] /BBox [0 0 20 20] |0 0 50 50 re f",
        /* 6 */ "/Subtype /Form /Matrix [1 0 0 1 5 5] /Resources << /XObject << /F 5 0 R >> >> |q 0 1 0 rg /F Do Q",
        /* 7 */ "/Subtype /Form /Resources << /XObject << /Me 7 0 R /Other 8 0 R >> >> |/Me Do /Other Do",
        /* 8 */ "/Subtype /Form /Resources << /XObject << /Me 7 0 R >> >> |/Me Do 1 1 1 1 re f",
        /* 9 */ "/Subtype /Form |q q q /Tag BMC 1 0 0 rg",
        /* 10 */ "/Subtype /Form |Q Q Q EMC",
        /* 11 */ "/Subtype /Form /Group << /S /Transparency >> |/Half gs 0 0 9 9 re f",
        NULL};
    CHECK_CASES(
        "/Resources << /XObject << /F 5 0 R /Nested 6 0 R /Loop 7 0 R /Open 9 0 R /Greedy 10 0 R /Group 11 0 R >>"
        " /ExtGState << /Half << /ca .5 >> >> >>",
        "", objects, cases);
}

static void test_marks(void)
{
    static const content_case cases[] = {
        {"/P << /MCID 3 >> BDC" HERE " EMC" HERE, AREA "gray 0 /P mcid 3; " AREA "gray 0; "},
        {"/P /Props BDC" HERE " EMC", AREA "gray 0 /P mcid 7; "},
        {"/Artifact BMC" HERE " EMC", AREA "gray 0 /Artifact artifact; "},
        {"/Artifact << /Type /Pagination >> BDC /Span BMC" HERE " EMC EMC", AREA "gray 0 /Span artifact; "},
        {"/P << /MCID 3 /A [1 << /B 2 >>] >> BDC /Span << /Lang (vi) >> BDC" HERE " EMC EMC",
         AREA "gray 0 /Span mcid 3; "},
        {"EMC EMC /P BMC" HERE, AREA "gray 0 /P; "},
        {"/OC /On BDC" HERE " EMC /OC /Off BDC" HERE " EMC" HERE,
         AREA "gray 0; " AREA "gray 0 hidden; " AREA "gray 0; "},
        {"/OC /Off BDC /OC /On BDC" HERE " EMC EMC", AREA "gray 0 hidden; "},
        {"/OC /AnyOn BDC" HERE " EMC /OC /AllOn BDC" HERE " EMC", AREA "gray 0; " AREA "gray 0 hidden; "},
        {"/OC /AnyOff BDC" HERE " EMC /OC /AllOff BDC" HERE " EMC", AREA "gray 0; " AREA "gray 0 hidden; "},
        {"/OC /NotOff BDC" HERE " EMC /OC /Both BDC" HERE " EMC", AREA "gray 0; " AREA "gray 0 hidden; "},
        {"/OC /No BDC" HERE " EMC", AREA "gray 0; "},
        {"/Layered Do" HERE, AREA "gray 0 hidden; " AREA "gray 0; "},
    };
    static const char *const objects[] = {"<< /Type /OCG /Name (on) >>", "<< /Type /OCG /Name (off) >>",
                                          "/Subtype /Form /OC 6 0 R |0 0 9 9 re f", NULL};
    static const char page[] =
        "/Resources << /XObject << /Layered 7 0 R >> /Properties << /Props << /MCID 7 >> /On 5 0 R"
        " /Off 6 0 R /AnyOn << /Type /OCMD /OCGs [5 0 R 6 0 R] >>"
        " /AllOn << /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AllOn >>"
        " /AnyOff << /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AnyOff >>"
        " /AllOff << /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AllOff >>"
        " /NotOff << /Type /OCMD /VE [/Or [/Not 6 0 R] 6 0 R] >>"
        " /Both << /Type /OCMD /VE [/And 5 0 R 6 0 R] >> >> >>";
    CHECK_CASES(page, "/OCProperties << /OCGs [5 0 R 6 0 R] /D << /OFF [6 0 R] >> >>", objects, cases);
    static const content_case all_off = {"/OC /On BDC" HERE " EMC /OC /Off BDC" HERE " EMC",
                                         AREA "gray 0; " AREA "gray 0 hidden; "};
    check_case(page, "/OCProperties << /OCGs [5 0 R 6 0 R] /D << /BaseState /OFF /ON [5 0 R] >> >>", objects, &all_off);
}

/* --- letters: Courier's are 0.6 em wide --- */

static void test_letters(void)
{
    static const content_case cases[] = {
        {"BT /F 10 Tf 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 fill gray 0; "},
        {"BT 1 0 0 1 10 20 Tm /F 10 Tf (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 fill gray 0; "},
        {"/F 10 Tf BT 0 0 0 1 k 2 0 0 2 10 20 Tm (ab) Tj ET", "\"ab\" 10 34 on 80 size 20 fill CMYK 0 0 0 100; "},
        {"q 2 0 0 2 0 0 cm /F 10 Tf BT 5 10 Td (ab) Tj ET Q", "\"ab\" 10 34 on 80 size 20 fill gray 0; "},
        {"BT /F 10 Tf 10 50 Td 20 TL (ab) Tj T* (cd) Tj ET",
         "\"ab\" 10 22 on 50 size 10 fill gray 0; \"cd\" 10 22 on 70 size 10 fill gray 0; "},
        {"BT /F 10 Tf 10 50 Td 5 -20 TD (ab) Tj (cd) ' ET",
         "\"ab\" 15 27 on 70 size 10 fill gray 0; \"cd\" 15 27 on 90 size 10 fill gray 0; "},
        {"BT /F 10 Tf 20 TL 10 50 Td 3 1 (a b) \" ET",
         "\"a\" 10 16 on 70 size 10 fill gray 0; \"b\" 27 33 on 70 size 10 fill gray 0; "},
        {"BT /F 10 Tf 1 Tc 10 20 Td (ab) Tj ET", "\"ab\" 10 23 on 80 size 10 fill gray 0; "},
        {"BT /F 10 Tf 50 Tz 10 20 Td (ab) Tj ET", "\"ab\" 10 16 on 80 size 10 fill gray 0; "},
        {"BT /F 10 Tf 3 Ts 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 77 size 10 fill gray 0; "},
        {"BT /F 10 Tf 10 20 Td [(a) 100 (b)] TJ ET", "\"ab\" 10 21 on 80 size 10 fill gray 0; "},
        {"BT /F 10 Tf 10 20 Td [(a) [(x)] -2000 (b) /n] TJ ET",
         "\"a\" 10 16 on 80 size 10 fill gray 0; \"b\" 36 42 on 80 size 10 fill gray 0; "},
        {"BT /F 10 Tf 1 Tr 0.5 w 1 0 0 RG 10 20 Td (ab) Tj ET",
         "\"ab\" 10 22 on 80 size 10 mode 1 stroke RGB 255 0 0; "},
        {"BT /F 10 Tf 2 Tr 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 mode 2 fill gray 0 stroke gray 0; "},
        {"BT /F 10 Tf 3 Tr 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 mode 3 hidden; "},
        {"BT /F 10 Tf 9 Tr 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 fill gray 0; "},
        {"BT /Sized gs 10 20 Td (ab) Tj ET", "\"ab\" 10 18.4 on 80 size 7 fill gray 0 op; "},
        {"100 0 50 50 re W n BT /F 10 Tf 10 20 Td (ab) Tj ET", "\"ab\" 10 22 on 80 size 10 fill gray 0 hidden; "},
        {"/P << /MCID 2 >> BDC BT /F 10 Tf 10 20 Td (ab) Tj ET EMC",
         "\"ab\" 10 22 on 80 size 10 fill gray 0 /P mcid 2; "},
        {"BT /F 10 Tf 10 20 Td (ab) Tj /Other Do ET",
         "\"cd\" 50 62 on 60 size 10 fill gray 0; \"ab\" 10 22 on 80 size 10 fill gray 0; "},
        {"q BT /F 10 Tf ET Q BT 10 20 Td (ab) Tj ET", ""},
        {"BT /No 10 Tf 10 20 Td (ab) Tj ET", ""},
    };
    static const char *const objects[] = {"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
                                          "/Subtype /Form |BT 50 40 Td (cd) Tj ET", NULL};
    CHECK_CASES("/Resources << /Font << /F 5 0 R >> /ExtGState << /Sized << /Font [5 0 R 7] /op true >> >>"
                " /XObject << /Other 6 0 R >> >>",
                "", objects, cases);
}

/* --- pictures --- */

static void test_pictures(void)
{
    static const content_case cases[] = {
        {"q 72 0 0 36 10 20 cm /Gray Do Q", "picture 2x2 10 44 82 80 ppi 2 4 gray 1x8; "},
        {"q 0 72 -36 0 50 20 cm /Gray Do Q", "picture 2x2 14 8 50 80 ppi 2 4 gray 1x8; "},
        {"q 0 0 20 20 re W n 72 0 0 36 10 10 cm /Gray Do Q",
         "picture 2x2 10 80 20 90 whole 10 54 82 90 ppi 2 4 gray 1x8; "},
        {"q 300 0 0 10 300 0 cm /Gray Do Q", "picture 2x2 300 90 600 100 ppi 0.48 14.4 gray 1x8 hidden; "},
        {"q 72 0 0 72 0 0 cm 1 0 0 rg /Stencil Do Q", "picture 8x2 0 28 72 100 ppi 8 2 stencil 1x1 fill RGB 255 0 0; "},
        {"q 72 0 0 72 0 0 cm /Table Do Q", "picture 2x1 0 28 72 100 ppi 2 1 indexed (RGB) 3x4; "},
        {"q 72 0 0 72 0 0 cm /Spot Do Q", "picture 1x1 0 28 72 100 ppi 1 1 spot (PANTONE 227 C) 1x8; "},
        {"q 72 0 0 72 0 0 cm /Soft Do Q", "picture 1x1 0 28 72 100 ppi 1 1 gray 1x8 ASCIIHexDecode masked; "},
        {"/P << /MCID 1 >> BDC q 72 0 0 72 0 0 cm /Half gs /Gray Do Q EMC",
         "picture 2x2 0 28 72 100 ppi 2 2 gray 1x8 ca 0.5 transparent /P mcid 1; "},
        {"q 72 0 0 72 0 0 cm /Jpx Do Q", "picture 5x5 0 28 72 100 ppi 5 5 CMYK 4x8 JPXDecode; "},
        /* inline: of a known length, though the samples look like its end; by a filter; in a space by name */
        {"q 72 0 0 72 0 0 cm BI /W 4 /H 1 /BPC 8 /CS /G ID \nEI EI Q" HERE,
         AREA "gray 0; picture 4x1 0 28 72 100 ppi 4 1 gray 1x8 inline; "},
        {"q 72 0 0 72 0 0 cm BI /W 2 /H 1 /BPC 8 /CS /RGB /F /AHx ID 00ff00 ff00ff > EI Q" HERE,
         AREA "gray 0; picture 2x1 0 28 72 100 ppi 2 1 RGB 3x8 ASCIIHexDecode inline; "},
        {"q 72 0 0 72 0 0 cm BI /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /Ink ID ab EI Q",
         "picture 2x1 0 28 72 100 ppi 2 1 spot (PANTONE 227 C) 1x8 inline; "},
        {"q 72 0 0 72 0 0 cm BI /W 8 /H 1 /IM true /D [1 0] ID x EI Q",
         "picture 8x1 0 28 72 100 ppi 8 1 stencil 1x1 inline fill gray 0; "},
        {"BI BI /W 2", ""},
    };
    static const char *const objects[] = {
        /* 5 */ "/Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray |abcd",
        /* 6 */ "/Subtype /Image /Width 8 /Height 2 /ImageMask true |ab",
        /* 7 */
        "/Subtype /Image /Width 2 /Height 1 /BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 2 <000000 0A0B0C "
        "FFFFFF>] |\x21",
        /* 8 */
        "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace [/Separation /PANTONE#20227#20C "
        "/DeviceCMYK << >>] |a",
        /* 9 */
        "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 5 0 R /Filter "
        "[/ASCIIHexDecode] |61>",
        /* 10 */ "/Subtype /Image /Width 5 /Height 5 /Filter /JPXDecode |....ihdr~~~\5~~~\5~\4", NULL};
    CHECK_CASES(
        "/Resources << /XObject << /Gray 5 0 R /Stencil 6 0 R /Table 7 0 R /Spot 8 0 R /Soft 9 0 R /Jpx 10 0 R >>"
        " /ColorSpace << /Ink [/Separation /PANTONE#20227#20C /DeviceCMYK << >>] >>"
        " /ExtGState << /Half << /ca .5 >> >> >>",
        "", objects, cases);
}

static bt_str hex_of(bt_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    bt_buf out = bt_buf_in(&texts);
    for (size_t i = 0; i < bytes.len; i++) {
        bt_buf_add_char(&out, digits[(unsigned char)bytes.ptr[i] >> 4]);
        bt_buf_add_char(&out, digits[bytes.ptr[i] & 15]);
    }
    return bt_buf_str(&out);
}

static void check_samples(const char *page, const char *content, const char *object, const char *hex)
{
    const char *const objects[] = {object, NULL};
    seen_file *file = NULL;
    CHECK_INT(open_page(page, "", BT_STR(""), bt_str_of(content), objects, &file), BT_OK);
    CHECK(file && file->pages.v[0].pictures.n == 1);
    if (file && file->pages.v[0].pictures.n == 1) {
        const seen_page *first = &file->pages.v[0];
        bt_str samples;
        bt_status status = seen_samples(file, first, &first->pictures.v[0], &arena, &samples);
        CHECK_INT(status, hex ? BT_OK : BT_INPUT);
        if (hex) CHECK_STR(hex_of(samples), hex);
        if (hex && !bt_str_is(hex_of(samples), hex)) printf("    of: %s\n", object);
    }
    seen_drop(file);
    bt_arena_reset(&arena);
    bt_arena_reset(&texts);
}

#define IMAGE "/Subtype /Image "
#define GRAY IMAGE "/ColorSpace /DeviceGray "
static void test_samples(void)
{
    static const struct {
        const char *object, *hex; /* NULL: they cannot be decoded */
    } cases[] = {
        {GRAY "/Width 2 /Height 2 /BitsPerComponent 8 |abcd", "61626364"},
        {GRAY "/Width 2 /Height 2 /BitsPerComponent 8 |abc", "61626300"},
        {GRAY "/Width 9 /Height 2 /BitsPerComponent 1 |\x81\x80\x7f~", "ff000000000000ffff00ffffffffffffff00"},
        {GRAY "/Width 3 /Height 1 /BitsPerComponent 2 |\x1b", "0055aa"},
        {GRAY "/Width 3 /Height 1 /BitsPerComponent 4 |\x1b\xf0", "11bbff"},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 16 |\xff\xff\x80~", "ff80"},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 /Decode [1 0] |~\x33", "ffcc"},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 3 |ab", NULL},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 /Filter /ASCIIHexDecode |0A0B>", "0a0b"},
        {GRAY "/Width 4 /Height 1 /BitsPerComponent 8 /Filter /RunLengthDecode |\xfd\x07\x80", "07070707"},
        {GRAY "/Width 8 /Height 1 /BitsPerComponent 1 /Filter /CCITTFaxDecode |ab", NULL},
        {GRAY "/Width 8 /Height 1 /BitsPerComponent 1 /Filter /JBIG2Decode |ab", NULL},
        {GRAY "/Width 8 /Height 1 /Filter /JPXDecode |ab", NULL},
        {GRAY "/Width 0 /Height 1 /BitsPerComponent 8 |ab", NULL},
        {GRAY "/Width 100000 /Height 1001 /BitsPerComponent 1 |ab", NULL}, /* BT_LIMIT_IMAGE_PIXELS */
        {IMAGE "/ColorSpace /DeviceCMYK /Width 1 /Height 1 /BitsPerComponent 8 |\x01\x02\x03\x04", "01020304"},
        {IMAGE "/ColorSpace /DeviceRGB /Width 1 /Height 1 /BitsPerComponent 4 |\x12\x30", "112233"},
        {IMAGE "/ColorSpace [/Indexed /DeviceRGB 1 <0102030A0B0C>] /Width 8 /Height 1 /BitsPerComponent 1 |\x41",
         "0102030a0b0c0102030102030102030102030102030a0b0c"},
        {IMAGE "/ColorSpace [/Indexed /DeviceGray 3 <01020304>] /Width 3 /Height 1 /BitsPerComponent 8 |\x01\x03\x09",
         "020404"},
        {IMAGE "/ColorSpace [/Indexed /DeviceGray 1 <0102>] /Decode [1 0] /Width 2 /Height 1 /BitsPerComponent 1 |\x40",
         "0201"},
        {IMAGE "/ColorSpace [/Lab << /WhitePoint [1 1 1] >>] /Decode [0 100 -100 100 -100 100] /Width 1 /Height 1 "
               "/BitsPerComponent 8 |\x10\x20\x30",
         "102030"},
        {IMAGE "/ImageMask true /Width 4 /Height 1 |\x50", "00ff00ff"},
        {IMAGE "/ImageMask true /Decode [1 0] /Width 4 /Height 1 |\x50", "ff00ff00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_samples("/Resources << /XObject << /I 5 0 R >> >>", "/I Do", cases[i].object, cases[i].hex);
    static const char inlined[] = "BI /W 2 /H 1 /BPC 8 /CS [/I /RGB 1 <0102030A0B0C>] /F [/AHx] ID 01 00 > EI";
    check_samples("", inlined, "<< >>", "0a0b0c010203");
}

/* Two pictures are the same by `stored` whenever all that decides on their samples is. */
static void test_stored(void)
{
    static const struct {
        const char *one, *other;
        bool is_same;
    } cases[] = {
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ab", GRAY "/BitsPerComponent 8 /Height 1 /Width 2 |ab", true},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ab", GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ac", false},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ab", GRAY "/Width 1 /Height 2 /BitsPerComponent 8 |ab", false},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ab",
         GRAY "/Width 2 /Height 1 /BitsPerComponent 8 /Decode [1 0] |ab", false},
        {GRAY "/Width 2 /Height 1 /BitsPerComponent 8 |ab",
         IMAGE "/ColorSpace [/CalGray << >>] /Width 2 /Height 1 /BitsPerComponent 8 |ab", false},
        {GRAY "/Width 1 /Height 1 /BitsPerComponent 8 |ab",
         IMAGE "/ColorSpace [/Indexed /DeviceGray 1 <0001>] /Width 1 /Height 1 /BitsPerComponent 8 |ab", false},
        {IMAGE "/ColorSpace [/Indexed /DeviceGray 1 <0001>] /Width 1 /Height 1 /BitsPerComponent 8 |ab",
         IMAGE "/ColorSpace [/Indexed /DeviceGray 1 <0002>] /Width 1 /Height 1 /BitsPerComponent 8 |ab", false},
        {GRAY "/Width 1 /Height 1 /BitsPerComponent 8 /SMask 5 0 R |ab",
         GRAY "/Width 1 /Height 1 /BitsPerComponent 8 /SMask 6 0 R |ab", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const objects[] = {"/Width 1 |a", "/Width 1 |b", cases[i].one, cases[i].other, NULL};
        seen_file *file = NULL;
        CHECK_INT(open_page("/Resources << /XObject << /One 7 0 R /Other 8 0 R >> >>", "", BT_STR(""),
                            BT_STR("/One Do /Other Do"), objects, &file),
                  BT_OK);
        CHECK(file && file->pages.v[0].pictures.n == 2);
        const seen_picture *v = file ? file->pages.v[0].pictures.v : NULL;
        if (v) CHECK_INT(bt_digest_equal(&v[0].stored, &v[1].stored), cases[i].is_same);
        seen_drop(file);
        bt_arena_reset(&arena);
        bt_arena_reset(&texts);
    }
}

/* --- shapes --- */

static void check_alike(const char *one, const char *other, bool is_form_same, bool are_alike)
{
    bt_str content = bt_str_format(&texts, "%s f %s f", one, other);
    seen_file *file = NULL;
    CHECK_INT(open_page("", "", BT_STR(""), content, NULL, &file), BT_OK);
    CHECK(file && file->pages.v[0].paths.n == 2);
    if (file && file->pages.v[0].paths.n == 2) {
        const seen_path *v = file->pages.v[0].paths.v;
        CHECK_INT(bt_digest_equal(&v[0].form, &v[1].form), is_form_same);
        CHECK_INT(seen_form_equal(&v[0], &v[1], 0.03), are_alike);
    }
    seen_drop(file);
    bt_arena_reset(&arena);
    bt_arena_reset(&texts);
}

static void test_shapes(void)
{
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60 50 l 60 60 l", true, true);
    check_alike("0 0 m 10.009 0 l 10.009 10 l", "50 50 m 60.011 50 l 60.011 60 l", false, true);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60.1 50 l 60.1 60 l", false, false);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60 60 l 60 50 l", false, false);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60 50 l 60 60 l h", true, true);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60 50 l 60 50 l 60 60 l 50 50 l h", true, true);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 60 50 l 60 60 l 50 55 l", false, false);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 52 50 58 50 60 50 c 60 50 60 50 60 50 c 60 60 l", true, true);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 52 51 58 50 60 50 c 60 60 l", false, false);
    check_alike("0 0 m 10 0 l 10 10 l", "50 50 m 40 50 70 50 60 50 c 60 60 l", false, false);
    check_alike("0 0 m 10.01 0 l 10.01 10 l", "33.333 50 m 43.343 50 l 43.343 60 l", true, true);
}

/* --- colours --- */

static void test_inks(void)
{
    static const struct {
        seen_color color;
        bool is_known;
        double cmyk[4];
    } cases[] = {
        {{.space = SEEN_GRAY, .n = 1, .v = {0.25}}, true, {0, 0, 0, 0.75}},
        {{.space = SEEN_CMYK, .n = 4, .v = {0.1, 0.2, 0.3, 0.4}}, true, {0.1, 0.2, 0.3, 0.4}},
        {{.space = SEEN_SPOT, .n = 1, .v = {0.5}, .name = BT_STR_INIT("Gold")}, true, {0, 0, 0, 0}},
        {{.space = SEEN_SPOT, .n = 1, .v = {0.5}, .name = BT_STR_INIT("Black")}, true, {0, 0, 0, 0.5}},
        {{.space = SEEN_SPOT, .n = 1, .v = {0.5}, .name = BT_STR_INIT("All")}, true, {0.5, 0.5, 0.5, 0.5}},
        {{.space = SEEN_SPOT, .n = 1, .v = {0.5}, .name = BT_STR_INIT("None")}, true, {0, 0, 0, 0}},
        {{.space = SEEN_DEVICE_N, .n = 2, .v = {0.5, 1}, .name = BT_STR_INIT("Gold+Cyan")}, true, {1, 0, 0, 0}},
        {{.space = SEEN_RGB, .n = 3}, false, {0, 0, 0, 0}},
        {{.space = SEEN_ICC_CMYK, .n = 4}, false, {0, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double cmyk[4];
        CHECK_INT(seen_color_cmyk(&cases[i].color, cmyk), cases[i].is_known);
        for (int k = 0; k < 4; k++) CHECK(fabs(cmyk[k] - cases[i].cmyk[k]) < 1e-9);
    }
    const seen_color *gray = &cases[0].color, *ink = &cases[1].color;
    seen_color near = *gray, other = *gray;
    near.v[0] += 0.01;
    other.space = SEEN_CAL_GRAY;
    CHECK(seen_color_equal(gray, &near, 0.02) && !seen_color_equal(gray, &near, 0.005));
    CHECK(!seen_color_equal(gray, &other, 0.02) && !seen_color_equal(gray, ink, 1) && !seen_color_equal(gray, NULL, 1));
    CHECK(!seen_color_equal(&cases[2].color, &cases[3].color, 1) && seen_color_equal(NULL, NULL, 0));
}

/* --- nonsense --- */

static uint32_t dice = 1;

static uint32_t roll(uint32_t n)
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % n;
}

/* Operators and operands in any order are read to their end, with numbers that can be told; garbled ones are refused.
 */
static void test_nonsense(void)
{
    static char vocabulary[] =
        "q|Q|cm|w|J|d|gs|m|l|c|v|y|h|re|S|s|f|f*|B|b*|n|W|W*|sh|g|G|rg|RG|k|K|cs|CS|sc|SCN|scn|BT|ET|Tc|Tw|"
        "Tz|TL|Tf|Tr|Ts|Td|TD|Tm|T*|Tj|TJ|'|\"|Do|BMC|BDC|EMC|EI|BX|/F|/F 9 Tf|/Form|/Form Do|/Image|"
        "/Image Do|/Gs gs|/Spot cs|/Table cs|/Fade|/Pattern cs|0|1|-1|0.5|12|100|1e9|"
        "99999999999999999999999999999999999999999|-.0000001|0 0 9 9 re|1 0 0 1 5 5|1 0 0 0 0 0|(ab)|<41>|"
        "[(a) -100 (b)]|[1 2]|<< /MCID 1 >>|BI /W 2 /H 2 /BPC 8 /CS /G ID abcd "
        "EI|/P|/OC|true|null|%\n|\\|[[|]|<<|>>|(|)|<|"
        "{|BI|ID|";
    const char *words[200];
    uint32_t n_all = 0;
    for (char *word = strtok(vocabulary, "|"); word; word = strtok(NULL, "|")) words[n_all++] = word;
    enum { N_GARBLED = 10 }; /* the last */
    static const char *const objects[] = {"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
                                          "/Subtype /Form /BBox [0 0 50 50] |q 1 0 0 rg 0 0 9 9 re f BT /F 9 Tf (a) Tj",
                                          GRAY "/Width 2 /Height 2 /BitsPerComponent 8 |abcd", NULL};
    static const char page[] =
        "/Resources << /Font << /F 5 0 R >> /XObject << /Form 6 0 R /Image 7 0 R >> /ExtGState << /Gs << /ca .5 /LW 2 "
        ">> >>"
        " /ColorSpace << /Spot [/Separation /Gold /DeviceCMYK << >>] /Table [/Indexed /DeviceRGB 1 <000000FFFFFF>] >>"
        " /Pattern << /Fade << /PatternType 2 /Shading << /ColorSpace /DeviceRGB >> >> >> >>";
    enum { N_PAGES = 400, N_WORDS = 120 };
    uint32_t n_seen = 0;
    for (int i = 0; i < N_PAGES; i++) {
        bt_buf content = bt_buf_in(&texts);
        const bool is_garbled = i % 8 == 0;
        const uint32_t n_words = n_all - (is_garbled ? 0 : N_GARBLED);
        for (int k = 0; k < N_WORDS; k++) bt_buf_format(&content, "%s ", words[roll(n_words)]);
        seen_file *file = NULL;
        bt_status status = open_page(page, "", BT_STR(""), bt_buf_str(&content), objects, &file);
        CHECK(status == BT_OK || (is_garbled && status == BT_INPUT && strcmp(said, "E1301") == 0));
        const seen_page *seen = file ? &file->pages.v[0] : NULL;
        for (uint32_t k = 0; seen && k < seen->paths.n; k++) {
            const seen_path *p = &seen->paths.v[k];
            CHECK(isfinite(p->thickness) && isfinite(p->paint->line_width) && p->box.x0 <= p->box.x1 &&
                  p->box.y0 <= p->box.y1 && isfinite(p->box.x0 + p->box.x1 + p->box.y0 + p->box.y1));
        }
        for (uint32_t k = 0; seen && k < seen->pictures.n; k++) {
            const seen_picture *p = &seen->pictures.v[k];
            CHECK(isfinite(p->ppi_x) && isfinite(p->ppi_y) && p->box.x0 <= p->box.x1 && p->box.y0 <= p->box.y1);
        }
        for (uint32_t k = 0; seen && k < seen->words.n; k++) {
            const seen_word *w = &seen->words.v[k];
            CHECK(isfinite(w->baseline) && isfinite(w->angle) && w->box.x0 <= w->box.x1 && w->box.y0 <= w->box.y1);
        }
        if (seen) n_seen += seen->paths.n + seen->pictures.n + seen->words.n;
        seen_drop(file);
        bt_arena_reset(&arena);
        bt_arena_reset(&texts);
    }
    CHECK(n_seen > N_PAGES);
}

/* --- limits --- */

static bt_str repeated(const char *piece, uint32_t n)
{
    const size_t length = strlen(piece);
    char *bytes = bt_arena_alloc_unset(&texts, length * n);
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < length; k++) bytes[length * i + k] = piece[k];
    return (bt_str){bytes, length * n};
}

static bt_str deflated_spaces(uint32_t n)
{
    struct libdeflate_compressor *press = libdeflate_alloc_compressor(1);
    char *spaces = malloc(n);
    const size_t most = n / 64;
    char *out = bt_arena_alloc_unset(&texts, most);
    if (!press || !spaces || !out) exit(2);
    memset(spaces, ' ', n);
    const size_t size = libdeflate_zlib_compress(press, spaces, n, out, most);
    free(spaces);
    libdeflate_free_compressor(press);
    return (bt_str){out, size};
}

static void check_limit(bt_str about, bt_str content, const char *const *objects, const char *number)
{
    seen_file *file = NULL;
    bt_status status = open_page("/Resources << /XObject << /F 5 0 R >> >>", "", about, content, objects, &file);
    CHECK_INT(status, number[0] ? BT_INPUT : BT_OK);
    CHECK_STR(bt_str_of(said), number);
    seen_drop(file);
    bt_arena_drop(&arena);
    bt_arena_drop(&texts);
}

static void check_depth(uint32_t n, const char *number)
{
    const char *objects[BT_LIMIT_PDF_FORMS + 3] = {0};
    for (uint32_t i = 0; i < n; i++)
        objects[i] =
            bt_str_z(&texts, bt_str_format(&texts, "/Subtype /Form /Resources << /XObject << /F %u 0 R >> >> |/F Do",
                                           (unsigned)i + 6));
    objects[n - 1] = "/Subtype /Form |q";
    check_limit(BT_STR(""), BT_STR("/F Do"), objects, number);
}

static void test_limits(void)
{
    check_limit(BT_STR(""), repeated("q ", BT_LIMIT_PDF_STATES), NULL, "");
    check_limit(BT_STR(""), repeated("q ", BT_LIMIT_PDF_STATES + 1), NULL, "E1332");
    check_limit(BT_STR(""), repeated("n ", BT_LIMIT_PDF_OPERATORS), NULL, "");
    check_limit(BT_STR(""), repeated("n ", BT_LIMIT_PDF_OPERATORS + 1), NULL, "E1330");
    check_depth(BT_LIMIT_PDF_FORMS, "");
    check_depth(BT_LIMIT_PDF_FORMS + 1, "E1331");
    check_limit(BT_STR("/Filter /FlateDecode"), deflated_spaces(BT_LIMIT_PDF_CONTENT_BYTES), NULL, "");
    check_limit(BT_STR("/Filter /FlateDecode"), deflated_spaces(BT_LIMIT_PDF_CONTENT_BYTES + 1), NULL, "E1333");
    /* forms that paint each other twice would go on for ever */
    const char *objects[BT_LIMIT_PDF_FORMS + 1] = {0};
    for (uint32_t i = 0; i < BT_LIMIT_PDF_FORMS; i++)
        objects[i] = bt_str_z(
            &texts, bt_str_format(&texts, "/Subtype /Form /Resources << /XObject << /F %u 0 R >> >> |/F Do /F Do",
                                  (unsigned)i + 6));
    check_limit(BT_STR(""), BT_STR("/F Do"), objects, "E1330");
}

/* Values have the decimal sign of the language; names stay as they are. */
static void test_shown(void)
{
    const seen_color cmyk = {.space = SEEN_CMYK, .n = 4, .v = {0.018, 0.09, 0, 0.0104}};
    const seen_color spot = {.space = SEEN_SPOT, .name = BT_STR("Xanh 1.2"), .n = 1, .v = {0.125}};
    CHECK_STR(seen_color_shown(&texts, BT_LANG_EN, &cmyk), "CMYK 1.8 9 0 1");
    CHECK_STR(seen_color_shown(&texts, BT_LANG_VI, &cmyk), "CMYK 1,8 9 0 1");
    CHECK_STR(seen_color_shown(&texts, BT_LANG_EN, &spot), "Xanh 1.2 12.5");
    CHECK_STR(seen_color_shown(&texts, BT_LANG_VI, &spot), "Xanh 1.2 12,5");
}

int main(void)
{
    int made = mkstemp(path);
    if (made < 0) return 2;
    close(made);
    test_paths();
    test_pages();
    test_clips();
    test_colors();
    test_states();
    test_forms();
    test_marks();
    test_letters();
    test_pictures();
    test_samples();
    test_stored();
    test_shapes();
    test_inks();
    test_shown();
    test_nonsense();
    test_limits();
    unlink(path);
    return check_report();
}
