/* compare.c - see compare.h: mates are held against each other, and what is so of all blocks is said of their entry. */
#include "page/compare_int.h"

typedef struct comparer {
    bt_arena *arena;
    const bt_compare_side *base, *edition;
    BT_ARRAY(bt_entry_difference) entries;
} comparer;

/* --- blocks --- */

/* What is quoted of a text: some 50 letters of Vietnamese; before the first word that differs, a few words. */
enum { QUOTED = 72, BEFORE = 24 };

/* No character is cut; a word only where it is very long. */
static bt_str cut_end(bt_str text, size_t most)
{
    if (text.len <= most) return text;
    size_t end = most;
    while (end > most / 2 && text.ptr[end] != ' ') end--;
    if (text.ptr[end] != ' ')
        for (end = most; end && ((unsigned char)text.ptr[end] & 0xc0) == 0x80;) end--;
    return bt_str_trim(bt_str_slice(text, 0, end));
}

static bt_str quote(comparer *c, const bt_compare_side *side, const bt_compare_block *block)
{
    return cut_end(bt_compare_text(c->arena, side, block, QUOTED), QUOTED);
}

/* From a few words before `from`, which is within a word. */
static bt_str quote_from(comparer *c, bt_str text, size_t from)
{
    size_t begin = from > BEFORE ? from - BEFORE : 0;
    while (begin && begin < from && text.ptr[begin - 1] != ' ') begin++;
    while (begin && begin == from && text.ptr[begin - 1] != ' ') from = --begin;
    bt_str quoted = cut_end(bt_str_slice(text, begin, text.len), QUOTED);
    return begin ? bt_str_join(c->arena, BT_STR("… "), quoted) : quoted;
}

/* How many bytes both end with, in whole words, apart from the first n. */
static size_t shared_end(bt_str a, bt_str b, size_t n)
{
    size_t least = a.len < b.len ? a.len : b.len, m = 0;
    while (n + m < least && a.ptr[a.len - 1 - m] == b.ptr[b.len - 1 - m]) m++;
    while (m && a.ptr[a.len - m] != ' ') m--;
    return m;
}

/* Quotes both sides from where they first differ to where they differ last. */
static void quote_both(comparer *c, const bt_compare_block *base, const bt_compare_block *edition, bt_difference *d)
{
    bt_str was = bt_compare_text(c->arena, c->base, base, SIZE_MAX),
           is = bt_compare_text(c->arena, c->edition, edition, SIZE_MAX);
    size_t n = 0;
    while (n < was.len && n < is.len && was.ptr[n] == is.ptr[n]) n++;
    if (n == was.len && n == is.len) {
        d->words = cut_end(is, QUOTED);
        return;
    }
    size_t end = shared_end(was, is, n);
    d->words = quote_from(c, bt_str_slice(is, 0, is.len - end), n);
    d->was = quote_from(c, bt_str_slice(was, 0, was.len - end), n);
}

static bt_difference one_sided(comparer *c, const bt_compare_side *side, const bt_compare_block *block,
                               bt_change change)
{
    bt_difference d = {.kind = block->kind, .change = change, .at = block->at};
    d.parts = block->parts;
    d.n_parts = block->n_parts;
    d.n_lines = (int32_t)bt_compare_lines(side, block);
    if (change == BT_NEW)
        d.page = block->parts[0].page_i + 1;
    else
        d.base_page = block->parts[0].page_i + 1;
    d.words = quote(c, side, block);
    return d;
}

/* Of blocks whose ink is the same: the first part that stands elsewhere decides. Where they are recut, their beginnings
 * do. */
static void find_move(comparer *c, const bt_compare_block *base, const bt_compare_block *edition, bt_difference *d)
{
    uint32_t n = d->is_recut ? 1 : edition->n_parts;
    d->change = d->is_recut ? BT_MOVED : BT_SAME;
    for (uint32_t i = 0; i < n; i++) {
        const bt_part_place *was = &base->parts[i], *is = &edition->parts[i];
        bt_sp x, y, base_x, base_y;
        bt_compare_origin(c->base, was, &base_x, &base_y);
        bt_compare_origin(c->edition, is, &x, &y);
        bool is_jump = was->page_i != is->page_i;
        if (!is_jump && x == base_x && y == base_y) continue;
        d->change = is_jump ? BT_JUMPED : BT_MOVED;
        d->dx = is_jump ? 0 : x - base_x;
        d->dy = is_jump ? 0 : y - base_y;
        d->page = is->page_i + 1;
        d->base_page = was->page_i + 1;
        return;
    }
}

