/* cmd_new.c - bantin new DIR: a starter bundle that renders as it is. All of its files are written, or none. */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const cli_help help = {
    .en =
        "usage: bantin new DIR\n"
        "\n"
        "Makes the folder DIR with a small bulletin in it: a masthead, highlights, articles (one of them in Markdown), "
        "a\n"
        "picture, a table, a list, a box, key figures and an imprint. It renders as it is; make it yours by changing\n"
        "its words. LUU-Y.txt tells in Vietnamese what is what.\n"
        "\n"
        "      --lang en|vi     messages in English or Vietnamese (default: as LC_ALL, LC_MESSAGES or LANG say)\n"
        "  -h, --help           this text\n"
        "\n"
        "DIR must not be there yet, or be empty: nothing is ever overwritten.\n"
        "\n"
        "  bantin new my-bulletin\n"
        "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n",
    .vi =
        "cách dùng: bantin new DIR\n"
        "\n"
        "Tạo thư mục DIR với một bản tin nhỏ bên trong: măng-sét, tin nổi bật, các bài (một bài viết bằng Markdown), "
        "hình,\n"
        "bảng, danh sách, khung, dải con số và phần xuất bản. Bản tin dựng được ngay; hãy thay lời trong đó thành lời\n"
        "của bạn. LUU-Y.txt cho biết mỗi thứ là gì.\n"
        "\n"
        "      --lang en|vi     thông báo bằng tiếng Anh hay tiếng Việt (mặc định: theo LC_ALL, LC_MESSAGES, LANG)\n"
        "  -h, --help           in phần trợ giúp này\n"
        "\n"
        "DIR phải chưa có, hoặc đang trống: không bao giờ có gì bị ghi đè.\n"
        "\n"
        "  bantin new my-bulletin\n"
        "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n",
};

static const struct option long_options[] = {CLI_SHARED_OPTIONS};

/* The files are written into a folder of their own inside DIR and then moved up. The bundle comes last, so that there
 * is never one without its pictures and articles. */
static const char prefix[] = "starter/";
static const char *const folders[] = {"images", "articles"};
static const char *const entries[] = {"images", "articles", "LUU-Y.txt", "bundle.json"}; /* moved in this order */
enum { N_ENTRIES = sizeof entries / sizeof *entries, LONGEST_DIR = 3500, LONGEST_PATH = 4096 };

typedef struct work {
    const cli *c;
    const char *dir;
    char temporary[LONGEST_DIR + 32]; /* inside dir; "": not there */
    bool has_made_dir;
    uint32_t n_moved;
} work;

static const char *starter_name(const cli_file *file)
{
    return strncmp(file->name, prefix, sizeof prefix - 1) == 0 ? file->name + sizeof prefix - 1 : NULL;
}

/* what: a text of cli_vi.def. */
static bool fail(const cli *c, const char *what, const char *path)
{
    cli_error(c, "cannot %s %s: %s", cli_say(c, what), path, cli_reason(c, errno));
    return false;
}

/* What is there already: EXIT_DONE when that is nothing. */
static int look_into(const cli *c, const char *dir, bool *is_there)
{
    DIR *folder = opendir(dir);
    *is_there = folder != NULL;
    if (!folder && errno == ENOENT) return EXIT_DONE;
    if (!folder) {
        bool is_file = errno == ENOTDIR;
        fail(c, "make a bundle in", dir);
        return is_file ? EXIT_INPUT : EXIT_SYSTEM;
    }
    uint32_t n = 0;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    if (!n) return EXIT_DONE;
    cli_error(c, "%s is not empty, and nothing in it is overwritten; name a folder that is not there yet", dir);
    return EXIT_INPUT;
}

static bool make_folder(const cli *c, const char *path)
{
    if (mkdir(path, 0777) == 0) return true;
    if (errno != ENOENT) return fail(c, "make the folder", path);
    cli_error(c, "%s would stand in a folder that does not exist; make that one first, or name another", path);
    return false;
}

static bool make_folders(work *w, bool is_there)
{
    char path[LONGEST_PATH];
    if (!is_there && !make_folder(w->c, w->dir)) return false;
    w->has_made_dir = !is_there;
    snprintf(path, sizeof path, "%s/.bantin-XXXXXX", w->dir);
    if (!mkdtemp(path)) return fail(w->c, "write into", w->dir);
    snprintf(w->temporary, sizeof w->temporary, "%.*s", LONGEST_DIR + 31, path);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", w->temporary, folders[i]);
        if (!make_folder(w->c, path)) return false;
    }
    return true;
}

