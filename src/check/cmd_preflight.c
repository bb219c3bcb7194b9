/* cmd_preflight.c - bantin preflight: is a PDF fit for the press? */
#include "check/check.h"

#include "base/file.h"
#include "check/given/given.h"
#include "check/rule/rule.h"

#include <stdio.h>
#include <string.h>

static const cli_help help = {
    .en = "usage: bantin preflight FILE.pdf [OPTION...]\n"
          "       bantin preflight --list [OPTION...]\n"
          "\n"
          "Looks whether a PDF, whoever made it, is fit for a press or for the screen: boxes and bleed, fonts, "
          "colours, black\n"
          "text, total ink, the resolution of pictures, hairlines, small text, transparency, the printing condition,\n"
          "annotations, metadata. Each rule has a number, and says where it found something and what to do about it.\n"
          "\n"
          "      --profile P        press-coated (default), press-uncoated, news or screen\n"
          "      --pages A-B        these pages only: 3, 1-4 or 5-\n"
          "      --list             print the rules and how severe each is by profile; --json - prints them as JSON\n"
          "      --json FILE        write the findings as JSON; - for the standard output\n"
          "      --junit FILE       write them as JUnit XML; - for the standard output\n"
          "      --report DIR       write DIR/index.html, which shows them on the pages\n"
          "      --strict           exit 1 when there were warnings\n"
          "      --quiet            print no table, say errors only\n"
          "      --lang en|vi       messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
          "  -h, --help             this text\n"
          "\n"
          "Total ink is measured by Ghostscript, where it is installed.\n"
          "Exit status: 0 no error found; 1 errors found, or warnings under --strict; 2 wrong use; 3 the file is no "
          "PDF,\n"
          "damaged or encrypted; 4 the system failed.\n"
          "\n"
          "  bantin preflight from-the-office.pdf --profile news --report preflight\n",
    .vi =
        "cách dùng: bantin preflight TỆP.pdf [TÙY CHỌN...]\n"
        "           bantin preflight --list [TÙY CHỌN...]\n"
        "\n"
        "Xem một tệp PDF, dù do chương trình nào tạo ra, có in được hoặc xem tốt trên màn hình không: khổ trang và "
        "phần\n"
        "tràn lề, phông, màu, chữ đen, tổng lượng mực, độ phân giải của ảnh, nét mảnh, chữ nhỏ, độ trong suốt, điều "
        "kiện\n"
        "in, ghi chú, siêu dữ liệu. Mỗi quy tắc có một số hiệu, cho biết lỗi nằm ở đâu và phải làm gì.\n"
        "\n"
        "      --profile P        press-coated (mặc định: giấy có phủ), press-uncoated (không phủ), news (giấy báo) "
        "hoặc\n"
        "                         screen (màn hình)\n"
        "      --pages A-B        chỉ những trang này: 3, 1-4 hoặc 5-\n"
        "      --list             in các quy tắc và mức độ theo từng loại; thêm --json - để in ra JSON\n"
        "      --json FILE        ghi những gì tìm thấy ra JSON; - là đầu ra chuẩn\n"
        "      --junit FILE       ghi ra JUnit XML; - là đầu ra chuẩn\n"
        "      --report DIR       ghi DIR/index.html, chỉ rõ chỗ sai trên từng trang\n"
        "      --strict           thoát với mã 1 khi có cảnh báo\n"
        "      --quiet            không in bảng, chỉ báo lỗi\n"
        "      --lang en|vi       thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help             in phần trợ giúp này\n"
        "\n"
        "Tổng lượng mực do Ghostscript đo, nếu máy có cài.\n"
        "Mã thoát: 0 không có lỗi; 1 có lỗi, hoặc có cảnh báo khi dùng --strict; 2 dùng sai; 3 tệp không phải PDF, bị "
        "hỏng\n"
        "hoặc có mật khẩu; 4 hệ thống trục trặc.\n"
        "\n"
        "  bantin preflight from-the-office.pdf --profile news --report preflight\n",
};

enum { OPT_PROFILE = 256, OPT_PAGES, OPT_LIST, OPT_JSON, OPT_JUNIT, OPT_REPORT, OPT_STRICT, OPT_QUIET };

static const struct option long_options[] = {
    {"profile", required_argument, NULL, OPT_PROFILE},
    {"pages", required_argument, NULL, OPT_PAGES},
    {"list", no_argument, NULL, OPT_LIST},
    {"json", required_argument, NULL, OPT_JSON},
    {"junit", required_argument, NULL, OPT_JUNIT},
    {"report", required_argument, NULL, OPT_REPORT},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"quiet", no_argument, NULL, OPT_QUIET},
    CLI_SHARED_OPTIONS,
};

enum { MOST_SECONDS = 900 };

typedef struct preflight {
    cli *c;
    const char *path, *json, *junit, *report;
    rule_options options;
    bool lists, is_strict, wants_help;
    bt_arena arena, words;
    bt_diags diags;
} preflight;

/* --- options --- */

