/* cmd_batch.c - bantin batch MANIFEST --base BUNDLE -o DIR ... */
#include "base/limits.h"
#include "batch/batch.h"
#include "batch/merge.h"
#include "cli/progress.h"
#include "cli/render_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cli_help help = {
    .en =
        "usage: bantin batch MANIFEST --base BUNDLE -o DIR [OPTION...]\n"
        "       bantin batch --merge-reports DIR [--report FILE]\n"
        "\n"
        "Makes an edition of a bundle for each row of a manifest, on all processors. MANIFEST is JSON Lines or CSV, or "
        "- for\n"
        "the standard input.\n"
        "\n"
        "  -o, --output DIR       where the PDFs go; reports and what else the batch knows are in DIR/batch\n"
        "      --base BUNDLE      the bundle that the editions are laid on (default: the one that all overlays name)\n"
        "  -j, --jobs N           so many editions at once (default: one a processor)\n"
        "      --keep-going       when an edition fails, make the others (the default)\n"
        "      --max-failures N   begin no edition after N have failed\n"
        "      --resume           keep what a former run has made from the same input; make the rest\n"
        "      --retry-failed     make only what has failed in a former run\n"
        "      --wait             if another batch is at work in DIR, wait until it has ended\n"
        "      --report FILE      where the batch report goes (default: DIR/batch/report.json)\n"
        "      --shard K/N        make part K of N only, as one of N machines that share DIR. A Slurm array job and a\n"
        "                         Kubernetes indexed job (which needs --shards N) say so by themselves\n"
        "      --shards N         how many parts there are\n"
        "      --merge-reports    when all parts are made: one report, and one overview, of the whole batch\n"
        "      --layout L         this and the next are as in 'bantin render', for every edition\n"
        "      --palette P\n"
        "      --rendition R\n"
        "      --pages N\n"
        "      --pages-multiple M\n"
        "      --impose I\n"
        "      --paper THICKNESS\n"
        "      --font-dir DIR\n"
        "      --convert-legacy\n"
        "      --strict           exit 1 when there were warnings\n"
        "      --quiet            say errors only\n"
        "      --lang en|vi       messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help             this text\n"
        "\n"
        "An edition that fails costs itself only. On SIGINT, SIGTERM or SIGHUP the editions at hand are finished; a "
        "second\n"
        "signal stops at once. Exit status: 0 all were made; 1 some failed or are left; 2 wrong use; 3 the manifest or "
        "the base\n"
        "is wrong, and nothing was made; 4 the system failed, or a signal came.\n"
        "\n"
        "  bantin batch districts.jsonl --base april.json -o editions\n",
    .vi =
        "cách dùng: bantin batch MANIFEST --base BUNDLE -o DIR [TÙY CHỌN...]\n"
        "           bantin batch --merge-reports DIR [--report FILE]\n"
        "\n"
        "Làm một ấn bản của gói bài cho mỗi dòng của một bảng kê ấn bản, bằng mọi bộ xử lý. MANIFEST là JSON Lines "
        "hoặc CSV,\n"
        "hoặc - để đọc đầu vào chuẩn.\n"
        "\n"
        "  -o, --output DIR       nơi ghi các PDF; báo cáo và những gì khác của loạt nằm trong DIR/batch\n"
        "      --base BUNDLE      gói bài mà các ấn bản dựa trên (mặc định: gói mà mọi tệp ấn bản cùng nêu)\n"
        "  -j, --jobs N           làm cùng lúc chừng này ấn bản (mặc định: mỗi bộ xử lý một ấn bản)\n"
        "      --keep-going       khi một ấn bản hỏng thì vẫn làm các ấn bản khác (mặc định)\n"
        "      --max-failures N   không bắt đầu ấn bản nào nữa khi đã hỏng N ấn bản\n"
        "      --resume           giữ lại những gì lần chạy trước đã làm từ cùng nguồn; làm phần còn lại\n"
        "      --retry-failed     chỉ làm những ấn bản đã hỏng ở lần chạy trước\n"
        "      --wait             nếu một loạt khác đang làm trong DIR thì chờ đến khi xong\n"
        "      --report FILE      nơi ghi báo cáo của loạt (mặc định: DIR/batch/report.json)\n"
        "      --shard K/N        chỉ làm phần K trong N phần, khi N máy cùng làm vào DIR. Array job của Slurm và "
        "indexed\n"
        "                         job của Kubernetes (cần thêm --shards N) tự cho biết điều này\n"
        "      --shards N         có mấy phần\n"
        "      --merge-reports    khi đã làm xong mọi phần: một báo cáo và một trang tổng quan cho cả loạt\n"
        "      --layout L         tùy chọn này và các tùy chọn dưới đây như trong 'bantin render', cho mọi ấn bản\n"
        "      --palette P\n"
        "      --rendition R\n"
        "      --pages N\n"
        "      --pages-multiple M\n"
        "      --impose I\n"
        "      --paper ĐỘ_DÀY\n"
        "      --font-dir DIR\n"
        "      --convert-legacy\n"
        "      --strict           thoát với mã 1 khi có cảnh báo\n"
        "      --quiet            chỉ báo lỗi\n"
        "      --lang en|vi       thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help             in phần trợ giúp này\n"
        "\n"
        "Ấn bản nào hỏng thì chỉ hỏng ấn bản ấy. Khi nhận SIGINT, SIGTERM hay SIGHUP, các ấn bản đang làm được làm "
        "xong; tín\n"
        "hiệu thứ hai dừng ngay. Mã thoát: 0 làm xong tất cả; 1 có ấn bản hỏng hoặc chưa làm; 2 dùng sai; 3 bảng kê "
        "hoặc gói\n"
        "bài gốc sai, không làm gì cả; 4 hệ thống trục trặc, hoặc có tín hiệu dừng.\n"
        "\n"
        "  bantin batch districts.jsonl --base april.json -o editions\n",
};

