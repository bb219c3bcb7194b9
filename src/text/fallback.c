/* fallback.c - which face of a chain sets a cluster, and what stands for a character that none has. */
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

const bt_face *bt_chain_choose(const bt_face *const *chain, uint32_t n_chain, bt_str cluster)
{
    for (uint32_t i = 0; i < n_chain; i++) {
        if (has_all(chain[i], cluster)) return chain[i];
    }
    return NULL;
}

bool bt_chain_sign(const bt_face *const *chain, uint32_t n_chain, const bt_face **face, uint16_t *glyph_id)
{
    static const uint32_t signs[] = {0xFFFD, 0x25A1, '?'};
    for (size_t sign_i = 0; sign_i < sizeof signs / sizeof *signs; sign_i++) {
        for (uint32_t i = 0; i < n_chain; i++) {
            *glyph_id = bt_face_glyph(chain[i], signs[sign_i]);
            *face = chain[i];
            if (*glyph_id) return true;
        }
    }
    return false;
}

bool bt_chain_space(const bt_face *const *chain, uint32_t n_chain, uint32_t codepoint, const bt_face **face,
                    bt_glyph *glyph)
{
    for (uint32_t i = 0; i < n_chain; i++) {
        uint16_t own = codepoint == ' ' ? 0 : bt_face_glyph(chain[i], codepoint);
        uint16_t id = own ? own : bt_face_glyph(chain[i], ' ');
        if (!id) continue;
        int32_t advance = bt_face_advance(chain[i], id);
        if (codepoint == 0x202F && !own) advance = advance / 2;
        *face = chain[i];
        *glyph = (bt_glyph){.id = id, .is_space = true, .advance = advance};
        return true;
    }
    return false;
}
