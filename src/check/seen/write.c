/* write.c - lines, words and runs as seen.h has them. */
#include "check/seen/font_int.h"
#include "check/seen/words_int.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define SAME_HEIGHT 0.5 /* [pt] by which the baselines of lines of one height differ, one from the next */
#define SAME_SIZE 0.001 /* times: of a run */

enum { MOST_SETTINGS = 8 };

/* A line with what it is sorted by. */
typedef struct entry {
    const seen_strip *strip;
    double x, y; /* where its first letter stands */
    uint32_t height_i;
} entry;

/* Faces and sizes of a line, by the number of letters. */
typedef struct settings {
    struct {
        const seen_face *face;
        double size, baseline;
        uint32_t n;
    } v[MOST_SETTINGS];
    uint32_t n;
} settings;

/* --- runs --- */

static bool are_same_paint(const seen_paint *a, const seen_paint *b)
{
    if (a == b) return true;
    bool has_same = !a->fill == !b->fill && !a->stroke == !b->stroke;
    return has_same && (!a->fill || seen_color_equal(a->fill, b->fill, 0)) &&
           (!a->stroke || seen_color_equal(a->stroke, b->stroke, 0)) && a->line_width == b->line_width &&
           a->overprints_fill == b->overprints_fill && a->overprints_stroke == b->overprints_stroke &&
           a->overprint_mode == b->overprint_mode && a->is_transparent == b->is_transparent &&
           a->fill_alpha == b->fill_alpha && a->stroke_alpha == b->stroke_alpha && bt_str_equal(a->blend, b->blend);
}

static bool goes_on(const seen_run *run, const seen_glyph *g)
{
    if (seen_begins_with_mark(g->text)) return true; /* part of its letter */
    return run->face == g->face && fabs(run->size - g->size) <= SAME_SIZE * run->size && run->render_mode == g->mode &&
           are_same_paint(run->paint, g->paint);
}

static seen_run *begin_run(seen_maker *m, const seen_spot *spot, const seen_glyph *g)
{
    seen_run *run = BT_PUSH(m->r->arena, &m->r->page->runs);
    if (!run) return NULL;
    *run = (seen_run){.text = BT_STR(""),
                      .x0 = spot->u0,
                      .x1 = spot->u1,
                      .size = g->size,
                      .face = g->face,
                      .paint = g->paint,
                      .render_mode = g->mode};
    return run;
}

/* Runs of the word, their texts as long as they will be; all: the texts of the glyphs. */
static bool write_runs(seen_maker *m, const seen_piece *piece, bt_buf *all)
{
    seen_run *run = NULL;
    for (uint32_t i = piece->first; i != SEEN_NO_SPOT; i = m->spots.v[i].next) {
        const seen_spot *spot = &m->spots.v[i];
        for (uint32_t k = 0; k < spot->n_glyphs; k++) {
            const seen_glyph *g = &m->r->glyphs.v[spot->glyph_i + k];
            if (!run || !goes_on(run, g)) run = begin_run(m, spot, g);
            if (!run) return false;
            run->x1 = fmax(run->x1, spot->u1);
            run->text.len += g->text.len;
            bt_buf_add(all, g->text);
        }
    }
    return !m->r->arena->failed;
}

/* Marks that were shown apart from their letters are composed with them. */
static void write_texts(seen_maker *m, seen_word *word, bt_str all)
{
    seen_page *page = m->r->page;
    word->text = seen_normal_text(m->r->arena, all);
    for (uint32_t i = word->run_begin, n = word->run_end - i; i < word->run_end; i++) {
        seen_run *run = &page->runs.v[i];
        bt_str text = bt_str_slice(all, 0, run->text.len);
        all = bt_str_slice(all, run->text.len, all.len);
        run->text = n == 1 ? word->text : seen_normal_text(m->r->arena, text);
    }
}

/* --- words --- */

static void grow(seen_box *box, double x, double y)
{
    *box = (seen_box){fmin(box->x0, x), fmin(box->y0, y), fmax(box->x1, x), fmax(box->y1, y)};
}