static int take_option(preflight *p, int option)
{
    switch (option) {
    case OPT_PROFILE:
        if (rule_profile_find(optarg, &p->options.profile_i)) return EXIT_DONE;
        return cli_usage_error(p->c, "preflight",
                               "there is no profile '%s'; there are press-coated, press-uncoated, news and screen",
                               optarg);
    case OPT_PAGES:
        if (given_pages(bt_str_of(optarg), &p->options.first_page, &p->options.last_page)) return EXIT_DONE;
        return cli_usage_error(p->c, "preflight", "--pages takes pages, as in 3, 1-4 or 5-, not '%s'", optarg);
    case OPT_LIST:
        p->lists = true;
        return EXIT_DONE;
    case OPT_JSON:
        p->json = optarg;
        return EXIT_DONE;
    case OPT_JUNIT:
        p->junit = optarg;
        return EXIT_DONE;
    case OPT_REPORT:
        p->report = optarg;
        return EXIT_DONE;
    case OPT_STRICT:
        p->is_strict = true;
        return EXIT_DONE;
    case OPT_QUIET:
        p->c->is_quiet = true;
        return EXIT_DONE;
    case CLI_OPT_HELP:
        p->wants_help = true;
        return EXIT_DONE;
    default: /* reported by cli_option */
        return EXIT_USAGE;
    }
}

static bool is_stdout(const char *path) { return path && strcmp(path, "-") == 0; }

/* What may not stand together, or would be lost. */
static int check_fits(const preflight *p, int n_files)
{
    const cli *c = p->c;
    if (p->lists && (n_files || p->junit || p->report))
        return cli_usage_error(c, "preflight", "--list lists the rules; it takes no file, and only --json beside it");
    if (p->lists) return EXIT_DONE;
    if (n_files != 1) return cli_usage_error(c, "preflight", "preflight needs one file: bantin preflight FILE.pdf");
    if (p->json && p->junit && strcmp(p->json, p->junit) == 0)
        return is_stdout(p->json)
                   ? cli_usage_error(c, "preflight", "only one of --json and --junit can go to the standard output")
                   : cli_usage_error(c, "preflight", "--json and --junit name the same file '%s'", p->json);
    const char *const outputs[] = {p->json, p->junit};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (outputs[i] && strcmp(outputs[i], p->path) == 0)
            return cli_usage_error(c, "preflight", "'%s' is what is checked; write to another file", outputs[i]);
    return EXIT_DONE;
}

static int read_options(preflight *p, int argc, char **argv)
{
    int option, status = EXIT_DONE;
    while (status == EXIT_DONE && (option = cli_option(p->c, "preflight", argc, argv, ":h", long_options)) != -1)
        status = take_option(p, option);
    p->diags.lang = p->c->lang;
    if (status != EXIT_DONE || p->wants_help) return status;
    if (argc - optind == 1) p->path = argv[optind];
    status = check_fits(p, argc - optind);
    if (status != EXIT_DONE) return status;
    return check_may_write(&p->diags, p->json) && check_may_write(&p->diags, p->junit) ? EXIT_DONE : EXIT_USAGE;
}

/* --- the list --- */

static const char *severity_name(rule_severity severity)
{
    static const char *const names[] = {
        [RULE_OFF] = "off", [RULE_NOTE] = "note", [RULE_WARNING] = "warning", [RULE_ERROR] = "error"};
    return names[severity];
}

static void list_json(preflight *p, bt_buf *out)
{
    bt_buf_add_z(out, "{\"bantin_rules\":1,\"rules\":[");
    for (uint32_t i = 0; i < rule_count(); i++) {
        const rule_about *rule = rule_at(i);
        bt_buf_add_z(out, i ? ",\n {\"number\":" : "\n {\"number\":");
        bt_buf_add_quoted(out, bt_str_of(rule->number));
        bt_buf_add_z(out, ",\"fault\":");
        bt_buf_add_quoted(out, bt_say(&p->diags, bt_str_of(rule->fault)));
        bt_buf_add_z(out, ",\"remedy\":");
        bt_buf_add_quoted(out, bt_say(&p->diags, bt_str_of(rule->remedy)));
        bt_buf_add_z(out, ",\"severity\":{");
        for (uint32_t k = 0; k < RULE_N_PROFILES; k++)
            bt_buf_format(out, "%s\"%s\":\"%s\"", k ? "," : "", rule_profile_at(k)->name,
                          severity_name(rule->severities[k]));
        bt_buf_add_z(out, "}}");
    }
    bt_buf_add_z(out, "\n]}\n");
}

/* A letter for each profile: E error, W warning, N note, - not tried. */
static void list_text(preflight *p, bt_buf *out)
{
    static const char letters[] = {[RULE_OFF] = '-', [RULE_NOTE] = 'N', [RULE_WARNING] = 'W', [RULE_ERROR] = 'E'};
    bt_buf_add_z(out, cli_say(p->c, "E error, W warning, N note, - not tried; for press-coated, press-uncoated, news, "
                                    "screen\n"));
    for (uint32_t i = 0; i < rule_count(); i++) {
        const rule_about *rule = rule_at(i);
        bt_buf_format(out, "%s  ", rule->number);
        for (uint32_t k = 0; k < RULE_N_PROFILES; k++) bt_buf_format(out, "%c ", letters[rule->severities[k]]);
        bt_buf_add_char(out, ' ');
        bt_buf_add(out, bt_say(&p->diags, bt_str_of(rule->fault)));
        bt_buf_add_char(out, '\n');
    }
}

