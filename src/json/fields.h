/* fields.h - reads JSON objects against tables of what is known there, and reports everything that is wrong.
 *
 *     enum { TITLE, ITEMS, N_KEYS };
 *     static const bt_field keys[N_KEYS] = {
 *         [TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, BT_REQUIRED},
 *         [ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, 0},
 *     };
 *     static const bt_fields known = {"this list", keys, N_KEYS};
 *     const bt_json_node *values[N_KEYS];
 *     if (bt_fields_read(reader, node, &known, values)) ...    values[TITLE] is the member, NULL where absent or unfit
 *
 * Reading never stops at the first error: what is unfit is reported and left out, and the reader's status tells in the
 * end. All functions that take a value take NULL as well, give false then and leave the result alone: so a default
 * stands in it beforehand.
 */
#ifndef BT_JSON_FIELDS_H
#define BT_JSON_FIELDS_H

#include "base/unit.h"
#include "json/json.h"

/* What a value may be: any of these, joined with |. */
enum {
    BT_TAKES_BOOL = 1u << BT_JSON_BOOL,
    BT_TAKES_NUMBER = 1u << BT_JSON_NUMBER,
    BT_TAKES_STRING = 1u << BT_JSON_STRING,
    BT_TAKES_ARRAY = 1u << BT_JSON_ARRAY,
    BT_TAKES_OBJECT = 1u << BT_JSON_OBJECT,
    BT_TAKES_LENGTH = 1u << 8 | BT_TAKES_STRING, /* a string that the messages call a length */
    BT_UNCHECKED = 1u << 9,                      /* of any kind: the caller checks it */
};

enum { BT_REQUIRED = 1 };

typedef struct bt_field {
    bt_str name;
    uint32_t takes;
    uint32_t is_required; /* BT_REQUIRED or 0 */
} bt_field;

typedef struct bt_fields {
    const char *what; /* "this article": a phrase, for messages */
    const bt_field *v;
    uint32_t n;
} bt_fields;

/* A fault that was reported; see `says_once`. */
typedef struct bt_fields_fault_key {
    const bt_place *at;
    bt_diag_code code;
    uint64_t args; /* a hash: one object may lack several keys */
} bt_fields_fault_key;

typedef struct bt_fields_reader {
    bt_arena *arena;
    bt_diags *diags;
    bt_status status;          /* BT_OK, BT_INPUT once an error was reported, BT_LIMIT once a limit was passed */
    bool says_once;            /* a value that is read more than once is reported once */
    bt_arena words;            /* of the message being made */
    bt_fields_fault_key *said; /* hash table; at NULL: free */
    uint32_t n_said, said_capacity;
} bt_fields_reader;

/* A reader, and its end: the status, BT_NOMEM when the arena has failed. */
bt_fields_reader bt_fields_begin(bt_arena *arena, bt_diags *diags);
bt_status bt_fields_end(bt_fields_reader *r);

/* Reports; an error sets the status. Words made by the reader (below) are gone afterwards. */
void bt_fields_fault(bt_fields_reader *r, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args);
/* Reports a passed limit. */
void bt_fields_limit(bt_fields_reader *r, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args);

/* Fills values (known->n of them). False: node is no object, which is reported; values are all NULL then. */
bool bt_fields_read(bt_fields_reader *r, const bt_json_node *node, const bt_fields *known, const bt_json_node **values);

/* True when node is of a kind that is taken; else reports it. remedy: what to write, a phrase; NULL: found from the
 * kinds.
 */
bool bt_fields_expect(bt_fields_reader *r, const bt_json_node *node, uint32_t takes, const char *remedy);

/* What a length may be. */
typedef struct bt_length_range {
    bt_sp least, most; /* 1 as least: more than 0 */
    bt_sp em;          /* what "1em" is; 0: em is no unit here */
} bt_length_range;

/* Each reads one value of a kind that was checked (length, choice: STRING; integer, number: NUMBER). */
bool bt_fields_length(bt_fields_reader *r, const bt_json_node *node, const bt_length_range *range, bt_sp *length);
bool bt_fields_integer(bt_fields_reader *r, const bt_json_node *node, int32_t least, int32_t most, int32_t *value);
/* A number times 10^decimals. */
bool bt_fields_number(bt_fields_reader *r, const bt_json_node *node, int decimals, int32_t least, int32_t most,
                      int32_t *value);
bool bt_fields_choice(bt_fields_reader *r, const bt_json_node *node, const bt_str *names, uint32_t n, uint32_t *choice);
bool bt_fields_truth(const bt_json_node *node, bool *truth);
/* Numbers of pages, from 1, ascending; in the reader's arena. None and 0: absent, or wrong, which is reported. */
const uint32_t *bt_fields_pages(bt_fields_reader *r, const bt_json_node *array, uint32_t *n);

/* For messages, good until the next one: how a value is called ("title" in its quotation marks, an item of a list, the
 * file); a list of names in quotation marks, shortened after `most`; a text in quotation marks, shortened after 48
 * characters. */
bt_str bt_fields_label(bt_fields_reader *r, const bt_json_node *node);
bt_str bt_fields_names(bt_fields_reader *r, const bt_str *names, uint32_t n, uint32_t most);
bt_str bt_fields_quoted(bt_fields_reader *r, bt_str text);
bt_str bt_fields_count(bt_fields_reader *r, int64_t n);
/* A length as the messages show it, in mm or pt. */
bt_str bt_fields_shown_length(bt_fields_reader *r, bt_sp length, bool in_pt);

/* A second place in a message, as seen from the first: "line 12", with the file's name where it is another file. */
bt_str bt_fields_place(bt_fields_reader *r, const bt_place *at, const bt_place *from);

#endif
