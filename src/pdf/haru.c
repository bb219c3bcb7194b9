/* haru.c - see haru.h. Errors are libharu's own sticky error number, read once when the file is saved. */
#include "pdf/haru_int.h"

#include <string.h>

/* Bytes of libharu's own, from its structures' sizes with a third to spare: a document, a dictionary of about ten
 * entries, a page with five boxes, an entry of a page's resources. The page tree's list grows by twenty and copies
 * itself each time. */
enum {
    DOCUMENT_COST = 48 * 1024,
    OBJECT_COST = 4096,
    PAGE_COST = 24 * 1024,
    RESOURCE_COST = 448,
    CONTENT_CHUNK = 4096
};

/* The document whose reserve libharu's allocator draws on; set between bt_haru_new and bt_haru_drop. */
static _Thread_local bt_haru *current;

static void *take(HPDF_UINT size)
{
    bt_haru *haru = current;
    size_t need = ((size_t)size + 15) / 16 * 16;
    if (!haru) return NULL;
    if (haru->reserved - haru->used < need) {
        haru->spilled += need;
        return bt_arena_alloc(haru->arena, need);
    }
    void *memory = haru->reserve + haru->used;
    haru->used += need;
    return memory;
}

/* The reserve goes as a whole. */
static void leave(void *memory) { (void)memory; }

static size_t reserve_size(const bt_haru_size *size)
{
    uint64_t pages = size->n_pages;
    uint64_t xref = ((uint64_t)size->n_objects + 4 * pages) / 1024 + 2;
    return (size_t)(DOCUMENT_COST + (uint64_t)size->n_objects * OBJECT_COST + pages * PAGE_COST +
                    size->n_resources * RESOURCE_COST + size->content_bytes + pages * 2 * CONTENT_CHUNK +
                    pages * pages / 4 + xref * xref * 4096);
}

bt_haru *bt_haru_new(bt_arena *arena, const bt_haru_size *size)
{
    bt_haru *haru = BT_NEW(arena, bt_haru);
    if (!haru) return NULL;
    haru->arena = arena;
    haru->reserved = reserve_size(size);
    haru->reserve = bt_arena_alloc(arena, haru->reserved);
    haru->buffer = bt_arena_alloc(arena, HARU_WRITE_BUFFER);
    haru->pages = BT_NEW_ARRAY(arena, size->n_pages, bt_haru_page *);
    haru->most_pages = size->n_pages;
    haru->lights = BT_NEW_ARRAY(arena, size->n_light, bt_haru_object);
    haru->most_lights = size->n_light;
    if (!haru->reserve || !haru->buffer || !haru->pages || !haru->lights) return NULL;
    current = haru;
    haru->doc = HPDF_NewEx(NULL, take, leave, 0, NULL);
    if (haru->doc) haru->doc->pdf_version = HPDF_VER_16;
    return haru;
}

void bt_haru_drop(bt_haru *haru)
{
    if (current == haru) current = NULL;
}

void bt_haru_reserve_use(const bt_haru *haru, size_t *used, size_t *reserved)
{
    *used = haru->used + haru->spilled;
    *reserved = haru->reserved;
}

/* --- objects --- */

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream out)
{
    const bt_haru_object *object = dict->attr;
    bt_str syntax = bt_buf_str(&object->syntax);
    HPDF_STATUS status = HPDF_OK;
    if (syntax.len) status = HPDF_Stream_Write(out, (const HPDF_BYTE *)syntax.ptr, (HPDF_UINT)syntax.len);
    if (status == HPDF_OK && object->has_stream) status = HPDF_Stream_WriteStr(out, "/Length ");
    if (status == HPDF_OK && object->has_stream) status = HPDF_Stream_WriteUInt(out, (HPDF_UINT)object->stream.len);
    if (status == HPDF_OK && object->filter) status = HPDF_Stream_WriteStr(out, "/Filter/");
    if (status == HPDF_OK && object->filter) status = HPDF_Stream_WriteStr(out, object->filter);
    return status;
}

