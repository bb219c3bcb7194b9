/* manifest.c - the manifest's file, its columns and its rows; see manifest.h. */
#include "batch/manifest_int.h"

#include "base/file.h"

#include <errno.h>

bt_place bt_manifest_place(const bt_manifest_reader *m, uint32_t line, uint32_t column)
{
    return (bt_place){m->path, BT_STR(""), line, column};
}

static bt_str copy_z(bt_manifest_reader *m, bt_str text)
{
    return (bt_str){bt_str_z(m->fields.arena, text), m->fields.arena->failed ? 0 : text.len};
}

/* --- columns --- */

static bt_column_role role_of(bt_str name)
{
    return bt_str_is(name, "id")        ? BT_COLUMN_ID
           : bt_str_is(name, "edition") ? BT_COLUMN_EDITION
           : bt_str_is(name, "out")     ? BT_COLUMN_OUT
                                        : BT_COLUMN_VALUE;
}

/* What {{name}} can call for. */
static bool is_name(bt_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '{' || name.ptr[i] == '}' || (unsigned char)name.ptr[i] < 0x20) return false;
    return name.len && bt_str_trim(name).len == name.len;
}

static const char *pointer_of(bt_manifest_reader *m, bt_str name)
{
    bt_buf pointer = bt_buf_in(m->fields.arena);
    if (!m->is_json) return "";
    bt_buf_add_char(&pointer, '/');
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c == '~' || c == '/')
            bt_buf_add_z(&pointer, c == '~' ? "~0" : "~1");
        else
            bt_buf_add_char(&pointer, c);
    }
    return bt_str_z(m->fields.arena, bt_buf_str(&pointer));
}

static uint32_t add_column(bt_manifest_reader *m, bt_str name, uint32_t line, uint32_t column)
{
    bt_arena *arena = m->fields.arena;
    bt_place here = bt_manifest_place(m, line, column);
    if (m->columns.n == BT_LIMIT_MANIFEST_COLUMNS) {
        bt_fields_limit(&m->fields, BT_E_MANIFEST_COLUMNS, &here,
                        BT_ARGS(bt_fields_count(&m->fields, BT_LIMIT_MANIFEST_COLUMNS)));
        m->has_stopped = true;
        return UINT32_MAX;
    }
    if (!is_name(name))
        bt_fields_fault(&m->fields, BT_E_COLUMN_NAME, &here, BT_ARGS(bt_fields_quoted(&m->fields, name)));
    bt_place *at = BT_NEW(arena, bt_place);
    bt_column *added = BT_PUSH(arena, &m->columns);
    if (!at || !added) return UINT32_MAX;
    *at = here;
    *added = (bt_column){.name = copy_z(m, name), .pointer = pointer_of(m, name), .at = at, .role = role_of(name)};
    return m->columns.n - 1;
}

uint32_t bt_manifest_column(bt_manifest_reader *m, bt_str name, uint32_t hint, uint32_t line, uint32_t column,
                            bool *is_new)
{
    if (is_new) *is_new = false;
    if (hint < m->columns.n && bt_str_equal(m->columns.v[hint].name, name)) return hint;
    uint64_t hash = bt_str_hash(name);
    uint32_t slot_i = (uint32_t)(hash ^ hash >> 32) % BT_COLUMN_SLOTS;
    while (m->column_of[slot_i] && !bt_str_equal(m->columns.v[m->column_of[slot_i] - 1].name, name))
        slot_i = (slot_i + 1) % BT_COLUMN_SLOTS;
    if (m->column_of[slot_i]) return m->column_of[slot_i] - 1u;
    uint32_t column_i = add_column(m, name, line, column);
    if (is_new) *is_new = true;
    if (column_i != UINT32_MAX) m->column_of[slot_i] = (uint16_t)(column_i + 1);
    return column_i;
}

/* --- rows --- */

bool bt_manifest_row_begin(bt_manifest_reader *m, uint32_t line, uint32_t n_values)
{
    bt_arena *arena = m->fields.arena;
    if (m->has_stopped || m->scratch->failed) return false;
    if (m->n_met == BT_LIMIT_MANIFEST_ROWS) {
        bt_place here = bt_manifest_place(m, line, 1);
        bt_fields_limit(&m->fields, BT_E_MANIFEST_ROWS, &here,
                        BT_ARGS(bt_fields_count(&m->fields, BT_LIMIT_MANIFEST_ROWS)));
        m->has_stopped = true;
        return false;
    }
    bt_place *at = BT_NEW(arena, bt_place);
    m->values = BT_NEW_ARRAY(arena, (size_t)n_values + 1, bt_named_value);
    if (!at || !m->values) return false;
    m->n_met++;
    *at = bt_manifest_place(m, line, 1);
    m->row = (bt_batch_row){.id = BT_STR(""), .edition = BT_STR(""), .out = BT_STR(""), .at = at, .n_values = 1};
    m->row_places = (bt_row_places){0};
    m->is_row_bad = false;
    return true;
}

