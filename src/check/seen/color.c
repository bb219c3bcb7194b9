/* color.c - colours: the operators that set them, when two are equal, and how they are told. */
#include "check/seen/operators.h"

#include "check/shown.h"

#include <math.h>

/* --- keeping them --- */

static bool same_color(const void *one, const void *other)
{
    const seen_color *a = one, *b = other;
    if (a->space != b->space || a->n != b->n || a->base != b->base || !bt_str_equal(a->name, b->name)) return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (a->v[i] != b->v[i]) return false;
    return true;
}

const seen_color *seen_color_kept(seen_reader *r, const seen_color *color)
{
    uint64_t hash = bt_str_hash(color->name) + color->space * 7 + color->n;
    for (uint32_t i = 0; i < color->n; i++) {
        uint64_t bits;
        memcpy(&bits, &color->v[i], sizeof bits);
        hash = (hash ^ bits) * 0x9e3779b97f4a7c15u + (hash >> 31);
    }
    seen_slot *slot = seen_table_slot(r->arena, &r->known->colors, hash, color, same_color);
    if (!slot) return NULL;
    if (!slot->thing) {
        seen_color *kept = BT_NEW(r->arena, seen_color);
        if (!kept) return NULL;
        *kept = *color;
        seen_table_fill(&r->known->colors, slot, kept);
    }
    return slot->thing;
}

/* What a space begins with: black, all ink of a spot colour, the first of a table. */
const seen_color *seen_color_first(seen_reader *r, const seen_ink_space *space)
{
    seen_color color = {.space = space->space, .name = space->name, .base = space->base};
    if (space->table) color = seen_table_color(space->table, 0);
    if (!space->table) color.n = space->n_components < SEEN_MOST_INKS ? space->n_components : SEEN_MOST_INKS;
    if (space->space == SEEN_CMYK || space->space == SEEN_ICC_CMYK) color.v[3] = 1;
    if (space->space == SEEN_SPOT || space->space == SEEN_DEVICE_N)
        for (uint32_t i = 0; i < color.n; i++) color.v[i] = 1;
    return seen_color_kept(r, &color);
}

/* --- operators --- */

typedef enum side { FILL, STROKE } side;

static void set_color(seen_reader *r, side which, const seen_color *color)
{
    const seen_color *kept = seen_color_kept(r, color);
    const seen_color **place = which == FILL ? &r->state.fill : &r->state.stroke;
    if (*place == kept) return;
    *place = kept;
    r->state.paint = NULL;
}

static void set_space(seen_reader *r, side which, const seen_ink_space *space)
{
    *(which == FILL ? &r->state.fill_space : &r->state.stroke_space) = *space;
}

static double within(double v, double low, double high) { return v < low ? low : v > high ? high : v + 0.0; }

/* The numbers of sc as they count: what is out of range is taken to its end. */
static void set_values(seen_color *color, const seen_operand *args, uint32_t n_args)
{
    for (uint32_t i = 0; i < color->n; i++) {
        double v = i < n_args && args[i].kind == SEEN_NUMBER ? args[i].number : 0;
        color->v[i] = color->space == SEEN_LAB ? within(v, i ? -128 : 0, i ? 127 : 100) : within(v, 0, 1);
    }
}

static void set_device(seen_reader *r, side which, seen_space device)
{
    const seen_ink_space space = seen_space_device(r, device);
    seen_color color = {.space = space.space, .n = space.n_components, .name = space.name, .base = space.base};
    if (color.n > SEEN_MOST_INKS) color.n = SEEN_MOST_INKS;
    set_values(&color, r->work->args, r->work->n_args);
    set_space(r, which, &space);
    set_color(r, which, &color);
}

void seen_op_g(seen_reader *r) { set_device(r, FILL, SEEN_GRAY); }

void seen_op_G(seen_reader *r) { set_device(r, STROKE, SEEN_GRAY); }

void seen_op_rg(seen_reader *r) { set_device(r, FILL, SEEN_RGB); }

void seen_op_RG(seen_reader *r) { set_device(r, STROKE, SEEN_RGB); }

void seen_op_k(seen_reader *r) { set_device(r, FILL, SEEN_CMYK); }

void seen_op_K(seen_reader *r) { set_device(r, STROKE, SEEN_CMYK); }

static void choose_space(seen_reader *r, side which)
{
    const seen_ink_space space = seen_space_named(r, r->work->args[0].text);
    const seen_color *color = seen_color_first(r, &space);
    set_space(r, which, &space);
    if (color) set_color(r, which, color);
}

void seen_op_cs(seen_reader *r) { choose_space(r, FILL); }

void seen_op_CS(seen_reader *r) { choose_space(r, STROKE); }

static seen_color *read_pattern(seen_reader *r, seen_obj pattern)
{
    double type = 0;
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, pattern, "/PatternType"), &type);
    seen_color *color = BT_NEW(r->scratch, seen_color);
    if (!color) return NULL;
    *color = (seen_color){.space = SEEN_PATTERN, .name = BT_STR("tiling"), .base = SEEN_PATTERN};
    if (type == 2) {
        seen_obj shading = seen_obj_key(r->pdf, pattern, "/Shading");
        color->name = BT_STR("shading");
        color->base = seen_space_read(r, seen_obj_key(r->pdf, shading, "/ColorSpace")).space;
    }
    return color;
}

