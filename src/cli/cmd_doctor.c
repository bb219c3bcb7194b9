/* cmd_doctor.c - bantin doctor: is all there that rendering takes, and if not, what mends it? */
#include "cli/cli.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const cli_help help = {
    .en =
        "usage: bantin doctor [OPTION...]\n"
        "\n"
        "Looks at what rendering takes: the versions of bantin and its libraries, the layouts, each font family, the\n"
        "profiles of printing conditions, and the program that checks PDFs. For what is missing it prints the command\n"
        "that installs it. Send this output along when you report a fault.\n"
        "\n"
        "      --font-dir DIR   look for fonts here first; may be repeated\n"
        "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help           this text\n"
        "\n"
        "Exit status: 0 all is well; 4 something is missing.\n",
    .vi = "cách dùng: bantin doctor [TÙY CHỌN...]\n"
          "\n"
          "Xem những gì cần để dựng bản tin: phiên bản của bantin và các thư viện, các mẫu trình bày, từng họ phông,\n"
          "hồ sơ màu của các điều kiện in, và chương trình kiểm tra PDF. Thiếu gì thì in ra lệnh để cài. Khi báo lỗi, "
          "xin\n"
          "gửi kèm kết quả này.\n"
          "\n"
          "      --font-dir DIR   tìm phông ở đây trước tiên; có thể viết nhiều lần\n"
          "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
          "  -h, --help           in phần trợ giúp này\n"
          "\n"
          "Mã thoát: 0 mọi thứ đều ổn; 4 còn thiếu.\n",
};

enum { OPT_FONT_DIR = 256 };

static const struct option long_options[] = {
    {"font-dir", required_argument, NULL, OPT_FONT_DIR},
    CLI_SHARED_OPTIONS,
};

enum { MOST_PACKAGES = 32, LONGEST_NAME = 128 };

typedef struct examination {
    const cli *c;
    uint32_t n_layouts, n_families;
    uint32_t n_ill;                             /* families that lack something */
    uint32_t n_profiles, n_ill_profiles;        /* of printing conditions */
    char family[LONGEST_NAME];                  /* the one being looked at */
    uint32_t n_faces, n_good;                   /* of it */
    char packages[MOST_PACKAGES][LONGEST_NAME]; /* to be installed */
    uint32_t n_packages;
} examination;

static void print_library(void *user, const bt_library *library)
{
    (void)user;
    printf("  %-10s %s\n", library->name, library->version);
}

static void print_layout(void *user, const bt_layout_about *layout)
{
    examination *e = user;
    e->n_layouts++;
    printf("  %s (%s)\n", layout->name, layout->folder);
}

/* What is good is said once for a whole family. */
static void end_family(examination *e)
{
    if (!e->n_faces) return;
    e->n_families++;
    e->n_ill += e->n_good < e->n_faces;
    if (e->n_good == e->n_faces)
        printf(e->n_faces == 1 ? cli_say(e->c, "  %s: installed (%u face)\n")
                               : cli_say(e->c, "  %s: installed (%u faces)\n"),
               e->family, e->n_faces);
    e->n_faces = e->n_good = 0;
}

static void note_package(examination *e, const char *package)
{
    for (uint32_t i = 0; i < e->n_packages; i++)
        if (strcmp(e->packages[i], package) == 0) return;
    if (e->n_packages < MOST_PACKAGES) snprintf(e->packages[e->n_packages++], LONGEST_NAME, "%s", package);
}

static void look_at_face(void *user, const bt_font_about *font)
{
    examination *e = user;
    if (strncmp(e->family, font->family, LONGEST_NAME - 1) != 0) end_family(e);
    snprintf(e->family, sizeof e->family, "%s", font->family);
    e->n_faces++;
    if (!font->path[0]) {
        printf("  %s, %s: %s\n", font->family, font->style, font->trouble);
        note_package(e, font->package);
    } else if (font->n_drawn < font->n_letters)
        printf(cli_say(e->c,
                       "  %s, %s: %s draws only %u of the %u letters of Vietnamese; use the file of the package %s "
                       "instead\n"),
               font->family, font->style, font->path, font->n_drawn, font->n_letters, font->package);
    else
        e->n_good++;
}

