/* test_text.c - faces, normalisation, fallback, shaping and subsets, over the families of fonts/fonts.json. */
#include "unit/text_world.h"

#include FT_TRUETYPE_TABLES_H

/* --- normalisation --- */

static void test_normal(void)
{
    static const struct {
        const char *source, *text, *logged;
    } cases[] = {
        {"", "", ""},
        {"   ", "", ""},
        {"\n\n", "", ""},
        {"Hội  viên\t xã", "Hội viên xã", ""},
        {"xã o\xCC\xA3 a \xCC\xA3", "xã ọ a \xCC\xA3", ""},
        {"  Hội \n\n  viên \n", "Hội\nviên", ""},
        {"một\r\nhai\rba\xC2\x85"
         "bốn\x0Bnăm",
         "một\nhai\nba\nbốn\nnăm", ""},
        {"a\xE2\x80\xA8"
         "b\xE2\x80\xA9"
         "c",
         "a\nb\nc", ""},
        {"a \xC2\xA0 b", "a b", ""},
        {"a\xC2\xA0\xC2\xA0"
         "b",
         "a\xC2\xA0"
         "b",
         ""},
        {"a\xE2\x80\xAF"
         "b",
         "a\xE2\x80\xAF"
         "b",
         ""},
        {"a\xE2\x80\x87"
         "b",
         "a\xC2\xA0"
         "b",
         ""},
        {"a\xE2\x80\x83"
         "b\xE3\x80\x80"
         "c",
         "a b c", ""},
        /* NFC, marks in any order, Windows-1258's habits, the singletons of the tones */
        {"ta\xCC\x82\xCC\x81n", "t\xE1\xBA\xA5n", ""},
        {"to\xCC\x82\xCC\xA3", "t\xE1\xBB\x99", ""},
        {"to\xCC\xA3\xCC\x82", "t\xE1\xBB\x99", ""},
        {"u\xCC\x9B\xCC\x81", "\xE1\xBB\xA9", ""},
        {"\xC3\xAA\xCC\x81", "\xE1\xBA\xBF", ""},
        {"a\xCD\x81", "á", ""},
        {"x\xCC\x82", "x\xCC\x82", ""},
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한", ""},
        {"\xE2\x84\xAB", "Å", ""},
        /* look-alikes */
        {"\xC3\x90"
         "ại hội",
         "Đại hội", "W0424 'Ðại'"},
        {"H\xC3\x90ND và \xC6\x89"
         "iện",
         "HĐND và Điện", "W0424 'HÐND'"},
        {"\xC3\x90"
         "ör",
         "\xC3\x90"
         "ör",
         ""},
        {"\xC3\xB0", "\xC3\xB0", ""},
        {"\xEF\x82\xB7 một \xEF\x82\xA7 hai", "• một • hai", "N0425"},
        /* what draws nothing */
        {"a\xE2\x80\x8B"
         "b\xE2\x80\xAE"
         "c\xE2\x80\xAC\xEF\xBB\xBF",
         "abc", "W0423 invisible characters were removed: U+200B, U+202E, U+202C, U+FEFF;"},
        {"a\x01\x02"
         "b\x7F",
         "ab", "U+0001, U+0002, U+007F"},
        {"a \xE2\x80\x8B b", "a b", "U+200B"},
        {"hoạt\xC2\xADđộng", "hoạtđộng", "N0426"},
        {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", ""},
        {"a\xE2\x80\x8D"
         "b",
         "ab", "U+200D"},
        /* malformed */
        {"a\xC3", "a\xEF\xBF\xBD", ""},
        {"\xFF\xFE"
         "b",
         "\xEF\xBF\xBD\xEF\xBF\xBD"
         "b",
         ""},
    };
    const bt_face *chain[] = {serif, sans};
    for (size_t i = 0; i < N_OF(cases); i++) {
        clear_log();
        bt_shaped shaped = shape_with(chain, 2, bt_str_of(cases[i].source), (bt_text_span){0});
        CHECK_STR(shaped.text, cases[i].text);
        CHECK(has_logged(cases[i].logged));
        if (!*cases[i].logged && !shaped.n_missing) CHECK_STR(bt_str_of(log_text), "");
    }
    clear_log();
    bt_shaped shaped = shape_with(chain, 2,
                                  BT_STR("\xC3\x90"
                                         "ại"),
                                  (bt_text_span){.is_verbatim = true});
    CHECK_STR(shaped.text, "\xC3\x90"
                           "ại");
    CHECK_STR(bt_str_of(log_text), "");
    shaped = shape_with(chain, 2, BT_STR("đội ngũ ộ"), (bt_text_span){.is_upper = true});
    CHECK_STR(shaped.text, "ĐỘI NGŨ Ộ");
    shape_with(chain, 2, BT_STR("\1\2\3\4\5\6\7\x0E\x0F"), (bt_text_span){0});
    CHECK(has_logged("U+0007, U+000E ...")); /* a message names eight at most */
    CHECK_STR(bt_text_normal(&arena, BT_STR("  Ha\xCC\xA3\nLo\xCC\xA3"
                                            "c ")),
              "Hạ Lọc");
    CHECK_STR(bt_text_slug(&arena, BT_STR("Hậu Lộc")), "hau-loc");
    CHECK_STR(bt_text_slug(&arena, BT_STR("  Đặc\xC2\xAD san: \xC3\x90"
                                          "ại hội 2024-2026! ")),
              "dac-san-dai-hoi-2024-2026");
    CHECK_STR(bt_text_slug(&arena, BT_STR("… 中 …")), "");
    clear_log();
}

/* Source spans, each with its text after normalisation. */
static void test_span_ends(void)
{
    static const struct {
        const char *source[3], *text[3];
    } cases[] = {
        {{"Hội ", "LHPN", " tỉnh"}, {"Hội ", "LHPN", " tỉnh"}},
        {{"Hội  ", "  LHPN  ", "  tỉnh"}, {"Hội ", "LHPN ", "tỉnh"}},
        {{"  ", "LHPN", "  "}, {"", "LHPN", ""}},
        {{"e", "\xCC\x82\xCC\x81", "n"}, {"ế", "", "n"}},
        {{"a \n", "\n b", " \n c"}, {"a\n", "b", "\nc"}},
        {{"a\xE2\x80\x8B", "\xE2\x80\x8B ", "b"}, {"a", " ", "b"}},
        {{"", "ab", ""}, {"", "ab", ""}},
        {{"a ", " ", " b"}, {"a ", "", "b"}},
        {{"a b", " c d", " "}, {"a b", " c d", ""}},
        {{"a b ", "\xCC\xA3", "c d"}, {"a b ", "\xCC\xA3", "c d"}},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        bt_buf source = bt_buf_in(&arena);
        bt_text_span spans[3] = {{0}};
        for (size_t j = 0; j < 3; j++) {
            spans[j].begin = source.bytes.n;
            bt_buf_add_z(&source, cases[i].source[j]);
            spans[j].end = source.bytes.n;
        }
        bt_normal normal;
        CHECK_INT(bt_normalise(&arena, bt_buf_str(&source), spans, 3, &normal), BT_OK);
        for (size_t j = 0; j < 3; j++) {
            CHECK_STR(bt_str_slice(normal.text, j ? normal.ends[j - 1] : 0, normal.ends[j]), cases[i].text[j]);
        }
        CHECK_INT(normal.ends[2], normal.text.len);
    }
}

/* --- shaping --- */

static bt_str decomposed(uint32_t letter)
{
    utf8proc_int32_t parts[8];
    int last_class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)letter, parts, 8, UTF8PROC_DECOMPOSE, &last_class);
    bt_buf buf = bt_buf_in(&arena);
    for (utf8proc_ssize_t i = 0; i < n; i++) bt_buf_add_codepoint(&buf, (uint32_t)parts[i]);
    return bt_buf_str(&buf);
}

