/* main.c - the bantin command: finds the subcommand. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "bantin sets JSON article bundles as print-ready PDF newsletters.\n"
    "\n"
    "usage: bantin COMMAND [OPTION...] FILE...\n"
    "\n"
    "  new DIR           make a folder with a small bulletin to start from\n"
    "  render BUNDLE     set a bundle and write its PDF\n"
    "  validate FILE...  check bundles and name every error, writing nothing\n"
    "  layouts           list the layouts\n"
    "  fonts             list the fonts, or tell which of them draws a text\n"
    "  schema FORMAT     print the JSON Schema of bundles or layouts\n"
    "  doctor            look whether all is installed, and say what mends it\n"
    "\n"
    "A first run:\n"
    "  bantin new my-bulletin\n"
    "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n"
    "\n"
    "'bantin COMMAND --help' tells more. Exit status: 0 done; 1 done, but with warnings under --strict;\n"
    "2 wrong use; 3 the input is wrong; 4 the system failed (memory, disk, permission, a missing font).\n";

static const struct {
    const char *name;
    int (*run)(cli *c, int argc, char **argv);
} commands[] = {
    {"new", cmd_new},     {"render", cmd_render}, {"validate", cmd_validate}, {"layouts", cmd_layouts},
    {"fonts", cmd_fonts}, {"schema", cmd_schema}, {"doctor", cmd_doctor},
};

int main(int argc, char **argv)
{
    cli c = {.is_quiet = false};
    const char *no_colour = getenv("NO_COLOR");
    c.has_colour = isatty(STDERR_FILENO) && !(no_colour && no_colour[0]);
    cli_find_folders(&c);
    if (argc < 2) {
        fputs(help, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("bantin %s\n", bt_version());
        return EXIT_DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(&c, argc - 1, argv + 1);
    return cli_usage_error(
        "", "there is no command '%s'; the commands are new, render, validate, layouts, fonts, schema and doctor",
        argv[1]);
}
