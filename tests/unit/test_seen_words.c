/* test_seen_words.c - words and lines: what belongs together, whoever wrote the page and in what order. */
#include "made_page.h"

/* F1: every letter is half an em wide, the space a quarter. F2: the same in bold. */
#define WIDTHS                                                                                                         \
    "/FirstChar 32 /LastChar 126 /Widths [250 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 "    \
    "500 "                                                                                                             \
    "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 " \
    "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 " \
    "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500]"

static const char *const fonts[] = {
    "<< /Type /Font /Subtype /Type1 /BaseFont /Plain /Encoding /WinAnsiEncoding " WIDTHS " >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Plain-Bold /Encoding /WinAnsiEncoding " WIDTHS " >>",
    /* a composite font that writes downwards; an x, and a mark without advance */
    "<< /Type /Font /Subtype /Type0 /BaseFont /Down /Encoding /Identity-V /DescendantFonts [13 0 R] /ToUnicode 14 0 R "
    ">>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Down /DW 500 /W [2 [0]] >>",
    NULL, /* `letters`, as a stream */
    "<< /Type /Font /Subtype /Type0 /BaseFont /Across /Encoding /Identity-H /DescendantFonts [13 0 R] /ToUnicode 14 0 "
    "R "
    ">>",
};

static const char letters[] =
    "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <0061> <0002> "
    "<0301> endbfchar";

static seen_file *read_page(const char *content)
{
    const char *objects[sizeof fonts / sizeof *fonts];
    memcpy(objects, fonts, sizeof fonts);
    objects[4] = bt_str_z(&made_arena, made_stream(letters));
    const made_page made = {.resources =
                                "/Font << /F1 10 0 R /F2 11 0 R /FV 12 0 R /FH 15 0 R >> /Properties << /Off 16 0 R >>",
                            .content = content,
                            .objects = objects,
                            .n_objects = sizeof fonts / sizeof *fonts};
    return made_open(&made);
}

/* --- what belongs together --- */

typedef struct words_case {
    const char *what, *content, *lines;
} words_case;

