/* dump.c - the display list as text: one line an item, in drawing order. Two drawings that are the same are the same
 * text. */
#include "dump/dump_int.h"

/* The file's name as seen from the bundle, where it stands in or below its folder. */
static bt_str seen_name(const bt_place *at, const bt_place *bundle)
{
    size_t dir = bundle->file.len;
    while (dir && bundle->file.ptr[dir - 1] != '/') dir--;
    if (!bt_str_starts(at->file, bt_str_slice(bundle->file, 0, dir))) dir = 0;
    bt_str name = bt_str_slice(at->file, dir, at->file.len);
    while (bt_str_starts(name, BT_STR("./"))) name = bt_str_slice(name, 2, name.len);
    return name;
}

bt_str bt_dump_at(bt_arena *arena, const bt_pages *pages, const bt_place *at)
{
    const bt_place *bundle = pages->n_tags ? pages->tags[0].at : NULL, *edition = pages->facts.edition_at;
    if (!at) return BT_STR("");
    if (!bundle || bt_str_equal(at->file, bundle->file)) return at->pointer;
    if (!at->pointer.len) return bt_dump_line(arena, pages, at);
    if (!edition || !bt_str_equal(at->file, edition->file)) return at->pointer;
    bt_str name = seen_name(at, bundle);
    return bt_str_format(arena, "%.*s %.*s", BT_STR_ARGS(name), BT_STR_ARGS(at->pointer));
}

bt_str bt_dump_line(bt_arena *arena, const bt_pages *pages, const bt_place *at)
{
    bt_str name = pages->n_tags && pages->tags[0].at ? seen_name(at, pages->tags[0].at) : at->file;
    return bt_str_format(arena, "%.*s:%u", BT_STR_ARGS(name), at->line);
}

static const char *tag_name(bt_tag_kind kind)
{
    static const char *const names[] = {
        [BT_TAG_DOCUMENT] = "Document",
        [BT_TAG_PART] = "Part",
        [BT_TAG_ARTICLE] = "Article",
        [BT_TAG_SECTION] = "Section",
        [BT_TAG_H1] = "H1",
        [BT_TAG_H2] = "H2",
        [BT_TAG_H3] = "H3",
        [BT_TAG_H4] = "H4",
        [BT_TAG_H5] = "H5",
        [BT_TAG_H6] = "H6",
        [BT_TAG_P] = "P",
        [BT_TAG_LIST] = "List",
        [BT_TAG_ITEM] = "Item",
        [BT_TAG_LABEL] = "Label",
        [BT_TAG_BODY] = "Body",
        [BT_TAG_FIGURE] = "Figure",
        [BT_TAG_CAPTION] = "Caption",
        [BT_TAG_TABLE] = "Table",
        [BT_TAG_HEAD_ROWS] = "HeadRows",
        [BT_TAG_BODY_ROWS] = "BodyRows",
        [BT_TAG_ROW] = "Row",
        [BT_TAG_HEAD_CELL] = "Head",
        [BT_TAG_CELL] = "Cell",
        [BT_TAG_QUOTE] = "Quote",
        [BT_TAG_LINK] = "Link",
        [BT_TAG_REFERENCE] = "Reference",
        [BT_TAG_NOTE] = "Note",
        [BT_TAG_TOC] = "Toc",
        [BT_TAG_TOC_ITEM] = "TocItem",
        [BT_TAG_DIV] = "Div",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "Unknown";
}

static void add_word(bt_buf *out, const char *word)
{
    bt_buf_add_char(out, ' ');
    bt_buf_add_z(out, word);
}

static void add_number(bt_buf *out, int64_t n)
{
    bt_buf_add_char(out, ' ');
    bt_buf_add_int(out, n);
}

static void add_color(bt_buf *out, bt_color color)
{
    const uint16_t inks[4] = {color.c, color.m, color.y, color.k};
    for (int i = 0; i < 4; i++) {
        bt_buf_add_char(out, i ? '/' : ' ');
        bt_buf_add_fixed(out, inks[i], 2);
    }
    if (!color.spot) return;
    bt_buf_format(out, " spot %u tint ", color.spot);
    bt_buf_add_fixed(out, color.tint, 2);
}

/* "5:P", or "-" for what belongs to the layout. */
static void add_tag(bt_buf *out, const bt_pages *pages, const bt_item *item)
{
    if (item->tag_i == 0) {
        add_word(out, "-");
        return;
    }
    add_number(out, item->tag_i);
    bt_buf_add_char(out, ':');
    bt_buf_add_z(out, item->tag_i < pages->n_tags ? tag_name(pages->tags[item->tag_i].kind) : "missing");
}

static void add_place(bt_buf *out, const bt_pages *pages, const bt_place *at)
{
    if (!at) return;
    bt_buf_add_z(out, " at ");
    bt_dump_add_quoted(out, bt_dump_at(out->arena, pages, at));
}

static void add_glyphs(bt_buf *out, const bt_item *item)
{
    bt_buf_add_char(out, ' ');
    bt_dump_add_quoted(out, item->as.glyphs.text);
    if (item->as.glyphs.has_actual) {
        bt_buf_add_z(out, " actual ");
        bt_dump_add_quoted(out, item->as.glyphs.actual);
    }
    bt_buf_add_z(out, " [");
    for (uint32_t i = 0; i < item->as.glyphs.n_glyphs; i++) {
        const bt_placed_glyph *glyph = &item->as.glyphs.glyphs[i];
        if (i) bt_buf_add_char(out, ' ');
        bt_buf_add_int(out, glyph->id);
        bt_buf_add_char(out, '@');
        bt_buf_add_int(out, glyph->x);
        if (glyph->y) {
            bt_buf_add_char(out, ',');
            bt_buf_add_int(out, glyph->y);
        }
    }
    bt_buf_add_char(out, ']');
}

static void add_text(bt_buf *out, const bt_item *item)
{
    const bt_face *face = item->as.glyphs.face;
    bt_buf_add_char(out, ' ');
    bt_buf_add(out, face ? face->postscript_name : BT_STR("none"));
    add_number(out, item->as.glyphs.size);
    add_color(out, item->color);
    if (item->as.glyphs.tracking) {
        bt_buf_add_z(out, " tracking");
        add_number(out, item->as.glyphs.tracking);
    }
    if (item->as.glyphs.scale_ppm && item->as.glyphs.scale_ppm != 1000000) {
        bt_buf_add_z(out, " scale");
        add_number(out, item->as.glyphs.scale_ppm);
    }
    bt_buf_add_z(out, " width");
    add_number(out, item->as.glyphs.width);
}

static bt_str file_name(bt_str path)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    return bt_str_slice(path, begin, path.len);
}

