/* content.c - the operators of content streams and who carries them out; forms within forms; a page as a whole.
 *
 * The glyph procedures of Type 3 fonts, the cells of tilings and the groups of soft masks are not read: what they paint
 * is part of a letter, a colour or a mask, and none of the page's own objects.
 */
#include "check/seen/operators.h"

/* --- the operators --- */

/* n: a number, m: a name, s: a string, a: an array, x: anything; "*": as many of any kind as there are. */
static const struct operation {
    char name[4];
    const char *operands;
    seen_operator *run;
} operations[] = {
    /* by their bytes */
    {"\"", "nns", seen_op_double_quote},
    {"'", "s", seen_op_quote},
    {"B", "", seen_op_B},
    {"B*", "", seen_op_B},
    {"BDC", "mx", seen_op_BDC},
    {"BI", "*", seen_op_BI},
    {"BMC", "m", seen_op_BMC},
    {"BT", "", seen_op_BT},
    {"CS", "m", seen_op_CS},
    {"Do", "m", seen_op_Do},
    {"EMC", "", seen_op_EMC},
    {"F", "", seen_op_f},
    {"G", "n", seen_op_G},
    {"J", "n", seen_op_J},
    {"K", "nnnn", seen_op_K},
    {"Q", "", seen_op_Q},
    {"RG", "nnn", seen_op_RG},
    {"S", "", seen_op_S},
    {"SC", "*", seen_op_SC},
    {"SCN", "*", seen_op_SC},
    {"T*", "", seen_op_next_line},
    {"TD", "nn", seen_op_TD},
    {"TJ", "a", seen_op_TJ},
    {"TL", "n", seen_op_TL},
    {"Tc", "n", seen_op_Tc},
    {"Td", "nn", seen_op_Td},
    {"Tf", "mn", seen_op_Tf},
    {"Tj", "s", seen_op_Tj},
    {"Tm", "nnnnnn", seen_op_Tm},
    {"Tr", "n", seen_op_Tr},
    {"Ts", "n", seen_op_Ts},
    {"Tw", "n", seen_op_Tw},
    {"Tz", "n", seen_op_Tz},
    {"W", "", seen_op_W},
    {"W*", "", seen_op_W},
    {"b", "", seen_op_b},
    {"b*", "", seen_op_b},
    {"c", "nnnnnn", seen_op_c},
    {"cm", "nnnnnn", seen_op_cm},
    {"cs", "m", seen_op_cs},
    {"d", "an", seen_op_d},
    {"f", "", seen_op_f},
    {"f*", "", seen_op_f},
    {"g", "n", seen_op_g},
    {"gs", "m", seen_op_gs},
    {"h", "", seen_op_h},
    {"k", "nnnn", seen_op_k},
    {"l", "nn", seen_op_l},
    {"m", "nn", seen_op_m},
    {"n", "", seen_op_n},
    {"q", "", seen_op_q},
    {"re", "nnnn", seen_op_re},
    {"rg", "nnn", seen_op_rg},
    {"s", "", seen_op_s},
    {"sc", "*", seen_op_sc},
    {"scn", "*", seen_op_sc},
    {"sh", "m", seen_op_sh},
    {"v", "nnnn", seen_op_v},
    {"w", "n", seen_op_w},
    {"y", "nnnn", seen_op_y},
    /* These change nothing that is seen here: joins, mitres, flatness, intents, widths of Type 3 glyphs, points of
     * marked content, the ends of text and of what older readers should not know: BX DP EI ET EX ID MP M d0 d1 i j ri
     */
};
enum { N_OPERATIONS = sizeof operations / sizeof *operations };

static uint32_t key_of(const char *name, size_t length)
{
    uint32_t key = 0;
    for (size_t i = 0; i < 3; i++) key = key << 8 | (i < length ? (unsigned char)name[i] : 0);
    return key;
}

