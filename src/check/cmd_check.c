/* cmd_check.c - bantin check: one PDF against its sample. */
#include "check/check.h"

#include "base/file.h"
#include "base/limits.h"
#include "check/given/given.h"
#include "check/set/set.h"

#include <stdio.h>
#include <string.h>

static const cli_help help = {
    .en =
        "usage: bantin check NEW.pdf SAMPLE.pdf [OPTION...]\n"
        "       bantin check --bless NEW.pdf SAMPLE.pdf\n"
        "       bantin check --all LIST.json [-j N] [OPTION...]\n"
        "\n"
        "Holds a PDF against an approved one, whoever made them, and says what differs: pages and their boxes, words,\n"
        "type, inks, pictures, rules, tints, and last what only the pixels show. What a reader would notice first\n"
        "stands first.\n"
        "\n"
        "      --layout-only      the sample is another issue of the same design: compare the design, not the content\n"
        "      --tolerance T      how much may differ: a length such as 0.5pt, or a JSON file with one for each "
        "property\n"
        "      --mask FILE        leave out what this JSON file names: regions of pages, words by their pattern\n"
        "      --pages A-B        these pages only: 3, 1-4 or 5-\n"
        "      --no-pixels        do not compare the pages as pixels\n"
        "      --dpi N            resolution of the pixels, 36 to 600 (default: 150)\n"
        "      --plates           compare the plates of the press as well; needs Ghostscript\n"
        "      --json FILE        write the findings as JSON; - for the standard output\n"
        "      --junit FILE       write them as JUnit XML; - for the standard output\n"
        "      --report DIR       write DIR/index.html, which shows them on the pages\n"
        "      --bless            accept NEW.pdf: it becomes SAMPLE.pdf, and the old one SAMPLE.before.pdf\n"
        "      --all LIST.json    check all pairs that the list names, on all processors\n"
        "  -j, --jobs N           so many pairs at once (default: one a processor)\n"
        "      --quiet            print no table, say errors only\n"
        "      --lang en|vi       messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help             this text\n"
        "\n"
        "Exit status: 0 equal; 1 they differ; 2 wrong use; 3 a file is no PDF, damaged or encrypted; 4 the system "
        "failed.\n"
        "\n"
        "  bantin check april.pdf approved/april.pdf --report differences\n",
    .vi =
        "cách dùng: bantin check MỚI.pdf MẪU.pdf [TÙY CHỌN...]\n"
        "           bantin check --bless MỚI.pdf MẪU.pdf\n"
        "           bantin check --all LIST.json [-j N] [TÙY CHỌN...]\n"
        "\n"
        "Đối chiếu một tệp PDF với bản đã duyệt, dù do chương trình nào tạo ra, và cho biết những gì khác: số trang "
        "và\n"
        "khổ trang, chữ, kiểu chữ, mực, ảnh, đường kẻ, nền màu, cuối cùng là những gì chỉ điểm ảnh mới cho thấy. Điều\n"
        "người đọc dễ nhận ra nhất đứng đầu.\n"
        "\n"
        "      --layout-only      bản mẫu là số khác của cùng một maket: so maket, không so nội dung\n"
        "      --tolerance T      được phép khác bao nhiêu: một độ dài như 0.5pt, hoặc tệp JSON ghi riêng từng thứ\n"
        "      --mask FILE        bỏ qua những gì tệp JSON này nêu: vùng trên trang, chữ theo mẫu\n"
        "      --pages A-B        chỉ những trang này: 3, 1-4 hoặc 5-\n"
        "      --no-pixels        không so điểm ảnh của trang\n"
        "      --dpi N            độ phân giải của điểm ảnh, từ 36 đến 600 (mặc định: 150)\n"
        "      --plates           so cả các bản kẽm; cần có Ghostscript\n"
        "      --json FILE        ghi những gì tìm thấy ra JSON; - là đầu ra chuẩn\n"
        "      --junit FILE       ghi ra JUnit XML; - là đầu ra chuẩn\n"
        "      --report DIR       ghi DIR/index.html, chỉ rõ chỗ khác trên từng trang\n"
        "      --bless            chấp nhận MỚI.pdf: tệp này thành MẪU.pdf, bản cũ thành MẪU.before.pdf\n"
        "      --all LIST.json    đối chiếu mọi cặp nêu trong danh sách, bằng mọi bộ xử lý\n"
        "  -j, --jobs N           cùng lúc chừng này cặp (mặc định: mỗi bộ xử lý một cặp)\n"
        "      --quiet            không in bảng, chỉ báo lỗi\n"
        "      --lang en|vi       thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help             in phần trợ giúp này\n"
        "\n"
        "Mã thoát: 0 giống nhau; 1 có chỗ khác; 2 dùng sai; 3 có tệp không phải PDF, bị hỏng hoặc có mật khẩu; 4 hệ "
        "thống\n"
        "trục trặc.\n"
        "\n"
        "  bantin check april.pdf approved/april.pdf --report differences\n",
};

