/* key.c - see key.h. */
#include "batch/key.h"

#include "base/digest.h"

#include <stdlib.h>

/* What comes out is said again where this changes: the form of a key, and with it of all that is hashed. */
static const char form[] = "bantin-edition-1";

static int compare_inputs(const void *a, const void *b)
{
    const bt_record_input *one = a, *other = b;
    int order = bt_str_compare(one->path, other->path);
    return order ? order : memcmp(one->contents.bytes, other->contents.bytes, sizeof one->contents.bytes);
}

/* In an order of their own, whichever was opened first. */
static bt_status add_inputs(bt_digester *digester, bt_arena *arena, const bt_record_input *inputs, uint32_t n)
{
    bt_record_input *sorted = BT_NEW_ARRAY(arena, n, bt_record_input);
    if (!sorted) return BT_NOMEM;
    for (uint32_t i = 0; i < n; i++) sorted[i] = inputs[i];
    qsort(sorted, n, sizeof *sorted, compare_inputs);
    bt_digest_add_number(digester, n);
    for (uint32_t i = 0; i < n; i++) {
        bt_digest_add_str(digester, sorted[i].path);
        bt_digest_add(digester, sorted[i].contents.bytes, sizeof sorted[i].contents.bytes);
    }
    return BT_OK;
}

/* A string that may be absent, which is not the same as one of no length. */
static void add_optional(bt_digester *digester, const char *text)
{
    bt_digest_add_number(digester, text != NULL);
    bt_digest_add_str(digester, bt_str_of(text));
}

static void add_list(bt_digester *digester, const char *const *texts)
{
    int64_t n = 0;
    while (texts && texts[n]) n++;
    bt_digest_add_number(digester, n);
    for (int64_t i = 0; i < n; i++) bt_digest_add_str(digester, bt_str_of(texts[i]));
}

#if defined __x86_64__
/* There is an option more or less: let it count here if it does, and say the new size. */
_Static_assert(sizeof(bt_render_options) == 200, "bt_render_options");
#endif

static void add_options(bt_digester *digester, const bt_render_options *o)
{
    add_optional(digester, o->layout);
    add_optional(digester, o->palette);
    bt_digest_add_number(digester, o->n_pages);
    bt_digest_add_number(digester, o->pages_multiple);
    bt_digest_add_number(digester, o->rendition);
    bt_digest_add_number(digester, o->imposition);
    bt_digest_add_number(digester, o->has_paper ? (int64_t)o->paper_um : -1);
    add_list(digester, o->layout_dirs);
    add_list(digester, o->font_dirs);
    add_optional(digester, o->font_list);
    bt_digest_add_number(digester, o->has_epoch);
    bt_digest_add_number(digester, o->has_epoch ? o->epoch : 0);
    bt_digest_add_number(digester, o->converts_legacy);
}

static void add_values(bt_digester *digester, const bt_batch_row *row)
{
    bt_digest_add_number(digester, row->n_values);
    for (uint32_t i = 0; i < row->n_values; i++) {
        bt_digest_add_str(digester, bt_str_of(row->values[i].name));
        bt_digest_add_str(digester, bt_str_of(row->values[i].text));
    }
}

bt_status bt_key_base(bt_arena *arena, const bt_render_options *options, const bt_record_input *inputs,
                      uint32_t n_inputs, const bt_batch_row *row, bt_digest *key)
{
    bt_arena_mark mark = bt_arena_set_mark(arena);
    bt_digester digester;
    bt_digest_begin(&digester);
    bt_digest_add_str(&digester, bt_str_of(form));
    bt_digest_add_str(&digester, bt_str_of(bt_version()));
    add_options(&digester, options);
    bt_status status = add_inputs(&digester, arena, inputs, n_inputs);
    if (row) add_values(&digester, row);
    *key = bt_digest_end(&digester);
    bt_arena_rewind(arena, mark);
    return status;
}

bt_status bt_key_edition(bt_arena *arena, const bt_digest *base_key, const bt_batch_row *row,
                         const bt_record_input *inputs, uint32_t n_inputs, bt_digest *key)
{
    bt_arena_mark mark = bt_arena_set_mark(arena);
    bt_digester digester;
    bt_digest_begin(&digester);
    bt_digest_add(&digester, base_key->bytes, sizeof base_key->bytes);
    bt_digest_add_str(&digester, row->id);
    bt_digest_add_str(&digester, row->out);
    add_values(&digester, row);
    bt_status status = add_inputs(&digester, arena, inputs, n_inputs);
    *key = bt_digest_end(&digester);
    bt_arena_rewind(arena, mark);
    return status;
}
