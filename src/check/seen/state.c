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

void seen_op_J(seen_reader *r)
{
    double cap = seen_arg(r, 0);
    r->state.line_cap = cap == 1 || cap == 2 ? (uint8_t)cap : 0;
}

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

/* BM: a name, or the first of several that is known; what is known is all that a name may be. */
static bt_str read_blend(seen_reader *r, seen_obj value)
{
    if (seen_obj_is_array(r->pdf, value)) value = seen_obj_item(r->pdf, value, 0);
    bt_str name = seen_obj_name(r->pdf, r->arena, value);
    return !name.len || bt_str_is(name, "Compatible") ? BT_STR("Normal") : name;
}

static void set_overprint(seen_reader *r, seen_obj gs)
{
    bool is_on = false;
    double mode = 0;
    if (seen_obj_bool(r->pdf, seen_obj_key(r->pdf, gs, "/OP"), &is_on)) /* OP sets both where op is absent */
        r->state.overprints_stroke = r->state.overprints_fill = is_on;
    if (seen_obj_bool(r->pdf, seen_obj_key(r->pdf, gs, "/op"), &is_on)) r->state.overprints_fill = is_on;
    if (seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, "/OPM"), &mode)) r->state.overprint_mode = mode == 1;
}

static void set_transparency(seen_reader *r, seen_obj gs)
{
    double alpha = 1;
    if (seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, "/ca"), &alpha)) r->state.fill_alpha = alpha;
    if (seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, "/CA"), &alpha)) r->state.stroke_alpha = alpha;
    seen_obj blend = seen_obj_key(r->pdf, gs, "/BM"), mask = seen_obj_key(r->pdf, gs, "/SMask");
    if (blend) r->state.blend = read_blend(r, blend);
    if (mask) r->state.has_soft_mask = seen_obj_is_dict(r->pdf, mask);
}

static void set_lines_and_font(seen_reader *r, seen_obj gs)
{
    double width = 0, cap = 0;
    if (seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, "/LW"), &width)) r->state.line_width = fabs(width);
    if (seen_obj_number(r->pdf, seen_obj_key(r->pdf, gs, "/LC"), &cap))
        r->state.line_cap = cap == 1 || cap == 2 ? (uint8_t)cap : 0;
    seen_obj dash = seen_obj_item(r->pdf, seen_obj_key(r->pdf, gs, "/D"), 0);
    if (seen_obj_is_array(r->pdf, dash)) r->state.is_dashed = seen_obj_n_items(r->pdf, dash) > 0;
    seen_obj font = seen_obj_key(r->pdf, gs, "/Font");
    if (seen_obj_n_items(r->pdf, font) == 2) {
        r->state.text.font = seen_font_open(r, seen_obj_item(r->pdf, font, 0));
        seen_obj_number(r->pdf, seen_obj_item(r->pdf, font, 1), &r->state.text.size);
    }
}

void seen_op_gs(seen_reader *r)
{
    const seen_resource *found = seen_find(r, "/ExtGState", r->work->args[0].text);
    if (!found) return;
    set_overprint(r, found->object);
    set_transparency(r, found->object);
    set_lines_and_font(r, found->object);
    r->state.paint = NULL;
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
