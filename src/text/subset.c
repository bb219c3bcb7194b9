/* subset.c - a font file with only the glyphs of one document, for embedding.
 *
 * What PDF reads stays: outlines, widths and their heads. Everything that serves shaping, hinting, naming or variation
 * goes.
 */
#include "text/text_int.h"

#include <hb-subset.h>
#include <string.h>

static const char dropped[][5] = {
    "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "cmap", "OS/2", "name", "post", "kern", "kerx",
    "morx", "mort", "feat", "trak", "DSIG", "gasp", "hdmx", "VDMX", "LTSH", "PCLT", "meta", "fvar",
    "avar", "gvar", "cvar", "HVAR", "VVAR", "MVAR", "STAT", "COLR", "CPAL", "SVG ", "CBDT", "CBLC",
    "EBDT", "EBLC", "EBSC", "sbix", "vhea", "vmtx", "VORG", "cvt ", "fpgm", "prep",
};

static bool is_dropped(hb_tag_t tag)
{
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (tag == HB_TAG(dropped[i][0], dropped[i][1], dropped[i][2], dropped[i][3])) return true;
    return false;
}

static hb_blob_t *table_of(hb_face_t *lean, hb_tag_t tag, void *whole)
{
    (void)lean;
    return is_dropped(tag) ? hb_blob_get_empty() : hb_face_reference_table(whole, tag);
}

/* The face without what is dropped: HarfBuzz would read all of its characters and substitutions first, which takes
 * longer than the rest of its work. */
static hb_face_t *lean_face_of(const bt_face *face)
{
    bt_face_engine *engine = face->engine;
    if (engine->lean_face) return engine->lean_face;
    hb_face_t *lean = hb_face_create_for_tables(table_of, engine->hb_face, NULL);
    if (lean == hb_face_get_empty()) return NULL;
    hb_face_set_index(lean, face->index);
    return engine->lean_face = lean;
}

static hb_subset_input_t *input_of(const uint16_t *glyph_ids, uint32_t n, bool keeps_ids)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input) return NULL;
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    hb_subset_input_set_flags(input, keeps_ids ? flags | HB_SUBSET_FLAGS_RETAIN_GIDS : flags);
    hb_set_t *wanted = hb_subset_input_glyph_set(input);
    hb_set_add(wanted, 0);
    for (uint32_t i = 0; i < n; i++) hb_set_add(wanted, glyph_ids[i]);
    return input;
}

/* Copies the new ids and the bytes into the arena. */
static bt_status take(bt_arena *arena, hb_face_t *made, const hb_map_t *new_of_old, const uint16_t *glyph_ids,
                      uint32_t n, bt_subset *subset)
{
    uint16_t *new_ids = BT_NEW_ARRAY(arena, n, uint16_t);
    hb_blob_t *blob = hb_face_reference_blob(made);
    unsigned n_bytes = 0;
    const char *bytes = hb_blob_get_data(blob, &n_bytes);
    uint8_t *copy = bt_arena_alloc(arena, n_bytes);
    bt_status status = !new_ids || !copy ? BT_NOMEM : !n_bytes ? BT_INPUT : BT_OK;
    for (uint32_t i = 0; status == BT_OK && i < n; i++) {
        hb_codepoint_t new_id = hb_map_get(new_of_old, glyph_ids[i]);
        if (new_id > UINT16_MAX) status = BT_INPUT;
        new_ids[i] = (uint16_t)new_id;
    }
    if (status == BT_OK) {
        memcpy(copy, bytes, n_bytes);
        *subset = (bt_subset){copy, n_bytes, new_ids, hb_face_get_glyph_count(made)};
    }
    hb_blob_destroy(blob);
    return status;
}

bt_status bt_face_subset(bt_arena *arena, const bt_face *face, const uint16_t *glyph_ids, uint32_t n, bool keeps_ids,
                         bt_subset *subset)
{
    *subset = (bt_subset){0};
    hb_face_t *lean = lean_face_of(face);
    hb_subset_input_t *input = lean ? input_of(glyph_ids, n, keeps_ids) : NULL;
    if (!input) return BT_NOMEM;
    bt_status status = BT_INPUT;
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(lean, input);
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (made) status = take(arena, made, hb_subset_plan_old_to_new_glyph_mapping(plan), glyph_ids, n, subset);
    hb_face_destroy(made);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return status;
}
