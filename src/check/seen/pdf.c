/* pdf.c - the objects of a PDF, through the C interface of libqpdf. Nothing else includes its headers.
 *
 * A handle of qpdf's is a number from 1, so it serves as a seen_obj; all are given back when the document is closed.
 * qpdf catches what its C++ throws and keeps it as errors and warnings: after calls that may fail, note_trouble() asks
 * for them.
 */
#include "check/seen/pdf.h"

#include "base/limits.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARENTS = 64, LONGEST_TROUBLE = 512 };

struct seen_pdf {
    qpdf_data data;
    char trouble[LONGEST_TROUBLE]; /* the first thing that went wrong */
};

/* Keeps the first error or warning that qpdf has gathered; false: there was none. */
static bool note_trouble(seen_pdf *pdf)
{
    bool is_in_trouble = false;
    while (qpdf_has_error(pdf->data) || qpdf_more_warnings(pdf->data)) {
        qpdf_error error = qpdf_has_error(pdf->data) ? qpdf_get_error(pdf->data) : qpdf_next_warning(pdf->data);
        const char *text = qpdf_get_error_message_detail(pdf->data, error);
        if (!pdf->trouble[0] && text) {
            strncpy(pdf->trouble, text[0] ? text : "damaged", sizeof pdf->trouble - 1);
            for (char *c = pdf->trouble; *c; c++)
                if ((unsigned char)*c < ' ') *c = ' ';
        }
        is_in_trouble = true;
    }
    return is_in_trouble;
}

bt_str seen_pdf_trouble(seen_pdf *pdf)
{
    note_trouble(pdf);
    return bt_str_of(pdf->trouble);
}

/* --- opening --- */

const char *seen_pdf_library(void) { return qpdf_get_qpdf_version(); }

static bool is_no_pdf(bt_str bytes)
{
    enum { HEADER_WITHIN = 1024 };
    bt_str head = bt_str_slice(bytes, 0, bytes.len < HEADER_WITHIN ? bytes.len : HEADER_WITHIN);
    return !head.len || !memmem(head.ptr, head.len, "%PDF-", 5);
}

static bt_status refuse(bt_diags *diags, seen_pdf *pdf, bt_str path, bool is_encrypted)
{
    const bt_place at = {.file = path};
    if (is_encrypted)
        bt_diag(diags, BT_E_CHECK_ENCRYPTED, &at, BT_NO_ARGS);
    else
        bt_diag(diags, BT_E_CHECK_DAMAGED, &at, BT_ARGS(seen_pdf_trouble(pdf)));
    seen_pdf_drop(pdf);
    return BT_INPUT;
}

/* qpdf reads an object when it is asked for, so damage would go unnoticed where nobody looks. Before it numbers an
 * object that is made, it reads all that the file's table has; what is made here stands for nothing. */
static void read_all_objects(seen_pdf *pdf)
{
    seen_obj none = qpdf_oh_new_null(pdf->data);
    qpdf_oh_release(pdf->data, qpdf_make_indirect_object(pdf->data, none));
    qpdf_oh_release(pdf->data, none);
}

bt_status seen_pdf_open(bt_diags *diags, bt_str path, bt_str bytes, seen_pdf **out)
{
    *out = NULL;
    const bt_place at = {.file = path};
    if (is_no_pdf(bytes)) {
        bt_diag(diags, BT_E_CHECK_NO_PDF, &at, BT_NO_ARGS);
        return BT_INPUT;
    }
    seen_pdf *pdf = calloc(1, sizeof *pdf);
    if (pdf) pdf->data = qpdf_init();
    if (!pdf || !pdf->data) {
        free(pdf);
        return BT_NOMEM;
    }
    qpdf_silence_errors(pdf->data);
    qpdf_set_suppress_warnings(pdf->data, QPDF_TRUE);
    qpdf_set_attempt_recovery(pdf->data, QPDF_FALSE);
    QPDF_ERROR_CODE code = qpdf_read_memory(pdf->data, "", bytes.ptr, bytes.len, NULL);
    bool is_encrypted = false;
    if (code & QPDF_ERRORS && qpdf_has_error(pdf->data)) {
        qpdf_error error = qpdf_get_error(pdf->data);
        is_encrypted = qpdf_get_error_code(pdf->data, error) == qpdf_e_password;
        const char *text = qpdf_get_error_message_detail(pdf->data, error);
        if (text) strncpy(pdf->trouble, text, sizeof pdf->trouble - 1);
    } else
        is_encrypted = qpdf_is_encrypted(pdf->data);
    if (code || is_encrypted || note_trouble(pdf)) return refuse(diags, pdf, path, is_encrypted);
    read_all_objects(pdf);
    if (qpdf_get_num_pages(pdf->data) < 0 || note_trouble(pdf)) return refuse(diags, pdf, path, false);
    *out = pdf;
    return BT_OK;
}

