/* fuzz_journal.c - a batch's journal made of any bytes, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_journal
 *     mkdir -p /tmp/journal && build/fuzz/tests/fuzz_journal -max_len=8192 -timeout=10 /tmp/journal \
 *         tests/fuzz/seeds/journal
 *
 * The bytes are lines without their sums, which no mutation would get right. What must hold: what is read of an
 * edition's line is, written again, a whole line that says the same; head and line agree.
 */
#include <stdlib.h>

#include "batch/journal_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static bt_str written(bt_arena *arena, bt_str id, bt_str out, const bt_record *record)
{
    bt_buf buf = bt_buf_in(arena);
    bt_journal_add_edition(&buf, id, out, record);
    bt_str line = bt_buf_str(&buf);
    demand(line.len && line.ptr[line.len - 1] == '\n');
    return bt_str_slice(line, 0, line.len - 1);
}

static void check_line(bt_arena *arena, bt_str line)
{
    bt_journal_head head, again;
    bt_record record, same;
    bt_str out;
    bool has_head = bt_journal_read_head(arena, line, &head) && head.kind == BT_JOURNAL_EDITION;
    bool is_read = bt_journal_read_edition(arena, line, &record, &out);
    bt_journal_line_is_whole(line);
    if (!has_head || !is_read) return;
    demand(record.state == head.state);
    bt_str first = written(arena, head.id, out, &record);
    demand(bt_journal_line_is_whole(first));
    demand(bt_journal_read_head(arena, first, &again) && bt_str_equal(again.id, head.id));
    demand(bt_journal_read_edition(arena, first, &same, &out));
    demand(bt_str_equal(written(arena, again.id, out, &same), first));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    bt_str rest = {(const char *)bytes, size};
    while (rest.len) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t n = end ? (size_t)(end - rest.ptr) : rest.len;
        check_line(&arena, bt_str_slice(rest, 0, n));
        rest = bt_str_slice(rest, end ? n + 1 : n, rest.len);
    }
    bt_arena_drop(&arena);
    return 0;
}
