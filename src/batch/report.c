/* report.c - see report.h. */
#include "batch/report.h"

#include "base/digest.h"
#include "base/file.h"

/* Members are written by these; `first` is true until one of an object or list was. */
typedef struct writer {
    bt_batch *b;
    bt_file file;
    bt_arena arena; /* of out */
    bt_arena words; /* of one edition */
    bt_buf out;
    bool first;
    bt_status status;
} writer;

static void flush(writer *w)
{
    bt_str bytes = bt_buf_str(&w->out);
    if (w->status == BT_OK && w->arena.failed) w->status = BT_NOMEM;
    if (w->status == BT_OK) w->status = bt_file_write(&w->file, bytes.ptr, bytes.len);
    w->out.bytes.n = 0;
}

/* Where there may be much to come: it is written in large pieces. */
static void flush_enough(writer *w)
{
    enum { ENOUGH = 1 << 16 };
    if (w->out.bytes.n >= ENOUGH) flush(w);
}

static void begin(writer *w, char bracket)
{
    bt_buf_add_char(&w->out, bracket);
    w->first = true;
}

static void end(writer *w, char bracket)
{
    bt_buf_add_char(&w->out, bracket);
    w->first = false;
}

static void next(writer *w)
{
    if (!w->first) bt_buf_add_char(&w->out, ',');
    w->first = false;
}

static void next_line(writer *w)
{
    next(w);
    bt_buf_add_char(&w->out, '\n');
    w->first = true;
}

static void add_key(writer *w, const char *key)
{
    next(w);
    bt_buf_add_quoted(&w->out, bt_str_of(key));
    bt_buf_add_char(&w->out, ':');
}

static void add_str(writer *w, const char *key, bt_str value)
{
    add_key(w, key);
    bt_buf_add_quoted(&w->out, value);
}

static void add_int(writer *w, const char *key, int64_t value)
{
    add_key(w, key);
    bt_buf_add_int(&w->out, value);
}

static void add_digest(writer *w, const char *key, const bt_digest *digest)
{
    char hex[BT_DIGEST_HEX];
    bt_digest_hex(digest, hex);
    add_str(w, key, bt_str_of(hex));
}

static void add_truth(writer *w, const char *key, bool value)
{
    add_key(w, key);
    bt_buf_add_z(&w->out, value ? "true" : "false");
}

/* --- parts --- */

const char *const bt_report_renditions[BT_REPORT_RENDITIONS] = {
    [BT_PRESS] = "press", [BT_SCREEN] = "screen", [BT_PROOF] = "proof"};
const char *const bt_report_impositions[BT_REPORT_IMPOSITIONS] = {
    [BT_IMPOSE_NONE] = "none", [BT_IMPOSE_BOOKLET] = "booklet", [BT_IMPOSE_2UP] = "2up", [BT_IMPOSE_4UP] = "4up"};

static void add_options(writer *w)
{
    const bt_render_options *o = &w->b->options->render;
    add_key(w, "options");
    begin(w, '{');
    if (o->layout) add_str(w, "layout", bt_str_of(o->layout));
    if (o->palette) add_str(w, "palette", bt_str_of(o->palette));
    add_str(w, "rendition", bt_str_of(bt_report_renditions[o->rendition]));
    if (o->imposition) add_str(w, "impose", bt_str_of(bt_report_impositions[o->imposition]));
    if (o->has_paper) add_int(w, "paper_um", o->paper_um);
    if (o->n_pages) add_int(w, "pages", o->n_pages);
    if (o->pages_multiple) add_int(w, "pages_multiple", o->pages_multiple);
    if (o->converts_legacy) add_truth(w, "convert_legacy", true);
    if (o->has_epoch) add_int(w, "source_date_epoch", o->epoch);
    end(w, '}');
}

static void add_messages(writer *w, const bt_record *record)
{
    static const char *const severities[] = {[BT_NOTE] = "note", [BT_WARNING] = "warning", [BT_ERROR] = "error"};
    add_key(w, "messages");
    begin(w, '[');
    for (uint32_t i = 0; i < record->n_messages; i++) {
        const bt_record_message *m = &record->messages[i];
        next(w);
        begin(w, '{');
        add_str(w, "severity", bt_str_of(severities[m->severity]));
        add_str(w, "code", m->code);
        if (m->file.len) add_str(w, "file", m->file);
        if (m->line) add_int(w, "line", m->line);
        if (m->line) add_int(w, "column", m->column);
        if (m->pointer.len) add_str(w, "pointer", m->pointer);
        add_str(w, "text", m->text);
        end(w, '}');
    }
    end(w, ']');
}

