#include "json/fields.h"

#include "base/limits.h"

enum { SHOWN_CHARACTERS = 48 };

bt_fields_reader bt_fields_begin(bt_arena *arena, bt_diags *diags)
{
    return (bt_fields_reader){.arena = arena, .diags = diags, .words = bt_arena_over(arena->allocator)};
}

bt_status bt_fields_end(bt_fields_reader *r)
{
    bt_arena_drop(&r->words);
    return r->arena->failed ? BT_NOMEM : r->status;
}

/* --- reporting --- */

static bool is_same_fault(const bt_fields_fault_key *a, const bt_fields_fault_key *b)
{
    return a->at == b->at && a->code == b->code && a->args == b->args;
}

/* The slot that holds the fault, or the free one where it belongs. */
static bt_fields_fault_key *slot_of(const bt_fields_reader *r, const bt_fields_fault_key *key)
{
    uint64_t hash = (((uint64_t)(uintptr_t)key->at >> 4) ^ key->args ^ (uint64_t)key->code) * 0x9E3779B97F4A7C15u;
    uint32_t slot = (uint32_t)(hash >> 32) & (r->said_capacity - 1);
    while (r->said[slot].at && !is_same_fault(&r->said[slot], key)) slot = (slot + 1) & (r->said_capacity - 1);
    return &r->said[slot];
}

static void grow_said(bt_fields_reader *r)
{
    enum { FIRST_CAPACITY = 64 };
    bt_fields_fault_key *old = r->said;
    uint32_t n_old = r->said_capacity, capacity = n_old ? n_old * 2 : FIRST_CAPACITY;
    bt_fields_fault_key *fresh = BT_NEW_ARRAY(r->arena, capacity, bt_fields_fault_key);
    if (!fresh) return;
    r->said = fresh;
    r->said_capacity = capacity;
    for (uint32_t i = 0; i < n_old; i++)
        if (old[i].at) *slot_of(r, &old[i]) = old[i];
}

/* Remembers a fault; true when it was known already. */
static bool was_said(bt_fields_reader *r, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    if (!r->says_once || !at) return false;
    bt_fields_fault_key key = {at, code, 0};
    for (size_t i = 0; i < n_args; i++) key.args = key.args * 31 + bt_str_hash(args[i]);
    if (r->n_said * 2 >= r->said_capacity) grow_said(r);
    if (r->n_said + 1 >= r->said_capacity) return false; /* no memory: the arena has failed */
    bt_fields_fault_key *slot = slot_of(r, &key);
    if (slot->at) return true;
    *slot = key;
    r->n_said++;
    return false;
}

void bt_fields_fault(bt_fields_reader *r, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    if (bt_diag_lookup(code)->severity == BT_ERROR && r->status == BT_OK) r->status = BT_INPUT;
    if (!was_said(r, code, at, args, n_args)) bt_diag(r->diags, code, at, args, n_args);
    if (r->words.failed) r->arena->failed = true;
    bt_arena_drop(&r->words);
}

void bt_fields_limit(bt_fields_reader *r, bt_diag_code code, const bt_place *at, const bt_str *args, size_t n_args)
{
    r->status = BT_LIMIT;
    bt_fields_fault(r, code, at, args, n_args);
}

/* --- words of messages --- */

bt_str bt_fields_quoted(bt_fields_reader *r, bt_str text)
{
    size_t end = 0, n = 0;
    while (end < text.len && n < SHOWN_CHARACTERS) {
        uint32_t c;
        end += bt_utf8_decode(text, end, &c);
        n++;
    }
    return bt_str_format(&r->words, "\"%.*s%s\"", (int)end, text.len ? text.ptr : "", end < text.len ? "…" : "");
}

bt_str bt_fields_label(bt_fields_reader *r, const bt_json_node *node)
{
    if (node->key_at) return bt_fields_quoted(r, node->key);
    return node->at->pointer.len ? BT_SAY(r->diags, "this item of the list") : BT_SAY(r->diags, "the whole file");
}

