/* test_wire.c - records on their way: what comes out is what went in, however the bytes are cut; nothing that is cut
 * off or wrong is taken for a record; messages are bounded, errors first; the spool gives back each row's own. */
#include "batch/spool.h"
#include "batch/wire.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static bt_digest digest_of(int seed)
{
    bt_digest digest;
    for (size_t i = 0; i < sizeof digest.bytes; i++) digest.bytes[i] = (uint8_t)(seed + (int)i);
    return digest;
}

static const bt_record_message messages[] = {
    {.severity = BT_NOTE, .code = BT_STR_INIT("N0440"), .text = BT_STR_INIT("ghi chú")},
    {.severity = BT_ERROR,
     .code = BT_STR_INIT("E0101"),
     .file = BT_STR_INIT("a.json"),
     .pointer = BT_STR_INIT("/set"),
     .text = BT_STR_INIT("sai"),
     .line = 3,
     .column = 9},
};

/* A record in which no two members are alike. */
static bt_record make_record(bt_arena *arena, uint32_t row_i)
{
    bt_record_input *inputs = BT_NEW_ARRAY(arena, 2, bt_record_input);
    bt_digest *sheets = BT_NEW_ARRAY(arena, 3, bt_digest);
    inputs[0] = (bt_record_input){BT_STR("anh/chợ.png"), digest_of(7)};
    inputs[1] = (bt_record_input){BT_STR("b.json"), digest_of(8)};
    for (int i = 0; i < 3; i++) sheets[i] = digest_of(20 + i);
    return (bt_record){.row_i = row_i,
                       .state = BT_RECORD_DONE,
                       .status = BT_LIMIT,
                       .signal = 9,
                       .key = digest_of(1),
                       .pdf = digest_of(2),
                       .report = digest_of(3),
                       .n_bytes = UINT64_C(5000000000),
                       .n_pages = 11,
                       .n_errors = 12,
                       .n_warnings = 13,
                       .n_notes = 14,
                       .inputs = inputs,
                       .n_inputs = 2,
                       .sheets = sheets,
                       .n_sheets = 3,
                       .messages = messages,
                       .n_messages = 2,
                       .differences = {true, 31, 32, 33, 34, 35, 36, 37, 38}};
}

static bool is_same_message(const bt_record_message *a, const bt_record_message *b)
{
    return a->severity == b->severity && bt_str_equal(a->code, b->code) && bt_str_equal(a->file, b->file) &&
           bt_str_equal(a->pointer, b->pointer) && bt_str_equal(a->text, b->text) && a->line == b->line &&
           a->column == b->column;
}

static bool is_same(const bt_record *a, const bt_record *b)
{
    bool is = a->row_i == b->row_i && a->state == b->state && a->status == b->status && a->signal == b->signal &&
              memcmp(&a->key, &b->key, sizeof a->key) == 0 && memcmp(&a->pdf, &b->pdf, sizeof a->pdf) == 0 &&
              memcmp(&a->report, &b->report, sizeof a->report) == 0 && a->n_bytes == b->n_bytes &&
              a->n_pages == b->n_pages && a->n_errors == b->n_errors && a->n_warnings == b->n_warnings &&
              a->n_notes == b->n_notes && a->n_inputs == b->n_inputs && a->n_sheets == b->n_sheets &&
              a->n_messages == b->n_messages && a->differences.is_known == b->differences.is_known &&
              a->differences.n_pages_same == b->differences.n_pages_same &&
              a->differences.n_same == b->differences.n_same && a->differences.n_moved == b->differences.n_moved &&
              a->differences.n_jumped == b->differences.n_jumped &&
              a->differences.n_changed == b->differences.n_changed && a->differences.n_new == b->differences.n_new &&
              a->differences.n_gone == b->differences.n_gone;
    for (uint32_t i = 0; is && i < a->n_inputs; i++)
        is = bt_str_equal(a->inputs[i].path, b->inputs[i].path) &&
             memcmp(&a->inputs[i].contents, &b->inputs[i].contents, sizeof(bt_digest)) == 0;
    for (uint32_t i = 0; is && i < a->n_sheets; i++) is = memcmp(&a->sheets[i], &b->sheets[i], sizeof(bt_digest)) == 0;
    for (uint32_t i = 0; is && i < a->n_messages; i++) is = is_same_message(&a->messages[i], &b->messages[i]);
    return is;
}

