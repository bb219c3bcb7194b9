/* bundle.c - the bundle as a whole: masthead, highlights, articles and their order, imprint. */
#include "bundle/bundle_int.h"

/* --- masthead --- */

enum { KIND, TITLE, ISSUER, NUMBER, YEAR, DATE, EDITION, MOTTO, LOGO, N_MASTHEAD_KEYS };
static const bt_field masthead_keys[N_MASTHEAD_KEYS] = {
    [KIND] = {BT_STR_INIT("kind"), BT_TAKES_STRING, 0},
    [TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, BT_REQUIRED},
    [ISSUER] = {BT_STR_INIT("issuer"), BT_TAKES_STRING, 0},
    [NUMBER] = {BT_STR_INIT("number"), BT_TAKES_STRING | BT_TAKES_NUMBER, 0},
    [YEAR] = {BT_STR_INIT("year"), BT_TAKES_STRING | BT_TAKES_NUMBER, 0},
    [DATE] = {BT_STR_INIT("date"), BT_TAKES_STRING, 0},
    [EDITION] = {BT_STR_INIT("edition"), BT_TAKES_STRING, 0},
    [MOTTO] = {BT_STR_INIT("motto"), BT_TAKES_STRING, 0},
    [LOGO] = {BT_STR_INIT("logo"), BT_TAKES_STRING, 0},
};
static const bt_fields masthead_fields = {"the masthead", masthead_keys, N_MASTHEAD_KEYS};

static int32_t digits(bt_str text, size_t begin, size_t end)
{
    int32_t n = 0;
    for (size_t i = begin; i < end; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return -1;
        n = n * 10 + (text.ptr[i] - '0');
    }
    return n;
}

static int32_t days_of(int32_t year, int32_t month)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

/* YYYY-MM-DD is a date that the layout writes out; any other form is printed as it stands. */
static void read_date(bt_bundle_reader *b, bt_masthead *masthead)
{
    bt_fields_reader *r = &b->fields;
    bt_str text = bt_str_trim(masthead->date.s);
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-') return;
    int32_t y = digits(text, 0, 4), m = digits(text, 5, 7), d = digits(text, 8, 10);
    if (y < 0 || m < 0 || d < 0) return;
    if (y < 1 || m < 1 || m > 12) {
        bt_fields_fault(r, BT_E_DATE, masthead->date.at, BT_ARGS(text));
        return;
    }
    if (d < 1 || d > days_of(y, m)) {
        bt_fields_fault(r, BT_E_DATE_DAY, masthead->date.at,
                        BT_ARGS(text, bt_fields_count(r, m), bt_fields_count(r, y), bt_fields_count(r, days_of(y, m))));
        return;
    }
    masthead->has_iso_date = true;
    masthead->y = y;
    masthead->m = m;
    masthead->d = d;
}

/* Whether a text is the edition's and not that of its base: the overlay has it, or a value in it. */
static bool is_own(const bt_bundle_reader *b, const bt_json_node *node, bt_text text)
{
    const bt_edition *edition = b->ways.edition;
    if (!node || !edition) return false;
    return bt_str_equal(node->at->file, edition->path) || !bt_str_equal(node->text, text.s);
}

static void read_masthead(bt_bundle_reader *b, const bt_json_node *node, bt_masthead *masthead)
{
    const bt_json_node *values[N_MASTHEAD_KEYS] = {NULL};
    if (node) bt_fields_read(&b->fields, node, &masthead_fields, values);
    masthead->at = node ? node->at : NULL;
    masthead->kind = bt_bundle_plain(b, values[KIND]);
    masthead->title = bt_bundle_plain(b, values[TITLE]);
    masthead->issuer = bt_bundle_plain(b, values[ISSUER]);
    masthead->number = bt_bundle_text_or_integer(b, values[NUMBER]);
    masthead->year = bt_bundle_text_or_integer(b, values[YEAR]);
    masthead->date = bt_bundle_plain(b, values[DATE]);
    masthead->edition = bt_bundle_plain(b, values[EDITION]);
    masthead->edition_is_own = is_own(b, values[EDITION], masthead->edition);
    masthead->motto = bt_bundle_plain(b, values[MOTTO]);
    masthead->logo = bt_bundle_name(b, values[LOGO]);
    masthead->logo_path = BT_STR("");
    bt_bundle_need_text(b, masthead->title, "title", true);
    if (bt_bundle_need_text(b, masthead->logo, "logo", false)) masthead->logo_path = bt_bundle_path(b, masthead->logo);
    read_date(b, masthead);
}

