/* json.c - lets cJSON build the tree and joins it with what the scan recorded. */
#include "json/json_int.h"

#include <cjson/cJSON.h>
#include <float.h>
#include <string.h>

/* One walk over cJSON's tree; the marks come in the same order. */
typedef struct join {
    bt_arena *arena;
    bt_diags *diags;
    const bt_json_scanner *scan;
    bt_str file;
    uint32_t mark_i;
    bt_status status;
} join;

static bool join_value(join *j, const cJSON *item, bt_json_pointer pointer, bt_json_node *node, bt_place *at);

static bool stop(join *j, bt_status status)
{
    j->status = status;
    return false;
}

/* Our scan and cJSON read the same text differently. */
static bool disagree(join *j)
{
    bt_diag(j->diags, BT_E_INTERNAL, NULL, BT_ARGS(BT_SAY(j->diags, "the reading of JSON")));
    return stop(j, BT_INTERNAL);
}

static bool is_of_kind(const cJSON *item, bt_json_kind kind)
{
    switch (kind) {
    case BT_JSON_NULL:
        return cJSON_IsNull(item);
    case BT_JSON_BOOL:
        return cJSON_IsBool(item);
    case BT_JSON_NUMBER:
        return cJSON_IsNumber(item);
    case BT_JSON_STRING:
        return cJSON_IsString(item);
    case BT_JSON_ARRAY:
        return cJSON_IsArray(item);
    case BT_JSON_OBJECT:
        return cJSON_IsObject(item);
    }
    return false;
}

static bt_str copy_z(bt_arena *arena, const char *z)
{
    bt_str view = bt_str_of(z);
    return view.len ? bt_str_copy(arena, view) : BT_STR("");
}

/* The children of a container are one array of nodes, and their places another. */
static bool join_children(join *j, const cJSON *parent, bt_json_pointer pointer, bt_json_node *node)
{
    bool has_keys = node->kind == BT_JSON_OBJECT;
    uint32_t n = node->n_children;
    if (!n) return !parent->child || disagree(j);
    bt_json_node *nodes = BT_NEW_ARRAY(j->arena, n, bt_json_node);
    bt_place *places = BT_NEW_ARRAY(j->arena, has_keys ? (size_t)n * 2 : n, bt_place);
    if (!nodes || !places) return stop(j, BT_NOMEM);
    node->child = nodes;
    const cJSON *item = parent->child;
    for (uint32_t i = 0; i < n; i++, item = item->next) {
        if (!item) return disagree(j);
        const bt_json_mark *mark = &j->scan->marks.v[j->mark_i];
        bt_json_node *child = &nodes[i];
        bt_place *at = &places[has_keys ? i * 2 : i];
        bt_json_pointer child_pointer;
        child->next = i + 1 < n ? &nodes[i + 1] : NULL;
        child->key = BT_STR("");
        if (has_keys) {
            child->key = copy_z(j->arena, item->string);
            child_pointer = bt_json_pointer_name(j->arena, pointer, child->key);
            at[1] = (bt_place){j->file, child_pointer.text, mark->key_line, mark->key_column};
            child->key_at = &at[1];
        } else {
            child_pointer = bt_json_pointer_index(j->arena, pointer, i);
        }
        if (!join_value(j, item, child_pointer, child, at)) return false;
    }
    return !item || disagree(j);
}

static bool join_number(join *j, const cJSON *item, const bt_json_mark *mark, bt_json_node *node)
{
    node->text = bt_str_copy(j->arena, bt_str_slice(j->scan->source, mark->begin, mark->end));
    if (item->valuedouble <= DBL_MAX && item->valuedouble >= -DBL_MAX) return true;
    if (j->arena->failed) return stop(j, BT_NOMEM);
    bt_diag(j->diags, BT_E_JSON_NUMBER_RANGE, node->at, BT_ARGS(node->text));
    return stop(j, BT_INPUT);
}

/* Fills in what the parent has not: everything but key and next. */
static bool join_value(join *j, const cJSON *item, bt_json_pointer pointer, bt_json_node *node, bt_place *at)
{
    if (j->mark_i == j->scan->marks.n) return disagree(j);
    const bt_json_mark *mark = &j->scan->marks.v[j->mark_i++];
    if (!is_of_kind(item, mark->kind)) return disagree(j);
    *at = (bt_place){j->file, pointer.text, mark->line, mark->column};
    node->kind = mark->kind;
    node->n_children = mark->n_children;
    node->at = at;
    node->text = BT_STR("");
    switch (mark->kind) {
    case BT_JSON_NULL:
        return true;
    case BT_JSON_BOOL:
        node->truth = cJSON_IsTrue(item);
        return true;
    case BT_JSON_NUMBER:
        return join_number(j, item, mark, node);
    case BT_JSON_STRING:
        node->text = copy_z(j->arena, item->valuestring);
        return true;
    case BT_JSON_ARRAY:
    case BT_JSON_OBJECT:
        return join_children(j, item, pointer, node);
    }
    return disagree(j);
}