static const words_case cases[] = {
    {"a space parts words", "BT /F1 10 Tf 50 700 Td (one two) Tj ET", "one two"},
    {"a gap parts words", "BT /F1 10 Tf 50 700 Td [(one) -250 (two)] TJ ET", "one two"},
    {"kerning parts none", "BT /F1 10 Tf 50 700 Td [(o) 80 (n) -80 (e)] TJ ET", "one"},
    {"a space that is drawn back parts none", "BT /F1 10 Tf 50 700 Td [(on ) 250 (e)] TJ ET", "one"},
    {"a narrow space parts words, a gap as wide none", "BT /F1 10 Tf 50 700 Td [(one ) 150 (two) -100 (s)] TJ ET",
     "one twos"},
    {"a space all but taken back in a line with a little more between its letters",
     "BT /F1 10 Tf 0.2 Tc 50 700 Td [(one ) 220 (two three)] TJ ET", "one two three"},
    {"a word that was moved, and its spaces were not",
     "BT /F1 10 Tf 50 700 Td (one    two) Tj ET BT /F1 10 Tf 69.4 700 Td (x) Tj ET", "one x two"},
    {"word spacing", "BT /F1 10 Tf 4 Tw 50 700 Td (one two) Tj ET", "one two"},
    {"wide spaces of justified type", "BT /F1 10 Tf 9 Tw 50 700 Td (one two) Tj 0 Tw 0 -12 Td (another line) Tj ET",
     "one two|another line"},
    {"a face changes within a word", "BT /F1 10 Tf 50 700 Td (on) Tj /F2 10 Tf (ce) Tj ET", "once"},
    {"a colour changes within a word", "BT /F1 10 Tf 50 700 Td (on) Tj 1 0 0 rg (ce) Tj ET", "once"},
    {"spaced letters with spaces", "BT /F1 10 Tf 3 Tc 50 700 Td (NEWS OF MAY) Tj ET", "NEWS OF MAY"},
    {"spaced letters without", "BT /F1 10 Tf 3 Tc 50 700 Td [(NEWS) -600 (OF) -600 (MAY)] TJ ET", "NEWS OF MAY"},
    {"spaced letters, one by one",
     "BT /F1 10 Tf 50 700 Td (N) Tj 8 0 Td (E) Tj 8 0 Td (W) Tj 8 0 Td (S) Tj 14 0 Td (O) Tj 8 0 Td (F) Tj ET",
     "NEWS OF"},
    {"words of one letter", "BT /F1 10 Tf 50 700 Td (a b c d) Tj ET", "a b c d"},
    {"a narrow setting", "BT /F1 10 Tf 50 Tz 50 700 Td (one two) Tj ET", "one two"},
    {"painted twice for weight", "BT /F1 10 Tf 50 700 Td (one) Tj ET BT /F1 10 Tf 50.3 700 Td (one) Tj ET", "one"},
    {"painted twice, a little higher", "BT /F1 10 Tf 50 700 Td (one) Tj ET BT /F1 10 Tf 50 700.5 Td (one) Tj ET",
     "one"},
    {"doubled letters", "BT /F1 10 Tf 50 700 Td (book) Tj ET", "book"},
    {"other text over it", "BT /F1 10 Tf 50 700 Td (one) Tj ET BT /F1 10 Tf 52 700 Td (xyz) Tj ET", "one|xyz"},
    {"a note mark that touches", "BT /F1 10 Tf 50 700 Td (word) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 10 Tf ( more) Tj ET",
     "word1 more"},
    {"a note mark apart", "BT /F1 10 Tf 50 700 Td (word) Tj /F1 6 Tf 4 Ts ( 1) Tj 0 Ts /F1 10 Tf ( more) Tj ET",
     "word 1 more"},
    {"the number of a note", "BT /F1 6 Tf 50 703 Td (1) Tj /F1 10 Tf 4.5 -3 Td (Note) Tj ET", "1 Note"},
    {"an index", "BT /F1 10 Tf 50 700 Td (CO) Tj /F1 6 Tf -2 Ts (2) Tj 0 Ts /F1 10 Tf ( gas) Tj ET", "CO2 gas"},
    {"an exponent within", "BT /F1 10 Tf 50 700 Td (x) Tj /F1 6 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf (y) Tj ET", "x2y"},
    {"small type beside large is no note",
     "BT /F1 24 Tf 50 700 Td (Head) Tj /F1 10 Tf 60 8 Td (first line) Tj 0 -12 Td (second line) Tj ET",
     "first line|Head|second line"},
    {"a word that stands a little high", "BT /F1 10 Tf 50 700 Td (one ) Tj 0.5 Ts (two) Tj 0 Ts ( three) Tj ET",
     "one two three"},
    {"a drop cap", "BT /F1 40 Tf 50 688 Td (T) Tj /F1 10 Tf 22 12 Td (he first line) Tj 0 -12 Td (the second) Tj ET",
     "he first line|T|the second"},
    {"turned by 90 degrees", "BT /F1 10 Tf 0 1 -1 0 50 300 Tm (going up) Tj ET", "going up"},
    {"turned a little", "BT /F1 10 Tf 0.98 0.17 -0.17 0.98 50 300 Tm (on a slope) Tj ET", "on a slope"},
    {"turned and level text that cross",
     "BT /F1 10 Tf 50 300 Td (level) Tj ET BT /F1 10 Tf 0 1 -1 0 60 290 Tm (up) Tj ET", "level|up"},
    {"a page that is turned as a whole", "q 0 1 -1 0 600 0 cm BT /F1 10 Tf 50 300 Td (one two) Tj ET Q", "one two"},
    {"text written downwards", "BT /FV 10 Tf 50 700 Td <00010001> Tj ET", "aa"},
    {"a mark after its letter", "BT /FH 10 Tf 50 700 Td <0001000200010001> Tj ET",
     "\xC3\xA1"
     "aa"},
    {"a mark shown by itself", "BT /FH 10 Tf 50 700 Td <00010001> Tj ET BT /FH 10 Tf 52 700 Td <0002> Tj ET",
     "\xC3\xA1"
     "a"},
    {"text of mode 3", "BT /F1 10 Tf 3 Tr 50 700 Td (unseen) Tj ET", "(unseen)"},
    {"text of mode 7", "BT /F1 10 Tf 7 Tr 50 700 Td (unseen) Tj ET", "(unseen)"},
    {"beside the clip", "q 0 0 40 800 re W n BT /F1 10 Tf 50 700 Td (unseen) Tj ET Q", "(unseen)"},
    {"the clip cuts a word", "q 0 0 59 800 re W n BT /F1 10 Tf 50 700 Td (seen) Tj ET Q", "se|(en)"},
    {"a clip that only touches the ascenders", "q 0 706 600 90 re W n BT /F1 10 Tf 50 700 Td (no) Tj ET Q", "(no)"},
    {"beside the media", "BT /F1 10 Tf 700 700 Td (unseen) Tj ET", "(unseen)"},
    {"hidden text under text", "BT /F1 10 Tf 3 Tr 50 700 Td (scan) Tj ET BT /F1 10 Tf 0 Tr 51 700 Td (type) Tj ET",
     "(scan)|type"},
    {"a size below nothing", "BT /F1 -10 Tf -1 0 0 -1 50 700 Tm (one two) Tj ET", "one two"},
    {"type without height is passed over", "BT /F1 0 Tf 50 700 Td (none) Tj /F1 10 Tf (some) Tj ET", "some"},
    {"no font is set", "BT 50 700 Td (none) Tj ET", ""},
};

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen_file *file = read_page(cases[i].content);
        bt_str lines = made_lines(file->pages.v);
        if (!bt_str_is(lines, cases[i].lines)) printf("%s:\n", cases[i].what);
        CHECK_STR(lines, cases[i].lines);
        seen_drop(file);
    }
}

