/* job_read.c - a job's input: the files that it names, and everything that can be wrong with what the user wrote. */
#include "job.h"

#include "base/file.h"
#include "base/inputs.h"
#include "base/limits.h"
#include "bundle/edition.h"

#include <errno.h>

/* Who names a file, for what is said when it is not there. */
typedef struct namer {
    const bt_place *at; /* NULL: the user did */
    bt_diag_code absent;
} namer;
static const namer user = {NULL, BT_E_BUNDLE_MISSING};

/* The bundle's file is not there, or is a folder. */
static void report_no_bundle(bt_job *j, bt_str path, bool is_folder, namer by)
{
    const bt_place *at = by.at;
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
        bt_diag(&j->diags, by.absent, at, BT_ARGS(path));
}

/* A file as JSON. text: its bytes, where they are here already. */
static bt_status read_tree(bt_job *j, bt_str path, bt_str text, namer by, const bt_json_node **root)
{
    const bt_place *at = by.at;
    int error;
    bt_str source = text;
    const char *name = bt_str_z(&j->scratch, path);
    bt_status status = j->scratch.failed ? BT_NOMEM : BT_OK;
    if (status == BT_OK && !text.ptr) status = bt_file_read(&j->arena, name, BT_LIMIT_JSON_BYTES, &source, &error);
    if (status == BT_IO && (error == ENOENT || error == ENOTDIR || error == EISDIR)) {
        report_no_bundle(j, path, error == EISDIR, by);
        return BT_INPUT;
    }
    if (status == BT_IO) {
        bt_diag(&j->diags, BT_E_READ, at, BT_ARGS(path, bt_file_error(&j->diags, &j->scratch, error)));
        return error == EINVAL ? BT_INPUT : BT_IO;
    }
    if (status == BT_LIMIT)
        bt_diag(&j->diags, BT_E_TOO_LARGE, at,
                BT_ARGS(path, bt_str_format(&j->scratch, "%d", BT_LIMIT_JSON_BYTES >> 20)));
    if (status != BT_OK) return status;
    bt_inputs_note(&j->diags, path, source);
    return bt_json_parse(&j->arena, &j->diags, path, source, root);
}

/* The JSON files of a job. */
typedef struct sources {
    bt_str bundle_path, edition_path;
    const bt_json_node *bundle, *edition; /* edition NULL: there is none */
} sources;

/* An edition's base, where the user has named no bundle. */
static bt_status read_base(bt_job *j, const bt_edition *edition, sources *s)
{
    if (!edition->base.at) {
        bt_diag(&j->diags, BT_E_EDITION_NO_BASE, edition->at, BT_ARGS(edition->path));
        return BT_INPUT;
    }
    if (!edition->base_path.len) return BT_INPUT; /* reported */
    s->bundle_path = edition->base_path;
    namer by = {edition->base.at, BT_E_BASE_MISSING};
    bt_status status = read_tree(j, s->bundle_path, (bt_str){NULL, 0}, by, &s->bundle);
    if (status != BT_OK || !bt_edition_is(s->bundle)) return status;
    bt_diag(&j->diags, BT_E_BASE_IS_EDITION, edition->base.at, BT_ARGS(s->bundle_path));
    return BT_INPUT;
}

/* Who names the overlay: the user, or a row of a manifest. */
static namer overlay_namer(const bt_render_options *o, bt_place *row)
{
    const bt_named_value *cell = o->edition_named;
    if (!cell) return user;
    *row = (bt_place){bt_str_of(cell->file), bt_str_of(cell->pointer), cell->line, cell->column};
    return (namer){row, BT_E_OVERLAY_MISSING};
}

