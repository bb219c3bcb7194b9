/* test_resume.c - which editions are kept, row by row; and that no memory is never taken for an answer.
 *
 * Whole batches that are resumed are in tests/e2e/test_resume.py.
 */
#include "base/digest.h"
#include "batch/key.h"
#include "batch/resume.h"
#include "check.h"
#include "short_memory.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bantin-resume-XXXXXX";

static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static bt_digest put(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    CHECK(file && fputs(text, file) >= 0);
    if (file) fclose(file);
    return bt_digest_of(text, strlen(text));
}

/* --- a batch of seven rows --- */

enum { N_ROWS = 7 };
static const bt_batch_row rows[N_ROWS] = {
    {.id = BT_STR_INIT("kept"), .out = BT_STR_INIT("kept.pdf")},
    {.id = BT_STR_INIT("stale"), .out = BT_STR_INIT("stale.pdf")},     /* its overlay has changed */
    {.id = BT_STR_INIT("lost"), .out = BT_STR_INIT("lost.pdf")},       /* its PDF is gone */
    {.id = BT_STR_INIT("untold"), .out = BT_STR_INIT("untold.pdf")},   /* its report is gone */
    {.id = BT_STR_INIT("failed"), .out = BT_STR_INIT("failed.pdf")},   /* in the former run */
    {.id = BT_STR_INIT("crashed"), .out = BT_STR_INIT("crashed.pdf")}, /* likewise */
    {.id = BT_STR_INIT("new"), .out = BT_STR_INIT("new.pdf")},
};
static const bt_manifest manifest = {.path = BT_STR_INIT("m.jsonl"), .rows = rows, .n_rows = N_ROWS};
static const bt_digest base_key = {{42}};

static void write_down(bt_journal *journal, bt_reports *reports, bt_arena *arena, uint32_t row_i, bt_record_state state)
{
    const bt_batch_row *row = &rows[row_i];
    const char *id = bt_str_z(arena, row->id);
    char name[40];
    snprintf(name, sizeof name, "%s.json", id);
    bt_record_input input = {bt_str_of(in_folder(name)), put(name, id)};
    bt_record record = {.state = state, .inputs = &input, .n_inputs = 1, .n_pages = 2};
    CHECK_INT(bt_key_edition(arena, &base_key, row, &input, 1, &record.key), BT_OK);
    snprintf(name, sizeof name, "%s.pdf", id);
    record.pdf = put(name, "a PDF");
    bt_str line = bt_reports_make_line(arena, row->id, BT_STR("{\"a\":1,\n\"b\":2}\n"));
    record.report = bt_digest_of(line.ptr, line.len - 1);
    CHECK_INT(bt_reports_append(reports, row_i, line), 0);
    CHECK_INT(bt_journal_append(journal, row->id, row->out, &record), BT_OK);
}

static void make_former_run(void)
{
    bt_arena arena = {0};
    bt_diags diags = {.arena = &arena};
    bt_journal *journal;
    bt_reports reports;
    const char *path = bt_str_z(&arena, bt_str_of(in_folder("reports.jsonl")));
    CHECK_INT(bt_reports_begin(&reports, &arena, &diags, path, N_ROWS), BT_OK);
    CHECK_INT(bt_reports_open(&reports, true), BT_OK);
    CHECK_INT(bt_journal_open(&arena, &diags, in_folder("journal.jsonl"), &journal), BT_OK);
    CHECK_INT(bt_journal_begin(journal, &(bt_journal_run){.manifest = manifest.path, .base_key = base_key}), BT_OK);
    for (uint32_t i = 0; i < 4; i++) write_down(journal, &reports, &arena, i, BT_RECORD_DONE);
    write_down(journal, &reports, &arena, 4, BT_RECORD_FAILED);
    write_down(journal, &reports, &arena, 5, BT_RECORD_CRASHED);
    reports.lines[3].size = 0; /* the file is written anew, without this line */
    CHECK_INT(bt_reports_finish(&reports), BT_OK);
    bt_reports_end(&reports);
    CHECK_INT(bt_journal_sync(journal), BT_OK);
    bt_journal_close(journal);
    put("stale.json", "another overlay");
    unlink(in_folder("lost.pdf"));
    bt_arena_drop(&arena);
}

/* --- what is said of each --- */

typedef struct said {
    uint32_t n;
    char ways[N_ROWS];              /* M: make; K: keep; L: leave */
    bt_record_state states[N_ROWS]; /* of the record; NONE without */
} said;

