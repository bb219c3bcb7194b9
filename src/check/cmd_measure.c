/* cmd_measure.c - bantin measure SAMPLE.pdf: what the design of a PDF is, for people, for programs, as a layout. */
#include "check/check.h"

#include "check/design/draft.h"
#include "check/shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const cli_help help = {
    .en = "usage: bantin measure [OPTION...] SAMPLE.pdf\n"
          "\n"
          "Tells what the design of a PDF is, whoever made it: the page, margins, columns and grid, masthead, running "
          "head and\n"
          "folio, colours, and which type each role is set in, with how sure that is and why.\n"
          "\n"
          "      --json FILE      write all of it as JSON\n"
          "      --layout FILE    write a draft layout that has this design, for 'bantin render --layout FILE'\n"
          "      --name NAME      what the layout is called (default: as its file)\n"
          "      --pages A-B      look at these pages only\n"
          "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
          "  -h, --help           this text\n"
          "\n"
          "FILE may be -, for the standard output in place of the table.\n"
          "Exit status: 0 done, 2 wrong options, 3 the file cannot be read, is damaged, encrypted or no PDF, 4 the "
          "system failed.\n",
    .vi = "cách dùng: bantin measure [TÙY CHỌN...] MẪU.pdf\n"
          "\n"
          "Cho biết kiểu trình bày của một tệp PDF, dù do phần mềm nào làm ra: khổ trang, lề, cột và lưới dòng, "
          "măng-sét, "
          "đầu\n"
          "trang và số trang, màu, và mỗi loại chữ dùng phông nào, cỡ nào, chắc đến đâu và vì sao.\n"
          "\n"
          "      --json FILE      ghi tất cả thành JSON\n"
          "      --layout FILE    ghi một mẫu trình bày nháp theo kiểu này, để dùng 'bantin render --layout FILE'\n"
          "      --name TÊN       tên của mẫu trình bày (mặc định: theo tên tệp)\n"
          "      --pages A-B      chỉ xem các trang này\n"
          "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
          "  -h, --help           in phần trợ giúp này\n"
          "\n"
          "FILE có thể là -, tức đầu ra chuẩn, thay cho bảng.\n"
          "Mã thoát: 0 xong, 2 sai tùy chọn, 3 tệp không đọc được, bị hỏng, có mật khẩu hoặc không phải PDF, 4 lỗi hệ "
          "thống.\n",
};

enum { OPT_JSON = 256, OPT_LAYOUT, OPT_NAME, OPT_PAGES, SECONDS = 60 };

static const struct option long_options[] = {
    {"json", required_argument, NULL, OPT_JSON},
    {"layout", required_argument, NULL, OPT_LAYOUT},
    {"name", required_argument, NULL, OPT_NAME},
    {"pages", required_argument, NULL, OPT_PAGES},
    CLI_SHARED_OPTIONS,
};

typedef struct measure_work {
    cli *c;
    const char *path, *json, *layout, *name;
    seen_options seen;
    bt_arena arena, words;
    bt_diags diags;
} measure_work;

/* --- the layout --- */

typedef struct family_list {
    bt_arena *arena;
    BT_ARRAY(bt_str) families;
} family_list;

static void note_family(void *user, const bt_font_about *font)
{
    family_list *list = user;
    bt_str name = bt_str_of(font->family);
    if (!font->path[0] || (list->families.n && bt_str_equal(list->families.v[list->families.n - 1], name))) return;
    bt_str *place = BT_PUSH(list->arena, &list->families);
    if (place) *place = bt_str_copy(list->arena, name);
}

/* "house" of "layouts/house.json". */
static bt_str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    bt_str name = bt_str_of(slash ? slash + 1 : path);
    if (name.len > 5 && bt_str_ends(name, BT_STR(".json"))) name.len -= 5;
    return name;
}