static bt_named_value named(const bt_manifest_reader *m, const bt_column *column, bt_str text, uint32_t line,
                            uint32_t line_column)
{
    return (bt_named_value){.name = column->name.ptr,
                            .text = text.ptr,
                            .file = m->path.ptr,
                            .line = line,
                            .column = line_column,
                            .pointer = column->pointer};
}

static void take_id(bt_manifest_reader *m, const bt_column *column, bt_str text, const bt_place *at)
{
    bt_fields_reader *r = &m->fields;
    m->row_places.id_line = at->line;
    m->row_places.id_column = at->column;
    m->row.id = text;
    m->values[0] = named(m, column, text, at->line, at->column);
    if (!bt_str_trim(text).len || (bt_str_is_id(text) && text.len <= BT_LIMIT_ID_BYTES)) return;
    m->is_row_bad = true;
    if (bt_str_is_id(text))
        bt_fields_limit(r, BT_E_ROW_ID_LONG, at, BT_ARGS(bt_fields_count(r, BT_LIMIT_ID_BYTES)));
    else
        bt_fields_fault(r, BT_E_EDITION_ID, at, BT_ARGS(bt_fields_quoted(r, text)));
}

static void take_edition(bt_manifest_reader *m, const bt_column *column, bt_str text, const bt_place *at)
{
    if (!text.len) return;
    if (memchr(text.ptr, '\\', text.len)) {
        bt_fields_fault(&m->fields, BT_E_PATH_BACKSLASH, at, BT_ARGS(bt_fields_quoted(&m->fields, text)));
        m->is_row_bad = true;
        return;
    }
    m->row.edition = bt_path_normal(m->fields.arena, bt_path_join(m->scratch, m->dir, text));
    bt_named_value *cell = BT_NEW(m->fields.arena, bt_named_value);
    if (cell) *cell = named(m, column, m->row.edition, at->line, at->column);
    m->row.edition_named = cell;
}

static void take_out(bt_manifest_reader *m, bt_str text, const bt_place *at)
{
    if (!text.len) return;
    m->row_places.out_line = at->line;
    m->row_places.out_column = at->column;
    if (!bt_manifest_out(m, text, at, &m->row.out)) m->is_row_bad = true;
}

static bool is_too_long(bt_manifest_reader *m, bt_str text, const bt_place *at)
{
    if (text.len <= BT_LIMIT_MANIFEST_CELL_BYTES) return false;
    bt_fields_limit(&m->fields, BT_E_MANIFEST_CELL, at,
                    BT_ARGS(bt_fields_count(&m->fields, BT_LIMIT_MANIFEST_CELL_BYTES)));
    m->is_row_bad = true;
    return true;
}

void bt_manifest_row_value(bt_manifest_reader *m, uint32_t column_i, bt_str text, uint32_t line, uint32_t column)
{
    const bt_column *of = &m->columns.v[column_i];
    bt_place at = bt_manifest_place(m, line, column);
    if (is_too_long(m, text, &at)) return;
    switch (of->role) {
    case BT_COLUMN_ID:
        take_id(m, of, copy_z(m, text), &at);
        return;
    case BT_COLUMN_EDITION:
        take_edition(m, of, bt_str_trim(text), &at);
        return;
    case BT_COLUMN_OUT:
        take_out(m, bt_str_trim(text), &at);
        return;
    case BT_COLUMN_VALUE:
        m->values[m->row.n_values++] = named(m, of, copy_z(m, text), line, column);
        return;
    }
}

void bt_manifest_row_end(bt_manifest_reader *m)
{
    bt_arena *arena = m->fields.arena;
    if (!m->is_row_bad && !bt_str_trim(m->row.id).len) {
        uint32_t column = m->row_places.id_line ? m->row_places.id_column : 1;
        bt_place at = bt_manifest_place(m, m->row_places.id_line ? m->row_places.id_line : m->row.at->line, column);
        bt_fields_fault(&m->fields, BT_E_ROW_NO_ID, &at, BT_NO_ARGS);
        m->is_row_bad = true;
    }
    if (m->is_row_bad || arena->failed) return;
    if (!m->row.out.len) {
        bt_str out = bt_str_join(m->scratch, m->row.id, BT_STR(".pdf"));
        m->row.out = copy_z(m, out);
    }
    m->row.values = m->values;
    bt_batch_row *row = BT_PUSH(arena, &m->rows);
    bt_row_places *places = BT_PUSH(m->fields.arena, &m->places);
    if (row) *row = m->row;
    if (places) *places = m->row_places;
}

