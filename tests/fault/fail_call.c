/* fail_call.c - a library that goes before the C library's own (LD_PRELOAD) and makes one call fail:
 *
 *     FAIL_CALL=rename FAIL_NTH=3 FAIL_ERRNO=13 FAIL_NOTE=/tmp/failed LD_PRELOAD=./libfail_call.so PROGRAM
 *
 * or, where FAIL_ERRNO is 0, kills all processes of its group instead: a crash at just that moment.
 *
 * Calls are counted in the first process alone, not in its children. FAIL_NOTE is made when the call has failed: where
 * it is missing, the program makes no such call so often. Calls for the terminal and pipes are passed over.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pid_t first_process;

__attribute__((constructor)) static void begin(void) { first_process = getpid(); }

static void leave_note(void)
{
    const char *path = getenv("FAIL_NOTE");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (fd >= 0) close(fd);
}

/* Whether this call is the one. */
static bool fails(const char *call)
{
    static _Atomic long n; /* files are flushed by several threads */
    const char *wanted = getenv("FAIL_CALL"), *nth = getenv("FAIL_NTH"), *error = getenv("FAIL_ERRNO");
    if (!wanted || !nth || !error || strcmp(wanted, call) != 0 || getpid() != first_process) return false;
    if (++n != strtol(nth, NULL, 10)) return false;
    leave_note();
    errno = (int)strtol(error, NULL, 10);
    if (!errno) kill(0, SIGKILL);
    return true;
}

static bool is_file(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
}

/* The C library's own. A function's address is no object pointer in C, but it is in POSIX. */
#define NEXT(name, type, ...)                                                                                          \
    type (*next)(__VA_ARGS__);                                                                                         \
    *(void **)&next = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *bytes, size_t size)
{
    NEXT("write", ssize_t, int, const void *, size_t);
    return is_file(fd) && fails("write") ? -1 : next(fd, bytes, size);
}

/* Counted as a write. */
ssize_t writev(int fd, const struct iovec *pieces, int n)
{
    NEXT("writev", ssize_t, int, const struct iovec *, int);
    return is_file(fd) && fails("write") ? -1 : next(fd, pieces, n);
}

int fsync(int fd)
{
    NEXT("fsync", int, int);
    return fails("fsync") ? -1 : next(fd);
}

int fdatasync(int fd)
{
    NEXT("fdatasync", int, int);
    return fails("fdatasync") ? -1 : next(fd);
}

int rename(const char *from, const char *to)
{
    NEXT("rename", int, const char *, const char *);
    return fails("rename") ? -1 : next(from, to);
}

int link(const char *from, const char *to)
{
    NEXT("link", int, const char *, const char *);
    return fails("link") ? -1 : next(from, to);
}

int ftruncate(int fd, off_t size)
{
    NEXT("ftruncate", int, int, off_t);
    return fails("ftruncate") ? -1 : next(fd, size);
}