/* A pattern by its name; an uncoloured tiling's ink comes before it. */
static void set_pattern(seen_reader *r, side which, const seen_ink_space *space)
{
    const uint32_t n = r->work->n_args;
    const seen_operand *name = n ? &r->work->args[n - 1] : NULL;
    seen_resource *found = name && name->kind == SEEN_NAME ? seen_find(r, "/Pattern", name->text) : NULL;
    if (found && !found->made) found->made = read_pattern(r, found->object);
    if (!found || !found->made) return;
    seen_color color = *(const seen_color *)found->made;
    if (space->n_components && n > 1 && color.base == SEEN_PATTERN) {
        color.base = space->base;
        color.n = n - 1 < SEEN_MOST_INKS ? n - 1 : SEEN_MOST_INKS;
        set_values(&color, r->work->args, n - 1);
    }
    set_color(r, which, &color);
}

static void choose_color(seen_reader *r, side which)
{
    const seen_ink_space *space = which == FILL ? &r->state.fill_space : &r->state.stroke_space;
    if (space->space == SEEN_PATTERN) {
        set_pattern(r, which, space);
        return;
    }
    if (!r->work->n_args || r->work->args[0].kind != SEEN_NUMBER) return;
    seen_color color = {.space = space->space, .name = space->name, .base = space->base};
    color.n = space->n_components < SEEN_MOST_INKS ? space->n_components : SEEN_MOST_INKS;
    if (space->table)
        color = seen_table_color(space->table, seen_arg(r, 0));
    else
        set_values(&color, r->work->args, r->work->n_args);
    set_color(r, which, &color);
}

void seen_op_sc(seen_reader *r) { choose_color(r, FILL); }

void seen_op_SC(seen_reader *r) { choose_color(r, STROKE); }

/* --- telling them --- */

bool seen_color_equal(const seen_color *a, const seen_color *b, double tolerance)
{
    if (!a || !b || a == b) return a == b;
    if (a->space != b->space || a->n != b->n || !bt_str_equal(a->name, b->name)) return false;
    const double unit = a->space == SEEN_LAB ? 100 : 1;
    for (uint32_t i = 0; i < a->n; i++)
        if (fabs(a->v[i] - b->v[i]) > tolerance * unit) return false;
    return true;
}

const char *seen_space_word(seen_space space)
{
    static const char *const words[SEEN_N_SPACES] = {
        [SEEN_GRAY] = "gray",         [SEEN_RGB] = "RGB",          [SEEN_CMYK] = "CMYK",
        [SEEN_ICC_GRAY] = "ICC gray", [SEEN_ICC_RGB] = "ICC RGB",  [SEEN_ICC_CMYK] = "ICC CMYK",
        [SEEN_CAL_GRAY] = "CalGray",  [SEEN_CAL_RGB] = "CalRGB",   [SEEN_LAB] = "Lab",
        [SEEN_SPOT] = "spot",         [SEEN_DEVICE_N] = "DeviceN", [SEEN_INDEXED] = "indexed",
        [SEEN_PATTERN] = "pattern",
    };
    return words[space];
}

static bool is_of_light(seen_space space) /* told in the 256 steps of screens */
{
    return space == SEEN_RGB || space == SEEN_ICC_RGB || space == SEEN_CAL_RGB;
}

bt_str seen_color_shown(bt_arena *arena, bt_lang lang, const seen_color *color)
{
    bt_buf out = bt_buf_in(arena);
    if (!color) return BT_STR("");
    if (color->name.len)
        bt_buf_add(&out, color->name);
    else
        bt_buf_add_z(&out, seen_space_word(color->space));
    const double unit = is_of_light(color->space) ? 255 : color->space == SEEN_LAB ? 1 : 100;
    for (uint32_t i = 0; i < color->n; i++) {
        bt_buf_add_char(&out, ' ');
        bt_buf_add(&out, shown_number(arena, lang, color->v[i] * unit, 1));
    }
    return bt_buf_str(&out);
}

static bool add_ink(bt_str name, double tint, double cmyk[4])
{
    static const char *const names[4] = {"Cyan", "Magenta", "Yellow", "Black"};
    for (int i = 0; i < 4; i++)
        if (bt_str_is(name, names[i]) || bt_str_is(name, "All")) cmyk[i] = tint;
    return true;
}

/* Names that are joined: one of process inks has no plus sign. */
static bool add_inks(const seen_color *color, double cmyk[4])
{
    bt_str rest = color->name;
    for (uint32_t i = 0; i < color->n; i++) {
        const char *plus = memchr(rest.ptr, '+', rest.len);
        size_t length = plus ? (size_t)(plus - rest.ptr) : rest.len;
        add_ink(bt_str_slice(rest, 0, length), color->v[i], cmyk);
        rest = plus ? bt_str_slice(rest, length + 1, rest.len) : BT_STR("");
    }
    return true;
}

bool seen_color_cmyk(const seen_color *color, double cmyk[4])
{
    memset(cmyk, 0, 4 * sizeof *cmyk);
    switch (color->space) {
    case SEEN_GRAY:
        cmyk[3] = 1 - color->v[0];
        return true;
    case SEEN_CMYK:
        memcpy(cmyk, color->v, 4 * sizeof *cmyk);
        return true;
    case SEEN_SPOT:
        return add_ink(color->name, color->v[0], cmyk);
    case SEEN_DEVICE_N:
        return add_inks(color, cmyk);
    default:
        return false;
    }
}