/* What the user named: a bundle, an edition, or both. */
static bt_status read_named(bt_job *j, sources *s)
{
    const bt_render_options *o = j->options;
    bool has_bundle = o->base || o->bundle_path || o->bundle_text, has_edition = o->edition_path || o->edition_text;
    bt_status bundle_status = BT_OK, edition_status = BT_OK;
    s->bundle_path = bt_str_of(o->bundle_path || !o->bundle_text ? o->bundle_path : "-");
    s->edition_path = bt_str_of(o->edition_path || !o->edition_text ? o->edition_path : "-");
    if (o->base) {
        s->bundle_path = o->base->job.bundle_path;
        s->bundle = o->base->job.tree;
    } else if (has_bundle || !has_edition)
        bundle_status = read_tree(j, s->bundle_path, (bt_str){o->bundle_text, o->bundle_size}, user, &s->bundle);
    bt_place row;
    if (has_edition)
        edition_status = read_tree(j, s->edition_path, (bt_str){o->edition_text, o->edition_size},
                                   overlay_namer(o, &row), &s->edition);
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
static bt_status read_edition(bt_job *j, sources *s, const bt_edition **edition)
{
    bt_edition_given given = {j->options->values, j->options->n_values, j->is_base};
    bt_str path = s->edition ? s->edition_path : bt_str_of(given.v->file);
    bt_status status = bt_edition_read_with(&j->arena, &j->diags, path, s->edition, &given, edition);
    if (!*edition || status == BT_NOMEM || !s->edition) return status;
    bt_status base_status = s->bundle ? BT_OK : read_base(j, *edition, s);
    if (base_status != BT_OK) return base_status == BT_INPUT && status != BT_OK ? status : base_status;
    bt_status lay_status = bt_edition_lay(&j->arena, &j->diags, *edition, s->bundle, &s->bundle);
    return status == BT_OK || lay_status == BT_NOMEM ? lay_status : status;
}

/* The base, where what it has read serves its edition: whoever listens to the edition has heard of the base's files. */
static const bt_job *base_of(const bt_job *j)
{
    const bt_job *base = j->options->base ? &j->options->base->job : NULL;
    return base && bt_inputs_are_heard(&j->diags) && !base->inputs.all.n ? NULL : base;
}

bt_status bt_job_read_bundle(bt_job *j, bt_value_calls *calls)
{
    sources s = {.bundle = NULL};
    const bt_job *base = base_of(j);
    bt_bundle_ways ways = {.converts_legacy = j->options->converts_legacy,
                           .keeps_facts = j->is_base,
                           .base = base ? base->bundle : NULL,
                           .is_base = j->is_base || calls,
                           .calls = calls};
    bt_status status = read_named(j, &s);
    j->tree = s.bundle;
    if (status == BT_OK && (s.edition || j->options->n_values)) status = read_edition(j, &s, &ways.edition);
    if (status != BT_OK) return status;
    j->bundle_path = bt_str_copy(&j->arena, s.bundle_path);
    return bt_bundle_read_tree(&j->arena, &j->diags, s.bundle_path, s.bundle, &ways, &j->bundle);
}

static bool are_same_dirs(const char *const *a, const char *const *b)
{
    if (!a || !b) return a == b;
    for (; *a && *b; a++, b++)
        if (!bt_str_is(bt_str_of(*a), *b)) return false;
    return *a == *b;
}

/* The layout of the base serves its editions, where they ask for it in the same way, and so does its profile: they are
 * as they were when the base was opened. What has something to say is found again, so that it is said again. */
static bool takes_layout_of_base(const bt_job *j)
{
    const bt_job *base = base_of(j);
    if (!base) return false;
    const bt_layout_wanted *a = &j->layout_wanted, *b = &base->layout_wanted;
    return base->layout && !base->layout_has_messages && bt_str_equal(a->name, b->name) &&
           bt_str_equal(a->from_dir, b->from_dir) && bt_str_equal(a->palette, b->palette) &&
           are_same_dirs(a->dirs, b->dirs);
}

static bt_status read_layout(bt_job *j)
{
    const bt_render_options *o = j->options;
    bt_layout_wanted *wanted = &j->layout_wanted;
    *wanted = (bt_layout_wanted){.name = bt_str_of(o->layout),
                                 .from_dir = BT_STR("."),
                                 .dirs = o->layout_dirs,
                                 .palette = bt_str_of(o->palette)};
    if (!o->layout) {
        wanted->name = j->bundle && j->bundle->layout.s.len ? j->bundle->layout.s : bt_default_layout;
        wanted->from_dir = j->bundle ? j->bundle->layout_dir : BT_STR(".");
        wanted->at = j->bundle ? j->bundle->layout.at : NULL;
    }
    if (takes_layout_of_base(j)) {
        j->layout = j->options->base->job.layout;
        return BT_OK;
    }
    uint32_t n_before = j->diags.n_calls;
    bt_status status = bt_layout_read(&j->arena, &j->diags, wanted, &j->layout);
    j->layout_has_messages = j->diags.n_calls > n_before;
    return status;
}

/* An editor's proof is made without those that are missing. */
static bt_status read_image(bt_job *j, bt_str path, const bt_place *at)
{
    const bt_image *image;
    const char *file = bt_str_z(&j->scratch, path);
    if (j->options->rendition == BT_PROOF)
        return bt_image_load_or_stand_in(j->ctx->images, &j->scratch, &j->diags, file, at, &image);
    return bt_image_load(j->ctx->images, &j->diags, file, at, &image);
}

/* All pictures are looked at before anything is set, so that all that is missing is said at once. */
static bt_status read_images(bt_job *j)
{
    bt_status worst = BT_OK;
    bt_images_look_again(j->ctx->images);
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

/* The profile and the layout's own fonts were found for the base; see takes_layout_of_base. */
static bool takes_house_of_base(const bt_job *j)
{
    const bt_job *base = base_of(j);
    return base && j->layout == base->layout && !base->house_has_messages &&
           are_same_dirs(j->options->font_dirs, base->options->font_dirs);
}

static bt_status read_fonts(bt_job *j)
{
    uint32_t n_before = j->diags.n_calls;
    bt_status status = bt_house_load(j->ctx, &j->arena, &j->diags, j->options, j->layout);
    if (status == BT_OK && !takes_house_of_base(j)) status = bt_house_check(j->ctx, &j->diags, j->layout);
    j->house_has_messages = j->diags.n_calls > n_before;
    return status;
}

/* A press file states its date, and the clock is never asked. */
static bt_status check_date(bt_job *j)
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

static bt_status read_profile(bt_job *j)
{
    if (takes_house_of_base(j)) {
        j->profile = j->options->base->job.profile;
        return BT_OK;
    }
    uint32_t n_before = j->diags.n_calls;
    bt_status status = bt_house_profile(j->ctx, &j->scratch, &j->diags, j->options, j->layout, &j->profile);
    j->house_has_messages = j->house_has_messages || j->diags.n_calls > n_before;
    return status;
}

/* What the options ask for, apart from what they name. */
bt_status bt_job_check_options(bt_job *j)
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
bt_status bt_job_read(bt_job *j)
{
    bt_status bundle_status = bt_job_read_bundle(j, NULL);
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
