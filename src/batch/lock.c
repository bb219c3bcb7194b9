/* lock.c - see lock.h. */
#include "batch/lock.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct taker {
    bt_arena *arena; /* for paths and words */
    bt_diags *diags;
    bt_str folder;
    bt_shard shard; /* {0, 0}: there are none */
} taker;

static bt_status fail(taker *t, bt_diag_code code, bt_str path, int error)
{
    bt_diag(t->diags, code, NULL, BT_ARGS(path, bt_file_error(t->diags, t->arena, error)));
    return BT_IO;
}

/* --- what the lock's file says --- */

static void write_holder(int fd)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    /* It is for the message of those who are refused; without it they are refused all the same. */
    if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) < 0) return;
}

/* The process that holds the lock; "?": it has not said so yet. */
static bt_str holder_of(taker *t, int fd)
{
    char text[32];
    ssize_t n = pread(fd, text, sizeof text, 0);
    bt_str holder = n > 0 ? bt_str_trim((bt_str){text, (size_t)n}) : BT_STR("?");
    return bt_str_copy(t->arena, holder.len ? holder : BT_STR("?"));
}

/* --- taking it --- */

/* What came of one try. */
typedef enum outcome { HAD, BUSY, BUSY_SHARDS, BROKEN } outcome;

static bt_str lock_path(taker *t, bt_shard shard)
{
    if (!shard.n) return bt_path_join(t->arena, t->folder, BT_STR("lock"));
    char name[40];
    snprintf(name, sizeof name, "lock-%u-of-%u", shard.k, shard.n);
    return bt_path_join(t->arena, t->folder, bt_str_of(name));
}

static outcome try_lock(taker *t, bt_shard shard, int how, int *fd, bt_str *holder)
{
    bt_str path = lock_path(t, shard);
    *fd = t->arena->failed ? -1 : open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0) {
        if (!t->arena->failed) fail(t, BT_E_WRITE, path, errno);
        return BROKEN;
    }
    if (flock(*fd, how | LOCK_NB) == 0) return HAD;
    int error = errno;
    if (error == EWOULDBLOCK)
        *holder = holder_of(t, *fd);
    else
        fail(t, BT_E_WRITE, path, error);
    close(*fd);
    *fd = -1;
    return error == EWOULDBLOCK ? BUSY : BROKEN;
}

/* "lock-2-of-4" */
static bool read_shard(const char *name, bt_shard *shard)
{
    int end = 0;
    return sscanf(name, "lock-%u-of-%u%n", &shard->k, &shard->n, &end) == 2 && !name[end];
}

/* Whether a shard of another number is being made: its own lock is held then. */
static outcome look_for_others(taker *t, bt_str *holder)
{
    DIR *dir = opendir(t->folder.ptr);
    outcome found = HAD;
    if (!dir) {
        fail(t, BT_E_READ, t->folder, errno);
        return BROKEN;
    }
    for (struct dirent *one; found == HAD && (one = readdir(dir));) {
        bt_shard other;
        int fd;
        if (!read_shard(one->d_name, &other) || other.n == t->shard.n) continue;
        found = try_lock(t, other, LOCK_SH, &fd, holder);
        if (found == HAD) close(fd);
        if (found == BUSY) found = BUSY_SHARDS;
    }
    closedir(dir);
    return found;
}

/* A shard takes its own lock before it looks for others: of two that begin at once, one at least sees the other. */
static outcome try_all(taker *t, bt_lock *lock, bt_str *holder)
{
    bool is_shared = t->shard.n != 0;
    outcome came = try_lock(t, (bt_shard){0, 0}, is_shared ? LOCK_SH : LOCK_EX, &lock->fd, holder);
    if (came == HAD && is_shared) came = try_lock(t, t->shard, LOCK_EX, &lock->shard_fd, holder);
    if (came == HAD && is_shared) came = look_for_others(t, holder);
    if (came == HAD)
        write_holder(is_shared ? lock->shard_fd : lock->fd);
    else
        bt_lock_drop(lock);
    return came;
}

/* Not as long for all that wait: two shards that keep each other out would go on doing so. */
static void pause_a_while(void)
{
    enum { LEAST = 20, MORE = 60, NS_PER_MS = 1000000 };
    struct timespec a_while = {.tv_nsec = (LEAST + (long)getpid() % MORE) * NS_PER_MS};
    nanosleep(&a_while, NULL);
}

bt_status bt_lock_take(bt_arena *arena, bt_diags *diags, const char *folder, bt_shard shard, bool waits, bt_lock *lock)
{
    taker t = {.arena = arena, .diags = diags, .folder = bt_str_of(folder)};
    if (shard.n > 1) t.shard = shard;
    *lock = (bt_lock){-1, -1};
    for (;;) {
        bt_str holder = BT_STR("?");
        bt_arena_mark mark = bt_arena_set_mark(arena);
        outcome came = try_all(&t, lock, &holder);
        bool is_busy = came == BUSY || came == BUSY_SHARDS;
        if (arena->failed) return BT_NOMEM;
        if (is_busy && !waits) {
            bt_str where = bt_path_dir(arena, t.folder);
            bt_diag(diags, came == BUSY ? BT_E_BATCH_LOCKED : BT_E_BATCH_LOCKED_SHARDS, NULL, BT_ARGS(holder, where));
        }
        bt_arena_rewind(arena, mark);
        if (came == HAD) return BT_OK;
        if (!is_busy || !waits) return BT_IO;
        pause_a_while();
    }
}

void bt_lock_drop(bt_lock *lock)
{
    if (lock->shard_fd >= 0) close(lock->shard_fd);
    if (lock->fd >= 0) close(lock->fd);
    *lock = (bt_lock){-1, -1};
}
