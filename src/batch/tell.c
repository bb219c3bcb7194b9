/* tell.c - messages: those of a job go into its record, those of records to the listener. */
#include "batch/batch_int.h"

void bt_batch_begin_diags(bt_batch *b)
{
    b->diags = (bt_diags){.on_message = bt_batch_hear, .user = b, .arena = &b->scratch, .lang = b->options->lang};
}

void bt_batch_hear(void *user, const bt_message *message)
{
    bt_batch *b = user;
    if (!b->heard) {
        b->listener->on_message(b->listener->user, "", message);
        return;
    }
    bt_record_message *m = BT_PUSH(b->heard->arena, &b->heard->messages);
    if (!m) return;
    *m = (bt_record_message){.severity = message->severity, .line = message->line, .column = message->column};
    m->code = bt_str_copy(b->heard->arena, bt_str_of(message->code));
    m->file = bt_str_copy(b->heard->arena, bt_str_of(message->file));
    m->pointer = bt_str_copy(b->heard->arena, bt_str_of(message->pointer));
    m->text = bt_str_copy(b->heard->arena, bt_str_of(message->text));
}

/* What tells that two editions have the same trouble in the same place. */
static uint64_t mark_of(const bt_record_message *m)
{
    uint64_t numbers[] = {bt_str_hash(m->code), bt_str_hash(m->file), bt_str_hash(m->pointer), m->line, m->column};
    return bt_str_hash((bt_str){(const char *)numbers, sizeof numbers}) | 1;
}

/* A warning or note that a former edition had: nearly always it is about a place in the base, and would be said for all
 * of them. When the table is full, what is new is said each time. */
static bool was_told(bt_batch *b, const bt_record_message *m)
{
    enum { N = sizeof b->told / sizeof *b->told, FURTHEST = 64 };
    uint64_t mark = mark_of(m);
    for (size_t i = 0; i < FURTHEST; i++) {
        uint64_t *told = &b->told[(mark + i) % N];
        if (*told == mark) return true;
        if (*told) continue;
        *told = mark;
        return false;
    }
    return false;
}

void bt_batch_tell(bt_batch *b, bt_str edition, const bt_record_message *messages, uint32_t n)
{
    bt_arena words = bt_arena_over(bt_alloc_system());
    const char *id = bt_str_z(&words, edition);
    for (uint32_t i = 0; i < n; i++) {
        const bt_record_message *m = &messages[i];
        if (m->severity != BT_ERROR && was_told(b, m)) {
            b->totals.n_untold++;
            continue;
        }
        bt_message message = {.severity = m->severity,
                              .code = bt_str_z(&words, m->code),
                              .file = bt_str_z(&words, m->file),
                              .line = m->line,
                              .column = m->column,
                              .pointer = bt_str_z(&words, m->pointer),
                              .text = bt_str_z(&words, m->text)};
        if (!words.failed) b->listener->on_message(b->listener->user, id, &message);
    }
    bt_arena_drop(&words);
}
