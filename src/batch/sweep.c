/* sweep.c - see sweep.h. */
#include "batch/sweep.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static bt_status fail(bt_arena *arena, bt_diags *diags, bt_str path, int error)
{
    if (arena->failed) return BT_NOMEM;
    bt_diag(diags, BT_E_SWEEP, NULL, BT_ARGS(path, bt_file_error(diags, arena, error)));
    return BT_IO;
}

/* "report.json" of "report.json.123.part"; empty: no such name. */
static bt_str whole_name(bt_str name)
{
    static const bt_str end = BT_STR_INIT(".part");
    if (!bt_str_ends(name, end)) return BT_STR("");
    size_t n = name.len - end.len, digits = n;
    while (digits && name.ptr[digits - 1] >= '0' && name.ptr[digits - 1] <= '9') digits--;
    bool has_number = digits < n && digits > 1 && name.ptr[digits - 1] == '.';
    return has_number ? bt_str_slice(name, 0, digits - 1) : BT_STR("");
}

/* whole: what the files are to be; empty: all go. */
static bt_status sweep(bt_arena *arena, bt_diags *diags, bt_str folder, bt_str whole)
{
    DIR *dir = opendir(folder.ptr);
    if (!dir) return errno == ENOENT ? BT_OK : fail(arena, diags, folder, errno);
    bt_status status = BT_OK;
    for (struct dirent *one; status == BT_OK && (one = readdir(dir));) {
        bt_str name = bt_str_of(one->d_name);
        if (bt_str_is(name, ".") || bt_str_is(name, "..")) continue;
        if (whole.len && !bt_str_equal(whole_name(name), whole)) continue;
        bt_str path = bt_path_join(arena, folder, name);
        if (arena->failed || (unlink(path.ptr) != 0 && errno != ENOENT)) status = fail(arena, diags, path, errno);
    }
    closedir(dir);
    return status;
}

bt_status bt_sweep_folder(bt_arena *arena, bt_diags *diags, const char *folder)
{
    bt_arena_mark mark = bt_arena_set_mark(arena);
    bt_status status = sweep(arena, diags, bt_str_of(folder), BT_STR(""));
    bt_arena_rewind(arena, mark);
    return status;
}

bt_status bt_sweep_parts(bt_arena *arena, bt_diags *diags, const char *path)
{
    bt_arena_mark mark = bt_arena_set_mark(arena);
    bt_str whole = bt_str_of(path), folder = bt_path_dir(arena, whole);
    size_t name = whole.len;
    while (name && whole.ptr[name - 1] != '/') name--;
    bt_status status = arena->failed ? BT_NOMEM : sweep(arena, diags, folder, bt_str_slice(whole, name, whole.len));
    bt_arena_rewind(arena, mark);
    return status;
}
