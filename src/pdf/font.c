/* font.c - which glyphs of which faces a document shows, and what they stand for.
 *
 * A face that a document is set in goes into the file with its core (bt_face_core) and what else is shown of it; one
 * that only helps out with a few signs, with those alone. The file of a face with its core is the same in most
 * documents, and so are the codes in the pages' contents: those of a face with its core are the face's own glyph ids.
 */
#include "pdf/pdf_int.h"

#include <string.h>

/* A part of the core has to be shown before all of it is embedded: the core of Noto Serif takes 12 KB, a quarter of its
 * glyphs 4 KB. */
enum { PART_OF_CORE = 4, FEWEST_GLYPHS = 32 };

static bool is_text(const bt_item *item) { return item->kind == BT_ITEM_GLYPHS && item->as.glyphs.face; }

uint32_t bt_pdf_find_font(const bt_pdf *pdf, const bt_face *face)
{
    uint32_t i = 0;
    while (i < pdf->fonts.n && pdf->fonts.v[i].face != face) i++;
    return i;
}

/* --- which glyphs --- */

/* Makes room for ids up to this one. */
static bool know_more(bt_arena *arena, bt_pdf_font *font, uint32_t id)
{
    enum { FEWEST = 1024, ALL = 65536 };
    uint32_t n = font->n_known ? font->n_known : FEWEST;
    while (n <= id) n *= 2;
    uint16_t *more = BT_NEW_ARRAY(arena, n < ALL ? n : ALL, uint16_t);
    if (!more) return false;
    if (font->n_known) memcpy(more, font->index_of, font->n_known * sizeof *more);
    font->index_of = more;
    font->n_known = n < ALL ? n : ALL;
    return true;
}

static bool know(bt_arena *arena, bt_pdf_font *font, uint32_t id)
{
    return id < font->n_known || know_more(arena, font, id);
}

/* Marks glyphs up to one that there is no room for, and gives its address. index_of is no more than a mark for now. */
static const bt_placed_glyph *mark_known(bt_pdf_font *font, const bt_placed_glyph *at, const bt_placed_glyph *end)
{
    uint16_t *marks = font->index_of;
    uint32_t n_fresh = 0, n_known = font->n_known;
    for (; at < end && at->id < n_known; at++) {
        n_fresh += !marks[at->id];
        marks[at->id] = 1;
    }
    font->n += n_fresh;
    return at;
}

static void mark(bt_arena *arena, bt_pdf_font *font, const bt_placed_glyph *glyphs, uint32_t n)
{
    const bt_placed_glyph *end = glyphs + n;
    while (glyphs < end && know(arena, font, glyphs->id)) glyphs = mark_known(font, glyphs, end);
}

static bt_pdf_font *font_for(bt_pdf *pdf, const bt_face *face)
{
    uint32_t i = bt_pdf_find_font(pdf, face);
    if (i < pdf->fonts.n) return &pdf->fonts.v[i];
    bt_pdf_font *font = BT_PUSH(pdf->arena, &pdf->fonts);
    if (!font) return NULL;
    *font = (bt_pdf_font){.face = face, .space = bt_face_glyph(face, ' ')};
    return font;
}

typedef void (*item_fn)(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font);

/* Visits all text in drawing order. */
static void visit(bt_pdf *pdf, item_fn fn)
{
    bt_pdf_items list;
    for (uint32_t i = 0; bt_pdf_list(pdf->pages, i, &list); i++) {
        for (uint32_t j = 0; j < list.n && !pdf->arena->failed; j++) {
            bt_pdf_font *font = is_text(&list.v[j]) ? font_for(pdf, list.v[j].as.glyphs.face) : NULL;
            if (font) fn(pdf, &list.v[j], font);
        }
    }
}

static void mark_glyphs(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    mark(pdf->arena, font, item->as.glyphs.glyphs, item->as.glyphs.n_glyphs);
    bt_placed_glyph space = {.id = bt_pdf_space_after(pdf, item, font)};
    if (space.id) mark(pdf->arena, font, &space, 1);
}

/* The core, where enough of it is shown; n_shown: so many of its glyphs. False: no memory. */
static bool choose_core(const bt_pdf_font *font, const bt_core **chosen, uint32_t *n_shown)
{
    *chosen = NULL;
    *n_shown = 0;
    if (font->n < FEWEST_GLYPHS) return true; /* not worth the search for a core */
    const bt_core *core = bt_face_core(font->face);
    if (!core) return false;
    for (uint32_t i = 0; i < core->n; i++) *n_shown += core->ids[i] < font->n_known && font->index_of[core->ids[i]];
    if (*n_shown >= FEWEST_GLYPHS && *n_shown * PART_OF_CORE >= core->n) *chosen = core;
    return true;
}

/* Those that are not of the core, ascending, behind it. */
static void number_others(bt_pdf_font *font, const bt_core *core)
{
    uint32_t n_known = core ? core->n_known : 0;
    for (uint32_t id = 0; id < font->n_known; id++) {
        if (!font->index_of[id] || (id < n_known && core->index_of[id])) continue;
        font->ids[font->n++] = (uint16_t)id;
        font->index_of[id] = (uint16_t)font->n;
    }
}

/* The glyphs get their indexes. */
static bool number_glyphs(bt_arena *arena, bt_pdf_font *font)
{
    const bt_core *core;
    uint32_t n_marked = font->n, n_shown;
    if (!choose_core(font, &core, &n_shown) || (core && !know(arena, font, core->n_known))) return false;
    font->n = font->n_core = core ? core->n : 0;
    font->ids = BT_NEW_ARRAY(arena, font->n + n_marked, uint16_t);
    font->texts = BT_NEW_ARRAY(arena, font->n + n_marked, bt_str);
    if (arena->failed) return false;
    if (!core || n_shown < n_marked) number_others(font, core);
    for (uint32_t i = 0; core && i < core->n; i++) {
        font->ids[i] = core->ids[i];
        font->texts[i] = core->texts[i];
        font->index_of[core->ids[i]] = (uint16_t)(i + 1);
    }
    return true;
}

/* What glyphs of the core stand for is known. */
static void note_texts(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    if (font->n > font->n_core) bt_pdf_note_texts(pdf, item, font);
}

static void deal_texts(bt_pdf *pdf, const bt_item *item, bt_pdf_font *font)
{
    (void)pdf;
    if (font->n > font->n_core) bt_pdf_deal_texts(item, font);
}

bt_status bt_pdf_gather_fonts(bt_pdf *pdf)
{
    visit(pdf, mark_glyphs);
    for (uint32_t i = 0; i < pdf->fonts.n && !pdf->arena->failed; i++)
        if (!number_glyphs(pdf->arena, &pdf->fonts.v[i])) return BT_NOMEM;
    visit(pdf, note_texts);
    visit(pdf, deal_texts);
    if (pdf->arena->failed) return BT_NOMEM;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < pdf->fonts.n && status == BT_OK; i++) status = bt_pdf_begin_font(pdf, &pdf->fonts.v[i]);
    for (uint32_t i = 0; i < pdf->fonts.n; i++) {
        bt_status ended = bt_pdf_end_font(pdf, &pdf->fonts.v[i]);
        if (status == BT_OK) status = ended;
    }
    return status;
}
