/* journal_line.c - the lines of a journal, written and read. */
#include "batch/journal_int.h"

#include "base/digest.h"
#include "json/json.h"

#include <stdio.h>

static const char *const states[] = {[BT_RECORD_NONE] = "forgotten",
                                     [BT_RECORD_DONE] = "done",
                                     [BT_RECORD_FAILED] = "failed",
                                     [BT_RECORD_CRASHED] = "crashed"};
enum { N_STATES = sizeof states / sizeof *states };

static const char *const severities[] = {[BT_NOTE] = "note", [BT_WARNING] = "warning", [BT_ERROR] = "error"};
enum { N_SEVERITIES = sizeof severities / sizeof *severities };

static const bt_digest no_digest = {{0}};

/* --- sums --- */

static const char sum_key[] = ",\"sum\":\"";
enum { N_SUM_DIGITS = 16, N_SUM_KEY = sizeof sum_key - 1, N_SUM = N_SUM_KEY + N_SUM_DIGITS + 2 };

static void make_sum(bt_str text, char sum[N_SUM + 1])
{
    char hex[BT_DIGEST_HEX];
    bt_digest digest = bt_digest_of(text.ptr, text.len);
    bt_digest_hex(&digest, hex);
    snprintf(sum, N_SUM + 1, "%s%.*s\"}", sum_key, N_SUM_DIGITS, hex);
}

bool bt_journal_line_is_whole(bt_str line)
{
    char sum[N_SUM + 1];
    if (line.len < N_SUM) return false;
    make_sum(bt_str_slice(line, 0, line.len - N_SUM), sum);
    return bt_str_ends(line, (bt_str){sum, N_SUM});
}

/* begin: of the line, in out. */
static void end_line(bt_buf *out, uint32_t begin)
{
    char sum[N_SUM + 1];
    bt_str text = bt_str_slice(bt_buf_str(out), begin, out->bytes.n);
    make_sum(text, sum);
    bt_buf_add(out, (bt_str){sum, N_SUM});
    bt_buf_add_char(out, '\n');
}

/* --- writing --- */

static void add_key(bt_buf *out, const char *key)
{
    bt_buf_add_z(out, ",\"");
    bt_buf_add_z(out, key);
    bt_buf_add_z(out, "\":");
}

static void add_text(bt_buf *out, const char *key, bt_str text)
{
    add_key(out, key);
    bt_buf_add_quoted(out, text);
}

static void add_number(bt_buf *out, const char *key, uint64_t number)
{
    add_key(out, key);
    bt_buf_add_int(out, (int64_t)number);
}

static void add_hex(bt_buf *out, const bt_digest *digest)
{
    char hex[BT_DIGEST_HEX];
    bt_digest_hex(digest, hex);
    bt_buf_add_quoted(out, bt_str_of(hex));
}

static void add_digest(bt_buf *out, const char *key, const bt_digest *digest)
{
    if (bt_digest_equal(digest, &no_digest)) return;
    add_key(out, key);
    add_hex(out, digest);
}

/* [["articles/a.md","ba78..."],["fonts/x.ttf",null]] */
static void add_inputs(bt_buf *out, const bt_record_input *inputs, uint32_t n)
{
    add_key(out, "inputs");
    bt_buf_add_char(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        bt_buf_add_z(out, i ? ",[" : "[");
        bt_buf_add_quoted(out, inputs[i].path);
        bt_buf_add_char(out, ',');
        if (bt_digest_equal(&inputs[i].contents, &no_digest))
            bt_buf_add_z(out, "null");
        else
            add_hex(out, &inputs[i].contents);
        bt_buf_add_char(out, ']');
    }
    bt_buf_add_char(out, ']');
}

static void add_sheets(bt_buf *out, const bt_digest *sheets, uint32_t n)
{
    add_key(out, "sheets");
    bt_buf_add_char(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        if (i) bt_buf_add_char(out, ',');
        add_hex(out, &sheets[i]);
    }
    bt_buf_add_char(out, ']');
}

