/* slug.c - the slug line, below the sheet: the document's title; then which page of how many, in which layout, palette
 * and size; beside them the plates, each named in its own ink. */
#include "page/marks.h"

enum { MOST_LINES = 3, SIZE_TENTHS = 62, LEADING = 8, PLATE_GAP = 6 };

/* The sans of the layout; where it has none, the font of its captions. */
const bt_font_role *bt_page_label_font(const bt_layout *layout)
{
    for (uint32_t i = 0; i < layout->n_styles; i++)
        if (bt_str_is(layout->styles[i].font->name, "sans")) return layout->styles[i].font;
    return layout->role[BT_STYLE_CAPTION]->font;
}

/* Black, or the first ink of a palette that prints without. */
static bt_ink text_ink(const bt_press *p)
{
    for (uint32_t i = 0; i < p->n_plates; i++)
        if (!p->plates[i].ink.spot && p->plates[i].ink.k) return p->plates[i].ink;
    return p->n_plates ? p->plates[0].ink : (bt_ink){.k = BT_INK_WHOLE};
}

static bool make_style(bt_press *p)
{
    bt_style *style = p->style = BT_NEW(p->m->flow->arena, bt_style);
    if (!style) return false;
    *style = (bt_style){.name = BT_STR("slug"),
                        .font = bt_page_label_font(p->m->layout),
                        .color = text_ink(p),
                        .size = (bt_sp)((int64_t)SIZE_TENTHS * BT_SP_PER_PT / 10),
                        .leading = BT_PT(LEADING),
                        .align = BT_ALIGN_LEFT,
                        .is_tabular = true};
    return true;
}

/* A line's baseline, from the trim's top: together they stand amid the band. */
static bt_sp baseline(const bt_press *p, uint32_t line_i)
{
    bt_sp block = (bt_sp)(p->n_slug_lines - 1) * p->style->leading + p->style->size * 7 / 10;
    bt_sp first = p->sheets->height + p->edge + (BT_SLUG_ROOM - block) / 2 + p->style->size * 7 / 10;
    return first + (bt_sp)line_i * p->style->leading;
}

/* A text in an ink, with its baseline's left end at x, y. width: of what is put; 0: nothing was. */
static bt_status put_text(bt_press *p, bt_str text, bt_ink ink, bt_sp x, bt_sp y, bt_sp measure, bt_sp *width)
{
    uint32_t first = p->marks.n;
    bt_status status = bt_flow_line(p->m->flow, text, p->style, measure, &p->marks, width);
    for (uint32_t i = first; i < p->marks.n; i++) {
        p->marks.v[i].x += x;
        p->marks.v[i].y += y;
        p->marks.v[i].color = ink;
    }
    return status;
}

/* The plates' names, over as many lines as they need; what passes the last one is left out. */
static bt_status put_plates(bt_press *p, bt_side_room room)
{
    uint32_t line_of[BT_MOST_PLATES], end_of[BT_MOST_PLATES], n = 0, line_i = 0, first = p->marks.n;
    bt_sp x = room.begin, width;
    for (; n < p->n_plates; n++) {
        uint32_t begin = p->marks.n;
        const bt_plate *plate = &p->plates[n];
        bt_status status = put_text(p, plate->name, plate->ink, x, 0, room.end - room.begin, &width);
        if (status != BT_OK) return status;
        if (x > room.begin && x + width > room.end) {
            for (uint32_t i = begin; i < p->marks.n; i++) p->marks.v[i].x -= x - room.begin;
            x = room.begin;
            if (++line_i == MOST_LINES) p->marks.n = begin;
        }
        if (line_i == MOST_LINES) break;
        line_of[n] = line_i;
        end_of[n] = p->marks.n;
        x += width + BT_PT(PLATE_GAP);
    }
    if (n && line_of[n - 1] + 1 > p->n_slug_lines) p->n_slug_lines = line_of[n - 1] + 1;
    for (uint32_t k = 0, i = first; k < n; k++)
        for (; i < end_of[k]; i++) p->marks.v[i].y += baseline(p, line_of[k]);
    return BT_OK;
}

