/* tiffsep.c - see tiffsep.h. */
#include "check/pixel/tiffsep.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    OVERSAMPLED = 3,   /* pixels that are made of each side of one, so that thin things are not as thick as a pixel */
    PAGES_AT_ONCE = 8, /* what they write stays on the disk until they are done */
    SECONDS = 60,      /* that these may take */
    NOT_FOUND = 127,   /* exit status: there is no such program */
    MOST_BYTES = 64 * 1024 * 1024, /* of a plate */
};

typedef struct separation {
    bt_arena *arena;
    const tiffsep_job *job;
    const char *folder;
    uint32_t begin, end; /* of the job's pages */
} separation;

/* --- TIFF, as Ghostscript writes it: a page of 8 bits, not compressed --- */

enum { TAG_COLUMNS = 256, TAG_ROWS, TAG_BITS, TAG_COMPRESSION, TAG_STRIPS = 273, TAG_STRIP_BYTES = 279, PLAIN = 1 };

typedef struct tiff {
    bt_str bytes;
    uint32_t columns, rows, n_strips, strips_at, strip_bytes_at;
    bool strips_are_short, strip_bytes_are_short;
    bool is_whole;
} tiff;

static uint32_t number_at(const tiff *t, size_t at, bool is_short)
{
    size_t n = is_short ? 2 : 4;
    uint32_t value = 0;
    if (at > t->bytes.len || t->bytes.len - at < n) return 0;
    for (size_t i = n; i > 0; i--) value = value << 8 | (unsigned char)t->bytes.ptr[at + i - 1];
    return value;
}

static void read_entry(tiff *t, size_t at)
{
    enum { SHORT = 3, VALUE = 8 };
    uint32_t tag = number_at(t, at, true), n = number_at(t, at + 4, false);
    bool is_short = number_at(t, at + 2, true) == SHORT;
    uint32_t value = number_at(t, at + VALUE, is_short);
    uint32_t list = n * (is_short ? 2U : 4U) <= 4 ? (uint32_t)at + VALUE : number_at(t, at + VALUE, false);
    if (tag == TAG_COLUMNS) t->columns = value;
    if (tag == TAG_ROWS) t->rows = value;
    if (tag == TAG_BITS || tag == TAG_COMPRESSION) t->is_whole &= value == (tag == TAG_BITS ? 8 : PLAIN);
    if (tag == TAG_STRIPS) {
        t->n_strips = n;
        t->strips_at = list;
        t->strips_are_short = is_short;
    }
    if (tag == TAG_STRIP_BYTES) {
        t->strip_bytes_at = list;
        t->strip_bytes_are_short = is_short;
    }
}

/* The samples, turned from light into ink. NULL: no such file. */
static const uint8_t *read_tiff(bt_arena *arena, bt_str bytes, uint32_t *columns, uint32_t *rows)
{
    enum { ENTRY = 12, MOST_ENTRIES = 64 };
    tiff t = {.bytes = bytes, .is_whole = bt_str_starts(bytes, (bt_str){"II*\0", 4})};
    uint32_t directory = number_at(&t, 4, false), n = number_at(&t, directory, true);
    for (uint32_t i = 0; i < n && i < MOST_ENTRIES; i++) read_entry(&t, (size_t)directory + 2 + (size_t)i * ENTRY);
    size_t size = (size_t)t.columns * t.rows, at = 0;
    if (!t.is_whole || !size || size > MOST_BYTES) return NULL;
    uint8_t *ink = BT_NEW_ARRAY_UNSET(arena, size, uint8_t);
    for (uint32_t i = 0; ink && i < t.n_strips && at < size; i++) {
        size_t width = t.strips_are_short ? 2 : 4, bytes_width = t.strip_bytes_are_short ? 2 : 4;
        size_t begin = number_at(&t, t.strips_at + i * width, t.strips_are_short);
        size_t length = number_at(&t, t.strip_bytes_at + i * bytes_width, t.strip_bytes_are_short);
        if (length > size - at) length = size - at;
        if (begin > bytes.len || length > bytes.len - begin) return NULL;
        for (size_t k = 0; k < length; k++) ink[at + k] = (uint8_t)(UINT8_MAX - (unsigned char)bytes.ptr[begin + k]);
        at += length;
    }
    *columns = t.columns;
    *rows = t.rows;
    return at == size ? ink : NULL;
}

/* --- what it has written --- */

typedef struct names {
    BT_ARRAY(bt_str) v;
} names;

static int compare_names(const void *a, const void *b)
{
    return bt_str_compare(*(const bt_str *)a, *(const bt_str *)b);
}