enum {
    OPT_LAYOUT_ONLY = 256,
    OPT_TOLERANCE,
    OPT_MASK,
    OPT_PAGES,
    OPT_NO_PIXELS,
    OPT_DPI,
    OPT_PLATES,
    OPT_JSON,
    OPT_JUNIT,
    OPT_REPORT,
    OPT_BLESS,
    OPT_ALL,
    OPT_QUIET
};

static const struct option long_options[] = {
    {"layout-only", no_argument, NULL, OPT_LAYOUT_ONLY},
    {"tolerance", required_argument, NULL, OPT_TOLERANCE},
    {"mask", required_argument, NULL, OPT_MASK},
    {"pages", required_argument, NULL, OPT_PAGES},
    {"no-pixels", no_argument, NULL, OPT_NO_PIXELS},
    {"dpi", required_argument, NULL, OPT_DPI},
    {"plates", no_argument, NULL, OPT_PLATES},
    {"json", required_argument, NULL, OPT_JSON},
    {"junit", required_argument, NULL, OPT_JUNIT},
    {"report", required_argument, NULL, OPT_REPORT},
    {"bless", no_argument, NULL, OPT_BLESS},
    {"all", required_argument, NULL, OPT_ALL},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, OPT_QUIET},
    CLI_SHARED_OPTIONS,
};

enum { USUAL_DPI = 150, LEAST_DPI = 36, MOST_DPI = 600, MOST_SECONDS = 900 };

typedef struct check_args {
    check_options options;
    const char *tolerance, *mask, *list;
    uint32_t n_jobs; /* 0: not said */
    bool wants_help;
    bt_arena arena; /* of the tolerance and the mask */
    bt_diags diags;
} check_args;

static bool take_number(const char *text, uint32_t least, uint32_t most, uint32_t *number)
{
    uint32_t value = 0;
    for (const char *s = text; *s; s++) {
        if (*s < '0' || *s > '9' || value > most) return false;
        value = 10 * value + (uint32_t)(*s - '0');
    }
    *number = value;
    return text[0] && value >= least && value <= most;
}

/* Options with a value. */
static int take_value(cli *c, check_args *args, int option)
{
    check_options *o = &args->options;
    switch (option) {
    case OPT_TOLERANCE:
        args->tolerance = optarg;
        return EXIT_DONE;
    case OPT_MASK:
        args->mask = optarg;
        return EXIT_DONE;
    case OPT_PAGES:
        if (given_pages(bt_str_of(optarg), &o->first_page, &o->last_page)) return EXIT_DONE;
        return cli_usage_error(c, "check", "--pages takes pages, as in 3, 1-4 or 5-, not '%s'", optarg);
    case OPT_DPI:
        if (take_number(optarg, LEAST_DPI, MOST_DPI, &o->dpi)) return EXIT_DONE;
        return cli_usage_error(c, "check", "--dpi takes a number from 36 to 600");
    case OPT_JSON:
        o->json = optarg;
        return EXIT_DONE;
    case OPT_JUNIT:
        o->junit = optarg;
        return EXIT_DONE;
    case OPT_REPORT:
        o->report = optarg;
        return EXIT_DONE;
    case OPT_ALL:
        args->list = optarg;
        return EXIT_DONE;
    case 'j':
        if (take_number(optarg, 1, BT_LIMIT_JOBS, &args->n_jobs)) return EXIT_DONE;
        return cli_usage_error(c, "check", "--jobs takes a number from 1 to 256");
    default: /* reported by cli_option */
        return EXIT_USAGE;
    }
}

