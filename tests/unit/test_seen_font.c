/* test_seen_font.c - fonts: what their codes stand for, how wide they are, and what is told of their faces. */
#include "made_page.h"

/* --- texts and widths --- */

/* The font is object 10, on the page /F; `streams` become objects 11 and on. */
typedef struct font_case {
    const char *what, *font;
    const char *streams[3];
    const char *shown; /* a string as in a content stream */
    const char *lines;
    double end; /* of the last word, of type of 10 pt; below 0: any */
} font_case;

#define SIMPLE "<< /Type /Font /Subtype /Type1 /BaseFont /Face /FirstChar 0 /LastChar 0 /Widths [0] "
#define WIDE "/FontDescriptor << /Type /FontDescriptor /FontName /Face /Flags 32 /MissingWidth 600 >> "
#define OWN "/FontDescriptor << /Type /FontDescriptor /FontName /Face /Flags 4 /MissingWidth 600 >> "
#define COMPOSITE "<< /Type /Font /Subtype /Type0 /BaseFont /Face /DescendantFonts [11 0 R] "

static const font_case cases[] = {
    {"WinAnsi", SIMPLE WIDE "/Encoding /WinAnsiEncoding >>", {0}, "(\\351t\\351\\226\\201\\177)", "été–••", 36},
    {"MacRoman", SIMPLE WIDE "/Encoding /MacRomanEncoding >>", {0}, "(\\216\\336\\320)", "éfi–", 18},
    {"Standard", SIMPLE WIDE ">>", {0}, "('`\\256\\341\\320)", "’‘fiÆ—", 30},
    {"a symbolic font has an encoding of its own", SIMPLE OWN ">>", {0}, "(ab)", "\xEF\xBF\xBD\xEF\xBF\xBD", 12},
    {"unless the file names one", SIMPLE OWN "/Encoding /WinAnsiEncoding >>", {0}, "(ab)", "ab", 12},
    {"names of Vietnamese letters",
     SIMPLE WIDE "/Encoding << /Differences [1 /Acircumflexacute /abrevehookabove /ohorndotbelow /Uhorn /dcroat "
                 "/ecircumflextilde /ydotbelow /Dcroat /dong] >> >>",
     {0},
     "(\\001\\002\\003\\004\\005\\006\\007\\010\\011)",
     "ẤẳợƯđễỵĐ₫",
     54},
    {"names with numbers, parts and endings",
     SIMPLE WIDE "/Encoding << /Differences [65 /uni1EA5 /u1F33E /f_f_i /a.sc /uni00410301 /ffi /quotedblleft] >> >>",
     {0},
     "(ABCDEFG)",
     "ấ🌾ffiaÁffi“",
     -1},
    {"names that say nothing",
     SIMPLE WIDE "/Encoding << /Differences [65 /g41 /.notdef /uniZZZZ /agrav /_] >> >>",
     {0},
     "(ABCDE)",
     "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
     -1},
    {"differences over a base",
     SIMPLE WIDE "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [66 /eacute] >> >>",
     {0},
     "(ABC)",
     "AéC",
     18},
    {"ToUnicode goes before the encoding",
     SIMPLE WIDE "/Encoding /WinAnsiEncoding /ToUnicode 11 0 R >>",
     {"2 beginbfchar <41> <1EA5> <42> <00650301> endbfchar"},
     "(ABC)",
     "ấéC",
     18},
    {"two bytes for the code of a simple font",
     SIMPLE WIDE "/ToUnicode 11 0 R >>",
     {"1 beginbfchar <0041> <0062> endbfchar"},
     "(A)",
     "b",
     6},
    {"spaces, hyphens, ligatures, nothings",
     SIMPLE WIDE "/ToUnicode 11 0 R >>",
     {"6 beginbfchar <41> <00A0> <42> <00AD> <43> <FB01> <44> <200B> <45> <> <46> <0000> endbfchar"},
     "(xAxBCxDxEF)",
     "x x-fixx\xEF\xBF\xBD",
     -1},
    {"a glyph that stands for nothing is no word",
     SIMPLE WIDE "/ToUnicode 11 0 R >>",
     {"1 beginbfchar <41> <> endbfchar"},
     "(x A)",
     "x",
     6},
    {"a space of no letter",
     SIMPLE WIDE "/ToUnicode 11 0 R >>",
     {"1 beginbfchar <41> <2003> endbfchar"},
     "(xAx)",
     "x x",
     18},
    {"a composite font",
     COMPOSITE "/Encoding /Identity-H /ToUnicode 12 0 R >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Face /DW 400 /W [1 [500 600] 3 4 700] >>",
      "2 beginbfrange <0001> <0002> <0061> <0003> <0005> [<0078> <0079> <D83CDF3E>] endbfrange"},
     "<00010002000300040005>",
     "abxy🌾",
     29},
    {"a range in a range of bytes",
     COMPOSITE "/Encoding /Identity-H /ToUnicode 12 0 R >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Face >>", "1 beginbfrange <0000> <FFFF> <0000> endbfrange"},
     "<00611EA5>",
     "aấ",
     20},
    {"no text is known",
     COMPOSITE "/Encoding /Identity-H >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Face >>"},
     "<00010002>",
     "\xEF\xBF\xBD\xEF\xBF\xBD",
     20},
    {"codes that are UCS-2",
     COMPOSITE "/Encoding /UniGB-UCS2-H >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Face >>"},
     "<4E2D0061>",
     "中a",
     20},
    {"codes that are UTF-16",
     COMPOSITE "/Encoding /UniGB-UTF16-H >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Face >>"},
     "<4E2DD83CDF3E>",
     "中🌾",
     20},
    {"codes of one byte or two",
     COMPOSITE "/Encoding /90ms-RKSJ-H >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Face /DW 500 >>"},
     "<41B18ABF>",
     "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
     15},
    {"codes by a map of the file",
     COMPOSITE "/Encoding 12 0 R /ToUnicode 13 0 R >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Face /DW 0 /W [7 [500] 9 [700 800]] >>",
      "2 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange 1 begincidchar <41> 7 endcidchar 1 "
      "begincidrange "
      "<8001> <8002> 9 endcidrange",
      "3 beginbfchar <41> <0061> <8001> <0062> <8002> <0063> endbfchar"},
     "<4180018002>",
     "abc",
     20},
    {"a code that is cut off",
     COMPOSITE "/Encoding /Identity-H /ToUnicode 12 0 R >>",
     {"DICT<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Face >>", "1 beginbfchar <0001> <0061> endbfchar"},
     "<000100>",
     "a\xEF\xBF\xBD",
     -1},
    {"Helvetica without widths", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", {0}, "(Way)", "Way", 20},
    {"another name of Helvetica in bold",
     "<< /Type /Font /Subtype /TrueType /BaseFont /Arial,Bold /Encoding /WinAnsiEncoding >>",
     {0},
     "(W\\340)",
     "Wà",
     15},
    {"Times without widths", "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Italic >>", {0}, "(Way)", "Way", 17.77},
    {"Courier without widths", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>", {0}, "(iii)", "iii", 18},
    {"Type 3",
     "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << >> /FirstChar "
     "97 "
     "/LastChar 98 /Widths [5 7] /Encoding << /Differences [97 /a /b] >> >>",
     {0},
     "(ab)",
     "ab",
     12},
    {"the program's own encoding",
     "<< /Type /Font /Subtype /Type1 /BaseFont /Face /FirstChar 1 /LastChar 2 /Widths [500 600] /FontDescriptor << "
     "/Type "
     "/FontDescriptor /FontName /Face /Flags 4 /FontFile 11 0 R >> >>",
     {"%!PS-AdobeFont-1.0\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 1 /eacute put\ndup 2 /b "
      "put\n"
      "readonly def\ndup 3 /c put\ncurrentfile eexec"},
     "(\\001\\002)",
     "éb",
     11},
    {"a font of which nothing can be read", "<< /Type /Font >>", {0}, "(a)", "a", -1},
    {"what is no font", "null", {0}, "(a)", "", -1},
};

static seen_file *read_case(const font_case *one)
{
    const char *objects[4] = {one->font, "null", "null", "null"};
    for (size_t i = 0; i < 3 && one->streams[i]; i++) {
        bool is_dict = bt_str_starts(bt_str_of(one->streams[i]), BT_STR("DICT"));
        objects[i + 1] = is_dict ? one->streams[i] + 4 : bt_str_z(&made_arena, made_stream(one->streams[i]));
    }
    bt_str content = bt_str_format(&made_arena, "BT /F 10 Tf 50 700 Td %s Tj ET", one->shown);
    const made_page made = {"/Font << /F 10 0 R >>", bt_str_z(&made_arena, content), NULL, objects, 4};
    return made_open(&made);
}

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen_file *file = read_case(&cases[i]);
        const seen_page *page = file->pages.v;
        unsigned long before = check_failures;
        CHECK_STR(made_lines(page), cases[i].lines);
        if (cases[i].end >= 0 && page->words.n)
            CHECK(fabs(page->words.v[page->words.n - 1].x1 - 50 - cases[i].end) < 1e-6);
        if (check_failures > before)
            printf("%s: ends at %f\n", cases[i].what, page->words.n ? page->words.v[page->words.n - 1].x1 - 50 : -1);
        seen_drop(file);
    }
}

