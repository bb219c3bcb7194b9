/* test_fontfile.c - font files that lie or are broken, and font lists that are wrong. */
#include "unit/text_world.h"

#include <fcntl.h>

#include FT_TRUETYPE_TABLES_H

static char folder[] = "/tmp/bantin-test-text-XXXXXX";

static const char *in_folder(const char *name) { return bt_str_format(&arena, "%s/%s", folder, name).ptr; }

static void write_file(const char *name, const void *bytes, size_t n)
{
    FILE *file = fopen(in_folder(name), "wb");
    CHECK(file && fwrite(bytes, 1, n, file) == n);
    if (file) fclose(file);
}

static uint32_t be(const uint8_t *bytes, size_t n)
{
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++) value = value << 8 | bytes[i];
    return value;
}

static uint8_t *table_of(uint8_t *font, const char *tag)
{
    for (uint32_t i = 0; i < be(font + 4, 2); i++) {
        uint8_t *entry = font + 12 + i * 16;
        if (!memcmp(entry, tag, 4)) return font + be(entry + 8, 4);
    }
    return NULL;
}

/* The glyph's record, by the long or short form of loca. */
static uint8_t *record_of(uint8_t *font, uint16_t glyph_id, uint32_t *length)
{
    bool is_long = be(table_of(font, "head") + 50, 2);
    const uint8_t *loca = table_of(font, "loca");
    uint32_t begin = is_long ? be(loca + glyph_id * 4, 4) : be(loca + glyph_id * 2, 2) * 2;
    uint32_t end = is_long ? be(loca + glyph_id * 4 + 4, 4) : be(loca + glyph_id * 2 + 2, 2) * 2;
    *length = end - begin;
    return table_of(font, "glyf") + begin;
}

/* Noto Sans in which Ộ is drawn as Ọ, as Carlito does it. */
static void make_liar(uint8_t *font, size_t n)
{
    uint32_t to_length, from_length;
    uint8_t *to = record_of(font, bt_face_glyph(sans, 0x1ED8), &to_length);
    const uint8_t *from = record_of(font, bt_face_glyph(sans, 0x1ECC), &from_length);
    CHECK(from_length <= to_length && from_length > 0);
    if (from_length <= to_length) memmove(to, from, from_length);
    write_file("liar.ttf", font, n);
}

static void make_fonts(void)
{
    uint8_t *font = bt_arena_alloc(&arena, sans->n_bytes);
    memcpy(font, sans->bytes, sans->n_bytes);
    make_liar(font, sans->n_bytes);
    memcpy(font, sans->bytes, sans->n_bytes);
    table_of(font, "OS/2")[9] = 2; /* fsType: restricted licence */
    write_file("restricted.ttf", font, sans->n_bytes);
    write_file("cut.ttf", font, 3000);
    write_file("garbage.ttf", "nonsense", 8);
    write_file("empty.ttf", "", 0);
    write_file("large.ttf", "", 0);
    CHECK_INT(truncate(in_folder("large.ttf"), (off_t)BT_LIMIT_FONT_BYTES + 1), 0);
    static const char list[] =
        "{\"bantin_fonts\": 1, \"folders\": [\"/usr/share/fonts/truetype/noto\"], \"families\": ["
#define FAMILY(name, file)                                                                                             \
    "{\"name\": \"" name "\", \"package\": \"fonts-of-" name "\", \"faces\": {\"regular\": {\"file\": \"" file         \
    "\", \"sha256\":"                                                                                                  \
    "\"0000000000000000000000000000000000000000000000000000000000000000\"}}}"
        FAMILY("Liar", "liar.ttf") "," FAMILY("Restricted", "restricted.ttf") "," FAMILY("Cut", "cut.ttf") "," FAMILY(
            "Garbage",
            "garbage.ttf") "," FAMILY("Empty",
                                      "empty.ttf") "," FAMILY("Large",
                                                              "large.ttf") "," FAMILY("Absent",
                                                                                      "absent.ttf") "," FAMILY("Noto "
                                                                                                               "Sans",
                                                                                                               "NotoSan"
                                                                                                               "s-"
                                                                                                               "Regular"
                                                                                                               ".ttf") "]}";
    write_file("fonts.json", list, sizeof list - 1);
}

