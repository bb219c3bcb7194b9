/* pdf.h - writes a display list as a PDF, through libharu's object layer (print.md tells why). */
#ifndef BT_PDF_H
#define BT_PDF_H

#include "base/beside.h"
#include "base/file.h"
#include "page/page.h"
#include "pdf/picture.h"

/* What documents of one bt_fonts have in common: converted pictures, font files, drawings, pages. Lives across jobs,
 * and changes nothing but the time they take. */
typedef struct bt_pdf_kept bt_pdf_kept;
bt_pdf_kept *bt_pdf_kept_new(const bt_allocator *allocator); /* NULL without memory */
void bt_pdf_kept_drop(bt_pdf_kept *kept);

typedef struct bt_pdf_options {
    const char *producer; /* "bantin 0.1.0" */
    bt_rendition rendition;
    const bt_profile *profile; /* of the printing condition; NULL: the file states none */
    int32_t ink_limit;         /* of all inks together [percent]; 0: none */
    bt_pdf_kept *kept;         /* of earlier jobs; NULL: nothing is kept */
    bt_beside *beside;         /* who helps; may be NULL */
} bt_pdf_options;

/* Writes the file into `file` (begun by the caller, who commits or abandons it). Deterministic: same list, same bytes.
 * scratch is rewound. BT_NOMEM; reported: BT_IO, BT_INPUT (a font that cannot be embedded), BT_LIMIT (larger than 2
 * GB), BT_INTERNAL (libharu refused). */
bt_status bt_pdf_write(bt_arena *scratch, bt_diags *diags, const bt_pages *pages, const bt_pdf_options *options,
                       bt_file *file);

/* libharu, lcms2 and libdeflate; the last tells only with which version it was compiled. */
enum { BT_N_PDF_LIBRARIES = 3 };
void bt_pdf_libraries(bt_arena *arena, bt_library libraries[BT_N_PDF_LIBRARIES]);

#endif
