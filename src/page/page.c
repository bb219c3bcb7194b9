/* page.c - draws the composed bands and the furniture into the display list, and gathers the facts for the report. */
#include "page/page_int.h"

/* Units of rows above the first one count from the first baseline. */
bt_sp bt_page_row_top(const bt_layout *layout, uint32_t row)
{
    return layout->grid_first - bt_flow_rise(layout) + (bt_sp)row * layout->step;
}

/* --- marks -> items --- */

/* The whole picture, scaled to cover its frame, with the focal point as near the frame's middle as its edges allow. */
static void crop(const bt_mark *mark, bt_item *item)
{
    const bt_image *image = mark->image;
    int64_t width = image->natural_width > 0 ? image->natural_width : 1,
            height = image->natural_height > 0 ? image->natural_height : 1;
    bool is_wide = width * mark->height >= height * mark->width;
    bt_sp draw_width = is_wide ? (bt_sp)bt_mul_div(mark->height, width, height) : mark->width;
    bt_sp draw_height = is_wide ? mark->height : (bt_sp)bt_mul_div(mark->width, height, width);
    int64_t left = mark->width / 2 - bt_mul_div(draw_width, mark->focus_x, 1000);
    int64_t top = mark->height / 2 - bt_mul_div(draw_height, mark->focus_y, 1000);
    if (left > 0) left = 0;
    if (top > 0) top = 0;
    if (left < mark->width - draw_width) left = mark->width - draw_width;
    if (top < mark->height - draw_height) top = mark->height - draw_height;
    item->as.image.draw_x = item->x + (bt_sp)left;
    item->as.image.draw_y = item->y + (bt_sp)top;
    item->as.image.draw_width = draw_width;
    item->as.image.draw_height = draw_height;
}

static void put_glyphs(const bt_mark *mark, bt_item *item)
{
    item->kind = BT_ITEM_GLYPHS;
    item->as.glyphs.face = mark->face;
    item->as.glyphs.size = mark->size;
    item->as.glyphs.tracking = mark->tracking;
    item->as.glyphs.scale_ppm = mark->scale_ppm;
    item->as.glyphs.glyphs = mark->glyphs;
    item->as.glyphs.n_glyphs = mark->n_glyphs;
    item->as.glyphs.placed = mark->placed;
    item->as.glyphs.width = mark->width;
    item->as.glyphs.text = mark->text;
    item->as.glyphs.has_actual = mark->has_actual;
    item->as.glyphs.actual = mark->actual;
    item->as.glyphs.ends_line = mark->ends_line;
}

static bool put_path(bt_page_maker *m, const bt_mark *mark, bt_item *item)
{
    const bt_outline *from = &mark->outline;
    uint8_t *ops = BT_NEW_ARRAY(m->flow->arena, from->n_ops, uint8_t);
    bt_sp *points = BT_NEW_ARRAY(m->flow->arena, 2 * (size_t)from->n_points, bt_sp);
    if (!ops || !points) return false;
    for (uint32_t i = 0; i < from->n_ops; i++) ops[i] = from->ops[i];
    for (size_t i = 0; i < 2 * (size_t)from->n_points; i++) points[i] = from->points[i];
    item->kind = BT_ITEM_PATH;
    item->as.path.width = mark->width;
    item->as.path.height = mark->height;
    item->as.path.outline = (bt_outline){ops, from->n_ops, points, from->n_points};
    item->as.path.is_filled = mark->is_filled;
    item->as.path.is_even_odd = mark->is_even_odd;
    item->as.path.is_clipped = mark->is_clipped;
    item->as.path.stroke_color = mark->stroke.color;
    item->as.path.stroke_width = mark->stroke.width;
    item->as.path.dash = mark->stroke.dash;
    item->as.path.dash_gap = mark->stroke.dash_gap;
    item->as.path.cap = mark->stroke.cap;
    item->as.path.join = mark->stroke.join;
    return true;
}

bool bt_page_item(bt_page_maker *m, const bt_mark *mark, bt_item *item)
{
    *item = (bt_item){.x = mark->x, .y = mark->y, .color = mark->color, .at = mark->at};
    switch (mark->kind) {
    case BT_MARK_GLYPHS:
        put_glyphs(mark, item);
        break;
    case BT_MARK_FILL:
        item->kind = BT_ITEM_FILL;
        item->as.fill.width = mark->width;
        item->as.fill.height = mark->height;
        break;
    case BT_MARK_IMAGE:
        item->kind = BT_ITEM_IMAGE;
        item->as.image.image = mark->image;
        item->as.image.width = mark->width;
        item->as.image.height = mark->height;
        crop(mark, item);
        break;
    case BT_MARK_LINK:
        item->kind = BT_ITEM_LINK;
        item->as.link.width = mark->width;
        item->as.link.height = mark->height;
        item->as.link.uri = mark->link->uri;
        break;
    case BT_MARK_PATH:
        return put_path(m, mark, item);
    case BT_MARK_TROUBLE:
        break; /* is no item: bt_page_put takes it */
    }
    return true;
}