static void add_messages(bt_buf *out, const bt_record_message *messages, uint32_t n)
{
    add_key(out, "messages");
    bt_buf_add_char(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        const bt_record_message *message = &messages[i];
        bt_buf_add_z(out, i ? ",{\"severity\":" : "{\"severity\":");
        bt_buf_add_quoted(out, bt_str_of(severities[message->severity]));
        add_text(out, "code", message->code);
        add_text(out, "file", message->file);
        add_number(out, "line", message->line);
        add_number(out, "column", message->column);
        add_text(out, "pointer", message->pointer);
        add_text(out, "text", message->text);
        bt_buf_add_char(out, '}');
    }
    bt_buf_add_char(out, ']');
}

static void add_differences(bt_buf *out, const bt_record_differences *d)
{
    if (!d->is_known) return;
    const uint32_t all[] = {d->n_pages_same, d->n_same,  d->n_moved, d->n_jumped,
                            d->n_changed,    d->n_reset, d->n_new,   d->n_gone};
    add_key(out, "differences");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bt_buf_add_char(out, i ? ',' : '[');
        bt_buf_add_int(out, all[i]);
    }
    bt_buf_add_char(out, ']');
}

void bt_journal_add_run(bt_buf *out, const bt_journal_run *run)
{
    uint32_t begin = out->bytes.n;
    bt_buf_format(out, "{\"journal\":%d", BT_JOURNAL_VERSION);
    add_text(out, "version", bt_str_of(bt_version()));
    add_key(out, "anew");
    bt_buf_add_z(out, run->is_anew ? "true" : "false");
    add_text(out, "manifest", run->manifest);
    add_digest(out, "manifest_sha256", &run->manifest_bytes);
    add_digest(out, "key", &run->base_key);
    add_inputs(out, run->inputs, run->n_inputs);
    end_line(out, begin);
}

static void begin_edition(bt_buf *out, bt_str id, bt_record_state state)
{
    bt_buf_add_z(out, "{\"id\":");
    bt_buf_add_quoted(out, id);
    add_text(out, "state", bt_str_of(states[state]));
}

void bt_journal_add_forgotten(bt_buf *out, bt_str id)
{
    uint32_t begin = out->bytes.n;
    begin_edition(out, id, BT_RECORD_NONE);
    end_line(out, begin);
}

void bt_journal_add_edition(bt_buf *out, bt_str id, bt_str path, const bt_record *record)
{
    uint32_t begin = out->bytes.n;
    begin_edition(out, id, record->state);
    add_text(out, "out", path);
    add_digest(out, "key", &record->key);
    add_digest(out, "sha256", &record->pdf);
    add_number(out, "bytes", record->n_bytes);
    add_digest(out, "report_sha256", &record->report);
    add_number(out, "pages", record->n_pages);
    add_number(out, "errors", record->n_errors);
    add_number(out, "warnings", record->n_warnings);
    add_number(out, "notes", record->n_notes);
    add_number(out, "status", record->status);
    add_number(out, "signal", (uint64_t)record->signal);
    add_inputs(out, record->inputs, record->n_inputs);
    add_sheets(out, record->sheets, record->n_sheets);
    add_messages(out, record->messages, record->n_messages);
    add_differences(out, &record->differences);
    end_line(out, begin);
}

/* --- reading ---
 *
 * A line whose sum is right was written by bantin; what is not understood in it is another version's. */

static const bt_json_node *parse(bt_arena *arena, bt_str text)
{
    const bt_json_node *root = NULL;
    bt_diags silent = {.arena = arena};
    if (bt_json_parse(arena, &silent, BT_STR(""), text, &root) == BT_NOMEM) arena->failed = true;
    return root;
}

static bool read_count(const bt_json_node *node, uint64_t most, uint64_t *count)
{
    *count = 0;
    if (!node || node->kind != BT_JSON_NUMBER || !node->text.len) return false;
    for (size_t i = 0; i < node->text.len; i++) {
        char c = node->text.ptr[i];
        if (c < '0' || c > '9' || *count > (UINT64_MAX - 9) / 10) return false;
        *count = *count * 10 + (uint64_t)(c - '0');
    }
    return *count <= most;
}

