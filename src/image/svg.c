/* svg.c - drawings: a static subset of SVG 1.1, read with expat, becomes filled and stroked paths in sp.
 *
 * Drawn: svg (width, height, viewBox), g, path, rect, circle, ellipse, line, polyline, polygon; transform; the
 * properties of svg_style.c; colours as in svg_color.c. Passed over: title, desc, metadata, defs (what is defined there
 * can only be used by reference, which is refused), and elements and attributes of other namespaces. Everything else is
 * an error that names it and its line: a picture is drawn right or not at all.
 *
 * Simplifications: the drawing keeps its proportions and is centred in its viewport, whatever preserveAspectRatio says;
 * it is not clipped to the viewport; a stroke's width is scaled evenly (by the root of the transform's determinant); a
 * group's opacity is given to its shapes. Declarations inside a DOCTYPE, and with them entities, are refused.
 */
#include "base/limits.h"
#include "image/image_int.h"
#include "image/svg_int.h"

#include <expat.h>
#include <math.h>
#include <string.h>

enum {
    MOST_REPORTED = 8, /* faults of one file; each element or attribute is named once */
    MOST_SHOWN = 40,   /* bytes of a value in a message */
};

static const double sp_per_px = BT_SP_PER_PT * 72 / 96.0;
static const char svg_namespace[] = "http://www.w3.org/2000/svg";

typedef struct level {
    bt_svg_matrix matrix; /* user space to sp */
    bt_svg_style style;
    bool is_shape; /* may hold descriptions only */
} level;

typedef struct svg_reader {
    const bt_image_source *source;
    bt_image *out;
    XML_Parser parser;
    bt_status status;
    bool is_stopped; /* expat may call once more after it was told to stop */
    uint64_t reported[MOST_REPORTED];
    uint32_t n_reported;
    level levels[BT_LIMIT_SVG_DEPTH + 1]; /* [0]: outside the root */
    uint32_t depth;
    uint32_t n_skipped; /* open elements of a part that is passed over */
    bool is_in_defs;    /* that part is a <defs> */
    bt_svg_pen pen;
    BT_ARRAY(bt_vector_path) paths;
} svg_reader;

/* An element's attributes as expat gives them: name, value ... NULL. */
typedef struct element {
    bt_str name;
    const char **attributes;
    level level;
    bool is_sound; /* no fault of its own was found */
} element;

static void stop(svg_reader *reader, bt_status status)
{
    if (reader->is_stopped) return;
    reader->is_stopped = true;
    reader->status = status;
    XML_StopParser(reader->parser, XML_FALSE);
}

/* The beginning of a text, cut between two characters. */
static bt_str shown(const svg_reader *reader, bt_str text)
{
    if (text.len <= MOST_SHOWN) return text;
    size_t end = MOST_SHOWN;
    while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    return bt_str_join(reader->source->scratch, bt_str_slice(text, 0, end), BT_STR("..."));
}

static bt_str number_text(const svg_reader *reader, uint64_t number)
{
    return bt_str_format(reader->source->scratch, "%llu", (unsigned long long)number);
}

static bt_str line_text(const svg_reader *reader)
{
    return number_text(reader, XML_GetCurrentLineNumber(reader->parser));
}

/* Reports a fault of the file, once for each code and first argument; args follow {1} and {2}, the path and the line.
 */
static void refuse(svg_reader *reader, bt_diag_code code, bt_str a, bt_str b, bt_str c)
{
    if (reader->is_stopped) return;
    uint64_t key = bt_str_hash(a) + (uint64_t)code;
    for (uint32_t i = 0; i < reader->n_reported; i++) {
        if (reader->reported[i] == key) return;
    }
    bt_str line = line_text(reader);
    a = shown(reader, a);
    if (reader->source->scratch->failed) {
        stop(reader, BT_NOMEM);
        return;
    }
    bt_diag(reader->source->diags, code, reader->source->at, BT_ARGS(reader->source->name, line, a, b, c));
    reader->reported[reader->n_reported++] = key;
    if (reader->n_reported == MOST_REPORTED)
        stop(reader, BT_INPUT);
    else
        reader->status = BT_INPUT;
}