static void test_liar(const char *const *dirs)
{
    const bt_face *liar = open_face("Liar", false, false);
    if (!liar) return;
    CHECK_INT(bt_face_glyph(liar, 0x1ED8), bt_face_glyph(sans, 0x1ED8));
    CHECK(!bt_face_draws(liar, 0x1ED8));
    CHECK(bt_face_draws(liar, 0x1ED9) && bt_face_draws(liar, 0xD4) && bt_face_draws(liar, 0x1ECC) &&
          bt_face_draws(liar, 'O'));
    const bt_face *chain[] = {liar, sans};
    clear_log();
    bt_shaped shaped = shape_with(chain, 2, BT_STR("BỘT Ộ"), (bt_text_span){0});
    CHECK_INT(shaped.n_runs, 4);
    CHECK(shaped.runs[1].face == sans);
    CHECK(has_logged("E0415 'Liar' does not draw these letters of Vietnamese: Ộ; 'Noto Sans' stands in"));
    clear_log();
    shape_with(chain, 2, BT_STR("BỘT"), (bt_text_span){0});
    CHECK_STR(bt_str_of(log_text), ""); /* said once a job */
    CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("fonts.json"), dirs), BT_OK);
    shaped = shape_with(chain, 1, BT_STR("BỘT"), (bt_text_span){0});
    CHECK(has_logged("E0415"));
    CHECK(has_logged("W0422"));
    CHECK_INT(shaped.n_missing, 1);
}

static bt_status make_chain(bt_chain *chain, const bt_str *fallback, uint32_t n_fallback)
{
    bt_chain_wish wish = {.family = BT_STR("Noto Sans"), .fallback = fallback, .n_fallback = n_fallback};
    clear_log();
    return bt_chain_make(&arena, fonts, &diags, &wish, chain);
}

/* A fallback is opened when a character needs it, and what is wrong with it is said then; its name is looked up at
 * once. */
static void test_lazy_fallbacks(void)
{
    static const bt_str lazy[] = {BT_STR_INIT("Liar"), BT_STR_INIT("Absent")};
    static const bt_str unknown[] = {BT_STR_INIT("Nowhere"), BT_STR_INIT("Elsewhere")};
    bt_chain chain;
    CHECK_INT(make_chain(&chain, lazy, 2), BT_OK);
    CHECK(chain.n == 3 && chain.faces[0] && !chain.faces[1] && !chain.faces[2]);
    bt_text_span span = {.end = 9, .chain = &chain};
    bt_shaped shaped;
    CHECK_INT(bt_text_shape(&arena, &scratch, &diags, BT_STR("Hội nghị"), &span, 1, NULL, &shaped), BT_OK);
    CHECK(!chain.faces[1] && !chain.faces[2]);
    CHECK_STR(bt_str_of(log_text), "");
    CHECK_INT(bt_text_shape(&arena, &scratch, &diags, BT_STR("a → b"), &span, 1, NULL, &shaped), BT_IO);
    CHECK(chain.faces[1] && !chain.faces[2]);
    CHECK(has_logged("E0412 the font 'Absent'"));
    CHECK_INT(make_chain(&chain, unknown, 2), BT_INPUT);
    CHECK(has_logged("E0411 the font list knows no family 'Nowhere'"));
    CHECK(has_logged("E0411 the font list knows no family 'Elsewhere'"));
    clear_log();
}

static bt_status open_house(bt_house_family family, bool is_bold, const bt_face **face)
{
    clear_log();
    bt_status status = bt_fonts_add_house(fonts, &diags, &family, 1);
    return status == BT_OK ? bt_fonts_open(fonts, &diags, family.name, is_bold, false, NULL, face) : status;
}

/* A layout's files: looked for in its folder, then in those of the list; read anew when they have changed. */
static void test_house(const char *const *dirs)
{
    bt_house_family house = {.name = BT_STR("Nhà"),
                             .faces = {{BT_STR("liar.ttf"), BT_STR("/nonexistent"), NULL},
                                       {BT_STR("sub/none.otf"), BT_STR("/layout"), NULL}}};
    const bt_face *face = NULL, *again = NULL;
    CHECK_INT(open_house(house, false, &face), BT_OK);
    CHECK(face && bt_str_is(face->family, "Nhà") && bt_str_is(face->path, in_folder("liar.ttf")));
    CHECK_INT(open_house(house, true, &again), BT_INPUT);
    CHECK(has_logged(bt_str_format(&arena,
                                   "E0450 the font file 'sub/none.otf' of 'Nhà' is in none of these folders: "
                                   "/layout, /nonexistent, %s, /usr/share/fonts/truetype/noto; put it there",
                                   folder)
                         .ptr));
    CHECK_INT(open_house(house, false, &again), BT_OK);
    CHECK(again == face);
    clear_log();
    CHECK_INT(bt_fonts_open(fonts, &diags, BT_STR("Nhàa"), false, false, NULL, &again), BT_INPUT);
    CHECK(has_logged("did you mean 'Nhà'?"));
    write_file("liar.ttf", sans->bytes, sans->n_bytes);
    struct timespec times[] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    CHECK_INT(utimensat(AT_FDCWD, in_folder("liar.ttf"), times, 0), 0);
    CHECK_INT(open_house(house, false, &again), BT_OK);
    CHECK(again && again != face && again->id != face->id);
    CHECK(bt_face_draws(again, 0x1ED8) && !bt_face_draws(face, 0x1ED8));
    CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("fonts.json"), dirs), BT_OK);
    CHECK(!bt_fonts_has_family(fonts, BT_STR("Nhà"), NULL));
    house.name = BT_STR("Liar");
    CHECK_INT(open_house(house, false, &again), BT_INPUT);
    CHECK(has_logged("E0459 the font list has a family 'Liar' too"));
}

