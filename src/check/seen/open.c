/* open.c - a file as a whole: its bytes, its pages one after another, and the last word on whether it is whole. */
#include "check/seen/open_int.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>

enum { MEGABYTE_BITS = 20 };

/* --- the bytes --- */

static bt_status report_unread(bt_arena *arena, bt_diags *diags, bt_str path, bt_status status, int error)
{
    static const bt_str pdf = BT_STR_INIT(".pdf");
    bool is_absent = error == ENOENT || error == ENOTDIR;
    bt_str meant = is_absent ? bt_path_meant(arena, path, &pdf, 1) : BT_STR("");
    if (status == BT_LIMIT)
        bt_diag(diags, BT_E_TOO_LARGE, NULL,
                BT_ARGS(path, bt_str_format(arena, "%d", BT_LIMIT_PDF_BYTES >> MEGABYTE_BITS)));
    else if (meant.len && bt_path_reads_same(arena, path, meant))
        bt_diag(diags, BT_E_NAME_APART, NULL, BT_ARGS(path));
    else if (meant.len)
        bt_diag(diags, BT_E_FILE_MISNAMED, NULL, BT_ARGS(path, meant));
    else if (is_absent)
        bt_diag(diags, BT_E_CHECK_MISSING, NULL, BT_ARGS(path));
    else if (error == EISDIR)
        bt_diag(diags, BT_E_CHECK_FOLDER, NULL, BT_ARGS(path));
    else if (error == EINVAL)
        bt_diag(diags, BT_E_CHECK_DEVICE, NULL, BT_ARGS(path));
    else if (status == BT_IO)
        bt_diag(diags, BT_E_READ, NULL, BT_ARGS(path, bt_file_error(diags, arena, error)));
    return is_absent || error == EISDIR || error == EINVAL ? BT_INPUT : status;
}

static bt_status read_bytes(bt_arena *arena, bt_diags *diags, const char *path, seen_file *file)
{
    int error = 0;
    bt_status status = bt_file_read(arena, path, BT_LIMIT_PDF_BYTES, &file->bytes, &error);
    if (status != BT_OK) return report_unread(arena, diags, file->path, status, error);
    file->digest = bt_digest_of(file->bytes.ptr, file->bytes.len);
    return BT_OK;
}

/* --- the pages --- */

static bt_status report_damage(bt_diags *diags, bt_str path, bt_str what)
{
    const bt_place at = {.file = path};
    bt_diag(diags, BT_E_CHECK_DAMAGED, &at, BT_ARGS(what));
    return BT_INPUT;
}

/* What a page is, before anything on it is read. */
static bt_status read_about_page(seen_reader *r, uint32_t page_i, seen_obj dict)
{
    const bt_place at = {.file = r->file->path};
    bt_str number = bt_str_format(r->scratch, "%u", (unsigned)page_i + 1);
    switch (seen_read_boxes(r->pdf, dict, r->page)) {
    case SEEN_BOXES_NONE:
        bt_diag(r->diags, BT_E_CHECK_NO_BOX, &at, BT_ARGS(number));
        return BT_INPUT;
    case SEEN_BOXES_LARGE:
        bt_diag(r->diags, BT_E_CHECK_LARGE_PAGE, &at, BT_ARGS(number));
        return BT_INPUT;
    case SEEN_BOXES_READ:
        break;
    }
    seen_read_group(r, dict);
    seen_read_annotations(r, dict);
    return r->arena->failed ? BT_NOMEM : BT_OK;
}

static bool is_wanted(const seen_options *options, uint32_t page_i)
{
    uint32_t page = page_i + 1;
    return options->content && (!options->first_page || page >= options->first_page) &&
           (!options->last_page || page <= options->last_page);
}

static bt_status read_pages(seen_reader *r, const seen_options *options)
{
    const bt_place at = {.file = r->file->path};
    uint32_t n = seen_pdf_n_pages(r->pdf);
    if (!n) {
        bt_diag(r->diags, BT_E_CHECK_NO_PAGES, &at, BT_NO_ARGS);
        return BT_INPUT;
    }
    if (n > BT_LIMIT_PDF_PAGES) {
        bt_str is = bt_str_format(r->scratch, "%u", (unsigned)n);
        bt_diag(r->diags, BT_E_CHECK_PAGES, &at, BT_ARGS(is, bt_str_format(r->scratch, "%d", BT_LIMIT_PDF_PAGES)));
        return BT_INPUT;
    }
    if (!BT_PUSH_N(r->arena, &r->file->pages, n)) return BT_NOMEM;
    bt_status status = BT_OK;
    for (uint32_t i = 0; i < n && status == BT_OK; i++) {
        bt_arena_mark mark = bt_arena_set_mark(r->scratch);
        r->page = &r->file->pages.v[i];
        status = read_about_page(r, i, seen_pdf_page(r->pdf, i));
        if (status == BT_OK && is_wanted(options, i)) status = seen_read_page(r, i);
        bt_arena_rewind(r->scratch, mark);
    }
    return status;
}

/* --- the file --- */

/* Reads everything that is asked for. What qpdf met on the way and would have to repair makes the file a damaged one,
 * however much of it could be read. */
static bt_status read_file(bt_arena *arena, bt_diags *diags, const seen_options *options, seen_file *file)
{
    bt_arena scratch = bt_arena_over(arena->allocator);
    seen_reader *r = BT_NEW(arena, seen_reader);
    if (!r) return BT_NOMEM;
    *r = (seen_reader){.file = file, .pdf = file->pdf, .arena = arena, .scratch = &scratch, .diags = diags};
    uint32_t n_errors = diags->n[BT_ERROR];
    bt_status status = read_pages(r, options);
    if (status == BT_OK) seen_read_facts(r);
    bt_str trouble = seen_pdf_trouble(file->pdf);
    if (trouble.len && status != BT_NOMEM && diags->n[BT_ERROR] == n_errors)
        status = report_damage(diags, file->path, trouble);
    if (status == BT_OK && (arena->failed || scratch.failed)) status = BT_NOMEM;
    bt_arena_drop(&scratch);
    return status;
}

static bt_status open_file(bt_arena *arena, bt_diags *diags, const char *path, const seen_options *options,
                           seen_file **out)
{
    seen_file *file = BT_NEW(arena, seen_file);
    if (!file) return BT_NOMEM;
    file->path = bt_str_copy(arena, bt_str_of(path));
    bt_status status = read_bytes(arena, diags, path, file);
    if (status != BT_OK) return status;
    seen_pdf *pdf = NULL;
    status = seen_pdf_open(diags, file->path, file->bytes, &pdf);
    if (status != BT_OK) return status;
    file->pdf = pdf;
    status = read_file(arena, diags, options, file);
    if (status == BT_OK)
        *out = file;
    else
        seen_pdf_drop(pdf);
    return status;
}

/* Without memory is a fault of the file's: what it may take of it is more than any whole one needs. */
bt_status seen_open(bt_arena *arena, bt_diags *diags, const char *path, const seen_options *options, seen_file **out)
{
    *out = NULL;
    bt_status status = open_file(arena, diags, path, options, out);
    if (status != BT_NOMEM) return status;
    const bt_place at = {.file = bt_str_of(path)};
    bt_arena words = {0};
    bt_diag(diags, BT_E_CHECK_MEMORY, &at, BT_ARGS(bt_str_format(&words, "%d", BT_LIMIT_CHECK_BYTES >> MEGABYTE_BITS)));
    bt_arena_drop(&words);
    return BT_LIMIT;
}

void seen_drop(seen_file *file)
{
    if (file) seen_pdf_drop(file->pdf);
}
