/* base.c - the bundle that a batch's editions are laid on: which it is, and opening it. */
#include "batch/batch_int.h"
#include "batch/key.h"

#include "base/file.h"
#include "base/limits.h"
#include "json/json.h"

#include <stdio.h>

/* --- which it is --- */

/* A file as JSON, quietly: whoever makes an edition of it says what is wrong. NULL: it cannot be read. */
static const bt_json_node *look_into(bt_batch *b, const char *path)
{
    bt_diags quiet = {.arena = &b->scratch};
    bt_str text;
    int error;
    const bt_json_node *root = NULL;
    if (bt_file_read(&b->scratch, path, BT_LIMIT_JSON_BYTES, &text, &error) != BT_OK) return NULL;
    return bt_json_parse(&b->scratch, &quiet, bt_str_of(path), text, &root) == BT_OK ? root : NULL;
}

/* The base that an overlay names, as seen from the working folder; *at: where. Empty: none. */
static bt_str named_base(bt_batch *b, const bt_batch_row *row, const bt_place **at)
{
    const char *path = bt_str_z(&b->scratch, row->edition);
    const bt_json_node *base = row->edition.len ? bt_json_find(look_into(b, path), "base") : NULL;
    if (!base || base->kind != BT_JSON_STRING || !base->text.len) return BT_STR("");
    bt_str folder = bt_path_dir(&b->scratch, row->edition);
    *at = base->at;
    return bt_path_normal(&b->scratch, bt_path_join(&b->scratch, folder, base->text));
}

/* The one base that all overlays name. Those that name none fail by themselves, but for rows without an overlay. */
static bt_status find_base(bt_batch *b)
{
    const bt_place *first_at = NULL;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < b->manifest->n_rows; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&b->scratch);
        const bt_place *at = NULL;
        bt_str path = named_base(b, &b->manifest->rows[i], &at);
        if (path.len && !b->base_path) {
            b->base_path = bt_str_z(b->arena, path);
            first_at = b->manifest->rows[i].at;
        } else if (path.len && first_at && !bt_str_is(path, b->base_path)) {
            bt_str line = bt_str_format(&b->scratch, "%u", first_at->line);
            bt_diag(&b->diags, BT_E_BATCH_BASES, at, BT_ARGS(path, bt_str_of(b->base_path), line));
            status = BT_INPUT;
        }
        bt_arena_rewind(&b->scratch, mark);
    }
    if (b->base_path) return status;
    bt_diag(&b->diags, BT_E_BATCH_NO_BASE, NULL, BT_ARGS(b->manifest->path));
    return BT_INPUT;
}

/* --- opening it --- */

/* Its errors; warnings are for the editions that have them. */
static void tell_errors(bt_batch *b, const bt_heard *heard)
{
    for (uint32_t i = 0; i < heard->messages.n; i++)
        if (heard->messages.v[i].severity == BT_ERROR) bt_batch_tell(b, BT_STR(""), &heard->messages.v[i], 1);
}

static bool is_same_fault(const bt_record_message *a, const bt_record_message *b)
{
    return bt_str_equal(a->code, b->code) && bt_str_equal(a->file, b->file) && bt_str_equal(a->pointer, b->pointer) &&
           a->line == b->line && a->column == b->column;
}

/* Of the base's errors, those that an edition has as well stay. */
static uint32_t keep_common(const bt_record *edition, bt_heard *base)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < base->messages.n; i++) {
        const bt_record_message *m = &base->messages.v[i];
        bool is_there = false;
        for (uint32_t j = 0; j < edition->n_messages && !is_there && m->severity == BT_ERROR; j++)
            is_there = is_same_fault(m, &edition->messages[j]);
        if (is_there) base->messages.v[n++] = *m;
    }
    return n;
}

/* What the first editions have of the base's errors. None: it is not the base that is wrong. */
static void find_common(bt_batch *b, bt_heard *common)
{
    enum { ENOUGH = 3 };
    uint32_t n = b->n_todo < ENOUGH ? b->n_todo : ENOUGH;
    for (uint32_t i = 0; i < n && common->messages.n; i++) {
        bt_arena_mark mark = bt_arena_set_mark(&b->scratch);
        bt_record record;
        bt_edition_make(b, &b->scratch, b->todo[i], &record);
        common->messages.n = keep_common(&record, common);
        bt_arena_rewind(&b->scratch, mark);
    }
}