typedef struct batch_args {
    bt_batch_options options;
    bt_shard_sources shard;
    bool is_strict, wants_help, merges;
} batch_args;

enum {
    OPT_BASE = 256,
    OPT_KEEP_GOING,
    OPT_MAX_FAILURES,
    OPT_REPORT,
    OPT_RESUME,
    OPT_RETRY_FAILED,
    OPT_SHARD,
    OPT_SHARDS,
    OPT_MERGE_REPORTS,
    OPT_STRICT,
    OPT_WAIT
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"base", required_argument, NULL, OPT_BASE},
    {"jobs", required_argument, NULL, 'j'},
    {"keep-going", no_argument, NULL, OPT_KEEP_GOING},
    {"max-failures", required_argument, NULL, OPT_MAX_FAILURES},
    {"report", required_argument, NULL, OPT_REPORT},
    {"resume", no_argument, NULL, OPT_RESUME},
    {"retry-failed", no_argument, NULL, OPT_RETRY_FAILED},
    {"shard", required_argument, NULL, OPT_SHARD},
    {"shards", required_argument, NULL, OPT_SHARDS},
    {"merge-reports", no_argument, NULL, OPT_MERGE_REPORTS},
    CLI_RENDER_OPTIONS,
    {"strict", no_argument, NULL, OPT_STRICT},
    {"wait", no_argument, NULL, OPT_WAIT},
    CLI_SHARED_OPTIONS,
};

enum { MOST_FAILURES = 1000000 };

static int take_option(cli *c, batch_args *args, int option)
{
    switch (option) {
    case 'o':
        args->options.folder = optarg;
        return EXIT_DONE;
    case 'j':
        if (cli_take_number(optarg, BT_LIMIT_JOBS, &args->options.n_jobs)) return EXIT_DONE;
        return cli_usage_error(c, "batch", "--jobs takes a number from 1 to 256");
    case OPT_BASE:
        args->options.render.bundle_path = optarg;
        return EXIT_DONE;
    case OPT_KEEP_GOING:
        return EXIT_DONE;
    case OPT_MAX_FAILURES:
        if (cli_take_number(optarg, MOST_FAILURES, &args->options.max_failures)) return EXIT_DONE;
        return cli_usage_error(c, "batch", "--max-failures takes a number from 1 to 1000000");
    case OPT_REPORT:
        args->options.report_path = optarg;
        return EXIT_DONE;
    case OPT_RESUME:
        args->options.resumes = true;
        return EXIT_DONE;
    case OPT_RETRY_FAILED:
        args->options.retries_failed = true;
        return EXIT_DONE;
    case OPT_WAIT:
        args->options.waits = true;
        return EXIT_DONE;
    case OPT_SHARD:
        args->shard.option = optarg;
        return EXIT_DONE;
    case OPT_SHARDS:
        args->shard.n_shards = optarg;
        return EXIT_DONE;
    case OPT_MERGE_REPORTS:
        args->merges = true;
        return EXIT_DONE;
    case OPT_STRICT:
        args->is_strict = true;
        return EXIT_DONE;
    case CLI_OPT_HELP:
        args->wants_help = true;
        return EXIT_DONE;
    default:
        return cli_take_render_option(c, "batch", option, &args->options.render);
    }
}

/* A variable that is set to nothing says nothing. */
static const char *variable(const char *name)
{
    const char *text = getenv(name);
    return text && text[0] ? text : NULL;
}