/* --- faces --- */

typedef struct face_case {
    const char *font;
    const char *name, *kind;
    bool is_embedded, is_subset, has_unicode, is_bold, is_italic, is_serif, is_fixed;
    double ascent, descent;
} face_case;

#define DESCRIBED(kind, name, entries)                                                                                 \
    "<< /Type /Font /Subtype /" kind " /BaseFont /" name                                                               \
    " /FirstChar 97 /LastChar 97 /Widths [500] /FontDescriptor << "                                                    \
    "/Type /FontDescriptor /FontName /" name " " entries " >> >>"

static const face_case faces[] = {
    {DESCRIBED("TrueType", "ABCDEF+Face-Regular", "/Flags 34 /Ascent 900 /Descent -200 /FontFile2 11 0 R"),
     "Face-Regular", "TrueType", true, true, true, false, false, true, false, 0.9, -0.2},
    {DESCRIBED("Type1", "ABCDE+Face", "/Flags 97 /Ascent 0 /Descent 0"), "ABCDE+Face", "Type1", false, false, true,
     false, true, false, true, 0.75, -0.25},
    {DESCRIBED("Type1", "Face-Bold", "/Flags 32 /FontWeight 700 /Ascent 905.2 /Descent 212"), "Face-Bold", "Type1",
     false, false, true, true, false, false, false, 0.9052, -0.212},
    {DESCRIBED("Type1", "Face-SemiBold", "/Flags 262176 /ItalicAngle -12"), "Face-SemiBold", "Type1", false, false,
     true, true, true, false, false, 0.75, -0.25},
    {DESCRIBED("Type1", "Face-BoldMisnamed", "/Flags 4 /FontWeight 400 /FontFile 11 0 R"), "Face-BoldMisnamed", "Type1",
     true, false, false, false, false, false, false, 0.75, -0.25},
    {"<< /Type /Font /Subtype /Type1 /BaseFont /Times-BoldItalic >>", "Times-BoldItalic", "Type1", false, false, true,
     true, true, true, false, 0.683, -0.217},
    {"<< /Type /Font /Subtype /Type0 /BaseFont /Face-Identity-H /Encoding /Identity-H /DescendantFonts [ << /Type "
     "/Font "
     "/Subtype /CIDFontType2 /BaseFont /Face >> ] >>",
     "Face", "CIDFontType2", false, false, false, false, false, false, false, 0.75, -0.25},
    {"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> /FirstChar 97 "
     "/LastChar "
     "97 /Widths [1] /Encoding << /Differences [97 /x1] >> >>",
     "", "Type3", true, false, false, false, false, false, false, 0.75, -0.25},
};

