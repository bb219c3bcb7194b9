/* libraries.c - what bantin-check runs with: `bantin doctor` asks for it. */
#include "check/check.h"
#include "check/seen/pdf.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The first line that Ghostscript prints of its version; false: there is none. */
static bool ask_ghostscript(char *version, size_t size)
{
    static char program[] = "gs", option[] = "--version";
    char *const arguments[] = {program, option, NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid;
    if (pipe(ends) != 0) return false;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    bool has_begun = posix_spawnp(&pid, program, &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    ssize_t n = has_begun ? read(ends[0], version, size - 1) : 0;
    close(ends[0]);
    int how = -1;
    while (has_begun && waitpid(pid, &how, 0) < 0 && errno == EINTR) continue;
    version[n > 0 ? n : 0] = '\0';
    version[strcspn(version, "\r\n")] = '\0';
    return version[0] && how == 0;
}

int cmd_libraries(cli *c, int argc, char **argv)
{
    char version[32];
    (void)argc;
    (void)argv;
    printf("  %-10s %s\n  %-10s %s\n  %-10s %s\n", "poppler", pixel_library(), "qpdf", seen_pdf_library(), "cairo",
           pixel_painter());
    if (ask_ghostscript(version, sizeof version))
        printf("  %-10s %s\n", "gs", version);
    else
        printf("  %-10s %s\n", "gs", cli_say(c, "is not installed: ink is not measured (apt-get install ghostscript)"));
    return cli_flush(c);
}