static void refuse_value(svg_reader *reader, element *one, bt_str name, bt_str value, bt_str advice)
{
    one->is_sound = false;
    refuse(reader, BT_E_SVG_VALUE, name, shown(reader, value), bt_say(reader->source->diags, advice));
}

/* Of an attribute or a property that is not known. */
static void refuse_name(svg_reader *reader, element *one, bt_str kind, bt_str name)
{
    one->is_sound = false;
    bt_str what = bt_say_with(reader->source->diags, reader->source->scratch, kind, BT_ARGS(name));
    refuse(reader, BT_E_SVG_ATTRIBUTE, what, BT_SAY(reader->source->diags, "remove it, or export the drawing as PNG"),
           BT_STR(""));
}

static void refuse_element(svg_reader *reader, bt_str name)
{
    static const struct {
        bt_str name, advice;
    } remedies[] = {
        {BT_STR_INIT("text"), BT_STR_INIT("convert text to paths (Inkscape: Path > Object to Path)")},
        {BT_STR_INIT("flowRoot"), BT_STR_INIT("convert text to paths (Inkscape: Path > Object to Path)")},
        {BT_STR_INIT("image"), BT_STR_INIT("place that picture in the article itself, or export the drawing as PNG")},
        {BT_STR_INIT("use"), BT_STR_INIT("unlink the clones (Inkscape: Edit > Clone > Unlink Clone)")},
        {BT_STR_INIT("symbol"), BT_STR_INIT("unlink the clones (Inkscape: Edit > Clone > Unlink Clone)")},
        {BT_STR_INIT("linearGradient"), BT_STR_INIT("use plain colours, or export the drawing as PNG")},
        {BT_STR_INIT("radialGradient"), BT_STR_INIT("use plain colours, or export the drawing as PNG")},
        {BT_STR_INIT("pattern"), BT_STR_INIT("use plain colours, or export the drawing as PNG")},
        {BT_STR_INIT("style"),
         BT_STR_INIT("give the shapes attributes instead (Illustrator: Styling: Presentation Attributes)")},
    };
    bt_str advice = BT_STR("simplify the drawing, or export it as PNG");
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        if (bt_str_equal(name, remedies[i].name)) advice = remedies[i].advice;
    }
    refuse(reader, BT_E_SVG_ELEMENT, name, bt_say(reader->source->diags, advice), BT_STR(""));
}

/* Empty when the element has no such attribute. */
static bt_str attribute(const element *one, const char *name)
{
    for (const char **pair = one->attributes; *pair; pair += 2) {
        if (strcmp(pair[0], name) == 0) return bt_str_of(pair[1]);
    }
    return BT_STR("");
}

/* A length of the element; `missing` when it is not given. Below `least` is a fault. */
static double length(svg_reader *reader, element *one, const char *name, double missing, double least)
{
    bt_str text = attribute(one, name);
    double value;
    if (!text.len) return missing;
    if (bt_svg_length(text, &value) && value >= least) return value;
    refuse_value(reader, one, bt_str_of(name), text, BT_STR("use a number, or a length in px, pt, mm, cm or in"));
    return missing;
}

/* A size of <rect> that is "auto" or not given is the other one. */
static double radius(svg_reader *reader, element *one, const char *name)
{
    return bt_str_is(attribute(one, name), "auto") ? -1 : length(reader, one, name, -1, 0);
}

