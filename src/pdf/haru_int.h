/* haru_int.h - what haru.c and haru_save.c share. */
#ifndef BT_PDF_HARU_INT_H
#define BT_PDF_HARU_INT_H

#include "pdf/haru.h"

#include <hpdf.h>
/* The object layer; hpdf.h shows none of it. */
#include <hpdf_doc.h>
#include <hpdf_encrypt.h>
#include <hpdf_pages.h>

enum { HARU_WRITE_BUFFER = 64 * 1024 };

struct bt_haru_object {
    uint32_t number;
    bt_buf syntax; /* its entries; of one of libharu's own: those beside libharu's */
    bt_str stream;
    const char *filter;
    bool has_stream;
    bool is_plain; /* not packed: it has a stream, or it is a page */
};

struct bt_haru {
    bt_arena *arena;
    HPDF_Doc doc;
    unsigned char *reserve;
    size_t used, spilled; /* spilled: taken from the arena after the reserve was full */
    unsigned char *buffer;
    size_t buffered, n_written; /* n_written: with what is buffered */
    bt_file *file;
    bt_status status; /* of writing */
    bt_haru_object *catalog;
    BT_ARRAY(bt_haru_object *) objects, pages; /* objects: the pages, too; without libharu's own */
    uint32_t n_common;                         /* the first of them */
};

/* haru.c: entries for a dictionary of libharu's own. NULL: no memory. */
bt_haru_object *bt_haru_object_of(bt_haru *haru, HPDF_Dict dict);
/* The number that the next object would have, taken. */
uint32_t bt_haru_take_number(bt_haru *haru);

#endif