static void test_letters_of(const bt_face *face)
{
    uint32_t n_drawn = 0;
    for (int i = 0; i < BT_N_VIETNAMESE; i++) {
        uint32_t letter = bt_vietnamese_letters()[i];
        n_drawn += bt_face_draws(face, letter);
        char bytes[4];
        bt_str composed = {bytes, bt_utf8_encode(letter, bytes)};
        bt_shaped a = shape_with(&face, 1, composed, (bt_text_span){0});
        bt_shaped b = shape_with(&face, 1, decomposed(letter), (bt_text_span){0});
        CHECK(same_glyphs(&a, &b));
        CHECK_INT(a.runs[0].n_glyphs, 1);
        CHECK_INT(a.runs[0].glyphs[0].id, bt_face_glyph(face, letter));
        CHECK_INT(a.runs[0].glyphs[0].advance, bt_face_advance(face, bt_face_glyph(face, letter)));
    }
    CHECK_INT(n_drawn, BT_N_VIETNAMESE);
}

static void test_figures_of(const bt_face *face)
{
    bt_shaped shaped = shape_with(&face, 1, BT_STR("0123456789"), (bt_text_span){.is_tabular = true});
    CHECK_INT(shaped.n_runs, 1);
    CHECK_INT(shaped.runs[0].n_glyphs, 10);
    for (uint32_t i = 1; i < shaped.runs[0].n_glyphs; i++) {
        CHECK_INT(shaped.runs[0].glyphs[i].advance, shaped.runs[0].glyphs[0].advance);
    }
}