/* From the ascent to the descent of each of its glyphs' faces. */
static seen_box box_of(const seen_maker *m, const seen_piece *piece, double along_x, double along_y)
{
    seen_box box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (uint32_t i = piece->first; i != SEEN_NO_SPOT; i = m->spots.v[i].next) {
        const seen_spot *spot = &m->spots.v[i];
        const seen_face *face = m->r->glyphs.v[spot->glyph_i].face;
        const double top = spot->v - face->ascent * spot->size, foot = spot->v - face->descent * spot->size;
        for (int corner = 0; corner < 4; corner++) {
            const double u = corner & 1 ? spot->u1 : spot->u0, v = corner & 2 ? foot : top;
            grow(&box, u * along_x - v * along_y, u * along_y + v * along_x);
        }
    }
    return box;
}

static void note_mark(const seen_maker *m, const seen_piece *piece, seen_word *word)
{
    const seen_glyph *first = NULL;
    for (uint32_t i = piece->first; i != SEEN_NO_SPOT; i = m->spots.v[i].next) {
        const seen_glyph *g = &m->r->glyphs.v[m->spots.v[i].glyph_i];
        if (!first || g->order < first->order) first = g;
    }
    if (!first) return;
    word->order = first->order;
    if (first->mark) word->mark = *first->mark;
    if (!first->mark) word->mark.mcid = -1;
}

static bool write_word(seen_maker *m, const seen_piece *piece, uint32_t line_i)
{
    enum { USUAL_BYTES = 2 };
    seen_page *page = m->r->page;
    seen_word *word = BT_PUSH(m->r->arena, &page->words);
    if (!word) return false;
    const seen_spot *head = &m->spots.v[piece->first];
    const seen_glyph *g = &m->r->glyphs.v[head->glyph_i];
    double along_x = 1, along_y = 0;
    seen_way_of_kind(head->kind, &along_x, &along_y);
    *word = (seen_word){.x0 = piece->u0,
                        .x1 = piece->u1,
                        .baseline = g->y,
                        .angle = seen_angle_of_kind(head->kind),
                        .run_begin = page->runs.n,
                        .line_i = line_i,
                        .is_hidden = g->is_hidden,
                        .box = box_of(m, piece, along_x, along_y)};
    note_mark(m, piece, word);
    bt_buf all = bt_buf_in(m->r->arena);
    if (!bt_buf_room(&all, (size_t)piece->n_spots * USUAL_BYTES) || !write_runs(m, piece, &all)) return false;
    word->run_end = page->runs.n;
    write_texts(m, word, bt_buf_str(&all));
    return true;
}

/* --- lines --- */

static void count_setting(settings *all, const seen_run *run, double baseline)
{
    const uint32_t n = (uint32_t)bt_utf8_count(run->text);
    uint32_t i = 0;
    while (i < all->n && (all->v[i].face != run->face || fabs(all->v[i].size - run->size) > SAME_SIZE * run->size)) i++;
    if (i == MOST_SETTINGS) return;
    if (i == all->n) {
        all->v[i].face = run->face;
        all->v[i].size = run->size;
        all->v[i].baseline = baseline;
        all->n++;
    }
    all->v[i].n += n;
}

static bool ends_in_hyphen(bt_str text)
{
    const bt_str hyphens[] = {BT_STR("-"), BT_STR("\xE2\x80\x90")};
    for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++)
        if (bt_str_ends(text, hyphens[i]) && text.len > hyphens[i].len) return true;
    return false;
}

