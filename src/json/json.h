/* json.h - strict JSON with places.
 *
 * A scan of ours goes first: RFC 8259, UTF-8 (a BOM is accepted), no duplicate keys, no trailing text, no lone
 * surrogates, no U+0000, limits on size, depth and nodes; it records line and column of every value. cJSON then builds
 * the tree, which is walked once into bt_json_node, so that nothing else sees cJSON. The first fault of a file is
 * reported, with its place and the JSON Pointer of the value being read. A pointer of more than 255 bytes is cut after
 * the last step that fits.
 */
#ifndef BT_JSON_H
#define BT_JSON_H

#include "base/diag.h"

typedef enum bt_json_kind {
    BT_JSON_NULL,
    BT_JSON_BOOL,
    BT_JSON_NUMBER,
    BT_JSON_STRING,
    BT_JSON_ARRAY,
    BT_JSON_OBJECT,
} bt_json_kind;

typedef struct bt_json_node bt_json_node;
struct bt_json_node {
    bt_json_kind kind;
    bool truth;                /* BOOL */
    uint32_t n_children;       /* ARRAY, OBJECT */
    bt_str key;                /* a member's name, decoded; empty in an array */
    bt_str text;               /* STRING: decoded; NUMBER: the source's own characters */
    const bt_json_node *child; /* the first, in file order; NULL: none */
    const bt_json_node *next;  /* the next of the same parent; NULL: the last */
    const bt_place *at;        /* the value's first character */
    const bt_place *key_at;    /* the key's first character; NULL in an array */
};

/* Parses source into the arena; nothing points into file or source afterwards. file: the name used in places. On
 * failure *root is NULL: BT_INPUT, BT_LIMIT, BT_INTERNAL are reported to diags, BT_NOMEM is left to the caller. */
bt_status bt_json_parse(bt_arena *arena, bt_diags *diags, bt_str file, bt_str source, const bt_json_node **root);

/* The same for a JSON text within another file: what it says of places begins at `begin`, whose column is 1. */
bt_status bt_json_parse_part(bt_arena *arena, bt_diags *diags, const bt_place *begin, bt_str source,
                             const bt_json_node **root);

/* The same tree of JSON that bantin has written itself, such as reports, in a fraction of the time: without places
 * (`at` and `key_at` are NULL), and texts without escapes point into source. What somebody has changed may come out as
 * anything; what is no JSON gives NULL, and so does an arena that fails. Nothing is reported. */
const bt_json_node *bt_json_read_own(bt_arena *arena, bt_str source);
/* The same, but of lists and objects that stand deeper than `depth` steps below the root only the end is looked for:
 * each is a node without children whose `text` is its source, to be read by itself. */
const bt_json_node *bt_json_read_own_top(bt_arena *arena, bt_str source, uint32_t depth);

/* The member of an object, NULL where there is none (or node is no object). */
const bt_json_node *bt_json_find(const bt_json_node *node, const char *key);

/* The version of cJSON that runs. */
const char *bt_json_library(void);

/* "a string", "an array" ...: for messages. */
bt_str bt_json_kind_name(bt_json_kind kind);

#endif
