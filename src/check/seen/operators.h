/* operators.h - what the files share that carry out the operators of content streams: see seen_int.h for who does what.
 *
 * An operator finds its operands in r->work->args: as many, and of the kinds, as the table in content.c says. It says
 * nothing of faults of the content, which viewers pass over as well; a limit is reported and ends the page, by
 * seen_stop().
 */
#ifndef BT_CHECK_SEEN_OPERATORS_H
#define BT_CHECK_SEEN_OPERATORS_H

#include "base/limits.h"
#include "check/seen/scan.h"
#include "check/seen/seen_int.h"

/* --- what is kept of a file (in its arena) --- */

/* Things by a hash of theirs. A slot is free where thing is NULL. */
typedef struct seen_slot {
    uint64_t hash;
    void *thing;
} seen_slot;
typedef struct seen_table {
    seen_slot *slots;
    uint32_t n, capacity; /* a power of two */
} seen_table;
/* The slot of the thing that is the same, or that it goes to; NULL without memory. */
typedef bool seen_same(const void *one, const void *other);
seen_slot *seen_table_slot(bt_arena *arena, seen_table *table, uint64_t hash, const void *thing, seen_same *same);
void seen_table_fill(seen_table *table, seen_slot *slot, void *thing);

struct seen_known {
    seen_table colors, paints;
    seen_table pictures;           /* picture.c's facts, by object */
    seen_table tags;               /* of marks, as bt_str */
    bool has_layers;               /* marks.c has read: */
    BT_ARRAY(uint32_t) layers_off; /* objects */
};

/* --- what is kept of a page (in the scratch arena) --- */

/* What a name stands for in resources. `made` is what the file that asks has made of it. */
typedef struct seen_resource {
    seen_obj resources, object; /* NOTHING: there is none */
    const char *kind;           /* "/Font" */
    bt_str name;
    void *made;
} seen_resource;

typedef enum seen_segment_kind { SEEN_MOVE, SEEN_LINE, SEEN_CURVE, SEEN_CLOSE } seen_segment_kind;
typedef struct seen_segment {
    seen_segment_kind kind;
    seen_point p[3]; /* MOVE, LINE: p[0]; CURVE: two controls and its end; in places */
} seen_segment;

/* Marked content that is open. */
typedef struct seen_open_mark {
    const seen_mark *before;
    bool was_off;
} seen_open_mark;

enum { SEEN_MOST_MARKS = 1000 };

struct seen_page_work {
    bt_status status; /* not BT_OK: the page ends */
    bt_str number;    /* of the page, for messages */
    seen_scan *scan;
    seen_scan *scans[BT_LIMIT_PDF_FORMS + 1]; /* by depth, for the next form */
    const seen_operand *args;
    uint32_t n_args;
    uint32_t base; /* states below belong to the page or form around */
    seen_table resources;
    BT_ARRAY(seen_segment) path;
    seen_point start, at; /* of the subpath, and the current point, in user space */
    bool has_point;
    enum { SEEN_NO_CLIP, SEEN_CLIPS } clips; /* W or W* waits for the painting operator */
    seen_open_mark marks[SEEN_MOST_MARKS];
    uint32_t n_marks;                       /* more than SEEN_MOST_MARKS: those above are not kept */
    uint32_t mark_base;                     /* of the form */
    uint32_t forms[BT_LIMIT_PDF_FORMS + 1]; /* objects of the forms that are being read */
};

/* Ends the page: reports the limit `code` with the page and `limit`. */
void seen_stop(seen_reader *r, bt_diag_code code, uint32_t limit);
/* Ends the page of a damaged file: english is a phrase, {1} in it the page. */
void seen_stop_damaged(seen_reader *r, bt_str english);
/* whole.c: false when the bytes of a picture, as stored, cannot be what its filter makes. */
bool seen_stored_is_whole(seen_reader *r, seen_obj stream, bt_str bytes);
/* What a name stands for; NULL: nothing. kind must be a literal. */
seen_resource *seen_find(seen_reader *r, const char *kind, bt_str name);

/* state.c */
enum { SEEN_FILLS = 1, SEEN_STROKES = 2 };
const seen_paint *seen_paint_for(seen_reader *r, uint8_t uses);
seen_gstate seen_first_state(seen_reader *r, const seen_matrix *ctm, const seen_box *clip);
/* A group is read from now on: what it is painted with as a whole counts for all in it. */
void seen_enter_group(seen_gstate *state);
void seen_save(seen_reader *r);
void seen_restore(seen_reader *r);

/* space.c: a colour space, by its object or name in the resources. */
seen_ink_space seen_space_read(seen_reader *r, seen_obj object);
seen_ink_space seen_space_named(seen_reader *r, bt_str name);
seen_ink_space seen_space_device(seen_reader *r, seen_space space);
/* A colour of an indexed space. */
seen_color seen_table_color(const struct seen_ink_table *table, double index);
/* Its bytes as stored, the space that they are in, and how many entries they are for. */
bt_str seen_table_bytes(const struct seen_ink_table *table, seen_ink_space *base, uint32_t *n);
/* color.c: colours of one value are one. NULL without memory. */
const seen_color *seen_color_kept(seen_reader *r, const seen_color *color);
const seen_color *seen_color_first(seen_reader *r, const seen_ink_space *space);

/* outline.c: notes what is painted of work->path, and clips with it where a clip waits; then the path is empty. */
void seen_paint_path(seen_reader *r, uint8_t uses);
void seen_note_path(seen_reader *r, seen_path *path);
/* shape.c */
void seen_note_shape(seen_reader *r, const seen_segment *segments, uint32_t n, uint8_t uses);
seen_box seen_box_of_path(const seen_segment *segments, uint32_t n); /* of its curves, not of their controls */
void seen_add_pen(const seen_reader *r, seen_box *box);

/* picture.c: what is known of a picture; NULL without memory. */
const struct seen_source *seen_source_open(seen_reader *r, seen_obj stream);
void seen_do_picture(seen_reader *r, const struct seen_source *source);
/* marks.c: whether what an /OC entry names is off. */
bool seen_layer_is_off(seen_reader *r, seen_obj oc);
/* content.c */
bool seen_read_content(seen_reader *r, bt_str bytes);

/* The operators. */
typedef void seen_operator(seen_reader *r);
seen_operator seen_op_q, seen_op_Q, seen_op_cm, seen_op_w, seen_op_J, seen_op_d, seen_op_gs;
seen_operator seen_op_m, seen_op_l, seen_op_c, seen_op_v, seen_op_y, seen_op_h, seen_op_re;
seen_operator seen_op_S, seen_op_s, seen_op_f, seen_op_B, seen_op_b, seen_op_n, seen_op_W, seen_op_sh;
seen_operator seen_op_g, seen_op_G, seen_op_rg, seen_op_RG, seen_op_k, seen_op_K;
seen_operator seen_op_cs, seen_op_CS, seen_op_sc, seen_op_SC;
seen_operator seen_op_BT, seen_op_Tc, seen_op_Tw, seen_op_Tz, seen_op_TL, seen_op_Tf, seen_op_Tr, seen_op_Ts;
seen_operator seen_op_Td, seen_op_TD, seen_op_Tm, seen_op_next_line, seen_op_Tj, seen_op_TJ, seen_op_quote,
    seen_op_double_quote;
seen_operator seen_op_Do, seen_op_BI, seen_op_BMC, seen_op_BDC, seen_op_EMC;

static inline double seen_arg(const seen_reader *r, uint32_t i) { return r->work->args[i].number; }

#endif
