/* side.c - a file's pages for the comparison: words in order of reading, and what is masked.
 *
 * Lines that stand below one another make a block. Blocks are put in order of reading by the rules of T. M. Breuel,
 * "High performance document layout analysis" (2003): one stands before another when it is above it and they share
 * some width; or when it lies wholly to its left, unless a block between them in height reaches over both. The order
 * need not be what a reader would choose, only the same for the same page.
 */
#include "check/match/match_int.h"

#include <locale.h>
#include <math.h>
#include <regex.h>
#include <stdlib.h>

enum { MOST_ORDERED = 100, MOST_OPEN = 64 };

typedef struct block {
    seen_box box;
    double baseline, size; /* of its last line */
    uint32_t n_before;     /* blocks not yet taken that stand before it */
    bool is_taken;
} block;

typedef struct page_blocks {
    bt_arena *arena;
    const seen_page *page;
    BT_ARRAY(block) blocks;
    uint32_t *of_lines;
    uint32_t *places; /* of each block, in order of reading */
} page_blocks;

static double shared(double a0, double a1, double b0, double b1) { return fmin(a1, b1) - fmax(a0, b0); }

/* Whether a line goes on with a block: it follows at a line's distance, in type of about the same size. */
static bool goes_on(const block *b, const seen_line *line)
{
    const double most_leading = 1.9, least_leading = 0.3, most_ratio = 1.25, least_shared = 0.3;
    double down = line->baseline - b->baseline, size = fmax(b->size, line->size);
    if (down < least_leading * size || down > most_leading * size) return false;
    if (size > most_ratio * fmin(b->size, line->size)) return false;
    double narrower = fmin(seen_width(&line->box), seen_width(&b->box));
    return shared(line->box.x0, line->box.x1, b->box.x0, b->box.x1) > least_shared * narrower;
}

static void make_blocks(page_blocks *p)
{
    for (uint32_t i = 0; i < p->page->lines.n; i++) {
        const seen_line *line = &p->page->lines.v[i];
        uint32_t first = p->blocks.n > MOST_OPEN ? p->blocks.n - MOST_OPEN : 0, best = MATCH_NONE;
        for (uint32_t k = first; k < p->blocks.n; k++) {
            const block *b = &p->blocks.v[k];
            if (goes_on(b, line) && (best == MATCH_NONE || b->baseline > p->blocks.v[best].baseline)) best = k;
        }
        block *b = best == MATCH_NONE ? BT_PUSH(p->arena, &p->blocks) : &p->blocks.v[best];
        if (!b) return;
        b->box = best == MATCH_NONE ? line->box : seen_joined(&b->box, &line->box);
        b->baseline = line->baseline;
        b->size = line->size;
        p->of_lines[i] = best == MATCH_NONE ? p->blocks.n - 1 : best;
    }
}

static bool reaches_over(const block *c, const block *a, const block *b)
{
    double y = (c->box.y0 + c->box.y1) / 2, top = fmin(a->box.y0, b->box.y0), foot = fmax(a->box.y1, b->box.y1);
    if (y < top || y > foot) return false;
    return shared(c->box.x0, c->box.x1, a->box.x0, a->box.x1) > 0 &&
           shared(c->box.x0, c->box.x1, b->box.x0, b->box.x1) > 0;
}

static bool stands_before(const page_blocks *p, const block *a, const block *b)
{
    if (shared(a->box.x0, a->box.x1, b->box.x0, b->box.x1) > 0) return a->box.y0 < b->box.y0;
    if (a->box.x1 > b->box.x0) return false;
    for (uint32_t i = 0; i < p->blocks.n; i++) {
        const block *c = &p->blocks.v[i];
        if (c != a && c != b && reaches_over(c, a, b)) return a->box.y1 <= b->box.y0;
    }
    return true;
}

static bool is_higher(const block *a, const block *b)
{
    return a->box.y0 < b->box.y0 || (a->box.y0 == b->box.y0 && a->box.x0 < b->box.x0);
}

