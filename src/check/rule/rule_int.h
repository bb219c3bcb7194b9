/* rule_int.h - what the files of rule/ share.
 *
 *     rule.c           the table, the profiles, the round of all rules
 *     rule.def         the rules: number, what it looks at, severities, words
 *     hit.c            what a rule has hit becomes findings
 *     mark.c           what is painted on a page, in one list
 *     color.c          what prints of a colour
 *     on_*.c           the rules themselves
 *
 * A rule is a function that looks and calls rule_hit; it knows nothing of severities and words. By what it looks at it
 * is called once for the file, for each page that was asked for, or for each mark that is seen on such a page.
 */
#ifndef BT_CHECK_RULE_INT_H
#define BT_CHECK_RULE_INT_H

#include "check/rule/rule.h"

/* Something painted: a run of text, a path or a picture. */
typedef struct rule_mark {
    enum { RULE_MARK_TEXT, RULE_MARK_PATH, RULE_MARK_PICTURE } kind;
    seen_box box;
    const seen_color *fill, *stroke; /* those that it is painted with; NULL: not so. Of a picture: of a stencil only */
    bool overprints_fill, overprints_stroke;
    const seen_paint *paint; /* may be NULL */
    const seen_word *word;   /* TEXT */
    const seen_run *run;
    const seen_path *path;
    const seen_picture *picture;
} rule_mark;

typedef struct rule_marks {
    BT_ARRAY(rule_mark) marks;
} rule_marks;

/* Faults of one rule on one page that are told together. */
typedef struct rule_group {
    uint32_t page;
    bool is_least;
    double amount; /* of is_least */
    bt_str value;  /* what was found; hits with the same value are one finding, and those of which the least is told */
    bt_str subject;
    bool has_box;
    BT_ARRAY(seen_box) places;
    uint32_t n;
} rule_group;

typedef struct rule_try {
    bt_arena *arena;
    bt_diags *diags;
    const seen_file *file;
    const rule_profile *profile;
    report *report;
    uint32_t first_page, last_page; /* from 1 */
    /* at hand */
    uint32_t page_i;
    const seen_page *page; /* NULL: the file as a whole */
    BT_ARRAY(rule_group) groups;
    bt_str not_run;          /* why the rule could not be tried; empty: it was */
    const rule_marks *marks; /* of each page */
    struct rule_ink *ink;    /* what Ghostscript has told: on_ink.c */
} rule_try;

#define RULE_FILE(number, name, coated, uncoated, news, screen, fault, remedy) void rule_##name(rule_try *t);
#define RULE_PAGE RULE_FILE
#define RULE_MARK(number, name, coated, uncoated, news, screen, fault, remedy)                                         \
    void rule_##name(rule_try *t, const rule_mark *mark);
#include "check/rule/rule.def"
#undef RULE_FILE
#undef RULE_PAGE
#undef RULE_MARK

/* hit.c: the rule at hand has found something, on the page at hand or in the file. box: NULL: the page as a whole.
 * subject: what it is, as words of the page or a name; value: what is wrong with it, ready to show; either may be
 * empty. */
void rule_hit(rule_try *t, const seen_box *box, bt_str subject, bt_str value);
/* The same for a mark: its box, and the words where it is text. */
void rule_hit_mark(rule_try *t, const rule_mark *mark, bt_str value);
/* The same, but all hits on the page are one finding, whose value is that of the least amount. */
void rule_hit_least(rule_try *t, const rule_mark *mark, double amount, bt_str value);
/* The groups become findings of the report. */
void rule_tell(rule_try *t, const rule_about *about, rule_severity severity);

/* mark.c: what is seen of a page, in the order of text, paths, pictures. */
void rule_list_marks(bt_arena *arena, const seen_page *page, rule_marks *marks);

/* color.c */
bool rule_is_rgb(seen_space space);        /* DeviceRGB */
bool rule_is_calibrated(seen_space space); /* colour that a profile or a formula must make inks of */
/* Inks of a colour that print anything; 0: it is white. SEEN_MOST_INKS + 1 where it cannot be known. */
uint32_t rule_n_inks(const seen_color *color);
bool rule_is_white(const seen_color *color);
bool rule_is_black(const seen_color *color);     /* it looks black, whatever it is made of */
bool rule_is_black_ink(const seen_color *color); /* by the black ink alone, of DeviceCMYK or a separation of it */
bool rule_is_registration(const seen_color *color);
bool rule_is_process_ink(bt_str name); /* "Cyan" ... "Black" */

#endif