static void move(bt_item *item, bt_sp x, bt_sp y)
{
    item->x += x;
    item->y += y;
    if (item->kind != BT_ITEM_IMAGE) return;
    item->as.image.draw_x += x;
    item->as.image.draw_y += y;
}

bool bt_page_put(bt_page_maker *m, uint32_t page_i, const bt_marks *marks, bt_sp x, bt_sp y, uint32_t base_tag)
{
    for (uint32_t i = 0; i < marks->n; i++) {
        const bt_mark *mark = &marks->v[i];
        if (mark->kind == BT_MARK_TROUBLE) {
            bt_trouble_fact fact = {mark->trouble, x + mark->x, y + mark->y, mark->width, mark->height, mark->at};
            if (!bt_page_trouble(m, page_i, &fact)) return false;
            continue;
        }
        if (mark->kind == BT_MARK_LINK) {
            bt_page_note_link(m, page_i, mark->link, x + mark->x, y + mark->y);
            if (mark->tag_i == UINT32_MAX) continue; /* what is said a second time leads nowhere */
        }
        bt_item *item = BT_PUSH(m->flow->arena, &m->drafts[page_i].items);
        if (!item || !bt_page_item(m, mark, item)) return false;
        move(item, x, y);
        if (mark->tag_i != UINT32_MAX) item->tag_i = base_tag + mark->tag_i;
        if (mark->link) item->tag_i = bt_page_link_tag(m, item->tag_i, mark->link, mark->at);
        bt_page_bleed(m->layout, item);
        if (item->kind == BT_ITEM_IMAGE && !bt_page_note_picture(m, page_i, item)) return false;
    }
    return true;
}

bool bt_page_frame_fact(bt_page_maker *m, uint32_t page_i, const bt_frame_fact *fact)
{
    bt_frame_fact *room = BT_PUSH(m->flow->arena, &m->drafts[page_i].frames);
    if (room) *room = *fact;
    return room != NULL;
}

bool bt_page_part_fact(bt_page_maker *m, uint32_t page_i, const bt_part_fact *fact)
{
    bt_part_fact *room = BT_PUSH(m->flow->arena, &m->drafts[page_i].parts);
    if (!room) return false;
    *room = *fact;
    room->n_items = m->drafts[page_i].items.n - fact->first_item;
    return true;
}

bool bt_page_note_frame(bt_page_maker *m, uint32_t page_i, bt_part_kind kind, uint32_t first_item,
                        const bt_frame_fact *frame)
{
    bt_part_fact part = {.kind = kind,
                         .block_i = BT_PART_ALONE,
                         .article_i = BT_PART_ALONE,
                         .id = frame->id,
                         .at = frame->at,
                         .first_item = first_item,
                         .x = frame->x,
                         .y = frame->y,
                         .width = frame->width,
                         .height = frame->height};
    return bt_page_frame_fact(m, page_i, frame) && bt_page_part_fact(m, page_i, &part);
}

bool bt_page_trouble(bt_page_maker *m, uint32_t page_i, const bt_trouble_fact *fact)
{
    bt_trouble_fact *room = BT_PUSH(m->flow->arena, &m->drafts[page_i].troubles);
    if (room) *room = *fact;
    return room != NULL;
}

/* --- the galley --- */

/* Where a headline's letters begin: what leads to it shows it at a window's top. */
static void note_headline(bt_page_maker *m, uint32_t page_i, uint32_t first, uint32_t article_i)
{
    bt_article_fact *article = article_i == BT_NO_ARTICLE ? NULL : &m->articles[article_i];
    bool is_found = false;
    for (uint32_t i = first; article && i < m->drafts[page_i].items.n; i++) {
        const bt_item *item = &m->drafts[page_i].items.v[i];
        if (item->kind != BT_ITEM_GLYPHS) continue;
        bt_sp top = item->y - item->as.glyphs.size;
        if (!is_found || top < article->ink_y) article->ink_y = top;
        is_found = true;
    }
}

