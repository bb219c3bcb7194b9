/* wire.c - see wire.h. */
#include "batch/wire.h"

#include <string.h>

/* --- writing --- */

static void add_bytes(bt_buf *out, const void *bytes, size_t size) { bt_buf_add(out, (bt_str){bytes, size}); }

static void add_u32(bt_buf *out, uint32_t number) { add_bytes(out, &number, sizeof number); }

static void add_u64(bt_buf *out, uint64_t number) { add_bytes(out, &number, sizeof number); }

static void add_str(bt_buf *out, bt_str text)
{
    add_u32(out, (uint32_t)text.len);
    bt_buf_add(out, text);
}

static size_t message_size(const bt_record_message *m)
{
    return m->code.len + m->file.len + m->pointer.len + m->text.len;
}

/* Errors go first where not all have room; what goes keeps its order. */
static uint32_t choose_messages(const bt_record *record, bool chosen[], uint32_t n)
{
    uint32_t n_chosen = 0;
    size_t size = 0;
    for (int severity = BT_ERROR; severity >= BT_NOTE; severity--)
        for (uint32_t i = 0; i < n; i++) {
            const bt_record_message *m = &record->messages[i];
            if ((int)m->severity != severity) continue;
            if (n_chosen == BT_WIRE_MOST_MESSAGES || size + message_size(m) > BT_WIRE_MOST_TEXT) return n_chosen;
            size += message_size(m);
            chosen[i] = true;
            n_chosen++;
        }
    return n_chosen;
}

static void add_messages(bt_buf *out, const bt_record *record)
{
    bool *chosen = BT_NEW_ARRAY(out->arena, record->n_messages, bool);
    uint32_t n = chosen ? choose_messages(record, chosen, record->n_messages) : 0;
    add_u32(out, n);
    for (uint32_t i = 0; i < record->n_messages && n; i++) {
        const bt_record_message *m = &record->messages[i];
        if (!chosen[i]) continue;
        add_u32(out, (uint32_t)m->severity);
        add_u32(out, m->line);
        add_u32(out, m->column);
        add_str(out, m->code);
        add_str(out, m->file);
        add_str(out, m->pointer);
        add_str(out, m->text);
    }
}

static void add_differences(bt_buf *out, const bt_record_differences *d)
{
    const uint32_t numbers[] = {d->is_known,  d->n_pages_same, d->n_same, d->n_moved, d->n_jumped,
                                d->n_changed, d->n_reset,      d->n_new,  d->n_gone};
    add_bytes(out, numbers, sizeof numbers);
}

enum { USUAL_BYTES = 2048 /* bytes of a record without its report */ };

void bt_wire_add(bt_buf *out, const bt_record *record)
{
    uint32_t head_at = out->bytes.n;
    bt_buf_room(out, record->line.len + USUAL_BYTES);
    add_u32(out, 0);
    add_u32(out, record->row_i);
    add_u32(out, (uint32_t)record->state);
    add_u32(out, (uint32_t)record->status);
    add_u32(out, (uint32_t)record->signal);
    add_bytes(out, &record->key, sizeof record->key);
    add_bytes(out, &record->pdf, sizeof record->pdf);
    add_bytes(out, &record->report, sizeof record->report);
    add_str(out, record->line);
    add_u64(out, record->n_bytes);
    add_u32(out, record->n_pages);
    add_u32(out, record->n_errors);
    add_u32(out, record->n_warnings);
    add_u32(out, record->n_notes);
    add_u32(out, record->n_inputs);
    for (uint32_t i = 0; i < record->n_inputs; i++) {
        add_str(out, record->inputs[i].path);
        add_bytes(out, &record->inputs[i].contents, sizeof record->inputs[i].contents);
    }
    add_u32(out, record->n_sheets);
    if (record->n_sheets) add_bytes(out, record->sheets, record->n_sheets * sizeof *record->sheets);
    add_messages(out, record);
    add_differences(out, &record->differences);
    if (out->arena->failed) return;
    uint32_t size = out->bytes.n - head_at - BT_WIRE_HEAD;
    memcpy(out->bytes.v + head_at, &size, sizeof size);
}

/* --- reading --- */

typedef struct taker {
    bt_arena *arena;
    bt_str left;
    bool is_wrong;
} taker;

static void take_bytes(taker *t, void *bytes, size_t size)
{
    memset(bytes, 0, size);
    t->is_wrong = t->is_wrong || t->left.len < size;
    if (t->is_wrong) return;
    memcpy(bytes, t->left.ptr, size);
    t->left = bt_str_slice(t->left, size, t->left.len);
}

static uint32_t take_u32(taker *t)
{
    uint32_t number;
    take_bytes(t, &number, sizeof number);
    return number;
}

/* A number of things that take at least `size` bytes each: no more than can be there. */
static uint32_t take_count(taker *t, size_t size)
{
    uint32_t n = take_u32(t);
    t->is_wrong = t->is_wrong || n > t->left.len / size;
    return t->is_wrong ? 0 : n;
}

