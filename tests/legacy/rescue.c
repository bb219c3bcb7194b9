/* rescue.c - puts right each line of the standard input: for test_legacy.py.
 *
 * usage: rescue [--habits]      --habits: the lines are one document, and what they show counts for each of them
 *
 * Prints a line for a line: the encodings found, joined by "+" ("-": none), a tab, the text.
 */
#include "base/file.h"
#include "text/legacy.h"

#include <stdio.h>
#include <string.h>

static bool read_all(bt_arena *arena, bt_str *all)
{
    bt_buf buf = bt_buf_in(arena);
    char piece[4096];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, stdin)) > 0) bt_buf_add(&buf, (bt_str){piece, n});
    *all = bt_buf_str(&buf);
    return !arena->failed && !ferror(stdin);
}

/* The next line, without its end; false: there is none. */
static bool next_line(bt_str all, size_t *at, bt_str *line)
{
    if (*at >= all.len) return false;
    const char *end = memchr(all.ptr + *at, '\n', all.len - *at);
    size_t stop = end ? (size_t)(end - all.ptr) : all.len;
    *line = bt_str_slice(all, *at, stop);
    *at = stop + 1;
    return true;
}

static bool print_line(bt_arena *arena, bt_str line, const bt_legacy_habits *habits)
{
    bt_arena scratch = {0};
    bt_legacy_runs runs;
    bool is_right = bt_legacy_find(arena, &scratch, line, habits, &runs) == BT_OK;
    bt_arena_drop(&scratch);
    if (!is_right) return false;
    for (uint32_t i = 0; i < runs.n; i++) printf("%s%.*s", i ? "+" : "", BT_STR_ARGS(bt_legacy_name(runs.v[i].kind)));
    bt_str text = bt_legacy_convert(arena, line, &runs);
    printf("%s\t%.*s\n", runs.n ? "" : "-", BT_STR_ARGS(text));
    return true;
}

int main(int argc, char **argv)
{
    bt_arena arena = {0};
    bt_legacy_habits habits = {0};
    bt_str all = {0}, line;
    bool is_right = read_all(&arena, &all);
    for (size_t at = 0; is_right && argc > 1 && !strcmp(argv[1], "--habits") && next_line(all, &at, &line);)
        is_right = bt_legacy_learn(&arena, line, &habits) == BT_OK;
    for (size_t at = 0; is_right && next_line(all, &at, &line);) is_right = print_line(&arena, line, &habits);
    bt_arena_drop(&arena);
    return is_right ? 0 : 1;
}
