/* lines.c - see lines.h. */
#include "batch/lines.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

void bt_lines_begin(bt_lines *lines, const bt_allocator *allocator, int fd)
{
    *lines = (bt_lines){.fd = fd, .arena = bt_arena_over(allocator)};
    lines->piece = bt_arena_alloc_unset(&lines->arena, PIECE);
    lines->rest = bt_buf_in(&lines->arena);
}

static bool read_piece(bt_lines *lines)
{
    ssize_t n;
    do n = read(lines->fd, lines->piece, PIECE);
    while (n < 0 && errno == EINTR);
    if (n < 0) lines->error = errno;
    lines->n = n > 0 ? (size_t)n : 0;
    lines->used = 0;
    lines->has_ended = n <= 0;
    return n > 0;
}

bool bt_lines_next(bt_lines *lines, bt_str *line)
{
    lines->rest.bytes.n = 0;
    lines->at = lines->next_at;
    lines->is_whole = false;
    while (!lines->has_ended && !lines->arena.failed && (lines->used < lines->n || read_piece(lines))) {
        const char *begin = lines->piece + lines->used;
        const char *end = memchr(begin, '\n', lines->n - lines->used);
        size_t n = end ? (size_t)(end - begin) : lines->n - lines->used;
        lines->is_whole = end != NULL;
        lines->used += n + lines->is_whole;
        lines->next_at += n + lines->is_whole;
        *line = (bt_str){begin, n};
        if (end && !lines->rest.bytes.n) return true;
        bt_buf_add(&lines->rest, *line);
        if (end) break;
    }
    *line = bt_buf_str(&lines->rest);
    return !lines->error && !lines->arena.failed && (lines->is_whole || line->len);
}

void bt_lines_drop(bt_lines *lines) { bt_arena_drop(&lines->arena); }
