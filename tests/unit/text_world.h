/* text_world.h - what the tests of text/ share: the fonts, the messages heard, short ways to shape. */
#ifndef BT_TESTS_TEXT_WORLD_H
#define BT_TESTS_TEXT_WORLD_H

#include "unit/check.h"

#include "text/text_int.h"

#include "base/file.h"
#include "base/limits.h"

#include <stdlib.h>
#include <unistd.h>
#include <utf8proc.h>

#define N_OF(array) (sizeof(array) / sizeof *(array))
#define LIST "fonts/fonts.json"

/* The messages of a step, one a line: "W0423 text". */
static char log_text[16384];
static size_t log_length;

static inline void note(void *user, const bt_message *message)
{
    (void)user;
    int n = snprintf(log_text + log_length, sizeof log_text - log_length, "%s %s\n", message->code, message->text);
    if (n > 0 && (size_t)n < sizeof log_text - log_length) log_length += (size_t)n;
}

static inline void clear_log(void)
{
    log_length = 0;
    log_text[0] = '\0';
}

static inline bool has_logged(const char *part) { return strstr(log_text, part) != NULL; }

static bt_arena arena, scratch;
static bt_diags diags = {.on_message = note, .arena = &arena};
static bt_fonts *fonts;
static const bt_face *serif, *sans, *liberation;

static inline const bt_face *open_face(const char *family, bool is_bold, bool is_italic)
{
    const bt_face *face = NULL;
    CHECK_INT(bt_fonts_open(fonts, &diags, bt_str_of(family), is_bold, is_italic, NULL, &face), BT_OK);
    return face;
}

/* One span over all of the text. */
static inline bt_shaped shape_with(const bt_face *const *chain, uint32_t n_chain, bt_str text, bt_text_span how)
{
    bt_shaped shaped = {0};
    how.begin = 0;
    how.end = (uint32_t)text.len;
    bt_chain open = {.faces = (const bt_face **)(uintptr_t)chain, .n = n_chain};
    how.chain = &open;
    CHECK_INT(bt_text_shape(&arena, &scratch, &diags, text, &how, 1, NULL, &shaped), BT_OK);
    return shaped;
}

static inline bt_shaped shape(const bt_face *face, const char *text)
{
    return shape_with(&face, 1, bt_str_of(text), (bt_text_span){0});
}

static inline int64_t width_of(const bt_shaped *shaped)
{
    int64_t width = 0;
    for (uint32_t i = 0; i < shaped->n_runs; i++) {
        for (uint32_t j = 0; j < shaped->runs[i].n_glyphs; j++) width += shaped->runs[i].glyphs[j].advance;
    }
    return width;
}

static inline bool same_glyphs(const bt_shaped *a, const bt_shaped *b)
{
    if (a->n_runs != b->n_runs) return false;
    for (uint32_t i = 0; i < a->n_runs; i++) {
        const bt_glyph_run *x = &a->runs[i], *y = &b->runs[i];
        if (x->face != y->face || x->n_glyphs != y->n_glyphs || x->begin != y->begin || x->end != y->end) return false;
        for (uint32_t j = 0; j < x->n_glyphs; j++) {
            if (x->glyphs[j].id != y->glyphs[j].id || x->glyphs[j].advance != y->glyphs[j].advance) return false;
        }
    }
    return true;
}

/* Opens what the tests use. False: the fonts are not there. */
static inline bool text_world_begin(void)
{
    fonts = bt_fonts_new(NULL);
    CHECK(fonts != NULL);
    CHECK_INT(bt_fonts_load(fonts, &diags, LIST, NULL), BT_OK);
    CHECK_STR(bt_str_of(log_text), "");
    serif = open_face("Noto Serif", false, false);
    sans = open_face("Noto Sans", false, false);
    liberation = open_face("Liberation Serif", false, false);
    return serif && sans && liberation;
}

static inline void text_world_end(void)
{
    bt_fonts_drop(fonts);
    bt_arena_drop(&arena);
    bt_arena_drop(&scratch);
}

#endif
