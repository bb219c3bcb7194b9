/* tell_int.h - what the writers of tell/ share: the words for findings, numbers for people, and what may not go out as
 * it stands in a PDF.
 *
 *     words.c     kinds, verdicts, places, differences
 *     numbers.c   lengths in mm
 *     escape.c    texts of PDFs made harmless for a terminal, HTML and XML
 *     columns.c   a table as wide as the terminal
 *     table.c json.c junit.c     the writers
 *     html.c      the page as a whole; html_list.c its findings; html_page.c its pictures
 */
#ifndef BT_CHECK_TELL_INT_H
#define BT_CHECK_TELL_INT_H

#include "check/check.h"
#include "check/shown.h"

#define TELL_MM_PER_PT (1 / SHOWN_PT_PER_MM)

/* --- words --- */

bt_str tell_kind_label(const tell_target *to, finding_kind kind);
/* Kinds in groups, as the report filters them: "text", "pictures". Never translated. */
const char *tell_group_name(finding_kind kind);
bt_str tell_group_label(const tell_target *to, const char *name);
bt_str tell_severity_label(const tell_target *to, finding_severity severity);
const char *tell_severity_name(finding_severity severity); /* "error": never translated */
/* "1 finding", "3 findings": one where n is 1, else many with n for {1}. */
bt_str tell_counted(const tell_target *to, uint64_t n, bt_str one, bt_str many);
/* The verdict in a sentence, with the names as given. */
bt_str tell_verdict(const tell_target *to, const report *r, bt_str ours, bt_str sample);
/* "page 3", "page 3, page 4 of the sample", "page 4 of the sample", "the whole file" */
bt_str tell_page_of(const tell_target *to, const finding *f);
/* "x 12.0 mm, y 30.5 mm", from the trim's corner; empty where it has no box. */
bt_str tell_place(const tell_target *to, const finding *f);
/* How far it moved, with arrows, or how much a length differs, in mm: for a column that says so. May be empty. */
bt_str tell_difference(const tell_target *to, const finding *f);

/* The box that says where it is: ours, else the sample's, else NULL. */
const seen_box *tell_box(const finding *f);
bool tell_is_length(finding_kind kind);       /* amount is a length [pt] */
uint32_t tell_n_pages(const report *r);       /* of the file with more */
uint32_t tell_first_page(const report *r);    /* that was looked at, */
uint32_t tell_last_page(const report *r);     /* and the last */
uint32_t tell_n_pages_found(const report *r); /* those with findings */
uint32_t tell_n_of(const report *r, finding_severity severity);
uint32_t tell_n_lines(const report *r, int state);

/* --- numbers --- */

/* A length in pt as mm, the number alone, always with so many decimals. What is no number is 0. */
bt_str tell_mm(const tell_target *to, double pt, int decimals);
/* value in thousandths, within what bt_buf_add_fixed takes. */
int64_t tell_thousandths(double value);
bt_str tell_count(const tell_target *to, uint64_t n);

/* --- harmless; tell_add_escaped: check.h --- */

/* For a terminal, on one line: nothing that it would obey. */
bt_str tell_plain(bt_arena *arena, bt_str text);
bt_str tell_name_of(bt_str path); /* what follows the last '/' */
/* Base64, as data: URIs and hashes of a content policy have it. */
void tell_add_base64(bt_buf *out, bt_str bytes);

/* --- columns (columns.c) --- */

enum { TELL_MOST_COLUMNS = 8 };
typedef struct tell_column {
    bt_str head;
    bool is_right; /* numbers: set flush right */
    bool yields;   /* where the table is too wide, its texts are cut */
} tell_column;
typedef struct tell_rows {
    const tell_column *columns;
    uint32_t n_columns;
    BT_ARRAY(bt_str) cells; /* row by row */
} tell_rows;
/* Columns in which no row has anything are left out. */
void tell_add_rows(bt_buf *out, const tell_rows *rows, uint32_t width);
uint32_t tell_width_of(bt_str text); /* in columns of a terminal */
/* Words over as many lines as they take, each but the first set in by `indent` columns. */
void tell_add_wrapped(bt_buf *out, bt_str text, uint32_t indent, uint32_t width);

/* --- HTML --- */

typedef struct tell_page_html {
    const tell_target *to;
    const report *r;
    bt_buf *out;
    const uint32_t *pages; /* of each finding: the index in r->pages, or r->pages.n */
    uint32_t *counts;      /* of each of r->pages: its findings */
} tell_page_html;

void tell_html_findings(const tell_page_html *h);
void tell_html_lines(const tell_page_html *h);
void tell_html_rail(const tell_page_html *h);
void tell_html_pages(const tell_page_html *h);
/* Whether a box of the finding is drawn on any page, as the target of links to it. */
bool tell_has_mark(const tell_page_html *h, const finding *f);
bt_str tell_page_title(const tell_page_html *h, const report_page *page);
/* Puts in markup as it is; and words, escaped. */
static inline void tell_raw(const tell_page_html *h, const char *markup) { bt_buf_add_z(h->out, markup); }
static inline void tell_text(const tell_page_html *h, bt_str text) { tell_add_escaped(h->out, text); }

#endif
