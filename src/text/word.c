/* word.c - shaping of single words, remembered.
 *
 * Words are shaped alone, without their spaces: a space is glue, and a kern against it would make a word's width depend
 * on where the line breaks. So a word's glyphs depend on the face, the features and its bytes only, and what the table
 * remembers can change nothing but the time it takes. The table lives across jobs and is emptied when it has grown
 * large.
 */
#include "text/text_int.h"

#include <string.h>

enum {
    FIRST_CAPACITY = 1024,
    LONGEST_KEPT = 64,        /* bytes of a word; longer ones do not come twice */
    MOST_GLYPHS = 256 * 1024, /* in the table: about 6 MB */
};

static const hb_feature_t tabular[] = {
    {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};
enum { N_TABULAR = sizeof tabular / sizeof *tabular };

bool bt_words_init(bt_words *words, const bt_allocator *allocator)
{
    *words = (bt_words){.arena = bt_arena_over(allocator)};
    words->buffer = hb_buffer_create();
    words->language = hb_language_from_string("vi", 2);
    return hb_buffer_allocation_successful(words->buffer);
}

static void empty(bt_words *words, const bt_allocator *allocator)
{
    bt_arena_drop(&words->arena);
    bt_alloc_drop(allocator, words->slots, words->capacity * sizeof *words->slots);
    words->slots = NULL;
    words->n = words->capacity = words->n_glyphs = 0;
}

void bt_words_drop(bt_words *words, const bt_allocator *allocator)
{
    empty(words, allocator);
    hb_buffer_destroy(words->buffer);
}

/* --- the table --- */

static uint64_t hash_of(const bt_face *face, bool is_tabular, bt_str bytes)
{
    uint64_t hash = (bt_str_hash(bytes) ^ ((uint64_t)face->id << 1 | is_tabular)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* The word's slot, or the empty one where it belongs. The table is never full. */
static bt_word_slot *slot_of(const bt_words *words, const bt_face *face, bool is_tabular, bt_str bytes, uint64_t hash)
{
    uint32_t mask = words->capacity - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        bt_word_slot *slot = &words->slots[i];
        const bt_word *word = slot->word;
        if (!word) return slot;
        if (slot->hash == hash && word->face_id == face->id && word->is_tabular == is_tabular &&
            bt_str_equal(word->bytes, bytes)) {
            return slot;
        }
    }
}

static bool grow(bt_words *words, const bt_allocator *allocator)
{
    uint32_t capacity = words->capacity ? words->capacity * 2 : FIRST_CAPACITY;
    bt_word_slot *slots = bt_alloc_new(allocator, capacity * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, capacity * sizeof *slots);
    for (uint32_t i = 0; i < words->capacity; i++) {
        if (!words->slots[i].word) continue;
        uint32_t at = (uint32_t)words->slots[i].hash & (capacity - 1);
        while (slots[at].word) at = (at + 1) & (capacity - 1);
        slots[at] = words->slots[i];
    }
    bt_alloc_drop(allocator, words->slots, words->capacity * sizeof *slots);
    words->slots = slots;
    words->capacity = capacity;
    return true;
}

const bt_word *bt_word_find(const bt_face *face, bool is_tabular, bt_str word)
{
    const bt_words *words = &face->engine->fonts->words;
    if (!words->capacity || word.len > LONGEST_KEPT) return NULL;
    return slot_of(words, face, is_tabular, word, hash_of(face, is_tabular, word))->word;
}

/* --- shaping --- */

/* True for letters that are certainly not of another script than Latin; what is false is looked at by HarfBuzz. */
static bool is_latin(bt_str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c;
        at += bt_utf8_decode(word, at, &c);
        if (c >= 0x370 && !(c >= 0x1E00 && c < 0x1F00) && !(c >= 0x2010 && c < 0x2400)) return false;
    }
    return true;
}

static bool shape_latin(const bt_face *face, bool is_tabular, hb_buffer_t *buffer)
{
    bt_face_engine *engine = face->engine;
    hb_shape_plan_t **plan = &engine->plans[is_tabular];
    if (!*plan) {
        hb_segment_properties_t properties;
        hb_buffer_get_segment_properties(buffer, &properties);
        *plan = hb_shape_plan_create(engine->hb_face, &properties, is_tabular ? tabular : NULL,
                                     is_tabular ? N_TABULAR : 0, NULL);
        if (*plan == hb_shape_plan_get_empty()) { /* no memory */
            *plan = NULL;
            return false;
        }
    }
    return hb_shape_plan_execute(*plan, engine->hb_font, buffer, is_tabular ? tabular : NULL,
                                 is_tabular ? N_TABULAR : 0);
}

static bool shape(const bt_face *face, bool is_tabular, bt_str word, const bt_words *words)
{
    hb_buffer_t *buffer = words->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_buffer_add_utf8(buffer, word.ptr, (int)word.len, 0, (int)word.len);
    hb_buffer_set_language(buffer, words->language);
    if (is_latin(word)) {
        hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
        hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
        if (!shape_latin(face, is_tabular, buffer)) return false;
    } else {
        hb_buffer_guess_segment_properties(buffer);
        hb_shape(face->engine->hb_font, buffer, is_tabular ? tabular : NULL, is_tabular ? N_TABULAR : 0);
    }
    return hb_buffer_allocation_successful(buffer);
}

/* Clusters ascend: a word that runs from right to left is one, with the glyphs as they stand. */
static const bt_glyph *glyphs_of(bt_arena *arena, hb_buffer_t *buffer, uint32_t *n_glyphs)
{
    unsigned n = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    bool is_backward = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer));
    bt_glyph *glyphs = BT_NEW_ARRAY(arena, n, bt_glyph);
    for (unsigned i = 0; glyphs && i < n; i++) {
        glyphs[i] = (bt_glyph){.id = (uint16_t)info[i].codepoint,
                               .advance = position[i].x_advance,
                               .x_offset = position[i].x_offset,
                               .y_offset = position[i].y_offset,
                               .cluster = is_backward ? 0 : info[i].cluster};
    }
    *n_glyphs = n;
    return glyphs;
}

