/* check.h - the program bantin-check: `bantin check`, `bantin measure`, `bantin preflight`.
 *
 *     main.c            which of the three
 *     cmd_check.c       options of check; cmd_measure.c, cmd_preflight.c likewise
 *     libraries.c       what it runs with, for bantin doctor
 *     guard.c           work on files that may be anything is done by a child under limits of time and memory
 *     pair.c            check: one file against its sample
 *     set.c, set/       check --all: many pairs, on all processors
 *     bless.c           check --bless: the new file becomes the sample
 *     write.c           files whole, folders, the standard output
 *     weight.c          what a reader would notice first
 *     shown.c           numbers for people
 *     given/            what the user gives: what may differ, and what is not looked at
 *     seen/             what is seen of a PDF
 *     match/            regression: two files that should be the same
 *     pixel/            pages as pixels, by poppler; plates, by Ghostscript
 *     design/           what the design of a PDF is (measure), and how two designs differ (--layout-only)
 *     rule/             the rules of preflight
 *     tell/             the table, JSON, JUnit and HTML
 *
 * The program shares the command's way to read options and to speak (cli.h).
 */
#ifndef BT_CHECK_H
#define BT_CHECK_H

#include "check/finding.h"
#include "cli/cli.h"

/* How much each property may differ. Lengths in pt. */
typedef struct tolerance {
    double box;                  /* boxes of a page */
    double position;             /* words, pictures, areas, rules: where they stand */
    double size;                 /* of type */
    double thickness;            /* of rules */
    double length;               /* of rules; sides of pictures and areas */
    double color;                /* each ink, 0 to 1 */
    double ppi;                  /* part of the ppi, 0 to 1 */
    double pixel;                /* a channel of a pixel, 0 to 1 */
    double block;                /* the largest connected block of differing pixels: its longer side [pt] */
    double margin, column, grid; /* --layout-only */
} tolerance;
extern const tolerance tolerance_usual;
/* "0.25pt" sets `position`, `length`, `box`, `margin`, `column` and `grid` to that; else it is the name of a file, a
 * JSON object of the members above in pt (color, ppi and pixel in percent). EXIT_DONE, or it has reported. */
int tolerance_read(bt_arena *arena, bt_diags *diags, const char *text, tolerance *t);

/* What is left out of a check: regions of pages, and words by their text. */
typedef struct mask_region {
    uint32_t first_page, last_page; /* from 1; 0, 0: all */
    seen_box box;
} mask_region;
typedef struct mask {
    BT_ARRAY(mask_region) regions;
    BT_ARRAY(bt_str) patterns; /* POSIX extended regular expressions; a word, or words of one line, that match whole */
} mask;
int mask_read(bt_arena *arena, bt_diags *diags, const char *path, mask *m);
/* True when the box lies in a region of that page (its centre does). */
bool mask_covers(const mask *m, uint32_t page, const seen_box *box);

typedef struct check_options {
    const char *ours, *sample;
    bool is_layout_only;
    bool has_pixels; /* --no-pixels takes them away */
    bool has_plates; /* --plates: Ghostscript's separations as well */
    uint32_t dpi;    /* 150 */
    uint32_t first_page, last_page;
    tolerance tolerance;
    mask mask;
    const char *json, *junit; /* files to write; "-": the standard output */
    const char *report;       /* folder */
    bool blesses;
    bool is_quiet;
} check_options;

/* pair.c: reads both files, compares, and makes the report, in the arena. BT_OK: *r is made, whether equal or not. */
bt_status check_pair(bt_arena *arena, bt_diags *diags, const check_options *options, report *r);
/* cmd_check.c: checks one pair in a child, and prints and writes what the options ask for. The exit status. */
int check_one(cli *c, const check_options *options);
/* bless.c: ours becomes the sample, whole and at once; the old one stays beside it as NAME.before.pdf. */
bt_status check_bless(bt_diags *diags, const char *ours, const char *sample);
/* The name that the old sample gets. */
const char *check_before(bt_arena *arena, const char *sample);

/* write.c: writes a file whole; "-" is the standard output, pipes and devices are written to. Makes a folder and those
 * that it stands in. An exit status; what is wrong has been reported. */
int check_write(cli *c, bt_diags *diags, const char *path, const bt_buf *text);
/* False: there is a PDF of that name, which has been reported; check_write refuses it as well. NULL is allowed. */
bool check_may_write(bt_diags *diags, const char *path);
int check_make_folder(bt_diags *diags, const char *path);

/* --- the parts --- */

/* match/: fills findings, n_left_out, and pages with what belongs together (page and sample_page, sizes, masks; no
 * pictures yet), in the order of ours. Pages outside the options' are left out. */
bt_status match_files(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                      const check_options *options, report *r);
/* design/: compares designs; fills lines and findings. */
bt_status design_compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                         const check_options *options, report *r);
/* pixel/: renders the pairs of r->pages, compares what match_files has not explained, adds findings and the pages'
 * pictures (when the options ask for a report: of all pages with findings, and the others smaller). */
bt_status pixel_compare(bt_arena *arena, bt_diags *diags, const seen_file *ours, const seen_file *sample,
                        const check_options *options, report *r);
/* pixel/: the versions of poppler and cairo that run. */
const char *pixel_library(void);
const char *pixel_painter(void);
/* pixel/: pictures of the pages for a report of one file. */
bt_status pixel_show(bt_arena *arena, bt_diags *diags, const seen_file *ours, report *r);
/* rule/: check/rule/rule.h. */

/* tell/ */
typedef struct tell_target {
    const cli *c;
    bt_diags *diags; /* for phrases */
    bt_arena *arena;
} tell_target;
void tell_table(const tell_target *to, const report *r); /* on the standard output */
bt_status tell_json(const tell_target *to, const report *r, bt_buf *out);
bt_status tell_junit(const tell_target *to, const report *reports, uint32_t n, bt_buf *out);
bt_status tell_html(const tell_target *to, const report *r, bt_buf *out); /* one page, with all that it needs */
/* For HTML and XML, in text and between double quotes. What neither may have, what is no UTF-8 and what turns the
 * direction of the text around becomes U+FFFD. */
void tell_add_escaped(bt_buf *out, bt_str text);

/* guard.c: runs work in a child, under limits: `seconds` of CPU and BT_LIMIT_CHECK_BYTES of memory. What the child
 * writes to its outputs goes where the parent's go. The exit status is the child's; of a child that died or ran out, it
 * is EXIT_INPUT, and it has been reported which file was being read (guard_reads). */
typedef int (*guard_work)(void *user);
int guard_run(cli *c, guard_work work, void *user, uint32_t seconds);
/* Says in the child which file is being read from now on; NULL: none, what goes wrong is ours. */
void guard_reads(const char *path);

int cmd_check(cli *c, int argc, char **argv);
int cmd_measure(cli *c, int argc, char **argv);
int cmd_preflight(cli *c, int argc, char **argv);
/* libraries.c: prints what the program runs with, for `bantin doctor`. */
int cmd_libraries(cli *c, int argc, char **argv);

#endif
