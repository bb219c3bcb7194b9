/* journal.c - see journal.h. */
#include "batch/journal_int.h"

#include "base/file.h"
#include "base/limits.h"
#include "batch/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* An edition that a line was about. */
typedef struct entry {
    bt_str id;
    uint64_t hash;
    bt_record_state state;
    uint32_t line_i;   /* from 1 */
    uint64_t at, size; /* of its last line in the file [bytes]; without the newline */
} entry;

struct bt_journal {
    bt_arena *arena; /* the caller's */
    bt_diags *diags;
    const char *path;
    int fd;
    uint64_t size;        /* of what is on the disk */
    bool is_new;          /* its name is not safe on the disk yet */
    bt_arena lines_arena; /* what was appended since */
    bt_buf lines;
    BT_ARRAY(entry) entries;
    uint32_t *slots; /* 1 + an entry's index by its id's hash, 0: none; capacity is a power of two */
    uint32_t n_slots;
};

static bt_status fail(bt_journal *journal, bt_diag_code code, int error)
{
    bt_arena words = bt_arena_over(journal->arena->allocator);
    bt_diag(journal->diags, code, NULL,
            BT_ARGS(bt_str_of(journal->path), bt_file_error(journal->diags, &words, error)));
    bt_arena_drop(&words);
    return BT_IO;
}

/* --- what is known --- */

static uint32_t *slot_of(const bt_journal *journal, bt_str id, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (journal->n_slots - 1);
    for (;; i = (i + 1) & (journal->n_slots - 1)) {
        const entry *one = journal->slots[i] ? &journal->entries.v[journal->slots[i] - 1] : NULL;
        if (!one || (one->hash == hash && bt_str_equal(one->id, id))) return &journal->slots[i];
    }
}

static bool make_room(bt_journal *journal)
{
    enum { FIRST = 256 };
    if (journal->entries.n < journal->n_slots / 2) return true;
    uint32_t n = journal->n_slots ? 2 * journal->n_slots : FIRST;
    uint32_t *slots = BT_NEW_ARRAY(journal->arena, n, uint32_t);
    if (!slots) return false;
    journal->slots = slots;
    journal->n_slots = n;
    for (uint32_t i = 0; i < journal->entries.n; i++)
        *slot_of(journal, journal->entries.v[i].id, journal->entries.v[i].hash) = i + 1;
    return true;
}

/* The entry of an edition, made where there is none. NULL: no memory. */
static entry *entry_of(bt_journal *journal, bt_str id)
{
    uint64_t hash = bt_str_hash(id);
    if (!make_room(journal)) return NULL;
    uint32_t *slot = slot_of(journal, id, hash);
    if (*slot) return &journal->entries.v[*slot - 1];
    entry *one = BT_PUSH(journal->arena, &journal->entries);
    bt_str name = bt_str_copy(journal->arena, id);
    if (!one || journal->arena->failed) return NULL;
    *one = (entry){.id = name, .hash = hash};
    *slot = journal->entries.n;
    return one;
}

uint32_t bt_journal_count(const bt_journal *journal) { return journal->entries.n; }

bt_str bt_journal_id(const bt_journal *journal, uint32_t i) { return journal->entries.v[i].id; }

bt_record_state bt_journal_state(const bt_journal *journal, uint32_t i) { return journal->entries.v[i].state; }

int64_t bt_journal_find(const bt_journal *journal, bt_str id)
{
    uint32_t slot = journal->n_slots ? *slot_of(journal, id, bt_str_hash(id)) : 0;
    return (int64_t)slot - 1;
}

/* --- looking through a journal --- */

typedef struct scan {
    bt_journal *journal;
    bt_lines lines;
    bt_arena arena;  /* of what a line says */
    uint32_t line_i; /* from 1 */
} scan;

static bt_status refuse(bt_journal *journal, bt_diag_code code, uint32_t line_i)
{
    bt_place at = {.file = bt_str_of(journal->path), .pointer = BT_STR(""), .line = line_i, .column = line_i ? 1 : 0};
    bt_diag(journal->diags, code, &at, BT_NO_ARGS);
    return BT_INPUT;
}

