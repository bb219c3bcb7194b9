/* render_options.h - the options that say how a bundle is set: render and batch share them. */
#ifndef BT_CLI_RENDER_OPTIONS_H
#define BT_CLI_RENDER_OPTIONS_H

#include "cli/cli.h"

enum {
    CLI_OPT_LAYOUT = 600,
    CLI_OPT_PALETTE,
    CLI_OPT_RENDITION,
    CLI_OPT_IMPOSE,
    CLI_OPT_PAPER,
    CLI_OPT_PAGES,
    CLI_OPT_PAGES_MULTIPLE,
    CLI_OPT_FONT_DIR,
    CLI_OPT_CONVERT_LEGACY,
    CLI_OPT_QUIET,
};

/* For a command's table. */
#define CLI_RENDER_OPTIONS                                                                                             \
    {"layout", required_argument, NULL, CLI_OPT_LAYOUT}, {"palette", required_argument, NULL, CLI_OPT_PALETTE},        \
        {"rendition", required_argument, NULL, CLI_OPT_RENDITION},                                                     \
        {"impose", required_argument, NULL, CLI_OPT_IMPOSE}, {"paper", required_argument, NULL, CLI_OPT_PAPER},        \
        {"pages", required_argument, NULL, CLI_OPT_PAGES},                                                             \
        {"pages-multiple", required_argument, NULL, CLI_OPT_PAGES_MULTIPLE},                                           \
        {"font-dir", required_argument, NULL, CLI_OPT_FONT_DIR},                                                       \
        {"convert-legacy", no_argument, NULL, CLI_OPT_CONVERT_LEGACY},                                                 \
    {                                                                                                                  \
        "quiet", no_argument, NULL, CLI_OPT_QUIET                                                                      \
    }

/* Takes one of them, its value in optarg. EXIT_DONE, or it has reported a usage error of the command. */
int cli_take_render_option(cli *c, const char *command, int option, bt_render_options *options);
/* What may not stand together, and SOURCE_DATE_EPOCH; fills in the folders of layouts and fonts. EXIT_DONE, or it has
 * reported. */
int cli_check_render_options(cli *c, const char *command, bt_render_options *options);

/* A whole number from 1 to `most`. */
bool cli_take_number(const char *text, uint32_t most, uint32_t *number);

#endif
