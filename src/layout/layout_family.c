/* layout_family.c - the families that a layout brings: which file is which face. The files are looked for and opened
 * when the layout is used (house.c). */
#include "layout/layout_int.h"

enum { REGULAR, BOLD, ITALIC, BOLD_ITALIC }; /* as in bt_layout_family */
static const bt_field face_keys[BT_N_LAYOUT_FACES] = {
    [REGULAR] = {BT_STR_INIT("regular"), BT_TAKES_STRING, BT_REQUIRED},
    [BOLD] = {BT_STR_INIT("bold"), BT_TAKES_STRING, 0},
    [ITALIC] = {BT_STR_INIT("italic"), BT_TAKES_STRING, 0},
    [BOLD_ITALIC] = {BT_STR_INIT("bold_italic"), BT_TAKES_STRING, 0},
};
static const bt_fields face_fields = {"this family", face_keys, BT_N_LAYOUT_FACES};

static bool has_backslash(bt_str path)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '\\') return true;
    return false;
}

void bt_layout_file_name(bt_layout_reader *l, const bt_json_node *node, bt_str example, bt_text *file)
{
    bt_fields_reader *r = &l->fields;
    if (!node) return;
    if (!bt_str_trim(node->text).len)
        bt_fields_fault(r, BT_E_BLANK, node->at, BT_ARGS(node->key));
    else if (has_backslash(node->text))
        bt_fields_fault(r, BT_E_LAYOUT_FILE_BACKSLASH, node->at, BT_ARGS(bt_fields_quoted(r, node->text), example));
    else if (!bt_path_stays_inside(node->text))
        bt_fields_fault(r, BT_E_LAYOUT_FILE_OUTSIDE, node->at, BT_ARGS(bt_fields_quoted(r, node->text), example));
    else
        *file = (bt_text){node->text, node->at};
}

static void read_family(bt_layout_reader *l, const bt_json_node *node, bt_layout_family *family)
{
    const bt_json_node *values[BT_N_LAYOUT_FACES];
    *family = (bt_layout_family){.name = node->key, .at = node->key_at};
    if (!bt_str_trim(node->key).len) bt_fields_fault(&l->fields, BT_E_LAYOUT_FAMILY_NAME, node->key_at, BT_NO_ARGS);
    if (!bt_fields_read(&l->fields, node, &face_fields, values)) return;
    for (size_t i = 0; i < BT_N_LAYOUT_FACES; i++)
        bt_layout_file_name(l, values[i], BT_STR("fonts/House-Regular.otf"), &family->files[i]);
}

void bt_layout_read_families(bt_layout_reader *l, const bt_json_node *node)
{
    bt_layout_family *families = BT_NEW_ARRAY(l->fields.arena, node ? node->n_children : 0, bt_layout_family);
    if (!node || !families) return;
    uint32_t n = 0;
    for (const bt_json_node *member = node->child; member; member = member->next)
        read_family(l, member, &families[n++]);
    l->layout->families = families;
    l->layout->n_families = n;
}
