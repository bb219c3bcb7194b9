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
    bt_haru *haru;
    uint32_t number;
    HPDF_Dict dict; /* NULL: a light one, of which libharu knows nothing */
    bt_buf syntax;  /* entries that libharu cannot write */
    bt_str stream;
    const char *filter;
    bool has_stream;
};

struct bt_haru_page {
    bt_haru *haru;
    HPDF_Page page;
    bt_buf syntax;
};

struct bt_haru {
    bt_arena *arena;
    HPDF_Doc doc;
    unsigned char *reserve;
    size_t reserved, used, spilled; /* spilled: taken from the arena after the reserve was full */
    unsigned char *buffer;
    size_t buffered;
    bt_file *file;
    bt_status status; /* of writing */
    bt_haru_object *catalog;
    bt_haru_page **pages; /* n_pages of them, as announced */
    uint32_t n_pages, most_pages;
    bt_haru_object *lights; /* n_lights, as announced */
    uint32_t n_lights, most_lights;
    bool is_overrun; /* more light objects were wanted than announced */
};

/* haru.c: an object around a dictionary of libharu's own. NULL: no memory. */
bt_haru_object *bt_haru_object_of(bt_haru *haru, HPDF_Dict dict);
/* The number that the next object would have, taken. */
uint32_t bt_haru_take_number(bt_haru *haru);

#endif
