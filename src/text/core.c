/* core.c - the glyphs that a bulletin is likely to need of a face, whatever it says.
 *
 * A font file that has them all, with their own ids, is the same in every document that needs no more of the face: it
 * is made once for all editions of a bulletin, and what pages show of it is written in the same codes everywhere.
 */
#include "text/text_int.h"

#include <string.h>

/* The first of two characters that a face draws alike is what the glyph stands for. */
static const char signs[] =
    " !\"#$%&'()*+,-./"
    "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\xC2\xA0\xE2\x80\xAF"
    "–—‘’“”…•·×÷±°²³½¼¾«»§©®™†‡←→−≤≥≈′″‰€₫‐‑■□▪●◦✓";

/* What some faces have a glyph of its own for. */
static const bt_str joined[] = {BT_STR_INIT("ff"),  BT_STR_INIT("fi"), BT_STR_INIT("fl"), BT_STR_INIT("ffi"),
                                BT_STR_INIT("ffl"), BT_STR_INIT("fj"), BT_STR_INIT("ft"), BT_STR_INIT("tt")};

typedef struct collecting {
    const bt_face *face;
    bt_arena *arena;
    bt_str *texts; /* by glyph id */
    uint32_t n_known;
} collecting;

static void note(collecting *c, uint32_t id, bt_str text)
{
    if (id && id < c->n_known && !c->texts[id].len) c->texts[id] = text;
}

static void note_characters(collecting *c, bt_str text)
{
    uint32_t character;
    for (size_t at = 0, n; at < text.len; at += n) {
        n = bt_utf8_decode(text, at, &character);
        note(c, bt_face_glyph(c->face, character), bt_str_slice(text, at, at + n));
    }
}

/* What shaping makes of words, where it is one glyph. */
static bt_status note_shaped(collecting *c, bt_str words, bool is_tabular)
{
    const bt_glyph *glyphs;
    uint32_t n;
    bt_status status = bt_word_shape(c->arena, c->face, is_tabular, words, &glyphs, &n);
    for (uint32_t i = 0; status == BT_OK && i < n; i++) {
        size_t begin = glyphs[i].cluster, end = i + 1 < n ? glyphs[i + 1].cluster : words.len;
        bool is_alone = end > begin && (!i || glyphs[i - 1].cluster < begin);
        if (is_alone) note(c, glyphs[i].id, bt_str_slice(words, begin, end));
    }
    return status;
}

/* Every character, with a space after each: no two are shaped together. */
static bt_str apart(bt_arena *arena, bt_str text)
{
    bt_buf out = bt_buf_in(arena);
    uint32_t character;
    for (size_t at = 0, n; at < text.len; at += n) {
        n = bt_utf8_decode(text, at, &character);
        bt_buf_add(&out, bt_str_slice(text, at, at + n));
        bt_buf_add_char(&out, ' ');
    }
    return bt_buf_str(&out);
}

static bt_status collect(collecting *c)
{
    bt_buf letters = bt_buf_in(c->arena);
    for (int i = 0; i < BT_N_VIETNAMESE; i++) bt_buf_add_codepoint(&letters, bt_vietnamese_letters()[i]);
    bt_str all = bt_str_join(c->arena, bt_str_of(signs), bt_buf_str(&letters));
    c->texts = BT_NEW_ARRAY(c->arena, c->n_known, bt_str);
    if (!c->texts) return BT_NOMEM;
    note_characters(c, all);
    bt_status status = note_shaped(c, apart(c->arena, bt_buf_str(&letters)), false);
    for (int is_tabular = 0; is_tabular < 2 && status == BT_OK; is_tabular++)
        status = note_shaped(c, BT_STR("0 1 2 3 4 5 6 7 8 9 . , - + % $ –"), is_tabular);
    for (size_t i = 0; i < sizeof joined / sizeof *joined && status == BT_OK; i++)
        status = note_shaped(c, joined[i], false);
    return c->arena->failed ? BT_NOMEM : status;
}

/* Keeps what was collected, beside the face. */
static bool keep(const collecting *c, bt_arena *arena, bt_core *core)
{
    for (uint32_t id = 0; id < c->n_known; id++) {
        core->n += c->texts[id].len > 0;
        if (c->texts[id].len) core->n_known = id + 1;
    }
    uint16_t *ids = BT_NEW_ARRAY(arena, core->n, uint16_t), *index_of = BT_NEW_ARRAY(arena, core->n_known, uint16_t);
    bt_str *texts = BT_NEW_ARRAY(arena, core->n, bt_str);
    if (arena->failed) return false;
    uint32_t n = 0;
    for (uint32_t id = 0; id < core->n_known; id++) {
        if (!c->texts[id].len) continue;
        ids[n] = (uint16_t)id;
        texts[n] = bt_str_copy(arena, c->texts[id]);
        index_of[id] = (uint16_t)++n;
    }
    core->ids = ids;
    core->texts = texts;
    core->index_of = index_of;
    return !arena->failed;
}

const bt_core *bt_face_core(const bt_face *face)
{
    bt_face_engine *engine = face->engine;
    if (engine->core.ids) return &engine->core;
    bt_arena scratch = bt_arena_over(engine->fonts->allocator), kept = bt_arena_over(engine->fonts->allocator);
    unsigned n_glyphs = hb_face_get_glyph_count(engine->hb_face);
    collecting c = {.face = face, .arena = &scratch, .n_known = n_glyphs < 65536 ? n_glyphs : 65536};
    bt_core core = {.n = 0};
    bool is_made = collect(&c) == BT_OK && keep(&c, &kept, &core);
    bt_arena_drop(&scratch);
    if (!is_made) {
        bt_arena_drop(&kept);
        return NULL;
    }
    engine->core_arena = kept;
    engine->core = core;
    return &engine->core;
}