static bool write_line(seen_maker *m, const seen_strip *strip)
{
    seen_page *page = m->r->page;
    const uint32_t line_i = page->lines.n, word_begin = page->words.n;
    seen_line *line = BT_PUSH(m->r->arena, &page->lines);
    if (!line) return false;
    settings all = {0};
    for (uint32_t i = 0; i < strip->pieces.n; i++) {
        if (!write_word(m, strip->pieces.v[i], line_i)) return false;
        const seen_word *word = &page->words.v[page->words.n - 1];
        line->box = i ? seen_joined(&line->box, &word->box) : word->box;
        for (uint32_t k = word->run_begin; k < word->run_end; k++)
            count_setting(&all, &page->runs.v[k], word->baseline);
    }
    line->word_begin = word_begin;
    line->word_end = page->words.n;
    page->words.v[page->words.n - 1].ends_in_hyphen = ends_in_hyphen(page->words.v[page->words.n - 1].text);
    uint32_t most = 0;
    for (uint32_t i = 1; i < all.n; i++)
        if (all.v[i].n > all.v[most].n) most = i;
    line->face = all.v[most].face;
    line->size = all.v[most].size;
    line->baseline = all.v[most].baseline;
    return true;
}

static int compare_by_y(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    return (one->y > other->y) - (one->y < other->y);
}

static int compare_entries(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    if (one->height_i != other->height_i) return one->height_i < other->height_i ? -1 : 1;
    if (one->x < other->x || one->x > other->x) return one->x < other->x ? -1 : 1;
    if (one->strip->row->kind != other->strip->row->kind)
        return one->strip->row->kind < other->strip->row->kind ? -1 : 1;
    return (one->strip > other->strip) - (one->strip < other->strip); /* both of one array */
}

/* From the top of the page downwards; lines of one height from left to right, though their baselines be rounded
 * differently. */
static void sort_lines(entry *entries, uint32_t n)
{
    qsort(entries, n, sizeof *entries, compare_by_y);
    for (uint32_t i = 1; i < n; i++)
        entries[i].height_i = entries[i - 1].height_i + (entries[i].y - entries[i - 1].y > SAME_HEIGHT);
    qsort(entries, n, sizeof *entries, compare_entries);
}

static bool is_listed(const seen_file *file, const seen_face *face)
{
    assert(file->faces.v || !file->faces.n);
    for (uint32_t i = 0; i < file->faces.n; i++)
        if (file->faces.v[i] == face) return true;
    return false;
}

static void list_faces(seen_reader *r)
{
    const seen_face *last = NULL;
    for (uint32_t i = 0; i < r->page->runs.n; i++) {
        const seen_face *face = r->page->runs.v[i].face;
        const seen_face **room = face == last || is_listed(r->file, face) ? NULL : BT_PUSH(r->arena, &r->file->faces);
        if (room) *room = face;
        last = face;
    }
}

bool seen_write_words(seen_maker *m)
{
    const uint32_t n = m->strips.n;
    uint32_t n_words = 0;
    entry *entries = BT_NEW_ARRAY(m->arena, n, entry);
    if (!entries) return false;
    for (uint32_t i = 0; i < n; i++) {
        assert(m->strips.v[i].pieces.v); /* each was begun for a piece */
        const seen_spot *head = &m->spots.v[m->strips.v[i].pieces.v[0]->first];
        const seen_glyph *g = &m->r->glyphs.v[head->glyph_i];
        entries[i] = (entry){.strip = &m->strips.v[i], .x = g->x, .y = g->y};
        n_words += m->strips.v[i].pieces.n;
    }
    sort_lines(entries, n);
    seen_page *page = m->r->page;
    bool has_room = bt_array_reserve(m->r->arena, (void *)&page->lines.v, &page->lines.capacity, page->lines.n, n,
                                     sizeof *page->lines.v) &&
                    bt_array_reserve(m->r->arena, (void *)&page->words.v, &page->words.capacity, page->words.n, n_words,
                                     sizeof *page->words.v) &&
                    bt_array_reserve(m->r->arena, (void *)&page->runs.v, &page->runs.capacity, page->runs.n, n_words,
                                     sizeof *page->runs.v);
    for (uint32_t i = 0; has_room && i < n; i++) has_room = write_line(m, entries[i].strip);
    list_faces(m->r);
    return has_room;
}