void seen_pdf_drop(seen_pdf *pdf)
{
    if (!pdf) return;
    qpdf_cleanup(&pdf->data);
    free(pdf);
}

uint32_t seen_pdf_n_pages(seen_pdf *pdf)
{
    int n = qpdf_get_num_pages(pdf->data);
    return n > 0 ? (uint32_t)n : 0;
}

seen_obj seen_pdf_page(seen_pdf *pdf, uint32_t page_i) { return qpdf_get_page_n(pdf->data, page_i); }

seen_obj seen_pdf_trailer(seen_pdf *pdf) { return qpdf_get_trailer(pdf->data); }

seen_obj seen_pdf_catalog(seen_pdf *pdf) { return qpdf_get_root(pdf->data); }

/* --- dictionaries and arrays --- */

bool seen_obj_is_dict(seen_pdf *pdf, seen_obj obj)
{
    return obj && (qpdf_oh_is_dictionary(pdf->data, obj) || qpdf_oh_is_stream(pdf->data, obj));
}

bool seen_obj_is_stream(seen_pdf *pdf, seen_obj obj) { return obj && qpdf_oh_is_stream(pdf->data, obj); }

bool seen_obj_is_array(seen_pdf *pdf, seen_obj obj) { return obj && qpdf_oh_is_array(pdf->data, obj); }

static seen_obj unless_null(seen_pdf *pdf, seen_obj obj)
{
    return obj && !qpdf_oh_is_null(pdf->data, obj) ? obj : SEEN_NOTHING;
}

seen_obj seen_obj_key(seen_pdf *pdf, seen_obj dict, const char *key)
{
    if (!seen_obj_is_dict(pdf, dict)) return SEEN_NOTHING;
    if (qpdf_oh_is_stream(pdf->data, dict)) dict = qpdf_oh_get_dict(pdf->data, dict);
    if (!qpdf_oh_has_key(pdf->data, dict, key)) return SEEN_NOTHING;
    return unless_null(pdf, qpdf_oh_get_key(pdf->data, dict, key));
}

seen_obj seen_obj_inherited(seen_pdf *pdf, seen_obj page, const char *key)
{
    for (int i = 0; i < MOST_PARENTS && page; i++) {
        seen_obj value = seen_obj_key(pdf, page, key);
        if (value) return value;
        page = seen_obj_key(pdf, page, "/Parent");
    }
    return SEEN_NOTHING;
}

uint32_t seen_obj_n_items(seen_pdf *pdf, seen_obj array)
{
    if (!seen_obj_is_array(pdf, array)) return 0;
    int n = qpdf_oh_get_array_n_items(pdf->data, array);
    return n > 0 ? (uint32_t)n : 0;
}

seen_obj seen_obj_item(seen_pdf *pdf, seen_obj array, uint32_t i)
{
    if (i >= seen_obj_n_items(pdf, array)) return SEEN_NOTHING;
    return unless_null(pdf, qpdf_oh_get_array_item(pdf->data, array, (int)i));
}

const bt_str *seen_obj_keys(seen_pdf *pdf, bt_arena *arena, seen_obj dict, uint32_t *n)
{
    BT_ARRAY(bt_str) keys = {0};
    *n = 0;
    if (!seen_obj_is_dict(pdf, dict)) return NULL;
    if (qpdf_oh_is_stream(pdf->data, dict)) dict = qpdf_oh_get_dict(pdf->data, dict);
    qpdf_oh_begin_dict_key_iter(pdf->data, dict);
    while (qpdf_oh_dict_more_keys(pdf->data)) {
        bt_str *key = BT_PUSH(arena, &keys);
        const char *name = qpdf_oh_dict_next_key(pdf->data);
        if (key) *key = bt_str_copy(arena, bt_str_of(name));
    }
    *n = keys.n;
    return keys.v;
}

/* --- values --- */

bool seen_obj_number(seen_pdf *pdf, seen_obj obj, double *value)
{
    return obj && qpdf_oh_get_value_as_number(pdf->data, obj, value);
}

bool seen_obj_bool(seen_pdf *pdf, seen_obj obj, bool *value)
{
    QPDF_BOOL is_true = QPDF_FALSE;
    if (!obj || !qpdf_oh_get_value_as_bool(pdf->data, obj, &is_true)) return false;
    *value = is_true;
    return true;
}

bt_str seen_obj_name(seen_pdf *pdf, bt_arena *arena, seen_obj obj)
{
    if (!obj || !qpdf_oh_is_name(pdf->data, obj)) return BT_STR("");
    const char *name = qpdf_oh_get_name(pdf->data, obj);
    return bt_str_copy(arena, bt_str_of(name[0] == '/' ? name + 1 : name));
}

