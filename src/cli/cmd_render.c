/* cmd_render.c - bantin render BUNDLE|EDITION [-o OUT.pdf] ... */
#include "cli/render_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cli_help help = {
    .en =
        "usage: bantin render BUNDLE [-o OUT.pdf] [OPTION...]\n"
        "\n"
        "Sets a bundle and writes the PDF. BUNDLE is a JSON file, or - for the standard input; it may be an edition, "
        "which\n"
        "names the bundle that it is laid on.\n"
        "\n"
        "  -o, --output OUT.pdf   where the PDF goes (default: the bundle's name with .pdf, in this folder); - for "
        "the\n"
        "                         standard output\n"
        "      --edition E.json   lay this edition on the bundle (default output: the edition's name)\n"
        "      --compare          also set the bundle without its edition, and tell what differs: in numbers, and one "
        "by "
        "one\n"
        "                         in the --report\n"
        "      --value NAME=TEXT  what {{NAME}} stands for, as a manifest's column gives it; may be repeated (default "
        "output: the\n"
        "                         value of id)\n"
        "      --layout L         a layout's name or a path to one (default: the bundle's own, else bulletin-19x27)\n"
        "      --palette P        one of the layout's palettes (default: the layout's own choice); 'bantin layouts' "
        "lists them\n"
        "      --rendition R      press (default), screen (links and outline, no bleed), or proof (screen with grid, "
        "frames,\n"
        "                         marks of what went wrong, and gray frames for missing pictures)\n"
        "      --pages N          exactly so many pages: pictures, white and lines give way\n"
        "      --pages-multiple M a multiple of so many pages, as printers' sheets have them: 4\n"
        "      --impose I         for the press, pages on printed sheets: booklet (two a side, to fold, nest and "
        "staple), "
        "2up or\n"
        "                         4up (a leaflet twice or four times on a sheet, to cut apart)\n"
        "      --paper THICKNESS  of a booklet's paper, 0 to 1 mm, as 0.1mm (default: the layout's own): inner pages "
        "are laid\n"
        "                         nearer to the fold\n"
        "      --dump FILE        also write the drawing as text: every item with its place, in scaled points\n"
        "      --report FILE      also write the layout report: JSON, lengths in mm\n"
        "      --font-dir DIR     look for fonts here first; may be repeated\n"
        "      --convert-legacy   convert Vietnamese typed in TCVN3 (.VnTime), VNI-Windows or Windows-1258; without "
        "it, "
        "such\n"
        "                         text is only reported\n"
        "      --strict           exit 1 when there were warnings\n"
        "      --quiet            say errors only\n"
        "      --lang en|vi       messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help             this text\n"
        "\n"
        "Nothing is written when the input is wrong, and a PDF replaces nothing but a PDF. Dates in the PDF come from\n"
        "the masthead's \"date\" or from SOURCE_DATE_EPOCH, never from the clock.\n"
        "\n"
        "  bantin render april.json -o april.pdf --layout a4-two-column\n",
    .vi =
        "cách dùng: bantin render BUNDLE [-o OUT.pdf] [TÙY CHỌN...]\n"
        "\n"
        "Dàn trang một gói bài và ghi ra PDF. BUNDLE là một tệp JSON, hoặc - để đọc đầu vào chuẩn; cũng có thể là một "
        "ấn\n"
        "bản, trong đó có tên gói bài mà nó dựa trên.\n"
        "\n"
        "  -o, --output OUT.pdf   nơi ghi PDF (mặc định: tên gói bài với .pdf, trong thư mục đang làm việc); - là đầu "
        "ra "
        "chuẩn\n"
        "      --edition E.json   đặt ấn bản này lên gói bài (tên PDF mặc định: theo tên ấn bản)\n"
        "      --compare          dàn cả gói bài khi chưa có ấn bản, rồi cho biết hai bên khác nhau chỗ nào: ở đây là "
        "con "
        "số,\n"
        "                         trong --report là từng bài\n"
        "      --value NAME=TEXT  {{NAME}} thay cho chữ nào, như một cột của bảng kê ấn bản cho biết; có thể viết "
        "nhiều "
        "lần\n"
        "                         (tên PDF mặc định: giá trị của id)\n"
        "      --layout L         tên một mẫu trình bày hoặc đường dẫn của nó (mặc định: mẫu của gói bài, không có "
        "thì\n"
        "                         bulletin-19x27)\n"
        "      --palette P        một bảng màu của mẫu trình bày (mặc định: mẫu tự chọn); xem 'bantin layouts'\n"
        "      --rendition R      press (mặc định, để in), screen (có liên kết, mục lục, không lề xén), hoặc proof\n"
        "                         (như screen, thêm lưới, khung, dấu chỗ chưa ổn, và khung xám thay ảnh còn thiếu)\n"
        "      --pages N          đúng chừng này trang: hình, khoảng trắng và số dòng co giãn theo\n"
        "      --pages-multiple M số trang là bội của M, như tờ in cần: 4\n"
        "      --impose I         bình trang lên tờ in: booklet (mỗi mặt hai trang, để gấp, lồng và đóng ghim giữa), "
        "2up hay\n"
        "                         4up (tờ rơi in hai hoặc bốn lần trên một tờ, để xén rời)\n"
        "      --paper ĐỘ_DÀY     của giấy làm cuốn, 0 đến 1 mm, như 0.1mm (mặc định: theo mẫu trình bày): các trang "
        "trong\n"
        "                         được đặt gần gáy hơn\n"
        "      --dump FILE        ghi thêm bản vẽ dưới dạng chữ: từng mục với vị trí của nó, tính bằng scaled point\n"
        "      --report FILE      ghi thêm báo cáo dàn trang: JSON, độ dài tính bằng mm\n"
        "      --font-dir DIR     tìm phông ở đây trước tiên; có thể viết nhiều lần\n"
        "      --convert-legacy   đổi chữ tiếng Việt theo TCVN3 (.VnTime), VNI-Windows hoặc Windows-1258; không có "
        "tùy "
        "chọn "
        "này\n"
        "                         thì chỉ báo ra\n"
        "      --strict           thoát với mã 1 khi có cảnh báo\n"
        "      --quiet            chỉ báo lỗi\n"
        "      --lang en|vi       thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help             in phần trợ giúp này\n"
        "\n"
        "Khi đầu vào có lỗi thì không ghi gì cả; PDF chỉ ghi đè lên PDF. Ngày tháng trong PDF lấy từ \"date\" của\n"
        "măng-sét hoặc từ SOURCE_DATE_EPOCH, không bao giờ lấy từ đồng hồ.\n"
        "\n"
        "  bantin render april.json -o april.pdf --layout a4-two-column\n",
};

