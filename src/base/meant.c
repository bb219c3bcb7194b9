/* meant.c - the file that the user may have meant by the name of one that is not there.
 *
 * Windows and cameras write IMG_1.JPG where the bundle says img_1.jpg; a designer sends logo.png for logo.svg. The
 * A Mac stores the accents of a file's name apart from their letters, so that the name of the bundle is not found
 * although the folder shows it. The folder's order must not reach the message: the best name wins, and of equals the
 * first by bytes.
 */
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

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

static bool has_extension(bt_str name, const bt_str *extensions, size_t n)
{
    bt_str extension = bt_str_slice(name, stem(name).len, name.len);
    for (size_t i = 0; i < n; i++) {
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

/* The letters and their accents apart, in canonical order; n: how many, negative where the name is no text. */
static int32_t *taken_apart(bt_arena *arena, bt_str name, utf8proc_ssize_t *n)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)name.ptr;
    utf8proc_ssize_t room = (utf8proc_ssize_t)name.len * 4;
    int32_t *letters = BT_NEW_ARRAY(arena, (size_t)room, int32_t);
    *n = -1;
    if (letters)
        *n = utf8proc_decompose(bytes, (utf8proc_ssize_t)name.len, letters, room, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    return letters;
}

bool bt_path_reads_same(bt_arena *arena, bt_str a, bt_str b)
{
    utf8proc_ssize_t n_a, n_b;
    const int32_t *one = taken_apart(arena, a, &n_a), *other = taken_apart(arena, b, &n_b);
    return one && other && n_a > 0 && n_a == n_b && (size_t)n_a <= a.len * 4 && (size_t)n_b <= b.len * 4 &&
           memcmp(one, other, (size_t)n_a * sizeof *one) == 0;
}

static bt_str in_small_letters(bt_arena *arena, bt_str name)
{
    char *letters = bt_arena_alloc(arena, name.len);
    if (!letters) return BT_STR("");
    for (size_t i = 0; i < name.len; i++) letters[i] = small(name.ptr[i]);
    return (bt_str){letters, name.len};
}

static bool is_ascii(bt_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] >= 0x80) return false;
    return true;
}

bt_str bt_path_folded(bt_arena *arena, bt_str name)
{
    static const utf8proc_option_t ways = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)name.ptr;
    if (is_ascii(name)) return in_small_letters(arena, name);
    utf8proc_ssize_t room = (utf8proc_ssize_t)name.len * 4;
    int32_t *letters = BT_NEW_ARRAY(arena, (size_t)room, int32_t);
    if (!letters) return BT_STR("");
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)name.len, letters, room, ways);
    if (n < 0 || n > room) return name;
    bt_buf folded = bt_buf_in(arena);
    for (utf8proc_ssize_t i = 0; i < n; i++) bt_buf_add_codepoint(&folded, (uint32_t)letters[i]);
    return bt_buf_str(&folded);
}

bt_str bt_path_meant(bt_arena *arena, bt_str path, const bt_str *extensions, size_t n_extensions)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    bt_str wanted = bt_str_slice(path, begin, path.len);
    bt_str *names = NULL;
    uint32_t n = list_folder(arena, bt_path_dir(arena, path), &names);
    bt_str best = BT_STR("");
    int best_rank = 0; /* 4: reads the same, 3: other letter case, 2: other extension of the same sort, 1: any other
                          file with that name */
    for (uint32_t i = 0; i < n; i++) {
        if (bt_str_equal(names[i], wanted)) continue; /* a link to what is not there */
        int rank = bt_path_reads_same(arena, names[i], wanted)         ? 4
                   : same_in_any_case(names[i], wanted)                ? 3
                   : !same_in_any_case(stem(names[i]), stem(wanted))   ? 0
                   : has_extension(names[i], extensions, n_extensions) ? 2
                                                                       : 1;
        if (rank <= best_rank) continue;
        best = names[i];
        best_rank = rank;
    }
    if (!best_rank && n) best = bt_str_nearest(wanted, names, n);
    if (bt_str_equal(best, wanted)) best = BT_STR("");
    return best.len ? bt_str_join(arena, bt_str_slice(path, 0, begin), best) : best;
}
