/* jump.c - where pages cut articles, and the rows that their jump lines take.
 *
 * Articles keep their order, so one that is cut goes on at the head of the next page. Whether it is, a spot alone
 * tells: the search needs no more states for it. The line at a page's head is an inset of its first column; that at its
 * foot takes rows of the last column from those ends that cut an article (fill.c), or stands in the rows that the page
 * leaves empty.
 */
#include "compose/compose_int.h"

/* The article that the galley is in before a spot. */
static uint32_t article_before(const bt_galley *galley, const bt_spot *spot)
{
    if (spot->unit_i) return galley->blocks[spot->block_i].doc->article_i;
    return spot->block_i ? galley->blocks[spot->block_i - 1].doc->article_i : BT_NO_ARTICLE;
}

/* What is placed next after a spot; galley->n_blocks: nothing. */
static uint32_t next_block(const bt_galley *galley, const bt_spot *spot)
{
    if (spot->unit_i) return spot->block_i;
    if (spot->away != BT_NO_BLOCK && spot->is_pending) return spot->away;
    uint32_t b = spot->block_i;
    while (b < galley->n_blocks && (b == spot->away || !galley->blocks[b].n_settings)) b++;
    return b;
}

bool bt_spot_cuts(const bt_galley *galley, const bt_spot *spot)
{
    uint32_t article_i = article_before(galley, spot), next = next_block(galley, spot);
    return article_i != BT_NO_ARTICLE && next < galley->n_blocks && galley->blocks[next].doc->article_i == article_i;
}

bool bt_spot_cuts_two(const bt_galley *galley, const bt_spot *spot)
{
    if (spot->away == BT_NO_BLOCK) return false;
    return article_before(galley, spot) != galley->blocks[spot->away].doc->article_i;
}

uint32_t bt_spot_least_rows(const bt_galley *galley, const bt_spot *spot)
{
    uint32_t next = next_block(galley, spot);
    if (next >= galley->n_blocks) return 0;
    const bt_galley_block *block = &galley->blocks[next];
    const bt_setting *setting = &block->settings[spot->unit_i ? spot->setting_i : block->best_i];
    uint32_t u = spot->unit_i;
    uint32_t rows = u ? (uint32_t)block->head_steps + setting->units[u].steps : setting->units[0].top_steps;
    for (; u + 1 < setting->n_units && setting->units[u].break_cost == BT_FLOW_FORBIDDEN; u++)
        rows += setting->units[u + 1].steps;
    return rows;
}

bt_band *bt_jump_band(bt_arena *arena, const bt_galley *galley, const bt_band *above)
{
    bt_band *band = BT_NEW(arena, bt_band);
    bt_column *columns = BT_NEW_ARRAY(arena, above->n_columns, bt_column);
    if (!band || !columns) return NULL;
    uint16_t rows = galley->jump_rows[BT_JUMP_ON];
    columns[above->n_columns - 1].jump_rows[BT_JUMP_ON] = rows;
    *band = (bt_band){.page_i = above->page_i,
                      .row = (uint16_t)(above->row + above->n_rows),
                      .n_rows = rows,
                      .n_columns = above->n_columns,
                      .columns = columns};
    return band;
}