static void test_metrics_of(const bt_face *face, bool is_serif)
{
    int32_t box[4];
    bt_face_glyph_box(face, bt_face_glyph(face, 'H'), box);
    CHECK(abs(box[3] - face->cap_height) * 50 < face->upem);
    CHECK_INT(box[1], 0);
    bt_face_glyph_box(face, bt_face_glyph(face, 0x1EA4), box); /* Ấ stands above the capitals */
    CHECK(box[3] > face->cap_height * 5 / 4);
    bt_face_glyph_box(face, bt_face_glyph(face, ' '), box);
    CHECK(!box[0] && !box[1] && !box[2] && !box[3]);
    CHECK(face->x_height > 0 && face->x_height < face->cap_height);
    CHECK(face->ascender > 0 && face->descender < 0 && face->stem_v > 0);
    CHECK((face->italic_angle < 0) == face->is_italic);
    CHECK(face->is_serif == is_serif && !face->is_fixed && !face->is_cff);
    CHECK(face->postscript_name.len > 4);
    CHECK_INT(bt_units_to_sp(face, face->upem, BT_PT(10)), BT_PT(10));
    CHECK_INT(bt_units_to_sp(face, -face->upem, BT_PT(10)), -BT_PT(10));
    bt_shaped pair = shape(face, "AV"), one = shape(face, "A"), other = shape(face, "V");
    CHECK(width_of(&pair) < width_of(&one) + width_of(&other));
}

static bool same_outline(FT_Face a, uint16_t a_id, FT_Face b, uint16_t b_id)
{
    FT_Int32 how = FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP;
    if (FT_Load_Glyph(a, a_id, how)) return false;
    bt_drawing x = bt_drawing_of(&a->glyph->outline);
    FT_Pos advance = a->glyph->advance.x;
    if (FT_Load_Glyph(b, b_id, how)) return false;
    bt_drawing y = bt_drawing_of(&b->glyph->outline);
    return x.hash == y.hash && x.n_points == y.n_points && advance == b->glyph->advance.x;
}

static void test_subset_of(const bt_face *face)
{
    bool is_wanted[65536] = {false};
    for (int i = 0; i < BT_N_VIETNAMESE; i++) is_wanted[bt_face_glyph(face, bt_vietnamese_letters()[i])] = true;
    for (uint32_t c = '!'; c < 127; c++) is_wanted[bt_face_glyph(face, c)] = true;
    uint16_t ids[300];
    uint32_t n = 0;
    for (uint32_t i = 0; i < 65536 && n < N_OF(ids); i++) {
        if (is_wanted[i]) ids[n++] = (uint16_t)i;
    }
    bt_subset subset, again;
    CHECK_INT(bt_face_subset(&arena, face, ids, n, false, &subset), BT_OK);
    CHECK_INT(bt_face_subset(&arena, face, ids, n, false, &again), BT_OK);
    CHECK(subset.n_bytes == again.n_bytes && !memcmp(subset.bytes, again.bytes, subset.n_bytes));
    CHECK(subset.n_bytes < 60000 && subset.n_glyphs > n);
    FT_Face made;
    CHECK_INT(FT_New_Memory_Face(fonts->ft_library, subset.bytes, (FT_Long)subset.n_bytes, 0, &made), 0);
    CHECK_INT(made->num_glyphs, subset.n_glyphs);
    CHECK(same_outline(face->engine->ft_face, 0, made, 0));
    for (uint32_t i = 0; i < n; i++) {
        CHECK(same_outline(face->engine->ft_face, ids[i], made, subset.new_ids[i]));
        CHECK(subset.new_ids[i] < subset.n_glyphs && (!i || subset.new_ids[i] > subset.new_ids[i - 1]));
    }
    static const char *const gone[] = {"GSUB", "GPOS", "cmap", "OS/2", "name", "post", "fpgm"};
    for (size_t i = 0; i < N_OF(gone); i++) {
        FT_ULong length = 0;
        FT_ULong tag = FT_MAKE_TAG(gone[i][0], gone[i][1], gone[i][2], gone[i][3]);
        CHECK(FT_Load_Sfnt_Table(made, tag, 0, NULL, &length) != 0);
    }
    FT_Done_Face(made);
}

