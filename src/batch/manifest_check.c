/* manifest_check.c - what the rows of a manifest may not share: their ids, and the files that they become.
 *
 * Windows and macOS hold Hau-Loc.pdf and hau-loc.pdf for one file, and an accent stored apart from its letter for the
 * letter with it. A batch must come out the same everywhere, so names that read so are one name.
 */
#include "batch/manifest_int.h"

#include "base/file.h"

/* A hash table of names; rows are found by it. */
typedef struct names {
    bt_str *folded;  /* by row; empty: none */
    uint32_t *slots; /* 1 + row_i; 0: free */
    uint32_t mask;
} names;

static bool make_names(bt_arena *arena, names *t, uint32_t n)
{
    uint32_t size = 16;
    while (size < n * 2) size *= 2;
    t->folded = BT_NEW_ARRAY(arena, n, bt_str);
    t->slots = BT_NEW_ARRAY(arena, size, uint32_t);
    t->mask = size - 1;
    return t->folded && t->slots;
}

/* The slot that a name has, or would take. */
static uint32_t *slot_of(const names *t, bt_str folded)
{
    uint64_t hash = bt_str_hash(folded);
    uint32_t slot_i = (uint32_t)(hash ^ hash >> 32) & t->mask;
    while (t->slots[slot_i] && !bt_str_equal(t->folded[t->slots[slot_i] - 1], folded)) slot_i = (slot_i + 1) & t->mask;
    return &t->slots[slot_i];
}

/* The row that has the name already; else UINT32_MAX, and now it is this one's. */
static uint32_t add_name(names *t, bt_str folded, uint32_t row_i)
{
    uint32_t *slot = slot_of(t, folded);
    t->folded[row_i] = folded;
    if (*slot) return *slot - 1;
    *slot = row_i + 1;
    return UINT32_MAX;
}

static void check_ids(bt_manifest_reader *m)
{
    names t;
    if (!make_names(m->scratch, &t, m->rows.n)) return;
    for (uint32_t i = 0; i < m->rows.n && !m->scratch->failed; i++) {
        bt_str id = m->rows.v[i].id;
        uint32_t other = add_name(&t, bt_path_folded(m->scratch, id), i);
        if (other == UINT32_MAX || m->scratch->failed) continue;
        bt_place at = bt_manifest_place(m, m->places.v[i].id_line, m->places.v[i].id_column);
        bt_place other_at = bt_manifest_place(m, m->places.v[other].id_line, m->places.v[other].id_column);
        bt_fields_reader *r = &m->fields;
        bt_str shown = bt_fields_quoted(r, id), place = bt_fields_place(r, &other_at, &at);
        if (bt_str_equal(id, m->rows.v[other].id))
            bt_fields_fault(r, BT_E_ROW_ID_TWICE, &at, BT_ARGS(shown, place));
        else
            bt_fields_fault(r, BT_E_ROW_ID_ALIKE, &at, BT_ARGS(shown, bt_fields_quoted(r, m->rows.v[other].id), place));
    }
}

static bt_place place_of_out(const bt_manifest_reader *m, uint32_t row_i)
{
    const bt_row_places *places = &m->places.v[row_i];
    return places->out_line ? bt_manifest_place(m, places->out_line, places->out_column)
                            : bt_manifest_place(m, places->id_line, places->id_column);
}

/* Two rows with one id are told of already, and so are the outputs that follow from it. */
static bool has_out(const bt_manifest_reader *m, uint32_t row_i) { return m->places.v[row_i].out_line; }

static void check_outs(bt_manifest_reader *m, names *t)
{
    bt_fields_reader *r = &m->fields;
    for (uint32_t i = 0; i < m->rows.n && !m->scratch->failed; i++) {
        bt_str out = m->rows.v[i].out;
        uint32_t other = add_name(t, bt_path_folded(m->scratch, out), i);
        if (other == UINT32_MAX || m->scratch->failed || (!has_out(m, i) && !has_out(m, other))) continue;
        bt_place at = place_of_out(m, i), other_at = place_of_out(m, other);
        bt_str shown = bt_fields_quoted(r, out), place = bt_fields_place(r, &other_at, &at);
        if (bt_str_equal(out, m->rows.v[other].out))
            bt_fields_fault(r, BT_E_OUT_TWICE, &at, BT_ARGS(shown, place));
        else
            bt_fields_fault(r, BT_E_OUT_ALIKE, &at, BT_ARGS(shown, bt_fields_quoted(r, m->rows.v[other].out), place));
    }
}

