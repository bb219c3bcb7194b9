/* jump.c - jump lines: the words that say on which page an article goes on, and from which one it comes.
 *
 * How many rows they take is known beforehand, for each is one line: its page number is filled in when the pages are
 * drawn, and the headline in it is cut to the room that the other words leave.
 */
#include "flow/flow_int.h"

typedef struct words {
    bt_str page, headline;
} words;

static const bt_style *style_of(const bt_layout *layout, bt_jump kind)
{
    return layout->role[kind == BT_JUMP_ON ? BT_STYLE_JUMP : BT_STYLE_JUMP_FROM];
}

static bt_str template_of(const bt_layout *layout, bt_jump kind)
{
    return kind == BT_JUMP_ON ? layout->words.continued_on : layout->words.continued_from;
}

static bt_str field_value(const void *user, bt_str name)
{
    const words *w = user;
    return bt_str_is(name, "page") ? w->page : w->headline;
}

static bool is_stop(char c) { return c == ' ' || c == ',' || c == ';' || c == ':' || c == '.' || c == '-'; }

/* The headline's first words, no more than so many characters: a word is not cut, unless it is the first. */
static bt_str cut_headline(bt_arena *arena, bt_str headline, size_t n_characters)
{
    size_t end = 0, word_end = 0;
    uint32_t c = 0;
    for (size_t i = 0; i <= n_characters && end < headline.len; i++) {
        size_t n = bt_utf8_decode(headline, end, &c);
        if (c == ' ') word_end = end;
        end += n;
    }
    if (!word_end) return bt_flow_cut_text(arena, headline, n_characters);
    while (word_end && is_stop(headline.ptr[word_end - 1])) word_end--;
    return bt_str_format(arena, "%.*s…", BT_STR_ARGS(bt_str_slice(headline, 0, word_end)));
}

static bt_status set_text(bt_flow *flow, bt_str text, const bt_jump_text *jump, bt_text_frame *frame)
{
    bt_rich rich = bt_doc_plain(flow->arena, text, style_of(flow->layout, jump->kind), flow->layout->at);
    return bt_text_frame_make(flow, &rich, jump->measure, frame);
}

/* The line with the headline's first n_characters, or (cuts_all) that many of the line itself without a headline;
 * SIZE_MAX: all of them. */
static bt_status set_cut(bt_flow *flow, const bt_jump_text *jump, const words *all, bool cuts_all, size_t n_characters,
                         bt_text_frame *frame)
{
    words w = *all;
    if (cuts_all)
        w.headline = BT_STR("");
    else if (n_characters != SIZE_MAX)
        w.headline = cut_headline(flow->arena, w.headline, n_characters);
    bool is_empty;
    bt_str text = bt_doc_fill(flow->arena, template_of(flow->layout, jump->kind), field_value, &w, &is_empty);
    if (cuts_all && n_characters != SIZE_MAX) text = bt_flow_cut_text(flow->arena, text, n_characters);
    return set_text(flow, text, jump, frame);
}

/* The most characters with which the line is one line. */
static bt_status find_cut(bt_flow *flow, const bt_jump_text *jump, const words *all, bool cuts_all,
                          bt_text_frame *frame)
{
    bt_str source = cuts_all ? template_of(flow->layout, jump->kind) : all->headline;
    size_t fits = 0, most = bt_utf8_count(source) + (cuts_all ? all->page.len : 0);
    while (most - fits > 1) {
        size_t middle = fits + (most - fits) / 2;
        bt_status status = set_cut(flow, jump, all, cuts_all, middle, frame);
        if (status != BT_OK) return status;
        if (bt_para_lines(&frame->para) > 1)
            most = middle;
        else
            fits = middle;
    }
    return set_cut(flow, jump, all, cuts_all, fits, frame);
}

static bt_status fit(bt_flow *flow, const bt_jump_text *jump, const words *all, bt_text_frame *frame, bool *is_cut)
{
    *is_cut = false;
    bt_status status = set_cut(flow, jump, all, false, SIZE_MAX, frame);
    if (status != BT_OK || bt_para_lines(&frame->para) <= 1) return status;
    status = find_cut(flow, jump, all, false, frame);
    if (status != BT_OK || bt_para_lines(&frame->para) <= 1) return status;
    *is_cut = true;
    return find_cut(flow, jump, all, true, frame);
}

