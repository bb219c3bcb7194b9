/* layout_file.c - finds a layout's file, reads it with its parents, and lays one over the other. */
#include "base/inputs.h"
#include "layout/layout_int.h"

#include <dirent.h>
#include <errno.h>

/* --- merging --- */

const bt_json_node *bt_layout_member(const bt_json_node *node, bt_str key)
{
    for (const bt_json_node *child = node->child; child; child = child->next)
        if (bt_str_equal(child->key, key)) return child;
    return NULL;
}

/* What is merged. A colour is replaced as a whole, for it is one thing in one of several forms; so is the profile. */
typedef enum merged { FILES, PALETTES, COLORS, PRINT, ANYTHING } merged;

static bool is_one_thing(merged what, bt_str key)
{
    return what == COLORS || (what == PRINT && bt_str_is(key, "profile"));
}

static merged within(merged what, bt_str key)
{
    if (what == PALETTES) return COLORS;
    if (what != FILES) return ANYTHING;
    if (bt_str_is(key, "print")) return PRINT;
    return bt_str_is(key, "colors") ? COLORS : bt_str_is(key, "palettes") ? PALETTES : ANYTHING;
}

static const bt_json_node *merge(bt_arena *arena, const bt_json_node *parent, const bt_json_node *child, merged what)
{
    if (parent->kind != BT_JSON_OBJECT || child->kind != BT_JSON_OBJECT) return child;
    bt_json_node *result = BT_NEW(arena, bt_json_node);
    bt_json_node *members = BT_NEW_ARRAY(arena, (size_t)parent->n_children + child->n_children, bt_json_node);
    if (!result || !members) return child;
    uint32_t n = 0;
    for (const bt_json_node *member = parent->child; member; member = member->next) {
        const bt_json_node *over = bt_layout_member(child, member->key);
        if (!over)
            members[n++] = *member;
        else
            members[n++] =
                is_one_thing(what, member->key) ? *over : *merge(arena, member, over, within(what, member->key));
    }
    for (const bt_json_node *member = child->child; member; member = member->next)
        if (!bt_layout_member(parent, member->key)) members[n++] = *member;
    for (uint32_t i = 0; i < n; i++) members[i].next = i + 1 < n ? &members[i + 1] : NULL;
    *result = *child;
    result->n_children = n;
    result->child = n ? members : NULL;
    return result;
}

const bt_json_node *bt_layout_merge(bt_arena *arena, const bt_json_node *parent, const bt_json_node *child)
{
    return merge(arena, parent, child, ANYTHING);
}

/* --- finding --- */

static const bt_str suffix = BT_STR_INIT(".json");

typedef struct file_names {
    BT_ARRAY(bt_str) names;
} file_names;

/* Keeps the names sorted and each once: a folder's own order must not show. */
static void add_name(bt_arena *arena, file_names *list, bt_str name)
{
    uint32_t i = list->names.n;
    while (i > 0 && bt_str_compare(list->names.v[i - 1], name) > 0) i--;
    if (i > 0 && bt_str_equal(list->names.v[i - 1], name)) return;
    const bt_str *room = BT_PUSH(arena, &list->names);
    if (!room) return;
    for (uint32_t k = list->names.n - 1; k > i; k--) list->names.v[k] = list->names.v[k - 1];
    list->names.v[i] = name;
}

static void list_folder(bt_arena *arena, const char *dir, file_names *list)
{
    enum { MOST_NAMES = 200 };
    DIR *folder = opendir(dir);
    if (!folder) return;
    for (const struct dirent *entry = readdir(folder); entry && list->names.n < MOST_NAMES; entry = readdir(folder)) {
        bt_str name = bt_str_of(entry->d_name);
        if (name.ptr[0] == '.' || !bt_str_ends(name, suffix)) continue;
        add_name(arena, list, bt_str_copy(arena, bt_str_slice(name, 0, name.len - suffix.len)));
    }
    closedir(folder);
}

/* Whether the file is a layout and not a mere parent. What is wrong with it is said when it is read. */
static bool is_whole(bt_arena *arena, bt_str dir, bt_str name, const char *const *dirs)
{
    bt_diags silent = {.arena = arena};
    bt_fields_reader r = bt_fields_begin(arena, &silent);
    bt_layout_search search = {.name = bt_str_join(arena, name, suffix), .from_dir = dir, .dirs = dirs};
    const bt_json_node *root = bt_layout_load(&r, &search);
    bt_fields_end(&r);
    return !root || bt_json_find(root, "page");
}

