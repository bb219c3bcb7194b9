/* edition_lay.c - an overlay is laid on its base: "set" first, then the operations on articles, in the file's order. So
 * indexes in pointers count what the base has. */
#include "bundle/edition_int.h"

enum { MOST_SHOWN = 12 };

bool bt_edition_count(bt_edition_layer *l, const bt_place *at)
{
    if (++l->n_changes <= BT_LIMIT_EDITION_CHANGES) return true;
    if (l->n_changes == BT_LIMIT_EDITION_CHANGES + 1)
        bt_fields_limit(&l->r, BT_E_EDITION_CHANGES, at, BT_ARGS(bt_fields_count(&l->r, BT_LIMIT_EDITION_CHANGES)));
    return false;
}

bool bt_edition_is_free(bt_edition_layer *l, const bt_edit *edit, const bt_place *at)
{
    const bt_place *other = edit->by ? edit->by : edit->below;
    if (!other) return true;
    bt_fields_fault(&l->r, BT_E_CHANGED_TWICE, at, BT_ARGS(bt_fields_place(&l->r, other, at)));
    return false;
}

/* --- the article that is aimed at --- */

static void report_no_article(bt_edition_layer *l, const bt_json_node *id)
{
    bt_fields_reader *r = &l->r;
    uint32_t n = 0;
    bt_str *ids = BT_NEW_ARRAY(&r->words, l->articles->node.n_children, bt_str);
    const bt_edit *article = ids ? l->articles->first : NULL;
    for (; article; article = article->next)
        if (article->id.len) ids[n++] = article->id;
    bt_str near = bt_str_nearest(id->text, ids, n), shown = bt_fields_quoted(r, id->text);
    if (near.len)
        bt_fields_fault(r, BT_E_BASE_ARTICLE_NEAR, id->at, BT_ARGS(shown, near));
    else if (n)
        bt_fields_fault(r, BT_E_BASE_ARTICLE, id->at, BT_ARGS(shown, bt_fields_names(r, ids, n, MOST_SHOWN)));
    else
        bt_fields_fault(r, BT_E_BASE_ARTICLE_NO_IDS, id->at, BT_ARGS(shown));
}

/* NULL: reported. */
static bt_edit *find_article(bt_edition_layer *l, const bt_json_node *id)
{
    bt_edit *article = id->text.len ? l->articles->first : NULL;
    while (article && !bt_str_equal(article->id, id->text)) article = article->next;
    if (!article) report_no_article(l, id);
    return article;
}

/* The article that one operation changes, and no other may. NULL: reported. */
static bt_edit *claim_article(bt_edition_layer *l, const bt_json_node *op, const bt_json_node *id)
{
    bt_edit *article = find_article(l, id);
    if (!article || !bt_edition_is_free(l, article, op->at)) return NULL;
    article->by = op->at;
    return article;
}

/* --- operations --- */

enum { OP, REPLACE_ID, REPLACE_ARTICLE, N_REPLACE_KEYS };
static const bt_field replace_keys[N_REPLACE_KEYS] = {
    [OP] = {BT_STR_INIT("op"), BT_TAKES_STRING, BT_REQUIRED},
    [REPLACE_ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, BT_REQUIRED},
    [REPLACE_ARTICLE] = {BT_STR_INIT("article"), BT_TAKES_OBJECT, BT_REQUIRED},
};
static const bt_fields replace_fields = {"this replacement", replace_keys, N_REPLACE_KEYS};

/* A member that an article has unless it brings one of its own. */
static void bring(bt_edition_layer *l, bt_edit *article, const bt_json_node *member)
{
    if (!member || bt_edit_member(article, member->key)) return;
    bt_edit_insert(l->r.arena, article, article->last, member, member->key, member->key_at);
}

/* The article that takes the place has the id as well, and stands on the same page, unless it says otherwise. */
static void replace(bt_edition_layer *l, const bt_json_node *op)
{
    const bt_json_node *values[N_REPLACE_KEYS];
    bt_fields_read(&l->r, op, &replace_fields, values);
    bt_edit *article = values[REPLACE_ID] ? claim_article(l, op, values[REPLACE_ID]) : NULL;
    if (!article || !values[REPLACE_ARTICLE]) return;
    static const char *const kept[] = {"id", "page", "local"};
    enum { N_KEPT = sizeof kept / sizeof *kept };
    const bt_json_node *members[N_KEPT];
    for (size_t i = 0; i < N_KEPT; i++) members[i] = bt_json_find(&article->node, kept[i]);
    bt_edit_take(article, values[REPLACE_ARTICLE], NULL);
    if (!bt_edit_open(l->r.arena, article)) return;
    for (size_t i = 0; i < N_KEPT; i++) bring(l, article, members[i]);
}

