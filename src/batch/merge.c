/* merge.c - see merge.h. */
#include "batch/merge.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "batch/batch_int.h"
#include "batch/report.h"
#include "json/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* A row of the manifest, as a report tells it. */
typedef struct merged_row {
    bt_batch_row row;
    uint32_t part; /* the shard that made it */
    bt_record record;
} merged_row;

typedef struct merger {
    bt_batch b;
    bt_batch_options options; /* the caller's, with what the reports say of the editions */
    bt_manifest manifest;
    uint32_t n_shards;
    const bt_json_node *first; /* the first shard's report */
    BT_ARRAY(merged_row) rows;
    uint32_t n_made, n_kept;
    bool was_stopped;
    bool is_wrong;
} merger;

/* --- which reports there are --- */

/* "report-2-of-4.json": 4; another name: 0. */
static uint32_t shards_of_name(const char *name)
{
    unsigned k, n;
    int end = 0;
    if (sscanf(name, "report-%5u-of-%5u.json%n", &k, &n, &end) != 2 || !end || name[end]) return 0;
    return k >= 1 && k <= n && n > 1 && n <= BT_LIMIT_SHARDS ? n : 0;
}

static void report(merger *m, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    bt_diag(&m->b.diags, code, at, args, n_args);
    m->is_wrong = true;
}

static bt_str number(merger *m, uint64_t n) { return bt_str_format(&m->b.scratch, "%llu", (unsigned long long)n); }

/* How many shards the folder has reports of. */
static bt_status count_shards(merger *m)
{
    bt_str folder = bt_path_join(m->b.arena, bt_str_of(m->options.folder), BT_STR("batch"));
    DIR *dir = m->b.arena->failed ? NULL : opendir(folder.ptr);
    int error = errno;
    uint32_t other = 0;
    m->n_shards = m->options.shard.n;
    for (struct dirent *entry; dir && !m->options.shard.n && (entry = readdir(dir));) {
        uint32_t n = shards_of_name(entry->d_name);
        if (n && m->n_shards && n != m->n_shards) other = n;
        if (n && !other) m->n_shards = n;
    }
    if (dir) closedir(dir);
    if (m->b.arena->failed) return BT_NOMEM;
    if (other)
        report(m, BT_E_MERGE_SEVERAL, NULL, BT_ARGS(folder, number(m, m->n_shards), number(m, other)));
    else if (!dir && error != ENOENT)
        report(m, BT_E_READ, NULL, BT_ARGS(folder, bt_file_error(&m->b.diags, &m->b.scratch, error)));
    else if (!m->n_shards)
        report(m, BT_E_MERGE_NONE, NULL, BT_ARGS(folder));
    if (!m->is_wrong) return BT_OK;
    return dir || error == ENOENT ? BT_INPUT : BT_IO;
}

/* --- one report --- */

static bt_str text_of(const bt_json_node *node, const char *key)
{
    const bt_json_node *member = bt_json_find(node, key);
    return member && member->kind == BT_JSON_STRING ? member->text : BT_STR("");
}

/* 0 where there is none. */
static uint64_t count_of(const bt_json_node *node, const char *key)
{
    const bt_json_node *member = bt_json_find(node, key);
    uint64_t value = 0;
    for (size_t i = 0; member && member->kind == BT_JSON_NUMBER && i < member->text.len; i++) {
        if (member->text.ptr[i] < '0' || member->text.ptr[i] > '9') return 0;
        value = 10 * value + (uint64_t)(member->text.ptr[i] - '0');
    }
    return value;
}

static bool has_truth(const bt_json_node *node, const char *key)
{
    const bt_json_node *member = bt_json_find(node, key);
    return member && member->kind == BT_JSON_BOOL && member->truth;
}

