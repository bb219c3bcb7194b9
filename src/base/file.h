/* file.h - files are read whole under a limit, and written whole or not at all. */
#ifndef BT_BASE_FILE_H
#define BT_BASE_FILE_H

#include "base/diag.h"
#include "base/digest.h"

/* Reads a whole file into the arena (a NUL follows the contents). Reports nothing: the caller knows what the file is
 * for. BT_IO: errno_out tells why; BT_LIMIT: larger than `limit` bytes; BT_NOMEM. Folders and devices are BT_IO
 * (EISDIR, EINVAL). */
bt_status bt_file_read(bt_arena *arena, const char *path, size_t limit, bt_str *contents, int *errno_out);

/* The system's words for an errno, in English whatever the locale. */
bt_str bt_file_error(bt_diags *diags, bt_arena *arena, int error);

/* True when path names a regular file that can be opened for reading. */
bool bt_file_exists(const char *path);
/* Whether what is written there would replace a file of another kind: one that has something in it, and does not begin
 * with `head` (at most 64 bytes). */
bool bt_file_is_other(const char *path, const char *head);

/* dir + "/" + name, "./" at the name's head left out; name alone when it is absolute or dir is empty. NUL-terminated.
 */
bt_str bt_path_join(bt_arena *arena, bt_str dir, bt_str name);
/* Everything before the last '/', "." where there is none. NUL-terminated. */
bt_str bt_path_dir(bt_arena *arena, bt_str path);
/* The path without "." and without "a/.."; NUL-terminated. */
bt_str bt_path_normal(bt_arena *arena, bt_str path);
/* True when a relative path stays in its folder: not absolute, not empty, no ".." that climbs out. */
bool bt_path_stays_inside(bt_str path);

/* The file that the user may have meant by a path that does not exist: in the same folder, the same name with its
 * accents stored another way, differing in letter case, in its extension (rather one of `extensions`) or in a few
 * letters. Empty: none. */
bt_str bt_path_meant(bt_arena *arena, bt_str path, const bt_str *extensions, size_t n_extensions);
/* True when two names read the same: accents may be stored with their letters or apart from them, as macOS does. */
bool bt_path_reads_same(bt_arena *arena, bt_str a, bt_str b);
/* A name with what some file systems pass over taken out of it: letter case, and how accents are stored. Names that are
 * folded alike are one file there. A name that is no UTF-8 comes back as it is. Without memory: empty. */
bt_str bt_path_folded(bt_arena *arena, bt_str name);

/* A file being made: written under a temporary name in the same folder, then put in place whole.
 *     bt_file_begin; bt_file_write ...; bt_file_commit   or   bt_file_abandon
 * commit syncs the file, renames it and syncs the folder; on failure the old file is untouched and the temporary one
 * removed. Each failing call has reported (E_WRITE) and left nothing behind. */
typedef struct bt_file {
    bt_diags *diags;
    char *path, *temporary, *folder; /* owned */
    const bt_allocator *allocator;
    int fd;           /* -1: closed */
    bool is_staged;   /* bt_file_begin_staged */
    bool is_unsynced; /* set after begin: commit flushes nothing to the disk, the caller will */
    bool is_nowhere;  /* there is none */
    bool is_digested; /* set after begin: the digester takes what is written */
    bt_digester digester;
    uint64_t n_bytes; /* written so far */
} bt_file;

/* Makes the names in a folder safe against a power cut; gives the errno, 0: done. A folder that cannot be opened for
 * reading cannot be synced either, which is no error: the names stand. */
int bt_file_sync_folder(const char *folder);

/* A device or a pipe is refused: a file would be put in its place. */
bt_status bt_file_begin(bt_file *file, const bt_allocator *allocator, bt_diags *diags, const char *path);
/* The same for a folder of the caller's, where a file counts for nothing before the caller says so: it has its name
 * from the beginning, whatever had it before is gone, and commit flushes nothing. */
bt_status bt_file_begin_staged(bt_file *file, const bt_allocator *allocator, bt_diags *diags, const char *path);
/* A file that takes what is written and is nowhere: neither to be committed nor abandoned. */
void bt_file_begin_nowhere(bt_file *file, bt_diags *diags);
bt_status bt_file_write(bt_file *file, const void *bytes, size_t size);
/* Several pieces, none of them copied. The digester is left to the caller, who may know its state after them. */
bt_status bt_file_write_pieces(bt_file *file, const bt_str *pieces, size_t n);
/* Starts what was written on its way to the disk, and does not wait: who flushes it later waits less. */
void bt_file_hasten(bt_file *file);
bt_status bt_file_commit(bt_file *file);
void bt_file_abandon(bt_file *file);

#endif
