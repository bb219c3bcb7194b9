/* render_options.c - see render_options.h. */
#include "cli/render_options.h"

#include "base/limits.h"
#include "base/unit.h"

#include <string.h>

enum { MOST_PAGES = 4000, MOST_MULTIPLE = 64 };

bool cli_take_number(const char *text, uint32_t most, uint32_t *number)
{
    *number = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || *number > most) return false;
        *number = *number * 10 + (uint32_t)(*p - '0');
    }
    return *number >= 1 && *number <= most;
}

static int take_imposition(const cli *c, const char *command, bt_imposition *imposition)
{
    static const char *const names[] = {
        [BT_IMPOSE_BOOKLET] = "booklet", [BT_IMPOSE_2UP] = "2up", [BT_IMPOSE_4UP] = "4up"};
    for (size_t i = BT_IMPOSE_BOOKLET; i < sizeof names / sizeof *names; i++) {
        if (strcmp(optarg, names[i]) != 0) continue;
        *imposition = (bt_imposition)i;
        return EXIT_DONE;
    }
    return cli_usage_error(c, command, "--impose takes booklet, 2up or 4up, not '%s'", optarg);
}

static int take_paper(const cli *c, const char *command, bt_render_options *options)
{
    bt_sp thickness;
    bool is_right =
        bt_length_parse(bt_str_of(optarg), &thickness) && thickness >= 0 && thickness <= bt_um_to_sp(BT_LIMIT_PAPER);
    if (!is_right) return cli_usage_error(c, command, "--paper takes a thickness from 0mm to 1mm, not '%s'", optarg);
    options->has_paper = true;
    options->paper_um = (uint32_t)bt_mul_div(thickness, 25400, (int64_t)72 * BT_SP_PER_PT);
    return EXIT_DONE;
}

int cli_take_render_option(cli *c, const char *command, int option, bt_render_options *options)
{
    switch (option) {
    case CLI_OPT_LAYOUT:
        options->layout = optarg;
        return EXIT_DONE;
    case CLI_OPT_PALETTE:
        options->palette = optarg;
        return EXIT_DONE;
    case CLI_OPT_RENDITION:
        return cli_take_rendition(c, command, optarg, &options->rendition);
    case CLI_OPT_IMPOSE:
        return take_imposition(c, command, &options->imposition);
    case CLI_OPT_PAPER:
        return take_paper(c, command, options);
    case CLI_OPT_PAGES:
        if (cli_take_number(optarg, MOST_PAGES, &options->n_pages)) return EXIT_DONE;
        return cli_usage_error(c, command, "--pages takes a number from 1 to 4000");
    case CLI_OPT_PAGES_MULTIPLE:
        if (cli_take_number(optarg, MOST_MULTIPLE, &options->pages_multiple)) return EXIT_DONE;
        return cli_usage_error(c, command, "--pages-multiple takes a number from 1 to 64");
    case CLI_OPT_FONT_DIR:
        if (!cli_add_font_dir(c, optarg)) return cli_usage_error(c, command, "more than 16 --font-dir");
        return EXIT_DONE;
    case CLI_OPT_CONVERT_LEGACY:
        options->converts_legacy = true;
        return EXIT_DONE;
    case CLI_OPT_QUIET:
        c->is_quiet = true;
        return EXIT_DONE;
    default: /* reported by cli_option */
        return EXIT_USAGE;
    }
}

int cli_check_render_options(cli *c, const char *command, bt_render_options *options)
{
    if (options->n_pages && options->pages_multiple)
        return cli_usage_error(c, command, "--pages and --pages-multiple exclude each other");
    if (options->imposition && options->rendition != BT_PRESS)
        return cli_usage_error(c, command, "--impose is for the press; leave it out for screen and proof");
    if (options->has_paper && options->imposition != BT_IMPOSE_BOOKLET)
        return cli_usage_error(c, command, "--paper is the thickness of a booklet's paper and needs --impose booklet");
    options->layout_dirs = c->layout_dirs;
    options->font_dirs = c->font_dirs;
    options->font_list = c->font_list;
    return cli_read_epoch(c, command, options);
}
