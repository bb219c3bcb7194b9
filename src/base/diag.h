/* diag.h - what happened, said in one place and in the reader's language.
 *
 * Every diagnostic has an entry in diag.def: code, severity and text. The text names the remedy. All of them pass
 * through bt_diag(), so one breakpoint sees them all. diag_vi.def has the same texts in Vietnamese.
 *
 * Words that go into a message as an argument ("this article", "write a number") are phrases: they stand in the source
 * in English, inside bt_say(), and in Vietnamese in phrase_vi.def.
 */
#ifndef BT_BASE_DIAG_H
#define BT_BASE_DIAG_H

#include "base/array.h"
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

enum { BT_DIAGS_TOLD = 1024 };

/* A warning that has a place. */
typedef struct bt_diag_note {
    bt_diag_code code;
    const bt_place *at;
} bt_diag_note;

struct bt_inputs;

/* Counts diagnostics and hands them on. */
typedef struct bt_diags {
    bt_message_fn on_message; /* NULL: counted only */
    void *user;
    bt_arena *arena; /* for the texts: each message's memory is given back at once */
    uint32_t n[3];   /* by bt_severity */
    uint32_t
        n_calls;    /* of bt_diag, with those that only repeat what was told: when it stands still, nothing was said */
    bt_lang lang;   /* of the texts */
    bt_str lacking; /* the last phrase that has no words in that language; for tests */
    bool spares;    /* an error is told as the warning W_STAND_IN, whose argument is what it would have said */
    struct bt_inputs *inputs; /* the files that the job stands on: inputs.h; NULL: nobody asks for them */
    bt_arena *notes_arena;    /* where the notes are; NULL: none are taken */
    BT_ARRAY(bt_diag_note) notes;
    uint64_t
        told[BT_DIAGS_TOLD]; /* fingerprints of what was said: the same fault is told once, however often it is met */
} bt_diags;

/* Reports. args replace {1} {2} ... of the text; at may be NULL. */
void bt_diag(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args);

/* bt_diag(diags, code, at, BT_ARGS(name, nearest)) */
#define BT_ARGS(...) (const bt_str[]){__VA_ARGS__}, sizeof((const bt_str[]){__VA_ARGS__}) / sizeof(bt_str)
#define BT_NO_ARGS NULL, 0

/* A phrase in the language of the messages. One that the language lacks stays English. */
bt_str bt_say(bt_diags *diags, bt_str english);
#define BT_SAY(diags, literal) bt_say(diags, BT_STR(literal))
/* The same with {1} {2} ... filled in: bt_say_with(diags, arena, BT_STR("line {1}"), BT_ARGS(line)) */
bt_str bt_say_with(bt_diags *diags, bt_arena *arena, bt_str english, const bt_str *args, size_t n_args);
/* What the system or a library says, where it is known; else as it is. */
bt_str bt_say_foreign(const bt_diags *diags, bt_str english);

/* The table's entry, for tests and documentation. */
typedef struct bt_diag_entry {
    bt_severity severity;
    const char *number; /* "E0204" */
    const char *text;
} bt_diag_entry;
const bt_diag_entry *bt_diag_lookup(bt_diag_code code);
const char *bt_diag_text(bt_diag_code code, bt_lang lang);

/* The phrases, for tests. */
typedef struct bt_phrase {
    bt_str english, vietnamese;
    bool is_foreign; /* of the system or a library */
} bt_phrase;
const bt_phrase *bt_phrases(size_t *n);

#endif