/* The same value: of values that this program wrote, in the same order. */
static bool is_same(const bt_json_node *a, const bt_json_node *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->n_children != b->n_children || a->truth != b->truth) return false;
    if (!bt_str_equal(a->text, b->text) || !bt_str_equal(a->key, b->key)) return false;
    const bt_json_node *y = b->child;
    for (const bt_json_node *x = a->child; x; x = x->next, y = y->next)
        if (!is_same(x, y)) return false; /* no deeper than what the reports have */
    return true;
}

static bool read_state(bt_str name, bt_record_state *state)
{
    static const struct {
        const char *name;
        bt_record_state state;
    } states[] = {{"left", BT_RECORD_NONE},
                  {"done", BT_RECORD_DONE},
                  {"failed", BT_RECORD_FAILED},
                  {"crashed", BT_RECORD_CRASHED}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!bt_str_is(name, states[i].name)) continue;
        *state = states[i].state;
        return true;
    }
    return false;
}

static bool read_sheets(merger *m, const bt_json_node *list, bt_record *record)
{
    if (!list || list->kind != BT_JSON_ARRAY) return false;
    bt_digest *sheets = BT_NEW_ARRAY(m->b.arena, list->n_children, bt_digest);
    for (const bt_json_node *item = list->child; item && sheets; item = item->next)
        if (!bt_digest_parse(item->text, &sheets[record->n_sheets++])) return false;
    record->sheets = sheets;
    return sheets != NULL;
}

static void read_messages(merger *m, const bt_json_node *list, bt_record *record)
{
    if (!list || list->kind != BT_JSON_ARRAY) return;
    bt_record_message *messages = BT_NEW_ARRAY(m->b.arena, list->n_children, bt_record_message);
    for (const bt_json_node *item = list->child; item && messages; item = item->next) {
        bt_record_message *message = &messages[record->n_messages++];
        bt_str severity = text_of(item, "severity");
        message->severity = bt_str_is(severity, "error")     ? BT_ERROR
                            : bt_str_is(severity, "warning") ? BT_WARNING
                                                             : BT_NOTE;
        message->code = text_of(item, "code");
        message->file = text_of(item, "file");
        message->pointer = text_of(item, "pointer");
        message->text = text_of(item, "text");
        message->line = (uint32_t)count_of(item, "line");
        message->column = (uint32_t)count_of(item, "column");
    }
    record->messages = messages;
}

static void read_differences(const bt_json_node *node, bt_record_differences *d)
{
    if (!node) return;
    *d = (bt_record_differences){.is_known = true,
                                 .n_pages_same = (uint32_t)count_of(node, "pages_same"),
                                 .n_same = (uint32_t)count_of(node, "same"),
                                 .n_moved = (uint32_t)count_of(node, "moved"),
                                 .n_jumped = (uint32_t)count_of(node, "jumped"),
                                 .n_changed = (uint32_t)count_of(node, "changed"),
                                 .n_reset = (uint32_t)count_of(node, "reset"),
                                 .n_new = (uint32_t)count_of(node, "new"),
                                 .n_gone = (uint32_t)count_of(node, "gone")};
}

static bool read_record(merger *m, const bt_json_node *node, bt_record *record)
{
    if (!read_state(text_of(node, "state"), &record->state)) return false;
    record->n_errors = (uint32_t)count_of(node, "errors");
    record->n_warnings = (uint32_t)count_of(node, "warnings");
    record->n_notes = (uint32_t)count_of(node, "notes");
    record->signal = (int)count_of(node, "signal");
    read_messages(m, bt_json_find(node, "messages"), record);
    if (record->state != BT_RECORD_DONE) return true;
    record->n_pages = (uint32_t)count_of(node, "pages");
    record->n_bytes = count_of(node, "bytes");
    read_differences(bt_json_find(node, "differences"), &record->differences);
    return bt_digest_parse(text_of(node, "sha256"), &record->pdf) &&
           bt_digest_parse(text_of(node, "key"), &record->key) && read_sheets(m, bt_json_find(node, "sheets"), record);
}

