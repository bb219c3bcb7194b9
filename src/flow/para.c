/* para.c - a text as boxes, glue and penalties, and its lines as marks. */
#include "flow/flow_int.h"

/* --- items --- */

typedef struct builder {
    bt_flow *flow;
    const bt_para *para;
    const bt_style *style;
    BT_ARRAY(bt_par_item) items;
    BT_ARRAY(bt_para_item) sources;
} builder;

static bt_par_item *add_item(builder *b, bt_par_kind kind, uint32_t run_i, uint32_t begin, uint32_t end)
{
    bt_par_item *item = BT_PUSH(b->flow->arena, &b->items);
    bt_para_item *source = BT_PUSH(b->flow->arena, &b->sources);
    if (!item || !source) return NULL;
    item->kind = kind;
    *source = (bt_para_item){run_i, begin, end};
    return item;
}

/* A note's number, raised and smaller: hundredths of the style's size. Its digits reach a little above the capitals. */
enum { SUPERIOR_SIZE = 64, SUPERIOR_RISE = 32 };

static bool is_superior(const bt_para *para, const bt_glyph_run *run)
{
    return para->rich.runs[run->span_i].is_superior;
}

static bt_sp run_size(const bt_para *para, const bt_glyph_run *run)
{
    bt_sp size = para->rich.style->size;
    return is_superior(para, run) ? (bt_sp)bt_mul_div(size, SUPERIOR_SIZE, 100) : size;
}

static bt_sp glyph_advance(const bt_para *para, const bt_glyph_run *run, const bt_glyph *glyph)
{
    const bt_style *style = para->rich.style;
    return bt_units_to_sp(run->face, glyph->advance, run_size(para, run)) +
           (bt_sp)bt_mul_div(style->tracking, style->size, 1000);
}

/* The share, in thousandths of its advance, that a character hangs out at the left or right of its line. */
static int32_t hang_share(uint32_t c, bool is_left)
{
    if (is_left) return c == 0x201C || c == 0x2018 || c == '"' || c == 0xAB ? 500 : c == '(' ? 200 : 0;
    switch (c) {
    case '.':
    case ',':
        return 600;
    case ';':
    case ':':
        return 350;
    case '-':
    case 0x2013:
        return 400;
    case 0x201D:
    case 0x2019:
    case '"':
    case 0xBB:
        return 450;
    case 0x2026:
        return 250;
    case ')':
        return 150;
    default:
        return 0;
    }
}

/* No measure is this wide; sums of a few stay in range. */
static bt_sp in_range(int64_t width) { return (bt_sp)(width > BT_SP_LONGEST ? BT_SP_LONGEST : width); }

/* A box over glyphs of one run. */
static bool add_box(builder *b, uint32_t run_i, uint32_t begin, uint32_t end)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    bt_par_item *box = add_item(b, BT_PAR_BOX, run_i, begin, end);
    if (!box) return false;
    int64_t width = 0;
    for (uint32_t i = begin; i < end; i++) width += glyph_advance(b->para, run, &run->glyphs[i]);
    box->width = in_range(width);
    const bt_layout *layout = b->flow->layout;
    int64_t by_tracking = bt_mul_div((int64_t)(end - begin) * layout->tracking_flex, b->style->size, 1000);
    box->flex_stretch = (bt_sp)(by_tracking + bt_mul_div(box->width, layout->scaling_flex, 1000));
    box->flex_shrink = box->flex_stretch;
    if (!b->style->hangs) return true;
    const bt_glyph *first = &run->glyphs[begin], *last = &run->glyphs[end - 1];
    uint32_t c;
    bt_utf8_decode(b->para->shaped.text, first->cluster, &c);
    box->hang_left = (bt_sp)bt_mul_div(glyph_advance(b->para, run, first), hang_share(c, true), 1000);
    bt_utf8_decode(b->para->shaped.text, last->cluster, &c);
    box->hang_right = (bt_sp)bt_mul_div(glyph_advance(b->para, run, last), hang_share(c, false), 1000);
    return true;
}

/* What a line break before a character that is no space costs: after a slash or a dash it is allowed, not welcome. */
enum { COST_INNER_BREAK = 50 };