/* Streams are written from where they lie: libharu would copy them and need an object more for each length. */
static HPDF_STATUS write_stream(HPDF_Dict dict)
{
    const bt_haru_object *object = dict->attr;
    HPDF_Stream out = object->haru->doc->stream;
    HPDF_STATUS status = HPDF_Stream_WriteStr(out, "\nstream\n");
    if (status == HPDF_OK && object->stream.len)
        status = HPDF_Stream_Write(out, (const HPDF_BYTE *)object->stream.ptr, (HPDF_UINT)object->stream.len);
    if (status == HPDF_OK) status = HPDF_Stream_WriteStr(out, "\nendstream");
    return status;
}

bt_haru_object *bt_haru_object_of(bt_haru *haru, HPDF_Dict dict)
{
    bt_haru_object *object = BT_NEW(haru->arena, bt_haru_object);
    if (!object) return NULL;
    *object = (bt_haru_object){
        .haru = haru, .number = dict->header.obj_id & 0xFFFFFF, .dict = dict, .syntax = bt_buf_in(haru->arena)};
    dict->attr = object;
    dict->write_fn = write_entries;
    return object;
}

bt_haru_object *bt_haru_add(bt_haru *haru, const char *type)
{
    HPDF_Dict dict = haru->doc ? HPDF_Dict_New(haru->doc->mmgr) : NULL;
    if (!dict || HPDF_Xref_Add(haru->doc->xref, dict) != HPDF_OK) return NULL;
    if (type) HPDF_Dict_AddName(dict, "Type", type);
    return bt_haru_object_of(haru, dict);
}

/* libharu numbers an object by what its list of them begins with and holds. */
uint32_t bt_haru_take_number(bt_haru *haru)
{
    HPDF_Xref xref = haru->doc->xref;
    return xref->start_offset++ + xref->entries->count;
}

bt_haru_object *bt_haru_add_light(bt_haru *haru)
{
    haru->is_overrun = haru->is_overrun || haru->n_lights == haru->most_lights;
    if (!haru->doc || haru->is_overrun) return NULL;
    bt_haru_object *light = &haru->lights[haru->n_lights++];
    *light = (bt_haru_object){.haru = haru, .number = bt_haru_take_number(haru), .syntax = bt_buf_in(haru->arena)};
    return light;
}

bt_haru_object *bt_haru_catalog(bt_haru *haru)
{
    if (!haru->catalog && haru->doc) haru->catalog = bt_haru_object_of(haru, haru->doc->catalog);
    return haru->catalog;
}

bt_haru_object *bt_haru_info(bt_haru *haru)
{
    HPDF_Dict info = haru->doc ? haru->doc->info : NULL;
    if (!info) return NULL;
    HPDF_Dict_RemoveElement(info, "Producer");
    return bt_haru_object_of(haru, info);
}

uint32_t bt_haru_number(const bt_haru_object *object) { return object ? object->number : 0; }

void bt_haru_put_name(bt_haru_object *object, const char *key, const char *name)
{
    if (object) HPDF_Dict_AddName(object->dict, key, name);
}

void bt_haru_put_number(bt_haru_object *object, const char *key, int32_t number)
{
    if (object) HPDF_Dict_AddNumber(object->dict, key, number);
}

void bt_haru_put_object(bt_haru_object *object, const char *key, const bt_haru_object *value)
{
    if (object && value) HPDF_Dict_Add(object->dict, key, value->dict);
}

void bt_haru_put_syntax(bt_haru_object *object, bt_str syntax)
{
    if (!object) return;
    bt_buf_add(&object->syntax, syntax);
    bt_buf_add_char(&object->syntax, '\n');
}

void bt_haru_set_stream(bt_haru_object *object, bt_str bytes, const char *filter)
{
    if (!object) return;
    object->stream = bytes;
    object->filter = filter;
    object->has_stream = true;
    object->dict->after_write_fn = write_stream;
}

/* --- pages --- */

static void put_box(HPDF_Page page, const char *key, const bt_haru_box *box)
{
    HPDF_Array array = HPDF_Array_New(page->mmgr);
    const int64_t values[4] = {box->left, box->bottom, box->right, box->top};
    for (int i = 0; array && i < 4; i++) {
        if (values[i] % 1000 == 0)
            HPDF_Array_AddNumber(array, (HPDF_INT32)(values[i] / 1000));
        else
            HPDF_Array_AddReal(array, (HPDF_REAL)((double)values[i] / 1000.0));
    }
    if (array) HPDF_Dict_Add(page, key, array);
}