static int find_shard(cli *c, batch_args *args)
{
    bt_shard_sources *s = &args->shard;
    s->slurm_id = variable("SLURM_ARRAY_TASK_ID");
    s->slurm_min = variable("SLURM_ARRAY_TASK_MIN");
    s->slurm_max = variable("SLURM_ARRAY_TASK_MAX");
    s->slurm_count = variable("SLURM_ARRAY_TASK_COUNT");
    s->slurm_step = variable("SLURM_ARRAY_TASK_STEP");
    s->kubernetes_index = variable("JOB_COMPLETION_INDEX");
    bt_arena scratch = bt_arena_over(bt_alloc_system());
    bt_diags diags = {.on_message = cli_print_message, .user = c, .arena = &scratch, .lang = c->lang};
    bt_status status = bt_shard_find(&scratch, &diags, s, &args->options.shard);
    bt_arena_drop(&scratch);
    return status == BT_OK ? EXIT_DONE : status == BT_INPUT ? EXIT_USAGE : EXIT_SYSTEM;
}

/* The folder alone; --shards N, where it holds reports of several N. */
static int read_merge_args(cli *c, int argc, char **argv, batch_args *args)
{
    const char *folder = args->options.folder;
    int n = argc - optind + (folder != NULL);
    if (n != 1)
        return cli_usage_error(c, "batch", "--merge-reports takes one folder: bantin batch --merge-reports DIR");
    if (!folder) args->options.folder = argv[optind];
    args->options.lang = c->lang;
    const char *n_shards = args->shard.n_shards;
    if (!n_shards || cli_take_number(n_shards, BT_LIMIT_SHARDS, &args->options.shard.n)) return EXIT_DONE;
    return cli_usage_error(c, "batch", "--shards takes a number from 1 to 10000");
}

static int read_args(cli *c, int argc, char **argv, batch_args *args)
{
    int option, status = EXIT_DONE;
    while (status == EXIT_DONE && (option = cli_option(c, "batch", argc, argv, ":o:j:h", long_options)) != -1)
        status = take_option(c, args, option);
    if (status != EXIT_DONE || args->wants_help) return status;
    const char *report = args->options.report_path;
    if (report && strcmp(report, "-") == 0)
        return cli_usage_error(c, "batch", "the batch report goes to a file; name one with --report");
    if (args->merges) return read_merge_args(c, argc, argv, args);
    const char *base = args->options.render.bundle_path;
    if (optind == argc)
        return cli_usage_error(c, "batch",
                               "batch needs a manifest: bantin batch EDITIONS.jsonl --base BUNDLE.json -o DIR");
    if (optind + 1 < argc)
        return cli_usage_error(c, "batch", "batch takes one manifest; '%s' is one too many", argv[optind + 1]);
    if (!args->options.folder) return cli_usage_error(c, "batch", "batch needs -o DIR, the folder that the PDFs go to");
    if (base && strcmp(base, "-") == 0)
        return cli_usage_error(c, "batch", "the base of a batch is a file, whose pictures stand beside it; name it");
    args->options.manifest_path = argv[optind];
    args->options.lang = c->lang;
    status = cli_check_render_options(c, "batch", &args->options.render);
    return status == EXIT_DONE ? find_shard(c, args) : status;
}

/* --- what is told --- */

typedef struct teller {
    cli *c;
    cli_progress progress;
} teller;

static void tell_message(void *user, const char *edition, const bt_message *message)
{
    teller *t = user;
    if (t->c->is_quiet && message->severity != BT_ERROR) return;
    cli_progress_clear(&t->progress);
    if (edition[0]) fprintf(stderr, "[%s] ", edition);
    cli_print_message(t->c, message);
}

static void tell_progress(void *user, const bt_batch_totals *totals)
{
    teller *t = user;
    cli_progress_show(&t->progress, totals);
}

/* "2, 3, 6, 7"; what has no room is left out, and said to be. */
static void list_numbers(const uint32_t *numbers, uint32_t n, char *text, size_t size)
{
    size_t at = 0;
    for (uint32_t i = 0; i < n && at + 16 < size; i++)
        at += (size_t)snprintf(text + at, size - at, at + 32 < size ? "%s%u" : "%s...", i ? ", " : "", numbers[i]);
}

/* What the printer plates, and what most editions have in common. */
static void tell_plates(const cli *c, const bt_batch_totals *totals)
{
    const bt_plates *plates = totals->plates;
    char sides[160] = "";
    if (!plates || plates->n_editions < 2) return;
    const char *what = totals->is_imposed ? cli_say(c, "sides of sheets") : cli_say(c, "pages");
    printf(cli_say(c, "plates: %llu different %s of %llu"), (unsigned long long)plates->n_plates, what,
           (unsigned long long)plates->n_sides);
    if (plates->n_groups) {
        const bt_plates_group *group = &plates->groups[0];
        list_numbers(group->sides, group->n_sides, sides, sizeof sides);
        if (group->n_sides == 1) what = totals->is_imposed ? cli_say(c, "side") : cli_say(c, "page");
        const char *says = group->n_sides == 1 ? cli_say(c, "; %s %s is common to %u editions")
                                               : cli_say(c, "; %s %s are common to %u editions");
        printf(says, what, sides, group->n_editions);
    }
    printf("\n");
}