bt_str bt_fields_names(bt_fields_reader *r, const bt_str *names, uint32_t n, uint32_t most)
{
    bt_buf buf = bt_buf_in(&r->words);
    uint32_t n_shown = n <= most ? n : most;
    for (uint32_t i = 0; i < n_shown; i++) {
        if (i) bt_buf_add_z(&buf, ", ");
        bt_buf_add(&buf, bt_fields_quoted(r, names[i]));
    }
    if (n_shown < n) {
        bt_str n_more = bt_fields_count(r, n - n_shown);
        bt_buf_add(&buf, bt_say_with(r->diags, &r->words, BT_STR(" and {1} more"), BT_ARGS(n_more)));
    }
    return bt_buf_str(&buf);
}

bt_str bt_fields_count(bt_fields_reader *r, int64_t n)
{
    bt_buf buf = bt_buf_in(&r->words);
    bt_buf_add_int(&buf, n);
    return bt_buf_str(&buf);
}

bt_str bt_fields_shown_length(bt_fields_reader *r, bt_sp length, bool in_pt)
{
    bt_buf buf = bt_buf_in(&r->words);
    if (in_pt)
        bt_buf_add_pt(&buf, length, 2);
    else
        bt_buf_add_mm(&buf, length);
    bt_buf_add_z(&buf, in_pt ? " pt" : " mm");
    return bt_buf_str(&buf);
}

bt_str bt_fields_place(bt_fields_reader *r, const bt_place *at, const bt_place *from)
{
    bt_str line = bt_fields_count(r, at->line);
    if (from && bt_str_equal(at->file, from->file))
        return bt_say_with(r->diags, &r->words, BT_STR("line {1}"), BT_ARGS(line));
    return bt_say_with(r->diags, &r->words, BT_STR("line {1} of {2}"), BT_ARGS(line, at->file));
}

/* --- kinds --- */

/* "a string or a number" */
static bt_str kinds_name(bt_fields_reader *r, uint32_t takes)
{
    bt_buf buf = bt_buf_in(&r->words);
    uint32_t left = takes & 0xFF;
    for (bt_json_kind kind = BT_JSON_NULL; kind <= BT_JSON_OBJECT; kind++) {
        if (!(left & 1u << kind)) continue;
        left &= ~(1u << kind);
        if (buf.bytes.n) bt_buf_add(&buf, left ? BT_STR(", ") : BT_SAY(r->diags, " or "));
        bool is_length = kind == BT_JSON_STRING && (takes & BT_TAKES_LENGTH) == BT_TAKES_LENGTH;
        bt_buf_add(&buf, is_length ? BT_SAY(r->diags, "a length") : bt_say(r->diags, bt_json_kind_name(kind)));
    }
    return bt_buf_str(&buf);
}

static bt_str found_name(bt_fields_reader *r, const bt_json_node *node)
{
    if (node->kind == BT_JSON_BOOL) return node->truth ? BT_STR("true") : BT_STR("false");
    return bt_say(r->diags, bt_json_kind_name(node->kind));
}

static bool looks_like_number(bt_str text)
{
    int64_t value;
    return bt_fixed_parse(text, 0, &value);
}

/* What to write, from what is taken and what stands there. */
static bt_str kind_remedy(bt_fields_reader *r, const bt_json_node *node, uint32_t takes)
{
    bt_diags *diags = r->diags;
    if (node->kind == BT_JSON_NULL) return BT_SAY(diags, "write a value, or delete it");
    if ((takes & BT_TAKES_LENGTH) == BT_TAKES_LENGTH)
        return BT_SAY(diags, "write a number with its unit, as in \"12mm\"");
    if (node->kind == BT_JSON_NUMBER && takes & BT_TAKES_STRING)
        return bt_say_with(diags, &r->words, BT_STR("put it between double quotation marks: \"{1}\""),
                           BT_ARGS(node->text));
    if (node->kind == BT_JSON_STRING && takes & BT_TAKES_NUMBER)
        return looks_like_number(node->text)
                   ? bt_say_with(diags, &r->words, BT_STR("write {1} without quotation marks"), BT_ARGS(node->text))
                   : BT_SAY(diags, "write a number without quotation marks");
    if (takes & BT_TAKES_STRING) return BT_SAY(diags, "write a text between double quotation marks");
    if (takes & BT_TAKES_ARRAY) return BT_SAY(diags, "put what belongs there between '[' and ']'");
    if (takes & BT_TAKES_OBJECT) return BT_SAY(diags, "put its names and values between '{' and '}'");
    return BT_SAY(diags, "write true or false, without quotation marks");
}

