/* test_journal.c - the batch's journal: what was written is read again; every prefix of one is a journal that a crash
 * has cut short; every byte that is another is found. */
#include "base/digest.h"
#include "base/file.h"
#include "batch/journal.h"
#include "check.h"
#include "short_memory.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[96];

static bt_str last_code; /* of what was said */
static char last_bytes[8];
static uint32_t last_line;

static void hear(void *user, const bt_message *message)
{
    (void)user;
    snprintf(last_bytes, sizeof last_bytes, "%s", message->code);
    last_code = bt_str_of(last_bytes);
    last_line = message->line;
}

static bt_diags ears(void)
{
    last_code = BT_STR("");
    last_line = 0;
    return (bt_diags){.on_message = hear};
}

static void put(bt_str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    CHECK(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    close(fd);
}

static bt_str get(bt_arena *arena)
{
    bt_str bytes;
    int error;
    CHECK_INT(bt_file_read(arena, path, 1 << 20, &bytes, &error), BT_OK);
    return bytes;
}

/* --- what is written --- */

static const bt_record_input inputs[] = {
    {BT_STR_INIT("editions/hau-loc.json"), {{1, 2, 3}}},
    {BT_STR_INIT("h\xC3\xACnh \"\xE1\xBA\xA3nh\".png"), {{4}}},
    {BT_STR_INIT("fonts/none.ttf"), {{0}}},
};
static const bt_digest sheets[] = {{{7}}, {{8}}, {{9}}};
static const bt_record_message messages[] = {
    {BT_WARNING, BT_STR_INIT("W0405"), BT_STR_INIT("a.json"), BT_STR_INIT("/articles/0"), BT_STR_INIT("l\nine"), 3, 4},
};
static const bt_record done = {.state = BT_RECORD_DONE,
                               .key = {{10}},
                               .pdf = {{11}},
                               .report = {{12}},
                               .n_bytes = 5000000000,
                               .n_pages = 2,
                               .n_warnings = 1,
                               .n_notes = 6,
                               .inputs = inputs,
                               .n_inputs = 3,
                               .sheets = sheets,
                               .n_sheets = 3,
                               .messages = messages,
                               .n_messages = 1,
                               .differences = {.is_known = true,
                                               .n_pages_same = 1,
                                               .n_same = 2,
                                               .n_moved = 3,
                                               .n_jumped = 4,
                                               .n_changed = 5,
                                               .n_reset = 8,
                                               .n_new = 6,
                                               .n_gone = 7}};
static const bt_record failed = {.state = BT_RECORD_FAILED, .status = BT_INPUT, .n_errors = 2};
static const bt_record crashed = {.state = BT_RECORD_CRASHED, .signal = SIGSEGV};

static const bt_journal_run run = {.manifest = BT_STR_INIT("huyen.jsonl"),
                                   .manifest_bytes = {{1}},
                                   .base_key = {{2}},
                                   .inputs = inputs,
                                   .n_inputs = 2};

/* A journal of two runs; ids are in it more than once. */
static void write_journal(bt_arena *arena, bt_diags *diags, bool is_anew)
{
    bt_journal *journal;
    bt_journal_run again = run;
    again.is_anew = is_anew;
    CHECK_INT(bt_journal_open(arena, diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_begin(journal, &run), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("hau-loc"), BT_STR("hau-loc.pdf"), &failed), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("nga-son"), BT_STR("ns/nga-son.pdf"), &crashed), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("\"\\\""), BT_STR("x.pdf"), &done), BT_OK);
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    bt_journal_close(journal);
    CHECK_INT(bt_journal_open(arena, diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_count(journal), 3);
    CHECK_INT(bt_journal_begin(journal, &again), BT_OK);
    CHECK_INT(bt_journal_forget(journal, BT_STR("\"\\\"")), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("hau-loc"), BT_STR("hau-loc.pdf"), &done), BT_OK);
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("lost"), BT_STR("lost.pdf"), &done), BT_OK); /* never synced */
    bt_journal_close(journal);
}

