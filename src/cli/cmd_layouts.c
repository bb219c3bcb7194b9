/* cmd_layouts.c - bantin layouts */
#include "cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: bantin layouts [OPTION...]\n"
    "\n"
    "Lists the layouts that a bundle's \"layout\" and 'bantin render --layout' may name: name, page, columns, and what "
    "the\n"
    "layout is for. A layout is one JSON file in one of the folders named; the first folder that has a name wins.\n"
    "\n"
    "Below each stand its palettes, for 'bantin render --palette', and the plates that each prints with, pictures "
    "apart.\n"
    "\n"
    "      --names      the names alone, one a line\n"
    "      --palettes   name and palette, one pair a line\n"
    "      --help       this text\n"
    "\n"
    "To make one of your own, extend one that is there: write my.json beside your bundle and name it by its path.\n"
    "  {\"bantin_layout\": 1, \"name\": \"my\", \"extends\": \"bulletin-19x27\",\n"
    "   \"colors\": {\"accent\": {\"cmyk\": [100, 60, 0, 10]}}}\n"
    "  bantin render bundle.json --layout ./my.json\n";

enum { OPT_NAMES = 256, OPT_PALETTES, OPT_HELP };

static const struct option long_options[] = {
    {"names", no_argument, NULL, OPT_NAMES},
    {"palettes", no_argument, NULL, OPT_PALETTES},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

typedef struct listing {
    const char *folder; /* of the layout before */
    uint32_t n;
    int form; /* OPT_NAMES, OPT_PALETTES, or 0 */
} listing;

/* "190" or "209.9" */
static void print_mm(int32_t mm100)
{
    printf("%d", mm100 / 100);
    if (mm100 % 100) printf(mm100 % 10 ? ".%02d" : ".%d", mm100 % 10 ? mm100 % 100 : mm100 % 100 / 10);
}

static void print_palettes(const bt_layout_about *layout, int form)
{
    for (uint32_t i = 0; i < layout->n_palettes; i++) {
        const bt_palette_about *palette = &layout->palettes[i];
        if (form == OPT_PALETTES) {
            printf("%s %s\n", layout->name, palette->name);
            continue;
        }
        printf("%s%s (%s%s)", i ? ", " : "    palettes: ", palette->name, palette->is_default ? "default; " : "",
               palette->plates);
    }
    if (form != OPT_PALETTES && layout->n_palettes) putchar('\n');
}

static void print_layout(void *user, const bt_layout_about *layout)
{
    listing *l = user;
    l->n++;
    if (l->form == OPT_NAMES) puts(layout->name);
    if (l->form == OPT_PALETTES) print_palettes(layout, l->form);
    if (l->form) return;
    if (layout->folder != l->folder) printf("%s%s\n", l->folder ? "\n" : "", layout->folder);
    l->folder = layout->folder;
    printf("  %-18s ", layout->name);
    print_mm(layout->width_mm100);
    fputs(" x ", stdout);
    print_mm(layout->height_mm100);
    printf(" mm, %u %s", layout->n_columns, layout->n_columns == 1 ? "column" : "columns");
    if (layout->description[0]) printf(": %.*s", (int)strcspn(layout->description, "\r\n"), layout->description);
    putchar('\n');
    print_palettes(layout, 0);
}

static int list(cli *c, int form)
{
    listing l = {.form = form};
    bt_ctx *ctx = bt_ctx_new(NULL, cli_print_message, c);
    int status = ctx ? cli_exit_status(bt_list_layouts(ctx, c->layout_dirs, print_layout, &l)) : EXIT_SYSTEM;
    bt_ctx_drop(ctx);
    if (status != EXIT_DONE) return status;
    if (l.n) return cli_flush();
    fputs("bantin: error: there are no layouts beside the program; 'bantin doctor' tells more\n", stderr);
    return EXIT_SYSTEM;
}

int cmd_layouts(cli *c, int argc, char **argv)
{
    int form = 0, option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        switch (option) {
        case OPT_NAMES:
        case OPT_PALETTES:
            form = option;
            break;
        case OPT_HELP:
            fputs(help, stdout);
            return EXIT_DONE;
        default:
            return cli_usage_error("layouts", "see the options of 'bantin layouts'");
        }
    }
    if (optind < argc) return cli_usage_error("layouts", "layouts takes no file; '%s' is one too many", argv[optind]);
    return list(c, form);
}