bool bt_fields_expect(bt_fields_reader *r, const bt_json_node *node, uint32_t takes, const char *remedy)
{
    if (!node) return false;
    if (takes & 1u << node->kind) return true;
    bt_str what = remedy ? bt_say(r->diags, bt_str_of(remedy)) : kind_remedy(r, node, takes);
    bt_fields_fault(r, BT_E_KIND, node->at,
                    BT_ARGS(kinds_name(r, takes), bt_fields_label(r, node), found_name(r, node), what));
    return false;
}

/* --- objects --- */

/* The names of all of them; NULL without memory. */
static bt_str *known_names(bt_fields_reader *r, const bt_fields *known)
{
    bt_str *names = BT_NEW_ARRAY(&r->words, known->n, bt_str);
    for (uint32_t i = 0; names && i < known->n; i++) names[i] = known->v[i].name;
    return names;
}

static void report_unknown(bt_fields_reader *r, const bt_json_node *member, const bt_fields *known)
{
    enum { MOST_SHOWN = 32 };
    const bt_str *names = known_names(r, known);
    if (!names) return;
    bt_str near = bt_str_nearest(member->key, names, known->n);
    bt_str key = bt_fields_quoted(r, member->key), what = bt_say(r->diags, bt_str_of(known->what));
    if (near.len)
        bt_fields_fault(r, BT_E_KEY_MISSPELT, member->key_at, BT_ARGS(key, what, near));
    else
        bt_fields_fault(r, BT_E_KEY_UNKNOWN, member->key_at,
                        BT_ARGS(key, what, bt_fields_names(r, names, known->n, MOST_SHOWN)));
}

static bool is_known(bt_str key, const bt_fields *known)
{
    for (uint32_t i = 0; i < known->n; i++)
        if (bt_str_equal(key, known->v[i].name)) return true;
    return false;
}

/* A misspelt key has been told with the one that it was meant for, which is not missing as well. */
static bool is_misspelt(bt_fields_reader *r, const bt_json_node *node, const bt_fields *known, bt_str name)
{
    const bt_str *names = known_names(r, known);
    bool is_found = false;
    for (const bt_json_node *member = node->child; names && member && !is_found; member = member->next)
        is_found = !is_known(member->key, known) && bt_str_equal(bt_str_nearest(member->key, names, known->n), name);
    if (r->words.failed) r->arena->failed = true;
    bt_arena_drop(&r->words);
    return is_found;
}

static void report_missing(bt_fields_reader *r, const bt_json_node *node, const bt_fields *known, const bt_field *field)
{
    bt_str example = field->takes & BT_TAKES_STRING   ? BT_STR("\"...\"")
                     : field->takes & BT_TAKES_ARRAY  ? BT_STR("[ ... ]")
                     : field->takes & BT_TAKES_OBJECT ? BT_STR("{ ... }")
                                                      : BT_STR("1");
    bt_str what = bt_say(r->diags, bt_str_of(known->what));
    bt_fields_fault(r, BT_E_KEY_MISSING, node->at, BT_ARGS(what, field->name, example));
}

static void read_member(bt_fields_reader *r, const bt_json_node *member, const bt_fields *known,
                        const bt_json_node **values)
{
    for (uint32_t i = 0; i < known->n; i++) {
        const bt_field *field = &known->v[i];
        if (!bt_str_equal(member->key, field->name)) continue;
        values[i] = member; /* one of a wrong kind is there, so it is not missing as well */
        if (!(field->takes & BT_UNCHECKED)) bt_fields_expect(r, member, field->takes, NULL);
        return;
    }
    report_unknown(r, member, known);
}

