/* reports.c - see reports.h. */
#include "batch/reports.h"

#include "base/file.h"
#include "batch/lines.h"
#include "json/json.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_of(const bt_reports *reports, uint32_t part)
{
    return part ? reports->parts[part - 1] : reports->path;
}

static bt_status fail(bt_reports *reports, bt_diag_code code, uint32_t part, int error)
{
    bt_diag(reports->diags, code, NULL,
            BT_ARGS(bt_str_of(path_of(reports, part)), bt_file_error(reports->diags, &reports->scratch, error)));
    return BT_IO;
}

bt_str bt_reports_make_line(bt_arena *arena, bt_str id, bt_str report)
{
    bt_buf line = bt_buf_in(arena);
    bt_buf_room(&line, report.len + id.len + 16);
    bt_buf_add_z(&line, "{\"id\":");
    bt_buf_add_quoted(&line, id);
    bt_buf_add_char(&line, ',');
    for (size_t begin = 1, end; begin < report.len;
         begin = end + 1) { /* its lines, without the bracket that opens it */
        const char *newline = memchr(report.ptr + begin, '\n', report.len - begin);
        end = newline ? (size_t)(newline - report.ptr) : report.len;
        bt_buf_add(&line, bt_str_slice(report, begin, end));
    }
    bt_buf_add_char(&line, '\n');
    return bt_buf_str(&line);
}

/* --- the file at hand --- */

static void close_file(bt_reports *reports)
{
    if (reports->fd >= 0) close(reports->fd);
    reports->fd = -1;
}

/* errno, 0: done. */
static int open_part(bt_reports *reports, uint32_t part, int more)
{
    if (reports->fd >= 0 && reports->part == part && !more) return 0;
    close_file(reports);
    reports->part = part;
    reports->fd = open(path_of(reports, part), (part ? O_RDONLY : O_RDWR) | O_CLOEXEC | more, 0666);
    return reports->fd < 0 ? errno : 0;
}

bt_status bt_reports_begin(bt_reports *reports, bt_arena *arena, bt_diags *diags, const char *path, uint32_t n_rows)
{
    *reports = (bt_reports){.diags = diags, .path = path, .fd = -1, .n_rows = n_rows};
    reports->scratch = bt_arena_over(arena->allocator);
    reports->lines = BT_NEW_ARRAY(arena, n_rows, bt_reports_line);
    return reports->lines ? BT_OK : BT_NOMEM;
}

bt_status bt_reports_open(bt_reports *reports, bool is_anew)
{
    struct stat about;
    int error = open_part(reports, 0, is_anew ? O_CREAT | O_TRUNC : O_CREAT);
    if (!error && fstat(reports->fd, &about) != 0) error = errno;
    if (!error && !S_ISREG(about.st_mode)) error = EINVAL;
    if (error) return fail(reports, BT_E_WRITE, 0, error);
    reports->is_new = !about.st_size;
    return BT_OK;
}

void bt_reports_end(bt_reports *reports)
{
    if (!reports->path) return;
    close_file(reports);
    bt_arena_drop(&reports->scratch);
    *reports = (bt_reports){.fd = -1};
}

/* --- what there is --- */

/* The id at a line's head; empty: it is no such line. */
static bt_str id_of(bt_arena *arena, bt_str line)
{
    static const bt_str head = BT_STR_INIT("{\"id\":\"");
    if (!bt_str_starts(line, head)) return BT_STR("");
    size_t end = head.len;
    while (end < line.len && line.ptr[end] != '"') end += line.ptr[end] == '\\' ? 2 : 1;
    if (end >= line.len) return BT_STR("");
    const bt_json_node *id = bt_json_read_own(arena, bt_str_slice(line, head.len - 1, end + 1));
    return id ? id->text : BT_STR("");
}

static bt_status take_lines(bt_reports *reports, uint32_t part, bt_lines *lines, bt_reports_line *found,
                            bt_reports_index index, const void *user)
{
    bt_arena *scratch = &reports->scratch;
    uint64_t size = 0;
    bt_str line;
    while (bt_lines_next(lines, &line) && lines->is_whole) {
        bt_arena_mark mark = bt_arena_set_mark(scratch);
        int64_t i = line.len <= UINT32_MAX ? index(user, id_of(scratch, line)) : -1;
        if (i >= 0) found[i] = (bt_reports_line){lines->at, (uint32_t)line.len, part};
        bt_arena_rewind(scratch, mark);
        size = lines->next_at;
    }
    if (lines->error) return fail(reports, BT_E_READ, part, lines->error);
    if (lines->arena.failed || scratch->failed) return BT_NOMEM;
    if (part) return BT_OK;
    reports->size = size;
    bool is_torn = lines->next_at > size;
    return is_torn && ftruncate(reports->fd, (off_t)size) != 0 ? fail(reports, BT_E_WRITE, 0, errno) : BT_OK;
}

