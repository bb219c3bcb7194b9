/* inks.c - what pictures may print with: a palette that promises its plates has none to spare for them. */
#include "page/page_int.h"

static uint32_t count_plates(const bt_palette *palette)
{
    uint32_t n = palette->n_spots;
    for (int i = 0; i < 4; i++) n += palette->prints_process[i];
    return n;
}

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

/* Pictures are made black where there is no room for their colours; a palette of spot colours alone has no black
 * either.
 */
void bt_page_check_inks(const bt_page_maker *m)
{
    const bt_palette *palette = m->layout->palette;
    const bt_item *first = NULL;
    uint32_t n = 0;
    if (has_room(m->layout, palette)) return;
    if (palette->prints_process[3] || count_plates(palette) < m->layout->n_plates) return;
    for (uint32_t i = 0; i < m->composition->n_pages; i++)
        for (uint32_t k = 0; k < m->drafts[i].items.n; k++) {
            const bt_item *item = &m->drafts[i].items.v[k];
            if (item->kind == BT_ITEM_IMAGE && !n++) first = item;
        }
    if (!n) return;
    bt_buf plates = bt_buf_in(m->flow->scratch);
    bt_palette_show(m->flow->diags, &plates, palette);
    bt_diag(m->flow->diags, BT_W_PICTURE_INKS, first->at,
            BT_ARGS(bt_str_format(m->flow->scratch, "\"%.*s\"", BT_STR_ARGS(palette->name)), bt_buf_str(&plates),
                    bt_str_format(m->flow->scratch, "%u", n)));
}
