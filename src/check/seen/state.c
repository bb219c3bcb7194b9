/* state.c - the graphics state: what q and Q keep, what gs sets, and the paints that are made of it. */
#include "check/seen/operators.h"

#include <math.h>

/* --- saving --- */

seen_gstate seen_first_state(seen_reader *r, const seen_matrix *ctm, const seen_box *clip)
{
    const seen_ink_space gray = {.space = SEEN_GRAY, .n_components = 1, .name = {"", 0}};
    const seen_color *black = seen_color_first(r, &gray);
    return (seen_gstate){
        .ctm = *ctm,
        .clip = *clip,
        .fill_space = gray,
        .stroke_space = gray,
        .fill = black,
        .stroke = black,
        .line_width = 1,
        .fill_alpha = 1,
        .stroke_alpha = 1,
        .blend = BT_STR("Normal"),
        .group_alpha = 1,
        .group_blend = BT_STR("Normal"),
        .text = {.scale = 1},
    };
}

void seen_enter_group(seen_gstate *state)
{
    state->group_alpha *= state->fill_alpha;
    if (!bt_str_is(state->blend, "Normal")) state->group_blend = state->blend;
    state->is_masked_group |= state->has_soft_mask;
    state->fill_alpha = state->stroke_alpha = 1;
    state->blend = BT_STR("Normal");
    state->has_soft_mask = false;
    state->paint = NULL;
}

void seen_save(seen_reader *r)
{
    if (r->states.n >= BT_LIMIT_PDF_STATES) {
        seen_stop(r, BT_E_CHECK_STATES, BT_LIMIT_PDF_STATES);
        return;
    }
    seen_gstate *saved = BT_PUSH(r->scratch, &r->states);
    if (saved) *saved = r->state;
}

void seen_restore(seen_reader *r)
{
    if (r->states.n > r->work->base) r->state = r->states.v[--r->states.n];
}

void seen_op_q(seen_reader *r) { seen_save(r); }

void seen_op_Q(seen_reader *r) { seen_restore(r); }

/* --- setting --- */

void seen_op_cm(seen_reader *r)
{
    const seen_matrix m = {seen_arg(r, 0), seen_arg(r, 1), seen_arg(r, 2),
                           seen_arg(r, 3), seen_arg(r, 4), seen_arg(r, 5)};
    r->state.ctm = seen_times(&m, &r->state.ctm);
}

void seen_op_w(seen_reader *r)
{
    r->state.line_width = fabs(seen_arg(r, 0));
    r->state.paint = NULL;
}

static uint8_t as_cap(double cap) { return cap == 1 || cap == 2 ? (uint8_t)cap : 0; }

void seen_op_J(seen_reader *r) { r->state.line_cap = as_cap(seen_arg(r, 0)); }

/* A dash without a length is none. */
void seen_op_d(seen_reader *r)
{
    const seen_operand *array = &r->work->args[0];
    double sum = 0;
    for (uint32_t i = array->begin; i < array->end; i = seen_scan_after(r->work->scan, i))
        if (r->work->scan->items.v[i].kind == SEEN_NUMBER) sum += r->work->scan->items.v[i].number;
    r->state.is_dashed = sum > 0;
}

/* --- ExtGState --- */

/* What a dictionary sets, and to what. */
typedef struct settings {
    bool sets_stroke_overprint, sets_fill_overprint, sets_mode, sets_fill_alpha, sets_stroke_alpha, sets_blend,
        sets_mask;
    bool sets_width, sets_cap, sets_dash, sets_font;
    bool overprints_fill, overprints_stroke, has_soft_mask, is_dashed;
    double mode, fill_alpha, stroke_alpha, width, cap, size;
    bt_str blend;
    const seen_font *font;
} settings;

/* BM: a name, or several, of which the first that is known counts; all that the standard names are. */
static bt_str read_blend(seen_reader *r, seen_obj value)
{
    if (seen_obj_is_array(r->pdf, value)) value = seen_obj_item(r->pdf, value, 0);
    bt_str name = seen_obj_name(r->pdf, r->arena, value);
    return !name.len || bt_str_is(name, "Compatible") ? BT_STR("Normal") : name;
}

static bool read_number(seen_reader *r, seen_obj gs, const char *key, double *value)
{
    return seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, key), value);
}

static void read_inks(seen_reader *r, seen_obj gs, settings *s)
{
    s->sets_stroke_overprint = seen_obj_bool(r->pdf, seen_obj_key(r->pdf, gs, "/OP"), &s->overprints_stroke);
    s->overprints_fill = s->overprints_stroke; /* OP sets both where op is absent */
    bool has_fill = seen_obj_bool(r->pdf, seen_obj_key(r->pdf, gs, "/op"), &s->overprints_fill);
    s->sets_fill_overprint = has_fill || s->sets_stroke_overprint;
    s->sets_mode = read_number(r, gs, "/OPM", &s->mode);
    s->sets_fill_alpha = read_number(r, gs, "/ca", &s->fill_alpha);
    s->sets_stroke_alpha = read_number(r, gs, "/CA", &s->stroke_alpha);
    seen_obj blend = seen_obj_key(r->pdf, gs, "/BM"), mask = seen_obj_key(r->pdf, gs, "/SMask");
    s->sets_blend = blend != SEEN_NOTHING;
    s->blend = read_blend(r, blend);
    s->sets_mask = mask != SEEN_NOTHING;
    s->has_soft_mask = seen_obj_is_dict(r->pdf, mask);
}