static bool draw_unit(bt_page_maker *m, uint32_t page_i, uint32_t block_i, const bt_unit_place *place, bt_sp x,
                      bt_sp foot)
{
    bt_marks marks = {0};
    uint32_t first = m->drafts[page_i].items.n;
    bt_arena_mark mark = bt_arena_set_mark(m->flow->scratch);
    m->flow->marks_arena = m->flow->scratch;
    bool is_put = bt_flow_draw(m->flow, &m->galley->blocks[block_i], place, &marks) == BT_OK &&
                  bt_page_put(m, page_i, &marks, x, foot, m->block_tags[block_i]);
    m->flow->marks_arena = m->flow->arena;
    bt_arena_rewind(m->flow->scratch, mark);
    if (is_put && m->galley->blocks[block_i].doc->level == 2)
        note_headline(m, page_i, first, m->galley->blocks[block_i].doc->article_i);
    return is_put;
}

/* The lines of a paragraph, or of those in a box: what is wrong with them is told, and the report has their facts. */
static bool note_lines(bt_page_maker *m, uint32_t page_i, const bt_galley_block *block, uint32_t setting_i)
{
    for (uint32_t i = 0; i < block->n_inner; i++)
        if (!note_lines(m, page_i, &block->inner[i], block->inner[i].best_i)) return false;
    const bt_doc_block *doc = block->doc;
    bt_line_stats stats;
    if (!bt_flow_stats(block, setting_i, &stats)) return true;
    bt_flow_report_lines(m->flow, block, setting_i);
    bt_paragraph_fact *fact = BT_PUSH(m->flow->arena, &m->paragraphs);
    if (!fact) return false;
    *fact = (bt_paragraph_fact){.at = doc->text.at,
                                .style = doc->text.style->name,
                                .page = page_i + 1,
                                .n_lines = stats.n_lines,
                                .best_lines = stats.best_lines,
                                .word_space_mean = stats.word_space_mean,
                                .word_space_max = stats.word_space_max,
                                .n_over_1500 = stats.n_over_1500,
                                .n_over_1800 = stats.n_over_1800,
                                .overfull = stats.overfull};
    return true;
}

/* First sight of a block: facts of its paragraph, of its article, and its loose lines. */
static bool note_block(bt_page_maker *m, uint32_t page_i, const bt_placement *p, bt_sp x, bt_sp y)
{
    const bt_galley_block *block = &m->galley->blocks[p->block_i];
    const bt_doc_block *doc = block->doc;
    if (doc->article_i != BT_NO_ARTICLE) {
        bt_article_fact *article = &m->articles[doc->article_i];
        if (!article->first_page || page_i + 1 < article->first_page) article->first_page = page_i + 1;
        if (page_i + 1 > article->last_page) article->last_page = page_i + 1;
        if (!p->unit_begin && doc->kind == BT_DOC_HEADING && doc->level == 2) {
            article->x = x;
            article->y = y;
        }
    }
    return p->unit_begin || note_lines(m, page_i, block, p->setting_i);
}

/* x, top: of the column. False: no memory. */
static bool check_height(bt_page_maker *m, uint32_t page_i, const bt_placement *p, uint32_t n_steps, uint32_t n_rows,
                         bt_sp x, bt_sp top)
{
    if (p->row + n_steps <= n_rows) return true;
    bt_buf wanted = bt_buf_in(m->flow->scratch), had = bt_buf_in(m->flow->scratch);
    bt_buf_add_mm(&wanted, (int64_t)n_steps * m->layout->step);
    bt_buf_add_mm(&had, (int64_t)n_rows * m->layout->step);
    bt_diag(m->flow->diags, BT_W_TALL, m->galley->blocks[p->block_i].doc->at,
            BT_ARGS(bt_buf_str(&wanted), bt_buf_str(&had)));
    bt_trouble_fact fact = {.kind = BT_TROUBLE_TALL,
                            .x = x,
                            .y = top + (bt_sp)n_rows * m->layout->step,
                            .width = m->galley->blocks[p->block_i].measure,
                            .height = (bt_sp)(p->row + n_steps - n_rows) * m->layout->step,
                            .at = m->galley->blocks[p->block_i].doc->at};
    return bt_page_trouble(m, page_i, &fact);
}

