/* report_differences.c - how an edition's pages differ from the base's: entry by entry, and within one block by block
 * where not all of them fare alike. What is the same is only counted. */
#include "dump/report_int.h"

static const char *kind_name(bt_part_kind kind)
{
    static const char *const names[] = {
        [BT_PART_MASTHEAD] = "masthead",
        [BT_PART_HIGHLIGHTS] = "highlights",
        [BT_PART_IMPRINT] = "imprint",
        [BT_PART_RUNNING] = "running",
        [BT_PART_JUMP] = "jump",
        [BT_PART_FILLER] = "filler",
        [BT_PART_HEADLINE] = "headline",
        [BT_PART_SUBHEADING] = "subheading",
        [BT_PART_PARAGRAPH] = "paragraph",
        [BT_PART_ITEM] = "item",
        [BT_PART_FIGURE] = "figure",
        [BT_PART_TABLE] = "table",
        [BT_PART_QUOTE] = "quote",
        [BT_PART_RULE] = "rule",
        [BT_PART_GALLERY] = "gallery",
        [BT_PART_NUMBERS] = "numbers",
        [BT_PART_BOX] = "box",
        [BT_PART_VERSE] = "verse",
        [BT_PART_QR] = "qr",
        [BT_PART_CHART] = "chart",
        [BT_PART_ENTRY] = "entry",
        [BT_PART_ARTICLE] = "article",
        [BT_PART_CONTENTS] = "contents",
        [BT_PART_RULES] = "column_rules",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

const char *bt_report_change(bt_change change)
{
    static const char *const names[] = {
        [BT_SAME] = "same",       [BT_MOVED] = "moved", [BT_JUMPED] = "jumped",
        [BT_CHANGED] = "changed", [BT_NEW] = "new",     [BT_GONE] = "gone",
    };
    return (size_t)change < sizeof names / sizeof *names ? names[change] : "unknown";
}

static void add_counts(writer *w, const bt_differences *counts)
{
    add_int(w, "pages_same", counts->n_pages_same);
    add_int(w, "same", counts->n_same);
    add_int(w, "moved", counts->n_moved);
    add_int(w, "jumped", counts->n_jumped);
    add_int(w, "changed", counts->n_changed);
    add_int(w, "reset", counts->n_reset);
    add_int(w, "new", counts->n_new);
    add_int(w, "gone", counts->n_gone);
}

/* How it fares, without what it is. */
static void add_change(writer *w, const bt_difference *d)
{
    add_str(w, "change", bt_str_of(bt_report_change(d->change)));
    if (d->page) add_int(w, "page", d->page);
    if (d->base_page && d->base_page != d->page) add_int(w, "base_page", d->base_page);
    if (d->change == BT_MOVED) {
        add_mm(w, "dx", d->dx);
        add_mm(w, "dy", d->dy);
    }
    if (d->is_recut) add_bool(w, "recut", true);
    if (d->change == BT_CHANGED && d->is_reset) add_bool(w, "reset", true);
    if (d->change >= BT_CHANGED) add_int(w, "lines", d->n_lines);
}

static bool fares_alike(const bt_difference *a, const bt_difference *b)
{
    if (a->change != b->change || a->change > BT_JUMPED || a->is_recut != b->is_recut) return false;
    if (a->change == BT_JUMPED) return a->page == b->page && a->base_page == b->base_page;
    return bt_sp_to_mm100(a->dx) == bt_sp_to_mm100(b->dx) && bt_sp_to_mm100(a->dy) == bt_sp_to_mm100(b->dy);
}

static bool has_uniform_blocks(const bt_entry_difference *entry)
{
    if (entry->whole.change > BT_CHANGED) return true;
    for (uint32_t i = 0; i < entry->n_blocks; i++)
        if (!fares_alike(&entry->blocks[i], &entry->whole)) return false;
    return true;
}

static void add_blocks(writer *w, const bt_entry_difference *entry)
{
    if (has_uniform_blocks(entry)) return;
    add_key(w, "blocks");
    begin(w, '[');
    for (uint32_t i = 0, n; i < entry->n_blocks; i += n) {
        const bt_difference *block = &entry->blocks[i];
        for (n = 1; i + n < entry->n_blocks && fares_alike(block, &entry->blocks[i + n]);) n++;
        if (block->change == BT_SAME) continue;
        add_object(w);
        add_str(w, "kind", bt_str_of(kind_name(block->kind)));
        if (block->at) add_at(w, block->at);
        add_change(w, block);
        if (n > 1) add_int(w, "blocks", n);
        if (block->words.len) add_str(w, "words", block->words);
        if (block->was.len) add_str(w, "was", block->was);
        end(w, '}');
    }
    end(w, ']');
}

static void add_entry(writer *w, const bt_entry_difference *entry)
{
    add_object(w);
    add_str(w, "kind", bt_str_of(kind_name(entry->whole.kind)));
    if (entry->id.len) add_str(w, "id", entry->id);
    if (entry->headline.len) add_str(w, "headline", entry->headline);
    if (entry->whole.at) add_at(w, entry->whole.at);
    add_change(w, &entry->whole);
    add_blocks(w, entry);
    end(w, '}');
}

/* Those that are not drawn as the base's. */
static void add_pages(writer *w, const bt_dump_about *about)
{
    const bt_comparison *comparison = about->comparison;
    add_key(w, "pages");
    begin(w, '[');
    for (uint32_t i = 0; i < comparison->n_pages; i++) {
        if (comparison->are_same[i]) continue;
        add_object(w);
        add_int(w, "page", (int64_t)i + 1);
        bt_report_digest(w, &about->digests->pages[i]);
        bt_report_sketch(w, w->pages, i);
        bt_report_boxes(w, comparison, i);
        end(w, '}');
    }
    end(w, ']');
}

void bt_report_differences(writer *w, const bt_dump_about *about)
{
    const bt_comparison *comparison = about->comparison;
    next_line(w);
    w->first = true;
    add_key(w, "differences");
    begin(w, '{');
    add_str(w, "base", about->base);
    add_counts(w, &comparison->counts);
    add_list(w, "entries");
    for (uint32_t i = 0; i < comparison->n_entries; i++)
        if (comparison->entries[i].whole.change != BT_SAME) add_entry(w, &comparison->entries[i]);
    end(w, ']');
    add_pages(w, about);
    end(w, '}');
}
