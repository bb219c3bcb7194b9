/* faces.c - which faces a style draws with: its own family, bold and italic as it says, then the fallbacks, which
 * shaping opens when a character needs them. */
#include "flow/flow_int.h"

/* A font role's chain in one emphasis; made when first asked for. There are a few: a layout has two or three roles. */
typedef struct role_chain role_chain;
struct role_chain {
    const bt_font_role *role;
    bool is_bold, is_italic;
    bt_chain chain;
    role_chain *next;
};

struct bt_flow_faces {
    role_chain *first;
};

static role_chain *find(const bt_flow *flow, const bt_font_role *role, bool is_bold, bool is_italic)
{
    role_chain *c = flow->faces->first;
    while (c && (c->role != role || c->is_bold != is_bold || c->is_italic != is_italic)) c = c->next;
    return c;
}

bt_status bt_flow_chain(bt_flow *flow, const bt_style *style, bool is_bold, bool is_italic, bt_chain **chain)
{
    /* Emphasis in a style that is itself emphasised turns back, as italics within italics do; bold stays bold. */
    bool bold = style->is_bold || is_bold, italic = style->is_italic != is_italic;
    const bt_font_role *role = style->font;
    role_chain *c = find(flow, role, bold, italic);
    if (!c) {
        c = BT_NEW(flow->arena, role_chain);
        if (!c) return BT_NOMEM;
        *c = (role_chain){.role = role, .is_bold = bold, .is_italic = italic, .next = flow->faces->first};
        bt_chain_wish wish = {.family = role->family,
                              .fallback = role->fallback,
                              .n_fallback = role->n_fallback,
                              .is_bold = bold,
                              .is_italic = italic,
                              .at = role->at};
        bt_status status = bt_chain_make(flow->arena, flow->fonts, flow->diags, &wish, &c->chain);
        if (status != BT_OK) return status;
        flow->faces->first = c;
    }
    *chain = &c->chain;
    return BT_OK;
}

bt_status bt_flow_open_faces(bt_flow *flow)
{
    flow->faces = BT_NEW(flow->arena, struct bt_flow_faces);
    return flow->faces ? BT_OK : BT_NOMEM;
}

const bt_face *bt_flow_face(const bt_flow *flow, const bt_style *style)
{
    const role_chain *c = find(flow, style->font, style->is_bold, style->is_italic);
    return c ? c->chain.faces[0] : NULL;
}

bt_sp bt_flow_cap_height(const bt_flow *flow, const bt_style *style)
{
    const bt_face *face = bt_flow_face(flow, style);
    return face ? bt_units_to_sp(face, face->cap_height, style->size) : style->size * 7 / 10;
}