static bool draw_placement(bt_page_maker *m, const bt_band *band, const bt_column *column, const bt_placement *p,
                           bt_sp x, bt_sp top)
{
    const bt_galley_block *block = &m->galley->blocks[p->block_i];
    const bt_setting *setting = &block->settings[p->setting_i];
    uint32_t row = p->row + p->head_steps;
    if (!note_block(m, band->page_i, p, x, top + (bt_sp)p->row * m->layout->step)) return false;
    bool starts_top = band->n_columns > 1 || band->starts_page;
    if (p->head_steps) {
        bt_unit_place head = {.unit_i = BT_UNIT_REPEAT, .steps = p->head_steps, .is_top = true};
        if (!draw_unit(m, band->page_i, p->block_i, &head, x, top + (bt_sp)row * m->layout->step)) return false;
    }
    for (uint32_t u = p->unit_begin; u < p->unit_end; u++) {
        uint32_t steps = u == p->unit_begin ? p->first_steps : setting->units[u].steps;
        bt_unit_place place = {.setting_i = p->setting_i,
                               .unit_i = u,
                               .steps = steps,
                               .is_top = row == 0 && starts_top,
                               .is_part_end = u + 1 == p->unit_end};
        row += steps;
        if (!draw_unit(m, band->page_i, p->block_i, &place, x, top + (bt_sp)row * m->layout->step)) return false;
    }
    if (!check_height(m, band->page_i, p, row - p->row, column->n_rows, x, top)) return false;
    bool is_filler = p->block_i >= m->galley->n_blocks, is_chart = block->doc->kind == BT_DOC_CHART;
    if (block->doc->kind != BT_DOC_TABLE && !is_filler && !is_chart) return true;
    bt_frame_fact fact = {.kind = is_filler  ? BT_FRAME_FILLER
                                  : is_chart ? BT_FRAME_CHART
                                             : BT_FRAME_TABLE,
                          .x = x,
                          .y = top + (bt_sp)p->row * m->layout->step,
                          .width = block->measure,
                          .height = (bt_sp)(row - p->row) * m->layout->step,
                          .at = block->doc->at,
                          .id = is_filler ? block->doc->id : BT_STR("")};
    return bt_page_frame_fact(m, band->page_i, &fact);
}

static bt_part_kind part_kind(const bt_doc_block *doc)
{
    static const bt_part_kind kinds[] = {
        [BT_DOC_HEADING] = BT_PART_SUBHEADING, [BT_DOC_PARAGRAPH] = BT_PART_PARAGRAPH,
        [BT_DOC_ITEM] = BT_PART_ITEM,          [BT_DOC_FIGURE] = BT_PART_FIGURE,
        [BT_DOC_TABLE] = BT_PART_TABLE,        [BT_DOC_QUOTE] = BT_PART_QUOTE,
        [BT_DOC_RULE] = BT_PART_RULE,          [BT_DOC_GALLERY] = BT_PART_GALLERY,
        [BT_DOC_NUMBERS] = BT_PART_NUMBERS,    [BT_DOC_BOX] = BT_PART_BOX,
        [BT_DOC_VERSE] = BT_PART_VERSE,        [BT_DOC_QR] = BT_PART_QR,
        [BT_DOC_CHART] = BT_PART_CHART,        [BT_DOC_ENTRY] = BT_PART_ENTRY,
    };
    return doc->kind == BT_DOC_HEADING && doc->level == 2 ? BT_PART_HEADLINE : kinds[doc->kind];
}

/* first_item: of what was drawn for the placement. */
static bool note_part(bt_page_maker *m, uint32_t page_i, const bt_placement *p, bt_sp x, bt_sp top, uint32_t first_item)
{
    const bt_galley_block *block = &m->galley->blocks[p->block_i];
    bool is_filler = p->block_i >= m->galley->n_blocks;
    uint32_t steps = (uint32_t)p->head_steps + p->first_steps;
    for (uint32_t u = p->unit_begin + 1; u < p->unit_end; u++) steps += block->settings[p->setting_i].units[u].steps;
    bt_part_fact fact = {.kind = is_filler ? BT_PART_FILLER : part_kind(block->doc),
                         .block_i = p->block_i,
                         .article_i = block->doc->article_i,
                         .id = is_filler ? block->doc->id : BT_STR(""),
                         .at = block->doc->at,
                         .first_item = first_item,
                         .x = x,
                         .y = top + (bt_sp)p->row * m->layout->step,
                         .width = block->measure,
                         .height = (bt_sp)steps * m->layout->step};
    return bt_page_part_fact(m, page_i, &fact);
}

