#include "base/diag.h"

static const bt_diag_entry entries[] = {
#define BT_DIAG(code, severity, number, text) {severity, number, text},
#include "base/diag.def"
#undef BT_DIAG
};

static const char *const vietnamese[] = {
#define BT_DIAG_VI(name, text) text,
#include "base/diag_vi.def"
#undef BT_DIAG_VI
};

/* Both files have the same entries in the same order: the first that is missing, stale or out of place stops here. */
enum {
#define BT_DIAG_VI(name, text) VI_##name,
#include "base/diag_vi.def"
#undef BT_DIAG_VI
    N_VIETNAMESE
};
#define BT_DIAG(code, severity, number, text)                                                                          \
    _Static_assert((int)VI_##code == (int)BT_##code, "diag_vi.def needs the entries of diag.def, in its order");
#include "base/diag.def"
#undef BT_DIAG
_Static_assert((int)N_VIETNAMESE == (int)BT_N_DIAGS, "diag_vi.def has an entry that diag.def has not");

const bt_diag_entry *bt_diag_lookup(bt_diag_code code) { return &entries[code]; }

const char *bt_diag_text(bt_diag_code code, bt_lang lang)
{
    return lang == BT_LANG_VI ? vietnamese[code] : entries[code].text;
}

/* --- phrases --- */

static const bt_phrase phrases[] = {
#define BT_PHRASE(english, text) {BT_STR_INIT(english), BT_STR_INIT(text), false},
#define BT_FOREIGN(english, text) {BT_STR_INIT(english), BT_STR_INIT(text), true},
#include "base/phrase_vi.def"
#undef BT_PHRASE
#undef BT_FOREIGN
};
enum { N_PHRASES = sizeof phrases / sizeof *phrases };

const bt_phrase *bt_phrases(size_t *n)
{
    *n = N_PHRASES;
    return phrases;
}

static const bt_phrase *phrase_of(bt_str english)
{
    for (size_t i = 0; i < N_PHRASES; i++)
        if (bt_str_equal(phrases[i].english, english)) return &phrases[i];
    return NULL;
}

bt_str bt_say_foreign(const bt_diags *diags, bt_str english)
{
    const bt_phrase *phrase = diags->lang == BT_LANG_VI ? phrase_of(english) : NULL;
    return phrase ? phrase->vietnamese : english;
}

bt_str bt_say(bt_diags *diags, bt_str english)
{
    if (diags->lang == BT_LANG_EN || !english.len) return english;
    const bt_phrase *phrase = phrase_of(english);
    if (phrase) return phrase->vietnamese;
    diags->lacking = english;
    return english;
}

/* --- messages --- */

static bt_str fill_in(bt_arena *arena, bt_str text, const bt_str *args, size_t n_args)
{
    bt_buf buf = bt_buf_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        const char *c = text.ptr + i;
        if (i + 2 < text.len && c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
            size_t arg_i = (size_t)(c[1] - '1');
            if (arg_i < n_args) bt_buf_add(&buf, args[arg_i]);
            i += 2;
        } else {
            bt_buf_add_char(&buf, *c);
        }
    }
    return bt_buf_str(&buf);
}

bt_str bt_say_with(bt_diags *diags, bt_arena *arena, bt_str english, const bt_str *args, size_t n_args)
{
    return fill_in(arena, bt_say(diags, english), args, n_args);
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

/* FNV-1a. */
static uint64_t hashed(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++) hash = (hash ^ byte[i]) * 1099511628211U;
    return hash;
}

/* Whether the same was said of the same place: a text that is measured twice has its faults once. */
static bool was_told(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    if (!at) return false;
    uint64_t hash = 14695981039346656037U;
    hash = (hash ^ (uint64_t)code) * 1099511628211U;
    hash = (hash ^ at->line) * 1099511628211U;
    hash = (hash ^ at->column) * 1099511628211U;
    hash = hashed(hash, at->file.ptr, at->file.len);
    hash = hashed(hash, at->pointer.ptr, at->pointer.len);
    for (size_t i = 0; i < n_args; i++) hash = hashed(hashed(hash, args[i].ptr, args[i].len), "", 1);
    uint64_t *slot = &diags->told[hash % BT_DIAGS_TOLD];
    if (*slot == hash) return true;
    *slot = hash;
    return false;
}

static void spare(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    bt_arena texts = bt_arena_over(diags->arena ? diags->arena->allocator : NULL);
    bt_str text = fill_in(&texts, bt_str_of(bt_diag_text(code, diags->lang)), args, n_args);
    bt_diag(diags, BT_W_STAND_IN, at, BT_ARGS(bt_str_of(entries[code].number), text));
    bt_arena_drop(&texts);
}

/* Without memory the arena has failed, as everything else in it will. */
static void take_note(bt_diags *diags, bt_diag_code code, const bt_place *at)
{
    bt_diag_note *note = BT_PUSH(diags->notes_arena, &diags->notes);
    if (note) *note = (bt_diag_note){code, at};
}

void bt_diag(bt_diags *diags, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    const bt_diag_entry *entry = &entries[code];
    const char *template = bt_diag_text(code, diags->lang);
    diags->n_calls++;
    if (diags->spares && entry->severity == BT_ERROR) {
        spare(diags, code, at, args, n_args);
        return;
    }
    bool is_repeated = was_told(diags, code, at, args, n_args);
    if (is_repeated && entry->severity != BT_ERROR) return;
    diags->n[entry->severity]++;
    if (diags->notes_arena && entry->severity == BT_WARNING && at) take_note(diags, code, at);
    if (!diags->on_message || is_repeated) return; /* callers count errors to know whether they failed */
    bt_arena texts = bt_arena_over(diags->arena ? diags->arena->allocator : NULL);
    bt_str text = on_one_line(&texts, fill_in(&texts, bt_str_of(template), args, n_args));
    bt_message message = {
        .severity = entry->severity,
        .code = entry->number,
        .file = at ? bt_str_z(&texts, at->file) : "",
        .line = at ? at->line : 0,
        .column = at ? at->column : 0,
        .pointer = at ? bt_str_z(&texts, at->pointer) : "",
        .text = bt_str_z(&texts, text),
    };
    if (texts.failed) message.text = template;
    diags->on_message(diags->user, &message);
    bt_arena_drop(&texts);
}
