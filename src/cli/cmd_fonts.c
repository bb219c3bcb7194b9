/* cmd_fonts.c - bantin fonts [--text "..."] */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const cli_help help = {
    .en = "usage: bantin fonts [OPTION...]\n"
          "\n"
          "Lists the font families that a layout may name: what they are good for, which faces are installed, and how "
          "many of\n"
          "the 134 toned and special letters of Vietnamese each face draws. Some fonts have all 134 in their table and "
          "draw\n"
          "Ọ for Ộ; bantin compares the outlines.\n"
          "\n"
          "      --layout L       list also the families that layout L brings (with --text: default bulletin-19x27)\n"
          "      --text TEXT      instead: which font of the layout draws which part of TEXT\n"
          "      --font-dir DIR   look for fonts here first; may be repeated\n"
          "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
          "  -h, --help           this text\n"
          "\n"
          "A character that no font of the layout has is set as a visible sign, with a warning. Here it is found "
          "beforehand:\n"
          "  bantin fonts --text 'Nhiệt độ 38 ℃ ở Cần Thơ'\n",
    .vi = "cách dùng: bantin fonts [TÙY CHỌN...]\n"
          "\n"
          "Liệt kê các họ phông mà mẫu trình bày có thể nêu: dùng vào việc gì, những kiểu nào đã cài, và mỗi kiểu vẽ "
          "được "
          "bao nhiêu\n"
          "trong 134 chữ có dấu và chữ riêng của tiếng Việt. Có phông ghi đủ 134 chữ trong bảng mà vẽ Ộ thành Ọ; "
          "bantin so sánh\n"
          "cả nét vẽ.\n"
          "\n"
          "      --layout L       liệt kê thêm các họ phông mà mẫu trình bày L đem theo (với --text: mặc định "
          "bulletin-19x27)\n"
          "      --text TEXT      thay vào đó, cho biết phông nào của mẫu trình bày vẽ phần nào của TEXT\n"
          "      --font-dir DIR   tìm phông ở đây trước tiên; có thể viết nhiều lần\n"
          "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
          "  -h, --help           in phần trợ giúp này\n"
          "\n"
          "Ký tự mà không phông nào của mẫu có sẽ được in thành một ký hiệu, kèm lời cảnh báo. Có thể tìm ra trước:\n"
          "  bantin fonts --text 'Nhiệt độ 38 ℃ ở Cần Thơ'\n",
};

enum { OPT_TEXT = 256, OPT_LAYOUT, OPT_FONT_DIR };

static const struct option long_options[] = {
    {"text", required_argument, NULL, OPT_TEXT},
    {"layout", required_argument, NULL, OPT_LAYOUT},
    {"font-dir", required_argument, NULL, OPT_FONT_DIR},
    CLI_SHARED_OPTIONS,
};

/* The heading that what is printed stands under. */
typedef struct listing {
    const cli *c;
    char heading[256];
} listing;

/* Whether another heading begins; an empty line goes between two. */
static bool begins(listing *l, const char *heading)
{
    if (strncmp(l->heading, heading, sizeof l->heading - 1) == 0) return false;
    if (l->heading[0]) putchar('\n');
    snprintf(l->heading, sizeof l->heading, "%s", heading);
    return true;
}

static void print_face(void *user, const bt_font_about *font)
{
    listing *l = user;
    if (begins(l, font->family)) {
        if (font->package[0])
            printf(cli_say(l->c, "%s (package %s)"), font->family, font->package);
        else
            printf(cli_say(l->c, "%s (the layout's own)"), font->family);
        printf(font->roles[0] ? ": %s\n" : "%s\n", font->roles);
    }
    if (!font->path[0]) {
        printf(cli_say(l->c, "  %-12s missing: %s\n"), font->style, font->trouble);
        return;
    }
    printf(cli_say(l->c, "  %-12s draws %u/%u  %s\n"), font->style, font->n_drawn, font->n_letters, font->path);
    if (font->n_drawn && font->lacks[0]) printf(cli_say(l->c, "  %-12s lacks %s\n"), "", font->lacks);
}

static void print_stretch(void *user, const bt_stretch *stretch)
{
    const cli *c = ((listing *)user)->c;
    if (begins(user, stretch->role)) printf(cli_say(c, "font \"%s\"\n"), stretch->role);
    if (stretch->family[0])
        printf("  %s%s: %s\n", stretch->family, stretch->is_fallback ? cli_say(c, " (fallback)") : "", stretch->text);
    else
        printf(cli_say(c, "  no font: %s\n"), stretch->text);
}

static int list(cli *c, const bt_render_options *options, const char *text)
{
    listing l = {.c = c};
    bt_ctx *ctx = cli_context(c);
    if (!ctx) return EXIT_SYSTEM;
    bt_status status =
        text ? bt_list_stretches(ctx, options, text, print_stretch, &l) : bt_list_fonts(ctx, options, print_face, &l);
    bt_ctx_drop(ctx);
    return status == BT_OK ? cli_flush(c) : cli_exit_status(status);
}

int cmd_fonts(cli *c, int argc, char **argv)
{
    bt_render_options options = {.layout_dirs = c->layout_dirs, .font_dirs = c->font_dirs, .font_list = c->font_list};
    const char *text = NULL;
    int option;
    while ((option = cli_option(c, "fonts", argc, argv, ":h", long_options)) != -1) {
        switch (option) {
        case OPT_TEXT:
            text = optarg;
            break;
        case OPT_LAYOUT:
            options.layout = optarg;
            break;
        case OPT_FONT_DIR:
            if (!cli_add_font_dir(c, optarg)) return cli_usage_error(c, "fonts", "more than 16 --font-dir");
            break;
        case CLI_OPT_HELP:
            fputs(cli_help_text(c, &help), stdout);
            return EXIT_DONE;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind < argc)
        return cli_usage_error(c, "fonts", "fonts takes no file; a text is given as --text '%s'", argv[optind]);
    return list(c, &options, text);
}