static bt_status hear(void *user, uint32_t row_i, bt_resume_way way, const bt_record *record)
{
    said *s = user;
    CHECK_INT(row_i, s->n);
    CHECK(way == BT_RESUME_MAKE ? !record : record && record->row_i == row_i);
    if (record && way == BT_RESUME_KEEP) CHECK(record->n_pages == 2 && record->n_inputs == 1);
    s->ways[s->n] = "MKL"[way];
    s->states[s->n++] = record ? record->state : BT_RECORD_NONE;
    return BT_OK;
}

static int64_t find_edition(const void *user, bt_str id) { return bt_journal_find(user, id); }

static bt_status judge(bt_arena *arena, bool resumes, bool retries_failed, const bt_digest *key, said *s)
{
    bt_diags diags = {.arena = arena};
    bt_journal *journal;
    bt_reports reports = {.fd = -1};
    bt_reports_line found[N_ROWS] = {{0}};
    bt_resume_wanted wanted = {.manifest = &manifest,
                               .folder = folder,
                               .reports = &reports,
                               .lines = found,
                               .base_key = key,
                               .resumes = resumes,
                               .retries_failed = retries_failed,
                               .user = s,
                               .on_row = hear};
    *s = (said){.n = 0};
    bt_status status = bt_journal_open(arena, &diags, in_folder("journal.jsonl"), &journal);
    if (status == BT_OK) status = bt_reports_begin(&reports, arena, &diags, in_folder("reports.jsonl"), N_ROWS);
    if (status == BT_OK) status = bt_reports_open(&reports, false);
    if (status == BT_OK) status = bt_reports_look_through(&reports, 0, found, find_edition, journal);
    if (status == BT_OK) status = bt_resume_judge(arena, &diags, journal, &wanted);
    bt_reports_end(&reports);
    bt_journal_close(journal); /* what it forgets is not written */
    return status;
}

/* states: of the record that comes with the way; K: kept, N: none. */
static void check_ways(bool resumes, bool retries_failed, const bt_digest *key, const char *ways, const char *states)
{
    bt_arena arena = {0};
    said s;
    CHECK_INT(judge(&arena, resumes, retries_failed, key, &s), BT_OK);
    CHECK_INT(s.n, N_ROWS);
    for (uint32_t i = 0; i < N_ROWS; i++) {
        CHECK_INT(s.ways[i], ways[i]);
        CHECK_INT(s.states[i], states[i] == 'K' ? BT_RECORD_KEPT : BT_RECORD_NONE);
    }
    bt_arena_drop(&arena);
}

static void test_ways(void)
{
    static const bt_digest other = {{43}};
    check_ways(true, false, &base_key, "KMMMMMM", "KNNNNNN");
    check_ways(true, false, &other, "MMMMMMM", "NNNNNNN");
    check_ways(false, false, &base_key, "MMMMMMM", "NNNNNNN");
    check_ways(false, true, &base_key, "LLLLMML", "KKNKNNN");
    check_ways(true, true, &base_key, "LLLLMML", "KKNKNNN");
}

/* Whichever allocation fails, what was said before it is right. */
static void test_memory(void)
{
    static const char ways[] = "KMMMMMM";
    bool is_good = false;
    for (long n = 0; !is_good && n < 1000; n++) {
        short_memory memory = {n};
        bt_allocator allocator = {short_resize, &memory};
        bt_arena scarce = bt_arena_over(&allocator);
        said s;
        bt_status status = judge(&scarce, true, false, &base_key, &s);
        is_good = status == BT_OK;
        CHECK(is_good ? s.n == N_ROWS : status == BT_NOMEM);
        for (uint32_t i = 0; i < s.n; i++) CHECK_INT(s.ways[i], ways[i]);
        bt_arena_drop(&scarce);
    }
    CHECK(is_good);
}

static void remove_all(void)
{
    bt_arena arena = {0};
    for (uint32_t i = 0; i < N_ROWS; i++) {
        const char *id = bt_str_z(&arena, rows[i].id);
        unlink(in_folder(bt_str_format(&arena, "%s.json", id).ptr));
        unlink(in_folder(bt_str_format(&arena, "%s.pdf", id).ptr));
    }
    unlink(in_folder("journal.jsonl"));
    unlink(in_folder("reports.jsonl"));
    rmdir(folder);
    bt_arena_drop(&arena);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    make_former_run();
    test_ways();
    test_memory();
    remove_all();
    CHECK(access(folder, F_OK) != 0);
    return check_report();
}