static bool add_penalty(builder *b, uint32_t run_i, int32_t penalty)
{
    bt_par_item *item = add_item(b, BT_PAR_PENALTY, run_i, 0, 0);
    if (item) item->penalty = penalty;
    return item != NULL;
}

/* The word space at glyph i; forbidden to break when the text says so. */
static bool add_glue(builder *b, uint32_t run_i, uint32_t i)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    uint32_t after = i + 1 < run->n_glyphs ? run->glyphs[i + 1].cluster : run->end;
    if (b->para->shaped.breaks[after] == BT_BREAK_NONE && !add_penalty(b, run_i, BT_PAR_FORBIDDEN)) return false;
    bt_par_item *glue = add_item(b, BT_PAR_GLUE, run_i, i, i + 1);
    if (!glue) return false;
    glue->width = glyph_advance(b->para, run, &run->glyphs[i]);
    return true;
}

/* Splits a run's glyphs at spaces and at breaks inside words. */
static bool add_run(builder *b, uint32_t run_i)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    const uint8_t *breaks = b->para->shaped.breaks;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < run->n_glyphs; i++) {
        const bt_glyph *glyph = &run->glyphs[i];
        bool is_new = i == 0 || glyph->cluster != run->glyphs[i - 1].cluster;
        uint8_t before = is_new ? breaks[glyph->cluster] : BT_BREAK_NONE;
        bool after_glue = b->items.n && begin == i && b->items.v[b->items.n - 1].kind == BT_PAR_GLUE;
        bool breaks_here = before == BT_BREAK_FORCED || (before == BT_BREAK_ALLOWED && !after_glue && !glyph->is_space);
        if (breaks_here || glyph->is_space) {
            if (begin < i && !add_box(b, run_i, begin, i)) return false;
            begin = i;
        }
        if (breaks_here && !add_penalty(b, run_i, before == BT_BREAK_FORCED ? BT_PAR_FORCED : COST_INNER_BREAK))
            return false;
        if (glyph->is_space) {
            if (!add_glue(b, run_i, i)) return false;
            begin = i + 1;
        }
    }
    return begin == run->n_glyphs || add_box(b, run_i, begin, run->n_glyphs);
}

static bool is_break_at(const bt_para *para, uint32_t i)
{
    const bt_par_item *item = &para->items[i];
    if (item->kind == BT_PAR_PENALTY) return item->penalty < BT_PAR_FORBIDDEN;
    return item->kind == BT_PAR_GLUE && i && para->items[i - 1].kind == BT_PAR_BOX;
}

static void find_widths(bt_para *para)
{
    int64_t line = 0, longest = 0, piece = 0, widest = 0;
    for (uint32_t i = 0; i < para->n_items; i++) {
        const bt_par_item *item = &para->items[i];
        bool is_forced = item->kind == BT_PAR_PENALTY && item->penalty <= BT_PAR_FORCED;
        line = is_forced ? 0 : line + item->width;
        if (line > longest) longest = line;
        bool is_break = is_break_at(para, i);
        piece = is_break ? 0 : piece + item->width;
        if (piece > widest) widest = piece;
    }
    para->natural_width = in_range(longest);
    para->widest_item = in_range(widest);
}

bt_status bt_para_shape(bt_flow *flow, const bt_rich *rich, bt_para *para)
{
    *para = (bt_para){.rich = *rich};
    if (!rich->text.len) return BT_OK;
    bt_text_span *spans = BT_NEW_ARRAY(flow->arena, rich->n_runs, bt_text_span);
    if (!spans) return BT_NOMEM;
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        const bt_run *run = &rich->runs[i];
        spans[i] = (bt_text_span){.begin = run->begin,
                                  .end = run->end,
                                  .is_tabular = rich->style->is_tabular,
                                  .is_upper = rich->style->is_upper,
                                  .is_verbatim = run->is_verbatim};
        bt_status status = bt_flow_chain(flow, rich->style, run->is_bold, run->is_italic, &spans[i].chain);
        if (status != BT_OK) return status;
    }
    bt_status status = bt_text_shape(flow->arena, flow->scratch, flow->diags, rich->text, spans, rich->n_runs, rich->at,
                                     &para->shaped);
    if (status != BT_OK) return status;
    builder b = {.flow = flow, .para = para, .style = rich->style};
    for (uint32_t i = 0; i < para->shaped.n_runs; i++)
        if (!add_run(&b, i)) return BT_NOMEM;
    para->items = b.items.v;
    para->sources = b.sources.v;
    para->n_items = b.items.n;
    find_widths(para);
    return BT_OK;
}

