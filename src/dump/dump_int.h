/* dump_int.h - what the dump and the report share. */
#ifndef BT_DUMP_INT_H
#define BT_DUMP_INT_H

#include "dump/dump.h"

static inline void bt_dump_add_quoted(bt_buf *out, bt_str text) { bt_buf_add_quoted(out, text); }

/* The JSON Pointer of a place; empty for NULL. Line and column are left out: they change with every edit before them.
 * In a Markdown file there is nothing but them: "articles/a.md:12", as seen from the bundle; in an edition's overlay
 * the file's name goes before: "editions/b.json /set/~1masthead~1motto". */
bt_str bt_dump_at(bt_arena *arena, const bt_pages *pages, const bt_place *at);
/* File and line of a place, as seen from the bundle: "editions/b.json:12". */
bt_str bt_dump_line(bt_arena *arena, const bt_pages *pages, const bt_place *at);

#endif
