/* set.h - check --all: many files against their samples, on all processors.
 *
 *     list.c        the list: a JSON file, read strictly
 *     ../set.c      runs the pairs, each in a process of its own, and joins what they said in the list's order
 *     index.c       the page that leads to each pair's report
 *
 * A pair that cannot be read, or kills its reader, costs that pair only.
 */
#ifndef BT_CHECK_SET_H
#define BT_CHECK_SET_H

#include "check/check.h"

typedef struct set_pair {
    bt_str name;           /* names its folder below --report: an id; unlike that of any other */
    const bt_place *at;    /* in the list */
    check_options options; /* what the list says; else what the command line says */
    /* when it has run: */
    int status;             /* an exit status */
    bt_str table, messages; /* what it printed and said */
    bt_str json, junit;     /* a report; one <testsuite> */
} set_pair;

typedef struct set_list {
    bt_str path;
    BT_ARRAY(set_pair) pairs;
} set_list;

/* Reads the list. usual: for what a pair does not say. BT_INPUT and BT_IO are reported. */
bt_status set_list_read(bt_arena *arena, bt_diags *diags, const check_options *usual, const char *path, set_list *list);

/* Checks all pairs of the list named by path, n_jobs at once (0: as many as there are processors), prints and writes
 * what usual asks for, and gives the exit status: the gravest of all, 4 before 3 before 1. */
int check_set(cli *c, bt_arena *arena, bt_diags *diags, const check_options *usual, const char *path, uint32_t n_jobs);

/* The page. */
bt_status set_index(bt_arena *arena, bt_diags *diags, const set_list *list, bt_buf *out);

#endif
