/* rule.h - the rules of preflight: is a PDF fit for a press of this kind, or for the screen?
 *
 * Each rule has a number that never changes, a severity by profile, and words for what is wrong and what to do
 * (rule.def). How much is too much is data of the profile.
 */
#ifndef BT_CHECK_RULE_H
#define BT_CHECK_RULE_H

#include "check/finding.h"

typedef enum rule_severity { RULE_OFF, RULE_NOTE, RULE_WARNING, RULE_ERROR } rule_severity;

enum { RULE_N_PROFILES = 4 };

/* What a profile asks for. 0: it does not ask. */
typedef struct rule_profile {
    const char *name;                   /* "press-coated" */
    double bleed;                       /* beyond the trim [pt] */
    double safe;                        /* from the trim to text [pt] */
    double small_text;                  /* text of several inks, or in white, has at least so much [pt] */
    double rich_text;                   /* black text in several inks likewise */
    double line;                        /* thickness of lines [pt] */
    double ppi_least, ppi_wanted;       /* pictures: refused below the first, warned of below the second */
    double ppi_most;                    /* more is of no use */
    double bitmap_least, bitmap_wanted; /* the same of pictures of one bit [ppi] */
    double ink_wanted, ink_most;        /* all inks together, in a square of 15 mm; 1 is one ink whole */
    uint32_t n_spots;                   /* inks beside cyan, magenta, yellow and black */
    const char *const *conditions;      /* names of printing conditions; NULL-terminated; NULL: any */
} rule_profile;

const rule_profile *rule_profile_at(uint32_t profile_i); /* below RULE_N_PROFILES */
/* NULL: there is none of that name. */
const rule_profile *rule_profile_find(const char *name, uint32_t *profile_i);

/* A rule as it is listed. */
typedef struct rule_about {
    const char *number;                        /* "P0301" */
    rule_severity severities[RULE_N_PROFILES]; /* in the order of the profiles */
    const char *fault, *remedy;                /* in English: phrases for bt_say */
} rule_about;

uint32_t rule_count(void);
const rule_about *rule_at(uint32_t rule_i); /* below rule_count(); in the order of their numbers */

typedef struct rule_options {
    uint32_t profile_i;
    uint32_t first_page, last_page; /* from 1; 0, 0: all */
} rule_options;

/* Tries all rules of the profile on the pages asked for; fills findings, ranked, and a line for each rule. */
bt_status rules_try(bt_arena *arena, bt_diags *diags, const seen_file *ours, const rule_options *options, report *r);

#endif
