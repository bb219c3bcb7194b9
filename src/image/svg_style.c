/* svg_style.c - properties of SVG, given as attributes or in style="".
 *
 * Three kinds: those that are drawn; those that matter only to what is refused anyway (text, gradients) or to a screen,
 * which are passed over; and those that change the drawing in a way that is not done here, of which only the value that
 * changes nothing is taken. Opacity of a group is given to each of its shapes, which is exact where they do not
 * overlap.
 */
#include "image/svg_int.h"

enum { FULL_OPACITY = 10000 };

typedef enum property {
    FILL,
    STROKE,
    COLOR,
    FILL_OPACITY,
    STROKE_OPACITY,
    OPACITY,
    STROKE_WIDTH,
    MITER_LIMIT,
    CAP,
    JOIN,
    FILL_RULE,
    VISIBILITY,
    DISPLAY,
    ONLY, /* one value */
} property;

#define PLAIN_COLOR "use a plain colour (#rrggbb, rgb(), device-cmyk() or a name), or export the drawing as PNG"
#define A_NUMBER "use a plain number"
#define FRACTION "use a number from 0 to 1"
#define LENGTH "use a number, or a length in px, pt, mm, cm or in"
#define REMOVE "remove it, or export the drawing as PNG"
#define UNCLIP "cut the shapes themselves (Inkscape: Path > Intersection), or export the drawing as PNG"
#define UNDASH "turn the dashes into shapes (Inkscape: Path > Stroke to Path)"
#define KEYWORD "use a keyword of SVG 1.1"

