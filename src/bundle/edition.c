/* edition.c - the overlay's file by itself: what it is, its base, its values. */
#include "bundle/edition.h"

#include "base/file.h"
#include "json/fields.h"

enum { BANTIN_EDITION, BASE, ID, NAME, SET, ARTICLES, N_KEYS };
static const bt_field keys[N_KEYS] = {
    [BANTIN_EDITION] = {BT_STR_INIT("bantin_edition"), BT_TAKES_NUMBER, BT_REQUIRED},
    [BASE] = {BT_STR_INIT("base"), BT_TAKES_STRING, 0},
    [ID] = {BT_STR_INIT("id"), BT_TAKES_STRING, 0},
    [NAME] = {BT_STR_INIT("name"), BT_TAKES_STRING, 0},
    [SET] = {BT_STR_INIT("set"), BT_TAKES_OBJECT, 0},
    [ARTICLES] = {BT_STR_INIT("articles"), BT_TAKES_ARRAY, 0},
};
static const bt_fields fields = {"this edition", keys, N_KEYS};

bool bt_edition_is(const bt_json_node *root)
{
    return bt_json_find(root, "bantin_edition") && !bt_json_find(root, "bantin");
}

/* True when the file is an edition of the format that is understood, as far as it says. */
static bool check_version(bt_fields_reader *r, const bt_json_node *root)
{
    const bt_json_node *version = bt_json_find(root, "bantin_edition");
    if (!version) {
        bool is_layout = bt_json_find(root, "bantin_layout") != NULL;
        if (!is_layout && !bt_json_find(root, "bantin")) return true;
        bt_str kind = is_layout ? BT_SAY(r->diags, "a layout") : BT_SAY(r->diags, "a bundle");
        bt_fields_fault(r, BT_E_NOT_EDITION, root->at, BT_ARGS(kind));
        return false;
    }
    if (version->kind != BT_JSON_NUMBER || bt_str_is(version->text, "1")) return true;
    bt_fields_fault(r, BT_E_EDITION_VERSION, version->at, BT_ARGS(version->text));
    return false;
}

/* A text that may be absent, but not blank. */
static bt_text read_text(bt_fields_reader *r, const bt_json_node *node)
{
    if (!node) return (bt_text){BT_STR(""), NULL};
    if (!bt_str_trim(node->text).len) bt_fields_fault(r, BT_E_BLANK_OPTIONAL, node->at, BT_ARGS(node->key));
    return (bt_text){node->text, node->at};
}

static void read_base(bt_fields_reader *r, const bt_json_node *node, bt_edition *edition)
{
    edition->base = read_text(r, node);
    edition->base_path = BT_STR("");
    for (size_t i = 0; i < edition->base.s.len; i++) {
        if (edition->base.s.ptr[i] != '\\') continue;
        bt_fields_fault(r, BT_E_PATH_BACKSLASH, node->at, BT_ARGS(bt_fields_quoted(r, node->text)));
        return;
    }
    if (bt_str_trim(edition->base.s).len)
        edition->base_path = bt_path_normal(r->arena, bt_path_join(r->arena, edition->dir, edition->base.s));
}

/* --- values --- */

typedef struct value_list {
    bt_value *v; /* room for all */
    uint32_t n;
} value_list;

static void add_value(value_list *values, const char *name, bt_text text)
{
    if (text.at) values->v[values->n++] = (bt_value){bt_str_of(name), text};
}

static void check_id(bt_fields_reader *r, bt_text id)
{
    if (bt_str_trim(id.s).len && !bt_str_is_id(id.s))
        bt_fields_fault(r, BT_E_EDITION_ID, id.at, BT_ARGS(bt_fields_quoted(r, id.s)));
}

/* The same value twice is one; two of one name are the user's to choose from. True: it is there. */
static bool is_there(bt_fields_reader *r, const value_list *values, bt_value value)
{
    for (uint32_t i = 0; i < values->n; i++) {
        const bt_value *other = &values->v[i];
        if (!bt_str_equal(other->name, value.name)) continue;
        if (bt_str_equal(other->text.s, value.text.s)) return true;
        bt_str name = bt_fields_quoted(r, value.name), one = bt_fields_quoted(r, value.text.s);
        bt_str two = bt_fields_quoted(r, other->text.s), place = bt_fields_place(r, other->text.at, value.text.at);
        if (other->text.at->line)
            bt_fields_fault(r, BT_E_VALUE_TWICE, value.text.at, BT_ARGS(name, one, two, place));
        else
            bt_fields_fault(r, BT_E_VALUE_GIVEN_TWICE, value.text.at, BT_ARGS(name, one, two));
        return true;
    }
    return false;
}

static bool is_text(bt_str text)
{
    uint32_t c;
    for (size_t i = 0; i < text.len;) {
        size_t length = bt_utf8_decode(text, i, &c);
        if (length == 1 && c == 0xFFFD) return false;
        i += length;
    }
    return true;
}

