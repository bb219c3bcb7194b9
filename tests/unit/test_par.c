/* test_par.c - par: known answers, an exhaustive search beside the real one, legality of every line, hostile input. */
#include "base/str.h"
#include "check.h"
#include "par/par.h"
#include "par/par_int.h"

enum { LETTER = 10000 /* width of a letter and of a space [sp] */, MOST_WORDS = 12000 };

/* Text as items. A run of letters is a box; ' ' glue; '~' glue without a break; '/' a free break without glue; '!' a
 * break of penalty 500; '|' a forced break; '#' a forbidden one. */
typedef struct sample {
    bt_par_item items[2 * MOST_WORDS + 64];
    uint32_t n_items;
    char text[2 * MOST_WORDS + 64][24]; /* what the items were made from */
} sample;

static sample the_sample;

static bt_par_item *add_item(sample *s, bt_par_kind kind, const char *text, size_t len)
{
    bt_par_item *item = &s->items[s->n_items];
    *item = (bt_par_item){.kind = kind};
    memcpy(s->text[s->n_items], text, len);
    s->text[s->n_items++][len] = '\0';
    return item;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static const sample *read_sample(const char *text)
{
    sample *s = &the_sample;
    s->n_items = 0;
    while (*text) {
        size_t len = 0;
        while (is_letter(text[len])) len++;
        if (len) {
            add_item(s, BT_PAR_BOX, text, len)->width = (bt_sp)len * LETTER;
            text += len;
            continue;
        }
        if (*text == '~' || *text == '#') add_item(s, BT_PAR_PENALTY, "", 0)->penalty = BT_PAR_FORBIDDEN;
        if (*text == ' ' || *text == '~') add_item(s, BT_PAR_GLUE, text, 1)->width = LETTER;
        if (*text == '/') add_item(s, BT_PAR_PENALTY, "", 0);
        if (*text == '!') add_item(s, BT_PAR_PENALTY, "", 0)->penalty = 500;
        if (*text == '|') add_item(s, BT_PAR_PENALTY, "", 0)->penalty = BT_PAR_FORCED;
        text++;
    }
    return s;
}

/* "aa bb|cc": the lines as text. */
static bt_str setting_text(bt_arena *arena, const sample *s, const bt_par_setting *setting)
{
    bt_buf buf = bt_buf_in(arena);
    for (uint32_t i = 0; i < setting->n_lines; i++) {
        if (i) bt_buf_add_char(&buf, '|');
        for (uint32_t k = setting->lines[i].begin; k < setting->lines[i].end; k++) bt_buf_add_z(&buf, s->text[k]);
    }
    return bt_buf_str(&buf);
}

static bt_par_params params_for(bt_par_mode mode, const bt_sp *line_widths, uint32_t n_line_widths)
{
    return (bt_par_params){.mode = mode,
                           .line_widths = line_widths,
                           .n_line_widths = n_line_widths,
                           .space_shrink = 250,
                           .space_good = 1500};
}

typedef struct known {
    bt_par_mode mode;
    int measure; /* letters */
    const char *text, *lines;
} known;

static const known known_answers[] = {
    /* one line, nothing to choose */
    {BT_PAR_JUSTIFY, 20, "aaa", "aaa"},
    {BT_PAR_JUSTIFY, 20, "  aaa bb  ", "aaa bb"},
    {BT_PAR_RAGGED, 20, "|aaa bb|", "aaa bb"},
    {BT_PAR_BALANCE, 20, "aaa bb", "aaa bb"},
    /* lines that fit exactly */
    {BT_PAR_JUSTIFY, 8, "aaa bbbb ccccc dd eeee fff", "aaa bbbb|ccccc dd|eeee fff"},
    /* four spaces shrink by one letter */
    {BT_PAR_JUSTIFY, 13, "aa aa aa aa aa bbbbbb bbbbbb cc", "aa aa aa aa aa|bbbbbb bbbbbb|cc"},
    {BT_PAR_RAGGED, 13, "aa aa aa aa aa bbbbbb bbbbbb cc", "aa aa aa aa|aa bbbbbb|bbbbbb cc"},
    /* greedy gives "aaa bb cc|ddddd", a hole of four letters */
    {BT_PAR_RAGGED, 9, "aaa bb cc ddddd eeeeeeee ff", "aaa bb|cc ddddd|eeeeeeee|ff"},
    /* breaks that are none */
    {BT_PAR_RAGGED, 6, "aa bb~cc dd", "aa|bb~cc|dd"},
    {BT_PAR_RAGGED, 6, "aaa#bbbcc dd", "aaabbbcc|dd"},
    {BT_PAR_RAGGED, 6, "aaa/bbbcc dd", "aaa|bbbcc|dd"},
    {BT_PAR_RAGGED, 7, "aaa/bbb cc dd", "aaabbb|cc dd"},
    /* a soft break costs more than a short line */
    {BT_PAR_RAGGED, 8, "aaaa bbb!cc ddd", "aaaa|bbbcc|ddd"},
    {BT_PAR_RAGGED, 8, "aaaa bbb/cc ddd", "aaaa bbb|cc ddd"},
    /* forced breaks: two in a row are one */
    {BT_PAR_JUSTIFY, 10, "aa bb|cc dd ee ff", "aa bb|cc dd ee|ff"},
    {BT_PAR_JUSTIFY, 10, "aa bb | | cc", "aa bb|cc"},
    {BT_PAR_BALANCE, 20, "aa bb|cc", "aa bb|cc"},
    /* balance */
    {BT_PAR_BALANCE, 14, "aaaa bbbb cccc dddd", "aaaa bbbb|cccc dddd"},
    {BT_PAR_BALANCE, 19, "aaaa bbbb cccc dd ee", "aaaa bbbb|cccc dd ee"},
    {BT_PAR_BALANCE, 20, "aaaaaa bbbbbb c dddddd", "aaaaaa bbbbbb|c dddddd"},
    {BT_PAR_BALANCE, 16, "aaaa bbbb cccc dddd eeee ffff gggg", "aaaa bbbb cccc|dddd eeee|ffff gggg"},
    /* the single word at the end would be the more equal */
    {BT_PAR_BALANCE, 14, "aaaaa bb cc ddddddddd", "aaaaa bb|cc ddddddddd"},
    {BT_PAR_BALANCE, 10, "aa dddddddddd", "aa|dddddddddd"},
    {BT_PAR_BALANCE, 14, "aaaa bbbb!cccc dddd", "aaaa|bbbbcccc dddd"},
    /* too wide */
    {BT_PAR_JUSTIFY, 5, "aa bbbbbbbb cc", "aa|bbbbbbbb|cc"},
    {BT_PAR_BALANCE, 5, "bbbbbbbb", "bbbbbbbb"},
};

static void test_known_answers(void)
{
    bt_arena arena = {0}, scratch = {0};
    for (size_t i = 0; i < sizeof known_answers / sizeof *known_answers; i++) {
        const known *k = &known_answers[i];
        const sample *s = read_sample(k->text);
        bt_sp measure = k->measure * LETTER;
        bt_par_params params = params_for(k->mode, &measure, 1);
        bt_par_result result;
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
        CHECK_INT(result.n_settings, 1);
        if (result.n_settings) CHECK_STR(setting_text(&arena, s, &result.settings[result.best_i]), k->lines);
    }
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

static const bt_par_setting *break_sample(bt_arena *arena, const sample *s, const bt_par_params *params)
{
    static const bt_par_line no_lines[8] = {{0}};
    static const bt_par_setting no_setting = {.n_lines = 0, .lines = no_lines};
    bt_arena scratch = {0};
    bt_par_result result;
    CHECK_INT(bt_par_break(arena, &scratch, s->items, s->n_items, params, &result), BT_OK);
    bt_arena_drop(&scratch);
    return result.n_settings ? &result.settings[result.best_i] : &no_setting;
}

/* A line of two boxes and one glue of `glue`, then a second line of one long box; the first line's setting. */
static bt_par_line two_boxes(bt_arena *arena, bt_sp box, bt_sp glue, bt_sp flex, bt_sp measure)
{
    bt_par_item boxes = {.kind = BT_PAR_BOX, .width = box, .flex_stretch = flex, .flex_shrink = flex};
    sample *s = &the_sample;
    s->n_items = 5;
    s->items[0] = boxes;
    s->items[1] = (bt_par_item){.kind = BT_PAR_GLUE, .width = glue};
    s->items[2] = boxes;
    s->items[3] = (bt_par_item){.kind = BT_PAR_GLUE, .width = glue};
    s->items[4] = (bt_par_item){.kind = BT_PAR_BOX, .width = measure};
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    return break_sample(arena, s, &params)->lines[0];
}

static void test_word_spaces(void)
{
    bt_arena arena = {0};
    static const struct {
        bt_sp flex, measure;
        int32_t word_space, used;
    } cases[] = {
        {0, 2100, 1000, 0},     {0, 2125, 1250, 0},     {0, 2150, 1500, 0},     {0, 2160, 1600, 1000},
        {0, 2300, 3000, 1000},  {0, 2075, 750, -1000},  {0, 2090, 900, -400},   {25, 2150, 1250, 500},
        {25, 2200, 1500, 1000}, {25, 2220, 1700, 1000}, {25, 2025, 750, -1000}, {25, 2085, 950, -200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bt_par_line line = two_boxes(&arena, 1000, 100, cases[i].flex, cases[i].measure);
        CHECK_INT(line.end, 3);
        CHECK_INT(line.word_space, cases[i].word_space);
        if (cases[i].flex || cases[i].used < 0 || cases[i].used == 1000) CHECK_INT(line.flex, cases[i].used);
        CHECK_INT(line.overfull, 0);
        CHECK(!line.is_last);
    }
    CHECK_INT(two_boxes(&arena, 1000, 100, 0, 2074).end, 1); /* may not shrink more */
    bt_arena_drop(&arena);
}

/* The demerits of a first line whose spaces are so wide. */
static int64_t demerits_at(int32_t word_space)
{
    bt_arena scratch = {0};
    const sample *s = read_sample("aaaa bbbb cccc");
    bt_sp measure = 8 * LETTER + (bt_sp)((int64_t)LETTER * word_space / 1000);
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    bt_par_table table;
    CHECK(bt_par_collect(&scratch, s->items, s->n_items, &params, &table));
    bt_par_fit fit = bt_par_fit_line(&table, 0, 2, measure);
    CHECK(fit.is_legal);
    CHECK_INT(fit.word_space, word_space);
    bt_arena_drop(&scratch);
    return fit.demerits;
}

static void test_cost_of_word_spaces(void)
{
    for (int32_t space = 1000; space < 4000; space += 50) CHECK(demerits_at(space) <= demerits_at(space + 50));
    for (int32_t space = 1000; space > 750; space -= 50) CHECK(demerits_at(space) <= demerits_at(space - 50));
    CHECK(demerits_at(1150) < 2 * demerits_at(1000)); /* gentle */
    CHECK(demerits_at(1500) > 5 * demerits_at(1300)); /* steep */
    CHECK(demerits_at(1510) > 4 * demerits_at(1500)); /* a clear step */
    CHECK(demerits_at(1810) > 3 * demerits_at(1800)); /* a second one */
    CHECK(demerits_at(3000) > 2 * demerits_at(2000)); /* a terrible line is worse than two bad ones */
    CHECK(demerits_at(1810) > 2 * demerits_at(1700));
}

static void test_last_line(void)
{
    bt_arena arena = {0};
    bt_sp measure = 20 * LETTER;
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    /* nearly full: justified; the rest: natural; too wide: shrunk */
    const bt_par_setting *setting = break_sample(&arena, read_sample("aaa aaa aaa aaa aaaa"), &params);
    CHECK_INT(setting->lines[0].word_space, 1000);
    setting = break_sample(&arena, read_sample("aa aa aa aa aa aa aaa"), &params);
    CHECK_INT(setting->lines[0].word_space, 833);
    CHECK(setting->lines[0].is_last);
    sample *s = &the_sample;
    read_sample("aaa aaa aaa aaa aaaa");
    s->items[0].width -= LETTER / 5;
    setting = break_sample(&arena, s, &params);
    CHECK_INT(setting->lines[0].word_space, 1050);
    CHECK(setting->lines[0].is_last);
    s->items[0].width -= LETTER;
    setting = break_sample(&arena, s, &params);
    CHECK_INT(setting->lines[0].word_space, 1000);
    /* a short last line is avoided where there is a choice, a single short word even more */
    bt_sp narrow = 11 * LETTER;
    params = params_for(BT_PAR_JUSTIFY, &narrow, 1);
    read_sample("aa aa aa aa aa aa aa aa");
    CHECK_STR(setting_text(&arena, s, break_sample(&arena, s, &params)), "aa aa aa aa|aa aa aa aa");
    read_sample("aa aa aa aa aa bb");
    CHECK_STR(setting_text(&arena, s, break_sample(&arena, s, &params)), "aa aa aa aa|aa bb");
    read_sample("aaa bbb ccc dd");
    CHECK_STR(setting_text(&arena, s, break_sample(&arena, s, &params)), "aaa bbb ccc|dd");
    params.shortest_last = 4 * LETTER;
    CHECK_STR(setting_text(&arena, s, break_sample(&arena, s, &params)), "aaa bbb ccc|dd");
    narrow = (bt_sp)(11.2 * LETTER);
    read_sample("aaa bb ccc d ee");
    CHECK_STR(setting_text(&arena, s, break_sample(&arena, s, &params)), "aaa bb ccc|d ee");
    bt_arena_drop(&arena);
}

static void test_hang_and_indent(void)
{
    bt_arena arena = {0};
    sample *s = &the_sample;
    read_sample("aaaa bbbb cccc");
    s->items[0].hang_left = 1500;
    s->items[2].hang_right = 2500;
    bt_sp measure = 9 * LETTER - 4000;
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    const bt_par_setting *setting = break_sample(&arena, s, &params);
    CHECK_STR(setting_text(&arena, s, setting), "aaaa bbbb|cccc");
    CHECK_INT(setting->lines[0].word_space, 1000);
    CHECK_INT(setting->lines[0].indent, -1500);
    CHECK_INT(setting->lines[1].indent, 0);
    s->items[2].hang_left = 90000; /* not at a line's start: of no effect */
    CHECK_INT(break_sample(&arena, s, &params)->lines[0].word_space, 1000);
    s->items[0].hang_left = -10000; /* set in instead */
    measure = 9 * LETTER + 10000 - 2500;
    setting = break_sample(&arena, s, &params);
    CHECK_INT(setting->lines[0].word_space, 1000);
    CHECK_INT(setting->lines[0].indent, 10000);
    /* an indent is a narrower first line; the last width holds on */
    static const bt_sp widths[] = {4 * LETTER, 9 * LETTER, 14 * LETTER};
    params = params_for(BT_PAR_JUSTIFY, widths, 3);
    read_sample("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jj");
    setting = break_sample(&arena, s, &params);
    CHECK_STR(setting_text(&arena, s, setting), "aaaa|bbbb cccc|dddd eeee ffff|gggg hhhh iiii|jj");
    for (uint32_t i = 0; i < setting->n_lines; i++) CHECK_INT(setting->lines[i].word_space, 1000);
    bt_arena_drop(&arena);
}

static void test_forced_and_overfull(void)
{
    bt_arena arena = {0};
    sample *s = &the_sample;
    bt_sp measure = 10 * LETTER;
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    read_sample("aa bb|cccc ddddd ee");
    const bt_par_setting *setting = break_sample(&arena, s, &params);
    CHECK_STR(setting_text(&arena, s, setting), "aa bb|cccc ddddd|ee");
    CHECK(setting->lines[0].is_last && !setting->lines[1].is_last && setting->lines[2].is_last);
    CHECK_INT(setting->lines[0].word_space, 1000);
    read_sample("aa bbbbbbbbbbbbb cc");
    setting = break_sample(&arena, s, &params);
    CHECK_INT(setting->n_lines, 3);
    CHECK_INT(setting->lines[1].overfull, 3 * LETTER);
    CHECK_INT(setting->lines[0].overfull + setting->lines[2].overfull, 0);
    s->items[2].flex_shrink = LETTER;
    CHECK_INT(break_sample(&arena, s, &params)->lines[1].overfull, 2 * LETTER);
    CHECK_INT(break_sample(&arena, s, &params)->lines[1].flex, -1000);
    params.mode = BT_PAR_RAGGED;
    CHECK_INT(break_sample(&arena, s, &params)->lines[1].overfull, 3 * LETTER);
    read_sample("aaaa~bbbb~cccc");
    CHECK_INT(break_sample(&arena, s, &params)->lines[0].overfull, 4 * LETTER);
    /* the long word waits for the wide line, however loose the line before it gets */
    static const bt_sp widths[] = {8 * LETTER, 8 * LETTER, 20 * LETTER};
    params = params_for(BT_PAR_JUSTIFY, widths, 3);
    params.n_fewer = params.n_more = 3;
    read_sample("aa bb cccccccccc dd");
    setting = break_sample(&arena, s, &params);
    CHECK_STR(setting_text(&arena, s, setting), "aa|bb|cccccccccc dd");
    for (uint32_t i = 0; i < setting->n_lines; i++) CHECK_INT(setting->lines[i].overfull, 0);
    bt_arena_drop(&arena);
}

static void test_nothing_to_break(void)
{
    bt_arena arena = {0}, scratch = {0};
    bt_sp measure = LETTER;
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    bt_par_result result = {.n_settings = 7};
    CHECK_INT(bt_par_break(&arena, &scratch, NULL, 0, &params, &result), BT_OK);
    CHECK_INT(result.n_settings, 0);
    const sample *s = read_sample(" | ~ ");
    result.n_settings = 7;
    CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
    CHECK_INT(result.n_settings, 0);
    result.n_settings = 7;
    CHECK_INT(bt_par_break(&arena, &scratch, s->items, UINT32_MAX, &params, &result), BT_LIMIT);
    CHECK_INT(result.n_settings, 0);
    params.n_line_widths = 0;
    CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_INTERNAL);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

/* --- random paragraphs: every line legal, every setting as good as an exhaustive search's */

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

static void add_random_gap(sample *s)
{
    uint32_t kind = random_below(16);
    if (kind == 0) add_item(s, BT_PAR_PENALTY, "", 0)->penalty = BT_PAR_FORCED;
    if (kind <= 2) add_item(s, BT_PAR_PENALTY, "", 0)->penalty = (int32_t)random_below(400) - 100;
    if (kind == 3) add_item(s, BT_PAR_PENALTY, "", 0)->penalty = BT_PAR_FORBIDDEN;
    if (kind != 2) add_item(s, BT_PAR_GLUE, " ", 1)->width = LETTER / 2 + (bt_sp)random_below(LETTER);
}

static const sample *random_sample(uint32_t n_boxes)
{
    sample *s = &the_sample;
    s->n_items = 0;
    for (uint32_t i = 0; i < n_boxes; i++) {
        if (i) add_random_gap(s);
        bt_par_item *box = add_item(s, BT_PAR_BOX, "x", 1);
        box->width = LETTER + (bt_sp)random_below(6 * LETTER);
        box->flex_stretch = box->width / 20;
        box->flex_shrink = box->width / 30;
        if (!random_below(6)) box->hang_right = LETTER / 2;
        if (!random_below(9)) box->hang_left = LETTER / 3;
    }
    return s;
}

/* The fewest demerits for each number of lines over all sets of breaks. */
typedef struct exhaustive {
    const bt_par_table *table;
    const bt_par_params *params;
    int64_t least[16];
    bool is_reached[16];
} exhaustive;

static void try_all(exhaustive *e, uint32_t begin, uint32_t n_lines, int64_t demerits, int before)
{
    const bt_par_point *points = e->table->points;
    if (begin == e->table->n_points - 1) {
        if (!e->is_reached[n_lines] || demerits < e->least[n_lines]) e->least[n_lines] = demerits;
        e->is_reached[n_lines] = true;
        return;
    }
    uint32_t width_i = n_lines < e->params->n_line_widths ? n_lines : e->params->n_line_widths - 1;
    for (uint32_t end = begin + 1; end < e->table->n_points; end++) {
        bt_par_fit fit = bt_par_fit_line(e->table, begin, end, e->params->line_widths[width_i]);
        int apart = before < 0 ? 0 : (int)fit.fitness - before;
        int64_t total = demerits + fit.demerits + (apart > 1 || apart < -1 ? BT_PAR_MISMATCH : 0);
        if (fit.is_legal) try_all(e, end, n_lines + 1, total, points[end].ends_part ? -1 : (int)fit.fitness);
        if (points[end].ends_part) break;
    }
}

static int64_t magnitude(int64_t n) { return n < 0 ? -n : n; }

/* The line's width as set, from its items alone. */
static int64_t set_width(const sample *s, const bt_par_line *line)
{
    int64_t width = 0;
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_par_item *item = &s->items[i];
        if (item->kind == BT_PAR_GLUE) width += (int64_t)item->width * line->word_space / 1000;
        if (item->kind != BT_PAR_BOX) continue;
        int64_t flex = line->flex < 0 ? item->flex_shrink : item->flex_stretch;
        width += item->width + flex * line->flex / 1000;
    }
    return width - s->items[line->begin].hang_left - s->items[line->end - 1].hang_right;
}

/* What rounding the factors to thousandths may leave unfilled [sp]. */
static int64_t rounding(const sample *s, const bt_par_line *line)
{
    int64_t gives = 0;
    for (uint32_t i = line->begin; i < line->end; i++)
        gives +=
            s->items[i].kind == BT_PAR_GLUE ? s->items[i].width : s->items[i].flex_stretch + s->items[i].flex_shrink;
    return gives / 500 + line->end - line->begin;
}

static bool has_glue(const sample *s, const bt_par_line *line)
{
    for (uint32_t i = line->begin; i < line->end; i++)
        if (s->items[i].kind == BT_PAR_GLUE) return true;
    return false;
}

/* May the gap [begin, end) of items be broken, and must it? By the words of par.h. */
static bool gap_breaks(const sample *s, uint32_t begin, uint32_t end, bool is_forced)
{
    for (uint32_t i = begin; i < end; i++) {
        const bt_par_item *item = &s->items[i];
        if (item->kind == BT_PAR_PENALTY && item->penalty <= BT_PAR_FORCED) return true;
        if (is_forced) continue;
        if (item->kind == BT_PAR_PENALTY && item->penalty < BT_PAR_FORBIDDEN) return true;
        if (item->kind == BT_PAR_GLUE && s->items[i - 1].kind == BT_PAR_BOX) return true;
    }
    return false;
}

static void check_line(const sample *s, const bt_par_params *params, const bt_par_setting *setting, uint32_t line_i)
{
    const bt_par_line *line = &setting->lines[line_i];
    CHECK(line->begin < line->end && line->end <= s->n_items);
    CHECK(s->items[line->begin].kind == BT_PAR_BOX && s->items[line->end - 1].kind == BT_PAR_BOX);
    CHECK_INT(line->indent, -s->items[line->begin].hang_left);
    bool ends = line_i + 1 == setting->n_lines;
    uint32_t next = ends ? s->n_items : setting->lines[line_i + 1].begin;
    for (uint32_t i = line->end; i < next; i++) CHECK(s->items[i].kind != BT_PAR_BOX);
    for (uint32_t i = line->begin; i < line->end; i++)
        CHECK(s->items[i].kind != BT_PAR_PENALTY || s->items[i].penalty > BT_PAR_FORCED);
    CHECK(ends || gap_breaks(s, line->end, next, false));
    CHECK(line->is_last == (ends || gap_breaks(s, line->end, next, true)));
    uint32_t width_i = line_i < params->n_line_widths ? line_i : params->n_line_widths - 1;
    int64_t excess = set_width(s, line) - params->line_widths[width_i];
    int64_t tolerance = rounding(s, line);
    CHECK(magnitude(line->flex) <= 1000);
    CHECK(line->word_space >= 1000 - params->space_shrink);
    if (line->overfull > 0)
        CHECK(magnitude(excess - line->overfull) <= tolerance);
    else
        CHECK(excess <= line->end - line->begin); /* never wider; truncated for each item above */
    if (params->mode != BT_PAR_JUSTIFY) CHECK(line->word_space == 1000 && line->flex == 0);
    if (params->mode != BT_PAR_JUSTIFY || line->overfull || line->is_last || !has_glue(s, line)) return;
    CHECK(magnitude(excess) <= tolerance);
}

static void check_settings(const sample *s, const bt_par_params *params, const bt_par_result *result)
{
    CHECK(result->n_settings >= 1 && result->best_i < result->n_settings);
    CHECK(result->best_i <= params->n_fewer && result->n_settings - result->best_i <= params->n_more + 1);
    for (uint32_t i = 0; i < result->n_settings; i++) {
        const bt_par_setting *setting = &result->settings[i];
        CHECK_INT(setting->n_lines, result->settings[0].n_lines + i);
        CHECK(setting->demerits >= result->settings[result->best_i].demerits);
        CHECK_INT(setting->lines[0].begin, 0);
        for (uint32_t k = 0; k < setting->n_lines; k++) check_line(s, params, setting, k);
    }
}

static bool has_overfull(const bt_par_setting *setting)
{
    for (uint32_t i = 0; i < setting->n_lines; i++)
        if (setting->lines[i].overfull) return true;
    return false;
}

/* What the search gave, and that nothing reachable is missing, by the exhaustive search. */
static void check_exhaustively(const exhaustive *e, const bt_par_result *result)
{
    const bt_par_setting *best = &result->settings[result->best_i];
    for (uint32_t n = 0; n < 16; n++)
        if (e->is_reached[n]) CHECK(best->demerits <= e->least[n]);
    for (uint32_t i = 0; i < result->n_settings; i++) {
        uint32_t n = result->settings[i].n_lines;
        CHECK(n < 16 && e->is_reached[n]);
        CHECK_INT(result->settings[i].demerits, e->least[n]);
    }
    if (has_overfull(best)) return;
    uint32_t first = result->settings[0].n_lines, end = first + result->n_settings;
    if (result->best_i < e->params->n_fewer) CHECK(!e->is_reached[first - 1] || e->least[first - 1] > 500000000000);
    if (end - best->n_lines <= e->params->n_more) CHECK(!e->is_reached[end] || e->least[end] > 500000000000);
}

static void test_against_exhaustive_search(void)
{
    bt_arena arena = {0}, scratch = {0};
    random_state = 1;
    for (int round = 0; round < 6000; round++) {
        const sample *s = random_sample(1 + random_below(13));
        bt_sp widths[3];
        for (int i = 0; i < 3; i++) widths[i] = (bt_sp)(7 + random_below(20)) * LETTER;
        uint32_t n_widths = 1 + random_below(3);
        bt_par_params params = params_for((bt_par_mode)random_below(3), widths, n_widths);
        params.n_fewer = random_below(3);
        params.n_more = random_below(3);
        params.shortest_last = (bt_sp)random_below(2) * 6 * LETTER;
        bt_par_result result;
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
        check_settings(s, &params, &result);
        bt_par_table table;
        CHECK(bt_par_collect(&scratch, s->items, s->n_items, &params, &table));
        exhaustive e = {.table = &table, .params = &params};
        try_all(&e, 0, 0, 0, -1);
        check_exhaustively(&e, &result);
        bt_arena_drop(&arena);
        bt_arena_drop(&scratch);
    }
}

/* --- text like Vietnamese */

static bt_sp em_share(int64_t thousandths) { return (bt_sp)(thousandths * BT_SP_PER_PT * 95 / 10000); } /* of 9.5 pt */

static const sample *vietnamese_sample(uint32_t n_words)
{
    static const uint32_t up_to[] = {2,  22, 54, 78,
                                     92, 97, 100}; /* percent of syllables of at most 1, 2, ... letters */
    sample *s = &the_sample;
    s->n_items = 0;
    for (uint32_t i = 0; i < n_words; i++) {
        if (i) add_item(s, BT_PAR_GLUE, " ", 1)->width = em_share(260);
        uint32_t n_letters = 1, percent = random_below(100);
        while (percent >= up_to[n_letters - 1]) n_letters++;
        bt_par_item *box = add_item(s, BT_PAR_BOX, "x", 1);
        for (uint32_t k = 0; k < n_letters; k++) box->width += em_share(300 + random_below(441));
        box->flex_stretch = box->flex_shrink = em_share(20 * n_letters) + box->width / 50;
        if (!random_below(9)) box->hang_right = em_share(130);
    }
    return s;
}

static void test_share_of_loose_lines(void)
{
    bt_arena arena = {0}, scratch = {0};
    random_state = 2;
    bt_sp widths[2] = {BT_PT(237), BT_PT(249)}; /* 88 mm */
    bt_par_params params = params_for(BT_PAR_JUSTIFY, widths, 2);
    params.shortest_last = BT_PT(40);
    params.n_fewer = params.n_more = 1;
    uint32_t n_lines = 0, n_loose = 0, n_bad = 0, n_single = 0;
    for (int i = 0; i < 120; i++) {
        const sample *s = vietnamese_sample(40 + random_below(60));
        bt_par_result result;
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
        check_settings(s, &params, &result);
        const bt_par_setting *setting = &result.settings[result.best_i];
        for (uint32_t k = 0; k + 1 < setting->n_lines; k++, n_lines++) {
            n_loose += setting->lines[k].word_space > 1500;
            n_bad += setting->lines[k].word_space > 1800;
        }
        const bt_par_line *last = &setting->lines[setting->n_lines - 1];
        n_single += last->end - last->begin == 1;
    }
    printf("88 mm: %u lines, over 1.5: %u, over 1.8: %u; last lines of one word: %u\n", n_lines, n_loose, n_bad,
           n_single);
    CHECK(n_lines > 500);
    CHECK(n_loose * 100 <= n_lines * 3);
    CHECK(n_bad * 100 <= n_lines);
    CHECK_INT(n_single, 0);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

static bool same_settings(const bt_par_result *a, const bt_par_result *b)
{
    if (a->n_settings != b->n_settings || a->best_i != b->best_i) return false;
    for (uint32_t i = 0; i < a->n_settings; i++) {
        const bt_par_setting *x = &a->settings[i], *y = &b->settings[i];
        if (x->n_lines != y->n_lines || x->demerits != y->demerits) return false;
        for (uint32_t k = 0; k < x->n_lines; k++) {
            const bt_par_line *p = &x->lines[k], *q = &y->lines[k];
            if (p->begin != q->begin || p->end != q->end || p->word_space != q->word_space) return false;
            if (p->flex != q->flex || p->overfull != q->overfull || p->indent != q->indent) return false;
        }
    }
    return true;
}

static void test_long_paragraph(void)
{
    bt_arena arena = {0}, scratch = {0};
    random_state = 3;
    const sample *s = vietnamese_sample(MOST_WORDS);
    bt_sp widths[2] = {BT_PT(237), BT_PT(249)};
    for (int mode = 0; mode < 3; mode++) {
        bt_par_params params = params_for((bt_par_mode)mode, widths, 2);
        params.n_fewer = params.n_more = 2;
        bt_par_result first, second;
        bt_arena_mark mark = bt_arena_set_mark(&scratch);
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &first), BT_OK);
        CHECK(scratch.top == mark.block && (!scratch.top || bt_arena_set_mark(&scratch).used == mark.used));
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &second), BT_OK);
        CHECK(same_settings(&first, &second));
        check_settings(s, &params, &first);
        CHECK_INT(first.n_settings, mode == BT_PAR_JUSTIFY ? 5 : first.n_settings);
    }
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