static const struct entry {
    bt_str name;
    property which;
    bt_str value; /* ONLY: the value taken */
    bt_str advice;
} entries[] = {
    {BT_STR_INIT("fill"), FILL, BT_STR_INIT(""), BT_STR_INIT(PLAIN_COLOR)},
    {BT_STR_INIT("stroke"), STROKE, BT_STR_INIT(""), BT_STR_INIT(PLAIN_COLOR)},
    {BT_STR_INIT("color"), COLOR, BT_STR_INIT(""), BT_STR_INIT(PLAIN_COLOR)},
    {BT_STR_INIT("fill-opacity"), FILL_OPACITY, BT_STR_INIT(""), BT_STR_INIT(FRACTION)},
    {BT_STR_INIT("stroke-opacity"), STROKE_OPACITY, BT_STR_INIT(""), BT_STR_INIT(FRACTION)},
    {BT_STR_INIT("opacity"), OPACITY, BT_STR_INIT(""), BT_STR_INIT(FRACTION)},
    {BT_STR_INIT("stroke-width"), STROKE_WIDTH, BT_STR_INIT(""), BT_STR_INIT(LENGTH)},
    {BT_STR_INIT("stroke-miterlimit"), MITER_LIMIT, BT_STR_INIT(""), BT_STR_INIT(A_NUMBER)},
    {BT_STR_INIT("stroke-linecap"), CAP, BT_STR_INIT(""), BT_STR_INIT(KEYWORD)},
    {BT_STR_INIT("stroke-linejoin"), JOIN, BT_STR_INIT(""), BT_STR_INIT(KEYWORD)},
    {BT_STR_INIT("fill-rule"), FILL_RULE, BT_STR_INIT(""), BT_STR_INIT(KEYWORD)},
    {BT_STR_INIT("visibility"), VISIBILITY, BT_STR_INIT(""), BT_STR_INIT(KEYWORD)},
    {BT_STR_INIT("display"), DISPLAY, BT_STR_INIT(""), BT_STR_INIT(KEYWORD)},
    {BT_STR_INIT("stroke-dasharray"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNDASH)},
    {BT_STR_INIT("clip-path"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNCLIP)},
    {BT_STR_INIT("clip"), ONLY, BT_STR_INIT("auto"), BT_STR_INIT(UNCLIP)},
    {BT_STR_INIT("mask"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNCLIP)},
    {BT_STR_INIT("filter"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(REMOVE)},
    {BT_STR_INIT("marker"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNDASH)},
    {BT_STR_INIT("marker-start"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNDASH)},
    {BT_STR_INIT("marker-mid"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNDASH)},
    {BT_STR_INIT("marker-end"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(UNDASH)},
    {BT_STR_INIT("mix-blend-mode"), ONLY, BT_STR_INIT("normal"), BT_STR_INIT(REMOVE)},
    {BT_STR_INIT("isolation"), ONLY, BT_STR_INIT("auto"), BT_STR_INIT(REMOVE)},
    {BT_STR_INIT("paint-order"), ONLY, BT_STR_INIT("normal"), BT_STR_INIT(REMOVE)},
    {BT_STR_INIT("vector-effect"), ONLY, BT_STR_INIT("none"), BT_STR_INIT(REMOVE)},
};

/* Without effect on shapes filled and stroked with plain colours. A name that ends in '-' stands for all that begin so.
 */
static const bt_str without_effect[] = {
    BT_STR_INIT("font"),
    BT_STR_INIT("font-"),
    BT_STR_INIT("text-"),
    BT_STR_INIT("line-height"),
    BT_STR_INIT("letter-spacing"),
    BT_STR_INIT("word-spacing"),
    BT_STR_INIT("white-space"),
    BT_STR_INIT("writing-mode"),
    BT_STR_INIT("direction"),
    BT_STR_INIT("unicode-bidi"),
    BT_STR_INIT("baseline-shift"),
    BT_STR_INIT("dominant-baseline"),
    BT_STR_INIT("alignment-baseline"),
    BT_STR_INIT("glyph-orientation-"),
    BT_STR_INIT("kerning"),
    BT_STR_INIT("block-progression"),
    BT_STR_INIT("inline-size"),
    BT_STR_INIT("shape-"),
    BT_STR_INIT("-inkscape-"),
    BT_STR_INIT("stop-"),
    BT_STR_INIT("flood-"),
    BT_STR_INIT("lighting-color"),
    BT_STR_INIT("solid-"),
    BT_STR_INIT("color-"),
    BT_STR_INIT("image-rendering"),
    BT_STR_INIT("enable-background"),
    BT_STR_INIT("clip-rule"),
    BT_STR_INIT("pointer-events"),
    BT_STR_INIT("cursor"),
    BT_STR_INIT("stroke-dashoffset"),
    BT_STR_INIT("overflow"),
};

bt_svg_style bt_svg_style_initial(void)
{
    bt_paint black = {.kind = BT_PAINT_RGB};
    return (bt_svg_style){
        .fill.paint = black,
        .color = black,
        .fill_opacity = 1,
        .stroke_opacity = 1,
        .opacity = 1,
        .outside_opacity = 1,
        .stroke_width = 1,
        .miter_limit = 4,
    };
}

bt_svg_style bt_svg_style_child(const bt_svg_style *parent)
{
    bt_svg_style style = *parent;
    style.outside_opacity *= parent->opacity;
    style.opacity = 1;
    return style;
}

/* The number of the keyword among up to three; -1: none of them. */
static int keyword(bt_str value, const char *a, const char *b, const char *c)
{
    if (bt_svg_is_word(value, a)) return 0;
    if (bt_svg_is_word(value, b)) return 1;
    return bt_svg_is_word(value, c) ? 2 : -1;
}

static bool set_opacity(bt_str value, double *opacity)
{
    double number;
    if (!bt_svg_fraction(value, &number) || number < 0 || number > 1) return false;
    *opacity = number;
    return true;
}

static bool set_at_least(double number, double least, double *to)
{
    if (number < least) return false;
    *to = number;
    return true;
}

static bool set_keyword(bt_svg_style *style, property which, bt_str value)
{
    int cap = keyword(value, "butt", "round", "square");
    int join = bt_svg_is_word(value, "miter-clip") ? 0 : keyword(value, "miter", "round", "bevel");
    int rule = keyword(value, "nonzero", "evenodd", "evenodd");
    int visibility = keyword(value, "visible", "hidden", "collapse");
    switch (which) {
    case CAP:
        if (cap >= 0) style->cap = (uint8_t)cap;
        return cap >= 0;
    case JOIN:
        if (join >= 0) style->join = (uint8_t)join;
        return join >= 0;
    case FILL_RULE:
        if (rule >= 0) style->is_even_odd = rule > 0;
        return rule >= 0;
    default:
        if (visibility >= 0) style->is_hidden = visibility > 0;
        return visibility >= 0;
    }
}

static bool set_color(bt_svg_style *style, bt_str value)
{
    bt_svg_paint paint;
    if (!bt_svg_color(value, &paint)) return false;
    if (!paint.is_current_color) style->color = paint.paint;
    return true;
}

static bool set_value(bt_svg_style *style, const struct entry *entry, bt_str value)
{
    double number;
    bt_svg_paint paint;
    switch (entry->which) {
    case FILL:
    case STROKE:
        if (!bt_svg_color(value, &paint)) return false;
        *(entry->which == FILL ? &style->fill : &style->stroke) = paint;
        return true;
    case COLOR:
        return set_color(style, value);
    case FILL_OPACITY:
        return set_opacity(value, &style->fill_opacity);
    case STROKE_OPACITY:
        return set_opacity(value, &style->stroke_opacity);
    case OPACITY:
        return set_opacity(value, &style->opacity);
    case STROKE_WIDTH:
        return bt_svg_length(value, &number) && set_at_least(number, 0, &style->stroke_width);
    case MITER_LIMIT:
        return bt_svg_number_whole(value, &number) && set_at_least(number, 1, &style->miter_limit);
    case DISPLAY:
        style->is_absent = bt_svg_is_word(value, "none");
        return true;
    case ONLY:
        return bt_str_equal(value, entry->value);
    default:
        return set_keyword(style, entry->which, value);
    }
}

bt_svg_set bt_svg_style_set(bt_svg_style *style, bt_str name, bt_str value, bt_str *advice)
{
    value = bt_str_trim(value);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!bt_str_equal(name, entries[i].name)) continue;
        *advice = entries[i].advice;
        if (bt_svg_is_word(value, "inherit") && entries[i].which <= VISIBILITY && entries[i].which != OPACITY) {
            return BT_SVG_SET; /* which it does anyway */
        }
        return set_value(style, &entries[i], value) ? BT_SVG_SET : BT_SVG_BAD_VALUE;
    }
    for (size_t i = 0; i < sizeof without_effect / sizeof *without_effect; i++) {
        bt_str known = without_effect[i];
        if (bt_str_equal(name, known) || (bt_str_ends(known, BT_STR("-")) && bt_str_starts(name, known)))
            return BT_SVG_SET;
    }
    return BT_SVG_NO_PROPERTY;
}

bt_paint bt_svg_style_paint(const bt_svg_style *style, const bt_svg_paint *paint, double opacity)
{
    bt_paint drawn = paint->is_current_color ? style->color : paint->paint;
    drawn.opacity = (uint16_t)(opacity * style->opacity * style->outside_opacity * FULL_OPACITY + 0.5);
    if (drawn.kind == BT_PAINT_NONE || !drawn.opacity || style->is_hidden) return (bt_paint){.kind = BT_PAINT_NONE};
    return drawn;
}