enum { INSERT_AFTER = OP + 1, INSERT_AT, INSERT_ARTICLE, N_INSERT_KEYS };
static const bt_field insert_keys[N_INSERT_KEYS] = {
    [OP] = {BT_STR_INIT("op"), BT_TAKES_STRING, BT_REQUIRED},
    [INSERT_AFTER] = {BT_STR_INIT("after"), BT_TAKES_STRING, 0},
    [INSERT_AT] = {BT_STR_INIT("at"), BT_TAKES_STRING, 0},
    [INSERT_ARTICLE] = {BT_STR_INIT("article"), BT_TAKES_OBJECT, BT_REQUIRED},
};
static const bt_fields insert_fields = {"this insertion", insert_keys, N_INSERT_KEYS};

/* Articles that are inserted at the same place keep their order. The tail of where they go: behind *tail, or, where
 * that is NULL, behind `after`. False: reported. */
static bool find_gap(bt_edition_layer *l, const bt_json_node *const *values, bt_edit **after, bt_edit ***tail)
{
    static const bt_str ends[] = {BT_STR_INIT("start"), BT_STR_INIT("end")};
    uint32_t end_i;
    *after = NULL;
    *tail = &l->start_tail;
    if (values[INSERT_AFTER]) {
        *after = find_article(l, values[INSERT_AFTER]);
        if (*after) *tail = &(*after)->tail;
        return *after;
    }
    if (!bt_fields_choice(&l->r, values[INSERT_AT], ends, 2, &end_i)) return false;
    if (end_i) *after = l->articles->last;
    if (end_i) *tail = &l->end_tail;
    return true;
}

static void insert(bt_edition_layer *l, const bt_json_node *op)
{
    const bt_json_node *values[N_INSERT_KEYS];
    bt_edit *after, **tail;
    bt_fields_read(&l->r, op, &insert_fields, values);
    bool has_after = bt_json_find(op, "after"), has_at = bt_json_find(op, "at");
    if (has_after == has_at) bt_fields_fault(&l->r, BT_E_INSERT_PLACE, op->at, BT_NO_ARGS);
    if (has_after == has_at || !find_gap(l, values, &after, &tail) || !values[INSERT_ARTICLE]) return;
    if (*tail) after = *tail;
    bt_edit *article = bt_edit_insert(l->r.arena, l->articles, after, values[INSERT_ARTICLE], BT_STR(""), NULL);
    if (!article) return;
    article->by = op->at;
    *tail = article;
    /* What an edition inserts is local, unless it says otherwise. */
    const bt_json_node local = {
        .kind = BT_JSON_BOOL, .truth = true, .key = BT_STR("local"), .at = op->at, .key_at = op->at};
    if (article->node.kind == BT_JSON_OBJECT && bt_edit_open(l->r.arena, article)) bring(l, article, &local);
}

enum { REMOVE_ID = OP + 1, N_REMOVE_KEYS };
static const bt_field remove_keys[N_REMOVE_KEYS] = {
    [OP] = {BT_STR_INIT("op"), BT_TAKES_STRING, BT_REQUIRED},
    [REMOVE_ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, BT_REQUIRED},
};
static const bt_fields remove_fields = {"this removal", remove_keys, N_REMOVE_KEYS};

static void take_away(bt_edition_layer *l, const bt_json_node *op)
{
    const bt_json_node *values[N_REMOVE_KEYS];
    bt_fields_read(&l->r, op, &remove_fields, values);
    bt_edit *article = values[REMOVE_ID] ? claim_article(l, op, values[REMOVE_ID]) : NULL;
    if (article) article->is_gone = true;
}

/* --- merge (RFC 7396) --- */

enum { MERGE_ID = OP + 1, MERGE_WITH, N_MERGE_KEYS };
static const bt_field merge_keys[N_MERGE_KEYS] = {
    [OP] = {BT_STR_INIT("op"), BT_TAKES_STRING, BT_REQUIRED},
    [MERGE_ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, BT_REQUIRED},
    [MERGE_WITH] = {BT_STR_INIT("with"), BT_TAKES_OBJECT, BT_REQUIRED},
};
static const bt_fields merge_fields = {"this merge", merge_keys, N_MERGE_KEYS};

static void merge_object(bt_edition_layer *l, bt_edit *edit, const bt_json_node *with);

