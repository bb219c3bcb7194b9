/* fuzz_words.c - glyphs anywhere on a page made into words and lines, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_words
 *     mkdir -p /tmp/words && build/fuzz/tests/fuzz_words -max_len=4096 -timeout=10 /tmp/words tests/fuzz/seeds/words
 *
 * Each glyph is six bytes: what it reads, where it stands (two and one), how large, and how it is turned. What must
 * hold: runs are parts of words and words of lines, each of one only, and lines go down the page; and the same glyphs
 * painted in the opposite order make the same words.
 */
#include "check/seen/seen_int.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { GLYPH_BYTES = 6, MOST_GLYPHS = 600 };

static void demand(bool holds)
{
    if (!holds) abort();
}

/* Letters mostly; spaces, a ligature, a wide letter; nothing, and what is not known. Marks are left out: a mark belongs
 * to what was painted before it. */
static bt_str text_of(uint8_t byte)
{
    static const char *const others[] = {" ", " ", "", "fi", "\xE4\xB8\xAD", "\xEF\xBF\xBD", "-", "."};
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    if (byte < sizeof others / sizeof *others) return bt_str_of(others[byte]);
    return (bt_str){letters + byte % (sizeof letters - 1), 1};
}

static seen_glyph glyph_of(const uint8_t *b, const seen_face *face, const seen_paint *paint)
{
    seen_glyph g = {.text = text_of(b[0]), .face = face, .paint = paint};
    g.x = (double)(b[1] | b[2] << 8) / 64;
    g.y = (double)b[3] * 1.3;
    g.size = 2 + (double)(b[4] >> 3);
    double turn = b[5] < 224 ? 0 : (b[5] - 224) * 0.2, width = 0.25 * g.size * (b[4] & 3);
    g.ux = cos(turn);
    g.uy = sin(turn);
    g.dx = width * g.ux;
    g.dy = width * g.uy;
    g.is_hidden = b[5] >= 192 && b[5] < 224;
    return g;
}

static void check_page(const seen_page *page)
{
    uint32_t n_words = 0, n_runs = 0;
    for (uint32_t i = 0; i < page->lines.n; i++) {
        const seen_line *line = &page->lines.v[i];
        demand(line->word_begin == n_words && line->word_end > n_words && line->face && line->size > 0);
        n_words = line->word_end;
    }
    demand(n_words == page->words.n);
    for (uint32_t i = 0; i < page->words.n; i++) {
        const seen_word *word = &page->words.v[i];
        size_t length = 0;
        demand(word->run_begin == n_runs && word->run_end > n_runs && word->x0 <= word->x1 && word->text.len);
        for (uint32_t k = word->run_begin; k < word->run_end; k++) length += page->runs.v[k].text.len;
        demand(length == word->text.len && word->line_i < page->lines.n);
        demand(word->box.x0 <= word->box.x1 && word->box.y0 <= word->box.y1);
        n_runs = word->run_end;
    }
    demand(n_runs == page->runs.n);
}

static void check_same(const seen_page *a, const seen_page *b)
{
    demand(a->words.n == b->words.n && a->lines.n == b->lines.n);
    for (uint32_t i = 0; i < a->words.n; i++) {
        const seen_word *one = &a->words.v[i], *other = &b->words.v[i];
        demand(bt_str_equal(one->text, other->text) && one->line_i == other->line_i);
        demand(fabs(one->x0 - other->x0) < 1e-9 && fabs(one->x1 - other->x1) < 1e-9);
        demand(fabs(one->baseline - other->baseline) < 1e-9);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const seen_face face = {.ascent = 0.75, .descent = -0.25};
    static const seen_paint paint = {0};
    bt_arena arena = {0};
    seen_file files[2] = {0};
    seen_page pages[2] = {0};
    const size_t n = size / GLYPH_BYTES < MOST_GLYPHS ? size / GLYPH_BYTES : MOST_GLYPHS;
    for (int way = 0; way < 2; way++) {
        seen_reader r = {.file = &files[way], .page = &pages[way], .arena = &arena, .scratch = &arena};
        for (size_t i = 0; i < n; i++) {
            seen_glyph *g = BT_PUSH(&arena, &r.glyphs);
            demand(g != NULL);
            *g = glyph_of(bytes + GLYPH_BYTES * (way ? n - 1 - i : i), &face, &paint);
            g->order = (uint32_t)i;
        }
        seen_make_words(&r);
        check_page(&pages[way]);
    }
    check_same(&pages[0], &pages[1]);
    bt_arena_drop(&arena);
    return 0;
}