static bool read_row(merger *m, uint32_t k, const bt_json_node *node)
{
    merged_row *merged = BT_PUSH(m->b.arena, &m->rows);
    bt_place *at = BT_NEW(m->b.arena, bt_place);
    if (!merged || !at) return true; /* the arena knows */
    *merged = (merged_row){.row = {.id = text_of(node, "id"), .out = text_of(node, "out"), .at = at}};
    merged->row.edition = text_of(node, "edition");
    merged->part = k;
    *at = (bt_place){.file = m->manifest.path, .line = (uint32_t)count_of(node, "line"), .column = 1};
    bool is_of_shard = merged->row.id.len && merged->row.out.len && at->line;
    return is_of_shard && bt_shard_of(merged->row.id, m->n_shards) == k && read_record(m, node, &merged->record);
}

static void read_run(merger *m, const bt_json_node *root)
{
    const bt_json_node *run = bt_json_find(root, "run");
    m->n_made += (uint32_t)count_of(run, "made");
    m->n_kept += (uint32_t)count_of(run, "kept");
    m->was_stopped = m->was_stopped || has_truth(run, "stopped");
}

/* All shards were made by one version, from one manifest and base, with the same options. */
static bool check_same_batch(merger *m, const bt_json_node *root)
{
    static const char *const keys[] = {"version", "manifest", "manifest_sha256", "base", "options"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bt_json_node *mine = bt_json_find(root, keys[i]), *first = bt_json_find(m->first, keys[i]);
        if (is_same(mine, first)) continue;
        report(m, BT_E_MERGE_OTHER, mine ? mine->at : root->at, BT_ARGS(m->first->at->file, bt_str_of(keys[i])));
        return false;
    }
    return true;
}

static void take_report(merger *m, uint32_t k, const bt_json_node *root)
{
    const bt_json_node *editions = bt_json_find(root, "editions");
    bt_digest manifest;
    if (!bt_json_find(root, "bantin_batch_report") || !editions || editions->kind != BT_JSON_ARRAY ||
        !bt_digest_parse(text_of(root, "manifest_sha256"), &manifest)) {
        report(m, BT_E_MERGE_DAMAGED, root->at, BT_NO_ARGS);
        return;
    }
    if (!m->first) {
        m->first = root;
        m->manifest.path = text_of(root, "manifest");
        m->b.manifest_bytes = manifest;
    } else if (!check_same_batch(m, root)) {
        return;
    }
    for (const bt_json_node *node = editions->child; node; node = node->next) {
        if (read_row(m, k, node)) continue;
        report(m, BT_E_MERGE_DAMAGED, node->at, BT_NO_ARGS);
        return;
    }
    read_run(m, root);
}

static bt_status read_report(merger *m, uint32_t k)
{
    m->options.shard = (bt_shard){k, m->n_shards};
    bt_str path = bt_str_of(bt_batch_path(&m->b, "report", ".json")), text;
    const bt_json_node *root;
    int error = 0;
    if (m->b.arena->failed) return BT_NOMEM;
    bt_status status = bt_file_read(m->b.arena, path.ptr, BT_LIMIT_JSON_BYTES, &text, &error);
    if (status == BT_IO && error == ENOENT) {
        report(m, BT_E_MERGE_MISSING, NULL, BT_ARGS(path, bt_str_format(&m->b.scratch, "%u/%u", k, m->n_shards)));
        return BT_INPUT;
    }
    if (status == BT_IO) report(m, BT_E_READ, NULL, BT_ARGS(path, bt_file_error(&m->b.diags, &m->b.scratch, error)));
    if (status == BT_LIMIT) report(m, BT_E_TOO_LARGE, NULL, BT_ARGS(path, number(m, BT_LIMIT_JSON_BYTES >> 20)));
    if (status == BT_OK) status = bt_json_parse(m->b.arena, &m->b.diags, path, text, &root);
    if (status == BT_OK) take_report(m, k, root);
    return status;
}

