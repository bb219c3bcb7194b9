/* shape.c - bt_text_shape: normalise, find breaks, choose faces, shape, report. */
#include "text/text_int.h"

#include "base/limits.h"

#include <string.h>

typedef struct shaper {
    bt_arena *arena; /* scratch */
    bt_diags *diags;
    const bt_place *at;
    bt_str text;
    BT_ARRAY(bt_glyph) glyphs;
    BT_ARRAY(bt_glyph_run) runs; /* their glyphs are set at the end, when the array stands still */
    bt_char_list missing;
    uint32_t n_missing;
    const bt_text_span *missing_span; /* the first with a character that no face of it has */
} shaper;

/* --- runs and glyphs --- */

/* The run that text from `begin` goes to: the last one, or a new one where face or span changes. */
static bt_glyph_run *run_for(shaper *s, const bt_face *face, uint32_t span_i, uint32_t begin)
{
    bt_glyph_run *last = s->runs.n ? &s->runs.v[s->runs.n - 1] : NULL;
    if (last && last->face == face && last->span_i == span_i && last->end == begin) return last;
    bt_glyph_run *run = BT_PUSH(s->arena, &s->runs);
    if (run) *run = (bt_glyph_run){.face = face, .span_i = span_i, .begin = begin, .end = begin};
    return run;
}

/* Adds glyphs whose clusters count from `begin`. */
static void add_glyphs(shaper *s, const bt_face *face, uint32_t span_i, bt_range range, const bt_glyph *glyphs,
                       uint32_t n)
{
    bt_glyph_run *run = run_for(s, face, span_i, range.begin);
    bt_glyph *room = run ? BT_PUSH_N(s->arena, &s->glyphs, n) : NULL;
    if (!room) return;
    for (uint32_t i = 0; i < n; i++) {
        room[i] = glyphs[i];
        room[i].cluster += range.begin;
    }
    run->n_glyphs += n;
    run->end = range.end;
}

static bt_status add_space(shaper *s, const bt_text_span *span, uint32_t span_i, bt_range range, uint32_t codepoint)
{
    const bt_face *face;
    bt_glyph glyph;
    bt_status status = bt_chain_space(span->chain, codepoint, &face, &glyph);
    if (status == BT_OK && face) add_glyphs(s, face, span_i, range, &glyph, 1);
    return status;
}

/* --- what no face draws --- */

static void add_sign(shaper *s, const bt_text_span *span, uint32_t span_i, bt_range range)
{
    bt_str cluster = bt_str_slice(s->text, range.begin, range.end);
    for (size_t at = 0; at < cluster.len;) {
        uint32_t c;
        at += bt_utf8_decode(cluster, at, &c);
        bool is_there = false;
        for (uint32_t i = 0; i < span->chain->n && !is_there; i++) is_there = bt_face_draws(span->chain->faces[i], c);
        if (!is_there || cluster.len == at) bt_char_list_add(&s->missing, c);
        if (!is_there) break;
    }
    if (!s->n_missing++) s->missing_span = span;
    const bt_face *face;
    uint16_t glyph_id;
    if (!bt_chain_sign(span->chain, &face, &glyph_id)) return;
    bt_glyph sign = {.id = glyph_id, .advance = bt_face_advance(face, glyph_id)};
    add_glyphs(s, face, span_i, range, &sign, 1);
}

/* A face that sets Vietnamese must draw all of it: a letter from another face in the midst of a word is an error of the
 * design. Said once a job for each face, with all its letters. */
static void report_letters(shaper *s, const bt_face *own, const bt_face *other, bt_str cluster)
{
    uint32_t c;
    bt_utf8_decode(cluster, 0, &c);
    if (bt_vietnamese_find(c) < 0) return;
    s->diags->n_calls++; /* a text that has such letters counts as told, whichever was first */
    if (own->engine->has_told_letters) return;
    own->engine->has_told_letters = true;
    bt_arena words = bt_arena_over(s->arena->allocator);
    bt_buf letters = bt_buf_in(&words);
    const uint32_t *all = bt_vietnamese_letters();
    for (int i = 0; i < BT_N_VIETNAMESE; i++) {
        if (!bt_face_draws(own, all[i])) bt_buf_add_codepoint(&letters, all[i]);
    }
    bt_str stand_in = other ? bt_face_name(&words, other) : BT_SAY(s->diags, "a sign");
    bt_diag(s->diags, BT_E_FONT_LETTERS, s->at, BT_ARGS(bt_face_name(&words, own), bt_buf_str(&letters), stand_in));
    bt_arena_drop(&words);
}

