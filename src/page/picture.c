/* picture.c - pictures in place: how finely each is resolved at its printed size, for the report and for the press. */
#include "page/page_int.h"

/* Pixels to the inch along one side, rounded down, so that what is told as 224 is no less than 224. */
static int64_t ppi_along(uint32_t pixels, bt_sp length)
{
    return length > 0 ? (int64_t)pixels * 72 * BT_SP_PER_PT / length : INT64_MAX;
}

/* Of the coarser direction; 0: a drawing, which has no pixels. */
static int32_t ppi_of(const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    if (!image || image->kind == BT_IMAGE_VECTOR) return 0;
    int64_t across = ppi_along(image->width, item->as.image.draw_width),
            down = ppi_along(image->height, item->as.image.draw_height);
    int64_t ppi = across < down ? across : down;
    return ppi > INT32_MAX ? INT32_MAX : ppi < 1 ? 1 : (int32_t)ppi;
}

/* The pixels that a side needs for so many to the inch. */
static int64_t pixels_for(int32_t ppi, bt_sp length)
{
    int64_t inch = 72 * (int64_t)BT_SP_PER_PT;
    return ((int64_t)ppi * length + inch - 1) / inch;
}

/* What is too coarse to print well is told; what is too coarse for the press ends the job there. */
static void check_ppi(bt_page_maker *m, const bt_item *item, int32_t ppi)
{
    const bt_print *print = &m->layout->print;
    if (ppi >= print->warn_ppi) return;
    bool is_refused = ppi < print->min_ppi && m->ways.rendition == BT_PRESS;
    int32_t wanted = is_refused ? print->min_ppi : print->warn_ppi;
    const bt_image *image = item->as.image.image;
    bt_arena *scratch = m->flow->scratch;
    bt_arena_mark mark = bt_arena_set_mark(scratch);
    bt_str enough =
        bt_str_format(scratch, "%lld x %lld", (long long)pixels_for(print->warn_ppi, item->as.image.draw_width),
                      (long long)pixels_for(print->warn_ppi, item->as.image.draw_height));
    bt_str outlook = is_refused || ppi >= print->min_ppi
                         ? BT_STR("")
                         : BT_SAY(m->flow->diags, "; for the press it is refused (E0657)");
    bt_diag(m->flow->diags, is_refused ? BT_E_LOW_PPI : BT_W_LOW_PPI, item->at,
            BT_ARGS(bt_str_format(scratch, "%d", (int)ppi), bt_str_format(scratch, "%d", (int)wanted),
                    bt_str_format(scratch, "%u x %u", image->width, image->height), enough, outlook));
    bt_arena_rewind(scratch, mark);
    m->is_refused |= is_refused;
}

bool bt_page_note_picture(bt_page_maker *m, uint32_t page_i, const bt_item *item)
{
    bt_frame_fact fact = {.kind = BT_FRAME_FIGURE,
                          .x = item->x,
                          .y = item->y,
                          .width = item->as.image.width,
                          .height = item->as.image.height,
                          .ppi = ppi_of(item),
                          .at = item->at,
                          .id = BT_STR("")};
    bt_page_unbleed(m->layout, &fact);
    if (fact.ppi) check_ppi(m, item, fact.ppi);
    return bt_page_frame_fact(m, page_i, &fact);
}
