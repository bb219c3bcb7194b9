/* image.c - pictures as XObjects: one object for each picture, shared by all pages that show it; and one for each
 * colour profile. What their streams hold is made in picture.c.
 */
#include "pdf/pdf_int.h"

uint32_t bt_pdf_find_image(const bt_pdf *pdf, const bt_image *image)
{
    uint32_t i = 0;
    while (i < pdf->images.n && pdf->images.v[i].image != image) i++;
    return i;
}

bool bt_pdf_image_blends(const bt_image *image)
{
    if (image->kind == BT_IMAGE_SAMPLES) return image->alpha;
    for (uint32_t i = 0; image->kind == BT_IMAGE_VECTOR && i < image->n_paths; i++) {
        const bt_vector_path *path = &image->paths[i];
        if (path->fill.kind != BT_PAINT_NONE && path->fill.opacity < 10000) return true;
        if (path->stroke.kind != BT_PAINT_NONE && path->stroke.opacity < 10000) return true;
    }
    return false;
}

void bt_pdf_add_upright(bt_buf *out, uint8_t orientation, int64_t width, int64_t height, int64_t left, int64_t bottom)
{
    /* What lies to the right and what lies above in the stored picture, as signs of width and height; where it begins.
     */
    static const struct {
        int8_t right_x, right_y, up_x, up_y, begin_x, begin_y;
    } turns[] = {
        [1] = {1, 0, 0, 1, 0, 0},   [2] = {-1, 0, 0, 1, 1, 0}, [3] = {-1, 0, 0, -1, 1, 1}, [4] = {1, 0, 0, -1, 0, 1},
        [5] = {0, -1, -1, 0, 1, 1}, [6] = {0, -1, 1, 0, 0, 1}, [7] = {0, 1, 1, 0, 0, 0},   [8] = {0, 1, -1, 0, 1, 0}};
    uint8_t turn = orientation && orientation < sizeof turns / sizeof *turns ? orientation : 1;
    const int64_t numbers[6] = {turns[turn].right_x * width,        turns[turn].right_y * height,
                                turns[turn].up_x * width,           turns[turn].up_y * height,
                                left + turns[turn].begin_x * width, bottom + turns[turn].begin_y * height};
    for (int i = 0; i < 6; i++) {
        if (i) bt_buf_add_char(out, ' ');
        bt_pdf_add_milli(out, numbers[i]);
    }
}

/* --- gathering --- */

/* What is told of a picture's colours: in press how much ink it takes, everywhere a profile that cannot be used. */
static void report(bt_pdf *pdf, const bt_image *image, const bt_picture *picture, const bt_place *at)
{
    bt_arena *arena = pdf->arena;
    if (picture->has_odd_profile)
        bt_diag(pdf->diags, BT_W_PICTURE_PROFILE, at,
                BT_ARGS(image->path, BT_SAY(pdf->diags, "it is damaged, or not one for RGB")));
    if (!picture->ink.per_mille) return;
    bt_buf share = bt_buf_in(arena);
    bt_buf_add_fixed(&share, picture->ink.per_mille, 1);
    bt_diag(pdf->diags, BT_W_PICTURE_INK, at,
            BT_ARGS(image->path, bt_str_format(arena, "%u", picture->ink.most), bt_buf_str(&share),
                    bt_str_format(arena, "%d", pdf->options->ink_limit)));
}

/* The index of a profile among the file's. */
static uint32_t find_profile(bt_pdf *pdf, bt_str bytes)
{
    uint32_t i = 0;
    while (i < pdf->profiles.n && !bt_str_equal(pdf->profiles.v[i].bytes, bytes)) i++;
    if (i < pdf->profiles.n) return i;
    bt_pdf_profile *fresh = BT_PUSH(pdf->arena, &pdf->profiles);
    if (!fresh) return i;
    *fresh = (bt_pdf_profile){.bytes = bytes, .deflated = bt_pdf_deflate_once(pdf, bytes), .hash = bt_str_hash(bytes)};
    return i;
}

static bt_status make_picture(bt_pdf *pdf, bt_pdf_image *made, const bt_place *at)
{
    const bt_image *image = made->image;
    bt_picture_wanted wanted = {.image = image,
                                .output = pdf->options->profile,
                                .is_press = pdf->options->rendition == BT_PRESS,
                                .is_black_alone = pdf->pages->picture_inks.is_black_alone,
                                .ink_limit = pdf->options->ink_limit};
    bt_status status = bt_picture_make(pdf->pictures, &wanted, &made->picture);
    if (status == BT_INPUT)
        bt_diag(pdf->diags, BT_E_PICTURE_DAMAGED, at,
                BT_ARGS(image->path, BT_SAY(pdf->diags, "a part of it cannot be read")));
    if (status != BT_OK) return status;
    made->body = made->picture->body;
    made->alpha = made->picture->alpha;
    if (made->picture->profile.len) made->profile_i = find_profile(pdf, made->picture->profile);
    report(pdf, image, made->picture, at);
    return BT_OK;
}

