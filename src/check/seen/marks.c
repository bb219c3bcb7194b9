/* marks.c - marked content: where objects stand in the file's structure, and layers that are off. */
#include "check/seen/operators.h"

#include <stdlib.h>

/* --- layers --- */

enum { MOST_NESTED_CONDITIONS = 16 };

static int compare_ids(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool is_listed_off(const seen_reader *r, uint32_t id)
{
    const struct seen_known *known = r->known;
    return id && known->layers_off.v &&
           bsearch(&id, known->layers_off.v, known->layers_off.n, sizeof id, compare_ids) != NULL;
}

static void list_layers(seen_reader *r, seen_obj array)
{
    uint32_t n = seen_obj_n_items(r->pdf, array);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t id = seen_obj_id(r->pdf, seen_obj_item(r->pdf, array, i));
        uint32_t *off = id ? BT_PUSH(r->arena, &r->known->layers_off) : NULL;
        if (off) *off = id;
    }
    if (r->known->layers_off.v)
        qsort(r->known->layers_off.v, r->known->layers_off.n, sizeof *r->known->layers_off.v, compare_ids);
}

static void take_from_list(seen_reader *r, seen_obj array)
{
    uint32_t n = seen_obj_n_items(r->pdf, array), kept = 0;
    BT_ARRAY(uint32_t) on = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *id = BT_PUSH(r->scratch, &on);
        if (id) *id = seen_obj_id(r->pdf, seen_obj_item(r->pdf, array, i));
    }
    if (!on.v) return;
    qsort(on.v, on.n, sizeof *on.v, compare_ids);
    for (uint32_t i = 0; i < r->known->layers_off.n; i++) {
        uint32_t id = r->known->layers_off.v[i];
        if (!bsearch(&id, on.v, on.n, sizeof id, compare_ids)) r->known->layers_off.v[kept++] = id;
    }
    r->known->layers_off.n = kept;
}

/* The default configuration: all are on, but for those in OFF; or, where BaseState says so, off but for those in ON. */
static void read_layers(seen_reader *r)
{
    seen_obj about = seen_obj_key(r->pdf, seen_pdf_catalog(r->pdf), "/OCProperties");
    seen_obj usual = seen_obj_key(r->pdf, about, "/D");
    r->known->has_layers = true;
    bt_str base = seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, usual, "/BaseState"));
    if (bt_str_is(base, "OFF")) {
        list_layers(r, seen_obj_key(r->pdf, about, "/OCGs"));
        take_from_list(r, seen_obj_key(r->pdf, usual, "/ON"));
    }
    list_layers(r, seen_obj_key(r->pdf, usual, "/OFF"));
}

static bool group_is_off(seen_reader *r, seen_obj group) { return is_listed_off(r, seen_obj_id(r->pdf, group)); }

/* VE: [/And a b ...], [/Or a b ...], [/Not a]; a layer by itself is whether it is on. */
static bool condition_is_on(seen_reader *r, seen_obj condition, uint32_t depth)
{
    if (!seen_obj_is_array(r->pdf, condition)) return !group_is_off(r, condition);
    bt_str how = seen_obj_name(r->pdf, r->scratch, seen_obj_item(r->pdf, condition, 0));
    uint32_t n = seen_obj_n_items(r->pdf, condition);
    if (depth == MOST_NESTED_CONDITIONS || n < 2) return true;
    if (bt_str_is(how, "Not")) return !condition_is_on(r, seen_obj_item(r->pdf, condition, 1), depth + 1);
    const bool is_or = bt_str_is(how, "Or");
    for (uint32_t i = 1; i < n; i++)
        if (condition_is_on(r, seen_obj_item(r->pdf, condition, i), depth + 1) == is_or) return is_or;
    return !is_or;
}

/* OCMD: some layers, and how many of them must be on or off. */
static bool membership_is_off(seen_reader *r, seen_obj dict)
{
    seen_obj condition = seen_obj_key(r->pdf, dict, "/VE"), groups = seen_obj_key(r->pdf, dict, "/OCGs");
    if (seen_obj_is_array(r->pdf, condition)) return !condition_is_on(r, condition, 0);
    bool is_one = !seen_obj_is_array(r->pdf, groups);
    uint32_t n = is_one ? groups != SEEN_NOTHING : seen_obj_n_items(r->pdf, groups), n_off = 0;
    for (uint32_t i = 0; i < n; i++) n_off += group_is_off(r, is_one ? groups : seen_obj_item(r->pdf, groups, i));
    bt_str policy = seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, dict, "/P"));
    if (!n) return false;
    if (bt_str_is(policy, "AllOn")) return n_off > 0;
    if (bt_str_is(policy, "AnyOff")) return n_off == 0;
    if (bt_str_is(policy, "AllOff")) return n_off < n;
    return n_off == n;
}