/* Column rules follow what stands between them: they are never a change of their own. */
static bool same_cut_elsewhere(comparer *c, const bt_compare_block *base, const bt_compare_block *edition)
{
    return edition->kind == BT_PART_RULES || bt_compare_same_lines(c->base, base, c->edition, edition);
}

static bt_difference compare_mates(comparer *c, const bt_compare_block *base, const bt_compare_block *edition)
{
    bt_difference d = {.kind = edition->kind, .at = edition->at};
    d.parts = edition->parts;
    d.n_parts = edition->n_parts;
    d.page = edition->parts[0].page_i + 1;
    d.base_page = base->parts[0].page_i + 1;
    bool is_same = bt_compare_same_ink(c->base, base, c->edition, edition);
    d.is_recut = !is_same && same_cut_elsewhere(c, base, edition);
    if (is_same || d.is_recut) {
        find_move(c, base, edition, &d);
        return d;
    }
    d.change = BT_CHANGED;
    d.n_lines = (int32_t)bt_compare_lines(c->edition, edition) - (int32_t)bt_compare_lines(c->base, base);
    d.is_reset = bt_compare_content(c->base, base) == bt_compare_content(c->edition, edition);
    if (d.is_reset)
        d.words = quote(c, c->edition, edition);
    else
        quote_both(c, base, edition, &d);
    return d;
}

static bool compare_blocks(comparer *c, const bt_compare_entry *base, const bt_compare_entry *edition,
                           bt_entry_difference *entry)
{
    uint32_t *mates = BT_NEW_ARRAY(c->arena, edition->n_blocks, uint32_t);
    bool *have_mates = BT_NEW_ARRAY(c->arena, base->n_blocks, bool);
    bt_difference *blocks = BT_NEW_ARRAY(c->arena, (size_t)edition->n_blocks + base->n_blocks, bt_difference);
    if (!mates || !have_mates || !blocks) return false;
    if (!bt_compare_match_blocks(c->arena, c->base, base, c->edition, edition, mates)) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < edition->n_blocks; i++) {
        bool has_mate = mates[i] != BT_NO_MATE;
        if (has_mate) have_mates[mates[i]] = true;
        blocks[n++] = has_mate ? compare_mates(c, &base->blocks[mates[i]], &edition->blocks[i])
                               : one_sided(c, c->edition, &edition->blocks[i], BT_NEW);
    }
    for (uint32_t i = 0; i < base->n_blocks; i++)
        if (!have_mates[i]) blocks[n++] = one_sided(c, c->base, &base->blocks[i], BT_GONE);
    entry->blocks = blocks;
    entry->n_blocks = n;
    return true;
}

static bool list_blocks(comparer *c, const bt_compare_side *side, const bt_compare_entry *of, bt_change change,
                        bt_entry_difference *entry)
{
    bt_difference *blocks = BT_NEW_ARRAY(c->arena, of->n_blocks, bt_difference);
    if (!blocks) return false;
    for (uint32_t i = 0; i < of->n_blocks; i++) blocks[i] = one_sided(c, side, &of->blocks[i], change);
    entry->blocks = blocks;
    entry->n_blocks = of->n_blocks;
    return true;
}

/* --- entries --- */

/* What weighs more decides what is said of the whole: a change more than a jump, a jump more than a move. */
static bool outweighs(bt_change a, bt_change b) { return (a > BT_CHANGED ? BT_CHANGED : a) > b; }

/* Jump lines name pages; that they change is no change of what an article says. */
static bool is_told_apart(const bt_difference *block) { return block->kind == BT_PART_JUMP; }

static void sum_up(bt_entry_difference *entry)
{
    bt_difference *whole = &entry->whole;
    bool is_jump_line_changed = false, is_reset = true;
    whole->change = BT_SAME;
    for (uint32_t i = 0; i < entry->n_blocks; i++) {
        const bt_difference *block = &entry->blocks[i];
        if (is_told_apart(block)) {
            is_jump_line_changed |= block->change != BT_SAME;
            continue;
        }
        whole->n_lines += block->change == BT_GONE ? -block->n_lines : block->n_lines;
        if (block->change >= BT_CHANGED && !block->is_reset) is_reset = false;
        if (!outweighs(block->change, whole->change)) continue;
        whole->change = block->change > BT_CHANGED ? BT_CHANGED : block->change;
        whole->is_recut = block->is_recut;
        whole->dx = block->dx;
        whole->dy = block->dy;
        if (block->change == BT_JUMPED) {
            whole->page = block->page;
            whole->base_page = block->base_page;
        }
    }
    if (whole->change == BT_SAME && is_jump_line_changed) whole->change = BT_CHANGED;
    if (whole->change != BT_CHANGED) return;
    whole->is_reset = is_reset;
    whole->is_recut = false;
    whole->dx = whole->dy = 0;
}