/* --- gutters --- */

/* Lines below each other. A digit is a gap of that many tenths of an em. */
typedef struct gutter_case {
    const char *what;
    const char *rows[4];
    const char *lines;
} gutter_case;

static const gutter_case gutters[] = {
    {"a gutter of 0.9 em goes through three lines",
     {"aaaa bb9cccc dd", "aa bbbb9cc dddd", "aaa bbb9ccc ddd"},
     "aaaa bb|cccc dd|aa bbbb|cc dddd|aaa bbb|ccc ddd"},
    {"wide spaces are crossed by the lines around",
     {"aaaa bb9cccc", "aaa bbbb ccc", "aa9bbbb ccccc"},
     "aaaa bb cccc|aaa bbbb ccc|aa bbbb ccccc"},
    {"the head goes over both columns",
     {"aaaaaa bbbbbb", "aaaa b9cccc d", "aa bbb9cc ddd", "aaa bb9ccc dd"},
     "aaaaaa bbbbbb|aaaa b|cccc d|aa bbb|cc ddd|aaa bb|ccc dd"},
    {"the foot goes over both columns",
     {"aaaa b9cccc d", "aa bbb9cc ddd", "aaa bb9ccc dd", "aaaaaa bbbbbb"},
     "aaaa b|cccc d|aa bbb|cc ddd|aaa bb|ccc dd|aaaaaa bbbbbb"},
    {"two lines, 1.8 em", {"aaaa bb99cccc", "aa bbbb99cccc"}, "aaaa bb|cccc|aa bbbb|cccc"},
    {"two lines, 0.9 em, where nothing is sure", {"aaaa bb9cccc", "aa bbbb9cccc"}, "aaaa bb cccc|aa bbbb cccc"},
    {"one line, 0.9 em", {"aaaa9bbbb"}, "aaaa bbbb"},
    {"one line, 1.8 em", {"aaaa99bbbb"}, "aaaa|bbbb"},
    {"2.7 em, whatever the lines around", {"aaaa999bbbb", "aaaaaabbbbb", "aa999bbbb"}, "aaaa|bbbb|aaaaaabbbbb|aa|bbbb"},
    {"1.8 em between lines that go on", {"aaaaaaaaaa", "aa99bbbb", "aaaaaaaaaa"}, "aaaaaaaaaa|aa bbbb|aaaaaaaaaa"},
    {"two lines with wide spaces that nearly meet",
     {"aaaaaaaaaaaa", "aaa99bbb", "aaaa92bbb", "aaaaaaaaaaaa"},
     "aaaaaaaaaaaa|aaa bbb|aaaa bbb|aaaaaaaaaaaa"},
    {"marks of a list", {"-9aaaa bbb", "-9cc dddd", "-9eee ff"}, "- aaaa bbb|- cc dddd|- eee ff"},
    {"cells of a table", {"a9bb", "c9dd", "e9ff"}, "a|bb|c|dd|e|ff"},
};

