/* fuzz_legacy.c - any text, looked through for old encodings and for what a proofreader remarks on, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_legacy
 *     mkdir -p /tmp/legacy && build/fuzz/tests/fuzz_legacy -max_len=4096 -timeout=10 /tmp/legacy
 * tests/fuzz/seeds/legacy
 *
 * The first byte says what the document is known for, the rest is the text. What must hold: runs ascend, lie within the
 * text and do not overlap; each becomes other text, composed, in which all but the letters is as it
 * was; the same text gives the same runs; and remarks point into the text.
 */
#include <stdlib.h>
#include <string.h>

#include "text/legacy.h"
#include "text/remark.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

/* The next byte that is no part of a letter; -1 at the end. */
static int next_sign(bt_str text, size_t *at)
{
    while (*at < text.len && is_letter((unsigned char)text.ptr[*at])) ++*at;
    return *at < text.len ? (unsigned char)text.ptr[(*at)++] : -1;
}

/* Combining marks: addresses may have some, letters that were made may not. */
static uint32_t n_marks(bt_str text)
{
    uint32_t n = 0, c;
    for (size_t at = 0; at < text.len;) {
        at += bt_utf8_decode(text, at, &c);
        n += c >= 0x300 && c < 0x370;
    }
    return n;
}

static void check_run(bt_str text, const bt_legacy_run *run)
{
    bt_str before = bt_str_slice(text, run->begin, run->end);
    demand(run->text.len && !bt_str_equal(before, run->text));
    demand(bt_legacy_name(run->kind).len);
    size_t a = 0, b = 0;
    for (int sign = 0; sign >= 0;) {
        sign = next_sign(before, &a);
        demand(sign == next_sign(run->text, &b));
    }
    demand(n_marks(run->text) <= n_marks(before));
}

static void check_runs(bt_arena *arena, bt_str text, const bt_legacy_habits *habits)
{
    bt_arena scratch = {0};
    bt_legacy_runs runs, again;
    demand(bt_legacy_find(arena, &scratch, text, habits, &runs) == BT_OK);
    demand(bt_legacy_find(arena, &scratch, text, habits, &again) == BT_OK && runs.n == again.n);
    uint32_t end = 0;
    size_t gain = 0;
    for (uint32_t i = 0; i < runs.n; i++) {
        const bt_legacy_run *run = &runs.v[i];
        demand(run->begin >= end && run->begin < run->end && run->end <= text.len);
        demand(again.v[i].begin == run->begin && bt_str_equal(again.v[i].text, run->text));
        check_run(text, run);
        gain += run->text.len - (run->end - run->begin);
        end = run->end;
    }
    demand(bt_legacy_convert(arena, text, &runs).len == text.len + gain);
    bt_arena_drop(&scratch);
}

static void check_remarks(bt_arena *arena, bt_str text)
{
    bt_remarks remarks = bt_remark(text);
    for (int kind = 0; kind < BT_N_REMARKS; kind++) {
        if (!remarks.n[kind]) continue;
        demand(remarks.first[kind] < text.len);
        demand(bt_remark_excerpt(arena, text, remarks.first[kind]).len > 2);
    }
    bt_tone_places places = bt_remark_tones(arena, text);
    demand((places.n_first > 0) == (places.first.len > 0) && (places.n_second > 0) == (places.second.len > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!size || memchr(bytes, 0, size)) return 0; /* no text of JSON has U+0000 */
    bt_arena arena = {0};
    bt_str text = {(const char *)bytes + 1, size - 1};
    bt_legacy_habits habits = {.n_unicode = (bytes[0] >> 3 & 1) * 100u};
    for (int kind = 0; kind < BT_N_LEGACY; kind++) habits.n_good[kind] = (bytes[0] >> kind & 1) * 50u;
    check_runs(&arena, text, &habits);
    demand(bt_legacy_learn(&arena, text, &habits) == BT_OK);
    check_runs(&arena, text, &habits);
    check_remarks(&arena, text);
    bt_arena_drop(&arena);
    return 0;
}