static void add_image(bt_buf *out, const bt_item *item)
{
    static const char *const kinds[] = {
        [BT_IMAGE_SAMPLES] = "samples", [BT_IMAGE_JPEG] = "jpeg", [BT_IMAGE_VECTOR] = "vector"};
    const bt_image *image = item->as.image.image;
    add_number(out, item->as.image.width);
    add_number(out, item->as.image.height);
    bt_buf_add_z(out, " draw");
    add_number(out, item->as.image.draw_x);
    add_number(out, item->as.image.draw_y);
    add_number(out, item->as.image.draw_width);
    add_number(out, item->as.image.draw_height);
    if (!image) return;
    add_word(out, (size_t)image->kind < 3 ? kinds[image->kind] : "unknown");
    add_number(out, image->width);
    bt_buf_add_char(out, 'x');
    bt_buf_add_int(out, image->height);
    bt_buf_add_char(out, ' ');
    bt_dump_add_quoted(out, file_name(image->path));
}

static void add_link(bt_buf *out, const bt_item *item)
{
    add_number(out, item->as.link.width);
    add_number(out, item->as.link.height);
    bt_buf_add_z(out, " to ");
    if (item->as.link.uri.len) {
        bt_dump_add_quoted(out, item->as.link.uri);
    } else {
        bt_buf_add_z(out, "page");
        add_number(out, item->as.link.target_page);
        add_number(out, item->as.link.target_x);
        add_number(out, item->as.link.target_y);
    }
    bt_buf_add_z(out, " about ");
    bt_dump_add_quoted(out, item->as.link.about);
}

static void add_path(bt_buf *out, const bt_item *item)
{
    add_number(out, item->as.path.width);
    add_number(out, item->as.path.height);
    if (item->as.path.is_filled) {
        add_word(out, "fill");
        add_color(out, item->color);
        if (item->as.path.is_even_odd) add_word(out, "even-odd");
    }
    if (item->as.path.stroke_width) {
        add_word(out, "stroke");
        add_number(out, item->as.path.stroke_width);
        add_color(out, item->as.path.stroke_color);
        if (item->as.path.dash) bt_buf_format(out, " dash %d/%d", item->as.path.dash, item->as.path.dash_gap);
        if (item->as.path.cap || item->as.path.join)
            bt_buf_format(out, " ends %d/%d", item->as.path.cap, item->as.path.join);
    }
    if (item->as.path.is_clipped) add_word(out, "clipped");
}

/* "[M 0 0 L 5 0 Z]": each operation with its points. */
static void add_outline(bt_buf *out, const bt_outline *outline)
{
    static const struct {
        char letter;
        uint8_t n_points;
    } ops[] = {
        [BT_PATH_MOVE] = {'M', 1}, [BT_PATH_LINE] = {'L', 1}, [BT_PATH_CURVE] = {'C', 3}, [BT_PATH_CLOSE] = {'Z', 0}};
    bt_buf_add_z(out, " [");
    uint32_t point_i = 0;
    for (uint32_t i = 0; i < outline->n_ops && outline->ops[i] <= BT_PATH_CLOSE; i++) {
        uint32_t n = ops[outline->ops[i]].n_points;
        if (outline->n_points - point_i < n) break;
        if (i) bt_buf_add_char(out, ' ');
        bt_buf_add_char(out, ops[outline->ops[i]].letter);
        for (; n; n--, point_i++) {
            add_number(out, outline->points[2 * (size_t)point_i]);
            add_number(out, outline->points[2 * (size_t)point_i + 1]);
        }
    }
    bt_buf_add_char(out, ']');
}

