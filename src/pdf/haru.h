/* haru.h - a PDF file's objects, in libharu's document; haru*.c alone include hpdf headers.
 *
 * libharu makes the document: its catalog, the root of its pages, its Info and trailer, their numbers, and writes them.
 * All other objects are syntax and streams that the callers make, and that libharu could not write (print.md lists
 * why); they take the numbers in between.
 *
 *     bt_haru *haru = bt_haru_new(arena);      NULL without memory
 *     objects and pages are added; a NULL object is ignored everywhere, so nothing is tested on the way
 *     bt_haru_save(haru, &root, diags, file);    tells whether anything failed
 *     bt_haru_drop(haru);
 *
 * libharu's memory is reserved in one piece, because it does not survive every failed allocation. Its allocator has no
 * user pointer: the reserve in use hangs on the thread, one document at a time.
 */
#ifndef BT_PDF_HARU_H
#define BT_PDF_HARU_H

#include "base/file.h"
#include "pdf/cache.h"

typedef struct bt_haru bt_haru;
typedef struct bt_haru_object bt_haru_object; /* an indirect dictionary, perhaps with a stream */

bt_haru *bt_haru_new(bt_arena *arena);
void bt_haru_drop(bt_haru *haru);

/* The version of libharu that runs. */
const char *bt_haru_version(void);

/* A dictionary. What has no stream is written packed and deflated together with others, into object streams. */
bt_haru_object *bt_haru_add(bt_haru *haru);
/* What was added until now is much the same in other documents: it is packed by itself. Once. */
void bt_haru_end_common(bt_haru *haru);
/* The catalog, for further entries. */
bt_haru_object *bt_haru_catalog(bt_haru *haru);
/* The document's information dictionary, emptied. */
bt_haru_object *bt_haru_info(bt_haru *haru);
uint32_t bt_haru_number(const bt_haru_object *object); /* for references "12 0 R" in syntax; 0: NULL */

/* Entries, as they stand in the file: "/Type/Font". They are copied. Nothing need stand between them: each begins with
 * a slash. */
void bt_haru_put_syntax(bt_haru_object *object, bt_str syntax);
/* An entry that is another object: "/SMask"; none where value is NULL. */
void bt_haru_put_reference(bt_haru_object *object, const char *key, const bt_haru_object *value);

/* The object's stream: bytes borrowed until the file is saved; filter: "FlateDecode", "DCTDecode" or NULL. */
void bt_haru_set_stream(bt_haru_object *object, bt_str bytes, const char *filter);
/* Other documents may have the stream as well: equal hashes and lengths, equal bytes. */
void bt_haru_share_stream(bt_haru_object *object, uint64_t hash);

/* A rectangle in thousandths of a point, from the media box's left bottom corner. */
typedef struct bt_haru_box {
    int64_t left, bottom, right, top;
} bt_haru_box;

/* Each within the one before; the crop box is the media box. */
typedef struct bt_haru_boxes {
    bt_haru_box media, bleed, trim;
} bt_haru_boxes;

/* The next page, with what every page has; it is not packed. */
bt_haru_object *bt_haru_add_page(bt_haru *haru, const bt_haru_boxes *boxes);

/* What hangs on the catalog and the trailer. */
typedef struct bt_haru_root {
    const bt_haru_object *metadata;
    bt_str lang; /* BCP 47, ASCII; empty: none */
    /* In zlib's format; lives until the file is saved. Empty without memory, and the arena has failed. is_common: of
     * what comes in other documents as well. */
    bt_str (*deflate)(void *user, bt_str bytes, bool is_common);
    void *user;
    bt_pdf_cache *cache; /* remembers the digests of files' heads; NULL: none does */
    uint8_t id[16];
} bt_haru_root;

/* Writes the file, header 1.6, with a cross-reference stream. Streams stand first, in the order in which their objects
 * were added: what documents share had better be added first, so that their files have the same head. BT_INTERNAL
 * (reported, with libharu's number), BT_IO (reported by the file), BT_NOMEM.
 */
bt_status bt_haru_save(bt_haru *haru, const bt_haru_root *root, bt_diags *diags, bt_file *file);

/* MD5: a name for the content, not a defence. */
void bt_haru_digest(bt_str bytes, uint8_t digest[16]);

/* Bytes of the reserve that are used, and its size, for the tests. */
void bt_haru_reserve_use(const bt_haru *haru, size_t *used, size_t *reserved);

#endif