static const struct operation *find_operation(bt_str name)
{
    if (name.len > 3) return NULL;
    const uint32_t key = key_of(name.ptr, name.len);
    size_t low = 0, high = N_OPERATIONS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t other = key_of(operations[middle].name, 3);
        if (other == key) return &operations[middle];
        if (other < key)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_of_kind(const seen_operand *operand, char kind)
{
    switch (kind) {
    case 'n':
        return operand->kind == SEEN_NUMBER;
    case 'm':
        return operand->kind == SEEN_NAME;
    case 's':
        return operand->kind == SEEN_STRING;
    case 'a':
        return operand->kind == SEEN_ARRAY;
    default:
        return true;
    }
}

/* Too few operands, or some of the wrong kind: the operator is passed over. Too many: the last count. */
static void run_operation(seen_reader *r, const struct operation *operation)
{
    const seen_scan *scan = r->work->scan;
    uint32_t n = (uint32_t)strlen(operation->operands);
    if (operation->operands[0] == '*') n = scan->n_operands;
    if (n > scan->n_operands) return;
    r->work->args = scan->operands + (scan->n_operands - n);
    r->work->n_args = n;
    if (operation->operands[0] != '*')
        for (uint32_t i = 0; i < n; i++)
            if (!is_of_kind(&r->work->args[i], operation->operands[i])) return;
    operation->run(r);
}

void seen_stop(seen_reader *r, bt_diag_code code, uint32_t limit)
{
    if (r->work->status != BT_OK) return;
    const bt_place at = {.file = r->file->path};
    bt_diag(r->diags, code, &at, BT_ARGS(r->work->number, bt_str_format(r->scratch, "%u", (unsigned)limit)));
    r->work->status = BT_INPUT;
}

/* Content that was read, or not: what is damaged is told once the file is read, with what libqpdf says of it. */
static bool is_readable(seen_reader *r, bt_status status, bt_str bytes)
{
    enum { MEGABYTE_BITS = 20 };
    if (status == BT_OK && bytes.len <= BT_LIMIT_PDF_CONTENT_BYTES) return true;
    if (status == BT_NOMEM || seen_pdf_trouble(r->pdf).len)
        r->work->status = status;
    else
        seen_stop(r, BT_E_CHECK_CONTENT, BT_LIMIT_PDF_CONTENT_BYTES >> MEGABYTE_BITS);
    return false;
}

void seen_stop_damaged(seen_reader *r, bt_str english)
{
    if (r->work->status != BT_OK) return;
    const bt_place at = {.file = r->file->path};
    bt_str what = bt_say_with(r->diags, r->scratch, english, BT_ARGS(r->work->number));
    bt_diag(r->diags, BT_E_CHECK_DAMAGED, &at, BT_ARGS(what));
    r->work->status = BT_INPUT;
}

/* False: the page ends. */
bool seen_read_content(seen_reader *r, bt_str bytes)
{
    struct seen_page_work *work = r->work;
    seen_scan *around = work->scan, *scan = work->scans[r->depth];
    if (!scan) scan = work->scans[r->depth] = BT_NEW(r->scratch, seen_scan);
    if (!scan) return false;
    seen_scan_begin(scan, r->scratch, bytes);
    bt_str name;
    while (work->status == BT_OK && seen_scan_next(scan, &name)) {
        if (++r->n_operators > BT_LIMIT_PDF_OPERATORS) {
            seen_stop(r, BT_E_CHECK_OPERATORS, BT_LIMIT_PDF_OPERATORS);
            break;
        }
        const struct operation *operation = find_operation(name);
        work->scan = scan;
        if (operation) run_operation(r, operation);
        if (r->scratch->failed || r->arena->failed) work->status = BT_NOMEM;
    }
    /* What is no token must be guessed at, as a repair would: readers differ in what they make of it. */
    if (scan->is_malformed) seen_stop_damaged(r, BT_STR("the content of page {1} is garbled"));
    work->scan = around;
    return work->status == BT_OK;
}

/* --- forms --- */

/* What has been read of a form, for when it is painted again on the page. */
typedef struct form {
    bt_str bytes;
    seen_matrix matrix;
    seen_box box;
    bool has_box, is_group, is_off;
    seen_obj resources; /* NOTHING: those of what paints it */
    uint32_t object;
} form;

/* An XObject by its name: a form, a picture, or neither. */
typedef struct thing {
    form *form;
    const struct seen_source *picture;
} thing;

static bool read_numbers(seen_reader *r, seen_obj array, double *values, uint32_t n)
{
    if (seen_obj_n_items(r->pdf, array) != n) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!seen_obj_number(r->pdf, seen_obj_item(r->pdf, array, i), &values[i])) return false;
    return true;
}

static form *open_form(seen_reader *r, seen_obj object)
{
    form *f = BT_NEW(r->scratch, form);
    if (!f) return NULL;
    double v[6];
    f->matrix = (seen_matrix){1, 0, 0, 1, 0, 0};
    if (read_numbers(r, seen_obj_key(r->pdf, object, "/Matrix"), v, 6))
        f->matrix = (seen_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    f->has_box = read_numbers(r, seen_obj_key(r->pdf, object, "/BBox"), v, 4);
    if (f->has_box) {
        f->box = seen_no_box;
        seen_box_take(&f->box, v[0], v[1]);
        seen_box_take(&f->box, v[2], v[3]);
    }
    bt_str group =
        seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, seen_obj_key(r->pdf, object, "/Group"), "/S"));
    f->is_group = bt_str_is(group, "Transparency");
    f->resources = seen_obj_key(r->pdf, object, "/Resources");
    seen_obj layer = seen_obj_key(r->pdf, object, "/OC");
    f->is_off = layer && seen_layer_is_off(r, layer);
    f->object = seen_obj_id(r->pdf, object);
    bt_status status = seen_obj_stream(r->pdf, r->scratch, object, SEEN_UNFILTERED, &f->bytes);
    return is_readable(r, status, f->bytes) ? f : NULL;
}