/* What is no font for print is refused by its kind, damage with the remedy for a file of one's own. */
static void test_house_kinds(void)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *logged;
    } cases[] = {
        {"wOFF0123456789", 14, "E0452"},
        {"wOF20123456789", 14, "(WOFF2)"},
        {"ttcf0123456789", 14, "E0454"},
        {"\x80\x01\x10\0\0\0%!", 8, "E0453"},
        {"%!PS-AdobeFont-1.0: A", 21, "E0453"},
        {"%!FontType1-1.0: A", 18, "E0453"},
        {"<!DOCTYPE html>", 15, "E0451"},
        {"\0\1\0\0\0\1\0\0\0\0\0\0", 12, "its end is missing"},
        {"\0\1\0\0\0\0\0\0\0\0\0\0", 12, "it has no glyphs"},
        {"\0\1\0", 3, "it is no TrueType or OpenType font"},
        {"", 0, "E0451"},
    };
    bt_house_family house = {.name = BT_STR("Nhà"), .faces = {{BT_STR("kind.ttf"), bt_str_of(folder), NULL}}};
    for (size_t i = 0; i < N_OF(cases); i++) {
        const bt_face *face = NULL;
        write_file("kind.ttf", cases[i].bytes, cases[i].n);
        CHECK_INT(open_house(house, false, &face), BT_INPUT);
        CHECK(!face && has_logged(cases[i].logged));
    }
    const bt_face *face = NULL;
    CHECK_INT(truncate(in_folder("kind.ttf"), (off_t)BT_LIMIT_FONT_BYTES + 1), 0);
    CHECK_INT(open_house(house, false, &face), BT_LIMIT);
    CHECK(!face && has_logged("E0803"));
}

/* fsType, of the versions of OS/2 that give several rights too. */
static void test_rights(void)
{
    static const struct {
        uint16_t bits;
        const char *logged; /* NULL: may be embedded */
    } cases[] = {
        {0x0000, NULL},    {0x0004, NULL},    {0x0008, NULL},    {0x0006, NULL},    {0x000A, NULL},
        {0x0002, "E0414"}, {0x0100, "E0457"}, {0x0104, "E0457"}, {0x0200, "E0458"}, {0x0302, "E0414"},
    };
    uint8_t *font = bt_arena_alloc(&arena, sans->n_bytes);
    memcpy(font, sans->bytes, sans->n_bytes);
    bt_house_family house = {.name = BT_STR("Nhà"), .faces = {{BT_STR("kind.ttf"), bt_str_of(folder), NULL}}};
    for (size_t i = 0; i < N_OF(cases); i++) {
        const bt_face *face = NULL;
        table_of(font, "OS/2")[8] = (uint8_t)(cases[i].bits >> 8);
        table_of(font, "OS/2")[9] = (uint8_t)cases[i].bits;
        write_file("kind.ttf", font, sans->n_bytes);
        struct timespec times[] = {{.tv_sec = (time_t)i + 1}, {.tv_sec = (time_t)i + 1}};
        CHECK_INT(utimensat(AT_FDCWD, in_folder("kind.ttf"), times, 0), 0);
        CHECK_INT(open_house(house, false, &face), cases[i].logged ? BT_INPUT : BT_OK);
        CHECK(cases[i].logged ? has_logged(cases[i].logged) : face != NULL && !log_text[0]);
    }
    memcpy(font, sans->bytes, sans->n_bytes);
    uint8_t *tag = font + 12;
    while (memcmp(tag, "fpgm", 4) != 0) tag += 16;
    memcpy(tag, "fvar", 4); /* tags stay in their order, which HarfBuzz relies on */
    write_file("kind.ttf", font, sans->n_bytes);
    const bt_face *face = NULL;
    CHECK_INT(open_house(house, false, &face), BT_INPUT);
    CHECK(!face && has_logged("E0455"));
}

