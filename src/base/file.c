#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

bt_status bt_file_read(bt_arena *arena, const char *path, size_t limit, bt_str *contents, int *errno_out)
{
    *errno_out = 0;
    *contents = BT_STR("");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    bt_status status = BT_OK;
    if (fd < 0 || fstat(fd, &about) != 0) {
        *errno_out = errno;
        status = BT_IO;
    } else if (!S_ISREG(about.st_mode)) {
        *errno_out = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
        status = BT_IO;
    } else if (about.st_size < 0 || (uint64_t)about.st_size > limit) {
        status = BT_LIMIT;
    }
    char *bytes = status == BT_OK ? bt_arena_alloc_unset(arena, (size_t)about.st_size + 1) : NULL;
    if (status == BT_OK && !bytes) status = BT_NOMEM;
    size_t n = 0;
    while (status == BT_OK && n < (size_t)about.st_size) {
        ssize_t got = read(fd, bytes + n, (size_t)about.st_size - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            *errno_out = errno;
            status = BT_IO;
        }
        if (got <= 0) break;
        n += (size_t)got;
    }
    if (fd >= 0) close(fd);
    if (status != BT_OK) return status;
    bytes[n] = '\0';
    *contents = (bt_str){bytes, n};
    return status;
}

bt_str bt_file_error(bt_diags *diags, bt_arena *arena, int error)
{
    const char *name = strerrordesc_np(error);
    if (name) return bt_say_foreign(diags, bt_str_of(name));
    bt_str number = bt_str_format(arena, "%d", error);
    return bt_say_with(diags, arena, BT_STR("error {1}"), BT_ARGS(number));
}

bool bt_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && access(path, R_OK) == 0;
}

bool bt_file_is_other(const char *path, const char *head)
{
    char bytes[64];
    struct stat about;
    size_t size = strlen(head);
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || !about.st_size) return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false; /* what is wrong there is said when it is written */
    ssize_t n = read(fd, bytes, size);
    close(fd);
    return n != (ssize_t)size || memcmp(bytes, head, size) != 0;
}

/* A copy that NUL follows; without memory an empty one. */
static bt_str z_copy(bt_arena *arena, bt_str text) { return bt_str_of(bt_str_z(arena, text)); }

bt_str bt_path_join(bt_arena *arena, bt_str dir, bt_str name)
{
    if (!dir.len || (name.len && name.ptr[0] == '/')) return z_copy(arena, name);
    while (bt_str_starts(name, BT_STR("./"))) name = bt_str_slice(name, 2, name.len);
    bool has_slash = dir.ptr[dir.len - 1] == '/';
    return bt_str_format(arena, "%.*s%s%.*s", BT_STR_ARGS(dir), has_slash ? "" : "/", BT_STR_ARGS(name));
}

bt_str bt_path_dir(bt_arena *arena, bt_str path)
{
    size_t end = path.len;
    while (end && path.ptr[end - 1] != '/') end--;
    if (!end) return BT_STR(".");
    bt_str dir = bt_str_slice(path, 0, end > 1 ? end - 1 : 1);
    return z_copy(arena, dir);
}

bt_str bt_path_normal(bt_arena *arena, bt_str path)
{
    bt_buf out = bt_buf_in(arena);
    for (size_t at = 0; at <= path.len;) {
        size_t end = at;
        while (end < path.len && path.ptr[end] != '/') end++;
        bt_str part = bt_str_slice(path, at, end), made = bt_buf_str(&out);
        bool is_root = at == 0 && path.len && !part.len;
        bool may_go_up = made.len && !bt_str_is(made, "..") && !bt_str_ends(made, BT_STR("/.."));
        at = end + 1;
        if (is_root) bt_buf_add_char(&out, '/');
        if (!part.len || bt_str_is(part, ".")) continue;
        if (bt_str_is(part, "..") && may_go_up) {
            while (out.bytes.n && out.bytes.v[out.bytes.n - 1] != '/') out.bytes.n--;
            if (out.bytes.n > 1) out.bytes.n--;
            continue;
        }
        if (out.bytes.n && out.bytes.v[out.bytes.n - 1] != '/') bt_buf_add_char(&out, '/');
        bt_buf_add(&out, part);
    }
    bt_str normal = out.bytes.n ? bt_buf_str(&out) : BT_STR(".");
    return z_copy(arena, normal);
}

bool bt_path_stays_inside(bt_str path)
{
    if (!path.len || path.ptr[0] == '/') return false;
    int depth = 0;
    for (size_t at = 0; at <= path.len;) {
        size_t end = at;
        while (end < path.len && path.ptr[end] != '/') end++;
        bt_str part = bt_str_slice(path, at, end);
        if (bt_str_is(part, ".."))
            depth--;
        else if (part.len && !bt_str_is(part, "."))
            depth++;
        if (depth < 0) return false;
        at = end + 1;
    }
    return true;
}

static char *joined(const bt_allocator *allocator, const char *a, const char *b)
{
    size_t size = strlen(a) + strlen(b) + 1;
    char *z = bt_alloc_new(allocator, size);
    if (z) snprintf(z, size, "%s%s", a, b);
    return z;
}

/* The folder of a path, in as much memory as the path takes and one byte more: "." where it names none. */
static char *folder_of(const bt_allocator *allocator, const char *path)
{
    size_t size = strlen(path) + 2;
    char *folder = bt_alloc_new(allocator, size);
    if (!folder) return NULL;
    const char *slash = strrchr(path, '/');
    size_t length = !slash ? 1 : slash == path ? 1 : (size_t)(slash - path);
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    return folder;
}

