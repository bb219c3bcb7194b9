/* job_write.c - a job's output: the PDF, the dump and the report, all of them or none. */
#include "job.h"

#include "base/file.h"
#include "dump/dump.h"
#include "pdf/pdf.h"

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

static bt_status begin(bt_job *j, const char *path, bt_file *file)
{
    bool is_staged = j->options->defers_sync;
    bt_status status = (is_staged ? bt_file_begin_staged : bt_file_begin)(file, j->ctx->allocator, &j->diags, path);
    file->is_digested = j->options->witness && j->options->witness->on_output;
    return status;
}

static void write_report(bt_job *j, bt_buf *text)
{
    const bt_base *base = j->options->base;
    bt_dump_about about = {.digests = j->digests.pages ? &j->digests : NULL,
                           .comparison = base ? &j->comparison : NULL,
                           .base = base ? base->job.bundle_path : BT_STR(""),
                           .messages = j->messages.v,
                           .n_messages = j->messages.n};
    bt_dump_report(text, &j->pages, &about);
}

static bt_status write_text(bt_job *j, const char *path, const bt_buf *text, bt_file *file, bool *is_open)
{
    if (j->arena.failed) return BT_NOMEM;
    if (!path) return BT_OK;
    bt_status status = begin(j, path, file);
    if (status != BT_OK) return status;
    bt_str bytes = bt_buf_str(text);
    status = bt_file_write(file, bytes.ptr, bytes.len);
    *is_open = status == BT_OK;
    return status;
}

static bt_status write_pdf(bt_job *j, bt_file *file, bool *is_open)
{
    const char *path = j->options->pdf_path;
    if (!path && !j->options->makes_shared) return BT_OK;
    bt_file_begin_nowhere(file, &j->diags);
    bt_status status = path ? begin(j, path, file) : BT_OK;
    if (status != BT_OK) return status;
    bt_pdf_options options = {.producer = "bantin " BT_VERSION,
                              .rendition = j->options->rendition,
                              .profile = j->profile,
                              .ink_limit = j->layout->print.ink_limit,
                              .kept = j->ctx->kept,
                              .beside = j->ctx->beside};
    status = bt_pdf_write(&j->scratch, &j->diags, &j->pages, &options, file);
    *is_open = file->fd >= 0; /* a write that failed has closed and removed it */
    return status;
}

static bt_status commit_file(bt_job *j, bt_file *file, bool *is_open, const char *path)
{
    const bt_witness *witness = j->options->witness;
    bool is_heard = file->is_digested;
    uint64_t n_bytes = file->n_bytes;
    bt_digest contents = bt_digest_end(&file->digester);
    if (file->is_staged) bt_file_hasten(file);
    *is_open = false;
    bt_status status = bt_file_commit(file);
    if (status == BT_OK && is_heard) witness->on_output(witness->user, path, n_bytes, &contents);
    return status;
}

static bt_status commit(bt_job *j, outputs *o)
{
    const bt_render_options *options = j->options;
    bt_status status = BT_OK;
    if (o->has_pdf) status = commit_file(j, &o->pdf, &o->has_pdf, options->pdf_path);
    if (status == BT_OK && o->has_dump) status = commit_file(j, &o->dump, &o->has_dump, options->dump_path);
    if (status == BT_OK && o->has_report) status = commit_file(j, &o->report, &o->has_report, options->report_path);
    return status;
}

bt_status bt_job_write(bt_job *j)
{
    outputs o = {.has_pdf = false};
    const bt_render_options *options = j->options;
    const bt_witness *witness = options->witness;
    bt_buf dump = bt_buf_in(&j->arena), report = bt_buf_in(&j->arena);
    bt_status status = write_pdf(j, &o.pdf, &o.has_pdf);
    if (status == BT_OK && options->dump_path) bt_dump_pages(&dump, &j->pages);
    if (status == BT_OK && bt_job_has_report(j)) write_report(j, &report);
    if (status == BT_OK) status = write_text(j, options->dump_path, &dump, &o.dump, &o.has_dump);
    if (status == BT_OK) status = write_text(j, options->report_path, &report, &o.report, &o.has_report);
    if (status == BT_OK) status = commit(j, &o);
    if (status != BT_OK) abandon(&o);
    if (status == BT_OK && witness && witness->on_report)
        witness->on_report(witness->user, report.bytes.v, report.bytes.n);
    return status;
}
