/* pool.c - see pool.h. */
#include "batch/pool.h"

#include "base/file.h"
#include "batch/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100 };

/* A child does not wait for its parent while that flushes a group: so much of records, reports and all, goes into the
 * pipe. */
enum { PIPE_BYTES = 1 << 20 };

typedef struct child {
    pid_t pid;      /* 0: none */
    int fd;         /* where its records come from */
    uint32_t alone; /* the one row that it makes; BT_NO_ROW: it takes from the board */
    bt_wire_reader reader;
} child;

typedef struct pool {
    bt_batch *b;
    bt_store *store;
    bt_board *board;
    uint32_t n_children; /* at once */
    child children[BT_LIMIT_JOBS];
    BT_ARRAY(uint32_t) again; /* rows to be made alone */
    uint32_t again_i;
    int signal_fd;
    sigset_t signals, former_signals;
    bt_status status;
} pool;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t count_processors(void)
{
    cpu_set_t set;
    long n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > BT_LIMIT_JOBS ? BT_LIMIT_JOBS : (uint32_t)n;
}

/* --- signals --- */

/* From here on they wait in a descriptor, also for the children, which never look there: the parent tells them. */
static void begin_signals(pool *p)
{
    static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
    sigemptyset(&p->signals);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction now;
        bool is_ignored = sigaction(stops[i], NULL, &now) == 0 && now.sa_handler == SIG_IGN; /* as nohup has it */
        if (!is_ignored) sigaddset(&p->signals, stops[i]);
    }
    signal(SIGCHLD, SIG_DFL); /* a caller that ignores it would keep from us how a child has ended */
    sigprocmask(SIG_BLOCK, &p->signals, &p->former_signals);
    p->signal_fd = signalfd(-1, &p->signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (p->signal_fd < 0) sigprocmask(SIG_SETMASK, &p->former_signals, NULL); /* then the first has its usual effect */
}

/* The second one has its usual effect. */
static void take_signal(pool *p)
{
    struct signalfd_siginfo about;
    if (read(p->signal_fd, &about, sizeof about) != (ssize_t)sizeof about) return;
    p->b->totals.was_stopped = true;
    atomic_store(&p->board->is_closed, true);
    sigprocmask(SIG_SETMASK, &p->former_signals, NULL);
}

static void end_signals(pool *p)
{
    if (p->signal_fd >= 0) close(p->signal_fd);
    sigprocmask(SIG_SETMASK, &p->former_signals, NULL);
}

/* --- children --- */

static void fail_to_start(pool *p, int error)
{
    bt_diag(&p->b->diags, BT_E_BATCH_PROCESS, NULL, BT_ARGS(bt_file_error(&p->b->diags, &p->b->scratch, error)));
    p->status = BT_IO;
    atomic_store(&p->board->is_closed, true);
}

/* errno, 0: it runs. */
static int start_child(pool *p, uint32_t child_i, uint32_t alone)
{
    int ends[2];
    child *c = &p->children[child_i];
    bt_worker worker = {.board = p->board, .child_i = child_i, .alone = alone, .parent = getpid()};
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* where that is too much for the user, it waits sooner */
    atomic_store(&p->board->at_hand[child_i], BT_NO_ROW);
    sigset_t before;
    sigprocmask(SIG_BLOCK, &p->signals, &before); /* no child ever takes one */
    c->pid = fork();
    if (c->pid == 0) {
        worker.fd = ends[1];
        bt_worker_run(p->b, &worker);
    }
    int error = c->pid < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    c->fd = ends[0];
    c->alone = alone;
    if (!error) return 0;
    close(ends[0]);
    c->pid = 0;
    return error;
}

static bool has_rows(const pool *p)
{
    return !atomic_load(&p->board->is_closed) && atomic_load(&p->board->next) < p->b->n_todo;
}

static uint32_t count_running(const pool *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n_children; i++) n += p->children[i].pid != 0;
    return n;
}

static void start_children(pool *p)
{
    for (uint32_t i = 0; i < p->n_children; i++) {
        bool has_again = p->again_i < p->again.n && !atomic_load(&p->board->is_closed);
        if (p->children[i].pid) continue;
        if (!has_again && !has_rows(p)) return;
        int error = start_child(p, i, has_again ? p->again.v[p->again_i] : BT_NO_ROW);
        if (error && !count_running(p)) fail_to_start(p, error);
        if (error) return; /* those that run go on; one of them that ends makes room */
        p->again_i += has_again;
    }
}

