/* content.c - what the operators of a content stream paint. */
#include "check/seen/seen_int.h"

bt_status seen_read_page(seen_reader *r, uint32_t page_i)
{
    (void)r;
    (void)page_i;
    return BT_OK;
}
