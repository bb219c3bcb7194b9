/* cmd_validate.c - bantin validate FILE... */
#include "cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: bantin validate BUNDLE... [OPTION...]\n"
    "\n"
    "Checks bundles, with their layouts, pictures and fonts, and names every error with its place. Writes nothing.\n"
    "\n"
    "      --layout L         check with this layout instead of the bundle's own\n"
    "      --palette P        check in this palette of the layout\n"
    "      --font-dir DIR     look for fonts here first; may be repeated\n"
    "      --convert-legacy   check as it is when Vietnamese typed in TCVN3 (.VnTime), VNI-Windows or Windows-1258 is\n"
    "                         converted; without it, such text is reported\n"
    "      --strict           exit 1 when there were warnings\n"
    "      --quiet            say errors only\n"
    "      --help             this text\n"
    "\n"
    "Exit status: 0 all can be set; 1 warnings under --strict; 3 errors; 4 the system failed.\n";

enum { OPT_LAYOUT = 256, OPT_PALETTE, OPT_FONT_DIR, OPT_CONVERT_LEGACY, OPT_STRICT, OPT_QUIET, OPT_HELP };

static const struct option long_options[] = {
    {"layout", required_argument, NULL, OPT_LAYOUT},
    {"palette", required_argument, NULL, OPT_PALETTE},
    {"font-dir", required_argument, NULL, OPT_FONT_DIR},
    {"convert-legacy", no_argument, NULL, OPT_CONVERT_LEGACY},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"quiet", no_argument, NULL, OPT_QUIET},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

/* The worst of all files' statuses: a system failure before wrong input before warnings. */
static int check_files(cli *c, bt_render_options *options, bool is_strict, int n, char **paths)
{
    int worst = EXIT_DONE;
    for (int i = 0; i < n; i++) {
        bt_ctx *ctx = bt_ctx_new(NULL, cli_print_message, c);
        bt_render_result result = {0};
        options->bundle_path = paths[i];
        int status = ctx ? cli_exit_status(bt_validate(ctx, options, &result)) : EXIT_SYSTEM;
        bt_ctx_drop(ctx);
        if (status == EXIT_DONE && is_strict && result.n_warnings) status = EXIT_NOT_CLEAN;
        if (status > worst) worst = status;
        if (status == EXIT_DONE && !c->is_quiet)
            printf("%s: good; %u %s, %u %s\n", paths[i], result.n_pages, result.n_pages == 1 ? "page" : "pages",
                   result.n_warnings, result.n_warnings == 1 ? "warning" : "warnings");
    }
    return worst;
}

int cmd_validate(cli *c, int argc, char **argv)
{
    bt_render_options options = {.layout_dirs = c->layout_dirs, .font_dirs = c->font_dirs, .font_list = c->font_list};
    bool is_strict = false;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        switch (option) {
        case OPT_LAYOUT:
            options.layout = optarg;
            break;
        case OPT_PALETTE:
            options.palette = optarg;
            break;
        case OPT_FONT_DIR:
            if (!cli_add_font_dir(c, optarg)) return cli_usage_error("validate", "more than 16 --font-dir");
            break;
        case OPT_CONVERT_LEGACY:
            options.converts_legacy = true;
            break;
        case OPT_STRICT:
            is_strict = true;
            break;
        case OPT_QUIET:
            c->is_quiet = true;
            break;
        case OPT_HELP:
            fputs(help, stdout);
            return EXIT_DONE;
        default:
            return cli_usage_error("validate", "see the options of 'bantin validate'");
        }
    }
    if (optind == argc) return cli_usage_error("validate", "validate needs a file: bantin validate BUNDLE.json");
    return check_files(c, &options, is_strict, argc - optind, argv + optind);
}