bt_status bt_word_shape(bt_arena *arena, const bt_face *face, bool is_tabular, bt_str word, const bt_glyph **glyphs,
                        uint32_t *n_glyphs)
{
    bt_fonts *fonts = face->engine->fonts;
    bt_words *words = &fonts->words;
    bool is_kept = word.len <= LONGEST_KEPT;
    if (is_kept && words->n_glyphs > MOST_GLYPHS) empty(words, fonts->allocator);
    if (is_kept && words->n >= words->capacity / 2 && !grow(words, fonts->allocator)) return BT_NOMEM;
    uint64_t hash = is_kept ? hash_of(face, is_tabular, word) : 0;
    bt_word_slot *slot = is_kept ? slot_of(words, face, is_tabular, word, hash) : NULL;
    if (slot && slot->word) {
        *glyphs = slot->word->glyphs;
        *n_glyphs = slot->word->n_glyphs;
        return BT_OK;
    }
    if (!shape(face, is_tabular, word, words)) return BT_NOMEM;
    *glyphs = glyphs_of(is_kept ? &words->arena : arena, words->buffer, n_glyphs);
    bt_word *kept = is_kept && *glyphs ? BT_NEW(&words->arena, bt_word) : NULL; /* all of a word side by side */
    bt_str bytes = kept ? bt_str_copy(&words->arena, word) : BT_STR("");
    if (is_kept && words->arena.failed) {
        empty(words, fonts->allocator); /* a failed arena would fail for ever */
        return BT_NOMEM;
    }
    if (!*glyphs) return BT_NOMEM;
    if (slot && kept) {
        *kept = (bt_word){face->id, is_tabular, *n_glyphs, bytes, *glyphs};
        *slot = (bt_word_slot){hash, kept};
        words->n++;
        words->n_glyphs += *n_glyphs;
    }
    return BT_OK;
}
