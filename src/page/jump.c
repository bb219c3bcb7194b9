/* jump.c - jump lines drawn where the composition left rows for them, and where they lead.
 *
 * An article that a page cuts goes on at the head of the next one (or of the next that is not kept for local articles),
 * so that is the page that its line names; the line there names the page before. On a screen both are links, in
 * paragraphs of their own behind the block that was cut: whoever listens hears no sentence interrupted. On paper they
 * are artifacts.
 */
#include "page/page_int.h"

/* What stands on a page of the galley, fillers apart. */
typedef struct page_ends {
    uint32_t first, last; /* blocks; UINT32_MAX: none */
    bool has[BT_N_JUMPS];
} page_ends;

static void find_ends(const bt_page_maker *m, page_ends *ends)
{
    const bt_composition *composition = m->composition;
    for (uint32_t i = 0; i < composition->n_pages; i++) ends[i] = (page_ends){.first = UINT32_MAX, .last = UINT32_MAX};
    for (uint32_t i = 0; i < composition->n_bands; i++) {
        const bt_band *band = &composition->bands[i];
        page_ends *page = &ends[band->page_i];
        for (uint32_t c = 0; c < band->n_columns; c++) {
            const bt_column *column = &band->columns[c];
            for (uint32_t kind = 0; kind < BT_N_JUMPS; kind++) page->has[kind] |= column->jump_rows[kind] > 0;
            for (uint32_t p = 0; p < column->n_placements; p++) {
                if (column->placements[p].block_i >= m->galley->n_blocks) continue;
                page->last = column->placements[p].block_i;
                if (page->first == UINT32_MAX) page->first = page->last;
            }
        }
    }
}

static bool add_jump(bt_page_maker *m, bt_jump kind, uint32_t page_i, uint32_t target_page, uint32_t block_i)
{
    bt_page_jump *jump = BT_PUSH(m->flow->arena, &m->jumps);
    if (!jump) return false;
    uint32_t *behind = &m->block_jumps[block_i];
    while (*behind) behind = &m->jumps.v[*behind - 1].next;
    *behind = m->page_jumps[page_i * BT_N_JUMPS + kind] = m->jumps.n;
    uint32_t article_i = m->galley->blocks[block_i].doc->article_i;
    *jump = (bt_page_jump){.link = {.article_i = article_i, .is_jump = true},
                           .kind = kind,
                           .page_i = page_i,
                           .block_i = block_i,
                           .target_page = target_page};
    return true;
}

/* The page on which goes on what a page cuts; UINT32_MAX: none. */
static uint32_t next_page(const bt_composition *composition, uint32_t page_i)
{
    if (composition->next_pages) return composition->next_pages[page_i];
    return page_i + 1 < composition->n_pages ? page_i + 1 : UINT32_MAX;
}

/* Each line of the two pages at a cut; one that had no room is told. */
static bool add_cut(bt_page_maker *m, uint32_t page_i, uint32_t next_i, const page_ends *ends)
{
    const uint16_t *rows = m->galley->jump_rows;
    bool has_on = ends[page_i].has[BT_JUMP_ON], has_from = ends[next_i].has[BT_JUMP_FROM];
    uint32_t block_i = ends[page_i].last;
    if ((rows[BT_JUMP_ON] && !has_on) || (rows[BT_JUMP_FROM] && !has_from))
        bt_diag(
            m->flow->diags, BT_W_JUMP_OUT, m->galley->blocks[block_i].doc->at,
            BT_ARGS(bt_str_format(m->flow->arena, "%u", page_i + 1), bt_str_format(m->flow->arena, "%u", next_i + 1)));
    if (has_on && !add_jump(m, BT_JUMP_ON, page_i, next_i + 1, block_i)) return false;
    return !has_from || add_jump(m, BT_JUMP_FROM, next_i, page_i + 1, block_i);
}

