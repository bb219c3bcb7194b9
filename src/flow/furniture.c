/* furniture.c - masthead, running head and folio, highlights, imprint: the layout's data, drawn. */
#include "flow/flow_int.h"

/* --- stacks of items --- */

typedef struct strip {
    bt_sp left, measure;
} strip;

/* A logo that texts stand beside. */
typedef struct beside {
    bt_align align;
    bool is_stacked; /* it has no place of its own: what is no text goes on below it */
    bt_sp top, foot;
    bt_sp room; /* that it takes, the gap included; 0: there is none */
} beside;

typedef struct stack {
    bt_flow *flow;
    bt_marks *marks;
    uint32_t page_no;
    strip area; /* the text area, or that of a band */
    strip line; /* of it, what the item has that is being set */
    beside logo;
    bt_sp y;                    /* where the next item goes, from the trim's top */
    bt_str page;                /* the page number as text */
    bt_str name;                /* of the stack, for messages */
    uint32_t n_tags, title_tag; /* of its texts; title_tag UINT32_MAX: not yet */
} stack;

static bt_status report_tall(bt_flow *flow, bt_str name, int64_t height)
{
    bt_buf mm = bt_buf_in(flow->scratch);
    bt_buf_add_mm(&mm, height);
    bt_diag(flow->diags, BT_E_FURNITURE_TALL, flow->layout->at, BT_ARGS(bt_say(flow->diags, name), bt_buf_str(&mm)));
    return BT_INPUT;
}

/* False: what ends at y runs out of the page, which is told. */
static bool is_on_page(stack *s, bt_sp y)
{
    if (y <= s->flow->layout->height) return true;
    report_tall(s->flow, s->name, y);
    return false;
}

static bt_str field_value(const void *user, bt_str name)
{
    const stack *s = user;
    return bt_str_is(name, "page") ? s->page : bt_doc_field(&s->flow->doc->fields, name);
}

static bt_align on_page(const stack *s, bt_align align)
{
    if (align != BT_ALIGN_INSIDE && align != BT_ALIGN_OUTSIDE) return align;
    bool is_left_page = s->flow->layout->is_facing && s->page_no % 2 == 0;
    return (align == BT_ALIGN_OUTSIDE) == is_left_page ? BT_ALIGN_LEFT : BT_ALIGN_RIGHT;
}

/* A cell's text in a style of its own alignment; empty where all its fields are. The fields hold the bundle's literal
 * text. */
static bt_status make_cell(stack *s, const bt_furniture_cell *cell, bt_sp measure, bt_text_frame *frame)
{
    bool is_empty;
    bt_str text = bt_doc_fill(s->flow->arena, cell->text, field_value, s, &is_empty);
    bt_rich rich = bt_doc_plain(s->flow->arena, is_empty ? BT_STR("") : text, cell->style, cell->at);
    return bt_text_frame_make(s->flow, &rich, measure, frame);
}

/* True when a cell's template names the title: in the masthead that is the document's heading. */
static bool names_title(bt_str template)
{
    bt_str field = BT_STR("{title");
    for (size_t i = 0; i + field.len <= template.len; i++)
        if (bt_str_equal(bt_str_slice(template, i, i + field.len), field)) return true;
    return false;
}

/* A cell with its text, set to a measure. */
typedef struct set_cell {
    const bt_furniture_cell *cell;
    bt_text_frame frame;
    bt_sp measure, widest; /* of its lines */
} set_cell;

static bt_status set_in(stack *s, const bt_furniture_cell *cell, bt_sp measure, set_cell *c)
{
    *c = (set_cell){.cell = cell, .measure = measure};
    bt_status status = make_cell(s, cell, measure, &c->frame);
    const bt_par_setting *setting = bt_para_best(&c->frame.para);
    for (uint32_t i = 0; status == BT_OK && setting && i < setting->n_lines; i++) {
        bt_sp width = bt_para_line_width(&c->frame.para, &setting->lines[i]);
        if (width > c->widest) c->widest = width;
    }
    return status;
}

