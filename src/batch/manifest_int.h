/* manifest_int.h - what the files of a manifest's reader share.
 *
 *     manifest_csv.c     cells of RFC 4180, with their places
 *     manifest_jsonl.c   one JSON object a line
 *     manifest.c         which of the two it is; columns; rows, which both hand over value by value
 *     manifest_check.c   when all rows are read: ids and outputs that are there twice
 */
#ifndef BT_BATCH_MANIFEST_INT_H
#define BT_BATCH_MANIFEST_INT_H

#include "base/limits.h"
#include "batch/manifest.h"
#include "json/fields.h"

/* Columns that the batch itself reads; all others are values. */
typedef enum bt_column_role { BT_COLUMN_VALUE, BT_COLUMN_ID, BT_COLUMN_EDITION, BT_COLUMN_OUT } bt_column_role;

typedef struct bt_column {
    bt_str name;         /* NUL-terminated */
    const char *pointer; /* of its values in JSON Lines; "" in CSV */
    const bt_place *at;  /* where it is named first */
    bt_column_role role;
} bt_column;

/* What is known of a row besides what users of a manifest see. */
typedef struct bt_row_places {
    uint32_t id_line, id_column, out_line, out_column; /* 0: there is none */
} bt_row_places;

enum { BT_COLUMN_SLOTS = 1024 }; /* a power of two, over twice BT_LIMIT_MANIFEST_COLUMNS */

typedef struct bt_manifest_reader {
    bt_fields_reader fields;
    bt_arena *scratch;
    bt_str path, dir;
    bt_str text;                         /* the manifest, without its byte order mark */
    BT_ARRAY(bt_column) columns;         /* all that are named, in the file's order */
    uint16_t column_of[BT_COLUMN_SLOTS]; /* 1 + index, by the name's hash; 0: free */
    BT_ARRAY(bt_batch_row) rows;
    BT_ARRAY(bt_row_places) places;
    bool is_json;
    uint32_t n_met;         /* rows of the file, those with errors included */
    bt_batch_row row;       /* the one being read */
    bt_named_value *values; /* its own, as many as were said to come */
    bt_row_places row_places;
    bool is_row_bad;
    bool has_stopped; /* a limit was passed, or the rest cannot be made out */
} bt_manifest_reader;

/* A place of the manifest; for a message alone it may lie on the stack. */
bt_place bt_manifest_place(const bt_manifest_reader *m, uint32_t line, uint32_t column);

/* The index of a column, which is added when it is not there yet; UINT32_MAX: there are too many (reported), or no
 * memory. is_new may be NULL. hint: the index that it probably has. */
uint32_t bt_manifest_column(bt_manifest_reader *m, bt_str name, uint32_t hint, uint32_t line, uint32_t column,
                            bool *is_new);

/* A row begins, with so many values at most; gets its values; ends, and is kept unless something is wrong with it.
 * begin: false at the end of what is read. */
bool bt_manifest_row_begin(bt_manifest_reader *m, uint32_t line, uint32_t n_values);
void bt_manifest_row_value(bt_manifest_reader *m, uint32_t column_i, bt_str text, uint32_t line, uint32_t column);
void bt_manifest_row_end(bt_manifest_reader *m);

void bt_manifest_read_csv(bt_manifest_reader *m);
void bt_manifest_read_jsonl(bt_manifest_reader *m);

/* manifest_check.c. The output's path when there is one to be had: normal, NUL-terminated; else it is reported. */
bool bt_manifest_out(bt_manifest_reader *m, bt_str written, const bt_place *at, bt_str *out);
/* Ids and outputs that are there twice, also where only some file systems hold them for one. */
void bt_manifest_check_twice(bt_manifest_reader *m);

#endif
