/* validate_manifest.c - bantin validate MANIFEST --base BUNDLE: all editions of a batch, without a PDF.
 *
 * The base is opened once. What is wrong with it is wrong with every edition, so the same message is printed once, and
 * a line for each edition tells how many it has.
 */
#include "cli/cli.h"

#include "base/diag.h"
#include "batch/columns.h"
#include "batch/manifest.h"

#include <stdio.h>

/* What was printed, by hash: an error by all that it says, a warning by its place, for it may say a bit else of each
 * edition. */
typedef struct printed {
    cli *c;
    bt_arena arena;
    BT_ARRAY(uint64_t) slots; /* 0: free; its n is a power of two */
    uint32_t n;
    bool is_muted;
} printed;

static uint64_t hash_of(const bt_message *message)
{
    const char *const parts[] = {message->code, message->file, message->pointer, message->text};
    uint64_t hash = (uint64_t)message->line << 32 | message->column;
    bool is_error = message->severity == BT_ERROR;
    for (size_t i = 0; i < (is_error ? 4 : 3); i++)
        hash = hash * 0x9E3779B97F4A7C15u ^ bt_str_hash(bt_str_of(parts[i]));
    return hash ? hash : 1;
}

/* True: it was there. */
static bool add_hash(printed *p, uint64_t hash)
{
    uint32_t slot_i = (uint32_t)hash & (p->slots.n - 1);
    while (p->slots.v[slot_i] && p->slots.v[slot_i] != hash) slot_i = (slot_i + 1) & (p->slots.n - 1);
    bool was_there = p->slots.v[slot_i];
    p->slots.v[slot_i] = hash;
    p->n += !was_there;
    return was_there;
}

/* Without memory some things are told twice. */
static void make_room(printed *p)
{
    enum { FIRST = 256 };
    if (p->slots.n > p->n * 2) return;
    printed larger = {.arena = p->arena};
    if (!BT_PUSH_N(&larger.arena, &larger.slots, p->slots.n ? p->slots.n * 2 : FIRST)) return;
    for (uint32_t i = 0; i < p->slots.n; i++)
        if (p->slots.v[i]) add_hash(&larger, p->slots.v[i]);
    p->arena = larger.arena;
    p->slots.v = larger.slots.v;
    p->slots.n = larger.slots.n;
}

/* A bt_message_fn. */
static void print_once(void *user, const bt_message *message)
{
    printed *p = user;
    if (p->is_muted) return;
    make_room(p);
    if (p->slots.n > p->n && add_hash(p, hash_of(message))) return;
    cli_print_message(p->c, message);
}

typedef struct tally {
    uint32_t n_failed, n_warnings;
    bool is_manifest_wrong;
    int worst; /* exit status */
} tally;

static void tell_edition(const cli *c, const bt_batch_row *row, const bt_render_result *result)
{
    printf("%.*s:%u: %s: %u %s\n", BT_STR_ARGS(row->at->file), row->at->line, row->id.ptr, result->n_errors,
           result->n_errors == 1 ? cli_say(c, "error") : cli_say(c, "errors"));
    fflush(stdout); /* so that it stands behind its messages */
}

static void check_editions(printed *p, bt_ctx *ctx, const bt_render_options *base_options, const bt_manifest *manifest,
                           tally *t)
{
    bt_render_options options = *base_options;
    bt_base *base = NULL;
    bt_render_result result;
    options.values = manifest->rows[0].values;
    options.n_values = manifest->rows[0].n_values;
    p->is_muted = true; /* what is wrong with the base is wrong with editions, unless they put it right */
    bt_base_open(ctx, &options, &base, &result);
    p->is_muted = false;
    if (base) options.bundle_path = options.bundle_text = NULL;
    options.base = base;
    for (uint32_t i = 0; i < manifest->n_rows; i++) {
        const bt_batch_row *row = &manifest->rows[i];
        options.edition_path = row->edition.len ? row->edition.ptr : NULL;
        options.edition_named = row->edition_named;
        options.values = row->values;
        options.n_values = row->n_values;
        int status = cli_exit_status(bt_validate(ctx, &options, &result));
        t->n_warnings += result.n_warnings;
        t->n_failed += status != EXIT_DONE;
        if (status != EXIT_DONE) tell_edition(p->c, row, &result);
        if (status > t->worst) t->worst = status;
    }
    bt_base_drop(base);
}

static void tell_all(const cli *c, const char *path, const bt_manifest *manifest, const tally *t)
{
    const char *editions = manifest->n_rows == 1 ? cli_say(c, "edition") : cli_say(c, "editions");
    if (t->is_manifest_wrong && t->n_failed)
        printf(cli_say(c, "%s: errors in the manifest, and in %u of %u %s\n"), path, t->n_failed, manifest->n_rows,
               editions);
    else if (t->n_failed)
        printf(cli_say(c, "%s: errors in %u of %u %s\n"), path, t->n_failed, manifest->n_rows, editions);
    else if (t->is_manifest_wrong)
        printf(cli_say(c, "%s: errors in the manifest; none in the %u %s that could be read\n"), path, manifest->n_rows,
               editions);
    else if (!c->is_quiet)
        printf(cli_say(c, "%s: good; %u %s, %u %s\n"), path, manifest->n_rows, editions, t->n_warnings,
               t->n_warnings == 1 ? cli_say(c, "warning") : cli_say(c, "warnings"));
    fflush(stdout);
}

static void check_manifest(printed *p, bt_ctx *ctx, const bt_render_options *options, const char *path, bt_str text,
                           tally *t)
{
    const bt_manifest *manifest;
    bt_arena arena = {0};
    bt_diags diags = {.on_message = print_once, .user = p, .arena = &arena, .lang = p->c->lang};
    bt_status status = bt_manifest_read(&arena, &diags, bt_str_of(path), text, &manifest);
    bt_status columns_status = manifest ? bt_columns_check(&arena, &diags, options, manifest) : BT_OK;
    if (status == BT_OK || columns_status == BT_NOMEM) status = columns_status;
    if (status == BT_NOMEM) bt_diag(&diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    t->worst = cli_exit_status(status);
    t->is_manifest_wrong = status != BT_OK;
    if (manifest && status != BT_NOMEM) check_editions(p, ctx, options, manifest, t);
    if (manifest) tell_all(p->c, path, manifest, t);
    bt_arena_drop(&arena);
}

int cli_validate_manifest(cli *c, const bt_render_options *options, const char *path, const char *text, size_t size,
                          bool is_strict)
{
    printed p = {.c = c};
    bt_ctx *ctx = bt_ctx_new(NULL, print_once, &p);
    tally t = {.worst = EXIT_SYSTEM};
    if (ctx) {
        bt_ctx_speak(ctx, c->lang);
        check_manifest(&p, ctx, options, path, (bt_str){text, size}, &t);
    }
    bt_ctx_drop(ctx);
    bt_arena_drop(&p.arena);
    return t.worst == EXIT_DONE && is_strict && t.n_warnings ? EXIT_NOT_CLEAN : t.worst;
}