/* The layouts that may be named here: parents only in "extends". */
static void list_nameable(bt_fields_reader *r, const bt_layout_search *search, file_names *names)
{
    for (size_t i = 0; search->dirs && search->dirs[i]; i++) {
        file_names here = {0};
        list_folder(&r->words, search->dirs[i], &here);
        for (uint32_t k = 0; k < here.names.n; k++)
            if (search->is_parent || is_whole(&r->words, bt_str_of(search->dirs[i]), here.names.v[k], search->dirs))
                add_name(&r->words, names, here.names.v[k]);
    }
}

static void report_not_found(bt_fields_reader *r, const bt_layout_search *search)
{
    enum { MOST_SHOWN = 20 };
    file_names list = {0};
    list_nameable(r, search, &list);
    bool has_own = search->is_parent && !list.names.n;
    if (has_own) list_folder(&r->words, bt_str_z(&r->words, search->from_dir), &list);
    bt_str near = bt_str_nearest(search->name, list.names.v, list.names.n), shown = bt_fields_quoted(r, search->name);
    if (near.len)
        bt_fields_fault(r, BT_E_LAYOUT_NOT_FOUND_NEAR, search->at, BT_ARGS(shown, near));
    else if (list.names.n)
        bt_fields_fault(r, BT_E_LAYOUT_NOT_FOUND, search->at,
                        BT_ARGS(shown, bt_fields_names(r, list.names.v, list.names.n, MOST_SHOWN)));
    else
        bt_fields_fault(r, BT_E_LAYOUT_NONE, search->at, BT_ARGS(shown));
}

static bool is_path(bt_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '/') return true;
    return bt_str_ends(name, suffix);
}

/* The file's path; empty: reported. */
static bt_str find_file(bt_fields_reader *r, const bt_layout_search *search)
{
    if (is_path(search->name)) {
        if (search->is_parent && !bt_path_stays_inside(search->name)) {
            bt_fields_fault(r, BT_E_PATH_OUTSIDE, search->at, BT_ARGS(bt_fields_quoted(r, search->name)));
            return BT_STR("");
        }
        return bt_path_join(r->arena, search->from_dir, search->name);
    }
    bt_str file = bt_str_join(r->arena, search->name, suffix);
    if (search->is_parent) {
        bt_str path = bt_path_join(r->arena, search->from_dir, file);
        if (bt_file_exists(bt_str_z(r->arena, path))) return path;
        bt_inputs_note_absent(r->diags, path);
    }
    for (size_t i = 0; search->dirs && search->dirs[i]; i++) {
        bt_str path = bt_path_join(r->arena, bt_str_of(search->dirs[i]), file);
        if (bt_file_exists(bt_str_z(r->arena, path))) return path;
        bt_inputs_note_absent(r->diags, path);
    }
    report_not_found(r, search);
    return BT_STR("");
}

/* --- one file --- */

static const bt_json_node *parse_file(bt_fields_reader *r, const bt_layout_search *search, bt_str path)
{
    enum { MEGABYTE = 1024 * 1024 };
    bt_str contents;
    int error = 0;
    bt_status status = bt_file_read(r->arena, bt_str_z(r->arena, path), BT_LIMIT_JSON_BYTES, &contents, &error);
    if (status == BT_LIMIT)
        bt_fields_limit(r, BT_E_TOO_LARGE, search->at,
                        BT_ARGS(path, bt_fields_count(r, BT_LIMIT_JSON_BYTES / MEGABYTE)));
    else if (status == BT_IO && error == ENOENT)
        bt_fields_fault(r, BT_E_LAYOUT_NO_FILE, search->at, BT_ARGS(bt_fields_quoted(r, path)));
    else if (status == BT_IO)
        bt_fields_fault(r, BT_E_READ, search->at, BT_ARGS(path, bt_file_error(r->diags, &r->words, error)));
    if (status != BT_OK) return NULL;
    bt_inputs_note(r->diags, path, contents);
    const bt_json_node *root;
    status = bt_json_parse(r->arena, r->diags, path, contents, &root);
    if (status == BT_NOMEM) r->arena->failed = true;
    if (status != BT_OK && r->status == BT_OK) r->status = status;
    return root;
}