/* --- articles --- */

enum {
    ID,
    SECTION,
    KICKER,
    HEADLINE,
    LEAD,
    BODY,
    BYLINE,
    SOURCE,
    PLACE,
    IMPORTANCE,
    NOTES,
    PAGE,
    LOCAL,
    N_ARTICLE_KEYS
};
static const bt_field article_keys[N_ARTICLE_KEYS] = {
    [ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, 0},
    [SECTION] = {BT_STR_INIT("section"), BT_TAKES_STRING, 0},
    [KICKER] = {BT_STR_INIT("kicker"), BT_TAKES_STRING, 0},
    [HEADLINE] = {BT_STR_INIT("headline"), BT_TAKES_STRING, BT_REQUIRED},
    [LEAD] = {BT_STR_INIT("lead"), BT_TAKES_STRING, 0},
    [BODY] = {BT_STR_INIT("body"), BT_TAKES_ARRAY | BT_TAKES_OBJECT, BT_REQUIRED},
    [BYLINE] = {BT_STR_INIT("byline"), BT_TAKES_STRING, 0},
    [SOURCE] = {BT_STR_INIT("source"), BT_TAKES_STRING, 0},
    [PLACE] = {BT_STR_INIT("place"), BT_TAKES_STRING, 0},
    [IMPORTANCE] = {BT_STR_INIT("importance"), BT_TAKES_NUMBER, 0},
    [NOTES] = {BT_STR_INIT("notes"), BT_TAKES_ARRAY, 0},
    [PAGE] = {BT_STR_INIT("page"), BT_TAKES_NUMBER, 0},
    [LOCAL] = {BT_STR_INIT("local"), BT_TAKES_BOOL, 0},
};
static const bt_fields article_fields = {"this article", article_keys, N_ARTICLE_KEYS};

/* A Markdown file often begins with its own headline, which the bundle has already. */
static void warn_of_headline(bt_bundle_reader *b, const bt_article *article)
{
    const bt_block *first = article->n_body ? &article->body[0] : NULL;
    if (!first || first->kind != BT_BLOCK_SUBHEADING) return;
    if (bt_str_equal(bt_str_trim(first->text.s), bt_str_trim(article->headline.s)))
        bt_fields_fault(&b->fields, BT_W_MD_HEADLINE, first->at, BT_NO_ARGS);
}

static void read_body(bt_bundle_reader *b, const bt_json_node *node, bt_article *article)
{
    bt_fields_reader *r = &b->fields;
    if (!node) return;
    if (node->kind == BT_JSON_OBJECT) {
        article->body = bt_bundle_body_file(b, node, &article->n_body);
        warn_of_headline(b, article);
        return;
    }
    article->body = bt_bundle_blocks(b, node, &article->n_body);
    if (!article->n_body && r->status != BT_LIMIT) bt_fields_fault(r, BT_E_BODY_EMPTY, node->at, BT_NO_ARGS);
}

