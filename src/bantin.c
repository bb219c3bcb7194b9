/* bantin.c - the pipeline: one call a stage. */
#include "job.h"

#include "page/page_make.h"

const char *bt_version(void) { return BT_VERSION; }

bt_ctx *bt_ctx_new(const bt_allocator *allocator, bt_message_fn on_message, void *user)
{
    const bt_allocator *from = allocator ? allocator : bt_alloc_system();
    bt_ctx *ctx = bt_alloc_new(from, sizeof *ctx);
    if (!ctx) return NULL;
    *ctx = (bt_ctx){.own_allocator = *from, .on_message = on_message, .user = user};
    ctx->allocator = &ctx->own_allocator;
    ctx->arena = ctx->scratch = bt_arena_over(ctx->allocator);
    ctx->fonts = bt_fonts_new(ctx->allocator);
    ctx->images = bt_images_new(ctx->allocator);
    ctx->profiles = bt_profiles_new(ctx->allocator);
    ctx->kept = bt_pdf_kept_new(ctx->allocator);
    ctx->beside = bt_beside_new(ctx->allocator);
    if (ctx->fonts) bt_fonts_work_beside(ctx->fonts, ctx->beside);
    if (ctx->fonts && ctx->images && ctx->profiles && ctx->kept && ctx->beside) return ctx;
    bt_ctx_drop(ctx);
    return NULL;
}

void bt_ctx_drop(bt_ctx *ctx)
{
    if (!ctx) return;
    bt_fonts_drop(ctx->fonts);
    bt_images_drop(ctx->images);
    bt_profiles_drop(ctx->profiles);
    bt_pdf_kept_drop(ctx->kept);
    bt_beside_drop(ctx->beside);
    bt_arena_drop(&ctx->arena);
    bt_arena_drop(&ctx->scratch);
    bt_allocator allocator = ctx->own_allocator;
    bt_alloc_drop(&allocator, ctx, sizeof *ctx);
}

void bt_ctx_speak(bt_ctx *ctx, bt_lang lang) { ctx->lang = lang; }

/* --- a job --- */

/* Keeps the message for the report and hands it on. */
static void take_message(void *user, const bt_message *message)
{
    bt_job *j = user;
    bt_dump_message *kept = bt_job_has_report(j) ? BT_PUSH(&j->arena, &j->messages) : NULL;
    if (kept) {
        *kept = (bt_dump_message){.severity = message->severity, .line = message->line, .column = message->column};
        kept->code = bt_str_copy(&j->arena, bt_str_of(message->code));
        kept->file = bt_str_copy(&j->arena, bt_str_of(message->file));
        kept->pointer = bt_str_copy(&j->arena, bt_str_of(message->pointer));
        kept->text = bt_str_copy(&j->arena, bt_str_of(message->text));
    }
    if (j->ctx->on_message) j->ctx->on_message(j->ctx->user, message);
}

static void job_begin(bt_job *j, bt_ctx *ctx, const bt_render_options *options)
{
    *j = (bt_job){.ctx = ctx, .options = options, .arena = ctx->arena, .scratch = ctx->scratch};
    ctx->arena = ctx->scratch = bt_arena_over(ctx->allocator); /* a base holds on to its memory while others work */
    j->diags = (bt_diags){.on_message = take_message, .user = j, .arena = &j->scratch, .lang = ctx->lang};
    if (options->rendition == BT_PROOF) j->diags.notes_arena = &j->arena;
    j->inputs = bt_inputs_over(ctx->allocator, options->witness);
    if (options->base) j->inputs.base = &options->base->job.inputs;
    j->diags.inputs = &j->inputs;
    if (options->may_have_helper) bt_beside_begin(ctx->beside);
}