static void look_at_profile(void *user, const bt_profile_about *profile)
{
    examination *e = user;
    e->n_profiles++;
    if (!profile->trouble[0]) {
        printf("  %s: %s\n", profile->condition, profile->path);
        return;
    }
    printf("  %s: %s\n", profile->condition, profile->trouble);
    e->n_ill_profiles++;
    if (profile->package[0]) note_package(e, profile->package);
}

static void print_remedy(const examination *e)
{
    if (!e->n_packages) return;
    printf("\n%s\n  apt-get install", cli_say(e->c, "Install what is missing, as root:"));
    for (uint32_t i = 0; i < e->n_packages; i++) printf(" %s", e->packages[i]);
    putchar('\n');
}

/* bantin-check tells for itself. */
static bool look_at_checker(const cli *c)
{
    enum { LONGEST_PATH = 4096 };
    static char command[] = "libraries";
    char path[LONGEST_PATH];
    char *const arguments[] = {path, command, NULL};
    pid_t pid;
    int how = -1;
    printf("\n%s\n", cli_say(c, "checks of PDFs"));
    fflush(stdout);
    bool has_begun = cli_checker(path, sizeof path) && posix_spawn(&pid, path, NULL, NULL, arguments, environ) == 0;
    while (has_begun && waitpid(pid, &how, 0) < 0 && errno == EINTR) continue;
    if (how == 0) return true;
    puts(cli_say(c, "  bantin-check does not run: install bantin again; check, measure and preflight need it"));
    return false;
}

static int examine(cli *c)
{
    examination e = {.c = c};
    bt_render_options options = {.layout_dirs = c->layout_dirs, .font_dirs = c->font_dirs, .font_list = c->font_list};
    bt_ctx *ctx = cli_context(c);
    if (!ctx) return EXIT_SYSTEM;
    printf("bantin %s\n", bt_version());
    bool is_well = bt_list_libraries(ctx, print_library, &e) == BT_OK;
    printf("\n%s\n", cli_say(c, "layouts"));
    fflush(stdout); /* so that messages stand below what they belong to */
    is_well = bt_list_layouts(ctx, c->layout_dirs, print_layout, &e) == BT_OK && is_well;
    if (!e.n_layouts) puts(cli_say(c, "  none: install bantin again (cmake --install), or run it where it was built"));
    printf("\n%s\n", cli_say(c, "fonts"));
    fflush(stdout);
    is_well = bt_list_fonts(ctx, &options, look_at_face, &e) == BT_OK && is_well;
    end_family(&e);
    printf("\n%s\n", cli_say(c, "printing conditions"));
    fflush(stdout);
    is_well = bt_list_profiles(ctx, &options, look_at_profile, &e) == BT_OK && is_well;
    bt_ctx_drop(ctx);
    is_well = look_at_checker(c) && is_well;
    print_remedy(&e);
    is_well = is_well && e.n_layouts && e.n_families && !e.n_ill && e.n_profiles && !e.n_ill_profiles;
    printf("\n%s\n", is_well ? cli_say(c, "All is well.") : cli_say(c, "Not all is well: see above."));
    return is_well ? cli_flush(c) : EXIT_SYSTEM;
}

int cmd_doctor(cli *c, int argc, char **argv)
{
    int option;
    while ((option = cli_option(c, "doctor", argc, argv, ":h", long_options)) != -1) {
        switch (option) {
        case OPT_FONT_DIR:
            if (!cli_add_font_dir(c, optarg)) return cli_usage_error(c, "doctor", "more than 16 --font-dir");
            break;
        case CLI_OPT_HELP:
            fputs(cli_help_text(c, &help), stdout);
            return EXIT_DONE;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind < argc) return cli_usage_error(c, "doctor", "doctor takes no file; '%s' is one too many", argv[optind]);
    return examine(c);
}