/* --- what is wider than its line --- */

/* A break by force: only where a piece without any break is wider than the line. */
enum { COST_TORN = 5000, SHOWN = 60 };

static void report_torn(bt_flow *flow, const bt_para *para, const bt_para_item *source)
{
    const bt_glyph_run *run = &para->shaped.runs[source->run_i];
    uint32_t first = run->glyphs[source->glyph_begin].cluster;
    uint32_t end = source->glyph_end < run->n_glyphs ? run->glyphs[source->glyph_end].cluster : run->end;
    uint32_t shown = first;
    uint32_t c;
    while (shown < end && shown - first < SHOWN) shown += (uint32_t)bt_utf8_decode(para->shaped.text, shown, &c);
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bt_str text = bt_str_format(flow->scratch, "%.*s%s", BT_STR_ARGS(bt_str_slice(para->shaped.text, first, shown)),
                                shown < end ? "..." : "");
    bt_diag(flow->diags, BT_W_TORN, para->rich.at, BT_ARGS(text));
    bt_arena_rewind(flow->scratch, mark);
}

/* A box as one box for each cluster, with a break by force before all but the first. */
static bool tear_box(builder *b, const bt_para_item *source)
{
    const bt_glyph_run *run = &b->para->shaped.runs[source->run_i];
    for (uint32_t begin = source->glyph_begin; begin < source->glyph_end;) {
        uint32_t end = begin + 1;
        while (end < source->glyph_end && run->glyphs[end].cluster == run->glyphs[begin].cluster) end++;
        if (begin > source->glyph_begin && !add_penalty(b, source->run_i, COST_TORN)) return false;
        if (!add_box(b, source->run_i, begin, end)) return false;
        begin = end;
    }
    return true;
}

/* Copies the items of a piece, [begin, end); where it is too wide, with breaks by force. */
static bool copy_piece(builder *b, uint32_t begin, uint32_t end, bool is_wide, bt_sp measure)
{
    for (uint32_t i = begin; i < end; i++) {
        const bt_par_item *item = &b->para->items[i];
        const bt_para_item *source = &b->para->sources[i];
        if (is_wide && item->kind == BT_PAR_BOX && item->width > measure) {
            report_torn(b->flow, b->para, source);
            if (!tear_box(b, source)) return false;
            continue;
        }
        bt_par_item *copy = add_item(b, item->kind, source->run_i, source->glyph_begin, source->glyph_end);
        if (!copy) return false;
        *copy = *item;
        if (is_wide && item->kind == BT_PAR_PENALTY && item->penalty >= BT_PAR_FORBIDDEN) copy->penalty = COST_TORN;
    }
    return true;
}

/* Makes breaks in pieces that are wider than the measure: number and unit part, a long word is torn, and that is told.
 */
static bt_status tear_wide_pieces(bt_flow *flow, bt_para *para, bt_sp measure)
{
    builder b = {.flow = flow, .para = para, .style = para->rich.style};
    for (uint32_t begin = 0; begin < para->n_items;) {
        uint32_t end = begin;
        int64_t width = 0;
        while (end < para->n_items && (end == begin || !is_break_at(para, end))) width += para->items[end++].width;
        if (!copy_piece(&b, begin, end, width > measure, measure)) return BT_NOMEM;
        begin = end;
    }
    para->items = b.items.v;
    para->sources = b.sources.v;
    para->n_items = b.items.n;
    find_widths(para);
    return BT_OK;
}

bool bt_para_is_torn(const bt_para *para, const bt_par_line *line)
{
    const bt_par_item *at = line->end < para->n_items ? &para->items[line->end] : NULL;
    return at && at->kind == BT_PAR_PENALTY && at->penalty == COST_TORN;
}