static void add_row(bt_buf *out, const char *row, int y)
{
    enum { SIZE = 10 };
    bt_buf_format(out, "BT /F1 %d Tf 50 %d Td [(", SIZE, y);
    for (const char *c = row; *c; c++) {
        if (*c >= '0' && *c <= '9')
            bt_buf_format(out, ") %d (", -100 * (*c - '0'));
        else
            bt_buf_add_char(out, *c);
    }
    bt_buf_add_z(out, ")] TJ ET\n");
}

static void test_gutters(void)
{
    for (size_t i = 0; i < sizeof gutters / sizeof *gutters; i++) {
        bt_buf content = bt_buf_in(&made_arena);
        for (int row_i = 0; row_i < 4 && gutters[i].rows[row_i]; row_i++)
            add_row(&content, gutters[i].rows[row_i], 700 - 12 * row_i);
        bt_buf_add_char(&content, '\0');
        seen_file *file = read_page(content.bytes.v);
        bt_str lines = made_lines(file->pages.v);
        if (!bt_str_is(lines, gutters[i].lines)) printf("%s:\n", gutters[i].what);
        CHECK_STR(lines, gutters[i].lines);
        seen_drop(file);
    }
}

/* --- one page, written in many ways --- */

typedef struct set_line {
    double x, y, size, track, stretch; /* track: between letters, stretch: more in each space [pt] */
    const char *text;
} set_line;

/* Two columns that share their baselines, and two that do not; a spaced head, a note mark, a turned foot. */
static const set_line page_lines[] = {
    {50, 750, 24, 0, 0, "A headline of the page"},
    {50, 728, 9, 2.5, 0, "NEWS OF MAY"},
    {50, 700, 10, 0, 3.1, "The first line of a column is"},
    {50, 688, 10, 0, 6.4, "justified with wide spaces"},
    {50, 676, 10, 0, 0, "and the last is not."},
    {255, 700, 10, 0, 0.7, "Another column stands beside it"},
    {255, 688, 10, 0, 4.2, "on the same baselines and it"},
    {255, 676, 10, 0, 0, "ends in-"},
    {140, 680, 6, 0, 0, "12"}, /* a note mark behind "not." */
    {50, 650, 8, 0, 0, "Small type on the left, and"},
    {50, 640, 8, 0, 0, "on baselines of its own."},
    {200, 648, 9.5, 0, 0, "Larger type, whose baselines"},
    {200, 636.5, 9.5, 0, 0, "are elsewhere."},
    {50, 600, 10, -0.4, 0, "Letters drawn together, as in a tight head"},
};
enum { N_PAGE_LINES = sizeof page_lines / sizeof *page_lines };

typedef enum way {
    WAY_PLAIN,   /* a line by one Tj, with Tc and Tw */
    WAY_ARRAY,   /* by one TJ that has all the space */
    WAY_WORDS,   /* word by word, no spaces */
    WAY_LETTERS, /* letter by letter, no spaces */
    WAY_SPACES,  /* the same, and all spaces at the end */
    WAY_BACK,    /* the last letter of the last line first */
    WAY_SCALED,  /* in a space that is half as large, with Tz */
    WAY_TWICE,   /* every word once more, a hair to the right */
    WAY_FORM,    /* in a form */
    N_WAYS,
} way;

static double advance(const set_line *line, char c)
{
    return (c == ' ' ? 0.25 * line->size + line->stretch : 0.5 * line->size) + line->track;
}

static double at_letter(const set_line *line, size_t i)
{
    double x = line->x;
    for (size_t k = 0; k < i; k++) x += advance(line, line->text[k]);
    return x;
}

static void add_number(bt_buf *out, double value)
{
    bt_buf_add_fixed(out, llround(value * 100000), 5);
    bt_buf_add_char(out, ' ');
}

static void add_text(bt_buf *out, const set_line *line, double x, const char *text, size_t n)
{
    bt_buf_add_z(out, "BT /F1 ");
    add_number(out, line->size);
    bt_buf_add_z(out, "Tf 1 0 0 1 ");
    add_number(out, x);
    add_number(out, line->y);
    bt_buf_add_z(out, "Tm ");
    add_number(out, line->track);
    bt_buf_add_z(out, "Tc ");
    add_number(out, line->stretch);
    bt_buf_add_z(out, "Tw (");
    bt_buf_add(out, (bt_str){text, n});
    bt_buf_add_z(out, ") Tj ET\n");
}