/* What the face's core says of a glyph; NULL: it is not in it. */
static const bt_str *core_text(const bt_core *core, uint16_t id)
{
    uint16_t index = id < core->n_known ? core->index_of[id] : 0;
    return index ? &core->texts[index - 1] : NULL;
}

static void check_core_glyphs(const bt_core *core, const bt_face *face, const char *text, bool is_tabular)
{
    const bt_glyph *glyphs;
    uint32_t n;
    CHECK_INT(bt_word_shape(&arena, face, is_tabular, bt_str_of(text), &glyphs, &n), BT_OK);
    for (uint32_t i = 0; i < n; i++) {
        const bt_str *said = core_text(core, glyphs[i].id);
        size_t end = i + 1 < n ? glyphs[i + 1].cluster : strlen(text);
        CHECK(said && bt_str_equal(*said, bt_str_slice(bt_str_of(text), glyphs[i].cluster, end)));
    }
}

static void test_core_of(const bt_face *face)
{
    const bt_core *core = bt_face_core(face);
    CHECK(core && core == bt_face_core(face));
    if (!core) return;
    for (uint32_t i = 0; i < core->n; i++) {
        CHECK(core->ids[i] && core->index_of[core->ids[i]] == i + 1 && core->texts[i].len > 0);
        CHECK(!i || core->ids[i] > core->ids[i - 1]);
    }
    for (int i = 0; i < BT_N_VIETNAMESE; i++) {
        char letter[5] = "";
        bt_utf8_encode(bt_vietnamese_letters()[i], letter);
        check_core_glyphs(core, face, letter, false);
    }
    check_core_glyphs(core, face, "Quyết định số 487/QĐ-UBND: 12,5% (năm 2024)", false);
    check_core_glyphs(core, face, "0123456789", true);
    check_core_glyphs(core, face, "fi", false);
    bt_subset subset;
    CHECK_INT(bt_face_subset(&arena, face, core->ids, core->n, true, &subset), BT_OK);
    FT_Face made;
    CHECK_INT(FT_New_Memory_Face(fonts->ft_library, subset.bytes, (FT_Long)subset.n_bytes, 0, &made), 0);
    for (uint32_t i = 0; i < core->n; i++) {
        CHECK(subset.new_ids[i] == core->ids[i] && core->ids[i] < subset.n_glyphs);
        CHECK(same_outline(face->engine->ft_face, core->ids[i], made, core->ids[i]));
    }
    FT_Done_Face(made);
}

static void test_families(void)
{
    static const struct {
        const char *name;
        bool is_serif;
    } families[] = {{"Noto Serif", true},
                    {"Noto Sans", false},
                    {"Liberation Serif", true},
                    {"Liberation Sans", false},
                    {"Roboto Condensed", false}};
    for (size_t i = 0; i < N_OF(families); i++) {
        CHECK(bt_fonts_has_family(fonts, bt_str_of(families[i].name), NULL));
        for (int style = 0; style < BT_N_STYLES; style++) {
            const bt_face *face = open_face(families[i].name, style & BT_BOLD, style & BT_ITALIC);
            if (!face) continue;
            CHECK(face->is_bold == (bool)(style & BT_BOLD) && face->is_italic == (bool)(style & BT_ITALIC));
            test_letters_of(face);
            test_figures_of(face);
            test_metrics_of(face, families[i].is_serif);
            test_subset_of(face);
            test_core_of(face);
        }
    }
    CHECK_STR(bt_str_of(log_text), "");
}

/* Faces are told apart by what they are, and known again by other fonts. */
static void test_identities(void)
{
    static const char *const families[] = {"Noto Serif", "Noto Sans", "Liberation Serif"};
    bt_fonts *others = bt_fonts_new(NULL);
    uint64_t found[N_OF(families) * BT_N_STYLES];
    uint32_t n = 0;
    CHECK(others && bt_fonts_load(others, &diags, LIST, NULL) == BT_OK);
    for (size_t i = 0; i < N_OF(families); i++) {
        for (int style = 0; style < BT_N_STYLES; style++) {
            bool is_bold = style & BT_BOLD, is_italic = style & BT_ITALIC;
            const bt_face *face = open_face(families[i], is_bold, is_italic), *again = NULL;
            CHECK_INT(bt_fonts_open(others, &diags, bt_str_of(families[i]), is_bold, is_italic, NULL, &again), BT_OK);
            if (!face || !again) continue;
            CHECK(face != again && face->identity == again->identity);
            for (uint32_t k = 0; k < n; k++) CHECK(found[k] != face->identity);
            found[n++] = face->identity;
        }
    }
    bt_fonts_drop(others);
}

