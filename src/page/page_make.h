/* page_make.h - composed bands -> the display list. Apart from page.h, which later stages read and which knows no
 * galley. */
#ifndef BT_PAGE_MAKE_H
#define BT_PAGE_MAKE_H

#include "compose/compose.h"
#include "page/page.h"

/* What is on the pages before the galley is: found once, so that compose and the drawing agree. */
typedef struct bt_page_frame {
    bt_compose_frame rows;
    bt_marks masthead; /* from the trim's left top corner */
    bt_sp masthead_foot;
    uint32_t masthead_title;               /* the tag of the title among its marks; UINT32_MAX: it has none */
    bt_sp highlights_y, highlights_height; /* of a strip under the masthead; in a column: 0 and its height */
    bt_marks imprint;                      /* from its left top corner */
    bt_sp imprint_height;
} bt_page_frame;

/* Sets masthead and imprint, and measures the highlights, which name pages. It lives in flow->arena. Reports furniture
 * that leaves no room (BT_INPUT). */
bt_status bt_page_frame_make(bt_flow *flow, bt_page_frame *frame);

/* What the pages are drawn for. */
typedef struct bt_page_ways {
    bt_rendition rendition;
    bt_imposition imposition; /* of press only */
    bt_sp paper;              /* thickness of the paper [sp] */
} bt_page_ways;

/* Draws everything. Lives in flow->arena. BT_INPUT: what must not go to the press was found, and is reported. */
bt_status bt_page_make(bt_flow *flow, const bt_galley *galley, const bt_composition *composition,
                       const bt_page_frame *frame, const bt_page_ways *ways, const bt_pages **pages);

#endif
