/* bantin.c - the pipeline: one call a stage. */
#include "bantin_int.h"

#include "base/file.h"
#include "base/limits.h"
#include "bundle/bundle.h"
#include "bundle/edition.h"
#include "compose/compose.h"
#include "doc/doc.h"
#include "dump/dump.h"
#include "flow/flow.h"
#include "layout/layout.h"
#include "page/page_make.h"
#include "pdf/pdf.h"

#include <errno.h>
#include <string.h>

#define VERSION "0.1.0"

const char *bt_version(void) { return VERSION; }

bt_ctx *bt_ctx_new(const bt_allocator *allocator, bt_message_fn on_message, void *user)
{
    const bt_allocator *from = allocator ? allocator : bt_alloc_system();
    bt_ctx *ctx = bt_alloc_new(from, sizeof *ctx);
    if (!ctx) return NULL;
    *ctx = (bt_ctx){.own_allocator = *from, .on_message = on_message, .user = user};
    ctx->allocator = &ctx->own_allocator;
    ctx->fonts = bt_fonts_new(ctx->allocator);
    ctx->images = bt_images_new(ctx->allocator);
    ctx->profiles = bt_profiles_new(ctx->allocator);
    ctx->pictures = bt_pictures_new(ctx->allocator);
    if (ctx->fonts && ctx->images && ctx->profiles && ctx->pictures) return ctx;
    bt_ctx_drop(ctx);
    return NULL;
}

void bt_ctx_drop(bt_ctx *ctx)
{
    if (!ctx) return;
    bt_fonts_drop(ctx->fonts);
    bt_images_drop(ctx->images);
    bt_profiles_drop(ctx->profiles);
    bt_pictures_drop(ctx->pictures);
    bt_allocator allocator = ctx->own_allocator;
    bt_alloc_drop(&allocator, ctx, sizeof *ctx);
}

void bt_ctx_speak(bt_ctx *ctx, bt_lang lang) { ctx->lang = lang; }

/* --- a job --- */

typedef struct job {
    bt_ctx *ctx;
    const bt_render_options *options;
    bt_arena arena, scratch;
    bt_diags diags;
    BT_ARRAY(bt_dump_message) messages; /* for the report */
    const bt_bundle *bundle;
    const bt_layout *layout;
    const bt_profile *profile;
    const bt_doc *doc;
    bt_flow flow;
    bt_pages pages;
} job;

/* Keeps the message for the report and hands it on. */
static void take_message(void *user, const bt_message *message)
{
    job *j = user;
    bt_dump_message *kept = j->options->report_path ? BT_PUSH(&j->arena, &j->messages) : NULL;
    if (kept) {
        *kept = (bt_dump_message){.severity = message->severity, .line = message->line, .column = message->column};
        kept->code = bt_str_copy(&j->arena, bt_str_of(message->code));
        kept->file = bt_str_copy(&j->arena, bt_str_of(message->file));
        kept->pointer = bt_str_copy(&j->arena, bt_str_of(message->pointer));
        kept->text = bt_str_copy(&j->arena, bt_str_of(message->text));
    }
    if (j->ctx->on_message) j->ctx->on_message(j->ctx->user, message);
}

static void job_begin(job *j, bt_ctx *ctx, const bt_render_options *options)
{
    *j = (job){.ctx = ctx,
               .options = options,
               .arena = bt_arena_over(ctx->allocator),
               .scratch = bt_arena_over(ctx->allocator)};
    j->diags = (bt_diags){.on_message = take_message, .user = j, .arena = &j->scratch, .lang = ctx->lang};
    if (options->rendition == BT_PROOF) j->diags.notes_arena = &j->arena;
}

