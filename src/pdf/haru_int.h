/* haru_int.h - what the files haru*.c share. */
#ifndef BT_PDF_HARU_INT_H
#define BT_PDF_HARU_INT_H

#include "pdf/haru.h"

#include <hpdf.h>
/* The object layer; hpdf.h shows none of it. */
#include <hpdf_doc.h>
#include <hpdf_encrypt.h>
#include <hpdf_pages.h>

struct bt_haru_object {
    uint32_t number;
    bt_buf syntax; /* its entries; of one of libharu's own: those beside libharu's */
    bt_str stream;
    const char *filter;
    uint64_t share; /* as bt_haru_share_stream; 0: the stream is not shared */
    bool has_stream;
    bool is_plain; /* not packed: it has a stream, or it is a page */
};

struct bt_haru {
    bt_arena *arena;
    HPDF_Doc doc;
    unsigned char *reserve;
    size_t used, spilled; /* spilled: taken from the arena after the reserve was full */
    struct bt_haru_writer *writer;
    size_t n_written; /* with what waits to be */
    bt_file *file;
    bt_pdf_cache *cache; /* NULL: none */
    bt_status status;    /* of writing */
    bt_haru_object *catalog;
    BT_ARRAY(bt_haru_object *) objects, pages; /* objects: the pages, too; without libharu's own */
    uint32_t n_common;                         /* the first of them */
};

/* --- haru.c --- */

/* Entries for a dictionary of libharu's own. NULL: no memory. */
bt_haru_object *bt_haru_object_of(bt_haru *haru, HPDF_Dict dict);
/* The number that the next object would have, taken. */
uint32_t bt_haru_take_number(bt_haru *haru);

/* --- haru_write.c --- */

enum { HARU_LARGE = 1024 }; /* so many bytes, or more, are not copied */

struct bt_haru_writer *bt_haru_writer_new(bt_arena *arena); /* NULL without memory */
/* Bytes that are not copied must live until the file is saved. share: as in bt_haru_object. False: writing has
 * failed. */
bool bt_haru_write(bt_haru *haru, bt_str bytes, uint64_t share);
bool bt_haru_flush(bt_haru *haru);

#endif
