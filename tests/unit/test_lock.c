/* test_lock.c - the lock of a batch's folder: who may be in it at once, however the holder ends; and what is swept up.
 */
#include "batch/lock.h"
#include "batch/sweep.h"
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/bantin-lock-XXXXXX/batch";
enum { PARENT = sizeof "/tmp/bantin-lock-XXXXXX" - 1 };

static char heard[400]; /* code and text of the last message */

static void hear(void *user, const bt_message *message)
{
    (void)user;
    snprintf(heard, sizeof heard, "%s %s", message->code, message->text);
}

static bt_status take(bt_shard shard, bt_lock *lock)
{
    bt_arena arena = {0};
    bt_diags diags = {.on_message = hear};
    heard[0] = '\0';
    bt_status status = bt_lock_take(&arena, &diags, folder, shard, false, lock);
    bt_arena_drop(&arena);
    return status;
}

static const bt_shard none = {0, 0};

/* Whether b is refused while a is held, with this message; the other way round as well. */
static void check_pair(bt_shard a, bt_shard b, const char *code)
{
    bt_lock first, second;
    CHECK_INT(take(a, &first), BT_OK);
    CHECK_INT(take(b, &second), code ? BT_IO : BT_OK);
    CHECK_INT(strncmp(heard, code ? code : "", code ? strlen(code) : 1), 0);
    char pid[32];
    snprintf(pid, sizeof pid, "process %ld ", (long)getpid());
    if (code) CHECK(strstr(heard, pid) != NULL);
    CHECK(!code || (second.fd == -1 && second.shard_fd == -1));
    bt_lock_drop(&second);
    bt_lock_drop(&first);
    CHECK_INT(take(b, &second), BT_OK);
    bt_lock_drop(&second);
}

static void test_pairs(void)
{
    static const struct {
        bt_shard a, b;
        const char *code;
    } pairs[] = {{{0, 0}, {0, 0}, "E1174"},  {{0, 0}, {1, 1}, "E1174"}, {{0, 0}, {1, 4}, "E1174"},
                 {{1, 4}, {1, 4}, "E1174"},  {{1, 4}, {2, 4}, NULL},    {{4, 4}, {1, 5}, "E1175"},
                 {{11, 12}, {1, 2}, "E1175"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        check_pair(pairs[i].a, pairs[i].b, pairs[i].code);
        check_pair(pairs[i].b, pairs[i].a, pairs[i].code);
    }
}

/* A shard that is refused lets go of what it had taken already. */
static void test_refused(void)
{
    bt_lock first, second, third;
    CHECK_INT(take((bt_shard){1, 4}, &first), BT_OK);
    CHECK_INT(take((bt_shard){1, 5}, &second), BT_IO);
    bt_lock_drop(&first);
    CHECK_INT(take(none, &third), BT_OK);
    bt_lock_drop(&third);
}

/* A holder that is killed holds no more; one that waits has it then. */
static void test_killed(void)
{
    int ready[2];
    char byte = 'x';
    CHECK_INT(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        bt_lock lock;
        if (take(none, &lock) != BT_OK) _exit(1);
        if (write(ready[1], &byte, 1) != 1) _exit(1);
        for (;;) pause();
    }
    CHECK_INT(read(ready[0], &byte, 1), 1);
    bt_lock lock;
    CHECK_INT(take(none, &lock), BT_IO);
    char named[32];
    snprintf(named, sizeof named, "process %ld ", (long)pid);
    CHECK(strstr(heard, named) != NULL);
    heard[0] = '\0';
    pid_t waiter = fork();
    if (waiter == 0) {
        bt_arena arena = {0};
        bt_diags diags = {.on_message = hear};
        bt_status status = bt_lock_take(&arena, &diags, folder, none, true, &lock);
        _exit(status == BT_OK && !heard[0] ? 7 : 1);
    }
    kill(pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    waitpid(waiter, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    CHECK_INT(take(none, &lock), BT_OK);
    bt_lock_drop(&lock);
    close(ready[0]);
    close(ready[1]);
}

/* --- sweeping --- */

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name) { close(open(in_folder(name), O_WRONLY | O_CREAT, 0666)); }
static bool is_there(const char *name) { return access(in_folder(name), F_OK) == 0; }

static void test_sweep(void)
{
    static const char *const ours[] = {"report.json.1.part", "report.json.12345.part"};
    static const char *const others[] = {"report.json",
                                         "report.json.part",
                                         "report.json..part",
                                         "report.json.1a.part",
                                         "report-1-of-2.json.7.part",
                                         "xreport.json.1.part",
                                         "1.part",
                                         ".part"};
    enum { N_OURS = sizeof ours / sizeof *ours, N_OTHERS = sizeof others / sizeof *others };
    bt_arena arena = {0};
    bt_diags diags = {.on_message = hear};
    for (size_t i = 0; i < N_OURS; i++) put(ours[i]);
    for (size_t i = 0; i < N_OTHERS; i++) put(others[i]);
    CHECK_INT(bt_sweep_parts(&arena, &diags, in_folder("report.json")), BT_OK);
    for (size_t i = 0; i < N_OURS; i++) CHECK(!is_there(ours[i]));
    for (size_t i = 0; i < N_OTHERS; i++) CHECK(is_there(others[i]));
    CHECK_INT(bt_sweep_folder(&arena, &diags, folder), BT_OK);
    for (size_t i = 0; i < N_OTHERS; i++) CHECK(!is_there(others[i]));
    CHECK(!is_there("lock"));
    CHECK_INT(bt_sweep_folder(&arena, &diags, in_folder("nowhere")), BT_OK);
    CHECK_INT(mkdir(in_folder("mine"), 0777), 0); /* no file of ours is a folder */
    heard[0] = '\0';
    CHECK_INT(bt_sweep_folder(&arena, &diags, folder), BT_IO);
    CHECK_INT(strncmp(heard, "E1179", 5), 0);
    rmdir(in_folder("mine"));
    bt_arena_drop(&arena);
}

static void test_no_folder(void)
{
    bt_lock lock;
    rmdir(folder);
    CHECK_INT(take(none, &lock), BT_IO);
    CHECK_INT(strncmp(heard, "E0804", 5), 0);
}

int main(void)
{
    folder[PARENT] = '\0';
    if (!mkdtemp(folder)) return 1;
    folder[PARENT] = '/';
    mkdir(folder, 0777);
    test_pairs();
    test_refused();
    test_killed();
    test_sweep();
    test_no_folder();
    folder[PARENT] = '\0';
    rmdir(folder);
    return check_report();
}
