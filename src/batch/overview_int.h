/* overview_int.h - shared by the files that write the overview. */
#ifndef BT_BATCH_OVERVIEW_INT_H
#define BT_BATCH_OVERVIEW_INT_H

#include "batch/overview.h"
#include "json/json.h"

#include <string.h>

/* A page that is on the overview already. */
typedef struct bt_overview_seen {
    uint64_t key; /* of what is drawn and marked on it */
    uint32_t row_i, page;
    uint32_t next; /* in its bucket, from 1 */
} bt_overview_seen;

/* What was told of an entry: most are of the base, and fare alike in many editions. */
typedef struct bt_overview_told {
    uint64_t hash;
    bt_str source, html; /* of the report, and of the overview; html empty: it is not told */
    uint32_t next;       /* in its bucket, from 1 */
} bt_overview_told;

enum { BT_OVERVIEW_BUCKETS = 1024, BT_OVERVIEW_FATES = 6 };

typedef struct bt_overview_writer {
    bt_diags *diags;
    const bt_overview *about;
    bt_arena kept;  /* of `seen` and `told` */
    bt_arena words; /* of one edition */
    bt_arena bytes; /* of `out` */
    bt_buf out;
    BT_ARRAY(bt_overview_seen) seen;
    BT_ARRAY(bt_overview_told) told;
    size_t n_told_bytes;
    uint32_t buckets[BT_OVERVIEW_BUCKETS], told_buckets[BT_OVERVIEW_BUCKETS];
    uint32_t n_repeated;             /* pages that were seen before */
    bt_str fates[BT_OVERVIEW_FATES]; /* overview.c: the words for how something fares */
    bool has_comma;                  /* decimal, as Vietnamese writes it */
} bt_overview_writer;

/* The style sheet and the script. */
extern const char *const bt_overview_style[]; /* NULL-terminated */
extern const char *const bt_overview_script[];

/* overview.c. As it is, text, and an attribute's value. */
static inline void bt_html(bt_overview_writer *w, const char *html)
{
    bt_buf_add(&w->out, (bt_str){html, strlen(html)});
}
void bt_html_text(bt_overview_writer *w, bt_str text);
/* A path or a fragment within a link. */
void bt_html_url(bt_overview_writer *w, bt_str path);
/* A number as the report has it: "-12.5". */
void bt_html_number(bt_overview_writer *w, bt_str number);
/* The words for how something fares, and its class: of "changed" what is set anew is told apart. */
const char *bt_overview_class(const bt_json_node *difference);
bt_str bt_overview_fate(bt_overview_writer *w, const char *class_name);

/* What a report has at its head is read this deep: entries and pages that differ stand there as they are written. */
enum { BT_OVERVIEW_DEPTH = 2 };
/* overview_edition.c. The section of an edition, from the head of its report. */
void bt_overview_add_edition(bt_overview_writer *w, uint32_t row_i, const bt_json_node *report);

/* overview_page.c. A page that differs, as a figure, from its source. */
void bt_overview_add_page(bt_overview_writer *w, uint32_t row_i, const bt_json_node *report, bt_str source);

#endif