/* The bytes of n records, one after another. */
static bt_str frames_of(bt_arena *arena, uint32_t n)
{
    bt_buf out = bt_buf_in(arena);
    for (uint32_t i = 0; i < n; i++) {
        bt_record record = make_record(arena, i);
        bt_wire_add(&out, &record);
    }
    return bt_buf_str(&out);
}

/* Whatever pieces a pipe cuts the bytes into. */
static void test_pieces(void)
{
    enum { N = 5 };
    bt_arena arena = {0};
    bt_str bytes = frames_of(&arena, N);
    for (uint32_t piece = 1; piece < bytes.len; piece += piece < 40 ? 1 : 37) {
        bt_wire_reader reader = {.begin = 0};
        bt_arena records = {0};
        uint32_t n = 0;
        for (size_t at = 0; at < bytes.len; at += piece) {
            size_t end = at + piece < bytes.len ? at + piece : bytes.len;
            CHECK(bt_wire_feed(&reader, bytes.ptr + at, (uint32_t)(end - at)));
            bt_str contents;
            while (bt_wire_next(&reader, &contents)) {
                bt_record record, wanted = make_record(&records, n++);
                CHECK(bt_wire_read(&records, contents, &record) && is_same(&record, &wanted));
            }
        }
        CHECK(n == N && !reader.is_broken);
        bt_arena_drop(&records);
        bt_wire_drop(&reader);
    }
    bt_arena_drop(&arena);
}

/* A child that died while it wrote: no record, and no complaint. */
static void test_cut_off(void)
{
    bt_arena arena = {0};
    bt_str bytes = frames_of(&arena, 1);
    for (uint32_t n = 0; n < bytes.len; n++) {
        bt_wire_reader reader = {.begin = 0};
        bt_str contents;
        CHECK(bt_wire_feed(&reader, bytes.ptr, n));
        CHECK(!bt_wire_next(&reader, &contents) && !reader.is_broken);
        bt_wire_drop(&reader);
    }
    for (size_t n = 0; n < bytes.len - BT_WIRE_HEAD; n++) {
        bt_record record;
        CHECK(!bt_wire_read(&arena, bt_str_slice(bytes, BT_WIRE_HEAD, BT_WIRE_HEAD + n), &record));
    }
    bt_arena_drop(&arena);
}

/* Any byte may be wrong: what is read then is a record or none, and nothing beyond the bytes is looked at (the
 * sanitizers see that, for the copy ends where the frame does). */
static void test_wrong_bytes(void)
{
    bt_arena arena = {0};
    bt_str bytes = frames_of(&arena, 1);
    bt_str contents = bt_str_slice(bytes, BT_WIRE_HEAD, bytes.len);
    char *copy = malloc(contents.len);
    for (size_t at = 0; at < contents.len; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            bt_arena records = {0};
            bt_record record;
            memcpy(copy, contents.ptr, contents.len);
            copy[at] = (char)((unsigned char)copy[at] ^ 1u << bit);
            if (bt_wire_read(&records, (bt_str){copy, contents.len}, &record))
                CHECK(record.state <= BT_RECORD_KEPT && record.n_inputs < contents.len);
            bt_arena_drop(&records);
        }
    free(copy);
    bt_arena_drop(&arena);
}

