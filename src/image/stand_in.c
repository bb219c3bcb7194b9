/* stand_in.c - what stands in a proof where a picture cannot be read: a gray ground of a usual shape. */
#include "image/image.h"

enum { WIDTH = 300, HEIGHT = 200 }; /* [pt]: 3 to 2, as most cameras have it */
enum { GRAY = 1500 };               /* of black [hundredths of a percent] */

static const uint8_t ops[] = {BT_PATH_MOVE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_LINE, BT_PATH_CLOSE};
static const bt_sp corners[] = {0, 0, BT_PT(WIDTH), 0, BT_PT(WIDTH), BT_PT(HEIGHT), 0, BT_PT(HEIGHT)};
static const bt_vector_path ground = {
    .ops = ops,
    .n_ops = sizeof ops / sizeof *ops,
    .points = corners,
    .n_points = sizeof corners / sizeof *corners / 2,
    .fill = {.kind = BT_PAINT_CMYK, .v = {0, 0, 0, GRAY}, .opacity = 10000},
};

static const bt_image *make(bt_arena *arena, bt_str path)
{
    bt_image *image = BT_NEW(arena, bt_image);
    bt_str name = bt_str_copy(arena, path);
    if (!image || arena->failed) return NULL;
    *image = (bt_image){.kind = BT_IMAGE_VECTOR,
                        .path = name,
                        .natural_width = BT_PT(WIDTH),
                        .natural_height = BT_PT(HEIGHT),
                        .encoded = BT_STR(""),
                        .profile = BT_STR(""),
                        .paths = &ground,
                        .n_paths = 1,
                        .hash = bt_str_hash(name),
                        .is_stand_in = true};
    return image;
}

/* A picture is asked for again when it is set: what is wrong with it was told when all were looked at. */
static bool was_told(const bt_diags *diags, const bt_place *at)
{
    for (uint32_t i = 0; i < diags->notes.n; i++)
        if (diags->notes.v[i].code == BT_W_STAND_IN && diags->notes.v[i].at == at) return true;
    return false;
}

bt_status bt_image_load_or_stand_in(bt_images *images, bt_arena *arena, bt_diags *diags, const char *path,
                                    const bt_place *at, const bt_image **image)
{
    bt_diags silent = {.arena = diags->arena, .lang = diags->lang};
    bt_diags *ears = was_told(diags, at) ? &silent : diags;
    bool spares = ears->spares;
    ears->spares = true;
    bt_status status = bt_image_load(images, ears, path, at, image);
    ears->spares = spares;
    if (status == BT_OK || status == BT_NOMEM || status == BT_INTERNAL) return status;
    *image = make(arena, bt_str_of(path));
    return *image ? BT_OK : BT_NOMEM;
}
