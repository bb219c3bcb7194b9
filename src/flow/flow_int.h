/* flow_int.h - shared by the files of flow/. */
#ifndef BT_FLOW_INT_H
#define BT_FLOW_INT_H

#include "flow/flow.h"
#include "flow/mark.h"
#include "flow/memo.h"

/* A text broken into lines: shaped runs, the paragraph's items, and which glyphs each item stands for. */
typedef struct bt_para_item {
    uint32_t run_i;
    uint32_t glyph_begin, glyph_end; /* within the run; empty for penalties */
} bt_para_item;

typedef struct bt_para {
    bt_rich rich;
    bt_role_chain **chains; /* of each run of rich */
    bt_shaped shaped;
    const bt_par_item *items;
    const bt_para_item *sources; /* of each item */
    uint32_t n_items;
    bt_par_result result;
    bt_sp measure;    /* of later lines, indents taken off */
    bt_sp left;       /* of the lines, from the frame's left */
    bt_sp first_left; /* of the first n_first lines, besides */
    uint32_t n_first;
    bt_sp natural_width;   /* of the longest line when none breaks but where it must */
    bool is_ragged;        /* not justified, whatever its style says */
    bt_sp widest_item;     /* the widest piece between breaks */
    bt_memo_text *memo;    /* what knows it; NULL: nothing does */
    bt_memo_break *broken; /* likewise how it breaks */
} bt_para;

/* Lines that a drop cap stands beside, at most. */
enum { BT_MOST_INSET = 8 };

typedef struct bt_para_options {
    bt_sp measure;
    uint32_t n_fewer, n_more;
    bool is_unindented;
    bool is_ragged;
    bt_sp left;  /* the first line is set in by this */
    bt_sp inset; /* of the first n_inset lines (instead of an indent), at most BT_MOST_INSET */
    uint32_t n_inset;
    bt_sp turnover;   /* the lines after the first are set in by this besides */
    bool is_balanced; /* lines of nearly equal length, whatever its style says */
} bt_para_options;

/* How the glyphs of a run advance. */
typedef struct bt_para_pace {
    const bt_face *face;
    bt_sp size, tracking;
    bt_sp rise; /* of a note's number over the baseline */
} bt_para_pace;
bt_para_pace bt_para_pace_of(const bt_para *para, const bt_glyph_run *run);
static inline bt_sp bt_para_advance(const bt_para_pace *pace, const bt_glyph *glyph)
{
    return bt_units_to_sp(pace->face, glyph->advance, pace->size) + pace->tracking;
}
/* No measure is as wide as BT_SP_LONGEST; sums of a few stay in range. */
static inline bt_sp bt_para_in_range(int64_t width) { return (bt_sp)(width > BT_SP_LONGEST ? BT_SP_LONGEST : width); }

/* para.c: shapes and breaks. A text that is empty has no settings. */
bt_status bt_para_make(bt_flow *flow, const bt_rich *rich, const bt_para_options *options, bt_para *para);
/* Shapes only and finds the widths; break_again then sets it to a measure. */
bt_status bt_para_shape(bt_flow *flow, const bt_rich *rich, bt_para *para);
bt_status bt_para_break(bt_flow *flow, const bt_para_options *options, bt_para *para);
/* para_draw.c: draws a line of a setting, the line_i-th, with its baseline at y, x from the frame's left. */
bt_status bt_para_draw(bt_flow *flow, const bt_para *para, const bt_par_line *line, uint32_t line_i, bt_sp x, bt_sp y,
                       uint32_t tag_i, bt_marks *marks);
/* trouble.c: what is wrong with a line as it is drawn, as marks after its own. */
typedef struct bt_line_box {
    bt_sp x, width;    /* of what is drawn */
    bt_sp left, right; /* of its measure */
    bt_sp y;           /* baseline */
} bt_line_box;
bool bt_trouble_of_line(bt_flow *flow, const bt_para *para, const bt_par_line *line, const bt_line_box *box,
                        bt_marks *marks);
