/* diag.h - what happened, said in one place.
 *
 * Every diagnostic has an entry in diag.def: code, severity and text. The text names the remedy. All of them pass
 * through bt_diag(), so one breakpoint sees them all.
 */
#ifndef BT_BASE_DIAG_H
#define BT_BASE_DIAG_H

#include "base/str.h"

/* Where a value came from. Arena-allocated once per value and shared by pointer down to the display list. */
typedef struct bt_place {
    bt_str file;     /* as the user named it */
    bt_str pointer;  /* JSON Pointer; empty for a whole file or one that is not JSON */
    uint32_t line;   /* from 1; 0: the whole file */
    uint32_t column; /* from 1, in characters */
} bt_place;

typedef enum bt_diag_code {
#define BT_DIAG(code, severity, number, text) BT_##code,
#include "base/diag.def"
#undef BT_DIAG
    BT_N_DIAGS
} bt_diag_code;

/* Counts diagnostics and hands them on. */
typedef struct bt_diags {
    bt_message_fn on_message; /* NULL: counted only */
    void *user;
    bt_arena *arena; /* for the texts: each message's memory is given back at once */
    uint32_t n[3];   /* by bt_severity */
} bt_diags;

/* Reports. args replace {1} {2} ... of the text; at may be NULL. */
void bt_diag(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args);

/* bt_diag(diags, code, at, BT_ARGS(name, nearest)) */
#define BT_ARGS(...) (const bt_str[]){__VA_ARGS__}, sizeof((const bt_str[]){__VA_ARGS__}) / sizeof(bt_str)
#define BT_NO_ARGS NULL, 0

/* The table's entry, for tests and documentation. */
typedef struct bt_diag_entry {
    bt_severity severity;
    const char *number; /* "E0204" */
    const char *text;
} bt_diag_entry;
const bt_diag_entry *bt_diag_lookup(bt_diag_code code);

#endif