static void read_article(bt_bundle_reader *b, const bt_json_node *node, bt_article *article)
{
    static const bt_str places[] = {BT_STR_INIT("lead"), BT_STR_INIT("inside"), BT_STR_INIT("back")};
    enum { USUAL_IMPORTANCE = 3, MOST_IMPORTANCE = 5 };
    const bt_json_node *values[N_ARTICLE_KEYS];
    uint32_t choice;
    bt_fields_read(&b->fields, node, &article_fields, values);
    article->at = node->at;
    article->changed_at = bt_edition_change(b->ways.edition, node);
    article->id = bt_bundle_name(b, values[ID]);
    article->has_id = bt_bundle_need_text(b, article->id, "id", false);
    article->section = bt_bundle_text(b, values[SECTION]);
    article->kicker = bt_bundle_text(b, values[KICKER]);
    article->headline = bt_bundle_text(b, values[HEADLINE]);
    article->lead = bt_bundle_text(b, values[LEAD]);
    bt_bundle_need_text(b, article->headline, "headline", true);
    read_body(b, values[BODY], article);
    article->byline = bt_bundle_text(b, values[BYLINE]);
    article->source = bt_bundle_text(b, values[SOURCE]);
    if (bt_fields_choice(&b->fields, values[PLACE], places, 3, &choice))
        article->place = (bt_article_place)(BT_PLACE_LEAD + choice);
    article->importance = USUAL_IMPORTANCE;
    bt_fields_integer(&b->fields, values[IMPORTANCE], 1, MOST_IMPORTANCE, &article->importance);
    if (bt_fields_integer(&b->fields, values[PAGE], 1, BT_LIMIT_PAGES, &article->page))
        article->page_at = values[PAGE]->at;
    bt_fields_truth(values[LOCAL], &article->is_local);
    bt_bundle_texts notes = bt_bundle_text_list(b, values[NOTES]);
    article->notes = notes.v;
    article->n_notes = notes.n;
}

/* Articles by id: a hash table of indexes + 1; 0 is free. */
typedef struct id_index {
    uint32_t *slots;
    uint32_t capacity; /* a power of two */
    const bt_article *articles;
    bool has_twice; /* told; which of the two a highlight means cannot be known */
} id_index;

/* The slot that holds the id, or the free one where it belongs. */
static uint32_t *find_slot(const id_index *index, bt_str id)
{
    uint32_t slot = (uint32_t)bt_str_hash(id) & (index->capacity - 1);
    while (index->slots[slot] && !bt_str_equal(index->articles[index->slots[slot] - 1].id.s, id))
        slot = (slot + 1) & (index->capacity - 1);
    return &index->slots[slot];
}

static bool index_ids(bt_bundle_reader *b, const bt_article *articles, uint32_t n, id_index *index)
{
    bt_fields_reader *r = &b->fields;
    *index = (id_index){.capacity = 16, .articles = articles};
    while (index->capacity < n * 2) index->capacity *= 2;
    index->slots = BT_NEW_ARRAY(r->arena, index->capacity, uint32_t);
    if (!index->slots) return false;
    for (uint32_t i = 0; i < n; i++) {
        const bt_text *id = &articles[i].id;
        if (!articles[i].has_id) continue;
        uint32_t *slot = find_slot(index, id->s);
        if (!*slot) {
            *slot = i + 1;
            continue;
        }
        index->has_twice = true;
        bt_fields_fault(r, BT_E_ID_TWICE, id->at,
                        BT_ARGS(bt_fields_quoted(r, id->s), bt_fields_place(r, articles[*slot - 1].id.at, id->at)));
    }
    return true;
}

/* The ids of tables are unique over the bundle, so that whoever refers to one finds it. */
static void check_table_ids(bt_bundle_reader *b)
{
    bt_fields_reader *r = &b->fields;
    uint32_t capacity = 16;
    while (capacity < b->tables.n * 2) capacity *= 2;
    const bt_table **slots = BT_NEW_ARRAY(r->arena, capacity, const bt_table *);
    for (uint32_t i = 0; slots && i < b->tables.n; i++) {
        const bt_table *table = b->tables.v[i];
        if (!table->id.s.len) continue;
        uint32_t slot = (uint32_t)bt_str_hash(table->id.s) & (capacity - 1);
        while (slots[slot] && !bt_str_equal(slots[slot]->id.s, table->id.s)) slot = (slot + 1) & (capacity - 1);
        if (slots[slot])
            bt_fields_fault(
                r, BT_E_TABLE_ID_TWICE, table->id.at,
                BT_ARGS(bt_fields_quoted(r, table->id.s), bt_fields_place(r, slots[slot]->id.at, table->id.at)));
        else
            slots[slot] = table;
    }
}

