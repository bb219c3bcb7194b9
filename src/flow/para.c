/* para.c - a text as boxes, glue and penalties, and how it breaks. Its lines are drawn in para_draw.c. */
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

bt_para_pace bt_para_pace_of(const bt_para *para, const bt_glyph_run *run)
{
    const bt_style *style = para->rich.style;
    bt_para_pace pace = {.face = run->face, .size = style->size};
    if (style->tracking) pace.tracking = (bt_sp)bt_mul_div(style->tracking, style->size, 1000);
    if (!para->rich.runs[run->span_i].is_superior) return pace;
    pace.size = (bt_sp)bt_mul_div(style->size, SUPERIOR_SIZE, 100);
    pace.rise = (bt_sp)bt_mul_div(style->size, SUPERIOR_RISE, 100);
    return pace;
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

static bt_sp hang_of(const builder *b, const bt_para_pace *pace, const bt_glyph *glyph, bool is_left)
{
    uint32_t c;
    bt_utf8_decode(b->para->shaped.text, glyph->cluster, &c);
    int32_t share = hang_share(c, is_left);
    return share ? (bt_sp)bt_mul_div(bt_para_advance(pace, glyph), share, 1000) : 0;
}

/* A box over glyphs of one run. */
static bool add_box(builder *b, const bt_para_pace *pace, uint32_t run_i, uint32_t begin, uint32_t end)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    bt_par_item *box = add_item(b, BT_PAR_BOX, run_i, begin, end);
    if (!box) return false;
    int64_t width = 0;
    for (uint32_t i = begin; i < end; i++) width += bt_para_advance(pace, &run->glyphs[i]);
    box->width = bt_para_in_range(width);
    const bt_layout *layout = b->flow->layout;
    int64_t by_tracking = bt_mul_div((int64_t)(end - begin) * layout->tracking_flex, b->style->size, 1000);
    box->flex_stretch = (bt_sp)(by_tracking + bt_mul_div(box->width, layout->scaling_flex, 1000));
    box->flex_shrink = box->flex_stretch;
    if (!b->style->hangs) return true;
    box->hang_left = hang_of(b, pace, &run->glyphs[begin], true);
    box->hang_right = hang_of(b, pace, &run->glyphs[end - 1], false);
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
static bool add_glue(builder *b, const bt_para_pace *pace, uint32_t run_i, uint32_t i)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    uint32_t after = i + 1 < run->n_glyphs ? run->glyphs[i + 1].cluster : run->end;
    if (b->para->shaped.breaks[after] == BT_BREAK_NONE && !add_penalty(b, run_i, BT_PAR_FORBIDDEN)) return false;
    bt_par_item *glue = add_item(b, BT_PAR_GLUE, run_i, i, i + 1);
    if (!glue) return false;
    glue->width = bt_para_advance(pace, &run->glyphs[i]);
    return true;
}

/* Splits a run's glyphs at spaces and at breaks inside words. */
static bool add_run(builder *b, uint32_t run_i)
{
    const bt_glyph_run *run = &b->para->shaped.runs[run_i];
    const bt_para_pace pace = bt_para_pace_of(b->para, run);
    const uint8_t *breaks = b->para->shaped.breaks;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < run->n_glyphs; i++) {
        const bt_glyph *glyph = &run->glyphs[i];
        bool is_new = i == 0 || glyph->cluster != run->glyphs[i - 1].cluster;
        uint8_t before = is_new ? breaks[glyph->cluster] : BT_BREAK_NONE;
        bool after_glue = b->items.n && begin == i && b->items.v[b->items.n - 1].kind == BT_PAR_GLUE;
        bool breaks_here = before == BT_BREAK_FORCED || (before == BT_BREAK_ALLOWED && !after_glue && !glyph->is_space);
        if (breaks_here || glyph->is_space) {
            if (begin < i && !add_box(b, &pace, run_i, begin, i)) return false;
            begin = i;
        }
        if (breaks_here && !add_penalty(b, run_i, before == BT_BREAK_FORCED ? BT_PAR_FORCED : COST_INNER_BREAK))
            return false;
        if (glyph->is_space) {
            if (!add_glue(b, &pace, run_i, i)) return false;
            begin = i + 1;
        }
    }
    return begin == run->n_glyphs || add_box(b, &pace, run_i, begin, run->n_glyphs);
}

/* Room for what most texts come to, a box and glue for each word, so that nothing is copied as it grows. */
static bool reserve_items(builder *b)
{
    const bt_shaped *shaped = &b->para->shaped;
    uint32_t n_breaks = 0;
    for (size_t i = 0; i < shaped->text.len; i++) n_breaks += shaped->text.ptr[i] == ' ' || shaped->breaks[i];
    uint32_t n = 2 * n_breaks + shaped->n_runs;
    b->items.v = BT_NEW_ARRAY_UNSET(b->flow->arena, n, bt_par_item);
    b->sources.v = BT_NEW_ARRAY_UNSET(b->flow->arena, n, bt_para_item);
    b->items.capacity = b->sources.capacity = n;
    return b->items.v && b->sources.v;
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
    para->natural_width = bt_para_in_range(longest);
    para->widest_item = bt_para_in_range(widest);
}