static bt_status join_tree(bt_arena *arena, const bt_json_scanner *scan, const cJSON *tree, const bt_json_node **root)
{
    join j = {.arena = arena, .diags = scan->diags, .scan = scan, .status = BT_OK};
    bt_json_pointer whole = {BT_STR(""), false};
    bt_json_node *node = BT_NEW(arena, bt_json_node);
    bt_place *at = BT_NEW(arena, bt_place);
    j.file = bt_str_copy(arena, scan->file);
    if (!node || !at) return BT_NOMEM;
    node->key = BT_STR("");
    if (join_value(&j, tree, whole, node, at) && j.mark_i != scan->marks.n) disagree(&j);
    if (arena->failed) return BT_NOMEM;
    if (j.status == BT_OK) *root = node;
    return j.status;
}

static bt_status parse(bt_arena *arena, bt_json_scanner *scan, const bt_json_node **root)
{
    if (!bt_json_scan(scan)) return scan->status;
    cJSON *tree = cJSON_ParseWithLength(scan->source.ptr, scan->source.len);
    if (!tree) return BT_NOMEM; /* the text is good, so nothing else can fail */
    bt_status status = join_tree(arena, scan, tree, root);
    cJSON_Delete(tree);
    return status;
}

static bt_status parse_source(bt_arena *arena, const bt_json_scanner *start, const bt_json_node **root)
{
    bt_arena scratch = bt_arena_over(arena->allocator);
    bt_json_scanner *scan = BT_NEW(&scratch, bt_json_scanner);
    bt_status status = BT_NOMEM;
    if (scan) {
        *scan = *start;
        scan->scratch = &scratch;
        status = parse(arena, scan, root);
    }
    bt_arena_drop(&scratch);
    return status;
}

bt_status bt_json_parse(bt_arena *arena, bt_diags *diags, bt_str file, bt_str source, const bt_json_node **root)
{
    *root = NULL;
    if (arena->failed) return BT_NOMEM;
    if (source.len > BT_LIMIT_JSON_BYTES) {
        bt_arena words = bt_arena_over(arena->allocator);
        bt_place place = {.file = file, .pointer = BT_STR("")};
        bt_str megabytes = bt_str_format(&words, "%d", BT_LIMIT_JSON_BYTES / (1024 * 1024));
        bt_diag(diags, BT_E_TOO_LARGE, &place, BT_ARGS(file, megabytes));
        bt_arena_drop(&words);
        return BT_LIMIT;
    }
    if (bt_str_starts(source, BT_STR("\xEF\xBB\xBF"))) source = bt_str_slice(source, 3, source.len);
    bt_json_scanner start = {.diags = diags, .file = file, .source = source, .first_line = 1};
    return parse_source(arena, &start, root);
}

bt_status bt_json_parse_part(bt_arena *arena, bt_diags *diags, const bt_place *begin, bt_str source,
                             const bt_json_node **root)
{
    *root = NULL;
    if (arena->failed) return BT_NOMEM;
    bt_json_scanner start = {
        .diags = diags, .file = begin->file, .source = source, .is_part = true, .first_line = begin->line};
    return parse_source(arena, &start, root);
}

const bt_json_node *bt_json_find(const bt_json_node *node, const char *key)
{
    if (!node || node->kind != BT_JSON_OBJECT) return NULL;
    size_t n = strlen(key);
    for (const bt_json_node *child = node->child; child; child = child->next)
        if (child->key.len == n && memcmp(child->key.ptr, key, n) == 0) return child;
    return NULL;
}

const char *bt_json_library(void) { return cJSON_Version(); }

bt_str bt_json_kind_name(bt_json_kind kind)
{
    switch (kind) {
    case BT_JSON_NULL:
        return BT_STR("null");
    case BT_JSON_BOOL:
        return BT_STR("true or false");
    case BT_JSON_NUMBER:
        return BT_STR("a number");
    case BT_JSON_STRING:
        return BT_STR("a string");
    case BT_JSON_ARRAY:
        return BT_STR("an array");
    case BT_JSON_OBJECT:
        return BT_STR("an object");
    }
    return BT_STR("nothing");
}
