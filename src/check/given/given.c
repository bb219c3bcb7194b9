/* given.c - see given.h. */
#include "check/given/given.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>

bt_status given_read(bt_arena *arena, bt_diags *diags, const char *path, const bt_json_node **root)
{
    static const bt_str json = BT_STR_INIT(".json");
    bt_str source, name = bt_str_of(path);
    int error;
    *root = NULL;
    bt_status status = bt_file_read(arena, path, BT_LIMIT_JSON_BYTES, &source, &error);
    if (status == BT_OK) return bt_json_parse(arena, diags, name, source, root);
    if (status == BT_IO && (error == ENOENT || error == ENOTDIR)) {
        bt_str meant = bt_path_meant(arena, name, &json, 1);
        if (meant.len) bt_diag(diags, BT_E_FILE_MISNAMED, NULL, BT_ARGS(name, meant));
        if (!meant.len) bt_diag(diags, BT_E_CHECK_NO_FILE, NULL, BT_ARGS(name));
        return BT_INPUT;
    }
    if (status == BT_LIMIT)
        bt_diag(diags, BT_E_TOO_LARGE, NULL, BT_ARGS(name, bt_str_format(arena, "%d", BT_LIMIT_JSON_BYTES >> 20)));
    if (status != BT_IO) return status;
    bt_diag(diags, BT_E_READ, NULL, BT_ARGS(name, bt_file_error(diags, arena, error)));
    return error == EISDIR || error == EINVAL ? BT_INPUT : BT_IO;
}

void given_check_version(bt_fields_reader *r, const bt_json_node *version)
{
    if (!version || bt_str_is(version->text, "1")) return;
    bt_fields_fault(r, BT_E_CHECK_FORMAT, version->at, BT_ARGS(version->text, version->key));
}

/* Digits from *at on: a page. */
static bool read_page(bt_str text, size_t *at, uint32_t *page)
{
    uint32_t value = 0;
    size_t begin = *at;
    for (; *at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9'; (*at)++) {
        value = 10 * value + (uint32_t)(text.ptr[*at] - '0');
        if (value > BT_LIMIT_PDF_PAGES) return false;
    }
    *page = value;
    return *at > begin && value >= 1;
}

bool given_pages(bt_str text, uint32_t *first, uint32_t *last)
{
    *first = *last = 0;
    if (bt_str_is(text, "all")) return true;
    size_t at = 0;
    if (!read_page(text, &at, first)) return false;
    *last = *first;
    if (at == text.len) return true;
    if (text.ptr[at++] != '-') return false;
    *last = BT_LIMIT_PDF_PAGES;
    if (at == text.len) return true;
    return read_page(text, &at, last) && at == text.len && *first <= *last;
}