static void drop_names(bt_file *file)
{
    if (file->folder) bt_alloc_drop(file->allocator, file->folder, strlen(file->path ? file->path : "") + 2);
    if (file->path) bt_alloc_drop(file->allocator, file->path, strlen(file->path) + 1);
    if (file->temporary) bt_alloc_drop(file->allocator, file->temporary, strlen(file->temporary) + 1);
    file->path = file->temporary = file->folder = NULL;
}

static bt_status refuse(bt_file *file, bt_str why)
{
    bt_diag(file->diags, BT_E_WRITE, NULL, BT_ARGS(bt_str_of(file->path), why));
    bt_file_abandon(file);
    return BT_IO;
}

static bt_status fail(bt_file *file, int error)
{
    /* its own file need not be there */
    if (error == ENOENT) return refuse(file, BT_SAY(file->diags, "there is no such folder"));
    bt_arena words = bt_arena_over(file->allocator);
    bt_status status = refuse(file, bt_file_error(file->diags, &words, error));
    bt_arena_drop(&words);
    return status;
}

/* suffix: of the name under which it is written. */
static bt_status begin(bt_file *file, const bt_allocator *allocator, bt_diags *diags, const char *path,
                       const char *suffix)
{
    *file = (bt_file){.diags = diags, .allocator = allocator ? allocator : bt_alloc_system(), .fd = -1};
    bt_digest_begin(&file->digester);
    file->path = joined(file->allocator, path, "");
    file->temporary = joined(file->allocator, path, suffix);
    file->folder = folder_of(file->allocator, path);
    if (file->path && file->temporary && file->folder) return BT_OK;
    drop_names(file);
    bt_diag(diags, BT_E_NO_MEMORY, NULL, BT_NO_ARGS);
    return BT_NOMEM;
}

static bt_status create(bt_file *file)
{
    file->fd = open(file->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return file->fd < 0 ? fail(file, errno) : BT_OK;
}

bt_status bt_file_begin(bt_file *file, const bt_allocator *allocator, bt_diags *diags, const char *path)
{
    char suffix[40];
    snprintf(suffix, sizeof suffix, ".%ld.part", (long)getpid());
    bt_status status = begin(file, allocator, diags, path, suffix);
    if (status != BT_OK) return status;
    struct stat about;
    if (stat(path, &about) != 0 || S_ISREG(about.st_mode)) return create(file);
    return S_ISDIR(about.st_mode)
               ? fail(file, EISDIR)
               : refuse(file, BT_SAY(diags, "it is a device or a pipe (the standard output is called -)"));
}

bt_status bt_file_begin_staged(bt_file *file, const bt_allocator *allocator, bt_diags *diags, const char *path)
{
    bt_status status = begin(file, allocator, diags, path, "");
    file->is_staged = file->is_unsynced = true;
    return status == BT_OK ? create(file) : status;
}

void bt_file_begin_nowhere(bt_file *file, bt_diags *diags)
{
    *file = (bt_file){.diags = diags, .fd = -1, .is_nowhere = true};
}

/* None of the n pieces is empty. */
static bt_status write_all(bt_file *file, struct iovec *pieces, int n)
{
    while (n) {
        ssize_t written = writev(file->fd, pieces, n);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail(file, written < 0 ? errno : ENOSPC);
        size_t left = (size_t)written;
        for (; n && left >= pieces->iov_len; pieces++, n--) left -= pieces->iov_len;
        if (!n) break;
        pieces->iov_base = (char *)pieces->iov_base + left;
        pieces->iov_len -= left;
    }
    return BT_OK;
}

bt_status bt_file_write_pieces(bt_file *file, const bt_str *pieces, size_t n)
{
    enum { AT_ONCE = 64 };
    struct iovec some[AT_ONCE];
    bt_status status = BT_OK;
    for (size_t i = 0; i < n && status == BT_OK;) {
        int n_some = 0;
        for (; i < n && n_some < AT_ONCE; i++) {
            file->n_bytes += pieces[i].len;
            if (pieces[i].len) some[n_some++] = (struct iovec){(void *)(uintptr_t)pieces[i].ptr, pieces[i].len};
        }
        if (!file->is_nowhere) status = write_all(file, some, n_some);
    }
    return status;
}

bt_status bt_file_write(bt_file *file, const void *bytes, size_t size)
{
    if (file->is_digested) bt_digest_add(&file->digester, bytes, size);
    return bt_file_write_pieces(file, &(bt_str){bytes, size}, 1);
}

void bt_file_hasten(bt_file *file)
{
    sync_file_range(file->fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* what is wrong there is said when it is flushed */
}

int bt_file_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES ? 0 : errno;
    int error = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
    close(fd);
    return error;
}

bt_status bt_file_commit(bt_file *file)
{
    /* Pipes and some file systems cannot be synced (EINVAL); data that cannot be flushed is an error. */
    if (!file->is_unsynced && fsync(file->fd) != 0 && errno != EINVAL) return fail(file, errno);
    int fd = file->fd;
    file->fd = -1;
    if (close(fd) != 0) return fail(file, errno);
    if (!file->is_staged && rename(file->temporary, file->path) != 0) return fail(file, errno);
    file->temporary[0] = '\0';
    int error = file->is_unsynced ? 0 : bt_file_sync_folder(file->folder);
    if (error) {
        bt_arena words = bt_arena_over(file->allocator);
        bt_diag(file->diags, BT_E_SYNC, NULL,
                BT_ARGS(bt_str_of(file->path), bt_file_error(file->diags, &words, error)));
        bt_arena_drop(&words);
    }
    drop_names(file);
    return error ? BT_IO : BT_OK;
}

void bt_file_abandon(bt_file *file)
{
    if (file->fd >= 0) close(file->fd);
    file->fd = -1;
    if (file->temporary && file->temporary[0]) unlink(file->temporary);
    drop_names(file);
}
