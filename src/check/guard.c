/* guard.c - files that come from anywhere are read by a child, so that whatever they do to a reader costs that child.
 *
 * The child may take so much memory, CPU and time, and leaves no core. Which file it reads at the moment stands in
 * memory that it shares with its parent: when it dies, the parent says of that file that it cannot be read. What the
 * child writes to its error output is held back until it has ended, since a library that dies says so in words that
 * help nobody; when the fault is ours, they are passed on.
 */
#include "check/check.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef HAS_ADDRESS_SANITIZER
#define HAS_ADDRESS_SANITIZER 0
#endif

enum { LONGEST_PATH = 4096 };

/* Shared with the child: the file that it reads. NULL: there is no child. */
static char *reads;

static const int timer_signals[] = {SIGPROF, SIGALRM, SIGXCPU};

/* --- in the child --- */

/* A large file may take longer: this much CPU, and a little more by the clock, since other programs run as well. The
 * timers are left to do what signals do by default: they end the process. */
static void set_timers(const char *path)
{
    enum { BYTES_A_SECOND = 4 << 20, CLOCK_MORE = 2 };
    struct stat about;
    time_t seconds = 0;
    if (path[0]) seconds = BT_LIMIT_CHECK_SECONDS;
    if (path[0] && stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size < BT_LIMIT_PDF_BYTES)
        seconds += about.st_size / BYTES_A_SECOND;
    const struct itimerval cpu = {.it_value.tv_sec = seconds};
    const struct itimerval wall = {.it_value.tv_sec = seconds ? seconds + CLOCK_MORE : 0};
    setitimer(ITIMER_PROF, &cpu, NULL);
    setitimer(ITIMER_REAL, &wall, NULL);
}

void guard_reads(const char *path)
{
    if (!reads) return;
    snprintf(reads, LONGEST_PATH, "%s", path ? path : "");
    set_timers(reads);
}

/* The hard limit stays: at that of CPU the system would kill without saying why. */
static void limit(__rlimit_resource_t resource, rlim_t most)
{
    struct rlimit is;
    if (getrlimit(resource, &is) != 0) return;
    if (is.rlim_cur == RLIM_INFINITY || is.rlim_cur > most) is.rlim_cur = most;
    setrlimit(resource, &is);
}

static _Noreturn void be_child(guard_work work, void *user, uint32_t seconds, int errors)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (errors >= 0) dup2(errors, STDERR_FILENO);
    sigset_t timers;
    sigemptyset(&timers);
    for (size_t i = 0; i < sizeof timer_signals / sizeof *timer_signals; i++) {
        sigaddset(&timers, timer_signals[i]);
        signal(timer_signals[i], SIG_DFL);
    }
    sigprocmask(SIG_UNBLOCK, &timers, NULL);
    limit(RLIMIT_CORE, 0);
    /* The sanitizer maps terabytes that it never touches. */
    if (!HAS_ADDRESS_SANITIZER) limit(RLIMIT_AS, BT_LIMIT_CHECK_BYTES);
    if (seconds) limit(RLIMIT_CPU, seconds);
    exit(work(user)); /* NOLINT(concurrency-mt-unsafe) */
}

/* --- in the parent --- */

/* Passes on what the child has said. */
static void pass_on(int errors)
{
    char bytes[8192];
    ssize_t n;
    if (errors < 0 || lseek(errors, 0, SEEK_SET) != 0) return;
    while ((n = read(errors, bytes, sizeof bytes)) > 0) fwrite(bytes, 1, (size_t)n, stderr);
}

static int report_death(const cli *c, int signal_number, int errors)
{
    bool is_slow = false;
    for (size_t i = 0; i < sizeof timer_signals / sizeof *timer_signals; i++)
        if (signal_number == timer_signals[i]) is_slow = true;
    if (!reads[0]) {
        pass_on(errors);
        if (is_slow)
            cli_error(c, "this took longer than it may; try it with fewer pages");
        else
            cli_error(c, "a fault of bantin's own (signal %d); please report it with the files", signal_number);
        return EXIT_SYSTEM;
    }
    if (is_slow)
        cli_error(c, "'%s' takes too long to read, so it was given up; it may be damaged: make or fetch the file again",
                  reads);
    else
        cli_error(
            c, "'%s' cannot be read: it is damaged, or takes more than %d MB of memory; make or fetch the file again",
            reads, BT_LIMIT_CHECK_BYTES >> 20);
    return EXIT_INPUT;
}

/* Somebody has stopped the child, or reads no further what it prints: this program ends of it as well. */
static bool is_foreign(int signal_number)
{
    return signal_number == SIGPIPE || signal_number == SIGINT || signal_number == SIGTERM || signal_number == SIGHUP;
}

static int wait_for(const cli *c, pid_t child, int errors)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) {
            cli_error(c, "cannot start another process: %s; close other programs", cli_reason(c, errno));
            return EXIT_SYSTEM;
        }
    if (!WIFEXITED(status) && is_foreign(WTERMSIG(status))) {
        pass_on(errors);
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    if (!WIFEXITED(status)) return report_death(c, WTERMSIG(status), errors);
    pass_on(errors);
    return WEXITSTATUS(status);
}

int guard_run(cli *c, guard_work work, void *user, uint32_t seconds)
{
    void *shared = mmap(NULL, LONGEST_PATH, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int errors = memfd_create("errors", MFD_CLOEXEC); /* without it, they go out at once */
    fflush(NULL);
    reads = shared == MAP_FAILED ? NULL : shared;
    pid_t child = reads ? fork() : -1;
    if (child == 0) be_child(work, user, seconds, errors);
    int status = EXIT_SYSTEM;
    if (child > 0)
        status = wait_for(c, child, errors);
    else
        cli_error(c, "cannot start another process: %s; close other programs", cli_reason(c, errno));
    if (errors >= 0) close(errors);
    if (reads) munmap(shared, LONGEST_PATH);
    reads = NULL;
    return status;
}
