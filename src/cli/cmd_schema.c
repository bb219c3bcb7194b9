/* cmd_schema.c - bantin schema: the JSON Schema of a format. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const cli_help help = {
    .en =
        "usage: bantin schema FORMAT\n"
        "\n"
        "Prints the JSON Schema (2020-12) of a format. An editor that knows schemas completes keys, shows what they "
        "are\n"
        "for and underlines mistakes while you type. 'bantin validate' finds all that a schema finds, and what none "
        "can\n"
        "say besides: ids used twice, names that are not defined, pictures that are not there.\n"
        "\n"
        "What you write: bundle, edition, layout, manifest; for 'bantin check' also checks, a list of pairs, mask and\n"
        "tolerance. What programs read: report, which 'bantin render --report' writes; check, which 'bantin check "
        "--json'\n"
        "and 'bantin preflight --json' do; measure, which 'bantin measure --json' does.\n"
        "\n"
        "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help           this text\n"
        "\n"
        "  bantin schema bundle > bundle.schema.json\n"
        "\n"
        "In Visual Studio Code, for every bundle.json of a folder, in .vscode/settings.json:\n"
        "  {\"json.schemas\": [{\"fileMatch\": [\"bundle.json\"], \"url\": \"./bundle.schema.json\"}]}\n",
    .vi =
        "cách dùng: bantin schema FORMAT\n"
        "\n"
        "In ra JSON Schema (2020-12) của một định dạng. Trình soạn thảo hiểu schema sẽ gợi ý các khóa, cho biết khóa\n"
        "dùng làm gì và gạch dưới chỗ sai ngay khi bạn gõ. 'bantin validate' tìm ra mọi điều mà schema tìm ra, và cả\n"
        "những điều schema không nói được: mã bài dùng hai lần, tên chưa được định nghĩa, ảnh không có ở đó.\n"
        "\n"
        "Những tệp bạn viết: bundle, edition, layout, manifest; cho 'bantin check' còn có checks, danh sách các cặp,\n"
        "mask và tolerance. Những tệp cho chương trình khác đọc: report, do 'bantin render --report' ghi ra; check, "
        "do\n"
        "'bantin check --json' và 'bantin preflight --json'; measure, do 'bantin measure --json'.\n"
        "\n"
        "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help           in phần trợ giúp này\n"
        "\n"
        "  bantin schema bundle > bundle.schema.json\n"
        "\n"
        "Trong Visual Studio Code, cho mọi bundle.json của một thư mục, viết vào .vscode/settings.json:\n"
        "  {\"json.schemas\": [{\"fileMatch\": [\"bundle.json\"], \"url\": \"./bundle.schema.json\"}]}\n",
};

static const struct option long_options[] = {CLI_SHARED_OPTIONS};

static int print_schema(const cli *c, const char *format)
{
    char name[64];
    snprintf(name, sizeof name, "%s.schema.json", format);
    for (size_t i = 0; i < cli_n_files; i++) {
        if (strcmp(cli_files[i].name, name) != 0) continue;
        fwrite(cli_files[i].bytes, 1, cli_files[i].size, stdout);
        return cli_flush(c);
    }
    return cli_usage_error(c, "schema",
                           "there is no schema '%s'; there are bundle, edition, layout, manifest, report, check, "
                           "measure, checks, mask and tolerance",
                           format);
}

int cmd_schema(cli *c, int argc, char **argv)
{
    int option;
    while ((option = cli_option(c, "schema", argc, argv, ":h", long_options)) != -1) {
        if (option != CLI_OPT_HELP) return EXIT_USAGE;
        fputs(cli_help_text(c, &help), stdout);
        return EXIT_DONE;
    }
    if (argc - optind != 1) return cli_usage_error(c, "schema", "schema needs one format: bantin schema bundle");
    return print_schema(c, argv[optind]);
}
