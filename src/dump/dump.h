/* dump.h - the display list as stable text, and the layout report as JSON. */
#ifndef BT_DUMP_H
#define BT_DUMP_H

#include "page/compare.h"

/* The drawing as text: one line an item, places in sp, texts and glyph ids readable; the main golden of the tests.
 * Names of fonts and pictures, no paths of the machine. */
void bt_dump_pages(bt_buf *out, const bt_pages *pages);

/* One message of the job, kept for the report. */
typedef struct bt_dump_message {
    bt_severity severity;
    bt_str code, file, pointer, text;
    uint32_t line, column;
} bt_dump_message;

/* What the report tells beside the pages. */
typedef struct bt_dump_about {
    const bt_page_digests *digests;  /* NULL: not known */
    const bt_comparison *comparison; /* with the base of an edition; NULL: none was made */
    bt_str base;                     /* that base's file */
    const bt_dump_message *messages;
    uint32_t n_messages;
} bt_dump_about;

/* The layout report: JSON, UTF-8, lengths in mm with two decimals, places as in the display list. */
void bt_dump_report(bt_buf *out, const bt_pages *pages, const bt_dump_about *about);

#endif