static void add_array(bt_buf *out, const set_line *line)
{
    bt_buf_add_z(out, "BT 0 Tc 0 Tw /F1 ");
    add_number(out, line->size);
    bt_buf_add_z(out, "Tf ");
    add_number(out, line->x);
    add_number(out, line->y);
    bt_buf_add_z(out, "Td [");
    for (const char *c = line->text; *c; c++) {
        bt_buf_format(out, "(%c) ", *c);
        add_number(out, -1000 * (line->track + (*c == ' ' ? line->stretch : 0)) / line->size);
    }
    bt_buf_add_z(out, "] TJ ET\n");
}

static void add_words(bt_buf *out, const set_line *line, double aside)
{
    size_t n = strlen(line->text);
    for (size_t begin = 0, end; begin < n; begin = end + 1) {
        for (end = begin; end < n && line->text[end] != ' ';) end++;
        add_text(out, line, at_letter(line, begin) + aside, line->text + begin, end - begin);
    }
}

static void add_letters(bt_buf *out, const set_line *line, bool are_spaces, bool is_back)
{
    size_t n = strlen(line->text);
    for (size_t i = 0; i < n; i++) {
        size_t at = is_back ? n - 1 - i : i;
        if ((line->text[at] == ' ') != are_spaces) continue;
        add_text(out, line, at_letter(line, at), line->text + at, 1);
    }
}

/* Each number twice as large, in a space half as large; the letters half as wide, in type twice as wide. */
static void add_scaled(bt_buf *out, const set_line *line)
{
    bt_buf_add_z(out, "q 0.5 0 0 0.5 0 0 cm BT 50 Tz /F1 ");
    add_number(out, 2 * line->size);
    bt_buf_add_z(out, "Tf 2 0 0 1 ");
    add_number(out, 2 * line->x);
    add_number(out, 2 * line->y);
    bt_buf_add_z(out, "Tm ");
    add_number(out, 2 * line->track);
    bt_buf_add_z(out, "Tc ");
    add_number(out, 2 * line->stretch);
    bt_buf_format(out, "Tw (%s) Tj ET Q\n", line->text);
}

static void add_line(bt_buf *out, const set_line *line, way how)
{
    switch (how) {
    case WAY_PLAIN:
    case WAY_FORM:
        add_text(out, line, line->x, line->text, strlen(line->text));
        break;
    case WAY_ARRAY:
        add_array(out, line);
        break;
    case WAY_WORDS:
        add_words(out, line, 0);
        break;
    case WAY_LETTERS:
    case WAY_SPACES:
        add_letters(out, line, false, false);
        break;
    case WAY_BACK:
        add_letters(out, line, true, true);
        add_letters(out, line, false, true);
        break;
    case WAY_SCALED:
        add_scaled(out, line);
        break;
    case WAY_TWICE:
        add_words(out, line, 0);
        add_words(out, line, 0.02 * line->size);
        break;
    case N_WAYS:
        break;
    }
}

static seen_file *read_written(way how)
{
    bt_buf content = bt_buf_in(&made_arena);
    for (int i = 0; i < N_PAGE_LINES; i++)
        add_line(&content, &page_lines[how == WAY_BACK ? N_PAGE_LINES - 1 - i : i], how);
    for (int i = 0; how == WAY_SPACES && i < N_PAGE_LINES; i++) add_letters(&content, &page_lines[i], true, false);
    bt_str text = bt_buf_str(&content);
    if (how != WAY_FORM) return read_page(bt_str_z(&made_arena, text));
    bt_str form = bt_str_format(&made_arena,
                                "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 7 0] /Resources "
                                "<< /Font << /F1 10 0 R >> >> /Length %zu >>\nstream\n%.*s\nendstream",
                                text.len, BT_STR_ARGS(text));
    const char *objects[] = {fonts[0], bt_str_z(&made_arena, form)};
    const made_page made = {"/XObject << /X 11 0 R >>", "q 1 0 0 1 -7 0 cm /X Do Q", NULL, objects, 2};
    return made_open(&made);
}

