/* marks.h - what marks.c and slug.c share: the marks of a press file's sheets under way. */
#ifndef BT_PAGE_MARKS_H
#define BT_PAGE_MARKS_H

#include "flow/mark.h"
#include "page/page_int.h"

/* The band for marks, from the edge of the bleed to that of the paper: 10 mm. */
#define BT_SLUG_ROOM ((bt_sp)(100LL * 72 * BT_SP_PER_PT / 254))

enum { BT_MOST_PLATES = 4 + BT_LIMIT_SPOTS };

typedef struct bt_plate {
    bt_str name; /* as the press knows it: "Cyan", "PANTONE 227 C" */
    bt_ink ink;  /* all of it */
} bt_plate;

/* A line's end at a side of the sheet. */
typedef struct bt_stop {
    bt_sp at;
    bool is_fold;
} bt_stop;

typedef struct bt_stops {
    bt_stop *v; /* ascending */
    uint32_t n;
    uint32_t widest_i; /* the widest stretch is from it to the next */
} bt_stops;

typedef struct bt_side_room {
    bt_sp begin, end;
} bt_side_room;

typedef struct bt_press {
    bt_page_maker *m;
    const bt_sheet_about *about;
    const bt_sheets *sheets;
    bt_sp edge; /* from the trim: where marks may begin */
    bt_ink all; /* on every plate */
    bt_plate plates[BT_MOST_PLATES];
    uint32_t n_plates;
    bt_stops stops[2];  /* of the top and bottom; of the left and right */
    bt_side_room *free; /* of the top and bottom */
    uint32_t n_free;
    bt_side_room line_room; /* of the slug line */
    uint32_t n_slug_lines;
    bt_style *style; /* of its text */
    bt_marks marks;  /* from the trim's left top corner */
} bt_press;

/* The plates that a palette prints with, pictures included; black, where it is one of them, after the three colours. */
uint32_t bt_page_plates(const bt_layout *layout, bt_plate plates[BT_MOST_PLATES]);

/* slug.c: what of the slug line is the same on all sheets; what is a sheet's own. BT_NOMEM, or reported. */
bt_status bt_page_slug(bt_press *p);
bt_status bt_page_slug_of(bt_press *p, const bt_sheet *sheet);

#endif
