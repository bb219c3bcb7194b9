/* write.c - what a check writes: files whole or not at all, the standard output, folders for reports. */
#include "check/check.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int report_error(bt_diags *diags, const char *path, int error)
{
    bt_diag(diags, BT_E_WRITE, NULL, BT_ARGS(bt_str_of(path), bt_file_error(diags, diags->arena, error)));
    return EXIT_SYSTEM;
}

/* A pipe or a device, which a new file in its place would not be; nor is there a place beside what a descriptor names.
 */
static bool is_stream(const char *path)
{
    struct stat about;
    bool is_there = stat(path, &about) == 0;
    if (is_there && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) return true;
    bt_str name = bt_str_of(path);
    return bt_str_starts(name, BT_STR("/proc/self/fd/")) || bt_str_starts(name, BT_STR("/dev/fd/"));
}

/* What is written here is never a PDF, so a PDF of that name is no earlier one of it. */
static bool is_pdf(const char *path)
{
    static const char begins[] = "%PDF-";
    char bytes[sizeof begins - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false; /* what is wrong there is said when it is written */
    ssize_t n = read(fd, bytes, sizeof bytes);
    close(fd);
    return n == (ssize_t)sizeof bytes && memcmp(bytes, begins, sizeof bytes) == 0;
}

static int write_stream(bt_diags *diags, const char *path, bt_str bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return report_error(diags, path, errno);
    int status = EXIT_DONE;
    for (size_t at = 0; at < bytes.len;) {
        ssize_t n = write(fd, bytes.ptr + at, bytes.len - at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            status = report_error(diags, path, errno);
            break;
        }
        at += (size_t)n;
    }
    close(fd);
    return status;
}

static int write_file(bt_diags *diags, const char *path, bt_str bytes)
{
    bt_file file;
    bt_status status = bt_file_begin(&file, bt_alloc_system(), diags, path);
    if (status != BT_OK) return cli_exit_status(status);
    status = bt_file_write(&file, bytes.ptr, bytes.len);
    return cli_exit_status(status == BT_OK ? bt_file_commit(&file) : status);
}

bool check_may_write(bt_diags *diags, const char *path)
{
    if (!path || strcmp(path, "-") == 0 || is_stream(path) || !is_pdf(path)) return true;
    bt_diag(diags, BT_E_CHECK_OVER_PDF, NULL, BT_ARGS(bt_str_of(path)));
    return false;
}

int check_write(cli *c, bt_diags *diags, const char *path, const bt_buf *text)
{
    bt_str bytes = bt_buf_str(text);
    if (strcmp(path, "-") == 0) {
        fwrite(bytes.ptr, 1, bytes.len, stdout);
        return cli_flush(c);
    }
    if (is_stream(path)) return write_stream(diags, path, bytes);
    return check_may_write(diags, path) ? write_file(diags, path, bytes) : EXIT_USAGE;
}

int check_make_folder(bt_diags *diags, const char *path)
{
    bt_str whole = bt_str_of(path);
    for (size_t end = 1; end <= whole.len; end++) {
        if (end < whole.len && whole.ptr[end] != '/') continue;
        const char *folder = bt_str_z(diags->arena, bt_str_slice(whole, 0, end));
        enum { FOR_ALL = 0777 };
        if (mkdir(folder, FOR_ALL) != 0 && errno != EEXIST) return report_error(diags, folder, errno);
    }
    struct stat about;
    if (stat(path, &about) != 0) return report_error(diags, path, errno);
    return S_ISDIR(about.st_mode) ? EXIT_DONE : report_error(diags, path, ENOTDIR);
}
