/* edition_pointer.c - "set": JSON Pointers (RFC 6901) into the base, and the values that they get there. */
#include "bundle/edition_int.h"

enum { MOST_SHOWN = 16 };

/* A pointer on its way through the base. */
typedef struct way {
    const bt_json_node *change; /* the member of "set": its key is the pointer */
    bt_str rest;                /* what has not been walked, from a '/' on */
    bt_str step;                /* the step at hand, decoded */
    size_t n_walked;            /* bytes of the pointer before that step */
    bool is_last;
} way;

static void fault(bt_edition_layer *l, bt_diag_code code, const way *w, const bt_str *args, size_t n_args)
{
    bt_fields_fault(&l->r, code, w->change->key_at, args, n_args);
}

/* "~1" is a slash, "~0" a tilde. False: another one, which is reported. */
static bool decode(bt_edition_layer *l, way *w, bt_str raw)
{
    bt_buf out = bt_buf_in(l->r.arena);
    for (size_t i = 0; i < raw.len; i++) {
        char next = i + 1 < raw.len ? raw.ptr[i + 1] : '\0';
        bool is_tilde = raw.ptr[i] == '~';
        if (is_tilde && next != '0' && next != '1') {
            fault(l, BT_E_POINTER_TILDE, w, BT_ARGS(bt_fields_quoted(&l->r, w->change->key)));
            return false;
        }
        bt_buf_add_char(&out, is_tilde ? (next == '0' ? '~' : '/') : raw.ptr[i]);
        i += is_tilde;
    }
    w->step = bt_buf_str(&out);
    return true;
}

static bt_str encode(bt_arena *arena, bt_str step)
{
    bt_buf out = bt_buf_in(arena);
    for (size_t i = 0; i < step.len; i++) {
        char c = step.ptr[i];
        if (c == '~' || c == '/')
            bt_buf_add_z(&out, c == '~' ? "~0" : "~1");
        else
            bt_buf_add_char(&out, c);
    }
    return bt_buf_str(&out);
}

/* Takes the next step from the rest. False: reported. */
static bool take_step(bt_edition_layer *l, way *w)
{
    size_t end = 1;
    while (end < w->rest.len && w->rest.ptr[end] != '/') end++;
    w->n_walked = w->change->key.len - w->rest.len;
    w->is_last = end == w->rest.len;
    bt_str raw = bt_str_slice(w->rest, 1, end);
    w->rest = bt_str_slice(w->rest, end, w->rest.len);
    return decode(l, w, raw);
}

/* An index as RFC 6901 has it: digits, no zero before others. */
static bool read_index(bt_str step, uint32_t *index)
{
    enum { MOST_DIGITS = 9 };
    *index = 0;
    if (!step.len || step.len > MOST_DIGITS || (step.len > 1 && step.ptr[0] == '0')) return false;
    for (size_t i = 0; i < step.len; i++) {
        if (step.ptr[i] < '0' || step.ptr[i] > '9') return false;
        *index = *index * 10 + (uint32_t)(step.ptr[i] - '0');
    }
    return true;
}

/* --- what is not there --- */

/* How the value is called that has no such part: "/masthead", or the bundle. */
static bt_str walked(bt_edition_layer *l, const way *w)
{
    bt_str begin = bt_str_slice(w->change->key, 0, w->n_walked);
    return begin.len ? bt_fields_quoted(&l->r, begin) : BT_SAY(l->r.diags, "the bundle");
}

static void report_no_member(bt_edition_layer *l, const way *w, const bt_edit *here)
{
    bt_arena *words = &l->r.words;
    bt_str *names = BT_NEW_ARRAY(words, here->node.n_children, bt_str);
    uint32_t n = 0;
    for (const bt_json_node *child = here->node.child; names && child; child = child->next) names[n++] = child->key;
    bt_str near = bt_str_nearest(w->step, names, n), shown = bt_fields_quoted(&l->r, w->change->key);
    bt_buf meant = bt_buf_in(words);
    bt_buf_add(&meant, bt_str_slice(w->change->key, 0, w->n_walked));
    bt_buf_add_char(&meant, '/');
    bt_buf_add(&meant, encode(words, near));
    bt_buf_add(&meant, w->rest);
    if (near.len)
        fault(l, BT_E_POINTER_NEAR, w, BT_ARGS(shown, bt_fields_quoted(&l->r, bt_buf_str(&meant))));
    else if (n)
        fault(l, BT_E_POINTER_MEMBER, w, BT_ARGS(shown, walked(l, w), bt_fields_names(&l->r, names, n, MOST_SHOWN)));
    else
        fault(l, BT_E_POINTER_EMPTY, w, BT_ARGS(shown, walked(l, w)));
}