static void report_missing(shaper *s)
{
    bt_buf characters = bt_buf_in(s->arena), faces = bt_buf_in(s->arena);
    for (uint32_t i = 0; i < s->missing.n; i++) {
        bt_buf_format(&characters, "%sU+%04X (", i ? ", " : "", (unsigned)s->missing.v[i]);
        bt_buf_add_codepoint(&characters, s->missing.v[i]);
        bt_buf_add_char(&characters, ')');
    }
    if (s->missing.is_cut) bt_buf_add_z(&characters, " ...");
    for (uint32_t i = 0; i < s->missing_span->chain->n; i++) {
        if (i) bt_buf_add_z(&faces, ", ");
        bt_buf_add(&faces, bt_face_name(s->arena, s->missing_span->chain->faces[i]));
    }
    bt_diag(s->diags, BT_W_NO_GLYPH, s->at, BT_ARGS(bt_buf_str(&characters), bt_buf_str(&faces)));
}

/* --- words --- */

static bt_status add_piece(shaper *s, const bt_face *face, const bt_text_span *span, uint32_t span_i, bt_range range)
{
    if (!face) {
        add_sign(s, span, span_i, range);
        return BT_OK;
    }
    const bt_glyph *glyphs;
    uint32_t n;
    bt_str piece = bt_str_slice(s->text, range.begin, range.end);
    bt_status status = bt_word_shape(s->arena, face, span->is_tabular, piece, &glyphs, &n);
    if (status == BT_OK) add_glyphs(s, face, span_i, range, glyphs, n);
    return status;
}

/* Some steps of shaping take the square of the length: what has no space for so long is no word. */
enum { LONGEST_PIECE = 2048 };

/* A word, cut where the face changes. Missing clusters stand alone, a sign for each. */
static bt_status add_word(shaper *s, const bt_text_span *span, uint32_t span_i, bt_range range)
{
    bt_str word = bt_str_slice(s->text, range.begin, range.end);
    const bt_face *own = span->chain->faces[0];
    const bt_word *known = bt_word_find(own, span->is_tabular, word);
    if (known) {
        add_glyphs(s, own, span_i, range, known->glyphs, known->n_glyphs);
        return BT_OK;
    }
    const bt_face *face = NULL;
    bt_range piece = {range.begin, range.begin};
    while (piece.end < range.end) {
        size_t end = bt_cluster_end(s->text, piece.end);
        if (end > range.end) end = range.end;
        bt_str cluster = bt_str_slice(s->text, piece.end, end);
        const bt_face *next;
        bt_status status = bt_chain_choose(span->chain, cluster, &next);
        if (status != BT_OK) return status;
        if (next != own) report_letters(s, own, next, cluster);
        bool is_cut = next != face || !face || end - piece.begin > LONGEST_PIECE;
        if (piece.end > piece.begin && is_cut) {
            status = add_piece(s, face, span, span_i, piece);
            if (status != BT_OK) return status;
            piece.begin = piece.end;
        }
        face = next;
        piece.end = (uint32_t)end;
    }
    return add_piece(s, face, span, span_i, piece);
}

/* The space at `at`, 0 where there is none. */
static size_t space_length(bt_str text, size_t at, uint32_t *codepoint)
{
    char c = text.ptr[at];
    *codepoint = ' ';
    if (c == ' ') return 1;
    if (c != '\xC2' && c != '\xE2') return 0; /* the others' first bytes */
    size_t length = bt_utf8_decode(text, at, codepoint);
    return bt_is_space(*codepoint) ? length : 0;
}

static bt_status shape_span(shaper *s, const bt_text_span *span, uint32_t span_i, uint32_t begin, uint32_t end)
{
    bt_status status = BT_OK;
    for (uint32_t at = begin; at < end && status == BT_OK;) {
        uint32_t codepoint;
        uint32_t space = (uint32_t)space_length(s->text, at, &codepoint);
        if (s->text.ptr[at] == '\n') {
            at++;
        } else if (space) {
            status = add_space(s, span, span_i, (bt_range){at, at + space}, codepoint);
            at += space;
        } else {
            uint32_t word_end = at + 1;
            while (word_end < end && s->text.ptr[word_end] != '\n' && !space_length(s->text, word_end, &codepoint))
                word_end++;
            status = add_word(s, span, span_i, (bt_range){at, word_end});
            at = word_end;
        }
    }
    return s->arena->failed ? BT_NOMEM : status;
}

/* --- all of it --- */

static void report_changes(bt_arena *scratch, bt_diags *diags, const bt_place *at, const bt_normal *normal)
{
    if (normal->removed.n) bt_diag(diags, BT_W_INVISIBLE, at, BT_ARGS(bt_char_list_names(scratch, &normal->removed)));
    if (normal->look_alike.len) bt_diag(diags, BT_W_LOOK_ALIKE, at, BT_ARGS(normal->look_alike));
    if (normal->n_bullets) bt_diag(diags, BT_N_BULLET, at, BT_NO_ARGS);
    if (normal->n_soft_hyphens) bt_diag(diags, BT_N_SOFT_HYPHEN, at, BT_NO_ARGS);
}

