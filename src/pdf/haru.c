/* haru.c - see haru.h. Errors are libharu's own sticky error number, read once when the file is saved. */
#include "pdf/haru_int.h"

#include <string.h>

/* Bytes that libharu takes for its document, with a half to spare. */
enum { RESERVE = 48 * 1024 };

/* The document whose reserve libharu's allocator draws on; set between bt_haru_new and bt_haru_drop. */
static _Thread_local bt_haru *current;

static void *take(HPDF_UINT size)
{
    bt_haru *haru = current;
    size_t need = ((size_t)size + 15) / 16 * 16;
    if (!haru) return NULL;
    if (RESERVE - haru->used < need) {
        haru->spilled += need;
        return bt_arena_alloc_unset(haru->arena, need);
    }
    void *memory = haru->reserve + haru->used;
    haru->used += need;
    return memory;
}

/* The reserve goes as a whole. */
static void leave(void *memory) { (void)memory; }

bt_haru *bt_haru_new(bt_arena *arena)
{
    bt_haru *haru = BT_NEW(arena, bt_haru);
    if (!haru) return NULL;
    haru->arena = arena;
    haru->reserve = bt_arena_alloc_unset(arena, RESERVE);
    haru->writer = bt_haru_writer_new(arena);
    if (!haru->reserve || !haru->writer) return NULL;
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
    *reserved = RESERVE;
}

/* --- objects --- */

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream out)
{
    const bt_haru_object *object = dict->attr;
    bt_str syntax = bt_buf_str(&object->syntax);
    return syntax.len ? HPDF_Stream_Write(out, (const HPDF_BYTE *)syntax.ptr, (HPDF_UINT)syntax.len) : HPDF_OK;
}

static bt_haru_object *new_object(bt_haru *haru, uint32_t number)
{
    bt_haru_object *object = BT_NEW(haru->arena, bt_haru_object);
    if (object) *object = (bt_haru_object){.number = number, .syntax = bt_buf_in(haru->arena)};
    return object;
}

bt_haru_object *bt_haru_object_of(bt_haru *haru, HPDF_Dict dict)
{
    bt_haru_object *object = new_object(haru, dict->header.obj_id & 0xFFFFFF);
    if (!object) return NULL;
    dict->attr = object;
    dict->write_fn = write_entries;
    return object;
}

/* libharu numbers an object by what its list of them begins with and holds. */
uint32_t bt_haru_take_number(bt_haru *haru)
{
    HPDF_Xref xref = haru->doc->xref;
    return xref->start_offset++ + xref->entries->count;
}

bt_haru_object *bt_haru_add(bt_haru *haru)
{
    bt_haru_object **room = haru->doc ? BT_PUSH(haru->arena, &haru->objects) : NULL;
    if (!room) return NULL;
    *room = new_object(haru, bt_haru_take_number(haru));
    bt_haru_object *made = *room;
    if (!made) haru->objects.n--;
    return made;
}

void bt_haru_end_common(bt_haru *haru) { haru->n_common = haru->objects.n; }

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

void bt_haru_put_syntax(bt_haru_object *object, bt_str syntax)
{
    if (!object) return;
    bt_buf_add(&object->syntax, syntax);
}

void bt_haru_put_reference(bt_haru_object *object, const char *key, const bt_haru_object *value)
{
    if (!object || !value) return;
    bt_buf_add_z(&object->syntax, key);
    bt_buf_add_char(&object->syntax, ' ');
    bt_buf_add_int(&object->syntax, value->number);
    bt_haru_put_syntax(object, BT_STR(" 0 R"));
}

void bt_haru_set_stream(bt_haru_object *object, bt_str bytes, const char *filter)
{
    if (!object) return;
    object->stream = bytes;
    object->filter = filter;
    object->has_stream = object->is_plain = true;
}

void bt_haru_share_stream(bt_haru_object *object, uint64_t hash)
{
    if (object) object->share = hash;
}

/* --- pages --- */

static void add_box(bt_buf *out, const char *key, const bt_haru_box *box)
{
    const int64_t values[4] = {box->left, box->bottom, box->right, box->top};
    bt_buf_add_z(out, key);
    for (int i = 0; i < 4; i++) {
        bt_buf_add_char(out, i ? ' ' : '[');
        bt_buf_add_fixed(out, values[i], 3);
    }
    bt_buf_add_char(out, ']');
}

bt_haru_object *bt_haru_add_page(bt_haru *haru, const bt_haru_boxes *boxes)
{
    bt_haru_object **room = BT_PUSH(haru->arena, &haru->pages), *page = room ? bt_haru_add(haru) : NULL;
    if (!page) return NULL;
    *room = page;
    page->is_plain = true;
    bt_buf_add_z(&page->syntax, "/Type/Page/Parent ");
    bt_buf_add_int(&page->syntax, haru->doc->root_pages->header.obj_id & 0xFFFFFF);
    bt_buf_add_z(&page->syntax, " 0 R");
    add_box(&page->syntax, "/MediaBox", &boxes->media);
    add_box(&page->syntax, "/CropBox", &boxes->media);
    add_box(&page->syntax, "/BleedBox", &boxes->bleed);
    add_box(&page->syntax, "/TrimBox", &boxes->trim);
    return page;
}

void bt_haru_digest(bt_str bytes, uint8_t digest[16])
{
    HPDF_MD5_CTX context;
    HPDF_MD5Init(&context);
    HPDF_MD5Update(&context, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT32)bytes.len);
    HPDF_MD5Final(digest, &context);
}

const char *bt_haru_version(void) { return HPDF_GetVersion(); }