/* --- the file --- */

static bt_status report_unread(bt_arena *arena, bt_diags *diags, bt_str path, bt_status status, int error)
{
    static const bt_str extensions[] = {BT_STR_INIT(".csv"), BT_STR_INIT(".jsonl")};
    bool is_absent = error == ENOENT || error == ENOTDIR;
    bt_str meant = is_absent ? bt_path_meant(arena, path, extensions, 2) : BT_STR("");
    if (status == BT_LIMIT)
        bt_diag(diags, BT_E_TOO_LARGE, NULL, BT_ARGS(path, bt_str_format(arena, "%d", BT_LIMIT_MANIFEST_BYTES >> 20)));
    else if (meant.len)
        bt_diag(diags, BT_E_FILE_MISNAMED, NULL, BT_ARGS(path, meant));
    else if (is_absent)
        bt_diag(diags, BT_E_MANIFEST_MISSING, NULL, BT_ARGS(path));
    else if (status == BT_IO)
        bt_diag(diags, BT_E_READ, NULL, BT_ARGS(path, bt_file_error(diags, arena, error)));
    return is_absent || error == EISDIR || error == EINVAL ? BT_INPUT : status;
}

/* Files that are no text, and texts in other encodings: told by how they begin. True: reported. */
static bool is_no_text(bt_manifest_reader *m, bt_str bytes)
{
    static const struct {
        bt_str head, kind;
    } kinds[] = {{BT_STR_INIT("PK\003\004"), BT_STR_INIT("a Word, Excel or zip file")},
                 {BT_STR_INIT("\xD0\xCF\x11\xE0"), BT_STR_INIT("an old Word or Excel file")},
                 {BT_STR_INIT("%PDF"), BT_STR_INIT("a PDF file")},
                 {BT_STR_INIT("<"), BT_STR_INIT("a web page or XML file")}};
    bt_place at = bt_manifest_place(m, 0, 0);
    size_t n = bytes.len < 64 ? bytes.len : 64;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!bt_str_starts(bytes, kinds[i].head)) continue;
        bt_fields_fault(&m->fields, BT_E_NOT_MANIFEST, &at, BT_ARGS(bt_say(m->fields.diags, kinds[i].kind)));
        return true;
    }
    if (bt_str_starts(bytes, BT_STR("\xFF\xFE")) || bt_str_starts(bytes, BT_STR("\xFE\xFF")) ||
        (n > 1 && memchr(bytes.ptr, '\0', n))) {
        bt_fields_fault(&m->fields, BT_E_MANIFEST_WIDE, &at, BT_NO_ARGS);
        return true;
    }
    return false;
}

