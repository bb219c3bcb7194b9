/* bundle_figure.c - pictures: one, or several as a gallery. */
#include "bundle/bundle_int.h"

/* The keys of any picture, then those of one that stands by itself. */
enum {
    IMAGE,
    CAPTION,
    CREDIT,
    ALT,
    FOCUS,
    N_PICTURE_KEYS,
    TYPE = N_PICTURE_KEYS,
    SPAN,
    MIN_HEIGHT,
    MAX_HEIGHT,
    N_FIGURE_KEYS
};
static const bt_field figure_keys[N_FIGURE_KEYS] = {
    [IMAGE] = {BT_STR_INIT("image"), BT_TAKES_STRING, BT_REQUIRED},
    [CAPTION] = {BT_STR_INIT("caption"), BT_TAKES_STRING, 0},
    [CREDIT] = {BT_STR_INIT("credit"), BT_TAKES_STRING, 0},
    [ALT] = {BT_STR_INIT("alt"), BT_TAKES_STRING, 0},
    [FOCUS] = {BT_STR_INIT("focus"), BT_TAKES_ARRAY, 0},
    [TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, 0},
    [MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, 0},
};
static const bt_fields figure_fields = {"this figure", figure_keys, N_FIGURE_KEYS};
static const bt_fields picture_fields = {"this picture", figure_keys, N_PICTURE_KEYS};

static void read_focus(bt_bundle_reader *b, const bt_json_node *array, bt_figure *figure)
{
    enum { DECIMALS = 3, WHOLE = 1000 };
    bt_fields_reader *r = &b->fields;
    if (!array) return;
    if (array->n_children != 2) {
        bt_fields_fault(r, BT_E_FOCUS, array->at, BT_ARGS(bt_fields_count(r, array->n_children)));
        return;
    }
    int32_t *shares[] = {&figure->focus_x, &figure->focus_y};
    const bt_json_node *node = array->child;
    for (size_t i = 0; node && i < 2; i++, node = node->next)
        if (bt_fields_expect(r, node, BT_TAKES_NUMBER, NULL)) bt_fields_number(r, node, DECIMALS, 0, WHOLE, shares[i]);
}

void bt_bundle_heights(bt_bundle_reader *b, const bt_json_node *least, const bt_json_node *most, bt_sp *min, bt_sp *max)
{
    static const bt_length_range positive = {1, (bt_sp)BT_SP_LONGEST, 0};
    bool has_least = bt_fields_length(&b->fields, least, &positive, min);
    bool has_most = bt_fields_length(&b->fields, most, &positive, max);
    if (has_least && has_most && *min > *max)
        bt_fields_fault(&b->fields, BT_E_FIGURE_HEIGHTS, least->at, BT_ARGS(least->text, most->text));
}

/* values: at least N_PICTURE_KEYS of them. */
static void read_picture(bt_bundle_reader *b, const bt_json_node *const *values, bt_figure *figure)
{
    figure->image = bt_bundle_name(b, values[IMAGE]);
    figure->path = BT_STR("");
    if (bt_bundle_need_text(b, figure->image, "image", true)) figure->path = bt_bundle_path(b, figure->image);
    figure->caption = bt_bundle_text(b, values[CAPTION]);
    figure->credit = bt_bundle_text(b, values[CREDIT]);
    figure->alt = bt_bundle_plain(b, values[ALT]);
    figure->focus_x = figure->focus_y = 500;
    read_focus(b, values[FOCUS], figure);
    const bt_figure **entry = BT_PUSH(b->fields.arena, &b->figures);
    if (entry) *entry = figure;
}

bool bt_bundle_figure(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_FIGURE_KEYS];
    bt_figure *figure = BT_NEW(b->fields.arena, bt_figure);
    if (!figure) return false;
    bt_fields_read(&b->fields, node, &figure_fields, values);
    read_picture(b, values, figure);
    bt_bundle_heights(b, values[MIN_HEIGHT], values[MAX_HEIGHT], &figure->min_height, &figure->max_height);
    block->has_span = bt_bundle_span(b, values[SPAN], &block->spans_page);
    block->figure = figure;
    return true;
}

/* --- gallery --- */

enum {
    GALLERY_TYPE,
    GALLERY_FIGURES,
    GALLERY_CAPTION,
    GALLERY_CREDIT,
    GALLERY_SPAN,
    GALLERY_PER_ROW,
    GALLERY_MIN_HEIGHT,
    GALLERY_MAX_HEIGHT,
    N_GALLERY_KEYS
};
static const bt_field gallery_keys[N_GALLERY_KEYS] = {
    [GALLERY_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [GALLERY_FIGURES] = {BT_STR_INIT("figures"), BT_TAKES_ARRAY, BT_REQUIRED},
    [GALLERY_CAPTION] = {BT_STR_INIT("caption"), BT_TAKES_STRING, 0},
    [GALLERY_CREDIT] = {BT_STR_INIT("credit"), BT_TAKES_STRING, 0},
    [GALLERY_SPAN] = {BT_STR_INIT("span"), BT_TAKES_STRING, 0},
    [GALLERY_PER_ROW] = {BT_STR_INIT("per_row"), BT_TAKES_NUMBER, 0},
    [GALLERY_MIN_HEIGHT] = {BT_STR_INIT("min_height"), BT_TAKES_LENGTH, 0},
    [GALLERY_MAX_HEIGHT] = {BT_STR_INIT("max_height"), BT_TAKES_LENGTH, 0},
};
static const bt_fields gallery_fields = {"this gallery", gallery_keys, N_GALLERY_KEYS};

static void read_pictures(bt_bundle_reader *b, const bt_json_node *array, bt_gallery *gallery)
{
    bt_fields_reader *r = &b->fields;
    if (array->n_children < 2 || array->n_children > BT_LIMIT_GALLERY) {
        bt_fields_fault(r, BT_E_GALLERY_FIGURES, array->at,
                        BT_ARGS(bt_fields_count(r, array->n_children), bt_fields_count(r, BT_LIMIT_GALLERY)));
        return;
    }
    bt_figure *figures = BT_NEW_ARRAY(r->arena, array->n_children, bt_figure);
    if (!figures) return;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        const bt_json_node *values[N_PICTURE_KEYS];
        if (!bt_fields_read(r, node, &picture_fields, values)) continue;
        read_picture(b, values, &figures[gallery->n_figures++]);
    }
    gallery->figures = figures;
}

bool bt_bundle_gallery(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_GALLERY_KEYS];
    bt_gallery *gallery = BT_NEW(b->fields.arena, bt_gallery);
    if (!gallery) return false;
    bt_fields_read(&b->fields, node, &gallery_fields, values);
    if (values[GALLERY_FIGURES]) read_pictures(b, values[GALLERY_FIGURES], gallery);
    gallery->caption = bt_bundle_text(b, values[GALLERY_CAPTION]);
    gallery->credit = bt_bundle_text(b, values[GALLERY_CREDIT]);
    bt_fields_integer(&b->fields, values[GALLERY_PER_ROW], 1, BT_LIMIT_GALLERY, &gallery->per_row);
    bt_bundle_heights(b, values[GALLERY_MIN_HEIGHT], values[GALLERY_MAX_HEIGHT], &gallery->min_height,
                      &gallery->max_height);
    block->has_span = bt_bundle_span(b, values[GALLERY_SPAN], &block->spans_page);
    block->gallery = gallery;
    return true;
}