bool bt_page_find_jumps(bt_page_maker *m)
{
    const uint16_t *rows = m->galley->jump_rows;
    if (!rows[BT_JUMP_ON] && !rows[BT_JUMP_FROM]) return true;
    bt_arena_mark mark = bt_arena_set_mark(m->flow->scratch);
    page_ends *ends = BT_NEW_ARRAY(m->flow->scratch, m->composition->n_pages, page_ends);
    m->page_jumps = BT_NEW_ARRAY(m->flow->arena, (size_t)m->composition->n_pages * BT_N_JUMPS, uint32_t);
    m->block_jumps = BT_NEW_ARRAY(m->flow->arena, m->galley->n_blocks, uint32_t);
    if (!ends || !m->page_jumps || !m->block_jumps) return false;
    find_ends(m, ends);
    bool is_done = true;
    for (uint32_t i = 0; is_done && i < m->composition->n_pages; i++) {
        uint32_t next_i = next_page(m->composition, i);
        if (next_i == UINT32_MAX || ends[i].last == UINT32_MAX || ends[next_i].first == UINT32_MAX) continue;
        uint32_t article_i = m->galley->blocks[ends[i].last].doc->article_i;
        if (article_i == BT_NO_ARTICLE || m->galley->blocks[ends[next_i].first].doc->article_i != article_i) continue;
        is_done = add_cut(m, i, next_i, ends);
    }
    bt_arena_rewind(m->flow->scratch, mark);
    return is_done;
}

void bt_page_jump_tags(bt_page_maker *m, uint32_t block_i, uint32_t parent_i)
{
    if (m->ways.rendition == BT_PRESS || !m->block_jumps) return;
    for (uint32_t i = m->block_jumps[block_i]; i; i = m->jumps.v[i - 1].next)
        m->jumps.v[i - 1].tag_i = bt_page_add_tag(m, BT_TAG_P, parent_i, m->layout->at);
}

static bt_page_jump *jump_at(const bt_page_maker *m, bt_jump kind, uint32_t page_i)
{
    uint32_t i = m->page_jumps ? m->page_jumps[page_i * BT_N_JUMPS + kind] : 0;
    return i ? &m->jumps.v[i - 1] : NULL;
}

static const char *const word_keys[] = {[BT_JUMP_ON] = "continued_on", [BT_JUMP_FROM] = "continued_from"};

static bool draw(bt_page_maker *m, bt_page_jump *jump, bt_sp measure, bt_sp x, bt_sp foot)
{
    const bt_layout *layout = m->layout;
    bt_sp height = (bt_sp)m->galley->jump_rows[jump->kind] * layout->step;
    bt_jump_text text = {.kind = jump->kind,
                         .article_i = jump->link.article_i,
                         .page_no = jump->target_page,
                         .measure = measure,
                         .link = jump->tag_i ? &jump->link : NULL};
    bt_marks marks = {0};
    bool is_cut;
    if (bt_flow_jump(m->flow, &text, &marks, &is_cut) != BT_OK) return false;
    if (is_cut && !m->is_jump_told) {
        bt_diag(m->flow->diags, BT_W_JUMP_CUT, layout->at, BT_ARGS(bt_str_of(word_keys[jump->kind])));
        m->is_jump_told = true;
    }
    /* Where it leads: to the head of the next page, or to the line at the foot of the one before. */
    bt_page_jump *on = jump->kind == BT_JUMP_FROM ? jump_at(m, BT_JUMP_ON, jump->target_page - 1) : NULL;
    jump->y = foot - height;
    jump->target_x = bt_flow_left(layout, jump->target_page);
    jump->target_y = on ? on->y : bt_page_row_top(layout, 0);
    bt_frame_fact fact = {.kind = BT_FRAME_JUMP,
                          .x = x,
                          .y = foot - height,
                          .width = measure,
                          .height = height,
                          .id = m->articles[jump->link.article_i].id,
                          .at = layout->at};
    bt_part_fact part = {.kind = BT_PART_JUMP,
                         .block_i = BT_PART_ALONE,
                         .article_i = jump->link.article_i,
                         .id = BT_STR(""),
                         .at = layout->at,
                         .first_item = m->drafts[jump->page_i].items.n,
                         .x = x,
                         .y = foot - height,
                         .width = measure,
                         .height = height};
    return bt_page_put(m, jump->page_i, &marks, x, foot, jump->tag_i) && bt_page_frame_fact(m, jump->page_i, &fact) &&
           bt_page_part_fact(m, jump->page_i, &part);
}

bool bt_page_draw_jumps(bt_page_maker *m, const bt_band *band, const bt_column *column, bt_sp x, bt_sp top)
{
    bt_sp measure = band->n_columns == 1 ? m->flow->page_measure : m->flow->column_measure;
    for (bt_jump kind = BT_JUMP_ON; kind < BT_N_JUMPS; kind++) {
        if (!column->jump_rows[kind]) continue;
        uint32_t rows = kind == BT_JUMP_ON ? (uint32_t)column->n_rows + column->jump_rows[kind] : 0;
        bt_page_jump *jump = jump_at(m, kind, band->page_i);
        if (jump && !draw(m, jump, measure, x, top + (bt_sp)rows * m->layout->step)) return false;
    }
    return true;
}