static void name_entry(const bt_compare_side *side, const bt_compare_entry *of, bt_entry_difference *entry)
{
    entry->whole.kind = of->kind;
    entry->whole.at = of->blocks[0].at;
    entry->id = of->id;
    entry->headline = BT_STR("");
    if (of->article_i == BT_PART_ALONE) return;
    const bt_article_fact *article = &side->pages->facts.articles[of->article_i];
    entry->headline = article->headline;
    entry->whole.at = article->at;
}

static bool add_entry(comparer *c, const bt_compare_entry *base, const bt_compare_entry *edition)
{
    bt_entry_difference *entry = BT_PUSH(c->arena, &c->entries);
    if (!entry) return false;
    name_entry(edition ? c->edition : c->base, edition ? edition : base, entry);
    if (edition) entry->whole.page = edition->blocks[0].parts[0].page_i + 1;
    if (base) entry->whole.base_page = base->blocks[0].parts[0].page_i + 1;
    if (base && edition) {
        if (!compare_blocks(c, base, edition, entry)) return false;
        sum_up(entry);
        return true;
    }
    bt_change change = edition ? BT_NEW : BT_GONE;
    if (!list_blocks(c, edition ? c->edition : c->base, edition ? edition : base, change, entry)) return false;
    entry->whole.change = change;
    for (uint32_t i = 0; i < entry->n_blocks; i++) entry->whole.n_lines += entry->blocks[i].n_lines;
    return true;
}

static bool compare_entries(comparer *c)
{
    uint32_t *mates = BT_NEW_ARRAY(c->arena, c->edition->n_entries, uint32_t);
    bool *have_mates = BT_NEW_ARRAY(c->arena, c->base->n_entries, bool);
    if (!mates || !have_mates || !bt_compare_match_entries(c->arena, c->base, c->edition, mates)) return false;
    for (uint32_t i = 0; i < c->edition->n_entries; i++) {
        if (!c->edition->entries[i].n_blocks) continue;
        bool has_mate = mates[i] != BT_NO_MATE;
        if (has_mate) have_mates[mates[i]] = true;
        if (!add_entry(c, has_mate ? &c->base->entries[mates[i]] : NULL, &c->edition->entries[i])) return false;
    }
    for (uint32_t i = 0; i < c->base->n_entries; i++)
        if (!have_mates[i] && c->base->entries[i].n_blocks && !add_entry(c, &c->base->entries[i], NULL)) return false;
    return true;
}

/* --- all --- */

static bt_differences count(const comparer *c, const bool *are_same, uint32_t n_pages)
{
    bt_differences counts = {.is_known = true};
    for (uint32_t i = 0; i < n_pages; i++) counts.n_pages_same += are_same[i];
    uint32_t *const of_changes[] = {
        [BT_SAME] = &counts.n_same,       [BT_MOVED] = &counts.n_moved, [BT_JUMPED] = &counts.n_jumped,
        [BT_CHANGED] = &counts.n_changed, [BT_NEW] = &counts.n_new,     [BT_GONE] = &counts.n_gone,
    };
    for (uint32_t i = 0; i < c->entries.n; i++) {
        const bt_difference *whole = &c->entries.v[i].whole;
        ++*of_changes[whole->change];
        if (whole->change == BT_CHANGED && whole->is_reset) counts.n_reset++;
    }
    return counts;
}

bool bt_compare(bt_arena *arena, const bt_compare_side *base, const bt_compare_side *edition, bt_comparison *comparison)
{
    comparer c = {.arena = arena, .base = base, .edition = edition};
    uint32_t n_pages = edition->pages->n_pages;
    bool *are_same = BT_NEW_ARRAY(arena, n_pages, bool);
    if (!are_same || !compare_entries(&c)) return false;
    for (uint32_t i = 0; i < n_pages; i++)
        are_same[i] =
            i < base->pages->n_pages && bt_digest_equal(&base->digests->pages[i], &edition->digests->pages[i]);
    *comparison = (bt_comparison){.entries = c.entries.v,
                                  .n_entries = c.entries.n,
                                  .are_same = are_same,
                                  .n_pages = n_pages,
                                  .counts = count(&c, are_same, n_pages)};
    return !arena->failed;
}