/* Lead articles first, back ones last, each in the file's order. new_i: where each one went. */
static const bt_article *in_order(bt_arena *arena, const bt_article *articles, uint32_t n, uint32_t *new_i)
{
    bt_article *sorted = BT_NEW_ARRAY(arena, n, bt_article);
    uint32_t n_sorted = 0;
    if (!sorted) return NULL;
    for (int turn = 0; turn < 3; turn++) {
        for (uint32_t i = 0; i < n; i++) {
            int its_turn = articles[i].place == BT_PLACE_LEAD ? 0 : articles[i].place == BT_PLACE_BACK ? 2 : 1;
            if (its_turn != turn) continue;
            new_i[i] = n_sorted;
            sorted[n_sorted++] = articles[i];
        }
    }
    return sorted;
}

static bt_article *read_articles(bt_bundle_reader *b, const bt_json_node *array, uint32_t *n)
{
    bt_fields_reader *r = &b->fields;
    if (!array) return NULL;
    if (!array->n_children) bt_fields_fault(r, BT_E_NO_ARTICLES, array->at, BT_NO_ARGS);
    if (array->n_children > BT_LIMIT_ARTICLES) {
        bt_fields_limit(r, BT_E_BUNDLE_ARTICLES, array->at,
                        BT_ARGS(bt_fields_count(r, array->n_children), bt_fields_count(r, BT_LIMIT_ARTICLES)));
        return NULL;
    }
    bt_article *articles = BT_NEW_ARRAY(r->arena, array->n_children, bt_article);
    if (!articles) return NULL;
    for (const bt_json_node *node = array->child; node; node = node->next) read_article(b, node, &articles[(*n)++]);
    return articles;
}

/* --- highlights --- */

