/* finding.h - what a check or a preflight found, and the report that all writers (table, JSON, JUnit, HTML) are made
 * from.
 *
 * "Ours" is the new file, the one that is checked; "the sample" is the approved one. A preflight has ours alone.
 */
#ifndef BT_CHECK_FINDING_H
#define BT_CHECK_FINDING_H

#include "check/seen/seen.h"

typedef enum finding_kind {
    FINDING_PAGES,        /* another number of pages */
    FINDING_PAGE_ORDER,   /* a page stands elsewhere */
    FINDING_PAGE_BOX,     /* a box of a page, its rotation */
    FINDING_TEXT_CHANGED, /* a word or words read otherwise */
    FINDING_TEXT_NEW,
    FINDING_TEXT_GONE,
    FINDING_TEXT_MOVED, /* words or a block of them, all by the same way */
    FINDING_TEXT_SIZE,
    FINDING_TEXT_FACE,
    FINDING_TEXT_COLOR, /* fill, stroke, overprint, rendering mode */
    FINDING_PICTURE_NEW,
    FINDING_PICTURE_GONE,
    FINDING_PICTURE_MOVED,
    FINDING_PICTURE_SIZE,
    FINDING_PICTURE_CROP,
    FINDING_PICTURE_PPI,
    FINDING_PICTURE_CONTENT,
    FINDING_PICTURE_COLOR, /* another colour space */
    FINDING_RULE_NEW,
    FINDING_RULE_GONE,
    FINDING_RULE_MOVED,
    FINDING_RULE_THICKNESS,
    FINDING_RULE_LENGTH,
    FINDING_RULE_COLOR,
    FINDING_AREA_NEW, /* tints and shapes */
    FINDING_AREA_GONE,
    FINDING_AREA_MOVED,
    FINDING_AREA_SIZE,
    FINDING_AREA_COLOR,
    FINDING_FONT_EMBEDDED, /* a face is embedded in one file only */
    FINDING_ANNOTATION,    /* links and other annotations */
    FINDING_PIXELS,        /* the page looks different where nothing above says why */
    FINDING_PLATE,         /* an ink's plate differs */
    FINDING_DESIGN,        /* --layout-only: a property of the design */
    FINDING_PREFLIGHT,     /* a rule of preflight: `number` says which */
    FINDING_N_KINDS,
} finding_kind;

typedef enum finding_severity { FINDING_NOTE, FINDING_WARNING, FINDING_ERROR } finding_severity;

typedef struct finding {
    finding_kind kind;
    finding_severity severity;  /* of a check: always ERROR */
    const char *number;         /* "P0301", of a rule of preflight; "" */
    uint32_t page, sample_page; /* from 1; 0: the file as a whole, or not in that file */
    bool has_ours, has_sample;  /* the boxes */
    seen_box ours, sample;      /* where it is and was, as in seen.h */
    const seen_box *places;     /* of a preflight: where else it is, some of the n places; the first is `ours` */
    uint32_t n_places;
    bt_str subject; /* the words themselves, "body text", "left margin"; may be empty */
    bt_str was, is; /* values, ready to show: "9.4 pt", "CMYK 0 0 0 100"; the sample's and ours; may be empty */
    double dx, dy;  /* by which it moved [pt], right and down */
    double amount;  /* how much it differs, in pt where it is a length, else as the property goes; 0: not a number */
    uint32_t n;     /* words or objects that it stands for; at least 1 */
    double weight;  /* how much a reader would notice: findings are ranked by it, the greatest first */
    bt_str message; /* one sentence in the language of messages */
    bt_str remedy;  /* what to do; may be empty */
} finding;

typedef enum report_kind { REPORT_CHECK, REPORT_LAYOUT, REPORT_PREFLIGHT } report_kind;

/* A page as the report shows it. */
typedef struct report_page {
    uint32_t page, sample_page; /* from 1; 0: none */
    double width, height;       /* of ours; of the sample where there is none [pt] */
    double sample_width, sample_height;
    bt_str picture, sample_picture; /* PNG; empty: not rendered */
    seen_box picture_box,
        sample_picture_box; /* what the picture shows, as in seen.h: what lies within the crop box [pt] */
    const seen_box *masks;  /* regions left out [pt] */
    uint32_t n_masks;
    bool was_looked_at; /* its pixels were compared */
    uint32_t n_pixels;  /* that differ beyond the tolerance; 0 unless was_looked_at */
} report_page;

/* A property that was compared, whether it differs or not (--layout-only), or a rule that was tried (preflight). */
typedef struct report_line {
    bt_str subject;
    bt_str sample, ours, difference; /* ready to show; a rule: its number, its state, what was found */
    enum { LINE_GOOD, LINE_DIFFERS, LINE_NOT_RUN } state;
    bt_str why; /* NOT_RUN: why */
} report_line;

typedef struct report {
    report_kind kind;
    bt_str ours, sample; /* paths as given; a preflight has no sample */
    bt_str profile;      /* of a preflight */
    uint32_t n_pages, n_sample_pages;
    uint32_t first_page, last_page; /* only these were looked at; 0, 0: all */
    BT_ARRAY(finding) findings;     /* ranked: the first is what a reader would notice first */
    BT_ARRAY(report_page) pages;
    BT_ARRAY(report_line) lines;
    uint32_t n_left_out; /* findings within masks */
    bool is_equal;       /* of a preflight: no error */
    uint32_t dpi;        /* of the pixels; 0: not looked at */
} report;

/* weight.c: how much a reader would notice a finding of that kind. extent: how large it is, as weight.c says for its
 * kind; 0: the least of it. */
double finding_weight(finding_kind kind, double extent);
/* The program's name of a kind, for JSON: "text-moved". Never translated. */
const char *finding_kind_name(finding_kind kind);
/* Sorts by weight, then page, then place: the same input gives the same order. */
void findings_rank(report *r);

#endif
