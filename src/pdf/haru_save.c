/* haru_save.c - the file: libharu's objects and ours one after the other, those without a stream packed into object
 * streams, and a cross-reference stream. libharu itself writes neither kind of stream, and a structure tree of many
 * small objects would be half of a file without them.
 */
#include "pdf/haru_int.h"

#include <string.h>

/* How a file is being written. */
typedef struct saving {
    bt_haru *haru;
    const bt_haru_root *root;
    HPDF_Stream out;
    HPDF_STATUS status;
    bt_buf words;         /* written at once */
    struct place *places; /* by object number */
    uint32_t n;
} saving;

/* Where an object stands. */
typedef struct place {
    uint8_t kind;   /* as PDF numbers them: 0 free, 1 in the file, 2 in an object stream */
    uint32_t where; /* its first byte; the stream's number */
    uint16_t index; /* in the stream; of the free object 0 its generation */
} place;

static void write_str(saving *s, bt_str text) { bt_haru_write(s->haru, text, 0); }

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    bt_haru *haru = stream->attr;
    bt_str text = {(const char *)bytes, size};
    if (size >= HARU_LARGE) text = bt_str_copy(haru->arena, text);
    return bt_haru_write(haru, text, 0) ? HPDF_OK : HPDF_FILE_IO_ERROR;
}

/* --- objects --- */

static void begin_object(saving *s, uint32_t number)
{
    if (number < s->n) s->places[number] = (place){.kind = 1, .where = (uint32_t)s->haru->n_written};
    s->words.bytes.n = 0;
    bt_buf_add_int(&s->words, number);
    bt_buf_add(&s->words, BT_STR(" 0 obj\n"));
    write_str(s, bt_buf_str(&s->words));
}

static void write_stream(saving *s, bt_str syntax, bt_str bytes, const char *filter, uint64_t share)
{
    s->words.bytes.n = 0;
    bt_buf_add(&s->words, BT_STR("/Length "));
    bt_buf_add_int(&s->words, (int64_t)bytes.len);
    if (filter) bt_buf_add(&s->words, BT_STR("/Filter/"));
    if (filter) bt_buf_add_z(&s->words, filter);
    bt_buf_add(&s->words, BT_STR(">>\nstream\n"));
    write_str(s, BT_STR("<<"));
    write_str(s, syntax);
    write_str(s, bt_buf_str(&s->words));
    bt_haru_write(s->haru, bytes, share);
    write_str(s, BT_STR("\nendstream\nendobj\n"));
}

static void write_plain(saving *s)
{
    bt_haru *haru = s->haru;
    for (uint32_t i = 0; i < haru->objects.n && haru->status == BT_OK; i++) {
        const bt_haru_object *object = haru->objects.v[i];
        if (!object->is_plain) continue;
        bt_str syntax = bt_buf_str(&object->syntax);
        begin_object(s, object->number);
        if (object->has_stream) {
            write_stream(s, syntax, object->stream, object->filter, object->share);
            continue;
        }
        write_str(s, BT_STR("<<"));
        write_str(s, syntax);
        write_str(s, BT_STR(">>\nendobj\n"));
    }
}

/* The catalog, the root of the pages, Info. */
static void write_libharus(saving *s)
{
    HPDF_List entries = s->haru->doc->xref->entries;
    for (HPDF_UINT i = 1; i < entries->count && s->status == HPDF_OK; i++) { /* 0: the free object */
        HPDF_XrefEntry entry = HPDF_List_ItemAt(entries, i);
        const HPDF_Obj_Header *header = entry->obj;
        begin_object(s, header->obj_id & 0xFFFFFF);
        s->status = HPDF_Obj_WriteValue(entry->obj, s->out, NULL);
        write_str(s, BT_STR("\nendobj\n"));
    }
}

/* Objects in one stream: whoever wants one of them inflates all, so there are not too many. */
enum { MOST_PACKED = 200 };

/* An object stream under way. */
typedef struct pack {
    bt_buf head, body;
    uint32_t number, n;
} pack;

static void end_pack(saving *s, pack *p, bool is_common)
{
    if (!p->n) return;
    bt_arena *arena = s->haru->arena;
    bt_str packed =
        s->root->deflate(s->root->user, bt_str_join(arena, bt_buf_str(&p->head), bt_buf_str(&p->body)), is_common);
    bt_str syntax = bt_str_format(arena, "/Type/ObjStm/N %u/First %u", p->n, p->head.bytes.n);
    begin_object(s, p->number);
    write_stream(s, syntax, packed, "FlateDecode", 0);
    p->head.bytes.n = p->body.bytes.n = p->n = 0;
}

static void add_packed(saving *s, pack *p, const bt_haru_object *object)
{
    if (!p->n) p->number = bt_haru_take_number(s->haru);
    s->places[object->number] = (place){.kind = 2, .where = p->number, .index = (uint16_t)p->n++};
    bt_buf_add_int(&p->head, object->number);
    bt_buf_add_char(&p->head, ' ');
    bt_buf_add_int(&p->head, p->body.bytes.n);
    bt_buf_add_char(&p->head, ' ');
    bt_buf_add(&p->body, BT_STR("<<"));
    bt_buf_add(&p->body, bt_buf_str(&object->syntax));
    bt_buf_add(&p->body, BT_STR(">>"));
}