/* The widest room, the first of those that are alike; UINT32_MAX: there is none. */
static uint32_t widest(const bt_press *p, uint32_t but)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < p->n_free; i++) {
        const bt_side_room *s = &p->free[i];
        if (i == but) continue;
        if (found == UINT32_MAX || s->end - s->begin > p->free[found].end - p->free[found].begin + BT_PT(1)) found = i;
    }
    return found;
}

bt_status bt_page_slug(bt_press *p)
{
    bt_sp width;
    uint32_t line_i = widest(p, UINT32_MAX), plates_i = widest(p, line_i);
    if (!make_style(p)) return BT_NOMEM;
    if (line_i == UINT32_MAX) return BT_OK;
    p->line_room = p->free[line_i];
    p->n_slug_lines = 2;
    bt_status status = plates_i != UINT32_MAX ? put_plates(p, p->free[plates_i]) : BT_OK;
    if (status != BT_OK) return status;
    return put_text(p, bt_page_title(p->m), p->style->color, p->line_room.begin, baseline(p, 0),
                    p->line_room.end - p->line_room.begin, &width);
}

/* --- a sheet's own --- */

typedef struct numbers {
    bt_str page, pages, sheet, sheets;
} numbers;

static bt_str number_value(const void *user, bt_str name)
{
    const numbers *n = user;
    if (bt_str_is(name, "page")) return n->page;
    if (bt_str_is(name, "pages")) return n->pages;
    return bt_str_is(name, "sheet") ? n->sheet : bt_str_is(name, "sheets") ? n->sheets : BT_STR("");
}

/* "3", or of an imposed sheet "16, 1": as they stand, each once. */
static bt_str page_list(bt_arena *arena, const bt_sheet *sheet)
{
    bt_buf list = bt_buf_in(arena);
    for (uint32_t i = 0; i < sheet->n_panels; i++) {
        uint32_t k = 0;
        while (k < i && sheet->panels[k].page_i != sheet->panels[i].page_i) k++;
        if (k == i) bt_buf_format(&list, "%s%u", i ? ", " : "", sheet->panels[i].page_i + 1);
    }
    return bt_buf_str(&list);
}

/* "3/8"; of a booklet "sheet 2/4, front: 14, 3". */
static bt_str name_sheet(const bt_press *p, const bt_sheet *sheet)
{
    const bt_words *words = &p->m->layout->words;
    bt_arena *arena = p->m->flow->arena;
    uint32_t i = (uint32_t)(sheet - p->sheets->v), n_sides = p->about->is_two_sided ? 2 : 1;
    numbers n = {.page = page_list(arena, sheet),
                 .pages = bt_str_format(arena, "%u", p->m->composition->n_pages),
                 .sheet = bt_str_format(arena, "%u", i / n_sides + 1),
                 .sheets = bt_str_format(arena, "%u", p->sheets->n / n_sides)};
    bt_str word = n_sides == 1 ? words->slug_page : i % 2 ? words->slug_back : words->slug_front;
    bool is_empty;
    return bt_doc_fill(arena, word, number_value, &n, &is_empty);
}

static bt_str describe(const bt_press *p, const bt_sheet *sheet)
{
    static const char between[] = " · ";
    const bt_layout *layout = p->m->layout;
    bt_arena *arena = p->m->flow->arena;
    bt_buf text = bt_buf_in(arena);
    bt_buf_add(&text, name_sheet(p, sheet));
    bt_buf_add_z(&text, between);
    bt_buf_add(&text, layout->name);
    if (layout->palette) {
        bt_buf_add_z(&text, between);
        bt_buf_add(&text, layout->palette->name);
    }
    bt_buf_add_z(&text, between);
    bt_buf_add_mm(&text, layout->width);
    bt_buf_add_z(&text, " × ");
    bt_buf_add_mm(&text, layout->height);
    if (layout->bleed) bt_buf_add_z(&text, " + ");
    if (layout->bleed) bt_buf_add_mm(&text, layout->bleed);
    bt_buf_add_z(&text, " mm");
    return bt_buf_str(&text);
}

bt_status bt_page_slug_of(bt_press *p, const bt_sheet *sheet)
{
    bt_sp width;
    if (p->line_room.end <= p->line_room.begin) return BT_OK;
    return put_text(p, describe(p, sheet), p->style->color, p->line_room.begin, baseline(p, 1),
                    p->line_room.end - p->line_room.begin, &width);
}