/* The files of the folder, by name. */
static names list_files(bt_arena *arena, const char *folder)
{
    names all = {0};
    DIR *dir = opendir(folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        bt_str *name = entry->d_name[0] == '.' ? NULL : BT_PUSH(arena, &all.v);
        if (name) *name = bt_str_copy(arena, bt_str_of(entry->d_name));
    }
    if (dir) closedir(dir);
    if (all.v.v) qsort(all.v.v, all.v.n, sizeof *all.v.v, compare_names);
    return all;
}

static void remove_files(bt_arena *arena, const char *folder)
{
    names all = list_files(arena, folder);
    for (uint32_t i = 0; i < all.v.n; i++) unlink(bt_path_join(arena, bt_str_of(folder), all.v.v[i]).ptr);
}

/* Ghostscript writes what no file name may have as %2F. */
static bt_str ink_of(bt_arena *arena, bt_str name)
{
    static const char digits[] = "0123456789ABCDEF";
    bt_buf ink = bt_buf_in(arena);
    for (size_t i = 0; i < name.len; i++) {
        const char *high = name.ptr[i] == '%' && i + 2 < name.len ? strchr(digits, name.ptr[i + 1]) : NULL;
        const char *low = high && *high ? strchr(digits, name.ptr[i + 2]) : NULL;
        bool is_escape = low && *low;
        bt_buf_add_char(&ink, is_escape ? (char)((high - digits) * 16 + (low - digits)) : name.ptr[i]);
        if (is_escape) i += 2;
    }
    return bt_buf_str(&ink);
}

/* "p3(Cyan).tif": a plate of the third page that was made. All plates of a page are of one size. */
static bool read_plate(const separation *s, bt_str name, bt_str head, tiffsep_page *page)
{
    static const bt_str tail = BT_STR_INIT(").tif");
    if (!bt_str_starts(name, head) || !bt_str_ends(name, tail)) return true;
    bt_str bytes;
    int error;
    uint32_t columns, rows;
    if (bt_file_read(s->arena, bt_path_join(s->arena, bt_str_of(s->folder), name).ptr, MOST_BYTES, &bytes, &error) !=
        BT_OK)
        return false;
    const uint8_t *v = read_tiff(s->arena, bytes, &columns, &rows);
    tiffsep_plate *plate = v ? BT_PUSH(s->arena, &page->plates) : NULL;
    if (!plate || (page->n_columns && (columns != page->n_columns || rows != page->n_rows))) return false;
    page->n_columns = columns;
    page->n_rows = rows;
    *plate = (tiffsep_plate){ink_of(s->arena, bt_str_slice(name, head.len, name.len - tail.len)), v};
    return true;
}

static tiffsep_outcome take_pages(const separation *s)
{
    names all = list_files(s->arena, s->folder);
    for (uint32_t i = s->begin; i < s->end; i++) {
        bt_arena_mark mark = bt_arena_set_mark(s->arena);
        tiffsep_page page = {.page = s->job->pages[i]};
        bt_str head = bt_str_format(s->arena, "p%u(", i - s->begin + 1);
        bool is_read = true;
        for (uint32_t k = 0; k < all.v.n && is_read; k++) is_read = read_plate(s, all.v.v[k], head, &page);
        if (is_read && page.plates.n) s->job->take(s->job->user, &page);
        bt_arena_rewind(s->arena, mark);
        if (s->arena->failed) return TIFFSEP_TROUBLE;
        if (!is_read || !page.plates.n) return TIFFSEP_FAILED;
    }
    return TIFFSEP_DONE;
}

/* --- the process --- */

/* In the child. Names are relative to the folder: a percent sign in them would mean something to Ghostscript. */
_Noreturn static void become_ghostscript(const separation *s, const char *resolution, const char *pages, pid_t parent)
{
    char scale[32];
    snprintf(scale, sizeof scale, "-dDownScaleFactor=%d", OVERSAMPLED);
    const char *const arguments[] = {"gs",
                                     "-q",
                                     "-dSAFER",
                                     "-dBATCH",
                                     "-dNOPAUSE",
                                     "-sDEVICE=tiffsep",
                                     "-dMaxSpots=60",
                                     "-sCompression=none",
                                     resolution,
                                     scale,
                                     pages,
                                     "-sOutputFile=p%d.tif",
                                     "in.pdf",
                                     NULL};
    const char *path = getenv("PATH");
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool is_ready = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && nowhere >= 0 &&
                    dup2(nowhere, STDIN_FILENO) >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 &&
                    dup2(nowhere, STDERR_FILENO) >= 0 && chdir(s->folder) == 0 && clearenv() == 0 &&
                    setenv("PATH", path ? path : "/usr/bin:/bin", 1) == 0 && setenv("TMPDIR", ".", 1) == 0 &&
                    setenv("LC_ALL", "C", 1) == 0;
    if (!is_ready) _exit(1);
    execvp("gs", (char *const *)(uintptr_t)arguments);
    _exit(errno == ENOENT ? NOT_FOUND : 1);
}