static bt_str take_str(taker *t)
{
    uint32_t n = take_count(t, 1);
    bt_str text = bt_str_copy(t->arena, bt_str_slice(t->left, 0, n));
    t->left = bt_str_slice(t->left, n, t->left.len);
    return text;
}

static void take_inputs(taker *t, bt_record *record)
{
    record->n_inputs = take_count(t, sizeof(uint32_t) + sizeof(bt_digest));
    bt_record_input *inputs = BT_NEW_ARRAY(t->arena, record->n_inputs, bt_record_input);
    for (uint32_t i = 0; i < record->n_inputs && inputs; i++) {
        inputs[i].path = take_str(t);
        take_bytes(t, &inputs[i].contents, sizeof inputs[i].contents);
    }
    record->inputs = inputs;
    record->n_sheets = take_count(t, sizeof(bt_digest));
    bt_digest *sheets = BT_NEW_ARRAY(t->arena, record->n_sheets, bt_digest);
    if (sheets) take_bytes(t, sheets, record->n_sheets * sizeof *sheets);
    record->sheets = sheets;
}

static void take_messages(taker *t, bt_record *record)
{
    record->n_messages = take_count(t, 7 * sizeof(uint32_t));
    bt_record_message *messages = BT_NEW_ARRAY(t->arena, record->n_messages, bt_record_message);
    for (uint32_t i = 0; i < record->n_messages && messages; i++) {
        bt_record_message *m = &messages[i];
        uint32_t severity = take_u32(t);
        t->is_wrong = t->is_wrong || severity > BT_ERROR;
        m->severity = t->is_wrong ? BT_NOTE : (bt_severity)severity;
        m->line = take_u32(t);
        m->column = take_u32(t);
        m->code = take_str(t);
        m->file = take_str(t);
        m->pointer = take_str(t);
        m->text = take_str(t);
    }
    record->messages = messages;
}

static void take_differences(taker *t, bt_record_differences *d)
{
    d->is_known = take_u32(t) != 0;
    uint32_t *const counts[] = {&d->n_pages_same, &d->n_same,  &d->n_moved, &d->n_jumped,
                                &d->n_changed,    &d->n_reset, &d->n_new,   &d->n_gone};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) *counts[i] = take_u32(t);
}

bool bt_wire_read(bt_arena *arena, bt_str contents, bt_record *record)
{
    taker t = {.arena = arena, .left = contents};
    *record = (bt_record){.row_i = take_u32(&t)};
    uint32_t state = take_u32(&t), status = take_u32(&t);
    t.is_wrong = t.is_wrong || state > BT_RECORD_KEPT || status > BT_INTERNAL;
    if (t.is_wrong) return false;
    record->state = (bt_record_state)state;
    record->status = (bt_status)status;
    record->signal = (int)take_u32(&t);
    take_bytes(&t, &record->key, sizeof record->key);
    take_bytes(&t, &record->pdf, sizeof record->pdf);
    take_bytes(&t, &record->report, sizeof record->report);
    record->line = take_str(&t);
    take_bytes(&t, &record->n_bytes, sizeof record->n_bytes);
    record->n_pages = take_u32(&t);
    record->n_errors = take_u32(&t);
    record->n_warnings = take_u32(&t);
    record->n_notes = take_u32(&t);
    take_inputs(&t, record);
    take_messages(&t, record);
    take_differences(&t, &record->differences);
    return !t.is_wrong && !t.left.len && !arena->failed;
}

/* --- frames --- */

static bt_str left_of(const bt_wire_reader *reader)
{
    return bt_str_slice(bt_buf_str(&reader->bytes), reader->begin, reader->bytes.bytes.n);
}

bool bt_wire_feed(bt_wire_reader *reader, const void *bytes, uint32_t size)
{
    bt_str left = left_of(reader);
    reader->bytes.arena = &reader->arena;
    if (reader->begin && left.len) memmove(reader->bytes.bytes.v, left.ptr, left.len);
    reader->bytes.bytes.n = (uint32_t)left.len;
    reader->begin = 0;
    add_bytes(&reader->bytes, bytes, size);
    return !reader->arena.failed;
}

bool bt_wire_next(bt_wire_reader *reader, bt_str *contents)
{
    uint32_t size;
    bt_str left = left_of(reader);
    if (reader->is_broken || left.len < BT_WIRE_HEAD) return false;
    memcpy(&size, left.ptr, sizeof size);
    reader->is_broken = size > BT_WIRE_MOST_BYTES;
    if (reader->is_broken || left.len - BT_WIRE_HEAD < size) return false;
    *contents = (bt_str){left.ptr + BT_WIRE_HEAD, size};
    reader->begin += BT_WIRE_HEAD + size;
    return true;
}

void bt_wire_drop(bt_wire_reader *reader)
{
    bt_arena_drop(&reader->arena);
    *reader = (bt_wire_reader){.begin = 0};
}
