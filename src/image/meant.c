/* meant.c - the file that the user may have meant by the name of one that is not there.
 *
 * Windows and cameras write IMG_1.JPG where the bundle says img_1.jpg; a designer sends logo.png for logo.svg. The
 * folder's order must not reach the message: the best name wins, and of equals the first by bytes.
 */
#include "base/file.h"
#include "image/image_int.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 4096 };

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool same_in_any_case(bt_str a, bt_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (small(a.ptr[i]) != small(b.ptr[i])) return false;
    }
    return true;
}

/* "photo" of "photo.jpg". */
static bt_str stem(bt_str name)
{
    size_t dot = name.len;
    while (dot && name.ptr[dot - 1] != '.') dot--;
    return dot > 1 ? bt_str_slice(name, 0, dot - 1) : name;
}

static bool has_picture_extension(bt_str name)
{
    static const bt_str extensions[] = {BT_STR_INIT(".png"), BT_STR_INIT(".jpg"), BT_STR_INIT(".jpeg"),
                                        BT_STR_INIT(".svg")};
    bt_str extension = bt_str_slice(name, stem(name).len, name.len);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (same_in_any_case(extension, extensions[i])) return true;
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return bt_str_compare(*(const bt_str *)a, *(const bt_str *)b);
}

/* The folder's files, sorted; none when there are more than a guess is worth. */
static uint32_t list_folder(bt_arena *arena, bt_str folder, bt_str **names)
{
    BT_ARRAY(bt_str) list = {0};
    DIR *dir = opendir(bt_str_z(arena, folder));
    struct dirent *entry;
    while (dir && list.n <= MOST_NAMES && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' || entry->d_type == DT_DIR) continue;
        bt_str *name = BT_PUSH(arena, &list);
        if (name) *name = bt_str_copy(arena, bt_str_of(entry->d_name));
    }
    if (dir) closedir(dir);
    if (arena->failed || !list.v || list.n > MOST_NAMES) return 0;
    qsort(list.v, list.n, sizeof *list.v, compare_names);
    *names = list.v;
    return list.n;
}

bt_str bt_image_meant(bt_arena *arena, bt_str path)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    bt_str wanted = bt_str_slice(path, begin, path.len);
    bt_str *names = NULL;
    uint32_t n = list_folder(arena, bt_path_dir(arena, path), &names);
    bt_str best = BT_STR("");
    int best_rank = 0; /* 3: other letter case, 2: other extension, 1: some other kind of file with that name */
    for (uint32_t i = 0; i < n; i++) {
        int rank = same_in_any_case(names[i], wanted)                ? 3
                   : !same_in_any_case(stem(names[i]), stem(wanted)) ? 0
                   : has_picture_extension(names[i])                 ? 2
                                                                     : 1;
        if (rank <= best_rank) continue;
        best = names[i];
        best_rank = rank;
    }
    if (!best_rank && n) best = bt_str_nearest(wanted, names, n);
    return best.len ? bt_str_join(arena, bt_str_slice(path, 0, begin), best) : best;
}
