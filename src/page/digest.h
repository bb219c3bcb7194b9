/* digest.h - what is drawn, as a number: two sides of sheets with the same digest can be printed from the same plates.
 *
 * What counts is the ink within the bleed: the items in order with their places, glyphs, faces (by what is in their
 * files), sizes, colours (spots by name and recipe), pictures (by content) and paths. What does not: structure, links,
 * source texts, where the content came from, what a proof shows beside it, and the marks around the sheets, which name
 * the issue in words.
 */
#ifndef BT_PAGE_DIGEST_H
#define BT_PAGE_DIGEST_H

#include "base/digest.h"
#include "page/page.h"

typedef struct bt_page_digests {
    const bt_digest *pages;  /* of each page, its bleed included */
    const bt_digest *sheets; /* of each side of a sheet: pages in their places */
    uint32_t n_pages, n_sheets;
} bt_page_digests;

/* condition: what else decides how pictures and colours come out on the plates, as the printing condition. Lives in the
 * arena. False: no memory. */
bool bt_page_digest(bt_arena *arena, const bt_pages *pages, bt_str condition, bt_page_digests *digests);

#endif
