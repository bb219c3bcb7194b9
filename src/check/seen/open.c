/* open.c - a file as a whole: its pages and their boxes, what it says of itself. */
#include "base/file.h"
#include "base/limits.h"
#include "check/seen/seen_int.h"

bt_status seen_open(bt_arena *arena, bt_diags *diags, const char *path, const seen_options *options, seen_file **out)
{
    *out = NULL;
    bt_str bytes;
    int error = 0;
    bt_status status = bt_file_read(arena, path, BT_LIMIT_PDF_BYTES, &bytes, &error);
    if (status != BT_OK) return status;
    seen_file *file = BT_NEW(arena, seen_file);
    if (!file) return BT_NOMEM;
    file->path = bt_str_copy(arena, bt_str_of(path));
    file->bytes = bytes;
    seen_pdf *pdf = NULL;
    status = seen_pdf_open(diags, file->path, bytes, &pdf);
    if (status != BT_OK) return status;
    file->pdf = pdf;
    (void)options;
    *out = file;
    return BT_OK;
}

void seen_drop(seen_file *file)
{
    if (file) seen_pdf_drop(file->pdf);
}
