/* test_fontfile.c - font files that lie or are broken, and font lists that are wrong. */
#include "unit/text_world.h"

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
    const char *names[] = {"liar.ttf",  "restricted.ttf", "cut.ttf",    "garbage.ttf",
                           "empty.ttf", "large.ttf",      "fonts.json", "bad.json"};
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
