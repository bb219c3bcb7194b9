/* main.c - bantin-check: the program that bantin starts for check, measure and preflight. */
#include "check/check.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(cli *c, int argc, char **argv);
} commands[] = {
    {"check", cmd_check}, {"measure", cmd_measure}, {"preflight", cmd_preflight}, {"libraries", cmd_libraries}};

int main(int argc, char **argv)
{
    cli c = {.lang = BT_LANG_EN};
    const char *no_colour = getenv("NO_COLOR");
    c.has_colour = isatty(STDERR_FILENO) && !(no_colour && no_colour[0]);
    cli_find_lang(&c);
    cli_find_folders(&c);
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(&c, argc - 1, argv + 1);
    return cli_usage_error(&c, "",
                           "bantin-check is started by 'bantin check', 'bantin measure' and 'bantin preflight'");
}
