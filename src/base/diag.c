#include "base/diag.h"

static const bt_diag_entry entries[] = {
#define BT_DIAG(code, severity, number, text) {severity, number, text},
#include "base/diag.def"
#undef BT_DIAG
};

const bt_diag_entry *bt_diag_lookup(bt_diag_code code) { return &entries[code]; }

static bt_str fill_in(bt_arena *arena, const char *text, const bt_str *args, size_t n_args)
{
    bt_buf buf = bt_buf_in(arena);
    for (const char *c = text; *c; c++) {
        if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
            size_t arg_i = (size_t)(c[1] - '1');
            if (arg_i < n_args) bt_buf_add(&buf, args[arg_i]);
            c += 2;
        } else {
            bt_buf_add_char(&buf, *c);
        }
    }
    return bt_buf_str(&buf);
}

/* A message is one line: control characters out of the input are shown as a question mark. */
static bt_str on_one_line(bt_arena *arena, bt_str text)
{
    char *line = bt_arena_alloc(arena, text.len + 1);
    if (!line) return BT_STR("out of memory");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        line[i] = c < 0x20 || c == 0x7F ? '?' : text.ptr[i];
    }
    return (bt_str){line, text.len};
}

void bt_diag(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    const bt_diag_entry *entry = &entries[code];
    diags->n[entry->severity]++;
    if (!diags->on_message) return;
    bt_arena texts = bt_arena_over(diags->arena ? diags->arena->allocator : NULL);
    bt_str text = on_one_line(&texts, fill_in(&texts, entry->text, args, n_args));
    bt_message message = {
        .severity = entry->severity,
        .code = entry->number,
        .file = at ? bt_str_z(&texts, at->file) : "",
        .line = at ? at->line : 0,
        .column = at ? at->column : 0,
        .pointer = at ? bt_str_z(&texts, at->pointer) : "",
        .text = bt_str_z(&texts, text),
    };
    if (texts.failed) message.text = entry->text;
    diags->on_message(diags->user, &message);
    bt_arena_drop(&texts);
}
