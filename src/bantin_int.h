/* bantin_int.h - what the pipeline (bantin.c) and the listings (inquire.c) share. */
#ifndef BT_BANTIN_INT_H
#define BT_BANTIN_INT_H

#include "bantin.h"
#include "base/arena.h"
#include "base/beside.h"
#include "image/image.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "text/text.h"

#define BT_VERSION "0.1.0"

struct bt_ctx {
    const bt_allocator *allocator;
    bt_allocator own_allocator;
    bt_message_fn on_message;
    void *user;
    bt_lang lang;
    bt_fonts *fonts;
    bt_images *images;
    bt_profiles *profiles;
    bt_pdf_kept *kept;
    bt_beside *beside;       /* the helper of a job that may have one */
    bt_arena arena, scratch; /* empty: the memory that the last job left for the next one */
};

/* The layout of a bundle that names none. */
static const bt_str bt_default_layout = BT_STR_INIT("bulletin-19x27");

/* house.c. fonts.json: the one given, or the one beside the layouts. */
const char *bt_font_list_path(bt_arena *arena, const bt_render_options *options);
/* Loads the font list and adds the families of the layout, if there is one. */
bt_status bt_house_load(bt_ctx *ctx, bt_arena *arena, bt_diags *diags, const bt_render_options *options,
                        const bt_layout *layout);
/* Opens every face that the layout brings, so that all that is wrong with them is said at once, used or not. The worst
 * status of all. */
bt_status bt_house_check(bt_ctx *ctx, bt_diags *diags, const bt_layout *layout);
/* The profile of the layout's printing condition; as bt_profile_find. */
bt_status bt_house_profile(bt_ctx *ctx, bt_arena *scratch, bt_diags *diags, const bt_render_options *options,
                           const bt_layout *layout, const bt_profile **profile);

#endif
