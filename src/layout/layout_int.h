/* layout_int.h - shared by the files of layout/. */
#ifndef BT_LAYOUT_INT_H
#define BT_LAYOUT_INT_H

#include "base/file.h"
#include "base/limits.h"
#include "layout/layout.h"
#include "json/fields.h"

/* Names of one sort, in the order of their arrays: for references and "did you mean". */
typedef struct bt_layout_names {
    const char *sort; /* "style": a phrase, for messages */
    bt_str *v;
    uint32_t n;
} bt_layout_names;

/* What is not yet resolved, resolved, or being resolved: a circle ends at the latter. */
typedef enum bt_layout_state { BT_LAYOUT_NEW, BT_LAYOUT_BUSY, BT_LAYOUT_DONE } bt_layout_state;

typedef struct bt_layout_color {
    const bt_json_node *own;  /* of "colors"; NULL: one of the program's own */
    const bt_json_node *node; /* that, or what the palette puts in its place */
    bt_layout_state state;
    bt_ink built_in; /* where node is NULL */
    bt_ink ink;
    bool is_used; /* something names it that is no tint */
} bt_layout_color;

/* The palettes while they are read, and the spots of the one that the colours are resolved in. */
typedef struct bt_layout_palettes {
    bt_layout_names names;
    const bt_json_node *node;   /* "palettes"; NULL: none */
    const bt_json_node *plates; /* "plates" */
    const bt_json_node *normal; /* "palette" */
    bt_str wanted;
    uint32_t chosen_i; /* UINT32_MAX: the colours as they stand */
    bt_spot_ink spots[BT_LIMIT_SPOTS];
    uint32_t n_spots;
} bt_layout_palettes;

/* A style's own keys, and those together with what it extends. */
typedef struct bt_layout_sheet {
    const bt_json_node *own, *whole;
    bt_layout_state state;
} bt_layout_sheet;

typedef struct bt_layout_reader {
    bt_fields_reader fields;
    bt_layout *layout;
    bt_layout_names color_names, font_names, style_names;
    bt_layout_color *colors;
    uint32_t ink_i; /* of "ink" among them */
    bt_layout_palettes palettes;
    bt_font_role *fonts;
    bt_layout_sheet *sheets;
    bt_style *styles;
} bt_layout_reader;

/* A quarter of the longest length is plenty for a page (50 in), and for any white on it; it keeps all sums in range. */
#define BT_LAYOUT_LONGEST ((bt_sp)(BT_SP_LONGEST / 4))

/* Where layouts are looked for. */
typedef struct bt_layout_search {
    bt_str name;     /* as written */
    bt_str from_dir; /* of the file that names it */
    bool is_parent;  /* named by a layout, whose own folder counts too */
    const char *const *dirs;
    const bt_place *at;
} bt_layout_search;

/* layout_file.c: the file and its parents as one tree; NULL: reported. */
const bt_json_node *bt_layout_load(bt_fields_reader *r, const bt_layout_search *search);
/* The member of an object; NULL. */
const bt_json_node *bt_layout_member(const bt_json_node *node, bt_str key);
/* Child over parent, property by property; what is no object in both is replaced. */
const bt_json_node *bt_layout_merge(bt_arena *arena, const bt_json_node *parent, const bt_json_node *child);

/* layout_color.c */
/* Colours and palettes (`palettes` has its nodes): all are checked, and colours are resolved in the palette wanted. */
void bt_layout_read_colors(bt_layout_reader *l, const bt_json_node *node);
/* Once everything that names a colour is read: what the palettes print with. */
void bt_layout_close_colors(bt_layout_reader *l);
bool bt_layout_color_of(bt_layout_reader *l, const bt_json_node *node, bt_ink *ink);
/* A colour or "none". */
bool bt_layout_background(bt_layout_reader *l, const bt_json_node *node, bt_ink *ink);
/* The colour "ink". */
bt_ink bt_layout_ink(bt_layout_reader *l);

/* layout_style.c */
/* Makes room for the names of an object's members and `more` besides. */
bool bt_layout_start_names(bt_layout_reader *l, const char *sort, const bt_json_node *node, uint32_t more,
                           bt_layout_names *names);
/* Reports a name that is none of these. */
void bt_layout_report_name(bt_layout_reader *l, const bt_layout_names *names, bt_str name, const bt_place *at);
void bt_layout_read_fonts(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_styles(bt_layout_reader *l, const bt_json_node *node, const bt_place *root);
/* A reference by name; false: none, or reported. */
bool bt_layout_find(bt_layout_reader *l, const bt_json_node *node, const bt_layout_names *names, uint32_t *i);
/* A rule or "none"; em: of the style that it belongs to, 0 elsewhere. */
void bt_layout_rule(bt_layout_reader *l, const bt_json_node *node, bt_sp em, bt_rule_style *rule);
/* A length from 0 to the longest. */
void bt_layout_length(bt_layout_reader *l, const bt_json_node *node, bt_sp *length);
/* A share of the type size in thousandths ("0.05em"). */
void bt_layout_tracking(bt_layout_reader *l, const bt_json_node *node, int32_t least, int32_t most, int32_t *tracking);
bool bt_layout_align(bt_layout_reader *l, const bt_json_node *node, bt_align *align);
bool bt_layout_span(bt_layout_reader *l, const bt_json_node *node, bool *spans_page);

/* layout_family.c: "families" */
void bt_layout_read_families(bt_layout_reader *l, const bt_json_node *node);

/* layout_furniture.c */
void bt_layout_read_furniture(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_words(bt_layout_reader *l, const bt_json_node *node);

/* Checks every {field} of a text; gives their number. */
uint32_t bt_layout_check_fields(bt_layout_reader *l, const bt_json_node *node, const bt_str *known, uint32_t n);

/* layout_prose.c: parts of "blocks" */
void bt_layout_read_numbered(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_drop_cap(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_quote(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_verse(bt_layout_reader *l, const bt_json_node *node);

/* layout_chart.c: the charts' design; what every layout has of it, before its own is read */
void bt_layout_chart_defaults(bt_layout_reader *l);
void bt_layout_read_chart(bt_layout_reader *l, const bt_json_node *node);

/* layout_family.c: a file beside the layout, or one that is looked for by its name. */
void bt_layout_file_name(bt_layout_reader *l, const bt_json_node *node, bt_str example, bt_text *file);

/* layout_block.c: "blocks", "compose", "spacing", "print" */
void bt_layout_read_blocks(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_compose(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_spacing(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_print(bt_layout_reader *l, const bt_json_node *node);
/* A picture's least and most height, which fit the page and each other. */
void bt_layout_heights(bt_layout_reader *l, const bt_json_node *least, const bt_json_node *most, bt_sp *min,
                       bt_sp *max);

/* layout_box.c: sections of "blocks"; NULL: its defaults. To be called when styles and figures are read. */
void bt_layout_read_boxes(bt_layout_reader *l, const bt_json_node *box, const bt_json_node *numbers,
                          const bt_json_node *gallery);
void bt_layout_read_qr(bt_layout_reader *l, const bt_json_node *node);
void bt_layout_read_contents(bt_layout_reader *l, const bt_json_node *node);

/* The width of a text column; 0: not known, or too narrow for text, which is reported once. */
bt_sp bt_layout_text_column(const bt_layout *layout);
/* The width that n columns have in a measure. */
bt_sp bt_layout_column_width(const bt_layout *layout, bt_sp measure, uint32_t n);
bt_sp bt_layout_page_measure(const bt_layout *layout);

#endif