static void test_bad_fonts(void)
{
    CHECK(mkdtemp(folder) != NULL);
    make_fonts();
    const char *const dirs[] = {"/nonexistent", folder, NULL};
    CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("fonts.json"), dirs), BT_OK);
    test_liar(dirs);
    test_lazy_fallbacks();
    static const struct {
        const char *family;
        bt_status status;
        const char *logged;
    } cases[] = {
        {"Restricted", BT_INPUT, "E0414"},
        {"Cut", BT_INPUT, "E0413"},
        {"Garbage", BT_INPUT, "E0413"},
        {"Empty", BT_IO, "E0802"},
        {"Large", BT_LIMIT, "E0803"},
        {"Absent", BT_IO,
         "E0412 the font 'Absent' (absent.ttf) is not installed; run 'apt-get install fonts-of-Absent'"},
        {"Nowhere", BT_INPUT, "E0411"},
        {"Restrictet", BT_INPUT, "E0460 the font list knows no family 'Restrictet'; did you mean 'Restricted'?"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        clear_log();
        const bt_face *face = sans;
        CHECK_INT(bt_fonts_open(fonts, &diags, bt_str_of(cases[i].family), false, false, NULL, &face), cases[i].status);
        CHECK(face == NULL);
        CHECK(has_logged(cases[i].logged));
    }
    clear_log();
    CHECK(open_face("Noto Sans", false, false) == sans); /* another list, the same file */
    CHECK(open_face("Noto Sans", true, true) == sans);
    CHECK(has_logged("W0416 'Noto Sans' has no bold italic face; its regular is used"));
    clear_log();
    CHECK(open_face("Noto Sans", true, true) == sans);
    CHECK_STR(bt_str_of(log_text), "");
    bt_str nearest;
    CHECK(!bt_fonts_has_family(fonts, BT_STR("Noto Sens"), &nearest));
    test_house_kinds();
    test_rights();
    test_house(dirs);
    CHECK_STR(nearest, "Noto Sans");
}

static void test_bad_lists(void)
{
    static const struct {
        const char *text, *logged;
    } cases[] = {
        {"[]", "E0403"},
        {"{\"bantin_fonts\": 2, \"folders\": [], \"families\": []}", "E0403 \"bantin_fonts\" must be 1"},
        {"{\"bantin_fonts\": 1, \"folders\": []}", "E0402 \"families\" is missing"},
        {"{\"bantin_fonts\": 1, \"folders\": [1], \"families\": []}", "E0403"},
        {"{\"bantin_fonts\": 1, \"folders\": [], \"families\": [], \"x\": 1}", "E0401 the font list knows no key 'x'"},
        {"{\"bantin_fonts\": 1, \"folders\": [], \"families\": [{\"name\": \"A\", \"package\": \"p\", \"faces\": {}}]}",
         "E0403"},
        {"{\"bantin_fonts\": 1, \"folders\": [], \"families\": [{\"name\": \"A\", \"package\": \"p\", \"faces\": "
         "{\"thin\": 1}}]}",
         "E0401 the font list knows no key 'thin'"},
        {"{\"bantin_fonts\": 1, \"folders\": [], \"families\": [{\"name\": \"A\", \"package\": \"p\", \"faces\": "
         "{\"bold\": "
         "{\"file\": \"../a.ttf\", \"sha256\": \"0\"}}}]}",
         "E0403 \"file\""},
        {"{\"bantin_fonts\": 1, \"folders\": [], \"families\": [", "E01"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        clear_log();
        write_file("bad.json", cases[i].text, strlen(cases[i].text));
        CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("bad.json"), NULL), BT_INPUT);
        CHECK(has_logged(cases[i].logged));
        CHECK(!bt_fonts_has_family(fonts, BT_STR("Noto Sans"), NULL));
    }
    static const char twice[] =
        "{\"bantin_fonts\": 1, \"folders\": [], \"families\": [" FAMILY("A", "a") "," FAMILY("A", "a") "]}";
    write_file("bad.json", twice, sizeof twice - 1);
    CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("bad.json"), NULL), BT_INPUT);
    CHECK(has_logged("E0404"));
    CHECK_INT(bt_fonts_load(fonts, &diags, in_folder("none.json"), NULL), BT_IO);
    CHECK(has_logged("E0802"));
    clear_log();
    CHECK_INT(bt_fonts_load(fonts, &diags, LIST, NULL), BT_OK);
    const char *names[] = {"liar.ttf",  "restricted.ttf", "cut.ttf",  "garbage.ttf", "empty.ttf",
                           "large.ttf", "fonts.json",     "bad.json", "kind.ttf"};
    for (size_t i = 0; i < N_OF(names); i++) unlink(in_folder(names[i]));
    rmdir(folder);
}

int main(void)
{
    if (text_world_begin()) {
        test_bad_fonts();
        test_bad_lists();
    }
    text_world_end();
    return check_report();
}