/* Of the glyphs that a run gave to the mark_i-th mark. False: no memory. */
bool bt_trouble_of_glyphs(bt_flow *flow, const bt_para *para, const bt_glyph_run *run, uint32_t mark_i,
                          bt_marks *marks);
/* A break by force ends the line. */
bool bt_para_is_torn(const bt_para *para, const bt_par_line *line);
/* True where lines are made to fill their measure. */
bool bt_para_justifies(const bt_para *para);
/* True when the line is not justified although its style would have it, for its words would stand too far apart. */
bool bt_para_is_left_short(const bt_para *para, const bt_par_line *line);
const bt_par_setting *bt_para_best(const bt_para *para); /* NULL: empty */
uint32_t bt_para_lines(const bt_para *para);             /* of the best setting */
/* The width of a line, its letters as they are and its spaces as they are set. */
bt_sp bt_para_line_width(const bt_para *para, const bt_par_line *line);
/* The natural width of what comes at and after a byte of the text, on one line. */
bt_sp bt_para_width_after(const bt_para *para, uint32_t byte);

/* What is taller counts as this tall: no page holds it (they have a quarter of BT_SP_LONGEST), and sums stay in range.
 */
#define BT_FLOW_TALLEST (BT_SP_LONGEST / 3)

/* The break cost where what should stay together is too tall for a page. */
enum { BT_FLOW_UNBOUND = 10000 };

/* textblock.c: a text with its style's rules and background, in its own leading. Height from the top of its content to
 * the bottom; the last baseline stands `depth` above the bottom. */
typedef struct bt_text_frame {
    bt_para para;
    bt_sp height;         /* content, rules and background; white above and below excluded */
    bt_sp first_baseline; /* from the content's top */
    bt_sp leading;
    bt_sp depth; /* last baseline to the content's bottom */
} bt_text_frame;
bt_status bt_text_frame_make(bt_flow *flow, const bt_rich *rich, bt_sp measure, bt_text_frame *frame);
/* What it takes where its first line stands its leading below the line above; 0: it is empty. */
bt_sp bt_text_frame_height_below(const bt_text_frame *frame);
/* The width of its widest line and of its background's pads. */
bt_sp bt_text_frame_width(const bt_text_frame *frame);
/* Draws with the content's left top corner at x, y. */
bt_status bt_text_frame_draw(bt_flow *flow, const bt_text_frame *frame, bt_sp measure, bt_sp x, bt_sp y, uint32_t tag_i,
                             bt_marks *marks);

/* The box of its lines, from its left, as wide as told, is a link. False: no memory. */
bool bt_text_frame_link(bt_flow *flow, const bt_text_frame *frame, const bt_link *link, bt_sp width, bt_sp x, bt_sp y,
                        uint32_t tag_i, bt_marks *marks);

/* caption.c: a caption with its credit below. */
typedef struct bt_flow_caption {
    bt_text_frame caption, credit;
    bt_sp measure, height; /* height 0: there is neither */
} bt_flow_caption;
bt_status bt_flow_caption_make(bt_flow *flow, const bt_rich *text, const bt_rich *credit, bt_sp measure,
                               bt_flow_caption *caption);
bt_status bt_flow_caption_draw(bt_flow *flow, const bt_flow_caption *caption, bt_sp x, bt_sp y, uint32_t tag_i,
                               bt_marks *marks);

/* faces.c */
bt_status bt_flow_open_faces(bt_flow *flow);
/* The chain of a style with its emphasis turned. BT_NOMEM or reported. */
bt_status bt_flow_chain(bt_flow *flow, const bt_style *style, bool is_bold, bool is_italic, bt_role_chain **chain);
const bt_face *bt_flow_face(const bt_flow *flow,
                            const bt_style *style); /* the style's own; opened by bt_flow_open_faces */
bt_sp bt_flow_cap_height(const bt_flow *flow, const bt_style *style);

