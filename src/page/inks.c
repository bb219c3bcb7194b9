/* inks.c - what pictures may print with: a palette that promises its plates has none to spare for them. */
#include "page/page_int.h"

/* Where the layout's colours leave room for the four process inks, or nothing is promised, pictures have all of them.
 */
static bool has_room(const bt_layout *layout, const bt_palette *palette)
{
    return !palette || !layout->n_plates || 4 + palette->n_spots <= layout->n_plates;
}

static uint16_t first_spot(const bt_layout *layout, const bt_palette *palette)
{
    for (uint32_t i = 0; palette->n_spots && i < layout->n_spots; i++)
        if (bt_str_equal(layout->spots[i].name, palette->spots[0])) return (uint16_t)(i + 1);
    return 0;
}

bt_picture_inks bt_page_picture_inks(const bt_layout *layout)
{
    const bt_palette *palette = layout->palette;
    if (has_room(layout, palette)) return (bt_picture_inks){.spot = 0};
    return (bt_picture_inks){.is_black_alone = true, .spot = first_spot(layout, palette)};
}
