/* faces.c - which faces a style draws with: its own family, bold and italic as it says, then the fallbacks, which
 * shaping opens when a character needs them. */
#include "flow/flow_int.h"

struct bt_flow_faces {
    bt_role_chain *first;
};

static bt_role_chain *find(const bt_flow *flow, const bt_font_role *role, bool is_bold, bool is_italic)
{
    bt_role_chain *c = flow->faces->first;
    while (c && (c->role != role || c->chain.is_bold != is_bold || c->chain.is_italic != is_italic)) c = c->next;
    return c;
}

/* --- twins --- */

static bool are_alike(const bt_chain *a, const bt_chain *b)
{
    if (a->n != b->n || a->is_bold != b->is_bold || a->is_italic != b->is_italic || a->faces[0] != b->faces[0])
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (!bt_str_equal(a->families[i], b->families[i])) return false;
    return true;
}

static const bt_role_chain *find_alike(const struct bt_flow_faces *faces, const bt_role_chain *c)
{
    const bt_role_chain *other = faces->first;
    while (other && (other == c || !are_alike(&other->chain, &c->chain))) other = other->next;
    return other;
}

static void find_twin(const bt_flow *flow, bt_role_chain *c)
{
    const bt_role_chain *other = flow->base ? find_alike(flow->base->faces, c) : NULL;
    if (!other) other = find_alike(flow->faces, c);
    c->twin = other ? other->twin : c;
}

void bt_flow_lean_on(bt_flow *flow, const bt_flow *base)
{
    const bt_layout *a = flow->layout, *b = base->layout;
    bool sets_alike = a->tracking_flex == b->tracking_flex && a->scaling_flex == b->scaling_flex &&
                      a->space_shrink == b->space_shrink && a->space_stretch == b->space_stretch;
    if (flow->fonts != base->fonts || !sets_alike) return;
    flow->base = base;
    for (bt_role_chain *c = flow->faces->first; c; c = c->next) find_twin(flow, c);
}

/* --- chains --- */

bt_status bt_flow_chain(bt_flow *flow, const bt_style *style, bool is_bold, bool is_italic, bt_role_chain **chain)
{
    /* Emphasis in a style that is itself emphasised turns back, as italics within italics do; bold stays bold. */
    bool bold = style->is_bold || is_bold, italic = style->is_italic != is_italic;
    const bt_font_role *role = style->font;
    bt_role_chain *c = find(flow, role, bold, italic);
    if (!c) {
        c = BT_NEW(flow->arena, bt_role_chain);
        if (!c) return BT_NOMEM;
        *c = (bt_role_chain){.role = role, .next = flow->faces->first};
        bt_chain_wish wish = {.family = role->family,
                              .fallback = role->fallback,
                              .n_fallback = role->n_fallback,
                              .is_bold = bold,
                              .is_italic = italic,
                              .at = role->at};
        bt_status status = bt_chain_make(flow->arena, flow->fonts, flow->font_diags, &wish, &c->chain);
        if (status != BT_OK) return status;
        find_twin(flow, c);
        flow->faces->first = c;
    }
    *chain = c;
    return BT_OK;
}

bt_status bt_flow_open_faces(bt_flow *flow)
{
    flow->faces = BT_NEW(flow->arena, struct bt_flow_faces);
    return flow->faces ? BT_OK : BT_NOMEM;
}

const bt_face *bt_flow_face(const bt_flow *flow, const bt_style *style)
{
    const bt_role_chain *c = find(flow, style->font, style->is_bold, style->is_italic);
    return c ? c->chain.faces[0] : NULL;
}

bt_sp bt_flow_cap_height(const bt_flow *flow, const bt_style *style)
{
    const bt_face *face = bt_flow_face(flow, style);
    return face ? bt_units_to_sp(face, face->cap_height, style->size) : style->size * 7 / 10;
}