static int list(preflight *p)
{
    bt_buf out = bt_buf_in(&p->arena);
    if (p->json)
        list_json(p, &out);
    else
        list_text(p, &out);
    return check_write(p->c, &p->diags, p->json ? p->json : "-", &out);
}

/* --- a file --- */

typedef bt_status (*writer)(const tell_target *to, const report *r, bt_buf *out);

static bt_status tell_one_junit(const tell_target *to, const report *r, bt_buf *out)
{
    return tell_junit(to, r, 1, out);
}

static int write_as(preflight *p, const report *r, writer write, const char *path)
{
    const tell_target to = {.c = p->c, .diags = &p->diags, .arena = &p->arena};
    bt_buf out = bt_buf_in(&p->arena);
    bt_status status = write(&to, r, &out);
    if (status == BT_OK && p->arena.failed) status = BT_NOMEM;
    return status == BT_OK ? check_write(p->c, &p->diags, path, &out) : cli_exit_status(status);
}

/* The table goes out last: where a file could not be written, the reader sees that and not a verdict alone. */
static int tell(preflight *p, const report *r)
{
    const tell_target to = {.c = p->c, .diags = &p->diags, .arena = &p->arena};
    int status = p->report ? check_make_folder(&p->diags, p->report) : EXIT_DONE;
    if (p->report && status == EXIT_DONE)
        status = write_as(p, r, tell_html, bt_path_join(&p->arena, bt_str_of(p->report), BT_STR("index.html")).ptr);
    if (p->json && status == EXIT_DONE) status = write_as(p, r, tell_json, p->json);
    if (p->junit && status == EXIT_DONE) status = write_as(p, r, tell_one_junit, p->junit);
    bool has_table = !p->c->is_quiet && !is_stdout(p->json) && !is_stdout(p->junit);
    if (status == EXIT_DONE && has_table) tell_table(&to, r);
    return status == EXIT_DONE ? cli_flush(p->c) : status;
}

static bool is_clean(const preflight *p, const report *r)
{
    if (!r->is_equal) return false;
    for (uint32_t i = 0; p->is_strict && i < r->findings.n; i++)
        if (r->findings.v[i].severity != FINDING_NOTE) return false;
    return true;
}

/* Pictures of the pages are for the report alone. */
static bt_status try_file(preflight *p, seen_file **file, report *r)
{
    const seen_options seen = {.first_page = p->options.first_page, .last_page = p->options.last_page, .content = true};
    guard_reads(p->path);
    bt_status status = seen_open(&p->arena, &p->diags, p->path, &seen, file);
    guard_reads(NULL);
    if (status == BT_OK && p->options.first_page > (*file)->pages.n) {
        bt_diag(&p->diags, BT_E_PREFLIGHT_NO_PAGE, NULL,
                BT_ARGS(bt_str_format(&p->arena, "%u", p->options.first_page),
                        bt_str_format(&p->arena, "%u", (*file)->pages.n)));
        return BT_INPUT;
    }
    if (status == BT_OK) status = rules_try(&p->arena, &p->diags, *file, &p->options, r);
    if (status == BT_OK && p->report) status = pixel_show(&p->arena, &p->diags, *file, r);
    return status;
}

static int preflight_now(void *user)
{
    preflight *p = user;
    report r = {.kind = REPORT_PREFLIGHT,
                .ours = bt_str_of(p->path),
                .first_page = p->options.first_page,
                .last_page = p->options.last_page};
    seen_file *file = NULL;
    bt_status status = try_file(p, &file, &r);
    if (status == BT_NOMEM) bt_diag(&p->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    int told = status == BT_OK ? tell(p, &r) : cli_exit_status(status);
    seen_drop(file);
    if (told != EXIT_DONE) return told;
    return is_clean(p, &r) ? EXIT_DONE : EXIT_NOT_CLEAN;
}

int cmd_preflight(cli *c, int argc, char **argv)
{
    preflight p = {.c = c, .arena = bt_arena_over(bt_alloc_system()), .words = bt_arena_over(bt_alloc_system())};
    p.diags = (bt_diags){.on_message = cli_print_message, .user = c, .arena = &p.words, .lang = c->lang};
    int status = read_options(&p, argc, argv);
    if (status == EXIT_DONE) {
        if (p.wants_help)
            fputs(cli_help_text(c, &help), stdout);
        else
            status = p.lists ? list(&p) : guard_run(c, preflight_now, &p, MOST_SECONDS);
    }
    bt_arena_drop(&p.arena);
    bt_arena_drop(&p.words);
    return status;
}