/* What is wrong with any of them is told; without memory, or a disk that reads, there is no use in going on. */
static bt_status read_reports(merger *m)
{
    bt_status worst = BT_OK;
    for (uint32_t k = 1; k <= m->n_shards; k++) {
        bt_status status = read_report(m, k);
        if (status == BT_NOMEM || status == BT_IO) return status;
        if (status != BT_OK) worst = status;
    }
    if (m->b.arena->failed) return BT_NOMEM;
    return worst == BT_OK && m->is_wrong ? BT_INPUT : worst;
}

/* --- the one report --- */

static int compare_lines(const void *a, const void *b)
{
    uint32_t x = ((const merged_row *)a)->row.at->line, y = ((const merged_row *)b)->row.at->line;
    return (x > y) - (x < y);
}

static void read_options(merger *m)
{
    const bt_json_node *options = bt_json_find(m->first, "options");
    bt_render_options *o = &m->options.render;
    bt_str layout = text_of(options, "layout"), palette = text_of(options, "palette");
    o->layout = layout.len ? bt_str_z(m->b.arena, layout) : NULL;
    o->palette = palette.len ? bt_str_z(m->b.arena, palette) : NULL;
    for (size_t i = 0; i < BT_REPORT_RENDITIONS; i++)
        if (bt_str_is(text_of(options, "rendition"), bt_report_renditions[i])) o->rendition = (bt_rendition)i;
    for (size_t i = 0; i < BT_REPORT_IMPOSITIONS; i++)
        if (bt_str_is(text_of(options, "impose"), bt_report_impositions[i])) o->imposition = (bt_imposition)i;
    o->has_paper = bt_json_find(options, "paper_um") != NULL;
    o->paper_um = (uint32_t)count_of(options, "paper_um");
    o->n_pages = (uint32_t)count_of(options, "pages");
    o->pages_multiple = (uint32_t)count_of(options, "pages_multiple");
    o->converts_legacy = has_truth(options, "convert_legacy");
    o->has_epoch = bt_json_find(options, "source_date_epoch") != NULL;
    o->epoch = (int64_t)count_of(options, "source_date_epoch");
}

/* The batch as one machine would have run it. */
static bt_status fill_batch(merger *m, bt_spool *spool)
{
    bt_batch *b = &m->b;
    if (m->rows.n) qsort(m->rows.v, m->rows.n, sizeof *m->rows.v, compare_lines);
    bt_batch_row *rows = BT_NEW_ARRAY(b->arena, m->rows.n, bt_batch_row);
    b->records = BT_NEW_ARRAY(b->arena, m->rows.n, bt_record);
    const char *folder = bt_path_join(b->arena, bt_str_of(m->options.folder), BT_STR("batch")).ptr;
    if (b->arena->failed) return BT_NOMEM;
    bt_status status = bt_spool_open(spool, b->arena, &b->diags, folder, m->rows.n);
    bt_batch_totals *totals = &b->totals;
    *totals = (bt_batch_totals){.n_editions = m->rows.n, .n_made = m->n_made, .n_kept = m->n_kept};
    totals->was_stopped = m->was_stopped;
    for (uint32_t i = 0; i < m->rows.n && status == BT_OK; i++) {
        bt_record *record = &b->records[i];
        rows[i] = m->rows.v[i].row;
        *record = m->rows.v[i].record;
        record->row_i = i;
        totals->n_failed += record->state == BT_RECORD_FAILED || record->state == BT_RECORD_CRASHED;
        totals->n_crashed += record->state == BT_RECORD_CRASHED;
        totals->n_pages += record->n_pages;
        totals->n_warnings += record->n_warnings;
        if (record->state != BT_RECORD_NONE) bt_spool_add(spool, record);
    }
    m->manifest.rows = rows;
    m->manifest.n_rows = m->rows.n;
    b->manifest = &m->manifest;
    b->base_path = bt_str_z(b->arena, text_of(m->first, "base"));
    m->options.shard = (bt_shard){0, 0};
    read_options(m);
    if (b->arena->failed) return BT_NOMEM;
    return spool->has_failed ? BT_IO : status;
}

