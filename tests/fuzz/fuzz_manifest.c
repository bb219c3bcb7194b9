/* fuzz_manifest.c - manifests of any bytes, for libFuzzer: as CSV, or as JSON Lines where they begin so.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_manifest
 *     mkdir -p /tmp/manifest && build/fuzz/tests/fuzz_manifest -dict=tests/fuzz/manifest.dict -max_len=4096 -timeout=10
 * \ -rss_limit_mb=2048 /tmp/manifest tests/corpus/manifest tests/corpus/manifest/good
 *
 * What must hold: a status and its errors agree; of what is read, ids and outputs are fit to be names of files, no two
 * are alike, and every value is a text with a place in the manifest.
 */
#include "base/file.h"
#include "batch/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static void hear(void *user, const bt_message *message)
{
    (void)user;
    demand(strlen(message->code) == 5 && message->text[0] && !strchr(message->text, '\n'));
}

static void look_at_value(const bt_named_value *value, uint32_t n_lines)
{
    demand(value->name && value->text && strcmp(value->file, "-") == 0);
    demand(value->line >= 1 && value->line <= n_lines && value->column >= 1);
}

static void look_at(bt_arena *arena, const bt_manifest *m, uint32_t n_lines)
{
    demand(m->n_rows >= 1 && m->n_columns >= 1);
    for (uint32_t i = 0; i < m->n_rows; i++) {
        const bt_batch_row *row = &m->rows[i];
        demand(row->id.len && bt_str_is_id(row->id) && strlen(row->id.ptr) == row->id.len);
        demand(strcmp(row->values[0].name, "id") == 0 && bt_str_is(row->id, row->values[0].text));
        demand(bt_path_stays_inside(row->out) && bt_str_equal(bt_path_normal(arena, row->out), row->out));
        demand(bt_str_ends(bt_path_folded(arena, row->out), BT_STR(".pdf")));
        for (uint32_t k = 0; k < row->n_values; k++) look_at_value(&row->values[k], n_lines);
    }
}

/* Few enough to compare each with each. */
static void look_for_twins(bt_arena *arena, const bt_manifest *m)
{
    enum { MOST = 40 };
    for (uint32_t i = 0; i < m->n_rows && i < MOST; i++) {
        for (uint32_t k = 0; k < i; k++) {
            demand(!bt_str_equal(bt_path_folded(arena, m->rows[i].id), bt_path_folded(arena, m->rows[k].id)));
            demand(!bt_str_equal(bt_path_folded(arena, m->rows[i].out), bt_path_folded(arena, m->rows[k].out)));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    bt_arena arena = {0};
    bt_diags diags = {.on_message = hear, .arena = &arena, .lang = size % 2 ? BT_LANG_VI : BT_LANG_EN};
    bt_str text = {size ? (const char *)bytes : "", size};
    const bt_manifest *m;
    uint32_t n_lines = 1;
    for (size_t i = 0; i < size; i++) n_lines += bytes[i] == '\n' || bytes[i] == '\r';
    bt_status status = bt_manifest_read(&arena, &diags, BT_STR("-"), text, &m);
    demand(status == BT_OK || status == BT_INPUT || status == BT_LIMIT);
    demand((status == BT_OK) == (diags.n[BT_ERROR] == 0));
    demand(status != BT_OK || m);
    if (m) look_at(&arena, m, n_lines);
    if (status == BT_OK) look_for_twins(&arena, m);
    bt_manifest_is(BT_STR("-"), text);
    bt_arena_drop(&arena);
    return 0;
}