static bool find_breaks(bt_arena *arena, bt_arena *scratch, const bt_text_span *spans, uint32_t n_spans,
                        const bt_normal *normal, bt_shaped *shaped)
{
    uint8_t *breaks = BT_NEW_ARRAY(arena, shaped->text.len + 1, uint8_t);
    bt_range *verbatim = BT_NEW_ARRAY(scratch, n_spans, bt_range);
    if (!breaks || !verbatim) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_spans; i++) {
        uint32_t begin = i ? normal->ends[i - 1] : 0;
        if (!spans[i].is_verbatim || normal->ends[i] == begin) continue;
        if (n && verbatim[n - 1].end == begin)
            verbatim[n - 1].end = normal->ends[i];
        else
            verbatim[n++] = (bt_range){begin, normal->ends[i]};
    }
    bt_segment(shaped->text, verbatim, n, breaks);
    shaped->breaks = breaks;
    return true;
}

/* Moves the runs from scratch into the arena. */
static bool keep_runs(bt_arena *arena, const shaper *s, bt_shaped *shaped)
{
    bt_glyph *glyphs = BT_NEW_ARRAY_UNSET(arena, s->glyphs.n, bt_glyph);
    bt_glyph_run *runs = BT_NEW_ARRAY_UNSET(arena, s->runs.n, bt_glyph_run);
    if (!glyphs || !runs) return false;
    if (s->glyphs.n) memcpy(glyphs, s->glyphs.v, s->glyphs.n * sizeof *glyphs);
    if (s->runs.n) memcpy(runs, s->runs.v, s->runs.n * sizeof *runs);
    for (uint32_t i = 0; i < s->runs.n; i++) {
        runs[i].glyphs = glyphs;
        glyphs += runs[i].n_glyphs;
    }
    shaped->runs = runs;
    shaped->n_runs = s->runs.n;
    shaped->n_missing = s->n_missing;
    return true;
}

static bt_status shape_all(bt_arena *arena, shaper *s, bt_str source, const bt_text_span *spans, uint32_t n_spans,
                           bt_shaped *shaped)
{
    bt_normal normal;
    if (bt_normalise(s->arena, source, spans, n_spans, &normal) != BT_OK) return BT_NOMEM;
    report_changes(s->arena, s->diags, s->at, &normal);
    shaped->text = bt_str_copy(arena, normal.text);
    if (arena->failed || !find_breaks(arena, s->arena, spans, n_spans, &normal, shaped)) return BT_NOMEM;
    s->text = shaped->text;
    /* Most texts have no more glyphs than bytes: the array grows once. */
    uint32_t n_likely = (uint32_t)s->text.len + 1;
    if (!bt_array_reserve(s->arena, (void *)&s->glyphs.v, &s->glyphs.capacity, 0, n_likely, sizeof(bt_glyph))) {
        return BT_NOMEM;
    }
    for (uint32_t i = 0; i < n_spans; i++) {
        bt_status status = shape_span(s, &spans[i], i, i ? normal.ends[i - 1] : 0, normal.ends[i]);
        if (status != BT_OK) return status;
    }
    if (s->n_missing) report_missing(s);
    return keep_runs(arena, s, shaped) && !s->arena->failed ? BT_OK : BT_NOMEM;
}

/* True when FreeType had no memory to look at a letter; the faces are as good as new afterwards. */
static bool has_run_out(const bt_text_span *spans, uint32_t n_spans)
{
    bool ran_out = false;
    for (uint32_t i = 0; i < n_spans; i++) {
        for (uint32_t k = 0; k < spans[i].chain->n; k++) {
            const bt_face *face = spans[i].chain->faces[k];
            if (!face) continue;
            ran_out = ran_out || face->engine->ran_out;
            face->engine->ran_out = false;
        }
    }
    return ran_out;
}

bt_status bt_text_shape(bt_arena *arena, bt_arena *scratch, bt_diags *diags, bt_str source, const bt_text_span *spans,
                        uint32_t n_spans, const bt_place *at, bt_shaped *shaped)
{
    *shaped = (bt_shaped){.text = BT_STR("")};
    if (source.len > BT_LIMIT_PARAGRAPH_BYTES) {
        bt_diag(diags, BT_E_TEXT_LONG, at, BT_NO_ARGS);
        return BT_LIMIT;
    }
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    shaper s = {.arena = scratch, .diags = diags, .at = at};
    bt_status status = shape_all(arena, &s, source, spans, n_spans, shaped);
    bt_arena_rewind(scratch, mark);
    return has_run_out(spans, n_spans) && status == BT_OK ? BT_NOMEM : status;
}