/* The next block: the highest of those that have none before them; of all, where they go in a circle. */
static uint32_t next_block(const page_blocks *p)
{
    uint32_t best = MATCH_NONE, fallback = MATCH_NONE;
    for (uint32_t i = 0; i < p->blocks.n; i++) {
        const block *b = &p->blocks.v[i];
        if (b->is_taken) continue;
        if (fallback == MATCH_NONE || is_higher(b, &p->blocks.v[fallback])) fallback = i;
        if (!b->n_before && (best == MATCH_NONE || is_higher(b, &p->blocks.v[best]))) best = i;
    }
    return best == MATCH_NONE ? fallback : best;
}

static void order_blocks(page_blocks *p)
{
    uint32_t n = p->blocks.n;
    p->places = BT_NEW_ARRAY(p->arena, n, uint32_t);
    bool *before = n <= MOST_ORDERED ? BT_NEW_ARRAY(p->arena, (size_t)n * n, bool) : NULL;
    if (!p->places) return;
    for (uint32_t i = 0; i < n; i++) p->places[i] = i; /* from the top: as their first lines stand */
    if (!before) return;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n; b++) {
            before[a * n + b] = a != b && stands_before(p, &p->blocks.v[a], &p->blocks.v[b]);
            p->blocks.v[b].n_before += before[a * n + b];
        }
    for (uint32_t place = 0; place < n; place++) {
        uint32_t a = next_block(p);
        p->blocks.v[a].is_taken = true;
        p->places[a] = place;
        for (uint32_t b = 0; b < n; b++) p->blocks.v[b].n_before -= before[a * n + b] && p->blocks.v[b].n_before;
    }
}

/* --- words --- */

static int compare_words(const void *a, const void *b)
{
    const match_word *x = a, *y = b;
    if (x->block != y->block) return x->block < y->block ? -1 : 1;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word); /* of one array: in its order */
}

static void read_words(const matcher *m, const page_blocks *p, match_page *out)
{
    out->words = BT_NEW_ARRAY(m->arena, p->page->words.n, match_word);
    for (uint32_t i = 0; out->words && i < p->page->words.n; i++) {
        const seen_word *word = &p->page->words.v[i];
        if (word->is_hidden || word->line_i >= p->page->lines.n) continue;
        out->words[out->n_words++] = (match_word){
            .word = word,
            .hash = bt_str_hash(word->text),
            .width = word->x1 - word->x0,
            .letters = (uint32_t)bt_utf8_count(word->text),
            .line = word->line_i,
            .block = p->places[p->of_lines[word->line_i]],
            .mate = MATCH_NONE,
            .mate_page = MATCH_NONE,
            .is_masked = match_is_masked(m, out, &word->box),
        };
    }
    if (out->n_words) qsort(out->words, out->n_words, sizeof *out->words, compare_words);
}

/* --- patterns --- */

/* Masks the words of a line that a pattern matches whole: its leftmost longest match from the beginning of a word must
 * end with one. */
static void mask_line(bt_arena *arena, const regex_t *pattern, match_word *words, uint32_t n)
{
    bt_buf text = bt_buf_in(arena);
    size_t *begins = BT_NEW_ARRAY(arena, n, size_t);
    for (uint32_t i = 0; begins && i < n; i++) {
        if (i) bt_buf_add_char(&text, ' ');
        begins[i] = text.bytes.n;
        bt_buf_add(&text, words[i].word->text);
    }
    bt_buf_add_char(&text, '\0');
    if (arena->failed) return;
    regmatch_t found;
    if (regexec(pattern, text.bytes.v, 1, &found, 0) != 0) return;
    for (uint32_t i = 0; i < n; i++) {
        if (regexec(pattern, text.bytes.v + begins[i], 1, &found, 0) != 0) return;
        if (found.rm_so != 0) continue;
        size_t end = begins[i] + (size_t)found.rm_eo;
        for (uint32_t k = i; k < n; k++) {
            if (begins[k] + words[k].word->text.len != end) continue;
            for (uint32_t w = i; w <= k; w++) words[w].is_masked = true;
            i = k;
            break;
        }
    }
}

