/* wire.h - records on their way from a worker to the parent, and on the spool: frames of bytes that this very program
 * writes and reads. A frame that was cut off is never taken for a whole one.
 */
#ifndef BT_BATCH_WIRE_H
#define BT_BATCH_WIRE_H

#include "batch/record.h"

enum {
    BT_WIRE_HEAD = 4,                      /* bytes before a frame's contents: their number */
    BT_WIRE_MOST_BYTES = 64 * 1024 * 1024, /* in a frame: a longer one is no record */
    BT_WIRE_MOST_MESSAGES = 100,           /* that a record carries, errors first; the edition's report has all */
    BT_WIRE_MOST_TEXT = 64 * 1024,         /* bytes of all messages of a record */
};

/* Appends a frame. Messages beyond the bounds are left out. */
void bt_wire_add(bt_buf *out, const bt_record *record);

/* Reads a frame's contents (without its head). False: they are no record. Strings live in the arena. */
bool bt_wire_read(bt_arena *arena, bt_str contents, bt_record *record);

/* Bytes as they come through a pipe, cut into frames. Zeroed is ready. */
typedef struct bt_wire_reader {
    bt_arena arena;
    bt_buf bytes;
    uint32_t begin; /* of what was not taken yet */
    bool is_broken; /* what came is none of our frames */
} bt_wire_reader;

/* False without memory. */
bool bt_wire_feed(bt_wire_reader *reader, const void *bytes, uint32_t size);
/* The next whole frame's contents, good until the next feed; false: none is whole, or the stream is broken. */
bool bt_wire_next(bt_wire_reader *reader, bt_str *contents);
void bt_wire_drop(bt_wire_reader *reader);

#endif