static settings *read_settings(seen_reader *r, seen_obj gs)
{
    settings *s = BT_NEW(r->scratch, settings);
    if (!s) return NULL;
    read_inks(r, gs, s);
    s->sets_width = read_number(r, gs, "/LW", &s->width);
    s->sets_cap = read_number(r, gs, "/LC", &s->cap);
    seen_obj dash = seen_obj_item(r->pdf, seen_obj_key(r->pdf, gs, "/D"), 0);
    s->sets_dash = seen_obj_is_array(r->pdf, dash);
    s->is_dashed = seen_obj_n_items(r->pdf, dash) > 0;
    seen_obj font = seen_obj_key(r->pdf, gs, "/Font");
    if (seen_obj_n_items(r->pdf, font) == 2) {
        s->sets_font = seen_obj_number(r->pdf, seen_obj_item(r->pdf, font, 1), &s->size);
        s->font = seen_font_open(r, seen_obj_item(r->pdf, font, 0));
    }
    return s;
}

void seen_op_gs(seen_reader *r)
{
    seen_resource *found = seen_find(r, "/ExtGState", r->work->args[0].text);
    if (found && !found->made) found->made = read_settings(r, found->object);
    const settings *s = found ? found->made : NULL;
    seen_gstate *state = &r->state;
    if (!s) return;
    if (s->sets_stroke_overprint) state->overprints_stroke = s->overprints_stroke;
    if (s->sets_fill_overprint) state->overprints_fill = s->overprints_fill;
    if (s->sets_mode) state->overprint_mode = s->mode == 1;
    if (s->sets_fill_alpha) state->fill_alpha = s->fill_alpha;
    if (s->sets_stroke_alpha) state->stroke_alpha = s->stroke_alpha;
    if (s->sets_blend) state->blend = s->blend;
    if (s->sets_mask) state->has_soft_mask = s->has_soft_mask;
    if (s->sets_width) state->line_width = fabs(s->width);
    if (s->sets_cap) state->line_cap = as_cap(s->cap);
    if (s->sets_dash) state->is_dashed = s->is_dashed;
    if (s->sets_font) {
        state->text.font = s->font;
        state->text.size = s->size;
    }
    state->paint = NULL;
}

/* --- paints --- */

static bool same_paint(const void *one, const void *other)
{
    const seen_paint *a = one, *b = other;
    return a->fill == b->fill && a->stroke == b->stroke && a->line_width == b->line_width &&
           a->overprints_fill == b->overprints_fill && a->overprints_stroke == b->overprints_stroke &&
           a->overprint_mode == b->overprint_mode && a->is_transparent == b->is_transparent &&
           a->fill_alpha == b->fill_alpha && a->stroke_alpha == b->stroke_alpha && bt_str_equal(a->blend, b->blend);
}

static uint64_t hash_number(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (hash ^ bits) * 0x9e3779b97f4a7c15u + (hash >> 29);
}

/* Colours are kept once, so that their addresses tell them apart; within one run of the program, which is all that a
 * table needs: what is told does not follow from the order of its slots. */
static uint64_t paint_hash(const seen_paint *paint)
{
    uint64_t hash = (uint64_t)(uintptr_t)paint->fill * 3 + (uint64_t)(uintptr_t)paint->stroke * 5;
    hash = hash_number(hash, paint->line_width);
    hash = hash_number(hash, paint->fill_alpha + 2 * paint->stroke_alpha);
    return hash + paint->overprints_fill + 2u * paint->overprints_stroke + 4u * paint->overprint_mode;
}

/* What is not used is left at its default, so that it tells no paints apart. */
static seen_paint paint_of(const seen_gstate *state, uint8_t uses)
{
    seen_paint paint = {.fill_alpha = 1, .stroke_alpha = 1, .blend = state->group_blend};
    if (uses & SEEN_FILLS) {
        paint.fill = state->fill;
        paint.overprints_fill = state->overprints_fill;
        paint.fill_alpha = state->fill_alpha * state->group_alpha;
    }
    if (uses & SEEN_STROKES) {
        paint.stroke = state->stroke;
        paint.overprints_stroke = state->overprints_stroke;
        paint.stroke_alpha = state->stroke_alpha * state->group_alpha;
        paint.line_width = state->line_width * seen_scale(&state->ctm);
    }
    if (paint.overprints_fill || paint.overprints_stroke) paint.overprint_mode = state->overprint_mode;
    if (!bt_str_is(state->blend, "Normal")) paint.blend = state->blend;
    paint.is_transparent = paint.fill_alpha < 1 || paint.stroke_alpha < 1 || state->has_soft_mask ||
                           state->is_masked_group || !bt_str_is(paint.blend, "Normal");
    return paint;
}

const seen_paint *seen_paint_for(seen_reader *r, uint8_t uses)
{
    seen_gstate *state = &r->state;
    const double scale = seen_scale(&state->ctm);
    if (!state->paint || state->paint_uses != uses || state->paint_scale != scale) {
        seen_paint wanted = paint_of(state, uses);
        seen_slot *slot = seen_table_slot(r->arena, &r->known->paints, paint_hash(&wanted), &wanted, same_paint);
        if (!slot) return NULL;
        if (!slot->thing) {
            seen_paint *made = BT_NEW(r->arena, seen_paint);
            if (!made) return NULL;
            *made = wanted;
            seen_table_fill(&r->known->paints, slot, made);
        }
        state->paint = slot->thing;
        state->paint_uses = uses;
        state->paint_scale = scale;
    }
    r->page->is_transparent |= state->paint->is_transparent;
    return state->paint;
}

const seen_paint *seen_paint_now(seen_reader *r)
{
    static const uint8_t uses[] = {SEEN_FILLS, SEEN_STROKES, SEEN_FILLS | SEEN_STROKES, 0};
    return seen_paint_for(r, uses[r->state.text.mode & 3]);
}