/* --- the editions' reports --- */

static int compare_ids(const void *a, const void *b)
{
    const merged_row *x = *(const merged_row *const *)a, *y = *(const merged_row *const *)b;
    return bt_str_compare(x->row.id, y->row.id);
}

typedef struct ids {
    const merged_row **v; /* by their ids */
    const merged_row *rows;
    uint32_t n, part; /* whose lines are looked through */
} ids;

/* The row of an edition that this shard has made; -1: there is none. */
static int64_t find_row(const void *user, bt_str id)
{
    const ids *all = user;
    const merged_row wanted = {.row = {.id = id}}, *key = &wanted;
    const merged_row *const *found = all->n ? bsearch(&key, all->v, all->n, sizeof *all->v, compare_ids) : NULL;
    if (!found || (*found)->part != all->part || (*found)->record.state != BT_RECORD_DONE) return -1;
    return *found - all->rows;
}

/* Where each shard's own file is. The caller's options say again which shard it is. */
static const char *const *part_paths(merger *m)
{
    const char **paths = BT_NEW_ARRAY(m->b.arena, m->n_shards, const char *);
    bt_shard shard = m->options.shard;
    for (uint32_t k = 1; k <= m->n_shards && paths; k++) {
        m->options.shard = (bt_shard){k, m->n_shards};
        paths[k - 1] = bt_batch_path(&m->b, "reports", ".jsonl");
    }
    m->options.shard = shard;
    return m->b.arena->failed ? NULL : paths;
}

static bt_status join_reports(merger *m)
{
    bt_batch *b = &m->b;
    ids all = {.v = BT_NEW_ARRAY(b->arena, m->rows.n, const merged_row *), .rows = m->rows.v, .n = m->rows.n};
    const char *path = bt_batch_path(b, "reports", ".jsonl");
    const char *const *parts = part_paths(m);
    if (!all.v || !path || !parts) return BT_NOMEM;
    for (uint32_t i = 0; i < m->rows.n; i++) all.v[i] = &m->rows.v[i];
    if (all.n) qsort(all.v, all.n, sizeof *all.v, compare_ids);
    bt_status status = bt_reports_begin(&b->reports, b->arena, &b->diags, path, m->rows.n);
    b->reports.parts = parts;
    for (all.part = 1; all.part <= m->n_shards && status == BT_OK; all.part++)
        status = bt_reports_look_through(&b->reports, all.part, b->reports.lines, find_row, &all);
    return status == BT_OK ? bt_reports_finish(&b->reports) : status;
}

static bt_status merge(merger *m)
{
    bt_spool spool = {.fd = -1};
    bt_status status = count_shards(m);
    if (status == BT_OK) status = read_reports(m);
    if (status != BT_OK) return status;
    status = fill_batch(m, &spool);
    if (status == BT_OK) status = join_reports(m);
    if (status == BT_OK) status = bt_batch_report_write(&m->b, &spool);
    if (status == BT_OK) status = bt_batch_overview(&m->b);
    bt_spool_drop(&spool);
    return status;
}

bt_status bt_batch_merge(bt_arena *arena, const bt_batch_options *options, const bt_batch_listener *listener,
                         bt_batch_totals *totals)
{
    merger m = {.options = *options};
    m.b = (bt_batch){.options = &m.options, .listener = listener, .arena = arena, .lock = {-1, -1}};
    m.b.scratch = bt_arena_over(arena->allocator);
    bt_batch_begin_diags(&m.b);
    bt_status status = merge(&m);
    if (status == BT_NOMEM) bt_diag(&m.b.diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    *totals = m.b.totals;
    bt_reports_end(&m.b.reports);
    bt_arena_drop(&m.b.scratch);
    return status;
}
