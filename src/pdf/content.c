/* content.c - a sheet's items as PDF operators. */
#include "pdf/content_int.h"

/* --- colour --- */

/* A spot colour's space is set once; process inks have theirs in the operator. sets_space: it is not set yet. */
static void add_color(bt_content *d, bt_color color, bool is_stroke, bool sets_space)
{
    if (!color.spot || color.spot > d->pdf->pages->n_spots) {
        bt_pdf_add_cmyk(&d->out, (const uint16_t[4]){color.c, color.m, color.y, color.k});
        bt_buf_add_z(&d->out, is_stroke ? " K\n" : " k\n");
        return;
    }
    if (sets_space) bt_buf_format(&d->out, "/S%u %s\n", color.spot - 1u, is_stroke ? "CS" : "cs");
    bt_buf_add_fixed(&d->out, color.tint, 4);
    bt_buf_add_z(&d->out, is_stroke ? " SCN\n" : " scn\n");
    d->sheet->has_spots = true;
    d->pdf->has_spot[color.spot - 1] = true;
}

void bt_content_set_color(bt_content *d, bt_color color)
{
    if (bt_ink_equal(d->now.color, color)) return;
    add_color(d, color, false, d->now.color.spot != color.spot);
    d->now.color = color;
}

/* Black text prints over what lies below it: no white seams where the plates do not quite meet. */
void bt_content_set_overprint(bt_content *d, bool overprints)
{
    if (d->now.overprints == overprints) return;
    bt_buf_add_z(&d->out, overprints ? "/G1 gs\n" : "/G0 gs\n");
    d->now.overprints = overprints;
    d->sheet->has_states = true;
}

/* --- the rest --- */

static void add_rectangle(bt_content *d, int64_t x, int64_t y, int64_t width, int64_t height)
{
    bt_content_add_milli(d, bt_content_page_x(d, x), " ");
    bt_content_add_milli(d, bt_content_page_y(d, y + height), " ");
    bt_content_add_milli(d, bt_pdf_milli(width), " ");
    bt_content_add_milli(d, bt_pdf_milli(height), " re\n");
}

static void draw_fill(bt_content *d, const bt_item *item)
{
    if (item->as.fill.width <= 0 || item->as.fill.height <= 0) return;
    bt_content_enter_sequence(d, item, false);
    bt_content_note_box(d, item, item->x, item->y, item->as.fill.width, item->as.fill.height);
    bt_content_set_overprint(d, false);
    bt_content_set_color(d, item->color);
    add_rectangle(d, item->x, item->y, item->as.fill.width, item->as.fill.height);
    BT_CONTENT_ADD(d, "f\n");
}

/* A stroke's state lasts for one path: it stands between q and Q. */
static void set_stroke(bt_content *d, const bt_item *item)
{
    add_color(d, item->as.path.stroke_color, true, true);
    bt_content_add_milli(d, bt_pdf_milli(item->as.path.stroke_width), " w\n");
    if (item->as.path.cap) bt_buf_format(&d->out, "%d J\n", item->as.path.cap);
    if (item->as.path.join) bt_buf_format(&d->out, "%d j\n", item->as.path.join);
    if (item->as.path.dash <= 0) return;
    BT_CONTENT_ADD(d, "[");
    bt_content_add_milli(d, bt_pdf_milli(item->as.path.dash), " ");
    bt_content_add_milli(d, bt_pdf_milli(item->as.path.dash_gap), "] 0 d\n");
}

static void draw_path(bt_content *d, const bt_item *item)
{
    const bt_outline *outline = &item->as.path.outline;
    bool is_filled = item->as.path.is_filled, is_stroked = item->as.path.stroke_width > 0;
    if ((!is_filled && !is_stroked) || !outline->n_ops || outline->ops[0] != BT_PATH_MOVE || !outline->n_points) return;
    bt_content_enter_sequence(d, item, false);
    bt_content_note_box(d, item, item->x, item->y, item->as.path.width, item->as.path.height);
    bt_content_set_overprint(d, false);
    if (is_filled) bt_content_set_color(d, item->color);
    bool is_saved = is_stroked || item->as.path.is_clipped;
    if (is_saved) BT_CONTENT_ADD(d, "q\n");
    if (item->as.path.is_clipped) {
        add_rectangle(d, item->x, item->y, item->as.path.width, item->as.path.height);
        BT_CONTENT_ADD(d, "W n\n");
    }
    if (is_stroked) set_stroke(d, item);
    bt_pdf_add_outline(&d->out, outline, item->x + d->left, d->top - item->y);
    bt_pdf_add_paint(&d->out, is_filled, is_stroked, item->as.path.is_even_odd);
    if (is_saved) BT_CONTENT_ADD(d, "Q\n");
}

/* A picture fills the unit square, a form its own size in points. */
static void add_matrix(bt_content *d, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    int64_t width = item->as.image.draw_width, height = item->as.image.draw_height;
    if (image->kind == BT_IMAGE_VECTOR) {
        bt_buf_add_fixed(&d->out, bt_mul_div(width, 1000000, image->natural_width), 6);
        BT_CONTENT_ADD(d, " 0 0 ");
        bt_buf_add_fixed(&d->out, bt_mul_div(height, 1000000, image->natural_height), 6);
        bt_buf_add_char(&d->out, ' ');
        bt_content_add_milli(d, bt_content_page_x(d, item->as.image.draw_x), " ");
        bt_content_add_milli(d, bt_content_page_y(d, (int64_t)item->as.image.draw_y + height), " cm\n");
    } else {
        bt_pdf_add_upright(&d->out, image->orientation, bt_pdf_milli(width), bt_pdf_milli(height),
                           bt_content_page_x(d, item->as.image.draw_x),
                           bt_content_page_y(d, (int64_t)item->as.image.draw_y + height));
        BT_CONTENT_ADD(d, " cm\n");
    }
}

