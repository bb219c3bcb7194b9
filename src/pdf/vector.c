/* vector.c - a vector picture as a form: paths, colours in the inks that are there (paint.h), opacity by graphics
 * states.
 */
#include "pdf/pdf_int.h"

/* What a colour is written in: process inks, a tint of the spot, a tint beside black. */
typedef enum space { SPACE_NONE, SPACE_PROCESS, SPACE_TINT, SPACE_MIXTURE } space;

/* A colour of the graphics state, as written so far. */
typedef struct ink_state {
    space space;
    bt_paint_inks inks;
} ink_state;

typedef struct vector {
    bt_pdf *pdf;
    const bt_image *image;
    bt_buf *out, *states;
    BT_ARRAY(uint32_t) known; /* pairs of opacities already among the states */
    ink_state fill, stroke;
    bool has_spots, is_mixed;
    int32_t most_ink;   /* hundredths of a percent */
    uint32_t opacities; /* fill * 65536 + stroke */
    int64_t width;      /* of the stroke, as written [milli]; -1: not yet */
    int cap, join, miter;
} vector;

static space space_of(const bt_paint_inks *inks)
{
    if (!inks->tint) return SPACE_PROCESS;
    return inks->cmyk[3] ? SPACE_MIXTURE : SPACE_TINT;
}

static bool is_same_color(const ink_state *a, const ink_state *b)
{
    bool is_same = a->space == b->space && a->inks.tint == b->inks.tint;
    for (int i = 0; i < 4; i++) is_same = is_same && a->inks.cmyk[i] == b->inks.cmyk[i];
    return is_same;
}

/* A tint's space is set once; process inks have theirs in the operator. */
static void set_tint(vector *v, const ink_state *color, space before, bool is_stroke)
{
    uint16_t spot = v->pdf->pages->picture_inks.spot;
    bool is_mixed = color->space == SPACE_MIXTURE;
    if (before != color->space)
        bt_buf_format(v->out, "/%c%u %s\n", is_mixed ? 'D' : 'S', spot - 1u, is_stroke ? "CS" : "cs");
    bt_buf_add_fixed(v->out, color->inks.tint, 4);
    if (is_mixed) {
        bt_buf_add_char(v->out, ' ');
        bt_buf_add_fixed(v->out, color->inks.cmyk[3], 4);
        v->is_mixed = true;
    }
    bt_buf_add_z(v->out, is_stroke ? " SCN\n" : " scn\n");
    v->has_spots = true;
}

static void set_ink(vector *v, const bt_paint *paint, bool is_stroke)
{
    ink_state *now = is_stroke ? &v->stroke : &v->fill, next = {.inks = bt_paints_find(v->pdf->paints, paint)};
    next.space = space_of(&next.inks);
    int32_t sum = next.inks.tint;
    for (int i = 0; i < 4; i++) sum += next.inks.cmyk[i];
    if (sum > v->most_ink) v->most_ink = sum;
    if (is_same_color(now, &next)) return;
    if (next.space == SPACE_PROCESS) {
        bt_pdf_add_cmyk(v->out, next.inks.cmyk);
        bt_buf_add_z(v->out, is_stroke ? " K\n" : " k\n");
    } else {
        set_tint(v, &next, now->space, is_stroke);
    }
    *now = next;
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
    if (has_fill) set_ink(v, &path->fill, false);
    if (has_stroke) {
        set_ink(v, &path->stroke, true);
        set_stroke(v, path);
    }
    const bt_outline outline = {path->ops, path->n_ops, path->points, path->n_points};
    bt_pdf_add_outline(v->out, &outline, 0, v->image->natural_height);
    bt_pdf_add_paint(v->out, has_fill, has_stroke, path->is_even_odd);
}

/* Only device-cmyk() can ask for too much, and it is printed as it asks. */
static void report_ink(const bt_pdf *pdf, const bt_pdf_image *image, const bt_place *at)
{
    const bt_pdf_options *options = pdf->options;
    int32_t most_ink = image->drawing.most_ink;
    if (options->rendition != BT_PRESS || !options->ink_limit || most_ink <= options->ink_limit * 100) return;
    bt_buf most = bt_buf_in(pdf->arena);
    bt_buf_add_fixed(&most, most_ink, 2);
    bt_diag(pdf->diags, BT_W_DRAWING_INK, at,
            BT_ARGS(image->image->path, bt_buf_str(&most), bt_str_format(pdf->arena, "%d", (int)options->ink_limit)));
}