bt_status bt_reports_look_through(bt_reports *reports, uint32_t part, bt_reports_line *found, bt_reports_index index,
                                  const void *user)
{
    bt_lines lines;
    int error = open_part(reports, part, 0);
    if (error == ENOENT && part) return BT_OK;
    if (error) return fail(reports, BT_E_READ, part, error);
    bt_lines_begin(&lines, reports->scratch.allocator, reports->fd);
    bt_status status = take_lines(reports, part, &lines, found, index, user);
    bt_lines_drop(&lines);
    return status;
}

bt_str bt_reports_read(bt_reports *reports, bt_arena *arena, const bt_reports_line *line, int *error)
{
    *error = line->size ? open_part(reports, line->part, 0) : ENOENT;
    char *bytes = *error ? NULL : bt_arena_alloc_unset(arena, line->size);
    for (uint32_t n = 0; bytes && n < line->size;) {
        ssize_t got = pread(reports->fd, bytes + n, line->size - n, (off_t)(line->at + n));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) *error = got < 0 ? errno : EIO;
        if (got <= 0) return BT_STR("");
        n += (uint32_t)got;
    }
    return bytes ? (bt_str){bytes, line->size} : BT_STR("");
}

/* --- writing --- */

void bt_reports_forget(bt_reports *reports, uint32_t row_i) { reports->lines[row_i] = (bt_reports_line){0}; }

int bt_reports_append(bt_reports *reports, uint32_t row_i, bt_str line)
{
    int error = open_part(reports, 0, 0);
    for (size_t n = 0; n < line.len && !error;) {
        ssize_t put = pwrite(reports->fd, line.ptr + n, line.len - n, (off_t)(reports->size + n));
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) error = put < 0 ? errno : ENOSPC;
        n += put > 0 ? (size_t)put : 0;
    }
    if (error) return error; /* what is there of it is written over, or is no line */
    reports->lines[row_i] = (bt_reports_line){.at = reports->size, .size = (uint32_t)line.len - 1};
    reports->size += line.len;
    return 0;
}

/* Whether the file is as it is to be. */
static bool is_in_order(const bt_reports *reports)
{
    struct stat about;
    uint64_t at = 0;
    for (uint32_t i = 0; i < reports->n_rows; i++) {
        const bt_reports_line *line = &reports->lines[i];
        if (line->size && (line->part || line->at != at)) return false;
        if (line->size) at += (uint64_t)line->size + 1;
    }
    return reports->part == 0 && reports->fd >= 0 && fstat(reports->fd, &about) == 0 && (uint64_t)about.st_size == at;
}

static bt_status copy_line(bt_reports *reports, uint32_t row_i, bt_file *file)
{
    int error;
    bt_reports_line *line = &reports->lines[row_i], whole = *line;
    if (!line->size) return BT_OK;
    whole.size++; /* with its newline */
    *line = (bt_reports_line){.at = file->n_bytes, .size = line->size};
    bt_str text = bt_reports_read(reports, &reports->scratch, &whole, &error);
    if (error) return fail(reports, BT_E_READ, whole.part, error);
    return text.len ? bt_file_write(file, text.ptr, text.len) : BT_NOMEM;
}

static bt_status write_anew(bt_reports *reports)
{
    bt_file file;
    bt_status status = bt_file_begin(&file, reports->scratch.allocator, reports->diags, reports->path);
    for (uint32_t i = 0; i < reports->n_rows && status == BT_OK; i++) {
        status = copy_line(reports, i, &file);
        bt_arena_reset(&reports->scratch);
    }
    if (status == BT_OK)
        status = bt_file_commit(&file);
    else if (file.fd >= 0)
        bt_file_abandon(&file);
    close_file(reports); /* it is another one now */
    return status;
}

bt_status bt_reports_finish(bt_reports *reports) { return is_in_order(reports) ? BT_OK : write_anew(reports); }