/* mark.c: a box that is clicked whole: x, y, width, height. It stands under the links that are drawn on it later. NULL
 * link: none. False: no memory. */
bool bt_mark_link(bt_flow *flow, bt_marks *marks, const bt_link *link, const bt_sp box[4], uint32_t tag_i);
/* Those of the marks from `first` that belong to no link are part of this one. NULL: nothing is done. */
void bt_marks_join_link(bt_marks *marks, uint32_t first, const bt_link *link);

/* What a block is made of; which member holds depends on its kind. */
typedef struct bt_flow_table bt_flow_table;
typedef struct bt_flow_box bt_flow_box;
typedef struct bt_flow_numbers bt_flow_numbers;
typedef struct bt_flow_gallery bt_flow_gallery;
typedef struct bt_flow_figure bt_flow_figure;
typedef struct bt_flow_verse bt_flow_verse;
typedef struct bt_flow_qr bt_flow_qr;
typedef struct bt_flow_chart bt_flow_chart;
typedef struct bt_flow_body {
    bt_para para; /* a paragraph in grid leading, broken by lines */
    bool is_paragraph;
    bt_sp text_left;   /* ITEM */
    bt_sp marker_left; /* ITEM */
    bt_para marker;    /* ITEM */
    bt_para cap;       /* PARAGRAPH: its drop cap; QUOTE: its mark */
    bt_sp cap_left;
    bt_sp cap_top, cap_height;           /* QUOTE: of the mark's ink over its baseline, and in all */
    bool has_mark;                       /* QUOTE */
    uint32_t n_beside;                   /* PARAGRAPH: lines beside a drop cap; 0: there is none */
    bt_flow_verse *verse;                /* VERSE */
    bt_text_frame text, by;              /* HEADING, QUOTE, a paragraph in its own leading */
    bt_text_frame section, kicker, lead; /* HEADING */
    bool is_beside;                      /* HEADING: section and kicker on one line */
    bt_sp content;                       /* HEADING, QUOTE: the height of all */
    bt_flow_figure *figure;
    bt_flow_table *table;
    bt_flow_box *box;
    bt_flow_numbers *numbers;
    bt_flow_gallery *gallery;
    bt_flow_qr *qr;
    bt_flow_chart *chart;
    bt_sp number_width; /* ENTRY: the page number's room */
    bt_sp after;        /* white below the content */
} bt_flow_body;

/* figure.c: a picture, or in a proof what stands in its place. BT_NOMEM, or reported. */
bt_status bt_flow_picture(bt_flow *flow, bt_str path, const bt_place *at, const bt_image **image);

/* Makes of each kind: fill in the block. */
bt_status bt_flow_figure_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_figure_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);
/* The ink of a text on one line. */
typedef struct bt_flow_ink {
    bt_sp left, right, top, bottom; /* from the origin; y upwards */
} bt_flow_ink;
bt_flow_ink bt_flow_ink_of(const bt_para *text);
bt_status bt_flow_quote_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_quote_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks);
/* Sets a paragraph with a drop cap; is_set: it is long enough for one. */
bt_status bt_flow_drop_cap(bt_flow *flow, bt_galley_block *block, bt_flow_body *body, bool *is_set);
/* Draws it and the first line, whose baseline it is. */
bt_status bt_flow_drop_cap_draw(bt_flow *flow, const bt_galley_block *block, const bt_par_line *line, bt_sp baseline,
                                bt_marks *marks);
bt_status bt_flow_heading_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_heading_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks);
/* Of any block that is_paragraph, or of a text in its own leading. */
bt_status bt_flow_paragraph_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_paragraph_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place,
                                 bt_marks *marks);
bt_status bt_flow_item_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_marker_draw(bt_flow *flow, const bt_galley_block *block, bt_sp baseline, bt_marks *marks);
bt_status bt_flow_verse_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_verse_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);
bt_status bt_flow_table_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_table_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);
bt_status bt_flow_chart_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_chart_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);

