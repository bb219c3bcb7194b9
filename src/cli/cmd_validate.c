/* cmd_validate.c - bantin validate FILE... */
#include "base/file.h"
#include "batch/manifest.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cli_help help = {
    .en = "usage: bantin validate FILE... [OPTION...]\n"
          "\n"
          "Checks bundles, editions, and all editions of a batch's manifest (CSV or JSON Lines, with --base), with "
          "their\n"
          "layouts, pictures and fonts, and names every error with its place. Writes nothing. - stands for the "
          "standard\n"
          "input.\n"
          "\n"
          "      --base BUNDLE      check editions on this bundle, whatever base they name; a manifest needs it\n"
          "      --value NAME=TEXT  what {{NAME}} stands for, as a manifest's column gives it; may be repeated\n"
          "      --layout L         check with this layout instead of the bundle's own\n"
          "      --palette P        check in this palette of the layout\n"
          "      --rendition R      check as for press (default), screen or proof: a press file takes finer pictures\n"
          "      --font-dir DIR     look for fonts here first; may be repeated\n"
          "      --convert-legacy   check as it is when Vietnamese typed in TCVN3 (.VnTime), VNI-Windows or "
          "Windows-1258 is\n"
          "                         converted; without it, such text is reported\n"
          "      --strict           exit 1 when there were warnings\n"
          "      --quiet            say errors only\n"
          "      --lang en|vi       messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
          "  -h, --help             this text\n"
          "\n"
          "Exit status: 0 all can be set; 1 warnings under --strict; 3 errors; 4 the system failed.\n",
    .vi =
        "cách dùng: bantin validate FILE... [TÙY CHỌN...]\n"
        "\n"
        "Kiểm tra các gói bài, ấn bản, và mọi ấn bản của một bảng kê (CSV hoặc JSON Lines, kèm --base), cùng mẫu "
        "trình\n"
        "bày, ảnh và phông của chúng, và nêu mọi lỗi kèm vị trí. Không ghi gì cả. - là đầu vào chuẩn.\n"
        "\n"
        "      --base BUNDLE      kiểm tra các ấn bản trên gói bài này, dù chúng nêu gói bài gốc nào; bảng kê cần có\n"
        "      --value NAME=TEXT  {{NAME}} thay cho chữ nào, như một cột của bảng kê ấn bản cho biết; có thể viết "
        "nhiều "
        "lần\n"
        "      --layout L         kiểm tra với mẫu trình bày này thay cho mẫu của gói bài\n"
        "      --palette P        kiểm tra với bảng màu này của mẫu trình bày\n"
        "      --rendition R      kiểm tra như cho bản press (mặc định), screen hoặc proof: bản press cần ảnh nét hơn\n"
        "      --font-dir DIR     tìm phông ở đây trước tiên; có thể viết nhiều lần\n"
        "      --convert-legacy   kiểm tra như khi chữ tiếng Việt theo TCVN3 (.VnTime), VNI-Windows hoặc "
        "Windows-1258 đã "
        "được\n"
        "                         đổi; không có tùy chọn này thì báo ra\n"
        "      --strict           thoát với mã 1 khi có cảnh báo\n"
        "      --quiet            chỉ báo lỗi\n"
        "      --lang en|vi       thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help             in phần trợ giúp này\n"
        "\n"
        "Mã thoát: 0 mọi thứ dàn trang được; 1 có cảnh báo khi dùng --strict; 3 có lỗi; 4 hệ thống trục trặc.\n",
};

enum {
    OPT_BASE = 256,
    OPT_VALUE,
    OPT_LAYOUT,
    OPT_PALETTE,
    OPT_RENDITION,
    OPT_FONT_DIR,
    OPT_CONVERT_LEGACY,
    OPT_STRICT,
    OPT_QUIET
};

static const struct option long_options[] = {
    {"base", required_argument, NULL, OPT_BASE},
    {"value", required_argument, NULL, OPT_VALUE},
    {"layout", required_argument, NULL, OPT_LAYOUT},
    {"palette", required_argument, NULL, OPT_PALETTE},
    {"rendition", required_argument, NULL, OPT_RENDITION},
    {"font-dir", required_argument, NULL, OPT_FONT_DIR},
    {"convert-legacy", no_argument, NULL, OPT_CONVERT_LEGACY},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"quiet", no_argument, NULL, OPT_QUIET},
    CLI_SHARED_OPTIONS,
};

/* The file to check is the bundle, or, on a base, the edition. False: its standard input could not be read; *input is
 * to be freed. */
