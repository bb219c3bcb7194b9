/* caption.c - what stands below a picture: its caption, and below that whose picture it is. */
#include "flow/flow_int.h"

static bt_sp white_between(const bt_flow_caption *caption)
{
    bool are_both = caption->caption.height && caption->credit.height;
    return are_both ? caption->credit.para.rich.style->space_before_min : 0;
}

bt_status bt_flow_caption_make(bt_flow *flow, const bt_rich *text, const bt_rich *credit, bt_sp measure,
                               bt_flow_caption *caption)
{
    caption->measure = measure;
    bt_status status = bt_text_frame_make(flow, text, measure, &caption->caption);
    if (status == BT_OK) status = bt_text_frame_make(flow, credit, measure, &caption->credit);
    caption->height = caption->caption.height + white_between(caption) + caption->credit.height;
    return status;
}

bt_status bt_flow_caption_draw(bt_flow *flow, const bt_flow_caption *caption, bt_sp x, bt_sp y, uint32_t tag_i,
                               bt_marks *marks)
{
    bt_status status = bt_text_frame_draw(flow, &caption->caption, caption->measure, x, y, tag_i, marks);
    if (status != BT_OK) return status;
    y += caption->caption.height + white_between(caption);
    return bt_text_frame_draw(flow, &caption->credit, caption->measure, x, y, tag_i, marks);
}
