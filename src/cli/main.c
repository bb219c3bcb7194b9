/* main.c - the bantin command: finds the subcommand. */
#include "cli/cli.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cli_help help = {
    .en = "bantin sets JSON article bundles as print-ready PDF newsletters.\n"
          "\n"
          "usage: bantin COMMAND [OPTION...] FILE...\n"
          "\n"
          "  new DIR           make a folder with a small bulletin to start from\n"
          "  render BUNDLE     set a bundle and write its PDF\n"
          "  batch MANIFEST    set many editions of a bundle, one a row\n"
          "  validate FILE...  check bundles and name every error, writing nothing\n"
          "  check OUT SAMPLE  compare a PDF with its sample, and say in millimetres what differs\n"
          "  measure SAMPLE    tell the design of a PDF, and make a layout of it\n"
          "  preflight FILE    tell whether a PDF is fit for the press\n"
          "  layouts           list the layouts\n"
          "  fonts             list the fonts, or tell which of them draws a text\n"
          "  schema FORMAT     print the JSON Schema of bundles, editions, layouts, manifests or reports\n"
          "  doctor            look whether all is installed, and say what mends it\n"
          "\n"
          "A first run:\n"
          "  bantin new my-bulletin\n"
          "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n"
          "\n"
          "Each takes --lang en|vi: messages in English or in Vietnamese, whatever LC_ALL, LC_MESSAGES and LANG say.\n"
          "'bantin help COMMAND' tells more. Exit status: 0 done; 1 done, but with warnings under --strict;\n"
          "2 wrong use; 3 the input is wrong; 4 the system failed (memory, disk, permission, a missing font).\n",
    .vi = "bantin dàn các gói bài JSON thành bản tin PDF sẵn sàng đem in.\n"
          "\n"
          "cách dùng: bantin LỆNH [TÙY CHỌN...] TỆP...\n"
          "\n"
          "  new DIR           tạo một thư mục với một bản tin nhỏ để bắt đầu\n"
          "  render BUNDLE     dàn trang một gói bài và ghi ra PDF\n"
          "  batch MANIFEST    dàn nhiều ấn bản của một gói bài, mỗi dòng một ấn bản\n"
          "  validate FILE...  kiểm tra các gói bài và nêu mọi lỗi, không ghi gì cả\n"
          "  check OUT SAMPLE  so một PDF với bản mẫu, và cho biết khác nhau bao nhiêu milimét\n"
          "  measure SAMPLE    cho biết cách trình bày của một PDF, và lập mẫu trình bày từ đó\n"
          "  preflight FILE    cho biết một PDF đã sẵn sàng đem in chưa\n"
          "  layouts           liệt kê các mẫu trình bày\n"
          "  fonts             liệt kê các phông, hoặc cho biết phông nào vẽ một đoạn chữ\n"
          "  schema FORMAT     in ra JSON Schema của gói bài, ấn bản, mẫu trình bày, bảng kê hoặc báo cáo\n"
          "  doctor            xem mọi thứ đã cài đủ chưa, và thiếu thì làm gì\n"
          "\n"
          "Lần đầu:\n"
          "  bantin new my-bulletin\n"
          "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n"
          "\n"
          "Mỗi lệnh đều nhận --lang en|vi: thông báo bằng tiếng Anh hay tiếng Việt, thay cho LC_ALL, LC_MESSAGES và "
          "LANG.\n"
          "'bantin help LỆNH' cho biết thêm. Mã thoát: 0 xong; 1 xong nhưng có cảnh báo khi dùng --strict; 2 dùng "
          "sai;\n"
          "3 đầu vào sai; 4 hệ thống trục trặc (bộ nhớ, ổ đĩa, quyền truy cập, thiếu phông).\n",
};

static const struct {
    const char *name;
    int (*run)(cli *c, int argc, char **argv);
} commands[] = {
    {"new", cmd_new},     {"render", cmd_render}, {"batch", cmd_batch},     {"validate", cmd_validate},
    {"check", cmd_check}, {"measure", cmd_check}, {"preflight", cmd_check}, {"layouts", cmd_layouts},
    {"fonts", cmd_fonts}, {"schema", cmd_schema}, {"doctor", cmd_doctor},
};

static const struct option long_options[] = {{"version", no_argument, NULL, 'v'}, CLI_SHARED_OPTIONS};

/* Options before the command, which may be --lang; -1: a command follows. */
static int read_options(cli *c, int argc, char **argv)
{
    int option;
    while ((option = cli_option(c, "", argc, argv, "+:h", long_options)) != -1) {
        if (option == '?') return EXIT_USAGE;
        if (option == 'v')
            printf("bantin %s\n", bt_version());
        else
            fputs(cli_help_text(c, &help), stdout);
        return EXIT_DONE;
    }
    return -1;
}

static int report_unknown(const cli *c, const char *name)
{
    enum { N_COMMANDS = sizeof commands / sizeof *commands };
    bt_str names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++) names[i] = bt_str_of(commands[i].name);
    bt_str near = bt_str_nearest(bt_str_of(name), names, N_COMMANDS);
    if (near.len) return cli_usage_error(c, "", "there is no command '%s'; did you mean '%s'?", name, near.ptr);
    return cli_usage_error(c, "",
                           "there is no command '%s'; the commands are new, render, batch, validate, check, measure, "
                           "preflight, layouts, fonts, schema and doctor",
                           name);
}

static int run_command(cli *c, int argc, char **argv)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[0], commands[i].name) == 0) return commands[i].run(c, argc, argv);
    if (strcmp(argv[0], "help") != 0) return report_unknown(c, argv[0]);
    static char help_option[] = "--help";
    char *asks_help[] = {argc > 1 ? argv[1] : NULL, help_option, NULL};
    if (argc > 1 && strcmp(argv[1], "help") != 0) return run_command(c, 2, asks_help);
    fputs(cli_help_text(c, &help), stdout);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    cli c = {.lang = BT_LANG_EN};
    const char *no_colour = getenv("NO_COLOR");
    c.has_colour = isatty(STDERR_FILENO) && !(no_colour && no_colour[0]);
    cli_find_lang(&c);
    cli_find_folders(&c);
    int status = read_options(&c, argc, argv);
    if (status >= 0) return status;
    if (optind < argc) return run_command(&c, argc - optind, argv + optind);
    fputs(cli_help_text(&c, &help), stderr);
    return EXIT_USAGE;
}
