/* sheet.c - the pages laid on sheets. */
#include "page/page.h"

bool bt_sheets_plain(bt_arena *arena, const bt_pages *pages, bt_sp bleed, bt_sheets *sheets)
{
    bt_sheet *made = BT_NEW_ARRAY(arena, pages->n_pages, bt_sheet);
    bt_panel *panels = BT_NEW_ARRAY(arena, pages->n_pages, bt_panel);
    if (!made || !panels) return false;
    for (uint32_t i = 0; i < pages->n_pages; i++) {
        panels[i] = (bt_panel){
            .page_i = i, .left = -bleed, .top = -bleed, .right = pages->width + bleed, .bottom = pages->height + bleed};
        made[i] = (bt_sheet){.panels = &panels[i], .n_panels = 1};
    }
    *sheets =
        (bt_sheets){.width = pages->width, .height = pages->height, .bleed = bleed, .v = made, .n = pages->n_pages};
    return true;
}
