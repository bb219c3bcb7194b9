/* cache.h - what was made for one document and may be wanted in the next, found by what it was made from: font files,
 * drawings, pages. What is found is what would be made, so a cache changes nothing but the time it takes.
 */
#ifndef BT_PDF_CACHE_H
#define BT_PDF_CACHE_H

#include "base/str.h"

/* Kinds of things: their keys have nothing to do with each other. */
typedef enum bt_pdf_cache_kind {
    BT_PDF_CACHE_FONT,
    BT_PDF_CACHE_DRAWING,
    BT_PDF_CACHE_DEFLATED,      /* quickly */
    BT_PDF_CACHE_DEFLATED_WELL, /* else */
    BT_PDF_CACHE_DIGEST,
    BT_PDF_CACHE_LINE
} bt_pdf_cache_kind;

typedef struct bt_pdf_cache bt_pdf_cache;
bt_pdf_cache *bt_pdf_cache_new(const bt_allocator *allocator); /* NULL without memory */
void bt_pdf_cache_drop(bt_pdf_cache *cache);

/* Begins a job: what it does not use may go, to keep within BT_LIMIT_PDF_CACHE_BYTES. As long as the cache is not half
 * full, finding something writes nothing: a process that was forked goes on sharing what its parent has found. */
void bt_pdf_cache_begin(bt_pdf_cache *cache);
/* True as long as the cache is not half full: there is room for what might be wanted again. */
bool bt_pdf_cache_is_roomy(const bt_pdf_cache *cache);
/* Another limit; and how many bytes are kept, keys included. */
void bt_pdf_cache_keep(bt_pdf_cache *cache, size_t most_bytes);
size_t bt_pdf_cache_bytes(const bt_pdf_cache *cache);

/* What was put in with the key; it lives until the next bt_pdf_cache_begin. NULL: nothing. */
void *bt_pdf_cache_find(bt_pdf_cache *cache, bt_pdf_cache_kind kind, bt_str key);
/* Whether what was last looked for in vain, with any kind of key, had been looked for before: a guess. */
bool bt_pdf_cache_came_before(const bt_pdf_cache *cache);
/* Zeroed memory for something with a key that is not there yet; it is found from now on. The key is copied. What was
 * not used for longest makes room. NULL: there is none, or no memory, and the caller keeps what it has made itself. */
void *bt_pdf_cache_put(bt_pdf_cache *cache, bt_pdf_cache_kind kind, bt_str key, size_t size);

/* True when there was no memory for something in the job at hand, which had then better not go on. */
bool bt_pdf_cache_ran_out(const bt_pdf_cache *cache);

/* Copies a string into a value's memory, which goes on behind it. */
bt_str bt_pdf_cache_move(char **room, bt_str s);

#endif
