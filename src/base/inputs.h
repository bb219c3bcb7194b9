/* inputs.h - the files that a job stands on, told to whoever wants to know (bt_witness.on_input): each once, with the
 * contents that were read.
 *
 * Whoever opens a file for a job, or finds it open, notes it with the job's diagnostics, which go everywhere. Where
 * nobody listens that costs nothing, and no file is hashed. So what is kept over jobs may have been read without a
 * digest: one who listens later has it read again, or hashed then.
 */
#ifndef BT_BASE_INPUTS_H
#define BT_BASE_INPUTS_H

#include "base/diag.h"

/* A file that was noted. */
typedef struct bt_input {
    bt_str path;
    bt_digest contents; /* all zero: it is not there */
} bt_input;

/* The files of one job. */
typedef struct bt_inputs {
    const bt_witness *witness;    /* NULL: nobody listens */
    const struct bt_inputs *base; /* what was told of these is not told again; NULL: none */
    bt_arena arena;
    BT_ARRAY(bt_input) all; /* in the order of their coming */
    uint32_t *slots;        /* 1 + an input's index by its path's hash, 0: none; capacity is a power of two */
    uint32_t n_slots;
} bt_inputs;

/* witness may be NULL. The caller drops it. */
bt_inputs bt_inputs_over(const bt_allocator *allocator, const bt_witness *witness);
void bt_inputs_drop(bt_inputs *inputs);

/* False: what is noted is not heard. */
bool bt_inputs_are_heard(const bt_diags *diags);
/* Notes a file by the bytes that were read of it, or by their digest. Without memory `arena` has failed, and so must
 * the job. */
void bt_inputs_note(bt_diags *diags, bt_str path, bt_str bytes);
void bt_inputs_note_digest(bt_diags *diags, bt_str path, const bt_digest *contents);
/* Notes a path at which a file was looked for in vain: were there one, it would have been taken. */
void bt_inputs_note_absent(bt_diags *diags, bt_str path);

#endif