static bool get_count(const bt_json_node *node, const char *key, uint32_t *count)
{
    uint64_t number;
    bool is_good = read_count(bt_json_find(node, key), UINT32_MAX, &number);
    *count = (uint32_t)number;
    return is_good;
}

static bool get_text(const bt_json_node *node, const char *key, bt_str *text)
{
    const bt_json_node *member = bt_json_find(node, key);
    bool is_good = member && member->kind == BT_JSON_STRING;
    *text = is_good ? member->text : BT_STR("");
    return is_good;
}

/* Absent, or null: all zero. */
static bool read_digest(const bt_json_node *node, bt_digest *digest)
{
    *digest = no_digest;
    if (!node || node->kind == BT_JSON_NULL) return true;
    return node->kind == BT_JSON_STRING && bt_digest_parse(node->text, digest);
}

/* The index of a name in a table; n: it is none of them. */
static size_t find_name(bt_str name, const char *const *names, size_t n)
{
    size_t i = 0;
    while (i < n && !bt_str_is(name, names[i])) i++;
    return i;
}

static bool get_inputs(bt_arena *arena, const bt_json_node *node, bt_record *record)
{
    const bt_json_node *list = bt_json_find(node, "inputs");
    if (!list || list->kind != BT_JSON_ARRAY) return false;
    bt_record_input *inputs = BT_NEW_ARRAY(arena, list->n_children, bt_record_input);
    if (!inputs) return false;
    for (const bt_json_node *pair = list->child; pair; pair = pair->next) {
        const bt_json_node *path = pair->child;
        if (pair->n_children != 2 || path->kind != BT_JSON_STRING) return false;
        inputs[record->n_inputs].path = path->text;
        if (!read_digest(path->next, &inputs[record->n_inputs++].contents)) return false;
    }
    record->inputs = inputs;
    return true;
}

static bool get_sheets(bt_arena *arena, const bt_json_node *node, bt_record *record)
{
    const bt_json_node *list = bt_json_find(node, "sheets");
    if (!list || list->kind != BT_JSON_ARRAY) return false;
    bt_digest *sheets = BT_NEW_ARRAY(arena, list->n_children, bt_digest);
    if (!sheets) return false;
    for (const bt_json_node *sheet = list->child; sheet; sheet = sheet->next)
        if (!read_digest(sheet, &sheets[record->n_sheets++])) return false;
    record->sheets = sheets;
    return true;
}

static bool get_message(const bt_json_node *node, bt_record_message *message)
{
    bt_str severity;
    bool is_good = get_text(node, "severity", &severity) && get_text(node, "code", &message->code) &&
                   get_text(node, "file", &message->file) && get_count(node, "line", &message->line) &&
                   get_count(node, "column", &message->column) && get_text(node, "pointer", &message->pointer) &&
                   get_text(node, "text", &message->text);
    size_t i = find_name(severity, severities, N_SEVERITIES);
    message->severity = (bt_severity)i;
    return is_good && i < N_SEVERITIES;
}

static bool get_messages(bt_arena *arena, const bt_json_node *node, bt_record *record)
{
    const bt_json_node *list = bt_json_find(node, "messages");
    if (!list || list->kind != BT_JSON_ARRAY) return false;
    bt_record_message *messages = BT_NEW_ARRAY(arena, list->n_children, bt_record_message);
    if (!messages) return false;
    for (const bt_json_node *message = list->child; message; message = message->next)
        if (!get_message(message, &messages[record->n_messages++])) return false;
    record->messages = messages;
    return true;
}

