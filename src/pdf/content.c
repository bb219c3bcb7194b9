/* content.c - a page's items as PDF operators.
 *
 * Where a viewer puts a glyph is computed here in its own terms: widths as they stand in /W, the size, Tc and Tz as
 * written. The difference to the place that the list wants goes into the next TJ number before it reaches `tolerance`,
 * so rounding never adds up. All of it is integers: a quantum is 1e-8 pt, so that width (1e-5 em) times size (1e-3 pt)
 * is exact.
 */
#include "pdf/pdf_int.h"

enum {
    QUANTA_PER_MILLI = 100000,
    TOLERANCE = 400000,  /* a glyph may stand 0.004 pt off without being corrected [quanta] */
    FULL_SCALE = 100000, /* Tz in thousandths of a percent */
};

/* The graphics state, as written so far. */
typedef struct state {
    uint32_t font_i;             /* UINT32_MAX: none yet */
    int64_t size, spacing, rise; /* [milli] */
    int64_t scale;               /* [thousandths of a percent] */
    bt_color color;
    bool overprints;
} state;

/* A marked-content sequence under way. */
typedef struct sequence {
    bool is_open;
    bool is_in_text; /* it began in a text object, and so ends in it */
    bool has_actual; /* it says what is read in its place */
    uint32_t tag_i;  /* 0: an artifact */
    bt_artifact_kind artifact;
} sequence;

typedef struct drawing {
    bt_pdf *pdf;
    bt_pdf_sheet *sheet;
    uint32_t sheet_i, page_i;
    bool is_copy;  /* all is an artifact */
    bool is_marks; /* the printer's */
    sequence now_in;
    bt_buf out;
    int64_t left, top; /* the corner that places count from, from the media box's left and, upwards, bottom [sp] */
    bool in_text;
    int64_t line_x, line_y; /* [milli] */
    state now;
} drawing;

static void add(drawing *d, const char *z) { bt_buf_add_z(&d->out, z); }

static void add_milli(drawing *d, int64_t milli, const char *after)
{
    bt_pdf_add_milli(&d->out, milli);
    add(d, after);
}

static int64_t page_x(const drawing *d, int64_t x) { return bt_pdf_milli(x + d->left); }
static int64_t page_y(const drawing *d, int64_t y) { return bt_pdf_milli(d->top - y); }

static void end_text(drawing *d)
{
    if (d->in_text) add(d, "ET\n");
    d->in_text = false;
}

/* --- marked content: what belongs to which element --- */

static void begin_text(drawing *d)
{
    if (d->in_text) return;
    add(d, "BT\n");
    d->in_text = true;
    d->line_x = d->line_y = 0;
}

static void leave_sequence(drawing *d)
{
    if (!d->now_in.is_open) return;
    if (!d->now_in.is_in_text) end_text(d);
    add(d, "EMC\n");
    d->now_in.is_open = false;
}

