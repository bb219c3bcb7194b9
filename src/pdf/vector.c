/* vector.c - a vector picture as the contents of a form: paths, colours in CMYK, opacity by graphics states.
 *
 * sRGB becomes CMYK with full gray replacement: K is what the lightest channel lacks, C, M and Y are what the others
 * lack of it. A gray is pure black ink, so thin gray lines need one plate only; no colour has more than three inks.
 */
#include "pdf/pdf_int.h"

typedef struct vector {
    const bt_image *image;
    bt_buf *out, *states;
    BT_ARRAY(uint32_t) known; /* pairs of opacities already among the states */
    uint16_t fill[4], stroke[4];
    bool has_fill, has_stroke; /* set once */
    uint32_t opacities;        /* fill * 65536 + stroke */
    int64_t width;             /* of the stroke, as written [milli]; -1: not yet */
    int cap, join, miter;
} vector;

static void ink_of(const bt_paint *paint, uint16_t cmyk[4])
{
    if (paint->kind == BT_PAINT_CMYK) {
        for (int i = 0; i < 4; i++) cmyk[i] = paint->v[i] > 10000 ? 10000 : paint->v[i];
        return;
    }
    int most = 0;
    for (int i = 0; i < 3; i++) {
        int v = paint->v[i] > 255 ? 255 : paint->v[i];
        if (v > most) most = v;
    }
    for (int i = 0; i < 3; i++) {
        int v = paint->v[i] > 255 ? 255 : paint->v[i];
        cmyk[i] = most ? (uint16_t)(((most - v) * 10000 + most / 2) / most) : 0;
    }
    cmyk[3] = (uint16_t)(((255 - most) * 10000 + 127) / 255);
}

static void set_ink(vector *v, const bt_paint *paint, uint16_t now[4], bool *is_set, const char *operation)
{
    uint16_t cmyk[4];
    ink_of(paint, cmyk);
    if (*is_set && cmyk[0] == now[0] && cmyk[1] == now[1] && cmyk[2] == now[2] && cmyk[3] == now[3]) return;
    bt_pdf_add_cmyk(v->out, cmyk);
    bt_buf_add_z(v->out, operation);
    for (int i = 0; i < 4; i++) now[i] = cmyk[i];
    *is_set = true;
}

static void add_state_name(bt_buf *out, uint32_t fill, uint32_t stroke)
{
    bt_buf_add_z(out, "/A");
    bt_buf_add_int(out, fill);
    bt_buf_add_char(out, '_');
    bt_buf_add_int(out, stroke);
}

static void set_opacity(vector *v, const bt_paint *fill, const bt_paint *stroke)
{
    uint32_t ca = fill->kind == BT_PAINT_NONE || fill->opacity > 10000 ? 10000 : fill->opacity;
    uint32_t CA = stroke->kind == BT_PAINT_NONE || stroke->opacity > 10000 ? 10000 : stroke->opacity;
    uint32_t pair = ca << 16 | CA;
    if (v->opacities == pair) return;
    v->opacities = pair;
    add_state_name(v->out, ca, CA);
    bt_buf_add_z(v->out, " gs\n");
    for (uint32_t i = 0; i < v->known.n; i++) {
        if (v->known.v[i] == pair) return;
    }
    uint32_t *known = BT_PUSH(v->out->arena, &v->known);
    if (known) *known = pair;
    add_state_name(v->states, ca, CA);
    bt_buf_add_z(v->states, "<</ca ");
    bt_buf_add_fixed(v->states, ca, 4);
    bt_buf_add_z(v->states, "/CA ");
    bt_buf_add_fixed(v->states, CA, 4);
    bt_buf_add_z(v->states, ">>");
}

static void set_stroke(vector *v, const bt_vector_path *path)
{
    int64_t width = bt_pdf_milli(path->stroke_width);
    if (v->width != width) {
        bt_pdf_add_milli(v->out, width);
        bt_buf_add_z(v->out, " w\n");
    }
    if (v->cap != path->cap) bt_buf_format(v->out, "%d J\n", path->cap);
    if (v->join != path->join) bt_buf_format(v->out, "%d j\n", path->join);
    if (v->miter != path->miter_limit && path->join == 0 && path->miter_limit >= 100) {
        bt_buf_add_fixed(v->out, path->miter_limit, 2);
        bt_buf_add_z(v->out, " M\n");
        v->miter = path->miter_limit;
    }
    v->width = width;
    v->cap = path->cap;
    v->join = path->join;
}

void bt_pdf_add_outline(bt_buf *out, const bt_outline *outline, int64_t left, int64_t top)
{
    static const struct {
        uint32_t n_points;
        const char *operation;
    } operations[] = {[BT_PATH_MOVE] = {1, "m\n"},
                      [BT_PATH_LINE] = {1, "l\n"},
                      [BT_PATH_CURVE] = {3, "c\n"},
                      [BT_PATH_CLOSE] = {0, "h\n"}};
    uint32_t point_i = 0;
    for (uint32_t i = 0; i < outline->n_ops && outline->ops[i] <= BT_PATH_CLOSE; i++) {
        uint32_t n = operations[outline->ops[i]].n_points;
        if (outline->n_points - point_i < n) return;
        for (; n; n--, point_i++) {
            bt_pdf_add_milli(out, bt_pdf_milli(left + outline->points[2 * (size_t)point_i]));
            bt_buf_add_char(out, ' ');
            bt_pdf_add_milli(out, bt_pdf_milli(top - outline->points[2 * (size_t)point_i + 1]));
            bt_buf_add_char(out, ' ');
        }
        bt_buf_add_z(out, operations[outline->ops[i]].operation);
    }
}

void bt_pdf_add_paint(bt_buf *out, bool is_filled, bool is_stroked, bool is_even_odd)
{
    bt_buf_add_z(out, is_filled && is_stroked ? "B" : is_filled ? "f" : "S");
    bt_buf_add_z(out, is_filled && is_even_odd ? "*\n" : "\n");
}

static void draw(vector *v, const bt_vector_path *path)
{
    bool has_fill = path->fill.kind != BT_PAINT_NONE, has_stroke = path->stroke.kind != BT_PAINT_NONE;
    if ((!has_fill && !has_stroke) || !path->n_ops || path->ops[0] != BT_PATH_MOVE || !path->n_points) return;
    set_opacity(v, &path->fill, &path->stroke);
    if (has_fill) set_ink(v, &path->fill, v->fill, &v->has_fill, " k\n");
    if (has_stroke) {
        set_ink(v, &path->stroke, v->stroke, &v->has_stroke, " K\n");
        set_stroke(v, path);
    }
    const bt_outline outline = {path->ops, path->n_ops, path->points, path->n_points};
    bt_pdf_add_outline(v->out, &outline, 0, v->image->natural_height);
    bt_pdf_add_paint(v->out, has_fill, has_stroke, path->is_even_odd);
}

void bt_pdf_draw_vector(bt_arena *arena, const bt_image *image, bt_buf *out, bt_buf *states)
{
    vector v = {.image = image, .out = out, .states = states, .width = -1, .miter = 1000};
    v.opacities = 10000u << 16 | 10000u;
    for (uint32_t i = 0; i < image->n_paths && !arena->failed; i++) draw(&v, &image->paths[i]);
}