static bool get_differences(const bt_json_node *node, bt_record_differences *d)
{
    uint32_t *const all[] = {&d->n_pages_same, &d->n_same,  &d->n_moved, &d->n_jumped,
                             &d->n_changed,    &d->n_reset, &d->n_new,   &d->n_gone};
    enum { N_ALL = sizeof all / sizeof *all };
    const bt_json_node *list = bt_json_find(node, "differences");
    if (!list) return true;
    if (list->kind != BT_JSON_ARRAY || list->n_children != N_ALL) return false;
    d->is_known = true;
    size_t i = 0;
    for (const bt_json_node *number = list->child; number; number = number->next, i++) {
        uint64_t count;
        if (!read_count(number, UINT32_MAX, &count)) return false;
        *all[i] = (uint32_t)count;
    }
    return true;
}

static bool get_state(const bt_json_node *node, bt_record_state *state)
{
    bt_str name;
    if (!get_text(node, "state", &name)) return false;
    size_t i = find_name(name, states, N_STATES);
    *state = (bt_record_state)i;
    return i < N_STATES;
}

static bool get_counts(const bt_json_node *node, bt_record *record)
{
    uint32_t status, sent;
    bool is_good = get_count(node, "pages", &record->n_pages) && get_count(node, "errors", &record->n_errors) &&
                   get_count(node, "warnings", &record->n_warnings) && get_count(node, "notes", &record->n_notes) &&
                   get_count(node, "status", &status) && get_count(node, "signal", &sent) &&
                   read_count(bt_json_find(node, "bytes"), INT64_MAX, &record->n_bytes);
    if (!is_good || status > BT_INTERNAL || sent > INT16_MAX) return false;
    record->status = (bt_status)status;
    record->signal = (int)sent;
    return true;
}

bool bt_journal_read_edition(bt_arena *arena, bt_str line, bt_record *record, bt_str *out)
{
    const bt_json_node *node = parse(arena, line);
    *record = (bt_record){.state = BT_RECORD_NONE};
    return node && get_state(node, &record->state) && get_text(node, "out", out) && get_counts(node, record) &&
           read_digest(bt_json_find(node, "key"), &record->key) &&
           read_digest(bt_json_find(node, "sha256"), &record->pdf) &&
           read_digest(bt_json_find(node, "report_sha256"), &record->report) && get_inputs(arena, node, record) &&
           get_sheets(arena, node, record) && get_messages(arena, node, record) &&
           get_differences(node, &record->differences);
}

static bool read_run_head(bt_arena *arena, bt_str line, bt_journal_head *head)
{
    const bt_json_node *node = parse(arena, line), *anew = bt_json_find(node, "anew");
    if (!node || !get_count(node, "journal", &head->version)) return false;
    head->kind = BT_JOURNAL_RUN;
    head->is_anew = anew && anew->truth;
    return true;
}

/* Where the string ends that begins at `at`, its quotes included; 0: it does not. */
static size_t end_of_string(bt_str line, size_t at)
{
    for (size_t i = at + 1; i < line.len; i++) {
        if (line.ptr[i] == '"') return i + 1;
        if (line.ptr[i] == '\\') i++;
    }
    return 0;
}

/* Id and state stand first, so that a long journal is looked through without reading all of every line. */
bool bt_journal_read_head(bt_arena *arena, bt_str line, bt_journal_head *head)
{
    static const bt_str id_key = BT_STR_INIT("{\"id\":"), state_key = BT_STR_INIT(",\"state\":");
    *head = (bt_journal_head){.id = BT_STR("")};
    if (bt_str_starts(line, BT_STR("{\"journal\":"))) return read_run_head(arena, line, head);
    size_t id_end = bt_str_starts(line, id_key) ? end_of_string(line, id_key.len) : 0;
    bt_str rest = bt_str_slice(line, id_end, line.len);
    size_t state_end = id_end && bt_str_starts(rest, state_key) ? end_of_string(rest, state_key.len) : 0;
    if (!state_end) return false;
    const bt_json_node *id = parse(arena, bt_str_slice(line, id_key.len, id_end));
    size_t i = find_name(bt_str_slice(rest, state_key.len + 1, state_end - 1), states, N_STATES);
    if (!id || i == N_STATES) return false;
    head->kind = BT_JOURNAL_EDITION;
    head->id = id->text;
    head->state = (bt_record_state)i;
    return true;
}
