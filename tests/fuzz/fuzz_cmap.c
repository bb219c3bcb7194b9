/* fuzz_cmap.c - maps of codes and names of glyphs of any bytes, for libFuzzer.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_cmap
 *     mkdir -p /tmp/cmap && build/fuzz/tests/fuzz_cmap -max_len=4096 -timeout=10 /tmp/cmap tests/fuzz/seeds/cmap
 *
 * What must hold: texts are UTF-8, a map is in the order of its codes and finds what it has, and the length that a code
 * has is that of one of its ranges.
 */
#include "check/seen/font_int.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static void check_text(bt_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = 0;
        size_t n = bt_utf8_decode(text, at, &c);
        demand((c != 0xFFFD || n == 3) && c >= ' ');
        at += n;
    }
}

static void check_map(const seen_cmap *map, bt_str bytes)
{
    for (uint32_t i = 0; i < map->texts.n; i++) {
        const seen_code_text *entry = &map->texts.v[i];
        check_text(entry->text);
        demand(!i || entry[-1].code <= entry->code);
        demand(seen_cmap_text(map, entry->code) != NULL);
    }
    for (uint32_t i = 0; i < map->glyphs.n; i++) {
        uint32_t cid = 0;
        seen_cmap_cid(map, map->glyphs.v[i].first, &cid);
    }
    for (size_t at = 0; at < bytes.len && at < 64; at++) {
        uint32_t n = seen_cmap_n_bytes(map, bt_str_slice(bytes, at, bytes.len));
        demand(n <= 4 && (n > 0) == (map->spaces.n > 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    bt_str text = {(const char *)bytes, size};
    const seen_cmap *map = seen_cmap_read(&arena, text);
    demand(map != NULL);
    check_map(map, text);
    for (size_t begin = 0, end; begin < size; begin = end + 1) { /* words as names */
        for (end = begin; end < size && bytes[end] != ' ' && bytes[end] != '/';) end++;
        bt_str name = bt_str_slice(text, begin, end);
        if (name.len) check_text(seen_name_text(&arena, name));
    }
    bt_arena_drop(&arena);
    return 0;
}