static void test_too_long(void)
{
    bt_wire_reader reader = {.begin = 0};
    uint32_t size = BT_WIRE_MOST_BYTES;
    bt_str contents;
    CHECK(bt_wire_feed(&reader, &size, sizeof size));
    CHECK(!bt_wire_next(&reader, &contents) && !reader.is_broken);
    bt_wire_drop(&reader);
    size++;
    CHECK(bt_wire_feed(&reader, &size, sizeof size));
    CHECK(!bt_wire_next(&reader, &contents) && reader.is_broken);
    bt_wire_drop(&reader);
}

/* Reads back a record with n messages, of which the last is an error, each of text_size bytes. */
static bt_record bounded(bt_arena *arena, uint32_t n, size_t text_size)
{
    char *text = bt_arena_alloc(arena, text_size);
    memset(text, 'a', text_size);
    bt_record_message *many = BT_NEW_ARRAY(arena, n, bt_record_message);
    for (uint32_t i = 0; i < n; i++)
        many[i] = (bt_record_message){.severity = BT_WARNING, .line = i, .text = {text, text_size}};
    many[n - 1].severity = BT_ERROR;
    bt_record record = {.messages = many, .n_messages = n, .n_warnings = n - 1, .n_errors = 1};
    bt_buf out = bt_buf_in(arena);
    bt_wire_add(&out, &record);
    bt_str bytes = bt_buf_str(&out);
    CHECK(bt_wire_read(arena, bt_str_slice(bytes, BT_WIRE_HEAD, bytes.len), &record));
    return record;
}

static void test_bounds(void)
{
    bt_arena arena = {0};
    bt_record record = bounded(&arena, BT_WIRE_MOST_MESSAGES, 10);
    CHECK(record.n_messages == BT_WIRE_MOST_MESSAGES);
    record = bounded(&arena, BT_WIRE_MOST_MESSAGES + 30, 10);
    CHECK(record.n_messages == BT_WIRE_MOST_MESSAGES);
    CHECK(record.messages[record.n_messages - 1].severity == BT_ERROR &&
          record.n_warnings == BT_WIRE_MOST_MESSAGES + 29);
    CHECK(record.messages[0].line == 0 && record.messages[record.n_messages - 2].line == BT_WIRE_MOST_MESSAGES - 2);
    record = bounded(&arena, 10, BT_WIRE_MOST_TEXT / 4);
    CHECK(record.n_messages == 4 && record.messages[3].severity == BT_ERROR);
    record = bounded(&arena, 2, BT_WIRE_MOST_TEXT + 1);
    CHECK(record.n_messages == 0 && record.n_errors == 1);
    bt_arena_drop(&arena);
}

static void test_spool(void)
{
    enum { N = 2000 };
    char folder[] = "/tmp/bantin-test-XXXXXX";
    CHECK(mkdtemp(folder));
    bt_arena arena = {0};
    bt_diags diags = {.arena = &arena};
    bt_spool spool;
    CHECK(bt_spool_open(&spool, &arena, &diags, folder, N + 1) == BT_OK);
    for (uint32_t i = N; i-- > 0;) {
        bt_record record = make_record(&arena, i);
        bt_spool_add(&spool, &record);
    }
    bt_record record;
    for (uint32_t i = 0; i < N; i += 7) {
        bt_record wanted = make_record(&arena, i);
        CHECK(bt_spool_read(&spool, &arena, i, &record) && is_same(&record, &wanted));
    }
    CHECK(!bt_spool_read(&spool, &arena, N, &record) && !diags.n[BT_ERROR]);
    bt_spool_drop(&spool);
    CHECK(rmdir(folder) == 0); /* its file has no name */
    CHECK(bt_spool_open(&spool, &arena, &diags, folder, 1) == BT_IO && diags.n[BT_ERROR] == 1);
    bt_spool_drop(&spool);
    bt_arena_drop(&arena);
}

int main(void)
{
    test_pieces();
    test_cut_off();
    test_wrong_bytes();
    test_too_long();
    test_bounds();
    test_spool();
    return check_report();
}