static bool is_cut(const bt_item *item)
{
    int64_t right = (int64_t)item->x + item->as.image.width, bottom = (int64_t)item->y + item->as.image.height;
    return item->as.image.draw_x < item->x || item->as.image.draw_y < item->y ||
           (int64_t)item->as.image.draw_x + item->as.image.draw_width > right ||
           (int64_t)item->as.image.draw_y + item->as.image.draw_height > bottom;
}

static void draw_image(bt_content *d, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    if (!image || item->as.image.draw_width <= 0 || item->as.image.draw_height <= 0) return;
    if (image->kind == BT_IMAGE_VECTOR && (image->natural_width <= 0 || image->natural_height <= 0)) return;
    uint32_t image_i = bt_pdf_find_image(d->pdf, image);
    bt_content_enter_sequence(d, item, false);
    bt_content_note_box(d, item, item->x, item->y, item->as.image.width, item->as.image.height);
    bt_content_set_overprint(d, false);
    BT_CONTENT_ADD(d, "q\n");
    if (is_cut(item)) {
        add_rectangle(d, item->x, item->y, item->as.image.width, item->as.image.height);
        BT_CONTENT_ADD(d, "W n\n");
    }
    add_matrix(d, item);
    BT_CONTENT_ADD(d, "/X");
    bt_buf_add_int(&d->out, image_i);
    BT_CONTENT_ADD(d, " Do\nQ\n");
    d->sheet->has_image[image_i] = true;
    d->sheet->is_blended |= bt_pdf_image_blends(image);
}

static void draw_items(bt_content *d, const bt_item *items, uint32_t n)
{
    for (uint32_t i = 0; i < n && !d->pdf->arena->failed; i++) {
        const bt_item *item = &items[i];
        switch (item->kind) {
        case BT_ITEM_GLYPHS:
            bt_content_draw_glyphs(d, item);
            break;
        case BT_ITEM_FILL:
            draw_fill(d, item);
            break;
        case BT_ITEM_IMAGE:
            draw_image(d, item);
            break;
        case BT_ITEM_PATH:
            draw_path(d, item);
            break;
        case BT_ITEM_LINK:
            break; /* an annotation, which is no mark: links.c */
        }
    }
    bt_content_leave_sequence(d);
    bt_content_end_text(d);
}

static bool is_all_seen(const bt_sheets *sheets, const bt_panel *panel)
{
    bt_sp bleed = sheets->bleed;
    return panel->x + panel->left <= -bleed && panel->y + panel->top <= -bleed &&
           panel->x + panel->right >= sheets->width + bleed && panel->y + panel->bottom >= sheets->height + bleed;
}

static void draw_panel(bt_content *d, const bt_panel *panel)
{
    const bt_sheets *sheets = &d->pdf->pages->sheets;
    const bt_page *page = &d->pdf->pages->pages[panel->page_i];
    int64_t left = d->left, top = d->top;
    bt_content_state before = d->now;
    bool is_cut = !is_all_seen(sheets, panel);
    d->left = left + panel->x;
    d->top = top - panel->y;
    d->page_i = panel->page_i;
    d->is_copy = panel->is_copy;
    if (is_cut) {
        BT_CONTENT_ADD(d, "q\n");
        add_rectangle(d, panel->left, panel->top, panel->right - panel->left, panel->bottom - panel->top);
        BT_CONTENT_ADD(d, "W n\n");
    }
    draw_items(d, page->underlay, page->n_underlay);
    draw_items(d, page->items, page->n_items);
    draw_items(d, page->overlay, page->n_overlay);
    if (is_cut) {
        BT_CONTENT_ADD(d, "Q\n");
        d->now = before;
    }
    d->left = left;
    d->top = top;
}

void bt_pdf_draw_sheet(bt_pdf *pdf, uint32_t sheet_i)
{
    const bt_sheets *sheets = &pdf->pages->sheets;
    const bt_sheet *sheet = &sheets->v[sheet_i];
    bt_pdf_sheet *made = &pdf->made[sheet_i];
    made->has_font = BT_NEW_ARRAY(pdf->arena, pdf->fonts.n, bool);
    made->has_image = BT_NEW_ARRAY(pdf->arena, pdf->images.n, bool);
    bt_content d = {
        .pdf = pdf, .sheet = made, .sheet_i = sheet_i, .now = {.font_i = UINT32_MAX, .scale = BT_CONTENT_FULL_SCALE}};
    d.out = pdf->contents;
    d.out.bytes.n = 0;
    d.left = (int64_t)sheets->bleed + sheets->slug;
    d.top = d.left + sheets->height;
    d.now.color = (bt_color){.c = UINT16_MAX}; /* none: the page's own is a gray */
    for (uint32_t i = 0; i < sheet->n_panels; i++) draw_panel(&d, &sheet->panels[i]);
    d.is_marks = true;
    draw_items(&d, sheet->marks, sheet->n_marks);
    pdf->contents = d.out;
    if (pdf->arena->failed) return;
    made->hash = bt_str_hash(bt_buf_str(&d.out));
    made->contents = bt_pdf_deflate_again(pdf, bt_buf_str(&d.out));
}