typedef struct render_args {
    bt_render_options options;
    const char *bundle;
    const char *output;
    bool compares, is_strict, wants_help;
} render_args;

enum { OPT_EDITION = 256, OPT_VALUE, OPT_COMPARE, OPT_DUMP, OPT_REPORT, OPT_STRICT };

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"edition", required_argument, NULL, OPT_EDITION},
    {"value", required_argument, NULL, OPT_VALUE},
    {"compare", no_argument, NULL, OPT_COMPARE},
    CLI_RENDER_OPTIONS,
    {"dump", required_argument, NULL, OPT_DUMP},
    {"report", required_argument, NULL, OPT_REPORT},
    {"strict", no_argument, NULL, OPT_STRICT},
    CLI_SHARED_OPTIONS,
};

static int take_option(cli *c, render_args *args, int option)
{
    switch (option) {
    case 'o':
        args->output = optarg;
        return EXIT_DONE;
    case OPT_EDITION:
        args->options.edition_path = optarg;
        return EXIT_DONE;
    case OPT_VALUE:
        return cli_take_value(c, "render", optarg);
    case OPT_COMPARE:
        args->compares = true;
        return EXIT_DONE;
    case OPT_DUMP:
        args->options.dump_path = optarg;
        return EXIT_DONE;
    case OPT_REPORT:
        args->options.report_path = optarg;
        return EXIT_DONE;
    case OPT_STRICT:
        args->is_strict = true;
        return EXIT_DONE;
    case CLI_OPT_HELP:
        args->wants_help = true;
        return EXIT_DONE;
    default:
        return cli_take_render_option(c, "render", option, &args->options);
    }
}

/* april.json -> april.pdf, in the working folder. */
static const char *default_output(const char *bundle, char *name, size_t size)
{
    const char *slash = strrchr(bundle, '/');
    const char *base = slash ? slash + 1 : bundle;
    size_t length = strlen(base);
    if (length > 5 && strcmp(base + length - 5, ".json") == 0) length -= 5;
    if (length + 5 > size) length = size - 5;
    snprintf(name, size, "%.*s.pdf", (int)length, base);
    return name;
}