static void draw_rect(svg_reader *reader, element *one)
{
    double x = length(reader, one, "x", 0, -INFINITY), y = length(reader, one, "y", 0, -INFINITY);
    double width = length(reader, one, "width", 0, 0), height = length(reader, one, "height", 0, 0);
    double rx = radius(reader, one, "rx"), ry = radius(reader, one, "ry");
    if (rx < 0) rx = ry < 0 ? 0 : ry;
    if (ry < 0) ry = rx;
    if (width > 0 && height > 0) bt_svg_rect(&reader->pen, x, y, width, height, rx, ry);
}

static void draw_circle(svg_reader *reader, element *one)
{
    double cx = length(reader, one, "cx", 0, -INFINITY), cy = length(reader, one, "cy", 0, -INFINITY);
    double r = length(reader, one, "r", 0, 0);
    if (r > 0) bt_svg_ellipse(&reader->pen, cx, cy, r, r);
}

static void draw_ellipse(svg_reader *reader, element *one)
{
    double cx = length(reader, one, "cx", 0, -INFINITY), cy = length(reader, one, "cy", 0, -INFINITY);
    double rx = radius(reader, one, "rx"), ry = radius(reader, one, "ry");
    if (rx < 0) rx = ry;
    if (ry < 0) ry = rx;
    if (rx > 0 && ry > 0) bt_svg_ellipse(&reader->pen, cx, cy, rx, ry);
}

static void draw_line(svg_reader *reader, element *one)
{
    bt_svg_move(&reader->pen, length(reader, one, "x1", 0, -INFINITY), length(reader, one, "y1", 0, -INFINITY));
    bt_svg_line(&reader->pen, length(reader, one, "x2", 0, -INFINITY), length(reader, one, "y2", 0, -INFINITY));
}

static void refuse_path(svg_reader *reader, element *one, bt_str name, bt_str text, size_t bad_at)
{
    one->is_sound = false;
    size_t n = bt_utf8_count(bt_str_slice(text, 0, bad_at));
    bt_str rest = shown(reader, bt_str_slice(text, bad_at, text.len));
    refuse(reader, BT_E_SVG_PATH, name, number_text(reader, n + 1), rest);
}

static void draw_path(svg_reader *reader, element *one)
{
    bt_str d = attribute(one, "d");
    size_t bad_at;
    if (bt_svg_is_word(bt_str_trim(d), "none")) return;
    if (!bt_svg_path_data(&reader->pen, d, &bad_at))
        refuse_path(reader, one, BT_SAY(reader->source->diags, "d of <path>"), d, bad_at);
}

static void draw_polyline(svg_reader *reader, element *one)
{
    bt_str points = attribute(one, "points");
    size_t bad_at;
    if (!bt_svg_polyline(&reader->pen, points, &bad_at)) refuse_path(reader, one, BT_STR("points"), points, bad_at);
}

static void draw_polygon(svg_reader *reader, element *one)
{
    draw_polyline(reader, one);
    if (reader->pen.ops.n) bt_svg_close(&reader->pen);
}

/* The elements that are drawn. */
static const struct known_element {
    const char *name;
    void (*draw)(svg_reader *reader, element *one);
    const char *attributes; /* its own, each between two spaces */
} known_elements[] = {
    {"svg", NULL,
     " width height viewBox x y preserveAspectRatio version baseProfile zoomAndPan contentScriptType "
     "contentStyleType "},
    {"g", NULL, " "},
    {"path", draw_path, " d pathLength "},
    {"rect", draw_rect, " x y width height rx ry pathLength "},
    {"circle", draw_circle, " cx cy r pathLength "},
    {"ellipse", draw_ellipse, " cx cy rx ry pathLength "},
    {"line", draw_line, " x1 y1 x2 y2 pathLength "},
    {"polyline", draw_polyline, " points pathLength "},
    {"polygon", draw_polygon, " points pathLength "},
};

static const struct known_element *lookup(bt_str name)
{
    for (size_t i = 0; i < sizeof known_elements / sizeof *known_elements; i++) {
        if (bt_str_is(name, known_elements[i].name)) return &known_elements[i];
    }
    return NULL;
}