bool bt_fields_read(bt_fields_reader *r, const bt_json_node *node, const bt_fields *known, const bt_json_node **values)
{
    for (uint32_t i = 0; i < known->n; i++) values[i] = NULL;
    if (!bt_fields_expect(r, node, BT_TAKES_OBJECT, NULL)) return false;
    for (const bt_json_node *member = node->child; member; member = member->next) read_member(r, member, known, values);
    for (uint32_t i = 0; i < known->n; i++) {
        const bt_field *field = &known->v[i];
        if (!values[i] && field->is_required && !is_misspelt(r, node, known, field->name))
            report_missing(r, node, known, field);
        bool is_taken = field->takes & BT_UNCHECKED || (values[i] && field->takes & 1u << values[i]->kind);
        if (!is_taken) values[i] = NULL;
    }
    return true;
}

/* --- values --- */

static bool parse_em(bt_str text, bt_sp em, bt_sp *length)
{
    enum { DECIMALS = 6 };
    int64_t number;
    if (!em || !bt_str_ends(text, BT_STR("em"))) return false;
    if (!bt_fixed_parse(bt_str_trim(bt_str_slice(text, 0, text.len - 2)), DECIMALS, &number)) return false;
    if (number > 1000000000 || number < -1000000000) return false; /* 1000 em: keeps the product in range */
    int64_t value = bt_mul_div(number, em, 1000000);
    if (value > BT_SP_LONGEST || value < -BT_SP_LONGEST) return false;
    *length = (bt_sp)value;
    return true;
}

/* "12,5mm" with a point is a length. */
static bool has_comma_only(bt_fields_reader *r, bt_str text, const bt_length_range *range, bt_str *corrected)
{
    char *copy = bt_arena_alloc(&r->words, text.len);
    if (!copy) return false;
    bt_sp length;
    for (size_t i = 0; i < text.len; i++) copy[i] = text.ptr[i] == ',' ? '.' : text.ptr[i];
    *corrected = (bt_str){copy, text.len};
    return bt_length_parse(*corrected, &length) || parse_em(*corrected, range->em, &length);
}

static void report_length(bt_fields_reader *r, const bt_json_node *node, const bt_length_range *range)
{
    bt_str corrected;
    bt_str shown = bt_fields_quoted(r, node->text);
    if (has_comma_only(r, node->text, range, &corrected)) {
        bt_fields_fault(r, BT_E_LENGTH_COMMA, node->at, BT_ARGS(shown, bt_fields_quoted(r, corrected)));
        return;
    }
    bt_str units = range->em ? BT_SAY(r->diags, "mm, cm, pt, in or em") : BT_SAY(r->diags, "mm, cm, pt or in");
    bt_fields_fault(r, BT_E_LENGTH, node->at, BT_ARGS(shown, bt_fields_label(r, node), units));
}

/* "at least 20 mm" */
static bt_str range_words(bt_fields_reader *r, const bt_length_range *range, bool in_pt)
{
    bool has_least = range->least > -BT_SP_LONGEST, has_most = range->most < BT_SP_LONGEST;
    bt_str least = bt_fields_shown_length(r, range->least, in_pt), most = bt_fields_shown_length(r, range->most, in_pt);
    bool is_above_0 = range->least == 1;
    bt_str words = !has_least               ? BT_STR("at most {2}")
                   : is_above_0 && has_most ? BT_STR("more than 0 and at most {2}")
                   : is_above_0             ? BT_STR("more than 0")
                   : has_most               ? BT_STR("at least {1} and at most {2}")
                                            : BT_STR("at least {1}");
    return bt_say_with(r->diags, &r->words, words, BT_ARGS(least, most));
}