static void merge_member(bt_edition_layer *l, bt_edit *edit, const bt_json_node *member)
{
    bt_edit *own = bt_edit_member(edit, member->key);
    bool is_object = member->kind == BT_JSON_OBJECT;
    if (member->kind == BT_JSON_NULL) {
        if (!own) bt_fields_fault(&l->r, BT_E_MERGE_NOTHING, member->at, BT_ARGS(bt_fields_label(&l->r, member)));
        if (own) own->is_gone = true;
        return;
    }
    if (is_object && own && own->node.kind == BT_JSON_OBJECT) {
        merge_object(l, own, member);
        return;
    }
    bt_json_node value = *member;
    if (is_object) { /* its members are merged into an empty one */
        value.child = NULL;
        value.n_children = 0;
    }
    if (own)
        bt_edit_take(own, &value, member->key_at);
    else
        own = bt_edit_insert(l->r.arena, edit, edit->last, &value, member->key, member->key_at);
    if (own && is_object) merge_object(l, own, member);
}

/* No deeper than BT_LIMIT_JSON_DEPTH. */
static void merge_object(bt_edition_layer *l, bt_edit *edit, const bt_json_node *with)
{
    if (!bt_edit_open(l->r.arena, edit)) return;
    for (const bt_json_node *member = with->child; member && bt_edition_count(l, member->key_at); member = member->next)
        merge_member(l, edit, member);
}

static void merge(bt_edition_layer *l, const bt_json_node *op)
{
    const bt_json_node *values[N_MERGE_KEYS];
    bt_fields_read(&l->r, op, &merge_fields, values);
    const bt_json_node *with = values[MERGE_WITH];
    bt_edit *article = values[MERGE_ID] ? claim_article(l, op, values[MERGE_ID]) : NULL;
    if (with && !with->n_children) bt_fields_fault(&l->r, BT_E_MERGE_EMPTY, with->at, BT_NO_ARGS);
    if (article && with) merge_object(l, article, with);
}

/* --- the whole --- */

static void operate(bt_edition_layer *l, const bt_json_node *op)
{
    static const bt_str names[] = {BT_STR_INIT("replace"), BT_STR_INIT("insert"), BT_STR_INIT("remove"),
                                   BT_STR_INIT("merge")};
    static void (*const operations[])(bt_edition_layer *, const bt_json_node *) = {replace, insert, take_away, merge};
    uint32_t choice;
    if (!bt_fields_expect(&l->r, op, BT_TAKES_OBJECT, NULL)) return;
    const bt_json_node *name = bt_json_find(op, "op");
    if (!name)
        bt_fields_fault(&l->r, BT_E_OP_MISSING, op->at, BT_NO_ARGS);
    else if (bt_fields_expect(&l->r, name, BT_TAKES_STRING, NULL) && bt_fields_choice(&l->r, name, names, 4, &choice))
        operations[choice](l, op);
}

static void operate_all(bt_edition_layer *l, const bt_json_node *ops)
{
    l->articles = bt_edit_member(l->root, BT_STR("articles"));
    if (!l->articles || l->articles->node.kind != BT_JSON_ARRAY) return; /* the bundle's reader reports it */
    for (const bt_json_node *op = ops->child; op && bt_edition_count(l, op->at); op = op->next) {
        if (!l->articles->by)
            operate(l, op);
        else
            bt_edition_is_free(l, l->articles, op->at); /* "set" has put another list in its place */
    }
}

/* The ids are those of the base, whatever "set" makes of them. */
static void open_base(bt_edition_layer *l)
{
    if (!bt_edit_open(l->r.arena, l->root)) return;
    bt_edit *articles = bt_edit_member(l->root, BT_STR("articles"));
    if (!articles || articles->node.kind != BT_JSON_ARRAY || !bt_edit_open(l->r.arena, articles)) return;
    for (bt_edit *article = articles->first; article; article = article->next) {
        const bt_json_node *id = bt_json_find(&article->node, "id");
        if (id && id->kind == BT_JSON_STRING) article->id = id->text;
    }
}

bt_status bt_edition_lay(bt_arena *arena, bt_diags *diags, const bt_edition *edition, const bt_json_node *base,
                         const bt_json_node **merged)
{
    *merged = base;
    bt_edit *root = BT_NEW(arena, bt_edit);
    if (!root) return BT_NOMEM;
    if (!bt_json_find(base, "bantin")) return BT_OK;
    root->node = *base;
    bt_edition_layer l = {.r = bt_fields_begin(arena, diags), .edition = edition, .root = root};
    open_base(&l);
    if (edition->set) bt_edition_set(&l, edition->set);
    if (edition->articles) operate_all(&l, edition->articles);
    bt_edit_close(root);
    *merged = &root->node;
    return bt_fields_end(&l.r);
}