static bool name_file(const cli *c, bt_render_options *options, const char *base, const char *path, char **input)
{
    size_t size = 0;
    *input = NULL;
    bool is_read = strcmp(path, "-") != 0 || (*input = cli_read_stdin(c, &size)) != NULL;
    options->bundle_path = base ? base : path;
    options->bundle_text = base ? NULL : *input;
    options->bundle_size = base ? 0 : size;
    options->edition_path = base ? path : NULL;
    options->edition_text = base ? *input : NULL;
    options->edition_size = base ? size : 0;
    return is_read;
}

static int check_file(cli *c, bt_render_options *options, const char *path, bool is_strict)
{
    bt_ctx *ctx = cli_context(c);
    bt_render_result result = {0};
    int status = ctx ? cli_exit_status(bt_validate(ctx, options, &result)) : EXIT_SYSTEM;
    bt_ctx_drop(ctx);
    if (status == EXIT_DONE && is_strict && result.n_warnings) status = EXIT_NOT_CLEAN;
    if (status == EXIT_DONE && !c->is_quiet)
        printf(cli_say(c, "%s: good; %u %s, %u %s\n"), path, result.n_pages,
               result.n_pages == 1 ? cli_say(c, "page") : cli_say(c, "pages"), result.n_warnings,
               result.n_warnings == 1 ? cli_say(c, "warning") : cli_say(c, "warnings"));
    fflush(stdout); /* so that it stands among the messages where it belongs */
    return status;
}

/* Whether the file is a manifest; of a file the first characters tell. */
static bool is_manifest(const char *path, const char *text, size_t size)
{
    char bytes[8192];
    bt_str start = {text, size};
    FILE *file = !text && bt_file_exists(path) ? fopen(path, "rbe") : NULL;
    if (!text) start = (bt_str){bytes, file ? fread(bytes, 1, sizeof bytes, file) : 0};
    if (file) fclose(file);
    return bt_manifest_is(bt_str_of(path), start);
}

static int check_manifest(cli *c, bt_render_options *options, const char *base, const char *path, const char *text,
                          size_t size, bool is_strict)
{
    if (!base)
        return cli_usage_error(c, "validate", "'%s' is a manifest; say what its editions are laid on: --base BUNDLE",
                               path);
    if (c->n_values)
        return cli_usage_error(c, "validate", "--value is for one edition; '%s' gives the values of its own", path);
    options->bundle_path = base;
    options->bundle_text = NULL;
    options->edition_path = options->edition_text = NULL;
    return cli_validate_manifest(c, options, path, text, size, is_strict);
}

/* The worst of all files' statuses: a system failure before wrong input before warnings. */
static int check_files(cli *c, bt_render_options *options, const char *base, bool is_strict, int n, char **paths)
{
    int worst = EXIT_DONE;
    for (int i = 0; i < n; i++) {
        char *input;
        int status = EXIT_SYSTEM;
        bool is_read = name_file(c, options, base, paths[i], &input);
        size_t size = base ? options->edition_size : options->bundle_size;
        if (is_read && is_manifest(paths[i], input, size))
            status = check_manifest(c, options, base, paths[i], input, size, is_strict);
        else if (is_read)
            status = check_file(c, options, paths[i], is_strict);
        free(input);
        if (status > worst) worst = status;
    }
    return worst;
}

int cmd_validate(cli *c, int argc, char **argv)
{
    bt_render_options options = {.layout_dirs = c->layout_dirs, .font_dirs = c->font_dirs, .font_list = c->font_list};
    const char *base = NULL;
    bool is_strict = false;
    int option;
    while ((option = cli_option(c, "validate", argc, argv, ":h", long_options)) != -1) {
        switch (option) {
        case OPT_BASE:
            base = optarg;
            break;
        case OPT_VALUE:
            if (cli_take_value(c, "validate", optarg) != EXIT_DONE) return EXIT_USAGE;
            break;
        case OPT_LAYOUT:
            options.layout = optarg;
            break;
        case OPT_PALETTE:
            options.palette = optarg;
            break;
        case OPT_RENDITION:
            if (cli_take_rendition(c, "validate", optarg, &options.rendition) != EXIT_DONE) return EXIT_USAGE;
            break;
        case OPT_FONT_DIR:
            if (!cli_add_font_dir(c, optarg)) return cli_usage_error(c, "validate", "more than 16 --font-dir");
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
        case CLI_OPT_HELP:
            fputs(cli_help_text(c, &help), stdout);
            return EXIT_DONE;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind == argc) return cli_usage_error(c, "validate", "validate needs a file: bantin validate BUNDLE.json");
    options.values = c->values;
    options.n_values = c->n_values;
    if (cli_read_epoch(c, "validate", &options) != EXIT_DONE) return EXIT_USAGE;
    return check_files(c, &options, base, is_strict, argc - optind, argv + optind);
}
