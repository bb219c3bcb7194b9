/* table_int.h - a table as flow sees it; shared by the files that make, fit and draw it. */
#ifndef BT_FLOW_TABLE_INT_H
#define BT_FLOW_TABLE_INT_H

#include "flow/flow_int.h"

typedef struct bt_tabular_cell {
    bt_para para;
    uint32_t column_i, n_spanned;
    bt_sp after_sign; /* a number: width from the decimal sign on */
    bool is_number;   /* aligned on its decimal sign */
    uint32_t tag_i;
} bt_tabular_cell;

typedef struct bt_tabular_row {
    bt_row_kind kind;
    bt_tabular_cell *cells;
    uint32_t n_cells;
    uint32_t n_lines; /* of its tallest cell */
    uint32_t n_steps; /* of the whole row; is_cut: of a line */
    bool is_cut;      /* taller than a column: each of its lines is a unit */
    bool is_banded;
    const bt_style *style;
} bt_tabular_row;

typedef struct bt_tabular_column {
    bt_sp natural, least;          /* of the content: on one line, and of its widest word */
    bt_sp before_sign, after_sign; /* numbers: the widest parts */
    int64_t content;               /* natural widths of its cells, added up: what there is to set; */
    int64_t content_root;          /* its square root, where the columns' room is shared out by it */
    bool is_grouped;               /* a group's head stands above its own */
    bt_sp x, width;                /* pads included */
    bt_sp air;                     /* white to the right of numbers that have text beside them, besides the pad */
} bt_tabular_column;

/* How the cells are set: as the styles say, or what a table that is too wide comes to. */
typedef struct bt_tabular_look {
    const bt_font_role *font; /* NULL: the styles' own */
    int32_t scale;            /* thousandths of the styles' sizes */
} bt_tabular_look;

/* What a unit draws. Unit 0 is the head. */
typedef struct bt_tabular_unit {
    uint32_t row_i, line_i; /* line_i: of a row that is cut */
} bt_tabular_unit;

struct bt_flow_table {
    const bt_doc_table *source;
    const bt_layout *layout;
    bt_tabular_look look;
    bool was_spread; /* set across the page for want of room */
    bt_tabular_column *columns;
    bt_tabular_row groups; /* the heads over several columns; n_cells 0: none */
    bt_tabular_row head;   /* of each column; n_cells 0: none */
    uint32_t head_steps;   /* of both together */
    uint32_t n_low_lines;  /* of the heads below the groups'; 0: they have no text */
    bt_sp head_height;     /* top of the head's first capitals to its last baseline */
    bt_tabular_row *rows;
    uint32_t n_rows;
    const bt_tabular_unit *units;
    uint32_t n_units;
    bt_text_frame title, unit, continued, note, table_source;
    bt_sp measure;
    bt_sp title_height;    /* with its gap to the table; 0: no title */
    bt_sp repeated_height; /* the same above a part that goes on */
    bt_sp before;          /* white above */
    bt_sp note_height;     /* with its gap */
    bt_sp continued_line;  /* of a repeated title: the line of "(tiếp theo)" that its last one has no room for */
    uint32_t notes_tag;
    uint32_t note_steps; /* steps below the last row */
};

/* table_widths.c: shapes head and rows, and finds the columns' widths. A table that is too wide is set across the page,
 * in the layout's narrow face, smaller, in this order, and that is reported; BT_INPUT: it does not fit, reported. */
bt_status bt_flow_table_fit(bt_flow *flow, bt_galley_block *block, bt_flow_table *table);

/* The width of a cell's text. */
bt_sp bt_flow_table_cell_width(const bt_flow_table *table, const bt_tabular_cell *cell);
/* Baseline to baseline in cells of a style. */
bt_sp bt_flow_table_leading(const bt_flow_table *table, const bt_style *style);
/* table.c: from the last baseline of the groups' heads to the last one of the heads below (0: these have no text), and
 * to the rule between. */
bt_sp bt_flow_table_group_fall(const bt_flow_table *table);
bt_sp bt_flow_table_group_rule(const bt_flow_table *table);
/* Where "(tiếp theo)" stands after the title's last line. */
bt_sp bt_flow_table_continued_x(const bt_flow_table *table);

#endif
