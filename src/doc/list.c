/* list.c - lists: each item a block with its marker; numbers as letters and Roman figures. */
#include "doc/doc_int.h"

/* --- numbers --- */

/* The letters that Vietnamese documents count by; đ follows d, and f, j, w and z are none. */
static const char *const vietnamese[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                         "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};
static const char *const vietnamese_upper[] = {"A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K", "L", "M",
                                               "N", "O", "P", "Q", "R", "S", "T", "U", "V", "X", "Y"};
enum { N_VIETNAMESE_LETTERS = sizeof vietnamese / sizeof *vietnamese, N_LATIN_LETTERS = 26 };

/* a, b ... y, aa, ab ... */
static bt_str letters(bt_arena *arena, uint32_t n, bool is_upper, bool is_vietnamese)
{
    uint32_t base = is_vietnamese ? N_VIETNAMESE_LETTERS : N_LATIN_LETTERS;
    bt_str all = BT_STR("");
    for (; n; n = (n - 1) / base) {
        uint32_t i = (n - 1) % base;
        const char latin[] = {(char)((is_upper ? 'A' : 'a') + (int)i), '\0'};
        bt_str letter = bt_str_of(!is_vietnamese ? latin : is_upper ? vietnamese_upper[i] : vietnamese[i]);
        all = bt_str_join(arena, letter, all);
    }
    return all;
}

/* Roman figures go to 3999; what is beyond stays in digits. */
static bt_str roman(bt_arena *arena, uint32_t n, bool is_upper)
{
    enum { MOST_ROMAN = 3999 };
    static const struct {
        uint32_t value;
        const char *upper, *lower;
    } figures[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
                   {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
                   {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"}};
    if (n > MOST_ROMAN) return bt_str_format(arena, "%u", n);
    bt_buf out = bt_buf_in(arena);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        for (; n >= figures[i].value; n -= figures[i].value)
            bt_buf_add_z(&out, is_upper ? figures[i].upper : figures[i].lower);
    return bt_buf_str(&out);
}

typedef struct counter {
    bt_arena *arena;
    uint32_t n;
    bool is_vietnamese;
} counter;

static bt_str count_as(const void *user, bt_str name)
{
    const counter *c = user;
    switch (name.len ? name.ptr[0] : '1') {
    case 'a':
    case 'A':
        return letters(c->arena, c->n, name.ptr[0] == 'A', c->is_vietnamese);
    case 'i':
    case 'I':
        return roman(c->arena, c->n, name.ptr[0] == 'I');
    default:
        return bt_str_format(c->arena, "%u", c->n);
    }
}

bt_str bt_doc_marker(bt_arena *arena, bt_str template, uint32_t n, bt_str lang)
{
    counter c = {arena, n, bt_str_starts(lang, BT_STR("vi"))};
    bool is_empty;
    return bt_doc_fill(arena, template, count_as, &c, &is_empty);
}

/* --- lists --- */

/* The list that is being added. */
typedef struct level {
    const bt_doc_list *list;
    const bt_list_item *items;
    uint32_t n_items;
    uint32_t start;          /* the first item's number */
    uint32_t n_outer;        /* lists around it */
    uint32_t numbered_level; /* numbered ones among them */
} level;

typedef struct lister {
    bt_doc_maker *m;
    uint32_t article_i;
    const bt_str *levels; /* markers of numbered lists, from the outside */
    uint32_t n_levels;
} lister;

/* How many numbered lists stand in one another at most. */
static uint32_t numbered_depth(const bt_list_item *items, uint32_t n, bool is_numbered)
{
    uint32_t deepest = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!items[i].n_items) continue;
        uint32_t depth = numbered_depth(items[i].items, items[i].n_items, items[i].numbers_items);
        if (depth > deepest) deepest = depth;
    }
    return deepest + (is_numbered ? 1 : 0);
}

static bt_str template_of(const lister *l, const level *own, bool is_numbered)
{
    const bt_bullets_style *bullets = &l->m->layout->bullets;
    if (!is_numbered) return own->n_outer ? bullets->nested_marker : bullets->marker;
    return l->levels[own->numbered_level < l->n_levels ? own->numbered_level : l->n_levels - 1];
}

static bt_str marker_text(const lister *l, const level *own, uint32_t item_i)
{
    const bt_doc_list *list = own->list;
    if (!list->is_numbered) return list->template;
    return bt_doc_marker(l->m->arena, list->template, own->start + item_i, l->m->bundle->lang.s);
}

static bt_style_role role_of(const lister *l, bool is_numbered)
{
    return bt_doc_role(l->m, is_numbered ? BT_STYLE_NUMBERED : BT_STYLE_BULLET, true);
}

static bool start_list(const lister *l, level *own, const bt_doc_list *outer, bool is_numbered)
{
    bt_arena *arena = l->m->arena;
    bt_doc_list *list = BT_NEW(arena, bt_doc_list);
    bt_rich *markers = BT_NEW_ARRAY(arena, own->n_items, bt_rich);
    if (!list || !markers) return false;
    *list = (bt_doc_list){.list_i = l->m->n_lists++,
                          .outer = outer,
                          .is_numbered = is_numbered,
                          .template = template_of(l, own, is_numbered),
                          .markers = markers,
                          .n_markers = own->n_items};
    own->list = list;
    const bt_style *style = l->m->layout->role[role_of(l, is_numbered)];
    for (uint32_t i = 0; i < own->n_items; i++) markers[i] = bt_doc_plain(arena, marker_text(l, own, i), style, NULL);
    return true;
}

static void add_items(const lister *l, const level *own)
{
    bt_style_role role = role_of(l, own->list->is_numbered);
    for (uint32_t i = 0; i < own->n_items; i++) {
        const bt_list_item *item = &own->items[i];
        bt_doc_block *block = bt_doc_add(l->m, BT_DOC_ITEM, l->article_i, item->text.at);
        if (!block) return;
        block->list = own->list;
        block->marker = own->list->markers[i];
        block->starts_list = !own->n_outer && i == 0;
        bt_rich text = bt_doc_text(l->m, item->text, role);
        block->text = text;
        if (!item->n_items) continue;
        level nested = {.items = item->items,
                        .n_items = item->n_items,
                        .start = 1,
                        .n_outer = own->n_outer + 1,
                        .numbered_level = own->numbered_level + (own->list->is_numbered ? 1 : 0)};
        if (!start_list(l, &nested, own->list, item->numbers_items)) return;
        add_items(l, &nested);
    }
}

void bt_doc_add_list(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    const bt_numbered_style *style = &m->layout->numbered;
    bool is_numbered = source->kind == BT_BLOCK_NUMBERED;
    lister l = {m, article_i, style->levels, style->n_levels};
    if (source->is_document || numbered_depth(source->items, source->n_items, is_numbered) > style->n_levels) {
        l.levels = style->document_levels;
        l.n_levels = style->n_document_levels;
    }
    level outer = {.items = source->items, .n_items = source->n_items, .start = 1};
    if (is_numbered) outer.start = (uint32_t)source->start;
    if (!start_list(&l, &outer, NULL, is_numbered)) return;
    add_items(&l, &outer);
    if (m->blocks.n) m->blocks.v[m->blocks.n - 1].ends_list = true;
}