/* Draws a cell's frame at its own alignment: the frame's lines are set left and moved as one. */
static bt_status draw_cell(stack *s, const set_cell *c, bt_sp y)
{
    bt_align align = on_page(s, c->cell->align), own = c->cell->style->align;
    bt_sp width = own == BT_ALIGN_LEFT || own == BT_ALIGN_JUSTIFY ? c->widest : c->measure;
    bt_sp room = s->line.measure - width;
    bt_sp x = s->line.left + (align == BT_ALIGN_RIGHT ? room : align == BT_ALIGN_CENTER ? room / 2 : 0);
    bool is_title = names_title(c->cell->text);
    uint32_t tag_i = is_title && s->title_tag != UINT32_MAX ? s->title_tag : s->n_tags++;
    if (is_title) s->title_tag = tag_i;
    return bt_text_frame_draw(s->flow, &c->frame, c->measure, x, y, tag_i, s->marks);
}

enum { MOST_CELLS = 3 };

/* Cells that would run into one another share the measure: each gets what it needs up to an even share, those that want
 * more the rest; with a cell in the middle all get the same, for the middle is the page's. */
static bt_status share_row(stack *s, set_cell *cells, uint32_t n)
{
    int64_t measure = s->line.measure, wanted = 0;
    bt_sp gap = cells[0].cell->style->size;
    uint32_t n_used = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!cells[i].frame.height) continue;
        bool is_middle = on_page(s, cells[i].cell->align) == BT_ALIGN_CENTER;
        wanted += cells[i].widest + (n_used ? gap : 0);
        /* The middle one stands in the page's middle: its wider neighbour counts on both sides. */
        if (is_middle)
            for (uint32_t k = 0; k < n; k++)
                if (k != i && (int64_t)cells[i].widest + 2 * ((int64_t)cells[k].widest + gap) > measure)
                    wanted = measure + 1;
        n_used++;
    }
    if (n_used < 2 || wanted <= measure) return BT_OK;
    bt_sp even = (bt_sp)((measure - (int64_t)(n_used - 1) * gap) / n_used);
    if (even < BT_PT(1)) even = BT_PT(1);
    for (uint32_t i = 0; i < n; i++) {
        bt_sp width = even;
        for (uint32_t k = 0; n_used == 2 && k < n; k++)
            if (k != i && cells[k].frame.height && cells[k].widest < even) width += even - cells[k].widest;
        if (!cells[i].frame.height || cells[i].widest <= width) continue;
        bt_status status = set_in(s, cells[i].cell, width, &cells[i]);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

/* The strip that an item's texts have: the area, less the logo that they stand beside; centred ones keep the middle of
 * the area, and so lose as much on the other side. */
static strip line_of(const stack *s, const bt_furniture_item *item)
{
    strip line = s->area;
    if (!s->logo.room || !item->n_cells) return line;
    const bt_style *style = item->cells[0].style;
    bt_sp foot = item->has_y ? item->y : s->y + style->space_before_min + style->size;
    if (foot <= s->logo.top || foot - style->size >= s->logo.foot) return line;
    bool is_centred = false;
    for (uint32_t i = 0; i < item->n_cells; i++) is_centred = is_centred || item->cells[i].align == BT_ALIGN_CENTER;
    if (is_centred || s->logo.align != BT_ALIGN_RIGHT) line.left += s->logo.room;
    line.measure -= is_centred ? 2 * s->logo.room : s->logo.room;
    return line;
}

static bt_status put_texts(stack *s, const bt_furniture_item *item)
{
    set_cell cells[MOST_CELLS] = {0};
    bt_sp rise = 0, foot = 0;
    uint32_t n = item->n_cells < MOST_CELLS ? item->n_cells : MOST_CELLS;
    bt_status status = BT_OK;
    s->line = line_of(s, item);
    for (uint32_t i = 0; status == BT_OK && i < n; i++) status = set_in(s, &item->cells[i], s->line.measure, &cells[i]);
    if (status == BT_OK && n) status = share_row(s, cells, n);
    if (status != BT_OK) return status;
    for (uint32_t i = 0; i < n; i++) {
        if (cells[i].frame.first_baseline > rise) rise = cells[i].frame.first_baseline;
        bt_sp below = cells[i].frame.height - cells[i].frame.first_baseline;
        if (below > foot) foot = below;
    }
    if (!rise) return BT_OK; /* nothing to say: the item is left out */
    const bt_style *style = item->cells[0].style;
    bt_sp baseline = item->has_y ? item->y : s->y + style->space_before_min + rise;
    if (!is_on_page(s, baseline + foot)) return BT_INPUT;
    for (uint32_t i = 0; status == BT_OK && i < n; i++)
        if (cells[i].frame.height) status = draw_cell(s, &cells[i], baseline - cells[i].frame.first_baseline);
    s->y = baseline + foot + style->space_after;
    return status;
}

static bt_status put_logo(stack *s, const bt_furniture_item *item)
{
    const bt_masthead *masthead = &s->flow->doc->bundle->masthead;
    if (!masthead->logo.s.len) return BT_OK;
    const bt_image *image;
    bt_status status = bt_flow_picture(s->flow, masthead->logo_path, masthead->logo.at, &image);
    if (status != BT_OK) return status;
    bt_mark *mark = BT_PUSH(s->flow->marks_arena, s->marks);
    if (!mark) return BT_NOMEM;
    bt_sp height = item->height;
    int64_t width =
        image->natural_height > 0 ? bt_mul_div(height, image->natural_width, image->natural_height) : height;
    bt_align align = on_page(s, item->align);
    bt_sp most = item->is_beside ? s->area.measure / 4 : s->area.measure; /* no wider than that */
    if (width > most) {
        height = (bt_sp)bt_mul_div(height, most, width);
        width = most;
    }
    bt_sp room = s->area.measure - (bt_sp)width;
    *mark = (bt_mark){.kind = BT_MARK_IMAGE,
                      .tag_i = UINT32_MAX,
                      .y = item->has_y ? item->y : s->y,
                      .width = (bt_sp)width,
                      .height = height,
                      .image = image,
                      .focus_x = 500,
                      .focus_y = 500,
                      .at = masthead->logo.at};
    mark->x = s->area.left + (align == BT_ALIGN_RIGHT ? room : align == BT_ALIGN_CENTER ? room / 2 : 0);
    if (item->is_beside)
        s->logo = (beside){align, !item->has_y, mark->y, mark->y + height, (bt_sp)width + item->gap};
    else if (!item->has_y)
        s->y += height;
    return BT_OK;
}

static void go_below_logo(stack *s)
{
    if (s->logo.room && s->logo.is_stacked && s->y < s->logo.foot) s->y = s->logo.foot;
}

static bt_status put_item(stack *s, const bt_furniture_item *item);

/* The band's fill goes before the items that stand on it; how tall it is they tell. One without any is left out. */
static bt_status put_band(stack *s, const bt_furniture_item *item)
{
    const bt_furniture_band *band = &item->band;
    strip area = s->area;
    bt_sp top = item->has_y ? item->y : s->y, x = area.left, width = area.measure;
    uint32_t mark_i = s->marks->n;
    if (band->reaches_trim) {
        x = 0;
        width = s->flow->layout->width;
    }
    if (!bt_mark_fill(s->flow, s->marks, x, top, width, 0, band->color)) return BT_NOMEM;
    s->area = (strip){area.left + band->pad_x, area.measure - 2 * band->pad_x};
    s->y = top + band->pad_y;
    for (uint32_t i = 0; i < band->items.n_items; i++) {
        bt_status status = put_item(s, &band->items.items[i]);
        if (status != BT_OK) return status;
        if (!is_on_page(s, s->y)) return BT_INPUT;
    }
    go_below_logo(s);
    s->area = area;
    if (s->marks->n == mark_i + 1) {
        s->marks->n = mark_i;
        s->y = top;
        return BT_OK;
    }
    s->y += band->pad_y;
    s->marks->v[mark_i].height = s->y - top;
    return BT_OK;
}

static bt_status put_item(stack *s, const bt_furniture_item *item)
{
    bool is_text = item->kind == BT_FURNITURE_TEXT || item->kind == BT_FURNITURE_ROW;
    if (item->pages == BT_PAGES_FIRST && s->page_no != 1) return BT_OK;
    if (item->pages == BT_PAGES_LATER && s->page_no == 1) return BT_OK;
    if (!is_text && item->kind != BT_FURNITURE_SPACE) go_below_logo(s);
    switch (item->kind) {
    case BT_FURNITURE_TEXT:
    case BT_FURNITURE_ROW:
        return put_texts(s, item);
    case BT_FURNITURE_RULE:
        if (item->has_y) s->y = item->y;
        if (!bt_mark_rule(s->flow, s->marks, s->area.left, s->y, s->area.measure, &item->rule)) return BT_NOMEM;
        s->y += item->rule.weight + item->rule.gap;
        return BT_OK;
    case BT_FURNITURE_SPACE:
        s->y += item->height;
        return BT_OK;
    case BT_FURNITURE_LOGO:
        return put_logo(s, item);
    case BT_FURNITURE_BAND:
        return put_band(s, item);
    }
    return BT_INTERNAL;
}

static bt_status put_stack(bt_flow *flow, const bt_furniture *furniture, bt_str name, uint32_t page_no, bt_marks *marks,
                           bt_sp *bottom, uint32_t *title_tag)
{
    stack s = {.flow = flow,
               .marks = marks,
               .page_no = page_no,
               .area = {bt_flow_left(flow->layout, page_no), flow->page_measure},
               .y = flow->layout->margin_top,
               .page = bt_str_format(flow->arena, "%u", page_no),
               .name = name,
               .title_tag = UINT32_MAX};
    for (uint32_t i = 0; i < furniture->n_items; i++) {
        bt_status status = put_item(&s, &furniture->items[i]);
        if (status != BT_OK) return status;
        if (!is_on_page(&s, s.y)) return BT_INPUT;
    }
    go_below_logo(&s);
    if (!is_on_page(&s, s.y)) return BT_INPUT;
    *bottom = s.y;
    *title_tag = s.title_tag;
    return flow->arena->failed ? BT_NOMEM : BT_OK;
}

bt_status bt_flow_masthead(bt_flow *flow, bt_marks *marks, bt_sp *bottom, uint32_t *title_tag)
{
    return put_stack(flow, &flow->layout->masthead, BT_STR("masthead"), 1, marks, bottom, title_tag);
}

bt_status bt_flow_running(bt_flow *flow, uint32_t page_no, bt_marks *marks)
{
    bt_sp bottom;
    uint32_t title_tag;
    const bt_layout *layout = flow->layout;
    bt_status status =
        put_stack(flow, &layout->running_head, BT_STR("running head"), page_no, marks, &bottom, &title_tag);
    if (status != BT_OK) return status;
    return put_stack(flow, &layout->folio, BT_STR("folio"), page_no, marks, &bottom, &title_tag);
}

bt_status bt_flow_check_running(bt_flow *flow)
{
    bt_marks marks = {0}; /* not drawn */
    bt_diags *diags = flow->diags, silent = {.arena = flow->scratch};
    flow->diags = &silent; /* all but the error is told when the pages are drawn */
    uint32_t page_no = 1;
    bt_status status = bt_flow_running(flow, page_no, &marks);
    if (status == BT_OK) status = bt_flow_running(flow, ++page_no, &marks);
    flow->diags = diags;
    return status == BT_OK || status == BT_NOMEM ? status : bt_flow_running(flow, page_no, &marks);
}

/* --- highlights --- */

typedef struct highlight {
    bt_text_frame text;
    bt_sp y; /* from the frame's top */
    uint32_t column_i;
} highlight;

typedef struct highlights {
    const bt_highlights_style *style;
    bt_sp measure, column_width, gutter, number_width;
    bt_text_frame title;
    highlight *items;
    uint32_t n_items;
    bt_sp top, height; /* of the items; of all */
} highlights;

/* Room for page numbers of two digits; longer ones reach to the left. */
static bt_status number_width(bt_flow *flow, bt_sp *width)
{
    bt_para para;
    bt_rich rich = bt_doc_plain(flow->arena, BT_STR("00"), flow->layout->role[BT_STYLE_HIGHLIGHTS_PAGE], NULL);
    bt_status status = bt_para_shape(flow, &rich, &para);
    *width = para.natural_width;
    return status;
}

static bt_sp item_height(const highlights *h, const highlight *item, bool is_first)
{
    bt_sp between = is_first ? 0 : h->style->item_gap + bt_rule_room(&h->style->rule_between);
    bt_sp descent = item->text.para.rich.style->size / 4;
    return between + item->text.height + descent;
}

/* Fills columns in reading order; each is closed once it holds its share of the whole height. */
static bt_status place_items(bt_flow *flow, highlights *h)
{
    uint32_t n_columns = h->style->spans_page && h->style->n_columns ? h->style->n_columns : 1;
    uint32_t per_column = (h->n_items + n_columns - 1) / n_columns;
    bt_sp tallest = 0, y = 0;
    if (h->top > flow->layout->height) return report_tall(flow, BT_STR("box of highlights"), h->top);
    for (uint32_t i = 0; i < h->n_items; i++) {
        bool is_first = per_column && i % per_column == 0;
        if (is_first) y = 0;
        h->items[i].column_i = per_column ? i / per_column : 0;
        y += item_height(h, &h->items[i], is_first);
        h->items[i].y = y - h->items[i].text.height - h->items[i].text.para.rich.style->size / 4;
        if (y > tallest) tallest = y;
        if (y > flow->layout->height) return report_tall(flow, BT_STR("box of highlights"), y);
    }
    h->height = h->top + tallest + h->style->pad_y + h->style->rule_below.weight;
    return BT_OK;
}

static bt_status make_highlights(bt_flow *flow, bt_sp measure, highlights *h)
{
    const bt_doc *doc = flow->doc;
    *h = (highlights){.style = &flow->layout->highlights,
                      .measure = measure,
                      .n_items = doc->n_highlights,
                      .gutter = flow->layout->gutter};
    bt_sp n_columns = (bt_sp)(h->style->spans_page && h->style->n_columns ? h->style->n_columns : 1);
    h->column_width = (measure - 2 * h->style->pad_x - (n_columns - 1) * h->gutter) / n_columns;
    bt_status status = h->style->shows_pages ? number_width(flow, &h->number_width) : BT_OK;
    if (status == BT_OK)
        status = bt_text_frame_make(flow, &doc->highlights_title, measure - 2 * h->style->pad_x, &h->title);
    if (status != BT_OK) return status;
    bt_sp above = bt_rule_room(&h->style->rule_above);
    h->top = above + h->style->pad_y;
    if (h->title.height) h->top += h->title.height + flow->layout->role[BT_STYLE_HIGHLIGHTS_TITLE]->space_after;
    h->items = BT_NEW_ARRAY(flow->arena, h->n_items, highlight);
    if (!h->items) return BT_NOMEM;
    bt_sp width = h->column_width -
                  (h->number_width ? h->number_width + flow->layout->role[BT_STYLE_HIGHLIGHTS_ITEM]->size / 2 : 0);
    for (uint32_t i = 0; i < h->n_items && status == BT_OK; i++)
        status = bt_text_frame_make(flow, &doc->highlights[i].text, width, &h->items[i].text);
    return status == BT_OK ? place_items(flow, h) : status;
}

static bt_status draw_number(bt_flow *flow, const highlights *h, bt_sp right, bt_sp baseline, uint32_t page_no,
                             uint32_t tag_i, bt_marks *marks)
{
    bt_text_frame frame;
    bt_str text = bt_str_format(flow->arena, "%u", page_no);
    bt_rich rich = bt_doc_plain(flow->arena, text, flow->layout->role[BT_STYLE_HIGHLIGHTS_PAGE], NULL);
    bt_status status = bt_text_frame_make(flow, &rich, h->measure, &frame);
    if (status != BT_OK || !bt_para_best(&frame.para)) return status;
    const bt_par_line *line = &bt_para_best(&frame.para)->lines[0];
    frame.para.rich.style = rich.style;
    bt_sp width = bt_para_line_width(&frame.para, line);
    return bt_para_draw(flow, &frame.para, line, 0, right - width - frame.para.left, baseline, tag_i, marks);
}

static bt_status draw_item(bt_flow *flow, const highlights *h, uint32_t item_i, const uint32_t *pages, bt_marks *marks)
{
    const highlight *item = &h->items[item_i];
    bt_sp x = h->style->pad_x + (bt_sp)item->column_i * (h->column_width + h->gutter), y = h->top + item->y;
    bool is_first = item_i == 0 || h->items[item_i - 1].column_i != item->column_i;
    const bt_rule_style *rule = &h->style->rule_between;
    if (!is_first && !bt_mark_rule(flow, marks, x, y - rule->gap - rule->weight, h->column_width, rule))
        return BT_NOMEM;
    const bt_link *link = pages ? flow->doc->highlights[item_i].link : NULL;
    uint32_t first = marks->n, tag_i = BT_HIGHLIGHTS_FIRST + BT_HIGHLIGHTS_TAGS * item_i + BT_HIGHLIGHTS_BODY;
    if (!bt_text_frame_link(flow, &item->text, link, h->column_width, x, y, tag_i, marks)) return BT_NOMEM;
    bt_status status = bt_text_frame_draw(flow, &item->text, h->column_width, x, y, tag_i, marks);
    if (status == BT_OK && link && h->style->shows_pages)
        status = draw_number(flow, h, x + h->column_width, y + item->text.first_baseline, pages[link->article_i], tag_i,
                             marks);
    bt_marks_join_link(marks, first, link);
    return status;
}

bt_status bt_flow_highlights(bt_flow *flow, bt_sp measure, const uint32_t *pages, bt_marks *marks, bt_sp *height)
{
    *height = 0;
    if (!flow->doc->n_highlights) return BT_OK;
    highlights h;
    bt_status status = make_highlights(flow, measure, &h);
    if (status != BT_OK) return status;
    *height = h.height;
    const bt_highlights_style *style = h.style;
    if (style->has_background && !bt_mark_fill(flow, marks, 0, 0, measure, h.height, style->background))
        return BT_NOMEM;
    if (!bt_mark_rule(flow, marks, 0, 0, measure, &style->rule_above)) return BT_NOMEM;
    if (!bt_mark_rule(flow, marks, 0, h.height - style->rule_below.weight, measure, &style->rule_below))
        return BT_NOMEM;
    bt_sp above = bt_rule_room(&style->rule_above);
    status =
        bt_text_frame_draw(flow, &h.title, measure - 2 * style->pad_x, style->pad_x, above + style->pad_y, 1, marks);
    for (uint32_t i = 0; i < h.n_items && status == BT_OK; i++) status = draw_item(flow, &h, i, pages, marks);
    return status;
}

/* --- imprint --- */

/* Lines in columns of equal height, in reading order; a line that needs two takes two. */
bt_status bt_flow_imprint(bt_flow *flow, bt_marks *marks, bt_sp *height)
{
    const bt_doc *doc = flow->doc;
    *height = 0;
    if (!doc->n_imprint) return BT_OK;
    const bt_imprint_style *style = &flow->layout->imprint;
    bt_sp n_columns = (bt_sp)(style->n_columns ? style->n_columns : 1);
    bt_sp width = (flow->page_measure - (n_columns - 1) * flow->layout->gutter) / n_columns;
    bt_text_frame *frames = BT_NEW_ARRAY(flow->arena, doc->n_imprint, bt_text_frame);
    if (!frames) return BT_NOMEM;
    int64_t total = 0;
    for (uint32_t i = 0; i < doc->n_imprint; i++) {
        bt_status status = bt_text_frame_make(flow, &doc->imprint[i], width, &frames[i]);
        if (status != BT_OK) return status;
        total += (int64_t)frames[i].leading * bt_para_lines(&frames[i].para);
    }
    if (total / n_columns > flow->layout->height) return report_tall(flow, BT_STR("imprint"), total / n_columns);
    bt_sp top = bt_rule_room(&style->rule_above);
    int64_t share = (total + n_columns - 1) / n_columns;
    bt_sp y = 0, column_i = 0, tallest = 0;
    for (uint32_t i = 0; i < doc->n_imprint; i++) {
        int64_t lines = (int64_t)frames[i].leading * bt_para_lines(&frames[i].para);
        if (y >= share && column_i + 1 < n_columns) {
            column_i++;
            y = 0;
        }
        bt_status status = bt_text_frame_draw(flow, &frames[i], width, column_i * (width + flow->layout->gutter),
                                              top + y, i + 1, marks);
        if (status != BT_OK) return status;
        if (y + lines > flow->layout->height) return report_tall(flow, BT_STR("imprint"), y + lines);
        y += (bt_sp)lines;
        if (y > tallest) tallest = y;
    }
    *height = top + tallest;
    return bt_mark_rule(flow, marks, 0, 0, flow->page_measure, &style->rule_above) ? BT_OK : BT_NOMEM;
}