static bool is_listed(const char *list, bt_str name)
{
    size_t n = strlen(list);
    for (const char *at = list; (at = memmem(at, n - (size_t)(at - list), name.ptr, name.len)) != NULL; at++) {
        if (at > list && at[-1] == ' ' && at[name.len] == ' ') return true;
    }
    return false;
}

static void set_property(svg_reader *reader, element *one, bt_str name, bt_str value, bool is_in_style)
{
    static const char passed_over[] = " id class lang role tabindex ";
    bt_str advice;
    switch (bt_svg_style_set(&one->level.style, name, value, &advice)) {
    case BT_SVG_SET:
        return;
    case BT_SVG_BAD_VALUE:
        refuse_value(reader, one, name, value, advice);
        return;
    default:
        break;
    }
    if (!is_in_style && (is_listed(passed_over, name) || bt_str_starts(name, BT_STR("data-")) ||
                         bt_str_starts(name, BT_STR("aria-")) || bt_str_starts(name, BT_STR("on")))) {
        return;
    }
    refuse_name(reader, one, is_in_style ? BT_STR("property {1}") : BT_STR("attribute {1}"), name);
}

/* "name: value; name: value". A semicolon inside quotes or parentheses does not end a value. */
static void set_style(svg_reader *reader, element *one, bt_str style)
{
    size_t begin = 0;
    char quote = 0;
    int n_open = 0;
    for (size_t at = 0; at <= style.len; at++) {
        char c = at < style.len ? style.ptr[at] : ';';
        if (quote && at < style.len) {
            if (c == quote) quote = 0;
            continue;
        }
        if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(')
            n_open++;
        else if (c == ')' && n_open)
            n_open--;
        if (c != ';' || (n_open && at < style.len)) continue;
        bt_str one_property = bt_str_trim(bt_str_slice(style, begin, at));
        begin = at + 1;
        if (!one_property.len) continue;
        size_t colon = 0;
        while (colon < one_property.len && one_property.ptr[colon] != ':') colon++;
        set_property(reader, one, bt_str_trim(bt_str_slice(one_property, 0, colon)),
                     bt_str_slice(one_property, colon + 1, one_property.len), true);
    }
}

static void set_attributes(svg_reader *reader, element *one, const struct known_element *known)
{
    bt_str style = BT_STR("");
    for (const char **pair = one->attributes; *pair; pair += 2) {
        bt_str name = bt_str_of(pair[0]), value = bt_str_of(pair[1]);
        if (strchr(pair[0], '\n')) continue; /* of another namespace */
        if (bt_str_is(name, "style")) {
            style = value;
        } else if (bt_str_is(name, "transform")) {
            if (bt_svg_transform(value, &one->level.matrix)) continue;
            refuse_value(reader, one, name, value,
                         BT_STR("use matrix, translate, scale, rotate, skewX and skewY with plain numbers"));
        } else if (!is_listed(known->attributes, name)) {
            set_property(reader, one, name, value, false);
        }
    }
    set_style(reader, one, style);
}

static bool sp_of(double value, bt_sp *length_sp)
{
    if (!(value >= 0 && value < (double)BT_SP_LONGEST)) return false;
    *length_sp = (bt_sp)lround(value);
    return true;
}

/* The pen's path with the element's paints, kept; nothing when it would not show. */
static bool keep_path(svg_reader *reader, const element *one)
{
    const bt_svg_style *style = &one->level.style;
    const bt_svg_matrix *m = &one->level.matrix;
    bt_vector_path path = {
        .n_ops = reader->pen.ops.n,
        .n_points = reader->pen.points.n / 2,
        .fill = bt_svg_style_paint(style, &style->fill, style->fill_opacity),
        .stroke = bt_svg_style_paint(style, &style->stroke, style->stroke_opacity),
        .is_even_odd = style->is_even_odd,
        .cap = style->cap,
        .join = style->join,
        .miter_limit = style->miter_limit < 600 ? (uint16_t)lround(style->miter_limit * 100) : 60000,
    };
    double width = style->stroke_width * sqrt(fabs(m->a * m->d - m->b * m->c));
    if (!sp_of(width, &path.stroke_width)) return false;
    if (!path.stroke_width) path.stroke = (bt_paint){.kind = BT_PAINT_NONE};
    if (bt_str_is(one->name, "line")) path.fill = (bt_paint){.kind = BT_PAINT_NONE};
    if (path.n_ops < 2 || (!path.fill.kind && !path.stroke.kind)) return true;
    bt_arena *arena = reader->source->arena;
    uint8_t *ops = BT_NEW_ARRAY(arena, path.n_ops, uint8_t);
    bt_sp *points = BT_NEW_ARRAY(arena, reader->pen.points.n, bt_sp);
    bt_vector_path *kept = BT_PUSH(reader->source->scratch, &reader->paths);
    if (!ops || !points || !kept) {
        stop(reader, BT_NOMEM);
        return true;
    }
    memcpy(ops, reader->pen.ops.v, path.n_ops);
    memcpy(points, reader->pen.points.v, reader->pen.points.n * sizeof *points);
    path.ops = ops;
    path.points = points;
    *kept = path;
    return true;
}

static void refuse_nodes(svg_reader *reader)
{
    const bt_image_source *source = reader->source;
    bt_str most = number_text(reader, BT_LIMIT_SVG_NODES);
    if (reader->is_stopped) return;
    stop(reader, source->scratch->failed ? BT_NOMEM : BT_LIMIT);
    if (reader->status == BT_LIMIT) bt_diag(source->diags, BT_E_SVG_NODES, source->at, BT_ARGS(source->name, most));
}

static void draw(svg_reader *reader, element *one, const struct known_element *known)
{
    bt_svg_pen *pen = &reader->pen;
    pen->matrix = one->level.matrix;
    pen->ops.n = pen->points.n = 0;
    pen->x = pen->y = pen->start_x = pen->start_y = 0;
    pen->is_closed = false;
    pen->trouble = BT_SVG_FINE;
    known->draw(reader, one);
    if (pen->trouble == BT_SVG_NO_MEMORY) {
        stop(reader, BT_NOMEM);
    } else if (pen->trouble == BT_SVG_TOO_MANY_NODES) {
        refuse_nodes(reader);
    } else if (pen->trouble || (one->is_sound && !keep_path(reader, one))) {
        refuse(reader, BT_E_SVG_RANGE, one->name, BT_STR(""), BT_STR(""));
    }
}

/* A side of the viewport in px; 0 when the file does not tell it (a percentage is of a page that is not known). */
static double side(svg_reader *reader, element *one, const char *name)
{
    bt_str text = bt_str_trim(attribute(one, name));
    if (bt_str_ends(text, BT_STR("%")) || bt_str_is(text, "auto")) return 0;
    return length(reader, one, name, 0, 0);
}

/* x, y, width, height; width 0 where there is none. */
static void read_view_box(svg_reader *reader, element *one, double *box)
{
    bt_str text = attribute(one, "viewBox");
    if (!text.len) return;
    size_t at = 0;
    bool is_box = true;
    bt_svg_skip_space(text, &at);
    for (int i = 0; is_box && i < 4; i++) {
        is_box = bt_svg_number(text, &at, &box[i]);
        bt_svg_skip_comma(text, &at);
    }
    if (is_box && at == text.len && box[2] > 0 && box[3] > 0) return;
    box[2] = box[3] = 0;
    refuse_value(reader, one, BT_STR("viewBox"), text, BT_STR("give it four numbers: x y width height"));
}

/* Sets the picture's natural size and the first user space. False: reported. */
static bool set_viewport(svg_reader *reader, element *one)
{
    double width = side(reader, one, "width"), height = side(reader, one, "height");
    double box[4] = {0};
    read_view_box(reader, one, box);
    if (!one->is_sound) return false;
    if (box[2] > 0) {
        if (width <= 0) width = height > 0 ? height * box[2] / box[3] : box[2];
        if (height <= 0) height = width * box[3] / box[2];
    }
    bt_image *out = reader->out;
    if (!sp_of(width * sp_per_px, &out->natural_width) || !sp_of(height * sp_per_px, &out->natural_height)) {
        refuse(reader, BT_E_SVG_RANGE, one->name, BT_STR(""), BT_STR(""));
        return false;
    }
    if (!out->natural_width || !out->natural_height) {
        refuse(reader, BT_E_SVG_SIZE, BT_STR(""), BT_STR(""), BT_STR(""));
        return false;
    }
    bt_svg_matrix *m = &one->level.matrix;
    *m = (bt_svg_matrix){.a = sp_per_px, .d = sp_per_px};
    if (box[2] > 0) {
        double scale = width / box[2] < height / box[3] ? width / box[2] : height / box[3];
        m->a = m->d = sp_per_px * scale;
        m->e = sp_per_px * (width - box[2] * scale) / 2 - m->a * box[0];
        m->f = sp_per_px * (height - box[3] * scale) / 2 - m->d * box[1];
    }
    return true;
}

/* What is defined and never used does no harm; but these act without being used. */
static bool acts_from_defs(bt_str name)
{
    return bt_str_is(name, "style") || bt_str_is(name, "script") || bt_str_is(name, "set") ||
           bt_str_starts(name, BT_STR("animate"));
}

static bool is_description(bt_str name)
{
    return bt_str_is(name, "title") || bt_str_is(name, "desc") || bt_str_is(name, "metadata");
}

/* A drawn element. Its level is entered unless it is passed over with all that it holds. */
static void enter(svg_reader *reader, element *one, const struct known_element *known)
{
    const level *outer = &reader->levels[reader->depth];
    one->level = (level){.matrix = outer->matrix, .style = bt_svg_style_child(&outer->style), .is_shape = known->draw};
    if (!reader->depth && !set_viewport(reader, one)) {
        stop(reader, BT_INPUT);
        return;
    }
    set_attributes(reader, one, known);
    if (one->level.style.is_absent) {
        reader->n_skipped = 1;
        reader->is_in_defs = false;
        return;
    }
    if (known->draw) draw(reader, one, known);
    reader->levels[++reader->depth] = one->level;
}

static void refuse_depth(svg_reader *reader)
{
    const bt_image_source *source = reader->source;
    bt_str line = line_text(reader), most = number_text(reader, BT_LIMIT_SVG_DEPTH);
    stop(reader, source->scratch->failed ? BT_NOMEM : BT_LIMIT);
    if (reader->status != BT_LIMIT) return;
    bt_diag(source->diags, BT_E_SVG_DEPTH, source->at, BT_ARGS(source->name, line, most));
}

static void refuse_root(svg_reader *reader, bt_str name)
{
    const bt_image_source *source = reader->source;
    stop(reader, BT_INPUT);
    bt_diag(source->diags, BT_E_SVG_ROOT, source->at, BT_ARGS(source->name, name));
}

static void XMLCALL on_start(void *user, const XML_Char *full_name, const XML_Char **attributes)
{
    svg_reader *reader = user;
    const char *newline = strrchr(full_name, '\n');
    element one = {.name = bt_str_of(newline ? newline + 1 : full_name), .attributes = attributes, .is_sound = true};
    bool is_ours = !newline || bt_str_is((bt_str){full_name, (size_t)(newline - full_name)}, svg_namespace);
    if (reader->is_stopped) return;
    if (reader->n_skipped) {
        if (is_ours && reader->is_in_defs && acts_from_defs(one.name)) refuse_element(reader, one.name);
        reader->n_skipped++;
        return;
    }
    const struct known_element *known = is_ours ? lookup(one.name) : NULL;
    bool is_root = !reader->depth, is_svg = known && bt_str_is(one.name, "svg");
    if (is_root && !is_svg) {
        refuse_root(reader, one.name);
        return;
    }
    bool is_drawn = known && is_svg == is_root && !reader->levels[reader->depth].is_shape;
    if (is_drawn) {
        if (!reader->pen.n_nodes_left)
            refuse_nodes(reader);
        else if (reader->depth == BT_LIMIT_SVG_DEPTH)
            refuse_depth(reader);
        if (reader->is_stopped) return;
        reader->pen.n_nodes_left--;
        enter(reader, &one, known);
        return;
    }
    reader->n_skipped = 1;
    reader->is_in_defs = is_ours && bt_str_is(one.name, "defs");
    if (is_ours && !reader->is_in_defs && !is_description(one.name)) refuse_element(reader, one.name);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    svg_reader *reader = user;
    (void)name;
    if (reader->n_skipped)
        reader->n_skipped--;
    else if (reader->depth)
        reader->depth--;
}

/* Entities can make a gigabyte of a kilobyte, and default attributes can draw what is not there to see. */
static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public_name,
                               int has_declarations)
{
    svg_reader *reader = user;
    (void)name;
    (void)system;
    (void)public_name;
    if (!has_declarations) return;
    refuse(reader, BT_E_SVG_DTD, BT_STR(""), BT_STR(""), BT_STR(""));
    stop(reader, BT_INPUT);
}

