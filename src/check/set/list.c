/* list.c - the list of check --all. */
#include "check/set/set.h"

#include "base/file.h"
#include "check/given/given.h"

#include <string.h>

enum { VERSION, CHECKS, N_LIST };
static const bt_field list_keys[N_LIST] = {
    [VERSION] = {BT_STR_INIT("bantin_checks"), BT_TAKES_NUMBER, BT_REQUIRED},
    [CHECKS] = {BT_STR_INIT("checks"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields list_fields = {"this list of checks", list_keys, N_LIST};

enum { NAME, OURS, SAMPLE, TOLERANCE, MASK, PAGES, LAYOUT_ONLY, PIXELS, N_PAIR };
static const bt_field pair_keys[N_PAIR] = {
    [NAME] = {BT_STR_INIT("name"), BT_TAKES_STRING, 0},
    [OURS] = {BT_STR_INIT("ours"), BT_TAKES_STRING, BT_REQUIRED},
    [SAMPLE] = {BT_STR_INIT("sample"), BT_TAKES_STRING, BT_REQUIRED},
    [TOLERANCE] = {BT_STR_INIT("tolerance"), BT_TAKES_STRING, 0},
    [MASK] = {BT_STR_INIT("mask"), BT_TAKES_STRING, 0},
    [PAGES] = {BT_STR_INIT("pages"), BT_TAKES_STRING, 0},
    [LAYOUT_ONLY] = {BT_STR_INIT("layout_only"), BT_TAKES_BOOL, 0},
    [PIXELS] = {BT_STR_INIT("pixels"), BT_TAKES_BOOL, 0},
};
static const bt_fields pair_fields = {"this check", pair_keys, N_PAIR};

typedef struct list_reader {
    bt_fields_reader fields;
    const check_options *usual;
    set_list *list;
    bt_str folder;
} list_reader;

static const char *path_of(list_reader *l, const bt_json_node *node)
{
    return bt_path_normal(l->fields.arena, bt_path_join(l->fields.arena, l->folder, node->text)).ptr;
}

/* "03-tin-hoat-dong": by its place and the folder or file that its sample is in. */
static bt_str derived_name(list_reader *l, uint32_t pair_i, const char *sample)
{
    bt_str path = bt_str_of(sample), folder = bt_path_dir(l->fields.arena, path);
    const char *slash = strrchr(folder.ptr, '/');
    bt_str stem = bt_str_of(slash ? slash + 1 : folder.ptr);
    bt_buf name = bt_buf_in(l->fields.arena);
    bt_buf_format(&name, "%02u", pair_i + 1);
    if (stem.len && bt_str_is_id(stem) && stem.ptr[0] != '.') {
        bt_buf_add_char(&name, '-');
        bt_buf_add(&name, stem);
    }
    return bt_buf_str(&name);
}

static void read_name(list_reader *l, uint32_t pair_i, const bt_json_node *node, set_pair *pair)
{
    bt_fields_reader *r = &l->fields;
    if (!node) {
        pair->name = derived_name(l, pair_i, pair->options.sample);
        return;
    }
    pair->name = node->text;
    if (!node->text.len || !bt_str_is_id(node->text))
        bt_fields_fault(r, BT_E_CHECKS_NAME, node->at, BT_ARGS(bt_fields_quoted(r, node->text)));
    for (uint32_t i = 0; i < pair_i; i++) {
        const set_pair *other = &l->list->pairs.v[i];
        if (!bt_str_equal(other->name, pair->name)) continue;
        bt_fields_fault(r, BT_E_CHECKS_NAME_AGAIN, node->at,
                        BT_ARGS(bt_fields_quoted(r, node->text), bt_fields_place(r, other->at, node->at)));
        return;
    }
}

/* What stands in the tolerance's and mask's own files is theirs to report. */
static void read_options(list_reader *l, const bt_json_node *const *values, check_options *o)
{
    bt_fields_reader *r = &l->fields;
    bool is_true = false;
    if (values[TOLERANCE]) {
        bt_str text = values[TOLERANCE]->text;
        bool is_length = text.len && (unsigned)(text.ptr[0] - '0') < 10;
        const char *named = is_length ? bt_str_z(r->arena, text) : path_of(l, values[TOLERANCE]);
        if (tolerance_read(r->arena, r->diags, named, &o->tolerance) != EXIT_DONE) r->status = BT_INPUT;
    }
    if (values[MASK]) {
        o->mask = (mask){0};
        if (mask_read(r->arena, r->diags, path_of(l, values[MASK]), &o->mask) != EXIT_DONE) r->status = BT_INPUT;
    }
    if (values[PAGES] && !given_pages(values[PAGES]->text, &o->first_page, &o->last_page))
        bt_fields_fault(r, BT_E_CHECKS_PAGES, values[PAGES]->at, BT_ARGS(bt_fields_quoted(r, values[PAGES]->text)));
    bt_fields_truth(values[LAYOUT_ONLY], &o->is_layout_only);
    if (bt_fields_truth(values[PIXELS], &is_true)) o->has_pixels = is_true;
}

static void read_pair(list_reader *l, const bt_json_node *node)
{
    const bt_json_node *values[N_PAIR];
    uint32_t pair_i = l->list->pairs.n;
    if (!bt_fields_read(&l->fields, node, &pair_fields, values)) return;
    set_pair *pair = BT_PUSH(l->fields.arena, &l->list->pairs);
    if (!pair) return;
    pair->at = node->at;
    pair->options = *l->usual;
    pair->options.ours = values[OURS] ? path_of(l, values[OURS]) : "";
    pair->options.sample = values[SAMPLE] ? path_of(l, values[SAMPLE]) : "";
    read_name(l, pair_i, values[NAME], pair);
    read_options(l, values, &pair->options);
}

static void read_list(list_reader *l, const bt_json_node *root)
{
    const bt_json_node *values[N_LIST];
    bt_fields_reader *r = &l->fields;
    if (!bt_fields_read(r, root, &list_fields, values)) return;
    given_check_version(r, values[VERSION]);
    if (!values[CHECKS]) return;
    if (!values[CHECKS]->n_children) bt_fields_fault(r, BT_E_CHECKS_NONE, values[CHECKS]->at, BT_NO_ARGS);
    if (values[CHECKS]->n_children > BT_LIMIT_CHECKS) {
        bt_fields_limit(r, BT_E_CHECKS_MANY, values[CHECKS]->at,
                        BT_ARGS(bt_fields_count(r, values[CHECKS]->n_children), bt_fields_count(r, BT_LIMIT_CHECKS)));
        return;
    }
    for (const bt_json_node *node = values[CHECKS]->child; node; node = node->next) read_pair(l, node);
}

bt_status set_list_read(bt_arena *arena, bt_diags *diags, const check_options *usual, const char *path, set_list *list)
{
    *list = (set_list){.path = bt_str_of(path)};
    list_reader l = {.usual = usual, .list = list, .folder = bt_path_dir(arena, bt_str_of(path))};
    const bt_json_node *root = NULL;
    bt_status status = given_read(arena, diags, path, &root);
    if (status != BT_OK) return status;
    l.fields = bt_fields_begin(arena, diags);
    read_list(&l, root);
    return bt_fields_end(&l.fields);
}