/* The rows that a page leaves empty under its last band are told, the last page's apart. */
static void check_holes(bt_page_maker *m)
{
    enum { UNNOTICED = 2 }; /* rows */
    const bt_composition *c = m->composition;
    for (uint32_t i = 0; i + 1 < c->n_bands; i++) {
        const bt_band *band = &c->bands[i];
        uint32_t foot = (uint32_t)band->row + band->n_rows;
        if (c->bands[i + 1].page_i == band->page_i || foot + UNNOTICED >= c->n_rows) continue;
        bt_buf mm = bt_buf_in(m->flow->scratch);
        bt_buf_add_mm(&mm, (int64_t)(c->n_rows - foot) * m->layout->step);
        bt_str page = bt_str_format(m->flow->scratch, "%u", band->page_i + 1);
        bool ends_stretch = c->next_pages && c->next_pages[band->page_i] == UINT32_MAX;
        bt_diag(m->flow->diags, ends_stretch ? BT_W_PIN_SHORT : BT_W_HOLE, NULL, BT_ARGS(page, bt_buf_str(&mm)));
    }
}

static bool draw_column_rule(bt_page_maker *m, const bt_band *band, bt_sp x, bt_sp top)
{
    const bt_rule_style *rule = &m->layout->column_rule;
    bt_marks marks = {0};
    bt_sp body_top = bt_flow_rise(m->layout) - bt_flow_rise(m->layout) * 2 / 3;
    bt_sp height = (bt_sp)band->n_rows * m->layout->step - body_top - bt_flow_fall(m->layout);
    bt_mark *mark = BT_PUSH(m->flow->arena, &marks);
    if (!mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_FILL,
                      .tag_i = UINT32_MAX,
                      .x = -m->layout->gutter / 2 - rule->weight / 2,
                      .y = body_top,
                      .width = rule->weight,
                      .height = height,
                      .color = rule->color};
    return bt_page_put(m, band->page_i, &marks, x, top, 0);
}

static bool draw_band(bt_page_maker *m, const bt_band *band)
{
    bt_sp left = bt_flow_left(m->layout, band->page_i + 1), top = bt_page_row_top(m->layout, band->row);
    for (uint32_t c = 0; c < band->n_columns; c++) {
        const bt_column *column = &band->columns[c];
        bt_sp x = left + (bt_sp)c * (m->flow->column_measure + m->layout->gutter);
        bt_sp column_top = top + (bt_sp)column->inset * m->layout->step;
        bt_sp width = band->n_columns == 1 ? m->flow->page_measure : m->flow->column_measure;
        bt_frame_fact fact = {.kind = band->n_columns == 1 ? BT_FRAME_SPAN : BT_FRAME_COLUMN,
                              .x = x,
                              .y = column_top,
                              .width = width,
                              .height = (bt_sp)column->n_rows * m->layout->step,
                              .n_steps = column->n_rows,
                              .n_filled = column->n_used,
                              .id = BT_STR("")};
        if (!bt_page_draw_jumps(m, band, column, x, column_top)) return false;
        if (!column->n_rows) continue; /* beside a jump line */
        if (!bt_page_frame_fact(m, band->page_i, &fact)) return false;
        if (c && m->layout->column_rule.weight && !draw_column_rule(m, band, x, top)) return false;
        for (uint32_t i = 0; i < column->n_placements; i++) {
            const bt_placement *p = &column->placements[i];
            uint32_t first_item = m->drafts[band->page_i].items.n;
            if (!draw_placement(m, band, column, p, x, column_top)) return false;
            if (!note_part(m, band->page_i, p, x, column_top, first_item)) return false;
        }
    }
    return true;
}

/* --- furniture --- */

static const bt_band *first_columns(const bt_page_maker *m)
{
    for (uint32_t i = 0; i < m->composition->n_bands; i++) {
        const bt_band *band = &m->composition->bands[i];
        if (band->n_columns > 1 && band->columns[band->n_columns - 1].inset >= m->frame->rows.inset) return band;
    }
    return NULL;
}

static bool draw_masthead(bt_page_maker *m, uint32_t tag_i)
{
    const bt_marks *marks = &m->frame->masthead;
    bt_sp bottom = m->frame->masthead_foot, top = bottom;
    for (uint32_t i = 0; i < marks->n; i++)
        if (marks->v[i].kind != BT_MARK_TROUBLE && marks->v[i].y < top) top = marks->v[i].y;
    bt_frame_fact fact = {.kind = BT_FRAME_MASTHEAD,
                          .x = bt_flow_left(m->layout, 1),
                          .y = top,
                          .width = m->flow->page_measure,
                          .height = bottom - top,
                          .id = BT_STR(""),
                          .at = m->flow->doc->bundle->masthead.at};
    uint32_t first = m->drafts[0].items.n;
    return bt_page_put(m, 0, marks, 0, 0, tag_i) && bt_page_note_frame(m, 0, BT_PART_MASTHEAD, first, &fact);
}