/* Widths do not depend on neighbours across a space, nor on what was shaped before. */
static void test_fallback_list(void)
{
    uint32_t n;
    const bt_str *names = bt_fonts_fallbacks(fonts, BT_STR("Noto Serif"), &n);
    CHECK(n == 2 && names && bt_str_is(names[0], "Noto Sans"));
    CHECK(!bt_fonts_fallbacks(fonts, BT_STR("no such family"), &n));
    CHECK_INT(n, 0);
}

static void test_words(void)
{
    bt_shaped line = shape(liberation, "P A VAY T");
    bt_shaped p = shape(liberation, "P"), a = shape(liberation, "A"), vay = shape(liberation, "VAY"),
              t = shape(liberation, "T");
    int64_t space = bt_face_advance(liberation, bt_face_glyph(liberation, ' '));
    CHECK_INT(width_of(&line), width_of(&p) + width_of(&a) + width_of(&vay) + width_of(&t) + 3 * space);
    CHECK_INT(line.n_runs, 1);
    CHECK(line.runs[0].glyphs[1].is_space && !line.runs[0].glyphs[0].is_space);
    CHECK_INT(line.runs[0].glyphs[2].cluster, 2);
    /* from right to left: glyphs as they stand, of one cluster */
    bt_shaped backward = shape(liberation, "a \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
    CHECK_INT(backward.n_runs, 1);
    CHECK_INT(backward.runs[0].n_glyphs, 6);
    CHECK_INT(backward.runs[0].glyphs[2].id, bt_face_glyph(liberation, 0x5DD));
    CHECK_INT(backward.runs[0].glyphs[5].id, bt_face_glyph(liberation, 0x5E9));
    for (uint32_t i = 2; i < backward.runs[0].n_glyphs; i++) CHECK_INT(backward.runs[0].glyphs[i].cluster, 2);
    bt_shaped fixed = shape(serif, "a\xC2\xA0"
                                   "b\xE2\x80\xAF"
                                   "c\nd");
    CHECK_INT(fixed.n_runs, 2); /* the newline has no glyph */
    CHECK(fixed.runs[0].glyphs[1].is_space && fixed.runs[0].glyphs[3].is_space);
    CHECK_INT(fixed.runs[0].n_glyphs, 5);
    CHECK_INT(fixed.runs[1].begin, fixed.text.len - 1);
    bt_shaped first = shape(serif, "Thực hiện chương trình"), second = shape(serif, "Thực hiện chương trình");
    CHECK(same_glyphs(&first, &second));
    /* a word too long to be kept, and its like through the cache */
    bt_buf heap = bt_buf_in(&arena);
    for (int i = 0; i < 40; i++) bt_buf_add_z(&heap, "nhân");
    bt_shaped many = shape_with(&serif, 1, bt_buf_str(&heap), (bt_text_span){0});
    bt_shaped one = shape(serif, "nhân");
    CHECK_INT(width_of(&many), 40 * width_of(&one));
}

/* A letter that `has` draws and `lacks` does not. */
static uint32_t letter_between(const bt_face *has, const bt_face *lacks)
{
    for (uint32_t c = 0x900; c < 0x20000; c++) {
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        bool is_letter = category == UTF8PROC_CATEGORY_LO || category == UTF8PROC_CATEGORY_LL;
        if (is_letter && bt_face_glyph(has, c) && !bt_face_glyph(lacks, c)) return c;
    }
    return 0;
}

static void test_fallback(void)
{
    const bt_face *chain[] = {liberation, sans};
    uint32_t odd = letter_between(sans, liberation);
    CHECK(odd != 0);
    bt_buf text = bt_buf_in(&arena);
    bt_buf_add_z(&text, "ab");
    bt_buf_add_codepoint(&text, odd);
    bt_buf_add_z(&text, "cd");
    clear_log();
    bt_shaped shaped = shape_with(chain, 2, bt_buf_str(&text), (bt_text_span){0});
    CHECK_INT(shaped.n_runs, 3);
    CHECK(shaped.runs[0].face == liberation && shaped.runs[1].face == sans && shaped.runs[2].face == liberation);
    CHECK_INT(shaped.runs[1].begin, 2);
    CHECK_INT(shaped.runs[1].end, shaped.runs[2].begin);
    CHECK_INT(shaped.runs[2].glyphs[0].cluster, shaped.runs[2].begin);
    CHECK_INT(shaped.n_missing, 0);
    CHECK_STR(bt_str_of(log_text), "");
    /* what none has: a sign for each, one message */
    shaped = shape_with(chain, 2,
                        BT_STR("a\xF0\x93\x80\x80\xF0\x93\x80\x80"
                               "b \xEE\x80\x80"),
                        (bt_text_span){0});
    CHECK_INT(shaped.n_missing, 3);
    CHECK(has_logged("W0422 no font has U+13000 ("));
    CHECK(has_logged("U+E000 ("));
    CHECK(has_logged("tried: Liberation Serif, Noto Sans;"));
    for (uint32_t i = 0; i < shaped.n_runs; i++) {
        for (uint32_t j = 0; j < shaped.runs[i].n_glyphs; j++) CHECK(shaped.runs[i].glyphs[j].id != 0);
    }
    CHECK_INT(shaped.runs[1].glyphs[0].id, bt_face_glyph(shaped.runs[1].face, 0xFFFD));
    /* a base and its mark stay in one face */
    shaped = shape_with(chain, 2, BT_STR("x\xCC\x82"), (bt_text_span){0});
    CHECK_INT(shaped.n_runs, 1);
    clear_log();
}

/* --- outlines --- */

static bt_drawing outline_of(FT_Vector *points, short n_points, short n_contours)
{
    char tags[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    short contours[2] = {(short)(n_contours > 1 ? n_points / 2 - 1 : n_points - 1), (short)(n_points - 1)};
    FT_Outline outline = {
        .n_contours = n_contours, .n_points = n_points, .points = points, .tags = tags, .contours = contours};
    return bt_drawing_of(&outline);
}

static void test_outlines(void)
{
    FT_Vector base[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
    FT_Vector moved[] = {{5, 0}, {15, 0}, {15, 10}, {5, 10}};
    FT_Vector taller[] = {{0, 0}, {10, 0}, {10, 14}, {0, 14}};
    FT_Vector marked[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {2, 12}, {4, 12}, {4, 14}, {2, 14}};
    bt_drawing o = outline_of(base, 4, 1), same = outline_of(base, 4, 1), shifted = outline_of(moved, 4, 1);
    bt_drawing high = outline_of(taller, 4, 1), toned = outline_of(marked, 8, 2), nothing = outline_of(base, 0, 0);
    CHECK(!bt_drawing_adds(&same, &o));
    CHECK(!bt_drawing_adds(&shifted, &o)); /* the same drawing with another bearing */
    CHECK(bt_drawing_adds(&high, &o));
    CHECK(bt_drawing_adds(&toned, &o));
    CHECK(!bt_drawing_adds(&nothing, &o));
    CHECK_INT(toned.top, 14);
    CHECK_INT(toned.n_contours, 2);
}

static void test_alphabet(void)
{
    const uint32_t *letters = bt_vietnamese_letters();
    for (int i = 0; i < BT_N_VIETNAMESE; i++) {
        CHECK(!i || letters[i] > letters[i - 1]);
        CHECK_INT(bt_vietnamese_find(letters[i]), i);
        CHECK(bt_vietnamese_find((uint32_t)utf8proc_toupper((utf8proc_int32_t)letters[i])) >= 0);
        CHECK(bt_vietnamese_find((uint32_t)utf8proc_tolower((utf8proc_int32_t)letters[i])) >= 0);
    }
    CHECK_INT(bt_vietnamese_find('a'), -1);
    CHECK_INT(bt_vietnamese_find(0xD0), -1);
    CHECK_INT(bt_vietnamese_find(0x1EFA), -1);
}

/* --- any bytes --- */

static void check_shaped(const bt_shaped *shaped, const bt_text_span *spans, uint32_t n_spans)
{
    uint32_t at = 0, span_i = 0;
    bool is_good = true;
    for (uint32_t i = 0; i < shaped->n_runs; i++) {
        const bt_glyph_run *run = &shaped->runs[i];
        is_good &= run->begin >= at && run->end > run->begin && run->span_i >= span_i && run->span_i < n_spans;
        for (uint32_t j = at; j < run->begin; j++) is_good &= shaped->text.ptr[j] == '\n';
        bool is_in_chain = false;
        const bt_chain *chain = spans[run->span_i].chain;
        for (uint32_t j = 0; j < chain->n; j++) is_in_chain |= run->face == chain->faces[j];
        is_good &= is_in_chain;
        for (uint32_t j = 0; j < run->n_glyphs; j++) {
            is_good &= run->glyphs[j].cluster >= run->begin && run->glyphs[j].cluster < run->end && run->glyphs[j].id;
        }
        at = run->end;
        span_i = run->span_i;
    }
    is_good &= at == shaped->text.len;
    for (size_t i = 0; i < shaped->text.len; i++) {
        bool is_inside = ((unsigned char)shaped->text.ptr[i] & 0xC0) == 0x80;
        is_good &= shaped->breaks[i] == BT_BREAK_NONE || !is_inside;
        is_good &= (shaped->breaks[i] == BT_BREAK_FORCED) == (i > 0 && shaped->text.ptr[i - 1] == '\n');
    }
    CHECK(is_good);
}

static uint32_t seed = 1;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void test_any_text(void)
{
    static const char *const pieces[] = {"ấ",
                                         "Ð",
                                         "\xCC\x81",
                                         "\xCC\xA3",
                                         "-",
                                         "/",
                                         " ",
                                         "\n",
                                         "\xC2\xA0",
                                         "487,5",
                                         "tỷ",
                                         "đồng",
                                         "\"",
                                         "(",
                                         ")",
                                         "—",
                                         "中",
                                         "https://",
                                         ".",
                                         "\xE2\x80\x8D",
                                         "\xF0\x9F\x98\x80",
                                         "\xEF\xB8\x8F",
                                         "\xFF",
                                         "\xC3",
                                         "%",
                                         "số",
                                         "TP.",
                                         "\xE2\x80\x8B",
                                         "\xC2\xAD",
                                         "\xEF\x82\xB7",
                                         "\xD8\xA7",
                                         "ส",
                                         "한",
                                         "fi",
                                         "x",
                                         "\xE2\x80\x91"};
    const bt_face *faces[] = {serif, sans, liberation};
    bt_chain chains[] = {{.faces = faces, .n = 3}, {.faces = faces + 1, .n = 2}, {.faces = faces + 2, .n = 1}};
    for (int round = 0; round < 1500; round++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_buf text = bt_buf_in(&arena);
        bt_text_span spans[4] = {{0}};
        for (uint32_t i = 0; i < N_OF(spans); i++) {
            uint32_t n = next_random(8);
            spans[i].begin = text.bytes.n;
            for (uint32_t j = 0; j < n; j++) {
                if (next_random(9))
                    bt_buf_add_z(&text, pieces[next_random((uint32_t)N_OF(pieces))]);
                else
                    bt_buf_add_char(&text, (char)next_random(256));
            }
            spans[i].end = text.bytes.n;
            spans[i].chain = &chains[next_random(3)];
            spans[i].is_tabular = next_random(2);
            spans[i].is_upper = !next_random(3);
            spans[i].is_verbatim = !next_random(3);
        }
        clear_log();
        bt_shaped shaped;
        CHECK_INT(bt_text_shape(&arena, &scratch, &diags, bt_buf_str(&text), spans, N_OF(spans), NULL, &shaped), BT_OK);
        check_shaped(&shaped, spans, N_OF(spans));
        bt_arena_rewind(&arena, mark);
    }
    clear_log();
}

/* What is long must not take long: heaps of marks, of look-alikes, of one word. */
static void test_long_text(void)
{
    static const char *const units[] = {
        "\xCC\x81", "\xC3\x90", "nhân", "-", "\"", "/ab", "\xE2\x80\x8B", "\xF0\x93\x80\x80", "中", "\xCC\xA3\xCC\x81"};
    enum { LONG = 60000 };
    for (size_t i = 0; i < N_OF(units); i++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_buf text = bt_buf_in(&arena);
        while (text.bytes.n < LONG) bt_buf_add_z(&text, units[i]);
        bt_shaped shaped = shape_with(&serif, 1, bt_buf_str(&text), (bt_text_span){0});
        bt_chain chain = {.faces = &serif, .n = 1};
        bt_text_span span = {.chain = &chain};
        check_shaped(&shaped, &span, 1);
        bt_arena_rewind(&arena, mark);
    }
    clear_log();
    char *much = bt_arena_alloc(&arena, BT_LIMIT_PARAGRAPH_BYTES + 1);
    memset(much, 'a', BT_LIMIT_PARAGRAPH_BYTES + 1);
    bt_chain chain = {.faces = &serif, .n = 1};
    bt_text_span span = {.end = BT_LIMIT_PARAGRAPH_BYTES + 1, .chain = &chain};
    bt_shaped shaped;
    bt_str source = {much, BT_LIMIT_PARAGRAPH_BYTES + 1};
    CHECK_INT(bt_text_shape(&arena, &scratch, &diags, source, &span, 1, NULL, &shaped), BT_LIMIT);
    CHECK(has_logged("E0421"));
    clear_log();
    CHECK_INT(bt_text_shape(&arena, &scratch, &diags, BT_STR(""), NULL, 0, NULL, &shaped), BT_OK);
    CHECK(shaped.text.len == 0 && shaped.n_runs == 0 && shaped.breaks[0] == BT_BREAK_NONE);
}

/* The table of words is emptied when it is full; nothing else changes. */
static void test_full_cache(void)
{
    bt_shaped before = shape(serif, "Hội Liên hiệp Phụ nữ");
    uint32_t n_most = 0;
    bool was_emptied = false;
    for (int i = 0; i < 40; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_buf text = bt_buf_in(&arena);
        for (int j = 0; j < 500; j++) bt_buf_format(&text, "%dabcdefghijklmnopqrstuv%d ", i, j);
        shape_with(&serif, 1, bt_buf_str(&text), (bt_text_span){0});
        was_emptied |= fonts->words.n < n_most;
        n_most = fonts->words.n;
        bt_arena_rewind(&arena, mark);
    }
    CHECK(was_emptied);
    bt_shaped after = shape(serif, "Hội Liên hiệp Phụ nữ");
    CHECK(same_glyphs(&before, &after));
}

/* --- no memory --- */

typedef struct meter {
    long n_until_failure;
    long long outstanding;
    bool has_failed;
} meter;

static void *metered_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    meter *m = user;
    if (new_size && m->n_until_failure-- <= 0) {
        m->has_failed = true;
        return NULL;
    }
    m->outstanding += (long long)new_size - (block ? (long long)old_size : 0);
    if (!new_size) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

static bt_status whole_job(const bt_allocator *allocator)
{
    bt_fonts *own = bt_fonts_new(allocator);
    if (!own) return BT_NOMEM;
    bt_arena result = bt_arena_over(allocator), temporary = bt_arena_over(allocator);
    bt_diags quiet = {.on_message = note, .arena = &result};
    const bt_str fallback[] = {BT_STR_INIT("Noto Sans"), BT_STR_INIT("Roboto Condensed")};
    bt_chain_wish wish = {.family = BT_STR("Liberation Serif"), .fallback = fallback, .n_fallback = 2};
    bt_chain chain;
    bt_status status = bt_fonts_load(own, &quiet, LIST, NULL);
    if (status == BT_OK) status = bt_chain_make(&result, own, &quiet, &wish, &chain);
    bt_str text = BT_STR("Hội \xC3\x90"
                         "ại 487,5 tỷ \xF0\x93\x80\x80 \xE0\xA4\x95 ta\xCC\x82\xCC\x81n\nhai");
    bt_text_span span = {.end = (uint32_t)text.len, .chain = &chain, .is_tabular = true};
    bt_shaped shaped;
    if (status == BT_OK) status = bt_text_shape(&result, &temporary, &quiet, text, &span, 1, NULL, &shaped);
    if (status == BT_OK && !bt_face_core(chain.faces[0])) status = BT_NOMEM;
    uint16_t ids[] = {36, 40, 50};
    bt_subset subset;
    if (status == BT_OK) status = bt_face_subset(&result, chain.faces[0], ids, 3, false, &subset);
    if (status == BT_OK && !bt_text_normal(&result, text).len) status = BT_NOMEM;
    if (status == BT_OK && !bt_text_slug(&result, text).len) status = BT_NOMEM;
    bt_arena_drop(&result);
    bt_arena_drop(&temporary);
    bt_fonts_drop(own);
    return status;
}

static void test_no_memory(void)
{
    meter m = {0};
    bt_allocator allocator = {metered_resize, &m};
    long n = 0;
    for (bool has_failed = true; has_failed && n < 5000; n++) {
        m = (meter){.n_until_failure = n};
        clear_log();
        bt_status status = whole_job(&allocator);
        has_failed = m.has_failed;
        bool is_fine = status == BT_OK || (has_failed && status == BT_NOMEM);
        CHECK(is_fine && m.outstanding == 0);
        if (!is_fine) printf("    allocation %ld: status %d\n%s", n, (int)status, log_text);
    }
    CHECK(n > 20 && n < 5000);
    clear_log();
}

int main(void)
{
    if (text_world_begin()) {
        test_alphabet();
        test_outlines();
        test_normal();
        test_span_ends();
        test_families();
        test_identities();
        test_fallback_list();
        test_words();
        test_fallback();
        test_any_text();
        test_long_text();
        test_full_cache();
        test_no_memory();
    }
    text_world_end();
    return check_report();
}