/* Every count that is asked for comes, each in balance. */
static void test_variants(void)
{
    bt_arena arena = {0}, scratch = {0};
    const sample *s = read_sample("aaaa bbbb cccc dddd eeee ffff");
    bt_sp measure = 29 * LETTER;
    bt_par_params params = params_for(BT_PAR_BALANCE, &measure, 1);
    params.n_fewer = params.n_more = 2;
    bt_par_result result;
    CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
    CHECK_INT(result.n_settings, 3);
    CHECK_INT(result.best_i, 0);
    CHECK_STR(setting_text(&arena, s, &result.settings[0]), "aaaa bbbb cccc dddd eeee ffff");
    CHECK_STR(setting_text(&arena, s, &result.settings[1]), "aaaa bbbb cccc|dddd eeee ffff");
    CHECK_STR(setting_text(&arena, s, &result.settings[2]), "aaaa bbbb|cccc dddd|eeee ffff");
    params.n_more = UINT32_MAX;
    params.n_fewer = UINT32_MAX;
    CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
    CHECK_INT(result.n_settings, 6);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

/* --- no memory, and input that no caller should give */

typedef struct failing {
    int left; /* allocations that succeed */
} failing;

static void *resize_or_fail(void *user, void *block, size_t old_size, size_t new_size)
{
    failing *f = user;
    if (new_size && f->left-- <= 0) return NULL;
    return bt_alloc_system()->resize(NULL, block, old_size, new_size);
}

static void test_no_memory(void)
{
    random_state = 4;
    const sample *s = vietnamese_sample(6000);
    bt_sp measure = BT_PT(249);
    bt_par_params params = params_for(BT_PAR_JUSTIFY, &measure, 1);
    params.n_fewer = params.n_more = 1;
    int n = 0;
    for (bool done = false; !done && n < 1000; n++) {
        failing f = {.left = n};
        bt_allocator allocator = {resize_or_fail, &f};
        bt_arena arena = bt_arena_over(&allocator), scratch = bt_arena_over(&allocator);
        bt_par_result result = {.n_settings = 9};
        bt_status status = bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result);
        done = status == BT_OK;
        CHECK(done ? result.n_settings > 0 : status == BT_NOMEM && result.n_settings == 0);
        bt_arena_drop(&arena);
        bt_arena_drop(&scratch);
    }
    CHECK(n > 4 && n < 1000);
}