static int take_option(cli *c, check_args *args, int option)
{
    check_options *o = &args->options;
    switch (option) {
    case OPT_LAYOUT_ONLY:
        o->is_layout_only = true;
        return EXIT_DONE;
    case OPT_NO_PIXELS:
        o->has_pixels = false;
        return EXIT_DONE;
    case OPT_PLATES:
        o->has_plates = true;
        return EXIT_DONE;
    case OPT_BLESS:
        o->blesses = true;
        return EXIT_DONE;
    case OPT_QUIET:
        o->is_quiet = c->is_quiet = true;
        return EXIT_DONE;
    case 'h':
    case CLI_OPT_HELP:
        args->wants_help = true;
        return EXIT_DONE;
    default:
        return take_value(c, args, option);
    }
}

static bool is_stdout(const char *path) { return path && strcmp(path, "-") == 0; }

/* What would be lost: an output that is an input, or another output. */
static int check_outputs(cli *c, const check_options *o)
{
    if (o->json && o->junit && strcmp(o->json, o->junit) == 0)
        return is_stdout(o->json)
                   ? cli_usage_error(c, "check", "only one of --json and --junit can go to the standard output")
                   : cli_usage_error(c, "check", "--json and --junit name the same file '%s'", o->json);
    const char *const outputs[] = {o->json, o->junit}, *const inputs[] = {o->ours, o->sample};
    for (size_t i = 0; i < 4; i++) {
        const char *output = outputs[i / 2], *input = inputs[i % 2];
        if (output && input && strcmp(output, input) == 0)
            return cli_usage_error(c, "check", "'%s' is what is checked; write to another file", output);
    }
    return EXIT_DONE;
}

/* What may not stand together. */
static int check_args_fit(cli *c, const check_args *args, int n_files)
{
    const check_options *o = &args->options;
    if (args->list && o->blesses)
        return cli_usage_error(c, "check", "--bless accepts one file; it cannot stand with --all");
    if (args->list && n_files) return cli_usage_error(c, "check", "--all names its files in the list; name none here");
    if (args->n_jobs && !args->list) return cli_usage_error(c, "check", "--jobs is for --all");
    if (!args->list && n_files != 2)
        return cli_usage_error(c, "check", "check needs two files: bantin check NEW.pdf SAMPLE.pdf");
    return check_outputs(c, o);
}

static int read_args(cli *c, int argc, char **argv, check_args *args)
{
    int option, status = EXIT_DONE;
    while (status == EXIT_DONE && (option = cli_option(c, "check", argc, argv, ":j:h", long_options)) != -1)
        status = take_option(c, args, option);
    if (status != EXIT_DONE || args->wants_help) return status;
    if (argc - optind == 2) {
        args->options.ours = argv[optind];
        args->options.sample = argv[optind + 1];
    }
    args->diags.lang = c->lang;
    status = check_args_fit(c, args, argc - optind);
    bool may_write =
        check_may_write(&args->diags, args->options.json) && check_may_write(&args->diags, args->options.junit);
    if (status == EXIT_DONE && !may_write) status = EXIT_USAGE;
    if (status == EXIT_DONE && args->tolerance)
        status = tolerance_read(&args->arena, &args->diags, args->tolerance, &args->options.tolerance);
    if (status == EXIT_DONE && args->mask)
        status = mask_read(&args->arena, &args->diags, args->mask, &args->options.mask);
    return status;
}

/* --- one pair --- */

/* What the child has to do. */
typedef struct pair_work {
    cli *c;
    const check_options *options;
    bt_arena arena, words;
    bt_diags diags;
} pair_work;

static pair_work work_on(cli *c, const check_options *options)
{
    return (pair_work){.c = c,
                       .options = options,
                       .arena = bt_arena_over(bt_alloc_system()),
                       .words = bt_arena_over(bt_alloc_system())};
}

static void drop_work(pair_work *w)
{
    bt_arena_drop(&w->arena);
    bt_arena_drop(&w->words);
}

static void begin_diags(pair_work *w)
{
    w->diags = (bt_diags){.on_message = cli_print_message, .user = w->c, .arena = &w->words, .lang = w->c->lang};
}

typedef bt_status (*writer)(const tell_target *to, const report *r, bt_buf *out);

static bt_status tell_one_junit(const tell_target *to, const report *r, bt_buf *out)
{
    return tell_junit(to, r, 1, out);
}