static int write_layout(measure_work *w, const design *d)
{
    cli *c = w->c;
    const bt_render_options options = {
        .layout_dirs = c->layout_dirs, .font_dirs = c->font_dirs, .font_list = c->font_list};
    family_list list = {.arena = &w->arena};
    bt_ctx *ctx = cli_context(c);
    if (!ctx) return EXIT_SYSTEM;
    bt_status status = bt_list_fonts(ctx, &options, note_family, &list);
    bt_ctx_drop(ctx);
    if (status != BT_OK) return cli_exit_status(status);
    const draft_options how = {.name = w->name ? bt_str_of(w->name) : name_of(w->layout),
                               .families = list.families.v,
                               .n_families = list.families.n};
    bt_buf out = bt_buf_in(&w->arena);
    status = draft_layout(&w->arena, &w->diags, d, &how, &out);
    if (status == BT_NOMEM) bt_diag(&w->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    return status == BT_OK ? check_write(w->c, &w->diags, w->layout, &out) : cli_exit_status(status);
}

static bool prints(const char *path) { return path && strcmp(path, "-") == 0; }

static int tell(measure_work *w, const design *d)
{
    bt_buf table = bt_buf_in(&w->arena), json = bt_buf_in(&w->arena);
    bt_status status = design_tell_table(&w->arena, &w->diags, d, &table);
    if (status == BT_OK && w->json) status = design_tell_json(&w->arena, d, &json);
    if (status == BT_NOMEM) bt_diag(&w->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    int result = cli_exit_status(status);
    if (!result && w->json) result = check_write(w->c, &w->diags, w->json, &json);
    if (!result && w->layout) result = write_layout(w, d);
    return result || prints(w->json) || prints(w->layout) ? result : check_write(w->c, &w->diags, "-", &table);
}

/* In a child, for the file may be anything. */
static int measure(void *user)
{
    measure_work *w = user;
    w->diags = (bt_diags){.on_message = cli_print_message, .user = w->c, .arena = &w->words, .lang = w->c->lang};
    seen_file *file = NULL;
    guard_reads(w->path);
    bt_status status = seen_open(&w->arena, &w->diags, w->path, &w->seen, &file);
    guard_reads(NULL);
    if (status == BT_OK && w->seen.first_page > file->pages.n) {
        const bt_place at = {.file = bt_str_of(w->path)};
        bt_diag(&w->diags, BT_E_DESIGN_NO_PAGE, &at,
                BT_ARGS(shown_count(&w->arena, w->seen.first_page), shown_count(&w->arena, file->pages.n)));
        status = BT_INPUT;
    }
    design d;
    if (status == BT_OK) status = design_measure(&w->arena, &w->diags, file, &d);
    if (status == BT_NOMEM) bt_diag(&w->diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    int result = status == BT_OK ? tell(w, &d) : cli_exit_status(status);
    seen_drop(file);
    bt_arena_drop(&w->arena);
    bt_arena_drop(&w->words);
    return result;
}

/* What is there already and is no JSON is not written over: least of all the PDF that is measured. */
static bool may_be_written(const char *path)
{
    FILE *file = path && !prints(path) ? fopen(path, "r") : NULL;
    struct stat about;
    if (!file) return true;
    bool is_file = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode);
    int first = is_file ? getc(file) : EOF;
    while (first == ' ' || first == '\n' || first == '\r' || first == '\t') first = getc(file);
    fclose(file);
    return first == EOF || first == '{' || first == '[';
}

/* "3" or "2-5". */
static bool read_pages(const char *text, seen_options *seen)
{
    char *end;
    unsigned long first = strtoul(text, &end, 10), last = first;
    if (*end == '-') last = strtoul(end + 1, &end, 10);
    if (*end || text[0] < '0' || text[0] > '9' || !first || last < first || last > BT_LIMIT_PDF_PAGES) return false;
    seen->first_page = (uint32_t)first;
    seen->last_page = (uint32_t)last;
    return true;
}

int cmd_measure(cli *c, int argc, char **argv)
{
    measure_work w = {.c = c, .seen = {.content = true}};
    int option;
    while ((option = cli_option(c, "measure", argc, argv, ":h", long_options)) != -1) {
        switch (option) {
        case OPT_JSON:
            w.json = optarg;
            break;
        case OPT_LAYOUT:
            w.layout = optarg;
            break;
        case OPT_NAME:
            w.name = optarg;
            break;
        case OPT_PAGES:
            if (!read_pages(optarg, &w.seen))
                return cli_usage_error(c, "measure", "--pages takes a page or two, as in 3 or 2-5, not '%s'", optarg);
            break;
        case CLI_OPT_HELP:
            fputs(cli_help_text(c, &help), stdout);
            return EXIT_DONE;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind >= argc) return cli_usage_error(c, "measure", "measure takes a PDF file");
    if (optind + 1 < argc)
        return cli_usage_error(c, "measure", "measure takes one PDF file; '%s' is one too many", argv[optind + 1]);
    if (prints(w.json) && prints(w.layout))
        return cli_usage_error(c, "measure", "only one of --json and --layout can go to the standard output");
    const char *const outputs[2] = {w.json, w.layout};
    for (int i = 0; i < 2; i++)
        if (!may_be_written(outputs[i]))
            return cli_usage_error(c, "measure", "'%s' is there and is no JSON; name another file", outputs[i]);
    if (w.json && w.layout && strcmp(w.json, w.layout) == 0)
        return cli_usage_error(c, "measure", "--json and --layout name the same file '%s'", w.json);
    w.path = argv[optind];
    return guard_run(c, measure, &w, SECONDS);
}