bt_str seen_obj_string(seen_pdf *pdf, bt_arena *arena, seen_obj obj)
{
    if (!obj || !qpdf_oh_is_string(pdf->data, obj)) return BT_STR("");
    size_t length = 0;
    const char *bytes = qpdf_oh_get_binary_string_value(pdf->data, obj, &length);
    return bt_str_copy(arena, (bt_str){bytes, length});
}

bt_str seen_obj_text(seen_pdf *pdf, bt_arena *arena, seen_obj obj)
{
    if (!obj || !qpdf_oh_is_string(pdf->data, obj)) return BT_STR("");
    size_t length = 0;
    const char *bytes = qpdf_oh_get_binary_utf8_value(pdf->data, obj, &length);
    return bt_str_copy(arena, (bt_str){bytes, length});
}

uint32_t seen_obj_id(seen_pdf *pdf, seen_obj obj)
{
    if (!obj || !qpdf_oh_is_indirect(pdf->data, obj)) return 0;
    int id = qpdf_oh_get_object_id(pdf->data, obj);
    return id > 0 ? (uint32_t)id : 0;
}

/* --- streams --- */

/* Takes over what qpdf has allocated. */
static bt_status take_bytes(seen_pdf *pdf, bt_arena *arena, unsigned char *bytes, size_t size, bt_str *out)
{
    bool has_failed = note_trouble(pdf);
    *out = BT_STR("");
    bt_status status = has_failed || size > BT_LIMIT_PDF_STREAM_BYTES ? BT_INPUT : BT_OK;
    if (status == BT_OK && size) {
        *out = bt_str_copy(arena, (bt_str){(const char *)bytes, size});
        if (!out->len) status = BT_NOMEM;
    }
    free(bytes);
    return status;
}

bt_status seen_obj_stream(seen_pdf *pdf, bt_arena *arena, seen_obj stream, seen_decode how, bt_str *out)
{
    static const enum qpdf_stream_decode_level_e levels[] = {
        [SEEN_AS_STORED] = qpdf_dl_none, [SEEN_UNFILTERED] = qpdf_dl_specialized, [SEEN_DECODED] = qpdf_dl_all};
    *out = BT_STR("");
    if (!seen_obj_is_stream(pdf, stream)) return BT_INPUT;
    QPDF_BOOL is_filtered = QPDF_FALSE;
    unsigned char *bytes = NULL;
    size_t size = 0;
    QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(pdf->data, stream, levels[how], &is_filtered, &bytes, &size);
    bt_status status = take_bytes(pdf, arena, bytes, size, out);
    return status == BT_OK && (code & QPDF_ERRORS || (how == SEEN_DECODED && !is_filtered)) ? BT_INPUT : status;
}

seen_obj seen_pdf_new_stream(seen_pdf *pdf, bt_arena *arena, bt_str dict)
{
    qpdf_oh given = qpdf_oh_parse(pdf->data, bt_str_z(arena, dict)), stream = qpdf_oh_new_stream(pdf->data);
    if (!seen_obj_is_dict(pdf, given)) return stream;
    uint32_t n = 0;
    const bt_str *keys = seen_obj_keys(pdf, arena, given, &n);
    qpdf_oh own = qpdf_oh_get_dict(pdf->data, stream);
    for (uint32_t i = 0; i < n; i++) {
        const char *key = bt_str_z(arena, keys[i]);
        qpdf_oh_replace_key(pdf->data, own, key, qpdf_oh_get_key(pdf->data, given, key));
    }
    return stream;
}

void seen_pdf_fill_stream(seen_pdf *pdf, seen_obj stream, bt_str bytes)
{
    qpdf_oh own = qpdf_oh_get_dict(pdf->data, stream);
    qpdf_oh_replace_stream_data(pdf->data, stream, (const unsigned char *)bytes.ptr, bytes.len,
                                qpdf_oh_get_key(pdf->data, own, "/Filter"),
                                qpdf_oh_get_key(pdf->data, own, "/DecodeParms"));
}

bt_status seen_pdf_page_content(seen_pdf *pdf, bt_arena *arena, seen_obj page, bt_str *out)
{
    unsigned char *bytes = NULL;
    size_t size = 0;
    *out = BT_STR("");
    if (!seen_obj_key(pdf, page, "/Contents")) return BT_OK;
    QPDF_ERROR_CODE code = qpdf_oh_get_page_content_data(pdf->data, page, &bytes, &size);
    bt_status status = take_bytes(pdf, arena, bytes, size, out);
    return status == BT_OK && code & QPDF_ERRORS ? BT_INPUT : status;
}