static bool draw_highlights(bt_page_maker *m, uint32_t tag_i)
{
    if (!m->flow->doc->n_highlights) return true;
    bool spans = m->layout->highlights.spans_page;
    bt_sp measure = spans ? m->flow->page_measure : m->flow->column_measure;
    uint32_t page_i = 0;
    bt_sp x = bt_flow_left(m->layout, 1), y = m->frame->highlights_y, height;
    if (!spans) {
        const bt_band *band = first_columns(m);
        if (band) {
            page_i = band->page_i;
            x = bt_flow_left(m->layout, page_i + 1) + (bt_sp)(band->n_columns - 1) * (measure + m->layout->gutter);
            /* The box's top aligns with the capitals of the line beside it. */
            y = bt_page_row_top(m->layout, band->row) + bt_flow_top_white(m->flow);
        }
    }
    bt_marks marks = {0};
    if (bt_flow_highlights(m->flow, measure, m->article_pages, &marks, &height) != BT_OK) return false;
    bt_frame_fact fact = {.kind = BT_FRAME_HIGHLIGHTS,
                          .x = x,
                          .y = y,
                          .width = measure,
                          .height = height,
                          .id = BT_STR(""),
                          .at = m->flow->doc->highlights_title.at};
    uint32_t first = m->drafts[page_i].items.n;
    return bt_page_put(m, page_i, &marks, x, y, tag_i) &&
           bt_page_note_frame(m, page_i, BT_PART_HIGHLIGHTS, first, &fact);
}

static bool draw_imprint(bt_page_maker *m, uint32_t tag_i)
{
    bt_sp height = m->frame->imprint_height;
    if (!height) return true;
    /* A mark's tag counts the lines from 1: the part itself is tag 0. */
    uint32_t page_i = m->composition->n_pages - 1;
    bt_sp last_row = bt_page_row_top(m->layout, m->composition->n_rows);
    bt_sp x = bt_flow_left(m->layout, page_i + 1), y = last_row - bt_flow_fall(m->layout) - height;
    bt_frame_fact fact = {.kind = BT_FRAME_IMPRINT,
                          .x = x,
                          .y = y,
                          .width = m->flow->page_measure,
                          .height = height,
                          .id = BT_STR(""),
                          .at = m->flow->doc->bundle->imprint.at};
    uint32_t first = m->drafts[page_i].items.n;
    return bt_page_put(m, page_i, &m->frame->imprint, x, y, tag_i) &&
           bt_page_note_frame(m, page_i, BT_PART_IMPRINT, first, &fact);
}

static bool draw_running(bt_page_maker *m)
{
    for (uint32_t i = 0; i < m->composition->n_pages; i++) {
        bt_marks marks = {0};
        if (bt_flow_running(m->flow, i + 1, &marks) != BT_OK) return false;
        for (uint32_t k = 0; k < marks.n; k++) marks.v[k].tag_i = UINT32_MAX;
        uint32_t first = m->drafts[i].items.n;
        if (!bt_page_put(m, i, &marks, 0, 0, 0)) return false;
        for (uint32_t k = first; k < m->drafts[i].items.n; k++) {
            bt_item *item = &m->drafts[i].items.v[k];
            item->artifact = item->y < m->layout->height / 2 ? BT_ARTIFACT_HEADER : BT_ARTIFACT_FOOTER;
        }
        bt_part_fact part = {.kind = BT_PART_RUNNING,
                             .block_i = BT_PART_ALONE,
                             .article_i = BT_PART_ALONE,
                             .id = BT_STR(""),
                             .first_item = first,
                             .width = m->layout->width,
                             .height = m->layout->height};
        if (!bt_page_part_fact(m, i, &part)) return false;
    }
    return true;
}