static void test_faces(void)
{
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        const face_case *want = &faces[i];
        const char *objects[] = {want->font, bt_str_z(&made_arena, made_stream("program"))};
        const made_page made = {"/Font << /F 10 0 R >>", "BT /F 10 Tf 0 700 Td (aa) Tj ET", NULL, objects, 2};
        seen_file *file = made_open(&made);
        CHECK_INT(file->faces.n, 1);
        const seen_face *face = file->faces.n ? file->faces.v[0] : &(seen_face){0};
        unsigned long before = check_failures;
        CHECK_STR(face->name, want->name);
        CHECK_STR(face->kind, want->kind);
        CHECK_INT(face->is_embedded, want->is_embedded);
        CHECK_INT(face->is_subset, want->is_subset);
        CHECK_INT(face->has_unicode, want->has_unicode);
        CHECK_INT(face->is_bold, want->is_bold);
        CHECK_INT(face->is_italic, want->is_italic);
        CHECK_INT(face->is_serif, want->is_serif);
        CHECK_INT(face->is_fixed, want->is_fixed);
        CHECK(fabs(face->ascent - want->ascent) < 1e-9 && fabs(face->descent - want->descent) < 1e-9);
        if (check_failures > before) printf("face %zu\n", i);
        seen_drop(file);
    }
}

