/* test_guard.c - work in a child: its exit status comes back, and of a child that dies it is told what it read. */
#include "check.h"

#include "check/check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct job {
    const char *reads;
    enum { ENDS, DIES, TURNS, OVERFLOWS, LEAVES_OFF } how;
} job;

static volatile sig_atomic_t for_ever = 1;

static int work(void *user)
{
    const job *j = user;
    guard_reads(j->reads);
    if (j->how == DIES) raise(SIGTRAP); /* as glib dies; sanitizers leave it alone */
    while (j->how == TURNS && for_ever) {
    }
    fputs("words of the child\n", stderr);
    if (j->how == OVERFLOWS) abort();
    guard_reads(NULL);
    if (j->how == LEAVES_OFF) raise(SIGKILL);
    struct rlimit core = {1, 1};
    getrlimit(RLIMIT_CORE, &core);
    return core.rlim_cur == 0 ? EXIT_NOT_CLEAN : EXIT_USAGE;
}

/* What is said while it runs goes to a file. */
static const char *said_by(const job *j, int status)
{
    static char text[4096];
    FILE *file = tmpfile();
    int before = dup(STDERR_FILENO);
    cli c = {.lang = BT_LANG_EN};
    if (!file || before < 0) exit(2);
    dup2(fileno(file), STDERR_FILENO);
    int is = guard_run(&c, work, (void *)j, 1);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    CHECK_INT(is, status);
    return text;
}

static bool has(const char *text, const char *part)
{
    bool is_there = strstr(text, part);
    if (!is_there) printf("    '%s' has no '%s'\n", text, part);
    return is_there;
}

int main(void)
{
    const char *text = said_by(&(job){"a.pdf", ENDS}, EXIT_NOT_CLEAN);
    CHECK_STR(bt_str_of(text), "words of the child\n");
    text = said_by(&(job){"tháng tư.pdf", DIES}, EXIT_INPUT);
    CHECK(has(text, "'tháng tư.pdf' cannot be read"));
    text = said_by(&(job){"a.pdf", OVERFLOWS}, EXIT_INPUT);
    CHECK(has(text, "'a.pdf' cannot be read") && !strstr(text, "words of the child"));
    text = said_by(&(job){"b.pdf", TURNS}, EXIT_INPUT);
    CHECK(has(text, "'b.pdf' takes too long"));
    text = said_by(&(job){"a.pdf", LEAVES_OFF}, EXIT_SYSTEM);
    CHECK(has(text, "words of the child") && has(text, "a fault of bantin's own (signal 9)"));
    text = said_by(&(job){NULL, TURNS}, EXIT_SYSTEM);
    CHECK(has(text, "longer than it may"));
    guard_reads("nobody reads"); /* without a child, as in tests */
    return check_report();
}
