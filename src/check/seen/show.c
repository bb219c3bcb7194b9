/* show.c - glyphs as the text operators place them. */
#include "check/seen/seen_int.h"

void seen_show(seen_reader *r, bt_str bytes)
{
    (void)r;
    (void)bytes;
}

void seen_show_adjust(seen_reader *r, double thousandths)
{
    (void)r;
    (void)thousandths;
}