bt_status bt_flow_box_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_box_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place, bt_marks *marks);
bt_status bt_flow_numbers_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_numbers_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks);
bt_status bt_flow_entry_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_entry_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks);
bt_status bt_flow_qr_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_qr_draw(bt_flow *flow, const bt_galley_block *block, bt_marks *marks);
bt_status bt_flow_gallery_make(bt_flow *flow, bt_galley_block *block, bt_flow_body *body);
bt_status bt_flow_gallery_draw(bt_flow *flow, const bt_galley_block *block, const bt_unit_place *place,
                               bt_marks *marks);

/* Sets a block whose doc, measure and n_columns stand in it. */
bt_status bt_flow_set_block(bt_flow *flow, bt_galley_block *block);

/* What takes up the steps that its unit is given: the heights that the pictures of a block (or a chart) may have
 * together, and what stands around them. */
typedef struct bt_elastic {
    bt_sp least, most, best;
    bt_sp before, top_white; /* above, amid a column and at its head */
    bt_sp below;             /* from their foot to the unit's */
} bt_elastic;
/* Bends least and most to what the bundle asks for (0: nothing), which holds where the two cross. */
void bt_elastic_bend(bt_elastic *elastic, bt_sp least, bt_sp most);
/* Pictures are no higher than a page has room for; where the bundle asked for more, that is told. False: what stands
 * below them is too tall alone, which is told. */
bool bt_flow_fit_in_page(bt_flow *flow, bt_sp asked, const bt_place *at, const bt_place *caption_at,
                         bt_elastic *elastic);
/* False: no memory. */
bool bt_flow_elastic_unit(bt_flow *flow, bt_galley_block *block, const bt_elastic *elastic);
/* Where the pictures begin, from the foot of their unit. */
bt_sp bt_flow_elastic_top(const bt_flow *flow, const bt_elastic *elastic, const bt_unit_place *place);
/* Reports a picture so thin that it would be enlarged beyond all measure to cover a frame of this size. */
void bt_flow_check_shape(bt_flow *flow, const bt_figure *figure, const bt_image *image, bt_sp width, bt_sp height);

/* A paragraph's settings as lines on the grid, with white above and below in sp. */
bt_status bt_flow_on_grid(bt_flow *flow, bt_galley_block *block, bt_flow_body *body, bt_sp before, bt_sp after);
/* The steps that a line of a style takes: one, unless its own leading is more. */
uint16_t bt_flow_line_steps(const bt_layout *layout, const bt_style *style);
/* White in whole steps, rounded up; 0 for none. */
uint16_t bt_flow_white_steps(const bt_layout *layout, bt_sp white);
/* One setting of one unit, whose steps are still to come. NULL: no memory. */
bt_unit *bt_flow_whole_unit(bt_flow *flow, bt_galley_block *block);
/* The same for content of a height; white above and below in sp. */
bt_status bt_flow_one_unit(bt_flow *flow, bt_galley_block *block, int64_t content, bt_sp before_min, bt_sp before_max,
                           bt_sp after, const bt_place *at);
uint16_t bt_flow_steps(const bt_layout *layout, int64_t height); /* rounded up; at least 1 */
/* Reports a unit whose steps no page has; the galley is then made to its end, so that all are reported. */
void bt_flow_check_height(bt_flow *flow, uint32_t steps, const bt_place *at);
/* line.c: the text's first n_characters, blanks at their end taken off, and an ellipsis. */
bt_str bt_flow_cut_text(bt_arena *arena, bt_str text, size_t n_characters);
/* jump.c: the rows of the jump lines; 0 where the layout has none. BT_INPUT (reported): too many for a page. */
bt_status bt_flow_jump_rows(bt_flow *flow, uint16_t rows[BT_N_JUMPS]);
/* furniture.c: reports a running head or folio that passes its page. */
bt_status bt_flow_check_running(bt_flow *flow);
bt_flow_tag *bt_flow_tags_new(bt_flow *flow, bt_galley_block *block, uint32_t n, bt_flow_tag_kind first);

#endif