bool bt_fields_length(bt_fields_reader *r, const bt_json_node *node, const bt_length_range *range, bt_sp *length)
{
    if (!node) return false;
    bt_sp value;
    if (!bt_length_parse(node->text, &value) && !parse_em(node->text, range->em, &value)) {
        report_length(r, node, range);
        return false;
    }
    if (value < range->least || value > range->most) {
        bool in_pt = bt_str_ends(node->text, BT_STR("pt")) || bt_str_ends(node->text, BT_STR("em"));
        bt_fields_fault(
            r, BT_E_LENGTH_RANGE, node->at,
            BT_ARGS(bt_fields_label(r, node), bt_fields_shown_length(r, value, in_pt), range_words(r, range, in_pt)));
        return false;
    }
    *length = value;
    return true;
}

bool bt_fields_integer(bt_fields_reader *r, const bt_json_node *node, int32_t least, int32_t most, int32_t *value)
{
    if (!node) return false;
    int64_t number;
    bool is_whole = bt_fixed_parse(node->text, 0, &number);
    for (size_t i = 0; i < node->text.len; i++) is_whole = is_whole && node->text.ptr[i] != '.';
    if (!is_whole || number < least || number > most) {
        bt_fields_fault(
            r, BT_E_INTEGER, node->at,
            BT_ARGS(bt_fields_label(r, node), bt_fields_count(r, least), bt_fields_count(r, most), node->text));
        return false;
    }
    *value = (int32_t)number;
    return true;
}

bool bt_fields_number(bt_fields_reader *r, const bt_json_node *node, int decimals, int32_t least, int32_t most,
                      int32_t *value)
{
    if (!node) return false;
    int64_t number;
    if (!bt_fixed_parse(node->text, decimals, &number) || number < least || number > most) {
        bt_buf from = bt_buf_in(&r->words), to = bt_buf_in(&r->words);
        bt_buf_add_fixed(&from, least, decimals);
        bt_buf_add_fixed(&to, most, decimals);
        bt_fields_fault(r, BT_E_NUMBER, node->at,
                        BT_ARGS(bt_fields_label(r, node), bt_buf_str(&from), bt_buf_str(&to), node->text));
        return false;
    }
    *value = (int32_t)number;
    return true;
}

bool bt_fields_choice(bt_fields_reader *r, const bt_json_node *node, const bt_str *names, uint32_t n, uint32_t *choice)
{
    enum { MOST_SHOWN = 16 };
    if (!node) return false;
    for (uint32_t i = 0; i < n; i++) {
        if (!bt_str_equal(node->text, names[i])) continue;
        *choice = i;
        return true;
    }
    bt_str near = bt_str_nearest(node->text, names, n);
    bt_str shown = bt_fields_quoted(r, node->text), label = bt_fields_label(r, node);
    if (near.len)
        bt_fields_fault(r, BT_E_CHOICE_NEAR, node->at, BT_ARGS(shown, label, near));
    else
        bt_fields_fault(r, BT_E_CHOICE, node->at, BT_ARGS(shown, label, bt_fields_names(r, names, n, MOST_SHOWN)));
    return false;
}

bool bt_fields_truth(const bt_json_node *node, bool *truth)
{
    if (!node) return false;
    *truth = node->truth;
    return true;
}

const uint32_t *bt_fields_pages(bt_fields_reader *r, const bt_json_node *array, uint32_t *n)
{
    *n = 0;
    if (!array) return NULL;
    uint32_t *pages = BT_NEW_ARRAY(r->arena, array->n_children, uint32_t), n_read = 0;
    if (!pages) return NULL;
    for (const bt_json_node *node = array->child; node; node = node->next) {
        int32_t page;
        if (!bt_fields_expect(r, node, BT_TAKES_NUMBER, NULL)) return NULL;
        if (!bt_fields_integer(r, node, 1, BT_LIMIT_PAGES, &page)) return NULL;
        if (n_read && pages[n_read - 1] >= (uint32_t)page) {
            bt_fields_fault(r, BT_E_PAGES_ORDER, node->at, BT_ARGS(node->text, bt_fields_count(r, pages[n_read - 1])));
            return NULL;
        }
        pages[n_read++] = (uint32_t)page;
    }
    *n = n_read;
    return pages;
}