bt_status bt_para_break(bt_flow *flow, const bt_para_options *options, bt_para *para)
{
    const bt_style *style = para->rich.style;
    bt_sp in = options->left + options->turnover;
    bt_sp measure = options->measure - style->indent_left - style->indent_right - in;
    if (measure < BT_PT(1)) measure = BT_PT(1);
    bt_sp first_indent = (options->is_unindented ? 0 : style->first_indent) - options->turnover;
    if (options->n_inset) first_indent = options->inset;
    if (first_indent > measure / 2) first_indent = measure / 2;
    para->measure = measure;
    para->left = style->indent_left + in;
    para->first_left = first_indent;
    para->n_first = options->n_inset ? options->n_inset : 1;
    para->is_ragged = options->is_ragged;
    if (!para->n_items) return BT_OK;
    bt_sp narrowest = first_indent > 0 ? measure - first_indent : measure;
    if (para->widest_item > narrowest) {
        bt_status status = tear_wide_pieces(flow, para, narrowest);
        if (status != BT_OK) return status;
    }
    bt_sp widths[BT_MOST_INSET + 1];
    for (uint32_t i = 0; i < para->n_first; i++) widths[i] = measure - first_indent;
    widths[para->n_first] = measure;
    bt_par_params params = {
        .mode = style->is_balanced || options->is_balanced ? BT_PAR_BALANCE
                : bt_para_justifies(para)                  ? BT_PAR_JUSTIFY
                                                           : BT_PAR_RAGGED,
        .line_widths = widths,
        .n_line_widths = para->n_first + 1,
        .space_shrink = flow->layout->space_shrink,
        .space_good = 1000 + flow->layout->space_stretch,
        .shortest_last = options->turnover ? 4 * style->size : style->first_indent + 2 * style->size,
        .n_fewer = options->n_fewer,
        .n_more = options->n_more,
    };
    return bt_par_break(flow->arena, flow->scratch, para->items, para->n_items, &params, &para->result);
}

bt_status bt_para_make(bt_flow *flow, const bt_rich *rich, const bt_para_options *options, bt_para *para)
{
    bt_status status = bt_para_shape(flow, rich, para);
    return status == BT_OK ? bt_para_break(flow, options, para) : status;
}

const bt_par_setting *bt_para_best(const bt_para *para)
{
    return para->result.n_settings ? &para->result.settings[para->result.best_i] : NULL;
}

uint32_t bt_para_lines(const bt_para *para)
{
    const bt_par_setting *best = bt_para_best(para);
    return best ? best->n_lines : 0;
}

/* --- lines --- */

/* A line's glyphs: how much wider each is drawn, and its word spaces. */
typedef struct line_fit {
    bt_sp tracking;    /* added to each glyph of a box */
    int32_t scale_ppm; /* of each glyph's shape and advance */
    int32_t word_space;
} line_fit;

/* Words further apart than this are not read as a line: it is left short instead. */
enum { WIDEST_SPACE = 4000 };

bool bt_para_justifies(const bt_para *para) { return para->rich.style->align == BT_ALIGN_JUSTIFY && !para->is_ragged; }

bool bt_para_is_left_short(const bt_para *para, const bt_par_line *line)
{
    return bt_para_justifies(para) && line->word_space > WIDEST_SPACE;
}

static line_fit fit_of(const bt_para *para, const bt_layout *layout, const bt_par_line *line)
{
    if (bt_para_is_left_short(para, line)) return (line_fit){0, 1000000, 1000};
    return (line_fit){
        .tracking = (bt_sp)bt_mul_div((int64_t)line->flex * layout->tracking_flex, para->rich.style->size, 1000000),
        .scale_ppm = (int32_t)(1000000 + (int64_t)line->flex * layout->scaling_flex),
        .word_space = line->word_space,
    };
}

static bt_sp fitted_advance(const bt_para *para, const line_fit *fit, const bt_glyph_run *run, const bt_glyph *glyph)
{
    bt_sp natural = glyph_advance(para, run, glyph);
    if (glyph->is_space) return (bt_sp)bt_mul_div(natural, fit->word_space, 1000);
    return (bt_sp)bt_mul_div(natural, fit->scale_ppm, 1000000) + fit->tracking;
}

/* The line's width as the fit draws it, and its number of word spaces. */
static int64_t fitted_width(const bt_para *para, const line_fit *fit, const bt_par_line *line, uint32_t *n_spaces)
{
    int64_t width = 0;
    *n_spaces = 0;
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_para_item *source = &para->sources[i];
        const bt_glyph_run *run = &para->shaped.runs[source->run_i];
        for (uint32_t g = source->glyph_begin; g < source->glyph_end; g++) {
            width += fitted_advance(para, fit, run, &run->glyphs[g]);
            *n_spaces += run->glyphs[g].is_space;
        }
    }
    return width;
}

