/* set.c - runs the pairs of a list, some at once, each in a process of its own whose outputs are files in memory, and
 * joins what they said in the order of the list.
 */
#include "check/set/set.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUT, ERR, JSON, JUNIT, N_STREAMS };

/* A pair that is running. */
typedef struct running {
    pid_t pid; /* 0: none */
    uint32_t pair_i;
    int fds[N_STREAMS];
} running;

typedef struct set_run {
    cli *c;
    bt_arena *arena;
    bt_diags *diags;
    const check_options *usual;
    set_list *list;
    running *slots;
    uint32_t n_slots;
    uint32_t next_i;
    int trouble; /* errno of what kept a pair from being started */
} set_run;

/* --- one pair --- */

static void close_streams(running *r)
{
    for (int i = 0; i < N_STREAMS; i++)
        if (r->fds[i] >= 0) close(r->fds[i]);
}

static bool open_streams(running *r)
{
    bool is_open = true;
    for (int i = 0; i < N_STREAMS; i++) {
        r->fds[i] = memfd_create("check", MFD_CLOEXEC);
        is_open = is_open && r->fds[i] >= 0;
    }
    if (!is_open) close_streams(r);
    return is_open;
}

/* In the child: does what the command does for one pair, its JSON and JUnit into files of memory. */
static int run_pair(const set_run *s, const running *r)
{
    enum { LONGEST = 64 };
    char json[LONGEST], junit[LONGEST];
    const set_pair *pair = &s->list->pairs.v[r->pair_i];
    check_options options = pair->options;
    snprintf(json, sizeof json, "/proc/self/fd/%d", r->fds[JSON]);
    snprintf(junit, sizeof junit, "/proc/self/fd/%d", r->fds[JUNIT]);
    if (dup2(r->fds[OUT], STDOUT_FILENO) < 0 || dup2(r->fds[ERR], STDERR_FILENO) < 0) return EXIT_SYSTEM;
    s->c->has_colour = false;
    options.json = s->usual->json || s->usual->report ? json : NULL; /* the index counts findings */
    options.junit = s->usual->junit ? junit : NULL;
    if (s->usual->report) options.report = bt_path_join(s->arena, bt_str_of(s->usual->report), pair->name).ptr;
    int status = check_one(s->c, &options);
    return cli_flush(s->c) == EXIT_DONE ? status : EXIT_SYSTEM;
}

static bool start(set_run *s, running *r)
{
    r->pair_i = s->next_i;
    if (!open_streams(r)) return false;
    fflush(NULL);
    r->pid = fork();
    if (r->pid == 0) _exit(run_pair(s, r));
    if (r->pid > 0) {
        s->next_i++;
        return true;
    }
    r->pid = 0;
    int error = errno;
    close_streams(r);
    errno = error;
    return false;
}

static bt_str read_back(bt_arena *arena, int fd)
{
    struct stat about;
    if (fstat(fd, &about) != 0 || about.st_size <= 0) return BT_STR("");
    size_t size = (size_t)about.st_size, n = 0;
    char *bytes = bt_arena_alloc_unset(arena, size);
    while (bytes && n < size) {
        ssize_t got = pread(fd, bytes + n, size - n, (off_t)n);
        if (got <= 0) break;
        n += (size_t)got;
    }
    return bytes ? (bt_str){bytes, n} : BT_STR("");
}

static void end(set_run *s, running *r, int how)
{
    set_pair *pair = &s->list->pairs.v[r->pair_i];
    pair->status = WIFEXITED(how) ? WEXITSTATUS(how) : EXIT_SYSTEM;
    bt_str *const texts[N_STREAMS] = {&pair->table, &pair->messages, &pair->json, &pair->junit};
    for (int i = 0; i < N_STREAMS; i++) *texts[i] = read_back(s->arena, r->fds[i]);
    close_streams(r);
    r->pid = 0;
}

/* --- all --- */

static running *find_slot(const set_run *s, pid_t pid)
{
    for (uint32_t i = 0; i < s->n_slots; i++)
        if (s->slots[i].pid == pid) return &s->slots[i];
    return NULL;
}

/* Where none can be started any more, those that run still make room. */
static void run_all(set_run *s)
{
    for (;;) {
        running *free_slot;
        while (s->next_i < s->list->pairs.n && (free_slot = find_slot(s, 0))) {
            s->trouble = start(s, free_slot) ? 0 : errno;
            if (s->trouble) break;
        }
        int how = 0;
        pid_t pid = wait(&how);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) return; /* none runs */
        running *slot = find_slot(s, pid);
        if (slot) end(s, slot, how);
    }
}

static int gravest(const set_list *list)
{
    static const int gravity[] = {
        [EXIT_DONE] = 0, [EXIT_NOT_CLEAN] = 1, [EXIT_USAGE] = 3, [EXIT_INPUT] = 2, [EXIT_SYSTEM] = 4};
    int status = EXIT_DONE;
    for (uint32_t i = 0; i < list->pairs.n; i++) {
        int other = list->pairs.v[i].status;
        if (other < 0 || other > EXIT_SYSTEM) other = EXIT_SYSTEM;
        if (gravity[other] > gravity[status]) status = other;
    }
    return status;
}

/* --- what is printed and written --- */

static const char *verdict(const cli *c, int status)
{
    switch (status) {
    case EXIT_DONE:
        return cli_say(c, "equal");
    case EXIT_NOT_CLEAN:
        return cli_say(c, "differs");
    case EXIT_INPUT:
        return cli_say(c, "not read");
    default:
        return cli_say(c, "not checked");
    }
}