static bt_status why(svg_reader *reader)
{
    const bt_image_source *source = reader->source;
    enum XML_Error error = XML_GetErrorCode(reader->parser);
    switch (error) {
    case XML_ERROR_ABORTED:
        return reader->status;
    case XML_ERROR_NO_MEMORY:
        return BT_NOMEM;
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
        return bt_image_cut_short(source);
    default:
        break;
    }
    bt_str line = line_text(reader);
    if (source->scratch->failed) return BT_NOMEM;
    bt_diag(source->diags, BT_E_SVG_SYNTAX, source->at,
            BT_ARGS(source->name, line, bt_say_foreign(source->diags, bt_str_of(XML_ErrorString(error)))));
    return BT_INPUT;
}

static bt_status parse(svg_reader *reader)
{
    const bt_image_source *source = reader->source;
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
    /* Otherwise expat would ask the system for randomness, and the environment. */
    XML_SetHashSalt(reader->parser, (unsigned long)bt_str_hash(source->bytes) | 1);
    if (XML_Parse(reader->parser, source->bytes.ptr, (int)source->bytes.len, XML_TRUE) != XML_STATUS_OK)
        return why(reader);
    if (reader->status != BT_OK) return reader->status;
    bt_vector_path *paths = BT_NEW_ARRAY(source->arena, reader->paths.n, bt_vector_path);
    if (!paths) return BT_NOMEM;
    if (reader->paths.n)
        memcpy(paths, reader->paths.v, reader->paths.n * sizeof *paths);
    else
        bt_diag(source->diags, BT_W_SVG_EMPTY, source->at, BT_ARGS(source->name));
    reader->out->kind = BT_IMAGE_VECTOR;
    reader->out->paths = paths;
    reader->out->n_paths = reader->paths.n;
    return BT_OK;
}

bt_status bt_image_read_svg(const bt_image_source *source, bt_image *out)
{
    svg_reader *reader = BT_NEW(source->scratch, svg_reader);
    if (!reader) return BT_NOMEM;
    reader->source = source;
    reader->out = out;
    reader->levels[0].style = bt_svg_style_initial();
    reader->pen.arena = source->scratch;
    reader->pen.n_nodes_left = BT_LIMIT_SVG_NODES;
    reader->parser = XML_ParserCreateNS(NULL, '\n');
    if (!reader->parser) return BT_NOMEM;
    bt_status status = parse(reader);
    XML_ParserFree(reader->parser);
    return status;
}