/* No memory is said once, here; every other failure was reported where it happened. */
static bt_status job_end(job *j, bt_status status, bt_render_result *result)
{
    if (status == BT_NOMEM) bt_diag(&j->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    if (result) {
        *result = (bt_render_result){.n_pages = status == BT_OK ? j->pages.n_pages : 0,
                                     .n_errors = j->diags.n[BT_ERROR],
                                     .n_warnings = j->diags.n[BT_WARNING],
                                     .n_notes = j->diags.n[BT_NOTE]};
    }
    bt_arena_drop(&j->arena);
    bt_arena_drop(&j->scratch);
    return status;
}

/* The bundle's file is not there, or is a folder. at: where an edition names it; NULL: the user did. */
static void report_no_bundle(job *j, bt_str path, bool is_folder, const bt_place *at)
{
    static const bt_str json = BT_STR_INIT(".json");
    bt_str inside = is_folder ? bt_path_join(&j->scratch, path, BT_STR("bundle.json")) : BT_STR("");
    bt_str meant = is_folder ? BT_STR("") : bt_path_meant(&j->scratch, path, &json, 1);
    if (is_folder)
        bt_diag(&j->diags, BT_E_BUNDLE_FOLDER, at, BT_ARGS(path, inside));
    else if (meant.len && bt_path_reads_same(&j->scratch, path, meant))
        bt_diag(&j->diags, BT_E_NAME_APART, at, BT_ARGS(path));
    else if (meant.len)
        bt_diag(&j->diags, BT_E_FILE_MISNAMED, at, BT_ARGS(path, meant));
    else
        bt_diag(&j->diags, at ? BT_E_BASE_MISSING : BT_E_BUNDLE_MISSING, at, BT_ARGS(path));
}

/* A file as JSON. at: where an edition names it; NULL: the user did. text: its bytes, where they are here already. */
static bt_status read_tree(job *j, bt_str path, bt_str text, const bt_place *at, const bt_json_node **root)
{
    int error;
    bt_str source = text;
    const char *name = bt_str_z(&j->scratch, path);
    bt_status status = j->scratch.failed ? BT_NOMEM : BT_OK;
    if (status == BT_OK && !text.ptr) status = bt_file_read(&j->arena, name, BT_LIMIT_JSON_BYTES, &source, &error);
    if (status == BT_IO && (error == ENOENT || error == ENOTDIR || error == EISDIR)) {
        report_no_bundle(j, path, error == EISDIR, at);
        return BT_INPUT;
    }
    if (status == BT_IO) {
        bt_diag(&j->diags, BT_E_READ, at, BT_ARGS(path, bt_file_error(&j->diags, &j->scratch, error)));
        return error == EINVAL ? BT_INPUT : BT_IO;
    }
    if (status == BT_LIMIT)
        bt_diag(&j->diags, BT_E_TOO_LARGE, at,
                BT_ARGS(path, bt_str_format(&j->scratch, "%d", BT_LIMIT_JSON_BYTES >> 20)));
    return status == BT_OK ? bt_json_parse(&j->arena, &j->diags, path, source, root) : status;
}

/* The JSON files of a job. */
typedef struct sources {
    bt_str bundle_path, edition_path;
    const bt_json_node *bundle, *edition; /* edition NULL: there is none */
} sources;

/* An edition's base, where the user has named no bundle. */
static bt_status read_base(job *j, const bt_edition *edition, sources *s)
{
    if (!edition->base.at) {
        bt_diag(&j->diags, BT_E_EDITION_NO_BASE, edition->at, BT_ARGS(edition->path));
        return BT_INPUT;
    }
    if (!edition->base_path.len) return BT_INPUT; /* reported */
    s->bundle_path = edition->base_path;
    bt_status status = read_tree(j, s->bundle_path, (bt_str){NULL, 0}, edition->base.at, &s->bundle);
    if (status != BT_OK || !bt_edition_is(s->bundle)) return status;
    bt_diag(&j->diags, BT_E_BASE_IS_EDITION, edition->base.at, BT_ARGS(s->bundle_path));
    return BT_INPUT;
}

/* What the user named: a bundle, an edition, or both. */
static bt_status read_named(job *j, sources *s)
{
    const bt_render_options *o = j->options;
    bool has_bundle = o->bundle_path || o->bundle_text, has_edition = o->edition_path || o->edition_text;
    bt_status bundle_status = BT_OK, edition_status = BT_OK;
    s->bundle_path = bt_str_of(o->bundle_path || !o->bundle_text ? o->bundle_path : "-");
    s->edition_path = bt_str_of(o->edition_path || !o->edition_text ? o->edition_path : "-");
    if (has_bundle || !has_edition)
        bundle_status = read_tree(j, s->bundle_path, (bt_str){o->bundle_text, o->bundle_size}, NULL, &s->bundle);
    if (has_edition)
        edition_status = read_tree(j, s->edition_path, (bt_str){o->edition_text, o->edition_size}, NULL, &s->edition);
    if (bundle_status != BT_OK || edition_status != BT_OK)
        return bundle_status != BT_OK ? bundle_status : edition_status;
    if (!has_bundle || !bt_edition_is(s->bundle)) return BT_OK;
    if (has_edition) {
        bt_diag(&j->diags, BT_E_EDITION_OF_EDITION, s->bundle->at, BT_ARGS(s->bundle_path));
        return BT_INPUT;
    }
    s->edition = s->bundle;
    s->edition_path = s->bundle_path;
    s->bundle = NULL;
    return BT_OK;
}

/* Lays the edition on its base. What is wrong with either is reported; the rest of the bundle is not looked at then. */
static bt_status read_edition(job *j, sources *s, const bt_edition **edition)
{
    bt_status status = bt_edition_read(&j->arena, &j->diags, s->edition_path, s->edition, edition);
    if (!*edition || status == BT_NOMEM) return status;
    bt_status base_status = s->bundle ? BT_OK : read_base(j, *edition, s);
    if (base_status != BT_OK) return base_status == BT_INPUT && status != BT_OK ? status : base_status;
    bt_status lay_status = bt_edition_lay(&j->arena, &j->diags, *edition, s->bundle, &s->bundle);
    return status == BT_OK || lay_status == BT_NOMEM ? lay_status : status;
}

static bt_status read_bundle(job *j)
{
    sources s = {.bundle = NULL};
    bt_bundle_ways ways = {.converts_legacy = j->options->converts_legacy};
    bt_status status = read_named(j, &s);
    if (status == BT_OK && s.edition) status = read_edition(j, &s, &ways.edition);
    if (status != BT_OK) return status;
    return bt_bundle_read_tree(&j->arena, &j->diags, s.bundle_path, s.bundle, &ways, &j->bundle);
}

static bt_status read_layout(job *j)
{
    const bt_render_options *o = j->options;
    bt_layout_wanted wanted = {.name = bt_str_of(o->layout),
                               .from_dir = BT_STR("."),
                               .dirs = o->layout_dirs,
                               .palette = bt_str_of(o->palette)};
    if (!o->layout) {
        wanted.name = j->bundle && j->bundle->layout.s.len ? j->bundle->layout.s : bt_default_layout;
        wanted.from_dir = j->bundle ? j->bundle->layout_dir : BT_STR(".");
        wanted.at = j->bundle ? j->bundle->layout.at : NULL;
    }
    return bt_layout_read(&j->arena, &j->diags, &wanted, &j->layout);
}

/* An editor's proof is made without those that are missing. */
static bt_status read_image(job *j, bt_str path, const bt_place *at)
{
    const bt_image *image;
    const char *file = bt_str_z(&j->scratch, path);
    if (j->options->rendition == BT_PROOF)
        return bt_image_load_or_stand_in(j->ctx->images, &j->scratch, &j->diags, file, at, &image);
    return bt_image_load(j->ctx->images, &j->diags, file, at, &image);
}

/* All pictures are looked at before anything is set, so that all that is missing is said at once. */
static bt_status read_images(job *j)
{
    bt_status worst = BT_OK;
    for (uint32_t i = 0; i < j->bundle->n_figures; i++) {
        const bt_figure *figure = j->bundle->figures[i];
        bt_status status = read_image(j, figure->path, figure->image.at);
        if (status == BT_NOMEM || status == BT_INTERNAL) return status;
        if (status != BT_OK) worst = status;
    }
    const bt_masthead *masthead = &j->bundle->masthead;
    if (masthead->logo.s.len) {
        bt_status status = read_image(j, masthead->logo_path, masthead->logo.at);
        if (status != BT_OK) worst = status;
    }
    return worst;
}

static bt_status read_fonts(job *j)
{
    bt_status status = bt_house_load(j->ctx, &j->arena, &j->diags, j->options, j->layout);
    return status == BT_OK ? bt_house_check(j->ctx, &j->diags, j->layout) : status;
}

/* A press file states its date, and the clock is never asked. */
static bt_status check_date(job *j)
{
    static const int64_t latest = 253402300799; /* of the year 9999 */
    const bt_render_options *o = j->options;
    const bt_masthead *masthead = &j->bundle->masthead;
    bool is_known = masthead->has_iso_date || (o->has_epoch && o->epoch >= 0 && o->epoch <= latest);
    if (o->rendition != BT_PRESS || is_known) return BT_OK;
    bt_str date = bt_str_trim(masthead->date.s);
    if (date.len)
        bt_diag(&j->diags, BT_E_PRESS_DATE_WORDS, masthead->date.at, BT_ARGS(date));
    else
        bt_diag(&j->diags, BT_E_PRESS_NO_DATE, masthead->at, BT_NO_ARGS);
    return BT_INPUT;
}

static bt_status read_profile(job *j)
{
    return bt_house_profile(j->ctx, &j->scratch, &j->diags, j->options, j->layout, &j->profile);
}

/* What the options ask for, apart from what they name. */
static bt_status check_options(job *j)
{
    const bt_render_options *o = j->options;
    bool is_press = o->rendition == BT_PRESS || o->imposition == BT_IMPOSE_NONE;
    bool is_paper = !o->has_paper || o->paper_um <= BT_LIMIT_PAPER;
    if (!is_press) bt_diag(&j->diags, BT_E_IMPOSE_RENDITION, NULL, BT_NO_ARGS);
    if (!is_paper)
        bt_diag(
            &j->diags, BT_E_PAPER, NULL,
            BT_ARGS(bt_str_format(&j->scratch, "%u", o->paper_um), bt_str_format(&j->scratch, "%d", BT_LIMIT_PAPER)));
    return is_press && is_paper ? BT_OK : BT_INPUT;
}

/* Everything that can be wrong with what the user wrote. The worst of all is the result; each error is reported. */
static bt_status read_input(job *j)
{
    bt_status bundle_status = read_bundle(j);
    if (bundle_status == BT_NOMEM || bundle_status == BT_IO) return bundle_status;
    bt_status layout_status = bundle_status == BT_OK || j->options->layout ? read_layout(j) : BT_OK;
    if (bundle_status != BT_OK) return bundle_status;
    bt_status date_status = check_date(j);
    bt_status image_status = read_images(j);
    if (layout_status != BT_OK) return layout_status;
    bt_status font_status = read_fonts(j);
    bt_status profile_status = read_profile(j);
    if (font_status == BT_NOMEM || profile_status == BT_NOMEM) return BT_NOMEM;
    bt_status doc_status = bt_doc_make(&j->arena, &j->diags, j->bundle, j->layout, &j->doc);
    const bt_status all[] = {doc_status, image_status, date_status, font_status, profile_status};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != BT_OK) return all[i];
    return BT_OK;
}

