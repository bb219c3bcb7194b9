/* open_int.h - what the files that read a PDF as a whole share: open.c, boxes.c, open_facts.c, xmp.c. */
#ifndef BT_CHECK_SEEN_OPEN_INT_H
#define BT_CHECK_SEEN_OPEN_INT_H

#include "check/seen/seen_int.h"

/* boxes.c */
typedef enum seen_boxes_read {
    SEEN_BOXES_READ,
    SEEN_BOXES_NONE,  /* it has no media box, or one without a size */
    SEEN_BOXES_LARGE, /* a side is longer than BT_LIMIT_PDF_SIDE */
} seen_boxes_read;
/* Boxes, rotation, unit, size and to_trim of a page. */
seen_boxes_read seen_read_boxes(seen_pdf *pdf, seen_obj dict, seen_page *page);
/* A rectangle of the file in places; false: it is none. */
bool seen_read_rectangle(seen_pdf *pdf, seen_obj array, const seen_matrix *to_trim, seen_box *box);

/* open_facts.c */
void seen_read_group(seen_reader *r, seen_obj dict);
void seen_read_annotations(seen_reader *r, seen_obj dict);
/* What the file says of itself, and the labels of its pages. */
void seen_read_facts(seen_reader *r);

#endif