/* A form that paints itself is passed over where it does, as viewers do. */
static bool is_being_read(const seen_reader *r, const form *f)
{
    for (uint32_t i = 0; i < r->depth; i++)
        if (f->object && r->work->forms[i] == f->object) return true;
    return false;
}

static void read_form(seen_reader *r, const form *f)
{
    struct seen_page_work *work = r->work;
    const uint32_t base = work->base, mark_base = work->mark_base;
    const seen_obj resources = r->resources;
    const seen_matrix tm = r->tm, tlm = r->tlm;
    const bool was_off = r->is_off;
    seen_save(r);
    if (work->status != BT_OK) return;
    const uint32_t saved = r->states.n;
    work->base = saved;
    work->mark_base = work->n_marks;
    work->forms[r->depth++] = f->object;
    r->is_off |= f->is_off;
    if (f->resources) r->resources = f->resources;
    if (f->is_group) seen_enter_group(&r->state);
    r->state.ctm = seen_times(&f->matrix, &r->state.ctm);
    if (f->has_box) {
        const seen_box box = seen_box_through(&f->box, &r->state.ctm);
        r->state.clip = seen_common(&r->state.clip, &box);
    }
    work->path.n = 0;
    seen_read_content(r, f->bytes);
    work->path.n = 0;
    while (work->n_marks > work->mark_base) seen_op_EMC(r);
    r->depth--;
    r->states.n = saved;
    work->base = base;
    work->mark_base = mark_base;
    seen_restore(r);
    r->resources = resources;
    r->tm = tm;
    r->tlm = tlm;
    r->is_off = was_off;
}

static thing *open_thing(seen_reader *r, seen_obj object)
{
    thing *t = BT_NEW(r->scratch, thing);
    if (!t || !seen_obj_is_stream(r->pdf, object)) return t;
    bt_str subtype = seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, object, "/Subtype"));
    if (bt_str_is(subtype, "Image")) t->picture = seen_source_open(r, object);
    if (bt_str_is(subtype, "Form")) t->form = open_form(r, object);
    return t;
}

void seen_op_Do(seen_reader *r)
{
    seen_resource *found = seen_find(r, "/XObject", r->work->args[0].text);
    if (found && !found->made) found->made = open_thing(r, found->object);
    const thing *t = found ? found->made : NULL;
    if (t && t->picture) seen_do_picture(r, t->picture);
    if (!t || !t->form || is_being_read(r, t->form)) return;
    if (r->depth == BT_LIMIT_PDF_FORMS)
        seen_stop(r, BT_E_CHECK_FORMS, BT_LIMIT_PDF_FORMS);
    else
        read_form(r, t->form);
}

/* --- a page --- */

static bool begin_page(seen_reader *r, uint32_t page_i, seen_obj page)
{
    static const seen_mark unmarked = {.tag = BT_STR_INIT(""), .mcid = -1};
    if (!r->known) r->known = BT_NEW(r->arena, struct seen_known);
    r->work = BT_NEW(r->scratch, struct seen_page_work);
    if (!r->known || !r->work) return false;
    r->work->number = bt_str_format(r->scratch, "%u", (unsigned)page_i + 1);
    memset(&r->states, 0, sizeof r->states);
    memset(&r->glyphs, 0, sizeof r->glyphs);
    r->resources = seen_obj_inherited(r->pdf, page, "/Resources");
    r->mark = &unmarked;
    r->is_off = false;
    r->order = r->depth = 0;
    r->n_operators = 0;
    r->tm = r->tlm = (seen_matrix){1, 0, 0, 1, 0, 0};
    r->state = seen_first_state(r, &r->page->to_trim, &r->page->boxes[SEEN_MEDIA]);
    return true;
}

bt_status seen_read_page(seen_reader *r, uint32_t page_i)
{
    seen_obj page = seen_pdf_page(r->pdf, page_i);
    bt_str bytes;
    if (!begin_page(r, page_i, page)) return BT_NOMEM;
    bt_status status = seen_pdf_page_content(r->pdf, r->scratch, page, &bytes);
    if (is_readable(r, status, bytes)) seen_read_content(r, bytes);
    status = r->work->status;
    if (status == BT_OK) seen_make_words(r);
    r->work = NULL;
    return status;
}