static void add_item(bt_buf *out, const bt_pages *pages, const bt_item *item)
{
    static const char *const kinds[] = {[BT_ITEM_GLYPHS] = "glyphs",
                                        [BT_ITEM_FILL] = "fill",
                                        [BT_ITEM_IMAGE] = "image",
                                        [BT_ITEM_LINK] = "link",
                                        [BT_ITEM_PATH] = "path"};
    bt_buf_add_z(out, (size_t)item->kind < 5 ? kinds[item->kind] : "unknown");
    add_number(out, item->x);
    add_number(out, item->y);
    switch (item->kind) {
    case BT_ITEM_GLYPHS:
        add_text(out, item);
        break;
    case BT_ITEM_FILL:
        add_number(out, item->as.fill.width);
        add_number(out, item->as.fill.height);
        add_color(out, item->color);
        break;
    case BT_ITEM_IMAGE:
        add_image(out, item);
        break;
    case BT_ITEM_LINK:
        add_link(out, item);
        break;
    case BT_ITEM_PATH:
        add_path(out, item);
        break;
    }
    bt_buf_add_z(out, " tag");
    add_tag(out, pages, item);
    add_place(out, pages, item->at);
    if (item->kind == BT_ITEM_GLYPHS) add_glyphs(out, item);
    if (item->kind == BT_ITEM_PATH) add_outline(out, &item->as.path.outline);
    bt_buf_add_char(out, '\n');
}

/* "/Document/Article/P": from the root down; a tag's parent comes before it. */
static void add_tag_path(bt_buf *out, const bt_pages *pages, uint32_t tag_i)
{
    enum { DEEPEST = 64 };
    uint32_t path[DEEPEST];
    int n = 0;
    path[n++] = tag_i;
    while (tag_i && n < DEEPEST && pages->tags[tag_i].parent_i < tag_i) path[n++] = tag_i = pages->tags[tag_i].parent_i;
    while (n) {
        bt_buf_add_char(out, '/');
        bt_buf_add_z(out, tag_name(pages->tags[path[--n]].kind));
    }
}

static void add_tags(bt_buf *out, const bt_pages *pages)
{
    bt_buf_add_z(out, "\ntags");
    add_number(out, pages->n_tags);
    bt_buf_add_char(out, '\n');
    for (uint32_t i = 0; i < pages->n_tags; i++) {
        const bt_tag *tag = &pages->tags[i];
        bt_buf_add_z(out, "tag");
        add_number(out, i);
        bt_buf_add_char(out, ' ');
        add_tag_path(out, pages, i);
        if (tag->column_span > 1) bt_buf_format(out, " columns %u", tag->column_span);
        if (tag->row_span > 1) bt_buf_format(out, " rows %u", tag->row_span);
        if (tag->is_row_head) bt_buf_add_z(out, " row-head");
        if (tag->lang.len) bt_buf_format(out, " lang %.*s", BT_STR_ARGS(tag->lang));
        if (tag->alt.len) {
            bt_buf_add_z(out, " alt ");
            bt_dump_add_quoted(out, tag->alt);
        }
        add_place(out, pages, tag->at);
        bt_buf_add_char(out, '\n');
    }
}

static void add_spots(bt_buf *out, const bt_pages *pages)
{
    for (uint32_t i = 0; i < pages->n_spots; i++) {
        if (i + 1 == pages->registration) continue;
        bt_buf_format(out, "\nspot %u ", i + 1);
        bt_dump_add_quoted(out, pages->spots[i].name);
        add_color(out, pages->spots[i].equivalent);
    }
}

void bt_dump_pages(bt_buf *out, const bt_pages *pages)
{
    bt_buf_add_z(out, "bantin-dump 1\npage-size");
    add_number(out, pages->width);
    add_number(out, pages->height);
    bt_buf_add_z(out, " bleed");
    add_number(out, pages->bleed);
    bt_buf_add_z(out, "\ngrid");
    add_number(out, pages->facts.first_baseline);
    add_number(out, pages->facts.step);
    add_spots(out, pages);
    bt_buf_add_z(out, "\npages");
    add_number(out, pages->n_pages);
    bt_buf_add_char(out, '\n');
    for (uint32_t i = 0; i < pages->n_pages; i++) {
        bt_buf_format(out, "\npage %u\n", i + 1);
        for (uint32_t j = 0; j < pages->pages[i].n_items; j++) add_item(out, pages, &pages->pages[i].items[j]);
    }
    add_tags(out, pages);
}
