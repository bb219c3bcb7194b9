/* bundle_file.c - an article's body in a Markdown file of its own: found, read, and its blocks handed to the same
 * reader as those of the bundle. */
#include "base/inputs.h"
#include "bundle/bundle_int.h"
#include "markdown/markdown.h"

#include <errno.h>

enum { FILE_NAME, N_BODY_KEYS };
static const bt_field body_keys[N_BODY_KEYS] = {
    [FILE_NAME] = {BT_STR_INIT("file"), BT_TAKES_STRING, BT_REQUIRED},
};
static const bt_fields body_fields = {"this body", body_keys, N_BODY_KEYS};

static void fault_read(bt_bundle_reader *b, const bt_place *at, bt_str path, int error)
{
    bt_fields_reader *r = &b->fields;
    static const bt_str extensions[] = {BT_STR_INIT(".md"), BT_STR_INIT(".markdown"), BT_STR_INIT(".txt")};
    bool is_ours = error == EISDIR || error == EINVAL; /* a folder, or no file that can be read */
    bool is_missing = error == ENOENT || error == ENOTDIR;
    bt_str meant = is_missing ? bt_path_meant(&r->words, path, extensions, 3) : BT_STR("");
    if (meant.len && bt_path_reads_same(&r->words, path, meant))
        bt_fields_fault(r, BT_E_NAME_APART, at, BT_ARGS(path));
    else if (meant.len)
        bt_fields_fault(r, BT_E_FILE_MISNAMED, at, BT_ARGS(path, meant));
    else if (is_missing)
        bt_fields_fault(r, BT_E_MD_NO_FILE, at, BT_ARGS(path));
    else
        bt_fields_fault(r, BT_E_MD_READ, at, BT_ARGS(path, bt_file_error(r->diags, &r->words, error)));
    if (!is_missing && !is_ours && r->status != BT_LIMIT) r->status = BT_IO;
}

/* False: reported. */
static bool read_source(bt_bundle_reader *b, const bt_place *at, bt_str path, bt_str *source)
{
    enum { KILOBYTE = 1024 };
    bt_fields_reader *r = &b->fields;
    int error;
    bt_status status = bt_file_read(r->arena, bt_str_z(r->arena, path), BT_LIMIT_MARKDOWN_BYTES, source, &error);
    if (status == BT_IO) fault_read(b, at, path, error);
    if (status == BT_LIMIT)
        bt_fields_limit(r, BT_E_MD_LARGE, at, BT_ARGS(path, bt_fields_count(r, BT_LIMIT_MARKDOWN_BYTES / KILOBYTE)));
    if (status == BT_OK) bt_inputs_note(r->diags, path, *source);
    return status == BT_OK;
}

/* The blocks of a base's file are read once. NULL: reported. */
static const bt_json_node *read_blocks(bt_bundle_reader *b, const bt_json_node *node, bt_text name, bt_str path)
{
    bt_fields_reader *r = &b->fields;
    bool is_as_written = name.s.ptr == node->text.ptr;
    const bt_text_facts *known = is_as_written ? bt_bundle_facts_find(b->known, node->text) : NULL;
    if (known && known->blocks && known->is_english == b->is_english) return known->blocks;
    uint32_t n_before = r->diags->n_calls;
    bt_str source;
    const bt_json_node *blocks =
        read_source(b, name.at, path, &source) ? bt_markdown_blocks(r, path, source, b->is_english) : NULL;
    bt_text_facts *kept = is_as_written ? bt_bundle_facts_find(b->facts, node->text) : NULL;
    if (kept && blocks && r->diags->n_calls == n_before) {
        kept->blocks = blocks;
        kept->is_english = b->is_english;
    }
    return blocks;
}

const bt_block *bt_bundle_body_file(bt_bundle_reader *b, const bt_json_node *node, uint32_t *n)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *values[N_BODY_KEYS];
    uint32_t n_errors = r->diags->n[BT_ERROR];
    bt_fields_read(r, node, &body_fields, values);
    bt_text name = bt_bundle_name(b, values[FILE_NAME]);
    if (!bt_bundle_need_text(b, name, "file", true)) return NULL;
    bt_str path = bt_bundle_path(b, name);
    if (path.len) path = bt_path_normal(r->arena, path);
    const bt_json_node *array = path.len ? read_blocks(b, values[FILE_NAME], name, path) : NULL;
    if (!array) return NULL;
    bt_bundle_learn(b, array);
    b->file_home = bt_bundle_home(b, name.at);
    b->file_dir = bt_path_dir(r->arena, name.s);
    const bt_block *blocks = bt_bundle_blocks(b, array, n);
    b->file_dir = BT_STR("");
    if (!*n && r->diags->n[BT_ERROR] == n_errors) {
        bt_place whole_file = {.file = path, .pointer = BT_STR("")};
        bt_fields_fault(r, BT_E_MD_EMPTY, &whole_file, BT_NO_ARGS);
    }
    return blocks;
}