bool seen_layer_is_off(seen_reader *r, seen_obj oc)
{
    if (!r->known->has_layers) read_layers(r);
    if (!r->known->layers_off.n && !seen_obj_key(r->pdf, oc, "/OCGs") && !seen_obj_key(r->pdf, oc, "/VE")) return false;
    bt_str type = seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, oc, "/Type"));
    return bt_str_is(type, "OCMD") ? membership_is_off(r, oc) : group_is_off(r, oc);
}

/* --- marks --- */

/* Something in it stands where that around it stands, unless it says otherwise. */
static seen_mark *push_mark(seen_reader *r)
{
    struct seen_page_work *work = r->work;
    if (work->n_marks++ >= SEEN_MOST_MARKS) return NULL;
    work->marks[work->n_marks - 1] = (seen_open_mark){.before = r->mark, .was_off = r->is_off};
    seen_mark *mark = BT_NEW(r->scratch, seen_mark);
    if (!mark) return NULL;
    *mark = *r->mark;
    r->mark = mark;
    return mark;
}

static bool same_tag(const void *one, const void *other)
{
    return bt_str_equal(*(const bt_str *)one, *(const bt_str *)other);
}

/* A file has few tags, and a page many marks. */
static void set_tag(seen_reader *r, seen_mark *mark, bt_str tag)
{
    seen_slot *slot = seen_table_slot(r->arena, &r->known->tags, bt_str_hash(tag), &tag, same_tag);
    bt_str *kept = !slot ? NULL : slot->thing ? slot->thing : BT_NEW(r->arena, bt_str);
    if (!kept) return;
    if (!slot->thing) {
        *kept = bt_str_copy(r->arena, tag);
        seen_table_fill(&r->known->tags, slot, kept);
    }
    mark->tag = *kept;
    mark->is_artifact |= bt_str_is(tag, "Artifact");
}

void seen_op_BMC(seen_reader *r)
{
    seen_mark *mark = push_mark(r);
    if (mark) set_tag(r, mark, r->work->args[0].text);
}

/* What a list of properties says, that is named. */
typedef struct properties {
    double mcid; /* -1: none */
    bool is_off; /* it stands for a layer that is */
} properties;

static const properties *find_properties(seen_reader *r, bt_str name)
{
    seen_resource *found = seen_find(r, "/Properties", name);
    if (!found || found->made) return found ? found->made : NULL;
    properties *p = BT_NEW(r->scratch, properties);
    if (!p) return NULL;
    p->mcid = -1;
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, found->object, "/MCID"), &p->mcid);
    p->is_off = seen_layer_is_off(r, found->object);
    found->made = p;
    return p;
}

void seen_op_BDC(seen_reader *r)
{
    const seen_operand *tag = &r->work->args[0], *list = &r->work->args[1];
    const properties *named = list->kind == SEEN_NAME ? find_properties(r, list->text) : NULL;
    seen_mark *mark = push_mark(r);
    if (!mark) return;
    if (bt_str_is(tag->text, "OC")) {
        r->is_off |= named && named->is_off;
        return;
    }
    set_tag(r, mark, tag->text);
    const seen_operand *value = seen_scan_key(r->work->scan, list, "MCID");
    double mcid = named ? named->mcid : -1;
    if (value && value->kind == SEEN_NUMBER) mcid = value->number;
    if (mcid >= 0 && mcid < INT32_MAX) mark->mcid = (int32_t)mcid;
}

void seen_op_EMC(seen_reader *r)
{
    struct seen_page_work *work = r->work;
    if (work->n_marks <= work->mark_base || --work->n_marks >= SEEN_MOST_MARKS) return;
    r->mark = work->marks[work->n_marks].before;
    r->is_off = work->marks[work->n_marks].was_off;
}