static bool write_bytes(int fd, const unsigned char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t n = write(fd, bytes + at, size - at);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) at += (size_t)n;
    }
    return fsync(fd) == 0;
}

static bool write_file(const work *w, const char *name, const cli_file *file)
{
    char path[LONGEST_PATH];
    snprintf(path, sizeof path, "%s/%s", w->temporary, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return fail(w->c, "write", path);
    bool is_written = write_bytes(fd, file->bytes, file->size) || fail(w->c, "write", path);
    if (close(fd) && is_written) return fail(w->c, "write", path);
    return is_written;
}

static bool move_up(work *w)
{
    char from[LONGEST_PATH], to[LONGEST_PATH];
    for (; w->n_moved < N_ENTRIES; w->n_moved++) {
        snprintf(from, sizeof from, "%s/%s", w->temporary, entries[w->n_moved]);
        snprintf(to, sizeof to, "%s/%s", w->dir, entries[w->n_moved]);
        if (rename(from, to)) return fail(w->c, "write", to);
    }
    return rmdir(w->temporary) == 0 || fail(w->c, "remove", w->temporary);
}

static void remove_entry(const char *folder, const char *entry)
{
    char path[LONGEST_PATH];
    for (size_t i = 0; i < cli_n_files; i++) {
        const char *name = starter_name(&cli_files[i]);
        if (!name || strncmp(name, entry, strlen(entry)) != 0) continue;
        snprintf(path, sizeof path, "%s/%s", folder, name);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/%s", folder, entry);
    rmdir(path);
}

/* Takes back all that was made. */
static void undo(const work *w)
{
    if (w->temporary[0]) {
        for (uint32_t i = 0; i < N_ENTRIES; i++) remove_entry(i < w->n_moved ? w->dir : w->temporary, entries[i]);
        rmdir(w->temporary);
    }
    if (w->has_made_dir) rmdir(w->dir);
}

static bool write_all(work *w, bool is_there)
{
    if (!make_folders(w, is_there)) return false;
    for (size_t i = 0; i < cli_n_files; i++) {
        const char *name = starter_name(&cli_files[i]);
        if (name && !write_file(w, name, &cli_files[i])) return false;
    }
    return move_up(w);
}

static int make_starter(const cli *c, const char *dir)
{
    work w = {.c = c, .dir = dir};
    bool is_there;
    if (strlen(dir) > LONGEST_DIR) return cli_usage_error(c, "new", "the folder's name is too long");
    int status = look_into(c, dir, &is_there);
    if (status != EXIT_DONE) return status;
    if (!write_all(&w, is_there)) {
        undo(&w);
        return EXIT_SYSTEM;
    }
    const char *quote = strpbrk(dir, " ()&;") ? "'" : ""; /* so that the lines can be copied to a shell */
    printf(cli_say(c, "%s holds a bulletin: bundle.json, its pictures in images, an article in articles; LUU-Y.txt "
                      "tells more.\n"
                      "For the printer:       bantin render %s%s/bundle.json%s -o bulletin.pdf\n"
                      "To send and to read:   bantin render %s%s/bundle.json%s -o screen.pdf --rendition screen\n"
                      "Check what you change: bantin validate %s%s/bundle.json%s\n"),
           dir, quote, dir, quote, quote, dir, quote, quote, dir, quote);
    return EXIT_DONE;
}

int cmd_new(cli *c, int argc, char **argv)
{
    int option;
    while ((option = cli_option(c, "new", argc, argv, ":h", long_options)) != -1) {
        if (option != CLI_OPT_HELP) return EXIT_USAGE;
        fputs(cli_help_text(c, &help), stdout);
        return EXIT_DONE;
    }
    if (optind == argc || !argv[optind][0])
        return cli_usage_error(c, "new", "new needs the name of a folder: bantin new my-bulletin");
    if (optind + 1 < argc)
        return cli_usage_error(c, "new", "new takes one folder; '%s' is one too many", argv[optind + 1]);
    char *dir = argv[optind];
    for (size_t length = strlen(dir); length > 1 && dir[length - 1] == '/'; length--) dir[length - 1] = '\0';
    return make_starter(c, dir);
}
