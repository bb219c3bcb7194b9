/* para_draw.c - the lines of a text, as marks.
 *
 * Where the glyphs of a line stand to one another is found once (draw_line) and remembered with the breaks of its text;
 * what a mark has besides, its place, link and colour, is filled in each time.
 */
#include "flow/flow_int.h"

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

static bt_sp fitted_advance(const bt_para_pace *pace, const line_fit *fit, const bt_glyph *glyph)
{
    bt_sp natural = bt_para_advance(pace, glyph);
    if (glyph->is_space) return (bt_sp)bt_mul_div(natural, fit->word_space, 1000);
    return (bt_sp)bt_mul_div(natural, fit->scale_ppm, 1000000) + fit->tracking;
}

/* The line's width as the fit draws it, its number of word spaces, and the advance of each glyph. */
static int64_t fitted_width(const bt_para *para, const line_fit *fit, const bt_par_line *line, uint32_t *n_spaces,
                            bt_sp *advances)
{
    int64_t width = 0;
    *n_spaces = 0;
    if (line->begin == line->end) return 0;
    uint32_t run_i = para->sources[line->begin].run_i;
    bt_para_pace pace = bt_para_pace_of(para, &para->shaped.runs[run_i]);
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_para_item *source = &para->sources[i];
        const bt_glyph_run *run = &para->shaped.runs[source->run_i];
        if (source->run_i != run_i) pace = bt_para_pace_of(para, run);
        run_i = source->run_i;
        for (uint32_t g = source->glyph_begin; g < source->glyph_end; g++) {
            bt_sp advance = fitted_advance(&pace, fit, &run->glyphs[g]);
            width += advance;
            *n_spaces += run->glyphs[g].is_space;
            *advances++ = advance;
        }
    }
    return width;
}

bt_sp bt_para_line_width(const bt_para *para, const bt_par_line *line)
{
    int64_t width = 0;
    for (uint32_t i = line->begin; i < line->end; i++) {
        const bt_par_item *item = &para->items[i];
        bool is_stretched = item->kind == BT_PAR_GLUE && line->word_space != 1000;
        width += is_stretched ? bt_mul_div(item->width, line->word_space, 1000) : item->width;
    }
    return bt_para_in_range(width);
}

