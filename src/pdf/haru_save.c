/* haru_save.c - the file: libharu's objects one after the other, light ones packed into object streams, and a
 * cross-reference stream. libharu itself writes neither kind of stream, and a structure tree of many small objects
 * would be half of a file without them.
 */
#include "pdf/haru_int.h"

#include <string.h>

/* How a file is being written. */
typedef struct saving {
    bt_haru *haru;
    const bt_haru_root *root;
    HPDF_Stream out;
    HPDF_STATUS status;
    struct place *places; /* by object number */
    uint32_t n;
} saving;

/* Where an object stands. */
typedef struct place {
    uint8_t kind;   /* as PDF numbers them: 0 free, 1 in the file, 2 in an object stream */
    uint32_t where; /* its first byte; the stream's number */
    uint16_t index; /* in the stream; of the free object 0 its generation */
} place;

/* --- bytes --- */

static bool flush(bt_haru *haru)
{
    if (haru->status == BT_OK && haru->buffered) haru->status = bt_file_write(haru->file, haru->buffer, haru->buffered);
    haru->buffered = 0;
    return haru->status == BT_OK;
}

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    bt_haru *haru = stream->attr;
    if (haru->status != BT_OK) return HPDF_FILE_IO_ERROR;
    if (size > HARU_WRITE_BUFFER - haru->buffered && !flush(haru)) return HPDF_FILE_IO_ERROR;
    if (size > HARU_WRITE_BUFFER) {
        haru->status = bt_file_write(haru->file, bytes, size);
        return haru->status == BT_OK ? HPDF_OK : HPDF_FILE_IO_ERROR;
    }
    memcpy(haru->buffer + haru->buffered, bytes, size);
    haru->buffered += size;
    return HPDF_OK;
}

static void write_z(saving *s, const char *text)
{
    if (s->status == HPDF_OK) s->status = HPDF_Stream_WriteStr(s->out, text);
}

static void write_number(saving *s, uint32_t number)
{
    if (s->status == HPDF_OK) s->status = HPDF_Stream_WriteUInt(s->out, number);
}

static void write_bytes(saving *s, bt_str bytes)
{
    if (s->status != HPDF_OK || !bytes.len) return;
    s->status = HPDF_Stream_Write(s->out, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
}

/* --- objects --- */

static void begin_object(saving *s, uint32_t number)
{
    if (number < s->n) s->places[number] = (place){.kind = 1, .where = s->out->size};
    write_number(s, number);
    write_z(s, " 0 obj\n");
}

static void write_objects(saving *s)
{
    HPDF_List entries = s->haru->doc->xref->entries;
    for (HPDF_UINT i = 1; i < entries->count && s->status == HPDF_OK; i++) { /* 0: the free object */
        HPDF_XrefEntry entry = HPDF_List_ItemAt(entries, i);
        const HPDF_Obj_Header *header = entry->obj;
        begin_object(s, header->obj_id & 0xFFFFFF);
        if (s->status == HPDF_OK) s->status = HPDF_Obj_WriteValue(entry->obj, s->out, NULL);
        write_z(s, "\nendobj\n");
    }
}

/* Light objects in one stream: whoever wants one of them inflates all, so there are not too many. */
enum { MOST_PACKED = 200 };

/* The lights from begin on, as the stream of that number. */
static void write_packed(saving *s, uint32_t begin, uint32_t end, uint32_t number)
{
    bt_arena *arena = s->haru->arena;
    bt_buf head = bt_buf_in(arena), body = bt_buf_in(arena);
    for (uint32_t i = begin; i < end; i++) {
        const bt_haru_object *light = &s->haru->lights[i];
        bt_buf_format(&head, "%u %u ", light->number, body.bytes.n);
        bt_buf_add_z(&body, "<<");
        bt_buf_add(&body, bt_buf_str(&light->syntax));
        bt_buf_add_z(&body, ">>\n");
        s->places[light->number] = (place){.kind = 2, .where = number, .index = (uint16_t)(i - begin)};
    }
    bt_str packed = s->root->deflate(s->root->user, bt_str_join(arena, bt_buf_str(&head), bt_buf_str(&body)));
    begin_object(s, number);
    bt_buf dict = bt_buf_in(arena);
    bt_buf_format(&dict, "<</Type/ObjStm/N %u/First %u/Length %zu/Filter/FlateDecode>>\nstream\n", end - begin,
                  head.bytes.n, packed.len);
    write_bytes(s, bt_buf_str(&dict));
    write_bytes(s, packed);
    write_z(s, "\nendstream\nendobj\n");
}

/* --- cross references --- */

enum { ROW = 7 }; /* bytes: the kind, four of the place, two of the index */

/* The table's rows, each as its difference to the one above (PNG's Up), which deflates well. */
static bt_str table_of(const saving *s)
{
    unsigned char *out = bt_arena_alloc(s->haru->arena, (size_t)s->n * (ROW + 1)), *next = out;
    unsigned char above[ROW] = {0};
    for (uint32_t i = 0; out && i < s->n; i++) {
        const place *p = &s->places[i];
        const unsigned char row[ROW] = {p->kind,
                                        (unsigned char)(p->where >> 24),
                                        (unsigned char)(p->where >> 16 & 255),
                                        (unsigned char)(p->where >> 8 & 255),
                                        (unsigned char)(p->where & 255),
                                        (unsigned char)(p->index >> 8),
                                        (unsigned char)(p->index & 255)};
        *next++ = 2;
        for (int k = 0; k < ROW; k++) *next++ = (unsigned char)(row[k] - above[k]);
        memcpy(above, row, sizeof above);
    }
    return out ? (bt_str){(const char *)out, (size_t)(next - out)} : BT_STR("");
}

/* The trailer's entries are the stream's. */
static void write_references(saving *s, uint32_t number)
{
    HPDF_Doc doc = s->haru->doc;
    uint32_t start = s->out->size;
    HPDF_Dict_Add(doc->trailer, "Root", doc->catalog);
    HPDF_Dict_Add(doc->trailer, "Info", doc->info);
    begin_object(s, number);
    bt_haru_object *trailer = bt_haru_object_of(s->haru, doc->trailer);
    bt_haru_put_syntax(trailer,
                       bt_str_format(s->haru->arena,
                                     "/Type/XRef/Size %u/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>", s->n, ROW));
    bt_haru_set_stream(trailer, s->root->deflate(s->root->user, table_of(s)), "FlateDecode");
    if (s->status == HPDF_OK && trailer) s->status = HPDF_Obj_WriteValue(doc->trailer, s->out, NULL);
    write_z(s, "\nendobj\nstartxref\n");
    write_number(s, start);
    write_z(s, "\n%%EOF\n");
}

/* --- all --- */

static void put_root(bt_haru *haru, const bt_haru_root *root)
{
    HPDF_Doc doc = haru->doc;
    if (root->metadata) HPDF_Dict_Add(doc->catalog, "Metadata", root->metadata->dict);
    if (root->lang.len)
        HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, bt_str_z(haru->arena, root->lang), NULL));
    HPDF_Dict preferences = HPDF_Dict_New(doc->mmgr);
    if (preferences && HPDF_Dict_Add(doc->catalog, "ViewerPreferences", preferences) == HPDF_OK)
        HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Array id = HPDF_Array_New(doc->mmgr);
    HPDF_BYTE bytes[16];
    memcpy(bytes, root->id, sizeof bytes);
    for (int i = 0; id && i < 2; i++) HPDF_Array_Add(id, HPDF_Binary_New(doc->mmgr, bytes, sizeof bytes));
    if (id) HPDF_Dict_Add(doc->trailer, "ID", id);
}