/* The base cannot be set without an edition: it may need one (a picture that is named for the edition), or it may be
 * wrong, which the first editions tell. */
static bt_status judge_base(bt_batch *b, bt_heard *heard, bt_status status)
{
    const bt_record_message *first = heard->messages.v;
    while (first < heard->messages.v + heard->messages.n && first->severity != BT_ERROR) first++;
    bt_record_message why = first < heard->messages.v + heard->messages.n ? *first : (bt_record_message){.line = 0};
    find_common(b, heard);
    tell_errors(b, heard);
    if (heard->messages.n) return status;
    const bt_place at = {.file = why.file, .pointer = why.pointer, .line = why.line, .column = why.column};
    bt_diag(&b->diags, BT_W_BATCH_BASE, why.file.len ? &at : NULL,
            BT_ARGS(bt_str_of(b->base_path), why.code, why.text));
    return BT_OK;
}

/* With it open, or without. */
static bt_status make_key(bt_batch *b, const bt_heard *heard)
{
    b->base_inputs = heard->inputs.v;
    b->n_base_inputs = b->base ? heard->inputs.n : 0;
    return bt_key_base(b->arena, &b->options->render, b->base_inputs, b->n_base_inputs, b->base_row, &b->base_key);
}

/* What editions share of pictures in the inks of the press and of embedded fonts is made once, before there are
 * children. */
static bt_status open_with(bt_batch *b, const bt_named_value *values, uint32_t n, bt_heard *heard)
{
    bt_render_options options = b->options->render;
    bt_witness witness = {.user = heard, .on_input = bt_heard_witness(heard).on_input};
    options.bundle_path = b->base_path;
    options.values = values;
    options.n_values = n;
    options.witness = &witness;
    options.makes_shared = true;
    options.may_have_helper = b->options->n_jobs != 1;
    b->heard = heard;
    bt_status status = bt_base_open(b->ctx, &options, &b->base, NULL);
    b->heard = NULL;
    return status;
}

/* The row whose id comes behind that of another, of all ids in their order; whatever order the manifest has. NULL: the
 * first; comes back where there is none. */
static const bt_batch_row *next_by_id(const bt_manifest *manifest, const bt_batch_row *behind)
{
    const bt_batch_row *next = NULL;
    for (uint32_t i = 0; i < manifest->n_rows; i++) {
        const bt_batch_row *row = &manifest->rows[i];
        if (behind && bt_str_compare(row->id, behind->id) <= 0) continue;
        if (!next || bt_str_compare(row->id, next->id) < 0) next = row;
    }
    return next;
}

/* A {{name}} stands for itself; where such a text cannot be (a number that is added up), the values of a row do: of the
 * first by its id, or of one behind it where that edition has a fault of its own. */
static bt_status open_base(bt_batch *b, bt_heard *heard)
{
    enum { MOST_TRIED = 3 };
    bt_status status = open_with(b, NULL, 0, heard);
    const bt_batch_row *row = status == BT_INPUT ? next_by_id(b->manifest, NULL) : NULL;
    for (int i = 0; i < MOST_TRIED && row; i++, row = next_by_id(b->manifest, row)) {
        bt_heard again = {.arena = b->arena};
        if (open_with(b, row->values, row->n_values, &again) != BT_OK) continue;
        *heard = again;
        b->base_row = row;
        bt_diag(&b->diags, BT_N_BATCH_BASE_ROW, NULL, BT_ARGS(bt_str_of(b->base_path), row->id));
        return BT_OK;
    }
    return status;
}

bt_status bt_batch_open_base(bt_batch *b)
{
    b->base_path = b->options->render.bundle_path;
    bt_status status = b->base_path ? BT_OK : find_base(b);
    if (status != BT_OK) return status;
    bt_heard heard = {.arena = b->arena};
    status = open_base(b, &heard);
    if (status == BT_INPUT || status == BT_LIMIT)
        status = judge_base(b, &heard, status);
    else if (status != BT_OK)
        tell_errors(b, &heard);
    return status == BT_OK ? make_key(b, &heard) : status;
}