enum { HIGHLIGHTS_TITLE, HIGHLIGHTS_ITEMS, N_HIGHLIGHTS_KEYS };
static const bt_field highlights_keys[N_HIGHLIGHTS_KEYS] = {
    [HIGHLIGHTS_TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [HIGHLIGHTS_ITEMS] = {BT_STR_INIT("items"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields highlights_fields = {"the highlights", highlights_keys, N_HIGHLIGHTS_KEYS};

enum { HIGHLIGHT_TEXT, HIGHLIGHT_ARTICLE, N_HIGHLIGHT_KEYS };
static const bt_field highlight_keys[N_HIGHLIGHT_KEYS] = {
    [HIGHLIGHT_TEXT] = {BT_STR_INIT("text"), BT_TAKES_STRING, BT_REQUIRED},
    [HIGHLIGHT_ARTICLE] = {BT_STR_INIT("article"), BT_TAKES_STRING, 0},
};
static const bt_fields highlight_fields = {"this highlight", highlight_keys, N_HIGHLIGHT_KEYS};

typedef struct article_list {
    const bt_article *v; /* in the file's order */
    uint32_t n;
    const uint32_t *new_i; /* where each one went */
    id_index ids;
} article_list;

/* The base leads to an article that the edition takes away. False: it does not. */
static bool report_removed(bt_bundle_reader *b, const bt_json_node *node, bt_str id)
{
    static const bt_str last_step = BT_STR_INIT("/article");
    bt_fields_reader *r = &b->fields;
    const bt_place *removal = bt_edition_removal(b->ways.edition, id);
    if (!removal || bt_str_equal(node->at->file, removal->file)) return false;
    bt_str pointer = node->at->pointer;
    if (bt_str_ends(pointer, last_step)) pointer = bt_str_slice(pointer, 0, pointer.len - last_step.len);
    bt_fields_fault(r, BT_E_ARTICLE_REMOVED, node->at,
                    BT_ARGS(bt_fields_quoted(r, id), bt_fields_place(r, removal, node->at), pointer));
    return true;
}

static void report_no_article(bt_bundle_reader *b, const bt_json_node *node, bt_str id, const article_list *articles)
{
    enum { MOST_SHOWN = 12 };
    bt_fields_reader *r = &b->fields;
    if (report_removed(b, node, id)) return;
    bt_str *ids = BT_NEW_ARRAY(&r->words, articles->n, bt_str), shown = bt_fields_quoted(r, id);
    uint32_t n_ids = 0;
    for (uint32_t i = 0; ids && i < articles->n; i++)
        if (articles->v[i].has_id) ids[n_ids++] = articles->v[i].id.s;
    bt_str near = bt_str_nearest(id, ids, n_ids);
    if (near.len)
        bt_fields_fault(r, BT_E_NO_ARTICLE_NEAR, node->at, BT_ARGS(shown, near));
    else if (n_ids)
        bt_fields_fault(r, BT_E_NO_ARTICLE, node->at, BT_ARGS(shown, bt_fields_names(r, ids, n_ids, MOST_SHOWN)));
    else
        bt_fields_fault(r, BT_E_NO_ARTICLE_IDS, node->at, BT_ARGS(shown));
}

/* False: blank, and left out. */
static bool read_highlight(bt_bundle_reader *b, const bt_json_node *node, const article_list *articles,
                           bt_highlight *highlight)
{
    bt_fields_reader *r = &b->fields;
    const bt_json_node *text = node, *values[N_HIGHLIGHT_KEYS];
    *highlight = (bt_highlight){.text = {BT_STR(""), NULL}, .article_i = UINT32_MAX};
    if (!bt_fields_expect(r, node, BT_TAKES_STRING | BT_TAKES_OBJECT, NULL)) return true;
    if (node->kind == BT_JSON_OBJECT) {
        bt_fields_read(r, node, &highlight_fields, values);
        text = values[HIGHLIGHT_TEXT];
        const bt_json_node *id = values[HIGHLIGHT_ARTICLE];
        bt_str wanted;
        bool is_read = bt_bundle_reference(b, id, &wanted);
        uint32_t slot = id ? *find_slot(&articles->ids, wanted) : 0;
        if (slot)
            highlight->article_i = articles->new_i[slot - 1];
        else if (id && is_read && articles->v && !articles->ids.has_twice) /* else the fault is there, and told */
            report_no_article(b, id, wanted, articles);
    }
    if (!text) return true;
    highlight->text = bt_bundle_text(b, text);
    if (!bt_bundle_is_blank(highlight->text.s)) return true;
    bt_bundle_left_out(b, text, "this highlight");
    return false;
}

static void read_highlights(bt_bundle_reader *b, const bt_json_node *node, const article_list *articles,
                            bt_bundle *bundle)
{
    const bt_json_node *values[N_HIGHLIGHTS_KEYS];
    if (!node) return;
    bt_fields_read(&b->fields, node, &highlights_fields, values);
    bundle->highlights_title = bt_bundle_text(b, values[HIGHLIGHTS_TITLE]);
    const bt_json_node *items = values[HIGHLIGHTS_ITEMS];
    bt_highlight *highlights = items ? BT_NEW_ARRAY(b->fields.arena, items->n_children, bt_highlight) : NULL;
    if (!highlights) return;
    for (const bt_json_node *item = items->child; item; item = item->next)
        if (read_highlight(b, item, articles, &highlights[bundle->n_highlights])) bundle->n_highlights++;
    bundle->highlights = highlights;
}

/* --- imprint --- */

enum { LICENCE, RESPONSIBLE, EDITORS, PRINTER, QUANTITY, SIZE, PERIODICITY, DEPOSIT, ADDRESS, LINES, N_IMPRINT_KEYS };
static const bt_field imprint_keys[N_IMPRINT_KEYS] = {
    [LICENCE] = {BT_STR_INIT("licence"), BT_TAKES_STRING, 0},
    [RESPONSIBLE] = {BT_STR_INIT("responsible"), BT_TAKES_STRING, 0},
    [EDITORS] = {BT_STR_INIT("editors"), BT_TAKES_ARRAY, 0},
    [PRINTER] = {BT_STR_INIT("printer"), BT_TAKES_STRING, 0},
    [QUANTITY] = {BT_STR_INIT("quantity"), BT_TAKES_STRING | BT_TAKES_NUMBER, 0},
    [SIZE] = {BT_STR_INIT("size"), BT_TAKES_STRING, 0},
    [PERIODICITY] = {BT_STR_INIT("periodicity"), BT_TAKES_STRING, 0},
    [DEPOSIT] = {BT_STR_INIT("deposit"), BT_TAKES_STRING, 0},
    [ADDRESS] = {BT_STR_INIT("address"), BT_TAKES_STRING, 0},
    [LINES] = {BT_STR_INIT("lines"), BT_TAKES_ARRAY, 0},
};
static const bt_fields imprint_fields = {"the imprint", imprint_keys, N_IMPRINT_KEYS};

static void read_imprint(bt_bundle_reader *b, const bt_json_node *node, bt_imprint *imprint)
{
    const bt_json_node *values[N_IMPRINT_KEYS] = {NULL};
    if (node) bt_fields_read(&b->fields, node, &imprint_fields, values);
    imprint->at = node ? node->at : NULL;
    imprint->licence = bt_bundle_text(b, values[LICENCE]);
    imprint->responsible = bt_bundle_text(b, values[RESPONSIBLE]);
    imprint->printer = bt_bundle_text(b, values[PRINTER]);
    imprint->quantity = bt_bundle_text_or_integer(b, values[QUANTITY]);
    imprint->quantity_is_number = values[QUANTITY] && values[QUANTITY]->kind == BT_JSON_NUMBER;
    imprint->size = bt_bundle_text(b, values[SIZE]);
    imprint->periodicity = bt_bundle_text(b, values[PERIODICITY]);
    imprint->deposit = bt_bundle_text(b, values[DEPOSIT]);
    imprint->address = bt_bundle_text(b, values[ADDRESS]);
    bt_bundle_texts editors = bt_bundle_text_list(b, values[EDITORS]), lines = bt_bundle_text_list(b, values[LINES]);
    imprint->editors = editors.v;
    imprint->n_editors = editors.n;
    imprint->lines = lines.v;
    imprint->n_lines = lines.n;
}

/* --- the file --- */

enum { BANTIN, LAYOUT, LANG, MASTHEAD, HIGHLIGHTS, ARTICLES, FILLERS, IMPRINT, CONTENTS, LOCAL_PAGES, N_KEYS };
static const bt_field keys[N_KEYS] = {
    [BANTIN] = {BT_STR_INIT("bantin"), BT_TAKES_NUMBER, BT_REQUIRED},
    [LAYOUT] = {BT_STR_INIT("layout"), BT_TAKES_STRING, 0},
    [LANG] = {BT_STR_INIT("lang"), BT_TAKES_STRING, 0},
    [MASTHEAD] = {BT_STR_INIT("masthead"), BT_TAKES_OBJECT, BT_REQUIRED},
    [HIGHLIGHTS] = {BT_STR_INIT("highlights"), BT_TAKES_OBJECT, 0},
    [ARTICLES] = {BT_STR_INIT("articles"), BT_TAKES_ARRAY, BT_REQUIRED},
    [FILLERS] = {BT_STR_INIT("fillers"), BT_TAKES_ARRAY, 0},
    [IMPRINT] = {BT_STR_INIT("imprint"), BT_TAKES_OBJECT, 0},
    [CONTENTS] = {BT_STR_INIT("contents"), BT_TAKES_BOOL, 0},
    [LOCAL_PAGES] = {BT_STR_INIT("local_pages"), BT_TAKES_ARRAY, 0},
};
static const bt_fields fields = {"this bundle", keys, N_KEYS};

/* "vi-VN": letters and digits in parts joined by hyphens, the first of two or three letters. */
static bool is_language(bt_str text)
{
    size_t part = 0, n_parts = 0;
    for (size_t i = 0; i <= text.len; i++) {
        char c = i < text.len ? text.ptr[i] : '-';
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || (c >= '0' && c <= '9' && n_parts))
            part++;
        else if (c != '-' || !part || part > 8 || (n_parts == 0 && (part < 2 || part > 3)))
            return false;
        else {
            part = 0;
            n_parts++;
        }
    }
    return true;
}

static void read_lang(bt_bundle_reader *b, const bt_json_node *node, bt_text *lang)
{
    *lang = (bt_text){BT_STR("vi-VN"), NULL};
    if (!node) return;
    *lang = (bt_text){node->text, node->at};
    if (!is_language(node->text))
        bt_fields_fault(&b->fields, BT_E_LANG, node->at, BT_ARGS(bt_fields_quoted(&b->fields, node->text)));
    b->is_english = bt_str_starts(node->text, BT_STR("en"));
}

static void read_layout_name(bt_bundle_reader *b, const bt_json_node *node, bt_text *layout)
{
    *layout = bt_bundle_name(b, node);
    if (!bt_bundle_need_text(b, *layout, "layout", false)) return;
    bool is_path = bt_str_ends(layout->s, BT_STR(".json"));
    for (size_t i = 0; i < layout->s.len; i++) is_path = is_path || layout->s.ptr[i] == '/' || layout->s.ptr[i] == '\\';
    if (is_path) bt_bundle_path(b, *layout);
}

/* True when the file is a bundle of the format that is understood, as far as it says. */
static bool check_version(bt_bundle_reader *b, const bt_json_node *root)
{
    const bt_json_node *version = bt_json_find(root, "bantin");
    bt_fields_reader *r = &b->fields;
    if (!version) {
        bool is_layout = bt_json_find(root, "bantin_layout") != NULL;
        if (!is_layout && !bt_json_find(root, "bantin_edition")) return true;
        bt_str kind = is_layout ? BT_SAY(r->diags, "a layout") : BT_SAY(r->diags, "an edition");
        bt_fields_fault(r, BT_E_NOT_BUNDLE, root->at, BT_ARGS(kind));
        return false;
    }
    if (version->kind != BT_JSON_NUMBER || bt_str_is(version->text, "1")) return true;
    bt_fields_fault(r, BT_E_BUNDLE_VERSION, version->at, BT_ARGS(version->text));
    return false;
}

static void read_root(bt_bundle_reader *b, const bt_json_node *root, bt_bundle *bundle)
{
    const bt_json_node *values[N_KEYS];
    bt_arena *arena = b->fields.arena;
    if (!check_version(b, root) || !bt_fields_read(&b->fields, root, &fields, values)) return;
    bundle->at = root->at;
    read_layout_name(b, values[LAYOUT], &bundle->layout);
    bundle->layout_dir = bt_bundle_home(b, bundle->layout.at);
    read_lang(b, values[LANG], &bundle->lang);
    read_masthead(b, values[MASTHEAD], &bundle->masthead);
    article_list articles = {0};
    articles.v = read_articles(b, values[ARTICLES], &articles.n);
    uint32_t *new_i = BT_NEW_ARRAY(arena, articles.n, uint32_t);
    if (!new_i || !index_ids(b, articles.v, articles.n, &articles.ids)) return;
    articles.new_i = new_i;
    bundle->articles = in_order(arena, articles.v, articles.n, new_i);
    bundle->n_articles = articles.n;
    bundle->highlights_title.s = BT_STR("");
    read_highlights(b, values[HIGHLIGHTS], &articles, bundle);
    bundle->fillers = bt_bundle_fillers(b, values[FILLERS], &bundle->n_fillers);
    bt_bundle_finish_charts(b);
    if (bt_fields_truth(values[CONTENTS], &bundle->has_contents)) bundle->contents_at = values[CONTENTS]->at;
    bundle->local_pages = bt_fields_pages(&b->fields, values[LOCAL_PAGES], &bundle->n_local_pages);
    if (values[LOCAL_PAGES]) bundle->local_pages_at = values[LOCAL_PAGES]->at;
    read_imprint(b, values[IMPRINT], &bundle->imprint);
    bundle->figures = b->figures.v;
    bundle->n_figures = b->figures.n;
    check_table_ids(b);
    bundle->tables = b->tables.v;
    bundle->n_tables = b->tables.n;
}

/* Whether the title has the words already, in whatever letter case. */
static bool contains(bt_arena *scratch, bt_str text, bt_str part)
{
    bt_str whole = bt_path_folded(scratch, text), words = bt_path_folded(scratch, part);
    return whole.len && words.len && memmem(whole.ptr, whole.len, words.ptr, words.len);
}

/* What tells the edition from others of the same base. */
static bt_str label_of(bt_arena *scratch, const bt_bundle *bundle)
{
    const bt_masthead *masthead = &bundle->masthead;
    bt_str label = bt_str_trim(masthead->edition_is_own ? masthead->edition.s : bundle->edition_name);
    if (!bundle->edition_at || contains(scratch, masthead->title.s, label)) return BT_STR("");
    return label;
}

bt_status bt_bundle_read_with(bt_arena *arena, bt_diags *diags, bt_str path, bt_str source, const bt_bundle_ways *ways,
                              const bt_bundle **result)
{
    *result = NULL;
    const bt_json_node *root;
    bt_status status = bt_json_parse(arena, diags, path, source, &root);
    return status == BT_OK ? bt_bundle_read_tree(arena, diags, path, root, ways, result) : status;
}

bt_status bt_bundle_read_tree(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root,
                              const bt_bundle_ways *ways, const bt_bundle **result)
{
    *result = NULL;
    bt_bundle *bundle = BT_NEW(arena, bt_bundle);
    if (!bundle) return BT_NOMEM;
    bt_bundle_reader b = {.fields = bt_fields_begin(arena, diags), .dir = bt_path_dir(arena, path), .ways = *ways};
    bundle->path = bt_str_copy(arena, path);
    bundle->dir = b.dir;
    bundle->facts = b.facts = ways->keeps_facts ? BT_NEW(arena, bt_bundle_facts) : NULL;
    b.known = ways->base ? ways->base->facts : NULL;
    bundle->edition_id = bundle->edition_name = BT_STR("");
    if (ways->edition && !ways->is_base) {
        bundle->edition_at = ways->edition->at;
        bundle->edition_id = ways->edition->id.s;
        bundle->edition_name = ways->edition->name.s;
    }
    bt_bundle_texts_begin(&b, root);
    if (bundle->edition_at) bundle->values = b.values;
    if (bundle->edition_at) bundle->n_values = b.n_values;
    read_root(&b, root, bundle);
    bundle->edition_label = label_of(&b.scratch, bundle);
    bt_bundle_texts_end(&b);
    bt_status status = bt_fields_end(&b.fields);
    if (status == BT_OK) *result = bundle;
    return status;
}

bt_status bt_bundle_read(bt_arena *arena, bt_diags *diags, bt_str path, bt_str source, const bt_bundle **result)
{
    return bt_bundle_read_with(arena, diags, path, source, &(bt_bundle_ways){0}, result);
}