static bool is_own(const bt_pdf *pdf, const bt_place *at)
{
    const bt_place *edition_at = pdf->pages->facts.edition_at;
    return edition_at && at && bt_str_equal(edition_at->file, at->file);
}

bt_status bt_pdf_gather_images(bt_pdf *pdf)
{
    bt_pdf_items list;
    for (uint32_t i = 0; bt_pdf_list(pdf->pages, i, &list); i++) {
        for (uint32_t j = 0; j < list.n && !pdf->arena->failed; j++) {
            const bt_image *image = list.v[j].kind == BT_ITEM_IMAGE ? list.v[j].as.image.image : NULL;
            if (!image || bt_pdf_find_image(pdf, image) < pdf->images.n) continue;
            bt_pdf_image *made = BT_PUSH(pdf->arena, &pdf->images);
            if (!made) return BT_NOMEM;
            made->image = image;
            made->is_own = is_own(pdf, list.v[j].at);
            if (image->kind == BT_IMAGE_VECTOR) {
                bt_pdf_make_vector(pdf, made, list.v[j].at);
                continue;
            }
            bt_status status = make_picture(pdf, made, list.v[j].at);
            if (status != BT_OK) return status;
        }
    }
    return pdf->arena->failed ? BT_NOMEM : BT_OK;
}

/* --- the objects --- */

/* Black ink alone; gray is never DeviceGray, which presses may print with four. */
static const char black_space[] =
    "/ColorSpace[/Separation/Black/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 0 0 1]>>]";

static void put_space(bt_pdf *pdf, const bt_pdf_image *made)
{
    const bt_picture *picture = made->picture;
    if (picture->space == BT_SPACE_GRAY)
        bt_haru_put_syntax(made->object, bt_str_of(black_space));
    else if (picture->space == BT_SPACE_CMYK)
        bt_haru_put_syntax(made->object, BT_STR("/ColorSpace/DeviceCMYK"));
    else
        bt_haru_put_syntax(made->object, bt_str_format(pdf->arena, "/ColorSpace[/ICCBased %u 0 R]",
                                                       bt_haru_number(pdf->profiles.v[made->profile_i].object)));
    if (picture->is_inverted)
        bt_haru_put_syntax(made->object,
                           bt_str_of(picture->space == BT_SPACE_GRAY ? "/Decode[1 0]" : "/Decode[1 0 1 0 1 0 1 0]"));
}

static bt_haru_object *add_samples(bt_pdf *pdf, const bt_image *image)
{
    bt_haru_object *object = bt_haru_add(pdf->haru);
    bt_haru_put_syntax(object,
                       bt_str_format(pdf->arena, "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8",
                                     bt_image_stored_width(image), bt_image_stored_height(image)));
    return object;
}

static void put_predictor(bt_pdf *pdf, bt_haru_object *object, const bt_image *image, int colors)
{
    bt_haru_put_syntax(object, bt_str_format(pdf->arena, "/DecodeParms<</Predictor 15/Colors %d/Columns %u>>", colors,
                                             bt_image_stored_width(image)));
}

static void put_picture(bt_pdf *pdf, bt_pdf_image *made)
{
    const bt_image *image = made->image;
    const bt_picture *picture = made->picture;
    bt_haru_object *mask = NULL;
    if (picture->alpha.len) {
        mask = add_samples(pdf, image);
        bt_haru_put_syntax(mask, BT_STR("/ColorSpace/DeviceGray"));
        put_predictor(pdf, mask, image, 1);
        bt_haru_set_stream(mask, made->alpha, "FlateDecode");
        if (!made->is_own) bt_haru_share_stream(mask, picture->hash);
    }
    made->object = add_samples(pdf, image);
    put_space(pdf, made);
    if (!picture->is_jpeg) put_predictor(pdf, made->object, image, (int)picture->space);
    bt_haru_put_reference(made->object, "/SMask", mask);
    bt_haru_set_stream(made->object, made->body, picture->is_jpeg ? "DCTDecode" : "FlateDecode");
    if (!made->is_own) bt_haru_share_stream(made->object, picture->hash);
}

void bt_pdf_put_profiles(bt_pdf *pdf)
{
    for (uint32_t i = 0; i < pdf->profiles.n; i++) {
        bt_haru_object *object = bt_haru_add(pdf->haru);
        bt_haru_put_syntax(object, BT_STR("/N 3"));
        bt_haru_set_stream(object, pdf->profiles.v[i].deflated, "FlateDecode");
        bt_haru_share_stream(object, pdf->profiles.v[i].hash);
        pdf->profiles.v[i].object = object;
    }
}

static void put_image(bt_pdf *pdf, bt_pdf_image *image)
{
    if (image->image->kind == BT_IMAGE_VECTOR)
        bt_pdf_put_vector(pdf, image);
    else
        put_picture(pdf, image);
}

void bt_pdf_put_images(bt_pdf *pdf)
{
    for (int own = 0; own < 2; own++)
        for (uint32_t i = 0; i < pdf->images.n; i++)
            if (pdf->images.v[i].is_own == (own == 1)) put_image(pdf, &pdf->images.v[i]);
}