bt_status bt_page_frame_make(bt_flow *flow, bt_page_frame *frame)
{
    const bt_layout *layout = flow->layout;
    bt_marks highlights = {0};
    bt_sp bottom, height;
    *frame = (bt_page_frame){0};
    bt_status status = bt_flow_masthead(flow, &frame->masthead, &bottom, &frame->masthead_title);
    if (status != BT_OK) return status;
    frame->masthead_foot = bottom;
    bool spans = layout->highlights.spans_page || layout->n_columns == 1;
    status = bt_flow_highlights(flow, spans ? flow->page_measure : flow->column_measure, NULL, &highlights, &height);
    if (status != BT_OK) return status;
    frame->highlights_height = height;
    if (spans && height) {
        frame->highlights_y = bottom;
        bottom += height;
    }
    bt_sp first_top = bt_page_row_top(layout, 0);
    frame->rows.first_row = bottom > first_top ? (uint32_t)((bottom - first_top + layout->step - 1) / layout->step) : 0;
    if (!spans && height) frame->rows.inset = bt_flow_steps_of(flow, (int64_t)height + layout->step / 2);
    status = bt_flow_imprint(flow, &frame->imprint, &height);
    if (height) frame->rows.imprint = bt_flow_steps_of(flow, (int64_t)height + layout->imprint.space_before);
    frame->imprint_height = height;
    frame->rows.doc = flow->doc;
    uint32_t n_rows = bt_flow_page_rows(layout), least = 4;
    bool is_box = frame->rows.inset + least > n_rows;
    if (status == BT_OK && (is_box || frame->rows.first_row + least > n_rows || frame->rows.imprint + least > n_rows)) {
        bool is_masthead = frame->rows.first_row + least > n_rows;
        bt_buf mm = bt_buf_in(flow->scratch);
        bt_buf_add_mm(&mm, is_masthead ? bottom : is_box ? frame->highlights_height : height);
        bt_diag(flow->diags, BT_E_FURNITURE_TALL, layout->at,
                BT_ARGS(is_masthead ? BT_SAY(flow->diags, "masthead (with its highlights)")
                        : is_box    ? BT_SAY(flow->diags, "box of highlights")
                                    : BT_SAY(flow->diags, "imprint"),
                        bt_buf_str(&mm)));
        return BT_INPUT;
    }
    return status;
}

/* --- all --- */

/* Where each article begins is known once every placement is: highlights name it. */
static void find_article_pages(bt_page_maker *m)
{
    for (uint32_t i = 0; i < m->composition->n_bands; i++) {
        const bt_band *band = &m->composition->bands[i];
        for (uint32_t c = 0; c < band->n_columns; c++)
            for (uint32_t p = 0; p < band->columns[c].n_placements; p++) {
                uint32_t article_i = m->galley->blocks[band->columns[c].placements[p].block_i].doc->article_i;
                if (article_i == BT_NO_ARTICLE) continue;
                uint32_t *page = &m->article_pages[article_i];
                if (!*page || band->page_i + 1 < *page) *page = band->page_i + 1;
            }
    }
}

/* The title, the issue, and which edition: those parts that there are. */
bt_str bt_page_title(const bt_page_maker *m)
{
    const bt_doc_fields *fields = &m->flow->doc->fields;
    const bt_str parts[] = {fields->title, fields->issue, m->flow->doc->bundle->edition_label};
    bt_buf title = bt_buf_in(m->flow->arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].len) continue;
        if (i) bt_buf_add_z(&title, " – ");
        bt_buf_add(&title, parts[i]);
    }
    return bt_text_normal(m->flow->arena, bt_buf_str(&title));
}

static const bt_value_fact *values_of(const bt_page_maker *m)
{
    const bt_bundle *bundle = m->flow->doc->bundle;
    bt_value_fact *values = BT_NEW_ARRAY(m->flow->arena, bundle->n_values, bt_value_fact);
    for (uint32_t i = 0; values && i < bundle->n_values; i++)
        values[i] = (bt_value_fact){bundle->values[i].name, bundle->values[i].text.s, bundle->values[i].text.at};
    return values;
}

static bt_doc_facts facts_of(const bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    const bt_masthead *masthead = &doc->bundle->masthead;
    return (bt_doc_facts){
        .title = bt_page_title(m),
        .author = bt_text_normal(m->flow->arena, masthead->issuer.s),
        .subject = bt_text_normal(m->flow->arena, masthead->kind.s),
        .lang = doc->bundle->lang.s,
        .layout = m->layout->name,
        .palette = m->layout->palette ? m->layout->palette->name : BT_STR(""),
        .edition_at = doc->bundle->edition_at,
        .edition_id = doc->bundle->edition_id,
        .edition_name = doc->bundle->edition_name,
        .values = values_of(m),
        .n_values = doc->bundle->n_values,
        .has_date = masthead->has_iso_date,
        .year = masthead->y,
        .month = masthead->m,
        .day = masthead->d,
        .step = m->layout->step,
        .first_baseline = m->layout->grid_first,
        .paragraphs = m->paragraphs.v,
        .n_paragraphs = m->paragraphs.n,
        .articles = m->articles,
        .n_articles = doc->n_articles,
    };
}