static void add_given(bt_fields_reader *r, const bt_named_value *given, value_list *values, bt_edition *edition)
{
    bt_place *at = BT_NEW(r->arena, bt_place);
    if (!at) return;
    *at = (bt_place){bt_str_copy(r->arena, bt_str_of(given->file)), bt_str_copy(r->arena, bt_str_of(given->pointer)),
                     given->line, given->column};
    bt_str name = bt_str_copy(r->arena, bt_str_of(given->name)), text = bt_str_copy(r->arena, bt_str_of(given->text));
    bt_value value = {name, {text, at}};
    if (!is_text(name) || !is_text(text)) {
        bt_fields_fault(r, BT_E_VALUE_TEXT, at, BT_ARGS(bt_fields_quoted(r, name)));
        return;
    }
    if (is_there(r, values, value)) return;
    values->v[values->n++] = value;
    if (bt_str_is(name, "id")) edition->id = value.text;
    if (bt_str_is(name, "name") && bt_str_trim(text).len) edition->name = value.text;
    if (!edition->at) edition->at = at;
}

/* --- the whole --- */

static void read_root(bt_fields_reader *r, const bt_json_node *root, bt_edition *edition)
{
    const bt_json_node *values[N_KEYS];
    bt_fields_read(r, root, &fields, values);
    edition->at = root->at;
    read_base(r, values[BASE], edition);
    edition->id = read_text(r, values[ID]);
    edition->name = read_text(r, values[NAME]);
    edition->set = values[SET];
    edition->articles = values[ARTICLES];
}

static void read_values(bt_fields_reader *r, const bt_edition_given *given, bt_edition *edition)
{
    value_list values = {BT_NEW_ARRAY(r->arena, (size_t)given->n + 2, bt_value), 0};
    if (!values.v) return;
    add_value(&values, "id", edition->id);
    add_value(&values, "name", edition->name);
    for (uint32_t i = 0; i < given->n; i++) add_given(r, &given->v[i], &values, edition);
    if (edition->id.at && !given->stands_in) check_id(r, edition->id);
    edition->values = values.v;
    edition->n_values = values.n;
}

bt_status bt_edition_read_with(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root,
                               const bt_edition_given *given, const bt_edition **result)
{
    *result = NULL;
    bt_edition *edition = BT_NEW(arena, bt_edition);
    if (!edition) return BT_NOMEM;
    bt_fields_reader r = bt_fields_begin(arena, diags);
    edition->path = bt_str_copy(arena, path);
    edition->dir = bt_path_dir(arena, path);
    if (!root || check_version(&r, root)) {
        if (root) read_root(&r, root, edition);
        read_values(&r, given, edition);
        if (!root || root->kind == BT_JSON_OBJECT) *result = edition;
    }
    return bt_fields_end(&r);
}

bt_status bt_edition_read(bt_arena *arena, bt_diags *diags, bt_str path, const bt_json_node *root,
                          const bt_edition **edition)
{
    return bt_edition_read_with(arena, diags, path, root, &(bt_edition_given){NULL, 0, false}, edition);
}

/* --- what became of an article --- */

static bool is_op(const bt_json_node *op, const char *name, bt_str id)
{
    const bt_json_node *what = bt_json_find(op, "op"), *aim = bt_json_find(op, "id");
    return what && aim && what->kind == BT_JSON_STRING && aim->kind == BT_JSON_STRING && bt_str_is(what->text, name) &&
           bt_str_equal(aim->text, id);
}

static const bt_place *find_op(const bt_edition *edition, const char *name, bt_str id)
{
    const bt_json_node *op = edition->articles && id.len ? edition->articles->child : NULL;
    while (op && !is_op(op, name, id)) op = op->next;
    return op ? op->at : NULL;
}

/* The first value below a node that is of the file. */
static const bt_place *first_of(const bt_json_node *node, bt_str file)
{
    const bt_place *found = bt_str_equal(node->at->file, file) ? node->at : NULL;
    for (const bt_json_node *child = node->child; child && !found; child = child->next) found = first_of(child, file);
    return found; /* no deeper than two files' BT_LIMIT_JSON_DEPTH */
}

/* The member of "set" that leads into a value of the base. */
static const bt_place *find_set(const bt_edition *edition, bt_str pointer)
{
    const bt_json_node *member = edition->set ? edition->set->child : NULL;
    for (; member; member = member->next) {
        bool is_longer = member->key.len > pointer.len && member->key.ptr[pointer.len] == '/';
        if (is_longer && bt_str_starts(member->key, pointer)) return member->key_at;
    }
    return NULL;
}

const bt_place *bt_edition_change(const bt_edition *edition, const bt_json_node *article)
{
    if (!edition || bt_str_equal(article->at->file, edition->path)) return NULL;
    const bt_place *found = first_of(article, edition->path);
    if (found) return found;
    /* null leaves nothing behind */
    const bt_json_node *id = bt_json_find(article, "id");
    if (id) found = find_op(edition, "merge", id->text);
    return found ? found : find_set(edition, article->at->pointer);
}

const bt_place *bt_edition_removal(const bt_edition *edition, bt_str id)
{
    return edition ? find_op(edition, "remove", id) : NULL;
}
