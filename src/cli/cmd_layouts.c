/* cmd_layouts.c - bantin layouts */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const cli_help help = {
    .en =
        "usage: bantin layouts [OPTION...]\n"
        "\n"
        "Lists the layouts that a bundle's \"layout\" and 'bantin render --layout' may name: name, page, columns, and "
        "what the\n"
        "layout is for. A layout is one JSON file in one of the folders named; the first folder that has a name wins.\n"
        "\n"
        "Below each stand its palettes, for 'bantin render --palette', and the plates that each prints with, pictures "
        "apart.\n"
        "\n"
        "      --names          the names alone, one a line\n"
        "      --palettes       name and palette, one pair a line\n"
        "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help           this text\n"
        "\n"
        "To make one of your own, extend one that is there: write my.json beside your bundle and name it by its path.\n"
        "  {\"bantin_layout\": 1, \"name\": \"my\", \"extends\": \"bulletin-19x27\",\n"
        "   \"colors\": {\"accent\": {\"cmyk\": [100, 60, 0, 10]}}}\n"
        "  bantin render bundle.json --layout ./my.json\n",
    .vi =
        "cách dùng: bantin layouts [TÙY CHỌN...]\n"
        "\n"
        "Liệt kê các mẫu trình bày mà \"layout\" của gói bài và 'bantin render --layout' có thể nêu: tên, khổ trang, "
        "số "
        "cột, và mẫu\n"
        "dùng vào việc gì. Mỗi mẫu là một tệp JSON trong các thư mục được nêu; trùng tên thì lấy ở thư mục đứng "
        "trước.\n"
        "\n"
        "Dưới mỗi mẫu là các bảng màu của nó, dùng cho 'bantin render --palette', và các bản kẽm mà mỗi bảng màu cần, "
        "không\n"
        "kể ảnh.\n"
        "\n"
        "      --names          chỉ tên, mỗi dòng một tên\n"
        "      --palettes       tên và bảng màu, mỗi dòng một cặp\n"
        "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help           in phần trợ giúp này\n"
        "\n"
        "Muốn làm mẫu riêng, hãy mở rộng một mẫu có sẵn: viết my.json bên cạnh gói bài và nêu đường dẫn của nó.\n"
        "  {\"bantin_layout\": 1, \"name\": \"my\", \"extends\": \"bulletin-19x27\",\n"
        "   \"colors\": {\"accent\": {\"cmyk\": [100, 60, 0, 10]}}}\n"
        "  bantin render bundle.json --layout ./my.json\n",
};

enum { OPT_NAMES = 256, OPT_PALETTES };

static const struct option long_options[] = {
    {"names", no_argument, NULL, OPT_NAMES},
    {"palettes", no_argument, NULL, OPT_PALETTES},
    CLI_SHARED_OPTIONS,
};

typedef struct listing {
    const cli *c;
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

static void print_palettes(const cli *c, const bt_layout_about *layout, int form)
{
    for (uint32_t i = 0; i < layout->n_palettes; i++) {
        const bt_palette_about *palette = &layout->palettes[i];
        if (form == OPT_PALETTES) {
            printf("%s %s\n", layout->name, palette->name);
            continue;
        }
        printf("%s%s (%s%s)", i ? ", " : cli_say(c, "    palettes: "), palette->name,
               palette->is_default ? cli_say(c, "default; ") : "", palette->plates);
    }
    if (form != OPT_PALETTES && layout->n_palettes) putchar('\n');
}

static void print_layout(void *user, const bt_layout_about *layout)
{
    listing *l = user;
    l->n++;
    if (l->form == OPT_NAMES) puts(layout->name);
    if (l->form == OPT_PALETTES) print_palettes(l->c, layout, l->form);
    if (l->form) return;
    if (layout->folder != l->folder) printf("%s%s\n", l->folder ? "\n" : "", layout->folder);
    l->folder = layout->folder;
    printf("  %-18s ", layout->name);
    print_mm(layout->width_mm100);
    fputs(" x ", stdout);
    print_mm(layout->height_mm100);
    printf(layout->n_columns == 1 ? cli_say(l->c, " mm, %u column") : cli_say(l->c, " mm, %u columns"),
           layout->n_columns);
    if (layout->description[0]) printf(": %.*s", (int)strcspn(layout->description, "\r\n"), layout->description);
    putchar('\n');
    print_palettes(l->c, layout, 0);
}

static int list(cli *c, int form)
{
    listing l = {.c = c, .form = form};
    bt_ctx *ctx = cli_context(c);
    int status = ctx ? cli_exit_status(bt_list_layouts(ctx, c->layout_dirs, print_layout, &l)) : EXIT_SYSTEM;
    bt_ctx_drop(ctx);
    if (status != EXIT_DONE) return status;
    if (l.n) return cli_flush(c);
    cli_error(c, "there are no layouts beside the program; 'bantin doctor' tells more");
    return EXIT_SYSTEM;
}

int cmd_layouts(cli *c, int argc, char **argv)
{
    int form = 0, option;
    while ((option = cli_option(c, "layouts", argc, argv, ":h", long_options)) != -1) {
        switch (option) {
        case OPT_NAMES:
        case OPT_PALETTES:
            form = option;
            break;
        case CLI_OPT_HELP:
            fputs(cli_help_text(c, &help), stdout);
            return EXIT_DONE;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind < argc)
        return cli_usage_error(c, "layouts", "layouts takes no file; '%s' is one too many", argv[optind]);
    return list(c, form);
}
