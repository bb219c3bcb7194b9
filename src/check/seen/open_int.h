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

/* xmp.c */
typedef enum seen_xmp_property {
    SEEN_XMP_TITLE,
    SEEN_XMP_AUTHOR, /* several: joined by "; " */
    SEEN_XMP_CREATOR,
    SEEN_XMP_PRODUCER,
    SEEN_XMP_TRAPPED,
    SEEN_XMP_CREATED,
    SEEN_XMP_MODIFIED,
    SEEN_XMP_PDFX,
    SEEN_XMP_PDFX_OLD, /* where makers put it before there was a place for it */
    SEEN_XMP_PDFA_PART,
    SEEN_XMP_PDFA_LEVEL,
    SEEN_XMP_PDFUA_PART,
    SEEN_XMP_N,
} seen_xmp_property;
typedef struct seen_xmp {
    bt_str values[SEEN_XMP_N]; /* empty: absent */
} seen_xmp;
/* False: the packet is no XML. */
bool seen_read_xmp(bt_arena *arena, bt_str packet, seen_xmp *xmp);

/* dates.c: whether a date of Info, "D:20240401080000+07'00'", and one of XMP, "2024-04-01T08:00:00+07:00", are one
 * moment, as far as both say. */
bool seen_dates_agree(bt_str info, bt_str xmp);

#endif
