/* given.h - the JSON files that a check is given: tolerances, masks, lists of pairs. */
#ifndef BT_CHECK_GIVEN_H
#define BT_CHECK_GIVEN_H

#include "json/fields.h"

/* Reads a file that the user has named. What is wrong with it is reported. */
bt_status given_read(bt_arena *arena, bt_diags *diags, const char *path, const bt_json_node **root);
/* What the format's number may be: 1 only. version NULL: absent, which has been reported. */
void given_check_version(bt_fields_reader *r, const bt_json_node *version);
/* "3", "3-5", "3-" (to the last) or "all" (0, 0). False: none of these. */
bool given_pages(bt_str text, uint32_t *first, uint32_t *last);

#endif
