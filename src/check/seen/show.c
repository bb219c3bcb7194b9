/* show.c - glyphs as the text operators place them. */
#include "check/seen/seen_int.h"

#include <math.h>

/* What all glyphs of a string have in common. */
typedef struct setting {
    const seen_text_state *text;
    const seen_face *face;
    const seen_paint *paint;
    bool is_hidden;
    double size;               /* of the em, as printed */
    double ux, uy;             /* the way of writing, and */
    double across_x, across_y; /* across it; each of length 1 */
    double low, high;          /* the parts of an em, across, between which a letter surely has ink */
    double dx, dy;             /* the advance of a glyph that is an em wide; of vertical writing: tall */
} setting;

/* The rendering matrix: [Tfs*Th 0 0 Tfs 0 Trise] x Tm x CTM. */
static seen_matrix rendering(const seen_reader *r)
{
    const seen_text_state *text = &r->state.text;
    const seen_matrix own = {text->size * text->scale, 0, 0, text->size, 0, text->rise};
    seen_matrix in_user = seen_times(&own, &r->tm);
    return seen_times(&in_user, &r->state.ctm);
}

static bool set_up(seen_reader *r, setting *s)
{
    enum { INVISIBLE = 3, CLIPS_ONLY = 7 };
    const seen_text_state *text = &r->state.text;
    const seen_matrix m = rendering(r);
    const double turn = m.a * m.d - m.b * m.c, along = hypot(m.a, m.b);
    if (!(along > 0) || !(fabs(turn) > 0) || !isfinite(along) || !isfinite(turn)) return false;
    *s = (setting){.text = text, .face = seen_font_face(text->font), .paint = seen_paint_now(r)};
    s->is_hidden = r->is_off || text->mode == INVISIBLE || text->mode == CLIPS_ONLY;
    s->size = fabs(turn) / along * seen_font_em(text->font);               /* slanted type is no taller for it */
    const double x = m.a / along, y = m.b / along, up = turn < 0 ? 1 : -1; /* places have y downwards */
    if (seen_font_is_vertical(text->font)) {
        s->ux = -up * y;
        s->uy = up * x;
        s->across_x = x;
        s->across_y = y;
        s->low = -0.5;
        s->high = 0.5;
        s->dx = m.c;
        s->dy = m.d;
    } else {
        s->ux = x;
        s->uy = y;
        s->across_x = up * y;
        s->across_y = -up * x;
        s->high = 0.45; /* an x */
        s->dx = m.a;
        s->dy = m.b;
    }
    return s->paint != NULL;
}

static bool overlaps(const seen_box *a, const seen_box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* Nothing of the letter is within the clip and the media. What may stand above and below it does not count: a clip that
 * only touches that shows nothing. */
static bool is_out_of_sight(const seen_reader *r, const setting *s, const seen_glyph *g)
{
    seen_box box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (int corner = 0; corner < 4; corner++) {
        double height = (corner & 1 ? s->high : s->low) * g->size;
        double x = g->x + (corner & 2 ? g->dx : 0) + height * s->across_x;
        double y = g->y + (corner & 2 ? g->dy : 0) + height * s->across_y;
        box = (seen_box){fmin(box.x0, x), fmin(box.y0, y), fmax(box.x1, x), fmax(box.y1, y)};
    }
    return !overlaps(&box, &r->state.clip) || !overlaps(&box, &r->page->boxes[SEEN_MEDIA]);
}

static void note_glyph(seen_reader *r, const setting *s, const seen_code *code)
{
    const seen_matrix *tm = &r->tm, *ctm = &r->state.ctm;
    const double x = s->text->rise * tm->c + tm->e, y = s->text->rise * tm->d + tm->f;
    seen_glyph *g = BT_PUSH(r->scratch, &r->glyphs);
    if (!g) return;
    *g = (seen_glyph){.text = code->text,
                      .x = x * ctm->a + y * ctm->c + ctm->e,
                      .y = x * ctm->b + y * ctm->d + ctm->f,
                      .dx = code->width * s->dx,
                      .dy = code->width * s->dy,
                      .ux = s->ux,
                      .uy = s->uy,
                      .size = s->size,
                      .face = s->face,
                      .paint = s->paint,
                      .mode = s->text->mode,
                      .mark = r->mark,
                      .order = r->order};
    g->is_hidden = s->is_hidden || is_out_of_sight(r, s, g);
}

/* Moves the text matrix along the line. */
static void move(seen_reader *r, double tx, double ty)
{
    r->tm.e += tx * r->tm.a + ty * r->tm.c;
    r->tm.f += tx * r->tm.b + ty * r->tm.d;
}

void seen_show(seen_reader *r, bt_str bytes)
{
    const seen_text_state *text = &r->state.text;
    setting s = {0};
    if (!text->font || !bytes.len) return;
    bool is_seen = set_up(r, &s);
    bool is_vertical = seen_font_is_vertical(text->font);
    for (size_t at = 0; at < bytes.len;) {
        seen_code code = seen_font_code(text->font, bt_str_slice(bytes, at, bytes.len));
        at += code.n_bytes;
        if (is_seen) note_glyph(r, &s, &code);
        double advance = code.width * text->size + text->char_space + (code.is_space ? text->word_space : 0);
        move(r, is_vertical ? 0 : advance * text->scale, is_vertical ? advance : 0);
        r->n_operators++; /* bounded as operators are */
    }
    r->order++;
}

void seen_show_adjust(seen_reader *r, double thousandths)
{
    const seen_text_state *text = &r->state.text;
    double back = -thousandths / 1000 * text->size;
    bool is_vertical = text->font && seen_font_is_vertical(text->font);
    move(r, is_vertical ? 0 : back * text->scale, is_vertical ? back : 0);
}