static void print(const set_run *s)
{
    uint32_t n[EXIT_SYSTEM + 1] = {0};
    for (uint32_t i = 0; i < s->list->pairs.n; i++) {
        const set_pair *pair = &s->list->pairs.v[i];
        fwrite(pair->messages.ptr, 1, pair->messages.len, stderr);
        n[pair->status <= EXIT_SYSTEM ? pair->status : EXIT_SYSTEM]++;
        if (s->usual->is_quiet) continue;
        printf("%.*s: %s\n", BT_STR_ARGS(pair->name), verdict(s->c, pair->status));
        if (pair->status == EXIT_NOT_CLEAN) printf("%.*s\n", BT_STR_ARGS(pair->table));
    }
    if (s->usual->is_quiet) return;
    printf(cli_say(s->c, "%u checked: %u equal, %u differ, %u not read\n"), s->list->pairs.n, n[EXIT_DONE],
           n[EXIT_NOT_CLEAN], n[EXIT_INPUT] + n[EXIT_SYSTEM] + n[EXIT_USAGE]);
}

static const char *status_name(int status)
{
    static const char *const names[] = {"equal", "differs", "not-checked", "not-read", "not-checked"};
    return names[status <= EXIT_SYSTEM ? status : EXIT_SYSTEM];
}

static void add_json(const set_run *s, bt_buf *out)
{
    bt_buf_add_z(out, "{\"bantin_checks_report\":1,\"checks\":[\n");
    for (uint32_t i = 0; i < s->list->pairs.n; i++) {
        const set_pair *pair = &s->list->pairs.v[i];
        bt_buf_add_z(out, i ? ",\n{\"name\":" : "{\"name\":");
        bt_buf_add_quoted(out, pair->name);
        bt_buf_add_z(out, ",\"ours\":");
        bt_buf_add_quoted(out, bt_str_of(pair->options.ours));
        bt_buf_add_z(out, ",\"sample\":");
        bt_buf_add_quoted(out, bt_str_of(pair->options.sample));
        bt_buf_format(out, ",\"status\":\"%s\"", status_name(pair->status));
        if (pair->json.len) {
            bt_buf_add_z(out, ",\"report\":");
            bt_buf_add(out, bt_str_trim(pair->json));
        } else {
            bt_buf_add_z(out, ",\"messages\":");
            bt_buf_add_quoted(out, bt_str_trim(pair->messages));
        }
        bt_buf_add_char(out, '}');
    }
    bt_buf_add_z(out, "\n]}\n");
}

/* Each pair wrote a document of its own: its suites go into one. A pair that was not read is an error of a suite of its
 * own. */
static void add_suites(const set_pair *pair, bt_buf *out)
{
    static const char close[] = "</testsuites>";
    const char *begin = memmem(pair->junit.ptr, pair->junit.len, "<testsuite ", 11);
    const char *stop = memmem(pair->junit.ptr, pair->junit.len, close, sizeof close - 1);
    if (begin && stop && begin < stop) {
        bt_buf_add(out, (bt_str){begin, (size_t)(stop - begin)});
        return;
    }
    bt_buf_add_z(out, "<testsuite name=\"");
    bt_buf_add(out, pair->name); /* an id: nothing to escape */
    bt_buf_add_z(out, "\" tests=\"1\" failures=\"0\" errors=\"1\"><testcase name=\"read\"><error>");
    tell_add_escaped(out, bt_str_trim(pair->messages));
    bt_buf_add_z(out, "</error></testcase></testsuite>\n");
}

static void add_junit(const set_run *s, bt_buf *out)
{
    bt_buf_add_z(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (uint32_t i = 0; i < s->list->pairs.n; i++) add_suites(&s->list->pairs.v[i], out);
    bt_buf_add_z(out, "</testsuites>\n");
}

static int write_outputs(set_run *s)
{
    int status = EXIT_DONE;
    bt_buf json = bt_buf_in(s->arena), junit = bt_buf_in(s->arena), index = bt_buf_in(s->arena);
    if (s->usual->json) add_json(s, &json);
    if (s->usual->json) status = check_write(s->c, s->diags, s->usual->json, &json);
    if (s->usual->junit) add_junit(s, &junit);
    if (s->usual->junit && status == EXIT_DONE) status = check_write(s->c, s->diags, s->usual->junit, &junit);
    if (!s->usual->report || status != EXIT_DONE) return status;
    if (set_index(s->arena, s->diags, s->list, &index) != BT_OK) return EXIT_SYSTEM;
    const char *path = bt_path_join(s->arena, bt_str_of(s->usual->report), BT_STR("index.html")).ptr;
    return check_write(s->c, s->diags, path, &index);
}

static uint32_t count_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > BT_LIMIT_JOBS ? BT_LIMIT_JOBS : (uint32_t)n;
}

int check_set(cli *c, bt_arena *arena, bt_diags *diags, const check_options *usual, const char *path, uint32_t n_jobs)
{
    set_list list;
    bt_status read = set_list_read(arena, diags, usual, path, &list);
    if (read != BT_OK) return cli_exit_status(read);
    set_run s = {.c = c, .arena = arena, .diags = diags, .usual = usual, .list = &list};
    s.n_slots = n_jobs ? n_jobs : count_processors();
    s.slots = BT_NEW_ARRAY(arena, s.n_slots, running);
    if (!s.slots) return EXIT_SYSTEM;
    if (usual->report && mkdir(usual->report, 0777) != 0 && errno != EEXIST) {
        cli_error(c, "cannot make the folder '%s': %s", usual->report, cli_reason(c, errno));
        return EXIT_SYSTEM;
    }
    run_all(&s);
    if (s.next_i < list.pairs.n) {
        cli_error(c, "cannot start another process: %s", cli_reason(c, s.trouble));
        return EXIT_SYSTEM;
    }
    int written = write_outputs(&s);
    print(&s);
    return written != EXIT_DONE ? written : gravest(&list);
}
