/* cmd_new.c - bantin new DIR: a starter bundle that renders as it is. All of its files are written, or none. */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
    "usage: bantin new DIR\n"
    "\n"
    "Makes the folder DIR with a small bulletin in it: a masthead, highlights, articles, a picture, a table and an\n"
    "imprint. It renders as it is; make it yours by changing its words.\n"
    "\n"
    "      --help   this text\n"
    "\n"
    "DIR must not be there yet, or be empty: nothing is ever overwritten.\n"
    "\n"
    "  bantin new my-bulletin\n"
    "  bantin render my-bulletin/bundle.json -o my-bulletin.pdf\n";

static const struct option long_options[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

/* The files are written into a folder of their own inside DIR and then moved up. The bundle comes last, so that there
 * is never one without its pictures. */
static const char prefix[] = "starter/";
static const char *const entries[] = {"images", "bundle.json"}; /* what is moved, in this order */
enum { N_ENTRIES = sizeof entries / sizeof *entries, LONGEST_DIR = 3500, LONGEST_PATH = 4096 };

typedef struct work {
    const char *dir;
    char temporary[LONGEST_DIR + 32]; /* inside dir; "": not there */
    bool has_made_dir;
    uint32_t n_moved;
} work;

static const char *starter_name(const cli_file *file)
{
    return strncmp(file->name, prefix, sizeof prefix - 1) == 0 ? file->name + sizeof prefix - 1 : NULL;
}

static bool fail(const char *what, const char *path)
{
    fprintf(stderr, "bantin: error: cannot %s %s: %s\n", what, path, strerror(errno));
    return false;
}

/* What is there already: EXIT_DONE when that is nothing. */
static int look_into(const char *dir, bool *is_there)
{
    DIR *folder = opendir(dir);
    *is_there = folder != NULL;
    if (!folder && errno == ENOENT) return EXIT_DONE;
    if (!folder) {
        bool is_file = errno == ENOTDIR;
        fail("make a bundle in", dir);
        return is_file ? EXIT_INPUT : EXIT_SYSTEM;
    }
    uint32_t n = 0;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    if (!n) return EXIT_DONE;
    fprintf(stderr,
            "bantin: error: %s is not empty, and nothing in it is overwritten; name a folder that is not there yet\n",
            dir);
    return EXIT_INPUT;
}

static bool make_folders(work *w, bool is_there)
{
    char path[LONGEST_PATH];
    if (!is_there && mkdir(w->dir, 0777)) return fail("make the folder", w->dir);
    w->has_made_dir = !is_there;
    snprintf(path, sizeof path, "%s/.bantin-XXXXXX", w->dir);
    if (!mkdtemp(path)) return fail("write into", w->dir);
    snprintf(w->temporary, sizeof w->temporary, "%.*s", LONGEST_DIR + 31, path);
    snprintf(path, sizeof path, "%s/images", w->temporary);
    return mkdir(path, 0777) == 0 || fail("make the folder", path);
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
    if (fd < 0) return fail("write", path);
    bool is_written = write_bytes(fd, file->bytes, file->size) || fail("write", path);
    if (close(fd) && is_written) return fail("write", path);
    return is_written;
}

static bool move_up(work *w)
{
    char from[LONGEST_PATH], to[LONGEST_PATH];
    for (; w->n_moved < N_ENTRIES; w->n_moved++) {
        snprintf(from, sizeof from, "%s/%s", w->temporary, entries[w->n_moved]);
        snprintf(to, sizeof to, "%s/%s", w->dir, entries[w->n_moved]);
        if (rename(from, to)) return fail("write", to);
    }
    return rmdir(w->temporary) == 0 || fail("remove", w->temporary);
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

static int make_starter(const char *dir)
{
    work w = {.dir = dir};
    bool is_there;
    if (strlen(dir) > LONGEST_DIR) return cli_usage_error("new", "the folder's name is too long");
    int status = look_into(dir, &is_there);
    if (status != EXIT_DONE) return status;
    if (!write_all(&w, is_there)) {
        undo(&w);
        return EXIT_SYSTEM;
    }
    const char *quote = strpbrk(dir, " ()&;") ? "'" : ""; /* so that the lines can be copied to a shell */
    printf("%s holds a bulletin: bundle.json, and its picture in images.\n"
           "Set it:                bantin render %s%s/bundle.json%s -o bulletin.pdf\n"
           "Check what you change: bantin validate %s%s/bundle.json%s\n",
           dir, quote, dir, quote, quote, dir, quote);
    return EXIT_DONE;
}

int cmd_new(cli *c, int argc, char **argv)
{
    (void)c;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option != 'h') return cli_usage_error("new", "see the options of 'bantin new'");
        fputs(help, stdout);
        return EXIT_DONE;
    }
    if (optind == argc || !argv[optind][0])
        return cli_usage_error("new", "new needs the name of a folder: bantin new my-bulletin");
    if (optind + 1 < argc)
        return cli_usage_error("new", "new takes one folder; '%s' is one too many", argv[optind + 1]);
    char *dir = argv[optind];
    for (size_t length = strlen(dir); length > 1 && dir[length - 1] == '/'; length--) dir[length - 1] = '\0';
    return make_starter(dir);
}
