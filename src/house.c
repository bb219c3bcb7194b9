/* house.c - what a job needs that is installed or brought by its layout: the fonts, listed or the layout's own, and the
 * profile of its printing condition.
 */
#include "bantin_int.h"

#include "base/file.h"

const char *bt_font_list_path(bt_arena *arena, const bt_render_options *options)
{
    if (options->font_list) return options->font_list;
    const char *dir = options->layout_dirs && options->layout_dirs[0] ? options->layout_dirs[0] : ".";
    return bt_str_z(arena, bt_str_format(arena, "%s/../fonts/fonts.json", dir));
}

static bt_status add_house(bt_ctx *ctx, bt_arena *arena, bt_diags *diags, const bt_layout *layout)
{
    bt_house_family *families = BT_NEW_ARRAY(arena, layout->n_families, bt_house_family);
    if (!families) return BT_NOMEM;
    for (uint32_t i = 0; i < layout->n_families; i++) {
        const bt_layout_family *from = &layout->families[i];
        families[i] = (bt_house_family){.name = from->name, .at = from->at};
        for (size_t k = 0; k < BT_N_HOUSE_FACES; k++) {
            bt_text file = from->files[k];
            /* A parent's file stands beside the parent. */
            bt_str dir = file.s.len ? bt_path_dir(arena, file.at->file) : BT_STR("");
            families[i].faces[k] = (bt_house_face){file.s, dir, file.at};
        }
    }
    return arena->failed ? BT_NOMEM : bt_fonts_add_house(ctx->fonts, diags, families, layout->n_families);
}

bt_status bt_house_load(bt_ctx *ctx, bt_arena *arena, bt_diags *diags, const bt_render_options *options,
                        const bt_layout *layout)
{
    bt_status status = bt_fonts_load(ctx->fonts, diags, bt_font_list_path(arena, options), options->font_dirs);
    return status == BT_OK && layout && layout->n_families ? add_house(ctx, arena, diags, layout) : status;
}

bt_status bt_house_check(bt_ctx *ctx, bt_diags *diags, const bt_layout *layout)
{
    bt_status worst = BT_OK;
    for (uint32_t i = 0; i < layout->n_families && worst != BT_NOMEM; i++) {
        const bt_layout_family *family = &layout->families[i];
        for (unsigned style = 0; style < BT_N_HOUSE_FACES; style++) {
            const bt_face *face;
            if (!family->files[style].s.len) continue;
            bt_status status =
                bt_fonts_open(ctx->fonts, diags, family->name, (style & 1) != 0, (style & 2) != 0, family->at, &face);
            if (status != BT_OK && worst != BT_NOMEM) worst = status;
        }
    }
    return worst;
}

bt_status bt_house_profile(bt_ctx *ctx, bt_arena *scratch, bt_diags *diags, const bt_render_options *options,
                           const bt_layout *layout, const bt_profile **profile)
{
    const bt_print *print = &layout->print;
    const bt_place *at = print->profile.at ? print->profile.at : layout->at;
    /* A parent's file stands beside the parent. */
    bt_profile_wanted wanted = {.name = print->profile.s,
                                .is_file = print->names_file,
                                .condition = print->condition,
                                .dir = bt_path_dir(scratch, at->file),
                                .at = print->profile.at,
                                .dirs = options->font_dirs,
                                .beside = ctx->beside};
    return scratch->failed ? BT_NOMEM : bt_profile_find(ctx->profiles, diags, &wanted, profile);
}