static void check_state(const bt_journal *journal, const char *id, bt_record_state state)
{
    int64_t i = bt_journal_find(journal, bt_str_of(id));
    CHECK(i >= 0);
    if (i < 0) return;
    CHECK_INT(bt_journal_state(journal, (uint32_t)i), state);
    CHECK_STR(bt_journal_id(journal, (uint32_t)i), id);
}

static void check_done(const bt_record *record)
{
    CHECK_INT(record->state, BT_RECORD_DONE);
    CHECK(bt_digest_equal(&record->key, &done.key) && bt_digest_equal(&record->pdf, &done.pdf));
    CHECK(bt_digest_equal(&record->report, &done.report));
    CHECK(record->n_bytes == done.n_bytes && record->n_pages == 2 && record->n_errors == 0);
    CHECK(record->n_warnings == 1 && record->n_notes == 6);
    CHECK_INT(record->n_inputs, 3);
    for (uint32_t i = 0; i < 3; i++) {
        CHECK(bt_str_equal(record->inputs[i].path, inputs[i].path));
        CHECK(bt_digest_equal(&record->inputs[i].contents, &inputs[i].contents));
        CHECK(bt_digest_equal(&record->sheets[i], &sheets[i]));
    }
    CHECK(record->n_sheets == 3 && record->n_messages == 1);
    const bt_record_message *message = &record->messages[0];
    CHECK_STR(message->code, "W0405");
    CHECK_STR(message->pointer, "/articles/0");
    CHECK_STR(message->text, "l\nine");
    CHECK(message->severity == BT_WARNING && message->line == 3 && message->column == 4);
    const bt_record_differences *d = &record->differences;
    CHECK(d->is_known && d->n_pages_same == 1 && d->n_same == 2 && d->n_moved == 3 && d->n_jumped == 4);
    CHECK(d->n_changed == 5 && d->n_reset == 8 && d->n_new == 6 && d->n_gone == 7);
}

static void test_round(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    bt_record record;
    bt_str out;
    write_journal(&arena, &diags, false);
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_STR(last_code, "");
    check_state(journal, "hau-loc", BT_RECORD_DONE);
    check_state(journal, "nga-son", BT_RECORD_CRASHED);
    check_state(journal, "\"\\\"", BT_RECORD_NONE);
    CHECK_INT(bt_journal_find(journal, BT_STR("lost")), -1);
    CHECK_INT(bt_journal_count(journal), 3);
    CHECK_INT(bt_journal_read(journal, 0, &arena, &record, &out), BT_OK);
    CHECK_STR(out, "hau-loc.pdf");
    check_done(&record);
    CHECK_INT(bt_journal_read(journal, 1, &arena, &record, &out), BT_OK);
    CHECK_STR(out, "ns/nga-son.pdf");
    CHECK(record.state == BT_RECORD_CRASHED && record.signal == SIGSEGV);
    bt_journal_close(journal);
    unlink(path);
    write_journal(&arena, &diags, true); /* what the first run made does not count */
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    check_state(journal, "hau-loc", BT_RECORD_DONE);
    check_state(journal, "nga-son", BT_RECORD_NONE);
    bt_journal_close(journal);
    unlink(path);
    bt_arena_drop(&arena);
}

static void test_many(void)
{
    enum { N = 3000 };
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_begin(journal, &run), BT_OK);
    for (int i = 0; i < 2 * N; i++) {
        bt_str id = bt_str_format(&arena, "xa-%d", i % N);
        CHECK_INT(bt_journal_append(journal, id, id, i < N || i % 3 ? &failed : &done), BT_OK);
        if (i % 100 == 0) CHECK_INT(bt_journal_sync(journal), BT_OK);
    }
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    bt_journal_close(journal);
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_count(journal), N);
    for (int i = 0; i < N; i++) {
        bt_str id = bt_str_format(&arena, "xa-%d", i);
        CHECK_INT(bt_journal_find(journal, id), i);
        CHECK_INT(bt_journal_state(journal, (uint32_t)i), i % 3 ? BT_RECORD_FAILED : BT_RECORD_DONE);
    }
    bt_journal_close(journal);
    unlink(path);
    bt_arena_drop(&arena);
}

/* --- what crashes and disks do --- */