bt_sp bt_para_line_width(const bt_para *para, const bt_par_line *line)
{
    line_fit fit = {0, 1000000, line->word_space};
    uint32_t n_spaces;
    return (bt_sp)fitted_width(para, &fit, line, &n_spaces);
}

bt_sp bt_para_width_after(const bt_para *para, uint32_t byte)
{
    int64_t width = 0;
    for (uint32_t r = 0; r < para->shaped.n_runs; r++) {
        const bt_glyph_run *run = &para->shaped.runs[r];
        for (uint32_t g = 0; g < run->n_glyphs; g++)
            if (run->glyphs[g].cluster >= byte) width += glyph_advance(para, run, &run->glyphs[g]);
    }
    return in_range(width);
}

/* Where the line starts, from the left of its measure. */
static bt_sp line_start(const bt_para *para, const bt_par_line *line, bt_sp measure, int64_t width)
{
    switch (para->rich.style->align) {
    case BT_ALIGN_RIGHT:
    case BT_ALIGN_OUTSIDE:
        return (bt_sp)(measure - width);
    case BT_ALIGN_CENTER:
        return (bt_sp)((measure - width) / 2);
    default:
        return line->indent;
    }
}

typedef struct pen {
    bt_flow *flow;
    const bt_para *para;
    line_fit fit;
    int64_t x;
    int64_t residue;   /* of the justified line: spread over its word spaces */
    uint32_t n_spaces; /* still to come */
    uint32_t link_i;   /* 1 + the mark of the line's last link; 0: it has none yet */
    bt_status status;  /* why a stretch was not drawn */
} pen;

static bt_sp advance_of(pen *p, const bt_glyph_run *run, const bt_glyph *glyph)
{
    bt_sp advance = fitted_advance(p->para, &p->fit, run, glyph);
    if (!glyph->is_space || !p->n_spaces) return advance;
    int64_t share = p->residue / p->n_spaces;
    p->residue -= share;
    p->n_spaces--;
    return advance + (bt_sp)share;
}

/* The place of a link's words on this line, which grows with each stretch of them. */
static bool draw_link(pen *p, const bt_link *link, int64_t left, bt_sp y, uint32_t tag_i, bt_marks *marks)
{
    bt_mark *last = p->link_i ? &marks->v[p->link_i - 1] : NULL;
    if (last && last->link == link) {
        last->width = (bt_sp)(p->x - last->x);
        return true;
    }
    bt_sp size = p->para->rich.style->size;
    bt_mark *mark = BT_PUSH(p->flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_LINK,
                      .tag_i = tag_i,
                      .x = (bt_sp)left,
                      .y = y - size,
                      .width = (bt_sp)(p->x - left),
                      .height = size * 5 / 4,
                      .at = p->para->rich.at,
                      .link = link};
    p->link_i = marks->n;
    return true;
}