/* The first byte that belongs to no character of UTF-8, or a control character. False: reported. */
static bool check_characters(bt_manifest_reader *m)
{
    uint32_t line = 1;
    size_t line_begin = 0;
    for (size_t at = 0; at < m->text.len;) {
        unsigned char byte = (unsigned char)m->text.ptr[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        uint32_t c = byte;
        size_t length = byte < 0x80 ? 1 : bt_utf8_decode_long(m->text, at, &c);
        bool is_end = byte == '\n' || (byte == '\r' && (at + 1 == m->text.len || m->text.ptr[at + 1] != '\n'));
        bool is_control = (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F;
        if (is_control || (byte >= 0x80 && length == 1)) {
            bt_str before = bt_str_slice(m->text, line_begin, at);
            bt_place here = bt_manifest_place(m, line, (uint32_t)bt_utf8_count(before) + 1);
            const char *format = is_control ? "U+%04X" : "0x%02X";
            bt_diag_code code = is_control ? BT_E_JSON_CONTROL : BT_E_MANIFEST_UTF8;
            bt_fields_fault(&m->fields, code, &here, BT_ARGS(bt_str_format(&m->fields.words, format, (unsigned)byte)));
            return false;
        }
        at += length;
        if (is_end) line++;
        if (is_end) line_begin = at;
    }
    return true;
}

static void read_rows(bt_manifest_reader *m)
{
    bt_str text = bt_str_trim(m->text);
    bt_place at = bt_manifest_place(m, 1, 1);
    if (text.len && text.ptr[0] == '{')
        bt_manifest_read_jsonl(m);
    else if (text.len && text.ptr[0] == '[')
        bt_fields_fault(&m->fields, BT_E_MANIFEST_LIST, &at, BT_NO_ARGS);
    else if (check_characters(m))
        bt_manifest_read_csv(m);
    bool is_good = m->fields.status == BT_OK && !m->has_stopped && !m->scratch->failed;
    if (!m->n_met && is_good) {
        at = bt_manifest_place(m, 0, 0);
        bt_fields_fault(&m->fields, BT_E_MANIFEST_NO_ROWS, &at, BT_NO_ARGS);
    }
    bt_manifest_check_twice(m);
}

static void finish(bt_manifest_reader *m, const bt_manifest **result)
{
    bt_arena *arena = m->fields.arena;
    bt_manifest *manifest = BT_NEW(arena, bt_manifest);
    bt_str *names = BT_NEW_ARRAY(arena, m->columns.n, bt_str);
    const bt_place **ats = BT_NEW_ARRAY(arena, m->columns.n, const bt_place *);
    if (!manifest || !names || !ats) return;
    *manifest = (bt_manifest){.path = m->path, .rows = m->rows.v, .n_rows = m->rows.n};
    for (uint32_t i = 0; i < m->columns.n; i++) {
        bt_column_role role = m->columns.v[i].role;
        if (role == BT_COLUMN_EDITION || role == BT_COLUMN_OUT) continue;
        names[manifest->n_columns] = m->columns.v[i].name;
        ats[manifest->n_columns++] = m->columns.v[i].at;
    }
    manifest->columns = names;
    manifest->column_ats = ats;
    if (m->rows.n) *result = manifest;
}

bt_status bt_manifest_read(bt_arena *arena, bt_diags *diags, bt_str path, bt_str text, const bt_manifest **manifest)
{
    *manifest = NULL;
    bt_arena scratch = bt_arena_over(arena->allocator);
    int error = 0;
    bt_str bytes = text, path_z = {bt_str_z(arena, path), path.len};
    bt_status status = arena->failed ? BT_NOMEM : BT_OK;
    if (status == BT_OK && !text.ptr)
        status = bt_file_read(&scratch, path_z.ptr, BT_LIMIT_MANIFEST_BYTES, &bytes, &error);
    else if (text.len > BT_LIMIT_MANIFEST_BYTES)
        status = BT_LIMIT;
    bt_manifest_reader *m = BT_NEW(&scratch, bt_manifest_reader);
    if (!m) status = BT_NOMEM;
    if (status == BT_OK && m) {
        *m = (bt_manifest_reader){.fields = bt_fields_begin(arena, diags), .scratch = &scratch, .path = path_z};
        m->dir = bt_path_dir(arena, path);
        bool has_mark = bt_str_starts(bytes, BT_STR("\xEF\xBB\xBF"));
        m->text = bt_str_slice(bytes, has_mark ? 3 : 0, bytes.len);
        if (!is_no_text(m, m->text)) read_rows(m);
        finish(m, manifest);
        if (scratch.failed) arena->failed = true;
        status = bt_fields_end(&m->fields);
        if (status == BT_NOMEM) *manifest = NULL;
    } else if (status != BT_NOMEM) {
        status = report_unread(&scratch, diags, path, status, error);
    }
    bt_arena_drop(&scratch);
    return status;
}

/* Whether the line has a cell "id". */
static bool names_id(bt_str line)
{
    static const bt_str signs = BT_STR_INIT(",;\"\t\r");
    for (size_t i = 0; i + 1 < line.len; i++) {
        if (line.ptr[i] != 'i' || line.ptr[i + 1] != 'd') continue;
        bool is_begin = !i || memchr(signs.ptr, line.ptr[i - 1], signs.len);
        bool is_end = i + 2 == line.len || memchr(signs.ptr, line.ptr[i + 2], signs.len);
        if (is_begin && is_end) return true;
    }
    return false;
}

bool bt_manifest_is(bt_str path, bt_str text)
{
    static const bt_str keys[] = {BT_STR_INIT("\"bantin\""), BT_STR_INIT("\"bantin_edition\""),
                                  BT_STR_INIT("\"bantin_layout\"")};
    if (bt_str_ends(path, BT_STR(".csv")) || bt_str_ends(path, BT_STR(".jsonl"))) return true;
    if (bt_str_ends(path, BT_STR(".json"))) return false;
    if (bt_str_starts(text, BT_STR("\xEF\xBB\xBF"))) text = bt_str_slice(text, 3, text.len);
    text = bt_str_trim(text);
    const char *end = memchr(text.ptr, '\n', text.len);
    bt_str line = bt_str_trim(bt_str_slice(text, 0, end ? (size_t)(end - text.ptr) : text.len));
    if (!line.len || line.ptr[0] != '{') return names_id(line);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (memmem(line.ptr, line.len, keys[i].ptr, keys[i].len)) return false;
    return line.len > 2 && line.ptr[line.len - 1] == '}';
}