/* The edition that its own child died of. */
static void crash(pool *p, uint32_t row_i, int how)
{
    bt_batch *b = p->b;
    int number = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    const char *name = number ? sigabbrev_np(number) : NULL;
    bt_str what = number ? bt_str_format(&b->scratch, "SIG%s", name ? name : "?")
                         : bt_str_format(&b->scratch, "%d", WEXITSTATUS(how));
    bt_heard heard = {.arena = &b->scratch};
    bt_record record = {.row_i = row_i, .n_errors = 1};
    b->heard = &heard;
    bt_diag(&b->diags, number ? BT_E_BATCH_KILLED : BT_E_BATCH_DIED, b->manifest->rows[row_i].at, BT_ARGS(what));
    b->heard = NULL;
    bt_edition_fail(&record, &heard, BT_INTERNAL);
    record.state = BT_RECORD_CRASHED;
    record.signal = number;
    bt_store_add(p->store, &record, now_ms());
}

/* A child has ended: what was at hand is made again, alone. */
static void end_child(pool *p, uint32_t child_i)
{
    child *c = &p->children[child_i];
    int how = 0;
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR) continue;
    uint32_t row_i = atomic_load(&p->board->at_hand[child_i]);
    bool is_unfinished = row_i != BT_NO_ROW && p->b->records[row_i].state == BT_RECORD_NONE;
    if (is_unfinished) bt_store_sweep(p->store, row_i);
    if (is_unfinished && c->alone != BT_NO_ROW) {
        crash(p, row_i, how);
    } else if (is_unfinished) {
        uint32_t *again = BT_PUSH(p->b->arena, &p->again);
        if (again) *again = row_i;
    }
    close(c->fd);
    c->pid = 0;
    bt_wire_drop(&c->reader);
}

static void read_child(pool *p, uint32_t child_i)
{
    static char bytes[1 << 16];
    child *c = &p->children[child_i];
    ssize_t n = read(c->fd, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (n <= 0) {
        end_child(p, child_i);
        return;
    }
    bt_str contents;
    bool is_sound = bt_wire_feed(&c->reader, bytes, (uint32_t)n);
    while (is_sound && bt_wire_next(&c->reader, &contents)) is_sound = bt_store_take(p->store, contents, now_ms());
    if (!is_sound || c->reader.is_broken) kill(c->pid, SIGKILL); /* its end is read next */
}

/* --- the run --- */

static void wait_for_news(pool *p)
{
    struct pollfd fds[BT_LIMIT_JOBS + 1] = {{.fd = p->signal_fd, .events = POLLIN}};
    uint32_t child_is[BT_LIMIT_JOBS], n = 0;
    for (uint32_t i = 0; i < p->n_children; i++) {
        if (!p->children[i].pid) continue;
        fds[n + 1] = (struct pollfd){.fd = p->children[i].fd, .events = POLLIN};
        child_is[n++] = i;
    }
    if (poll(fds, n + 1, TICK_MS) <= 0) return;
    if (fds[0].revents) take_signal(p);
    for (uint32_t i = 0; i < n; i++)
        if (fds[i + 1].revents) read_child(p, child_is[i]);
}

static void look_at_failures(pool *p)
{
    bt_batch_totals *totals = &p->b->totals;
    uint32_t most = p->b->options->max_failures;
    bool has_work = has_rows(p) || p->again_i < p->again.n;
    if (!most || totals->n_failed < most || !has_work) return;
    totals->has_given_up = true;
    atomic_store(&p->board->is_closed, true);
}

/* A child that died between taking a row and saying so has left it to nobody. */
static void find_lost(pool *p)
{
    for (uint32_t i = 0; i < p->b->n_todo && !atomic_load(&p->board->is_closed); i++) {
        uint32_t row_i = p->b->todo[i];
        if (p->b->records[row_i].state != BT_RECORD_NONE) continue;
        uint32_t *again = BT_PUSH(p->b->arena, &p->again);
        if (again) *again = row_i;
    }
}

static void run_children(pool *p)
{
    for (start_children(p); count_running(p); start_children(p)) {
        wait_for_news(p);
        if (bt_store_is_due(p->store, now_ms())) bt_store_flush(p->store, now_ms());
        if (p->store->status != BT_OK) atomic_store(&p->board->is_closed, true);
        look_at_failures(p);
        p->b->listener->on_progress(p->b->listener->user, &p->b->totals);
    }
}

bt_status bt_pool_run(bt_batch *b, bt_store *store)
{
    bt_board *board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool *p = BT_NEW(b->arena, pool);
    if (board == MAP_FAILED || !p) return BT_NOMEM;
    *p = (pool){.b = b, .store = store, .board = board};
    p->n_children = b->options->n_jobs ? b->options->n_jobs : count_processors();
    begin_signals(p);
    run_children(p);
    find_lost(p);
    run_children(p);
    bt_store_flush_all(store);
    b->listener->on_progress(b->listener->user, &b->totals);
    end_signals(p);
    munmap(board, sizeof *board);
    return p->status != BT_OK ? p->status : store->status;
}