static int write_as(pair_work *w, const report *r, writer write, const char *path)
{
    const tell_target to = {.c = w->c, .diags = &w->diags, .arena = &w->arena};
    bt_buf out = bt_buf_in(&w->arena);
    bt_status status = write(&to, r, &out);
    if (status == BT_OK && w->arena.failed) status = BT_NOMEM;
    return status == BT_OK ? check_write(w->c, &w->diags, path, &out) : cli_exit_status(status);
}

static int write_report(pair_work *w, const report *r)
{
    const char *folder = w->options->report;
    int status = check_make_folder(&w->diags, folder);
    bt_str path = bt_path_join(&w->arena, bt_str_of(folder), BT_STR("index.html"));
    return status == EXIT_DONE ? write_as(w, r, tell_html, path.ptr) : status;
}

/* The table goes out last: where a file could not be written, the reader sees that and not a verdict alone. */
static int tell(pair_work *w, const report *r)
{
    const check_options *o = w->options;
    const tell_target to = {.c = w->c, .diags = &w->diags, .arena = &w->arena};
    int status = EXIT_DONE;
    if (o->report) status = write_report(w, r);
    if (o->json && status == EXIT_DONE) status = write_as(w, r, tell_json, o->json);
    if (o->junit && status == EXIT_DONE) status = write_as(w, r, tell_one_junit, o->junit);
    bool has_table = !o->is_quiet && !is_stdout(o->json) && !is_stdout(o->junit);
    if (status == EXIT_DONE && has_table) tell_table(&to, r);
    return status == EXIT_DONE ? cli_flush(w->c) : status;
}

static int check_now(void *user)
{
    pair_work *w = user;
    report r;
    begin_diags(w);
    bt_status checked = check_pair(&w->arena, &w->diags, w->options, &r);
    if (checked == BT_NOMEM) bt_diag(&w->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    if (checked != BT_OK) return cli_exit_status(checked);
    int told = tell(w, &r);
    return told != EXIT_DONE ? told : r.is_equal ? EXIT_DONE : EXIT_NOT_CLEAN;
}

int check_one(cli *c, const check_options *options)
{
    pair_work w = work_on(c, options);
    int status = guard_run(c, check_now, &w, MOST_SECONDS);
    drop_work(&w);
    return status;
}

/* --- --bless --- */

/* In the child: only what can be read as a PDF may become a sample. */
static int read_new(void *user)
{
    pair_work *w = user;
    const seen_options all = {.content = true};
    seen_file *file = NULL;
    begin_diags(w);
    guard_reads(w->options->ours);
    bt_status status = seen_open(&w->arena, &w->diags, w->options->ours, &all, &file);
    guard_reads(NULL);
    seen_drop(file);
    return cli_exit_status(status);
}

static int bless(cli *c, check_args *args)
{
    const check_options *o = &args->options;
    pair_work w = work_on(c, o);
    int status = guard_run(c, read_new, &w, MOST_SECONDS);
    drop_work(&w);
    if (status != EXIT_DONE) return status;
    bool had_old = bt_file_exists(o->sample);
    status = cli_exit_status(check_bless(&args->diags, o->ours, o->sample));
    if (status != EXIT_DONE || o->is_quiet) return status;
    printf(cli_say(c, "%s is the sample now"), o->sample);
    if (had_old) printf(cli_say(c, "; the old one is %s"), check_before(&args->arena, o->sample));
    printf("\n");
    return cli_flush(c);
}

int cmd_check(cli *c, int argc, char **argv)
{
    bt_arena words = bt_arena_over(bt_alloc_system());
    check_args args = {
        .options = {.dpi = USUAL_DPI, .has_pixels = true, .tolerance = tolerance_usual},
        .arena = bt_arena_over(bt_alloc_system()),
        .diags = {.on_message = cli_print_message, .user = c, .arena = &words},
    };
    int status = read_args(c, argc, argv, &args);
    if (args.wants_help) fputs(cli_help_text(c, &help), stdout);
    if (status == EXIT_DONE && !args.wants_help)
        status = args.list              ? check_set(c, &args.arena, &args.diags, &args.options, args.list, args.n_jobs)
                 : args.options.blesses ? bless(c, &args)
                                        : check_one(c, &args.options);
    bt_arena_drop(&args.arena);
    bt_arena_drop(&words);
    return status;
}
