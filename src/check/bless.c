/* bless.c - check --bless: the new file becomes the sample.
 *
 * At every moment the sample's name leads to a whole file, the old one or the new; and from the moment when it could be
 * the new one, the old one has the name NAME.before.pdf as well. So nothing is lost when the disk is full or the
 * process is killed between two steps:
 *
 *   1. the new bytes go to a temporary file beside the sample, and to the disk
 *   2. NAME.before.pdf becomes a second name of the old sample (a copy where a file can have only one name)
 *   3. the temporary file is renamed to the sample
 */
#include "check/check.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct blessing {
    bt_diags *diags;
    bt_arena arena;
    const char *ours, *sample, *before;
} blessing;

static bt_status fail(blessing *b, bt_diag_code code, const char *path, int error)
{
    bt_diag(b->diags, code, NULL, BT_ARGS(bt_str_of(path), bt_file_error(b->diags, &b->arena, error)));
    return BT_IO;
}

static bt_status read_whole(blessing *b, const char *path, bt_str *bytes)
{
    int error;
    bt_status status = bt_file_read(&b->arena, path, BT_LIMIT_PDF_BYTES, bytes, &error);
    if (status == BT_IO) return fail(b, BT_E_READ, path, error);
    if (status == BT_LIMIT)
        bt_diag(b->diags, BT_E_TOO_LARGE, NULL,
                BT_ARGS(bt_str_of(path), bt_str_format(&b->arena, "%d", BT_LIMIT_PDF_BYTES >> 20)));
    return status;
}

static bt_status write_whole(blessing *b, const char *path, bt_str bytes)
{
    bt_file file;
    bt_status status = bt_file_begin(&file, bt_alloc_system(), b->diags, path);
    if (status == BT_OK) status = bt_file_write(&file, bytes.ptr, bytes.len);
    return status == BT_OK ? bt_file_commit(&file) : status;
}

/* The sample's second name. A link has no room in a name that is taken, so it is made beside and renamed. */
static bt_status keep_old(blessing *b, bt_str old)
{
    const char *aside = bt_str_format(&b->arena, "%s.%ld", b->before, (long)getpid()).ptr;
    const char *folder = bt_path_dir(&b->arena, bt_str_of(b->before)).ptr;
    if (b->arena.failed) return BT_NOMEM;
    unlink(aside);
    if (link(b->sample, aside) != 0) return write_whole(b, b->before, old);
    if (rename(aside, b->before) != 0) {
        int error = errno;
        unlink(aside);
        return fail(b, BT_E_CHECK_KEEP, b->before, error);
    }
    unlink(aside); /* a rename between two names of one file leaves both */
    int error = bt_file_sync_folder(folder);
    return error ? fail(b, BT_E_CHECK_KEEP, b->before, error) : BT_OK;
}

static bt_status bless(blessing *b, bool has_old)
{
    bt_str bytes, old = BT_STR("");
    bt_status status = read_whole(b, b->ours, &bytes);
    if (status == BT_OK && has_old) status = read_whole(b, b->sample, &old);
    if (status != BT_OK) return status;
    if (has_old && bt_str_equal(bytes, old)) return BT_OK;
    bt_file file;
    status = bt_file_begin(&file, bt_alloc_system(), b->diags, b->sample);
    if (status == BT_OK) status = bt_file_write(&file, bytes.ptr, bytes.len);
    if (status != BT_OK) return status;
    if (has_old) status = keep_old(b, old);
    if (status == BT_OK) return bt_file_commit(&file);
    bt_file_abandon(&file);
    return status;
}

const char *check_before(bt_arena *arena, const char *sample)
{
    static const bt_str pdf = BT_STR_INIT(".pdf");
    bt_str stem = bt_str_of(sample);
    if (bt_str_ends(stem, pdf)) stem.len -= pdf.len;
    return bt_str_z(arena, bt_str_join(arena, stem, BT_STR(".before.pdf")));
}

bt_status check_bless(bt_diags *diags, const char *ours, const char *sample)
{
    struct stat of_ours, of_sample;
    bool has_old = stat(sample, &of_sample) == 0;
    if (has_old && stat(ours, &of_ours) == 0 && of_ours.st_dev == of_sample.st_dev &&
        of_ours.st_ino == of_sample.st_ino) {
        bt_diag(diags, BT_E_CHECK_SAME_FILE, NULL, BT_ARGS(bt_str_of(ours), bt_str_of(sample)));
        return BT_INPUT;
    }
    /* A link stays a link: what it leads to is replaced. */
    char *real = has_old ? realpath(sample, NULL) : NULL;
    blessing b = {.diags = diags, .arena = bt_arena_over(bt_alloc_system()), .ours = ours, .sample = sample};
    if (real) b.sample = bt_str_z(&b.arena, bt_str_of(real));
    free(real);
    b.before = check_before(&b.arena, b.sample);
    bt_status status = b.arena.failed ? BT_NOMEM : bless(&b, has_old);
    bt_arena_drop(&b.arena);
    return status;
}