bt_sp bt_para_width_after(const bt_para *para, uint32_t byte)
{
    int64_t width = 0;
    for (uint32_t r = 0; r < para->shaped.n_runs; r++) {
        const bt_glyph_run *run = &para->shaped.runs[r];
        bt_para_pace pace = bt_para_pace_of(para, run);
        for (uint32_t g = 0; g < run->n_glyphs; g++)
            if (run->glyphs[g].cluster >= byte) width += bt_para_advance(&pace, &run->glyphs[g]);
    }
    return bt_para_in_range(width);
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

/* --- where the glyphs stand --- */

typedef struct pen {
    const bt_para *para;
    const bt_sp *advances; /* of the glyphs still to come */
    int64_t x;             /* from where the line begins */
    int64_t residue;       /* of the justified line: spread over its word spaces */
    uint32_t n_spaces;     /* still to come */
} pen;

static bt_sp next_advance(pen *p, const bt_glyph *glyph)
{
    bt_sp advance = *p->advances++;
    if (!glyph->is_space || !p->n_spaces) return advance;
    int64_t share = p->residue / p->n_spaces;
    p->residue -= share;
    p->n_spaces--;
    return advance + (bt_sp)share;
}

/* The items from item_i on whose glyphs come from one run; gives the item after them. */
static uint32_t stretch_end(const bt_para *para, const bt_par_line *line, uint32_t item_i, uint32_t *n_glyphs)
{
    uint32_t run_i = para->sources[item_i].run_i, end = item_i;
    *n_glyphs = 0;
    for (; end < line->end && para->sources[end].run_i == run_i; end++)
        *n_glyphs += para->sources[end].glyph_end - para->sources[end].glyph_begin;
    return end;
}

static void place_glyphs(pen *p, uint32_t item_i, uint32_t item_end, bt_placed_glyph *glyphs, bt_drawn_stretch *drawn)
{
    const bt_para *para = p->para;
    uint32_t run_i = para->sources[item_i].run_i, n = 0, first = UINT32_MAX, last = 0;
    const bt_glyph_run *run = &para->shaped.runs[run_i];
    bt_para_pace pace = bt_para_pace_of(para, run);
    int64_t origin = p->x;
    for (uint32_t i = item_i; i < item_end; i++) {
        for (uint32_t g = para->sources[i].glyph_begin; g < para->sources[i].glyph_end; g++) {
            const bt_glyph *glyph = &run->glyphs[g];
            if (first == UINT32_MAX) first = glyph->cluster;
            last = g + 1 < run->n_glyphs ? run->glyphs[g + 1].cluster : run->end;
            bt_sp dx = glyph->x_offset ? bt_units_to_sp(run->face, glyph->x_offset, pace.size) : 0;
            bt_sp dy = pace.rise + (glyph->y_offset ? bt_units_to_sp(run->face, glyph->y_offset, pace.size) : 0);
            glyphs[n++] = (bt_placed_glyph){glyph->id, (bt_sp)(p->x - origin) + dx, -dy, glyph->cluster - first};
            p->x += next_advance(p, glyph);
        }
    }
    *drawn = (bt_drawn_stretch){.run_i = run_i,
                                .x = origin,
                                .width = (bt_sp)(p->x - origin),
                                .placed = {glyphs, n, bt_placed_sum(glyphs, n, NULL)},
                                .begin = first,
                                .end = last};
}

static bool place_stretches(bt_flow *flow, pen *p, const bt_par_line *line, bt_drawn_line *drawn)
{
    uint32_t n = 0, n_glyphs;
    for (uint32_t i = line->begin; i < line->end;) {
        i = stretch_end(p->para, line, i, &n_glyphs);
        n += n_glyphs ? 1 : 0;
    }
    bt_drawn_stretch *stretches = BT_NEW_ARRAY_UNSET(flow->arena, n, bt_drawn_stretch);
    if (!stretches) return false;
    drawn->stretches = stretches;
    for (uint32_t i = line->begin, end; i < line->end; i = end) {
        end = stretch_end(p->para, line, i, &n_glyphs);
        bt_placed_glyph *glyphs = n_glyphs ? BT_NEW_ARRAY_UNSET(flow->arena, n_glyphs, bt_placed_glyph) : NULL;
        if (glyphs) place_glyphs(p, i, end, glyphs, &stretches[drawn->n_stretches++]);
    }
    drawn->width = p->x;
    return !flow->arena->failed;
}

static uint32_t count_glyphs(const bt_para *para, const bt_par_line *line)
{
    uint32_t n = 0;
    for (uint32_t i = line->begin; i < line->end; i++) n += para->sources[i].glyph_end - para->sources[i].glyph_begin;
    return n;
}

/* Draws the line anew. False: no memory. */
static bool place_line(bt_flow *flow, const bt_para *para, const bt_par_line *line, bt_drawn_line *drawn)
{
    bt_sp *advances = BT_NEW_ARRAY_UNSET(flow->scratch, count_glyphs(para, line), bt_sp);
    if (!advances) return false;
    line_fit fit = fit_of(para, flow->layout, line);
    pen p = {.para = para, .advances = advances};
    int64_t natural = fitted_width(para, &fit, line, &p.n_spaces, advances);
    drawn->start = line_start(para, line, drawn->measure, natural);
    drawn->tracking = fit.tracking;
    drawn->scale_ppm = fit.scale_ppm;
    if (drawn->fills && p.n_spaces && line->end > line->begin) {
        /* The factors are in thousandths; what they leave over is too small to see, and would show as a ragged edge. */
        p.residue = drawn->measure + para->items[line->end - 1].hang_right - drawn->start - natural;
        if (p.residue > BT_PT(1) || p.residue < -BT_PT(1)) p.residue = 0;
    }
    return place_stretches(flow, &p, line, drawn);
}

/* The line for a measure, as it was drawn before or anew. NULL: no memory. */
static const bt_drawn_line *draw_line(bt_flow *flow, const bt_para *para, const bt_par_line *line, bt_sp measure)
{
    bt_drawn_line wanted = {.measure = measure, .align = para->rich.style->align};
    wanted.fills = bt_para_justifies(para) && !para->rich.style->is_balanced && !line->is_last && !line->overfull;
    const bt_drawn_line *known = bt_memo_find_line(para, line, &wanted);
    if (known) return known;
    bt_drawn_line *drawn = BT_NEW_ARRAY_UNSET(flow->arena, 1, bt_drawn_line);
    if (!drawn) return NULL;
    *drawn = wanted;
    bt_arena_mark mark = bt_arena_set_mark(flow->scratch);
    bool is_placed = place_line(flow, para, line, drawn);
    bt_arena_rewind(flow->scratch, mark);
    if (!is_placed) return NULL;
    bt_memo_keep_line(flow, para, line, drawn);
    return drawn;
}

/* --- marks --- */

/* A line being drawn. */
typedef struct place {
    bt_flow *flow;
    const bt_para *para;
    const bt_drawn_line *line;
    int64_t x; /* where it begins */
    bt_sp y;
    uint32_t tag_i;
    uint32_t link_i; /* 1 + the mark of the line's last link; 0: it has none yet */
} place;

/* The place of a link's words on this line, which grows with each stretch of them. */
static bool draw_link(place *p, const bt_link *link, const bt_drawn_stretch *stretch, bt_marks *marks)
{
    bt_mark *last = p->link_i ? &marks->v[p->link_i - 1] : NULL;
    int64_t left = p->x + stretch->x, right = left + stretch->width;
    if (last && last->link == link) {
        last->width = (bt_sp)(right - last->x);
        return true;
    }
    bt_sp size = p->para->rich.style->size;
    bt_mark *mark = BT_PUSH(p->flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){.kind = BT_MARK_LINK,
                      .tag_i = p->tag_i,
                      .x = (bt_sp)left,
                      .y = p->y - size,
                      .width = stretch->width,
                      .height = size * 5 / 4,
                      .at = p->para->rich.at,
                      .link = link};
    p->link_i = marks->n;
    return true;
}

/* One mark: the glyphs of adjacent items that come from the same run. */
static bool draw_stretch(place *p, const bt_drawn_stretch *stretch, bt_marks *marks)
{
    const bt_para *para = p->para;
    const bt_style *style = para->rich.style;
    const bt_glyph_run *run = &para->shaped.runs[stretch->run_i];
    const bt_link *link = para->rich.runs[run->span_i].link;
    bt_para_pace pace = bt_para_pace_of(para, run);
    bt_mark *mark = BT_PUSH(p->flow->marks_arena, marks);
    if (!mark) return false;
    *mark = (bt_mark){
        .kind = BT_MARK_GLYPHS,
        .tag_i = p->tag_i,
        .x = (bt_sp)(p->x + stretch->x),
        .y = p->y,
        .width = stretch->width,
        .color = style->color,
        .at = para->rich.at,
        .face = run->face,
        .size = pace.size,
        .tracking = p->line->tracking + pace.tracking,
        .scale_ppm = p->line->scale_ppm,
        .glyphs = stretch->placed.glyphs,
        .n_glyphs = stretch->placed.n,
        .placed = &stretch->placed,
        .text = bt_str_slice(para->shaped.text, stretch->begin, stretch->end),
        .link = link,
    };
    uint32_t mark_i = marks->n - 1;
    if (link && !draw_link(p, link, stretch, marks)) return false;
    return bt_trouble_of_glyphs(p->flow, para, run, mark_i, marks);
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
    bt_sp indent = line_i < para->n_first ? para->first_left : 0;
    bt_sp measure = para->measure - indent, left = x + para->left + indent;
    const bt_drawn_line *drawn = draw_line(flow, para, line, measure);
    if (!drawn) return BT_NOMEM;
    place p = {.flow = flow, .para = para, .line = drawn, .x = (int64_t)left + drawn->start, .y = y, .tag_i = tag_i};
    for (uint32_t i = 0; i < drawn->n_stretches; i++)
        if (!draw_stretch(&p, &drawn->stretches[i], marks)) return BT_NOMEM;
    end_line(para, line, marks, first);
    bt_line_box box = {
        .x = left + drawn->start, .width = (bt_sp)drawn->width, .left = left, .right = left + measure, .y = y};
    return bt_trouble_of_line(flow, para, line, &box, marks) ? BT_OK : BT_NOMEM;
}
