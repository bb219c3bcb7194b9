/* pdf.h - the objects of a PDF, through libqpdf; pdf.c is the only includer of its headers.
 *
 * A seen_obj is good as long as its document is open; SEEN_NOTHING stands for what is not there, and every function
 * takes it. No function fails loudly: what is of another kind than asked for is absent.
 */
#ifndef BT_CHECK_SEEN_PDF_H
#define BT_CHECK_SEEN_PDF_H

#include "base/diag.h"

typedef struct seen_pdf seen_pdf;
typedef uint32_t seen_obj;
#define SEEN_NOTHING 0u

/* The version of libqpdf that runs. */
const char *seen_pdf_library(void);

/* bytes must live as long as the document. A file that is no PDF, would have to be repaired or is encrypted is reported
 * against path, and BT_INPUT. *pdf is to be dropped. */
bt_status seen_pdf_open(bt_diags *diags, bt_str path, bt_str bytes, seen_pdf **pdf);
void seen_pdf_drop(seen_pdf *pdf);

uint32_t seen_pdf_n_pages(seen_pdf *pdf);
seen_obj seen_pdf_page(seen_pdf *pdf, uint32_t page_i);
seen_obj seen_pdf_trailer(seen_pdf *pdf);
seen_obj seen_pdf_catalog(seen_pdf *pdf);
/* What qpdf has found wrong since the document was opened; empty: nothing. Lives as long as the document. */
bt_str seen_pdf_trouble(seen_pdf *pdf);

seen_obj seen_obj_key(seen_pdf *pdf, seen_obj dict, const char *key); /* "/Font"; of a stream: of its dictionary */
/* A key of a page that may stand in any of its ancestors. */
seen_obj seen_obj_inherited(seen_pdf *pdf, seen_obj page, const char *key);
uint32_t seen_obj_n_items(seen_pdf *pdf, seen_obj array); /* 0: no array */
seen_obj seen_obj_item(seen_pdf *pdf, seen_obj array, uint32_t i);
bool seen_obj_number(seen_pdf *pdf, seen_obj obj, double *value); /* false: no number */
bool seen_obj_bool(seen_pdf *pdf, seen_obj obj, bool *value);
bt_str seen_obj_name(seen_pdf *pdf, bt_arena *arena, seen_obj obj);   /* without its slash; empty: no name */
bt_str seen_obj_string(seen_pdf *pdf, bt_arena *arena, seen_obj obj); /* the bytes; empty: no string */
bt_str seen_obj_text(seen_pdf *pdf, bt_arena *arena, seen_obj obj);   /* a text string, in UTF-8 */
bool seen_obj_is_dict(seen_pdf *pdf, seen_obj obj);                   /* or a stream */
bool seen_obj_is_stream(seen_pdf *pdf, seen_obj obj);
bool seen_obj_is_array(seen_pdf *pdf, seen_obj obj);
uint32_t seen_obj_id(seen_pdf *pdf, seen_obj obj); /* its number; 0: it is direct */
/* The keys of a dictionary, with their slashes, in order; in the arena. */
const bt_str *seen_obj_keys(seen_pdf *pdf, bt_arena *arena, seen_obj dict, uint32_t *n);

/* A stream's bytes, in the arena, with its filters undone (`decodes`: also those of pictures, such as DCTDecode) or as
 * stored. BT_INPUT: a filter fails, or they are more than BT_LIMIT_PDF_STREAM_BYTES; not reported. */
typedef enum seen_decode { SEEN_AS_STORED, SEEN_UNFILTERED, SEEN_DECODED } seen_decode;
bt_status seen_obj_stream(seen_pdf *pdf, bt_arena *arena, seen_obj stream, seen_decode how, bt_str *bytes);
/* A stream that is not in the file, for inline pictures: its dictionary, which must be well formed, and its bytes as
 * stored under the filters that this names. */
seen_obj seen_pdf_new_stream(seen_pdf *pdf, bt_arena *arena, bt_str dict);
void seen_pdf_fill_stream(seen_pdf *pdf, seen_obj stream, bt_str bytes);
/* All content streams of a page, joined by line ends. */
bt_status seen_pdf_page_content(seen_pdf *pdf, bt_arena *arena, seen_obj page, bt_str *bytes);

#endif
