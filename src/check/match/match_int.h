/* match_int.h - what the files of match/ share.
 *
 *     match.c      the order of the work
 *     side.c       a file's pages for the comparison: words in order of reading, and what is masked
 *     pages.c      which page is which: their number and order
 *     boxes.c      boxes and rotation, and the frame that two pages are compared in
 *     mates.c      which word is which
 *     text.c       words that read otherwise, are new or gone
 *     letters.c    in what two words differ, where that is one letter
 *     moved.c      words that stand elsewhere
 *     style.c      type and inks of words
 *     pictures.c   pictures; samples.c whether two show the same
 *     paths.c      rules and areas: which is which; painted.c what differs
 *     lones.c      pictures and drawings that are new or gone, or went to another page
 *     rest.c       fonts, annotations
 *     tell.c       how it is said
 */
#ifndef BT_CHECK_MATCH_INT_H
#define BT_CHECK_MATCH_INT_H

#include "check/check.h"
#include "check/shown.h"

#define MATCH_NONE UINT32_MAX

typedef struct match_word {
    const seen_word *word;
    uint64_t hash;
    double x, y;        /* where it stands [pt]; ours: in the frame of the sample's page */
    double width;       /* [pt] */
    uint32_t letters;   /* characters */
    uint32_t line;      /* of its page */
    uint32_t block;     /* lines below one another; counted in order of reading */
    uint32_t mate;      /* the other file's word; MATCH_NONE */
    uint32_t mate_page; /* where it is */
    bool is_masked;
} match_word;

typedef struct match_page {
    const seen_page *page;
    uint32_t number; /* from 1 */
    bool is_in;      /* within --pages */
    match_word *words;
    uint32_t n_words;
    seen_matrix to_sample; /* ours: from its places to those of the mate */
    uint32_t mate;         /* the other file's page; MATCH_NONE */
} match_page;

typedef struct match_side {
    const seen_file *file;
    match_page *pages;
    uint32_t n_pages;
} match_side;

/* A picture or a drawing that is new or gone: told when all pages have been seen, for it may have gone to another. */
typedef struct match_lone {
    finding about;
    double extent;
    bt_digest what; /* equal for what may be the same */
    bool is_new, is_told;
} match_lone;

/* The same letters at the same place, cut into words otherwise: of these the type is compared still. */
typedef struct match_recut {
    uint32_t page;       /* ours, from 1 */
    uint32_t begin, end; /* words of ours */
    uint32_t sample_begin, sample_end;
} match_recut;

typedef struct matcher {
    bt_arena *arena;
    bt_diags *diags;
    const check_options *options;
    const tolerance *t;
    report *r;
    match_side ours, sample;
    BT_ARRAY(match_lone) lones;
    BT_ARRAY(match_recut) recuts;
} matcher;

/* --- side.c --- */

/* False: without memory. */
bool match_read_side(matcher *m, const seen_file *file, match_side *side);
/* Says where the words of mates stand, in the frame of the sample's page. */
void match_lay_words(match_page *ours, match_page *sample);
seen_box match_in_frame(const match_page *ours, const seen_box *box);
static inline bool match_is_masked(const matcher *m, const match_page *page, const seen_box *box)
{
    return mask_covers(&m->options->mask, page->number, box);
}

/* --- the steps --- */

void match_pages(matcher *m);
void match_boxes(matcher *m);                                       /* of all pages */
void match_mates(matcher *m, match_page *ours, match_page *sample); /* words of two pages */
void match_join(match_page *ours, uint32_t o, match_page *sample, uint32_t s);
void match_far_mates(matcher *m); /* words that went to another page */
void match_text(matcher *m);      /* of all pages */
void match_moved(matcher *m);     /* of all pages */
void match_style(matcher *m, match_page *ours, match_page *sample);
void match_pictures(matcher *m, match_page *ours, match_page *sample);
void match_paths(matcher *m, match_page *ours, match_page *sample);
void match_lones(matcher *m);
void match_rest(matcher *m);

/* samples.c: whether two pictures show the same; difference: the largest of a part of it, 0 to 1. */
bool match_shows_same(matcher *m, const match_page *ours, const match_page *sample, const seen_picture *one,
                      const seen_picture *other, double *difference);

/* letters.c */
typedef enum match_letters {
    LETTERS_OTHER, /* more than one letter differs */
    LETTERS_TONE_LOST,
    LETTERS_TONE_NEW,
    LETTERS_TONE_OTHER,
    LETTERS_ONE, /* one letter for another */
} match_letters;
/* was, is: the letters that differ, in the words. */
match_letters match_compare_letters(bt_str sample, bt_str ours, bt_str *was, bt_str *is);

/* --- tell.c --- */

#define MATCH_SAY(m, literal, ...) bt_say_with((m)->diags, (m)->arena, BT_STR(literal), BT_ARGS(__VA_ARGS__))
/* Adds a finding: weight by extent, the sides' pages by the pages (NULL: none). */
finding *match_add(matcher *m, const finding *about, double extent);
/* The words from begin up to end, shortened; "a b ...". */
bt_str match_phrase(matcher *m, const match_page *page, uint32_t begin, uint32_t end);
/* "0.35 mm to the right and 1.20 mm down" */
bt_str match_way(matcher *m, double dx, double dy);
/* "12 lines", "1 word" */
bt_str match_lines(matcher *m, uint32_t n);
bt_str match_words(matcher *m, uint32_t n);
bt_str match_count(matcher *m, uint32_t n);
/* An ink as one sees it named: "CMYK 0 0 0 100", "none". */
bt_str match_color(matcher *m, const seen_color *color);
/* "40.0 x 30.0 mm" */
bt_str match_box_size(matcher *m, const seen_box *box);

static inline uint32_t match_number(const match_page *page) { return page ? page->number : 0; }
static inline double match_area(const seen_box *box) { return seen_width(box) * seen_height(box); }
/* As weight.c counts: a tenth of the page as 1. */
double match_share(const match_page *page, const seen_box *box);
seen_box match_words_box(const match_page *page, uint32_t begin, uint32_t end);

#endif
