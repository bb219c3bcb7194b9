/* pairs.h - which of some objects is which of others: pictures and paths are paired alike, test by test. */
#ifndef BT_CHECK_PAIRS_H
#define BT_CHECK_PAIRS_H

#include "check/match/match_int.h"

typedef struct match_object {
    seen_box box; /* in the frame of the sample's page */
    uint32_t i;   /* in its page's list */
    uint32_t mate;
    bool is_masked;
} match_object;
typedef BT_ARRAY(match_object) match_objects;

typedef struct match_objects_of {
    matcher *m;
    const match_page *ours, *sample;
    match_objects of_ours, of_sample;
    double dx, dy; /* a way that a test asks for */
} match_objects_of;

/* Whether two may be mates; *apart: how far from one another, the nearest are taken first. */
typedef bool (*match_object_test)(const match_objects_of *p, const match_object *ours, const match_object *sample,
                                  double *apart);
/* Makes mates of those that have none yet and pass the test. reach: how far their left sides may be apart at most. */
void match_pair_objects(match_objects_of *p, match_object_test test, double reach);
#define MATCH_ANYWHERE 1e9
/* The largest distance of a side. */
double match_sides_apart(const seen_box *a, const seen_box *b);
/* Between the middles. */
double match_middles_apart(const seen_box *a, const seen_box *b);
/* Both have a side of the same length, within the tolerance. */
bool match_same_size(const matcher *m, const seen_box *a, const seen_box *b);

/* painted.c: what differs of rules, areas and shapes, once they have mates. */
void match_painted(match_objects_of *p);
/* paths.c: whether two paths print alike, wherever they are. */
bool match_painted_alike(const seen_path *a, const seen_path *b, double within);

#endif
