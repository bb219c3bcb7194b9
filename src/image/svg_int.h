/* svg_int.h - what the parts of the SVG reader share.
 *
 *     svg.c        elements and the viewport
 *     svg_style.c  properties and their inheritance
 *     svg_value.c  numbers, lengths, transforms
 *     svg_color.c  colours
 *     svg_path.c   the pen: path data and shapes become moves, lines and curves in sp
 *
 * Doubles are used up to the pen, which rounds to sp once, after all transforms. Pictures take no layout decision.
 */
#ifndef BT_SVG_INT_H
#define BT_SVG_INT_H

#include "image/image.h"

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct bt_svg_matrix {
    double a, b, c, d, e, f;
} bt_svg_matrix;

/* A colour as written; what currentColor stands for is known only where the shape is drawn. */
typedef struct bt_svg_paint {
    bt_paint paint; /* opacity: not set */
    bool is_current_color;
} bt_svg_paint;

/* Reads the number at text[*at] and moves past it. Does not depend on the locale. False: none there, or not finite. */
bool bt_svg_number(bt_str text, size_t *at, double *number);

/* Moves past white space, and past one comma with the white space around it. */
void bt_svg_skip_space(bt_str text, size_t *at);
void bt_svg_skip_comma(bt_str text, size_t *at);

/* A whole number text; a length in user units: none, px, pt, mm, cm or in; a number or percentage as a fraction of one.
 */
bool bt_svg_number_whole(bt_str text, double *number);
bool bt_svg_length(bt_str text, double *length);
bool bt_svg_fraction(bt_str text, double *fraction);

/* Names of SVG and CSS keywords: ASCII letters in either case. */
bool bt_svg_is_word(bt_str text, const char *word);

/* Applies a list of transforms: *matrix becomes *matrix * list. */
bool bt_svg_transform(bt_str text, bt_svg_matrix *matrix);
bt_svg_matrix bt_svg_multiply(bt_svg_matrix outer, bt_svg_matrix inner);

/* #rgb, #rrggbb, rgb(), device-cmyk(), a CSS name, none, transparent, currentColor. */
bool bt_svg_color(bt_str text, bt_svg_paint *paint);

/* The properties of an element. A child starts with bt_svg_style_child() of its parent's. */
typedef struct bt_svg_style {
    bt_svg_paint fill, stroke;
    bt_paint color; /* what currentColor stands for */
    double fill_opacity, stroke_opacity;
    double opacity;         /* the element's own; not inherited */
    double outside_opacity; /* of all its ancestors, multiplied */
    double stroke_width;    /* user units */
    double miter_limit;
    uint8_t cap, join; /* as PDF numbers them */
    bool is_even_odd;
    bool is_hidden; /* visibility */
    bool is_absent; /* display: none */
} bt_svg_style;

typedef enum bt_svg_set { BT_SVG_SET, BT_SVG_NO_PROPERTY, BT_SVG_BAD_VALUE } bt_svg_set;

bt_svg_style bt_svg_style_initial(void);
bt_svg_style bt_svg_style_child(const bt_svg_style *parent);
/* Sets a property by its name. BAD_VALUE: *advice says what to do. */
bt_svg_set bt_svg_style_set(bt_svg_style *style, bt_str name, bt_str value, bt_str *advice);
/* The paint as it is drawn: currentColor and all opacities resolved; NONE when nothing would show. */
bt_paint bt_svg_style_paint(const bt_svg_style *style, const bt_svg_paint *paint, double opacity);

typedef enum bt_svg_trouble {
    BT_SVG_FINE,
    BT_SVG_OUT_OF_RANGE,
    BT_SVG_TOO_MANY_NODES,
    BT_SVG_NO_MEMORY
} bt_svg_trouble;

/* Builds one path. Trouble is sticky: after it nothing more is drawn. */
typedef struct bt_svg_pen {
    bt_arena *arena;
    bt_svg_matrix matrix; /* user space to sp */
    BT_ARRAY(uint8_t) ops;
    BT_ARRAY(bt_sp) points; /* x, y, x, y ... */
    uint32_t n_nodes_left;
    bt_svg_trouble trouble;
    double x, y;             /* the current point, user space */
    double start_x, start_y; /* of the subpath */
    bool is_closed;          /* the next segment starts a new subpath at start */
} bt_svg_pen;

void bt_svg_move(bt_svg_pen *pen, double x, double y);
void bt_svg_line(bt_svg_pen *pen, double x, double y);
void bt_svg_curve(bt_svg_pen *pen, double x1, double y1, double x2, double y2, double x, double y);
void bt_svg_close(bt_svg_pen *pen);
void bt_svg_ellipse(bt_svg_pen *pen, double cx, double cy, double rx, double ry);
void bt_svg_rect(bt_svg_pen *pen, double x, double y, double width, double height, double rx, double ry);

/* Draws a path's d, or the points of a polyline. False: not such a text; *bad_at is where it stops being one. */
bool bt_svg_path_data(bt_svg_pen *pen, bt_str d, size_t *bad_at);
bool bt_svg_polyline(bt_svg_pen *pen, bt_str points, size_t *bad_at);

#endif