static int read_args(cli *c, int argc, char **argv, render_args *args)
{
    int option, status = EXIT_DONE;
    while (status == EXIT_DONE && (option = cli_option(c, "render", argc, argv, ":o:h", long_options)) != -1)
        status = take_option(c, args, option);
    if (status != EXIT_DONE || args->wants_help) return status;
    if (args->compares && !args->options.edition_path)
        return cli_usage_error(c, "render",
                               "--compare needs an edition: bantin render BASE.json --edition E.json --compare");
    if (optind == argc) return cli_usage_error(c, "render", "render needs a bundle: bantin render BUNDLE.json");
    if (optind + 1 < argc)
        return cli_usage_error(c, "render", "render takes one bundle; '%s' is one too many", argv[optind + 1]);
    args->bundle = argv[optind];
    return cli_check_render_options(c, "render", &args->options);
}

/* What the PDF is named after: the edition, else the value of id, else the bundle. */
static const char *name_of_job(const cli *c, const render_args *args)
{
    const char *named = args->options.edition_path ? args->options.edition_path : args->bundle;
    for (uint32_t i = 0; i < c->n_values && !args->options.edition_path; i++)
        if (strcmp(c->values[i].name, "id") == 0) named = c->values[i].text;
    return named;
}

/* The bundle or the edition from the standard input; *input is to be freed. */
static int read_input(cli *c, bt_render_options *options, char **input)
{
    bool is_bundle = strcmp(options->bundle_path, "-") == 0;
    bool is_edition = options->edition_path && strcmp(options->edition_path, "-") == 0;
    if (is_bundle && is_edition) return cli_usage_error(c, "render", "only one file can come from the standard input");
    if (!is_bundle && !is_edition) return EXIT_DONE;
    *input = cli_read_stdin(c, is_bundle ? &options->bundle_size : &options->edition_size);
    if (!*input) return EXIT_SYSTEM;
    *(is_bundle ? &options->bundle_text : &options->edition_text) = *input;
    return EXIT_DONE;
}

int cmd_render(cli *c, int argc, char **argv)
{
    render_args args = {.bundle = NULL};
    int status = read_args(c, argc, argv, &args);
    if (args.wants_help) fputs(cli_help_text(c, &help), stdout);
    if (status != EXIT_DONE || args.wants_help || !args.bundle) return status;
    char name[1024], *input = NULL;
    const char *named = name_of_job(c, &args);
    if (strcmp(named, "-") == 0 && !args.output)
        return cli_usage_error(c, "render", "a bundle from the standard input needs -o OUT.pdf");
    args.options.bundle_path = args.bundle;
    args.options.may_have_helper = true;
    args.options.values = c->values;
    args.options.n_values = c->n_values;
    args.options.pdf_path = args.output ? args.output : default_output(named, name, sizeof name);
    status = read_input(c, &args.options, &input);
    if (status != EXIT_DONE) return status;
    cli_output output;
    status = cli_output_begin(c, &args.options, &output);
    if (status != EXIT_DONE) {
        free(input);
        return status;
    }
    bt_ctx *ctx = cli_context(c);
    bt_render_result result = {0};
    bt_base *base = NULL;
    status = ctx ? EXIT_DONE : EXIT_SYSTEM;
    if (status == EXIT_DONE && args.compares) status = cli_compare_begin(c, ctx, &args.options, &base);
    if (status == EXIT_DONE) status = cli_exit_status(bt_render(ctx, &args.options, &result));
    bt_base_drop(base);
    bt_ctx_drop(ctx);
    free(input);
    status = cli_output_end(c, &output, status);
    if (status != EXIT_DONE) return status;
    if (!output.folder[0] && !c->is_quiet && isatty(STDOUT_FILENO))
        printf("%s: %u %s\n", args.options.pdf_path, result.n_pages,
               result.n_pages == 1 ? cli_say(c, "page") : cli_say(c, "pages"));
    if (args.compares && !output.folder[0] && !c->is_quiet) cli_compare_tell(c, &result);
    return args.is_strict && result.n_warnings ? EXIT_NOT_CLEAN : EXIT_DONE;
}