static void add_differences(writer *w, const bt_record_differences *d)
{
    if (!d->is_known) return;
    add_key(w, "differences");
    begin(w, '{');
    add_int(w, "pages_same", d->n_pages_same);
    add_int(w, "same", d->n_same);
    add_int(w, "moved", d->n_moved);
    add_int(w, "jumped", d->n_jumped);
    add_int(w, "changed", d->n_changed);
    add_int(w, "reset", d->n_reset);
    add_int(w, "new", d->n_new);
    add_int(w, "gone", d->n_gone);
    end(w, '}');
}

static void add_made(writer *w, const bt_record *record)
{
    add_int(w, "pages", record->n_pages);
    add_int(w, "bytes", (int64_t)record->n_bytes);
    add_digest(w, "sha256", &record->pdf);
    add_digest(w, "key", &record->key);
    add_differences(w, &record->differences);
    add_key(w, "sheets");
    begin(w, '[');
    for (uint32_t i = 0; i < record->n_sheets; i++) {
        char hex[BT_DIGEST_HEX];
        bt_digest_hex(&record->sheets[i], hex);
        next(w);
        bt_buf_add_quoted(&w->out, bt_str_of(hex));
    }
    end(w, ']');
}

static void add_edition(writer *w, uint32_t row_i, const bt_record *record)
{
    static const char *const states[] = {[BT_RECORD_NONE] = "left",
                                         [BT_RECORD_DONE] = "done",
                                         [BT_RECORD_FAILED] = "failed",
                                         [BT_RECORD_CRASHED] = "crashed",
                                         [BT_RECORD_KEPT] = "done"};
    const bt_batch_row *row = &w->b->manifest->rows[row_i];
    next(w);
    bt_buf_add_char(&w->out, '\n');
    begin(w, '{');
    add_str(w, "id", row->id);
    add_str(w, "out", row->out);
    if (row->edition.len) add_str(w, "edition", row->edition);
    add_int(w, "line", row->at->line);
    add_str(w, "state", bt_str_of(states[record->state]));
    if (record->state == BT_RECORD_DONE || record->state == BT_RECORD_KEPT) add_made(w, record);
    if (record->signal) add_int(w, "signal", record->signal);
    if (record->state != BT_RECORD_NONE) {
        add_int(w, "errors", record->n_errors);
        add_int(w, "warnings", record->n_warnings);
        add_int(w, "notes", record->n_notes);
        add_messages(w, record);
    }
    end(w, '}');
}

static void add_editions(writer *w, bt_spool *spool)
{
    next_line(w);
    add_key(w, "editions");
    begin(w, '[');
    for (uint32_t i = 0; i < w->b->manifest->n_rows && w->status == BT_OK; i++) {
        bt_record record;
        if (!bt_batch_has_row(w->b, i)) continue;
        if (!bt_spool_read(spool, &w->words, i, &record)) record = w->b->records[i];
        add_edition(w, i, &record);
        if (w->words.failed) w->status = BT_NOMEM;
        flush_enough(w);
        bt_arena_reset(&w->words);
    }
    end(w, ']');
}

static void add_numbers(writer *w, const char *key, const uint32_t *numbers, uint32_t n)
{
    add_key(w, key);
    begin(w, '[');
    for (uint32_t i = 0; i < n; i++) {
        next(w);
        bt_buf_add_int(&w->out, numbers[i]);
    }
    end(w, ']');
}

static void add_plates_group(writer *w, const bt_plates_group *group)
{
    next(w);
    bt_buf_add_char(&w->out, '\n');
    begin(w, '{');
    add_numbers(w, "sides", group->sides, group->n_sides);
    add_key(w, "editions");
    begin(w, '[');
    for (uint32_t i = 0; i < group->n_editions; i++) {
        next(w);
        bt_buf_add_quoted(&w->out, w->b->manifest->rows[group->editions[i]].id);
    }
    end(w, ']');
    end(w, '}');
    flush_enough(w);
}

/* Where the editions' layout reports are, as seen from the folder. */
static void add_reports(writer *w)
{
    bt_str path = bt_str_of(w->b->reports.path);
    size_t name = path.len;
    while (name && path.ptr[name - 1] != '/') name--;
    add_str(w, "reports", bt_str_join(&w->words, BT_STR("batch/"), bt_str_slice(path, name, path.len)));
}

