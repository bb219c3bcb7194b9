/* cmd_check.c - bantin check, measure and preflight: started in a program of their own, bantin-check, so that nothing
 * that a PDF of unknown origin may do to its readers happens to this one, and their libraries are not loaded here.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_checker(char *path, size_t size)
{
    static const char name[] = "bantin-check";
    ssize_t length = readlink("/proc/self/exe", path, size);
    if (length <= 0 || (size_t)length >= size) return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    size_t head = slash ? (size_t)(slash + 1 - path) : 0;
    if (head + sizeof name > size) return false;
    memcpy(path + head, name, sizeof name);
    return true;
}

int cmd_check(cli *c, int argc, char **argv)
{
    enum { LONGEST_PATH = 4096, MOST_ARGUMENTS = 4096 };
    char path[LONGEST_PATH] = "bantin-check";
    if (argc >= MOST_ARGUMENTS - 1) return cli_usage_error(c, argv[0], "more than %d arguments", MOST_ARGUMENTS);
    char *arguments[MOST_ARGUMENTS + 1] = {path};
    for (int i = 0; i < argc; i++) arguments[i + 1] = argv[i];
    /* The language so far; a --lang among the arguments counts more. */
    bool is_ready = setenv("LC_ALL", c->lang == BT_LANG_VI ? "vi_VN.UTF-8" : "C.UTF-8", 1) == 0;
    if (is_ready && cli_checker(path, sizeof path)) execv(path, arguments);
    cli_error(c, "cannot start %s, which 'bantin %s' takes: %s; install bantin again", path, argv[0],
              cli_reason(c, errno));
    return EXIT_SYSTEM;
}