static HPDF_STATUS write_flate(HPDF_Dict dict, HPDF_Stream out)
{
    (void)dict;
    return HPDF_Stream_WriteStr(out, "/Filter/FlateDecode\n");
}

/* A page's attribute is libharu's own, so its entries are found by the document in hand. */
static HPDF_STATUS write_page_entries(HPDF_Dict dict, HPDF_Stream out)
{
    for (uint32_t i = 0; current && i < current->n_pages; i++) {
        if (current->pages[i]->page != dict) continue;
        bt_str syntax = bt_buf_str(&current->pages[i]->syntax);
        return syntax.len ? HPDF_Stream_Write(out, (const HPDF_BYTE *)syntax.ptr, (HPDF_UINT)syntax.len) : HPDF_OK;
    }
    return HPDF_OK;
}

bt_haru_page *bt_haru_add_page(bt_haru *haru, const bt_haru_boxes *boxes, bt_str contents)
{
    if (!haru->doc || haru->n_pages == haru->most_pages) return NULL;
    bt_haru_page *page = BT_NEW(haru->arena, bt_haru_page);
    HPDF_Page made = page ? HPDF_AddPage(haru->doc) : NULL;
    if (!made) return NULL;
    *page = (bt_haru_page){.haru = haru, .page = made, .syntax = bt_buf_in(haru->arena)};
    haru->pages[haru->n_pages++] = page;
    made->write_fn = write_page_entries;
    put_box(made, "MediaBox", &boxes->media);
    put_box(made, "CropBox", &boxes->media);
    put_box(made, "BleedBox", &boxes->bleed);
    put_box(made, "TrimBox", &boxes->trim);
    HPDF_PageAttr attr = made->attr;
    attr->contents->write_fn = write_flate;
    HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)contents.ptr, (HPDF_UINT)contents.len);
    /* The procedure sets that libharu lists have been obsolete since PDF 1.4. */
    HPDF_Dict resources = HPDF_Dict_GetItem(made, "Resources", HPDF_OCLASS_DICT);
    if (resources) HPDF_Dict_RemoveElement(resources, "ProcSet");
    return page;
}

uint32_t bt_haru_page_number(const bt_haru_page *page) { return page ? page->page->header.obj_id & 0xFFFFFF : 0; }

void bt_haru_page_syntax(bt_haru_page *page, bt_str syntax)
{
    if (!page) return;
    bt_buf_add(&page->syntax, syntax);
    bt_buf_add_char(&page->syntax, '\n');
}

void bt_haru_page_resource(bt_haru_page *page, const char *category, const char *name, const bt_haru_object *object)
{
    if (!page || !object) return;
    HPDF_Dict resources = HPDF_Dict_GetItem(page->page, "Resources", HPDF_OCLASS_DICT);
    if (!resources) return;
    HPDF_Dict group = HPDF_Dict_GetItem(resources, category, HPDF_OCLASS_DICT);
    if (!group) {
        group = HPDF_Dict_New(page->page->mmgr);
        if (!group || HPDF_Dict_Add(resources, category, group) != HPDF_OK) return;
    }
    HPDF_Dict_Add(group, name, object->dict);
}

void bt_haru_page_resources(bt_haru_page *page, const char *category, const bt_haru_object *object)
{
    if (!page || !object) return;
    HPDF_Dict resources = HPDF_Dict_GetItem(page->page, "Resources", HPDF_OCLASS_DICT);
    if (resources) HPDF_Dict_Add(resources, category, object->dict);
}

void bt_haru_page_blend(bt_haru_page *page)
{
    HPDF_Dict group = page ? HPDF_Dict_New(page->page->mmgr) : NULL;
    if (!group || HPDF_Dict_Add(page->page, "Group", group) != HPDF_OK) return;
    HPDF_Dict_AddName(group, "S", "Transparency");
    HPDF_Dict_AddName(group, "CS", "DeviceCMYK");
}

void bt_haru_digest(const bt_str *parts, size_t n_parts, uint8_t digest[16])
{
    HPDF_MD5_CTX context;
    HPDF_MD5Init(&context);
    for (size_t i = 0; i < n_parts; i++)
        HPDF_MD5Update(&context, (const HPDF_BYTE *)parts[i].ptr, (HPDF_UINT32)parts[i].len);
    HPDF_MD5Final(digest, &context);
}

const char *bt_haru_version(void) { return HPDF_GetVersion(); }
