/* cmd_schema.c - bantin schema bundle|layout */
#include "cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: bantin schema bundle|layout\n"
    "\n"
    "Prints the JSON Schema (2020-12) of a format. An editor that knows schemas completes keys, shows what they are\n"
    "for and underlines mistakes while you type. 'bantin validate' finds all that a schema finds, and what none can\n"
    "say besides: ids used twice, names that are not defined, pictures that are not there.\n"
    "\n"
    "      --help   this text\n"
    "\n"
    "  bantin schema bundle > bundle.schema.json\n"
    "\n"
    "In Visual Studio Code, for every bundle.json of a folder, in .vscode/settings.json:\n"
    "  {\"json.schemas\": [{\"fileMatch\": [\"bundle.json\"], \"url\": \"./bundle.schema.json\"}]}\n";

static const struct option long_options[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

static int print_schema(const char *format)
{
    char name[64];
    snprintf(name, sizeof name, "%s.schema.json", format);
    for (size_t i = 0; i < cli_n_files; i++) {
        if (strcmp(cli_files[i].name, name) != 0) continue;
        fwrite(cli_files[i].bytes, 1, cli_files[i].size, stdout);
        return cli_flush();
    }
    return cli_usage_error("schema", "there is no schema '%s'; there are bundle and layout", format);
}

int cmd_schema(cli *c, int argc, char **argv)
{
    (void)c;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option != 'h') return cli_usage_error("schema", "see the options of 'bantin schema'");
        fputs(help, stdout);
        return EXIT_DONE;
    }
    if (argc - optind != 1) return cli_usage_error("schema", "schema needs one format: bantin schema bundle");
    return print_schema(argv[optind]);
}