static bt_status find_chains(bt_flow *flow, bt_para *para)
{
    const bt_rich *rich = &para->rich;
    para->chains = BT_NEW_ARRAY_UNSET(flow->arena, rich->n_runs, bt_role_chain *);
    if (!para->chains) return BT_NOMEM;
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        const bt_run *run = &rich->runs[i];
        bt_status status = bt_flow_chain(flow, rich->style, run->is_bold, run->is_italic, &para->chains[i]);
        if (status != BT_OK) return status;
    }
    return BT_OK;
}

static bt_status shape_runs(bt_flow *flow, bt_para *para)
{
    const bt_rich *rich = &para->rich;
    bt_text_span *spans = BT_NEW_ARRAY_UNSET(flow->arena, rich->n_runs, bt_text_span);
    if (!spans) return BT_NOMEM;
    for (uint32_t i = 0; i < rich->n_runs; i++) {
        const bt_run *run = &rich->runs[i];
        spans[i] = (bt_text_span){.begin = run->begin,
                                  .end = run->end,
                                  .chain = &para->chains[i]->chain,
                                  .is_tabular = rich->style->is_tabular,
                                  .is_upper = rich->style->is_upper,
                                  .is_verbatim = run->is_verbatim};
    }
    return bt_text_shape(flow->arena, flow->scratch, flow->diags, rich->text, spans, rich->n_runs, rich->at,
                         &para->shaped);
}

bt_status bt_para_shape(bt_flow *flow, const bt_rich *rich, bt_para *para)
{
    *para = (bt_para){.rich = *rich};
    if (!rich->text.len) return BT_OK;
    bt_status status = find_chains(flow, para);
    if (status != BT_OK || bt_memo_find_text(flow, para, &status) || status != BT_OK) return status;
    uint32_t n_calls = flow->diags->n_calls;
    status = shape_runs(flow, para);
    if (status != BT_OK) return status;
    builder b = {.flow = flow, .para = para, .style = rich->style};
    if (!reserve_items(&b)) return BT_NOMEM;
    for (uint32_t i = 0; i < para->shaped.n_runs; i++)
        if (!add_run(&b, i)) return BT_NOMEM;
    para->items = b.items.v;
    para->sources = b.sources.v;
    para->n_items = b.items.n;
    find_widths(para);
    if (flow->diags->n_calls == n_calls) bt_memo_keep_text(flow, para);
    return flow->arena->failed ? BT_NOMEM : BT_OK;
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
    const bt_para_pace pace = bt_para_pace_of(b->para, run);
    for (uint32_t begin = source->glyph_begin; begin < source->glyph_end;) {
        uint32_t end = begin + 1;
        while (end < source->glyph_end && run->glyphs[end].cluster == run->glyphs[begin].cluster) end++;
        if (begin > source->glyph_begin && !add_penalty(b, source->run_i, COST_TORN)) return false;
        if (!add_box(b, &pace, source->run_i, begin, end)) return false;
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
    para->memo = NULL; /* which knows it whole */
    find_widths(para);
    return BT_OK;
}

bool bt_para_is_torn(const bt_para *para, const bt_par_line *line)
{
    const bt_par_item *at = line->end < para->n_items ? &para->items[line->end] : NULL;
    return at && at->kind == BT_PAR_PENALTY && at->penalty == COST_TORN;
}

static bt_status break_lines(bt_flow *flow, const bt_memo_way *way, bt_para *para)
{
    bt_sp widths[BT_MOST_INSET + 1];
    for (uint32_t i = 0; i < way->n_first; i++) widths[i] = way->measure - way->first_indent;
    widths[way->n_first] = way->measure;
    bt_par_params params = {
        .mode = way->mode,
        .line_widths = widths,
        .n_line_widths = way->n_first + 1,
        .space_shrink = flow->layout->space_shrink,
        .space_good = 1000 + flow->layout->space_stretch,
        .shortest_last = way->shortest_last,
        .n_fewer = way->n_fewer,
        .n_more = way->n_more,
    };
    return bt_par_break(flow->arena, flow->scratch, para->items, para->n_items, &params, &para->result);
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
    bt_memo_way way = {
        .mode = style->is_balanced || options->is_balanced ? BT_PAR_BALANCE
                : bt_para_justifies(para)                  ? BT_PAR_JUSTIFY
                                                           : BT_PAR_RAGGED,
        .measure = measure,
        .first_indent = first_indent,
        .shortest_last = options->turnover ? 4 * style->size : style->first_indent + 2 * style->size,
        .n_first = para->n_first,
        .n_fewer = options->n_fewer,
        .n_more = options->n_more,
    };
    if (bt_memo_find_break(para, &way)) return BT_OK;
    bt_status status = break_lines(flow, &way, para);
    if (status == BT_OK) bt_memo_keep_break(flow, para, &way);
    return status;
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