/* No memory is said once, here; every other failure was reported where it happened. The helper has ended. */
static void job_end(bt_job *j, bt_status status, bt_render_result *result)
{
    bt_beside_end(j->ctx->beside);
    if (status == BT_NOMEM) bt_diag(&j->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    if (!result) return;
    *result = (bt_render_result){.n_pages = status == BT_OK ? j->pages.n_pages : 0,
                                 .n_errors = j->diags.n[BT_ERROR],
                                 .n_warnings = j->diags.n[BT_WARNING],
                                 .n_notes = j->diags.n[BT_NOTE],
                                 .differences = status == BT_OK ? j->comparison.counts : (bt_differences){0}};
}

/* The memory goes back to the context. */
static void job_drop(bt_job *j)
{
    bt_flow_end(&j->flow);
    bt_fills_drop(j->fills);
    bt_arena_drop(&j->ctx->arena);
    bt_arena_drop(&j->ctx->scratch);
    bt_arena_reset(&j->arena);
    bt_arena_reset(&j->scratch);
    j->ctx->arena = j->arena;
    j->ctx->scratch = j->scratch;
    bt_inputs_drop(&j->inputs);
}

static bt_sp paper_of(const bt_job *j)
{
    return j->options->has_paper ? bt_um_to_sp(j->options->paper_um) : j->layout->print.paper;
}

static bt_status make_pages(bt_job *j)
{
    bt_galley galley;
    bt_page_frame frame;
    const bt_composition *composition;
    bt_status status =
        bt_flow_begin(&j->flow, &j->arena, &j->scratch, &j->diags, j->doc, j->ctx->fonts, j->ctx->images);
    j->flow.has_stand_ins = j->options->rendition == BT_PROOF;
    const bt_base *base = j->options->base;
    if (status == BT_OK && base) bt_flow_lean_on(&j->flow, &base->job.flow);
    if (status == BT_OK) status = bt_flow_galley(&j->flow, &galley);
    /* A face that lacks letters is an error of the layout, told while shaping, which goes on with the fallback. */
    if (status == BT_OK && j->diags.n[BT_ERROR]) status = BT_INPUT;
    if (status == BT_OK) status = bt_page_frame_make(&j->flow, &frame);
    if (status == BT_OK && j->is_base) j->fills = bt_fills_new(&j->arena, &galley, j->layout);
    frame.rows.fills = base && base->job.ctx == j->ctx ? base->job.fills : NULL;
    frame.rows.n_pages = j->options->n_pages;
    frame.rows.pages_multiple = j->options->pages_multiple ? j->options->pages_multiple : j->layout->pages_multiple;
    if (status == BT_OK)
        status = bt_compose(&j->arena, &j->scratch, &j->diags, &galley, j->layout, &frame.rows, &composition);
    if (status != BT_OK) return status;
    const bt_pages *pages;
    bt_page_ways ways = {
        .rendition = j->options->rendition, .imposition = j->options->imposition, .paper = paper_of(j)};
    status = bt_page_make(&j->flow, &galley, composition, &frame, &ways, &pages);
    if (status != BT_OK) return status;
    j->pages = *pages;
    j->pages.facts.has_epoch = j->options->has_epoch;
    j->pages.facts.epoch = j->options->epoch;
    return BT_OK;
}

/* Reads and sets. */
static bt_status job_set(bt_job *j)
{
    bt_status status = bt_job_check_options(j);
    if (status == BT_OK) status = bt_job_read(j);
    if (status == BT_OK) status = make_pages(j);
    bt_fonts_note(j->ctx->fonts, &j->diags);
    if (j->profile) bt_profile_note(&j->diags, j->profile);
    return status == BT_OK && j->inputs.arena.failed ? BT_NOMEM : status;
}

bt_status bt_render(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result)
{
    bt_job j;
    job_begin(&j, ctx, options);
    bt_status status = job_set(&j);
    if (status == BT_OK) status = bt_job_compare(&j);
    if (status == BT_OK) status = bt_job_write(&j);
    job_end(&j, status, result);
    job_drop(&j);
    return status;
}

bt_status bt_validate(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result)
{
    bt_job j;
    job_begin(&j, ctx, options);
    bt_status status = job_set(&j);
    job_end(&j, status, result);
    job_drop(&j);
    return status;
}

bt_status bt_list_values(bt_ctx *ctx, const bt_render_options *options, bt_value_fn each, void *user)
{
    bt_job j;
    bt_value_calls calls = {0};
    job_begin(&j, ctx, options);
    bt_status status = bt_job_read_bundle(&j, &calls);
    for (uint32_t i = 0; i < calls.names.n && status != BT_NOMEM; i++) {
        const char *name = bt_str_z(&j.arena, calls.names.v[i]);
        if (!j.arena.failed) each(user, name);
    }
    if (j.arena.failed) status = BT_NOMEM;
    job_end(&j, status, NULL);
    job_drop(&j);
    return status;
}

/* --- a base --- */

bt_status bt_base_open(bt_ctx *ctx, const bt_render_options *options, bt_base **result, bt_render_result *counts)
{
    *result = NULL;
    bt_base *base = bt_alloc_new(ctx->allocator, sizeof *base);
    if (!base) return BT_NOMEM;
    base->options = *options;
    job_begin(&base->job, ctx, &base->options);
    base->job.is_base = true;
    bt_status status = job_set(&base->job);
    if (status == BT_OK) status = bt_job_compare_base(&base->job);
    if (status == BT_OK) status = bt_job_compare(&base->job);
    if (status == BT_OK) status = bt_job_write(&base->job);
    job_end(&base->job, status, counts);
    base->job.inputs.witness = NULL; /* the caller's, and it has heard all */
    if (status == BT_OK)
        *result = base;
    else
        bt_base_drop(base);
    return status;
}

void bt_base_drop(bt_base *base)
{
    if (!base) return;
    const bt_allocator *allocator = base->job.ctx->allocator;
    job_drop(&base->job);
    bt_alloc_drop(allocator, base, sizeof *base);
}
