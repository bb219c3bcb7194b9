/* faces.c - which faces a style draws with: its own family, bold and italic as it says, then the fallbacks. */
#include "flow/flow_int.h"

enum { EMPHASES = 4 }; /* bold, italic: each on or off */

typedef struct chain {
    const bt_face **faces;
    uint32_t n;
} chain;

/* One entry a style; chains are opened when first asked for. */
struct bt_flow_faces {
    chain (*of_style)[EMPHASES];
};

bt_status bt_flow_chain(bt_flow *flow, const bt_style *style, bool is_bold, bool is_italic,
                        const bt_face *const **faces, uint32_t *n)
{
    /* Emphasis in a style that is itself emphasised turns back, as italics within italics do; bold stays bold. */
    bool bold = style->is_bold || is_bold, italic = style->is_italic != is_italic;
    size_t style_i = (size_t)(style - flow->layout->styles);
    chain *c = &flow->faces->of_style[style_i][(size_t)bold * 2 + (size_t)italic];
    if (!c->n) {
        const bt_font_role *role = style->font;
        /* The layout's own fallbacks, else those that the font list has for the family. */
        uint32_t n_fallback = role->n_fallback;
        const bt_str *fallback = role->fallback;
        if (!n_fallback) fallback = bt_fonts_fallbacks(flow->fonts, role->family, &n_fallback);
        c->faces = BT_NEW_ARRAY(flow->arena, n_fallback + 1, const bt_face *);
        if (!c->faces) return BT_NOMEM;
        for (uint32_t i = 0; i <= n_fallback; i++) {
            bt_str family = i ? fallback[i - 1] : role->family;
            bt_status status = bt_fonts_open(flow->fonts, flow->diags, family, bold, italic, role->at, &c->faces[c->n]);
            if (status != BT_OK) return status;
            c->n++;
        }
    }
    *faces = c->faces;
    *n = c->n;
    return BT_OK;
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
    const chain *c = &flow->faces->of_style[style_i][(size_t)style->is_bold * 2 + (size_t)style->is_italic];
    return c->n ? c->faces[0] : NULL;
}

bt_sp bt_flow_cap_height(const bt_flow *flow, const bt_style *style)
{
    const bt_face *face = bt_flow_face(flow, style);
    return face ? bt_units_to_sp(face, face->cap_height, style->size) : style->size * 7 / 10;
}
