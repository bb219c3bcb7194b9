/* fallback.c - which face of a chain sets a cluster, and what stands for a character that none has.
 *
 * A fallback is opened when a character comes that no face before it has. What was opened earlier, in this job or
 * another, makes no difference to which face is chosen: a face is passed over for what it lacks, never for being shut.
 */
#include "text/text_int.h"

/* What may be absent from a face without harm: HarfBuzz draws nothing for it. */
static bool is_ignorable(uint32_t c) { return c == 0x200D || c == 0xFE0E || c == 0xFE0F; }

static bool has_all(const bt_face *face, bt_str cluster)
{
    /* For a hyphen that does not break HarfBuzz sets the other one, but only where it stands alone. */
    if (bt_str_is(cluster, "\xE2\x80\x91") && bt_face_glyph(face, 0x2010)) return true;
    for (size_t at = 0; at < cluster.len;) {
        uint32_t c;
        at += bt_utf8_decode(cluster, at, &c);
        if (!bt_face_draws(face, c) && !is_ignorable(c)) return false;
    }
    return true;
}

/* --- opening --- */

/* All that are unknown are told. */
static bt_status check_families(const bt_chain *chain)
{
    bt_status status = BT_OK;
    for (uint32_t i = 1; i < chain->n; i++) {
        if (bt_fonts_has_family(chain->fonts, chain->families[i], NULL)) continue;
        bt_family_report(chain->fonts, chain->diags, chain->families[i], chain->at);
        status = BT_INPUT;
    }
    return status;
}

/* The chain's face i, opened now where it is not yet. */
static bt_status face_of(bt_chain *chain, uint32_t i, const bt_face **face)
{
    bt_status status = BT_OK;
    if (!chain->faces[i])
        status = bt_fonts_open(chain->fonts, chain->diags, chain->families[i], chain->is_bold, chain->is_italic,
                               chain->at, &chain->faces[i]);
    *face = chain->faces[i];
    return status;
}

bt_status bt_chain_make(bt_arena *arena, bt_fonts *fonts, bt_diags *diags, const bt_chain_wish *wish, bt_chain *chain)
{
    uint32_t n_fallback = wish->n_fallback;
    const bt_str *fallback = wish->fallback;
    if (!n_fallback) fallback = bt_fonts_fallbacks(fonts, wish->family, &n_fallback);
    const bt_face **faces = BT_NEW_ARRAY(arena, (size_t)n_fallback + 1, const bt_face *);
    bt_str *families = BT_NEW_ARRAY(arena, (size_t)n_fallback + 1, bt_str);
    *chain = (bt_chain){
        .is_bold = wish->is_bold, .is_italic = wish->is_italic, .fonts = fonts, .diags = diags, .at = wish->at};
    if (!faces || !families) return BT_NOMEM;
    families[0] = wish->family;
    for (uint32_t i = 0; i < n_fallback; i++) families[i + 1] = fallback[i];
    chain->faces = faces;
    chain->families = families;
    chain->n = n_fallback + 1;
    const bt_face *first;
    bt_status known = check_families(chain), status = face_of(chain, 0, &first);
    return status == BT_OK ? known : status;
}

/* --- choosing --- */

bt_status bt_chain_choose(bt_chain *chain, bt_str cluster, const bt_face **face)
{
    for (uint32_t i = 0; i < chain->n; i++) {
        bt_status status = face_of(chain, i, face);
        if (status != BT_OK || has_all(*face, cluster)) return status;
    }
    *face = NULL;
    return BT_OK;
}

bt_status bt_chain_agrees(bt_chain *chain, const bt_chain *other, const bt_face *face, bool *is_same)
{
    *is_same = false;
    for (uint32_t i = 1; i < chain->n && i < other->n; i++) {
        const bt_face *own;
        bt_status status = face_of(chain, i, &own);
        if (status != BT_OK || own != other->faces[i]) return status;
        *is_same = own == face;
        if (*is_same) break;
    }
    return BT_OK;
}

bool bt_chain_sign(const bt_chain *chain, const bt_face **face, uint16_t *glyph_id)
{
    static const uint32_t signs[] = {0xFFFD, 0x25A1, '?'};
    for (size_t sign_i = 0; sign_i < sizeof signs / sizeof *signs; sign_i++) {
        for (uint32_t i = 0; i < chain->n; i++) {
            *face = chain->faces[i];
            *glyph_id = *face ? bt_face_glyph(*face, signs[sign_i]) : 0;
            if (*glyph_id) return true;
        }
    }
    return false;
}

/* The face's space, kept once it is known. Id 0: it has none. */
static const bt_glyph *space_of(const bt_face *face, uint32_t codepoint)
{
    bt_space kind = codepoint == ' ' ? BT_SPACE : codepoint == 0x202F ? BT_SPACE_NARROW : BT_SPACE_FIXED;
    bt_glyph *space = &face->engine->spaces[kind];
    if (space->id) return space;
    uint16_t own = kind == BT_SPACE ? 0 : bt_face_glyph(face, codepoint);
    uint16_t id = own ? own : bt_face_glyph(face, ' ');
    int32_t advance = id ? bt_face_advance(face, id) : 0;
    if (kind == BT_SPACE_NARROW && !own) advance = advance / 2;
    *space = (bt_glyph){.id = id, .is_space = true, .advance = advance};
    return space;
}

bt_status bt_chain_space(bt_chain *chain, uint32_t codepoint, const bt_face **face, bt_glyph *glyph)
{
    for (uint32_t i = 0; i < chain->n; i++) {
        bt_status status = face_of(chain, i, face);
        if (status != BT_OK) return status;
        *glyph = *space_of(*face, codepoint);
        if (glyph->id) return BT_OK;
    }
    *face = NULL;
    return BT_OK;
}