/* How many lines are whole in the first n bytes, and where they end. */
static uint32_t whole_lines(bt_str bytes, size_t *end)
{
    uint32_t n = 0;
    *end = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] != '\n') continue;
        n++;
        *end = i + 1;
    }
    return n;
}

/* Whatever was written when the power went, opening cuts it back to whole lines, says so, and goes on. */
static void test_prefixes(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    write_journal(&arena, &diags, false);
    bt_str all = get(&arena);
    for (size_t n = 0; n <= all.len; n++) {
        bt_arena_mark mark = bt_arena_set_mark(&arena);
        bt_journal *journal;
        size_t end;
        uint32_t n_lines = whole_lines(bt_str_slice(all, 0, n), &end);
        put(bt_str_slice(all, 0, n));
        diags = ears();
        CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
        CHECK_STR(last_code, end == n ? "" : "N1173");
        CHECK_INT(last_line, end == n ? 0 : n_lines + 1);
        CHECK_INT(bt_journal_append(journal, BT_STR("z"), BT_STR("z.pdf"), &done), BT_OK);
        CHECK_INT(bt_journal_sync(journal), BT_OK);
        bt_journal_close(journal);
        bt_str now = get(&arena);
        CHECK(now.len > end && memcmp(now.ptr, all.ptr, end) == 0);
        CHECK_INT(whole_lines(now, &end), n_lines + 1);
        CHECK_INT(end, now.len);
        bt_arena_rewind(&arena, mark);
    }
    unlink(path);
    bt_arena_drop(&arena);
}

/* Some file systems leave zeros where data did not arrive. */
static void test_zeros(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    write_journal(&arena, &diags, false);
    bt_buf bytes = bt_buf_in(&arena);
    bt_buf_add(&bytes, get(&arena));
    size_t whole = bytes.bytes.n;
    for (int i = 0; i < 5000; i++) bt_buf_add_char(&bytes, 0);
    put(bt_buf_str(&bytes));
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_STR(last_code, "N1173");
    check_state(journal, "hau-loc", BT_RECORD_DONE);
    bt_journal_close(journal);
    CHECK_INT(get(&arena).len, whole);
    memset(bytes.bytes.v, 0, whole);
    put(bt_buf_str(&bytes)); /* nothing arrived at all */
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_count(journal), 0);
    bt_journal_close(journal);
    CHECK_INT(get(&arena).len, 0);
    unlink(path);
    bt_arena_drop(&arena);
}

/* A byte that is another is an error of its line; in the last line it cannot be told from one that was not finished. */
static void test_flips(void)
{
    static const char others[] = {1, 32, '\n', (char)0x80};
    bt_arena arena = {0};
    bt_diags diags = ears();
    write_journal(&arena, &diags, false);
    bt_str all = get(&arena);
    char *bytes = bt_arena_alloc(&arena, all.len);
    size_t last = all.len - 1;
    while (all.ptr[last - 1] != '\n') last--;
    size_t before_last = last - 1, last_but_one = before_last;
    while (all.ptr[last_but_one - 1] != '\n') last_but_one--;
    uint32_t line_i = 1;
    for (size_t i = 0; i < all.len; i++) {
        for (size_t k = 0; k < sizeof others; k++) {
            bt_arena_mark mark = bt_arena_set_mark(&arena);
            bt_journal *journal;
            memcpy(bytes, all.ptr, all.len);
            bytes[i] = others[k] == '\n' ? '\n' : (char)(bytes[i] ^ others[k]);
            bool is_same = bytes[i] == all.ptr[i];
            put((bt_str){bytes, all.len});
            diags = ears();
            bt_status status = bt_journal_open(&arena, &diags, path, &journal);
            bool is_head = i < sizeof "{\"journal\":" - 1 && others[k] != '\n';
            if (is_same) {
                CHECK_INT(status, BT_OK);
            } else if (i >= before_last) { /* without the newline between them the last two are one */
                CHECK_INT(status, BT_OK);
                CHECK_STR(last_code, "N1173");
                CHECK_INT(get(&arena).len, i >= last ? last : last_but_one);
            } else {
                CHECK_INT(status, BT_INPUT);
                CHECK_STR(last_code, is_head ? "E1171" : "E1170");
                CHECK_INT(last_line, line_i);
                CHECK_INT(get(&arena).len, all.len); /* nothing was changed */
            }
            bt_journal_close(journal);
            bt_arena_rewind(&arena, mark);
        }
        line_i += all.ptr[i] == '\n';
    }
    unlink(path);
    bt_arena_drop(&arena);
}

