/* json_int.h - what the files of json/ share.
 *
 *     json_scan.c    reads the text strictly and records where every value stands
 *     json_token.c   the scanner's strings, numbers and bare words
 *     json_fault.c   finds the words for what is wrong: the grammar's faults, told by what the user did
 *     json_names.c   the names of an object, to find one given twice; JSON Pointers
 *     json.c         lets cJSON build the tree and joins it with what the scan recorded
 *
 * A function of the scanner returns false once a fault was reported or memory ran out; s->status tells which.
 */
#ifndef BT_JSON_INT_H
#define BT_JSON_INT_H

#include "base/limits.h"
#include "json/json.h"

/* A point of the source. */
typedef struct bt_json_spot {
    uint32_t at; /* bytes before it */
    uint32_t line, column;
} bt_json_spot;

/* What the scan keeps of a value; in file order, a container before its children. */
typedef struct bt_json_mark {
    bt_json_kind kind;
    uint32_t n_children;
    uint32_t begin, end; /* its bytes; of a container the opening bracket's */
    uint32_t line, column;
    uint32_t key_line, key_column; /* 0: no key */
} bt_json_mark;

typedef BT_ARRAY(bt_json_mark) bt_json_marks;

/* The names of the objects that are open, each object's in a crit-bit tree: however many there are and however an
 * attacker chose them, a name costs no more steps than it has bits. An inner object's are dropped before the outer one
 * goes on, so all trees share two stacks. */
typedef struct bt_json_name {
    bt_str text; /* decoded */
    uint32_t line;
} bt_json_name;

typedef struct bt_json_fork {
    uint32_t byte_i; /* the byte that tells the two sides apart */
    uint8_t others;  /* its bits but the deciding one */
    uint32_t side[2];
} bt_json_fork;

typedef struct bt_json_names {
    bt_arena *arena;
    BT_ARRAY(bt_json_name) names;
    BT_ARRAY(bt_json_fork) forks;
} bt_json_names;

typedef struct bt_json_tree {
    uint32_t root;
    uint32_t first_name, first_fork; /* where its part of the stacks begins */
} bt_json_tree;

bt_json_tree bt_json_names_open(const bt_json_names *names);
void bt_json_names_close(bt_json_names *names, const bt_json_tree *tree);
/* False without memory. A name that is there already is not added: *earlier is its line, else 0. */
bool bt_json_names_add(bt_json_names *names, bt_json_tree *tree, bt_str text, uint32_t line, uint32_t *earlier);

/* A JSON Pointer while it grows. Deeper steps than BT_JSON_POINTER_LONGEST bytes hold are left out, so that a long name
 * with many values in it cannot fill the memory. */
enum { BT_JSON_POINTER_LONGEST = 255 };
typedef struct bt_json_pointer {
    bt_str text;
    bool is_cut;
} bt_json_pointer;

bt_json_pointer bt_json_pointer_name(bt_arena *arena, bt_json_pointer parent, bt_str name);
bt_json_pointer bt_json_pointer_index(bt_arena *arena, bt_json_pointer parent, uint32_t index);

/* An open array or object. */
typedef struct bt_json_frame {
    char close;     /* ']' or '}' */
    bool is_inside; /* a member or item is being read: it belongs to the pointer */
    uint32_t line;  /* of the opening bracket */
    uint32_t mark_i;
    bt_str name; /* of the member being read or just read, decoded */
    bt_json_tree tree;
} bt_json_frame;

typedef struct bt_json_scanner {
    bt_arena *scratch;
    bt_diags *diags;
    bt_str file, source;
    bool is_part;           /* of a file that is no JSON otherwise */
    uint32_t first_line;    /* of the source in the file */
    bt_json_spot here;      /* the next character */
    bt_json_spot token_end; /* just after the last token */
    bt_json_spot curly;     /* the last typographic quotation mark in the last string; line 0: none */
    bt_json_frame frames[BT_LIMIT_JSON_DEPTH];
    uint32_t depth; /* frames in use */
    bt_json_marks marks;
    bt_json_names names;
    bt_status status;
} bt_json_scanner;

/* Reads the whole of s->source, which has no byte order mark any more. On success s->marks describes every value. */
bool bt_json_scan(bt_json_scanner *s);

/* The byte at the scanner's place; -1 at the end. */
static inline int bt_json_peek(const bt_json_scanner *s)
{
    return s->here.at < s->source.len ? (unsigned char)s->source.ptr[s->here.at] : -1;
}

/* Passes one ASCII character that is no line end. */
static inline void bt_json_step(bt_json_scanner *s)
{
    s->here.at++;
    s->here.column++;
}

/* The innermost open container; NULL at the top. */
static inline bt_json_frame *bt_json_top(bt_json_scanner *s) { return s->depth ? &s->frames[s->depth - 1] : NULL; }

/* Each reads a token at its first character. raw: between the quotes, escapes as written. */
bool bt_json_scan_string(bt_json_scanner *s, bt_str *raw);
bool bt_json_scan_number(bt_json_scanner *s);
bool bt_json_scan_word(bt_json_scanner *s, bt_json_kind *kind);
/* The text that a checked raw string stands for; without memory the arena has failed. */
bt_str bt_json_decode(bt_arena *arena, bt_str raw);
/* Everything from `at` to the next blank, bracket, comma, colon or quote. */
bt_str bt_json_loose_token(const bt_json_scanner *s, size_t at);

/* Reports and returns false; the status follows the code. Strings in args are shortened by bt_json_shown. */
bool bt_json_fault(bt_json_scanner *s, bt_diag_code code, bt_json_spot spot, const bt_str *args, size_t n_args);
bool bt_json_no_memory(bt_json_scanner *s);
bt_str bt_json_shown(bt_json_scanner *s, bt_str text);
bt_str bt_json_shown_codepoint(bt_json_scanner *s, uint32_t codepoint); /* "U+00A0" */
bool bt_json_is_curly(uint32_t codepoint);

/* Whole files that are no JSON text at all. True when it reported one. */
bool bt_json_fault_file(bt_json_scanner *s);
/* What stands where something else was expected; each finds the words, reports and returns false. */
bool bt_json_fault_value(bt_json_scanner *s);
bool bt_json_fault_name(bt_json_scanner *s);
bool bt_json_fault_colon(bt_json_scanner *s);
bool bt_json_fault_after_value(bt_json_scanner *s);
bool bt_json_fault_after_end(bt_json_scanner *s);
bool bt_json_fault_newline(bt_json_scanner *s);
bool bt_json_fault_number(bt_json_scanner *s, bt_json_spot begin);
bool bt_json_fault_utf8(bt_json_scanner *s);

#endif