static void check_same(const seen_page *a, const seen_page *b, double aside)
{
    const double near = 1e-3;
    CHECK_INT(a->words.n, b->words.n);
    for (uint32_t i = 0; i < a->words.n && i < b->words.n; i++) {
        const seen_word *one = &a->words.v[i], *other = &b->words.v[i];
        CHECK(bt_str_equal(one->text, other->text) && one->line_i == other->line_i);
        CHECK(fabs(one->x0 - other->x0) < near && fabs(one->x1 - other->x1) < near + aside);
        CHECK(fabs(one->baseline - other->baseline) < near && one->ends_in_hyphen == other->ends_in_hyphen);
        CHECK(one->run_end - one->run_begin == other->run_end - other->run_begin);
        CHECK(fabs(a->runs.v[one->run_begin].size - b->runs.v[other->run_begin].size) < near);
    }
}

static void test_ways(void)
{
    seen_file *plain = read_written(WAY_PLAIN);
    CHECK_STR(
        made_lines(plain->pages.v),
        "A headline of the page|NEWS OF MAY|The first line of a column is|Another column stands beside it|justified "
        "with wide spaces|on the same baselines and it|and the last is not.12|ends in-|Small type on the left, "
        "and|Larger type, whose baselines|on baselines of its own.|are elsewhere.|Letters drawn together, as in a "
        "tight head");
    for (way how = WAY_PLAIN; how < N_WAYS; how++) {
        seen_file *file = read_written(how);
        unsigned long before = check_failures;
        check_same(plain->pages.v, file->pages.v, 0);
        if (check_failures > before) {
            bt_str lines = made_lines(file->pages.v);
            printf("way %d: %.*s\n", (int)how, BT_STR_ARGS(lines));
        }
        seen_drop(file);
    }
    seen_drop(plain);
}

/* --- what else is told of words and lines --- */

static void test_places(void)
{
    seen_file *file =
        read_page("BT /F1 10 Tf 50 700 Td (one two) Tj /F2 12 Tf 0 -20 Td (thr) Tj /F1 12 Tf (ee-) Tj ET");
    const seen_page *page = file->pages.v;
    CHECK_INT(page->words.n, 3);
    CHECK_INT(page->runs.n, 4);
    CHECK_INT(page->lines.n, 2);
    const seen_word *two = &page->words.v[1], *three = &page->words.v[2];
    CHECK(fabs(two->x0 - 67.5) < 1e-9 && fabs(two->x1 - 82.5) < 1e-9 && fabs(two->baseline - 100) < 1e-9);
    CHECK(fabs(two->box.y0 - 92.5) < 1e-9 && fabs(two->box.y1 - 102.5) < 1e-9);
    CHECK(three->ends_in_hyphen && !two->ends_in_hyphen && three->mark.mcid == -1);
    CHECK_STR(page->runs.v[2].text, "thr");
    CHECK_STR(page->runs.v[3].text, "ee-");
    CHECK(page->runs.v[2].face->is_bold && !page->runs.v[3].face->is_bold);
    CHECK(fabs(page->runs.v[3].x0 - 68) < 1e-9 && fabs(page->runs.v[3].x1 - 86) < 1e-9);
    CHECK(fabs(page->lines.v[1].size - 12) < 1e-9 && page->lines.v[1].word_begin == 2 &&
          page->lines.v[1].word_end == 3);
    CHECK_INT(file->faces.n, 2);
    seen_drop(file);

    file = read_page("/P << /MCID 7 >> BDC BT /F1 10 Tf 0 1 -1 0 50 300 Tm (up) Tj ET EMC");
    const seen_word *up = file->pages.v->words.v;
    CHECK(fabs(up->angle + 90) < 1e-9 && fabs(up->x0 + 500) < 1e-9 && fabs(up->x1 + 490) < 1e-9);
    CHECK(fabs(up->box.x0 - 42.5) < 1e-9 && fabs(up->box.x1 - 52.5) < 1e-9);
    CHECK(fabs(up->box.y0 - 490) < 1e-9 && fabs(up->box.y1 - 500) < 1e-9);
    CHECK_INT(up->mark.mcid, 7);
    CHECK_STR(up->mark.tag, "P");
    seen_drop(file);
}

int main(void)
{
    test_cases();
    test_gutters();
    test_ways();
    test_places();
    bt_arena_drop(&made_arena);
    return check_report();
}