bt_status bt_flow_jump(bt_flow *flow, const bt_jump_text *jump, bt_marks *marks, bool *is_cut)
{
    const bt_style *style = style_of(flow->layout, jump->kind);
    bt_str headline = flow->doc->articles[jump->article_i].headline;
    words all = {bt_str_format(flow->arena, "%u", jump->page_no), bt_text_normal(flow->arena, headline)};
    /* What is wrong with a headline's characters is told where it stands, and with the layout's words once. */
    bt_diags *diags = flow->diags, silent = {.arena = flow->scratch};
    bt_text_frame frame;
    flow->diags = &silent;
    bt_status status = fit(flow, jump, &all, &frame, is_cut);
    flow->diags = diags;
    if (status != BT_OK) return status;
    bt_sp after = jump->kind == BT_JUMP_FROM ? style->space_after : 0;
    bt_sp y = -bt_flow_fall(flow->layout) - after - frame.height;
    uint32_t first = marks->n, tag_i = jump->link ? 0 : UINT32_MAX;
    bt_sp width = bt_text_frame_width(&frame), x = jump->measure - width;
    if (style->align == BT_ALIGN_CENTER) x /= 2;
    if (style->align == BT_ALIGN_LEFT || style->align == BT_ALIGN_JUSTIFY || style->align == BT_ALIGN_INSIDE) x = 0;
    if (!bt_text_frame_link(flow, &frame, jump->link, width, x, y, tag_i, marks)) return BT_NOMEM;
    status = bt_text_frame_draw(flow, &frame, jump->measure, 0, y, tag_i, marks);
    bt_marks_join_link(marks, first, jump->link);
    return status;
}

/* The rows of a line in a column; what its style says of white towards the text counts. */
static bt_status measure(bt_flow *flow, bt_jump kind, uint16_t *rows)
{
    bt_text_frame frame;
    const bt_style *style = style_of(flow->layout, kind);
    bt_jump_text jump = {.kind = kind, .measure = flow->column_measure};
    bt_status status = set_cut(flow, &jump, &(words){BT_STR("0"), BT_STR("")}, false, SIZE_MAX, &frame);
    if (status != BT_OK || !bt_para_lines(&frame.para)) return status;
    int64_t height = (int64_t)frame.first_baseline + frame.depth + bt_flow_fall(flow->layout);
    if (kind == BT_JUMP_ON) {
        height += style->space_before_min;
    } else { /* at a column's head, level with the text beside it */
        bt_sp white = bt_flow_top_white(flow), hair = flow->layout->step / 16;
        height += style->space_after + (white > hair ? white - hair : 0);
    }
    *rows = bt_flow_steps(flow->layout, height);
    return BT_OK;
}

bt_status bt_flow_jump_rows(bt_flow *flow, uint16_t rows[BT_N_JUMPS])
{
    enum { PARTS_OF_PAGE = 4 }; /* one is the most that they may take of it */
    const bt_layout *layout = flow->layout;
    uint32_t all = 0;
    for (bt_jump kind = BT_JUMP_ON; kind < BT_N_JUMPS; kind++) {
        rows[kind] = 0;
        if (!layout->has_jumps || !template_of(layout, kind).len) continue;
        bt_status status = measure(flow, kind, &rows[kind]);
        if (status != BT_OK) return status;
        all += rows[kind];
    }
    if (all * PARTS_OF_PAGE <= bt_flow_page_rows(layout)) return BT_OK;
    bt_buf mm = bt_buf_in(flow->scratch);
    bt_buf_add_mm(&mm, (int64_t)all * layout->step);
    bt_diag(flow->diags, BT_E_FURNITURE_TALL, layout->at,
            BT_ARGS(BT_SAY(flow->diags, "pair of jump lines"), bt_buf_str(&mm)));
    return BT_INPUT;
}