/* Everything has its number; the streams take the last ones. */
static void write_file(saving *s)
{
    bt_haru *haru = s->haru;
    uint32_t n_streams = (haru->n_lights + MOST_PACKED - 1) / MOST_PACKED;
    s->n = haru->doc->xref->start_offset + haru->doc->xref->entries->count + n_streams + 1;
    s->places = BT_NEW_ARRAY(haru->arena, s->n, place);
    if (!s->places) return;
    s->places[0].index = UINT16_MAX;
    write_z(s, "%PDF-1.6\n%\xB7\xBE\xAD\xAA\n");
    write_objects(s);
    for (uint32_t i = 0; i < n_streams && s->status == HPDF_OK; i++) {
        uint32_t begin = i * MOST_PACKED, end = begin + MOST_PACKED;
        write_packed(s, begin, end < haru->n_lights ? end : haru->n_lights, bt_haru_take_number(haru));
    }
    write_references(s, bt_haru_take_number(haru));
}

bt_status bt_haru_save(bt_haru *haru, const bt_haru_root *root, bt_diags *diags, bt_file *file)
{
    if (haru->arena->failed || !haru->doc) return BT_NOMEM;
    HPDF_Doc doc = haru->doc;
    haru->file = file;
    put_root(haru, root);
    doc->stream = HPDF_CallbackWriter_New(doc->mmgr, write_out, haru);
    saving s = {.haru = haru, .root = root, .out = doc->stream, .status = HPDF_GetError(doc)};
    if (s.out && s.status == HPDF_OK) write_file(&s);
    HPDF_STATUS error = HPDF_GetError(doc) != HPDF_OK ? HPDF_GetError(doc) : s.status;
    if (error == HPDF_OK) flush(haru);
    if (haru->status != BT_OK) return haru->status;
    if (haru->arena->failed) return BT_NOMEM;
    if (error == HPDF_OK && !haru->is_overrun) return BT_OK;
    bt_str number = bt_str_format(haru->arena, "0x%04lX", (unsigned long)error);
    bt_str what = bt_say_with(diags, haru->arena, BT_STR("the PDF writer (libharu error {1})"), BT_ARGS(number));
    bt_diag(diags, BT_E_INTERNAL, NULL, BT_ARGS(what));
    return BT_INTERNAL;
}
