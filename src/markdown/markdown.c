/* markdown.c - the steps: what the bytes are, what cmark makes of them, the blocks. */
#include "markdown/markdown_int.h"

static bool read_file(bt_md *md)
{
    uint32_t n_before = md->r->diags->n[BT_ERROR];
    if (!bt_md_read_source(md) || !bt_md_with_cmark(md, bt_md_blocks)) return false;
    bool said_nothing = md->r->diags->n[BT_ERROR] == n_before;
    if (md->blocks.parent && !md->blocks.parent->n_children && said_nothing) {
        bt_place whole_file = {.file = md->file, .pointer = BT_STR("")};
        BT_MD_FAULT(md, E_MD_EMPTY, &whole_file, BT_NO_ARGS);
        return false;
    }
    return md->blocks.parent && md->blocks.parent->n_children;
}

const bt_json_node *bt_markdown_blocks(bt_fields_reader *r, bt_str file, bt_str source, bool is_english)
{
    bt_md md = {.r = r,
                .arena = r->arena,
                .scratch = bt_arena_over(r->arena->allocator),
                .file = bt_str_copy(r->arena, file),
                .source = source,
                .is_english = is_english};
    bt_place *at = BT_NEW(r->arena, bt_place);
    if (at) {
        *at = (bt_place){md.file, BT_STR(""), 1, 1};
        md.blocks = bt_md_array(&md, at);
    }
    bool is_read = at && read_file(&md);
    if (md.scratch.failed) r->arena->failed = true;
    bt_arena_drop(&md.scratch);
    return is_read ? md.blocks.parent : NULL;
}