static void begin_artifact(drawing *d, bt_artifact_kind kind)
{
    static const char *const begins[] = {
        [BT_ARTIFACT_LAYOUT] = "/Artifact BMC\n",
        [BT_ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        [BT_ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        [BT_ARTIFACT_PAGE] = "/Artifact<</Type/Page>>BDC\n",
    };
    add(d, begins[kind]);
}

static void add_actual(drawing *d, bt_str actual)
{
    add(d, "/ActualText<FEFF");
    bt_pdf_add_utf16(&d->out, actual);
    bt_buf_add_char(&d->out, '>');
}

/* actual: what is read in its place; NULL: what it says. */
static void begin_sequence(drawing *d, uint32_t tag_i, const bt_str *actual)
{
    uint32_t mcid = bt_pdf_tag_sequence(d->pdf, tag_i, d->sheet_i, d->page_i);
    /* Some readers look for texts at spans only, whatever the element is. */
    bt_buf_format(&d->out, "/%s<</MCID %u", actual ? "Span" : bt_pdf_tag_name(d->pdf, tag_i), mcid);
    if (actual) add_actual(d, *actual);
    add(d, ">>BDC\n");
    d->now_in.is_open = true;
    d->now_in.has_actual = actual != NULL;
}

/* Before an item is drawn: goes on with the sequence of its element, or begins one. Text stands in a text object, and
 * sequences and text objects do not overlap. */
static void enter_sequence(drawing *d, const bt_item *item, bool is_text)
{
    uint32_t tag_i = d->is_copy ? 0 : item->tag_i;
    bt_artifact_kind artifact = tag_i ? BT_ARTIFACT_LAYOUT : d->is_marks ? BT_ARTIFACT_PAGE : item->artifact;
    sequence *s = &d->now_in;
    bool is_same = s->tag_i == tag_i && s->artifact == artifact && !s->has_actual;
    bool goes_on = s->is_open && is_same && (is_text || !s->is_in_text);
    if (!goes_on) leave_sequence(d);
    if (is_text)
        begin_text(d);
    else
        end_text(d);
    if (goes_on) return;
    *s = (sequence){.is_open = true, .is_in_text = is_text, .tag_i = tag_i, .artifact = artifact};
    if (tag_i)
        begin_sequence(d, tag_i, NULL);
    else
        begin_artifact(d, artifact);
}

/* Before text that begins with a sequence of its own. */
static void prepare_sequence(drawing *d, const bt_item *item)
{
    if (d->is_copy || !item->tag_i) {
        enter_sequence(d, item, true);
        return;
    }
    leave_sequence(d);
    begin_text(d);
    d->now_in = (sequence){.is_in_text = true, .tag_i = item->tag_i};
}

/* A figure's element tells where it stands. */
static void note_box(drawing *d, const bt_item *item, int64_t x, int64_t y, int64_t width, int64_t height)
{
    if (d->is_copy || !item->tag_i) return;
    bt_haru_box box = {page_x(d, x), page_y(d, y + height), page_x(d, x + width), page_y(d, y)};
    bt_pdf_tag_box(d->pdf, item->tag_i, d->sheet_i, &box);
}

/* --- colour --- */

/* A spot colour's space is set once; process inks have theirs in the operator. sets_space: it is not set yet. */
static void add_color(drawing *d, bt_color color, bool is_stroke, bool sets_space)
{
    if (!color.spot || color.spot > d->pdf->pages->n_spots) {
        bt_pdf_add_cmyk(&d->out, (const uint16_t[4]){color.c, color.m, color.y, color.k});
        add(d, is_stroke ? " K\n" : " k\n");
        return;
    }
    if (sets_space) bt_buf_format(&d->out, "/S%u %s\n", color.spot - 1u, is_stroke ? "CS" : "cs");
    bt_buf_add_fixed(&d->out, color.tint, 4);
    add(d, is_stroke ? " SCN\n" : " scn\n");
    d->sheet->has_spots = true;
    d->pdf->has_spot[color.spot - 1] = true;
}

static void set_color(drawing *d, bt_color color)
{
    if (bt_ink_equal(d->now.color, color)) return;
    add_color(d, color, false, d->now.color.spot != color.spot);
    d->now.color = color;
}

/* Black text prints over what lies below it: no white seams where the plates do not quite meet. */
static void set_overprint(drawing *d, bool overprints)
{
    if (d->now.overprints == overprints) return;
    add(d, overprints ? "/G1 gs\n" : "/G0 gs\n");
    d->now.overprints = overprints;
    d->sheet->has_states = true;
}

static bool is_pure_black(bt_color color) { return bt_ink_equal(color, (bt_color){.k = BT_INK_WHOLE}); }

/* --- text --- */

static void set_font(drawing *d, uint32_t font_i, int64_t size)
{
    if (d->now.font_i == font_i && d->now.size == size) return;
    add(d, "/F");
    bt_buf_add_int(&d->out, font_i);
    bt_buf_add_char(&d->out, ' ');
    add_milli(d, size, " Tf\n");
    d->now.font_i = font_i;
    d->now.size = size;
    d->sheet->has_font[font_i] = true;
}

/* Td moves from the start of the line before; that place is exact in thousandths, so nothing adds up. */
static void move_to(drawing *d, int64_t x, int64_t y)
{
    if (x == d->line_x && y == d->line_y) return;
    add_milli(d, x - d->line_x, " ");
    add_milli(d, y - d->line_y, " Td\n");
    d->line_x = x;
    d->line_y = y;
}

static void set_spacing(drawing *d, int64_t spacing, int64_t scale)
{
    if (d->now.spacing != spacing) add_milli(d, spacing, " Tc\n");
    if (d->now.scale != scale) add_milli(d, scale, " Tz\n");
    d->now.spacing = spacing;
    d->now.scale = scale;
}

static void add_code(bt_buf *out, uint16_t code)
{
    for (int shift = 8; shift >= 0; shift -= 8) {
        char c = (char)(code >> shift & 0xFF);
        if (c == '\r') {
            bt_buf_add_z(out, "\\r"); /* a bare carriage return would be read as a line feed */
            continue;
        }
        if (c == '(' || c == ')' || c == '\\') bt_buf_add_char(out, '\\');
        bt_buf_add_char(out, c);
    }
}

/* A show operator under way: pieces of string between numbers, and the pen in the viewer's terms. */
typedef struct show {
    int64_t pen;    /* [quanta before Tz] */
    int64_t origin; /* of the line, from the media box's left [quanta] */
    bool is_open;   /* in "[ ... ]" */
    bool in_string;
    uint32_t begin; /* where it begins in the output */
    bool is_adjusted;
} show;

static void open_show(drawing *d, show *s)
{
    if (s->is_open) return;
    s->begin = d->out.bytes.n;
    bt_buf_add_char(&d->out, '[');
    s->is_open = true;
}

static void open_string(drawing *d, show *s)
{
    open_show(d, s);
    if (!s->in_string) bt_buf_add_char(&d->out, '(');
    s->in_string = true;
}

static void close_show(drawing *d, show *s)
{
    if (s->in_string) bt_buf_add_char(&d->out, ')');
    if (s->is_open && s->is_adjusted) {
        add(d, "]TJ\n");
    } else if (s->is_open && !d->pdf->arena->failed) {
        d->out.bytes.v[s->begin] = ' ';
        add(d, "Tj\n");
    }
    s->is_open = s->in_string = s->is_adjusted = false;
}

/* The shortest number of thousandths of the em, with at most two decimals, that leaves less than the tolerance. */
static void adjust(drawing *d, show *s, int64_t want, int64_t tolerance)
{
    int64_t error = s->pen - want;
    if ((error < 0 ? -error : error) <= tolerance || !d->now.size) return;
    int64_t unit = 100 * d->now.size, per_unit = 1;
    int64_t n = 0, rest = 0;
    for (;; unit /= 10, per_unit *= 10) {
        n = bt_mul_div(error, 1, unit);
        rest = error - n * unit;
        if ((rest < 0 ? -rest : rest) <= tolerance || per_unit == 100) break;
    }
    if (!n) return;
    open_show(d, s);
    if (s->in_string) bt_buf_add_char(&d->out, ')');
    s->in_string = false;
    s->is_adjusted = true;
    bt_buf_add_fixed(&d->out, n * (100 / per_unit), 2);
    s->pen = want + rest;
}

static void set_rise(drawing *d, show *s, int64_t rise)
{
    if (d->now.rise == rise) return;
    close_show(d, s);
    add_milli(d, rise, " Ts\n");
    d->now.rise = rise;
}

/* Glyphs that are not read as what they stand for say what that is, in a sequence of their own: readers of the
 * structure lose what comes after one that is nested. In an artifact, and amid a drawing, there is no other way. */
static void begin_actual(drawing *d, show *s, bt_str text)
{
    sequence *now = &d->now_in;
    close_show(d, s);
    if (now->tag_i && now->is_in_text) {
        if (now->is_open) add(d, "EMC\n");
        begin_sequence(d, now->tag_i, &text);
        return;
    }
    add(d, "/Span<<");
    add_actual(d, text);
    add(d, ">>BDC\n");
}

static void end_actual(drawing *d, show *s)
{
    close_show(d, s);
    add(d, "EMC\n");
    if (d->now_in.has_actual) d->now_in.is_open = d->now_in.has_actual = false;
}

/* space: a glyph that is read after them and not seen; 0: none. */
static void show_glyphs(drawing *d, const bt_item *item, const bt_pdf_font *font, uint16_t space)
{
    show s = {.origin = d->line_x * QUANTA_PER_MILLI};
    int64_t left = item->x + d->left;
    int64_t tolerance = bt_mul_div(TOLERANCE, FULL_SCALE, d->now.scale);
    uint32_t n = item->as.glyphs.n_glyphs;
    bt_pdf_stretch stretch = {.end = 0};
    for (uint32_t i = 0; i < n; i++) {
        const bt_placed_glyph *glyph = &item->as.glyphs.glyphs[i];
        if (i == stretch.end) {
            if (stretch.is_mended) end_actual(d, &s);
            stretch = bt_pdf_stretch_at(font, item, i);
            if (stretch.is_mended && space && stretch.end == n)
                stretch.text = bt_str_join(d->pdf->arena, stretch.text, BT_STR(" "));
            if (stretch.is_mended)
                begin_actual(d, &s, stretch.text);
            else if (!d->now_in.is_open)
                enter_sequence(d, item, true);
        }
        uint16_t code = bt_pdf_code_of(font, glyph->id);
        int64_t place = bt_mul_div(left + glyph->x, 1000LL * QUANTA_PER_MILLI, BT_SP_PER_PT) - s.origin;
        set_rise(d, &s, bt_pdf_milli(-(int64_t)glyph->y));
        adjust(d, &s, bt_mul_div(place, FULL_SCALE, d->now.scale), tolerance);
        open_string(d, &s);
        add_code(&d->out, code);
        s.pen += font->file->widths[code] * d->now.size + d->now.spacing * QUANTA_PER_MILLI;
    }
    if (space) {
        open_string(d, &s);
        add_code(&d->out, bt_pdf_code_of(font, space));
    }
    close_show(d, &s);
    if (stretch.is_mended) end_actual(d, &s);
}

static void draw_glyphs(drawing *d, const bt_item *item)
{
    int64_t size = bt_pdf_milli(item->as.glyphs.size);
    if (!item->as.glyphs.n_glyphs || !item->as.glyphs.face || size <= 0) return;
    uint32_t font_i = bt_pdf_find_font(d->pdf, item->as.glyphs.face);
    int32_t ppm = item->as.glyphs.scale_ppm > 0 ? item->as.glyphs.scale_ppm : 1000000;
    int64_t scale = bt_mul_div(ppm, 1, 10);
    if (scale < 1) scale = 1;
    /* Tc is scaled by Tz as the widths are; the item's tracking is not. */
    int64_t spacing = bt_mul_div(bt_pdf_milli(item->as.glyphs.tracking), FULL_SCALE, scale);
    const bt_pdf_font *font = &d->pdf->fonts.v[font_i];
    if (bt_pdf_stretch_at(font, item, 0).is_mended)
        prepare_sequence(d, item);
    else
        enter_sequence(d, item, true);
    note_box(d, item, item->x, (int64_t)item->y - item->as.glyphs.size, item->as.glyphs.width,
             (int64_t)item->as.glyphs.size * 5 / 4);
    set_overprint(d, is_pure_black(item->color));
    set_color(d, item->color);
    move_to(d, page_x(d, item->x), page_y(d, item->y));
    set_font(d, font_i, size);
    set_spacing(d, spacing, scale);
    show_glyphs(d, item, font, d->is_copy ? 0 : bt_pdf_space_after(d->pdf, item, font));
}

/* --- the rest --- */

static void add_rectangle(drawing *d, int64_t x, int64_t y, int64_t width, int64_t height)
{
    add_milli(d, page_x(d, x), " ");
    add_milli(d, page_y(d, y + height), " ");
    add_milli(d, bt_pdf_milli(width), " ");
    add_milli(d, bt_pdf_milli(height), " re\n");
}

static void draw_fill(drawing *d, const bt_item *item)
{
    if (item->as.fill.width <= 0 || item->as.fill.height <= 0) return;
    enter_sequence(d, item, false);
    note_box(d, item, item->x, item->y, item->as.fill.width, item->as.fill.height);
    set_overprint(d, false);
    set_color(d, item->color);
    add_rectangle(d, item->x, item->y, item->as.fill.width, item->as.fill.height);
    add(d, "f\n");
}

/* A stroke's state lasts for one path: it stands between q and Q. */
static void set_stroke(drawing *d, const bt_item *item)
{
    add_color(d, item->as.path.stroke_color, true, true);
    add_milli(d, bt_pdf_milli(item->as.path.stroke_width), " w\n");
    if (item->as.path.cap) bt_buf_format(&d->out, "%d J\n", item->as.path.cap);
    if (item->as.path.join) bt_buf_format(&d->out, "%d j\n", item->as.path.join);
    if (item->as.path.dash <= 0) return;
    add(d, "[");
    add_milli(d, bt_pdf_milli(item->as.path.dash), " ");
    add_milli(d, bt_pdf_milli(item->as.path.dash_gap), "] 0 d\n");
}

static void draw_path(drawing *d, const bt_item *item)
{
    const bt_outline *outline = &item->as.path.outline;
    bool is_filled = item->as.path.is_filled, is_stroked = item->as.path.stroke_width > 0;
    if ((!is_filled && !is_stroked) || !outline->n_ops || outline->ops[0] != BT_PATH_MOVE || !outline->n_points) return;
    enter_sequence(d, item, false);
    note_box(d, item, item->x, item->y, item->as.path.width, item->as.path.height);
    set_overprint(d, false);
    if (is_filled) set_color(d, item->color);
    bool is_saved = is_stroked || item->as.path.is_clipped;
    if (is_saved) add(d, "q\n");
    if (item->as.path.is_clipped) {
        add_rectangle(d, item->x, item->y, item->as.path.width, item->as.path.height);
        add(d, "W n\n");
    }
    if (is_stroked) set_stroke(d, item);
    bt_pdf_add_outline(&d->out, outline, item->x + d->left, d->top - item->y);
    bt_pdf_add_paint(&d->out, is_filled, is_stroked, item->as.path.is_even_odd);
    if (is_saved) add(d, "Q\n");
}

/* A picture fills the unit square, a form its own size in points. */
static void add_matrix(drawing *d, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    int64_t width = item->as.image.draw_width, height = item->as.image.draw_height;
    if (image->kind == BT_IMAGE_VECTOR) {
        bt_buf_add_fixed(&d->out, bt_mul_div(width, 1000000, image->natural_width), 6);
        add(d, " 0 0 ");
        bt_buf_add_fixed(&d->out, bt_mul_div(height, 1000000, image->natural_height), 6);
        bt_buf_add_char(&d->out, ' ');
        add_milli(d, page_x(d, item->as.image.draw_x), " ");
        add_milli(d, page_y(d, (int64_t)item->as.image.draw_y + height), " cm\n");
    } else {
        bt_pdf_add_upright(&d->out, image->orientation, bt_pdf_milli(width), bt_pdf_milli(height),
                           page_x(d, item->as.image.draw_x), page_y(d, (int64_t)item->as.image.draw_y + height));
        add(d, " cm\n");
    }
}

static bool is_cut(const bt_item *item)
{
    int64_t right = (int64_t)item->x + item->as.image.width, bottom = (int64_t)item->y + item->as.image.height;
    return item->as.image.draw_x < item->x || item->as.image.draw_y < item->y ||
           (int64_t)item->as.image.draw_x + item->as.image.draw_width > right ||
           (int64_t)item->as.image.draw_y + item->as.image.draw_height > bottom;
}

static void draw_image(drawing *d, const bt_item *item)
{
    const bt_image *image = item->as.image.image;
    if (!image || item->as.image.draw_width <= 0 || item->as.image.draw_height <= 0) return;
    if (image->kind == BT_IMAGE_VECTOR && (image->natural_width <= 0 || image->natural_height <= 0)) return;
    uint32_t image_i = bt_pdf_find_image(d->pdf, image);
    enter_sequence(d, item, false);
    note_box(d, item, item->x, item->y, item->as.image.width, item->as.image.height);
    set_overprint(d, false);
    add(d, "q\n");
    if (is_cut(item)) {
        add_rectangle(d, item->x, item->y, item->as.image.width, item->as.image.height);
        add(d, "W n\n");
    }
    add_matrix(d, item);
    add(d, "/X");
    bt_buf_add_int(&d->out, image_i);
    add(d, " Do\nQ\n");
    d->sheet->has_image[image_i] = true;
    d->sheet->is_blended |= bt_pdf_image_blends(image);
}

static void draw_items(drawing *d, const bt_item *items, uint32_t n)
{
    for (uint32_t i = 0; i < n && !d->pdf->arena->failed; i++) {
        const bt_item *item = &items[i];
        switch (item->kind) {
        case BT_ITEM_GLYPHS:
            draw_glyphs(d, item);
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
    leave_sequence(d);
    end_text(d);
}

static bool is_all_seen(const bt_sheets *sheets, const bt_panel *panel)
{
    bt_sp bleed = sheets->bleed;
    return panel->x + panel->left <= -bleed && panel->y + panel->top <= -bleed &&
           panel->x + panel->right >= sheets->width + bleed && panel->y + panel->bottom >= sheets->height + bleed;
}

static void draw_panel(drawing *d, const bt_panel *panel)
{
    const bt_sheets *sheets = &d->pdf->pages->sheets;
    const bt_page *page = &d->pdf->pages->pages[panel->page_i];
    int64_t left = d->left, top = d->top;
    state before = d->now;
    bool is_cut = !is_all_seen(sheets, panel);
    d->left = left + panel->x;
    d->top = top - panel->y;
    d->page_i = panel->page_i;
    d->is_copy = panel->is_copy;
    if (is_cut) {
        add(d, "q\n");
        add_rectangle(d, panel->left, panel->top, panel->right - panel->left, panel->bottom - panel->top);
        add(d, "W n\n");
    }
    draw_items(d, page->underlay, page->n_underlay);
    draw_items(d, page->items, page->n_items);
    draw_items(d, page->overlay, page->n_overlay);
    if (is_cut) {
        add(d, "Q\n");
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
    drawing d = {.pdf = pdf, .sheet = made, .sheet_i = sheet_i, .now = {.font_i = UINT32_MAX, .scale = FULL_SCALE}};
    d.out = bt_buf_in(pdf->arena);
    d.left = (int64_t)sheets->bleed + sheets->slug;
    d.top = d.left + sheets->height;
    d.now.color = (bt_color){.c = UINT16_MAX}; /* none: the page's own is a gray */
    for (uint32_t i = 0; i < sheet->n_panels; i++) draw_panel(&d, &sheet->panels[i]);
    d.is_marks = true;
    draw_items(&d, sheet->marks, sheet->n_marks);
    if (!pdf->arena->failed) made->contents = bt_pdf_deflate(pdf, bt_buf_str(&d.out));
}