/* One face in fonts of two kinds, each a subset, is one; a face that is embedded is not the one that is not. */
static void test_shared_faces(void)
{
    const char *objects[] = {
        DESCRIBED("TrueType", "ABCDEF+Face", "/Flags 32 /FontFile2 14 0 R"),
        DESCRIBED("Type1", "GHIJKL+Face", "/Flags 32 /FontFile 14 0 R"),
        DESCRIBED("Type1", "Face", "/Flags 32"),
        DESCRIBED("Type1", "Face-Bold", "/Flags 32"),
        bt_str_z(&made_arena, made_stream("program")),
    };
    const made_page made = {"/Font << /F1 10 0 R /F2 11 0 R /F3 12 0 R /F4 13 0 R >>",
                            "BT /F1 10 Tf 0 700 Td (a) Tj /F2 10 Tf (a) Tj /F3 10 Tf (a) Tj /F4 10 Tf (a) Tj ET", NULL,
                            objects, 5};
    seen_file *file = made_open(&made);
    CHECK_INT(file->faces.n, 3);
    CHECK_INT(file->pages.v->words.n, 1);
    CHECK_INT(file->pages.v->runs.n, 3);
    CHECK_STR(file->pages.v->runs.v[0].text, "aa");
    seen_drop(file);
}

/* Type 3 fonts choose their units: the size is that of the em, whatever they chose. */
static void test_type3_size(void)
{
    static const char *const fonts[] = {
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> "
        "/FirstChar 97 /LastChar 97 /Widths [500] /Encoding << /Differences [97 /a] >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -2 10 8] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> /FirstChar 97 "
        "/LastChar 97 /Widths [5] /Encoding << /Differences [97 /a] >> >>",
    };
    const made_page made = {"/Font << /F1 10 0 R /F2 11 0 R >>",
                            "BT /F1 10 Tf 50 700 Td (aa) Tj ET BT /F2 1 Tf 50 680 Td (aa) Tj ET", NULL, fonts, 2};
    seen_file *file = made_open(&made);
    const seen_page *page = file->pages.v;
    CHECK_STR(made_lines(page), "aa|aa");
    for (uint32_t i = 0; i < page->runs.n; i++)
        CHECK(fabs(page->runs.v[i].size - 10) < 1e-9 && fabs(page->runs.v[i].x1 - 60) < 1e-9);
    seen_drop(file);
}

int main(void)
{
    test_cases();
    test_faces();
    test_shared_faces();
    test_type3_size();
    bt_arena_drop(&made_arena);
    return check_report();
}