/* Whether one of the signals that end a program waits: the folder has to be removed first. */
static bool is_told_to_end(void)
{
    sigset_t waiting;
    if (sigpending(&waiting) != 0) return false;
    return sigismember(&waiting, SIGINT) > 0 || sigismember(&waiting, SIGTERM) > 0 || sigismember(&waiting, SIGHUP) > 0;
}

/* Waits for the child, for as long as it may take. Its exit status; -1: it was killed. */
static int wait_for(pid_t child)
{
    enum { SLICE = 100 }; /* ms */
    int fd = pidfd_open(child, 0), status = 0;
    struct pollfd end = {.fd = fd, .events = POLLIN};
    bool has_ended = false;
    for (int i = 0; i < SECONDS * 1000 / SLICE && !has_ended && !is_told_to_end(); i++)
        has_ended = fd >= 0 ? poll(&end, 1, SLICE) > 0 : true;
    if (!has_ended) kill(child, SIGKILL);
    if (fd >= 0) close(fd);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bt_str page_list(const separation *s)
{
    bt_buf list = bt_buf_in(s->arena);
    bt_buf_add_z(&list, "-sPageList=");
    for (uint32_t i = s->begin; i < s->end; i++) bt_buf_format(&list, i > s->begin ? ",%u" : "%u", s->job->pages[i]);
    bt_buf_add_char(&list, '\0');
    return bt_buf_str(&list);
}

static tiffsep_outcome separate(const separation *s)
{
    bt_str pages = page_list(s), resolution = bt_str_format(s->arena, "-r%u%c", s->job->dpi * OVERSAMPLED, '\0');
    if (s->arena->failed) return TIFFSEP_TROUBLE;
    pid_t parent = getpid(), child = fork();
    if (child < 0) return TIFFSEP_TROUBLE;
    if (child == 0) become_ghostscript(s, resolution.ptr, pages.ptr, parent);
    int status = wait_for(child);
    if (status == NOT_FOUND) return TIFFSEP_ABSENT;
    return status == 0 ? take_pages(s) : TIFFSEP_FAILED;
}

static bool write_copy(bt_arena *arena, const char *folder, bt_str bytes)
{
    int fd = open(bt_path_join(arena, bt_str_of(folder), BT_STR("in.pdf")).ptr, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    size_t at = 0;
    while (fd >= 0 && at < bytes.len) {
        ssize_t n = write(fd, bytes.ptr + at, bytes.len - at);
        if (n < 0 && errno != EINTR) break;
        if (n > 0) at += (size_t)n;
    }
    return fd >= 0 && close(fd) == 0 && at == bytes.len;
}

static tiffsep_outcome run_in(bt_arena *scratch, const seen_file *file, const tiffsep_job *job, const char *folder)
{
    tiffsep_outcome outcome = TIFFSEP_DONE;
    for (uint32_t begin = 0; begin < job->n_pages && outcome == TIFFSEP_DONE; begin += PAGES_AT_ONCE) {
        uint32_t end = job->n_pages - begin > PAGES_AT_ONCE ? begin + PAGES_AT_ONCE : job->n_pages;
        const separation s = {scratch, job, folder, begin, end};
        bt_arena_mark mark = bt_arena_set_mark(scratch);
        outcome = write_copy(scratch, folder, file->bytes) ? separate(&s) : TIFFSEP_TROUBLE;
        remove_files(scratch, folder);
        bt_arena_rewind(scratch, mark);
    }
    return outcome;
}

/* Signals that end a program wait until the folder is gone; so does the death of the parent, which would otherwise kill
 * without a word (guard.c). */
typedef struct held_back {
    sigset_t before;
    int at_death; /* of the parent */
} held_back;

static void hold_back(held_back *held)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, &held->before);
    if (prctl(PR_GET_PDEATHSIG, &held->at_death) != 0) held->at_death = 0;
    if (held->at_death) prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static void let_go(const held_back *held)
{
    if (held->at_death) prctl(PR_SET_PDEATHSIG, held->at_death);
    sigprocmask(SIG_SETMASK, &held->before, NULL);
}

tiffsep_outcome tiffsep_run(bt_arena *scratch, const seen_file *file, const tiffsep_job *job)
{
    const char *parent = getenv("TMPDIR");
    char folder[PATH_MAX];
    int length = snprintf(folder, sizeof folder, "%s/bantin-XXXXXX", parent && parent[0] ? parent : "/tmp");
    held_back held;
    hold_back(&held);
    tiffsep_outcome outcome = TIFFSEP_TROUBLE;
    if (length > 0 && (size_t)length < sizeof folder && mkdtemp(folder)) {
        outcome = run_in(scratch, file, job, folder);
        rmdir(folder);
    }
    let_go(&held);
    return outcome;
}
