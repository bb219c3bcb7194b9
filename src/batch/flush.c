/* flush.c - see flush.h. */
#include "batch/flush.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

enum { MOST_HELPERS = 7, FILES_EACH = 4 /* that one more helper is worth */ };

typedef struct flushing {
    bt_flush_file *files;
    uint32_t n;
    _Atomic uint32_t next;
} flushing;

static int flush_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int error = fdatasync(fd) == 0 || errno == EINVAL ? 0 : errno; /* some file systems cannot */
    close(fd);
    return error;
}

static void *flush_some(void *user)
{
    flushing *f = user;
    for (uint32_t i; (i = atomic_fetch_add(&f->next, 1)) < f->n;) f->files[i].error = flush_file(f->files[i].path);
    return NULL;
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Alone, as long as it is quick. How many were flushed. */
static uint32_t flush_quick(bt_flush_file *files, uint32_t n, bool *is_slow)
{
    enum { SLOW_US = 100 /* about what a thread costs */ };
    uint32_t i = 0;
    while (i < n && !*is_slow) {
        int64_t begin = now_us();
        files[i].error = flush_file(files[i].path);
        *is_slow = now_us() - begin > SLOW_US;
        i++;
    }
    return i;
}

void bt_flush_files(bt_flush_file *files, uint32_t n, bool *is_slow)
{
    uint32_t n_done = flush_quick(files, n, is_slow);
    files += n_done;
    n -= n_done;
    pthread_t helpers[MOST_HELPERS];
    uint32_t n_helpers = 0, n_wanted = n / FILES_EACH < MOST_HELPERS ? n / FILES_EACH : MOST_HELPERS;
    flushing f = {.files = files, .n = n};
    while (n_helpers < n_wanted && pthread_create(&helpers[n_helpers], NULL, flush_some, &f) == 0) n_helpers++;
    flush_some(&f); /* alone, where no thread can be had */
    for (uint32_t i = 0; i < n_helpers; i++) pthread_join(helpers[i], NULL);
}