static bt_sp paper_of(const job *j)
{
    return j->options->has_paper ? bt_um_to_sp(j->options->paper_um) : j->layout->print.paper;
}

static bt_status make_pages(job *j)
{
    bt_galley galley;
    bt_page_frame frame;
    const bt_composition *composition;
    bt_status status =
        bt_flow_begin(&j->flow, &j->arena, &j->scratch, &j->diags, j->doc, j->ctx->fonts, j->ctx->images);
    j->flow.has_stand_ins = j->options->rendition == BT_PROOF;
    if (status == BT_OK) status = bt_flow_galley(&j->flow, &galley);
    /* A face that lacks letters is an error of the layout, told while shaping, which goes on with the fallback. */
    if (status == BT_OK && j->diags.n[BT_ERROR]) status = BT_INPUT;
    if (status == BT_OK) status = bt_page_frame_make(&j->flow, &frame);
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

/* --- output --- */

/* The three files appear together: all are written before the first is put in place. */
typedef struct outputs {
    bt_file pdf, dump, report;
    bool has_pdf, has_dump, has_report;
} outputs;

static void abandon(outputs *o)
{
    if (o->has_pdf) bt_file_abandon(&o->pdf);
    if (o->has_dump) bt_file_abandon(&o->dump);
    if (o->has_report) bt_file_abandon(&o->report);
}

static bt_status write_text(job *j, const char *path, bool is_report, bt_file *file, bool *is_open)
{
    if (!path) return BT_OK;
    bt_status status = bt_file_begin(file, j->ctx->allocator, &j->diags, path);
    if (status != BT_OK) return status;
    bt_buf text = bt_buf_in(&j->arena);
    if (is_report)
        bt_dump_report(&text, &j->pages, j->messages.v, j->messages.n);
    else
        bt_dump_pages(&text, &j->pages);
    if (j->arena.failed) {
        bt_file_abandon(file);
        return BT_NOMEM;
    }
    bt_str bytes = bt_buf_str(&text);
    status = bt_file_write(file, bytes.ptr, bytes.len);
    *is_open = status == BT_OK;
    return status;
}

static bt_status write_pdf(job *j, bt_file *file, bool *is_open)
{
    if (!j->options->pdf_path) return BT_OK;
    bt_status status = bt_file_begin(file, j->ctx->allocator, &j->diags, j->options->pdf_path);
    if (status != BT_OK) return status;
    bt_pdf_options options = {.producer = "bantin " VERSION,
                              .rendition = j->options->rendition,
                              .profile = j->profile,
                              .ink_limit = j->layout->print.ink_limit,
                              .pictures = j->ctx->pictures};
    status = bt_pdf_write(&j->scratch, &j->diags, &j->pages, &options, file);
    *is_open = file->fd >= 0; /* a write that failed has closed and removed it */
    return status;
}

static bt_status commit(outputs *o)
{
    bt_status status = BT_OK;
    if (o->has_pdf) {
        o->has_pdf = false;
        status = bt_file_commit(&o->pdf);
    }
    if (status == BT_OK && o->has_dump) {
        o->has_dump = false;
        status = bt_file_commit(&o->dump);
    }
    if (status == BT_OK && o->has_report) {
        o->has_report = false;
        status = bt_file_commit(&o->report);
    }
    return status;
}

static bt_status write_outputs(job *j)
{
    outputs o = {.has_pdf = false};
    bt_status status = write_pdf(j, &o.pdf, &o.has_pdf);
    if (status == BT_OK) status = write_text(j, j->options->dump_path, false, &o.dump, &o.has_dump);
    if (status == BT_OK) status = write_text(j, j->options->report_path, true, &o.report, &o.has_report);
    if (status == BT_OK) status = commit(&o);
    if (status != BT_OK) abandon(&o);
    return status;
}

bt_status bt_render(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result)
{
    job j;
    job_begin(&j, ctx, options);
    bt_status status = check_options(&j);
    if (status == BT_OK) status = read_input(&j);
    if (status == BT_OK) status = make_pages(&j);
    if (status == BT_OK) status = write_outputs(&j);
    return job_end(&j, status, result);
}

bt_status bt_validate(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result)
{
    job j;
    job_begin(&j, ctx, options);
    bt_status status = check_options(&j);
    if (status == BT_OK) status = read_input(&j);
    if (status == BT_OK) status = make_pages(&j);
    return job_end(&j, status, result);
}