static void mask_page(matcher *m, const regex_t *pattern, match_page *page)
{
    for (uint32_t begin = 0, end; begin < page->n_words; begin = end) {
        for (end = begin; end < page->n_words && page->words[end].line == page->words[begin].line;) end++;
        bt_arena_mark mark = bt_arena_set_mark(m->arena);
        mask_line(m->arena, pattern, page->words + begin, end - begin);
        bt_arena_rewind(m->arena, mark);
    }
}

/* In the locale C.UTF-8, which every system has: '.' is a letter, not a byte, and nothing depends on the user's. */
static void mask_patterns(matcher *m, match_side *side)
{
    const mask *given = &m->options->mask;
    locale_t utf8 = given->patterns.n ? newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0) : (locale_t)0;
    locale_t usual = utf8 ? uselocale(utf8) : (locale_t)0;
    for (uint32_t i = 0; i < given->patterns.n; i++) {
        regex_t pattern;
        if (regcomp(&pattern, bt_str_z(m->arena, given->patterns.v[i]), REG_EXTENDED) != 0) continue;
        for (uint32_t p = 0; p < side->n_pages; p++) mask_page(m, &pattern, &side->pages[p]);
        regfree(&pattern);
    }
    if (usual) uselocale(usual);
    if (utf8) freelocale(utf8);
}

/* --- the side --- */

static bool is_within(const check_options *o, uint32_t number)
{
    return !o->first_page || (number >= o->first_page && number <= o->last_page);
}

bool match_read_side(matcher *m, const seen_file *file, match_side *side)
{
    static const seen_matrix same = {1, 0, 0, 1, 0, 0};
    *side = (match_side){.file = file, .n_pages = file->pages.n};
    side->pages = BT_NEW_ARRAY(m->arena, side->n_pages, match_page);
    for (uint32_t i = 0; side->pages && i < side->n_pages; i++) {
        match_page *page = &side->pages[i];
        *page = (match_page){.page = &file->pages.v[i], .number = i + 1, .to_sample = same, .mate = MATCH_NONE};
        page->is_in = is_within(m->options, i + 1);
        if (!page->is_in) continue;
        page_blocks p = {.arena = m->arena, .page = page->page};
        p.of_lines = BT_NEW_ARRAY(m->arena, p.page->lines.n, uint32_t);
        if (!p.of_lines) break;
        make_blocks(&p);
        order_blocks(&p);
        if (m->arena->failed) break;
        read_words(m, &p, page);
    }
    if (!m->arena->failed) mask_patterns(m, side);
    return !m->arena->failed;
}

/* --- the frame --- */

static void lay(const seen_matrix *t, double x, double y, double *to_x, double *to_y)
{
    *to_x = t->a * x + t->c * y + t->e;
    *to_y = t->b * x + t->d * y + t->f;
}

seen_box match_in_frame(const match_page *ours, const seen_box *box)
{
    double x0, y0, x1, y1;
    lay(&ours->to_sample, box->x0, box->y0, &x0, &y0);
    lay(&ours->to_sample, box->x1, box->y1, &x1, &y1);
    return (seen_box){fmin(x0, x1), fmin(y0, y1), fmax(x0, x1), fmax(y0, y1)};
}

/* Level words by where they begin on their baseline; others, and all where a page is turned, by their middle. */
static void lay_words(match_page *page, bool by_middle)
{
    const double level = 0.5; /* degrees */
    for (uint32_t i = 0; i < page->n_words; i++) {
        match_word *w = &page->words[i];
        const seen_word *seen = w->word;
        bool is_level = !by_middle && fabs(seen->angle) < level;
        double x = is_level ? seen->x0 : (seen->box.x0 + seen->box.x1) / 2;
        double y = is_level ? seen->baseline : (seen->box.y0 + seen->box.y1) / 2;
        lay(&page->to_sample, x, y, &w->x, &w->y);
    }
}

void match_lay_words(match_page *ours, match_page *sample)
{
    bool is_turned = ours->page->rotation != sample->page->rotation;
    lay_words(ours, is_turned);
    lay_words(sample, is_turned);
}