static bool prepare(bt_page_maker *m)
{
    const bt_doc *doc = m->flow->doc;
    bt_arena *arena = m->flow->arena;
    m->drafts = BT_NEW_ARRAY(arena, m->composition->n_pages, bt_page_draft);
    m->block_tags = BT_NEW_ARRAY(arena, m->galley->n_blocks + 2 * m->galley->n_fillers, uint32_t);
    m->article_pages = BT_NEW_ARRAY(arena, doc->n_articles, uint32_t);
    m->articles = BT_NEW_ARRAY(arena, doc->n_articles, bt_article_fact);
    if (!m->drafts || !m->block_tags || !m->article_pages || !m->articles) return false;
    for (uint32_t i = 0; i < doc->n_articles; i++) {
        m->articles[i].id = doc->articles[i].id;
        m->articles[i].headline = doc->articles[i].headline;
        m->articles[i].at = doc->articles[i].source->at;
        m->articles[i].changed_at = doc->articles[i].source->changed_at;
    }
    find_article_pages(m);
    if (!bt_page_find_jumps(m)) return false;
    m->flow->article_pages = m->article_pages;
    return true;
}

static bt_status lay_on_sheets(bt_page_maker *m, bt_pages *pages)
{
    bt_arena *arena = m->flow->arena;
    if (!bt_page_spots(m, pages)) return BT_NOMEM;
    if (m->ways.rendition != BT_PRESS) return bt_sheets_plain(arena, pages, 0, &pages->sheets) ? BT_OK : BT_NOMEM;
    bt_impose how = {
        .diags = m->flow->diags, .layout = m->layout, .imposition = m->ways.imposition, .paper = m->ways.paper};
    bt_sheet_about about;
    bt_status status = bt_page_impose(arena, pages, &how, &pages->sheets, &about);
    return status == BT_OK ? bt_page_mark_sheets(m, &about, &pages->sheets) : status;
}

bt_status bt_page_make(bt_flow *flow, const bt_galley *galley, const bt_composition *composition,
                       const bt_page_frame *frame, const bt_page_ways *ways, const bt_pages **result)
{
    bt_page_maker m = {.flow = flow,
                       .layout = flow->layout,
                       .galley = galley,
                       .composition = composition,
                       .frame = frame,
                       .ways = *ways};
    uint32_t masthead_tag, highlights_tag, imprint_tag;
    bool is_done = prepare(&m) && bt_page_tags(&m, &masthead_tag, &highlights_tag, &imprint_tag) &&
                   bt_page_links_begin(&m) && draw_running(&m) && draw_masthead(&m, masthead_tag) &&
                   draw_highlights(&m, highlights_tag);
    for (uint32_t i = 0; is_done && i < composition->n_bands; i++) is_done = draw_band(&m, &composition->bands[i]);
    is_done = is_done && draw_imprint(&m, imprint_tag);
    is_done = is_done && bt_page_aim_links(&m) && bt_page_settle_headings(&m);
    if (is_done) check_holes(&m);
    if (is_done) bt_page_check_inks(&m);
    if (is_done && ways->rendition != BT_SCREEN) bt_page_check_edges(&m);
    bt_page *pages = BT_NEW_ARRAY(flow->arena, composition->n_pages, bt_page);
    bt_pages *out = BT_NEW(flow->arena, bt_pages);
    if (!is_done || !pages || !out || flow->arena->failed) return BT_NOMEM;
    if (m.is_refused) return BT_INPUT;
    for (uint32_t i = 0; i < composition->n_pages; i++) {
        pages[i] = (bt_page){.items = m.drafts[i].items.v,
                             .n_items = m.drafts[i].items.n,
                             .facts = {.frames = m.drafts[i].frames.v,
                                       .n_frames = m.drafts[i].frames.n,
                                       .parts = m.drafts[i].parts.v,
                                       .n_parts = m.drafts[i].parts.n}};
    }
    *out = (bt_pages){.width = m.layout->width,
                      .height = m.layout->height,
                      .bleed = m.layout->bleed,
                      .picture_inks = bt_page_picture_inks(m.layout),
                      .pages = pages,
                      .n_pages = composition->n_pages,
                      .tags = m.tags.v,
                      .n_tags = m.tags.n,
                      .facts = facts_of(&m)};
    *result = out;
    bt_status status = ways->rendition == BT_PROOF ? bt_page_proof(&m, pages) : BT_OK;
    return status == BT_OK ? lay_on_sheets(&m, out) : status;
}
