/* haru.h - libharu's object layer behind types of our own; haru*.c alone include hpdf headers.
 *
 * Of libharu only the objects, the page tree, the cross references and the writing are used: what stands in the
 * streams, and all syntax that libharu cannot write (print.md lists why), is made beforehand by the callers.
 *
 *     bt_haru *haru = bt_haru_new(arena, &size);      NULL without memory
 *     objects and pages are added; a NULL object is ignored everywhere, so nothing is tested on the way
 *     bt_haru_save(haru, &root, diags, file);    tells whether anything failed
 *     bt_haru_drop(haru);
 *
 * libharu's memory is reserved in one piece from the sizes given, because it does not survive every failed allocation.
 * Its allocator has no user pointer: the reserve in use hangs on the thread, one document at a time.
 */
#ifndef BT_PDF_HARU_H
#define BT_PDF_HARU_H

#include "base/file.h"

typedef struct bt_haru bt_haru;
typedef struct bt_haru_object bt_haru_object; /* an indirect dictionary, perhaps with a stream */
typedef struct bt_haru_page bt_haru_page;

/* What will be added. */
typedef struct bt_haru_size {
    uint32_t n_objects; /* calls of bt_haru_add */
    uint32_t n_light;   /* calls of bt_haru_add_light, at most */
    uint32_t n_pages;
    uint64_t n_resources;   /* calls of bt_haru_page_resource and bt_haru_page_resources */
    uint64_t content_bytes; /* of all pages' contents, as written */
} bt_haru_size;

bt_haru *bt_haru_new(bt_arena *arena, const bt_haru_size *size);
void bt_haru_drop(bt_haru *haru);

/* The version of libharu that runs. */
const char *bt_haru_version(void);

/* A dictionary. type: its /Type; NULL for none. */
bt_haru_object *bt_haru_add(bt_haru *haru, const char *type);
/* A dictionary of which all entries are syntax. There may be many: they take little memory, and are written packed and
 * deflated together, into object streams. */
bt_haru_object *bt_haru_add_light(bt_haru *haru);
/* The catalog, for further entries. */
bt_haru_object *bt_haru_catalog(bt_haru *haru);
/* The document's information dictionary, emptied. */
bt_haru_object *bt_haru_info(bt_haru *haru);
uint32_t bt_haru_number(const bt_haru_object *object); /* for references "12 0 R" in syntax */

/* Entries. syntax is written as it stands and must stay readable until the file is saved. */
void bt_haru_put_name(bt_haru_object *object, const char *key, const char *name);
void bt_haru_put_number(bt_haru_object *object, const char *key, int32_t number);
void bt_haru_put_object(bt_haru_object *object, const char *key, const bt_haru_object *value);
void bt_haru_put_syntax(bt_haru_object *object, bt_str syntax);

/* The object's stream: bytes borrowed until the file is saved; filter: "FlateDecode", "DCTDecode" or NULL. */
void bt_haru_set_stream(bt_haru_object *object, bt_str bytes, const char *filter);

/* A rectangle in thousandths of a point, from the media box's left bottom corner. */
typedef struct bt_haru_box {
    int64_t left, bottom, right, top;
} bt_haru_box;

/* Each within the one before; the crop box is the media box. */
typedef struct bt_haru_boxes {
    bt_haru_box media, bleed, trim;
} bt_haru_boxes;

/* contents are deflated bytes; they are copied. */
bt_haru_page *bt_haru_add_page(bt_haru *haru, const bt_haru_boxes *boxes, bt_str contents);
uint32_t bt_haru_page_number(const bt_haru_page *page); /* for references, as bt_haru_number */
/* Entries of the page's dictionary; as bt_haru_put_syntax. */
void bt_haru_page_syntax(bt_haru_page *page, bt_str syntax);
/* category: "Font", "XObject", "ExtGState". */
void bt_haru_page_resource(bt_haru_page *page, const char *category, const char *name, const bt_haru_object *object);
/* A whole category: object is the dictionary of its resources, which pages may share. */
void bt_haru_page_resources(bt_haru_page *page, const char *category, const bt_haru_object *object);
/* The page blends in DeviceCMYK. */
void bt_haru_page_blend(bt_haru_page *page);

/* What hangs on the catalog and the trailer. */
typedef struct bt_haru_root {
    const bt_haru_object *metadata;
    bt_str lang;                                 /* BCP 47, ASCII; empty: none */
    bt_str (*deflate)(void *user, bt_str bytes); /* in zlib's format, in the arena; empty without memory */
    void *user;
    uint8_t id[16];
} bt_haru_root;

/* Writes the file, header 1.6, with a cross-reference stream. BT_INTERNAL (reported, with libharu's number), BT_IO
 * (reported by the file), BT_NOMEM.
 */
bt_status bt_haru_save(bt_haru *haru, const bt_haru_root *root, bt_diags *diags, bt_file *file);

/* MD5 over the parts' bytes: a name for the content, not a defence. */
void bt_haru_digest(const bt_str *parts, size_t n_parts, uint8_t digest[16]);

/* Bytes of the reserve that are used, and its size, for the tests. */
void bt_haru_reserve_use(const bt_haru *haru, size_t *used, size_t *reserved);

#endif
