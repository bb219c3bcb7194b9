/* lines.h - a file read line by line, from where its descriptor stands, in pieces: no more is held in memory than a
 * piece and the longest line.
 *
 *     bt_lines lines;
 *     bt_str line;
 *     bt_lines_begin(&lines, allocator, fd);
 *     while (bt_lines_next(&lines, &line)) ...
 *     if (lines.error || lines.arena.failed) ...
 *     bt_lines_drop(&lines);
 */
#ifndef BT_BATCH_LINES_H
#define BT_BATCH_LINES_H

#include "base/array.h"
#include "base/str.h"

typedef struct bt_lines {
    int fd;         /* the caller's */
    bt_arena arena; /* the piece, and what a line has in those before it */
    char *piece;
    size_t n, used; /* of the piece [bytes] */
    bt_buf rest;
    uint64_t at, next_at; /* where the line begins, and where the next one does [bytes from the first] */
    bool is_whole;        /* a newline ends the line; else the file does */
    bool has_ended;
    int error; /* errno: the file cannot be read */
} bt_lines;

void bt_lines_begin(bt_lines *lines, const bt_allocator *allocator, int fd);
/* The next line, without its newline, good until the next call; false: there is none, or error or arena say why. */
bool bt_lines_next(bt_lines *lines, bt_str *line);
void bt_lines_drop(bt_lines *lines);

#endif