/* No object of a layout has more members than styles are allowed; so merging stays quick. */
static bool check_sizes(bt_fields_reader *r, const bt_json_node *node)
{
    if (node->n_children > BT_LIMIT_STYLES) {
        bt_fields_limit(r, BT_E_LAYOUT_MEMBERS, node->at,
                        BT_ARGS(bt_fields_label(r, node), bt_fields_count(r, node->n_children),
                                bt_fields_count(r, BT_LIMIT_STYLES)));
        return false;
    }
    bool is_good = true;
    for (const bt_json_node *child = node->child; child; child = child->next)
        is_good = check_sizes(r, child) && is_good;
    return is_good;
}

/* True when the file is a layout of the format that is understood. */
static bool check_version(bt_fields_reader *r, const bt_json_node *root)
{
    const bt_json_node *version = bt_json_find(root, "bantin_layout");
    if (!bt_fields_expect(r, root, BT_TAKES_OBJECT, NULL)) return false;
    if (!version) {
        bt_diag_code code = bt_json_find(root, "bantin") ? BT_E_LAYOUT_IS_BUNDLE : BT_E_LAYOUT_NO_VERSION;
        bt_fields_fault(r, code, root->at, BT_NO_ARGS);
        return false;
    }
    if (!bt_fields_expect(r, version, BT_TAKES_NUMBER, NULL)) return false;
    if (bt_str_is(version->text, "1")) return true;
    bt_fields_fault(r, BT_E_LAYOUT_VERSION, version->at, BT_ARGS(version->text));
    return false;
}

/* The files that led here, innermost first. */
typedef struct trail {
    bt_str path;
    const struct trail *from;
    uint32_t depth;
} trail;

static bool is_circle(bt_fields_reader *r, const trail *here, const bt_place *at)
{
    for (const trail *t = here->from; t; t = t->from) {
        if (!bt_str_equal(t->path, here->path)) continue;
        bt_buf files = bt_buf_in(&r->words);
        bt_buf_add(&files, here->path);
        for (const trail *u = here->from; u != t->from; u = u->from)
            bt_buf_add(&files,
                       bt_say_with(r->diags, &r->words, BT_STR(", which is extended by {1}"), BT_ARGS(u->path)));
        bt_fields_fault(r, BT_E_LAYOUT_CIRCLE, at, BT_ARGS(bt_buf_str(&files)));
        return true;
    }
    if (here->depth <= BT_LIMIT_LAYOUT_DEPTH) return false;
    bt_fields_limit(r, BT_E_LAYOUT_DEPTH, at, BT_ARGS(bt_fields_count(r, BT_LIMIT_LAYOUT_DEPTH)));
    return true;
}

static const bt_json_node *load(bt_fields_reader *r, const bt_layout_search *search, const trail *from)
{
    trail here = {find_file(r, search), from, from ? from->depth + 1 : 1};
    if (!here.path.len || is_circle(r, &here, search->at)) return NULL;
    const bt_json_node *root = parse_file(r, search, here.path);
    if (!root || !check_version(r, root) || !check_sizes(r, root)) return NULL;
    const bt_json_node *name = bt_json_find(root, "name"), *extends = bt_json_find(root, "extends");
    if (!name)
        bt_fields_fault(r, BT_E_KEY_MISSING, root->at,
                        BT_ARGS(BT_SAY(r->diags, "this layout"), BT_STR("name"), BT_STR("\"...\"")));
    if (!extends) return root;
    if (!bt_fields_expect(r, extends, BT_TAKES_STRING, NULL)) return NULL;
    bt_layout_search parent_search = {
        .name = extends->text,
        .from_dir = bt_path_dir(r->arena, here.path),
        .is_parent = true,
        .dirs = search->dirs,
        .at = extends->at,
    };
    const bt_json_node *parent = load(r, &parent_search, &here);
    return parent ? merge(r->arena, parent, root, FILES) : NULL;
}

const bt_json_node *bt_layout_load(bt_fields_reader *r, const bt_layout_search *search)
{
    return load(r, search, NULL);
}

/* --- listing --- */

bt_status bt_layout_list(bt_arena *arena, const char *dir, const char *const *dirs, const bt_str **names, uint32_t *n)
{
    file_names list = {0};
    *n = 0;
    list_folder(arena, dir, &list);
    bt_str *kept = BT_NEW_ARRAY(arena, list.names.n, bt_str);
    if (!kept) return BT_NOMEM;
    for (uint32_t i = 0; i < list.names.n; i++)
        if (is_whole(arena, bt_str_of(dir), list.names.v[i], dirs)) kept[(*n)++] = list.names.v[i];
    *names = kept;
    return arena->failed ? BT_NOMEM : BT_OK;
}