/* --- what is refused --- */

static void check_refused(const char *text, const char *code)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    put(bt_str_of(text));
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_INPUT);
    CHECK_STR(last_code, code);
    CHECK(!journal);
    CHECK_STR(get(&arena), text);
    unlink(path);
    bt_arena_drop(&arena);
}

/* With the sum that it must have. */
static const char *summed(bt_arena *arena, const char *text)
{
    char hex[BT_DIGEST_HEX];
    bt_digest digest = bt_digest_of(text, strlen(text));
    bt_digest_hex(&digest, hex);
    return bt_str_z(arena, bt_str_format(arena, "%s,\"sum\":\"%.16s\"}\n", text, hex));
}

static void test_refused(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    check_refused("my shopping list\n", "E1171");
    check_refused(summed(&arena, "{\"shopping\":true"), "E1171");
    check_refused(summed(&arena, "{\"journal\":2"), "E1172");
    bt_str two = bt_str_format(&arena, "%s%s", summed(&arena, "{\"journal\":1"), summed(&arena, "{\"id\":\"a\""));
    check_refused(bt_str_z(&arena, two), "E1172");
    mkdir(path, 0777);
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_IO);
    CHECK_STR(last_code, "E0804");
    rmdir(path);
    bt_arena_drop(&arena);
}

/* A disk that is full: the journal is what it was after the last sync. */
static void test_full(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    bt_journal *journal;
    struct rlimit old, low;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    CHECK_INT(bt_journal_begin(journal, &run), BT_OK);
    CHECK_INT(bt_journal_append(journal, BT_STR("a"), BT_STR("a.pdf"), &done), BT_OK);
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    bt_str before = get(&arena);
    low = (struct rlimit){before.len + 100, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &low);
    CHECK_INT(bt_journal_append(journal, BT_STR("b"), BT_STR("b.pdf"), &done), BT_OK);
    CHECK_INT(bt_journal_sync(journal), BT_IO);
    CHECK_STR(last_code, "E0804");
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK(bt_str_equal(get(&arena), before));
    CHECK_INT(bt_journal_append(journal, BT_STR("c"), BT_STR("c.pdf"), &done), BT_OK);
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    bt_journal_close(journal);
    CHECK_INT(bt_journal_open(&arena, &diags, path, &journal), BT_OK);
    check_state(journal, "a", BT_RECORD_DONE);
    check_state(journal, "c", BT_RECORD_DONE);
    CHECK_INT(bt_journal_find(journal, BT_STR("b")), -1);
    bt_journal_close(journal);
    unlink(path);
    bt_arena_drop(&arena);
}

/* Whichever allocation fails, it is told, and the file is none the worse. */
static void test_memory(void)
{
    bt_arena arena = {0};
    bt_diags diags = ears();
    write_journal(&arena, &diags, false);
    bt_str all = get(&arena);
    bool is_good = false;
    for (long n = 0; !is_good && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena scarce = bt_arena_over(&allocator);
        bt_journal *journal;
        bt_record record;
        bt_str out;
        bt_status status = bt_journal_open(&scarce, &diags, path, &journal);
        if (status == BT_OK) status = bt_journal_read(journal, 0, &scarce, &record, &out);
        is_good = status == BT_OK;
        CHECK(is_good || status == BT_NOMEM);
        bt_journal_close(journal);
        bt_arena_drop(&scarce);
        CHECK(bt_str_equal(get(&arena), all));
    }
    CHECK(is_good);
    unlink(path);
    bt_arena_drop(&arena);
}

int main(void)
{
    /* Where syncing costs nothing, if there is such a place. */
    const char *place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/bantin-journal-XXXXXX", place);
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/journal.jsonl", folder);
    test_round();
    test_many();
    test_prefixes();
    test_zeros();
    test_flips();
    test_refused();
    test_full();
    test_memory();
    rmdir(folder);
    return check_report();
}