/* a.pdf and a.pdf/b.pdf: one of the two cannot be made. */
static void check_folder(bt_manifest_reader *m, const names *t, uint32_t row_i)
{
    bt_fields_reader *r = &m->fields;
    bt_str folded = t->folded[row_i];
    for (size_t end = 0; end < folded.len; end++) {
        uint32_t other = folded.ptr[end] == '/' ? *slot_of(t, bt_str_slice(folded, 0, end)) : 0;
        if (!other) continue;
        bt_place at = place_of_out(m, row_i), other_at = place_of_out(m, other - 1);
        bt_fields_fault(r, BT_E_OUT_FOLDER, &at,
                        BT_ARGS(bt_fields_quoted(r, m->rows.v[row_i].out),
                                bt_fields_quoted(r, m->rows.v[other - 1].out), bt_fields_place(r, &other_at, &at)));
    }
}

void bt_manifest_check_twice(bt_manifest_reader *m)
{
    names t;
    if (m->rows.n) check_ids(m);
    if (!m->rows.n || !make_names(m->scratch, &t, m->rows.n)) return;
    check_outs(m, &t);
    for (uint32_t i = 0; i < m->rows.n && !m->scratch->failed; i++) check_folder(m, &t, i);
}

/* --- one output --- */

static bool has_sign(bt_str path, bool is_backslash)
{
    for (size_t i = 0; i < path.len; i++)
        if (is_backslash ? path.ptr[i] == '\\' : (unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7F) return true;
    return false;
}

/* A part "..", wherever it leads. */
static bool goes_up(bt_str path)
{
    for (size_t begin = 0, end; begin <= path.len; begin = end + 1) {
        for (end = begin; end < path.len && path.ptr[end] != '/';) end++;
        if (bt_str_is(bt_str_slice(path, begin, end), "..")) return true;
    }
    return false;
}

/* The folder of the batch's own files, or a name in it. */
static bool is_in_batch(bt_arena *arena, bt_str path)
{
    return bt_str_starts(bt_path_folded(arena, path), BT_STR("batch/"));
}

static bool is_pdf(bt_arena *arena, bt_str path)
{
    bt_str folded = bt_path_folded(arena, path);
    return bt_str_ends(folded, BT_STR(".pdf")) && !bt_str_ends(folded, BT_STR("/.pdf")) && folded.len > 4;
}

static bool is_too_long(bt_str path)
{
    size_t length = 0, longest = 0;
    for (size_t i = 0; i < path.len; i++) {
        length = path.ptr[i] == '/' ? 0 : length + 1;
        if (length > longest) longest = length;
    }
    return longest > BT_LIMIT_NAME_BYTES || path.len > BT_LIMIT_PATH_BYTES;
}

bool bt_manifest_out(bt_manifest_reader *m, bt_str written, const bt_place *at, bt_str *out)
{
    bt_fields_reader *r = &m->fields;
    bt_diag_code code = BT_N_DIAGS;
    if (has_sign(written, true))
        code = BT_E_PATH_BACKSLASH;
    else if (!bt_path_stays_inside(written) || goes_up(written) || has_sign(written, false))
        code = BT_E_OUT_OUTSIDE;
    else if (is_in_batch(m->scratch, bt_path_normal(m->scratch, written)))
        code = BT_E_OUT_BATCH;
    else if (!is_pdf(m->scratch, written))
        code = BT_E_OUT_PDF;
    if (code != BT_N_DIAGS) {
        bt_fields_fault(r, code, at, BT_ARGS(bt_fields_quoted(r, written)));
        return false;
    }
    *out = bt_path_normal(r->arena, written);
    if (!is_too_long(*out)) return true;
    bt_fields_limit(r, BT_E_OUT_LONG, at,
                    BT_ARGS(bt_fields_count(r, BT_LIMIT_NAME_BYTES), bt_fields_count(r, BT_LIMIT_PATH_BYTES)));
    return false;
}
