/* report_int.h - shared by the files of dump/ that write the report: JSON, member by member. */
#ifndef BT_DUMP_REPORT_INT_H
#define BT_DUMP_REPORT_INT_H

#include "dump/dump_int.h"

#include <string.h>

/* `first` is true until a member was written. */
typedef struct writer {
    bt_buf *out;
    const bt_pages *pages;
    bool first;
} writer;

static inline void begin(writer *w, char bracket)
{
    bt_buf_add_char(w->out, bracket);
    w->first = true;
}

static inline void end(writer *w, char bracket)
{
    bt_buf_add_char(w->out, bracket);
    w->first = false;
}

static inline void next(writer *w)
{
    if (!w->first) bt_buf_add_char(w->out, ',');
    w->first = false;
}

static inline void next_line(writer *w)
{
    next(w);
    bt_buf_add_char(w->out, '\n');
}

/* Keys are our own: nothing in them is escaped. */
static inline void add_key(writer *w, const char *key)
{
    bt_str name = {key, strlen(key)};
    next(w);
    char *room = bt_buf_room(w->out, name.len + 3);
    if (!room) return;
    *room++ = '"';
    memcpy(room, name.ptr, name.len);
    room[name.len] = '"';
    room[name.len + 1] = ':';
    w->out->bytes.n += (uint32_t)name.len + 3;
}

static inline void add_str(writer *w, const char *key, bt_str value)
{
    add_key(w, key);
    bt_dump_add_quoted(w->out, value);
}

static inline void add_at(writer *w, const bt_place *at) { add_str(w, "at", bt_dump_at(w->out->arena, w->pages, at)); }

static inline void add_int(writer *w, const char *key, int64_t value)
{
    add_key(w, key);
    bt_buf_add_int(w->out, value);
}

static inline void add_bool(writer *w, const char *key, bool value)
{
    add_key(w, key);
    bt_buf_add_z(w->out, value ? "true" : "false");
}

static inline void add_mm(writer *w, const char *key, int64_t length)
{
    add_key(w, key);
    bt_buf_add_mm(w->out, length);
}

static inline void add_list(writer *w, const char *key)
{
    next_line(w);
    w->first = true;
    add_key(w, key);
    begin(w, '[');
}

static inline void add_object(writer *w)
{
    next_line(w);
    begin(w, '{');
}

/* report.c: what is drawn on a page. */
void bt_report_digest(writer *w, const bt_digest *digest);

/* report_sketch.c: what a page looks like from afar, for thumbnails, and in which places it differs from the base's. */
void bt_report_sketch(writer *w, const bt_pages *pages, uint32_t page_i);
void bt_report_boxes(writer *w, const bt_comparison *comparison, uint32_t page_i);

/* report_differences.c */
const char *bt_report_change(bt_change change); /* "moved" */
void bt_report_differences(writer *w, const bt_dump_about *about);

#endif