static const bt_sp extremes[] = {INT32_MIN, -LETTER, -1, 0, 1, LETTER, INT32_MAX};

static bt_sp random_extreme(void) { return extremes[random_below(sizeof extremes / sizeof *extremes)]; }

static void test_hostile_items(void)
{
    bt_arena arena = {0}, scratch = {0};
    random_state = 5;
    for (int round = 0; round < 2000; round++) {
        sample *s = &the_sample;
        s->n_items = random_below(40);
        for (uint32_t i = 0; i < s->n_items; i++) {
            bt_par_item *item = &s->items[i];
            item->kind = (bt_par_kind)random_below(3);
            item->width = random_extreme();
            item->flex_stretch = random_extreme();
            item->flex_shrink = random_extreme();
            item->hang_left = random_extreme();
            item->hang_right = random_extreme();
            item->penalty = random_extreme();
        }
        bt_sp widths[2];
        for (int i = 0; i < 2; i++) widths[i] = random_extreme();
        bt_par_params params = params_for((bt_par_mode)random_below(3), widths, 2);
        params.space_good = random_extreme();
        params.space_shrink = random_extreme();
        params.shortest_last = random_extreme();
        params.n_more = random_below(3);
        bt_par_result result;
        CHECK_INT(bt_par_break(&arena, &scratch, s->items, s->n_items, &params, &result), BT_OK);
        uint32_t n_boxes = 0;
        for (uint32_t i = 0; i < s->n_items; i++) n_boxes += s->items[i].kind == BT_PAR_BOX;
        CHECK((result.n_settings > 0) == (n_boxes > 0));
        for (uint32_t i = 0; i < result.n_settings; i++)
            CHECK(result.settings[i].n_lines > 0 && result.settings[i].n_lines <= n_boxes);
        bt_arena_drop(&arena);
    }
    bt_arena_drop(&scratch);
}

int main(void)
{
    test_known_answers();
    test_word_spaces();
    test_cost_of_word_spaces();
    test_last_line();
    test_hang_and_indent();
    test_forced_and_overfull();
    test_nothing_to_break();
    test_variants();
    test_against_exhaustive_search();
    test_share_of_loose_lines();
    test_long_paragraph();
    test_no_memory();
    test_hostile_items();
    return check_report();
}