/* The objects from begin on. */
static void write_packed(saving *s, uint32_t begin, uint32_t end, bool is_common)
{
    bt_haru *haru = s->haru;
    pack p = {.head = bt_buf_in(haru->arena), .body = bt_buf_in(haru->arena)};
    for (uint32_t i = begin; i < end && haru->status == BT_OK; i++) {
        if (haru->objects.v[i]->is_plain) continue;
        add_packed(s, &p, haru->objects.v[i]);
        if (p.n == MOST_PACKED) end_pack(s, &p, is_common);
    }
    end_pack(s, &p, is_common);
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

/* The trailer's entries are the stream's. libharu writes its dictionary whole, so the stream's own entries are among
 * them. */
static void write_references(saving *s, uint32_t number)
{
    HPDF_Doc doc = s->haru->doc;
    uint32_t start = (uint32_t)s->haru->n_written;
    HPDF_Dict_Add(doc->trailer, "Root", doc->catalog);
    HPDF_Dict_Add(doc->trailer, "Info", doc->info);
    begin_object(s, number);
    bt_haru_object *trailer = bt_haru_object_of(s->haru, doc->trailer);
    bt_str table = s->root->deflate(s->root->user, table_of(s), false);
    bt_haru_put_syntax(trailer, bt_str_format(s->haru->arena,
                                              "/Type/XRef/Size %u/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>"
                                              "/Length %zu/Filter/FlateDecode",
                                              s->n, ROW, table.len));
    if (s->status == HPDF_OK && trailer) s->status = HPDF_Obj_WriteValue(doc->trailer, s->out, NULL);
    write_str(s, BT_STR("\nstream\n"));
    write_str(s, table);
    write_str(s, bt_str_format(s->haru->arena, "\nendstream\nendobj\nstartxref\n%u\n%%%%EOF\n", start));
}

/* --- all --- */

/* libharu knows of no pages, so its root of them is told. */
static void put_pages(bt_haru *haru)
{
    HPDF_Dict root = haru->doc->root_pages;
    HPDF_Dict_RemoveElement(root, "Kids");
    HPDF_Dict_RemoveElement(root, "Count");
    root->before_write_fn = NULL;
    bt_haru_object *object = bt_haru_object_of(haru, root);
    bt_buf out = bt_buf_in(haru->arena);
    for (uint32_t i = 0; i < haru->pages.n; i++) {
        bt_buf_add_z(&out, i ? " " : "/Kids[");
        bt_buf_add_int(&out, haru->pages.v[i]->number);
        bt_buf_add(&out, BT_STR(" 0 R"));
    }
    bt_buf_add_z(&out, haru->pages.n ? "]/Count " : "/Kids[]/Count ");
    bt_buf_add_int(&out, haru->pages.n);
    bt_haru_put_syntax(object, bt_buf_str(&out));
}

static void put_root(bt_haru *haru, const bt_haru_root *root)
{
    HPDF_Doc doc = haru->doc;
    bt_haru_put_reference(bt_haru_catalog(haru), "/Metadata", root->metadata);
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

/* Object streams that there will be of the objects from begin on. */
static uint32_t count_packs(const bt_haru *haru, uint32_t begin, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = begin; i < end; i++) n += !haru->objects.v[i]->is_plain;
    return (n + MOST_PACKED - 1) / MOST_PACKED;
}

/* Everything has its number; the streams take the last ones. */
static void write_file(saving *s)
{
    bt_haru *haru = s->haru;
    uint32_t n_packs = count_packs(haru, 0, haru->n_common) + count_packs(haru, haru->n_common, haru->objects.n);
    s->n = haru->doc->xref->start_offset + haru->doc->xref->entries->count + n_packs + 1;
    s->places = BT_NEW_ARRAY(haru->arena, s->n, place);
    if (!s->places) return;
    s->places[0].index = UINT16_MAX;
    write_str(s, BT_STR("%PDF-1.6\n%\xB7\xBE\xAD\xAA\n"));
    write_plain(s);
    write_libharus(s);
    write_packed(s, 0, haru->n_common, true);
    write_packed(s, haru->n_common, haru->objects.n, false);
    write_references(s, bt_haru_take_number(haru));
}

bt_status bt_haru_save(bt_haru *haru, const bt_haru_root *root, bt_diags *diags, bt_file *file)
{
    if (haru->arena->failed || !haru->doc) return BT_NOMEM;
    HPDF_Doc doc = haru->doc;
    haru->file = file;
    haru->cache = root->cache;
    put_root(haru, root);
    put_pages(haru);
    doc->stream = HPDF_CallbackWriter_New(doc->mmgr, write_out, haru);
    saving s = {.haru = haru, .root = root, .out = doc->stream, .status = HPDF_GetError(doc)};
    s.words = bt_buf_in(haru->arena);
    if (s.out && s.status == HPDF_OK) write_file(&s);
    HPDF_STATUS error = HPDF_GetError(doc) != HPDF_OK ? HPDF_GetError(doc) : s.status;
    if (error == HPDF_OK) bt_haru_flush(haru);
    if (haru->status != BT_OK) return haru->status;
    if (haru->arena->failed) return BT_NOMEM;
    if (error == HPDF_OK) return BT_OK;
    bt_str number = bt_str_format(haru->arena, "0x%04lX", (unsigned long)error);
    bt_str what = bt_say_with(diags, haru->arena, BT_STR("the PDF writer (libharu error {1})"), BT_ARGS(number));
    bt_diag(diags, BT_E_INTERNAL, NULL, BT_ARGS(what));
    return BT_INTERNAL;
}
