/* faces.c - which faces a style draws with: its own family, bold and italic as it says, then the fallbacks, which
 * shaping opens when a character needs them. */
#include "flow/flow_int.h"

enum { EMPHASES = 4 }; /* bold, italic: each on or off */

/* One entry a style; chains are made when first asked for. */
struct bt_flow_faces {
    bt_chain (*of_style)[EMPHASES];
};

bt_status bt_flow_chain(bt_flow *flow, const bt_style *style, bool is_bold, bool is_italic, bt_chain **chain)
{
    /* Emphasis in a style that is itself emphasised turns back, as italics within italics do; bold stays bold. */
    bool bold = style->is_bold || is_bold, italic = style->is_italic != is_italic;
    size_t style_i = (size_t)(style - flow->layout->styles);
    const bt_font_role *role = style->font;
    *chain = &flow->faces->of_style[style_i][(size_t)bold * 2 + (size_t)italic];
    if ((*chain)->n) return BT_OK;
    bt_chain_wish wish = {.family = role->family,
                          .fallback = role->fallback,
                          .n_fallback = role->n_fallback,
                          .is_bold = bold,
                          .is_italic = italic,
                          .at = role->at};
    return bt_chain_make(flow->arena, flow->fonts, flow->diags, &wish, *chain);
}

bt_status bt_flow_open_faces(bt_flow *flow)
{
    flow->faces = BT_NEW(flow->arena, struct bt_flow_faces);
    if (!flow->faces) return BT_NOMEM;
    flow->faces->of_style = bt_arena_array(flow->arena, flow->layout->n_styles, sizeof *flow->faces->of_style);
    return flow->faces->of_style ? BT_OK : BT_NOMEM;
}

const bt_face *bt_flow_face(const bt_flow *flow, const bt_style *style)
{
    size_t style_i = (size_t)(style - flow->layout->styles);
    const bt_chain *c = &flow->faces->of_style[style_i][(size_t)style->is_bold * 2 + (size_t)style->is_italic];
    return c->n ? c->faces[0] : NULL;
}

bt_sp bt_flow_cap_height(const bt_flow *flow, const bt_style *style)
{
    const bt_face *face = bt_flow_face(flow, style);
    return face ? bt_units_to_sp(face, face->cap_height, style->size) : style->size * 7 / 10;
}