/* One mark: the glyphs of adjacent items that come from the same run. Gives the item after them. */
static uint32_t draw_stretch(pen *p, const bt_par_line *line, uint32_t item_i, bt_sp y, uint32_t tag_i, bt_marks *marks)
{
    const bt_para *para = p->para;
    uint32_t run_i = para->sources[item_i].run_i, end = item_i, n = 0;
    for (; end < line->end && para->sources[end].run_i == run_i; end++)
        n += para->sources[end].glyph_end - para->sources[end].glyph_begin;
    if (!n) return end;
    const bt_glyph_run *run = &para->shaped.runs[run_i];
    bt_mark_glyph *glyphs = BT_NEW_ARRAY(p->flow->marks_arena, n, bt_mark_glyph);
    bt_mark *mark = BT_PUSH(p->flow->marks_arena, marks);
    if (!glyphs || !mark) return UINT32_MAX;
    const bt_style *style = para->rich.style;
    bt_sp size = run_size(para, run);
    bt_sp rise = is_superior(para, run) ? (bt_sp)bt_mul_div(style->size, SUPERIOR_RISE, 100) : 0;
    int64_t origin = p->x;
    uint32_t first = UINT32_MAX, last = 0;
    n = 0;
    for (uint32_t i = item_i; i < end; i++) {
        for (uint32_t g = para->sources[i].glyph_begin; g < para->sources[i].glyph_end; g++) {
            const bt_glyph *glyph = &run->glyphs[g];
            if (first == UINT32_MAX) first = glyph->cluster;
            last = g + 1 < run->n_glyphs ? run->glyphs[g + 1].cluster : run->end;
            bt_sp dx = bt_units_to_sp(run->face, glyph->x_offset, size);
            bt_sp dy = rise + bt_units_to_sp(run->face, glyph->y_offset, size);
            glyphs[n++] = (bt_mark_glyph){glyph->id, (bt_sp)(p->x - origin) + dx, -dy, glyph->cluster - first};
            p->x += advance_of(p, run, glyph);
        }
    }
    const bt_run *emphasis = &para->rich.runs[run->span_i];
    *mark = (bt_mark){
        .kind = BT_MARK_GLYPHS,
        .tag_i = tag_i,
        .x = (bt_sp)origin,
        .y = y,
        .width = (bt_sp)(p->x - origin),
        .color = style->color,
        .at = para->rich.at,
        .face = run->face,
        .size = size,
        .tracking = p->fit.tracking + (bt_sp)bt_mul_div(style->tracking, style->size, 1000),
        .scale_ppm = p->fit.scale_ppm,
        .glyphs = glyphs,
        .n_glyphs = n,
        .text = bt_str_slice(para->shaped.text, first, last),
        .link = emphasis->link,
    };
    uint32_t mark_i = marks->n - 1;
    if (emphasis->link && !draw_link(p, emphasis->link, origin, y, tag_i, marks)) return UINT32_MAX;
    p->status = bt_trouble_of_glyphs(p->flow, para, run, mark_i, marks);
    return p->status == BT_OK ? end : UINT32_MAX;
}

/* True when the word before the line's end does not go on in the next line. */
static bool ends_word(const bt_para *para, const bt_par_line *line)
{
    uint32_t i = line->end;
    if (i == para->n_items || para->items[i].kind == BT_PAR_GLUE) return true;
    if (para->items[i].penalty <= BT_PAR_FORCED) return true;
    return i + 1 < para->n_items && para->items[i + 1].kind == BT_PAR_GLUE;
}

static void end_line(const bt_para *para, const bt_par_line *line, bt_marks *marks, uint32_t first)
{
    for (uint32_t i = marks->n; i-- > first;) {
        if (marks->v[i].kind != BT_MARK_GLYPHS) continue;
        marks->v[i].ends_line = ends_word(para, line);
        return;
    }
}

bt_status bt_para_draw(bt_flow *flow, const bt_para *para, const bt_par_line *line, uint32_t line_i, bt_sp x, bt_sp y,
                       uint32_t tag_i, bt_marks *marks)
{
    uint32_t first = marks->n;
    pen p = {.flow = flow, .para = para, .fit = fit_of(para, flow->layout, line), .status = BT_NOMEM};
    bt_sp indent = line_i < para->n_first ? para->first_left : 0;
    bt_sp measure = para->measure - indent;
    int64_t width = fitted_width(para, &p.fit, line, &p.n_spaces);
    bt_sp start = line_start(para, line, measure, width);
    bool fills = bt_para_justifies(para) && !para->rich.style->is_balanced && !line->is_last && !line->overfull;
    if (fills && p.n_spaces && line->end > line->begin) {
        /* The factors are in thousandths; what they leave over is too small to see, and would show as a ragged edge. */
        bt_sp hang_right = para->items[line->end - 1].hang_right;
        p.residue = measure + hang_right - start - width;
        if (p.residue > BT_PT(1) || p.residue < -BT_PT(1)) p.residue = 0;
    }
    bt_sp left = x + para->left + indent;
    p.x = (int64_t)left + start;
    for (uint32_t i = line->begin; i < line->end;) {
        i = draw_stretch(&p, line, i, y, tag_i, marks);
        if (i == UINT32_MAX) return p.status;
    }
    end_line(para, line, marks, first);
    bt_line_box box = {
        .x = left + start, .width = (bt_sp)(p.x - left - start), .left = left, .right = left + measure, .y = y};
    return bt_trouble_of_line(flow, para, line, &box, marks) ? BT_OK : BT_NOMEM;
}