/* What the printer has to plate; each side's drawing is with its edition. */
static void add_plates(writer *w, const bt_plates *plates)
{
    next_line(w);
    add_key(w, "plates");
    begin(w, '{');
    add_int(w, "sides", (int64_t)plates->n_sides);
    add_int(w, "plates", (int64_t)plates->n_plates);
    add_int(w, "alone", (int64_t)plates->n_alone);
    add_key(w, "common");
    begin(w, '[');
    for (uint32_t i = 0; i < plates->n_groups && w->status == BT_OK; i++) add_plates_group(w, &plates->groups[i]);
    end(w, ']');
    add_key(w, "anew");
    begin(w, '[');
    for (uint32_t i = 0; i < w->b->manifest->n_rows && w->status == BT_OK; i++) {
        uint32_t begins = plates->anew_begin[i], n = plates->anew_begin[i + 1] - begins;
        if (!n) continue;
        next(w);
        bt_buf_add_char(&w->out, '\n');
        begin(w, '{');
        add_str(w, "id", w->b->manifest->rows[i].id);
        add_numbers(w, "sides", plates->anew + begins, n);
        end(w, '}');
        flush_enough(w);
    }
    end(w, ']');
    end(w, '}');
}

/* NULL: nothing is printed from plates, or there is no memory. */
static const bt_plates *find_plates(bt_batch *b)
{
    uint32_t n = b->manifest->n_rows;
    bt_plates *plates = BT_NEW(b->arena, bt_plates);
    bt_plates_edition *editions = BT_NEW_ARRAY(b->arena, n, bt_plates_edition);
    if (b->options->render.rendition != BT_PRESS || !plates || !editions) return NULL;
    for (uint32_t i = 0; i < n; i++) editions[i] = (bt_plates_edition){b->records[i].sheets, b->records[i].n_sheets};
    return bt_plates_find(b->arena, editions, n, plates) ? plates : NULL;
}

static void add_totals(writer *w)
{
    const bt_batch_totals *t = &w->b->totals;
    next_line(w);
    add_key(w, "totals");
    begin(w, '{');
    add_int(w, "editions", t->n_editions);
    add_int(w, "done", (int64_t)t->n_made + t->n_kept);
    add_int(w, "failed", t->n_failed);
    add_int(w, "pages", (int64_t)t->n_pages);
    add_int(w, "warnings", t->n_warnings);
    end(w, '}');
    next_line(w);
    add_key(w, "run");
    begin(w, '{');
    add_int(w, "made", t->n_made);
    add_int(w, "kept", t->n_kept);
    add_truth(w, "stopped", t->was_stopped || t->has_given_up);
    end(w, '}');
}

static void write_report(writer *w, bt_spool *spool)
{
    const bt_batch *b = w->b;
    begin(w, '{');
    add_int(w, "bantin_batch_report", 1);
    add_str(w, "version", bt_str_of(bt_version()));
    add_str(w, "manifest", b->manifest->path);
    add_digest(w, "manifest_sha256", &b->manifest_bytes);
    add_str(w, "base", bt_str_of(b->base_path));
    add_options(w);
    add_reports(w);
    add_editions(w, spool);
    if (b->totals.plates) add_plates(w, b->totals.plates);
    add_totals(w);
    bt_buf_add_z(&w->out, "\n}\n");
    flush(w);
}

static const char *report_path(bt_batch *b)
{
    const char *path = b->options->report_path;
    return path ? path : bt_batch_path(b, "report", ".json");
}

static bt_status check_place(bt_batch *b, const char *path)
{
    if (!bt_file_is_other(path, "{\"bantin_batch_report\":")) return BT_OK;
    bt_diag(&b->diags, BT_E_BATCH_NO_REPORT, NULL, BT_ARGS(bt_str_of(path)));
    return BT_INPUT;
}

bt_status bt_batch_report_check(bt_batch *b)
{
    bt_file file;
    const char *path = report_path(b);
    if (!path) return BT_NOMEM;
    bt_status status = check_place(b, path);
    if (status != BT_OK || !b->options->report_path) return status;
    status = bt_file_begin(&file, NULL, &b->diags, path);
    if (status == BT_OK) bt_file_abandon(&file);
    return status;
}

bt_status bt_batch_report_write(bt_batch *b, bt_spool *spool)
{
    const char *path = report_path(b);
    if (b->arena->failed) return BT_NOMEM;
    bt_status status = check_place(b, path);
    if (status != BT_OK) return status;
    b->totals.plates = find_plates(b);
    b->totals.is_imposed = b->options->render.imposition != BT_IMPOSE_NONE;
    if (b->arena->failed) return BT_NOMEM;
    writer w = {.b = b};
    w.out = bt_buf_in(&w.arena);
    w.status = bt_file_begin(&w.file, NULL, &b->diags, path);
    bool is_open = w.status == BT_OK;
    if (is_open) write_report(&w, spool);
    if (w.status == BT_OK)
        w.status = bt_file_commit(&w.file);
    else if (is_open && w.status != BT_IO)
        bt_file_abandon(&w.file);
    bt_arena_drop(&w.arena);
    bt_arena_drop(&w.words);
    if (w.status == BT_OK) b->totals.report = path;
    return w.status;
}