static void report_no_item(bt_edition_layer *l, const way *w, const bt_edit *here)
{
    bt_fields_reader *r = &l->r;
    bt_str shown = bt_fields_quoted(r, w->change->key), n = bt_fields_count(r, here->node.n_children);
    bt_str last = bt_fields_count(r, (int64_t)here->node.n_children - 1);
    if (here->node.n_children)
        fault(l, BT_E_POINTER_ITEM, w, BT_ARGS(shown, walked(l, w), n, last));
    else
        fault(l, BT_E_POINTER_EMPTY, w, BT_ARGS(shown, walked(l, w)));
}

static void report_nothing_there(bt_edition_layer *l, const way *w, const bt_edit *here)
{
    bt_fields_reader *r = &l->r;
    if (here->node.kind == BT_JSON_OBJECT)
        report_no_member(l, w, here);
    else if (here->node.kind == BT_JSON_ARRAY)
        report_no_item(l, w, here);
    else
        fault(l, BT_E_POINTER_LEAF, w,
              BT_ARGS(bt_fields_quoted(r, w->change->key), walked(l, w),
                      bt_say(r->diags, bt_json_kind_name(here->node.kind))));
}

/* --- walking --- */

static bt_edit *child_of(const bt_edit *here, bt_str step)
{
    uint32_t index;
    if (here->node.kind == BT_JSON_OBJECT) return bt_edit_member(here, step);
    return read_index(step, &index) ? bt_edit_item(here, index) : NULL;
}

/* What the base does not have is added where its parent is there: a member, or "-", an item behind the last. */
static bt_edit *add(bt_edition_layer *l, const way *w, bt_edit *here)
{
    bool is_object = here->node.kind == BT_JSON_OBJECT;
    bool is_append = here->node.kind == BT_JSON_ARRAY && bt_str_is(w->step, "-");
    bool is_null = w->change->kind == BT_JSON_NULL;
    if (is_null && (is_object || is_append)) {
        fault(l, BT_E_SET_NOTHING, w, BT_ARGS(bt_fields_quoted(&l->r, w->change->key)));
        return NULL;
    }
    if (!w->is_last || (!is_object && !is_append)) {
        report_nothing_there(l, w, here);
        return NULL;
    }
    return bt_edit_insert(l->r.arena, here, here->last, w->change, is_object ? w->step : BT_STR(""),
                          is_object ? w->change->key_at : NULL);
}

static void change(bt_edition_layer *l, const way *w, bt_edit *edit)
{
    if (!bt_edition_is_free(l, edit, w->change->key_at)) return;
    if (w->change->kind == BT_JSON_NULL)
        edit->is_gone = true;
    else
        bt_edit_take(edit, w->change, edit->node.key_at ? w->change->key_at : NULL);
    edit->by = w->change->key_at;
}

/* The parts of the base on the way have changed now. */
static void mark_way(bt_edition_layer *l, const bt_json_node *member)
{
    way w = {.change = member, .rest = member->key};
    for (bt_edit *here = l->root; here && here->is_open; here = child_of(here, w.step)) {
        if (!here->below) here->below = member->key_at;
        if (!w.rest.len || !take_step(l, &w) || w.is_last) return;
    }
}

static void set_one(bt_edition_layer *l, const bt_json_node *member)
{
    way w = {.change = member, .rest = member->key};
    bt_edit *here = l->root;
    if (!member->key.len || member->key.ptr[0] != '/') {
        bt_diag_code code = member->key.len ? BT_E_POINTER_SLASH : BT_E_POINTER_WHOLE;
        fault(l, code, &w, BT_ARGS(bt_fields_quoted(&l->r, member->key), member->key));
        return;
    }
    while (take_step(l, &w)) {
        if (here->by) {
            bt_edition_is_free(l, here, member->key_at);
            return;
        }
        if (!bt_edit_open(l->r.arena, here)) return;
        bt_edit *child = child_of(here, w.step);
        if (!child) {
            bt_edit *added = add(l, &w, here);
            if (!added) return;
            added->by = member->key_at;
        } else if (!w.is_last) {
            here = child;
            continue;
        } else {
            change(l, &w, child);
        }
        mark_way(l, member);
        return;
    }
}

void bt_edition_set(bt_edition_layer *l, const bt_json_node *set)
{
    for (const bt_json_node *member = set->child; member && bt_edition_count(l, member->key_at); member = member->next)
        set_one(l, member);
}
