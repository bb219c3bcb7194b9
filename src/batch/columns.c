/* columns.c - see columns.h. */
#include "batch/columns.h"

#include "base/file.h"
#include "base/limits.h"
#include "json/fields.h"

typedef struct use {
    bt_arena *arena;
    const bt_manifest *manifest;
    bool *is_used; /* by column */
    uint32_t n_unused;
    BT_ARRAY(bt_str) calls; /* of the base, for what has no column */
    bool is_base_read;
} use;

/* A bt_value_fn. */
static void take_call(void *user, const char *name)
{
    use *u = user;
    bt_str called = bt_str_of(name);
    bool has_column = false;
    for (uint32_t i = 0; i < u->manifest->n_columns && !has_column; i++) {
        has_column = bt_str_equal(u->manifest->columns[i], called);
        if (!has_column || u->is_used[i]) continue;
        u->is_used[i] = true;
        u->n_unused--;
    }
    bt_str *kept = has_column || u->is_base_read ? NULL : BT_PUSH(u->arena, &u->calls);
    if (kept) *kept = bt_str_copy(u->arena, called);
}

/* Whether a body's file is named by a value, so that each edition may have another one. */
static bool names_files_by_value(const bt_json_node *node)
{
    bool is_file = node->kind == BT_JSON_STRING && bt_str_is(node->key, "file");
    if (is_file && memmem(node->text.ptr, node->text.len, "{{", 2)) return true;
    for (const bt_json_node *child = node->child; child; child = child->next)
        if (names_files_by_value(child)) return true; /* no deeper than BT_LIMIT_JSON_DEPTH */
    return false;
}

/* True also where the base is not here to be looked at. */
static bool has_files_by_value(bt_arena *scratch, const bt_render_options *render)
{
    bt_diags silent = {.arena = scratch};
    bt_str text = {render->bundle_text, render->bundle_size};
    const bt_json_node *root;
    int error;
    if (!text.ptr && (!render->bundle_path ||
                      bt_file_read(scratch, render->bundle_path, BT_LIMIT_JSON_BYTES, &text, &error) != BT_OK))
        return true;
    return bt_json_parse(scratch, &silent, BT_STR("-"), text, &root) != BT_OK || names_files_by_value(root);
}

/* The base as it is with the first row's values; where these do not fit, with none. */
static bt_status read_base(bt_ctx *ctx, bt_render_options *options, use *u)
{
    options->values = u->manifest->rows[0].values;
    options->n_values = u->manifest->rows[0].n_values;
    bt_status status = bt_list_values(ctx, options, take_call, u);
    if (status == BT_OK || status == BT_NOMEM) return status;
    options->values = NULL;
    options->n_values = 0;
    return bt_list_values(ctx, options, take_call, u);
}

static bt_status read_editions(bt_ctx *ctx, bt_render_options *options, bool has_files, use *u)
{
    bt_status worst = BT_OK;
    for (uint32_t i = 0; i < u->manifest->n_rows && u->n_unused && !u->arena->failed; i++) {
        const bt_batch_row *row = &u->manifest->rows[i];
        if (!row->edition.len && !has_files) continue;
        options->edition_path = row->edition.len ? row->edition.ptr : NULL;
        options->values = row->values;
        options->n_values = row->n_values;
        bt_status status = bt_list_values(ctx, options, take_call, u);
        if (status == BT_NOMEM) return status;
        if (status != BT_OK) worst = status;
    }
    return worst;
}

static bt_status read_all(bt_arena *arena, const bt_render_options *render, use *u)
{
    bt_ctx *ctx = bt_ctx_new(arena->allocator, NULL, NULL);
    if (!ctx) return BT_NOMEM;
    bt_render_options options = {.base = render->base,
                                 .bundle_path = render->base ? NULL : render->bundle_path,
                                 .bundle_text = render->base ? NULL : render->bundle_text,
                                 .bundle_size = render->bundle_size,
                                 .converts_legacy = render->converts_legacy};
    bt_status status = read_base(ctx, &options, u);
    u->is_base_read = true;
    if (status == BT_OK && u->n_unused) {
        bt_arena scratch = bt_arena_over(arena->allocator);
        bool has_files = has_files_by_value(&scratch, render);
        bt_arena_drop(&scratch);
        status = read_editions(ctx, &options, has_files, u);
    }
    bt_ctx_drop(ctx);
    return status;
}

static void report(bt_fields_reader *r, const use *u, uint32_t column_i)
{
    bt_str name = u->manifest->columns[column_i];
    const bt_place *at = u->manifest->column_ats[column_i];
    bt_str near = bt_str_nearest(name, u->calls.v, u->calls.n), shown = bt_fields_quoted(r, name);
    if (near.len)
        bt_fields_fault(r, BT_E_COLUMN_UNUSED_NEAR, at, BT_ARGS(shown, near));
    else
        bt_fields_fault(r, BT_E_COLUMN_UNUSED, at, BT_ARGS(shown, name));
}

bt_status bt_columns_check(bt_arena *arena, bt_diags *diags, const bt_render_options *render,
                           const bt_manifest *manifest)
{
    use u = {.arena = arena, .manifest = manifest, .is_used = BT_NEW_ARRAY(arena, manifest->n_columns, bool)};
    if (!u.is_used) return BT_NOMEM;
    for (uint32_t i = 0; i < manifest->n_columns; i++) {
        u.is_used[i] = bt_str_is(manifest->columns[i], "id") || bt_str_is(manifest->columns[i], "name");
        u.n_unused += !u.is_used[i];
    }
    if (!u.n_unused || !manifest->n_rows) return BT_OK;
    bt_status status = read_all(arena, render, &u);
    if (status == BT_NOMEM || arena->failed) return BT_NOMEM;
    if (status != BT_OK) return BT_OK;
    bt_fields_reader r = bt_fields_begin(arena, diags);
    for (uint32_t i = 0; i < manifest->n_columns; i++)
        if (!u.is_used[i]) report(&r, &u, i);
    return bt_fields_end(&r);
}