static void tell_report(const cli *c, const bt_batch_totals *totals)
{
    printf(totals->report ? "; %s\n" : "\n", totals->report);
    tell_plates(c, totals);
    if (totals->overview) printf(cli_say(c, "what differs: %s\n"), totals->overview);
}

/* Those that were neither made nor kept, and have not failed. */
static uint32_t count_left(const bt_batch_totals *totals)
{
    return totals->n_editions - totals->n_made - totals->n_kept - totals->n_failed;
}

static void tell_end(teller *t, const bt_batch_totals *totals)
{
    cli *c = t->c;
    long long ms = (long long)cli_progress_ms(&t->progress);
    uint32_t n_left = count_left(totals);
    cli_progress_clear(&t->progress);
    if (totals->was_stopped)
        fputs(cli_say(c, "bantin: stopped by a signal; the same command with --resume makes the rest\n"), stderr);
    else if (totals->has_given_up)
        fputs(cli_say(c,
                      "bantin: too many editions have failed; when that is put right, the same command with --resume "
                      "makes the rest\n"),
              stderr);
    else if (n_left)
        fprintf(stderr, cli_say(c, "bantin: editions that are left: %u; --resume makes them\n"), n_left);
    if (c->is_quiet) return;
    if (totals->n_untold)
        fprintf(stderr, cli_say(c, "bantin: warnings and notes about the same places, in the reports only: %u\n"),
                totals->n_untold);
    printf(cli_say(c, "editions: %u; made %u, kept %u, failed %u; pages: %llu; %lld.%02lld s"), totals->n_editions,
           totals->n_made, totals->n_kept, totals->n_failed, (unsigned long long)totals->n_pages, ms / 1000,
           ms % 1000 / 10);
    tell_report(c, totals);
}

static int exit_status(bt_status status, const bt_batch_totals *totals, bool is_strict)
{
    if (status != BT_OK) return cli_exit_status(status);
    if (totals->was_stopped) return EXIT_SYSTEM;
    bool is_clean = !totals->n_failed && !count_left(totals) && !(is_strict && totals->n_warnings);
    return is_clean ? EXIT_DONE : EXIT_NOT_CLEAN;
}

static int merge(cli *c, const bt_batch_options *options)
{
    teller t = {.c = c};
    bt_batch_listener listener = {&t, tell_message, tell_progress};
    bt_batch_totals totals = {0};
    bt_arena arena = bt_arena_over(bt_alloc_system());
    bt_status merged = bt_batch_merge(&arena, options, &listener, &totals);
    uint32_t n_done = totals.n_made + totals.n_kept, n_left = count_left(&totals);
    if (merged == BT_OK && !c->is_quiet) {
        printf(cli_say(c, "editions: %u; done %u, failed %u, left %u; pages: %llu"), totals.n_editions, n_done,
               totals.n_failed, n_left, (unsigned long long)totals.n_pages);
        tell_report(c, &totals);
    }
    if (merged == BT_OK && n_left)
        fputs(cli_say(c, "bantin: some parts were stopped; make them again with --resume, then merge again\n"), stderr);
    bt_arena_drop(&arena);
    int flushed = cli_flush(c);
    if (merged != BT_OK) return cli_exit_status(merged);
    return totals.n_failed || n_left ? EXIT_NOT_CLEAN : flushed;
}

int cmd_batch(cli *c, int argc, char **argv)
{
    batch_args args = {.is_strict = false};
    int status = read_args(c, argc, argv, &args);
    if (args.wants_help) fputs(cli_help_text(c, &help), stdout);
    if (status != EXIT_DONE || args.wants_help) return status;
    if (args.merges) return merge(c, &args.options);
    if (!args.options.manifest_path) return status;
    char *input = NULL;
    if (strcmp(args.options.manifest_path, "-") == 0) {
        input = cli_read_stdin(c, &args.options.manifest_text.len);
        args.options.manifest_text.ptr = input;
        if (!input) return EXIT_SYSTEM;
    }
    teller t = {.c = c};
    bt_batch_listener listener = {&t, tell_message, tell_progress};
    bt_batch_totals totals = {0};
    bt_arena arena = bt_arena_over(bt_alloc_system());
    cli_progress_begin(&t.progress, c);
    bt_status made = bt_batch_run(&arena, &args.options, &listener, &totals);
    bool has_begun = totals.n_made || totals.n_kept || totals.n_failed || totals.report;
    if (has_begun) tell_end(&t, &totals);
    bt_arena_drop(&arena);
    free(input);
    status = exit_status(made, &totals, args.is_strict);
    int flushed = cli_flush(c);
    return status != EXIT_DONE ? status : flushed;
}