/* --- over documents --- */

/* What a drawing is made of: its file and the inks that there are. */
static bt_str key_of(bt_pdf *pdf, const bt_image *image)
{
    const bt_profile *profile = pdf->options->profile;
    bt_picture_inks inks = pdf->pages->picture_inks;
    const bt_ink none = {.c = 0}, *spot = &none;
    if (inks.spot && inks.spot <= pdf->pages->n_spots) spot = &pdf->pages->spots[inks.spot - 1].equivalent;
    return bt_str_format(pdf->arena, "%016llx %d %d %016llx %d %d %u %u %u %u %u", (unsigned long long)image->hash,
                         image->natural_width, image->natural_height, profile ? (unsigned long long)profile->hash : 0,
                         (int)pdf->options->ink_limit, inks.is_black_alone, inks.spot, spot->c, spot->m, spot->y,
                         spot->k);
}

static bool make(bt_pdf *pdf, const bt_image *image, bt_pdf_drawing *made)
{
    bt_buf out = bt_buf_in(pdf->arena), states = bt_buf_in(pdf->arena);
    vector v = {.pdf = pdf, .image = image, .out = &out, .states = &states, .width = -1, .miter = 1000};
    v.opacities = 10000u << 16 | 10000u;
    for (uint32_t i = 0; i < image->n_paths && !pdf->arena->failed; i++) draw(&v, &image->paths[i]);
    if (pdf->arena->failed) return false;
    *made = (bt_pdf_drawing){.body = bt_pdf_deflate(pdf, bt_buf_str(&out)),
                             .hash = bt_str_hash(bt_buf_str(&out)),
                             .states = bt_buf_str(&states),
                             .most_ink = v.most_ink,
                             .has_spots = v.has_spots,
                             .is_mixed = v.is_mixed};
    return !pdf->arena->failed;
}

static void keep(bt_pdf *pdf, bt_str key, const bt_pdf_drawing *made)
{
    bt_pdf_drawing *kept =
        bt_pdf_cache_put(pdf->cache, BT_PDF_CACHE_DRAWING, key, sizeof *made + made->body.len + made->states.len);
    if (!kept) return;
    char *room = (char *)(kept + 1);
    *kept = *made;
    kept->body = bt_pdf_cache_move(&room, made->body);
    kept->states = bt_pdf_cache_move(&room, made->states);
}

void bt_pdf_make_vector(bt_pdf *pdf, bt_pdf_image *image, const bt_place *at)
{
    bt_str key = key_of(pdf, image->image);
    const bt_pdf_drawing *known = pdf->arena->failed ? NULL : bt_pdf_cache_find(pdf->cache, BT_PDF_CACHE_DRAWING, key);
    if (known) {
        image->drawing = *known;
    } else {
        if (!make(pdf, image->image, &image->drawing)) return;
        keep(pdf, key, &image->drawing);
    }
    image->body = image->drawing.body;
    uint16_t spot = pdf->pages->picture_inks.spot;
    if (image->drawing.has_spots) pdf->has_spot[spot - 1] = true;
    if (image->drawing.is_mixed) pdf->mixed_spot = spot;
    report_ink(pdf, image, at);
}

void bt_pdf_put_vector(bt_pdf *pdf, bt_pdf_image *made)
{
    bt_buf out = bt_buf_in(pdf->arena);
    bt_buf_add_z(&out, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    bt_pdf_add_milli(&out, bt_pdf_milli(made->image->natural_width));
    bt_buf_add_char(&out, ' ');
    bt_pdf_add_milli(&out, bt_pdf_milli(made->image->natural_height));
    bt_buf_add_z(&out, "]/Resources<<");
    if (made->drawing.states.len) {
        bt_buf_add_z(&out, "/ExtGState<<");
        bt_buf_add(&out, made->drawing.states);
        bt_buf_add_z(&out, ">>");
    }
    if (made->drawing.has_spots) bt_buf_format(&out, "/ColorSpace %u 0 R", bt_haru_number(pdf->space_object));
    bt_buf_add_z(&out, ">>");
    made->object = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(made->object, bt_buf_str(&out));
    bt_haru_set_stream(made->object, made->body, "FlateDecode");
    if (!made->is_own) bt_haru_share_stream(made->object, made->drawing.hash);
}