/* Takes in what a whole line says. */
static bt_status take_line(scan *s, bt_str line)
{
    bt_journal *journal = s->journal;
    bt_journal_head head;
    bt_arena_mark mark = bt_arena_set_mark(&s->arena);
    bool is_read = bt_journal_read_head(&s->arena, line, &head);
    bt_status status = s->arena.failed ? BT_NOMEM : BT_OK;
    if (status == BT_OK && !is_read)
        status = refuse(journal, s->line_i == 1 ? BT_E_JOURNAL_FOREIGN : BT_E_JOURNAL_VERSION, s->line_i);
    else if (status == BT_OK && head.kind == BT_JOURNAL_RUN && head.version != BT_JOURNAL_VERSION)
        status = refuse(journal, BT_E_JOURNAL_VERSION, s->line_i);
    else if (status == BT_OK && head.kind == BT_JOURNAL_RUN) {
        for (uint32_t i = 0; i < journal->entries.n && head.is_anew; i++) journal->entries.v[i].state = BT_RECORD_NONE;
    } else if (status == BT_OK) {
        entry *one = entry_of(journal, head.id);
        if (!one) return BT_NOMEM;
        one->state = head.state;
        one->line_i = s->line_i;
        one->at = s->lines.at;
        one->size = line.len;
    }
    bt_arena_rewind(&s->arena, mark);
    return status;
}

/* Whether bytes that are no whole line could be the beginning of a journal's first one. */
static bool may_be_ours(bt_str line)
{
    static const bt_str head = BT_STR_INIT("{\"journal\":");
    return bt_str_starts(line, head) || bt_str_starts(head, line) || !line.ptr[0];
}

/* torn: the first line that is not whole, 0: none; torn_at: where it begins. It must be the end of the file. */
static bt_status look_through(scan *s, uint32_t *torn, uint64_t *torn_at)
{
    bt_status status = BT_OK;
    bt_str line;
    *torn = 0;
    while (status == BT_OK && bt_lines_next(&s->lines, &line)) {
        s->line_i++;
        bool is_whole = s->lines.is_whole && bt_journal_line_is_whole(line);
        if (is_whole && *torn) return refuse(s->journal, BT_E_JOURNAL_DAMAGED, *torn);
        if (!is_whole && !*torn) {
            if (s->line_i == 1 && !may_be_ours(line)) return refuse(s->journal, BT_E_JOURNAL_FOREIGN, 1);
            *torn = s->line_i;
            *torn_at = s->lines.at;
        }
        if (is_whole) status = take_line(s, line);
    }
    if (status == BT_OK && s->lines.error) status = fail(s->journal, BT_E_READ, s->lines.error);
    return status == BT_OK && s->lines.arena.failed ? BT_NOMEM : status;
}

/* The end of the file goes back to what is whole. */
static bt_status cut_off(bt_journal *journal, uint32_t line_i, uint64_t at)
{
    if (ftruncate(journal->fd, (off_t)at) != 0 || fdatasync(journal->fd) != 0) return fail(journal, BT_E_WRITE, errno);
    bt_place place = {.file = bt_str_of(journal->path), .pointer = BT_STR(""), .line = line_i, .column = 1};
    bt_diag(journal->diags, BT_N_JOURNAL_CUT, &place, BT_NO_ARGS);
    journal->size = at;
    return BT_OK;
}

static bt_status read_all(bt_journal *journal)
{
    scan s = {.journal = journal, .arena = bt_arena_over(journal->arena->allocator)};
    uint32_t torn = 0;
    uint64_t torn_at = 0;
    bt_lines_begin(&s.lines, journal->arena->allocator, journal->fd);
    bt_status status = look_through(&s, &torn, &torn_at);
    journal->size = s.lines.next_at;
    bt_lines_drop(&s.lines);
    bt_arena_drop(&s.arena);
    return status == BT_OK && torn ? cut_off(journal, torn, torn_at) : status;
}

/* --- opening and closing --- */

static bt_status open_file(bt_journal *journal)
{
    struct stat about;
    journal->fd = open(journal->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (journal->fd < 0) return fail(journal, BT_E_WRITE, errno);
    if (fstat(journal->fd, &about) != 0) return fail(journal, BT_E_READ, errno);
    if (!S_ISREG(about.st_mode)) return refuse(journal, BT_E_JOURNAL_FOREIGN, 0);
    journal->is_new = !about.st_size;
    return BT_OK;
}

bt_status bt_journal_open(bt_arena *arena, bt_diags *diags, const char *path, bt_journal **result)
{
    *result = NULL;
    bt_journal *journal = BT_NEW(arena, bt_journal);
    if (!journal) return BT_NOMEM;
    *journal = (bt_journal){.arena = arena,
                            .diags = diags,
                            .path = bt_str_z(arena, bt_str_of(path)),
                            .fd = -1,
                            .lines_arena = bt_arena_over(arena->allocator)};
    bt_status status = arena->failed ? BT_NOMEM : open_file(journal);
    if (status == BT_OK) status = read_all(journal);
    if (status == BT_OK)
        *result = journal;
    else
        bt_journal_close(journal);
    return status;
}

void bt_journal_close(bt_journal *journal)
{
    if (!journal) return;
    if (journal->fd >= 0) close(journal->fd);
    journal->fd = -1;
    bt_arena_drop(&journal->lines_arena);
}

/* --- appending --- */

static bt_buf *lines_of(bt_journal *journal)
{
    journal->lines.arena = &journal->lines_arena;
    return &journal->lines;
}

static bt_status appended(const bt_journal *journal) { return journal->lines_arena.failed ? BT_NOMEM : BT_OK; }

bt_status bt_journal_begin(bt_journal *journal, const bt_journal_run *run)
{
    bt_journal_add_run(lines_of(journal), run);
    return appended(journal);
}

bt_status bt_journal_forget(bt_journal *journal, bt_str id)
{
    bt_journal_add_forgotten(lines_of(journal), id);
    return appended(journal);
}

bt_status bt_journal_append(bt_journal *journal, bt_str id, bt_str out, const bt_record *record)
{
    bt_journal_add_edition(lines_of(journal), id, out, record);
    return appended(journal);
}

static int write_all(int fd, bt_str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n < 0 ? errno : ENOSPC;
        bytes = bt_str_slice(bytes, (size_t)n, bytes.len);
    }
    return 0;
}

static int sync_name(bt_journal *journal)
{
    bt_arena words = bt_arena_over(journal->arena->allocator);
    bt_str folder = bt_path_dir(&words, bt_str_of(journal->path));
    int error = words.failed ? ENOMEM : bt_file_sync_folder(folder.ptr);
    bt_arena_drop(&words);
    journal->is_new = error != 0;
    return error;
}

bt_status bt_journal_sync(bt_journal *journal)
{
    if (appended(journal) != BT_OK) return BT_NOMEM;
    bt_str lines = bt_buf_str(&journal->lines);
    int error = write_all(journal->fd, lines);
    if (!error && lines.len && fdatasync(journal->fd) != 0) error = errno;
    if (!error && lines.len && journal->is_new) error = sync_name(journal);
    if (!error) journal->size += lines.len;
    /* What cannot even be cut off is a torn line, or one that is true: its edition was made. */
    bt_status status = error ? fail(journal, BT_E_WRITE, error) : BT_OK;
    if (error && ftruncate(journal->fd, (off_t)journal->size) != 0) status = fail(journal, BT_E_WRITE, errno);
    bt_arena_drop(&journal->lines_arena);
    journal->lines = (bt_buf){0};
    return status;
}

/* --- reading a line again --- */

static bt_status read_at(bt_journal *journal, const entry *one, char *bytes)
{
    size_t n = 0;
    while (n < one->size) {
        ssize_t got = pread(journal->fd, bytes + n, one->size - n, (off_t)(one->at + n));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(journal, BT_E_READ, errno);
        if (got == 0) return refuse(journal, BT_E_JOURNAL_DAMAGED, one->line_i);
        n += (size_t)got;
    }
    return BT_OK;
}

bt_status bt_journal_read(bt_journal *journal, uint32_t i, bt_arena *arena, bt_record *record, bt_str *out)
{
    const entry *one = &journal->entries.v[i];
    char *bytes = bt_arena_alloc(arena, one->size);
    if (!bytes) return BT_NOMEM;
    bt_status status = read_at(journal, one, bytes);
    if (status != BT_OK) return status;
    bool is_read = bt_journal_read_edition(arena, (bt_str){bytes, one->size}, record, out);
    if (arena->failed) return BT_NOMEM;
    return is_read ? BT_OK : refuse(journal, BT_E_JOURNAL_VERSION, one->line_i);
}
